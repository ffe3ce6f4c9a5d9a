/* room: base
 *
 * The data dictionary: every table and column of a round, once. The reader, the checks, the
 * template and the documentation all follow it.
 */
#ifndef ALLOT_DICTIONARY_H
#define ALLOT_DICTIONARY_H

#include <stdbool.h>
#include <stddef.h>

typedef enum TableKind {
    TABLE_SETTINGS,
    TABLE_RATES,
    TABLE_DONORS,
    TABLE_BENEFICIARIES,
    TABLE_NEEDS,
    TABLE_OFFERS,
    TABLE_PAIRS,
    TABLE_COMMITMENTS,
    TABLE_RULES,
    TABLE_SCENARIOS,
    TABLE_COUNT
} TableKind;

typedef enum ColumnType {
    COLUMN_ID,      /* text, unique in its table */
    COLUMN_TEXT,    /* free text */
    COLUMN_NAME,    /* a name that other rows may share: category, region, donor, tag, need, ... */
    COLUMN_NAMES,   /* list of names separated by ';' */
    COLUMN_NUMBER,  /* exact decimal */
    COLUMN_SHARE,   /* exact decimal 0 to 1, or a percentage */
    COLUMN_INTEGER, /* whole number */
    COLUMN_FLAG,    /* yes or no */
    COLUMN_DATE,    /* day */
    COLUMN_WORD,    /* one of the column's vocabulary */
    COLUMN_UNIT,    /* currency code or thing */
    COLUMN_CURRENCY /* ISO 4217 code */
} ColumnType;

typedef struct ColumnSpec {
    const char *name;
    ColumnType type;
    bool required;     /* the column must be there (a blank cell may still have a default) */
    const char *words; /* allowed words separated by blanks (of a list: of its members), or NULL */
    const char *default_is; /* default as shown to people; "" where there is none */
    const char *help;       /* one line: meaning and unit */
} ColumnSpec;

typedef struct TableSpec {
    TableKind kind;
    const char *name;
    bool required;
    const char *help;
    const ColumnSpec *columns;
    size_t column_count;
} TableSpec;

/** The table's entry; never NULL for a kind below TABLE_COUNT. */
const TableSpec *dictionary_table(TableKind kind);

/** The table with this name (folded, see name_fold()) or synonym (synonyms.h), or NULL. */
const TableSpec *dictionary_find(const char *name);

/** Index of the column with this heading (folded) or synonym, or -1. Punctuation around it is
 *  passed over: "Quantity*", "Unit:". */
int dictionary_column(const TableSpec *table, const char *heading);

/** How a name is looked up: dictionary_column() of a table, or of an index of it (heading_index.h).
 *  @return the column or -1. */
typedef int ColumnLookup(const void *context, const char *text);

/** Index of the column that @p heading names, perhaps with a remark: "Quantity (EUR)", "Кількість,
 *  шт."; or in several languages: "Quantity / Кількість". The whole heading is tried first, then
 *  what stands before '(', '[', ',' or a line break, then whether all that '/' or '|' parts mean the
 *  same column. @return the index or -1; *remark points at what follows the name in @p heading, the
 *  sign that parts them included; "" when there is nothing. */
int dictionary_heading(ColumnLookup *lookup, const void *context, const char *heading,
                       const char **remark);

/** Bytes of @p heading before a remark: before '(', '[', ',' or a line break; all when there is
 *  none. */
size_t dictionary_name_length(const char *heading);

#endif
