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

Status command_verify(Session *s)
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
