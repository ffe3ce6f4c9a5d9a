/* Pivots on a dense tableau. */
#include "solver/lean_tableau.h"

#include <math.h>
#include <string.h>

/* As far a basic variable may be outside its bounds; pivots are no smaller. */
static const double OUTSIDE = 1e-7, PIVOT = 1e-8;

/* Ratios that are nearer than this are the same: the larger pivot is taken. */
static const double SAME_RATIO = 1e-10;

/* More pivots of one solve are a cycle. */
enum { PIVOTS_TIMES = 20, PIVOTS_LEAST = 200 };

Status tableau_open(const TableauProgram *program, Arena *arena, Tableau *out)
{
    size_t columns = (size_t)program->columns, rows = (size_t)program->rows;
    *out = (Tableau){.program = program,
                     .lower = ARENA_NEW(arena, columns + rows, double),
                     .upper = ARENA_NEW(arena, columns + rows, double),
                     .value = ARENA_NEW(arena, columns * rows + 1, double),
                     .reduced = ARENA_NEW(arena, columns, double),
                     .at = ARENA_NEW(arena, rows + 1, double),
                     .basic = ARENA_NEW(arena, rows + 1, int),
                     .other = ARENA_NEW(arena, columns, int),
                     .high = ARENA_NEW(arena, columns, bool),
                     .price = ARENA_NEW(arena, rows + 1, double),
                     .left = ARENA_NEW(arena, columns, double),
                     .candidates = ARENA_NEW(arena, columns, int)};
    bool all = out->lower && out->upper && out->value && out->reduced && out->at && out->basic &&
               out->other && out->high && out->price && out->left && out->candidates;
    return all ? STATUS_OK : STATUS_NO_MEMORY;
}

void tableau_begin(Tableau *t)
{
    const TableauProgram *p = t->program;
    size_t columns = (size_t)p->columns, rows = (size_t)p->rows;
    memcpy(t->lower, p->lower, (columns + rows) * sizeof *t->lower);
    memcpy(t->upper, p->upper, (columns + rows) * sizeof *t->upper);
    memcpy(t->value, p->element, columns * rows * sizeof *t->value);
    memcpy(t->reduced, p->cost, columns * sizeof *t->reduced);
    t->objective = 0;
    for (int k = 0; k < p->columns; k++) {
        t->other[k] = k;
        t->high[k] = p->cost[k] < 0;
        t->objective += p->cost[k] * (t->high[k] ? t->upper[k] : t->lower[k]);
    }
    for (int i = 0; i < p->rows; i++) {
        t->basic[i] = p->columns + i;
        t->at[i] = 0;
        for (int k = 0; k < p->columns; k++)
            t->at[i] += t->value[(size_t)i * columns + (size_t)k] *
                        (t->high[k] ? t->upper[k] : t->lower[k]);
    }
}

void tableau_copy(const Tableau *from, Tableau *to)
{
    size_t columns = (size_t)from->program->columns, rows = (size_t)from->program->rows;
    memcpy(to->lower, from->lower, (columns + rows) * sizeof *to->lower);
    memcpy(to->upper, from->upper, (columns + rows) * sizeof *to->upper);
    memcpy(to->value, from->value, columns * rows * sizeof *to->value);
    memcpy(to->reduced, from->reduced, columns * sizeof *to->reduced);
    memcpy(to->at, from->at, rows * sizeof *to->at);
    memcpy(to->basic, from->basic, rows * sizeof *to->basic);
    memcpy(to->other, from->other, columns * sizeof *to->other);
    memcpy(to->high, from->high, columns * sizeof *to->high);
    to->objective = from->objective;
}

/** Moves variable number @p k of those that are not basic by @p step. */
static void shift(Tableau *t, int k, double step)
{
    size_t columns = (size_t)t->program->columns;
    for (int i = 0; i < t->program->rows; i++)
        t->at[i] += t->value[(size_t)i * columns + (size_t)k] * step;
    t->objective += t->reduced[k] * step;
}

void tableau_set_bounds(Tableau *t, int variable, double lower, double upper)
{
    double low = t->lower[variable], high = t->upper[variable];
    t->lower[variable] = lower;
    t->upper[variable] = upper;
    for (int k = 0; k < t->program->columns; k++)
        if (t->other[k] == variable)
            shift(t, k, t->high[k] ? upper - high : lower - low);
}

/** By how much basic variable number @p i has to rise to keep its bounds; negative: to fall. */
static double outside(const Tableau *t, int i)
{
    int variable = t->basic[i];
    if (t->at[i] < t->lower[variable])
        return t->lower[variable] - t->at[i];
    return t->at[i] > t->upper[variable] ? t->upper[variable] - t->at[i] : 0;
}

static int worst_row(const Tableau *t)
{
    double most = OUTSIDE;
    int row = -1;
    for (int i = 0; i < t->program->rows; i++) {
        double out = fabs(outside(t, i));
        if (out > most) {
            most = out;
            row = i;
        }
    }
    return row;
}

/** Can variable number @p k move a basic one of this row in this direction (1 or -1)? */
static bool can_move(const Tableau *t, int k, double element, double direction)
{
    int variable = t->other[k];
    if (fabs(element) < PIVOT || t->lower[variable] >= t->upper[variable])
        return false;
    return (element * direction > 0) != t->high[k];
}

static double ratio_of(const Tableau *t, int k, double element)
{
    double cost = t->high[k] ? -t->reduced[k] : t->reduced[k];
    return fmax(cost, 0) / fabs(element);
}

/** Which candidate has the least ratio, the larger pivot among equals. */
static int least_ratio(const Tableau *t, const double *row, int count)
{
    int best = 0;
    double least = ratio_of(t, t->candidates[0], row[t->candidates[0]]);
    for (int e = 1; e < count; e++) {
        int k = t->candidates[e];
        double ratio = ratio_of(t, k, row[k]);
        bool larger = fabs(row[k]) > fabs(row[t->candidates[best]]);
        if (ratio < least - SAME_RATIO || (ratio <= least + SAME_RATIO && larger)) {
            least = fmin(ratio, least);
            best = e;
        }
    }
    return best;
}

/** Which variable enters for the row; those on the way change sides. -1: none can. */
static int entering(Tableau *t, int i)
{
    int columns = t->program->columns, count = 0;
    const double *row = t->value + (size_t)i * (size_t)columns;
    double out = outside(t, i), direction = out > 0 ? 1 : -1, rest = fabs(out);
    for (int k = 0; k < columns; k++)
        if (can_move(t, k, row[k], direction))
            t->candidates[count++] = k;
    while (count > 0) {
        int e = least_ratio(t, row, count), k = t->candidates[e];
        double span = t->upper[t->other[k]] - t->lower[t->other[k]];
        rest -= span * fabs(row[k]);
        if (!(rest > OUTSIDE))
            return k;
        shift(t, k, t->high[k] ? -span : span);
        t->high[k] = !t->high[k];
        t->candidates[e] = t->candidates[--count];
    }
    return -1;
}

static void pivot(Tableau *t, int i, int k)
{
    int columns = t->program->columns, leaving = t->basic[i], incoming = t->other[k];
    double *row = t->value + (size_t)i * (size_t)columns, element = row[k], out = outside(t, i);
    double where = t->high[k] ? t->upper[incoming] : t->lower[incoming];
    shift(t, k, out / element);
    t->at[i] = where + out / element;
    t->basic[i] = incoming;
    t->other[k] = leaving;
    t->high[k] = out < 0;
    for (int l = 0; l < columns; l++)
        row[l] = -row[l] / element;
    row[k] = 1 / element;
    for (int r = 0; r <= t->program->rows; r++) {
        double *to = r < t->program->rows ? t->value + (size_t)r * (size_t)columns : t->reduced;
        double times = to[k];
        if (r == i || times == 0)
            continue;
        to[k] = 0;
        for (int l = 0; l < columns; l++)
            to[l] += times * row[l];
    }
}

/** What is left of the costs at the prices, and the least that all together come to. */
static double least_sum(Tableau *t, const double *cost)
{
    const TableauProgram *p = t->program;
    double sum = 0;
    for (int k = 0; k < p->columns; k++)
        t->left[k] = cost == NULL ? 0 : cost[k];
    for (int i = 0; i < p->rows; i++) {
        double limit = t->price[i] > 0 ? t->lower[p->columns + i] : t->upper[p->columns + i];
        if (t->price[i] == 0 || !isfinite(limit)) {
            t->price[i] = 0;
            continue;
        }
        const double *row = p->element + (size_t)i * (size_t)p->columns;
        for (int k = 0; k < p->columns; k++)
            t->left[k] -= t->price[i] * row[k];
        sum += t->price[i] * limit;
    }
    for (int k = 0; k < p->columns; k++)
        sum += t->left[k] * (t->left[k] > 0 ? t->lower[k] : t->upper[k]);
    return sum;
}

/** Does basic variable number @p row, with the program's own numbers, have no value within its bounds? */
static bool is_empty(Tableau *t, int row)
{
    /* The row says that its basic variable is a sum of the others: "sum - variable" is 0 at every point. Its
       least value within all bounds is above 0 where the variable cannot come down to them, and so on. */
    const TableauProgram *p = t->program;
    const double *values = t->value + (size_t)row * (size_t)p->columns;
    int basic = t->basic[row];
    double sign = outside(t, row) > 0 ? -1 : 1, size = 0;
    for (int i = 0; i < p->rows; i++)
        t->price[i] = 0;
    for (int k = 0; k < p->columns; k++)
        if (t->other[k] >= p->columns)
            t->price[t->other[k] - p->columns] = sign * values[k];
    if (basic >= p->columns)
        t->price[basic - p->columns] = -sign;
    double least = least_sum(t, NULL);
    for (int i = 0; i < p->rows; i++)
        size = fmax(size, fabs(t->price[i]));
    return least > OUTSIDE * fmax(1, size);
}

TableauEnd tableau_solve(Tableau *t, double most, long *pivots)
{
    long left = PIVOTS_LEAST + (long)PIVOTS_TIMES * t->program->rows;
    while (t->objective <= most) {
        int row = worst_row(t);
        if (row < 0)
            return TABLEAU_OPTIMAL;
        if (left-- == 0)
            return TABLEAU_STUCK;
        int k = entering(t, row);
        ++*pivots;
        if (k < 0)
            return is_empty(t, row) ? TABLEAU_EMPTY : TABLEAU_STUCK;
        pivot(t, row, k);
    }
    return TABLEAU_ABOVE;
}

double tableau_bound(Tableau *t)
{
    const TableauProgram *p = t->program;
    for (int i = 0; i < p->rows; i++)
        t->price[i] = 0;
    for (int k = 0; k < p->columns; k++)
        if (t->other[k] >= p->columns)
            t->price[t->other[k] - p->columns] = t->reduced[k];
    return least_sum(t, p->cost);
}

double tableau_penalty(const Tableau *t, int row, double step)
{
    const double *values = t->value + (size_t)row * (size_t)t->program->columns;
    double least = INFINITY, direction = step > 0 ? 1 : -1;
    for (int k = 0; k < t->program->columns; k++)
        if (can_move(t, k, values[k], direction))
            least = fmin(least, ratio_of(t, k, values[k]));
    return least * fabs(step);
}
