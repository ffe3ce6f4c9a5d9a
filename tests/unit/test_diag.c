/* Findings: severity and texts of codes, what is kept and counted, order, the printed line, and what
 * happens without memory.
 */
#include "tests/support/test_support.h"

#include "allot/diag.h"

#include <stdio.h>
#include <string.h>

static void make_diag(Arena **arena, Diag **diag)
{
    *arena = arena_new();
    assert_non_null(*arena);
    *diag = diag_new(*arena);
    assert_non_null(*diag);
}

static DiagPlace place(const char *file, const char *table, int line, int column)
{
    return (DiagPlace){.file = file, .table = table, .line = line, .column = column};
}

static const DiagPlace NOWHERE;

/* ---- codes ---------------------------------------------------------------------------------- */

static void severity_follows_from_the_first_letter_of_the_code(void **state)
{
    static const struct {
        DiagCode code;
        const char *text;
        DiagSeverity severity;
    } CASES[] = {
        {DIAG_FILE, "E001", DIAG_ERROR},          {DIAG_NUMBER, "E012", DIAG_ERROR},
        {DIAG_PLAN_RULE, "E052", DIAG_ERROR},     {DIAG_PLAN_WORSE, "W054", DIAG_WARNING},
        {DIAG_EMPTY_ROUND, "W101", DIAG_WARNING}, {DIAG_ROW_SKIPPED, "N202", DIAG_NOTE},
    };
    Arena *arena;
    Diag *diag;
    (void)state;
    make_diag(&arena, &diag);
    for (size_t i = 0; i < COUNT_OF(CASES); i++) {
        size_t count = 0;
        diag_add(diag, CASES[i].code, NOWHERE, "something");
        const Finding *findings = diag_findings(diag, &count);
        assert_case_int(CASES[i].text, (int64_t)count, (int64_t)i + 1);
        assert_case_int(CASES[i].text, findings[i].severity, CASES[i].severity);
        assert_case_text(CASES[i].text, diag_code_text(findings[i].code), CASES[i].text);
    }
    assert_int_equal(diag_count(diag, DIAG_ERROR), 3);
    assert_int_equal(diag_count(diag, DIAG_WARNING), 2);
    assert_int_equal(diag_count(diag, DIAG_NOTE), 1);
    arena_free(arena);
}

static void every_code_has_a_text_of_its_own(void **state)
{
    (void)state;
    for (int code = 0; code < DIAG_CODE_COUNT; code++) {
        const char *text = diag_code_text((DiagCode)code);
        assert_case(text, strlen(text) == 4 && strchr("EWN", text[0]) != NULL);
        assert_case(text, strspn(text + 1, "0123456789") == 3);
        for (int other = 0; other < code; other++)
            assert_case(text, strcmp(text, diag_code_text((DiagCode)other)) != 0);
    }
    assert_string_equal(diag_code_text(DIAG_CODE_COUNT), "");
    assert_string_equal(diag_severity_text(DIAG_ERROR), "error");
    assert_string_equal(diag_severity_text(DIAG_WARNING), "warning");
    assert_string_equal(diag_severity_text(DIAG_NOTE), "note");
}

/* ---- collecting ----------------------------------------------------------------------------- */

static void a_new_collection_is_empty(void **state)
{
    Arena *arena;
    Diag *diag;
    size_t count = 42;
    (void)state;
    make_diag(&arena, &diag);
    diag_sort(diag);
    (void)diag_findings(diag, &count);
    assert_int_equal(count, 0);
    assert_int_equal(diag_count(diag, DIAG_ERROR), 0);
    arena_free(arena);
}

static void messages_are_formatted_and_stay_on_one_line(void **state)
{
    Arena *arena;
    Diag *diag;
    size_t count = 0;
    (void)state;
    make_diag(&arena, &diag);
    diag_add(diag, DIAG_NUMBER, NOWHERE, "'%s' is not a number, row %d", "a\nb\t\x1b[31m\x7f", 14);
    const Finding *findings = diag_findings(diag, &count);
    assert_string_equal(findings[0].message, "'a b  [31m ' is not a number, row 14");
    arena_free(arena);
}

/* A thousand of each severity are kept, all are counted; a flood of one hides none of the others. */
static void findings_beyond_the_limit_are_counted_only(void **state)
{
    Arena *arena;
    Diag *diag;
    size_t count = 0;
    size_t kept[3] = {0, 0, 0};
    (void)state;
    make_diag(&arena, &diag);
    for (int i = 0; i < DIAG_KEEP + 500; i++) {
        diag_add(diag, DIAG_NUMBER, place("needs.csv", "needs", i + 2, 3), "number %d", i);
        if (i < DIAG_KEEP)
            diag_add(diag, DIAG_OUTLIER, place("needs.csv", "needs", i + 2, 3), "far %d", i);
    }
    diag_add(diag, DIAG_ROW_SKIPPED, NOWHERE, "the last one");
    assert_int_equal(diag_count(diag, DIAG_ERROR), DIAG_KEEP + 500);
    assert_int_equal(diag_count(diag, DIAG_WARNING), DIAG_KEEP);
    assert_int_equal(diag_count(diag, DIAG_NOTE), 1);
    const Finding *findings = diag_findings(diag, &count);
    assert_int_equal(count, 2 * DIAG_KEEP + 1);
    for (size_t i = 0; i < count; i++)
        kept[findings[i].severity]++;
    assert_int_equal(kept[DIAG_ERROR], DIAG_KEEP);
    assert_int_equal(kept[DIAG_WARNING], DIAG_KEEP);
    assert_int_equal(kept[DIAG_NOTE], 1);
    assert_string_equal(findings[count - 1].message, "the last one");
    assert_string_equal(findings[count - 2].message, "far 999");
    arena_free(arena);
}

/* ---- order ---------------------------------------------------------------------------------- */

static void assert_order(Diag *diag, const char *want)
{
    char got[400] = "";
    size_t count = 0;
    diag_sort(diag);
    const Finding *findings = diag_findings(diag, &count);
    for (size_t i = 0; i < count; i++) {
        size_t length = strlen(got);
        (void)snprintf(got + length, sizeof got - length, "%s%s", i > 0 ? " " : "",
                       findings[i].message);
    }
    assert_string_equal(got, want);
}

static void findings_are_sorted_by_table_of_the_dictionary_then_line_then_column(void **state)
{
    Arena *arena;
    Diag *diag;
    (void)state;
    make_diag(&arena, &diag);
    diag_add(diag, DIAG_NUMBER, place("offers.csv", "offers", 2, 1), "offers:2:1");
    diag_add(diag, DIAG_OUTLIER, place("needs.csv", "needs", 10, 1), "needs:10:1");
    diag_add(diag, DIAG_NUMBER, place("needs.csv", "needs", 9, 2), "needs:9:2");
    diag_add(diag, DIAG_ROW_SKIPPED, place("needs.csv", "needs", 9, 1), "needs:9:1");
    diag_add(diag, DIAG_COLUMN_MISSING, place("needs.csv", "needs", 0, 0), "needs");
    diag_add(diag, DIAG_RULE, place("rules.csv", "rules", 2, 1), "rules:2:1");
    diag_add(diag, DIAG_PLAN_LINE, place("assignments.csv", "assignments", 2, 1), "plan:2:1");
    diag_add(diag, DIAG_SETTING, place("settings.csv", "settings", 5, 2), "settings:5:2");
    diag_add(diag, DIAG_CONFLICT, NOWHERE, "nowhere");
    assert_order(diag, "nowhere settings:5:2 needs needs:9:1 needs:9:2 needs:10:1 offers:2:1 "
                       "rules:2:1 plan:2:1");
    arena_free(arena);
}

static void files_of_one_table_and_tables_outside_the_dictionary_do_not_mix(void **state)
{
    Arena *arena;
    Diag *diag;
    (void)state;
    make_diag(&arena, &diag);
    diag_add(diag, DIAG_SETTING, place("settings.csv", "settings", 1, 0), "s1");
    diag_add(diag, DIAG_SETTING, place("settings.csv", "settings", 3, 0), "s3");
    diag_add(diag, DIAG_SETTING, place("--set", "settings", 2, 0), "set2");
    diag_add(diag, DIAG_PLAN_SUM, place("p/stages.csv", "stages", 1, 0), "stages1");
    diag_add(diag, DIAG_PLAN_SUM, place("p/assignments.csv", "assignments", 2, 0), "lines2");
    diag_add(diag, DIAG_FILE_IGNORED, place("b.csv", NULL, 1, 0), "b1");
    diag_add(diag, DIAG_FILE_IGNORED, place("a.csv", NULL, 2, 0), "a2");
    assert_order(diag, "a2 b1 set2 s1 s3 lines2 stages1");
    arena_free(arena);
}

static void findings_of_one_place_stay_in_the_order_they_were_added(void **state)
{
    enum { FINDINGS = 500, LINES = 7 };
    Arena *arena;
    Diag *diag;
    size_t count = 0;
    const char *last_of_line[LINES];
    (void)state;
    make_diag(&arena, &diag);
    for (int i = 0; i < FINDINGS; i++)
        diag_add(diag, i % 2 == 0 ? DIAG_NUMBER : DIAG_OUTLIER,
                 place("needs.csv", "needs", i * 5 % LINES, 1), "%03d", i);
    for (int again = 0; again < 2; again++) { /* sorting what is sorted changes nothing */
        diag_sort(diag);
        const Finding *findings = diag_findings(diag, &count);
        assert_int_equal(count, FINDINGS);
        for (int i = 0; i < LINES; i++)
            last_of_line[i] = "";
        for (size_t i = 0; i < count; i++) {
            int line = findings[i].place.line;
            assert_true(strcmp(findings[i].message, last_of_line[line]) > 0);
            last_of_line[line] = findings[i].message;
            assert_true(i == 0 || findings[i - 1].place.line <= line);
        }
    }
    /* Adding goes on after sorting. */
    diag_add(diag, DIAG_NUMBER, place("needs.csv", "needs", 0, 1), "one more");
    const Finding *findings = diag_findings(diag, &count);
    assert_string_equal(findings[FINDINGS].message, "one more");
    arena_free(arena);
}

/* ---- the printed line ----------------------------------------------------------------------- */

static void lines_are_such_that_editors_jump(void **state)
{
    static const struct {
        DiagPlace place;
        const char *line;
    } CASES[] = {
        {{"needs.csv", 14, 3, "quantity", "needs", "abc"},
         "needs.csv:14:3 (quantity): error E012: 'abc' is no number"},
        {{"needs.csv", 14, 3, NULL, "needs", NULL},
         "needs.csv:14:3: error E012: 'abc' is no number"},
        {{"needs.csv", 14, 0, "quantity", "needs", NULL},
         "needs.csv:14 (quantity): error E012: 'abc' is no number"},
        {{"needs.csv", 14, 0, "", "needs", NULL}, "needs.csv:14: error E012: 'abc' is no number"},
        {{"needs.csv", 0, 0, NULL, "needs", NULL}, "needs.csv: error E012: 'abc' is no number"},
        {{"needs.csv", 0, 0, "quantity", "needs", NULL},
         "needs.csv (quantity): error E012: 'abc' is no number"},
        {{"round.xlsx!needs", 14, 3, NULL, "needs", NULL},
         "round.xlsx!needs:C14: error E012: 'abc' is no number"},
        {{"round.xlsx!needs", 14, 27, "quantity", "needs", NULL},
         "round.xlsx!needs:AA14 (quantity): error E012: 'abc' is no number"},
        {{"a/round.xlsx!needs", 1, 16384, NULL, "needs", NULL},
         "a/round.xlsx!needs:XFD1: error E012: 'abc' is no number"},
        {{"round.xlsx!needs", 14, 0, NULL, "needs", NULL},
         "round.xlsx!needs:14: error E012: 'abc' is no number"},
        {{"r.xlsx!needs.v2", 14, 3, NULL, "needs", NULL},
         "r.xlsx!needs.v2:C14: error E012: 'abc' is no number"},
        {{"a/R.ODS!in/out!.csv", 14, 3, NULL, "needs", NULL},
         "a/R.ODS!in/out!.csv:C14: error E012: 'abc' is no number"},
        {{"now!/r.fods!a.b", 14, 3, NULL, "needs", NULL},
         "now!/r.fods!a.b:C14: error E012: 'abc' is no number"},
        {{"a.csv!b/r.xlsm!needs!", 14, 3, NULL, "needs", NULL},
         "a.csv!b/r.xlsm!needs!:C14: error E012: 'abc' is no number"},
        {{"needs!r.xlsx", 14, 3, NULL, "needs", NULL},
         "needs!r.xlsx:14:3: error E012: 'abc' is no number"},
        {{"needs.xls!.csv", 14, 3, NULL, "needs", NULL},
         "needs.xls!.csv:14:3: error E012: 'abc' is no number"},
        {{"now!/needs.csv", 14, 3, NULL, "needs", NULL},
         "now!/needs.csv:14:3: error E012: 'abc' is no number"},
        {{"now!.csv", 14, 3, NULL, "needs", NULL}, "now!.csv:14:3: error E012: 'abc' is no number"},
        {{"--set", 0, 0, "gap", "settings", NULL}, "--set (gap): error E012: 'abc' is no number"},
        {{NULL, 14, 3, NULL, "needs", NULL}, "needs:14:3: error E012: 'abc' is no number"},
        {{NULL, 0, 0, NULL, NULL, NULL}, "error E012: 'abc' is no number"},
        {{"two\nlines.csv", 1, 1, NULL, NULL, NULL},
         "two lines.csv:1:1: error E012: 'abc' is no number"},
    };
    Arena *arena = arena_new();
    (void)state;
    for (size_t i = 0; i < COUNT_OF(CASES); i++) {
        const Finding finding = {DIAG_ERROR, DIAG_NUMBER, CASES[i].place, "'abc' is no number", 0};
        assert_case_text(CASES[i].line, diag_format(&finding, arena), CASES[i].line);
    }
    const Finding warning = {DIAG_WARNING, DIAG_EMPTY_ROUND, NOWHERE, "there are no needs", 0};
    assert_string_equal(diag_format(&warning, arena), "warning W101: there are no needs");
    const Finding extreme = {
        DIAG_NOTE, DIAG_ROW_SKIPPED, {"a!b", INT32_MAX, INT32_MAX, NULL, NULL, NULL}, "far", 0};
    assert_string_equal(diag_format(&extreme, arena), "a!b:FXSHRXW2147483647: note N202: far");
    arena_free(arena);
}

/* ---- without memory ------------------------------------------------------------------------- */

static void without_memory_findings_are_counted_and_what_was_kept_stays(void **state)
{
    enum { FINDINGS = 100 };
    (void)state;
    for (size_t calls = 0;; calls++) {
        Arena *arena;
        Diag *diag;
        size_t count = 0;
        make_diag(&arena, &diag);
        arena_fail_after(arena, calls);
        for (int i = 0; i < FINDINGS; i++)
            diag_add(diag, DIAG_NUMBER, place("needs.csv", "needs", FINDINGS - i, 1), "line %d",
                     FINDINGS - i);
        diag_sort(diag);
        assert_int_equal(diag_count(diag, DIAG_ERROR), FINDINGS);
        const Finding *findings = diag_findings(diag, &count);
        for (size_t i = 0; i < count; i++) {
            char want[16];
            (void)snprintf(want, sizeof want, "line %d", (int)(FINDINGS - count + i + 1));
            assert_string_equal(findings[i].message, want);
        }
        if (count > 0) {
            assert_true(count == FINDINGS || diag_format(&findings[0], arena) == NULL);
            arena_fail_after(arena, SIZE_MAX);
            assert_non_null(diag_format(&findings[0], arena));
        }
        arena_free(arena);
        if (count == FINDINGS)
            break;
    }
}

static void a_collection_without_memory_is_null(void **state)
{
    Arena *arena = arena_new();
    (void)state;
    arena_fail_after(arena, 0);
    assert_null(diag_new(arena));
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(severity_follows_from_the_first_letter_of_the_code),
        cmocka_unit_test(every_code_has_a_text_of_its_own),
        cmocka_unit_test(a_new_collection_is_empty),
        cmocka_unit_test(messages_are_formatted_and_stay_on_one_line),
        cmocka_unit_test(findings_beyond_the_limit_are_counted_only),
        cmocka_unit_test(findings_are_sorted_by_table_of_the_dictionary_then_line_then_column),
        cmocka_unit_test(files_of_one_table_and_tables_outside_the_dictionary_do_not_mix),
        cmocka_unit_test(findings_of_one_place_stay_in_the_order_they_were_added),
        cmocka_unit_test(lines_are_such_that_editors_jump),
        cmocka_unit_test(without_memory_findings_are_counted_and_what_was_kept_stays),
        cmocka_unit_test(a_collection_without_memory_is_null),
    };
    return cmocka_run_group_tests_name("diag", tests, NULL, no_arena_is_left);
}
