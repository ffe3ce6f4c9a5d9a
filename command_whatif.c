/* allot scenarios, allot stress and allot merge: one round decided again and again, with something
 * changed each time, in one run or in parts.
 */
#include "command.h"

#include <stdio.h>
#include <stdlib.h>

#include "outputs.h"
#include "sweep.h"

#include "allot/language.h"

static const char *default_book(SweepKind kind)
{
    switch (kind) {
    case SWEEP_SCENARIOS: return "scenarios.xlsx";
    case SWEEP_RULES: return "rules.xlsx";
    case SWEEP_STRESS: return "stress.xlsx";
    }
    return "sweep.xlsx";
}

static Status print_sweep(const Session *s, const Sweep *sweep, const char *book)
{
    const char *summary = sweep_summary(sweep, s->arena);
    TRY_NEW(summary);
    if (s->options->quiet)
        return STATUS_OK;
    fputs(summary, stdout);
    print_outputs(s->options, book);
    return STATUS_OK;
}

/* The files that people read, from a whole sweep. */
static Status write_results(Session *s, const Sweep *sweep)
{
    const char *book = output_book(s->options, default_book(sweep->kind));
    TRY(try_outputs(s, book));
    if (book != NULL) {
        RunInfo info = versions();
        Report *report;
        info.created = sweep->created;
        TRY(sweep_report_build(sweep, &info, s->arena, &report));
        TRY(book_write(report, book, s->arena, s->diag));
    }
    if (s->options->tables != NULL)
        TRY(sweep_tables_write(s->options->tables, sweep, s->arena, s->diag));
    TRY(print_sweep(s, sweep, book));
    return sweep_failed_count(sweep) > 0 ? STATUS_FINDINGS : STATUS_OK;
}

static Status finish(Session *s, const char *text, size_t length)
{
    Sweep sweep;
    if (s->options->part > 0) {
        TRY(sweep_part_write(s->options->out, text, length, s->arena, s->diag));
        if (!s->options->quiet)
            printf(_("part %zu of %zu: %s\n"), s->options->part, s->options->part_of,
                   s->options->out);
        return STATUS_OK;
    }
    SweepText whole = {"sweep", text, length};
    TRY(sweep_read(&whole, 1, s->arena, s->diag, &sweep));
    return write_results(s, &sweep);
}

typedef Status MakeCases(const Session *s, SweepPlan *plan);

static Status sweep(Session *s, MakeCases *make)
{
    SweepPlan plan;
    char *text = NULL;
    size_t length;
    TRY(open_round(s));
    describe_run(s);
    TRY(make(s, &plan));
    TRY(try_outputs(s, output_book(s->options, default_book(plan.kind))));
    Status status = sweep_run(s, &plan, &text, &length);
    if (status == STATUS_OK)
        status = finish(s, text, length);
    free(text);
    return status;
}

Status command_scenarios(Session *s)
{
    return sweep(s, s->options->rules ? sweep_rules : sweep_scenarios);
}

Status command_stress(Session *s)
{
    return sweep(s, sweep_stress);
}

Status command_merge(Session *s)
{
    size_t count = s->options->part_count;
    SweepText *parts = ARENA_NEW(s->arena, count, SweepText);
    Sweep sweep;
    TRY_NEW(parts);
    for (size_t p = 0; p < count; p++)
        TRY(sweep_part_read(s->options->parts[p], s->arena, s->diag, &parts[p]));
    TRY(sweep_read(parts, count, s->arena, s->diag, &sweep));
    return write_results(s, &sweep);
}
