/* A sheet of one column for tests of the typing of cells. */
#include "tests/support/one_column.h"

#include "tests/support/expected_findings.h"
#include "tests/support/test_support.h"

#include <string.h>

void one_column_open(OneColumn *f)
{
    f->arena = arena_new();
    f->diag = diag_new(f->arena);
    assert_int_equal(round_init(f->arena, &f->round), STATUS_OK);
    SheetTarget target = {"needs.csv", dictionary_table(TABLE_NEEDS), f->arena, f->arena, f->diag};
    f->builder = sheet_builder_new(&target);
    assert_int_equal(sheet_add_cell(f->builder, "quantity", 8, CELL_TEXT), STATUS_OK);
    assert_int_equal(sheet_end_row(f->builder, 1), STATUS_OK);
    f->sheet = sheet_so_far(f->builder);
}

void one_column_close(OneColumn *f)
{
    arena_free(f->arena);
}

CellAt one_column_add(OneColumn *f, const char *text, CellKind kind)
{
    size_t row = f->sheet->row_count;
    assert_int_equal(sheet_add_cell(f->builder, text, strlen(text), kind), STATUS_OK);
    assert_int_equal(sheet_end_row(f->builder, (int)row + 2), STATUS_OK);
    return (CellAt){f->sheet, row, 0, f->diag};
}

void assert_wrong_cells(const WrongCell *cases, size_t count, TypeCell *type)
{
    for (size_t i = 0; i < count; i++) {
        OneColumn f;
        one_column_open(&f);
        CellAt at = one_column_add(&f, cases[i].text, CELL_TEXT);
        ExpectedFinding want = {cases[i].code, "needs.csv", 2, 1, cases[i].text, cases[i].hint};
        assert_case_int(cases[i].text, type(&f, at), STATUS_FINDINGS);
        assert_finding(cases[i].text, f.diag, &want);
        assert_finding_count(cases[i].text, f.diag, 1);
        one_column_close(&f);
    }
}
