/* A round as the texts of its tables. */
#include "tests/support/text_round.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char *copy_text(const char *text)
{
    size_t size = strlen(text) + 1;
    char *copy = malloc(size);
    assert_non_null(copy);
    memcpy(copy, text, size);
    return copy;
}

TextRound *text_round_new(uint64_t seed)
{
    TextRound *round = calloc(1, sizeof *round);
    assert_non_null(round);
    round->seed = seed;
    return round;
}

void text_round_free(TextRound *round)
{
    for (size_t t = 0; round != NULL && t < round->count; t++) {
        TextTable *table = &round->tables[t];
        for (size_t r = 0; r < table->count; r++)
            for (size_t c = 0; c < table->columns; c++)
                free(table->rows[r][c]);
        free(table->rows);
    }
    free(round);
}

TextRound *text_round_copy(const TextRound *round)
{
    TextRound *copy = text_round_new(round->seed);
    copy->wrong = round->wrong;
    for (size_t t = 0; t < round->count; t++) {
        const TextTable *from = &round->tables[t];
        TextTable *to = text_table(copy, from->name);
        memcpy(to->headings, from->headings, sizeof to->headings);
        to->columns = from->columns;
        for (size_t r = 0; r < from->count; r++) {
            (void)text_row(to);
            for (size_t c = 0; c < from->columns; c++)
                to->rows[r][c] = from->rows[r][c] == NULL ? NULL : copy_text(from->rows[r][c]);
        }
    }
    return copy;
}

TextTable *text_table(TextRound *round, const char *name)
{
    for (size_t t = 0; t < round->count; t++)
        if (strcmp(round->tables[t].name, name) == 0)
            return &round->tables[t];
    assert_true(round->count < TEXT_TABLES);
    round->tables[round->count].name = name;
    return &round->tables[round->count++];
}

size_t text_row(TextTable *table)
{
    if (table->count == table->room) {
        size_t room = table->room * 2 + 8;
        table->rows = realloc(table->rows, room * sizeof *table->rows);
        assert_non_null(table->rows);
        table->room = room;
    }
    memset(table->rows[table->count], 0, sizeof *table->rows);
    return table->count++;
}

static int column_of(const TextTable *table, const char *column)
{
    for (size_t c = 0; c < table->columns; c++)
        if (strcmp(table->headings[c], column) == 0)
            return (int)c;
    return -1;
}

static void set_cell(TextTable *table, size_t row, size_t column, const char *text)
{
    free(table->rows[row][column]);
    table->rows[row][column] = copy_text(text);
}

void text_set(TextTable *table, size_t row, const char *column, const char *format, ...)
{
    char text[512];
    va_list args;
    int index = column_of(table, column);
    if (index < 0) {
        assert_true(table->columns < TEXT_COLUMNS);
        index = (int)table->columns++;
        table->headings[index] = column;
    }
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    set_cell(table, row, (size_t)index, text);
}

const char *text_get(const TextTable *table, size_t row, const char *column)
{
    int index = column_of(table, column);
    return index < 0 || table->rows[row][index] == NULL ? "" : table->rows[row][index];
}

int text_find(const TextTable *table, const char *column, const char *text)
{
    for (size_t r = 0; r < table->count; r++)
        if (strcmp(text_get(table, r, column), text) == 0)
            return (int)r;
    return -1;
}

void text_remove_row(TextTable *table, size_t row)
{
    for (size_t c = 0; c < table->columns; c++)
        free(table->rows[row][c]);
    table->count--;
    memmove(&table->rows[row], &table->rows[row + 1], (table->count - row) * sizeof *table->rows);
}

void text_setting(TextRound *round, const char *key, const char *value)
{
    TextTable *table = text_table(round, "settings");
    int row = text_find(table, "key", key);
    size_t at = row < 0 ? text_row(table) : (size_t)row;
    text_set(table, at, "key", "%s", key);
    text_set(table, at, "value", "%s", value);
}

static void print_table(const TextTable *table, FILE *out)
{
    for (size_t c = 0; c < table->columns; c++)
        fprintf(out, "%s%s", c == 0 ? "" : ",", table->headings[c]);
    fputc('\n', out);
    for (size_t r = 0; r < table->count; r++) {
        for (size_t c = 0; c < table->columns; c++)
            fprintf(out, "%s%s", c == 0 ? "" : ",",
                    table->rows[r][c] == NULL ? "" : table->rows[r][c]);
        fputc('\n', out);
    }
}

void text_round_write(const TextRound *round, const char *dir)
{
    for (size_t t = 0; t < round->count; t++) {
        char *text = NULL, file[64];
        size_t size;
        if (round->tables[t].columns == 0)
            continue; /* nobody writes a file of nothing: the round would be wrong, not tried */
        FILE *out = open_memstream(&text, &size);
        assert_non_null(out);
        print_table(&round->tables[t], out);
        assert_int_equal(fclose(out), 0);
        snprintf(file, sizeof file, "%s.csv", round->tables[t].name);
        write_file(dir, file, text);
        free(text);
    }
}

void text_round_print(const TextRound *round)
{
    fprintf(stderr, "---- round of seed %llu%s%s\n", (unsigned long long)round->seed,
            round->wrong != NULL ? ", wrong on purpose: " : "",
            round->wrong != NULL ? round->wrong : "");
    for (size_t t = 0; t < round->count; t++) {
        fprintf(stderr, "-- %s.csv\n", round->tables[t].name);
        print_table(&round->tables[t], stderr);
    }
}

static void shuffle_columns(TextTable *table, TestRandom *random)
{
    for (size_t c = table->columns; c > 1; c--) {
        size_t other = (size_t)random_between(random, 0, (int64_t)c - 1);
        const char *heading = table->headings[c - 1];
        table->headings[c - 1] = table->headings[other];
        table->headings[other] = heading;
        for (size_t r = 0; r < table->count; r++) {
            char *cell = table->rows[r][c - 1];
            table->rows[r][c - 1] = table->rows[r][other];
            table->rows[r][other] = cell;
        }
    }
}

void text_round_shuffle(TextRound *round, TestRandom *random)
{
    for (size_t t = 0; t < round->count; t++) {
        TextTable *table = &round->tables[t];
        random_shuffle(random, table->rows, table->count, sizeof *table->rows);
        shuffle_columns(table, random);
    }
}

/* ---- renaming ------------------------------------------------------------------------------- */

typedef struct NewName {
    const char *old; /* borrowed from the id cell until that is replaced last */
    char name[32];
} NewName;

static int by_old(const void *a, const void *b)
{
    return strcmp(((const NewName *)a)->old, ((const NewName *)b)->old);
}

/** New names for one table's ids, sorted by the old. */
static size_t make_names(const TextTable *table, TestRandom *random, bool same_order,
                         NewName *names)
{
    size_t *place = calloc(table->count + 1, sizeof *place);
    assert_non_null(place);
    for (size_t r = 0; r < table->count; r++) {
        names[r].old = text_get(table, r, "id");
        place[r] = r;
    }
    qsort(names, table->count, sizeof *names, by_old);
    if (!same_order)
        random_shuffle(random, place, table->count, sizeof *place);
    for (size_t r = 0; r < table->count; r++)
        snprintf(names[r].name, sizeof names[r].name, "%s-%07d", table->name,
                 (int)(place[r] * 1000 + (size_t)random_between(random, 0, 999)));
    free(place);
    return table->count;
}

static const char *new_name(const NewName *names, size_t count, const char *old)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(names[i].old, old) == 0)
            return names[i].name;
    return old;
}

/** Replaces the members of a list that are old ids. */
static void rename_cell(TextTable *table, size_t row, size_t column, const NewName *names,
                        size_t count)
{
    char text[512] = "", member[128];
    size_t used = 0;
    for (const char *at = table->rows[row][column]; at != NULL && *at != '\0';) {
        size_t length = strcspn(at, ";");
        snprintf(member, sizeof member, "%.*s", (int)length, at);
        used += (size_t)snprintf(text + used, sizeof text - used, "%s%s", used == 0 ? "" : ";",
                                 new_name(names, count, member));
        assert_true(used < sizeof text);
        at += length + (at[length] == ';');
    }
    if (table->rows[row][column] != NULL)
        set_cell(table, row, column, text);
}

void text_round_rename(TextRound *round, TestRandom *random, bool same_order)
{
    static const char *const TABLES[] = {"needs", "offers", "donors", "beneficiaries"};
    TextRound *old = text_round_copy(round); /* keeps the old ids alive */
    size_t room = 1, count = 0;
    for (size_t t = 0; t < old->count; t++)
        room += old->tables[t].count;
    NewName *names = calloc(room, sizeof *names);
    assert_non_null(names);
    for (size_t i = 0; i < COUNT_OF(TABLES); i++)
        count += make_names(text_table(old, TABLES[i]), random, same_order, names + count);
    for (size_t t = 0; t < round->count; t++)
        for (size_t r = 0; r < round->tables[t].count; r++)
            for (size_t c = 0; c < round->tables[t].columns; c++)
                rename_cell(&round->tables[t], r, c, names, count);
    free(names);
    text_round_free(old);
}

void text_round_scale(TextRound *round, const char *const *columns, int factor)
{
    for (; *columns != NULL; columns++) {
        char name[32];
        const char *dot = strchr(*columns, '.');
        assert_non_null(dot);
        snprintf(name, sizeof name, "%.*s", (int)(dot - *columns), *columns);
        for (size_t t = 0; t < round->count; t++)
            for (size_t r = 0;
                 strcmp(round->tables[t].name, name) == 0 && r < round->tables[t].count; r++) {
                const char *cell = text_get(&round->tables[t], r, dot + 1);
                char *end;
                long long amount = strtoll(cell, &end, 10);
                if (*cell != '\0' && *end == '\0')
                    text_set(&round->tables[t], r, dot + 1, "%lld", amount * factor);
            }
    }
}
