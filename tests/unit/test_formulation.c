/* The program and its stages as data, before any solver: rows by hand, stages in the published
 * order.
 */
#include "tests/support/round_case.h"

#include <stdio.h>
#include <string.h>

/** N1: 100 EUR, tier 1, 20 covered, weight 2; N2: 8 seats in steps of 2 at 50 USD, tier 2; N3: 4 kits
 *  without a price, tier 2. O1: euros, pledged, overhead 0.2, lapsing; O2: seats; O3: kits. */
static const CaseFile FILES[] = {
    {"rates.csv", "currency,rate\nUSD,0.8\n"},
    {"needs.csv", "id,category,quantity,unit,unit_cost,currency,priority,covered,weight,step\n"
                  "N1,HW,100,EUR,,,1,20,2,\n"
                  "N2,HW,8,seat,50,USD,2,,,2\n"
                  "N3,SW,4,kit,,,2,,,\n"},
    {"offers.csv", "id,donor,quantity,unit,overhead,status,lapses,cost\n"
                   "O1,DE,500,EUR,0.2,pledged,2026-02-01,3\n"
                   "O2,FR,6,seat,,committed,,-1\n"
                   "O3,FR,3,kit,,paid,,\n"},
    {"settings.csv", "key,value\nstart,2026-01-01\nend,2026-03-31\nplan_on,pledged\n"},
    {NULL, NULL}};

/** The element of a row at a column, 0 where there is none. */
static double element(const Lp *lp, int row, int column)
{
    for (size_t k = lp->row_first[row]; k < lp->row_first[row + 1]; k++)
        if (lp->element_column[k] == column)
            return lp->element[k];
    return 0;
}

static Pipeline *formulate(void)
{
    Pipeline *run = case_formulate(FILES);
    if (run->status != STATUS_OK)
        pipeline_print(run);
    assert_int_equal(run->status, STATUS_OK);
    assert_int_equal(run->pairs.count, 4); /* N1 O1, N2 O1, N2 O2, N3 O3 */
    return run;
}

static void money_is_counted_in_units_and_things_in_steps(void **state)
{
    Pipeline *run = formulate();
    const Lp *lp = &run->form.lp;
    static const double UPPER[] = {80, 4, 4, 4};
    static const bool WHOLE[] = {false, true, true, true};
    (void)state;
    for (int j = 0; j < 4; j++) {
        assert_close(lp->lower[j], 0, 0, 0);
        assert_close(lp->upper[j], UPPER[j], 0, 0);
        assert_int_equal(lp->integer[j], WHOLE[j]);
    }
    assert_close(lp->upper[run->form.unmet_column[1]], 4, 0, 0);
    assert_true(run->form.whole);
    pipeline_free(run);
}

static void a_needs_row_says_that_given_and_unmet_make_what_is_wanted(void **state)
{
    Pipeline *run = formulate();
    const Lp *lp = &run->form.lp;
    (void)state;
    assert_close(lp->row_lower[1], 4, 0, 0);
    assert_close(lp->row_upper[1], 4, 0, 0);
    assert_int_equal(lp->row_first[2] - lp->row_first[1], 3);
    assert_close(element(lp, 1, 1), 1, 0, 0);
    assert_close(element(lp, 1, 2), 1, 0, 0);
    assert_close(element(lp, 1, run->form.unmet_column[1]), 1, 0, 0);
    pipeline_free(run);
}

static void an_offers_row_counts_the_gross_in_its_own_unit(void **state)
{
    Pipeline *run = formulate();
    const Lp *lp = &run->form.lp;
    (void)state;
    for (size_t r = 0; r < run->rules.count; r++) {
        const Rule *rule = &run->rules.rules[r];
        if (strcmp(rule->id, "O1") != 0)
            continue;
        int row = run->form.rule_row[r];
        assert_close(lp->row_upper[row], 500, 0, 0);
        assert_close(element(lp, row, 0), 1 / 0.8, 0, 1e-15);
        assert_close(element(lp, row, 1), 2 * 40 / 0.8, 0, 1e-15); /* two seats of 40 EUR */
        formulation_tighten(&run->form, r, 3);
        assert_close(lp->row_upper[row], 499.97, 0, 1e-15);
    }
    pipeline_free(run);
}

static void stages_stand_in_the_published_order(void **state)
{
    static const char *const WANT[] = {"tier 1",
                                       "fairness 1",
                                       "tier 2",
                                       "unvalued 2",
                                       "fairness 2",
                                       "firmness pledged 2",
                                       "firmness committed 2",
                                       "lapsing 2026-02-01",
                                       "cost",
                                       "canonical"};
    Pipeline *run = formulate();
    (void)state;
    for (size_t s = 0; s < run->form.stage_count && s < COUNT_OF(WANT); s++)
        assert_string_equal(run->form.stages[s].label, WANT[s]);
    assert_int_equal(run->form.stage_count, COUNT_OF(WANT));
    pipeline_free(run);
}

/** What a stage counts for one unit of a column. */
static double cost_of(const Stage *stage, int column)
{
    for (size_t k = 0; k < stage->count; k++)
        if (stage->columns[k] == column)
            return stage->costs[k];
    return 0;
}

static const Stage *stage_of(const Pipeline *run, const char *label)
{
    for (size_t s = 0; s < run->form.stage_count; s++)
        if (strcmp(run->form.stages[s].label, label) == 0)
            return &run->form.stages[s];
    fail_msg("there is no stage '%s'", label);
    return NULL;
}

static void each_stage_counts_what_the_pages_say(void **state)
{
    Pipeline *run = formulate();
    const int *unmet = run->form.unmet_column;
    (void)state;
    assert_close(cost_of(stage_of(run, "tier 1"), unmet[0]), 2, 0, 0); /* weight 2 a euro */
    assert_close(cost_of(stage_of(run, "tier 2"), unmet[1]), 80, 0, 1e-15);
    assert_close(cost_of(stage_of(run, "tier 2"), unmet[2]), 0, 0, 0); /* no value, so not here */
    assert_close(cost_of(stage_of(run, "unvalued 2"), unmet[2]), 0.25, 0, 1e-15);
    assert_close(cost_of(stage_of(run, "firmness pledged 2"), 1), 80, 0, 1e-15);
    assert_close(cost_of(stage_of(run, "firmness pledged 2"), 2), 0, 0, 0);
    const Stage *lapsing = stage_of(run, "lapsing 2026-02-01");
    assert_close(lapsing->constant, 500, 0, 1e-15);
    assert_close(cost_of(lapsing, 1), -100, 0, 1e-15); /* gross of two seats */
    const Stage *cost = stage_of(run, "cost");
    assert_close(cost_of(cost, 0), 3, 0, 1e-15); /* a unit of value of money */
    assert_close(cost_of(cost, 1), 3 * 80, 0, 1e-15);
    assert_close(cost_of(cost, 2), -2, 0, 1e-15); /* a unit in kind: two seats a step */
    pipeline_free(run);
}

static void a_groups_share_is_its_value_met_covered_included(void **state)
{
    Pipeline *run = formulate();
    const Lp *lp = &run->form.lp;
    const Stage *first = stage_of(run, "fairness 1"), *second = stage_of(run, "fairness 2");
    (void)state;
    assert_int_equal(first->group_count, 1);
    assert_int_equal(second->group_count, 2); /* no beneficiary: each need by itself */
    int row = first->share_rows[0];
    assert_close(lp->row_upper[row], 1, 0, 0);
    assert_close(element(lp, row, first->share_columns[0]), 1, 0, 0);
    assert_close(element(lp, row, run->form.unmet_column[0]), 0.01, 0, 1e-15); /* of Q, not of q */
    pipeline_free(run);
}

static void names_are_plain_and_unique(void **state)
{
    Pipeline *run = formulate();
    (void)state;
    assert_string_equal(formulation_column_name(&run->form, 0, run->arena), "x0_N1_O1");
    assert_string_equal(formulation_row_name(&run->form, 1, run->arena), "C1_1_N2");
    for (int j = 0; j < run->form.lp.column_count; j++)
        for (int k = 0; k < j; k++)
            assert_string_not_equal(formulation_column_name(&run->form, j, run->arena),
                                    formulation_column_name(&run->form, k, run->arena));
    pipeline_free(run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(money_is_counted_in_units_and_things_in_steps),
        cmocka_unit_test(a_needs_row_says_that_given_and_unmet_make_what_is_wanted),
        cmocka_unit_test(an_offers_row_counts_the_gross_in_its_own_unit),
        cmocka_unit_test(stages_stand_in_the_published_order),
        cmocka_unit_test(each_stage_counts_what_the_pages_say),
        cmocka_unit_test(a_groups_share_is_its_value_met_covered_included),
        cmocka_unit_test(names_are_plain_and_unique),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
