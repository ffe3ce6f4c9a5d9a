/* The need that is served before tier 1. A plan says by its first stage which need it served so. */
#include "urgent.h"

#include <string.h>

#include "allot/language.h"
#include "allot/quote.h"
#include "allot/unknown_name.h"

const char *urgent_of_stages(const StageResult *stages, size_t count)
{
    static const char WORD[] = "urgent ";
    const char *label = count > 0 ? stages[0].label : "";
    return strncmp(label, WORD, sizeof WORD - 1) == 0 ? label + sizeof WORD - 1 : NULL;
}

/** The command line names a need that is not there. */
static Status tell_no_need(Session *s, const char *id)
{
    size_t count = s->round.need_count;
    const char **ids = ARENA_NEW(s->arena, count, const char *);
    TRY_NEW(ids);
    for (size_t n = 0; n < count; n++)
        ids[n] = s->round.needs[n].id;
    const char *meant = name_meant(id, (KnownNames){ids, count});
    diag_add(s->diag, DIAG_ID_UNKNOWN, (DiagPlace){.file = "--urgent", .text = id},
             meant != NULL
                 ? N_("the round has no need '%s'; did you mean '%s'? A new one has to be written "
                      "into the table needs first")
                 : N_("the round has no need '%s'; write it into the table needs first"),
             quote(id).text, meant);
    return STATUS_FINDINGS;
}

/** --urgent none: nothing is urgent any more. A need of that id is that need. */
static bool names_none(const Session *s)
{
    const char *id = s->options->urgent;
    return id != NULL && strcmp(id, "none") == 0 && round_find_need(&s->round, id) < 0;
}

static bool set_urgent(Session *s, const char *id)
{
    s->round.urgent = round_find_need(&s->round, id);
    s->round.has_urgent = s->round.urgent >= 0;
    return s->round.has_urgent;
}

/** What was urgent in the plan before goes on to be, or that it does not is said. */
static Status keep_urgent(Session *s, const PlanRecord *record)
{
    const Options *options = s->options;
    const char *now = options->urgent;
    const char *before = urgent_of_stages(record->stages, record->stage_count);
    DiagPlace place = {.file = options->previous};
    if (before == NULL || names_none(s) || (now != NULL && strcmp(now, before) == 0))
        return STATUS_OK;
    if (round_find_need(&s->round, before) < 0)
        diag_add(s->diag, DIAG_URGENT_LEFT, place,
                 N_("this plan serves '%s' first, which the round has no more; nothing is urgent "
                    "for it now"),
                 quote(before).text);
    else if (now != NULL)
        diag_add(s->diag, DIAG_URGENT_LEFT, place,
                 N_("this plan serves '%s' first, which comes with its tier now that '%s' is "
                    "urgent"),
                 quote(before).text, quote(now).text);
    else if (options->answers != NULL || options->command == COMMAND_EXPLAIN)
        (void)set_urgent(s, before);
    else
        diag_add(s->diag, DIAG_URGENT_LEFT, place,
                 N_("this plan serves '%s' first, which comes with its tier now; add --urgent '%s' "
                    "and it stays first (--urgent none says that this is meant)"),
                 quote(before).text, quote(before).text);
    return STATUS_OK;
}

Status take_urgent(Session *s, const PlanRecord *before)
{
    const Options *options = s->options;
    const char *id = options->urgent;
    bool decides = options->command == COMMAND_SOLVE || options->command == COMMAND_EXPORT ||
                   options->command == COMMAND_EXPLAIN;
    if (id != NULL && !names_none(s) && !set_urgent(s, id))
        return tell_no_need(s, id);
    if (decides && s->kept == NULL && options->previous != NULL)
        TRY(keep_urgent(s, before));
    return STATUS_OK;
}
