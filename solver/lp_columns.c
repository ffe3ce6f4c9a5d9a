/* A program's elements column by column. */
#include "solver/lp_columns.h"

Status lp_columns_build(const Lp *lp, Arena *arena, LpColumns *columns)
{
    size_t elements = lp->row_first[lp->row_count], count = (size_t)lp->column_count;
    size_t *first = ARENA_NEW(arena, count + 1, size_t);
    int *row = ARENA_NEW(arena, elements, int);
    double *value = ARENA_NEW(arena, elements, double);
    TRY_NEW(first);
    TRY_NEW(row);
    TRY_NEW(value);
    for (size_t k = 0; k < elements; k++)
        first[lp->element_column[k] + 1]++;
    for (size_t j = 0; j < count; j++)
        first[j + 1] += first[j];
    for (int i = 0; i < lp->row_count; i++)
        for (size_t k = lp->row_first[i]; k < lp->row_first[i + 1]; k++) {
            size_t to = first[lp->element_column[k]]++; /* one column further on for now */
            row[to] = i;
            value[to] = lp->element[k];
        }
    for (size_t j = count; j > 0; j--)
        first[j] = first[j - 1];
    first[0] = 0;
    *columns = (LpColumns){.first = first, .row = row, .value = value};
    return STATUS_OK;
}
