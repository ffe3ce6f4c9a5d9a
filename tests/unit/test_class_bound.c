/* Which rounds of wholes have a network that bounds them: fairness is not asked of it. */
#include "tests/support/round_case.h"

#include "solver/class_bound.h"

typedef struct BoundCase {
    const char *label;
    const char *settings;
} BoundCase;

static const BoundCase BOUNDED[] = {
    {"no fairness", "key,value\nfairness,none\n"},
    {"among beneficiaries", "key,value\nfairness,beneficiary\n"},
    {"among needs behind one limit", "key,value\nfairness,need\n"},
    {"among regions across a limit", "key,value\nfairness,region\n"},
};

/** Of an indivisible need of 4 and a divisible one of 4 of B1, who may have 6 and is offered 5. */
static void a_limit_across_groups_keeps_no_bound_away(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(BOUNDED); i++) {
        const CaseFile files[CASE_FILES] = {
            {"needs.csv", "id,beneficiary,region,category,quantity,indivisible\nN1,B1,R1,HW,4,yes\n"
                          "N2,B1,R2,HW,4,\n"},
            {"offers.csv", "id,donor,category,quantity\nO1,D1,HW,5\n"},
            {"beneficiaries.csv", "id,max_value\nB1,6\n"},
            {"settings.csv", BOUNDED[i].settings}};
        Pipeline *run = case_formulate(files);
        ClassBound *bound;
        assert_case_int(BOUNDED[i].label, run->status, STATUS_OK);
        assert_case_int(BOUNDED[i].label, class_bound_open(&run->form, run->arena, &bound),
                        STATUS_OK);
        assert_case(BOUNDED[i].label, bound != NULL);
        pipeline_free(run);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_limit_across_groups_keeps_no_bound_away),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
