/* Random rules, commitments and pairs over needs and offers that are drawn already. */
#include "tests/support/random_internal.h"

#include <stdio.h>
#include <stdlib.h>

size_t draw_rule(RoundDraw *d, const char *kind)
{
    TextTable *rules = text_table(d->round, "rules");
    size_t row = text_row(rules);
    text_set(rules, row, "id", "R%02d", (int)row + 1);
    text_set(rules, row, "kind", "%s", kind);
    return row;
}

void draw_selector(RoundDraw *d, size_t row)
{
    TextTable *rules = text_table(d->round, "rules");
    const char *text = "";
    switch (draw(d, 0, 8)) {
    case 0: text_set(rules, row, "donor", "%s", draw_cell(d, "offers", "donor")); break;
    case 1: text_set(rules, row, "offer", "%s", draw_cell(d, "offers", "id")); break;
    case 2: text_set(rules, row, "need", "%s", draw_cell(d, "needs", "id")); break;
    case 3: text_set(rules, row, "category", "%s", draw_cell(d, "needs", "category")); break;
    case 4: text_set(rules, row, "priority", "%s", draw_cell(d, "needs", "priority")); break;
    case 5:
        text = draw_cell(d, "needs", "beneficiary");
        if (*text != '\0')
            text_set(rules, row, "beneficiary", "%s", text);
        break;
    case 6:
        text = draw_cell(d, "needs", "tags");
        if (*text != '\0')
            text_set(rules, row, "tag", "%s", text);
        break;
    default: break;
    }
}

void draw_each(RoundDraw *d, size_t row)
{
    static const char *const WORDS[] = {"donor",    "offer",      "need",        "beneficiary",
                                        "category", "region;tag", "priority;tag"};
    if (random_chance(&d->random, 3))
        text_set(text_table(d->round, "rules"), row, "each", "%s",
                 draw_word(d, WORDS, COUNT_OF(WORDS)));
}

/** A bound in value, in units of one need or one offer, or as a share. */
static void set_bound(RoundDraw *d, size_t row, int most_thousands)
{
    TextTable *rules = text_table(d->round, "rules");
    const char *table = random_chance(&d->random, 2) ? "needs" : "offers";
    switch (draw(d, 0, 3)) {
    case 0: {
        const TextTable *from = text_table(d->round, table);
        size_t one = (size_t)draw(d, 0, (int)from->count - 1);
        bool money = currency_places(text_get(from, one, "unit")) >= 0;
        text_set(rules, row, *table == 'n' ? "need" : "offer", "%s", text_get(from, one, "id"));
        text_set(rules, row, "unit", "%s", text_get(from, one, "unit"));
        text_set(rules, row, "quantity", "%d",
                 money ? 1000 * draw(d, 0, most_thousands) : draw(d, 0, 5));
        break;
    }
    case 1: text_set(rules, row, "share", "0.%d", draw(d, 1, 7)); break;
    case 2:
        text_set(rules, row, "currency", "%s", d->currencies ? "USD" : "EUR");
        text_set(rules, row, "value", "%d", 1000 * draw(d, 0, most_thousands));
        break;
    default: text_set(rules, row, "value", "%d", 500 * draw(d, 0, most_thousands)); break;
    }
}

static void add_limit(RoundDraw *d)
{
    size_t row = draw_rule(d, "limit");
    draw_selector(d, row);
    draw_each(d, row);
    set_bound(d, row, d->typical * 2);
}

static void add_floor(RoundDraw *d)
{
    size_t row = draw_rule(d, "floor");
    draw_selector(d, row);
    set_bound(d, row, d->shape.size == RANDOM_TINY ? 3 : d->typical / 4);
}

/** Of one offer, so that units never mix. */
static void add_reserve(RoundDraw *d)
{
    TextTable *rules = text_table(d->round, "rules");
    const TextTable *offers = text_table(d->round, "offers");
    size_t row = draw_rule(d, "reserve"), one = (size_t)draw(d, 0, (int)offers->count - 1);
    const char *unit = text_get(offers, one, "unit");
    bool money = currency_places(unit) >= 0;
    text_set(rules, row, "offer", "%s", text_get(offers, one, "id"));
    if (money && random_chance(&d->random, 2)) {
        text_set(rules, row, "value", "%d", 500 * draw(d, 0, 4));
    } else if (random_chance(&d->random, 2)) {
        text_set(rules, row, "share", "0.%s", draw_word(d, (const char *[]){"1", "25", "5"}, 3));
    } else {
        text_set(rules, row, "unit", "%s", unit);
        text_set(rules, row, "quantity", "%d", money ? 500 * draw(d, 0, 4) : draw(d, 0, 2));
    }
}

/** A quantity in whole steps of the need. */
static long steps_of_need(const TextTable *needs, size_t row, int steps)
{
    const char *step = text_get(needs, row, "step");
    return steps * (*step == '\0' ? 1 : strtol(step, NULL, 10));
}

static void add_commitment(RoundDraw *d)
{
    TextTable *table = text_table(d->round, "commitments");
    const TextTable *needs = text_table(d->round, "needs");
    size_t need = (size_t)draw(d, 0, (int)needs->count - 1);
    const char *offer = draw_cell(d, "offers", "id"), *unit = text_get(needs, need, "unit");
    const char *kind =
        draw_word(d, (const char *[]){"fixed", "at_least", "at_most", "forbidden"}, 4);
    for (size_t r = 0; r < table->count; r++) /* one a pair: two may contradict each other */
        if (strcmp(text_get(table, r, "need"), text_get(needs, need, "id")) == 0 &&
            strcmp(text_get(table, r, "offer"), offer) == 0)
            return;
    size_t row = text_row(table);
    text_set(table, row, "need", "%s", text_get(needs, need, "id"));
    text_set(table, row, "offer", "%s", offer);
    text_set(table, row, "kind", "%s", kind);
    if (*kind != 'f' || kind[1] == 'i') {
        bool fine = currency_places(unit) >= 0 && !d->shape.exact;
        text_set(table, row, "quantity", "%ld",
                 steps_of_need(needs, need, fine ? draw(d, 0, 2000) : draw(d, 0, 2)));
    }
}

/** Offer units for one need unit, such that whole steps take whole minor units. */
static void set_use(RoundDraw *d, size_t row, const char *need_unit, const char *offer_unit)
{
    bool buys = currency_places(offer_unit) >= 0, asked = currency_places(need_unit) >= 0;
    const char *use = draw_word(d, (const char *[]){"1", "2", "0.5"}, 3);
    if (buys && !asked)
        use = draw_word(d, (const char *[]){"200", "400", "1600"}, 3);
    if (!buys && asked)
        use = draw_word(d, (const char *[]){"0.001", "0.002"}, 2);
    text_set(text_table(d->round, "pairs"), row, "use", "%s", use);
}

static void add_pair(RoundDraw *d)
{
    TextTable *table = text_table(d->round, "pairs");
    const TextTable *needs = text_table(d->round, "needs");
    size_t need = (size_t)draw(d, 0, (int)needs->count - 1);
    const char *offer = draw_cell(d, "offers", "id"), *unit = text_get(needs, need, "unit");
    for (size_t r = 0; r < table->count; r++)
        if (strcmp(text_get(table, r, "need"), text_get(needs, need, "id")) == 0 &&
            strcmp(text_get(table, r, "offer"), offer) == 0)
            return;
    size_t row = text_row(table);
    text_set(table, row, "need", "%s", text_get(needs, need, "id"));
    text_set(table, row, "offer", "%s", offer);
    if (random_chance(&d->random, 3))
        text_set(table, row, "eligible", "no");
    else if (random_chance(&d->random, 2))
        text_set(table, row, "eligible", "yes");
    if (strcmp(text_get(table, row, "eligible"), "no") != 0)
        set_use(d, row, unit,
                text_get(text_table(d->round, "offers"),
                         (size_t)text_find(text_table(d->round, "offers"), "id", offer), "unit"));
    if (random_chance(&d->random, 2))
        text_set(table, row, "cost", "%d", draw(d, -2, 5));
    if (random_chance(&d->random, 2))
        text_set(table, row, "max", "%ld", steps_of_need(needs, need, draw(d, 0, 3)));
}

void random_rules(RoundDraw *d)
{
    int most = d->shape.size == RANDOM_TINY ? 1 : d->shape.size == RANDOM_SMALL ? 3 : 6;
    if (draw_feature(d, RANDOM_FORBID) && random_chance(&d->random, 2))
        draw_selector(d, draw_rule(d, "forbid"));
    if (draw_feature(d, RANDOM_LIMITS))
        for (int i = draw(d, 1, most); i > 0; i--)
            add_limit(d);
    if (draw_feature(d, RANDOM_FLOORS) && random_chance(&d->random, 2))
        for (int i = draw(d, 1, most); i > 0; i--)
            add_floor(d);
    if (draw_feature(d, RANDOM_RESERVES))
        for (int i = draw(d, 1, most); i > 0; i--)
            add_reserve(d);
    if (draw_feature(d, RANDOM_COMMITMENTS))
        for (int i = draw(d, 1, most); i > 0; i--)
            add_commitment(d);
    if (draw_feature(d, RANDOM_PAIRS))
        for (int i = draw(d, 1, most + 1); i > 0; i--)
            add_pair(d);
}
