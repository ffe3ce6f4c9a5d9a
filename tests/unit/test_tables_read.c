/* A plan's tables back in: what is read, what is not believed, what is found wrong with them. The plan
 * is that of tests/support/small_round.c, as tables_write() writes it.
 */
#include "tests/support/test_support.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "allot/tables.h"
#include "allot/verify.h"
#include "io/stage_label.h"
#include "tests/support/small_round.h"

static const char assignments_head[] =
    "need,offer,donor,quantity,unit,offer_quantity,offer_unit,value,currency,basis,locked\n";

static Status read_back(WrittenRound *written, Plan *plan)
{
    const char *lines;
    return tables_read(written->dir, &written->small->round, written->small->arena,
                       written->small->diag, plan, &lines);
}

static void what_was_written_is_read_back_with_every_figure(void **state)
{
    (void)state;
    WrittenRound written = written_round_new(small_round_new());
    const Plan *plan = &written.small->plan;
    Plan back;
    assert_int_equal(read_back(&written, &back), STATUS_OK);
    assert_int_equal(back.assignment_count, plan->assignment_count);
    for (size_t i = 0; i < back.assignment_count; i++) {
        assert_int_equal(back.assignments[i].need, plan->assignments[i].need);
        assert_int_equal(back.assignments[i].offer, plan->assignments[i].offer);
        assert_int_equal(back.assignments[i].quantity, plan->assignments[i].quantity);
        assert_int_equal(back.assignments[i].offer_quantity, plan->assignments[i].offer_quantity);
        assert_int_equal(back.assignments[i].value, plan->assignments[i].value);
        assert_int_equal(back.assignments[i].basis, plan->assignments[i].basis);
        assert_int_equal(back.assignments[i].locked, plan->assignments[i].locked);
    }
    assert_int_equal(back.needs[0].unmet, plan->needs[0].unmet);
    assert_int_equal(back.offers[1].used, plan->offers[1].used);
    assert_int_equal(back.stage_count, 3);
    assert_int_equal(back.stages[1].kind, STAGE_FAIRNESS);
    assert_int_equal(back.stages[1].rank, 1);
    assert_true(back.stages[1].maximise);
    assert_close(back.stages[1].value, 2.0 / 3, 1e-9, 0);
    assert_int_equal(back.stages[1].status, STAGE_PARTIAL);
    written_round_free(&written);
}

/* Reads the tables with assignments.csv replaced by these rows. */
static Status read_edited(WrittenRound *written, const char *rows, Plan *plan)
{
    char text[1024];
    (void)snprintf(text, sizeof text, "need,offer,quantity\n%s", rows);
    write_file(written->dir, "assignments.csv", text);
    return read_back(written, plan);
}

static void rows_may_stand_in_any_order_and_a_zero_strikes_one_out(void **state)
{
    (void)state;
    WrittenRound written = written_round_new(small_round_new());
    Plan plan;
    assert_int_equal(
        read_edited(&written, "N6,O5,500000\nN3,O4,0\nN1,O3,1250.00\nN1,O1,0.01\n", &plan),
        STATUS_OK);
    assert_int_equal(plan.assignment_count, 3);
    assert_int_equal(plan.assignments[0].quantity, 1);
    assert_int_equal(plan.assignments[1].quantity, 125000);
    assert_int_equal(plan.assignments[2].quantity, 500000);
    written_round_free(&written);
}

/* The check must point where the line stands, not where it would stand in a plan freshly written: N3
 * wants 50 licences, and is the second line in order but stands in line 7. */
static void a_line_keeps_the_row_it_was_read_from(void **state)
{
    (void)state;
    WrittenRound written = written_round_new(small_round_new());
    SmallRound *small = written.small;
    Plan plan;
    VerifyReport report;
    Diag *diag = diag_new(small->arena);
    assert_int_equal(
        read_edited(&written, "\nN6,O5,500000\nN1,O1,0\n\n,,\nN3,O4,51\n\nN2,O6,20\n", &plan),
        STATUS_OK);
    assert_int_equal(plan.assignment_count, 3);
    assert_int_equal(plan.assignments[0].row, 9);
    assert_int_equal(plan.assignments[1].row, 7);
    assert_int_equal(plan.assignments[2].row, 3);
    assert_int_equal(plan.quantity_column, 3);
    assert_string_equal(plan.quantity_heading, "quantity");
    plan.stage_count = 0;
    assert_int_equal(
        plan_verify(&small->round, &plan, false, "plan.csv", small->arena, diag, &report),
        STATUS_FINDINGS);
    size_t count;
    const Finding *findings = diag_findings(diag, &count);
    assert_int_equal(count, 1); /* more than the need wants; of a share nobody wrote a word */
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(findings[i].code, DIAG_PLAN_RULE);
        assert_int_equal(findings[i].place.line, 7);
        assert_int_equal(findings[i].place.column, 3);
    }
    assert_non_null(strstr(findings[0].message, "N3: its lines give 51 licence"));
    written_round_free(&written);
}

static void what_is_wrong_with_a_line_is_found_at_its_place(void **state)
{
    (void)state;
    static const struct {
        const char *label, *rows;
        DiagCode code;
        int line, column;
        int kept; /* lines that the plan is made of all the same */
    } cases[] = {
        {"unknown need", "N1,O1,1\nM1,O1,1\n", DIAG_ID_UNKNOWN, 3, 1, 1},
        {"unknown offer", "N1,O77,1\n", DIAG_ID_UNKNOWN, 2, 2, 0},
        {"no need", ",O1,1\n", DIAG_CELL_EMPTY, 2, 1, 0},
        {"no quantity", "N1,O1,\n", DIAG_CELL_EMPTY, 2, 3, 0},
        {"no number", "N1,O1,much\n", DIAG_NUMBER, 2, 3, 0},
        {"a negative amount", "N1,O1,-5\n", DIAG_NUMBER_RANGE, 2, 3, 0},
        {"half a cent", "N1,O1,1.005\n", DIAG_NUMBER_FINE, 2, 3, 0},
        {"a line twice", "N1,O1,1\nN2,O2,2\nN1,O1,3\n", DIAG_ID_TWICE, 4, 2, 2},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        WrittenRound written = written_round_new(small_round_new());
        Plan plan;
        assert_case_int(cases[i].label, read_edited(&written, cases[i].rows, &plan),
                        STATUS_FINDINGS);
        size_t count;
        const Finding *findings = diag_findings(written.small->diag, &count);
        size_t first = 0;
        while (first + 1 < count && findings[first].severity != DIAG_ERROR)
            first++;
        const Finding *wrong = &findings[first];
        assert_case_int(cases[i].label, wrong->code, cases[i].code);
        assert_case_int(cases[i].label, wrong->place.line, cases[i].line);
        assert_case_int(cases[i].label, wrong->place.column, cases[i].column);
        assert_case_int(cases[i].label, (int)plan.rows_unread, 1);
        assert_case_int(cases[i].label, (int)plan.assignment_count, cases[i].kept);
        assert_non_null(plan.needs);
        char *path = test_path(written.dir, "assignments.csv");
        assert_case_text(cases[i].label, wrong->place.file, path);
        free(path);
        written_round_free(&written);
    }
}

/* Reads the tables with this assignments.csv. */
static Status read_table(WrittenRound *written, const char *text, Plan *plan)
{
    write_file(written->dir, "assignments.csv", text);
    return read_back(written, plan);
}

static void a_figure_that_an_edit_left_behind_is_a_warning_at_its_cell(void **state)
{
    (void)state;
    static const struct {
        const char *label, *row;
        int column;
        const char *message;
    } cases[] = {
        {"gross", "N1,O3,EST,1250.00,EUR,900,GBP,1250.00,EUR,committed,no", 6,
         "900 is written; EUR 1,250.00 take GBP 1,000.00"},
        {"value", "N1,O3,EST,1250.00,EUR,1000.00,GBP,1300.00,EUR,committed,no", 8,
         "1300.00 is written; EUR 1,250.00 are worth EUR 1,250.00"},
        {"value of what has none", "N3,O4,GBR,5,licence,5,licence,0,EUR,paid,no", 8,
         "0 is written; 5 licence of need 'N3' have no value"},
        {"no number", "N1,O3,EST,1250.00,EUR,much,GBP,1250.00,EUR,committed,no", 6,
         "much is written; EUR 1,250.00 take GBP 1,000.00"},
        {"donor", "N1,O3,GBR,1250.00,EUR,1000.00,GBP,1250.00,EUR,committed,no", 3,
         "'GBR' is written; the offer's donor is 'EST'"},
        {"basis", "N1,O3,EST,1250.00,EUR,1000.00,GBP,1250.00,EUR,paid,no", 10,
         "'paid' is written; offer 'O3' is committed"},
        {"locked", "N1,O3,EST,1250.00,EUR,1000.00,GBP,1250.00,EUR,committed,yes", 11,
         "'yes' is written; no commitment of the round fixes this line"},
        {"not locked", "N2,O6,JPN,20,hour,20,hour,2500.00,EUR,committed,no", 11,
         "'no' is written; a commitment of the round fixes this line"},
        {"unit", "N1,O3,EST,1250.00,USD,1000.00,GBP,1250.00,EUR,committed,no", 5,
         "'USD' is written; the need's unit is 'EUR'"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        WrittenRound written = written_round_new(small_round_new());
        char text[512];
        Plan plan;
        size_t before = diag_count(written.small->diag, DIAG_WARNING), count;
        (void)snprintf(text, sizeof text, "%sN6,O5,JPN,1,JPY,1,JPY,0.01,EUR,pledged,no\n%s\n",
                       assignments_head, cases[i].row);
        assert_case_int(cases[i].label, read_table(&written, text, &plan), STATUS_OK);
        assert_case(cases[i].label, diag_count(written.small->diag, DIAG_WARNING) == before + 1);
        const Finding *findings = diag_findings(written.small->diag, &count);
        assert_case_int(cases[i].label, findings[count - 1].code, DIAG_PLAN_STALE);
        assert_case_int(cases[i].label, findings[count - 1].place.line, 3);
        assert_case_int(cases[i].label, findings[count - 1].place.column, cases[i].column);
        assert_case_text(cases[i].label, findings[count - 1].message, cases[i].message);
        written_round_free(&written);
    }
}

static void cells_that_are_empty_or_written_otherwise_are_not_stale(void **state)
{
    (void)state;
    WrittenRound written = written_round_new(small_round_new());
    Plan plan;
    size_t before = diag_count(written.small->diag, DIAG_WARNING);
    assert_int_equal(read_table(&written,
                                "locked,value,offer_quantity,basis,quantity,offer,need\n"
                                ",,,,4800,O1,N1\n"
                                "0,\"1.250,0\",\"1000,00\",Committed,1250,O3,N1\n"
                                "n,,777,paid,0,O4,N3\n",
                                &plan),
                     STATUS_OK);
    assert_int_equal(plan.assignment_count, 2);
    assert_int_equal(diag_count(written.small->diag, DIAG_WARNING), before);
    written_round_free(&written);
}

/* Rewrites summary.csv by a sed script, and reads the plan. */
static int warnings_after(WrittenRound *written, const char *script, const char **first)
{
    Plan back;
    size_t count, before = diag_count(written->small->diag, DIAG_WARNING);
    TestRun run = run_command(
        written->dir, (const char *const[]){"sed", "-i", "-E", script, "summary.csv", NULL});
    assert_int_equal(run.exit_code, 0);
    test_run_free(&run);
    assert_int_equal(read_back(written, &back), STATUS_OK);
    const Finding *findings = diag_findings(written->small->diag, &count);
    *first = "";
    for (size_t i = 0; i < count; i++)
        if (findings[i].code == DIAG_PLAN_STALE && **first == '\0')
            *first = diag_format(&findings[i], written->small->arena);
    return (int)(diag_count(written->small->diag, DIAG_WARNING) - before);
}

/* Of 36,250 asked, 2,500 are covered, 14,425 assigned. */
static void a_summary_that_says_otherwise_is_a_warning_at_its_cell(void **state)
{
    static const struct {
        const char *script, *says;
    } cases[] = {
        {"s/^status,.*/status,optimal/",
         "W055: 'optimal' is written; the plan's stages make it 'limit' (status)"},
        {"s/^needs,6/needs,7/",
         "W055: '7' is written; the round and the plan's lines make it '6' (needs)"},
        {"s/^(tier_1_value_asked),.*/\\1,16251.00/",
         "W055: '16251.00' is written; the round and the plan's lines make it '16250.00' "
         "(tier_1_value_asked)"},
        {"s/^(value_unmet),.*/\\1,/", "W055: '' is written; "},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        WrittenRound written = written_round_new(small_round_new());
        const char *first;
        /* as it should be; small_round.c has no solver whose word the first row could be */
        assert_int_equal(warnings_after(&written, "s/^status,.*/status,limit/", &first), 0);
        assert_case_int(cases[i].script, warnings_after(&written, cases[i].script, &first), 1);
        if (strstr(first, cases[i].says) == NULL || strstr(first, "summary.csv:") == NULL)
            fail_msg("'%s' gives: %s", cases[i].script, first);
        written_round_free(&written);
    }
}

/* A spreadsheet program drops zeros; a row that is not there says nothing; of edited lines the note says all. */
static void a_summary_that_says_the_same_otherwise_is_none(void **state)
{
    static const char *const scripts[] = {
        "s/^(tier_1_value_asked),.*/\\1,16250/",
        "/^needs/d",
        "s/^needs,6/needs,7/;s/^(plan_sha256),[0-9a-f]{8}/\\1,00000000/",
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(scripts); i++) {
        WrittenRound written = written_round_new(small_round_new());
        const char *first;
        assert_int_equal(warnings_after(&written, "s/^status,.*/status,limit/", &first), 0);
        assert_case_int(scripts[i], warnings_after(&written, scripts[i], &first), 0);
        written_round_free(&written);
    }
}

static void an_error_that_does_not_stop_the_reading_is_no_success(void **state)
{
    (void)state;
    static const char *const tables[] = {
        "need,ofer,quantity\nN1,O1,1\n",
        "need,offer,quantity\nN1,O1,1,too wide\n",
        "need,offer,quantity,quantity\nN1,O1,1,1\n",
    };
    for (size_t i = 0; i < COUNT_OF(tables); i++) {
        WrittenRound written = written_round_new(small_round_new());
        Plan plan;
        assert_case_int(tables[i], read_table(&written, tables[i], &plan), STATUS_FINDINGS);
        written_round_free(&written);
    }
}

static void a_plan_without_stages_has_none_to_compare(void **state)
{
    (void)state;
    WrittenRound written = written_round_new(small_round_new());
    Plan plan;
    char *path = test_path(written.dir, "stages.csv");
    assert_int_equal(remove(path), 0);
    assert_int_equal(read_back(&written, &plan), STATUS_OK);
    assert_int_equal(plan.stage_count, 0);
    assert_int_equal(plan.assignment_count, 6);
    assert_int_equal(mkdir(path, 0777), 0); /* there, and no file: an error as ever */
    assert_int_equal(read_back(&written, &plan), STATUS_IO);
    free(path);
    written_round_free(&written);
}

static void a_missing_table_and_a_missing_column_are_told_apart(void **state)
{
    (void)state;
    WrittenRound written = written_round_new(small_round_new());
    Plan plan;
    write_file(written.dir, "assignments.csv", "need,quantity\nN1,1\n");
    assert_int_equal(read_back(&written, &plan), STATUS_FINDINGS);
    char *path = test_path(written.dir, "assignments.csv");
    assert_int_equal(remove(path), 0);
    free(path);
    assert_int_equal(read_back(&written, &plan), STATUS_IO);
    written_round_free(&written);
}

static void a_stage_that_is_none_is_found(void **state)
{
    (void)state;
    static const char *const rows[] = {
        "tier one,min,0,0,0,optimal", "tier 1,best,0,0,0,optimal",    "tier 1,min,x,0,0,optimal",
        "tier 1,min,0,0,0,wonderful", "fairness 1,max,0,0,0,optimal",
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        WrittenRound written = written_round_new(small_round_new());
        char text[256];
        Plan plan;
        (void)snprintf(text, sizeof text, "stage,sense,value,bound,gap,status\n%s\n", rows[i]);
        write_file(written.dir, "stages.csv", text);
        assert_case_int(rows[i], read_back(&written, &plan), STATUS_FINDINGS);
        written_round_free(&written);
    }
}

static void every_label_of_a_stage_is_understood(void **state)
{
    (void)state;
    StageResult stage;
    assert_true(stage_label_read("unvalued 3", &stage));
    assert_int_equal(stage.kind, STAGE_UNVALUED);
    assert_int_equal(stage.tier, 3);
    assert_true(stage_label_read("fairness 2.14", &stage));
    assert_int_equal(stage.rank, 14);
    assert_true(stage_label_read("firmness pledged 1 unvalued", &stage));
    assert_int_equal(stage.kind, STAGE_FIRMNESS);
    assert_int_equal(stage.basis, BASIS_PLEDGED);
    assert_true(stage.unvalued);
    assert_true(stage_label_read("firmness committed 2", &stage));
    assert_int_equal(stage.basis, BASIS_COMMITTED);
    assert_false(stage.unvalued);
    assert_true(stage_label_read("lapsing 2026-03-31", &stage));
    assert_int_equal(stage.date, 20543);
    assert_true(stage_label_read("lapsing", &stage));
    assert_int_equal(stage.date, DATE_NONE);
    assert_true(stage_label_read("cost", &stage));
    assert_false(stage_label_read("firmness paid 1", &stage));
    assert_false(stage_label_read("lapsing 2026-02-30", &stage));
    assert_false(stage_label_read("costs", &stage));
    assert_false(stage_label_read("tier 0", &stage));
    assert_false(stage_label_read("", &stage));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_written_is_read_back_with_every_figure),
        cmocka_unit_test(rows_may_stand_in_any_order_and_a_zero_strikes_one_out),
        cmocka_unit_test(a_line_keeps_the_row_it_was_read_from),
        cmocka_unit_test(what_is_wrong_with_a_line_is_found_at_its_place),
        cmocka_unit_test(a_figure_that_an_edit_left_behind_is_a_warning_at_its_cell),
        cmocka_unit_test(cells_that_are_empty_or_written_otherwise_are_not_stale),
        cmocka_unit_test(a_summary_that_says_otherwise_is_a_warning_at_its_cell),
        cmocka_unit_test(a_summary_that_says_the_same_otherwise_is_none),
        cmocka_unit_test(an_error_that_does_not_stop_the_reading_is_no_success),
        cmocka_unit_test(a_plan_without_stages_has_none_to_compare),
        cmocka_unit_test(a_missing_table_and_a_missing_column_are_told_apart),
        cmocka_unit_test(a_stage_that_is_none_is_found),
        cmocka_unit_test(every_label_of_a_stage_is_understood),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
