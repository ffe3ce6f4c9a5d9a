/* How a plan was decided, as one text beside the plan and back. */
#include "tests/support/test_support.h"

#include "io/plan_origin.h"

#include <string.h>

enum { STAGES = 4 };

/* Two stages are proven, one is the search's own beside a bound of the relaxation, one has none. */
static void fill(StageResult stages[STAGES])
{
    memset(stages, 0, STAGES * sizeof *stages);
    stages[0].proven = stages[1].proven = stages[1].has_exact = true;
    stages[1].exact = 7;
    stages[2].has_exact = true;
    stages[2].exact = 8400.5;
}

static void what_proves_the_stages_is_written_in_their_order(void **state)
{
    StageResult stages[STAGES];
    Plan plan = {.stages = stages, .stage_count = STAGES}, none = {.stage_count = 0};
    Arena *arena = arena_new();
    (void)state;
    fill(stages);
    assert_string_equal(plan_proofs_text(&plan, arena), "exact*2;search 8400.5;search");
    stages[3] = stages[2];
    assert_string_equal(plan_proofs_text(&plan, arena), "exact*2;search 8400.5*2");
    stages[3].exact = -0.25;
    assert_string_equal(plan_proofs_text(&plan, arena), "exact*2;search 8400.5;search -0.25");
    assert_string_equal(plan_proofs_text(&none, arena), "");
    arena_free(arena);
}

static void and_read_back(void **state)
{
    StageResult stages[STAGES];
    Plan plan = {.stages = stages, .stage_count = STAGES};
    PlanRecord record = {.decided_by = "GLPK alone (an urgent need)",
                         .rounding_loss = "0.03",
                         .proofs = "exact*2;search 8400.5;search"};
    Arena *arena = arena_new();
    (void)state;
    memset(stages, 0, sizeof stages);
    assert_int_equal(plan_origin_take(&record, arena, &plan), STATUS_OK);
    assert_string_equal(plan.decided_by, "GLPK alone (an urgent need)");
    assert_true(plan.rounding_loss == 0.03);
    assert_true(stages[0].proven && stages[1].proven && !stages[2].proven && !stages[3].proven);
    assert_true(!stages[1].has_exact && stages[2].has_exact && !stages[3].has_exact);
    assert_true(stages[2].exact == 8400.5);
    arena_free(arena);
}

static void what_does_not_fit_the_stages_is_not_taken(void **state)
{
    static const char *const WRONG[] = {
        "exact*3",
        "exact*5",
        "exact*2;search 8400.5",
        "exact*0;exact*4",
        "",
        "exact*-4",
        "exact*2;search *2",
        "exact*2;search8400*2",
        "exact*2;guess*2",
        "exact*2;search x",
        "exact*",
        "exact*99999999999999999999",
    };
    Arena *arena = arena_new();
    (void)state;
    for (size_t i = 0; i < sizeof WRONG / sizeof *WRONG; i++) {
        StageResult stages[STAGES];
        Plan plan = {.stages = stages, .stage_count = STAGES};
        PlanRecord record = {.decided_by = "x", .rounding_loss = "0", .proofs = WRONG[i]};
        memset(stages, 0, sizeof stages);
        assert_int_equal(plan_origin_take(&record, arena, &plan), STATUS_OK);
        if (plan.decided_by != NULL || stages[0].proven)
            fail_msg("'%s' was taken", WRONG[i]);
    }
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_proves_the_stages_is_written_in_their_order),
        cmocka_unit_test(and_read_back),
        cmocka_unit_test(what_does_not_fit_the_stages_is_not_taken),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
