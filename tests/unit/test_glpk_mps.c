/* Programs as MPS: every kind of row, column and bound, read by solvers that are not GLPK's writer. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/support/backend_probe.h"
#include "tests/support/test_support.h"

enum { SCRIPT = 300, NAME_SIZE = 24 };

static char *path;
static bool written;

static void name_and_write(Probe *probe, Backend *backend)
{
    char name[NAME_SIZE];
    for (int i = 0; i < probe->dense->rows; i++) {
        (void)snprintf(name, sizeof name, "row%d", i + 1);
        backend_name_row(backend, i, name);
    }
    for (int j = 0; j < probe->dense->columns; j++) {
        (void)snprintf(name, sizeof name, "column%d", j + 1);
        backend_name_column(backend, j, name);
    }
    written = backend_write(backend, path, false);
}

static double asked(const char *dir, const char *command, const char *mark)
{
    double value = NAN;
    TestRun run = run_shell(dir, command);
    const char *at = strstr(run.out, mark);
    if (at == NULL)
        fail_msg("%s says no '%s':\n%s", command, mark, run.out);
    else
        value = strtod(at + strlen(mark), NULL);
    test_run_free(&run);
    return value;
}

/** Every reader finds @p value in the program. */
static void assert_all_read(const Dense *d, double value)
{
    char *dir = test_dir_make();
    path = test_path(dir, "x.mps");
    (void)probed(d, name_and_write, NULL);
    assert_true(written);
    assert_close(asked(dir,
                       "timeout 60 glpsol --freemps x.mps --write s >log; "
                       "awk '$1 == \"s\" { print \"found\", $NF }' s",
                       "found "),
                 value, 1e-9, 1e-9);
    assert_close(asked(dir, "timeout 60 cbc x.mps solve", "Objective value:"), value, 1e-7, 1e-9);
    free(path);
    test_dir_remove(dir);
}

/** min f - i - m + 10 x + d - h, where -5.5 <= f + i/10 <= 9, 3 i <= 10.1 with i whole, m <= -2, x = 0.3,
 *  1.5 <= d <= 4, d + g = 5, 0.25 <= h <= 0.75 by a row, and a row that binds nothing: i = 3, f = -5.8, and
 *  -5.8 - 3 + 2 + 3 + 1.5 - 0.75 = -3.05. A reader that took i for 0 or 1 would find -0.15 at the least. */
static Dense every_kind(void)
{
    enum { F, I, M, X, D, E, G, H, COLUMNS };
    static const double COSTS[COLUMNS] = {1, -1, -1, 10, 1, 0, 0, -1};
    Dense d = dense(5, COLUMNS);
    for (int j = 0; j < COLUMNS; j++)
        d.cost[j] = COSTS[j];
    d.matrix[0][F] = 1;
    d.matrix[0][I] = 0.1;
    d.row_lower[0] = -5.5;
    d.row_upper[0] = 9;
    d.matrix[1][I] = 3;
    d.row_upper[1] = 10.1;
    d.matrix[2][D] = 1;
    d.matrix[2][M] = 1; /* row 3 is free */
    d.matrix[3][D] = d.matrix[3][G] = 1;
    d.row_lower[3] = d.row_upper[3] = 5;
    d.matrix[4][H] = 1;
    d.row_lower[4] = 0.25;
    d.row_upper[4] = 0.75;
    d.lower[F] = d.lower[M] = -INFINITY;
    d.whole[I] = true;
    d.upper[M] = -2;
    d.lower[X] = d.upper[X] = 0.3;
    d.lower[D] = 1.5;
    d.upper[D] = 4;
    return d;
}

static void every_kind_of_row_and_column_is_read_by_others(void **state)
{
    (void)state;
    Dense d = every_kind();
    assert_all_read(&d, -3.05);
}

/** To half a unit of the last digit. One row, x / 3 >= 1 / 7, and x / 99999996 in the objective: eight digits would make it 1E-8. */
static void numbers_have_fifteen_digits(void **state)
{
    static const char *const WHERE[] = {"$1 == \"column1\" && $2 == \"obj\"",
                                        "$1 == \"column1\" && $2 == \"row1\"", "$1 == \"RHS1\""};
    static const double VALUES[] = {1.0 / 99999996, 1.0 / 3, 1.0 / 7};
    (void)state;
    Dense d = dense(1, 1);
    char command[SCRIPT], *dir = test_dir_make();
    d.cost[0] = VALUES[0];
    d.matrix[0][0] = VALUES[1];
    d.row_lower[0] = VALUES[2];
    path = test_path(dir, "x.mps");
    (void)probed(&d, name_and_write, NULL);
    for (size_t k = 0; k < COUNT_OF(VALUES); k++) {
        (void)snprintf(command, sizeof command, "awk '%s { print \"is\", $3 }' x.mps", WHERE[k]);
        assert_close(asked(dir, command, "is "), VALUES[k], 0, 5e-15);
    }
    free(path);
    test_dir_remove(dir);
}

/** Numbers that are short stay short: 0.1 is not 0.10000000000000001. */
static void decimals_are_written_as_they_are(void **state)
{
    (void)state;
    Dense d = every_kind();
    char *dir = test_dir_make();
    path = test_path(dir, "x.mps");
    (void)probed(&d, name_and_write, NULL);
    TestRun run =
        run_shell(dir, "grep -c ' column2 row1 0.1$' x.mps; grep -c '[0-9]\\{9\\}' x.mps");
    assert_string_equal(run.out, "1\n0\n");
    test_run_free(&run);
    free(path);
    test_dir_remove(dir);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_kind_of_row_and_column_is_read_by_others),
        cmocka_unit_test(numbers_have_fifteen_digits),
        cmocka_unit_test(decimals_are_written_as_they_are),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
