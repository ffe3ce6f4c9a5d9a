/* A point of the program from its lines alone: every other column follows from them. */
#include <math.h>

#include "allot/formulation.h"

/* Less than this part of a quantum (a cent, a step) is nothing: the noise of doubles. */
static const double NOTHING = 1e-6;

static double line_least(const Formulation *form, int pair)
{
    return form->lp.integer[pair]
               ? 0.5
               : NOTHING /
                     (double)unit_scale(form->round->needs[form->pairs->pairs[pair].need].unit);
}

static bool any_line(const Formulation *form, const double *x, const int *pairs, int count)
{
    for (int k = 0; k < count; k++)
        if (x[pairs[k]] > line_least(form, pairs[k]))
            return true;
    return false;
}

static bool is_served(const Formulation *form, const double *x, int need)
{
    for (size_t p = form->pairs->first[need]; p < form->pairs->first[need + 1]; p++)
        if (x[p] > line_least(form, (int)p))
            return true;
    return false;
}

/** What a row's equation makes of its one column that is not worked out yet. */
static double solve_row(const Lp *lp, int row, int column, const double *x)
{
    double rest = lp->row_upper[row], own = 1.0;
    for (size_t k = lp->row_first[row]; k < lp->row_first[row + 1]; k++)
        if (lp->element_column[k] == column)
            own = lp->element[k];
        else
            rest -= lp->element[k] * x[lp->element_column[k]];
    return fmin(fmax(rest / own, lp->lower[column]), lp->upper[column]);
}

/** The largest of what @p count rows, "difference - column <= bound", ask of their column, or 0. */
static double away(const Lp *lp, int row, int count, int column, const double *x)
{
    double most = 0;
    for (int i = row; i < row + count; i++) {
        double over = -lp->row_upper[i];
        for (size_t k = lp->row_first[i]; k < lp->row_first[i + 1]; k++)
            if (lp->element_column[k] != column)
                over += lp->element[k] * x[lp->element_column[k]];
        most = fmax(most, over);
    }
    return most;
}

static double full_of(const Formulation *form, int need, double *x);

/** f of another need, worked out once. */
static bool is_full(const Formulation *form, int need, double *x)
{
    const Need *row = &form->round->needs[need];
    int column = form->full_column[need];
    if (row->quantity_known && !need_is_outcome(row) && row->wanted == 0)
        return true;
    if (column < 0)
        return false;
    if (!need_is_outcome(row))
        return full_of(form, need, x) > 0.5;
    if (x[column] < 0)
        x[column] = full_of(form, need, x);
    return x[column] > 0.5;
}

/** f of ordinary needs from what is unmet; of outcomes from what they require. */
static double full_of(const Formulation *form, int need, double *x)
{
    const Round *round = form->round;
    const Need *row = &round->needs[need];
    if (!need_is_outcome(row)) {
        double half_step = 0.5 * (double)row->step / form->quantum[need];
        return x[form->unmet_column[need]] < half_step ? 1.0 : 0.0;
    }
    for (size_t r = round->logic.first[need]; r < round->logic.first[need + 1]; r++) {
        const Requirement *requirement = &round->logic.requirements[r];
        bool met = false;
        for (int k = 0; k < requirement->count && !met; k++)
            met = is_full(form, requirement->any_of[k], x);
        if (!met)
            return 0.0;
    }
    return 1.0;
}

static double value_of(const Formulation *form, int column, double *x)
{
    const ColumnOrigin *origin = &form->origin[column];
    switch (origin->kind) {
    case COLUMN_SERVED: return is_served(form, x, origin->index) ? 1.0 : 0.0;
    case COLUMN_FULL: return x[column] >= 0 ? x[column] : full_of(form, origin->index, x);
    case COLUMN_SWITCH: {
        const Switch *s = &form->switches[origin->index];
        return any_line(form, x, s->pairs, s->count) ? 1.0 : 0.0;
    }
    case COLUMN_SUM: return solve_row(&form->lp, origin->index, column, x);
    case COLUMN_AWAY: return away(&form->lp, origin->index, 2, column, x);
    case COLUMN_SHORT: return away(&form->lp, origin->index, 1, column, x);
    case COLUMN_LINE:
    case COLUMN_UNMET:
    case COLUMN_LEVEL: break;
    }
    return 0;
}

void formulation_complete(const Formulation *form, double *x)
{
    for (size_t n = 0; n < form->round->need_count; n++) {
        int u = form->unmet_column[n];
        if (u < 0)
            continue;
        double given = 0;
        for (size_t p = form->pairs->first[n]; p < form->pairs->first[n + 1]; p++)
            given += x[p];
        double left = form->lp.upper[u] - given;
        x[u] = left * form->quantum[n] < 0.5 ? 0 : left; /* less than half a smallest part: noise */
    }
    for (int j = (int)form->pairs->count + form->known_count; j < form->lp.column_count; j++)
        if (form->origin[j].kind == COLUMN_FULL)
            x[j] = -1; /* not worked out yet: outcomes stand before what they require */
    /* columns stand after those they are worked out from */
    for (int j = (int)form->pairs->count + form->known_count; j < form->lp.column_count; j++)
        x[j] = value_of(form, j, x);
}

double formulation_trivial_bound(const Formulation *form, const Stage *stage)
{
    double bound = stage->constant;
    if (stage->kind == STAGE_FAIRNESS)
        return form->lp.upper[stage->level_column];
    for (size_t k = 0; k < stage->count; k++) {
        int j = stage->columns[k];
        bound += stage->costs[k] * (stage->costs[k] > 0 ? form->lp.lower[j] : form->lp.upper[j]);
    }
    return bound;
}
