/* Values that are nothing but the noise of large sums. */
#include "tests/support/round_case.h"
#include "tests/support/test_support.h"

/* Of two alternatives the large one is met: an alternative counts once, so that nothing is unmet. 364.83 less
 * 364.83 / 11,302,216.49 of each euro came to 0.000000002: the plan did not pass its own check (exit 70). */
static void what_cancels_out_is_nothing(void **state)
{
    const CaseFile files[CASE_FILES] = {
        {"needs.csv", "id,category,quantity,alternative\nN8,HW,11302216.49,A1\n"
                      "N26,HW,364.83,A1\nN29,HW,29351127.56,A3\n"},
        {"offers.csv", "id,donor,quantity\nO2,D2,60179863.29\n"},
        {"settings.csv", "key,value\nfairness,none\nstages,none\n"}};
    (void)state;
    Pipeline *run = case_plan(files);
    assert_true(run->plan.stages[0].value == 0);
    pipeline_free(run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_cancels_out_is_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
