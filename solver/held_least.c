/* The plan kept open, for answers that are plans themselves: is a point as good as the plan in all that
 * is held, which whole point costs least, and what of its cost is owed to the slack of holding.
 */
#include "solver/held_internal.h"

#include <math.h>
#include <string.h>

/* What is kept may be missed by this much where a point is looked at: noise of doubles. */
static const double KEEP_SLACK = 1e-9;

/* And of money by so many smallest parts a need, which rounding to whole ones costs. */
static const double ROUNDED_PARTS = 5;

/* A column this near to a whole number is whole. */
static const double WHOLE = 1e-6;

void held_move(Held *held, const double *x, const double *beside)
{
    memcpy(held->x, x, (size_t)held->form->lp.column_count * sizeof *x);
    for (size_t s = 0; s < held->form->stage_count; s++)
        if (held->level_row[s] >= 0)
            held->level[s] = held_stage_value(&held->form->stages[s], held->x);
    held_let_in(held, beside);
}

/** What rounding to whole steps may cost a column: of money a few smallest parts, else nothing. */
static double rounding(const Held *held, int column)
{
    const Formulation *form = held->form;
    if (form->origin[column].kind != COLUMN_UNMET)
        return 0;
    const Need *need = &form->round->needs[form->origin[column].index];
    return need->unit.is_money && need->step == 1
               ? ROUNDED_PARTS / form->quantum[form->origin[column].index]
               : 0;
}

static bool keeps_need(const Held *held, size_t need, const double *x)
{
    int u = held->form->unmet_column[need], f = held->form->full_column[need];
    if (u >= 0)
        return x[u] <= held->x[u] + rounding(held, u) + KEEP_SLACK;
    return f < 0 || held->x[f] < 0.5 || x[f] > 0.5;
}

static bool keeps_shares(const Held *held, const Stage *stage, const double *x)
{
    const Lp *lp = &held->form->lp;
    for (size_t g = 0; g < stage->group_count; g++) {
        int column = stage->share_columns[g], row = stage->share_rows[g];
        double slack = KEEP_SLACK;
        for (size_t k = lp->row_first[row]; k < lp->row_first[row + 1]; k++)
            slack += fabs(lp->element[k]) * rounding(held, lp->element_column[k]);
        if (x[column] < held->x[column] - slack)
            return false;
    }
    return true;
}

static bool keeps_level(const Held *held, size_t s, const double *x)
{
    const Stage *stage = &held->form->stages[s];
    double slack = KEEP_SLACK * fmax(1.0, fabs(held->level[s]));
    for (size_t k = 0; k < stage->count; k++)
        slack += fabs(stage->costs[k]) * rounding(held, stage->columns[k]);
    return held->level_row[s] < 0 || held_stage_value(stage, x) <= held->level[s] + slack;
}

bool held_admits(const Held *held, const double *x)
{
    const Round *round = held->form->round;
    for (size_t n = 0; n < round->need_count; n++)
        if (round->needs[n].tier == held->tier && !keeps_need(held, n, x))
            return false;
    for (size_t s = 0; s < held->form->stage_count; s++) {
        const Stage *stage = &held->form->stages[s];
        if (!held_is_kept(held, stage))
            continue;
        if (stage->kind == STAGE_FAIRNESS ? !keeps_shares(held, stage, x)
                                          : !keeps_level(held, s, x))
            return false;
    }
    return true;
}

double held_slack_worth(const Held *held)
{
    const Backend *backend = held->backend;
    double worth = 0, scale = backend_cost_scale(backend);
    for (size_t s = 0; s < held->form->stage_count; s++) {
        const Stage *stage = &held->form->stages[s];
        if (!held_is_kept(held, stage))
            continue;
        if (held->level_row[s] >= 0)
            worth += fabs(backend_frozen_dual(backend, held->level_row[s], 0)) *
                     held_slack_of(held->level[s]);
        for (size_t g = 0; stage->kind == STAGE_FAIRNESS && g < stage->group_count; g++) {
            int column = stage->share_columns[g];
            worth += fabs(backend_reduced_cost(backend, column)) /
                     (scale * held->form->lp.column_scale[column]) * held_slack_of(held->x[column]);
        }
    }
    return worth;
}

/** A solve, and a search where its point is not whole already. */
static HeldAnswer least_point(Held *held, double *point, bool *searched)
{
    const Lp *lp = &held->form->lp;
    BackendSearch limits = held_limits(held);
    double bound, before = backend_work(held->backend);
    bool whole = true, found = false;
    *searched = false;
    if (backend_solve(held->backend) != BACKEND_OPTIMAL)
        return HELD_NO;
    for (int j = 0; j < lp->column_count; j++) {
        point[j] = backend_value(held->backend, j);
        whole = whole && (!lp->integer[j] || fabs(point[j] - round(point[j])) < WHOLE);
    }
    if (whole)
        return HELD_YES;
    if (held->work <= 0 || solve_is_late(held->settings))
        return HELD_OPEN;
    BackendOutcome outcome = backend_search(held->backend, &limits, &found, &bound);
    held->work -= backend_work(held->backend) - before;
    *searched = found;
    for (int j = 0; found && j < lp->column_count; j++)
        point[j] = backend_whole_value(held->backend, j);
    return found ? HELD_YES : outcome == BACKEND_INFEASIBLE ? HELD_NO : HELD_OPEN;
}

HeldAnswer held_search_least(Held *held, double *point, bool *searched)
{
    held_fix_far(held, true);
    HeldAnswer answer = least_point(held, point, searched);
    held_fix_far(held, false);
    return answer == HELD_YES ? answer : least_point(held, point, searched);
}
