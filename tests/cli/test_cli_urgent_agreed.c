/* An urgent need where donors have agreed to everything: it is served first, as little as can be is taken from what
 * is agreed, and those donors are asked again. Rounds are decided in the head. */
#include "tests/support/urgent_round.h"

#include <stdio.h>
#include <string.h>

#define NEEDS "id,category,quantity,priority,indivisible\n"
#define OFFERS "id,donor,quantity,only_needs\n"

/* DE's 60 are agreed: 30 for N-1 of tier 1, 30 for N-3 of tier 3. U-1 asks for 20: either could give them, and tier 1
 * loses more by it. */
static void open_tiers(Program *p)
{
    answered_round_open(p, NEEDS "N-1,HW,30,1,\nN-3,HW,30,3,\nU-1,SOC,20,4,\n",
                        OFFERS "O-1,DE,60,\n", NULL, PLAN_LINES "N-1,O-1,30\nN-3,O-1,30\n",
                        ANSWER_LINES "N-1,O-1,30,agree,,,\nN-3,O-1,30,agree,,,\n");
}

static void the_least_of_what_is_agreed_gives_way(void **state)
{
    Program p;
    (void)state;
    open_tiers(&p);
    ALLOT(&p, "solve", "r", "--urgent", "U-1", "--previous", "p", "--tables", "t");
    assert_exit(&p, 0);
    assert_prints(&p,
                  "urgent U-1: given EUR 20.00 of EUR 20.00; EUR 20.00 is taken from 1 line of "
                  "the plan before\nlines that donors had agreed to and that are open again: 1\n");
    assert_says(&p, "p/answers.csv:3:5 (decision): warning W174: DE had agreed to give 'N-3' EUR "
                    "30.00 from 'O-1'; this gives way to 'U-1', which is urgent, beside all that "
                    "nobody has agreed to: the line is open again, ask the donor for what the plan "
                    "still gives of it\n");
    program_script(&p, "cut -d, -f1,2,4,11 t/assignments.csv");
    assert_prints(&p, "N-1,O-1,30.00,yes\nN-3,O-1,10.00,no\nU-1,O-1,20.00,no\n");
    assert_file_holds(&p, "t/urgent.csv",
                      "\nN-3,O-1,DE,3,30.00,10.00,EUR,\"Less: from EUR 30.00 to EUR 10.00, which "
                      "O-1 gives U-1 instead. Nobody stands in; EUR 20.00 of N-3 is unmet. DE had "
                      "agreed to EUR 30.00 in turn 1 and is asked again.\"\n");
    program_script(&p, "cut -d, -f2,3,5,7,8 t/answers.csv | tail -n +2");
    assert_prints(&p, "N-1,O-1,agree,30.00,30.00\nN-3,O-1,agree,30.00,10.00\nU-1,O-1,,,20.00\n");
    assert_file_holds(&p, "t/answers.csv",
                      "because U-1 is served first, which is urgent. DE had agreed to EUR 30.00 in "
                      "turn 1 and is asked again.\"\n");
    ALLOT(&p, "verify", "r", "t", "--previous", "p", "-q");
    assert_exit(&p, 0);
    /* against the answers that donors sent: what gave way is said, and breaks nothing */
    ALLOT(&p, "verify", "r", "t", "--previous", "p", "--answers", "a");
    assert_exit(&p, 0);
    assert_says(
        &p, "p/answers.csv:3:5 (decision): warning W174: DE had agreed to give 'N-3' EUR 30.00");
    program_close(&p);
}

/* What gave way waits for an answer; once it is given, all stands, and the need stays first. */
static void the_donor_is_asked_again(void **state)
{
    Program p;
    (void)state;
    open_tiers(&p);
    ALLOT(&p, "solve", "r", "--urgent", "U-1", "--previous", "p", "--tables", "t", "-q");
    assert_exit(&p, 0);
    ALLOT(&p, "pack", "r", "t", "k", "--previous", "p", "-q");
    assert_exit(&p, 0);
    assert_file_holds(
        &p, "k/donor-DE.txt",
        "- N-3 from O-1: EUR 10.00 in place of EUR 30.00, to which you had agreed in "
        "turn 1, before an "
        "urgent need took some of it. We have to ask you again.\n- U-1 from O-1: New: EUR "
        "20.00.\n");
    program_put(&p, "a", "x.csv", ANSWER_LINES "N-3,O-1,10,agree,,,\nU-1,O-1,20,agree,,,\n");
    ALLOT(&p, "solve", "r", "--answers", "a", "--previous", "t", "--tables", "u");
    assert_exit(&p, 0);
    assert_prints(&p, "nothing is taken from the plan before\n");
    assert_null(strstr(p.run.err, "W174"));
    program_script(&p, "cut -d, -f1,2,4,11 u/assignments.csv");
    assert_prints(&p, "N-1,O-1,30.00,yes\nN-3,O-1,10.00,yes\nU-1,O-1,20.00,yes\n");
    program_close(&p);
}

/* ---- what gives way, by rounds ---------------------------------------------------------------- */

/* U-1 is urgent; O-1 is DE's, and all that it has is planned. */
typedef struct Giving {
    const char *needs, *offers, *rules; /* rules: "" for none */
    const char *before, *answers;
    const char *lines;  /* need, offer, quantity, locked */
    const char *taken;  /* the stage's value, bound, gap and status */
    const char *opened; /* how many agreed lines are open again */
} Giving;

static const Giving givings[] = {
    /* of equal value the lower tier gives way, whatever its place */
    {"N-1,HW,30,3,\nN-3,HW,30,1,\nU-1,SOC,20,4,\n", "O-1,DE,60,\n", "", "N-1,O-1,30\nN-3,O-1,30\n",
     "N-1,O-1,30,agree,,,\nN-3,O-1,30,agree,,,\n",
     "N-1,O-1,10.00,no\nN-3,O-1,30.00,yes\nU-1,O-1,20.00,no\n", "20,20,0,optimal\n", "1\n"},
    /* nobody answered for N-1, of the first tier: it gives way before what is agreed for N-3 */
    {"N-1,HW,30,1,\nN-3,HW,30,3,\nU-1,SOC,20,4,\n", "O-1,DE,60,\n", "", "N-1,O-1,30\nN-3,O-1,30\n",
     "N-3,O-1,30,agree,,,\n", "N-1,O-1,10.00,no\nN-3,O-1,30.00,yes\nU-1,O-1,20.00,no\n",
     "20,20,0,optimal\n", "0\n"},
    /* what a rule keeps back only the table can give: the agreed line gives way beside it */
    {"N-1,HW,30,3,\nU-1,SOC,20,4,\n", "O-1,DE,50,\n", "id,kind,offer,value\nR-1,reserve,O-1,20\n",
     "N-1,O-1,30\n", "N-1,O-1,30,agree,,,\n", "N-1,O-1,10.00,no\nU-1,O-1,20.00,no\n",
     "20,20,0,optimal\n", "1\n"},
    /* U-1 asks for 9, whole, of 16 agreed as 7, 5 and 4, each all or nothing: 5 and 4 are the least that make room
       (7 and 4 are 11, 7 and 5 are 12), although N-1 is of the last tier */
    {"N-1,HW,7,4,yes\nN-2,HW,5,1,yes\nN-3,HW,4,1,yes\nU-1,SOC,9,4,yes\n", "O-1,DE,16,\n", "",
     "N-1,O-1,7\nN-2,O-1,5\nN-3,O-1,4\n",
     "N-1,O-1,7,agree,,,\nN-2,O-1,5,agree,,,\nN-3,O-1,4,agree,,,\n",
     "N-1,O-1,7.00,yes\nU-1,O-1,9.00,no\n", "9,9,0,optimal\n", "2\n"},
};

static void open_giving(Program *p, const Giving *giving)
{
    char needs[256], offers[256], before[256], answers[256];
    snprintf(needs, sizeof needs, "%s%s", NEEDS, giving->needs);
    snprintf(offers, sizeof offers, "%s%s", OFFERS, giving->offers);
    snprintf(before, sizeof before, "%s%s", PLAN_LINES, giving->before);
    snprintf(answers, sizeof answers, "%s%s", ANSWER_LINES, giving->answers);
    answered_round_open(p, needs, offers, NULL, before, answers);
    if (*giving->rules != '\0')
        program_table(p, "rules.csv", giving->rules);
}

static void the_least_gives_way(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof givings / sizeof *givings; i++) {
        Program p;
        open_giving(&p, &givings[i]);
        ALLOT(&p, "solve", "r", "--urgent", "U-1", "--previous", "p", "--tables", "t");
        assert_exit(&p, 0);
        assert_int_equal(strstr(p.run.err, "W174") != NULL, *givings[i].opened != '0');
        assert_int_equal(strstr(p.run.out, "open again") != NULL, *givings[i].opened != '0');
        program_script(&p, "cut -d, -f1,2,4,11 t/assignments.csv");
        assert_prints(&p, givings[i].lines);
        program_script(&p, "grep ^taken t/stages.csv | cut -d, -f3-");
        assert_prints(&p, givings[i].taken);
        program_script(&p, "cut -d, -f12 t/answers.csv | grep -c no");
        assert_prints(&p, givings[i].opened);
        program_close(&p);
    }
}

/* A reserve is kept from the urgent need too, which is said. */
static void a_reserve_is_said_to_be_kept(void **state)
{
    Program p;
    (void)state;
    open_giving(&p, &givings[2]);
    ALLOT(&p, "solve", "r", "--urgent", "U-1", "--previous", "p", "--tables", "t", "-q");
    assert_exit(&p, 0);
    assert_says(&p,
                "rules.csv:2:2 (kind): note N227: this reserve is kept from 'U-1' too, which is "
                "urgent and could have up to EUR 20.00 of it; where it is meant for such needs, "
                "lower it or take the row out\n");
    /* O-2 is not for U-1: what is kept of it is no matter */
    program_table(&p, "offers.csv", OFFERS "O-1,DE,50,\nO-2,DE,50,N-1\n");
    program_table(&p, "rules.csv", "id,kind,offer,value\nR-1,reserve,O-2,20\n");
    ALLOT(&p, "solve", "r", "--urgent", "U-1", "--previous", "p", "--tables", "t", "-q");
    assert_exit(&p, 0);
    assert_null(strstr(p.run.err, "N227"));
    program_close(&p);
}

/* ---- what is open again ------------------------------------------------------------------------ */

/* DE agreed to 10 of the 25 that N-1 asks for, and to N-3. O-1 has 60: 20 are free, N-1's 10 of the lower tier make
 * room for U-1's 30. DE then declines U-1, which nobody else can serve: 30 are free again, and N-1 gets no more than
 * the 10 that were agreed to once. The answer is remembered, and of which turn it is, until there is another. */
static void what_was_agreed_is_remembered(void **state)
{
    Program p;
    (void)state;
    answered_round_open(&p, NEEDS "N-1,HW,25,2,\nN-3,HW,30,1,\nU-1,SOC,30,4,\n",
                        OFFERS "O-1,DE,60,N-1;N-3;U-1\n", NULL,
                        PLAN_LINES "N-1,O-1,25\nN-3,O-1,30\n",
                        ANSWER_LINES "N-1,O-1,25,agree less,10,,\nN-3,O-1,30,agree,,,\n");
    ALLOT(&p, "solve", "r", "--urgent", "U-1", "--previous", "p", "--tables", "t", "-q");
    assert_exit(&p, 0);
    program_script(&p, "cut -d, -f1,2,4 t/assignments.csv");
    assert_prints(&p, "N-3,O-1,30.00\nU-1,O-1,30.00\n");
    program_put(&p, "a", "x.csv", ANSWER_LINES "U-1,O-1,30,decline,,,\n");
    ALLOT(&p, "solve", "r", "--answers", "a", "--previous", "t", "--tables", "u", "-q");
    assert_exit(&p, 0);
    program_script(&p, "cut -d, -f1,2,4 u/assignments.csv");
    assert_prints(&p, "N-1,O-1,10.00\nN-3,O-1,30.00\n");
    program_script(&p, "cut -d, -f1-3,5-8,11,12 u/answers.csv | tail -n +2");
    assert_prints(&p, "1,N-3,O-1,agree,30.00,30.00,30.00,1,yes\n"
                      "2,U-1,O-1,decline,30.00,0.00,0.00,2,yes\n"
                      "2,N-1,O-1,agree less,25.00,10.00,10.00,1,no\n");
    assert_file_holds(&p, "u/answers.csv",
                      "\"New: EUR 10.00, because of answer 2 alone. DE had agreed to EUR 10.00 in "
                      "turn 1 and is asked again.\"\n");
    assert_file_holds(
        &p, "u/needs.csv",
        "LOCKED_OUT,Agreed otherwise: it is agreed that O-1 of DE gives it at most EUR "
        "10.00 (answers N-1/O-1).");
    ALLOT(&p, "pack", "r", "u", "k", "-q");
    assert_exit(&p, 0);
    assert_file_holds(
        &p, "k/donor-DE.txt",
        "- N-1 from O-1: EUR 10.00, to which you had agreed in turn 1, before an urgent need took "
        "some of it. We have to ask you again.\n");
    program_put(&p, "a", "x.csv", ANSWER_LINES "N-1,O-1,10,agree,,,\n");
    ALLOT(&p, "solve", "r", "--answers", "a", "--previous", "u", "--tables", "v", "-q");
    assert_exit(&p, 0);
    program_script(&p, "cut -d, -f1-3,5-8,11,12 v/answers.csv | tail -n +2");
    assert_prints(&p, "1,N-1,O-1,agree,10.00,10.00,10.00,3,yes\n"
                      "2,N-3,O-1,agree,30.00,30.00,30.00,1,yes\n"
                      "3,U-1,O-1,decline,30.00,0.00,0.00,2,yes\n");
    program_close(&p);
}

/* DE agreed to 10 for N-1, of the lower tier, and to N-3; U-1 takes N-1's 10 and is then declined, in the plan u: N-1
 * is open, at most 10. */
static void open_declined(Program *p)
{
    answered_round_open(p, NEEDS "N-1,HW,25,2,\nN-2,HW,25,2,\nN-3,HW,30,1,\nU-1,SOC,30,4,\n",
                        OFFERS "O-1,DE,60,\n", NULL,
                        PLAN_LINES "N-1,O-1,10\nN-2,O-1,20\nN-3,O-1,30\n",
                        ANSWER_LINES "N-1,O-1,10,agree,,,\nN-3,O-1,30,agree,,,\n");
    program_put(p, "r", "settings.csv", "key,value\nfairness,none\nstages,none\n");
    ALLOT(p, "solve", "r", "--urgent", "U-1", "--previous", "p", "--tables", "t", "-q");
    assert_exit(p, 0);
    program_put(p, "a", "x.csv", ANSWER_LINES "U-1,O-1,30,decline,,,\n");
    ALLOT(p, "solve", "r", "--answers", "a", "--previous", "t", "--tables", "u", "-q");
    assert_exit(p, 0);
}

/* N-1 of tier 4 has 0.40, N-2 of tier 3 has 30, both agreed: of the 20 that U-1 asks for, N-1's 0.40 would go first;
 * but nobody is asked again for cents that another gives, who is asked anyway. */
static void nobody_is_asked_again_for_cents(void **state)
{
    Program p;
    (void)state;
    answered_round_open(&p, NEEDS "N-1,HW,0.40,4,\nN-2,HW,30,3,\nU-1,SOC,20,4,\n",
                        OFFERS "O-1,DE,0.40,N-1;U-1\nO-2,DE,30,N-2;U-1\n", NULL,
                        PLAN_LINES "N-1,O-1,0.40\nN-2,O-2,30\n",
                        ANSWER_LINES "N-1,O-1,0.40,agree,,,\nN-2,O-2,30,agree,,,\n");
    ALLOT(&p, "solve", "r", "--urgent", "U-1", "--previous", "p", "--tables", "t");
    assert_exit(&p, 0);
    assert_prints(&p, "lines that donors had agreed to and that are open again: 1\n");
    program_script(&p, "cut -d, -f1,2,4,11 t/assignments.csv");
    assert_prints(&p, "N-1,O-1,0.40,yes\nN-2,O-2,10.00,no\nU-1,O-2,20.00,no\n");
    program_close(&p);
}

/* What was agreed to is believed of the plan before and of the answers, not of the plan that is checked. */
static void a_plan_is_not_believed_what_was_agreed(void **state)
{
    static const char *const edited[] = {"more", "gone"};
    Program p;
    (void)state;
    open_declined(&p);
    program_script(&p, "cut -d, -f1,2,4 u/assignments.csv");
    assert_prints(&p, "N-1,O-1,10.00\nN-2,O-1,20.00\nN-3,O-1,30.00\n");
    program_script(&p,
                   "for f in more gone; do cp -r u $f; "
                   "sed -i '/^N-1/s/10[.]00/25.00/g;/^N-2/s/20[.]00/5.00/g' $f/assignments.csv; "
                   "done; sed -i '/,N-1,O-1,/s/10[.]00/25.00/g' more/answers.csv; "
                   "sed -i '/,N-1,O-1,/d' gone/answers.csv");
    for (int i = 0; i < 2; i++) {
        ALLOT(&p, "verify", "r", edited[i], "--answers", "a", "--previous", "t");
        assert_exit(&p, 1);
        assert_says(&p, "/assignments.csv:2:4 (quantity): error E052: N-1 from O-1: the plan gives "
                        "EUR 25.00, but t/answers.csv row 3 allows at most EUR 10.00\n");
    }
    program_script(&p, "sed -i '/,U-1,O-1,/s/,yes,/,no,/' u/answers.csv");
    ALLOT(&p, "verify", "r", "u", "--previous", "t");
    assert_exit(&p, 1);
    assert_says(&p,
                "u/answers.csv:3:12 (stands): error E073: only a line that was agreed to can be "
                "open again; write yes, or take the row out\n");
    program_close(&p);
}

/* N-2 of tier 2 has nothing and N-3 of tier 3 keeps 10 of its 30, since as little as can be is taken from what the plan
 * before had, though every stage is decided to its end: that is its reason. */
static void what_is_spared_is_why_another_lacks(void **state)
{
    Program p;
    (void)state;
    answered_round_open(&p, NEEDS "N-1,HW,30,1,\nN-2,HW,30,2,\nN-3,HW,30,3,\nU-1,SOC,20,4,\n",
                        OFFERS "O-1,DE,60,\n", NULL, PLAN_LINES "N-1,O-1,30\nN-3,O-1,30\n",
                        ANSWER_LINES "N-1,O-1,30,agree,,,\nN-3,O-1,30,agree,,,\n");
    ALLOT(&p, "solve", "r", "--urgent", "U-1", "--previous", "p", "--tables", "t", "-q");
    assert_exit(&p, 0);
    assert_file_holds(&p, "t/needs.csv",
                      "URGENT,\"U-1 is served first, and as little as can be is taken for it from "
                      "lines of the plan before: these stay with the needs that have them.\"");
    program_close(&p);
}

/* Two plans that differ by DE's answer to U-1 alone: that it gave N-1 its 10 back, and no more, is found. */
static void a_comparison_knows_what_is_open(void **state)
{
    Program p;
    (void)state;
    open_declined(&p);
    ALLOT(&p, "compare", "t", "u");
    assert_exit(&p, 0);
    assert_prints(&p,
                  "  N-1 from O-1 (DE): nothing, now EUR 10.00\n      the answer of DE about need "
                  "U-1 from offer O-1: decline, none of EUR 30.00 (x.csv!D2, turn 2)\n");
    program_close(&p);
}

/* A commitment of the table is newer than what is open again, and takes its place. */
static void a_commitment_settles_what_is_open(void **state)
{
    Program p;
    (void)state;
    open_declined(&p);
    program_table(&p, "commitments.csv", "need,offer,kind,quantity\nN-1,O-1,fixed,25\n");
    program_script(&p, "rm a/x.csv");
    ALLOT(&p, "solve", "r", "--answers", "a", "--previous", "u", "--tables", "v", "-q");
    assert_exit(&p, 0);
    program_script(&p, "cut -d, -f1,2,4,11 v/assignments.csv");
    assert_prints(&p, "N-1,O-1,25.00,yes\nN-2,O-1,5.00,no\nN-3,O-1,30.00,yes\n");
    assert_file_lacks(&p, "v/answers.csv", ",no,");
    program_close(&p);
}

/* N-0 of tier 1 comes, and the line that is open again gives way to it: where nothing is urgent any more, nothing is
 * said to be. A plan whose answers all are open keeps them too. */
static void nothing_urgent_is_named_where_nothing_is(void **state)
{
    Program p;
    (void)state;
    open_declined(&p);
    program_script(&p, "rm a/x.csv; sed -i '/,yes,/d' u/answers.csv");
    program_table(&p, "needs.csv",
                  NEEDS "N-0,HW,60,1,\nN-1,HW,25,2,\nN-2,HW,25,2,\nN-3,HW,30,1,\nU-1,SOC,30,4,\n");
    ALLOT(&p, "solve", "r", "--answers", "a", "--urgent", "none", "--previous", "u", "--tables",
          "v", "-q");
    assert_exit(&p, 0);
    assert_file_holds(&p, "v/answers.csv", ",N-1,O-1,DE,agree,10.00,10.00,0.00,EUR,,1,no,");
    assert_file_lacks(&p, "v/answers.csv", "urgent");
    ALLOT(&p, "solve", "r", "--previous", "u", "-q", "--tables", "w");
    assert_says(&p, "u: note N223: this plan keeps 1 answer of donors, which bind nobody now");
    program_close(&p);
}

/* Only what a plan says of itself is open again: an answer that it leaves out, and does not keep to, binds it. */
static void what_is_left_out_is_not_open(void **state)
{
    Program p;
    (void)state;
    open_tiers(&p);
    ALLOT(&p, "solve", "r", "--urgent", "U-1", "--previous", "p", "--tables", "t", "-q");
    assert_exit(&p, 0);
    program_script(&p, "sed -i '/N-1,O-1/d' t/answers.csv && "
                       "sed -i '/^N-1,O-1/s/30[.]00/29.00/g' t/assignments.csv");
    ALLOT(&p, "verify", "r", "t", "--previous", "p", "--answers", "a");
    assert_exit(&p, 1);
    assert_says(&p, "p/answers.csv:3:5 (decision): warning W174: DE had agreed to give 'N-3' EUR "
                    "30.00");
    assert_null(strstr(p.run.err, "had agreed to give 'N-1'"));
    assert_says(&p,
                "t/assignments.csv:2:4 (quantity): error E052: N-1 from O-1: the plan gives EUR "
                "29.00, but p/answers.csv row 2 fixes EUR 30.00\n");
    program_close(&p);
}

/* Nobody answered for N-1's 12, so all of these go; of the 20 that U-1 asks for only 8 are left to N-3, and that is the
 * only line to which somebody had agreed: its answer gone, the sheet Answers is there all the same. */
static void agreed_lines_lose_only_what_the_others_cannot_give(void **state)
{
    Program p;
    (void)state;
    answered_round_open(&p, NEEDS "N-1,HW,12,1,\nN-3,HW,30,3,\nU-1,SOC,20,4,\n",
                        OFFERS "O-1,DE,42,\n", NULL, PLAN_LINES "N-1,O-1,12\nN-3,O-1,30\n",
                        ANSWER_LINES "N-3,O-1,30,agree,,,\n");
    ALLOT(&p, "solve", "r", "--urgent", "U-1", "--previous", "p", "--tables", "t", "-q");
    assert_exit(&p, 0);
    program_script(&p, "cut -d, -f1,2,4,11 t/assignments.csv");
    assert_prints(&p, "N-3,O-1,22.00,no\nU-1,O-1,20.00,no\n");
    assert_file_holds(&p, "t/stages.csv",
                      "\nurgent U-1,min,0,0,0,optimal\ntaken,min,20,20,0,optimal\n");
    assert_file_holds(&p, "t/answers.csv",
                      "\n,N-3,O-1,DE,agree,30.00,30.00,22.00,EUR,,1,no,x.csv!D2,,");
    assert_file_holds(&p, "t/answers.csv", ",\"New: EUR 20.00, for the urgent need.\"\n");
    program_close(&p);
}

/* U-1 asks for 40.50, all or nothing: 20 are free, and the rest is 20 and 0.50 of what is agreed. Parts of a euro
 * count where all hangs on them; of O-1 and O-2 nothing else is left. */
static void less_than_a_euro_gives_way_too(void **state)
{
    Program p;
    (void)state;
    answered_round_open(&p, NEEDS "N-1,HW,0.60,1,\nN-2,HW,20,1,\nU-1,SOC,40.50,4,yes\n",
                        OFFERS "O-1,DE,20.60,N-1;U-1\nO-2,DE,20,N-2;U-1\n", NULL,
                        PLAN_LINES "N-1,O-1,0.60\nN-2,O-2,20\n",
                        ANSWER_LINES "N-1,O-1,0.60,agree,,,\nN-2,O-2,20,agree,,,\n");
    ALLOT(&p, "solve", "r", "--urgent", "U-1", "--previous", "p", "--tables", "t");
    assert_exit(&p, 0);
    assert_prints(&p, "\nurgent U-1: given EUR 40.50 of EUR 40.50; EUR 20.50 is taken from ");
    program_close(&p);
}

/* Forty agreed needs of whole tens, each all or nothing, of which some have to make room for 113,741: that no fewer do
 * than are found, one node cannot prove. Of the lines that stay fixed then all is proven, and that says nothing of the round. */
static void what_gave_way_within_limits_is_not_called_proven(void **state)
{
    Program p;
    (void)state;
    program_open(&p);
    program_script(
        &p, "rm -rf r; mkdir r a before; awk 'BEGIN { s = 7; print \"id,category,quantity,priority,"
            "indivisible\" > \"r/needs.csv\"; print \"id,donor,quantity\" > \"r/offers.csv\";"
            " print \"need,offer,quantity\" > \"before/assignments.csv\"; print \"need,offer,"
            "quantity,decision,agreed,other_need,comment\" > \"a/x.csv\"; for (i = 0; i < 40; i++) "
            "{ s = (s * 16807) % 2147483647; q = 1000 + 10 * (s % 900); o = i % 5; sum[o] += q; "
            "print \"N-\" i \",HW,\" q \",3,yes\" > \"r/needs.csv\"; print \"N-\" i \",O-\" o "
            "\",\" q > \"before/assignments.csv\"; print \"N-\" i \",O-\" o \",\" q "
            "\",agree,,,\" > \"a/x.csv\" } print \"U-1,SOC,113741,4,yes\" > \"r/needs.csv\"; "
            "for (o = 0; o < 5; o++) print \"O-\" o \",DE,\" sum[o] > \"r/offers.csv\" }'");
    ALLOT(&p, "solve", "r", "--answers", "a", "--previous", "before", "--tables", "p", "-q",
          "--explain", "none");
    assert_exit(&p, 0);
    ALLOT(&p, "solve", "r", "--urgent", "U-1", "--previous", "p", "--tables", "t", "--explain",
          "none", "--set", "nodes=1", "--gap", "0");
    assert_exit(&p, 0);
    assert_prints(&p, "; limit\nurgent U-1: given EUR 113,741.00 of EUR 113,741.00; ");
    program_script(&p, "grep ^taken t/stages.csv | cut -d, -f1,6");
    assert_prints(&p, "taken,limit\n");
    ALLOT(&p, "verify", "r", "t", "--previous", "p", "-q");
    assert_exit(&p, 0);
    program_close(&p);
}

/* 12 of O-2 are free, and DE's commitment of 30 stays: of the 20 that U-1 asks for, 8 come from what was agreed. What
 * PL agreed to is of no use. */
static void what_is_free_comes_first_and_commitments_stay(void **state)
{
    Program p;
    (void)state;
    program_open(&p);
    program_script(&p, "rm -rf r; mkdir r a before");
    program_table(&p, "needs.csv",
                  NEEDS "N-1,HW,30,3,\nN-2,HW,10,1,\nN-3,HW,9,3,\nU-1,SOC,20,4,\n");
    program_table(&p, "offers.csv", OFFERS "O-1,DE,30,N-1;U-1\nO-2,EE,22,N-2;U-1\nO-3,PL,9,N-3\n");
    program_table(&p, "commitments.csv", "need,offer,kind,quantity\nN-1,O-1,fixed,30\n");
    program_put(&p, "before", "assignments.csv", PLAN_LINES "N-1,O-1,30\nN-2,O-2,10\nN-3,O-3,9\n");
    program_put(&p, "a", "donor-EE.csv", ANSWER_LINES "N-2,O-2,10,agree,,,\n");
    program_put(&p, "a", "donor-PL.csv", ANSWER_LINES "N-3,O-3,9,agree,,,\n");
    ALLOT(&p, "solve", "r", "--answers", "a", "--previous", "before", "--tables", "p", "-q");
    assert_exit(&p, 0);
    ALLOT(&p, "solve", "r", "--urgent", "U-1", "--previous", "p", "--tables", "t", "-q");
    assert_exit(&p, 0);
    program_script(&p, "cut -d, -f1,2,4,11 t/assignments.csv");
    assert_prints(&p, "N-1,O-1,30.00,yes\nN-2,O-2,2.00,no\nN-3,O-3,9.00,yes\nU-1,O-2,20.00,no\n");
    /* the program that is exported is the one that is solved */
    ALLOT(&p, "export", "r", "m.lp", "--urgent", "U-1", "--previous", "p", "--stage", "tier 1");
    assert_exit(&p, 0);
    program_script(&p, "glpsol --lp m.lp -w m.sol >/dev/null && grep -m 1 -i obj m.sol");
    assert_prints(&p, "8 (MINimum)\n");
    /* and one that leaves answers out says so */
    ALLOT(&p, "export", "r", "m.lp", "--previous", "p", "-q");
    assert_exit(&p, 0);
    assert_says(&p, "p: note N223: this plan keeps 2 answers of donors, which bind nobody now");
    program_close(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_least_of_what_is_agreed_gives_way),
        cmocka_unit_test(the_donor_is_asked_again),
        cmocka_unit_test(the_least_gives_way),
        cmocka_unit_test(a_reserve_is_said_to_be_kept),
        cmocka_unit_test(what_was_agreed_is_remembered),
        cmocka_unit_test(nobody_is_asked_again_for_cents),
        cmocka_unit_test(a_plan_is_not_believed_what_was_agreed),
        cmocka_unit_test(what_is_spared_is_why_another_lacks),
        cmocka_unit_test(a_comparison_knows_what_is_open),
        cmocka_unit_test(a_commitment_settles_what_is_open),
        cmocka_unit_test(nothing_urgent_is_named_where_nothing_is),
        cmocka_unit_test(what_is_left_out_is_not_open),
        cmocka_unit_test(agreed_lines_lose_only_what_the_others_cannot_give),
        cmocka_unit_test(less_than_a_euro_gives_way_too),
        cmocka_unit_test(what_gave_way_within_limits_is_not_called_proven),
        cmocka_unit_test(what_is_free_comes_first_and_commitments_stay),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
