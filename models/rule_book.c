/* Exact sums of rules, moved line by line. */
#include "models/rule_book.h"

#include <string.h>

static Status index_pairs(RuleBook *book, Arena *arena)
{
    const RuleSet *rules = book->rules;
    size_t total = 0;
    for (size_t r = 0; r < rules->count; r++) {
        total += rules->rules[r].count;
        for (size_t k = 0; k < rules->rules[r].count; k++)
            book->first[rules->rules[r].pairs[k] + 1]++;
    }
    for (size_t p = 0; p < book->pairs->count; p++)
        book->first[p + 1] += book->first[p];
    size_t *next = ARENA_NEW(arena, book->pairs->count + 1, size_t);
    book->rule_of = ARENA_NEW(arena, total, int);
    TRY_NEW(next);
    TRY_NEW(book->rule_of);
    memcpy(next, book->first, (book->pairs->count + 1) * sizeof *next);
    for (size_t r = 0; r < rules->count; r++)
        for (size_t k = 0; k < rules->rules[r].count; k++)
            book->rule_of[next[rules->rules[r].pairs[k]]++] = (int)r;
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
    TRY_NEW(book->quantity);
    TRY_NEW(book->sum);
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

Status rule_book_set(RuleBook *book, int pair, int64_t quantity)
{
    int64_t before, after;
    for (size_t k = book->first[pair]; k < book->first[pair + 1]; k++) {
        const Rule *rule = &book->rules->rules[book->rule_of[k]];
        if (!rule_amount(book->round, book->pairs, rule, pair, book->quantity[pair], &before) ||
            !rule_amount(book->round, book->pairs, rule, pair, quantity, &after) ||
            !move(&book->sum[book->rule_of[k]], before, after))
            return STATUS_INTERNAL;
    }
    if (!value_of(book, pair, book->quantity[pair], &before) ||
        !value_of(book, pair, quantity, &after) || !move(&book->total, before, after))
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
