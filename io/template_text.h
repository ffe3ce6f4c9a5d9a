/* room: io
 *
 * The template's texts: how to fill it, in three languages; an example row of every table; what
 * stands in the note of a heading.
 */
#ifndef ALLOT_IO_TEMPLATE_TEXT_H
#define ALLOT_IO_TEMPLATE_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "allot/arena.h"
#include "allot/dictionary.h"
#include "allot/synonyms.h"

/** The sheets that are none of a round's tables. */
#define TEMPLATE_GUIDE "How to fill"
#define TEMPLATE_LISTS "lists"

/** A text in every language. */
typedef struct Translated {
    const char *in[SYNONYM_LANGUAGES];
} Translated;

/** One point of the guide. */
typedef struct GuidePoint {
    Translated title;
    Translated text;
} GuidePoint;

const GuidePoint *template_points(size_t *count);

/** The guide's title and what stands above the list of the sheets. */
const Translated *template_title(void);
const Translated *template_sheets_title(void);

/** What a table holds, in one line. */
const char *template_table_text(TableKind kind, SynonymLanguage language);

/** The tables in the order in which a planner fills them, TABLE_COUNT of them. */
const TableKind *template_order(void);

/** What the example row has in this column; "" for nothing. Dates in ISO form, numbers with points. */
const char *template_example(TableKind kind, const char *column);

/** The table whose ids this column names, or TABLE_COUNT. */
TableKind template_target(TableKind kind, const char *column);

/** True when "unknown" is an answer in this column. */
bool template_takes_unknown(const ColumnSpec *column);

/** The words that a setting takes, separated by blanks, or NULL. */
const char *template_setting_words(const char *key);

/** The note of a heading; NULL without memory. */
const char *template_note(const TableSpec *table, const ColumnSpec *column, Arena *arena);

#endif
