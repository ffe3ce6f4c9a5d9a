/* What is agreed for needs that cannot have it: more than the need asks for, a prerequisite that can
 * never be met, two alternatives at once.
 */
#include "models/contradictions_internal.h"

#include "allot/amount_text.h"
#include "allot/language.h"

/** Sum over the need's pairs of what is agreed, or of the most each can carry. */
static int64_t sum_of_need(const Contradictions *c, int need, bool agreed)
{
    int64_t sum = 0;
    for (size_t p = c->pairs->first[need]; p < c->pairs->first[need + 1]; p++)
        if (__builtin_add_overflow(sum, agreed ? c->pairs->pairs[p].lower : c->most[p], &sum))
            return INT64_MAX;
    return sum;
}

static Status agreed_of_need(const Contradictions *c, int need, Origin *first, const char **rows)
{
    size_t from = c->pairs->first[need], count = c->pairs->first[need + 1] - from;
    int *pairs = ARENA_NEW(c->arena, count, int);
    TRY_NEW(pairs);
    for (size_t k = 0; k < count; k++)
        pairs[k] = (int)(from + k);
    return contradiction_agreed(c, pairs, count, first, rows);
}

/** Several rows together beyond what the need asks for; one alone is refused when it is read. */
static Status check_wanted(const Contradictions *c, int index)
{
    const Need *need = &c->round->needs[index];
    int64_t agreed = sum_of_need(c, index, true);
    Origin first = need->origin;
    const char *rows;
    if (agreed <= need->wanted)
        return STATUS_OK;
    TRY(agreed_of_need(c, index, &first, &rows));
    diag_add(
        c->diag, DIAG_CONFLICT, round_place(c->round, first, "quantity"),
        "more is agreed than '%s' still asks for: %s (%s), and it asks for %s (%s); lower what is "
        "agreed by %s",
        need->id, amount_in_unit(need->unit, agreed).text, rows,
        amount_in_unit(need->unit, need->wanted).text,
        contradiction_row(c, need->origin, "quantity"),
        amount_in_unit(need->unit, agreed - need->wanted).text);
    return STATUS_OK;
}

/** Can the need be met in full, as far as what is there tells? Of an outcome nothing is said. */
static bool may_be_full(const Contradictions *c, int index)
{
    const Need *need = &c->round->needs[index];
    if (need_is_outcome(need))
        return true;
    return need->quantity_known && sum_of_need(c, index, false) >= need->wanted;
}

/** Something is agreed for a need that waits for what nobody can give in full. */
static Status check_required(const Contradictions *c, const Requirement *requirement)
{
    const Need *need = &c->round->needs[requirement->need];
    const Need *waits_for = &c->round->needs[requirement->any_of[0]];
    Origin first = need->origin;
    const char *rows;
    bool possible = sum_of_need(c, requirement->need, true) == 0;
    for (int i = 0; i < requirement->count && !possible; i++)
        possible = may_be_full(c, requirement->any_of[i]);
    if (possible)
        return STATUS_OK;
    TRY(agreed_of_need(c, requirement->need, &first, &rows));
    diag_add(
        c->diag, DIAG_CONFLICT, round_place(c->round, first, "need"),
        "something is agreed for '%s' (%s), which requires '%s' (%s), and that cannot be met in "
        "full; offer more for it, or take out what is agreed",
        need->id, rows, requirement->name, contradiction_row(c, waits_for->origin, "quantity"));
    return STATUS_OK;
}

/** Of alternatives at most one is served. */
static Status check_mark(const Contradictions *c, const NeedMark *mark)
{
    int one = mark->chosen;
    for (int i = 0; i < mark->count; i++) {
        int member = mark->members[i];
        Origin first = {.line = 0};
        const char *rows;
        if (member == mark->chosen || sum_of_need(c, member, true) == 0)
            continue;
        if (one < 0) {
            one = member;
            continue;
        }
        TRY(agreed_of_need(c, member, &first, &rows));
        diag_add(
            c->diag, DIAG_CONFLICT, round_place(c->round, first, "need"),
            "something is agreed for '%s' (%s), and '%s' of the same mark '%s' is served already: "
            "only one alternative can be; take one out",
            c->round->needs[member].id, rows, c->round->needs[one].id, mark->mark);
    }
    return STATUS_OK;
}

Status contradictions_of_needs(const Contradictions *c)
{
    const Logic *logic = &c->round->logic;
    for (size_t n = 0; n < c->round->need_count; n++)
        TRY(check_wanted(c, (int)n));
    for (size_t r = 0; r < logic->requirement_count; r++)
        TRY(check_required(c, &logic->requirements[r]));
    for (size_t m = 0; m < logic->alternative_count; m++)
        TRY(check_mark(c, &logic->alternatives[m]));
    return STATUS_OK;
}
