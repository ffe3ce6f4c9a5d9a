/* What the program writes, verifies and refuses, as people start it: tables, workbook, exports. */
#include "tests/support/program.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- what is written ------------------------------------------------------------------------ */

/** Heading lines as tables.md publishes them: other people's programs read these names. */
static void the_tables_have_the_published_names_and_columns(void **state)
{
    static const char *const TABLES[][2] = {
        {"t/assignments.csv",
         "need,offer,donor,quantity,unit,offer_quantity,offer_unit,value,currency,basis,locked\n"},
        {"t/needs.csv", "need,tier,unit,quantity,covered,assigned,pledged,unmet,share,"
                        "value_assigned,value_unmet,donors,reason,detail\n"},
        {"t/offers.csv",
         "offer,donor,unit,quantity,used,left,overhead,value_used,value_left,needs\n"},
        {"t/stages.csv", "stage,sense,value,bound,gap,status\n"},
        {"t/summary.csv", "key,value\n"},
        {"t/problems.csv", "severity,code,table,row,column,value,message\n"},
        {"t/prices.csv", "rank,table,row,id,column,part,stage,met,at_most,value,how,needs,thing\n"},
        {"t/worths.csv", "table,row,id,column,part,unit,quantity,stage,more_worth,more_until,"
                         "less_costs,less_until,remark\n"},
        {"t/ranges.csv", "need,offer,quantity,unit,least,most,proof,others,short_by\n"},
        {"t/reasons.csv",
         "need,tier,unmet,unit,code,table,row,id,column,part,freed,proof,sentence\n"},
        {"t/refused.csv", "need,offer,check,table,row,id,column,phrase\n"},
        {"t/asks.csv", "need,ask,offer,donor,kind,extra,unit,value,currency,least,enough,what\n"},
        {"t/appeal.csv", "step,tier,need,ask,offer,donor,kind,extra,unit,category,value,unlocked,"
                         "total_value,total_unlocked,currency\n"},
        {"t/rivals.csv", "need,tier,offer,rival,through,rival_tier,quantity,unit\n"},
    };
    Program p;
    (void)state;
    program_open(&p);
    ALLOT(&p, "solve", "r", "--tables", "t");
    assert_exit(&p, 0);
    for (size_t k = 0; k < COUNT_OF(TABLES); k++) {
        char *text = program_read(&p, TABLES[k][0]);
        assert_case(TABLES[k][0], strncmp(text, TABLES[k][1], strlen(TABLES[k][1])) == 0);
        assert_case(TABLES[k][0], strchr(text, '\r') == NULL);
        free(text);
    }
    program_script(&p, "ls t | wc -l");
    assert_int_equal(strtol(p.run.out, NULL, 10), COUNT_OF(TABLES));
    program_close(&p);
}

static void the_plan_is_the_one_worked_out_by_hand(void **state)
{
    Program p;
    (void)state;
    program_open(&p);
    ALLOT(&p, "solve", "r", "--tables", "t");
    char *lines = program_read(&p, "t/assignments.csv");
    assert_string_equal(strchr(lines, '\n') + 1,
                        "N-1,O-1,DONOR-A,60000.00,EUR,60000.00,EUR,60000.00,EUR,committed,no\n"
                        "N-2,O-1,DONOR-A,6,seat,12000.00,EUR,12000.00,EUR,committed,no\n"
                        "N-3,O-1,DONOR-A,24000.00,EUR,24000.00,EUR,24000.00,EUR,committed,no\n"
                        "N-4,O-2,DONOR-B,40000.00,EUR,40000.00,EUR,40000.00,EUR,committed,no\n");
    free(lines);
    char *stages = program_read(&p, "t/stages.csv");
    assert_non_null(strstr(stages, "tier 1,min,0,0,0,optimal\n"));
    assert_non_null(strstr(stages, "tier 2,min,34000,34000,0,optimal\n"));
    assert_non_null(strstr(stages, "fairness 2.1,max,0.6,0.6,0,optimal\n"));
    free(stages);
    program_close(&p);
}

static void equal_input_gives_equal_bytes(void **state)
{
    Program p;
    (void)state;
    program_open(&p);
    ALLOT(&p, "solve", "r", "--tables", "t1", "-o", "1.xlsx");
    assert_exit(&p, 0);
    program_script(&p, "sleep 1; $ALLOT solve r --tables t2 -o 2.xlsx -q");
    assert_exit(&p, 0);
    program_script(&p, "cmp 1.xlsx 2.xlsx && diff -r t1 t2");
    assert_exit(&p, 0);
    program_close(&p);
}

static void the_order_of_rows_and_columns_does_not_matter(void **state)
{
    Program p;
    (void)state;
    program_open(&p);
    ALLOT(&p, "solve", "r", "--tables", "t1", "-q");
    program_table(&p, "offers.csv",
                  "only_regions,quantity,donor,id\nSOUTH,40000,DONOR-B,O-2\n,96000,DONOR-A,O-1\n");
    ALLOT(&p, "solve", "r", "--tables", "t2", "-q");
    assert_exit(&p, 0);
    program_script(&p, "for t in assignments needs offers stages; do cmp t1/$t.csv t2/$t.csv || "
                       "exit 1; done");
    assert_exit(&p, 0);
    program_close(&p);
}

static void the_day_of_the_workbook_is_source_date_epoch(void **state)
{
    Program p;
    (void)state;
    program_open(&p);
    program_script(&p, "SOURCE_DATE_EPOCH=1700000000 $ALLOT solve r -o p.xlsx -q && "
                       "unzip -p p.xlsx docProps/core.xml");
    assert_exit(&p, 0);
    assert_prints(&p, ">2023-11-14T00:00:00Z</dcterms:created>"); /* date -u -d @1700000000 */
    program_close(&p);
}

static void the_workbook_is_a_zip_archive_without_a_fault(void **state)
{
    Program p;
    (void)state;
    program_open(&p);
    program_script(&p, "$ALLOT solve r -o p.xlsx -q && unzip -tq p.xlsx");
    assert_exit(&p, 0);
    assert_prints(&p, "No errors detected");
    program_close(&p);
}

static void an_empty_round_gives_an_empty_plan_and_a_warning(void **state)
{
    Program p;
    (void)state;
    program_open(&p);
    program_table(&p, "needs.csv", "id,category,quantity\n");
    ALLOT(&p, "solve", "r", "--tables", "t", "-o", "p.xlsx");
    assert_exit(&p, 0);
    assert_says(&p, "needs.csv: warning W101: there are no needs; the plan is empty");
    char *lines = program_read(&p, "t/assignments.csv");
    assert_string_equal(strchr(lines, '\n'), "\n");
    free(lines);
    assert_true(program_wrote(&p, "p.xlsx"));
    ALLOT(&p, "verify", "r", "t");
    assert_exit(&p, 0);
    program_close(&p);
}

/* ---- what cannot be written ----------------------------------------------------------------- */

static void an_output_in_a_missing_folder_leaves_nothing(void **state)
{
    Program p;
    (void)state;
    program_open(&p);
    ALLOT(&p, "solve", "r", "-o", "missing/plan.xlsx", "--tables", "t");
    assert_exit(&p, 5);
    assert_says(&p, "missing/plan.xlsx: error E042: cannot write: No such file or directory");
    ALLOT(&p, "solve", "r", "--tables", "missing/t");
    assert_exit(&p, 5);
    assert_says(&p, "missing/t: error E042: cannot write: No such file or directory");
    program_script(&p, "mkdir -p t/assignments.csv && $ALLOT solve r --tables t");
    assert_says(&p, "t/assignments.csv: error E042: cannot write: Is a directory; name a file\n");
    program_script(&p, "rmdir t/assignments.csv t");
    ALLOT(&p, "export", "r", "missing/x.mps");
    assert_exit(&p, 5);
    assert_says(&p, "missing/x.mps: error E042: ");
    program_script(&p, "ls");
    assert_string_equal(p.run.out, "r\n");
    program_close(&p);
}

static void a_failed_run_leaves_the_old_plan_as_it_was(void **state)
{
    Program p;
    (void)state;
    program_open(&p);
    ALLOT(&p, "solve", "r", "-o", "p.xlsx", "--tables", "t", "-q");
    program_script(&p, "cp -r t kept && cp p.xlsx kept.xlsx");
    program_table(&p, "commitments.csv", "need,offer,kind,quantity\nN-1,O-2,fixed,10\n");
    ALLOT(&p, "solve", "r", "-o", "p.xlsx", "--tables", "t");
    assert_exit(&p, 1);
    program_script(&p, "diff -r t kept && cmp p.xlsx kept.xlsx && ls -A | wc -l");
    assert_exit(&p, 0);
    assert_int_equal(strtol(p.run.out, NULL, 10), 5);
    program_close(&p);
}

static void a_full_standard_output_is_a_failure(void **state)
{
    Program p;
    (void)state;
    program_open(&p);
    program_script(&p, "$ALLOT check r >/dev/full");
    assert_exit(&p, 5);
    assert_says(&p, "allot: standard output cannot be written");
    program_script(&p, "$ALLOT solve r -o p.xlsx >/dev/full");
    assert_exit(&p, 5);
    program_script(&p, "ln -s /dev/full full.xlsx; $ALLOT solve r -o full.xlsx");
    assert_exit(&p, 5);
    assert_says(&p, "full.xlsx: error E042: cannot write: No space left on device; make room, or "
                    "name another disk");
    program_script(&p, "$ALLOT --help >/dev/full");
    assert_exit(&p, 5);
    program_script(&p, "$ALLOT --version >/dev/full");
    assert_exit(&p, 5);
    program_close(&p);
}

/* Needs of whole multiples of three euros, in full or not at all, never come to 200; nor does the need L of two
 * help, as it waits for one that nobody can pay. A search that may look at one node finds no plan and proves
 * nothing. What is said to be enough is: 198 is a multiple of three. A cent less is not. */
static void a_limit_before_any_plan_is_exit_4_and_named(void **state)
{
    Program p;
    (void)state;
    program_open(&p);
    program_table(&p, "offers.csv", "id,donor,quantity\nO1,D1,100\nO2,D2,100\n");
    program_table(&p, "rules.csv", "id,kind,value\nR,floor,200\n");
    program_table(&p, "settings.csv", "key,value\nfairness,none\nstages,none\nnodes,1\n");
    program_script(&p, "{ echo id,category,quantity,indivisible,requires; for i in $(seq 30); do "
                       "echo N$i,HW,$((12 + 3 * (i * 5 % 13))),yes,; done; "
                       "echo P,HW,5000,yes,; echo L,HW,2,,P; } >r/needs.csv");
    ALLOT(&p, "solve", "r", "--tables", "t");
    assert_exit(&p, 4);
    assert_says(&p,
                "r: error E041: no plan was found within nodes=1; allow more with --set nodes=N");
    assert_says(&p, "rules.csv:2:3 (value): note N210: enough, if not the cheapest: lower this by "
                    "EUR 2.00");
    assert_false(program_wrote(&p, "t"));
    ALLOT(&p, "solve", "r", "--tables", "t", "--time-limit", "60");
    assert_exit(&p, 4);
    assert_says(&p, "within the time limit and nodes=1; allow more with --time-limit S or --set");
    program_table(&p, "rules.csv", "id,kind,value\nR,floor,198.01\n");
    ALLOT(&p, "solve", "r", "--tables", "t");
    assert_exit(&p, 4);
    assert_false(program_wrote(&p, "t"));
    program_table(&p, "rules.csv", "id,kind,value\nR,floor,198\n");
    ALLOT(&p, "solve", "r", "--tables", "t");
    assert_exit(&p, 0);
    program_close(&p);
}

/* ---- verify --------------------------------------------------------------------------------- */

typedef struct Edit {
    const char *label;
    const char *script; /* changes t/ */
    int code;
    const char *finding;
    const char *summary;
} Edit;

/** Each edit breaks one thing; the finding names the line of the plan and the row it breaks. */
static void an_edited_plan_is_judged_by_the_rounds_rows(void **state)
{
    static const Edit CASES[] = {
        {"untouched", "true", 0, "", "4 assignments checked: 0 rules broken, 0 stages worse"},
        {"more than the need asks",
         "sed -i 's/^N-4,O-2,DONOR-B,40000.00/N-4,O-2,DONOR-B,50000.01/'", 1,
         "assignments.csv:5:4 (quantity): error E052: N-4: its lines give EUR 50,000.01, but "
         "needs.csv:5:6 "
         "(quantity) less what is covered leaves EUR 50,000.00",
         NULL},
        {"more than the offer has", "sed -i 's/^N-2,O-1,DONOR-A,6,/N-2,O-1,DONOR-A,7,/'", 1,
         "O-1: EUR 98,000.00 is taken, but offers.csv:2:3 (quantity) gives EUR 96,000.00",
         "4 assignments checked: 1 rule broken, 0 stages worse than proven\n"},
        {"against an earmark", "sed -i 's/^N-3,O-1,DONOR-A/N-3,O-2,DONOR-B/; /^N-4/d'", 1,
         "assignments.csv:4: error E051: N-3 from O-2: EUR 24,000.00, but offers.csv:3:5 "
         "(only_regions) is earmarked for SOUTH",
         NULL},
        {"an unknown need", "sed -i 's/^N-4,/N-44,/'", 1, "assignments.csv:5:1 (need): error",
         NULL},
        {"half a seat", "sed -i 's/^N-2,O-1,DONOR-A,6,/N-2,O-1,DONOR-A,5.5,/'", 1,
         "assignments.csv:3:4 (quantity): error E052: N-2 from O-1: 5.5 seat, but needs.csv:3 "
         "(step) asks for "
         "multiples of 1 seat",
         NULL},
        {"worse, but allowed", "sed -i '/^N-2/d'", 0,
         "assignments.csv: warning W054: tier 2, unmet: EUR 46,000.00; as decided it was "
         "EUR 34,000.00: the price of the change is EUR 12,000.00 more",
         "3 assignments checked: 0 rules broken, 2 stages worse than proven\n"},
        {"without its stages", "rm t/stages.csv; true", 0, "",
         "4 assignments checked: 0 rules broken, no stages were given to compare with\n"},
    };
    (void)state;
    for (size_t k = 0; k < COUNT_OF(CASES); k++) {
        char script[512];
        Program p;
        program_open(&p);
        ALLOT(&p, "solve", "r", "--tables", "t", "-q");
        (void)snprintf(script, sizeof script, "%s t/assignments.csv", CASES[k].script);
        program_script(&p, script);
        assert_case_int(CASES[k].label, p.run.exit_code, 0);
        ALLOT(&p, "verify", "r", "t");
        if (p.run.exit_code != CASES[k].code || strstr(p.run.err, CASES[k].finding) == NULL)
            fail_msg("case \"%s\": exit %d:\n%s", CASES[k].label, p.run.exit_code, p.run.err);
        if (CASES[k].summary != NULL)
            assert_prints(&p, CASES[k].summary);
        program_close(&p);
    }
}

/* A plan is held against the tables alone, without a list of all pairs: the check itself says of a rule that it
 * adds up seats and euros. */
static void a_rule_that_cannot_be_checked_is_said_by_the_check(void **state)
{
    static const char *const commands[][5] = {
        {"verify", "r", "t"}, {"close", "r", "t", "l.csv"}, {"publish", "r", "t", "p.csv"}};
    Program p;
    (void)state;
    program_open(&p);
    program_table(&p, "settings.csv", "key,value\nround,R\n");
    ALLOT(&p, "solve", "r", "--tables", "t", "-q");
    program_table(&p, "rules.csv", "id,kind,quantity,unit\nR-1,limit,5,seat\n");
    for (size_t k = 0; k < COUNT_OF(commands); k++) {
        const char *const *words = commands[k];
        ALLOT(&p, words[0], words[1], words[2], words[3]);
        assert_exit(&p, 1);
        assert_says(&p,
                    "error E052: R-1: rules.csv:2:4 (unit) is neither the unit of all its needs");
        assert_null(strstr(p.run.err, "mixes units"));
    }
    ALLOT(&p, "check", "r");
    assert_exit(&p, 1);
    assert_says(&p, "rules.csv:2:4 (unit): error E0");
    program_close(&p);
}

/* ---- no plan -------------------------------------------------------------------------------- */

static void a_floor_that_cannot_be_kept_is_named_with_its_excess(void **state)
{
    Program p;
    (void)state;
    program_open(&p);
    /* N-1 asks 60,000: a floor of 70,000 on it is 10,000 too high. */
    program_table(&p, "rules.csv", "id,kind,need,value\nF-1,floor,N-1,70000\n");
    ALLOT(&p, "solve", "r", "--tables", "t", "-o", "p.xlsx");
    assert_exit(&p, 3);
    assert_says(&p, "rules.csv:2:4 (value): error E040: conflict 1: rule 'F-1' asks for at least "
                    "EUR 70,000.00, of EUR 60,000.00 that its needs want: no plan can keep it, "
                    "whatever else gives way; alone it would have to be lowered by EUR 10,000.00");
    assert_says(&p, "rules.csv:2:4 (value): note N210: cheapest: lower this by EUR 10,000.00");
    assert_string_equal(p.run.out, "");
    assert_false(program_wrote(&p, "t"));
    assert_false(program_wrote(&p, "p.xlsx"));
    program_close(&p);
}

static void commitments_beyond_an_offer_are_named_with_their_excess(void **state)
{
    Program p;
    (void)state;
    program_open(&p);
    /* 60,000 + 39,000 are agreed, O-1 has 96,000: 3,000 too much, wherever they come off. */
    program_table(&p, "commitments.csv",
                  "need,offer,kind,quantity\nN-1,O-1,fixed,60000\nN-3,O-1,at_least,39000\n");
    ALLOT(&p, "solve", "r", "--tables", "t");
    assert_exit(&p, 3);
    assert_says(
        &p,
        "commitments.csv:2:4 (quantity): error E040: conflict 1: offer 'O-1' of DONOR-A gives need "
        "'N-1' exactly EUR 60,000.00: no plan can keep it together with offers.csv:2:3 "
        "(quantity), commitments.csv:3:4 (quantity); alone it would have to be lowered "
        "by EUR 3,000.00");
    assert_says(
        &p, "offers.csv:2:3 (quantity): note N209: conflict 1: offer 'O-1' of DONOR-A holds EUR "
            "96,000.00; alone it would have to be raised by EUR 3,000.00");
    assert_says(&p, "note N210: cheapest: lower this by EUR 3,000.00");
    assert_false(program_wrote(&p, "t"));
    program_close(&p);
}

/** A donor's offer of 100 against a commitment of 60 and a reserve of 80 on it: nothing is written, and
 *  every row in the conflict is named with what it says and what it would have to give. */
static void a_round_without_a_plan_says_which_rows_collide_and_by_how_much(void **state)
{
    Program p;
    (void)state;
    program_open(&p);
    program_table(&p, "needs.csv", "id,category,quantity\nN-1,HW,100\nN-2,SW,30\n");
    program_table(&p, "offers.csv", "id,donor,quantity\nO-1,X,100\n");
    program_table(&p, "rules.csv",
                  "id,kind,offer,category,value\nR-1,reserve,O-1,,80\nR-2,floor,,SW,31\n");
    program_table(&p, "commitments.csv", "need,offer,kind,quantity\nN-1,O-1,at_least,60\n");
    ALLOT(&p, "solve", "r", "--tables", "t", "-o", "plan.xlsx");
    assert_exit(&p, 3);
    assert_says(&p, "rules.csv:2:5 (value): error E040: conflict ");
    assert_says(&p, "rule 'R-1' keeps back EUR 80.00 of EUR 100.00");
    assert_says(&p, "commitments.csv:2:4 (quantity): error E040: conflict ");
    assert_says(&p, "offer 'O-1' of X gives need 'N-1' at least EUR 60.00");
    assert_says(&p, "rule 'R-2' asks for at least EUR 31.00, of EUR 30.00 that its needs want");
    assert_says(&p, "cheapest: lower this by ");
    assert_false(program_wrote(&p, "plan.xlsx"));
    assert_false(program_wrote(&p, "t/assignments.csv"));
    program_close(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_round_without_a_plan_says_which_rows_collide_and_by_how_much),
        cmocka_unit_test(the_tables_have_the_published_names_and_columns),
        cmocka_unit_test(the_plan_is_the_one_worked_out_by_hand),
        cmocka_unit_test(equal_input_gives_equal_bytes),
        cmocka_unit_test(the_order_of_rows_and_columns_does_not_matter),
        cmocka_unit_test(the_day_of_the_workbook_is_source_date_epoch),
        cmocka_unit_test(the_workbook_is_a_zip_archive_without_a_fault),
        cmocka_unit_test(an_empty_round_gives_an_empty_plan_and_a_warning),
        cmocka_unit_test(an_output_in_a_missing_folder_leaves_nothing),
        cmocka_unit_test(a_failed_run_leaves_the_old_plan_as_it_was),
        cmocka_unit_test(a_full_standard_output_is_a_failure),
        cmocka_unit_test(a_limit_before_any_plan_is_exit_4_and_named),
        cmocka_unit_test(a_rule_that_cannot_be_checked_is_said_by_the_check),
        cmocka_unit_test(an_edited_plan_is_judged_by_the_rounds_rows),
        cmocka_unit_test(a_floor_that_cannot_be_kept_is_named_with_its_excess),
        cmocka_unit_test(commitments_beyond_an_offer_are_named_with_their_excess),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
