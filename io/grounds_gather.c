/* Causes of unmet needs gathered: what holds back many needs is one row, with what it costs them all. */
#include <stdlib.h>
#include <string.h>

#include "allot/causes.h"
#include "io/grounds.h"

/** Is it a row that holds back whole groups of needs, and not one of the needs' own? */
static bool is_shared_row(const GroundCause *cause)
{
    return cause->found != NULL && cause->line > 0 && cause->found->origin.table != TABLE_NEEDS;
}

bool ground_same(const GroundCause *a, const GroundCause *b)
{
    if (a->code != b->code || strcmp(a->proof, b->proof) != 0 ||
        is_shared_row(a) != is_shared_row(b))
        return false;
    return !is_shared_row(a) ||
           (a->line == b->line && strcmp(a->table, b->table) == 0 &&
            strcmp(a->column, b->column) == 0 && strcmp(a->part, b->part) == 0);
}

/** Of money amounts that the totals hold together, so that none overflows. */
static int64_t value_of(const Need *need, int64_t amount)
{
    int64_t value = 0;
    if (!need->has_value || !ratio_apply(amount, need->value, ROUND_HALF_EVEN, &value))
        return 0;
    return value;
}

static void add_need(GroundGroup *group, const Need *need, int64_t unmet)
{
    group->needs++;
    group->without_value += !need->has_value || !need->quantity_known;
    group->tier = group->needs == 1 || need->tier < group->tier ? need->tier : group->tier;
    if (need->has_value && __builtin_add_overflow(group->unmet, unmet, &group->unmet))
        group->unmet = INT64_MAX;
}

/** What frees most first, then what stands before most value, then before most needs; then as the causes
 *  come. A small limit before many needs that lack much else, too, is not what holds them back. */
static int compare_groups(const void *left, const void *right)
{
    const GroundGroup *a = left, *b = right;
    if (a->freed != b->freed)
        return a->freed > b->freed ? -1 : 1;
    if (a->unmet != b->unmet)
        return a->unmet > b->unmet ? -1 : 1;
    if (a->needs != b->needs)
        return a->needs > b->needs ? -1 : 1;
    return a->first < b->first ? -1 : a->first > b->first;
}

/** What lifting a cause frees for its need; 0 where that is unknown, or where others stand beside it. */
static int64_t freed_alone(const Round *round, const Grounds *grounds, size_t at)
{
    const GroundCause *causes = grounds->causes;
    bool alone = (at == 0 || causes[at - 1].need != causes[at].need) &&
                 (at + 1 == grounds->cause_count || causes[at + 1].need != causes[at].need);
    return alone ? value_of(&round->needs[causes[at].need], causes[at].freed) : 0;
}

int64_t grounds_most_freed(const Round *round, const Grounds *grounds, Reason reason)
{
    int64_t most = 0;
    for (size_t i = 0; i < grounds->cause_count; i++) {
        int64_t freed = grounds->causes[i].code == reason ? freed_alone(round, grounds, i) : 0;
        most = freed > most ? freed : most;
    }
    return most;
}

Status grounds_gather(const Round *round, const Plan *plan, const Grounds *grounds, Arena *arena,
                      GroundGroup **groups, size_t *count)
{
    const GroundCause *causes = grounds->causes;
    GroundGroup *all = ARENA_NEW(arena, grounds->cause_count, GroundGroup);
    int *last = ARENA_NEW(arena, grounds->cause_count, int); /* need that a group met last */
    size_t end = grounds->cause_count, g;
    TRY_NEW(all);
    TRY_NEW(last);
    *count = 0;
    for (size_t i = 0; i < end; i++) {
        int n = causes[i].need;
        for (g = 0; g < *count && !ground_same(all[g].first, &causes[i]); g++)
            continue;
        if (g == *count) {
            all[(*count)++] = (GroundGroup){.first = &causes[i]};
            last[g] = -1;
        }
        if (last[g] != n)
            add_need(&all[g], &round->needs[n], plan->needs[n].value_unmet);
        last[g] = n;
        int64_t freed = freed_alone(round, grounds, i);
        all[g].freed = freed > all[g].freed ? freed : all[g].freed;
    }
    if (*count > 1)
        qsort(all, *count, sizeof *all, compare_groups);
    *groups = all;
    return STATUS_OK;
}
