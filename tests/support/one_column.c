/* A sheet of one column for tests of the typing of cells, made by hand: no reader is asked. */
#include "tests/support/one_column.h"

#include "tests/support/expected_findings.h"
#include "tests/support/test_support.h"

#include <string.h>

void one_column_open(OneColumn *f)
{
    f->arena = arena_new();
    f->diag = diag_new(f->arena);
    assert_int_equal(round_init(f->arena, &f->round), STATUS_OK);
    f->sheet = ARENA_NEW(f->arena, 1, Sheet);
    const char **headings = ARENA_NEW(f->arena, 1, const char *);
    SheetRow **blocks = ARENA_NEW(f->arena, 1, SheetRow *);
    headings[0] = "quantity";
    blocks[0] = ARENA_NEW(f->arena, SHEET_BLOCK_ROWS, SheetRow);
    *f->sheet = (Sheet){.file = "needs.csv",
                        .table = dictionary_table(TABLE_NEEDS),
                        .names = heading_index_new(dictionary_table(TABLE_NEEDS), f->arena),
                        .sha256 = "",
                        .readable = true,
                        .heading_line = 1,
                        .headings = headings,
                        .column_count = 1,
                        .blocks = blocks};
}

void one_column_close(OneColumn *f)
{
    arena_free(f->arena);
}

CellAt one_column_add(OneColumn *f, const char *text, CellKind kind)
{
    size_t row = f->sheet->row_count++, length = strlen(text);
    Cell *cell = ARENA_NEW(f->arena, 1, Cell);

    assert_true(row < SHEET_BLOCK_ROWS);
    trim_blanks(&text, &length);
    *cell =
        (Cell){.text = arena_text(f->arena, text, length), .kind = length > 0 ? kind : CELL_EMPTY};
    f->sheet->blocks[0][row] = (SheetRow){.cells = cell, .width = 1, .line = (int)row + 2};
    return (CellAt){f->sheet, row, 0, f->diag};
}

void assert_wrong_kind(const WrongCell *cases, size_t count, CellKind kind, TypeCell *type)
{
    for (size_t i = 0; i < count; i++) {
        OneColumn f;
        one_column_open(&f);
        CellAt at = one_column_add(&f, cases[i].text, kind);
        ExpectedFinding want = {cases[i].code, "needs.csv", 2, 1, cases[i].text, cases[i].hint};
        assert_case_int(cases[i].text, type(&f, at), STATUS_FINDINGS);
        assert_finding(cases[i].text, f.diag, &want);
        assert_finding_count(cases[i].text, f.diag, 1);
        one_column_close(&f);
    }
}

void assert_wrong_cells(const WrongCell *cases, size_t count, TypeCell *type)
{
    assert_wrong_kind(cases, count, CELL_TEXT, type);
}
