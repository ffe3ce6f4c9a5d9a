/* The things of a round that may hold a need back, from the texts of its tables. */
#include "tests/support/reason_things.h"
#include "tests/support/brute_internal.h"

#include <stdlib.h>
#include <string.h>

/* More than all needs of a tiny round take, in any currency. */
#define PLENTY "100000000"

static const TextTable *find_table(const TextRound *text, const char *name)
{
    for (size_t t = 0; t < text->count; t++)
        if (strcmp(text->tables[t].name, name) == 0)
            return &text->tables[t];
    return NULL;
}

static void add(Things *out, Reason reason, const char *table, size_t row, const char *column)
{
    assert_true(out->count < THINGS_MOST);
    out->things[out->count++] =
        (Thing){.reason = reason, .table = table, .row = row, .column = column};
}

static void add_word(Things *out, Reason reason, size_t row, const char *column, const char *word)
{
    add(out, reason, "needs", row, column);
    out->things[out->count - 1].word = word;
}

/** Every filled cell of a column; @p id: of that row alone. */
static void add_cells(const TextRound *text, Things *out, Reason reason, const char *table,
                      const char *column, const char *id)
{
    const TextTable *from = find_table(text, table);
    for (size_t r = 0; from != NULL && r < from->count; r++)
        if (*text_get(from, r, column) != '\0' &&
            (id == NULL || strcmp(text_get(from, r, "id"), id) == 0))
            add(out, reason, table, r, column);
}

/** The combinations of a rule that is split. */
static void add_parts(const Round *round, const Brute *brute, Things *out, Reason reason,
                      size_t row, const char *id)
{
    size_t r = 0;
    while (r < round->rule_count && strcmp(round->rules[r].id, id) != 0)
        r++;
    for (size_t c = 0; r < round->rule_count && c < round->need_count * round->offer_count; c++) {
        const char *part = brute_part_name(brute, r, c);
        if (part == NULL)
            continue;
        add(out, reason, "rules", row, "");
        out->things[out->count - 1].word = part;
        out->things[out->count - 1].rule = round->rules[r].id;
    }
}

static void add_rules(const TextRound *text, const Round *round, const Brute *brute, Things *out,
                      Reason reason, const char *kind)
{
    const TextTable *rules = find_table(text, "rules");
    for (size_t r = 0; rules != NULL && r < rules->count; r++)
        if (strcmp(text_get(rules, r, "kind"), kind) != 0)
            continue;
        else if (*text_get(rules, r, "each") == '\0')
            add(out, reason, "rules", r, "");
        else
            add_parts(round, brute, out, reason, r, text_get(rules, r, "id"));
}

/** What the need asks of others. A prerequisite that the plan meets is no reason: the closed list knows
 *  only one that is not. */
static void add_logic(const TextRound *text, const Brute *brute, const int64_t *x, const Need *need,
                      size_t row, Things *out)
{
    const TextTable *needs = find_table(text, "needs");
    for (int i = 0; i < need->requires.count; i++)
        if (!brute_satisfied(brute, x, need->requires.names[i]))
            add_word(out, REASON_PREREQUISITE, row, "requires", need->requires.names[i]);
    if (*need->bundle != '\0')
        add_word(out, REASON_BUNDLE, row, "bundle", text_get(needs, row, "bundle"));
    if (*need->alternative != '\0')
        add_word(out, REASON_ALTERNATIVE, row, "alternative", text_get(needs, row, "alternative"));
}

static void add_commitments(const TextRound *text, Things *out)
{
    const TextTable *table = find_table(text, "commitments");
    for (size_t r = 0; table != NULL && r < table->count; r++)
        if (strcmp(text_get(table, r, "kind"), "forbidden") != 0)
            add(out, REASON_LOCKED_OUT, "commitments", r, "quantity");
}

static void add_limits(const TextRound *text, const Round *round, const Brute *brute, Things *out)
{
    static const char *const KINDS[] = {"limit", "floor", "reserve", "count"};
    static const char *const CELLS[][2] = {{"offers", "max_share"},  {"donors", "max_share"},
                                           {"needs", "civil_share"}, {"pairs", "max"},
                                           {"offers", "max_needs"},  {"donors", "max_needs"}};
    for (size_t i = 0; i < COUNT_OF(KINDS); i++)
        add_rules(text, round, brute, out, REASON_RULE_LIMIT, KINDS[i]);
    for (size_t i = 0; i < COUNT_OF(CELLS); i++)
        add_cells(text, out, REASON_RULE_LIMIT, CELLS[i][0], CELLS[i][1], NULL);
}

/** Offers that may serve the need, what they are paid out of, and their donors' budgets. */
static void add_capacity(const TextRound *text, const Round *round, const Brute *brute, int need,
                         Things *out)
{
    const TextTable *offers = find_table(text, "offers"), *donors = find_table(text, "donors");
    for (size_t r = 0; r < offers->count; r++) {
        int row = round_find_offer(round, text_get(offers, r, "id"));
        bool near = false;
        for (int o = 0; o < (int)round->offer_count && !near; o++)
            for (int up = o; brute_may_serve(brute, need, o) && up >= 0;
                 up = round->offers[up].parent_row)
                near = near || up == row;
        if (near)
            add(out, REASON_EXHAUSTED, "offers", r, "quantity");
    }
    for (size_t r = 0; r < donors->count; r++) {
        bool near = false;
        for (int o = 0; o < (int)round->offer_count; o++)
            near = near || (brute_may_serve(brute, need, o) &&
                            strcmp(round->offers[round->offers[o].root].donor,
                                   text_get(donors, r, "id")) == 0);
        if (near && *text_get(donors, r, "budget") != '\0')
            add(out, REASON_EXHAUSTED, "donors", r, "budget");
    }
}

void list_things(const TextRound *text, const Round *round, const Brute *brute, const int64_t *x,
                 int need, Things *out)
{
    const Need *row = &round->needs[need];
    const TextTable *needs = find_table(text, "needs");
    size_t r = (size_t)text_find(needs, "id", row->id);
    out->count = 0;
    add_logic(text, brute, x, row, r, out);
    add_commitments(text, out);
    if (*row->beneficiary != '\0') {
        add_cells(text, out, REASON_BENEFICIARY_LIMIT, "beneficiaries", "max_value",
                  row->beneficiary);
        add_cells(text, out, REASON_BENEFICIARY_LIMIT, "beneficiaries", "max_needs",
                  row->beneficiary);
    }
    add_limits(text, round, brute, out);
    if (row->indivisible || row->has_min_quantity || row->has_min_share)
        add(out, REASON_MINIMUM, "needs", r, "min_quantity");
    add_cells(text, out, REASON_DONOR_COUNT, "needs", "max_donors", row->id);
    add_cells(text, out, REASON_TICKET, "offers", "min_ticket", NULL);
    add_cells(text, out, REASON_TICKET, "donors", "min_ticket", NULL);
    add_rules(text, round, brute, out, REASON_TICKET, "ticket");
    if (round->has_urgent && round->urgent != need && round->needs[round->urgent].tier >= row->tier)
        add(out, REASON_URGENT, NULL, 0, "");
    add(out, REASON_HIGHER_TIERS, NULL, 0, "");
    add(out, REASON_EQUALS, NULL, 0, "");
    add_capacity(text, round, brute, need, out);
}

/* ---- taking out ----------------------------------------------------------------------------- */

static void drop_word(TextTable *table, size_t row, const char *column, const char *word)
{
    char left[256] = "", cell[256], *next = NULL;
    snprintf(cell, sizeof cell, "%s", text_get(table, row, column));
    for (char *part = strtok_r(cell, ";", &next); part != NULL; part = strtok_r(NULL, ";", &next))
        if (strcmp(part, word) != 0)
            snprintf(left + strlen(left), sizeof left - strlen(left), "%s%s",
                     *left == '\0' ? "" : ";", part);
    text_set(table, row, column, "%s", left);
}

static void drop_mark(TextTable *table, const char *column, const char *mark)
{
    char name[64];
    snprintf(name, sizeof name, "%s", mark);
    for (size_t r = 0; r < table->count; r++)
        if (strcmp(text_get(table, r, column), name) == 0)
            text_set(table, r, column, "%s", "");
}

/** A member of a bundle without any would be asked for all it wants: a step is the least in any case. */
static void drop_minimum(TextTable *table, size_t row)
{
    const char *step = text_get(table, row, "step");
    text_set(table, row, "indivisible", "%s", "");
    text_set(table, row, "min_share", "%s", "");
    text_set(table, row, "min_quantity", "%s", *step == '\0' ? "1" : step);
}

static void take_one(TextRound *text, const Thing *thing)
{
    TextTable *table = text_table(text, thing->table);
    if (thing->rule != NULL)
        return;
    if (thing->reason == REASON_PREREQUISITE)
        drop_word(table, thing->row, thing->column, thing->word);
    else if (thing->word != NULL)
        drop_mark(table, thing->column, thing->word);
    else if (thing->reason == REASON_MINIMUM)
        drop_minimum(table, thing->row);
    else if (thing->reason == REASON_EXHAUSTED && strcmp(thing->column, "quantity") == 0)
        text_set(table, thing->row, "quantity", PLENTY);
    else if (thing->reason == REASON_LOCKED_OUT || *thing->column == '\0')
        text_remove_row(table, thing->row);
    else
        text_set(table, thing->row, thing->column, "%s", "");
}

void take_out(TextRound *text, const Thing *const *set, size_t count)
{
    for (size_t row = THINGS_MOST; row-- > 0;) /* the last first: rows that go move those below */
        for (size_t i = 0; i < count; i++)
            if (set[i]->table != NULL && set[i]->row == row)
                take_one(text, set[i]);
}

void drop_parts(Brute *brute, const Thing *const *set, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (set[i]->rule != NULL)
            brute_drop_part(brute, set[i]->rule, set[i]->word);
}

bool is_cause(const Thing *thing, const Cause *cause)
{
    if (thing->reason != cause->reason)
        return false;
    if (thing->rule != NULL)
        return cause->origin.table == TABLE_RULES && strcmp(thing->rule, cause->id) == 0 &&
               strcmp(thing->word, cause->each) == 0;
    if (thing->table == NULL || thing->reason == REASON_MINIMUM)
        return true;
    if (thing->reason == REASON_BUNDLE || thing->reason == REASON_ALTERNATIVE)
        return strcmp(thing->word, cause->id) == 0;
    if (thing->reason == REASON_PREREQUISITE)
        return strcmp(thing->word, cause->each) == 0;
    return strcmp(thing->table, dictionary_table(cause->origin.table)->name) == 0 &&
           (int)thing->row + 2 == cause->origin.line && /* below the headings */
           (*thing->column == '\0' || strcmp(thing->column, cause->column) == 0);
}

void print_thing(const Thing *thing)
{
    print_error("  thing: %s %s row %zu %s %s\n", reason_text(thing->reason),
                thing->table == NULL ? "" : thing->table, thing->row + 1, thing->column,
                thing->word == NULL ? "" : thing->word);
}
