/* room: io
 *
 * Why a round is no network, in the reader's language. class_network_fits() says it in English, with ids
 * between the words, and a plan keeps it so.
 */
#ifndef ALLOT_IO_MISFIT_WORDS_H
#define ALLOT_IO_MISFIT_WORDS_H

#include "allot/arena.h"

/** What catalogs know it as: "needs %s: unit %s"; NULL: it is none of what class_network_fits() says. */
const char *misfit_phrase(const char *english);

/** "needs A-10: unit link" in the language of language.h, in @p arena or static; as it is where it is none of
 *  what class_network_fits() says. NULL without memory. */
const char *misfit_spoken(Arena *arena, const char *english);

#endif
