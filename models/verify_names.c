/* Is a name in a list? Lists of a few names are read through; the long ones of a round (an offer
 * earmarked for ten thousand needs) are put into one hash table first. Names are interned: equal
 * texts are equal pointers. */
#include "models/verify_internal.h"

enum { SHORT_LIST = 12 };

/* A name in a list; the list is known by where its names stand. */
typedef struct Entry {
    const char *const *list;
    const char *name; /* NULL: free */
} Entry;

struct VerifyNames {
    Entry *entries; /* [size] */
    size_t size;    /* a power of two, at most half of it used */
};

static Entry *find_entry(const struct VerifyNames *names, const char *const *list, const char *name)
{
    uint64_t hash = (uint64_t)(uintptr_t)name * 0x9e3779b97f4a7c15u;
    size_t at;

    hash = (hash ^ (uint64_t)(uintptr_t)list) * 0xff51afd7ed558ccdu;
    at = (size_t)(hash >> 20) & (names->size - 1);
    while (names->entries[at].name != NULL &&
           (names->entries[at].name != name || names->entries[at].list != list))
        at = (at + 1) & (names->size - 1);
    return &names->entries[at];
}

/* The lists of an offer, one after another; NULL behind the last. */
static const NameList *offer_list(const Offer *offer, int index)
{
    switch (index) {
    case 0: return &offer->category;
    case 1: return &offer->only_beneficiaries;
    case 2: return &offer->only_regions;
    case 3: return &offer->only_needs;
    case 4: return &offer->only_tags;
    case 5: return &offer->not_beneficiaries;
    case 6: return &offer->not_regions;
    case 7: return &offer->not_needs;
    case 8: return &offer->not_tags;
    default: return NULL;
    }
}

static size_t long_count(const NameList *list)
{
    return list->count > SHORT_LIST ? (size_t)list->count : 0;
}

static void add_long(struct VerifyNames *names, const NameList *list)
{
    for (size_t i = 0; i < long_count(list); i++)
        *find_entry(names, list->names, list->names[i]) =
            (Entry){.list = list->names, .name = list->names[i]};
}

static size_t count_all(const Round *round)
{
    const NameList *list;
    size_t count = 0;

    for (size_t o = 0; o < round->offer_count; o++)
        for (int i = 0; (list = offer_list(&round->offers[o], i)) != NULL; i++)
            count += long_count(list);
    for (size_t r = 0; r < round->rule_count; r++)
        for (int s = 0; s < SELECT_COUNT; s++)
            count += long_count(&round->rules[r].select[s]);
    return count;
}

Status verify_names(Verifier *v)
{
    const Round *round = v->round;
    size_t count = count_all(round);
    const NameList *list;

    TRY_NEW(v->names = ARENA_NEW(v->arena, 1, struct VerifyNames));
    for (v->names->size = 1; v->names->size < 2 * count;)
        v->names->size *= 2;
    TRY_NEW(v->names->entries = ARENA_NEW(v->arena, v->names->size, Entry));
    for (size_t o = 0; o < round->offer_count; o++)
        for (int i = 0; (list = offer_list(&round->offers[o], i)) != NULL; i++)
            add_long(v->names, list);
    for (size_t r = 0; r < round->rule_count; r++)
        for (int s = 0; s < SELECT_COUNT; s++)
            add_long(v->names, &round->rules[r].select[s]);
    return STATUS_OK;
}

bool verify_list_has(const Verifier *v, const NameList *list, const char *name)
{
    if (list->count > SHORT_LIST)
        return name != NULL && find_entry(v->names, list->names, name)->name != NULL;
    for (int i = 0; i < list->count; i++)
        if (list->names[i] == name)
            return true;
    return false;
}
