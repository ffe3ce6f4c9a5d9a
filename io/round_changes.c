/* Changed cells: what becomes of a table's sheet before its rows are typed. Settings have no sheet to
 * change where their table is missing; they are changed as rows. Which table and column each change
 * names is round_changes_find.c. Called by round_read.c and row_reader.c.
 */
#include "io/round_changes.h"

#include <stdlib.h>
#include <string.h>

#include "allot/language.h"
#include "allot/names.h"
#include "allot/quote.h"
#include "allot/unknown_name.h"
#include "allot/words.h"
#include "io/sheet_edit.h"

enum { KEYS_MOST = 2, WORD_SIZE = 64, FIRST_CHANGED = 16 };

/* ---- which row ------------------------------------------------------------------------------ */

/* A table being changed. */
typedef struct Change {
    const Reading *reading;
    const Sheet *sheet; /* as read; then as changed so far */
    Headings *headings;
    int keys[KEYS_MOST]; /* columns of the sheet, -1 for none */
    KnownChange *list;   /* [count] of this table */
    size_t count;
    size_t row_changed; /* round->changed_count when the row began */
} Change;

/* The changes of one row: list[from .. end - 1]. */
typedef struct ChangeRange {
    size_t from, end;
} ChangeRange;

static ChangeRange range_of(const Change *change, const char *id)
{
    size_t from = 0, end = change->count;
    while (from < end) {
        size_t middle = from + (end - from) / 2;
        if (strcmp(change->list[middle].id, id) < 0)
            from = middle + 1;
        else
            end = middle;
    }
    while (end < change->count && strcmp(change->list[end].id, id) == 0)
        end++;
    return (ChangeRange){from, end};
}

static const char *key_text(const Change *change, size_t row, size_t key)
{
    return sheet_cell(change->sheet, row, (size_t)change->keys[key])->text;
}

/* How a change names this row; NULL without memory. */
static const char *name_of(const Change *change, size_t row)
{
    const char *first = key_text(change, row, 0);
    if (change->keys[1] < 0)
        return first;
    return arena_printf(change->reading->scratch, "%s/%s", first, key_text(change, row, 1));
}

/* The longer name of a commitment, where a pair has several; NULL where there is none. */
static const char *long_name_of(const Change *change, size_t row)
{
    const TableSpec *table = change->sheet->table;
    int kind = table->kind == TABLE_COMMITMENTS
                   ? change->headings->column_of[dictionary_column(table, "kind")]
                   : -1;
    if (kind < 0)
        return NULL;
    return arena_printf(change->reading->scratch, "%s/%s/%s", key_text(change, row, 0),
                        key_text(change, row, 1),
                        sheet_cell(change->sheet, row, (size_t)kind)->text);
}

typedef Status ChangeRow(Change *change, size_t row, ChangeRange range, void *context);

static Status visit_rows(Change *change, ChangeRow *visit, void *context)
{
    for (size_t row = 0; row < change->sheet->row_count; row++) {
        const char *name = name_of(change, row), *longer = long_name_of(change, row);
        TRY_NEW(name);
        change->row_changed = change->reading->round->changed_count;
        TRY(visit(change, row, range_of(change, name), context));
        if (longer != NULL)
            TRY(visit(change, row, range_of(change, longer), context));
    }
    return STATUS_OK;
}

/* ---- what was changed, for people ----------------------------------------------------------- */

static Status add_changed(const Reading *reading, ChangedCell cell)
{
    Round *round = reading->round;
    RoundChanges *changes = reading->changes;
    if (round->changed_count == changes->changed_room) {
        size_t room = changes->changed_room == 0 ? FIRST_CHANGED : 2 * changes->changed_room;
        ChangedCell *grown =
            arena_grow(round->arena, round->changed, round->changed_count, room, sizeof *grown);
        TRY_NEW(grown);
        round->changed = grown;
        changes->changed_room = room;
    }
    round->changed[round->changed_count++] = cell;
    return STATUS_OK;
}

/* Each cell stands there once, with the last of its values. @p from: where the row's begin; @p line: its own. */
static Status note_changed(const Reading *reading, const KnownChange *known, const char *before,
                           size_t from, int line)
{
    const Round *round = reading->round;
    const TableSpec *table = dictionary_table(known->table);
    const char *column = known->column < 0 ? "" : table->columns[known->column].name;
    for (size_t i = from; i < round->changed_count; i++)
        if (round->changed[i].column == column) {
            round->changed[i].after = known->value;
            round->changed[i].place = known->place;
            return STATUS_OK;
        }
    return add_changed(reading, (ChangedCell){known->table, known->id, column, before, known->value,
                                              line, known->place});
}

/* ---- rows out, cells changed ---------------------------------------------------------------- */

static Status take_out(Change *change, size_t row, ChangeRange range, void *context)
{
    bool *gone = context;
    for (size_t i = range.from; i < range.end; i++) {
        if (change->list[i].column >= 0)
            continue;
        change->list[i].rows++;
        if (!gone[row])
            TRY(note_changed(change->reading, &change->list[i], "", change->row_changed, 0));
        gone[row] = true;
    }
    return STATUS_OK;
}

/* A column that the sheet lacks is added to it. */
static Status column_in_sheet(Change *change, Sheet *edited, int column, size_t *at)
{
    int *place = &change->headings->column_of[column];
    if (*place < 0) {
        TRY(sheet_edit_column(edited, edited->table->columns[column].name, change->reading->scratch,
                              at));
        *place = (int)*at;
    }
    *at = (size_t)*place;
    return STATUS_OK;
}

static Cell cell_of(const KnownChange *known)
{
    const ColumnSpec *column = &dictionary_table(known->table)->columns[known->column];
    bool is_figure = column->type == COLUMN_NUMBER || column->type == COLUMN_SHARE ||
                     column->type == COLUMN_INTEGER;
    Decimal value;
    Cell cell = {.text = known->value, .kind = CELL_TEXT};
    if (known->value[0] == '\0')
        cell.kind = CELL_EMPTY;
    else if (is_figure && known->exact && decimal_parse(known->value, &value))
        cell.kind = CELL_NUMBER;
    return cell;
}

static Status change_cells(Change *change, size_t row, ChangeRange range, void *context)
{
    Sheet *edited = context;
    for (size_t i = range.from; i < range.end; i++) {
        KnownChange *known = &change->list[i];
        size_t column;
        if (known->column < 0)
            continue;
        known->rows++;
        TRY(column_in_sheet(change, edited, known->column, &column));
        const char *before = sheet_cell(edited, row, column)->text;
        TRY(note_changed(change->reading, known, before, change->row_changed,
                         sheet_line(edited, row)));
        TRY(sheet_edit_cell(edited, row, column, cell_of(known), known->place,
                            change->reading->scratch));
    }
    return STATUS_OK;
}

/* ---- rows put in ---------------------------------------------------------------------------- */

/* The change list[from] is the first of a row that is not there: a row with the cells that it and
 * those behind it of the same id give. */
static Status put_in_row(Change *change, Sheet *edited, size_t from)
{
    Arena *scratch = change->reading->scratch;
    size_t row;
    TRY(sheet_edit_row(edited, scratch, &row));
    change->row_changed = change->reading->round->changed_count;
    for (size_t i = from; i < change->count; i++) {
        KnownChange *known = &change->list[i];
        size_t column;
        if (strcmp(known->id, change->list[from].id) != 0)
            break;
        if (known->column < 0 || !known->adds)
            continue;
        known->rows++;
        TRY(column_in_sheet(change, edited, known->column, &column));
        TRY(note_changed(change->reading, known, "", change->row_changed, sheet_line(edited, row)));
        TRY(sheet_edit_cell(edited, row, column, cell_of(known), known->place, scratch));
    }
    return STATUS_OK;
}

static Status put_in_rows(Change *change, Sheet *edited)
{
    for (size_t i = 0; i < change->count; i++)
        if (change->list[i].adds && change->list[i].rows == 0)
            TRY(put_in_row(change, edited, i));
    return STATUS_OK;
}

/* A builder of the sheet, with every column that the table may have. */
static Status put_headings(SheetBuilder *builder, const TableSpec *table)
{
    for (size_t c = 0; c < table->column_count; c++) {
        const char *name = table->columns[c].name;
        TRY(sheet_add_cell(builder, name, strlen(name), CELL_TEXT));
    }
    return sheet_end_row(builder, 1, false);
}

Status round_changes_sheet(const Reading *reading, TableKind table, Arena *grid, Sheet **sheet)
{
    const RoundChanges *changes = reading->changes;
    size_t i = 0;
    *sheet = NULL;
    while (i < changes->count && (changes->list[i].table != table || !changes->list[i].adds))
        i++;
    if (i == changes->count)
        return STATUS_OK;
    SheetTarget target = {.file = "",
                          .table = dictionary_table(table),
                          .texts = reading->round->arena,
                          .grid = grid,
                          .diag = reading->diag,
                          .of_plan = true};
    SheetBuilder *builder = sheet_builder_new(&target);
    TRY_NEW(builder);
    TRY(put_headings(builder, target.table));
    TRY(sheet_finish(builder, true, sheet));
    (*sheet)->sha256 = "";
    return STATUS_OK;
}

/* ---- rows that are not there ---------------------------------------------------------------- */

static Status report_row(const Change *change, const KnownChange *known)
{
    const Reading *reading = change->reading;
    const Sheet *sheet = change->sheet;
    const char **names = ARENA_NEW(reading->scratch, sheet->row_count, const char *);
    const char *what = arena_printf(reading->scratch, _("in the table %s the row"),
                                    dictionary_table(known->table)->name);
    DiagPlace place = known->place;
    TRY_NEW(names);
    TRY_NEW(what);
    for (size_t row = 0; row < sheet->row_count; row++) {
        names[row] = name_of(change, row);
        TRY_NEW(names[row]);
    }
    if (place.column_name != NULL && strcmp(place.column_name, "value") == 0) {
        place.column = round_column_number(reading->round, TABLE_SCENARIOS, "id");
        place.column_name = "id";
    }
    diag_unknown_name(reading->diag, DIAG_ID_UNKNOWN, place, what, known->id,
                      (KnownNames){names, sheet->row_count});
    return STATUS_OK;
}

/* An id that is there twice is reported with the rows themselves. */
static Status check_rows(const Change *change)
{
    for (size_t i = 0; i < change->count; i++) {
        const KnownChange *known = &change->list[i];
        if (known->rows == 0)
            TRY(report_row(change, known));
        else if (known->rows > 1 && known->table == TABLE_COMMITMENTS)
            diag_add(change->reading->diag, DIAG_ID_TWICE, known->place,
                     "'%s' names %zu rows of the table commitments; write need/offer/kind",
                     quote(known->id).text, known->rows);
    }
    return STATUS_OK;
}

/* ---- a table -------------------------------------------------------------------------------- */

/* The changes of this table. */
static void bind_changes(Change *change, TableKind table)
{
    const RoundChanges *changes = change->reading->changes;
    size_t from = 0;
    while (from < changes->count && changes->list[from].table < table)
        from++;
    change->list = &changes->list[from];
    while (from + change->count < changes->count && change->list[change->count].table == table)
        change->count++;
}

static void bind_keys(Change *change, const char *keys)
{
    for (size_t k = 0; k < KEYS_MOST; k++) {
        char word[WORD_SIZE];
        word_copy(keys, k, word, sizeof word);
        int column = dictionary_column(change->sheet->table, word);
        change->keys[k] = column >= 0 ? change->headings->column_of[column] : -1;
    }
}

Status round_changes_apply(const Reading *reading, const char *keys, const Sheet *sheet,
                           Headings *headings, const Sheet **changed)
{
    Change change = {.reading = reading, .sheet = sheet, .headings = headings};
    TableKind table = sheet->table->kind;
    *changed = sheet;
    bind_changes(&change, table);
    reading->changes->seen[table] = true;
    if (change.count == 0 || table == TABLE_SETTINGS || table == TABLE_SCENARIOS)
        return STATUS_OK;
    bind_keys(&change, keys);
    if (change.keys[0] < 0)
        return STATUS_OK; /* the column is required: its finding stands */
    bool *gone = ARENA_NEW(reading->scratch, sheet->row_count, bool);
    Sheet *edited;
    TRY_NEW(gone);
    TRY(visit_rows(&change, take_out, gone));
    TRY(sheet_edit_begin(sheet, gone, reading->scratch, &edited));
    change.sheet = edited;
    TRY(visit_rows(&change, change_cells, edited));
    TRY(put_in_rows(&change, edited));
    *changed = edited;
    return check_rows(&change);
}

void round_changes_finish(const Reading *reading)
{
    const RoundChanges *changes = reading->changes;
    for (size_t i = 0; i < changes->count; i++) {
        const KnownChange *known = &changes->list[i];
        const char *table = dictionary_table(known->table)->name;
        if (known->table == TABLE_SETTINGS || changes->seen[known->table] ||
            reading->round->tables[known->table].present)
            continue;
        diag_add(reading->diag, DIAG_ID_UNKNOWN, known->place,
                 "row '%s' of the table %s cannot be changed: the round has no such table; add it, "
                 "or take the change out",
                 quote(known->id).text, table);
    }
}

/* ---- settings ------------------------------------------------------------------------------- */

static bool is_same_key(const char *a, const char *b)
{
    char one[WORD_SIZE], other[WORD_SIZE];
    name_fold(a, one, sizeof one);
    name_fold(b, other, sizeof other);
    return strcmp(one, other) == 0;
}

/* Takes the rows of this key out; what the last of them said goes to *before. */
static void drop_setting(Round *round, const char *key, const char **before)
{
    size_t kept = 0;
    *before = "";
    for (size_t i = 0; i < round->setting_row_count; i++) {
        if (is_same_key(round->setting_rows[i].key, key))
            *before = round->setting_rows[i].value;
        else
            round->setting_rows[kept++] = round->setting_rows[i];
    }
    round->setting_row_count = kept;
}

static Status change_setting(const Reading *reading, const KnownChange *known)
{
    Round *round = reading->round;
    const char *before;
    size_t from = round->changed_count;
    while (from > 0 && is_same_key(round->changed[from - 1].id, known->id))
        from--;
    drop_setting(round, known->id, &before);
    if (known->column >= 0 && known->value[0] != '\0')
        round->setting_rows[round->setting_row_count++] =
            (SettingRow){.key = known->id, .value = known->value, .place = known->place};
    return note_changed(reading, known, before, from, 0);
}

Status round_changes_settings(const Reading *reading)
{
    Change change = {.reading = reading};
    Round *round = reading->round;
    size_t before = round->setting_row_count;
    bind_changes(&change, TABLE_SETTINGS);
    if (change.count == 0)
        return STATUS_OK;
    SettingRow *rows = arena_grow(round->arena, round->setting_rows, before, before + change.count,
                                  sizeof(SettingRow));
    TRY_NEW(rows);
    round->setting_rows = rows;
    for (size_t i = 0; i < change.count; i++)
        TRY(change_setting(reading, &change.list[i]));
    return STATUS_OK;
}
