/* allot solve: decides a round and writes the plan. */
#include "command.h"

#include <stdio.h>

#include "allot/tables.h"

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

Status command_solve(Session *s)
{
    TRY(open_round(s));
    TRY(make_plan(s));
    TRY(check_plan(s));
    TRY(find_answers(s, s->options->explain));
    TRY(find_effects(s));
    describe_run(s);
    TRY(write_results(s));
    if (!s->options->quiet)
        print_summary(s);
    return STATUS_OK;
}
