/* room: front
 *
 * What a command is told to write to, held against what it reads.
 */
#ifndef ALLOT_OUTPUTS_H
#define ALLOT_OUTPUTS_H

#include "session.h"

/** Refuses, with a finding, to write over a file that this run reads: the round, once it is in s->round,
 *  its tables, the ledger, a plan, a part, an answer. NULL is no file. @return STATUS_OK, STATUS_IO, STATUS_NO_MEMORY. */
Status check_output(const Session *s, const char *path);

/** The same for a folder of tables. @return STATUS_OK, STATUS_IO. */
Status check_output_folder(const Session *s, const char *path);

#endif
