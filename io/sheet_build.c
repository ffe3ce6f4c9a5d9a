/* Building a sheet: readers hand over rows cell by cell, and at the end the table is found among
 * them (shape.h).
 *
 * Cells and texts lie one after another in large blocks and rows point at them, so that a hundred
 * thousand rows cost a few hundred allocations and are never copied to grow.
 */
#include "io/shape.h"
#include "io/sheet.h"

#include <string.h>

#include "io/limits.h"
#include "io/own_headings.h"

#include "allot/language.h"

enum {
    TEXT_BLOCK_BYTES = 256 * 1024,
    CELL_BLOCK = 16 * 1024,
    FIRST_WIDTH = 64,
    FIRST_BLOCKS = 16,
    FIRST_MERGES = 16,
    MERGE_WORK_MAX = 4 * WORKBOOK_CELLS_MAX /* rows and cells visited to clear covered cells */
};

struct SheetBuilder {
    Sheet sheet;
    SheetTarget target;
    char *room; /* what is left of the current block of texts */
    size_t room_bytes;
    Cell *cell_room; /* what is left of the current block of cells */
    size_t cell_room_count;
    Cell *row; /* [row_capacity] the row being built */
    size_t row_capacity;
    size_t row_width;
    size_t row_filled; /* up to its last cell that is not blank */
    bool row_kept;     /* the row ended last was not blank */
    size_t block_capacity;
    size_t row_count; /* rows that are not blank */
    SheetArea *merges;
    size_t merge_count;
    size_t merge_capacity;
    bool *hidden_columns;
    size_t hidden_count;
};

const SheetRow *sheet_builder_row(const SheetBuilder *builder, size_t index)
{
    return index < builder->row_count
               ? &builder->sheet.blocks[index / SHEET_BLOCK_ROWS][index % SHEET_BLOCK_ROWS]
               : NULL;
}

SheetBuilder *sheet_builder_new(const SheetTarget *target)
{
    SheetBuilder *builder = ARENA_NEW(target->grid, 1, SheetBuilder);
    if (builder == NULL)
        return NULL;
    builder->target = *target;
    builder->sheet.file = target->file;
    builder->sheet.table = target->table;
    builder->sheet.sha256 = "";
    builder->sheet.of_plan = target->of_plan;
    return builder;
}

/* ---- cells ---------------------------------------------------------------------------------- */

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

/* Room for @p more cells in the row. */
static Status widen_row(SheetBuilder *builder, size_t more)
{
    size_t wanted = builder->row_width + more;
    if (wanted <= builder->row_capacity)
        return STATUS_OK;
    size_t capacity = builder->row_capacity == 0 ? FIRST_WIDTH : 2 * builder->row_capacity;
    if (capacity < wanted)
        capacity = wanted;
    Cell *row = arena_grow(builder->target.grid, builder->row, builder->row_capacity, capacity,
                           sizeof(Cell));
    TRY_NEW(row);
    builder->row = row;
    builder->row_capacity = capacity;
    return STATUS_OK;
}

/* Errors of formulas as spreadsheets write them out, into CSV or as text, in the languages that planners'
 * Excel speaks, and what they print in a column that is too narrow: no name and no figure. */
static bool is_error_text(const char *text, size_t length)
{
    static const char *const errors[] = {
        "#N/A",    "#NUM!",     "#NULL!",  "#DIV/0!", "#NAME?",  "#REF!",       "#VALUE!",
        "#SPILL!", "#CALC!",    "#N/D",    "#ARG!",   "#ADR!",   "#NAZWA?",     "#LICZBA!",
        "#ZERO!",  "#DZIEL/0!", "#Н/Д",    "#ЗНАЧ!",  "#ЧИСЛО!", "#ПОСИЛАННЯ!", "#ССЫЛКА!",
        "#ДІЛ/0!", "#ДЕЛ/0!",   "#ІМ'Я?",  "#ИМЯ?",   "#ПУСТО!", "#ZAHL!",      "#WERT!",
        "#BEZUG!", "#NV",       "Err:502", "Err:504", "Err:508", "Err:522",     "Err:523"};
    enum { COUNT = sizeof errors / sizeof errors[0], NARROW_MIN = 4 };
    size_t hashes = 0;
    if (length < 3 || (text[0] != '#' && text[0] != 'E'))
        return false;
    while (hashes < length && text[hashes] == '#')
        hashes++;
    if (hashes == length && length >= NARROW_MIN)
        return true;
    for (size_t i = 0; i < COUNT; i++)
        if (strlen(errors[i]) == length && memcmp(errors[i], text, length) == 0)
            return true;
    return false;
}

Status sheet_add_cell(SheetBuilder *builder, const char *text, size_t length, CellKind kind)
{
    TRY(widen_row(builder, 1));
    Cell *cell = &builder->row[builder->row_width++];
    trim_blanks(&text, &length);
    *cell = (Cell){.text = "", .kind = CELL_EMPTY};
    if (length == 0 && kind != CELL_PENDING)
        return STATUS_OK;
    if (length > 0)
        cell->text = keep_text(builder, text, length);
    TRY_NEW(cell->text);
    cell->kind = kind == CELL_TEXT && is_error_text(cell->text, length) ? CELL_ERROR : kind;
    builder->row_filled = builder->row_width;
    return STATUS_OK;
}

void sheet_mark_cell(SheetBuilder *builder, uint32_t shown)
{
    _Static_assert(sizeof(Cell) <= 16, "a large sheet is nothing but cells");
    if (builder->row_width > 0)
        builder->row[builder->row_width - 1].shown = shown;
}

Status sheet_repeat_cell(SheetBuilder *builder, size_t times)
{
    if (times == 0 || builder->row_width == 0)
        return STATUS_OK;
    TRY(widen_row(builder, times));
    Cell last = builder->row[builder->row_width - 1];
    for (size_t i = 0; i < times; i++)
        builder->row[builder->row_width++] = last;
    if (last.kind != CELL_EMPTY)
        builder->row_filled = builder->row_width;
    return STATUS_OK;
}

Status sheet_skip_to(SheetBuilder *builder, size_t column)
{
    if (column <= builder->row_width)
        return STATUS_OK;
    TRY(widen_row(builder, column - builder->row_width));
    while (builder->row_width < column)
        builder->row[builder->row_width++] = (Cell){.text = "", .kind = CELL_EMPTY};
    return STATUS_OK;
}

size_t sheet_row_width(const SheetBuilder *builder)
{
    return builder->row_width;
}

/* ---- rows ----------------------------------------------------------------------------------- */

static Cell *keep_cells(SheetBuilder *builder, const Cell *cells, size_t count)
{
    if (count > builder->cell_room_count) {
        size_t room = count < CELL_BLOCK ? CELL_BLOCK : count;
        Cell *block = ARENA_NEW(builder->target.grid, room, Cell);
        if (block == NULL)
            return NULL;
        builder->cell_room = block;
        builder->cell_room_count = room;
    }
    Cell *copy = builder->cell_room;
    memcpy(copy, cells, count * sizeof(Cell));
    builder->cell_room += count;
    builder->cell_room_count -= count;
    return copy;
}

static Status add_row(SheetBuilder *builder, SheetRow row)
{
    Sheet *sheet = &builder->sheet;
    size_t block = builder->row_count / SHEET_BLOCK_ROWS;
    if (builder->row_count % SHEET_BLOCK_ROWS == 0) {
        if (block == builder->block_capacity) {
            size_t capacity = block == 0 ? FIRST_BLOCKS : 2 * block;
            SheetRow **blocks = arena_grow(builder->target.grid, sheet->blocks, block, capacity,
                                           sizeof(SheetRow *));
            TRY_NEW(blocks);
            sheet->blocks = blocks;
            builder->block_capacity = capacity;
        }
        sheet->blocks[block] = ARENA_NEW(builder->target.grid, SHEET_BLOCK_ROWS, SheetRow);
        TRY_NEW(sheet->blocks[block]);
    }
    sheet->blocks[block][builder->row_count % SHEET_BLOCK_ROWS] = row;
    builder->row_count++;
    return STATUS_OK;
}

Status sheet_end_row(SheetBuilder *builder, int line, bool hidden)
{
    size_t width = builder->row_filled;
    builder->row_width = 0;
    builder->row_filled = 0;
    builder->row_kept = width > 0;
    if (width == 0)
        return STATUS_OK;
    Cell *cells = keep_cells(builder, builder->row, width);
    TRY_NEW(cells);
    return add_row(builder, (SheetRow){cells, (uint32_t)width, hidden, line});
}

Status sheet_repeat_row(SheetBuilder *builder, size_t times)
{
    if (!builder->row_kept || builder->row_count == 0)
        return STATUS_OK;
    size_t last = builder->row_count - 1;
    SheetRow row = builder->sheet.blocks[last / SHEET_BLOCK_ROWS][last % SHEET_BLOCK_ROWS];
    for (size_t i = 0; i < times; i++) {
        row.line++;
        TRY(add_row(builder, row));
    }
    return STATUS_OK;
}

/* ---- what a workbook says of areas ---------------------------------------------------------- */

Status sheet_add_merge(SheetBuilder *builder, SheetArea area)
{
    if (builder->merge_count == builder->merge_capacity) {
        size_t count = builder->merge_count;
        size_t capacity = count == 0 ? FIRST_MERGES : 2 * count;
        SheetArea *merges =
            arena_grow(builder->target.grid, builder->merges, count, capacity, sizeof(SheetArea));
        TRY_NEW(merges);
        builder->merges = merges;
        builder->merge_capacity = capacity;
    }
    builder->merges[builder->merge_count++] = area;
    return STATUS_OK;
}

Status sheet_hide_columns(SheetBuilder *builder, size_t first, size_t last)
{
    if (last >= SHEET_COLUMNS_MAX)
        last = SHEET_COLUMNS_MAX - 1;
    if (last >= builder->hidden_count && first <= last) {
        bool *hidden = arena_grow(builder->target.grid, builder->hidden_columns,
                                  builder->hidden_count, last + 1, sizeof(bool));
        TRY_NEW(hidden);
        builder->hidden_columns = hidden;
        builder->hidden_count = last + 1;
    }
    for (size_t c = first; c <= last; c++)
        builder->hidden_columns[c] = true;
    return STATUS_OK;
}

void sheet_count_from_1904(SheetBuilder *builder)
{
    builder->sheet.epoch_1904 = true;
}

/* ---- the end -------------------------------------------------------------------------------- */

/* The first row at or behind @p line. */
static size_t row_from(const SheetRows *rows, int line)
{
    size_t low = 0, high = rows->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (shape_row(rows, middle)->line < line)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Cells that a merged area covers hold nothing that anybody sees. Only cells that are not shared by
 * repeated rows are ever filled there: formats that repeat rows leave covered cells out. */
static void clear_covered(const SheetRows *rows, SheetArea area, long *work)
{
    for (size_t r = row_from(rows, area.first_line); r < rows->count; r++) {
        SheetRow *row = &rows->blocks[r / SHEET_BLOCK_ROWS][r % SHEET_BLOCK_ROWS];
        if (row->line > area.last_line || *work < 0)
            return;
        Cell *cells = row->cells;
        *work -= 1 + (long)row->width;
        for (size_t c = area.first_column; c <= area.last_column && c < row->width; c++)
            if (row->line != area.first_line || c != area.first_column)
                cells[c] = (Cell){.text = "", .kind = CELL_EMPTY};
        while (row->width > 0 && cells[row->width - 1].kind == CELL_EMPTY)
            row->width--;
    }
}

/* Rows that held covered cells alone are blank rows. */
static void drop_blank_rows(SheetRows *rows)
{
    size_t kept = 0;
    for (size_t r = 0; r < rows->count; r++) {
        const SheetRow *row = shape_row(rows, r);
        if (row->width > 0)
            rows->blocks[kept / SHEET_BLOCK_ROWS][kept % SHEET_BLOCK_ROWS] = *row;
        kept += row->width > 0;
    }
    rows->count = kept;
}

/* False when merged areas overlap so often that clearing them would take for ever: no spreadsheet
 * writes a cell into two of them. */
static bool clear_all_covered(SheetRows *rows)
{
    long work = MERGE_WORK_MAX;
    for (size_t m = 0; m < rows->merge_count; m++)
        clear_covered(rows, rows->merges[m], &work);
    if (rows->merge_count > 0)
        drop_blank_rows(rows);
    return work >= 0;
}

static const HeadingIndex *names_of(const SheetTarget *target)
{
    if (target->names != NULL)
        return target->names;
    return target->of_plan ? own_headings_new(target->table, target->grid)
                           : heading_index_new(target->table, target->grid);
}

Status sheet_finish(SheetBuilder *builder, bool readable, Sheet **sheet)
{
    Sheet *built = &builder->sheet;
    SheetRows rows = {built->table,
                      names_of(&builder->target),
                      built->blocks,
                      builder->row_count,
                      builder->merges,
                      builder->merge_count,
                      builder->hidden_columns,
                      builder->hidden_count};
    SheetShape shape;

    *sheet = built;
    TRY_NEW(rows.names);
    built->names = rows.names;
    if (readable && !clear_all_covered(&rows)) {
        diag_add(builder->target.diag, DIAG_WORKBOOK,
                 (DiagPlace){.file = built->file, .table = built->table->name},
                 N_("the sheet's merged areas overlap: the file is damaged; open it in Excel or "
                    "LibreOffice and save it anew"));
        readable = false;
    }
    built->readable = readable;
    if (rows.count == 0)
        return STATUS_OK;
    shape_find_headings(&rows, &shape);
    TRY(shape_headings(&rows, &shape, builder->target.texts, &built->headings,
                       &built->column_count));
    const ColumnSpec **columns =
        shape_columns(&rows, built->headings, built->column_count, builder->target.grid);
    TRY_NEW(columns);
    shape_find_data(&rows, columns, built->column_count, &shape);
    built->heading_line = shape_row(&rows, shape.heading)->line;
    built->below_row = shape.below;
    built->first_row = shape.first;
    built->row_count = shape.end - shape.first;
    if (readable)
        shape_report(&rows, &shape, &builder->target, columns, built->headings,
                     built->column_count);
    return STATUS_OK;
}
