/* A table a sheet, as screen readers go through them; what stands in names of stages and cases in other
 * languages, and that it is read back. Expected lines were worked out by hand from the tables in
 * tests/support/small_round.c; words are looked up in io/languages by hand.
 */
#include "tests/support/test_support.h"

#include <stdio.h>
#include <string.h>

#include "allot/language.h"
#include "io/own_headings.h"
#include "io/plan_lines.h"
#include "io/stage_label.h"
#include "io/text_forms.h"
#include "tests/support/report_lines.h"

static const char CATALOGS[] = TEST_BUILD_DIR "/../locale";

static void what_the_plan_was_made_of_stands_on_sheets_of_its_own(void **state)
{
    (void)state;
    SmallRound *small = small_round_new();
    assert_report_lines(small, "Settings!A6 text \"Settings in force\"\n"
                               "Settings!B6 text \"round\"\n"
                               "Settings!C6 text \"2026-Q1\"\n");
    const char *text = report_of(small);
    assert_non_null(strstr(text, "text \"rates.csv\"\n"));
    assert_non_null(strstr(text, "text \"expat, minizip\"\n"));
    assert_non_null(strstr(text, "Rates!C"));
    assert_non_null(strstr(text, "date 46024 as yyyy-mm-dd\n"));
    small->round.rate_count = 0; /* a round without rates has no such sheet */
    assert_null(strstr(report_of(small), "Rates!A1"));
    small_round_free(small);
}

/* Lines "SHEET table NAME A1:B2 filter" of a sheet. */
static size_t tables_of(const char *text, const char *sheet)
{
    char begin[64];
    size_t count = 0;
    (void)snprintf(begin, sizeof begin, "\n%s table ", sheet);
    for (const char *at = strstr(text, begin); at != NULL; at = strstr(at + 1, begin))
        count++;
    return count;
}

/* What a screen reader goes through: one heading row a sheet. The Summary alone is a composed page, whose
 * tables stand on Totals and Donors, too. */
static void a_sheet_holds_one_table(void **state)
{
    (void)state;
    static const char *const sheets[] = {
        "Totals", "Assignments", "Needs",   "Offers",   "Donors", "Matrix", "Map",    "Chart data",
        "Causes", "Reasons",     "Refused", "Problems", "Method", "Rates",  "Inputs", "Settings"};
    SmallRound *small = small_round_new();
    const char *text = report_of(small);
    for (size_t i = 0; i < COUNT_OF(sheets); i++) {
        size_t tables = tables_of(text, sheets[i]);
        if (tables > 1 || (tables == 0 && strcmp(sheets[i], "Causes") != 0 &&
                           strcmp(sheets[i], "Reasons") != 0 && strcmp(sheets[i], "Refused") != 0))
            fail_msg("the sheet %s holds %zu tables", sheets[i], tables);
    }
    assert_true(tables_of(text, "Summary") > 1);
    small_round_free(small);
}

/* Tier 1 asks for 16,250; the same figures as on the Summary. */
static void totals_say_every_grouping_in_one_table(void **state)
{
    (void)state;
    SmallRound *small = small_round_new();
    assert_report_lines(small,
                        "Totals!A6 heading text \"Grouping\"\n"
                        "Totals!A7 text \"By tier\"\n"
                        "Totals!B7 text \"Tier 1\"\n"
                        "Totals!C7 formula =SUMIFS(Needs!$Q$10:$Q$15,Needs!$F$10:$F$15,1) gives "
                        "16250 as #,##0.00;-#,##0.00;\"\xE2\x80\x93\"\n"
                        "Totals!A9 text \"By category\"\n");
    small_round_free(small);
}

/* ---- read back ---------------------------------------------------------------------------------- */

/* "Pieniądze od" nearly matches "Pieniądze", which is cash: a Polish plan whose offers have parents was
 * refused. */
static void every_heading_of_a_plan_is_known_in_polish(void **state)
{
    (void)state;
    static const struct {
        const char *heading;
        int column;
    } headings[] = {{"Pieniądze od", ASSIGNMENT_PAYER},
                    {"Pieniądze", ASSIGNMENT_CASH},
                    {"Money from", ASSIGNMENT_PAYER},
                    {"Cash (EUR)", ASSIGNMENT_CASH}};
    Arena *arena = arena_new();
    language_begin(LANGUAGE_ENGLISH, CATALOGS);
    HeadingIndex *index = own_headings_new(&plan_lines_table, arena);
    const char *remark;
    for (size_t i = 0; i < COUNT_OF(headings); i++)
        assert_int_equal(heading_index_find(index, headings[i].heading, &remark),
                         headings[i].column);
    arena_free(arena);
}

/* ---- names in the reader's language -------------------------------------------------------------- */

static int end_language(void **state)
{
    (void)state;
    language_begin(LANGUAGE_ENGLISH, CATALOGS);
    return 0;
}

static const char *const LABELS[] = {"tier 1",
                                     "unvalued 12",
                                     "fairness 1.12",
                                     "firmness pledged 1",
                                     "firmness pledged 1 unvalued",
                                     "firmness committed 3",
                                     "lapsing",
                                     "lapsing 2026-03-31",
                                     "burden",
                                     "burden in kind",
                                     "cost",
                                     "splits",
                                     "change",
                                     "change unvalued",
                                     "urgent N-1 of %d",
                                     "taken",
                                     "taken unvalued"};

static void labels_of_stages_are_codes_in_english_and_read_back_in_every_language(void **state)
{
    (void)state;
    Arena *arena = arena_new();
    for (int l = 0; l < LANGUAGE_COUNT; l++)
        for (size_t i = 0; i < COUNT_OF(LABELS); i++) {
            language_begin((Language)l, CATALOGS);
            const char *shown = stage_label_shown(LABELS[i], arena);
            if (l == LANGUAGE_ENGLISH)
                assert_string_equal(shown, LABELS[i]);
            language_begin(LANGUAGE_ENGLISH, CATALOGS); /* whoever reads it may speak another */
            assert_string_equal(stage_label_code(shown, arena), LABELS[i]);
        }
    assert_string_equal(stage_label_code("something else", arena), "something else");
    arena_free(arena);
}

static void a_form_takes_over_what_stands_in_its_places(void **state)
{
    (void)state;
    static const char *const list[] = {"Tier %d", "money -%d%%", "%s out"};
    const TextForms forms = {list, COUNT_OF(list)};
    Arena *arena = arena_new();
    language_begin(LANGUAGE_UKRAINIAN, CATALOGS);
    assert_string_equal(text_forms_shown(&forms, "Tier 12", arena), "Рівень 12");
    assert_string_equal(text_forms_code(&forms, "Рівень 12", arena), "Tier 12");
    assert_string_equal(text_forms_code(&forms, "Poziom 3", arena), "Tier 3");
    assert_string_equal(text_forms_shown(&forms, "Tier one", arena), "Tier one");
    language_begin(LANGUAGE_ENGLISH, CATALOGS);
    assert_string_equal(text_forms_shown(&forms, "money -25%", arena), "money -25%");
    assert_string_equal(text_forms_shown(&forms, "EE out", arena), "EE out");
    assert_string_equal(text_forms_code(&forms, "out out", arena), "out out");
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_the_plan_was_made_of_stands_on_sheets_of_its_own),
        cmocka_unit_test(a_sheet_holds_one_table),
        cmocka_unit_test(totals_say_every_grouping_in_one_table),
        cmocka_unit_test_teardown(every_heading_of_a_plan_is_known_in_polish, end_language),
        cmocka_unit_test_teardown(
            labels_of_stages_are_codes_in_english_and_read_back_in_every_language, end_language),
        cmocka_unit_test_teardown(a_form_takes_over_what_stands_in_its_places, end_language),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
