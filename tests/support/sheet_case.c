/* A sheet as text, built and compared with what a test expects of it. */
#include "tests/support/sheet_case.h"

#include <stdio.h>
#include <string.h>

#include "tests/support/test_support.h"

static void add_cell(SheetBuilder *builder, const char *text, size_t length)
{
    static const struct {
        char sign;
        CellKind kind;
    } kinds[] = {{'=', CELL_NUMBER}, {'!', CELL_ERROR}, {'@', CELL_DATE}, {'?', CELL_PENDING}};
    CellKind kind = CELL_TEXT;
    for (size_t k = 0; k < COUNT_OF(kinds); k++)
        if (length > 0 && text[0] == kinds[k].sign)
            kind = kinds[k].kind;
    size_t sign = kind != CELL_TEXT;
    assert_int_equal(sheet_add_cell(builder, text + sign, length - sign, kind), STATUS_OK);
}

BuiltSheet sheet_case_build(const SheetCase *c)
{
    BuiltSheet built = {.arena = arena_new()};
    built.diag = diag_new(built.arena);
    SheetTarget target = {.file = "r.xlsx!x",
                          .table = dictionary_find(c->table),
                          .texts = built.arena,
                          .grid = built.arena,
                          .diag = built.diag,
                          .of_workbook = true};
    SheetBuilder *builder = sheet_builder_new(&target);
    int line = 1;
    for (const char *row = c->rows; *row != '\0'; line++) {
        bool hidden = *row == '~';
        row += hidden;
        size_t width = strcspn(row, "\n"), at = 0;
        while (at < width) {
            size_t length = strcspn(row + at, "|\n");
            add_cell(builder, row + at, length);
            at += length + 1;
        }
        assert_int_equal(sheet_end_row(builder, line, hidden), STATUS_OK);
        row += width + (row[width] == '\n');
    }
    for (size_t m = 0; m < SHEET_CASE_AREAS && c->merges[m].first_line > 0; m++)
        assert_int_equal(sheet_add_merge(builder, c->merges[m]), STATUS_OK);
    assert_int_equal(sheet_finish(builder, true, &built.sheet), STATUS_OK);
    return built;
}

static void check_headings(const SheetCase *c, const Sheet *sheet)
{
    char joined[512] = "";
    for (size_t h = 0; h < sheet->column_count; h++) {
        size_t length = strlen(joined);
        snprintf(joined + length, sizeof joined - length, "%s%s", h > 0 ? "|" : "",
                 sheet->headings[h]);
    }
    assert_case_text(c->label, joined, c->headings);
}

static void check_findings(const SheetCase *c, Diag *diag)
{
    size_t count, wanted = 0;
    const Finding *findings = diag_findings(diag, &count);
    while (wanted < SHEET_CASE_FINDINGS && c->found[wanted] != NULL)
        wanted++;
    for (size_t i = 0; i < count; i++)
        if (count != wanted)
            print_error("%s: %s line %d: %s\n", c->label, diag_code_text(findings[i].code),
                        findings[i].place.line, findings[i].message);
    assert_case_int(c->label, (int64_t)count, (int64_t)wanted);
    for (size_t i = 0; i < wanted; i++) {
        char head[16];
        const char *text = strchr(strchr(c->found[i], ' ') + 1, ' ') + 1;
        snprintf(head, sizeof head, "%s %d ", diag_code_text(findings[i].code),
                 findings[i].place.line);
        if (strncmp(c->found[i], head, strlen(head)) != 0 ||
            strstr(findings[i].message, text) == NULL)
            fail_msg("%s: found %s%s; expected %s", c->label, head, findings[i].message,
                     c->found[i]);
    }
}

void sheet_case_check(const SheetCase *c)
{
    BuiltSheet built = sheet_case_build(c);
    const Sheet *sheet = built.sheet;
    assert_case_int(c->label, sheet->heading_line, c->heading_line);
    check_headings(c, sheet);
    assert_case_int(c->label, sheet->row_count > 0 ? sheet_line(sheet, 0) : 0, c->first_line);
    if (sheet->row_count > 0)
        assert_case_int(c->label, sheet_line(sheet, sheet->row_count - 1), c->last_line);
    check_findings(c, built.diag);
    arena_free(built.arena);
}

void sheet_cases_check(const SheetCase *cases, size_t count)
{
    for (size_t i = 0; i < count; i++)
        sheet_case_check(&cases[i]);
}
