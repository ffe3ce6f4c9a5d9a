/* A search that once never came to an end: GLPK's feasibility pump, called for a second rank of fairness
 * behind three frozen tiers, went round in circles in a program of five needs; no limit stops it there.
 */
#include <unistd.h>

#include "tests/support/round_case.h"
#include "tests/support/test_support.h"

static const char NEEDS[] = "id,beneficiary,category,quantity,unit,currency,priority,weight,min_"
                            "quantity,covered,indivisible\n"
                            "N0,B0,c,123456,USD,,3,,,1,\n"
                            "N1,B1,d,100,EUR,,3,,1,,\n"
                            "N2,B0,d,123456,JPY,,1,1,,,\n"
                            "N3,B1,d,1000000,EUR,,2,1,1,,yes\n"
                            "N4,B0,c,7,JPY,,1,0.000001,,,\n";

static const char OFFERS[] =
    "id,donor,quantity,unit,category,status,overhead,lapses,max_share,min_ticket,valid_to\n"
    "O0,D0,999999999,seat,c,pledged,,2026-03-01,0.000001,,\n"
    "O1,D1,1000000,JPY,*,pledged,0.07,,,,\n"
    "O2,D0,100,seat,*,paid,,,0.000001,5,2099-12-31\n";

static const char SETTINGS[] = "key,value\nstart,2026-01-01\nend,2026-03-31\nplan_on,pledged\n";

/* It takes hundredths of a second; where it goes on for ever the test ends as killed. */
enum { SECONDS_MOST = 60 };

static void a_search_that_has_a_point_comes_to_an_end(void **state)
{
    const CaseFile files[CASE_FILES] = {{"needs.csv", NEEDS},
                                        {"offers.csv", OFFERS},
                                        {"settings.csv", SETTINGS},
                                        {"rates.csv", "currency,rate\nUSD,0.92\nJPY,0.0061234\n"}};
    (void)state;
    (void)alarm(SECONDS_MOST);
    Pipeline *run = case_run(files);
    (void)alarm(0);
    assert_int_equal(run->status, STATUS_OK);
    pipeline_free(run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_search_that_has_a_point_comes_to_an_end),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
