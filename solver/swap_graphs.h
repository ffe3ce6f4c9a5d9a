/* room: solver
 *
 * The graphs behind swaps (asks_swap.h). Held, a tier is a sum over beneficiaries, and each of them has a
 * limit: two families of sums that cross, which no network holds. So there are several graphs. In the wide
 * one no other tier is held by itself: with the sum over all of them as it is, what it cannot do cannot be
 * done. In a narrow one all but one tier keep what they have under every limit, so that the sum over all is
 * held for that one alone: what it can do can be done. The tier of the need keeps what it has in each.
 */
#ifndef ALLOT_SOLVER_SWAP_GRAPHS_H
#define ALLOT_SOLVER_SWAP_GRAPHS_H

#include "solver/asks_swap.h"

enum { SWAP_WIDE = 0 };

/** Numbers that all graphs share. */
typedef struct SwapLayout {
    int sink, begin, end; /* nodes: of all flow; of what is demanded */
    int node_count;
    int *limit_node;             /* [beneficiary_count] or -1 */
    int *cell_node;              /* [tier * (beneficiary_count + 1) + limit + 1] or -1 */
    int first_cell, first_limit; /* arcs */
    int *fills;                  /* [beneficiary_count] the arc from `begin` to the limit's node */
    int *comes_in;               /* [net->node_count] from a signature to `end`, or -1 */
    int grows, arrives;          /* from `begin` to the source, from the sink to `end` */
} SwapLayout;

typedef enum SwapKnown { SWAP_UNKNOWN, SWAP_YES, SWAP_NO } SwapKnown;

struct AskSwap {
    const HoldPlan *hold;
    const int *arc_into;
    Arena *graphs;
    SwapLayout at;
    int tier;            /* of the graphs; 0: none yet */
    HoldGraph *graph;    /* [hold->tier_count] WIDE, or the tier that is free in it */
    bool *built, *fresh; /* [hold->tier_count] is it there; has it the flow of the lines at hand? */
    SwapKnown *narrow; /* [hold->tier_count] with all options, is it enough with this tier free? */
    int last;          /* the tier that was free when an option was found enough */
    int *free_in;      /* [offer_count] the graph in which the offer was found enough */
    bool *set;         /* [node_count] scratch */
};

/** The graph of this number (SWAP_WIDE, or the tier that is free in it) for needs of @p tier, with the flow
 *  of the lines at hand. Empties job->scratch. @return STATUS_OK or STATUS_NO_MEMORY. */
Status swap_open_graph(AskJob *job, AskSwap *swap, int tier, int number);

#endif
