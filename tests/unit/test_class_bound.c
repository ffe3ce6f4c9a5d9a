/* Which rounds of wholes have a network that bounds them: fairness is not asked of it. */
#include "tests/support/round_case.h"

#include "solver/class_bound.h"
#include "solver/glpk_guard.h"

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

/** Tiers of which the first is met in full, and what is proven of the second. */
typedef struct Second {
    Pipeline *run;
    TierBound bound;
    Status status;
} Second;

static Status bound_second(Second *s)
{
    static const BranchLimits LIMITS = {.enough = INFINITY, .work = 1000000, .nodes = 100};
    size_t columns = (size_t)s->run->form.lp.column_count, stage = s->run->form.stage_count;
    double *x = ARENA_NEW(s->run->arena, columns, double);
    double *price = ARENA_NEW(s->run->arena, columns, double);
    double *reached = ARENA_NEW(s->run->arena, stage, double);
    ClassBound *classes;
    do
        stage--;
    while (s->run->form.stages[stage].kind != STAGE_TIER || s->run->form.stages[stage].tier != 2);
    TRY(class_bound_open(&s->run->form, s->run->arena, &classes));
    TRY(class_bound_tier(classes, stage, reached, &s->bound));
    TRY(class_bound_tighten(classes, stage, reached, &s->bound, price));
    return class_bound_branch(classes, stage, reached, &LIMITS, &s->bound, x);
}

static void second_guarded(void *context)
{
    Second *s = context;
    s->status = bound_second(s);
}

static void assert_second_bound(const CaseFile files[CASE_FILES], double value)
{
    Second s = {.run = case_formulate(files)};
    GuardFault fault;
    assert_int_equal(s.run->status, STATUS_OK);
    if (!glpk_guard_run(second_guarded, &s, &fault))
        fail_msg("%s", fault.text);
    assert_int_equal(s.status, STATUS_OK);
    assert_true(s.bound.known);
    assert_float_equal(s.bound.value, value, 1e-6);
    pipeline_free(s.run);
}

/** Of 100 the 60 of tier 1 leave 40, which the 60 of tier 2 do not fit into: nothing of it is met. A flow
 *  that gives 40 to one and 60 to the other costs as much as any; where the first is served, the other one,
 *  whole in that flow, is served in part. */
static void who_is_served_in_part_inside_a_branch_alone_is_branched_on(void **state)
{
    (void)state;
    static const char *const NEEDS[] = {
        "id,category,quantity,indivisible,tier\nN1,HW,60,yes,1\nN2,HW,60,yes,2\n",
        "id,category,quantity,indivisible,tier\nN2,HW,60,yes,1\nN1,HW,60,yes,2\n"};
    for (size_t i = 0; i < COUNT_OF(NEEDS); i++) {
        const CaseFile files[CASE_FILES] = {
            {"needs.csv", NEEDS[i]},
            {"offers.csv", "id,donor,category,quantity\nO1,D1,HW,100\n"},
            {"settings.csv", "key,value\nfairness,none\n"}};
        assert_second_bound(files, 60);
    }
}

/** Of 100 the first tier's 40 require the third's 30: 30 are left for the 100 of the second. */
static void what_an_earlier_tier_requires_of_a_later_one_is_taken_first(void **state)
{
    (void)state;
    const CaseFile files[CASE_FILES] = {
        {"needs.csv",
         "id,category,quantity,tier,requires\nN1,HW,40,1,N3\nN2,HW,100,2,\nN3,HW,30,3,\n"},
        {"offers.csv", "id,donor,category,quantity\nO1,D1,HW,100\n"},
        {"settings.csv", "key,value\nfairness,none\n"}};
    assert_second_bound(files, 70);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_limit_across_groups_keeps_no_bound_away),
        cmocka_unit_test(who_is_served_in_part_inside_a_branch_alone_is_branched_on),
        cmocka_unit_test(what_an_earlier_tier_requires_of_a_later_one_is_taken_first),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
