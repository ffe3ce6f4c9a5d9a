/* Lines of two plans side by side. Both stand by need, then offer. */
#include "allot/effects.h"

#include <limits.h>
#include <stdlib.h>

/** A line's place among others. */
typedef struct Pair {
    int need, offer;
} Pair;

static int pair_order(const Pair *key, int need, int offer)
{
    if (key->need != need)
        return key->need < need ? -1 : 1;
    return (key->offer > offer) - (key->offer < offer);
}

static int assignment_order(const void *key, const void *line)
{
    const Assignment *assignment = line;
    return pair_order(key, assignment->need, assignment->offer);
}

static int previous_order(const void *key, const void *line)
{
    const PreviousLine *previous = line;
    return pair_order(key, previous->need, previous->offer);
}

int64_t plan_line_now(const Plan *plan, int need, int offer)
{
    Pair key = {need, offer};
    if (plan->assignment_count == 0)
        return 0;
    const Assignment *line = bsearch(&key, plan->assignments, plan->assignment_count,
                                     sizeof *plan->assignments, assignment_order);
    return line != NULL ? line->quantity : 0;
}

int64_t plan_line_before(const Round *round, int need, int offer)
{
    Pair key = {need, offer};
    if (round->previous_count == 0)
        return 0;
    const PreviousLine *line = bsearch(&key, round->previous, round->previous_count,
                                       sizeof *round->previous, previous_order);
    return line != NULL ? line->quantity : 0;
}

static void add_effect(const Round *round, bool answered, Effects *out, Effect effect)
{
    effect.cause = EFFECT_OPEN;
    if (effect.before != effect.now &&
        (answered || replies_find(round->replies, effect.need, effect.offer) == NULL))
        out->rows[out->count++] = effect;
}

Status effects_list(const Round *round, const Plan *plan, bool answered, Arena *arena, Effects *out)
{
    size_t b = 0, a = 0;
    *out =
        (Effects){.rows = ARENA_NEW(arena, round->previous_count + plan->assignment_count, Effect)};
    TRY_NEW(out->rows);
    while (b < round->previous_count || a < plan->assignment_count) {
        static const PreviousLine END = {.need = INT_MAX};
        static const Assignment LAST = {.need = INT_MAX};
        const PreviousLine *old = b < round->previous_count ? &round->previous[b] : &END;
        const Assignment *line = a < plan->assignment_count ? &plan->assignments[a] : &LAST;
        bool same = old->need == line->need && old->offer == line->offer;
        bool first =
            same || old->need < line->need || (old->need == line->need && old->offer < line->offer);
        add_effect(round, answered, out,
                   (Effect){.need = first ? old->need : line->need,
                            .offer = first ? old->offer : line->offer,
                            .before = first ? old->quantity : 0,
                            .now = !first || same ? line->quantity : 0});
        b += first;
        a += !first || same;
    }
    return STATUS_OK;
}

/** Is one of the answers that did it about the urgent need? Whoever stands in there gives way to it. */
static bool is_for_urgent(const Round *round, const Effect *found)
{
    for (int i = 0; found != NULL && i < found->reply_count; i++)
        if (round->replies->rows[found->replies[i]].need == round->urgent)
            return true;
    return false;
}

bool effect_is_explained(const Effect *line)
{
    const Effect *found = line->found;
    if (found == NULL || found->cause == EFFECT_OTHER)
        return false;
    return line->cause == EFFECT_OTHER || line->cause == EFFECT_OPEN;
}

bool effect_gives_way(const Round *round, const Effect *line)
{
    bool told_otherwise = line->cause == EFFECT_OTHER ||
                          (effect_is_explained(line) && line->found->cause != EFFECT_OPEN);
    if (line->need == round->urgent || line->now >= line->before || line->answered)
        return false;
    return !told_otherwise || is_for_urgent(round, line->found);
}
