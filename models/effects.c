/* Lines of two plans side by side. Both stand by need, then offer. */
#include "allot/effects.h"

#include <limits.h>

int64_t plan_line_now(const Plan *plan, int need, int offer)
{
    size_t low = 0, high = plan->assignment_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const Assignment *line = &plan->assignments[middle];
        if (line->need == need && line->offer == offer)
            return line->quantity;
        if (line->need < need || (line->need == need && line->offer < offer))
            low = middle + 1;
        else
            high = middle;
    }
    return 0;
}

int64_t plan_line_before(const Round *round, int need, int offer)
{
    size_t low = 0, high = round->previous_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const PreviousLine *line = &round->previous[middle];
        if (line->need == need && line->offer == offer)
            return line->quantity;
        if (line->need < need || (line->need == need && line->offer < offer))
            low = middle + 1;
        else
            high = middle;
    }
    return 0;
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
