/* Which offer may serve which need: the checks in the published order, each asked of the offer and
 * of every offer it is paid out of. Pure: nothing is stored, so that any pair can be asked again
 * when somebody wants to know why.
 */
#include "allot/eligibility.h"
#include "allot/language.h"

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

/* Cells of an offer that may bar a need from it. */

static bool amount_unknown(const Round *round, const Need *need, const Offer *offer)
{
    (void)round;
    (void)need;
    return !offer->quantity_known;
}

static bool not_firm_enough(const Round *round, const Need *need, const Offer *offer)
{
    (void)need;
    return offer->status < round->settings.plan_on;
}

static bool for_other_beneficiaries(const Round *round, const Need *need, const Offer *offer)
{
    (void)round;
    return offer->only_beneficiaries.count > 0 &&
           !name_list_has(&offer->only_beneficiaries, need->beneficiary);
}

static bool for_other_regions(const Round *round, const Need *need, const Offer *offer)
{
    (void)round;
    return offer->only_regions.count > 0 && !name_list_has(&offer->only_regions, need->region);
}

static bool for_other_needs(const Round *round, const Need *need, const Offer *offer)
{
    (void)round;
    return offer->only_needs.count > 0 && !name_list_has(&offer->only_needs, need->id);
}

static bool for_other_tags(const Round *round, const Need *need, const Offer *offer)
{
    (void)round;
    return offer->only_tags.count > 0 && !lists_meet(&offer->only_tags, &need->tags);
}

static bool not_for_beneficiary(const Round *round, const Need *need, const Offer *offer)
{
    (void)round;
    return name_list_has(&offer->not_beneficiaries, need->beneficiary);
}

static bool not_for_region(const Round *round, const Need *need, const Offer *offer)
{
    (void)round;
    return name_list_has(&offer->not_regions, need->region);
}

static bool not_for_need(const Round *round, const Need *need, const Offer *offer)
{
    (void)round;
    return name_list_has(&offer->not_needs, need->id);
}

static bool not_for_tags(const Round *round, const Need *need, const Offer *offer)
{
    (void)round;
    return lists_meet(&offer->not_tags, &need->tags);
}

static bool lapsed(const Round *round, const Need *need, const Offer *offer)
{
    (void)need;
    return offer->lapses != DATE_NONE && round->settings.start != DATE_NONE &&
           offer->lapses < round->settings.start;
}

static bool for_oda_only(const Round *round, const Need *need, const Offer *offer)
{
    (void)round;
    return offer->oda_only && need->oda != ODA_YES;
}

/** What a civil_only offer may at most give to this need, before other limits. */
static bool civil_part_left(const Need *need)
{
    Ratio share = ratio_of_decimal(need->civil_share);
    int64_t part;
    return ratio_apply(need->quantity, share, ROUND_DOWN, &part) && part - need->covered > 0;
}

static bool for_civil_use_only(const Round *round, const Need *need, const Offer *offer)
{
    (void)round;
    return offer->civil_only && !civil_part_left(need);
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

/** One question asked of an offer and of every offer it is paid out of; those of one turn are asked
 *  of one offer before the next is. */
typedef struct CellCheck {
    int turn;
    BarCheck check;
    const char *column;
    bool (*bars)(const Round *round, const Need *need, const Offer *offer);
} CellCheck;

static const CellCheck CELL_CHECKS[] = {
    {0, BAR_AMOUNT, "quantity", amount_unknown},
    {1, BAR_STATUS, "status", not_firm_enough},
    {2, BAR_EARMARK, "only_beneficiaries", for_other_beneficiaries},
    {2, BAR_EARMARK, "only_regions", for_other_regions},
    {2, BAR_EARMARK, "only_needs", for_other_needs},
    {2, BAR_EARMARK, "only_tags", for_other_tags},
    {3, BAR_EXCLUSION, "not_beneficiaries", not_for_beneficiary},
    {3, BAR_EXCLUSION, "not_regions", not_for_region},
    {3, BAR_EXCLUSION, "not_needs", not_for_need},
    {3, BAR_EXCLUSION, "not_tags", not_for_tags},
    {4, BAR_LAPSED, "lapses", lapsed},
    {5, BAR_ODA, "oda_only", for_oda_only},
    {5, BAR_CIVIL, "civil_only", for_civil_use_only},
};

enum { CELL_CHECK_COUNT = sizeof CELL_CHECKS / sizeof *CELL_CHECKS };

/** Does the cell bar? An earmark does not where a pairs row overrides it. */
static bool cell_bars(const CellCheck *cell, const Round *round, const Need *need,
                      const Offer *offer, bool overridden)
{
    return !(overridden && cell->check == BAR_EARMARK) && cell->bars(round, need, offer);
}

/** The first question that bars: turn by turn, of the offer and of every offer it is paid out of. */
static Bar check_chain(const Round *round, const Need *need, int offer, bool overridden)
{
    for (int first = 0, end; first < CELL_CHECK_COUNT; first = end) {
        end = first + 1;
        while (end < CELL_CHECK_COUNT && CELL_CHECKS[end].turn == CELL_CHECKS[first].turn)
            end++;
        for (int o = offer; o >= 0; o = round->offers[o].parent_row)
            for (int i = first; i < end; i++)
                if (cell_bars(&CELL_CHECKS[i], round, need, &round->offers[o], overridden))
                    return barred_by_offer(CELL_CHECKS[i].check, &round->offers[o],
                                           CELL_CHECKS[i].column);
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

/* ---- all bars of a pair --------------------------------------------------------------------- */

/** What is asked while all bars of one pair are collected. */
typedef struct BarSearch {
    const Round *round;
    int need, offer;
    bool overridden;
    Arena *arena;
    Bars *out;
} BarSearch;

static Status add_bar(BarSearch *b, Bar bar)
{
    Bars *out = b->out;
    if (out->count == out->room) {
        size_t room = out->room * 2 + 256;
        out->bars = arena_grow(b->arena, out->bars, out->count, room, sizeof *out->bars);
        TRY_NEW(out->bars);
        out->room = room;
    }
    out->bars[out->count++] = bar;
    return STATUS_OK;
}

/** Every cell of the chain. A civil part that is used up is the need's, and one however many offers
 *  ask for it. *fixed: barred by what is no thing to be lifted. */
static Status add_cells(BarSearch *b, bool *fixed)
{
    const Need *need = &b->round->needs[b->need];
    bool civil = false;
    for (int o = b->offer; o >= 0; o = b->round->offers[o].parent_row)
        for (int i = 0; i < CELL_CHECK_COUNT; i++) {
            const CellCheck *cell = &CELL_CHECKS[i];
            if (!cell_bars(cell, b->round, need, &b->round->offers[o], b->overridden))
                continue;
            *fixed = *fixed || cell->check == BAR_AMOUNT || cell->check == BAR_STATUS;
            if (cell->check == BAR_CIVIL && !civil)
                TRY(add_bar(b, barred(BAR_CIVIL, need->origin, need->id, "civil_share")));
            civil = civil || cell->check == BAR_CIVIL;
            if (cell->check != BAR_CIVIL)
                TRY(add_bar(b, barred_by_offer(cell->check, &b->round->offers[o], cell->column)));
        }
    return STATUS_OK;
}

/** Every end of an offer's window that the need's own window does not reach. *fixed: with them gone no
 *  day is left either: the offers' windows do not meet, or the need has none. */
static Status add_windows(BarSearch *b, bool *fixed)
{
    const Need *need = &b->round->needs[b->need];
    int64_t earliest = need->earliest != DATE_NONE ? need->earliest : INT64_MIN;
    int64_t deadline = need->deadline != DATE_NONE ? need->deadline : INT64_MAX;
    int64_t from = earliest, to = deadline;
    for (int o = b->offer; o >= 0; o = b->round->offers[o].parent_row) {
        const Offer *offer = &b->round->offers[o];
        int64_t begins = INT64_MIN, ends = INT64_MAX;
        if (offer->valid_from != DATE_NONE)
            begins = (int64_t)offer->valid_from + offer->lead_days;
        if (offer->valid_to != DATE_NONE)
            ends = (int64_t)offer->valid_to + offer->lead_days;
        if (begins > deadline)
            TRY(add_bar(b, barred_by_offer(BAR_WINDOW, offer, "valid_from")));
        else if (begins > from)
            from = begins;
        if (ends < earliest)
            TRY(add_bar(b, barred_by_offer(BAR_WINDOW, offer, "valid_to")));
        else if (ends < to)
            to = ends;
    }
    *fixed = *fixed || from > to;
    return STATUS_OK;
}

static Status add_rows(BarSearch *b)
{
    const Round *round = b->round;
    for (size_t i = 0; i < round->rule_count; i++) {
        const RuleRow *row = &round->rules[i];
        if (row->kind == RULE_FORBID && rule_row_matches(round, row, b->need, b->offer))
            TRY(add_bar(b, barred(BAR_FORBID, row->origin, row->id, "")));
    }
    for (size_t i = first_commitment(round, b->need, b->offer); i < round->commitment_count; i++) {
        const Commitment *c = &round->commitments[i];
        if (c->need != b->need || c->offer != b->offer)
            break;
        if (c->kind == COMMITMENT_FORBIDDEN)
            TRY(add_bar(b, barred(BAR_COMMITMENT, c->origin, c->need_id, "kind")));
    }
    return STATUS_OK;
}

Status eligibility_bars(const Round *round, int need_index, int offer_index, Arena *arena,
                        Bars *out, bool *liftable)
{
    const Need *need = &round->needs[need_index];
    const Offer *offer = &round->offers[offer_index];
    const PairRow *row =
        round->pair_count > 0 ? round_find_pair(round, need_index, offer_index) : NULL;
    bool listed =
        row != NULL && (round->settings.pairs_only || (row->has_eligible && row->eligible));
    size_t before = out->count;
    BarSearch b = {round, need_index, offer_index, listed, arena, out};
    bool fixed = check_need(need).check != BAR_NOTHING ||
                 (row == NULL && round->settings.pairs_only) ||
                 check_kind(need, offer, row, listed).check != BAR_NOTHING;
    if (!fixed && row != NULL && row->has_eligible && !row->eligible)
        TRY(add_bar(&b, barred(BAR_PAIR_NO, row->origin, need->id, "eligible")));
    if (!fixed)
        TRY(add_cells(&b, &fixed));
    if (!fixed)
        TRY(add_windows(&b, &fixed));
    if (!fixed)
        TRY(add_rows(&b));
    if (fixed)
        out->count = before;
    *liftable = out->count > before;
    return STATUS_OK;
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
    case BAR_NOTHING: return _("is eligible");
    case BAR_PAIR_NO: return _("is ruled out for this need");
    case BAR_UNLISTED: return _("is not listed for this need");
    case BAR_CATEGORY: return _("is for other categories");
    case BAR_UNIT: return _("comes in another unit");
    case BAR_AMOUNT: return _("has no known amount");
    case BAR_STATUS: return _("is less firm than what is planned on");
    case BAR_EARMARK: return _("is earmarked for others");
    case BAR_EXCLUSION: return _("excludes it");
    case BAR_WINDOW: return _("is not available in the need's time");
    case BAR_LAPSED: return _("lapsed before the round");
    case BAR_ODA: return _("is for ODA only");
    case BAR_CIVIL: return _("is for civil use only");
    case BAR_FORBID: return _("is forbidden by a rule");
    case BAR_COMMITMENT: return _("is ruled out by a commitment");
    case BAR_NEED_UNKNOWN: return _("meets a need of unknown amount");
    case BAR_NEED_NOT_READY: return _("meets a need that is not ready");
    case BAR_NEED_OUTCOME: return _("meets an outcome, which takes nothing itself");
    case BAR_COUNT: break;
    }
    return "";
}
