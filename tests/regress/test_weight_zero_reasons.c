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

/* Under fairness the share of N1, tier 1, is kept though it counts nothing. N2 and N3 of tier 2 share what N1
 * leaves: the first thing that lets N2 have more is that N1 gives way, not that N3 does. The whole program
 * once saw no tier above, as no level of one is held. */
static void a_share_of_weight_0_is_a_higher_tiers(void **state)
{
    (void)state;
    NeedCauses *by[2];
    Formulation loose;
    Pipeline *run = case_plan((CaseFile[]){
        {"needs.csv", "id,beneficiary,category,quantity,unit,priority,weight\n"
                      "N1,A,HW,100,EUR,1,0\nN2,B,HW,100,EUR,2,1\nN3,C,HW,100,EUR,2,1\n"},
        {"offers.csv", "id,donor,category,quantity,unit\nO1,DE,HW,160,EUR\n"},
        {"settings.csv", "key,value\nfairness,beneficiary\n"},
        {NULL, NULL}});
    SolveSettings settings = solve_settings_of(&run->round);
    assert_line("its share", run, "N1", "O1", 10000);
    assert_line("half of the rest", run, "N2", "O1", 3000);
    run->plan.needs[1].reason = run->plan.needs[2].reason = REASON_UNPROVEN;
    assert_int_equal(
        formulation_build_loose(&run->round, &run->pairs, &run->rules, run->arena, &loose),
        STATUS_OK);
    assert_int_equal(solve_network_reasons(&run->round, NULL, &run->plan, run->arena, &by[0]),
                     STATUS_OK);
    assert_int_equal(solve_reasons(&loose, &run->plan, &settings, run->arena, &by[1]), STATUS_OK);
    for (size_t i = 0; i < 4;
         i++) { /* of the second need of a tier less is asked than of the first */
        const NeedCauses *causes = &by[i / 2][1 + i % 2];
        assert_int_equal(causes->proof, CAUSE_PROVEN);
        assert_int_equal(causes->count, 1);
        assert_int_equal(causes->causes[0].reason, REASON_HIGHER_TIERS);
        assert_int_equal(causes->freed, 7000);
    }
    pipeline_free(run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_counts_nothing_gives_way_to_a_lower_tier),
        cmocka_unit_test(a_share_of_weight_0_is_a_higher_tiers),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
