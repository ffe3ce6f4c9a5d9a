/* Rounds that are tight to the cent: drawn around a plan that is hidden from the program, with offers, budgets, floors
 * and limits at exactly what that plan uses, line by line rounded as the tables say; no cent is spared. So a plan exists,
 * and the program has to find one: that lines count a cent more or less than they are decides it.
 */
#include <stdlib.h>

#include "tests/support/pipeline.h"
#include "tests/support/text_round.h"

/* Fewer under the sanitizers; ALLOT_ROUNDS overrides. */
#ifdef __SANITIZE_ADDRESS__
enum { ROUNDS = 10 };
#else
enum { ROUNDS = 100 };
#endif

enum { NEEDS_MOST = 5, OFFERS_MOST = 4, RATE_PART = 10000, DONORS = 2, BENEFICIARIES = 2 };

typedef struct Money {
    const char *name, *rate_text;
    int64_t rate; /* ten-thousandths of a euro */
} Money;

static const Money MONEY[] = {{"EUR", NULL, RATE_PART},
                              {"USD", "0.9137", 9137},
                              {"PLN", "0.2331", 2331}};

/** A plan in cents, and what it comes to. */
typedef struct Hidden {
    int64_t needs, offers;
    const Money *need_money[NEEDS_MOST], *offer_money[OFFERS_MOST];
    int64_t beneficiary[NEEDS_MOST], donor[OFFERS_MOST];
    int64_t line[NEEDS_MOST][OFFERS_MOST];
    int64_t given[NEEDS_MOST], used[OFFERS_MOST];
    int64_t taken[DONORS], received[BENEFICIARIES], all; /* euro cents */
} Hidden;

static uint64_t rounds(void)
{
    const char *text = getenv("ALLOT_ROUNDS");
    return text == NULL ? ROUNDS : strtoull(text, NULL, 10);
}

static int64_t up(int64_t amount, int64_t times, int64_t by)
{
    return (amount * times + by - 1) / by;
}

static int64_t half_even(int64_t amount, int64_t times, int64_t by)
{
    int64_t whole = amount * times / by, twice = 2 * (amount * times % by);
    return whole + (twice > by || (twice == by && whole % 2 == 1));
}

static void count_line(Hidden *h, int64_t n, int64_t o, int64_t quantity)
{
    int64_t gross = up(quantity, h->need_money[n]->rate, h->offer_money[o]->rate);
    int64_t value = half_even(quantity, h->need_money[n]->rate, RATE_PART);
    h->line[n][o] = quantity;
    h->given[n] += quantity;
    h->used[o] += gross;
    h->taken[h->donor[o]] += up(gross, h->offer_money[o]->rate, RATE_PART);
    h->received[h->beneficiary[n]] += value;
    h->all += value;
}

static Hidden hide_plan(TestRandom *random)
{
    static const int64_t most[] = {100, 10000, 1000000};
    Hidden h = {.needs = random_between(random, 2, NEEDS_MOST),
                .offers = random_between(random, 1, OFFERS_MOST)};
    int64_t size = most[random_between(random, 0, COUNT_OF(most) - 1)];
    for (int64_t n = 0; n < h.needs; n++) {
        h.need_money[n] = &MONEY[random_between(random, 0, COUNT_OF(MONEY) - 1)];
        h.beneficiary[n] = random_between(random, 0, BENEFICIARIES - 1);
    }
    for (int64_t o = 0; o < h.offers; o++) {
        h.offer_money[o] = &MONEY[random_between(random, 0, COUNT_OF(MONEY) - 1)];
        h.donor[o] = random_between(random, 0, DONORS - 1);
    }
    for (int64_t n = 0; n < h.needs; n++)
        for (int64_t o = 0; o < h.offers; o++)
            if (random_between(random, 0, 1) == 0)
                count_line(&h, n, o, random_between(random, 1, size));
    return h;
}

static void set_money(TextTable *table, size_t row, const char *column, int64_t cents)
{
    text_set(table, row, column, "%lld.%02lld", (long long)(cents / 100), (long long)(cents % 100));
}

static void write_needs(TextRound *round, const Hidden *h, TestRandom *random)
{
    TextTable *needs = text_table(round, "needs");
    for (int64_t n = 0; n < h->needs; n++) {
        size_t row = text_row(needs);
        int64_t more = random_between(random, 0, 1) * random_between(random, 1, 5000);
        text_set(needs, row, "id", "N-%lld", (long long)n + 1);
        text_set(needs, row, "beneficiary", "B-%lld", (long long)h->beneficiary[n]);
        text_set(needs, row, "category", "A");
        set_money(needs, row, "quantity", h->given[n] + more + (h->given[n] == 0));
        text_set(needs, row, "unit", "%s", h->need_money[n]->name);
        text_set(needs, row, "priority", "%lld", (long long)random_between(random, 1, 2));
    }
}

static void write_offers(TextRound *round, const Hidden *h)
{
    TextTable *offers = text_table(round, "offers"), *rates = text_table(round, "rates");
    for (int64_t o = 0; o < h->offers; o++) {
        size_t row = text_row(offers);
        text_set(offers, row, "id", "O-%lld", (long long)o + 1);
        text_set(offers, row, "donor", "D-%lld", (long long)h->donor[o]);
        set_money(offers, row, "quantity", h->used[o] + (h->used[o] == 0));
        text_set(offers, row, "unit", "%s", h->offer_money[o]->name);
    }
    for (size_t m = 1; m < COUNT_OF(MONEY); m++) {
        size_t row = text_row(rates);
        text_set(rates, row, "currency", "%s", MONEY[m].name);
        text_set(rates, row, "rate", "%s", MONEY[m].rate_text);
    }
}

static void add_rule(TextRound *round, const char *kind, const char *column, int64_t of,
                     int64_t cents)
{
    TextTable *rules = text_table(round, "rules");
    size_t row = text_row(rules);
    text_set(rules, row, "id", "R-%zu", row + 1);
    text_set(rules, row, "kind", "%s", kind);
    if (column != NULL)
        text_set(rules, row, column, "%c-%lld", column[0] == 'b' ? 'B' : 'D', (long long)of);
    set_money(rules, row, "value", cents);
    text_set(rules, row, "currency", "EUR");
}

/** Floors and limits at what the plan gives; budgets at what it takes. */
static void write_bounds(TextRound *round, const Hidden *h, TestRandom *random)
{
    TextTable *donors = text_table(round, "donors");
    for (int64_t d = 0; d < DONORS; d++) {
        size_t row = text_row(donors);
        text_set(donors, row, "id", "D-%lld", (long long)d);
        if (h->taken[d] > 0 && random_between(random, 0, 1) == 0) {
            set_money(donors, row, "budget", h->taken[d]);
            text_set(donors, row, "currency", "EUR");
        }
    }
    for (int64_t b = 0; b < BENEFICIARIES; b++) {
        if (h->received[b] > 0 && random_between(random, 0, 1) == 0)
            add_rule(round, "floor", "beneficiary", b, h->received[b]);
        if (h->received[b] > 0 && random_between(random, 0, 2) == 0)
            add_rule(round, "limit", "beneficiary", b, h->received[b]);
    }
    if (h->all > 0)
        add_rule(round, "floor", NULL, 0, h->all);
}

static void solve_hidden(uint64_t seed, const char *engine)
{
    TestRandom random = random_seeded(seed);
    char *dir = test_dir_make();
    TextRound *round = text_round_new(seed);
    Hidden h = hide_plan(&random);
    SettingRow settings[] = {{.key = "engine", .value = engine}};
    write_needs(round, &h, &random);
    write_offers(round, &h);
    write_bounds(round, &h, &random);
    text_round_write(round, dir);
    Pipeline *run = pipeline_run(dir, settings, COUNT_OF(settings));
    if (run->status != STATUS_OK) {
        text_round_print(round);
        for (int64_t n = 0; n < h.needs; n++)
            for (int64_t o = 0; o < h.offers; o++)
                print_error("  N-%lld <- O-%lld %lld\n", (long long)n + 1, (long long)o + 1,
                            (long long)h.line[n][o]);
        fail_msg("seed %llu, engine %s: there is a plan, to the cent", (unsigned long long)seed,
                 engine);
    }
    pipeline_free(run);
    text_round_free(round);
    test_dir_remove(dir);
}

static void a_plan_is_found_to_the_cent(void **state)
{
    (void)state;
    for (uint64_t i = 0; i < rounds(); i++) {
        solve_hidden(60000 + i, "fast");
        solve_hidden(60000 + i, "plain");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_plan_is_found_to_the_cent)};
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
