/* The class network around a plan as a linear program. A column stands at 0 where nothing moves, so that the
 * slacks are a feasible basis of every question, and what is held is held to the program's last digits: no
 * large sum has to be met, only its change be no loss.
 */
#include "solver/hold_program.h"

#include <math.h>

/* A rise is a part when less than this of one is missing. */
static const double BROKEN_PART = 1e-3;

/* What a class cannot have all of, whatever is given, falls short by more than this, relative and in units. */
static const double NEVER = 1e-7;

/* ---- building ----------------------------------------------------------------------------------- */

typedef struct Maker {
    HoldProgram *p;
    const ClassNetwork *net;
    Arena *arena;
    Lp lp;
    int arcs;       /* up to the classes */
    int *columns;   /* scratch [2 * arcs + offer_count] */
    double *values; /* likewise */
} Maker;

static double in_units(const HoldProgram *p, int64_t amount)
{
    return amount >= NETWORK_NO_LIMIT ? INFINITY : (double)amount / p->unit;
}

static double room_of(const HoldProgram *p, int arc)
{
    int64_t upper = p->plan->net->upper[arc];
    return upper >= NETWORK_NO_LIMIT ? INFINITY : in_units(p, upper - p->plan->flow[arc]);
}

static Status add_columns(Maker *m)
{
    HoldProgram *p = m->p;
    const int64_t *flow = p->plan->flow;
    for (int a = 0; a < m->arcs; a++) {
        int64_t upper = m->net->upper[a];
        int64_t room = upper >= NETWORK_NO_LIMIT ? NETWORK_NO_LIMIT : upper - flow[a];
        bool supply = a < m->net->first_flow; /* a row bounds it */
        p->along[a] = p->back[a] = -1;
        if (supply || room > 0) {
            p->along[a] = m->lp.column_count;
            TRY(lp_add_column(&m->lp, 0, supply ? INFINITY : in_units(p, room), false, 1.0));
        }
        if (flow[a] > 0) {
            p->back[a] = m->lp.column_count;
            TRY(lp_add_column(&m->lp, 0, in_units(p, flow[a]), false, 1.0));
        }
    }
    return STATUS_OK;
}

/** What offers may be given in addition: nothing, until it is asked about. */
static Status add_gifts(Maker *m)
{
    for (size_t o = 0; o < m->net->round->offer_count; o++) {
        m->p->gift[o] = -1;
        if (m->net->offer_node[o] <= 0)
            continue;
        m->p->gift[o] = m->lp.column_count;
        TRY(lp_add_column(&m->lp, 0, 0, false, 1.0));
    }
    return STATUS_OK;
}

/** What the arc carries more than in the plan, @p times. */
static size_t add_change(const Maker *m, int arc, double times, size_t count)
{
    if (m->p->along[arc] >= 0) {
        m->columns[count] = m->p->along[arc];
        m->values[count++] = times;
    }
    if (m->p->back[arc] >= 0) {
        m->columns[count] = m->p->back[arc];
        m->values[count++] = -times;
    }
    return count;
}

/** What enters a node leaves it, but for the source, and where classes end. */
static Status add_nodes(Maker *m)
{
    const ClassNetwork *net = m->net;
    size_t nodes = (size_t)net->node_count;
    int *first = ARENA_NEW(m->arena, nodes + 1, int);
    int *arcs = ARENA_NEW(m->arena, 2 * (size_t)m->arcs, int);
    TRY_NEW(first);
    TRY_NEW(arcs);
    for (int a = 0; a < m->arcs; a++) {
        first[net->from[a]]++;
        if (a < net->first_class)
            first[net->to[a]]++;
    }
    for (size_t v = 1; v <= nodes; v++)
        first[v] += first[v - 1];
    for (int a = 0; a < m->arcs; a++) {
        arcs[--first[net->from[a]]] = a;
        if (a < net->first_class)
            arcs[--first[net->to[a]]] = a;
    }
    for (size_t v = 1; v < nodes; v++) {
        size_t count = 0;
        for (int i = first[v]; i < first[v + 1]; i++)
            count = add_change(m, arcs[i], net->to[arcs[i]] == (int)v ? 1.0 : -1.0, count);
        TRY(lp_add_row(&m->lp, 0, 0, count, m->columns, m->values));
    }
    return STATUS_OK;
}

/** Of every arc before the flows the offers whose chain it is in: offers[first[a]] .. offers[first[a + 1]]. */
static Status list_chains(Maker *m, int **first, int **offers)
{
    const ClassNetwork *net = m->net;
    size_t count = m->net->round->offer_count, total = 0;
    int *arc_into = ARENA_NEW(m->arena, (size_t)net->node_count, int);
    *first = ARENA_NEW(m->arena, (size_t)net->first_flow + 1, int);
    TRY_NEW(arc_into);
    TRY_NEW(*first);
    for (int a = 0; a < net->first_flow; a++)
        arc_into[net->to[a]] = a;
    for (size_t o = 0; o < count; o++)
        for (int v = net->offer_node[o]; v > 0; v = net->from[arc_into[v]], total++)
            (*first)[arc_into[v]]++;
    *offers = ARENA_NEW(m->arena, total, int);
    TRY_NEW(*offers);
    for (int a = 0; a < net->first_flow; a++)
        (*first)[a + 1] += (*first)[a];
    for (size_t o = count; o-- > 0;)
        for (int v = net->offer_node[o]; v > 0; v = net->from[arc_into[v]])
            (*offers)[--(*first)[arc_into[v]]] = (int)o;
    return STATUS_OK;
}

/** Quantities and budgets: an arc carries as much more as is left, and what is given to any offer whose chain
 *  it is in. */
static Status add_capacities(Maker *m)
{
    int *first, *offers;
    TRY(list_chains(m, &first, &offers));
    for (int a = 0; a < m->net->first_flow; a++) {
        size_t count = add_change(m, a, 1.0, 0);
        for (int i = first[a]; i < first[a + 1]; i++) {
            m->columns[count] = m->p->gift[offers[i]];
            m->values[count++] = -1.0;
        }
        m->p->capacity_row[a] = m->lp.row_count;
        TRY(lp_add_row(&m->lp, -INFINITY, room_of(m->p, a), count, m->columns, m->values));
    }
    return STATUS_OK;
}

/** Which classes a row is over, and how each counts in it. */
typedef enum SumKind { SUM_TIER, SUM_GROUP, SUM_LIMIT } SumKind;

static double counts_in(const Maker *m, SumKind kind, int which, int class)
{
    const NeedClass *row = &m->net->classes->classes[class];
    switch (kind) {
    case SUM_TIER: return row->tier == which ? decimal_to_double(row->weight) : 0;
    case SUM_GROUP: return row->group == which ? 1.0 : 0;
    case SUM_LIMIT: return hold_limit(m->p->plan, class) == which ? 1.0 : 0;
    }
    return 0;
}

/** The row of a sum over classes, or -1 where nothing of it can move. *has: what the plan has of it. */
static Status add_sum(Maker *m, SumKind kind, int which, int *row, int64_t *has)
{
    size_t count = 0;
    *has = 0;
    *row = -1;
    for (int k = 0; k < m->net->classes->class_count; k++) {
        double times = counts_in(m, kind, which, k);
        if (times == 0)
            continue;
        *has += m->p->plan->flow[m->net->first_class + k];
        count = add_change(m, m->net->first_class + k, times, count);
    }
    if (count == 0)
        return STATUS_OK;
    *row = m->lp.row_count;
    return lp_add_row(&m->lp, -INFINITY, INFINITY, count, m->columns, m->values);
}

static Status add_sums(Maker *m)
{
    HoldProgram *p = m->p;
    const Round *round = m->net->round;
    bool fair = round->settings.fairness != FAIRNESS_NONE;
    int64_t has;
    for (int t = 0; t < p->plan->tier_count; t++)
        TRY(add_sum(m, SUM_TIER, t, &p->tier_row[t], &has));
    for (int g = 0; g < m->net->classes->group_count; g++) {
        p->group_row[g] = -1;
        if (fair)
            TRY(add_sum(m, SUM_GROUP, g, &p->group_row[g], &has));
    }
    for (size_t b = 0; b < round->beneficiary_count; b++) {
        TRY(add_sum(m, SUM_LIMIT, (int)b, &p->limit_row[b], &has));
        if (p->limit_row[b] < 0)
            continue;
        p->limit_room[b] = in_units(p, round->beneficiaries[b].max_value - has);
        m->lp.row_upper[p->limit_row[b]] = p->limit_room[b];
    }
    return STATUS_OK;
}

static Status make_room(Maker *m)
{
    HoldProgram *p = m->p;
    size_t arcs = (size_t)m->arcs;
    p->along = ARENA_NEW(m->arena, arcs, int);
    p->back = ARENA_NEW(m->arena, arcs, int);
    p->gift = ARENA_NEW(m->arena, m->net->round->offer_count, int);
    p->capacity_row = ARENA_NEW(m->arena, (size_t)m->net->first_flow, int);
    p->tier_row = ARENA_NEW(m->arena, (size_t)p->plan->tier_count, int);
    p->group_row = ARENA_NEW(m->arena, (size_t)m->net->classes->group_count, int);
    p->limit_row = ARENA_NEW(m->arena, m->net->round->beneficiary_count, int);
    p->class_columns = ARENA_NEW(m->arena, 2 * (size_t)m->net->classes->class_count, int);
    p->class_costs = ARENA_NEW(m->arena, 2 * (size_t)m->net->classes->class_count, double);
    p->limit_room = ARENA_NEW(m->arena, m->net->round->beneficiary_count, double);
    size_t most = 2 * arcs + m->net->round->offer_count;
    m->columns = ARENA_NEW(m->arena, most, int);
    m->values = ARENA_NEW(m->arena, most, double);
    bool all = p->gift != NULL && p->capacity_row != NULL && p->along != NULL && p->back != NULL &&
               p->tier_row != NULL && p->group_row != NULL && p->limit_row != NULL &&
               p->class_columns != NULL && p->class_costs != NULL && p->limit_room != NULL &&
               m->columns != NULL && m->values != NULL;
    return all ? lp_init(m->arena, &m->lp) : STATUS_NO_MEMORY;
}

Status hold_program_open(const HoldPlan *plan, Arena *arena, HoldProgram *program)
{
    const ClassNetwork *net = plan->net;
    Maker m = {.p = program,
               .net = net,
               .arena = arena,
               .arcs = net->first_class + net->classes->class_count};
    *program =
        (HoldProgram){.plan = plan, .class = -1, .unit = (double)unit_scale(net->round->currency)};
    TRY(make_room(&m));
    TRY(add_columns(&m));
    TRY(add_gifts(&m));
    TRY(add_nodes(&m));
    TRY(add_capacities(&m));
    TRY(add_sums(&m));
    lp_scale_rows(&m.lp);
    bool *loaded = ARENA_NEW(arena, (size_t)m.lp.column_count, bool);
    TRY_NEW(loaded);
    for (int j = 0; j < m.lp.column_count; j++)
        loaded[j] = true;
    for (int a = net->first_flow; a < net->first_class; a++)
        if (program->along[a] >= 0 && plan->flow[a] == 0)
            loaded[program->along[a]] = false;
    program->backend = backend_open_part(&m.lp, loaded, arena);
    TRY_NEW(program->backend);
    return STATUS_OK;
}

void hold_program_close(HoldProgram *program)
{
    if (program->backend != NULL)
        backend_close(program->backend);
    program->backend = NULL;
}

/* ---- what is held ------------------------------------------------------------------------------- */

static void bound(const HoldProgram *p, int column, double upper)
{
    if (column >= 0)
        backend_bound_column(p->backend, column, 0, upper);
}

static void hold_row(const HoldProgram *p, int row, bool held)
{
    if (row >= 0)
        backend_bound_row(p->backend, row, held ? 0 : -INFINITY, INFINITY);
}

static bool is_kept(const HoldProgram *p, int tier)
{
    return tier < p->tier || (p->plan->below && tier > p->tier);
}

void hold_program_free_above(HoldProgram *p, bool free)
{
    const NeedClasses *classes = p->plan->net->classes;
    for (int t = 0; t < p->plan->tier_count; t++)
        hold_row(p, p->tier_row[t], is_kept(p, t) && !free);
    for (int g = 0; g < classes->group_count; g++)
        hold_row(p, p->group_row[g], is_kept(p, classes->group_tier[g]) && !free);
}

/** Less than in the plan: nothing of what is held, all of the rest. */
static void let_lose(const HoldProgram *p, int class, bool may)
{
    int arc = p->plan->net->first_class + class;
    int64_t least = p->least != NULL ? p->least[class] : 0, flow = p->plan->flow[arc];
    bound(p, p->back[arc], may && flow > least ? in_units(p, flow - least) : 0);
}

void hold_program_free_equals(HoldProgram *p, bool free)
{
    const NeedClasses *classes = p->plan->net->classes;
    for (int k = 0; k < classes->class_count; k++)
        if (classes->classes[k].tier == p->tier && k != p->class)
            let_lose(p, k, free);
}

void hold_program_lift_arc(HoldProgram *p, int arc, bool lifted)
{
    backend_bound_row(p->backend, p->capacity_row[arc], -INFINITY,
                      lifted ? INFINITY : room_of(p, arc));
}

void hold_program_lift_limit(HoldProgram *p, int beneficiary, bool lifted)
{
    if (p->limit_row[beneficiary] >= 0)
        backend_bound_row(p->backend, p->limit_row[beneficiary], -INFINITY,
                          lifted ? INFINITY : p->limit_room[beneficiary]);
}

/** The tier asked about changes: its classes are held, those of the one before are not. */
static void change_tier(HoldProgram *p, int tier)
{
    const NeedClasses *classes = p->plan->net->classes;
    p->tier = tier;
    for (int k = 0; k < classes->class_count; k++)
        let_lose(p, k, classes->classes[k].tier != tier);
    hold_program_free_above(p, false);
}

void hold_program_about(HoldProgram *p, int class)
{
    const ClassNetwork *net = p->plan->net;
    const NeedClass *row = &net->classes->classes[class];
    if (p->class >= 0) {
        int arc = net->first_class + p->class;
        bound(p, p->along[arc], in_units(p, net->upper[arc] - p->plan->flow[arc]));
    }
    p->class = class;
    if (p->tier != row->tier)
        change_tier(p, row->tier);
    let_lose(p, class, false);
}

void hold_program_about_tier(HoldProgram *p, int tier)
{
    const ClassNetwork *net = p->plan->net;
    if (p->class >= 0) {
        int arc = net->first_class + p->class;
        bound(p, p->along[arc], in_units(p, net->upper[arc] - p->plan->flow[arc]));
    }
    p->class = -1;
    change_tier(p, tier);
    hold_program_free_equals(p, true);
}

void hold_program_keep_tier(HoldProgram *p, int tier, bool kept)
{
    hold_row(p, p->tier_row[tier], kept);
}

void hold_program_allow(HoldProgram *p, int arc, double more)
{
    double upper = room_of(p, arc) + more;
    backend_bound_row(p->backend, p->capacity_row[arc], -INFINITY, upper);
}

/* ---- asking ------------------------------------------------------------------------------------- */

bool hold_program_most(HoldProgram *p, int64_t most, int64_t *more)
{
    int column = p->along[p->plan->net->first_class + p->class];
    *more = 0;
    if (column < 0 || most <= 0)
        return true;
    bound(p, column, in_units(p, most));
    backend_objective(p->backend, 1, &column, &(double){-1.0});
    if (hold_program_solve(p) != BACKEND_OPTIMAL)
        return false;
    double value = backend_value(p->backend, column) * p->unit;
    *more = (int64_t)floor(value + BROKEN_PART);
    *more = *more < most ? *more : most;
    return true;
}

bool hold_program_tier_is_best(HoldProgram *p)
{
    const ClassNetwork *net = p->plan->net;
    int *columns = p->class_columns;
    double *costs = p->class_costs;
    size_t count = 0;
    bound(p, p->along[net->first_class + p->class], room_of(p, net->first_class + p->class));
    for (int k = 0; k < net->classes->class_count; k++) {
        const NeedClass *class = &net->classes->classes[k];
        if (class->tier != p->tier || class->weight.digits <= 0 ||
            p->along[net->first_class + k] < 0)
            continue;
        columns[count] = p->along[net->first_class + k];
        costs[count++] = -1.0;
    }
    backend_objective(p->backend, count, columns, costs);
    if (hold_program_solve(p) != BACKEND_OPTIMAL)
        return false;
    double more = 0;
    for (size_t i = 0; i < count; i++)
        more += backend_value(p->backend, columns[i]);
    return more * p->unit < BROKEN_PART;
}

bool hold_program_best(HoldProgram *p, const double *prices, double *value)
{
    const ClassNetwork *net = p->plan->net;
    size_t count = 0;
    for (int k = 0; k < net->classes->class_count; k++)
        for (int back = 0; back < 2 && prices[k] != 0; back++) {
            int column = (back ? p->back : p->along)[net->first_class + k];
            if (column < 0)
                continue;
            p->class_columns[count] = column;
            p->class_costs[count++] = back ? prices[k] : -prices[k];
        }
    backend_objective(p->backend, count, p->class_columns, p->class_costs);
    bool said = hold_program_solve(p) == BACKEND_OPTIMAL;
    *value = said ? -backend_objective_value(p->backend) : 0;
    return said;
}

bool hold_program_least(HoldProgram *p, int arc, double *change)
{
    int columns[] = {p->along[arc], p->back[arc]};
    *change = 0;
    if (columns[1] < 0)
        return true; /* it carries nothing */
    bool along = columns[0] >= 0;
    backend_objective(p->backend, along ? 2 : 1, along ? columns : columns + 1,
                      along ? (double[]){1.0, -1.0} : (double[]){-1.0});
    bool said = hold_program_solve(p) == BACKEND_OPTIMAL;
    *change = said ? hold_program_change(p, arc) / p->unit : 0;
    return said;
}

BackendOutcome hold_program_give(HoldProgram *p, int64_t lacks, size_t count, const int *offers,
                                 const double *costs, int *columns)
{
    int own = p->along[p->plan->net->first_class + p->class];
    if (own < 0)
        return BACKEND_FAILED;
    for (size_t i = 0; i < count; i++) {
        columns[i] = p->gift[offers[i]];
        bound(p, columns[i], INFINITY);
    }
    bound(p, own, in_units(p, lacks));
    backend_objective(p->backend, 1, &own, &(double){-1.0});
    BackendOutcome outcome = hold_program_solve(p);
    if (outcome == BACKEND_OPTIMAL &&
        backend_value(p->backend, own) < in_units(p, lacks) * (1 - NEVER) - NEVER)
        outcome = BACKEND_INFEASIBLE;
    if (outcome == BACKEND_OPTIMAL && costs != NULL) {
        backend_bound_column(p->backend, own, in_units(p, lacks), in_units(p, lacks));
        backend_objective(p->backend, count, columns, costs);
        outcome = hold_program_solve(p);
    }
    for (size_t i = 0; i < count; i++)
        bound(p, columns[i], 0);
    bound(p, own, in_units(p, lacks));
    return outcome;
}

static double value_of(const HoldProgram *p, int column)
{
    return column < 0 ? 0 : backend_value(p->backend, column) * p->unit;
}

double hold_program_gift(const HoldProgram *p, int offer)
{
    return value_of(p, p->gift[offer]);
}

double hold_program_change(const HoldProgram *p, int arc)
{
    return value_of(p, p->along[arc]) - value_of(p, p->back[arc]);
}
