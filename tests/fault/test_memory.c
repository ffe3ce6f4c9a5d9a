/* Memory runs out at every place where it can: the whole way from a round's tables to its workbook, the
 * k-th allocation and all after it failing, k = 0, 1, 2, ..., until it succeeds. Each time the answer
 * is no plan, and every output is absent or whole. ASan and the count of arenas see leaks.
 */
#include <stdlib.h>
#include <string.h>

#include "allot/extract.h"
#include "allot/report.h"
#include "allot/round_read.h"
#include "allot/solve.h"
#include "allot/tables.h"
#include "allot/verify.h"
#include "tests/support/any_run_info.h"
#include "tests/support/test_support.h"

/** What a run is made of, as in the front door. */
typedef struct Whole {
    Arena *arena;
    Diag *diag;
    Round round;
    PairSet pairs;
    RuleSet rules;
    Formulation form;
    SolveResult result;
    Plan plan;
    VerifyReport verdict;
    Report *report;
} Whole;

static Status decide(Whole *w, const char *round)
{
    int broken;
    int64_t excess;
    TRY(round_read(&(RoundSource){.path = round}, w->arena, w->diag, &w->round));
    TRY(round_check(&w->round, w->diag));
    TRY(pair_set_build(&w->round, w->arena, w->diag, &w->pairs));
    TRY(round_review_pairs(&w->round, w->pairs.sets, w->diag));
    TRY(rule_set_build(&w->round, &w->pairs, w->arena, w->diag, &w->rules));
    TRY(formulation_build(&w->round, &w->pairs, &w->rules, w->arena, &w->form));
    SolveSettings settings = solve_settings_of(&w->round);
    TRY(solve_stages(&w->form, &settings, w->arena, &w->result));
    TRY(plan_extract(&w->form, w->result.x, false, w->arena, &w->plan, &broken, &excess));
    TRY(plan_stages(&w->form, w->result.bounds, w->result.bound_count, w->arena, &w->plan));
    TRY(plan_reasons(&w->round, w->pairs.sets, w->arena, &w->plan));
    return plan_verify(&w->round, &w->plan, true, "plan", w->arena, w->diag, &w->verdict);
}

static Status publish(Whole *w, const char *dir)
{
    RunInfo info = any_run_info("optimal", "plain");
    char *book = test_path(dir, "plan.xlsx"), *tables = test_path(dir, "t");
    Status status = report_build(&w->round, &w->plan, &info, w->diag, w->arena, &w->report);
    if (status == STATUS_OK)
        status = book_write(w->report, book, w->arena, w->diag);
    if (status == STATUS_OK)
        status = tables_write(tables, &w->round, &w->plan, &info, w->arena, w->diag);
    free(book);
    free(tables);
    return status;
}

/** One run in which the @p calls-th allocation fails; SIZE_MAX: none does. */
static Status run_with(size_t calls, const char *round, const char *dir)
{
    Whole w = {.arena = arena_new()};
    assert_non_null(w.arena);
    arena_fail_after(w.arena, calls);
    w.diag = diag_new(w.arena);
    Status status = w.diag == NULL ? STATUS_NO_MEMORY : decide(&w, round);
    if (status == STATUS_OK)
        status = publish(&w, dir);
    arena_free(w.arena);
    return status;
}

/** True when the folder holds only these, or none: nothing half written, no temporary file. */
static void assert_absent_or_whole(const char *dir, size_t calls)
{
    TestRun run =
        run_shell(dir, "ls -A . t 2>/dev/null | grep -Ev '^(|[.]:|t:|t|plan[.]xlsx|"
                       "(assignments|needs|offers|stages|summary|problems|reasons|refused|rivals|"
                       "ranges|asks|appeal|prices|worths)[.]csv)$';"
                       "test ! -e plan.xlsx || unzip -tq plan.xlsx >/dev/null || echo "
                       "broken workbook; ls t 2>/dev/null | wc -l | grep -Ex '0|14' "
                       ">/dev/null || echo some tables only");
    if (run.out[0] != '\0')
        fail_msg("with allocation %zu failing there is left: %s", calls, run.out);
    test_run_free(&run);
}

static void wipe(const char *dir)
{
    TestRun run = run_shell(dir, "rm -rf t plan.xlsx");
    test_run_free(&run);
}

/** Every @p stride-th k. The folder is looked at whenever there is something in it, and now and then. */
static void fail_everywhere(const char *round, size_t stride)
{
    char *dir = test_dir_make();
    size_t calls = 0, looks = 0;
    for (Status status = STATUS_NO_MEMORY; status != STATUS_OK; calls += stride) {
        status = run_with(calls, round, dir);
        /* behind the guard an allocation fails as a fault of the solver */
        if (status != STATUS_OK && status != STATUS_NO_MEMORY && status != STATUS_SOLVER_FAULT)
            fail_msg("with allocation %zu failing the answer is: %s", calls, status_text(status));
        char *book = test_path(dir, "plan.xlsx"), *tables = test_path(dir, "t");
        if (file_exists(book) || file_exists(tables) || looks++ % 64 == 0)
            assert_absent_or_whole(dir, calls);
        if (file_exists(book) && status != STATUS_OK)
            wipe(dir);
        free(book);
        free(tables);
        assert_int_equal(arena_live_count(), 0);
    }
    assert_true(calls > 100);
    test_dir_remove(dir);
}

static void wherever_memory_runs_out_nothing_crashes_leaks_or_is_left_half_written(void **state)
{
    (void)state;
    fail_everywhere("samples/first-steps", 1);
}

/** Seats that the relaxation would split, so that the search over whole columns runs too, with a bit
 *  of every table. */
static void the_same_holds_where_whole_things_are_searched_for(void **state)
{
    (void)state;
    char *dir = test_dir_make();
    write_file(dir, "needs.csv",
               "id,title,beneficiary,category,quantity,unit,unit_cost,priority\n"
               "N-1,Range seats,A,TRN,3,seat,,1\nN-2,Range seats,B,TRN,2,seat,,1\n"
               "N-3,Range seats,C,TRN,5,seat,,1\nN-4,Licences,A,LIC,7,licence,30,1\n"
               "N-5,Servers,B,HW,1000,EUR,,2\n");
    write_file(dir, "offers.csv",
               "id,donor,quantity,unit,status,lapses,cost\nO-1,X,5,seat,paid,,\n"
               "O-2,Y,400,USD,committed,2026-03-31,0.1\nO-3,Z,300,EUR,committed,,\n");
    write_file(dir, "donors.csv", "id,name,budget\nX,Xland,\nY,Yland,300\nZ,Zland,\n");
    write_file(dir, "beneficiaries.csv", "id,region,max_value\nA,N,500\nB,S,\nC,S,\n");
    write_file(dir, "rates.csv", "currency,rate,date\nUSD,0.9,2026-01-01\n");
    write_file(dir, "rules.csv", "id,kind,region,value,share\nR-1,floor,S,10,\nR-2,limit,N,,0.9\n");
    write_file(dir, "commitments.csv", "need,offer,kind,quantity\nN-5,O-3,at_least,20\n");
    write_file(dir, "pairs.csv", "need,offer,max,cost\nN-5,O-2,150,0.2\n");
    write_file(dir, "settings.csv", "key,value\nstart,2026-01-01\nend,2026-12-31\n");
    fail_everywhere(dir, 1);
    test_dir_remove(dir);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_holds_where_whole_things_are_searched_for),
        cmocka_unit_test(wherever_memory_runs_out_nothing_crashes_leaks_or_is_left_half_written),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
