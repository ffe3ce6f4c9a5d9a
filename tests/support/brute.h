/* Every plan of a tiny round, tried; and what the tables forbid, asked of any plan.
 *
 * Written from the pages that say what tables and stages mean, not from the formulation: plain loops
 * over lines, one rule after another, no program, no solver. Amounts are doubles in whole units.
 */
#ifndef ALLOT_TEST_BRUTE_H
#define ALLOT_TEST_BRUTE_H

#include "allot/plan.h"
#include "allot/round.h"

typedef struct Brute Brute;

/** @p round as round_check() leaves it; borrowed, as is the arena that owns the result. */
Brute *brute_new(const Round *round, Arena *arena);

/** May this offer serve this need, by the tables? */
bool brute_may_serve(const Brute *b, int need, int offer);

typedef enum BruteVerdict {
    BRUTE_KEPT,   /* every rule is kept */
    BRUTE_NEAR,   /* within what rounding to minor units may move: not for a double to say */
    BRUTE_BROKEN, /* some rule is broken */
} BruteVerdict;

/** Asks every rule of a plan: @p x is [need * offers + offer] in the needs' smallest parts. *what
 *  names a rule that is not kept (borrowed until the next call). */
BruteVerdict brute_judge(Brute *b, const int64_t *x, const char **what);

/** The lines of a plan as such a table. */
void brute_take(const Brute *b, const Plan *plan, int64_t *x);

/** The values of the stages in the published order, each the smaller the better (shares are
 *  negated): @p out has room for brute_stage_count(). */
size_t brute_stage_count(const Brute *b);
const char *brute_stage_label(const Brute *b, size_t stage);
void brute_values(Brute *b, const int64_t *x, double *out);

/** Tries every plan in whole steps and keeps the best in @p x. False when there is none, or when
 *  more than @p most would have to be tried (then *tried is above it). */
bool brute_best(Brute *b, long most, int64_t *x, long *tried);

/** What a plan that is looked for has to be besides keeping the rules. */
typedef struct BruteWish {
    const int64_t *least; /* [needs] what each need has at least, in smallest parts */
    bool (*fits)(const int64_t *x, void *context); /* and what else is asked of it */
    void *context;
} BruteWish;

typedef enum BruteFound { BRUTE_NONE, BRUTE_FOUND, BRUTE_TOO_MANY } BruteFound;

/** Is there any such plan? BRUTE_TOO_MANY when more than @p most would have to be tried. */
BruteFound brute_find(Brute *b, const BruteWish *wish, long most);

/** From now on the offers that may serve a need are those of another round of the same needs and
 *  offers: so that a changed cell opens no pair besides what it is changed for. */
void brute_keep_pairs(Brute *b, const Brute *from);

/** A rule split by `each` (index into round->rules): the name of the combination that this line
 *  [need * offers + offer] stands for, "region north, tag alpha"; NULL when it stands for none. */
const char *brute_part_name(const Brute *b, size_t rule, size_t cell);

/** From now on one combination of the rule of this id asks for nothing. */
void brute_drop_part(Brute *b, const char *rule, const char *part);

/** -1, 0, 1: which of two vectors of stages is better, lexicographically, the smaller first; what
 *  differs by less than 1e-7 (relative where large) is equal. *at is the stage that decides. */
int brute_compare(const Brute *b, const double *one, const double *other, size_t *at);

#endif
