/* Asks under a limit that is used up, worked by hand, and told without a solve (the time for solves is over).
 *
 * BA may receive 100 EUR. A1 of tier 1 asks for 100 and has the 40 of offer X; A2 of tier 2, also BA's, asks
 * for 60, B2 of tier 2 for 100; offer Y holds 60 for the two, and A2 has all of it. For A1 to be met A2 has
 * to give way, by 60, and B2 gets them: the tier as a whole has what it had. So 60 more of X are enough.
 */
#include "tests/support/ask_case.h"
#include "tests/support/test_support.h"

/** The plan of the round. @param b2  the quantity of B2 */
static Pipeline *decide(const char *b2)
{
    char needs[300];
    (void)snprintf(needs, sizeof needs,
                   "id,category,priority,quantity,unit,beneficiary\nA1,HW,1,100,EUR,BA\n"
                   "A2,HW,2,60,EUR,BA\nB2,HW,2,%s,EUR,BB\n",
                   b2);
    Pipeline *run = ask_case_decide(
        needs, "id,donor,quantity,unit,only_needs\nX,DE,40,EUR,A1\nY,FR,60,EUR,A2;B2\n",
        "BA,100\nBB,\n");
    assert_int_equal(run->plan.needs[round_find_need(&run->round, "A2")].unmet, 0);
    return run;
}

/** The same, and its asks. */
static Pipeline *ask(const char *b2, const Asks **asks)
{
    Formulation widened;
    Pipeline *run = decide(b2);
    ask_case_widen(run, &widened);
    assert_int_equal(ask_case_told(run, &widened, asks), STATUS_OK);
    return run;
}

static void others_under_the_limit_give_way_and_their_tier_is_made_good(void **state)
{
    const Asks *asks;
    (void)state;
    Pipeline *run = ask("100", &asks);
    assert_one_gift(run, asks, "A1", "X", 6000);
    /* the appeal: 60 for A1; then B2, which has A2's 60, asks for 40; A2 for all that BA may not have */
    assert_int_equal(asks->appeal_count, 2);
    assert_int_equal(asks->appeal[0].value, 6000);
    assert_string_equal(run->round.needs[asks->appeal[1].need].id, "B2");
    assert_int_equal(asks->appeal[1].value, 4000);
    pipeline_free(run);
}

/** B2 takes no more than 50: of the 60 that A2 would lose 10 have nowhere to go. */
static void no_amount_is_enough_where_the_tier_cannot_be_made_good(void **state)
{
    const Asks *asks;
    (void)state;
    Pipeline *run = ask("50", &asks);
    assert_ask_stopped(run, asks, "A1");
    pipeline_free(run);
}

/** The swap gives Y to B2, the last pair of all: a program that has it not cannot hold the swap's lines. */
static void a_line_that_is_no_pair_of_the_program_is_a_fault(void **state)
{
    const Asks *asks;
    Formulation widened;
    (void)state;
    Pipeline *run = decide("100");
    ask_case_widen(run, &widened);
    PairSet less = *widened.pairs;
    size_t needs = run->round.need_count, last = less.count - 1;
    assert_string_equal(run->round.needs[less.pairs[last].need].id, "B2");
    assert_string_equal(run->round.offers[less.pairs[last].offer].id, "Y");
    less.first[needs]--;
    widened.pairs = &less;
    assert_int_equal(ask_case_told(run, &widened, &asks), STATUS_INTERNAL);
    pipeline_free(run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(others_under_the_limit_give_way_and_their_tier_is_made_good),
        cmocka_unit_test(no_amount_is_enough_where_the_tier_cannot_be_made_good),
        cmocka_unit_test(a_line_that_is_no_pair_of_the_program_is_a_fault),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
