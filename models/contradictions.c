/* Sums of rules against what is agreed, what there is, and what floors ask for together. What needs ask
 * of each other is contradictions_needs.c.
 *
 * Called by `allot check` once pairs and rules are built. Every bound is a certain one: where figures do not
 * fit, nothing is said.
 */
#include "models/contradictions_internal.h"

#include "allot/amount_text.h"
#include "allot/language.h"

enum { ROWS_SHOWN = 8 };

const char *contradiction_row(const Contradictions *c, Origin origin, const char *column)
{
    const char *row = round_row_text(c->round, origin, c->arena);
    const char *text = arena_printf(c->arena, "%s, %s", row, column);
    return text != NULL && *column != '\0' ? text : row;
}

Status contradiction_agreed(const Contradictions *c, const int *pairs, size_t count, Origin *first,
                            const char **out)
{
    const char *text = "";
    int shown = 0;
    for (size_t k = 0; k < count && shown <= ROWS_SHOWN; k++) {
        const Pair *pair = &c->pairs->pairs[pairs[k]];
        if (pair->lower <= 0)
            continue;
        if (shown == 0)
            *first = pair->lower_from;
        const char *row =
            shown++ < ROWS_SHOWN ? round_row_text(c->round, pair->lower_from, c->arena) : "...";
        text = arena_printf(c->arena, "%s%s%s", text, *text == '\0' ? "" : ", ", row);
        TRY_NEW(text);
    }
    *out = text;
    return STATUS_OK;
}

/* ---- sums ----------------------------------------------------------------------------------- */

/** What the pairs of a rule count under it together, each at its quantity; false when it does not fit. */
static bool sum_of(const Contradictions *c, const Rule *rule, bool agreed, int64_t *out)
{
    *out = 0;
    for (size_t k = 0; k < rule->count; k++) {
        int p = rule->pairs[k];
        int64_t amount, quantity = agreed ? c->pairs->pairs[p].lower : c->most[p];
        if ((quantity > 0 && !rule_amount(c->round, c->pairs, rule, p, quantity, &amount)) ||
            (quantity > 0 && __builtin_add_overflow(*out, amount, out)))
            return false;
    }
    return true;
}

static bool add_to_group(const Contradictions *c, const Rule *rule, int p, bool of_need,
                         Group *group)
{
    const Pair *pair = &c->pairs->pairs[p];
    int64_t alone = 0, whole = c->round->needs[pair->need].wanted, cap = 0;
    Ratio buys;
    if (!of_need && (!ratio_divide(ratio_of(1, 1), pair->use, &buys) ||
                     !ratio_apply(c->round->offers[pair->offer].quantity, buys, ROUND_UP, &whole)))
        return false;
    if (!rule_amount(c->round, c->pairs, rule, p, c->most[p], &alone) ||
        !rule_amount(c->round, c->pairs, rule, p, whole, &cap) ||
        __builtin_add_overflow(group->all, alone, &group->all))
        return false;
    group->lines++;
    group->cap = cap > group->cap ? cap : group->cap;
    return true;
}

static Group *group_of(const Contradictions *c, int p, bool of_need)
{
    const Pair *pair = &c->pairs->pairs[p];
    return &c->groups[of_need ? pair->need : pair->offer];
}

/** Empties the group, and adds what it can be at most to @p sum. */
static bool take_group(Group *group, int64_t *sum)
{
    int64_t cap;
    Group full = *group;
    *group = (Group){0, 0, 0};
    return !__builtin_add_overflow(full.cap, full.lines, &cap) &&
           !__builtin_add_overflow(*sum, full.all < cap ? full.all : cap, sum);
}

/** What can come together under a rule, need by need or offer by offer; INT64_MAX when it does not fit. */
static int64_t most_by(const Contradictions *c, const Rule *rule, bool of_need)
{
    int64_t sum = 0;
    bool fits = true;
    for (size_t k = 0; k < rule->count; k++)
        fits =
            add_to_group(c, rule, rule->pairs[k], of_need, group_of(c, rule->pairs[k], of_need)) &&
            fits;
    for (size_t k = 0; k < rule->count; k++)
        fits = take_group(group_of(c, rule->pairs[k], of_need), &sum) && fits;
    return fits ? sum : INT64_MAX;
}

/** No more than this can come together under a rule. */
static int64_t most_of(const Contradictions *c, const Rule *rule)
{
    int64_t sum, by_need = most_by(c, rule, true), by_offer = most_by(c, rule, false);
    if (!sum_of(c, rule, false, &sum))
        sum = INT64_MAX;
    sum = by_need < sum ? by_need : sum;
    return by_offer < sum ? by_offer : sum;
}

/* ---- one rule ------------------------------------------------------------------------------- */

/** More is agreed than the row allows. */
static Status check_upper(const Contradictions *c, const Rule *rule)
{
    int64_t agreed;
    Origin first = rule->origin;
    const char *rows;
    if (!sum_of(c, rule, true, &agreed) || agreed <= rule->upper)
        return STATUS_OK;
    TRY(contradiction_agreed(c, rule->pairs, rule->count, &first, &rows));
    if (agreed == 0) /* a reserve of more than there is */
        diag_add(c->diag, DIAG_CONFLICT, round_place(c->round, rule->origin, rule->column),
                 "'%s' keeps back more than there is: lower it by %s", rule->id,
                 amount_in_unit(rule->unit, -rule->upper).text);
    else
        diag_add(c->diag, DIAG_CONFLICT, round_place(c->round, first, "quantity"),
                 "more is agreed than there is room for: %s (%s), and %s leaves %s; lower what is "
                 "agreed by %s, or loosen that",
                 amount_in_unit(rule->unit, agreed).text, rows,
                 contradiction_row(c, rule->origin, rule->column),
                 amount_in_unit(rule->unit, rule->upper > 0 ? rule->upper : 0).text,
                 amount_in_unit(rule->unit, agreed - rule->upper).text);
    return STATUS_OK;
}

/** More is asked for than can come together. */
static Status check_lower(const Contradictions *c, const Rule *rule)
{
    int64_t most = most_of(c, rule);
    if (most < rule->lower)
        diag_add(
            c->diag, DIAG_CONFLICT, round_place(c->round, rule->origin, rule->column),
            "'%s' asks for at least %s, and no more than %s can come together; lower it by %s, "
            "or let more offers serve what it selects",
            rule->id, amount_in_unit(rule->unit, rule->lower).text,
            amount_in_unit(rule->unit, most).text,
            amount_in_unit(rule->unit, rule->lower - most).text);
    return STATUS_OK;
}

/** Something is agreed of a set that cannot reach what it is served with at least. */
static Status check_or_nothing(const Contradictions *c, const Rule *rule)
{
    int64_t agreed, most;
    Origin first = rule->origin;
    const char *rows;
    if (!sum_of(c, rule, true, &agreed) || agreed == 0)
        return STATUS_OK;
    most = most_of(c, rule);
    if (most >= rule->lower)
        return STATUS_OK;
    TRY(contradiction_agreed(c, rule->pairs, rule->count, &first, &rows));
    diag_add(c->diag, DIAG_CONFLICT, round_place(c->round, first, "quantity"),
             "something is agreed (%s), and %s asks for at least %s at once, of which no more than "
             "%s can come together; lower that to %s, or take out what is agreed",
             rows, contradiction_row(c, rule->origin, rule->column),
             amount_in_unit(rule->unit, rule->lower).text, amount_in_unit(rule->unit, most).text,
             amount_in_unit(rule->unit, most).text);
    return STATUS_OK;
}

/** More items are agreed than the row counts to. */
static Status check_number(const Contradictions *c, const Rule *rule)
{
    bool *taken = ARENA_NEW(c->arena, (size_t)rule->item_count, bool);
    int64_t count = 0;
    Origin first = rule->origin;
    const char *rows;
    TRY_NEW(taken);
    for (size_t k = 0; k < rule->count; k++) {
        if (c->pairs->pairs[rule->pairs[k]].lower <= 0 || taken[rule->item[k]])
            continue;
        taken[rule->item[k]] = true;
        count++;
    }
    if (count <= rule->upper)
        return STATUS_OK;
    TRY(contradiction_agreed(c, rule->pairs, rule->count, &first, &rows));
    diag_add(
        c->diag, DIAG_CONFLICT, round_place(c->round, first, "quantity"),
        "more is agreed than may be counted: %d (%s), and %s allows %d; take one out, or raise "
        "that",
        (int)count, rows, contradiction_row(c, rule->origin, rule->column), (int)rule->upper);
    return STATUS_OK;
}

static Status check_rule(const Contradictions *c, const Rule *rule)
{
    switch (rule->form) {
    case FORM_BOUND:
        if (rule->has_upper && !rule->of_total)
            TRY(check_upper(c, rule));
        return rule->has_lower && !rule->of_total ? check_lower(c, rule) : STATUS_OK;
    case FORM_OR_NOTHING: return check_or_nothing(c, rule);
    case FORM_AT_MOST: return check_number(c, rule);
    case FORM_FEE: break;
    }
    return STATUS_OK;
}

/* ---- floors against a bound ----------------------------------------------------------------- */

/** What a floor, whose pairs all stand under @p bound, takes at least there: each unit of it takes no less
 *  than on the pair where it takes least. False: a pair is not under it, or figures do not fit. */
static bool takes_at_least(const Contradictions *c, const Rule *floor, const Rule *bound,
                           int64_t *out)
{
    Ratio least = ratio_of(0, 1);
    size_t at = 0;
    for (size_t k = 0; k < floor->count; k++) {
        Ratio of_floor, of_bound, part;
        while (at < bound->count && bound->pairs[at] < floor->pairs[k])
            at++;
        if (at == bound->count || bound->pairs[at] != floor->pairs[k] ||
            !rule_factor(c->round, c->pairs, floor, floor->pairs[k], &of_floor) ||
            !rule_factor(c->round, c->pairs, bound, floor->pairs[k], &of_bound) ||
            !ratio_divide(of_bound, of_floor, &part))
            return false;
        if (k == 0 || ratio_compare(part, least) < 0)
            least = part;
    }
    return floor->count > 0 && ratio_apply(floor->lower, least, ROUND_DOWN, out);
}

/** Marks the pairs of a floor; false where another has one of them: then they may share it. */
static bool take_pairs(const Rule *floor, bool *taken)
{
    for (size_t k = 0; k < floor->count; k++)
        if (taken[floor->pairs[k]])
            return false;
    for (size_t k = 0; k < floor->count; k++)
        taken[floor->pairs[k]] = true;
    return true;
}

static Status check_floors(const Contradictions *c, const Rule *bound)
{
    int64_t sum = 0, takes, doubt = 0;
    const char *rows = "";
    const Rule *first = NULL;
    for (size_t f = 0; f < c->floor_count; f++) {
        const Rule *floor = c->floors[f];
        if (floor->count > bound->count || !takes_at_least(c, floor, bound, &takes) ||
            !take_pairs(floor, c->taken) || __builtin_add_overflow(sum, takes, &sum))
            continue;
        /* rounding lets a line count up to a part less in the one than in the other */
        doubt += bound->measure == floor->measure ? 0 : (int64_t)floor->count;
        rows = arena_printf(c->arena, "%s%s%s", rows, first == NULL ? "" : ", ",
                            contradiction_row(c, floor->origin, floor->column));
        TRY_NEW(rows);
        first = first == NULL ? floor : first;
    }
    for (size_t k = 0; k < bound->count; k++)
        c->taken[bound->pairs[k]] = false;
    if (first != NULL && sum - doubt > bound->upper && most_of(c, first) >= first->lower)
        diag_add(c->diag, DIAG_CONFLICT, round_place(c->round, first->origin, first->column),
                 "more is asked for than there is room for: at least %s (%s), and %s leaves %s; "
                 "lower the one by %s, or loosen the other",
                 amount_in_unit(bound->unit, sum).text, rows,
                 contradiction_row(c, bound->origin, bound->column),
                 amount_in_unit(bound->unit, bound->upper > 0 ? bound->upper : 0).text,
                 amount_in_unit(bound->unit, sum - bound->upper).text);
    return STATUS_OK;
}

/* ---- all of them ---------------------------------------------------------------------------- */

static void find_most(Contradictions *c)
{
    for (size_t p = 0; p < c->pairs->count; p++) {
        const Pair *pair = &c->pairs->pairs[p];
        int64_t bought;
        Ratio buys;
        c->most[p] = pair->upper;
        if (ratio_divide(ratio_of(1, 1), pair->use, &buys) &&
            ratio_apply(c->round->offers[pair->offer].quantity, buys, ROUND_DOWN, &bought) &&
            bought < c->most[p])
            c->most[p] = bought;
    }
}

static Status begin(Contradictions *c)
{
    const Round *round = c->round;
    size_t groups = round->need_count > round->offer_count ? round->need_count : round->offer_count;
    c->most = ARENA_NEW(c->arena, c->pairs->count, int64_t);
    c->groups = ARENA_NEW(c->arena, groups, Group);
    c->taken = ARENA_NEW(c->arena, c->pairs->count, bool);
    c->floors = ARENA_NEW(c->arena, c->rules->count, const Rule *);
    TRY_NEW(c->most);
    TRY_NEW(c->groups);
    TRY_NEW(c->taken);
    TRY_NEW(c->floors);
    find_most(c);
    for (size_t r = 0; r < c->rules->count; r++) {
        const Rule *rule = &c->rules->rules[r];
        if (rule->form == FORM_BOUND && rule->has_lower && !rule->of_total && rule->count > 0)
            c->floors[c->floor_count++] = rule;
    }
    return STATUS_OK;
}

bool round_demands_something(const Round *round)
{
    bool demands = round->commitment_count > 0;
    for (size_t r = 0; r < round->rule_count; r++)
        demands =
            demands || round->rules[r].kind == RULE_FLOOR || round->rules[r].kind == RULE_RESERVE;
    return demands;
}

Status round_contradictions(const Round *round, const PairSet *pairs, const RuleSet *rules,
                            Arena *arena, Diag *diag)
{
    Contradictions c = {
        .round = round, .pairs = pairs, .rules = rules, .arena = arena, .diag = diag};
    size_t before = diag_count(diag, DIAG_ERROR);
    if (!round_demands_something(round))
        return STATUS_OK;
    TRY(begin(&c));
    for (size_t r = 0; r < rules->count; r++) {
        const Rule *rule = &rules->rules[r];
        TRY(check_rule(&c, rule));
        if (c.floor_count > 0 && rule->form == FORM_BOUND && rule->has_upper && !rule->of_total)
            TRY(check_floors(&c, rule));
    }
    TRY(contradictions_of_needs(&c));
    return diag_count(diag, DIAG_ERROR) == before ? STATUS_OK : STATUS_FINDINGS;
}
