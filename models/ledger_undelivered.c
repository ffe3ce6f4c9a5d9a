/* What an urgent need could have of what earlier rounds committed: a ledger is not planned anew, but what is neither
 * delivered nor paid can be cancelled, and is then free.
 */
#include "allot/ledger.h"

#include <stdlib.h>
#include <string.h>

/** The part of it that is neither delivered nor paid, in whole things. */
static int64_t open_quantity(const Holding *held)
{
    int64_t open = held->quantity - held->delivered, unpaid = 0;
    int64_t whole = held->unit.is_money ? 1 : unit_scale(held->unit);
    if (open <= 0 || held->gross <= 0 ||
        !ratio_apply(held->quantity, ratio_of(held->gross - held->paid, held->gross), ROUND_DOWN,
                     &unpaid))
        return 0;
    open = unpaid < open ? unpaid : open;
    return open - open % whole;
}

/** The same of what can be cancelled of a holding: by its own offer, or by those that it is paid out of. */
static int64_t most_brought(const Round *round, const EligibleSets *sets, int need,
                            const Holding *held, int64_t quantity)
{
    int64_t gross, most = 0;
    if (held->quantity <= 0 ||
        !ratio_apply(held->gross, ratio_of(quantity, held->quantity), ROUND_DOWN, &gross))
        return 0;
    for (int o = round_find_offer(round, held->offer); o >= 0; o = round->offers[o].parent_row) {
        int64_t amount = eligible_set_has(sets, need, o)
                             ? plan_brings(round, need, o, held->offer_unit, gross)
                             : 0;
        most = amount > most ? amount : most;
    }
    return most;
}

/** The lowest tier first; needs that the round has no more last. */
static int by_tier(const void *a, const void *b)
{
    const Undelivered *left = a, *right = b;
    if (left->tier != right->tier)
        return left->tier > right->tier ? -1 : 1;
    return left->held < right->held ? -1 : left->held > right->held;
}

Status ledger_undelivered(const Round *round, const EligibleSets *sets, int need, int64_t lacks,
                          Arena *arena, Undelivered **out, size_t *count)
{
    const Ledger *ledger = round->ledger;
    *count = 0;
    *out = ARENA_NEW(arena, ledger->holding_count + 1, Undelivered);
    TRY_NEW(*out);
    for (size_t i = 0; i < ledger->holding_count; i++) {
        const Holding *held = &ledger->holdings[i];
        int own = round_find_need(round, held->need);
        int64_t quantity = own == need ? 0 : open_quantity(held);
        int64_t brings = quantity > 0 ? most_brought(round, sets, need, held, quantity) : 0;
        if (brings > 0)
            (*out)[(*count)++] = (Undelivered){.held = held,
                                               .tier = own >= 0 ? round->needs[own].tier : 0,
                                               .quantity = quantity,
                                               .brings = brings < lacks ? brings : lacks};
    }
    if (*count > 1)
        qsort(*out, *count, sizeof **out, by_tier);
    return STATUS_OK;
}
