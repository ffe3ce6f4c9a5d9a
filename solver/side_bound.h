/* room: solver
 *
 * The class network with side rows as a linear program, begun from the network's own optimal tree and
 * solved by the dual simplex method; rows of all or nothing are added where its point breaks them.
 * Where that is not enough, it branches (side_tree.h). What it says is proven in integers (side_proof.h). Runs inside glpk_guard_run().
 */
#ifndef ALLOT_SOLVER_SIDE_BOUND_H
#define ALLOT_SOLVER_SIDE_BOUND_H

#include "allot/side_choices.h"
#include "solver/network_simplex.h"

/** sum of weight * flow over its arcs >= least: what a tier before has come to. */
typedef struct SideLevel {
    size_t count;
    int *arcs;        /* [count] */
    int64_t *weights; /* [count] > 0 */
    int64_t least;    /* > 0 */
} SideLevel;

/** What a choice of the tree gained when it was tried (side_tree.h). */
typedef struct SideGain {
    bool known;
    double worse, mean; /* of its sides: the least, and all */
} SideGain;

/** One side of a choice, and what was decided one after another. */
typedef struct SideDecision {
    SideChoice choice;
    int side;
} SideDecision;

typedef struct SideTrail {
    SideDecision *steps;
    size_t count, room;
} SideTrail;

typedef struct SideBound {
    const SideRules *rules;
    const ClassNetwork *net;
    const bool *apart;             /* [need_count] */
    const NetworkSimplex *simplex; /* holds an optimal circulation for the costs */
    const int64_t *cost;           /* [arc_count] */
    const SideLevel *levels;       /* [level_count] */
    size_t level_count;
    double minor;        /* minor units in one unit of the currency */
    double enough;       /* a bound of so much is not made better */
    long nodes;          /* programs that branching may solve; 0: none */
    double deadline;     /* past which it begins no branch; 0: none */
    SideGain *gains;     /* [SIDE_CHOICE_KINDS * need_count] kept from one to the next;
                                      NULL where nodes is 0 */
    const double *plan;  /* [arc_count] the flow of a plan that keeps the levels, or NULL; and */
    const bool *earlier; /* [need_count] needs that levels are about */
    SideTrail *trail;    /* NULL: nothing is plunged into (side_plunge.h); else what is decided
                                      already, until branching finds a leaf that is better */
    long plunge;         /* programs that this may solve */
    double
        plunge_step; /* what it decides without a look at the other sides costs no more than this part of
                           what is between its first point and enough */
    Arena *arena;

    /* what comes out */
    bool known;
    double bound; /* no circulation of the rows costs less: of cost * flow */
    double
        *flow; /* [arc_count] the point of the leaf that holds the bound down, or where the plunge
                      from there ends */
    bool is_plan;  /* that point leaves no choice open, so that nothing is plunged into */
    double *price; /* [node_count] the duals of the program without branches */
} SideBound;

/** @return STATUS_OK, STATUS_NO_MEMORY; nothing is known where the program was not solved. */
Status side_bound(SideBound *job);

#endif
