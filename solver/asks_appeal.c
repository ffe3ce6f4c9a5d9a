/* The appeal: asks one after another, tier by tier, those that unlock most for what they ask first;
 * each with everything before it granted and kept, so that no slack is counted twice. Of alternatives it asks
 * for the one that stands for their mark, and nothing is unlocked twice.
 */
#include "solver/asks_internal.h"

#include <stdlib.h>

#include "allot/chosen.h"

/** One need to be asked for. */
typedef struct Place {
    int need, tier;
    bool has_ratio;
    double ratio; /* value unlocked for one asked */
    bool done;
} Place;

static int compare(const void *a, const void *b)
{
    const Place *x = a, *y = b;
    if (x->tier != y->tier)
        return x->tier < y->tier ? -1 : 1;
    if (x->has_ratio != y->has_ratio)
        return x->has_ratio ? -1 : 1;
    if (x->ratio > y->ratio || x->ratio < y->ratio)
        return x->ratio > y->ratio ? -1 : 1;
    return (x->need > y->need) - (x->need < y->need); /* needs stand by id */
}

static Status list_places(AskJob *job, Place **out, size_t *count)
{
    const Round *round = job->form->round;
    Place *places = ARENA_NEW(job->arena, round->need_count, Place);
    const bool *not_chosen = plan_not_chosen(round, job->plan, job->arena);
    TRY_NEW(places);
    TRY_NEW(not_chosen);
    *count = 0;
    for (size_t n = 0; n < round->need_count; n++) {
        const NeedAsk *ask = &job->asks[n];
        Place place = {.need = (int)n, .tier = round->needs[n].tier};
        if (ask->state == ASK_NONE || ask->state == ASK_WAITS || not_chosen[n])
            continue;
        if (round->needs[n].has_value && ask->has_value && ask->value > 0) {
            place.has_ratio = true;
            place.ratio = (double)job->plan->needs[n].value_unmet / (double)ask->value;
        }
        places[(*count)++] = place;
    }
    qsort(places, *count, sizeof *places, compare);
    *out = places;
    return STATUS_OK;
}

static bool is_step(AskState state)
{
    return state == ASK_NONE || state == ASK_ONE || state == ASK_TOGETHER || state == ASK_NEW ||
           state == ASK_NOTHING;
}

/** Gives what the need asks for, in lines or from outside. */
static Status grant(AskJob *job, int need, const AskGift *gifts, int count, const NeedAsk *ask,
                    bool lines)
{
    if (ask->state == ASK_NEW) {
        job->gifted[need] = true;
        return ask_mark_full(job);
    }
    if (lines)
        TRY(ask_grant_lines(job, gifts, count));
    else if (ask->amount > 0)
        TRY(ask_grant_line(job, need, ask->gifts[0].offer, ask->gifts[0].extra));
    job->met[need] = true;
    return STATUS_OK;
}

static Status add_step(AskJob *job, AppealStep *steps, int need, const NeedAsk *ask, bool lines)
{
    Asks *out = job->out;
    AppealStep *step = &steps[out->appeal_count];
    const AppealStep *before = out->appeal_count == 0 ? NULL : step - 1;
    const NeedResult *result = &job->plan->needs[need];
    *step = (AppealStep){.need = need,
                         .state = ask->state == ASK_NONE ? ASK_NOTHING : ask->state,
                         .amount = result->unmet,
                         .has_value = ask->state == ASK_NONE || ask->has_value,
                         .has_unlocked = job->form->round->needs[need].has_value,
                         .unlocked = result->value_unmet};
    if (step->state != ASK_NOTHING) {
        step->gifts = ask->gifts;
        step->gift_count = ask->state == ASK_ONE ? 1 : ask->gift_count;
        step->value = ask->value;
    }
    step->total_value = before == NULL ? 0 : before->total_value;
    step->total_unlocked = before == NULL ? 0 : before->total_unlocked;
    if ((step->has_value &&
         __builtin_add_overflow(step->total_value, step->value, &step->total_value)) ||
        (step->has_unlocked &&
         __builtin_add_overflow(step->total_unlocked, step->unlocked, &step->total_unlocked)))
        return STATUS_INTERNAL;
    out->appeal_count++;
    return grant(job, need, step->gifts, step->gift_count, ask, lines);
}

/** Can what others are granted let this need be asked for at last? */
static bool waits_for_others(const AskJob *job, int need)
{
    const Logic *logic = &job->form->round->logic;
    return logic->first[need] < logic->first[need + 1] || logic->bundle_of[need] >= 0;
}

/** Asks for every place of a tier (0: of any) that is left. *moved: some was granted. */
static Status pass(AskJob *job, Place *places, size_t count, int tier, bool again,
                   AppealStep *steps, bool *moved)
{
    *moved = false;
    for (size_t i = 0; i < count; i++) {
        Place *place = &places[i];
        NeedAsk ask;
        bool lines;
        if (place->done || (tier > 0 && place->tier != tier) ||
            (again && !waits_for_others(job, place->need)))
            continue;
        TRY(ask_find(job, place->need, &ask, &lines));
        if (!is_step(ask.state))
            continue;
        TRY(add_step(job, steps, place->need, &ask, lines));
        place->done = *moved = true;
    }
    return STATUS_OK;
}

Status ask_appeal(AskJob *job)
{
    Place *places;
    size_t count;
    bool moved;
    TRY(list_places(job, &places, &count));
    AppealStep *steps = ARENA_NEW(job->arena, count, AppealStep);
    TRY_NEW(steps);
    job->pool_count = 0;
    job->appealing = true;
    for (size_t i = 0; i < count; i++) {
        if (i > 0 && places[i].tier == places[i - 1].tier)
            continue;
        TRY(pass(job, places, count, places[i].tier, false, steps, &moved));
        while (moved)
            TRY(pass(job, places, count, places[i].tier, true, steps, &moved));
    }
    for (moved = true; moved;)
        TRY(pass(job, places, count, 0, true, steps, &moved));
    for (size_t i = 0; i < count; i++)
        job->out->open += !places[i].done;
    job->out->appeal = steps;
    return STATUS_OK;
}
