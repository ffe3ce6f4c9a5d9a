/* Plunges: from a relaxation that serves needs in part to a point that serves them whole, of rounds worked
 * out by hand; and a generated round whose optimum another solver has proven.
 */

#include <math.h>

#include "solver/class_bound.h"
#include "solver/glpk_guard.h"
#include "solver/ruin_stages.h"
#include "tests/support/bench_round.h"
#include "tests/support/round_case.h"

typedef struct PlungeCase {
    const char *label;
    const char *needs, *offers;
    double least,
        most; /* served, in units: by the worst and the best of plans to which nobody can be added */
    int lines_most;    /* of one need */
    double line_least; /* of every line, in units */
} PlungeCase;

#define NEEDS(columns, rows) "id,category,quantity" columns "\n" rows

static const PlungeCase CASES[] = {
    /* the relaxation gives 100, one of them in part; whole are 70 and 30, or 60 and 30 */
    {"all or nothing", NEEDS(",indivisible", "N1,HW,70,yes\nN2,HW,60,yes\nN3,HW,30,yes\n"),
     "id,donor,category,quantity\nO1,D1,HW,100\n", 90, 100, 3, 30},
    /* one donor each: 60 from O1 and 40 from O2 */
    {"one donor", NEEDS(",max_donors", "N1,HW,70,1\nN2,HW,70,1\n"),
     "id,donor,category,quantity\nO1,D1,HW,60\nO2,D2,HW,40\n", 100, 100, 1, 40},
    /* 50 and 20 would be under the ticket of 30; 40 and 30 are not */
    {"a ticket", NEEDS("", "N1,HW,50\nN2,HW,50\n"),
     "id,donor,category,quantity,min_ticket\nO1,D1,HW,70,30\n", 70, 70, 2, 30},
};

/** The point of a plunge from the root, without branching. */
typedef struct Plunged {
    Pipeline *run;
    double *x, *price, *reached;
    TierBound bound;
    Status status;
} Plunged;

static Status plunge(Plunged *p)
{
    static const BranchLimits LIMITS = {
        .enough = INFINITY, .plunge_work = 100000, .plunge_step = 0.02};
    ClassBound *classes;
    TRY(class_bound_open(&p->run->form, p->run->arena, &classes));
    TRY(class_bound_tier(classes, 0, p->reached, &p->bound));
    TRY(class_bound_tighten(classes, 0, p->reached, &p->bound, p->price));
    return class_bound_branch(classes, 0, p->reached, &LIMITS, &p->bound, p->x);
}

static void plunge_guarded(void *context)
{
    Plunged *p = context;
    p->status = plunge(p);
}

/** Every need is whole, has no more lines than it may and none that is too small. */
static double sum_lines(const PlungeCase *c, const Plunged *p, int need)
{
    const Formulation *form = &p->run->form;
    double sum = 0;
    int lines = 0;
    for (size_t k = form->pairs->first[need]; k < form->pairs->first[need + 1]; k++) {
        double line = p->x[k] * form->quantum[need] / 100;
        if (line <= 0.01)
            continue;
        assert_case(c->label, line >= c->line_least - 0.01);
        sum += line;
        lines++;
    }
    assert_case(c->label, lines <= c->lines_most);
    if (form->round->needs[need].indivisible)
        assert_case(c->label, sum <= 0.01 || fabs(sum - (double)form->round->needs[need].wanted /
                                                            100) <= 0.01);
    return sum;
}

static void a_plunge_ends_at_a_plan(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(CASES); i++) {
        const PlungeCase *c = &CASES[i];
        const CaseFile files[CASE_FILES] = {{"needs.csv", c->needs},
                                            {"offers.csv", c->offers},
                                            {"settings.csv", "key,value\nfairness,none\n"}};
        Plunged p = {.run = case_formulate(files)};
        GuardFault fault;
        size_t columns = (size_t)p.run->form.lp.column_count;
        double served = 0;
        assert_case_int(c->label, p.run->status, STATUS_OK);
        p.x = ARENA_NEW(p.run->arena, columns, double);
        p.price = ARENA_NEW(p.run->arena, columns, double);
        p.reached = ARENA_NEW(p.run->arena, p.run->form.stage_count, double);
        if (!glpk_guard_run(plunge_guarded, &p, &fault))
            fail_msg("%s", fault.text);
        assert_case_int(c->label, p.status, STATUS_OK);
        for (size_t n = 0; n < p.run->round.need_count; n++)
            served += sum_lines(c, &p, (int)n);
        assert_case(c->label, served >= c->least - 0.02 && served <= c->most + 0.02);
        pipeline_free(p.run);
    }
}

/* BENCH_WHOLE, 300 needs, one tier, no fairness: CBC 2.10.8 proves these optima of the exported program. */
typedef struct ProvenRound {
    uint64_t seed;
    double optimum, gap; /* of the stage: about 0.1 % of what is served */
} ProvenRound;

static const ProvenRound PROVEN[] = {{6, 9721729.33, 0.007}, {10, 7515184.16, 0.008}};

typedef struct Staged {
    Pipeline *run;
    SolveSettings settings;
    RuinPlan plan;
    Status status;
} Staged;

static void stage_guarded(void *context)
{
    Staged *s = context;
    s->status = ruin_stages(&s->run->form, &s->settings, s->run->arena, &s->plan);
}

static void rounds_of_300_needs_come_near_their_proven_optimum(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(PROVEN); i++) {
        BenchRound shape = {BENCH_WHOLE, 300, true, "none", "none", PROVEN[i].seed};
        char *dir = test_dir_make();
        GuardFault fault;
        bench_round_write(dir, &shape);
        Staged s = {.run = pipeline_formulate(dir, NULL, 0)};
        s.settings = solve_settings_of(&s.run->round);
        s.settings.gap_rel = PROVEN[i].gap;
        if (!glpk_guard_run(stage_guarded, &s, &fault))
            fail_msg("%s", fault.text);
        assert_int_equal(s.status, STATUS_OK);
        assert_true(s.plan.found && s.plan.bounds[0].known);
        assert_true(s.plan.bounds[0].bound <= PROVEN[i].optimum + 0.01);
        assert_true(s.plan.bounds[0].value >= PROVEN[i].optimum - 0.01);
        assert_true(s.plan.bounds[0].value <= s.plan.bounds[0].bound * (1 + PROVEN[i].gap));
        pipeline_free(s.run);
        test_dir_remove(dir);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_plunge_ends_at_a_plan),
        cmocka_unit_test(rounds_of_300_needs_come_near_their_proven_optimum),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
