/* A CSV file as it comes, into a Sheet.
 *
 * The file is read twice: first its bytes are hashed and looked at, so that its encoding is decided
 * by all of it; then they are decoded and handed to the reader (a sum tells that they are the same), where the beginning of the text is
 * held back until the separator is decided.
 */
#include "io/csv_reader.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#include "io/csv_form.h"
#include "io/encoding.h"
#include "io/hash.h"
#include "io/limits.h"
#include "io/own_headings.h"

#include "allot/language.h"

enum { BUFFER_BYTES = 64 * 1024, START_BYTES = 64 };

typedef struct CsvFile {
    const SheetTarget *target;
    FILE *stream;
    char *buffer;            /* [BUFFER_BYTES] */
    uint64_t size;           /* bytes in the first pass */
    uint64_t sum;            /* of them (hash_sum()) */
    char start[START_BYTES]; /* the file's first bytes */
    const char *sha256;
    Encoding encoding;
    Decoder *decoder;
    char *head; /* [CSV_HEAD_BYTES] text held back until there is a reader */
    size_t head_size;
    CsvReader *reader;
} CsvFile;

static DiagPlace place_at(const CsvFile *file, int line)
{
    return (DiagPlace){
        .file = file->target->file, .line = line, .table = file->target->table->name};
}

static Status report_file(const CsvFile *file, int error)
{
    diag_add(file->target->diag, DIAG_FILE, place_at(file, 0),
             "the file cannot be read: %s; make it readable, or name another", strerror(error));
    return STATUS_IO;
}

/* A sheet for a file that a finding tells not to be used. */
static Status give_up(const CsvFile *file, Sheet **sheet)
{
    SheetBuilder *builder = sheet_builder_new(file->target);
    TRY_NEW(builder);
    return sheet_finish(builder, false, sheet);
}

/* ---- the first pass ------------------------------------------------------------------------- */

static bool is_too_large(const CsvFile *file, uint64_t size)
{
    if (size <= (uint64_t)FILE_BYTES_MAX)
        return false;
    diag_add(file->target->diag, DIAG_WORKBOOK_LIMIT, place_at(file, 0),
             "the file is larger than the %" PRId64 " bytes that are read; split the table",
             FILE_BYTES_MAX);
    return true;
}

/* Hashes and scans the bytes; *fits is false when a finding says that they are too many. */
static Status look_through(CsvFile *file, EncodingScan *scan, Hash *hash, bool *fits)
{
    struct stat entry;
    size_t got;
    *fits = fstat(fileno(file->stream), &entry) != 0 || !S_ISREG(entry.st_mode) ||
            !is_too_large(file, (uint64_t)entry.st_size);
    while (*fits && (got = fread(file->buffer, 1, BUFFER_BYTES, file->stream)) > 0) {
        if (file->size == 0)
            memcpy(file->start, file->buffer, got < START_BYTES ? got : START_BYTES);
        file->size += got;
        hash_add(hash, file->buffer, got);
        file->sum = hash_sum(file->sum, file->buffer, got);
        encoding_scan_add(scan, file->buffer, got);
        *fits = !is_too_large(file, file->size);
    }
    return ferror(file->stream) ? report_file(file, errno) : STATUS_OK;
}

/* What the file is when it is no CSV at all but a workbook, else NULL; what to do included. */
static const char *workbook_kind(const char start[START_BYTES])
{
    static const char open_document[] = "mimetypeapplication/vnd.oasis.opendocument";
    if (memcmp(start, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8) == 0)
        return _("an old workbook, or one with a password; save it as .xlsx without one");
    if (memcmp(start, "PK\x03\x04", 4) != 0)
        return NULL;
    enum { NAME_AT = 30, COMPARED = START_BYTES - NAME_AT };
    if (memcmp(start + NAME_AT, open_document, COMPARED) == 0)
        return _("a workbook; rename it to .ods");
    return _("a workbook; rename it to .xlsx");
}

static bool is_called_workbook(const char *name)
{
    static const char *const ends[] = {".xlsx", ".xlsm", ".ods", ".xls"};
    const char *dot = strrchr(name, '.');
    for (size_t i = 0; dot != NULL && i < sizeof ends / sizeof ends[0]; i++)
        if (strcasecmp(dot, ends[i]) == 0)
            return true;
    return false;
}

static bool is_text(const CsvFile *file)
{
    Diag *diag = file->target->diag;
    const Encoding *encoding = &file->encoding;
    const char *kind = workbook_kind(file->start);
    if (kind != NULL && is_called_workbook(file->target->file))
        diag_add(diag, DIAG_CSV, place_at(file, 0),
                 "this is a workbook, and a CSV file is asked for; save its sheet as .csv");
    else if (kind != NULL)
        diag_add(diag, DIAG_CSV, place_at(file, 0), "this is no CSV but %s", kind);
    else if (encoding->found == ENCODING_NONE)
        diag_add(diag, DIAG_CSV, place_at(file, encoding->line), "%s", encoding->reason);
    else if (encoding->found == ENCODING_DOUBTFUL)
        diag_add(diag, DIAG_ENCODING, place_at(file, encoding->line), "%s", encoding->reason);
    else
        return true;
    return false;
}

/* ---- the second pass ------------------------------------------------------------------------ */

/* The note that says how the file was read, where that is not the plainest way. */
static void report_form(const CsvFile *file, char separator)
{
    const Encoding *encoding = &file->encoding;
    const char *how = "";
    if (encoding->found == ENCODING_LETTERS)
        how = _(" (by its letters; if names look wrong, name it with --encoding)");
    if (encoding->found == ENCODING_DECLARED)
        how = _(" (named with --encoding)");
    if (strcmp(encoding->name, "UTF-8") == 0 && separator == ',')
        return;
    DiagPlace place = place_at(file, 0);
    if (separator == ',')
        diag_add(file->target->diag, DIAG_READ_AS, place, "read as %s%s", encoding->name, how);
    else if (separator == '\t')
        diag_add(file->target->diag, DIAG_READ_AS, place, "read as %s%s with tabs between cells",
                 encoding->name, how);
    else
        diag_add(file->target->diag, DIAG_READ_AS, place, "read as %s%s with '%c' between cells",
                 encoding->name, how, separator);
}

/* Decides the separator by the text held back, @p whole or not, and lets the reader have it. */
static Status begin_rows(CsvFile *file, bool whole)
{
    SheetTarget target = *file->target;
    if (target.names == NULL)
        target.names = target.of_plan ? own_headings_new(target.table, target.grid)
                                      : heading_index_new(target.table, target.grid);
    TRY_NEW(target.names);
    CsvForm form = csv_form_find(file->head, file->head_size, whole, target.names);
    report_form(file, form.separator);
    file->reader = csv_reader_new(&target, form.separator, form.told ? 2 : 1);
    TRY_NEW(file->reader);
    return csv_reader_feed(file->reader, file->head + form.line_bytes,
                           file->head_size - form.line_bytes);
}

static Status take_text(void *context, const char *text, size_t size)
{
    CsvFile *file = context;
    if (file->reader == NULL) {
        size_t room = CSV_HEAD_BYTES - file->head_size;
        size_t held = size < room ? size : room;
        memcpy(file->head + file->head_size, text, held);
        file->head_size += held;
        if (held == room)
            TRY(begin_rows(file, false));
        text += held;
        size -= held;
    }
    return size > 0 ? csv_reader_feed(file->reader, text, size) : STATUS_OK;
}

/* The byte that the decoder stopped at, on the line that the reader has come to. */
static void report_bad_byte(const CsvFile *file)
{
    const char *name = file->encoding.name;
    unsigned byte = decoder_bad_byte(file->decoder);
    uint64_t offset = decoder_bad_offset(file->decoder);
    DiagPlace place = place_at(file, csv_reader_line(file->reader));
    if (file->encoding.found == ENCODING_DECLARED)
        diag_add(file->target->diag, DIAG_ENCODING, place,
                 "byte 0x%02X at offset %" PRIu64 " has no meaning in %s; name the encoding that "
                 "the file is in with --encoding",
                 byte, offset, name);
    else
        diag_add(file->target->diag, DIAG_ENCODING, place,
                 "byte 0x%02X at offset %" PRIu64 " is not %s, as the file says it is; save the "
                 "table as CSV again",
                 byte, offset, name);
}

/* The file is open and its bytes are known; they come again. */
static Status read_again(CsvFile *file)
{
    size_t got;
    uint64_t sum = 0;
    if (fseek(file->stream, 0, SEEK_SET) != 0)
        return report_file(file, errno);
    while ((got = fread(file->buffer, 1, BUFFER_BYTES, file->stream)) > 0) {
        sum = hash_sum(sum, file->buffer, got);
        TRY(decoder_feed(file->decoder, file->buffer, got, take_text, file));
    }
    if (ferror(file->stream))
        return report_file(file, errno);
    if (sum != file->sum) {
        diag_add(file->target->diag, DIAG_FILE, place_at(file, 0),
                 "the file changed while it was read; run again");
        return STATUS_IO;
    }
    return decoder_finish(file->decoder, take_text, file);
}

static Status read_rows(CsvFile *file, Sheet **sheet)
{
    file->decoder = decoder_new(&file->encoding, file->target->grid);
    file->head = arena_alloc(file->target->grid, CSV_HEAD_BYTES, 1);
    if (file->decoder == NULL || file->head == NULL)
        return STATUS_NO_MEMORY;
    Status status = read_again(file);
    bool whole = status == STATUS_OK;
    if (!whole && status != STATUS_FINDINGS)
        return status;
    if (file->reader == NULL)
        TRY(begin_rows(file, true));
    if (!whole)
        report_bad_byte(file);
    return csv_reader_finish(file->reader, whole, sheet);
}

/* ---- the file ------------------------------------------------------------------------------- */

static Status read_stream(CsvFile *file, const char *declared, Sheet **sheet)
{
    Arena *scratch = file->target->grid;
    EncodingScan *scan = encoding_scan_new(scratch);
    Hash *hash = hash_new(scratch);
    bool fits;
    file->buffer = arena_alloc(scratch, BUFFER_BYTES, 1);
    if (scan == NULL || hash == NULL || file->buffer == NULL)
        return STATUS_NO_MEMORY;
    TRY(look_through(file, scan, hash, &fits));
    file->sha256 = "";
    if (fits) {
        file->sha256 = hash_text(hash, file->target->texts);
        TRY_NEW(file->sha256);
        TRY(encoding_decide(scan, declared, file->target->texts, &file->encoding));
    }
    TRY(fits && is_text(file) ? read_rows(file, sheet) : give_up(file, sheet));
    (*sheet)->sha256 = file->sha256;
    return STATUS_OK;
}

Status csv_read_file(const char *path, const char *declared_encoding, const SheetTarget *target,
                     Sheet **sheet)
{
    CsvFile file = {.target = target, .stream = fopen(path, "rb")};
    if (file.stream == NULL)
        return report_file(&file, errno);
    Status status = read_stream(&file, declared_encoding, sheet);
    csv_reader_free(file.reader);
    decoder_free(file.decoder);
    fclose(file.stream); /* read only: nothing can be lost */
    return status;
}
