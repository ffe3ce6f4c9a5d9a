/* room: io
 *
 * What a sweep's cases come to, and how they differ from the first: figures for its sheets, its table
 * and the lines on the screen. Values are minor units of the case's currency.
 */
#ifndef ALLOT_IO_SWEEP_TOTALS_H
#define ALLOT_IO_SWEEP_TOTALS_H

#include "allot/sweep.h"

/** The needs of one tier, or of all. */
typedef struct TierTotals {
    size_t needs, met, partly;
    size_t without_value, without_value_met;
    int64_t asked, covered, assigned, unmet; /* of needs with a money value */
    int64_t held; /* of covered, what earlier rounds committed */
} TierTotals;

typedef struct CaseTotals {
    TierTotals all;
    TierTotals *tiers; /* [tier_count] */
    size_t groups;     /* beneficiaries with a share: who asked for a known quantity */
    double smallest_share, mean_share; /* met of asked by value, covered elsewhere included; of a
                                           beneficiary with a need without value the mean of its
                                           needs' shares */
    const char *smallest;              /* whose share is the smallest, the first of equals */
} CaseTotals;

typedef struct SweepTotals {
    int *tiers; /* [tier_count] ascending: those of any case */
    size_t tier_count;
    CaseTotals *cases; /* [sweep->case_count]; of a case without a plan zero */
} SweepTotals;

/** @return STATUS_OK, STATUS_NO_MEMORY. */
Status sweep_totals_build(const Sweep *sweep, Arena *arena, SweepTotals *totals);

/** Is the need in another state, or given another amount, than in the first case? Both have a plan. */
bool case_need_differs(const Sweep *sweep, size_t index, size_t need);

/** Does an offer give the need less than in the first case? */
bool case_need_loses(const Sweep *sweep, size_t index, size_t need);

/** What case_shifts() tells. */
typedef struct ShiftText {
    bool more;    /* who gives more; else who gives less */
    bool grouped; /* figures in groups of three, for people; else as the tables have them */
} ShiftText;

/** Offers that give the need less, or more, than in the first case: "O-1 (EE) -30; ...". "" for none;
 *  NULL without memory. */
const char *case_shifts(const Sweep *sweep, size_t index, size_t need, ShiftText how, Arena *arena);

/** "met", "partly", "unmet", "amount unknown". */
const char *case_need_state(const CaseNeed *need);

#endif
