/* room: io
 *
 * Names that the program makes of a few forms ("tier 1" of "tier %d", "EE out" of "%s out"): the same in
 * every language in files for programs, translated where people read them.
 */
#ifndef ALLOT_IO_TEXT_FORMS_H
#define ALLOT_IO_TEXT_FORMS_H

#include <stddef.h>

#include "allot/arena.h"

/** Forms in English, marked by N_(): at most two places, %d for a number, %s for any text, which is the
 *  last place; %% is %. A translation has them in the same order. Of two forms that fit the first counts. */
typedef struct TextForms {
    const char *const *forms;
    size_t count;
} TextForms;

/** The English text in the reader's language; as it is when it is of none of the forms. NULL without
 *  memory. */
const char *text_forms_shown(const TextForms *forms, const char *english, Arena *arena);

/** The English text of one in any language; as it is when it is of none of the forms. NULL without
 *  memory. */
const char *text_forms_code(const TextForms *forms, const char *shown, Arena *arena);

#endif
