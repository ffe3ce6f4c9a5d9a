/* `--previous`: the plan before this one, as people name it. The round leaves open which offers pay;
 * the plan before decides, and what the stage `change` comes to is worked out in the head.
 */
#include "tests/support/program.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* N-1 takes its 100 from O-1, O-2 or O-3, which has 30 alone; O-4 is earmarked for the south. N-2 takes
 * its 10 seats from O-5 and O-6, 6 each at most. Every such plan is equal in every stage. */
static const char OPEN_NEEDS[] = "id,category,quantity,unit,priority,region\n"
                                 "N-1,HW,100,EUR,1,NORTH\n"
                                 "N-2,TRN,10,seat,1,NORTH\n"
                                 "N-3,AUD,1,EUR,2,SOUTH\n";
static const char OPEN_OFFERS[] = "id,donor,quantity,unit,category,only_regions\n"
                                  "O-1,A,100,EUR,HW,\n"
                                  "O-2,B,100,EUR,HW,\n"
                                  "O-3,C,30,EUR,HW,\n"
                                  "O-4,D,100,EUR,HW,SOUTH\n"
                                  "O-5,E,6,seat,TRN,\n"
                                  "O-6,F,6,seat,TRN,\n";

static void open_round(Program *p)
{
    program_open(p);
    program_table(p, "needs.csv", OPEN_NEEDS);
    program_table(p, "offers.csv", OPEN_OFFERS);
}

static void write_before(const Program *p, const char *lines)
{
    program_put(p, "before", "assignments.csv", lines);
}

/* ---- solve ---------------------------------------------------------------------------------- */

typedef struct Decision {
    const char *label;
    const char *before; /* lines */
    const char *lines;  /* of the plan: a part of assignments.csv */
    const char *stages; /* its last lines in stages.csv */
} Decision;

static void the_plan_before_decides_what_nothing_else_does(void **state)
{
    static const Decision CASES[] = {
        {"all from the second", "N-1,O-2,100,EUR\nN-2,O-5,4,seat\nN-2,O-6,6,seat\n",
         "\nN-1,O-2,B,100.00,EUR,100.00,EUR,100.00,EUR,committed,no\n"
         "N-2,O-5,E,4,seat,4,seat,,EUR,committed,no\nN-2,O-6,F,6,seat,6,seat,,EUR,committed,no\n",
         "\nchange,min,0,0,0,optimal\nchange unvalued,min,0,0,0,optimal\n"},
        {"shared as before", "N-1,O-2,60,EUR\nN-1,O-1,40,EUR\nN-2,O-5,5,seat\nN-2,O-6,5,seat\n",
         "\nN-1,O-1,A,40.00,EUR,40.00,EUR,40.00,EUR,committed,no\n"
         "N-1,O-2,B,60.00,EUR,60.00,EUR,60.00,EUR,committed,no\nN-2,O-5,E,5,seat",
         "\nchange,min,0,0,0,optimal\nchange unvalued,min,0,0,0,optimal\n"},
        /* O-3 keeps 30 of its 100: 70 less there, 70 more elsewhere. O-6 keeps 6 of its 8, O-5 gives 4 in
         * place of 2: (2 + 2) / 10. */
        {"an offer is smaller now", "N-1,O-3,100,EUR\nN-2,O-6,8,seat\nN-2,O-5,2,seat\n",
         "\nN-1,O-3,C,30.00,EUR,30.00,EUR,30.00,EUR,committed,no\nN-2,O-5,E,4,seat",
         "\nchange,min,140,140,0,optimal\nchange unvalued,min,0.4,0.4,0,optimal\n"},
        /* 100 less from O-4, 100 more from any other; 10 seats more out of 10. */
        {"an offer is barred now", "N-1,O-4,100,EUR\n", "\nN-1,O-1,A,",
         "\nchange,min,200,200,0,optimal\nchange unvalued,min,1,1,0,optimal\n"},
        /* Nothing of it counts: 100 and 10 more. */
        {"nothing of it is left", "N-9,O-1,100,EUR\nN-2,O-5,5,EUR\n", "\nN-1,O-1,A,",
         "\nchange,min,100,100,0,optimal\nchange unvalued,min,1,1,0,optimal\n"},
    };
    (void)state;
    for (size_t k = 0; k < COUNT_OF(CASES); k++) {
        char before[256];
        Program p;
        open_round(&p);
        (void)snprintf(before, sizeof before, "need,offer,quantity,unit\n%s", CASES[k].before);
        write_before(&p, before);
        ALLOT(&p, "solve", "r", "--previous", "before", "--tables", "t", "-q");
        assert_case_int(CASES[k].label, p.run.exit_code, 0);
        assert_file_holds(&p, "t/assignments.csv", CASES[k].lines);
        assert_file_holds(&p, "t/stages.csv", CASES[k].stages);
        program_close(&p);
    }
}

static void without_a_plan_before_there_is_no_such_stage(void **state)
{
    Program p;
    (void)state;
    open_round(&p);
    ALLOT(&p, "solve", "r", "--tables", "t", "-q");
    assert_exit(&p, 0);
    assert_file_holds(&p, "t/assignments.csv", "\nN-1,O-1,A,100.00,EUR");
    char *stages = program_read(&p, "t/stages.csv");
    assert_null(strstr(stages, "change"));
    free(stages);
    program_close(&p);
}

static void lines_without_a_place_are_one_note(void **state)
{
    Program p;
    (void)state;
    open_round(&p);
    write_before(&p, "need,offer,quantity,unit\nN-9,O-1,5,EUR\nN-1,O-9,5,EUR\nN-1,O-2,5,USD\n"
                     "N-2,O-5,1,seat\n");
    ALLOT(&p, "solve", "r", "--previous", "before", "--tables", "t", "-q");
    assert_exit(&p, 0);
    assert_says(&p,
                "before/assignments.csv: note N207: 3 lines of the plan before have no place in "
                "this round and are not compared: row 2 (need 'N-9' is not in the round), row 3 "
                "(offer 'O-9' is not in the round), row 4 (need 'N-1' is counted in another "
                "unit)\n");
    assert_file_holds(&p, "t/problems.csv", "N207");
    program_close(&p);
}

static void a_plan_before_that_cannot_be_read_stops_the_run(void **state)
{
    Program p;
    (void)state;
    open_round(&p);
    ALLOT(&p, "solve", "r", "--previous", "nowhere", "--tables", "t");
    assert_exit(&p, 5);
    assert_says(&p,
                "nowhere: error E001: the plan cannot be read: No such file or directory; name a "
                "plan's workbook, or the folder of its tables");
    ALLOT(&p, "solve", "r", "--previous", "r/needs.csv", "--tables", "t");
    assert_exit(&p, 1);
    assert_says(&p, "needs.csv: error E050");
    write_before(&p, "need,offer,quantity\nN-1,O-2,much\n");
    ALLOT(&p, "solve", "r", "--previous", "before", "--tables", "t");
    assert_exit(&p, 1);
    assert_says(&p, "before/assignments.csv:2:3 (quantity): error E012: 'much'");
    assert_false(program_wrote(&p, "t"));
    program_close(&p);
}

static void a_plan_before_that_no_stage_looks_at_is_said(void **state)
{
    Program p;
    (void)state;
    open_round(&p);
    write_before(&p, "need,offer,quantity\nN-1,O-2,100\n");
    ALLOT(&p, "solve", "r", "--previous", "before", "--tables", "t", "--set", "stages=cost");
    assert_exit(&p, 0);
    assert_says(&p,
                "before: note N208: the plan before decides nothing: the setting stages does not "
                "list change");
    assert_file_holds(&p, "t/assignments.csv", "\nN-1,O-1,A,100.00,EUR");
    program_close(&p);
}

/* ---- a plan against itself ------------------------------------------------------------------ */

/** Folder or workbook: whoever solves again with what was decided gets that, line for line. */
static void a_plan_solved_again_with_itself_changes_nothing(void **state)
{
    static const char *const SOLVE_TWICE =
        "for round in r open \"$SAMPLES/first-steps\" \"$SAMPLES/all-or-nothing\"; do\n"
        "  set=\"stages=lapsing;cost;splits;change\"\n"
        "  $ALLOT solve \"$round\" --set \"$set\" --tables t1 -o p1.xlsx -q 2>/dev/null || exit 1\n"
        "  for before in t1 p1.xlsx; do\n"
        "    $ALLOT solve \"$round\" --set \"$set\" --previous $before --tables t2 -q 2>/dev/null "
        "||\n"
        "      exit 2\n"
        "    cmp t1/assignments.csv t2/assignments.csv || exit 3\n"
        "    grep -q '^change,min,0,0,0,optimal$' t2/stages.csv || exit 4\n"
        "    ! grep '^change unvalued' t2/stages.csv | grep -qv ',min,0,0,0,optimal$' || exit 5\n"
        "  done\n"
        "done";
    Program p;
    (void)state;
    open_round(&p);
    char *samples = realpath("samples", NULL);
    assert_non_null(samples);
    assert_int_equal(setenv("SAMPLES", samples, 1), 0);
    free(samples);
    program_script(&p, "mv r open");
    program_table(&p, "needs.csv", OPEN_NEEDS);
    program_table(&p, "offers.csv", OPEN_OFFERS);
    /* "r" sets a preference, so that the plan is not the first by order of ids. */
    program_table(&p, "pairs.csv", "need,offer,cost\nN-1,O-1,2\nN-2,O-5,1\n");
    program_script(&p, SOLVE_TWICE);
    assert_exit(&p, 0);
    program_close(&p);
}

/* ---- verify --------------------------------------------------------------------------------- */

/* By the path it was named with and by the hash of the file, so that the run can be repeated. */
static void the_plan_before_is_recorded_with_its_hash(void **state)
{
    static const struct {
        const char *named, *file, *rows;
    } CASES[] = {{"before", "before/assignments.csv", "rows_previous,3\n"},
                 {"before.xlsx", "before.xlsx", "rows_previous,3\n"}};
    Program p;
    (void)state;
    open_round(&p);
    write_before(&p, "need,offer,quantity,unit\nN-1,O-2,100,EUR\nN-2,O-5,4,seat\nN-2,O-6,6,seat\n");
    ALLOT(&p, "solve", "r", "--previous", "before", "-o", "before.xlsx", "--tables", "first", "-q");
    assert_exit(&p, 0);
    for (size_t i = 0; i < COUNT_OF(CASES); i++) {
        char script[256], file[64];
        ALLOT(&p, "solve", "r", "--previous", CASES[i].named, "--tables", "t", "-q");
        assert_exit(&p, 0);
        (void)snprintf(file, sizeof file, "file_previous,%s\n", CASES[i].file);
        assert_file_holds(&p, "t/summary.csv", file);
        assert_file_holds(&p, "t/summary.csv", CASES[i].rows);
        (void)snprintf(script, sizeof script,
                       "grep -qxF \"sha256_previous,$(sha256sum %s | cut -c 1-64)\" t/summary.csv",
                       CASES[i].file);
        program_script(&p, script);
        assert_case_int(CASES[i].named, p.run.exit_code, 0);
    }
    ALLOT(&p, "solve", "r", "--tables", "t", "-q");
    program_script(&p, "grep previous t/summary.csv");
    assert_exit(&p, 1);
    program_close(&p);
}

static void verify_needs_the_plan_before_to_judge_the_change(void **state)
{
    Program p;
    (void)state;
    open_round(&p);
    write_before(&p, "need,offer,quantity,unit\nN-1,O-2,100,EUR\nN-2,O-5,4,seat\nN-2,O-6,6,seat\n");
    ALLOT(&p, "solve", "r", "--previous", "before", "--tables", "t", "-q");
    assert_exit(&p, 0);
    ALLOT(&p, "verify", "r", "t", "--previous", "before");
    assert_exit(&p, 0);
    assert_prints(&p, "3 assignments checked: 0 rules broken, 0 stages worse than proven\n");
    assert_null(strstr(p.run.err, "change"));
    ALLOT(&p, "verify", "r", "t");
    assert_exit(&p, 0);
    assert_says(&p, "t/assignments.csv: warning W055: change, value moved against the previous "
                    "plan: it cannot be worked out again without "
                    "the plan before this one; name that with --previous");
    /* As good in every stage but the change: 100 less from O-2, 100 more from O-1. */
    program_script(&p, "sed -i 's/^N-1,O-2,B,/N-1,O-1,A,/' t/assignments.csv");
    ALLOT(&p, "verify", "r", "t", "--previous", "before");
    assert_exit(&p, 0);
    assert_says(
        &p, "warning W054: change, value moved against the previous plan: EUR 200.00; as decided "
            "it was EUR 0.00: the price of the change is EUR 200.00 more");
    assert_prints(&p, "3 assignments checked: 0 rules broken, 1 stage worse than proven\n");
    program_close(&p);
}

static void a_plan_before_of_another_round_is_no_error_of_verify(void **state)
{
    Program p;
    (void)state;
    open_round(&p);
    ALLOT(&p, "solve", "r", "--tables", "t", "-q");
    write_before(&p, "need,offer,quantity\nX-1,Y-1,100\n");
    ALLOT(&p, "verify", "r", "t", "--previous", "before");
    assert_exit(&p, 0);
    assert_says(&p, "note N207: 1 line of the plan before has no place");
    write_before(&p, "need,offer,quantity\nN-1,O-1,1\nN-1,O-1,2\n");
    ALLOT(&p, "verify", "r", "t", "--previous", "before");
    assert_exit(&p, 1);
    assert_says(&p,
                "before/assignments.csv:3:2 (offer): error E019: need 'N-1' has a line of offer "
                "'O-1' already, in row 2");
    program_close(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_plan_before_decides_what_nothing_else_does),
        cmocka_unit_test(without_a_plan_before_there_is_no_such_stage),
        cmocka_unit_test(lines_without_a_place_are_one_note),
        cmocka_unit_test(a_plan_before_that_cannot_be_read_stops_the_run),
        cmocka_unit_test(a_plan_before_that_no_stage_looks_at_is_said),
        cmocka_unit_test(a_plan_solved_again_with_itself_changes_nothing),
        cmocka_unit_test(the_plan_before_is_recorded_with_its_hash),
        cmocka_unit_test(verify_needs_the_plan_before_to_judge_the_change),
        cmocka_unit_test(a_plan_before_of_another_round_is_no_error_of_verify),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
