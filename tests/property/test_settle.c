/* Answers to a plan, settled: tiny random rounds are decided, their lines answered at random, and the
 * round decided again. Agreed lines stand to the cent, declined pairs give nothing, the check passes,
 * and of all plans there are none reaches more in the tiers, or there as much and moves less.
 */
#include "allot/replies.h"
#include "tests/support/brute.h"
#include "tests/support/pipeline.h"
#include "tests/support/random_round.h"

#include <stdlib.h>

#ifdef __SANITIZE_ADDRESS__
enum { ROUNDS = 40, PLANS_MOST = 20000 };
#else
enum { ROUNDS = 200, PLANS_MOST = 100000 };
#endif

static uint64_t rounds(void)
{
    const char *text = getenv("ALLOT_ROUNDS");
    return text == NULL ? ROUNDS : strtoull(text, NULL, 10);
}

typedef struct Tally {
    int compared, no_plan, agreed, less, declined;
} Tally;

/** The lines of a plan as the plan before. */
static void keep_lines(const Plan *plan, Round *round)
{
    PreviousLine *lines = ARENA_NEW(round->arena, plan->assignment_count, PreviousLine);
    assert_non_null(lines);
    for (size_t i = 0; i < plan->assignment_count; i++)
        lines[i] = (PreviousLine){plan->assignments[i].need, plan->assignments[i].offer,
                                  plan->assignments[i].quantity};
    round->previous = lines;
    round->previous_count = plan->assignment_count;
    round->has_previous = true;
}

/** Answers to about three lines in four; a line of one step cannot be agreed to in part. */
static Replies *draw_answers(const Plan *plan, const Round *round, TestRandom *random, Tally *tally)
{
    Replies *replies = ARENA_NEW(round->arena, 1, Replies);
    assert_non_null(replies);
    replies->rows = ARENA_NEW(round->arena, plan->assignment_count, Reply);
    assert_non_null(replies->rows);
    for (size_t i = 0; i < plan->assignment_count; i++) {
        const Assignment *line = &plan->assignments[i];
        int64_t step = round->needs[line->need].step, steps = line->quantity / step;
        Reply reply = {.need = line->need,
                       .offer = line->offer,
                       .planned = line->quantity,
                       .other_need = -1,
                       .comment = "",
                       .source = "drawn",
                       .turn = 1,
                       .author = round->offers[line->offer].donor,
                       .place = {.file = "drawn", .line = (int)i + 1}};
        if (random_chance(random, 4))
            continue;
        reply.decision = line->locked ? REPLY_AGREE : (ReplyDecision)random_between(random, 0, 2);
        if (reply.decision == REPLY_LESS && steps < 2)
            reply.decision = REPLY_AGREE;
        if (reply.decision == REPLY_AGREE)
            reply.agreed = line->quantity;
        if (reply.decision == REPLY_LESS)
            reply.agreed = random_between(random, 1, steps - 1) * step;
        tally->agreed += reply.decision == REPLY_AGREE;
        tally->less += reply.decision == REPLY_LESS;
        tally->declined += reply.decision == REPLY_DECLINE;
        replies->rows[replies->count++] = reply;
    }
    return replies;
}

static Status decide(Pipeline *run)
{
    SolveSettings settings = solve_settings_of(&run->round);
    TRY(pair_set_build(&run->round, run->arena, run->diag, &run->pairs));
    TRY(rule_set_build(&run->round, &run->pairs, run->arena, run->diag, &run->rules));
    TRY(formulation_build(&run->round, &run->pairs, &run->rules, run->arena, &run->form));
    TRY(solve_plan(&run->form, &settings, run->arena, &run->result, &run->plan));
    if (!solve_outcome_has_plan(run->result.outcome))
        return STATUS_NO_PLAN;
    TRY(plan_reasons(&run->round, run->pairs.sets, run->arena, &run->plan));
    return plan_verify(&run->round, &run->plan, true, "plan", run->arena, run->diag, &run->report);
}

static int64_t given(const Plan *plan, int need, int offer)
{
    for (size_t i = 0; i < plan->assignment_count; i++)
        if (plan->assignments[i].need == need && plan->assignments[i].offer == offer)
            return plan->assignments[i].quantity;
    return 0;
}

static void fail_round(const TextRound *round, const Pipeline *run, const char *why)
{
    text_round_print(round);
    pipeline_print(run);
    for (size_t i = 0; i < run->round.replies->count; i++) {
        const Reply *reply = &run->round.replies->rows[i];
        print_error("  %s <- %s: %s %lld of %lld\n", run->round.needs[reply->need].id,
                    run->round.offers[reply->offer].id, reply_decision_text(reply->decision),
                    (long long)reply->agreed, (long long)reply->planned);
    }
    fail_msg("seed %llu: %s", (unsigned long long)round->seed, why);
}

static void assert_settled(const TextRound *round, const Pipeline *run)
{
    for (size_t i = 0; i < run->round.replies->count; i++) {
        const Reply *reply = &run->round.replies->rows[i];
        if (given(&run->plan, reply->need, reply->offer) != reply->agreed)
            fail_round(round, run, "a line is not what was agreed");
    }
}

/** Against every plan there is; false when they are too many. */
static bool assert_best(const TextRound *round, Pipeline *run, Status status)
{
    size_t cells = run->round.need_count * run->round.offer_count, at;
    Brute *brute = brute_new(&run->round, run->arena);
    int64_t *best = ARENA_NEW(run->arena, cells + 1, int64_t);
    int64_t *x = ARENA_NEW(run->arena, cells + 1, int64_t);
    double *got = ARENA_NEW(run->arena, brute_stage_count(brute), double);
    double *want = ARENA_NEW(run->arena, brute_stage_count(brute), double);
    long tried;
    bool found = brute_best(brute, PLANS_MOST, best, &tried);
    if (tried > PLANS_MOST)
        return false;
    if (found != (status == STATUS_OK))
        fail_round(round, run, found ? "there is a plan" : "there is no plan");
    if (!found)
        return true;
    brute_take(brute, &run->plan, x);
    brute_values(brute, x, got);
    brute_values(brute, best, want);
    if (brute_compare(brute, got, want, &at) != 0)
        fail_round(round, run, brute_stage_label(brute, at));
    return true;
}

static void settle_round(uint64_t seed, RandomShape shape, Tally *tally)
{
    char *dir = test_dir_make();
    TestRandom random = random_seeded(seed);
    TextRound *round = random_round(seed, shape);
    text_setting(round, "gap", "0");
    text_setting(round, "nodes", "1000000");
    text_round_write(round, dir);
    Pipeline *first = pipeline_run(dir, NULL, 0), *run = pipeline_formulate(dir, NULL, 0);
    if (first->status == STATUS_OK && run->status == STATUS_OK) {
        keep_lines(&first->plan, &run->round);
        Replies *replies = draw_answers(&first->plan, &run->round, &random, tally);
        assert_int_equal(replies_commit(replies, &run->round, run->diag), STATUS_OK);
        run->round.settings.change_first = true;
        run->status = decide(run);
        if (run->status != STATUS_OK && run->status != STATUS_NO_PLAN)
            fail_round(round, run, "the program fails");
        if (run->status == STATUS_OK)
            assert_settled(round, run);
        tally->compared += assert_best(round, run, run->status) && run->status == STATUS_OK;
        tally->no_plan += run->status == STATUS_NO_PLAN;
    }
    pipeline_free(run);
    pipeline_free(first);
    text_round_free(round);
    test_dir_remove(dir);
}

static void settle_rounds(const char *name, uint64_t first_seed, RandomShape shape)
{
    Tally tally = {0};
    for (uint64_t i = 0; i < rounds(); i++)
        settle_round(first_seed + i, shape, &tally);
    print_message("%s: %d compared, %d without a plan; %d agreed, %d in part, %d declined\n", name,
                  tally.compared, tally.no_plan, tally.agreed, tally.less, tally.declined);
    assert_true(tally.compared > (int)rounds() / 2);
}

static void settled_rounds_of_money_keep_what_is_agreed_and_move_least(void **state)
{
    (void)state;
    settle_rounds("money", 5100000,
                  (RandomShape){.size = RANDOM_TINY,
                                .features = RANDOM_TIERS | RANDOM_WEIGHTS | RANDOM_FAIRNESS |
                                            RANDOM_EARMARKS | RANDOM_COMMITMENTS,
                                .exact = true});
}

static void settled_rounds_of_wholes_keep_what_is_agreed_and_move_least(void **state)
{
    (void)state;
    settle_rounds("wholes", 5200000,
                  (RandomShape){.size = RANDOM_TINY,
                                .features = RANDOM_TIERS | RANDOM_THINGS | RANDOM_BOUGHT |
                                            RANDOM_FAIRNESS | RANDOM_STEPS | RANDOM_WHOLES,
                                .exact = true,
                                .wholes = WHOLE_INDIVISIBLE | WHOLE_MINIMA | WHOLE_REQUIRES});
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(settled_rounds_of_money_keep_what_is_agreed_and_move_least),
        cmocka_unit_test(settled_rounds_of_wholes_keep_what_is_agreed_and_move_least),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
