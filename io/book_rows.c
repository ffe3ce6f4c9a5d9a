/* The rows of long lists, as the XML of a sheet (ECMA-376, part 1, 18.3). libxlsxwriter writes the
 * frame: the whole workbook with the first and the last row of each list, which give the sheet its
 * extent. The rows between are put before the last one when the frame is copied. Texts stand in
 * their cells and not in the table of shared texts: nearly all of a list's texts are its own.
 */
#include "io/book_rows.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "io/page_rows.h"
#include "io/zip_write.h"

enum {
    ROWS_FEW = 2000, /* up to here libxlsxwriter holds them all */
    BUFFER_BYTES = 64 * 1024,
    PIECE_BYTES = 512, /* of what is put at once, at most */
    PLACES_FAST = 6    /* decimals that are written without printf */
};

/* Any whole number up to here, with its point anywhere, is the only one of 15 digits that its double
 * can mean. */
static const double DIGITS_MOST = 1e15;

typedef struct RowWriter {
    const Page *page;
    const Book *book;
    ZipSink *sink;
    char *buffer; /* [BUFFER_BYTES] */
    size_t used;
    Status status;
} RowWriter;

bool book_rows_are_many(const Page *page)
{
    return page->list != NULL && page->list->rows > ROWS_FEW;
}

void book_rows_styles(Book *book)
{
    for (size_t p = 0; p < book->report->sheet_count; p++) {
        const Page *page = &book->report->sheets[p];
        for (int look = 0; book_rows_are_many(page) && look < LOOK_COUNT; look++)
            for (int form = 0; form < FORM_COUNT; form++)
                if ((page->list->forms[look] >> form & 1) != 0) {
                    lxw_format *format = book_format(book, (Look)look, (Form)form);
                    book->styles[look][form] =
                        format == NULL ? 0 : (int)lxw_format_get_xf_index(format);
                }
    }
}

/* ---- bytes ------------------------------------------------------------------------------------ */

static void flush(RowWriter *out)
{
    if (out->status == STATUS_OK)
        out->status = zip_put(out->sink, out->buffer, out->used);
    out->used = 0;
}

/* Where up to PIECE_BYTES bytes may be put; what was is then said by took(). */
static char *room(RowWriter *out)
{
    if (BUFFER_BYTES - out->used < PIECE_BYTES)
        flush(out);
    return out->buffer + out->used;
}

static void took(RowWriter *out, const char *end)
{
    out->used = (size_t)(end - out->buffer);
}

static char *add_text(char *end, const char *text)
{
    while (*text != '\0')
        *end++ = *text++;
    return end;
}

static char *add_whole(char *end, uint64_t number)
{
    char reversed[24];
    int count = 0;
    do {
        reversed[count++] = (char)('0' + number % 10);
        number /= 10;
    } while (number > 0);
    while (count > 0)
        *end++ = reversed[--count];
    return end;
}

/* The shortest decimal of up to 15 digits that is this very number, or what printf makes of it. */
static char *add_number(char *end, double number)
{
    double scale = 1, digits;
    for (int places = 0; places <= PLACES_FAST && fabs(number) * scale < DIGITS_MOST; places++) {
        digits = rint(number * scale);
        if (digits / scale == number) {
            uint64_t whole = (uint64_t)fabs(digits), unit = (uint64_t)scale;
            if (digits < 0)
                *end++ = '-';
            end = add_whole(end, whole / unit);
            if (places > 0)
                *end++ = '.';
            for (uint64_t rest = whole % unit; unit > 1; rest %= unit) {
                unit /= 10;
                *end++ = (char)('0' + rest / unit);
            }
            return end;
        }
        scale *= 10;
    }
    return end + snprintf(end, 32, "%.16G", number);
}

/* ---- cells ------------------------------------------------------------------------------------ */

static const char *escape_of(char c)
{
    switch (c) {
    case '&': return "&amp;";
    case '<': return "&lt;";
    case '>': return "&gt;";
    case '\r': return "_x000D_"; /* XML would make a line end of it */
    default: return NULL;
    }
}

static void put_escaped(RowWriter *out, const char *text)
{
    while (*text != '\0') {
        char *end = room(out), *last = end + PIECE_BYTES - 16;
        for (; *text != '\0' && end < last; text++) {
            const char *escape = escape_of(*text);
            if (escape == NULL)
                *end++ = *text;
            else
                end = add_text(end, escape);
        }
        took(out, end);
    }
}

static bool is_blank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static void put_inline(RowWriter *out, const char *text)
{
    size_t length = strlen(text);
    bool kept = length > 0 && (is_blank(text[0]) || is_blank(text[length - 1]));
    char *end = add_text(room(out), " t=\"inlineStr\"><is><t");
    took(out, add_text(end, kept ? " xml:space=\"preserve\">" : ">"));
    put_escaped(out, text);
    took(out, add_text(room(out), "</t></is></c>"));
}

static void put_cell(RowWriter *out, Book *book, const PageCell *cell, const char *row)
{
    char *end = room(out), letters[4];
    column_letters(cell->column, letters);
    end = add_text(add_text(add_text(end, "<c r=\""), letters), row);
    end = add_text(end, "\" s=\"");
    end = add_whole(end, (uint64_t)out->book->styles[cell->look][cell->form]);
    *end++ = '"';
    switch ((PageCellKind)cell->kind) {
    case PAGE_BLANK: took(out, add_text(end, "/>")); return;
    case PAGE_NUMBER:
    case PAGE_DATE:
        end = add_number(add_text(end, "><v>"), cell->number);
        took(out, add_text(end, "</v></c>"));
        return;
    case PAGE_TEXT:
        took(out, end);
        put_inline(out, book_text(book, cell->text));
        return;
    case PAGE_FORMULA:
        took(out, add_text(end, "><f>"));
        put_escaped(out, cell->text + (*cell->text == '='));
        end = add_number(add_text(room(out), "</f><v>"), cell->number);
        took(out, add_text(end, "</v></c>"));
        return;
    }
}

/* ---- rows ------------------------------------------------------------------------------------- */

static void put_row(RowWriter *out, Book *book, const PageCell *cells, double points)
{
    char number[24], *end = room(out);
    int width = out->page->list->width;
    *add_whole(number, (uint64_t)cells[0].row + 1) = '\0';
    end = add_text(add_text(end, "<row r=\""), number);
    end = add_whole(add_text(end, "\" spans=\"1:"), (uint64_t)width);
    if (points > 0)
        end = add_text(add_number(add_text(end, "\" ht=\""), points), "\" customHeight=\"1");
    took(out, add_text(end, "\">"));
    for (int c = 0; c < width; c++)
        put_cell(out, book, &cells[c], number);
    took(out, add_text(room(out), "</row>"));
}

typedef struct LongList {
    Book *book;
    const Page *page;
} LongList;

/* The rows of a list but for the first and the last. */
static Status write_rows(void *context, ZipSink *sink)
{
    const LongList *list = context;
    Arena *scratch = list->book->scratch;
    RowWriter out = {.page = list->page, .book = list->book, .sink = sink};
    out.buffer = ARENA_NEW(scratch, BUFFER_BYTES, char);
    TRY_NEW(out.buffer);
    PageRows *rows = page_rows_open(list->page, scratch);
    TRY_NEW(rows);
    for (size_t i = 1; i + 1 < list->page->list->rows && out.status == STATUS_OK; i++) {
        const PageCell *cells = page_rows_make(rows, i);
        put_row(&out, list->book, cells, page_rows_points(rows));
    }
    flush(&out);
    if (!page_rows_whole(rows))
        out.status = STATUS_NO_MEMORY;
    page_rows_close(rows);
    return out.status;
}

lxw_error book_rows_finish(Book *book, const char *frame, const char *path)
{
    size_t sheets = book->report->sheet_count, count = 0;
    ZipInsert *inserts = ARENA_NEW(book->scratch, sheets, ZipInsert);
    LongList *lists = ARENA_NEW(book->scratch, sheets, LongList);
    if (inserts == NULL || lists == NULL)
        return LXW_ERROR_MEMORY_MALLOC_FAILED;
    for (size_t p = 0; p < sheets; p++) {
        const Page *page = &book->report->sheets[p];
        if (!book_rows_are_many(page))
            continue;
        lists[count] = (LongList){book, page};
        inserts[count] =
            (ZipInsert){.part = arena_printf(book->scratch, "xl/worksheets/sheet%zu.xml", p + 1),
                        .before = arena_printf(book->scratch, "<row r=\"%zu\"",
                                               (size_t)page->list->head_row + 1 + page->list->rows),
                        .write = write_rows,
                        .context = &lists[count]};
        if (inserts[count].part == NULL || inserts[count].before == NULL)
            return LXW_ERROR_MEMORY_MALLOC_FAILED;
        count++;
    }
    Status status = zip_copy(frame, path, inserts, count, book->scratch);
    if (status == STATUS_NO_MEMORY || book->error == LXW_ERROR_MEMORY_MALLOC_FAILED)
        return LXW_ERROR_MEMORY_MALLOC_FAILED;
    return status == STATUS_OK ? LXW_NO_ERROR : LXW_ERROR_ZIP_FILE_ADD;
}
