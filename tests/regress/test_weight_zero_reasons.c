/* A need of weight 0 is in no stage of its tier: nobody keeps what it has. The class network once held
 * its sum as if it counted, and blamed the higher tier for what a limit alone was in the way of.
 */
#include "tests/support/case_tables.h"

#include "allot/solve.h"

/* N1 counts nothing; N2, below it, may have 30 of the 80 that lapse, and N1 takes the other 50 so that
 * they do not. Without the limit N2 could have 30 more, as N1 keeps nothing. */
static void what_counts_nothing_gives_way_to_a_lower_tier(void **state)
{
    (void)state;
    NeedCauses *causes;
    Pipeline *run = case_plan((CaseFile[]){
        {"needs.csv", "id,beneficiary,category,quantity,unit,priority,weight\n"
                      "N1,A,HW,50,EUR,1,0\nN2,B,HW,60,EUR,2,1\n"},
        {"offers.csv", "id,donor,category,quantity,unit,lapses\nO1,DE,HW,80,EUR,2026-06-30\n"},
        {"beneficiaries.csv", "id,max_value\nA,\nB,30\n"},
        {"settings.csv", "key,value\nstart,2026-01-01\nend,2026-12-31\nfairness,none\n"},
        {NULL, NULL}});
    assert_line("the limit", run, "N2", "O1", 3000);
    assert_line("so that nothing lapses", run, "N1", "O1", 5000);
    run->plan.needs[1].reason = REASON_UNPROVEN;
    assert_int_equal(solve_network_reasons(&run->round, NULL, &run->plan, run->arena, &causes),
                     STATUS_OK);
    assert_int_equal(causes[1].proof, CAUSE_PROVEN);
    assert_int_equal(causes[1].count, 1);
    assert_int_equal(causes[1].causes[0].reason, REASON_BENEFICIARY_LIMIT);
    assert_int_equal(causes[1].freed, 3000);
    pipeline_free(run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_counts_nothing_gives_way_to_a_lower_tier),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
