/* Searches that once never came to an end: GLPK's feasibility pump, called for a second rank of fairness
 * behind three frozen tiers, went round in circles in a program of five needs; no limit stops it there. And
 * what needs wait for was gone through once for every way that leads to it.
 */
#include <stdio.h>
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

/** Two needs a layer, each waiting for both of the layer before: of 40 layers there are 2^39 ways to the first.
 *  The last two may be served, Z of 700 alone can be. Every look at a choice kept room for all that needs wait
 *  for, too: more than a thousand million bytes. */
static void ways_to_what_is_waited_for_are_not_counted_out(void **state)
{
    enum { LAYERS = 40, ROOM = 8192, BYTES_MOST = 400000000 };
    static char needs[ROOM];
    size_t at = (size_t)snprintf(needs, ROOM,
                                 "id,category,quantity,priority,indivisible,ready,requires\n"
                                 "Z,HW,700,1,yes,yes,\nN00a,HW,1000,1,yes,no,\n"
                                 "N00b,HW,1000,1,yes,no,\n");
    (void)state;
    for (int layer = 1; layer < LAYERS; layer++)
        for (int k = 'a'; k <= 'b'; k++)
            at += (size_t)snprintf(needs + at, ROOM - at, "N%02d%c,HW,%d,%d,yes,%s,N%02da;N%02db\n",
                                   layer, k, 1000 + layer, 1 + layer % 2,
                                   layer == LAYERS - 1 ? "yes" : "no", layer - 1, layer - 1);
    assert_true(at < ROOM);
    const CaseFile files[CASE_FILES] = {
        {"needs.csv", needs},
        {"offers.csv", "id,donor,category,quantity\nO1,D1,HW,1200\nO2,D2,HW,100\n"},
        {"settings.csv", "key,value\nfairness,none\n"}};
    (void)alarm(SECONDS_MOST);
    Pipeline *run = case_run(files);
    (void)alarm(0);
    assert_int_equal(run->status, STATUS_OK);
    assert_int_equal(run->plan.assignment_count, 1);
    assert_true(arena_bytes(run->arena) < BYTES_MOST);
    pipeline_free(run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_search_that_has_a_point_comes_to_an_end),
        cmocka_unit_test(ways_to_what_is_waited_for_are_not_counted_out),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
