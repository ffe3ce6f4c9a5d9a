/* What the prices of the class network's program say: which columns a solve has use for, and what it may help to
 * lift.
 */
#include "solver/hold_program.h"

#include <math.h>

/* Scaled prices below this are none. */
static const double NO_PRICE = 1e-9;

/** The price of what enters a node; the source has no row. */
static double price_at(const HoldProgram *p, int node)
{
    return node == 0 ? 0 : backend_row_dual(p->backend, node - 1);
}

/** Lets in what would gain at the prices of the last solve. @return was there any? */
static bool load_gaining(HoldProgram *p)
{
    const ClassNetwork *net = p->plan->net;
    bool any = false;
    for (int a = net->first_flow; a < net->first_class; a++) {
        int column = p->along[a], from = net->from[a], to = net->to[a];
        if (column < 0 || backend_is_loaded(p->backend, column) ||
            price_at(p, from) - price_at(p, to) >= -NO_PRICE)
            continue;
        backend_load(p->backend, column, 0, from == 0 ? 1 : 2, (int[]){to - 1, from - 1},
                     (double[]){1.0, -1.0});
        any = true;
    }
    return any;
}

BackendOutcome hold_program_solve(HoldProgram *p)
{
    BackendOutcome outcome;
    do
        outcome = backend_solve(p->backend);
    while (outcome == BACKEND_OPTIMAL && load_gaining(p));
    return outcome;
}

/* ---- what matters ------------------------------------------------------------------------------- */

/** Would the question's answer gain by more of the column? */
static bool gains(const HoldProgram *p, int column)
{
    return column >= 0 && !(backend_reduced_cost(p->backend, column) >= -NO_PRICE);
}

static bool has_price(const HoldProgram *p, int row)
{
    return row >= 0 && !(fabs(backend_row_dual(p->backend, row)) <= NO_PRICE);
}

bool hold_program_arc_matters(const HoldProgram *p, int arc)
{
    return has_price(p, p->capacity_row[arc]);
}

double hold_program_arc_price(const HoldProgram *p, int arc)
{
    return fabs(backend_frozen_dual(p->backend, p->capacity_row[arc], NO_PRICE));
}

bool hold_program_limit_matters(const HoldProgram *p, int beneficiary)
{
    return has_price(p, p->limit_row[beneficiary]);
}

bool hold_program_equals_matter(const HoldProgram *p, int class)
{
    const NeedClasses *classes = p->plan->net->classes;
    for (int k = 0; k < classes->class_count; k++)
        if (classes->classes[k].tier == p->tier && k != class &&
            gains(p, p->back[p->plan->net->first_class + k]))
            return true;
    return false;
}

/** A class asked about earns 1 a unit, scaled or not; what its unit costs by the prices is as much or more. */
bool hold_program_proves_none(const HoldProgram *p, int class)
{
    int column = p->along[p->plan->net->first_class + class];
    return column < 0 || class == p->class ||
           backend_reduced_cost(p->backend, column) >= 1 - NO_PRICE;
}
