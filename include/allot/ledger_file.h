/* room: io
 *
 * A ledger's file: read with every hash checked, and appended to. The file is written beside its name
 * and renamed: the ledger is as it was, or has all the new lines.
 */
#ifndef ALLOT_LEDGER_FILE_H
#define ALLOT_LEDGER_FILE_H

#include "allot/ledger.h"

/** What reading a ledger needs to be told. */
typedef struct LedgerSource {
    const char *path;
    const char
        *before_round;   /* lines from this round's close on are left out, so that a closed round
                                 can be decided and checked again; NULL: all lines count */
    bool may_be_missing; /* then it is an empty one */
    const char
        *up_to; /* a line's hash: those behind it are left out, so that a plan made before they
                          were written can be looked at again. NULL, or of no line: all count */
} LedgerSource;

/** Reads the ledger, in @p arena, with names interned in @p names. A byte that is not as it was written
 *  is an error finding that names its line and what to do.
 *  @return STATUS_OK, STATUS_FINDINGS, STATUS_IO with a finding, STATUS_NO_MEMORY. */
Status ledger_read(const LedgerSource *source, NameSet *names, Arena *arena, Diag *diag,
                   Ledger *ledger);

/** Writes the bytes that were read and behind them the lines from @p from on, and sets ledger->head.
 *  @return STATUS_OK, STATUS_IO with a finding (the file is as it was), STATUS_NO_MEMORY. */
Status ledger_append(Ledger *ledger, size_t from, Arena *arena, Diag *diag);

/** Reads what happened since, as people write it: a CSV file with columns event (delivery, payment,
 *  cancellation, change), need, offer, quantity, date, note and valid_to, and settles it as lines behind
 *  those of @p before, in @p after. Quantities are in the need's unit, of payments in the offer's. A
 *  line that stands in the ledger already, note and all, is an error: it would count twice.
 *  @return STATUS_OK, STATUS_FINDINGS, STATUS_IO, STATUS_NO_MEMORY. */
Status ledger_entries_read(const char *path, const char *encoding, const Ledger *before,
                           NameSet *names, Arena *arena, Diag *diag, Ledger *after);

#endif
