/* Suspicions: figures that are possible and probably wrong. Warnings only; nothing is changed. */
#include <stdlib.h>
#include <string.h>

#include "models/meant_names.h"
#include "models/round_internal.h"

#include "allot/language.h"

/* A donor's amount this many times the median of its others is asked about: a slip of currency or
 * of thousands. Canada's 92 million hryvnias were once printed as dollars, 40 times too much. */
enum { OUTLIER_TIMES = 40, OUTLIER_OTHERS = 2 };

typedef struct DonorAmount {
    const char *donor;
    double value; /* reporting currency; only compared, never planned with */
    const Offer *offer;
} DonorAmount;

static int by_donor_then_value(const void *a, const void *b)
{
    const DonorAmount *x = a, *y = b;
    int order = strcmp(x->donor, y->donor);
    return order != 0 ? order : (x->value > y->value) - (x->value < y->value);
}

/** Median of @p count sorted amounts with the one at @p skip left out. */
static double median_without(const DonorAmount *amounts, size_t count, size_t skip)
{
    size_t middle = (count - 1) / 2;
    return amounts[middle >= skip ? middle + 1 : middle].value;
}

static void suspect_group(const Round *round, Diag *diag, const DonorAmount *amounts, size_t count)
{
    for (size_t i = 0; count > OUTLIER_OTHERS && i < count; i++) {
        double median = median_without(amounts, count, i);
        const Offer *offer = amounts[i].offer;
        if (amounts[i].value < OUTLIER_TIMES * median || median <= 0)
            continue;
        diag_add(diag, DIAG_OUTLIER, round_place(round, offer->origin, "quantity"),
                 "'%s' is %.0f times the usual offer of %s; is the currency %s right?", offer->id,
                 amounts[i].value / median, offer->donor, offer->unit.name);
    }
}

static Status suspect_amounts(const Round *round, Diag *diag)
{
    DonorAmount *amounts = ARENA_NEW(round->arena, round->offer_count, DonorAmount);
    size_t count = 0;
    TRY_NEW(amounts);
    for (size_t o = 0; o < round->offer_count; o++) {
        const Offer *offer = &round->offers[o];
        Ratio rate;
        if (!offer->unit.is_money || !offer->quantity_known || offer->quantity == 0 ||
            !round_rate(round, offer->unit.name, &rate))
            continue;
        double whole = (double)offer->quantity / (double)unit_scale(offer->unit);
        amounts[count++] = (DonorAmount){offer->donor, whole * ratio_to_double(rate), offer};
    }
    if (count > 1)
        qsort(amounts, count, sizeof *amounts, by_donor_then_value);
    for (size_t i = 0, end; i < count; i = end) {
        for (end = i; end < count && strcmp(amounts[end].donor, amounts[i].donor) == 0;)
            end++;
        suspect_group(round, diag, amounts + i, end - i);
    }
    return STATUS_OK;
}

/** Units of offers, or the categories they name. */
static Status offer_words(const Round *round, bool units, MeantNames *out)
{
    size_t room = 0;
    for (size_t o = 0; o < round->offer_count; o++)
        room += units ? 1 : (size_t)round->offers[o].category.count;
    const char **names = ARENA_NEW(round->arena, room, const char *);
    KnownNames words = {.names = names};
    TRY_NEW(names);
    for (size_t o = 0; o < round->offer_count; o++) {
        const Offer *offer = &round->offers[o];
        if (units)
            names[words.count++] = offer->unit.name;
        for (int c = 0; !units && c < offer->category.count; c++)
            names[words.count++] = offer->category.names[c];
    }
    return meant_names_init(round->arena, words, out);
}

/** A unit or category that no offer has and that looks like one that some have. */
static Status suspect_word(const Round *round, Diag *diag, const Need *need, const char *column,
                           const char *name, const MeantNames *words)
{
    const char *near;
    TRY(meant_names_find(words, name, &near));
    if (near == NULL)
        return STATUS_OK;
    DiagPlace place = round_place(round, need->origin, column);
    place.text = name;
    diag_add(diag, DIAG_MATCHES_NOTHING, place, "no offer has the %s '%s'; did you mean '%s'?",
             column, name, near);
    return STATUS_OK;
}

static Status suspect_words(const Round *round, Diag *diag)
{
    MeantNames units, categories;
    TRY(offer_words(round, true, &units));
    TRY(offer_words(round, false, &categories));
    for (size_t n = 0; n < round->need_count; n++) {
        const Need *need = &round->needs[n];
        if (!need->unit.is_money)
            TRY(suspect_word(round, diag, need, _("unit"), need->unit.name, &units));
        TRY(suspect_word(round, diag, need, _("category"), need->category, &categories));
    }
    return STATUS_OK;
}

/** Units that serve some need: those needs are counted in, and those a `use` relates to them. */
static Status find_served_units(const Round *round, NameMap *known)
{
    bool added;
    for (size_t n = 0; n < round->need_count; n++)
        if (!round->needs[n].unit.is_money &&
            !name_map_add(known, round->needs[n].unit.name, 0, &added))
            return STATUS_NO_MEMORY;
    for (size_t p = 0; p < round->pair_count; p++) {
        const PairRow *pair = &round->pairs[p];
        if (pair->has_use && pair->need >= 0 && pair->offer >= 0 &&
            !name_map_add(known, round->offers[pair->offer].unit.name, 0, &added))
            return STATUS_NO_MEMORY;
    }
    return STATUS_OK;
}

/** Things offered that no need is counted in: once a unit, at its first offer. */
static Status suspect_units(const Round *round, Diag *diag)
{
    NameMap *known = name_map_new(round->arena);
    bool added;
    TRY_NEW(known);
    if (round->need_count == 0)
        return STATUS_OK;
    TRY(find_served_units(round, known));
    for (size_t o = 0; o < round->offer_count; o++) {
        const Offer *offer = &round->offers[o];
        if (offer->unit.is_money)
            continue;
        if (!name_map_add(known, offer->unit.name, 0, &added))
            return STATUS_NO_MEMORY;
        if (!added)
            continue;
        DiagPlace place = round_place(round, offer->origin, "unit");
        place.text = offer->unit.name;
        diag_add(diag, DIAG_MATCHES_NOTHING, place,
                 "no need is counted in '%s', and no pair relates it to one by `use`; write the "
                 "unit as needs do, or leave it for another round",
                 offer->unit.name);
    }
    return STATUS_OK;
}

Status round_suspect(Round *round, Diag *diag)
{
    TRY(suspect_words(round, diag));
    TRY(suspect_units(round, diag));
    TRY(suspect_amounts(round, diag));
    TRY(round_suspect_ids(round, diag));
    TRY(round_suspect_reach(round, diag));
    return round_suspect_requests(round, diag);
}
