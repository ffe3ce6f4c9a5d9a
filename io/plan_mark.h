/* room: io
 *
 * What a plan is called in the files of its parties. Its own hash (plan_hash.h) is made of all lines and of
 * nothing else: whoever knows some of them could try others until it fits. A mark is made of that hash
 * and of the hashes of all files that the plan was made from, which no donor and no beneficiary has; it
 * tells two plans apart, and nothing of what is in them.
 */
#ifndef ALLOT_IO_PLAN_MARK_H
#define ALLOT_IO_PLAN_MARK_H

#include "allot/plan_record.h"

/** SHA-256 of @p hash and of the hashes that the record has, in the order of its tables, then the plan
 *  before it and the ledger, each with a line end: an empty line for what it lacks. 64 lower-case hex
 *  digits in @p arena, or NULL without memory. */
const char *plan_mark(const char *hash, const PlanRecord *record, Arena *arena);

/** The record of the plan at @p path, for its hashes. A plan that says nothing of its files, a folder with
 *  its lines alone, is taken to be made from those of @p round: without any, its mark would be one of
 *  its lines alone. @return STATUS_OK or STATUS_NO_MEMORY. */
Status plan_mark_record(const char *path, const Round *round, Arena *arena, PlanRecord *record);

#endif
