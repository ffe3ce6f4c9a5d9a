/* Blocks of a page and the paper they are printed on. Pages are printed one sheet of paper wide; how
 * far that shrinks them says how many rows a sheet holds, and so where a block would be torn.
 */
#include <math.h>

#include "io/report_internal.h"

enum {
    COLUMN_PIXELS = 64, /* where no width is set */
    SECTION_POINTS = 20,
    PAPER_POINTS = 505, /* its height between head and foot */
    SHEETS_MOST = 100,  /* whose number is made to fit */
    SCALE_LEAST =
        70 /* percent, of 10 points 7: what would be smaller goes over two sheets side by side */
};

/* How much too long a page may be for its sheets of paper: it is printed that much smaller instead of
 * beginning one sheet more. */
static const double overfull = 1.16;

int page_column_pixels(const Page *page, int column)
{
    double width = column < PAGE_COLUMNS_MOST ? page->widths[column] : 0;
    return width <= 0 ? COLUMN_PIXELS : (int)(width * 7 + 5.5);
}

double page_row_points(const Page *page, uint32_t row)
{
    for (size_t i = 0; i < page->height_count; i++)
        if (page->heights[i].row == row)
            return page->heights[i].points;
    return PAGE_ROW_POINTS;
}

static void add_row(Page *page, uint32_t **rows, size_t *count, uint32_t row)
{
    uint32_t *grown = report_grow(page->report, *rows, *count, 1, sizeof *grown);
    if (grown == NULL)
        return;
    grown[(*count)++] = row;
    *rows = grown;
}

void page_block(Page *page)
{
    page->next_row++;
    add_row(page, &page->blocks, &page->block_count, page->next_row);
}

void page_section(Page *page, const char *text)
{
    page_block(page);
    put_row_height(page, page->next_row, SECTION_POINTS);
    put_text(page, page->next_row, 0, LOOK_SECTION, text);
}

static double points_between(const Page *page, uint32_t first, uint32_t end)
{
    double points = 0;
    for (uint32_t row = first; row < end; row++)
        points += page_row_points(page, row);
    return points;
}

/* Width of all columns that are printed. */
static int print_pixels(const Page *page)
{
    int pixels = 0, most = page->print_columns > 0 ? page->print_columns : PAGE_COLUMNS_MOST;
    for (int column = 0; column < most && page->widths[column] > 0; column++)
        pixels += page_column_pixels(page, column);
    return pixels;
}

bool page_is_wide(const Page *page)
{
    return page->block_count == 0 && page->frozen_columns > 0 &&
           print_pixels(page) * SCALE_LEAST > PAPER_PIXELS * 100;
}

/* Pixels of two sheets side by side: both have the first columns. */
static int pixels_of_two(const Page *page)
{
    int pixels = print_pixels(page);
    for (int column = 0; column < page->frozen_columns; column++)
        pixels += page_column_pixels(page, column);
    return pixels;
}

/* Would two sheets shrink it too far as well? */
static bool is_crammed(const Page *page)
{
    return page_is_wide(page) && pixels_of_two(page) * SCALE_LEAST > 2 * PAPER_PIXELS * 100;
}

void page_build_narrow(Page *page, const NarrowPage *narrow)
{
    const Page empty = *page;
    uint64_t off = 0;
    narrow->build(page, off, narrow->context);
    for (size_t i = 0; i < narrow->count && !page->report->no_memory && is_crammed(page); i++) {
        off |= narrow->behind[i];
        *page = empty;
        narrow->build(page, off, narrow->context);
    }
}

/* Pixels that one sheet of paper bears. */
static int pixels_across(const Page *page)
{
    return page_is_wide(page) ? pixels_of_two(page) / 2 : print_pixels(page);
}

/* Points of rows that fit on one sheet of paper. */
static double paper_points(const Page *page)
{
    int pixels = pixels_across(page);
    return pixels <= PAPER_PIXELS ? PAPER_POINTS : (double)PAPER_POINTS * pixels / PAPER_PIXELS;
}

/* Points of all rows. */
static double page_points(const Page *page)
{
    double points = (double)page->next_row * PAGE_ROW_POINTS;
    for (size_t i = 0; i < page->height_count; i++)
        points += page->heights[i].points - PAGE_ROW_POINTS;
    return points + (page->list == NULL ? 0 : page->list->more_points);
}

/* How much smaller the page must be printed to fit @p sheets of paper; at most 1: it fits. */
static double squeeze(const Page *page, double room, int sheets)
{
    double head = page->repeated_row > 0 ? page_row_points(page, page->repeated_row - 1) : 0;
    return (page_points(page) + (sheets - 1) * head) / (sheets * room);
}

int page_print_tall(const Page *page)
{
    double room = paper_points(page), scale = PAPER_POINTS / room;
    int sheets = (int)(page_points(page) / (room * overfull)) + 1;
    if (page->break_count > 0 || page_points(page) > SHEETS_MOST * room)
        return 0;
    double much = squeeze(page, room, sheets);
    return much > 1 && much <= overfull && scale / much * 100 >= SCALE_LEAST ? sheets : 0;
}

void page_break_blocks(Page *page)
{
    double room = paper_points(page), used = 0;
    uint32_t first = 0; /* row where the stretch begins that must stay together */
    if (page_points(page) <= room * overfull)
        return;
    for (size_t i = 0; i <= page->block_count; i++) {
        uint32_t end = i < page->block_count ? page->blocks[i] : page->next_row;
        double points = points_between(page, first, end);
        bool begun = used > room / 4; /* else the sheet would stay nearly empty */
        bool torn = points > room;    /* in any case: it may begin where half a sheet is left */
        if (begun && used + points > room && (!torn || used > room / 2)) {
            add_row(page, &page->breaks, &page->break_count, first);
            used = 0;
        }
        used += points;
        while (used > room)
            used -= room;
        first = end;
    }
}
