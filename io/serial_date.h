/* room: io
 *
 * Days and times as spreadsheets store them: numbers that a format makes dates, counted from
 * 1899-12-30 or 1904-01-01; ISO texts; durations.
 */
#ifndef ALLOT_IO_SERIAL_DATE_H
#define ALLOT_IO_SERIAL_DATE_H

#include <stdbool.h>
#include <stddef.h>

#include "allot/date.h"

/** What a number format makes of a number. */
typedef enum FormatKind { FORMAT_NUMBER, FORMAT_DAY, FORMAT_TIME, FORMAT_DAY_TIME } FormatKind;

/** Of a format code such as "dd.mm.yyyy" or "[$-422]d mmmm yyyy;@": quoted texts, colours, locales,
 *  conditions and escaped letters do not count; the first section that shows the number decides, not
 *  one that hides a zero as in "[=0]\"\";dd.mm.yyyy" (ECMA-376 part 1, 18.8.31). */
FormatKind format_kind(const char *code);

/** Of a built-in format id (ECMA-376 part 1, 18.8.30, East Asian ids too). */
FormatKind format_kind_of_id(long id);

/** The day of a serial number; false outside 1 to 2958465 (9999-12-31) of the 1900 system. Serial 60
 *  of the 1900 system, a day that never was, is false too. */
bool serial_day(double serial, bool epoch_1904, Date *out);

enum { SERIAL_TEXT_SIZE = 40 };

/** Text of a CELL_DATE: "2026-04-01", with "T12:30:00" behind it where the time is not 0:00; of a
 *  FORMAT_TIME "12:30:00" (hours over 24 allowed). False when there is no such day. */
bool serial_text(double serial, FormatKind kind, bool epoch_1904, char out[SERIAL_TEXT_SIZE]);

/** The same text of an ISO day or day and time, an offset ("Z", "+03:00") left out; false for
 *  anything else. */
bool iso_text(const char *iso, char out[SERIAL_TEXT_SIZE]);

/** The same text of an ISO 8601 duration, "PT12H30M00S". */
bool duration_text(const char *iso, char out[SERIAL_TEXT_SIZE]);

#endif
