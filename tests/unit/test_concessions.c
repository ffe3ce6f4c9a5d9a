/* What would have to give way when no plan can exist, and by exactly how much. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "tests/support/pipeline.h"
#include "tests/support/test_support.h"

/** A round that has no plan, with what has to be conceded. */
typedef struct Clash {
    Pipeline *run;
    Concession *found;
    size_t count;
} Clash;

static Clash clash_of(const char *needs, const char *offers, const char *rules,
                      const char *commitments)
{
    Clash clash = {0};
    char *dir = test_dir_make();
    write_file(dir, "needs.csv", needs);
    write_file(dir, "offers.csv", offers);
    if (rules != NULL)
        write_file(dir, "rules.csv", rules);
    if (commitments != NULL)
        write_file(dir, "commitments.csv", commitments);
    clash.run = pipeline_formulate(dir, NULL, 0);
    test_dir_remove(dir);
    if (clash.run->status != STATUS_OK)
        pipeline_print(clash.run);
    assert_int_equal(clash.run->status, STATUS_OK);
    SolveResult result;
    SolveSettings settings = solve_settings_of(&clash.run->round);
    assert_int_equal(solve_stages(&clash.run->form, &settings, clash.run->arena, &result),
                     STATUS_OK);
    assert_int_equal(result.outcome, SOLVE_INFEASIBLE);
    assert_int_equal(
        solve_concessions(&clash.run->form, clash.run->arena, &clash.found, &clash.count),
        STATUS_OK);
    return clash;
}

static double conceded(const Clash *clash)
{
    double sum = 0;
    for (size_t k = 0; k < clash->count; k++)
        sum += clash->found[k].amount;
    return sum;
}

static const char *rule_of(const Clash *clash, size_t k)
{
    assert_true(k < clash->count && !clash->found[k].is_pair);
    return clash->run->rules.rules[clash->found[k].index].id;
}

static const char *need_of(const Clash *clash, size_t k)
{
    assert_true(k < clash->count && clash->found[k].is_pair);
    return clash->run->round.needs[clash->run->pairs.pairs[clash->found[k].index].need].id;
}

/** 100 asked at most, 130 demanded: 30 too much. */
static void a_floor_above_what_is_asked_is_too_high_by_the_difference(void **state)
{
    (void)state;
    Clash clash =
        clash_of("id,category,quantity\nN-1,HW,60\nN-2,HW,40\n", "id,donor,quantity\nO-1,X,500\n",
                 "id,kind,value\nR-1,floor,130\n", NULL);
    assert_int_equal(clash.count, 1);
    assert_string_equal(rule_of(&clash, 0), "R-1");
    assert_close(clash.found[0].amount, 30, 1e-6, 0);
    pipeline_free(clash.run);
}

/** 230 range seats are demanded, 200 offered: 30 seats, in seats. */
static void a_floor_in_things_is_conceded_in_things(void **state)
{
    (void)state;
    Clash clash = clash_of("id,category,quantity,unit\nN-1,RNG,300,seat\n",
                           "id,donor,quantity,unit\nO-1,X,200,seat\n",
                           "id,kind,category,quantity,unit\nR-1,floor,RNG,230,seat\n", NULL);
    assert_int_equal(clash.count, 1);
    assert_close(clash.found[0].amount, 30, 1e-6, 0);
    pipeline_free(clash.run);
}

/** 60 + 50 are agreed from an offer of 96: 14 too much. A euro off either of them mends a euro, and
 *  each costs one over its own size, so the larger one gives way. */
static void commitments_beyond_an_offer_concede_the_excess(void **state)
{
    (void)state;
    Clash clash =
        clash_of("id,category,quantity\nN-1,HW,60\nN-2,HW,50\n", "id,donor,quantity\nO-1,X,96\n",
                 NULL, "need,offer,kind,quantity\nN-1,O-1,fixed,60\nN-2,O-1,at_least,50\n");
    assert_int_equal(clash.count, 1);
    assert_string_equal(need_of(&clash, 0), "N-1");
    assert_close(clash.found[0].amount, 14, 1e-6, 0);
    pipeline_free(clash.run);
}

/** Three packs of 50 are agreed where 100 are offered: 50 licences, one pack. */
static void a_commitment_in_steps_is_conceded_in_units(void **state)
{
    (void)state;
    Clash clash = clash_of("id,category,quantity,unit,step\nN-1,LIC,200,licence,50\n",
                           "id,donor,quantity,unit\nO-1,X,100,licence\n", NULL,
                           "need,offer,kind,quantity\nN-1,O-1,at_least,150\n");
    assert_int_equal(clash.count, 1);
    assert_string_equal(need_of(&clash, 0), "N-1");
    assert_close(clash.found[0].amount, 50, 1e-6, 0);
    pipeline_free(clash.run);
}

/** A reserve of 80 against 60 agreed, out of 100: 40 are missing, off the one or the other. */
static void a_reserve_against_a_commitment_concedes_what_is_missing(void **state)
{
    (void)state;
    Clash clash = clash_of("id,category,quantity\nN-1,HW,100\n", "id,donor,quantity\nO-1,X,100\n",
                           "id,kind,offer,value\nR-1,reserve,O-1,80\n",
                           "need,offer,kind,quantity\nN-1,O-1,at_least,60\n");
    assert_close(conceded(&clash), 40, 1e-6, 0);
    pipeline_free(clash.run);
}

/** Two clashes that have nothing to do with each other are both named: 5 and 7. */
static void separate_clashes_are_all_named(void **state)
{
    (void)state;
    Clash clash =
        clash_of("id,category,quantity\nN-1,HW,50\nN-2,TRN,50\n", "id,donor,quantity\nO-1,X,500\n",
                 "id,kind,category,value\nR-1,floor,HW,55\nR-2,floor,TRN,57\n", NULL);
    assert_int_equal(clash.count, 2);
    assert_close(conceded(&clash), 12, 1e-6, 0);
    assert_close(fabs(clash.found[0].amount - clash.found[1].amount), 2, 1e-6, 0);
    pipeline_free(clash.run);
}

/** 1 cent too much in 300 million is still a cent, not noise. */
static void a_cent_in_three_hundred_million_is_not_lost(void **state)
{
    (void)state;
    Clash clash = clash_of("id,category,quantity\nN-1,HW,300000000.00\n",
                           "id,donor,quantity\nO-1,X,400000000\n",
                           "id,kind,value\nR-1,floor,300000000.01\n", NULL);
    assert_int_equal(clash.count, 1);
    assert_close(clash.found[0].amount, 0.01, 1e-6, 0);
    pipeline_free(clash.run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_floor_above_what_is_asked_is_too_high_by_the_difference),
        cmocka_unit_test(a_floor_in_things_is_conceded_in_things),
        cmocka_unit_test(commitments_beyond_an_offer_concede_the_excess),
        cmocka_unit_test(a_commitment_in_steps_is_conceded_in_units),
        cmocka_unit_test(a_reserve_against_a_commitment_concedes_what_is_missing),
        cmocka_unit_test(separate_clashes_are_all_named),
        cmocka_unit_test(a_cent_in_three_hundred_million_is_not_lost),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
