/* allot explain: where one need, offer or donor stands, and why, as text for a letter. */
#include "command.h"

#include <stdio.h>

#include "allot/explain_text.h"

Status command_explain(Session *s)
{
    ExplainSubject subject;
    const char *text;
    TRY(open_round(s));
    TRY(explain_find(&s->round, s->options->operand, s->arena, s->diag, &subject));
    TRY(make_plan(s));
    TRY(check_plan(s));
    TRY(find_answers(s, EXPLAIN_ALL));
    subject.all = s->options->verbose;
    TRY(explain_text(&s->round, &s->plan, subject, s->arena, &text));
    fputs(text, stdout);
    return STATUS_OK;
}
