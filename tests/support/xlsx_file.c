/* Parts are put together from pieces; what was read is put into words. */
#include "tests/support/xlsx_file.h"

#include "tests/support/test_support.h"

#include "allot/dictionary.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { SHEETS_KEPT = 16 };

/* ---- writing -------------------------------------------------------------------------------- */

static const char *or_else(const char *text, const char *usual)
{
    return text != NULL ? text : usual;
}

static void add_between(ZipFile *zip, const char *part, const char *head, const char *text,
                        const char *tail)
{
    Arena *arena = arena_new();
    char *whole = arena_printf(arena, "%s%s%s", head, text, tail);
    assert_non_null(whole);
    zip_file_add_text(zip, part, whole);
    arena_free(arena);
}

static void add_relations(ZipFile *zip, const char *part, const char *text)
{
    add_between(zip, part, "<Relationships xmlns=\"" XLSX_PACKAGE "\">", text, "</Relationships>");
}

static void add_sheet(ZipFile *zip, const XlsxFile *file)
{
    Arena *arena = arena_new();
    char *rows =
        arena_printf(arena, "%s<sheetData>" XLSX_HEADINGS "%s</sheetData>%s",
                     or_else(file->before, ""), or_else(file->rows, ""), or_else(file->after, ""));
    assert_non_null(rows);
    if (file->sheet != NULL)
        zip_file_add_text(zip, "xl/worksheets/sheet1.xml", file->sheet);
    else
        add_between(zip, "xl/worksheets/sheet1.xml", "<worksheet xmlns=\"" XLSX_MAIN "\">", rows,
                    "</worksheet>");
    arena_free(arena);
}

ZipFile *xlsx_file_begin(const char *dir, const char *name, const XlsxFile *file)
{
    static const char book[] = "<sheets><sheet name=\"needs\" sheetId=\"1\" r:id=\"r1\"/></sheets>";
    static const char package[] = "<Relationship Id=\"d\" Type=\"" XLSX_RELATIONS
                                  "/officeDocument\" Target=\"xl/workbook.xml\"/>";
    static const char relations[] =
        "<Relationship Id=\"r1\" Type=\"" XLSX_RELATIONS
        "/worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"r2\" "
        "Type=\"" XLSX_RELATIONS "/sharedStrings\" Target=\"sharedStrings.xml\"/>"
        "<Relationship Id=\"r3\" Type=\"" XLSX_RELATIONS "/styles\" Target=\"styles.xml\"/>";
    ZipFile *zip = zip_file_new(dir, name);

    zip_file_add_text(zip, "[Content_Types].xml", "<Types/>");
    add_relations(zip, "_rels/.rels", or_else(file->package, package));
    if (file->book_part != NULL)
        zip_file_add_text(zip, "xl/workbook.xml", file->book_part);
    else
        add_between(zip, "xl/workbook.xml",
                    "<workbook xmlns=\"" XLSX_MAIN "\" xmlns:r=\"" XLSX_RELATIONS "\">",
                    or_else(file->book, book), "</workbook>");
    add_relations(zip, "xl/_rels/workbook.xml.rels", or_else(file->relations, relations));
    if (file->strings != NULL)
        add_between(zip, "xl/sharedStrings.xml", "<sst xmlns=\"" XLSX_MAIN "\">", file->strings,
                    "</sst>");
    if (file->styles != NULL)
        add_between(zip, "xl/styles.xml", "<styleSheet xmlns=\"" XLSX_MAIN "\">", file->styles,
                    "</styleSheet>");
    if (file->sheet != NULL || file->rows != NULL)
        add_sheet(zip, file);
    return zip;
}

void xlsx_file_write(const char *dir, const char *name, const XlsxFile *file)
{
    zip_file_close(xlsx_file_begin(dir, name, file));
}

/* ---- reading -------------------------------------------------------------------------------- */

typedef struct Reader {
    Arena *texts;
    Arena *grid;
    Arena *scratch;
    Diag *diag;
    size_t count;
    const char *names[SHEETS_KEPT];
    WorkbookVisibility visibility[SHEETS_KEPT];
    SheetBuilder *builders[SHEETS_KEPT]; /* NULL: passed over */
} Reader;

static Status take_sheet(void *context, const char *name, WorkbookVisibility visibility,
                         SheetBuilder **builder)
{
    Reader *in = context;
    SheetTarget target = {.file = arena_printf(in->texts, "round.xlsx!%s", name),
                          .table = dictionary_table(TABLE_NEEDS),
                          .texts = in->texts,
                          .grid = in->grid,
                          .diag = in->diag,
                          .of_workbook = true};
    *builder = NULL;
    if (in->count == SHEETS_KEPT)
        return STATUS_OK;
    if (strncmp(name, "pass", 4) != 0) {
        *builder = sheet_builder_new(&target);
        assert_non_null(*builder);
    }
    in->names[in->count] = name;
    in->visibility[in->count] = visibility;
    in->builders[in->count++] = *builder;
    return STATUS_OK;
}

static void open_reader(Reader *in)
{
    memset(in, 0, sizeof *in);
    in->texts = arena_new();
    in->grid = arena_new();
    in->scratch = arena_new();
    in->diag = diag_new(in->texts);
    assert_non_null(in->diag);
}

/* Scratch goes first, as it may: no finding lies there. */
static Status read_into(Reader *in, const char *path, size_t *bytes)
{
    WorkbookSink sink = {take_sheet, in, in->texts};
    Status status = workbook_read(path, "round.xlsx", &sink, in->scratch, in->diag);
    *bytes = arena_bytes(in->texts) + arena_bytes(in->grid) + arena_bytes(in->scratch);
    arena_free(in->scratch);
    return status;
}

static void close_reader(Reader *in)
{
    arena_free(in->grid);
    arena_free(in->texts);
}

static void put(char *text, const char *more)
{
    size_t length = strlen(text);
    snprintf(text + length, WORKBOOK_TEXT_SIZE - length, "%s", more);
}

static void put_row(char *text, const SheetRow *row)
{
    static const char *const marks[] = {
        [CELL_EMPTY] = "", [CELL_TEXT] = "",   [CELL_NUMBER] = "#",  [CELL_DATE] = "@",
        [CELL_FLAG] = "?", [CELL_ERROR] = "!", [CELL_PENDING] = "~",
    };
    char number[32];
    snprintf(number, sizeof number, "%d%s:", row->line, row->hidden ? " hidden" : "");
    put(text, number);
    for (uint32_t c = 0; c < row->width; c++) {
        put(text, c > 0 ? "|" : "");
        put(text, row->cells[c].text);
        put(text, marks[row->cells[c].kind]);
    }
    put(text, "\n");
}

static void put_sheet(char *text, const Reader *in, size_t index)
{
    Sheet *sheet;
    put(text, "[");
    put(text, in->names[index]);
    put(text, in->visibility[index] == SHEET_HIDDEN ? ", hidden" : "");
    if (in->builders[index] == NULL) {
        put(text, ", passed]\n");
        return;
    }
    /* Not readable: then rows are as they came, and there are no findings about them. */
    assert_int_equal(sheet_finish(in->builders[index], false, &sheet), STATUS_OK);
    put(text, sheet->epoch_1904 ? ", 1904]\n" : "]\n");
    for (size_t r = 0; r < sheet->row_count; r++) {
        size_t place = sheet->first_row + r;
        put_row(text, &sheet->blocks[place / SHEET_BLOCK_ROWS][place % SHEET_BLOCK_ROWS]);
    }
}

static void put_findings(char *text, Diag *diag, Arena *arena)
{
    size_t count;
    diag_sort(diag);
    const Finding *findings = diag_findings(diag, &count);
    for (size_t i = 0; i < count; i++) {
        put(text, i > 0 ? "\n" : "");
        put(text, diag_format(&findings[i], arena));
    }
}

void workbook_read_text(const char *path, WorkbookRead *out)
{
    Reader in;
    clock_t begun = clock();

    open_reader(&in);
    out->status = read_into(&in, path, &out->bytes);
    out->seconds = (double)(clock() - begun) / CLOCKS_PER_SEC;
    out->text[0] = '\0';
    if (out->status == STATUS_OK)
        for (size_t i = 0; i < in.count; i++)
            put_sheet(out->text, &in, i);
    out->finding[0] = '\0';
    put_findings(out->finding, in.diag, in.texts);
    close_reader(&in);
}

void workbook_check_refused(const char *label, const char *path, const char *want, size_t bytes_max)
{
    WorkbookRead read;
    workbook_read_text(path, &read);
    assert_case_text(label, read.finding, want);
    assert_case_int(label, read.status, STATUS_FINDINGS);
    assert_case_text(label, read.text, "");
    assert_case(label, read.bytes <= bytes_max);
    assert_case(label, read.seconds < WORKBOOK_SECONDS_MAX);
}

void xlsx_read_text(const XlsxFile *file, WorkbookRead *out)
{
    char *dir = test_dir_make();
    char *path = test_path(dir, "round.xlsx");
    xlsx_file_write(dir, "round.xlsx", file);
    workbook_read_text(path, out);
    free(path);
    test_dir_remove(dir);
}

void workbook_read_findings(const char *path, char text[WORKBOOK_TEXT_SIZE])
{
    Reader in;
    size_t bytes;
    open_reader(&in);
    assert_int_equal(read_into(&in, path, &bytes), STATUS_OK);
    text[0] = '\0';
    for (size_t i = 0; i < in.count; i++) {
        Sheet *sheet;
        assert_int_equal(sheet_finish(in.builders[i], true, &sheet), STATUS_OK);
    }
    put_findings(text, in.diag, in.texts);
    close_reader(&in);
}
