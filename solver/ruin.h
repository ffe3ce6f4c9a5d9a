/* room: solver
 *
 * A plan in whole steps made better by ruin and recreate (Schrimpf and others 2000): a few needs are
 * emptied around one that is short, and served anew, greedily and in another order; what comes out
 * better, tier before tier, stays. Everything is counted in whole steps and exact sums, so that the
 * point is a plan at any time. Repeatable: a fixed sequence of random numbers, limits that count
 * rounds.
 */
#ifndef ALLOT_SOLVER_RUIN_H
#define ALLOT_SOLVER_RUIN_H

#include "allot/solve.h"

typedef struct Ruin Ruin;

/** Prepares the search over the tier stages of @p form. @p start [lp.column_count] is a point that
 *  keeps every rule in whole steps, or NULL for nothing given but what the round demands, met greedily.
 *  @return STATUS_OK, STATUS_NO_MEMORY, STATUS_INTERNAL when the start breaks a rule, or when demands
 *  were not met that way. */
Status ruin_open(const Formulation *form, const double *start, Arena *arena, Ruin **out);

/** What one unit of a pair's column takes from others, in the objective of the stage that is sought:
 *  the duals of the relaxation. Cheaper lines are taken first. */
void ruin_set_prices(Ruin *ruin, const double *price);

/** Lays the lines of the relaxation @p x where they keep every rule, needs that it serves in full
 *  first, then serves all others greedily: a first plan. Earlier lines stay. */
Status ruin_follow(Ruin *ruin, const double *x);

/** What ends a search. */
typedef struct RuinLimits {
    long rounds;                   /* at most so many */
    double goal;                   /* or when the stage's value is no larger */
    const SolveSettings *settings; /* or when their deadline is past */
    double heat;      /* annealing: how much worse, in the stage's value, a round may be,
                                      on average at first; less and less, and nothing at the end */
    bool keep_before; /* needs of tiers before the stage's get what they have, from
                                      whomever: a fairness among them is frozen */
} RuinLimits;

/** Improves the plan at hand in @p stage, a tier stage. STATUS_INTERNAL when an amount does not fit:
 *  nothing of this search may be used then. */
Status ruin_search(Ruin *ruin, size_t stage, const RuinLimits *limits);

/** Lays the lines of @p x, whole but for what rules refuse of it, in place of all others as ruin_follow()
 *  does, lets a short search in @p stage mend what is broken, and keeps the plan where it is better, tier
 *  before tier; else everything stays. STATUS_INTERNAL as in ruin_search(). */
Status ruin_adopt(Ruin *ruin, const double *x, size_t stage, const SolveSettings *settings);

/** The stage's value (constant included) of the plan at hand. */
double ruin_value(const Ruin *ruin, size_t stage);

/** What that value may be off by: the noise of its sums, which are as large as all that the stage asks for. */
double ruin_noise(const Ruin *ruin, size_t stage);

/** The plan at hand as a point of the program, every column worked out. */
void ruin_point(const Ruin *ruin, double *x);

#endif
