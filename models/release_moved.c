/* What gave way to an urgent need, for the coordination group: every line that moved, and of what moved it the urgent
 * need alone. Whose answer did is the planners' own.
 */
#include "models/release_internal.h"

#include <string.h>

#include "allot/effects.h"

/** The line without answers. What these may have done is left open, what the urgent need did is not. */
static Effect without_answers(const Round *round, const Effect *line)
{
    Effect told = {.need = line->need,
                   .offer = line->offer,
                   .before = line->before,
                   .now = line->now,
                   .cause = line->cause,
                   .untold = round->replies != NULL};
    if (line->answered || effect_is_explained(line))
        told.cause = EFFECT_OTHER;
    return told;
}

Status release_moved(const Round *round, const Plan *plan, Arena *arena, Release *release)
{
    const Effects *moved = plan->answers.moved;
    release->plan.answers.effects = NULL;
    if (moved == NULL)
        return STATUS_OK;
    Effects *copy = ARENA_NEW(arena, 1, Effects);
    TRY_NEW(copy);
    copy->rows = ARENA_NEW(arena, moved->count, Effect);
    TRY_NEW(copy->rows);
    copy->count = moved->count;
    for (size_t i = 0; i < moved->count; i++)
        copy->rows[i] = without_answers(round, &moved->rows[i]);
    release->plan.answers.moved = copy;
    return STATUS_OK;
}

bool release_gave_way(const Round *round, const Plan *plan)
{
    if (!round->has_urgent ||
        (plan->needs[round->urgent].assigned == 0 && !plan->needs[round->urgent].full))
        return false;
    for (size_t i = 0; i < plan->stage_count; i++)
        if (strncmp(plan->stages[i].label, "taken", 5) == 0 && plan->stages[i].value > 0)
            return true;
    return false;
}
