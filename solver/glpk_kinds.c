/* Columns that are whole, or need not be, by the rows they stand in. */
#include "solver/glpk_kinds.h"

#include <math.h>

/* Columns in more rows are not looked at for a switch that decides them; rows of more columns are none that
 * make one whole. */
enum { TIED_ROWS = 64, IMPLYING_COLUMNS = 1000 };

/* How far a bound may be from the whole number it stands for: frozen stages leave as much. */
static const double BOUND_NOISE = 1e-5;

/* Beyond this steps are no longer told apart in doubles by what searches allow. */
static const double MOST_STEPS = 1e6;

/** The other column of an equation of two; 0: row @p i is none. */
static int partner_in(glp_prob *problem, int i, int column)
{
    int columns[3];
    if (glp_get_row_type(problem, i) != GLP_FX || glp_get_mat_row(problem, i, NULL, NULL) != 2)
        return 0;
    glp_get_mat_row(problem, i, columns, NULL);
    return columns[1] == column ? columns[2] : columns[1];
}

/** Is column @p unmet tied to one switch by an equation, beside that in row @p but? */
static bool is_switched(glp_prob *problem, int unmet, int but)
{
    int count = glp_get_mat_col(problem, unmet, NULL, NULL), rows[TIED_ROWS + 1];
    if (count > TIED_ROWS || glp_get_col_kind(problem, unmet) != GLP_CV)
        return false;
    glp_get_mat_col(problem, unmet, rows, NULL);
    for (int k = 1; k <= count; k++) {
        int other = rows[k] == but ? 0 : partner_in(problem, rows[k], unmet);
        if (other != 0 && glp_get_col_kind(problem, other) == GLP_BV)
            return true;
    }
    return false;
}

bool glpk_follows_switch(glp_prob *problem, int j)
{
    int count = glp_get_mat_col(problem, j, NULL, NULL), rows[TIED_ROWS + 1];
    if (count > TIED_ROWS || glp_get_col_kind(problem, j) != GLP_IV)
        return false;
    glp_get_mat_col(problem, j, rows, NULL);
    for (int k = 1; k <= count; k++) {
        int unmet = partner_in(problem, rows[k], j);
        if (unmet != 0 && is_switched(problem, unmet, rows[k]))
            return true;
    }
    return false;
}

static bool is_whole_number(double value)
{
    return value == floor(value);
}

/** The one column of an equation of whole numbers that is not said to be whole, and is by that, as its
 *  element is 1; 0: there is none, or it is not alone. */
static int implied_by(glp_prob *problem, int i, int *columns, double *elements)
{
    int count =
        glp_get_row_type(problem, i) == GLP_FX ? glp_get_mat_row(problem, i, NULL, NULL) : 0;
    int implied = 0;
    if (count < 2 || count > IMPLYING_COLUMNS || !is_whole_number(glp_get_row_lb(problem, i)))
        return 0;
    glp_get_mat_row(problem, i, columns, elements);
    for (int k = 1; k <= count; k++) {
        if (!is_whole_number(elements[k]))
            return 0;
        if (glp_get_col_kind(problem, columns[k]) != GLP_CV)
            continue;
        if (implied != 0 || fabs(elements[k]) != 1)
            return 0;
        implied = columns[k];
    }
    return implied;
}

/** Whole, between the whole numbers that its bounds stand for; as it was where none is left, or where it is
 *  not bounded. */
static bool make_whole(glp_prob *problem, int j)
{
    int type = glp_get_col_type(problem, j);
    double lower = ceil(glp_get_col_lb(problem, j) - BOUND_NOISE);
    double upper = floor(glp_get_col_ub(problem, j) + BOUND_NOISE);
    if ((type != GLP_DB && type != GLP_FX) || lower > upper || upper - lower > MOST_STEPS)
        return false;
    glp_set_col_kind(problem, j, GLP_IV);
    glp_set_col_bnds(problem, j, lower < upper ? GLP_DB : GLP_FX, lower, upper);
    return true;
}

int glpk_imply_whole(glp_prob *problem)
{
    int count = 0;
    int columns[IMPLYING_COLUMNS + 1];
    double elements[IMPLYING_COLUMNS + 1];
    for (int i = 1; i <= glp_get_num_rows(problem); i++) {
        int j = implied_by(problem, i, columns, elements);
        if (j != 0 && !is_switched(problem, j, i))
            count += make_whole(problem, j);
    }
    return count;
}
