/* room: solver
 *
 * Branching beside the network: where the flow of the program with side rows is on neither side of a
 * choice (side_choices.h), the program is solved for both, and so on for the side that costs less. No
 * plan costs less than the least of the leaves, each of which is proven in integers.
 */
#ifndef ALLOT_SOLVER_SIDE_TREE_H
#define ALLOT_SOLVER_SIDE_TREE_H

#include "allot/lp.h"
#include "solver/backend.h"
#include "solver/side_bound.h"

/** The program beside the network while it lives. */
typedef struct SideRun {
    SideBound *job;
    Lp lp;
    SideRows rows;
    size_t loaded;      /* rows that the program has */
    size_t first_level; /* row of the first of */
    int levels; /* rows, each with a column behind the arcs for what it lacks, at 0 but where a program
                   pays for it */
    int64_t *lower, *upper; /* [arc_count] of arcs, as they are now */
    bool *paid;             /* [arc_count] arcs that are paid for what they have to carry */
    int *priced;            /* [arc_count + levels] scratch */
    double *costs;          /* [arc_count + levels] scratch */
    Backend *backend;
} SideRun;

/** The costs, those of arcs that are paid less by @p less; so much costs what levels lack, which at 0
 *  they may not. */
void side_run_price(const SideRun *run, double less);

/** Solves by the dual simplex method and adds what is broken until nothing is; the point goes to @p flow
 *  [arc_count]. @return STATUS_OK, STATUS_NO_MEMORY. */
Status side_run_solve(SideRun *run, double *flow, bool *solved);

/** The point of the last program, in minor units, to @p flow [arc_count]. */
void side_run_flow(const SideRun *run, double *flow);

/** The arc's bounds as they are now, but for the lower one, which is @p lower. */
void side_run_bound(const SideRun *run, int arc, int64_t lower);

/** What the last duals prove of the bounds as they are now; the nodes' go to @p price [node_count].
 *  @return STATUS_OK, STATUS_NO_MEMORY. */
Status side_run_prove(const SideRun *run, Arena *arena, double *price, double *bound, bool *known);

/** Branches from the program solved last, whose bound is in the job, until the bound is enough or the
 *  nodes are used up. The job's bound becomes the least of the leaves, its trail what leads to that leaf.
 *  @return STATUS_OK, STATUS_NO_MEMORY. */
Status side_tree(SideRun *run);

#endif
