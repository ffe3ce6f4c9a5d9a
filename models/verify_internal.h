/* room: models
 *
 * Private to the independent check (verify*.c). A Verifier holds the lines of a plan as the check
 * itself measured them; every file asks one kind of question about them. Sums of amounts are Int128
 * (no sum of int64_t overflows it), everything with a rate, a share or an overhead is a rational.
 */
#ifndef ALLOT_MODELS_VERIFY_INTERNAL_H
#define ALLOT_MODELS_VERIFY_INTERNAL_H

#include <gmp.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "allot/verify.h"

/** A fraction that fits; den > 0. Den 0: it does not, and has to be worked out as a rational. */
typedef struct ExactSmall {
    int64_t num;
    int64_t den;
} ExactSmall;

/** A line whose need and offer exist and whose quantity is positive. */
typedef struct VerifyLine {
    size_t index; /* in plan->assignments */
    int need;
    int offer;
    int donor;           /* number of the donor at the head of its offer's chain */
    const PairRow *pair; /* the pairs row, or NULL */
    int64_t quantity;    /* need's unit, as the plan says */
    bool has_gross;      /* false when the units cannot be compared */
    int64_t gross;       /* offer's unit, rounded up */
    bool has_value;
    int64_t value; /* reporting minor units, half to even */
    Basis basis;   /* weakest along the chain */
} VerifyLine;

/** What a rules row selects; its needs are asked one by one: verify_selects_need(). */
typedef struct VerifyScope {
    const RuleRow *rule;
    bool *offers; /* [offer_count] by donor and offer words */
} VerifyScope;

/** What a need asks for beside a quantity: bits of v->asks[need], so that checks that do not concern
 *  a need need not look at its row. */
enum {
    ASKS_MINIMUM = 1 << 0,   /* a least useful amount, or all or nothing (C6) */
    ASKS_DONORS = 1 << 1,    /* max_donors */
    ASKS_FIRST = 1 << 2,     /* requires others */
    ASKS_MARKED = 1 << 3,    /* is of a bundle or an alternative */
    ASKS_PIECES = 1 << 4,    /* is no money in minor units */
    ASKS_OUTCOME = 1 << 5,   /* is an outcome */
    ASKS_UNKNOWN = 1 << 6,   /* its amount is unknown */
    ASKS_NOT_READY = 1 << 7, /* its documents are not complete */
};

/** What a need is worth: whole reporting units for one smallest part, or for a whole outcome. */
typedef struct VerifyWorth {
    bool known;
    ExactSmall part;
} VerifyWorth;

/** One offer, with what all it is paid out of adds to it. */
typedef struct VerifyOffer {
    int root;        /* the offer at the head of the chain of parents */
    int donor;       /* number of its donor: equal names, equal numbers */
    Basis basis;     /* weakest along the chain */
    ExactSmall kept; /* share of its gross that channels keep; 0 in kind */
} VerifyOffer;

/** The needs that share the mark of a bundle or of alternatives. */
typedef struct VerifyMark {
    const char *mark;
    const int *members; /* [count] ascending */
    size_t count;
} VerifyMark;

typedef struct VerifyMarks {
    VerifyMark *marks; /* [count] by first member */
    size_t count;
    NameMap *rows; /* mark -> index; NULL when there are none */
} VerifyMarks;

typedef struct Verifier {
    const Round *round;
    const Plan *plan;
    const char *file;
    bool figures;
    Arena *arena;
    Diag *diag;
    VerifyReport *report;

    unsigned char *asks;       /* [need_count] */
    unsigned asked;            /* all of them together */
    int64_t *wanted;           /* [need_count] quantity less covered, never negative */
    VerifyWorth *worth;        /* [need_count] */
    VerifyOffer *offers;       /* [offer_count] */
    size_t donor_count;        /* distinct donors of offers */
    int *by_tier;              /* [need_count] needs by tier, then as they stand */
    struct VerifyNames *names; /* verify_names.c: the long lists, hashed */
    struct VerifyUses *uses;   /* verify_measure.c: what money buys */
    VerifyMarks bundles;
    VerifyMarks alternatives;

    VerifyLine *lines; /* [line_count] by need, then offer */
    size_t line_count;
    size_t *first;           /* [need_count + 1] lines of need n: first[n] .. first[n + 1] - 1 */
    Int128 *assigned;        /* [need_count] need's unit */
    Int128 *own;             /* [offer_count] gross of its own lines, offer's unit */
    Int128 *used;            /* [offer_count] own, and what its children take of it */
    const VerifyLine **last; /* [offer_count] last line that takes of it, or NULL */
    VerifyScope *scopes;     /* [rule_count] */
    bool *full;              /* [need_count] met in full */
    bool *satisfied;         /* [need_count] everything it requires is met in full */
} Verifier;

/* ---- verify_exact.c: integers and rationals ------------------------------------------------ */

void exact_set_int128(mpz_t out, Int128 value);
void exact_set_decimal(mpq_t out, Decimal value);
void exact_multiply(mpq_t value, Int128 factor);
void exact_divide(mpq_t value, int64_t divisor); /* divisor > 0 */
void exact_multiply_decimal(mpq_t value, Decimal factor);
/** Rounds to a whole number (ROUND_DOWN, ROUND_UP, ROUND_HALF_EVEN). False outside int64_t. */
bool exact_round(const mpq_t value, Rounding rounding, int64_t *out);
int exact_compare(Int128 sum, const mpq_t bound); /* sign of sum - bound */
ExactSmall exact_small(const mpq_t value);
/** num / den; what does not fit is left to rationals. */
ExactSmall exact_small_of(Int128 num, Int128 den);
ExactSmall exact_small_decimal(ExactSmall value, Decimal factor); /* value * factor */
/** The same as exact_round() of amount * factor; @p factor fits. */
bool exact_small_round(ExactSmall factor, Int128 amount, Rounding rounding, int64_t *out);
void exact_set_small(mpq_t out, ExactSmall value);
/** Sign of sum - share * whole. */
int exact_compare_share(Int128 sum, Decimal share, int64_t whole);
/** An amount in smallest parts, possibly between two of them, as "1234.5 EUR". */
const char *exact_text(Arena *arena, const mpq_t amount, Unit unit);

/* ---- verify_worth.c: rates, values, use and overhead, from the tables' decimals ------------- */

/** Reporting currency for one whole unit of @p currency; false without a positive rate. */
bool worth_of_currency(const Round *round, const char *currency, mpq_t out);
/** Fills v->worth and v->offers. */
Status verify_worths(Verifier *v);
/** v->worth[need] as a rational; false when it has no money value. */
bool worth_of_part(const Verifier *v, size_t need, mpq_t out);
/** Reporting currency for one whole unit of a need, or for an outcome as a whole; false when it has
 *  no money value. */
bool worth_of_need(const Round *round, const Need *need, mpq_t out);
/** The same of an offer: money at its rate, in kind at unit_value. */
bool worth_of_offer(const Round *round, const Offer *offer, mpq_t out);
/** Smallest parts of @p to for one of @p from; false unless the same unit, or both money. */
bool worth_convert(const Round *round, Unit from, Unit to, mpq_t out);
/** Share of an offer's gross that arrives: the product of (1 - overhead) along its chain. */
void worth_net_share(const Round *round, int offer, mpq_t out);
bool worth_passes(const Round *round, int offer); /* false when a channel keeps all of it */
/** Gross smallest parts of the offer for one of the need; false when units cannot be compared. */
bool worth_use(const Round *round, const PairRow *pair, int need, int offer, mpq_t out);
/** Would worth_use() be true? */
bool worth_comparable(const Round *round, const PairRow *pair, int need, int offer);
/** What one whole unit costs: money costs one of itself. False when nobody says. */
bool worth_unit_cost(const Need *need, Decimal *cost, const char **currency);

/* ---- verify_text.c: findings ---------------------------------------------------------------- */

/** Where the plan's assignment stands: the row it was read from, else its line in assignments.csv. */
int verify_line_row(const Verifier *v, size_t index);
/** An error at the plan's line (NULL: at the plan); a broken rule at the line's quantity. */
void verify_broken(Verifier *v, DiagCode code, const VerifyLine *line, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
/** An error at an assignment that is no VerifyLine. */
void verify_broken_at(Verifier *v, DiagCode code, size_t index, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
/** "offers.csv:14 (only_regions)"; @p column may be NULL. Never NULL. */
const char *verify_row(const Verifier *v, Origin origin, const char *column);
const char *verify_amount(const Verifier *v, Unit unit, Int128 amount); /* "120 seat" */
const char *verify_pair(const Verifier *v, const VerifyLine *line);     /* "N1 from O1: 120 seat" */
const char *verify_names_text(const Verifier *v, const NameList *list); /* "A;B" */

/* ---- verify_names.c -------------------------------------------------------------------------- */

Status verify_names(Verifier *v); /* hashes the round's long lists */
bool verify_list_has(const Verifier *v, const NameList *list, const char *name);

/* ---- the checks, in the order of plan_verify() ---------------------------------------------- */

Status verify_scopes(Verifier *v);
Status verify_asks(Verifier *v); /* verify_needs.c */
Status verify_tiers(Verifier *v);
Status verify_marks(Verifier *v);
Status verify_lines(Verifier *v);
void verify_eligibility(Verifier *v);
void verify_needs(Verifier *v);
void verify_offers(Verifier *v);
void verify_donors(Verifier *v);
Status verify_beneficiaries(Verifier *v);
Status verify_rules(Verifier *v);
void verify_minimums(Verifier *v);
Status verify_tickets(Verifier *v);
Status verify_counts(Verifier *v);
Status verify_logic(Verifier *v);
Status verify_shares(Verifier *v);
void verify_commitments(Verifier *v);
Status verify_figures(Verifier *v);
Status verify_stages(Verifier *v);

/** True when nothing bars the pair; says nothing. */
bool verify_eligible(const Verifier *v, int need, int offer);
/** Quantity of the pair's line, 0 without one; @p line gets the line or NULL. */
Int128 verify_given(const Verifier *v, int need, int offer, const VerifyLine **line);
/** An outcome: of quantity 0, met when everything it requires is. */
bool verify_is_outcome(const Need *need);
/** What a line takes of its offer and is worth: verify_measure.c. */
Status verify_uses(Verifier *v);
void verify_measure(Verifier *v, VerifyLine *line);
/** Does the rule select the need? */
bool verify_selects_need(const Verifier *v, const VerifyScope *scope, int need);
bool verify_in_scope(const Verifier *v, const VerifyScope *scope, int need, int offer);
/** The last line of a need or NULL. */
const VerifyLine *verify_last_line(const Verifier *v, size_t need);
/** The needs of a tier: v->by_tier[first] .. v->by_tier[first + count - 1]. */
size_t verify_tier(const Verifier *v, int tier, size_t *first);

/* ---- verify_each.c: a rule split by the words of its `each` --------------------------------- */

/** The value of one word in one part of a rule: a name, or the number of a tier. */
typedef struct VerifyWord {
    const char *name;
    int number;
} VerifyWord;

/** One combination of words: the rule holds for its pairs alone. */
typedef struct VerifyPart {
    VerifyWord words[SELECT_COUNT];
    Int128 sum;
    size_t lines;
    const VerifyLine *last;
    bool *members; /* [offer_count] offers in it; reserves only */
} VerifyPart;

typedef struct VerifyParts {
    VerifyPart *parts;
    size_t count;
    size_t capacity;
    size_t *slots; /* [slot_count] hash table: index + 1, 0 when free */
    size_t slot_count;
    size_t *hits; /* the parts that verify_parts_of() found */
    size_t hit_count;
    size_t hit_capacity;
} VerifyParts;

/** Finds (adds where new) the parts of @p rule that the pair is in. @p need is -1 when no word of
 *  `each` asks for the need. */
Status verify_parts_of(const Verifier *v, const RuleRow *rule, int need, int offer,
                       VerifyParts *parts);
/** " [donor = SE, category = HW]", or "" for a rule that is not split. */
const char *verify_part_text(const Verifier *v, const RuleRow *rule, const VerifyPart *part);
/** The bound of a value or quantity rule in smallest parts; false when a rate is missing. */
bool verify_value_bound(const Round *round, const RuleRow *rule, mpq_t out);
void verify_quantity_bound(const RuleRow *rule, mpq_t out);
Status verify_reserve(Verifier *v, const VerifyScope *scope); /* verify_reserve.c */
/** Limits, floors and tickets: the sums of a rule's lines against its bounds. */
Status verify_rule_sums(Verifier *v, const VerifyScope *scope);
/** A rule that says too little to be checked; "R1: rules.csv:2 (count) ..." */
void verify_unclear(Verifier *v, const RuleRow *rule, const char *column);

/* ---- verify_stage_words.c: stages as findings speak of them ---------------------------------- */

/** "tier 2, unmet", "fairness in tier 1, the worst-served beneficiary": in the reader's language. Never NULL. */
const char *verify_stage_name(const Verifier *v, const StageResult *stage);

/** Two values of a stage and by how much they differ, as people write them: "EUR 950.00", "75.0%",
 *  "25 percentage points", "12 seat", "0.5". Written finely enough to differ where the values do, and
 *  so that the third is the difference of the two as they are written. */
typedef struct VerifyStageText {
    const char *is;
    const char *other;
    const char *apart;
} VerifyStageText;

VerifyStageText verify_stage_text(const Verifier *v, const StageResult *stage, double is,
                                  double other);

/* ---- verify_stage_values.c, verify_fairness.c ------------------------------------------------ */

enum { VERIFY_FRACTION_BITS = 128 }; /* of stage sums: far below what a double can hold */

__extension__ typedef unsigned __int128 Bits128;

/** A stage's value as a fixed-point sum, and what its comparison has to allow for. */
typedef struct VerifySum {
    mpz_t fixed;      /* in units of 2^-VERIFY_FRACTION_BITS, each term rounded down */
    Int128 whole;     /* to be added to it: of the terms that are small, the whole part */
    Bits128 fraction; /* and the fraction, in the same units */
    double size;      /* sum of the terms' absolute values */
    double per_money; /* most that moving one reporting unit of money can change the value */
    size_t rounded;   /* terms that people may have summed as rounded figures */
    double
        at_stake; /* of costs: what all that is asked for would cost at the dearest rate of the round */
} VerifySum;

void verify_sum_init(VerifySum *sum);
void verify_sum_clear(VerifySum *sum);
void verify_sum_add(VerifySum *sum, const mpq_t term);
/** Adds amount * factor; @p factor fits. */
void verify_sum_add_small(VerifySum *sum, ExactSmall factor, Int128 amount);
double verify_sum_value(const VerifySum *sum);
/** What one smallest part of something counts: small where that fits, else wide. */
typedef struct VerifyTerm {
    ExactSmall small; /* den 0: wide holds it */
    mpq_t wide;
} VerifyTerm;

void verify_term_init(VerifyTerm *term); /* 0 */
void verify_term_clear(VerifyTerm *term);
void verify_term_set(VerifyTerm *term, ExactSmall value); /* value fits */
void verify_term_multiply(VerifyTerm *term, Decimal factor);
void verify_term_divide(VerifyTerm *term, int64_t divisor); /* divisor > 0 */
double verify_term_value(const VerifyTerm *term);
void verify_sum_add_term(VerifySum *sum, const VerifyTerm *term, Int128 amount);

/** Every stage but fairness. */
Status verify_stage_sum(const Verifier *v, const StageResult *stage, VerifySum *sum);
/** What one smallest part of a need counts under a measure; false when it counts nothing. */
bool verify_part_of(const Verifier *v, size_t need, MeasureSetting measure, VerifyTerm *term);
/** Notes how much the stage changes when one reporting unit of money moves, when it changes by
 *  @p per_part with every smallest part of the need. */
void verify_note_price(const Verifier *v, VerifySum *sum, size_t need, double per_part);

/** A mark of alternatives in the stages of its tier. */
void verify_sum_alternatives(const Verifier *v, const StageResult *stage, VerifySum *sum);
/** The member whose amount a mark asks for in its groups' shares: the one with coverage from elsewhere,
 *  else the first without a money value, else the cheapest, the first of equals. -1: nothing known. */
int verify_standing(const Verifier *v, const VerifyMark *mark);
void verify_sum_burden(const Verifier *v, const StageResult *stage, VerifySum *sum);
Status verify_sum_fees(const Verifier *v, VerifySum *sum);
/** `change` and `taken`. */
void verify_sum_change(const Verifier *v, const StageResult *stage, VerifySum *sum);
/** STATUS_FINDINGS, with one, when the round has no such need. */
Status verify_sum_urgent(const Verifier *v, const StageResult *stage, VerifySum *sum);
/** The id in the label of an `urgent` stage; the whole label where it has none. */
const char *verify_urgent_id(const StageResult *stage);
int verify_urgent_need(const Verifier *v, const StageResult *stage); /* -1: not in the round */

/** The met shares of one tier's groups. */
typedef struct VerifyFairness {
    int tier;       /* 0: nothing yet */
    double *shares; /* [count] ascending */
    size_t count;
    double per_money;
} VerifyFairness;

/** Works the shares of @p tier out unless they are there already. */
Status verify_fairness(const Verifier *v, int tier, VerifyFairness *fairness);

#endif
