/* What a sweep's cases come to, and how they differ from the first. */
#include "io/sweep_totals.h"

#include <stdlib.h>
#include <string.h>

#include "allot/amount_text.h"
#include "io/totals.h"

/* ---- tiers ---------------------------------------------------------------------------------- */

static int compare_ints(const void *a, const void *b)
{
    int one = *(const int *)a, other = *(const int *)b;
    return one < other ? -1 : one > other;
}

static Status find_tiers(const Sweep *sweep, Arena *arena, SweepTotals *totals)
{
    size_t kept = 0, count = 0;
    int *tiers = ARENA_NEW(arena, sweep->case_count * sweep->need_count, int);
    TRY_NEW(tiers);
    for (size_t c = 0; c < sweep->case_count; c++)
        for (size_t n = 0; sweep->cases[c].has_plan && n < sweep->need_count; n++)
            tiers[count++] = sweep->cases[c].needs[n].tier;
    if (count > 0)
        qsort(tiers, count, sizeof *tiers, compare_ints);
    for (size_t i = 0; i < count; i++)
        if (kept == 0 || tiers[kept - 1] != tiers[i])
            tiers[kept++] = tiers[i];
    totals->tiers = tiers;
    totals->tier_count = kept;
    return STATUS_OK;
}

static void add_need(TierTotals *totals, const CaseNeed *need)
{
    totals->needs++;
    if (need->state == NEED_NOT_CHOSEN) /* its mark counts once */
        return;
    totals->met += need->state == NEED_MET;
    totals->partly += need->state == NEED_PARTLY;
    totals->without_value += !need->has_value;
    totals->without_value_met += !need->has_value && need->state == NEED_MET;
    totals->asked += need->value_asked;
    totals->covered += need->value_covered;
    totals->held += need->value_held;
    totals->assigned += need->value_assigned;
    totals->unmet += need->value_unmet;
}

static Status add_tiers(const Sweep *sweep, const SweepCase *one, Arena *arena,
                        const SweepTotals *totals, CaseTotals *sums)
{
    sums->tiers = ARENA_NEW(arena, totals->tier_count, TierTotals);
    TRY_NEW(sums->tiers);
    for (size_t n = 0; one->has_plan && n < sweep->need_count; n++) {
        const CaseNeed *need = &one->needs[n];
        const int *tier = bsearch(&need->tier, totals->tiers, totals->tier_count,
                                  sizeof *totals->tiers, compare_ints);
        add_need(&sums->all, need);
        if (tier != NULL)
            add_need(&sums->tiers[tier - totals->tiers], need);
    }
    return STATUS_OK;
}

/* ---- shares by beneficiary ------------------------------------------------------------------ */

/* A need in the order of who asks for it. */
typedef struct Asked {
    const SweepNeed *need;
} Asked;

static int compare_beneficiaries(const void *a, const void *b)
{
    const SweepNeed *one = ((const Asked *)a)->need, *other = ((const Asked *)b)->need;
    int names = strcmp(one->beneficiary, other->beneficiary);
    return names != 0 ? names : strcmp(one->id, other->id);
}

/* Needs by their beneficiaries' names; one without a name stands for itself. */
static const Asked *by_beneficiary(const Sweep *sweep, Arena *arena)
{
    Asked *list = ARENA_NEW(arena, sweep->need_count, Asked);
    for (size_t n = 0; list != NULL && n < sweep->need_count; n++)
        list[n].need = &sweep->needs[n];
    if (list != NULL && sweep->need_count > 0)
        qsort(list, sweep->need_count, sizeof *list, compare_beneficiaries);
    return list;
}

static bool same_group(const SweepNeed *a, const SweepNeed *b)
{
    return *a->beneficiary != '\0' && strcmp(a->beneficiary, b->beneficiary) == 0;
}

/* What the needs of one beneficiary add up to. */
typedef struct GroupShare {
    int64_t asked, met; /* by value */
    double shares;      /* sum of met of asked, need by need */
    size_t needs;       /* that ask for a known quantity */
    bool without_value; /* one of these has none */
} GroupShare;

static void add_to_group(GroupShare *group, const CaseNeed *need)
{
    if (need->quantity <= 0 || need->state == NEED_NOT_CHOSEN)
        return;
    group->asked += need->value_asked;
    group->met += need->value_asked - need->value_unmet;
    group->shares += (double)(need->quantity - need->unmet) / (double)need->quantity;
    group->without_value = group->without_value || !need->has_value;
    group->needs++;
}

/* By value; the mean of the needs' shares where one has no value, as fairness counts. */
static void add_group(CaseTotals *sums, const SweepNeed *need, const GroupShare *group)
{
    if (group->needs == 0)
        return;
    double share = group->without_value || group->asked <= 0
                       ? group->shares / (double)group->needs
                       : (double)group->met / (double)group->asked;
    if (sums->groups == 0 || share < sums->smallest_share) {
        sums->smallest_share = share;
        sums->smallest = *need->beneficiary != '\0' ? need->beneficiary : need->id;
    }
    sums->mean_share += share;
    sums->groups++;
}

static void add_shares(const Sweep *sweep, const SweepCase *one, const Asked *sorted,
                       CaseTotals *sums)
{
    size_t count = one->has_plan ? sweep->need_count : 0;
    sums->smallest = "";
    for (size_t i = 0; i < count;) {
        const SweepNeed *first = sorted[i].need;
        GroupShare group = {.needs = 0};
        do {
            add_to_group(&group, &one->needs[sorted[i].need - sweep->needs]);
            i++;
        } while (i < count && same_group(first, sorted[i].need));
        add_group(sums, first, &group);
    }
    if (sums->groups > 0)
        sums->mean_share /= (double)sums->groups;
}

Status sweep_totals_build(const Sweep *sweep, Arena *arena, SweepTotals *totals)
{
    TRY(find_tiers(sweep, arena, totals));
    const Asked *sorted = by_beneficiary(sweep, arena);
    totals->cases = ARENA_NEW(arena, sweep->case_count, CaseTotals);
    TRY_NEW(sorted);
    TRY_NEW(totals->cases);
    for (size_t c = 0; c < sweep->case_count; c++) {
        TRY(add_tiers(sweep, &sweep->cases[c], arena, totals, &totals->cases[c]));
        add_shares(sweep, &sweep->cases[c], sorted, &totals->cases[c]);
    }
    return STATUS_OK;
}

/* ---- differences ---------------------------------------------------------------------------- */

const char *case_need_state(const CaseNeed *need)
{
    return need_state_text((NeedState)need->state);
}

bool case_need_differs(const Sweep *sweep, size_t index, size_t need)
{
    const CaseNeed *before = &sweep->cases[0].needs[need];
    const CaseNeed *now = &sweep->cases[index].needs[need];
    return before->state != now->state || before->assigned != now->assigned;
}

/* The first line of the need, or of a later one. */
static size_t first_line(const SweepCase *one, size_t need)
{
    size_t from = 0, end = one->line_count;
    while (from < end) {
        size_t middle = from + (end - from) / 2;
        if (one->lines[middle].need < need)
            from = middle + 1;
        else
            end = middle;
    }
    return from;
}

/* Two lists of lines of one need, walked together by offer. */
typedef struct Walk {
    const SweepCase *before, *now;
    size_t need, at_before, at_now;
} Walk;

static Walk walk_begin(const Sweep *sweep, size_t index, size_t need)
{
    const SweepCase *before = &sweep->cases[0], *now = &sweep->cases[index];
    return (Walk){before, now, need, first_line(before, need), first_line(now, need)};
}

/* The next offer of either list, and by how much it gives more; false at the end. */
static bool walk_next(Walk *walk, size_t *offer, int64_t *more)
{
    const CaseLine *before = &walk->before->lines[walk->at_before];
    const CaseLine *now = &walk->now->lines[walk->at_now];
    bool has_before = walk->at_before < walk->before->line_count && before->need == walk->need;
    bool has_now = walk->at_now < walk->now->line_count && now->need == walk->need;
    if (!has_before && !has_now)
        return false;
    bool take_before = has_before && (!has_now || before->offer <= now->offer);
    bool take_now = has_now && (!has_before || now->offer <= before->offer);
    *offer = take_before ? before->offer : now->offer;
    *more = (take_now ? now->quantity : 0) - (take_before ? before->quantity : 0);
    walk->at_before += take_before;
    walk->at_now += take_now;
    return true;
}

bool case_need_loses(const Sweep *sweep, size_t index, size_t need)
{
    Walk walk = walk_begin(sweep, index, need);
    size_t offer;
    int64_t more;
    while (walk_next(&walk, &offer, &more))
        if (more < 0)
            return true;
    return false;
}

/* An amount as the tables have it, or in groups for people. */
static const char *figure_of(Unit unit, int64_t amount, bool grouped, Arena *arena)
{
    char plain[32];
    if (grouped)
        return arena_printf(arena, "%s", amount_text(unit, amount).digits);
    unit_format(unit, amount, plain);
    return arena_printf(arena, "%s", plain);
}

const char *case_shifts(const Sweep *sweep, size_t index, size_t need, ShiftText how, Arena *arena)
{
    Walk walk = walk_begin(sweep, index, need);
    Unit unit = sweep->cases[index].needs[need].unit;
    const char *text = "";
    size_t offer;
    int64_t amount;
    while (text != NULL && walk_next(&walk, &offer, &amount)) {
        if (amount == 0 || (amount > 0) != how.more)
            continue;
        const char *figure = figure_of(unit, amount, how.grouped, arena);
        text = figure == NULL
                   ? NULL
                   : arena_printf(arena, "%s%s%s (%s) %s%s", text, *text == '\0' ? "" : "; ",
                                  sweep->offers[offer].id, sweep->offers[offer].donor,
                                  how.more ? "+" : "", figure);
    }
    return text;
}
