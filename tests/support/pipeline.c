/* A whole run inside the test's own process. */
#include "tests/support/pipeline.h"
#include "tests/support/any_run_info.h"

#include <stdio.h>
#include <stdlib.h>

#include "allot/cause_text.h"
#include "allot/tables.h"
#include "tests/support/test_support.h"

/** Remembers where a run is, so that a failure says it. */
#define STEP(run, name, call)                                                                      \
    do {                                                                                           \
        (run)->step = (name);                                                                      \
        TRY(call);                                                                                 \
    } while (0)

static Status formulate(Pipeline *run, const char *dir, const SettingRow *settings, size_t count)
{
    STEP(run, "read",
         round_read(&(RoundSource){.path = dir, .overrides = settings, .override_count = count},
                    run->arena, run->diag, &run->round));
    STEP(run, "check", round_check(&run->round, run->diag));
    run->round.has_urgent = run->urgent >= 0 && run->round.need_count > 0;
    if (run->round.has_urgent)
        run->round.urgent = run->urgent % (int)run->round.need_count;
    STEP(run, "pairs", pair_set_build(&run->round, run->arena, run->diag, &run->pairs));
    STEP(run, "pairs", round_review_pairs(&run->round, run->pairs.sets, run->diag));
    STEP(run, "rules",
         rule_set_build(&run->round, &run->pairs, run->arena, run->diag, &run->rules));
    STEP(run, "formulate",
         formulation_build(&run->round, &run->pairs, &run->rules, run->arena, &run->form));
    run->step = "program";
    return lp_check(&run->form.lp, run->arena) == NULL ? STATUS_OK : STATUS_INTERNAL;
}

static Status make_plan(Pipeline *run)
{
    SolveSettings settings = solve_settings_of(&run->round);
    run->solved++;
    STEP(run, "solve", solve_plan(&run->form, &settings, run->arena, &run->result, &run->plan));
    if (run->result.outcome == SOLVE_INFEASIBLE)
        return STATUS_NO_PLAN;
    return run->result.outcome == SOLVE_NO_PLAN_YET ? STATUS_LIMIT : STATUS_OK;
}

static Status run_all(Pipeline *run, const char *dir, const SettingRow *settings, size_t count)
{
    TRY(formulate(run, dir, settings, count));
    TRY(make_plan(run));
    STEP(run, "reasons", plan_reasons(&run->round, run->pairs.sets, run->arena, &run->plan));
    STEP(run, "verify",
         plan_verify(&run->round, &run->plan, true, "plan", run->arena, run->diag, &run->report));
    return STATUS_OK;
}

static Pipeline *pipeline_new(void)
{
    Arena *arena = arena_new();
    assert_non_null(arena);
    Pipeline *run = ARENA_NEW(arena, 1, Pipeline);
    assert_non_null(run);
    run->arena = arena;
    run->urgent = -1;
    run->diag = diag_new(arena);
    assert_non_null(run->diag);
    return run;
}

Pipeline *pipeline_run(const char *dir, const SettingRow *settings, size_t count)
{
    Pipeline *run = pipeline_new();
    run->status = run_all(run, dir, settings, count);
    return run;
}

Pipeline *pipeline_run_urgent(const char *dir, int need)
{
    Pipeline *run = pipeline_new();
    run->urgent = need;
    run->status = run_all(run, dir, NULL, 0);
    return run;
}

Pipeline *pipeline_formulate(const char *dir, const SettingRow *settings, size_t count)
{
    Pipeline *run = pipeline_new();
    run->status = formulate(run, dir, settings, count);
    return run;
}

static Status find_causes(Pipeline *run)
{
    Formulation loose;
    SolveSettings settings = solve_settings_of(&run->round);
    bool any = false;
    for (size_t n = 0; n < run->round.need_count; n++)
        any = any || run->plan.needs[n].reason == REASON_UNPROVEN;
    if (!any)
        return STATUS_OK;
    TRY(formulation_build_loose(&run->round, &run->pairs, &run->rules, run->arena, &loose));
    TRY(solve_reasons(&loose, &run->plan, &settings, run->arena, &run->causes));
    return cause_details(&run->round, run->pairs.sets, run->causes, run->arena, &run->plan);
}

void pipeline_causes(Pipeline *run)
{
    assert_int_equal(find_causes(run), STATUS_OK);
}

void pipeline_asks(Pipeline *run)
{
    Formulation widened;
    SolveSettings settings = solve_settings_of(&run->round);
    assert_int_equal(formulation_build_widened(&run->round, run->arena, &widened), STATUS_OK);
    assert_int_equal(
        solve_asks(&widened, &run->plan, &settings, run->arena, &run->plan.answers.asks),
        STATUS_OK);
}

const Worths *pipeline_worths(Pipeline *run)
{
    Formulation *loose =
        ARENA_NEW(run->arena, 1, Formulation); /* the worths keep pointing into it */
    SolveSettings settings = solve_settings_of(&run->round);
    assert_non_null(loose);
    assert_int_equal(
        formulation_build_loose(&run->round, &run->pairs, &run->rules, run->arena, loose),
        STATUS_OK);
    assert_int_equal(
        solve_worths(loose, &run->plan, &settings, NULL, run->arena, &run->plan.answers.worths),
        STATUS_OK);
    return run->plan.answers.worths;
}

void pipeline_free(Pipeline *run)
{
    if (run != NULL)
        arena_free(run->arena);
}

void pipeline_write(Pipeline *run, const char *dir)
{
    RunInfo info = any_run_info(solve_outcome_text(run->result.outcome), NULL);
    assert_int_equal(tables_write(dir, &run->round, &run->plan, &info, run->arena, run->diag),
                     STATUS_OK);
}

static void print_plan(const Pipeline *run)
{
    for (size_t i = 0; i < run->plan.assignment_count; i++) {
        const Assignment *line = &run->plan.assignments[i];
        char amount[40];
        unit_format(run->round.needs[line->need].unit, line->quantity, amount);
        fprintf(stderr, "  %s <- %s  %s\n", run->round.needs[line->need].id,
                run->round.offers[line->offer].id, amount);
    }
    for (size_t s = 0; s < run->plan.stage_count; s++)
        fprintf(stderr, "  %-24s value %.12g bound %.12g %s\n", run->plan.stages[s].label,
                run->plan.stages[s].value, run->plan.stages[s].bound,
                stage_status_text(run->plan.stages[s].status));
}

void pipeline_print(const Pipeline *run)
{
    size_t count;
    const Finding *findings = diag_findings(run->diag, &count);
    fprintf(stderr, "  ended at %s: %s, solved %d times%s%s\n", run->step, status_text(run->status),
            run->solved, run->result.fault != NULL ? ": " : "",
            run->result.fault != NULL ? run->result.fault : "");
    for (size_t i = 0; i < count; i++)
        fprintf(stderr, "  %s\n", diag_format(&findings[i], run->arena));
    print_plan(run);
}
