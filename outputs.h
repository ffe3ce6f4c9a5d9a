/* room: front
 *
 * What a command is told to write to, held against what it reads.
 */
#ifndef ALLOT_OUTPUTS_H
#define ALLOT_OUTPUTS_H

#include "session.h"

/** Refuses to write over what s->round, just read, and the ledger were read from: with a finding, before
 *  anything is decided. @return STATUS_OK, STATUS_IO, STATUS_NO_MEMORY. */
Status check_outputs(const Session *s);

#endif
