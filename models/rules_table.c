/* (C5) the rows of the rules table: limit, floor and reserve over the pairs they select, split by
 * `each`. forbid is eligibility (eligibility.c); reserve is rules_reserve.c.
 */
#include <stdlib.h>
#include <string.h>

#include "models/rule_build.h"
#include "models/rules_reserve.h"

/** One pair under one combination of the words of `each`. */
typedef struct Member {
    const char *key;
    int pair;
} Member;

typedef struct Members {
    Member *items;
    size_t count, room;
} Members;

static int by_key_then_pair(const void *a, const void *b)
{
    const Member *x = a, *y = b;
    int order = x->key == y->key ? 0 : strcmp(x->key, y->key);
    return order != 0 ? order : (x->pair > y->pair) - (x->pair < y->pair);
}

static Status add_member(RuleBuilder *b, Members *members, const char *key, int pair)
{
    TRY_NEW(key);
    if (members->count == members->room) {
        size_t room = members->room * 2 + 256;
        members->items =
            arena_grow(b->arena, members->items, members->count, room, sizeof *members->items);
        TRY_NEW(members->items);
        members->room = room;
    }
    members->items[members->count++] = (Member){.key = key, .pair = pair};
    return STATUS_OK;
}

static const char *each_word(const RuleBuilder *b, int pair, Selector word)
{
    const Need *need = &b->round->needs[b->pairs->pairs[pair].need];
    const Offer *offer = &b->round->offers[b->pairs->pairs[pair].offer];
    switch (word) {
    case SELECT_DONOR: return offer->donor;
    case SELECT_OFFER: return offer->id;
    case SELECT_NEED: return need->id;
    case SELECT_BENEFICIARY: return need->beneficiary;
    case SELECT_REGION: return need->region;
    case SELECT_CATEGORY: return need->category;
    case SELECT_PRIORITY: return arena_printf(b->arena, "%d", need->tier);
    case SELECT_TAG:
    case SELECT_COUNT: break;
    }
    return "";
}

static const char *const EACH_NAMES[SELECT_COUNT] = {"donor",  "offer",    "need", "beneficiary",
                                                     "region", "category", "tag",  "priority"};

/** The combination of words of this pair; @p tag stands for `tag` where `each` names it. */
static const char *each_key(RuleBuilder *b, const RuleRow *row, int pair, const char *tag)
{
    const char *key = "";
    for (int w = 0; key != NULL && w < SELECT_COUNT; w++) {
        if ((row->each & (1u << w)) == 0)
            continue;
        const char *word = w == SELECT_TAG ? tag : each_word(b, pair, (Selector)w);
        if (word == NULL)
            return NULL;
        if (*word == '\0')
            return ""; /* a line without the word belongs to no combination */
        key =
            arena_printf(b->arena, "%s%s%s %s", key, *key == '\0' ? "" : ", ", EACH_NAMES[w], word);
    }
    return key == NULL ? NULL : name_intern(b->round->names, key, strlen(key));
}

static Status add_keyed(RuleBuilder *b, const RuleRow *row, int pair, const char *tag,
                        Members *members)
{
    const char *key = each_key(b, row, pair, tag);
    TRY_NEW(key);
    return *key == '\0' ? STATUS_OK : add_member(b, members, key, pair);
}

static Status add_pair(RuleBuilder *b, const RuleRow *row, int pair, Members *members)
{
    if (row->each == 0)
        return add_member(b, members, "", pair);
    if ((row->each & (1u << SELECT_TAG)) == 0)
        return add_keyed(b, row, pair, NULL, members);
    const NameList *selected = &row->select[SELECT_TAG];
    const NameList *tags = &b->round->needs[b->pairs->pairs[pair].need].tags;
    for (int t = 0; t < tags->count; t++)
        if (selected->count == 0 || name_list_has(selected, tags->names[t]))
            TRY(add_keyed(b, row, pair, tags->names[t], members));
    return STATUS_OK;
}

/** Need units when every need has the rule's unit, offer units when every offer has it. */
static bool quantity_measure(const RuleBuilder *b, const Rule *rule, Unit unit, RuleMeasure *out)
{
    bool needs = true, offers = true;
    for (size_t i = 0; i < rule->count; i++) {
        const Pair *pair = &b->pairs->pairs[rule->pairs[i]];
        needs = needs && b->round->needs[pair->need].unit.name == unit.name;
        offers = offers && b->round->offers[pair->offer].unit.name == unit.name;
    }
    *out = needs ? COUNT_NEED_UNITS : COUNT_OFFER_UNITS;
    return needs || offers;
}

static void set_bound(Rule *rule, RuleWord kind, int64_t bound)
{
    rule->has_lower = kind == RULE_FLOOR;
    rule->has_upper = kind != RULE_FLOOR;
    rule->lower = rule->upper = bound;
}

static Status add_rule(RuleBuilder *b, const RuleRow *row, Rule rule)
{
    int64_t bound = 0;
    Rounding rounding = row->kind == RULE_FLOOR ? ROUND_UP : ROUND_DOWN;
    rule.measure = COUNT_VALUE;
    rule.unit = b->round->currency;
    if (row->has_quantity) {
        rule.column = "quantity";
        rule.unit = row->unit;
        if (!quantity_measure(b, &rule, row->unit, &rule.measure))
            return rule_refuse(b, row, "unit",
                               "mixes units: neither all its needs nor all its offers "
                               "have the unit it names; narrow it");
        if (!ratio_apply(unit_scale(row->unit), ratio_of_decimal(row->quantity), rounding, &bound))
            return rule_refuse(b, row, "quantity", "has a quantity that is too large");
    } else if (row->has_share) {
        rule.column = "share";
        rule.of_total = true;
        rule.share = ratio_of_decimal(row->share);
    } else {
        Ratio rate, amount;
        rule.column = "value";
        if (!round_rate(b->round, row->currency, &rate) ||
            !ratio_multiply(ratio_of_decimal(row->value), rate, &amount) ||
            !ratio_apply(unit_scale(b->round->currency), amount, rounding, &bound))
            return rule_refuse(b, row, "value", "has a value that is too large");
    }
    set_bound(&rule, row->kind, bound);
    return rule_append(b, rule);
}

static Status add_groups(RuleBuilder *b, const RuleRow *row, Members *members)
{
    if (members->count > 0)
        qsort(members->items, members->count, sizeof *members->items, by_key_then_pair);
    int *pairs = ARENA_NEW(b->arena, members->count, int);
    TRY_NEW(pairs);
    for (size_t i = 0; i < members->count; i++)
        pairs[i] = members->items[i].pair;
    size_t i = 0;
    do { /* once at least: a floor that selects nothing must still be refused */
        size_t end = i;
        const char *key = i < members->count ? members->items[i].key : "";
        while (end < members->count && strcmp(members->items[end].key, key) == 0)
            end++;
        Rule rule = {.family = row->kind == RULE_FLOOR ? FAMILY_FLOOR : FAMILY_LIMIT,
                     .origin = row->origin,
                     .id = row->id,
                     .each = key,
                     .pairs = pairs + i,
                     .count = end - i};
        TRY(add_rule(b, row, rule));
        i = end;
    } while (i < members->count);
    return STATUS_OK;
}

Status rules_build_table(RuleBuilder *b)
{
    for (size_t r = 0; r < b->round->rule_count; r++) {
        const RuleRow *row = &b->round->rules[r];
        Members members = {0};
        if (row->kind == RULE_RESERVE)
            TRY(rules_build_reserve(b, row));
        if (row->kind != RULE_LIMIT && row->kind != RULE_FLOOR)
            continue;
        for (size_t p = 0; p < b->pairs->count; p++)
            if (rule_row_matches(b->round, row, b->pairs->pairs[p].need, b->pairs->pairs[p].offer))
                TRY(add_pair(b, row, (int)p, &members));
        TRY(add_groups(b, row, &members));
    }
    return STATUS_OK;
}
