/* Rules that rounding to whole steps broke, repaired line by line and kept exactly. */
#include "models/plan_internal.h"

/* Steps by which one line is lowered in one go while a rule is repaired. */
enum { LOWER_AT_MOST = 1024 };

/* Repairing one rule can cost another a cent; a few rounds settle what can be settled. */
enum { REPAIR_PASSES = 4 };

/* A line of no more steps than this, where none should be, is the noise of doubles. */
enum { NOISE_STEPS = 2 };

/** Lowers a line by as few steps as bring the rule within its bound, doubling on the way; @p gently:
 *  only as far as no other rule is broken by it. */
static Status lower_line(Extract *e, size_t index, int p, bool gently)
{
    const Pair *pair = &e->form->pairs->pairs[p];
    for (int64_t steps = 1; steps <= LOWER_AT_MOST && rule_book_slack(&e->book, index) < 0;
         steps *= 2) {
        int64_t quantity = e->book.quantity[p] - steps * extract_step_of(e, p);
        if (quantity < pair->lower || (gently && !rule_book_admits(&e->book, p, quantity)))
            break;
        TRY(rule_book_set(&e->book, p, quantity));
    }
    return STATUS_OK;
}

bool extract_is_required(const Extract *e, int need)
{
    const Logic *logic = &e->form->round->logic;
    for (size_t q = 0; q < logic->requirement_count; q++)
        for (int k = 0; k < logic->requirements[q].count; k++)
            if (logic->requirements[q].any_of[k] == need)
                return true;
    return false;
}

/** Whose cents go first: those of a need that is short anyhow, then of one that nobody waits for, then
 *  anybody's; last of all also at the cost of other rules. */
typedef enum LowerPass { LOWER_SHORT, LOWER_FREE, LOWER_ANY, LOWER_ROUGH, LOWER_PASSES } LowerPass;

static bool may_lower(const Extract *e, int pair, LowerPass pass)
{
    int need = e->form->pairs->pairs[pair].need;
    if (!extract_is_money(e, pair) || e->book.quantity[pair] == 0)
        return false;
    switch (pass) {
    case LOWER_SHORT: return extract_given_to(e, (size_t)need) < e->form->round->needs[need].wanted;
    case LOWER_FREE: return !extract_is_required(e, need);
    case LOWER_ANY:
    case LOWER_ROUGH:
    case LOWER_PASSES: break;
    }
    return true;
}

/** Lowers lines of a rule that is above its bound: money, the latest tier first and in it the last
 *  ids; in the last resort things too. */
static Status lower_rule(Extract *e, size_t index)
{
    const Rule *rule = &e->form->rules->rules[index];
    for (LowerPass pass = LOWER_SHORT; pass < LOWER_PASSES; pass++)
        for (int tier = e->last_tier; tier > 0; tier--)
            for (size_t k = rule->count; k-- > 0 && rule_book_slack(&e->book, index) < 0;)
                if (extract_tier_of(e, rule->pairs[k]) == tier &&
                    may_lower(e, rule->pairs[k], pass))
                    TRY(lower_line(e, index, rule->pairs[k], pass != LOWER_ROUGH));
    for (int tier = e->last_tier; e->last_resort && tier > 0; tier--)
        for (size_t k = rule->count; k-- > 0 && rule_book_slack(&e->book, index) < 0;)
            if (extract_tier_of(e, rule->pairs[k]) == tier)
                TRY(lower_line(e, index, rule->pairs[k], false));
    return STATUS_OK;
}

/** Raises money lines of a rule that is below its floor, as far as needs and other rules admit; no
 *  line is opened for the sake of cents. */
static Status raise_rule(Extract *e, size_t index)
{
    const Rule *rule = &e->form->rules->rules[index];
    for (size_t k = 0; k < rule->count && rule_book_slack(&e->book, index) < 0; k++) {
        int p = rule->pairs[k];
        const Pair *pair = &e->form->pairs->pairs[p];
        for (int tries = 0; extract_is_money(e, p) && tries < 16; tries++) {
            int64_t room = e->form->round->needs[pair->need].wanted -
                           extract_given_to(e, (size_t)pair->need) - extract_step_of(e, p);
            bool raised = false;
            if (rule_book_slack(&e->book, index) < 0 && room >= 0 && e->book.quantity[p] > 0)
                TRY(extract_raise(e, p, 0, &raised));
            if (!raised)
                break;
        }
    }
    return STATUS_OK;
}

static bool is_noise(const Extract *e, int pair)
{
    return extract_is_money(e, pair) &&
           e->book.quantity[pair] <= NOISE_STEPS * extract_step_of(e, pair);
}

/** Takes away the smallest lines until no more items are in use than may be: what noise opened. */
static Status close_items(Extract *e, size_t index)
{
    const Rule *rule = &e->form->rules->rules[index];
    while (rule_book_slack(&e->book, index) < 0) {
        int least = -1;
        for (size_t k = 0; k < rule->count; k++) {
            int p = rule->pairs[k];
            bool may_go =
                e->book.quantity[p] > 0 && e->form->pairs->pairs[p].lower == 0 &&
                (e->last_resort || e->book.quantity[p] <= NOISE_STEPS * extract_step_of(e, p));
            if (may_go && (least < 0 || e->book.quantity[p] < e->book.quantity[least]))
                least = p;
        }
        if (least < 0)
            return STATUS_OK;
        TRY(rule_book_set(&e->book, least, 0));
    }
    return STATUS_OK;
}

/** Less than its least amount: raised, or taken away where it is noise, or in the last resort. */
static Status raise_or_close(Extract *e, size_t index)
{
    const Rule *rule = &e->form->rules->rules[index];
    bool noise = true;
    for (size_t k = 0; k < rule->count; k++)
        noise = noise && is_noise(e, rule->pairs[k]);
    if (!noise)
        TRY(raise_rule(e, index));
    for (size_t k = 0; k < rule->count; k++) {
        int p = rule->pairs[k];
        if (rule_book_slack(&e->book, index) < 0 && (e->last_resort || noise))
            TRY(rule_book_set(&e->book, p, e->form->pairs->pairs[p].lower));
    }
    return STATUS_OK;
}

static Status repair_rule(Extract *e, size_t index)
{
    const Rule *rule = &e->form->rules->rules[index];
    switch (rule->form) {
    case FORM_AT_MOST: return close_items(e, index);
    case FORM_OR_NOTHING: return raise_or_close(e, index);
    case FORM_BOUND: return rule->has_upper ? lower_rule(e, index) : raise_rule(e, index);
    case FORM_FEE: break;
    }
    return STATUS_OK;
}

Status extract_repair(Extract *e, int *broken, int64_t *excess)
{
    *broken = -1;
    *excess = 0;
    for (int pass = 0; pass < REPAIR_PASSES; pass++)
        for (size_t r = 0; r < e->form->rules->count; r++)
            if (rule_book_slack(&e->book, r) < 0)
                TRY(repair_rule(e, r));
    for (size_t r = 0; r < e->form->rules->count && *broken < 0; r++) {
        if (rule_book_slack(&e->book, r) >= 0)
            continue;
        TRY(extract_exchange(e, r));
        if (rule_book_slack(&e->book, r) < 0) {
            *broken = (int)r;
            *excess = -rule_book_slack(&e->book, r);
        }
    }
    return STATUS_OK;
}
