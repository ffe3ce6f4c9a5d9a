/* The settings: defaults, every key, every refusal, and how they are shown. */
#include "tests/support/expected_findings.h"
#include "tests/support/test_support.h"

#include "allot/quote.h"
#include "allot/settings.h"

#include <stdio.h>
#include <string.h>

enum { ROWS_MAX = 8 };

typedef struct Fixture {
    Arena *arena;
    NameSet *names;
    Diag *diag;
    Settings settings;
} Fixture;

static void open_fixture(Fixture *f)
{
    f->arena = arena_new();
    f->names = name_set_new(f->arena);
    f->diag = diag_new(f->arena);
    f->settings = settings_default(f->names);
}

static void close_fixture(Fixture *f)
{
    arena_free(f->arena);
}

/* A row of settings.csv: its value stands in column 2. */
static SettingRow row_of(const char *key, const char *value, int line)
{
    return (SettingRow){key,
                        value,
                        {.file = "settings.csv",
                         .line = line,
                         .column = 2,
                         .column_name = "value",
                         .table = "settings",
                         .text = value},
                        0};
}

/* Applies up to ROWS_MAX pairs "key", "value" as rows from line 2 on; NULL ends them. */
static void apply(Fixture *f, const char *const *pairs)
{
    SettingRow rows[ROWS_MAX];
    size_t count = 0;
    for (; count < ROWS_MAX && pairs[2 * count] != NULL; count++)
        rows[count] = row_of(pairs[2 * count], pairs[2 * count + 1], (int)count + 2);
    assert_int_equal(settings_apply(rows, count, f->arena, f->names, f->diag, &f->settings),
                     STATUS_OK);
}

static const char *shown(Fixture *f, const char *key)
{
    SettingRow rows[64];
    size_t count = settings_describe(&f->settings, f->arena, rows, COUNT_OF(rows));
    for (size_t i = 0; i < count; i++)
        if (strcmp(rows[i].key, key) == 0)
            return rows[i].value;
    return NULL;
}

static void defaults_are_those_of_the_pages(void **state)
{
    static const char *const want[][2] = {{"round", ""},
                                          {"title", ""},
                                          {"start", ""},
                                          {"end", ""},
                                          {"currency", "EUR"},
                                          {"plan_on", "committed"},
                                          {"measure", "value"},
                                          {"eligibility", "rules"},
                                          {"fairness", "beneficiary"},
                                          {"within_tier", "shortfall;fairness"},
                                          {"fairness_by", "share"},
                                          {"stages", "lapsing;cost;change"},
                                          {"score_technical", "0.5"},
                                          {"score_strategic", "0.5"},
                                          {"gap", "0.0001"},
                                          {"nodes", "500"},
                                          {"release", "own"},
                                          {"engine", "fast"}};
    SettingRow rows[64];
    Fixture f;
    (void)state;
    open_fixture(&f);
    assert_int_equal(settings_describe(&f.settings, f.arena, rows, COUNT_OF(rows)), COUNT_OF(want));
    for (size_t i = 0; i < COUNT_OF(want); i++) {
        assert_case_text(want[i][0], rows[i].key, want[i][0]);
        assert_case_text(want[i][0], rows[i].value, want[i][1]);
    }
    assert_int_equal(f.settings.start, DATE_NONE);
    assert_int_equal(f.settings.plan_on, BASIS_COMMITTED);
    assert_int_equal(f.settings.fairness, FAIRNESS_BENEFICIARY);
    assert_false(f.settings.pairs_only);
    assert_false(f.settings.fairness_first);
    assert_int_equal(f.settings.later_count, 3);
    assert_int_equal(f.settings.later[0], LATER_LAPSING);
    assert_int_equal(f.settings.later[1], LATER_COST);
    assert_int_equal(f.settings.later[2], LATER_CHANGE);
    assert_int_equal(f.settings.tier_count, 0);
    assert_ptr_equal(f.settings.currency, name_find(f.names, "EUR"));
    assert_int_equal(settings_describe(&f.settings, f.arena, rows, 3), 3);
    close_fixture(&f);
}

static void every_key_takes_its_values(void **state)
{
    static const struct {
        const char *key;
        const char *value;
        const char *want; /* as shown afterwards */
    } cases[] = {
        {"round", "2026-Q1", "2026-Q1"},
        {"Title", "Перший квартал", NULL},
        {"start", "2026-01-01", "2026-01-01"},
        {"start", "1.1.2026", "2026-01-01"},
        {"end", "31.03.2026", "2026-03-31"},
        {"currency", "UAH", "UAH"},
        {"plan_on", "Paid", "paid"},
        {"plan on", "pledged", NULL},
        {"measure", "share", "share"},
        {"measure", "quantity", "quantity"},
        {"eligibility", "pairs", "pairs"},
        {"fairness", "none", "none"},
        {"fairness", "region", "region"},
        {"fairness", "category", "category"},
        {"within_tier", "fairness; shortfall", "fairness;shortfall"},
        {"stages", "none", "none"},
        {"stages", " Cost ; lapsing;", "cost;lapsing"},
        {"stages", "splits;burden", "splits;burden"},
        {"stages", "change;splits;cost;burden;lapsing", "change;splits;cost;burden;lapsing"},
        {"score_technical", "0,6", "0.6"},
        {"score_strategic", "3", "3"},
        {"gap", "0", "0"},
        {"gap", "0.01", "0.01"},
        {"nodes", "100000", "100000"},
        {"release", "totals", "totals"},
        {"engine", "plain", "plain"},
        {"tier_1", "82.5", "82.5"},
        {"gap", "", "0.0001"}, /* empty: the default */
        {"tier_1", "", NULL},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const char *const pairs[] = {cases[i].key, cases[i].value, NULL};
        char label[128];
        Fixture f;
        open_fixture(&f);
        snprintf(label, sizeof label, "%s = %s", cases[i].key, cases[i].value);
        apply(&f, pairs);
        assert_finding_count(label, f.diag, 0);
        if (cases[i].want != NULL)
            assert_case_text(label, shown(&f, cases[i].key), cases[i].want);
        close_fixture(&f);
    }
}

static void fields_hold_what_the_words_mean(void **state)
{
    static const char *const pairs[] = {
        "eligibility", "pairs",    "within_tier", "fairness;shortfall",
        "fairness",    "need",     "fairness_by", "quantity",
        "plan_on",     "pledged",  "engine",      "plain",
        "measure",     "quantity", NULL};
    Fixture f;
    (void)state;
    open_fixture(&f);
    apply(&f, pairs);
    assert_finding_count("words", f.diag, 0);
    assert_true(f.settings.pairs_only);
    assert_true(f.settings.fairness_first);
    assert_true(f.settings.fairness_by_quantity);
    assert_true(f.settings.plain_engine);
    assert_int_equal(f.settings.fairness, FAIRNESS_NEED);
    assert_int_equal(f.settings.plan_on, BASIS_PLEDGED);
    assert_int_equal(f.settings.measure, MEASURE_QUANTITY);
    close_fixture(&f);
}

static void wrong_values_are_findings_that_name_the_allowed_ones(void **state)
{
    static const struct {
        const char *key;
        const char *value;
        DiagCode code;
        const char *hint;
    } cases[] = {
        {"plan_on", "promised", DIAG_SETTING,
         "'promised' is no value of plan_on, which takes pledged, committed or paid"},
        {"measure", "money", DIAG_SETTING, "value, share or quantity"},
        {"eligibility", "all", DIAG_SETTING, "rules or pairs"},
        {"fairness", "donor", DIAG_SETTING, "none, beneficiary, region, category or need"},
        {"within_tier", "fairness", DIAG_SETTING, "shortfall;fairness or fairness;shortfall"},
        {"fairness_by", "money", DIAG_SETTING, "share or quantity"},
        {"release", "nothing", DIAG_SETTING, "own, totals or all"},
        {"engine", "slow", DIAG_SETTING, "fast or plain"},
        {"start", "1/4/2026", DIAG_SETTING, "a date: write 2026-04-01 or 01.04.2026"},
        {"end", "31.02.2026", DIAG_SETTING, "a date"},
        {"currency", "eur", DIAG_CURRENCY, "'eur' is no value of currency, which takes an ISO"},
        {"score_technical", "-1", DIAG_SETTING, "a number from 0 to"},
        {"gap", "1.5", DIAG_SETTING, "a number from 0 to 1"},
        {"gap", "abc", DIAG_SETTING, "a number from 0 to 1"},
        {"gap", "0,1,2", DIAG_SETTING, "a number from 0 to 1"},
        {"nodes", "0", DIAG_SETTING, "a whole number from 1 to"},
        {"nodes", "10.5", DIAG_SETTING, "a whole number from 1 to"},
        {"tier_1", "101", DIAG_SETTING, "a number from 0 to 100"},
        {"tier_99", "50", DIAG_SETTING, "there are at most 20 thresholds"},
        {"stages", "cost;price", DIAG_SETTING,
         "any of lapsing, burden, cost, splits or change once each, with ';' between, or none"},
        {"stages", "cost;cost", DIAG_SETTING, "once each"},
        {"stages", ";", DIAG_SETTING, "or none"},
        {"stages", "none;cost", DIAG_SETTING, "or none"},
        {"stages", "burden;burden", DIAG_SETTING, "once each"},
        {"stages", "splits;none", DIAG_SETTING, "or none"},
        {"fairness_by", "quantity", DIAG_SETTING, "fairness_by = quantity needs fairness = need"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const char *const pairs[] = {cases[i].key, cases[i].value, NULL};
        ExpectedFinding want = {cases[i].code, "settings.csv", 2, 2, cases[i].value, cases[i].hint};
        Fixture f;
        open_fixture(&f);
        apply(&f, pairs);
        assert_finding(cases[i].value, f.diag, &want);
        assert_finding_count(cases[i].value, f.diag, 1);
        close_fixture(&f);
    }
}

static void an_unknown_key_is_a_finding_with_the_nearest_one(void **state)
{
    static const struct {
        const char *key;
        const char *hint;
    } cases[] = {
        {"measur", "'measur' is not a setting; did you mean 'measure'?"},
        {"plan_onn", "did you mean 'plan_on'?"},
        {"something else", "'something else' is not a setting; the settings are round, title,"},
        {"tier_", "is not a setting"},
        {"tier_0", "is not a setting"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const char *const pairs[] = {cases[i].key, "1", NULL};
        ExpectedFinding want = {DIAG_SETTING, "settings.csv", 2, 0, cases[i].key, cases[i].hint};
        Fixture f;
        open_fixture(&f);
        apply(&f, pairs);
        assert_finding(cases[i].key, f.diag, &want);
        close_fixture(&f);
    }
}

static void all_wrong_rows_are_found_in_one_pass(void **state)
{
    static const char *const pairs[] = {
        "gap", "x", "nodes", "y", "measure", "z", "nope", "burden", "stages", "burden;price", NULL};
    Fixture f;
    (void)state;
    open_fixture(&f);
    apply(&f, pairs);
    assert_finding_count("all", f.diag, 5);
    assert_string_equal(shown(&f, "gap"), "0.0001"); /* what is wrong changes nothing */
    close_fixture(&f);
}

static void later_rows_win_and_only_what_stands_in_the_end_is_checked(void **state)
{
    SettingRow rows[] = {row_of("measure", "share", 2),
                         row_of("stages", "burden", 3),
                         row_of("fairness_by", "quantity", 4),
                         {"measure", "quantity", {.file = "--set", .table = "settings"}, 0},
                         {"stages", "cost", {.file = "--set", .table = "settings"}, 0},
                         {"fairness", "need", {.file = "--set", .table = "settings"}, 0},
                         {"gap", "big", {.file = "--set", .table = "settings", .text = "big"}, 0}};
    ExpectedFinding want = {DIAG_SETTING, "--set", 0, 0, "big", "'big' is no value of gap"};
    Fixture f;
    (void)state;
    open_fixture(&f);
    assert_int_equal(settings_apply(rows, COUNT_OF(rows), f.arena, f.names, f.diag, &f.settings),
                     STATUS_OK);
    assert_int_equal(f.settings.measure, MEASURE_QUANTITY);
    assert_int_equal(f.settings.later_count, 1);
    assert_int_equal(f.settings.later[0], LATER_COST);
    assert_finding("--set", f.diag, &want);
    assert_finding_count("--set", f.diag, 1);
    close_fixture(&f);
}

static void thresholds_have_no_holes_and_descend(void **state)
{
    static const struct {
        const char *label;
        const char *pairs[9];
        size_t tiers;
        int line; /* of the finding; 0 for none */
        const char *text;
        const char *hint;
    } cases[] = {
        {"in order", {"tier_1", "80", "tier_2", "60", "tier_3", "0"}, 3, 0, NULL, NULL},
        {"in any order", {"Tier 2", "60", "tier-1", "80"}, 2, 0, NULL, NULL},
        {"a hole",
         {"tier_1", "80", "tier_3", "60"},
         1,
         3,
         "60",
         "tier_3 is given but tier_2 is not; thresholds have no holes"},
        {"no first", {"tier_2", "80"}, 0, 2, "80", "tier_2 is given but tier_1 is not"},
        {"rising",
         {"tier_1", "60", "tier_2", "80"},
         2,
         3,
         "80",
         "tier_2 must be lower than tier_1: tier 1 takes the highest scores"},
        {"equal", {"tier_1", "60", "tier_2", "60.0"}, 2, 3, "60.0", "must be lower"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        Fixture f;
        open_fixture(&f);
        apply(&f, cases[i].pairs);
        assert_case_int(cases[i].label, (int64_t)f.settings.tier_count, (int64_t)cases[i].tiers);
        assert_finding_count(cases[i].label, f.diag, cases[i].line > 0);
        if (cases[i].line > 0) {
            ExpectedFinding want = {DIAG_SETTING,  "settings.csv", cases[i].line, 2,
                                    cases[i].text, cases[i].hint};
            assert_finding(cases[i].label, f.diag, &want);
        }
        close_fixture(&f);
    }
}

static void settings_that_contradict_each_other_are_findings(void **state)
{
    static const char *const weights[] = {"score_technical", "0", "score_strategic", "0", NULL};
    static const char *const window[] = {"start", "2026-04-01", "end", "31.03.2026", NULL};
    static const ExpectedFinding no_weight = {
        DIAG_SETTING, "settings.csv", 2, 2, "0", "the weights of both gradings are 0"};
    static const ExpectedFinding no_day = {
        DIAG_WINDOW_EMPTY, "settings.csv", 3, 2, "31.03.2026", "the round ends before it starts"};
    Fixture f;
    (void)state;
    open_fixture(&f);
    apply(&f, weights);
    assert_finding("weights", f.diag, &no_weight);
    close_fixture(&f);
    open_fixture(&f);
    apply(&f, window);
    assert_finding("window", f.diag, &no_day);
    close_fixture(&f);
}

static void what_is_shown_can_be_given_back(void **state)
{
    static const char *const pairs[] = {
        "stages", "cost;lapsing", "tier_1",     "80.5",        "tier_2",
        "40",     "start",        "2026-01-01", "within_tier", "fairness;shortfall",
        "title",  "Round one",    NULL};
    SettingRow first[64], second[64];
    Fixture f, g;
    (void)state;
    open_fixture(&f);
    open_fixture(&g);
    apply(&f, pairs);
    size_t count = settings_describe(&f.settings, f.arena, first, COUNT_OF(first));
    assert_int_equal(settings_apply(first, count, g.arena, g.names, g.diag, &g.settings),
                     STATUS_OK);
    assert_finding_count("given back", g.diag, 0);
    assert_int_equal(settings_describe(&g.settings, g.arena, second, COUNT_OF(second)), count);
    for (size_t i = 0; i < count; i++) {
        assert_case_text(first[i].key, second[i].key, first[i].key);
        assert_case_text(first[i].key, second[i].value, first[i].value);
    }
    close_fixture(&f);
    close_fixture(&g);
}

static void every_key_says_what_it_means(void **state)
{
    (void)state;
    assert_int_equal(settings_key_count(), 19);
    for (size_t k = 0; k < settings_key_count(); k++) {
        assert_true(settings_key_name(k)[0] != '\0');
        assert_case(settings_key_name(k), settings_key_help(k)[0] != '\0');
    }
    assert_string_equal(basis_text(BASIS_PLEDGED), "pledged");
    assert_string_equal(basis_text(BASIS_COMMITTED), "committed");
    assert_string_equal(basis_text(BASIS_PAID), "paid");
}

static void every_allocation_may_fail(void **state)
{
    SettingRow rows[] = {row_of("title", "A round", 2), row_of("currency", "UAH", 3),
                         row_of("release", "all", 4)};
    (void)state;
    for (size_t k = 0; k < 30; k++) {
        Arena *arena = arena_new();
        NameSet *names = name_set_new(arena);
        Diag *diag = diag_new(arena);
        arena_fail_after(arena, k);
        Settings settings = settings_default(names);
        if (settings.currency != NULL) {
            Status status = settings_apply(rows, COUNT_OF(rows), arena, names, diag, &settings);
            assert_true(status == STATUS_NO_MEMORY || strcmp(settings.release, "all") == 0);
        }
        arena_free(arena);
    }
}

static void found_text_is_quoted_in_one_short_line(void **state)
{
    char long_text[200];
    (void)state;
    assert_string_equal(quote("a b").text, "a b");
    assert_string_equal(quote("").text, "");
    assert_string_equal(quote("a\nb\tc\x7f").text, "a b c ");
    memset(long_text, 'x', sizeof long_text);
    long_text[QUOTE_SIZE - 1] = '\0';
    assert_string_equal(quote(long_text).text, long_text);
    long_text[QUOTE_SIZE - 1] = 'x';
    long_text[QUOTE_SIZE] = '\0';
    assert_int_equal(strlen(quote(long_text).text), QUOTE_SIZE - 1);
    assert_string_equal(quote(long_text).text + QUOTE_SIZE - 4, "...");
    for (size_t i = 0; i + 1 < sizeof long_text; i += 2) /* U+0416 twice over: never half of it */
        memcpy(long_text + i, "\xD0\x96", 2);
    long_text[sizeof long_text - 1] = '\0';
    long_text[sizeof long_text - 2] = '\0';
    Quote cut = quote(long_text);
    assert_int_equal((strlen(cut.text) - 3) % 2, 0);
    memmove(long_text + 1, long_text, sizeof long_text - 2);
    long_text[0] = 'a';
    cut = quote(long_text);
    assert_int_equal((strlen(cut.text) - 4) % 2, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(defaults_are_those_of_the_pages),
        cmocka_unit_test(every_key_takes_its_values),
        cmocka_unit_test(fields_hold_what_the_words_mean),
        cmocka_unit_test(wrong_values_are_findings_that_name_the_allowed_ones),
        cmocka_unit_test(an_unknown_key_is_a_finding_with_the_nearest_one),
        cmocka_unit_test(all_wrong_rows_are_found_in_one_pass),
        cmocka_unit_test(later_rows_win_and_only_what_stands_in_the_end_is_checked),
        cmocka_unit_test(thresholds_have_no_holes_and_descend),
        cmocka_unit_test(settings_that_contradict_each_other_are_findings),
        cmocka_unit_test(what_is_shown_can_be_given_back),
        cmocka_unit_test(every_key_says_what_it_means),
        cmocka_unit_test(every_allocation_may_fail),
        cmocka_unit_test(found_text_is_quoted_in_one_short_line),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
