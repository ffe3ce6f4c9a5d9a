/* The program of small whole numbers around a plan: see the header. With d the steps that a line moves and q
 * what it is, in the need's smallest parts:
 *
 *   gross   g >= use (q + step d), g < use (q + step d) + 1       rounded up
 *   value   |v - value (q + step d)| < 1/2                        rounded half to even
 *
 * and a rule in another unit than its offers' rounds g up once more. All columns are differences from what the
 * line counts now, so that the right-hand sides are what the rules have to spare.
 */
#include "allot/cents_program.h"

#include <math.h>

#include "allot/logic.h"
#include "models/form_internal.h"

/* Nearer to the next whole number than this a rounding is left alone: solvers could not tell. */
static const double NEAR = 1e-6;

/** A difference as a sum of columns: one column, or steps of the line times a whole number. */
typedef struct Term {
    int column;
    double factor;
} Term;

typedef struct Builder {
    const Formulation *form;
    const RuleBook *book;
    Arena *arena;
    CentsProgram *out;
    int64_t steps_most;
    int *column;  /* [pairs] -1: does not move */
    int *gross;   /* [pairs] columns, -1: none yet */
    int *value;   /* likewise */
    int *columns; /* scratch of rows */
    double *values;
    size_t terms;
    bool fits;
} Builder;

static int64_t step_of(const Builder *b, int pair)
{
    return b->form->round->needs[b->form->pairs->pairs[pair].need].step;
}

static int64_t given_to(const Formulation *form, const RuleBook *book, int need)
{
    int64_t given = 0;
    for (size_t p = form->pairs->first[need]; p < form->pairs->first[need + 1]; p++)
        given += book->quantity[p];
    return given;
}

/** May a line be opened that is not there? Not where some condition asks whether it is. */
static bool may_open(const Formulation *form, const RuleBook *book, int pair)
{
    int need = form->pairs->pairs[pair].need;
    if (given_to(form, book, need) == 0 && logic_binds(form->round, need))
        return false;
    for (size_t k = book->first[pair]; k < book->first[pair + 1]; k++) {
        const Rule *rule = &book->rules->rules[book->rule_of[k]];
        if ((rule->form == FORM_OR_NOTHING && book->lines[book->rule_of[k]] == 0) ||
            (rule->form == FORM_AT_MOST && book->item_lines[book->item_of[k]] == 0) ||
            rule->form == FORM_FEE)
            return false;
    }
    return true;
}

static Status add_line(Builder *b, int pair)
{
    const Pair *row = &b->form->pairs->pairs[pair];
    int64_t step = step_of(b, pair), now = b->book->quantity[pair];
    int64_t down = (now - row->lower) / step, up = (row->upper - now) / step;
    b->column[pair] = -1;
    if (row->upper == 0 || (now == 0 && !may_open(b->form, b->book, pair)))
        return STATUS_OK;
    down = down < b->steps_most ? down : b->steps_most;
    up = up < b->steps_most ? up : b->steps_most;
    if (down < 0 || up < 0) {
        b->fits = false;
        return STATUS_OK;
    }
    b->column[pair] = b->out->lp.column_count;
    ((int *)b->out->pair)[b->out->count++] = pair;
    return lp_add_column(&b->out->lp, -(double)down, (double)up, true, 1.0);
}

static void term(Builder *b, int column, double value)
{
    if (value == 0)
        return;
    b->columns[b->terms] = column;
    b->values[b->terms++] = value;
}

/** Columns may come up twice: one of a line and one of its value. */
static Status add_row(Builder *b, double lower, double upper)
{
    size_t count = b->terms;
    b->terms = 0;
    return count == 0 ? STATUS_OK
                      : lp_add_row(&b->out->lp, lower, upper, count, b->columns, b->values);
}

/** (C1); exactly full where others wait for the need and it nearly is. */
static Status add_need(Builder *b, int need)
{
    const Need *row = &b->form->round->needs[need];
    int64_t room = row->wanted - given_to(b->form, b->book, need);
    double steps = floor((double)room / (double)row->step);
    bool full = logic_is_required(b->form->round, need) && room <= CENTS_NEARLY_FULL * row->step &&
                given_to(b->form, b->book, need) > 0;
    for (size_t p = b->form->pairs->first[need]; p < b->form->pairs->first[need + 1]; p++)
        if (b->column[p] >= 0)
            term(b, b->column[p], 1.0);
    return add_row(b, full ? steps : -INFINITY, steps);
}

/** What the exact amount is above the whole number @p whole: factor * quantity - whole. */
static bool rest_of(Builder *b, Ratio factor, int64_t quantity, int64_t whole, double *out)
{
    Ratio exact;
    if (!ratio_multiply(factor, ratio_of(quantity, 1), &exact) ||
        !ratio_add(exact, ratio_of(-whole, 1), &exact)) {
        b->fits = false;
        return false;
    }
    *out = ratio_to_double(exact);
    return true;
}

/** A whole column for a rounded difference, of @p per times what @p of moves: lower <= column - per of <= upper. */
static Status add_rounded(Builder *b, Term of, double per, double lower, double upper, int *column)
{
    const Lp *lp = &b->out->lp;
    double most = per * of.factor;
    double low = floor(most * (most > 0 ? lp->lower[of.column] : lp->upper[of.column])) - 2;
    double high = ceil(most * (most > 0 ? lp->upper[of.column] : lp->lower[of.column])) + 2;
    int columns[2];
    double values[2] = {1.0, -most};
    *column = lp->column_count;
    TRY(lp_add_column(&b->out->lp, low, high, true, lp_power_of_two(fmax(1.0, fabs(most)))));
    columns[0] = *column;
    columns[1] = of.column;
    return lp_add_row(&b->out->lp, lower, upper, 2, columns, values);
}

/** By how much an amount rounded up may be above the exact one, with this denominator. */
static double below_one(Ratio factor)
{
    return 1.0 - fmax(1.0 / (double)factor.den, NEAR);
}

/** The line's gross, as a difference. */
static Status gross_of(Builder *b, int pair, Term *out)
{
    Ratio use = b->form->pairs->pairs[pair].use;
    int64_t now = b->book->quantity[pair], whole;
    double rest, step = (double)step_of(b, pair);
    *out = (Term){b->column[pair], ratio_to_double(use) * step};
    if (use.den == 1)
        return STATUS_OK;
    if (b->gross[pair] < 0) {
        if (!ratio_apply(now, use, ROUND_UP, &whole) || !rest_of(b, use, now, whole, &rest)) {
            b->fits = false;
            return STATUS_OK;
        }
        TRY(add_rounded(b, (Term){b->column[pair], step}, ratio_to_double(use), rest,
                        fmax(0, rest + below_one(use)), &b->gross[pair]));
    }
    *out = (Term){b->gross[pair], 1.0};
    return STATUS_OK;
}

/** The line's value, as a difference. */
static Status value_of(Builder *b, int pair, Term *out)
{
    const Need *need = &b->form->round->needs[b->form->pairs->pairs[pair].need];
    int64_t now = b->book->quantity[pair], whole;
    double rest, step = (double)need->step;
    *out = (Term){b->column[pair], need->has_value ? ratio_to_double(need->value) * step : 0};
    if (!need->has_value || need->value.den == 1)
        return STATUS_OK;
    if (b->value[pair] < 0) {
        if (!ratio_apply(now, need->value, ROUND_HALF_EVEN, &whole) ||
            !rest_of(b, need->value, now, whole, &rest)) {
            b->fits = false;
            return STATUS_OK;
        }
        TRY(add_rounded(b, (Term){b->column[pair], step}, ratio_to_double(need->value),
                        fmin(0, rest - 0.5 + NEAR), fmax(0, rest + 0.5 - NEAR), &b->value[pair]));
    }
    *out = (Term){b->value[pair], 1.0};
    return STATUS_OK;
}

/** What the line counts under the rule, as a difference. */
static Status amount_of(Builder *b, const Rule *rule, int pair, Term *out)
{
    const Round *round = b->form->round;
    const Offer *offer = &round->offers[b->form->pairs->pairs[pair].offer];
    Ratio convert;
    int64_t gross, whole;
    double rest;
    *out = (Term){b->column[pair], (double)step_of(b, pair)};
    if (rule->measure == COUNT_NEED_UNITS)
        return STATUS_OK;
    if (rule->measure == COUNT_VALUE)
        return value_of(b, pair, out);
    TRY(gross_of(b, pair, out));
    if (!b->fits || offer->unit.name == rule->unit.name)
        return STATUS_OK;
    if (!round_convert(round, offer->unit, rule->unit, &convert) ||
        !ratio_apply(b->book->quantity[pair], b->form->pairs->pairs[pair].use, ROUND_UP, &gross) ||
        !ratio_apply(gross, convert, ROUND_UP, &whole) ||
        !rest_of(b, convert, gross, whole, &rest)) {
        b->fits = false;
        return STATUS_OK;
    }
    if (convert.den == 1) {
        out->factor *= ratio_to_double(convert);
        return STATUS_OK;
    }
    Term of = *out;
    TRY(add_rounded(b, of, ratio_to_double(convert), rest, fmax(0, rest + below_one(convert)),
                    &out->column));
    out->factor = 1.0;
    return STATUS_OK;
}

static Status add_amounts(Builder *b, const Rule *rule)
{
    for (size_t k = 0; k < rule->count && b->fits; k++) {
        Term amount;
        if (b->column[rule->pairs[k]] < 0)
            continue;
        TRY(amount_of(b, rule, rule->pairs[k], &amount));
        if (b->fits)
            term(b, amount.column, amount.factor);
    }
    return STATUS_OK;
}

/** A share of all that is planned: sum - share total, between what both come to now. */
static Status add_share(Builder *b, const Rule *rule, size_t index)
{
    double rest;
    TRY(add_amounts(b, rule));
    for (size_t p = 0; p < b->form->pairs->count && b->fits; p++) {
        Term value;
        if (b->column[p] < 0)
            continue;
        TRY(value_of(b, (int)p, &value));
        if (b->fits)
            term(b, value.column, -ratio_to_double(rule->share) * value.factor);
    }
    if (!rest_of(b, rule->share, b->book->total, b->book->sum[index], &rest))
        return STATUS_OK;
    size_t kept = 0; /* a line's own value stands in both sums */
    for (size_t k = 0; k < b->terms; k++) {
        size_t at = 0;
        while (at < kept && b->columns[at] != b->columns[k])
            at++;
        if (at < kept) {
            b->values[at] += b->values[k];
        } else {
            b->columns[kept] = b->columns[k];
            b->values[kept++] = b->values[k];
        }
    }
    b->terms = kept;
    return add_row(b, rule->has_lower ? rest : -INFINITY, rule->has_upper ? rest : INFINITY);
}

static Status add_rule(Builder *b, size_t index)
{
    const Rule *rule = &b->form->rules->rules[index];
    double sum = (double)b->book->sum[index];
    b->terms = 0;
    if (rule->form == FORM_AT_MOST)
        b->fits = b->fits && b->book->sum[index] <= rule->upper;
    if (rule->form == FORM_AT_MOST || rule->form == FORM_FEE ||
        (rule->form == FORM_OR_NOTHING && b->book->lines[index] == 0))
        return STATUS_OK;
    if (rule->of_total)
        return add_share(b, rule, index);
    TRY(add_amounts(b, rule));
    bool least = rule->form == FORM_OR_NOTHING || rule->has_lower;
    bool most = rule->form == FORM_BOUND && rule->has_upper;
    return add_row(b, least ? (double)rule->lower - sum : -INFINITY,
                   most ? (double)rule->upper - sum : INFINITY);
}

/** distance >= d, distance >= -d */
static Status add_distances(Builder *b)
{
    int *distance = ARENA_NEW(b->arena, b->out->count, int);
    TRY_NEW(distance);
    for (size_t k = 0; k < b->out->count; k++) {
        distance[k] = b->out->lp.column_count;
        TRY(lp_add_column(&b->out->lp, 0, (double)b->steps_most, false, 1.0));
        for (int sign = -1; sign <= 1; sign += 2) {
            term(b, distance[k], 1.0);
            term(b, (int)k, sign);
            TRY(add_row(b, 0, INFINITY));
        }
    }
    b->out->distance = distance;
    return STATUS_OK;
}

static Status open_builder(Builder *b)
{
    size_t pairs = b->form->pairs->count;
    int *pair = ARENA_NEW(b->arena, pairs, int);
    b->column = ARENA_NEW(b->arena, pairs, int);
    b->gross = ARENA_NEW(b->arena, pairs, int);
    b->value = ARENA_NEW(b->arena, pairs, int);
    b->columns = ARENA_NEW(b->arena, pairs * 3 + 4, int);
    b->values = ARENA_NEW(b->arena, pairs * 3 + 4, double);
    TRY_NEW(pair);
    TRY_NEW(b->column);
    TRY_NEW(b->gross);
    TRY_NEW(b->value);
    TRY_NEW(b->columns);
    TRY_NEW(b->values);
    for (size_t p = 0; p < pairs; p++)
        b->gross[p] = b->value[p] = -1;
    b->out->pair = pair;
    return lp_init(b->arena, &b->out->lp);
}

Status cents_program_build(const Formulation *form, const RuleBook *book, int64_t steps_most,
                           Arena *arena, CentsProgram *out)
{
    Builder b = {.form = form,
                 .book = book,
                 .arena = arena,
                 .out = out,
                 .steps_most = steps_most,
                 .fits = true};
    *out = (CentsProgram){.count = 0};
    TRY(open_builder(&b));
    for (size_t p = 0; p < form->pairs->count && b.fits; p++)
        TRY(add_line(&b, (int)p));
    for (size_t n = 0; n < form->round->need_count && b.fits; n++)
        TRY(add_need(&b, (int)n));
    for (size_t r = 0; r < form->rules->count && b.fits; r++)
        TRY(add_rule(&b, r));
    b.terms = 0;
    TRY(add_distances(&b));
    lp_scale_rows(&out->lp);
    if (!b.fits)
        out->count = 0;
    return STATUS_OK;
}

bool cents_program_costs(const Formulation *form, const CentsProgram *program, const Stage *stage,
                         Arena *arena, double **costs)
{
    bool any = false;
    double *all = ARENA_NEW(arena, (size_t)form->lp.column_count, double);
    double *out = ARENA_NEW(arena, program->count, double);
    if (all == NULL || out == NULL || stage->kind == STAGE_FAIRNESS)
        return false;
    for (size_t k = 0; k < stage->count; k++)
        all[stage->columns[k]] += stage->costs[k];
    for (size_t k = 0; k < program->count; k++) {
        int pair = program->pair[k], need = form->pairs->pairs[pair].need;
        double step = (double)form->round->needs[need].step / form->quantum[need];
        int unmet = form->unmet_column[need];
        out[k] = step * (all[pair] - (unmet >= 0 ? all[unmet] : 0));
        any = any || out[k] != 0;
    }
    *costs = out;
    return any;
}
