/* allot close and allot record: what a round agreed, and what happened since, into the ledger. */
#include "command.h"

#include <stdio.h>
#include <string.h>

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

enum { WAITING_NAMED = 8 }; /* donors by name; the others are counted */

/** Lines of this donor that neither an answer nor a commitment settles. */
static size_t waiting_of(const Session *s, const char *donor)
{
    size_t count = 0;
    for (size_t i = 0; i < s->plan.assignment_count; i++) {
        const Assignment *line = &s->plan.assignments[i];
        count += !line->locked && strcmp(s->round.offers[line->offer].donor, donor) == 0;
    }
    return count;
}

/** Is this the first line whose donor is that one? */
static bool is_first_of(const Session *s, size_t index)
{
    const char *donor = s->round.offers[s->plan.assignments[index].offer].donor;
    for (size_t i = 0; i < index; i++)
        if (strcmp(s->round.offers[s->plan.assignments[i].offer].donor, donor) == 0)
            return false;
    return true;
}

/** Where donors were asked, lines that wait for an answer are agreed by the close alone: that is said. */
static Status tell_waiting(Session *s)
{
    size_t lines = 0, donors = 0;
    const char *named = "";
    if (s->round.replies == NULL)
        return STATUS_OK;
    for (size_t i = 0; i < s->plan.assignment_count; i++) {
        const char *donor = s->round.offers[s->plan.assignments[i].offer].donor;
        size_t count = is_first_of(s, i) ? waiting_of(s, donor) : 0;
        lines += count;
        if (count > 0 && donors++ < WAITING_NAMED)
            named = arena_printf(s->arena, "%s%s%s %zu", named, *named == '\0' ? "" : ", ", donor,
                                 count);
        TRY_NEW(named);
    }
    if (donors > WAITING_NAMED)
        named = arena_printf(s->arena, _("%s, and %zu more"), named, donors - WAITING_NAMED);
    TRY_NEW(named);
    if (lines > 0)
        diag_add(s->diag, DIAG_UNANSWERED, (DiagPlace){.file = s->options->operand},
                 N_("no donor has answered %zu line%s of this plan, which the ledger now holds as "
                    "agreed (%s); ask, or take back what is not agreed with allot record"),
                 lines, lines == 1 ? "" : "s", named);
    return STATUS_OK;
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
    TRY(tell_waiting(s));
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
