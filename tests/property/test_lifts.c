/* Things of a round as rows and bounds: the loose formulation with nothing lifted is the round itself,
 * bound by bound and stage by stage.
 */
#include "allot/lifts.h"
#include "tests/support/pipeline.h"
#include "tests/support/random_round.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { ROUNDS = 150 };

/* A stage over whole columns is held to a millionth of its unit; two programs may differ by a few. */
static const double HELD = 1e-5;

static uint64_t rounds(void)
{
    const char *text = getenv("ALLOT_ROUNDS");
    return text == NULL ? ROUNDS : strtoull(text, NULL, 10);
}

static TextRound *draw_round(uint64_t seed)
{
    RandomShape shape = {
        .size = RANDOM_TINY, .features = RANDOM_EVERYTHING, .exact = true, .crowded = true};
    TextRound *text = random_round(seed, shape);
    text_setting(text, "gap", "0");
    text_setting(text, "nodes", "100000");
    return text;
}

static Pipeline *formulate(const TextRound *text)
{
    char *dir = test_dir_make();
    text_round_write(text, dir);
    Pipeline *run = pipeline_formulate(dir, NULL, 0);
    test_dir_remove(dir);
    return run;
}

/** @p widened: with the pairs that things bar. */
static Pipeline *open_round(uint64_t seed, bool widened, Formulation *loose)
{
    TextRound *text = draw_round(seed);
    Pipeline *run = formulate(text);
    text_round_free(text);
    if (run->status == STATUS_OK) {
        Status status = widened ? formulation_build_widened(&run->round, run->arena, loose)
                                : formulation_build_loose(&run->round, &run->pairs, &run->rules,
                                                          run->arena, loose);
        assert_int_equal(status, STATUS_OK);
        assert_null(lp_check(&loose->lp, run->arena));
    }
    return run;
}

static void compare_bounds(bool widened)
{
    int compared = 0;
    for (uint64_t seed = 700000; seed < 700000 + rounds(); seed++) {
        Formulation loose;
        Lifts lifts;
        Pipeline *run = open_round(seed, widened, &loose);
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

static void what_things_impose_together_are_the_programs_own_bounds(void **state)
{
    (void)state;
    compare_bounds(false);
}

static void what_bars_pairs_is_among_the_things(void **state)
{
    (void)state;
    compare_bounds(true);
}

/** Closed y are bounds of the lifts: laid over the program before it is solved. */
static void close_columns(const Lifts *lifts, Formulation *loose)
{
    for (int j = 0; j < loose->lp.column_count; j++) {
        double lower;
        lifts_bounds(lifts, NULL, j, &lower, &loose->lp.upper[j]);
    }
}

/** The other program's stage of the same name, or NULL. */
static const Stage *same_stage(const Formulation *form, const Stage *stage)
{
    for (size_t s = 0; s < form->stage_count; s++)
        if (strcmp(form->stages[s].label, stage->label) == 0)
            return &form->stages[s];
    return NULL;
}

static double value_of(const Stage *stage, const double *x)
{
    double value = stage->constant;
    for (size_t k = 0; k < stage->count; k++)
        value += stage->costs[k] * x[stage->columns[k]];
    return value;
}

/** @p all: every stage, else those of tiers. @return whether there was something to compare. */
static bool compare_stages(uint64_t seed, Pipeline *run, const Formulation *loose, bool all)
{
    SolveSettings settings = solve_settings_of(&run->round);
    SolveResult tight, other;
    assert_int_equal(solve_stages(&run->form, &settings, run->arena, &tight), STATUS_OK);
    assert_int_equal(solve_stages(loose, &settings, run->arena, &other), STATUS_OK);
    if ((tight.outcome == SOLVE_INFEASIBLE) != (other.outcome == SOLVE_INFEASIBLE))
        fail_msg("seed %llu: one of the two has no plan", (unsigned long long)seed);
    if (tight.outcome != SOLVE_OPTIMAL || other.outcome != SOLVE_OPTIMAL)
        return false;
    for (size_t s = 0; s < loose->stage_count; s++) {
        const Stage *stage = &loose->stages[s], *its = same_stage(&run->form, stage);
        if (stage->kind == STAGE_CANONICAL || stage->kind == STAGE_FAIRNESS || its == NULL ||
            (!all && stage->tier == 0))
            continue;
        double here = value_of(its, tight.x), there = value_of(stage, other.x);
        if (fabs(here - there) > HELD * fmax(1, fabs(here)))
            fail_msg("seed %llu, %s: %.12g and %.12g", (unsigned long long)seed, stage->label, here,
                     there);
    }
    return true;
}

static void solve_unlifted(bool widened)
{
    for (uint64_t seed = 710000; seed < 710000 + rounds(); seed++) {
        Formulation loose;
        Lifts lifts;
        Pipeline *run = open_round(seed, widened, &loose);
        if (run->status == STATUS_OK) {
            assert_int_equal(lifts_build(&loose, run->arena, &lifts), STATUS_OK);
            close_columns(&lifts, &loose);
            compare_stages(seed, run, &loose, true);
        }
        pipeline_free(run);
    }
}

static void nothing_lifted_is_the_round_itself(void **state)
{
    (void)state;
    solve_unlifted(false);
}

static void barred_pairs_change_nothing_until_lifted(void **state)
{
    (void)state;
    solve_unlifted(true);
}

/* ---- bars taken out of the tables ------------------------------------------------------------ */

/** The round without the thing. */
static Pipeline *without(uint64_t seed, const Lift *lift)
{
    TextRound *text = draw_round(seed);
    TextTable *table = text_table(text, dictionary_table(lift->origin.table)->name);
    size_t row = (size_t)lift->origin.line - 2; /* below the headings */
    if (lift->kind == LIFT_FORBID || lift->kind == LIFT_FORBIDDEN)
        text_remove_row(table, row);
    else
        text_set(table, row, lift->column, "%s", "");
    Pipeline *run = formulate(text);
    text_round_free(text);
    return run;
}

/** Do its bars leave the pair when this one is lifted? */
static bool opens(const Lifts *lifts, size_t lifted, size_t pair)
{
    for (size_t k = lifts->first[pair]; k < lifts->first[pair + 1]; k++) {
        const Lift *thing = &lifts->lifts[lifts->on[k]];
        bool bars =
            lift_bars(thing) || (thing->kind == LIFT_CIVIL && lifts->on_bound[k].upper <= 0);
        if (bars && lifts->on[k] != (int)lifted)
            return false;
    }
    return true;
}

/** Eligible without the thing are the pairs that were, and those that it alone barred; where nothing is
 *  wanted nobody asks. */
static void compare_pairs(uint64_t seed, const Lifts *lifts, size_t lifted, const PairSet *now)
{
    const Formulation *form = lifts->form;
    size_t expected = 0, found = 0;
    for (size_t p = 0; p < form->pairs->count; p++) {
        const Pair *pair = &form->pairs->pairs[p];
        bool open = opens(lifts, lifted, p);
        expected += open && form->round->needs[pair->need].wanted > 0;
        if (open != (pair_set_find(now, pair->need, pair->offer) >= 0))
            fail_msg("seed %llu, %s line %d: need %d, offer %d", (unsigned long long)seed,
                     lifts->lifts[lifted].column, lifts->lifts[lifted].origin.line, pair->need,
                     pair->offer);
    }
    for (size_t p = 0; p < now->count; p++)
        found += form->round->needs[now->pairs[p].need].wanted > 0;
    /* windows along a chain that do not meet: either end would do, so that none is listed */
    bool either = lifts->lifts[lifted].kind == LIFT_WINDOW && expected < found;
    if (expected != found && !either)
        fail_msg("seed %llu, %s line %d: %zu pairs are eligible, not %zu", (unsigned long long)seed,
                 lifts->lifts[lifted].column, lifts->lifts[lifted].origin.line, found, expected);
}

/** The program with the thing lifted, as bounds. */
static void lay_bounds(const Lifts *lifts, size_t lift, Formulation *form, Arena *arena)
{
    bool *lifted = ARENA_NEW(arena, lifts->count, bool);
    lifted[lift] = true;
    for (int t = 0; t < form->lp.column_count + form->lp.row_count; t++) {
        double lower, upper;
        int row = t - form->lp.column_count;
        lifts_bounds(lifts, lifted, t, &lower, &upper);
        *(row < 0 ? &form->lp.lower[t] : &form->lp.row_lower[row]) = lower;
        *(row < 0 ? &form->lp.upper[t] : &form->lp.row_upper[row]) = upper;
    }
}

/** One bar of a round, lifted in the program and taken out of the tables. */
static bool compare_bar(uint64_t seed, size_t index, bool *more)
{
    Formulation loose;
    Lifts lifts;
    bool compared = false;
    Pipeline *run = open_round(seed, true, &loose);
    *more = false;
    if (run->status == STATUS_OK) {
        assert_int_equal(lifts_build(&loose, run->arena, &lifts), STATUS_OK);
        *more = index + 1 < lifts.count;
        if (index < lifts.count && lift_bars(&lifts.lifts[index])) {
            Pipeline *other = without(seed, &lifts.lifts[index]);
            if (other->status == STATUS_OK) {
                compare_pairs(seed, &lifts, index, &other->pairs);
                lay_bounds(&lifts, index, &loose, run->arena);
                bool whole_story = lifts.lifts[index].kind != LIFT_LAPSES && /* reserves */
                                   lifts.lifts[index].kind != LIFT_WINDOW;   /* chains */
                compared = !whole_story || compare_stages(seed, other, &loose, false);
            }
            pipeline_free(other);
        }
    }
    pipeline_free(run);
    return compared;
}

static void a_bar_lifted_is_the_round_without_it(void **state)
{
    int compared = 0;
    (void)state;
    for (uint64_t seed = 720300; seed < 720300 + rounds(); seed++) {
        bool more = true;
        for (size_t k = 0; more; k++)
            compared += compare_bar(seed, k, &more);
    }
    print_message("%d bars lifted\n", compared);
    assert_true(compared > (int)rounds() / 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_things_impose_together_are_the_programs_own_bounds),
        cmocka_unit_test(what_bars_pairs_is_among_the_things),
        cmocka_unit_test(nothing_lifted_is_the_round_itself),
        cmocka_unit_test(barred_pairs_change_nothing_until_lifted),
        cmocka_unit_test(a_bar_lifted_is_the_round_without_it),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
