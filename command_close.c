/* allot close and allot record: what a round agreed, and what happened since, into the ledger. */
#include "command.h"

#include <stdio.h>
#include <string.h>

#include "allot/amount_text.h"
#include "allot/language.h"
#include "allot/ledger_file.h"
#include "allot/plan_name.h"
#include "allot/quote.h"
#include "waiting.h"

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
                 "record, and another round needs another id: a need that came since, an urgent "
                 "one too, is decided under that with --ledger %s, and that plan is closed",
                 quote(round).text, ledger->path, ledger->path);
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

/** Lines that wait for an answer are agreed by the close alone, also where nobody has answered yet: that is said, and
 *  of which of them less is left than was agreed. */
static void tell_waiting(const Session *s, const Waiting *waiting, const Waiting *open)
{
    DiagPlace place = {.file = s->options->operand};
    if (waiting->lines > 0)
        diag_add(s->diag, DIAG_UNANSWERED, place,
                 N_("no donor has answered %zu line%s of this plan, which the ledger now holds as "
                    "agreed (%s); ask, or take back what is not agreed with allot record"),
                 waiting->lines, waiting->lines == 1 ? "" : "s", waiting->named);
    if (open->lines > 0)
        diag_add(s->diag, DIAG_UNANSWERED, place,
                 N_("%zu of them gave way to an urgent need after the donor had agreed to more "
                    "(%s): the ledger now holds what was left of them, to which nobody has agreed; "
                    "ask these donors again (allot pack), and enter what they answer otherwise "
                    "with allot record"),
                 open->lines, open->named);
}

Status command_close(Session *s)
{
    Ledger after;
    VerifyReport report;
    Waiting waiting, open;
    TRY(open_round_to_check(s));
    const Ledger *before = s->round.ledger;
    TRY(check_round(s, before));
    TRY(read_plan(s, &report));
    TRY(check_not_edited(s));
    const char *name = plan_name(&s->round, &s->plan, s->arena);
    TRY_NEW(name);
    TRY(ledger_close(before, &s->round, &s->plan, name, s->arena, &after));
    TRY(waiting_find(s, waiting_is_open, &waiting)); /* behind the ledger nothing may fail */
    TRY(waiting_find(s, waiting_is_reopened, &open));
    TRY(ledger_append(&after, before->count, s->arena, s->diag));
    tell_waiting(s, &waiting, &open);
    if (s->options->quiet)
        return STATUS_OK;
    printf(_("round %s closed: %zu commitment%s\n"), s->round.settings.round,
           s->plan.assignment_count, s->plan.assignment_count == 1 ? "" : "s");
    print_ledger(&after);
    return STATUS_OK;
}

/** What the entry did. */
static void print_step(const Ledger *ledger, size_t at)
{
    const LedgerLine *line = &ledger->lines[at];
    LedgerStep step = ledger_step(ledger, at);
    AmountInUnit was = amount_in_unit(step.unit, step.was);
    AmountInUnit is = amount_in_unit(step.unit, step.is);
    AmountInUnit committed = amount_in_unit(step.unit, step.committed);
    if (line->event == LEDGER_PAYMENT)
        printf(_("commitment %s/%s of %s: paid %s -> %s\n"), line->need, line->offer,
               committed.text, was.text, is.text);
    else if (line->event == LEDGER_DELIVERY)
        printf(_("commitment %s/%s of %s: delivered %s -> %s\n"), line->need, line->offer,
               committed.text, was.text, is.text);
    else
        printf(_("commitment %s/%s: %s -> %s\n"), line->need, line->offer, was.text, is.text);
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
    for (size_t i = before.count; i < after.count; i++)
        print_step(&after, i);
    print_ledger(&after);
    return STATUS_OK;
}
