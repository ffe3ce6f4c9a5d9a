/* Alternatives under fairness, worked out by hand: a mark asks once in its group, for the amount of its
 * cheapest member, and whichever member is met in full meets it in full.
 */
#include "tests/support/hand_round.h"

static const HandRound ONCE[] = {
    /* 80 + 45 were asked of the share: 80 of 125 looked fairer than 45 of it, and 25 less was left for N3 */
    {"the dearer alternative is no fairer than the cheaper",
     {{"needs.csv",
       "id,category,quantity,priority,indivisible,alternative,beneficiary\nA1,X,80,1,yes,"
       "M,B1\nA2,X,45,1,yes,M,B1\nN3,X,80,2,,,B2\n"},
      {"offers.csv", "id,donor,quantity\nO1,D,100\n"}},
     "stages,none\n",
     {{"tier 1", 0}, {"fairness 1.1", 1}, {"tier 2", 25}, {"fairness 2.1", 0.6875}},
     "A2 O1 45.00\nN3 O1 55.00\n"},
    {"settled after the tiers it is the same plan",
     {{"needs.csv",
       "id,category,quantity,priority,indivisible,alternative,beneficiary\nA1,X,80,1,yes,"
       "M,B1\nA2,X,45,1,yes,M,B1\nN3,X,80,2,,,B2\n"},
      {"offers.csv", "id,donor,quantity\nO1,D,100\n"}},
     "stages,none\nfairness,none\n",
     {{"tier 1", 0}, {"tier 2", 25}},
     "A2 O1 45.00\nN3 O1 55.00\n"},
    /* 30 of 50 and 60 of 100 */
    {"what may be divided is shared with the cheapest amount",
     {{"needs.csv", "id,category,quantity,alternative,beneficiary\nA1,X,100,M,B1\nA2,X,50,M,B1\n"
                    "N3,X,100,,B2\n"},
      {"offers.csv", "id,donor,quantity\nO1,D,90\n"}},
     "stages,none\n",
     {{"tier 1", 60}, {"fairness 1.1", 0.6}},
     "A2 O1 30.00\nN3 O1 60.00\n"},
    /* half of the dearer is half of the mark: 45 of 100 for both; 50 (1 - 0.45) + 55 */
    {"of a dearer member its own part counts",
     {{"needs.csv", "id,category,quantity,alternative,beneficiary\nA1,X,100,M,B1\nA2,Y,50,M,B1\n"
                    "N3,X,100,,B2\n"},
      {"offers.csv", "id,donor,category,quantity\nO1,D,X,90\n"}},
     "stages,none\nwithin_tier,fairness;shortfall\n",
     {{"fairness 1.1", 0.45}, {"tier 1", 82.5}},
     "A1 O1 45.00\nN3 O1 45.00\n"},
    /* B1 asks 60 + 40 and B2 100: 25 each of 50 */
    {"a mark and a need of one group",
     {{"needs.csv", "id,category,quantity,alternative,beneficiary\nA1,X,100,M,B1\nA2,X,60,M,B1\n"
                    "N3,X,40,,B1\nN4,X,100,,B2\n"},
      {"offers.csv", "id,donor,quantity\nO1,D,50\n"}},
     "stages,none\n",
     {{"tier 1", 150}, {"fairness 1.1", 0.25}},
     NULL},
    {"the member covered elsewhere is what is asked",
     {{"needs.csv", "id,category,quantity,covered,alternative,beneficiary\nA1,X,100,20,M,B1\n"
                    "A2,X,50,,M,B1\nN3,X,60,,,B2\n"},
      {"offers.csv", "id,donor,quantity\nO1,D,44\n"}},
     "stages,none\nwithin_tier,fairness;shortfall\n",
     {{"fairness 1.1", 0.4}, {"tier 1", 73.5}},
     "A1 O1 20.00\nN3 O1 24.00\n"},
    {"a member of unknown amount asks for nothing",
     {{"needs.csv", "id,category,quantity,alternative,beneficiary\nA1,X,,M,B1\nA2,X,50,M,B1\n"
                    "N3,X,100,,B2\n"},
      {"offers.csv", "id,donor,quantity\nO1,D,75\n"}},
     "stages,none\n",
     {{"tier 1", 75}, {"fairness 1.1", 0.5}},
     "A2 O1 25.00\nN3 O1 50.00\n"},
};

static void a_mark_asks_once(void **state)
{
    (void)state;
    assert_hand_rounds(ONCE, COUNT_OF(ONCE));
}

static const HandRound GROUPED[] = {
    {"alternatives are one need",
     {{"needs.csv", "id,category,quantity,indivisible,alternative\nA1,X,80,yes,M\nA2,X,45,yes,M\n"
                    "N3,X,110,,\n"},
      {"offers.csv", "id,donor,quantity\nO1,D,100\n"}},
     "stages,none\nfairness,need\n",
     {{"tier 1", 55}, {"fairness 1.1", 0.5}, {"fairness 1.2", 1}},
     "A2 O1 45.00\nN3 O1 55.00\n"},
    {"all or nothing: two marks and a need, of which two are met",
     {{"needs.csv", "id,category,quantity,indivisible,alternative\nA1,X,80,yes,M\nA2,X,45,yes,M\n"
                    "A3,X,70,yes,P\nA4,X,60,yes,P\nN5,X,55,yes,\n"},
      {"offers.csv", "id,donor,quantity\nO1,D,101\n"}},
     "stages,none\nfairness,need\nwithin_tier,fairness;shortfall\n",
     {{"fairness 1.1", 0}, {"fairness 1.2", 1}, {"tier 1", 60}},
     "A2 O1 45.00\nN5 O1 55.00\n"},
    /* R1 has 45 of its 45 + 40 by the other region's member, and 20 of N3 */
    {"a mark over two regions asks in both",
     {{"needs.csv", "id,category,quantity,indivisible,alternative,region\nA1,X,80,yes,M,R1\n"
                    "A2,X,45,yes,M,R2\nN3,X,40,,,R1\n"},
      {"offers.csv", "id,donor,quantity\nO1,D,65\n"}},
     "stages,none\nfairness,region\n",
     {{"tier 1", 20}, {"fairness 1.1", 65.0 / 85.0}, {"fairness 1.2", 1}},
     "A2 O1 45.00\nN3 O1 20.00\n"},
    /* B1 has the mean of its mark and of N3: 40 of 50 is 0.8 of one of the two; B2 has 40 of 100 */
    {"without a value a mark is one of the shares of a mean",
     {{"needs.csv", "id,category,quantity,unit,alternative,beneficiary\nA1,X,10,seat,M,B1\n"
                    "A2,X,50,,M,B1\nN3,X,50,,,B1\nN4,X,100,,,B2\n"},
      {"offers.csv", "id,donor,quantity\nO1,D,80\n"}},
     "stages,none\nwithin_tier,fairness;shortfall\n",
     {{"fairness 1.1", 0.4}, {"tier 1", 70}, {"unvalued 1", 1}},
     "N3 O1 40.00\nN4 O1 40.00\n"},
    /* A2's 50 over its weight of 2 are 25 at most: 40 of 50 are 20 */
    {"by quantity: the cheapest member's over its weight",
     {{"needs.csv", "id,category,quantity,weight,alternative\nA1,X,100,1,M\nA2,X,50,2,M\n"
                    "N3,X,100,1,\n"},
      {"offers.csv", "id,donor,quantity\nO1,D,60\n"}},
     "stages,none\nfairness,need\nfairness_by,quantity\nwithin_tier,fairness;shortfall\n",
     {{"fairness 1.1", 20}, {"tier 1", 100}},
     "A2 O1 40.00\nN3 O1 20.00\n"},
};

static void a_mark_asks_in_every_group_of_its_members(void **state)
{
    (void)state;
    assert_hand_rounds(GROUPED, COUNT_OF(GROUPED));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_mark_asks_once),
        cmocka_unit_test(a_mark_asks_in_every_group_of_its_members),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
