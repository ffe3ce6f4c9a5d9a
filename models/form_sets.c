/* Rows of rules over sets of pairs that need switches:
 *
 *   (C7)  ticket s <= sum of a x               over the set
 *   (C8)  sum over the items of s[item] <= most
 *
 * What a switch lets through stands with the switch (form_switch.c).
 */
#include "models/form_internal.h"

static Status add_amounts(FormBuilder *b, const Rule *rule, double *most)
{
    double scale = (double)unit_scale(rule->unit);
    *most = 0;
    for (size_t k = 0; k < rule->count; k++) {
        int pair = rule->pairs[k];
        Ratio factor;
        if (!rule_factor(b->round, b->pairs, rule, pair, &factor))
            return STATUS_INTERNAL; /* the pair's own figures fitted before */
        double each = ratio_to_double(factor) * b->quantum[b->pairs->pairs[pair].need] / scale;
        *most += each * form_most(b, pair);
        TRY(terms_add(b, pair, each));
    }
    return STATUS_OK;
}

/** The switch stays off: nothing reaches what it asks for. A row and not a bound, so that a
 *  commitment on the set shows as a contradiction. */
static Status keep_off(FormBuilder *b, const Rule *rule, int column)
{
    TRY(terms_add(b, column, 1.0));
    return form_impose_row(b, form_rule(b, rule), -INFINITY, 0);
}

Status form_add_ticket(FormBuilder *b, const Rule *rule, int *row)
{
    double most,
        ticket = rule_row_ticket(b->round, b->pairs, rule) / (double)unit_scale(rule->unit);
    int column;
    *row = -1;
    if (rule->lower <= 0 || rule->count == 0)
        return STATUS_OK;
    TRY(form_switch(b, rule->pairs, rule->count, &column));
    TRY(add_amounts(b, rule, &most));
    bool reaches = most >= ticket * (1 - 1e-12);
    if (!reaches || b->origin[column].kind == COLUMN_LINE) {
        b->terms.count = 0;
        return reaches ? STATUS_OK
                       : keep_off(b, rule, column); /* one thing that is enough by itself */
    }
    TRY(terms_add(b, column, -ticket));
    *row = b->form->lp.row_count;
    return form_impose_row(b, form_rule(b, rule), 0, INFINITY);
}

/** Pairs of every item, one after another: CSR. */
static Status group_items(FormBuilder *b, const Rule *rule, size_t **first, int **pairs)
{
    size_t items = (size_t)rule->item_count;
    size_t *start = ARENA_NEW(b->arena, items + 2, size_t);
    int *out = ARENA_NEW(b->arena, rule->count, int);
    TRY_NEW(start);
    TRY_NEW(out);
    for (size_t k = 0; k < rule->count; k++)
        start[rule->item[k] + 2]++;
    for (size_t i = 2; i < items + 2; i++)
        start[i] += start[i - 1];
    for (size_t k = 0; k < rule->count; k++)
        out[start[rule->item[k] + 1]++] = rule->pairs[k];
    *first = start;
    *pairs = out;
    return STATUS_OK;
}

/** An indivisible need of one donor: that donor gives all of it. Far tighter than the switch alone. */
static Status add_all_of_it(FormBuilder *b, const int *pairs, size_t count, int column)
{
    for (size_t k = 0; k < count; k++)
        TRY(terms_add(b, pairs[k], 1.0));
    TRY(terms_add(b, column, -form_wanted(b, b->pairs->pairs[pairs[0]].need)));
    return form_add_row(b, 0, INFINITY);
}

Status form_add_number(FormBuilder *b, const Rule *rule)
{
    size_t *first;
    int *pairs, *columns = ARENA_NEW(b->arena, (size_t)rule->item_count, int);
    const Need *need = &b->round->needs[b->pairs->pairs[rule->pairs[0]].need];
    bool one_piece = !b->loose && rule->origin.table == TABLE_NEEDS && rule->upper == 1 &&
                     need->least == need->wanted;
    TRY_NEW(columns);
    TRY(group_items(b, rule, &first, &pairs));
    for (int i = 0; i < rule->item_count; i++) {
        const int *own = pairs + first[i];
        size_t count = first[i + 1] - first[i];
        TRY(form_switch(b, own, count, &columns[i]));
        if (one_piece && b->origin[columns[i]].kind != COLUMN_LINE)
            TRY(add_all_of_it(b, own, count, columns[i]));
    }
    for (int i = 0; i < rule->item_count; i++)
        TRY(terms_add(b, columns[i], 1.0));
    TRY(terms_merge(b)); /* needs of one bundle have one y */
    return form_impose_row(b, form_rule(b, rule), -INFINITY, (double)rule->upper);
}
