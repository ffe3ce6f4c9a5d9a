/* What a beneficiary's own needs ask of each other, in its copy: which of its alternatives stands for them,
 * and which of its other needs an outcome of its own waits for. Nothing is named that is not its own.
 */
#include "allot/chosen.h"
#include "models/release_internal.h"

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
        int stands = chosen_in_place(round, not_chosen, n);
        *choice = (ReleaseChoice){.not_chosen = stands >= 0, .instead = ""};
        if (stands < 0)
            continue;
        choice->served = chosen_is_served(round, plan, stands);
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
