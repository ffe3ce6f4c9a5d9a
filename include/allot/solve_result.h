/* room: solver
 *
 * What a solve came to. Readable by the writers: plain data, no solver library behind it.
 */
#ifndef ALLOT_SOLVE_RESULT_H
#define ALLOT_SOLVE_RESULT_H

#include <stdbool.h>
#include <stddef.h>

#include "allot/formulation.h"
#include "allot/lifts.h"

typedef enum SolveOutcome {
    SOLVE_OPTIMAL,     /* every stage is proven, but for the rounding of money */
    SOLVE_WITHIN_GAP,  /* a plan; some stage stopped at the gap */
    SOLVE_LIMITED,     /* a plan; some stage stopped at a limit */
    SOLVE_NO_PLAN_YET, /* a limit was reached before any plan was found */
    SOLVE_INFEASIBLE,  /* no plan can exist */
    SOLVE_FAILED       /* the solver failed or contradicted itself */
} SolveOutcome;

const char *solve_outcome_text(SolveOutcome outcome); /* "optimal", "within gap", ... */

/** Is there a plan in the result? */
bool solve_outcome_has_plan(SolveOutcome outcome);

/** What a stage, or a rank of a fairness, comes to at a point. */
typedef struct StageLevel {
    const char *label; /* as in stages.csv: "tier 1", "fairness 1.2" */
    size_t stage;      /* index into Formulation.stages */
    int rank;          /* fairness: 1 = the smallest share, ...; else 0 */
    double value;      /* of a rank its share */
} StageLevel;

typedef struct SolveResult {
    SolveOutcome outcome;
    const double *x;        /* [lp.column_count]; when there is a plan */
    const double *search_x; /* likewise: where the stages over whole columns ended, before what is
                               continuous moved to vertices; NULL: no such point */
    const double *ruin_x;   /* likewise: what the search in whole steps found for the tiers alone */
    StageBound *bounds;     /* in the order solved, the canonical stage left out */
    size_t bound_count;
    long iterations;   /* simplex iterations in all */
    long nodes;        /* branch-and-bound nodes in all */
    const char *fault; /* SOLVE_FAILED: what the solver said */
    int broken;        /* where no whole steps were found: the rule that stayed broken, or
                          rules->count + a need that others wait for and that would not come out full */
    int64_t excess;    /* by how much, in the rule's smallest parts */
} SolveResult;

/** What one thing of a conflict alone would have to give way, every other held. */
typedef enum GiveKind {
    GIVE_AMOUNT,     /* by `amount` */
    GIVE_WHOLLY,     /* it has no amount; without it there is a plan */
    GIVE_NOT_ENOUGH, /* even without it there is no plan */
    GIVE_UNKNOWN     /* the limits of the search did not tell */
} GiveKind;

/** One thing that stands in a conflict. */
typedef struct ConflictMember {
    size_t lift; /* index into Conflicts.lifts */
    GiveKind give;
    bool upwards;   /* it would have to be raised; else lowered */
    bool least;     /* GIVE_AMOUNT: proven; else a limit was reached, and less may be enough */
    int64_t amount; /* smallest parts of lift_unit(); of LIFT_NUMBER a count */
} ConflictMember;

/** A set of things that no plan can keep together. */
typedef struct Conflict {
    ConflictMember *members; /* [count] in the order of the lifts */
    size_t count;
    bool minimal; /* proven: without any one of them the others can be kept */
} Conflict;

/** A floor, reserve or commitment that gives way. */
typedef struct Concession {
    size_t lift;
    int64_t amount; /* smallest parts of lift_unit() */
} Concession;

/** Why there is no plan. */
typedef struct Conflicts {
    Lifts lifts;
    Conflict *sets; /* [count] each found after the demands of those before have given way */
    size_t count;
    bool more;               /* there are more than are listed */
    Concession *concessions; /* [concession_count] given way together, there is a plan */
    size_t concession_count;
    bool
        smallest; /* no smaller one, each in proportion to its row, does; else a limit was reached */
} Conflicts;

#endif
