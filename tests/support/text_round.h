/* A round as the texts of its tables, before anybody reads it: what generators fill, properties
 * change (shuffle, rename, scale) and write into a folder, and what is printed when one fails.
 */
#ifndef ALLOT_TEST_TEXT_ROUND_H
#define ALLOT_TEST_TEXT_ROUND_H

#include "tests/support/test_support.h"

enum { TEXT_TABLES = 9, TEXT_COLUMNS = 40 };

typedef struct TextTable {
    const char *name; /* "needs" */
    const char *headings[TEXT_COLUMNS];
    size_t columns;
    char *(*rows)[TEXT_COLUMNS]; /* [count]; NULL cells are empty */
    size_t count, room;
} TextTable;

typedef struct TextRound {
    uint64_t seed;
    TextTable tables[TEXT_TABLES];
    size_t count;
    const char *wrong; /* what the tables say wrongly on purpose, borrowed; NULL: nothing known */
} TextRound;

TextRound *text_round_new(uint64_t seed);
TextRound *text_round_copy(const TextRound *round);
void text_round_free(TextRound *round);

/** The table of this name, added when there is none. */
TextTable *text_table(TextRound *round, const char *name);

/** Adds an empty row and returns its index. */
size_t text_row(TextTable *table);

/** Sets a cell; the column is added when there is none. */
void text_set(TextTable *table, size_t row, const char *column, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/** The cell, "" when it is empty or there is no such column. */
const char *text_get(const TextTable *table, size_t row, const char *column);

/** Index of the first row whose @p column says @p text, or -1. */
int text_find(const TextTable *table, const char *column, const char *text);

void text_remove_row(TextTable *table, size_t row);

/** Sets a key of the settings table. */
void text_setting(TextRound *round, const char *key, const char *value);

/** Writes a CSV file a table into @p dir. */
void text_round_write(const TextRound *round, const char *dir);

/** Rows of every table, and columns, in another order. */
void text_round_shuffle(TextRound *round, TestRandom *random);

/** Gives needs, offers, donors and beneficiaries new ids, everywhere they stand: such as sort like
 *  the old ones, or in any order. */
void text_round_rename(TextRound *round, TestRandom *random, bool same_order);

/** Multiplies every cell of these columns ("needs.quantity"; the list ends with NULL). */
void text_round_scale(TextRound *round, const char *const *columns, int factor);

/** Prints the seed and every table, for the one who must find out why. */
void text_round_print(const TextRound *round);

#endif
