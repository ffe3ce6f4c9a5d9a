/* What a person reads when no plan can exist: every row that would have to give way, with by how much;
 * and what is said when there is none to name.
 */
#include "tests/support/test_support.h"

#include "allot/conflict.h"
#include "tests/support/expected_findings.h"

enum { RULES = 3 };

/* One need, one offer agreed with it in commitments.csv:4, and three rules. */
typedef struct Conflict {
    Arena *arena;
    Diag *diag;
    Need need;
    Offer offer;
    Pair pair;
    Rule rule[RULES];
    Round round;
    PairSet pairs;
    RuleSet rules;
} Conflict;

static void conflict_open(Conflict *c)
{
    const Unit euro = {"EUR", true, 2}, seat = {"seat", false, UNIT_THING_PLACES};
    *c = (Conflict){.arena = arena_new()};
    c->diag = diag_new(c->arena);
    assert_non_null(c->diag);
    c->need = (Need){.id = "N-1", .unit = seat};
    c->offer = (Offer){.id = "O-1"};
    c->pair = (Pair){.lower_from = {TABLE_COMMITMENTS, 4}};
    c->rule[0] = (Rule){.id = "F-1", .each = "", .column = "value", .unit = euro};
    c->rule[1] = (Rule){.id = "F-2", .each = "donor A", .column = "share", .unit = seat};
    c->rule[2] = (Rule){.id = "L-1", .each = "", .column = "value", .unit = euro};
    for (int r = 0; r < RULES; r++)
        c->rule[r].origin = (Origin){TABLE_RULES, 2 + r};
    c->round = (Round){.source = "r", .needs = &c->need, .offers = &c->offer};
    c->round.tables[TABLE_COMMITMENTS].file = "commitments.csv";
    c->round.tables[TABLE_RULES].file = "rules.csv";
    c->pairs = (PairSet){.pairs = &c->pair, .count = 1};
    c->rules = (RuleSet){.rules = c->rule, .count = RULES};
}

static Status report(Conflict *c, const Concession *concessions, size_t count)
{
    return conflict_report(&c->round, &c->pairs, &c->rules, concessions, count, c->diag);
}

static void every_concession_is_a_finding_at_its_row(void **state)
{
    static const Concession concessions[] = {{true, 0, 2}, {false, 0, 12.345}, {false, 1, 0.5}};
    static const ExpectedFinding want[] = {
        {DIAG_CONFLICT, "commitments.csv", 4, 0, NULL,
         "no plan can give need 'N-1' what is agreed from offer 'O-1': 2.00 seat too much"},
        {DIAG_CONFLICT, "rules.csv", 2, 0, NULL, "no plan can keep rule 'F-1': it asks for 12.3"},
        {DIAG_CONFLICT, "rules.csv", 3, 0, NULL,
         "no plan can keep rule 'F-2', donor A: it asks for 0.50 seat too much"},
    };
    Conflict c;
    (void)state;
    conflict_open(&c);
    assert_int_equal(report(&c, concessions, COUNT_OF(concessions)), STATUS_NO_PLAN);
    assert_finding_count("all", c.diag, COUNT_OF(want));
    for (size_t i = 0; i < COUNT_OF(want); i++)
        assert_finding(want[i].hint, c.diag, &want[i]);
    arena_free(c.arena);
}

/** Limits alone never rule out a plan: the empty one keeps them. */
static void a_conflict_without_a_demand_is_the_solvers_fault(void **state)
{
    Conflict c;
    (void)state;
    conflict_open(&c);
    assert_int_equal(report(&c, NULL, 0), STATUS_SOLVER_FAULT);
    assert_finding("no demand", c.diag,
                   &(ExpectedFinding){DIAG_SOLVER, "r", 0, 0, NULL, "a plan always exists"});
    arena_free(c.arena);
}

static void a_conflict_that_nothing_explains_is_one_of_whole_steps(void **state)
{
    (void)state;
    for (int demand = 0; demand < 3; demand++) {
        Conflict c;
        conflict_open(&c);
        if (demand == 0)
            c.round.commitment_count = 1;
        c.rule[1].has_lower = demand == 1;
        if (demand == 2)
            c.rule[2].family = FAMILY_RESERVE;
        assert_int_equal(report(&c, NULL, 0), STATUS_NO_PLAN);
        assert_finding("demand", c.diag,
                       &(ExpectedFinding){DIAG_CONFLICT, "r", 0, 0, NULL, "in whole steps"});
        assert_finding_count("demand", c.diag, 1);
        arena_free(c.arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_concession_is_a_finding_at_its_row),
        cmocka_unit_test(a_conflict_without_a_demand_is_the_solvers_fault),
        cmocka_unit_test(a_conflict_that_nothing_explains_is_one_of_whole_steps),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
