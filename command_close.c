/* allot close and allot record: what a round agreed, and what happened since, into the ledger. */
#include "command.h"

#include <stdio.h>

#include "allot/language.h"
#include "allot/ledger_file.h"
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

Status command_close(Session *s)
{
    Ledger after;
    VerifyReport report;
    TRY(open_round_to_check(s));
    const Ledger *before = s->round.ledger;
    TRY(check_round(s, before));
    TRY(read_plan(s, &report));
    const char *name = plan_name(&s->round, &s->plan, s->arena);
    TRY_NEW(name);
    TRY(ledger_close(before, &s->round, &s->plan, name, s->arena, &after));
    TRY(ledger_append(&after, before->count, s->arena, s->diag));
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
