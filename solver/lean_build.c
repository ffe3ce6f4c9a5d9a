/* From a program to a lean one: pass after pass over its rows, until nothing changes. */
#include "solver/lean_internal.h"

enum { PASSES_MOST = 50 };

/* A bound that a row implies counts when the row holds so much. */
static const double NOISE = 1e-9;

/* What a level of an earlier stage, or the noise of a sum, may be above a whole number. */
static const double ABOVE_WHOLE = 1e-6;

/* What costs that nothing divides are told apart by, as a part of all of them; and as a part of the largest,
 * what annealing minds. */
static const double FINEST = 1e-13, GRAIN = 1e-3;

static Status lean_open(const LeanSource *source, Arena *arena, Leaning *l)
{
    size_t columns = (size_t)source->lp->column_count, rows = (size_t)source->lp->row_count;
    *l = (Leaning){.source = source, .arena = arena};
    l->rep = ARENA_NEW(arena, columns, int);
    l->shift = ARENA_NEW(arena, columns, double);
    l->slope = ARENA_NEW(arena, columns, double);
    l->lower = ARENA_NEW(arena, columns, double);
    l->upper = ARENA_NEW(arena, columns, double);
    l->integer = ARENA_NEW(arena, columns, bool);
    l->dropped = ARENA_NEW(arena, rows, bool);
    l->row_lower = ARENA_NEW(arena, rows, double);
    l->row_upper = ARENA_NEW(arena, rows, double);
    l->slack_of = ARENA_NEW(arena, columns, int);
    l->slack_in = ARENA_NEW(arena, rows, int);
    l->cost = ARENA_NEW(arena, columns, double);
    l->sum = ARENA_NEW(arena, columns, double);
    l->seen = ARENA_NEW(arena, columns, bool);
    l->columns = ARENA_NEW(arena, columns, int);
    l->values = ARENA_NEW(arena, columns, double);
    bool all = l->rep && l->shift && l->slope && l->lower && l->upper && l->integer && l->dropped &&
               l->cost && l->sum && l->seen && l->columns && l->values && l->row_lower &&
               l->row_upper && l->slack_of && l->slack_in;
    if (!all)
        return STATUS_NO_MEMORY;
    for (size_t j = 0; j < columns; j++) {
        l->rep[j] = (int)j;
        l->slope[j] = 1;
        l->slack_of[j] = -1;
        l->lower[j] = source->lower[j];
        l->upper[j] = source->upper[j];
        l->integer[j] = source->integer[j];
    }
    for (size_t i = 0; i < rows; i++) {
        l->row_lower[i] = source->row_lower[i];
        l->row_upper[i] = source->row_upper[i];
        l->slack_in[i] = -1;
    }
    return STATUS_OK;
}

/** Replaces column @p gone of the two by the other. */
static bool tie_first(Leaning *l, const LeanRow *row, int gone)
{
    int kept = 1 - gone, x = row->columns[gone], y = row->columns[kept];
    double shift = row->upper / row->values[gone];
    double slope = -row->values[kept] / row->values[gone];
    if (l->integer[x] && !(l->integer[y] && lean_is_whole(shift) && lean_is_whole(slope)))
        return false;
    if (l->integer[x]) {
        shift = round(shift);
        slope = round(slope);
    }
    lean_tie(l, x, y, shift, slope);
    return true;
}

bool lean_tie_pair(Leaning *l, const LeanRow *row)
{
    return tie_first(l, row, 0) || tie_first(l, row, 1);
}

/** A column of an equation whose others are all whole is so too. */
static void find_whole(Leaning *l, const LeanRow *row)
{
    int open = -1;
    for (int k = 0; k < row->count; k++) {
        if (l->integer[row->columns[k]])
            continue;
        if (open >= 0)
            return;
        open = k;
    }
    if (open < 0 || !lean_is_whole(row->upper / row->values[open]))
        return;
    for (int k = 0; k < row->count; k++)
        if (!lean_is_whole(row->values[k] / row->values[open]))
            return;
    int j = row->columns[open];
    l->integer[j] = l->changed = true;
    l->lower[j] = isfinite(l->lower[j]) ? ceil(l->lower[j] - NOISE) : l->lower[j];
    l->upper[j] = isfinite(l->upper[j]) ? floor(l->upper[j] + ABOVE_WHOLE) : l->upper[j];
}

/** The least and the most that the row can come to. */
static void range_of(const Leaning *l, const LeanRow *row, double *least, double *most)
{
    *least = *most = 0;
    for (int k = 0; k < row->count; k++) {
        double low = row->values[k] * l->lower[row->columns[k]];
        double high = row->values[k] * l->upper[row->columns[k]];
        *least += fmin(low, high);
        *most += fmax(low, high);
    }
}

/** Bounds that the row leaves its columns. */
static void imply_bounds(Leaning *l, const LeanRow *row, double least, double most)
{
    if (!isfinite(least) || !isfinite(most))
        return;
    double noise = NOISE * fmax(fabs(least), fabs(most)) + row->noise;
    for (int k = 0; k < row->count; k++) {
        int j = row->columns[k];
        double a = row->values[k], low = l->lower[j], high = l->upper[j], span = high - low;
        if (!l->integer[j])
            continue;
        double up = (row->upper + noise - least) / fabs(a),
               down = (most - row->lower + noise) / fabs(a);
        double shrunk = fmin(up, down);
        if (!(shrunk < span - NOISE))
            continue;
        if (a > 0)
            lean_bound(l, j, high - down, low + up);
        else
            lean_bound(l, j, high - up, low + down);
        return; /* the sums of the others have changed */
    }
}

static void look_at_row(Leaning *l, int i)
{
    LeanRow row = lean_row(l, i);
    double least, most;
    range_of(l, &row, &least, &most);
    double noise = NOISE * fmax(1.0, fmax(fabs(least), fabs(most))) + row.noise;
    if (least >= row.lower - noise && most <= row.upper + noise) {
        l->dropped[i] = l->changed = true;
        return;
    }
    if (least > row.upper + ABOVE_WHOLE + noise || most < row.lower - ABOVE_WHOLE - noise) {
        l->broken = true;
        return;
    }
    if (row.count == 1) {
        double a = (row.lower - row.noise) / row.values[0];
        double b = (row.upper + row.noise) / row.values[0];
        l->dropped[i] = l->changed = true;
        lean_bound(l, row.columns[0], fmin(a, b), fmax(a, b));
        return;
    }
    if (row.lower == row.upper && row.count == 2 && lean_tie_pair(l, &row)) {
        l->dropped[i] = true;
        return;
    }
    if (row.lower == row.upper)
        find_whole(l, &row);
    imply_bounds(l, &row, least, most);
}

static Status reduce(Leaning *l)
{
    l->changed = true;
    for (int pass = 0; pass < PASSES_MOST && l->changed && !l->broken; pass++) {
        l->changed = false;
        for (int i = 0; i < l->source->lp->row_count && !l->broken; i++)
            if (!l->dropped[i])
                look_at_row(l, i);
        if (!l->changed && !l->broken)
            TRY(lean_slacks(l));
        if (!l->changed && !l->broken)
            TRY(lean_parallel(l));
        if (!l->changed && !l->broken)
            TRY(lean_find_whole(l));
        if (!l->changed && !l->broken)
            TRY(lean_dominated(l));
    }
    return STATUS_OK;
}

/** Adds a row in whole numbers, bounds brought to the nearest that count. */
static Status add_row(Leaning *l, LeanHangs *hangs, Lean *out, int i)
{
    LeanRow row = lean_row(l, i);
    double divisor = lean_divisor(row.values, row.count);
    if (divisor == 0) {
        out->pure = false;
        return STATUS_OK;
    }
    for (int k = 0; k < row.count; k++)
        l->values[k] = round(row.values[k] / divisor);
    double noise = ABOVE_WHOLE + row.noise / divisor;
    LeanDraft draft = {row.count, l->columns, l->values, ceil(row.lower / divisor - noise),
                       floor(row.upper / divisor + noise)};
    if (draft.lower > draft.upper) {
        out->pure = false;
        return STATUS_OK;
    }
    lean_hang(l, hangs, &draft);
    for (int k = 0; k < draft.count; k++)
        l->columns[k] = out->at[l->columns[k]];
    return lp_add_row(&out->lp, draft.lower, draft.upper, (size_t)draft.count, l->columns,
                      l->values);
}

/** Costs that nothing divides, in whole numbers so large that rounding them moves no value that counts. */
static void round_costs(Lean *out, const double *left)
{
    double size = 0;
    for (int k = 0; k < out->lp.column_count; k++)
        size += fabs(left[k]) * fmax(fabs(out->lp.lower[k]), fabs(out->lp.upper[k]));
    out->unit = size * FINEST;
    for (int k = 0; k < out->lp.column_count; k++)
        out->slack += fabs(left[k] - out->unit * round(left[k] / out->unit)) *
                      fmax(fabs(out->lp.lower[k]), fabs(out->lp.upper[k]));
}

/** Costs in whole numbers. */
static void set_costs(const Leaning *l, Lean *out, double *left)
{
    for (int j = 0; j < out->columns; j++)
        if (out->at[j] >= 0)
            left[out->at[j]] = l->cost[j];
    out->constant = l->constant;
    double largest = 0;
    for (int k = 0; k < out->lp.column_count; k++)
        largest = fmax(largest, fabs(left[k]));
    out->unit = largest > 0 ? lean_divisor(left, out->lp.column_count) : 1;
    out->grain = 1;
    if (out->pure && out->unit == 0) {
        round_costs(out, left);
        out->grain = fmax(1, largest / out->unit * GRAIN);
    }
    out->pure = out->pure && out->unit > 0;
    for (int k = 0; out->pure && k < out->lp.column_count; k++)
        out->cost[k] = round(left[k] / out->unit);
}

static Status write_lean(Leaning *l, Lean *out)
{
    const Lp *lp = l->source->lp;
    LeanHangs hangs;
    out->columns = lp->column_count;
    out->rep = l->rep;
    out->shift = l->shift;
    out->slope = l->slope;
    out->fixed = l->lower;
    out->upper = l->upper;
    out->source = lp;
    out->row_lower = l->source->row_lower;
    out->row_upper = l->source->row_upper;
    out->slack_in = l->slack_in;
    out->at = ARENA_NEW(l->arena, (size_t)lp->column_count, int);
    TRY_NEW(out->at);
    TRY(lp_init(l->arena, &out->lp));
    out->pure = true;
    for (int j = 0; j < lp->column_count; j++) {
        lean_resolve(l, j);
        out->at[j] = -1;
        if (l->rep[j] != j || lean_is_settled(l, j))
            continue;
        out->pure = out->pure && l->integer[j] && isfinite(l->lower[j]) && isfinite(l->upper[j]);
        out->at[j] = out->lp.column_count;
        TRY(lp_add_column(&out->lp, l->lower[j], l->upper[j], true, 1));
    }
    if (out->pure)
        TRY(lean_find_hangs(l, &hangs));
    for (int i = 0; i < lp->row_count && out->pure; i++)
        if (!l->dropped[i])
            TRY(add_row(l, &hangs, out, i));
    lean_costs(l);
    out->cost = ARENA_NEW(l->arena, (size_t)out->lp.column_count, double);
    TRY_NEW(out->cost);
    set_costs(l, out, l->values);
    return STATUS_OK;
}

Status lean_build(const LeanSource *source, Arena *arena, Lean *out)
{
    Leaning l;
    *out = (Lean){.pure = false};
    TRY(lean_open(source, arena, &l));
    TRY(reduce(&l));
    return l.broken ? STATUS_OK : write_lean(&l, out);
}

/** What a row's slack is at a point of all else: what keeps the row, within the slack's own bounds. */
static double slack_at(const Lean *lean, int row, const double *x)
{
    int slack = lean->slack_in[row];
    double sum = 0, size = 0;
    for (size_t k = lean->source->row_first[row]; k < lean->source->row_first[row + 1]; k++) {
        int j = lean->source->element_column[k];
        bool tied = lean->rep[j] == slack;
        sum += lean->source->element[k] * (tied ? lean->shift[j] : x[j]);
        size += tied ? lean->source->element[k] * lean->slope[j] : 0;
    }
    double a = (lean->row_lower[row] - sum) / size, b = (lean->row_upper[row] - sum) / size;
    double least = fmax(fmin(a, b), lean->fixed[slack]),
           most = fmin(fmax(a, b), lean->upper[slack]);
    return isfinite(least) ? fmin(least, lean->upper[slack]) : isfinite(most) ? most : 0;
}

void lean_lift(const Lean *lean, const double *lean_x, double *x)
{
    for (int j = 0; j < lean->columns; j++) {
        int rep = lean->rep[j], at = lean->at[rep];
        double value = at >= 0 ? lean_x[at] : lean->fixed[rep];
        x[j] = lean->shift[j] + lean->slope[j] * value;
    }
    for (int i = 0; i < lean->source->row_count; i++) {
        if (lean->slack_in[i] < 0)
            continue;
        double slack = slack_at(lean, i, x);
        for (size_t k = lean->source->row_first[i]; k < lean->source->row_first[i + 1]; k++) {
            int j = lean->source->element_column[k];
            if (lean->rep[j] == lean->slack_in[i])
                x[j] = lean->shift[j] + lean->slope[j] * slack;
        }
        x[lean->slack_in[i]] = slack;
    }
}

void lean_drop(const Lean *lean, const double *x, double *lean_x)
{
    for (int j = 0; j < lean->columns; j++)
        if (lean->at[j] >= 0)
            lean_x[lean->at[j]] = round(x[j]);
}

bool lean_admits(const Lean *lean, const double *lean_x)
{
    const Lp *lp = &lean->lp;
    for (int j = 0; j < lp->column_count; j++)
        if (lean_x[j] < lp->lower[j] || lean_x[j] > lp->upper[j])
            return false;
    for (int i = 0; i < lp->row_count; i++) {
        double sum = 0;
        for (size_t k = lp->row_first[i]; k < lp->row_first[i + 1]; k++)
            sum += lp->element[k] * lean_x[lp->element_column[k]];
        if (sum < lp->row_lower[i] || sum > lp->row_upper[i])
            return false;
    }
    return true;
}

double lean_value(const Lean *lean, const double *lean_x)
{
    double value = 0;
    for (int j = 0; j < lean->lp.column_count; j++)
        value += lean->cost[j] * lean_x[j];
    return value;
}
