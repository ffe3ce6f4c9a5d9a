/* A rule split by `each`: it holds separately for every combination of the listed words that occurs
 * among its pairs. Splitting by a word means narrowing its selector to one name, so a need with
 * several tags is in several parts. Donor and offer are those of the line itself. */
#include "models/verify_internal.h"

#include <string.h>

#include "allot/language.h"

static const char *const WORDS[SELECT_COUNT] = {N_("donor"),       N_("offer"),   N_("need"),
                                                N_("beneficiary"), N_("region"),  N_("category"),
                                                N_("tag"),         N_("priority")};

/* One pair being split. */
typedef struct Split {
    const Verifier *v;
    const RuleRow *rule;
    int need;
    int offer;
    VerifyParts *parts;
    VerifyWord words[SELECT_COUNT];
} Split;

static size_t slot_of(const VerifyParts *parts, const VerifyWord words[SELECT_COUNT])
{
    uint64_t hash = 14695981039346656037u; /* FNV-1a over words instead of bytes */

    for (int s = 0; s < SELECT_COUNT; s++) {
        hash = (hash ^ (uint64_t)(uintptr_t)words[s].name) * 1099511628211u;
        hash = (hash ^ (uint64_t)words[s].number) * 1099511628211u;
    }
    return (size_t)(hash ^ (hash >> 29)) & (parts->slot_count - 1);
}

static bool same_words(const VerifyWord a[SELECT_COUNT], const VerifyWord b[SELECT_COUNT])
{
    for (int s = 0; s < SELECT_COUNT; s++)
        if (a[s].name != b[s].name || a[s].number != b[s].number)
            return false;
    return true;
}

/* The slot of these words, or the free one where they belong. */
static size_t *find_slot(const VerifyParts *parts, const VerifyWord words[SELECT_COUNT])
{
    size_t at = slot_of(parts, words);

    while (parts->slots[at] != 0 && !same_words(parts->parts[parts->slots[at] - 1].words, words))
        at = (at + 1) & (parts->slot_count - 1);
    return &parts->slots[at];
}

static Status make_room(Arena *arena, VerifyParts *parts)
{
    size_t capacity = parts->capacity == 0 ? 16 : 2 * parts->capacity;

    if (parts->count < parts->capacity)
        return STATUS_OK;
    TRY_NEW(parts->parts =
                arena_grow(arena, parts->parts, parts->count, capacity, sizeof *parts->parts));
    TRY_NEW(parts->slots = ARENA_NEW(arena, 2 * capacity, size_t));
    parts->capacity = capacity;
    parts->slot_count = 2 * capacity;
    for (size_t i = 0; i < parts->count; i++)
        *find_slot(parts, parts->parts[i].words) = i + 1;
    return STATUS_OK;
}

static Status add_hit(Split *s)
{
    VerifyParts *parts = s->parts;
    size_t *slot;

    TRY(make_room(s->v->arena, parts));
    slot = find_slot(parts, s->words);
    if (*slot == 0) {
        VerifyPart *part = &parts->parts[parts->count++];

        *part = (VerifyPart){0};
        memcpy(part->words, s->words, sizeof part->words);
        *slot = parts->count;
    }
    if (parts->hit_count == parts->hit_capacity) {
        parts->hit_capacity = parts->hit_capacity == 0 ? 8 : 2 * parts->hit_capacity;
        TRY_NEW(parts->hits = arena_grow(s->v->arena, parts->hits, parts->hit_count,
                                         parts->hit_capacity, sizeof *parts->hits));
    }
    parts->hits[parts->hit_count++] = *slot - 1;
    return STATUS_OK;
}

static Status split(Split *s, int selector);

/* Goes on with this name as the word, when it is one and the rule selects it. */
static Status split_by_name(Split *s, int selector, const char *name)
{
    const NameList *list = &s->rule->select[selector];

    if (name == NULL || name[0] == '\0' || (list->count > 0 && !verify_list_has(s->v, list, name)))
        return STATUS_OK;
    s->words[selector] = (VerifyWord){.name = name};
    return split(s, selector + 1);
}

static Status split_by_tags(Split *s, const NameList *tags)
{
    for (int i = 0; i < tags->count; i++) {
        bool had = false;

        for (int j = 0; j < i; j++)
            had = had || tags->names[j] == tags->names[i];
        if (!had)
            TRY(split_by_name(s, SELECT_TAG, tags->names[i]));
    }
    return STATUS_OK;
}

static Status split(Split *s, int selector)
{
    const Need *need = s->need >= 0 ? &s->v->round->needs[s->need] : NULL;

    if (selector == SELECT_COUNT)
        return add_hit(s);
    s->words[selector] = (VerifyWord){0};
    if ((s->rule->each & (1u << selector)) == 0)
        return split(s, selector + 1);
    if (selector == SELECT_DONOR)
        return split_by_name(s, selector, s->v->round->offers[s->offer].donor);
    if (selector == SELECT_OFFER)
        return split_by_name(s, selector, s->v->round->offers[s->offer].id);
    if (need == NULL)
        return STATUS_OK;
    switch ((Selector)selector) {
    case SELECT_NEED: return split_by_name(s, selector, need->id);
    case SELECT_BENEFICIARY: return split_by_name(s, selector, need->beneficiary);
    case SELECT_REGION: return split_by_name(s, selector, need->region);
    case SELECT_CATEGORY: return split_by_name(s, selector, need->category);
    case SELECT_TAG: return split_by_tags(s, &need->tags);
    case SELECT_PRIORITY: s->words[selector].number = need->tier; return split(s, selector + 1);
    case SELECT_DONOR:
    case SELECT_OFFER:
    case SELECT_COUNT: break;
    }
    return STATUS_INTERNAL;
}

Status verify_parts_of(const Verifier *v, const RuleRow *rule, int need, int offer,
                       VerifyParts *parts)
{
    Split s = {.v = v, .rule = rule, .need = need, .offer = offer, .parts = parts};

    parts->hit_count = 0;
    return split(&s, 0);
}

const char *verify_part_text(const Verifier *v, const RuleRow *rule, const VerifyPart *part)
{
    const char *text = "";

    for (int s = 0; s < SELECT_COUNT && text != NULL; s++) {
        const char *between = text[0] == '\0' ? "" : ", ";

        if ((rule->each & (1u << s)) == 0)
            continue;
        if (s == SELECT_PRIORITY)
            text = arena_printf(v->arena, "%s%s%s = %d", text, between, _(WORDS[s]),
                                part->words[s].number);
        else
            text = arena_printf(v->arena, "%s%s%s = %s", text, between, _(WORDS[s]),
                                part->words[s].name != NULL ? part->words[s].name : "");
    }
    if (text != NULL && text[0] != '\0')
        text = arena_printf(v->arena, " [%s]", text);
    return text != NULL ? text : "";
}
