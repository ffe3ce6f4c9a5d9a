/* A round of many rows in every spelling that can be read, for measuring what reading costs: the same
 * needs, cell for cell, as tables of text and as workbooks the way their usual programs write them.
 * Equal arguments give the same cells.
 */
#ifndef ALLOT_TEST_READING_ROUND_H
#define ALLOT_TEST_READING_ROUND_H

typedef enum ReadingSpelling {
    READING_CSV,         /* UTF-8, commas, decimal points, dates as 2026-03-31 */
    READING_CSV_1251,    /* Windows-1251, semicolons, decimal commas, dates as 31.03.2026 */
    READING_XLSX_SHARED, /* texts in a table of shared strings, as Excel has them */
    READING_XLSX_INLINE, /* texts in their cells, as exporters write them */
    READING_ODS,
    READING_FODS,
    READING_SPELLINGS
} ReadingSpelling;

enum { READING_COLUMNS = 12 };

/** Writes a round of @p rows needs, 12 columns each, all filled, and one offer into the empty folder
 *  @p dir. Needs memory for some of its files as a whole: call it in a process of its own. */
void reading_round_write(const char *dir, ReadingSpelling spelling, int rows);

/** What to read: "dir/." or "dir/round.xlsx", and the file that holds the needs; to be freed. */
char *reading_round_source(const char *dir, ReadingSpelling spelling);
char *reading_round_file(const char *dir, ReadingSpelling spelling);

#endif
