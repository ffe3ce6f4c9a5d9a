/* A round's look-ups and conversions: everything that follows from the rows alone and is asked for
 * by the checks, the formulation and the writers alike. The checks themselves are round_check.c.
 */
#include "models/round_internal.h"

#include <stdlib.h>
#include <string.h>

#include "allot/language.h"

Status round_init(Arena *arena, Round *round)
{
    memset(round, 0, sizeof *round);
    round->arena = arena;
    round->names = name_set_new(arena);
    TRY_NEW(round->names);
    round->source = "";
    for (int t = 0; t < TABLE_COUNT; t++) {
        round->tables[t].file = dictionary_table((TableKind)t)->name;
        round->tables[t].sha256 = "";
    }
    round->settings = settings_default(round->names);
    TRY_NEW(round->settings.currency);
    round->currency = round_unit(round, round->settings.currency);
    return STATUS_OK;
}

static int find_by_id(const void *rows, size_t count, size_t size, const char *id)
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const RowHead *head = (const void *)((const char *)rows + middle * size);
        int order = strcmp(head->id, id);
        if (order == 0)
            return (int)middle;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return -1;
}

int round_find_need(const Round *round, const char *id)
{
    return find_by_id(round->needs, round->need_count, sizeof *round->needs, id);
}

int round_find_offer(const Round *round, const char *id)
{
    return find_by_id(round->offers, round->offer_count, sizeof *round->offers, id);
}

int round_find_donor(const Round *round, const char *id)
{
    return find_by_id(round->donors, round->donor_count, sizeof *round->donors, id);
}

int round_find_beneficiary(const Round *round, const char *id)
{
    return find_by_id(round->beneficiaries, round->beneficiary_count, sizeof *round->beneficiaries,
                      id);
}

bool round_has_earlier(const Round *round)
{
    for (size_t o = 0; o < round->offer_count; o++)
        if (round->offers[o].taken > 0)
            return true;
    return false;
}

const PairRow *round_find_pair(const Round *round, int need, int offer)
{
    size_t low = 0, high = round->pair_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const PairRow *row = &round->pairs[middle];
        if (row->need == need && row->offer == offer)
            return row;
        if (row->need < need || (row->need == need && row->offer < offer))
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

Unit round_unit(const Round *round, const char *interned)
{
    (void)round;
    Unit unit = {.name = interned, .is_money = false, .places = UNIT_THING_PLACES};
    int places = currency_places(interned);
    if (places >= 0) {
        unit.is_money = true;
        unit.places = places;
    }
    return unit;
}

const Rate *round_rate_row(const Round *round, const char *currency)
{
    if (currency == round->settings.currency)
        return NULL;
    for (size_t i = 0; i < round->rate_count; i++)
        if (round->rates[i].currency == currency)
            return &round->rates[i];
    return NULL;
}

bool round_rate(const Round *round, const char *currency, Ratio *out)
{
    if (currency == round->settings.currency) {
        *out = ratio_of(1, 1);
        return true;
    }
    const Rate *row = round_rate_row(round, currency);
    if (row == NULL)
        return false;
    *out = ratio_of_decimal(row->rate);
    return true;
}

bool round_convert(const Round *round, Unit from, Unit to, Ratio *out)
{
    if (from.name == to.name) {
        *out = ratio_of(1, 1);
        return true;
    }
    Ratio from_rate, to_rate, rate;
    return round_rate(round, from.name, &from_rate) && round_rate(round, to.name, &to_rate) &&
           ratio_divide(from_rate, to_rate, &rate) &&
           ratio_multiply(rate, ratio_of(unit_scale(to), unit_scale(from)), out);
}

bool round_overhead(const Round *round, int offer, Ratio *out)
{
    Ratio kept = ratio_of(1, 1); /* what passes on, of one unit */
    for (int o = offer; o >= 0; o = round->offers[o].parent_row) {
        Ratio share = ratio_of_decimal(round->offers[o].overhead), passed;
        share.num = -share.num;
        if (!ratio_add(ratio_of(1, 1), share, &passed) || !ratio_multiply(kept, passed, &kept))
            return false;
    }
    kept.num = -kept.num;
    return ratio_add(ratio_of(1, 1), kept, out);
}

bool name_list_has(const NameList *list, const char *name)
{
    for (int i = 0; i < list->count; i++)
        if (list->names[i] == name)
            return true;
    return list->all;
}

/** The answer's cell that made this commitment, or NULL. */
static const DiagPlace *reply_place(const Round *round, Origin origin)
{
    bool replied = origin.line < 0 && (size_t)(-1 - origin.line) < round->reply_count;
    return replied ? &round->reply_places[-1 - origin.line] : NULL;
}

/* What changed the cell, when something did that has a place. */
static const DiagPlace *changed_place(const Round *round, Origin origin, const char *column)
{
    for (size_t i = 0; i < round->changed_count && column != NULL; i++) {
        const ChangedCell *cell = &round->changed[i];
        if (cell->table == origin.table && cell->line == origin.line && cell->line > 0 &&
            cell->place.file != NULL && strcmp(cell->column, column) == 0)
            return &cell->place;
    }
    return NULL;
}

/* Names are the dictionary's own: no folding. */
int round_column_number(const Round *round, TableKind table, const char *name)
{
    const TableSpec *spec = dictionary_table(table);
    const int *columns = round->tables[table].columns;
    for (size_t c = 0; columns != NULL && name != NULL && c < spec->column_count; c++)
        if (strcmp(spec->columns[c].name, name) == 0)
            return columns[c];
    return 0;
}

DiagPlace round_place(const Round *round, Origin origin, const char *column_name)
{
    const DiagPlace *replied = reply_place(round, origin);
    if (replied != NULL)
        return *replied;
    const DiagPlace *changed = changed_place(round, origin, column_name);
    if (changed != NULL)
        return *changed;
    DiagPlace place = {.file = round->tables[origin.table].file,
                       .line = origin.line,
                       .column = round_column_number(round, origin.table, column_name),
                       .column_name = column_name,
                       .table = dictionary_table(origin.table)->name};
    return place;
}

const char *round_row_text(const Round *round, Origin origin, Arena *arena)
{
    const DiagPlace *replied = reply_place(round, origin);
    const char *table = dictionary_table(origin.table)->name;
    const char *text = replied != NULL
                           ? arena_printf(arena, _("%s row %d"), replied->file, replied->line)
                           : arena_printf(arena, _("%s row %d"), table, origin.line);
    return text != NULL ? text : table;
}
