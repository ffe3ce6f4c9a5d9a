/* Needs met in full, outcomes among them, of any depth. */
#include "allot/logic.h"

const Requirement *logic_missing(const Round *round, int need, const bool *full)
{
    const Logic *logic = &round->logic;
    for (size_t r = logic->first[need]; r < logic->first[need + 1]; r++) {
        const Requirement *requirement = &logic->requirements[r];
        bool met = false;
        for (int k = 0; k < requirement->count && !met; k++)
            met = full[requirement->any_of[k]];
        if (!met)
            return requirement;
    }
    return NULL;
}

bool logic_satisfied(const Round *round, int need, const bool *full)
{
    return logic_missing(round, need, full) == NULL;
}

bool logic_binds(const Round *round, int need)
{
    const Logic *logic = &round->logic;
    return logic->bundle_of[need] >= 0 || logic->alternative_of[need] >= 0 ||
           logic->first[need] < logic->first[need + 1];
}

bool logic_is_required(const Round *round, int need)
{
    const Logic *logic = &round->logic;
    for (size_t q = 0; q < logic->requirement_count; q++)
        for (int k = 0; k < logic->requirements[q].count; k++)
            if (logic->requirements[q].any_of[k] == need)
                return true;
    return false;
}

/** Outcomes may require outcomes: as many passes as they are deep (there are no circles). */
void logic_full(const Round *round, const int64_t *assigned, bool *full)
{
    bool outcomes = false;
    for (size_t n = 0; n < round->need_count; n++) {
        const Need *need = &round->needs[n];
        bool outcome = need_is_outcome(need);
        full[n] = need->quantity_known && !outcome && assigned[n] >= need->wanted;
        outcomes = outcomes || outcome;
    }
    for (bool changed = outcomes; changed;) {
        changed = false;
        for (size_t n = 0; n < round->need_count; n++)
            if (need_is_outcome(&round->needs[n]) && !full[n] &&
                logic_satisfied(round, (int)n, full))
                changed = full[n] = true;
    }
}
