/* A sheet that says something else than its file. Called by round_changes.c, between the file's rows
 * and their typing, so that a changed cell is typed and checked like any other.
 */
#include "io/sheet_edit.h"

#include <string.h>

#include "io/shape.h"

enum { FIRST_EDITS = 8 };

static SheetRow *row_in(const Sheet *sheet, size_t at)
{
    return &sheet->blocks[at / SHEET_BLOCK_ROWS][at % SHEET_BLOCK_ROWS];
}

/* The rows that stay, one after another in blocks of their own. What stands above the data, titles
 * and headings, stays where it is. */
static void copy_rows(const Sheet *sheet, const bool *gone, Sheet *edited)
{
    size_t kept = sheet->first_row;
    for (size_t at = 0; at < kept; at++)
        *row_in(edited, at) = *row_in(sheet, at);
    for (size_t row = 0; row < sheet->row_count; row++)
        if (!gone[row])
            *row_in(edited, kept++) = *row_in(sheet, sheet->first_row + row);
    edited->row_count = kept - sheet->first_row;
}

Status sheet_edit_begin(const Sheet *sheet, const bool *gone, Arena *arena, Sheet **edited)
{
    size_t rows = sheet->first_row + sheet->row_count;
    size_t blocks = (rows + SHEET_BLOCK_ROWS - 1) / SHEET_BLOCK_ROWS;
    Sheet *made = ARENA_NEW(arena, 1, Sheet);
    TRY_NEW(made);
    *made = *sheet;
    made->blocks = ARENA_NEW(arena, blocks, SheetRow *);
    TRY_NEW(made->blocks);
    for (size_t b = 0; b < blocks; b++) {
        made->blocks[b] = ARENA_NEW(arena, SHEET_BLOCK_ROWS, SheetRow);
        TRY_NEW(made->blocks[b]);
    }
    copy_rows(sheet, gone, made);
    made->edits = NULL;
    made->edit_count = 0;
    *edited = made;
    return STATUS_OK;
}

Status sheet_edit_row(Sheet *edited, Arena *arena, size_t *row)
{
    size_t at = edited->first_row + edited->row_count;
    size_t blocks = (at + SHEET_BLOCK_ROWS - 1) / SHEET_BLOCK_ROWS;
    if (at % SHEET_BLOCK_ROWS == 0) { /* the last block is full */
        SheetRow **grown =
            arena_grow(arena, edited->blocks, blocks, blocks + 1, sizeof(SheetRow *));
        TRY_NEW(grown);
        grown[blocks] = ARENA_NEW(arena, SHEET_BLOCK_ROWS, SheetRow);
        TRY_NEW(grown[blocks]);
        edited->blocks = grown;
    }
    int line = at > 0 ? row_in(edited, at - 1)->line + 1 : edited->heading_line + 1;
    *row_in(edited, at) = (SheetRow){.line = line};
    *row = edited->row_count++;
    return STATUS_OK;
}

Status sheet_edit_column(Sheet *edited, const char *heading, Arena *arena, size_t *column)
{
    size_t count = edited->column_count;
    const char **headings = arena_grow(arena, edited->headings, count, count + 1, sizeof *headings);
    TRY_NEW(headings);
    headings[count] = heading;
    edited->headings = headings;
    edited->column_count = count + 1;
    *column = count;
    return STATUS_OK;
}

/* The row's cells are shared with the sheet that was read, perhaps with other rows of it. */
static Status own_cells(SheetRow *row, size_t width, Arena *arena)
{
    Cell *cells = ARENA_NEW(arena, width, Cell);
    TRY_NEW(cells);
    for (size_t c = 0; c < width; c++)
        cells[c] = *shape_cell(row, c);
    row->cells = cells;
    row->width = (uint32_t)width;
    return STATUS_OK;
}

/* The edit of this cell in the list, made in its place by row and column. */
static Status find_edit(Sheet *edited, size_t row, size_t column, Arena *arena, SheetEdit **edit)
{
    size_t count = edited->edit_count, at = count;
    SheetEdit *edits = edited->edits;
    while (at > 0 && edits[at - 1].row == row && edits[at - 1].column >= column)
        at--;
    if (at == count || edits[at].row != row || edits[at].column != column) {
        if (count == 0 || (count >= FIRST_EDITS && (count & (count - 1)) == 0))
            edits = arena_grow(arena, edits, count, count == 0 ? FIRST_EDITS : 2 * count,
                               sizeof *edits);
        TRY_NEW(edits);
        memmove(&edits[at + 1], &edits[at], (count - at) * sizeof *edits);
        edited->edits = edits;
        edited->edit_count = count + 1;
    }
    *edit = &edits[at];
    return STATUS_OK;
}

Status sheet_edit_cell(Sheet *edited, size_t row, size_t column, Cell cell, DiagPlace place,
                       Arena *arena)
{
    SheetRow *changed = row_in(edited, edited->first_row + row);
    size_t width = changed->width > column + 1 ? changed->width : column + 1;
    SheetEdit *edit;
    TRY(own_cells(changed, width, arena));
    changed->cells[column] = cell;
    TRY(find_edit(edited, row, column, arena, &edit));
    *edit = (SheetEdit){.row = row, .column = column, .place = place};
    return STATUS_OK;
}
