/* CSV into a Sheet, through libcsv. The only file that includes csv.h.
 *
 * libcsv knows no lines, so it is fed one physical line at a time, and every line end (LF, CRLF, CR)
 * reaches it as one LF: with CSV_REPALL_NL rows and lines then both count right. Around it stand
 * checks that it does not make: UTF-8 (utf8.h), NUL bytes, the length of a cell, the separator.
 * Each check runs to the end of the file by itself and only its first finding is kept, so that the
 * findings do not depend on where the bytes were cut.
 */
#include "io/csv_reader.h"

#include "io/hash.h"
#include "io/utf8.h"

#include <csv.h>

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

enum {
    SPAN_BYTES_MAX = 64 * 1024, /* fed at once: bounds how far a cell can overshoot its limit */
    BUFFER_BYTES = 64 * 1024,
    LIBCSV_BUFFER_STEP = 4096
};

/* What stopped the parsing, and where. */
typedef enum Fault { FAULT_NONE, FAULT_QUOTE_INSIDE, FAULT_QUOTE_OPEN, FAULT_CELL_LONG } Fault;

/* Separators of the first line that holds anything else: they tell a file without commas. */
typedef struct FirstLine {
    bool known;  /* that line is complete */
    bool filled; /* the current line holds something else */
    int line;    /* the current line, at last that line */
    size_t commas;
    size_t semicolons;
    size_t tabs;
} FirstLine;

struct CsvReader {
    struct csv_parser parser;
    SheetBuilder *builder;
    SheetTarget target;
    Status status; /* of the callbacks */
    Utf8Check utf8;
    FirstLine first;
    char start[3]; /* bytes held back until they prove to be a byte order mark or not */
    size_t start_count;
    bool started;
    bool is_utf16; /* it began with a UTF-16 byte order mark */
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
    if (length > CSV_CELL_BYTES_MAX)
        stop(reader, FAULT_CELL_LONG);
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
    reader->status = sheet_end_row(reader->builder, reader->row_line);
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

CsvReader *csv_reader_new(const SheetTarget *target)
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
    reader->utf8 = utf8_start();
    reader->line = reader->row_line = reader->cell_line = reader->first.line = 1;
    return reader;
}

void csv_reader_free(CsvReader *reader)
{
    if (reader != NULL)
        csv_free(&reader->parser);
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
        if (reader->parser.entry_pos > CSV_CELL_BYTES_MAX + 1)
            stop(reader, FAULT_CELL_LONG);
        else if (done != span)
            stop(reader, FAULT_QUOTE_INSIDE);
        bytes += span;
        size -= span;
    }
    return STATUS_OK;
}

static void look_at_separators(FirstLine *first, const char *bytes, size_t size)
{
    if (first->known)
        return;
    for (size_t i = 0; i < size; i++) {
        switch (bytes[i]) {
        case ',': first->commas++; break;
        case ';': first->semicolons++; break;
        case '\t': first->tabs++; break;
        case ' ':
        case '"': break;
        default: first->filled = true; break;
        }
    }
}

static void end_first_line(FirstLine *first)
{
    if (first->filled)
        first->known = true;
    else
        *first = (FirstLine){.line = first->line + 1};
}

/* Takes the bytes of one line without its end. */
static Status take_span(CsvReader *reader, const char *bytes, size_t size)
{
    if (size == 0)
        return STATUS_OK;
    reader->after_cr = false;
    if (reader->nul_line == 0 && memchr(bytes, '\0', size) != NULL)
        reader->nul_line = reader->line;
    look_at_separators(&reader->first, bytes, size);
    return parse(reader, bytes, size);
}

static Status take_line_end(CsvReader *reader, char end)
{
    bool second = end == '\n' && reader->after_cr; /* of CR LF */
    reader->after_cr = end == '\r';
    if (second)
        return STATUS_OK;
    TRY(parse(reader, "\n", 1));
    end_first_line(&reader->first);
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

static Status take(CsvReader *reader, const char *bytes, size_t size)
{
    utf8_check(&reader->utf8, bytes, size);
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

/* Passes the bytes held back, unless they are the mark. */
static Status end_start(CsvReader *reader)
{
    static const char mark[3] = {'\xEF', '\xBB', '\xBF'};
    bool is_mark = reader->start_count == 3 && memcmp(reader->start, mark, 3) == 0;

    reader->started = true;
    reader->is_utf16 = reader->start_count >= 2 && (memcmp(reader->start, "\xFF\xFE", 2) == 0 ||
                                                    memcmp(reader->start, "\xFE\xFF", 2) == 0);
    if (is_mark) {
        utf8_check(&reader->utf8, mark, sizeof mark); /* offsets count from the file's first byte */
        return STATUS_OK;
    }
    return take(reader, reader->start, reader->start_count);
}

Status csv_reader_feed(CsvReader *reader, const char *bytes, size_t size)
{
    while (!reader->started && size > 0) {
        reader->start[reader->start_count++] = *bytes++;
        size--;
        if (reader->start_count == sizeof reader->start)
            TRY(end_start(reader));
    }
    return take(reader, bytes, size);
}

/* ---- the end -------------------------------------------------------------------------------- */

static DiagPlace place_at(const CsvReader *reader, int line, int column)
{
    const Sheet *sheet = sheet_so_far(reader->builder);
    DiagPlace place = {.file = reader->target.file,
                       .line = line,
                       .column = column,
                       .table = reader->target.table->name};
    if (column > 0 && (size_t)column <= sheet->column_count)
        place.column_name = sheet->headings[column - 1];
    return place;
}

static void report_encoding(const CsvReader *reader)
{
    const Utf8Check *utf8 = &reader->utf8;
    if (reader->is_utf16)
        diag_add(reader->target.diag, DIAG_ENCODING, place_at(reader, 1, 0),
                 "the file is UTF-16; save it as CSV UTF-8");
    else
        diag_add(reader->target.diag, DIAG_ENCODING, place_at(reader, utf8->bad_line, 0),
                 "byte 0x%02X at offset %zu is not UTF-8; save the file as CSV UTF-8",
                 utf8->bad_byte, utf8->bad_offset);
}

/* The file's separator when it plainly is not the comma, else 0. */
static const char *wrong_separator(const FirstLine *first)
{
    if (first->commas > 0)
        return NULL;
    if (first->semicolons > 0)
        return "semicolons";
    return first->tabs > 0 ? "tabs" : NULL;
}

static void report_fault(const CsvReader *reader)
{
    int column = (int)reader->fault_column + 1;
    switch (reader->fault) {
    case FAULT_QUOTE_INSIDE:
        if (reader->fault_cell_line != reader->fault_line)
            diag_add(reader->target.diag, DIAG_CSV, place_at(reader, reader->fault_line, column),
                     "a quote stands where none may be, in a quoted cell that began on line %d; "
                     "close that cell, and write a quote inside quotes twice",
                     reader->fault_cell_line);
        else
            diag_add(reader->target.diag, DIAG_CSV, place_at(reader, reader->fault_line, column),
                     "a quote stands where none may be; put the whole cell in quotes, and write a "
                     "quote inside quotes twice");
        break;
    case FAULT_QUOTE_OPEN:
        diag_add(reader->target.diag, DIAG_CSV, place_at(reader, reader->fault_cell_line, column),
                 "a quote that opens here is never closed; close it, and write a quote inside "
                 "quotes twice");
        break;
    case FAULT_CELL_LONG:
        diag_add(reader->target.diag, DIAG_CSV, place_at(reader, reader->fault_cell_line, column),
                 "a cell is longer than %d bytes; is a quote not closed?", CSV_CELL_BYTES_MAX);
        break;
    case FAULT_NONE: break;
    }
}

/* Adds what is wrong with the file's form; true when there is anything. */
static bool report_form(const CsvReader *reader)
{
    bool encoding = reader->is_utf16 || reader->utf8.bad;
    const char *separator = wrong_separator(&reader->first);

    if (encoding)
        report_encoding(reader);
    if (reader->is_utf16)
        return true; /* nothing else in it means anything */
    if (reader->nul_line > 0) {
        diag_add(reader->target.diag, DIAG_CSV, place_at(reader, reader->nul_line, 0),
                 "the file holds a NUL byte; it is no text file: save it as CSV UTF-8");
        return true;
    }
    if (separator != NULL) {
        diag_add(reader->target.diag, DIAG_CSV, place_at(reader, reader->first.line, 0),
                 "the heading has %s and no comma; save the file with commas between the cells",
                 separator);
        return true;
    }
    report_fault(reader);
    if (reader->fault != FAULT_NONE || encoding)
        return true;
    if (sheet_so_far(reader->builder)->heading_line == 0) {
        diag_add(reader->target.diag, DIAG_CSV, place_at(reader, 1, 0),
                 "the file is empty; its first row must be the headings");
        return true;
    }
    return false;
}

Status csv_reader_finish(CsvReader *reader, Sheet **sheet)
{
    if (!reader->started)
        TRY(end_start(reader));
    utf8_finish(&reader->utf8);
    if (reader->fault == FAULT_NONE) {
        if (csv_fini(&reader->parser, on_cell, on_row, reader) != 0)
            stop(reader, FAULT_QUOTE_OPEN);
        TRY(reader->status);
    }
    *sheet = sheet_finish(reader->builder, !report_form(reader));
    return STATUS_OK;
}

/* ---- files ---------------------------------------------------------------------------------- */

static Status report_file(const CsvReader *reader, int error)
{
    diag_add(reader->target.diag, DIAG_FILE, place_at(reader, 0, 0), "the file cannot be read: %s",
             strerror(error));
    return STATUS_IO;
}

static Status read_stream(FILE *stream, CsvReader *reader, Hash *hash, char *buffer)
{
    size_t got;
    while ((got = fread(buffer, 1, BUFFER_BYTES, stream)) > 0) {
        hash_add(hash, buffer, got);
        TRY(csv_reader_feed(reader, buffer, got));
    }
    return ferror(stream) ? report_file(reader, errno) : STATUS_OK;
}

Status csv_read_file(const char *path, const SheetTarget *target, Sheet **sheet)
{
    CsvReader *reader = csv_reader_new(target);
    Hash *hash = hash_new(target->grid);
    char *buffer = arena_alloc(target->grid, BUFFER_BYTES, 1);
    Status status = STATUS_NO_MEMORY;
    FILE *stream = NULL;

    if (reader == NULL || hash == NULL || buffer == NULL)
        goto done;
    stream = fopen(path, "rb");
    status =
        stream != NULL ? read_stream(stream, reader, hash, buffer) : report_file(reader, errno);
    if (status == STATUS_OK)
        status = csv_reader_finish(reader, sheet);
    if (status == STATUS_OK) {
        (*sheet)->sha256 = hash_text(hash, target->texts);
        status = (*sheet)->sha256 != NULL ? STATUS_OK : STATUS_NO_MEMORY;
    }
done:
    if (stream != NULL)
        fclose(stream); /* read only: nothing can be lost */
    csv_reader_free(reader);
    return status;
}

const char *csv_library_version(void)
{
#define CSV_TEXT_OF(number) #number
#define CSV_TEXT(number) CSV_TEXT_OF(number)
    return CSV_TEXT(CSV_MAJOR) "." CSV_TEXT(CSV_MINOR) "." CSV_TEXT(CSV_RELEASE);
#undef CSV_TEXT
#undef CSV_TEXT_OF
}
