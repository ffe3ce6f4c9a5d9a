#include "tests/support/brute_plan.h"

#include <math.h>

#include "tests/support/brute_internal.h"

/** What most of the rounds below have besides. */
enum {
    COMMON = RANDOM_THINGS | RANDOM_BOUGHT | RANDOM_TIERS | RANDOM_FAIRNESS | RANDOM_MEASURE |
             RANDOM_COVERED | RANDOM_STEPS
};

const RandomShape TINY_EVERYTHING = {.size = RANDOM_TINY,
                                     .features = RANDOM_EVERYTHING,
                                     .exact = true};

const RandomShape TINY_LINEAR = {.size = RANDOM_TINY,
                                 .features = COMMON | RANDOM_BUDGETS | RANDOM_MAX_VALUE |
                                             RANDOM_MAX_SHARE | RANDOM_PARENTS | RANDOM_OVERHEAD |
                                             RANDOM_COMMITMENTS | RANDOM_LIMITS | RANDOM_RESERVES |
                                             RANDOM_CIVIL | RANDOM_CURRENCIES,
                                 .exact = true};

const RandomShape TINY_WHOLES = {.size = RANDOM_TINY,
                                 .features = COMMON | RANDOM_WHOLES | RANDOM_COMMITMENTS,
                                 .exact = true,
                                 .wholes = WHOLE_MINIMA | WHOLE_INDIVISIBLE | WHOLE_TICKETS |
                                           WHOLE_TICKET_RULES | WHOLE_MAX_DONORS | WHOLE_MAX_NEEDS |
                                           WHOLE_COUNT_RULES};

const RandomShape TINY_LOGIC = {.size = RANDOM_TINY,
                                .features = COMMON | RANDOM_WHOLES | RANDOM_MAX_VALUE,
                                .exact = true,
                                .wholes = WHOLE_REQUIRES | WHOLE_BUNDLES | WHOLE_ALTERNATIVES |
                                          WHOLE_OUTCOMES | WHOLE_MINIMA | WHOLE_INDIVISIBLE};

BrutePlan brute_plan_take(const TextRound *text, Pipeline *run)
{
    Brute *brute = brute_new(&run->round, run->arena);
    size_t stages = brute_stage_count(brute), needs = run->round.need_count;
    BrutePlan plan = {.text = text,
                      .run = run,
                      .brute = brute,
                      .x = ARENA_NEW(run->arena, needs * run->round.offer_count, int64_t),
                      .values = ARENA_NEW(run->arena, stages, double),
                      .scratch = ARENA_NEW(run->arena, stages + needs, double),
                      .shares = ARENA_NEW(run->arena, needs, double)};
    brute_take(brute, &run->plan, plan.x);
    brute_values(brute, plan.x, plan.values);
    return plan;
}

static bool keeps_shares(const BrutePlan *plan, const int64_t *x, int tier)
{
    size_t groups = brute_group_shares(plan->brute, tier, plan->x, plan->shares);
    double *now = plan->scratch + brute_stage_count(plan->brute);
    brute_group_shares(plan->brute, tier, x, now);
    for (size_t g = 0; g < groups; g++)
        if (now[g] < plan->shares[g] - 1e-9)
            return false;
    return true;
}

static bool is_kept(int tier, int own, bool after)
{
    return tier < own || (after && tier > own);
}

bool brute_plan_keeps_tiers(const BrutePlan *plan, const int64_t *x, int own, bool after)
{
    const Round *round = &plan->run->round;
    int last = 0;
    brute_values(plan->brute, x, plan->scratch);
    for (size_t s = 0; s < brute_stage_count(plan->brute); s++) {
        const BruteStage *stage = &plan->brute->stages[s];
        bool value = stage->kind == STAGE_TIER || stage->kind == STAGE_UNVALUED;
        if (value && is_kept(stage->tier, own, after) &&
            plan->scratch[s] > plan->values[s] + 1e-7 * fmax(1, fabs(plan->values[s])))
            return false;
    }
    for (size_t n = 0; n < round->need_count; n++)
        last = round->needs[n].tier > last ? round->needs[n].tier : last;
    for (int t = 1; t <= last && round->settings.fairness != FAIRNESS_NONE; t++)
        if (is_kept(t, own, after) && !keeps_shares(plan, x, t))
            return false;
    return true;
}

bool brute_plan_keeps_outcomes(const BrutePlan *plan, const int64_t *x, int tier, int except)
{
    const Round *round = &plan->run->round;
    for (size_t n = 0; n < round->need_count; n++)
        if ((int)n != except && round->needs[n].tier == tier && brute_outcome(&round->needs[n]) &&
            brute_full(plan->brute, plan->x, n) && !brute_full(plan->brute, x, n))
            return false;
    return true;
}

BruteFound brute_plan_search(const BrutePlan *plan, const TextRound *tables,
                             const BruteSearch *search, bool *unread)
{
    Arena *arena = arena_new();
    char *dir = test_dir_make();
    Round *round = ARENA_NEW(arena, 1, Round);
    Diag *diag = diag_new(arena);
    BruteFound found = BRUTE_TOO_MANY;
    text_round_write(tables, dir);
    *unread = round_read(&(RoundSource){.path = dir}, arena, diag, round) != STATUS_OK ||
              round_check(round, diag) != STATUS_OK;
    if (!*unread) {
        int64_t *least = ARENA_NEW(arena, round->need_count, int64_t);
        Brute *brute = brute_new(round, arena);
        brute_keep_pairs(brute, plan->brute);
        if (search->prepare != NULL)
            search->prepare(brute, search->context);
        search->set_least(least, search->context);
        found = brute_find(brute, &(BruteWish){least, search->fits, search->context},
                           search->plans_most);
    }
    arena_free(arena);
    test_dir_remove(dir);
    return found;
}
