/* Two ways to a worth, one answer: what flows on the class network say of every quantity and budget,
 * against what solves of the whole program say of the same plan (solver/worths.c).
 */
#include "allot/worths.h"
#include "tests/support/solved_rounds.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Fewer under the sanitizers, which are an order slower. */
#ifdef __SANITIZE_ADDRESS__
enum { SMALL_ROUNDS = 20, LARGE_NEEDS = 60 };
#else
enum { SMALL_ROUNDS = 200, LARGE_NEEDS = 120 };
#endif

/* The whole program takes less than this, in the stage's measure, for nothing, and a quantity as near a smallest
 * part as this, relative, for that. */
static const double NOISE = 0.011, NEAR_PART = 1e-9;

typedef struct Tally {
    int rounds, sides, open, known, worth, below_noise, at_least;
} Tally;

static const char *side_text(const WorthSide *side, char text[160])
{
    (void)snprintf(text, 160, "%s%s%s slope %.12g until %lld", side->known ? "" : "unknown ",
                   side->needed ? "needed " : "", side->endless ? "endless " : "", side->slope,
                   (long long)side->until);
    return text;
}

/** Is what the sides differ by worth less than solves can see? */
static bool is_noise(const WorthSide *a, const WorthSide *b, int64_t today, double scale)
{
    double worst = 0, reach = (double)(a->until > b->until ? a->until : b->until);
    const WorthSide *both[] = {a, b};
    for (int i = 0; i < 2; i++)
        worst = fmax(worst, both[i]->slope * fabs((double)(both[i]->until - today)) / scale);
    bool until = fabs((double)(a->until - b->until)) <= 1 + NEAR_PART * reach;
    bool same = fabs(a->slope - b->slope) <= 1e-6 * fmax(a->slope, b->slope);
    return worst <= NOISE || (same && until && a->needed == b->needed);
}

/** What is proven of a range, is it in the whole range? */
static bool is_part(const WorthSide *part, const WorthSide *all, int64_t today)
{
    bool more = part->until > today;
    double beyond = (double)(more ? part->until - all->until : all->until - part->until);
    double noise = 1 + NEAR_PART * (double)part->until;
    return part->known && part->slope > 0 && part->until != today && !part->needed &&
           !part->endless && fabs(part->slope - all->slope) <= 1e-6 * part->slope &&
           ((more && all->endless) || beyond <= noise);
}

static void check_side(const char *name, const Pipeline *run, const Worths *worths, size_t index,
                       const WorthSide *fast, const WorthSide *whole, Tally *tally)
{
    char text[2][160];
    const Worth *worth = &worths->worths[index];
    const Lift *lift = &worths->lifts->lifts[worth->lift];
    const Rule *rule = lift_rule(worths->lifts, lift);
    tally->sides++;
    tally->open += !fast->known;
    if (!fast->known || !whole->known)
        return;
    tally->known++;
    tally->worth += fast->slope > 0;
    bool endless = fast->endless && whole->endless; /* then `until` says nothing */
    if (fast->needed == whole->needed && fast->endless == whole->endless &&
        fabs(fast->slope - whole->slope) <= 1e-9 * fast->slope &&
        (endless || fast->until == whole->until))
        return;
    tally->at_least += fast->at_least;
    tally->below_noise += !fast->at_least;
    if (fast->at_least ? is_part(fast, whole, rule->upper)
                       : is_noise(fast, whole, rule->upper, (double)unit_scale(rule->unit)))
        return;
    pipeline_print(run);
    fail_msg("%s: %s of %s (today %lld), step %d: network %s; program %s", name, lift->column,
             lift->id, (long long)rule->upper, worth->step, side_text(fast, text[0]),
             side_text(whole, text[1]));
}

/** False where the round is no network, or its tables are wrong. */
static bool ask_both(const char *name, const char *dir, void *context)
{
    Tally *tally = context;
    const char *why = NULL;
    SolveResult result;
    Plan plan;
    Formulation loose;
    const Worths *fast, *whole;
    Pipeline *run = pipeline_formulate(dir, NULL, 0);
    bool fits = run->status == STATUS_OK && class_network_fits(&run->round, &why, run->arena);
    if (fits)
        assert_int_equal(solve_fast(&run->round, run->pairs.sets, run->arena, &result, &plan, &why),
                         STATUS_OK);
    if (fits && why == NULL) {
        SolveSettings settings = solve_settings_of(&run->round);
        assert_int_equal(
            formulation_build_loose(&run->round, &run->pairs, &run->rules, run->arena, &loose),
            STATUS_OK);
        assert_int_equal(solve_network_worths(&loose, &plan, run->arena, &fast), STATUS_OK);
        assert_int_equal(solve_worths(&loose, &plan, &settings, NULL, run->arena, &whole),
                         STATUS_OK);
        tally->rounds++;
        if (fast != NULL && whole != NULL)
            assert_int_equal(fast->count, whole->count);
        for (size_t i = 0; fast != NULL && whole != NULL && i < fast->count; i++) {
            const Worth *a = &fast->worths[i], *b = &whole->worths[i];
            assert_true(a->lift == b->lift && a->step == b->step);
            check_side(name, run, fast, i, &a->more, &b->more, tally);
            check_side(name, run, fast, i, &a->less, &b->less, tally);
        }
    }
    pipeline_free(run);
    return fits && why == NULL;
}

static Tally agree_on_many(const char *name, uint64_t seed, RandomShape shape, const char *fairness)
{
    Tally tally = {0};
    network_rounds(seed, rounds_wanted(SMALL_ROUNDS), shape, fairness, ask_both, &tally);
    print_message("%s: %d rounds, %d sides, %d open, %d known both ways, %d worth something, %d "
                  "below noise\n",
                  name, tally.rounds, tally.sides, tally.open, tally.known, tally.worth,
                  tally.below_noise);
    assert_true(tally.worth * 50 > tally.sides);
    return tally;
}

static void both_ways_agree_as_drawn(void **state)
{
    RandomShape shape = {.size = RANDOM_SMALL, .features = NETWORK_FEATURES};
    (void)state;
    agree_on_many("as drawn", 81000000, shape, NULL);
}

/** Limits that several tiers share, or weights within a tier: the network's program decides what no flow
 *  does. Of sides one in a hundred is of a quantity that the network does not have as it stands in the tables. */
static void nothing_is_open_where_sums_cross(void **state)
{
    RandomShape shape = {.size = RANDOM_SMALL,
                         .features = NETWORK_FEATURES & ~RANDOM_FAIRNESS_FIRST};
    (void)state;
    Tally tally = agree_on_many("weights", 84000000, shape, "none");
    assert_true(tally.open * 100 <= tally.sides);
    shape.features &= ~RANDOM_WEIGHTS;
    tally = agree_on_many("limits", 85000000, shape, "none");
    assert_true(tally.open * 100 <= tally.sides);
}

/** One weight a tier, and either no limits or fairness: nothing may stay open. */
static void nothing_is_open_where_sums_do_not_cross(void **state)
{
    RandomShape shape = {.size = RANDOM_SMALL,
                         .features = NETWORK_FEATURES & ~RANDOM_WEIGHTS & ~RANDOM_FAIRNESS_FIRST};
    (void)state;
    Tally tally = agree_on_many("fair", 82000000, shape, "beneficiary");
    assert_true(tally.known * 10 > tally.sides * 9);
    shape.features &= ~RANDOM_MAX_VALUE;
    tally = agree_on_many("without fairness", 83000000, shape, "none");
    assert_true(tally.known * 10 > tally.sides * 9);
}

static void both_ways_agree_in_rounds_as_in_life(void **state)
{
    Tally tally = {0};
    (void)state;
    network_rounds_as_in_life(LARGE_NEEDS, 1, ask_both, &tally);
    print_message(
        "as in life: %d rounds, %d sides, %d open, %d known, %d worth something, %d noise, "
        "%d at least\n",
        tally.rounds, tally.sides, tally.open, tally.known, tally.worth, tally.below_noise,
        tally.at_least);
    assert_true(tally.rounds >= 2);
    assert_true(tally.open * 100 <= tally.sides);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(both_ways_agree_as_drawn),
        cmocka_unit_test(nothing_is_open_where_sums_do_not_cross),
        cmocka_unit_test(nothing_is_open_where_sums_cross),
        cmocka_unit_test(both_ways_agree_in_rounds_as_in_life),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
