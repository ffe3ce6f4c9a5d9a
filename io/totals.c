/* What the workbook and summary.csv add up: needs and their groups here, offers and donors in
 * totals_donors.c. Everything is a sum of the plan's own figures; only the value of what was asked and
 * offered is worked out here, at the frozen rates.
 */
#include "io/totals.h"

#include <stdlib.h>
#include <string.h>

#include "io/totals_internal.h"

#include "allot/chosen.h"
#include "allot/language.h"
#include "allot/order.h"

enum { NAMES_FIRST = 64 };

const char *need_state_text(NeedState state)
{
    switch (state) {
    case NEED_MET: return N_("met");
    case NEED_PARTLY: return N_("partly");
    case NEED_UNMET: return N_("unmet");
    case NEED_UNKNOWN: return N_("amount unknown");
    case NEED_NOT_CHOSEN: return N_("not chosen");
    case NEED_STATES: break;
    }
    return "";
}

static NeedState state_of(const Need *need, const NeedResult *result)
{
    if (!need->quantity_known)
        return NEED_UNKNOWN;
    if (result->unmet == 0 && (need->quantity > 0 || result->full))
        return NEED_MET;
    return result->assigned > 0 || need->covered > 0 ? NEED_PARTLY : NEED_UNMET;
}

/* What earlier rounds committed comes first, and the rest of what is covered is so elsewhere: both are
 * differences of rounded values, so that they tie out. */
static bool value_covered(const Need *need, int64_t full, NeedTotals *out)
{
    int64_t open, wanted, held = need->held < need->quantity ? need->held : need->quantity;
    if (!ratio_apply(need->quantity - held, need->value, ROUND_HALF_EVEN, &open) ||
        !ratio_apply(need->wanted, need->value, ROUND_HALF_EVEN, &wanted))
        return false;
    out->covered = full - wanted;
    out->held = full - open;
    return true;
}

static Status value_needs(const Round *round, const Plan *plan, Arena *arena, Totals *totals)
{
    totals->needs = ARENA_NEW(arena, round->need_count, NeedTotals);
    TRY_NEW(totals->needs);
    for (size_t i = 0; i < round->need_count; i++) {
        const Need *need = &round->needs[i];
        NeedTotals *out = &totals->needs[i];
        out->state = state_of(need, &plan->needs[i]);
        out->has_value = need->has_value && need->quantity_known;
        int64_t full;
        totals->needs_held += need->held > 0;
        if (!out->has_value)
            continue;
        if (!ratio_apply(need->quantity, need->value, ROUND_HALF_EVEN, &full) ||
            !value_covered(need, full, out))
            return STATUS_INTERNAL;
        out->asked = out->covered + plan->needs[i].value_assigned + plan->needs[i].value_unmet;
    }
    return STATUS_OK;
}

bool total_add(int64_t *total, int64_t amount)
{
    return !__builtin_add_overflow(*total, amount, total);
}

static bool group_add(GroupTotals *group, const Need *need, const NeedTotals *totals,
                      const NeedResult *result)
{
    group->needs++;
    group->in_state[totals->state]++;
    group->not_ready += !need->ready;
    if (totals->state == NEED_NOT_CHOSEN)
        return total_add(&group->not_chosen, result->value_unmet);
    if (!totals->has_value) {
        group->without_value++;
        group->without_value_met += totals->state == NEED_MET;
        return true;
    }
    return total_add(&group->covered, totals->covered) && total_add(&group->held, totals->held) &&
           total_add(&group->assigned, result->value_assigned) &&
           total_add(&group->unmet, result->value_unmet) && total_add(&group->asked, totals->asked);
}

size_t sort_distinct(const char **names, size_t count)
{
    if (count == 0)
        return 0;
    qsort(names, count, sizeof *names, order_of_texts);
    size_t kept = 1;
    for (size_t i = 1; i < count; i++)
        if (strcmp(names[i], names[kept - 1]) != 0)
            names[kept++] = names[i];
    return kept;
}

static int compare_group(const void *name, const void *group)
{
    return strcmp(name, ((const GroupTotals *)group)->name);
}

static GroupTotals *find_group(const GroupList *list, const char *name)
{
    return bsearch(name, list->groups, list->count, sizeof *list->groups, compare_group);
}

size_t totals_category(const Totals *totals, const Need *need)
{
    return (size_t)(find_group(&totals->categories, need->category) - totals->categories.groups);
}

/* Every text of the needs once, sorted. Equal texts are one (round.h), so that few are compared. */
static Status distinct_texts(const Round *round, const char *(*text_of)(const Need *), Arena *arena,
                             const char ***names, size_t *count)
{
    NameMap *met = name_map_new(arena);
    size_t room = 0;
    TRY_NEW(met);
    *names = NULL;
    *count = 0;
    for (size_t i = 0; i < round->need_count; i++) {
        bool added;
        const char *text = text_of(&round->needs[i]);
        if (!name_map_add(met, text, 0, &added))
            return STATUS_NO_MEMORY;
        if (added && *count == room) {
            room = room == 0 ? NAMES_FIRST : 2 * room;
            *names = arena_grow(arena, *names, *count, room, sizeof **names);
            TRY_NEW(*names);
        }
        if (added)
            (*names)[(*count)++] = text;
    }
    *count = sort_distinct(*names, *count);
    return STATUS_OK;
}

/* A group of every name, and where it is. */
static Status place_groups(GroupList *list, const char *const *names, Arena *arena,
                           NameMap **places)
{
    *places = name_map_new(arena);
    list->groups = ARENA_NEW(arena, list->count, GroupTotals);
    if (*places == NULL || list->groups == NULL)
        return STATUS_NO_MEMORY;
    for (size_t g = 0; g < list->count; g++) {
        bool added;
        list->groups[g].name = names[g];
        if (!name_map_add(*places, names[g], (int)g, &added))
            return STATUS_NO_MEMORY;
    }
    return STATUS_OK;
}

/* The needs grouped by a text of theirs. */
static Status group_by(const Round *round, const Plan *plan, const Totals *totals,
                       const char *(*text_of)(const Need *), Arena *arena, GroupList *list)
{
    const char **names;
    NameMap *places;
    TRY(distinct_texts(round, text_of, arena, &names, &list->count));
    TRY(place_groups(list, names, arena, &places));
    for (size_t i = 0; i < round->need_count; i++) {
        const Need *need = &round->needs[i];
        int place = name_map_get(places, text_of(need));
        GroupTotals *group = place >= 0 ? &list->groups[place] : find_group(list, text_of(need));
        if (group == NULL || !group_add(group, need, &totals->needs[i], &plan->needs[i]))
            return STATUS_INTERNAL;
    }
    return STATUS_OK;
}

/* The needs by tier. Tiers without any need are left out. */
static Status group_by_tier(const Round *round, const Plan *plan, const Totals *totals,
                            Arena *arena, GroupList *list)
{
    int last = 0;
    for (size_t i = 0; i < round->need_count; i++)
        if (round->needs[i].tier > last)
            last = round->needs[i].tier;
    list->groups = ARENA_NEW(arena, (size_t)last + 1, GroupTotals);
    TRY_NEW(list->groups);
    for (size_t i = 0; i < round->need_count; i++) {
        GroupTotals *group = &list->groups[round->needs[i].tier];
        if (!group_add(group, &round->needs[i], &totals->needs[i], &plan->needs[i]))
            return STATUS_INTERNAL;
    }
    for (int tier = 0; tier <= last; tier++) {
        if (list->groups[tier].needs == 0)
            continue;
        list->groups[tier].tier = tier;
        list->groups[tier].name = arena_printf(arena, "%d", tier);
        TRY_NEW(list->groups[tier].name);
        list->groups[list->count++] = list->groups[tier];
    }
    return STATUS_OK;
}

static Status mark_not_chosen(const Round *round, const Plan *plan, Arena *arena, Totals *totals)
{
    const bool *not_chosen = plan_not_chosen(round, plan, arena);
    TRY_NEW(not_chosen);
    for (int n = 0; n < (int)round->need_count; n++) {
        totals->needs[n].instead = chosen_in_place(round, not_chosen, n);
        if (not_chosen[n])
            totals->needs[n].state = NEED_NOT_CHOSEN;
    }
    return STATUS_OK;
}

Status totals_build(const Round *round, const Plan *plan, Arena *arena, Totals *totals)
{
    *totals = (Totals){.all = {.name = ""}, .given = {.id = "", .row = -1}};
    TRY(value_needs(round, plan, arena, totals));
    TRY(mark_not_chosen(round, plan, arena, totals));
    for (size_t i = 0; i < round->need_count; i++)
        if (!group_add(&totals->all, &round->needs[i], &totals->needs[i], &plan->needs[i]))
            return STATUS_INTERNAL;
    TRY(group_by_tier(round, plan, totals, arena, &totals->tiers));
    TRY(group_by(round, plan, totals, need_category, arena, &totals->categories));
    TRY(group_by(round, plan, totals, need_region, arena, &totals->regions));
    TRY(group_by(round, plan, totals, need_beneficiary, arena, &totals->beneficiaries));
    TRY(totals_value_offers(round, plan, arena, totals));
    return totals_add_donors(round, plan, arena, totals);
}
