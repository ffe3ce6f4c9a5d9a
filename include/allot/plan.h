/* room: models
 *
 * A plan: who gives what to whom, in whole steps, and every figure that follows from it. Doubles
 * end before a plan begins: the assignments are integers, every total is the exact sum of lines.
 */
#ifndef ALLOT_PLAN_H
#define ALLOT_PLAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "allot/answers.h"
#include "allot/arena.h"
#include "allot/diag.h"
#include "allot/round.h"
#include "allot/status.h"

/** One line: quantity > 0 of a need given by one offer. */
typedef struct Assignment {
    int need;
    int offer;
    int64_t quantity;       /* need's unit, smallest parts; authoritative */
    int64_t offer_quantity; /* offer's unit, gross, rounded up to its smallest part */
    bool has_value;
    int64_t value; /* reporting minor units, rounded half to even; when has_value */
    Basis basis;
    bool locked; /* a commitment (fixed or at_least) stands on the pair */
    int row;     /* line of the file, or row of the sheet, it was read from; 0: it was not read */
} Assignment;

/** Why something is unmet: the closed list, in the order in which causes are looked for. The first five
 *  are read from the tables: while they hold nothing else can help. Of the others the first single
 *  thing counts that, taken out of the round, lets the need have at least one step more while every
 *  tier above and every other need of its own tier keep what they have; of things of that reason the one
 *  that frees most, but for a refusal of the need's own line, which comes first. REASON_NONE: nothing is. */
typedef enum Reason {
    REASON_NONE,
    REASON_NOT_READY,      /* the need's `ready` says no */
    REASON_AMOUNT_UNKNOWN, /* its quantity is unknown */
    REASON_NO_OFFER,       /* nobody offers this kind: no offer of its category and unit */
    REASON_BARRED,         /* offers of this kind exist, each barred: detail names the rows */
    REASON_WINDOW,         /* offers of this kind exist, each barred by dates */
    REASON_PREREQUISITE,   /* something that it requires is not met in full */
    REASON_BUNDLE,         /* its bundle cannot be served together */
    REASON_ALTERNATIVE,    /* another of its mark was chosen */
    REASON_URGENT, /* the urgent need, of a tier not above its own, is served first, or spares others */
    REASON_LOCKED_OUT,        /* a commitment */
    REASON_BENEFICIARY_LIMIT, /* max_value or max_needs of its beneficiary */
    REASON_RULE_LIMIT,   /* a row of the rules table, or a share or number of offers and donors */
    REASON_MINIMUM,      /* what is left is below its least useful amount */
    REASON_DONOR_COUNT,  /* its max_donors */
    REASON_TICKET,       /* a min_ticket, or a rule of kind ticket */
    REASON_HIGHER_TIERS, /* used by needs of a higher tier */
    REASON_EQUALS,       /* shared among needs of its own tier */
    REASON_EXHAUSTED,    /* more capacity of one eligible offer, or a donor's budget, would help */
    REASON_SEVERAL,      /* no single thing helps: the detail has a smallest set that does */
    REASON_UNPROVEN      /* not decided: see the detail */
} Reason;

const char *reason_text(Reason reason); /* "NOT_READY"; "" for REASON_NONE */

typedef struct NeedResult {
    int64_t assigned;       /* need's unit */
    int64_t pledged;        /* the part of assigned that rests on pledges */
    int64_t unmet;          /* wanted - assigned; of an unknown amount: 0 */
    int64_t value_assigned; /* reporting minor units, sum of the lines; when the need has_value */
    int64_t value_unmet;    /* value of wanted (half to even) - value_assigned, not below 0; 0 when
                               nothing is unmet */
    int donors;             /* distinct root donors among its lines */
    bool full; /* met in full: of an outcome, when all it requires is; of others, when the amount is
                  known and nothing is unmet */
    Reason reason;
    const char *detail; /* the rows that impose the reason, by id, and who has what: whole
                           sentences; "" without */
    const char *brief;  /* its first sentences: what holds it back, and what lifting that frees */
    const char *aside;  /* the end of `detail` that planners alone read; NULL: there is none */
    const char *told;   /* `detail` without it; NULL: it is all of that */
} NeedResult;

typedef struct OfferResult {
    int64_t used;       /* gross, offer's unit: own lines, and what its children took */
    int64_t left;       /* quantity - used, never negative; of an unknown amount: 0 */
    int64_t overhead;   /* of its own lines' gross, what the channels keep (half to even a line) */
    int64_t value_used; /* reporting minor units: sum of its own lines' values */
    int64_t value_left; /* of left: money at its rate, in kind at unit_value; else 0 */
    int needs;          /* distinct needs among its own lines */
} OfferResult;

typedef enum StageKind {
    STAGE_TIER,
    STAGE_UNVALUED,
    STAGE_FAIRNESS,
    STAGE_FIRMNESS,
    STAGE_LAPSING,
    STAGE_BURDEN,
    STAGE_COST,
    STAGE_SPLITS,
    STAGE_CHANGE,
    STAGE_URGENT,
    STAGE_TAKEN,
    STAGE_CANONICAL /* decided last, never listed: needs by tier, weight and id, offers by how many
                       needs they can serve and id; on the class network offers by id alone */
} StageKind;

typedef enum StageStatus {
    STAGE_OPTIMAL,    /* value equals the bound, but for the rounding of money to minor units */
    STAGE_WITHIN_GAP, /* stopped at the gap of the settings */
    STAGE_LIMIT,      /* stopped at a limit of the search */
    STAGE_PARTIAL,    /* fairness not carried on to the last group: a limit was reached */
    STAGE_UNPROVEN    /* amounts too far apart for the solver's arithmetic: what is reached is kept,
                         its bound is what the columns alone allow */
} StageStatus;

const char *stage_status_text(StageStatus status); /* "optimal", "within gap", "limit", "partial" */

/** One line of stages.csv. What `value` is, always of the plan as a whole, u = unmet, x = line:
 *
 *  tier T        sum over the tier's needs of weight * m * u. measure = value: m u is the unmet in
 *                whole units of the reporting currency (needs without value count 0); share: u / Q;
 *                quantity: u in whole units. Least. An outcome adds weight * its worth while it is
 *                not met; its worth is unit_cost under value, else 1. A mark of alternatives counts
 *                once, in place of its members: weight * m q of its cheapest member (the least
 *                m q, then the first id) * (1 - sum over the members of x / q).
 *  unvalued T    (only under measure = value, and only when the tier has needs without value):
 *                sum of weight * u / Q over them. Least. A mark with any member without value
 *                counts here, and not in `tier`, as weight of its first member without value *
 *                (1 - sum over the members of x / q).
 *  fairness T.R  the R-th smallest met share among the groups of tier T. Largest. A group's share is
 *                sum g (c + x) / sum g Q over its needs of the tier, c = covered but at most Q; the
 *                mean of (c + x) / Q when any of its needs has no value or sum g Q is 0. Under
 *                fairness_by = quantity: (c + x) in whole units / weight. A need without the mark
 *                that groups is a group of its own, alternatives without it are one together. A
 *                mark of alternatives asks once in every group that one of its members is of: in
 *                place of g Q that of the member with coverage from elsewhere, else of the first
 *                without value, else of the cheapest (the least g Q, then the first id); and in
 *                place of (c + x) / Q the sum of it over all its members, of which one is served.
 *  firmness pledged T, firmness committed T
 *                value in whole reporting units resting on offers of that basis in tier T. Least.
 *                Listed when the tier has eligible pairs of that basis and of a firmer one. With
 *                " unvalued" behind it: sum of x / Q over the needs without value.
 *  lapsing DATE  value, in whole reporting units, of what is left (OfferResult.left, gross) of the
 *                offers, firm enough for plan_on, that lapse on DATE, start <= DATE <= end. Least.
 *                In kind counts with its unit_value. Without any such offer one line `lapsing` of
 *                value 0.
 *  burden        sum over the donors with a share_key of |given - key / sum of keys * total|, in whole
 *                reporting units: given is the gross of the money lines whose root donor it is, at
 *                the frozen rates; total is the sum of what they give. Least. " in kind" behind it:
 *                the same of lines in kind, gross times unit_value; listed when such a donor has an
 *                offer in kind with a unit_value. Without keys or lines it is 0.
 *  cost          pairs.cost * x in whole need units where the pair has one; else offers.cost times
 *                the line's exact value (money) or its gross in whole offer units (in kind); and
 *                for every rule of kind fee (every combination of its `each`) with a line its value
 *                in whole reporting units. Least.
 *  splits        number of lines. Least.
 *  change        (only against a previous plan): sum of |x - x before| over the needs with value, in
 *                whole reporting units; lines before that may not be given any more count in full.
 *                " unvalued" behind it: sum of |x - x before| / Q over the others; listed when the
 *                round has needs without value. Least.
 *  urgent ID     (only where a need is urgent, and then first) u of that need in its whole units; of
 *                an outcome 1 while it is not met. Least.
 *  taken         (only where a need is urgent and a previous plan is known, right after it): sum of
 *                what lines of the previous plan lose, (x before - x)+, over the needs with value, in
 *                whole reporting units; lines before that may not be given any more count in full.
 *                " unvalued" behind it: the same as shares of Q over the others, as in `change`. Least.
 *
 *  The order is urgent, taken; tiers with their fairness; firmness; the stages that the settings
 *  list. Where answers are settled (Settings.change_first): the shortfall of every tier, change,
 *  fairness of every tier, firmness, the stages that the settings list but change.
 *
 *  Needs of unknown amount count nowhere. A need that is not ready counts like any other. */
typedef struct StageResult {
    StageKind kind;
    const char *label;
    bool maximise;
    int tier;      /* 0 after the tiers */
    int rank;      /* fairness: R; else 0 */
    Basis basis;   /* firmness */
    bool unvalued; /* firmness, change, taken: the " unvalued" line */
    bool in_kind;  /* burden: the " in kind" line */
    Date date;     /* lapsing: DATE or DATE_NONE */
    double value;  /* of the plan */
    double bound;  /* no plan that keeps the stages before does better (`proven` says by what) */
    double gap;    /* |value - bound| / max(|value|, |bound|, 1), 0 below 1e-9 */
    StageStatus status;
    bool proven;    /* the bound is proven in exact arithmetic, for the program in its doubles (of a
                    network: whole numbers) and to 1e-9 of it; else it is the search's own */
    bool has_exact; /* a search's stage: */
    double exact; /* no plan does better than this, proven so of the program's linear relaxation */
    DiagPlace value_at, gap_at,
        status_at; /* of a plan that was read: their cells; else without a file */
} StageResult;

/** How many of the stages were not decided to their end. */
size_t stages_unproven(const StageResult *stages, size_t count);

typedef struct Plan {
    Assignment *assignments; /* by need, then offer */
    size_t assignment_count;
    NeedResult *needs;   /* [round->need_count] */
    OfferResult *offers; /* [round->offer_count] */
    StageResult *stages; /* in the order solved */
    size_t stage_count;
    double rounding_loss; /* reporting units: value lost by rounding money to minor units, >= 0 */
    const char *
        decided_by; /* of a plan that was read: a phrase in English (RunInfo.engine), as it was written.
                               NULL: not known, and what was lost and what proves a stage is not either */
    int quantity_column; /* 1-based, of the table the lines were read from; 0: they were not */
    const char *quantity_heading; /* its heading as written; NULL without such a column */
    size_t
        rows_unread; /* rows of that table that cannot be read: nothing of them is in the lines */
    bool is_edited;  /* read, and its lines are not those that were written with it */
    Answers answers; /* what else was found out by re-solving */
} Plan;

/** Fills plan->needs and plan->offers from plan->assignments (quantity, basis and locked given;
 *  offer_quantity and value are computed here too). Reasons are not touched: see plan_reasons().
 *  @return STATUS_OK, STATUS_NO_MEMORY, STATUS_INTERNAL when a figure does not fit int64_t. */
Status plan_figures(const Round *round, Arena *arena, Plan *plan);

/** What of a donor's budget (an index into round->donors, which has one) the lines of its money offers
 *  and of those paid out of them use: in the budget's currency, never more than the budget. */
int64_t plan_budget_used(const Round *round, const Plan *plan, int donor);

/** Gross offer units (smallest part, not rounded) for one smallest part of the need's unit: 1 for
 *  the same thing, unit cost at the frozen rates over (1 - overhead) for money, or the pairs row's
 *  `use`. False when the units cannot be compared or the fraction does not fit. */
bool plan_use(const Round *round, int need, int offer, Ratio *out);

/** What @p gross in @p unit, spent through the offer, brings the need: in its unit and whole steps, rounded down; 0 too
 *  where the units cannot be compared or a figure does not fit. */
int64_t plan_brings(const Round *round, int need, int offer, Unit unit, int64_t gross);

#endif
