/* What the two halves of the generator of random rounds share.
 */
#ifndef ALLOT_TEST_RANDOM_INTERNAL_H
#define ALLOT_TEST_RANDOM_INTERNAL_H

#include "tests/support/random_round.h"

#include <string.h>

#include "allot/unit.h"

/** A round while it is drawn. */
typedef struct RoundDraw {
    TextRound *round;
    TestRandom random;
    RandomShape shape;
    int needs, offers, donors, beneficiaries;
    int typical;    /* thousands of euros of a usual need */
    int most_steps; /* of a tiny round's need */
    bool tiers, categories, currencies, things, bought, max_share, earmarks, windows, oda, civil;
    bool overhead, parents, covered, weights, steps, basis, lapses, costs, unknown;
    bool by_quantity, one_unit, unit_is_thing;
} RoundDraw;

/** Does this round have the feature? Two times in three, where the shape allows it. */
bool draw_feature(RoundDraw *d, RandomFeature feature);

int draw(RoundDraw *d, int low, int high);
const char *draw_word(RoundDraw *d, const char *const *words, int count);

/** The cell of a row drawn from a table. */
const char *draw_cell(RoundDraw *d, const char *table, const char *column);

/** Rules, commitments and pairs over the needs and offers drawn before. */
void random_rules(RoundDraw *d);

#endif
