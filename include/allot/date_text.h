/* room: base
 *
 * Days as people write them: 2026-04-01, 01.04.2026 and their kin.
 */
#ifndef ALLOT_DATE_TEXT_H
#define ALLOT_DATE_TEXT_H

#include "allot/date.h"

typedef enum DateReading {
    DATE_READ,
    DATE_READ_TIME,  /* read, and a time of day other than 0:00 behind it is left out */
    DATE_NO_FORM,    /* none of the forms */
    DATE_NO_DAY,     /* one of them, but there is no such day */
    DATE_TWO_ORDERS, /* 03/04/2026: the day or the month stands first */
    DATE_SHORT_YEAR  /* 01.04.26 */
} DateReading;

/** Reads all of @p text; @p out is written only when a day is read. The forms are 2026-04-01,
 *  2026/4/1, 2026. 4. 1., 01.04.2026 and 1. 4. 2026, each with a time of day behind it or without:
 *  "T12:30", " 00:00:00". */
DateReading date_read(const char *text, Date *out);

/** The days that a text of DATE_TWO_ORDERS or DATE_SHORT_YEAR can mean, the one with the day first
 *  before the other, a short year in this century. @return how many: 0 to 2. */
int date_meanings(const char *text, Date out[2]);

#endif
