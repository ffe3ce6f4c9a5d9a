/* The plan of a tiny round, as its judge holds every other plan against it: what it gives, what its
 * stages come to, and whether tables that were changed still have a plan at which nobody loses.
 */
#ifndef ALLOT_TEST_BRUTE_PLAN_H
#define ALLOT_TEST_BRUTE_PLAN_H

#include "tests/support/brute.h"
#include "tests/support/pipeline.h"
#include "tests/support/random_round.h"

typedef struct BrutePlan {
    const TextRound *text; /* the round's tables */
    Pipeline *run;
    Brute *brute;
    int64_t *x;      /* the plan's lines: [needs * offers] */
    double *values;  /* [stages] of the plan */
    double *scratch; /* [stages + needs] */
    double *shares;  /* [needs] scratch */
} BrutePlan;

/** The plan that @p run has decided; borrowed are both. */
BrutePlan brute_plan_take(const TextRound *text, Pipeline *run);

/** Do the tiers before @p own keep their values and their groups' shares in the plan @p x; and where
 *  @p after, those after it as well? 0 is no tier. */
bool brute_plan_keeps_tiers(const BrutePlan *plan, const int64_t *x, int own, bool after);

/** Do the outcomes of this tier that are met stay met, but for @p except (-1: none)? */
bool brute_plan_keeps_outcomes(const BrutePlan *plan, const int64_t *x, int tier, int except);

/** What is looked for in changed tables. */
typedef struct BruteSearch {
    void (*prepare)(Brute *brute, void *context); /* NULL: nothing to drop */
    /** What each need is to have at least, in smallest parts: @p least is [needs] and zero. */
    void (*set_least)(int64_t *least, void *context);
    bool (*fits)(const int64_t *x, void *context);
    void *context;
    long plans_most;
} BruteSearch;

/** Reads the tables and tries every plan, on the pairs that the plan's own round allows. *unread: the tables
 *  no longer are a round (and the answer is BRUTE_TOO_MANY). */
BruteFound brute_plan_search(const BrutePlan *plan, const TextRound *tables,
                             const BruteSearch *search, bool *unread);

/** The kinds of tiny rounds that answers are judged on. */
extern const RandomShape TINY_EVERYTHING, TINY_LINEAR, TINY_WHOLES, TINY_LOGIC;

#endif
