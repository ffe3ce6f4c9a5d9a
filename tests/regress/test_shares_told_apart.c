/* Sums of many shares. What a search proves when it ends is off by 1e-7 of the sum; with more than ten shares in
 * it that was more than the 1e-6 which ends count for, and what was proven was told as within the gap.
 */
#include "tests/support/hand_round.h"

/* Twelve beneficiaries keep the 90 of 100 that they have. A and B have 95 each; of the 7 there are, one of
 * them takes 5 and the other nothing, where 3.50 and 3.50 would give both 0.985 if they could be split. Unmet:
 * 12 times 10, and 5. The shares: twelve of 0.90, then 0.95, then 1. */
#define KEPT(n) "C" n ",X,100,C" n ",90,\n"

static const HandRound MANY_SHARES[] = {
    {"the thirteenth share of fourteen",
     {{"needs.csv",
       "id,category,quantity,beneficiary,covered,indivisible\n" KEPT("01") KEPT("02") KEPT("03")
           KEPT("04") KEPT("05") KEPT("06") KEPT("07") KEPT("08") KEPT("09") KEPT("10") KEPT("11")
               KEPT("12") "A,Y,100,A,95,yes\nB,Y,100,B,95,yes\n"},
      {"offers.csv", "id,donor,quantity,categories\nO1,D,7,Y\n"}},
     "stages,none\n",
     {{"tier 1", 125}, {"fairness 1.1", 0.9}, {"fairness 1.13", 0.95}, {"fairness 1.14", 1}},
     NULL},
};

static void what_a_search_of_many_shares_proves_is_proven(void **state)
{
    (void)state;
    assert_hand_rounds(MANY_SHARES, COUNT_OF(MANY_SHARES));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_a_search_of_many_shares_proves_is_proven),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
