/* Ranges that were too wide or too narrow.
 *
 * A line that is free was called forced: duals that missed by 6e-13 left a remainder of that size on the
 * columns of a very small need, which the refinement of its tier took for costs, so that only what
 * these liked best stayed in question.
 */
#include "tests/support/case_tables.h"

#include <string.h>

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

static LineRange range_of_line(Pipeline *run, const char *need, const char *offer)
{
    const Ranges *ranges;
    SolveSettings program = solve_settings_of(&run->round);
    assert_int_equal(solve_ranges(&run->form, &run->plan, &program, run->arena, &ranges),
                     STATUS_OK);
    for (size_t i = 0; i < run->plan.assignment_count; i++) {
        const Assignment *line = &run->plan.assignments[i];
        if (strcmp(run->round.needs[line->need].id, need) == 0 &&
            strcmp(run->round.offers[line->offer].id, offer) == 0)
            return ranges->lines[i];
    }
    fail_msg("no line of %s from %s", need, offer);
    return (LineRange){0};
}

/* N2's one seat costs 3, more than there is. The 2 euros buy two seats in any case, so that the tier has
 * the same unmet; the shares are (0, 1/2, 1/2) when N1 and N3 have a seat each, and (0, 0, 1) when one
 * has both: less fair in the second rank, which is the first of the last run of equal shares. That
 * rank was not held. */
static void the_last_run_of_equal_shares_is_held(void **state)
{
    (void)state;
    Pipeline *run =
        case_plan((CaseFile[]){{"needs.csv", "id,category,quantity,unit,unit_cost\n"
                                             "N1,HW,2,seat,1\nN2,HW,1,seat,3\nN3,HW,2,seat,1\n"},
                               {"offers.csv", "id,donor,quantity,unit\nO1,D1,2,EUR\n"},
                               {"settings.csv", "key,value\nfairness,need\nstages,none\n"},
                               {NULL, NULL}});
    assert_line("a seat each", run, "N1", "O1", 1000000);
    assert_line("a seat each", run, "N3", "O1", 1000000);
    LineRange range = range_of_line(run, "N1", "O1");
    assert_case_text("forced", range_proof_text(range.proof), range_proof_text(RANGE_FORCED));
    assert_case_int("least", range.least, 1000000);
    assert_case_int("most", range.most, 1000000);
    pipeline_free(run);
}

/* Everything can be met: 8 seats of 10 euros. O1 brings 30 * 0.8 = 24 euros, two seats; O2 has two;
 * O3 has 50 euros, five seats. N2 may take two seats of O1 and two of O2, and N1 and N3 four of O3's
 * five: so its line from O3, however large the plan makes it, may be nothing. A plan with one seat there was met as 0.999999..., one less
 * of which is below nothing by the solver's noise, and was not asked for. */
static void the_last_step_down_is_asked_for(void **state)
{
    (void)state;
    Pipeline *run = case_plan((CaseFile[]){
        {"needs.csv", "id,category,priority,beneficiary,quantity,unit,unit_cost,indivisible,step\n"
                      "N1,HW,1,B1,3,seat,10,yes,\nN2,HW,2,B2,4,seat,10,yes,\n"
                      "N3,HW,2,B1,10,EUR,,yes,10\n"},
        {"offers.csv", "id,donor,quantity,unit,overhead\n"
                       "O1,D2,30,EUR,0.2\nO2,D2,2,seat,\nO3,D1,50,EUR,\n"},
        {"settings.csv", "key,value\nfairness,beneficiary\nstages,lapsing;cost\n"},
        {NULL, NULL}});
    LineRange range = range_of_line(run, "N2", "O3");
    assert_case_text("free", range_proof_text(range.proof), range_proof_text(RANGE_FREE));
    assert_case_int("least", range.least, 0);
    assert_case_int("others", range.other_count, 2);
    assert_case_int("by others", range.short_by, 0);
    pipeline_free(run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_line_that_others_can_carry_is_free_beside_a_very_small_need),
        cmocka_unit_test(the_last_run_of_equal_shares_is_held),
        cmocka_unit_test(the_last_step_down_is_asked_for),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
