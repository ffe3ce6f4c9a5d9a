/* Rows of a sheet into an array of structs.
 *
 * The list of fields is bound to the sheet's columns once; a blank struct with every default is made
 * once; then each row starts as a copy of it and takes the cells that are not empty. Called by
 * read_*.c, one list of fields a table.
 */
#include "io/row_reader.h"

#include "allot/quote.h"
#include "allot/words.h"
#include "io/headings.h"

#include <string.h>

enum { WORD_SIZE = 64, KEYS_MAX = 2 };

/* A field and the column of the sheet that holds it. */
typedef struct Bound {
    const Field *field;
    const ColumnSpec *spec;
    size_t column;
    bool sign_known; /* the column was searched for its decimal sign */
    DecimalSign sign;
} Bound;

struct RowReader {
    const Reading *reading;
    const TableReader *table;
    const Sheet *sheet;
    Headings headings;
    Bound *bound; /* [bound_count] fields whose column is there */
    size_t bound_count;
    int keys[KEYS_MAX]; /* columns of the sheet, -1 for none */
    void *blank;        /* a row of defaults */
    size_t row;         /* of the sheet, the one being read */
};

_Static_assert(sizeof(OdaFlag) == sizeof(int) && sizeof(Basis) == sizeof(int) &&
                   sizeof(RuleWord) == sizeof(int) && sizeof(CommitmentKind) == sizeof(int),
               "FIELD_ENUM stores an int");

static void *member(void *row, size_t offset)
{
    return (char *)row + offset;
}

static const ColumnSpec *spec_of(const TableReader *table, const Field *field)
{
    const TableSpec *spec = dictionary_table(table->table);
    return &spec->columns[dictionary_column(spec, field->column)];
}

/* ---- defaults ------------------------------------------------------------------------------- */

static Status keep_word(const Reading *reading, const char *words, int index, const char **out)
{
    char word[WORD_SIZE] = "";
    if (index >= 0)
        word_copy(words, (size_t)index, word, sizeof word);
    *out = name_intern(reading->round->names, word, strlen(word));
    TRY_NEW(*out);
    return STATUS_OK;
}

/* The dictionary's default as a whole number; 0 where it is a sentence. */
static Decimal default_number(const ColumnSpec *spec)
{
    Decimal value;
    return decimal_parse(spec->default_is, &value) ? value : decimal_make(0, 0);
}

static Status set_default(const Reading *reading, const Field *field, const ColumnSpec *spec,
                          void *row)
{
    void *at = member(row, field->offset);
    int word;
    switch (field->kind) {
    case FIELD_TEXT:
    case FIELD_NAME: return keep_word(reading, "", -1, at);
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
        return keep_word(reading, spec->words, word_index(spec->words, spec->default_is), at);
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

/* ---- one cell ------------------------------------------------------------------------------- */

/* The sign is searched for only where a cell needs it: most columns never do. */
static DecimalSign sign_of(const RowReader *reader, Bound *bound)
{
    const char *text = sheet_cell(reader->sheet, reader->row, bound->column)->text;
    if (bound->sign_known || strpbrk(text, ".,") == NULL)
        return bound->sign;
    bound->sign = column_decimal_sign(reader->sheet, bound->column);
    bound->sign_known = true;
    return bound->sign;
}

static Unit unit_of_amount(const RowReader *reader, const Field *field, void *row)
{
    const Round *round = reader->reading->round;
    if (field->kind == FIELD_REPORTED)
        return round->currency;
    if (field->kind == FIELD_MONEY)
        return round_unit(round, *(const char **)member(row, field->unit));
    return *(const Unit *)member(row, field->unit);
}

static Status take_amount(const RowReader *reader, Bound *bound, CellAt at, void *row)
{
    const Field *field = bound->field;
    bool or_unknown = field->kind == FIELD_QUANTITY;
    Decimal value;
    int64_t amount;

    TRY(cell_decimal(at, sign_of(reader, bound), field->limit, or_unknown, &value));
    TRY(cell_amount(at, value, unit_of_amount(reader, field, row), &amount));
    *(int64_t *)member(row, field->offset) = amount;
    return STATUS_OK;
}

static Status take_text(const RowReader *reader, const Bound *bound, CellAt at, void *row)
{
    const Reading *reading = reader->reading;
    NameSet *names = reading->round->names;
    void *to = member(row, bound->field->offset);
    int word;

    switch (bound->field->kind) {
    case FIELD_TEXT: *(const char **)to = sheet_cell(at.sheet, at.row, at.column)->text; break;
    case FIELD_NAME: return cell_name(at, names, to);
    case FIELD_NAMES: return cell_names(at, names, reading->round->arena, false, to);
    case FIELD_CATEGORIES: return cell_names(at, names, reading->round->arena, true, to);
    case FIELD_ENUM: return cell_word(at, bound->spec->words, to);
    case FIELD_WORD:
        TRY(cell_word(at, bound->spec->words, &word));
        return keep_word(reading, bound->spec->words, word, to);
    case FIELD_WORDS: return cell_words(at, bound->spec->words, to);
    case FIELD_CURRENCY: return cell_currency(at, names, to);
    case FIELD_UNIT:
    case FIELD_UNIT_OPEN: return cell_unit(at, reading->round, to);
    default: break; /* figures: take_cell() */
    }
    return STATUS_OK;
}

static Status take_cell(const RowReader *reader, Bound *bound, CellAt at, void *row)
{
    void *to = member(row, bound->field->offset);
    Limit limit = bound->field->limit;
    int whole;

    switch (bound->field->kind) {
    case FIELD_FLAG: return cell_flag(at, to);
    case FIELD_DATE: return cell_date(at, to);
    case FIELD_PRICE:
    case FIELD_DECIMAL: return cell_decimal(at, sign_of(reader, bound), limit, false, to);
    case FIELD_SHARE: return cell_share(at, sign_of(reader, bound), limit, to);
    case FIELD_COUNT: return cell_integer(at, sign_of(reader, bound), limit, to);
    case FIELD_LONG:
        TRY(cell_integer(at, sign_of(reader, bound), limit, &whole));
        *(long *)to = whole;
        return STATUS_OK;
    case FIELD_QUANTITY:
    case FIELD_AMOUNT:
    case FIELD_MONEY:
    case FIELD_REPORTED: return take_amount(reader, bound, at, row);
    default: return take_text(reader, bound, at, row);
    }
}

/* ---- one row -------------------------------------------------------------------------------- */

/* True for a cell that says nothing: empty, or unknown where that is as good as empty. A required
 * cell without a default is a finding. */
static bool says_nothing(const RowReader *reader, const Bound *bound)
{
    const Cell *cell = sheet_cell(reader->sheet, reader->row, bound->column);
    FieldKind kind = bound->field->kind;

    if (cell->kind != CELL_EMPTY)
        return (kind == FIELD_QUANTITY || kind == FIELD_PRICE) && text_is_unknown(cell->text);
    if (bound->spec->required && bound->spec->default_is[0] == '\0')
        diag_add(reader->reading->diag, DIAG_CELL_EMPTY,
                 sheet_place(reader->sheet, reader->row, bound->column),
                 "the cell is empty; every row needs its %s (%s)", bound->spec->name,
                 bound->spec->help);
    return true;
}

static Status take_cells(RowReader *reader, void *row)
{
    for (size_t b = 0; b < reader->bound_count; b++) {
        Bound *bound = &reader->bound[b];
        CellAt at = {reader->sheet, reader->row, bound->column, reader->reading->diag};
        if (says_nothing(reader, bound))
            continue;
        Status status = take_cell(reader, bound, at, row);
        if (status != STATUS_OK && status != STATUS_FINDINGS)
            return status;
        if (status == STATUS_OK && bound->field->has != 0)
            *(bool *)member(row, bound->field->has) = true;
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
    *(const char *const **)member(row, reader->table->extra) = texts;
    return STATUS_OK;
}

static const Cell *key_cell(const RowReader *reader, int key)
{
    return sheet_cell(reader->sheet, reader->row, (size_t)reader->keys[key]);
}

/* The template's example row, which people leave standing. */
static bool is_example(const RowReader *reader)
{
    for (int k = 0; k < KEYS_MAX; k++) {
        if (reader->keys[k] < 0 || strcmp(key_cell(reader, k)->text, "EXAMPLE") != 0)
            continue;
        diag_add(reader->reading->diag, DIAG_ROW_SKIPPED,
                 sheet_place(reader->sheet, reader->row, (size_t)reader->keys[k]),
                 "the row is an EXAMPLE and is skipped");
        return true;
    }
    return false;
}

/* A row without its name cannot be pointed at; its finding stands already. */
static bool is_named(const RowReader *reader)
{
    for (int k = 0; k < KEYS_MAX; k++)
        if (reader->keys[k] >= 0 && key_cell(reader, k)->kind == CELL_EMPTY)
            return false;
    return true;
}

static Status take_row(RowReader *reader, void *row, bool *kept)
{
    *kept = false;
    if (is_example(reader))
        return STATUS_OK;
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
    for (size_t k = 0; k < KEYS_MAX; k++) {
        char word[WORD_SIZE];
        word_copy(reader->table->keys, k, word, sizeof word);
        int column = dictionary_column(spec, word);
        reader->keys[k] = column >= 0 ? reader->headings.column_of[column] : -1;
    }
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
        reader->bound[reader->bound_count++] =
            (Bound){.field = field,
                    .spec = &spec->columns[column],
                    .column = (size_t)reader->headings.column_of[column]};
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
    TRY(keep_extra_headings(&reader));
    TRY(bind_fields(&reader));
    TRY(make_blank(&reader));
    *rows = next = arena_alloc(reading->round->arena, sheet->row_count, table->row_size);
    TRY_NEW(next);
    for (reader.row = 0; reader.row < sheet->row_count; reader.row++) {
        bool kept;
        TRY(take_row(&reader, next, &kept));
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
        if (strcmp(spec->columns[c].name, column) == 0)
            return reader->headings.column_of[c];
    return -1;
}

bool row_has(const RowReader *reader, const char *column)
{
    int c = sheet_column(reader, column);
    return c >= 0 && sheet_cell(reader->sheet, reader->row, (size_t)c)->kind != CELL_EMPTY;
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
