/* Fairness among needs of things that come one by one, worked out by hand.
 *
 * In the round B3 may have 93,819.25 and money is enough for all else, so that the tier misses what B3's
 * three needs ask beyond that, 308,179.34 - (5,977.66 + 53,274.37 + 93,819.25) = 155,108.06, if they come to it
 * to the cent: a licences of 859.12, b servers of 4,000 and m <= 2,987.63 of money with
 * 859.12 a + 4,000 b + m = 93,819.25. The smallest share is at most 42/114: with 43 licences or more and 14
 * servers or more (13 are 13/37, less) 876.70 at the most are left, of m 0.2935. With 42 and 14 m is 1,736.21;
 * 15 servers leave less than nothing for it. So 42/114, 14/37, 1,736.21 / 2,987.63, and all others 1.
 *
 * Branching on lines alone, each of which says only from whom a thing comes, left the second share open at
 * 4,000 nodes.
 */
#include "tests/support/hand_round.h"

static const HandRound UNITS[] = {
    {"licences, servers and money under one limit",
     {{"needs.csv",
       "id,beneficiary,category,priority,quantity,unit,min_quantity,unit_cost,currency\n"
       "N00,B3,HW,2,2987.63,EUR,,,\nN01,B2,HW,2,7674.37,EUR,,,\n"
       "N02,B2,HW,1,2151.52,EUR,717.17,,\nN03,B3,HW,2,114,licence,,859.12,EUR\n"
       "N04,B1,HW,2,5,expert-day,1,359.58,EUR\nN05,B1,HW,2,4179.76,EUR,,,\n"
       "N06,B3,HW,2,37,server,,4000.00,EUR\nN07,B2,HW,1,4,expert-day,,600.00,EUR\n"
       "N08,B2,HW,2,45600.00,EUR,,,\n"},
      {"offers.csv", "id,donor,status,quantity,unit,only_categories,not_beneficiaries\n"
                     "O0,D1,committed,26962.69,EUR,,\nO1,D5,committed,41160.43,EUR,,\n"
                     "O2,D5,paid,56822.42,EUR,,\nO3,D4,paid,55180.67,EUR,HW,B2\n"},
      {"beneficiaries.csv", "id,max_value\nB1,\nB2,\nB3,93819.25\n"}},
     "start,2026-01-01\nend,2026-03-31\ncurrency,EUR\nfairness,need\nstages,cost\n",
     {{"tier 2", 155108.06},
      {"fairness 2.1", 42.0 / 114},
      {"fairness 2.2", 14.0 / 37},
      {"fairness 2.3", 1736.21 / 2987.63}},
     NULL}};

static void needs_of_things_share_as_worked_out_by_hand(void **state)
{
    (void)state;
    assert_hand_rounds(UNITS, COUNT_OF(UNITS));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(needs_of_things_share_as_worked_out_by_hand),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
