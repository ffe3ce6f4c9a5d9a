/* Two ways to a reason, one answer: what paths in the residual graph of the class network say about
 * needs that stay unmet, against what the whole program says of the same plan (the live program,
 * solver/reasons.c): the same reason, the same row, as much that is freed. A set of several things
 * need not be the same one: then the whole program is asked about the network's.
 */

#include <stdlib.h>
#include <string.h>

#include "solver/glpk_guard.h"
#include "solver/held.h"
#include "tests/support/solved_rounds.h"

/* Fewer under the sanitizers, which are an order slower. */
#ifdef __SANITIZE_ADDRESS__
enum { SMALL_ROUNDS = 25, MEDIUM_ROUNDS = 2, LARGE_NEEDS = 100 };
#else
enum { SMALL_ROUNDS = 300, MEDIUM_ROUNDS = 20, LARGE_NEEDS = 200 };
#endif

/* The whole program does not believe a rise below this part of what the tiers are worth. */
static const double NOISE = 4e-6;

/** What became of the questions. */
typedef struct Tally {
    int rounds, needs, same, open, noise, other_sets, better, at_least;
    int reasons[REASON_UNPROVEN + 1];
} Tally;

/** One plan, asked about both ways. */
typedef struct Both {
    const char *name;
    Pipeline *run;
    Plan plan; /* the network's */
    Formulation loose;
    NeedCauses *fast, *whole;
    const NeedCauses *asked; /* whose set is tried, */
    int need, left_out;      /* and what of it is not lifted; -1: all of it is */
    HeldAnswer answer;
    Tally *tally;
} Both;

static void print_causes(const char *who, const NeedCauses *causes)
{
    print_message("  %s: proof %d, freed %lld%s\n", who, (int)causes->proof,
                  (long long)causes->freed, causes->at_least ? " at least" : "");
    for (int i = 0; i < causes->count; i++)
        print_message("    %s %s %s\n", reason_text(causes->causes[i].reason), causes->causes[i].id,
                      causes->causes[i].column);
}

static void fail_both(const Both *b, const char *why)
{
    const Need *need = &b->run->round.needs[b->need];
    pipeline_print(b->run);
    for (size_t i = 0; i < b->plan.assignment_count; i++)
        print_message("  %s <- %s %lld\n", b->run->round.needs[b->plan.assignments[i].need].id,
                      b->run->round.offers[b->plan.assignments[i].offer].id,
                      (long long)b->plan.assignments[i].quantity);
    print_causes("network", &b->fast[b->need]);
    print_causes("program", &b->whole[b->need]);
    fail_msg("%s: need %s of tier %d lacks %lld: %s", b->name, need->id, need->tier,
             (long long)b->plan.needs[b->need].unmet, why);
}

/* ---- a set of several things ---------------------------------------------------------------- */

static void lift_one(Held *held, const Lifts *lifts, const Cause *cause)
{
    if (cause->reason == REASON_HIGHER_TIERS)
        held_keep_above(held, false);
    else if (cause->reason == REASON_EQUALS)
        held_keep_equals(held, false);
    for (size_t k = 0; k < lifts->count; k++)
        if (cause->origin.line > 0 && lifts->lifts[k].origin.table == cause->origin.table &&
            lifts->lifts[k].origin.line == cause->origin.line &&
            strcmp(lifts->lifts[k].column, cause->column) == 0)
            held_lift(held, k, true);
}

static void ask_whole(void *context)
{
    Both *b = context;
    Lifts lifts;
    Held held;
    SolveSettings settings = solve_settings_of(&b->run->round);
    double rise, step = 1.0 / b->loose.quantum[b->need];
    assert_int_equal(lifts_build(&b->loose, b->run->arena, &lifts), STATUS_OK);
    assert_int_equal(held_open(&lifts, &b->plan, &settings, b->run->arena, &held), STATUS_OK);
    held_about(&held, b->need);
    for (int i = 0; i < b->asked->count; i++)
        if (i != b->left_out)
            lift_one(&held, &lifts, &b->asked->causes[i]);
    b->answer = held_ask(&held, step, &rise);
    held_close(&held);
}

/** All of it helps; without any one of it nothing does. */
static void check_set(Both *b)
{
    GuardFault fault;
    b->asked = &b->fast[b->need];
    b->tally->other_sets++;
    for (b->left_out = -1; b->left_out < b->asked->count; b->left_out++) {
        assert_true(glpk_guard_run(ask_whole, b, &fault));
        HeldAnswer wanted = b->left_out < 0 ? HELD_YES : HELD_NO;
        if (b->answer != wanted)
            fail_both(b, b->left_out < 0 ? "the network's set does not help"
                                         : "some of the network's set is not needed");
    }
}

/* ---- what must agree ------------------------------------------------------------------------ */

static bool same_causes(const NeedCauses *a, const NeedCauses *b)
{
    if (a->count != b->count)
        return false;
    for (int i = 0; i < a->count; i++)
        if (a->causes[i].reason != b->causes[i].reason ||
            a->causes[i].origin.table != b->causes[i].origin.table ||
            a->causes[i].origin.line != b->causes[i].origin.line ||
            strcmp(a->causes[i].id, b->causes[i].id) != 0 ||
            strcmp(a->causes[i].column, b->causes[i].column) != 0 ||
            strcmp(a->causes[i].each, b->causes[i].each) != 0)
            return false;
    return true;
}

static double noise_of(const Round *round)
{
    double all = 0;
    for (size_t n = 0; n < round->need_count; n++)
        if (round->needs[n].quantity_known)
            all += (double)round->needs[n].quantity;
    return NOISE * all;
}

static void check_freed(const Both *b)
{
    const NeedCauses *fast = &b->fast[b->need], *whole = &b->whole[b->need];
    double apart = (double)(fast->freed - whole->freed), noise = noise_of(&b->run->round) / 100;
    b->tally->at_least += fast->at_least;
    if (apart > 1 + noise || (apart < -1 - noise && !fast->at_least))
        fail_both(b, "other amounts are freed");
}

static void check_need(Both *b)
{
    const NeedCauses *fast = &b->fast[b->need], *whole = &b->whole[b->need];
    Tally *tally = b->tally;
    if (whole->proof == CAUSE_NOT_ASKED) {
        if (fast->proof != CAUSE_NOT_ASKED)
            fail_both(b, "it was not asked about");
        return;
    }
    tally->needs++;
    tally->open += fast->proof == CAUSE_NOT_ASKED;
    tally->better += fast->proof == CAUSE_BETTER;
    if (fast->proof == CAUSE_NOT_ASKED)
        return;
    if (fast->proof == CAUSE_PROVEN)
        tally->reasons[fast->count > 1 ? REASON_SEVERAL : fast->causes[0].reason]++;
    if (fast->proof == whole->proof && same_causes(fast, whole)) {
        tally->same++;
        check_freed(b);
    } else if (fast->proof == CAUSE_PROVEN && (double)fast->freed <= noise_of(&b->run->round)) {
        tally->noise++;
    } else if (fast->proof == CAUSE_PROVEN && fast->count > 1 && whole->count > 1) {
        check_set(b);
    } else {
        fail_both(b, "another answer");
    }
}

/** False where the round is no network, or its tables are wrong. */
static bool ask_both(Both *b, const char *dir)
{
    const char *why = NULL;
    SolveResult result;
    b->run = pipeline_formulate(dir, NULL, 0);
    Pipeline *run = b->run;
    if (run->status != STATUS_OK || !class_network_fits(&run->round, &why, run->arena))
        return false;
    SolveSettings settings = solve_settings_of(&run->round);
    assert_int_equal(solve_fast(&run->round, run->pairs.sets, run->arena, &result, &b->plan, &why),
                     STATUS_OK);
    if (why != NULL)
        return false;
    assert_int_equal(plan_reasons(&run->round, run->pairs.sets, run->arena, &b->plan), STATUS_OK);
    assert_int_equal(solve_network_reasons(&run->round, NULL, &b->plan, run->arena, &b->fast),
                     STATUS_OK);
    assert_int_equal(
        formulation_build_loose(&run->round, &run->pairs, &run->rules, run->arena, &b->loose),
        STATUS_OK);
    assert_int_equal(solve_reasons(&b->loose, &b->plan, &settings, run->arena, &b->whole),
                     STATUS_OK);
    for (b->need = 0; b->need < (int)run->round.need_count; b->need++)
        check_need(b);
    b->tally->rounds++;
    return true;
}

static void report(const char *name, const Tally *tally)
{
    print_message("%s: %d rounds, %d needs, %d the same, %d open, %d below noise, %d other sets, "
                  "%d better, %d at least\n",
                  name, tally->rounds, tally->needs, tally->same, tally->open, tally->noise,
                  tally->other_sets, tally->better, tally->at_least);
    for (int r = 1; r <= REASON_UNPROVEN; r++)
        if (tally->reasons[r] > 0)
            print_message("  %s %d\n", reason_text((Reason)r), tally->reasons[r]);
}

static bool asks_both(const char *name, const char *dir, void *context)
{
    Both b = {.name = name, .tally = context};
    bool asked = ask_both(&b, dir);
    pipeline_free(b.run);
    return asked;
}

static Tally agree_on_many(const char *name, uint64_t seed, RandomShape shape, const char *fairness,
                           uint64_t most)
{
    Tally tally = {0};
    network_rounds(seed, most, shape, fairness, asks_both, &tally);
    report(name, &tally);
    assert_true(tally.same * 10 > tally.needs * 9);
    return tally;
}

static void both_ways_agree_in_small_rounds(void **state)
{
    RandomShape shape = {.size = RANDOM_SMALL, .features = NETWORK_FEATURES | RANDOM_UNKNOWN};
    (void)state;
    agree_on_many("small", 71000000, shape, NULL, rounds_wanted(SMALL_ROUNDS));
}

/** One weight a tier, and either no limits or fairness: nothing may stay open. */
static void nothing_is_open_where_sums_do_not_cross(void **state)
{
    RandomShape shape = {.size = RANDOM_SMALL,
                         .features = (NETWORK_FEATURES | RANDOM_UNKNOWN) & ~RANDOM_WEIGHTS};
    (void)state;
    Tally tally =
        agree_on_many("fair", 72000000, shape, "beneficiary", rounds_wanted(SMALL_ROUNDS));
    assert_int_equal(tally.open + tally.at_least, 0);
    shape.features &= ~RANDOM_MAX_VALUE;
    tally =
        agree_on_many("without fairness", 73000000, shape, "none", rounds_wanted(SMALL_ROUNDS) / 2);
    assert_int_equal(tally.open + tally.at_least, 0);
}

static void both_ways_agree_where_limits_cross_tiers(void **state)
{
    RandomShape shape = {.size = RANDOM_SMALL,
                         .features = (NETWORK_FEATURES | RANDOM_UNKNOWN) & ~RANDOM_WEIGHTS};
    (void)state;
    agree_on_many("crossing", 74000000, shape, "none", rounds_wanted(SMALL_ROUNDS));
}

static void both_ways_agree_in_medium_rounds(void **state)
{
    RandomShape shape = {.size = RANDOM_MEDIUM, .features = NETWORK_FEATURES | RANDOM_UNKNOWN};
    (void)state;
    agree_on_many("medium", 75000000, shape, NULL, rounds_wanted(MEDIUM_ROUNDS));
}

/** As in life, with every kind of group. */
static void both_ways_agree_in_rounds_as_in_life(void **state)
{
    Tally tally = {0};
    (void)state;
    network_rounds_as_in_life(LARGE_NEEDS, 2, asks_both, &tally);
    report("as in life", &tally);
    assert_true(tally.rounds >= 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(both_ways_agree_in_small_rounds),
        cmocka_unit_test(nothing_is_open_where_sums_do_not_cross),
        cmocka_unit_test(both_ways_agree_where_limits_cross_tiers),
        cmocka_unit_test(both_ways_agree_in_medium_rounds),
        cmocka_unit_test(both_ways_agree_in_rounds_as_in_life),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
