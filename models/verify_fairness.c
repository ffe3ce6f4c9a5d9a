/* The met shares of a tier's groups, from the smallest up: what the fairness stages decided. A need
 * without the mark that groups is a group of its own; needs of unknown or no quantity are in none. */
#include "models/verify_internal.h"

#include <math.h>
#include <stdlib.h>

enum { NO_NEED = -1 };

/* Needs chained by group. */
typedef struct Groups {
    int *head; /* [count] first need of a group */
    int *next; /* [need_count] the need after this one in its group, or NO_NEED */
    int count;
} Groups;

/* What a group's share is made of. */
typedef struct ShareSums {
    VerifySum met;    /* sum of g (c + x) */
    VerifySum whole;  /* sum of g Q */
    VerifySum shares; /* sum of (c + x) / Q */
    long needs;
    bool valued; /* every need has a value */
} ShareSums;

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

static bool takes_part(const Settings *settings, const Need *need, int tier)
{
    return need->tier == tier && need->quantity_known && need->quantity > 0 &&
           !(settings->fairness_by_quantity && need->weight.digits == 0);
}

static Status group_needs(const Verifier *v, int tier, Groups *groups)
{
    const Round *round = v->round;
    NameMap *marks = name_map_new(v->arena);

    TRY_NEW(marks);
    TRY_NEW(groups->head = ARENA_NEW(v->arena, round->need_count, int));
    TRY_NEW(groups->next = ARENA_NEW(v->arena, round->need_count, int));
    for (int n = 0; (size_t)n < round->need_count; n++) {
        const Need *need = &round->needs[n];
        const char *mark = mark_of(&round->settings, need);
        int group = groups->count;
        bool added = true;

        if (!takes_part(&round->settings, need, tier))
            continue;
        if (mark != NULL && mark[0] != '\0') {
            if (!name_map_add(marks, mark, groups->count, &added))
                return STATUS_NO_MEMORY;
            group = name_map_get(marks, mark);
        }
        groups->next[n] = added ? NO_NEED : groups->head[group];
        groups->head[group] = n;
        groups->count += added ? 1 : 0;
    }
    return STATUS_OK;
}

/* c + x, in smallest parts. */
static Int128 met_of(const Verifier *v, int n)
{
    const Need *need = &v->round->needs[n];
    int64_t covered = need->covered < need->quantity ? need->covered : need->quantity;

    return covered + v->assigned[n];
}

static void add_need(const Verifier *v, int n, ShareSums *sums)
{
    const Need *need = &v->round->needs[n];
    mpq_t worth;
    mpq_t term;

    mpq_init(worth);
    mpq_init(term);
    mpq_set_ui(term, 1, 1);
    exact_multiply(term, met_of(v, n));
    exact_divide(term, need->quantity);
    verify_sum_add(&sums->shares, term);
    sums->needs++;
    if (worth_of_need(v->round, need, worth)) {
        exact_divide(worth, unit_scale(need->unit));
        mpq_set(term, worth);
        exact_multiply(term, met_of(v, n));
        verify_sum_add(&sums->met, term);
        exact_multiply(worth, need->quantity);
        verify_sum_add(&sums->whole, worth);
    } else {
        sums->valued = false;
    }
    mpq_clear(term);
    mpq_clear(worth);
}

/* One need alone, under fairness_by = quantity: what is met, in whole units, over its weight. */
static double quantity_share(const Verifier *v, int n, double *per_money)
{
    const Need *need = &v->round->needs[n];
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
    exact_multiply(share, met_of(v, n));
    out = mpq_get_d(share);
    mpq_clear(other);
    mpq_clear(share);
    return out;
}

static double group_share(const Verifier *v, const Groups *groups, int group, double *per_money)
{
    ShareSums sums = {.needs = 0, .valued = true};
    double share;
    double whole;

    *per_money = 0;
    if (v->round->settings.fairness_by_quantity)
        return quantity_share(v, groups->head[group], per_money);
    verify_sum_init(&sums.met);
    verify_sum_init(&sums.whole);
    verify_sum_init(&sums.shares);
    for (int n = groups->head[group]; n != NO_NEED; n = groups->next[n])
        add_need(v, n, &sums);
    whole = verify_sum_value(&sums.whole);
    if (sums.valued && whole > 0)
        share = verify_sum_value(&sums.met) / whole;
    else
        share = verify_sum_value(&sums.shares) / (double)sums.needs;
    if (whole > 0)
        *per_money = 1 / whole;
    verify_sum_clear(&sums.shares);
    verify_sum_clear(&sums.whole);
    verify_sum_clear(&sums.met);
    return share;
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
    TRY_NEW(fairness->shares = ARENA_NEW(v->arena, (size_t)groups.count, double));
    fairness->tier = tier;
    fairness->count = (size_t)groups.count;
    fairness->per_money = 0;
    for (int g = 0; g < groups.count; g++) {
        fairness->shares[g] = group_share(v, &groups, g, &per_money);
        fairness->per_money = fmax(fairness->per_money, per_money);
    }
    qsort(fairness->shares, fairness->count, sizeof *fairness->shares, by_size);
    return STATUS_OK;
}
