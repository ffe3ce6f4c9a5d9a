/* The workbook: writes a Report to .xlsx, cell by cell, without deciding anything. Texts are always
 * written as texts, whatever they begin with; every formula goes with its value. The file is made
 * beside its target and renamed, and holds no clock: equal reports give equal bytes.
 */
#include "io/book_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "io/book_rows.h"
#include "io/book_save.h"
#include "io/page_rows.h"
#include "io/page_text.h"

#include "allot/language.h"

enum {
    TEXT_CHARACTERS = 32767, /* of a cell */
    HEADER_CHARACTERS = 50,  /* of a title in a page's head; the whole may have 255 bytes */
    HEADER_BYTES = HEADER_CHARACTERS * 4 + 1, /* a character has four bytes at most, & two */
    PAPER_A4 = 9,
    DAY_SECONDS = 86400,
    DAY_OF_1980 = 3652
};

void book_check(Book *book, lxw_error error)
{
    if (book->error == LXW_NO_ERROR)
        book->error = error;
}

/* "_x0041_" would be read as "A": spreadsheets write characters so that XML cannot hold. */
static bool is_escape(const char *text)
{
    return text[0] == '_' && text[1] == 'x' && strspn(text + 2, "0123456789abcdefABCDEF") == 4 &&
           text[6] == '_';
}

const char *book_text(Book *book, const char *text)
{
    static const char underscore[] = "_x005F";
    size_t length = page_text_prefix(text, TEXT_CHARACTERS), escapes = 0;
    for (size_t i = 0; i < length; i++)
        escapes += is_escape(text + i);
    if (escapes == 0 && text[length] == '\0')
        return text;
    size_t more = sizeof underscore - 1;
    char *out = ARENA_NEW(book->scratch, length + escapes * more + 1, char);
    if (out == NULL) {
        book_check(book, LXW_ERROR_MEMORY_MALLOC_FAILED);
        return "";
    }
    char *end = out;
    for (size_t i = 0; i < length; i++) {
        if (is_escape(text + i)) {
            memcpy(end, underscore, more);
            end += more;
        }
        *end++ = text[i];
    }
    *end = '\0';
    return out;
}

/* ---- one sheet ------------------------------------------------------------------------------ */

static void put_cell(Book *book, lxw_worksheet *sheet, const PageCell *cell)
{
    lxw_format *format = book_format(book, (Look)cell->look, (Form)cell->form);
    lxw_row_t row = cell->row;
    lxw_col_t column = cell->column;
    switch ((PageCellKind)cell->kind) {
    case PAGE_BLANK: book_check(book, worksheet_write_blank(sheet, row, column, format)); break;
    case PAGE_TEXT:
        book_check(book,
                   worksheet_write_string(sheet, row, column, book_text(book, cell->text), format));
        break;
    case PAGE_NUMBER:
    case PAGE_DATE:
        book_check(book, worksheet_write_number(sheet, row, column, cell->number, format));
        break;
    case PAGE_FORMULA:
        book_check(book, worksheet_write_formula_num(sheet, row, column, cell->text, format,
                                                     cell->number));
        break;
    }
}

static void put_table(Book *book, lxw_worksheet *sheet, const TableArea *table)
{
    size_t count = (size_t)table->area.last_column + 1;
    lxw_table_column *columns = ARENA_NEW(book->scratch, count, lxw_table_column);
    lxw_table_column **list = ARENA_NEW(book->scratch, count + 1, lxw_table_column *);
    char *name = arena_text(book->scratch, table->name, strlen(table->name));
    if (columns == NULL || list == NULL || name == NULL) {
        book_check(book, LXW_ERROR_MEMORY_MALLOC_FAILED);
        return;
    }
    for (size_t c = 0; c < count; c++) {
        const char *heading = book_text(book, table->headings[c]);
        columns[c].header = arena_text(book->scratch, heading, strlen(heading));
        list[c] = &columns[c];
    }
    lxw_table_options options = {.name = name,
                                 .columns = list,
                                 .no_autofilter = !table->filter,
                                 .no_banded_rows = LXW_TRUE,
                                 .style_type = LXW_TABLE_STYLE_TYPE_LIGHT,
                                 .style_type_number = 0};
    book_check(book, worksheet_add_table(sheet, table->area.first_row, table->area.first_column,
                                         table->area.last_row, table->area.last_column, &options));
}

/* The round's title, or who a workbook is for, for the head or foot of a page, where & begins a command and && is one. A title too long
 * for it ends in an ellipsis. */
static void header_title(const char *title, char out[HEADER_BYTES])
{
    static const char ellipsis[] = "\xE2\x80\xA6";
    size_t at = 0, bytes;
    for (; *title != '\0'; title += bytes) {
        bytes = page_text_prefix(title, 1);
        size_t written = bytes + (*title == '&');
        if (at + written + sizeof ellipsis > HEADER_BYTES) {
            memcpy(out + at, ellipsis, sizeof ellipsis - 1);
            at += sizeof ellipsis - 1;
            break;
        }
        if (*title == '&')
            out[at++] = '&';
        memcpy(out + at, title, bytes);
        at += bytes;
    }
    out[at] = '\0';
}

/* What everybody finds on paper: the round above, the sheet beside it, the page below. */
static void set_header_footer(Book *book, lxw_worksheet *sheet, const Page *page)
{
    char title[HEADER_BYTES], marking[HEADER_BYTES];
    char header[HEADER_BYTES + 64], footer[HEADER_BYTES + 64];
    header_title(book->report->title, title);
    header_title(book->report->marking, marking);
    (void)snprintf(header, sizeof header, "&L&10 %s&R&10 %s", title, page->name);
    (void)snprintf(footer, sizeof footer, "&L&10 %s&R&10 %s", marking, _("Page &P of &N"));
    book_check(book, worksheet_set_header(sheet, header));
    book_check(book, worksheet_set_footer(sheet, footer));
}

static void set_breaks(Book *book, lxw_worksheet *sheet, const Page *page)
{
    lxw_row_t *rows = ARENA_NEW(book->scratch, page->break_count + 1, lxw_row_t); /* 0 ends it */
    if (rows == NULL) {
        book_check(book, LXW_ERROR_MEMORY_MALLOC_FAILED);
        return;
    }
    for (size_t i = 0; i < page->break_count; i++)
        rows[i] = page->breaks[i];
    if (page->break_count > 0)
        book_check(book, worksheet_set_h_pagebreaks(sheet, rows));
}

static void set_print(Book *book, lxw_worksheet *sheet, const Page *page)
{
    bool wide = page_is_wide(page);
    worksheet_set_landscape(sheet);
    worksheet_set_paper(sheet, PAPER_A4);
    worksheet_set_margins(sheet, 0.4, 0.4, 0.6, 0.6);
    worksheet_fit_to_pages(sheet, wide ? 2 : 1, (uint16_t)page_print_tall(page));
    if (wide)
        book_check(book, worksheet_repeat_columns(sheet, 0, (lxw_col_t)(page->frozen_columns - 1)));
    worksheet_gridlines(sheet, LXW_HIDE_ALL_GRIDLINES);
    if (page->repeated_row > 0)
        book_check(book,
                   worksheet_repeat_rows(sheet, page->repeated_row - 1, page->repeated_row - 1));
    if (page->print_columns > 0 && page->next_row > 0)
        book_check(book, worksheet_print_area(sheet, 0, 0, page->next_row - 1,
                                              (lxw_col_t)(page->print_columns - 1)));
    set_breaks(book, sheet, page);
    set_header_footer(book, sheet, page);
}

static void set_sizes(Book *book, lxw_worksheet *sheet, const Page *page)
{
    for (int c = 0; c < PAGE_COLUMNS_MOST; c++)
        if (page->widths[c] > 0)
            book_check(book, worksheet_set_column(sheet, (lxw_col_t)c, (lxw_col_t)c,
                                                  page->widths[c], NULL));
    for (size_t i = 0; i < page->height_count; i++)
        book_check(book,
                   worksheet_set_row(sheet, page->heights[i].row, page->heights[i].points, NULL));
    if (page->frozen_rows > 0 || page->frozen_columns > 0)
        worksheet_freeze_panes(sheet, page->frozen_rows, page->frozen_columns);
}

/* Spreadsheets mark ids such as 007 and sums of neither all nor no neighbours as doubtful. */
static void silence_doubts(Book *book, lxw_worksheet *sheet)
{
    static const uint8_t doubts[] = {LXW_IGNORE_NUMBER_STORED_AS_TEXT, LXW_IGNORE_FORMULA_RANGE,
                                     LXW_IGNORE_FORMULA_DIFFERS};
    for (size_t i = 0; i < sizeof doubts / sizeof doubts[0]; i++)
        book_check(book, worksheet_ignore_errors(sheet, doubts[i], "A1:XFD1048576"));
}

static void put_list_row(Book *book, lxw_worksheet *sheet, PageRows *rows, const Page *page,
                         size_t index)
{
    const PageCell *cells = page_rows_make(rows, index);
    double points = page_rows_points(rows);
    if (points > 0)
        book_check(book, worksheet_set_row(sheet, cells[0].row, points, NULL));
    for (int c = 0; c < page->list->width && book->error == LXW_NO_ERROR; c++)
        put_cell(book, sheet, &cells[c]);
}

/* The rows of a list; of a long one those that give the sheet its extent. */
static void put_list(Book *book, lxw_worksheet *sheet, const Page *page)
{
    size_t count = page->list->rows, step = 1;
    if (count == 0)
        return;
    PageRows *rows = page_rows_open(page, book->scratch);
    if (rows == NULL) {
        book_check(book, LXW_ERROR_MEMORY_MALLOC_FAILED);
        return;
    }
    if (book->framed && book_rows_are_many(page))
        step = count - 1;
    for (size_t i = 0; i < count && book->error == LXW_NO_ERROR; i += step)
        put_list_row(book, sheet, rows, page, i);
    if (!page_rows_whole(rows))
        book_check(book, LXW_ERROR_MEMORY_MALLOC_FAILED);
    page_rows_close(rows);
}

static void put_cells(Book *book, lxw_worksheet *sheet, const Page *page, size_t from, size_t end)
{
    for (size_t i = from; i < end && book->error == LXW_NO_ERROR; i++)
        put_cell(book, sheet, &page->cells[i]);
}

/* From white to an orange that black figures can be read on, and that prints as a middle grey. */
static void put_heat_colors(Book *book, lxw_worksheet *sheet, Area area)
{
    lxw_conditional_format scale = {.type = LXW_CONDITIONAL_2_COLOR_SCALE,
                                    .min_rule_type = LXW_CONDITIONAL_RULE_TYPE_NUMBER,
                                    .min_value = 0,
                                    .min_color = HEAT_NONE,
                                    .max_rule_type = LXW_CONDITIONAL_RULE_TYPE_MAXIMUM,
                                    .max_color = HEAT_MOST};
    book_check(book, worksheet_conditional_format_range(sheet, area.first_row, area.first_column,
                                                        area.last_row, area.last_column, &scale));
}

static void put_page(Book *book, const Page *page)
{
    lxw_worksheet *sheet = workbook_add_worksheet(book->workbook, page->name);
    if (sheet == NULL) {
        book_check(book, LXW_ERROR_PARAMETER_VALIDATION);
        return;
    }
    set_sizes(book, sheet, page);
    silence_doubts(book, sheet);
    for (size_t i = 0; i < page->table_count; i++)
        put_table(book, sheet, &page->tables[i]);
    for (size_t i = 0; i < page->merged_count; i++) {
        Area area = page->merged[i];
        book_check(book, worksheet_merge_range(sheet, area.first_row, area.first_column,
                                               area.last_row, area.last_column, "", NULL));
    }
    put_cells(book, sheet, page, 0, page->list_at);
    if (page->list != NULL)
        put_list(book, sheet, page);
    put_cells(book, sheet, page, page->list_at, page->cell_count);
    for (size_t i = 0; i < page->heat_count; i++)
        put_heat_colors(book, sheet, page->heats[i]);
    book_put_answers(book, sheet, page);
    set_print(book, sheet, page);
}

/* ---- the book ------------------------------------------------------------------------------- */

/* The seconds since 1970 of "2026-01-01"; 1980-01-01 when there is no such day. Never the clock,
 * which libxlsxwriter would take for 0. */
static time_t created_at(const char *day)
{
    int parts[3] = {0, 0, 0}, part = 0;
    for (; *day != '\0' && part < 3; day++) {
        if (*day >= '0' && *day <= '9' && parts[part] < 10000)
            parts[part] = parts[part] * 10 + (*day - '0');
        else
            part++;
    }
    Date date;
    if (!date_from_civil(parts[0], parts[1], parts[2], &date) || date <= 0)
        date = DAY_OF_1980;
    return (time_t)date * DAY_SECONDS;
}

static void set_properties(Book *book)
{
    const Report *report = book->report;
    const char *title = book_text(book, report->title);
    lxw_doc_properties properties = {
        .title = arena_text(book->scratch, title, strlen(title)),
        .author = arena_printf(book->scratch, "allot %s", report->info->allot_version),
        .created = created_at(report->info->created),
    };
    book_check(book, workbook_set_properties(book->workbook, &properties));
}

/* Writes the book to PATH. What libxlsxwriter holds is given back in any case. */
static lxw_error write_pages(Book *book, const char *path)
{
    book->workbook = workbook_new(path);
    if (book->workbook == NULL)
        return LXW_ERROR_MEMORY_MALLOC_FAILED;
    set_properties(book);
    for (size_t p = 0; p < book->report->sheet_count && book->error == LXW_NO_ERROR; p++)
        put_page(book, &book->report->sheets[p]);
    for (size_t p = 0; p < book->report->sheet_count && book->error == LXW_NO_ERROR; p++)
        book_put_charts(book, &book->report->sheets[p]); /* whose figures may stand on any sheet */
    if (book->framed)
        book_rows_styles(book);
    lxw_error closed = workbook_close(book->workbook);
    return book->error != LXW_NO_ERROR ? book->error : closed;
}

/* Writes the frame beside PATH, then the book into PATH. */
static lxw_error write_framed(Book *book, const char *path)
{
    char *frame = arena_printf(book->scratch, "%s.XXXXXX", path);
    if (frame == NULL)
        return LXW_ERROR_MEMORY_MALLOC_FAILED;
    int handle = mkstemp(frame);
    if (handle < 0)
        return LXW_ERROR_CREATING_XLSX_FILE;
    lxw_error error = close(handle) != 0 ? LXW_ERROR_CREATING_XLSX_FILE : write_pages(book, frame);
    if (error == LXW_NO_ERROR)
        error = book_rows_finish(book, frame, path);
    (void)unlink(frame);
    return error;
}

/* A file has a place beside it, a device or pipe has none. */
static bool is_file(const char *path)
{
    struct stat about;
    return stat(path, &about) == 0 && S_ISREG(about.st_mode);
}

static lxw_error write_book(const void *context, const char *path, Arena *scratch)
{
    Book *book = ARENA_NEW(scratch, 1, Book);
    if (book == NULL)
        return LXW_ERROR_MEMORY_MALLOC_FAILED;
    book->report = context;
    book->scratch = scratch;
    for (size_t p = 0; p < book->report->sheet_count; p++)
        book->framed = book->framed || book_rows_are_many(&book->report->sheets[p]);
    book->framed = book->framed && is_file(path);
    return book->framed ? write_framed(book, path) : write_pages(book, path);
}

Status book_write(const Report *report, const char *path, Arena *scratch, Diag *diag)
{
    return book_save(path, "workbook", write_book, report, scratch, diag);
}

Status book_write_to(const Report *report, const char *write_to, const char *name, Arena *scratch,
                     Diag *diag)
{
    return book_save_to(write_to, name, "workbook", write_book, report, scratch, diag);
}

const char *book_library_version(void)
{
    return lxw_version();
}
