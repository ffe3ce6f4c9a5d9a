/* room: models
 *
 * What a ledger tells when a plan is closed into it: what moved the total, which services end, how
 * rounds add up by beneficiary and by donor, which money is about to be lost. Pledged, committed and paid
 * in are kept apart by basis; payments and deliveries are figures beside them, never added to them.
 */
#ifndef ALLOT_LEDGER_REPORT_H
#define ALLOT_LEDGER_REPORT_H

#include "allot/ledger.h"

typedef enum BridgeStep { /* in this order */
                          BRIDGE_BEFORE,
                          BRIDGE_CANCELLED,
                          BRIDGE_CHANGED, /* by entries */
                          BRIDGE_BASIS,   /* an offer became firmer, or less so */
                          BRIDGE_RATE,
                          BRIDGE_NEW,
                          BRIDGE_AFTER
} BridgeStep;
enum { BRIDGE_STEPS = BRIDGE_AFTER + 1 };

const char *bridge_step_text(BridgeStep step); /* "last total", "cancelled", ... */

typedef struct BridgeRow {
    BridgeStep step;
    const LedgerLine *line;      /* NULL: of a total */
    int64_t value[LEDGER_SORTS]; /* reporting minor units, signed */
} BridgeRow;

/** A date on which something given in kind ends, by beneficiary, category and unit. */
typedef struct CliffRow {
    Date ends;
    bool past; /* that day is before the round's start: of needs that the round still lists */
    const char *beneficiary, *category;
    Unit unit;
    int64_t ending;  /* what ends on that day */
    int64_t goes_on; /* of the same kind with a later end, which is not past */
    int64_t no_end;  /* of the same kind with no end known */
    int64_t
        same_goes_on; /* of goes_on and no_end: of the needs whose things end. They were asked for together with
                             these, so that they follow nothing */
    int64_t same_no_end;
    int64_t unmet;                  /* asked in this round and not met */
    const Holding *const *holdings; /* [holding_count] what ends */
    size_t holding_count;
} CliffRow;

/** A beneficiary or a donor, over all rounds, reporting minor units. */
typedef struct CumulativeRow {
    const char *name; /* "" for needs without a beneficiary */
    size_t rounds;    /* with commitments */
    int64_t value[LEDGER_SORTS];
    int64_t paid; /* payments made; of money alone */
    int64_t delivered_cash, delivered_in_kind;
    int64_t unmet;   /* beneficiaries: of this round's needs */
    int64_t dropped; /* of needs that earlier rounds left unmet and this one does not list */
    size_t
        unvalued_unmet; /* beneficiaries: needs of this round, not met in full, that have no value
                            * in money or an unknown amount: they are in no figure of money */
    size_t unvalued;    /* lines that have no value in money */
    bool has_key;       /* donors: share_key */
    Decimal key;
} CumulativeRow;

typedef struct LapsingRow {
    int offer;
    bool past;         /* its day is before the round's start */
    int64_t left;      /* not planned, offer's unit */
    int64_t committed; /* in any round */
    int64_t delivered; /* the part of what is committed that is delivered, rounded down */
    int64_t paid;      /* of money alone, as what follows */
    int64_t unpaid;    /* committed and not paid */
    int64_t due;       /* in kind alone: committed, and neither handed over nor delivered */
} LapsingRow;

typedef struct LedgerReport {
    Ledger after; /* as closed with this plan */
    BridgeRow *bridge;
    size_t bridge_count;
    CliffRow *cliff; /* by date, beneficiary, category, unit */
    size_t cliff_count;
    CumulativeRow *beneficiaries, *donors; /* by name */
    size_t beneficiary_count, donor_count;
    double key_sum; /* of the donors that have a key */
    LapsingRow
        *lapsing; /* by date, then offer; those past their day while something is unpaid or due */
    size_t lapsing_count;
} LedgerReport;

/** @p round was given a ledger (round->ledger). @return STATUS_OK, STATUS_NO_MEMORY, STATUS_INTERNAL
 *  when a figure does not fit. */
Status ledger_report_build(const Round *round, const Plan *plan, Arena *arena,
                           LedgerReport *report);

/** Does anything that is not part of the same needs last beyond the row's day? */
bool cliff_is_followed(const CliffRow *row);

/** What is agreed to a beneficiary, or by a donor, without pledges: the money, and the things. */
int64_t cumulative_cash(const CumulativeRow *row);
int64_t cumulative_in_kind(const CumulativeRow *row);

/** What a beneficiary asked for in money: agreed, pledged, unmet in this round, left unmet and no longer asked. */
int64_t cumulative_asked(const CumulativeRow *row);

#endif
