/* Worths of small rounds, worked out by hand: from the class network's flows and program, and from the whole
 * program.
 */
#include "allot/worths.h"
#include "tests/support/pipeline.h"
#include "tests/support/test_support.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct Tables {
    const char *needs, *offers, *donors, *beneficiaries;
} Tables;

typedef struct Asked {
    Pipeline *run;
    const Worths *network, *program; /* network: alone; program: alone */
} Asked;

static Asked ask(const Tables *tables)
{
    Asked asked;
    char *dir = test_dir_make();
    write_file(dir, "needs.csv", tables->needs);
    write_file(dir, "offers.csv", tables->offers);
    write_file(dir, "donors.csv", tables->donors);
    write_file(dir, "beneficiaries.csv", tables->beneficiaries);
    write_file(dir, "settings.csv", "key,value\nfairness,none\ncurrency,EUR\n");
    Pipeline *run = asked.run = pipeline_run(dir, NULL, 0);
    test_dir_remove(dir);
    assert_int_equal(run->status, STATUS_OK);
    Formulation *loose = ARENA_NEW(run->arena, 1, Formulation); /* which worths point into */
    assert_non_null(loose);
    SolveSettings settings = solve_settings_of(&run->round);
    assert_int_equal(
        formulation_build_loose(&run->round, &run->pairs, &run->rules, run->arena, loose),
        STATUS_OK);
    assert_int_equal(solve_network_worths(loose, &run->plan, run->arena, &asked.network),
                     STATUS_OK);
    assert_int_equal(solve_worths(loose, &run->plan, &settings, NULL, run->arena, &asked.program),
                     STATUS_OK);
    assert_non_null(asked.network);
    assert_non_null(asked.program);
    return asked;
}

static const Worth *worth_of(const Worths *worths, const char *id, int step)
{
    for (size_t i = 0; i < worths->count; i++)
        if (worths->worths[i].step == step &&
            strcmp(worths->lifts->lifts[worths->worths[i].lift].id, id) == 0)
            return &worths->worths[i];
    fail_msg("no worth of %s in step %d", id, step);
    return NULL;
}

static void assert_more(const Worths *worths, const char *id, int step, double slope, int64_t until)
{
    const WorthSide *more = &worth_of(worths, id, step)->more;
    assert_true(more->known);
    assert_false(more->at_least);
    assert_true(fabs(more->slope - slope) < 1e-9);
    assert_int_equal(more->until, until);
}

/** A and AA in tier 1, C, CC and M in tier 2, each asks for 100. What A has of TWO keeps C, whose beneficiary B1
 *  may have 100 and has them, and CC, which only TWO could serve, from anything; AA has all of Q, and its
 *  beneficiary B2 may have 50 more. With d more of Q for M, tier 2 has d more. With d more for AA, A may do with d
 *  less, and C and CC have d more each: two for one, until at 75 B2 has 75 and 25. A flow tells of the first
 *  only. All have together 150, and may have 200 at most: up to 50 more, as M would; but they could have those even
 *  today, were tier 1 free to give way, and so that bounds no worth. */
static const Tables GIVING_WAY = {
    "id,category,priority,quantity,unit,beneficiary\nA,HW,1,100,EUR,B1\nAA,HW,1,100,EUR,B2\n"
    "C,HW,2,100,EUR,B1\nCC,HW,2,100,EUR,B2\nM,HW,2,100,EUR,B2\n",
    "id,donor,quantity,unit,only_needs\nQ,D,50,EUR,AA;M\nP,E,1000,EUR,C\nTWO,E,100,EUR,A;CC\n",
    "id,budget\nD,\nE,\n", "id,max_value\nB1,100\nB2,100\n"};

static void a_tier_gains_twice_where_one_above_gives_way_and_is_made_up_for(void **state)
{
    (void)state;
    Asked asked = ask(&GIVING_WAY);
    assert_more(asked.program, "Q", 0, 1, 10000);
    assert_more(asked.network, "Q", 0, 1, 10000);
    assert_more(asked.program, "Q", 1, 2, 7500);
    assert_more(asked.network, "Q", 1, 2, 7500);
    pipeline_free(asked.run);
}

/** A of tier 1 asks for 200,000, B of tier 2 for 400,000, and their beneficiary may have 300,000.26: to the cent
 *  so much more is worth something to tier 2, as tier 1 keeps what it has and the rest is B's. */
static const Tables LARGE = {
    "id,category,priority,quantity,unit,beneficiary\nA,HW,1,200000,EUR,B1\nB,HW,2,400000,EUR,B1\n",
    "id,donor,quantity,unit,only_needs\nO,D,100.10,EUR,\n", "id,budget\nD,\n",
    "id,max_value\nB1,300000.26\n"};

static void the_end_of_a_large_worth_is_told_to_the_cent(void **state)
{
    (void)state;
    Asked asked = ask(&LARGE);
    assert_more(asked.program, "O", 0, 1, 20000000);
    assert_more(asked.network, "O", 0, 1, 20000000);
    assert_more(asked.program, "O", 1, 1, 30000026);
    assert_more(asked.network, "O", 1, 1, 30000026);
    pipeline_free(asked.run);
}

/** What is needed before a stage says nothing of how far more of it was followed: both are told. */
static void a_worth_at_least_says_so_where_less_is_needed_too(void **state)
{
    (void)state;
    Asked asked = ask(&LARGE);
    Worths told = *asked.network;
    Worth two[] = {*worth_of(asked.network, "O", 0), *worth_of(asked.network, "O", 1)};
    two[0].more.at_least = two[1].more.at_least = true;
    two[1].less.needed = true;
    told.worths = two;
    told.count = 2;
    asked.run->plan.answers.worths = &told;
    char *dir = test_dir_make();
    pipeline_write(asked.run, dir);
    char *path = test_path(dir, "worths.csv");
    size_t length;
    char *text = read_file(path, &length);
    assert_non_null(strstr(text, "tier 1,1,200000.00,1,0.00,holds at least so far\n"));
    assert_non_null(
        strstr(text, "tier 2,1,300000.26,,,needed by stages before; holds at least so far\n"));
    free(text);
    free(path);
    test_dir_remove(dir);
    pipeline_free(asked.run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_tier_gains_twice_where_one_above_gives_way_and_is_made_up_for),
        cmocka_unit_test(the_end_of_a_large_worth_is_told_to_the_cent),
        cmocka_unit_test(a_worth_at_least_says_so_where_less_is_needed_too),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
