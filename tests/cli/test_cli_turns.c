/* A turn of answers looked back at: what each answer moved, what moved without one, and what `allot compare`
 * says of a plan that answers or an urgent need made. Rounds are decided in the head.
 */
#include "tests/support/program.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LINES "need,offer,quantity\n"
#define HEAD "need,offer,quantity,decision,agreed,other_need,comment\n"

/* The round of the README's story, its plan and the answers of EE and FR (samples/one-round). */
static void open_story(Program *p)
{
    program_open(p);
    program_script(p, "rm -rf r; cp -r $TOP/samples/one-round/round r; "
                      "cp -r $TOP/samples/one-round/answers a");
    ALLOT(p, "solve", "r", "--tables", "one", "-q");
    ALLOT(p, "solve", "r", "--answers", "a", "--previous", "one", "--tables", "two", "-q");
    assert_exit(p, 0);
}

/* ---- what answers did ------------------------------------------------------------------------- */

static void every_answer_says_which_lines_it_moved(void **state)
{
    Program p;
    (void)state;
    open_story(&p);
    assert_file_holds(
        &p, "two/answers.csv",
        "it is met in full. It moved N-2 from O-2, and with other answers N-4 from O-2.\"");
    assert_file_holds(
        &p, "two/answers.csv",
        " It moved N-3 from O-2, N-4 from O-4, and with other answers N-4 from O-2.\"");
    program_close(&p);
}

/* Of the seven lines of the second plan EE and FR have agreed to one each; PL has one more, DE three, FR one. */
static void the_summary_counts_answers_and_what_waits(void **state)
{
    Program p;
    (void)state;
    open_story(&p);
    ALLOT(&p, "solve", "r", "--answers", "a", "--previous", "one", "--tables", "two");
    assert_prints(&p, "answers: 0 agree, 2 agree less, 0 decline, 0 propose another need; lines "
                      "that wait for one: 5 (PL 1, DE 3, FR 1)\n");
    program_script(&p, "mkdir b");
    program_put(&p, "b", "donor-PL.csv", HEAD "N-1,O-1,60000,agree,,,\n");
    program_put(&p, "b", "donor-FR.csv", HEAD "N-4,O-4,12000,decline,,,\n");
    ALLOT(&p, "solve", "r", "--answers", "b", "--previous", "two", "--tables", "three");
    assert_prints(&p, "answers: 1 agree, 2 agree less, 1 decline, 0 propose another need; lines "
                      "that wait for one: 3 (DE 3)\n");
    ALLOT(&p, "solve", "r", "--previous", "two", "--tables", "three");
    assert_null(strstr(p.run.out, "answers: "));
    program_close(&p);
}

/* What came to an earlier plan is told from what is merely wrong, where the plan keeps its answer. */
static void a_late_answer_is_said_to_be_late(void **state)
{
    Program p;
    (void)state;
    open_story(&p);
    program_put(&p, "a", "donor-DE.csv", HEAD "N-2,O-2,4,agree,,,\n");
    ALLOT(&p, "solve", "r", "--answers", "a", "--previous", "two", "--tables", "three");
    assert_exit(&p, 1);
    assert_says(&p, "donor-EE.csv:2:3 (quantity): error E073: this answers the line as an earlier "
                    "plan had it, 6 seat; its answer of turn 1 is kept (agree less, 4 seat), and "
                    "the line is 4 seat now: take the row out, or answer the line of this plan\n");
    assert_says(&p, "donor-DE.csv:2:3 (quantity): error E073: the plan's line is 6 seat, and this "
                    "says 4 seat; restore it, and answer with 'agree less' for another amount; "
                    "where this came late, to an earlier plan that had so much, take it out and "
                    "ask the donor with the files of this plan (allot pack)\n");
    program_script(&p, "rm a/*");
    program_put(&p, "a", "donor-FR.csv", HEAD "N-3,O-4,18000,decline,,,\n");
    ALLOT(&p, "solve", "r", "--answers", "a", "--previous", "two", "--tables", "three", "-q");
    assert_exit(&p, 0);
    ALLOT(&p, "solve", "r", "--answers", "a", "--previous", "three", "--tables", "four");
    assert_exit(&p, 1);
    assert_says(&p, "donor-FR.csv:2:1 (need): error E073: this answers the line as an earlier plan "
                    "had it, EUR 18,000.00; its answer of turn 2 is kept (decline, EUR 0.00), and "
                    "the line is EUR 0.00 now: take the row out");
    program_close(&p);
}

/* Nobody else may serve N-1: what PL declines moves nothing. */
static void an_answer_that_moves_nothing_says_so(void **state)
{
    Program p;
    (void)state;
    program_open(&p);
    program_script(&p, "rm -rf r; mkdir r a before");
    program_table(&p, "needs.csv", "id,category,quantity\nN-1,HW,10\nN-2,SOC,10\n");
    program_table(&p, "offers.csv", "id,donor,quantity,category\nO-1,PL,10,HW\nO-2,DE,10,SOC\n");
    program_put(&p, "before", "assignments.csv", LINES "N-1,O-1,10\nN-2,O-2,10\n");
    program_put(&p, "a", "x.csv", HEAD "N-1,O-1,10,decline,,,\n");
    program_put(&p, "a", "y.csv", HEAD "N-2,O-2,10,agree,,,\n");
    ALLOT(&p, "solve", "r", "--answers", "a", "--previous", "before", "--tables", "t", "-q");
    assert_exit(&p, 0);
    assert_file_holds(&p, "t/answers.csv",
                      "EUR 10.00 of N-1 is unmet. It moved no line that nobody answered.");
    assert_file_holds(&p, "t/answers.csv", ",Stays at EUR 10.00.\n");
    program_close(&p);
}

/* N-1 asks for 90 where it asked for 100, 50 of each offer: either may give the 10 less. */
static void a_line_that_was_free_to_move_is_called_that(void **state)
{
    Program p;
    (void)state;
    program_open(&p);
    program_script(&p, "rm -rf r; mkdir r a before");
    program_table(&p, "needs.csv", "id,category,quantity\nN-1,HW,90\nN-2,SOC,10\n");
    program_table(&p, "offers.csv",
                  "id,donor,quantity,category\nO-1,PL,100,HW\nO-2,DE,100,HW\nO-3,FR,10,SOC\n");
    program_put(&p, "before", "assignments.csv", LINES "N-1,O-1,50\nN-1,O-2,50\nN-2,O-3,10\n");
    program_put(&p, "a", "x.csv", HEAD "N-2,O-3,10,agree,,,\n");
    ALLOT(&p, "solve", "r", "--answers", "a", "--previous", "before", "--tables", "t", "-q");
    assert_exit(&p, 0);
    assert_file_holds(&p, "t/stages.csv", "\nchange,min,10,");
    assert_file_holds(&p, "t/answers.csv",
                      "from EUR 50.00 to EUR 40.00, by a free choice: with what it was every stage "
                      "would be as good.\"\n");
    program_close(&p);
}

/* The same beside three needs of which O-4's 100 serve one: at a gap of a half 103 or 104 of 156 unmet will do, where
 * the bound is 56 = 156 - 100. */
static void a_choice_is_not_called_free_where_a_stage_is_open(void **state)
{
    Program p;
    (void)state;
    program_open(&p);
    program_script(&p, "rm -rf r; mkdir r a before");
    program_table(&p, "needs.csv",
                  "id,category,quantity,indivisible\nN-1,HW,90,\nN-2,SOC,10,\nW-1,SW,51,yes\n"
                  "W-2,SW,52,yes\nW-3,SW,53,yes\n");
    program_table(&p, "offers.csv",
                  "id,donor,quantity,category\nO-1,PL,100,HW\nO-2,DE,100,HW\nO-3,FR,10,SOC\n"
                  "O-4,FR,100,SW\n");
    program_put(&p, "before", "assignments.csv", LINES "N-1,O-1,50\nN-1,O-2,50\nN-2,O-3,10\n");
    program_put(&p, "a", "x.csv", HEAD "N-2,O-3,10,agree,,,\n");
    ALLOT(&p, "solve", "r", "--answers", "a", "--previous", "before", "--tables", "t", "-q",
          "--gap", "0.5");
    assert_exit(&p, 0);
    assert_file_holds(&p, "t/stages.csv", ",within gap\n");
    assert_file_holds(&p, "t/answers.csv",
                      "from EUR 50.00 to EUR 40.00, by a free choice as far as is known: with what "
                      "it was every stage would be as good as in this plan, but not every stage "
                      "was decided to its end.\"\n");
    assert_file_lacks(&p, "t/answers.csv", "by a free choice: ");
    program_close(&p);
}

/* N-1 (tier 1) asks for 100 where it asked for 50. O-1's other 50 are agreed for N-2 (tier 3), so that N-3
 * (tier 2) gives up O-2's 50; had they not been, N-2 would have given way. */
static void an_agreement_that_stands_in_the_way_is_named(void **state)
{
    Program p;
    (void)state;
    program_open(&p);
    program_script(&p, "rm -rf r; mkdir r a before");
    program_table(&p, "needs.csv",
                  "id,category,quantity,priority\nN-1,HW,100,1\nN-2,HW,50,3\nN-3,HW,50,2\n");
    program_table(&p, "offers.csv", "id,donor,quantity\nO-1,PL,100\nO-2,DE,50\n");
    program_put(&p, "before", "assignments.csv", LINES "N-1,O-1,50\nN-2,O-1,50\nN-3,O-2,50\n");
    program_put(&p, "a", "x.csv", HEAD "N-2,O-1,50,agree,,,\n");
    ALLOT(&p, "solve", "r", "--answers", "a", "--previous", "before", "--tables", "t", "-q");
    assert_exit(&p, 0);
    assert_file_holds(
        &p, "t/answers.csv",
        "\n1,N-3,O-2,DE,,50.00,,0.00,EUR,,,,,,\"Gone: was EUR 50.00, because of answer 1 "
        "alone.\"\n");
    /* O-2's 50 reach N-1 in place of N-3; without the agreement O-1's would */
    assert_file_holds(&p, "t/answers.csv", "Stays at EUR 50.00. It moved ");
    program_close(&p);
}

/* N-1 asks for 100 whole. PL agrees to 50, and of DE's other 50 it gets none: DE declines, or a row of commitments rules
 * it out. Either alone is kept with ease; what rules the pair out is one of the three that are not kept together. */
static void what_is_declined_stands_among_what_cannot_be_kept_together(void **state)
{
    Program p;
    (void)state;
    program_open(&p);
    program_script(&p, "rm -rf r; mkdir r a before");
    program_table(&p, "needs.csv",
                  "id,category,quantity,indivisible\nN-1,HW,100,yes\nN-2,HW,20,\n");
    program_table(&p, "offers.csv", "id,donor,quantity\nO-1,PL,60\nO-2,DE,60\n");
    program_put(&p, "before", "assignments.csv", LINES "N-1,O-1,50\nN-1,O-2,50\n");
    program_put(&p, "a", "x.csv", HEAD "N-1,O-1,50,agree,,,\n");
    program_put(&p, "a", "y.csv", HEAD "N-1,O-2,50,decline,,,\n");
    ALLOT(&p, "solve", "r", "--answers", "a", "--previous", "before", "--tables", "t");
    assert_exit(&p, 3);
    assert_says(&p, "no plan can keep it together with needs.csv:2:4 (indivisible), y.csv:2:4 "
                    "(decision); alone it would have to be lowered by EUR 50.00\n");
    assert_says(&p, "y.csv:2:4 (decision): note N209: conflict 1: DE declines that offer 'O-2' "
                    "serves need 'N-1'; without it there is a plan\n");
    program_script(&p, "rm a/y.csv");
    ALLOT(&p, "solve", "r", "--answers", "a", "--previous", "before", "--tables", "t");
    assert_exit(&p, 0);
    program_table(&p, "commitments.csv",
                  "need,offer,kind,quantity\nN-1,O-1,fixed,50\nN-1,O-2,forbidden,\n");
    ALLOT(&p, "solve", "r", "--tables", "t");
    assert_exit(&p, 3);
    assert_says(&p,
                "a commitment forbids that offer 'O-2' serves need 'N-1'; without it there is a "
                "plan\n");
    program_close(&p);
}

/* ---- explain ---------------------------------------------------------------------------------- */

/* PL agrees to 60 of N-1's 100 and DE declines its 50 for N-2, which FR's 20 serve instead. Without what they said O-1
 * would give N-1 its 100, and O-2 N-2 its 50. */
static void a_plan_made_of_answers_is_explained_with_them(void **state)
{
    Program p;
    (void)state;
    program_open(&p);
    program_script(&p, "rm -rf r; mkdir r a before");
    program_table(&p, "settings.csv", "key,value\nround,R1\n");
    program_table(&p, "needs.csv", "id,category,quantity\nN-1,HW,100\nN-2,SOC,50\n");
    program_table(&p, "offers.csv",
                  "id,donor,quantity,category\nO-1,PL,100,HW\nO-2,DE,50,SOC\nO-3,FR,20,SOC\n");
    program_put(&p, "before", "assignments.csv", LINES "N-1,O-1,100\nN-2,O-2,50\n");
    program_put(&p, "a", "x.csv", HEAD "N-1,O-1,100,agree less,60,,\n");
    program_put(&p, "a", "y.csv", HEAD "N-2,O-2,50,decline,,,\n");
    ALLOT(&p, "solve", "r", "--answers", "a", "--previous", "before", "--tables", "t", "-q");
    assert_exit(&p, 0);
    ALLOT(&p, "explain", "r", "N-1", "--previous", "t");
    assert_exit(&p, 0);
    assert_prints(&p, "\n- EUR 60.00 from offer O-1 of PL");
    assert_prints(&p, "Still unmet: EUR 40.00.");
    ALLOT(&p, "explain", "r", "N-2", "--previous", "t");
    assert_exit(&p, 0);
    assert_prints(&p, "\n- EUR 20.00 from offer O-3 of FR");
    assert_prints(&p, "Still unmet: EUR 30.00.");
    assert_prints(&p, "DE declines");
    /* answers are of one round: beside another the plan is refused, as by verify */
    program_table(&p, "settings.csv", "key,value\nround,R2\n");
    ALLOT(&p, "explain", "r", "N-1", "--previous", "t");
    assert_exit(&p, 1);
    assert_says(&p, "this is a plan of round 'R1', and ROUND is round 'R2'");
    program_close(&p);
}

/* N-2, of the last tier, is urgent and gets all 10 of O-1, which N-1 would have by its tier. */
static void a_plan_that_served_an_urgent_need_first_is_explained_so(void **state)
{
    Program p;
    (void)state;
    program_open(&p);
    program_script(&p, "rm -rf r; mkdir r before");
    program_table(&p, "needs.csv", "id,category,quantity,priority\nN-1,HW,10,1\nN-2,HW,10,2\n");
    program_table(&p, "offers.csv", "id,donor,quantity\nO-1,PL,10\n");
    program_put(&p, "before", "assignments.csv", LINES "N-1,O-1,10\n");
    ALLOT(&p, "solve", "r", "--urgent", "N-2", "--previous", "before", "--tables", "t", "-q");
    assert_exit(&p, 0);
    ALLOT(&p, "explain", "r", "N-2", "--previous", "t");
    assert_exit(&p, 0);
    assert_prints(&p, "\n- EUR 10.00 from offer O-1 of PL");
    assert_prints(&p, "It is met in full.");
    program_close(&p);
}

/* ---- compare ---------------------------------------------------------------------------------- */

#define EE_SAYS                                                                                    \
    "the answer of EE about need N-2 from offer O-3: agree less, 4 seat of 6 seat "                \
    "(donor-EE.csv!E2, turn 1): two seats went to our own staff"
#define FR_SAYS                                                                                    \
    "the answer of FR about need N-3 from offer O-4: agree less, EUR 18,000.00 of EUR 30,000.00 "  \
    "(donor-FR.csv!E2, turn 1): the rest may go to the town hall"

static void a_plan_made_of_answers_is_explained_by_them(void **state)
{
    Program p;
    (void)state;
    open_story(&p);
    ALLOT(&p, "compare", "one", "two", "--tables", "c");
    assert_exit(&p, 0);
    assert_prints(&p, "6 lines differ (5 by one change, 1 by several together)");
    assert_prints(&p, "  N-2 from O-2 (DE): 4 seat, now 6 seat\n      " EE_SAYS "\n");
    assert_prints(&p, "  N-2 from O-3 (EE): 6 seat, now 4 seat\n      " EE_SAYS "\n");
    assert_prints(&p, "  N-4 from O-2 (DE): EUR 52,000.00, now EUR 36,000.00\n"
                      "      together: " EE_SAYS "; and " FR_SAYS "\n");
    assert_file_holds(&p, "c/inputs.csv",
                      ",answer,answers,N-2,O-3,,\"agree less, 4 seat of 6 seat");
    program_close(&p);
}

/* In the second turn FR takes back its 18,000 and agrees to no more than 8,000: 10,000 that DE gives N-3, and
 * FR N-4, in their place. What EE said in the first turn has not changed and is no cause. */
static void an_answer_that_changed_names_both_turns(void **state)
{
    Program p;
    (void)state;
    open_story(&p);
    program_put(&p, ".", "none", "");
    program_script(&p, "mkdir b");
    program_put(&p, "b", "donor-FR.csv", HEAD "N-3,O-4,18000,agree less,8000,,\n");
    ALLOT(&p, "solve", "r", "--answers", "b", "--previous", "two", "--tables", "three", "-q");
    assert_exit(&p, 0);
    ALLOT(&p, "compare", "two", "three");
    assert_exit(&p, 0);
    assert_prints(&p,
                  "  N-3 from O-4 (FR): EUR 18,000.00, now EUR 8,000.00\n      the answer of FR "
                  "about need N-3 from offer O-4: agree less, EUR 18,000.00 of EUR 30,000.00 "
                  "(donor-FR.csv!E2, turn 1): the rest may go to the town hall, now agree "
                  "less, EUR 8,000.00 of EUR 18,000.00 (donor-FR.csv!D2, turn 2)\n");
    assert_null(strstr(p.run.out, "the answer of EE"));
    assert_null(strstr(p.run.out, "not known"));
    program_close(&p);
}

/* Tier 1 asks 100 for B1 and for B2, and 3 things that have no value. PL's 100 and DE's 20, which are for N-2 alone,
 * are shared evenly: 60 and 60, of which PL gives N-2 40. PL gives N-1 30 less, which N-2 gets: 70; DE gives nothing.
 * Had PL agreed to all, N-2 would keep its 40 of PL, since lines that are known come before even shares. */
static void answers_are_taken_back_in_the_order_of_stages_that_they_were_settled_in(void **state)
{
    Program p;
    (void)state;
    program_open(&p);
    program_script(&p, "rm -rf r; mkdir r a");
    program_table(&p, "needs.csv",
                  "id,beneficiary,category,quantity,unit\nN-0,B0,OTH,3,piece\n"
                  "N-1,B1,HW,100,EUR\nN-2,B2,HW,100,EUR\n");
    program_table(&p, "offers.csv", "id,donor,quantity,only_needs\nO-1,PL,100,\nO-2,DE,20,N-2\n");
    program_put(&p, "a", "x.csv", HEAD "N-1,O-1,60,agree less,30,,\n");
    program_put(&p, "a", "y.csv", HEAD "N-2,O-2,20,decline,,,\n");
    ALLOT(&p, "solve", "r", "--tables", "one", "-q");
    assert_file_holds(&p, "one/assignments.csv", "\nN-2,O-1,PL,40.00,");
    ALLOT(&p, "solve", "r", "--answers", "a", "--previous", "one", "--tables", "two", "-q");
    assert_file_holds(&p, "two/stages.csv", "\nunvalued 1,min,1,1,0,optimal\nchange,min,80,80,");
    assert_file_holds(&p, "two/answers.csv",
                      "from EUR 40.00 to EUR 70.00, because of answer 1 alone.\"\n");
    ALLOT(&p, "compare", "one", "two", "--tables", "c");
    assert_exit(&p, 0);
    assert_file_holds(&p, "c/lines.csv", "\nN-2,O-1,PL,EUR,40.00,EUR,70.00,one change,2,");
    assert_file_holds(&p, "c/lines.csv", "\nN-1,O-1,PL,EUR,60.00,EUR,30.00,one change,2,");
    program_close(&p);
}

/* The need is in both rounds; that it is urgent is the only change. N-1 (tier 1) and N-2 (tier 2) want O-1's
 * 100, which N-1 had. */
static void what_an_urgent_need_moved_is_put_down_to_it(void **state)
{
    Program p;
    (void)state;
    program_open(&p);
    program_table(&p, "needs.csv", "id,category,quantity,priority\nN-1,HW,100,1\nN-2,HW,40,2\n");
    program_table(&p, "offers.csv", "id,donor,quantity\nO-1,PL,100\n");
    ALLOT(&p, "solve", "r", "--tables", "one", "-q");
    ALLOT(&p, "solve", "r", "--urgent", "N-2", "--previous", "one", "--tables", "two", "-q");
    assert_exit(&p, 0);
    ALLOT(&p, "compare", "one", "two");
    assert_exit(&p, 0);
    assert_prints(&p, "  N-1 from O-1 (PL): EUR 100.00, now EUR 60.00\n      the urgent need "
                      "(--urgent): empty, now N-2\n");
    ALLOT(&p, "pack", "r", "two", "p", "--previous", "one", "-q");
    assert_exit(&p, 0);
    assert_file_holds(
        &p, "p/donor-PL.txt",
        " It serves an urgent need first, for which lines of the plan before gave way.\n");
    program_close(&p);
}

/* ---- the pack of it --------------------------------------------------------------------------- */

static void the_planners_workbook_names_the_plan_as_letters_do(void **state)
{
    Program p;
    (void)state;
    open_story(&p);
    ALLOT(&p, "pack", "r", "two", "p", "-q");
    assert_exit(&p, 0);
    program_script(&p, "mark=$(sed -n 's/.*about the plan \\([0-9a-f]*\\)\\..*/\\1/p' "
                       "p/donor-EE.txt); test ${#mark} = 12 && unzip -p p/internal.xlsx | "
                       "grep -qa \"$mark\"");
    assert_exit(&p, 0);
    program_close(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_answer_says_which_lines_it_moved),
        cmocka_unit_test(the_summary_counts_answers_and_what_waits),
        cmocka_unit_test(a_late_answer_is_said_to_be_late),
        cmocka_unit_test(an_answer_that_moves_nothing_says_so),
        cmocka_unit_test(a_line_that_was_free_to_move_is_called_that),
        cmocka_unit_test(a_choice_is_not_called_free_where_a_stage_is_open),
        cmocka_unit_test(an_agreement_that_stands_in_the_way_is_named),
        cmocka_unit_test(what_is_declined_stands_among_what_cannot_be_kept_together),
        cmocka_unit_test(a_plan_made_of_answers_is_explained_with_them),
        cmocka_unit_test(a_plan_that_served_an_urgent_need_first_is_explained_so),
        cmocka_unit_test(a_plan_made_of_answers_is_explained_by_them),
        cmocka_unit_test(an_answer_that_changed_names_both_turns),
        cmocka_unit_test(answers_are_taken_back_in_the_order_of_stages_that_they_were_settled_in),
        cmocka_unit_test(what_an_urgent_need_moved_is_put_down_to_it),
        cmocka_unit_test(the_planners_workbook_names_the_plan_as_letters_do),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
