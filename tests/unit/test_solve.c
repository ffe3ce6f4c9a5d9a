/* The staged solve on rounds that are decided by hand: each expected figure is worked out in the
 * comment above it. Rounds are read like any other; the plan is the one that would be written.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "tests/support/pipeline.h"
#include "tests/support/test_support.h"

/** Tables as texts, NULL for none. */
typedef struct Tables {
    const char *needs, *offers, *settings, *beneficiaries, *rules, *pairs;
} Tables;

static Pipeline *solved(const Tables *tables)
{
    const char *const NAMES[] = {"needs.csv",         "offers.csv", "settings.csv",
                                 "beneficiaries.csv", "rules.csv",  "pairs.csv"};
    const char *const TEXTS[] = {tables->needs,         tables->offers, tables->settings,
                                 tables->beneficiaries, tables->rules,  tables->pairs};
    char *dir = test_dir_make();
    for (size_t k = 0; k < COUNT_OF(NAMES); k++)
        if (TEXTS[k] != NULL)
            write_file(dir, NAMES[k], TEXTS[k]);
    Pipeline *run = pipeline_run(dir, NULL, 0);
    test_dir_remove(dir);
    return run;
}

static void assert_planned(const Pipeline *run)
{
    if (run->status != STATUS_OK)
        pipeline_print(run);
    assert_int_equal(run->status, STATUS_OK);
}

static const StageResult *stage(const Pipeline *run, const char *label)
{
    for (size_t s = 0; s < run->plan.stage_count; s++)
        if (strcmp(run->plan.stages[s].label, label) == 0)
            return &run->plan.stages[s];
    pipeline_print(run);
    fail_msg("there is no stage '%s'", label);
    return NULL;
}

static void assert_stage(const Pipeline *run, const char *label, double value, double within)
{
    const StageResult *found = stage(run, label);
    if (!(fabs(found->value - value) <= within) || !(fabs(found->bound - value) <= within)) {
        pipeline_print(run);
        fail_msg("%s is %.12g, bound %.12g, expected %.12g", label, found->value, found->bound,
                 value);
    }
}

/** What an offer gives a need, smallest parts: cents, millionths of a thing. */
static int64_t given(const Pipeline *run, const char *need, const char *offer)
{
    for (size_t k = 0; k < run->plan.assignment_count; k++) {
        const Assignment *line = &run->plan.assignments[k];
        if (strcmp(run->round.needs[line->need].id, need) == 0 &&
            strcmp(run->round.offers[line->offer].id, offer) == 0)
            return line->quantity;
    }
    return 0;
}

#define THINGS(count) ((int64_t)(count)*1000000)
#define EUROS(count) ((int64_t)(count)*100)

/* ---- tiers ---------------------------------------------------------------------------------- */

/** Tier 1 takes 150 of 160 although tier 2 asks for more; tier 2 gets 10 of 1,000 and the 40 that
 *  only it may use. */
static void a_lower_tier_gets_what_the_higher_one_cannot_use(void **state)
{
    static const Tables TABLES = {.needs = "id,category,region,quantity,priority\n"
                                           "N-1,HW,A,100,1\nN-2,HW,A,50,1\nN-3,HW,B,1000,2\n",
                                  .offers =
                                      "id,donor,quantity,only_regions\nO-1,D,160,\nO-2,D,40,B\n",
                                  .settings = "key,value\nfairness,none\n"};
    (void)state;
    Pipeline *run = solved(&TABLES);
    assert_planned(run);
    assert_stage(run, "tier 1", 0, 1e-9);
    assert_stage(run, "tier 2", 950, 1e-6);
    assert_int_equal(given(run, "N-3", "O-1"), EUROS(10));
    assert_int_equal(given(run, "N-3", "O-2"), EUROS(40));
    assert_int_equal(run->result.outcome, SOLVE_OPTIMAL);
    pipeline_free(run);
}

/** Within a tier the higher weight wins outright, however far weights lie apart: N-1 takes its 100,
 *  N-2 the 50 left. */
static void weights_up_to_twelve_powers_of_ten_apart_are_kept_apart(void **state)
{
    static const struct {
        const char *needs;
        double light;
    } CASES[] = {
        {"id,category,quantity,weight\nN-1,HW,100,1000\nN-2,HW,100,0.001\n", 0.001},
        {"id,category,quantity,weight\nN-1,HW,100,100000\nN-2,HW,100,0.001\n", 0.001},
        {"id,category,quantity,weight\nN-1,HW,100,1000000000\nN-2,HW,100,1\n", 1},
        {"id,category,quantity,weight\nN-1,HW,100,1000000\nN-2,HW,100,0.000001\n", 0.000001},
    };
    (void)state;
    for (size_t k = 0; k < COUNT_OF(CASES); k++) {
        Tables tables = {.needs = CASES[k].needs,
                         .offers = "id,donor,quantity\nO-1,D,150\n",
                         .settings = "key,value\nfairness,none\n"};
        Pipeline *run = solved(&tables);
        assert_planned(run);
        assert_case_int(CASES[k].needs, given(run, "N-1", "O-1"), EUROS(100));
        assert_case_int(CASES[k].needs, given(run, "N-2", "O-1"), EUROS(50));
        assert_stage(run, "tier 1", 50 * CASES[k].light, 1e-6);
        pipeline_free(run);
    }
}

/** Six tiers of the same 100, 350 on offer: full, full, full, half, nothing, nothing. One weighted
 *  sum would need 10^6 and more between neighbours. */
static void six_tiers_are_decided_strictly_one_after_another(void **state)
{
    static const Tables TABLES = {
        .needs = "id,category,quantity,priority,weight\n"
                 "N-1,HW,100,1,0.001\nN-2,HW,100,2,1\nN-3,HW,100,3,1000\nN-4,HW,100,4,1\n"
                 "N-5,HW,100,5,1000000\nN-6,HW,100,6,1000000\n",
        .offers = "id,donor,quantity\nO-1,D,350\n"};
    static const int64_t GIVEN[] = {100, 100, 100, 50, 0, 0};
    (void)state;
    Pipeline *run = solved(&TABLES);
    assert_planned(run);
    for (int n = 0; n < 6; n++)
        assert_int_equal(run->plan.needs[n].assigned, EUROS(GIVEN[n]));
    assert_stage(run, "tier 4", 50, 1e-6);
    assert_stage(run, "tier 5", 1e8, 1e-3);
    pipeline_free(run);
}

/** 300,003,600.01 on offer. Tier 1: a seat (1,200) and 300 million. Left 2,400.01: two of three seats
 *  and the one cent; unmet in tier 2: a seat. */
static void a_seat_and_three_hundred_million_fit_into_one_round(void **state)
{
    static const Tables TABLES = {.needs = "id,category,quantity,unit,unit_cost,priority\n"
                                           "N-1,TRN,1,seat,1200,1\nN-2,HW,300000000,EUR,,1\n"
                                           "N-3,TRN,3,seat,1200,2\nN-4,HW,0.01,EUR,,2\n",
                                  .offers = "id,donor,quantity\nO-1,D,300003600.01\n"};
    (void)state;
    Pipeline *run = solved(&TABLES);
    assert_planned(run);
    assert_int_equal(given(run, "N-1", "O-1"), THINGS(1));
    assert_int_equal(given(run, "N-2", "O-1"), EUROS(300000000));
    assert_int_equal(given(run, "N-3", "O-1"), THINGS(2));
    assert_int_equal(given(run, "N-4", "O-1"), 1);
    assert_stage(run, "tier 1", 0, 1e-9);
    assert_stage(run, "tier 2", 1200, 1e-6);
    pipeline_free(run);
}

/** 999 euros buy 4 seats at 249; the three euros left buy none. */
static void things_come_in_whole_units(void **state)
{
    static const Tables TABLES = {.needs =
                                      "id,category,quantity,unit,unit_cost\nN-1,TRN,10,seat,249\n",
                                  .offers = "id,donor,quantity\nO-1,D,999\n"};
    (void)state;
    Pipeline *run = solved(&TABLES);
    assert_planned(run);
    assert_int_equal(given(run, "N-1", "O-1"), THINGS(4));
    assert_close(stage(run, "tier 1")->value, 6 * 249, 1e-6, 0);
    assert_int_equal(run->plan.offers[0].left, EUROS(3));
    pipeline_free(run);
}

/* ---- fairness ------------------------------------------------------------------------------- */

/** 240 for four who ask 100 each; A may absorb 20, B 50: A 0.2, B 0.5, the 170 left make 0.85 for C
 *  and D. */
static void levels_rise_until_each_group_is_held_by_its_own_limit(void **state)
{
    static const Tables TABLES = {.needs =
                                      "id,beneficiary,category,quantity\n"
                                      "N-1,A,HW,100\nN-2,B,HW,100\nN-3,C,HW,100\nN-4,D,HW,100\n",
                                  .offers = "id,donor,quantity\nO-1,X,240\n",
                                  .beneficiaries = "id,max_value\nA,20\nB,50\nC,\nD,\n"};
    static const int64_t GIVEN[] = {20, 50, 85, 85};
    (void)state;
    Pipeline *run = solved(&TABLES);
    assert_planned(run);
    for (int n = 0; n < 4; n++)
        assert_int_equal(run->plan.needs[n].assigned, EUROS(GIVEN[n]));
    assert_stage(run, "tier 1", 160, 1e-6);
    assert_stage(run, "fairness 1.1", 0.2, 1e-7);
    assert_stage(run, "fairness 1.2", 0.5, 1e-7);
    assert_stage(run, "fairness 1.3", 0.85, 1e-7);
    pipeline_free(run);
}

/** A asks 100 + 300, B 100; 250 make one half of each: 200 and 50. */
static void a_groups_share_is_that_of_its_needs_together(void **state)
{
    static const Tables TABLES = {.needs = "id,beneficiary,category,quantity\n"
                                           "N-1,A,HW,100\nN-2,A,HW,300\nN-3,B,HW,100\n",
                                  .offers = "id,donor,quantity\nO-1,X,250\n"};
    (void)state;
    Pipeline *run = solved(&TABLES);
    assert_planned(run);
    assert_int_equal(run->plan.needs[0].assigned + run->plan.needs[1].assigned, EUROS(200));
    assert_int_equal(run->plan.needs[2].assigned, EUROS(50));
    assert_stage(run, "fairness 1.1", 0.5, 1e-7);
    pipeline_free(run);
}

/** What is covered elsewhere counts as met: A stands at 0.5 already, so B gets the first 50 alone and
 *  the last 20 are split: A 60, B 60 of 100. */
static void what_is_covered_elsewhere_counts_in_fairness(void **state)
{
    static const Tables TABLES = {.needs = "id,beneficiary,category,quantity,covered\n"
                                           "N-1,A,HW,100,50\nN-2,B,HW,100,\n",
                                  .offers = "id,donor,quantity\nO-1,X,70\n"};
    (void)state;
    Pipeline *run = solved(&TABLES);
    assert_planned(run);
    assert_int_equal(run->plan.needs[0].assigned, EUROS(10));
    assert_int_equal(run->plan.needs[1].assigned, EUROS(60));
    assert_stage(run, "fairness 1.1", 0.6, 1e-7);
    pipeline_free(run);
}

/** Five whole seats for 3, 2 and 5: a smallest share of 2/5 or more asks for 2 + 1 + 2, all there
 *  is: 2/5, 1/2, 2/3. Splitting by size would give 1.5 + 1 + 2.5. */
static void whole_things_are_spread_leximin(void **state)
{
    static const Tables TABLES = {.needs = "id,beneficiary,category,quantity,unit\n"
                                           "N-1,A,TRN,3,seat\nN-2,B,TRN,2,seat\nN-3,C,TRN,5,seat\n",
                                  .offers = "id,donor,quantity,unit\nO-1,X,5,seat\n",
                                  .settings = "key,value\nmeasure,quantity\n"};
    static const int64_t GIVEN[] = {2, 1, 2};
    (void)state;
    Pipeline *run = solved(&TABLES);
    assert_planned(run);
    for (int n = 0; n < 3; n++)
        assert_int_equal(run->plan.needs[n].assigned, THINGS(GIVEN[n]));
    assert_stage(run, "tier 1", 5, 1e-6);
    assert_stage(run, "fairness 1.1", 0.4, 1e-7);
    assert_stage(run, "fairness 1.2", 0.5, 1e-7);
    assert_close(stage(run, "fairness 1.3")->value, 2.0 / 3, 1e-7, 0);
    pipeline_free(run);
}

/** Packs of 50: of 130 only two packs can be given, one to each. */
static void steps_are_kept_and_spread(void **state)
{
    static const Tables TABLES = {.needs = "id,beneficiary,category,quantity,unit,step\n"
                                           "N-1,A,LIC,100,licence,50\nN-2,B,LIC,100,licence,50\n",
                                  .offers = "id,donor,quantity,unit\nO-1,X,130,licence\n",
                                  .settings = "key,value\nmeasure,quantity\n"};
    (void)state;
    Pipeline *run = solved(&TABLES);
    assert_planned(run);
    assert_int_equal(run->plan.needs[0].assigned, THINGS(50));
    assert_int_equal(run->plan.needs[1].assigned, THINGS(50));
    assert_close(stage(run, "tier 1")->value, 100, 1e-6, 0);
    pipeline_free(run);
}

/** A unit for A takes two of O-1, a unit for B one. As much as possible: B 100, then A 25. As even as
 *  possible first: 2s + s = 150 / 100, both one half. */
static void the_settings_say_whether_much_or_even_comes_first(void **state)
{
    Tables tables = {.needs = "id,beneficiary,category,quantity\nN-1,A,HW,100\nN-2,B,HW,100\n",
                     .offers = "id,donor,quantity\nO-1,X,150\n",
                     .pairs = "need,offer,use\nN-1,O-1,2\nN-2,O-1,1\n"};
    (void)state;
    Pipeline *run = solved(&tables);
    assert_planned(run);
    assert_int_equal(run->plan.needs[0].assigned, EUROS(25));
    assert_int_equal(run->plan.needs[1].assigned, EUROS(100));
    pipeline_free(run);
    tables.settings = "key,value\nwithin_tier,fairness;shortfall\n";
    run = solved(&tables);
    assert_planned(run);
    assert_int_equal(run->plan.needs[0].assigned, EUROS(50));
    assert_int_equal(run->plan.needs[1].assigned, EUROS(50));
    assert_stage(run, "fairness 1.1", 0.5, 1e-7);
    assert_stage(run, "tier 1", 100, 1e-6);
    pipeline_free(run);
}

/* ---- after the tiers ------------------------------------------------------------------------ */

/** 100 asked; 60 are paid and dear, 60 committed and cheap: the paid come first, 40 committed. */
static void what_is_firmer_is_used_first_whatever_it_costs(void **state)
{
    static const Tables TABLES = {
        .needs = "id,category,quantity\nN-1,HW,100\n",
        .offers = "id,donor,quantity,status,cost\nO-1,X,60,committed,0\nO-2,X,60,paid,0.5\n"};
    (void)state;
    Pipeline *run = solved(&TABLES);
    assert_planned(run);
    assert_int_equal(given(run, "N-1", "O-2"), EUROS(60));
    assert_stage(run, "firmness committed 1", 40, 1e-6);
    assert_stage(run, "cost", 30, 1e-6);
    pipeline_free(run);
}

/** 100 asked; of two dear lapsing offers the sooner is emptied first: 60 of March, 40 of June, none
 *  of the cheap one. Cost 100 x 0.1. */
static void what_lapses_sooner_is_used_first(void **state)
{
    static const Tables TABLES = {
        .needs = "id,category,quantity\nN-1,HW,100\n",
        .offers = "id,donor,quantity,lapses,cost\nO-1,X,100,,0\nO-2,X,60,2026-06-30,0.1\n"
                  "O-3,X,60,2026-03-31,0.1\n",
        .settings = "key,value\nstart,2026-01-01\nend,2026-12-31\n"};
    (void)state;
    Pipeline *run = solved(&TABLES);
    assert_planned(run);
    assert_int_equal(given(run, "N-1", "O-3"), EUROS(60));
    assert_int_equal(given(run, "N-1", "O-2"), EUROS(40));
    assert_stage(run, "lapsing 2026-03-31", 0, 1e-6);
    assert_stage(run, "lapsing 2026-06-30", 20, 1e-6);
    assert_stage(run, "cost", 10, 1e-6);
    pipeline_free(run);
}

/** Among equals the cheaper offer, and among equally cheap ones the first by id. */
static void cost_decides_and_then_the_order_of_ids(void **state)
{
    static const Tables TABLES = {
        .needs = "id,category,quantity\nN-1,HW,100\n",
        .offers = "id,donor,quantity,cost\nO-3,X,30,-0.2\nO-2,X,100,0.1\nO-1,X,100,0.1\n"};
    (void)state;
    Pipeline *run = solved(&TABLES);
    assert_planned(run);
    assert_int_equal(given(run, "N-1", "O-3"), EUROS(30));
    assert_int_equal(given(run, "N-1", "O-1"), EUROS(70));
    assert_stage(run, "cost", 30 * -0.2 + 70 * 0.1, 1e-6);
    pipeline_free(run);
}

/* ---- outcomes ------------------------------------------------------------------------------- */

static void a_floor_above_what_is_asked_leaves_no_plan(void **state)
{
    static const Tables TABLES = {.needs = "id,category,quantity\nN-1,HW,100\n",
                                  .offers = "id,donor,quantity\nO-1,X,500\n",
                                  .rules = "id,kind,value\nR-1,floor,101\n"};
    (void)state;
    Pipeline *run = solved(&TABLES);
    assert_int_equal(run->status, STATUS_NO_PLAN);
    assert_int_equal(run->result.outcome, SOLVE_INFEASIBLE);
    assert_string_equal(solve_outcome_text(run->result.outcome), "no plan");
    pipeline_free(run);
}

/** Nothing eligible, nothing asked: a plan all the same. */
static void a_round_without_pairs_has_an_empty_plan(void **state)
{
    Tables tables = {.needs = "id,category,quantity\nN-1,HW,100\n",
                     .offers = "id,donor,quantity,category\nO-1,X,500,TRN\n"};
    (void)state;
    Pipeline *run = solved(&tables);
    assert_planned(run);
    assert_int_equal(run->plan.assignment_count, 0);
    assert_stage(run, "tier 1", 100, 1e-6);
    pipeline_free(run);
    tables.needs = "id,category,quantity\n";
    run = solved(&tables);
    assert_planned(run);
    assert_int_equal(run->plan.assignment_count, 0);
    pipeline_free(run);
}

/** Solving twice gives the same doubles, bit for bit. */
static void a_solve_repeats_itself_to_the_bit(void **state)
{
    SolveResult first, second;
    (void)state;
    Pipeline *run = pipeline_formulate("samples/tallinn-2026-q1", NULL, 0);
    assert_int_equal(run->status, STATUS_OK);
    SolveSettings settings = solve_settings_of(&run->round);
    assert_int_equal(solve_stages(&run->form, &settings, run->arena, &first), STATUS_OK);
    assert_int_equal(solve_stages(&run->form, &settings, run->arena, &second), STATUS_OK);
    assert_memory_equal(first.x, second.x, (size_t)run->form.lp.column_count * sizeof *first.x);
    assert_int_equal(first.bound_count, second.bound_count);
    assert_int_equal(first.iterations, second.iterations);
    pipeline_free(run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_lower_tier_gets_what_the_higher_one_cannot_use),
        cmocka_unit_test(weights_up_to_twelve_powers_of_ten_apart_are_kept_apart),
        cmocka_unit_test(six_tiers_are_decided_strictly_one_after_another),
        cmocka_unit_test(a_seat_and_three_hundred_million_fit_into_one_round),
        cmocka_unit_test(things_come_in_whole_units),
        cmocka_unit_test(levels_rise_until_each_group_is_held_by_its_own_limit),
        cmocka_unit_test(a_groups_share_is_that_of_its_needs_together),
        cmocka_unit_test(what_is_covered_elsewhere_counts_in_fairness),
        cmocka_unit_test(whole_things_are_spread_leximin),
        cmocka_unit_test(steps_are_kept_and_spread),
        cmocka_unit_test(the_settings_say_whether_much_or_even_comes_first),
        cmocka_unit_test(what_is_firmer_is_used_first_whatever_it_costs),
        cmocka_unit_test(what_lapses_sooner_is_used_first),
        cmocka_unit_test(cost_decides_and_then_the_order_of_ids),
        cmocka_unit_test(a_floor_above_what_is_asked_leaves_no_plan),
        cmocka_unit_test(a_round_without_pairs_has_an_empty_plan),
        cmocka_unit_test(a_solve_repeats_itself_to_the_bit),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
