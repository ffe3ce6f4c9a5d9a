/* Random rounds: what needs ask of each other. Prerequisites go from later to earlier needs of a
 * random order, so that there are no circles.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/support/random_internal.h"

/** Rows of the needs table in a random order. */
static size_t *shuffled_needs(RoundDraw *d, size_t *count)
{
    *count = text_table(d->round, "needs")->count;
    size_t *order = calloc(*count, sizeof *order);
    assert_non_null(order);
    for (size_t i = 0; i < *count; i++)
        order[i] = i;
    random_shuffle(&d->random, order, *count, sizeof *order);
    return order;
}

/** Does a need of this mark of alternatives stand in the row's bundle? */
static bool shares_bundle(const TextTable *needs, size_t row, const char *mark)
{
    const char *bundle = text_get(needs, row, "bundle");
    for (size_t other = 0; other < needs->count && *bundle != '\0'; other++)
        if (strcmp(text_get(needs, other, "alternative"), mark) == 0 &&
            strcmp(text_get(needs, other, "bundle"), bundle) == 0)
            return true;
    return false;
}

/** Two or three needs get a mark; of alternatives, such as share a tier, are not both covered and not
 *  of one bundle. */
static void add_mark(RoundDraw *d, const char *column, int number)
{
    TextTable *needs = text_table(d->round, "needs");
    bool alternative = *column == 'a', covered = false;
    int members = 0, most = random_chance(&d->random, 3) ? 3 : 2;
    size_t count, *order = shuffled_needs(d, &count);
    char mark[24];
    (void)snprintf(mark, sizeof mark, "%s-%d", alternative ? "either" : "set", number);
    for (size_t i = 0; i < count && members < most; i++) {
        size_t row = order[i];
        bool also = row_amount(needs, row, "covered") > 0;
        bool alike =
            strcmp(text_get(needs, row, "priority"), text_get(needs, order[0], "priority")) == 0 &&
            !(also && covered) && !shares_bundle(needs, row, mark);
        if (*text_get(needs, row, column) != '\0' || (alternative && !alike))
            continue;
        text_set(needs, row, column, "%s", mark);
        covered = covered || also;
        members++;
    }
    free(order);
}

static void add_marks(RoundDraw *d, RandomWhole whole, const char *column)
{
    int most = d->shape.size == RANDOM_TINY ? 1 : d->shape.size == RANDOM_SMALL ? 3 : 8;
    for (int i = has_whole(d, whole) ? draw(d, 1, most) : 0; i > 0; i--)
        add_mark(d, column, i);
}

static size_t add_outcome(RoundDraw *d)
{
    TextTable *needs = text_table(d->round, "needs");
    const char *unit = d->one_unit                    ? text_get(needs, 0, "unit")
                       : random_chance(&d->random, 2) ? "site"
                                                      : "";
    size_t row = text_row(needs);
    text_set(needs, row, "id", "%c%03d", random_chance(&d->random, 2) ? 'A' : 'S', (int)row + 1);
    text_set(needs, row, "title", "all of it at work");
    text_set(needs, row, "category", "%s", text_get(needs, 0, "category"));
    text_set(needs, row, "priority", "%d", d->tiers ? draw(d, 1, 3) : 1);
    text_set(needs, row, "quantity", "0");
    text_set(needs, row, "unit", "%s", unit);
    text_set(needs, row, "unit_cost", "%d", 500 * draw(d, 1, 20));
    if (d->currencies && random_chance(&d->random, 2))
        text_set(needs, row, "currency", "USD");
    if (random_chance(&d->random, 2))
        text_set(needs, row, "weight", "%s", draw_word(d, (const char *[]){"2", "0.5", "3"}, 3));
    if (random_chance(&d->random, 2))
        text_set(needs, row, "beneficiary", "B01");
    return row;
}

/* ---- prerequisites -------------------------------------------------------------------------- */

static bool is_outcome(const TextTable *needs, size_t row)
{
    return strcmp(text_get(needs, row, "quantity"), "0") == 0;
}

/** Does every need of the mark stand among the first @p count of the order? */
static bool stands_before(const TextTable *needs, const size_t *order, size_t count,
                          const char *mark)
{
    size_t all = 0, found = 0;
    for (size_t row = 0; row < needs->count; row++)
        all += strcmp(text_get(needs, row, "alternative"), mark) == 0;
    for (size_t i = 0; i < count; i++)
        found += strcmp(text_get(needs, order[i], "alternative"), mark) == 0;
    return found == all;
}

/** Need order[at] also requires the earlier one at @p other, or its alternatives where it can. */
static void require(RoundDraw *d, const size_t *order, size_t at, size_t other)
{
    TextTable *needs = text_table(d->round, "needs");
    const char *id = text_get(needs, order[other], "id");
    const char *mark = text_get(needs, order[other], "alternative");
    char listed[256];
    if (*mark != '\0' && stands_before(needs, order, at, mark) && !random_chance(&d->random, 4))
        id = mark;
    snprintf(listed, sizeof listed, "%s", text_get(needs, order[at], "requires"));
    text_set(needs, order[at], "requires", "%s%s%s", listed, *listed == '\0' ? "" : ";", id);
}

static void add_requirements(RoundDraw *d)
{
    const TextTable *needs = text_table(d->round, "needs");
    bool chain = random_chance(&d->random, 2), needs_too = has_whole(d, WHOLE_REQUIRES);
    size_t count, first = 0, *order = shuffled_needs(d, &count);
    while (first < count && is_outcome(needs, order[first]))
        first++;
    assert_true(first < count);
    size_t row = order[first];
    order[first] = order[0];
    order[0] = row;
    for (size_t at = 1; at < count; at++) {
        bool outcome = is_outcome(needs, order[at]);
        if (!outcome && (!needs_too || random_chance(&d->random, chain ? 3 : 2)))
            continue;
        size_t other = chain ? at - 1 : (size_t)draw(d, 0, (int)at - 1);
        require(d, order, at, other);
        if (random_chance(&d->random, outcome ? 2 : 4))
            require(d, order, at, (size_t)draw(d, 0, (int)at - 1));
    }
    free(order);
}

void random_logic(RoundDraw *d)
{
    add_marks(d, WHOLE_BUNDLES, "bundle");
    add_marks(d, WHOLE_ALTERNATIVES, "alternative");
    for (int i = has_whole(d, WHOLE_OUTCOMES) ? draw(d, 1, d->shape.size == RANDOM_TINY ? 2 : 4)
                                              : 0;
         i > 0; i--)
        (void)add_outcome(d);
    if ((d->wholes & (WHOLE_REQUIRES | WHOLE_OUTCOMES)) != 0)
        add_requirements(d);
}

/* ---- what must not be said ------------------------------------------------------------------ */

static void outcome_alone(RoundDraw *d)
{
    (void)add_outcome(d);
}

static void outcome_in_bundle(RoundDraw *d)
{
    TextTable *needs = text_table(d->round, "needs");
    size_t row = add_outcome(d);
    text_set(needs, row, "requires", "%s", text_get(needs, 0, "id"));
    text_set(needs, row, "bundle", "set-9");
}

static void outcome_among_alternatives(RoundDraw *d)
{
    TextTable *needs = text_table(d->round, "needs");
    size_t row = add_outcome(d);
    text_set(needs, row, "requires", "%s", text_get(needs, 0, "id"));
    text_set(needs, row, "alternative", "either-9");
}

static void outcome_without_worth(RoundDraw *d)
{
    TextTable *needs = text_table(d->round, "needs");
    size_t row = add_outcome(d);
    text_set(needs, row, "requires", "%s", text_get(needs, 0, "id"));
    text_set(needs, row, "unit_cost", "%s", "");
    text_setting(d->round, "measure", "value");
}

static void circle(RoundDraw *d)
{
    TextTable *needs = text_table(d->round, "needs");
    text_set(needs, 0, "requires", "%s", text_get(needs, 1, "id"));
    text_set(needs, 1, "requires", "%s", text_get(needs, 0, "id"));
}

static void unknown_requirement(RoundDraw *d)
{
    text_set(text_table(d->round, "needs"), 0, "requires", "nothing-of-that-name");
}

static void both_minima(RoundDraw *d)
{
    TextTable *needs = text_table(d->round, "needs");
    text_set(needs, 0, "quantity", "6");
    text_set(needs, 0, "step", "1");
    text_set(needs, 0, "min_quantity", "2");
    text_set(needs, 0, "min_share", "0.5");
}

static void minimum_above(RoundDraw *d)
{
    TextTable *needs = text_table(d->round, "needs");
    text_set(needs, 0, "quantity", "6");
    text_set(needs, 0, "step", "1");
    text_set(needs, 0, "min_share", "%s", "");
    text_set(needs, 0, "min_quantity", "7");
}

static void alternatives_of_two_tiers(RoundDraw *d)
{
    TextTable *needs = text_table(d->round, "needs");
    for (size_t row = 0; row < 2; row++) {
        text_set(needs, row, "priority", "%d", (int)row + 1);
        text_set(needs, row, "alternative", "either-9");
    }
}

static void two_covered_alternatives(RoundDraw *d)
{
    TextTable *needs = text_table(d->round, "needs");
    for (size_t row = 0; row < 2; row++) {
        text_set(needs, row, "priority", "1");
        text_set(needs, row, "alternative", "either-9");
        text_set(needs, row, "step", "1");
        text_set(needs, row, "quantity", "6");
        text_set(needs, row, "covered", "2");
    }
}

static void count_of_nothing(RoundDraw *d)
{
    text_set(text_table(d->round, "rules"), draw_rule(d, "count"), "count", "2");
}

static void count_without_number(RoundDraw *d)
{
    text_set(text_table(d->round, "rules"), draw_rule(d, "count"), "of", "donors");
}

static void ticket_of_share(RoundDraw *d)
{
    text_set(text_table(d->round, "rules"), draw_rule(d, "ticket"), "share", "0.5");
}

static void fee_without_value(RoundDraw *d)
{
    (void)draw_rule(d, "fee");
}

typedef struct Wrong {
    const char *what;
    void (*say)(RoundDraw *d);
} Wrong;

static const Wrong WRONG[] = {
    {"an outcome that requires nothing", outcome_alone},
    {"an outcome in a bundle", outcome_in_bundle},
    {"an outcome among alternatives", outcome_among_alternatives},
    {"an outcome without a worth", outcome_without_worth},
    {"a circle of prerequisites", circle},
    {"a prerequisite of no known name", unknown_requirement},
    {"two least amounts", both_minima},
    {"a least amount above the quantity", minimum_above},
    {"alternatives of two tiers", alternatives_of_two_tiers},
    {"two alternatives that are covered", two_covered_alternatives},
    {"a count of nothing", count_of_nothing},
    {"a count without a number", count_without_number},
    {"a ticket as a share", ticket_of_share},
    {"a fee without a value", fee_without_value},
};

void random_wrong(RoundDraw *d)
{
    const Wrong *wrong = &WRONG[draw(d, 0, (int)COUNT_OF(WRONG) - 1)];
    d->round->wrong = wrong->what;
    wrong->say(d);
}
