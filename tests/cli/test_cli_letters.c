/* What ministries read in a round as they live it: what earlier rounds committed, whose agreement holds a need
 * or an offer back, what a proposal of another need would take, what answers did. Every figure is worked
 * out in the head, each round beside its test.
 */
#include "tests/support/program.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- what earlier rounds committed ------------------------------------------------------------ */

#define SETTINGS(round) "key,value\nround," round "\nrelease,own\n"

/* R1 gave N-1 40 of O-1's 80, of which 15 have arrived. In R2 N-1 asks for 100: 40 it has from R1 and 10 from
 * the EU, so that 50 are left. EE's budget of 50 has 10 left, and gives them; LV's O-2 gives 40 of 60. */
static void open_second_round(Program *p)
{
    program_open(p);
    program_table(p, "needs.csv", "id,beneficiary,category,quantity\nN-1,B1,HW,40\n");
    program_table(p, "offers.csv", "id,donor,quantity\nO-1,EE,80\nO-2,LV,60\n");
    program_table(p, "donors.csv", "id,name,budget\nEE,Estonia,50\nLV,Latvia,\n");
    program_table(p, "settings.csv", SETTINGS("R1"));
    ALLOT(p, "solve", "r", "--tables", "p1", "--explain", "none", "-q");
    ALLOT(p, "close", "r", "p1", "l.csv", "-q");
    assert_exit(p, 0);
    program_put(p, ".", "e.csv",
                "event,need,offer,quantity,date,note\ndelivery,N-1,O-1,15,2026-04-02,\n");
    ALLOT(p, "record", "l.csv", "e.csv", "-q");
    assert_exit(p, 0);
    program_table(p, "needs.csv",
                  "id,beneficiary,category,quantity,covered,covered_by\nN-1,B1,HW,100,10,EU\n");
    program_table(p, "settings.csv", SETTINGS("R2"));
}

static void pack_second_round(Program *p)
{
    program_script(p, "rm -rf t p");
    ALLOT(p, "solve", "r", "--ledger", "l.csv", "--tables", "t", "-q");
    assert_exit(p, 0);
    ALLOT(p, "pack", "r", "t", "p", "--ledger", "l.csv", "-q");
    assert_exit(p, 0);
}

static void a_beneficiary_reads_who_committed_what_in_earlier_rounds(void **state)
{
    Program p;
    (void)state;
    open_second_round(&p);
    pack_second_round(&p);
    assert_file_holds(
        &p, "p/beneficiary-B1.txt",
        "It asks for EUR 100.00. Of that earlier rounds committed EUR 40.00. Besides, EUR "
        "10.00 is covered elsewhere (EU). This round is asked for EUR 50.00.\n\n"
        "What earlier rounds committed to it:\n"
        "- EUR 40.00 from offer O-1 of Estonia (EE); EUR 15.00 of it is delivered.\n");
    program_script(&p, "unzip -p p/beneficiary-B1.xlsx xl/workbook.xml xl/sharedStrings.xml "
                       "'xl/tables/*.xml'");
    assert_prints(&p, "name=\"Earlier rounds\"");
    assert_prints(&p, "Committed in earlier rounds");
    program_close(&p);
}

/* N-1 has no amount, N-2 no amount and no price, N-3 no price and is not ready, N-4 all of it in kind, N-5
 * everything that a planner has to know. */
static void a_beneficiary_reads_what_to_send_to_the_front_office(void **state)
{
    static const char ask[] = ". Please send it to the front office, with this id:\n";
    char expected[400];
    Program p;
    (void)state;
    program_open(&p);
    program_table(&p, "needs.csv",
                  "id,beneficiary,category,quantity,unit,unit_cost,ready\nN-1,B1,HW,tbd,EUR,,\n"
                  "N-2,B2,HW,unknown,seat,,\nN-3,B3,HW,4,seat,,no\nN-4,B4,HW,2,seat,,\n"
                  "N-5,B5,HW,3,seat,10,\n");
    program_table(&p, "offers.csv", "id,donor,quantity,unit\nO-1,EE,2,seat\n");
    program_table(&p, "commitments.csv", "need,offer,kind,quantity\nN-4,O-1,fixed,2\n");
    ALLOT(&p, "solve", "r", "--tables", "t", "-q");
    ALLOT(&p, "pack", "r", "t", "p", "-q");
    assert_exit(&p, 0);
    (void)snprintf(
        expected, sizeof expected,
        "\n\nWhat is missing of N-1%s- how much is asked for, in EUR; until then nothing "
        "is planned for it\n\n",
        ask);
    assert_file_holds(&p, "p/beneficiary-B1.txt", expected);
    (void)snprintf(expected, sizeof expected,
                   "\n\nWhat is missing of N-2%s- how much is asked for, counted in the unit seat; "
                   "until then nothing is planned for it\n- what one seat costs, and in which "
                   "currency; until then money cannot buy it, and only offers in kind serve it\n\n",
                   ask);
    assert_file_holds(&p, "p/beneficiary-B2.txt", expected);
    (void)snprintf(
        expected, sizeof expected,
        "\n\nWhat is missing of N-3%s- what one seat costs, and in which currency; until "
        "then money cannot buy it, and only offers in kind serve it\n- what shows that it "
        "is ready: its documents complete and registered; until then it is given "
        "nothing\n\n",
        ask);
    assert_file_holds(&p, "p/beneficiary-B3.txt", expected);
    assert_file_lacks(&p, "p/beneficiary-B4.txt", "front office");
    assert_file_lacks(&p, "p/beneficiary-B5.txt", "front office");
    program_close(&p);
}

static void a_need_that_earlier_rounds_have_met_asks_for_nothing(void **state)
{
    Program p;
    (void)state;
    open_second_round(&p);
    program_table(&p, "needs.csv",
                  "id,beneficiary,category,quantity\nN-1,B1,HW,40\nN-2,B2,HW,20\n");
    pack_second_round(&p);
    assert_file_holds(&p, "p/beneficiary-B1.txt",
                      "Of that earlier rounds committed EUR 40.00. Nothing more is asked of this "
                      "round.\n");
    assert_file_holds(&p, "p/beneficiary-B1.txt", "\nThis round proposes nothing for you. ");
    assert_file_lacks(&p, "p/beneficiary-B1.txt", "elsewhere");
    assert_file_lacks(&p, "p/beneficiary-B1.txt", "gets nothing");
    assert_file_lacks(&p, "p/beneficiary-B2.txt", "earlier rounds");
    program_close(&p);
}

static void a_donor_reads_what_of_its_offers_and_budget_is_committed(void **state)
{
    Program p;
    (void)state;
    open_second_round(&p);
    pack_second_round(&p);
    assert_file_holds(
        &p, "p/donor-EE.txt",
        "- O-1, committed: EUR 80.00, of which earlier rounds committed EUR 40.00; of the "
        "EUR 40.00 open to this round EUR 10.00 is used and EUR 30.00 is left.\n");
    assert_file_holds(
        &p, "p/donor-EE.txt",
        "Its money offers share a budget of EUR 50.00, of which earlier rounds committed "
        "EUR 40.00; of the EUR 10.00 open to this round EUR 10.00 is used and EUR 0.00 is "
        "left.\n");
    assert_file_holds(
        &p, "p/donor-EE.txt",
        "\n- EUR 40.00 from O-1 to need N-1 (for B1); EUR 15.00 of it is delivered.\n");
    assert_file_holds(
        &p, "p/donor-LV.txt",
        "- O-2, committed: EUR 60.00, of which EUR 40.00 is used and EUR 20.00 is left.\n");
    assert_file_lacks(&p, "p/donor-LV.txt", "O-1");
    assert_file_lacks(&p, "p/donor-LV.txt", "earlier rounds");
    program_script(&p, "unzip -p p/donor-EE.xlsx xl/workbook.xml xl/sharedStrings.xml "
                       "'xl/tables/*.xml'");
    assert_prints(&p, "name=\"Earlier rounds\"");
    assert_prints(&p, "Open to this round");
    /* what EE committed is in no part of LV's file */
    program_script(&p, "unzip -p p/donor-LV.xlsx | grep -aE 'Earlier rounds|O-1|Estonia'");
    assert_exit(&p, 1);
    program_close(&p);
}

/** 7 of the 40 are paid: Estonia's letter says so, the beneficiary's files know of no payment. */
static void what_was_paid_is_for_the_donor_to_know(void **state)
{
    Program p;
    (void)state;
    open_second_round(&p);
    program_put(&p, ".", "e.csv",
                "event,need,offer,quantity,date,note\npayment,N-1,O-1,7.31,2026-04-03,\n");
    ALLOT(&p, "record", "l.csv", "e.csv", "-q");
    assert_exit(&p, 0);
    pack_second_round(&p);
    assert_file_holds(&p, "p/donor-EE.txt", "EUR 15.00 of it is delivered, EUR 7.31 is paid.");
    assert_file_holds(&p, "p/beneficiary-B1.txt", "EUR 15.00 of it is delivered.");
    assert_file_lacks(&p, "p/beneficiary-B1.txt", "paid");
    program_script(&p, "unzip -p p/beneficiary-B1.xlsx | grep -aF 7.31");
    assert_exit(&p, 1);
    program_close(&p);
}

/** O-1 has 50 left, and may give nothing to N-2, which is short: that is the planners' row, and Poland, which
 *  has neither a line nor an answer there, is not told of the need. */
static void a_donor_reads_of_no_need_that_it_has_no_line_on(void **state)
{
    Program p;
    (void)state;
    program_open(&p);
    program_table(&p, "needs.csv",
                  "id,beneficiary,category,quantity\nN-1,B1,HW,100\nN-2,B2,HW,100\n");
    program_table(&p, "offers.csv", "id,donor,quantity\nO-1,PL,150\nO-2,DE,50\n");
    program_table(&p, "settings.csv", SETTINGS("R1"));
    program_table(&p, "commitments.csv", "need,offer,kind,quantity\nN-2,O-1,at_most,0\n");
    program_script(&p, "$ALLOT solve r -o plan.xlsx -q && $ALLOT pack r plan.xlsx p -q");
    assert_exit(&p, 0);
    assert_file_holds(&p, "p/donor-PL.txt", "EUR 50.00 of offer O-1.");
    assert_file_lacks(&p, "p/donor-PL.txt", "N-2");
    program_script(&p, "unzip -p p/donor-PL.xlsx | grep -aF N-2");
    assert_exit(&p, 1);
    program_close(&p);
}

static void a_donor_whose_offer_is_all_committed_reads_so(void **state)
{
    Program p;
    (void)state;
    open_second_round(&p);
    program_table(&p, "offers.csv", "id,donor,quantity\nO-1,EE,40\nO-2,LV,60\n");
    program_table(&p, "donors.csv", "id,name,budget\nEE,Estonia,40\n");
    pack_second_round(&p);
    assert_file_holds(&p, "p/donor-EE.txt",
                      "- O-1, committed: EUR 40.00, all of it committed in earlier rounds, so that "
                      "nothing of it is open to this one.\n");
    assert_file_holds(&p, "p/donor-EE.txt",
                      "a budget of EUR 40.00, all of it committed in earlier rounds: nothing");
    ALLOT(&p, "explain", "r", "N-1", "--ledger", "l.csv");
    assert_prints(&p, "- O-1 of Estonia (EE). Earlier rounds committed all of its EUR 40.00. "
                      "Earlier rounds committed all of the budget of Estonia (EE), EUR 40.00. ");
    program_close(&p);
}

/* ---- whose agreement holds back ------------------------------------------------------------- */

#define HEAD "need,offer,quantity,decision,agreed,other_need,comment\n"

typedef struct SettledCase {
    const char *name, *needs, *offers, *commitments; /* of the round; "" none */
    const char *before, *answers;                    /* plan before, and PL's answers to it */
    const char *letter, *says;
} SettledCase;

#define TWO "id,beneficiary,category,quantity,priority\nN-1,B1,HW,100,1\nN-2,B2,HW,50,2\n"
#define PL(quantity) "id,donor,quantity\nO-1,PL," quantity "\n"
#define LINES "need,offer,quantity\n"
#define COMMIT "need,offer,kind,quantity\n"

static const SettledCase SETTLED[] = {
    {"PL gives N-2 10 in place of 20, and has 10 left", TWO, PL("120"), "",
     LINES "N-1,O-1,100\nN-2,O-1,20\n", HEAD "N-2,O-1,20,agree less,10,,\n", "p/beneficiary-B2.txt",
     "Why: A donor has answered with less than was proposed for it, and nothing else makes up for "
     "all of that.\n"},
    {"the same, as PL reads it", TWO, PL("120"), "", LINES "N-1,O-1,100\nN-2,O-1,20\n",
     HEAD "N-2,O-1,20,agree less,10,,\n", "p/donor-PL.txt",
     "- EUR 10.00 of offer O-1. What it gives to the needs that are still short was answered or "
     "agreed, "
     "and no more than that is asked for them. It is about N-2.\n"},
    {"PL agreed to 20 and has grown since", TWO, PL("150"), "", LINES "N-1,O-1,100\nN-2,O-1,20\n",
     HEAD "N-2,O-1,20,agree,,,\n", "p/beneficiary-B2.txt",
     "Why: A donor has agreed to the amount that was proposed for it, and gives it that and no "
     "more.\n"},
    {"PL declines", TWO, PL("120"), "", LINES "N-1,O-1,100\nN-2,O-1,20\n",
     HEAD "N-2,O-1,20,decline,,,\n", "p/beneficiary-B2.txt",
     "Why: What was proposed for it has been declined, and no other offer may serve it.\n"},
    {"the same, as PL reads it", TWO, PL("120"), "", LINES "N-1,O-1,100\nN-2,O-1,20\n",
     HEAD "N-2,O-1,20,decline,,,\n", "p/donor-PL.txt",
     "- EUR 20.00 of offer O-1. What was answered or agreed rules out needs that are still short, "
     "and "
     "every other need that it may serve is met in full. It is about N-2.\n"},
    {"of 90 PL agreed to 40 for N-2, and tier 1 has grown to ask for 100", TWO, PL("90"), "",
     LINES "N-1,O-1,50\nN-2,O-1,40\n", HEAD "N-2,O-1,40,agree,,,\n", "p/beneficiary-B1.txt",
     "Why: What donors have answered about other needs leaves less for it.\n"},
    {"the table says that N-2 has 20", TWO, PL("150"), COMMIT "N-2,O-1,fixed,20\n",
     LINES "N-1,O-1,100\nN-2,O-1,20\n", HEAD "N-1,O-1,100,agree,,,\n", "p/beneficiary-B2.txt",
     "Why: An amount for it was agreed before this plan was made, and it gets no more.\n"},
    {"the table says that N-2 has 40 of 90", TWO, PL("90"), COMMIT "N-2,O-1,fixed,40\n",
     LINES "N-1,O-1,50\nN-2,O-1,40\n", HEAD, "p/beneficiary-B1.txt",
     "Why: What was agreed for other needs before this plan was made leaves less for it.\n"},
};

static void a_reason_says_whose_agreement_holds_back(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(SETTLED); i++) {
        const SettledCase *c = &SETTLED[i];
        Program p;
        program_open(&p);
        program_script(&p, "rm -rf r; mkdir r a before");
        program_table(&p, "needs.csv", c->needs);
        program_table(&p, "offers.csv", c->offers);
        program_table(&p, "settings.csv", "key,value\nrelease,own\n");
        if (*c->commitments != '\0')
            program_table(&p, "commitments.csv", c->commitments);
        program_put(&p, "before", "assignments.csv", c->before);
        program_put(&p, "a", "donor-PL.csv", c->answers);
        ALLOT(&p, "solve", "r", "--answers", "a", "--previous", "before", "--tables", "t", "-q");
        ALLOT(&p, "pack", "r", "t", "p", "-q");
        assert_case(c->name, p.run.exit_code == 0);
        assert_file_holds(&p, c->letter, c->says);
        program_close(&p);
    }
}

/* ---- proposals ------------------------------------------------------------------------------ */

/* N-1 has its 100 from O-1, N-2 and N-3 share O-2's 60, N-4 is not ready, N-5 has all it asks for. O-2 is
 * not for N-6, another kind. */
static void open_proposals(Program *p)
{
    program_open(p);
    program_script(p, "rm -rf r; mkdir r a before");
    program_table(p, "needs.csv",
                  "id,beneficiary,category,quantity,ready,covered\nN-1,B1,HW,100,yes,\n"
                  "N-2,B2,HW,50,yes,\nN-3,B3,HW,50,yes,\nN-4,B4,HW,50,no,\nN-5,B5,HW,10,yes,10\n"
                  "N-6,B6,SOC,10,yes,\n");
    program_table(p, "offers.csv",
                  "id,donor,quantity,category,not_needs\nO-1,PL,100,HW,\nO-2,DE,60,HW,\n"
                  "O-3,FR,10,HW,N-3\n");
    program_put(p, "before", "assignments.csv",
                LINES "N-1,O-1,100\nN-2,O-2,30\nN-3,O-2,30\nN-2,O-3,10\n");
}

/* What a proposal of N-2's line of this offer comes to. */
static void assert_proposal(Program *p, const char *offer, const char *need, const char *says)
{
    char line[100], note[200];
    program_script(p, "rm -rf a; mkdir a");
    (void)snprintf(line, sizeof line, HEAD "N-2,%s,,propose another need,,%s,\n", offer, need);
    program_put(p, "a", "x.csv", line);
    ALLOT(p, "solve", "r", "--answers", "a", "--previous", "before", "--tables", "t", "-q",
          "--explain", "none");
    assert_exit(p, 0);
    (void)snprintf(note, sizeof note, "would rather serve need '%s' with offer '%s', which %s",
                   need, offer, says);
    assert_says(p, note);
}

static void a_proposal_says_what_it_would_take(void **state)
{
    Program p;
    (void)state;
    open_proposals(&p);
    assert_proposal(&p, "O-2", "N-1", "may serve it, but others give it all that it asks for");
    assert_proposal(&p, "O-2", "N-4", "meets a need that is not ready; that need's row would have");
    assert_proposal(&p, "O-2", "N-5", "may serve it, but nothing more is asked for it");
    assert_proposal(&p, "O-2", "N-6",
                    "is for other categories; no row of commitments allows it; a row of");
    assert_proposal(&p, "O-3", "N-3", "excludes it; what says so would have to change first");
    assert_proposal(&p, "O-2", "N-3", "may serve it; planners decide: a row of the table commit");
    program_table(&p, "commitments.csv", COMMIT "N-3,O-2,fixed,30\n");
    assert_proposal(&p, "O-2", "N-3", "may serve it, and how much it gives is settled by another");
    program_close(&p);
}

/* What the notes propose works. */
static void what_a_proposal_takes_is_enough(void **state)
{
    Program p;
    (void)state;
    open_proposals(&p);
    program_table(&p, "commitments.csv", COMMIT "N-1,O-2,at_least,20\n");
    program_put(&p, "a", "x.csv", HEAD "N-2,O-2,,propose another need,,N-1,\n");
    ALLOT(&p, "solve", "r", "--answers", "a", "--previous", "before", "--tables", "t", "-q");
    assert_exit(&p, 0);
    assert_file_holds(&p, "t/assignments.csv", "\nN-1,O-2,DE,20.00,");
    program_table(&p, "commitments.csv", COMMIT "N-6,O-2,at_least,10\n");
    ALLOT(&p, "solve", "r", "--answers", "a", "--previous", "before", "--tables", "t", "-q");
    assert_exit(&p, 1); /* of another kind: a commitment alone does not do */
    program_table(&p, "pairs.csv", "need,offer,eligible\nN-6,O-2,yes\n");
    ALLOT(&p, "solve", "r", "--answers", "a", "--previous", "before", "--tables", "t", "-q");
    assert_exit(&p, 0);
    assert_file_holds(&p, "t/assignments.csv", "\nN-6,O-2,DE,10.00,");
    program_close(&p);
}

/* ---- ids ------------------------------------------------------------------------------------ */

static void ids_in_answers_are_read_whatever_their_capitals(void **state)
{
    Program p;
    (void)state;
    open_proposals(&p);
    program_put(&p, "a", "Donor-de.csv", HEAD "n-2,o-2,30,propose another need,,n-1,\n");
    ALLOT(&p, "solve", "r", "--answers", "a", "--previous", "before", "--tables", "t", "-q");
    assert_exit(&p, 0);
    assert_file_holds(&p, "t/answers.csv",
                      "1,N-2,O-2,DE,propose another need,30.00,0.00,0.00,EUR,N-1,");
    program_script(&p, "rm a/*");
    program_put(&p, "a", "donor-pl.csv",
                HEAD "n-2,o-2,30,agree,,,\n"); /* PL's file, and a line of DE's */
    ALLOT(&p, "solve", "r", "--answers", "a", "--previous", "before", "--tables", "u", "-q");
    assert_exit(&p, 1);
    assert_says(&p, "donor 'PL' answers in this file, but offer 'O-2' is donor 'DE''s");
    program_close(&p);
}

/* Two needs that differ by capitals alone: each is meant as it is written, a third way means neither. */
static void ids_that_differ_by_capitals_are_told_apart(void **state)
{
    Program p;
    (void)state;
    program_open(&p);
    program_script(&p, "rm -rf r; mkdir r a before");
    program_table(&p, "needs.csv", "id,category,quantity\nAb,HW,10\nAB,HW,10\n");
    program_table(&p, "offers.csv", "id,donor,quantity\nO-1,PL,20\n");
    program_put(&p, "before", "assignments.csv", LINES "Ab,O-1,10\nAB,O-1,10\n");
    program_put(&p, "a", "x.csv", HEAD "Ab,O-1,10,decline,,,\nAB,o-1,10,agree,,,\n");
    ALLOT(&p, "solve", "r", "--answers", "a", "--previous", "before", "--tables", "t", "-q");
    assert_exit(&p, 0);
    assert_file_holds(&p, "t/answers.csv", ",Ab,O-1,PL,decline,");
    assert_file_holds(&p, "t/answers.csv", ",AB,O-1,PL,agree,");
    program_put(&p, "a", "x.csv", HEAD "ab,O-1,10,decline,,,\n");
    ALLOT(&p, "solve", "r", "--answers", "a", "--previous", "before", "--tables", "t", "-q");
    assert_exit(&p, 1);
    assert_says(&p, "x.csv:2:1 (need): error E073: ROUND has no need 'ab'");
    program_close(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_beneficiary_reads_who_committed_what_in_earlier_rounds),
        cmocka_unit_test(a_beneficiary_reads_what_to_send_to_the_front_office),
        cmocka_unit_test(a_need_that_earlier_rounds_have_met_asks_for_nothing),
        cmocka_unit_test(a_donor_reads_what_of_its_offers_and_budget_is_committed),
        cmocka_unit_test(a_donor_whose_offer_is_all_committed_reads_so),
        cmocka_unit_test(what_was_paid_is_for_the_donor_to_know),
        cmocka_unit_test(a_donor_reads_of_no_need_that_it_has_no_line_on),
        cmocka_unit_test(a_reason_says_whose_agreement_holds_back),
        cmocka_unit_test(a_proposal_says_what_it_would_take),
        cmocka_unit_test(what_a_proposal_takes_is_enough),
        cmocka_unit_test(ids_in_answers_are_read_whatever_their_capitals),
        cmocka_unit_test(ids_that_differ_by_capitals_are_told_apart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
