/* One table as read: the grid that readers fill cell by cell and the typing of rows walks over.
 *
 * Cells and lines lie in blocks of rows, texts one after another in large blocks, so that a hundred
 * thousand rows cost a few hundred allocations and are never copied.
 */
#include "io/sheet.h"

#include "allot/quote.h"

#include <string.h>

enum {
    TEXT_BLOCK_BYTES = 256 * 1024,
    FIRST_WIDTH = 64,
    BLOCK_CELLS = 16 * 1024,
    FIRST_BLOCKS = 16
};

/* The first cell of a row that stands under no heading. */
typedef struct Surplus {
    int line;
    size_t column;
    const char *text;
} Surplus;

struct SheetBuilder {
    Sheet sheet;
    SheetTarget target;
    char *room; /* what is left of the current text block */
    size_t room_bytes;
    Cell *row; /* [row_capacity] the row being built */
    size_t row_capacity;
    size_t row_width;
    bool row_filled; /* some cell of it is not blank */
    size_t block_capacity;
    Surplus *surplus; /* [surplus_count] one a row at most */
    size_t surplus_count;
    size_t surplus_capacity;
};

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

const Cell *sheet_cell(const Sheet *sheet, size_t row, size_t column)
{
    const SheetBlock *block = &sheet->blocks[row / sheet->block_rows];
    return &block->cells[row % sheet->block_rows * sheet->column_count + column];
}

int sheet_line(const Sheet *sheet, size_t row)
{
    return sheet->blocks[row / sheet->block_rows].lines[row % sheet->block_rows];
}

DiagPlace sheet_place(const Sheet *sheet, size_t row, size_t column)
{
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

/* ---- building ------------------------------------------------------------------------------- */

SheetBuilder *sheet_builder_new(const SheetTarget *target)
{
    SheetBuilder *builder = ARENA_NEW(target->grid, 1, SheetBuilder);
    if (builder == NULL)
        return NULL;
    builder->target = *target;
    builder->sheet.file = target->file;
    builder->sheet.table = target->table;
    builder->sheet.sha256 = "";
    return builder;
}

static const char *keep_text(SheetBuilder *builder, const char *text, size_t length)
{
    if (length >= builder->room_bytes) {
        size_t bytes = length < TEXT_BLOCK_BYTES ? TEXT_BLOCK_BYTES : length + 1;
        char *block = arena_alloc(builder->target.texts, bytes, 1);
        if (block == NULL)
            return NULL;
        builder->room = block;
        builder->room_bytes = bytes;
    }
    char *copy = builder->room;
    memcpy(copy, text, length);
    copy[length] = '\0';
    builder->room += length + 1;
    builder->room_bytes -= length + 1;
    return copy;
}

Status sheet_add_cell(SheetBuilder *builder, const char *text, size_t length, CellKind kind)
{
    if (builder->row_width == builder->row_capacity) {
        size_t capacity = builder->row_capacity == 0 ? FIRST_WIDTH : 2 * builder->row_capacity;
        Cell *row = arena_grow(builder->target.grid, builder->row, builder->row_capacity, capacity,
                               sizeof(Cell));
        TRY_NEW(row);
        builder->row = row;
        builder->row_capacity = capacity;
    }
    Cell *cell = &builder->row[builder->row_width++];
    trim_blanks(&text, &length);
    *cell = (Cell){"", CELL_EMPTY};
    if (length == 0)
        return STATUS_OK;
    cell->text = keep_text(builder, text, length);
    TRY_NEW(cell->text);
    cell->kind = kind;
    builder->row_filled = true;
    return STATUS_OK;
}

static Status take_headings(SheetBuilder *builder, int line)
{
    Sheet *sheet = &builder->sheet;
    size_t count = builder->row_width;

    while (builder->row[count - 1].kind == CELL_EMPTY)
        count--;
    sheet->headings = ARENA_NEW(builder->target.texts, count, const char *);
    TRY_NEW(sheet->headings);
    for (size_t c = 0; c < count; c++)
        sheet->headings[c] = builder->row[c].text;
    sheet->column_count = count;
    sheet->block_rows = BLOCK_CELLS / (count + 1) + 1;
    sheet->heading_line = line;
    return STATUS_OK;
}

static Status add_block(SheetBuilder *builder, size_t index)
{
    Sheet *sheet = &builder->sheet;
    if (index == builder->block_capacity) {
        size_t capacity = index == 0 ? FIRST_BLOCKS : 2 * index;
        SheetBlock *blocks =
            arena_grow(builder->target.grid, sheet->blocks, index, capacity, sizeof(SheetBlock));
        TRY_NEW(blocks);
        sheet->blocks = blocks;
        builder->block_capacity = capacity;
    }
    SheetBlock *block = &sheet->blocks[index];
    block->lines = ARENA_NEW(builder->target.grid, sheet->block_rows, int);
    TRY_NEW(block->lines);
    block->cells = ARENA_NEW(builder->target.grid, sheet->block_rows * sheet->column_count, Cell);
    TRY_NEW(block->cells);
    return STATUS_OK;
}

static Status keep_surplus(SheetBuilder *builder, Surplus surplus)
{
    if (builder->surplus_count == builder->surplus_capacity) {
        size_t count = builder->surplus_count;
        size_t capacity = count == 0 ? FIRST_WIDTH : 2 * count;
        Surplus *grown =
            arena_grow(builder->target.grid, builder->surplus, count, capacity, sizeof(Surplus));
        TRY_NEW(grown);
        builder->surplus = grown;
        builder->surplus_capacity = capacity;
    }
    builder->surplus[builder->surplus_count++] = surplus;
    return STATUS_OK;
}

/* Looks for a cell beyond the headings or under a blank one. */
static Status check_width(SheetBuilder *builder, int line)
{
    const Sheet *sheet = &builder->sheet;
    for (size_t c = 0; c < builder->row_width; c++) {
        const Cell *cell = &builder->row[c];
        bool headed = c < sheet->column_count && sheet->headings[c][0] != '\0';
        if (cell->kind != CELL_EMPTY && !headed)
            return keep_surplus(builder, (Surplus){line, c, cell->text});
    }
    return STATUS_OK;
}

static Status take_row(SheetBuilder *builder, int line)
{
    Sheet *sheet = &builder->sheet;
    size_t block = sheet->row_count / sheet->block_rows;
    size_t row = sheet->row_count % sheet->block_rows;

    if (row == 0)
        TRY(add_block(builder, block));
    TRY(check_width(builder, line));
    sheet->blocks[block].lines[row] = line;
    Cell *cells = &sheet->blocks[block].cells[row * sheet->column_count];
    for (size_t c = 0; c < sheet->column_count; c++)
        cells[c] = c < builder->row_width ? builder->row[c] : (Cell){"", CELL_EMPTY};
    sheet->row_count++;
    return STATUS_OK;
}

Status sheet_end_row(SheetBuilder *builder, int line)
{
    Status status = STATUS_OK;
    if (builder->row_filled && builder->sheet.heading_line == 0)
        status = take_headings(builder, line);
    else if (builder->row_filled)
        status = take_row(builder, line);
    builder->row_width = 0;
    builder->row_filled = false;
    return status;
}

size_t sheet_row_width(const SheetBuilder *builder)
{
    return builder->row_width;
}

const Sheet *sheet_so_far(const SheetBuilder *builder)
{
    return &builder->sheet;
}

static void report_surplus(const SheetBuilder *builder)
{
    for (size_t i = 0; i < builder->surplus_count; i++) {
        const Surplus *surplus = &builder->surplus[i];
        DiagPlace place = {.file = builder->sheet.file,
                           .line = surplus->line,
                           .column = (int)surplus->column + 1,
                           .table = builder->sheet.table->name,
                           .text = surplus->text};
        diag_add(builder->target.diag, DIAG_ROW_WIDTH, place,
                 "'%s' stands under no heading; put cells that hold a comma in quotes, or give the "
                 "column a heading",
                 quote(surplus->text).text);
    }
}

Sheet *sheet_finish(SheetBuilder *builder, bool readable)
{
    builder->sheet.readable = readable;
    if (readable)
        report_surplus(builder);
    return &builder->sheet;
}
