/* Faults of the solving that were mended, one test each. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/support/generated_round.h"
#include "tests/support/pipeline.h"
#include "tests/support/program.h"

/** GLPK's writer drops the objective of a program with a free row, and the rows of fairness are free
 *  until their stage: other solvers then took the first of them for the objective. */
static void the_objective_is_in_the_file_although_fairness_comes_later(void **state)
{
    (void)state;
    Program p;
    program_open(&p);
    ALLOT(&p, "export", "r", "x.mps", "-q");
    assert_exit(&p, 0);
    program_script(&p, "awk '$1 == \"N\" { print $2 }' x.mps");
    assert_string_equal(p.run.out, "obj\n"); /* the one row of kind N */
    program_close(&p);
}

static double bound_of(const SolveResult *result, const Formulation *form, const char *label)
{
    for (size_t k = 0; k < result->bound_count; k++)
        if (strcmp(form->stages[result->bounds[k].stage].label, label) == 0)
            return result->bounds[k].bound;
    return NAN;
}

/** A search that a limit ends keeps a point made for an earlier stage: tier 2 was left with 392,090
 *  unmet, the bound being 0. Every stage has a point of its own now. */
static void a_tier_of_whole_things_is_served_though_its_search_ends_early(void **state)
{
    static const RoundShape SHAPE = {
        .needs = 200, .things = 0.3, .supply = 0.65, .fairness = "none", .seed = 1};
    (void)state;
    char *dir = test_dir_make();
    generated_round_write(dir, &SHAPE);
    Pipeline *run = pipeline_run(dir, NULL, 0);
    if (run->status != STATUS_OK)
        pipeline_print(run);
    assert_int_equal(run->status, STATUS_OK);
    for (size_t s = 0; s < run->plan.stage_count; s++) {
        const StageResult *stage = &run->plan.stages[s];
        if (stage->kind == STAGE_TIER)
            assert_close(stage->value, bound_of(&run->result, &run->form, stage->label), 5.0, 1e-4);
    }
    pipeline_free(run);
    test_dir_remove(dir);
}

/** Levels beyond the last binary digit: reduced costs of light needs were taken for zero, and later
 *  stages took their money away again. Here 50 are left for the light one, or nobody; of weights 1e15
 *  apart everything is there for both. */
static void money_is_not_left_because_a_need_weighs_little(void **state)
{
    static const struct {
        const char *needs, *offer, *used;
    } CASES[] = {
        {"N-1,HW,100,1000\nN-2,HW,100,0.0001\n", "O-1,X,150\n", "O-1,X,EUR,150.00,150.00,0.00,"},
        {"N-1,HW,1000,1000000000\nN-2,HW,500,0.000001\n", "O-1,X,1500\n",
         "O-1,X,EUR,1500.00,1500.00,0.00,"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(CASES); i++) {
        Program p;
        char needs[200], offers[100];
        snprintf(needs, sizeof needs, "id,category,quantity,weight\n%s", CASES[i].needs);
        snprintf(offers, sizeof offers, "id,donor,quantity\n%s", CASES[i].offer);
        program_open(&p);
        program_table(&p, "needs.csv", needs);
        program_table(&p, "offers.csv", offers);
        ALLOT(&p, "solve", "r", "--tables", "t", "--set", "fairness=none", "-q");
        assert_exit(&p, 0);
        char *written = program_read(&p, "t/offers.csv");
        assert_non_null(strstr(written, CASES[i].used));
        free(written);
        program_close(&p);
    }
}

/** Three needs of 9e16 euros ended as "a fault of the program itself"; of 3e16 the plan had amounts of 19
 *  digits, sixteen cents off in doubles, which no plan could be read with again. */
static void amounts_beyond_whole_steps_of_doubles_are_refused(void **state)
{
    static const struct {
        const char *needs;
        int code;
    } CASES[] = {
        {"id,category,quantity\nN-1,HW,10000000000000\n", 0},
        {"id,category,quantity\nN-1,HW,10000000000000.01\n", 1},
        {"id,category,quantity\nN-1,HW,90000000000000000\nN-2,HW,90000000000000000\n"
         "N-3,HW,90000000000000000\n",
         1},
        {"id,category,quantity,unit,unit_cost\nN-1,HW,1000000000,seat,10000\n", 0},
        {"id,category,quantity,unit,unit_cost\nN-1,HW,1000000000,seat,10000.01\n", 1},
        {"id,category,quantity,unit,unit_cost\nN-1,HW,1000000001,seat,1\n", 1},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(CASES); i++) {
        Program p;
        program_open(&p);
        program_table(&p, "needs.csv", CASES[i].needs);
        program_table(&p, "offers.csv", "id,donor,quantity\nO-1,X,10000000000000\n");
        ALLOT(&p, "solve", "r", "--tables", "t", "-q");
        assert_exit(&p, CASES[i].code);
        if (CASES[i].code != 0)
            assert_non_null(strstr(p.run.err, "E031"));
        program_close(&p);
    }
}

/** A weight of 1e9 on 1e10 euros: the tier's value has 20 digits, and verify refused to read it. */
static void a_stage_of_twenty_digits_is_read_again(void **state)
{
    (void)state;
    Program p;
    program_open(&p);
    program_table(&p, "needs.csv", "id,category,quantity,weight\nN-1,HW,30000000000,1000000000\n");
    program_table(&p, "offers.csv", "id,donor,quantity\nO-1,X,20000000000\n");
    ALLOT(&p, "solve", "r", "--tables", "t", "-q");
    assert_exit(&p, 0);
    char *stages = program_read(&p, "t/stages.csv");
    assert_non_null(strstr(stages, "tier 1,min,10000000000000000000,"));
    free(stages);
    ALLOT(&p, "verify", "r", "t", "-q");
    assert_exit(&p, 0);
    program_close(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_objective_is_in_the_file_although_fairness_comes_later),
        cmocka_unit_test(a_tier_of_whole_things_is_served_though_its_search_ends_early),
        cmocka_unit_test(money_is_not_left_because_a_need_weighs_little),
        cmocka_unit_test(amounts_beyond_whole_steps_of_doubles_are_refused),
        cmocka_unit_test(a_stage_of_twenty_digits_is_read_again),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
