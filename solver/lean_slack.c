/* A column that costs nothing and stands in one row alone is that row's slack: the row is as wide as the column
 * allows, and the column is whatever it comes to (slack columns: Andersen and Andersen 1995,
 * doi:10.1007/BF01586000). The met share of a group of needs is one, while it is not yet decided.
 */
#include "solver/lean_internal.h"

/** Where a column stands: in how many rows, the last of them, and what it is multiplied by there. */
typedef struct Standing {
    int rows, row;
    double value;
} Standing;

static void count_rows(Leaning *l, Standing *standing)
{
    for (int i = 0; i < l->source->lp->row_count; i++) {
        if (l->dropped[i])
            continue;
        LeanRow row = lean_row(l, i);
        for (int k = 0; k < row.count; k++) {
            Standing *s = &standing[row.columns[k]];
            *s = (Standing){s->rows + 1, i, row.values[k]};
        }
    }
}

Status lean_slacks(Leaning *l)
{
    int columns = l->source->lp->column_count;
    Standing *standing = ARENA_NEW(l->arena, (size_t)columns, Standing);
    TRY_NEW(standing);
    lean_costs(l);
    count_rows(l, standing);
    for (int j = 0; j < columns; j++) {
        int i = standing[j].row;
        double a = standing[j].value * l->lower[j], b = standing[j].value * l->upper[j];
        bool alone = standing[j].rows == 1 && l->rep[j] == j && !lean_is_settled(l, j);
        if (!alone || l->integer[j] || l->cost[j] != 0 || l->slack_in[i] >= 0)
            continue;
        l->slack_of[j] = i;
        l->slack_in[i] = j;
        l->row_lower[i] -= fmax(a, b);
        l->row_upper[i] -= fmin(a, b);
        l->changed = true;
    }
    return STATUS_OK;
}
