/* Needs that no offer may serve, offers that no need can use, rules that select nothing together: which of its words nobody on the other
 * side has, and what these have instead; where the words fit, what bars it from the one it comes nearest to.
 * Warnings only. What is so on purpose is passed over: a need that is not ready, a pledge where
 * pledges are not planned on, money that has lapsed, an offer that others are paid out of, a pair that a row forbids.
 *
 * Called by round_review_pairs(), once it is known who may serve whom.
 */
#include <string.h>

#include "models/round_internal.h"

#include "allot/eligibility.h"
#include "allot/language.h"
#include "allot/rule.h"

/* Pairs looked at for the nearest, of all rows together: a round with a million idle rows has
 * another fault. */
enum { LOOKS_MOST = 2000000, BITS = 64 };

typedef struct Review {
    const Round *round;
    Diag *diag;
    const EligibleSets *sets;
    size_t looks;
    const char *need_categories;  /* as a list for sentences */
    const char *offer_categories; /* likewise; NULL: an offer is for all of them */
    NameMap *asked;               /* needs' categories */
    NameMap *offered;             /* offers' */
    bool *is_parent;              /* [offer_count] */
} Review;

/* ---- words ---------------------------------------------------------------------------------- */

static Status gather_names(KnownNames names, NameMap *out)
{
    bool added;
    for (size_t i = 0; i < names.count; i++)
        if (!name_map_add(out, names.names[i], (int)i, &added))
            return STATUS_NO_MEMORY;
    return STATUS_OK;
}

static Status gather_words(Review *r)
{
    KnownNames needs, offers;
    r->asked = name_map_new(r->round->arena);
    r->offered = name_map_new(r->round->arena);
    TRY_NEW(r->asked);
    TRY_NEW(r->offered);
    TRY(round_need_texts(r->round, need_category, &needs));
    TRY(round_listed_categories(r->round, &offers));
    TRY(gather_names(needs, r->asked));
    TRY(gather_names(offers, r->offered));
    TRY(round_words_text(r->round, needs, &r->need_categories));
    TRY(round_words_text(r->round, offers, &r->offer_categories));
    for (size_t o = 0; o < r->round->offer_count; o++)
        if (r->round->offers[o].category.all)
            r->offer_categories = NULL;
    r->is_parent = ARENA_NEW(r->round->arena, r->round->offer_count, bool);
    TRY_NEW(r->is_parent);
    for (size_t o = 0; o < r->round->offer_count; o++)
        if (r->round->offers[o].parent_row >= 0)
            r->is_parent[r->round->offers[o].parent_row] = true;
    return STATUS_OK;
}

/* ---- the nearest ---------------------------------------------------------------------------- */

/** What bars the pair that gets furthest through the checks. */
typedef struct Nearest {
    Bar bar;
    int other; /* need or offer on the other side; -1: none was looked at */
} Nearest;

static void look_at(Review *r, int need, int offer, int other, Nearest *nearest)
{
    Bar bar = eligibility_bar(r->round, need, offer);
    r->looks++;
    if (nearest->other < 0 || bar.check > nearest->bar.check)
        *nearest = (Nearest){bar, other};
}

static const char *barring_row(const Round *round, const Bar *bar)
{
    const char *row = round_row_text(round, bar->origin, round->arena);
    const char *text = arena_printf(round->arena, "%s, %s", row, bar->column);
    return text != NULL && *bar->column != '\0' ? text : row;
}

/* ---- needs ---------------------------------------------------------------------------------- */

static void tell_need(Review *r, int index)
{
    const Round *round = r->round;
    const Need *need = &round->needs[index];
    DiagPlace place = round_place(round, need->origin, "category");
    Nearest nearest = {.other = -1};
    place.text = need->category;
    for (size_t o = 0; o < round->offer_count && r->looks < LOOKS_MOST; o++)
        look_at(r, index, (int)o, (int)o, &nearest);
    bool by_category = nearest.other >= 0 && nearest.bar.check == BAR_CATEGORY;
    if (by_category && r->offer_categories != NULL && name_map_get(r->offered, need->category) < 0)
        diag_add(r->diag, DIAG_NO_OFFER, place,
                 "no offer may serve '%s': none is for its category '%s'; offers are for: %s",
                 need->id, need->category, r->offer_categories);
    else if (nearest.other < 0)
        diag_add(r->diag, DIAG_NO_OFFER, round_place(round, need->origin, "id"),
                 "no offer may serve '%s'; the plan says what bars each", need->id);
    else
        diag_add(
            r->diag, DIAG_NO_OFFER, round_place(round, need->origin, "id"),
            "no offer may serve '%s': the nearest, '%s', %s (%s); the plan says what bars each",
            need->id, round->offers[nearest.other].id, bar_text(nearest.bar.check),
            barring_row(round, &nearest.bar));
}

static void review_needs(Review *r)
{
    for (size_t n = 0; n < r->round->need_count; n++) {
        const Need *need = &r->round->needs[n];
        if (need->quantity_known && need->ready && need->wanted > 0 &&
            eligible_set_number(r->sets, (int)n) == 0)
            tell_need(r, (int)n);
    }
}

/* ---- offers --------------------------------------------------------------------------------- */

/** The offers that some need may take from. */
static Status find_used(const Review *r, uint64_t **out)
{
    int words = eligible_set_words(r->sets);
    uint64_t *used = ARENA_NEW(r->round->arena, (size_t)words, uint64_t);
    bool *seen = ARENA_NEW(r->round->arena, (size_t)eligible_set_count(r->sets), bool);
    TRY_NEW(used);
    TRY_NEW(seen);
    for (size_t n = 0; n < r->round->need_count; n++) {
        int number = eligible_set_number(r->sets, (int)n);
        if (seen[number])
            continue;
        seen[number] = true;
        for (int w = 0; w < words; w++)
            used[w] |= eligible_set_at(r->sets, number)[w];
    }
    *out = used;
    return STATUS_OK;
}

/** No need asks for any of its categories. */
static bool names_no_category(const Review *r, const Offer *offer)
{
    for (int c = 0; c < offer->category.count; c++)
        if (name_map_get(r->asked, offer->category.names[c]) >= 0)
            return false;
    return !offer->category.all && offer->category.count > 0;
}

/** A thing that no need is counted in: suspect_units() asks about it. */
static bool is_strange_thing(const Round *round, const Offer *offer)
{
    for (size_t n = 0; n < round->need_count; n++)
        if (round->needs[n].unit.name == offer->unit.name)
            return false;
    return !offer->unit.is_money;
}

/** What somebody decided, or what another finding says, is no reason to ask. */
static bool is_on_purpose(const Round *round, const Offer *offer, BarCheck check)
{
    return check == BAR_NOTHING || check == BAR_PAIR_NO || check == BAR_AMOUNT ||
           check == BAR_STATUS || check == BAR_LAPSED || check >= BAR_FORBID ||
           (check == BAR_UNIT && is_strange_thing(round, offer));
}

static Status tell_offer(Review *r, int index)
{
    const Round *round = r->round;
    const Offer *offer = &round->offers[index];
    Nearest nearest = {.other = -1};
    const char *own;
    for (size_t n = 0; n < round->need_count && r->looks < LOOKS_MOST; n++)
        look_at(r, (int)n, index, (int)n, &nearest);
    if (nearest.other < 0 || is_on_purpose(round, offer, nearest.bar.check))
        return STATUS_OK;
    if (nearest.bar.check == BAR_CATEGORY && names_no_category(r, offer)) {
        DiagPlace place = round_place(round, offer->origin, "category");
        KnownNames names = {offer->category.names, (size_t)offer->category.count};
        TRY(round_words_text(round, names, &own));
        place.text = offer->category.names[0];
        diag_add(r->diag, DIAG_NO_NEED, place,
                 "no need can use '%s': none asks for '%s'; needs have: %s; write it as "
                 "they do (lists have ';' between their parts), or leave it for another round",
                 offer->id, own, r->need_categories);
        return STATUS_OK;
    }
    diag_add(r->diag, DIAG_NO_NEED, round_place(round, offer->origin, "id"),
             "no need can use '%s': for the nearest, '%s', it %s (%s); mend that, or leave it for "
             "another round",
             offer->id, round->needs[nearest.other].id, bar_text(nearest.bar.check),
             barring_row(round, &nearest.bar));
    return STATUS_OK;
}

static Status review_offers(Review *r)
{
    const Round *round = r->round;
    uint64_t *used;
    TRY(find_used(r, &used));
    for (size_t o = 0; o < round->offer_count; o++) {
        const Offer *offer = &round->offers[o];
        bool is_used = (used[o / BITS] >> (o % BITS) & 1) != 0;
        bool is_planned = offer->status >= round->settings.plan_on;
        if (!is_used && !r->is_parent[o] && is_planned && offer->quantity > 0)
            TRY(tell_offer(r, (int)o));
    }
    return STATUS_OK;
}

/* ---- rules ---------------------------------------------------------------------------------- */

/** What a row of the rules table finds of what it selects. */
typedef struct Selected {
    bool needs, offers, pairs;
} Selected;

static bool sets_meet(const Review *r, const uint64_t *offers, int need)
{
    const uint64_t *set = eligible_set_at(r->sets, eligible_set_number(r->sets, need));
    for (int w = 0; w < eligible_set_words(r->sets); w++)
        if ((set[w] & offers[w]) != 0)
            return true;
    return false;
}

/** @p offers  [eligible_set_words()] room for those selected */
static Selected select_for(const Review *r, const RuleRow *row, uint64_t *offers)
{
    Selected found = {false, false, false};
    memset(offers, 0, (size_t)eligible_set_words(r->sets) * sizeof *offers);
    for (size_t o = 0; o < r->round->offer_count; o++)
        if (rule_row_selects_offer(r->round, row, (int)o)) {
            found.offers = true;
            offers[o / BITS] |= UINT64_C(1) << (o % BITS);
        }
    for (size_t n = 0; n < r->round->need_count && !found.pairs; n++)
        if (rule_row_selects_need(row, &r->round->needs[n])) {
            found.needs = true;
            found.pairs = sets_meet(r, offers, (int)n);
        }
    return found;
}

/** Words that stand in several columns: of one column each that matches nothing was asked about. */
static bool selects_by(const RuleRow *row, int first, int last)
{
    int columns = 0;
    for (int s = first; s <= last; s++)
        columns += row->select[s].count > 0;
    return columns > 1;
}

static Status review_rules(const Review *r)
{
    uint64_t *offers = ARENA_NEW(r->round->arena, (size_t)eligible_set_words(r->sets), uint64_t);
    TRY_NEW(offers);
    for (size_t i = 0; i < r->round->rule_count; i++) {
        const RuleRow *row = &r->round->rules[i];
        DiagPlace place = round_place(r->round, row->origin, "id");
        Selected found = select_for(r, row, offers);
        if (!found.offers && selects_by(row, SELECT_DONOR, SELECT_OFFER))
            diag_add(
                r->diag, DIAG_MATCHES_NOTHING, place,
                "rule '%s' does nothing: no offer has all that its columns donor and offer ask "
                "for; empty one of them, or take the rule out",
                row->id);
        else if (!found.needs && selects_by(row, SELECT_NEED, SELECT_PRIORITY))
            diag_add(
                r->diag, DIAG_MATCHES_NOTHING, place,
                "rule '%s' does nothing: no need has all that its columns ask for; empty one of "
                "them, or take the rule out",
                row->id);
        else if (found.offers && found.needs && !found.pairs && row->kind != RULE_FORBID &&
                 row->kind != RULE_FLOOR && row->kind != RULE_RESERVE)
            diag_add(r->diag, DIAG_MATCHES_NOTHING, place,
                     "rule '%s' does nothing: no offer that it selects may serve a need that it "
                     "selects; take it out if that is so on purpose",
                     row->id);
    }
    return STATUS_OK;
}

Status round_review_unmatched(const Round *round, const EligibleSets *sets, Diag *diag)
{
    Review review = {.round = round, .diag = diag, .sets = sets};
    if (round->need_count == 0)
        return STATUS_OK;
    TRY(gather_words(&review));
    review_needs(&review);
    TRY(review_offers(&review));
    return review_rules(&review);
}
