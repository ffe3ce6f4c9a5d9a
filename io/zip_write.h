/* room: io
 *
 * A zip archive copied part by part, with more text put into some of its parts on the way, through
 * minizip. What is put in is packed as it comes and lies nowhere as a whole.
 */
#ifndef ALLOT_IO_ZIP_WRITE_H
#define ALLOT_IO_ZIP_WRITE_H

#include <stddef.h>

#include "allot/arena.h"
#include "allot/status.h"

/** A part being written. */
typedef struct ZipSink ZipSink;

/** Adds bytes to it. @return STATUS_OK, or STATUS_IO with errno. */
Status zip_put(ZipSink *sink, const char *bytes, size_t size);

/** What goes into a part, and where. */
typedef struct ZipInsert {
    const char *part;
    const char *before; /* a text of the part; what is put in stands before the first of them */
    Status (*write)(void *context, ZipSink *sink);
    void *context;
} ZipInsert;

/** Copies the archive @p from to @p to, which is replaced. Parts that nothing is put into are copied
 *  as they are packed; they are a program's own and need no limits. @return STATUS_OK; STATUS_IO,
 *  also when a part is not there or has no such text; STATUS_NO_MEMORY; what a write returned. */
Status zip_copy(const char *from, const char *to, const ZipInsert *inserts, size_t count,
                Arena *scratch);

#endif
