/* room: io
 *
 * The headings of what this program writes and reads back, in every language that it writes.
 */
#ifndef ALLOT_IO_OWN_HEADINGS_H
#define ALLOT_IO_OWN_HEADINGS_H

#include "allot/heading_index.h"

/** The index of a table of a plan or of answers, in @p arena; NULL without memory. */
HeadingIndex *own_headings_new(const TableSpec *table, Arena *arena);

#endif
