/* One objective over whole columns by its lean program (lean.h), where there is one: what is left is then
 * pure, and mostly much smaller.
 */
#include <string.h>

#include "solver/lean.h"
#include "solver/whole.h"

/* Larger programs are not looked at; nor are lean ones of more columns: branch and cut does little there. */
enum { LIVE_COLUMNS_MOST = 40000, COLUMNS_MOST = 6000 };

/* Of the stage's work the lean program may take so much. */
static const double PART = 0.5;

/* Values that are nearer than this, relatively, are the same: what rounding costs may move a proof by. */
static const double SAME_VALUE = 1e-9;

/** The live program with its bounds as they are. */
static Status describe(const WholeRun *w, const Aim *aim, LeanSource *source)
{
    size_t columns = (size_t)w->live->column_count, rows = (size_t)w->live->row_count;
    double *lower = ARENA_NEW(w->run->arena, columns, double);
    double *upper = ARENA_NEW(w->run->arena, columns, double);
    double *row_lower = ARENA_NEW(w->run->arena, rows, double);
    double *row_upper = ARENA_NEW(w->run->arena, rows, double);
    bool *integer = ARENA_NEW(w->run->arena, columns, bool);
    TRY_NEW(integer);
    TRY_NEW(lower);
    TRY_NEW(upper);
    TRY_NEW(row_lower);
    TRY_NEW(row_upper);
    memcpy(integer, w->run->form->lp.integer,
           (size_t)w->run->form->lp.column_count * sizeof *integer);
    for (size_t j = 0; j < columns; j++)
        backend_column_bounds(w->run->backend, (int)j, &lower[j], &upper[j]);
    for (size_t i = 0; i < rows; i++)
        backend_row_bounds(w->run->backend, (int)i, &row_lower[i], &row_upper[i]);
    *source = (LeanSource){.lp = w->live,
                           .lower = lower,
                           .upper = upper,
                           .row_lower = row_lower,
                           .row_upper = row_upper,
                           .integer = integer,
                           .cost_count = aim->count,
                           .cost_columns = aim->columns,
                           .costs = aim->costs};
    return STATUS_OK;
}

/** Makes the lean point the point at hand, where it is better and one of the live program. */
static Status take_lean_point(WholeRun *w, const Aim *aim, const Lean *lean, const double *lean_x)
{
    double *x = ARENA_NEW(w->run->arena, (size_t)lean->columns, double);
    TRY_NEW(x);
    lean_lift(lean, lean_x, x);
    if ((w->has_point && whole_value_at(aim, x) >= whole_value_at(aim, w->x)) ||
        !backend_admits(w->run->backend, x))
        return STATUS_OK;
    w->moved = true;
    return whole_keep_point(w, x, (size_t)lean->columns);
}

Status whole_lean(WholeRun *w, const Aim *aim, Decision *decision)
{
    LeanSource source;
    Lean lean;
    LeanAnswer answer;
    if (w->live == NULL || aim->fairness != NULL || aim->blind || w->nodes_left <= 0 ||
        w->live->column_count > LIVE_COLUMNS_MOST)
        return STATUS_OK;
    TRY(describe(w, aim, &source));
    TRY(lean_build(&source, w->run->arena, &lean));
    if (!lean.pure || lean.lp.column_count == 0 || lean.lp.column_count > COLUMNS_MOST)
        return STATUS_OK;
    LeanLimits limits = {.work = w->work_left * PART, .deadline = w->run->settings->deadline};
    if (w->has_point) {
        double *start = ARENA_NEW(w->run->arena, (size_t)lean.lp.column_count, double);
        TRY_NEW(start);
        lean_drop(&lean, w->x, start);
        limits.start = start;
    }
    TRY(lean_search(&lean, &limits, w->run->arena, &answer));
    w->work_left -= answer.work;
    if (answer.found)
        TRY(take_lean_point(w, aim, &lean, answer.x));
    double bound = lean.unit * answer.bound + lean.constant;
    if (!answer.ended || lean.slack > SAME_VALUE * fmax(1, fabs(bound)))
        bound -= lean.slack;
    if (isfinite(bound) && bound > decision->bound)
        decision->bound = fmin(bound, w->has_point ? whole_value_at(aim, w->x) : bound);
    return STATUS_OK;
}
