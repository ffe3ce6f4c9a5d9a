/* Memory is short once, for one request, while needs of all or nothing are summed up under a floor: the lists
 * of sums are the largest that is asked for, and what comes after may fit again. The k-th request alone
 * fails, k = 0, 1, 2, ...: what collides is not told then, and never that there is no plan where there is one.
 */
#include <string.h>

#include "tests/support/round_case.h"
#include "tests/support/test_support.h"

/* Which request fails, from now on counted; SIZE_MAX: none does. */
static size_t fails_at = SIZE_MAX, requests;

/* The linker names them. NOLINTBEGIN(bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp) */
void *__real_arena_alloc(Arena *arena, size_t count, size_t size);
void *__wrap_arena_alloc(Arena *arena, size_t count, size_t size);

void *__wrap_arena_alloc(Arena *arena, size_t count, size_t size)
{
    if (requests++ == fails_at)
        return NULL;
    return __real_arena_alloc(arena, count, size);
}
/* NOLINTEND(bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp) */

#ifdef __SANITIZE_ADDRESS__
enum { STRIDE = 7 };
#else
enum { STRIDE = 1 };
#endif

typedef Status Question(Pipeline *run, Arena *arena);

/** STATUS_OK: there is one, and it gives 49.00; that much has to be asked for. */
static Status ask_for_a_plan(Pipeline *run, Arena *arena)
{
    Plan plan;
    SolveResult result;
    SolveSettings settings = solve_settings_of(&run->round);
    Formulation form;
    int64_t given = 0;
    TRY(formulation_build(&run->round, &run->pairs, &run->rules, arena, &form));
    TRY(solve_plan(&form, &settings, arena, &result, &plan));
    if (!solve_outcome_has_plan(result.outcome))
        return STATUS_NO_PLAN;
    for (size_t a = 0; a < plan.assignment_count; a++)
        given += plan.assignments[a].quantity;
    assert_int_equal(given, 4900);
    return STATUS_OK;
}

static Status ask_what_collides(Pipeline *run, Arena *arena)
{
    Conflicts found;
    SolveSettings settings = solve_settings_of(&run->round);
    Formulation loose;
    TRY(formulation_build_loose(&run->round, &run->pairs, &run->rules, arena, &loose));
    return solve_conflicts(&loose, &settings, arena, &found);
}

/** Asks with one request failing, SIZE_MAX: none. */
static Status ask_with(Pipeline *run, Question *ask, size_t failing)
{
    Arena *arena = arena_new();
    assert_non_null(arena);
    fails_at = failing;
    requests = 0;
    Status status = ask(run, arena);
    fails_at = SIZE_MAX;
    arena_free(arena);
    return status;
}

/** @p may_do_without: a first point is looked for in more than one way, so that an answer may stand all the same. */
static void fail_each_request(const CaseFile *files, Question *ask, bool may_do_without,
                              const char *label)
{
    Pipeline *run = case_formulate(files);
    assert_int_equal(run->status, STATUS_OK);
    assert_int_equal(ask_with(run, ask, SIZE_MAX), STATUS_OK);
    size_t all = requests;
    print_message("%s: %zu requests\n", label, all);
    assert_true(all > 50);
    for (size_t k = 0; k < all; k += STRIDE) {
        Status status = ask_with(run, ask, k);
        /* behind the guard a request that fails is a fault of the solver */
        if (status != STATUS_NO_MEMORY && status != STATUS_SOLVER_FAULT &&
            !(may_do_without && status == STATUS_OK))
            fail_msg("%s, request %zu of %zu failing: %s", label, k, all, status_text(status));
    }
    pipeline_free(run);
}

/* Two of them come to 43, 45, 46, 47, 48, 49, 51 or 52, three to 67 at least: 50 is no sum, 49 is one. */
static const CaseFile NEEDS = {"needs.csv", "id,category,quantity,indivisible\nN1,HW,21,yes\n"
                                            "N2,HW,22,yes\nN3,HW,24,yes\nN4,HW,25,yes\n"
                                            "N5,HW,27,yes\n"};

/** Exactly 50 of two offers: sums find what collides. */
static void what_collides_is_not_told_where_a_request_fails(void **state)
{
    const CaseFile files[CASE_FILES] = {
        NEEDS,
        {"offers.csv", "id,donor,quantity\nO1,D1,30\nO2,D2,20\n"},
        {"rules.csv", "id,kind,value\nR,floor,50\n"},
        {"settings.csv", "key,value\nfairness,none\nstages,none\n"}};
    (void)state;
    fail_each_request(files, ask_what_collides, false, "what collides");
}

/** 49 of the two: no order of serving gives them, the sums do. */
static void a_plan_is_not_taken_for_none_where_a_request_fails(void **state)
{
    const CaseFile files[CASE_FILES] = {
        NEEDS,
        {"offers.csv", "id,donor,quantity\nO1,D1,30\nO2,D2,20\n"},
        {"rules.csv", "id,kind,value\nR,floor,49\n"},
        {"settings.csv", "key,value\nfairness,none\nstages,none\n"}};
    (void)state;
    fail_each_request(files, ask_for_a_plan, true, "a plan");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_collides_is_not_told_where_a_request_fails),
        cmocka_unit_test(a_plan_is_not_taken_for_none_where_a_request_fails),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
