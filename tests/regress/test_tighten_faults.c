/* Faults of bringing answers into whole steps, one test each. Linked with a count of the solves. */
#include "tests/support/round_case.h"

#include "allot/solve.h"

static int solves;

/* The linker names them. NOLINTBEGIN(bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp) */
Status __real_solve_stages(const Formulation *form, const SolveSettings *settings, Arena *arena,
                           SolveResult *result);
Status __wrap_solve_stages(const Formulation *form, const SolveSettings *settings, Arena *arena,
                           SolveResult *result);

Status __wrap_solve_stages(const Formulation *form, const SolveSettings *settings, Arena *arena,
                           SolveResult *result)
{
    solves++;
    return __real_solve_stages(form, settings, arena, result);
}
/* NOLINTEND(bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp) */

/** Of 30 millions a switch that is off lets 200 euros through, and a third donor slips in beside two. A
 *  count has no row to tighten: the same program was solved five times before the line was taken
 *  away. O3 is for N2, which weighs more; O1 and O2 leave N1 without 200. */
static void a_count_that_noise_breaks_is_not_asked_for_again(void **state)
{
    static const CaseFile FILES[] = {
        {"needs.csv", "id,category,quantity,max_donors,indivisible,weight\n"
                      "N1,X,70000000,2,,1\nN2,X,29999800,1,yes,2\n"},
        {"offers.csv", "id,donor,quantity,not_needs\nO1,D1,40000000,N2\n"
                       "O2,D2,29999800,N2\nO3,D3,30000000,\n"},
        {"settings.csv", "key,value\nfairness,none\nstages,none\nengine,plain\n"},
        {NULL, NULL}};
    (void)state;
    solves = 0;
    Pipeline *run = case_plan(FILES);
    assert_int_equal(solves, 1);
    pipeline_free(run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_count_that_noise_breaks_is_not_asked_for_again),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
