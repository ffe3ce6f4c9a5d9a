/* The steps of `allot solve`, one after the other; what each took is sent before the next begins. */
#include "tests/support/bench_phases.h"

#include <stdio.h>
#include <stdlib.h>

#include "tests/support/any_run_info.h"
#include "tests/support/bench_book.h"
#include "tests/support/bench_process.h"
#include "tests/support/test_support.h"

#include "allot/extract.h"
#include "allot/report.h"
#include "allot/round_read.h"
#include "allot/solve.h"
#include "allot/tables.h"
#include "allot/verify.h"

enum { MEDIAN_MOST = 32 };

typedef struct Work {
    const BenchRun *run;
    Arena *arena;
    Diag *diag;
    Round round;
    const EligibleSets *sets;
    PairSet pairs;
    RuleSet rules;
    Formulation form;
    SolveResult result;
    Plan plan;
    RunInfo info;
    Report *report;
    BenchFigures *figures;
} Work;

const char *bench_phase_text(BenchPhase phase)
{
    static const char *const TEXT[BENCH_PHASE_COUNT] = {"read",     "check",  "build",  "solve",
                                                        "reasons",  "verify", "tables", "report",
                                                        "workbook", "library"};
    return TEXT[phase];
}

static Status do_read(Work *w)
{
    SettingRow rows[BENCH_SETTINGS_MOST];
    RoundSource source = {.path = w->run->dir, .overrides = rows};
    for (int k = 0; k < BENCH_SETTINGS_MOST && w->run->settings[k].key != NULL; k++)
        rows[source.override_count++] = (SettingRow){
            w->run->settings[k].key, w->run->settings[k].value, (DiagPlace){.file = "--set"}, 0};
    return round_read(&source, w->arena, w->diag, &w->round);
}

static Status do_check(Work *w)
{
    const char *why;
    EligibleSets *sets;
    TRY(round_check(&w->round, w->diag));
    w->figures->network =
        class_network_fits(&w->round, &why, w->arena) && !w->round.settings.plain_engine;
    TRY(eligible_sets_build(&w->round, w->arena, &sets));
    w->sets = sets;
    return round_review_pairs(&w->round, w->sets, w->diag);
}

static Status formulate(Work *w)
{
    TRY(pair_set_build(&w->round, w->arena, w->diag, &w->pairs));
    TRY(rule_set_build(&w->round, &w->pairs, w->arena, w->diag, &w->rules));
    TRY(formulation_build(&w->round, &w->pairs, &w->rules, w->arena, &w->form));
    return lp_check(&w->form.lp, w->arena) == NULL ? STATUS_OK : STATUS_INTERNAL;
}

static Status do_build(Work *w)
{
    return w->figures->network ? STATUS_OK : formulate(w);
}

static Status solve_on_network(Work *w)
{
    ClassNetwork net;
    TRY(class_network_build(&w->round, w->sets, w->arena, &net));
    return solve_network(&net, w->arena, &w->result, &w->plan);
}

/** What a tier comes to when nobody is given anything: all that is asked of it. */
static double asked_of(const Formulation *form)
{
    const Stage *stage = &form->stages[0];
    double asked = stage->constant;
    for (size_t k = 0; k < stage->count; k++)
        if (form->origin[stage->columns[k]].kind == COLUMN_UNMET)
            asked += stage->costs[k] * form->lp.upper[stage->columns[k]];
    return asked;
}

static void count_stages(const Plan *plan, BenchFigures *figures)
{
    figures->stages = (int)plan->stage_count;
    for (size_t k = 0; k < plan->stage_count; k++) {
        const StageResult *stage = &plan->stages[k];
        if (stage->status == STAGE_OPTIMAL || stage->status == STAGE_WITHIN_GAP)
            figures->proven++;
        else if (stage->gap > figures->open_gap)
            figures->open_gap = stage->gap;
    }
}

/** A round that the network cannot decide after all is formulated within this step. */
static Status do_solve(Work *w)
{
    SolveSettings settings = solve_settings_of(&w->round);
    BenchFigures *figures = w->figures;
    if (figures->network)
        TRY(solve_on_network(w));
    if (figures->network && w->result.outcome == SOLVE_FAILED) {
        fprintf(stderr, "bench: %s: not on the network: %s\n", w->run->dir, w->result.fault);
        figures->network = false;
        TRY(formulate(w));
    }
    if (!figures->network)
        TRY(solve_plan(&w->form, &settings, w->arena, &w->result, &w->plan));
    figures->outcome = w->result.outcome;
    figures->lines = w->plan.assignment_count;
    if (!solve_outcome_has_plan(w->result.outcome))
        return STATUS_LIMIT;
    count_stages(&w->plan, figures);
    if (w->plan.stage_count > 0) {
        figures->value = w->plan.stages[0].value;
        figures->bound = w->plan.stages[0].bound;
        figures->gap = w->plan.stages[0].gap;
        figures->asked = figures->network ? 0 : asked_of(&w->form);
    }
    return STATUS_OK;
}

static Status do_reasons(Work *w)
{
    return plan_reasons(&w->round, w->sets, w->arena, &w->plan);
}

static Status do_verify(Work *w)
{
    VerifyReport report;
    return plan_verify(&w->round, &w->plan, true, "plan", w->arena, w->diag, &report);
}

static Status do_tables(Work *w)
{
    char *tables = test_path(w->run->dir, "tables");
    w->info = any_run_info("", "");
    Status status = tables_write(tables, &w->round, &w->plan, &w->info, w->arena, w->diag);
    free(tables);
    return status;
}

static Status do_report(Work *w)
{
    return report_build(&w->round, &w->plan, &w->info, w->diag, w->arena, &w->report);
}

static Status do_book(Work *w)
{
    char *path = test_path(w->run->dir, "plan.xlsx");
    Status status = book_write(w->report, path, w->arena, w->diag);
    free(path);
    return status;
}

static Status do_library(Work *w)
{
    char *path = test_path(w->run->dir, "library.xlsx");
    bool done = bench_book_write(w->report, path, w->arena);
    free(path);
    return done ? STATUS_OK : STATUS_IO;
}

typedef Status DoPhase(Work *w);

static DoPhase *const PHASES[BENCH_PHASE_COUNT] = {do_read,    do_check,  do_build,  do_solve,
                                                   do_reasons, do_verify, do_tables, do_report,
                                                   do_book,    do_library};

static void complain(const Work *w, BenchPhase phase, Status status)
{
    size_t count;
    const Finding *findings = diag_findings(w->diag, &count);
    fprintf(stderr, "bench: %s: %s: %s%s%s\n", w->run->dir, bench_phase_text(phase),
            status_text(status), w->result.fault != NULL ? ": " : "",
            w->result.fault != NULL ? w->result.fault : "");
    for (size_t k = 0; k < count; k++)
        if (findings[k].severity == DIAG_ERROR)
            fprintf(stderr, "bench: %s\n", diag_format(&findings[k], w->arena));
}

static bool open_work(Work *w)
{
    w->arena = arena_new();
    w->diag = w->arena == NULL ? NULL : diag_new(w->arena);
    return w->diag != NULL;
}

char *bench_tier_path(const char *dir, int index)
{
    char name[32];
    (void)snprintf(name, sizeof name, "tier-%d.mps", index + 1);
    return test_path(dir, name);
}

/** Each tier's program, those before it held at what this run came to. */
static Status write_tiers(Work *w)
{
    StageLevel *levels;
    size_t count;
    TRY(solve_levels(&w->form, w->result.x, w->arena, &levels, &count));
    for (size_t k = 0; k < w->plan.stage_count && w->figures->tiers < BENCH_TIERS_MOST; k++) {
        const StageResult *stage = &w->plan.stages[k];
        if (stage->kind != STAGE_TIER)
            continue;
        char *path = bench_tier_path(w->run->dir, w->figures->tiers);
        Status status = solve_export(&w->form, stage->label, levels, path, false, w->arena);
        free(path);
        TRY(status);
        w->figures->tier_value[w->figures->tiers] = stage->value;
        w->figures->tier_bound[w->figures->tiers++] = stage->bound;
    }
    return STATUS_OK;
}

static bool work_through(const void *context, void *result, int to)
{
    Work w = {.run = context, .figures = result};
    if (!open_work(&w))
        return false;
    for (BenchPhase phase = BENCH_READ; phase <= w.run->last; phase++) {
        double before = bench_cpu_seconds();
        Status status = PHASES[phase](&w);
        w.figures->seconds[phase] = bench_cpu_seconds() - before;
        w.figures->peak_kb = bench_peak_kb();
        if (status != STATUS_OK) {
            complain(&w, phase, status);
            return false;
        }
        w.figures->phases = (int)phase + 1;
        bench_send(w.figures, sizeof *w.figures, to);
    }
    return !w.run->programs || w.figures->network || write_tiers(&w) == STATUS_OK;
}

BenchFigures bench_phases(const BenchRun *run)
{
    BenchFigures figures = {.last = run->last, .outcome = SOLVE_NO_PLAN_YET};
    (void)bench_in_process(work_through, run, &figures, sizeof figures, run->limit_s);
    return figures;
}

BenchFigures bench_phases_median(const BenchFigures *runs, int count)
{
    BenchFigures middle = runs[count - 1];
    double seconds[MEDIAN_MOST];
    count = count > MEDIAN_MOST ? MEDIAN_MOST : count;
    for (int phase = 0; phase < BENCH_PHASE_COUNT; phase++) {
        for (int k = 0; k < count; k++)
            seconds[k] = runs[k].seconds[phase];
        middle.seconds[phase] = bench_median(seconds, count);
    }
    for (int k = 0; k < count; k++) {
        middle.phases = runs[k].phases < middle.phases ? runs[k].phases : middle.phases;
        middle.peak_kb = runs[k].peak_kb > middle.peak_kb ? runs[k].peak_kb : middle.peak_kb;
    }
    return middle;
}

/* ---- the programs for others ---------------------------------------------------------------- */

typedef struct ExportJob {
    BenchRun run;
    const char *path;
} ExportJob;

static bool export_program(const void *context, void *result, int to)
{
    const ExportJob *job = context;
    BenchFigures figures;
    Work w = {.run = &job->run, .figures = &figures};
    (void)result;
    (void)to;
    if (!open_work(&w))
        return false;
    return do_read(&w) == STATUS_OK && do_check(&w) == STATUS_OK && formulate(&w) == STATUS_OK &&
           solve_export(&w.form, NULL, NULL, job->path, false, w.arena) == STATUS_OK;
}

bool bench_export(const char *dir, const char *path, int limit_s)
{
    ExportJob job = {{.dir = dir, .settings = {{"engine", "plain"}}, .limit_s = limit_s}, path};
    int nothing = 0;
    return bench_in_process(export_program, &job, &nothing, sizeof nothing, limit_s);
}
