/* room: solver
 *
 * What hold_graph.h asks of a plan's flow, where sums cross that no network holds: the class network as a
 * linear program of what each arc carries more and less than in the plan, with a row for every sum that is
 * kept. Some thousand columns stand for all pairs of the round, and the plan itself, nothing moved, is a
 * basis to begin from. Of what offers could serve and do not, only what a question has use for is in it: the
 * rest is priced, and comes in where that would gain (column generation). Everything here runs inside glpk_guard_run().
 */
#ifndef ALLOT_SOLVER_HOLD_PROGRAM_H
#define ALLOT_SOLVER_HOLD_PROGRAM_H

#include "solver/backend.h"
#include "solver/hold_graph.h"

typedef struct HoldProgram {
    const HoldPlan *plan;
    Backend *backend;
    int *along,
        *back; /* [arcs up to the classes] columns: more, and less, than in the plan; -1: none */
    int *tier_row;  /* [plan->tier_count] what the tier has, by weight; -1: nothing of it counts */
    int *group_row; /* [group_count] what a group has under fairness, or -1 */
    int *limit_row; /* [beneficiary_count] or -1 */
    int *gift;      /* [offer_count] columns: what it is given in addition; -1: it serves nobody */
    int *capacity_row;  /* [arcs before the flows] */
    double *limit_room; /* [beneficiary_count] what each may have besides, where it has a row */
    const int64_t
        *least;      /* [class_count] what classes keep in any case; NULL: nothing. The caller's */
    int tier, class; /* asked about; tier 0: none yet */
    double unit;     /* smallest parts in a unit of the program */
    int *class_columns; /* [2 * class_count] scratch */
    double *class_costs;
} HoldProgram;

/** Opens it with the plan's flow. @return STATUS_OK or STATUS_NO_MEMORY. */
Status hold_program_open(const HoldPlan *plan, Arena *arena, HoldProgram *program);
void hold_program_close(HoldProgram *program); /* not open: nothing */

/** From now on questions are about this class: everything is held and nothing lifted. */
void hold_program_about(HoldProgram *program, int class);

/** About a whole tier: its classes may lose to each other, what tiers above keep is held, nothing lifted. */
void hold_program_about_tier(HoldProgram *program, int tier);

/** Holds what this tier keeps, or lets it go. */
void hold_program_keep_tier(HoldProgram *program, int tier, bool kept);

/** An arc before the flows may carry so much more than its quantity or budget, in units of the program. */
void hold_program_allow(HoldProgram *program, int arc, double more);

/** The most that classes can have more, @p prices [class_count] a unit of each. @return did the solver say? */
bool hold_program_best(HoldProgram *program, const double *prices, double *value);

/** The least that an arc before the flows can carry more, which is no more than 0: likewise. */
bool hold_program_least(HoldProgram *program, int arc, double *change);

/** What a unit of the program more of the arc is worth at the last prices: at most that. */
double hold_program_arc_price(const HoldProgram *program, int arc);

/** Lets go, or holds again: what carries no more than its quantity or budget (an arc before the flows), a
 *  beneficiary's limit, what tiers above keep, what the other classes of the tier do. */
void hold_program_lift_arc(HoldProgram *program, int arc, bool lifted);
void hold_program_lift_limit(HoldProgram *program, int beneficiary, bool lifted);
void hold_program_free_above(HoldProgram *program, bool free);
void hold_program_free_equals(HoldProgram *program, bool free);

/** Solves for the objective at hand, and again with what would gain let in, until nothing would. */
BackendOutcome hold_program_solve(HoldProgram *program);

/** The least cost of gifts to @p offers [count] with which the class can have @p lacks more, no less.
 *  @param costs  [count] of a unit of the program given. @param columns  [count] scratch
 *  @return BACKEND_OPTIMAL, BACKEND_INFEASIBLE: no amounts are enough; else it does not say. */
BackendOutcome hold_program_give(HoldProgram *program, int64_t lacks, size_t count,
                                 const int *offers, const double *costs, int *columns);

/** Of its answer, in smallest parts: what an offer is given, what an arc carries more than in the plan. */
double hold_program_gift(const HoldProgram *program, int offer);
double hold_program_change(const HoldProgram *program, int arc);

/** Nothing lifted: can no classes of the tier that count have more, all of them asked about at once? False where
 *  they can, or the solver does not say. Of arcs and limits its prices are then those of each of them. */
bool hold_program_tier_is_best(HoldProgram *program);

/** Of the last question, with nothing lifted and answered with nothing more: may it help to lift these? Where
 *  its prices say no they prove it (weak duality). @p class: the one asked about, or another that the
 *  prices prove as much of. */
bool hold_program_arc_matters(const HoldProgram *program, int arc);
bool hold_program_limit_matters(const HoldProgram *program, int beneficiary);
bool hold_program_equals_matter(const HoldProgram *program, int class);

/** Of the same: do its prices prove that this other class of the tier can have no more either? */
bool hold_program_proves_none(const HoldProgram *program, int class);

/** How much more the class can have, up to @p most, which is no more than it lacks, into *more. False where the solver does not say. */
bool hold_program_most(HoldProgram *program, int64_t most, int64_t *more);

#endif
