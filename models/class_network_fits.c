/* Is a round a network? It is when each line counts one for one in every row that bounds it, when the
 * rows that bound it lie within each other or beside each other on either side (donor, offer, child
 * offer; class, group, beneficiary), and when nothing asks for a choice of yes or no.
 *
 * Rows are looked at, not pairs: an offer that some category asks for counts as one that may serve.
 * Pairs rows may say who is eligible and nothing else.
 */
#include <stdarg.h>

#include "allot/word_keys.h"
#include "models/class_network_build.h"

typedef struct FitCheck {
    const Round *round;
    Arena *arena;
    const char *why;     /* NULL so far */
    NameMap *categories; /* of needs of known amount */
    int64_t asked;       /* sum of the quantities of known needs, */
    int64_t wanted;      /* and of what is wanted of them */
    bool less_civil;     /* some need has a civil share below 1 */
    WordKeys limited;    /* beneficiary with a max_value, and tier, of needs met so far */
} FitCheck;

static bool misfit(FitCheck *check, const char *format, ...) __attribute__((format(printf, 2, 3)));

/** Notes the first thing that does not fit; always false. */
static bool misfit(FitCheck *check, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    if (check->why == NULL)
        check->why = arena_vprintf(check->arena, format, args);
    va_end(args);
    if (check->why == NULL)
        check->why = "memory is short";
    return false;
}

static bool below_one(Decimal value)
{
    return decimal_compare(value, decimal_make(1, 0)) < 0;
}

static bool settings_fit(FitCheck *check)
{
    const Settings *settings = &check->round->settings;
    if (settings->measure != MEASURE_VALUE)
        return misfit(check, "settings measure: not value");
    if (settings->fairness_by_quantity)
        return misfit(check, "settings fairness_by: quantity");
    if (check->round->has_urgent)
        return misfit(check, "an urgent need");
    if (settings->change_first)
        return misfit(check, "answers to settle");
    for (size_t i = 0; i < settings->later_count; i++) {
        if (settings->later[i] == LATER_BURDEN)
            return misfit(check, "settings stages: burden");
        if (settings->later[i] == LATER_SPLITS)
            return misfit(check, "settings stages: splits");
        if (settings->later[i] == LATER_CHANGE && check->round->has_previous)
            return misfit(check, "settings stages: change, with a previous plan");
    }
    return true;
}

/* ---- needs ---------------------------------------------------------------------------------- */

/** Does nothing ask for a choice of yes or no? */
static bool need_divides(FitCheck *check, const Need *need)
{
    const char *what = NULL;
    if (need->quantity == 0)
        what = "an outcome";
    else if ((need->has_min_quantity && need->min_quantity > 0) ||
             (need->has_min_share && need->min_share.digits > 0))
        what = "a least useful amount";
    else if (need->indivisible)
        what = "indivisible";
    else if (need->max_donors > 0)
        what = "max_donors";
    else if (need->requires.count > 0)
        what = "requires";
    else if (*need->bundle != '\0')
        what = "bundle";
    else if (*need->alternative != '\0')
        what = "alternative";
    return what == NULL || misfit(check, "needs %s: %s", need->id, what);
}

/** Levels are found cut by cut (network_levels.c), which holds while no two groups of a tier lead to
 *  one limit. With fairness among needs each need is a group. */
static bool limit_fits(FitCheck *check, const Need *need)
{
    const Round *round = check->round;
    int row = need->beneficiary_row, number;
    bool apart = true;
    if (row < 0 || !round->beneficiaries[row].has_max_value)
        return true;
    uint64_t key = (uint64_t)(uint32_t)row << 32 | (uint32_t)need->tier;
    switch (round->settings.fairness) {
    case FAIRNESS_NONE:
    case FAIRNESS_BENEFICIARY: break;
    case FAIRNESS_REGION:
    case FAIRNESS_CATEGORY: apart = false; break;
    case FAIRNESS_NEED:
        if (need->ready && need->wanted > 0 &&
            word_keys_add(&check->limited, &key, &number, &apart) != STATUS_OK)
            return misfit(check, "memory is short");
        break;
    }
    return apart || misfit(check, "beneficiaries %s: max_value across the groups of fairness",
                           need->beneficiary);
}

static bool need_fits(FitCheck *check, const Need *need)
{
    const Round *round = check->round;
    if (need->unit.name != round->currency.name)
        return misfit(check, "needs %s: unit %s", need->id, need->unit.name);
    if (need->step != 1)
        return misfit(check, "needs %s: step", need->id);
    if (!need->has_value || need->value.num != need->value.den)
        return misfit(check, "needs %s: unit_cost", need->id);
    if (!need_divides(check, need) || !limit_fits(check, need))
        return false;
    check->less_civil = check->less_civil || below_one(need->civil_share);
    if (__builtin_add_overflow(check->asked, need->quantity, &check->asked) ||
        __builtin_add_overflow(check->wanted, need->wanted, &check->wanted) ||
        check->asked > NETWORK_NO_LIMIT)
        return misfit(check, "needs %s: amounts too large to add up", need->id);
    return true;
}

static bool needs_fit(FitCheck *check)
{
    const Round *round = check->round;
    check->categories = name_map_new(check->arena);
    if (check->categories == NULL || word_keys_init(&check->limited, 1, check->arena) != STATUS_OK)
        return misfit(check, "memory is short");
    for (size_t n = 0; n < round->need_count; n++) {
        const Need *need = &round->needs[n];
        bool added;
        if (!need->quantity_known)
            continue;
        if (!need_fits(check, need))
            return false;
        if (!name_map_add(check->categories, need->category, 0, &added))
            return misfit(check, "memory is short");
    }
    for (size_t b = 0; b < round->beneficiary_count; b++)
        if (round->beneficiaries[b].max_needs > 0)
            return misfit(check, "beneficiaries %s: max_needs", round->beneficiaries[b].id);
    return true;
}

/* ---- offers --------------------------------------------------------------------------------- */

/** Money that may be planned on, in a category that somebody asks for. */
static bool may_serve(const FitCheck *check, int offer_index)
{
    const Round *round = check->round;
    const Offer *offer = &round->offers[offer_index];
    bool asked = offer->category.all || round->pair_count > 0;
    for (int i = 0; !asked && i < offer->category.count; i++)
        asked = name_map_get(check->categories, offer->category.names[i]) >= 0;
    for (int o = offer_index; asked && o >= 0; o = round->offers[o].parent_row) {
        const Offer *link = &round->offers[o];
        bool lapsed = link->lapses != DATE_NONE && round->settings.start != DATE_NONE &&
                      link->lapses < round->settings.start;
        asked = link->quantity_known && link->status >= round->settings.plan_on && !lapsed;
    }
    return asked && offer->unit.is_money;
}

static bool donor_fits(FitCheck *check, int row)
{
    if (row < 0)
        return true;
    const Donor *donor = &check->round->donors[row];
    if (donor->has_budget && donor->currency != check->round->currency.name)
        return misfit(check, "donors %s: budget in %s", donor->id, donor->currency);
    if (donor->has_max_share && below_one(donor->max_share))
        return misfit(check, "donors %s: max_share", donor->id);
    if (donor->min_ticket > 0)
        return misfit(check, "donors %s: min_ticket", donor->id);
    if (donor->max_needs > 0)
        return misfit(check, "donors %s: max_needs", donor->id);
    return true;
}

static bool link_fits(FitCheck *check, const Offer *offer)
{
    if (offer->unit.name != check->round->currency.name)
        return misfit(check, "offers %s: unit %s", offer->id, offer->unit.name);
    if (offer->overhead.digits != 0)
        return misfit(check, "offers %s: overhead", offer->id);
    if (below_one(offer->max_share))
        return misfit(check, "offers %s: max_share", offer->id);
    if (offer->min_ticket > 0)
        return misfit(check, "offers %s: min_ticket", offer->id);
    if (offer->max_needs > 0)
        return misfit(check, "offers %s: max_needs", offer->id);
    if (offer->civil_only && check->less_civil)
        return misfit(check, "offers %s: civil_only, with a civil_share below 1", offer->id);
    return donor_fits(check, offer->donor_row);
}

static bool offers_fit(FitCheck *check)
{
    const Round *round = check->round;
    for (size_t first = 0; first < round->offer_count; first++)
        if (may_serve(check, (int)first))
            for (int o = (int)first; o >= 0; o = round->offers[o].parent_row)
                if (!link_fits(check, &round->offers[o]))
                    return false;
    return true;
}

/* ---- the rest ------------------------------------------------------------------------------- */

static bool rows_fit(FitCheck *check)
{
    const Round *round = check->round;
    for (size_t r = 0; r < round->rule_count; r++)
        if (round->rules[r].kind != RULE_FORBID)
            return misfit(check, "rules %s: not of kind forbid", round->rules[r].id);
    for (size_t c = 0; c < round->commitment_count; c++)
        if (round->commitments[c].kind != COMMITMENT_FORBIDDEN)
            return misfit(check, "commitments %s, %s: not of kind forbidden",
                          round->commitments[c].need_id, round->commitments[c].offer_id);
    for (size_t p = 0; p < round->pair_count; p++) {
        const PairRow *row = &round->pairs[p];
        if (row->has_use || row->has_cost || row->has_max)
            return misfit(check, "pairs %s, %s: use, cost or max", row->need_id, row->offer_id);
    }
    return true;
}

int network_weight_places(const Round *round, int tier)
{
    int places = 0;
    for (size_t n = 0; n < round->need_count; n++) {
        const Need *need = &round->needs[n];
        if (need->quantity_known && (tier == 0 || need->tier == tier) &&
            need->weight.places > places)
            places = need->weight.places;
    }
    return places;
}

/** Weights as integers, and the sum of them times what is wanted. */
static bool weights_fit(FitCheck *check)
{
    const Round *round = check->round;
    int places = network_weight_places(round, 0);
    int64_t sum = 0;
    for (size_t n = 0; n < round->need_count; n++) {
        const Need *need = &round->needs[n];
        int64_t weight, product;
        if (!need->quantity_known)
            continue;
        if (!decimal_to_scaled(need->weight, places, &weight) ||
            __builtin_mul_overflow(weight, need->wanted, &product) ||
            __builtin_add_overflow(sum, product, &sum) || sum > NETWORK_NO_LIMIT)
            return misfit(check, "needs %s: weight too large or too fine", need->id);
    }
    return true;
}

int network_cost_places(const Round *round, const bool *counts)
{
    int places = 0;
    for (size_t o = 0; o < round->offer_count; o++)
        if ((counts == NULL || counts[o]) && round->offers[o].cost.places > places)
            places = round->offers[o].cost.places;
    return places;
}

static int depth_of(const Round *round, int offer)
{
    int depth = 0;
    for (int o = round->offers[offer].parent_row; o >= 0; o = round->offers[o].parent_row)
        depth++;
    return depth;
}

/** Costs as integers. On the way through a chain a unit meets, link after link, differences of two
 *  costs, each at most twice the largest. */
static bool costs_fit(FitCheck *check)
{
    const Round *round = check->round;
    int places = network_cost_places(round, NULL), depth = 0;
    int64_t most = (int64_t)round->offer_count + 1; /* the ranks of the canonical stage */
    for (size_t o = 0; o < round->offer_count; o++) {
        int64_t cost;
        if (!decimal_to_scaled(round->offers[o].cost, places, &cost) || cost == INT64_MIN)
            return misfit(check, "offers %s: cost too large or too fine", round->offers[o].id);
        cost = cost < 0 ? -cost : cost;
        most = cost > most ? cost : most;
        depth = depth_of(round, (int)o) > depth ? depth_of(round, (int)o) : depth;
    }
    int64_t sum;
    if (__builtin_mul_overflow(most, check->wanted, &sum) ||
        __builtin_mul_overflow(sum, 2 * (depth + 2), &sum) || sum > NETWORK_NO_LIMIT)
        return misfit(check, "offers: costs too large for the amounts wanted");
    return true;
}

bool class_network_fits(const Round *round, const char **why, Arena *arena)
{
    FitCheck check = {.round = round, .arena = arena};
    bool fits = settings_fit(&check) && needs_fit(&check) && offers_fit(&check) &&
                rows_fit(&check) && weights_fit(&check) && costs_fit(&check);
    *why = check.why;
    return fits;
}
