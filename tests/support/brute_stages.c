/* The stages in the published order, valued straight from a plan's lines. */
#include "tests/support/brute_internal.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/support/test_support.h"

enum { STAGES_MOST = 4000 };

/* ---- which stages there are ----------------------------------------------------------------- */

BruteStage *brute_add_stage(Brute *b, StageKind kind, int tier, const char *label)
{
    assert_true(b->stage_count < b->stage_room);
    BruteStage *stage = &b->stages[b->stage_count++];
    stage->kind = kind;
    stage->tier = tier;
    stage->date = DATE_NONE;
    snprintf(stage->label, sizeof stage->label, "%s", label);
    return stage;
}

static bool counts_in(const Brute *b, size_t need, int tier)
{
    return b->round->needs[need].tier == tier && b->round->needs[need].quantity_known;
}

/** Has it a share of its own that is met? */
static bool has_share(const Brute *b, size_t need, int tier)
{
    return counts_in(b, need, tier) && !brute_outcome(&b->round->needs[need]);
}

static int compare_doubles(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static const char *mark_of(const Brute *b, const Need *need)
{
    switch (b->round->settings.fairness) {
    case FAIRNESS_BENEFICIARY: return need->beneficiary;
    case FAIRNESS_REGION: return need->region;
    case FAIRNESS_CATEGORY: return need->category;
    case FAIRNESS_NEED:
    case FAIRNESS_NONE: break;
    }
    return "";
}

static bool are_alternatives(const Brute *b, size_t n, size_t m)
{
    return *b->round->needs[n].alternative != '\0' &&
           strcmp(b->round->needs[n].alternative, b->round->needs[m].alternative) == 0;
}

/** Two needs of a tier are of one group: the same one, by the same mark that groups, or, where neither has
 *  one, as alternatives of each other. */
static bool same_group(const Brute *b, size_t n, size_t m)
{
    const char *one = mark_of(b, &b->round->needs[n]), *other = mark_of(b, &b->round->needs[m]);
    if (n == m || strcmp(one, other) != 0)
        return n == m;
    return *one != '\0' || are_alternatives(b, n, m);
}

/** Is this the first need of its group in its tier? */
static bool leads_group(const Brute *b, size_t need)
{
    for (size_t m = 0; m < need; m++)
        if (has_share(b, m, b->round->needs[need].tier) && same_group(b, m, need))
            return false;
    return true;
}

static void list_fairness(Brute *b, int tier)
{
    int rank = 0;
    for (size_t n = 0; b->round->settings.fairness != FAIRNESS_NONE && n < b->needs; n++) {
        if (!has_share(b, n, tier) || !leads_group(b, n))
            continue;
        BruteStage *stage = brute_add_stage(b, STAGE_FAIRNESS, tier, "");
        stage->rank = ++rank;
        snprintf(stage->label, sizeof stage->label, "fairness %d.%d", tier, rank);
    }
}

static void list_shortfall(Brute *b, int tier)
{
    bool any = false, unvalued = false;
    for (size_t n = 0; n < b->needs; n++) {
        any = any || counts_in(b, n, tier);
        unvalued = unvalued || (has_share(b, n, tier) && b->value[n] <= 0);
    }
    if (!any)
        return;
    BruteStage *stage = brute_add_stage(b, STAGE_TIER, tier, "");
    snprintf(stage->label, sizeof stage->label, "tier %d", tier);
    if (unvalued && b->round->settings.measure == MEASURE_VALUE) {
        stage = brute_add_stage(b, STAGE_UNVALUED, tier, "");
        snprintf(stage->label, sizeof stage->label, "unvalued %d", tier);
    }
}

/** Where answers are settled what moves is decided after the shortfall of all tiers. */
static void list_tiers(Brute *b, int last)
{
    bool settled = b->round->settings.change_first, evenly = b->round->settings.fairness_first;
    for (int tier = 1; tier <= last; tier++) {
        if (!settled && evenly)
            list_fairness(b, tier);
        list_shortfall(b, tier);
        if (!settled && !evenly)
            list_fairness(b, tier);
    }
    if (!settled)
        return;
    brute_list_moved(b, STAGE_CHANGE, "change");
    for (int tier = 1; tier <= last; tier++)
        list_fairness(b, tier);
}

static void list_urgent(Brute *b)
{
    if (!b->round->has_urgent)
        return;
    BruteStage *stage = brute_add_stage(b, STAGE_URGENT, 0, "");
    snprintf(stage->label, sizeof stage->label, "urgent %s", b->round->needs[b->round->urgent].id);
    brute_list_moved(b, STAGE_TAKEN, "taken");
}

static bool has_pair(const Brute *b, int tier, Basis from, Basis to)
{
    for (size_t n = 0; n < b->needs; n++)
        for (size_t o = 0; o < b->offers; o++)
            if (b->round->needs[n].tier == tier && brute_pair(b, n, o)->may &&
                b->round->offers[o].basis >= from && b->round->offers[o].basis <= to)
                return true;
    return false;
}

static void list_firmness(Brute *b, int tier, Basis basis, bool unvalued)
{
    bool any = false;
    for (size_t n = 0; n < b->needs; n++)
        for (size_t o = 0; o < b->offers; o++)
            any = any || (b->round->needs[n].tier == tier && brute_pair(b, n, o)->may &&
                          b->round->offers[o].basis == basis && (b->value[n] <= 0) == unvalued);
    if (!any || !has_pair(b, tier, basis + 1, BASIS_PAID))
        return;
    BruteStage *stage = brute_add_stage(b, STAGE_FIRMNESS, tier, "");
    stage->basis = basis;
    stage->unvalued = unvalued;
    snprintf(stage->label, sizeof stage->label, "firmness %s %d%s",
             basis == BASIS_PLEDGED ? "pledged" : "committed", tier, unvalued ? " unvalued" : "");
}

void brute_list_stages(Brute *b)
{
    int last = 0;
    b->stage_room = STAGES_MOST;
    b->stages = ARENA_NEW(b->arena, b->stage_room, BruteStage);
    assert_non_null(b->stages);
    for (size_t n = 0; n < b->needs; n++)
        last = b->round->needs[n].tier > last ? b->round->needs[n].tier : last;
    list_urgent(b);
    list_tiers(b, last);
    for (int basis = BASIS_PLEDGED; basis <= BASIS_COMMITTED; basis++)
        for (int tier = 1; tier <= last; tier++) {
            list_firmness(b, tier, (Basis)basis, false);
            list_firmness(b, tier, (Basis)basis, true);
        }
    brute_list_later(b);
}

size_t brute_stage_count(const Brute *b)
{
    return b->stage_count;
}

const char *brute_stage_label(const Brute *b, size_t stage)
{
    return b->stages[stage].label;
}

/* ---- what a plan is worth in each ----------------------------------------------------------- */

static double covered_part(const Need *need)
{
    return fmin((double)need->covered, (double)need->quantity);
}

/** What this much of a need counts in its tier. */
static double worth_of(const Brute *b, size_t n, double parts)
{
    const Need *need = &b->round->needs[n];
    switch (b->round->settings.measure) {
    case MEASURE_SHARE: return parts / (double)need->quantity;
    case MEASURE_QUANTITY: return parts * brute_part(need->unit);
    case MEASURE_VALUE: break;
    }
    return parts * b->value[n];
}

static double outcome_shortfall(const Brute *b, const int64_t *x, size_t n)
{
    bool by_value = b->round->settings.measure == MEASURE_VALUE;
    return brute_full(b, x, n) ? 0 : by_value ? b->value[n] : 1;
}

static double need_shortfall(const Brute *b, const BruteStage *stage, const int64_t *x, size_t n)
{
    const Need *need = &b->round->needs[n];
    double unmet = (double)need->quantity - covered_part(need) - brute_given(b, x, n);
    if (stage->kind == STAGE_UNVALUED)
        return b->value[n] <= 0 ? unmet / (double)need->quantity : 0;
    return worth_of(b, n, unmet);
}

/** A mark counts once: what its cheapest member would take, less the part that is met of the one
 *  chosen; beside the tier when some member has no value. With its weight. */
static double mark_shortfall(const Brute *b, const BruteStage *stage, const int64_t *x, size_t lead)
{
    const Need *needs = b->round->needs;
    size_t cheapest = lead, unvalued = b->needs;
    double met = 0;
    for (size_t n = lead; n < b->needs; n++) {
        double wanted = brute_wanted(&needs[n]);
        if (!are_alternatives(b, lead, n) || !counts_in(b, n, stage->tier))
            continue;
        met += wanted > 0 ? brute_given(b, x, n) / wanted : 1;
        if (worth_of(b, n, wanted) < worth_of(b, cheapest, brute_wanted(&needs[cheapest])) - 1e-9)
            cheapest = n;
        if (b->value[n] <= 0 && unvalued == b->needs)
            unvalued = n;
    }
    bool beside = unvalued < b->needs && b->round->settings.measure == MEASURE_VALUE;
    if (beside != (stage->kind == STAGE_UNVALUED))
        return 0;
    if (beside)
        return brute_decimal(needs[unvalued].weight) * (1 - met);
    return brute_decimal(needs[cheapest].weight) * (1 - met) *
           worth_of(b, cheapest, brute_wanted(&needs[cheapest]));
}

/** Is this the first of its alternatives that counts? */
static bool leads_mark(const Brute *b, size_t need)
{
    for (size_t m = 0; m < need; m++)
        if (are_alternatives(b, need, m) && b->round->needs[m].quantity_known)
            return false;
    return true;
}

static double shortfall(const Brute *b, const BruteStage *stage, const int64_t *x)
{
    double sum = 0;
    for (size_t n = 0; n < b->needs; n++) {
        const Need *need = &b->round->needs[n];
        if (!counts_in(b, n, stage->tier))
            continue;
        if (*need->alternative != '\0')
            sum += leads_mark(b, n) ? mark_shortfall(b, stage, x, n) : 0;
        else if (!brute_outcome(need))
            sum += brute_decimal(need->weight) * need_shortfall(b, stage, x, n);
        else if (stage->kind == STAGE_TIER)
            sum += brute_decimal(need->weight) * outcome_shortfall(b, x, n);
    }
    return sum;
}

/** Of alternatives: the one covered elsewhere; else the first without a value; else the one of least value. */
static size_t stands_for(const Brute *b, size_t need)
{
    const Need *needs = b->round->needs;
    size_t cheapest = b->needs, unvalued = b->needs;
    for (size_t n = 0; n < b->needs; n++) {
        if (!are_alternatives(b, need, n) || !needs[n].quantity_known)
            continue;
        if (needs[n].covered > 0)
            return n;
        if (b->value[n] <= 0 && unvalued == b->needs)
            unvalued = n;
        if (cheapest == b->needs ||
            b->value[n] * (double)needs[n].quantity <
                b->value[cheapest] * (double)needs[cheapest].quantity - 1e-9)
            cheapest = n;
    }
    return unvalued < b->needs ? unvalued : cheapest;
}

/** The part of a need that is met, or of a mark: of whichever of its alternatives is served. */
static double met_part(const Brute *b, const int64_t *x, size_t need)
{
    double met = 0;
    for (size_t n = 0; n < b->needs; n++)
        if (n == need || (are_alternatives(b, need, n) && b->round->needs[n].quantity_known))
            met += (covered_part(&b->round->needs[n]) + brute_given(b, x, n)) /
                   (double)b->round->needs[n].quantity;
    return met;
}

/** Has an alternative of the same group and mark come before? A mark asks once in a group. */
static bool asked_before(const Brute *b, size_t need, size_t lead)
{
    for (size_t m = lead; m < need; m++)
        if (are_alternatives(b, need, m) && b->round->needs[m].quantity_known &&
            same_group(b, lead, m))
            return true;
    return false;
}

/** The met share of the group that @p lead leads. */
static double group_share(const Brute *b, const int64_t *x, size_t lead)
{
    double met = 0, full = 0, shares = 0, count = 0;
    bool valued = true;
    const Need *needs = b->round->needs;
    for (size_t n = lead; n < b->needs; n++) {
        if (!has_share(b, n, needs[lead].tier) || !same_group(b, lead, n) ||
            asked_before(b, n, lead))
            continue;
        size_t stands = *needs[n].alternative != '\0' ? stands_for(b, n) : n;
        double part = met_part(b, x, n), all = (double)needs[stands].quantity;
        if (b->round->settings.fairness_by_quantity)
            return part * all * brute_part(needs[stands].unit) /
                   brute_decimal(needs[stands].weight);
        valued = valued && b->value[stands] > 0;
        met += b->value[stands] * all * part;
        full += b->value[stands] * all;
        shares += part;
        count++;
    }
    return valued ? met / full : shares / count;
}

size_t brute_group_shares(const Brute *b, int tier, const int64_t *x, double *out)
{
    size_t groups = 0;
    for (size_t n = 0; n < b->needs; n++)
        if (has_share(b, n, tier) && leads_group(b, n))
            out[groups++] = group_share(b, x, n);
    return groups;
}

static void fairness(Brute *b, int tier, const int64_t *x, double *out)
{
    size_t groups = brute_group_shares(b, tier, x, out);
    qsort(out, groups, sizeof *out, compare_doubles);
    for (size_t g = 0; g < groups; g++)
        out[g] = -out[g];
}

static double resting_on(const Brute *b, const BruteStage *stage, const int64_t *x)
{
    double sum = 0;
    for (size_t n = 0; n < b->needs; n++)
        for (size_t o = 0; o < b->offers; o++) {
            const Need *need = &b->round->needs[n];
            double quantity = (double)x[n * b->offers + o];
            if (quantity == 0 || need->tier != stage->tier ||
                b->round->offers[o].basis != stage->basis || (b->value[n] <= 0) != stage->unvalued)
                continue;
            sum += stage->unvalued ? quantity / (double)need->quantity : quantity * b->value[n];
        }
    return sum;
}

void brute_values(Brute *b, const int64_t *x, double *out)
{
    for (size_t s = 0; s < b->stage_count; s++) {
        const BruteStage *stage = &b->stages[s];
        switch (stage->kind) {
        case STAGE_TIER:
        case STAGE_UNVALUED: out[s] = shortfall(b, stage, x); break;
        case STAGE_FAIRNESS:
            if (stage->rank == 1)
                fairness(b, stage->tier, x, out + s);
            break;
        case STAGE_FIRMNESS: out[s] = resting_on(b, stage, x); break;
        case STAGE_LAPSING:
        case STAGE_BURDEN:
        case STAGE_COST:
        case STAGE_SPLITS:
        case STAGE_CHANGE:
        case STAGE_URGENT:
        case STAGE_TAKEN: out[s] = brute_later(b, stage, x); break;
        case STAGE_CANONICAL: break;
        }
        assert_true(out[s] == out[s]); /* it would be equal to everything */
    }
}

int brute_compare(const Brute *b, const double *one, const double *other, size_t *at)
{
    for (size_t s = 0; s < b->stage_count; s++) {
        double size = fmax(1, fmax(fabs(one[s]), fabs(other[s])));
        *at = s;
        if (fabs(one[s] - other[s]) > 1e-7 * size)
            return one[s] < other[s] ? -1 : 1;
    }
    return 0;
}
