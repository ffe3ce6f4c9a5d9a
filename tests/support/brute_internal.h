/* What the parts of the exhaustive search share.
 */
#ifndef ALLOT_TEST_BRUTE_INTERNAL_H
#define ALLOT_TEST_BRUTE_INTERNAL_H

#include "tests/support/brute.h"

/** What a need and an offer have to do with each other. */
typedef struct BrutePair {
    bool may;
    double gross; /* whole units of the offer for one smallest part of the need */
    double most;  /* smallest parts of the need: pairs.max, offers.max_share, commitments */
    double least; /* commitments */
    const PairRow *row;
} BrutePair;

typedef struct BruteStage {
    char label[48];
    StageKind kind;
    int tier, rank;
    Basis basis;
    bool unvalued;
    bool in_kind;
    Date date;
} BruteStage;

struct Brute {
    const Round *round;
    Arena *arena;
    size_t needs, offers;
    BrutePair *pairs; /* [needs * offers] */
    double *value; /* [needs] whole reporting units of one smallest part, of an outcome those of the
                         whole; 0 without */
    double *used;  /* [offers] scratch of a judgement */
    int *combos;   /* [rules * needs * offers] first cell of the line's combination of `each`, or -1
                         where the rule does not count the line */
    const char **names; /* [needs * offers] scratch */
    BruteStage *stages;
    size_t stage_count, stage_room;
    char what[160]; /* the last rule found broken */
    BruteVerdict verdict;
    bool exact; /* amounts come out even: no rule is near */
};

/** Reporting currency for one whole unit of a currency; 0 when it has no rate. */
double brute_rate(const Round *round, const char *currency);

double brute_decimal(Decimal value);

/** Whole units of a smallest part. */
double brute_part(Unit unit);

static inline BrutePair *brute_pair(const Brute *b, size_t need, size_t offer)
{
    return &b->pairs[need * b->offers + offer];
}

bool brute_eligible(const Round *round, int need, int offer, const PairRow *row);

/** Is the offer, or one it is paid out of, for civil use only? */
bool brute_civil(const Round *round, int offer);

/** Is it an outcome: nothing itself, met when all that it requires is? */
bool brute_outcome(const Need *need);

/** What is not covered elsewhere, in smallest parts; 0 when the amount is unknown. */
double brute_wanted(const Need *need);

/** The least that a need takes when it takes anything, likewise. */
double brute_least(const Need *need);

/** What all offers give a need, in smallest parts. */
double brute_given(const Brute *b, const int64_t *x, size_t need);

/** Is the need met in full, or the outcome, by this plan? */
bool brute_full(const Brute *b, const int64_t *x, size_t need);

/** Is some need of this id, or of this mark of alternatives, met in full? */
bool brute_satisfied(const Brute *b, const int64_t *x, const char *name);

/** What a line takes of its offer, rounded up to the smallest part; whole units. */
double brute_gross(const Brute *b, size_t need, size_t offer, int64_t quantity);

/** The donor of a line: that of the offer which the chain of parents ends at. */
const char *brute_donor(const Brute *b, size_t offer);

/** How many different names there are among the first @p count of b->names. */
int brute_distinct(const Brute *b, size_t count);

/** Does the rule select the line? */
bool brute_selects(const Round *round, const RuleRow *rule, int need, int offer);

/** Marks a rule that goes @p excess (whole units) beyond its bound; @p slack is what rounding may
 *  move. */
void brute_note(Brute *b, double excess, double slack, const char *rule, const char *id);

/** Fills b->combos. */
void brute_combine(Brute *b);

/** The rules of this combination: the line whose cell is @p first stands for it. Is there a line? */
bool brute_any(const Brute *b, size_t rule, size_t first, const int64_t *x);

/** Is the cell the one that stands for its combination? */
bool brute_leads(const Brute *b, size_t rule, size_t cell);

void brute_judge_rules(Brute *b, const int64_t *x);
void brute_judge_wholes(Brute *b, const int64_t *x);
void brute_judge_logic(Brute *b, const int64_t *x);

BruteStage *brute_add_stage(Brute *b, StageKind kind, int tier, const char *label);
void brute_list_stages(Brute *b);
void brute_list_later(Brute *b);

/** `change` or `taken`, with that of the needs without value; nothing without a plan before. */
void brute_list_moved(Brute *b, StageKind kind, const char *label);

/** The met shares of a tier's groups, in the order of the first need of each; how many. */
size_t brute_group_shares(const Brute *b, int tier, const int64_t *x, double *out);

/** The value of a stage that is decided after the tiers and after firmness. */
double brute_later(const Brute *b, const BruteStage *stage, const int64_t *x);

#endif
