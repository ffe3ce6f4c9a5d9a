/* Alternatives in the totals: a mark counts once, as the need that is served, or while none is as the
 * cheapest one, which is also what its tier's stage counts (models/form_tiers.c). The others are not
 * chosen: they are neither asked for nor unmet, and what they would take is kept apart.
 */
#include "io/totals_internal.h"

static bool takes_part(const Round *round, int need)
{
    return round->needs[need].quantity_known;
}

/* The member that something is given to, here or elsewhere, or -1. */
static int served_member(const Round *round, const Plan *plan, const NeedMark *mark)
{
    for (int i = 0; i < mark->count; i++) {
        int need = mark->members[i];
        if (takes_part(round, need) &&
            (plan->needs[need].assigned > 0 || round->needs[need].covered > 0))
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
        if (!takes_part(round, need))
            continue;
        if (!round->needs[need].has_value)
            return need;
        if (out < 0 || plan->needs[need].value_unmet < plan->needs[out].value_unmet)
            out = need;
    }
    return out;
}

void totals_choose(const Round *round, const Plan *plan, Totals *totals)
{
    for (size_t m = 0; m < round->logic.alternative_count; m++) {
        const NeedMark *mark = &round->logic.alternatives[m];
        int chosen = served_member(round, plan, mark);
        if (chosen < 0)
            chosen = cheapest_member(round, plan, mark);
        for (int i = 0; i < mark->count; i++)
            if (mark->members[i] != chosen && takes_part(round, mark->members[i]))
                totals->needs[mark->members[i]].state = NEED_NOT_CHOSEN;
    }
}
