/* Dives into the relaxation of a tier: what comes out is a plan, never a worse one, and small rounds solved by
 * hand come out at their optimum. The program of some pairs keeps what earlier tiers reached.
 */
#include "solver/need_dive.h"

#include <math.h>
#include <string.h>

#include "solver/backend.h"
#include "solver/class_bound.h"
#include "solver/glpk_guard.h"
#include "solver/part_program.h"
#include "solver/part_start.h"
#include "tests/support/bench_round.h"
#include "tests/support/round_case.h"

enum { NEEDS = 60, SEEDS = 4 };

/** A tier, bounded, and a plan of it. */
typedef struct Tier {
    Pipeline *run;
    SolveSettings settings;
    Ruin *ruin;
    double *reached, *price;
    ClassBound *classes;
    TierBound bound;
    Status status;
} Tier;

static void prepare(Tier *t)
{
    const Formulation *form = &t->run->form;
    Arena *arena = t->run->arena;
    t->settings = solve_settings_of(&t->run->round);
    t->reached = ARENA_NEW(arena, form->stage_count, double);
    t->price = ARENA_NEW(arena, (size_t)form->lp.column_count, double);
    assert_int_equal(t->run->status, STATUS_OK);
    assert_int_equal(ruin_open(form, NULL, arena, &t->ruin), STATUS_OK);
    assert_int_equal(class_bound_open(form, arena, &t->classes), STATUS_OK);
    assert_non_null(t->classes);
}

/** Of the first tier: bound, and a dive. */
static void bound_and_dive(void *context)
{
    Tier *t = context;
    NeedDive dive = {.form = &t->run->form,
                     .settings = &t->settings,
                     .reached = t->reached,
                     .carried = class_bound_carried(t->classes),
                     .lines = class_bound_flow_lines(t->classes),
                     .price = t->price};
    t->status = class_bound_tier(t->classes, 0, t->reached, &t->bound);
    if (t->status == STATUS_OK)
        t->status = class_bound_tighten(t->classes, 0, t->reached, &t->bound, t->price);
    if (t->status == STATUS_OK)
        t->status = need_dive(&dive, t->ruin, t->run->arena);
    dive.near = true;
    if (t->status == STATUS_OK)
        t->status = need_dive(&dive, t->ruin, t->run->arena);
}

static void guarded(GuardBody *body, void *context)
{
    GuardFault fault;
    if (!glpk_guard_run(body, context, &fault))
        fail_msg("%s", fault.text);
}

/** A plan gives way to a better point alone, not to that of nothing with what greed makes of it. */
static void keeps_its_plan(const Tier *t, const double *plan)
{
    size_t columns = (size_t)t->run->form.lp.column_count;
    double *nothing = ARENA_NEW(t->run->arena, columns, double);
    double *now = ARENA_NEW(t->run->arena, columns, double);
    formulation_complete(&t->run->form, nothing);
    assert_int_equal(ruin_adopt(t->ruin, nothing, 0, &t->settings), STATUS_OK);
    ruin_point(t->ruin, now);
    for (size_t j = 0; j < columns; j++)
        assert_true(now[j] == plan[j]);
}

/** From nothing to a plan that keeps every rule, lies above the bound, and is within a tenth of it. */
static void dive_into(uint64_t seed)
{
    BenchRound shape = {BENCH_WHOLE, NEEDS, true, "none", "none", seed};
    char *dir = test_dir_make();
    bench_round_write(dir, &shape);
    Tier t = {.run = pipeline_formulate(dir, NULL, 0)};
    prepare(&t);
    double *x = ARENA_NEW(t.run->arena, (size_t)t.run->form.lp.column_count, double);
    double all = ruin_value(t.ruin, 0);
    guarded(bound_and_dive, &t);
    assert_int_equal(t.status, STATUS_OK);
    assert_true(t.bound.known);
    double value = ruin_value(t.ruin, 0);
    assert_true(value >= t.bound.value * (1 - 1e-9));
    assert_true(value - t.bound.value <= 0.1 * (all - t.bound.value));
    Ruin *again;
    ruin_point(t.ruin, x);
    assert_int_equal(ruin_open(&t.run->form, x, t.run->arena, &again), STATUS_OK);
    assert_true(fabs(ruin_value(again, 0) - value) <= 1e-6 * fmax(value, 1));
    keeps_its_plan(&t, x);
    pipeline_free(t.run);
    test_dir_remove(dir);
}

static void a_dive_ends_at_a_plan_near_the_bound(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= SEEDS; seed++)
        dive_into(seed);
}

/* Both needs fit only where the large one gets the large offer. Who has one donor is served by one. */
static const CaseFile TWO_WHOLES[CASE_FILES] = {
    {"needs.csv", "id,category,quantity,indivisible,max_donors\nN1,HW,6,yes,1\nN2,HW,10,yes,1\n"},
    {"offers.csv", "id,donor,category,quantity\nO1,D1,HW,10\nO2,D2,HW,6\n"},
    {"settings.csv", "key,value\nfairness,none\n"}};

static void a_dive_places_two_wholes_where_both_fit(void **state)
{
    (void)state;
    Tier t = {.run = case_formulate(TWO_WHOLES)};
    prepare(&t);
    guarded(bound_and_dive, &t);
    assert_int_equal(t.status, STATUS_OK);
    assert_true(fabs(ruin_value(t.ruin, 0)) <= 1e-9);
    pipeline_free(t.run);
}

typedef struct PartCase {
    Pipeline *run;
    PartProgram part;
    const double *lines; /* begins from them; NULL: from nothing */
    long iterations;
    double value;
    bool solved;
} PartCase;

static void solve_part(void *context)
{
    PartCase *c = context;
    Backend *backend = backend_open(&c->part.lp, c->run->arena);
    backend_objective(backend, c->part.count, c->part.columns, c->part.costs);
    if (c->lines != NULL)
        assert_int_equal(part_start(&c->run->form, &c->part, c->lines, c->run->arena, backend),
                         STATUS_OK);
    c->solved = backend_solve(backend) == BACKEND_OPTIMAL;
    c->iterations = backend_iterations(backend);
    c->value = c->part.constant;
    for (size_t k = 0; k < c->part.count; k++)
        c->value += c->part.costs[k] * backend_value(backend, c->part.columns[k]);
    backend_close(backend);
}

/** 10 for N1 of tier 1, who wants 6, and N2 of tier 2, who wants 9: it gets the 4 that are left, and all
 *  where tier 1 came to nothing; without a pair of its own nothing. */
static void a_part_keeps_what_earlier_tiers_reached(void **state)
{
    (void)state;
    static const struct {
        double reached; /* unmet of tier 1 */
        bool open;      /* the pair of N2 */
        double unmet;   /* of tier 2 */
    } CASES[] = {{0, true, 5}, {6, true, 0}, {2, true, 3}, {0, false, 9}};
    const CaseFile files[CASE_FILES] = {
        {"needs.csv", "id,category,quantity,priority\nN1,HW,6,1\nN2,HW,9,2\n"},
        {"offers.csv", "id,donor,category,quantity\nO1,D1,HW,10\n"},
        {"settings.csv", "key,value\nfairness,none\nstages,none\n"}};
    for (size_t i = 0; i < COUNT_OF(CASES); i++) {
        PartCase c = {.run = case_formulate(files)};
        assert_int_equal(c.run->status, STATUS_OK);
        assert_int_equal(c.run->form.stages[1].kind, STAGE_TIER);
        bool open[2] = {true, true}, whole[2] = {true, true};
        double reached[2] = {CASES[i].reached, 0};
        open[case_pair_of(c.run, "N2", "O1") - c.run->pairs.pairs] = CASES[i].open;
        assert_int_equal(
            part_program_build(&c.run->form, 1, open, whole, reached, c.run->arena, &c.part),
            STATUS_OK);
        c.value = c.part.constant;
        if (c.part.lp.row_count > 0)
            guarded(solve_part, &c);
        assert_true(fabs(c.value - CASES[i].unmet) <= 1e-6);
        pipeline_free(c.run);
    }
}

/** N1 and N2 take 10 or nothing, and 6 and 8 are there: divided they lack 6 together. */
static void who_is_not_whole_divides(void **state)
{
    (void)state;
    const CaseFile files[CASE_FILES] = {
        {"needs.csv", "id,category,quantity,indivisible\nN1,HW,10,yes\nN2,HW,10,yes\n"},
        {"offers.csv", "id,donor,category,quantity\nO1,D1,HW,6\nO2,D2,HW,8\n"},
        {"settings.csv", "key,value\nfairness,none\nstages,none\n"}};
    for (int whole = 0; whole < 2; whole++) {
        PartCase c = {.run = case_formulate(files)};
        bool open[4] = {true, true, true, true}, is_whole[2] = {whole == 1, whole == 1};
        double reached = 0;
        int wholes = 0;
        assert_int_equal(
            part_program_build(&c.run->form, 0, open, is_whole, &reached, c.run->arena, &c.part),
            STATUS_OK);
        for (int j = 0; j < c.part.lp.column_count; j++)
            wholes += c.part.lp.integer[j];
        assert_true((wholes > 0) == (whole == 1));
        if (whole == 0) {
            guarded(solve_part, &c);
            assert_true(c.solved && fabs(c.value - 6) <= 1e-6);
        }
        pipeline_free(c.run);
    }
}

static void bound_tier(void *context)
{
    Tier *t = context;
    t->status = class_bound_tier(t->classes, 0, t->reached, &t->bound);
    if (t->status == STATUS_OK)
        t->status = class_bound_tighten(t->classes, 0, t->reached, &t->bound, t->price);
}

/** All pairs, every need in whole: from nothing and from the bound's lines the simplex method ends at one
 *  value, from the lines in a third of the steps at most. */
static void the_lines_of_the_bound_are_near_the_optimum(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        BenchRound shape = {BENCH_WHOLE, 2 * NEEDS, true, "none", "none", seed};
        char *dir = test_dir_make();
        bench_round_write(dir, &shape);
        Tier t = {.run = pipeline_formulate(dir, NULL, 0)};
        prepare(&t);
        guarded(bound_tier, &t);
        assert_int_equal(t.status, STATUS_OK);
        const Formulation *form = &t.run->form;
        bool *all = ARENA_NEW(t.run->arena, form->pairs->count, bool);
        memset(all, true, form->pairs->count); /* more pairs than needs */
        PartCase cold = {.run = t.run};
        assert_int_equal(part_program_build(form, 0, all, all, t.reached, t.run->arena, &cold.part),
                         STATUS_OK);
        PartCase warm = cold;
        warm.lines = class_bound_flow_lines(t.classes);
        guarded(solve_part, &cold);
        guarded(solve_part, &warm);
        assert_true(cold.solved && warm.solved);
        assert_true(fabs(cold.value - warm.value) <= 1e-7 * fmax(cold.value, 1));
        assert_true(3 * warm.iterations <= cold.iterations);
        pipeline_free(t.run);
        test_dir_remove(dir);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_dive_ends_at_a_plan_near_the_bound),
        cmocka_unit_test(a_dive_places_two_wholes_where_both_fit),
        cmocka_unit_test(a_part_keeps_what_earlier_tiers_reached),
        cmocka_unit_test(who_is_not_whole_divides),
        cmocka_unit_test(the_lines_of_the_bound_are_near_the_optimum),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
