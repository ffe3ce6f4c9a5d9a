/* Every cell of every page, one call of libxlsxwriter each. */
#include "tests/support/bench_book.h"

#include "io/book_internal.h"
#include "io/page_rows.h"

static void put_cell(Book *book, lxw_worksheet *sheet, const PageCell *cell)
{
    lxw_format *format = book_format(book, (Look)cell->look, (Form)cell->form);
    lxw_error error = LXW_NO_ERROR;
    switch ((PageCellKind)cell->kind) {
    case PAGE_BLANK: error = worksheet_write_blank(sheet, cell->row, cell->column, format); break;
    case PAGE_TEXT:
        error = worksheet_write_string(sheet, cell->row, cell->column, cell->text, format);
        break;
    case PAGE_NUMBER:
    case PAGE_DATE:
        error = worksheet_write_number(sheet, cell->row, cell->column, cell->number, format);
        break;
    case PAGE_FORMULA:
        error = worksheet_write_formula_num(sheet, cell->row, cell->column, cell->text, format,
                                            cell->number);
        break;
    }
    book_check(book, error);
}

static void put_list(Book *book, lxw_worksheet *sheet, const Page *page)
{
    PageRows *rows = page_rows_open(page, book->scratch);
    if (rows == NULL) {
        book_check(book, LXW_ERROR_MEMORY_MALLOC_FAILED);
        return;
    }
    for (size_t k = 0; k < page->list->rows; k++) {
        const PageCell *cells = page_rows_make(rows, k);
        for (int c = 0; c < page->list->width; c++)
            put_cell(book, sheet, &cells[c]);
    }
    page_rows_close(rows);
}

bool bench_book_write(const Report *report, const char *path, Arena *scratch)
{
    Book *book = ARENA_NEW(scratch, 1, Book);
    if (book == NULL)
        return false;
    book->report = report;
    book->scratch = scratch;
    book->workbook = workbook_new(path);
    if (book->workbook == NULL)
        return false;
    for (int p = 0; p < PAGE_COUNT; p++) {
        const Page *page = &report->pages[p];
        lxw_worksheet *sheet = workbook_add_worksheet(book->workbook, page->name);
        for (size_t k = 0; sheet != NULL && k < page->cell_count; k++)
            put_cell(book, sheet, &page->cells[k]);
        if (sheet != NULL && page->list != NULL)
            put_list(book, sheet, page);
    }
    lxw_error closed = workbook_close(book->workbook);
    return book->error == LXW_NO_ERROR && closed == LXW_NO_ERROR;
}
