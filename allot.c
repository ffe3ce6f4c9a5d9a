/* The front door: main, the command table, and what people read on the way out.
 *
 * Everything below returns a Status and collects what people must read; only the front room (this
 * file, session.c and command_*.c) prints, and only this file ends the process.
 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "command.h"

#include "allot/language.h"

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
        fprintf(stderr, "%s\n", line == NULL ? _("(no memory to print a finding)") : line);
    }
    for (int severity = DIAG_ERROR; severity <= DIAG_WARNING; severity++) {
        size_t all = diag_count(s->diag, (DiagSeverity)severity);
        if (all > kept[severity])
            fprintf(stderr, _("... and %zu more of severity %s\n"), all - kept[severity],
                    _(diag_severity_text((DiagSeverity)severity)));
    }
}

/** A text made from the tables of the command line; NULL: there was no memory for it. */
static Status print_text(const char *text)
{
    TRY_NEW(text);
    fputs(text, stdout);
    return STATUS_OK;
}

static Status print_version(void)
{
    RunInfo info = versions();
    printf(_("allot %s\nGLPK %s, libcsv %s, %s, libxlsxwriter %s, GMP %s\n"), info.allot_version,
           info.glpk_version, info.csv_version, info.reader_version, info.xlsx_version,
           info.gmp_version);
    return STATUS_OK;
}

static Status run_command(Session *s)
{
    switch (s->options->command) {
    case COMMAND_HELP: return print_text(options_help(s->arena));
    case COMMAND_VERSION: return print_version();
    case COMMAND_SOLVE: return command_solve(s);
    case COMMAND_CHECK: return command_check(s);
    case COMMAND_VERIFY: return command_verify(s);
    case COMMAND_EXPORT: return command_export(s);
    case COMMAND_TEMPLATE: return command_template(s);
    case COMMAND_EXPLAIN: return command_explain(s);
    case COMMAND_SCENARIOS: return command_scenarios(s);
    case COMMAND_STRESS: return command_stress(s);
    case COMMAND_MERGE: return command_merge(s);
    case COMMAND_PACK: return command_pack(s);
    case COMMAND_COMPLETION: return print_text(options_completion(s->options->operand, s->arena));
    case COMMAND_MANUAL: return print_text(options_manual(s->arena));
    case COMMAND_COMPARE: return command_compare(s);
    case COMMAND_CLOSE: return command_close(s);
    case COMMAND_PUBLISH: return command_publish(s);
    case COMMAND_RECORD: return command_record(s);
    }
    return STATUS_USAGE;
}

/** An error at an option is the command line's fault wherever it was found: a setting given as --set or
 *  --gap that is none, or has no such value, a need of --urgent that the round has not. One of the round's
 *  table is a finding of the round. */
static bool is_command_line_wrong(const Diag *diag)
{
    size_t count;
    const Finding *findings = diag_findings(diag, &count);
    for (size_t i = 0; i < count; i++)
        if (findings[i].severity == DIAG_ERROR && findings[i].place.file != NULL &&
            strncmp(findings[i].place.file, "--", 2) == 0)
            return true;
    return false;
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
        fprintf(stderr, _("allot: %s\n"), message);
    TRY(status);
    session->options = &options;
    session->arena = arena;
    session->diag = diag_new(arena);
    TRY_NEW(session->diag);
    progress_line_open(&session->line, options.quiet);
    status = run_command(session);
    if (status == STATUS_OK && diag_count(session->diag, DIAG_ERROR) > 0)
        status = STATUS_FINDINGS;
    if (status == STATUS_FINDINGS && is_command_line_wrong(session->diag))
        status = STATUS_USAGE;
    progress_line_clear(&session->line);
    print_findings(session);
    if (status == STATUS_IO && options.is_implied && access(options.round, F_OK) != 0)
        fprintf(stderr, _("allot: '%s' is no command either; see allot --help\n"), options.round);
    if (fflush(stdout) != 0 || ferror(stdout)) {
        fprintf(stderr, _("allot: standard output cannot be written\n"));
        return status == STATUS_OK ? STATUS_IO : status;
    }
    return status;
}

int main(int argc, char **argv)
{
    Arena *arena = arena_new();
    if (arena != NULL)
        language_begin(options_language(argc, argv, arena), NULL);
    Status status = arena == NULL ? STATUS_NO_MEMORY : run_session(argc, argv, arena);
    int code = exit_code(status);
    if (code == EXIT_FAULT)
        fprintf(stderr, _("allot: %s\n"), status_text(status));
    arena_free(arena);
    return code;
}
