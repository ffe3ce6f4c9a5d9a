/* What the parts of the generator of random rounds share.
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
    int wholes; /* RandomWhole, or-ed: what this round has */
} RoundDraw;

/** Does this round have the feature? Two times in three, where the shape allows it. */
bool draw_feature(RoundDraw *d, RandomFeature feature);

int draw(RoundDraw *d, int low, int high);
const char *draw_word(RoundDraw *d, const char *const *words, int count);

/** The cell of a row drawn from a table. */
const char *draw_cell(RoundDraw *d, const char *table, const char *column);

/** How many of a currency about make a euro. */
int draw_per_euro(const char *currency);

/** One of the currencies in use, to be converted. */
const char *draw_currency(RoundDraw *d);

/** Rules, commitments and pairs over the needs and offers drawn before. */
void random_rules(RoundDraw *d);

/** A row of the rules table; its index. */
size_t draw_rule(RoundDraw *d, const char *kind);

/** Narrows a rule by one selector, or not at all. */
void draw_selector(RoundDraw *d, size_t row);
void draw_each(RoundDraw *d, size_t row);

/** What asks for all or nothing, and late stages, laid over a round that is complete. */
void random_wholes(RoundDraw *d);

/** The half of it that is about what needs ask of each other. */
void random_logic(RoundDraw *d);

/** Gradings, pairs alone, rules by region, an earlier end: over a round that is complete. */
void random_late(RoundDraw *d);

/** Something that the tables must not say. */
void random_wrong(RoundDraw *d);

/** Has the round this of RandomWhole? */
static inline bool has_whole(const RoundDraw *d, RandomWhole whole)
{
    return (d->wholes & (int)whole) != 0;
}

/** The amount of a cell; 0 where it is empty or no number. */
long row_amount(const TextTable *table, size_t row, const char *column);

#endif
