/* What a beneficiary's own needs ask of each other, in its copy: which of its alternatives stands for them,
 * and which of its other needs an outcome of its own waits for. Nothing is named that is not its own.
 */
#include "allot/chosen.h"
#include "models/release_internal.h"

/** Of a need that is not chosen: the member that is, or -1 where nobody stands for the mark. */
static int standing_member(const Round *round, const bool *not_chosen, int need)
{
    const NeedMark *mark = &round->logic.alternatives[round->logic.alternative_of[need]];
    for (int i = 0; i < mark->count; i++)
        if (!not_chosen[mark->members[i]] && round->needs[mark->members[i]].quantity_known)
            return mark->members[i];
    return -1;
}

Status release_choices(const Round *round, const Plan *plan, const int *places, Arena *arena,
                       Release *release)
{
    const bool *not_chosen = plan_not_chosen(round, plan, arena);
    ReleaseChoice *choices = ARENA_NEW(arena, release->round.need_count, ReleaseChoice);
    TRY_NEW(not_chosen);
    TRY_NEW(choices);
    for (int n = 0; n < (int)round->need_count; n++) {
        if (places[n] < 0)
            continue;
        ReleaseChoice *choice = &choices[places[n]];
        int stands = not_chosen[n] ? standing_member(round, not_chosen, n) : -1;
        *choice = (ReleaseChoice){.not_chosen = stands >= 0, .instead = ""};
        if (stands < 0)
            continue;
        choice->served = plan->needs[stands].assigned > 0 || round->needs[stands].covered > 0;
        if (places[stands] >= 0)
            choice->instead = round->needs[stands].id;
    }
    release->choices = choices;
    return STATUS_OK;
}

Status release_requires(const Round *round, const int *places, Arena *arena, Release *release)
{
    for (int n = 0; n < (int)round->need_count; n++) {
        if (places[n] < 0 || !need_is_outcome(&round->needs[n]))
            continue;
        const NameList *all = &round->needs[n].requires;
        const char **names = ARENA_NEW(arena, (size_t)all->count, const char *);
        int count = 0;
        TRY_NEW(names);
        for (int i = 0; i < all->count; i++) {
            int other = round_find_need(round, all->names[i]);
            if (other >= 0 && places[other] >= 0)
                names[count++] = all->names[i];
        }
        release->round.needs[places[n]].requires = (NameList){.names = names, .count = count};
    }
    return STATUS_OK;
}
