/* Bounds to the fraction of a cent.
 *
 * Rules count each line in whole cents, and so does the independent check; rows of the program know
 * fractions of a cent. A round whose agreed amount was 0.4 cents beyond a limit, or of whose need
 * all was 0.2 cents short of a floor, once had no plan, though the check would have passed it.
 * A round that no whole cents keep once ended as a fault of the program.
 */
#include "tests/support/hand_round.h"
#include "tests/support/test_support.h"

static const HandRound ROUNDS[] = {
    /* 1,467,330 x 0.006137 = 9,005.00421, in cents 9,005.00; 2,532,670 x 0.006137 = 15,542.99579 */
    {"what is agreed is a fraction of a cent over a limit",
     {{"needs.csv", "id,beneficiary,category,unit,quantity\nN1,B1,X,JPY,4000000\n"},
      {"offers.csv", "id,donor,unit,quantity\nO1,D1,JPY,4000000\n"},
      {"beneficiaries.csv", "id,max_value\nB1,9005\n"},
      {"rates.csv", "currency,rate\nJPY,0.006137\n"},
      {"commitments.csv", "need,offer,kind,quantity\nN1,O1,fixed,1467330\n"}},
     "fairness,none\n",
     {{"tier 1", 15542.99579}},
     "N1 O1 1467330.00\n"},
    /* 1,467,329 x 0.006137 = 9,004.998073, in cents 9,005.00 */
    {"all there is to give is a fraction of a cent under a floor",
     {{"needs.csv", "id,beneficiary,category,unit,quantity\nN1,B1,X,JPY,1467329\n"},
      {"offers.csv", "id,donor,unit,quantity\nO1,D1,JPY,4000000\n"},
      {"rates.csv", "currency,rate\nJPY,0.006137\n"},
      {"rules.csv", "id,kind,need,value,currency\nR1,floor,N1,9005,EUR\n"}},
     "fairness,none\n",
     {{"tier 1", 0}},
     "N1 O1 1467329.00\n"}};

static void amounts_within_their_bounds_but_for_fractions_of_a_cent_are_a_plan(void **state)
{
    (void)state;
    assert_hand_rounds(ROUNDS, COUNT_OF(ROUNDS));
}

/* A cent is 1.63 yen. 10.00 EUR are 1,629.46 yen, in whole ones 1,630, and two of that 3,260: the offer holds
 * 3,259, which split amounts would do with. 9.99 are 1,627.83, so that lowering one floor by a cent is enough. */
#define CENTS_OF_YEN(floor)                                                                        \
    {                                                                                              \
        {"needs.csv", "id,category,unit,quantity\nN1,X,EUR,10.00\nN2,X,EUR,10.00\n"},              \
            {"offers.csv", "id,donor,unit,quantity\nO1,D1,JPY,3259\n"},                            \
            {"rates.csv", "currency,rate\nJPY,0.006137\n"},                                        \
            {"rules.csv",                                                                          \
             "id,kind,need,value,currency\nR1,floor,N1,10,EUR\nR2,floor,N2," floor ",EUR\n"},      \
            {"settings.csv", "key,value\nfairness,none\n"},                                        \
        {                                                                                          \
            NULL, NULL                                                                             \
        }                                                                                          \
    }

static void floors_that_only_split_cents_could_keep_have_no_plan_and_say_by_how_much(void **state)
{
    static const CaseFile SPLIT[] = CENTS_OF_YEN("10"), WHOLE[] = CENTS_OF_YEN("9.99");
    (void)state;
    Pipeline *run = case_run(SPLIT);
    assert_int_equal(run->status, STATUS_NO_PLAN);
    assert_int_equal(run->result.broken, 2); /* of offer O1, R1, R2 */
    assert_int_equal(run->result.excess, 1); /* a cent */
    pipeline_free(run);
    pipeline_free(case_plan(WHOLE));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(floors_that_only_split_cents_could_keep_have_no_plan_and_say_by_how_much),
        cmocka_unit_test(amounts_within_their_bounds_but_for_fractions_of_a_cent_are_a_plan),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
