/* Steps of tiers, listed. */
#include "solver/tier_steps.h"

TierStep tier_step_of(const Stage *stage)
{
    return (TierStep){stage->label, stage->tier, stage->unvalued};
}

Status tier_steps_list(const Formulation *form, Arena *arena, const Stage ***stages,
                       const TierStep **steps, size_t *count)
{
    TierStep *list = ARENA_NEW(arena, form->stage_count, TierStep);
    *stages = ARENA_NEW(arena, form->stage_count, const Stage *);
    *steps = list;
    *count = 0;
    TRY_NEW(list);
    TRY_NEW(*stages);
    for (size_t s = 0; s < form->stage_count; s++) {
        const Stage *stage = &form->stages[s];
        if ((stage->kind != STAGE_TIER && stage->kind != STAGE_UNVALUED) || stage->count == 0)
            continue;
        (*stages)[*count] = stage;
        list[(*count)++] = tier_step_of(stage);
    }
    return STATUS_OK;
}
