/* allot check and allot verify: what is wrong with a round, and with a plan. */
#include "command.h"

#include <stdio.h>

#include "allot/tables.h"
#include "allot/verify.h"

Status command_check(Session *s)
{
    Status status = open_round(s);
    size_t errors = diag_count(s->diag, DIAG_ERROR);
    if (!s->options->quiet && (status == STATUS_OK || status == STATUS_FINDINGS))
        printf("%zu error%s, %zu warning%s\n", errors, errors == 1 ? "" : "s",
               diag_count(s->diag, DIAG_WARNING),
               diag_count(s->diag, DIAG_WARNING) == 1 ? "" : "s");
    return status;
}

/** What was checked; without stages in the plan there is nothing that could be worse. */
static void print_verified(const Session *s, const VerifyReport *report)
{
    printf("%zu assignment%s checked: %zu rule%s broken, ", s->plan.assignment_count,
           s->plan.assignment_count == 1 ? "" : "s", report->broken,
           report->broken == 1 ? "" : "s");
    if (s->plan.stage_count == 0)
        printf("no stages were given to compare with\n");
    else
        printf("%zu stage%s worse than proven\n", report->worse, report->worse == 1 ? "" : "s");
}

Status command_verify(Session *s)
{
    VerifyReport report;
    TRY(open_round(s));
    const char *lines;
    TRY(tables_read(s->options->operand, &s->round, s->arena, s->diag, &s->plan, &lines));
    Status status = plan_verify(&s->round, &s->plan, false, lines, s->arena, s->diag, &report);
    if (!s->options->quiet && (status == STATUS_OK || status == STATUS_FINDINGS))
        print_verified(s, &report);
    return status;
}
