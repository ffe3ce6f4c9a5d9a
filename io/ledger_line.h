/* room: io
 *
 * A ledger's line as text: what is hashed, written and read.
 */
#ifndef ALLOT_IO_LEDGER_LINE_H
#define ALLOT_IO_LEDGER_LINE_H

#include "allot/arena.h"
#include "allot/ledger.h"

/** The first line of the file, without its end. */
extern const char ledger_heading[];

/** What the first line's hash begins from. */
#define LEDGER_START "allot ledger 1"

enum {
    LEDGER_SEQ,
    LEDGER_ROUND,
    LEDGER_DATE,
    LEDGER_EVENT,
    LEDGER_NEED,
    LEDGER_OFFER,
    LEDGER_DONOR,
    LEDGER_BENEFICIARY,
    LEDGER_CATEGORY,
    LEDGER_QUANTITY,
    LEDGER_UNIT,
    LEDGER_OFFER_QUANTITY,
    LEDGER_OFFER_UNIT,
    LEDGER_VALUE,
    LEDGER_CURRENCY,
    LEDGER_BASIS,
    LEDGER_VALID_TO,
    LEDGER_NOTE,
    LEDGER_CELLS /* then the hash */
};

/** The cells of the line that is @p seq-th from 1, separated by commas, without its hash. NULL without
 *  memory. Line ends and other control characters in texts become blanks: a line is one line. */
const char *ledger_line_text(const LedgerLine *line, size_t seq, Arena *arena);

/** Takes such a text of @p length bytes and a NUL apart into @p cells, in place. False when it is none. */
bool ledger_line_cells(char *text, size_t length, const char *cells[LEDGER_CELLS]);

/** SHA-256, in hex, of the hash before and the line's text. NULL without memory. */
const char *ledger_line_hash(const char *before, const char *text, size_t length, Arena *arena);

#endif
