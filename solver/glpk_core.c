/* The part of a live GLPK program in which something can still move, solved by itself.
 *
 * What an iteration of the simplex method costs grows with the rows, and after a few stages many rows
 * are settled: every column in them is fixed, but for one that stands in no other row and is basic
 * (what goes unmet of a need that nobody serves any more), or for none (an offer that nobody draws on).
 * Rows and columns like that can be left out of the basis together: what is left is a basis of the
 * rest. The basis that is optimal there is handed back; whether it is so for the whole is for the
 * next solve to say.
 */
#include "solver/glpk_internal.h"

/* Left out only when the settled rows are at least such a part of all, and so many: else the copy
 * costs more than it spares. */
enum { SETTLED_PART = 8, SETTLED_LEAST = 100 };

typedef struct Core {
    glp_prob *whole;
    int *gone_rows, *gone_columns; /* from 1 */
    int gone_row_count, gone_column_count;
    int *list; /* [columns + 1] scratch: a row's columns */
} Core;

static bool is_fixed(const Core *core, int column)
{
    return glp_get_col_type(core->whole, column) == GLP_FX &&
           glp_get_col_stat(core->whole, column) != GLP_BS;
}

/** Can nothing in this row move? *single receives the basic column that leaves with it, or 0. */
static bool is_settled(const Core *core, int row, int *single)
{
    int count = glp_get_mat_row(core->whole, row, core->list, NULL);
    *single = 0;
    for (int k = 1; k <= count; k++) {
        if (is_fixed(core, core->list[k]))
            continue;
        if (*single != 0)
            return false;
        *single = core->list[k];
    }
    if (*single == 0)
        return glp_get_row_stat(core->whole, row) == GLP_BS;
    return glp_get_row_type(core->whole, row) == GLP_FX &&
           glp_get_row_stat(core->whole, row) != GLP_BS &&
           glp_get_col_stat(core->whole, *single) == GLP_BS &&
           glp_get_mat_col(core->whole, *single, NULL, NULL) == 1;
}

/** Lists what is settled. False when there is no memory for the lists. */
static bool find_settled(Core *core, Arena *arena)
{
    int rows = glp_get_num_rows(core->whole), columns = glp_get_num_cols(core->whole);
    core->gone_rows = ARENA_NEW(arena, (size_t)rows + 1, int);
    core->gone_columns = ARENA_NEW(arena, (size_t)rows + 1, int);
    core->list = ARENA_NEW(arena, (size_t)columns + 1, int);
    if (core->gone_rows == NULL || core->gone_columns == NULL || core->list == NULL)
        return false;
    for (int i = 1; i <= rows; i++) {
        int single;
        if (!is_settled(core, i, &single))
            continue;
        core->gone_rows[++core->gone_row_count] = i;
        if (single != 0)
            core->gone_columns[++core->gone_column_count] = single;
    }
    return true;
}

/** Takes the places of the core's rows and columns over into the whole. */
static void hand_back(const Core *core, glp_prob *part, Arena *arena)
{
    int rows = glp_get_num_rows(core->whole), columns = glp_get_num_cols(core->whole);
    bool *gone = ARENA_NEW(arena, (size_t)columns + 1, bool);
    if (gone == NULL)
        return; /* the whole stays as it was */
    int at = 0, next = 1;
    for (int i = 1; i <= rows; i++) {
        if (next <= core->gone_row_count && core->gone_rows[next] == i)
            next++;
        else
            glp_set_row_stat(core->whole, i, glp_get_row_stat(part, ++at));
    }
    for (int k = 1; k <= core->gone_column_count; k++)
        gone[core->gone_columns[k]] = true;
    at = 0;
    for (int j = 1; j <= columns; j++)
        if (!gone[j])
            glp_set_col_stat(core->whole, j, glp_get_col_stat(part, ++at));
}

void backend_approach(Backend *backend)
{
    Core core = {.whole = backend->problem};
    if (!find_settled(&core, backend->arena) || core.gone_row_count < SETTLED_LEAST ||
        core.gone_row_count < glp_get_num_rows(core.whole) / SETTLED_PART)
        return;
    glp_prob *part = glp_create_prob();
    glp_copy_prob(part, core.whole, GLP_OFF);
    glp_del_rows(part, core.gone_row_count, core.gone_rows);
    if (core.gone_column_count > 0)
        glp_del_cols(part, core.gone_column_count, core.gone_columns);
    if (glp_get_num_cols(part) > 0 && glp_get_num_rows(part) > 0 &&
        glpk_simplex(backend, part, false) == BACKEND_OPTIMAL)
        hand_back(&core, part, backend->arena);
    glp_delete_prob(part);
}
