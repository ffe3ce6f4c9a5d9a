/* room: io
 *
 * What a thing of a round asks for, in the planner's words.
 */
#ifndef ALLOT_IO_CONFLICT_WORDS_H
#define ALLOT_IO_CONFLICT_WORDS_H

#include "allot/lifts.h"

/** "offer 'O-1' holds EUR 96.00", "rule 'F-1' asks for at least EUR 130.00", ...: a clause in
 *  @p arena, or NULL without memory. */
const char *conflict_clause(const Lifts *lifts, const Lift *lift, Arena *arena);

/** An amount of the thing with its unit: "EUR 30.00"; of a count "2"; of a share, whose bound moves with
 *  all that is given, "EUR 30.00 of the sum that it asks for". NULL without memory. */
const char *conflict_amount(const Lifts *lifts, const Lift *lift, int64_t amount, Arena *arena);

/** "EUR 12.50", "40 seat". NULL without memory. */
const char *conflict_unit_amount(Unit unit, int64_t amount, Arena *arena);

#endif
