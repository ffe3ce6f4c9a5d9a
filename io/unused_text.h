/* room: io
 *
 * Why something of an offer stays unused, as a sentence that names nobody.
 */
#ifndef ALLOT_IO_UNUSED_TEXT_H
#define ALLOT_IO_UNUSED_TEXT_H

#include "allot/release.h"

/** "Every need that it may serve is met in full."; "" for UNUSED_NOTHING. */
const char *unused_text(Unused why);

#endif
