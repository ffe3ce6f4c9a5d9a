/* One table as read: what is asked of a sheet once it is built (sheet_build.c), and the blanks that
 * people and programs leave around text.
 */
#include "io/sheet.h"

#include "io/shape.h"

/* ---- blanks --------------------------------------------------------------------------------- */

/* U+00A0, U+2000 to U+200B, U+202F and U+FEFF, which spreadsheets and web pages leave around text. */
static bool is_wide_blank(const unsigned char *p, size_t length)
{
    if (length >= 2 && p[0] == 0xC2 && p[1] == 0xA0)
        return true;
    if (length < 3)
        return false;
    return (p[0] == 0xE2 && p[1] == 0x80 && ((p[2] >= 0x80 && p[2] <= 0x8B) || p[2] == 0xAF)) ||
           (p[0] == 0xEF && p[1] == 0xBB && p[2] == 0xBF);
}

size_t blank_length(const char *text, size_t length)
{
    const unsigned char *p = (const unsigned char *)text;
    if (length == 0)
        return 0;
    if (p[0] == ' ' || (p[0] >= '\t' && p[0] <= '\r'))
        return 1;
    if (p[0] < 0x80 || !is_wide_blank(p, length))
        return 0;
    return p[0] == 0xC2 ? 2 : 3;
}

void trim_blanks(const char **text, size_t *length)
{
    size_t blank;
    while ((blank = blank_length(*text, *length)) > 0) {
        *text += blank;
        *length -= blank;
    }
    for (size_t n = 1; n <= 3 && n <= *length; n++) {
        const char *last = *text + *length - n;
        if (blank_length(last, n) == n) {
            *length -= n;
            n = 0; /* from the new end */
        }
    }
}

/* ---- looking at a sheet --------------------------------------------------------------------- */

static const SheetRow *row_in_blocks(const Sheet *sheet, size_t at)
{
    return &sheet->blocks[at / SHEET_BLOCK_ROWS][at % SHEET_BLOCK_ROWS];
}

static const SheetRow *row_at(const Sheet *sheet, size_t row)
{
    return row_in_blocks(sheet, sheet->first_row + row);
}

const Cell *sheet_cell(const Sheet *sheet, size_t row, size_t column)
{
    return shape_cell(row_at(sheet, row), column);
}

int sheet_line(const Sheet *sheet, size_t row)
{
    return row_at(sheet, row)->line;
}

const SheetEdit *sheet_edit_of(const Sheet *sheet, size_t row, size_t column)
{
    size_t from = 0, end = sheet->edit_count;
    while (from < end) {
        size_t middle = from + (end - from) / 2;
        const SheetEdit *edit = &sheet->edits[middle];
        if (edit->row == row && edit->column == column)
            return edit;
        if (edit->row < row || (edit->row == row && edit->column < column))
            from = middle + 1;
        else
            end = middle;
    }
    return NULL;
}

DiagPlace sheet_place(const Sheet *sheet, size_t row, size_t column)
{
    const SheetEdit *edit = sheet_edit_of(sheet, row, column);
    if (edit != NULL)
        return edit->place;
    return (DiagPlace){.file = sheet->file,
                       .line = sheet_line(sheet, row),
                       .column = (int)column + 1,
                       .column_name = sheet->headings[column],
                       .table = sheet->table->name,
                       .text = sheet_cell(sheet, row, column)->text};
}

DiagPlace sheet_heading_place(const Sheet *sheet, size_t column)
{
    return (DiagPlace){.file = sheet->file,
                       .line = sheet->heading_line,
                       .column = (int)column + 1,
                       .column_name = sheet->headings[column],
                       .table = sheet->table->name,
                       .text = sheet->headings[column]};
}

size_t sheet_under_count(const Sheet *sheet)
{
    return sheet->first_row - sheet->below_row;
}

DiagPlace sheet_under_place(const Sheet *sheet, size_t under, size_t column)
{
    const SheetRow *row = row_in_blocks(sheet, sheet->below_row + under);
    DiagPlace place = sheet_heading_place(sheet, column);
    place.line = row->line;
    place.text = shape_cell(row, column)->text;
    return place;
}
