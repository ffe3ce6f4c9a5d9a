/* allot compare: what differs between two plans, and what moved it. */
#include "command.h"

#include <stdio.h>
#include <string.h>

#include "allot/language.h"
#include "allot/ledger.h"
#include "allot/solve.h"
#include "compare.h"

/* ---- inputs --------------------------------------------------------------------------------- */

/* A file that only one of them was made with, or another, is a change like any other. */
static bool file_differs(const RecordFile *before, const RecordFile *after)
{
    const char *was = before->sha256, *is = after->sha256;
    if (was == NULL || is == NULL)
        return was != is;
    return strcmp(was, is) != 0;
}

static void add_file(Comparison *comparison, InputChangeKind kind, const char *option,
                     const char *before, const char *after)
{
    comparison->inputs[comparison->input_count++] =
        (ComparedInput){.change = {.kind = kind,
                                   .table = "",
                                   .id = option,
                                   .column = "",
                                   .before = before != NULL ? before : "",
                                   .after = after != NULL ? after : ""},
                        .answer = ""};
}

/* "l.csv, 5 lines": the same file may only have grown. NULL: none. */
static Status name_ledger(const CompareSide *side, Arena *arena, const char **name)
{
    const Ledger *ledger = side->session.round.ledger;
    *name = NULL;
    if (ledger == NULL)
        return STATUS_OK;
    *name = arena_printf(arena, _("%s, %zu line%s"), side->options.ledger, ledger->count,
                         ledger->count == 1 ? "" : "s");
    TRY_NEW(*name);
    return STATUS_OK;
}

/* What the rounds were read with beside their tables. */
static Status add_files(Session *s, const CompareSide *before, const CompareSide *after,
                        Comparison *comparison)
{
    const char *was, *is;
    if (file_differs(&before->record.previous, &after->record.previous))
        add_file(comparison, INPUT_PREVIOUS, "--previous", before->options.previous,
                 after->options.previous);
    TRY(name_ledger(before, s->arena, &was));
    TRY(name_ledger(after, s->arena, &is));
    if (file_differs(&before->record.ledger, &after->record.ledger))
        add_file(comparison, INPUT_LEDGER, "--ledger", was, is);
    was = before->options.urgent != NULL ? before->options.urgent : "";
    is = after->options.urgent != NULL ? after->options.urgent : "";
    if (strcmp(was, is) != 0)
        add_file(comparison, INPUT_URGENT, "--urgent", was, is);
    return compare_answers_add(before, after, s->arena, comparison);
}

static Status find_inputs(Session *s, const CompareSide *before, const CompareSide *after,
                          Comparison *comparison)
{
    InputChange *changes;
    size_t count;
    TRY(round_diff((DiffSide){&before->session.round, &before->texts},
                   (DiffSide){&after->session.round, &after->texts}, s->arena, &changes, &count));
    comparison->inputs =
        ARENA_NEW(s->arena, count + 3 + compare_answers_most(before, after), ComparedInput);
    TRY_NEW(comparison->inputs);
    for (size_t i = 0; i < count; i++)
        comparison->inputs[i] = (ComparedInput){.change = changes[i], .answer = ""};
    comparison->input_count = count;
    return add_files(s, before, after, comparison);
}

/* ---- causes --------------------------------------------------------------------------------- */

static Status find_causes(Session *s, const CompareSide *before, const CompareSide *after,
                          Comparison *comparison)
{
    Asker asker = {.s = s, .before = before, .after = after, .comparison = comparison};
    asker.most = s->options->asks_work > 0 ? s->options->asks_work : ASKS_WORK;
    if (s->options->time_limit_s > 0)
        asker.deadline = solve_deadline_in(s->options->time_limit_s);
    TRY(comparison_figures(&before->session.round, &before->session.plan, &after->session.round,
                           &after->session.plan, s->arena, comparison));
    TRY(find_inputs(s, before, after, comparison));
    return comparison->line_count > 0 ? compare_search(&asker) : STATUS_OK;
}

static Status say_not_known(Session *s, const CompareSide *before, const CompareSide *after,
                            Comparison *comparison)
{
    bool first = !before->has_round;
    const CompareSide *side = first ? before : after;
    const char *why = arena_printf(s->arena, _("the %s plan: %s"), first ? _("first") : _("second"),
                                   side->why_not);
    TRY_NEW(why);
    for (size_t i = 0; i < comparison->line_count; i++)
        comparison->lines[i].why = why;
    return STATUS_OK;
}

static ComparedSide side_of(const CompareSide *side)
{
    return (ComparedSide){.plan = side->record.path,
                          .round = side->has_round ? side->options.round : NULL,
                          .why_not = side->why_not,
                          .is_reproduced = true};
}

static Status compare(Session *s, const CompareSide *before, const CompareSide *after,
                      Comparison *comparison)
{
    *comparison = (Comparison){.before = side_of(before),
                               .after = side_of(after),
                               .has_rounds = before->has_round && after->has_round,
                               .round = &s->round};
    if (after->has_round)
        comparison->round = &after->session.round;
    else if (before->has_round)
        comparison->round = &before->session.round;
    TRY(comparison_lines(&before->record, &after->record, s->arena, comparison));
    TRY(comparison_stages(&before->record, &after->record, s->arena, comparison));
    return comparison->has_rounds ? find_causes(s, before, after, comparison)
                                  : say_not_known(s, before, after, comparison);
}

/* ---- results -------------------------------------------------------------------------------- */

static Status write_results(Session *s, const Comparison *comparison)
{
    const Options *options = s->options;
    if (options->out != NULL) {
        Report *report;
        TRY(comparison_report_build(comparison, &s->info, s->arena, &report));
        TRY(book_write(report, options->out, s->arena, s->diag));
    }
    if (options->tables != NULL)
        TRY(comparison_tables_write(options->tables, comparison, s->arena, s->diag));
    const char *summary = comparison_summary(comparison, s->arena);
    TRY_NEW(summary);
    if (options->quiet)
        return STATUS_OK;
    fputs(summary, stdout);
    if (options->out != NULL)
        printf(_("workbook: %s\n"), options->out);
    if (options->tables != NULL)
        printf(_("tables: %s\n"), options->tables);
    return STATUS_OK;
}

/* The report's day is that of the round; without a round it has none. */
static void describe(Session *s, const Comparison *comparison)
{
    s->round.settings.start = comparison->round->settings.start;
    describe_run(s);
}

Status command_compare(Session *s)
{
    const Options *options = s->options;
    CompareSide *sides = ARENA_NEW(s->arena, 2, CompareSide);
    Comparison comparison;
    TRY_NEW(sides);
    TRY(round_init(s->arena, &s->round));
    s->round.settings = settings_default(s->round.names);
    s->round.currency = round_unit(&s->round, s->round.settings.currency);
    TRY(compare_side_open(s, options->round, options->before, "--before", &sides[0]));
    TRY(compare_side_open(s, options->operand, options->after, "--after", &sides[1]));
    TRY(try_outputs(s, options->out));
    TRY(compare(s, &sides[0], &sides[1], &comparison));
    describe(s, &comparison);
    return write_results(s, &comparison);
}
