/* CSV into a Sheet, through libcsv. The only file that includes csv.h.
 *
 * libcsv knows no lines, so it is fed one physical line at a time, and every line end (LF, CRLF, CR)
 * reaches it as one LF: with CSV_REPALL_NL rows and lines then both count right. Around it stand
 * checks that it does not make: NUL bytes and the length of a cell. Each runs to the end of the text
 * by itself and only its first finding is kept, so that the findings do not depend on where the
 * bytes were cut.
 */
#include "io/csv_reader.h"

#include <csv.h>

#include <string.h>

#include "io/limits.h"

enum {
    SPAN_BYTES_MAX = 64 * 1024, /* fed at once: bounds how far a cell can overshoot its limit */
    LIBCSV_BUFFER_STEP = 4096
};

/* What stopped the parsing, and where. */
typedef enum Fault {
    FAULT_NONE,
    FAULT_QUOTE_INSIDE,
    FAULT_QUOTE_OPEN,
    FAULT_CELL_LONG,
    FAULT_ROW_WIDE,
    FAULT_CELLS_MANY
} Fault;

struct CsvReader {
    struct csv_parser parser;
    SheetBuilder *builder;
    SheetTarget target;
    long cells;    /* so far, empty ones too */
    Status status; /* of the callbacks */
    bool after_cr; /* an LF that comes now belongs to it */
    int line;      /* current line, 1-based */
    int row_line;  /* where the current row began */
    int cell_line; /* where the current cell began */
    int nul_line;  /* line of the first NUL byte, or 0 */
    Fault fault;   /* once set, nothing is parsed any more */
    int fault_line;
    int fault_cell_line;
    size_t fault_column; /* 0-based */
};

/* ---- libcsv's callbacks --------------------------------------------------------------------- */

static void stop(CsvReader *reader, Fault fault)
{
    if (reader->fault != FAULT_NONE)
        return;
    reader->fault = fault;
    reader->fault_line = reader->line;
    reader->fault_cell_line = reader->cell_line;
    reader->fault_column = sheet_row_width(reader->builder);
}

static void on_cell(void *text, size_t length, void *context)
{
    CsvReader *reader = context;
    if (reader->status != STATUS_OK || reader->fault != FAULT_NONE)
        return;
    if (length > CELL_BYTES_MAX)
        stop(reader, FAULT_CELL_LONG);
    else if (sheet_row_width(reader->builder) == SHEET_COLUMNS_MAX)
        stop(reader, FAULT_ROW_WIDE);
    else if (++reader->cells > CSV_CELLS_MAX)
        stop(reader, FAULT_CELLS_MANY);
    else
        reader->status = sheet_add_cell(reader->builder, text, length, CELL_TEXT);
    reader->cell_line = reader->line;
}

static void on_row(int terminator, void *context)
{
    CsvReader *reader = context;
    (void)terminator;
    if (reader->status != STATUS_OK || reader->fault != FAULT_NONE)
        return;
    reader->status = sheet_end_row(reader->builder, reader->row_line, false);
    reader->row_line = reader->line + 1;
    reader->cell_line = reader->line + 1;
}

/* Blanks are part of a cell for libcsv; the sheet trims them, the wide ones too. */
static int no_blank(unsigned char c)
{
    (void)c;
    return 0;
}

/* ---- feeding -------------------------------------------------------------------------------- */

CsvReader *csv_reader_new(const SheetTarget *target, char separator, int first_line)
{
    CsvReader *reader = ARENA_NEW(target->grid, 1, CsvReader);
    if (reader == NULL)
        return NULL;
    reader->builder = sheet_builder_new(target);
    if (reader->builder == NULL)
        return NULL;
    reader->target = *target;
    /* csv_init() only fails for a NULL parser. */
    csv_init(&reader->parser, CSV_STRICT | CSV_STRICT_FINI | CSV_REPALL_NL);
    csv_set_space_func(&reader->parser, no_blank);
    csv_set_blk_size(&reader->parser, LIBCSV_BUFFER_STEP);
    csv_set_delim(&reader->parser, (unsigned char)separator);
    reader->line = reader->row_line = reader->cell_line = first_line;
    return reader;
}

void csv_reader_free(CsvReader *reader)
{
    if (reader != NULL)
        csv_free(&reader->parser);
}

int csv_reader_line(const CsvReader *reader)
{
    return reader->line;
}

/* Hands bytes of one line to libcsv. entry_pos is the length of the cell it holds, with a quote that
 * may have ended it: one more than the limit is not yet too long. */
static Status parse(CsvReader *reader, const char *bytes, size_t size)
{
    while (size > 0 && reader->fault == FAULT_NONE) {
        size_t span = size < SPAN_BYTES_MAX ? size : SPAN_BYTES_MAX;
        size_t done = csv_parse(&reader->parser, bytes, span, on_cell, on_row, reader);
        if (reader->status != STATUS_OK)
            return reader->status;
        if (done != span && csv_error(&reader->parser) != CSV_EPARSE)
            return STATUS_NO_MEMORY;
        if (reader->parser.entry_pos > CELL_BYTES_MAX + 1)
            stop(reader, FAULT_CELL_LONG);
        else if (done != span)
            stop(reader, FAULT_QUOTE_INSIDE);
        bytes += span;
        size -= span;
    }
    return STATUS_OK;
}

/* Takes the bytes of one line without its end. */
static Status take_span(CsvReader *reader, const char *bytes, size_t size)
{
    if (size == 0)
        return STATUS_OK;
    reader->after_cr = false;
    if (reader->nul_line == 0 && memchr(bytes, '\0', size) != NULL)
        reader->nul_line = reader->line;
    return parse(reader, bytes, size);
}

static Status take_line_end(CsvReader *reader, char end)
{
    bool second = end == '\n' && reader->after_cr; /* of CR LF */
    reader->after_cr = end == '\r';
    if (second)
        return STATUS_OK;
    TRY(parse(reader, "\n", 1));
    reader->line++;
    return STATUS_OK;
}

static size_t line_length(const char *bytes, size_t size)
{
    size_t length = 0;
    while (length < size && bytes[length] != '\n' && bytes[length] != '\r')
        length++;
    return length;
}

Status csv_reader_feed(CsvReader *reader, const char *bytes, size_t size)
{
    while (size > 0) {
        size_t length = line_length(bytes, size);
        TRY(take_span(reader, bytes, length));
        if (length == size)
            return STATUS_OK;
        TRY(take_line_end(reader, bytes[length]));
        bytes += length + 1;
        size -= length + 1;
    }
    return STATUS_OK;
}

/* ---- the end -------------------------------------------------------------------------------- */

static DiagPlace place_at(const CsvReader *reader, const Sheet *sheet, int line, int column)
{
    DiagPlace place = {.file = reader->target.file,
                       .line = line,
                       .column = column,
                       .table = reader->target.table->name};
    bool below = sheet->heading_line > 0 && line > sheet->heading_line;
    if (below && column > 0 && (size_t)column <= sheet->column_count)
        place.column_name = sheet->headings[column - 1];
    return place;
}

static void report_fault(const CsvReader *reader, const Sheet *sheet)
{
    int column = (int)reader->fault_column + 1;
    DiagPlace here = place_at(reader, sheet, reader->fault_line, column);
    DiagPlace cell = place_at(reader, sheet, reader->fault_cell_line, column);
    Diag *diag = reader->target.diag;
    switch (reader->fault) {
    case FAULT_QUOTE_INSIDE:
        if (reader->fault_cell_line != reader->fault_line)
            diag_add(diag, DIAG_CSV, here,
                     "a quote stands where none may be, in a quoted cell that began on line %d; "
                     "close that cell, and write a quote inside quotes twice",
                     reader->fault_cell_line);
        else
            diag_add(diag, DIAG_CSV, here,
                     "a quote stands where none may be; put the whole cell in quotes, and write a "
                     "quote inside quotes twice");
        break;
    case FAULT_QUOTE_OPEN:
        diag_add(diag, DIAG_CSV, cell,
                 "a quote that opens here is never closed; close it, and write a quote inside "
                 "quotes twice");
        break;
    case FAULT_CELL_LONG:
        diag_add(diag, DIAG_CSV, cell, "a cell is longer than %d bytes; is a quote not closed?",
                 CELL_BYTES_MAX);
        break;
    case FAULT_ROW_WIDE:
        diag_add(diag, DIAG_WORKBOOK_LIMIT, cell,
                 "the row has more than %d cells; is it one table, and is the separator right?",
                 SHEET_COLUMNS_MAX);
        break;
    case FAULT_CELLS_MANY:
        diag_add(diag, DIAG_WORKBOOK_LIMIT, cell,
                 "the file has more than %d cells; split the round, or leave out columns",
                 CSV_CELLS_MAX);
        break;
    case FAULT_NONE: break;
    }
}

/* Adds what is wrong with the text's form. */
static void report_form(const CsvReader *reader, const Sheet *sheet)
{
    if (reader->nul_line > 0)
        diag_add(reader->target.diag, DIAG_CSV, place_at(reader, sheet, reader->nul_line, 0),
                 "the file holds a NUL byte; it is no text file: save the table as CSV again");
    else
        report_fault(reader, sheet);
}

Status csv_reader_finish(CsvReader *reader, bool whole, Sheet **sheet)
{
    if (reader->fault == FAULT_NONE && whole) {
        if (csv_fini(&reader->parser, on_cell, on_row, reader) != 0)
            stop(reader, FAULT_QUOTE_OPEN);
        TRY(reader->status);
    }
    bool sound = reader->fault == FAULT_NONE && reader->nul_line == 0;
    TRY(sheet_finish(reader->builder, sound && whole, sheet));
    if (!sound)
        report_form(reader, *sheet);
    if (sound && whole && (*sheet)->heading_line == 0) {
        (*sheet)->readable = false;
        diag_add(reader->target.diag, DIAG_CSV, place_at(reader, *sheet, 1, 0),
                 "the file is empty; its first row must be the headings");
    }
    return STATUS_OK;
}

const char *csv_library_version(void)
{
#define CSV_TEXT_OF(number) #number
#define CSV_TEXT(number) CSV_TEXT_OF(number)
    return CSV_TEXT(CSV_MAJOR) "." CSV_TEXT(CSV_MINOR) "." CSV_TEXT(CSV_RELEASE);
#undef CSV_TEXT
#undef CSV_TEXT_OF
}
