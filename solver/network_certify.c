/* The certificate. GLPK gets the circulation as a linear program (a row a node: what enters leaves; a
 * column an arc) and the simplex's spanning tree as basis: arcs of the tree are basic, and the row of
 * each node that hangs by no arc. All data are whole numbers that doubles hold, so that GLPK's own
 * primal values and reduced costs are exact, and it can only agree, or find a fault.
 *
 * The program lives through the stages: from one certificate to the next only what has changed is
 * told, bounds that were frozen and arcs that entered or left the tree. Arcs that are fixed when it is
 * loaded stand at their flow; those outside the tree are left out and their flow is put into the rows,
 * which is what GLPK's own presolve would begin with. Once most columns are fixed it is loaded anew.
 */
#include <math.h>
#include <string.h>

#include "solver/backend.h"
#include "solver/network_run.h"

struct NetworkProgram {
    const NetworkRun *run;
    Arena *arena;
    Backend *backend;
    int column_count;
    int *column_of;       /* [arc_count] or LEFT_OUT */
    int *arc_of;          /* [column_count] */
    int64_t *lower;       /* [arc_count] bounds that GLPK has; of an arc left out, its flow */
    int64_t *upper;       /* [arc_count] */
    BackendPlace *places; /* [column_count] */
    bool *hangs;          /* [node_count] by an arc: its row is not basic */
};

enum { LEFT_OUT = -1 };

/** Columns still free to move are at least one in so many, or the program is loaded anew. */
enum { FIXED_PART = 2 };

static double in_minor_units(const NetworkRun *run, int64_t amount)
{
    return amount >= NETWORK_NO_LIMIT ? INFINITY : (double)amount / (double)run->grain;
}

/** Fixed outside the tree: it cannot enter any more. */
static bool is_settled(const NetworkRun *run, int arc)
{
    return network_lower(run->simplex, arc) == network_upper(run->simplex, arc) &&
           network_state(run->simplex, arc) != ARC_IN_TREE;
}

static BackendPlace place_of(const NetworkProgram *p, int arc)
{
    static const BackendPlace PLACES[] = {
        [ARC_AT_LOWER] = PLACE_LOWER, [ARC_AT_UPPER] = PLACE_UPPER, [ARC_IN_TREE] = PLACE_BASIC};
    return PLACES[network_state(p->run->simplex, arc)];
}

/* ---- loading -------------------------------------------------------------------------------- */

static Status allocate(NetworkProgram *p)
{
    size_t arcs = (size_t)p->run->arc_count;
    p->column_of = ARENA_NEW(p->arena, arcs, int);
    p->arc_of = ARENA_NEW(p->arena, arcs, int);
    p->lower = ARENA_NEW(p->arena, arcs, int64_t);
    p->upper = ARENA_NEW(p->arena, arcs, int64_t);
    p->places = ARENA_NEW(p->arena, arcs, BackendPlace);
    p->hangs = ARENA_NEW(p->arena, (size_t)p->run->net->node_count, bool);
    TRY_NEW(p->column_of);
    TRY_NEW(p->arc_of);
    TRY_NEW(p->lower);
    TRY_NEW(p->upper);
    TRY_NEW(p->places);
    TRY_NEW(p->hangs);
    return STATUS_OK;
}

/** Chooses the columns and notes every bound. */
static void take_arcs(NetworkProgram *p)
{
    const NetworkRun *run = p->run;
    for (int a = 0; a < run->arc_count; a++) {
        p->lower[a] = network_lower(run->simplex, a);
        p->upper[a] = network_upper(run->simplex, a);
        p->column_of[a] = is_settled(run, a) ? LEFT_OUT : p->column_count;
        if (p->column_of[a] != LEFT_OUT)
            p->arc_of[p->column_count++] = a;
    }
}

/** The program's arcs as the backend takes them. */
typedef struct ArcColumns {
    int *from, *to;        /* [column_count] */
    double *lower, *upper; /* [column_count] minor units */
    double *gain;          /* [node_count] what the arcs left out take away */
} ArcColumns;

static Status list_columns(const NetworkProgram *p, ArcColumns *columns)
{
    const NetworkRun *run = p->run;
    size_t count = (size_t)p->column_count;
    columns->from = ARENA_NEW(p->arena, count, int);
    columns->to = ARENA_NEW(p->arena, count, int);
    columns->lower = ARENA_NEW(p->arena, count, double);
    columns->upper = ARENA_NEW(p->arena, count, double);
    columns->gain = ARENA_NEW(p->arena, (size_t)run->net->node_count, double);
    TRY_NEW(columns->from);
    TRY_NEW(columns->to);
    TRY_NEW(columns->lower);
    TRY_NEW(columns->upper);
    TRY_NEW(columns->gain);
    for (int a = 0; a < run->arc_count; a++) {
        int column = p->column_of[a];
        if (column == LEFT_OUT) {
            double flow = in_minor_units(run, p->lower[a]);
            columns->gain[run->from[a]] += flow;
            columns->gain[run->to[a]] -= flow;
            continue;
        }
        columns->from[column] = run->from[a];
        columns->to[column] = run->to[a];
        columns->lower[column] = in_minor_units(run, p->lower[a]);
        columns->upper[column] = in_minor_units(run, p->upper[a]);
    }
    return STATUS_OK;
}

static void place_row(NetworkProgram *p, int node)
{
    p->hangs[node] = network_hangs_free(p->run->simplex, node);
    backend_place_row(p->backend, node, p->hangs[node] ? PLACE_LOWER : PLACE_BASIC);
}

static void place_column(NetworkProgram *p, int column)
{
    p->places[column] = place_of(p, p->arc_of[column]);
    backend_place_column(p->backend, column, p->places[column]);
}

static Status load(NetworkRun *run)
{
    ArcColumns columns;
    network_certify_end(run);
    arena_reset(run->program_arena);
    NetworkProgram *p = ARENA_NEW(run->program_arena, 1, NetworkProgram);
    TRY_NEW(p);
    p->run = run;
    p->arena = run->program_arena;
    TRY(allocate(p));
    take_arcs(p);
    TRY(list_columns(p, &columns));
    BackendNetwork net = {.node_count = run->net->node_count,
                          .arc_count = p->column_count,
                          .from = columns.from,
                          .to = columns.to,
                          .lower = columns.lower,
                          .upper = columns.upper,
                          .gain = columns.gain};
    p->backend = backend_open_network(&net, p->arena);
    TRY_NEW(p->backend);
    run->program = p;
    for (int j = 0; j < p->column_count; j++)
        place_column(p, j);
    for (int v = 0; v < net.node_count; v++)
        place_row(p, v);
    return STATUS_OK;
}

void network_certify_end(NetworkRun *run)
{
    if (run->program != NULL)
        backend_close(run->program->backend);
    run->program = NULL;
}

/* ---- what has changed ----------------------------------------------------------------------- */

/** False when an arc that was left out is another than it was. */
static bool update_arc(NetworkProgram *p, int arc)
{
    const NetworkRun *run = p->run;
    int column = p->column_of[arc];
    int64_t lower = network_lower(run->simplex, arc), upper = network_upper(run->simplex, arc);
    bool same = lower == p->lower[arc] && upper == p->upper[arc];
    if (column == LEFT_OUT)
        return same && is_settled(run, arc);
    if (!same) {
        p->lower[arc] = lower;
        p->upper[arc] = upper;
        backend_bound_column(p->backend, column, in_minor_units(run, lower),
                             in_minor_units(run, upper));
    }
    if (!same || p->places[column] != place_of(p, arc))
        place_column(p, column);
    return true;
}

/** Tells GLPK what has changed. False when it is better loaded anew. */
static bool update(NetworkProgram *p)
{
    const NetworkRun *run = p->run;
    int settled = 0;
    for (int j = 0; j < p->column_count; j++)
        settled += is_settled(run, p->arc_of[j]);
    if (settled > p->column_count - p->column_count / FIXED_PART)
        return false;
    for (int a = 0; a < run->arc_count; a++)
        if (!update_arc(p, a))
            return false;
    for (int v = 0; v < run->net->node_count; v++)
        if (p->hangs[v] != network_hangs_free(run->simplex, v))
            place_row(p, v);
    return true;
}

/* ---- asking --------------------------------------------------------------------------------- */

typedef struct Question {
    size_t count; /* costs, of columns */
    int *columns;
    double *costs;
    double fixed;     /* what the arcs left out cost */
    double objective; /* what the network says */
} Question;

static Status take_costs(const NetworkProgram *p, size_t count, const int *arcs,
                         const int64_t *costs, Question *q)
{
    const NetworkRun *run = p->run;
    Int128 sum = 0;
    *q = (Question){.columns = ARENA_NEW(p->arena, count, int),
                    .costs = ARENA_NEW(p->arena, count, double)};
    TRY_NEW(q->columns);
    TRY_NEW(q->costs);
    for (size_t k = 0; k < count; k++) {
        int64_t flow = network_flow(run->simplex, arcs[k]);
        sum += (Int128)costs[k] * flow;
        if (p->column_of[arcs[k]] == LEFT_OUT) {
            q->fixed += (double)costs[k] * in_minor_units(run, flow);
            continue;
        }
        q->columns[q->count] = p->column_of[arcs[k]];
        q->costs[q->count++] = (double)costs[k];
    }
    q->objective = (double)sum / (double)run->grain;
    return STATUS_OK;
}

/** Sums of doubles of this size lose so much at most. */
static bool same_objective(const Question *q, double found)
{
    double size = 1.0 + fabs(q->objective) + fabs(q->fixed);
    return fabs(found - q->objective) <= 1e-9 * size;
}

static Status ask(NetworkRun *run, const char *label, const Question *q)
{
    Backend *backend = run->program->backend;
    long before = backend_iterations(backend);
    backend_objective(backend, q->count, q->columns, q->costs);
    BackendOutcome outcome = backend_solve(backend);
    long iterations = backend_iterations(backend) - before;
    double found = q->fixed;
    for (size_t k = 0; k < q->count; k++)
        found += q->costs[k] * backend_value(backend, q->columns[k]);
    if (outcome != BACKEND_OPTIMAL)
        return network_give_up(run, "%s: GLPK finds no optimum", label);
    if (iterations > 0)
        return network_give_up(run, "%s: GLPK goes on from the network's tree, by %ld iterations",
                               label, iterations);
    if (!same_objective(q, found))
        return network_give_up(run, "%s: GLPK finds %.17g, the network %.17g", label, found,
                               q->objective);
    return STATUS_OK;
}

Status network_certify(NetworkRun *run, const char *label, size_t count, const int *arcs,
                       const int64_t *costs)
{
    Question question;
    run->asked = label;
    TRY(network_prove(run, count, arcs, costs));
    if (run->program == NULL || !update(run->program))
        TRY(load(run));
    TRY(take_costs(run->program, count, arcs, costs, &question));
    return run->program->column_count > 0 ? ask(run, label, &question) : STATUS_OK;
}
