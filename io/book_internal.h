/* room: io
 *
 * Between the files that write a workbook: the open book, its formats, its charts.
 */
#ifndef ALLOT_IO_BOOK_INTERNAL_H
#define ALLOT_IO_BOOK_INTERNAL_H

#include "io/report_internal.h"

#include <xlsxwriter.h>

/** A workbook being written. The first error is kept; what follows it does nothing. */
typedef struct Book {
    lxw_workbook *workbook;
    const Report *report;
    Arena *scratch;
    lxw_format *formats[LOOK_COUNT][FORM_COUNT]; /* made when first used */
    int styles[LOOK_COUNT][FORM_COUNT]; /* of the rows of long lists: number of the format */
    bool framed;                        /* long lists are left to book_rows.c */
    lxw_error error;
} Book;

/** Keeps the first error. */
void book_check(Book *book, lxw_error error);

/** The format of a cell, or NULL without memory (then the error is kept). */
lxw_format *book_format(Book *book, Look look, Form form);

/** Puts a page's charts on its sheet, once every sheet is there. */
void book_put_charts(Book *book, const Page *page);

/** Fills a series with an ink. */
void book_ink_series(lxw_chart_series *series, Ink ink);

/** What an ink is: 0xRRGGBB, and one of libxlsxwriter's patterns, of that colour on white. */
typedef struct InkLook {
    lxw_color_t color, line;
    uint8_t pattern; /* LXW_CHART_PATTERN_NONE: solid */
} InkLook;

/** NULL for INK_NONE. */
const InkLook *book_ink_look(Ink ink);

/** The colours between which the cells of a heat map lie. */
enum { HEAT_NONE = 0xFFFFFF, HEAT_MOST = 0xE39A4D };

/** Says what may be filled in, and locks the rest of a locked page. */
void book_put_answers(Book *book, lxw_worksheet *sheet, const Page *page);

/** The text as a workbook holds it: not too long, and nothing in it taken for an escape. */
const char *book_text(Book *book, const char *text);

#endif
