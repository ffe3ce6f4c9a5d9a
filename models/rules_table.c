/* The rows of the rules table over the pairs they select, split by `each`: limit and floor (C5),
 * ticket (C7), count (C8) and fee. forbid is eligibility (eligibility.c); reserve is rules_reserve.c.
 */
#include <stdlib.h>
#include <string.h>

#include "models/rule_build.h"
#include "models/rules_reserve.h"

#include "allot/language.h"

/** One need and offer under one combination of the words of `each`. */
typedef struct Member {
    const char *key;
    int pair; /* -1: barred; the combination is there, and nothing serves it */
} Member;

/** A need and an offer that a row selects. */
typedef struct Selected {
    int need;
    int offer;
    int pair; /* as in Member */
} Selected;

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

static const char *each_word(const RuleBuilder *b, const Selected *selected, Selector word)
{
    const Need *need = &b->round->needs[selected->need];
    const Offer *offer = &b->round->offers[selected->offer];
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

/** The combination of words of this line; @p tag stands for `tag` where `each` names it. */
static const char *each_key(RuleBuilder *b, const RuleRow *row, const Selected *selected,
                            const char *tag)
{
    const char *key = "";
    for (int w = 0; key != NULL && w < SELECT_COUNT; w++) {
        if ((row->each & (1u << w)) == 0)
            continue;
        const char *word = w == SELECT_TAG ? tag : each_word(b, selected, (Selector)w);
        if (word == NULL)
            return NULL;
        if (*word == '\0')
            return ""; /* a line without the word belongs to no combination */
        key =
            arena_printf(b->arena, "%s%s%s %s", key, *key == '\0' ? "" : ", ", EACH_NAMES[w], word);
    }
    return key == NULL ? NULL : name_intern(b->round->names, key, strlen(key));
}

static Status add_keyed(RuleBuilder *b, const RuleRow *row, const Selected *selected,
                        const char *tag, Members *members)
{
    const char *key = each_key(b, row, selected, tag);
    TRY_NEW(key);
    return *key == '\0' ? STATUS_OK : add_member(b, members, key, selected->pair);
}

static Status add_selected(RuleBuilder *b, const RuleRow *row, const Selected *selected,
                           Members *members)
{
    if (row->each == 0)
        return add_member(b, members, "", selected->pair);
    if ((row->each & (1u << SELECT_TAG)) == 0)
        return add_keyed(b, row, selected, NULL, members);
    const NameList *words = &row->select[SELECT_TAG];
    const NameList *tags = &b->round->needs[selected->need].tags;
    for (int t = 0; t < tags->count; t++)
        if (words->count == 0 || name_list_has(words, tags->names[t]))
            TRY(add_keyed(b, row, selected, tags->names[t], members));
    return STATUS_OK;
}

static Status select_pairs(RuleBuilder *b, const RuleRow *row, Members *members)
{
    for (size_t p = 0; p < b->pairs->count; p++) {
        const Pair *pair = &b->pairs->pairs[p];
        Selected selected = {pair->need, pair->offer, (int)p};
        if (rule_row_matches(b->round, row, pair->need, pair->offer))
            TRY(add_selected(b, row, &selected, members));
    }
    return STATUS_OK;
}

/** Of a floor that is split: barred lines too, so that a combination which nothing may serve is not
 *  forgotten but impossible. */
static Status select_barred(RuleBuilder *b, const RuleRow *row, Members *members)
{
    for (size_t n = 0; n < b->round->need_count; n++)
        for (size_t o = 0; o < b->round->offer_count; o++) {
            Selected selected = {(int)n, (int)o, -1};
            if (rule_row_matches(b->round, row, (int)n, (int)o) &&
                pair_set_find(b->pairs, (int)n, (int)o) < 0)
                TRY(add_selected(b, row, &selected, members));
        }
    return STATUS_OK;
}

static bool counts_in(const RuleBuilder *b, int pair_index, RuleMeasure measure, Unit unit)
{
    const Pair *pair = &b->pairs->pairs[pair_index];
    Unit own = measure == COUNT_NEED_UNITS ? b->round->needs[pair->need].unit
                                           : b->round->offers[pair->offer].unit;
    return own.name == unit.name;
}

/** Need units when every need of the row has its unit, offer units when every offer has it, in all
 *  combinations of `each` alike. Of a widened set eligible pairs alone are asked, as long as there are
 *  any. False: mixed. */
static bool quantity_measure(const RuleBuilder *b, const Members *members, Unit unit,
                             RuleMeasure *measure)
{
    bool needs = true, offers = true, any = false;
    for (size_t i = 0; i < members->count; i++) {
        int pair = members->items[i].pair;
        any = any || (pair >= 0 && !pair_is_barred(b->pairs, (size_t)pair));
    }
    for (size_t i = 0; i < members->count; i++) {
        int pair = members->items[i].pair;
        if (pair < 0 || (any && pair_is_barred(b->pairs, (size_t)pair)))
            continue;
        needs = needs && counts_in(b, pair, COUNT_NEED_UNITS, unit);
        offers = offers && counts_in(b, pair, COUNT_OFFER_UNITS, unit);
    }
    *measure = needs ? COUNT_NEED_UNITS : COUNT_OFFER_UNITS;
    return needs || offers;
}

/** Barred pairs that cannot be counted leave the rule. */
static void keep_counted(const RuleBuilder *b, Rule *rule, int *pairs)
{
    size_t kept = 0;
    for (size_t i = 0; i < rule->count; i++)
        if (counts_in(b, pairs[i], rule->measure, rule->unit))
            pairs[kept++] = pairs[i];
    rule->count = kept;
}

static void set_bound(Rule *rule, RuleWord kind, int64_t bound)
{
    rule->form = kind == RULE_TICKET ? FORM_OR_NOTHING : FORM_BOUND;
    rule->has_lower = kind == RULE_FLOOR;
    rule->has_upper = kind == RULE_LIMIT;
    rule->lower = rule->upper = rule->asked = bound;
}

bool rule_row_value(const Round *round, const RuleRow *row, Ratio *out)
{
    Ratio rate, amount;
    return round_rate(round, row->currency, &rate) &&
           ratio_multiply(ratio_of_decimal(row->value), rate, &amount) &&
           ratio_multiply(amount, ratio_of(unit_scale(round->currency), 1), out);
}

static ItemOf *counted_by(const char *of)
{
    if (strcmp(of, "donors") == 0)
        return item_of_donor;
    if (strcmp(of, "beneficiaries") == 0)
        return item_of_beneficiary;
    return strcmp(of, "offers") == 0 ? item_of_offer : item_of_need;
}

/** Count and fee have no sum. */
static Status add_without_sum(RuleBuilder *b, const RuleRow *row, Rule rule)
{
    rule.unit = b->round->currency;
    if (rule.count == 0)
        return STATUS_OK;
    if (row->kind == RULE_COUNT) {
        rule.family = FAMILY_NUMBER;
        rule.column = "count";
        rule.upper = row->count;
        return rule_append_number(b, rule, counted_by(row->of));
    }
    rule.family = FAMILY_FEE;
    rule.form = FORM_FEE;
    rule.column = "value";
    if (!rule_row_value(b->round, row, &rule.fee))
        return rule_refuse(b, row, "value", _("has a value that is too large"));
    return rule_append(b, rule);
}

/** @p pairs are the rule's, its measure is known. */
static Status add_rule(RuleBuilder *b, const RuleRow *row, Rule rule, int *pairs)
{
    int64_t bound = 0;
    Rounding rounding = row->kind == RULE_LIMIT ? ROUND_DOWN : ROUND_UP;
    rule.unit = b->round->currency;
    if (row->has_quantity) {
        rule.column = "quantity";
        rule.unit = row->unit;
        keep_counted(b, &rule, pairs);
        if (!ratio_apply(unit_scale(row->unit), ratio_of_decimal(row->quantity), rounding, &bound))
            return rule_refuse(b, row, "quantity", _("has a quantity that is too large"));
    } else if (row->has_share) {
        rule.column = "share";
        rule.of_total = true;
        rule.share = ratio_of_decimal(row->share);
    } else {
        Ratio amount;
        rule.column = "value";
        if (!rule_row_value(b->round, row, &amount) || !ratio_apply(1, amount, rounding, &bound))
            return rule_refuse(b, row, "value", _("has a value that is too large"));
    }
    set_bound(&rule, row->kind, bound);
    return rule_append(b, rule);
}

static Status add_groups(RuleBuilder *b, const RuleRow *row, Members *members)
{
    RuleMeasure measure = COUNT_VALUE;
    if (row->has_quantity && !quantity_measure(b, members, row->unit, &measure))
        return rule_refuse(b, row, "unit",
                           _("mixes units: neither all its needs nor all its offers have the "
                             "unit it names; narrow it"));
    if (members->count > 0)
        qsort(members->items, members->count, sizeof *members->items, by_key_then_pair);
    int *pairs = ARENA_NEW(b->arena, members->count, int);
    TRY_NEW(pairs);
    size_t used = 0, i = 0;
    if (row->each != 0 && members->count == 0)
        return STATUS_OK; /* there is no combination for which it holds */
    do {                  /* once at least: a floor that selects nothing must still be refused */
        size_t end = i, first = used;
        const char *key = i < members->count ? members->items[i].key : "";
        for (; end < members->count && strcmp(members->items[end].key, key) == 0; end++)
            if (members->items[end].pair >= 0)
                pairs[used++] = members->items[end].pair;
        Rule rule = {.family = row->kind == RULE_FLOOR    ? FAMILY_FLOOR
                               : row->kind == RULE_TICKET ? FAMILY_TICKET
                                                          : FAMILY_LIMIT,
                     .origin = row->origin,
                     .id = row->id,
                     .each = key,
                     .measure = measure,
                     .pairs = pairs + first,
                     .count = used - first};
        bool summed = row->kind != RULE_COUNT && row->kind != RULE_FEE;
        TRY(summed ? add_rule(b, row, rule, pairs + first) : add_without_sum(b, row, rule));
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
        if (row->kind == RULE_RESERVE || row->kind == RULE_FORBID)
            continue;
        TRY(select_pairs(b, row, &members));
        if (row->kind == RULE_FLOOR && row->each != 0)
            TRY(select_barred(b, row, &members));
        TRY(add_groups(b, row, &members));
    }
    return STATUS_OK;
}
