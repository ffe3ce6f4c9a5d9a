/* room: solver
 *
 * What a solve came to. Readable by the writers: plain data, no solver library behind it.
 */
#ifndef ALLOT_SOLVE_RESULT_H
#define ALLOT_SOLVE_RESULT_H

#include <stdbool.h>
#include <stddef.h>

#include "allot/formulation.h"

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
    const double *x; /* [lp.column_count]; when there is a plan */
    const double
        *search_x;      /* likewise: what the search in whole steps found, before what is continuous
                               moved to vertices; NULL: no such point */
    StageBound *bounds; /* in the order solved, the canonical stage left out */
    size_t bound_count;
    long iterations;   /* simplex iterations in all */
    long nodes;        /* branch-and-bound nodes in all */
    const char *fault; /* SOLVE_FAILED: what the solver said */
} SolveResult;

/** One row or commitment that would have to give way, and by how much. */
typedef struct Concession {
    bool is_pair; /* a commitment on pair `index`; else rule `index` */
    size_t index;
    double amount; /* whole units of the rule's (or the need's) unit */
} Concession;

#endif
