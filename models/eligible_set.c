/* Eligibility of all needs at once. A need is a tuple of small numbers, one an attribute that
 * eligibility asks for; needs of the same tuple have the same set, which is intersected once. Pairs
 * rows and forbidden commitments change single bits afterwards.
 */
#include "allot/eligible_set.h"

#include <string.h>

#include "allot/eligibility.h"
#include "allot/rule.h"
#include "models/eligible_rows.h"

/** The attributes in a tuple's order; lists before them, each at its ListColumn. */
enum { PART_UNIT = LIST_COUNT, PART_EARLIEST, PART_DEADLINE, PART_FLAGS, PART_TIER, PART_COUNT };
enum { TUPLE_WORDS = (PART_COUNT + 1) / 2 };

struct EligibleSets {
    int words;
    WordKeys sets; /* every set that occurs */
    int *set_of;   /* [need_count] */
    int *kin_of;   /* [need_count] the number of its tuple, or -1 */
    int kin_count;
};

typedef struct SetBuilder {
    EligibleRows rows;
    EligibleSets *sets;
    WordKeys tuples;
    int *tuple_set; /* [tuple_room] the set of each tuple */
    int tuple_room;
    WordKeys tag_sets;  /* sets of named tags, one bit a number of LIST_TAG */
    uint64_t *tag_rows; /* [tag_room * words] the offers that let each pass */
    int tag_room;
    uint64_t *tags;    /* scratch: one key of tag_sets */
    uint64_t *row;     /* scratch: one set */
    size_t pair;       /* next pairs row and */
    size_t commitment; /* commitment: they stand in the needs' order */
} SetBuilder;

/** Grows an array of @p size bytes an element to the number of keys. */
static Status keep_pace(SetBuilder *b, const WordKeys *keys, void **array, int *room, size_t size)
{
    if (keys->count <= *room)
        return STATUS_OK;
    void *grown = arena_grow(b->rows.arena, *array, (size_t)*room, (size_t)keys->room, size);
    TRY_NEW(grown);
    *array = grown;
    *room = keys->room;
    return STATUS_OK;
}

/* ---- tags ----------------------------------------------------------------------------------- */

/** An offer passes when it is open or lists any of the tags, and excludes none. */
static void tag_row(const SetBuilder *b, const uint64_t *tags, uint64_t *out)
{
    const ListRows *list = &b->rows.lists[LIST_TAG];
    size_t words = (size_t)b->rows.words;
    memcpy(out, list->open, words * sizeof *out);
    for (int v = 1; v < list->count; v++)
        for (size_t w = 0; row_has(tags, v) && w < words; w++)
            out[w] |= list->only[(size_t)v * words + w];
    for (int v = 1; v < list->count; v++)
        for (size_t w = 0; row_has(tags, v) && w < words; w++)
            out[w] &= ~list->barred[(size_t)v * words + w];
    eligible_rows_chain(&b->rows, out);
}

static Status tags_number(SetBuilder *b, const Need *need, int *number)
{
    const ListRows *list = &b->rows.lists[LIST_TAG];
    bool added;
    memset(b->tags, 0, (size_t)b->tag_sets.words * sizeof *b->tags);
    for (int i = 0; list->count > 1 && i < need->tags.count; i++) {
        int value = name_map_get(list->values, need->tags.names[i]);
        if (value > 0)
            row_set(b->tags, value);
    }
    TRY(word_keys_add(&b->tag_sets, b->tags, number, &added));
    if (!added)
        return STATUS_OK;
    size_t words = (size_t)b->rows.words;
    void *rows = b->tag_rows;
    TRY(keep_pace(b, &b->tag_sets, &rows, &b->tag_room, words * sizeof *b->tag_rows));
    b->tag_rows = rows;
    tag_row(b, b->tags, b->tag_rows + (size_t)*number * words);
    return STATUS_OK;
}

/* ---- tuples --------------------------------------------------------------------------------- */

/** Is there something left that a civil_only offer may give? */
static bool civil_part_left(const Need *need)
{
    int64_t part;
    return ratio_apply(need->quantity, ratio_of_decimal(need->civil_share), ROUND_DOWN, &part) &&
           part > need->covered;
}

static int value_of(const EligibleRows *rows, ListColumn column, const char *name)
{
    const ListRows *list = &rows->lists[column];
    int value = list->count > 1 ? name_map_get(list->values, name) : 0;
    return value > 0 ? value : 0;
}

static Status parts_of(SetBuilder *b, const Need *need, int *parts)
{
    const EligibleRows *rows = &b->rows;
    int unit = name_map_get(rows->units, need->unit.name);
    parts[LIST_CATEGORY] = value_of(rows, LIST_CATEGORY, need->category);
    parts[LIST_BENEFICIARY] = value_of(rows, LIST_BENEFICIARY, need->beneficiary);
    parts[LIST_REGION] = value_of(rows, LIST_REGION, need->region);
    parts[LIST_NEED] = value_of(rows, LIST_NEED, need->id);
    TRY(tags_number(b, need, &parts[LIST_TAG]));
    parts[PART_UNIT] = (unit > 0 ? unit : 0) * 2 + need->has_value;
    parts[PART_EARLIEST] = eligible_rows_earliest(rows, need->earliest);
    parts[PART_DEADLINE] = eligible_rows_deadline(rows, need->deadline);
    parts[PART_FLAGS] = (need->oda == ODA_YES) + 2 * (rows->civil && civil_part_left(need));
    parts[PART_TIER] = rows->by_tier ? need->tier : 0;
    return STATUS_OK;
}

static void meet(const SetBuilder *b, uint64_t *set, const uint64_t *rows, int row)
{
    size_t words = (size_t)b->rows.words;
    for (size_t w = 0; w < words; w++)
        set[w] &= rows[(size_t)row * words + w];
}

/** The set of a tuple; the need is any that has it. */
static void intersect(SetBuilder *b, int need, const int *parts, uint64_t *set)
{
    const EligibleRows *rows = &b->rows;
    memcpy(set, rows->base, (size_t)rows->words * sizeof *set);
    for (int c = 0; c < LIST_TAG; c++)
        meet(b, set, rows->lists[c].pass, parts[c]);
    meet(b, set, b->tag_rows, parts[LIST_TAG]);
    meet(b, set, rows->unit_rows, parts[PART_UNIT]);
    meet(b, set, rows->end_rows, parts[PART_EARLIEST]);
    meet(b, set, rows->begin_rows, parts[PART_DEADLINE]);
    meet(b, set, rows->flag_rows, parts[PART_FLAGS]);
    for (int f = 0; f < rows->forbid_count; f++) {
        const ForbidRow *forbid = &rows->forbids[f];
        if (forbid->any >= 0 && rule_row_matches(rows->round, forbid->row, need, forbid->any))
            for (int w = 0; w < rows->words; w++)
                set[w] &= ~forbid->offers[w];
    }
}

static Status set_of_tuple(SetBuilder *b, int need, int *number, int *tuple)
{
    int parts[TUPLE_WORDS * 2] = {0};
    uint64_t key[TUPLE_WORDS];
    bool added;
    TRY(parts_of(b, &b->rows.round->needs[need], parts));
    for (int w = 0; w < TUPLE_WORDS; w++)
        key[w] = (uint64_t)(uint32_t)parts[w * 2] << 32 | (uint32_t)parts[w * 2 + 1];
    TRY(word_keys_add(&b->tuples, key, tuple, &added));
    if (added) {
        void *of_tuple = b->tuple_set;
        TRY(keep_pace(b, &b->tuples, &of_tuple, &b->tuple_room, sizeof *b->tuple_set));
        b->tuple_set = of_tuple;
        intersect(b, need, parts, b->row);
        TRY(word_keys_add(&b->sets->sets, b->row, &b->tuple_set[*tuple], NULL));
    }
    *number = b->tuple_set[*tuple];
    return STATUS_OK;
}

/* ---- needs ---------------------------------------------------------------------------------- */

/** Asks for the pairs of this need that have a row of their own. */
static void except(SetBuilder *b, int need, uint64_t *set)
{
    const Round *round = b->rows.round;
    for (; b->commitment < round->commitment_count; b->commitment++) {
        const Commitment *c = &round->commitments[b->commitment];
        if (c->need > need)
            break;
        if (c->need == need && c->kind == COMMITMENT_FORBIDDEN)
            row_clear(set, c->offer);
    }
    for (; b->pair < round->pair_count && round->pairs[b->pair].need <= need; b->pair++) {
        const PairRow *row = &round->pairs[b->pair];
        if (row->need != need)
            continue;
        row_clear(set, row->offer);
        if (eligibility_bar(round, need, row->offer).check == BAR_NOTHING)
            row_set(set, row->offer);
    }
}

/** Is the next row of pairs or commitments one of this need? */
static bool excepted(const SetBuilder *b, int need)
{
    const Round *round = b->rows.round;
    return (b->pair < round->pair_count && round->pairs[b->pair].need <= need) ||
           (b->commitment < round->commitment_count &&
            round->commitments[b->commitment].need <= need);
}

static Status add_need(SetBuilder *b, int need_index)
{
    const Round *round = b->rows.round;
    const Need *need = &round->needs[need_index];
    EligibleSets *sets = b->sets;
    size_t bytes = (size_t)sets->words * sizeof *b->row;
    bool window = need->earliest == DATE_NONE || need->deadline == DATE_NONE ||
                  need->earliest <= need->deadline;
    int number = 0, kin = -1; /* the empty set */
    if (need->quantity_known && need->ready && !need_is_outcome(need) && window &&
        !round->settings.pairs_only)
        TRY(set_of_tuple(b, need_index, &number, &kin));
    if (excepted(b, need_index)) {
        memcpy(b->row, sets->sets.keys + (size_t)number * (size_t)sets->words, bytes);
        except(b, need_index, b->row);
        TRY(word_keys_add(&sets->sets, b->row, &number, NULL));
        kin = -1;
    }
    sets->set_of[need_index] = number;
    sets->kin_of[need_index] = kin;
    return STATUS_OK;
}

Status eligible_sets_build(const Round *round, Arena *arena, EligibleSets **out)
{
    SetBuilder b = {.pair = 0};
    EligibleSets *sets = ARENA_NEW(arena, 1, EligibleSets);
    TRY_NEW(sets);
    TRY(eligible_rows_build(round, arena, &b.rows));
    int empty, tag_words = b.rows.lists[LIST_TAG].count / 64 + 1;
    b.sets = sets;
    sets->words = b.rows.words;
    sets->set_of = ARENA_NEW(arena, round->need_count, int);
    sets->kin_of = ARENA_NEW(arena, round->need_count, int);
    b.tags = ARENA_NEW(arena, (size_t)tag_words, uint64_t);
    b.row = ARENA_NEW(arena, (size_t)sets->words, uint64_t);
    TRY_NEW(sets->set_of);
    TRY_NEW(sets->kin_of);
    TRY_NEW(b.tags);
    TRY_NEW(b.row);
    TRY(word_keys_init(&b.tuples, TUPLE_WORDS, arena));
    TRY(word_keys_init(&b.tag_sets, tag_words, arena));
    TRY(word_keys_init(&sets->sets, sets->words, arena));
    TRY(word_keys_add(&sets->sets, b.row, &empty, NULL));
    for (size_t n = 0; n < round->need_count; n++)
        TRY(add_need(&b, (int)n));
    sets->kin_count = b.tuples.count;
    *out = sets;
    return STATUS_OK;
}

int eligible_set_words(const EligibleSets *sets)
{
    return sets->words;
}

int eligible_set_count(const EligibleSets *sets)
{
    return sets->sets.count;
}

int eligible_set_number(const EligibleSets *sets, int need)
{
    return sets->set_of[need];
}

const uint64_t *eligible_set_at(const EligibleSets *sets, int number)
{
    return sets->sets.keys + (size_t)number * (size_t)sets->words;
}

bool eligible_set_has(const EligibleSets *sets, int need, int offer)
{
    const uint64_t *set = eligible_set_at(sets, eligible_set_number(sets, need));
    return (set[offer / 64] >> (offer % 64) & 1) != 0;
}

int eligible_kin_number(const EligibleSets *sets, int need)
{
    return sets->kin_of[need];
}

int eligible_kin_count(const EligibleSets *sets)
{
    return sets->kin_count;
}

size_t eligible_pair_count(const EligibleSets *sets, const Round *round)
{
    size_t count = 0;
    for (size_t n = 0; n < round->need_count; n++) {
        const uint64_t *set = eligible_set_at(sets, sets->set_of[n]);
        for (int w = 0; w < sets->words; w++)
            count += (size_t)__builtin_popcountll(set[w]);
    }
    return count;
}

static bool has_left(const Round *round, size_t index)
{
    const Offer *root = &round->offers[round->offers[index].root];
    const Donor *donor = root->donor_row < 0 ? NULL : &round->donors[root->donor_row];
    for (int o = (int)index; o >= 0; o = round->offers[o].parent_row)
        if (round->offers[o].quantity == 0)
            return false;
    return !root->unit.is_money || donor == NULL || !donor->has_budget || donor->budget > 0;
}

Status eligible_open_count(const EligibleSets *sets, const Round *round, Arena *arena, size_t *out)
{
    uint64_t *left = ARENA_NEW(arena, (size_t)sets->words, uint64_t);
    TRY_NEW(left);
    for (size_t o = 0; o < round->offer_count; o++)
        if (has_left(round, o))
            left[o / 64] |= UINT64_C(1) << (o % 64);
    *out = 0;
    for (size_t n = 0; n < round->need_count; n++) {
        const uint64_t *set = eligible_set_at(sets, sets->set_of[n]);
        for (int w = 0; w < sets->words && round->needs[n].wanted > 0; w++)
            *out += (size_t)__builtin_popcountll(set[w] & left[w]);
    }
    return STATUS_OK;
}
