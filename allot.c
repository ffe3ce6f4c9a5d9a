/* The front door: main, the command table, and each command told as a table of contents.
 *
 * Everything below returns a Status and collects what people must read; only this file prints and
 * ends the process. One arena holds a round, its program, its plan and its report.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "allot/conflict.h"
#include "allot/export_data.h"
#include "allot/extract.h"
#include "allot/options.h"
#include "allot/report.h"
#include "allot/round_read.h"
#include "allot/solve.h"
#include "allot/tables.h"
#include "allot/template.h"
#include "allot/verify.h"
#include "allot/version.h"
#include "io/atomic_file.h"

/** Everything a command works on. */
typedef struct Session {
    const Options *options;
    Arena *arena;
    Diag *diag;
    Round round;
    const char *why_plain; /* why no class network decides; NULL: one may */
    EligibleSets *sets;    /* who may serve whom */
    PairSet pairs;         /* pairs, rules and program: of the plain engine */
    RuleSet rules;
    Formulation form;
    SolveResult result;
    Plan plan;
    RunInfo info;
    const char *written; /* the workbook, or NULL */
} Session;

enum {
    EXIT_DONE = 0,
    EXIT_FINDINGS = 1,
    EXIT_USAGE = 2,
    EXIT_NO_PLAN = 3,
    EXIT_LIMIT = 4,
    EXIT_FILE = 5,
    EXIT_FAULT = 70
};

static int exit_code(Status status)
{
    switch (status) {
    case STATUS_OK: return EXIT_DONE;
    case STATUS_FINDINGS: return EXIT_FINDINGS;
    case STATUS_USAGE: return EXIT_USAGE;
    case STATUS_NO_PLAN: return EXIT_NO_PLAN;
    case STATUS_LIMIT: return EXIT_LIMIT;
    case STATUS_IO: return EXIT_FILE;
    case STATUS_NO_MEMORY:
    case STATUS_SOLVER_FAULT:
    case STATUS_INTERNAL: break;
    }
    return EXIT_FAULT;
}

/** Pairs and rules one by one, for the plain engine and for the findings on them. */
static Status list_pairs(Session *s)
{
    TRY(pair_set_build(&s->round, s->arena, s->diag, &s->pairs));
    return rule_set_build(&s->round, &s->pairs, s->arena, s->diag, &s->rules);
}

/** Reads a round, checks it, and finds who may serve whom: what every command begins with. Where a
 *  class network decides, no pair has to be looked at by itself, and no rule can be wrong. */
static Status open_round(Session *s)
{
    const Options *options = s->options;
    RoundSource source = {.path = options->round,
                          .encoding = options->encoding,
                          .decimal = options->decimal,
                          .overrides = options->settings,
                          .override_count = options->setting_count};
    TRY(round_read(&source, s->arena, s->diag, &s->round));
    TRY(round_check(&s->round, s->diag));
    if (options->previous != NULL)
        TRY(previous_read(options->previous, &s->round, s->arena, s->diag));
    (void)class_network_fits(&s->round, &s->why_plain, s->arena);
    TRY(eligible_sets_build(&s->round, s->arena, &s->sets));
    TRY(round_review_pairs(&s->round, s->sets, s->diag));
    return s->why_plain == NULL ? STATUS_OK : list_pairs(s);
}

static Status formulate(Session *s)
{
    if (s->pairs.first == NULL)
        TRY(list_pairs(s));
    TRY(formulation_build(&s->round, &s->pairs, &s->rules, s->arena, &s->form));
    const char *wrong = lp_check(&s->form.lp, s->arena);
    if (wrong == NULL)
        return STATUS_OK;
    diag_add(s->diag, DIAG_SOLVER, (DiagPlace){0}, "the program is not sound: %s", wrong);
    return STATUS_INTERNAL;
}

/** No plan can exist: names the rows that would have to give way, and by how much. */
static Status report_conflict(Session *s)
{
    Concession *concessions;
    size_t count;
    TRY(solve_concessions(&s->form, s->arena, &concessions, &count));
    return conflict_report(&s->round, &s->pairs, &s->rules, concessions, count, s->diag);
}

/** A plan that gives nothing although offers fit is a rule's doing more often than anybody's wish. */
static Status finish_plan(Session *s)
{
    size_t pairs = s->plan.assignment_count > 0 ? 0 : eligible_pair_count(s->sets, &s->round);
    if (pairs > 0)
        diag_add(s->diag, DIAG_NOTHING_GIVEN, (DiagPlace){.file = s->round.source},
                 "%zu pairs are eligible and nothing is given; do the rules leave nothing?", pairs);
    return plan_reasons(&s->round, s->sets, s->arena, &s->plan);
}

/** Is there a plan in the plain engine's answer? If not, says why. */
static Status judge_answer(Session *s, Status status)
{
    if (status == STATUS_SOLVER_FAULT)
        diag_add(s->diag, DIAG_SOLVER, (DiagPlace){0}, "the solver failed: %s",
                 s->result.fault == NULL ? "it gave no answer" : s->result.fault);
    if (status == STATUS_INTERNAL)
        diag_add(s->diag, DIAG_SOLVER, (DiagPlace){0},
                 "no rounding to whole steps keeps every rule");
    TRY(status);
    if (s->result.outcome == SOLVE_INFEASIBLE)
        return report_conflict(s);
    if (solve_outcome_has_plan(s->result.outcome))
        return STATUS_OK;
    diag_add(s->diag, DIAG_SOLVER, (DiagPlace){.file = s->round.source},
             "no plan was found within %ld nodes; allow more with --set nodes=N",
             s->round.settings.nodes);
    return STATUS_LIMIT;
}

/** Decides the round, or says why there is no plan. */
static Status make_plan(Session *s)
{
    if (s->why_plain == NULL)
        TRY(solve_fast(&s->round, s->arena, &s->result, &s->plan, &s->why_plain));
    if (s->why_plain == NULL)
        return finish_plan(s);
    TRY(formulate(s));
    SolveSettings settings = solve_settings_of(&s->round);
    if (s->options->time_limit_s > 0)
        settings.deadline = solve_deadline_in(s->options->time_limit_s);
    TRY(judge_answer(s, solve_plan(&s->form, &settings, s->arena, &s->result, &s->plan)));
    return finish_plan(s);
}

/** The plan has to pass the independent check; if it does not, the program is at fault. */
static Status check_plan(Session *s)
{
    VerifyReport report;
    Status status = plan_verify(&s->round, &s->plan, true, "plan", s->arena, s->diag, &report);
    if (status != STATUS_FINDINGS)
        return status;
    diag_add(s->diag, DIAG_SOLVER, (DiagPlace){0},
             "the plan did not pass its own check and was not written; please report this");
    return STATUS_INTERNAL;
}

static RunInfo versions(void)
{
    RunInfo info = {.allot_version = ALLOT_VERSION,
                    .glpk_version = solve_library_version(),
                    .csv_version = round_read_library_version(),
                    .reader_version = round_read_workbook_version(),
                    .xlsx_version = book_library_version(),
                    .gmp_version = verify_library_version()};
    return info;
}

/** SOURCE_DATE_EPOCH is believed up to the year 9999. */
enum { EPOCH_DAYS_MOST = 2932897 };

static void describe_run(Session *s)
{
    char day[16];
    const char *epoch = getenv("SOURCE_DATE_EPOCH");
    s->info = versions();
    s->info.outcome = solve_outcome_text(s->result.outcome);
    s->info.engine = "class network, confirmed by GLPK";
    if (s->why_plain != NULL)
        s->info.engine = arena_printf(s->arena, "GLPK alone (%s)", s->why_plain);
    Date date = s->round.settings.start;
    Decimal seconds;
    if (epoch != NULL && decimal_parse(epoch, &seconds) && seconds.places == 0 &&
        seconds.digits >= 0 && seconds.digits / 86400 < EPOCH_DAYS_MOST)
        date = (Date)(seconds.digits / 86400);
    date_format(date == DATE_NONE ? 0 : date, day);
    s->info.created = arena_text(s->arena, day, strlen(day));
}

static Status write_results(Session *s)
{
    const Options *options = s->options;
    const char *book = options->out;
    if (book == NULL && options->tables == NULL)
        book = "plan.xlsx";
    if (book != NULL) {
        Report *report;
        diag_sort(s->diag);
        TRY(report_build(&s->round, &s->plan, &s->info, s->diag, s->arena, &report));
        TRY(book_write(report, book, s->arena, s->diag));
    }
    if (options->tables != NULL)
        TRY(tables_write(options->tables, &s->round, &s->plan, &s->info, s->arena, s->diag));
    s->written = book;
    return STATUS_OK;
}

static void print_summary(const Session *s)
{
    size_t met = 0, partly = 0;
    for (size_t n = 0; n < s->round.need_count; n++) {
        const NeedResult *need = &s->plan.needs[n];
        met += need->full;
        partly += need->unmet > 0 && need->assigned > 0;
    }
    printf("%zu of %zu needs met, %zu in part; %zu assignments from %zu offers; %s\n", met,
           s->round.need_count, partly, s->plan.assignment_count, s->round.offer_count,
           s->info.outcome);
    if (s->options->verbose && s->info.engine != NULL)
        printf("decided by: %s\n", s->info.engine);
    if (s->written != NULL)
        printf("workbook: %s\n", s->written);
    if (s->options->tables != NULL)
        printf("tables: %s\n", s->options->tables);
}

static Status command_solve(Session *s)
{
    TRY(open_round(s));
    TRY(make_plan(s));
    TRY(check_plan(s));
    describe_run(s);
    TRY(write_results(s));
    if (!s->options->quiet)
        print_summary(s);
    return STATUS_OK;
}

static Status command_check(Session *s)
{
    Status status = open_round(s);
    size_t errors = diag_count(s->diag, DIAG_ERROR);
    if (!s->options->quiet && (status == STATUS_OK || status == STATUS_FINDINGS))
        printf("%zu error%s, %zu warning%s\n", errors, errors == 1 ? "" : "s",
               diag_count(s->diag, DIAG_WARNING),
               diag_count(s->diag, DIAG_WARNING) == 1 ? "" : "s");
    return status;
}

static Status command_verify(Session *s)
{
    VerifyReport report;
    TRY(open_round(s));
    const char *lines;
    TRY(tables_read(s->options->operand, &s->round, s->arena, s->diag, &s->plan, &lines));
    Status status = plan_verify(&s->round, &s->plan, false, lines, s->arena, s->diag, &report);
    if (!s->options->quiet && (status == STATUS_OK || status == STATUS_FINDINGS))
        printf("%zu assignments checked: %zu rule%s broken, %zu stage%s worse than proven\n",
               s->plan.assignment_count, report.broken, report.broken == 1 ? "" : "s", report.worse,
               report.worse == 1 ? "" : "s");
    return status;
}

/** Levels of all stages; at the solver's point where there is one. */
static Status find_levels(Session *s, StageLevel **levels, size_t *count)
{
    return solve_levels(&s->form, s->result.x, s->arena, levels, count);
}

/** Is there a stage of this name? If not, says which there are. */
static Status check_stage(Session *s)
{
    StageLevel *levels;
    size_t count;
    const char *names = "";
    TRY(find_levels(s, &levels, &count));
    for (size_t i = 0; i < count; i++) {
        if (strcmp(levels[i].label, s->options->stage) == 0)
            return STATUS_OK;
        names = arena_printf(s->arena, "%s%s'%s'", names, i == 0 ? "" : ", ", levels[i].label);
        TRY_NEW(names);
    }
    diag_add(s->diag, DIAG_SETTING, (DiagPlace){.file = "--stage"},
             "this round has no stage '%s'; it has %s", s->options->stage, names);
    return STATUS_USAGE;
}

/** Decides the stages before the one named, whose levels it is exported with. */
static Status reach_stage(Session *s)
{
    if (s->options->stage == NULL)
        return STATUS_OK;
    TRY(check_stage(s));
    SolveSettings settings = solve_settings_of(&s->round);
    return judge_answer(s, solve_stages(&s->form, &settings, s->arena, &s->result));
}

static bool has_ending(const char *path, const char *ending)
{
    size_t length = strlen(path), tail = strlen(ending);
    return length >= tail && strcmp(path + length - tail, ending) == 0;
}

static Status write_format(Session *s, const char *write_to)
{
    const char *target = s->options->operand, *stage = s->options->stage;
    StageLevel *levels;
    size_t count;
    if (!has_ending(target, ".dat"))
        return solve_export(&s->form, stage, s->result.x, write_to, has_ending(target, ".lp"),
                            s->arena);
    TRY(find_levels(s, &levels, &count));
    Status status = export_data_write(write_to, &s->round, &s->pairs, &s->rules,
                                      &(ExportStage){stage, levels, count}, s->arena);
    return status == STATUS_USAGE ? STATUS_INTERNAL : status; /* the formulation knows the stage */
}

/** Writes the program beside its target and renames it: whole or absent. */
static Status write_program(Session *s)
{
    const char *target = s->options->operand, *write_to;
    AtomicSet *set = atomic_set_new(s->arena);
    TRY_NEW(set);
    Status status = atomic_set_add(set, target, target, s->diag, &write_to);
    if (status == STATUS_OK)
        status = write_format(s, write_to);
    if (status == STATUS_OK)
        return atomic_set_commit(set, s->diag);
    atomic_set_abandon(set);
    if (status == STATUS_IO && diag_count(s->diag, DIAG_ERROR) == 0)
        diag_add(s->diag, DIAG_WRITE, (DiagPlace){.file = target},
                 "the program cannot be written in full; is the disk full?");
    return status;
}

static Status command_export(Session *s)
{
    TRY(open_round(s));
    TRY(formulate(s));
    TRY(reach_stage(s));
    TRY(write_program(s));
    if (!s->options->quiet)
        printf("%d rows, %d columns: %s\n", s->form.lp.row_count, s->form.lp.column_count,
               s->options->operand);
    return STATUS_OK;
}

/** A template is for filling in: one of that name may be filled in already. */
static Status command_template(Session *s)
{
    if (access(s->options->operand, F_OK) == 0) {
        diag_add(s->diag, DIAG_WRITE, (DiagPlace){.file = s->options->operand},
                 "the file is there already, perhaps filled in; choose another name, or remove it");
        return STATUS_IO;
    }
    TRY(template_write(s->options->operand, s->arena, s->diag));
    if (!s->options->quiet)
        printf("template: %s\n", s->options->operand);
    return STATUS_OK;
}

/** How the input was understood is said without being asked; that the template's examples were
 *  skipped only to the curious. */
static bool is_only_for_the_curious(const Finding *finding)
{
    return finding->code == DIAG_ROW_SKIPPED;
}

static void print_findings(const Session *s)
{
    size_t count, kept[3] = {0};
    diag_sort(s->diag);
    const Finding *findings = diag_findings(s->diag, &count);
    for (size_t i = 0; i < count; i++) {
        kept[findings[i].severity]++;
        if (is_only_for_the_curious(&findings[i]) && !s->options->verbose)
            continue;
        const char *line = diag_format(&findings[i], s->arena);
        fprintf(stderr, "%s\n", line == NULL ? "(no memory to print a finding)" : line);
    }
    for (int severity = DIAG_ERROR; severity <= DIAG_WARNING; severity++) {
        size_t all = diag_count(s->diag, (DiagSeverity)severity);
        if (all > kept[severity])
            fprintf(stderr, "... and %zu more of severity %s\n", all - kept[severity],
                    diag_severity_text((DiagSeverity)severity));
    }
}

static Status print_help(Arena *arena)
{
    const char *text = options_help(arena);
    TRY_NEW(text);
    fputs(text, stdout);
    return STATUS_OK;
}

static Status print_version(void)
{
    RunInfo info = versions();
    printf("allot %s\nGLPK %s, libcsv %s, %s, libxlsxwriter %s, GMP %s\n", info.allot_version,
           info.glpk_version, info.csv_version, info.reader_version, info.xlsx_version,
           info.gmp_version);
    return STATUS_OK;
}

static Status run_command(Session *s)
{
    switch (s->options->command) {
    case COMMAND_HELP: return print_help(s->arena);
    case COMMAND_VERSION: return print_version();
    case COMMAND_SOLVE: return command_solve(s);
    case COMMAND_CHECK: return command_check(s);
    case COMMAND_VERIFY: return command_verify(s);
    case COMMAND_EXPORT: return command_export(s);
    case COMMAND_TEMPLATE: return command_template(s);
    }
    return STATUS_USAGE;
}

/** Runs the command and prints what people must read; standard output can fail like any file. */
static Status run_session(int argc, char **argv, Arena *arena)
{
    Options options;
    const char *message;
    Session *session = ARENA_NEW(arena, 1, Session);
    TRY_NEW(session);
    Status status = options_read(argc, argv, arena, &options, &message);
    if (status == STATUS_USAGE)
        fprintf(stderr, "allot: %s\n", message);
    TRY(status);
    session->options = &options;
    session->arena = arena;
    session->diag = diag_new(arena);
    TRY_NEW(session->diag);
    status = run_command(session);
    if (status == STATUS_OK && diag_count(session->diag, DIAG_ERROR) > 0)
        status = STATUS_FINDINGS;
    print_findings(session);
    if (fflush(stdout) != 0 || ferror(stdout)) {
        fprintf(stderr, "allot: standard output cannot be written\n");
        return status == STATUS_OK ? STATUS_IO : status;
    }
    return status;
}

int main(int argc, char **argv)
{
    Arena *arena = arena_new();
    Status status = arena == NULL ? STATUS_NO_MEMORY : run_session(argc, argv, arena);
    int code = exit_code(status);
    if (code == EXIT_FAULT)
        fprintf(stderr, "allot: %s\n", status_text(status));
    arena_free(arena);
    return code;
}
