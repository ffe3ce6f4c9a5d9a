/* A line that is free was called forced: duals that missed by 6e-13 left a remainder of that size on the
 * columns of a very small need, which the refinement of its tier took for costs, so that only what
 * these liked best stayed in question.
 */
#include "tests/support/case_tables.h"

#include "allot/ranges.h"

/* 170700 in all (of O3 no more than the budget, 68794) for 343725: every need has 0.49662 of what it
 * wants, at most 29547.28. Without any one offer there are 95294 and more: so that every line can be
 * carried by the others, which leave in turn what they gave elsewhere. */
static const CaseFile EVERYONE_TO_EVERYONE[] = {
    NEEDS("", "N01,HW,30524,EUR\nN02,HW,24651,EUR\nN03,HW,12798,EUR\nN04,HW,26899,EUR\n"
              "N05,HW,27539,EUR\nN06,HW,35087,EUR\nN07,HW,58046,EUR\nN08,HW,43881,EUR\n"
              "N09,HW,24763,EUR\nN10,HW,40,EUR\nN11,HW,59497,EUR\n"),
    OFFERS("", "O1,D3,75406,EUR\nO2,D1,26500,EUR\nO3,D2,118593,EUR\n"),
    {"donors.csv", "id,budget,currency\nD1,,\nD2,68794,EUR\nD3,95205,EUR\n"},
    SETTINGS("fairness,need\nwithin_tier,fairness;shortfall\n"),
    {NULL, NULL}};

static void a_line_that_others_can_carry_is_free_beside_a_very_small_need(void **state)
{
    (void)state;
    const Ranges *ranges;
    Pipeline *run = case_plan(EVERYONE_TO_EVERYONE);
    SolveSettings program = solve_settings_of(&run->round);
    program.sift_from = -1; /* not by the network */
    assert_true(run->plan.assignment_count >= run->round.need_count);
    assert_int_equal(solve_ranges(&run->form, &run->plan, &program, run->arena, &ranges),
                     STATUS_OK);
    for (size_t i = 0; i < run->plan.assignment_count; i++) {
        const char *need = run->round.needs[run->plan.assignments[i].need].id;
        assert_case_text(need, range_proof_text(ranges->lines[i].proof),
                         range_proof_text(RANGE_FREE));
        assert_case_int(need, ranges->lines[i].least, 0);
    }
    pipeline_free(run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_line_that_others_can_carry_is_free_beside_a_very_small_need),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
