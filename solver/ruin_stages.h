/* room: solver
 *
 * The tiers of a round of wholes without a linear program: bounds from the class network, plans from
 * ruin and recreate.
 */
#ifndef ALLOT_SOLVER_RUIN_STAGES_H
#define ALLOT_SOLVER_RUIN_STAGES_H

#include "allot/solve.h"
#include "solver/class_bound.h"

/** What is known of one tier stage. */
typedef struct RuinBound {
    bool known;
    double value; /* of the plan */
    double bound; /* no plan that reaches the tiers before does better */
} RuinBound;

typedef struct RuinPlan {
    bool found;
    double *x;           /* [lp.column_count] */
    RuinBound *bounds;   /* [stage_count] tier stages only */
    ClassBound *classes; /* what bounded them, for a stage after them; NULL: nothing did */
} RuinPlan;

/** How long a search may last: the fewer of so many rounds for each node that the settings allow, and
 *  of `least` and so many for each need. */
typedef struct RuinEffort {
    long each_node, each_need, least;
} RuinEffort;

/** The rounds that a search of this effort has. */
long ruin_rounds(const Formulation *form, const SolveSettings *settings, const RuinEffort *effort);

/** Decides the tiers one after another as far as this way goes. plan->found is false where what the round
 *  demands is not met greedily, it has no such bound, a fairness comes before a tier of its own, or an amount
 *  does not fit. Of what is demanded the bounds know nothing: they hold, and are as good as without it. Runs
 *  inside glpk_guard_run(). @return STATUS_OK, STATUS_NO_MEMORY. */
Status ruin_stages(const Formulation *form, const SolveSettings *settings, Arena *arena,
                   RuinPlan *plan);

/** The same against the clock where there is no such bound: for half of the time that is left until the
 *  settings' deadline, with nothing known of any tier and no network; the other half is for programs, which
 *  alone prove something then. */
Status ruin_unbounded(const Formulation *form, const SolveSettings *settings, Arena *arena,
                      RuinPlan *plan);

#endif
