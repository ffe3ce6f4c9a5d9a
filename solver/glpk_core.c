/* The part of a live GLPK program in which something can still move, solved by itself.
 *
 * What an iteration of the simplex method costs grows with the rows, and after a few stages many rows
 * are settled: every column in them is fixed, but for one that stands in no other row and is basic
 * (what goes unmet of a need that nobody serves any more), or for none (an offer that nobody draws on).
 * Rows and columns like that can be left out of the basis together: what is left is a basis of the
 * rest. The basis that is optimal there is handed back; whether it is so for the whole is for the
 * next solve to say.
 *
 * Where few columns are loaded at a time most of the other rows hold one line each: what a need has is
 * that line and what goes unmet. Such a row is a bound of the line and a part of its cost, and is left
 * out too, with the column that stands in no other row.
 */
#include <float.h>
#include <math.h>
#include <string.h>

#include "solver/glpk_internal.h"

/* Left out only when the settled rows are at least such a part of all, and so many: else the copy
 * costs more than it spares. */
enum { SETTLED_PART = 8, SETTLED_LEAST = 100 };

/* Bounds that differ by less, relative to their size, are one. */
static const double ALIKE = 1e-9;

/** A row that holds one column, and mostly one more that stands in no other row. */
typedef struct BoundRow {
    int column;
    int other;           /* 0: none; the column cannot move */
    double lower, upper; /* of the column while the row is left out */
    int other_at_lower;  /* the other's place when the column stands at that bound because */
    int other_at_upper;  /* the row says so; 0: it is the column's own bound */
    double cost;         /* what the other's cost adds to the column's */
} BoundRow;

typedef struct Core { /* known to the backend by its name */
    glp_prob *whole;
    int row_room, column_room;
    int *gone_rows, *gone_columns; /* from 1 */
    int gone_row_count, gone_column_count;
    int *list;        /* [columns + 1] scratch: a row's columns */
    double *value;    /* [columns + 1] and its elements */
    BoundRow *bounds; /* [bound_count] */
    int bound_count;
    bool *mark; /* [columns + 1] such a row bounds it; then: it is gone */
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

/* ---- rows that are bounds ----------------------------------------------------------------------- */

/** A row's one column with its element, and the one that stands in no other row; 0: there is none. */
typedef struct RowPair {
    int column, other;
    double element, other_element;
    double rest; /* what the row leaves to the two */
} RowPair;

static bool find_pair(const Core *core, int row, RowPair *pair)
{
    int count = glp_get_mat_row(core->whole, row, core->list, core->value);
    *pair = (RowPair){.rest = glp_get_row_lb(core->whole, row)};
    if (glp_get_row_type(core->whole, row) != GLP_FX ||
        glp_get_row_stat(core->whole, row) == GLP_BS)
        return false;
    for (int k = 1; k <= count; k++) {
        int j = core->list[k];
        bool single = glp_get_mat_col(core->whole, j, NULL, NULL) == 1;
        if (is_fixed(core, j)) {
            pair->rest -= core->value[k] * glp_get_col_lb(core->whole, j);
        } else if (single && pair->other == 0) {
            pair->other = j;
            pair->other_element = core->value[k];
        } else if (!single && pair->column == 0) {
            pair->column = j;
            pair->element = core->value[k];
        } else
            return false;
    }
    return pair->column != 0 && !core->mark[pair->column];
}

/** The column when the other stands at @p at; without end where that is. */
static double column_at(const RowPair *pair, double at, bool is_lower)
{
    if (fabs(at) < DBL_MAX)
        return (pair->rest - pair->other_element * at) / pair->element;
    return is_lower == (pair->other_element / pair->element > 0) ? INFINITY : -INFINITY;
}

/** Is the row's bound tighter than the column's own? Where they are alike, that which the basis stands at. */
static bool is_tighter(double by_row, double own, bool is_upper, bool is_basic)
{
    double by = is_upper ? own - by_row : by_row - own;
    double alike = ALIKE * fmax(1.0, fabs(own));
    return isfinite(by_row) && (by > alike || (by >= -alike && is_basic));
}

/** The bounds of a column while its row is left out. */
static void find_bounds(const Core *core, const RowPair *pair, BoundRow *bound)
{
    bool is_basic = glp_get_col_stat(core->whole, pair->column) == GLP_BS;
    double a = column_at(pair, glp_get_col_lb(core->whole, pair->other), true);
    double b = column_at(pair, glp_get_col_ub(core->whole, pair->other), false);
    double low = fmin(a, b), high = fmax(a, b);
    bound->lower = glp_get_col_lb(core->whole, pair->column);
    bound->upper = glp_get_col_ub(core->whole, pair->column);
    if (is_tighter(low, bound->lower, false, is_basic)) {
        bound->lower = low;
        bound->other_at_lower = a <= b ? GLP_NL : GLP_NU;
    }
    if (is_tighter(high, bound->upper, true, is_basic)) {
        bound->upper = high;
        bound->other_at_upper = a <= b ? GLP_NU : GLP_NL;
    }
}

/** Where the column stands while the row is left out; 0: the basis is none without the row. */
static int place_without(const Core *core, const BoundRow *bound)
{
    int place = glp_get_col_stat(core->whole, bound->column);
    int other = glp_get_col_stat(core->whole, bound->other);
    if (place == GLP_BS && other == GLP_BS)
        return GLP_BS;
    if (place == GLP_BS)
        return other == bound->other_at_lower   ? GLP_NL
               : other == bound->other_at_upper ? GLP_NU
                                                : 0;
    if (other != GLP_BS)
        return 0;
    return (place == GLP_NL && bound->other_at_lower == 0) ||
                   (place == GLP_NU && bound->other_at_upper == 0)
               ? place
               : 0;
}

/** Nothing else in the row can move, so that the column cannot either. */
static bool is_stuck(const Core *core, const RowPair *pair, BoundRow *bound)
{
    double at = pair->rest / pair->element;
    bound->lower = bound->upper = at;
    return glp_get_col_stat(core->whole, pair->column) == GLP_BS &&
           at >= glp_get_col_lb(core->whole, pair->column) &&
           at <= glp_get_col_ub(core->whole, pair->column);
}

static bool find_bound(const Core *core, int row, BoundRow *bound)
{
    RowPair pair;
    if (!find_pair(core, row, &pair))
        return false;
    *bound = (BoundRow){.column = pair.column, .other = pair.other};
    if (pair.other == 0)
        return is_stuck(core, &pair, bound);
    if (glp_get_col_type(core->whole, pair.other) == GLP_FX)
        return false;
    find_bounds(core, &pair, bound);
    bound->cost = -glp_get_obj_coef(core->whole, pair.other) * pair.element / pair.other_element;
    return bound->lower < bound->upper && place_without(core, bound) != 0;
}

/** What a bound row leaves behind, in the copy, before anything goes. */
static void put_bound(const Core *core, glp_prob *part, const BoundRow *bound)
{
    double lower = bound->lower, upper = bound->upper;
    bool has_lower = lower > -DBL_MAX, has_upper = upper < DBL_MAX;
    int type = !has_lower && !has_upper ? GLP_FR
               : !has_upper             ? GLP_LO
               : !has_lower             ? GLP_UP
               : lower < upper          ? GLP_DB
                                        : GLP_FX;
    int place = bound->other == 0 ? GLP_NS : place_without(core, bound);
    glp_set_col_bnds(part, bound->column, type, lower, upper);
    glp_set_obj_coef(part, bound->column, glp_get_obj_coef(part, bound->column) + bound->cost);
    glp_set_col_stat(part, bound->column, place);
}

/** A bound row comes back: @p place is the column's without it. */
static void take_bound(const Core *core, const BoundRow *bound, int place)
{
    int by_row = place == GLP_NL   ? bound->other_at_lower
                 : place == GLP_NU ? bound->other_at_upper
                                   : 0;
    bool is_basic = bound->other == 0 || place == GLP_BS || by_row != 0;
    glp_set_col_stat(core->whole, bound->column, is_basic ? GLP_BS : place);
    if (bound->other != 0)
        glp_set_col_stat(core->whole, bound->other, by_row != 0 ? by_row : GLP_BS);
}

/* ---- the core ----------------------------------------------------------------------------------- */

/** Kept from call to call: a program is approached again and again. */
static bool make_lists(Core *core, Backend *backend)
{
    int rows = glp_get_num_rows(core->whole), columns = glp_get_num_cols(core->whole);
    Arena *arena = backend->arena;
    Core *kept = backend->core;
    if (kept == NULL)
        kept = backend->core = ARENA_NEW(arena, 1, Core);
    if (kept == NULL)
        return false;
    if (kept->row_room < rows || kept->column_room < columns) {
        size_t m = (size_t)rows + 1, n = (size_t)columns + (size_t)columns / 2 + 1;
        *kept = (Core){.row_room = rows, .column_room = (int)n - 1};
        kept->gone_rows = ARENA_NEW(arena, m, int);
        kept->gone_columns = ARENA_NEW(arena, m, int);
        kept->bounds = ARENA_NEW(arena, m, BoundRow);
        kept->list = ARENA_NEW(arena, n, int);
        kept->value = ARENA_NEW(arena, n, double);
        kept->mark = ARENA_NEW(arena, n, bool);
    }
    kept->whole = core->whole;
    kept->gone_row_count = kept->gone_column_count = kept->bound_count = 0;
    *core = *kept;
    if (core->gone_rows == NULL || core->gone_columns == NULL || core->bounds == NULL ||
        core->list == NULL || core->value == NULL || core->mark == NULL) {
        backend->core = NULL;
        return false;
    }
    memset(core->mark, 0, ((size_t)columns + 1) * sizeof *core->mark);
    return true;
}

/** Lists what is settled, and with @p bounds what is no more than a bound. False when there is no memory
 *  for the lists. */
static bool find_settled(Core *core, bool bounds, Backend *backend)
{
    if (!make_lists(core, backend))
        return false;
    for (int i = 1; i <= glp_get_num_rows(core->whole); i++) {
        BoundRow *bound = &core->bounds[core->bound_count];
        int single;
        if (!is_settled(core, i, &single)) {
            if (!bounds || !find_bound(core, i, bound))
                continue;
            core->mark[bound->column] = true;
            core->bound_count++;
            single = bound->other;
        }
        core->gone_rows[++core->gone_row_count] = i;
        if (single != 0)
            core->gone_columns[++core->gone_column_count] = single;
    }
    return true;
}

/** Takes the places of the core's rows and columns over into the whole. */
static void hand_back(const Core *core, glp_prob *part)
{
    int rows = glp_get_num_rows(core->whole), columns = glp_get_num_cols(core->whole);
    bool *gone = core->mark;
    memset(gone, 0, ((size_t)columns + 1) * sizeof *gone);
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
        if (!gone[j]) {
            core->list[j] = glp_get_col_stat(part, ++at); /* a bound may be the part's alone */
            glp_set_col_stat(core->whole, j, core->list[j]);
        }
    for (int k = 0; k < core->bound_count; k++)
        take_bound(core, &core->bounds[k], core->list[core->bounds[k].column]);
}

void backend_approach(Backend *backend, bool bounds)
{
    Core core = {.whole = backend->problem};
    if (!find_settled(&core, bounds, backend) || core.gone_row_count < SETTLED_LEAST ||
        core.gone_row_count < glp_get_num_rows(core.whole) / SETTLED_PART)
        return;
    glp_prob *part = glp_create_prob();
    glp_copy_prob(part, core.whole, GLP_OFF);
    for (int k = 0; k < core.bound_count; k++)
        put_bound(&core, part, &core.bounds[k]);
    glp_del_rows(part, core.gone_row_count, core.gone_rows);
    if (core.gone_column_count > 0)
        glp_del_cols(part, core.gone_column_count, core.gone_columns);
    if (glp_get_num_cols(part) > 0 && glp_get_num_rows(part) > 0 &&
        glpk_simplex(backend, part, false) == BACKEND_OPTIMAL)
        hand_back(&core, part);
    glp_delete_prob(part);
}
