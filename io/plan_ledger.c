/* The ledger that a plan was made from, held against the one that it is looked at with. */
#include "io/plan_ledger.h"

#include "allot/language.h"
#include "allot/ledger.h"
#include "allot/quote.h"

/** A plan that says nothing of its tables says nothing of a ledger either. */
static bool is_recorded(const PlanRecord *plan)
{
    for (int t = 0; t < TABLE_COUNT; t++)
        if (plan->tables[t].sha256 != NULL)
            return true;
    return false;
}

static DiagPlace place_of(const PlanRecord *plan)
{
    return (DiagPlace){.file = plan->path};
}

static Quote name_of(const PlanRecord *plan)
{
    return quote(plan->ledger.file != NULL ? plan->ledger.file : "");
}

static Status say_none(const PlanRecord *plan, DiagCode code, Diag *diag)
{
    diag_add(diag, code, place_of(plan),
             N_("the plan rests on the ledger '%s', and none is named: what earlier rounds gave "
                "would count as not given; name it with --ledger FILE"),
             name_of(plan).text);
    return code == DIAG_PLAN_LEDGER ? STATUS_FINDINGS : STATUS_OK;
}

static Status say_other(const PlanRecord *plan, const Ledger *ledger, Diag *diag)
{
    diag_add(diag, DIAG_PLAN_LEDGER, place_of(plan),
             ledger->count + ledger->left_out == 0
                 ? N_("the plan rests on the ledger '%s', and '%s' has no lines or is not there; "
                      "name the plan's ledger")
                 : N_("the plan rests on the ledger '%s', and '%s' is another: the line that was "
                      "the last then is not in it; name the plan's ledger, or decide the round "
                      "again with this one"),
             name_of(plan).text, quote(ledger->path).text);
    return STATUS_FINDINGS;
}

static Status say_moved(const PlanRecord *plan, const Ledger *ledger, Diag *diag)
{
    if (plan->ledger.sha256 == NULL)
        diag_add(
            diag, DIAG_PLAN_LEDGER, place_of(plan),
            N_("the plan was made without a ledger, and '%s' holds what earlier rounds agreed; "
               "decide the round again with --ledger %s"),
            quote(ledger->path).text, ledger->path);
    else
        diag_add(diag, DIAG_PLAN_LEDGER, place_of(plan),
                 N_("the ledger '%s' has changed since the plan was made: commitments, "
                    "cancellations or changes have come; decide the round again with --ledger %s "
                    "--previous %s"),
                 quote(ledger->path).text, ledger->path, plan->path);
    return STATUS_FINDINGS;
}

Status plan_ledger_check(const PlanRecord *plan, const Round *round, Diag *diag)
{
    const Ledger *ledger = round->ledger;
    const char *head = plan->ledger.sha256;
    if (!is_recorded(plan))
        return STATUS_OK;
    if (ledger == NULL)
        return head == NULL ? STATUS_OK : say_none(plan, DIAG_PLAN_LEDGER, diag);
    switch (ledger_stand(ledger, head)) {
    case LEDGER_STANDS: break;
    case LEDGER_MOVED: return say_moved(plan, ledger, diag);
    case LEDGER_OTHER: return say_other(plan, ledger, diag);
    }
    return STATUS_OK;
}

Status plan_ledger_check_before(const PlanRecord *before, const Round *round, bool goes_on,
                                Diag *diag)
{
    const Ledger *ledger = round->ledger;
    const char *head = before->ledger.sha256;
    if (head == NULL)
        return STATUS_OK;
    if (ledger == NULL)
        return say_none(before, goes_on ? DIAG_PLAN_LEDGER : DIAG_LEDGER_LEFT, diag);
    return goes_on && ledger_stand(ledger, head) == LEDGER_OTHER ? say_other(before, ledger, diag)
                                                                 : STATUS_OK;
}
