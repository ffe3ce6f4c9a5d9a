/* What people are told of a sheet's rows: which are no data, which are hidden, what merged cells
 * lose, which cells hold errors or stand under no heading.
 */
#include "io/shape.h"

#include <stdio.h>
#include <string.h>

#include "allot/language.h"
#include "allot/quote.h"
#include "io/currency_sign.h"
#include "io/number.h"
#include "io/scale_words.h"

enum {
    LIST_SIZE = 160,
    SPOTS_MAX = 8,
    CELL_NAME_SIZE = 24,
    ASIDE_TEXTS = 3,    /* quoted of rows set aside */
    REMARK_LETTERS = 60 /* of a cell above the headings that can speak of its figures */
};

/** The sheet as the findings see it. */
typedef struct ShapeReport {
    const SheetRows *rows;
    const SheetShape *shape;
    const SheetTarget *target;
    const ColumnSpec *const *columns;
    const char *const *headings;
    size_t count;
} ShapeReport;

static DiagPlace place_at(const ShapeReport *in, int line, size_t column, const char *text)
{
    return (DiagPlace){.file = in->target->file,
                       .line = line,
                       .column = (int)column,
                       .column_name =
                           column > 0 && column <= in->count ? in->headings[column - 1] : NULL,
                       .table = in->target->table->name,
                       .text = text};
}

static const char *row_word(const ShapeReport *in)
{
    return in->target->of_workbook ? _("row") : _("line");
}

/* "row 3" or "rows 3 to 5". */
static void name_rows(const ShapeReport *in, size_t first, size_t end, char *out, size_t size)
{
    int from = shape_row(in->rows, first)->line, to = shape_row(in->rows, end - 1)->line;
    bool sheet = in->target->of_workbook;
    if (from == to)
        snprintf(out, size, sheet ? _("row %d") : _("line %d"), from);
    else
        snprintf(out, size, sheet ? _("rows %d to %d") : _("lines %d to %d"), from, to);
}

/* The first text of the row, for people to know it again. */
static const char *first_text(const SheetRow *row)
{
    for (size_t c = 0; c < row->width; c++)
        if (row->cells[c].kind != CELL_EMPTY)
            return row->cells[c].text;
    return "";
}

/* Texts of the rows set aside, each once: the first ones, and one that names a currency in place of
 * the last. */
typedef struct AsideTexts {
    const char *texts[ASIDE_TEXTS];
    size_t count;
    bool more;
} AsideTexts;

static bool names_currency(const char *text)
{
    const char *currencies;
    return currency_next(&text, &currencies);
}

static void add_aside_text(AsideTexts *list, const char *text)
{
    for (size_t i = 0; i < list->count; i++)
        if (strcmp(list->texts[i], text) == 0)
            return;
    if (list->count < ASIDE_TEXTS) {
        list->texts[list->count++] = text;
        return;
    }
    list->more = true;
    if (names_currency(text) && !names_currency(list->texts[ASIDE_TEXTS - 1]))
        list->texts[ASIDE_TEXTS - 1] = text;
}

/* Figures beside a text say nothing of what the row is. */
static bool is_plain_figure(const Cell *cell)
{
    Number number;
    return cell->kind == CELL_NUMBER || number_read(cell->text, SIGN_OPEN, &number) != NUMBER_NONE;
}

/* "'Needs', 'Kyiv', '(USD)', ..." */
static void quote_rows(const ShapeReport *in, size_t first, size_t end, char *out, size_t size)
{
    AsideTexts list = {.count = 0};
    for (size_t r = first; r < end; r++) {
        const SheetRow *row = shape_row(in->rows, r);
        for (size_t c = 0; c < row->width; c++) {
            const Cell *cell = &row->cells[c];
            if (cell->kind != CELL_EMPTY && (list.count == 0 || !is_plain_figure(cell)))
                add_aside_text(&list, cell->text);
        }
    }
    size_t length = 0;
    for (size_t i = 0; i < list.count && length < size; i++)
        length += (size_t)snprintf(out + length, size - length, "%s'%s'", i > 0 ? ", " : "",
                                   quote(list.texts[i]).text);
    if (list.more && length < size)
        snprintf(out + length, size - length, ", ...");
}

static void report_aside(const ShapeReport *in, size_t first, size_t end, const char *as)
{
    char rows[LIST_SIZE], texts[ASIDE_TEXTS * (QUOTE_SIZE + 4) + 8] = "";
    if (first == end)
        return;
    const SheetRow *row = shape_row(in->rows, first);
    name_rows(in, first, end, rows, sizeof rows);
    quote_rows(in, first, end, texts, sizeof texts);
    diag_add(in->target->diag, DIAG_ROWS_ASIDE, place_at(in, row->line, 0, first_text(row)),
             "%s (%s, %s) %s no data", rows, as, texts, end - first > 1 ? _("are") : _("is"));
}

/* ---- thousands above the headings ----------------------------------------------------------- */

/* Bytes of "000", "1000", "1 000" and "1,000" at @p text, also of "10^3"; 0 for other digits. */
static size_t scale_digits(const char *text)
{
    static const char *const forms[] = {"1000",       "1 000", "1,000", "1.000", "1'000",
                                        "1\u00A0000", "000",   "10^3",  "10^6",  "10³"};
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
        size_t length = strlen(forms[i]);
        if (strncmp(text, forms[i], length) == 0 && (text[length] < '0' || text[length] > '9'))
            return length;
    }
    return 0;
}

/* True for a short text without figures of its own: "(in thousand EUR)", not "Support of EUR 5
 * million in 2026". */
static bool may_be_remark(const char *text)
{
    size_t letters = 0;
    for (const char *at = text; *at != '\0'; at++)
        letters += ((unsigned char)*at & 0xC0) != 0x80;
    while (*text != '\0') {
        bool digit = *text >= '0' && *text <= '9';
        size_t length = digit ? scale_digits(text) : 1;
        if (length == 0)
            return false;
        text += length;
    }
    return letters <= REMARK_LETTERS;
}

static bool has_figures(const ShapeReport *in)
{
    for (size_t c = 0; c < in->count; c++)
        if (in->columns[c] != NULL && in->columns[c]->type == COLUMN_NUMBER)
            return true;
    return false;
}

static void report_scale_above(const ShapeReport *in, const SheetRow *row, size_t column)
{
    const char *text = row->cells[column].text;
    if (row->cells[column].kind == CELL_TEXT && may_be_remark(text) && text_speaks_of_scale(text))
        diag_add(in->target->diag, DIAG_SCALE, place_at(in, row->line, column + 1, text),
                 "'%s' above the headings speaks of thousands or millions; write full amounts and "
                 "take these words out",
                 quote(text).text);
}

/* The last column that a cell of the headings stands above. */
static size_t last_column_under(const ShapeReport *in, int line, size_t column)
{
    for (size_t m = 0; m < in->rows->merge_count; m++) {
        const SheetArea *area = &in->rows->merges[m];
        if (area->first_line == line && area->first_column == column)
            return area->last_column;
    }
    return column;
}

/* True when a cell of an upper row of the headings stands above figures whose heading, as it was
 * read, has lost its words. */
static bool is_lost_above_figures(const ShapeReport *in, const SheetRow *row, size_t column)
{
    size_t last = last_column_under(in, row->line, column);
    for (size_t c = column; c <= last && c < in->count; c++)
        if (in->columns[c] != NULL && in->columns[c]->type == COLUMN_NUMBER &&
            !text_speaks_of_scale(in->headings[c]))
            return true;
    return false;
}

static void report_scales_above(const ShapeReport *in)
{
    if (!has_figures(in))
        return;
    for (size_t r = 0; r + 1 < in->shape->below; r++) {
        const SheetRow *row = shape_row(in->rows, r);
        for (size_t c = 0; c < row->width; c++)
            if (r < in->shape->heading || is_lost_above_figures(in, row, c))
                report_scale_above(in, row, c);
    }
}

/* ---- rows that are no data ------------------------------------------------------------------ */

static void report_weeks(const ShapeReport *in, const SheetRow *row, size_t column)
{
    const char *text = row->cells[column].text;
    diag_add(in->target->diag, DIAG_SCALE, place_at(in, row->line, column + 1, text),
             "'%s' under the heading '%s' speaks of weeks or months, but this column is in days; "
             "write days and take the word out of that row",
             quote(text).text, quote(in->headings[column]).text);
}

/* "thousand EUR" under a column of figures would make every figure wrong. */
static bool report_scale(const ShapeReport *in, const SheetRow *row)
{
    for (size_t c = 0; c < row->width && c < in->count; c++) {
        const char *text = row->cells[c].text;
        const ColumnSpec *spec = in->columns[c];
        if (spec != NULL && column_is_in_days(spec) && text_speaks_of_weeks(text)) {
            report_weeks(in, row, c);
            return true;
        }
        if (spec == NULL || spec->type != COLUMN_NUMBER || !text_speaks_of_scale(text))
            continue;
        diag_add(in->target->diag, DIAG_SCALE, place_at(in, row->line, c + 1, text),
                 "'%s' under the heading '%s' speaks of thousands or millions; write full amounts "
                 "and take these words out",
                 quote(text).text, quote(in->headings[c]).text);
        return true;
    }
    return false;
}

static void report_under_headings(const ShapeReport *in)
{
    for (size_t r = in->shape->below; r < in->shape->first; r++) {
        const SheetRow *row = shape_row(in->rows, r);
        if (row_is_hxl(row))
            report_aside(in, r, r + 1, _("HXL tags"));
        else if (row_is_numbers(row))
            report_aside(in, r, r + 1, _("column numbers"));
        else if (!report_scale(in, row))
            report_aside(in, r, r + 1, _("units"));
    }
}

/* ---- hidden --------------------------------------------------------------------------------- */

/* A list of ranges, cut with "..." when it is full. */
typedef struct Spots {
    char text[LIST_SIZE];
    size_t count;
} Spots;

static void add_spot(Spots *spots, const char *spot)
{
    size_t length = strlen(spots->text);
    const char *comma = spots->count > 0 ? ", " : "";
    spots->count++;
    if (spots->count <= SPOTS_MAX)
        snprintf(spots->text + length, sizeof spots->text - length, "%s%s", comma, spot);
    else if (spots->count == SPOTS_MAX + 1)
        snprintf(spots->text + length, sizeof spots->text - length, ", ...");
}

static void report_hidden_rows(const ShapeReport *in)
{
    Spots spots = {"", 0};
    size_t hidden = 0, r = in->shape->first;
    int first = 0;
    while (r < in->shape->end) {
        size_t end = r;
        char spot[CELL_NAME_SIZE];
        while (end < in->shape->end && shape_row(in->rows, end)->hidden)
            end++;
        if (end == r) {
            r++;
            continue;
        }
        int from = shape_row(in->rows, r)->line, to = shape_row(in->rows, end - 1)->line;
        snprintf(spot, sizeof spot, from == to ? "%d" : "%d to %d", from, to);
        add_spot(&spots, spot);
        first = first == 0 ? from : first;
        hidden += end - r;
        r = end;
    }
    if (hidden > 0)
        diag_add(in->target->diag, DIAG_HIDDEN, place_at(in, first, 0, NULL),
                 "%zu row%s hidden (%s) and read like the others; show %s, and delete what shall "
                 "not count",
                 hidden, hidden == 1 ? _(" is") : _("s are"), spots.text,
                 hidden == 1 ? _("it") : _("them"));
}

/* "A", "Z", "AA", ...: 0-based. */
static void name_column(size_t column, char out[CELL_NAME_SIZE])
{
    char reversed[CELL_NAME_SIZE];
    size_t n = 0;
    for (size_t c = column + 1; c > 0 && n + 1 < sizeof reversed; c = (c - 1) / 26)
        reversed[n++] = (char)('A' + (c - 1) % 26);
    for (size_t i = 0; i < n; i++)
        out[i] = reversed[n - 1 - i];
    out[n] = '\0';
}

static void report_hidden_columns(const ShapeReport *in)
{
    Spots spots = {"", 0};
    for (size_t c = 0; c < in->rows->hidden_count && c < in->count; c++) {
        char name[CELL_NAME_SIZE];
        if (!in->rows->hidden_columns[c] || *in->headings[c] == '\0')
            continue;
        name_column(c, name);
        add_spot(&spots, name);
    }
    if (spots.count > 0)
        diag_add(in->target->diag, DIAG_HIDDEN,
                 place_at(in, shape_row(in->rows, in->shape->heading)->line, 0, NULL),
                 "column%s %s %s hidden and read like the others; show %s, and delete what shall "
                 "not count",
                 spots.count == 1 ? "" : "s", spots.text, spots.count == 1 ? _("is") : _("are"),
                 spots.count == 1 ? _("it") : _("them"));
}

/* ---- merged --------------------------------------------------------------------------------- */

static void report_merged(const ShapeReport *in)
{
    Spots spots = {"", 0};
    int first = 0;
    if (in->shape->first == in->shape->end)
        return;
    int from = shape_row(in->rows, in->shape->first)->line;
    int to = shape_row(in->rows, in->shape->end - 1)->line;
    for (size_t m = 0; m < in->rows->merge_count; m++) {
        const SheetArea *area = &in->rows->merges[m];
        char left[CELL_NAME_SIZE], right[CELL_NAME_SIZE], spot[4 * CELL_NAME_SIZE];
        if (area->last_line < from || area->first_line > to || area->first_column >= in->count)
            continue;
        name_column(area->first_column, left);
        name_column(area->last_column, right);
        snprintf(spot, sizeof spot, "%s%d:%s%d", left, area->first_line, right, area->last_line);
        add_spot(&spots, spot);
        first = first == 0 ? area->first_line : first;
    }
    if (spots.count > 0)
        diag_add(in->target->diag, DIAG_MERGED, place_at(in, first, 0, NULL),
                 "cells are merged (%s): the first of them counts, the others are empty; unmerge "
                 "them and write each cell",
                 spots.text);
}

/* ---- cells ---------------------------------------------------------------------------------- */

static void report_error(const ShapeReport *in, int line, size_t column, const Cell *cell)
{
    if (cell->kind == CELL_ERROR)
        diag_add(in->target->diag, DIAG_CELL_ERROR, place_at(in, line, column + 1, cell->text),
                 "the cell holds the error %s; mend its formula, or write the value",
                 quote(cell->text).text);
    else
        diag_add(in->target->diag, DIAG_CELL_ERROR, place_at(in, line, column + 1, cell->text),
                 "the cell holds a formula without a stored result; open the file in Excel or "
                 "LibreOffice and save it, or write the value");
}

static void report_cells(const ShapeReport *in, const SheetRow *row)
{
    bool surplus = false; /* one a row is enough */
    for (size_t c = 0; c < row->width; c++) {
        const Cell *cell = &row->cells[c];
        bool headed = c < in->count && *in->headings[c] != '\0';
        if (headed && (cell->kind == CELL_ERROR || cell->kind == CELL_PENDING))
            report_error(in, row->line, c, cell);
        if (headed || surplus || cell->kind == CELL_EMPTY)
            continue;
        surplus = true;
        diag_add(
            in->target->diag, DIAG_ROW_WIDTH, place_at(in, row->line, c + 1, cell->text),
            in->target->of_workbook
                ? N_("'%s' stands under no heading; give the column a heading, or clear the cell")
                : N_("'%s' stands under no heading; put cells that hold the separator in quotes, "
                     "or give the column a heading"),
            quote(cell->text).text);
    }
}

static void report_headings_again(const ShapeReport *in, const SheetRow *row)
{
    if (shape_row_is_headings(row, in->columns, in->count))
        diag_add(in->target->diag, DIAG_SECOND_TABLE, place_at(in, row->line, 0, first_text(row)),
                 "this %s ('%s') holds headings, where rows of %s are read; give a second table a "
                 "file or sheet of its own, or take the %s out",
                 row_word(in), quote(first_text(row)).text, in->target->table->name, row_word(in));
}

/* A sort that took the headings for data leaves them in the middle: then what stands above them would
 * be lost. */
static void report_data_above(const ShapeReport *in)
{
    size_t found = shape_data_above(in->rows, in->shape, in->columns, in->count);
    if (found == in->shape->heading)
        return;
    const SheetRow *row = shape_row(in->rows, found);
    diag_add(in->target->diag, DIAG_ROWS_ABOVE, place_at(in, row->line, 0, first_text(row)),
             "this %s ('%s') looks like data, but it stands above the headings (%s %d); move the "
             "headings above it",
             row_word(in), quote(first_text(row)).text, row_word(in),
             shape_row(in->rows, in->shape->heading)->line);
}

void shape_report(const SheetRows *rows, const SheetShape *shape, const SheetTarget *target,
                  const ColumnSpec *const *columns, const char *const *headings, size_t count)
{
    ShapeReport in = {rows, shape, target, columns, headings, count};
    report_data_above(&in);
    if (!target->of_plan) {
        report_aside(&in, 0, shape->heading, _("above the headings"));
        report_scales_above(&in);
        report_under_headings(&in);
        report_aside(&in, shape->end, rows->count,
                     shape->notes < rows->count ? _("totals and notes") : _("totals"));
    }
    report_hidden_rows(&in);
    report_hidden_columns(&in);
    report_merged(&in);
    for (size_t r = shape->first; r < shape->end; r++) {
        report_cells(&in, shape_row(rows, r));
        report_headings_again(&in, shape_row(rows, r));
    }
}
