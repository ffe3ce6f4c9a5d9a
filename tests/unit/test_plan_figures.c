/* The figures that follow from a plan's lines, worked by hand: gross up, value half to even, what
 * children take of their parents, what channels keep, what is left.
 */
#include "tests/support/round_case.h"

/** A line by ids, in the need's smallest parts. */
typedef struct LineOf {
    const char *need, *offer;
    int64_t quantity;
} LineOf;

enum { LINES = 4 };

/** The figures of a plan of these lines. */
static Pipeline *figures_of(const CaseFile *files, const LineOf *lines, size_t count)
{
    Pipeline *run = case_formulate(files);
    if (run->status != STATUS_OK)
        pipeline_print(run);
    assert_int_equal(run->status, STATUS_OK);
    run->plan.assignments = ARENA_NEW(run->arena, LINES, Assignment);
    assert_non_null(run->plan.assignments);
    for (size_t i = 0; i < count; i++) {
        int offer = round_find_offer(&run->round, lines[i].offer);
        run->plan.assignments[run->plan.assignment_count++] =
            (Assignment){.need = round_find_need(&run->round, lines[i].need),
                         .offer = offer,
                         .quantity = lines[i].quantity,
                         .basis = run->round.offers[offer].basis};
    }
    run->status = plan_figures(&run->round, run->arena, &run->plan);
    return run;
}

static void a_lines_gross_is_rounded_up_and_its_value_half_to_even(void **state)
{
    /* a yen is 0.625 cents; of what is paid in euros with an overhead of 0.2, 0.78125 cents */
    static const struct {
        int64_t yen, gross, value;
    } cases[] = {{1, 1, 1}, {4, 4, 2}, {12, 10, 8}, {20, 16, 12}, {64, 50, 40}, {65, 51, 41}};
    const CaseFile files[] = {{"rates.csv", "currency,rate\nJPY,0.00625\n"},
                              {"needs.csv", "id,category,quantity,unit\nN1,HW,1000,JPY\n"},
                              {"offers.csv", "id,donor,quantity,unit,overhead\nO1,DE,9,EUR,0.2\n"},
                              {NULL, NULL}};
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        Pipeline *run = figures_of(files, &(LineOf){"N1", "O1", cases[i].yen}, 1);
        assert_int_equal(run->status, STATUS_OK);
        assert_int_equal(run->plan.assignments[0].offer_quantity, cases[i].gross);
        assert_int_equal(run->plan.assignments[0].value, cases[i].value);
        pipeline_free(run);
    }
}

static void children_take_from_every_offer_above_them(void **state)
{
    /* O3 of FR is paid out of O2, O2 out of O1 of DE; 0.9 * 0.8 of O3's gross arrive */
    const CaseFile files[] = {
        {"rates.csv", "currency,rate\nUSD,0.8\n"},
        {"needs.csv", "id,category,quantity,unit\nN1,HW,100,EUR\nN2,HW,50,EUR\n"},
        {"offers.csv", "id,donor,quantity,unit,parent,overhead\n"
                       "O1,DE,200,EUR,,\nO2,UNDP,150,USD,O1,0.2\nO3,FR,120,EUR,O2,0.1\n"},
        {NULL, NULL}};
    const LineOf lines[] = {{"N1", "O1", 1000}, {"N1", "O3", 7200}, {"N2", "O2", 3200}};
    (void)state;
    Pipeline *run = figures_of(files, lines, COUNT_OF(lines));
    const Plan *plan = &run->plan;
    assert_int_equal(run->status, STATUS_OK);
    /* O3: 72 / 0.72 = 100 EUR = 125 USD of O2 = 100 EUR of O1; O2: 32 / 0.8 / 0.8 = 50 USD = 40 EUR */
    assert_int_equal(plan->assignments[1].offer_quantity, 10000);
    assert_int_equal(plan->assignments[2].offer_quantity, 5000);
    assert_int_equal(plan->offers[2].used, 10000);
    assert_int_equal(plan->offers[1].used, 12500 + 5000);
    assert_int_equal(plan->offers[0].used, 1000 + 10000 + 4000);
    assert_int_equal(plan->offers[0].left, 20000 - 15000);
    assert_int_equal(plan->offers[1].left, 0); /* 150 less 175: never negative */
    assert_int_equal(plan->offers[2].overhead, 2800);
    assert_int_equal(plan->offers[1].overhead, 1000);
    assert_int_equal(plan->offers[0].overhead, 0);
    assert_int_equal(plan->offers[0].value_used, 1000); /* its own lines alone */
    assert_int_equal(plan->needs[0].donors, 1);         /* O3's money is DE's */
    assert_int_equal(plan->offers[0].needs, 1);
    pipeline_free(run);
}

static void what_is_unmet_and_what_is_left_is_a_remainder(void **state)
{
    const CaseFile files[] = {
        {"rates.csv", "currency,rate\nUSD,0.8\n"},
        {"needs.csv", "id,category,quantity,unit,unit_cost,covered\n"
                      "N1,HW,9,seat,33.3330,2\nN2,HW,5,kit,,\nN3,HW,unknown,EUR,,\n"},
        {"offers.csv", "id,donor,quantity,unit,unit_value,currency,status\n"
                       "O1,DE,4,seat,12.5,USD,pledged\nO2,DE,10,kit,,,\nO3,FR,100,USD,,,\n"},
        {"settings.csv", "key,value\nplan_on,pledged\n"},
        {NULL, NULL}};
    const LineOf lines[] = {{"N1", "O1", 3000000}, {"N1", "O3", 2000000}, {"N2", "O2", 5000000}};
    (void)state;
    Pipeline *run = figures_of(files, lines, COUNT_OF(lines));
    const Plan *plan = &run->plan;
    assert_int_equal(run->status, STATUS_OK);
    assert_int_equal(plan->needs[0].assigned, 5000000);
    assert_int_equal(plan->needs[0].pledged, 3000000);
    assert_int_equal(plan->needs[0].unmet, 2000000);
    /* 99.999 to 100.00 and 66.666 to 66.67; 7 seats are 233.331, so 233.33 less 166.67 */
    assert_int_equal(plan->needs[0].value_assigned, 16667);
    assert_int_equal(plan->needs[0].value_unmet, 6666);
    assert_int_equal(plan->needs[0].donors, 2);
    assert_false(plan->assignments[2].has_value);
    assert_int_equal(plan->needs[1].unmet, 0);
    assert_int_equal(plan->needs[2].unmet, 0);
    /* one seat of 12.5 USD left: 10 EUR; kits have no value; 66.666 EUR are 83.3325 USD, up 83.34 */
    assert_int_equal(plan->offers[0].value_left, 1000);
    assert_int_equal(plan->offers[1].left, 5000000);
    assert_int_equal(plan->offers[1].value_left, 0);
    assert_int_equal(plan->offers[2].left, 1666);
    assert_int_equal(plan->offers[2].value_left, 1333);
    pipeline_free(run);
}

static void a_need_that_is_met_has_nothing_unmet_in_value(void **state)
{
    /* three cents at 0.5 are 1.5, to 2; by lines 0.5 to 0 and 1 to 1 */
    const CaseFile files[] = {{"rates.csv", "currency,rate\nUSD,0.5\n"},
                              {"needs.csv", "id,category,quantity,unit\nN1,HW,0.03,USD\n"},
                              {"offers.csv", "id,donor,quantity,unit\nO1,DE,9,USD\nO2,FR,9,USD\n"},
                              {NULL, NULL}};
    const LineOf lines[] = {{"N1", "O1", 1}, {"N1", "O2", 2}};
    (void)state;
    Pipeline *run = figures_of(files, lines, COUNT_OF(lines));
    assert_int_equal(run->plan.needs[0].value_assigned, 1);
    assert_int_equal(run->plan.needs[0].unmet, 0);
    assert_int_equal(run->plan.needs[0].value_unmet, 0);
    pipeline_free(run);
}

static void a_figure_that_does_not_fit_is_said(void **state)
{
    const CaseFile files[] = {
        {"needs.csv", "id,category,quantity,unit,unit_cost\nN1,HW,1,seat,100000000\n"},
        {"offers.csv", "id,donor,quantity,unit\nO1,DE,9,EUR\n"},
        {NULL, NULL}};
    (void)state;
    Pipeline *run = figures_of(files, &(LineOf){"N1", "O1", INT64_MAX}, 1);
    assert_int_equal(run->status, STATUS_INTERNAL);
    pipeline_free(run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_lines_gross_is_rounded_up_and_its_value_half_to_even),
        cmocka_unit_test(children_take_from_every_offer_above_them),
        cmocka_unit_test(what_is_unmet_and_what_is_left_is_a_remainder),
        cmocka_unit_test(a_need_that_is_met_has_nothing_unmet_in_value),
        cmocka_unit_test(a_figure_that_does_not_fit_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
