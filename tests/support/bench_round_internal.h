/* Between the two halves of the generator: what is drawn, and how it is written. */
#ifndef ALLOT_TEST_BENCH_ROUND_INTERNAL_H
#define ALLOT_TEST_BENCH_ROUND_INTERNAL_H

#include "tests/support/bench_round.h"
#include "tests/support/test_support.h"

enum { TIERS = 5, QUARTERS = 4, LIST_MOST = 12 };

/** How many of each a round of this many needs has. */
typedef struct BenchScale {
    int needs; /* up to */
    int donors, categories, beneficiaries, regions;
} BenchScale;

typedef struct BenchPlace {
    int region, type;
    double asked; /* EUR */
    double limit; /* EUR, or 0: none */
} BenchPlace;

typedef struct BenchNeed {
    int beneficiary, requires_need; /* -1: none */
    unsigned char category, tier, quarter, max_donors;
    bool indivisible, thing;
    float min_share;
    double asked; /* EUR */
    double price; /* EUR, of one unit in kind */
} BenchNeed;

/** Numbers of rows; count 0: none are listed. */
typedef struct BenchList {
    int count;
    int at[LIST_MOST];
} BenchList;

typedef struct BenchOffer {
    int donor, parent, currency; /* parent: an earlier offer of the donor's, or -1 */
    BenchList categories;        /* none: every category */
    BenchList regions, not_beneficiaries, needs, not_needs;
    BenchList beneficiaries;
    int type; /* earmarked for all beneficiaries of it, or -1 */
    int first_quarter, last_quarter;
    bool in_kind;
    int ticket;      /* EUR */
    double overhead; /* share */
    double size;     /* relative, then EUR */
} BenchOffer;

typedef struct BenchDraw {
    const BenchRound *shape;
    BenchScale scale;
    TestRandom random;
    BenchPlace *places;
    double *place_sum;    /* [beneficiaries] running sum of how much each asks for, up to 1 */
    double *category_sum; /* [categories] likewise */
    double *price;        /* [categories] EUR of one unit */
    int *preference;      /* [donors] 0 .. 9 */
    double *budget;       /* [donors] EUR, 0: none */
    BenchNeed *needs;
    BenchOffer *offers;
    int offer_count;
    double asked; /* EUR */
} BenchDraw;

/** Draws everything; freed by bench_draw_free(). */
void bench_draw(BenchDraw *draw, const BenchRound *shape);
void bench_draw_free(BenchDraw *draw);

/** Can what @p offer gives in kind be of use to @p need by category and quarter? */
bool bench_draw_meets(const BenchOffer *offer, const BenchNeed *need);

#endif
