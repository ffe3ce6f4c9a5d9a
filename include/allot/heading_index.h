/* room: base
 *
 * The names of a table's columns, canonical and synonyms, to be looked up by the thousand: readers ask
 * for every cell that may be a heading.
 */
#ifndef ALLOT_HEADING_INDEX_H
#define ALLOT_HEADING_INDEX_H

#include "allot/arena.h"
#include "allot/dictionary.h"

typedef struct HeadingIndex HeadingIndex;

/** The index of a table's names in @p arena, or NULL without memory. */
HeadingIndex *heading_index_new(const TableSpec *table, Arena *arena);

/** Adds what a heading of this program is in other languages (language.h); one that names no column adds
 *  nothing. @return false without memory. */
bool heading_index_speak(HeadingIndex *index, const char *english);

/** What dictionary_column() says. */
int heading_index_column(const HeadingIndex *index, const char *text);

/** What dictionary_heading() says. */
int heading_index_find(const HeadingIndex *index, const char *heading, const char **remark);

/** The column that @p heading nearly names (near_name.h), the nearest, first of equals, or -1; *name
 *  is then the name that it resembles, as people write it. */
int heading_index_near(const HeadingIndex *index, const char *heading, const char **name);

#endif
