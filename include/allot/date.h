/* room: base
 *
 * Days, proleptic Gregorian, counted from 1970-01-01. The clock is never asked.
 */
#ifndef ALLOT_DATE_H
#define ALLOT_DATE_H

#include <stdbool.h>
#include <stdint.h>

typedef int32_t Date;

#define DATE_NONE INT32_MIN /* no date given */

/** False when there is no such day (1 <= year <= 9999). */
bool date_from_civil(int year, int month, int day, Date *out);

/** Year, month and day of any date but DATE_NONE. */
void date_to_civil(Date date, int *year, int *month, int *day);

/** ISO form into @p out (at least 16 bytes); "" for DATE_NONE. */
void date_format(Date date, char *out);

#endif
