/* Things of a round as rows and bounds: the loose formulation with nothing lifted is the round itself,
 * bound by bound and stage by stage.
 */
#include "allot/lifts.h"
#include "tests/support/pipeline.h"
#include "tests/support/random_round.h"

#include <math.h>
#include <stdlib.h>

enum { ROUNDS = 150 };

/* A stage over whole columns is held to a millionth of its unit; two programs may differ by a few. */
static const double HELD = 1e-5;

static uint64_t rounds(void)
{
    const char *text = getenv("ALLOT_ROUNDS");
    return text == NULL ? ROUNDS : strtoull(text, NULL, 10);
}

static Pipeline *open_round(uint64_t seed, Formulation *loose)
{
    RandomShape shape = {
        .size = RANDOM_TINY, .features = RANDOM_EVERYTHING, .exact = true, .crowded = true};
    TextRound *text = random_round(seed, shape);
    char *dir = test_dir_make();
    text_setting(text, "gap", "0");
    text_setting(text, "nodes", "100000");
    text_round_write(text, dir);
    Pipeline *run = pipeline_formulate(dir, NULL, 0);
    text_round_free(text);
    test_dir_remove(dir);
    if (run->status == STATUS_OK) {
        assert_int_equal(
            formulation_build_loose(&run->round, &run->pairs, &run->rules, run->arena, loose),
            STATUS_OK);
        assert_null(lp_check(&loose->lp, run->arena));
    }
    return run;
}

static void what_things_impose_together_are_the_programs_own_bounds(void **state)
{
    int compared = 0;
    (void)state;
    for (uint64_t seed = 700000; seed < 700000 + rounds(); seed++) {
        Formulation loose;
        Lifts lifts;
        Pipeline *run = open_round(seed, &loose);
        if (run->status == STATUS_OK) {
            assert_int_equal(lifts_build(&loose, run->arena, &lifts), STATUS_OK);
            const Lp *lp = &loose.lp;
            for (int t = 0; t < lp->column_count + lp->row_count; t++) {
                int row = t - lp->column_count;
                double lower, upper;
                bool closed = row < 0 && loose.origin[t].kind == COLUMN_SERVED;
                lifts_bounds(&lifts, NULL, t, &lower, &upper);
                assert_true(lower == (row < 0 ? lp->lower[t] : lp->row_lower[row]));
                /* y that a bundle or an alternative closes is bound by them alone */
                assert_true(upper == (row < 0 ? lp->upper[t] : lp->row_upper[row]) ||
                            (closed && upper == 0));
                compared++;
            }
        }
        pipeline_free(run);
    }
    assert_true(compared > (int)rounds() * 10);
}

/** Closed y are bounds of the lifts: laid over the program before it is solved. */
static void close_columns(const Lifts *lifts, Formulation *loose)
{
    for (int j = 0; j < loose->lp.column_count; j++) {
        double lower;
        lifts_bounds(lifts, NULL, j, &lower, &loose->lp.upper[j]);
    }
}

static void compare_stages(uint64_t seed, Pipeline *run, const Formulation *loose)
{
    SolveSettings settings = solve_settings_of(&run->round);
    SolveResult tight, other;
    assert_int_equal(solve_stages(&run->form, &settings, run->arena, &tight), STATUS_OK);
    assert_int_equal(solve_stages(loose, &settings, run->arena, &other), STATUS_OK);
    if ((tight.outcome == SOLVE_INFEASIBLE) != (other.outcome == SOLVE_INFEASIBLE))
        fail_msg("seed %llu: one of the two has no plan", (unsigned long long)seed);
    if (tight.outcome != SOLVE_OPTIMAL || other.outcome != SOLVE_OPTIMAL)
        return;
    for (size_t s = 0; s < loose->stage_count; s++) {
        const Stage *stage = &loose->stages[s], *its = &run->form.stages[s];
        double value[2] = {0, 0};
        for (size_t k = 0; k < stage->count; k++)
            value[1] += stage->costs[k] * other.x[stage->columns[k]];
        for (size_t k = 0; k < its->count; k++)
            value[0] += its->costs[k] * tight.x[its->columns[k]];
        if (stage->kind == STAGE_CANONICAL || stage->kind == STAGE_FAIRNESS)
            continue;
        if (fabs(value[0] + its->constant - value[1] - stage->constant) >
            HELD * fmax(1, fabs(value[0])))
            fail_msg("seed %llu, %s: %.12g and %.12g", (unsigned long long)seed, stage->label,
                     value[0], value[1]);
    }
}

static void nothing_lifted_is_the_round_itself(void **state)
{
    (void)state;
    for (uint64_t seed = 710000; seed < 710000 + rounds(); seed++) {
        Formulation loose;
        Lifts lifts;
        Pipeline *run = open_round(seed, &loose);
        if (run->status == STATUS_OK) {
            assert_int_equal(lifts_build(&loose, run->arena, &lifts), STATUS_OK);
            close_columns(&lifts, &loose);
            compare_stages(seed, run, &loose);
        }
        pipeline_free(run);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_things_impose_together_are_the_programs_own_bounds),
        cmocka_unit_test(nothing_lifted_is_the_round_itself),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
