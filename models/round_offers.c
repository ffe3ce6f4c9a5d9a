/* Offers: whose they are, what they are paid out of (chains, never circles), how firm they are. */
#include <stdlib.h>

#include "models/round_internal.h"

#include "allot/language.h"

static void check_donor(const Round *round, Diag *diag, Offer *offer, KnownNames known)
{
    offer->donor_row = round_find_donor(round, offer->donor);
    if (offer->donor_row >= 0 || round->donor_count == 0)
        return;
    DiagPlace place = round_place(round, offer->origin, "donor");
    if (name_meant(offer->donor, known) != NULL) {
        diag_unlisted_name(diag, place, _("donor"), "donors", offer->donor, known);
        return;
    }
    place.text = offer->donor;
    diag_add(diag, DIAG_NAME_UNLISTED, place,
             "donor '%s' is not in the donors table; no budget applies to it; correct it, or add a "
             "row to donors",
             offer->donor);
}

static void check_money(const Round *round, Diag *diag, const Offer *offer)
{
    if (offer->unit.is_money)
        round_require_rate(round, diag, offer->unit.name, offer->origin, "unit");
    else if (offer->has_unit_value)
        round_require_rate(round, diag, offer->currency, offer->origin, "currency");
    if (!offer->unit.is_money && offer->overhead.digits != 0)
        diag_add(diag, DIAG_UNITS, round_place(round, offer->origin, "overhead"),
                 "overhead is kept from money only; '%s' is given in %s: leave the cell empty",
                 offer->id, offer->unit.name);
    if (decimal_compare(offer->overhead, decimal_make(1, 0)) >= 0)
        diag_add(diag, DIAG_NUMBER_RANGE, round_place(round, offer->origin, "overhead"),
                 "with an overhead of 1 nothing would arrive; it must be below 1");
}

static void check_figures(const Round *round, Diag *diag, const Offer *offer)
{
    if (offer->valid_from != DATE_NONE && offer->valid_to != DATE_NONE &&
        offer->valid_from > offer->valid_to)
        diag_add(diag, DIAG_WINDOW_EMPTY, round_place(round, offer->origin, "valid_to"),
                 "valid_to is before valid_from; mend one of the two");
    if (!offer->quantity_known && !offer->quantity_wrong)
        diag_add(diag, DIAG_AMOUNT_UNKNOWN, round_place(round, offer->origin, "quantity"),
                 "the amount of '%s' is unknown; it stays out of the plan until it is written",
                 offer->id);
}

/** Can nothing be called on any more, although there is something left to plan? Last round's rows,
 *  copied, look like that; the windows alone do not bar it from a need without an earliest day. */
static void check_past(const Round *round, Diag *diag, const Offer *offer)
{
    const Settings *settings = &round->settings;
    char last[16], first[16];
    bool gone = offer->lapses != DATE_NONE && offer->lapses < settings->start;
    if (settings->start == DATE_NONE || offer->valid_to == DATE_NONE ||
        offer->valid_to >= settings->start || gone || !offer->quantity_known ||
        offer->quantity == 0 || offer->status < settings->plan_on)
        return;
    date_format(offer->valid_to, last);
    date_format(settings->start, first);
    diag_add(diag, DIAG_OFFER_PAST, round_place(round, offer->origin, "valid_to"),
             "'%s' ends on %s, before the round starts on %s, and is planned on all the same; "
             "correct valid_to if the donor has prolonged it, else take the row out, or write 0 as "
             "its quantity",
             offer->id, last, first);
}

/** What the names of earmarks and exclusions can be. */
typedef struct ListWords {
    RoundWords needs, beneficiaries, regions, tags;
} ListWords;

static Status list_words_init(const Round *round, ListWords *words)
{
    KnownNames used, listed, none = {NULL, 0};
    TRY(round_ids(round, TABLE_NEEDS, &used));
    TRY(round_words_init(round, used, none, &words->needs));
    TRY(round_need_texts(round, need_beneficiary, &used));
    TRY(round_ids(round, TABLE_BENEFICIARIES, &listed));
    TRY(round_words_init(round, used, listed, &words->beneficiaries));
    TRY(round_need_texts(round, need_region, &used));
    TRY(round_listed_regions(round, &listed));
    TRY(round_words_init(round, used, listed, &words->regions));
    TRY(round_need_tags(round, &used));
    return round_words_init(round, used, none, &words->tags);
}

/** A misspelt name in an earmark or an exclusion would silently open or bar pairs. */
static Status check_lists(const Round *round, Diag *diag)
{
    ListWords words;
    TRY(list_words_init(round, &words));
    for (size_t o = 0; o < round->offer_count; o++) {
        const Offer *offer = &round->offers[o];
        const struct {
            const char *column, *what;
            const NameList *list;
            const RoundWords *words;
        } lists[] = {
            {"only_needs", N_("need"), &offer->only_needs, &words.needs},
            {"not_needs", N_("need"), &offer->not_needs, &words.needs},
            {"only_beneficiaries", N_("beneficiary"), &offer->only_beneficiaries,
             &words.beneficiaries},
            {"not_beneficiaries", N_("beneficiary"), &offer->not_beneficiaries,
             &words.beneficiaries},
            {"only_regions", N_("region"), &offer->only_regions, &words.regions},
            {"not_regions", N_("region"), &offer->not_regions, &words.regions},
            {"only_tags", N_("tag"), &offer->only_tags, &words.tags},
            {"not_tags", N_("tag"), &offer->not_tags, &words.tags},
        };
        for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
            for (int k = 0; k < lists[i].list->count; k++)
                round_check_word(diag, round_place(round, offer->origin, lists[i].column),
                                 lists[i].what, lists[i].list->names[k], lists[i].words,
                                 lists[i].words == &words.needs);
    }
    return STATUS_OK;
}

static void check_parent(const Round *round, Diag *diag, Offer *offer, KnownNames known)
{
    offer->parent_row = -1;
    if (*offer->parent == '\0')
        return;
    DiagPlace place = round_place(round, offer->origin, "parent");
    offer->parent_row = round_find_offer(round, offer->parent);
    if (offer->parent_row < 0) {
        diag_unknown_name(diag, DIAG_ID_UNKNOWN, place, _("offer"), offer->parent, known);
        return;
    }
    const Offer *parent = &round->offers[offer->parent_row];
    bool alike =
        offer->unit.is_money ? parent->unit.is_money : parent->unit.name == offer->unit.name;
    if (!alike)
        diag_add(diag, DIAG_UNITS, place,
                 "'%s' (%s) cannot be paid out of '%s' (%s), which is counted otherwise; give "
                 "another parent, or none",
                 offer->id, offer->unit.name, parent->id, parent->unit.name);
}

/** Prints "a (line 2), b (line 3), a" for the circle that @p start stands on. */
static const char *circle_text(const Round *round, int start)
{
    const char *text = "";
    int o = start;
    do {
        const Offer *link = &round->offers[o];
        text = arena_printf(round->arena, _("%s%s (row %d), "), text, link->id, link->origin.line);
        o = link->parent_row;
    } while (text != NULL && o != start);
    return text == NULL ? "" : arena_printf(round->arena, "%s%s", text, round->offers[start].id);
}

/** Follows the chain of @p start to its root; a circle is reported once, at its first id, and cut. */
static void follow_chain(Round *round, Diag *diag, int start)
{
    size_t steps = 0;
    int o = start;
    Basis basis = round->offers[start].status;
    while (round->offers[o].parent_row >= 0) {
        o = round->offers[o].parent_row;
        if (round->offers[o].status < basis)
            basis = round->offers[o].status;
        if (o == start) {
            const char *circle = circle_text(round, start);
            diag_add(diag, DIAG_CYCLE, round_place(round, round->offers[start].origin, "parent"),
                     "offers are paid out of each other in a circle: %s; one of them must have "
                     "another parent, or none",
                     circle != NULL ? circle : "");
            round->offers[start].parent_row = -1;
            break;
        }
        if (++steps > round->offer_count)
            return; /* the circle lies above; it is reported where it is met */
    }
    round->offers[start].root = o;
    round->offers[start].basis = basis;
}

/** Numbers root donors by the first offer of each: donors need not be in the donors table. */
static Status number_donors(Round *round)
{
    NameMap *donors = name_map_new(round->arena);
    TRY_NEW(donors);
    for (size_t o = 0; o < round->offer_count; o++) {
        const char *donor = round->offers[round->offers[o].root].donor;
        bool added;
        if (!name_map_add(donors, donor, (int)o, &added))
            return STATUS_NO_MEMORY;
        round->offers[o].donor_item = name_map_get(donors, donor);
    }
    return STATUS_OK;
}

Status round_check_offers(Round *round, Diag *diag)
{
    KnownNames donors, offers;
    TRY(round_ids(round, TABLE_DONORS, &donors));
    TRY(round_ids(round, TABLE_OFFERS, &offers));
    for (size_t o = 0; o < round->offer_count; o++) {
        check_donor(round, diag, &round->offers[o], donors);
        check_money(round, diag, &round->offers[o]);
        check_figures(round, diag, &round->offers[o]);
        check_past(round, diag, &round->offers[o]);
        check_parent(round, diag, &round->offers[o], offers);
    }
    for (size_t o = 0; o < round->offer_count; o++)
        follow_chain(round, diag, (int)o);
    TRY(number_donors(round));
    return check_lists(round, diag);
}
