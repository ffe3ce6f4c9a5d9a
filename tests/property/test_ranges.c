/* The least and the most of every line of a plan, and who carries it where it is least, against every
 * plan of tiny rounds that comes out as well in every published stage.
 */
#include "tests/support/brute.h"
#include "tests/support/solved_rounds.h"

#include <stdlib.h>
#include <string.h>

/* Fewer under the sanitizers, which are an order slower; ALLOT_ROUNDS overrides. */
#ifdef __SANITIZE_ADDRESS__
enum { ROUNDS = 40, PLANS_MOST = 20000 };
#else
enum { ROUNDS = 200, PLANS_MOST = 100000 };
#endif

static uint64_t rounds(void)
{
    return rounds_wanted(ROUNDS);
}

typedef struct Tally {
    int lines, forced, free, at_least, not_decided, carried, too_many, mismatches;
} Tally;

/** All plans as good as one, tried. */
typedef struct Trial {
    const TextRound *text;
    const Pipeline *run;
    const Ranges *ranges;
    Brute *brute;
    int64_t *plan;         /* [cells] the plan; a cell is need * offers + offer */
    double *want, *values; /* [stages] */
    int64_t *least, *most; /* [cells] over them */
    bool *carried;         /* [lines] one of them is what the line's range says of its least */
    Tally *tally;
} Trial;

static size_t cell_of(const Trial *t, int need, int offer)
{
    return (size_t)need * t->run->round.offer_count + (size_t)offer;
}

static int64_t more_of(const LineRange *range, int offer)
{
    for (int k = 0; k < range->other_count; k++)
        if (range->others[k].offer == offer)
            return range->others[k].quantity;
    return 0;
}

/** Is the plan @p x one where the line is least and others carry it as its range says? */
static bool is_carried(const Trial *t, const int64_t *x, size_t index)
{
    const Assignment *line = &t->run->plan.assignments[index];
    const LineRange *range = &t->ranges->lines[index];
    int64_t gone = 0;
    for (int o = 0; o < (int)t->run->round.offer_count; o++) {
        size_t cell = cell_of(t, line->need, o);
        int64_t more = x[cell] - t->plan[cell];
        gone -= more;
        if (o == line->offer ? x[cell] != range->least : (more > 0 ? more : 0) != more_of(range, o))
            return false;
    }
    return (gone > 0 ? gone : 0) == range->short_by;
}

/** Notes a plan that is as good; none is ever the one looked for, so that all are tried. */
static bool note_plan(const int64_t *x, void *context)
{
    Trial *t = context;
    const char *what;
    size_t at, cells = t->run->round.need_count * t->run->round.offer_count;
    brute_values(t->brute, x, t->values);
    if (brute_compare(t->brute, t->values, t->want, &at) != 0 ||
        brute_judge(t->brute, x, &what) != BRUTE_KEPT)
        return false;
    for (size_t c = 0; c < cells; c++) {
        t->least[c] = x[c] < t->least[c] ? x[c] : t->least[c];
        t->most[c] = x[c] > t->most[c] ? x[c] : t->most[c];
    }
    for (size_t i = 0; i < t->run->plan.assignment_count; i++)
        t->carried[i] = t->carried[i] || is_carried(t, x, i);
    return false;
}

static void mismatch(Trial *t, size_t index, const char *why)
{
    const Assignment *line = &t->run->plan.assignments[index];
    const LineRange *range = &t->ranges->lines[index];
    size_t cell = cell_of(t, line->need, line->offer);
    if (t->tally->mismatches++ == 0) {
        text_round_print(t->text);
        pipeline_print(t->run);
    }
    print_error("MISMATCH seed %llu, %s <- %s: %s; said %s %lld .. %lld, tried %lld .. %lld\n",
                (unsigned long long)t->text->seed, t->run->round.needs[line->need].id,
                t->run->round.offers[line->offer].id, why, range_proof_text(range->proof),
                (long long)range->least, (long long)range->most, (long long)t->least[cell],
                (long long)t->most[cell]);
    for (int k = 0; k < range->other_count; k++)
        print_error("  %s carries %lld\n", t->run->round.offers[range->others[k].offer].id,
                    (long long)range->others[k].quantity);
}

static void check_line(Trial *t, size_t index)
{
    const Assignment *line = &t->run->plan.assignments[index];
    const LineRange *range = &t->ranges->lines[index];
    size_t cell = cell_of(t, line->need, line->offer);
    bool equal = range->least == t->least[cell] && range->most == t->most[cell];
    t->tally->lines++;
    t->tally->forced += range->proof == RANGE_FORCED;
    t->tally->free += range->proof == RANGE_FREE;
    t->tally->at_least += range->proof == RANGE_AT_LEAST;
    t->tally->not_decided += range->proof == RANGE_NOT_DECIDED;
    t->tally->carried += range->other_count > 0;
    if (range->least < t->least[cell] || range->most > t->most[cell])
        mismatch(t, index, "there is no such plan");
    if ((range->proof == RANGE_FREE || range->proof == RANGE_FORCED) && !equal)
        mismatch(t, index, "there are plans beyond");
    if (range->proof == RANGE_FORCED && range->least < range->most)
        mismatch(t, index, "forced, and moves");
    if (range->least < line->quantity && !t->carried[index])
        mismatch(t, index, "nobody carries it so");
}

static void check_ranges(const TextRound *text, Pipeline *run, void *context)
{
    Tally *tally = context;
    size_t cells = run->round.need_count * run->round.offer_count;
    Trial t = {.text = text, .run = run, .tally = tally};
    SolveSettings settings = solve_settings_of(&run->round);
    assert_int_equal(solve_ranges(&run->form, &run->plan, &settings, run->arena, &t.ranges),
                     STATUS_OK);
    t.brute = brute_new(&run->round, run->arena);
    t.plan = ARENA_NEW(run->arena, cells, int64_t);
    t.least = ARENA_NEW(run->arena, cells, int64_t);
    t.most = ARENA_NEW(run->arena, cells, int64_t);
    t.want = ARENA_NEW(run->arena, brute_stage_count(t.brute), double);
    t.values = ARENA_NEW(run->arena, brute_stage_count(t.brute), double);
    t.carried = ARENA_NEW(run->arena, run->plan.assignment_count, bool);
    int64_t *least = ARENA_NEW(run->arena, run->round.need_count, int64_t);
    brute_take(t.brute, &run->plan, t.plan);
    brute_values(t.brute, t.plan, t.want);
    memcpy(t.least, t.plan, cells * sizeof *t.least);
    memcpy(t.most, t.plan, cells * sizeof *t.most);
    BruteWish all = {.least = least, .fits = note_plan, .context = &t};
    if (brute_find(t.brute, &all, PLANS_MOST) == BRUTE_TOO_MANY) {
        tally->too_many++;
        return;
    }
    for (size_t i = 0; i < run->plan.assignment_count; i++)
        check_line(&t, i);
}

static void check_rounds(const char *name, uint64_t first_seed, RandomShape shape)
{
    Tally tally = {0};
    solved_rounds(first_seed, rounds(), shape, check_ranges, &tally);
    print_message("%s: %d lines, %d forced, %d free, %d free at least, %d not decided; %d carried "
                  "by others, %d rounds too large\n",
                  name, tally.lines, tally.forced, tally.free, tally.at_least, tally.not_decided,
                  tally.carried, tally.too_many);
    assert_int_equal(tally.mismatches, 0);
    assert_true(tally.forced > (int)rounds() / 10);
    assert_true(tally.carried >= (int)rounds() / 400);
}

static void ranges_hold_in_rounds_of_everything(void **state)
{
    RandomShape shape = {.size = RANDOM_TINY, .features = RANDOM_EVERYTHING, .exact = true};
    (void)state;
    check_rounds("everything", 910000, shape);
}

/** What most rounds below have besides. */
enum {
    COMMON = RANDOM_THINGS | RANDOM_BOUGHT | RANDOM_TIERS | RANDOM_WEIGHTS | RANDOM_FAIRNESS |
             RANDOM_MEASURE | RANDOM_COVERED | RANDOM_STEPS | RANDOM_BASIS | RANDOM_COSTS
};

static void ranges_hold_in_rounds_of_money(void **state)
{
    RandomShape shape = {.size = RANDOM_TINY,
                         .features = RANDOM_EVERYTHING & ~(RANDOM_THINGS | RANDOM_PAIRS |
                                                           RANDOM_FLOORS | RANDOM_WHOLES),
                         .exact = true};
    (void)state;
    check_rounds("money", 920000, shape);
}

static void ranges_hold_in_rounds_of_wholes(void **state)
{
    RandomShape shape = {.size = RANDOM_TINY,
                         .features = COMMON | RANDOM_WHOLES | RANDOM_COMMITMENTS,
                         .exact = true,
                         .wholes = WHOLE_MINIMA | WHOLE_INDIVISIBLE | WHOLE_TICKETS |
                                   WHOLE_TICKET_RULES | WHOLE_MAX_DONORS | WHOLE_MAX_NEEDS |
                                   WHOLE_COUNT_RULES | WHOLE_REQUIRES | WHOLE_BUNDLES |
                                   WHOLE_ALTERNATIVES | WHOLE_OUTCOMES};
    (void)state;
    check_rounds("wholes", 930000, shape);
}

static void ranges_hold_in_rounds_of_late_stages(void **state)
{
    RandomShape shape = {.size = RANDOM_TINY,
                         .features = COMMON | RANDOM_WHOLES | RANDOM_CURRENCIES | RANDOM_LAPSES |
                                     RANDOM_PARENTS | RANDOM_OVERHEAD | RANDOM_BUDGETS,
                         .exact = true,
                         .wholes = WHOLE_FEES | WHOLE_BURDEN | WHOLE_SPLITS | WHOLE_ORDER};
    (void)state;
    check_rounds("late stages", 940000, shape);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ranges_hold_in_rounds_of_everything),
        cmocka_unit_test(ranges_hold_in_rounds_of_money),
        cmocka_unit_test(ranges_hold_in_rounds_of_wholes),
        cmocka_unit_test(ranges_hold_in_rounds_of_late_stages),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
