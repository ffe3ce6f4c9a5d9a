/* Bounds of tiers, by rows beside the network and by branching, that once were false: above what a plan
 * comes to that is worked out by hand.
 */
#include <math.h>
#include <stdio.h>

#include "solver/class_bound.h"
#include "solver/glpk_guard.h"
#include "tests/support/round_case.h"

enum { ROUNDS_MET = 40 };

/** A tier of a round, and what the tiers before it came to. */
typedef struct Asked {
    Pipeline *run;
    int tier;
    double before; /* of tier 1, where another is asked about */
    TierBound bound;
    Status status;
} Asked;

static size_t stage_of(const Formulation *form, int tier)
{
    size_t stage = 0;
    while (form->stages[stage].kind != STAGE_TIER || form->stages[stage].tier != tier)
        stage++;
    return stage;
}

static Status find(Asked *a)
{
    static const BranchLimits LIMITS = {.enough = INFINITY, .work = 1000000, .nodes = 100};
    const Formulation *form = &a->run->form;
    size_t columns = (size_t)form->lp.column_count, stage = stage_of(form, a->tier);
    double *x = ARENA_NEW(a->run->arena, columns, double);
    double *price = ARENA_NEW(a->run->arena, columns, double);
    double *reached = ARENA_NEW(a->run->arena, form->stage_count, double);
    ClassBound *classes;
    if (a->tier > 1)
        reached[stage_of(form, 1)] = a->before;
    TRY(class_bound_open(form, a->run->arena, &classes));
    TRY(class_bound_tier(classes, stage, reached, &a->bound));
    TRY(class_bound_tighten(classes, stage, reached, &a->bound, price));
    return class_bound_branch(classes, stage, reached, &LIMITS, &a->bound, x);
}

static void find_guarded(void *context)
{
    Asked *a = context;
    a->status = find(a);
}

/** The bound of the tier: known, and no more than @p best, which a plan comes to. */
static double bound_of(const CaseFile *files, int tier, double before, double best)
{
    GuardFault fault;
    Asked a = {.run = case_formulate(files), .tier = tier, .before = before};
    assert_int_equal(a.run->status, STATUS_OK);
    if (!glpk_guard_run(find_guarded, &a, &fault))
        fail_msg("%s", fault.text);
    assert_int_equal(a.status, STATUS_OK);
    assert_true(a.bound.known);
    if (a.bound.value > best * (1 + 1e-9))
        fail_msg("a bound of %.12g; a plan comes to %.12g", a.bound.value, best);
    pipeline_free(a.run);
    return a.bound.value;
}

/** A needs P, two licences of a tenth of a cent each, which are there: A's 10,000 can be had, C's 9,000 then
 *  not. Less than a cent is no flow: it was taken for a P that nobody can meet, and A for one that gets nothing. */
static void what_is_worth_less_than_a_cent_can_be_met(void **state)
{
    static const CaseFile FILES[] = {
        {"needs.csv", "id,category,quantity,unit,unit_cost,priority,indivisible,requires\n"
                      "A,HW,10000,EUR,,1,yes,P\n"
                      "P,HW,2,licence,0.001,2,yes,\n"
                      "C,HW,9000,EUR,,1,yes,\n"},
        {"offers.csv", "id,donor,quantity,unit\nO1,D1,10000,EUR\nO2,D2,5,licence\n"},
        {"settings.csv", "key,value\nfairness,none\n"},
        {NULL, NULL}};
    (void)state;
    assert_float_equal(bound_of(FILES, 1, 0, 9000), 9000, 1e-3);
}

/** A's 300 millions wait for P and Q, of which the 100 of O2 meet one; of the 65 of O1 C gets its 64, which count
 *  0.01 each, and B none of its 63: tier 1 comes to 300,000,000.63. Then D's 1 can be had, and E's 0.80 not.
 *  What tier 1 came to was asked of a flow with 3 cents for B on top, the noise of sums of hundreds of millions
 *  in parts of a hundredth of a cent. */
static void a_large_tier_asks_no_more_than_it_came_to(void **state)
{
    static const CaseFile FILES[] = {{"needs.csv",
                                      "id,category,quantity,priority,indivisible,weight,requires\n"
                                      "A,HW,300000000,1,yes,1,P;Q\n"
                                      "B,HW,63,1,yes,0.01,\n"
                                      "C,HW,64,1,yes,0.01,\n"
                                      "D,HW,1,2,yes,1,\n"
                                      "E,HW,0.80,2,yes,1,\n"
                                      "P,HW,100,3,yes,1,\n"
                                      "Q,HW,100,3,yes,1,\n"},
                                     {"offers.csv", "id,donor,quantity,unit,only_needs\n"
                                                    "O1,D1,65,EUR,B;C;D;E\n"
                                                    "O2,D1,100,EUR,P;Q\n"
                                                    "O3,D1,300000000,EUR,A\n"},
                                     {"settings.csv", "key,value\nfairness,none\n"},
                                     {NULL, NULL}};
    (void)state;
    assert_float_equal(bound_of(FILES, 2, 300000000.63, 0.80), 0.80, 0.01);
}

/** A and B, 3 millions each, wait for P and Q of 1 each, of which there is one: 3 millions stay unmet. A cent of
 *  P is worth 3 millions of cents there, which took too much room beside what cents of A cost: there was no
 *  bound but 0. */
static void what_waits_for_little_has_a_bound(void **state)
{
    static const CaseFile FILES[] = {{"needs.csv",
                                      "id,category,quantity,priority,indivisible,requires\n"
                                      "A,HW,3000000,1,yes,P\n"
                                      "B,HW,3000000,1,yes,Q\n"
                                      "P,HW,1,2,yes,\n"
                                      "Q,HW,1,2,yes,\n"},
                                     {"offers.csv", "id,donor,quantity,unit,only_needs\n"
                                                    "O1,D1,6000000,EUR,A;B\n"
                                                    "O2,D1,1,EUR,P;Q\n"},
                                     {"settings.csv", "key,value\nfairness,none\n"},
                                     {NULL, NULL}};
    (void)state;
    assert_float_equal(bound_of(FILES, 1, 0, 3000000), 3000000, 1);
}

/** Of hundreds of millions in cents, all of it met, sums leave a hundred-millionth more or less than nothing. A
 *  bound of nothing was dropped where that was less, and a tier met in full said to have met a limit. */
static void a_tier_that_is_met_in_full_is_proven(void **state)
{
    (void)state;
    for (int round = 1; round <= ROUNDS_MET; round++) {
        char needs[512];
        (void)snprintf(needs, sizeof needs,
                       "id,category,quantity,priority,indivisible\n"
                       "A,HW,%d.%02d,1,yes\nB,HW,%d.%02d,1,yes\nC,HW,%d.%02d,1,yes\n"
                       "D,HW,%d.%02d,1,\n",
                       12345677 * round, round % 100, 3456789 * round, 7 * round % 100,
                       1234567 * round, 3 * round % 100, 987654 * round, 31 * round % 100);
        const CaseFile files[CASE_FILES] = {
            {"needs.csv", needs},
            {"offers.csv", "id,donor,quantity\nO1,D1,900000000\nO2,D2,900000000\n"},
            {"settings.csv", "key,value\nfairness,none\nstages,none\n"}};
        Pipeline *run = case_formulate(files);
        assert_int_equal(run->status, STATUS_OK);
        SolveSettings settings = solve_settings_of(&run->round);
        settings.alone_from = 1;
        assert_int_equal(solve_plan(&run->form, &settings, run->arena, &run->result, &run->plan),
                         STATUS_OK);
        assert_true(fabs(run->plan.stages[0].value) < 1e-6);
        assert_int_equal(run->plan.stages[0].status, STAGE_OPTIMAL);
        pipeline_free(run);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_worth_less_than_a_cent_can_be_met),
        cmocka_unit_test(a_large_tier_asks_no_more_than_it_came_to),
        cmocka_unit_test(what_waits_for_little_has_a_bound),
        cmocka_unit_test(a_tier_that_is_met_in_full_is_proven),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
