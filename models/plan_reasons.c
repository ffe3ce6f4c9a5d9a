/* Reasons that need no re-solving, read from eligibility: who is of this kind at all, and what bars
 * each. Rows are named by their ids, so that a shuffled table gives the same text.
 */
#include "allot/extract.h"
#include "allot/language.h"

#include <string.h>

enum { NAMED_AT_MOST = 3 }; /* offers named in a detail; the rest are counted */

static const char *row_name(const Round *round, int need, int offer, Bar bar, Arena *arena)
{
    const char *table = dictionary_table(bar.origin.table)->name;
    if (bar.origin.table == TABLE_PAIRS || bar.origin.table == TABLE_COMMITMENTS)
        return arena_printf(arena, "%s %s/%s", table, round->needs[need].id,
                            round->offers[offer].id);
    return arena_printf(arena, "%s %s%s%s", table, bar.id, *bar.column == '\0' ? "" : ", ",
                        bar.column);
}

static const char *donor_name(const Round *round, int offer)
{
    int row = round->offers[offer].donor_row;
    bool named = row >= 0 && *round->donors[row].name != '\0';
    return named ? round->donors[row].name : round->offers[offer].donor;
}

typedef struct Barred {
    int count;
    int by_dates;
    const char *detail;
} Barred;

static Status add_barred(const Round *round, int need, int offer, Bar bar, Arena *arena,
                         Barred *barred)
{
    barred->count++;
    barred->by_dates += bar.check == BAR_WINDOW || bar.check == BAR_LAPSED;
    if (barred->count > NAMED_AT_MOST)
        return STATUS_OK;
    const char *row = row_name(round, need, offer, bar, arena);
    TRY_NEW(row);
    barred->detail =
        arena_printf(arena, "%s%s%s of %s %s (%s)", barred->detail, barred->count == 1 ? "" : "; ",
                     round->offers[offer].id, donor_name(round, offer), bar_text(bar.check), row);
    TRY_NEW(barred->detail);
    return STATUS_OK;
}

/** "None of the 5 offers of its kind may serve it: O-1 of Norway is ...; ...; and 2 more." */
static Status tell_barred(const Barred *barred, Arena *arena, NeedResult *result)
{
    int more = barred->count - NAMED_AT_MOST;
    const char *none =
        barred->count == 1
            ? _("The one offer of its kind may not serve it")
            : arena_printf(arena, _("None of the %d offers of its kind may serve it"),
                           barred->count);
    TRY_NEW(none);
    const char *rest = more <= 0 ? "" : arena_printf(arena, _("; and %d more"), more);
    TRY_NEW(rest);
    result->brief = arena_printf(arena, "%s.", none);
    result->detail = arena_printf(arena, "%s: %s%s.", none, barred->detail, rest);
    return result->brief == NULL || result->detail == NULL ? STATUS_NO_MEMORY : STATUS_OK;
}

/** No pair of this need is eligible: nobody offers its kind, or each that does is barred. */
static Status explain_barred(const Round *round, int need, Arena *arena, NeedResult *result)
{
    Barred barred = {.detail = ""};
    for (size_t o = 0; o < round->offer_count; o++) {
        Bar bar = eligibility_bar(round, need, (int)o);
        if (bar_is_of_kind(bar.check))
            TRY(add_barred(round, need, (int)o, bar, arena, &barred));
    }
    const Need *row = &round->needs[need];
    if (barred.count == 0) {
        result->reason = REASON_NO_OFFER;
        const char *money =
            row->has_value ? _(" or money") : _("; without a unit cost money cannot buy it");
        result->detail = arena_printf(arena, _("No offer of category %s in %s%s."), row->category,
                                      row->unit.name, row->unit.is_money ? "" : money);
        TRY_NEW(result->detail);
        return STATUS_OK;
    }
    result->reason = barred.by_dates == barred.count ? REASON_WINDOW : REASON_BARRED;
    return tell_barred(&barred, arena, result);
}

/** What an outcome lacks: everything it requires that is not met in full. */
static Status explain_outcome(const Round *round, int need, Arena *arena, Plan *plan)
{
    const Logic *logic = &round->logic;
    const char *missing = "";
    for (size_t r = logic->first[need]; r < logic->first[need + 1]; r++) {
        const Requirement *requirement = &logic->requirements[r];
        bool met = false;
        for (int k = 0; k < requirement->count && !met; k++)
            met = plan->needs[requirement->any_of[k]].full;
        if (!met)
            missing = arena_printf(arena, "%s%s%s", missing, *missing == '\0' ? "" : ", ",
                                   requirement->name);
        TRY_NEW(missing);
    }
    plan->needs[need].reason = REASON_PREREQUISITE;
    plan->needs[need].detail =
        arena_printf(arena, _("What it requires is not met in full: %s (needs %s, requires)."),
                     missing, round->needs[need].id);
    return plan->needs[need].detail == NULL ? STATUS_NO_MEMORY : STATUS_OK;
}

Status plan_reasons(const Round *round, const EligibleSets *sets, Arena *arena, Plan *plan)
{
    for (size_t n = 0; n < round->need_count; n++) {
        const Need *need = &round->needs[n];
        NeedResult *result = &plan->needs[n];
        if (!need->quantity_known) {
            result->reason = REASON_AMOUNT_UNKNOWN;
            result->detail = arena_printf(
                arena, _("How much it asks for is not known (needs %s, quantity)."), need->id);
        } else if (result->full) {
            result->reason = REASON_NONE;
        } else if (need_is_outcome(need)) {
            TRY(explain_outcome(round, (int)n, arena, plan));
        } else if (!need->ready) {
            result->reason = REASON_NOT_READY;
            result->detail = arena_printf(arena, _("It is not ready (needs %s, ready)."), need->id);
        } else if (eligible_set_number(sets, (int)n) == 0) {
            TRY(explain_barred(round, (int)n, arena, result));
        } else {
            result->reason = REASON_UNPROVEN;
        }
        TRY_NEW(result->detail);
        if (result->brief == NULL)
            result->brief = result->detail;
    }
    return STATUS_OK;
}
