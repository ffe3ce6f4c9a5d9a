/* room: models
 *
 * The memory between rounds: what was committed, cancelled, changed, delivered and paid, line by line in
 * the order in which it happened, and what each round left over. A line is never changed: what came
 * otherwise is another line.
 *
 * Tables say wholes and the ledger says what of them is taken: a need's `quantity` and an offer's are
 * those of the whole, in every round; ledger_apply() counts what earlier rounds gave as covered, and
 * takes what they used off the offers. So nothing is counted twice by copying last round's rows.
 */
#ifndef ALLOT_LEDGER_H
#define ALLOT_LEDGER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "allot/arena.h"
#include "allot/diag.h"
#include "allot/eligible_set.h"
#include "allot/plan.h"
#include "allot/round.h"
#include "allot/status.h"

typedef enum LedgerEvent {
    LEDGER_COMMITMENT,   /* a line of a closed plan */
    LEDGER_CANCELLATION, /* so much of it is given up: quantity > 0 */
    LEDGER_CHANGE,   /* so much more or, below 0, less; also by exchange rates and firmer offers */
    LEDGER_DELIVERY, /* so much arrived, in the need's unit */
    LEDGER_PAYMENT,  /* so much was paid, in the offer's currency: offer_quantity */
    LEDGER_CARRIED /* a state at the close of a round: of a need what is unmet, of an offer what is
                            left, of a currency its rate, of a basis the total. Never added up. */
} LedgerEvent;
enum { LEDGER_EVENTS = LEDGER_CARRIED + 1 };

const char *ledger_event_text(LedgerEvent event); /* "commitment", ... */

enum { BASIS_COUNT = BASIS_PAID + 1 };

/** What is never added up: what commitments rest on, and money beside things in kind. */
typedef enum LedgerSort {
    SORT_PLEDGED_CASH,
    SORT_PLEDGED_IN_KIND,
    SORT_COMMITTED_CASH,
    SORT_COMMITTED_IN_KIND,
    SORT_PAID_CASH,
    SORT_PAID_IN_KIND
} LedgerSort;
enum { LEDGER_SORTS = SORT_PAID_IN_KIND + 1 };

/** "pledged_cash", ...; for people: "Pledged, cash". */
const char *ledger_sort_name(LedgerSort sort);
const char *ledger_sort_text(LedgerSort sort);

typedef struct LedgerLine {
    DiagPlace place;  /* where it stands, for findings */
    const char *hash; /* as read; NULL of a line that is not written yet */
    const char *round;
    Date date; /* DATE_NONE: none */
    LedgerEvent event;
    const char *need, *offer, *donor, *beneficiary, *category; /* interned; "" for none */
    bool has_quantity, has_offer_quantity, has_value, has_basis;
    Unit unit, offer_unit;  /* .name "" for none */
    int64_t quantity;       /* need's unit, smallest parts */
    int64_t offer_quantity; /* gross, offer's unit, smallest parts */
    int64_t value;          /* minor units of `currency` */
    Decimal rate;           /* of a rate: reporting currency for one whole offer_unit */
    const char *currency;   /* the reporting currency */
    Basis basis;
    Date valid_to; /* when a service ends; DATE_NONE: not known */
    const char *note;
    bool
        is_entry; /* written by people: the figures that follow from it are still to be worked out */
} LedgerLine;

/** What stands for one need from one offer, after all lines. */
typedef struct Holding {
    const char *need, *offer, *donor, *beneficiary, *category, *currency;
    Unit unit, offer_unit;
    Basis basis;
    bool has_value;
    int64_t quantity;  /* committed, in the need's unit; never below what is delivered */
    int64_t gross;     /* committed, in the offer's unit; never below what is paid */
    int64_t value;     /* of what is committed, reporting minor units */
    int64_t delivered; /* need's unit */
    int64_t delivered_value;
    int64_t paid; /* offer's unit */
    int64_t paid_value;
    Date valid_to; /* entered last, or a later one committed since; DATE_NONE: not known */
} Holding;

typedef struct Ledger {
    const char *path;
    const char *bytes; /* [size] the file as read */
    size_t size;
    const char *head; /* the last line's hash */
    LedgerLine *lines;
    size_t count;
    size_t left_out;   /* lines behind these, from the close of the round being decided on */
    Holding *holdings; /* [holding_count] by need, then offer */
    size_t holding_count;
    size_t closed; /* lines up to the end of the last close; the others were entered since */
    const char *last_round;        /* "" when no round is closed */
    const char *currency;          /* reporting currency; "" likewise */
    int64_t balance[LEDGER_SORTS]; /* of the last close: value of all commitments */
} Ledger;

/** Of commitments, cancellations and changes, and of totals. */
LedgerSort ledger_sort(const LedgerLine *line);

/** Where a ledger stands against a plan that was made from one. */
typedef enum LedgerStand {
    LEDGER_STANDS, /* as then; or behind what it was then is only paid or delivered, which no plan rests on */
    LEDGER_MOVED, /* it has grown by commitments, cancellations or changes */
    LEDGER_OTHER  /* it has not the line that was the last then */
} LedgerStand;

/** @p head is the hash of the line that was the last when the plan was made; NULL: there was none. What is
 *  left out, from the round's own close on, counts for nothing. */
LedgerStand ledger_stand(const Ledger *ledger, const char *head);

/** A unit by its name: money when that is a currency code. */
Unit ledger_unit(const char *name);

/** Works out the holdings, the last close and, of entries, the figures that follow. Every line that does
 *  not fit those before it is a finding at its place: more delivered, paid or cancelled than there is,
 *  ids that nothing is committed for (with the nearest), totals that do not add up.
 *  @return STATUS_OK, STATUS_FINDINGS, STATUS_NO_MEMORY. */
Status ledger_settle(Ledger *ledger, Arena *arena, Diag *diag);

/** The holding of this pair, or NULL. */
const Holding *ledger_holding(const Ledger *ledger, const char *need, const char *offer);

/** What it rests on in this round: as its offer does now, or where the round has no such offer as the ledger
 *  says. The next close writes it down. */
Basis ledger_basis_now(const Round *round, const Holding *held);

/** The line that first committed to what @p held is about, and in *after the last day of the round closed
 *  before that line's, when it is earlier than the line's: the commitment was made after it (DATE_NONE: no
 *  such round). A commitment bears the last day of its round, and is made at any time in it. */
const LedgerLine *ledger_first_commitment(const Ledger *ledger, const Holding *held, Date *after);

/** Is it about a thing or a service that ended before the round starts? It counts as covered all the same: the
 *  ledger says what was given, and whether it is needed anew is for planners to write. */
bool ledger_has_ended(const Round *round, const Holding *held);

/** Warns, in one finding, of needs that the round lists and whose part ended so, where less of the same kind
 *  (beneficiary, category, unit) goes on. @return STATUS_OK, STATUS_NO_MEMORY. */
Status ledger_tell_ended(const Ledger *ledger, const Round *round, Arena *arena, Diag *diag);

/** Notes, in one finding, the rules that bound value or units and that round->ledger holds something of: they count the
 *  lines of this round alone. To be called with the round checked. @return STATUS_OK, STATUS_NO_MEMORY. */
Status ledger_tell_rules(const Round *round, Arena *arena, Diag *diag);

/** A line of the ledger that another need could have if it were cancelled: neither delivered nor paid. */
typedef struct Undelivered {
    const Holding *held;
    int tier;         /* of its need in this round; 0: the round has it no more */
    int64_t quantity; /* what can be cancelled, in its own need's unit, in whole parts of it */
    int64_t
        brings; /* by itself, of what the other need lacks, in that need's unit and whole steps */
} Undelivered;

/** The lines of round->ledger, those of the lowest tier first, whose offer may serve @p need, which lacks @p lacks. Other
 *  conditions than who may serve whom (shares, tickets, rules, budgets) are not asked: what one brings is what it comes
 *  to by itself; beside what its offer or donor has left it may let more through.
 *  @param[out] out  [*count] in @p arena
 *  @return STATUS_OK, STATUS_NO_MEMORY. */
Status ledger_undelivered(const Round *round, const EligibleSets *sets, int need, int64_t lacks,
                          Arena *arena, Undelivered **out, size_t *count);

/** Does the ledger hold the close of the round of this id? What is left out does not count. */
bool ledger_has_round(const Ledger *ledger, const char *round);

/** The rate of a currency at the last close. False when there is none. */
bool ledger_rate(const Ledger *ledger, const char *currency, Decimal *rate);

/** Counts what the ledger holds into a round just read, before round_check(): as covered of its needs,
 *  and as taken of its offers, their parents and their donors' budgets. A need whose `covered_by` lists
 *  `ledger` says that its row has it already. What may be counted twice is a warning, what cannot be
 *  is an error. Keeps @p ledger as round->ledger.
 *  @return STATUS_OK (findings possible), STATUS_NO_MEMORY. */
Status ledger_apply(const Ledger *ledger, Round *round, Arena *arena, Diag *diag);

/** What a line did to what stands for its pair. */
typedef struct LedgerStep {
    Unit unit;         /* of the amounts: the offer's of a payment, else the need's */
    int64_t was, is;   /* paid or delivered before and after it; of the other events: committed */
    int64_t committed; /* after it */
} LedgerStep;

/** Of line @p at, no carried one, of a ledger that has been settled. */
LedgerStep ledger_step(const Ledger *ledger, size_t at);

/** Checks entries of people, the lines from @p from on, of a ledger that has been settled: a change adds no more than
 *  its need lacks and its offer has left, by what the last close carried and was entered since. What an offer is
 *  paid out of is not looked at: that more than it has is committed, the next round says.
 *  @return STATUS_OK, STATUS_FINDINGS. */
Status ledger_check_entries(const Ledger *ledger, size_t from, Diag *diag);

/** The ledger as it is when this plan is closed: the same lines and behind them, from before->count on,
 *  those that the close adds. First what the round changes of what is committed (offers that became
 *  firmer, exchange rates, for what is not paid yet), then the plan's lines, then what is carried: unmet
 *  needs, what is left of offers, rates, totals by sort. @p plan_name is put into the note of totals.
 *  @return STATUS_OK, STATUS_NO_MEMORY, STATUS_INTERNAL when a figure does not fit. */
Status ledger_close(const Ledger *before, const Round *round, const Plan *plan,
                    const char *plan_name, Arena *arena, Ledger *after);

#endif
