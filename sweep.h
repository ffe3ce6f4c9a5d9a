/* room: front
 *
 * A round decided again and again: the cases of a sweep, decided in processes of their own.
 */
#ifndef ALLOT_FRONT_SWEEP_H
#define ALLOT_FRONT_SWEEP_H

#include "allot/sweep.h"
#include "session.h"

/** A row of the commitments table, and the pair it stands on. */
typedef struct SweepVoid {
    CellChange row_out;
    int need, offer;
} SweepVoid;

/** One case: how the round is read for it. */
typedef struct SweepTask {
    const char *scenario;      /* or NULL */
    const CellChange *changes; /* [change_count] */
    size_t change_count;
    /* Commitments that are void where the changes bar their pair: a donor who comes too late has not
     * broken a promise. */
    const SweepVoid *void_if_barred; /* [void_count] */
    size_t void_count;
} SweepTask;

/** The cases of a sweep; all in the arena of the session. */
typedef struct SweepPlan {
    SweepKind kind;
    CaseName *names;  /* [count] */
    SweepTask *tasks; /* [count] */
    size_t count;
    SweepFact *facts; /* [fact_count] what a reader has to know beside the settings */
    size_t fact_count;
} SweepPlan;

/** The round as it is and each of its scenarios, by name. STATUS_FINDINGS when there is none. */
Status sweep_scenarios(const Session *s, SweepPlan *plan);

/** Three named rules of sharing: value first, equal share, leximin. */
Status sweep_rules(const Session *s, SweepPlan *plan);

/** The round as it is; each donor out; each donor one round late; every pledge lost; 10 and 25
 *  percent off all money. The round of @p s must be open. */
Status sweep_stress(const Session *s, SweepPlan *plan);

/** Decides the cases of s->options' part, or all, into the text of a part, to be freed by the caller
 *  with free(). @return STATUS_OK, also when a case has no plan; what jobs_run() gives. */
Status sweep_run(Session *s, const SweepPlan *plan, char **text, size_t *length);

#endif
