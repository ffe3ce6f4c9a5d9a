/* room: solver
 *
 * A live program that has no plan, in which things of the round can be lifted and loosened: every
 * demand (floor, reserve, commitment) may be missed at a price, so that the program itself always
 * has a point and every question is a warm solve away.
 */
#ifndef ALLOT_SOLVER_CONFLICT_LIVE_H
#define ALLOT_SOLVER_CONFLICT_LIVE_H

#include "allot/solve.h"
#include "solver/backend.h"

/** The demand's own row in the live program: its amounts plus its slack against what it asks. */
typedef struct LiveDemand {
    size_t lift;
    int target; /* what it bounds: a row, or a pair's column */
    int row;    /* of the live program */
    int slack;  /* column: by how much it is missed, in the target's units */
    double price;
    bool is_lower;
} LiveDemand;

typedef struct ConflictLive {
    const Lifts *lifts;
    const SolveSettings *settings;
    Arena *arena;
    Arena *scratch; /* of one question; outlives a fault behind the guard */
    Backend *backend;
    bool *lifted;                    /* [lifts->count] */
    double *give_lower, *give_upper; /* [lifts->count] loosened by so much, in its targets' units */
    int64_t *given; /* [lifts->count] the same of rules, in smallest parts, where it is an amount */
    LiveDemand *demands; /* [demand_count] */
    size_t demand_count;
    int *demand_of;                            /* [lifts->count] index into demands, or -1 */
    double *missed;                            /* [demand_count] see live_concede() */
    double *costs;                             /* scratch [demand_count] */
    int *slacks;                               /* likewise */
    double *saved_lower, *saved_upper, *whole; /* scratch [columns of the Lp] */
    double work_left;                          /* of all searches together */
    Status
        status; /* STATUS_NO_MEMORY once it was short: what is answered from then on says nothing */
} ConflictLive;

typedef enum LiveAnswer { LIVE_PLAN, LIVE_NO_PLAN, LIVE_UNKNOWN } LiveAnswer;

/** Needs the guard, as all below. To be closed. @p scratch is freed by the caller, outside of the guard. */
Status live_open(ConflictLive *live, const Lifts *lifts, const SolveSettings *settings,
                 Arena *scratch, Arena *arena);
void live_close(ConflictLive *live);

void live_lift(ConflictLive *live, size_t lift, bool lifted);

/** Loosens a thing: its lower bounds by @p lower, its upper by @p upper. */
void live_give(ConflictLive *live, size_t lift, double lower, double upper);

/** Can all demands that are not lifted be kept, in whole steps? With @p relaxed set, *relaxed says
 *  whether the linear relaxation answered alone. LIVE_UNKNOWN too when memory is short (live->status). */
LiveAnswer live_ask(ConflictLive *live, bool *relaxed);

/** Of things whose bounds the last solved relaxation leans on: @p leans [lifts->count]. */
void live_support(const ConflictLive *live, bool *leans);

/** Least of sum of cost x while every demand is kept that is not lifted, in whole steps. *found: a
 *  point is there; *proven: and none is better, or none is there. @p x [columns of the Lp], when found. */
void live_minimise(ConflictLive *live, size_t count, const int *columns, const double *costs,
                   double *x, bool *found, bool *proven);

/** The least price of what is missed, in whole steps: the same with the slacks in @p missed
 *  [demand_count]. Nothing is found when memory is short (live->status). */
void live_concede(ConflictLive *live, double *missed, bool *found, bool *proven);

/** Slacks of demands that are kept (@p most 0) or may be missed (INFINITY). */
void live_bound_slacks(ConflictLive *live, double most);

/** The least price of what is missed, relaxed: is that point whole, or can it be made so? What it misses is
 *  in live->missed then. @p kept: it has to miss nothing. */
bool live_has_whole_point(ConflictLive *live, bool kept);

#endif
