/* room: models
 *
 * The table of synonyms, private to synonyms.c and synonym_table.c.
 */
#ifndef ALLOT_MODELS_SYNONYM_TABLE_H
#define ALLOT_MODELS_SYNONYM_TABLE_H

#include <stddef.h>

#include "allot/synonyms.h"

/** All entries, those of one table before those of any table. */
const Synonym *synonym_entries(size_t *count);

#endif
