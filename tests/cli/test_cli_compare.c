/* allot compare, as people start it, on pairs of rounds that a head can decide: one for each kind of cause,
 * and what happens when a round has moved, has changed, or is not there.
 */
#include "tests/support/program.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TABLES = 5 };

/* A table of a round; the tables that are not named are those of the program's own round "r". */
typedef struct Table {
    const char *name, *text;
} Table;

/* All is one kind and EUR: N1 asks 100, EE gives 80 and LV 60. O1 comes before O2, so that N1 takes 80 of O1
 * and 20 of O2. */
static const char NEEDS[] = "id,category,quantity,priority\nN1,HW,100,2\n";
static const char OFFERS[] = "id,donor,quantity\nO1,EE,80\nO2,LV,60\n";

static void put_round(Program *p, const char *dir, const Table *tables)
{
    char path[600], script[200];
    (void)snprintf(path, sizeof path, "%s/%s", p->dir, dir);
    (void)snprintf(script, sizeof script, "rm -rf %s; mkdir %s", dir, dir);
    program_script(p, script);
    write_file(path, "needs.csv", NEEDS);
    write_file(path, "offers.csv", OFFERS);
    for (size_t t = 0; t < TABLES && tables[t].name != NULL; t++)
        write_file(path, tables[t].name, tables[t].text);
}

static void solve_both(Program *p)
{
    ALLOT(p, "solve", "a", "--tables", "ta", "-q", "--explain", "none");
    assert_exit(p, 0);
    ALLOT(p, "solve", "b", "--tables", "tb", "-q", "--explain", "none");
    assert_exit(p, 0);
}

/* Compares the plans that are there, into c. */
static void compare_plans(Program *p)
{
    ALLOT(p, "compare", "ta", "tb", "--tables", "c");
    assert_exit(p, 0);
}

/* Opens a program with the two rounds and their plans. */
static void open_rounds(Program *p, const Table *before, const Table *after)
{
    program_open(p);
    put_round(p, "a", before);
    put_round(p, "b", after);
    solve_both(p);
}

/* ---- causes --------------------------------------------------------------------------------- */

typedef struct CauseCase {
    const char *label;
    Table before[TABLES], after[TABLES];
    const char *lines[4];  /* whole rows of lines.csv, but for the sentence */
    const char *inputs[3]; /* of inputs.csv */
} CauseCase;

static const CauseCase CAUSES[] = {
    {"one cell: 60 of O1 and 40 of O2",
     {{NULL, NULL}},
     {{"offers.csv", "id,donor,quantity\nO1,EE,60\nO2,LV,60\n"}},
     {"N1,O1,EE,EUR,80.00,EUR,60.00,one change,1,", "N1,O2,LV,EUR,20.00,EUR,40.00,one change,1,"},
     {"1,cell,offers,O1,quantity,80,60,optimal,2,0\n"}},
    {"a rule row added: no more than 50 of O1",
     {{NULL, NULL}},
     {{"rules.csv", "id,kind,offer,value\nR1,limit,O1,50\n"}},
     {"N1,O1,EE,EUR,80.00,EUR,50.00,one change,1,", "N1,O2,LV,EUR,20.00,EUR,50.00,one change,1,"},
     {"1,row added,rules,R1,,,\"kind limit, offer O1, value 50\",optimal,2,0\n"}},
    {"a rule row dropped, and with it its table",
     {{"rules.csv", "id,kind,offer,value\nR1,limit,O1,50\n"}},
     {{NULL, NULL}},
     {"N1,O1,EE,EUR,50.00,EUR,80.00,one change,1,", "N1,O2,LV,EUR,50.00,EUR,20.00,one change,1,"},
     {"1,row dropped,rules,R1,,\"kind limit, offer O1, value 50\",,optimal,2,0\n"}},
    {"a cell of a rule",
     {{"rules.csv", "id,kind,offer,value\nR1,limit,O1,50\nR2,limit,O2,55\n"}},
     {{"rules.csv", "id,kind,offer,value\nR1,limit,O1,60\nR2,limit,O2,55\n"}},
     {"N1,O1,EE,EUR,50.00,EUR,60.00,one change,1,", "N1,O2,LV,EUR,50.00,EUR,40.00,one change,1,"},
     {"1,cell,rules,R1,value,50,60,optimal,2,0\n"}},
    {"an offer dropped: nothing of O2",
     {{NULL, NULL}},
     {{"offers.csv", "id,donor,quantity\nO1,EE,80\n"}},
     {"N1,O2,LV,EUR,20.00,EUR,0.00,one change,1,"},
     {"1,row dropped,offers,O2,,\"donor LV, quantity 60\",,optimal,1,0\n"}},
    {"a need added in a tier above: it takes 100 of the 140, 80 of them of O1",
     {{NULL, NULL}},
     {{"needs.csv", "id,category,quantity,priority\nN1,HW,100,2\nN0,HW,100,1\n"}},
     {"N0,O1,EE,EUR,0.00,EUR,80.00,one change,1,", "N0,O2,LV,EUR,0.00,EUR,20.00,one change,1,",
      "N1,O1,EE,EUR,80.00,EUR,0.00,one change,1,", "N1,O2,LV,EUR,20.00,EUR,40.00,one change,1,"},
     {"1,row added,needs,N0,,,\"category HW, quantity 100, priority 1\",optimal,4,0\n"}},
    {"a setting: pledges are planned on, and used last",
     {{"offers.csv", "id,donor,quantity,status\nO1,EE,80,paid\nO3,PL,30,pledged\n"}},
     {{"offers.csv", "id,donor,quantity,status\nO1,EE,80,paid\nO3,PL,30,pledged\n"},
      {"settings.csv", "key,value\nplan_on,pledged\n"}},
     {"N1,O3,PL,EUR,0.00,EUR,20.00,one change,1,"},
     {"1,cell,settings,plan_on,value,committed,pledged,optimal,1,0\n"}},
    {"two together, of which neither alone suffices: N1 asks 50, and O1 has 50",
     {{"offers.csv", "id,donor,quantity\nO1,EE,80\n"}},
     {{"needs.csv", "id,category,quantity,priority\nN1,HW,50,2\n"},
      {"offers.csv", "id,donor,quantity\nO1,EE,50\n"}},
     {"N1,O1,EE,EUR,80.00,EUR,50.00,several together,1;2,"},
     {"1,cell,needs,N1,quantity,100,50,optimal,0,1\n",
      "2,cell,offers,O1,quantity,80,50,optimal,0,1\n"}},
    {"two of three together: the third moves nothing",
     {{"offers.csv", "id,donor,quantity\nO1,EE,80\nO9,PL,5\n"},
      {"rules.csv", "id,kind,offer\nR9,forbid,O9\n"}},
     {{"needs.csv", "id,category,quantity,priority\nN1,HW,50,2\n"},
      {"offers.csv", "id,donor,quantity\nO1,EE,50\nO9,PL,7\n"},
      {"rules.csv", "id,kind,offer\nR9,forbid,O9\n"}},
     {"N1,O1,EE,EUR,80.00,EUR,50.00,several together,1;2,"},
     {"3,cell,offers,O9,quantity,5,7,optimal,0,0\n"}},
    {"a cell and a rule together: O1 holds 60, and no more than 70 of it may be used",
     {{"offers.csv", "id,donor,quantity\nO1,EE,80\n"}},
     {{"offers.csv", "id,donor,quantity\nO1,EE,60\n"},
      {"rules.csv", "id,kind,offer,value\nR1,limit,O1,70\n"}},
     {"N1,O1,EE,EUR,80.00,EUR,60.00,several together,1;2,"},
     {"1,cell,offers,O1,quantity,80,60,optimal,0,1\n"}},
};

static void each_kind_of_cause_is_found(void **state)
{
    Program p;
    (void)state;
    program_open(&p);
    for (size_t i = 0; i < COUNT_OF(CAUSES); i++) {
        const CauseCase *one = &CAUSES[i];
        put_round(&p, "a", one->before);
        put_round(&p, "b", one->after);
        solve_both(&p);
        ALLOT(&p, "compare", "ta", "tb", "--tables", "c", "-o", "c.xlsx");
        assert_exit(&p, 0);
        for (size_t l = 0; l < COUNT_OF(one->lines) && one->lines[l] != NULL; l++)
            assert_file_holds(&p, "c/lines.csv", one->lines[l]);
        for (size_t l = 0; l < COUNT_OF(one->inputs) && one->inputs[l] != NULL; l++)
            assert_file_holds(&p, "c/inputs.csv", one->inputs[l]);
    }
    program_close(&p);
}

/* O1 and O2 hold 100 each, so that N1 may be served by either; the first plan, edited by hand, takes the
 * one that the program does not. */
static void a_line_that_could_have_stayed_is_free_choice(void **state)
{
    static const Table tables[TABLES] = {
        {"offers.csv", "id,donor,quantity\nO1,EE,100\nO2,LV,100\n"}};
    Program p;
    (void)state;
    open_rounds(&p, tables, tables);
    assert_file_holds(&p, "tb/assignments.csv", "N1,O1,EE,100.00,");
    program_script(&p, "sed -i s/N1,O1,EE/N1,O2,LV/ ta/assignments.csv");
    compare_plans(&p);
    assert_file_holds(&p, "c/lines.csv", "N1,O1,EE,EUR,0.00,EUR,100.00,free choice,,");
    assert_file_holds(&p, "c/lines.csv", "N1,O2,LV,EUR,100.00,EUR,0.00,free choice,,");
    program_close(&p);
}

/* The same beside needs of 347, each all or nothing, for which there are 111 and 109: no plan leaves less than 127, and
 * at a gap of a half the first good one will do. */
static void a_choice_is_not_called_free_where_a_stage_is_open(void **state)
{
    static const Table tables[TABLES] = {
        {"needs.csv", "id,category,quantity,indivisible\nN1,HW,100,\nW1,SW,51,yes\nW2,SW,52,yes\n"
                      "W3,SW,53,yes\nW4,SW,47,yes\nW5,SW,44,yes\nW6,SW,61,yes\nW7,SW,39,yes\n"},
        {"offers.csv", "id,donor,quantity,category\nO1,EE,100,HW\nO2,LV,100,HW\nO3,FR,111,SW\n"
                       "O4,NL,109,SW\n"},
        {"settings.csv", "key,value\ngap,0.5\n"}};
    Program p;
    (void)state;
    open_rounds(&p, tables, tables);
    assert_file_holds(&p, "tb/stages.csv", ",within gap\n");
    program_script(&p, "sed -i s/N1,O1,EE/N1,O2,LV/ ta/assignments.csv");
    compare_plans(&p);
    assert_file_holds(&p, "c/lines.csv", "N1,O1,EE,EUR,0.00,EUR,100.00,free choice,,");
    assert_prints(&p, "free choice, as far as is known: with the former amount every stage would "
                      "be as good, but not every stage of the second plan was decided to its "
                      "end\n");
    program_close(&p);
}

/* Preferred O1 costs nothing, O2 costs 1 a euro: the edited line is worse in the stage `cost`. */
static void a_line_that_had_to_move_is_no_free_choice(void **state)
{
    static const Table tables[TABLES] = {
        {"offers.csv", "id,donor,quantity,cost\nO1,EE,100,0\nO2,LV,100,1\n"}};
    Program p;
    (void)state;
    open_rounds(&p, tables, tables);
    program_script(&p, "sed -i s/N1,O1,EE/N1,O2,LV/ ta/assignments.csv");
    compare_plans(&p);
    assert_file_holds(&p, "c/lines.csv", "N1,O1,EE,EUR,0.00,EUR,100.00,not known,,");
    assert_file_holds(&p, "c/lines.csv",
                      "nothing of the input has changed: one of the plans was edited");
    program_close(&p);
}

static void a_line_that_was_edited_into_the_second_plan_is_said_to_be(void **state)
{
    static const Table none[TABLES] = {{NULL, NULL}};
    Program p;
    (void)state;
    open_rounds(&p, none, none);
    program_script(&p, "sed -i s/N1,O1,EE,80/N1,O1,EE,70/ tb/assignments.csv");
    compare_plans(&p);
    assert_file_holds(&p, "c/lines.csv", "N1,O1,EE,EUR,80.00,EUR,70.00,not known,,");
    assert_file_holds(&p, "c/lines.csv", "deciding the second round again does not give this line");
    program_close(&p);
}

/* The second plan keeps to the first one's choice, which without it would be the program's own. */
static void the_plan_before_is_a_change_like_any_other(void **state)
{
    static const Table tables[TABLES] = {
        {"offers.csv", "id,donor,quantity\nO1,EE,100\nO2,LV,100\n"}};
    Program p;
    (void)state;
    program_open(&p);
    put_round(&p, "a", tables);
    ALLOT(&p, "solve", "a", "--tables", "ta", "-q");
    program_script(&p, "cp -r ta kept; sed -i s/N1,O1,EE/N1,O2,LV/ kept/assignments.csv");
    ALLOT(&p, "solve", "a", "--tables", "tb", "-q", "--previous", "kept");
    assert_file_holds(&p, "tb/assignments.csv", "N1,O2,LV,100.00,");
    compare_plans(&p);
    assert_file_holds(&p, "c/lines.csv", "N1,O1,EE,EUR,100.00,EUR,0.00,one change,1,");
    assert_file_holds(&p, "c/lines.csv", "N1,O2,LV,EUR,0.00,EUR,100.00,one change,1,");
    assert_file_holds(&p, "c/inputs.csv", "1,plan before,,--previous,,,kept,optimal,2,0\n");
    program_close(&p);
}

static void what_the_command_line_set_is_a_change_of_a_setting(void **state)
{
    Program p;
    (void)state;
    program_open(&p);
    /* of the 76,000 of tier 2 DONOR-A's 36,000: evenly 12,000 (6 seats) and 24,000; without it as ids go */
    ALLOT(&p, "solve", "r", "--tables", "ta", "-o", "a.xlsx", "-q");
    ALLOT(&p, "solve", "r", "--tables", "tb", "-o", "b.xlsx", "-q", "--set", "fairness=none");
    assert_file_holds(&p, "tb/summary.csv", "round_path,r\nset_fairness,none\n");
    ALLOT(&p, "compare", "ta", "b.xlsx", "--tables", "c");
    assert_exit(&p, 0);
    assert_file_holds(&p, "c/inputs.csv",
                      "1,cell,settings,fairness,value,beneficiary,none,optimal,2,0\n");
    program_close(&p);
}

/* ---- what is no change ---------------------------------------------------------------------- */

static void another_spelling_or_order_is_no_change(void **state)
{
    static const Table plain[TABLES] = {
        {"offers.csv", "id,donor,quantity,category,valid_from\nO1,EE,1234.5,A;HW,2026-01-31\nO2,LV,"
                       "60,,\n"}};
    static const Table other[TABLES] = {
        {"offers.csv",
         "valid_from,category,Donor,quantity,ID,max_share,oda_only\n,,LV,60.00,O2,,\n31.01."
         "2026,HW; A,EE,\"1 234,50\",O1,1,no\n"}};
    Program p;
    (void)state;
    open_rounds(&p, plain, other);
    compare_plans(&p);
    assert_prints(&p, "no line differs; changes of the input: 0\n");
    program_close(&p);
}

static void a_plan_does_not_differ_from_itself(void **state)
{
    Program p;
    (void)state;
    program_open(&p);
    ALLOT(&p, "solve", "r", "--tables", "t", "-o", "p.xlsx", "-q");
    ALLOT(&p, "compare", "p.xlsx", "t", "-o", "c.xlsx", "--tables", "c");
    assert_exit(&p, 0);
    assert_prints(&p, "no line differs; changes of the input: 0\n");
    assert_true(program_wrote(&p, "c.xlsx"));
    char *lines = program_read(&p, "c/lines.csv");
    assert_string_equal(lines,
                        "need,offer,donor,unit_before,before,unit,after,cause,inputs,sentence\n");
    free(lines);
    program_close(&p);
}

static void a_title_decides_nothing_and_is_listed(void **state)
{
    static const Table before[TABLES] = {
        {"needs.csv", "id,title,category,quantity,priority\nN1,Radios,HW,100,2\n"}};
    static const Table after[TABLES] = {
        {"needs.csv", "id,title,category,quantity,priority\nN1,Sets,HW,90,2\n"}};
    Program p;
    (void)state;
    open_rounds(&p, before, after);
    compare_plans(&p);
    assert_file_holds(&p, "c/inputs.csv", "1,cell,needs,N1,title,Radios,Sets,,0,0\n");
    assert_file_holds(&p, "c/inputs.csv", "2,cell,needs,N1,quantity,100,90,optimal,1,0\n");
    program_close(&p);
}

/* ---- rounds that are not where they were ---------------------------------------------------- */

static void open_two_rounds(Program *p)
{
    open_rounds(p, CAUSES[0].before, CAUSES[0].after);
}

static void a_round_that_has_changed_since_is_an_error_and_no_cause_is_made_up(void **state)
{
    Program p;
    (void)state;
    open_two_rounds(&p);
    program_script(&p, "sed -i s/100/110/ a/needs.csv");
    ALLOT(&p, "compare", "ta", "tb", "--tables", "c");
    assert_exit(&p, 1);
    assert_says(&p, "a: error E056: needs.csv is not what the plan ta was made from: another hash; "
                    "give the round as it was with --before ROUND");
    assert_file_holds(
        &p, "c/lines.csv",
        "N1,O1,EE,EUR,80.00,EUR,60.00,not known,,not known: the first plan: its round");
    /* a table that came since is a change too */
    program_script(&p, "sed -i s/110/100/ a/needs.csv; printf 'id,kind\\n' > b/rules.csv");
    ALLOT(&p, "compare", "ta", "tb");
    assert_exit(&p, 1);
    assert_says(&p, "b: error E056: rules.csv is not what the plan tb was made from");
    program_close(&p);
}

static void a_round_that_has_moved_is_found_beside_the_plan_or_given(void **state)
{
    Program p;
    (void)state;
    open_two_rounds(&p);
    program_script(&p, "mkdir x y; mv a ta x; mv b y");
    ALLOT(&p, "compare", "x/ta", "tb", "--tables", "c");
    assert_exit(&p, 0);
    assert_says(&p, "tb: warning W057: its round is not found at b; give it with --after ROUND");
    assert_file_holds(&p, "c/lines.csv", "not known: the second plan: its round is not found at b");
    /* sheets that are filled from both rounds say why they are empty, and not just "(none)" */
    program_script(&p, "$ALLOT compare x/ta tb -o c.xlsx -q; "
                       "/usr/bin/python3 -c \"import openpyxl\n"
                       "for s in openpyxl.load_workbook('c.xlsx'):\n"
                       "    for row in s.iter_rows(values_only=True):\n"
                       "        if 'Not known: one of the rounds is not found.' in row:\n"
                       "            print(s.title)\"");
    assert_prints(&p, "Changed needs\nDonors\nChanged inputs\n");
    ALLOT(&p, "compare", "x/ta", "tb", "--after", "y/b", "--tables", "c");
    assert_exit(&p, 0);
    assert_file_holds(&p, "c/lines.csv", "N1,O1,EE,EUR,80.00,EUR,60.00,one change,1,");
    ALLOT(&p, "compare", "x/ta", "tb", "--after", "nowhere");
    assert_exit(&p, 1);
    assert_says(&p, "error E001");
    program_close(&p);
}

static void a_plan_that_is_not_there_is_said_to_be(void **state)
{
    Program p;
    (void)state;
    open_two_rounds(&p);
    ALLOT(&p, "compare", "ta", "nowhere.xlsx");
    assert_exit(&p, 5);
    ALLOT(&p, "compare", "ta");
    assert_exit(&p, 2);
    ALLOT(&p, "solve", "a", "--before", "b");
    assert_exit(&p, 2);
    assert_says(&p, "--before belongs to compare, not to 'solve'");
    program_close(&p);
}

/* ---- how it is done ------------------------------------------------------------------------- */

static void any_number_of_jobs_gives_the_same_comparison(void **state)
{
    Program p;
    (void)state;
    open_two_rounds(&p);
    ALLOT(&p, "compare", "ta", "tb", "--tables", "c1", "-o", "1.xlsx", "--jobs", "1");
    assert_exit(&p, 0);
    ALLOT(&p, "compare", "ta", "tb", "--tables", "c3", "-o", "3.xlsx", "--jobs", "3");
    assert_exit(&p, 0);
    program_script(&p, "cmp 1.xlsx 3.xlsx && diff -r c1 c3");
    assert_exit(&p, 0);
    program_close(&p);
}

/* Seventy needs of tier 1 ask for 1 each; O1 gives 100. In the second round each asks for 2, and O1 gives
 * 150, that is 140: every need's line is moved by its own cell alone, whichever group it is found in. */
static void many_changes_are_looked_through_in_groups(void **state)
{
    Program p;
    char before[4096] = "id,category,quantity\n", after[4096] = "id,category,quantity\n";
    Table tables[2][TABLES] = {
        {{"needs.csv", before}, {"offers.csv", "id,donor,quantity\nO1,EE,150\n"}},
        {{"needs.csv", after}, {"offers.csv", "id,donor,quantity\nO1,EE,150\n"}}};
    (void)state;
    for (int n = 10; n < 80; n++) {
        (void)snprintf(before + strlen(before), sizeof before - strlen(before), "N%d,HW,1\n", n);
        (void)snprintf(after + strlen(after), sizeof after - strlen(after), "N%d,HW,2\n", n);
    }
    open_rounds(&p, tables[0], tables[1]);
    compare_plans(&p);
    assert_prints(&p, "70 lines differ (70 by one change); changes of the input: 70");
    assert_file_holds(&p, "c/lines.csv", "N10,O1,EE,EUR,1.00,EUR,2.00,one change,1,");
    assert_file_holds(&p, "c/lines.csv", "N79,O1,EE,EUR,1.00,EUR,2.00,one change,70,");
    program_close(&p);
}

/* The limit is for all questions together: none is asked that could not be answered within it. */
static void a_time_limit_that_is_over_leaves_causes_not_known(void **state)
{
    Program p;
    (void)state;
    open_two_rounds(&p);
    ALLOT(&p, "compare", "ta", "tb", "--tables", "c", "--time-limit", "0.000001");
    assert_exit(&p, 0);
    assert_file_holds(&p, "c/lines.csv", "N1,O1,EE,EUR,80.00,EUR,60.00,not known,,");
    assert_file_holds(&p, "c/lines.csv", "deciding the second round again came to a limit");
    ALLOT(&p, "compare", "ta", "tb", "--tables", "c", "--time-limit", "600");
    assert_file_holds(&p, "c/lines.csv", "N1,O1,EE,EUR,80.00,EUR,60.00,one change,1,");
    program_close(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_kind_of_cause_is_found),
        cmocka_unit_test(a_line_that_could_have_stayed_is_free_choice),
        cmocka_unit_test(a_choice_is_not_called_free_where_a_stage_is_open),
        cmocka_unit_test(a_line_that_had_to_move_is_no_free_choice),
        cmocka_unit_test(a_line_that_was_edited_into_the_second_plan_is_said_to_be),
        cmocka_unit_test(the_plan_before_is_a_change_like_any_other),
        cmocka_unit_test(what_the_command_line_set_is_a_change_of_a_setting),
        cmocka_unit_test(another_spelling_or_order_is_no_change),
        cmocka_unit_test(a_plan_does_not_differ_from_itself),
        cmocka_unit_test(a_title_decides_nothing_and_is_listed),
        cmocka_unit_test(a_round_that_has_changed_since_is_an_error_and_no_cause_is_made_up),
        cmocka_unit_test(a_round_that_has_moved_is_found_beside_the_plan_or_given),
        cmocka_unit_test(a_plan_that_is_not_there_is_said_to_be),
        cmocka_unit_test(any_number_of_jobs_gives_the_same_comparison),
        cmocka_unit_test(many_changes_are_looked_through_in_groups),
        cmocka_unit_test(a_time_limit_that_is_over_leaves_causes_not_known),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
