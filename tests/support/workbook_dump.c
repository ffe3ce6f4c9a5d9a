/* Workbooks as texts to compare. */
#include "tests/support/workbook_dump.h"

#include "tests/support/test_support.h"

#include "io/workbook.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SHEETS = 8, COLUMNS = 20 };

typedef struct Collected {
    Arena *texts;
    Arena *grid;
    Diag *diag; /* of the sheets alone */
    const char *names[SHEETS];
    bool hidden[SHEETS];
    SheetBuilder *builders[SHEETS];
    size_t count;
    const char *passed_over; /* name of a sheet that is not asked for */
} Collected;

/* ---- reading and telling -------------------------------------------------------------------- */

static void put(WorkbookDump *dump, const char *text)
{
    for (; *text != '\0' && dump->length < sizeof dump->text - 3; text++) {
        if (*text == '\n' && text[1] != '\0')
            dump->text[dump->length++] = '/'; /* a line end inside a cell */
        else
            dump->text[dump->length++] = *text;
    }
    dump->text[dump->length] = '\0';
}

static Status take_sheet(void *context, const char *name, WorkbookVisibility visibility,
                         SheetBuilder **builder)
{
    Collected *all = context;
    *builder = NULL;
    if (all->passed_over != NULL && strcmp(name, all->passed_over) == 0)
        return STATUS_OK;
    assert_true(all->count < SHEETS);
    SheetTarget target = {.file = "w",
                          .table = dictionary_table(TABLE_NEEDS),
                          .texts = all->texts,
                          .grid = all->grid,
                          .diag = all->diag,
                          .of_workbook = true};
    all->names[all->count] = name;
    all->hidden[all->count] = visibility == SHEET_HIDDEN;
    all->builders[all->count] = *builder = sheet_builder_new(&target);
    assert_non_null(*builder);
    all->count++;
    return STATUS_OK;
}

static void put_row(WorkbookDump *dump, const Sheet *sheet, size_t row)
{
    static const char kinds[] = "-tndfep";
    char start[16];
    size_t width = 0;
    for (size_t c = 0; c < COLUMNS; c++)
        width = sheet_cell(sheet, row, c)->kind != CELL_EMPTY ? c + 1 : width;
    snprintf(start, sizeof start, "%d:", sheet_line(sheet, row));
    put(dump, start);
    for (size_t c = 0; c < width; c++) {
        const Cell *cell = sheet_cell(sheet, row, c);
        char kind[] = {kinds[cell->kind], '\0'};
        put(dump, c > 0 ? "|" : "");
        put(dump, kind);
        put(dump, *cell->text != '\0' ? " " : "");
        put(dump, cell->text);
    }
    put(dump, "\n");
}

static void put_sheet(WorkbookDump *dump, Collected *all, size_t i)
{
    Sheet *sheet;
    assert_int_equal(sheet_finish(all->builders[i], true, &sheet), STATUS_OK);
    put(dump, "[");
    put(dump, all->names[i]);
    put(dump, all->hidden[i] ? ", hidden" : "");
    put(dump, sheet->epoch_1904 ? ", 1904" : "");
    put(dump, "]\n");
    for (size_t r = 0; r < sheet->row_count; r++)
        put_row(dump, sheet, r);
}

/* Findings up to the first ';': what to do is not repeated here. */
static void put_findings(WorkbookDump *dump, const Diag *diag, bool shape_only)
{
    size_t count;
    const Finding *findings = diag_findings(diag, &count);
    for (size_t i = 0; i < count; i++) {
        const Finding *found = &findings[i];
        char place[200];
        char what[400];
        if (shape_only && found->code != DIAG_HIDDEN && found->code != DIAG_MERGED)
            continue;
        snprintf(place, sizeof place, "%s %s:%d:%d ", diag_code_text(found->code),
                 found->place.file, found->place.line, found->place.column);
        put(dump, place);
        snprintf(what, sizeof what, "%.*s\n", (int)strcspn(found->message, ";"), found->message);
        put(dump, what);
    }
}

void dump_workbook(const char *path, const char *passed_over, WorkbookDump *dump)
{
    Collected all = {.texts = arena_new(), .grid = arena_new(), .passed_over = passed_over};
    Arena *scratch = arena_new();
    Diag *diag = diag_new(all.texts);
    WorkbookSink sink = {.sheet = take_sheet, .texts = all.texts, .context = &all};

    all.diag = diag_new(all.texts);
    dump->length = 0;
    dump->text[0] = '\0';
    Status status = workbook_read(path, "w", &sink, scratch, diag);
    if (status == STATUS_OK) {
        for (size_t i = 0; i < all.count; i++)
            put_sheet(dump, &all, i);
        put_findings(dump, all.diag, true);
    } else {
        assert_int_equal(status, STATUS_FINDINGS);
    }
    put_findings(dump, diag, false);
    arena_free(scratch);
    arena_free(all.grid);
    arena_free(all.texts);
}

void dump_flat(const char *xml, size_t size, const char *passed_over, WorkbookDump *dump)
{
    char *dir = test_dir_make();
    write_file_bytes(dir, "w.fods", xml, size);
    char *path = test_path(dir, "w.fods");
    dump_workbook(path, passed_over, dump);
    free(path);
    test_dir_remove(dir);
}

void assert_flat_cases(const FlatCase *cases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        WorkbookDump dump;
        dump_flat(cases[i].xml, strlen(cases[i].xml), NULL, &dump);
        assert_case_text(cases[i].label, dump.text, cases[i].want);
    }
}
