/* room: solver
 *
 * Between the files that ask why a need stays unmet (reasons.c): what could be lifted, and lifting it.
 */
#ifndef ALLOT_SOLVER_REASON_INTERNAL_H
#define ALLOT_SOLVER_REASON_INTERNAL_H

#include "allot/causes.h"
#include "allot/solve.h"
#include "solver/held.h"

/** Something to lift: a thing of the round, or what others hold. */
typedef struct Candidate {
    Reason reason;
    int lift; /* index into lifts, or -1: URGENT, HIGHER_TIERS, EQUALS */
} Candidate;

typedef struct ReasonJob {
    const Formulation *form;
    const Plan *plan;
    const SolveSettings *settings;
    Arena *arena;
    Lifts lifts;
    Held held;
    NeedCauses *found;     /* [need_count] */
    Candidate *candidates; /* scratch [lifts.count + 3] */
    int *along; /* [along_count] reserves and commitments: what may go with something else */
    size_t along_count;
    int *early; /* [early_count] lifts that can bind and stand before HIGHER_TIERS for some need */
    size_t early_count;
    int basis_tier; /* the tier of the need whose basis is kept; 0: none is */
    int *hands;     /* [lifts.count] how many of the things lifted ask each to be */
    size_t candidate_count;
    Status status;
} ReasonJob;

/** Orders what could be lifted as the closed list does, things of one reason by lift_compare(). */
int reason_compare(const ReasonJob *job, const Candidate *a, const Candidate *b);

/** Is it a refusal of what was proposed for the need asked about? */
bool reason_is_refusal(const ReasonJob *job, Candidate candidate);

/** Is another need served first, which its tier alone would not put before this one? */
bool reason_is_after_urgent(const ReasonJob *job, int need);

/** Everything that could hold the need back, into job->candidates. @p screened: of these what carries a price in
 *  the last relaxation. */
void reason_list(ReasonJob *job, int need, bool screened);

/** Lifts it, with what goes along, or puts that back. */
void reason_lift(ReasonJob *job, Candidate candidate, bool lifted);
void reason_lift_thing(ReasonJob *job, size_t thing, bool lifted);

/** How many of job->along could go with the thing, and does this one? */
size_t reason_along_count(const ReasonJob *job, const Lift *thing);
bool reason_goes_along(const ReasonJob *job, size_t along, const Lift *thing);

#endif
