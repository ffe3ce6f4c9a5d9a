/* allot publish: decided lines for those who track aid. */
#include "command.h"

#include <stdio.h>
#include <string.h>

#include "allot/hxl.h"
#include "allot/language.h"
#include "outputs.h"
#include "waiting.h"

static Status check_release(const Session *s, const Published *published)
{
    if (published->level != PUBLISHED_NOTHING)
        return STATUS_OK;
    diag_add(
        s->diag, DIAG_SETTING, (DiagPlace){.file = s->round.source, .table = "settings"},
        N_("release is 'own': nothing of this round may be shown to everybody; set it to totals "
           "(what each need is given) or all (who gives it, too) when the parties agree"));
    return STATUS_FINDINGS;
}

/** Whoever tracks aid takes what is published for agreed: where nobody has answered that is said. */
static void tell_waiting(const Session *s, const Waiting *waiting)
{
    if (waiting->lines > 0)
        diag_add(s->diag, DIAG_UNANSWERED, (DiagPlace){.file = s->options->operand},
                 N_("no donor has answered %zu line%s of this plan, which readers of %s will take "
                    "for agreed (%s); publish the plan that the answers make, or the round once "
                    "the parties have agreed"),
                 waiting->lines, waiting->lines == 1 ? "" : "s", s->options->target,
                 waiting->named);
}

Status command_publish(Session *s)
{
    Waiting waiting;
    Published published;
    VerifyReport report;
    TRY(open_round_to_check(s));
    TRY(check_output(s, s->options->target));
    TRY(read_plan(s, &report)); /* one that breaks a rule is nothing to publish */
    TRY(published_build(&s->round, &s->plan, s->arena, &published));
    TRY(check_release(s, &published));
    TRY(waiting_find(s, waiting_is_published, &waiting));
    TRY(hxl_write(s->options->target, &published, s->arena, s->diag));
    tell_waiting(s, &waiting);
    if (s->options->quiet)
        return STATUS_OK;
    printf(published.level == PUBLISHED_LINES ? _("%s: %zu line%s") : _("%s: %zu need%s"),
           s->options->target, published.count, published.count == 1 ? "" : "s");
    if (published.kept_back > 0)
        printf(_("; %zu line%s on restricted needs left out"), published.kept_back,
               published.kept_back == 1 ? "" : "s");
    printf("\n");
    return STATUS_OK;
}
