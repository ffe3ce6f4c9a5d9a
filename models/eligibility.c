/* Which offer may serve which need: the checks in the published order, each asked of the offer and
 * of every offer it is paid out of. Pure: nothing is stored, so that any pair can be asked again
 * when somebody wants to know why.
 */
#include "allot/eligibility.h"

#include <string.h>

#include "allot/rule.h"

static const Bar NOT_BARRED = {.check = BAR_NOTHING, .id = "", .column = ""};

static Bar barred(BarCheck check, Origin origin, const char *id, const char *column)
{
    Bar bar = {.check = check, .origin = origin, .id = id, .column = column};
    return bar;
}

static Bar barred_by_offer(BarCheck check, const Offer *offer, const char *column)
{
    return barred(check, offer->origin, offer->id, column);
}

static bool lists_meet(const NameList *a, const NameList *b)
{
    for (int i = 0; i < b->count; i++)
        if (name_list_has(a, b->names[i]))
            return true;
    return false;
}

/** Category and unit: is the offer of the need's kind at all? */
static Bar check_kind(const Need *need, const Offer *offer, const PairRow *row, bool overridden)
{
    if (!overridden && !name_list_has(&offer->category, need->category))
        return barred_by_offer(BAR_CATEGORY, offer, "category");
    if (row != NULL && row->has_use)
        return NOT_BARRED;
    bool same = need->unit.name == offer->unit.name;
    bool bought = offer->unit.is_money && need->has_value;
    return same || bought ? NOT_BARRED : barred_by_offer(BAR_UNIT, offer, "unit");
}

static Bar check_earmarks(const Round *round, const Need *need, const Offer *offer)
{
    (void)round;
    if (offer->only_beneficiaries.count > 0 &&
        !name_list_has(&offer->only_beneficiaries, need->beneficiary))
        return barred_by_offer(BAR_EARMARK, offer, "only_beneficiaries");
    if (offer->only_regions.count > 0 && !name_list_has(&offer->only_regions, need->region))
        return barred_by_offer(BAR_EARMARK, offer, "only_regions");
    if (offer->only_needs.count > 0 && !name_list_has(&offer->only_needs, need->id))
        return barred_by_offer(BAR_EARMARK, offer, "only_needs");
    if (offer->only_tags.count > 0 && !lists_meet(&offer->only_tags, &need->tags))
        return barred_by_offer(BAR_EARMARK, offer, "only_tags");
    return NOT_BARRED;
}

static Bar check_exclusions(const Round *round, const Need *need, const Offer *offer)
{
    (void)round;
    if (name_list_has(&offer->not_beneficiaries, need->beneficiary))
        return barred_by_offer(BAR_EXCLUSION, offer, "not_beneficiaries");
    if (name_list_has(&offer->not_regions, need->region))
        return barred_by_offer(BAR_EXCLUSION, offer, "not_regions");
    if (name_list_has(&offer->not_needs, need->id))
        return barred_by_offer(BAR_EXCLUSION, offer, "not_needs");
    if (lists_meet(&offer->not_tags, &need->tags))
        return barred_by_offer(BAR_EXCLUSION, offer, "not_tags");
    return NOT_BARRED;
}

static Bar check_lapse(const Round *round, const Need *need, const Offer *offer)
{
    (void)need;
    bool gone = offer->lapses != DATE_NONE && round->settings.start != DATE_NONE &&
                offer->lapses < round->settings.start;
    return gone ? barred_by_offer(BAR_LAPSED, offer, "lapses") : NOT_BARRED;
}

/** Is there a day on which the need wants it and every offer of the chain, lead included, has it?
 *  The offer named is the one that leaves no day: it begins too late, or ends too early. */
static Bar check_window(const Round *round, const Need *need, int offer_index)
{
    int64_t from = need->earliest != DATE_NONE ? need->earliest : INT64_MIN;
    int64_t to = need->deadline != DATE_NONE ? need->deadline : INT64_MAX;
    for (int o = offer_index; o >= 0; o = round->offers[o].parent_row) {
        const Offer *offer = &round->offers[o];
        if (offer->valid_from != DATE_NONE && (int64_t)offer->valid_from + offer->lead_days > from)
            from = (int64_t)offer->valid_from + offer->lead_days;
        if (from > to)
            return barred_by_offer(BAR_WINDOW, offer, "valid_from");
        if (offer->valid_to != DATE_NONE && (int64_t)offer->valid_to + offer->lead_days < to)
            to = (int64_t)offer->valid_to + offer->lead_days;
        if (from > to)
            return barred_by_offer(BAR_WINDOW, offer, "valid_to");
    }
    return NOT_BARRED;
}

/** What a civil_only offer may at most give to this need, before other limits. */
static bool civil_part_left(const Need *need)
{
    Ratio share = ratio_of_decimal(need->civil_share);
    int64_t part;
    return ratio_apply(need->quantity, share, ROUND_DOWN, &part) && part - need->covered > 0;
}

static Bar check_flags(const Round *round, const Need *need, const Offer *offer)
{
    (void)round;
    if (offer->oda_only && need->oda != ODA_YES)
        return barred_by_offer(BAR_ODA, offer, "oda_only");
    if (offer->civil_only && !civil_part_left(need))
        return barred_by_offer(BAR_CIVIL, offer, "civil_only");
    return NOT_BARRED;
}

static Bar check_amount(const Round *round, const Need *need, const Offer *offer)
{
    (void)round;
    (void)need;
    return offer->quantity_known ? NOT_BARRED : barred_by_offer(BAR_AMOUNT, offer, "quantity");
}

static Bar check_status(const Round *round, const Need *need, const Offer *offer)
{
    (void)need;
    return offer->status >= round->settings.plan_on ? NOT_BARRED
                                                    : barred_by_offer(BAR_STATUS, offer, "status");
}

/** One question asked of an offer; `overridden` ones are left out where a pairs row says so. */
typedef struct ChainCheck {
    Bar (*ask)(const Round *round, const Need *need, const Offer *offer);
    bool overridable;
} ChainCheck;

static const ChainCheck CHAIN_CHECKS[] = {
    {check_amount, false},     {check_status, false}, {check_earmarks, true},
    {check_exclusions, false}, {check_lapse, false},  {check_flags, false},
};

/** Asks every question of the offer and of every offer it is paid out of. */
static Bar check_chain(const Round *round, const Need *need, int offer, bool overridden)
{
    for (size_t i = 0; i < sizeof CHAIN_CHECKS / sizeof *CHAIN_CHECKS; i++) {
        if (overridden && CHAIN_CHECKS[i].overridable)
            continue;
        for (int o = offer; o >= 0; o = round->offers[o].parent_row) {
            Bar bar = CHAIN_CHECKS[i].ask(round, need, &round->offers[o]);
            if (bar.check != BAR_NOTHING)
                return bar;
        }
    }
    return NOT_BARRED;
}

static Bar check_rules(const Round *round, int need, int offer)
{
    for (size_t i = 0; i < round->rule_count; i++) {
        const RuleRow *row = &round->rules[i];
        if (row->kind == RULE_FORBID && rule_row_matches(round, row, need, offer))
            return barred(BAR_FORBID, row->origin, row->id, "");
    }
    return NOT_BARRED;
}

/** Index of the first commitment of this pair, or of where it would stand. */
static size_t first_commitment(const Round *round, int need, int offer)
{
    size_t low = 0, high = round->commitment_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const Commitment *c = &round->commitments[middle];
        if (c->need < need || (c->need == need && c->offer < offer))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static Bar check_commitments(const Round *round, int need, int offer)
{
    for (size_t i = first_commitment(round, need, offer); i < round->commitment_count; i++) {
        const Commitment *c = &round->commitments[i];
        if (c->need != need || c->offer != offer)
            break;
        if (c->kind == COMMITMENT_FORBIDDEN)
            return barred(BAR_COMMITMENT, c->origin, "", "kind");
    }
    return NOT_BARRED;
}

static Bar check_need(const Need *need)
{
    if (!need->quantity_known)
        return barred(BAR_NEED_UNKNOWN, need->origin, need->id, "quantity");
    if (!need->ready)
        return barred(BAR_NEED_NOT_READY, need->origin, need->id, "ready");
    if (need_is_outcome(need))
        return barred(BAR_NEED_OUTCOME, need->origin, need->id, "quantity");
    return NOT_BARRED;
}

Bar eligibility_bar(const Round *round, int need_index, int offer_index)
{
    const Need *need = &round->needs[need_index];
    const Offer *offer = &round->offers[offer_index];
    const PairRow *row =
        round->pair_count > 0 ? round_find_pair(round, need_index, offer_index) : NULL;
    if (row != NULL && row->has_eligible && !row->eligible)
        return barred(BAR_PAIR_NO, row->origin, "", "eligible");
    if (row == NULL && round->settings.pairs_only)
        return barred(BAR_UNLISTED, offer->origin, offer->id, "");
    bool overridden = row != NULL && (round->settings.pairs_only || row->has_eligible);

    Bar bar = check_kind(need, offer, row, overridden);
    if (bar.check == BAR_NOTHING)
        bar = check_chain(round, need, offer_index, overridden);
    if (bar.check == BAR_NOTHING)
        bar = check_window(round, need, offer_index);
    if (bar.check == BAR_NOTHING)
        bar = check_rules(round, need_index, offer_index);
    if (bar.check == BAR_NOTHING)
        bar = check_commitments(round, need_index, offer_index);
    if (bar.check == BAR_NOTHING)
        bar = check_need(need);
    return bar;
}

bool bar_is_of_kind(BarCheck check)
{
    return check != BAR_CATEGORY && check != BAR_UNIT && check != BAR_UNLISTED;
}

const char *bar_code(BarCheck check)
{
    switch (check) {
    case BAR_NOTHING: return "none";
    case BAR_PAIR_NO: return "pair";
    case BAR_UNLISTED: return "unlisted";
    case BAR_CATEGORY: return "category";
    case BAR_UNIT: return "unit";
    case BAR_AMOUNT: return "amount";
    case BAR_STATUS: return "status";
    case BAR_EARMARK: return "earmark";
    case BAR_EXCLUSION: return "exclusion";
    case BAR_WINDOW: return "window";
    case BAR_LAPSED: return "lapsed";
    case BAR_ODA: return "oda";
    case BAR_CIVIL: return "civil";
    case BAR_FORBID: return "forbid";
    case BAR_COMMITMENT: return "commitment";
    case BAR_NEED_UNKNOWN: return "need unknown";
    case BAR_NEED_NOT_READY: return "need not ready";
    case BAR_NEED_OUTCOME: return "outcome";
    case BAR_COUNT: break;
    }
    return "";
}

const char *bar_text(BarCheck check)
{
    switch (check) {
    case BAR_NOTHING: return "is eligible";
    case BAR_PAIR_NO: return "is ruled out for this need";
    case BAR_UNLISTED: return "is not listed for this need";
    case BAR_CATEGORY: return "is for other categories";
    case BAR_UNIT: return "comes in another unit";
    case BAR_AMOUNT: return "has no known amount";
    case BAR_STATUS: return "is less firm than what is planned on";
    case BAR_EARMARK: return "is earmarked for others";
    case BAR_EXCLUSION: return "excludes it";
    case BAR_WINDOW: return "is not available in the need's time";
    case BAR_LAPSED: return "lapsed before the round";
    case BAR_ODA: return "is for ODA only";
    case BAR_CIVIL: return "is for civil use only";
    case BAR_FORBID: return "is forbidden by a rule";
    case BAR_COMMITMENT: return "is ruled out by a commitment";
    case BAR_NEED_UNKNOWN: return "meets a need of unknown amount";
    case BAR_NEED_NOT_READY: return "meets a need that is not ready";
    case BAR_NEED_OUTCOME: return "meets an outcome, which takes nothing itself";
    case BAR_COUNT: break;
    }
    return "";
}
