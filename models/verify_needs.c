/* C1: a need gets at most what it wants, that is, what is asked less what is covered elsewhere. Here
 * too what every need asks for, gathered once: the rows of a million needs are not read more often
 * than it takes. */
#include "models/verify_internal.h"

static bool is_text(const char *text)
{
    return text != NULL && text[0] != '\0';
}

bool verify_is_outcome(const Need *need)
{
    return need->quantity_known && need->quantity == 0;
}

static unsigned asks_of(const Need *need)
{
    unsigned asks = 0;

    if (need->indivisible || need->has_min_quantity || need->has_min_share || is_text(need->bundle))
        asks |= ASKS_MINIMUM;
    if (need->max_donors > 0)
        asks |= ASKS_DONORS;
    if (need->requires.count > 0)
        asks |= ASKS_FIRST;
    if (is_text(need->bundle) || is_text(need->alternative))
        asks |= ASKS_MARKED;
    if (!need->unit.is_money || need->step > 1)
        asks |= ASKS_PIECES;
    if (verify_is_outcome(need))
        asks |= ASKS_OUTCOME;
    if (!need->quantity_known)
        asks |= ASKS_UNKNOWN;
    if (!need->ready)
        asks |= ASKS_NOT_READY;
    return asks;
}

Status verify_asks(Verifier *v)
{
    TRY_NEW(v->asks = ARENA_NEW(v->arena, v->round->need_count, unsigned char));
    TRY_NEW(v->wanted = ARENA_NEW(v->arena, v->round->need_count, int64_t));
    for (size_t n = 0; n < v->round->need_count; n++) {
        const Need *need = &v->round->needs[n];
        unsigned asks = asks_of(need);

        v->asks[n] = (unsigned char)asks;
        v->asked |= asks;
        if (need->quantity_known && need->quantity > need->covered)
            v->wanted[n] = need->quantity - need->covered;
    }
    return STATUS_OK;
}

void verify_needs(Verifier *v)
{
    for (size_t n = 0; n < v->round->need_count; n++) {
        const Need *need = &v->round->needs[n];

        if (v->assigned[n] <= v->wanted[n] || (v->asks[n] & ASKS_OUTCOME) != 0)
            continue; /* that an outcome takes nothing, verify_eligibility() has said */
        verify_broken(v, DIAG_PLAN_RULE, verify_last_line(v, n),
                      "%s: its lines give %s, but %s less what is covered leaves %s", need->id,
                      verify_amount(v, need->unit, v->assigned[n]),
                      verify_row(v, need->origin, "quantity"),
                      verify_amount(v, need->unit, v->wanted[n]));
    }
}
