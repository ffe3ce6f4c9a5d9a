/* Changed cells: which table and column each of them names. What becomes of them is round_changes.c. */
#include "io/round_changes.h"

#include <stdlib.h>
#include <string.h>

#include "allot/language.h"
#include "allot/unknown_name.h"
#include "allot/words.h"

/* ---- which table, which column -------------------------------------------------------------- */

/* A finding about one part of a change: of a scenario it stands in the column of that name. */
static DiagPlace part_of(const Round *round, const CellChange *change, const char *part,
                         const char *text)
{
    DiagPlace place = change->place;
    const TableSpec *scenarios = dictionary_table(TABLE_SCENARIOS);
    if (place.table != NULL && strcmp(place.table, scenarios->name) == 0) {
        place.column = round_column_number(round, TABLE_SCENARIOS, part);
        place.column_name = part;
    }
    place.text = text;
    return place;
}

static const TableSpec *find_table(const Reading *reading, const CellChange *change)
{
    const TableSpec *table = dictionary_find(change->table);
    const char *names[TABLE_COUNT];
    if (table != NULL && table->kind != TABLE_SCENARIOS)
        return table;
    DiagPlace place = part_of(reading->round, change, "table", change->table);
    if (table != NULL) {
        diag_add(reading->diag, DIAG_WORD, place,
                 "a scenario cannot change the scenarios; name another table");
        return NULL;
    }
    for (int t = 0; t < TABLE_COUNT; t++)
        names[t] = dictionary_table((TableKind)t)->name;
    diag_unknown_name(reading->diag, DIAG_WORD, place, _("the table"), change->table,
                      (KnownNames){names, TABLE_SCENARIOS});
    return NULL;
}

/* Columns that say which row it is. */
static const char *keys_of(TableKind table)
{
    switch (table) {
    case TABLE_SETTINGS: return "key";
    case TABLE_RATES: return "currency";
    case TABLE_PAIRS:
    case TABLE_COMMITMENTS: return "need offer";
    default: return "id";
    }
}

static void report_column(const Reading *reading, const CellChange *change, const TableSpec *table)
{
    const char **names = ARENA_NEW(reading->scratch, table->column_count, const char *);
    size_t count = 0;
    for (; names != NULL && count < table->column_count; count++)
        names[count] = table->columns[count].name;
    const char *what = arena_printf(reading->scratch, _("in the table %s the column"), table->name);
    diag_unknown_name(
        reading->diag, DIAG_WORD, part_of(reading->round, change, "column", change->column),
        what != NULL ? what : _("the column"), change->column, (KnownNames){names, count});
}

/* The column's index, -1 for the whole row; false with a finding. */
static bool find_column(const Reading *reading, const CellChange *change, const TableSpec *table,
                        int *column)
{
    *column = -1;
    if (change->column == NULL)
        return true;
    *column = dictionary_column(table, change->column);
    if (*column < 0) {
        report_column(reading, change, table);
        return false;
    }
    const char *name = table->columns[*column].name;
    if (change->adds || word_index(keys_of(table->kind), name) < 0)
        return true;
    diag_add(reading->diag, DIAG_WORD, part_of(reading->round, change, "column", change->column),
             "%s says which row it is and cannot change; name another column", name);
    return false;
}

static void collect_change(const Reading *reading, const CellChange *change)
{
    RoundChanges *changes = reading->changes;
    const TableSpec *table = find_table(reading, change);
    int column;
    if (table == NULL || !find_column(reading, change, table, &column))
        return;
    changes->list[changes->count] =
        (KnownChange){.table = table->kind,
                      .column = column,
                      .id = change->id,
                      .value = change->value,
                      .exact = change->exact,
                      .adds = change->adds,
                      .place = part_of(reading->round, change, "value", change->value),
                      .order = changes->count};
    changes->count++;
}

static int compare_changes(const void *a, const void *b)
{
    const KnownChange *one = a, *other = b;
    if (one->table != other->table)
        return one->table < other->table ? -1 : 1;
    int ids = strcmp(one->id, other->id);
    if (ids != 0)
        return ids;
    return one->order < other->order ? -1 : one->order > other->order;
}

static void report_scenario(const Reading *reading, const char *name)
{
    const Round *round = reading->round;
    const char **names = ARENA_NEW(reading->scratch, round->scenario_count, const char *);
    size_t count = 0;
    for (; names != NULL && count < round->scenario_count; count++)
        names[count] = round->scenarios[count].scenario;
    diag_unknown_name(reading->diag, DIAG_ID_UNKNOWN, (DiagPlace){.table = "scenarios"},
                      _("the scenario"), name, (KnownNames){names, count});
}

static void collect_scenario(const Reading *reading, const char *name)
{
    const Round *round = reading->round;
    size_t found = 0;
    for (size_t i = 0; name != NULL && i < round->scenario_count; i++) {
        const ScenarioRow *row = &round->scenarios[i];
        if (strcmp(row->scenario, name) != 0)
            continue;
        found++;
        collect_change(reading, &(CellChange){.table = row->table,
                                              .id = row->id,
                                              .column = row->column,
                                              .value = row->value,
                                              .exact = row->exact,
                                              .place = round_place(round, row->origin, "value")});
    }
    if (name != NULL && found == 0)
        report_scenario(reading, name);
}

Status round_changes_collect(const Reading *reading, const RoundSource *source)
{
    RoundChanges *changes = reading->changes;
    size_t most = source->change_count + reading->round->scenario_count;
    changes->list = ARENA_NEW(reading->round->arena, most, KnownChange);
    TRY_NEW(changes->list);
    collect_scenario(reading, source->scenario);
    for (size_t i = 0; i < source->change_count; i++)
        collect_change(reading, &source->changes[i]);
    if (changes->count > 0)
        qsort(changes->list, changes->count, sizeof *changes->list, compare_changes);
    return STATUS_OK;
}
