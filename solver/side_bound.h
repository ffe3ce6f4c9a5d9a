/* room: solver
 *
 * The class network with side rows as a linear program, begun from the network's own optimal tree and
 * solved by the dual simplex method; rows of all or nothing are added where its point breaks them.
 * Where that is not enough, it branches (side_tree.h). What it says is proven in integers (side_proof.h). Runs inside glpk_guard_run().
 */
#ifndef ALLOT_SOLVER_SIDE_BOUND_H
#define ALLOT_SOLVER_SIDE_BOUND_H

#include "allot/side_rows.h"
#include "solver/network_simplex.h"

typedef struct SideBound {
    const SideRules *rules;
    const ClassNetwork *net;
    const bool *apart;             /* [need_count] */
    const NetworkSimplex *simplex; /* holds an optimal circulation for the costs */
    const int64_t *cost;           /* [arc_count] */
    double minor;                  /* minor units in one unit of the currency */
    double enough;                 /* a bound of so much is not made better */
    long nodes;                    /* programs that branching may solve; 0: none */
    Arena *arena;

    /* what comes out */
    bool known;
    double bound;  /* no circulation of the rows costs less: of cost * flow */
    double *flow;  /* [arc_count] the last point of the program without branches, and */
    double *price; /* [node_count] its duals */
} SideBound;

/** @return STATUS_OK, STATUS_NO_MEMORY; nothing is known where the program was not solved. */
Status side_bound(SideBound *job);

#endif
