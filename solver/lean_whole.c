/* Columns that are whole by themselves: where all other columns are whole, what is left of them is differences
 * of two with whole bounds, and bounds of one. Such a program has whole vertices (its matrix is totally
 * unimodular: Hoffman and Kruskal 1956), so that asking them to be whole loses nothing. An outcome is such
 * a column: it is as large as the least of the switches that it requires.
 */
#include "solver/lean_internal.h"

/* Columns in a difference. */
enum { PAIR = 2 };

/** Is the row, over columns that are not whole, one column with whole bounds or a difference of two? */
static bool is_fine(const Leaning *l, const LeanRow *row, const bool *hopeful)
{
    int open = -1, count = 0;
    for (int k = 0; k < row->count; k++) {
        if (l->integer[row->columns[k]])
            continue;
        if (!hopeful[row->columns[k]])
            return false;
        open = k;
        count++;
    }
    if (count == 0)
        return true;
    double size = row->values[open];
    bool whole = (!isfinite(row->lower) || lean_is_whole(row->lower / size)) &&
                 (!isfinite(row->upper) || lean_is_whole(row->upper / size));
    if (count == PAIR && row->count == PAIR)
        return whole && row->values[0] == -row->values[1];
    for (int k = 0; k < row->count && whole; k++)
        whole = lean_is_whole(row->values[k] / size);
    return whole && count == 1;
}

Status lean_find_whole(Leaning *l)
{
    int columns = l->source->lp->column_count;
    bool *hopeful = ARENA_NEW(l->arena, (size_t)columns, bool), lost = true;
    TRY_NEW(hopeful);
    for (int j = 0; j < columns; j++)
        hopeful[j] = l->rep[j] == j && !l->integer[j] && !lean_is_settled(l, j) &&
                     (!isfinite(l->lower[j]) || lean_is_whole(l->lower[j])) &&
                     (!isfinite(l->upper[j]) || lean_is_whole(l->upper[j]));
    while (lost) {
        lost = false;
        for (int i = 0; i < l->source->lp->row_count; i++) {
            LeanRow row = {.count = 0};
            if (!l->dropped[i])
                row = lean_row(l, i);
            if (is_fine(l, &row, hopeful))
                continue;
            for (int k = 0; k < row.count; k++) {
                lost = lost || hopeful[row.columns[k]];
                hopeful[row.columns[k]] = false;
            }
        }
    }
    for (int j = 0; j < columns; j++)
        if (hopeful[j])
            l->integer[j] = l->changed = true;
    return STATUS_OK;
}
