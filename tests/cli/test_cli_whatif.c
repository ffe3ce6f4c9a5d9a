/* allot scenarios and allot stress, as people start them, on rounds that a head can decide. */
#include "tests/support/program.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* All is one kind and EUR. N1 (tier 1) asks 100, by the end of March; N2 (tier 2) asks 50. EE gives 80,
 * 50 of it agreed for N1; LV 60; PL pledges 30. Pledges are planned on, and used last: N1 has 100 and
 * N2 40 that are firm, and N2 the 10 that are missing of the 30. */
static const char NEEDS[] = "id,category,quantity,priority,deadline\n"
                            "N1,HW,100,1,2026-03-31\n"
                            "N2,HW,50,2,\n";
static const char OFFERS[] = "id,donor,quantity,status\n"
                             "O1,EE,80,paid\n"
                             "O2,LV,60,paid\n"
                             "O3,PL,30,pledged\n";
static const char SETTINGS[] = "key,value\nplan_on,pledged\nstart,2026-01-01\nend,2026-03-31\n";
static const char COMMITMENTS[] = "need,offer,kind,quantity\nN1,O1,at_least,50\n";

static void open_round(Program *p)
{
    program_open(p);
    program_table(p, "needs.csv", NEEDS);
    program_table(p, "offers.csv", OFFERS);
    program_table(p, "settings.csv", SETTINGS);
    program_table(p, "commitments.csv", COMMITMENTS);
}

/* ---- stress --------------------------------------------------------------------------------- */

static void a_stress_test_says_what_falls_in_each_case(void **state)
{
    static const char *const rows[] = {
        "base,optimal,totals,all,assigned,150.00,150.00\n",
        /* 60 and 30 are left, all of it for N1; what was agreed with EE is void */
        "EE out,optimal,change,offers/O1,quantity,80,0\n",
        "EE out,optimal,change,commitments/N1/O1/at_least,,,\n",
        "EE out,optimal,totals,tier 1,assigned,100.00,90.00\n",
        "EE out,optimal,totals,tier 2,assigned,50.00,0.00\n",
        "EE out,optimal,need,N1,state,met,partly\n", "EE out,optimal,need,N2,state,met,unmet\n",
        /* 80 and 30: N1 in full, 10 for N2 */
        "LV out,optimal,totals,tier 1,assigned,100.00,100.00\n",
        "LV out,optimal,totals,tier 2,assigned,50.00,10.00\n",
        /* the 140 that are firm */
        "PL out,optimal,totals,tier 2,assigned,50.00,40.00\n",
        "PL out,optimal,need,N2,less from,,O3 (PL) -10.00\n",
        /* January to March has 90 days: from April on, too late for N1 and what was agreed for it */
        "EE late,optimal,change,offers/O1,valid_from,,2026-04-01\n",
        "EE late,optimal,totals,tier 1,assigned,100.00,90.00\n",
        "EE late,optimal,totals,tier 2,assigned,50.00,50.00\n",
        /* LV can wait for N2, and EE's 80 and PL's 20 stand in with N1 */
        "LV late,optimal,totals,all,assigned,150.00,150.00\n",
        "PL late,optimal,totals,all,assigned,150.00,150.00\n",
        "pledges lost,optimal,totals,tier 2,assigned,50.00,40.00\n",
        /* 72, 54 and 27 are 153; 60, 45 and 22.50 are 127.50 */
        "money -10%,optimal,totals,all,assigned,150.00,150.00\n",
        "money -25%,optimal,change,offers/O3,quantity,30,22.50\n",
        "money -25%,optimal,change,commitments/N1/O1/at_least,quantity,50,37.50\n",
        "money -25%,optimal,totals,tier 1,assigned,100.00,100.00\n",
        "money -25%,optimal,totals,tier 2,assigned,50.00,27.50\n"};
    Program p;
    (void)state;
    open_round(&p);
    ALLOT(&p, "stress", "r", "-o", "s.xlsx", "--tables", "t");
    assert_exit(&p, 0);
    for (size_t i = 0; i < COUNT_OF(rows); i++)
        assert_file_holds(&p, "t/stress.csv", rows[i]);
    /* N1 keeps nothing of EE's; what PL did not have to give before comes in */
    assert_file_holds(&p, "t/stress.csv", "O3 (PL) +30.00");
    assert_file_holds(&p, "t/stress.csv",
                      "EE late,optimal,need,N2,state,met,met\n"); /* from others */
    assert_prints(&p, "partly          assigned            unmet  currency  ended\n");
    assert_prints(&p, "EE out");
    assert_true(program_wrote(&p, "s.xlsx"));
    program_close(&p);
}

static void cents_are_rounded_down_when_money_is_cut(void **state)
{
    Program p;
    (void)state;
    open_round(&p);
    program_table(&p, "offers.csv", "id,donor,quantity\nO1,EE,99.99\nO2,LV,0.09\n");
    program_table(&p, "donors.csv", "id,budget\nEE,33.33\n");
    program_table(&p, "commitments.csv", "need,offer,kind,quantity\n");
    ALLOT(&p, "stress", "r", "--tables", "t");
    assert_exit(&p, 0);
    assert_file_holds(&p, "t/stress.csv",
                      "money -10%,optimal,change,offers/O1,quantity,99.99,89.99\n");
    assert_file_holds(&p, "t/stress.csv",
                      "money -25%,optimal,change,offers/O2,quantity,0.09,0.06\n");
    assert_file_holds(&p, "t/stress.csv",
                      "money -10%,optimal,change,donors/EE,budget,33.33,29.99\n");
    program_close(&p);
}

static void without_dates_nobody_is_late_and_that_is_said(void **state)
{
    Program p;
    (void)state;
    open_round(&p);
    program_table(&p, "settings.csv", "key,value\nplan_on,committed\n");
    ALLOT(&p, "stress", "r", "--tables", "t");
    assert_exit(&p, 0);
    assert_prints(&p, "not tried: donors a round late");
    assert_file_lacks(&p, "t/stress.csv", "late");
    assert_file_lacks(&p, "t/stress.csv", "pledges lost"); /* they are not planned on */
    program_close(&p);
}

static void an_offer_that_ended_is_gone_when_its_donor_is_late(void **state)
{
    Program p;
    (void)state;
    open_round(&p);
    program_table(&p, "offers.csv",
                  "id,donor,quantity,status,valid_to\nO1,EE,80,paid,2026-03-15\n"
                  "O2,LV,60,paid,\nO3,PL,30,pledged,\n");
    ALLOT(&p, "stress", "r", "--tables", "t");
    assert_exit(&p, 0);
    assert_file_holds(&p, "t/stress.csv", "EE late,optimal,change,offers/O1,quantity,80,0\n");
    assert_file_holds(&p, "t/stress.csv", "EE late,optimal,totals,tier 2,assigned,50.00,0.00\n");
    program_close(&p);
}

/* From April on: what O1 has left lapses on the last day of March, O2's on the first of April. O4 would come
 * 90 days after 10 February, on 11 May, when O2, which pays for it, has lapsed; O6 pays for O5 as late, and O5
 * lapses in April. 60 and 30 are left when EE is late, all of it for N1; when LV is, O2 serves N2, as it did. */
static void money_that_lapses_before_its_donor_comes_is_gone(void **state)
{
    static const char *const rows[] = {
        "EE late,optimal,change,offers/O1,quantity,80,0\n",
        "EE late,optimal,totals,tier 1,assigned,100.00,90.00\n",
        "EE late,optimal,totals,tier 2,assigned,50.00,0.00\n",
        "LV late,optimal,change,offers/O2,valid_from,,2026-04-01\n",
        "LV late,optimal,change,offers/O4,quantity,20,0\n",
        "LV late,optimal,change,offers/O5,quantity,9,0\n",
        "LV late,optimal,change,offers/O6,valid_from,2026-02-10,2026-05-11\n",
        "LV late,optimal,totals,tier 2,assigned,50.00,50.00\n"};
    Program p;
    (void)state;
    open_round(&p);
    program_table(&p, "offers.csv",
                  "id,donor,quantity,category,status,lapses,valid_from,parent\n"
                  "O1,EE,80,*,paid,2026-03-31,,\nO2,LV,60,*,paid,2026-04-01,,\n"
                  "O3,PL,30,*,pledged,,,\nO4,LV,20,*,paid,,2026-02-10,O2\n"
                  "O5,LV,9,SAT,paid,2026-04-15,,O6\nO6,LV,9,SAT,paid,,2026-02-10,\n");
    ALLOT(&p, "stress", "r", "--tables", "t");
    assert_exit(&p, 0);
    for (size_t i = 0; i < COUNT_OF(rows); i++)
        assert_file_holds(&p, "t/stress.csv", rows[i]);
    program_close(&p);
}

/* A least use that EE alone can give is void without EE; one that anybody can give is not, and
 * 120 of 90 cannot be. */
static void what_is_asked_of_a_lost_donor_alone_is_void(void **state)
{
    Program p;
    (void)state;
    open_round(&p);
    program_table(&p, "rules.csv", "id,kind,donor,value\nR1,floor,EE,70\nR2,floor,,120\n");
    ALLOT(&p, "stress", "r", "--tables", "t");
    assert_exit(&p, 1);
    assert_file_holds(&p, "t/stress.csv", "EE out,no plan,change,rules/R1,,,\n");
    assert_file_lacks(&p, "t/stress.csv", "EE out,no plan,change,rules/R2");
    assert_file_holds(&p, "t/stress.csv", "rule 'R2'");
    assert_file_holds(&p, "t/stress.csv", "money -10%,optimal,totals,all,assigned,150.00,150.00\n");
    program_close(&p);
}

/* ---- scenarios ------------------------------------------------------------------------------ */

static void scenarios_stand_side_by_side_and_a_wrong_one_stops_no_other(void **state)
{
    static const char *const rows[] = {
        "base,optimal,totals,all,assigned,150.00,150.00\n",
        /* 20, 60 and 30: N1 in full, 10 for N2; O3 gives all */
        "less,optimal,change,offers/O1,quantity,80,20\n",
        "less,optimal,change,settings/plan_on,value,pledged,paid\n",
        "less,optimal,totals,tier 1,assigned,100.00,80.00\n",
        "less,optimal,stage,tier 1,value,0,20\n", "less,optimal,need,N2,state,met,unmet\n",
        "wrong,errors in the input,finding,,,,",
        /* the agreed 50 cannot come out of 40 */
        "short,no plan,finding,,,,", "less,optimal,need,N1,state,met,partly\n"};
    Program p;
    (void)state;
    open_round(&p);
    program_table(&p, "scenarios.csv",
                  "scenario,table,id,column,value\n"
                  "less,offers,O1,quantity,20\nless,settings,plan_on,value,paid\n"
                  "less,commitments,N1/O1,quantity,5\n"
                  "wrong,offers,O1,quantity,lots\nshort,offers,O1,quantity,40\n");
    ALLOT(&p, "scenarios", "r", "--tables", "t", "-o", "s.xlsx");
    assert_exit(&p, 1);
    for (size_t i = 0; i < COUNT_OF(rows); i++)
        assert_file_holds(&p, "t/scenarios.csv", rows[i]);
    assert_prints(&p, "errors in the input: scenarios.csv:5:5 (value): error E012");
    program_script(&p, "unzip -p s.xlsx xl/sharedStrings.xml");
    assert_prints(&p, ">offers O1 quantity = 20; settings plan_on value = paid; "
                      "commitments N1/O1 quantity = 5<");
    assert_prints(&p, ">offers O1 quantity = lots<");
    program_close(&p);
}

static void of_many_changed_cells_four_are_told_and_the_others_counted(void **state)
{
    Program p;
    (void)state;
    open_round(&p);
    program_table(&p, "scenarios.csv",
                  "scenario,table,id,column,value\nmany,needs,N1,weight,2\nmany,needs,N1,title,\n"
                  "many,needs,N2,title,"
                  "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n"
                  "many,needs,N2,weight,3\nmany,offers,O1,cost,1\nmany,offers,O2,cost,1\n");
    ALLOT(&p, "scenarios", "r", "-o", "s.xlsx");
    assert_exit(&p, 0);
    program_script(&p, "unzip -p s.xlsx xl/sharedStrings.xml");
    assert_prints(&p, ">needs N1 weight = 2; needs N1 title = \"\"; needs N2 title = "
                      "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa...; "
                      "needs N2 weight = 3 and 2 more<");
    program_close(&p);
}

/* The longest name has 9 letters and 18 bytes. */
static void names_in_any_alphabet_leave_the_columns_straight(void **state)
{
    Program p;
    (void)state;
    open_round(&p);
    program_table(&p, "scenarios.csv",
                  "scenario,table,id,column,value\nНімеччина,offers,O1,quantity,60\n"
                  "żółć,offers,O1,quantity,60\n");
    ALLOT(&p, "scenarios", "r", "--tables", "t");
    assert_exit(&p, 0);
    assert_prints(&p, "case          met partly  ");
    assert_prints(&p, "\nbase            2      0  ");
    assert_prints(&p, "\nżółć            2      0  ");
    assert_prints(&p, "\nНімеччина       2      0  ");
    program_close(&p);
}

/* The round as it is is the case "base": a scenario of that name could not be told from it. */
static void no_scenario_is_called_as_the_round_itself(void **state)
{
    Program p;
    (void)state;
    open_round(&p);
    program_table(&p, "scenarios.csv",
                  "scenario,table,id,column,value\nless,offers,O1,quantity,60\n"
                  "base,offers,O1,quantity,50\n");
    ALLOT(&p, "scenarios", "r", "--tables", "t");
    assert_exit(&p, 1);
    assert_says(&p, "scenarios.csv:3:1 (scenario): error E019: 'base' is the name of the round");
    assert_false(program_wrote(&p, "t"));
    program_close(&p);
}

static void check_looks_at_every_scenario(void **state)
{
    Program p;
    (void)state;
    open_round(&p);
    program_table(&p, "scenarios.csv",
                  "scenario,table,id,column,value\nfine,needs,N1,weight,2\n"
                  "a,ofers,O1,quantity,1\nb,offers,O9,quantity,1\nc,offers,O1,quantityy,1\n"
                  "d,offers,O1,valid_to,soon\ne,needs,N2,requires,N7\n");
    ALLOT(&p, "check", "r");
    assert_exit(&p, 1);
    assert_prints(&p, "5 errors, 0 warnings");
    assert_says(&p, "scenarios.csv:3:2 (table): error E018: in scenario 'a': the table 'ofers'");
    assert_says(&p, "did you mean 'offers'");
    assert_says(&p, "scenarios.csv:4:3 (id): error E020: in scenario 'b'");
    assert_says(&p, "scenarios.csv:5:4 (column): error E018: in scenario 'c'");
    assert_says(&p, "scenarios.csv:6:5 (value): error E016: in scenario 'd'");
    assert_says(&p, "scenarios.csv:7:5 (value): error E020: in scenario 'e': need 'N7'");
    program_close(&p);
}

static void a_round_without_scenarios_is_told_so(void **state)
{
    Program p;
    (void)state;
    program_open(&p);
    ALLOT(&p, "scenarios", "r");
    assert_exit(&p, 1);
    assert_says(&p, "the round has no scenarios");
    assert_false(program_wrote(&p, "scenarios.xlsx"));
    program_close(&p);
}

/* ---- rules ---------------------------------------------------------------------------------- */

/* O1's 100 meet 100 of N1 (for A) or, at two for one, 50 of N2 (for B). Value first and leximin give all
 * to N1: 100 met, B has nothing. Even shares s with 100 s + 200 s = 100: a third each, in cents 33.34
 * and 33.33 (33.34 + 2 * 33.33 = 100), which is 66.67 of value: fairness costs 33.33. */
static void rules_side_by_side_tell_what_fairness_costs(void **state)
{
    Program p;
    (void)state;
    program_open(&p);
    program_table(&p, "needs.csv",
                  "id,beneficiary,category,quantity,priority\nN1,A,HW,100,1\nN2,B,HW,100,1\n");
    program_table(&p, "offers.csv", "id,donor,quantity\nO1,EE,100\n");
    program_table(&p, "pairs.csv", "need,offer,use\nN2,O1,2\n");
    ALLOT(&p, "scenarios", "r", "--rules", "--tables", "t", "-o", "rules.xlsx");
    assert_exit(&p, 0);
    assert_file_holds(&p, "t/rules.csv", "value first,optimal,totals,all,assigned,100.00,100.00\n");
    assert_file_holds(&p, "t/rules.csv", "leximin,optimal,totals,all,assigned,100.00,100.00\n");
    assert_file_holds(&p, "t/rules.csv", "equal share,optimal,totals,all,assigned,100.00,66.67\n");
    assert_file_holds(&p, "t/rules.csv",
                      "equal share,optimal,shares,beneficiaries,smallest,0,0.3333\n");
    assert_file_holds(&p, "t/rules.csv", "equal share,optimal,need,N1,state,met,partly\n");
    assert_file_holds(&p, "t/rules.csv", "equal share,optimal,need,N2,state,unmet,partly\n");
    /* what differs need by need is wide: on a sheet of its own it stretches no other table */
    program_script(&p, "unzip -p rules.xlsx xl/workbook.xml | grep -o '<sheet name=\"[^\"]*\"' && "
                       "unzip -p rules.xlsx xl/worksheets/sheet3.xml | grep -c '<tablePart '");
    assert_string_equal(p.run.out, "<sheet name=\"Rules\"\n<sheet name=\"By tier\"\n"
                                   "<sheet name=\"Changed needs\"\n"
                                   "<sheet name=\"Method\"\n1\n");
    program_close(&p);
}

/* ---- the plan before, and a limit ----------------------------------------------------------- */

/* O1 and O2 could each give N1's 100, and the plan before takes the one that the program does not. It is
 * kept in every case in which it can be: only without LV does N1 need another. */
static void a_plan_before_is_kept_in_every_case_that_has_room_for_it(void **state)
{
    Program p;
    (void)state;
    open_round(&p);
    program_table(&p, "needs.csv", "id,category,quantity\nN1,HW,100\n");
    program_table(&p, "offers.csv", "id,donor,quantity\nO1,EE,100\nO2,LV,100\n");
    program_table(&p, "commitments.csv", "need,offer,kind,quantity\n");
    program_table(&p, "scenarios.csv",
                  "scenario,table,id,column,value\nfew,offers,O2,quantity,30\n");
    program_script(&p, "mkdir kept; printf 'need,offer,quantity\\nN1,O2,100\\n' "
                       ">kept/assignments.csv");
    ALLOT(&p, "stress", "r", "--tables", "without");
    assert_file_holds(&p, "without/stress.csv",
                      "EE out,optimal,need,N1,less from,,O1 (EE) -100.00\n");
    ALLOT(&p, "stress", "r", "--tables", "with", "--previous", "kept");
    assert_exit(&p, 0);
    assert_file_lacks(&p, "with/stress.csv", "EE out,optimal,need,");
    assert_file_holds(&p, "with/stress.csv", "LV out,optimal,need,N1,less from,,O2 (LV) -100.00\n");
    ALLOT(&p, "scenarios", "r", "--tables", "with", "--previous", "kept");
    assert_exit(&p, 0);
    assert_file_holds(&p, "with/scenarios.csv", "few,optimal,need,N1,less from,,O2 (LV) -70.00\n");
    assert_file_holds(&p, "with/scenarios.csv", "few,optimal,stage,change,value,0,140\n");
    ALLOT(&p, "stress", "r", "--previous", "nowhere");
    assert_exit(&p, 5);
    program_close(&p);
}

/* Parts that were decided in other ways are not parts of one sweep. */
static void a_limit_and_a_plan_before_belong_to_the_sweep(void **state)
{
    Program p;
    (void)state;
    open_round(&p);
    program_script(&p, "mkdir kept; printf 'need,offer,quantity\\nN1,O1,80\\n' "
                       ">kept/assignments.csv");
    ALLOT(&p, "stress", "r", "--time-limit", "30", "--part", "1/2", "-o", "1.part");
    assert_exit(&p, 0);
    assert_file_holds(&p, "1.part", "fact\tseconds a case (--time-limit)\t30\n");
    ALLOT(&p, "stress", "r", "--time-limit", "30", "--part", "2/2", "-o", "2.part");
    ALLOT(&p, "merge", "1.part", "2.part", "-o", "m.xlsx");
    assert_exit(&p, 0);
    ALLOT(&p, "stress", "r", "--part", "2/2", "-o", "2.part", "--previous", "kept");
    assert_file_holds(&p, "2.part", "fact\tthe plan before\t");
    ALLOT(&p, "merge", "1.part", "2.part", "-o", "m.xlsx");
    assert_exit(&p, 1);
    program_close(&p);
}

/* ---- the same again ------------------------------------------------------------------------- */

static void any_number_of_jobs_gives_the_same_bytes(void **state)
{
    Program p;
    (void)state;
    open_round(&p);
    program_script(&p, "set -e\n"
                       "for j in 1 2 5; do\n"
                       "  $ALLOT stress r --jobs $j -o $j.xlsx --tables t$j >$j.out\n"
                       "  sed -i '/^workbook\\|^tables/d' $j.out\n"
                       "done\n"
                       "for j in 2 5; do\n"
                       "  cmp 1.xlsx $j.xlsx; cmp t1/stress.csv t$j/stress.csv; cmp 1.out $j.out\n"
                       "done\n");
    assert_exit(&p, 0);
    program_close(&p);
}

static void shuffled_rows_give_the_same_table(void **state)
{
    Program p;
    (void)state;
    open_round(&p);
    program_table(&p, "scenarios.csv",
                  "scenario,table,id,column,value\nb,offers,O1,quantity,60\n"
                  "a,offers,O2,quantity,40\na,needs,N1,weight,2\na,offers,O1,quantity,70\n");
    program_script(&p, "set -e\n"
                       "$ALLOT scenarios r --tables t1; $ALLOT stress r --tables t1\n"
                       "for f in r/*.csv; do\n"
                       "  { head -n 1 $f; tail -n +2 $f | sort -r; } >x; cat x >$f\n"
                       "done\n"
                       "$ALLOT scenarios r --tables t2; $ALLOT stress r --tables t2\n"
                       "cmp t1/scenarios.csv t2/scenarios.csv; cmp t1/stress.csv t2/stress.csv\n");
    assert_exit(&p, 0);
    program_close(&p);
}

static void cases_of_any_name_stand_in_the_same_lists(void **state)
{
    Program p;
    (void)state;
    open_round(&p);
    program_table(
        &p, "scenarios.csv",
        "scenario,table,id,column,value\nA/B: [what?],needs,N1,weight,2\n"
        "a-b- -what--,needs,N1,weight,3\nhistory,needs,N1,weight,3\n"
        "compare,needs,N1,weight,3\n"
        "a name that is longer than any sheet of a workbook may have,needs,N1,weight,3\n");
    ALLOT(&p, "scenarios", "r", "-o", "s.xlsx");
    assert_exit(&p, 0);
    program_script(&p, "unzip -p s.xlsx xl/workbook.xml | grep -o '<sheet name=\"[^\"]*\"'");
    assert_string_equal(p.run.out, "<sheet name=\"Compare\"\n<sheet name=\"By tier\"\n"
                                   "<sheet name=\"Changed needs\"\n<sheet name=\"Changes\"\n"
                                   "<sheet name=\"Stages\"\n<sheet name=\"Method\"\n");
    program_script(&p, "unzip -p s.xlsx xl/sharedStrings.xml");
    assert_prints(&p, "<t>A/B: [what?]</t>");
    assert_prints(&p, "<t>a-b- -what--</t>");
    assert_prints(&p, "<t>a name that is longer than any sheet of a workbook may have</t>");
    program_script(&p,
                   "for i in 1 2 3 4 5 6; do\n"
                   "  unzip -p s.xlsx xl/worksheets/sheet$i.xml | grep -o '<tablePart ' | wc -l\n"
                   "done | sort -u");
    assert_prints(&p, "1\n"); /* a table a sheet; a list without rows is none */
    program_close(&p);
}

/* ENERGY asks for 90 EUR, met in full, and for 8 seats without a value, of which nobody gives any: the mean
 * of 1 and 0, 0.5. TOWN gets 60 of 80, 0.75; its need of an unknown quantity does not count. The mean of
 * both is 0.625. */
static void a_need_without_value_counts_in_its_beneficiarys_share(void **state)
{
    Program p;
    (void)state;
    program_open(&p);
    program_table(&p, "needs.csv",
                  "id,beneficiary,category,quantity,unit,priority\nN1,ENERGY,HW,90,EUR,1\n"
                  "N2,ENERGY,TRN,8,seat,1\nN3,TOWN,SW,80,EUR,1\nN4,TOWN,SW,,EUR,1\n");
    program_table(&p, "offers.csv",
                  "id,donor,quantity,unit,category\nO1,DE,90,EUR,HW\nO2,DE,60,EUR,SW\n");
    program_script(&p, "rm -f r/rules.csv r/scenarios.csv r/commitments.csv");
    ALLOT(&p, "scenarios", "r", "--rules", "--tables", "t", "-o", "rules.xlsx");
    assert_exit(&p, 0);
    assert_file_holds(&p, "t/rules.csv", "leximin,optimal,shares,beneficiaries,smallest,0.5,0.5\n");
    assert_file_holds(&p, "t/rules.csv", "leximin,optimal,shares,beneficiaries,mean,0.625,0.625\n");
    assert_prints(&p, "worst served: ENERGY, 50.0%; mean 62.5%");
    program_close(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_stress_test_says_what_falls_in_each_case),
        cmocka_unit_test(cents_are_rounded_down_when_money_is_cut),
        cmocka_unit_test(without_dates_nobody_is_late_and_that_is_said),
        cmocka_unit_test(an_offer_that_ended_is_gone_when_its_donor_is_late),
        cmocka_unit_test(money_that_lapses_before_its_donor_comes_is_gone),
        cmocka_unit_test(what_is_asked_of_a_lost_donor_alone_is_void),
        cmocka_unit_test(scenarios_stand_side_by_side_and_a_wrong_one_stops_no_other),
        cmocka_unit_test(of_many_changed_cells_four_are_told_and_the_others_counted),
        cmocka_unit_test(names_in_any_alphabet_leave_the_columns_straight),
        cmocka_unit_test(no_scenario_is_called_as_the_round_itself),
        cmocka_unit_test(check_looks_at_every_scenario),
        cmocka_unit_test(a_round_without_scenarios_is_told_so),
        cmocka_unit_test(rules_side_by_side_tell_what_fairness_costs),
        cmocka_unit_test(a_need_without_value_counts_in_its_beneficiarys_share),
        cmocka_unit_test(a_plan_before_is_kept_in_every_case_that_has_room_for_it),
        cmocka_unit_test(a_limit_and_a_plan_before_belong_to_the_sweep),
        cmocka_unit_test(any_number_of_jobs_gives_the_same_bytes),
        cmocka_unit_test(shuffled_rows_give_the_same_table),
        cmocka_unit_test(cases_of_any_name_stand_in_the_same_lists),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
