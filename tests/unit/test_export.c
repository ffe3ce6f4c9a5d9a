/* Exported programs: other solvers read them and find what the first stage found. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/support/generated_round.h"
#include "tests/support/pipeline.h"
#include "tests/support/test_support.h"

enum { SCRIPT = 512 };

/** What a solver run as a command found, read behind @p mark in what it printed or wrote. */
static double objective(const char *dir, const char *command, const char *mark)
{
    char script[SCRIPT];
    double value = NAN;
    (void)snprintf(script, sizeof script, "timeout 120 %s", command);
    TestRun run = run_shell(dir, script);
    const char *at = strstr(run.out, mark);
    if (run.exit_code != 0 || at == NULL)
        fail_msg("%s (exit %d) does not say '%s':\n%s", command, run.exit_code, mark, run.out);
    else
        value = strtod(at + strlen(mark), NULL);
    test_run_free(&run);
    return value;
}

/** glpsol's solution file: "s bas ROWS COLUMNS f f VALUE" or "s mip ROWS COLUMNS o VALUE". */
static double glpsol(const char *dir, const char *how)
{
    char command[SCRIPT];
    (void)snprintf(command, sizeof command,
                   "glpsol %s --write x.sol >glpsol.log && "
                   "awk '$1 == \"s\" { print \"found\", $NF }' x.sol",
                   how);
    return objective(dir, command, "found ");
}

/** Exports the round of @p dir both ways and asks every solver; each must find @p value. */
static void assert_found_by_all(Pipeline *run, const char *dir, double value, double within)
{
    char *mps = test_path(dir, "x.mps"), *lp = test_path(dir, "x.lp");
    assert_int_equal(solve_export(&run->form, NULL, NULL, mps, false, run->arena), STATUS_OK);
    assert_int_equal(solve_export(&run->form, NULL, NULL, lp, true, run->arena), STATUS_OK);
    assert_close(glpsol(dir, "--freemps x.mps"), value, within, 1e-9);
    assert_close(glpsol(dir, "--lp x.lp"), value, within, 1e-9);
    double other = run->form.whole
                       ? objective(dir, "cbc x.mps solve", "Objective value:")
                       : objective(dir, "clp x.mps -primalsimplex", "Optimal objective ");
    assert_close(other, value, within, 1e-7); /* clp prints eight digits or so */
    free(mps);
    free(lp);
}

/** 60 + 10 x 2,000 + 40 asked... see samples/first-steps: with all in one tier the unmet are 34,000. */
static void a_small_round_is_the_same_program_for_everybody(void **state)
{
    static const char NEEDS[] = "id,region,category,quantity,unit,unit_cost\n"
                                "N-1,A,HW,60000,EUR,\nN-2,A,TRN,10,seat,2000\n"
                                "N-3,A,BKP,40000,EUR,\nN-4,B,HW,50000,EUR,\n";
    static const char OFFERS[] = "id,donor,quantity,only_regions\nO-1,X,96000,\nO-2,Y,40000,B\n";
    (void)state;
    char *dir = test_dir_make();
    write_file(dir, "needs.csv", NEEDS);
    write_file(dir, "offers.csv", OFFERS);
    Pipeline *run = pipeline_formulate(dir, NULL, 0);
    assert_found_by_all(run, dir, 34000, 1e-6);
    pipeline_free(run);
    test_dir_remove(dir);
}

/** Without a column GLPK's writer leaves the objective out, and glpsol refuses the file. */
static void a_round_without_needs_is_a_program_that_others_read(void **state)
{
    (void)state;
    char *dir = test_dir_make();
    write_file(dir, "needs.csv", "id,category,quantity\n");
    write_file(dir, "offers.csv", "id,donor,quantity\n");
    Pipeline *run = pipeline_formulate(dir, NULL, 0);
    assert_found_by_all(run, dir, 0, 1e-9);
    pipeline_free(run);
    test_dir_remove(dir);
}

/** One tier, so that the first stage decides how much is met at all. */
static void assert_generated_agrees(double things, const char *fairness)
{
    RoundShape shape = {.needs = 120,
                        .things = things,
                        .supply = 0.65,
                        .one_tier = true,
                        .fairness = fairness,
                        .seed = 7};
    char *dir = test_dir_make();
    generated_round_write(dir, &shape);
    Pipeline *run = pipeline_formulate(dir, NULL, 0);
    if (run->status != STATUS_OK)
        pipeline_print(run);
    assert_int_equal(run->status, STATUS_OK);
    SolveSettings settings = {.gap_rel = 0, .nodes = 100000};
    SolveResult result;
    assert_int_equal(solve_stages(&run->form, &settings, run->arena, &result), STATUS_OK);
    assert_true(result.bound_count > 0);
    assert_found_by_all(run, dir, result.bounds[0].bound, 0.01);
    pipeline_free(run);
    test_dir_remove(dir);
}

static void other_solvers_find_the_first_stages_value_in_money(void **state)
{
    (void)state;
    assert_generated_agrees(0, "none");
}

/** The rows of fairness are in the file, and say nothing yet. */
static void rows_of_later_stages_do_not_disturb_the_first(void **state)
{
    (void)state;
    assert_generated_agrees(0, "beneficiary");
}

/** Three needs in two tiers ask for 220 and get 100. */
static Pipeline *solved_in_two_tiers(const char *dir)
{
    write_file(dir, "needs.csv",
               "id,beneficiary,category,quantity,priority\nN-1,A,HW,60,1\nN-2,B,HW,80,2\n"
               "N-3,C,HW,80,2\n");
    write_file(dir, "offers.csv",
               "id,donor,quantity,cost,only_needs\nO-1,X,90,3,\nO-2,Y,10,1,N-2\n");
    Pipeline *run = pipeline_run(dir, NULL, 0);
    if (run->status != STATUS_OK)
        pipeline_print(run);
    assert_int_equal(run->status, STATUS_OK);
    return run;
}

/** The stage with those before it as they are at @p x. */
static Status export_at(const Pipeline *run, const char *stage, const double *x, const char *path)
{
    StageLevel *levels;
    size_t count;
    bool lp_format = strstr(path, ".lp") != NULL;
    assert_int_equal(solve_levels(&run->form, x, run->arena, &levels, &count), STATUS_OK);
    return solve_export(&run->form, stage, levels, path, lp_format, run->arena);
}

static double export_and_ask(const Pipeline *run, const char *dir, const char *stage)
{
    char *mps = test_path(dir, "x.mps"), *lp = test_path(dir, "x.lp");
    assert_int_equal(export_at(run, stage, run->result.x, mps), STATUS_OK);
    assert_int_equal(export_at(run, stage, run->result.x, lp), STATUS_OK);
    double found = glpsol(dir, "--freemps x.mps");
    assert_close(glpsol(dir, "--lp x.lp"), found, 1e-6, 1e-9);
    assert_close(objective(dir, "clp x.mps -primalsimplex", "Optimal objective "), found, 1e-6,
                 1e-7);
    free(mps);
    free(lp);
    return found;
}

/** Of 100, 60 are for tier 1: 120 of tier 2 stay unmet, 40 of 160 even out at 20 of 80 each. O-2 is
 *  the cheaper one and used up: 3 x 90 + 10. */
static void a_later_stage_is_exported_with_those_before_it_held(void **state)
{
    static const struct {
        const char *stage;
        double objective;
    } STAGES[] = {{"tier 1", 0},           {"fairness 1.1", -1},    {"tier 2", 120},
                  {"fairness 2.1", -0.25}, {"fairness 2.2", -0.25}, {"cost", 280}};
    (void)state;
    char *dir = test_dir_make();
    Pipeline *run = solved_in_two_tiers(dir);
    for (size_t k = 0; k < COUNT_OF(STAGES); k++) {
        double found = export_and_ask(run, dir, STAGES[k].stage);
        if (!(fabs(found - STAGES[k].objective) < 1e-4))
            fail_msg("stage '%s': %.12g", STAGES[k].stage, found);
    }
    pipeline_free(run);
    test_dir_remove(dir);
}

/** Tier 1 takes all of the 30 millions, so that the second need, EUR 20, lacks all. Other solvers may lose less
 *  than half a cent of tier 1 for its sake; a level that gives way by a hundred-millionth, 2.70, would leave
 *  17.30. */
static void a_level_gives_way_by_no_cent(void **state)
{
    static const char NEEDS[] = "id,category,quantity,priority\nN-1,HW,299999999.99,1\n"
                                "N-2,HW,20,2\n";
    static const char OFFERS[] = "id,donor,quantity\nO-1,X,30000000\n";
    (void)state;
    char *dir = test_dir_make();
    write_file(dir, "needs.csv", NEEDS);
    write_file(dir, "offers.csv", OFFERS);
    Pipeline *run = pipeline_run(dir, NULL, 0);
    char *lp = test_path(dir, "x.lp");
    double *x;
    assert_int_equal(plan_point(&run->form, &run->plan, run->arena, &x), STATUS_OK);
    assert_int_equal(export_at(run, "tier 2", x, lp), STATUS_OK);
    double unmet = glpsol(dir, "--lp x.lp");
    assert_close(unmet, 20, 0.005, 0);
    free(lp);
    pipeline_free(run);
    test_dir_remove(dir);
}

/** Every euro of N-1 and N-2 is a share of its beneficiary: 1 / 8,231.60 and 1 / 2,743.20, in hundredths of a percent. With eight digits
 *  of them, as much as GLPK's writer puts into twelve letters, a beneficiary that gets nothing has less than
 *  nothing by 4e-8, and cbc finds no plan. Neither need can be served, as both are all or nothing: 10,974.80
 *  stay unmet. */
static void numbers_are_written_with_all_digits(void **state)
{
    static const char NEEDS[] = "id,beneficiary,category,quantity,indivisible\n"
                                "N-1,A,HW,8231.60,yes\nN-2,B,HW,2743.20,yes\n";
    static const double AMOUNTS[] = {8231.6, 2743.2};
    (void)state;
    char *dir = test_dir_make();
    write_file(dir, "needs.csv", NEEDS);
    write_file(dir, "offers.csv", "id,donor,quantity\nO-1,X,2493.90\n");
    Pipeline *run = pipeline_formulate(dir, NULL, 0);
    assert_int_equal(run->status, STATUS_OK);
    assert_found_by_all(run, dir, 10974.8, 1e-6);
    for (size_t k = 0; k < COUNT_OF(AMOUNTS); k++) {
        char command[SCRIPT];
        (void)snprintf(command, sizeof command,
                       "awk '/^ u[0-9]+_N_%zu / { for (k = 2; k < NF; k += 2) "
                       "if ($k ~ /^F_/) print \"share\", $(k + 1) }' x.mps",
                       k + 1);
        assert_close(objective(dir, command, "share "), 1e4 / AMOUNTS[k], 0, 5e-15);
    }
    pipeline_free(run);
    test_dir_remove(dir);
}

static void a_stage_that_is_not_there_is_said(void **state)
{
    static const char *const NONE[] = {"tier 3", "fairness 2", "fairness 2.3", "canonical", ""};
    (void)state;
    char *dir = test_dir_make();
    Pipeline *run = solved_in_two_tiers(dir);
    for (size_t k = 0; k < COUNT_OF(NONE); k++)
        assert_case_int(NONE[k], export_at(run, NONE[k], run->result.x, "/dev/null"), STATUS_USAGE);
    pipeline_free(run);
    test_dir_remove(dir);
}

/** Levels are the stages' values at the point, under the labels of stages.csv. */
static void levels_are_what_the_stages_come_to(void **state)
{
    static const char *const LABELS[] = {"tier 1",       "fairness 1.1", "tier 2", "fairness 2.1",
                                         "fairness 2.2", "lapsing",      "cost"};
    static const double VALUES[] = {0, 1, 120, 0.25, 0.25, 0, 280};
    (void)state;
    StageLevel *levels;
    size_t count;
    char *dir = test_dir_make();
    Pipeline *run = solved_in_two_tiers(dir);
    assert_int_equal(solve_levels(&run->form, run->result.x, run->arena, &levels, &count),
                     STATUS_OK);
    assert_int_equal(count, COUNT_OF(LABELS));
    for (size_t k = 0; k < count; k++) {
        assert_string_equal(levels[k].label, LABELS[k]);
        assert_close(levels[k].value, VALUES[k], 1e-6, 0);
    }
    pipeline_free(run);
    test_dir_remove(dir);
}

/** 60 for N-1, 20 each for N-2 and N-3: all that the two offers hold. */
static Pipeline *with_plan_point(const char *dir, double **x)
{
    Pipeline *run = solved_in_two_tiers(dir);
    assert_int_equal(plan_point(&run->form, &run->plan, run->arena, x), STATUS_OK);
    return run;
}

/** The plan's level of a stage, @p plan being its point and @p solver the solver's (NULL: none). */
static double plan_level(const Pipeline *run, const double *plan, const double *solver,
                         const char *label)
{
    StageLevel *levels;
    size_t count;
    assert_int_equal(solve_plan_levels(&run->form, plan, solver, run->arena, &levels, &count),
                     STATUS_OK);
    for (size_t k = 0; k < count; k++)
        if (strcmp(levels[k].label, label) == 0)
            return levels[k].value;
    fail_msg("no level of '%s'", label);
    return NAN;
}

/** The point of a pair's line moved by @p more, all else following from the lines. */
static double *moved(const Pipeline *run, const double *x, const char *need, double more)
{
    size_t columns = (size_t)run->form.lp.column_count;
    double *copy = ARENA_NEW(run->arena, columns, double);
    memcpy(copy, x, columns * sizeof *copy);
    for (size_t p = 0; p < run->pairs.count; p++)
        if (strcmp(run->round.needs[run->pairs.pairs[p].need].id, need) == 0 && copy[p] > 0) {
            copy[p] += more;
            return copy;
        }
    fail_msg("'%s' has no line", need);
    return copy;
}

/** A solver's point may be better than every plan by what its tolerances let through: 0.3 of tier 2, of which
 *  another stage cannot be found the plan's value again. */
static void levels_are_the_plans_where_it_keeps_the_rows(void **state)
{
    (void)state;
    double *x;
    char *dir = test_dir_make();
    Pipeline *run = with_plan_point(dir, &x);
    const double *better = moved(run, x, "N-2", 0.3), *worse = moved(run, x, "N-2", -0.3);
    assert_close(plan_level(run, x, better, "tier 2"), 120, 1e-9, 0);
    assert_close(plan_level(run, x, worse, "tier 2"), 120, 1e-9, 0);
    assert_close(plan_level(run, x, NULL, "tier 2"), 120, 1e-9, 0);
    pipeline_free(run);
    test_dir_remove(dir);
}

/** A plan whose lines, each rounded, come to 0.005 more than an offer has: no point of the program. The solver's
 *  own point has tier 2 worse by that, and the least share by 0.005 of 80. */
static void levels_of_a_plan_that_misses_rows_are_such_as_the_solver_meets(void **state)
{
    (void)state;
    double *x;
    char *dir = test_dir_make();
    Pipeline *run = with_plan_point(dir, &x);
    const double *rounded = moved(run, x, "N-2", 0.005);
    assert_close(plan_level(run, rounded, x, "tier 2"), 120, 1e-9, 0);
    assert_close(plan_level(run, rounded, x, "fairness 2.2"), 0.25, 1e-9, 0);
    pipeline_free(run);
    test_dir_remove(dir);
}

static void assert_name_is_plain(const char *name, size_t most)
{
    if (strlen(name) > most ||
        strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.") !=
            strlen(name))
        fail_msg("the name '%s' is not plain", name);
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/** Ids in Cyrillic, with blanks and quotes, and such that differ in those alone. */
static void names_are_plain_and_unique_whatever_the_ids(void **state)
{
    static const char NEEDS[] = "id,category,quantity\n\"N 1\",HW,10\nN_1,HW,10\nЗаявка-1,HW,10\n"
                                "\"N,1\",HW,10\n";
    static const char OFFERS[] = "id,donor,quantity\nO 1,X,5\nO_1,X,5\nДонор,Y,7\n";
    (void)state;
    char *dir = test_dir_make();
    write_file(dir, "needs.csv", NEEDS);
    write_file(dir, "offers.csv", OFFERS);
    Pipeline *run = pipeline_formulate(dir, NULL, 0);
    assert_int_equal(run->status, STATUS_OK);
    size_t columns = (size_t)run->form.lp.column_count, rows = (size_t)run->form.lp.row_count;
    const char **names = calloc(columns + rows, sizeof *names);
    assert_non_null(names);
    for (size_t j = 0; j < columns; j++)
        names[j] = formulation_column_name(&run->form, (int)j, run->arena);
    for (size_t i = 0; i < rows; i++)
        names[columns + i] = formulation_row_name(&run->form, (int)i, run->arena);
    for (size_t k = 0; k < columns + rows; k++)
        assert_name_is_plain(names[k], 120);
    qsort(names, columns + rows, sizeof *names, by_text);
    for (size_t k = 1; k < columns + rows; k++)
        assert_string_not_equal(names[k - 1], names[k]);
    free(names);
    assert_found_by_all(run, dir, 40 - 17, 1e-6);
    pipeline_free(run);
    test_dir_remove(dir);
}

static void a_place_that_cannot_be_written_is_said(void **state)
{
    (void)state;
    Pipeline *run = pipeline_formulate("samples/first-steps", NULL, 0);
    assert_int_equal(run->status, STATUS_OK);
    assert_int_equal(solve_export(&run->form, NULL, NULL, "/nonexistent/x.mps", false, run->arena),
                     STATUS_IO);
    assert_int_equal(solve_export(&run->form, NULL, NULL, "/nonexistent/x.lp", true, run->arena),
                     STATUS_IO);
    assert_int_equal(solve_export(&run->form, NULL, NULL, "/dev/full", false, run->arena),
                     STATUS_IO);
    pipeline_free(run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_small_round_is_the_same_program_for_everybody),
        cmocka_unit_test(a_round_without_needs_is_a_program_that_others_read),
        cmocka_unit_test(other_solvers_find_the_first_stages_value_in_money),
        cmocka_unit_test(rows_of_later_stages_do_not_disturb_the_first),
        cmocka_unit_test(a_later_stage_is_exported_with_those_before_it_held),
        cmocka_unit_test(a_level_gives_way_by_no_cent),
        cmocka_unit_test(numbers_are_written_with_all_digits),
        cmocka_unit_test(a_stage_that_is_not_there_is_said),
        cmocka_unit_test(levels_are_what_the_stages_come_to),
        cmocka_unit_test(levels_are_the_plans_where_it_keeps_the_rows),
        cmocka_unit_test(levels_of_a_plan_that_misses_rows_are_such_as_the_solver_meets),
        cmocka_unit_test(names_are_plain_and_unique_whatever_the_ids),
        cmocka_unit_test(a_place_that_cannot_be_written_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
