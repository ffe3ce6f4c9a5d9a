/* room: io
 *
 * Pieces of sentences about asks, the same on the sheet, in the tables and in letters.
 */
#ifndef ALLOT_IO_ASK_WORDS_H
#define ALLOT_IO_ASK_WORDS_H

#include "allot/asks.h"

/** The row of a cause: "rules R-3, value", "offers O-1, max_share", "needs, bundle B"; of what is agreed the line and its
 *  donor: "answers N-3/O-1 (DE)"; "" of a row that is none. NULL without memory. */
const char *ask_cause_row(const Round *round, Arena *arena, const Cause *cause);

/** What is loosened, one after another: "rules R-3, value; and rules R-4, share". */
const char *ask_loosen_text(const Round *round, Arena *arena, const NeedAsk *ask);

/** Is what is asked known to be the least: money to one whole unit or one part in a thousand? */
bool ask_is_least(const Round *round, const AskGift *gift);

#endif
