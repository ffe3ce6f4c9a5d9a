/* room: solver
 *
 * Minimum-cost circulation in integers: primal network simplex on strongly feasible trees (Cunningham
 * 1976; Ahuja, Magnanti and Orlin 1993, ch. 11), no tolerance anywhere. The program stays open: costs
 * and bounds may change between solves, each of which goes on from the tree of the one before.
 */
#ifndef ALLOT_SOLVER_NETWORK_SIMPLEX_H
#define ALLOT_SOLVER_NETWORK_SIMPLEX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "allot/arena.h"
#include "allot/status.h"

typedef struct NetworkSimplex NetworkSimplex;

typedef enum ArcState { ARC_AT_LOWER, ARC_AT_UPPER, ARC_IN_TREE } ArcState;

typedef enum NetworkOutcome {
    NETWORK_OPTIMAL,
    NETWORK_INFEASIBLE, /* no circulation keeps every bound */
    NETWORK_OVERFLOW    /* nothing was decided: a cost or potential is beyond NETWORK_COST_LIMIT, or
                           what breaks the bounds does not add up in int64_t */
} NetworkOutcome;

/** Costs and potentials stay within +-this, so that no reduced cost overflows. */
#define NETWORK_COST_LIMIT (INT64_MAX / 4)

/** A network with every arc at 0 flow and cost; nodes 0 .. node_count - 1, bounds
 *  0 <= lower <= upper (@p lower NULL: all 0). Parallel arcs and arcs from a node to itself are allowed.
 *  Bounds are copied into @p arena, the ends of arcs are to outlive the program. NULL without memory. */
NetworkSimplex *network_open(int node_count, int arc_count, const int *from, const int *to,
                             const int64_t *lower, const int64_t *upper, Arena *arena);

/** Starts from a circulation that keeps every bound instead of from 0 (where lower bounds are 0, 0
 *  is one). Builds a strongly feasible tree around it: arcs strictly between their bounds hang in it,
 *  and those of them that close a cycle enter first in the next solve. Costs stay. STATUS_INTERNAL,
 *  with nothing changed, when @p flow is none or a node's sum does not fit int64_t. */
Status network_start(NetworkSimplex *net, const int64_t *flow);

/** What network_open() takes. */
typedef struct NetworkArcs {
    int node_count, arc_count;
    const int *from, *to;         /* [arc_count] */
    const int64_t *lower, *upper; /* [arc_count] */
} NetworkArcs;

/** The two in one. @return also STATUS_NO_MEMORY; *out is of use only with STATUS_OK. */
Status network_open_at(const NetworkArcs *arcs, const int64_t *flow, Arena *arena,
                       NetworkSimplex **out);

/** Changes the bounds of an arc, 0 <= lower <= upper; flows stay, and the next solve mends what is
 *  broken, from the tree as it is. */
void network_bound_arc(NetworkSimplex *net, int arc, int64_t lower, int64_t upper);
int64_t network_lower(const NetworkSimplex *net, int arc);
int64_t network_upper(const NetworkSimplex *net, int arc);

/** Sets all costs: those of @p count arcs, every other 0. An arc named twice has the later one. */
void network_objective(NetworkSimplex *net, size_t count, const int *arcs, const int64_t *costs);

/** Minimises; first, where bounds are broken, the sum of what breaks them. */
NetworkOutcome network_solve(NetworkSimplex *net);

/** After an optimal solve, for other costs at which its tree is optimal too, as the caller knows or has
 *  proven otherwise: potentials, without looking for an arc that improves. False when nothing was solved or
 *  numbers are out of range. */
bool network_reprice(NetworkSimplex *net);

/** After an optimal solve: every arc whose reduced cost is not 0 is fixed at its flow. What is left
 *  are all optimal circulations and no others (complementary slackness). */
void network_freeze(NetworkSimplex *net);

/* What a solve found. Flows balance at every node whatever came out; states, reduced costs (0 in the
 * tree, >= 0 at lower, <= 0 at upper: cost + potential[from] - potential[to]) and potentials are those
 * of the last optimal solve, until something is changed. */
int64_t network_flow(const NetworkSimplex *net, int arc);
/** Of all arcs, [arc_count]; until something is changed or solved. */
const int64_t *network_write_flows(NetworkSimplex *net);
ArcState network_state(const NetworkSimplex *net, int arc);
int64_t network_reduced_cost(const NetworkSimplex *net, int arc);
int64_t network_potential(const NetworkSimplex *net, int node);
const int64_t *network_potentials(const NetworkSimplex *net); /* [node_count] */
const int64_t *network_costs(
    const NetworkSimplex *net); /* [arc_count] as network_objective() set them */
const int64_t *network_lowers(const NetworkSimplex *net); /* [arc_count], also while it changes */
const int64_t *network_uppers(const NetworkSimplex *net); /* [arc_count] */
const int64_t *network_flows(const NetworkSimplex *net);  /* [arc_count] of arcs outside the tree */
/** The flow of an arc outside the tree; 0 of one in it. */
int64_t network_flow_outside(const NetworkSimplex *net, int arc);
/** The arc of the program that a node hangs by; -1: it hangs by its artificial one. */
int network_arc_above(const NetworkSimplex *net, int node);
/** Is the tree's arc above this node one of the program (else the artificial one)? */
bool network_hangs_free(const NetworkSimplex *net, int node);
long network_pivots(const NetworkSimplex *net);

/** Copies of all bounds, to be put back after a trial. */
typedef struct NetworkBounds {
    int64_t *lower, *upper; /* [arc_count] */
} NetworkBounds;
Status network_save_bounds(const NetworkSimplex *net, Arena *arena, NetworkBounds *saved);
void network_restore_bounds(NetworkSimplex *net, const NetworkBounds *saved);

/** A copy of bounds, flows and tree, to go on from there again as often as need be: a trial then costs its
 *  own pivots alone. Costs are not in it. */
typedef struct NetworkState NetworkState;
/** @return NULL without memory. */
NetworkState *network_save(const NetworkSimplex *net, Arena *arena);
void network_restore(NetworkSimplex *net, const NetworkState *saved);

#endif
