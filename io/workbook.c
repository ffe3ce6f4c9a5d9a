/* What every workbook shares: telling what a file is, the finding that ends a reading, and cells on
 * their way into a SheetBuilder, counted against the limits.
 */
#include "io/workbook_internal.h"

#include "allot/language.h"
#include "allot/quote.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

enum {
    LOOK_BYTES = 4096,     /* of a file, to tell what it is */
    OLE2_STEP_BYTES = 128, /* an entry of the directory, and where entries lie */
    OLE2_BUFFER_BYTES = 512 * OLE2_STEP_BYTES,
    SHEET_NAME_BYTES_MAX = 1000 /* programs allow 31 letters; LibreOffice any number */
};

/* ---- findings ------------------------------------------------------------------------------- */

Status workbook_fail(WorkbookReading *reading, DiagCode code, int row, int column,
                     const char *format, ...)
{
    DiagPlace place = {.file = reading->file, .line = row, .column = column};
    va_list args;

    va_start(args, format);
    char *message = arena_vprintf(reading->scratch, _(format), args);
    va_end(args);
    TRY_NEW(message);
    if (reading->sheet != NULL) {
        place.file = arena_printf(reading->texts, "%s!%s", reading->file, reading->sheet);
        TRY_NEW(place.file);
    }
    diag_add(reading->diag, code, place, "%s", message);
    return STATUS_FINDINGS;
}

Status workbook_fail_zip(WorkbookReading *reading)
{
    static const DiagCode codes[] = {
        [ZIP_SOUND] = DIAG_WORKBOOK,
        [ZIP_DAMAGED] = DIAG_WORKBOOK,
        [ZIP_LOCKED] = DIAG_WORKBOOK_LOCKED,
        [ZIP_LIMIT] = DIAG_WORKBOOK_LIMIT,
    };
    return workbook_fail(reading, codes[zip_fault(reading->zip)], 0, 0, "%s",
                         zip_fault_text(reading->zip));
}

static Status report_file(const WorkbookReading *reading)
{
    diag_add(reading->diag, DIAG_FILE, (DiagPlace){.file = reading->file},
             N_("the file cannot be read: %s; make it readable, or name another"), strerror(errno));
    return STATUS_IO;
}

/* ---- what a file is ------------------------------------------------------------------------- */

/* True when the bytes are XML whose root is office:document (content.xml of an .ods has
 * office:document-content). */
static bool is_flat_ods(const char *bytes, size_t size)
{
    static const char root[] = "<office:document";
    size_t start = 0;
    if (size >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0)
        start = 3;
    while (start < size && strchr(" \t\r\n", bytes[start]) != NULL && bytes[start] != '\0')
        start++;
    if (start == size || bytes[start] != '<')
        return false;
    for (size_t i = start; i + sizeof root <= size; i++)
        if (memcmp(bytes + i, root, sizeof root - 1) == 0)
            return strchr(" \t\r\n>", bytes[i + sizeof root - 1]) != NULL;
    return false;
}

static FileKind kind_of_bytes(const char *bytes, size_t size)
{
    if (size == 0)
        return FILE_EMPTY;
    if (size >= 4 && (memcmp(bytes, "PK\3\4", 4) == 0 || memcmp(bytes, "PK\5\6", 4) == 0))
        return FILE_ZIP;
    if (size >= 8 && memcmp(bytes, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8) == 0)
        return FILE_OLE2;
    return is_flat_ods(bytes, size) ? FILE_FLAT_ODS : FILE_OTHER;
}

Status file_kind(const char *path, FileKind *kind)
{
    char bytes[LOOK_BYTES];
    FILE *stream = fopen(path, "rb");
    if (stream == NULL)
        return STATUS_IO;
    size_t size = fread(bytes, 1, sizeof bytes, stream);
    int error = ferror(stream) ? errno : 0;
    fclose(stream); /* read only: nothing can be lost */
    errno = error;
    if (error != 0)
        return STATUS_IO;
    *kind = kind_of_bytes(bytes, size);
    return STATUS_OK;
}

/* ---- cells ---------------------------------------------------------------------------------- */

Status workbook_begin_sheet(WorkbookReading *reading, const char *name,
                            WorkbookVisibility visibility)
{
    size_t length = strlen(name);
    reading->sheet = NULL;
    reading->builder = NULL;
    if (length > SHEET_NAME_BYTES_MAX)
        return workbook_fail(reading, DIAG_WORKBOOK_LIMIT, 0, 0,
                             "the sheet's name '%s' has more than %d bytes; give it a shorter one",
                             quote(name).text, SHEET_NAME_BYTES_MAX);
    if (reading->sheets == SHEETS_MAX)
        return workbook_fail(reading, DIAG_WORKBOOK_LIMIT, 0, 0,
                             "the workbook has more than %d sheets; delete those that are not "
                             "needed, or split it",
                             SHEETS_MAX);
    reading->sheets++;
    const char *kept = arena_text(reading->texts, name, length);
    TRY_NEW(kept);
    TRY(reading->sink->sheet(reading->sink->context, kept, visibility, &reading->builder));
    reading->sheet = kept;
    return STATUS_OK;
}

static Status count_cells(WorkbookReading *reading, int row, int column, int64_t cells)
{
    reading->cells += cells;
    if (reading->cells <= WORKBOOK_CELLS_MAX)
        return STATUS_OK;
    return workbook_fail(reading, DIAG_WORKBOOK_LIMIT, row, column,
                         "the workbook has more than %d cells, gaps between them counted; delete "
                         "rows and columns that are not needed, or split it",
                         WORKBOOK_CELLS_MAX);
}

/* The cells row, column to row + down, column + right - 1 lie on a sheet. */
static Status check_place(WorkbookReading *reading, int row, int column, int down, int right)
{
    if (row < 1 || row > SHEET_ROWS_MAX || down > SHEET_ROWS_MAX - row)
        return workbook_fail(reading, DIAG_WORKBOOK_LIMIT, row, column,
                             "the row is beyond row %d, the last of a sheet; delete what stands "
                             "there",
                             SHEET_ROWS_MAX);
    if (column < 1 || column > SHEET_COLUMNS_MAX || right - 1 > SHEET_COLUMNS_MAX - column)
        return workbook_fail(reading, DIAG_WORKBOOK_LIMIT, row, column,
                             "the cell is beyond column %d (XFD), the last of a sheet; delete what "
                             "stands there",
                             SHEET_COLUMNS_MAX);
    return STATUS_OK;
}

/* Adds the cell once, which is not blank, and has room for the others. */
static Status add_first(WorkbookReading *reading, int row, int column, int times, const char *text,
                        size_t length, CellKind kind)
{
    SheetBuilder *builder = reading->builder;
    TRY(check_place(reading, row, column, 0, times));
    if (length > CELL_BYTES_MAX)
        return workbook_fail(reading, DIAG_WORKBOOK_LIMIT, row, column,
                             "the cell has more than %d bytes; shorten its text", CELL_BYTES_MAX);
    size_t width = sheet_row_width(builder);
    if (width > (size_t)column - 1)
        return workbook_fail(reading, DIAG_WORKBOOK, row, column,
                             "the cell comes after one further right, or twice; open the file in "
                             "Excel or LibreOffice and save it again");
    TRY(count_cells(reading, row, column, column - 1 - (int64_t)width + times));
    TRY(sheet_skip_to(builder, (size_t)column - 1));
    return sheet_add_cell(builder, text, length, kind);
}

Status workbook_add_cell(WorkbookReading *reading, int row, int column, int times, const char *text,
                         size_t length, CellKind kind)
{
    trim_blanks(&text, &length);
    if (reading->builder == NULL || times < 1 || (length == 0 && kind != CELL_PENDING))
        return STATUS_OK;
    TRY(add_first(reading, row, column, times, text, length, kind));
    return times > 1 ? sheet_repeat_cell(reading->builder, (size_t)times - 1) : STATUS_OK;
}

Status workbook_add_figure(WorkbookReading *reading, int row, int column, int times,
                           const char *text, uint32_t shown)
{
    if (reading->builder == NULL || times < 1 || *text == '\0')
        return STATUS_OK;
    TRY(add_first(reading, row, column, times, text, strlen(text), CELL_NUMBER));
    sheet_mark_cell(reading->builder, shown);
    return times > 1 ? sheet_repeat_cell(reading->builder, (size_t)times - 1) : STATUS_OK;
}

Status workbook_end_row(WorkbookReading *reading, int row, bool hidden, int more)
{
    SheetBuilder *builder = reading->builder;
    size_t width = builder != NULL ? sheet_row_width(builder) : 0;
    if (width == 0)
        return STATUS_OK; /* blank rows may go on for ever */
    TRY(check_place(reading, row, 1, more, 1));
    TRY(count_cells(reading, row, 0, (int64_t)width * more));
    TRY(sheet_end_row(builder, row, hidden));
    return more > 0 ? sheet_repeat_row(builder, (size_t)more) : STATUS_OK;
}

/* ---- reading -------------------------------------------------------------------------------- */

/* A part of this name, in UTF-16, lies in an .xlsx behind a password. Names begin an entry. */
static bool has_encrypted_package(FILE *stream, char *buffer)
{
    static const char name[] = "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0\0";
    int64_t looked_at = 0;
    size_t got;
    while (looked_at < FILE_BYTES_MAX &&
           (got = fread(buffer, 1, OLE2_BUFFER_BYTES, stream)) > sizeof name) {
        for (size_t i = 0; i + sizeof name <= got; i += OLE2_STEP_BYTES)
            if (memcmp(buffer + i, name, sizeof name) == 0)
                return true;
        looked_at += (int64_t)got;
    }
    return false;
}

static Status refuse_ole2(WorkbookReading *reading)
{
    char *buffer = arena_alloc(reading->scratch, OLE2_BUFFER_BYTES, 1);
    TRY_NEW(buffer);
    FILE *stream = fopen(reading->path, "rb");
    if (stream == NULL)
        return report_file(reading);
    bool locked = has_encrypted_package(stream, buffer);
    bool unread = ferror(stream) != 0;
    if (unread) {
        Status status = report_file(reading);
        fclose(stream);
        return status;
    }
    fclose(stream); /* read only: nothing can be lost */
    if (locked)
        return workbook_fail(reading, DIAG_WORKBOOK_LOCKED, 0, 0,
                             "the workbook is protected by a password; save it without one");
    return workbook_fail(reading, DIAG_WORKBOOK, 0, 0,
                         "an old .xls workbook; open it in Excel or LibreOffice and save it as "
                         ".xlsx or .ods");
}

/* LibreOffice 24.8 and later encrypts all parts as one: what is left is the manifest that says so. */
static Status read_parts(WorkbookReading *reading)
{
    bool is_xlsx = zip_has(reading->zip, "[Content_Types].xml");
    if (!is_xlsx && zip_has(reading->zip, "content.xml"))
        return ods_read(reading);
    if (!is_xlsx)
        TRY(ods_check_password(reading));
    return xlsx_read(reading);
}

static Status read_zip(WorkbookReading *reading)
{
    Status status = zip_open(reading->path, reading->scratch, &reading->zip);
    if (status == STATUS_FINDINGS)
        status = workbook_fail_zip(reading);
    else if (status == STATUS_OK)
        status = read_parts(reading);
    zip_close(reading->zip);
    return status;
}

Status workbook_read(const char *path, const char *file, const WorkbookSink *sink, Arena *scratch,
                     Diag *diag)
{
    WorkbookReading reading = {.path = path,
                               .file = file,
                               .sink = sink,
                               .texts = sink->texts != NULL ? sink->texts : scratch,
                               .scratch = scratch,
                               .diag = diag};
    FileKind kind = FILE_OTHER;
    if (file_kind(path, &kind) != STATUS_OK)
        return report_file(&reading);
    switch (kind) {
    case FILE_ZIP: return read_zip(&reading);
    case FILE_FLAT_ODS: return ods_read(&reading);
    case FILE_OLE2: return refuse_ole2(&reading);
    case FILE_EMPTY:
        return workbook_fail(&reading, DIAG_WORKBOOK, 0, 0,
                             "the file is empty; save the workbook again, or have it sent again");
    case FILE_OTHER: break;
    }
    return workbook_fail(&reading, DIAG_WORKBOOK, 0, 0,
                         "the file is no workbook; open it in Excel or LibreOffice and save it as "
                         ".xlsx or .ods");
}
