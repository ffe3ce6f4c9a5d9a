/* What the network, rows beside it and branching prove of each tier once those before are held, against the
 * best of all plans of tiny rounds: no bound is ever above it, and branching brings most of them up to it.
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

static const BranchLimits LIMITS = {.enough = INFINITY,
                                    .work = 10000000,
                                    .nodes = 2000,
                                    .plunge_work = 100000,
                                    .plunge_step = 0.02};

/** What is proven of a tier. */
typedef struct Bounds {
    Pipeline *run;
    size_t stage;
    double *reached; /* [stage_count] what the best plan comes to */
    Status status;
    TierBound network, rows, branches;
} Bounds;

typedef struct Tally {
    int bounded, later, branched, met_before, met;
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
    double *price = ARENA_NEW(b->run->arena, columns, double);
    double *x = ARENA_NEW(b->run->arena, columns, double);
    TRY(class_bound_open(form, b->run->arena, &classes));
    if (classes == NULL)
        return STATUS_OK;
    TRY(class_bound_tier(classes, b->stage, b->reached, &b->network));
    if (!b->network.known)
        return STATUS_OK;
    b->rows = b->network;
    TRY(class_bound_tighten(classes, b->stage, b->reached, &b->rows, price));
    b->branches = b->rows;
    return class_bound_branch(classes, b->stage, b->reached, &LIMITS, &b->branches, x);
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
            fail_msg("seed %llu, stage %zu: bounds %.12g, %.12g, %.12g; the best plan has %.12g",
                     (unsigned long long)round->seed, b->stage, bounds[0], bounds[1], bounds[2],
                     best);
        }
    tally->bounded++;
    tally->branched += b->branches.value > b->rows.value;
    tally->met_before += is_same(b->rows.value, best);
    tally->met += is_same(b->branches.value, best);
}

/** The value of the stage that this label names, of all that were worked out. */
static double value_named(const Brute *brute, const double *values, const char *label)
{
    for (size_t s = 0; s < brute_stage_count(brute); s++)
        if (strcmp(brute_stage_label(brute, s), label) == 0)
            return values[s];
    fail_msg("no stage %s", label);
    return 0;
}

/** What the best plan comes to in each tier, [stage_count]; NULL: there are too many plans, or none. */
static double *best_values(Pipeline *run)
{
    long tried;
    Brute *brute = brute_new(&run->round, run->arena);
    int64_t *best =
        ARENA_NEW(run->arena, run->round.need_count * run->round.offer_count + 1, int64_t);
    double *values = ARENA_NEW(run->arena, brute_stage_count(brute) + 1, double);
    double *reached = ARENA_NEW(run->arena, run->form.stage_count + 1, double);
    if (!brute_best(brute, PLANS_MOST, best, &tried))
        return NULL;
    brute_values(brute, best, values);
    for (size_t s = 0; s < run->form.stage_count; s++)
        if (run->form.stages[s].kind == STAGE_TIER)
            reached[s] = value_named(brute, values, run->form.stages[s].label);
    return reached;
}

/** Of the tiers of a round that asks for no more than what is offered. */
static void look_at(const TextRound *round, Pipeline *run, Tally *tally)
{
    GuardFault fault;
    if (!run_demands_nothing(&run->form))
        return;
    double *values = best_values(run);
    for (size_t s = 0; values != NULL && s < run->form.stage_count; s++) {
        Bounds b = {.run = run, .stage = s, .reached = values};
        if (run->form.stages[s].kind != STAGE_TIER)
            continue;
        if (!glpk_guard_run(find_guarded, &b, &fault))
            fail_msg("%s", fault.text);
        assert_int_equal(b.status, STATUS_OK);
        if (b.network.known) {
            compare_bounds(round, &b, values[s], tally);
            tally->later += s > 0;
        }
    }
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
        Pipeline *run = pipeline_formulate(dir, NULL, 0);
        if (run->status == STATUS_OK)
            look_at(round, run, &tally);
        pipeline_free(run);
        text_round_free(round);
        test_dir_remove(dir);
    }
    print_message(
        "%d bounded, %d of them not first; %d by branching better; %d met without, %d with\n",
        tally.bounded, tally.later, tally.branched, tally.met_before, tally.met);
    assert_true(tally.bounded > (int)rounds() / 8);
    assert_true(tally.later > (int)rounds() / 16);
    assert_true(tally.met > tally.met_before);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(no_bound_is_above_the_best_plan)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
