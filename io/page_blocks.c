/* Blocks of a page and the paper they are printed on. Pages are printed one sheet of paper wide; how
 * far that shrinks them says how many rows a sheet holds, and so where a block would be torn.
 */
#include "io/report_internal.h"

enum {
    COLUMN_PIXELS = 64, /* where no width is set */
    ROW_POINTS = 15,    /* where no height is set */
    SECTION_POINTS = 20,
    PAPER_POINTS = 505 /* its height between head and foot */
};

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
    return ROW_POINTS;
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

int page_print_pixels(const Page *page)
{
    int pixels = 0, most = page->print_columns > 0 ? page->print_columns : PAGE_COLUMNS_MOST;
    for (int column = 0; column < most && page->widths[column] > 0; column++)
        pixels += page_column_pixels(page, column);
    return pixels;
}

/* Points of rows that fit on one sheet of paper. */
static double paper_points(const Page *page)
{
    int pixels = page_print_pixels(page);
    return pixels <= PAPER_PIXELS ? PAPER_POINTS : (double)PAPER_POINTS * pixels / PAPER_PIXELS;
}

void page_break_blocks(Page *page)
{
    double room = paper_points(page), used = 0;
    uint32_t first = 0; /* row where the stretch begins that must stay together */
    for (size_t i = 0; i <= page->block_count; i++) {
        uint32_t end = i < page->block_count ? page->blocks[i] : page->next_row;
        double points = points_between(page, first, end);
        bool begun = used > room / 4; /* else the sheet would stay nearly empty */
        if (begun && used + points > room) {
            add_row(page, &page->breaks, &page->break_count, first);
            used = 0;
        }
        used += points;
        while (used > room)
            used -= room; /* longer than a sheet: it is torn in any case */
        first = end;
    }
}
