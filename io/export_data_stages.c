/* Which stages a round decides, and in which groups its needs share, read off the tables and the
 * eligible pairs alone: nothing here looks at the formulation, so that one can be held against the
 * other.
 */
#include "io/export_data_internal.h"

#include <string.h>

#include "allot/names.h"

static Status add_stage(DataStages *list, Arena *arena, DataStage stage)
{
    TRY_NEW(stage.label);
    if (list->count == list->room) {
        size_t room = list->room * 2 + 32;
        list->stages = arena_grow(arena, list->stages, list->count, room, sizeof *list->stages);
        TRY_NEW(list->stages);
        list->room = room;
    }
    list->stages[list->count++] = stage;
    return STATUS_OK;
}

/* ---- groups ---------------------------------------------------------------------------------- */

static const char *mark_of(const Settings *settings, const Need *need)
{
    switch (settings->fairness) {
    case FAIRNESS_BENEFICIARY: return need->beneficiary;
    case FAIRNESS_REGION: return need->region;
    case FAIRNESS_CATEGORY: return need->category;
    case FAIRNESS_NEED:
    case FAIRNESS_NONE: break;
    }
    return "";
}

/** What groups a need, in words that no other group has; NULL: it is one of its own. Alternatives that
 *  nothing groups are one group. */
static Status group_key(const Round *round, Arena *arena, size_t n, const char **out)
{
    const Need *need = &round->needs[n];
    const char *mark = mark_of(&round->settings, need);
    *out = NULL;
    if (*mark == '\0' && round->logic.alternative_of[n] < 0)
        return STATUS_OK;
    const char *key = *mark != '\0' ? arena_printf(arena, "%d %s", need->tier, mark)
                                    : arena_printf(arena, "\n%s", need->alternative);
    TRY_NEW(key);
    *out = name_intern(round->names, key, strlen(key));
    return *out == NULL ? STATUS_NO_MEMORY : STATUS_OK;
}

/** Numbers the groups: needs of one tier and one mark; a need without the mark is one of its own. */
static Status number_groups(const Round *round, Arena *arena, int *group)
{
    NameMap *marks = name_map_new(arena);
    int groups = 0;
    TRY_NEW(marks);
    for (size_t n = 0; n < round->need_count; n++) {
        const char *key;
        bool added = true;
        if (round->settings.fairness == FAIRNESS_NONE || !round->needs[n].quantity_known ||
            need_is_outcome(&round->needs[n]))
            continue;
        TRY(group_key(round, arena, n, &key));
        if (key != NULL && !name_map_add(marks, key, groups + 1, &added))
            return STATUS_NO_MEMORY;
        group[n] = added ? groups + 1 : name_map_get(marks, key);
        groups += added;
    }
    return STATUS_OK;
}

/* ---- tiers ----------------------------------------------------------------------------------- */

static Status list_fairness(const Round *round, Arena *arena, DataStages *list, int tier)
{
    int rank = 0;
    for (size_t n = 0; n < round->need_count; n++) {
        bool first = round->needs[n].tier == tier && list->group[n] > 0;
        for (size_t i = 0; i < n && first; i++)
            first = list->group[i] != list->group[n];
        if (!first)
            continue;
        rank++;
        TRY(add_stage(list, arena,
                      (DataStage){.kind = STAGE_FAIRNESS,
                                  .tier = tier,
                                  .rank = rank,
                                  .label = arena_printf(arena, "fairness %d.%d", tier, rank)}));
    }
    return STATUS_OK;
}

/** The shortfall of a tier, if anything known is in it. */
static Status list_shortfall(const Round *round, Arena *arena, DataStages *list, int tier)
{
    bool known = false, unvalued = false;
    for (size_t n = 0; n < round->need_count; n++) {
        const Need *need = &round->needs[n];
        bool counts = need->tier == tier && need->quantity_known;
        known = known || counts;
        unvalued = unvalued || (counts && !need->has_value && !need_is_outcome(need));
    }
    if (!known)
        return STATUS_OK;
    TRY(add_stage(list, arena,
                  (DataStage){.kind = STAGE_TIER,
                              .tier = tier,
                              .label = arena_printf(arena, "tier %d", tier)}));
    if (!unvalued || round->settings.measure != MEASURE_VALUE)
        return STATUS_OK;
    return add_stage(list, arena,
                     (DataStage){.kind = STAGE_UNVALUED,
                                 .tier = tier,
                                 .label = arena_printf(arena, "unvalued %d", tier)});
}

static int last_tier(const Round *round)
{
    int last = 0;
    for (size_t n = 0; n < round->need_count; n++)
        last = round->needs[n].tier > last ? round->needs[n].tier : last;
    return last;
}

/* ---- after the tiers ------------------------------------------------------------------------- */

/** What the eligible pairs of a tier rest on. */
typedef struct TierBases {
    bool valued, unvalued; /* some pair of the basis asked for */
    bool firmer;
} TierBases;

static TierBases bases_of(const Round *round, const PairSet *pairs, int tier, Basis basis)
{
    TierBases bases = {0};
    for (size_t p = 0; p < pairs->count; p++) {
        const Need *need = &round->needs[pairs->pairs[p].need];
        Basis found = round->offers[pairs->pairs[p].offer].basis;
        if (need->tier != tier)
            continue;
        bases.valued = bases.valued || (found == basis && need->has_value);
        bases.unvalued = bases.unvalued || (found == basis && !need->has_value);
        bases.firmer = bases.firmer || found > basis;
    }
    return bases;
}

static Status list_firmness(const Round *round, const PairSet *pairs, Arena *arena,
                            DataStages *list, Basis basis)
{
    int last = last_tier(round);
    for (int tier = 1; tier <= last; tier++) {
        TierBases bases = bases_of(round, pairs, tier, basis);
        for (int apart = 0; apart < 2; apart++) {
            if (!bases.firmer || !(apart ? bases.unvalued : bases.valued))
                continue;
            TRY(add_stage(
                list, arena,
                (DataStage){.kind = STAGE_FIRMNESS,
                            .tier = tier,
                            .basis = basis,
                            .apart = apart == 1,
                            .label = arena_printf(arena, "firmness %s %d%s", basis_text(basis),
                                                  tier, apart ? " unvalued" : "")}));
        }
    }
    return STATUS_OK;
}

bool data_lapses(const Round *round, const Offer *offer, Date date)
{
    const Settings *settings = &round->settings;
    return offer->lapses != DATE_NONE && (date == DATE_NONE || offer->lapses == date) &&
           offer->quantity_known && offer->basis >= settings->plan_on &&
           (settings->start == DATE_NONE || offer->lapses >= settings->start) &&
           (settings->end == DATE_NONE || offer->lapses <= settings->end);
}

static Status list_lapsing(const Round *round, Arena *arena, DataStages *list)
{
    size_t before = list->count;
    for (Date last = DATE_NONE;;) { /* DATE_NONE is below every day */
        Date next = DATE_NONE;
        char day[16];
        for (size_t o = 0; o < round->offer_count; o++) {
            const Offer *offer = &round->offers[o];
            if (data_lapses(round, offer, DATE_NONE) && offer->lapses > last &&
                (next == DATE_NONE || offer->lapses < next))
                next = offer->lapses;
        }
        if (next == DATE_NONE)
            break;
        date_format(next, day);
        TRY(add_stage(list, arena,
                      (DataStage){.kind = STAGE_LAPSING,
                                  .date = next,
                                  .label = arena_printf(arena, "lapsing %s", day)}));
        last = next;
    }
    if (list->count > before)
        return STATUS_OK;
    return add_stage(list, arena,
                     (DataStage){.kind = STAGE_LAPSING, .date = DATE_NONE, .label = "lapsing"});
}

/** Has a donor with a key an offer in kind of known worth? */
static bool keyed_in_kind(const Round *round)
{
    for (size_t o = 0; o < round->offer_count; o++) {
        const Offer *offer = &round->offers[o];
        int donor = round->offers[offer->root].donor_row;
        if (!offer->unit.is_money && offer->has_unit_value && donor >= 0 &&
            round->donors[donor].has_share_key)
            return true;
    }
    return false;
}

static bool has_unvalued(const Round *round)
{
    for (size_t n = 0; n < round->need_count; n++)
        if (round->needs[n].quantity_known && !round->needs[n].has_value &&
            !need_is_outcome(&round->needs[n]))
            return true;
    return false;
}

static Status list_one(Arena *arena, DataStages *list, StageKind kind, const char *label,
                       bool apart)
{
    return add_stage(list, arena, (DataStage){.kind = kind, .label = label, .apart = apart});
}

/** A stage that holds the plan against the one before it, and that of the needs without value. */
static Status list_against_previous(const Round *round, Arena *arena, DataStages *list,
                                    StageKind kind, const char *label)
{
    if (!round->has_previous)
        return STATUS_OK;
    TRY(list_one(arena, list, kind, label, false));
    return has_unvalued(round)
               ? list_one(arena, list, kind, arena_printf(arena, "%s unvalued", label), true)
               : STATUS_OK;
}

static Status list_later(const Round *round, Arena *arena, DataStages *list, LaterStage later)
{
    switch (later) {
    case LATER_LAPSING: return list_lapsing(round, arena, list);
    case LATER_BURDEN:
        TRY(list_one(arena, list, STAGE_BURDEN, "burden", false));
        return keyed_in_kind(round) ? list_one(arena, list, STAGE_BURDEN, "burden in kind", true)
                                    : STATUS_OK;
    case LATER_COST: return list_one(arena, list, STAGE_COST, "cost", false);
    case LATER_SPLITS: return list_one(arena, list, STAGE_SPLITS, "splits", false);
    case LATER_CHANGE:
        return round->settings.change_first
                   ? STATUS_OK
                   : list_against_previous(round, arena, list, STAGE_CHANGE, "change");
    case LATER_STAGE_COUNT: break;
    }
    return STATUS_OK;
}

/** Tiers with their fairness; where answers are settled `change` stands between the two. */
static Status list_tiers(const Round *round, Arena *arena, DataStages *list)
{
    const Settings *settings = &round->settings;
    int last = last_tier(round);
    for (int tier = 1; tier <= last; tier++) {
        if (settings->fairness_first && !settings->change_first)
            TRY(list_fairness(round, arena, list, tier));
        TRY(list_shortfall(round, arena, list, tier));
        if (!settings->fairness_first && !settings->change_first)
            TRY(list_fairness(round, arena, list, tier));
    }
    if (!settings->change_first)
        return STATUS_OK;
    TRY(list_against_previous(round, arena, list, STAGE_CHANGE, "change"));
    for (int tier = 1; tier <= last; tier++)
        TRY(list_fairness(round, arena, list, tier));
    return STATUS_OK;
}

/** What comes before tier 1. */
static Status list_urgent(const Round *round, Arena *arena, DataStages *list)
{
    if (!round->has_urgent)
        return STATUS_OK;
    const char *label = arena_printf(arena, "urgent %s", round->needs[round->urgent].id);
    TRY(list_one(arena, list, STAGE_URGENT, label, false));
    return list_against_previous(round, arena, list, STAGE_TAKEN, "taken");
}

Status data_stages_list(const Round *round, const PairSet *pairs, Arena *arena, DataStages *out)
{
    int *group = ARENA_NEW(arena, round->need_count, int);
    TRY_NEW(group);
    *out = (DataStages){.group = group};
    TRY(number_groups(round, arena, group));
    TRY(list_urgent(round, arena, out));
    TRY(list_tiers(round, arena, out));
    TRY(list_firmness(round, pairs, arena, out, BASIS_PLEDGED));
    TRY(list_firmness(round, pairs, arena, out, BASIS_COMMITTED));
    for (size_t i = 0; i < round->settings.later_count; i++)
        TRY(list_later(round, arena, out, round->settings.later[i]));
    return STATUS_OK;
}
