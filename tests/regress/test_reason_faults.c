/* Faults once found in the reasons, by trying every plan of tiny rounds. */
#include "tests/support/case_tables.h"

#include <string.h>

typedef struct ReasonFault {
    const char *label;
    CaseFile files[CASE_FILES];
    Reason reason; /* of N1 */
} ReasonFault;

static const ReasonFault FAULTS[] = {
    {"a bundle that can never be served was taken for a tier not decided to its end",
     {{"needs.csv", "id,category,quantity,unit,bundle,ready\nN1,HW,9,EUR,S,\nN2,HW,9,EUR,S,no\n"},
      {"offers.csv", "id,donor,quantity,unit\nO1,DE,99,EUR\n"}},
     REASON_BUNDLE},
    {"a number of the rules table was never asked about",
     {{"needs.csv", "id,category,quantity,unit,priority\nN1,HW,9,EUR,2\nN2,HW,9,EUR,1\n"},
      {"offers.csv", "id,donor,quantity,unit\nO1,DE,99,EUR\n"},
      {"rules.csv", "id,kind,count,of\nR1,count,1,needs\n"}},
     REASON_RULE_LIMIT},
    {"more of an offer would do beside its reserve",
     {{"needs.csv", "id,category,quantity,unit,indivisible\nN1,HW,2,boat,yes\n"},
      {"offers.csv", "id,donor,quantity,unit\nO1,DE,1,boat\n"},
      {"rules.csv", "id,kind,offer,quantity,unit\nR1,reserve,O1,1,boat\n"}},
     REASON_EXHAUSTED},
    {"a need of weight 0 was asked to rise by half of what it lacks, not by a step",
     {{"needs.csv", "id,category,quantity,unit,weight,step\nN1,HW,3000,EUR,0,1000\n"},
      {"offers.csv", "id,donor,quantity,unit,max_share\nO1,DE,6000,EUR,0.4\n"},
      {"donors.csv", "id,budget,currency\nDE,900,EUR\n"}},
     REASON_EXHAUSTED}, /* 0.4 of 3000 is a step of 1000, more than the budget */
};

static void the_first_thing_that_helps_is_the_reason(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(FAULTS); i++) {
        Pipeline *run = case_plan(FAULTS[i].files);
        pipeline_causes(run);
        const NeedResult *need = &run->plan.needs[round_find_need(&run->round, "N1")];
        assert_case_text(FAULTS[i].label, reason_text(need->reason), reason_text(FAULTS[i].reason));
        pipeline_free(run);
    }
}

/* N3 asks for three seats of one euro, bundled with N1, whose two cost two euros each: 7 euros for both, and
 * there are 2, which N4 has. N3 alone, out of the bundle and with N4 giving way, has as much as its
 * donor may give of it: 0.75 of 3, two whole seats. A search ends with the first point that has a seat
 * more, and one seat was told. */
static void a_set_of_causes_frees_all_that_it_can(void **state)
{
    (void)state;
    Pipeline *run = case_plan(
        (CaseFile[]){{"needs.csv", "id,category,quantity,unit,unit_cost,bundle\n"
                                   "N1,HW,2,seat,2,BU\nN3,HW,3,seat,1,BU\nN4,HW,3,seat,1,\n"},
                     {"offers.csv", "id,donor,quantity,unit\nO1,D2,1,EUR\nO2,D2,1,EUR\n"},
                     {"donors.csv", "id,max_share\nD2,0.75\n"},
                     {"settings.csv", "key,value\nfairness,none\nstages,cost;splits\n"},
                     {NULL, NULL}});
    pipeline_causes(run);
    const NeedCauses *causes = &run->causes[round_find_need(&run->round, "N3")];
    assert_int_equal(causes->count, 2);
    assert_int_equal(causes->causes[0].reason, REASON_BUNDLE);
    assert_int_equal(causes->causes[1].reason, REASON_EQUALS);
    assert_int_equal(causes->freed, 2000000);
    assert_false(causes->at_least);
    pipeline_free(run);
}

/* N1 counts nothing, and there is enough for it: no lift is needed. The tier was said not to be decided to its
 * end, which it is. */
static void a_need_of_weight_0_is_not_in_doubt(void **state)
{
    (void)state;
    Pipeline *run =
        case_plan((CaseFile[]){{"needs.csv", "id,category,quantity,unit,weight\nN1,HW,9,EUR,0\n"},
                               {"offers.csv", "id,donor,quantity,unit\nO1,DE,99,EUR\n"},
                               {"settings.csv", "key,value\nfairness,none\nstages,none\n"},
                               {NULL, NULL}});
    pipeline_causes(run);
    assert_int_equal(run->plan.assignment_count, 0);
    assert_int_equal(run->plan.needs[0].reason, REASON_UNPROVEN);
    assert_non_null(strstr(run->plan.needs[0].detail, "its weight is 0"));
    assert_null(strstr(run->plan.needs[0].detail, "not decided"));
    pipeline_free(run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_thing_that_helps_is_the_reason),
        cmocka_unit_test(a_set_of_causes_frees_all_that_it_can),
        cmocka_unit_test(a_need_of_weight_0_is_not_in_doubt),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
