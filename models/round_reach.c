/* What the tables ask for that no plan can ever reach, as far as it shows without looking at pairs:
 * marks of alternatives that leave no choice, prerequisites that are never met, counts of none.
 * Warnings only. Tickets that nothing reaches are rules_reach.c.
 */
#include "models/round_internal.h"

#include "allot/language.h"

/** A choice among one: the mark is idle, or misspelt. */
static void suspect_marks(const Round *round, Diag *diag)
{
    for (size_t m = 0; m < round->logic.alternative_count; m++) {
        const NeedMark *mark = &round->logic.alternatives[m];
        const Need *need = &round->needs[mark->members[0]];
        if (mark->count > 1)
            continue;
        DiagPlace place = round_place(round, need->origin, "alternative");
        place.text = mark->mark;
        diag_add(diag, DIAG_MARK_ALONE, place,
                 "'%s' is the only need with the mark '%s', so that there is nothing to choose "
                 "from; is the mark written alike everywhere?",
                 need->id, mark->mark);
    }
}

/** Why a need can never be met in full, or NULL where nothing says so. */
static const char *never_met(const Need *need)
{
    if (!need->quantity_known)
        return _("whose amount is unknown");
    return !need->ready && need->wanted > 0 ? _("which is not ready and gets nothing") : NULL;
}

/** A prerequisite of which no member can be met, told by its first one. */
static void suspect_requirement(const Round *round, Diag *diag, const Requirement *requirement)
{
    const Need *need = &round->needs[requirement->need];
    const Need *first = &round->needs[requirement->any_of[0]];
    const char *marked = requirement->count > 1 ? _(", as every alternative of its mark") : "";
    for (int i = 0; i < requirement->count; i++)
        if (never_met(&round->needs[requirement->any_of[i]]) == NULL)
            return;
    DiagPlace place = round_place(round, need->origin, "requires");
    place.text = requirement->name;
    diag_add(diag, DIAG_NEVER, place,
             "'%s' requires '%s' (row %d), %s%s; until that changes '%s' cannot be %s", need->id,
             first->id, first->origin.line, never_met(first), marked, need->id,
             need_is_outcome(need) ? _("met") : _("served"));
}

/** At most none: what is selected is barred, which is said plainly by another kind. */
static void suspect_counts(const Round *round, Diag *diag)
{
    for (size_t r = 0; r < round->rule_count; r++) {
        const RuleRow *row = &round->rules[r];
        if (row->kind == RULE_COUNT && row->has_count && row->count == 0)
            diag_add(diag, DIAG_NEVER, round_place(round, row->origin, "count"),
                     "rule '%s' allows 0 %s, so that nothing it selects is served; write forbid as "
                     "its kind if that is meant",
                     row->id, row->of);
    }
}

Status round_suspect_reach(const Round *round, Diag *diag)
{
    suspect_marks(round, diag);
    for (size_t r = 0; r < round->logic.requirement_count; r++)
        suspect_requirement(round, diag, &round->logic.requirements[r]);
    suspect_counts(round, diag);
    return STATUS_OK;
}
