/* Tables on a sheet. On a sheet of its own a grid is a list: totals of the rows shown above its
 * headings, where they stay in sight when the list scrolls or is filtered, headings and first
 * columns frozen. As a block it is one of several, without filter.
 */
#include "io/grid.h"

#include <math.h>
#include <string.h>

#include "io/page_text.h"
#include "io/report_internal.h"

#include "allot/language.h"

/* Heights in points. */
static const double line_points = 12.75; /* of a line of text */
static const double line_extra = 2;      /* what a row has besides */
static const double filter_points = 15;  /* of the button below a heading */

enum { CARRIED_WIDTH = 14, TOTALS_WIDTH = 13 };

/* Headings break before they are cut, so the estimate may be tight. */
static const double heading_width = 1.05;

/* The letters of other alphabets are wider in bold than they are taken for. */
static const double heading_width_apart = 0.9;

/* A column is as wide as the longest word of its heading, up to this; a word needs some air. */
static const double word_most = 16, word_apart = 0.6;

/* What is not broken into lines makes its column wider, up to this: the next cell would cut it. */
static const double text_most = 20;

static Report *report_of(const Grid *grid)
{
    return grid->page->report;
}

static bool is_left_out(const GridSpec *spec, size_t column)
{
    return column < 64 && (spec->without >> column & 1) != 0;
}

/* Columns that are put on paper: never those that the input carries. */
static size_t printed_most(const GridSpec *spec)
{
    return spec->printed > 0 ? spec->printed : spec->column_count;
}

static bool is_printed(const GridSpec *spec, size_t column)
{
    return column < printed_most(spec) && !(column < 64 && (spec->behind >> column & 1) != 0);
}

/* The look of a column's rows: long text keeps away from figures that end where it begins. */
static Look column_look(const GridSpec *spec, size_t column)
{
    Look look = spec->columns[column].look;
    size_t before = column;
    while (before > 0 && (is_left_out(spec, before - 1) ||
                          is_printed(spec, before - 1) != is_printed(spec, column)))
        before--;
    if (look != LOOK_WRAP || before == 0 || spec->columns[before - 1].look != LOOK_RIGHT)
        return look;
    return LOOK_APART;
}

/* A heading that none of the first COUNT has, also not in other letters: spreadsheets take two such
 * columns for a damaged file. Carried headings give way to the program's own. */
static const char *distinct_heading(Grid *grid, const char *heading, int count)
{
    for (int i = 0; i < count && !report_of(grid)->no_memory; i++) {
        if (!page_text_same(grid->headings[i], heading))
            continue;
        heading = report_printf(report_of(grid), "input_%s", heading);
        i = -1; /* the new one may be taken as well */
    }
    return heading;
}

static const char *heading_of(Grid *grid, const GridColumn *column)
{
    const char *currency = report_of(grid)->round->currency.name;
    const char *heading = grid->spec.given ? column->heading : _(column->heading);
    if (!column->money)
        return report_clean(report_of(grid), heading);
    return report_printf(report_of(grid), "%s (%s)", heading, currency);
}

/* Characters that a line of the heading holds. */
static double heading_line(const char *heading, double width)
{
    for (const char *at = heading; *at != '\0'; at++)
        if ((unsigned char)*at >= 0x80)
            return width * heading_width_apart;
    return width * heading_width;
}

static void put_headings(Grid *grid)
{
    Page *page = grid->page;
    int most = 1;
    for (int c = 0; c < grid->width; c++) {
        double width = c < PAGE_COLUMNS_MOST ? page->widths[c] : 0;
        int lines = page_text_lines(grid->headings[c], heading_line(grid->headings[c], width));
        most = lines > most ? lines : most;
    }
    double points = most * line_points + (grid->spec.block ? line_extra : filter_points);
    put_row_height(page, grid->head_row, points);
}

static void put_heading(Grid *grid, int at, const char *heading, Look body, double width)
{
    Look look = LOOK_HEAD;
    if (body == LOOK_RIGHT)
        look = LOOK_HEAD_RIGHT;
    else if (body == LOOK_CENTER)
        look = LOOK_HEAD_CENTER;
    else if (body == LOOK_APART)
        look = LOOK_HEAD_APART;
    if (body == LOOK_APART)
        width += 1; /* what keeps it away */
    grid->headings[at] = distinct_heading(grid, heading, at);
    put_text(grid->page, grid->head_row, at, look, grid->headings[at]);
    double longest = page_text_longest(grid->headings[at]) / heading_width + word_apart;
    put_width(grid->page, at, width);
    put_width(grid->page, at, longest < word_most ? longest : word_most);
}

static bool has_totals(const GridSpec *spec)
{
    if (spec->block || spec->rows == 0)
        return false;
    for (size_t c = 0; c < spec->column_count; c++)
        if (spec->columns[c].total && !is_left_out(spec, c))
            return true;
    return false;
}

static void make_blank_row(Grid *grid)
{
    grid->blank = report_alloc(report_of(grid), (size_t)grid->width, sizeof *grid->blank);
    if (grid->blank == NULL)
        return;
    for (int c = 0; c < grid->width; c++)
        grid->blank[c] = page_cell_blank(0, c, LOOK_BODY);
    for (size_t c = 0; c < grid->spec.column_count; c++)
        if (grid->place[c] >= 0)
            grid->blank[grid->place[c]].look = (uint8_t)column_look(&grid->spec, c);
}

static int printed_columns(const Grid *grid)
{
    int count = 0;
    for (size_t c = 0; c < grid->spec.column_count; c++)
        count += grid->place[c] >= 0 && is_printed(&grid->spec, c);
    return count;
}

/* The next column that is shown, its heading put. */
static void place_column(Grid *grid, size_t column)
{
    const GridColumn *shown = &grid->spec.columns[column];
    grid->place[column] = is_left_out(&grid->spec, column) ? -1 : grid->width++;
    if (grid->place[column] >= 0)
        put_heading(grid, grid->place[column], heading_of(grid, shown),
                    column_look(&grid->spec, column), shown->width);
}

/* Those on paper, then those that would have been there, then those that never are. */
static void place_columns(Grid *grid)
{
    const GridSpec *spec = &grid->spec;
    for (size_t c = 0; c < spec->column_count; c++)
        if (is_printed(spec, c))
            place_column(grid, c);
    for (size_t c = 0; c < spec->column_count; c++)
        if (!is_printed(spec, c))
            place_column(grid, c);
}

uint64_t grid_without(bool needed, int column)
{
    return needed ? 0 : UINT64_C(1) << column;
}

void grid_begin(Grid *grid, Page *page, const GridSpec *spec)
{
    Report *report = page->report;
    size_t most = spec->column_count + spec->carried.count;
    *grid = (Grid){.page = page, .spec = *spec};
    grid->place = report_alloc(report, spec->column_count, sizeof *grid->place);
    grid->sums = report_alloc(report, spec->column_count, sizeof *grid->sums);
    grid->sum_places = report_alloc(report, spec->column_count, sizeof *grid->sum_places);
    grid->headings = report_alloc(report, most, sizeof *grid->headings);
    if (report->no_memory)
        return;
    grid->head_row = page->next_row + (spec->block ? 0 : 1) + (has_totals(spec) ? 1 : 0);
    for (size_t c = 0; c < spec->column_count; c++)
        grid->sum_places[c] = spec->columns[c].money ? report->round->currency.places : 0;
    place_columns(grid);
    if (spec->carried.count > 0 || spec->printed > 0 || spec->behind != 0)
        page->print_columns = (uint16_t)printed_columns(grid);
    for (size_t c = 0; c < spec->carried.count; c++)
        put_heading(grid, grid->width++, grid_carried_heading(report, spec->carried.headings[c]),
                    LOOK_BODY, CARRIED_WIDTH);
    make_blank_row(grid);
    if (spec->make == NULL)
        page_reserve(page, (spec->rows + 3) * (size_t)grid->width);
    else
        grid->cells = report_alloc(report, (size_t)grid->width, sizeof *grid->cells);
}

/* ---- rows ----------------------------------------------------------------------------------- */

/* Rows whose text breaks get their height here: not every program finds it by itself. */
static void finish_row(Grid *grid)
{
    uint32_t row = grid->head_row + (uint32_t)grid->rows;
    if (grid->row_lines > 1 && grid->cells == NULL)
        put_row_height(grid->page, row, grid_row_points(grid));
    grid->row_lines = 1;
}

double grid_row_points(const Grid *grid)
{
    return grid->row_lines > 1 ? grid->row_lines * line_points + line_extra : 0;
}

static PageCell *row_cells(const Grid *grid)
{
    return grid->cells != NULL ? grid->cells : &grid->page->cells[grid->row_cells];
}

void grid_row(Grid *grid)
{
    Page *page = grid->page;
    if (page->report->no_memory)
        return;
    finish_row(grid);
    uint32_t row = grid->head_row + 1 + (uint32_t)grid->rows;
    size_t width = (size_t)grid->width;
    if (grid->cells == NULL) {
        page_reserve(page, width);
        if (page->report->no_memory)
            return;
        grid->row_cells = page->cell_count;
        page->cell_count += width;
    }
    PageCell *cells = row_cells(grid);
    memcpy(cells, grid->blank, width * sizeof *cells);
    for (size_t c = 0; c < width; c++)
        cells[c].row = row;
    page->next_row = row + 1;
    grid->rows++;
}

/* The cell of a column in the current row, NULL when the column is left out. */
static PageCell *cell_of(Grid *grid, int column)
{
    if (report_of(grid)->no_memory || grid->place[column] < 0)
        return NULL;
    return &row_cells(grid)[grid->place[column]];
}

void grid_text(Grid *grid, int column, const char *text)
{
    PageCell *cell = cell_of(grid, column);
    if (cell == NULL || text == NULL || *text == '\0')
        return;
    cell->kind = PAGE_TEXT;
    cell->text = report_clean(report_of(grid), text);
    if (cell->look != LOOK_WRAP && cell->look != LOOK_APART) {
        double width = page_text_width(cell->text) + word_apart;
        if (width <= text_most)
            put_width(grid->page, grid->place[column], width);
        return;
    }
    int lines = page_text_lines(cell->text, grid->spec.columns[column].width);
    grid->row_lines = lines > grid->row_lines ? lines : grid->row_lines;
}

void grid_carried(Grid *grid, size_t index, const char *text)
{
    if (report_of(grid)->no_memory || *text == '\0')
        return;
    size_t own = (size_t)grid->width - grid->spec.carried.count;
    PageCell *cell = &row_cells(grid)[own + index];
    cell->kind = PAGE_TEXT;
    cell->text = report_clean(report_of(grid), text);
}

void grid_number(Grid *grid, int column, double number, Form form)
{
    PageCell *cell = cell_of(grid, column);
    if (cell == NULL || !isfinite(number))
        return;
    cell->kind = PAGE_NUMBER;
    cell->number = number == 0 ? 0 : number; /* no -0 */
    cell->form = (uint8_t)form;
    put_width(grid->page, grid->place[column], form_width(form, number) + 1);
}

static void add_to_sum(Grid *grid, int column, Int128 parts, int places)
{
    if (report_of(grid)->no_memory)
        return;
    grid->sums[column] += parts;
    grid->sum_places[column] = places;
}

void grid_count(Grid *grid, int column, size_t count)
{
    grid_number(grid, column, (double)count, FORM_PLACES);
    add_to_sum(grid, column, (Int128)count, 0);
}

void grid_amount(Grid *grid, int column, Unit unit, int64_t amount)
{
    grid_number(grid, column, amount_to_double(unit, amount), form_of_amount(unit, amount));
    add_to_sum(grid, column, amount, unit.places);
}

void grid_share(Grid *grid, int column, int64_t part, int64_t whole)
{
    if (whole != 0)
        grid_number(grid, column, (double)part / (double)whole, FORM_SHARE);
}

void grid_date(Grid *grid, int column, Date date)
{
    double serial = date_to_serial(date);
    char text[16];
    if (serial == 0) {
        date_format(date, text);
        grid_text(grid, column, report_printf(report_of(grid), "%s", text));
        return;
    }
    grid_number(grid, column, serial, FORM_DATE);
    PageCell *cell = cell_of(grid, column);
    if (cell != NULL)
        cell->kind = PAGE_DATE;
}

static void make_formula(Grid *grid, int column, const char *formula)
{
    PageCell *cell = cell_of(grid, column);
    if (cell == NULL || formula == NULL)
        return;
    cell->kind = PAGE_FORMULA;
    cell->text = formula;
}

void grid_money_formula(Grid *grid, int column, const char *formula, int64_t amount)
{
    grid_amount(grid, column, report_of(grid)->round->currency, amount);
    make_formula(grid, column, formula);
}

void grid_dash(Grid *grid, int column)
{
    PageCell *cell = cell_of(grid, column);
    if (cell != NULL && cell->form < FORM_DASH)
        cell->form = (uint8_t)(cell->form + FORM_DASH);
}

void grid_amount_or_dash(Grid *grid, int column, Unit unit, int64_t amount)
{
    grid_amount(grid, column, unit, amount);
    grid_dash(grid, column);
}

void grid_count_formula(Grid *grid, int column, const char *formula, size_t count)
{
    grid_count(grid, column, count);
    make_formula(grid, column, formula);
}

void grid_share_formula(Grid *grid, int column, int part_column, int whole_column, int64_t part,
                        int64_t whole)
{
    if (whole == 0 || report_of(grid)->no_memory || grid->place[column] < 0)
        return;
    const char *part_cell = formula_cell(grid, part_column);
    const char *whole_cell = formula_cell(grid, whole_column);
    grid_share(grid, column, part, whole);
    make_formula(
        grid, column,
        report_printf(report_of(grid), "=IF(%s=0,0,%s/%s)", whole_cell, part_cell, whole_cell));
}

/* ---- the end -------------------------------------------------------------------------------- */

static double sum_of(const Grid *grid, size_t column)
{
    return (double)grid->sums[column] / (double)decimal_power_of_ten(grid->sum_places[column]);
}

/* A row of sums: FUNCTION over the rows of every column that is summed. */
static void put_sums(Grid *grid, uint32_t row, const char *label, const char *function)
{
    Report *report = report_of(grid);
    for (int c = 1; c < grid->width - (int)grid->spec.carried.count; c++)
        put_blank(grid->page, row, c, LOOK_TOTAL);
    put_text(grid->page, row, 0, LOOK_TOTAL, label);
    for (size_t c = 0; c < grid->spec.column_count; c++) {
        if (!grid->spec.columns[c].total || grid->place[c] < 0)
            continue;
        const char *formula = NULL;
        if (grid->rows > 0)
            formula = report_printf(report, "=%s%s)", function, formula_range(grid, (int)c));
        Form form = (Form)((grid->spec.block ? FORM_DASH : FORM_PLACES) + grid->sum_places[c]);
        double value = sum_of(grid, c);
        put_formula(grid->page, row, grid->place[c], LOOK_TOTAL, formula, value, form);
        put_width(grid->page, grid->place[c], form_width(form, value) + 1);
    }
}

void grid_sum_below(Grid *grid, const char *label)
{
    if (!report_of(grid)->no_memory)
        put_sums(grid, grid->head_row + 1 + (uint32_t)grid->rows, label, "SUM(");
}

void grid_share_below(Grid *grid, int column, int part_column, int whole_column)
{
    if (report_of(grid)->no_memory || grid->place[column] < 0 || grid->sums[whole_column] == 0)
        return;
    char part[4], whole[4];
    unsigned row = (unsigned)(grid->head_row + 1 + grid->rows);
    column_letters(grid->place[part_column], part);
    column_letters(grid->place[whole_column], whole);
    put_formula(grid->page, row, grid->place[column], LOOK_TOTAL,
                report_printf(report_of(grid), "=IF(%s%u=0,0,%s%u/%s%u)", whole, row + 1, part,
                              row + 1, whole, row + 1),
                (double)grid->sums[part_column] / (double)grid->sums[whole_column], FORM_SHARE);
}

static void name_table(Grid *grid)
{
    Page *page = grid->page;
    TableArea *tables =
        report_grow(page->report, page->tables, page->table_count, 1, sizeof *tables);
    if (tables == NULL)
        return;
    tables[page->table_count++] = (TableArea){
        .name = grid->spec.name,
        .area = {.first_row = grid->head_row,
                 .last_row = grid->head_row + (uint32_t)grid->rows,
                 .last_column = (uint16_t)(grid->width - 1)},
        .filter = !grid->spec.block,
        .headings = grid->headings,
    };
    page->tables = tables;
}

/* What stands left of the totals, as far as the first of them leaves room. */
static const char *totals_label(Grid *grid)
{
    int first = grid->width;
    for (size_t c = 0; c < grid->spec.column_count; c++)
        if (grid->spec.columns[c].total && grid->place[c] >= 0 && grid->place[c] < first)
            first = grid->place[c];
    if (first > 2)
        return _("Total of the rows shown");
    put_width(grid->page, 0, TOTALS_WIDTH);
    return _("Total shown");
}

void grid_end(Grid *grid, int frozen_columns)
{
    Page *page = grid->page;
    if (page->report->no_memory)
        return;
    finish_row(grid);
    if (grid->rows == 0)
        put_text(page, grid->head_row + 1, 0, LOOK_NOTE, _("(none)"));
    else
        name_table(grid);
    if (has_totals(&grid->spec))
        put_sums(grid, grid->head_row - 1, totals_label(grid), "SUBTOTAL(109,");
    put_headings(grid);
    if (grid->spec.block)
        return;
    page->repeated_row = grid->head_row + 1;
    if (page->block_count > 0) /* what stands above would fill the screen */
        return;
    page->frozen_rows = grid->head_row + 1;
    page->frozen_columns = (uint16_t)frozen_columns;
    if (page_is_wide(page))
        page_move_head(page, grid->head_row - 1);
}
