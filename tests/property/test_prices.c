/* Prices and worths against rounds decided anew: the thing is taken out of the tables of a tiny round,
 * or a quantity is written differently, and the round is solved as a whole.
 */
#include "allot/class_network.h"
#include "allot/prices.h"
#include "allot/worths.h"
#include "tests/support/pipeline.h"
#include "tests/support/random_round.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#ifdef __SANITIZE_ADDRESS__
enum { ROUNDS = 10 };
#else
enum { ROUNDS = 60 };
#endif

/* Tiers' values may differ by the rounding of money, and by what solvers let through. */
static const double NOISE = 0.05;

/** In these rounds money alone moves, and no group is to be treated fairly: every price is exact. */
enum {
    LINEAR = RANDOM_TIERS | RANDOM_CATEGORIES | RANDOM_CURRENCIES | RANDOM_BUDGETS |
             RANDOM_MAX_VALUE | RANDOM_MAX_SHARE | RANDOM_EARMARKS | RANDOM_WINDOWS | RANDOM_ODA |
             RANDOM_CIVIL | RANDOM_OVERHEAD | RANDOM_COVERED | RANDOM_WEIGHTS | RANDOM_COMMITMENTS |
             RANDOM_FORBID | RANDOM_LIMITS | RANDOM_LAPSES | RANDOM_PAIRS
};

static uint64_t rounds(void)
{
    const char *text = getenv("ALLOT_ROUNDS");
    return text == NULL ? ROUNDS : strtoull(text, NULL, 10);
}

/** @p linear: money moves to the cent; else in the steps that were drawn. */
static TextRound *draw(uint64_t seed, int features, bool linear)
{
    RandomShape shape = {.size = RANDOM_TINY, .features = features, .crowded = true};
    TextRound *text = random_round(seed, shape);
    TextTable *needs = text_table(text, "needs");
    for (size_t r = 0; linear && r < needs->count; r++)
        text_set(needs, r, "step", "%s", "");
    text_setting(text, "fairness", "none");
    text_setting(text, "gap", "0");
    text_setting(text, "nodes", "100000");
    return text;
}

static Pipeline *decide(const TextRound *text)
{
    char *dir = test_dir_make();
    text_round_write(text, dir);
    Pipeline *run = pipeline_run(dir, NULL, 0);
    test_dir_remove(dir);
    return run;
}

static bool has_plan(const Pipeline *run)
{
    return run->status == STATUS_OK && run->result.outcome == SOLVE_OPTIMAL;
}

/** The plan's value of the stage of this name. */
static double stage_of(const Pipeline *run, const char *label)
{
    for (size_t s = 0; s < run->plan.stage_count; s++)
        if (strcmp(run->plan.stages[s].label, label) == 0)
            return run->plan.stages[s].value;
    return 0;
}

static TextTable *table_of(TextRound *text, const Lift *lift)
{
    return text_table(text, dictionary_table(lift->origin.table)->name);
}

static size_t row_of(const Lift *lift)
{
    return (size_t)lift->origin.line - 2; /* below the headings */
}

/* ---- prices --------------------------------------------------------------------------------- */

/** Takes the thing out of the tables. False where that is not one cell or row. */
static bool take_out(TextRound *text, const Lift *lift)
{
    TextTable *table = table_of(text, lift);
    switch (lift->kind) {
    case LIFT_QUANTITY:
    case LIFT_BUDGET:
    case LIFT_LEAST:
    case LIFT_REQUIRES:
    case LIFT_BUNDLE:
    case LIFT_ALTERNATIVE: return false;
    case LIFT_LIMIT:
    case LIFT_FLOOR:
    case LIFT_RESERVE:
    case LIFT_COMMITMENT:
    case LIFT_FORBID:
    case LIFT_FORBIDDEN: text_remove_row(table, row_of(lift)); return *lift->each == '\0';
    default: text_set(table, row_of(lift), lift->column, "%s", ""); return true;
    }
}

static const Price *price_of(const Prices *prices, size_t lift)
{
    for (size_t i = 0; i < prices->count; i++)
        if (prices->prices[i].lift == (int)lift)
            return &prices->prices[i];
    return NULL;
}

static void fail_price(const TextRound *text, const Lift *lift, const char *label, double met,
                       double expected)
{
    text_round_print(text);
    fail_msg("seed %llu, %s of %s, line %d: %s gains %.9g, and %.9g when decided anew",
             (unsigned long long)text->seed, lift->column, lift->id, lift->origin.line, label, met,
             expected);
}

/** What was met is a plan's, so that the round decided anew is no worse; and no better than the bound. In
 *  linear rounds both are the same. Later tiers are compared as long as those before agree. */
static int compare_price(const TextRound *text, const Pipeline *run, const Prices *prices,
                         size_t index, const Pipeline *other)
{
    const Price *price = price_of(prices, index);
    const Lift *lift = &prices->lifts->lifts[index];
    for (size_t s = 0; s < prices->step_count; s++) {
        const char *label = prices->steps[s].label;
        double now = stage_of(run, label) - stage_of(other, label);
        double met = price == NULL ? 0 : price->gain[s].met;
        double most = price == NULL ? 0 : price->gain[s].most;
        double noise = NOISE + 1e-6 * fabs(stage_of(run, label));
        if (!prices->whole && fabs(now - met) > noise)
            fail_price(text, lift, label, met, now);
        if (prices->whole && price != NULL && (met > now + noise || most < now - noise))
            fail_price(text, lift, label, met, now);
        if (fabs(now) > noise && prices->whole)
            return price != NULL;
    }
    return price != NULL;
}

/** Solved for, or (@p network) told by flows; NULL: the round is no network. */
static const Prices *prices_of(Pipeline *run, bool network)
{
    Formulation *widened = ARENA_NEW(run->arena, 1, Formulation);
    SolveSettings settings = solve_settings_of(&run->round);
    const Prices *prices = NULL;
    const char *why;
    if (network && !class_network_fits(&run->round, &why, run->arena))
        return NULL;
    assert_int_equal(formulation_build_widened(&run->round, run->arena, widened), STATUS_OK);
    if (network)
        assert_int_equal(solve_network_prices(widened, &run->plan, run->arena, &prices), STATUS_OK);
    else
        assert_int_equal(solve_prices(widened, &run->plan, &settings, run->arena, &prices),
                         STATUS_OK);
    assert_true(network || prices != NULL);
    return prices;
}

static int compare_prices(const TextRound *text, Pipeline *run, bool network)
{
    const Prices *prices = prices_of(run, network);
    int compared = 0;
    if (prices == NULL)
        return 0;
    for (size_t k = 0; k < prices->lifts->count; k++) {
        TextRound *without = text_round_copy(text);
        if (take_out(without, &prices->lifts->lifts[k])) {
            Pipeline *other = decide(without);
            if (has_plan(other))
                compared += compare_price(text, run, prices, k, other);
            pipeline_free(other);
        }
        text_round_free(without);
    }
    return compared;
}

/** Draws so many rounds from @p first on; returns how many prices were compared. */
static int compare_drawn(uint64_t first, uint64_t count, int features, bool linear, bool network)
{
    int compared = 0;
    for (uint64_t seed = first; seed < first + count; seed++) {
        TextRound *text = draw(seed, features, linear);
        Pipeline *run = decide(text);
        if (has_plan(run))
            compared += compare_prices(text, run, network);
        pipeline_free(run);
        text_round_free(text);
    }
    print_message("%d prices%s\n", compared, network ? " by flows" : "");
    return compared;
}

static void every_price_is_what_the_round_without_the_thing_gains(void **state)
{
    (void)state;
    assert_true(compare_drawn(910000, rounds(), LINEAR, true, false) > (int)rounds() / 2);
}

/** In these the class network can tell. */
enum {
    NETWORK = RANDOM_TIERS | RANDOM_CATEGORIES | RANDOM_BUDGETS | RANDOM_MAX_VALUE |
              RANDOM_EARMARKS | RANDOM_WINDOWS | RANDOM_PARENTS | RANDOM_COVERED | RANDOM_WEIGHTS |
              RANDOM_FORBID | RANDOM_LAPSES
};

static void every_price_by_flows_is_what_the_round_without_the_thing_gains(void **state)
{
    (void)state;
    assert_true(compare_drawn(915000, 2 * rounds(), NETWORK, true, true) > (int)rounds() / 2);
}

static void prices_of_whole_things_are_kept_between_found_and_most(void **state)
{
    (void)state;
    assert_true(compare_drawn(920000, rounds() / 2, LINEAR | RANDOM_THINGS | RANDOM_BOUGHT, false,
                              false) > (int)rounds() / 20);
}

/* ---- worths --------------------------------------------------------------------------------- */

/** The round with another quantity of it. */
static Pipeline *with_quantity(const TextRound *text, const Worths *worths, const Lift *lift,
                               int64_t quantity)
{
    char amount[40];
    TextRound *other = text_round_copy(text);
    unit_format(lift_rule(worths->lifts, lift)->unit, quantity, amount);
    text_set(table_of(other, lift), row_of(lift), lift->column, "%s", amount);
    Pipeline *run = decide(other);
    text_round_free(other);
    return run;
}

/** One quantity's worths and the round they were found for. */
typedef struct Question {
    const TextRound *text;
    const Pipeline *run;
    const Worths *worths;
    const Worth *of; /* [step_count] */
    const Lift *lift;
    int64_t today;
    double scale;
} Question;

/** Values of the steps up to @p last at another quantity are those of the line; those before it stay.
 *  @p last -1: all stay. *worse: the first that differs is worse than that. */
static bool is_on_line(const Question *q, int64_t quantity, int last, double slope, bool *worse)
{
    Pipeline *other = with_quantity(q->text, q->worths, q->lift, quantity);
    bool on = true;
    *worse = !has_plan(other);
    for (size_t s = 0; has_plan(other) && on && s < q->worths->step_count; s++) {
        const char *label = q->worths->steps[s].label;
        double then = stage_of(other, label), now = stage_of(q->run, label);
        if ((int)s == last)
            now -= slope * (double)(quantity - q->today) / q->scale;
        on = fabs(then - now) <= NOISE + 1e-6 * fabs(now);
        *worse = then > now;
        if ((int)s == last)
            break;
    }
    on = on && has_plan(other);
    pipeline_free(other);
    return on;
}

static void expect(const Question *q, const char *what, int64_t quantity, int last, double slope,
                   bool on)
{
    bool worse;
    bool is_on = is_on_line(q, quantity, last, slope, &worse);
    if (is_on == on && (on || worse))
        return;
    text_round_print(q->text);
    fail_msg("seed %llu, %s of %s, %s: slope %.9g at %lld, today %lld, step %d",
             (unsigned long long)q->text->seed, q->lift->column, q->lift->id, what, slope,
             (long long)quantity, (long long)q->today, last);
}

/** One more of it: the first step that gains, at a step more, at the end of the range and beyond. */
static int ask_more(const Question *q)
{
    size_t s = 0;
    while (s < q->worths->step_count && q->of[s].more.known && q->of[s].more.slope == 0)
        s++;
    if (s == q->worths->step_count) {
        expect(q, "more is worth nothing", q->today * 2 + (int64_t)q->scale * 100, -1, 0, true);
        return 0;
    }
    const WorthSide *side = &q->of[s].more;
    assert_true(side->known);
    int64_t step = (int64_t)q->scale, beyond = side->until + 10 * step;
    if (side->until - q->today > step)
        expect(q, "one more", q->today + step, (int)s, side->slope, true);
    expect(q, "end of more", side->until, (int)s, side->slope, true);
    if (10 * side->slope > 1)
        expect(q, "beyond more", beyond, (int)s, side->slope, false);
    return 1;
}

/** One less: steps that can do with less, then the first that cannot. */
static int ask_less(const Question *q)
{
    int64_t step = (int64_t)q->scale;
    size_t s = 0;
    for (; s < q->worths->step_count && q->of[s].less.known && q->of[s].less.slope == 0; s++) {
        if (q->of[s].less.needed) {
            text_round_print(q->text);
            fail_msg("seed %llu, %s of %s: needed before it is worth something (step %zu)",
                     (unsigned long long)q->text->seed, q->lift->column, q->lift->id, s);
        }
        if (s + 1 == q->worths->step_count || q->of[s + 1].less.slope > 0)
            expect(q, "end of what can be spared", q->of[s].less.until, (int)s, 0, true);
    }
    if (s == q->worths->step_count)
        return 0;
    const WorthSide *side = &q->of[s].less;
    assert_true(side->known);
    if (q->today - side->until > step)
        expect(q, "one less", q->today - step, (int)s, side->slope, true);
    expect(q, "end of less", side->until, (int)s, side->slope, true);
    if (side->until > 10 * step && side->slope > 0.1)
        expect(q, "beyond less", side->until - 10 * step, (int)s, side->slope, false);
    for (size_t later = s + 1; later < q->worths->step_count; later++)
        assert_true(q->of[later].less.needed);
    return 1;
}

static int compare_worths(const TextRound *text, Pipeline *run)
{
    int asked = 0;
    const Worths *worths = pipeline_worths(run);
    assert_non_null(worths);
    for (size_t i = 0; i < worths->count; i += worths->step_count) {
        const Lift *lift = &worths->lifts->lifts[worths->worths[i].lift];
        const Rule *rule = lift_rule(worths->lifts, lift);
        Question q = {text,
                      run,
                      worths,
                      &worths->worths[i],
                      lift,
                      rule->upper,
                      (double)unit_scale(rule->unit)};
        asked += ask_more(&q);
        asked += ask_less(&q);
    }
    return asked;
}

static void a_worth_is_what_rounds_with_more_and_less_of_it_say(void **state)
{
    int asked = 0;
    (void)state;
    for (uint64_t seed = 930000; seed < 930000 + rounds(); seed++) {
        TextRound *text = draw(seed, LINEAR & ~RANDOM_COMMITMENTS, true);
        Pipeline *run = decide(text);
        if (has_plan(run))
            asked += compare_worths(text, run);
        pipeline_free(run);
        text_round_free(text);
    }
    print_message("%d slopes\n", asked);
    assert_true(asked > (int)rounds() / 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_price_is_what_the_round_without_the_thing_gains),
        cmocka_unit_test(every_price_by_flows_is_what_the_round_without_the_thing_gains),
        cmocka_unit_test(prices_of_whole_things_are_kept_between_found_and_most),
        cmocka_unit_test(a_worth_is_what_rounds_with_more_and_less_of_it_say),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
