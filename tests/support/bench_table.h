/* The figures that were set as goals, beside what was measured. */
#ifndef ALLOT_TEST_BENCH_TABLE_H
#define ALLOT_TEST_BENCH_TABLE_H

#include <stdbool.h>

enum { TABLE_LINES_MOST = 96, TABLE_TEXT = 80 };

typedef enum BenchVerdict {
    VERDICT_NOT_MEASURED,
    VERDICT_BESIDE, /* measured, no goal set */
    VERDICT_REACHED,
    VERDICT_MISSED
} BenchVerdict;

typedef struct BenchLine {
    char round[TABLE_TEXT];
    char beside[TABLE_TEXT];
    double ours, theirs; /* seconds; theirs 0: none */
    bool theirs_more;    /* the other was cut off there */
    double ratio;        /* theirs / ours, or as `wanted` says; 0: none */
    char wanted[TABLE_TEXT];
    BenchVerdict verdict;
    char note[TABLE_TEXT];
} BenchLine;

typedef struct BenchTable {
    BenchLine lines[TABLE_LINES_MOST];
    int count;
} BenchTable;

/** A new line, nothing measured yet. */
BenchLine *bench_line(BenchTable *table, const char *round, const char *beside);

/** Sets the goal, also of a line that nothing is measured for: theirs is @p times as long as ours.
 *  0: no goal. */
void bench_line_wants_times(BenchLine *line, double times);

/** Fills in both times, and says whether theirs is @p times as long as ours; @p times 0: no goal. */
void bench_line_times(BenchLine *line, double ours, double theirs, bool theirs_more, double times);

/** Fills in a time that may be at most @p most seconds. */
void bench_line_most(BenchLine *line, double ours, double most);

/** Prints the lines from index @p first on as a table in Markdown. */
void bench_table_print(const BenchTable *table, int first);

#endif
