/* Needs into fairness groups, signatures and classes; each numbered in the order of its first need. */
#include "allot/need_class.h"

#include <string.h>

#include "allot/word_keys.h"

typedef struct ClassBuilder {
    const Round *round;
    const bool *apart; /* [need_count] or NULL */
    Arena *arena;
    NeedClasses *out;
} ClassBuilder;

/* ---- groups --------------------------------------------------------------------------------- */

/** The text by which needs are grouped; "" for a group of its own. */
static const char *mark_of(const Round *round, const Need *need)
{
    switch (round->settings.fairness) {
    case FAIRNESS_BENEFICIARY: return need->beneficiary;
    case FAIRNESS_REGION: return need->region;
    case FAIRNESS_CATEGORY: return need->category;
    case FAIRNESS_NEED:
    case FAIRNESS_NONE: break;
    }
    return "";
}

/** A tier with a mark's number, or with the need itself where it has none. */
static Status group_key(NameMap *marks, int *mark_count, const char *mark, int tier, int need,
                        uint64_t *key)
{
    bool added;
    int number = need;
    if (*mark != '\0') {
        if (!name_map_add(marks, mark, *mark_count, &added))
            return STATUS_NO_MEMORY;
        *mark_count += added;
        number = name_map_get(marks, mark);
    }
    key[0] = (uint64_t)tier << 1 | (*mark != '\0');
    key[1] = (uint64_t)number;
    return STATUS_OK;
}

static Status find_groups(ClassBuilder *b)
{
    const Round *round = b->round;
    bool fair = round->settings.fairness != FAIRNESS_NONE;
    NameMap *marks = name_map_new(b->arena);
    WordKeys keys;
    int mark_count = 0;
    int *tiers = ARENA_NEW(b->arena, fair ? round->need_count : 0, int);
    b->out->group_of = ARENA_NEW(b->arena, round->need_count, int);
    TRY_NEW(marks);
    TRY_NEW(tiers);
    TRY_NEW(b->out->group_of);
    TRY(word_keys_init(&keys, 2, b->arena));
    for (size_t n = 0; n < round->need_count; n++) {
        const Need *need = &round->needs[n];
        uint64_t key[2];
        b->out->group_of[n] = -1;
        if (!fair || !need->quantity_known || need->quantity == 0)
            continue;
        TRY(group_key(marks, &mark_count, mark_of(round, need), need->tier, (int)n, key));
        TRY(word_keys_add(&keys, key, &b->out->group_of[n], NULL));
        tiers[b->out->group_of[n]] = need->tier;
    }
    b->out->group_count = keys.count;
    b->out->group_tier = tiers;
    return STATUS_OK;
}

/* ---- signatures ----------------------------------------------------------------------------- */

static bool takes_part(const ClassBuilder *b, size_t n)
{
    const Need *need = &b->round->needs[n];
    return need->quantity_known && need->ready && need->wanted > 0 &&
           eligible_set_number(b->out->sets, (int)n) > 0;
}

static bool stands_apart(const ClassBuilder *b, size_t n)
{
    return b->apart != NULL && b->apart[n];
}

/** @param[out] signature_of [need_count] -1: takes no part */
static Status find_signatures(ClassBuilder *b, int *signature_of)
{
    NeedClasses *out = b->out;
    int sets = eligible_set_count(out->sets);
    size_t most = (size_t)sets;
    for (size_t n = 0; n < b->round->need_count; n++)
        most += stands_apart(b, n);
    int *of_set = ARENA_NEW(b->arena, (size_t)sets, int); /* signature + 1; 0: none yet */
    uint64_t *bits = ARENA_NEW(b->arena, most * (size_t)out->words, uint64_t);
    TRY_NEW(of_set);
    TRY_NEW(bits);
    for (size_t n = 0; n < b->round->need_count; n++) {
        signature_of[n] = -1;
        if (!takes_part(b, n))
            continue;
        int set = eligible_set_number(out->sets, (int)n), own = 0;
        int *number = stands_apart(b, n) ? &own : &of_set[set];
        if (*number == 0) {
            memcpy(bits + (size_t)out->signature_count * (size_t)out->words,
                   eligible_set_at(out->sets, set), (size_t)out->words * sizeof *bits);
            *number = ++out->signature_count;
        }
        signature_of[n] = *number - 1;
    }
    out->signatures = bits;
    return STATUS_OK;
}

/* ---- classes -------------------------------------------------------------------------------- */

/** Everything that tells needs apart, without sums. */
static NeedClass class_of(const ClassBuilder *b, size_t n, int signature)
{
    const Need *need = &b->round->needs[n];
    int row = need->beneficiary_row;
    bool limited = row >= 0 && b->round->beneficiaries[row].has_max_value;
    return (NeedClass){.signature = signature,
                       .tier = need->tier,
                       .weight = need->weight,
                       .limited = limited ? row : -1,
                       .group = b->out->group_of[n]};
}

static uint64_t two_in_one(int high, int low)
{
    return (uint64_t)(uint32_t)high << 32 | (uint32_t)low;
}

static Status find_classes(ClassBuilder *b, const int *signature_of)
{
    WordKeys keys;
    b->out->class_of = ARENA_NEW(b->arena, b->round->need_count, int);
    TRY_NEW(b->out->class_of);
    TRY(word_keys_init_for(&keys, 4, b->out->signature_count,
                           b->arena)); /* a class of each at least */
    for (size_t n = 0; n < b->round->need_count; n++) {
        b->out->class_of[n] = -1;
        if (signature_of[n] < 0)
            continue;
        NeedClass class = class_of(b, n, signature_of[n]);
        uint64_t key[4] = {two_in_one(class.signature, class.tier),
                           two_in_one(class.limited, class.group), (uint64_t) class.weight.digits,
                           (uint64_t) class.weight.places};
        TRY(word_keys_add(&keys, key, &b->out->class_of[n], NULL));
    }
    b->out->class_count = keys.count;
    return STATUS_OK;
}

static Status sum_classes(ClassBuilder *b, const int *signature_of)
{
    NeedClasses *out = b->out;
    out->classes = ARENA_NEW(b->arena, (size_t)out->class_count, NeedClass);
    TRY_NEW(out->classes);
    for (size_t n = 0; n < b->round->need_count; n++) {
        if (out->class_of[n] < 0)
            continue;
        NeedClass *class = &out->classes[out->class_of[n]];
        if (class->count == 0)
            *class = class_of(b, n, signature_of[n]);
        class->count++;
        if (__builtin_add_overflow(class->wanted, b->round->needs[n].wanted, &class->wanted))
            return STATUS_INTERNAL;
    }
    return STATUS_OK;
}

static Status find_sets(const Round *round, const EligibleSets *known, Arena *arena,
                        NeedClasses *out)
{
    EligibleSets *found = NULL;
    if (known == NULL)
        TRY(eligible_sets_build(round, arena, &found));
    out->sets = known != NULL ? known : found;
    out->words = eligible_set_words(out->sets);
    return STATUS_OK;
}

Status need_classes_build(const Round *round, const EligibleSets *sets, const bool *apart,
                          Arena *arena, NeedClasses *out)
{
    ClassBuilder b = {.round = round, .apart = apart, .arena = arena, .out = out};
    memset(out, 0, sizeof *out);
    int *signature_of = ARENA_NEW(arena, round->need_count, int);
    TRY_NEW(signature_of);
    TRY(find_sets(round, sets, arena, out));
    TRY(find_groups(&b));
    TRY(find_signatures(&b, signature_of));
    TRY(find_classes(&b, signature_of));
    return sum_classes(&b, signature_of);
}
