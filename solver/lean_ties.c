/* Columns tied to others by equations, bounds that rows imply: a program on its way to a lean one. */
#include "solver/lean_internal.h"

/* What doubles leave of sums of whole numbers, relative to their size. */
static const double NOISE = 1e-9;

/* What a large whole number may be off by, as doubles go: it must not grow with the number. */
static const double WHOLE_MOST = 1e-6;

/* What sums of doubles are off by, relative to the largest sum on the way. */
static const double ROUNDING = 1e-14;

/* An element of a row that cancelled out, relative to the largest. */
static const double CANCELLED = 1e-12;

bool lean_is_whole(double value)
{
    return fabs(value - round(value)) <= fmin(WHOLE_MOST, NOISE * fmax(1.0, fabs(value)));
}

static bool is_fixed(const Leaning *l, int column)
{
    return l->lower[column] == l->upper[column];
}

bool lean_is_settled(const Leaning *l, int column)
{
    return is_fixed(l, column) || l->slack_of[column] >= 0;
}

double lean_divisor(const double *values, int count)
{
    double divisor = 0, largest = 0;
    for (int k = 0; k < count; k++) {
        largest = fmax(largest, fabs(values[k]));
        double a = fmax(divisor, fabs(values[k])), b = fmin(divisor, fabs(values[k]));
        while (b > NOISE * a) {
            double rest = fmod(a, b);
            a = b;
            b = b - rest <= NOISE * b ? 0 : rest;
        }
        divisor = a;
    }
    if (divisor == 0 || largest / divisor > 1 / NOISE)
        return 0;
    divisor = largest / round(largest / divisor); /* without the noise of how it was found */
    for (int k = 0; k < count; k++) {
        bool nothing = fabs(values[k]) <= CANCELLED * largest;
        if (!lean_is_whole(values[k] / divisor) || (!nothing && round(values[k] / divisor) == 0))
            return 0;
    }
    return divisor;
}

void lean_resolve(Leaning *l, int column)
{
    int rep = l->rep[column];
    if (rep == column)
        return;
    while (l->rep[rep] != rep) { /* ties are made among columns that are left: chains are short */
        l->shift[column] += l->slope[column] * l->shift[rep];
        l->slope[column] *= l->slope[rep];
        rep = l->rep[rep];
    }
    l->rep[column] = rep;
}

static double finite_size(double value)
{
    return isfinite(value) ? fabs(value) : 0;
}

LeanRow lean_row(Leaning *l, int i)
{
    const Lp *lp = l->source->lp;
    LeanRow row = {.columns = l->columns, .values = l->values};
    double constant = 0, largest = 0, size = 0;
    int seen = 0;
    for (size_t k = lp->row_first[i]; k < lp->row_first[i + 1]; k++) {
        int j = lp->element_column[k];
        lean_resolve(l, j);
        int rep = l->rep[j];
        double value = l->slack_of[rep] >= 0 ? 0 : lp->element[k] * l->slope[j];
        constant += lp->element[k] * l->shift[j];
        size += fabs(lp->element[k] * l->shift[j]);
        largest = fmax(largest, fabs(value));
        if (is_fixed(l, rep)) {
            constant += value * l->lower[rep];
            size += fabs(value * l->lower[rep]);
            continue;
        }
        if (l->slack_of[rep] >= 0)
            continue;
        if (!l->seen[rep])
            l->columns[seen++] = rep;
        l->seen[rep] = true;
        l->sum[rep] += value;
    }
    for (int k = 0; k < seen; k++) {
        int rep = l->columns[k];
        double value = l->sum[rep];
        l->sum[rep] = 0;
        l->seen[rep] = false;
        if (fabs(value) <= CANCELLED * largest)
            continue;
        l->columns[row.count] = rep;
        l->values[row.count++] = value;
    }
    row.lower = l->row_lower[i] - constant;
    row.upper = l->row_upper[i] - constant;
    row.noise = ROUNDING * (size + finite_size(l->row_lower[i]) + finite_size(l->row_upper[i]));
    return row;
}

void lean_bound(Leaning *l, int column, double lower, double upper)
{
    double noise_low = NOISE * fmax(1.0, fabs(lower)), noise_high = NOISE * fmax(1.0, fabs(upper));
    if (l->integer[column]) {
        lower = isfinite(lower) ? ceil(lower - noise_low) : lower;
        upper = isfinite(upper) ? floor(upper + noise_high) : upper;
    }
    bool tighter = lower > l->lower[column] + noise_low || upper < l->upper[column] - noise_high;
    if (!tighter)
        return;
    l->lower[column] = fmax(lower, l->lower[column]);
    l->upper[column] = fmin(upper, l->upper[column]);
    l->changed = true;
    if (l->lower[column] > l->upper[column]) {
        l->broken = l->broken || l->lower[column] > l->upper[column] + noise_high;
        l->lower[column] = l->upper[column];
    }
}

void lean_tie(Leaning *l, int column, int kept, double shift, double slope)
{
    double a = (l->lower[column] - shift) / slope, b = (l->upper[column] - shift) / slope;
    l->rep[column] = kept;
    l->shift[column] = shift;
    l->slope[column] = slope;
    l->changed = true;
    lean_bound(l, kept, fmin(a, b), fmax(a, b));
}

void lean_costs(Leaning *l)
{
    const LeanSource *source = l->source;
    l->constant = 0;
    for (int j = 0; j < source->lp->column_count; j++)
        l->cost[j] = 0;
    for (size_t k = 0; k < source->cost_count; k++) {
        int j = source->cost_columns[k];
        lean_resolve(l, j);
        int rep = l->rep[j];
        l->constant += source->costs[k] * l->shift[j];
        if (is_fixed(l, rep))
            l->constant += source->costs[k] * l->slope[j] * l->lower[rep];
        else
            l->cost[rep] += source->costs[k] * l->slope[j];
    }
}
