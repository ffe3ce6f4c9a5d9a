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

/** A line whose need and offer exist and whose quantity is positive. */
typedef struct VerifyLine {
    size_t index; /* in plan->assignments */
    int need;
    int offer;
    int root;         /* the offer at the head of the chain of parents */
    int64_t quantity; /* need's unit, as the plan says */
    bool has_gross;   /* false when the units cannot be compared */
    int64_t gross;    /* offer's unit, rounded up */
    bool has_value;
    int64_t value; /* reporting minor units, half to even */
    Basis basis;   /* weakest along the chain */
} VerifyLine;

/** What a rules row selects. */
typedef struct VerifyScope {
    const RuleRow *rule;
    bool *needs;  /* [need_count] by need, beneficiary, region, category, tag and priority */
    bool *offers; /* [offer_count] by donor and offer words */
} VerifyScope;

typedef struct Verifier {
    const Round *round;
    const Plan *plan;
    const char *file;
    bool figures;
    Arena *arena;
    Diag *diag;
    VerifyReport *report;

    VerifyLine *lines; /* [line_count] by need, then offer */
    size_t line_count;
    size_t *first;           /* [need_count + 1] lines of need n: first[n] .. first[n + 1] - 1 */
    Int128 *assigned;        /* [need_count] need's unit */
    Int128 *own;             /* [offer_count] gross of its own lines, offer's unit */
    Int128 *used;            /* [offer_count] own, and what its children take of it */
    const VerifyLine **last; /* [offer_count] last line that takes of it, or NULL */
    VerifyScope *scopes;     /* [rule_count] */
} Verifier;

/* ---- verify_exact.c: integers and rationals ------------------------------------------------ */

void exact_set_int64(mpz_t out, int64_t value);
void exact_set_int128(mpz_t out, Int128 value);
bool exact_get_int64(const mpz_t value, int64_t *out); /* false when it does not fit */
void exact_set_decimal(mpq_t out, Decimal value);
void exact_multiply(mpq_t value, Int128 factor);
void exact_divide(mpq_t value, int64_t divisor); /* divisor > 0 */
void exact_multiply_decimal(mpq_t value, Decimal factor);
/** Rounds to a whole number (ROUND_DOWN, ROUND_UP, ROUND_HALF_EVEN). False outside int64_t. */
bool exact_round(const mpq_t value, Rounding rounding, int64_t *out);
int exact_compare(Int128 sum, const mpq_t bound); /* sign of sum - bound */
/** An amount in smallest parts, possibly between two of them, as "1234.5 EUR". */
const char *exact_text(Arena *arena, const mpq_t amount, Unit unit);

/* ---- verify_worth.c: rates, values, use and overhead, from the tables' decimals ------------- */

/** Reporting currency for one whole unit of @p currency; false without a positive rate. */
bool worth_of_currency(const Round *round, const char *currency, mpq_t out);
/** Reporting currency for one whole unit of a need; false when it has no money value. */
bool worth_of_need(const Round *round, const Need *need, mpq_t out);
/** The same of an offer: money at its rate, in kind at unit_value. */
bool worth_of_offer(const Round *round, const Offer *offer, mpq_t out);
/** Smallest parts of @p to for one of @p from; false unless the same unit, or both money. */
bool worth_convert(const Round *round, Unit from, Unit to, mpq_t out);
/** Share of an offer's gross that arrives: the product of (1 - overhead) along its chain. */
void worth_net_share(const Round *round, int offer, mpq_t out);
/** Gross smallest parts of the offer for one of the need; false when units cannot be compared. */
bool worth_use(const Round *round, int need, int offer, mpq_t out);
bool worth_comparable(const Round *round, int need, int offer); /* would worth_use() be true? */

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
const char *verify_names(const Verifier *v, const NameList *list);      /* "A;B" */
bool verify_list_has(const NameList *list, const char *name);

/* ---- the checks, in the order of plan_verify() ---------------------------------------------- */

Status verify_scopes(Verifier *v);
Status verify_lines(Verifier *v);
void verify_eligibility(Verifier *v);
void verify_needs(Verifier *v);
void verify_offers(Verifier *v);
void verify_donors(Verifier *v);
Status verify_beneficiaries(Verifier *v);
Status verify_rules(Verifier *v);
void verify_shares(Verifier *v);
void verify_commitments(Verifier *v);
Status verify_figures(Verifier *v);
Status verify_stages(Verifier *v);

/** True when nothing bars the pair; says nothing. */
bool verify_eligible(const Verifier *v, int need, int offer);
int64_t verify_wanted(const Need *need); /* quantity less covered, never negative */
/** Quantity of the pair's line, 0 without one; @p line gets the line or NULL. */
Int128 verify_given(const Verifier *v, int need, int offer, const VerifyLine **line);
/** Of the offer and all it is paid out of. */
Basis verify_weakest_status(const Round *round, int offer);

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

/* ---- verify_stage_values.c, verify_fairness.c ------------------------------------------------ */

enum { VERIFY_FRACTION_BITS = 128 }; /* of stage sums: far below what a double can hold */

/** A stage's value as a fixed-point sum, and what its comparison has to allow for. */
typedef struct VerifySum {
    mpz_t fixed;      /* in units of 2^-VERIFY_FRACTION_BITS, each term rounded down */
    double size;      /* sum of the terms' absolute values */
    double per_money; /* most that moving one reporting unit of money can change the value */
    size_t rounded;   /* terms that people may have summed as rounded figures */
} VerifySum;

void verify_sum_init(VerifySum *sum);
void verify_sum_clear(VerifySum *sum);
void verify_sum_add(VerifySum *sum, const mpq_t term);
double verify_sum_value(const VerifySum *sum);
/** Tiers, unvalued, firmness, lapsing and cost. */
void verify_stage_sum(const Verifier *v, const StageResult *stage, VerifySum *sum);

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
