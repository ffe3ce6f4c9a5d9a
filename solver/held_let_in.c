/* A plan rounds its lines, and is judged by the rounded figures; a program rounds nothing. Where that takes
 * the plan out of the program, it is let in: no further than it goes.
 */
#include "solver/held_internal.h"

#include <math.h>

/* A plan that is beyond a bound by more than this, relative, is let in; less is the noise of doubles. */
static const double LET_IN = 1e-10;

/** Notes where a target is beyond its bounds in the plan. */
static void let_in(Held *held, int target, double value)
{
    double lower, upper, least = held->least[target], most = held->most[target];
    lifts_bounds(held->lifts, NULL, target, &lower, &upper);
    held->least[target] = value < lower - LET_IN * fmax(1.0, fabs(lower)) ? value : INFINITY;
    held->most[target] = value > upper + LET_IN * fmax(1.0, fabs(upper)) ? value : -INFINITY;
    if (held->least[target] != least || held->most[target] != most)
        held_refresh(held, target);
}

void held_let_in(Held *held, const double *beside)
{
    const Lp *lp = &held->form->lp;
    for (int j = 0; j < lp->column_count; j++)
        let_in(held, j, held->x[j]);
    for (int i = 0; i < lp->row_count; i++) {
        double value = beside == NULL ? 0 : beside[i];
        for (size_t k = lp->row_first[i]; k < lp->row_first[i + 1]; k++)
            value += lp->element[k] * held->x[lp->element_column[k]];
        let_in(held, lp->column_count + i, value);
    }
}
