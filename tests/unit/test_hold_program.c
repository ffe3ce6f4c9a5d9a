/* The class network around a plan as a linear program, every answer worked by hand.
 *
 * Tier 1: A1 (weight 1) asks for 100 EUR and has the 60 of offer X, B1 (weight 2) asks for 100 and has the 50
 * of offer Y, which A1 may have too. Tier 2: C2 asks for 100, of X alone, and has nothing. No fairness: of
 * tier 1 the sum by weight is kept, 60 + 2 * 50 = 160, whoever has it.
 */
#include "solver/glpk_guard.h"
#include "solver/hold_program.h"
#include "tests/support/class_network_case.h"

#include <math.h>
#include <string.h>

typedef struct Case {
    NetworkCase net;
    Pipeline *run;
    HoldPlan plan;
    HoldProgram program;
    void (*body)(struct Case *c);
} Case;

static void guarded(void *context)
{
    Case *c = context;
    assert_int_equal(hold_program_open(&c->plan, c->run->arena, &c->program), STATUS_OK);
    c->body(c);
    hold_program_close(&c->program);
    hold_program_close(&c->program); /* not open: nothing */
}

/** The program of the plan that is the best. @param most_a  max_value of A, or "" */
static void with_program(const char *most_a, void (*body)(Case *c))
{
    Case c = {.net = {.label = "by hand"}, .body = body};
    GuardFault fault;
    int64_t *flow;
    char beneficiaries[80];
    char *dir = test_dir_make();
    (void)snprintf(beneficiaries, sizeof beneficiaries, "id,max_value\nA,%s\nB,\nC,\n", most_a);
    write_file(dir, "needs.csv",
               "id,category,priority,weight,quantity,unit,beneficiary\nA1,HW,1,1,100,EUR,A\n"
               "B1,HW,1,2,100,EUR,B\nC2,HW,2,1,100,EUR,C\n");
    write_file(dir, "offers.csv",
               "id,donor,quantity,unit,only_needs\nX,DE,60,EUR,A1;C2\nY,FR,50,EUR,A1;B1\n");
    write_file(dir, "beneficiaries.csv", beneficiaries);
    write_file(dir, "settings.csv", "key,value\nfairness,none\ncurrency,EUR\n");
    c.run = pipeline_run(dir, NULL, 0);
    test_dir_remove(dir);
    assert_int_equal(c.run->status, STATUS_OK);
    assert_true(class_case_open(&c.net, c.run));
    assert_int_equal(class_network_flow(&c.net.net, &c.run->plan, c.run->arena, &flow), STATUS_OK);
    assert_int_equal(hold_plan_open(&c.net.net, flow, c.run->arena, &c.plan), STATUS_OK);
    assert_true(glpk_guard_run(guarded, &c, &fault));
    pipeline_free(c.run);
}

static int class_of(const Case *c, const char *need)
{
    return c->net.net.classes->class_of[round_find_need(&c->run->round, need)];
}

static int offer_of(const Case *c, const char *id)
{
    for (size_t o = 0; o < c->run->round.offer_count; o++)
        if (strcmp(c->run->round.offers[o].id, id) == 0)
            return (int)o;
    fail_msg("no offer %s", id);
    return -1;
}

/** The arc that has the offer's quantity. */
static int arc_of(const Case *c, const char *offer)
{
    const ClassNetwork *net = &c->net.net;
    int node = net->offer_node[offer_of(c, offer)];
    for (int a = 0; a < net->first_flow; a++)
        if (net->to[a] == node)
            return a;
    fail_msg("no arc of %s", offer);
    return -1;
}

/** Of what the class lacks it can have so much more. */
static void assert_most(Case *c, int64_t expected)
{
    int64_t more;
    int class = c->program.class, arc = c->net.net.first_class + class;
    int64_t lacks = c->net.net.classes->classes[class].wanted - c->plan.flow[arc];
    assert_true(hold_program_most(&c->program, lacks, &more));
    assert_int_equal(more, expected);
}

/* ---- how much more ---------------------------------------------------------------------------- */

static void ask_c2(Case *c)
{
    hold_program_about(&c->program, class_of(c, "C2"));
    assert_most(c, 0);
    assert_true(hold_program_arc_matters(&c->program, arc_of(c, "X")));
    assert_true(hold_program_arc_matters(&c->program, arc_of(c, "Y")));
    hold_program_lift_arc(&c->program, arc_of(c, "X"), true);
    assert_most(c, 10000); /* all it asks for, of X */
    hold_program_lift_arc(&c->program, arc_of(c, "X"), false);
    hold_program_lift_arc(&c->program, arc_of(c, "Y"), true);
    assert_most(c, 6000); /* B1 takes more of Y, and A1 gives up the 60 of X */
    hold_program_lift_arc(&c->program, arc_of(c, "Y"), false);
    assert_most(c, 0);
    hold_program_free_above(&c->program, true);
    assert_most(c, 6000); /* what A1 has of X */
    hold_program_free_above(&c->program, false);
    assert_most(c, 0);
}

static void a_tier_above_keeps_its_sum_by_weight(void **state)
{
    (void)state;
    with_program("", ask_c2);
}

static void ask_a1(Case *c)
{
    hold_program_about(&c->program, class_of(c, "A1"));
    assert_most(c, 0);
    assert_true(hold_program_arc_matters(&c->program, arc_of(c, "X")));
    assert_true(hold_program_arc_matters(&c->program, arc_of(c, "Y")));
    assert_true(hold_program_equals_matter(&c->program, class_of(c, "A1")));
    hold_program_free_equals(&c->program, true);
    assert_most(c, 4000); /* of the 50 that B1 has; it lacks no more */
    hold_program_free_equals(&c->program, false);
    assert_most(c, 0);
}

static void an_equal_keeps_what_it_has_until_it_is_let_go(void **state)
{
    (void)state;
    with_program("", ask_a1);
}

/** A may have 60, and has them. */
static void ask_a1_limited(Case *c)
{
    int limited = (int)c->run->round.needs[round_find_need(&c->run->round, "A1")].beneficiary_row;
    hold_program_about(&c->program, class_of(c, "A1"));
    hold_program_lift_arc(&c->program, arc_of(c, "X"), true);
    assert_most(c, 0);
    hold_program_lift_limit(&c->program, limited, true);
    assert_most(c, 4000);
    hold_program_lift_limit(&c->program, limited, false);
    assert_most(c, 0);
}

static void a_limit_holds_until_it_is_lifted(void **state)
{
    (void)state;
    with_program("60", ask_a1_limited);
}

/* ---- how much is enough ----------------------------------------------------------------------- */

/** @p expected smallest parts of the one offer are enough for @p lacks; -1: no amount is. */
static void assert_gift(Case *c, int64_t lacks, const char *offer, int64_t expected)
{
    int column, index = offer_of(c, offer);
    double cost = 1.0;
    BackendOutcome outcome = hold_program_give(&c->program, lacks, 1, &index, &cost, &column);
    assert_int_equal(outcome, expected < 0 ? BACKEND_INFEASIBLE : BACKEND_OPTIMAL);
    if (expected >= 0)
        assert_int_equal(llround(hold_program_gift(&c->program, index)), expected);
}

static void give_c2(Case *c)
{
    int column[2], both[2] = {offer_of(c, "X"), offer_of(c, "Y")};
    hold_program_about(&c->program, class_of(c, "C2"));
    assert_gift(c, 10000, "X", 10000);
    assert_gift(c, 10000, "Y", -1); /* there are 60 of X, whoever has them */
    /* 60 that A1 gives up are 60 by weight: 30 more for B1 */
    assert_gift(c, 6000, "Y", 3000);
    assert_int_equal(
        llround(hold_program_change(&c->program, c->net.net.first_class + class_of(c, "A1"))),
        -6000);
    assert_int_equal(
        llround(hold_program_change(&c->program, c->net.net.first_class + class_of(c, "B1"))),
        3000);
    /* of both, one as dear as the other: 30 of Y free 60 of X, 40 of X are missing */
    assert_int_equal(hold_program_give(&c->program, 10000, 2, both, (double[]){1.0, 1.0}, column),
                     BACKEND_OPTIMAL);
    assert_int_equal(llround(hold_program_gift(&c->program, both[0])), 4000);
    assert_int_equal(llround(hold_program_gift(&c->program, both[1])), 3000);
    /* Y three times as dear: 30 of it cost more than the 60 of X that they free */
    assert_int_equal(hold_program_give(&c->program, 10000, 2, both, (double[]){1.0, 3.0}, column),
                     BACKEND_OPTIMAL);
    assert_int_equal(llround(hold_program_gift(&c->program, both[0])), 10000);
    assert_int_equal(llround(hold_program_gift(&c->program, both[1])), 0);
    assert_most(c, 0); /* what was given is gone */
}

static void gifts_are_the_cheapest_that_leave_the_tier_above_its_sum(void **state)
{
    (void)state;
    with_program("", give_c2);
}

/** A1 keeps 20 in any case: 40 of X can be freed by 20 of Y for B1, the other 20 by as much of Y for A1. */
static void give_beside_least(Case *c)
{
    int64_t *least = ARENA_NEW(c->run->arena, (size_t)c->net.net.classes->class_count, int64_t);
    least[class_of(c, "A1")] = 2000;
    c->program.least = least;
    hold_program_about(&c->program, class_of(c, "C2"));
    assert_gift(c, 4000, "Y", 2000);
    assert_gift(c, 6000, "Y", 4000);
    assert_gift(c, 6001, "Y", -1);
}

static void what_is_met_already_is_left(void **state)
{
    (void)state;
    with_program("", give_beside_least);
}

/** A1 could have some of Y if there were any: its price is 1, for B1 too, which gets it at the price of Y as
 *  it has some. More of X is nothing to B1. */
static void prove_of_others(Case *c)
{
    hold_program_about(&c->program, class_of(c, "A1"));
    assert_most(c, 0);
    assert_true(hold_program_proves_none(&c->program, class_of(c, "A1")));
    assert_true(hold_program_proves_none(&c->program, class_of(c, "B1")));
    hold_program_about(&c->program, class_of(c, "B1"));
    assert_most(c, 0);
    assert_true(hold_program_arc_matters(&c->program, arc_of(c, "Y")));
    hold_program_lift_arc(&c->program, arc_of(c, "Y"), true);
    assert_most(c, 5000);
}

static void prices_of_one_class_prove_of_another(void **state)
{
    (void)state;
    with_program("", prove_of_others);
}

/** All of X and Y is used: A1 would have more with more of X, A1 and B1 with more of Y; that of B1 is no limit.
 *  With more of X they are not the best. */
static void ask_tier_one(Case *c)
{
    int limited = (int)c->run->round.needs[round_find_need(&c->run->round, "A1")].beneficiary_row;
    hold_program_about(&c->program, class_of(c, "A1"));
    assert_true(hold_program_tier_is_best(&c->program));
    assert_true(hold_program_arc_matters(&c->program, arc_of(c, "X")));
    assert_true(hold_program_arc_matters(&c->program, arc_of(c, "Y")));
    assert_false(hold_program_limit_matters(&c->program, limited));
    hold_program_lift_arc(&c->program, arc_of(c, "X"), true);
    assert_false(hold_program_tier_is_best(&c->program));
    hold_program_lift_arc(&c->program, arc_of(c, "X"), false);
    assert_true(hold_program_tier_is_best(&c->program));
    assert_most(c, 0); /* of A1 alone, again */
}

static void a_tier_at_once_can_have_no_more(void **state)
{
    (void)state;
    with_program("90", ask_tier_one);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_tier_above_keeps_its_sum_by_weight),
        cmocka_unit_test(an_equal_keeps_what_it_has_until_it_is_let_go),
        cmocka_unit_test(a_limit_holds_until_it_is_lifted),
        cmocka_unit_test(gifts_are_the_cheapest_that_leave_the_tier_above_its_sum),
        cmocka_unit_test(what_is_met_already_is_left),
        cmocka_unit_test(prices_of_one_class_prove_of_another),
        cmocka_unit_test(a_tier_at_once_can_have_no_more),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
