/* Two rounds compared row by row: both lists of row texts are put in order of table and name, and gone
 * through side by side.
 */
#include "allot/round_diff.h"
#include "allot/language.h"

#include <stdlib.h>
#include <string.h>

#include "allot/words.h"

enum { SETTINGS_MOST = 128, FIRST_CHANGES = 32, CELLS_SHOWN = 6 };

typedef struct Diff {
    Arena *arena;
    InputChange *list;
    size_t count, room;
} Diff;

static Status add_change(Diff *diff, InputChange change)
{
    if (diff->count == diff->room) {
        size_t room = diff->room == 0 ? FIRST_CHANGES : 2 * diff->room;
        InputChange *grown = arena_grow(diff->arena, diff->list, diff->count, room, sizeof *grown);
        TRY_NEW(grown);
        diff->list = grown;
        diff->room = room;
    }
    diff->list[diff->count++] = change;
    return STATUS_OK;
}

/* ---- what takes a change back --------------------------------------------------------------- */

static const char *column_name(const RowText *row, const CellText *cell)
{
    return dictionary_table(row->table)->columns[cell->column].name;
}

static CellChange cell_as_before(const RowText *row, const char *id, const CellText *cell)
{
    return (CellChange){.table = dictionary_table(row->table)->name,
                        .id = id,
                        .column = column_name(row, cell),
                        .value = cell->is_empty ? "" : cell->value,
                        .exact = true,
                        .place = {.file = _("the round before")}};
}

/* The row as it was, cell by cell. */
static Status put_in(const RowText *row, Arena *arena, InputChange *change)
{
    CellChange *undo = ARENA_NEW(arena, row->cell_count, CellChange);
    size_t count = 0;
    TRY_NEW(undo);
    for (size_t c = 0; c < row->cell_count; c++) {
        if (row->cells[c].is_empty)
            continue;
        undo[count] = cell_as_before(row, row->id, &row->cells[c]);
        undo[count++].adds = true;
    }
    change->undo = undo;
    change->undo_count = count;
    return STATUS_OK;
}

static Status one_undo(CellChange undo, Arena *arena, InputChange *change)
{
    CellChange *list = ARENA_NEW(arena, 1, CellChange);
    TRY_NEW(list);
    list[0] = undo;
    change->undo = list;
    change->undo_count = 1;
    return STATUS_OK;
}

/* ---- rows ----------------------------------------------------------------------------------- */

/* The columns that name the rows of a table. */
static bool is_name(const RowText *row, const CellText *cell)
{
    const char *keys = "id";
    if (row->table == TABLE_RATES)
        keys = "currency";
    if (row->table == TABLE_PAIRS || row->table == TABLE_COMMITMENTS)
        keys = "need offer kind";
    return word_index(keys, column_name(row, cell)) >= 0;
}

/* "quantity 40, unit seat": the first cells that say something, but for those that name the row. */
static const char *row_words(const RowText *row, Arena *arena)
{
    const char *text = "";
    size_t shown = 0, left = 0;
    for (size_t c = 0; c < row->cell_count && text != NULL; c++) {
        const CellText *cell = &row->cells[c];
        if (cell->is_empty || cell->is_prose || is_name(row, cell))
            continue;
        if (shown == CELLS_SHOWN) {
            left++;
            continue;
        }
        text = arena_printf(arena, "%s%s%s %s", text, shown > 0 ? ", " : "", column_name(row, cell),
                            cell->value);
        shown++;
    }
    return text != NULL && left > 0 ? arena_printf(arena, "%s, ...", text) : text;
}

static Status add_row(Diff *diff, const RowText *row, InputChangeKind kind)
{
    const char *table = dictionary_table(row->table)->name;
    const char *words = row_words(row, diff->arena);
    bool added = kind == INPUT_ADDED;
    InputChange change = {.kind = kind,
                          .table = table,
                          .id = row->id,
                          .column = "",
                          .before = added ? "" : words,
                          .after = added ? words : "",
                          .line_before = added ? 0 : row->line,
                          .line = added ? row->line : 0};
    TRY_NEW(words);
    if (!added)
        TRY(put_in(row, diff->arena, &change));
    else
        TRY(one_undo(
            (CellChange){.table = table, .id = row->id, .place = {.file = _("the round before")}},
            diff->arena, &change));
    return add_change(diff, change);
}

static bool same_cell(const CellText *before, const CellText *after)
{
    return (before->is_empty && after->is_empty) || strcmp(before->value, after->value) == 0;
}

static Status compare_cells(Diff *diff, const RowText *before, const RowText *after)
{
    for (size_t c = 0; c < after->cell_count; c++) {
        const CellText *was = &before->cells[c], *is = &after->cells[c];
        if (same_cell(was, is))
            continue;
        InputChange change = {.kind = INPUT_CELL,
                              .table = dictionary_table(after->table)->name,
                              .id = after->id,
                              .column = column_name(after, is),
                              .before = was->is_empty ? "" : was->value,
                              .after = is->is_empty ? "" : is->value,
                              .line_before = before->line,
                              .line = after->line,
                              .is_prose = is->is_prose};
        TRY(one_undo(cell_as_before(after, after->id, was), diff->arena, &change));
        TRY(add_change(diff, change));
    }
    return STATUS_OK;
}

static int compare_rows(const void *a, const void *b)
{
    const RowText *one = a, *other = b;
    if (one->table != other->table)
        return one->table < other->table ? -1 : 1;
    int names = strcmp(one->name, other->name);
    return names != 0 ? names : (one->line > other->line) - (one->line < other->line);
}

static bool is_compared(TableKind table)
{
    return table != TABLE_SETTINGS && table != TABLE_SCENARIOS;
}

/* The rows that are compared, by table and name. */
static Status sorted_rows(const RowTexts *texts, Arena *arena, RowText **rows, size_t *count)
{
    RowText *list = ARENA_NEW(arena, texts->count, RowText);
    size_t kept = 0;
    TRY_NEW(list);
    for (size_t i = 0; i < texts->count; i++)
        if (is_compared(texts->rows[i].table))
            list[kept++] = texts->rows[i];
    if (kept > 0)
        qsort(list, kept, sizeof *list, compare_rows);
    *rows = list;
    *count = kept;
    return STATUS_OK;
}

static int compare_names(const RowText *one, const RowText *other)
{
    if (one->table != other->table)
        return one->table < other->table ? -1 : 1;
    return strcmp(one->name, other->name);
}

static Status compare_tables(Diff *diff, const RowTexts *before, const RowTexts *after)
{
    RowText *was, *is;
    size_t was_count, is_count, w = 0, i = 0;
    TRY(sorted_rows(before, diff->arena, &was, &was_count));
    TRY(sorted_rows(after, diff->arena, &is, &is_count));
    while (w < was_count || i < is_count) {
        int order = w == was_count ? 1 : i == is_count ? -1 : compare_names(&was[w], &is[i]);
        if (order < 0)
            TRY(add_row(diff, &was[w++], INPUT_DROPPED));
        else if (order > 0)
            TRY(add_row(diff, &is[i++], INPUT_ADDED));
        else
            TRY(compare_cells(diff, &was[w++], &is[i++]));
    }
    return STATUS_OK;
}

/* ---- settings ------------------------------------------------------------------------------- */

/* NULL where there is no such key: of thresholds of tiers there are as many as are set. */
static const char *value_of(const SettingRow *rows, size_t count, const char *key)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(rows[i].key, key) == 0)
            return rows[i].value;
    return NULL;
}

/* What the round is called decides nothing. */
static bool is_title(const char *key)
{
    return strcmp(key, "title") == 0 || strcmp(key, "round") == 0 || strcmp(key, "release") == 0;
}

static Status add_setting(Diff *diff, const char *key, const char *before, const char *after)
{
    InputChange change = {.kind = INPUT_CELL,
                          .table = "settings",
                          .id = key,
                          .column = "value",
                          .before = before,
                          .after = after,
                          .is_prose = is_title(key)};
    if (strcmp(before, after) == 0)
        return STATUS_OK;
    TRY(one_undo((CellChange){.table = "settings",
                              .id = key,
                              .column = "value",
                              .value = before,
                              .place = {.file = _("the round before")}},
                 diff->arena, &change));
    return add_change(diff, change);
}

/* Every setting in force, those of --set included. */
static Status compare_settings(Diff *diff, const Round *before, const Round *after)
{
    SettingRow *was = ARENA_NEW(diff->arena, SETTINGS_MOST, SettingRow);
    SettingRow *is = ARENA_NEW(diff->arena, SETTINGS_MOST, SettingRow);
    TRY_NEW(was);
    TRY_NEW(is);
    size_t was_count = settings_describe(&before->settings, diff->arena, was, SETTINGS_MOST);
    size_t is_count = settings_describe(&after->settings, diff->arena, is, SETTINGS_MOST);
    for (size_t i = 0; i < is_count; i++) {
        const char *before_it = value_of(was, was_count, is[i].key);
        TRY(add_setting(diff, is[i].key, before_it != NULL ? before_it : "", is[i].value));
    }
    for (size_t w = 0; w < was_count; w++)
        if (value_of(is, is_count, was[w].key) == NULL)
            TRY(add_setting(diff, was[w].key, was[w].value, ""));
    return STATUS_OK;
}

Status round_diff(DiffSide before, DiffSide after, Arena *arena, InputChange **list, size_t *count)
{
    Diff diff = {.arena = arena};
    TRY(compare_settings(&diff, before.round, after.round));
    TRY(compare_tables(&diff, before.texts, after.texts));
    *list = diff.list;
    *count = diff.count;
    return STATUS_OK;
}

const char *input_change_name(const InputChange *change, Arena *arena)
{
    if (change->kind == INPUT_PREVIOUS)
        return _("the plan before (--previous)");
    if (change->kind == INPUT_LEDGER)
        return _("the ledger (--ledger)");
    if (change->kind == INPUT_URGENT)
        return _("the urgent need (--urgent)");
    if (change->kind == INPUT_ANSWER)
        return arena_printf(arena, _("the answer of %s about need %s from offer %s"),
                            change->author, change->id, change->column);
    if (strcmp(change->table, "settings") == 0)
        return arena_printf(arena, _("setting %s"), change->id);
    if (change->kind == INPUT_CELL)
        return arena_printf(arena, "%s %s, %s", change->table, change->id, change->column);
    return arena_printf(arena, "%s %s, %s", change->table, change->id,
                        change->kind == INPUT_ADDED ? _("added") : _("dropped"));
}
