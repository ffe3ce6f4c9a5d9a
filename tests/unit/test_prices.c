/* Prices and worths of a round worked by hand: need A of tier 1 and need B of tier 2 ask for 100 EUR
 * each; offer ALL holds 50, offer EAR holds 60 for B alone. A has 50, B has 60.
 */
#include "allot/prices.h"
#include "allot/worths.h"
#include "tests/support/pipeline.h"
#include "tests/support/round_case.h"
#include "tests/support/test_support.h"

#include <stdio.h>
#include <string.h>

static Pipeline *open_round_of(const char *needs)
{
    char *dir = test_dir_make();
    write_file(dir, "needs.csv", needs);
    write_file(dir, "offers.csv",
               "id,donor,quantity,unit,only_needs\nALL,DE,50,EUR,\nEAR,FR,60,EUR,B\n");
    write_file(dir, "settings.csv", "key,value\nfairness,none\ncurrency,EUR\n");
    Pipeline *run = pipeline_run(dir, NULL, 0);
    test_dir_remove(dir);
    assert_int_equal(run->status, STATUS_OK);
    return run;
}

static Pipeline *open_round(void)
{
    return open_round_of("id,category,priority,quantity,unit\nA,HW,1,100,EUR\nB,HW,2,100,EUR\n");
}

/** Without the earmark 110 EUR are free: A gets 50 more, and B is left with 10, 50 less. */
static void an_earmark_costs_the_first_tier_what_it_keeps_from_it(void **state)
{
    (void)state;
    Pipeline *run = open_round();
    Formulation widened;
    SolveSettings settings = solve_settings_of(&run->round);
    const Prices *prices;
    assert_int_equal(formulation_build_widened(&run->round, run->arena, &widened), STATUS_OK);
    assert_int_equal(widened.pairs->count, 4); /* three of E, and EAR to A */
    assert_int_equal(solve_prices(&widened, &run->plan, &settings, run->arena, &prices), STATUS_OK);
    assert_int_equal(prices->count, 1);
    const Price *price = &prices->prices[0];
    assert_int_equal(prices->lifts->lifts[price->lift].kind, LIFT_EARMARK);
    assert_string_equal(prices->lifts->lifts[price->lift].id, "EAR");
    assert_string_equal(prices->lifts->lifts[price->lift].column, "only_needs");
    assert_int_equal(price->first, 0);
    assert_float_equal(price->gain[0].met, 50, 1e-6);
    assert_float_equal(price->gain[0].most, 50, 1e-6);
    assert_float_equal(price->gain[1].met, -50, 1e-6);
    assert_int_equal(price->gain[0].value, 5000);
    assert_int_equal(price->value, 0);
    assert_int_equal(price->need_count, 1);
    assert_int_equal(price->needs[0].need, round_find_need(&run->round, "A"));
    assert_int_equal(price->needs[0].more, 5000);
    pipeline_free(run);
}

/** A has 50 of 100 and gains 50 on the class network. C, of which nobody knows the amount, has a weight of so
 *  many decimals that the others' would overflow in its units: it is in no sum. */
static void a_need_of_unknown_amount_has_no_say_in_what_weights_are_counted_in(void **state)
{
    static const char *const weights[] = {"1", "1.000000000000001", "1.00000000000000001"};
    (void)state;
    for (size_t i = 0; i < sizeof weights / sizeof *weights; i++) {
        char needs[200];
        (void)snprintf(needs, sizeof needs,
                       "id,category,priority,quantity,unit,weight\nA,HW,1,100,EUR,300\n"
                       "B,HW,2,100,EUR,1\nC,HW,1,,EUR,%s\n",
                       weights[i]);
        Pipeline *run = open_round_of(needs);
        Formulation widened;
        const Prices *prices;
        assert_int_equal(formulation_build_widened(&run->round, run->arena, &widened), STATUS_OK);
        assert_int_equal(solve_network_prices(&widened, &run->plan, run->arena, &prices),
                         STATUS_OK);
        assert_non_null(prices);
        assert_int_equal(prices->count, 1);
        assert_float_equal(prices->prices[0].gain[0].met, 300.0 * 50, 1e-6);
        assert_int_equal(prices->prices[0].gain[0].value, 5000);
        pipeline_free(run);
    }
}

/** The gain of the thing's two steps, by the network and by the program. The thing is an offer's only_needs. */
static void assert_gains(const CaseFile *files, const char *id, double first, double second)
{
    Pipeline *run = case_plan(files);
    Formulation widened;
    SolveSettings settings = solve_settings_of(&run->round);
    const Prices *by[2];
    settings.sift_from = -1;
    assert_int_equal(formulation_build_widened(&run->round, run->arena, &widened), STATUS_OK);
    assert_int_equal(solve_network_prices(&widened, &run->plan, run->arena, &by[0]), STATUS_OK);
    assert_int_equal(solve_prices(&widened, &run->plan, &settings, run->arena, &by[1]), STATUS_OK);
    for (size_t i = 0; i < COUNT_OF(by); i++) {
        const Price *price = NULL;
        assert_non_null(by[i]);
        assert_int_equal(by[i]->step_count, 2);
        for (size_t k = 0; k < by[i]->count; k++)
            if (strcmp(by[i]->lifts->lifts[by[i]->prices[k].lift].id, id) == 0)
                price = &by[i]->prices[k];
        assert_non_null(price);
        if (price == NULL)
            return;
        assert_close(price->gain[0].met, first, 1e-5, 0);
        assert_close(price->gain[1].met, second, 1e-5, 0);
    }
    pipeline_free(run);
}

/** BA may receive 100. Its A1 and BB's B1 share X, 50 each. Without the earmark Z's 100 are there for A2, BA's
 *  too, but for the 10 of C2 and the 20 of D1, where there is one: A2 gets 50. It would get 90, or 70, if A1 left
 *  X to B1, and the tier as a whole had what it had: but A1 keeps its share. */
static void a_later_tier_takes_nothing_from_the_shares_of_groups(void **state)
{
    static const char *const D1[] = {"", "D1,TRN,1,20,EUR,BD\n"};
    char needs[300];
    CaseFile files[CASE_FILES] = {
        {"needs.csv", needs},
        {"offers.csv", "id,donor,quantity,unit,category,only_needs\nX,DE,100,EUR,HW,\n"
                       "Z,FR,100,EUR,TRN,C2\n"},
        {"beneficiaries.csv", "id,max_value\nBA,100\nBB,\nBC,\nBD,\n"},
        {"settings.csv", "key,value\nfairness,beneficiary\ncurrency,EUR\n"}};
    (void)state;
    for (size_t i = 0; i < COUNT_OF(D1); i++) {
        (void)snprintf(needs, sizeof needs,
                       "id,category,priority,quantity,unit,beneficiary\nA1,HW,1,100,EUR,BA\n"
                       "B1,HW,1,100,EUR,BB\nA2,TRN,2,100,EUR,BA\nC2,TRN,2,10,EUR,BC\n%s",
                       D1[i]);
        assert_gains(files, "Z", i == 0 ? 0 : 20, 50);
    }
}

/** A1 counts three times what B1 does: without the earmark it takes the 100 of X from B1, which can keep
 *  nothing of its share. The tier gains 300 - 100; C2 still has the 40 of Z. */
static void shares_that_an_earlier_tier_takes_away_are_not_kept(void **state)
{
    static const CaseFile FILES[CASE_FILES] = {
        {"needs.csv",
         "id,category,priority,quantity,unit,beneficiary,weight\nA1,HW,1,100,EUR,BA,3\n"
         "B1,HW,1,100,EUR,BB,1\nC2,TRN,2,100,EUR,BC,1\n"},
        {"offers.csv", "id,donor,quantity,unit,category,only_needs\nX,DE,100,EUR,HW,B1\n"
                       "Z,FR,40,EUR,TRN,\n"},
        {"settings.csv", "key,value\nfairness,beneficiary\ncurrency,EUR\n"}};
    (void)state;
    assert_gains(FILES, "X", 200, 0);
}

/** A seat is one offer's: B's seats cost 20 and no offer has them, so nothing is given; split, B could have
 *  one of both offers' 10, with or without the exclusion of A's region and the earmark for B. Lifting
 *  either gives A its seat all the same. */
static void what_leaves_the_relaxation_as_it_is_may_have_a_price(void **state)
{
    (void)state;
    char *dir = test_dir_make();
    write_file(dir, "needs.csv",
               "id,category,region,quantity,unit,unit_cost\n"
               "A,HW,R1,1,seat,10\nB,HW,R2,2,seat,20\n");
    write_file(dir, "offers.csv",
               "id,donor,quantity,unit,not_regions,only_needs\n"
               "EXC,DE,10,EUR,R1,\nEAR,FR,10,EUR,,B\n");
    write_file(dir, "settings.csv", "key,value\nfairness,none\nstages,none\n");
    Pipeline *run = pipeline_run(dir, NULL, 0);
    test_dir_remove(dir);
    assert_int_equal(run->status, STATUS_OK);
    assert_int_equal(run->plan.assignment_count, 0);
    Formulation widened;
    SolveSettings settings = solve_settings_of(&run->round);
    const Prices *prices;
    assert_int_equal(formulation_build_widened(&run->round, run->arena, &widened), STATUS_OK);
    assert_int_equal(solve_prices(&widened, &run->plan, &settings, run->arena, &prices), STATUS_OK);
    assert_int_equal(prices->count, 2);
    for (size_t i = 0; i < prices->count; i++) {
        const Price *price = &prices->prices[i];
        assert_string_equal(prices->lifts->lifts[price->lift].column,
                            i == 0 ? "not_regions" : "only_needs");
        assert_float_equal(price->gain[0].met, 10, 1e-6);
        assert_float_equal(price->gain[0].most, 10, 1e-6);
        assert_int_equal(price->value, 1000);
    }
    pipeline_free(run);
}

static const Worth *worth_of(const Worths *worths, const char *offer, int step)
{
    for (size_t i = 0; i < worths->count; i++)
        if (strcmp(worths->lifts->lifts[worths->worths[i].lift].id, offer) == 0 &&
            worths->worths[i].step == step)
            return &worths->worths[i];
    fail_msg("no worth of %s", offer);
    return NULL;
}

static void assert_side(WorthSide side, double slope, int64_t until)
{
    assert_true(side.known);
    assert_false(side.needed);
    assert_float_equal(side.slope, slope, 1e-9);
    assert_int_equal(side.until, until);
}

/** ALL: a euro more goes to A, up to 100; with A held at 50 it may as well go to B, which lacks 40: up to
 *  90; none can be spared. EAR: nothing to A; to B up to 100, and all of it can be spared for A. */
static void one_more_is_worth_what_it_meets_until_nothing_is_left_to_meet(void **state)
{
    (void)state;
    Pipeline *run = open_round();
    const Worths *worths = pipeline_worths(run);
    assert_int_equal(worths->count, 4);
    assert_side(worth_of(worths, "ALL", 0)->more, 1, 10000);
    assert_side(worth_of(worths, "ALL", 0)->less, 1, 0);
    assert_side(worth_of(worths, "ALL", 1)->more, 1, 9000);
    assert_true(worth_of(worths, "ALL", 1)->less.needed);
    assert_float_equal(worth_of(worths, "EAR", 0)->more.slope, 0, 0);
    assert_true(worth_of(worths, "EAR", 0)->more.endless);
    assert_side(worth_of(worths, "EAR", 0)->less, 0, 0);
    assert_side(worth_of(worths, "EAR", 1)->more, 1, 10000);
    assert_side(worth_of(worths, "EAR", 1)->less, 1, 0);
    pipeline_free(run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_earmark_costs_the_first_tier_what_it_keeps_from_it),
        cmocka_unit_test(a_need_of_unknown_amount_has_no_say_in_what_weights_are_counted_in),
        cmocka_unit_test(what_leaves_the_relaxation_as_it_is_may_have_a_price),
        cmocka_unit_test(a_later_tier_takes_nothing_from_the_shares_of_groups),
        cmocka_unit_test(shares_that_an_earlier_tier_takes_away_are_not_kept),
        cmocka_unit_test(one_more_is_worth_what_it_meets_until_nothing_is_left_to_meet),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
