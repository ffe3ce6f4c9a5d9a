/* The class network over random rounds of money: a flow's stages are what the independent check makes
 * of its lines, and the optimum is GLPK's on the whole program, pair by pair.
 */
#include "tests/support/class_network_case.h"
#include "tests/support/random_round.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "solver/backend.h"
#include "solver/glpk_guard.h"

/* Fewer under the sanitizers, which are an order slower. */
#ifdef __SANITIZE_ADDRESS__
enum { SMALL_ROUNDS = 20, MEDIUM_ROUNDS = 3 };
#else
enum { SMALL_ROUNDS = 120, MEDIUM_ROUNDS = 20 };
#endif

enum {
    FITTING = RANDOM_TIERS | RANDOM_CATEGORIES | RANDOM_BUDGETS | RANDOM_MAX_VALUE |
              RANDOM_EARMARKS | RANDOM_WINDOWS | RANDOM_ODA | RANDOM_PARENTS | RANDOM_COVERED |
              RANDOM_WEIGHTS | RANDOM_FORBID | RANDOM_BASIS | RANDOM_LAPSES | RANDOM_COSTS |
              RANDOM_FAIRNESS | RANDOM_FAIRNESS_FIRST | RANDOM_UNKNOWN
};

/* ---- flows ---------------------------------------------------------------------------------- */

/** The arc before a node on the supply side, or behind one on the demand side; found by looking. */
static int arc_at(const ClassNetwork *net, int node, bool in)
{
    for (int a = 0; a < net->arc_count; a++)
        if ((in ? net->to[a] : net->from[a]) == node)
            return a;
    return -1;
}

/** The arcs of a unit through flow @p f and class @p k. */
static int path_of(const ClassNetwork *net, int f, int k, int *path)
{
    int count = 0;
    path[count++] = net->first_flow + f;
    path[count++] = net->first_class + k;
    for (int v = net->from[path[0]]; v != 0; v = net->from[path[count - 1]])
        path[count++] = arc_at(net, v, true);
    for (int v = net->to[path[1]]; v != 0; v = net->to[path[count - 1]])
        path[count++] = arc_at(net, v, false);
    return count;
}

static int64_t room_of(const NetworkCase *c, const int64_t *flow, const int *path, int count)
{
    int64_t room = INT64_MAX;
    for (int i = 0; i < count; i++) {
        int64_t left = c->net.upper[path[i]] - flow[path[i]];
        room = left < room ? left : room;
    }
    return room;
}

/** A flow of some amounts along some paths. */
static void draw_flow(NetworkCase *c, TestRandom *random)
{
    const ClassNetwork *net = &c->net;
    int path[64];
    memset(c->flow, 0, (size_t)net->arc_count * sizeof *c->flow);
    for (int tries = 0; tries < net->flow_count; tries++) {
        int f = (int)random_between(random, 0, net->flow_count - 1);
        int k = (int)random_between(random, 0, net->classes->class_count - 1);
        if (net->from[net->first_class + k] != net->to[net->first_flow + f])
            continue;
        int count = path_of(net, f, k, path);
        int64_t room = room_of(c, c->flow, path, count);
        int64_t amount = random_chance(random, 2) ? room : random_between(random, 0, room);
        for (int i = 0; i < count; i++)
            c->flow[path[i]] += amount;
    }
}

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void list_stage(NetworkCase *c, Plan *plan, const NetworkStage *stage)
{
    StageResult *out = &plan->stages[plan->stage_count];
    double *shares = ARENA_NEW(c->arena, stage->group_count + 1, double);
    if (stage->kind != STAGE_FAIRNESS) {
        *out = (StageResult){.kind = stage->kind,
                             .label = stage->label,
                             .tier = stage->tier,
                             .basis = stage->basis,
                             .date = stage->date,
                             .value = class_stage_value(stage, c->flow)};
        out->bound = out->value;
        plan->stage_count++;
        return;
    }
    for (size_t g = 0; g < stage->group_count; g++)
        shares[g] = (double)(stage->group_met[g] + c->flow[stage->group_arcs[g]]) /
                    (double)stage->group_wanted[g];
    qsort(shares, stage->group_count, sizeof *shares, ascending);
    for (size_t g = 0; g < stage->group_count; g++)
        plan->stages[plan->stage_count++] =
            (StageResult){.kind = STAGE_FAIRNESS,
                          .maximise = true,
                          .tier = stage->tier,
                          .rank = (int)g + 1,
                          .date = DATE_NONE,
                          .label = arena_printf(c->arena, "%s.%d", stage->label, (int)g + 1),
                          .value = shares[g],
                          .bound = shares[g]};
}

/** The flow's lines and stages, as the independent check sees them. */
static void verify_flow(NetworkCase *c)
{
    Plan plan = {0};
    VerifyReport report;
    Diag *diag = diag_new(c->arena);
    size_t stages = 0, count;
    int64_t given = 0, flowing = 0;
    assert_case_int(c->label, class_network_lines(&c->net, c->flow, c->arena, &plan), STATUS_OK);
    for (size_t i = 0; i < plan.assignment_count; i++)
        given += plan.assignments[i].quantity;
    for (int f = 0; f < c->net.flow_count; f++)
        flowing += c->flow[c->net.first_flow + f];
    assert_case_int(c->label, given, flowing);
    for (size_t s = 0; s < c->net.stage_count; s++)
        stages += 1 + c->net.stages[s].group_count;
    plan.stages = ARENA_NEW(c->arena, stages, StageResult);
    for (size_t s = 0; s + 1 < c->net.stage_count; s++)
        list_stage(c, &plan, &c->net.stages[s]);
    assert_case_int(c->label, plan_figures(c->round, c->arena, &plan), STATUS_OK);
    Status status = plan_verify(c->round, &plan, true, "plan", c->arena, diag, &report);
    const Finding *findings = diag_findings(diag, &count);
    for (size_t i = 0; i < count; i++)
        print_error("%s\n", diag_format(&findings[i], c->arena));
    assert_case_int(c->label, status, STATUS_OK);
    assert_case_int(c->label, (int64_t)report.worse, 0);
}

/* ---- GLPK on the network -------------------------------------------------------------------- */

/** The network as a program in whole currency units; rows: nodes, then levels of groups. */
typedef struct NetworkProgram {
    const NetworkCase *c;
    Lp lp;
    int level;     /* column */
    double *best;  /* [stage_count] of linear stages */
    double **held; /* [stage_count] levels of a fairness stage's groups, from the smallest */
    double *x;     /* [arc_count] in the end */
    BackendOutcome outcome;
} NetworkProgram;

static double whole(const NetworkProgram *p, int64_t amount)
{
    return (double)amount / (double)unit_scale(p->c->round->currency);
}

static void add_level_rows(NetworkProgram *p, const NetworkStage *stage)
{
    for (size_t g = 0; g < stage->group_count; g++)
        assert_int_equal(lp_add_row(&p->lp, -INFINITY, INFINITY, 2,
                                    (int[]){stage->group_arcs[g], p->level},
                                    (double[]){1.0, -whole(p, stage->group_wanted[g])}),
                         STATUS_OK);
}

static void make_program(NetworkProgram *p)
{
    const ClassNetwork *net = &p->c->net;
    Arena *arena = p->c->arena;
    assert_int_equal(lp_init(arena, &p->lp), STATUS_OK);
    int *columns = ARENA_NEW(arena, (size_t)net->arc_count, int);
    double *values = ARENA_NEW(arena, (size_t)net->arc_count, double);
    for (int a = 0; a < net->arc_count; a++)
        assert_int_equal(
            lp_add_column(&p->lp, 0,
                          net->upper[a] == NETWORK_NO_LIMIT ? INFINITY : whole(p, net->upper[a]),
                          false, 1.0),
            STATUS_OK);
    p->level = p->lp.column_count;
    assert_int_equal(lp_add_column(&p->lp, 0, 1, false, 1.0), STATUS_OK);
    for (int v = 0; v < net->node_count; v++) {
        size_t count = 0;
        for (int a = 0; a < net->arc_count; a++)
            if (net->from[a] == v || net->to[a] == v) {
                columns[count] = a;
                values[count++] = net->to[a] == v ? 1.0 : -1.0;
            }
        assert_int_equal(lp_add_row(&p->lp, 0, 0, count, columns, values), STATUS_OK);
    }
    for (size_t s = 0; s < net->stage_count; s++)
        add_level_rows(p, &net->stages[s]);
    lp_scale_rows(&p->lp);
    p->best = ARENA_NEW(arena, net->stage_count, double);
    p->held = ARENA_NEW(arena, net->stage_count, double *);
    p->x = ARENA_NEW(arena, (size_t)net->arc_count, double);
}

static void freeze_arcs(const NetworkProgram *p, Backend *backend)
{
    for (int a = 0; a < p->c->net.arc_count; a++)
        if (fabs(backend_reduced_cost(backend, a)) > 1e-7)
            backend_fix_column(backend, a);
}

static void solve_linear(NetworkProgram *p, Backend *backend, size_t s)
{
    const NetworkStage *stage = &p->c->net.stages[s];
    double *costs = ARENA_NEW(p->c->arena, stage->count, double), sum = 0;
    for (size_t k = 0; k < stage->count; k++)
        costs[k] = (double)stage->costs[k];
    backend_objective(backend, stage->count, stage->arcs, costs);
    p->outcome = backend_solve(backend);
    if (p->outcome != BACKEND_OPTIMAL)
        return;
    for (size_t k = 0; k < stage->count; k++)
        sum += costs[k] * backend_value(backend, stage->arcs[k]);
    p->best[s] = stage->constant + stage->unit * (double)unit_scale(p->c->round->currency) * sum;
    freeze_arcs(p, backend);
}

/** A group's share for good. */
static void hold_group(NetworkProgram *p, Backend *backend, size_t s, size_t g, int row,
                       size_t *held, double level)
{
    const NetworkStage *stage = &p->c->net.stages[s];
    double lower, upper,
        flow = level * whole(p, stage->group_wanted[g]) - whole(p, stage->group_met[g]);
    backend_column_bounds(backend, stage->group_arcs[g], &lower, &upper);
    flow = fmin(fmax(flow, lower), upper);
    backend_bound_column(backend, stage->group_arcs[g], flow, flow);
    backend_bound_row(backend, row, -INFINITY, INFINITY);
    p->held[s][(*held)++] = level;
}

/** Leximin: raise the common level of those that are not held, hold those that bind, go on. */
static void solve_fairness(NetworkProgram *p, Backend *backend, size_t s, int first_row)
{
    const NetworkStage *stage = &p->c->net.stages[s];
    bool *done = ARENA_NEW(p->c->arena, stage->group_count, bool);
    p->held[s] = ARENA_NEW(p->c->arena, stage->group_count + 1, double);
    for (size_t held = 0; held < stage->group_count;) {
        for (size_t g = 0; g < stage->group_count; g++)
            if (!done[g])
                backend_bound_row(backend, first_row + (int)g, -whole(p, stage->group_met[g]),
                                  INFINITY);
        backend_bound_column(backend, p->level, 0, 1);
        backend_objective(backend, 1, &p->level, (double[]){-1.0});
        p->outcome = backend_solve(backend);
        if (p->outcome != BACKEND_OPTIMAL)
            return;
        double level = backend_value(backend, p->level);
        size_t before = held;
        double *duals = ARENA_NEW(p->c->arena, stage->group_count, double);
        for (size_t g = 0; g < stage->group_count; g++)
            duals[g] = fabs(backend_row_dual(backend, first_row + (int)g));
        freeze_arcs(p, backend);
        for (size_t g = 0; g < stage->group_count; g++)
            if (!done[g] && (duals[g] > 1e-7 || level >= 1 - 1e-12)) {
                hold_group(p, backend, s, g, first_row + (int)g, &held, level);
                done[g] = true;
            }
        if (held == before) { /* the ceiling of the level itself */
            p->outcome = BACKEND_FAILED;
            return;
        }
    }
    backend_bound_column(backend, p->level, 0, 0);
}

static void solve_program(void *context)
{
    NetworkProgram *p = context;
    const ClassNetwork *net = &p->c->net;
    Backend *backend = backend_open(&p->lp, p->c->arena);
    int row = net->node_count;
    p->outcome = BACKEND_OPTIMAL;
    for (size_t s = 0; s < net->stage_count && p->outcome == BACKEND_OPTIMAL; s++) {
        if (net->stages[s].kind == STAGE_FAIRNESS)
            solve_fairness(p, backend, s, row);
        else
            solve_linear(p, backend, s);
        row += (int)net->stages[s].group_count;
    }
    for (int a = 0; a < net->arc_count; a++)
        p->x[a] = backend_value(backend, a);
    backend_close(backend);
}

/** What GLPK proved of the whole program, pair by pair, against what it says of the network. */
static void compare_optima(const NetworkCase *c, const NetworkProgram *p, const Pipeline *run)
{
    for (size_t i = 0; i < run->result.bound_count; i++) {
        const StageBound *bound = &run->result.bounds[i];
        const Stage *stage = &run->form.stages[bound->stage];
        double got = stage->kind == STAGE_FAIRNESS ? p->held[bound->stage][bound->rank - 1]
                                                   : p->best[bound->stage];
        double slack = stage->kind == STAGE_FAIRNESS ? 1e-6 : 0.02;
        if (fabs(got - bound->bound) > slack + 1e-6 * fabs(bound->bound))
            fail_msg("%s: %s rank %d: network %.9g, program %.9g", c->label, stage->label,
                     bound->rank, got, bound->bound);
    }
}

/** Without fairness the optimum is in whole minor units, and its lines pass. */
static void verify_optimum(NetworkCase *c, const NetworkProgram *p)
{
    for (int a = 0; a < c->net.arc_count; a++) {
        double cents = p->x[a] * (double)unit_scale(c->round->currency);
        c->flow[a] = llround(cents);
        assert_case(c->label, fabs(cents - (double)c->flow[a]) < 1e-3);
    }
    assert_case(c->label, class_case_holds(c, c->flow));
    verify_flow(c);
}

/* ---- random rounds -------------------------------------------------------------------------- */

static void compare_stage_lists(const NetworkCase *c, const Formulation *form)
{
    assert_case_int(c->label, (int64_t)c->net.stage_count, (int64_t)form->stage_count);
    for (size_t s = 0; s < form->stage_count; s++) {
        assert_case_text(c->label, c->net.stages[s].label, form->stages[s].label);
        assert_case(c->label, c->net.stages[s].kind == form->stages[s].kind);
        assert_case(c->label, c->net.stages[s].group_count == form->stages[s].group_count);
    }
}

/** The greedy flow leaves no path open. */
static void check_greedy(const NetworkCase *c)
{
    const ClassNetwork *net = &c->net;
    int path[64];
    assert_case(c->label, class_case_holds(c, net->greedy));
    for (int f = 0; f < net->flow_count; f++)
        for (int k = 0; k < net->classes->class_count; k++)
            if (net->from[net->first_class + k] == net->to[net->first_flow + f]) {
                int count = path_of(net, f, k, path);
                assert_case(c->label, room_of(c, net->greedy, path, count) == 0);
            }
}

/** Returns whether there was a plan to compare with. */
static bool ask_round(NetworkCase *c, const Pipeline *run)
{
    TestRandom random = random_seeded(77);
    compare_stage_lists(c, &run->form);
    check_greedy(c);
    memcpy(c->flow, c->net.greedy, (size_t)c->net.arc_count * sizeof *c->flow);
    verify_flow(c);
    for (int i = 0; i < 3 && c->net.flow_count > 0; i++) {
        draw_flow(c, &random);
        assert_case(c->label, class_case_holds(c, c->flow));
        verify_flow(c);
    }
    if (run->status != STATUS_OK)
        return false;
    NetworkProgram program = {.c = c};
    GuardFault fault = {""};
    make_program(&program);
    assert_case(c->label, glpk_guard_run(solve_program, &program, &fault));
    assert_case_int(c->label, program.outcome, BACKEND_OPTIMAL);
    compare_optima(c, &program, run);
    if (c->round->settings.fairness == FAIRNESS_NONE)
        verify_optimum(c, &program);
    return true;
}

static void random_rounds(uint64_t seed, RandomSize size, int features, int rounds)
{
    int asked = 0, solved = 0;
    for (int i = 0; asked < rounds; i++) {
        TextRound *text =
            random_round(seed + (uint64_t)i, (RandomShape){.size = size, .features = features});
        NetworkCase c = {.round = NULL};
        char *dir = test_dir_make();
        snprintf(c.label, sizeof c.label, "seed %llu", (unsigned long long)seed + (unsigned)i);
        text_round_write(text, dir);
        Pipeline *run = pipeline_run(dir, NULL, 0);
        bool formulated = run->form.stage_count > 0;
        if (formulated && class_case_open(&c, run)) {
            solved += ask_round(&c, run);
            asked++;
        }
        assert_true(i < 20 * rounds);
        pipeline_free(run);
        test_dir_remove(dir);
        text_round_free(text);
    }
    assert_true(solved * 10 >= asked * 9);
}

static void stages_are_those_of_the_round(void **state)
{
    (void)state;
    random_rounds(510000, RANDOM_SMALL, FITTING, SMALL_ROUNDS);
    random_rounds(520000, RANDOM_SMALL, FITTING & ~RANDOM_FAIRNESS, SMALL_ROUNDS / 2);
    random_rounds(530000, RANDOM_MEDIUM, FITTING, MEDIUM_ROUNDS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(stages_are_those_of_the_round),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
