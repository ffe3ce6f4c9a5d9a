/* The bound of weak duality in exact arithmetic.
 *
 * A finite double is a rational, so that every product and sum below is exact in GMP's. Most columns
 * stand at 0 with a reduced cost that is far from it: they contribute nothing, and a sum in doubles
 * with a bound on its rounding is enough to know that the sign is right (a filter, as in Shewchuk
 * 1997). Only the others are summed in rationals. The library's own memory is given back on all ways
 * out; nothing in between can jump.
 */
#include "solver/exact_bound.h"

#include <float.h>
#include <gmp.h>

typedef struct Exact {
    const ExactProgram *program;
    double *dual; /* [row_count] */
    mpq_t sum;    /* of the contributions */
    mpq_t reduced, factor, term;
    bool lost; /* minus infinity */
} Exact;

/** The side of an interval at which slope * r is least. */
static double least_side(double slope, double lower, double upper)
{
    return slope > 0 ? lower : upper;
}

/** to += a * b */
static void add_product(Exact *e, mpq_t to, double a, double b)
{
    mpq_set_d(e->term, a);
    mpq_set_d(e->factor, b);
    mpq_mul(e->term, e->term, e->factor);
    mpq_add(to, to, e->term);
}

static void add_rows(Exact *e)
{
    const ExactProgram *p = e->program;
    for (int i = 0; i < p->lp->row_count; i++) {
        double side = least_side(e->dual[i], p->row_lower[i], p->row_upper[i]);
        if (!isfinite(e->dual[i]) || !isfinite(side))
            e->dual[i] = 0;
        if (e->dual[i] != 0 && side != 0)
            add_product(e, e->sum, e->dual[i], side);
    }
}

/** Does column j surely contribute 0: is it fixed at 0, without cost and dual, or at a bound of 0 by
 *  the sign of its reduced cost, for all that rounding can do? Each of n terms is rounded when
 *  multiplied and when added. */
static bool is_nothing(const Exact *e, int j)
{
    const ExactProgram *p = e->program;
    double reduced = p->cost[j], size = fabs(reduced);
    if (p->lower[j] == 0 && p->upper[j] == 0)
        return true;
    if (p->lower[j] != 0 && p->upper[j] != 0)
        return false;
    size_t first = p->columns->first[j], end = p->columns->first[j + 1];
    bool costs = p->cost[j] != 0;
    for (size_t k = first; k < end; k++) {
        double term = e->dual[p->columns->row[k]] * p->columns->value[k];
        costs = costs || e->dual[p->columns->row[k]] != 0;
        reduced -= term;
        size += fabs(term);
    }
    if (!costs)
        return true;
    double noise = size * DBL_EPSILON * (double)(2 * (end - first) + 4) + DBL_MIN;
    return reduced > noise ? p->lower[j] == 0 : reduced < -noise && p->upper[j] == 0;
}

static void add_column(Exact *e, int j)
{
    const ExactProgram *p = e->program;
    if (is_nothing(e, j))
        return;
    mpq_set_d(e->reduced, p->cost[j]);
    for (size_t k = p->columns->first[j]; k < p->columns->first[j + 1]; k++)
        if (e->dual[p->columns->row[k]] != 0)
            add_product(e, e->reduced, -e->dual[p->columns->row[k]], p->columns->value[k]);
    int sign = mpq_sgn(e->reduced);
    double side = least_side(sign, p->lower[j], p->upper[j]);
    if (sign == 0)
        return;
    if (!isfinite(side)) {
        e->lost = true;
        return;
    }
    mpq_set_d(e->term, side);
    mpq_mul(e->term, e->term, e->reduced);
    mpq_add(e->sum, e->sum, e->term);
}

/** The largest double not above the sum: mpq_get_d() cuts towards 0. */
static double round_down(Exact *e)
{
    double cut = mpq_get_d(e->sum);
    mpq_set_d(e->term, cut);
    return mpq_cmp(e->term, e->sum) > 0 ? nextafter(cut, -INFINITY) : cut;
}

double exact_bound(const ExactProgram *program, double *dual)
{
    Exact e = {.program = program, .dual = dual};
    mpq_inits(e.sum, e.reduced, e.factor, e.term, NULL);
    mpq_set_d(e.sum, program->constant);
    add_rows(&e);
    for (int j = 0; j < program->lp->column_count && !e.lost; j++)
        add_column(&e, j);
    double bound = e.lost ? -INFINITY : round_down(&e);
    mpq_clears(e.sum, e.reduced, e.factor, e.term, NULL);
    return bound;
}
