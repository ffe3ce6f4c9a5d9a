/* The order of ids among plans that every stage finds equal, in rounds of all or nothing: of all such plans, every
 * one tried, none has a smaller canonical sum than the one given, with the reductions and without them. Ranks and
 * prices are those of models/README.md, worked out here anew; all that is given comes in seats of one euro, so
 * that a column of the program is a seat.
 */
#include <math.h>
#include <stdlib.h>

#include "tests/support/brute.h"
#include "tests/support/pipeline.h"
#include "tests/support/text_round.h"

/* Fewer under the sanitizers; ALLOT_ROUNDS overrides. */
#ifdef __SANITIZE_ADDRESS__
enum { ROUNDS = 30 };
#else
enum { ROUNDS = 250 };
#endif

enum { PLANS_MOST = 400000, NEEDS_MOST = 5, OFFERS_MOST = 3 };

/** A plan's canonical sum, and what is asked of another plan. */
typedef struct Search {
    Brute *brute;
    size_t needs, offers, stages;
    double price[NEEDS_MOST * OFFERS_MOST];
    double values[64], other[64]; /* of the stages: the plan's, another's */
    double sum;
} Search;

static uint64_t rounds(void)
{
    const char *text = getenv("ALLOT_ROUNDS");
    return text == NULL ? ROUNDS : strtoull(text, NULL, 10);
}

static void add_needs(TextRound *round, TestRandom *random)
{
    static const char *const tiers[] = {"1", "1", "1", "2"};
    int64_t count = random_between(random, 2, NEEDS_MOST);
    TextTable *needs = text_table(round, "needs");
    for (int64_t n = 0; n < count; n++) {
        size_t row = text_row(needs);
        int64_t wanted = random_between(random, 1 + (n == 0), 4);
        text_set(needs, row, "id", "N-%lld", (long long)n + 1);
        text_set(needs, row, "beneficiary", "B-%lld", (long long)random_between(random, 1, 2));
        text_set(needs, row, "category", "A");
        text_set(needs, row, "quantity", "%lld", (long long)wanted);
        text_set(needs, row, "unit", "seat");
        text_set(needs, row, "unit_cost", "1");
        text_set(needs, row, "priority", "%s", tiers[random_between(random, 0, 3)]);
        if (n == 0 || random_between(random, 0, 2) > 0)
            text_set(needs, row, "indivisible", "yes");
        if (random_between(random, 0, 3) == 0)
            text_set(needs, row, "max_donors", "1");
    }
}

static TextRound *random_ties(uint64_t seed)
{
    static const char *const fairness[] = {"none", "beneficiary", "need"};
    TestRandom random = random_seeded(seed);
    TextRound *round = text_round_new(seed);
    add_needs(round, &random);
    TextTable *offers = text_table(round, "offers");
    int64_t count = random_between(&random, 1, OFFERS_MOST);
    for (int64_t o = 0; o < count; o++) {
        size_t row = text_row(offers);
        text_set(offers, row, "id", "O-%lld", (long long)o + 1);
        text_set(offers, row, "donor", "D-%lld", (long long)o + 1);
        text_set(offers, row, "quantity", "%lld", (long long)random_between(&random, 1, 5));
        text_set(offers, row, "unit", "seat");
        if (random_between(&random, 0, 3) == 0)
            text_set(offers, row, "max_needs", "1");
    }
    text_setting(round, "fairness", fairness[random_between(&random, 0, 2)]);
    return round;
}

/** How many of @p count come before @p index, or are it, as @p before says; as a part of all. */
static double rank_of(const Round *round, size_t index, bool is_need, const int *spread)
{
    size_t place = 0, count = is_need ? round->need_count : round->offer_count;
    for (size_t i = 0; i < count; i++) {
        int own = is_need ? round->needs[index].tier : spread[index];
        int other = is_need ? round->needs[i].tier : spread[i];
        place += other < own || (other == own && i <= index);
    }
    return (double)place / (double)count;
}

static void price_lines(const Pipeline *run, Search *search)
{
    int spread[OFFERS_MOST] = {0};
    for (size_t n = 0; n < search->needs; n++)
        for (size_t o = 0; o < search->offers; o++)
            spread[o] += brute_may_serve(search->brute, (int)n, (int)o);
    for (size_t n = 0; n < search->needs; n++)
        for (size_t o = 0; o < search->offers; o++) {
            double need = rank_of(&run->round, n, true, spread);
            double offer = rank_of(&run->round, o, false, spread);
            search->price[n * search->offers + o] = need + 0.5 * offer * (1 - 0.5 * need);
        }
}

static double sum_of(const Search *search, const int64_t *x)
{
    double sum = 0;
    for (size_t c = 0; c < search->needs * search->offers; c++)
        sum += search->price[c] * (double)x[c];
    return sum;
}

static bool comes_first(const int64_t *x, void *context)
{
    Search *search = context;
    size_t at;
    if (sum_of(search, x) >= search->sum - 1e-6)
        return false;
    brute_values(search->brute, x, search->other);
    return brute_compare(search->brute, search->other, search->values, &at) == 0;
}

/** @return false where there are too many plans to try. */
static bool compare_round(const TextRound *round, const char *dir, const char *engine)
{
    SettingRow settings[] = {{.key = "engine", .value = engine}, {.key = "gap", .value = "0"}};
    Pipeline *run = pipeline_run(dir, settings, COUNT_OF(settings));
    assert_int_equal(run->status, STATUS_OK);
    size_t cells = run->round.need_count * run->round.offer_count;
    int64_t *x = ARENA_NEW(run->arena, cells, int64_t);
    int64_t *least = ARENA_NEW(run->arena, run->round.need_count, int64_t);
    Search search = {.brute = brute_new(&run->round, run->arena),
                     .needs = run->round.need_count,
                     .offers = run->round.offer_count};
    assert_true(x != NULL && least != NULL && brute_stage_count(search.brute) <= 64);
    brute_take(search.brute, &run->plan, x);
    brute_values(search.brute, x, search.values);
    price_lines(run, &search);
    search.sum = sum_of(&search, x);
    BruteFound found =
        brute_find(search.brute, &(BruteWish){least, comes_first, &search}, PLANS_MOST);
    if (found == BRUTE_FOUND) {
        text_round_print(round);
        pipeline_print(run);
        fail_msg("seed %llu, engine %s: an equal plan comes first in the order of ids",
                 (unsigned long long)round->seed, engine);
    }
    pipeline_free(run);
    return found != BRUTE_TOO_MANY;
}

static void no_equal_plan_comes_first(void **state)
{
    uint64_t compared = 0;
    (void)state;
    for (uint64_t i = 0; i < rounds(); i++) {
        char *dir = test_dir_make();
        TextRound *round = random_ties(40000 + i);
        text_round_write(round, dir);
        compared += compare_round(round, dir, "fast");
        compared += compare_round(round, dir, "plain");
        text_round_free(round);
        test_dir_remove(dir);
    }
    print_message("%llu of %llu runs compared\n", (unsigned long long)compared,
                  2 * (unsigned long long)rounds());
    assert_true(compared > rounds());
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(no_equal_plan_comes_first)};
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
