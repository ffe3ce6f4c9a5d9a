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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_thing_that_helps_is_the_reason),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
