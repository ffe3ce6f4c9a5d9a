/* room: models
 *
 * Every named thing of a round that could be lifted: taken out of the round to see what it stands in
 * the way of. An offer's quantity, a donor's budget, a row of the rules table, a prerequisite, a
 * commitment, ...: each with its place and id, and the rows and column bounds of a loose formulation
 * that it imposes. A target (row or column) that several things bound stands at the tightest of those
 * that are not lifted.
 */
#ifndef ALLOT_LIFTS_H
#define ALLOT_LIFTS_H

#include "allot/arena.h"
#include "allot/formulation.h"
#include "allot/status.h"

typedef enum LiftKind {
    LIFT_QUANTITY,    /* offers.quantity */
    LIFT_BUDGET,      /* donors.budget */
    LIFT_MAX_VALUE,   /* beneficiaries.max_value */
    LIFT_LIMIT,       /* rules: limit */
    LIFT_FLOOR,       /* rules: floor */
    LIFT_RESERVE,     /* rules: reserve */
    LIFT_LEAST,       /* needs.min_quantity, min_share, indivisible */
    LIFT_TICKET,      /* offers.min_ticket, donors.min_ticket; rules: ticket */
    LIFT_NUMBER,      /* max_donors, max_needs; rules: count */
    LIFT_DONOR_SHARE, /* donors.max_share */
    LIFT_CIVIL,       /* needs.civil_share */
    LIFT_OFFER_SHARE, /* offers.max_share */
    LIFT_PAIR_MAX,    /* pairs.max */
    LIFT_COMMITMENT,  /* commitments: fixed, at_least, at_most */
    LIFT_REQUIRES,    /* one name of needs.requires */
    LIFT_BUNDLE,      /* needs.bundle: a mark, with the whole amounts that it asks of its members */
    LIFT_ALTERNATIVE, /* needs.alternative: a mark */
    LIFT_PAIR_NO,     /* pairs.eligible = no, and other bars of a widened set's pairs: */
    LIFT_EARMARK,     /* offers.only_*: a cell */
    LIFT_EXCLUSION,   /* offers.not_*: a cell */
    LIFT_LAPSES,      /* offers.lapses */
    LIFT_ODA,         /* offers.oda_only */
    LIFT_WINDOW,      /* offers.valid_from, valid_to */
    LIFT_FORBID,      /* rules: forbid */
    LIFT_FORBIDDEN    /* commitments: forbidden */
} LiftKind;

/** What a thing asks of one target: column j is target j, row i is target column_count + i. */
typedef struct LiftBound {
    int target;
    double lower, upper; /* -INFINITY, INFINITY where it says nothing */
} LiftBound;

typedef struct Lift {
    LiftKind kind;
    Origin origin;      /* its row */
    const char *id;     /* of that row; of bundles and alternatives the mark */
    const char *column; /* where it stands in the row */
    const char *each;   /* of a rule split by `each`: "region UA-61"; else "" */
    int index;          /* by kind: offer (LIFT_OFFER_SHARE), round->pairs, commitments, logic's
                           requirements, bundles or alternatives; of bars: offer, round->pairs, rules,
                           commitments; else the first of the set's rules */
    const LiftBound *bounds; /* [bound_count] */
    size_t bound_count;
} Lift;

/** The tables' own columns over several needs (min_ticket, max_share) are one lift a cell; rows of the
 *  rules table one for every combination of `each`. Things that impose nothing are left out. */
typedef struct Lifts {
    const Formulation *form;
    Lift *lifts; /* [count] rules in their order, then pair bounds by table, then what needs ask,
                    then bars by table, row and column */
    size_t count;
    const double *base_lower, *base_upper; /* [targets] with everything lifted */
    const size_t *first;                   /* [targets + 1] into on */
    const int *on;                         /* lifts that bound each target, and */
    const LiftBound *on_bound;             /* what they ask there */
} Lifts;

/** Does the thing bar pairs altogether? (needs.civil_share may, and is none of these.) */
bool lift_bars(const Lift *lift);

/** All things of the round that can be lifted from @p form, which must be loose. Where its pairs are a
 *  widened set (pair_set_build_widened()), what bars them is among them: such a pair stands at 0 until
 *  everything that bars it is lifted. Offers that lapsed keep nothing back for reserves, lifted or not.
 *  @return STATUS_OK or STATUS_NO_MEMORY. */
Status lifts_build(const Formulation *form, Arena *arena, Lifts *lifts);

/** The bounds of a target with some things lifted: @p lifted [count]; NULL: none is. */
void lifts_bounds(const Lifts *lifts, const bool *lifted, int target, double *lower, double *upper);

/** The rule that a thing with an amount is, NULL for the others (pairs, commitments, marks, ...) and for
 *  those that stand for several rules. */
const Rule *lift_rule(const Lifts *lifts, const Lift *lift);

/** The need whose amount the thing bounds: of LIFT_COMMITMENT and LIFT_PAIR_MAX; else -1. */
int lift_need(const Lifts *lifts, const Lift *lift);

/** The unit of its amount: the rule's, or the need's. */
Unit lift_unit(const Lifts *lifts, const Lift *lift);

/** Does the thing demand something (floor, reserve, commitment of at least), so that it can make a
 *  round impossible? Without any of them the empty plan is one. */
bool lift_demands(const Lifts *lifts, const Lift *lift);

#endif
