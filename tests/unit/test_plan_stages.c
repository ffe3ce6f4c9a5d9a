/* Which bounds stand for a plan in whole steps that came out otherwise than the search had it. */
#include "tests/support/round_case.h"

#include "models/plan_internal.h"

/** B1 gets 50 of its 100, B2 75: the ranks of the fairness have 0.5 and 0.75, together 1.25. */
static const CaseFile FILES[CASE_FILES] = {
    {"needs.csv",
     "id,beneficiary,category,quantity,min_share\nN1,B1,HW,100,0.1\nN2,B2,HW,100,0.1\n"},
    {"offers.csv", "id,donor,category,quantity,cost\nO1,D1,HW,200,1\n"}};

typedef struct HeldCase {
    const char *label;
    double reached[2]; /* by the ranks, when the cost was decided */
    StageStatus cost;
} HeldCase;

static size_t stage_of(const Formulation *form, StageKind kind)
{
    size_t s = 0;
    while (form->stages[s].kind != kind)
        s++;
    return s;
}

/** The cost of 125 is proven of plans whose two least shares come to what was reached: of this plan it holds
 *  where they do, whichever of them has it. */
static void what_ranks_are_held_to_is_their_sum(void **state)
{
    (void)state;
    static const HeldCase CASES[] = {
        {"as reached", {0.5, 0.75}, STAGE_OPTIMAL},
        {"the first rank has what the second lacks", {0.25, 1.0}, STAGE_OPTIMAL},
        {"the first rank lacks something", {0.6, 0.65}, STAGE_UNPROVEN},
        {"both together lack something", {0.25, 1.1}, STAGE_UNPROVEN}};
    for (size_t i = 0; i < COUNT_OF(CASES); i++) {
        int broken;
        int64_t excess;
        Pipeline *run = case_formulate(FILES);
        assert_case_int(CASES[i].label, run->status, STATUS_OK);
        double *x = ARENA_NEW(run->arena, (size_t)run->form.lp.column_count, double);
        assert_non_null(x);
        x[case_pair_of(run, "N1", "O1") - run->pairs.pairs] = 50;
        x[case_pair_of(run, "N2", "O1") - run->pairs.pairs] = 75;
        formulation_complete(&run->form, x);
        assert_int_equal(
            plan_extract(&run->form, x, false, run->arena, &run->plan, &broken, &excess),
            STATUS_OK);
        assert_case_int(CASES[i].label, broken, -1);
        size_t fairness = stage_of(&run->form, STAGE_FAIRNESS);
        const StageBound bounds[] = {
            {.stage = fairness,
             .rank = 1,
             .bound = 1,
             .status = STAGE_LIMIT,
             .has_reached = true,
             .reached = CASES[i].reached[0]},
            {.stage = fairness,
             .rank = 2,
             .bound = 2,
             .status = STAGE_LIMIT,
             .has_reached = true,
             .reached = CASES[i].reached[1]},
            {.stage = stage_of(&run->form, STAGE_COST), .bound = 125, .status = STAGE_OPTIMAL}};
        assert_int_equal(plan_stages(&run->form, bounds, COUNT_OF(bounds), run->arena, &run->plan),
                         STATUS_OK);
        assert_case_int(CASES[i].label, (int)run->plan.stage_count, 3);
        const StageResult *cost = &run->plan.stages[2];
        assert_case(CASES[i].label, cost->kind == STAGE_COST);
        assert_float_equal(cost->value, 125, 1e-9);
        assert_case_int(CASES[i].label, cost->status, CASES[i].cost);
        pipeline_free(run);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(what_ranks_are_held_to_is_their_sum)};
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
