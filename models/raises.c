/* Which bounds grow with an offer's quantity: those of rules that count what all its lines use. */
#include "allot/raises.h"

/** The first pair of every offer whose lines use some of it, or -1. */
static Status find_pairs(const RuleBook *book, Arena *arena, int **out)
{
    const PairSet *pairs = book->pairs;
    int *found = ARENA_NEW(arena, book->round->offer_count, int);
    TRY_NEW(found);
    for (size_t o = 0; o < book->round->offer_count; o++)
        found[o] = -1;
    for (size_t p = pairs->count; p-- > 0;)
        if (pairs->pairs[p].use.num > 0)
            found[pairs->pairs[p].offer] = (int)p;
    *out = found;
    return STATUS_OK;
}

static bool grows(const Rule *rule)
{
    return rule->form == FORM_BOUND && rule->has_upper && !rule->of_total &&
           (rule->family == FAMILY_OFFER || rule->family == FAMILY_DONOR ||
            rule->family == FAMILY_RESERVE);
}

/** What a reserve leaves of what its offers grow by. */
static bool left_by_reserve(const Round *round, const Rule *rule, Ratio *left)
{
    *left = ratio_of(1, 1);
    for (size_t r = 0; rule->family == FAMILY_RESERVE && r < round->rule_count; r++) {
        const RuleRow *row = &round->rules[r];
        if (row->origin.line != rule->origin.line || !row->has_share)
            continue;
        Ratio kept = ratio_of_decimal(row->share);
        kept.num = -kept.num;
        return ratio_add(*left, kept, left);
    }
    return true;
}

static bool raise_make(const RuleBook *book, int pair, int rule_index, Raise *out)
{
    const Rule *rule = &book->rules->rules[rule_index];
    Ratio factor;
    *out = (Raise){.rule = rule_index, .reserve = rule->family == FAMILY_RESERVE};
    return rule_factor(book->round, book->pairs, rule, pair, &factor) &&
           ratio_divide(factor, book->pairs->pairs[pair].use, &out->each) &&
           left_by_reserve(book->round, rule, &out->left);
}

Status raises_build(const RuleBook *book, Arena *arena, Raises *raises)
{
    size_t offers = book->round->offer_count, total = 0;
    size_t *first = ARENA_NEW(arena, offers + 1, size_t);
    int *pair;
    TRY_NEW(first);
    TRY(find_pairs(book, arena, &pair));
    for (size_t o = 0; o < offers; o++) {
        for (size_t k = pair[o] < 0 ? 0 : book->first[pair[o]];
             pair[o] >= 0 && k < book->first[pair[o] + 1]; k++)
            total += grows(&book->rules->rules[book->rule_of[k]]);
        first[o + 1] = total;
    }
    Raise *all = ARENA_NEW(arena, total, Raise);
    TRY_NEW(all);
    size_t count = 0;
    for (size_t o = 0; o < offers; o++)
        for (size_t k = pair[o] < 0 ? 0 : book->first[pair[o]];
             pair[o] >= 0 && k < book->first[pair[o] + 1]; k++)
            if (grows(&book->rules->rules[book->rule_of[k]]) &&
                !raise_make(book, pair[o], book->rule_of[k], &all[count++]))
                return STATUS_INTERNAL;
    *raises = (Raises){.first = first, .raises = all};
    return STATUS_OK;
}

bool raise_of(const Raise *raise, int64_t extra, int64_t *growth)
{
    if (!raise->reserve)
        return ratio_apply(extra, raise->each, ROUND_UP, growth);
    return ratio_apply(extra, raise->each, ROUND_DOWN, growth) &&
           ratio_apply(*growth, raise->left, ROUND_DOWN, growth);
}

/** From the fraction's own answer to the nearest that is enough in whole parts. */
bool raise_least(const Raise *raise, int64_t growth, int64_t *extra)
{
    Ratio back;
    int64_t now;
    if (raise->each.num <= 0 || raise->left.num <= 0 ||
        !ratio_multiply(raise->each, raise->left, &back) ||
        !ratio_divide(ratio_of(1, 1), back, &back) || !ratio_apply(growth, back, ROUND_UP, extra))
        return false;
    while (*extra > 0 && raise_of(raise, *extra - 1, &now) && now >= growth)
        (*extra)--;
    while (raise_of(raise, *extra, &now) && now < growth)
        (*extra)++;
    return true;
}

bool raises_apply(const Raises *raises, int offer, int64_t extra, RuleSet *rules)
{
    int64_t growth, bound;
    bool back = extra < 0;
    for (int pass = 0; pass < 2; pass++) /* look first */
        for (size_t k = raises->first[offer]; k < raises->first[offer + 1]; k++) {
            Rule *rule = &rules->rules[raises->raises[k].rule];
            if (!raise_of(&raises->raises[k], back ? -extra : extra, &growth) ||
                (back ? __builtin_sub_overflow(rule->upper, growth, &bound)
                      : __builtin_add_overflow(rule->upper, growth, &bound)))
                return false;
            if (pass == 1)
                rule->upper = bound;
        }
    return true;
}
