/* Lines in whole steps and what they break: see the header. */
#include "solver/cents_board.h"

#include <math.h>

#include "allot/cents_program.h"
#include "allot/logic.h"

/* What counts of items exceed is never made good by cents. */
static const double ITEM_WEIGHT = 1e4;

/* Whatever is broken counts so much on top. */
static const double BROKEN = 0.25;

static double rule_broken(const CentsBoard *b, size_t rule)
{
    int64_t slack = rule_book_slack(b->book, rule);
    return slack >= 0 ? 0 : BROKEN - (double)slack * b->weight[rule];
}

static double need_broken(const CentsBoard *b, size_t need)
{
    const Need *row = &b->form->round->needs[need];
    int64_t over = b->given[need] - row->wanted, under = b->least[need] - b->given[need];
    int64_t off = over > under ? over : under;
    return off <= 0 ? 0 : BROKEN + (double)off * b->each[need];
}

static void look_at(CentsBoard *b, size_t index)
{
    size_t rules = b->form->rules->count;
    double now = index < rules ? rule_broken(b, index) : need_broken(b, index - rules);
    b->broken_count += (now > 0) - (b->broken[index] > 0);
    b->energy += now - b->broken[index];
    b->broken[index] = now;
}

static bool set_line(CentsBoard *b, int pair, int64_t quantity)
{
    RuleBook *book = b->book;
    int need = b->form->pairs->pairs[pair].need;
    int64_t before = book->quantity[pair];
    if (rule_book_set(book, pair, quantity) != STATUS_OK)
        return false;
    b->given[need] += quantity - before;
    for (size_t k = book->first[pair]; k < book->first[pair + 1]; k++)
        look_at(b, (size_t)book->rule_of[k]);
    for (size_t k = 0; k < book->share_rule_count; k++)
        look_at(b, (size_t)book->share_rules[k]);
    look_at(b, b->form->rules->count + (size_t)need);
    return true;
}

bool cents_board_moved(const CentsBoard *b, int pair)
{
    for (int k = 0; k < b->moves; k++)
        if (b->pair[k] == pair)
            return true;
    return false;
}

bool cents_board_move(CentsBoard *b, int pair, int64_t quantity)
{
    const Pair *row = &b->form->pairs->pairs[pair];
    int64_t step = b->form->round->needs[row->need].step, now = b->book->quantity[pair];
    int64_t steps = (quantity - now) / step;
    if (steps > (row->upper - now) / step)
        steps = (row->upper - now) / step;
    if (steps < -((now - row->lower) / step))
        steps = -((now - row->lower) / step);
    if (steps == 0 || b->still[pair] || b->moves == CENTS_MOVES_MOST)
        return false;
    b->pair[b->moves] = pair;
    b->before[b->moves] = now;
    if (!set_line(b, pair, now + steps * step))
        return false;
    b->moves++;
    return true;
}

void cents_board_mark(CentsBoard *b)
{
    b->moves = 0;
}

void cents_board_undo(CentsBoard *b)
{
    while (b->moves > 0) {
        b->moves--;
        (void)set_line(b, b->pair[b->moves], b->before[b->moves]); /* it fitted a moment ago */
    }
}

/* ---- how far a line goes ---------------------------------------------------------------------- */

static bool amount_at(const CentsBoard *b, size_t rule, int pair, int64_t quantity, int64_t *out)
{
    return rule_amount(b->form->round, b->form->pairs, &b->form->rules->rules[rule], pair, quantity,
                       out);
}

/** The least number of steps that counts @p target or more, or the most that counts no more than it. */
static bool fit(const CentsBoard *b, size_t rule, int pair, double factor, int64_t target,
                bool least, int64_t *quantity)
{
    const Pair *row = &b->form->pairs->pairs[pair];
    int64_t step = b->form->round->needs[row->need].step, amount;
    double per = factor * (double)step;
    if (!(per > 0) || target < 0)
        return false;
    double about = (double)target / per, off = ceil(2.0 / per) + 1 + 1e-12 * about;
    if (about + off > 4e18 / (double)step)
        return false;
    int64_t low = (int64_t)fmax(about - off, -1), high = (int64_t)ceil(about + off);
    while (low + 1 < high) { /* low counts too little; high enough, or too much */
        int64_t middle = low + (high - low) / 2;
        if (!amount_at(b, rule, pair, middle * step, &amount))
            return false;
        if (least ? amount >= target : amount > target)
            high = middle;
        else
            low = middle;
    }
    *quantity = (least ? high : low) * step;
    return *quantity >= 0;
}

static double factor_of(const CentsBoard *b, size_t rule, int pair)
{
    for (size_t k = b->book->first[pair]; k < b->book->first[pair + 1]; k++)
        if ((size_t)b->book->rule_of[k] == rule)
            return b->factor[k];
    return 0;
}

bool cents_board_mend(const CentsBoard *b, size_t index, int pair, int64_t *quantity)
{
    const Rule *rule = &b->form->rules->rules[index];
    int64_t slack = rule_book_slack(b->book, index), amount, now = b->book->quantity[pair];
    bool lowers = rule->form == FORM_BOUND && rule->has_upper;
    *quantity = 0;
    if (slack >= 0)
        return false;
    if (rule->form == FORM_AT_MOST)
        return now > 0;
    double factor = factor_of(b, index, pair);
    if (!amount_at(b, index, pair, now, &amount))
        return false;
    double lacks = -(double)slack;
    if (rule->of_total) /* what the line has more, the total has more, too */
        lacks = ceil(lacks / fmax(1.0 - ratio_to_double(rule->share), 1e-3));
    if (lacks > 4e18)
        return false;
    int64_t target = lowers ? amount - (int64_t)lacks : amount + (int64_t)lacks;
    return fit(b, index, pair, factor, target > 0 ? target : 0, !lowers, quantity);
}

bool cents_board_same(const CentsBoard *b, size_t rule, int pair, bool most, int64_t *quantity)
{
    int64_t amount;
    return amount_at(b, rule, pair, b->book->quantity[pair], &amount) &&
           fit(b, rule, pair, factor_of(b, rule, pair), amount, !most, quantity);
}

/* ---- the board --------------------------------------------------------------------------------- */

/** What one smallest part of the rule is worth, as its first line of known value has it. */
static double weight_of(const CentsBoard *b, size_t index)
{
    const Rule *rule = &b->form->rules->rules[index];
    if (rule->form == FORM_AT_MOST)
        return ITEM_WEIGHT;
    if (rule->measure == COUNT_VALUE)
        return 1;
    for (size_t k = 0; k < rule->count; k++) {
        double factor = factor_of(b, index, rule->pairs[k]);
        double each = b->each[b->form->pairs->pairs[rule->pairs[k]].need];
        if (factor > 0 && each > 0)
            return each / factor;
    }
    return 1;
}

static void look_at_need(CentsBoard *b, int need)
{
    const PairSet *pairs = b->form->pairs;
    const Need *row = &b->form->round->needs[need];
    bool logic = logic_binds(b->form->round, need);
    for (size_t p = pairs->first[need]; p < pairs->first[need + 1]; p++)
        b->given[need] += b->book->quantity[p];
    for (size_t p = pairs->first[need]; p < pairs->first[need + 1]; p++)
        b->still[p] = pairs->pairs[p].upper == 0 || (logic && b->given[need] == 0);
    b->each[need] = row->has_value ? ratio_to_double(row->value) : 1.0 / (double)row->step;
    if (b->given[need] > 0 && logic_is_required(b->form->round, need) &&
        row->wanted - b->given[need] <= CENTS_NEARLY_FULL * row->step)
        b->least[need] = row->wanted;
    else if (b->given[need] > 0 && logic)
        b->least[need] = row->step;
}

Status cents_board_open(const Formulation *form, RuleBook *book, Arena *arena, CentsBoard *out)
{
    size_t rules = form->rules->count, needs = form->round->need_count, pairs = form->pairs->count;
    CentsBoard *b = out;
    *b = (CentsBoard){.form = form, .book = book, .draw = DRAW_BEGIN};
    b->factor = ARENA_NEW(arena, book->first[pairs], double);
    b->weight = ARENA_NEW(arena, rules, double);
    b->each = ARENA_NEW(arena, needs, double);
    b->broken = ARENA_NEW(arena, rules + needs, double);
    b->given = ARENA_NEW(arena, needs, int64_t);
    b->least = ARENA_NEW(arena, needs, int64_t);
    b->still = ARENA_NEW(arena, pairs, bool);
    TRY_NEW(b->factor);
    TRY_NEW(b->weight);
    TRY_NEW(b->each);
    TRY_NEW(b->broken);
    TRY_NEW(b->given);
    TRY_NEW(b->least);
    TRY_NEW(b->still);
    for (size_t p = 0; p < pairs; p++)
        for (size_t k = book->first[p]; k < book->first[p + 1]; k++) {
            Ratio factor;
            if (rule_factor(form->round, form->pairs, &form->rules->rules[book->rule_of[k]], (int)p,
                            &factor))
                b->factor[k] = ratio_to_double(factor);
        }
    for (size_t n = 0; n < needs; n++)
        look_at_need(b, (int)n);
    for (size_t r = 0; r < rules; r++)
        b->weight[r] = weight_of(b, r);
    for (size_t i = 0; i < rules + needs; i++)
        look_at(b, i);
    return STATUS_OK;
}
