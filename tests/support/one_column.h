/* A sheet of one column for tests of the typing of cells: "quantity" of needs.csv, heading in line 1.
 */
#ifndef ALLOT_TEST_ONE_COLUMN_H
#define ALLOT_TEST_ONE_COLUMN_H

#include "io/cell.h"

typedef struct OneColumn {
    Arena *arena;
    Diag *diag;
    Round round; /* empty */
    Sheet *sheet;
} OneColumn;

void one_column_open(OneColumn *f);
void one_column_close(OneColumn *f);

/** Adds a row with this cell and says where it is; rows stand in lines 2, 3, ... Blanks around the
 *  text are dropped, and a cell without text is empty, as readers do. */
CellAt one_column_add(OneColumn *f, const char *text, CellKind kind);

/** What a wrong cell in line 2 must lead to. */
typedef struct WrongCell {
    const char *text;
    DiagCode code;
    const char *hint;
} WrongCell;

/** Types the cell as a test wants it. */
typedef Status TypeCell(OneColumn *f, CellAt at);

/** Each text is refused with exactly this finding. */
void assert_wrong_cells(const WrongCell *cases, size_t count, TypeCell *type);

/** The same of cells that a workbook stores as this kind. */
void assert_wrong_kind(const WrongCell *cases, size_t count, CellKind kind, TypeCell *type);

#endif
