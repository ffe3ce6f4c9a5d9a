/* Suspicions: figures that are possible and probably wrong. Warnings only; nothing is changed. */
#include <stdlib.h>
#include <string.h>

#include "models/round_internal.h"

/* A donor's amount this many times the median of its others is asked about: a slip of currency or
 * of thousands. Canada's 92 million hryvnias were once printed as dollars, 40 times too much. */
enum { OUTLIER_TIMES = 40, OUTLIER_OTHERS = 2, REQUESTS_COMPARED = 8 };

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

static int by_request(NeedRef x, NeedRef y)
{
    int order = strcmp(x->beneficiary, y->beneficiary);
    if (order == 0)
        order = strcmp(x->category, y->category);
    return order != 0 ? order : strcmp(x->unit.name, y->unit.name);
}

static int by_title(const void *a, const void *b)
{
    NeedRef x = *(const NeedRef *)a, y = *(const NeedRef *)b;
    int order = by_request(x, y);
    if (order == 0)
        order = strcmp(x->title, y->title);
    return order != 0 ? order : strcmp(x->id, y->id);
}

static int by_quantity(const void *a, const void *b)
{
    NeedRef x = *(const NeedRef *)a, y = *(const NeedRef *)b;
    int order = by_request(x, y);
    if (order == 0)
        order = (x->quantity_known > y->quantity_known) - (x->quantity_known < y->quantity_known);
    if (order == 0)
        order = (x->quantity > y->quantity) - (x->quantity < y->quantity);
    return order != 0 ? order : strcmp(x->id, y->id);
}

static bool same_request_head(const Need *a, const Need *b)
{
    return a->beneficiary == b->beneficiary && a->category == b->category &&
           a->unit.name == b->unit.name;
}

/** Words of @p a that also stand in @p b, and all words of @p a; case does not count. */
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

static bool titles_are_alike(const Need *a, const Need *b)
{
    int shared, words;
    if (*a->title == '\0' || *b->title == '\0')
        return false;
    shared_words(a->title, b->title, &shared, &words);
    return 2 * shared >= words;
}

/** The needs in some order, and of each the next one (by id) that looks like the same request. */
typedef struct Requests {
    const Round *round;
    NeedRef *needs; /* [round->need_count], sorted */
    NeedRef *twin;  /* by row of the round; NULL for none */
} Requests;

static void keep_twin(Requests *in, NeedRef need, NeedRef twin)
{
    NeedRef *kept = &in->twin[need - in->round->needs];
    if (*kept == NULL || strcmp(twin->id, (*kept)->id) < 0)
        *kept = twin;
}

/** Equal titles: neighbours, once sorted by them. */
static void find_same_titles(Requests *in)
{
    qsort(in->needs, in->round->need_count, sizeof(NeedRef), by_title);
    for (size_t i = 0; i + 1 < in->round->need_count; i++) {
        NeedRef need = in->needs[i], next = in->needs[i + 1];
        if (same_request_head(need, next) && *need->title != '\0' &&
            strcmp(need->title, next->title) == 0)
            keep_twin(in, need, next);
    }
}

/** Equal amounts under titles that share half their words. Where very many needs are of one amount,
 *  each is held against the next ones only: this is a warning, not a rule. */
static void find_same_amounts(Requests *in)
{
    qsort(in->needs, in->round->need_count, sizeof(NeedRef), by_quantity);
    for (size_t i = 0; i < in->round->need_count; i++) {
        NeedRef need = in->needs[i];
        if (*need->beneficiary == '\0')
            continue;
        for (size_t k = i + 1; k < in->round->need_count && k <= i + REQUESTS_COMPARED; k++) {
            NeedRef other = in->needs[k];
            if (!same_request_head(need, other) || !need->quantity_known ||
                need->quantity != other->quantity)
                break;
            if (!titles_are_alike(need, other))
                continue;
            keep_twin(in, need, other);
            break;
        }
    }
}

static Status suspect_requests(const Round *round, Diag *diag)
{
    Requests in = {.round = round,
                   .needs = ARENA_NEW(round->arena, round->need_count, NeedRef),
                   .twin = ARENA_NEW(round->arena, round->need_count, NeedRef)};
    TRY_NEW(in.needs);
    TRY_NEW(in.twin);
    if (round->need_count < 2)
        return STATUS_OK;
    for (size_t n = 0; n < round->need_count; n++)
        in.needs[n] = &round->needs[n];
    find_same_titles(&in);
    find_same_amounts(&in);
    for (size_t n = 0; n < round->need_count; n++) {
        NeedRef need = &round->needs[n], twin = in.twin[n];
        if (twin == NULL || *need->beneficiary == '\0')
            continue;
        diag_add(diag, DIAG_SAME_REQUEST, round_place(round, twin->origin, "title"),
                 "'%s' looks like the same request as '%s' (line %d)", twin->id, need->id,
                 need->origin.line);
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
    const char *near = is_word(words, name) ? NULL : name_meant(name, *words);
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

/** Things offered that no need is counted in: once a unit, at its first offer. */
static Status suspect_units(const Round *round, Diag *diag)
{
    const char **names =
        ARENA_NEW(round->arena, round->need_count + round->offer_count, const char *);
    KnownNames known = {.names = names};
    TRY_NEW(names);
    if (round->need_count == 0)
        return STATUS_OK;
    for (size_t n = 0; n < round->need_count; n++)
        if (!is_word(&known, round->needs[n].unit.name))
            names[known.count++] = round->needs[n].unit.name;
    for (size_t o = 0; o < round->offer_count; o++) {
        const Offer *offer = &round->offers[o];
        if (offer->unit.is_money || is_word(&known, offer->unit.name))
            continue;
        DiagPlace place = round_place(round, offer->origin, "unit");
        place.text = offer->unit.name;
        diag_add(diag, DIAG_MATCHES_NOTHING, place, "no need is counted in '%s'", offer->unit.name);
        names[known.count++] = offer->unit.name;
    }
    return STATUS_OK;
}

Status round_suspect(Round *round, Diag *diag)
{
    TRY(suspect_words(round, diag));
    TRY(suspect_units(round, diag));
    TRY(suspect_amounts(round, diag));
    return suspect_requests(round, diag);
}
