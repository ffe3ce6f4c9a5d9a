/* What asks are worked out with: room, own copies of the rules with the plan's lines in a book of them, and
 * the steps in which each offer is of use.
 */
#include <string.h>

#include "solver/asks_internal.h"

static Status make_room(AskJob *job)
{
    const Round *round = job->form->round;
    size_t needs = round->need_count, offers = round->offer_count;
    size_t pairs = job->form->pairs->count, columns = (size_t)job->form->lp.column_count;
    job->extra_column = ARENA_NEW(job->arena, offers, int);
    job->extra_scale = ARENA_NEW(job->arena, offers, double);
    job->cost = ARENA_NEW(job->arena, offers, double);
    job->added = ARENA_NEW(job->arena, offers, double);
    job->granted = ARENA_NEW(job->arena, offers, int64_t);
    job->options = ARENA_NEW(job->arena, offers, AskOption);
    job->given = ARENA_NEW(job->arena, needs, int64_t);
    job->full = ARENA_NEW(job->arena, needs, bool);
    job->met = ARENA_NEW(job->arena, needs, bool);
    job->gifted = ARENA_NEW(job->arena, needs, bool);
    job->mark = ARENA_NEW(job->arena, needs, bool);
    job->asks = ARENA_NEW(job->arena, needs, NeedAsk);
    job->trial = ARENA_NEW(job->arena, pairs, int64_t);
    job->best = ARENA_NEW(job->arena, pairs, int64_t);
    job->point = ARENA_NEW(job->arena, columns, double);
    job->x = ARENA_NEW(job->arena, columns, double);
    bool all = job->extra_column != NULL && job->extra_scale != NULL && job->cost != NULL &&
               job->added != NULL && job->granted != NULL && job->options != NULL &&
               job->given != NULL && job->full != NULL && job->met != NULL && job->gifted != NULL &&
               job->mark != NULL && job->asks != NULL && job->trial != NULL && job->best != NULL &&
               job->point != NULL && job->x != NULL;
    return all ? STATUS_OK : STATUS_NO_MEMORY;
}

/** Own copies of the rules, and the plan's lines in a book of them. */
static Status fill_book(AskJob *job)
{
    const Formulation *form = job->form;
    job->rules = *form->rules;
    job->rules.rules = ARENA_NEW(job->arena, form->rules->count, Rule);
    TRY_NEW(job->rules.rules);
    if (form->rules->count > 0)
        memcpy(job->rules.rules, form->rules->rules, form->rules->count * sizeof(Rule));
    TRY(rule_book_init(form->round, form->pairs, &job->rules, job->arena, &job->book));
    for (size_t i = 0; i < job->plan->assignment_count; i++) {
        const Assignment *line = &job->plan->assignments[i];
        int pair = pair_set_find(form->pairs, line->need, line->offer);
        if (pair < 0)
            return STATUS_INTERNAL;
        TRY(rule_book_set(&job->book, pair, line->quantity));
        job->given[line->need] += line->quantity;
    }
    TRY(ask_mark_full(job));
    return raises_build(&job->book, job->arena, &job->raises);
}

/** An offer of things that are used one for one is of use in steps of its needs alone. */
static Status find_grids(AskJob *job)
{
    const Round *round = job->form->round;
    const PairSet *pairs = job->form->pairs;
    job->grid = ARENA_NEW(job->arena, round->offer_count, int64_t);
    TRY_NEW(job->grid);
    for (size_t p = 0; p < pairs->count; p++) {
        int o = pairs->pairs[p].offer;
        bool plain = ratio_compare(pairs->pairs[p].use, ratio_of(1, 1)) == 0 &&
                     job->raises.first[o + 1] - job->raises.first[o] == 1;
        for (int up = round->offers[o].parent_row; up >= 0; up = round->offers[up].parent_row)
            job->grid[up] = 1;
        int64_t step = round->needs[pairs->pairs[p].need].step;
        job->grid[o] = plain ? (int64_t)ratio_common_divisor(step, job->grid[o]) : 1;
    }
    for (size_t o = 0; o < round->offer_count; o++)
        job->grid[o] = job->grid[o] < 1 ? 1 : job->grid[o];
    return STATUS_OK;
}

Status ask_open_book(AskJob *job)
{
    TRY(make_room(job));
    TRY(fill_book(job));
    return find_grids(job);
}
