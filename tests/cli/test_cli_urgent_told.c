/* What compare, explain and close say of a plan in which agreed lines gave way to an urgent need. Rounds are decided in
 * the head. */
#include "tests/support/urgent_round.h"

#include <string.h>

/* DE's 60 are agreed: 30 for N-1 of tier 1, 30 for N-3 of tier 3, and N-2 of tier 2 has nothing. U-1 asks for 20, which
 * N-3 loses: tier 3 loses less by it than tier 1. The plan before is p, the one that U-1 made is t. */
static void open_agreed(Program *p)
{
    answered_round_open(
        p,
        "id,category,quantity,priority,sensitivity\nN-1,HW,30,1,\nN-2,HW,30,2,\nN-3,HW,30,3,\n"
        "U-1,SOC,20,4,restricted\n",
        "id,donor,quantity\nO-1,DE,60\n",
        "key,value\nround,R-1\nrelease,all\nstart,2026-01-01\nend,2026-03-31\n",
        PLAN_LINES "N-1,O-1,30\nN-3,O-1,30\n",
        ANSWER_LINES "N-1,O-1,30,agree,,,\nN-3,O-1,30,agree,,,\n");
    ALLOT(p, "solve", "r", "--urgent", "U-1", "--previous", "p", "--tables", "t", "-q");
    assert_exit(p, 0);
}

/* With nothing urgent and DE's answer gone N-2 would have N-3's 30: the answer goes with what took its place. Nobody
 * changed an answer, so none is a cause. */
static void the_urgent_need_is_the_cause_and_not_the_answer_that_gave_way(void **state)
{
    Program p;
    (void)state;
    open_agreed(&p);
    ALLOT(&p, "compare", "p", "t");
    assert_exit(&p, 0);
    assert_prints(&p, "  N-3 from O-1 (DE): EUR 30.00, now EUR 10.00\n"
                      "      the urgent need (--urgent): empty, now U-1\n"
                      "  U-1 from O-1 (DE): nothing, now EUR 20.00\n"
                      "      the urgent need (--urgent): empty, now U-1\n");
    assert_null(strstr(p.run.out, "the answer of DE"));
    program_close(&p);
}

/* N-2 lacks what N-1 of the first tier has, and U-1, which would come behind it. */
static void a_need_is_told_which_of_those_before_it_is_urgent(void **state)
{
    Program p;
    (void)state;
    open_agreed(&p);
    ALLOT(&p, "explain", "r", "N-2", "--previous", "t");
    assert_exit(&p, 0);
    assert_prints(&p, "N-1 of tier 1 has EUR 30.00; N-3 of tier 3 has EUR 10.00; U-1 of tier 4, "
                      "which is urgent, has EUR 20.00.\n");
    ALLOT(&p, "explain", "r", "N-2", "--previous", "p");
    assert_exit(&p, 0);
    assert_null(strstr(p.run.out, "urgent"));
    program_close(&p);
}

/* DE has answered for N-1 alone: N-3 and U-1 wait, of which U-1 is restricted and not published. */
static void what_nobody_has_agreed_to_is_not_published_unsaid(void **state)
{
    Program p;
    (void)state;
    open_agreed(&p);
    ALLOT(&p, "publish", "r", "t", "out.csv", "-q");
    assert_exit(&p, 0);
    assert_says(&p, "t: warning W171: no donor has answered 1 line of this plan, which readers of "
                    "out.csv will take for agreed (DE 1); publish the plan that the answers make, "
                    "or the round once the parties have agreed\n");
    ALLOT(&p, "publish", "r", "p", "out.csv", "-q");
    assert_exit(&p, 0);
    assert_null(strstr(p.run.err, "W171"));
    program_close(&p);
}

/* N-3's 10 are what U-1 left of DE's 30; U-1's 20 were never answered. */
static void a_close_says_what_of_an_agreed_line_is_left_unanswered(void **state)
{
    Program p;
    (void)state;
    open_agreed(&p);
    ALLOT(&p, "close", "r", "t", "l.csv", "-q");
    assert_exit(&p, 0);
    assert_says(&p, "t: warning W171: no donor has answered 2 lines of this plan, which the ledger "
                    "now holds as agreed (DE 2); ask, or take back");
    assert_says(&p,
                "t: warning W171: 1 of them gave way to an urgent need after the donor had agreed "
                "to more (DE 1): the ledger now holds what was left of them, to which nobody has "
                "agreed; ask these donors again (allot pack), and enter what they answer otherwise "
                "with allot record\n");
    /* asked again, DE agrees to both */
    program_put(&p, "a", "x.csv", ANSWER_LINES "N-3,O-1,10,agree,,,\nU-1,O-1,20,agree,,,\n");
    ALLOT(&p, "solve", "r", "--answers", "a", "--previous", "t", "--tables", "u", "-q");
    assert_exit(&p, 0);
    ALLOT(&p, "close", "r", "u", "m.csv", "-q");
    assert_exit(&p, 0);
    assert_null(strstr(p.run.err, "W171"));
    program_close(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_urgent_need_is_the_cause_and_not_the_answer_that_gave_way),
        cmocka_unit_test(a_need_is_told_which_of_those_before_it_is_urgent),
        cmocka_unit_test(what_nobody_has_agreed_to_is_not_published_unsaid),
        cmocka_unit_test(a_close_says_what_of_an_agreed_line_is_left_unanswered),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
