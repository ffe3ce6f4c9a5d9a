/* room: io
 *
 * The parts of a zip archive, one after another, as a stream of bytes, through minizip. The only
 * user of minizip. What an archive says about itself (sizes, names) is never believed: bytes are
 * counted as they come.
 */
#ifndef ALLOT_IO_ZIP_PARTS_H
#define ALLOT_IO_ZIP_PARTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "allot/arena.h"
#include "allot/status.h"

typedef struct ZipParts ZipParts;

/** What is wrong with an archive; the text is in the scratch arena and ends in what to do. */
typedef enum ZipFault { ZIP_SOUND, ZIP_DAMAGED, ZIP_LOCKED, ZIP_LIMIT } ZipFault;

/** Takes a part's bytes; anything but STATUS_OK stops. */
typedef Status ZipTake(void *context, const char *bytes, size_t size);

/** Opens the archive. *zip is set, also when the archive is not sound (ask zip_fault()), unless
 *  memory is out; end it with zip_close(). @return STATUS_OK, STATUS_FINDINGS, STATUS_NO_MEMORY. */
Status zip_open(const char *path, Arena *scratch, ZipParts **zip);
void zip_close(ZipParts *zip); /* NULL is allowed */

/** True when there is a part of this name ('/' between folders; back slashes in the archive count
 *  as such; ASCII case does not matter). */
bool zip_has(const ZipParts *zip, const char *name);

/** Unpacks the part @p name into @p take, checksum included. @return STATUS_OK; STATUS_FINDINGS with
 *  zip_fault(); what @p take returned. */
Status zip_read(ZipParts *zip, const char *name, ZipTake *take, void *context);

ZipFault zip_fault(const ZipParts *zip);
const char *zip_fault_text(const ZipParts *zip);

#endif
