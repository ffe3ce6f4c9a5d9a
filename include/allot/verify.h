/* room: models
 *
 * The independent check: sees tables and plan only, shares no code with the formulation, uses exact
 * rationals (GMP), never the solver's numbers.
 */
#ifndef ALLOT_VERIFY_H
#define ALLOT_VERIFY_H

#include "allot/arena.h"
#include "allot/diag.h"
#include "allot/plan.h"
#include "allot/round.h"
#include "allot/status.h"

typedef struct VerifyStage {
    const char *label; /* as in StageResult */
    double value;      /* recomputed from the plan's assignments */
} VerifyStage;

typedef struct VerifyReport {
    VerifyStage *stages; /* [plan->stage_count], same order */
    size_t broken;       /* rules broken: findings added as errors */
    size_t worse;        /* stages worse than their bound by more than rounding explains */
} VerifyReport;

/** Checks a plan against its round: every pair is eligible, C1 to C14 hold on the rounded figures,
 *  lines are in whole steps, figures and totals add up, each stage's value is what the plan says (to
 *  1e-6 relative) and not better than its bound. Only assignments (need, offer,
 *  quantity) are believed; every other figure of @p plan is recomputed and compared, unless
 *  @p figures is false (a plan edited by hand: only its lines count).
 *
 *  A broken rule is an error finding (DIAG_PLAN_LINE, DIAG_PLAN_RULE, DIAG_PLAN_SUM) that names both
 *  the plan's line (Assignment.row; of a plan that was not read, its line in assignments.csv) and the
 *  row of the round that forbids it; a stage that is worse than its bound is
 *  the warning DIAG_PLAN_WORSE with the price. A stage `change` of a round without has_previous is
 *  not compared, which one warning says (DIAG_PLAN_STALE); its value is then as the plan has it. @p plan_file is the name findings are placed at.
 *  @return STATUS_OK (possibly with warnings), STATUS_FINDINGS, STATUS_NO_MEMORY. */
Status plan_verify(const Round *round, const Plan *plan, bool figures, const char *plan_file,
                   Arena *arena, Diag *diag, VerifyReport *report);

/** Version of GMP, "6.2.1". */
const char *verify_library_version(void);

#endif
