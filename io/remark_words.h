/* room: io
 *
 * What may stand behind a heading's name without changing what its figures mean.
 */
#ifndef ALLOT_IO_REMARK_WORDS_H
#define ALLOT_IO_REMARK_WORDS_H

#include <stdbool.h>

/** True for a remark that is understood, or looked at elsewhere: none at all, a currency, percent,
 *  things that are counted, thousands, days, a range of figures ("1-4"), "required" or "optional" in
 *  English, Ukrainian or Polish. */
bool remark_is_understood(const char *remark);

#endif
