/* The command line as data: what each line of words becomes, and what is said of wrong ones. */
#include <string.h>

#include "allot/options.h"
#include "allot/settings.h"
#include "tests/support/test_support.h"

enum { WORDS_MOST = 12 };

typedef struct Line {
    const char *words[WORDS_MOST];
    Arena *arena;
    Options options;
    const char *message;
    Status status;
} Line;

/** Words as main() gets them: writable, the program's name first. */
static void read_line(Line *line)
{
    char *argv[WORDS_MOST + 2];
    int argc = 0;
    line->arena = arena_new();
    argv[argc++] = arena_text(line->arena, "allot", 5);
    for (size_t k = 0; k < WORDS_MOST && line->words[k] != NULL; k++)
        argv[argc++] = arena_text(line->arena, line->words[k], strlen(line->words[k]));
    argv[argc] = NULL;
    line->status = options_read(argc, argv, line->arena, &line->options, &line->message);
}

static void assert_text(const char *label, const char *got, const char *want)
{
    if (got == NULL || want == NULL)
        assert_case(label, got == want);
    else
        assert_case_text(label, got, want);
}

static void every_command_takes_its_operands(void **state)
{
    static const struct {
        const char *label;
        const char *words[4];
        Command command;
        const char *round, *operand;
    } CASES[] = {
        {"a round alone", {"r"}, COMMAND_SOLVE, "r", NULL},
        {"solve", {"solve", "r"}, COMMAND_SOLVE, "r", NULL},
        {"check", {"check", "r"}, COMMAND_CHECK, "r", NULL},
        {"verify", {"verify", "r", "p"}, COMMAND_VERIFY, "r", "p"},
        {"explain", {"explain", "r", "N-1"}, COMMAND_EXPLAIN, "r", "N-1"},
        {"export", {"export", "r", "x.mps"}, COMMAND_EXPORT, "r", "x.mps"},
        {"template", {"template", "t.xlsx"}, COMMAND_TEMPLATE, NULL, "t.xlsx"},
        {"a round that is called like a command", {"solve", "check"}, COMMAND_SOLVE, "check", NULL},
        {"a round that begins with a dash", {"solve", "--", "-r"}, COMMAND_SOLVE, "-r", NULL},
        {"export as data", {"export", "r", "x.dat"}, COMMAND_EXPORT, "r", "x.dat"},
        {"help", {"--help"}, COMMAND_HELP, NULL, NULL},
        {"help of a command", {"verify", "--help"}, COMMAND_HELP, NULL, NULL},
        {"version", {"-V"}, COMMAND_VERSION, NULL, NULL},
    };
    (void)state;
    for (size_t k = 0; k < COUNT_OF(CASES); k++) {
        Line line = {0};
        memcpy(line.words, CASES[k].words, sizeof CASES[k].words);
        read_line(&line);
        assert_case_int(CASES[k].label, line.status, STATUS_OK);
        assert_case_int(CASES[k].label, line.options.command, CASES[k].command);
        if (CASES[k].round != NULL || CASES[k].operand != NULL) {
            assert_text(CASES[k].label, line.options.round, CASES[k].round);
            assert_text(CASES[k].label, line.options.operand, CASES[k].operand);
        }
        arena_free(line.arena);
    }
}

static void pack_takes_a_round_a_plan_and_a_folder(void **state)
{
    Line line = {.words = {"pack", "r", "plan.xlsx", "d"}}, few = {.words = {"pack", "r", "d"}};
    (void)state;
    read_line(&line);
    assert_int_equal(line.status, STATUS_OK);
    assert_int_equal(line.options.command, COMMAND_PACK);
    assert_text("round", line.options.round, "r");
    assert_text("plan", line.options.operand, "plan.xlsx");
    assert_text("folder", line.options.target, "d");
    arena_free(line.arena);
    read_line(&few);
    assert_int_equal(few.status, STATUS_USAGE);
    arena_free(few.arena);
}

static void options_stand_anywhere_in_short_and_long_form(void **state)
{
    static const char *const LINES[][WORDS_MOST] = {
        {"solve", "r", "-o", "p.xlsx", "-t", "d", "-q", "-v"},
        {"-o", "p.xlsx", "solve", "-t", "d", "r", "-qv"},
        {"solve", "r", "--output=p.xlsx", "--tables", "d", "--quiet", "--verbose"},
        {"-qvop.xlsx", "-td", "r"},
    };
    (void)state;
    for (size_t k = 0; k < COUNT_OF(LINES); k++) {
        Line line = {0};
        memcpy(line.words, LINES[k], sizeof LINES[k]);
        read_line(&line);
        assert_int_equal(line.status, STATUS_OK);
        assert_string_equal(line.options.round, "r");
        assert_string_equal(line.options.out, "p.xlsx");
        assert_string_equal(line.options.tables, "d");
        assert_true(line.options.quiet && line.options.verbose);
        arena_free(line.arena);
    }
}

static void nothing_is_set_that_was_not_asked_for(void **state)
{
    Line line = {.words = {"r"}};
    (void)state;
    read_line(&line);
    assert_null(line.options.out);
    assert_null(line.options.tables);
    assert_null(line.options.previous);
    assert_null(line.options.stage);
    assert_true(line.options.time_limit_s == 0);
    assert_int_equal(line.options.setting_count, 0);
    assert_false(line.options.quiet || line.options.verbose);
    arena_free(line.arena);
}

/** The first equals sign parts key and value; order is kept, the value may hold anything. */
static void settings_keep_their_order_and_their_text(void **state)
{
    static const char *const WANT[][2] = {
        {"fairness", "none"}, {"title", "a = b"}, {"stages", "lapsing;cost"}, {"round", ""}};
    Line line = {.words = {"r", "-s", "fairness=none", "--set", "title=a = b",
                           "--set=stages=lapsing;cost", "-s", "round="}};
    (void)state;
    read_line(&line);
    assert_int_equal(line.status, STATUS_OK);
    assert_int_equal(line.options.setting_count, COUNT_OF(WANT));
    for (size_t k = 0; k < COUNT_OF(WANT); k++) {
        assert_string_equal(line.options.settings[k].key, WANT[k][0]);
        assert_string_equal(line.options.settings[k].value, WANT[k][1]);
        assert_string_equal(line.options.settings[k].place.file, "--set");
    }
    arena_free(line.arena);
}

/** --gap is a setting among the others: what is said last counts. */
static void a_gap_is_a_setting_in_its_place(void **state)
{
    static const char *const WANT[] = {"0.5", "0.01", "0"};
    Line line = {.words = {"r", "--set", "gap=0.5", "--gap", "0.01", "-s", "gap=0"}};
    (void)state;
    read_line(&line);
    assert_int_equal(line.status, STATUS_OK);
    assert_int_equal(line.options.setting_count, COUNT_OF(WANT));
    for (size_t k = 0; k < COUNT_OF(WANT); k++) {
        assert_string_equal(line.options.settings[k].key, "gap");
        assert_string_equal(line.options.settings[k].value, WANT[k]);
    }
    assert_string_equal(line.options.settings[1].place.file, "--gap");
    arena_free(line.arena);
}

static void limits_stages_and_earlier_plans_are_taken(void **state)
{
    Line solve = {.words = {"solve", "r", "--time-limit", "0.5", "--previous", "old.xlsx"}};
    Line verify = {.words = {"verify", "r", "p", "--previous=tables"}};
    Line export = {.words = {"export", "--stage", "fairness 1.2", "r", "x.lp"}};
    (void)state;
    read_line(&solve);
    assert_int_equal(solve.status, STATUS_OK);
    assert_true(solve.options.time_limit_s == 0.5);
    assert_string_equal(solve.options.previous, "old.xlsx");
    assert_null(solve.options.stage);
    read_line(&verify);
    assert_int_equal(verify.status, STATUS_OK);
    assert_string_equal(verify.options.previous, "tables");
    assert_true(verify.options.time_limit_s == 0);
    read_line(&export);
    assert_int_equal(export.status, STATUS_OK);
    assert_string_equal(export.options.stage, "fairness 1.2");
    assert_null(export.options.previous);
    arena_free(solve.arena);
    arena_free(verify.arena);
    arena_free(export.arena);
}

static void what_is_wrong_is_quoted(void **state)
{
    static const struct {
        const char *label;
        const char *words[6];
        const char *says;
    } CASES[] = {
        {"nothing", {NULL}, "no round is given"},
        {"an unknown option", {"r", "--speed"}, "'--speed'"},
        {"an unknown letter", {"r", "-y"}, "'-y'"},
        {"an argument that is missing", {"r", "--tables"}, "'--tables'"},
        {"a command that is none", {"sovle", "r"}, "'sovle'"},
        {"an operand that is missing", {"verify", "r"}, "verify ROUND PLAN"},
        {"one too many", {"check", "r", "s"}, "check ROUND"},
        {"no key", {"r", "--set", "=x"}, "'=x'"},
        {"no value", {"r", "--set", "fairness"}, "'fairness'"},
        {"an output where none is", {"check", "r", "-o", "p"}, "'check'"},
        {"no time", {"r", "--time-limit", "0"}, "'0'"},
        {"less than no time", {"r", "--time-limit", "-5"}, "'-5'"},
        {"time in words", {"r", "--time-limit", "1h"}, "'1h'"},
        {"a time limit where nothing is solved",
         {"verify", "r", "p", "--time-limit", "9"},
         "--time-limit belongs to solve, explain, compare, scenarios and stress, not to 'verify'"},
        {"a time limit of an export",
         {"export", "r", "x.lp", "--time-limit", "9"},
         "--time-limit belongs to solve, explain, compare, scenarios and stress, not to 'export'"},
        {"a plan before where nothing is compared",
         {"check", "r", "--previous", "p"},
         "--previous belongs to solve, verify, export, explain, compare, pack, scenarios, stress, "
         "close and publish, not to "
         "'check'"},
        {"a stage where none is chosen",
         {"solve", "r", "--stage", "tier 1"},
         "--stage belongs to export, not to 'solve'"},
        {"a gap that is missing", {"r", "--gap"}, "'--gap'"},
        {"a format that is none", {"export", "r", "x.csv"}, "'x.csv'"},
        {"half a format", {"export", "r", "x.l"}, "'x.l'"},
    };
    (void)state;
    for (size_t k = 0; k < COUNT_OF(CASES); k++) {
        Line line = {0};
        memcpy(line.words, CASES[k].words, sizeof CASES[k].words);
        read_line(&line);
        assert_case_int(CASES[k].label, line.status, STATUS_USAGE);
        if (strstr(line.message, CASES[k].says) == NULL)
            fail_msg("case \"%s\": it says \"%s\"", CASES[k].label, line.message);
        arena_free(line.arena);
    }
}

static void help_lists_every_setting(void **state)
{
    (void)state;
    Arena *arena = arena_new();
    const char *help = options_help(arena);
    assert_non_null(help);
    for (size_t k = 0; k < settings_key_count(); k++)
        assert_non_null(strstr(help, settings_key_name(k)));
    arena_free(arena);
}

static void help_says_that_a_time_limit_is_not_repeatable(void **state)
{
    (void)state;
    Arena *arena = arena_new();
    const char *help = options_help(arena), *limit = strstr(help, "--time-limit S ");
    assert_non_null(limit);
    const char *end = strchr(limit, '\n'), *said = strstr(limit, "not repeatable");
    assert_true(said != NULL && said < end);
    assert_non_null(strstr(help, "--previous PLAN"));
    assert_non_null(strstr(help, "--gap G"));
    assert_non_null(strstr(help, "--stage NAME"));
    arena_free(arena);
}

static void a_line_can_be_read_after_another(void **state)
{
    (void)state;
    for (int k = 0; k < 3; k++) {
        Line line = {.words = {"solve", "r", "-q"}};
        read_line(&line);
        assert_int_equal(line.status, STATUS_OK);
        assert_true(line.options.quiet);
        arena_free(line.arena);
    }
}

static void solve_is_told_how_much_to_find_out(void **state)
{
    static const struct {
        const char *label;
        const char *words[4];
        Status status;
        ExplainLevel explain;
        const char *message;
    } CASES[] = {
        {"nothing said", {"solve", "r"}, STATUS_OK, EXPLAIN_ALL, NULL},
        {"none", {"solve", "r", "--explain=none"}, STATUS_OK, EXPLAIN_NONE, NULL},
        {"reasons", {"r", "--explain", "reasons"}, STATUS_OK, EXPLAIN_REASONS, NULL},
        {"all", {"r", "--explain=all"}, STATUS_OK, EXPLAIN_ALL, NULL},
        {"another word",
         {"r", "--explain=some"},
         STATUS_USAGE,
         EXPLAIN_ALL,
         "--explain takes none, reasons or all, not 'some'; see allot --help"},
        {"another command",
         {"check", "r", "--explain=none"},
         STATUS_USAGE,
         EXPLAIN_NONE,
         "--explain belongs to solve and pack, not to 'check'; see allot --help"},
    };
    (void)state;
    for (size_t c = 0; c < sizeof CASES / sizeof *CASES; c++) {
        Line line = {0};
        memcpy(line.words, CASES[c].words, sizeof CASES[c].words);
        read_line(&line);
        assert_case(CASES[c].label, line.status == CASES[c].status);
        assert_case(CASES[c].label, line.options.explain == CASES[c].explain);
        if (line.status == STATUS_USAGE)
            assert_text(CASES[c].label, line.message, CASES[c].message);
        arena_free(line.arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_command_takes_its_operands),
        cmocka_unit_test(pack_takes_a_round_a_plan_and_a_folder),
        cmocka_unit_test(options_stand_anywhere_in_short_and_long_form),
        cmocka_unit_test(nothing_is_set_that_was_not_asked_for),
        cmocka_unit_test(settings_keep_their_order_and_their_text),
        cmocka_unit_test(a_gap_is_a_setting_in_its_place),
        cmocka_unit_test(limits_stages_and_earlier_plans_are_taken),
        cmocka_unit_test(what_is_wrong_is_quoted),
        cmocka_unit_test(help_lists_every_setting),
        cmocka_unit_test(help_says_that_a_time_limit_is_not_repeatable),
        cmocka_unit_test(a_line_can_be_read_after_another),
        cmocka_unit_test(solve_is_told_how_much_to_find_out),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
