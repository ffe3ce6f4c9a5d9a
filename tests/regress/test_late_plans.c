/* room: tests
 *
 * Where the time is up before the first program of a round is solved: what is found until then is a plan, not
 * nothing or what is demanded alone. The deadline of these rounds is past from the start, so that no clock
 * decides what they come to.
 */
#include <math.h>

#include "allot/solve.h"
#include "tests/support/round_case.h"

/* The monotonic clock began before that. */
static const double PAST = 1e-9;

/** The round decided by this deadline. */
static Pipeline *decide_by(double deadline, const CaseFile *files, int alone_from)
{
    Pipeline *run = case_formulate(files);
    assert_int_equal(run->status, STATUS_OK);
    SolveSettings settings = solve_settings_of(&run->round);
    settings.deadline = deadline;
    settings.alone_from = alone_from;
    assert_int_equal(solve_plan(&run->form, &settings, run->arena, &run->result, &run->plan),
                     STATUS_OK);
    return run;
}

/** Of the four needs 200 of 250 can be met at most, and are by A, C and D: 50 stay unmet. The floor alone is A. */
static void a_floor_is_no_reason_to_stop_at_it(void **state)
{
    static const CaseFile FILES[CASE_FILES] = {
        {"needs.csv", "id,category,beneficiary,quantity,indivisible\n"
                      "A,HW,B1,60,yes\nB,HW,B2,50,yes\nC,HW,B2,40,yes\nD,HW,B2,100,yes\n"},
        {"offers.csv", "id,donor,quantity\nO1,D1,100\nO2,D2,100\n"},
        {"rules.csv", "id,kind,beneficiary,value\nF,floor,B1,60\n"},
        {"settings.csv", "key,value\nfairness,none\nstages,none\n"},
        {NULL, NULL}};
    (void)state;
    Pipeline *run = decide_by(PAST, FILES, 1);
    const StageResult *tier = &run->plan.stages[0];
    assert_true(solve_outcome_has_plan(run->result.outcome));
    assert_true(tier->value >= 50 - 0.005 && tier->value <= 100 + 0.005);
    assert_true(fabs(tier->bound - 50) < 0.005);
    pipeline_free(run);
}

/** No network bounds a round of alternatives. Of A or E one is met, and B and C beside it. */
static void a_round_without_a_network_is_searched(void **state)
{
    static const CaseFile FILES[CASE_FILES] = {
        {"needs.csv", "id,category,beneficiary,quantity,indivisible,alternative\n"
                      "A,HW,B1,60,yes,X\nE,HW,B1,60,yes,X\nB,HW,B2,50,yes,\nC,HW,B2,40,yes,\n"},
        {"offers.csv", "id,donor,quantity\nO1,D1,100\nO2,D2,100\n"},
        {"settings.csv", "key,value\nfairness,none\nstages,none\n"},
        {NULL, NULL}};
    (void)state;
    Pipeline *run = decide_by(PAST, FILES, 1);
    assert_true(solve_outcome_has_plan(run->result.outcome));
    assert_true(run->plan.assignment_count >= 3);
    pipeline_free(run);
}

#define TWO_NEEDS "id,category,beneficiary,quantity\nA,HW,B1,60\nB,HW,B2,90\n"
#define OF_100 "id,donor,quantity\nO1,D1,70\nO2,D2,30\n"
#define PLAIN "key,value\nengine,plain\n"

/** 150 are asked for and 100 are there: all of it is given though no program is solved, and nothing is proven. */
static void a_linear_round_ends_by_its_time_with_a_plan(void **state)
{
    static const CaseFile FILES[CASE_FILES] = {
        {"needs.csv", TWO_NEEDS}, {"offers.csv", OF_100}, {"settings.csv", PLAIN}, {NULL, NULL}};
    (void)state;
    Pipeline *run = decide_by(PAST, FILES, 0);
    assert_int_equal(run->result.outcome, SOLVE_LIMITED);
    assert_int_equal(run->result.iterations, 0);
    assert_true(fabs(run->plan.stages[0].value - 50) < 0.005);
    assert_int_equal(run->plan.stages[0].status, STAGE_LIMIT);
    assert_int_equal(run->plan.stages[1].status, STAGE_PARTIAL);
    pipeline_free(run);
}

/** 120 are demanded of the 100 that are there: nothing is proven without a program. */
static void a_linear_round_without_a_first_plan_has_none_yet(void **state)
{
    static const CaseFile FILES[CASE_FILES] = {
        {"needs.csv", TWO_NEEDS},
        {"offers.csv", OF_100},
        {"rules.csv", "id,kind,beneficiary,value\nF,floor,B1,50\nG,floor,B2,70\n"},
        {"settings.csv", PLAIN},
        {NULL, NULL}};
    (void)state;
    Pipeline *run = decide_by(PAST, FILES, 0);
    assert_int_equal(run->result.outcome, SOLVE_NO_PLAN_YET);
    pipeline_free(run);
}

/** What is met in full alone counts: without a first plan to the plain engine a relaxation is no way past the time. */
static void a_whole_round_without_a_first_plan_has_none_yet(void **state)
{
    static const CaseFile FILES[CASE_FILES] = {
        {"needs.csv",
         "id,category,beneficiary,quantity,indivisible\nA,HW,B1,60,yes\nB,HW,B2,50,yes\n"},
        {"offers.csv", OF_100},
        {"rules.csv", "id,kind,beneficiary,value\nF,floor,B1,50\n"},
        {"settings.csv", PLAIN},
        {NULL, NULL}};
    (void)state;
    Pipeline *run = decide_by(PAST, FILES, 0);
    assert_int_equal(run->result.outcome, SOLVE_NO_PLAN_YET);
    assert_int_equal(run->result.iterations, 0);
    pipeline_free(run);
}

/** With time enough all is decided: 50 stay unmet, and both get two thirds. */
static void time_enough_changes_nothing(void **state)
{
    static const CaseFile FILES[CASE_FILES] = {
        {"needs.csv", TWO_NEEDS}, {"offers.csv", OF_100}, {"settings.csv", PLAIN}, {NULL, NULL}};
    (void)state;
    Pipeline *run = decide_by(solve_deadline_in(1e6), FILES, 0);
    assert_int_equal(run->result.outcome, SOLVE_OPTIMAL);
    assert_true(fabs(run->plan.stages[0].value - 50) < 0.005);
    assert_true(fabs(run->plan.stages[1].value - 2.0 / 3) < 1e-3);
    pipeline_free(run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_floor_is_no_reason_to_stop_at_it),
        cmocka_unit_test(a_round_without_a_network_is_searched),
        cmocka_unit_test(a_linear_round_ends_by_its_time_with_a_plan),
        cmocka_unit_test(a_linear_round_without_a_first_plan_has_none_yet),
        cmocka_unit_test(a_whole_round_without_a_first_plan_has_none_yet),
        cmocka_unit_test(time_enough_changes_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
