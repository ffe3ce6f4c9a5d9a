/* room: models
 *
 * Rules: one mechanism for every bound over a set of pairs (C2 to C8, C12, C14). The columns that
 * planners write (quantity, budget, max_value, max_share, min_ticket, max_donors, ...) and the rows
 * of the rules table become the same objects, each remembering the row it came from. One file a family builds
 * them (models/rules_*.c); the formulation turns each into one row of the program; the extraction
 * keeps each in whole steps.
 */
#ifndef ALLOT_RULE_H
#define ALLOT_RULE_H

#include "allot/arena.h"
#include "allot/diag.h"
#include "allot/eligibility.h"
#include "allot/round.h"
#include "allot/status.h"

typedef enum RuleFamily {
    FAMILY_OFFER,       /* C2  offers.quantity */
    FAMILY_DONOR,       /* C3  donors.budget */
    FAMILY_BENEFICIARY, /* C4  beneficiaries.max_value */
    FAMILY_LIMIT,       /* C5  rules of kind limit */
    FAMILY_FLOOR,       /* C5  rules of kind floor */
    FAMILY_RESERVE,     /* C5  rules of kind reserve */
    FAMILY_MINIMUM,     /* C6  needs.min_quantity, min_share, indivisible; members of bundles */
    FAMILY_TICKET,      /* C7  offers.min_ticket, donors.min_ticket, rules of kind ticket */
    FAMILY_NUMBER,      /* C8  max_donors, max_needs, rules of kind count */
    FAMILY_FEE,         /* rules of kind fee */
    FAMILY_SHARE,       /* C12 donors.max_share over several offers */
    FAMILY_CIVIL        /* C14 needs.civil_share */
} RuleFamily;

typedef enum RuleForm {
    FORM_BOUND,      /* lower <= sum <= upper, or a share of all */
    FORM_OR_NOTHING, /* no line of the set at all, or sum >= lower (C6, C7) */
    FORM_AT_MOST,    /* at most `upper` of the items have a line (C8) */
    FORM_FEE         /* costs `fee` once there is any line of the set; forbids nothing */
} RuleForm;

/** In what the amounts of the lines are counted. */
typedef enum RuleMeasure {
    COUNT_NEED_UNITS,  /* the line's quantity */
    COUNT_OFFER_UNITS, /* its gross, rounded up in the offer's unit, then converted to the rule's
                          unit and rounded up again where that differs */
    COUNT_VALUE        /* its value, rounded half to even; needs without value count 0 */
} RuleMeasure;

/** Of form FORM_BOUND: lower <= sum over the pairs of amount(line) <= upper; or, when of_total, the same with the share
 *  of the value of all lines of the plan as bound: sum * share.den <= (>=) share.num * total. */
typedef struct Rule {
    RuleFamily family;
    RuleForm form;
    Origin origin;      /* the row that imposes it */
    const char *id;     /* that row's id, for sentences */
    const char *column; /* the column that imposes it */
    const char *each;   /* "region UA-61" where the rule was split by `each`; "" else */
    RuleMeasure measure;
    Unit unit;        /* of the bounds */
    const int *pairs; /* [count] indices into the PairSet, ascending */
    size_t count;
    const int *item; /* FORM_AT_MOST: [count] item of each pair, 0 .. item_count - 1 */
    int item_count;
    bool has_lower; /* FORM_BOUND: of_total: which of the two the share is; else both false */
    bool has_upper;
    int64_t lower;
    int64_t upper;
    bool of_total;
    Ratio share; /* when of_total; num and den fit int64_t */
    Ratio fee;   /* FORM_FEE: reporting minor units */
    int64_t
        asked; /* what the row asks for, in smallest parts: a reserve's amount, else the bound */
} Rule;

typedef struct RuleSet {
    Rule *rules;
    size_t count;
} RuleSet;

/** All rules of a round, family by family. Findings for rules that mix units or do not fit, and for
 *  tickets that nothing can reach.
 *  @return STATUS_OK, STATUS_FINDINGS, STATUS_NO_MEMORY. */
Status rule_set_build(const Round *round, const PairSet *pairs, Arena *arena, Diag *diag,
                      RuleSet *set);

/** Could pair_set_build() or rule_set_build() have a finding, a warning too? Told from the tables and the
 *  sets, without a list of pairs. Where @p out is false neither has any; where it is true, ask them.
 *  @return STATUS_OK, STATUS_NO_MEMORY, STATUS_INTERNAL. */
Status rules_in_doubt(const Round *round, const EligibleSets *sets, Arena *arena, bool *out);

/** Does a row of the rules table select this pair? Offer and donor are those of the line itself: a
 *  rule on a parent does not reach lines on what is paid out of it (so that money meant for a
 *  channel can be kept from being spent directly). */
bool rule_row_matches(const Round *round, const RuleRow *row, int need, int offer);

/** Does it select this need? */
bool rule_row_selects_need(const RuleRow *row, const Need *need);

/** Does it select this offer? */
bool rule_row_selects_offer(const Round *round, const RuleRow *row, int offer);

/** Bounds of a rule that has them and is no share of all, in smallest parts of its unit, as a linear row of
 *  exact amounts has them: plans are judged by rounded lines, so that what is agreed, all there is to
 *  give, and lines in whole things may be beyond a bound by fractions of a part and yet keep it. Of a
 *  ticket as many parts less as lines can be rounded up. What a row lets through that breaks the rule,
 *  the extraction sees. */
double rule_row_upper(const Round *round, const PairSet *pairs, const Rule *rule);
double rule_row_lower(const Round *round, const PairSet *pairs, const Rule *rule);
double rule_row_ticket(const Round *round, const PairSet *pairs, const Rule *rule);

/** By how much the lines of a rule, each rounded to its unit, can count together more (@p sign 1), or less (-1),
 *  than they exactly are, at most; in its smallest parts. Of a rule of shares also what the total can. */
double rule_row_rounding(const Round *round, const PairSet *pairs, const Rule *rule, int sign);

/** What @p quantity (need units, smallest parts) of a pair counts under a rule. False when it does not fit int64_t. */
bool rule_amount(const Round *round, const PairSet *pairs, const Rule *rule, int pair,
                 int64_t quantity, int64_t *out);

/** The same as a factor, before any rounding: smallest parts of the rule's unit for one smallest
 *  part of the need's. */
bool rule_factor(const Round *round, const PairSet *pairs, const Rule *rule, int pair, Ratio *out);

/** "C2" and so on. */
const char *rule_family_label(RuleFamily family);

#endif
