/* room: solver
 *
 * What the class network of the relaxed round (relaxed_round.h) says about a round of wholes: bounds
 * of its tiers, exact in integers and a matter of milliseconds; the lines of its optimum, to begin
 * from; and what each offer is worth there.
 */
#ifndef ALLOT_SOLVER_CLASS_BOUND_H
#define ALLOT_SOLVER_CLASS_BOUND_H

#include "allot/formulation.h"

typedef struct ClassBound ClassBound;

/** *out is NULL when the round has no such relaxation.
 *  @return STATUS_OK, STATUS_NO_MEMORY, STATUS_INTERNAL. */
Status class_bound_open(const Formulation *form, Arena *arena, ClassBound **out);

/** The lines of the relaxation's best plan, tier before tier, as columns of pairs in @p x
 *  [lp.column_count]; all others 0. And, per pair, what its offer is worth there. */
Status class_bound_lines(ClassBound *bound, double *x, double *price);

/** What is known of a tier, or of the cost stage. */
typedef struct TierBound {
    bool known;
    double value;       /* no plan does better that reaches what is asked of the tiers before */
    int64_t multiplier; /* of the tiers before, where it was found */
} TierBound;

/** No plan that reaches @p reached [stage_count] in the tier stages before @p stage (a tier) does
 *  better in it than out->value: the Lagrangian bound of the tiers before (Geoffrion 1974), at the best
 *  of a few multipliers. out->known is false when the relaxation cannot tell. */
Status class_bound_tier(ClassBound *bound, size_t stage, const double *reached, TierBound *out);

/* Of the cost stage what follows alone says something: the tiers before it are rows beside the network then.
 * The bound to begin with is one that is known from elsewhere, with a multiplier of 0. */

/** Makes a known bound better by rows beside the network (side_rows.h): prerequisites, bundles, counts
 *  of donors, all or nothing. A linear program or a few: a fraction of a second at 1,000 needs. The
 *  pairs of the tier get the prices of its duals. Runs inside glpk_guard_run(). */
Status class_bound_tighten(ClassBound *b, size_t stage, const double *reached, TierBound *bound,
                           double *price);

/** How far branching goes. */
typedef struct BranchLimits {
    double enough;      /* a bound of the tier that need not be better */
    long work;          /* programs times their columns, at most */
    long nodes;         /* programs, at most */
    long plunge_work;   /* the same for the plunge from the branch that holds the bound down */
    double plunge_step; /* side_bound.h: the larger, the bolder */
    double deadline;    /* no program is begun past it (deadline.h); 0: none */
    const double *
        plan; /* [lp.column_count] the plan at hand: where a plunge from the branch ends at no plan,
                           another makes the choices of earlier tiers as this does; or NULL */
} BranchLimits;

/** Is the round so small that every need has its own place beside the network? Then plunges end in plans. */
bool class_bound_is_small(const ClassBound *bound);

/** Makes a bound that class_bound_tighten() has made better still, by branching on what its last program
 *  leaves undecided (side_tree.h). The point of the branch that holds the bound down, or of the plunge from
 *  there (side_plunge.h), which is nearly a plan, is written to @p x [lp.column_count] as columns of pairs; all others 0. Runs inside
 *  glpk_guard_run(). */
Status class_bound_branch(ClassBound *b, size_t stage, const double *reached,
                          const BranchLimits *limits, TierBound *bound, double *x);

/** [pairs] Those that the last of these programs sends something over; before there was one, none. */
const bool *class_bound_carried(const ClassBound *bound);

/** [pairs] The lines of the last of these programs as columns, need by need; before there was one, 0. What
 *  holds within a need alone (who is served from how many) they may break. */
const double *class_bound_flow_lines(const ClassBound *bound);

#endif
