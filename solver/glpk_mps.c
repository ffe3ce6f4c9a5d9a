/* The live program as free MPS. GLPK's own writer keeps of a number what fits twelve letters, 3.6453777E-4 of a
 * euro's share in a group: written so, a program that has plans has none for others. Here a number has fifteen
 * digits.
 *
 * The format as solvers read it: sections ROWS, COLUMNS, RHS, RANGES, BOUNDS; a column without bounds is at least
 * 0, and what an integer one without them is at most depends on the reader, so that it is said.
 */
#include "solver/glpk_internal.h"

#include <float.h>
#include <stdio.h>

enum { NUMBER_SIZE = 32 };

typedef struct MpsFile {
    FILE *file;
    glp_prob *problem;
    int *rows; /* [rows + 1] of one column, from 1 */
    double *values;
    long markers;
} MpsFile;

/** All the digits that a decimal number keeps in a double: what the tables say stands as it is. */
static const char *number(double value, char *text)
{
    (void)snprintf(text, NUMBER_SIZE, "%.*g", DBL_DIG, value);
    return text;
}

static const char *row_name(const MpsFile *out, int row)
{
    return row == 0 ? "obj" : glp_get_row_name(out->problem, row);
}

static void write_rows(const MpsFile *out)
{
    (void)fputs("ROWS\n N obj\n", out->file);
    for (int i = 1; i <= glp_get_num_rows(out->problem); i++) {
        static const char LETTERS[] = {
            [GLP_FR] = 'N', [GLP_LO] = 'G', [GLP_UP] = 'L', [GLP_DB] = 'L', [GLP_FX] = 'E'};
        (void)fprintf(out->file, " %c %s\n", LETTERS[glp_get_row_type(out->problem, i)],
                      row_name(out, i));
    }
}

static void write_element(const MpsFile *out, int column, int row, double value)
{
    char text[NUMBER_SIZE];
    (void)fprintf(out->file, " %s %s %s\n", glp_get_col_name(out->problem, column),
                  row_name(out, row), number(value, text));
}

static void write_marker(MpsFile *out, bool begins)
{
    (void)fprintf(out->file, " M%ld 'MARKER' '%s'\n", ++out->markers, begins ? "INTORG" : "INTEND");
}

/** A column that stands in nothing is named by a cost of 0. */
static void write_columns(MpsFile *out)
{
    bool whole = false;
    (void)fputs("COLUMNS\n", out->file);
    for (int j = 1; j <= glp_get_num_cols(out->problem); j++) {
        double cost = glp_get_obj_coef(out->problem, j);
        int count = glp_get_mat_col(out->problem, j, out->rows, out->values);
        if ((glp_get_col_kind(out->problem, j) != GLP_CV) != whole)
            write_marker(out, whole = !whole);
        if (cost != 0 || count == 0)
            write_element(out, j, 0, cost);
        for (int k = count; k > 0; k--)
            write_element(out, j, out->rows[k], out->values[k]);
    }
    if (whole)
        write_marker(out, false);
}

static void write_sides(const MpsFile *out)
{
    char text[NUMBER_SIZE];
    (void)fputs("RHS\n", out->file);
    for (int i = 1; i <= glp_get_num_rows(out->problem); i++) {
        int type = glp_get_row_type(out->problem, i);
        double side =
            type == GLP_LO ? glp_get_row_lb(out->problem, i) : glp_get_row_ub(out->problem, i);
        if (type != GLP_FR && side != 0)
            (void)fprintf(out->file, " RHS1 %s %s\n", row_name(out, i), number(side, text));
    }
    (void)fputs("RANGES\n", out->file);
    for (int i = 1; i <= glp_get_num_rows(out->problem); i++)
        if (glp_get_row_type(out->problem, i) == GLP_DB)
            (void)fprintf(
                out->file, " RNG1 %s %s\n", row_name(out, i),
                number(glp_get_row_ub(out->problem, i) - glp_get_row_lb(out->problem, i), text));
}

static void write_bound(const MpsFile *out, const char *kind, int column, double value)
{
    char text[NUMBER_SIZE];
    (void)fprintf(out->file, " %s BND1 %s %s\n", kind, glp_get_col_name(out->problem, column),
                  number(value, text));
}

static void write_column_bounds(const MpsFile *out, int column)
{
    const char *name = glp_get_col_name(out->problem, column);
    double lower = glp_get_col_lb(out->problem, column);
    double upper = glp_get_col_ub(out->problem, column);
    bool has_upper = upper < DBL_MAX;
    if (lower == upper) {
        write_bound(out, "FX", column, lower);
        return;
    }
    if (lower <= -DBL_MAX)
        (void)fprintf(out->file, " %s BND1 %s\n", has_upper ? "MI" : "FR", name);
    else if (lower != 0)
        write_bound(out, "LO", column, lower);
    if (has_upper)
        write_bound(out, "UP", column, upper);
    else if (lower > -DBL_MAX && glp_get_col_kind(out->problem, column) != GLP_CV)
        (void)fprintf(out->file, " PL BND1 %s\n", name);
}

bool glpk_write_mps(Backend *backend, const char *path)
{
    glp_prob *problem = backend->problem;
    size_t room = (size_t)glp_get_num_rows(problem) + 1;
    MpsFile out = {.problem = problem,
                   .rows = ARENA_NEW(backend->arena, room, int),
                   .values = ARENA_NEW(backend->arena, room, double)};
    if (out.rows == NULL || out.values == NULL || (out.file = fopen(path, "w")) == NULL)
        return false;
    (void)fputs("NAME allot FREE\n", out.file);
    write_rows(&out);
    write_columns(&out);
    write_sides(&out);
    (void)fputs("BOUNDS\n", out.file);
    for (int j = 1; j <= glp_get_num_cols(problem); j++)
        write_column_bounds(&out, j);
    (void)fputs("ENDATA\n", out.file);
    bool whole = ferror(out.file) == 0;
    return fclose(out.file) == 0 && whole;
}
