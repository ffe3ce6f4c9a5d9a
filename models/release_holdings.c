/* What earlier rounds committed to a reader's needs, or out of its offers, as the ledger of the copy: its
 * holdings alone, without lines, notes and what others hold. What was paid, and what it takes of the offer,
 * is for the donor to know: a beneficiary is told what it was promised and what has arrived.
 */
#include <string.h>

#include "allot/ledger.h"
#include "models/release_internal.h"

/** Is it the reader's? Who gives to a beneficiary's needs is for that beneficiary to know. */
static bool is_readers(const Release *release, const Holding *held)
{
    const char *whose = release->reader.kind == READER_DONOR ? held->donor : held->beneficiary;
    return held->quantity > 0 && strcmp(whose, release->reader.id) == 0;
}

static Holding copy_of(const Round *round, const Release *release, const Holding *held)
{
    Holding copy = *held;
    copy.basis = ledger_basis_now(round, held); /* as the group's Bridge and Cumulative have it */
    if (release->reader.kind != READER_DONOR)
        copy.gross = copy.paid = copy.paid_value = 0;
    return copy;
}

Status release_holdings(const Round *round, Arena *arena, Release *release)
{
    const Ledger *all = round->ledger;
    if (all == NULL)
        return STATUS_OK;
    Ledger *own = ARENA_NEW(arena, 1, Ledger);
    TRY_NEW(own);
    *own = (Ledger){.path = "",
                    .head = "",
                    .last_round = all->last_round,
                    .currency = all->currency,
                    .holdings = ARENA_NEW(arena, all->holding_count, Holding)};
    TRY_NEW(own->holdings);
    for (size_t i = 0; i < all->holding_count; i++)
        if (is_readers(release, &all->holdings[i]))
            own->holdings[own->holding_count++] = copy_of(round, release, &all->holdings[i]);
    release->round.ledger = own;
    return STATUS_OK;
}
