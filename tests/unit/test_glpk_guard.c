/* The guard: whatever GLPK gives up on comes back as a fault, and the next solve is right. What
 * GLPK takes silently, lp_check() refuses. Bodies call no assertion: a jump must not cross a jump.
 */
#include "tests/support/test_support.h"

#include <glpk.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "allot/lp.h"
#include "solver/glpk_guard.h"

/* ---- bodies --------------------------------------------------------------------------------- */

/** max x + y, x + 2y <= 4, 3x + y <= 6: 2.8 at (1.6, 1.2). */
static void solve_small(void *context)
{
    double *optimum = context;
    int rows[] = {0, 1, 1, 2, 2}, columns[] = {0, 1, 2, 1, 2};
    double values[] = {0, 1, 2, 3, 1};
    glp_prob *problem = glp_create_prob();
    glp_smcp control;
    glp_set_obj_dir(problem, GLP_MAX);
    glp_add_rows(problem, 2);
    glp_add_cols(problem, 2);
    glp_set_row_bnds(problem, 1, GLP_UP, 0, 4);
    glp_set_row_bnds(problem, 2, GLP_UP, 0, 6);
    for (int j = 1; j <= 2; j++) {
        glp_set_col_bnds(problem, j, GLP_LO, 0, 0);
        glp_set_obj_coef(problem, j, 1);
    }
    glp_load_matrix(problem, 4, rows, columns, values);
    glp_init_smcp(&control);
    *optimum = glp_simplex(problem, &control) == 0 ? glp_get_obj_val(problem) : NAN;
    glp_delete_prob(problem);
}

static void add_no_rows(void *context)
{
    (void)context;
    glp_add_rows(glp_create_prob(), 0);
}

static void load_a_doubled_element(void *context)
{
    int rows[] = {0, 1, 1}, columns[] = {0, 1, 1};
    double values[] = {0, 1, 1};
    glp_prob *problem = glp_create_prob();
    (void)context;
    glp_add_rows(problem, 1);
    glp_add_cols(problem, 1);
    glp_load_matrix(problem, 2, rows, columns, values);
}

static void set_a_name_with_a_control_character(void *context)
{
    glp_prob *problem = glp_create_prob();
    (void)context;
    glp_add_cols(problem, 1);
    glp_set_col_name(problem, 1, "tab\there");
}

static void ask_for_a_column_that_is_not_there(void *context)
{
    (void)context;
    (void)glp_get_col_prim(glp_create_prob(), 1);
}

static void run_out_of_memory(void *context)
{
    (void)context;
    glp_mem_limit(1);
    for (int k = 0; k < 64; k++)
        glp_add_cols(glp_create_prob(), 10000);
}

static void nothing(void *context)
{
    *(bool *)context = true;
}

/* ---- the guard ------------------------------------------------------------------------------ */

static void work_that_ends_by_itself_is_no_fault(void **state)
{
    GuardFault fault;
    bool ran = false;
    (void)state;
    assert_true(glpk_guard_run(nothing, &ran, &fault));
    assert_true(ran);
    assert_string_equal(fault.text, "");
}

static void every_misuse_comes_back_as_a_fault_that_says_what_and_the_next_solve_is_right(
    void **state)
{
    static const struct {
        const char *label;
        GuardBody *body;
        const char *says;
    } CASES[] = {
        {"no rows", add_no_rows, "glp_add_rows"},
        {"a doubled element", load_a_doubled_element, "duplicate indices"},
        {"a name", set_a_name_with_a_control_character, "glp_set_col_name"},
        {"a column", ask_for_a_column_that_is_not_there, "glp_get_col_prim"},
        {"memory", run_out_of_memory, "memory"},
    };
    (void)state;
    for (size_t k = 0; k < COUNT_OF(CASES); k++) {
        GuardFault fault;
        double optimum = NAN;
        assert_case(CASES[k].label, !glpk_guard_run(CASES[k].body, NULL, &fault));
        if (strstr(fault.text, CASES[k].says) == NULL)
            fail_msg("case \"%s\": it says \"%s\"", CASES[k].label, fault.text);
        assert_case(CASES[k].label, glpk_guard_run(solve_small, &optimum, &fault));
        assert_close(optimum, 2.8, 1e-9, 0);
        assert_case_text(CASES[k].label, fault.text, "");
    }
}

/** ASan sees what is left behind. */
static void many_faults_in_turn_leave_nothing_behind(void **state)
{
    enum { TURNS = 300 };
    (void)state;
    for (int k = 0; k < TURNS; k++) {
        GuardFault fault;
        double optimum = NAN;
        bool fails = k % 2 == 0;
        GuardBody *body = !fails ? solve_small : k % 4 == 0 ? add_no_rows : run_out_of_memory;
        assert_int_equal(glpk_guard_run(body, &optimum, &fault), !fails);
        if (!fails)
            assert_close(optimum, 2.8, 1e-9, 0);
    }
}

/** GLPK prints its error even with the terminal switched off; the guard keeps it. */
static void nothing_of_it_reaches_standard_output(void **state)
{
    GuardFault fault;
    double optimum;
    (void)state;
    (void)fflush(stdout);
    int kept = dup(STDOUT_FILENO);
    FILE *file = tmpfile();
    assert_true(kept >= 0 && file != NULL && dup2(fileno(file), STDOUT_FILENO) >= 0);
    bool failed = !glpk_guard_run(add_no_rows, NULL, &fault);
    bool solved = glpk_guard_run(solve_small, &optimum, &fault);
    (void)fflush(stdout);
    long printed = lseek(STDOUT_FILENO, 0, SEEK_END);
    (void)dup2(kept, STDOUT_FILENO);
    (void)close(kept);
    (void)fclose(file);
    assert_true(failed && solved);
    assert_int_equal(printed, 0);
}

/* ---- what GLPK would take silently ---------------------------------------------------------- */

typedef struct Poison {
    const char *label;
    void (*apply)(Lp *lp);
    const char *says;
} Poison;

static void cost_nothing(Lp *lp)
{
    (void)lp;
}
static void lower_nan(Lp *lp)
{
    lp->lower[1] = NAN;
}
static void upper_nan(Lp *lp)
{
    lp->upper[0] = NAN;
}
static void row_nan(Lp *lp)
{
    lp->row_lower[0] = NAN;
}
static void element_nan(Lp *lp)
{
    lp->element[1] = NAN;
}
static void element_infinite(Lp *lp)
{
    lp->element[0] = INFINITY;
}
static void crossed_column(Lp *lp)
{
    lp->lower[0] = 5;
    lp->upper[0] = 4;
}
static void crossed_row(Lp *lp)
{
    lp->row_lower[0] = 9;
}
static void doubled(Lp *lp)
{
    lp->element_column[1] = 0;
}
static void out_of_range(Lp *lp)
{
    lp->element_column[1] = 7;
}
static void broken_whole(Lp *lp)
{
    lp->integer[0] = true;
    lp->upper[0] = 2.5;
}
static void upside_down(Lp *lp)
{
    lp->lower[0] = INFINITY;
    lp->upper[0] = INFINITY;
}

/** 2 x0 + 3 x1 <= 6, 0 <= x <= 10. */
static void sound_program(Arena *arena, Lp *lp)
{
    assert_int_equal(lp_init(arena, lp), STATUS_OK);
    assert_int_equal(lp_add_column(lp, 0, 10, false, 1), STATUS_OK);
    assert_int_equal(lp_add_column(lp, 0, 10, false, 1), STATUS_OK);
    assert_int_equal(lp_add_row(lp, -INFINITY, 6, 2, (int[]){0, 1}, (double[]){2, 3}), STATUS_OK);
}

static void what_glpk_takes_silently_is_refused_before_it_is_asked(void **state)
{
    static const Poison CASES[] = {{"sound", cost_nothing, NULL},
                                   {"lower NaN", lower_nan, "column 1"},
                                   {"upper NaN", upper_nan, "column 0"},
                                   {"row NaN", row_nan, "row 0"},
                                   {"element NaN", element_nan, "row 0"},
                                   {"element infinite", element_infinite, "row 0"},
                                   {"crossed column", crossed_column, "column 0"},
                                   {"crossed row", crossed_row, "row 0"},
                                   {"doubled", doubled, "row 0"},
                                   {"out of range", out_of_range, "row 0"},
                                   {"whole between 0 and 2.5", broken_whole, "column 0"},
                                   {"from infinity", upside_down, "column 0"}};
    (void)state;
    for (size_t k = 0; k < COUNT_OF(CASES); k++) {
        Lp lp;
        Arena *arena = arena_new();
        sound_program(arena, &lp);
        CASES[k].apply(&lp);
        const char *wrong = lp_check(&lp, arena);
        assert_case(CASES[k].label, (wrong != NULL) == (CASES[k].says != NULL));
        if (wrong != NULL && CASES[k].says != NULL && strstr(wrong, CASES[k].says) == NULL)
            fail_msg("case \"%s\": it says \"%s\"", CASES[k].label, wrong);
        arena_free(arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(work_that_ends_by_itself_is_no_fault),
        cmocka_unit_test(
            every_misuse_comes_back_as_a_fault_that_says_what_and_the_next_solve_is_right),
        cmocka_unit_test(many_faults_in_turn_leave_nothing_behind),
        cmocka_unit_test(nothing_of_it_reaches_standard_output),
        cmocka_unit_test(what_glpk_takes_silently_is_refused_before_it_is_asked),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
