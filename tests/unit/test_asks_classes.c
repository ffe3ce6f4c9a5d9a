/* Asks for which two tiers would have to make room at once, worked by hand.
 *
 * BA may receive 100 EUR. A1 of tier 1 asks for 100 and has the 40 of offer X; A2 of tier 2 and A3 of tier 3,
 * BA's too, have 30 each, of the offers Y and Z. B2 of tier 2 may have Y, B3 of tier 3 may have Z. For A1 to
 * be met A2 and A3 both give up their 30, and each tier has what it had if B2 and B3 take them.
 */
#include "solver/asks_internal.h"
#include "solver/glpk_guard.h"
#include "tests/support/ask_case.h"
#include "tests/support/test_support.h"

/** @param b3  the quantity of B3 */
static Pipeline *ask(const char *b3, const Asks **asks)
{
    char needs[400];
    Formulation widened;
    (void)snprintf(needs, sizeof needs,
                   "id,category,priority,quantity,unit,beneficiary\nA1,HW,1,100,EUR,BA\n"
                   "A2,HW,2,30,EUR,BA\nB2,HW,2,50,EUR,BB\nA3,HW,3,30,EUR,BA\nB3,HW,3,%s,EUR,BC\n",
                   b3);
    Pipeline *run = ask_case_decide(needs,
                                    "id,donor,quantity,unit,only_needs\nX,DE,40,EUR,A1\n"
                                    "Y,FR,30,EUR,A2;B2\nZ,PL,30,EUR,A3;B3\n",
                                    "BA,100\nBB,\nBC,\n");
    assert_int_equal(run->plan.needs[round_find_need(&run->round, "A2")].unmet, 0);
    assert_int_equal(run->plan.needs[round_find_need(&run->round, "A3")].unmet, 0);
    ask_case_widen(run, &widened);
    assert_int_equal(ask_case_told(run, &widened, asks), STATUS_OK);
    return run;
}

static void two_tiers_make_room_where_both_are_made_good(void **state)
{
    const Asks *asks;
    (void)state;
    Pipeline *run = ask("50", &asks);
    assert_one_gift(run, asks, "A1", "X", 6000);
    pipeline_free(run);
}

/** B3 asks for no more than 20: of the 30 of Z 10 would have nowhere to go. */
static void no_amount_is_enough_where_one_of_them_cannot_be(void **state)
{
    const Asks *asks;
    (void)state;
    Pipeline *run = ask("20", &asks);
    assert_ask_stopped(run, asks, "A1");
    pipeline_free(run);
}

/* ---- all together --------------------------------------------------------------------------- */

/** What is asked of all givers of A1, @p refused of whom are known not to be enough alone. */
typedef struct Joint {
    AskJob job;
    int refused;
    int64_t answer;
} Joint;

static void ask_joint(void *context)
{
    Joint *joint = context;
    AskJob *job = &joint->job;
    int a1 = round_find_need(job->form->round, "A1");
    assert_int_equal(lifts_build(job->form, job->arena, &job->lifts), STATUS_OK);
    job->scratch = arena_new();
    job->out = ARENA_NEW(job->arena, 1, Asks);
    assert_int_equal(ask_open_book(job), STATUS_OK);
    assert_int_equal(ask_open_network(job), STATUS_OK);
    assert_int_equal(ask_list_options(job, a1), STATUS_OK);
    assert_int_equal(job->option_count, 3);
    for (int i = 0; i < joint->refused; i++)
        job->options[i].refused = true;
    job->class_work = 1e9;
    assert_int_equal(ask_class_single(job, a1, NULL, &joint->answer), STATUS_OK);
    ask_close_program(job);
    ask_close_network(job);
    arena_free(job->scratch);
}

/** A1 has 40 of V; BA's other 60 are A2's and A3's, 30 each, of offers of their own. More of X makes tier 2
 *  good (B2 asks for 30), more of W tier 3 (B3 likewise): neither is enough alone, both together are. */
static void givers_that_fail_alone_may_do_together(void **state)
{
    (void)state;
    Pipeline *run = ask_case_decide(
        "id,category,priority,quantity,unit,beneficiary\nA1,HW,1,100,EUR,BA\n"
        "A2,HW,2,30,EUR,BA\nB2,HW,2,30,EUR,BB\nA3,HW,3,30,EUR,BA\nB3,HW,3,30,EUR,BC\n",
        "id,donor,quantity,unit,only_needs\nV,DE,40,EUR,A1\nX,DE,0,EUR,A1;B2\n"
        "W,DE,0,EUR,A1;B3\nY,FR,30,EUR,A2\nZ,PL,30,EUR,A3\n",
        "BA,100\nBB,\nBC,\n");
    for (int refused = 0; refused <= 3; refused++) {
        Formulation widened;
        GuardFault fault;
        SolveSettings settings = solve_settings_of(&run->round);
        ask_case_widen(run, &widened);
        Joint joint = {.job = {.form = &widened,
                               .plan = &run->plan,
                               .settings = &settings,
                               .arena = run->arena,
                               .need = -1},
                       .refused = refused};
        assert_true(glpk_guard_run(ask_joint, &joint, &fault));
        assert_int_equal(joint.answer, -1); /* not ASK_CLASS_NEVER */
    }
    pipeline_free(run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_tiers_make_room_where_both_are_made_good),
        cmocka_unit_test(no_amount_is_enough_where_one_of_them_cannot_be),
        cmocka_unit_test(givers_that_fail_alone_may_do_together),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
