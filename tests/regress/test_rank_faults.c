/* Ranks of fairness that are held by a ten-millionth that no plan has.
 *
 * In this round a rank came to a share that only the slack of the tiers before it gives; held to it, the plain
 * engine had no plan but one that takes 42,470.00 from a pledge for tier 2, and told that to be the least. The
 * least is nothing: nothing is less, and the fast engine's plan, which the check passed, reaches the same tiers
 * and shares without it.
 */
#include "tests/support/hand_round.h"

static const HandRound HELD[] = {
    {"alternatives, bundles and a chain",
     {{"needs.csv", "id,beneficiary,category,region,priority,quantity,unit,weight,min_share,max_"
                    "donors,covered,indivisible,bundle,alternative,unit_cost,requires\n"
                    "N14,B1,HW,R0,3,1217,EUR,5,,,,yes,,A0,,\n"
                    "N02,B0,HW,R0,2,1032,USD,,,1,,yes,,,,\n"
                    "N06,B1,HW,R0,3,61156,USD,1.5,0.2,,,,K1,,,\n"
                    "N08,B1,HW,R1,1,6338,EUR,3,0.5,,,,K1,,,\n"
                    "N07,B1,HW,R1,1,58733,EUR,3,,,,yes,K0,,,\n"
                    "N04,B0,HW,R1,3,11345,USD,4,0.5,1,,,,,,\n"
                    "N15,B0,HW,,2,0,,,,,,,,,34000,N14;N12\n"
                    "N00,B1,HW,R0,3,5173,USD,1.5,,,,,K1,,,\n"
                    "N12,B0,HW,R1,3,123657,EUR,1.5,,1,,,,A0,,\n"
                    "N09,B1,HW,R0,2,2000,EUR,,0.333,3,,,,,,\n"
                    "N03,B1,HW,R1,2,294714,EUR,5,,3,,,,,,\n"
                    "N05,B0,HW,R0,3,15251,EUR,,,2,,yes,,,,\n"
                    "N10,B0,HW,R1,1,2960,EUR,,,,,yes,,,,\n"
                    "N11,B0,HW,R0,1,5000,EUR,2,,1,2500,,,,,\n"
                    "N01,B0,HW,R0,3,2037,USD,0,0.5,1,,,,A0,,\n"},
      {"offers.csv",
       "id,donor,quantity,unit,min_ticket,cost,lapses,status,max_share,only_beneficiaries\n"
       "O2,D0,354449,EUR,8494,1,,paid,0.5,\n"
       "O1,D1,328510,EUR,42470,,,pledged,0.5,\n"
       "O0,D1,90289,USD,42470,0.01,2026-02-15,paid,,\n"
       "O3,D1,162267,EUR,,,2026-01-15,paid,,B1\n"},
      {"donors.csv", "id,min_ticket,currency,share_key,max_share\nD1,,,5,0.6\nD0,12741,EUR,9,\n"},
      {"rates.csv", "currency,rate\nUSD,1.25\n"},
      {"rules.csv",
       "id,kind,category,value,currency,beneficiary,count,of,priority,donor,each,need\n"
       "X1,forbid,,,,,,,,D1,,N06\n"
       "G0,floor,,3822,EUR,B0,,,,,,\n"
       "C1,count,,,,,5,needs,,D0,,\n"
       "L1,limit,HW,223424,EUR,,,,,,,\n"
       "C2,count,,,,,2,needs,,,offer,\n"}},
     "fairness,need\nplan_on,pledged\nend,2026-03-31\nstages,none\ncurrency,EUR\nstart,2026-01-"
     "01\n",
     {{"tier 2", 751110}, {"fairness 2.3", 0.51558460}, {"firmness pledged 2", 0}},
     NULL},
};

static void a_rank_is_held_to_what_plans_have(void **state)
{
    (void)state;
    assert_hand_rounds(HELD, COUNT_OF(HELD));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_rank_is_held_to_what_plans_have),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
