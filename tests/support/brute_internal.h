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
    Date date;
} BruteStage;

struct Brute {
    const Round *round;
    Arena *arena;
    size_t needs, offers;
    BrutePair *pairs; /* [needs * offers] */
    double *value;    /* [needs] whole reporting units of one smallest part; 0 without */
    double *used;     /* [offers] scratch of a judgement */
    BruteStage *stages;
    size_t stage_count, stage_room;
    double *groups; /* scratch */
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

/** Does the rule select the line? */
bool brute_selects(const Round *round, const RuleRow *rule, int need, int offer);

/** Marks a rule that goes @p excess (whole units) beyond its bound; @p slack is what rounding may
 *  move. */
void brute_note(Brute *b, double excess, double slack, const char *rule, const char *id);

void brute_judge_rules(Brute *b, const int64_t *x);
void brute_list_stages(Brute *b);

#endif
