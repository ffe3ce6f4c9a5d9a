/* Stages that are proven and were called unproven, because a stage before was held at what the doubles of a
 * search made of it: each the smallest round that showed it, right by hand.
 */
#include "tests/support/fault_case.h"
#include "tests/support/test_support.h"

static const FaultCase FAULTS[] = {
    /* O2 is 108,000 EUR, O4 44,640 after its overhead, all of it for A1, which takes 45,360.00 (50,400.00
       USD) of O2 as well. 13 seats are 36,111.12 USD, 12 of 20 would leave more unmet; A6 is 33,333.34 USD;
       155.54 USD are left for A11, 139.986 EUR. So all that A11 has is committed. The level of "firmness
       committed 2" was held at 62,499.999154, which nothing keeps: things and A6 are 62,500 */
    {"what noise made of a level proves nothing, the plan's own figures do",
     "id,category,quantity,unit,unit_cost,priority,covered,indivisible\n"
     "A1,SOC,100000,EUR,,1,10000,\nA3,TRN,20,seat,2500,2,,\nA6,HW,30000,EUR,,2,,yes\n"
     "A11,SOC,25000,EUR,,3,,\n",
     "id,donor,quantity,unit,category,status,overhead\nO2,US,120000,USD,*,committed,\n"
     "O4,NL,40000,GBP,SOC;TRN,paid,0.07\n",
     "key,value\nplan_on,pledged\n", "rates.csv", "currency,rate\nUSD,0.9\nGBP,1.2\n",
     "\nfirmness committed 3,min,139.98,139.98,0,optimal\n"},
    /* Paid are 31,269.16, of which ten of N03 and six of N02 take 31,134.00; what is left does not pay a
       licence of N01 at 1,358.58: ten of them are committed. B0 has no room for the eight licences that N00
       needs at least. The search may lean on levels that give way by millionths, and its bound was
       13,585.799850 */
    {"less than a step from its bound is proven behind the tiers too",
     "id,beneficiary,category,priority,quantity,unit,unit_cost,min_share,weight,indivisible\n"
     "N00,B0,HW,3,36,licence,2374.38,0.2,,\nN01,B1,HW,3,10,licence,1358.58,0.5,,\n"
     "N02,B1,HW,2,21,seat,507.90,,2,\nN03,B0,HW,2,22,seat,2808.66,,,yes\n"
     "N04,B0,HW,3,51000,EUR,,,,yes\n",
     "id,donor,quantity,unit,overhead,status\nO0,D1,34743.52,EUR,0.1,paid\n"
     "O1,D1,60538.26,EUR,,committed\n",
     "key,value\nplan_on,pledged\ngap,0\n", "beneficiaries.csv", "id,max_value\nB0,66755\nB1,\n",
     "\nfirmness committed 3,min,13585.8,13585.8,0,optimal\n"},
};

static void stages_that_are_proven_are_called_so(void **state)
{
    (void)state;
    assert_faults_mended(FAULTS, COUNT_OF(FAULTS));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(stages_that_are_proven_are_called_so)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
