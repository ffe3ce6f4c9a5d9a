/* Bounds of stages that once were false, one test each. */
#include <math.h>

#include "tests/support/round_case.h"

/** 30 EUR at most: one licence of 12 brings N1 to 1 of 12, and 18 are left for N4 (12 EUR) and N5 (93 EUR),
 *  18/105 = 0.171429 each. In whole cents it is 17.14 of 100 dollars, 0.1714, and 20.65 of 120 crowns,
 *  0.172083: the second share falls short of what is proven, and the third one is above what the second,
 *  had it not, would leave it. That bound was listed all the same. */
static void no_stage_is_better_than_its_bound(void **state)
{
    static const CaseFile FILES[] = {
        {"needs.csv", "id,category,quantity,unit,unit_cost,tags,priority\n"
                      "N1,TRN,12,licence,12,,1\n"
                      "N2,TRN,10,EUR,,,2\n"
                      "N3,HW,120,USD,,tb,2\n"
                      "N4,HW,120,SEK,,,1\n"
                      "N5,SOC,100,USD,,,1\n"},
        {"offers.csv", "id,donor,quantity,unit\n"
                       "O1,D1,200,SEK\n"
                       "O2,D2,400,SEK\n"
                       "O3,D2,130,USD\n"},
        {"rates.csv", "currency,rate\nUSD,0.93\nSEK,0.1\n"},
        {"rules.csv", "id,kind,tag,priority,value\nR1,forbid,tb,1,\nR2,limit,,,30\n"},
        {"settings.csv", "key,value\nfairness,category\nstages,none\n"},
        {NULL, NULL}};
    (void)state;
    Pipeline *run = case_plan(FILES);
    bool seen = false;
    for (size_t s = 0; s < run->plan.stage_count; s++) {
        const StageResult *stage = &run->plan.stages[s];
        double better = stage->maximise ? stage->value - stage->bound : stage->bound - stage->value;
        if (better > 1e-9)
            fail_msg("%s: %.9g, and its bound is %.9g", stage->label, stage->value, stage->bound);
        seen = seen || stage->rank == 3;
    }
    assert_true(seen); /* else this round does not ask any more */
    pipeline_free(run);
}

/** 67,500,000 for: N4, which counts double and requires N0 and N3 in full, 39,094,202.70 together; N6, 13,216,000 or
 *  nothing; and what is left, 15,189,797.30, for N2, which counts each euro, as N1 and N5 count half of one. That is
 *  unmet then: of N2 5,742,202.70, all of N12, which requires it, 589.60, of N5 4,792,000 and of N1 500: 10,535,292.30.
 *  A plan that meets N1 has 1,000 less for N2, and comes to 500 more. That is within the gap, and was called
 *  optimal: what steps have in common had been worked out in doubles, and came out far too large. */
static void what_steps_have_in_common_proves_no_more_than_it_should(void **state)
{
    static const CaseFile FILES[] = {
        {"needs.csv", "id,category,quantity,weight,indivisible,requires\n"
                      "N0,SW,12681202.70,0.5,yes,\n"
                      "N1,HW,1000.00,0.5,yes,\n"
                      "N2,SW,20932000.00,,,\n"
                      "N3,SW,9068000.00,,,\n"
                      "N4,HW,17345000.00,2,yes,N0;N3\n"
                      "N5,HW,9584000.00,0.5,yes,N1\n"
                      "N6,TRN,13216000.00,,yes,\n"
                      "N12,HW,589.60,,yes,N2\n"},
        {"offers.csv", "id,donor,quantity\nO0,D1,43000000\nO1,D1,24500000\n"},
        {"rules.csv", "id,kind,offer,value\nF0,floor,O1,23500000\n"},
        {"settings.csv", "key,value\nfairness,none\nstages,none\n"},
        {NULL, NULL}};
    const double best = 10535292.30;
    (void)state;
    Pipeline *run = case_plan(FILES);
    const StageResult *tier = &run->plan.stages[0];
    assert_string_equal(tier->label, "tier 1");
    if (tier->bound > best + 1e-6)
        fail_msg("a bound of %.12g; a plan comes to %.12g", tier->bound, best);
    if (tier->status == STAGE_OPTIMAL && fabs(tier->value - best) > 1e-6)
        fail_msg("%.12g is called the best; a plan comes to %.12g", tier->value, best);
    pipeline_free(run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_stage_is_better_than_its_bound),
        cmocka_unit_test(what_steps_have_in_common_proves_no_more_than_it_should),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
