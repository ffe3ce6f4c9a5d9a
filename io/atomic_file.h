/* room: io
 *
 * Files that are whole or absent. What is written goes to a new file beside its target and takes
 * the target's name at the end; of a set of files all do, or none.
 */
#ifndef ALLOT_IO_ATOMIC_FILE_H
#define ALLOT_IO_ATOMIC_FILE_H

#include <stdio.h>

#include "allot/arena.h"
#include "allot/diag.h"
#include "allot/status.h"

typedef struct AtomicSet AtomicSet;

/** An empty set; NULL without memory. It ends with exactly one of commit and abandon. */
AtomicSet *atomic_set_new(Arena *arena);

/** Makes an empty file beside @p target and gives its name to write to. A link is followed. A
 *  device or pipe has no beside: it is written to directly. Findings call it @p name, which must
 *  outlive @p diag. @return STATUS_OK, STATUS_IO with a finding, STATUS_NO_MEMORY. */
Status atomic_set_add(AtomicSet *set, const char *target, const char *name, Diag *diag,
                      const char **write_to);

/** Puts the content of one file into @p file, whose errors need not be asked for.
 *  @return STATUS_OK, or what ends the writing, such as STATUS_NO_MEMORY. */
typedef Status WriteFile(FILE *file, void *context);

/** Writes to @p write_to, which atomic_set_add() gave, what @p write puts there with @p context.
 *  @return STATUS_OK, STATUS_IO with a finding that calls it @p name, or what @p write says. */
Status atomic_file_fill(const char *write_to, const char *name, WriteFile *write, void *context,
                        Diag *diag);

/** atomic_set_add() and atomic_file_fill().
 *  @return STATUS_OK, STATUS_IO with a finding, STATUS_NO_MEMORY, or what @p write says. */
Status atomic_set_write(AtomicSet *set, const char *target, const char *name, WriteFile *write,
                        void *context, Diag *diag);

/** A set of one file, @p path, which findings are called by: whole when this returns STATUS_OK, else
 *  as it was. @return as atomic_set_write(). */
Status atomic_file_write(const char *path, WriteFile *write, void *context, Arena *arena,
                         Diag *diag);

/** Brings every file to disk and gives it its target's name. On a failure the targets are what they
 *  were, nothing is left beside them, and a finding says what went wrong.
 *  @return STATUS_OK, STATUS_IO. */
Status atomic_set_commit(AtomicSet *set, Diag *diag);

/** Removes everything that was written. NULL is allowed. */
void atomic_set_abandon(AtomicSet *set);

/** Adds the finding for the file @p name that cannot be written, with what errno @p error says.
 *  @return STATUS_IO. */
Status atomic_file_failed(Diag *diag, const char *name, int error);

#endif
