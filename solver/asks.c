/* The smallest ask of every need, need by need: an answer in whole numbers from the need's own lines,
 * and what prices prove of it; only where the two do not meet, a solve over all givers, then over
 * single ones.
 */
#include "solver/asks_internal.h"

#include <stdlib.h>
#include <string.h>

#include "allot/solve.h"
#include "solver/glpk_guard.h"

/* Single offers that are solved for, of one need. */
enum { SINGLES_MOST = 6 };

/* An ask in money that is known to one part in so many, or of less than one whole unit, is not solved
 * for again: cents are left here and there that only a solve would gather. */
enum { PARTS_NEAR = 1000 };

/* Iterations times columns of all solves: of the asks as the plan is, of what could be loosened, of the
 * appeal; and the work of searches, as in BackendSearch. */
static const double WORK = 3e8, SEARCH_WORK = 2e9;

/* The same where cuts of the class network have answered most, of a round that took a moment. */
static const double WORK_REST = 1e8, WORK_LOOSEN_REST = 2e7, WORK_APPEAL_REST = 2e7;

/* Of the class network's program: asks as the plan is, the appeal. */
static const double CLASS_WORK = 3e8, CLASS_WORK_APPEAL = 3e7;

/* Of such a round programs of more rows times columns are not asked, asks as the plan is and the rest: the
 *  first solve alone takes longer than the plan did ten times over. */
static const double CELLS_MOST = 1e8, CELLS_MOST_REST = 4e7;

const char *ask_state_text(AskState state)
{
    switch (state) {
    case ASK_NONE: return "";
    case ASK_WAITS: return "waits";
    case ASK_ONE: return "one";
    case ASK_TOGETHER: return "together";
    case ASK_NEW: return "new";
    case ASK_NOTHING: return "nothing";
    case ASK_STOPPED: return "stopped";
    case ASK_OPEN: return "open";
    }
    return "";
}

/** An answer on the way. */
typedef struct Search {
    AskGift *together; /* [together_count] found over all givers at once */
    int together_count;
    AskOutcome joint; /* of the solve over all givers */
    bool nothing;     /* nothing has to be added */
    int lines_of;     /* the offer whose lines are in job->best, ASK_OF_ALL or ASK_OF_NOBODY */
} Search;

bool ask_is_near(const AskJob *job, int offer, int64_t extra, int64_t least)
{
    Unit unit = job->form->round->offers[offer].unit;
    int64_t gap = extra - least;
    return gap <= 0 || (unit.is_money && (extra <= unit_scale(unit) || gap <= extra / PARTS_NEAR));
}

static bool is_exact(const AskJob *job, const AskOption *option)
{
    return option->extra < 0 ? option->refused
                             : ask_is_near(job, option->offer, option->extra, option->least);
}

static bool all_exact(const AskJob *job)
{
    for (int i = 0; i < job->option_count; i++)
        if (!is_exact(job, &job->options[i]))
            return false;
    return true;
}

static bool any_found(const AskJob *job)
{
    for (int i = 0; i < job->option_count; i++)
        if (job->options[i].extra >= 0)
            return true;
    return false;
}

static AskOption *option_for(AskJob *job, int offer)
{
    for (int i = 0; i < job->option_count; i++)
        if (job->options[i].offer == offer)
            return &job->options[i];
    return NULL;
}

/** What of the two is the smaller ask: by value, then amount, then id; what has no value comes last. */
static bool is_less(const AskGift *a, const AskGift *b)
{
    if (a->has_value != b->has_value)
        return a->has_value;
    if (a->value != b->value)
        return a->value < b->value;
    return a->extra != b->extra ? a->extra < b->extra : a->offer < b->offer;
}

static AskGift gift_of(const AskJob *job, int need, const AskOption *option, int64_t extra)
{
    AskGift gift = {.offer = option->offer, .extra = extra, .least = option->least};
    gift.has_value = ask_value(job, need, option->offer, extra, &gift.value);
    return gift;
}

static void keep_lines(AskJob *job, Search *found, int of)
{
    memcpy(job->best, job->trial, job->form->pairs->count * sizeof *job->best);
    found->lines_of = of;
}

/** Is this the smallest ask known? */
static bool is_best(const AskJob *job, int need, const AskOption *option)
{
    AskGift gift = gift_of(job, need, option, option->extra);
    for (int i = 0; i < job->option_count; i++) {
        const AskOption *other = &job->options[i];
        AskGift its = gift_of(job, need, other, other->extra);
        if (other != option && other->extra >= 0 && is_less(&its, &gift))
            return false;
    }
    return true;
}

/** One offer alone was found to be enough with so much. */
static void take_single(AskJob *job, int need, Search *found, AskOption *option, int64_t extra)
{
    if (option->extra >= 0 && option->extra <= extra)
        return;
    option->extra = extra;
    if (is_best(job, need, option))
        keep_lines(job, found, option->offer);
}

/** What others can make room for; of the smallest ask the lines. */
static Status swap_for(AskJob *job, int need, Search *found)
{
    bool impossible;
    TRY(ask_use_swaps(job, need, &impossible));
    if (impossible)
        found->joint = ASK_IMPOSSIBLE;
    for (int i = 0; i < job->option_count; i++) {
        const AskOption *option = &job->options[i];
        if (!option->swapped || !is_best(job, need, option))
            continue;
        TRY(ask_lines_of_swap(job, need, option));
        keep_lines(job, found, option->offer);
    }
    return STATUS_OK;
}

/** The option to be solved for next: of those that are not exact the one that promises most. */
static AskOption *next_single(AskJob *job, int need)
{
    AskOption *best = NULL;
    for (int i = 0; i < job->option_count; i++) {
        AskOption *option = &job->options[i];
        if (option->tried || is_exact(job, option))
            continue;
        AskGift gift = gift_of(job, need, option, option->least);
        AskGift before = best == NULL ? gift : gift_of(job, need, best, best->least);
        if (best == NULL || is_less(&gift, &before))
            best = option;
    }
    return best;
}

/** What the program of the class network finds, where nothing else found anything. */
static Status ask_classes(AskJob *job, int need, Search *found)
{
    int64_t extra;
    TRY(ask_class_single(job, need, NULL, &extra));
    if (extra == ASK_CLASS_NEVER) {
        found->joint = ASK_IMPOSSIBLE;
        for (int i = 0; i < job->option_count; i++)
            job->options[i].refused = true;
        return STATUS_OK;
    }
    for (int k = 0; k < SINGLES_MOST; k++) {
        AskOption *option = next_single(job, need);
        if (option == NULL || job->class_work <= 0)
            break;
        option->tried = true;
        TRY(ask_class_single(job, need, option, &extra));
        if (extra >= 0)
            take_single(job, need, found, option, extra);
        if (extra >= 0 && job->appealing)
            break;
    }
    for (int i = 0; i < job->option_count; i++) /* the whole program may try what is left */
        job->options[i].tried = job->options[i].tried && job->options[i].extra >= 0;
    return STATUS_OK;
}

static Status solve_for_all(AskJob *job, int need, Search *found)
{
    int count;
    AskGift *gifts = ARENA_NEW(job->arena, (size_t)job->option_count, AskGift);
    TRY_NEW(gifts);
    TRY(ask_solve(job, need, ASK_OF_ALL, any_found(job), gifts, &count, &found->joint));
    ask_use_prices(job, need);
    if (found->joint != ASK_FOUND)
        return STATUS_OK;
    found->nothing = count == 0;
    if (count == 1) {
        take_single(job, need, found, option_for(job, gifts[0].offer), gifts[0].extra);
        return STATUS_OK;
    }
    found->together = gifts;
    found->together_count = count;
    if (!any_found(job))
        keep_lines(job, found, ASK_OF_ALL);
    return STATUS_OK;
}

static Status solve_for_singles(AskJob *job, int need, Search *found)
{
    AskGift *gifts = ARENA_NEW(job->arena, (size_t)job->option_count, AskGift);
    TRY_NEW(gifts);
    for (int k = 0; k < SINGLES_MOST; k++) {
        AskOption *option = next_single(job, need);
        AskOutcome outcome;
        int count;
        if (option == NULL)
            break;
        option->tried = true;
        TRY(ask_solve(job, need, option->offer, false, gifts, &count, &outcome));
        ask_use_prices(job, need);
        if (outcome == ASK_IMPOSSIBLE && option->extra < 0)
            option->refused = true;
        else if (outcome == ASK_FOUND && count == 1)
            take_single(job, need, found, option, gifts[0].extra);
        else if (outcome == ASK_FOUND && count == 0)
            found->nothing = true;
        if (found->nothing) {
            keep_lines(job, found, ASK_OF_ALL);
            break;
        }
    }
    return STATUS_OK;
}

/** The offers that are enough alone, the smallest first. */
static Status list_gifts(AskJob *job, int need, NeedAsk *ask)
{
    AskGift *gifts = ARENA_NEW(job->arena, (size_t)job->option_count, AskGift);
    TRY_NEW(gifts);
    for (int i = 0; i < job->option_count; i++) {
        const AskOption *option = &job->options[i];
        if (option->extra < 0)
            continue;
        AskGift gift = gift_of(job, need, option, option->extra);
        int at = ask->gift_count++;
        for (; at > 0 && is_less(&gift, &gifts[at - 1]); at--)
            gifts[at] = gifts[at - 1];
        gifts[at] = gift;
    }
    ask->gifts = gifts;
    return STATUS_OK;
}

static Status list_refusals(AskJob *job, bool all, NeedAsk *ask)
{
    AskRefusal *refusals = ARENA_NEW(job->arena, (size_t)job->option_count, AskRefusal);
    TRY_NEW(refusals);
    for (int i = 0; i < job->option_count; i++) {
        const AskOption *option = &job->options[i];
        AskRefusal refusal = {.offer = option->offer, .id = "", .column = ""};
        if (option->extra >= 0 || (!all && !option->refused))
            continue;
        if (option->stop >= 0) {
            const Rule *rule = &job->rules.rules[option->stop];
            refusal.origin = rule->origin;
            refusal.id = rule->id;
            refusal.column = rule->column;
        }
        refusals[ask->refusal_count++] = refusal;
    }
    ask->refusals = refusals;
    return STATUS_OK;
}

static void sum_up(AskJob *job, int need, NeedAsk *ask)
{
    ask->has_value = true;
    ask->value = 0;
    if (ask->state == ASK_NEW) {
        const NeedResult *result = &job->plan->needs[need];
        ask->has_value = job->form->round->needs[need].has_value;
        ask->value = result->value_unmet;
        ask->enough = ask_stands_alone(job, need) && ask_new_is_allowed(job, need);
    }
    for (int i = 0; i < ask->gift_count; i++) {
        if (ask->state == ASK_ONE && i > 0)
            break;
        ask->has_value = ask->has_value && ask->gifts[i].has_value;
        ask->value += ask->gifts[i].value;
    }
}

static Status conclude(AskJob *job, int need, Search *found, NeedAsk *ask, bool *lines)
{
    bool alone = any_found(job);
    *lines = false;
    if (found->nothing) {
        ask->state = ASK_NOTHING;
        *lines = found->lines_of == ASK_OF_ALL;
        return STATUS_OK;
    }
    if (alone) {
        TRY(list_gifts(job, need, ask));
        TRY(list_refusals(job, false, ask));
        ask->state = ask->gifts[0].extra > 0 ? ASK_ONE : ASK_NOTHING;
        *lines = found->lines_of == ask->gifts[0].offer;
        ask->gift_count = ask->state == ASK_NOTHING ? 1 : ask->gift_count;
        return STATUS_OK;
    }
    TRY(list_refusals(job, found->joint == ASK_IMPOSSIBLE, ask));
    ask->state = found->joint == ASK_FOUND        ? ASK_TOGETHER
                 : found->joint == ASK_IMPOSSIBLE ? ASK_STOPPED
                                                  : ASK_OPEN;
    if (ask->state != ASK_TOGETHER)
        return STATUS_OK;
    for (int i = 0; i < found->together_count; i++) {
        AskGift *gift = &found->together[i];
        gift->least = 0; /* of the sum, not of each */
        gift->has_value = ask_value(job, need, gift->offer, gift->extra, &gift->value);
    }
    ask->gifts = found->together;
    ask->gift_count = found->together_count;
    *lines = true;
    return STATUS_OK;
}

Status ask_find(AskJob *job, int need, NeedAsk *ask, bool *lines)
{
    const Need *row = &job->form->round->needs[need];
    Search found = {.joint = ASK_UNKNOWN, .lines_of = ASK_OF_NOBODY};
    *ask = (NeedAsk){.amount = ask_lacks(job, need)};
    *lines = false;
    if (need_is_outcome(row) || (row->quantity_known && ask->amount == 0))
        return STATUS_OK;
    ask->state = ASK_WAITS;
    if (!row->quantity_known || !row->ready)
        return STATUS_OK;
    if (row->tier != job->pool_tier)
        job->pool_count = 0;
    job->pool_tier = row->tier;
    TRY(ask_list_options(job, need));
    ask->state = ASK_NEW;
    if (job->option_count > 0) {
        bool impossible;
        TRY(ask_use_network(job, need, &impossible));
        ask_use_prices(job, need);
        if (impossible)
            found.joint = ASK_IMPOSSIBLE;
        else if (!all_exact(job))
            TRY(swap_for(job, need, &found));
        if (found.joint != ASK_IMPOSSIBLE && !any_found(job))
            TRY(ask_classes(job, need, &found));
        bool several = !any_found(job); /* where no offer alone is enough, all together may be */
        if (found.joint != ASK_IMPOSSIBLE && (several || !all_exact(job)))
            TRY(solve_for_all(job, need, &found));
        if (!found.nothing && found.joint != ASK_IMPOSSIBLE && !all_exact(job))
            TRY(solve_for_singles(job, need, &found));
        if (found.nothing && found.lines_of != ASK_OF_ALL)
            keep_lines(job, &found, ASK_OF_ALL);
        TRY(conclude(job, need, &found, ask, lines));
    }
    sum_up(job, need, ask);
    return STATUS_OK;
}

/* ---- the job ---------------------------------------------------------------------------------- */

/** What may be spent on solves: @p all, or @p rest of a round whose network has answered most. */
static double work_for(const AskJob *job, double all, double rest, double cells)
{
    const Lp *lp = &job->form->lp;
    if (job->network == NULL)
        return all;
    return (double)lp->row_count * lp->column_count > cells ? 0 : rest;
}

static Status find_all(AskJob *job)
{
    const Round *round = job->form->round;
    bool lines;
    TRY(ask_open_network(job));
    TRY(ask_open_program(job));
    job->held.work = SEARCH_WORK;
    job->work = work_for(job, WORK, WORK_REST, CELLS_MOST);
    job->class_work = CLASS_WORK;
    for (int tier = 0, next = 1; next > 0; tier = next) {
        next = 0; /* the least tier above this one */
        for (size_t n = 0; n < round->need_count; n++) {
            if (round->needs[n].tier > tier && (next == 0 || round->needs[n].tier < next))
                next = round->needs[n].tier;
        }
        for (size_t n = 0; n < round->need_count && next > 0; n++)
            if (round->needs[n].tier == next)
                TRY(ask_find(job, (int)n, &job->asks[n], &lines));
    }
    job->work = work_for(job, WORK, WORK_LOOSEN_REST, CELLS_MOST_REST);
    for (size_t n = 0; n < round->need_count; n++)
        TRY(ask_loosen(job, (int)n, &job->asks[n]));
    job->work = work_for(job, WORK, WORK_APPEAL_REST, CELLS_MOST_REST);
    job->class_work = CLASS_WORK_APPEAL;
    return ask_appeal(job);
}

static void guarded(void *context)
{
    AskJob *job = context;
    job->status = find_all(job);
    ask_close_program(job);
    if (job->held.backend != NULL)
        held_close(&job->held);
}

Status solve_asks(const Formulation *loose, const Plan *plan, const SolveSettings *settings,
                  Arena *arena, const Asks **out)
{
    GuardFault fault;
    AskJob job = {.form = loose, .plan = plan, .settings = settings, .arena = arena, .need = -1};
    job.out = ARENA_NEW(arena, 1, Asks);
    TRY_NEW(job.out);
    TRY(lifts_build(loose, arena, &job.lifts));
    job.scratch = arena_new();
    TRY_NEW(job.scratch);
    Status status = ask_open_book(&job);
    if (status == STATUS_OK)
        status = glpk_guard_run(guarded, &job, &fault) ? job.status : STATUS_SOLVER_FAULT;
    ask_close_network(&job);
    arena_free(job.scratch);
    job.out->needs = job.asks;
    *out = status == STATUS_OK ? job.out : NULL;
    return status;
}
