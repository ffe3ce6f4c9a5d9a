/* The plan before this one: which of its lines the round still has a place for, and what is wrong with
 * it however lenient one is. The round is that of tests/support/small_round.c.
 */
#include "tests/support/test_support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "allot/report.h"
#include "allot/tables.h"
#include "tests/support/expected_findings.h"
#include "tests/support/flat_ods.h"
#include "tests/support/small_round.h"

/* Rows of the small round in byte order of their ids. */
enum { N1, N2, N3, N4, N5, N6 };
enum { O1, O2, O3, O4, O5, O6 };

typedef struct Before {
    SmallRound *small;
    Diag *diag; /* of the reading alone */
    char *dir;
    char *file; /* DIR/assignments.csv */
} Before;

static Before before_open(void)
{
    Before b = {.small = small_round_new(), .dir = test_dir_make()};
    b.diag = diag_new(b.small->arena);
    b.file = test_path(b.dir, "assignments.csv");
    assert_non_null(b.diag);
    return b;
}

static void before_close(Before *b)
{
    free(b->file);
    test_dir_remove(b->dir);
    small_round_free(b->small);
}

static Status read_at(Before *b, const char *path)
{
    return previous_read(path, &b->small->round, b->small->arena, b->diag);
}

static Status read_lines(Before *b, const char *text)
{
    write_file(b->dir, "assignments.csv", text);
    return read_at(b, b->dir);
}

static void assert_lines(const char *label, const Before *b, const PreviousLine *want, size_t count)
{
    const Round *round = &b->small->round;
    assert_case(label, round->has_previous);
    assert_case_int(label, (int64_t)round->previous_count, (int64_t)count);
    for (size_t i = 0; i < count; i++) {
        assert_case_int(label, round->previous[i].need, want[i].need);
        assert_case_int(label, round->previous[i].offer, want[i].offer);
        assert_case_int(label, round->previous[i].quantity, want[i].quantity);
    }
}

/* The lines of the small round's plan. */
static const PreviousLine SMALL_PLAN[] = {
    {N1, O1, 480000},   {N1, O3, 125000},   {N2, O2, 40000000},
    {N2, O6, 20000000}, {N3, O4, 50000000}, {N6, O5, 500000},
};

/* ---- where it stands ------------------------------------------------------------------------ */

static void a_folder_of_tables_is_read(void **state)
{
    (void)state;
    Before b = before_open();
    SmallRound *small = b.small;
    assert_int_equal(
        tables_write(b.dir, &small->round, &small->plan, &small->info, small->arena, small->diag),
        STATUS_OK);
    assert_int_equal(read_at(&b, b.dir), STATUS_OK);
    assert_lines("folder", &b, SMALL_PLAN, COUNT_OF(SMALL_PLAN));
    assert_finding_count("folder", b.diag, 0);
    before_close(&b);
}

static void a_workbook_is_read(void **state)
{
    (void)state;
    Before b = before_open();
    SmallRound *small = b.small;
    Report *report;
    char *path = test_path(b.dir, "plan.xlsx");
    assert_int_equal(
        report_build(&small->round, &small->plan, &small->info, small->diag, small->arena, &report),
        STATUS_OK);
    assert_int_equal(book_write(report, path, small->arena, small->diag), STATUS_OK);
    assert_int_equal(read_at(&b, path), STATUS_OK);
    assert_lines("workbook", &b, SMALL_PLAN, COUNT_OF(SMALL_PLAN));
    assert_finding_count("workbook", b.diag, 0);
    free(path);
    before_close(&b);
}

/* Its stages are no business of the plan after it: a Method sheet that is none is no finding. */
static void an_open_document_is_read_and_its_stages_are_not(void **state)
{
    static const char book[] =
        BOOK("<table:table table:name='Assignments'>" ROW(TEXT("Need") TEXT("Offer")
                                                              TEXT("Quantity") TEXT("Unit")) //
             ROW(TEXT("N3") TEXT("O4") FLOAT("7") TEXT("licence"))                           //
             ROW(TEXT("N7") TEXT("O4") FLOAT("7") TEXT("licence"))                           //
             "</table:table><table:table table:name='Method'>" ROW(TEXT("stage") TEXT("stage"))
                 ROW(TEXT("tier one")) "</table:table>");
    static const PreviousLine want[] = {{N3, O4, 7000000}};
    (void)state;
    Before b = before_open();
    char *path = test_path(b.dir, "plan.fods");
    write_file(b.dir, "plan.fods", book);
    assert_int_equal(read_at(&b, path), STATUS_OK);
    assert_lines("fods", &b, want, COUNT_OF(want));
    assert_finding("fods", b.diag,
                   &(ExpectedFinding){DIAG_PREVIOUS_DROPPED, "plan.fods!Assignments", 0, 0, NULL,
                                      "row 3 (need 'N7' is not in the round)"});
    free(path);
    before_close(&b);
}

static void lines_stand_by_need_then_offer_and_a_zero_strikes_one_out(void **state)
{
    static const PreviousLine want[] = {{N1, O1, 1}, {N1, O3, 125000}, {N6, O5, 500000}};
    (void)state;
    Before b = before_open();
    assert_int_equal(read_lines(&b, "offer,need,quantity\nO5,N6,500000\nO4,N3,0\nO9,N9,0\n"
                                    "O3,N1,1250\nO1,N1,0.01\n"),
                     STATUS_OK);
    assert_lines("order", &b, want, COUNT_OF(want));
    assert_finding_count("order", b.diag, 0);
    before_close(&b);
}

static void a_plan_without_lines_is_a_plan(void **state)
{
    (void)state;
    Before b = before_open();
    assert_int_equal(read_lines(&b, "need,offer,quantity\n"), STATUS_OK);
    assert_lines("empty", &b, NULL, 0);
    before_close(&b);
}

/* ---- what the round has no place for -------------------------------------------------------- */

static void a_line_without_a_place_is_dropped_and_named(void **state)
{
    static const struct {
        const char *label, *row, *named;
    } cases[] = {
        {"need", "N7,O1,5,EUR", "row 2 (need 'N7' is not in the round)"},
        {"need and offer", "N7,O7,5,EUR", "row 2 (need 'N7' is not in the round)"},
        {"offer", "N1,O7,5,EUR", "row 2 (offer 'O7' is not in the round)"},
        {"unit", "N1,O1,5,seat", "row 2 (need 'N1' is counted in another unit)"},
        {"unit beside the figure too", "N1,O1,5 UAH,UAH",
         "row 2 (need 'N1' is counted in another unit)"},
        {"half a yen", "N6,O5,0.5,JPY", "row 2 (need 'N6' is counted in a coarser unit)"},
        {"half a cent, no unit", "N1,O1,0.005,", "row 2 (need 'N1' is counted in a coarser unit)"},
    };
    static const PreviousLine want[] = {{N3, O4, 500000}}; /* half a licence: an amount, no step */
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        char text[256];
        Before b = before_open();
        (void)snprintf(text, sizeof text, "need,offer,quantity,unit\n%s\nN3,O4,0.5,licence\n",
                       cases[i].row);
        assert_case_int(cases[i].label, read_lines(&b, text), STATUS_OK);
        assert_lines(cases[i].label, &b, want, COUNT_OF(want));
        assert_finding_count(cases[i].label, b.diag, 1);
        assert_finding(
            cases[i].label, b.diag,
            &(ExpectedFinding){DIAG_PREVIOUS_DROPPED, b.file, 0, 0, NULL, cases[i].named});
        before_close(&b);
    }
}

static void many_dropped_lines_are_one_note(void **state)
{
    static const PreviousLine want[] = {{N1, O1, 100}};
    (void)state;
    Before b = before_open();
    assert_int_equal(read_lines(&b, "need,offer,quantity\nA,O1,1\nB,O1,1\nN1,O1,1\nC,O1,1\nD,O1,1\n"
                                    "N1,E,1\n"),
                     STATUS_OK);
    assert_lines("many", &b, want, COUNT_OF(want));
    assert_finding_count("many", b.diag, 1);
    assert_finding(
        "many", b.diag,
        &(ExpectedFinding){DIAG_PREVIOUS_DROPPED, b.file, 0, 0, NULL,
                           "5 lines of the plan before have no place in this round and are not "
                           "compared: row 2 (need 'A' is not in the round), row 3 (need 'B' is not "
                           "in the round), row 5 (need 'C' is not in the round), and 2 more"});
    before_close(&b);
}

/* N1 asks for euros and O4 gives licences: such a line cannot be given any more, and has moved. */
static void a_line_that_cannot_be_given_any_more_is_kept(void **state)
{
    static const PreviousLine want[] = {{N1, O4, 500}, {N4, O1, 3000000}, {N5, O1, 100}};
    (void)state;
    Before b = before_open();
    assert_int_equal(read_lines(&b, "need,offer,quantity,unit\nN1,O4,5,EUR\nN4,O1,3,piece\n"
                                    "N5,O1,1,EUR\n"),
                     STATUS_OK);
    assert_lines("kept", &b, want, COUNT_OF(want));
    assert_finding_count("kept", b.diag, 0);
    before_close(&b);
}

static void a_plan_that_no_stage_looks_at_is_said(void **state)
{
    (void)state;
    Before b = before_open();
    Settings *settings = &b.small->round.settings;
    settings->later_count = 0;
    assert_int_equal(read_lines(&b, "need,offer,quantity\nN1,O1,1\n"), STATUS_OK);
    assert_finding("none", b.diag,
                   &(ExpectedFinding){DIAG_PREVIOUS_UNUSED, b.dir, 0, 0, NULL,
                                      "the setting stages does not list change"});
    assert_true(b.small->round.has_previous);
    before_close(&b);
}

/* ---- what is wrong all the same ------------------------------------------------------------- */

static void what_is_wrong_with_a_line_is_found_at_its_place(void **state)
{
    static const struct {
        const char *label, *rows;
        ExpectedFinding want; /* .file is filled in */
    } cases[] = {
        {"no need", ",O1,1,\n", {DIAG_CELL_EMPTY, NULL, 2, 1, "", "the need is missing"}},
        {"no offer", "N1,,1,\n", {DIAG_CELL_EMPTY, NULL, 2, 2, "", "the offer is missing"}},
        {"no quantity", "N1,O1,,\n", {DIAG_CELL_EMPTY, NULL, 2, 3, "", "quantity is missing"}},
        {"no number", "N1,O1,much,\n", {DIAG_NUMBER, NULL, 2, 3, "much", ""}},
        {"no number of a need that is gone",
         "N1,O1,1,\nN7,O1,much,\n",
         {DIAG_NUMBER, NULL, 3, 3, "much", ""}},
        {"a negative amount", "N1,O1,-5,\n", {DIAG_NUMBER_RANGE, NULL, 2, 3, "-5", ""}},
        {"another currency beside the figure",
         "N1,O1,$ 5,EUR\n",
         {DIAG_SIGN, NULL, 2, 3, "$ 5", ""}},
        {"too large",
         "N1,O1,100000000000000000,\n",
         {DIAG_TOO_LARGE, NULL, 2, 3, "100000000000000000", ""}},
        {"a line twice",
         "N1,O1,1,\nN2,O2,2,\nN1,O1,3,\n",
         {DIAG_ID_TWICE, NULL, 4, 2, "O1", "in row 2"}},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        char text[256];
        Before b = before_open();
        ExpectedFinding want = cases[i].want;
        want.file = b.file;
        (void)snprintf(text, sizeof text, "need,offer,quantity,unit\n%s", cases[i].rows);
        assert_case_int(cases[i].label, read_lines(&b, text), STATUS_FINDINGS);
        assert_finding(cases[i].label, b.diag, &want);
        assert_case(cases[i].label, !b.small->round.has_previous);
        before_close(&b);
    }
}

static void a_missing_column_a_near_miss_and_a_missing_file_are_told_apart(void **state)
{
    (void)state;
    Before b = before_open();
    assert_int_equal(read_at(&b, b.dir), STATUS_IO);
    assert_finding("no file", b.diag, &(ExpectedFinding){DIAG_FILE, b.file, 0, 0, NULL, ""});
    assert_int_equal(read_lines(&b, "need,quantity\nN1,1\n"), STATUS_FINDINGS);
    assert_finding("no column", b.diag,
                   &(ExpectedFinding){DIAG_COLUMN_MISSING, b.file, 1, 0, NULL, "offer"});
    assert_int_equal(read_lines(&b, "need,ofer,quantity\nN1,O1,1\n"), STATUS_FINDINGS);
    assert_finding("near miss", b.diag,
                   &(ExpectedFinding){DIAG_COLUMN_NEAR, b.file, 1, 2, "ofer", ""});
    assert_int_equal(read_at(&b, b.file), STATUS_FINDINGS);
    assert_finding("no workbook", b.diag,
                   &(ExpectedFinding){DIAG_PLAN_FORMAT, b.file, 0, 0, NULL, ""});
    assert_false(b.small->round.has_previous);
    before_close(&b);
}

static void wherever_memory_runs_out_the_round_is_left_as_it_was(void **state)
{
    (void)state;
    Before b = before_open();
    Round *round = &b.small->round;
    Status status = STATUS_NO_MEMORY;
    size_t calls = 0;
    write_file(b.dir, "assignments.csv",
               "need,offer,quantity,unit\nA,O1,1,\nB,O1,1,\nC,O1,1,\nD,O1,1,\nN1,O1,1,EUR\n");
    for (; status == STATUS_NO_MEMORY; calls++) {
        Arena *arena = arena_new();
        assert_non_null(arena);
        arena_fail_after(arena, calls);
        status = previous_read(b.dir, round, arena, b.diag);
        assert_true(round->has_previous == (status == STATUS_OK));
        arena_free(arena);
    }
    assert_int_equal(status, STATUS_OK);
    assert_true(calls > 10);
    before_close(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_folder_of_tables_is_read),
        cmocka_unit_test(a_workbook_is_read),
        cmocka_unit_test(an_open_document_is_read_and_its_stages_are_not),
        cmocka_unit_test(lines_stand_by_need_then_offer_and_a_zero_strikes_one_out),
        cmocka_unit_test(a_plan_without_lines_is_a_plan),
        cmocka_unit_test(a_line_without_a_place_is_dropped_and_named),
        cmocka_unit_test(many_dropped_lines_are_one_note),
        cmocka_unit_test(a_line_that_cannot_be_given_any_more_is_kept),
        cmocka_unit_test(a_plan_that_no_stage_looks_at_is_said),
        cmocka_unit_test(what_is_wrong_with_a_line_is_found_at_its_place),
        cmocka_unit_test(a_missing_column_a_near_miss_and_a_missing_file_are_told_apart),
        cmocka_unit_test(wherever_memory_runs_out_the_round_is_left_as_it_was),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
