/* The met shares of a tier's groups, from the smallest up: what the fairness stages decided. A need
 * without the mark that groups is a group of its own; needs of unknown or no quantity are in none. */
#include "models/verify_internal.h"

#include <math.h>
#include <stdlib.h>

/* A need of a group. */
typedef struct Member {
    size_t need;
    int64_t quantity;
    VerifyWorth worth;
    Int128 met; /* c + x, in smallest parts */
} Member;

/* The needs of a tier, by group. */
typedef struct Groups {
    Member *members; /* group by group, needs ascending */
    size_t *first;   /* [count + 1] members of group g: first[g] .. first[g + 1] - 1 */
    size_t count;
} Groups;

static const char *mark_of(const Settings *settings, const Need *need)
{
    if (settings->fairness_by_quantity)
        return "";
    switch (settings->fairness) {
    case FAIRNESS_BENEFICIARY: return need->beneficiary;
    case FAIRNESS_REGION: return need->region;
    case FAIRNESS_CATEGORY: return need->category;
    case FAIRNESS_NONE:
    case FAIRNESS_NEED: return "";
    }
    return "";
}

static bool takes_part(const Settings *settings, const Need *need)
{
    return need->quantity_known && need->quantity > 0 &&
           !(settings->fairness_by_quantity && need->weight.digits == 0);
}

/* The group of every need of the tier that is in one, else -1. */
static Status number_groups(const Verifier *v, const int *needs, size_t count, int *group,
                            size_t *groups)
{
    NameMap *marks = name_map_new(v->arena);

    TRY_NEW(marks);
    *groups = 0;
    for (size_t i = 0; i < count; i++) {
        const Need *need = &v->round->needs[needs[i]];
        const char *mark = mark_of(&v->round->settings, need);
        bool added = true;

        group[i] = -1;
        if (!takes_part(&v->round->settings, need))
            continue;
        group[i] = (int)*groups;
        if (mark != NULL && mark[0] != '\0') {
            if (!name_map_add(marks, mark, (int)*groups, &added))
                return STATUS_NO_MEMORY;
            group[i] = name_map_get(marks, mark);
        }
        *groups += added ? 1 : 0;
    }
    return STATUS_OK;
}

static Member member_of(const Verifier *v, size_t n)
{
    const Need *need = &v->round->needs[n];
    int64_t covered = need->covered < need->quantity ? need->covered : need->quantity;

    return (Member){.need = n,
                    .quantity = need->quantity,
                    .worth = v->worth[n],
                    .met = covered + v->assigned[n]};
}

static Status group_needs(const Verifier *v, int tier, Groups *groups)
{
    size_t start;
    size_t count = verify_tier(v, tier, &start);
    const int *needs = v->by_tier + start;
    int *group;

    TRY_NEW(group = ARENA_NEW(v->arena, count, int));
    TRY(number_groups(v, needs, count, group, &groups->count));
    TRY_NEW(groups->members = ARENA_NEW(v->arena, count, Member));
    TRY_NEW(groups->first = ARENA_NEW(v->arena, groups->count + 2, size_t));
    for (size_t i = 0; i < count; i++)
        if (group[i] >= 0)
            groups->first[group[i] + 2]++;
    for (size_t g = 0; g < groups->count; g++)
        groups->first[g + 2] += groups->first[g + 1];
    for (size_t i = 0; i < count; i++)
        if (group[i] >= 0)
            groups->members[groups->first[group[i] + 1]++] = member_of(v, (size_t)needs[i]);
    return STATUS_OK;
}

/* What one smallest part counts, in value or as a share of its need; false without a value. */
static bool part_of(const Verifier *v, const Member *member, bool by_value, VerifyTerm *term)
{
    term->small = (ExactSmall){.num = 1, .den = member->quantity};
    if (by_value)
        term->small = member->worth.part;
    return !by_value || (member->worth.known &&
                         (term->small.den > 0 || worth_of_part(v, member->need, term->wide)));
}

/* Adds c + x (or the whole Q) of every need of a group. */
static double add_group(const Verifier *v, const Groups *groups, size_t group, bool by_value,
                        bool whole)
{
    VerifySum sum;
    VerifyTerm term;
    double out;

    verify_sum_init(&sum);
    verify_term_init(&term);
    for (size_t i = groups->first[group]; i < groups->first[group + 1]; i++) {
        const Member *member = &groups->members[i];

        if (part_of(v, member, by_value, &term))
            verify_sum_add_term(&sum, &term, whole ? member->quantity : member->met);
    }
    out = verify_sum_value(&sum);
    verify_term_clear(&term);
    verify_sum_clear(&sum);
    return out;
}

static bool all_valued(const Groups *groups, size_t group)
{
    for (size_t i = groups->first[group]; i < groups->first[group + 1]; i++)
        if (!groups->members[i].worth.known)
            return false;
    return true;
}

/* One need alone, under fairness_by = quantity: what is met, in whole units, over its weight. */
static double quantity_share(const Verifier *v, const Member *member, double *per_money)
{
    const Need *need = &v->round->needs[member->need];
    mpq_t share;
    mpq_t other;
    double out;

    mpq_init(share);
    mpq_init(other);
    exact_set_decimal(other, need->weight);
    mpq_set_ui(share, 1, 1);
    exact_divide(share, unit_scale(need->unit));
    mpq_div(share, share, other);
    if (worth_of_need(v->round, need, other) && mpq_sgn(other) > 0)
        *per_money = mpq_get_d(share) * (double)unit_scale(need->unit) / mpq_get_d(other);
    exact_multiply(share, member->met);
    out = mpq_get_d(share);
    mpq_clear(other);
    mpq_clear(share);
    return out;
}

static double group_share(const Verifier *v, const Groups *groups, size_t group, double *per_money)
{
    double needs = (double)(groups->first[group + 1] - groups->first[group]);
    double whole;

    *per_money = 0;
    if (v->round->settings.fairness_by_quantity)
        return quantity_share(v, &groups->members[groups->first[group]], per_money);
    whole = add_group(v, groups, group, true, true);
    if (whole > 0)
        *per_money = 1 / whole;
    if (whole > 0 && all_valued(groups, group))
        return add_group(v, groups, group, true, false) / whole;
    return add_group(v, groups, group, false, false) / needs;
}

static int by_size(const void *left, const void *right)
{
    double a = *(const double *)left;
    double b = *(const double *)right;

    return a < b ? -1 : a > b;
}

Status verify_fairness(const Verifier *v, int tier, VerifyFairness *fairness)
{
    Groups groups = {0};
    double per_money;

    if (fairness->tier == tier)
        return STATUS_OK;
    TRY(group_needs(v, tier, &groups));
    TRY_NEW(fairness->shares = ARENA_NEW(v->arena, groups.count, double));
    fairness->tier = tier;
    fairness->count = groups.count;
    fairness->per_money = 0;
    for (size_t g = 0; g < groups.count; g++) {
        fairness->shares[g] = group_share(v, &groups, g, &per_money);
        fairness->per_money = fmax(fairness->per_money, per_money);
    }
    if (fairness->count > 0)
        qsort(fairness->shares, fairness->count, sizeof *fairness->shares, by_size);
    return STATUS_OK;
}
