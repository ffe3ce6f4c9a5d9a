/* allot close and allot record: what a round agreed, and what happened since, into the ledger. */
#include "command.h"

#include <stdio.h>
#include <string.h>

#include "allot/language.h"
#include "allot/ledger_file.h"
#include "allot/names.h"
#include "allot/plan_name.h"
#include "allot/quote.h"

static void print_ledger(const Ledger *ledger)
{
    printf(_("%s: %zu line%s, the last one's hash %s\n"), ledger->path, ledger->count,
           ledger->count == 1 ? "" : "s", ledger->head);
}

/** A round is known by its id, and closed once. */
static Status check_round(const Session *s, const Ledger *ledger)
{
    const char *round = s->round.settings.round;
    DiagPlace place = {.file = s->round.source};
    if (*round == '\0')
        diag_add(s->diag, DIAG_LEDGER_ROUND, place,
                 "the round has no id to be closed by; give the setting round");
    else if (ledger->left_out > 0)
        diag_add(s->diag, DIAG_LEDGER_ROUND, place,
                 "round '%s' is closed in %s already; what changed since is entered with allot "
                 "record, and another round needs another id",
                 quote(round).text, ledger->path);
    else
        return STATUS_OK;
    return STATUS_FINDINGS;
}

/** A close cannot be taken back: what it writes is what the program decided, or what donors have answered. */
static Status check_not_edited(const Session *s)
{
    if (!s->plan.is_edited)
        return STATUS_OK;
    diag_add(s->diag, DIAG_CLOSE_EDITED, (DiagPlace){.file = s->options->operand},
             N_("a plan that was edited by hand is not closed: take it back from a copy; or, where "
                "the change is meant, send it out (allot pack), decide with the answers (allot "
                "solve --answers DIR --previous %s) and close that plan"),
             s->options->operand);
    return STATUS_FINDINGS;
}

enum { WAITING_NAMED = 8 }; /* donors by name; the others are counted */

/** Lines of one donor that neither an answer nor a commitment settles. */
typedef struct Waiting {
    const char *donor;
    size_t lines;
} Waiting;

/** The donors of the plan's lines, as these name them first. */
static Status count_waiting(const Session *s, Waiting *donors, size_t *count)
{
    NameMap *met = name_map_new(s->arena);
    TRY_NEW(met);
    for (size_t i = 0; i < s->plan.assignment_count; i++) {
        const Assignment *line = &s->plan.assignments[i];
        const char *donor = s->round.offers[line->offer].donor;
        bool added;
        if (!name_map_add(met, donor, (int)*count, &added))
            return STATUS_NO_MEMORY;
        if (added)
            donors[(*count)++] = (Waiting){donor, 0};
        donors[name_map_get(met, donor)].lines += !line->locked;
    }
    return STATUS_OK;
}

/** All of them: so many, and "PL 1, DE 2". Found before the ledger is written: behind that nothing may fail. */
static Status find_waiting(const Session *s, size_t *lines, const char **named)
{
    size_t waiting = 0, count = 0;
    Waiting *donors = ARENA_NEW(s->arena, s->plan.assignment_count, Waiting);
    TRY_NEW(donors);
    TRY(count_waiting(s, donors, &count));
    *lines = 0;
    *named = "";
    for (size_t d = 0; d < count; d++) {
        *lines += donors[d].lines;
        if (donors[d].lines > 0 && waiting++ < WAITING_NAMED)
            *named = arena_printf(s->arena, "%s%s%s %zu", *named, **named == '\0' ? "" : ", ",
                                  donors[d].donor, donors[d].lines);
        TRY_NEW(*named);
    }
    if (waiting > WAITING_NAMED)
        *named = arena_printf(s->arena, _("%s, and %zu more"), *named, waiting - WAITING_NAMED);
    return *named != NULL ? STATUS_OK : STATUS_NO_MEMORY;
}

/** Lines that wait for an answer are agreed by the close alone, also where nobody has answered yet: that is said. */
static void tell_waiting(const Session *s, size_t lines, const char *named)
{
    if (lines > 0)
        diag_add(s->diag, DIAG_UNANSWERED, (DiagPlace){.file = s->options->operand},
                 N_("no donor has answered %zu line%s of this plan, which the ledger now holds as "
                    "agreed (%s); ask, or take back what is not agreed with allot record"),
                 lines, lines == 1 ? "" : "s", named);
}

Status command_close(Session *s)
{
    Ledger after;
    VerifyReport report;
    size_t waiting;
    const char *named;
    TRY(open_round_to_check(s));
    const Ledger *before = s->round.ledger;
    TRY(check_round(s, before));
    TRY(read_plan(s, &report));
    TRY(check_not_edited(s));
    const char *name = plan_name(&s->round, &s->plan, s->arena);
    TRY_NEW(name);
    TRY(ledger_close(before, &s->round, &s->plan, name, s->arena, &after));
    TRY(find_waiting(s, &waiting, &named));
    TRY(ledger_append(&after, before->count, s->arena, s->diag));
    tell_waiting(s, waiting, named);
    if (s->options->quiet)
        return STATUS_OK;
    printf(_("round %s closed: %zu commitment%s\n"), s->round.settings.round,
           s->plan.assignment_count, s->plan.assignment_count == 1 ? "" : "s");
    print_ledger(&after);
    return STATUS_OK;
}

Status command_record(Session *s)
{
    LedgerSource source = {.path = s->options->round};
    Ledger before, after;
    NameSet *names = name_set_new(s->arena);
    TRY_NEW(names);
    TRY(ledger_read(&source, names, s->arena, s->diag, &before));
    TRY(ledger_entries_read(s->options->operand, s->options->encoding, &before, names, s->arena,
                            s->diag, &after));
    TRY(ledger_append(&after, before.count, s->arena, s->diag));
    if (s->options->quiet)
        return STATUS_OK;
    printf(_("%zu line%s recorded\n"), after.count - before.count,
           after.count - before.count == 1 ? "" : "s");
    print_ledger(&after);
    return STATUS_OK;
}
