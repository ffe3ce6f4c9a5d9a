/* room: io
 *
 * The inside of a Report, for those who build it (io/sheet_NAME.c), turn it into a workbook
 * (io/book*.c) or into text. A Page is a sheet of the workbook (a Sheet, io/sheet.h, is one that is
 * read): a set of cells, each with its look and form, and what lies on the cells: tables with a name
 * and filters, merged cells, charts.
 *
 * Building never fails half-way: a call without memory sets report->no_memory and does nothing.
 * Rows and columns count from 0.
 */
#ifndef ALLOT_IO_REPORT_INTERNAL_H
#define ALLOT_IO_REPORT_INTERNAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "allot/ledger_report.h"
#include "allot/report.h"
#include "allot/tier_step.h"
#include "io/grid.h"
#include "io/grounds.h"
#include "io/totals.h"

/* ---- pages ---------------------------------------------------------------------------------- */

/** A rectangle of cells, both ends included. */
typedef struct Area {
    uint32_t first_row, last_row;
    uint16_t first_column, last_column;
} Area;

typedef struct TableArea {
    const char *name; /* of the table, unique in the workbook */
    Area area;        /* headings and rows */
    bool filter;
    const char *const *headings; /* one a column, no two alike */
} TableArea;

/** What bars are filled with: told apart in grey and by everyone (io/book_inks.c). */
typedef enum Ink {
    INK_NONE,    /* nothing is drawn: what a bar stands on */
    INK_TOTAL,   /* near black */
    INK_MIDDLE,  /* light */
    INK_DARK,    /* dark */
    INK_STRIPES, /* the others have patterns */
    INK_OPEN,
    INK_CROSSED,
    INK_DOTS,
    INK_CHECKS
} Ink;

typedef struct ChartSeries {
    const char *name;
    Area values;
    Ink ink;
} ChartSeries;

enum { CHART_SERIES_MOST = 7 };

/** Horizontal bars, one a category, its parts one after the other; or columns, a group a category. */
typedef struct Chart {
    const char *title;
    const char *description;     /* the figures in words, for those who cannot see the picture */
    const char *axis;            /* what the figures are counted in; NULL: the title says it */
    const char *categories_axis; /* what the bars are; NULL: the title says it */
    Area place;                  /* the cells it covers */
    const Page *data;            /* where its categories and figures stand; NULL: on its own page */
    Area categories;
    ChartSeries series[CHART_SERIES_MOST];
    size_t series_count;
    bool shares;   /* the axis goes from 0 to 100% */
    bool columns;  /* upright, side by side */
    bool labelled; /* figures stand in the bars, but for those too short to hold them */
} Chart;

/** Cells that the reader fills in, of a locked page; their look is LOOK_ANSWER. */
typedef struct AnswerArea {
    Area area;
    const char *const *words; /* what they can be, NULL behind the last; NULL: anything */
    const char
        *most; /* or a number from 0 up to this formula, for the first row; NULL: no number */
    const char *prompt; /* shown beside the cell: at most 255 characters */
} AnswerArea;

typedef struct RowHeight {
    uint32_t row;
    double points;
} RowHeight;

enum { PAGE_COLUMNS_MOST = 256, PAGE_ROW_POINTS = 15 /* of a row where no height is set */ };

struct Page {
    struct Report *report;
    const char *name;
    PageCell *cells;
    size_t cell_count, cell_room;
    const Grid *list;                 /* whose rows are made when they are asked for, or NULL */
    size_t list_at;                   /* cells that were put before its rows */
    double widths[PAGE_COLUMNS_MOST]; /* in characters; 0: as it comes */
    RowHeight *heights;               /* of rows that do not take the height that comes */
    size_t height_count, height_room;
    TableArea *tables;
    size_t table_count;
    Area *merged;
    size_t merged_count;
    Chart *charts;
    size_t chart_count;
    Area *heats; /* figures from 0 up: the larger, the darker their cells, also in grey */
    size_t heat_count;
    AnswerArea *answers;
    size_t answer_count;
    bool locked; /* only its answers can be changed; without a password */
    size_t
        note_characters;  /* in a line of a note, that no cells may be merged for it on a wide page;
                               0: as many as one sheet holds */
    uint32_t next_row;    /* the first that is free */
    uint32_t frozen_rows; /* stay when the rest scrolls; the last of them is the heading */
    uint16_t frozen_columns;
    uint32_t repeated_row;  /* + 1: the heading that stands on every sheet of paper; 0: none */
    uint16_t print_columns; /* what is printed; 0: all */
    uint32_t *blocks;       /* rows where a block begins */
    size_t block_count;
    uint32_t *breaks; /* rows that begin a new sheet of paper */
    size_t break_count;
};

typedef enum PageId {
    PAGE_SUMMARY,
    PAGE_TOTALS,
    PAGE_ASSIGNMENTS,
    PAGE_NEEDS,
    PAGE_OFFERS,
    PAGE_DONORS,
    PAGE_MATRIX,
    PAGE_MAP,
    PAGE_CHARTS,
    PAGE_CHART_DATA,
    PAGE_APPEAL,
    PAGE_CAUSES,
    PAGE_REASONS,
    PAGE_REFUSED,
    PAGE_RANGES,
    PAGE_PRICES,
    PAGE_WORTH,
    PAGE_PROBLEMS,
    PAGE_METHOD,
    PAGE_SETTINGS,
    PAGE_RATES,
    PAGE_INPUTS,
    PAGE_BRIDGE, /* from here on where a ledger was given: */
    PAGE_CLIFF,
    PAGE_CUMULATIVE,
    PAGE_CUMULATIVE_DONORS,
    PAGE_LAPSING,
    PAGE_COUNT
} PageId;

enum { PAGES_MORE = 2 }; /* that only some plans have: Answers, Urgent */

/* ---- the report ----------------------------------------------------------------------------- */

struct Report {
    Arena *arena;
    const Round *round;
    const Plan *plan;
    const RunInfo *info;
    const Diag *findings; /* NULL: the reader is not told of them */
    Totals totals;
    Grounds grounds;
    const LedgerReport *ledger;          /* NULL: no ledger was given */
    Page pages[PAGE_COUNT + PAGES_MORE]; /* of a plan's workbook, in its order */
    const Page *sheets; /* [sheet_count] what is written: those of these pages on which something
                         * stands, or the pages of another workbook */
    size_t sheet_count, page_count;
    const Page *urgent; /* NULL: no need is urgent, or what moved for it is not known */
    Grid assignments, needs, offers;
    const char *title;      /* of the round, never empty */
    const char *dates;      /* "1 January 2026 to 31 March 2026", "" when there are none */
    const char *rates_line; /* the rates that amounts were converted at, "" when none were */
    const char *marking;    /* foot of every page: who may read this */
    bool has_chains;        /* an offer is paid out of another */
    bool no_memory;
};

/** A report without pages: what every page needs. */
void report_begin(Report *report, const Round *round, const RunInfo *info, Arena *arena);

/** One page more behind those that every plan has; at most PAGES_MORE. */
Page *report_add_page(Report *report, const char *name);

/* Places something on a page. Texts are kept as they are when they are clean UTF-8, and must then
 * live as long as the report. */
void put_blank(Page *page, uint32_t row, int column, Look look);
void put_text(Page *page, uint32_t row, int column, Look look, const char *text);
void put_formula(Page *page, uint32_t row, int column, Look look, const char *formula, double value,
                 Form form);
void put_date(Page *page, uint32_t row, int column, Look look, Date date);
void put_merged(Page *page, Area area);
void put_row_height(Page *page, uint32_t row, double points);
void put_chart(Page *page, const Chart *chart);
void put_heat(Page *page, Area area);
void put_answer(Page *page, const AnswerArea *answer);

/** Title, round and dates on top of a page. */
void page_head(Page *page, const char *title);
/** A note below everything, broken into lines of a readable length. "" gives nothing. */
void page_note(Page *page, const char *text);
/** Says that what the sheet would tell was not asked for. */
void page_not_looked_into(Page *page);
/** Begins a block, after a free row: what follows, up to the next block, stays on one sheet of paper
 *  where it fits. */
void page_block(Page *page);
/** The same, with a heading. */
void page_section(Page *page, const char *text);
/** Breaks the page between blocks where paper ends. Last of all. */
void page_break_blocks(Page *page);

/** Size of columns and rows on the screen. */
int page_column_pixels(const Page *page, int column);
double page_row_points(const Page *page, uint32_t row);

/** A list that would shrink too far on one sheet of paper goes over two side by side, with its first
 *  columns on both. */
bool page_is_wide(const Page *page);

/** Of a wide page: what stands in the first column above row @p end begins behind the columns that are on both sheets,
 *  and notes end with the first sheet; a label of totals in that row stands beside the first of them. */
void page_move_head(Page *page, uint32_t end);

/** PageCell.number of a note's lines after its first. */
enum { NOTE_GOES_ON = 1 };

/** Builds an empty page whose list has the columns of @p behind off paper (GridSpec). */
typedef void PageBuild(Page *page, uint64_t behind, void *context);

typedef struct NarrowPage {
    PageBuild *build;
    void *context;
    const uint64_t *behind; /* [count] columns that go off paper, a set after the other */
    size_t count;
} NarrowPage;

/** Builds a page with all its columns on paper, and again with a set more off it, until two sheets
 *  side by side hold it at a size to be read, or no set is left. */
void page_build_narrow(Page *page, const NarrowPage *narrow);
/** Sheets of paper, one below the other, that the page is made to fit, where little would stand on
 *  one more; 0: as many as it takes. After page_break_blocks(). */
int page_print_tall(const Page *page);
enum { PAPER_PIXELS = 1040 };

void put_width(Page *page, int column, double characters); /* at least so wide */

/** A blank cell, not yet on a page; room for @p more cells on it. */
PageCell page_cell_blank(uint32_t row, int column, Look look);
void page_reserve(Page *page, size_t more);

/** The cell that was put there, NULL when none was. Not those of a list. */
const PageCell *page_cell_at(const Page *page, uint32_t row, int column);

/** As arena_alloc() and arena_grow(); NULL sets no_memory. */
void *report_alloc(Report *report, size_t count, size_t size);
void *report_grow(Report *report, const void *old, size_t count, size_t more, size_t size);
/** The text made fit for a workbook, never NULL. */
const char *report_clean(Report *report, const char *text);
/** printf into the report's arena; never NULL: "" when memory is short, and no_memory is set. */
const char *report_printf(Report *report, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/** An amount of the reporting currency in groups: "EUR 1,234,567.80", for texts. */
const char *report_sentence(Report *report, const char *clause); /* "Clause." of "clause" */
const char *report_money(Report *report, int64_t amount);
/** What a tier's stage counts: "tier 2", "tier 2, needs without money value". */
const char *report_step(Report *report, const TierStep *step);
/** The label of a stage in the reader's language. */
const char *report_stage(Report *report, const char *label);
/** "1 January 2026" in the reader's language, "" for DATE_NONE; NULL without memory. */
const char *date_words(Date date, Arena *arena);

/** The same, never NULL. */
const char *report_date(Report *report, Date date);
/** The title of a need, marked when it is restricted. */
const char *report_need_title(Report *report, const Need *need);

#endif
