/* room: base
 *
 * Days as people write them: 2026-04-01 or 01.04.2026.
 */
#ifndef ALLOT_DATE_TEXT_H
#define ALLOT_DATE_TEXT_H

#include "allot/date.h"

typedef enum DateReading {
    DATE_READ,
    DATE_NO_FORM, /* neither yyyy-mm-dd nor dd.mm.yyyy */
    DATE_NO_DAY   /* one of the two, but there is no such day */
} DateReading;

/** Reads all of @p text; @p out is written only on DATE_READ. Day and month before dots may have one
 *  digit. */
DateReading date_read(const char *text, Date *out);

#endif
