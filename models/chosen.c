/* Who stands for a mark of alternatives under a plan. */
#include "allot/chosen.h"

bool chosen_is_served(const Round *round, const Plan *plan, int need)
{
    return plan->needs[need].assigned > 0 || round->needs[need].covered > 0;
}

/* The member that something is given to, here or elsewhere, or -1. */
static int served_member(const Round *round, const Plan *plan, const NeedMark *mark)
{
    for (int i = 0; i < mark->count; i++) {
        int need = mark->members[i];
        if (round->needs[need].quantity_known && chosen_is_served(round, plan, need))
            return need;
    }
    return -1;
}

/* Where nothing is given to any: the first without a money value, else the one of the least value, the
 * first of equals; -1 where all amounts are unknown. */
static int cheapest_member(const Round *round, const Plan *plan, const NeedMark *mark)
{
    int out = -1;
    for (int i = 0; i < mark->count; i++) {
        int need = mark->members[i];
        if (!round->needs[need].quantity_known)
            continue;
        if (!round->needs[need].has_value)
            return need;
        if (out < 0 || plan->needs[need].value_unmet < plan->needs[out].value_unmet)
            out = need;
    }
    return out;
}

bool *plan_not_chosen(const Round *round, const Plan *plan, Arena *arena)
{
    bool *out = ARENA_NEW(arena, round->need_count, bool);
    if (out == NULL)
        return NULL;
    for (size_t m = 0; m < round->logic.alternative_count; m++) {
        const NeedMark *mark = &round->logic.alternatives[m];
        int chosen = served_member(round, plan, mark);
        if (chosen < 0)
            chosen = cheapest_member(round, plan, mark);
        for (int i = 0; i < mark->count; i++)
            out[mark->members[i]] =
                mark->members[i] != chosen && round->needs[mark->members[i]].quantity_known;
    }
    return out;
}

int chosen_in_place(const Round *round, const bool *not_chosen, int need)
{
    if (!not_chosen[need])
        return -1;
    const NeedMark *mark = &round->logic.alternatives[round->logic.alternative_of[need]];
    for (int i = 0; i < mark->count; i++)
        if (!not_chosen[mark->members[i]] && round->needs[mark->members[i]].quantity_known)
            return mark->members[i];
    return -1;
}
