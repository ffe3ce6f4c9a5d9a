/* room: io
 *
 * What the workbook and summary.csv add up: one place, so that both say the same to the cent. Money
 * is in minor units of the reporting currency; what has no money value is counted, never summed.
 */
#ifndef ALLOT_IO_TOTALS_H
#define ALLOT_IO_TOTALS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "allot/arena.h"
#include "allot/plan.h"
#include "allot/round.h"
#include "allot/status.h"

typedef enum NeedState {
    NEED_MET,
    NEED_PARTLY,
    NEED_UNMET,
    NEED_UNKNOWN,
    NEED_NOT_CHOSEN, /* another of its alternatives stands for their mark; in no sum of money */
    NEED_STATES
} NeedState;

/** "met", "partly", "unmet", "amount unknown", "not chosen". */
const char *need_state_text(NeedState state);

typedef struct NeedTotals {
    NeedState state;
    int instead;     /* of a need that is not chosen: the need that stands in its place; else -1 */
    bool has_value;  /* it has a money value and its amount is known */
    int64_t asked;   /* covered + assigned + unmet: they tie out to the last digit */
    int64_t covered; /* value of the full quantity less that of what is wanted */
    int64_t held;    /* of covered, what earlier rounds committed; the rest is covered elsewhere */
} NeedTotals;

/** Whether an offer can be planned on, and if not, why: the first of these that holds. */
typedef enum OfferStanding {
    OFFER_PLANNED,
    OFFER_LAPSED,  /* it, or one that it is paid out of, lapsed before the round's start */
    OFFER_UNKNOWN, /* of unknown amount */
    OFFER_SOFT     /* less firm than plan_on */
} OfferStanding;

typedef struct OfferTotals {
    OfferStanding standing;
    bool planned;   /* standing is OFFER_PLANNED */
    bool counted;   /* not paid out of another offer: its value is in the totals */
    bool has_value; /* money, or in kind with a unit_value, of known amount */
    int64_t offered;
    int64_t used; /* offered less left: gross, what its children took included */
    int64_t left;
    int64_t earlier; /* beside offered: committed in earlier rounds, at this round's rate */
    int64_t kept;    /* by channels, of what it and the offers paid out of it use; when counted */
    size_t lines;
    size_t lines_without_value;
} OfferTotals;

/** Needs that share a mark: a tier, category, region or beneficiary; or all needs. */
typedef struct GroupTotals {
    const char *name; /* interned; "" for needs without the mark; tiers as "1", "2", ... */
    int tier;         /* groups of tiers; else 0 */
    size_t needs;
    size_t in_state[NEED_STATES];
    size_t not_ready;
    size_t without_value; /* needs without a money value, or of unknown amount */
    size_t without_value_met;
    int64_t asked; /* covered + assigned + unmet */
    int64_t covered;
    int64_t held; /* of covered: committed by earlier rounds */
    int64_t assigned;
    int64_t unmet;
    int64_t not_chosen; /* value of the alternatives that are not chosen: in none of the others */
} GroupTotals;

typedef struct GroupList {
    GroupTotals *groups; /* tiers by number, others by name */
    size_t count;
} GroupList;

/** Lines of one kind. */
typedef struct LineTotals {
    size_t lines;
    size_t without_value;
    int64_t value;
} LineTotals;

/** What a donor offers and gives. Offers paid out of another count with the donor whose money it
 *  is in the end. */
typedef struct DonorTotals {
    const char *id;
    int row;              /* index into round->donors, or -1 */
    size_t offers;        /* rows of the offers table that carry its name */
    int64_t cash_offered; /* planned on */
    int64_t cash_left;    /* of it */
    int64_t cash_kept;    /* of it, by channels */
    int64_t cash_apart;   /* less firm than what is planned on */
    int64_t cash_lapsed;  /* lapsed before the round's start */
    int64_t cash_earlier; /* beside all these: committed in earlier rounds, of these offers */
    int64_t in_kind_left; /* planned on, where a unit_value says what it is worth */
    LineTotals cash;      /* given, net of what channels keep */
    LineTotals in_kind;
    LineTotals pledged_cash; /* the part of each that rests on pledges */
    LineTotals pledged_in_kind;
    size_t needs; /* distinct needs served */
} DonorTotals;

typedef struct Totals {
    NeedTotals *needs;   /* [round->need_count] */
    OfferTotals *offers; /* [round->offer_count] */
    GroupTotals all;
    size_t needs_held; /* to which earlier rounds committed something */
    GroupList tiers, categories, regions, beneficiaries;
    DonorTotals *donors; /* by id: of the donors table and of the offers */
    size_t donor_count;
    DonorTotals given; /* all donors together */
    size_t offers_used;
    size_t offers_earlier; /* of which earlier rounds committed something */
} Totals;

/** Adds up a plan. @return STATUS_OK, STATUS_NO_MEMORY, STATUS_INTERNAL when a figure does not fit
 *  int64_t (round_check() and plan_figures() let none through). */
Status totals_build(const Round *round, const Plan *plan, Arena *arena, Totals *totals);

/** What a need is grouped by. */
/** The need's category: an index into totals->categories. */
size_t totals_category(const Totals *totals, const Need *need);

/** The donor whose money a line is in the end: an index into totals->donors. */
size_t totals_donor(const Totals *totals, const Round *round, int offer);

#endif
