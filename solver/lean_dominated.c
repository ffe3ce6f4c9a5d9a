/* Columns that stand where they harm least: those that no row holds back from where they cost nothing more;
 * and a switch that one other switch alone pulls up is that one. */
#include "solver/lean_internal.h"

/* Two columns in a row that holds one of them. */
enum { PAIR = 2 };

/** Rows that keep a column from going down, or up. */
typedef struct Held {
    int down, up;
    int row; /* the last that keeps it from going down */
} Held;

static void count_holds(Leaning *l, Held *held)
{
    for (int i = 0; i < l->source->lp->row_count; i++) {
        if (l->dropped[i])
            continue;
        LeanRow row = lean_row(l, i);
        for (int k = 0; k < row.count; k++) {
            Held *h = &held[row.columns[k]];
            bool plus = row.values[k] > 0;
            bool down = isfinite(plus ? row.lower : row.upper);
            h->down += down;
            h->up += isfinite(plus ? row.upper : row.lower);
            if (down)
                h->row = i;
        }
    }
}

static bool is_binary(const Leaning *l, int column)
{
    return l->integer[column] && l->lower[column] == 0 && l->upper[column] == 1;
}

/** Where row is "column >= other" of two binaries: column is other. */
static void follow(Leaning *l, int column, int i)
{
    LeanRow row = lean_row(l, i);
    if (row.count != PAIR || row.lower == row.upper)
        return;
    int k = row.columns[0] == column ? 0 : 1, other = row.columns[1 - k];
    double most = row.values[k] > 0 ? -row.lower : row.upper, size = fabs(row.values[k]);
    double pull = row.values[k] > 0 ? -row.values[1 - k] : row.values[1 - k];
    /* pull * other - size * column <= most: column is to be 0 where other is, 1 where it is 1 */
    bool pulled = most >= 0 && pull > most && pull - size <= most;
    if (pulled && is_binary(l, column) && is_binary(l, other))
        lean_tie(l, column, other, 0, 1);
}

Status lean_dominated(Leaning *l)
{
    int columns = l->source->lp->column_count;
    Held *held = ARENA_NEW(l->arena, (size_t)columns, Held);
    TRY_NEW(held);
    lean_costs(l);
    count_holds(l, held);
    for (int j = 0; j < columns; j++) {
        if (l->rep[j] != j || lean_is_settled(l, j))
            continue;
        if (l->cost[j] >= 0 && held[j].down == 0 && isfinite(l->lower[j])) {
            l->upper[j] = l->lower[j];
            l->changed = true;
        } else if (l->cost[j] <= 0 && held[j].up == 0 && isfinite(l->upper[j])) {
            l->lower[j] = l->upper[j];
            l->changed = true;
        } else if (l->cost[j] >= 0 && held[j].down == 1) {
            follow(l, j, held[j].row);
        }
    }
    return STATUS_OK;
}
