/* Asks against every plan there is: what is asked is written into the tables of a tiny round, and a plan
 * that meets the need with nobody losing is looked for by trying all; with less than is proven to be
 * the least there must be none; and likewise for offers that are said not to be enough alone.
 */
#include "tests/support/brute_internal.h"
#include "tests/support/brute_plan.h"
#include "tests/support/reason_things.h"
#include "tests/support/solved_rounds.h"

#include <stdlib.h>
#include <string.h>

#ifdef __SANITIZE_ADDRESS__
enum { ROUNDS = 12, PLANS_MOST = 20000 };
#else
enum { ROUNDS = 80, PLANS_MOST = 50000 };
#endif

/* More than all needs of a tiny round take. */
static const int64_t PLENTY = 100000;

static uint64_t rounds(void)
{
    return rounds_wanted(ROUNDS);
}

typedef struct Tally {
    int needs, enough, least, refused, stopped, together, nothing, loosened, appeals;
    int states[ASK_OPEN + 1];
    int inexact, too_many, unread, unmatched, mismatches;
} Tally;

/** One round, its plan, and the need asked about. */
typedef struct Inquiry {
    BrutePlan plan;
    const Asks *asks;
    int need; /* -1: the appeal as a whole */
    Tally *tally;
} Inquiry;

/* ---- looking for a plan --------------------------------------------------------------------- */

/** Every tier keeps its value, and but for the need's own the shares of its groups; outcomes of its own
 *  that are met stay met. */
static bool fits(const int64_t *x, void *context)
{
    const Inquiry *q = context;
    int own = q->need < 0 ? 0 : q->plan.run->round.needs[q->need].tier;
    return brute_plan_keeps_tiers(&q->plan, x, own, true) &&
           brute_plan_keeps_outcomes(&q->plan, x, own, q->need);
}

static void set_least(int64_t *least, void *context)
{
    const Inquiry *q = context;
    const Round *round = &q->plan.run->round;
    for (size_t n = 0; n < round->need_count; n++) {
        int64_t has = (int64_t)brute_given(q->plan.brute, q->plan.x, n);
        bool equal = q->need >= 0 && round->needs[n].tier == round->needs[q->need].tier;
        least[n] = (int)n == q->need ? round->needs[n].wanted : equal ? has : 0;
    }
    for (size_t i = 0; q->need < 0 && i < q->asks->appeal_count; i++) {
        const AppealStep *step = &q->asks->appeal[i];
        if (step->state != ASK_NEW)
            least[step->need] = round->needs[step->need].wanted;
    }
}

/** Reads the tables as they are now and tries every plan. */
static BruteFound try_tables(Inquiry *q, const TextRound *text)
{
    BruteSearch search = {NULL, set_least, fits, q, PLANS_MOST};
    bool unread;
    BruteFound found = brute_plan_search(&q->plan, text, &search, &unread);
    q->tally->unread += unread;
    q->tally->too_many += !unread && found == BRUTE_TOO_MANY;
    return found;
}

/* ---- what is asked, in the tables ---------------------------------------------------------------- */

/** More than the cell says, of @p extra in @p from, rounded up. */
static void add_to_cell(TextTable *table, size_t row, const char *column, const Round *round,
                        Unit unit, int64_t before, Unit from, int64_t extra)
{
    Ratio rate = ratio_of(1, 1);
    int64_t more;
    char amount[40];
    if (from.name != unit.name)
        assert_true(round_convert(round, from, unit, &rate));
    assert_true(ratio_apply(extra, rate, ROUND_UP, &more));
    unit_format(unit, before + more, amount);
    text_set(table, row, column, "%s", amount);
}

/** @p extra [offer_count] on top of every offer, what it is paid out of and its donor's budget. */
static BruteFound with_extra(Inquiry *q, const int64_t *extra)
{
    const Round *round = &q->plan.run->round;
    TextRound *text = text_round_copy(q->plan.text);
    TextTable *offers = text_table(text, "offers"), *donors = text_table(text, "donors");
    int64_t *grown = ARENA_NEW(q->plan.run->arena, round->offer_count, int64_t);
    int64_t *budget = ARENA_NEW(q->plan.run->arena, round->donor_count + 1, int64_t);
    for (size_t o = 0; o < round->offer_count; o++) {
        Unit from = round->offers[o].unit;
        const Offer *root = &round->offers[round->offers[o].root];
        int64_t more;
        Ratio rate;
        for (int up = (int)o; extra[o] > 0 && up >= 0; up = round->offers[up].parent_row) {
            rate = ratio_of(1, 1);
            if (from.name != round->offers[up].unit.name)
                assert_true(round_convert(round, from, round->offers[up].unit, &rate));
            assert_true(ratio_apply(extra[o], rate, ROUND_UP, &more));
            grown[up] += more;
        }
        if (extra[o] > 0 && root->unit.is_money && root->donor_row >= 0 &&
            round->donors[root->donor_row].has_budget) {
            Unit unit = round_unit(round, round->donors[root->donor_row].currency);
            assert_true(round_convert(round, from, unit, &rate));
            assert_true(ratio_apply(extra[o], rate, ROUND_UP, &more));
            budget[root->donor_row] += more;
        }
    }
    for (size_t o = 0; o < round->offer_count; o++)
        if (grown[o] > 0)
            add_to_cell(offers, (size_t)text_find(offers, "id", round->offers[o].id), "quantity",
                        round, round->offers[o].unit, round->offers[o].quantity,
                        round->offers[o].unit, grown[o]);
    for (size_t d = 0; d < round->donor_count; d++) {
        Unit unit = round_unit(round, round->donors[d].currency);
        if (budget[d] > 0)
            add_to_cell(donors, (size_t)text_find(donors, "id", round->donors[d].id), "budget",
                        round, unit, round->donors[d].budget, unit, budget[d]);
    }
    BruteFound found = try_tables(q, text);
    text_round_free(text);
    return found;
}

static BruteFound with_one(Inquiry *q, int offer, int64_t extra)
{
    int64_t *all = ARENA_NEW(q->plan.run->arena, q->plan.run->round.offer_count, int64_t);
    all[offer] = extra;
    return with_extra(q, all);
}

static void mismatch(Inquiry *q, const char *why, const char *offer, int64_t extra)
{
    q->tally->mismatches++;
    text_round_print(q->plan.text);
    pipeline_print(q->plan.run);
    print_error("MISMATCH seed %llu, need %s, offer %s, %lld: %s\n",
                (unsigned long long)q->plan.text->seed,
                q->need < 0 ? "(appeal)" : q->plan.run->round.needs[q->need].id, offer,
                (long long)extra, why);
}

/* ---- what is said of a need ----------------------------------------------------------------- */

static void check_gift(Inquiry *q, const AskGift *gift)
{
    const Offer *offer = &q->plan.run->round.offers[gift->offer];
    BruteFound found = with_one(q, gift->offer, gift->extra);
    int64_t half = offer->unit.places == 0 ? 100 : unit_scale(offer->unit) / 2;
    q->tally->enough += found == BRUTE_FOUND;
    q->tally->inexact += gift->least < gift->extra;
    if (found == BRUTE_NONE)
        mismatch(q, "it is not enough", offer->id, gift->extra);
    if (gift->least <= half)
        return;
    found = with_one(q, gift->offer, gift->least - half); /* a part less is noise to a double */
    q->tally->least += found == BRUTE_NONE;
    if (found == BRUTE_FOUND)
        mismatch(q, "less would do", offer->id, gift->least - half);
}

static void check_refusals(Inquiry *q, const NeedAsk *ask)
{
    const Round *round = &q->plan.run->round;
    for (int i = 0; i < ask->refusal_count; i++) {
        int offer = ask->refusals[i].offer;
        BruteFound found = with_one(q, offer, PLENTY * unit_scale(round->offers[offer].unit));
        q->tally->refused += found == BRUTE_NONE;
        if (found == BRUTE_FOUND)
            mismatch(q, "it can alone", round->offers[offer].id, 0);
    }
}

static void check_stopped(Inquiry *q)
{
    const Round *round = &q->plan.run->round;
    int64_t *all = ARENA_NEW(q->plan.run->arena, round->offer_count, int64_t);
    for (size_t o = 0; o < round->offer_count; o++)
        if (brute_may_serve(q->plan.brute, q->need, (int)o))
            all[o] = PLENTY * unit_scale(round->offers[o].unit);
    BruteFound found = with_extra(q, all);
    q->tally->stopped += found == BRUTE_NONE;
    if (found == BRUTE_FOUND)
        mismatch(q, "more of its offers does meet it", "", 0);
}

static void check_together(Inquiry *q, const NeedAsk *ask)
{
    int64_t *all = ARENA_NEW(q->plan.run->arena, q->plan.run->round.offer_count, int64_t);
    for (int i = 0; i < ask->gift_count; i++)
        all[ask->gifts[i].offer] = ask->gifts[i].extra;
    BruteFound found = with_extra(q, all);
    q->tally->together += found == BRUTE_FOUND;
    if (found == BRUTE_NONE)
        mismatch(q, "all of them are not enough", "", 0);
}

/** The things that are loosened as those of the tables; false where one is no such: a bar, one
 *  combination of a split rule. */
static bool match(const Things *things, const NeedAsk *ask, const Thing **set)
{
    bool taken[THINGS_MOST] = {false};
    for (int c = 0; c < ask->loosen_count; c++) {
        set[c] = NULL;
        for (size_t i = 0; i < things->count && set[c] == NULL; i++)
            if (!taken[i] && is_cause(&things->things[i], &ask->loosen[c])) {
                set[c] = &things->things[i];
                taken[i] = true;
            }
        if (set[c] == NULL || *ask->loosen[c].each != '\0' ||
            strcmp(ask->loosen[c].column, "civil_share") == 0) /* which may bar pairs */
            return false;
    }
    return true;
}

static BruteFound without(Inquiry *q, const Thing *const *set, size_t count)
{
    TextRound *text = text_round_copy(q->plan.text);
    take_out(text, set, count);
    BruteFound found = try_tables(q, text);
    text_round_free(text);
    return found;
}

static void check_loosened(Inquiry *q, const NeedAsk *ask)
{
    Things things;
    const Thing *set[THINGS_MOST], *rest[THINGS_MOST];
    size_t count = (size_t)ask->loosen_count;
    if (count == 0)
        return;
    list_things(q->plan.text, &q->plan.run->round, q->plan.brute, q->plan.x, q->need, &things);
    if (!match(&things, ask, set)) {
        q->tally->unmatched++;
        return;
    }
    BruteFound found = without(q, set, count);
    q->tally->loosened += found == BRUTE_FOUND;
    if (found == BRUTE_NONE)
        mismatch(q, "loosening all of it does not help", ask->loosen[0].id, 0);
    for (size_t i = 0; i < count; i++) {
        memcpy(rest, set, i * sizeof(Thing *));
        memcpy(rest + i, set + i + 1, (count - i - 1) * sizeof(Thing *));
        if (without(q, rest, count - 1) == BRUTE_FOUND)
            mismatch(q, "it helps without this one", set[i]->table, (int64_t)set[i]->row);
    }
}

static void check_need(Inquiry *q)
{
    const NeedAsk *ask = &q->asks->needs[q->need];
    q->tally->states[ask->state]++;
    q->tally->needs += ask->state != ASK_NONE;
    for (int i = 0; ask->state == ASK_ONE && i < ask->gift_count; i++)
        check_gift(q, &ask->gifts[i]);
    check_refusals(q, ask);
    if (ask->state == ASK_STOPPED)
        check_stopped(q);
    if (ask->state == ASK_TOGETHER)
        check_together(q, ask);
    if (ask->state == ASK_NOTHING) {
        BruteFound found = with_one(q, 0, 0);
        q->tally->nothing += found == BRUTE_FOUND;
        if (found == BRUTE_NONE)
            mismatch(q, "something has to be added", "", 0);
    }
    check_loosened(q, ask);
}

/** Everything asked in the appeal at once: its needs are met, and no tier has less. */
static void check_appeal(Inquiry *q)
{
    int64_t *all = ARENA_NEW(q->plan.run->arena, q->plan.run->round.offer_count, int64_t);
    q->need = -1;
    if (q->asks->appeal_count == 0)
        return;
    for (size_t i = 0; i < q->asks->appeal_count; i++)
        for (int k = 0; k < q->asks->appeal[i].gift_count; k++)
            all[q->asks->appeal[i].gifts[k].offer] += q->asks->appeal[i].gifts[k].extra;
    for (size_t i = 0; i < q->asks->appeal_count; i++)
        if (q->asks->appeal[i].state == ASK_NEW)
            return; /* the table has no such offer */
    BruteFound found = with_extra(q, all);
    q->tally->appeals += found == BRUTE_FOUND;
    if (found == BRUTE_NONE)
        mismatch(q, "the whole appeal does not meet its needs", "", 0);
}

/* ---- rounds --------------------------------------------------------------------------------- */

static void check_plan(const TextRound *text, Pipeline *run, void *context)
{
    pipeline_asks(run);
    Inquiry q = {
        .plan = brute_plan_take(text, run), .asks = run->plan.answers.asks, .tally = context};
    for (q.need = 0; q.need < (int)run->round.need_count; q.need++)
        check_need(&q);
    check_appeal(&q);
}

static void check_rounds(const char *name, uint64_t first_seed, RandomShape shape)
{
    Tally tally = {0};
    solved_rounds(first_seed, rounds(), shape, check_plan, &tally);
    print_message("%s: %d needs; %d gifts enough, %d with less not, %d not proven least; %d "
                  "refused, %d stopped, %d together, %d nothing, %d loosened, %d not matched, %d "
                  "appeals; %d asked in vain, %d unread\n",
                  name, tally.needs, tally.enough, tally.least, tally.inexact, tally.refused,
                  tally.stopped, tally.together, tally.nothing, tally.loosened, tally.unmatched,
                  tally.appeals, tally.too_many, tally.unread);
    for (int s = 1; s <= ASK_OPEN; s++)
        print_message("  %s %d\n", ask_state_text((AskState)s), tally.states[s]);
    assert_int_equal(tally.mismatches, 0);
    assert_true(tally.enough + tally.refused + tally.stopped + tally.loosened > (int)rounds() / 4);
}

static void asks_are_enough_and_least_in_rounds_of_everything(void **state)
{
    (void)state;
    check_rounds("everything", 910000, TINY_EVERYTHING);
}

static void asks_are_enough_and_least_in_linear_rounds(void **state)
{
    (void)state;
    check_rounds("linear", 920000, TINY_LINEAR);
}

static void asks_are_enough_and_least_in_rounds_of_wholes(void **state)
{
    (void)state;
    check_rounds("wholes", 930000, TINY_WHOLES);
}

static void asks_are_enough_and_least_in_rounds_of_logic(void **state)
{
    (void)state;
    check_rounds("logic", 940000, TINY_LOGIC);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(asks_are_enough_and_least_in_rounds_of_everything),
        cmocka_unit_test(asks_are_enough_and_least_in_linear_rounds),
        cmocka_unit_test(asks_are_enough_and_least_in_rounds_of_wholes),
        cmocka_unit_test(asks_are_enough_and_least_in_rounds_of_logic),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
