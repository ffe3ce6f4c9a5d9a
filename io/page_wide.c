/* The head of a page that is printed on two sheets of paper side by side. A title or a note that begins in the
 * first column would be cut where the columns end that stand on both: all begin behind these, and are broken
 * into lines that end with the first sheet.
 */
#include "io/page_text.h"
#include "io/report_internal.h"

/* Pixels that the first sheet surely bears: LibreOffice prints columns a little wider than they are. */
enum { SURE_PIXELS = PAPER_PIXELS - 40 };

/* The last column of the first sheet. */
static int last_across(const Page *page)
{
    int column = 0, pixels = page_column_pixels(page, 0);
    while (column + 1 < PAGE_COLUMNS_MOST && page->widths[column + 1] > 0) {
        pixels += page_column_pixels(page, column + 1);
        if (pixels > SURE_PIXELS && column >= page->frozen_columns)
            break;
        column++;
    }
    return column;
}

static bool goes_on(const PageCell *cell, const PageCell *before)
{
    return cell->kind == PAGE_TEXT && cell->look == LOOK_NOTE && cell->number == NOTE_GOES_ON &&
           cell->row == before->row + 1;
}

static double width_across(const Page *page, int last)
{
    double width = 0;
    for (int column = page->frozen_columns; column <= last; column++)
        width += page->widths[column];
    return width;
}

/* A title that is longer than the first sheet goes on in its next line: on the second it would end in the air. */
static void wrap_title(Page *page, PageCell *cell, int last)
{
    bool is_title = cell->look == LOOK_TITLE;
    double wider = is_title ? 2.0 : 1.2; /* letters than those of a list */
    int lines = page_text_lines(cell->text, width_across(page, last) / wider);
    if (lines < 2 || last == page->frozen_columns)
        return;
    cell->look = is_title ? LOOK_TITLE_WRAP : LOOK_SUBTITLE_WRAP;
    for (size_t i = 0; i < page->height_count; i++)
        if (page->heights[i].row == cell->row)
            page->heights[i].points *= lines;
    put_merged(page, (Area){cell->row, cell->row, page->frozen_columns, (uint16_t)last});
}

/* The note that begins in this cell: its lines as one text in a block of so many rows, high enough. */
static void wrap_note(Page *page, size_t at, int last)
{
    PageCell *first = &page->cells[at];
    uint32_t rows = 1;
    for (; at + rows < page->cell_count && goes_on(&first[rows], &first[rows - 1]); rows++)
        first->text = report_printf(page->report, "%s %s", first->text, first[rows].text);
    for (uint32_t line = 1; line < rows; line++)
        first[line] = page_cell_blank(first->row + line, page->frozen_columns, LOOK_NOTE_WRAP);
    first->look = LOOK_NOTE_WRAP;
    const double larger = 1.1; /* letters than those of a list */
    int lines = page_text_lines(first->text, width_across(page, last) / larger);
    for (uint32_t line = 0; line < rows && lines > (int)rows; line++)
        put_row_height(page, first->row + line, (double)PAGE_ROW_POINTS * lines / rows);
    if (rows > 1 || last > page->frozen_columns)
        put_merged(page,
                   (Area){first->row, first->row + rows - 1, page->frozen_columns, (uint16_t)last});
}

static bool is_total(const PageCell *cell, uint32_t row)
{
    return cell->row == row && cell->look == LOOK_TOTAL;
}

static int first_total(const Page *page, uint32_t row)
{
    int first = PAGE_COLUMNS_MOST;
    for (size_t i = 0; i < page->cell_count; i++) {
        const PageCell *cell = &page->cells[i];
        bool is_figure = cell->kind == PAGE_NUMBER || cell->kind == PAGE_FORMULA;
        if (is_total(cell, row) && is_figure && cell->column < first)
            first = cell->column;
    }
    return first;
}

/* Where it stands so near to the first total that a sheet that has this has both. */
static int label_column(const Page *page, const char *label, int total)
{
    const double wider = 1.1; /* bold letters */
    int column = total;
    for (double width = 0; column > page->frozen_columns;) {
        width += page->widths[--column];
        if (page_text_lines(label, width / wider) == 1)
            break;
    }
    return column;
}

/* What the totals above the list are called stands beside the first of them. */
static void move_label(Page *page, uint32_t row)
{
    int total = first_total(page, row);
    PageCell *label = NULL, *there = NULL;
    for (size_t i = 0; i < page->cell_count; i++)
        if (is_total(&page->cells[i], row) && page->cells[i].kind == PAGE_TEXT)
            label = &page->cells[i];
    if (label == NULL || total == PAGE_COLUMNS_MOST || total <= page->frozen_columns)
        return;
    int column = label_column(page, label->text, total);
    for (size_t i = 0; i < page->cell_count; i++)
        if (is_total(&page->cells[i], row) && page->cells[i].column == column)
            there = &page->cells[i];
    if (there == NULL)
        return;
    there->column = 0;
    label->column = (uint16_t)column;
}

void page_move_head(Page *page, uint32_t end)
{
    int last = last_across(page);
    move_label(page, end);
    for (size_t i = 0; i < page->cell_count && page->cells[i].row < end; i++) {
        uint8_t look = page->cells[i].look;
        if (look != LOOK_TITLE && look != LOOK_NOTE && look != LOOK_SUBTITLE)
            continue;
        page->cells[i].column = page->frozen_columns;
        if (page->note_characters > 0)
            continue;
        if (look == LOOK_NOTE)
            wrap_note(page, i, last);
        else
            wrap_title(page, &page->cells[i], last);
    }
}
