/* room: base
 *
 * What tables and columns are called by people who do not write the dictionary's names: in English,
 * Ukrainian and Polish. One table; the reader, the template and its notes follow it.
 */
#ifndef ALLOT_SYNONYMS_H
#define ALLOT_SYNONYMS_H

#include <stddef.h>

typedef enum SynonymLanguage {
    SYNONYM_EN,
    SYNONYM_UK,
    SYNONYM_PL,
    SYNONYM_LANGUAGES
} SynonymLanguage;

/** A table's or column's other names. */
typedef struct Synonym {
    const char *table;  /* canonical table name, or NULL: the column of any table */
    const char *column; /* canonical column name, or NULL: the table itself */
    const char *names[SYNONYM_LANGUAGES]; /* separated by '|'; the first is shown to people */
} Synonym;

/** Folds a name for comparison with synonyms: name_fold(), then without punctuation, apostrophes and
 *  quotes, and with plain letters for Polish ones ("Кількість:", "Ilosc", "J. m."). */
void synonym_fold(const char *text, char *out, size_t size);

/** The canonical column (or, with @p column NULL, table) entry; NULL when it has none. */
const Synonym *synonym_of(const char *table, const char *column);

/** The canonical name of the column of @p table that people call @p heading (folded,
 *  synonym_fold()), or NULL. An entry of the table itself wins over one of any table. */
const char *synonym_column(const char *table, const char *heading);

/** The canonical name of the table that people call @p name, or NULL. Tables of a plan included. */
const char *synonym_table(const char *name);

/** The canonical name of the table that @p name nearly is (near_name.h), by its own names and their
 *  synonyms, the nearest, first of equals, or NULL. Tables of a plan are left out. */
const char *synonym_near_table(const char *name);

/** First name in a language, written to @p out (@p size bytes); "" when there is none. */
void synonym_label(const Synonym *synonym, SynonymLanguage language, char *out, size_t size);

#endif
