/* Turns of answers after a plan that served an urgent need first: it goes on being served first, and what moves is put
 * down to what moved it. Rounds are decided in the head. */
#include "tests/support/urgent_round.h"

#include <string.h>

/* Without the first stage the tiers decide: N-4's 68 of DE's and FR's 68, and nothing for N-5. */
static void an_urgent_need_stays_first_when_donors_answer(void **state)
{
    Program p;
    (void)state;
    urgent_round_open(&p);
    program_put(&p, "a", "x.csv", ANSWER_LINES "N-1,O-1,60,agree,,,\n");
    ALLOT(&p, "solve", "r", "--answers", "a", "--previous", "before", "--tables", "t");
    assert_exit(&p, 0);
    assert_prints(
        &p, "\nurgent N-5: given EUR 15.00 of EUR 15.00; nothing is taken from the plan before\n");
    assert_file_holds(&p, "t/stages.csv",
                      "\nurgent N-5,min,0,0,0,optimal\ntaken,min,0,0,0,optimal\n");
    program_script(&p, "cut -d, -f1,2,4 t/assignments.csv");
    assert_prints(&p, "N-1,O-1,60.00\nN-4,O-2,45.00\nN-4,O-3,8.00\nN-5,O-2,15.00\n");
    /* and once more, from what was written: a plan that answers made keeps it too */
    ALLOT(&p, "solve", "r", "--answers", "a", "--previous", "t", "--tables", "u");
    assert_exit(&p, 0);
    assert_prints(&p, "\nurgent N-5: given EUR 15.00 of EUR 15.00; nothing is taken");
    /* what is exported is what is solved */
    ALLOT(&p, "export", "r", "m.lp", "--answers", "a", "--previous", "t", "--stage", "urgent N-5");
    assert_exit(&p, 0);
    program_close(&p);
}

/* DE gives N-5 no more than 10. The 5 it is short of FR alone may give, and takes them from N-4, to which DE
 * gives its own 5. Of lines before, 5 of N-4 gave way; the other 5 of the stage are N-5's own. */
static void what_an_answer_moved_in_such_a_turn_is_put_down_to_it(void **state)
{
    Program p;
    (void)state;
    urgent_round_open(&p);
    program_put(&p, "a", "x.csv", ANSWER_LINES "N-5,O-2,15,agree less,10,,\n");
    ALLOT(&p, "solve", "r", "--answers", "a", "--previous", "before", "--tables", "t");
    assert_exit(&p, 0);
    assert_prints(&p, "\nurgent N-5: given EUR 15.00 of EUR 15.00; EUR 5.00 is taken from 1 line "
                      "of the plan before\n");
    assert_file_holds(&p, "t/stages.csv", "\ntaken,min,10,10,0,optimal\n");
    assert_file_holds(
        &p, "t/urgent.csv",
        "\nN-4,O-2,DE,3,45.00,50.00,EUR,\"More: from EUR 45.00 to EUR 50.00, because of answer 1 "
        "alone.\"\n"
        "N-4,O-3,FR,3,8.00,3.00,EUR,\"Less: from EUR 8.00 to EUR 3.00, because of answer 1 alone. "
        "Others give N-4 EUR 5.00 more; EUR 15.00 of it is unmet.\"\n"
        "N-5,O-2,DE,4,15.00,10.00,EUR,\"Less: from EUR 15.00 to EUR 10.00, as answer 1 says. "
        "Others give N-5 EUR 5.00 more; it is met in full.\"\n"
        "N-5,O-3,FR,4,0.00,5.00,EUR,\"New: EUR 5.00, because of answer 1 alone.\"\n");
    program_close(&p);
}

/* N-9 is urgent now and asks for 8, of FR alone: N-4's. In the same turn PL gives N-1 20 less, which moves nothing
 * else. What N-1 is short of did not go to N-9. */
static void an_answer_beside_an_urgent_need_takes_nothing_for_it(void **state)
{
    Program p;
    (void)state;
    urgent_round_open(&p);
    program_table(&p, "needs.csv",
                  "id,category,quantity,priority\nN-1,HW,60,1\nN-4,HW,68,3\nN-5,SOC,15,4\n"
                  "N-9,SOC,8,4\n");
    program_table(&p, "offers.csv",
                  "id,donor,quantity,only_needs\nO-1,PL,60,N-1\nO-2,DE,60,N-4;N-5\n"
                  "O-3,FR,8,N-4;N-5;N-9\n");
    program_put(&p, "a", "x.csv", ANSWER_LINES "N-1,O-1,60,agree less,40,,\n");
    ALLOT(&p, "solve", "r", "--answers", "a", "--previous", "before", "--urgent", "N-9", "--tables",
          "t");
    assert_exit(&p, 0);
    assert_prints(
        &p, "\nurgent N-9: given EUR 8.00 of EUR 8.00; EUR 8.00 is taken from 1 line of the plan "
            "before\n");
    assert_says(&p, "before: warning W129: this plan serves 'N-5' first, which comes with its "
                    "tier now that 'N-9' is urgent\n");
    assert_file_holds(&p, "t/urgent.csv",
                      "\nN-1,O-1,PL,1,60.00,40.00,EUR,\"Less: from EUR 60.00 to EUR 40.00, as "
                      "answer 1 says. Nobody stands in; EUR 20.00 of N-1 is unmet.\"\n"
                      "N-4,O-3,FR,3,8.00,0.00,EUR,\"Gone: was EUR 8.00, which O-3 gives N-9 "
                      "instead. Nobody stands in; EUR 23.00 of N-4 is unmet.\"\n"
                      "N-9,O-3,FR,4,0.00,8.00,EUR,\"New: EUR 8.00, for the urgent need.\"\n");
    assert_file_holds(&p, "t/answers.csv",
                      "\"Gone: was EUR 8.00, not because of an answer: N-9 is served first, the "
                      "round has changed since the plan before, or a tier is met better.\"\n");
    program_close(&p);
}

static void an_urgent_need_that_is_first_no_more_is_said_so(void **state)
{
    Program p;
    (void)state;
    urgent_round_open(&p);
    ALLOT(&p, "solve", "r", "--previous", "before", "--tables", "t", "-q");
    assert_exit(&p, 0);
    assert_says(&p, "before: warning W129: this plan serves 'N-5' first, which comes with its tier "
                    "now; add --urgent 'N-5' and it stays first (--urgent none says that this is "
                    "meant)\n");
    ALLOT(&p, "solve", "r", "--previous", "before", "--urgent", "none", "--tables", "t", "-q");
    assert_exit(&p, 0);
    assert_null(strstr(p.run.err, "W129"));
    assert_file_holds(&p, "t/stages.csv", "status\ntier 1,min,0,");
    ALLOT(&p, "solve", "r", "--previous", "before", "--urgent", "N-5", "--tables", "t", "-q");
    assert_exit(&p, 0);
    assert_null(strstr(p.run.err, "W129"));
    program_script(&p, "sed -i /^N-5/d r/needs.csv; sed -i 's/;N-5//' r/offers.csv");
    program_put(&p, "a", "x.csv", ANSWER_LINES "N-1,O-1,60,agree,,,\n");
    ALLOT(&p, "solve", "r", "--previous", "before", "--answers", "a", "--tables", "t", "-q");
    assert_exit(&p, 0);
    assert_says(&p, "before: warning W129: this plan serves 'N-5' first, which the round has no "
                    "more; nothing is urgent for it now\n");
    program_close(&p);
}

/* U-1 is urgent, asks for 150 whole and gets nothing of O-1's 100, which is enough for N-1's 60. Split, it would take
 * all 100, and the share of N-1 in tier 1 could not be kept beside that: then what U-1 has in the plan is held. One
 * more of O-1 brings U-1 1 as long as it asks for more, behind N-1's 60 too; N-1 has all with the last 40 less. */
static void worths_are_told_beside_an_urgent_need_that_is_given_whole(void **state)
{
    Program p;
    (void)state;
    program_open(&p);
    program_script(&p, "rm -rf r; mkdir r before");
    program_table(&p, "needs.csv",
                  "id,beneficiary,category,quantity,priority,indivisible\nN-1,B-1,HW,60,1,\n"
                  "U-1,B-2,HW,150,2,yes\n");
    program_table(&p, "offers.csv", "id,donor,quantity\nO-1,PL,100\n");
    program_put(&p, "before", "assignments.csv", PLAN_LINES "N-1,O-1,60\n");
    ALLOT(&p, "solve", "r", "--urgent", "U-1", "--previous", "before", "--tables", "t", "-o",
          "t.xlsx", "-q");
    assert_exit(&p, 0);
    program_script(&p, "unzip -p t.xlsx xl/sharedStrings.xml | grep -o 'tier 0' | wc -l");
    assert_prints(&p, "0\n");
    assert_file_holds(&p, "t/worths.csv",
                      "offers,2,O-1,quantity,,EUR,100.00,urgent U-1,1,150.00,0,0.00,\n"
                      "offers,2,O-1,quantity,,EUR,100.00,tier 1,0,,0,60.00,\n"
                      "offers,2,O-1,quantity,,EUR,100.00,tier 2,1,210.00,0,60.00,\n");
    program_close(&p);
}

/* PL has agreed and FR's line for N-4 is a commitment of the round; DE's two lines nobody has answered. Of a plan that
 * nobody has answered all lines wait but the commitment: PL's one and DE's two. */
static void a_close_says_what_still_waits_for_an_answer(void **state)
{
    Program p;
    (void)state;
    urgent_round_open(&p);
    program_table(&p, "settings.csv", "key,value\nround,R-1\nstart,2026-01-01\nend,2026-03-31\n");
    program_table(&p, "commitments.csv", "need,offer,kind,quantity\nN-4,O-3,fixed,8\n");
    ALLOT(&p, "close", "r", "before", "l.csv", "-q");
    assert_exit(&p, 0);
    assert_says(&p, "before: warning W171: no donor has answered 3 lines of this plan, which the "
                    "ledger now holds as agreed (PL 1, DE 2); ask, or take back");
    program_put(&p, "a", "x.csv", ANSWER_LINES "N-1,O-1,60,agree,,,\n");
    ALLOT(&p, "solve", "r", "--answers", "a", "--previous", "before", "--tables", "t", "-q");
    assert_exit(&p, 0);
    ALLOT(&p, "close", "r", "t", "m.csv", "--previous", "before");
    assert_exit(&p, 0);
    assert_says(&p, "t: warning W171: no donor has answered 2 lines of this plan, which the ledger "
                    "now holds as agreed (DE 2); ask, or take back what is not agreed with allot "
                    "record\n");
    assert_prints(&p, "round R-1 closed: 4 commitments\n");
    program_put(&p, "a", "y.csv", ANSWER_LINES "N-4,O-2,45,agree,,,\nN-5,O-2,15,agree,,,\n");
    ALLOT(&p, "solve", "r", "--answers", "a", "--previous", "before", "--tables", "u", "-q");
    assert_exit(&p, 0);
    ALLOT(&p, "close", "r", "u", "n.csv", "--previous", "before", "-q");
    assert_exit(&p, 0);
    assert_null(strstr(p.run.err, "W171"));
    program_close(&p);
}

/* Donors answer the plan before: it is not written over, neither by its name nor because none was given. */
static void the_plan_that_is_answered_is_kept(void **state)
{
    static const char *const same[][2] = {{"-o", "plan.xlsx"}, {"-q", "-q"}};
    Program p;
    (void)state;
    urgent_round_open(&p);
    program_put(&p, "a", "x.csv", ANSWER_LINES "N-1,O-1,60,agree,,,\n");
    ALLOT(&p, "solve", "r", "--previous", "before", "--answers", "a", "-q");
    assert_exit(&p, 0);
    for (int i = 0; i < 2; i++) {
        ALLOT(&p, "solve", "r", "--urgent", "N-5", "--previous", "plan.xlsx", same[i][0],
              same[i][1]);
        assert_exit(&p, 5);
        assert_says(&p,
                    "plan.xlsx: error E042: this is the plan before, to which answers may still "
                    "come, and would be lost; name another with -o or --tables\n");
    }
    ALLOT(&p, "solve", "r", "--urgent", "N-5", "--previous", "before", "--tables", "before");
    assert_exit(&p, 5);
    assert_says(&p, "before: error E042: this is the plan before, to which answers may still come");
    ALLOT(&p, "solve", "r", "--previous", "plan.xlsx", "-o", "plan.xlsx", "-q");
    assert_exit(&p, 0);
    program_close(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_urgent_need_stays_first_when_donors_answer),
        cmocka_unit_test(what_an_answer_moved_in_such_a_turn_is_put_down_to_it),
        cmocka_unit_test(an_answer_beside_an_urgent_need_takes_nothing_for_it),
        cmocka_unit_test(an_urgent_need_that_is_first_no_more_is_said_so),
        cmocka_unit_test(a_close_says_what_still_waits_for_an_answer),
        cmocka_unit_test(the_plan_that_is_answered_is_kept),
        cmocka_unit_test(worths_are_told_beside_an_urgent_need_that_is_given_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
