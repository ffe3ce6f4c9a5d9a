/* Suspicions: figures that are possible and probably wrong. Warnings only; nothing is changed. */
#include <stdlib.h>
#include <string.h>

#include "models/round_internal.h"

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

typedef const Need *NeedRef;

static int by_request(const void *a, const void *b)
{
    NeedRef x = *(const NeedRef *)a, y = *(const NeedRef *)b;
    int order = strcmp(x->beneficiary, y->beneficiary);
    if (order == 0)
        order = strcmp(x->category, y->category);
    if (order == 0)
        order = strcmp(x->unit.name, y->unit.name);
    return order != 0 ? order : strcmp(x->id, y->id);
}

static bool same_request_head(const Need *a, const Need *b)
{
    return a->beneficiary == b->beneficiary && a->category == b->category &&
           a->unit.name == b->unit.name;
}

/** Words of @p a that also stand in @p b, and all words of @p a; letters are folded in ASCII. */
static void shared_words(const char *a, const char *b, int *shared, int *words)
{
    char in_b[512], word[64];
    *shared = *words = 0;
    name_fold(b, in_b, sizeof in_b);
    while (*a != '\0') {
        size_t length = strcspn(a, " ");
        if (length > 0) {
            char plain[64];
            size_t kept = length < sizeof plain ? length : sizeof plain - 1;
            memcpy(plain, a, kept);
            plain[kept] = '\0';
            name_fold(plain, word, sizeof word);
            ++*words;
            *shared += strstr(in_b, word) != NULL;
        }
        a += length + (a[length] == ' ');
    }
}

static bool looks_same(const Need *a, const Need *b)
{
    int shared, words;
    if (*a->title == '\0' || *b->title == '\0')
        return false;
    if (strcmp(a->title, b->title) == 0)
        return true;
    shared_words(a->title, b->title, &shared, &words);
    return a->quantity_known && b->quantity_known && a->quantity == b->quantity &&
           2 * shared >= words;
}

static Status suspect_requests(const Round *round, Diag *diag)
{
    NeedRef *needs = ARENA_NEW(round->arena, round->need_count, NeedRef);
    TRY_NEW(needs);
    for (size_t n = 0; n < round->need_count; n++)
        needs[n] = &round->needs[n];
    if (round->need_count > 1)
        qsort(needs, round->need_count, sizeof(NeedRef), by_request);
    for (size_t i = 0; i < round->need_count; i++) {
        for (size_t k = i + 1; k < round->need_count && same_request_head(needs[i], needs[k]);
             k++) {
            if (*needs[i]->beneficiary == '\0' || !looks_same(needs[i], needs[k]))
                continue;
            diag_add(diag, DIAG_SAME_REQUEST, round_place(round, needs[k]->origin, "title"),
                     "'%s' looks like the same request as '%s' (line %d)", needs[k]->id,
                     needs[i]->id, needs[i]->origin.line);
            break; /* one warning a need is enough */
        }
    }
    return STATUS_OK;
}

/** Distinct units of offers, or the categories they name. */
static Status offer_words(const Round *round, bool units, KnownNames *out)
{
    size_t room = 0;
    for (size_t o = 0; o < round->offer_count; o++)
        room += units ? 1 : (size_t)round->offers[o].category.count;
    const char **names = ARENA_NEW(round->arena, room, const char *);
    TRY_NEW(names);
    out->names = names;
    out->count = 0;
    for (size_t o = 0; o < round->offer_count; o++) {
        const Offer *offer = &round->offers[o];
        if (units)
            names[out->count++] = offer->unit.name;
        for (int c = 0; !units && c < offer->category.count; c++)
            names[out->count++] = offer->category.names[c];
    }
    return STATUS_OK;
}

static bool is_word(const KnownNames *words, const char *name)
{
    for (size_t i = 0; i < words->count; i++)
        if (words->names[i] == name)
            return true;
    return false;
}

/** A unit or category that no offer has and that looks like one that some have. */
static void suspect_word(const Round *round, Diag *diag, const Need *need, const char *column,
                         const char *name, const KnownNames *words)
{
    const char *near = is_word(words, name) ? NULL : name_nearest(name, words->names, words->count);
    if (near == NULL)
        return;
    DiagPlace place = round_place(round, need->origin, column);
    place.text = name;
    diag_add(diag, DIAG_MATCHES_NOTHING, place, "no offer has the %s '%s'; did you mean '%s'?",
             column, name, near);
}

static Status suspect_words(const Round *round, Diag *diag)
{
    KnownNames units, categories;
    TRY(offer_words(round, true, &units));
    TRY(offer_words(round, false, &categories));
    for (size_t n = 0; n < round->need_count; n++) {
        const Need *need = &round->needs[n];
        if (!need->unit.is_money)
            suspect_word(round, diag, need, "unit", need->unit.name, &units);
        suspect_word(round, diag, need, "category", need->category, &categories);
    }
    return STATUS_OK;
}

Status round_suspect(Round *round, Diag *diag)
{
    TRY(suspect_words(round, diag));
    TRY(suspect_amounts(round, diag));
    return suspect_requests(round, diag);
}
