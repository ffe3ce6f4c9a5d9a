/* room: models
 *
 * What of a decided round may be shown to everybody, for those who track aid. It is a copy that holds
 * this and nothing else: what is not here cannot be written.
 *
 * settings.release says how far: under own nothing leaves the parties; under totals what each need is
 * given in all, without who gives it; under all every line with its offer, its donor, how firm it is and
 * the donor's own amount in its own currency. Needs that are restricted are in none of them, with
 * nothing: not their titles, nor ids, parties or amounts. Notes, sources, contacts, forms, channels,
 * reasons, tiers, windows, what is unmet or unused and columns of the input's own are the parties'.
 */
#ifndef ALLOT_PUBLISHED_H
#define ALLOT_PUBLISHED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "allot/arena.h"
#include "allot/plan.h"
#include "allot/round.h"
#include "allot/status.h"

typedef enum PublishedLevel { PUBLISHED_NOTHING, PUBLISHED_TOTALS, PUBLISHED_LINES } PublishedLevel;

typedef struct PublishedLine {
    const char *need, *title, *beneficiary, *beneficiary_name, *region, *category;
    Unit unit;
    int64_t quantity; /* what arrives, in the need's unit */
    /* of PUBLISHED_LINES: */
    const char *offer, *donor, *donor_name;
    Basis basis;
    Unit offer_unit;
    int64_t offer_quantity; /* what is given, in the offer's unit, before channels keep theirs */
} PublishedLine;

typedef struct Published {
    PublishedLevel level;
    const char *round;
    Date start, end;
    PublishedLine *lines; /* [count] by need, then offer, as in the plan; of totals one a need */
    size_t count;
    size_t kept_back; /* lines of the plan on needs that are restricted */
} Published;

/** Texts are shared with the round. @return STATUS_OK or STATUS_NO_MEMORY. */
Status published_build(const Round *round, const Plan *plan, Arena *arena, Published *published);

#endif
