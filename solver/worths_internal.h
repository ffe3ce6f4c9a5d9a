/* room: solver
 *
 * What worths of a plan of the class network are told from: flows first (worths_flows.c), then the network's
 * linear program where those do not say (worths_program.h), step by step (network_worths.c).
 */
#ifndef ALLOT_SOLVER_WORTHS_INTERNAL_H
#define ALLOT_SOLVER_WORTHS_INTERNAL_H

#include "allot/formulation.h"
#include "solver/worths_program.h"

/** A quantity or budget. */
typedef struct Quantity {
    int lift;
    WorthAsked asked;  /* arc -1: nothing can be drawn of it, -2: it cannot be asked about here */
    bool enough_known; /* the least with which the step at hand can be kept too */
    int64_t enough;
    int64_t
        needed_cell; /* as asked.needed, with all that tiers above have kept under every limit */
    double slope;    /* at the prices of the program at hand */
    int64_t sure;    /* so much more comes through in any case */
} Quantity;

typedef struct WorthsAsked {
    const Formulation *form;
    const Plan *plan;
    Arena *arena, *scratch;
    ClassNetwork net;
    HoldPlan hold;
    int *arc_into;        /* [node_count] of donors and offers */
    Quantity *quantities; /* [count] */
    size_t count;
    Worths *out;
    Worth *worths; /* [count * step_count] */
    const Stage **stages;
    HoldPlan whole; /* as hold, with the plan's whole flow */
    WorthsProgram program;
    double *prices; /* [class_count] of a unit, in the stage's measure */
    bool sound;
    Status status;
} WorthsAsked;

/** Where the answer about a quantity and a step is. */
Worth *worths_at(const WorthsAsked *w, size_t quantity, size_t step);

/** What so much more brings, each unit @p slope. @p at_least: and it may be more. */
WorthSide worths_brings(const Quantity *quantity, int64_t more, bool at_least, double slope);

/** What flows say of a step in which all that counts counts @p price a smallest part. What they leave open is not
 *  known. *sound: the flow is the largest that there is, as it should be.
 *  @return STATUS_OK, STATUS_NO_MEMORY, STATUS_INTERNAL (the lines are none of the network's). */
Status worths_flow_step(WorthsAsked *w, size_t step, double price, bool *sound);

#endif
