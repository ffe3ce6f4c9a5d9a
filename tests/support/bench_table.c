/* Lines are kept, so that they stand together; printed as Markdown that reads as it stands. */
#include "tests/support/bench_table.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "tests/support/test_support.h"

BenchLine *bench_line(BenchTable *table, const char *round, const char *beside)
{
    if (table->count == TABLE_LINES_MOST)
        fail_msg("more lines than a table holds");
    BenchLine *line = &table->lines[table->count++];
    *line = (BenchLine){.verdict = VERDICT_NOT_MEASURED};
    (void)snprintf(line->round, sizeof line->round, "%s", round);
    (void)snprintf(line->beside, sizeof line->beside, "%s", beside);
    return line;
}

void bench_line_wants_times(BenchLine *line, double times)
{
    if (times > 0)
        (void)snprintf(line->wanted, sizeof line->wanted, ">= %gx", times);
}

void bench_line_times(BenchLine *line, double ours, double theirs, bool theirs_more, double times)
{
    line->ours = ours;
    line->theirs = theirs;
    line->theirs_more = theirs_more;
    line->ratio = ours > 0 ? theirs / ours : 0;
    line->verdict = VERDICT_BESIDE;
    bench_line_wants_times(line, times);
    if (times <= 0)
        return;
    line->verdict = line->ratio >= times ? VERDICT_REACHED : VERDICT_MISSED;
    if (theirs_more && line->verdict == VERDICT_MISSED)
        (void)snprintf(line->note, sizeof line->note, "the other was cut off too early to tell");
}

void bench_line_most(BenchLine *line, double ours, double most)
{
    line->ours = ours;
    line->verdict = VERDICT_BESIDE;
    if (most <= 0)
        return;
    (void)snprintf(line->wanted, sizeof line->wanted, "<= %g s", most);
    line->verdict = ours <= most ? VERDICT_REACHED : VERDICT_MISSED;
}

/* ---- as Markdown ---------------------------------------------------------------------------- */

enum { COLUMNS = 8, CELL_TEXT = TABLE_TEXT + 8 };

static const char *const HEADING[COLUMNS] = {"round",   "beside", "goal",   "allot s",
                                             "other s", "ratio",  "status", "note"};

typedef char Cells[COLUMNS][CELL_TEXT];

static const char *verdict_text(BenchVerdict verdict)
{
    switch (verdict) {
    case VERDICT_NOT_MEASURED: return "not measured";
    case VERDICT_BESIDE: return "no goal";
    case VERDICT_REACHED: return "reached";
    case VERDICT_MISSED: return "missed";
    }
    return "";
}

/** Three digits are all that a time says: 0.0242, 1.25, 48.1. */
static void put_figure(char *cell, const char *before, double figure, const char *behind)
{
    int places = figure >= 100 ? 0 : figure >= 10 ? 1 : figure >= 1 ? 2 : figure >= 0.1 ? 3 : 4;
    if (isinf(figure))
        (void)snprintf(cell, CELL_TEXT, "never");
    else if (figure > 0)
        (void)snprintf(cell, CELL_TEXT, "%s%.*f%s", before, places, figure, behind);
    else
        *cell = '\0';
}

static void put_cells(const BenchLine *line, Cells cells)
{
    const char *more = line->theirs_more ? "> " : "";
    const char *texts[COLUMNS] = {[0] = line->round,
                                  [1] = line->beside,
                                  [2] = line->wanted,
                                  [6] = verdict_text(line->verdict),
                                  [7] = line->note};
    for (int c = 0; c < COLUMNS; c++)
        (void)snprintf(cells[c], CELL_TEXT, "%s", texts[c] != NULL ? texts[c] : "");
    if (line->verdict == VERDICT_NOT_MEASURED)
        return;
    put_figure(cells[3], "", line->ours, "");
    put_figure(cells[4], more, line->theirs, "");
    if (!isinf(line->ours))
        put_figure(cells[5], more, line->ratio, "x");
}

static void print_cells(Cells cells, const int *widths)
{
    for (int c = 0; c < COLUMNS; c++)
        printf("| %-*s ", widths[c], cells[c]);
    printf("|\n");
}

static void print_rule(const int *widths)
{
    for (int c = 0; c < COLUMNS; c++) {
        printf("|");
        for (int k = 0; k < widths[c] + 2; k++)
            printf("-");
    }
    printf("|\n");
}

void bench_table_print(const BenchTable *table, int first)
{
    Cells heading, cells;
    int widths[COLUMNS];
    for (int c = 0; c < COLUMNS; c++)
        widths[c] = snprintf(heading[c], CELL_TEXT, "%s", HEADING[c]);
    for (int k = first; k < table->count; k++) {
        put_cells(&table->lines[k], cells);
        for (int c = 0; c < COLUMNS; c++)
            widths[c] = widths[c] < (int)strlen(cells[c]) ? (int)strlen(cells[c]) : widths[c];
    }
    printf("\n");
    print_cells(heading, widths);
    print_rule(widths);
    for (int k = first; k < table->count; k++) {
        put_cells(&table->lines[k], cells);
        print_cells(cells, widths);
    }
    printf("\n");
    (void)fflush(stdout);
}
