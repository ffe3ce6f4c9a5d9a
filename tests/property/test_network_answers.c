/* Two ways to an answer, one answer: what residual graphs of the class network say of lines (ranges) and
 * of what would meet a need (asks), against what solves of the whole program say of the same plan.
 */

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

/* Parts of money by which the program misses by its noise. */
enum { PARTS = 3 };

typedef struct Tally {
    int rounds, lines, free, asks, decided, gifts, sharper;
    int left;          /* rounds whose prices are left to the program */
    int prices;        /* things that carry one, by the network */
    int appeals_apart; /* rounds whose two appeals ask for other amounts */
} Tally;

/** What both ways have been asked about. */
typedef struct Both {
    const char *name;
    Pipeline *run;
    Plan plan;
    Formulation widened;
    SolveSettings fast, plain;
    int64_t parts; /* of money by which an end of a line may differ */
    Tally *tally;
} Both;

/* ---- ranges ----------------------------------------------------------------------------------- */

/** Parts of money by which an end of a line may differ. The program holds fairness as fractions of a share,
 *  the network as the plan's whole parts, so that each need that shares and is met in part has less than a
 *  part more or less in one than in the other. An end of a line is a flow that the needs' amounts limit, and
 *  each of these moves it by no more than it moves itself. */
static int64_t parts_apart(const Both *both)
{
    const Round *round = &both->run->round;
    int64_t parts = PARTS;
    for (size_t n = 0; n < round->need_count && round->settings.fairness != FAIRNESS_NONE; n++)
        parts += both->plan.needs[n].unmet > 0 && both->plan.needs[n].assigned > 0;
    return parts;
}

static bool is_near(const Both *both, int64_t a, int64_t b)
{
    return llabs(a - b) <= both->parts + llabs(b) / 100000000;
}

static void check_line(const Both *both, const LineRange *fast, const LineRange *plain, int at)
{
    const Assignment *line = &both->plan.assignments[at];
    int64_t carried = 0;
    both->tally->lines++;
    both->tally->free += fast->proof == RANGE_FREE;
    assert_true(fast->proof == RANGE_FREE || fast->proof == RANGE_FORCED);
    assert_true((fast->least < fast->most) == (fast->proof == RANGE_FREE));
    for (int i = 0; i < fast->other_count; i++) {
        assert_true(fast->others[i].quantity > 0 && fast->others[i].offer != line->offer);
        assert_true(i == 0 || fast->others[i].offer > fast->others[i - 1].offer);
        carried += fast->others[i].quantity;
    }
    assert_true(fast->least == line->quantity - carried - fast->short_by);
    bool open = plain->proof == RANGE_NOT_DECIDED || plain->proof == RANGE_AT_LEAST;
    bool same = open ? fast->least <= plain->least && fast->most >= plain->most
                     : is_near(both, fast->least, plain->least) &&
                           is_near(both, fast->most, plain->most) &&
                           (plain->short_by == 0 || is_near(both, fast->short_by, plain->short_by));
    if (same)
        return;
    pipeline_print(both->run);
    fail_msg("%s: line %s, %s of %lld: network %lld to %lld, short by %lld; program %lld to %lld "
             "(%s), short by %lld",
             both->name, both->run->round.needs[line->need].id,
             both->run->round.offers[line->offer].id, (long long)line->quantity,
             (long long)fast->least, (long long)fast->most, (long long)fast->short_by,
             (long long)plain->least, (long long)plain->most, range_proof_text(plain->proof),
             (long long)plain->short_by);
}

static void check_ranges(const Both *both)
{
    const Ranges *fast, *plain;
    Formulation form;
    Pipeline *run = both->run;
    assert_int_equal(formulation_build(&run->round, &run->pairs, &run->rules, run->arena, &form),
                     STATUS_OK);
    assert_int_equal(solve_ranges(&form, &both->plan, &both->fast, run->arena, &fast), STATUS_OK);
    assert_int_equal(solve_ranges(&form, &both->plan, &both->plain, run->arena, &plain), STATUS_OK);
    for (size_t i = 0; i < both->plan.assignment_count; i++)
        check_line(both, &fast->lines[i], &plain->lines[i], (int)i);
}

/* ---- asks ------------------------------------------------------------------------------------- */

static const AskGift *gift_for(const NeedAsk *ask, int offer)
{
    for (int i = 0; i < ask->gift_count; i++)
        if (ask->gifts[i].offer == offer)
            return &ask->gifts[i];
    return NULL;
}

/** Do the two contradict each other anywhere? Bounds may be sharper on one side. */
static bool agree(const Both *both, const NeedAsk *fast, const NeedAsk *plain)
{
    bool settled = plain->state != ASK_OPEN && fast->state != ASK_OPEN;
    if (fast->amount != plain->amount || (settled && fast->state != plain->state))
        return false;
    for (int i = 0; i < fast->gift_count && fast->state == ASK_ONE; i++) {
        const AskGift *a = &fast->gifts[i], *b = gift_for(plain, a->offer);
        both->tally->gifts++;
        both->tally->sharper += b == NULL || a->least > b->least;
        if (b == NULL)
            continue;
        if (a->least > b->extra + PARTS || b->least > a->extra + PARTS)
            return false;
    }
    for (int i = 0; i < plain->refusal_count && plain->state == ASK_ONE; i++)
        if (gift_for(fast, plain->refusals[i].offer) != NULL)
            return false;
    for (int i = 0; i < fast->refusal_count && fast->state == ASK_ONE; i++)
        if (gift_for(plain, fast->refusals[i].offer) != NULL)
            return false;
    return true;
}

/** Is what the step asks for proven to be the least, everything before it granted? */
static bool is_proven(const AppealStep *step)
{
    if (step->state != ASK_ONE)
        return true; /* of those there is nothing to be compared */
    return step->gifts[0].extra - step->gifts[0].least <= PARTS + step->gifts[0].extra / 1000;
}

/** Is more unlocked than is given? Then the rest came from elsewhere: from others, or from what lay unused,
 *  and who goes on with how much of either is open. */
static bool is_helped(const AppealStep *step)
{
    return step->state == ASK_ONE && step->unlocked > step->value;
}

/** Does a step before this one fill a limit that has no room left for it, so that others had to give way, or
 *  take from elsewhere? */
static bool others_gave_way(const Both *both, const Asks *asks, size_t end)
{
    const Round *round = &both->run->round;
    for (size_t i = 0; i < end; i++) {
        if (is_helped(&asks->appeal[i]))
            return true;
        int row = round->needs[asks->appeal[i].need].beneficiary_row;
        int64_t sum = 0;
        if (row < 0 || !round->beneficiaries[row].has_max_value)
            continue;
        for (size_t n = 0; n < round->need_count; n++)
            sum += round->needs[n].beneficiary_row == row ? both->plan.needs[n].value_assigned : 0;
        for (size_t k = 0; k <= i; k++)
            if (round->needs[asks->appeal[k].need].beneficiary_row == row &&
                asks->appeal[k].state != ASK_NEW)
                sum += asks->appeal[k].unlocked;
        if (sum > round->beneficiaries[row].max_value)
            return true;
    }
    return false;
}

static bool same_step(const AppealStep *a, const AppealStep *b)
{
    return a->need == b->need && a->state == b->state && llabs(a->value - b->value) <= PARTS;
}

/** Two appeals are the same, or both right: they part after a step for which others gave way, and which
 *  others do is open; each of the two steps where they part is proven to be the smallest ask, given what
 *  those others left. */
static void check_appeals(const Both *both, const Asks *fast, const Asks *plain)
{
    size_t least =
        fast->appeal_count < plain->appeal_count ? fast->appeal_count : plain->appeal_count;
    size_t at = 0;
    while (at < least && same_step(&fast->appeal[at], &plain->appeal[at]))
        at++;
    if (at == fast->appeal_count && at == plain->appeal_count)
        return;
    both->tally->appeals_apart++;
    print_message("%s: the appeals part at step %zu of %zu and %zu\n", both->name, at + 1,
                  fast->appeal_count, plain->appeal_count);
    bool more = at == plain->appeal_count; /* the network finds more steps, and no other ones */
    bool right = at < least && is_proven(&fast->appeal[at]) && is_proven(&plain->appeal[at]);
    if (more || (right && others_gave_way(both, fast, at)))
        return;
    pipeline_print(both->run);
    fail_msg("%s: the appeals differ and nothing says why", both->name);
}

static void check_asks(const Both *both)
{
    const Asks *fast, *plain;
    Pipeline *run = both->run;
    assert_int_equal(solve_asks(&both->widened, &both->plan, &both->fast, run->arena, &fast),
                     STATUS_OK);
    assert_int_equal(solve_asks(&both->widened, &both->plan, &both->plain, run->arena, &plain),
                     STATUS_OK);
    for (size_t n = 0; n < run->round.need_count; n++) {
        const NeedAsk *a = &fast->needs[n], *b = &plain->needs[n];
        both->tally->asks += a->state != ASK_NONE;
        both->tally->decided += a->state != ASK_NONE && a->state != ASK_OPEN;
        if (agree(both, a, b))
            continue;
        pipeline_print(run);
        fail_msg("%s: ask of %s: network %s (%d), program %s (%d)", both->name,
                 run->round.needs[n].id, ask_state_text(a->state), a->gift_count,
                 ask_state_text(b->state), b->gift_count);
    }
    check_appeals(both, fast, plain);
}

/* ---- prices ----------------------------------------------------------------------------------- */

static const Price *price_of(const Prices *prices, int lift)
{
    for (size_t i = 0; i < prices->count; i++)
        if (prices->prices[i].lift == lift)
            return &prices->prices[i];
    return NULL;
}

/** A tier whose needs count alike is worth what it gains. */
static bool counts_alike(const Round *round, int tier)
{
    for (size_t n = 0; n < round->need_count; n++)
        if (round->needs[n].tier == tier &&
            decimal_compare(round->needs[n].weight, decimal_make(1, 0)) != 0)
            return false;
    return true;
}

/** No need has more than it lacks; all of them together at least what is gained. */
static void check_needs(const Both *both, const Prices *fast, const Price *price)
{
    const Round *round = &both->run->round;
    int64_t all = 0, more = 0;
    for (size_t i = 0; i < price->need_count; i++) {
        assert_true(price->needs[i].more > 0);
        assert_true(price->needs[i].more <= both->plan.needs[price->needs[i].need].unmet);
        more += price->needs[i].more;
    }
    for (size_t s = 0; s < fast->step_count; s++) {
        double met = price->gain[s].met * (double)unit_scale(round->currency);
        all += price->gain[s].value;
        if (counts_alike(round, fast->steps[s].tier))
            assert_true(price->gain[s].value == llround(met));
    }
    assert_true(all == price->value && all <= more);
}

static void check_price(const Both *both, const Prices *fast, const Prices *plain, int lift)
{
    const Price *a = price_of(fast, lift), *b = price_of(plain, lift);
    const Lift *thing = &fast->lifts->lifts[lift];
    assert_true(b == NULL || b->tried);
    both->tally->prices += a != NULL;
    if (a != NULL)
        check_needs(both, fast, a);
    for (size_t s = 0; s < fast->step_count; s++) {
        double mine = a == NULL ? 0 : a->gain[s].met, its = b == NULL ? 0 : b->gain[s].met;
        if (fabs(mine - its) <= 0.01 * PARTS + 1e-8 * fabs(its))
            continue;
        pipeline_print(both->run);
        fail_msg("%s: %s of %s, line %d: %s gains %.9g by the network, %.9g by the program",
                 both->name, thing->column, thing->id, thing->origin.line, fast->steps[s].label,
                 mine, its);
    }
}

static void check_prices(const Both *both)
{
    const Prices *fast, *plain;
    Pipeline *run = both->run;
    assert_int_equal(solve_network_prices(&both->widened, &both->plan, run->arena, &fast),
                     STATUS_OK);
    assert_int_equal(solve_prices(&both->widened, &both->plan, &both->plain, run->arena, &plain),
                     STATUS_OK);
    assert_non_null(plain);
    both->tally->left += fast == NULL;
    if (fast == NULL)
        return;
    assert_int_equal(fast->step_count, plain->step_count);
    assert_int_equal(fast->lifts->count, plain->lifts->count);
    for (size_t l = 0; l < fast->lifts->count; l++)
        check_price(both, fast, plain, (int)l);
}

/* ---- rounds ----------------------------------------------------------------------------------- */

/** False where the round is no network, or its tables are wrong. */
static bool ask_both(const char *name, const char *dir, void *context)
{
    Tally *tally = context;
    const char *why = NULL;
    SolveResult result;
    Both both = {.name = name, .run = pipeline_formulate(dir, NULL, 0), .tally = tally};
    Pipeline *run = both.run;
    bool fits = run->status == STATUS_OK && class_network_fits(&run->round, &why, run->arena);
    if (fits)
        assert_int_equal(
            solve_fast(&run->round, run->pairs.sets, run->arena, &result, &both.plan, &why),
            STATUS_OK);
    fits = fits && why == NULL;
    if (fits) {
        both.fast = both.plain = solve_settings_of(&run->round);
        both.plain.sift_from = -1;
        both.parts = parts_apart(&both);
        tally->rounds++;
        check_ranges(&both);
        if (formulation_build_widened(&run->round, run->arena, &both.widened) == STATUS_OK) {
            check_asks(&both);
            check_prices(&both);
        }
    }
    pipeline_free(run);
    return fits;
}

static void agree_on_many(const char *name, uint64_t seed, RandomShape shape, const char *fairness)
{
    Tally tally = {0};
    network_rounds(seed, rounds_wanted(SMALL_ROUNDS), shape, fairness, ask_both, &tally);
    print_message(
        "%s: %d rounds, %d lines, %d of them free; %d asks, %d decided, %d gifts, %d of "
        "them sharper than the program's; %d appeals apart; %d prices, %d rounds left to the "
        "program\n",
        name, tally.rounds, tally.lines, tally.free, tally.asks, tally.decided, tally.gifts,
        tally.sharper, tally.appeals_apart, tally.prices, tally.left);
    assert_int_equal(tally.left, 0);
    assert_true(tally.free * 20 > tally.lines);
    assert_true(tally.decided * 10 > tally.asks * 9);
}

static void both_ways_agree_as_drawn(void **state)
{
    RandomShape shape = {.size = RANDOM_SMALL, .features = NETWORK_FEATURES};
    (void)state;
    agree_on_many("as drawn", 84000000, shape, NULL);
}

static void both_ways_agree_under_every_fairness(void **state)
{
    static const char *const FAIRNESS[] = {"beneficiary", "region", "category", "need", "none"};
    RandomShape shape = {.size = RANDOM_SMALL, .features = NETWORK_FEATURES & ~RANDOM_WEIGHTS};
    (void)state;
    for (size_t f = 0; f < sizeof FAIRNESS / sizeof *FAIRNESS; f++)
        agree_on_many(FAIRNESS[f], 85000000 + 1000000 * f, shape, FAIRNESS[f]);
}

static void both_ways_agree_in_rounds_as_in_life(void **state)
{
    Tally tally = {0};
    (void)state;
    network_rounds_as_in_life(LARGE_NEEDS, 1, ask_both, &tally);
    print_message("as in life: %d rounds, %d lines, %d free; %d asks, %d decided, %d gifts\n",
                  tally.rounds, tally.lines, tally.free, tally.asks, tally.decided, tally.gifts);
    assert_true(tally.rounds >= 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(both_ways_agree_as_drawn),
        cmocka_unit_test(both_ways_agree_under_every_fairness),
        cmocka_unit_test(both_ways_agree_in_rounds_as_in_life),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
