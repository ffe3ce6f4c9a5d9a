/* A row's cells as texts that do not depend on how they were written: made from the typed members, by
 * the kind of each field, as the reader's list of fields has them. Called by row_reader.c.
 */
#include "io/row_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "allot/order.h"
#include "allot/words.h"

enum { WORD_SIZE = 64, NUMBER_SIZE = 48, FIRST_ROWS = 64 };

static const void *member_of(const void *row, size_t offset)
{
    return (const char *)row + offset;
}

/* ---- kinds ---------------------------------------------------------------------------------- */

static const char *decimal_words(Arena *arena, Decimal value)
{
    char text[NUMBER_SIZE];
    decimal_format(value, text);
    return arena_text(arena, text, strlen(text));
}

static Unit unit_of(const RowReader *reader, const Field *field, const void *row)
{
    const Round *round = reader->reading->round;
    if (field->kind == FIELD_REPORTED)
        return round->currency;
    if (field->kind == FIELD_MONEY)
        return round_unit(round, *(const char *const *)member_of(row, field->unit));
    return *(const Unit *)member_of(row, field->unit);
}

/* The members of a list in order, each once. */
static const char *list_words(Arena *arena, const NameList *list)
{
    size_t count = (size_t)list->count;
    const char **names = ARENA_NEW(arena, count, const char *);
    const char *text = "";
    if (list->all)
        return "*";
    if (names == NULL)
        return NULL;
    for (size_t i = 0; i < count; i++)
        names[i] = list->names[i];
    if (count > 0)
        qsort(names, count, sizeof *names, order_of_texts);
    for (size_t i = 0; i < count && text != NULL; i++)
        if (i == 0 || strcmp(names[i - 1], names[i]) != 0)
            text = arena_printf(arena, "%s%s%s", text, i > 0 ? ";" : "", names[i]);
    return text;
}

static const char *word_at(Arena *arena, const char *words, int index)
{
    char word[WORD_SIZE] = "";
    if (words != NULL && index >= 0)
        word_copy(words, (size_t)index, word, sizeof word);
    return arena_text(arena, word, strlen(word));
}

static const char *bit_words(Arena *arena, const char *words, unsigned bits)
{
    const char *text = "";
    for (int b = 0; bits >> b != 0 && text != NULL; b++) {
        const char *word = (bits >> b & 1) != 0 ? word_at(arena, words, b) : NULL;
        if (word != NULL)
            text = arena_printf(arena, "%s%s%s", text, *text != '\0' ? ";" : "", word);
    }
    return text;
}

static const char *date_words(Arena *arena, Date date)
{
    char text[16] = "";
    if (date != DATE_NONE)
        date_format(date, text);
    return arena_text(arena, text, strlen(text));
}

static const char *figure_words(const RowReader *reader, const Field *field, const void *row)
{
    Arena *arena = reader->reading->round->arena;
    const void *at = member_of(row, field->offset);
    switch (field->kind) {
    case FIELD_DECIMAL:
    case FIELD_PRICE:
    case FIELD_SHARE: return decimal_words(arena, *(const Decimal *)at);
    case FIELD_COUNT: return arena_printf(arena, "%d", *(const int *)at);
    case FIELD_LONG: return arena_printf(arena, "%ld", *(const long *)at);
    default:
        return decimal_words(
            arena, decimal_make(*(const int64_t *)at, unit_of(reader, field, row).places));
    }
}

/* What the row's member says; NULL without memory. */
static const char *field_words(const RowReader *reader, const Field *field, const char *words,
                               const void *row)
{
    Arena *arena = reader->reading->round->arena;
    const void *at = member_of(row, field->offset);
    switch (field->kind) {
    case FIELD_TEXT:
    case FIELD_NAME:
    case FIELD_WORD:
    case FIELD_CURRENCY: return *(const char *const *)at;
    case FIELD_NAMES:
    case FIELD_CATEGORIES: return list_words(arena, at);
    case FIELD_FLAG: return *(const bool *)at ? "yes" : "no";
    case FIELD_DATE: return date_words(arena, *(const Date *)at);
    case FIELD_ENUM: return word_at(arena, words, *(const int *)at);
    case FIELD_WORDS: return bit_words(arena, words, *(const unsigned *)at);
    case FIELD_UNIT:
    case FIELD_UNIT_OPEN: {
        const char *name = ((const Unit *)at)->name;
        return name != NULL ? name : "";
    }
    default: return figure_words(reader, field, row);
    }
}

/* ---- the row -------------------------------------------------------------------------------- */

static const Bound *bound_of(const RowReader *reader, const Field *field)
{
    for (size_t b = 0; b < reader->bound_count; b++)
        if (reader->bound[b].field == field)
            return &reader->bound[b];
    return NULL;
}

static Status keep_cell(const RowReader *reader, const Field *field, const void *row,
                        CellText *cell)
{
    const TableSpec *table = dictionary_table(reader->table->table);
    const Bound *bound = bound_of(reader, field);
    bool is_taken = bound != NULL && bound->taken;
    bool is_unsaid = field->has != 0 && !*(const bool *)member_of(row, field->has);
    int column = dictionary_column(table, field->column);
    *cell = (CellText){.column = column,
                       .value = "",
                       .is_empty = !is_taken,
                       .is_prose = field->kind == FIELD_TEXT};
    if (!is_unsaid)
        cell->value = field_words(reader, field, table->columns[column].words, row);
    return cell->value != NULL ? STATUS_OK : STATUS_NO_MEMORY;
}

static const char *cell_value(const RowText *row, const char *column)
{
    int index = dictionary_column(dictionary_table(row->table), column);
    for (size_t c = 0; index >= 0 && c < row->cell_count; c++)
        if (row->cells[c].column == index)
            return row->cells[c].value;
    return "";
}

/* The file's own text in this column of the dictionary. */
static const char *raw_text(const RowReader *reader, const char *column)
{
    int index = dictionary_column(reader->sheet->table, column);
    int at = index >= 0 ? reader->headings.column_of[index] : -1;
    return at >= 0 ? sheet_cell(reader->sheet, reader->row, (size_t)at)->text : "";
}

/* How changes call it; of a row that may share its pair with others with what tells them apart. */
static Status name_row(const RowReader *reader, RowText *row)
{
    Arena *arena = reader->reading->round->arena;
    char first[WORD_SIZE], second[WORD_SIZE] = "";
    word_copy(reader->table->keys, 0, first, sizeof first);
    word_copy(reader->table->keys, 1, second, sizeof second);
    row->name = cell_value(row, first);
    row->id = raw_text(reader, first);
    if (*second == '\0')
        return STATUS_OK;
    row->name = arena_printf(arena, "%s/%s", row->name, cell_value(row, second));
    row->id = arena_printf(arena, "%s/%s", row->id, raw_text(reader, second));
    TRY_NEW(row->name);
    TRY_NEW(row->id);
    if (row->table != TABLE_COMMITMENTS)
        return STATUS_OK;
    row->name = arena_printf(arena, "%s/%s", row->name, cell_value(row, "kind"));
    row->id = arena_printf(arena, "%s/%s", row->id, raw_text(reader, "kind"));
    TRY_NEW(row->name);
    TRY_NEW(row->id);
    return STATUS_OK;
}

Status row_text_keep(const RowReader *reader, const void *row, RowTexts *texts)
{
    const TableReader *table = reader->table;
    Arena *arena = reader->reading->round->arena;
    if (texts->count == texts->room) {
        size_t room = texts->room == 0 ? FIRST_ROWS : 2 * texts->room;
        RowText *grown = arena_grow(arena, texts->rows, texts->count, room, sizeof *grown);
        TRY_NEW(grown);
        texts->rows = grown;
        texts->room = room;
    }
    RowText *kept = &texts->rows[texts->count];
    *kept = (RowText){.table = table->table,
                      .line = sheet_line(reader->sheet, reader->row),
                      .cells = ARENA_NEW(arena, table->field_count, CellText),
                      .cell_count = table->field_count};
    TRY_NEW(kept->cells);
    for (size_t f = 0; f < table->field_count; f++)
        TRY(keep_cell(reader, &table->fields[f], row, &kept->cells[f]));
    TRY(name_row(reader, kept));
    texts->count++;
    return STATUS_OK;
}
