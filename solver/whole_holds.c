/* What stages reached, held while those after them are decided: by rows, and shares by bounds. */
#include "solver/whole.h"

/* How far a frozen value may be exceeded: relative, and absolute in the objective's own unit or in a
 * share. It must be more than the noise of a search, whose points keep their rows to about 1e-9, and less
 * than a later stage can make something of: a share of a tier's smallest need, say. With the whole columns
 * found, every stage is decided once more. */
static const double LEVEL_RELATIVE = 1e-9;
static const double LEVEL_ABSOLUTE = 1e-6;
static const double LEVEL_LEAST = 1e-8;
static const double LEVEL_SHARE = 1e-8;

/* What a stage reached is held to, relative: what doubles lose in a sum. */
static const double DOUBLES = 1e-12;

static Status add_hold(WholeRun *w, const WholeHold *hold)
{
    if (w->hold_count == w->hold_room) {
        size_t room = w->hold_room * 2 + 16;
        w->holds = arena_grow(w->run->arena, w->holds, w->hold_count, room, sizeof *w->holds);
        TRY_NEW(w->holds);
        w->hold_room = room;
    }
    w->holds[w->hold_count++] = *hold;
    return STATUS_OK;
}

/** Of a tier no more than a small share of its smallest need: fairness lives on what a level leaves. */
static double absolute_slack(const WholeRun *w, const Aim *aim)
{
    double least = INFINITY;
    for (size_t k = 0; aim->is_tier && k < aim->count; k++) {
        double amount = aim->costs[k] * w->run->form->lp.upper[aim->columns[k]];
        if (amount > 0)
            least = fmin(least, amount);
    }
    return fmin(LEVEL_ABSOLUTE, fmax(LEVEL_LEAST, LEVEL_SHARE * least));
}

Status whole_add_level(WholeRun *w, const Aim *aim)
{
    double value = whole_value_at(aim, w->x);
    double slack = aim->in_shares ? LEVEL_SHARE : absolute_slack(w, aim);
    double most = value + LEVEL_RELATIVE * fabs(value) + slack;
    WholeRow row = {-INFINITY, most, aim->count, aim->columns, aim->costs, aim->scale};
    WholeHold hold = {.reached = value, .bound = most};
    TRY(whole_add_row(w, &row, &hold.index));
    return add_hold(w, &hold);
}

Status whole_hold_share(WholeRun *w, int column)
{
    double lower, upper, share = w->x[column], least = share - RUN_SAME_SHARE;
    backend_column_bounds(w->run->backend, column, &lower, &upper);
    if (least <= lower)
        return STATUS_OK;
    least = fmin(least, upper);
    backend_bound_column(w->run->backend, column, least, upper);
    return add_hold(
        w, &(WholeHold){.is_column = true, .index = column, .reached = share, .bound = least});
}

bool whole_leans_on_level(const WholeRun *w)
{
    for (size_t i = 0; i < w->hold_count; i++)
        if (!w->holds[i].is_column &&
            fabs(backend_row_dual(w->run->backend, w->holds[i].index)) > RUN_ZERO_COST)
            return true;
    return false;
}

void whole_hold_exactly(WholeRun *w)
{
    for (size_t i = 0; i < w->hold_count; i++) {
        const WholeHold *hold = &w->holds[i];
        double lower, upper, noise = DOUBLES * (1 + fabs(hold->reached));
        if (hold->is_column) {
            backend_column_bounds(w->run->backend, hold->index, &lower, &upper);
            lower = fmin(fmax(lower, hold->reached - noise), upper);
            backend_bound_column(w->run->backend, hold->index, lower, upper);
        } else {
            backend_row_bounds(w->run->backend, hold->index, &lower, &upper);
            upper = fmax(fmin(upper, hold->reached + noise), lower);
            backend_bound_row(w->run->backend, hold->index, lower, upper);
        }
    }
}
