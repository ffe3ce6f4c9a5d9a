/* room: io
 *
 * Decided lines for those who track aid, as HXL-tagged CSV (hxlstandard.org, hashtag dictionary 1.1): a
 * row of headings, a row of hashtags, a row a line.
 */
#ifndef ALLOT_HXL_H
#define ALLOT_HXL_H

#include "allot/arena.h"
#include "allot/diag.h"
#include "allot/published.h"
#include "allot/status.h"

/** Writes the lines to @p path: whole or absent. Amounts of money stay in the currency in which they
 *  are given, in the column of what they rest on: pledged, committed, paid; nothing is converted, and
 *  what is given in kind has a quantity and no value.
 *  @return STATUS_OK, STATUS_IO with a finding, STATUS_NO_MEMORY. */
Status hxl_write(const char *path, const Published *published, Arena *scratch, Diag *diag);

#endif
