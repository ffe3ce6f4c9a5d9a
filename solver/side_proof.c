/* Weak duality with rounded duals. Prices are integers in parts of 2^-shift of a cost. A side row with
 * the price t for the whole of it charges an arc at its left t / size, rounded down, and pays an arc at
 * its right most * t / size, rounded up: what it charges a plan is then never more than what it pays.
 */
#include "solver/side_proof.h"

#include <math.h>

/* Largest cost in parts: 2^COST_BITS; prices in parts stay below 2^PRICE_BITS, so that a price times a
 * flow of int64_t fits Int128. Parts are as large as that asks for: where much waits for little, the
 * little is dear. */
enum { COST_BITS = 44, PRICE_BITS = 60, SPARE_BITS = 2 };

/* A row's price times its sizes stays below this. */
static const double ROW_PRICE_MOST = 0x1p118;

typedef struct Proof {
    const SideProgram *program;
    int shift;
    int64_t *price;  /* [node_count] */
    Int128 *reduced; /* [arc_count] cost and what rows charge, then less the nodes' prices */
    Int128 sum;
    bool keep_less; /* of nodes that arcs without a limit enter: price_open_nodes() */
    bool has_less;
} Proof;

static int shift_of(const SideProgram *program, const double *node_price)
{
    double most = 1, dearest = 1;
    for (int a = 0; a < program->arc_count; a++)
        most = fmax(most, fabs((double)program->cost[a]));
    for (int v = 0; v < program->node_count; v++)
        dearest = fmax(dearest, fabs(node_price[v]));
    int by_cost = COST_BITS - ilogb(most);
    int by_price = isfinite(dearest) ? PRICE_BITS - SPARE_BITS - ilogb(dearest) : 0;
    return by_cost < by_price ? by_cost : by_price;
}

/** False where it does not fit. */
static bool to_parts(const Proof *p, double price, int64_t *out)
{
    double parts = ldexp(price, p->shift);
    if (!(fabs(parts) < ldexp(1, PRICE_BITS)))
        return false;
    *out = llround(parts);
    return true;
}

static bool take_costs(Proof *p)
{
    for (int a = 0; a < p->program->arc_count; a++) {
        int64_t parts;
        if (!to_parts(p, (double)p->program->cost[a], &parts))
            return false;
        p->reduced[a] = parts; /* exact: a cost is a whole number of parts */
    }
    return p->shift >= 0;
}

/** False where it does not fit. */
static bool add_to(Int128 *sum, Int128 more)
{
    return !__builtin_add_overflow(*sum, more, sum);
}

/** What the row with this @p price for all of it charges and pays, and its constant. False where it does not
 *  fit. */
static bool charge_row(Proof *p, const SideRow *row, double price)
{
    const SideTerm *terms = p->program->rows->terms;
    double parts = ldexp(price, p->shift);
    if (!(parts > 0))
        return true; /* not charged at all */
    if (!(parts * (double)row->most < ROW_PRICE_MOST))
        return false;
    Int128 t = (Int128)parts, all = t * row->most;
    bool holds =
        (!row->at_most_one || add_to(&p->sum, -all)) && (!row->is_level || add_to(&p->sum, t));
    for (size_t k = 0; k < row->left_count && holds; k++)
        holds = add_to(&p->reduced[terms[row->left + k].arc], t / terms[row->left + k].size);
    for (size_t k = 0; k < row->right_count && holds; k++) {
        int64_t size = terms[row->right + k].size;
        holds = add_to(&p->reduced[terms[row->right + k].arc], -((all + size - 1) / size));
    }
    return holds;
}

static bool fits(Int128 parts)
{
    Int128 most = (Int128)1 << PRICE_BITS;
    return parts < most && parts > -most;
}

/** Nodes that arcs without a limit enter cost what the cheapest of those brings; or what they are given to
 *  cost, where that is less by more than rounding and p->keep_less asks for it, as of a node that has to be
 *  paid for. False when arcs of that kind enter the source, or follow each other against the order of arcs. */
static bool price_open_nodes(Proof *p, bool *open)
{
    const SideProgram *g = p->program;
    for (int a = 0; a < g->arc_count; a++) {
        if (g->upper[a] < NETWORK_NO_LIMIT)
            continue;
        Int128 brings = p->reduced[a];
        if (!add_to(&brings, p->price[g->from[a]]) || !fits(brings))
            return false;
        Int128 above = brings - p->price[g->to[a]];
        bool first = !open[g->to[a]], less = first && above > (Int128)1 << p->shift;
        p->has_less = p->has_less || less;
        if (above < 0 || (first && !(less && p->keep_less)))
            p->price[g->to[a]] = (int64_t)brings;
        open[g->to[a]] = true;
    }
    return true;
}

static bool add_arcs(Proof *p)
{
    const SideProgram *g = p->program;
    for (int a = 0; a < g->arc_count; a++) {
        Int128 reduced = p->reduced[a];
        if (!add_to(&reduced, (Int128)p->price[g->from[a]] - p->price[g->to[a]]))
            return false;
        int64_t flow = reduced < 0 ? g->upper[a] : g->lower == NULL ? 0 : g->lower[a];
        if (reduced == 0 || flow == 0)
            continue;
        if (flow >= NETWORK_NO_LIMIT || !fits(reduced) || !add_to(&p->sum, reduced * flow))
            return false;
    }
    return true;
}

/** One proof, in the prices as they are given or as they may be. */
static Status prove(Proof *p, const double *node_price, const double *row_price, Arena *arena,
                    double *out, bool *proven)
{
    const SideProgram *program = p->program;
    bool *open = ARENA_NEW(arena, (size_t)program->node_count, bool);
    TRY_NEW(open);
    *proven = false;
    p->sum = 0;
    bool holds = take_costs(p);
    for (int v = 0; v < program->node_count && holds; v++)
        holds = to_parts(p, node_price[v], &p->price[v]);
    for (size_t i = 0; i < program->rows->row_count && holds; i++)
        holds = charge_row(p, &program->rows->rows[i], row_price[i]);
    if (!holds || !price_open_nodes(p, open) || !add_arcs(p))
        return STATUS_OK;
    *proven = true;
    double value = ldexp((double)p->sum, -p->shift);
    *out = nextafter(value, -INFINITY); /* the conversion rounds to the nearest */
    return STATUS_OK;
}

Status side_proof(const SideProgram *program, const double *node_price, const double *row_price,
                  Arena *arena, double *out, bool *proven)
{
    Proof p = {.program = program, .shift = shift_of(program, node_price)};
    double kept;
    bool keeps;
    p.price = ARENA_NEW(arena, (size_t)program->node_count, int64_t);
    p.reduced = ARENA_NEW(arena, (size_t)program->arc_count, Int128);
    TRY_NEW(p.price);
    TRY_NEW(p.reduced);
    TRY(prove(&p, node_price, row_price, arena, out, proven));
    if (!p.has_less)
        return STATUS_OK;
    p.keep_less = true;
    TRY(prove(&p, node_price, row_price, arena, &kept, &keeps));
    if (keeps && (!*proven || kept > *out))
        *out = kept;
    *proven = *proven || keeps;
    return STATUS_OK;
}
