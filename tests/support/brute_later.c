/* The stages that the settings list, after the tiers: which there are, and what a plan is worth in
 * each.
 */
#include "tests/support/brute_internal.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* ---- which stages there are ----------------------------------------------------------------- */

static bool lapses_on(const Brute *b, size_t offer, Date date)
{
    const Offer *row = &b->round->offers[offer];
    return row->lapses == date && row->quantity_known && row->basis >= b->round->settings.plan_on;
}

static void list_lapsing(Brute *b)
{
    const Settings *settings = &b->round->settings;
    bool any = false;
    bool dated = settings->start != DATE_NONE && settings->end != DATE_NONE;
    for (Date day = settings->start; dated && day <= settings->end; day++) {
        bool due = false;
        for (size_t o = 0; o < b->offers; o++)
            due = due || lapses_on(b, o, day);
        if (!due)
            continue;
        char text[16], label[40];
        date_format(day, text);
        snprintf(label, sizeof label, "lapsing %s", text);
        brute_add_stage(b, STAGE_LAPSING, 0, label)->date = day;
        any = true;
    }
    if (!any)
        brute_add_stage(b, STAGE_LAPSING, 0, "lapsing");
}

static const Donor *donor_of(const Brute *b, size_t offer)
{
    for (size_t d = 0; d < b->round->donor_count; d++)
        if (strcmp(b->round->donors[d].id, brute_donor(b, offer)) == 0)
            return &b->round->donors[d];
    return NULL;
}

static void list_burden(Brute *b)
{
    bool in_kind = false;
    for (size_t o = 0; o < b->offers; o++) {
        const Offer *offer = &b->round->offers[o];
        const Donor *donor = donor_of(b, o);
        in_kind = in_kind || (!offer->unit.is_money && offer->has_unit_value && donor != NULL &&
                              donor->has_share_key);
    }
    brute_add_stage(b, STAGE_BURDEN, 0, "burden");
    if (in_kind)
        brute_add_stage(b, STAGE_BURDEN, 0, "burden in kind")->in_kind = true;
}

void brute_list_moved(Brute *b, StageKind kind, const char *label)
{
    bool unvalued = false;
    for (size_t n = 0; n < b->needs; n++)
        unvalued = unvalued || (!brute_outcome(&b->round->needs[n]) && b->value[n] <= 0);
    if (!b->round->has_previous)
        return;
    brute_add_stage(b, kind, 0, label);
    if (unvalued) {
        BruteStage *stage = brute_add_stage(b, kind, 0, "");
        snprintf(stage->label, sizeof stage->label, "%s unvalued", label);
        stage->unvalued = true;
    }
}

void brute_list_later(Brute *b)
{
    for (size_t i = 0; i < b->round->settings.later_count; i++)
        switch (b->round->settings.later[i]) {
        case LATER_LAPSING: list_lapsing(b); break;
        case LATER_BURDEN: list_burden(b); break;
        case LATER_COST: brute_add_stage(b, STAGE_COST, 0, "cost"); break;
        case LATER_SPLITS: brute_add_stage(b, STAGE_SPLITS, 0, "splits"); break;
        case LATER_CHANGE:
            if (!b->round->settings.change_first)
                brute_list_moved(b, STAGE_CHANGE, "change");
            break;
        case LATER_STAGE_COUNT: break;
        }
}

/* ---- what a plan is worth in each ----------------------------------------------------------- */

static double left_on(const Brute *b, const BruteStage *stage, const int64_t *x)
{
    double sum = 0;
    const Round *round = b->round;
    for (size_t o = 0; o < b->offers && stage->date != DATE_NONE; o++) {
        const Offer *offer = &round->offers[o];
        double price = brute_rate(round, offer->unit.is_money ? offer->unit.name : offer->currency);
        double used = 0;
        if (!lapses_on(b, o, stage->date))
            continue;
        if (!offer->unit.is_money)
            price = offer->has_unit_value ? price * brute_decimal(offer->unit_value) : 0;
        for (size_t child = 0; child < b->offers; child++)
            for (int up = (int)child; up >= 0; up = round->offers[up].parent_row)
                for (size_t n = 0; up == (int)o && n < b->needs; n++)
                    used +=
                        (double)x[n * b->offers + child] * brute_pair(b, n, child)->gross *
                        (offer->unit.is_money ? brute_rate(round, round->offers[child].unit.name) /
                                                    brute_rate(round, offer->unit.name)
                                              : 1);
        sum += price * ((double)offer->quantity * brute_part(offer->unit) - used);
    }
    return sum;
}

/** Once for every combination that has a line. */
static double fees_of(const Brute *b, const int64_t *x)
{
    double sum = 0;
    for (size_t r = 0; r < b->round->rule_count; r++) {
        const RuleRow *rule = &b->round->rules[r];
        for (size_t c = 0; rule->kind == RULE_FEE && c < b->needs * b->offers; c++)
            if (brute_leads(b, r, c) && brute_any(b, r, c, x))
                sum += brute_decimal(rule->value) * brute_rate(b->round, rule->currency);
    }
    return sum;
}

static double cost_of(const Brute *b, const int64_t *x)
{
    double sum = 0;
    for (size_t n = 0; n < b->needs; n++)
        for (size_t o = 0; o < b->offers; o++) {
            const BrutePair *pair = brute_pair(b, n, o);
            const Offer *offer = &b->round->offers[o];
            double quantity = (double)x[n * b->offers + o];
            if (pair->row != NULL && pair->row->has_cost)
                sum +=
                    brute_decimal(pair->row->cost) * quantity * brute_part(b->round->needs[n].unit);
            else
                sum += brute_decimal(offer->cost) * quantity *
                       (offer->unit.is_money ? b->value[n] : pair->gross);
        }
    return sum + fees_of(b, x);
}

/** What this donor gives, in money or in kind, in reporting units. */
static double given_by(const Brute *b, const int64_t *x, const Donor *donor, bool in_kind)
{
    double sum = 0;
    for (size_t o = 0; o < b->offers; o++) {
        const Offer *offer = &b->round->offers[o];
        double price = brute_rate(b->round, in_kind ? offer->currency : offer->unit.name);
        if (offer->unit.is_money == in_kind || donor_of(b, o) != donor)
            continue;
        if (in_kind)
            price = offer->has_unit_value ? price * brute_decimal(offer->unit_value) : 0;
        for (size_t n = 0; n < b->needs; n++)
            sum += price * brute_gross(b, n, o, x[n * b->offers + o]);
    }
    return sum;
}

static double burden_of(const Brute *b, const int64_t *x, bool in_kind)
{
    double keys = 0, total = 0, sum = 0;
    for (size_t d = 0; d < b->round->donor_count; d++) {
        const Donor *donor = &b->round->donors[d];
        if (!donor->has_share_key)
            continue;
        keys += brute_decimal(donor->share_key);
        total += given_by(b, x, donor, in_kind);
    }
    for (size_t d = 0; d < b->round->donor_count; d++) {
        const Donor *donor = &b->round->donors[d];
        if (donor->has_share_key && keys > 0)
            sum += fabs(given_by(b, x, donor, in_kind) -
                        brute_decimal(donor->share_key) / keys * total);
    }
    return sum;
}

static double splits_of(const Brute *b, const int64_t *x)
{
    double lines = 0;
    for (size_t c = 0; c < b->needs * b->offers; c++)
        lines += x[c] > 0;
    return lines;
}

static double before(const Brute *b, size_t need, size_t offer)
{
    for (size_t i = 0; i < b->round->previous_count; i++)
        if (b->round->previous[i].need == (int)need && b->round->previous[i].offer == (int)offer)
            return (double)b->round->previous[i].quantity;
    return 0;
}

/** What moves; of `taken` only what lines lose. */
static double moved_of(const Brute *b, const BruteStage *stage, const int64_t *x)
{
    bool unvalued = stage->unvalued;
    double sum = 0;
    for (size_t n = 0; n < b->needs; n++)
        for (size_t o = 0; o < b->offers; o++) {
            const Need *need = &b->round->needs[n];
            double moved = before(b, n, o) - (double)x[n * b->offers + o];
            moved = stage->kind == STAGE_CHANGE ? fabs(moved) : fmax(moved, 0);
            if (moved > 0 && (b->value[n] <= 0) == unvalued)
                sum += moved * (unvalued ? 1 / (double)need->quantity : b->value[n]);
        }
    return sum;
}

/** What the urgent need is short of, in its whole units; an outcome counts 1. */
static double urgent_of(const Brute *b, const int64_t *x)
{
    size_t n = (size_t)b->round->urgent;
    const Need *need = &b->round->needs[n];
    double left = fmax(0, (double)need->quantity - (double)need->covered);
    if (brute_outcome(need))
        return brute_full(b, x, n) ? 0 : 1;
    for (size_t o = 0; o < b->offers; o++)
        left -= (double)x[n * b->offers + o];
    return need->quantity_known ? left * brute_part(need->unit) : 0;
}

double brute_later(const Brute *b, const BruteStage *stage, const int64_t *x)
{
    switch (stage->kind) {
    case STAGE_LAPSING: return left_on(b, stage, x);
    case STAGE_BURDEN: return burden_of(b, x, stage->in_kind);
    case STAGE_COST: return cost_of(b, x);
    case STAGE_SPLITS: return splits_of(b, x);
    case STAGE_CHANGE:
    case STAGE_TAKEN: return moved_of(b, stage, x);
    case STAGE_URGENT: return urgent_of(b, x);
    case STAGE_TIER:
    case STAGE_UNVALUED:
    case STAGE_FAIRNESS:
    case STAGE_FIRMNESS:
    case STAGE_CANONICAL: break;
    }
    return 0;
}
