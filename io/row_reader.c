/* Rows of a sheet into an array of structs.
 *
 * The list of fields is bound to the sheet's columns once; a blank struct with every default is made
 * once; then each row starts as a copy of it and takes the cells that are not empty (row_cell.c).
 * Called by read_*.c, one list of fields a table.
 */
#include "io/row_internal.h"

#include "allot/language.h"
#include "allot/quote.h"
#include "allot/template.h"
#include "allot/words.h"
#include "io/round_changes.h"

#include <string.h>

enum { WORD_SIZE = 64 };

static const ColumnSpec *spec_of(const TableReader *table, const Field *field)
{
    const TableSpec *spec = dictionary_table(table->table);
    return &spec->columns[dictionary_column(spec, field->column)];
}

/* ---- defaults ------------------------------------------------------------------------------- */

/* The dictionary's default as a whole number; 0 where it is a sentence. */
static Decimal default_number(const ColumnSpec *spec)
{
    Decimal value;
    return decimal_parse(spec->default_is, &value) ? value : decimal_make(0, 0);
}

static Status set_default(const Reading *reading, const Field *field, const ColumnSpec *spec,
                          void *row)
{
    void *at = row_member(row, field->offset);
    int word;
    switch (field->kind) {
    case FIELD_TEXT:
    case FIELD_NAME: return row_keep_word(reading, "", -1, at);
    case FIELD_CATEGORIES: *(NameList *)at = (NameList){.all = true}; break;
    case FIELD_FLAG: (void)flag_read(spec->default_is, at); break;
    case FIELD_DATE: *(Date *)at = DATE_NONE; break;
    case FIELD_DECIMAL:
    case FIELD_PRICE:
    case FIELD_SHARE: *(Decimal *)at = default_number(spec); break;
    case FIELD_COUNT: *(int *)at = (int)default_number(spec).digits; break;
    case FIELD_ENUM:
        word = word_index(spec->words, spec->default_is);
        *(int *)at = word > 0 ? word : 0;
        break;
    case FIELD_WORD:
        return row_keep_word(reading, spec->words, word_index(spec->words, spec->default_is), at);
    case FIELD_CURRENCY: *(const char **)at = reading->round->settings.currency; break;
    case FIELD_UNIT: *(Unit *)at = reading->round->currency; break;
    case FIELD_NAMES:
    case FIELD_WORDS:
    case FIELD_LONG:
    case FIELD_UNIT_OPEN:
    case FIELD_QUANTITY:
    case FIELD_AMOUNT:
    case FIELD_MONEY:
    case FIELD_REPORTED: break; /* zero bytes */
    }
    return STATUS_OK;
}

static Status make_blank(RowReader *reader)
{
    const TableReader *table = reader->table;
    reader->blank = arena_alloc(reader->reading->scratch, 1, table->row_size);
    TRY_NEW(reader->blank);
    for (size_t f = 0; f < table->field_count; f++) {
        const Field *field = &table->fields[f];
        TRY(set_default(reader->reading, field, spec_of(table, field), reader->blank));
    }
    return STATUS_OK;
}

/* ---- one row -------------------------------------------------------------------------------- */

/* True for an error value or a formula without a result: its finding stands already. */
static bool is_spoilt(const Cell *cell)
{
    return cell->kind == CELL_ERROR || cell->kind == CELL_PENDING;
}

/* True for a cell that says nothing: empty, spoilt, or unknown where that is as good as empty. A
 * required cell that is empty and has no default is a finding. */
static bool says_nothing(const RowReader *reader, const Bound *bound)
{
    const Cell *cell = sheet_cell(reader->sheet, reader->row, bound->column);
    FieldKind kind = bound->field->kind;

    if (is_spoilt(cell))
        return true;
    if (cell->kind != CELL_EMPTY)
        return (kind == FIELD_QUANTITY || kind == FIELD_PRICE) && text_is_unknown(cell->text);
    if (bound->spec->required && bound->spec->default_is[0] == '\0')
        diag_add(reader->reading->diag, DIAG_CELL_EMPTY,
                 sheet_place(reader->sheet, reader->row, bound->column),
                 "the cell is empty; every row needs its %s (%s)", bound->spec->name,
                 _(bound->spec->help));
    return true;
}

static Status take_cells(RowReader *reader, void *row)
{
    for (size_t b = 0; b < reader->bound_count; b++) {
        Bound *bound = &reader->bound[b];
        CellAt at = {reader->sheet, reader->row, bound->column, reader->reading->diag};
        bound->taken = false;
        if (says_nothing(reader, bound))
            continue;
        Status status = row_take_cell(reader, bound, at, row);
        if (status == STATUS_FINDINGS)
            continue;
        TRY(status);
        bound->taken = true;
        if (bound->field->has != 0)
            *(bool *)row_member(row, bound->field->has) = true;
        cell_check_letters(at, bound->spec->type);
        cell_check_list(at, bound->spec->type);
    }
    return STATUS_OK;
}

static Status take_extra(const RowReader *reader, void *row)
{
    size_t count = reader->headings.extra_count;
    if (reader->table->extra == 0 || count == 0)
        return STATUS_OK;
    const char **texts = ARENA_NEW(reader->reading->round->arena, count, const char *);
    TRY_NEW(texts);
    for (size_t i = 0; i < count; i++)
        texts[i] = sheet_cell(reader->sheet, reader->row, reader->headings.extra[i])->text;
    *(const char *const **)row_member(row, reader->table->extra) = texts;
    return STATUS_OK;
}

static const Cell *key_cell(const RowReader *reader, int key)
{
    return sheet_cell(reader->sheet, reader->row, (size_t)reader->keys[key]);
}

/* True when every known cell of the row says what the template's example says there. */
static bool is_own_example(const RowReader *reader)
{
    const TableSpec *spec = reader->sheet->table;
    for (size_t c = 0; c < spec->column_count; c++) {
        int column = reader->headings.column_of[c];
        if (column >= 0 &&
            !template_is_own_example(spec->name, spec->columns[c].name,
                                     sheet_cell(reader->sheet, reader->row, (size_t)column)->text))
            return false;
    }
    return true;
}

static void note_skipped(const RowReader *reader, DiagPlace place)
{
    SkippedRows *skipped = reader->reading->skipped;
    const char *one = arena_printf(reader->reading->round->arena, _("%s row %d"),
                                   reader->sheet->table->name, place.line);
    const char *rows =
        skipped->count == 0 || one == NULL || skipped->rows == NULL
            ? one
            : arena_printf(reader->reading->round->arena, "%s; %s", skipped->rows, one);
    if (skipped->count++ == 0)
        skipped->first = place;
    skipped->rows = rows;
}

/* The template's example row, which people leave standing, or write over. */
static bool is_example(const RowReader *reader)
{
    for (int k = 0; k < ROW_KEYS_MAX; k++) {
        if (reader->keys[k] < 0 || strcmp(key_cell(reader, k)->text, "EXAMPLE") != 0)
            continue;
        DiagPlace place = sheet_place(reader->sheet, reader->row, (size_t)reader->keys[k]);
        if (is_own_example(reader))
            note_skipped(reader, place);
        else
            diag_add(reader->reading->diag, DIAG_EXAMPLE, place,
                     "the row is called EXAMPLE and skipped, but it is not the template's example; "
                     "give it an id if it is meant");
        return true;
    }
    return false;
}

/* A subtotal among the rows would be counted as a row. */
static void check_total(const RowReader *reader)
{
    TableKind table = reader->table->table;
    if ((table != TABLE_NEEDS && table != TABLE_OFFERS) || reader->keys[0] < 0 ||
        !row_text_begins_with_total(key_cell(reader, 0)->text))
        return;
    diag_add(reader->reading->diag, DIAG_TOTAL_ROW,
             sheet_place(reader->sheet, reader->row, (size_t)reader->keys[0]),
             "'%s' looks like a total; delete the row, or give it another id",
             quote(key_cell(reader, 0)->text).text);
}

/* A row without its name cannot be pointed at; its finding stands already. */
static bool is_named(const RowReader *reader)
{
    for (int k = 0; k < ROW_KEYS_MAX; k++)
        if (reader->keys[k] >= 0 &&
            (key_cell(reader, k)->kind == CELL_EMPTY || is_spoilt(key_cell(reader, k))))
            return false;
    return true;
}

static Status take_row(RowReader *reader, void *row, bool *kept)
{
    *kept = false;
    if (is_example(reader))
        return STATUS_OK;
    check_total(reader);
    memcpy(row, reader->blank, reader->table->row_size);
    if (reader->table->has_origin)
        *(Origin *)row = (Origin){reader->table->table, sheet_line(reader->sheet, reader->row)};
    TRY(take_cells(reader, row));
    TRY(take_extra(reader, row));
    if (reader->table->complete != NULL)
        TRY(reader->table->complete(reader, row));
    *kept = is_named(reader);
    return STATUS_OK;
}

/* ---- the table ------------------------------------------------------------------------------ */

static void bind_keys(RowReader *reader)
{
    const TableSpec *spec = dictionary_table(reader->table->table);
    for (size_t k = 0; k < ROW_KEYS_MAX; k++) {
        char word[WORD_SIZE];
        word_copy(reader->table->keys, k, word, sizeof word);
        int column = dictionary_column(spec, word);
        reader->keys[k] = column >= 0 ? reader->headings.column_of[column] : -1;
    }
}

/* Where the file has its columns, before changes add any: for findings about rows that are read. */
static Status note_columns(const RowReader *reader)
{
    Round *round = reader->reading->round;
    size_t count = dictionary_table(reader->table->table)->column_count;
    if (*reader->sheet->file == '\0') /* made for rows that changes add */
        return STATUS_OK;
    int *columns = ARENA_NEW(round->arena, count, int);
    TRY_NEW(columns);
    for (size_t c = 0; c < count; c++)
        columns[c] = reader->headings.column_of[c] + 1;
    round->tables[reader->table->table].columns = columns;
    return STATUS_OK;
}

/* What the field's figures count, and how findings call the place that says so. */
static Status bind_unit(const RowReader *reader, Bound *bound)
{
    const TableReader *table = reader->table;

    if (bound->field->kind == FIELD_REPORTED)
        bound->unit_from = _("setting currency");
    if (bound->field->unit == 0)
        return STATUS_OK;
    for (size_t f = 0; f < table->field_count; f++)
        if (table->fields[f].offset == bound->field->unit)
            bound->unit = &table->fields[f];
    if (bound->unit == NULL)
        return STATUS_OK;
    for (const Bound *before = reader->bound; before < bound; before++)
        if (before->field == bound->unit)
            bound->unit_cell = before;
    bound->unit_from = arena_printf(reader->reading->scratch, _("column %s"), bound->unit->column);
    TRY_NEW(bound->unit_from);
    return STATUS_OK;
}

static Status bind_fields(RowReader *reader)
{
    const TableReader *table = reader->table;
    const TableSpec *spec = dictionary_table(table->table);

    reader->bound = ARENA_NEW(reader->reading->scratch, table->field_count, Bound);
    TRY_NEW(reader->bound);
    for (size_t f = 0; f < table->field_count; f++) {
        const Field *field = &table->fields[f];
        int column = dictionary_column(spec, field->column);
        if (reader->headings.column_of[column] < 0)
            continue;
        Bound *bound = &reader->bound[reader->bound_count++];
        *bound = (Bound){.field = field,
                         .spec = &spec->columns[column],
                         .column = (size_t)reader->headings.column_of[column]};
        TRY(bind_unit(reader, bound));
    }
    bind_keys(reader);
    return STATUS_OK;
}

static Status keep_extra_headings(const RowReader *reader)
{
    Round *round = reader->reading->round;
    size_t count = reader->headings.extra_count;
    const char **headings = ARENA_NEW(round->arena, count, const char *);

    TRY_NEW(headings);
    for (size_t i = 0; i < count; i++)
        headings[i] = reader->sheet->headings[reader->headings.extra[i]];
    round->tables[reader->table->table].extra = (ExtraColumns){headings, count};
    return STATUS_OK;
}

Status read_rows(const Reading *reading, const TableReader *table, const Sheet *sheet, void **rows,
                 size_t *count)
{
    RowReader reader = {.reading = reading, .table = table, .sheet = sheet};
    char *next;

    *rows = NULL;
    *count = 0;
    TRY(headings_match(sheet, table->extra != 0, reading->scratch, reading->diag,
                       &reader.headings));
    if (!reader.headings.complete)
        return STATUS_OK;
    TRY(note_columns(&reader));
    if (reading->changes != NULL) {
        TRY(round_changes_apply(reading, table->keys, sheet, &reader.headings, &reader.sheet));
        sheet = reader.sheet;
    }
    TRY(keep_extra_headings(&reader));
    TRY(bind_fields(&reader));
    TRY(make_blank(&reader));
    *rows = next = arena_alloc(reading->round->arena, sheet->row_count, table->row_size);
    TRY_NEW(next);
    for (reader.row = 0; reader.row < sheet->row_count; reader.row++) {
        bool kept;
        TRY(take_row(&reader, next, &kept));
        if (kept && reading->texts != NULL)
            TRY(row_text_keep(&reader, next, reading->texts));
        *count += kept;
        next += kept ? table->row_size : 0;
    }
    reading->round->tables[table->table].rows = *count;
    return STATUS_OK;
}

const Reading *row_reading(const RowReader *reader)
{
    return reader->reading;
}

/* The callers know the names as the dictionary writes them, and ask once a row: no folding. */
static int sheet_column(const RowReader *reader, const char *column)
{
    const TableSpec *spec = dictionary_table(reader->table->table);
    for (size_t c = 0; c < spec->column_count; c++)
        if (spec->columns[c].name[0] == column[0] && strcmp(spec->columns[c].name, column) == 0)
            return reader->headings.column_of[c];
    return -1;
}

bool row_has(const RowReader *reader, const char *column)
{
    int c = sheet_column(reader, column);
    return c >= 0 && sheet_cell(reader->sheet, reader->row, (size_t)c)->kind != CELL_EMPTY;
}

bool row_is_number(const RowReader *reader, const char *column)
{
    int c = sheet_column(reader, column);
    return c >= 0 && sheet_cell(reader->sheet, reader->row, (size_t)c)->kind == CELL_NUMBER;
}

bool row_took(const RowReader *reader, const char *column)
{
    for (size_t b = 0; b < reader->bound_count; b++)
        if (strcmp(reader->bound[b].field->column, column) == 0)
            return reader->bound[b].taken;
    return false;
}

bool row_is_wrong(const RowReader *reader, const char *column)
{
    return row_has(reader, column) && !row_took(reader, column) &&
           !text_is_unknown(row_place(reader, column).text);
}

DiagPlace row_place(const RowReader *reader, const char *column)
{
    int c = sheet_column(reader, column);
    if (c >= 0)
        return sheet_place(reader->sheet, reader->row, (size_t)c);
    return (DiagPlace){.file = reader->sheet->file,
                       .line = sheet_line(reader->sheet, reader->row),
                       .column_name = column,
                       .table = reader->sheet->table->name};
}

/* Without a unit the row is in the round's currency, and the other one is most likely its own. */
void row_report_currencies(const RowReader *reader, const char *what, const char *price,
                           const char *currency, Unit unit)
{
    Diag *diag = reader->reading->diag;
    if (row_has(reader, "unit"))
        diag_add(diag, DIAG_UNITS, row_place(reader, "currency"),
                 "'%s' differs from the unit %s, and %s in money has one currency; leave the cell "
                 "empty or write %s",
                 currency, unit.name, what, unit.name);
    else
        diag_add(diag, DIAG_UNITS, row_place(reader, "currency"),
                 "'%s' is the currency of %s; amounts in %s need %s in the column unit", currency,
                 price, currency, currency);
}
