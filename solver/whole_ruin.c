/* Ruin and recreate in a run over whole columns: it starts from the point at hand or from the
 * relaxation's lines, pays the relaxation's duals, and gives back a point.
 */
#include <string.h>

#include "solver/whole.h"

/* Of the search in one stage. */
static const RuinEffort EFFORT = {.each_node = 400, .each_need = 200, .least = 500};

/** What 1.0 of each pair's column takes from others: the duals of its rows but its need's own, in the
 *  units of the costs. */
static Status find_prices(const WholeRun *w, double **out)
{
    const Lp *lp = &w->run->form->lp;
    double *price = ARENA_NEW(w->run->arena, (size_t)lp->column_count, double);
    TRY_NEW(price);
    for (int i = w->run->form->known_count; i < lp->row_count; i++) {
        double dual = backend_frozen_dual(w->run->backend, i, 0);
        for (size_t k = lp->row_first[i]; dual != 0 && k < lp->row_first[i + 1]; k++)
            price[lp->element_column[k]] -= dual * lp->element[k];
    }
    *out = price;
    return STATUS_OK;
}

static Status take_ruin_point(WholeRun *w, const Aim *aim, const Ruin *ruin)
{
    size_t count = (size_t)backend_column_count(w->run->backend);
    double *x = ARENA_NEW(w->run->arena, count, double);
    TRY_NEW(x);
    if (w->has_point)
        memcpy(x, w->x, count * sizeof *x);
    ruin_point(ruin, x);
    if (w->has_point && whole_value_at(aim, x) >= whole_value_at(aim, w->x))
        return STATUS_OK;
    if (!backend_take_in(w->run->backend, x)) /* what an earlier stage froze is lost in it */
        return STATUS_OK;
    w->moved = true;
    return whole_keep_point(w, x, count);
}

Status whole_ruin(WholeRun *w, const Aim *aim, double bound)
{
    const Formulation *form = w->run->form;
    size_t stage = (size_t)aim->tier_stage;
    double *price, *relaxed = ARENA_NEW(w->run->arena, (size_t)form->lp.column_count, double);
    Ruin *ruin;
    TRY_NEW(relaxed);
    if (!w->has_point && !w->run->empty_plan)
        return STATUS_OK;
    for (int j = 0; j < form->lp.column_count; j++)
        relaxed[j] = backend_value(w->run->backend, j);
    TRY(find_prices(w, &price));
    Status status = ruin_open(form, w->has_point ? w->x : NULL, w->run->arena, &ruin);
    if (status == STATUS_INTERNAL) /* the point is a plan but for the rounding of money */
        return STATUS_OK;
    TRY(status);
    ruin_set_prices(ruin, price);
    status = ruin_follow(ruin, relaxed);
    if (status == STATUS_INTERNAL) /* an amount does not fit: no search */
        return STATUS_OK;
    TRY(status);
    double value = bound + aim->constant;
    double goal = value + 0.5 * aim->gap_rel * fmax(fabs(value), 1.0);
    RuinLimits limits = {.rounds = ruin_rounds(w->run->form, w->run->settings, &EFFORT),
                         .goal = goal,
                         .settings = w->run->settings,
                         .keep_before = w->keep_before};
    status = ruin_search(ruin, stage, &limits);
    if (status == STATUS_INTERNAL)
        return STATUS_OK;
    TRY(status);
    return take_ruin_point(w, aim, ruin);
}
