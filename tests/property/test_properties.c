/* What holds for every round, over seeded random ones: the order of rows and the names of things do
 * not matter, more capacity never makes a plan worse, a hundred times the money is a hundred times
 * the plan.
 */
#include "tests/support/pipeline.h"
#include "tests/support/random_round.h"
#include "tests/support/stage_vector.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Fewer under the sanitizers, which are an order slower. */
#ifdef __SANITIZE_ADDRESS__
enum { SMALL_ROUNDS = 6, MEDIUM_ROUNDS = 1 };
#else
enum { SMALL_ROUNDS = 40, MEDIUM_ROUNDS = 4 };
#endif

/* Every stage of a round without whole columns is proven to the end. */
enum { LINEAR = RANDOM_EVERYTHING & ~(RANDOM_THINGS | RANDOM_PAIRS | RANDOM_WHOLES) };

/** Writes the round into a folder and runs it. */
static Pipeline *run_round(const TextRound *round)
{
    char *dir = test_dir_make();
    text_round_write(round, dir);
    Pipeline *run = pipeline_run(dir, NULL, 0);
    test_dir_remove(dir);
    return run;
}

static void fail_round(const TextRound *round, const Pipeline *run, const char *why)
{
    text_round_print(round);
    pipeline_print(run);
    fail_msg("seed %llu: %s", (unsigned long long)round->seed, why);
}

/** The plan of a random round; NULL where its tables are wrong or no plan exists. */
static Pipeline *plan_round(const TextRound *round)
{
    Pipeline *run = run_round(round);
    bool wrong = run->status == STATUS_FINDINGS && strcmp(run->step, "verify") != 0;
    if (run->status == STATUS_OK)
        return run;
    if (!wrong && run->status != STATUS_NO_PLAN && run->status != STATUS_LIMIT)
        fail_round(round, run, "the program fails");
    pipeline_free(run);
    return NULL;
}

/** Asks a property of many rounds. */
typedef void Property(const TextRound *round, Pipeline *run, TestRandom *random);

static void ask(Property *property, uint64_t seed, RandomSize size, int features, int rounds)
{
    int asked = 0;
    for (uint64_t i = 0; asked < rounds; i++) {
        TextRound *round =
            random_round(seed + i, (RandomShape){.size = size, .features = features});
        Pipeline *run = plan_round(round);
        TestRandom random = random_seeded(seed + i);
        if (run != NULL)
            property(round, run, &random);
        asked += run != NULL;
        pipeline_free(run);
        text_round_free(round);
    }
}

static void ask_all(Property *property, uint64_t seed)
{
    ask(property, seed, RANDOM_SMALL, RANDOM_EVERYTHING, SMALL_ROUNDS / 2);
    ask(property, seed + 10000, RANDOM_SMALL, LINEAR, SMALL_ROUNDS / 2);
    ask(property, seed + 20000, RANDOM_MEDIUM, LINEAR, MEDIUM_ROUNDS);
}

/** A round that must have a plan like the one it was made from. */
static Pipeline *run_again(const TextRound *round)
{
    Pipeline *run = run_round(round);
    if (run->status != STATUS_OK)
        fail_round(round, run, "the changed round has no plan");
    return run;
}

/* ---- order ---------------------------------------------------------------------------------- */

static void compare_files(const TextRound *round, const Pipeline *run, const char *one,
                          const char *other)
{
    static const char *const FILES[] = {"assignments.csv", "needs.csv", "offers.csv", "stages.csv"};
    for (size_t i = 0; i < COUNT_OF(FILES); i++) {
        char *a = test_path(one, FILES[i]), *b = test_path(other, FILES[i]);
        char *first = read_file(a, NULL), *second = read_file(b, NULL);
        if (strcmp(first, second) != 0) {
            print_error("%s\nagainst\n%s\n", first, second);
            fail_round(round, run, FILES[i]);
        }
        free(first);
        free(second);
        free(a);
        free(b);
    }
}

static void same_bytes_when_shuffled(const TextRound *round, Pipeline *run, TestRandom *random)
{
    TextRound *shuffled = text_round_copy(round);
    char *one = test_dir_make(), *other = test_dir_make();
    text_round_shuffle(shuffled, random);
    Pipeline *again = run_again(shuffled);
    pipeline_write(run, one);
    pipeline_write(again, other);
    compare_files(round, again, one, other);
    pipeline_free(again);
    test_dir_remove(one);
    test_dir_remove(other);
    text_round_free(shuffled);
}

static void shuffled_rows_and_columns_give_the_same_bytes(void **state)
{
    (void)state;
    ask_all(same_bytes_when_shuffled, 1000000);
}

/* ---- names ---------------------------------------------------------------------------------- */

static void same_plan_when_renamed_in_order(const TextRound *round, Pipeline *run,
                                            TestRandom *random)
{
    TextRound *renamed = text_round_copy(round);
    text_round_rename(renamed, random, true);
    Pipeline *again = run_again(renamed);
    bool same = run->plan.assignment_count == again->plan.assignment_count;
    for (size_t i = 0; same && i < run->plan.assignment_count; i++) {
        const Assignment *a = &run->plan.assignments[i], *b = &again->plan.assignments[i];
        same = a->need == b->need && a->offer == b->offer && a->quantity == b->quantity;
    }
    if (!same) {
        pipeline_print(run);
        fail_round(round, again, "another plan");
    }
    pipeline_free(again);
    text_round_free(renamed);
}

static void ids_renamed_in_the_same_order_give_the_same_plan(void **state)
{
    (void)state;
    ask_all(same_plan_when_renamed_in_order, 2000000);
}

static void same_stages_when_renamed(const TextRound *round, Pipeline *run, TestRandom *random)
{
    TextRound *renamed = text_round_copy(round);
    size_t at;
    text_round_rename(renamed, random, false);
    Pipeline *again = run_again(renamed);
    StageVector before = stage_vector(run), after = stage_vector(again);
    if (stage_vector_compare(&after, &before, &at) != 0) {
        pipeline_print(run);
        fail_round(renamed, again, before.entries[at].label);
    }
    pipeline_free(again);
    text_round_free(renamed);
}

static void ids_renamed_anyhow_give_the_same_stages(void **state)
{
    (void)state;
    ask_all(same_stages_when_renamed, 3000000);
}

/* ---- capacity ------------------------------------------------------------------------------- */

/** Raises one offer; one that lapses has more to lose, so that another is drawn. */
static bool raise_offer(TextRound *round, TestRandom *random)
{
    TextTable *offers = text_table(round, "offers");
    size_t row = (size_t)random_between(random, 0, (int64_t)offers->count - 1);
    long quantity = strtol(text_get(offers, row, "quantity"), NULL, 10);
    if (*text_get(offers, row, "lapses") != '\0' || quantity == 0)
        return false;
    text_set(offers, row, "quantity", "%ld", quantity * 2 + 1000);
    return true;
}

static void never_worse_with_more(const TextRound *round, Pipeline *run, TestRandom *random)
{
    TextRound *richer = text_round_copy(round);
    size_t at;
    if (raise_offer(richer, random)) {
        Pipeline *again = run_again(richer);
        StageVector before = stage_vector(run), after = stage_vector(again);
        if (stage_vector_compare(&after, &before, &at) < 0) {
            pipeline_print(run);
            fail_round(richer, again, before.entries[at].label);
        }
        pipeline_free(again);
    }
    text_round_free(richer);
}

static void more_capacity_never_makes_a_plan_worse(void **state)
{
    (void)state;
    ask_all(never_worse_with_more, 4000000);
}

/* ---- scale ---------------------------------------------------------------------------------- */

enum { TIMES = 100 };

/* What rounding to minor units, of bounds as of lines, may move of a sum, in reporting units. */
static const double ROUNDING_MOST = 0.5;

static void compare_scaled(const TextRound *round, const Pipeline *run, const Pipeline *again)
{
    StageVector before = stage_vector(run), after = stage_vector(again);
    for (size_t s = 0; s < before.count; s++) {
        double factor = before.entries[s].maximise ? 1 : TIMES;
        double want = before.entries[s].bound * factor, got = after.entries[s].bound;
        double noise = before.entries[s].maximise ? 1e-5 : ROUNDING_MOST * factor;
        if (fabs(got - want) > noise + 1e-6 * fabs(want)) {
            pipeline_print(run);
            fail_round(round, again, before.entries[s].label);
        }
    }
    /* among hundreds of pairs, ties that no stage decides may fall otherwise at another scale */
    for (size_t n = 0; run->round.need_count < 40 && n < run->round.need_count; n++) {
        double want = (double)run->plan.needs[n].value_assigned * TIMES;
        double got = (double)again->plan.needs[n].value_assigned;
        if (fabs(got - want) <= TIMES * ROUNDING_MOST * 100)
            continue;
        print_error("%s: %.0f, expected %.0f\n", run->round.needs[n].id, got, want);
        pipeline_print(run);
        fail_round(round, again, run->round.needs[n].id);
    }
}

static void scaled_with_money(const TextRound *round, Pipeline *run, TestRandom *random)
{
    static const char *const MONEY[] = {
        "needs.quantity", "needs.covered",           "offers.quantity",
        "donors.budget",  "beneficiaries.max_value", "rules.value",
        "rules.quantity", "commitments.quantity",    NULL};
    (void)random;
    TextRound *scaled = text_round_copy(round);
    text_round_scale(scaled, MONEY, TIMES);
    Pipeline *again = run_again(scaled);
    compare_scaled(round, run, again);
    pipeline_free(again);
    text_round_free(scaled);
}

static void a_hundred_times_the_money_is_a_hundred_times_the_plan(void **state)
{
    int features = LINEAR & ~(RANDOM_MEASURE | RANDOM_FAIRNESS);
    (void)state;
    ask(scaled_with_money, 5000000, RANDOM_SMALL, features, SMALL_ROUNDS);
    ask(scaled_with_money, 5100000, RANDOM_MEDIUM, features, MEDIUM_ROUNDS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shuffled_rows_and_columns_give_the_same_bytes),
        cmocka_unit_test(ids_renamed_in_the_same_order_give_the_same_plan),
        cmocka_unit_test(ids_renamed_anyhow_give_the_same_stages),
        cmocka_unit_test(more_capacity_never_makes_a_plan_worse),
        cmocka_unit_test(a_hundred_times_the_money_is_a_hundred_times_the_plan),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
