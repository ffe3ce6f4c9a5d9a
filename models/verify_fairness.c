/* The met shares of a tier's groups, from the smallest up: what the fairness stages decided. A need
 * without the mark that groups is a group of its own, alternatives without it are one together; needs of
 * unknown or no quantity are in none. Alternatives ask once in each group that one of them is of: for all
 * of them one stands, and of its amount that part is met which any has of its own. */
#include "models/verify_internal.h"

#include <math.h>
#include <stdlib.h>

/* A need of a group, or a member of a mark that asks in it. */
typedef struct Member {
    size_t need;   /* the one that is met, */
    size_t stands; /* and the one whose amount is asked: itself, or for its mark another */
    bool asks;     /* the others of a mark add to what is met, not to what is asked */
    Int128 met;    /* c + x, in smallest parts */
} Member;

/* The needs of a tier, by group. */
typedef struct Groups {
    Member *members; /* group by group, needs ascending, a mark where its first is */
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

/* The mark of alternatives that the need is of, or NULL. */
static const VerifyMark *alternatives_of(const Verifier *v, size_t n)
{
    const char *mark = v->round->needs[n].alternative;

    if (v->alternatives.count == 0 || mark == NULL || mark[0] == '\0')
        return NULL;
    return &v->alternatives.marks[name_map_get(v->alternatives.rows, mark)];
}

/* The group of every need of the tier that is in one, else -1. */
static Status number_groups(const Verifier *v, const int *needs, size_t count, int *group,
                            size_t *groups)
{
    NameMap *marks = name_map_new(v->arena);
    NameMap *alone = name_map_new(v->arena);

    TRY_NEW(marks);
    TRY_NEW(alone);
    *groups = 0;
    for (size_t i = 0; i < count; i++) {
        const Need *need = &v->round->needs[needs[i]];
        const char *mark = mark_of(&v->round->settings, need);
        const VerifyMark *alternatives = alternatives_of(v, (size_t)needs[i]);
        NameMap *names = marks;
        bool added = true;

        group[i] = -1;
        if (!takes_part(&v->round->settings, need))
            continue;
        group[i] = (int)*groups;
        if ((mark == NULL || mark[0] == '\0') && alternatives != NULL) {
            names = alone;
            mark = alternatives->mark;
        }
        if (mark != NULL && mark[0] != '\0') {
            if (!name_map_add(names, mark, (int)*groups, &added))
                return STATUS_NO_MEMORY;
            group[i] = name_map_get(names, mark);
        }
        *groups += added ? 1 : 0;
    }
    return STATUS_OK;
}

static Int128 met_of(const Verifier *v, size_t n)
{
    const Need *need = &v->round->needs[n];

    return (need->covered < need->quantity ? need->covered : need->quantity) + v->assigned[n];
}

/* A tier while its needs are put in groups. */
typedef struct Grouping {
    const Verifier *v;
    const int *needs; /* [count] of the tier, ascending */
    const int *group; /* [count] */
    size_t count;
} Grouping;

static int need_at(const void *key, const void *at)
{
    int a = *(const int *)key;
    int b = *(const int *)at;

    return (a > b) - (a < b);
}

static int group_of(const Grouping *g, int need)
{
    const int *at = bsearch(&need, g->needs, g->count, sizeof *g->needs, need_at);

    return at == NULL ? -1 : g->group[at - g->needs];
}

/* Puts down (or counts, without @p to) what the i-th need of the tier adds to its group: itself, all of its
 * mark where it is the first of that in the group, else nothing. */
static size_t put_down(const Grouping *g, size_t i, Member *to)
{
    size_t n = (size_t)g->needs[i];
    const VerifyMark *mark = alternatives_of(g->v, n);
    size_t added = 0;
    int stands;

    if (mark == NULL) {
        if (to != NULL)
            *to = (Member){.need = n, .stands = n, .asks = true, .met = met_of(g->v, n)};
        return 1;
    }
    stands = verify_standing(g->v, mark);
    for (size_t k = 0; mark->members[k] != (int)n; k++)
        if (group_of(g, mark->members[k]) == g->group[i])
            return 0;
    for (size_t k = 0; k < mark->count; k++) {
        size_t other = (size_t)mark->members[k];

        if (group_of(g, (int)other) < 0)
            continue;
        if (to != NULL)
            to[added] = (Member){.need = other,
                                 .stands = (size_t)stands,
                                 .asks = added == 0,
                                 .met = met_of(g->v, other)};
        added++;
    }
    return added;
}

static Status group_needs(const Verifier *v, int tier, Groups *groups)
{
    size_t start;
    size_t count = verify_tier(v, tier, &start);
    Grouping grouping = {.v = v, .needs = v->by_tier + start, .count = count};
    int *group;

    TRY_NEW(group = ARENA_NEW(v->arena, count, int));
    TRY(number_groups(v, grouping.needs, count, group, &groups->count));
    grouping.group = group;
    TRY_NEW(groups->first = ARENA_NEW(v->arena, groups->count + 2, size_t));
    for (size_t i = 0; i < count; i++)
        if (group[i] >= 0)
            groups->first[group[i] + 2] += put_down(&grouping, i, NULL);
    for (size_t g = 0; g < groups->count; g++)
        groups->first[g + 2] += groups->first[g + 1];
    TRY_NEW(groups->members = ARENA_NEW(v->arena, groups->first[groups->count + 1], Member));
    for (size_t i = 0; i < count; i++)
        if (group[i] >= 0)
            groups->first[group[i] + 1] +=
                put_down(&grouping, i, groups->members + groups->first[group[i] + 1]);
    return STATUS_OK;
}

/* What one smallest part of what is met counts, in value or as a share of its need; false without a value. A
 * mark's is counted over the amount of the one that stands: met * its quantity / the need's own. */
static bool part_of(const Verifier *v, const Member *member, bool by_value, VerifyTerm *term)
{
    const VerifyWorth *worth = &v->worth[member->stands];

    term->small = (ExactSmall){.num = 1, .den = v->round->needs[member->stands].quantity};
    if (by_value)
        term->small = worth->part;
    return !by_value ||
           (worth->known && (term->small.den > 0 || worth_of_part(v, member->stands, term->wide)));
}

/* Adds c + x of every need of a group, or the whole Q of each that asks. */
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
        Int128 stands = v->round->needs[member->stands].quantity;
        bool other = member->need != member->stands;

        if ((whole && !member->asks) || !part_of(v, member, by_value, &term))
            continue;
        if (other && !whole)
            verify_term_divide(&term, v->round->needs[member->need].quantity);
        verify_sum_add_term(&sum, &term,
                            whole   ? stands
                            : other ? member->met * stands
                                    : member->met);
    }
    out = verify_sum_value(&sum);
    verify_term_clear(&term);
    verify_sum_clear(&sum);
    return out;
}

static bool all_valued(const Verifier *v, const Groups *groups, size_t group)
{
    for (size_t i = groups->first[group]; i < groups->first[group + 1]; i++)
        if (!v->worth[groups->members[i].stands].known)
            return false;
    return true;
}

/* One need or mark alone, under fairness_by = quantity: what is met, in whole units, over its weight. */
static double quantity_share(const Verifier *v, const Groups *groups, size_t group,
                             double *per_money)
{
    const Need *need = &v->round->needs[groups->members[groups->first[group]].stands];
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
    out = mpq_get_d(share) * (double)need->quantity * add_group(v, groups, group, false, false);
    mpq_clear(other);
    mpq_clear(share);
    return out;
}

/* Where shares are means: what one reporting unit of money may move of a mark's, by a cheap member. */
static double note_members(const Verifier *v, const Groups *groups, size_t group, double per_money)
{
    for (size_t i = groups->first[group]; i < groups->first[group + 1]; i++) {
        VerifySum sum = {0};

        if (groups->members[i].need == groups->members[i].stands)
            continue;
        verify_note_price(v, &sum, groups->members[i].need,
                          1 / (double)v->round->needs[groups->members[i].need].quantity);
        per_money = fmax(per_money, sum.per_money);
    }
    return per_money;
}

static double group_share(const Verifier *v, const Groups *groups, size_t group, double *per_money)
{
    double needs = 0;
    double whole;

    *per_money = 0;
    if (v->round->settings.fairness_by_quantity)
        return quantity_share(v, groups, group, per_money);
    whole = add_group(v, groups, group, true, true);
    if (whole > 0)
        *per_money = 1 / whole;
    if (whole > 0 && all_valued(v, groups, group))
        return add_group(v, groups, group, true, false) / whole;
    for (size_t i = groups->first[group]; i < groups->first[group + 1]; i++)
        needs += groups->members[i].asks ? 1 : 0;
    *per_money = note_members(v, groups, group, *per_money);
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
