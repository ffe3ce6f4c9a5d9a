/* Columns: x of every pair and u (unmet) of every need, in units near 1 for the solver.
 *
 * Money is counted in whole currency units and is continuous; it is rounded to minor units at the
 * end. Everything else is counted in steps and is whole. Scales bring every column to what the
 * tiers count (value, share or quantity), so that a seat and 300 million euros weigh what they are
 * worth, and reduced costs stay near the weights.
 */
#include "models/form_internal.h"

bool form_in_steps(const Need *need)
{
    return !need->unit.is_money || need->step > 1;
}

double form_column_scale(const FormBuilder *b, int need_index)
{
    const Need *need = &b->round->needs[need_index];
    double value = form_value(b, need_index);
    double wanted = (double)need->wanted / b->quantum[need_index];
    switch (b->round->settings.measure) {
    case MEASURE_VALUE:
        if (value > 0)
            return 1.0 / value;
        break;
    case MEASURE_QUANTITY: return 1.0 / form_units(b, need_index);
    case MEASURE_SHARE: break;
    }
    return wanted > 1.0 ? wanted : 1.0;
}

static Status add_unmet(FormBuilder *b, int need_index)
{
    const Need *need = &b->round->needs[need_index];
    ColumnOrigin origin = {COLUMN_UNMET, need_index};
    b->unmet_column[need_index] = -1;
    if (!need->quantity_known || need_is_outcome(need))
        return STATUS_OK;
    b->known_needs[b->form->known_count++] = need_index;
    return form_new_column(b, origin, 0, form_wanted(b, need_index), false,
                           form_column_scale(b, need_index), &b->unmet_column[need_index]);
}

static Status make_room(FormBuilder *b)
{
    size_t needs = b->round->need_count;
    b->unmet_column = ARENA_NEW(b->arena, needs, int);
    b->quantum = ARENA_NEW(b->arena, needs, double);
    b->known_needs = ARENA_NEW(b->arena, needs, int);
    b->served_column = ARENA_NEW(b->arena, needs, int);
    b->full_column = ARENA_NEW(b->arena, needs, int);
    b->bundle_column = ARENA_NEW(b->arena, b->round->logic.bundle_count, int);
    b->pair_switch = ARENA_NEW(b->arena, b->pairs->count, int);
    TRY_NEW(b->known_needs);
    TRY_NEW(b->unmet_column);
    TRY_NEW(b->quantum);
    TRY_NEW(b->served_column);
    TRY_NEW(b->full_column);
    b->minimum_row = ARENA_NEW(b->arena, needs, int);
    TRY_NEW(b->minimum_row);
    TRY_NEW(b->bundle_column);
    TRY_NEW(b->pair_switch);
    for (size_t n = 0; n < needs; n++)
        b->served_column[n] = b->full_column[n] = b->minimum_row[n] = -1;
    for (size_t i = 0; i < b->round->logic.bundle_count; i++)
        b->bundle_column[i] = -1;
    for (size_t p = 0; p < b->pairs->count; p++)
        b->pair_switch[p] = -1;
    return STATUS_OK;
}

Status form_add_columns(FormBuilder *b)
{
    const Round *round = b->round;
    TRY(make_room(b));
    for (size_t n = 0; n < round->need_count; n++) {
        const Need *need = &round->needs[n];
        b->quantum[n] = (double)(form_in_steps(need) ? need->step : unit_scale(need->unit));
    }
    for (size_t p = 0; p < b->pairs->count; p++) {
        const Pair *pair = &b->pairs->pairs[p];
        double quantum = b->quantum[pair->need];
        TRY(form_new_column(b, (ColumnOrigin){COLUMN_LINE, (int)p}, (double)pair->lower / quantum,
                            (double)pair->upper / quantum, form_in_steps(&round->needs[pair->need]),
                            form_column_scale(b, pair->need), NULL));
    }
    for (size_t n = 0; n < round->need_count; n++)
        TRY(add_unmet(b, (int)n));
    return STATUS_OK;
}
