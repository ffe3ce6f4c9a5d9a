/* room: io
 *
 * What the files of a round's parties are called: readable in any alphabet, safe on any disk, and
 * never two alike, not even where capitals or the way an accent is stored make no difference.
 */
#ifndef ALLOT_IO_FILE_NAMES_H
#define ALLOT_IO_FILE_NAMES_H

#include "allot/arena.h"

enum { FILE_ID_BYTES_MAX = 100 }; /* of an id in a name: half of what disks and archives take */

/** The names given so far. */
typedef struct FileNames FileNames;

/** No names yet; NULL without memory. */
FileNames *file_names_new(Arena *arena);

/** "donor-Š-1" for the kind "donor" and the id "Š-1", without an ending. Letters and digits of any
 *  alphabet, '.', '_' and '-' stay; every run of other signs is one '_'; an id of more than
 *  FILE_ID_BYTES_MAX bytes is cut behind a whole letter. A name that meets one given before ends in
 *  "-2", "-3", ...: the same ids in the same order have the same names. As every name begins with its
 *  kind, none is a device's (CON, NUL). @p value is what file_names_find() returns, 0 or more.
 *  @return the name, NULL without memory. */
const char *file_names_add(FileNames *names, const char *kind, const char *id, int value);

/** The value of the name that @p stem meets, or -1; -2 without memory. */
int file_names_find(const FileNames *names, const char *stem);

#endif
