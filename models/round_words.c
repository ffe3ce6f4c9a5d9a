/* Words that needs and offers share and that lists point at: regions, beneficiaries, tags, categories,
 * donors. A word that nothing in the round has is no error when a table lists it: a beneficiary may
 * ask for nothing this time, a donor may offer nothing. It is one when it looks like a slip.
 */
#include <stdlib.h>
#include <string.h>

#include "models/round_internal.h"

#include "allot/language.h"
#include "allot/quote.h"

enum { WORDS_SHOWN = 8 };

/* ISO 3166-2:UA, what stands behind "UA-". */
static const char UKRAINE[] =
    "05 07 09 12 14 18 21 23 26 30 32 35 40 43 46 48 51 53 56 59 61 63 65 "
    "68 71 74 77";

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

Status round_words_text(const Round *round, KnownNames words, const char **out)
{
    const char **sorted = ARENA_NEW(round->arena, words.count, const char *);
    const char *text = "";
    int shown = 0;
    TRY_NEW(sorted);
    for (size_t i = 0; i < words.count; i++)
        sorted[i] = words.names[i];
    if (words.count > 1)
        qsort(sorted, words.count, sizeof *sorted, by_text);
    for (size_t i = 0; i < words.count && shown <= WORDS_SHOWN; i++) {
        if (i > 0 && sorted[i] == sorted[i - 1])
            continue;
        Quote word = quote(shown++ < WORDS_SHOWN ? sorted[i] : "...");
        text = arena_printf(round->arena, "%s%s%s", text, *text == '\0' ? "" : ", ", word.text);
        TRY_NEW(text);
    }
    *out = text;
    return STATUS_OK;
}

Status round_words_init(const Round *round, KnownNames used, KnownNames listed, RoundWords *out)
{
    bool added;
    const char **names = ARENA_NEW(round->arena, used.count + listed.count, const char *);
    *out = (RoundWords){{names, 0}, used.count, name_map_new(round->arena), ""};
    TRY_NEW(names);
    TRY_NEW(out->place);
    TRY(round_words_text(round, used, &out->shown));
    for (size_t i = 0; i < used.count; i++)
        names[out->all.count++] = used.names[i];
    for (size_t i = 0; i < listed.count; i++)
        names[out->all.count++] = listed.names[i];
    for (size_t i = 0; i < out->all.count; i++)
        if (!name_map_add(out->place, names[i], (int)i, &added))
            return STATUS_NO_MEMORY;
    return STATUS_OK;
}

/** Regions of Ukraine are numbered: each looks like a slip of others and is none. */
static bool is_region_of_ukraine(const char *name)
{
    size_t length = strlen(name);
    return length == 5 && strncmp(name, "UA-", 3) == 0 && name[3] != ' ' && name[4] != ' ' &&
           strstr(UKRAINE, name + 3) != NULL;
}

void round_check_word(Diag *diag, DiagPlace place, const char *what, const char *name,
                      const RoundWords *words, bool must_exist)
{
    int at = name_map_get(words->place, name);
    place.text = name;
    if (at >= 0 && (size_t)at < words->used)
        return;
    if (at >= 0)
        diag_add(diag, DIAG_MATCHES_NOTHING, place,
                 "%s '%s' is listed, but matches nothing in this round", _(what), name);
    else if (must_exist || (name_meant(name, words->all) != NULL && !is_region_of_ukraine(name)))
        diag_unknown_name(diag, DIAG_ID_UNKNOWN, place, _(what), name, words->all);
    else if (*words->shown == '\0')
        diag_add(diag, DIAG_MATCHES_NOTHING, place, "%s '%s' matches nothing in this round",
                 _(what), name);
    else
        diag_add(diag, DIAG_MATCHES_NOTHING, place,
                 "%s '%s' matches nothing in this round, which has: %s", _(what), name,
                 words->shown);
}

Status round_listed_regions(const Round *round, KnownNames *out)
{
    const char **names = ARENA_NEW(round->arena, round->beneficiary_count, const char *);
    TRY_NEW(names);
    *out = (KnownNames){names, 0};
    for (size_t b = 0; b < round->beneficiary_count; b++)
        if (*round->beneficiaries[b].region != '\0')
            names[out->count++] = round->beneficiaries[b].region;
    return STATUS_OK;
}

Status round_listed_categories(const Round *round, KnownNames *out)
{
    size_t room = 0;
    for (size_t o = 0; o < round->offer_count; o++)
        room += (size_t)round->offers[o].category.count;
    const char **names = ARENA_NEW(round->arena, room, const char *);
    TRY_NEW(names);
    *out = (KnownNames){names, 0};
    for (size_t o = 0; o < round->offer_count; o++)
        for (int c = 0; c < round->offers[o].category.count; c++)
            names[out->count++] = round->offers[o].category.names[c];
    return STATUS_OK;
}
