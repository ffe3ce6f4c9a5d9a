/* Corner cases worked out by hand: what needs ask of each other where some of it is covered
 * elsewhere, unknown or not ready; how evenly is shared. */
#include "tests/support/hand_round.h"

static const HandRound BUNDLES[] = {
    {"a bundle whose one member is covered: the other in full or not at all",
     {{"needs.csv", "id,category,quantity,covered,bundle\nN1,X,10,10,B\nN2,X,20,,B\n"},
      {"offers.csv", "id,donor,quantity\nO1,D,15\n"}},
     "fairness,none\nstages,none\n",
     {{"tier 1", 20}},
     ""},
    {"a bundle's member covered in part takes the rest",
     {{"needs.csv", "id,category,quantity,covered,bundle\nN1,X,10,4,B\nN2,X,20,,B\n"},
      {"offers.csv", "id,donor,quantity\nO1,D,26\n"}},
     "fairness,none\nstages,none\n",
     {{"tier 1", 0}},
     NULL},
    {"a member with a minimum takes what is left",
     {{"needs.csv",
       "id,category,quantity,covered,bundle,min_quantity\nN1,X,10,4,B,6\nN2,X,20,,B,\n"},
      {"offers.csv", "id,donor,quantity\nO1,D,22\n"}},
     "fairness,none\nstages,none\n",
     {{"tier 1", 4}},
     "N1 O1 2.00\nN2 O1 20.00\n"},
    {"a minimum that is covered asks for a step all the same",
     {{"needs.csv",
       "id,category,quantity,covered,bundle,min_quantity\nN1,X,10,7,B,6\nN2,X,20,,B,\n"},
      {"offers.csv", "id,donor,quantity\nO1,D,20\n"}},
     "fairness,none\nstages,none\n",
     {{"tier 1", 23}},
     ""},
    {"a member that is covered need not be ready",
     {{"needs.csv", "id,category,quantity,covered,bundle,ready\nN1,X,10,10,B,no\nN2,X,20,,B,\n"},
      {"offers.csv", "id,donor,quantity\nO1,D,20\n"}},
     "fairness,none\nstages,none\n",
     {{"tier 1", 0}},
     "N2 O1 20.00\n"},
    {"a member that is not ready bars its bundle",
     {{"needs.csv", "id,category,quantity,bundle,ready\nN1,X,10,B,no\nN2,X,20,B,\n"},
      {"offers.csv", "id,donor,quantity\nO1,D,30\n"}},
     "fairness,none\nstages,none\n",
     {{"tier 1", 30}},
     ""},
    {"a member of unknown amount bars its bundle",
     {{"needs.csv", "id,category,quantity,bundle\nN1,X,,B\nN2,X,20,B\n"},
      {"offers.csv", "id,donor,quantity\nO1,D,30\n"}},
     "fairness,none\nstages,none\n",
     {{"tier 1", 20}},
     ""},
    {"the alternative that is covered in part is the chosen one",
     {{"needs.csv", "id,category,quantity,covered,alternative\nA1,X,100,20,M\nA2,X,50,,M\n"},
      {"offers.csv", "id,donor,quantity\nO1,D,40\n"}},
     "fairness,none\nstages,none\n",
     {{"tier 1", 25}},
     "A1 O1 40.00\n"},
    {"an alternative that is covered in full asks for nothing more",
     {{"needs.csv", "id,category,quantity,covered,alternative\nA1,X,100,100,M\nA2,X,50,,M\n"},
      {"offers.csv", "id,donor,quantity\nO1,D,40\n"}},
     "fairness,none\nstages,none\n",
     {{"tier 1", 0}},
     ""},
    {"the cheapest member measures the mark, whoever is served",
     {{"needs.csv", "id,category,quantity,covered,alternative,indivisible\nA1,X,100,,M,\nA2,X,50,,"
                    "M,yes\nA3,X,60,,M,\n"},
      {"offers.csv", "id,donor,quantity\nO1,D,45\n"}},
     "fairness,none\nstages,none\n",
     {{"tier 1", 12.5}},
     "A3 O1 45.00\n"},
    {"a mark is met by a member covered elsewhere",
     {{"needs.csv", "id,category,quantity,covered,alternative,requires\nA1,X,100,100,M,\nA2,X,50,,"
                    "M,\nN3,X,30,,,M\n"},
      {"offers.csv", "id,donor,quantity\nO1,D,30\n"}},
     "fairness,none\nstages,none\n",
     {{"tier 1", 0}},
     "N3 O1 30.00\n"},
    {"a mark that is required: its chosen member first",
     {{"needs.csv", "id,category,quantity,covered,alternative,requires\nA1,X,100,50,M,\nA2,X,30,,M,"
                    "\nN3,X,30,,,M\n"},
      {"offers.csv", "id,donor,quantity\nO1,D,70\n"}},
     "fairness,none\nstages,none\n",
     {{"tier 1", 10}},
     "A1 O1 50.00\nN3 O1 20.00\n"},
};

static void bundles_and_alternatives_meet_coverage(void **state)
{
    (void)state;
    assert_hand_rounds(BUNDLES, COUNT_OF(BUNDLES));
}

static const HandRound OUTCOMES[] = {
    {"an outcome three prerequisites deep",
     {{"needs.csv", "id,category,quantity,unit_cost,requires,weight\nN1,X,10,,\nN2,X,10,,N1\nN3,X,"
                    "10,,N2\nW,X,0,1000,N3\nN4,X,50,,\n"},
      {"offers.csv", "id,donor,quantity\nO1,D,50\n"}},
     "fairness,none\nstages,none\n",
     {{"tier 1", 30}},
     NULL},
    {"the same, a cent short",
     {{"needs.csv", "id,category,quantity,unit_cost,requires,weight\nN1,X,10,,\nN2,X,10,,N1\nN3,X,"
                    "10,,N2\nW,X,0,1000,N3\nN4,X,50,,\n"},
      {"offers.csv", "id,donor,quantity\nO1,D,29.99\n"}},
     "fairness,none\nstages,none\n",
     {{"tier 1", 1050.01}},
     NULL},
    {"an outcome of outcomes",
     {{"needs.csv", "id,category,quantity,unit_cost,requires,weight\nN1,X,10,,\nN2,X,10,,N1\nW1,X,"
                    "0,5,N2\nW2,X,0,7,W1;N3\nN3,X,4,,\nN4,X,50,,\n"},
      {"offers.csv", "id,donor,quantity\nO1,D,22\n"}},
     "fairness,none\nstages,none\n",
     {{"tier 1", 59}},
     NULL},
    {"a need behind an outcome of outcomes",
     {{"needs.csv", "id,category,quantity,unit_cost,requires,weight\nN1,X,10,,\nN2,X,10,,N1\nW1,X,"
                    "0,5,N2\nW2,X,0,7,W1;N3\nN3,X,4,,\nN4,X,50,,W2\n"},
      {"offers.csv", "id,donor,quantity\nO1,D,30\n"}},
     "fairness,none\nstages,none\n",
     {{"tier 1", 44}},
     NULL},
    {"an outcome a cent short bars what requires it",
     {{"needs.csv", "id,category,quantity,unit_cost,requires,weight\nN1,X,10,,\nN2,X,10,,N1\nW1,X,"
                    "0,5,N2\nN4,X,50,,W1\n"},
      {"offers.csv", "id,donor,quantity,only_needs\nO1,D,19.99,N1;N2\nO2,D,30,N4\n"}},
     "fairness,none\nstages,none\n",
     {{"tier 1", 55.01}},
     NULL},
    {"an outcome counts as one whole need where shares count",
     {{"needs.csv",
       "id,category,quantity,unit_cost,requires,weight\nN1,X,10,,\nW1,X,0,,N1,2\nN4,X,50,,\n"},
      {"offers.csv", "id,donor,quantity\nO1,D,35\n"}},
     "fairness,none\nstages,none\nmeasure,share\n",
     {{"tier 1", 0.5}},
     NULL},
};

static void outcomes_wait_for_all_they_require(void **state)
{
    (void)state;
    assert_hand_rounds(OUTCOMES, COUNT_OF(OUTCOMES));
}

static const HandRound EVENNESS[] = {
    {"evenness first, though every second euro is lost on the way",
     {{"needs.csv", "id,category,quantity,beneficiary\nN1,X,100,B1\nN2,X,100,B2\n"},
      {"offers.csv",
       "id,donor,quantity,parent,overhead,only_needs\nO1,D,100,,0,\nO2,D,100,O1,0.5,N2\n"},
      {"commitments.csv", "need,offer,kind\nN2,O1,forbidden\n"}},
     "fairness,beneficiary\nstages,none\nwithin_tier,fairness;shortfall\n",
     {{"fairness 1.1", 0.3333}, {"tier 1", 133.33}},
     NULL},
    {"as much as possible first",
     {{"needs.csv", "id,category,quantity,beneficiary\nN1,X,100,B1\nN2,X,100,B2\n"},
      {"offers.csv",
       "id,donor,quantity,parent,overhead,only_needs\nO1,D,100,,0,\nO2,D,100,O1,0.5,N2\n"},
      {"commitments.csv", "need,offer,kind\nN2,O1,forbidden\n"}},
     "fairness,beneficiary\nstages,none\n",
     {{"fairness 1.1", 0}, {"tier 1", 100}},
     NULL},
    {"even amounts by weight, with what is covered",
     {{"needs.csv",
       "id,category,quantity,unit,weight,covered\nN1,X,10,seat,1,2\nN2,X,10,seat,2,\n"},
      {"offers.csv", "id,donor,quantity,unit\nO,D,7,seat\n"}},
     "fairness,need\nfairness_by,quantity\nstages,none\nmeasure,quantity\nwithin_tier,fairness;"
     "shortfall\n",
     {{"fairness 1.1", 3}},
     "N1 O 1.00\nN2 O 6.00\n"},
    {"one has more than its part already",
     {{"needs.csv",
       "id,category,quantity,unit,weight,covered\nN1,X,10,seat,1,9\nN2,X,10,seat,2,\n"},
      {"offers.csv", "id,donor,quantity,unit\nO,D,7,seat\n"}},
     "fairness,need\nfairness_by,quantity\nstages,none\nmeasure,quantity\nwithin_tier,fairness;"
     "shortfall\n",
     {{"fairness 1.1", 3.5}},
     "N2 O 7.00\n"},
    {"one is met before the other",
     {{"needs.csv", "id,category,quantity,weight\nN1,X,3,1\nN2,X,100,1\n"},
      {"offers.csv", "id,donor,quantity\nO,D,50\n"}},
     "fairness,need\nfairness_by,quantity\nstages,none\nwithin_tier,fairness;shortfall\n",
     {{"fairness 1.1", 3}, {"fairness 1.2", 47}},
     "N1 O 3.00\nN2 O 47.00\n"},
    {"the heavier need first, then evenness",
     {{"needs.csv", "id,category,quantity,weight\nN1,X,100,1\nN2,X,100,2\n"},
      {"offers.csv", "id,donor,quantity\nO,D,150\n"}},
     "fairness,need\nfairness_by,quantity\nstages,none\n",
     {{"tier 1", 50}},
     "N1 O 50.00\nN2 O 100.00\n"},
};

static void evenness_comes_where_the_settings_say(void **state)
{
    (void)state;
    assert_hand_rounds(EVENNESS, COUNT_OF(EVENNESS));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bundles_and_alternatives_meet_coverage),
        cmocka_unit_test(outcomes_wait_for_all_they_require),
        cmocka_unit_test(evenness_comes_where_the_settings_say),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
