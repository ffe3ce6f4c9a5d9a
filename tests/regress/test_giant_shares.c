/* Shares of groups that ask for very different amounts.
 *
 * B1 asks for fourteen things of some thousand seats each and for one of millions that nobody offers, B2 for
 * eight: a share of B1 moves by a ten-millionth and less where a seat does. The largest share that is the
 * smallest of the two: B2 has at least its smallest need, as else its share is 0, and B1 the best of what is
 * left, a subset sum, which a table of all sums decides here. (B1's share is the smaller one with any of B2's.)
 * Searches that ended half a millionth before the bound called up to 150 seats less optimal.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "tests/support/round_case.h"

enum { FIRST = 14, SECOND = 8, MOST = 200000, TEXT = 2048 };

typedef struct Sizes {
    int64_t capacity, first[FIRST], second[SECOND];
} Sizes;

/* Drawn at random. */
static const Sizes SIZES[] = {
    {31879,
     {3201, 2033, 5179, 2931, 9117, 8364, 8737, 7219, 4439, 2537, 8993, 1464, 7386, 8090},
     {1034, 8297, 5363, 4748, 2674, 6200, 1501, 1365}},
    {28145,
     {1926, 2500, 2390, 6915, 3770, 6048, 5121, 4476, 1585, 3594, 8056, 7447, 9340, 7095},
     {9915, 8288, 9225, 5394, 1588, 1449, 6964, 8616}},
    {34960,
     {4898, 9916, 3136, 7061, 8766, 2073, 1215, 8687, 5249, 4839, 4141, 8704, 9863, 8804},
     {7506, 3467, 4799, 3484, 9571, 7388, 1248, 2049}},
};

static const int64_t GIANTS[] = {10000000, 300000000};

typedef struct Giant {
    const Sizes *sizes;
    int64_t giant; /* what B1's need that nobody offers is of */
    char needs[TEXT], offers[TEXT];
} Giant;

static int64_t sum_of(const int64_t *sizes, size_t count)
{
    int64_t sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += sizes[i];
    return sum;
}

static void add_need(Giant *giant, const char *group, int index, int64_t size, const char *weight)
{
    size_t at = strlen(giant->needs);
    snprintf(giant->needs + at, sizeof giant->needs - at, "%s-%02d,%s,HW,%lld,1,yes,%s\n", group,
             index, group, (long long)size, weight);
}

static void write_giant(Giant *giant)
{
    snprintf(giant->needs, sizeof giant->needs, "%s",
             "id,beneficiary,category,quantity,priority,indivisible,weight\n");
    for (int i = 0; i < FIRST; i++)
        add_need(giant, "B1", i, giant->sizes->first[i], "1");
    for (int i = 0; i < SECOND; i++)
        add_need(giant, "B2", i, giant->sizes->second[i], "10");
    size_t at = strlen(giant->needs);
    snprintf(giant->needs + at, sizeof giant->needs - at, "B1-G,B1,ZZ,%lld,1,yes,1\n",
             (long long)giant->giant);
    snprintf(giant->offers, sizeof giant->offers, "id,donor,quantity,category\nO1,DE,%lld,HW\n",
             (long long)giant->sizes->capacity);
}

/** The most of B1's needs that fit beside B2's smallest. */
static int64_t most_of_first(const Sizes *sizes)
{
    static bool reached[MOST];
    int64_t least = sizes->second[0], room;
    for (int i = 1; i < SECOND; i++)
        least = sizes->second[i] < least ? sizes->second[i] : least;
    room = sizes->capacity - least;
    assert_true(room > 0 && room < MOST);
    memset(reached, 0, sizeof reached);
    reached[0] = true;
    for (int i = 0; i < FIRST; i++)
        for (int64_t sum = room; sum >= sizes->first[i]; sum--)
            reached[sum] = reached[sum] || reached[sum - sizes->first[i]];
    while (!reached[room])
        room--;
    return room;
}

/** Nothing is told to be better than it is, and nothing proven that is not; and here the best is found. */
static void assert_first_rank(const Giant *giant, const char *engine, double best)
{
    char settings[TEXT];
    snprintf(settings, sizeof settings,
             "key,value\nwithin_tier,fairness;shortfall\nfairness,beneficiary\nengine,%s\n",
             engine);
    Pipeline *run = case_run((const CaseFile[]){{"needs.csv", giant->needs},
                                                {"offers.csv", giant->offers},
                                                {"settings.csv", settings},
                                                {NULL, NULL}});
    assert_int_equal(run->status, STATUS_OK);
    const StageResult *rank = &run->plan.stages[0];
    double seat = 1 / (double)(giant->giant + sum_of(giant->sizes->first, FIRST));
    assert_string_equal(rank->label, "fairness 1.1");
    bool is_best = fabs(rank->value - best) < 0.1 * seat;
    if (rank->value > best + 0.1 * seat || rank->bound < best - 0.1 * seat ||
        (rank->status == STAGE_OPTIMAL && !(is_best && rank->bound < best + 0.1 * seat)))
        fail_msg("%s, giant %lld: %.12f of %.12f, bound %.12f, status %d", engine,
                 (long long)giant->giant, rank->value, best, rank->bound, (int)rank->status);
    if (strcmp(engine, "fast") == 0 && !is_best)
        fail_msg("giant %lld: not found, %.12f of %.12f", (long long)giant->giant, rank->value,
                 best);
    pipeline_free(run);
}

static void a_share_of_millions_is_not_cut_short(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(SIZES) * COUNT_OF(GIANTS); i++) {
        Giant giant = {.sizes = &SIZES[i / COUNT_OF(GIANTS)],
                       .giant = GIANTS[i % COUNT_OF(GIANTS)]};
        write_giant(&giant);
        double all = (double)(giant.giant + sum_of(giant.sizes->first, FIRST));
        double best = (double)most_of_first(giant.sizes) / all;
        assert_first_rank(&giant, "fast", best);
        assert_first_rank(&giant, "plain", best);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_share_of_millions_is_not_cut_short),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
