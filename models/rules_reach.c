/* (C7) tickets that nothing can ever reach: of every set that a row's ticket is asked of, all lines
 * together, each as large as its pair and its offer allow, stay below it. Such a row bars all that it
 * is about, and nothing in a plan would say why. Warnings only; called once the rules are built.
 */
#include <stdlib.h>

#include "allot/amount_text.h"
#include "models/rule_build.h"

/** A set that a ticket is asked of, and how far its lines get. */
typedef struct Reach {
    const Rule *rule;
    int64_t most; /* rule's unit; never less than what its lines can add up to */
} Reach;

/** The most that a pair can add to the sum of its rule; INT64_MAX when that does not fit. */
static int64_t most_of_pair(const RuleBuilder *b, const Rule *rule, int index)
{
    const Pair *pair = &b->pairs->pairs[index];
    int64_t quantity = pair->upper, most = 0;
    Ratio buys;
    if (ratio_divide(ratio_of(1, 1), pair->use, &buys) &&
        ratio_apply(b->round->offers[pair->offer].quantity, buys, ROUND_DOWN, &most) &&
        most < quantity)
        quantity = most;
    return rule_amount(b->round, b->pairs, rule, index, quantity, &most) ? most : INT64_MAX;
}

static int64_t most_of_rule(const RuleBuilder *b, const Rule *rule)
{
    int64_t sum = 0;
    for (size_t k = 0; k < rule->count; k++)
        if (__builtin_add_overflow(sum, most_of_pair(b, rule, rule->pairs[k]), &sum))
            return INT64_MAX;
    return sum;
}

/** By the row that asks; of one row, the set that gets furthest first. */
static int by_row(const void *a, const void *b)
{
    const Reach *x = a, *y = b;
    const Origin *one = &x->rule->origin, *other = &y->rule->origin;
    int order = (one->table > other->table) - (one->table < other->table);
    order = order != 0 ? order : (one->line > other->line) - (one->line < other->line);
    return order != 0 ? order : (y->most > x->most) - (y->most < x->most);
}

static bool same_row(const Reach *a, const Reach *b)
{
    return a->rule->origin.table == b->rule->origin.table &&
           a->rule->origin.line == b->rule->origin.line;
}

/** Do earlier rounds hold some of what the set is asked of? */
static bool has_taken(const RuleBuilder *b, const Rule *rule)
{
    for (size_t k = 0; k < rule->count; k++) {
        int offer = b->pairs->pairs[rule->pairs[k]].offer;
        for (; offer >= 0; offer = b->round->offers[offer].parent_row)
            if (b->round->offers[offer].taken > 0)
                return true;
    }
    return false;
}

/** Of what earlier rounds have used up nothing is asked: there is nothing to give under it. */
static void report(const RuleBuilder *b, const Reach *reach)
{
    const Rule *rule = reach->rule;
    bool taken = has_taken(b, rule);
    if (taken && reach->most == 0)
        return;
    if (taken) {
        diag_add(b->diag, DIAG_NEVER, round_place(b->round, rule->origin, rule->column),
                 "'%s' asks for at least %s at once, and earlier rounds have left no more than %s, "
                 "so that nothing more is given under it; lower it if that is to be used, too",
                 rule->id, amount_in_unit(rule->unit, rule->lower).text,
                 amount_in_unit(rule->unit, reach->most).text);
        return;
    }
    diag_add(b->diag, DIAG_NEVER, round_place(b->round, rule->origin, rule->column),
             "'%s' asks for at least %s at once, and no more than %s can come together, so "
             "that nothing is given under it; lower it",
             rule->id, amount_in_unit(rule->unit, rule->lower).text,
             amount_in_unit(rule->unit, reach->most).text);
}

Status rules_review_tickets(RuleBuilder *b)
{
    size_t count = 0;
    Reach *reaches = ARENA_NEW(b->arena, b->set->count, Reach);
    TRY_NEW(reaches);
    for (size_t r = 0; r < b->set->count; r++) {
        const Rule *rule = &b->set->rules[r];
        if (rule->family == FAMILY_TICKET && rule->count > 0)
            reaches[count++] = (Reach){rule, most_of_rule(b, rule)};
    }
    if (count > 1)
        qsort(reaches, count, sizeof *reaches, by_row);
    for (size_t i = 0; i < count; i++)
        if ((i == 0 || !same_row(&reaches[i - 1], &reaches[i])) &&
            reaches[i].most < reaches[i].rule->lower)
            report(b, &reaches[i]);
    return STATUS_OK;
}
