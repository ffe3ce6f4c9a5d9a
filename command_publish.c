/* allot publish: decided lines for those who track aid. */
#include "command.h"

#include <stdio.h>
#include <string.h>

#include "allot/hxl.h"
#include "allot/language.h"
#include "outputs.h"

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

Status command_publish(Session *s)
{
    Published published;
    VerifyReport report;
    TRY(open_round_to_check(s));
    TRY(check_output(s, s->options->target));
    TRY(read_plan(s, &report)); /* one that breaks a rule is nothing to publish */
    TRY(published_build(&s->round, &s->plan, s->arena, &published));
    TRY(check_release(s, &published));
    TRY(hxl_write(s->options->target, &published, s->arena, s->diag));
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
