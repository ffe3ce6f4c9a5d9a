/* Random rounds: what asks for all or nothing, numbers of donors and needs, fees, and the stages
 * after the tiers, laid over a round that is complete without.
 */
#include <stdio.h>
#include <stdlib.h>

#include "tests/support/random_internal.h"

long row_amount(const TextTable *table, size_t row, const char *column)
{
    return strtol(text_get(table, row, column), NULL, 10);
}

static bool is_tiny(const RoundDraw *d)
{
    return d->shape.size == RANDOM_TINY;
}

/* ---- least amounts and tickets -------------------------------------------------------------- */

static void set_minima(RoundDraw *d)
{
    TextTable *needs = text_table(d->round, "needs");
    for (size_t row = 0; row < needs->count; row++) {
        long quantity = row_amount(needs, row, "quantity");
        if (quantity == 0 || random_chance(&d->random, 2))
            continue;
        long least = quantity * draw(d, 1, 8) / 8;
        if (random_chance(&d->random, 3))
            text_set(needs, row, "min_share", "%s",
                     draw_word(d, (const char *[]){"0.25", "0.5", "0.6", "0.9", "1"}, 5));
        else
            text_set(needs, row, "min_quantity", "%ld", least > 0 ? least : 1);
    }
}

static void set_indivisible(RoundDraw *d)
{
    TextTable *needs = text_table(d->round, "needs");
    for (size_t row = 0; row < needs->count; row++)
        if (random_chance(&d->random, 2))
            text_set(needs, row, "indivisible", "yes");
}

/** A ticket in this unit. */
static int draw_ticket(RoundDraw *d, const char *unit)
{
    if (currency_places(unit) < 0)
        return draw(d, 1, is_tiny(d) ? 3 : 8);
    return 500 * draw(d, 1, is_tiny(d) ? 6 : d->typical / 2) * draw_per_euro(unit);
}

static void set_tickets(RoundDraw *d)
{
    TextTable *offers = text_table(d->round, "offers"), *donors = text_table(d->round, "donors");
    for (size_t row = 0; row < offers->count; row++)
        if (random_chance(&d->random, 3))
            text_set(offers, row, "min_ticket", "%d",
                     draw_ticket(d, text_get(offers, row, "unit")));
    for (size_t row = 0; row < donors->count; row++) {
        const char *currency = text_get(donors, row, "currency");
        if (!random_chance(&d->random, 3))
            continue;
        if (*currency == '\0') {
            currency = draw_currency(d);
            text_set(donors, row, "currency", "%s", currency);
        }
        text_set(donors, row, "min_ticket", "%d", draw_ticket(d, currency));
    }
}

/** In value, or in units of one need or one offer. */
static void add_ticket_rule(RoundDraw *d)
{
    TextTable *rules = text_table(d->round, "rules");
    size_t row = draw_rule(d, "ticket");
    draw_selector(d, row);
    draw_each(d, row);
    if (random_chance(&d->random, 2)) {
        text_set(rules, row, "value", "%d", draw_ticket(d, "EUR"));
        if (d->currencies && random_chance(&d->random, 2))
            text_set(rules, row, "currency", "USD");
        return;
    }
    const char *table = random_chance(&d->random, 2) ? "needs" : "offers";
    const TextTable *from = text_table(d->round, table);
    size_t one = (size_t)draw(d, 0, (int)from->count - 1);
    text_set(rules, row, *table == 'n' ? "need" : "offer", "%s", text_get(from, one, "id"));
    text_set(rules, row, "unit", "%s", text_get(from, one, "unit"));
    text_set(rules, row, "quantity", "%d", draw_ticket(d, text_get(from, one, "unit")));
}

/* ---- numbers -------------------------------------------------------------------------------- */

/** Gives about half of the rows of a table a number. */
static void set_numbers(RoundDraw *d, const char *table, const char *column, int most)
{
    TextTable *to = text_table(d->round, table);
    for (size_t row = 0; row < to->count; row++)
        if (random_chance(&d->random, 2))
            text_set(to, row, column, "%d", draw(d, 1, most));
}

static void set_max_needs(RoundDraw *d)
{
    static const char *const TABLES[] = {"offers", "donors", "beneficiaries"};
    for (size_t i = 0; i < COUNT_OF(TABLES); i++)
        if (random_chance(&d->random, 2))
            set_numbers(d, TABLES[i], "max_needs", is_tiny(d) ? 2 : 6);
}

static void add_count_rule(RoundDraw *d)
{
    TextTable *rules = text_table(d->round, "rules");
    size_t row = draw_rule(d, "count");
    draw_selector(d, row);
    draw_each(d, row);
    text_set(rules, row, "count", "%d", draw(d, 1, is_tiny(d) ? 2 : 5));
    text_set(rules, row, "of", "%s",
             draw_word(d, (const char *[]){"needs", "donors", "beneficiaries", "offers"}, 4));
}

static void add_fee(RoundDraw *d)
{
    TextTable *rules = text_table(d->round, "rules");
    size_t row = draw_rule(d, "fee");
    draw_selector(d, row);
    draw_each(d, row);
    text_set(rules, row, "value", "%d", 100 * draw(d, 1, 30));
    if (d->currencies)
        text_set(rules, row, "currency", "USD");
}

static void add_rules(RoundDraw *d, RandomWhole whole, void (*add)(RoundDraw *d))
{
    for (int i = has_whole(d, whole) ? draw(d, 1, is_tiny(d) ? 2 : 4) : 0; i > 0; i--)
        add(d);
}

/* ---- stages after the tiers ----------------------------------------------------------------- */

static void set_share_keys(RoundDraw *d)
{
    TextTable *donors = text_table(d->round, "donors");
    for (size_t row = 0; row < donors->count; row++)
        if (row == 0 || !random_chance(&d->random, 4))
            text_set(donors, row, "share_key", "%d", draw(d, row == 0 ? 1 : 0, 4));
}

static void set_stages(RoundDraw *d)
{
    const char *stages[5] = {"lapsing"};
    int count = 1;
    char text[80] = "";
    if (has_whole(d, WHOLE_BURDEN))
        stages[count++] = "burden";
    stages[count++] = "cost";
    if (has_whole(d, WHOLE_SPLITS))
        stages[count++] = "splits";
    stages[count++] = "change";
    if (has_whole(d, WHOLE_ORDER)) {
        random_shuffle(&d->random, stages, (size_t)count, sizeof *stages);
        count -= draw(d, 0, 2);
    }
    for (int i = 0; i < count; i++)
        snprintf(text + strlen(text), sizeof text - strlen(text), "%s%s", i == 0 ? "" : ";",
                 stages[i]);
    text_setting(d->round, "stages", text);
}

/* ---- all of it ------------------------------------------------------------------------------ */

static void draw_wholes(RoundDraw *d)
{
    bool all = d->shape.wholes == 0;
    for (int whole = 1; whole <= WHOLE_WRONG; whole *= 2)
        if (all ? random_chance(&d->random, 3)
                : (d->shape.wholes & whole) != 0 && !random_chance(&d->random, 3))
            d->wholes |= whole;
    if (!random_chance(&d->random, 12))
        d->wholes &= ~WHOLE_WRONG;
}

void random_wholes(RoundDraw *d)
{
    if ((d->shape.features & RANDOM_WHOLES) == 0 || random_chance(&d->random, 3))
        return;
    draw_wholes(d);
    if (has_whole(d, WHOLE_MINIMA))
        set_minima(d);
    if (has_whole(d, WHOLE_INDIVISIBLE))
        set_indivisible(d);
    if (has_whole(d, WHOLE_TICKETS))
        set_tickets(d);
    add_rules(d, WHOLE_TICKET_RULES, add_ticket_rule);
    if (has_whole(d, WHOLE_MAX_DONORS))
        set_numbers(d, "needs", "max_donors", is_tiny(d) ? 2 : 3);
    if (has_whole(d, WHOLE_MAX_NEEDS))
        set_max_needs(d);
    add_rules(d, WHOLE_COUNT_RULES, add_count_rule);
    add_rules(d, WHOLE_FEES, add_fee);
    if (has_whole(d, WHOLE_BURDEN))
        set_share_keys(d);
    if ((d->wholes & (WHOLE_BURDEN | WHOLE_SPLITS | WHOLE_ORDER)) != 0)
        set_stages(d);
    random_logic(d);
    if (has_whole(d, WHOLE_WRONG))
        random_wrong(d);
}
