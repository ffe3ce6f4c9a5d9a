/* What the network, rows beside it and branching prove of the first tier, against the best of all plans
 * of tiny rounds: no bound is ever above it, and branching brings most of them up to it.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "solver/class_bound.h"
#include "solver/glpk_guard.h"
#include "solver/run.h"
#include "tests/support/brute.h"
#include "tests/support/pipeline.h"
#include "tests/support/random_round.h"

/* Fewer under the sanitizers, which are an order slower; ALLOT_ROUNDS overrides. */
#ifdef __SANITIZE_ADDRESS__
enum { ROUNDS = 60, PLANS_MOST = 20000 };
#else
enum { ROUNDS = 500, PLANS_MOST = 100000 };
#endif

static const BranchLimits LIMITS = {.enough = INFINITY, .work = 10000000, .nodes = 2000};

typedef struct Bounds {
    Pipeline *run;
    Status status;
    TierBound network, rows, branches;
} Bounds;

typedef struct Tally {
    int bounded, branched, met_before, met;
} Tally;

static uint64_t rounds(void)
{
    const char *text = getenv("ALLOT_ROUNDS");
    return text == NULL ? ROUNDS : strtoull(text, NULL, 10);
}

static Status find(Bounds *b)
{
    const Formulation *form = &b->run->form;
    ClassBound *classes;
    size_t columns = (size_t)form->lp.column_count;
    double *reached = ARENA_NEW(b->run->arena, form->stage_count, double);
    double *price = ARENA_NEW(b->run->arena, columns, double);
    double *x = ARENA_NEW(b->run->arena, columns, double);
    TRY(class_bound_open(form, b->run->arena, &classes));
    if (classes == NULL)
        return STATUS_OK;
    TRY(class_bound_tier(classes, 0, reached, &b->network));
    if (!b->network.known)
        return STATUS_OK;
    b->rows = b->network;
    TRY(class_bound_tighten(classes, 0, reached, &b->rows, price));
    b->branches = b->rows;
    return class_bound_branch(classes, 0, reached, &LIMITS, &b->branches, x);
}

static void find_guarded(void *context)
{
    Bounds *b = context;
    b->status = find(b);
}

static bool is_same(double a, double b)
{
    return fabs(a - b) <= 1e-6 * fmax(1, fabs(b));
}

static void compare_bounds(const TextRound *round, const Bounds *b, double best, Tally *tally)
{
    const double bounds[] = {b->network.value, b->rows.value, b->branches.value};
    for (size_t k = 0; k < COUNT_OF(bounds); k++)
        if (bounds[k] > best + 1e-7 * fmax(1, fabs(best)) || (k > 0 && bounds[k] < bounds[k - 1])) {
            text_round_print(round);
            fail_msg("seed %llu: bounds %.12g, %.12g, %.12g; the best plan has %.12g",
                     (unsigned long long)round->seed, bounds[0], bounds[1], bounds[2], best);
        }
    tally->bounded++;
    tally->branched += b->branches.value > b->rows.value;
    tally->met_before += is_same(b->rows.value, best);
    tally->met += is_same(b->branches.value, best);
}

/** Of the first tier of a round that asks for no more than what is offered. */
static void look_at(const TextRound *round, Bounds *b, Tally *tally)
{
    GuardFault fault;
    Pipeline *run = b->run;
    if (run->form.stage_count == 0 || run->form.stages[0].kind != STAGE_TIER ||
        !run_demands_nothing(&run->form))
        return;
    if (!glpk_guard_run(find_guarded, b, &fault))
        fail_msg("%s", fault.text);
    assert_int_equal(b->status, STATUS_OK);
    if (!b->network.known)
        return;
    long tried;
    Brute *brute = brute_new(&run->round, run->arena);
    int64_t *best =
        ARENA_NEW(run->arena, run->round.need_count * run->round.offer_count + 1, int64_t);
    double *values = ARENA_NEW(run->arena, brute_stage_count(brute) + 1, double);
    if (!brute_best(brute, PLANS_MOST, best, &tried))
        return;
    brute_values(brute, best, values);
    if (strcmp(brute_stage_label(brute, 0), run->form.stages[0].label) == 0)
        compare_bounds(round, b, values[0], tally);
}

static void no_bound_is_above_the_best_plan(void **state)
{
    const RandomShape shape = {.size = RANDOM_TINY,
                               .features = RANDOM_TIERS | RANDOM_WEIGHTS | RANDOM_COVERED |
                                           RANDOM_STEPS | RANDOM_WHOLES | RANDOM_EARMARKS |
                                           RANDOM_BUDGETS | RANDOM_MAX_VALUE | RANDOM_OVERHEAD |
                                           RANDOM_PARENTS | RANDOM_CURRENCIES | RANDOM_MAX_SHARE,
                               .exact = true,
                               .wholes = WHOLE_MINIMA | WHOLE_INDIVISIBLE | WHOLE_TICKETS |
                                         WHOLE_MAX_DONORS | WHOLE_REQUIRES | WHOLE_BUNDLES};
    Tally tally = {0};
    (void)state;
    for (uint64_t i = 0; i < rounds(); i++) {
        RandomShape drawn = shape;
        drawn.crowded = i % 2 == 1;
        char *dir = test_dir_make();
        TextRound *round = random_round(31000000 + i, drawn);
        text_round_write(round, dir);
        Bounds b = {.run = pipeline_formulate(dir, NULL, 0)};
        if (b.run->status == STATUS_OK)
            look_at(round, &b, &tally);
        pipeline_free(b.run);
        text_round_free(round);
        test_dir_remove(dir);
    }
    print_message("%d bounded; %d by branching better; %d met without, %d with\n", tally.bounded,
                  tally.branched, tally.met_before, tally.met);
    assert_true(tally.bounded > (int)rounds() / 8);
    assert_true(tally.met > tally.met_before);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(no_bound_is_above_the_best_plan)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
