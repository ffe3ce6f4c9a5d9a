/* A sweep one of whose cases dies on the way: the others stand, and the case is shown as failed. */
#include "sweep.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "allot/sweep.h"
#include "tests/support/expected_findings.h"
#include "tests/support/test_support.h"

static const CaseName NAMES[] = {{"base", "as it is"}, {"broken", "dies"}, {"less", "of O1"}};

/* Reading a change of no table at all is the end of the process that does it. */
static const CellChange BROKEN[] = {
    {NULL, "O1", "quantity", "1", .exact = true, .place = {.file = "test"}}};
static const CellChange LESS[] = {
    {"offers", "O1", "quantity", "30", .exact = true, .place = {.file = "test"}}};
static SweepTask TASKS[] = {{.changes = NULL},
                            {.changes = BROKEN, .change_count = 1},
                            {.changes = LESS, .change_count = 1}};

static void a_case_whose_process_dies_is_failed_and_the_others_stand(void **state)
{
    char *dir = test_dir_make(), *text;
    size_t length;
    Arena *arena = arena_new();
    Options options = {.round = dir, .jobs = 2};
    Session s = {.options = &options, .arena = arena, .diag = diag_new(arena)};
    const SweepPlan plan = {
        .kind = SWEEP_STRESS, .names = (CaseName *)NAMES, .tasks = TASKS, .count = 3};
    Sweep sweep;
    (void)state;
    write_file(dir, "needs.csv", "id,category,quantity\nN1,HW,50\n");
    write_file(dir, "offers.csv", "id,donor,quantity\nO1,EE,100\n");
    assert_int_equal(open_round(&s), STATUS_OK);
    describe_run(&s);
    (void)signal(SIGSEGV, SIG_DFL); /* cmocka would catch it, in the case's process too */
    assert_int_equal(sweep_run(&s, &plan, &text, &length), STATUS_OK);
    assert_finding("died", s.diag, &(ExpectedFinding){.code = DIAG_JOB, .hint = "broken: "});
    SweepText whole = {"whole", text, length};
    assert_int_equal(sweep_read(&whole, 1, arena, s.diag, &sweep), STATUS_OK);
    assert_true(sweep.cases[0].has_plan);
    assert_int_equal(sweep.cases[0].needs[0].assigned, 5000);
    assert_false(sweep.cases[1].has_plan);
    assert_string_equal(sweep.cases[1].outcome, "failed");
    assert_true(sweep.cases[2].has_plan);
    assert_int_equal(sweep.cases[2].needs[0].assigned, 3000);
    assert_int_equal(sweep_failed_count(&sweep), 1);
    free(text);
    arena_free(arena);
    test_dir_remove(dir);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_case_whose_process_dies_is_failed_and_the_others_stand),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
