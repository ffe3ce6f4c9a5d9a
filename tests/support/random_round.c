/* Random rounds: parties, needs and offers. What is laid on top of them is random_rules.c. */
#include "tests/support/random_round.h"

#include "tests/support/random_internal.h"

#include <stdio.h>

bool draw_feature(RoundDraw *d, RandomFeature feature)
{
    return (d->shape.features & (int)feature) != 0 && !random_chance(&d->random, 3);
}

int draw(RoundDraw *d, int low, int high)
{
    return (int)random_between(&d->random, low, high);
}

const char *draw_word(RoundDraw *d, const char *const *words, int count)
{
    return words[draw(d, 0, count - 1)];
}

const char *draw_cell(RoundDraw *d, const char *table, const char *column)
{
    const TextTable *from = text_table(d->round, table);
    return text_get(from, (size_t)draw(d, 0, (int)from->count - 1), column);
}

/* ---- currencies ----------------------------------------------------------------------------- */

typedef struct Money {
    const char *currency;
    const char *exact_rate;
    const char *rate;
    int per_euro; /* about */
} Money;

static const Money MONEY[] = {{"EUR", "1", "1", 1},
                              {"USD", "0.5", "0.9237", 1},
                              {"UAH", "0.02", "0.0223", 50},
                              {"JPY", "0.00625", "0.006137", 160}};

static const Money *draw_money(RoundDraw *d)
{
    return &MONEY[d->currencies ? draw(d, 0, (int)COUNT_OF(MONEY) - 1) : 0];
}

int draw_per_euro(const char *currency)
{
    for (size_t i = 0; i < COUNT_OF(MONEY); i++)
        if (strcmp(MONEY[i].currency, currency) == 0)
            return MONEY[i].per_euro;
    return 1;
}

const char *draw_currency(RoundDraw *d)
{
    return draw_money(d)->currency;
}

static void add_rates(RoundDraw *d)
{
    TextTable *rates = text_table(d->round, "rates");
    for (size_t i = 1; i < COUNT_OF(MONEY); i++) {
        size_t row = text_row(rates);
        text_set(rates, row, "currency", "%s", MONEY[i].currency);
        text_set(rates, row, "rate", "%s", d->shape.exact ? MONEY[i].exact_rate : MONEY[i].rate);
    }
}

/** Whole euros, in whole thousands where exact; @p most thousands at most. */
static int draw_amount(RoundDraw *d, int most)
{
    int thousands = draw(d, 1, most);
    return d->shape.exact ? thousands * 1000 : thousands * 1000 - draw(d, 0, 999);
}

/* ---- parties -------------------------------------------------------------------------------- */

static const char *const REGIONS[] = {"north", "lowlands", "coast-and-islands"};

static void add_donors(RoundDraw *d)
{
    TextTable *donors = text_table(d->round, "donors");
    bool budgets = draw_feature(d, RANDOM_BUDGETS), shares = draw_feature(d, RANDOM_MAX_SHARE);
    for (int i = 0; i < d->donors; i++) {
        size_t row = text_row(donors);
        text_set(donors, row, "id", "D%02d", i + 1);
        if (budgets && random_chance(&d->random, 2)) {
            const Money *money = draw_money(d);
            text_set(donors, row, "budget", "%d", draw_amount(d, d->typical * 2) * money->per_euro);
            text_set(donors, row, "currency", "%s", money->currency);
        }
        if (shares && random_chance(&d->random, 2))
            text_set(donors, row, "max_share", "0.%d", draw(d, 3, 8));
    }
}

static void add_beneficiaries(RoundDraw *d)
{
    TextTable *table = text_table(d->round, "beneficiaries");
    bool limits = draw_feature(d, RANDOM_MAX_VALUE);
    for (int i = 0; i < d->beneficiaries; i++) {
        size_t row = text_row(table);
        text_set(table, row, "id", "B%02d", i + 1);
        text_set(table, row, "region", "%s", draw_word(d, REGIONS, COUNT_OF(REGIONS)));
        if (limits && random_chance(&d->random, 2))
            text_set(table, row, "max_value", "%d", draw_amount(d, d->typical * 3));
    }
}

/* ---- needs ---------------------------------------------------------------------------------- */

static const char *const CATEGORIES[] = {"HARDWARE", "TRAINING", "SUPPORT-CENTRE"};
static const char *const THINGS[] = {"seat", "kit", "licence"};
static const char *const TAGS[] = {"alpha", "linux", "segmented"};
static const char *const DAYS[] = {"2026-01-10", "2026-02-01", "2026-02-20", "2026-03-15"};

static void set_thing(RoundDraw *d, TextTable *needs, size_t row)
{
    int step = d->steps && random_chance(&d->random, 3) ? draw(d, 2, 3) : 1;
    int most = d->shape.size == RANDOM_TINY ? (step > 1 ? 2 : d->most_steps) : 40;
    int wanted = step * draw(d, 1, most);
    int covered = d->covered && random_chance(&d->random, 3) ? draw(d, 1, 3) : 0;
    text_set(needs, row, "unit", "%s",
             d->one_unit ? "seat" : draw_word(d, THINGS, COUNT_OF(THINGS)));
    text_set(needs, row, "quantity", "%d", wanted + covered);
    if (covered > 0)
        text_set(needs, row, "covered", "%d", covered);
    if (step > 1)
        text_set(needs, row, "step", "%d", step);
    if (d->bought && !random_chance(&d->random, 5)) {
        const Money *money = draw_money(d);
        int cost = d->shape.exact ? 200 * draw(d, 1, 10) : draw(d, 37, 3999);
        text_set(needs, row, "unit_cost", "%d", cost * money->per_euro);
        text_set(needs, row, "currency", "%s", money->currency);
    }
}

static void set_money(RoundDraw *d, TextTable *needs, size_t row)
{
    const Money *money = d->one_unit ? &MONEY[0] : draw_money(d);
    int most = d->shape.size == RANDOM_TINY ? d->most_steps : d->typical;
    int wanted = d->shape.exact ? 1000 * draw(d, 1, most) : draw_amount(d, most);
    int covered = d->covered && random_chance(&d->random, 3) ? 1000 * draw(d, 1, 3) : 0;
    text_set(needs, row, "unit", "%s", money->currency);
    text_set(needs, row, "quantity", "%d", (wanted + covered) * money->per_euro);
    if (covered > 0)
        text_set(needs, row, "covered", "%d", covered * money->per_euro);
    if (d->shape.exact)
        text_set(needs, row, "step", "%d", 1000 * money->per_euro);
}

static void set_need_terms(RoundDraw *d, TextTable *needs, size_t row)
{
    if (d->windows && random_chance(&d->random, 2))
        text_set(needs, row, random_chance(&d->random, 2) ? "earliest" : "deadline", "%s",
                 draw_word(d, DAYS, COUNT_OF(DAYS)));
    if (d->oda)
        text_set(needs, row, "oda", "%s",
                 draw_word(d, (const char *[]){"yes", "no", "partial", "yes"}, 4));
    if (d->civil && random_chance(&d->random, 2))
        text_set(needs, row, "civil_share", "%s",
                 draw_word(d, (const char *[]){"0.5", "0.25", "0.8", "0"}, 4));
    if (d->weights)
        text_set(needs, row, "weight", "%s",
                 draw_word(d, (const char *[]){"1", "2", "0.5", d->by_quantity ? "3" : "0"}, 4));
    if (d->unknown && random_chance(&d->random, 6))
        text_set(needs, row, "quantity", "unknown");
    if (d->unknown && random_chance(&d->random, 6))
        text_set(needs, row, "ready", "no");
}

static void add_needs(RoundDraw *d)
{
    TextTable *needs = text_table(d->round, "needs");
    for (int i = 0; i < d->needs; i++) {
        size_t row = text_row(needs);
        text_set(needs, row, "id", "N%03d", i + 1);
        text_set(needs, row, "title", "request number %d", i + 1);
        if (!random_chance(&d->random, 6))
            text_set(needs, row, "beneficiary", "B%02d", draw(d, 1, d->beneficiaries));
        if (random_chance(&d->random, 6))
            text_set(needs, row, "region", "%s", draw_word(d, REGIONS, COUNT_OF(REGIONS)));
        text_set(needs, row, "category", "%s",
                 CATEGORIES[d->categories ? draw(d, 0, (int)COUNT_OF(CATEGORIES) - 1) : 0]);
        text_set(needs, row, "priority", "%d", d->tiers ? draw(d, 1, 3) : 1);
        if (random_chance(&d->random, 2))
            text_set(needs, row, "tags", "%s", draw_word(d, TAGS, COUNT_OF(TAGS)));
        if (d->one_unit ? d->unit_is_thing : d->things && random_chance(&d->random, 2))
            set_thing(d, needs, row);
        else
            set_money(d, needs, row);
        set_need_terms(d, needs, row);
    }
}

/* ---- offers --------------------------------------------------------------------------------- */

static void set_earmarks(RoundDraw *d, TextTable *offers, size_t row)
{
    switch (draw(d, 0, 9)) {
    case 0: text_set(offers, row, "only_beneficiaries", "B01;B02"); break;
    case 1: text_set(offers, row, "only_regions", "%s", draw_word(d, REGIONS, 2)); break;
    case 2: text_set(offers, row, "only_needs", "%s", draw_cell(d, "needs", "id")); break;
    case 3: text_set(offers, row, "only_tags", "%s;%s", TAGS[0], TAGS[1]); break;
    case 4: text_set(offers, row, "not_beneficiaries", "B01"); break;
    case 5: text_set(offers, row, "not_regions", "%s", draw_word(d, REGIONS, 2)); break;
    case 6: text_set(offers, row, "not_needs", "%s", draw_cell(d, "needs", "id")); break;
    case 7: text_set(offers, row, "not_tags", "%s", draw_word(d, TAGS, 2)); break;
    default: break;
    }
}

static void set_offer_terms(RoundDraw *d, TextTable *offers, size_t row)
{
    if (d->earmarks)
        set_earmarks(d, offers, row);
    if (d->categories && random_chance(&d->random, 2))
        text_set(offers, row, "category", "%s;%s", CATEGORIES[0],
                 draw_word(d, CATEGORIES, COUNT_OF(CATEGORIES)));
    if (d->basis)
        text_set(offers, row, "status", "%s",
                 draw_word(d, (const char *[]){"paid", "committed", "pledged"}, 3));
    if (d->windows && random_chance(&d->random, 2))
        text_set(offers, row, random_chance(&d->random, 2) ? "valid_from" : "valid_to", "%s",
                 draw_word(d, DAYS, COUNT_OF(DAYS)));
    if (d->windows && random_chance(&d->random, 4))
        text_set(offers, row, "lead_days", "%d", draw(d, 1, 30));
    if (d->lapses && random_chance(&d->random, 2))
        text_set(offers, row, "lapses", "%s", draw_word(d, DAYS, COUNT_OF(DAYS)));
    if (d->max_share && random_chance(&d->random, 3))
        text_set(offers, row, "max_share", "0.%d", draw(d, 2, 9));
    if (d->oda && random_chance(&d->random, 3))
        text_set(offers, row, "oda_only", "yes");
    if (d->civil && random_chance(&d->random, 2))
        text_set(offers, row, "civil_only", "yes");
    if (d->costs)
        text_set(offers, row, "cost", "%d", draw(d, -1, 3));
    if (d->unknown && random_chance(&d->random, 8))
        text_set(offers, row, "quantity", "unknown");
}

/** An earlier offer of the same unit kind that @p row is paid out of. */
static void set_parent(RoundDraw *d, TextTable *offers, size_t row, bool money)
{
    size_t parent = row == 0 ? 0 : (size_t)draw(d, 0, (int)row - 1);
    if (row == 0 || !random_chance(&d->random, 2))
        return;
    const char *unit = text_get(offers, parent, "unit");
    bool alike =
        money ? currency_places(unit) >= 0 : strcmp(unit, text_get(offers, row, "unit")) == 0;
    if (alike)
        text_set(offers, row, "parent", "%s", text_get(offers, parent, "id"));
}

static void add_offers(RoundDraw *d)
{
    TextTable *offers = text_table(d->round, "offers");
    for (int i = 0; i < d->offers; i++) {
        size_t row = text_row(offers);
        const Money *unit = draw_money(d);
        bool money = d->one_unit && d->unit_is_thing ? random_chance(&d->random, 3)
                                                     : !d->things || !random_chance(&d->random, 3);
        text_set(offers, row, "id", "O%02d", i + 1);
        text_set(offers, row, "donor", "D%02d", draw(d, 1, d->donors));
        if (money) {
            int euros =
                d->shape.exact ? 500 * draw(d, 0, d->typical * 4) : draw_amount(d, d->typical * 2);
            text_set(offers, row, "unit", "%s", unit->currency);
            text_set(offers, row, "quantity", "%d", euros * unit->per_euro);
            if (d->overhead && random_chance(&d->random, 2))
                text_set(offers, row, "overhead", "%s",
                         d->shape.exact ? draw_word(d, (const char *[]){"0.2", "0.5"}, 2)
                                        : draw_word(d, (const char *[]){"0.07", "0.125"}, 2));
        } else {
            text_set(offers, row, "unit", "%s",
                     d->one_unit ? "seat" : draw_word(d, THINGS, COUNT_OF(THINGS)));
            text_set(offers, row, "quantity", "%d",
                     draw(d, 1, d->shape.size == RANDOM_TINY ? 6 : 60));
            if (random_chance(&d->random, 2))
                text_set(offers, row, "unit_value", "%d", 100 * draw(d, 1, 20));
        }
        set_offer_terms(d, offers, row);
        if (d->parents)
            set_parent(d, offers, row, money);
    }
}

/* ---- the round ------------------------------------------------------------------------------ */

static void draw_size(RoundDraw *d)
{
    static const int NEEDS[] = {3, 20, 100}, OFFERS[] = {2, 10, 30}, TYPICAL[] = {5, 60, 200};
    RandomSize size = d->shape.size;
    d->needs = NEEDS[size] + draw(d, -1, 1) * (size == RANDOM_TINY ? 1 : 4);
    d->offers = OFFERS[size] + draw(d, 0, 1);
    d->donors = d->offers > 3 ? d->offers / 2 : 2;
    d->beneficiaries = size == RANDOM_MEDIUM ? 12 : size == RANDOM_SMALL ? 5 : 2;
    d->typical = TYPICAL[size];
    d->most_steps = d->needs * d->offers > 9 ? 3 : d->needs * d->offers > 6 ? 4 : 6;
    if (d->shape.crowded) {
        d->needs += 2;
        d->most_steps = 2;
    }
}

static void draw_features(RoundDraw *d)
{
    d->tiers = draw_feature(d, RANDOM_TIERS);
    d->categories = draw_feature(d, RANDOM_CATEGORIES);
    d->currencies = draw_feature(d, RANDOM_CURRENCIES);
    d->things = draw_feature(d, RANDOM_THINGS);
    d->bought = draw_feature(d, RANDOM_BOUGHT);
    d->max_share = draw_feature(d, RANDOM_MAX_SHARE);
    d->earmarks = draw_feature(d, RANDOM_EARMARKS);
    d->windows = draw_feature(d, RANDOM_WINDOWS);
    d->oda = draw_feature(d, RANDOM_ODA);
    d->civil = draw_feature(d, RANDOM_CIVIL);
    d->overhead = draw_feature(d, RANDOM_OVERHEAD);
    d->parents = draw_feature(d, RANDOM_PARENTS);
    d->covered = draw_feature(d, RANDOM_COVERED);
    d->weights = draw_feature(d, RANDOM_WEIGHTS);
    d->steps = draw_feature(d, RANDOM_STEPS);
    d->basis = draw_feature(d, RANDOM_BASIS);
    d->lapses = draw_feature(d, RANDOM_LAPSES);
    d->costs = draw_feature(d, RANDOM_COSTS);
    d->unknown = draw_feature(d, RANDOM_UNKNOWN);
}

static void add_settings(RoundDraw *d)
{
    static const char *const FAIRNESS[] = {"none", "region", "category", "need", "beneficiary"};
    bool by_need = false;
    text_setting(d->round, "start", "2026-01-15");
    text_setting(d->round, "end", "2026-03-31");
    if (draw_feature(d, RANDOM_FAIRNESS)) {
        const char *fairness = draw_word(d, FAIRNESS, COUNT_OF(FAIRNESS));
        by_need = strcmp(fairness, "need") == 0;
        text_setting(d->round, "fairness", fairness);
    }
    d->by_quantity = by_need && random_chance(&d->random, 2);
    if (d->by_quantity)
        text_setting(d->round, "fairness_by", "quantity");
    if (draw_feature(d, RANDOM_FAIRNESS_FIRST) && random_chance(&d->random, 2))
        text_setting(d->round, "within_tier", "fairness;shortfall");
    d->one_unit = d->by_quantity;
    if (draw_feature(d, RANDOM_MEASURE)) {
        const char *measure = draw_word(d, (const char *[]){"value", "share", "quantity"}, 3);
        d->one_unit = d->one_unit || strcmp(measure, "quantity") == 0;
        text_setting(d->round, "measure", measure);
    }
    d->unit_is_thing = d->things && random_chance(&d->random, 2);
    if (d->basis)
        text_setting(d->round, "plan_on", random_chance(&d->random, 3) ? "committed" : "pledged");
}

TextRound *random_round(uint64_t seed, RandomShape shape)
{
    RoundDraw d = {.round = text_round_new(seed), .random = random_seeded(seed), .shape = shape};
    d.shape.exact = shape.exact || shape.size == RANDOM_TINY;
    draw_size(&d);
    draw_features(&d);
    add_settings(&d);
    add_rates(&d);
    add_donors(&d);
    add_beneficiaries(&d);
    add_needs(&d);
    add_offers(&d);
    random_rules(&d);
    random_wholes(&d);
    random_late(&d);
    return d.round;
}
