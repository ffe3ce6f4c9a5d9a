/* Exact sums of rules, moved line by line. */
#include "allot/rule_book.h"

#include <string.h>

/** Does a line count by its own quantity, so that no fraction is needed? */
static bool counts_plainly(const RuleBook *book, const Rule *rule, int pair)
{
    Ratio factor;
    return rule_factor(book->round, book->pairs, rule, pair, &factor) &&
           ratio_compare(factor, ratio_of(1, 1)) == 0 &&
           (rule->measure != COUNT_OFFER_UNITS ||
            ratio_compare(book->pairs->pairs[pair].use, ratio_of(1, 1)) == 0);
}

static Status index_pairs(RuleBook *book, Arena *arena)
{
    const RuleSet *rules = book->rules;
    size_t total = 0, items = 0;
    for (size_t r = 0; r < rules->count; r++) {
        total += rules->rules[r].count;
        items += (size_t)rules->rules[r].item_count;
        for (size_t k = 0; k < rules->rules[r].count; k++)
            book->first[rules->rules[r].pairs[k] + 1]++;
    }
    for (size_t p = 0; p < book->pairs->count; p++)
        book->first[p + 1] += book->first[p];
    size_t *next = ARENA_NEW(arena, book->pairs->count + 1, size_t);
    book->rule_of = ARENA_NEW(arena, total, int);
    book->item_of = ARENA_NEW(arena, total, int);
    book->item_lines = ARENA_NEW(arena, items, int);
    TRY_NEW(next);
    TRY_NEW(book->rule_of);
    TRY_NEW(book->item_of);
    book->plain = ARENA_NEW(arena, total, bool);
    TRY_NEW(book->plain);
    TRY_NEW(book->item_lines);
    memcpy(next, book->first, (book->pairs->count + 1) * sizeof *next);
    int base = 0;
    for (size_t r = 0; r < rules->count; r++) {
        const Rule *rule = &rules->rules[r];
        for (size_t k = 0; k < rule->count; k++) {
            size_t at = next[rule->pairs[k]]++;
            book->rule_of[at] = (int)r;
            book->plain[at] = counts_plainly(book, rule, rule->pairs[k]);
            book->item_of[at] = rule->form == FORM_AT_MOST ? base + rule->item[k] : -1;
        }
        base += rule->item_count;
    }
    return STATUS_OK;
}

Status rule_book_init(const Round *round, const PairSet *pairs, const RuleSet *rules, Arena *arena,
                      RuleBook *book)
{
    memset(book, 0, sizeof *book);
    book->round = round;
    book->pairs = pairs;
    book->rules = rules;
    book->quantity = ARENA_NEW(arena, pairs->count, int64_t);
    book->sum = ARENA_NEW(arena, rules->count, int64_t);
    book->first = ARENA_NEW(arena, pairs->count + 1, size_t);
    book->share_rules = ARENA_NEW(arena, rules->count, int);
    book->lines = ARENA_NEW(arena, rules->count, int);
    TRY_NEW(book->quantity);
    TRY_NEW(book->sum);
    TRY_NEW(book->lines);
    TRY_NEW(book->first);
    TRY_NEW(book->share_rules);
    for (size_t r = 0; r < rules->count; r++)
        if (rules->rules[r].of_total)
            book->share_rules[book->share_rule_count++] = (int)r;
    TRY(index_pairs(book, arena));
    size_t most = 0;
    for (size_t p = 0; p < pairs->count; p++)
        most =
            book->first[p + 1] - book->first[p] > most ? book->first[p + 1] - book->first[p] : most;
    book->slack = ARENA_NEW(arena, most + book->share_rule_count, int64_t);
    TRY_NEW(book->slack);
    return STATUS_OK;
}

static bool value_of(const RuleBook *book, int pair, int64_t quantity, int64_t *out)
{
    const Need *need = &book->round->needs[book->pairs->pairs[pair].need];
    *out = 0;
    return !need->has_value || ratio_apply(quantity, need->value, ROUND_HALF_EVEN, out);
}

static bool move(int64_t *sum, int64_t before, int64_t after)
{
    int64_t difference;
    return !__builtin_sub_overflow(after, before, &difference) &&
           !__builtin_add_overflow(*sum, difference, sum);
}

/** Counts the lines of a rule and, where it counts items, the items in use. */
static void move_lines(RuleBook *book, size_t k, int change)
{
    int rule = book->rule_of[k], item = book->item_of[k];
    book->lines[rule] += change;
    if (item < 0)
        return;
    int before = book->item_lines[item];
    book->item_lines[item] += change;
    book->sum[rule] += (book->item_lines[item] > 0) - (before > 0);
}

Status rule_book_set(RuleBook *book, int pair, int64_t quantity)
{
    int64_t before, after;
    int change = (quantity > 0) - (book->quantity[pair] > 0);
    for (size_t k = book->first[pair]; k < book->first[pair + 1]; k++) {
        const Rule *rule = &book->rules->rules[book->rule_of[k]];
        if (change != 0)
            move_lines(book, k, change);
        if (rule->form == FORM_AT_MOST || rule->form == FORM_FEE)
            continue;
        before = book->quantity[pair];
        after = quantity;
        if ((!book->plain[k] &&
             (!rule_amount(book->round, book->pairs, rule, pair, before, &before) ||
              !rule_amount(book->round, book->pairs, rule, pair, quantity, &after))) ||
            !move(&book->sum[book->rule_of[k]], before, after))
            return STATUS_INTERNAL;
    }
    if (book->share_rule_count > 0 &&
        (!value_of(book, pair, book->quantity[pair], &before) ||
         !value_of(book, pair, quantity, &after) || !move(&book->total, before, after)))
        return STATUS_INTERNAL;
    book->quantity[pair] = quantity;
    return STATUS_OK;
}

static int64_t slack_between(const Rule *rule, int64_t sum, int64_t lower, int64_t upper)
{
    int64_t slack = INT64_MAX;
    if (rule->has_upper)
        slack = upper - sum;
    if (rule->has_lower && sum - lower < slack)
        slack = sum - lower;
    return slack;
}

int64_t rule_book_slack(const RuleBook *book, size_t index)
{
    const Rule *rule = &book->rules->rules[index];
    int64_t bound;
    switch (rule->form) {
    case FORM_FEE: return INT64_MAX;
    case FORM_AT_MOST: return rule->upper - book->sum[index];
    case FORM_OR_NOTHING:
        return book->lines[index] == 0 ? INT64_MAX : book->sum[index] - rule->lower;
    case FORM_BOUND: break;
    }
    if (!rule->of_total)
        return slack_between(rule, book->sum[index], rule->lower, rule->upper);
    Rounding rounding = rule->has_lower ? ROUND_UP : ROUND_DOWN;
    if (!ratio_apply(book->total, rule->share, rounding, &bound))
        return -1; /* totals are sums of amounts that fitted; a share of one fits */
    return slack_between(rule, book->sum[index], bound, bound);
}

/** Rules that a line of this pair moves: its own, then every rule of shares. */
static size_t moved_count(const RuleBook *book, int pair)
{
    return book->first[pair + 1] - book->first[pair] + book->share_rule_count;
}

static size_t moved_rule(const RuleBook *book, int pair, size_t k)
{
    size_t own = book->first[pair + 1] - book->first[pair];
    return (size_t)(k < own ? book->rule_of[book->first[pair] + k] : book->share_rules[k - own]);
}

bool rule_book_admits(RuleBook *book, int pair, int64_t quantity)
{
    int64_t before = book->quantity[pair];
    size_t count = moved_count(book, pair);
    bool admitted = true;
    for (size_t k = 0; k < count; k++)
        book->slack[k] = rule_book_slack(book, moved_rule(book, pair, k));
    if (rule_book_set(book, pair, quantity) != STATUS_OK)
        return false;
    for (size_t k = 0; k < count && admitted; k++) {
        int64_t slack = rule_book_slack(book, moved_rule(book, pair, k));
        admitted = slack >= 0 || slack >= book->slack[k];
    }
    (void)rule_book_set(book, pair, before); /* it fitted a moment ago */
    return admitted;
}
