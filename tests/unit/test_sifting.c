/* Columns that come in late: rounds decided by hand in which the greedy start takes an offer that a
 * later stage gives back, so that a column that was absent must come in then.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/support/pipeline.h"
#include "tests/support/test_support.h"

static Pipeline *formulated(const char *needs, const char *offers, const char *settings)
{
    char *dir = test_dir_make();
    write_file(dir, "needs.csv", needs);
    write_file(dir, "offers.csv", offers);
    write_file(dir, "settings.csv", settings);
    Pipeline *run = pipeline_formulate(dir, NULL, 0);
    test_dir_remove(dir);
    if (run->status != STATUS_OK)
        pipeline_print(run);
    assert_int_equal(run->status, STATUS_OK);
    return run;
}

static void solve_sifted(Pipeline *run)
{
    SolveSettings settings = solve_settings_of(&run->round);
    settings.sift_from = 0; /* however small */
    assert_int_equal(solve_stages(&run->form, &settings, run->arena, &run->result), STATUS_OK);
    assert_int_equal(run->result.outcome, SOLVE_OPTIMAL);
}

static double value_of(Pipeline *run, const char *label)
{
    StageLevel *levels;
    size_t count;
    assert_int_equal(solve_levels(&run->form, run->result.x, run->arena, &levels, &count),
                     STATUS_OK);
    for (size_t s = 0; s < count; s++)
        if (strcmp(levels[s].label, label) == 0)
            return levels[s].value;
    fail_msg("there is no stage '%s'", label);
    return 0;
}

/** The start serves N-1 from O-1, which nobody else may use: tier 1 is met, and no dual asks for
 *  anything. The cost stage wants all 200 from O-2 at 1 each: 200, not 100 * 2 + 100 * 1. */
static void a_cheaper_offer_comes_in_for_the_cost_stage(void **state)
{
    (void)state;
    Pipeline *run = formulated("id,category,region,quantity\nN-1,HW,A,100\nN-2,HW,B,100\n",
                               "id,donor,quantity,only_regions,cost\nO-1,D,100,A,2\nO-2,D,300,,1\n",
                               "key,value\nfairness,none\nstages,cost\n");
    solve_sifted(run);
    assert_close(value_of(run, "tier 1"), 0, 1e-9, 0);
    assert_close(value_of(run, "cost"), 200, 1e-6, 0);
    pipeline_free(run);
}

/** The heavy N-1 takes O-1 (60), which N-2 cannot use, and nothing else is left for it; N-2 takes
 *  O-2 (100). Both groups could have the same share: 80 of 100 each, 20 of O-2 going to N-1, which
 *  is a column that the start does not have (shortfall 40 either way). */
static void an_absent_line_comes_in_for_fairness(void **state)
{
    (void)state;
    Pipeline *run = formulated("id,category,region,beneficiary,quantity\n"
                               "N-1,HW,A,B-1,100\nN-2,HW,B,B-2,100\n",
                               "id,donor,quantity,only_regions\nO-1,D,60,A\nO-2,D,100,\n",
                               "key,value\nfairness,beneficiary\nstages,none\n");
    solve_sifted(run);
    assert_close(value_of(run, "tier 1"), 40, 1e-6, 0);
    assert_close(value_of(run, "fairness 1.1"), 0.8, 1e-9, 0);
    assert_close(value_of(run, "fairness 1.2"), 0.8, 1e-9, 0);
    pipeline_free(run);
}

/** The heavy need is met first, from both offers: 20 are left for the light one. */
static void the_heavier_need_is_served_by_two_offers(void **state)
{
    (void)state;
    Pipeline *run = formulated("id,category,region,quantity,weight\n"
                               "N-1,HW,A,100,9\nN-2,HW,B,100,1\n",
                               "id,donor,quantity\nO-1,D,60\nO-2,D,60\n",
                               "key,value\nfairness,none\nstages,none\n");
    solve_sifted(run);
    assert_close(value_of(run, "tier 1"), 80, 1e-6, 0); /* 100 met of weight 9, 20 of weight 1 */
    pipeline_free(run);
}

/** Who serves whom when everybody may serve everybody, both are met either way, and the second need
 *  weighs @p second: does the first take O-1? */
static bool first_need_takes_first_offer(const char *second)
{
    char needs[100];
    (void)snprintf(needs, sizeof needs,
                   "id,category,quantity,weight\nN-1,HW,100,5\nN-2,HW,100,%s\n", second);
    Pipeline *run = formulated(needs, "id,donor,quantity\nO-1,D,100\nO-2,D,100\n",
                               "key,value\nfairness,none\nstages,none\n");
    solve_sifted(run);
    const double *x = run->result.x; /* N-1 from O-1, from O-2; N-2 from O-1, from O-2 */
    assert_int_equal(run->pairs.count, 4);
    assert_true((x[0] == 0) != (x[1] == 0));
    assert_true((x[0] == 0) == (x[3] == 0));
    bool takes = x[0] > 0;
    pipeline_free(run);
    return takes;
}

static void of_two_needs_the_heavier_takes_the_first_offer(void **state)
{
    (void)state;
    assert_true(first_need_takes_first_offer("5")); /* then the ids decide */
    assert_true(first_need_takes_first_offer("4"));
    assert_false(first_need_takes_first_offer("9"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_cheaper_offer_comes_in_for_the_cost_stage),
        cmocka_unit_test(an_absent_line_comes_in_for_fairness),
        cmocka_unit_test(the_heavier_need_is_served_by_two_offers),
        cmocka_unit_test(of_two_needs_the_heavier_takes_the_first_offer),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
