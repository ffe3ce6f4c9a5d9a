/* Shares of an exported program in hundredths of a percent. */
#include "solver/export_shares.h"

#include <string.h>

static const double BASIS_POINTS = 1e4;

double export_share_units(const Formulation *form, const Stage *stage)
{
    return form->lp.upper[stage->level_column] <= 1.0 ? BASIS_POINTS : 1.0;
}

static double *copied(Arena *arena, const double *values, size_t count)
{
    double *copy = ARENA_NEW(arena, count, double);
    if (copy != NULL && count > 0)
        memcpy(copy, values, count * sizeof *copy);
    return copy;
}

static double *ones(Arena *arena, size_t count)
{
    double *factors = ARENA_NEW(arena, count, double);
    for (size_t k = 0; factors != NULL && k < count; k++)
        factors[k] = 1.0;
    return factors;
}

/** By how much the figures of columns and rows grow. */
typedef struct Units {
    double *column; /* [columns] */
    double *row;    /* [rows] */
} Units;

static void mark_stage(const Stage *stage, double units, Units *all)
{
    all->column[stage->level_column] = units;
    for (size_t g = 0; g < stage->group_count; g++) {
        all->column[stage->share_columns[g]] = units;
        all->row[stage->share_rows[g]] = units;
        all->row[stage->level_rows[g]] = units;
    }
}

static void count_in(const Units *all, Lp *lp)
{
    for (int j = 0; j < lp->column_count; j++) {
        lp->lower[j] *= all->column[j];
        lp->upper[j] *= all->column[j];
    }
    for (int i = 0; i < lp->row_count; i++) {
        lp->row_lower[i] *= all->row[i];
        lp->row_upper[i] *= all->row[i];
        for (size_t k = lp->row_first[i]; k < lp->row_first[i + 1]; k++)
            lp->element[k] *= all->row[i] / all->column[lp->element_column[k]];
    }
}

Status export_share_program(const Formulation *form, Arena *arena, Lp *out)
{
    size_t columns = (size_t)form->lp.column_count, rows = (size_t)form->lp.row_count;
    Units all = {.column = ones(arena, columns), .row = ones(arena, rows)};
    *out = form->lp;
    out->lower = copied(arena, form->lp.lower, columns);
    out->upper = copied(arena, form->lp.upper, columns);
    out->row_lower = copied(arena, form->lp.row_lower, rows);
    out->row_upper = copied(arena, form->lp.row_upper, rows);
    out->element = copied(arena, form->lp.element, form->lp.row_first[rows]);
    if (all.column == NULL || all.row == NULL || out->lower == NULL || out->upper == NULL ||
        out->row_lower == NULL || out->row_upper == NULL || out->element == NULL)
        return STATUS_NO_MEMORY;
    for (size_t s = 0; s < form->stage_count; s++)
        if (form->stages[s].kind == STAGE_FAIRNESS)
            mark_stage(&form->stages[s], export_share_units(form, &form->stages[s]), &all);
    count_in(&all, out);
    return STATUS_OK;
}
