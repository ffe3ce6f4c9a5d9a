/* room: io
 *
 * Headings that speak of thousands, millions, percent, pieces or weeks: figures below them are not what
 * they seem.
 */
#ifndef ALLOT_IO_SCALE_WORDS_H
#define ALLOT_IO_SCALE_WORDS_H

#include <stdbool.h>

/** True when @p text, a heading or what stands beside or below one, speaks of thousands, millions
 *  or milliards in English, Ukrainian or Polish, by a word or as planners shorten it: "thousand EUR",
 *  "k€", "EUR '000", "EUR 1,000", "10^3", "€m", "тис. грн", "т. грн", "млн", "tys. zł", "mln". */
bool text_speaks_of_scale(const char *text);

/** True when @p text has a percent sign or a word for percent in these languages. */
bool text_speaks_of_percent(const char *text);

/** True when @p text speaks of weeks or months, and not of days, in these languages. */
bool text_speaks_of_weeks(const char *text);

/** True when one of its words counts things (pcs, seats, шт., ліцензій, szt.) in these languages. */
bool text_counts_things(const char *text);

#endif
