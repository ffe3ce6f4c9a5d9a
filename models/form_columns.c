/* Columns: x of every pair and u (unmet) of every need, in units near 1 for the solver.
 *
 * Money is counted in whole currency units and is continuous; it is rounded to minor units at the
 * end. Everything else is counted in steps and is whole. Scales bring every column to what the
 * tiers count (value, share or quantity), so that a seat and 300 million euros weigh what they are
 * worth, and reduced costs stay near the weights.
 */
#include "models/form_internal.h"

static bool counted_in_steps(const Need *need)
{
    return !need->unit.is_money || need->step > 1;
}

static double column_scale(const FormBuilder *b, int need_index)
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
    b->unmet_column[need_index] = -1;
    if (!need->quantity_known)
        return STATUS_OK;
    b->unmet_column[need_index] = b->form->lp.column_count;
    b->known_needs[b->form->known_count++] = need_index;
    return lp_add_column(&b->form->lp, 0, (double)need->wanted / b->quantum[need_index], false,
                         column_scale(b, need_index));
}

Status form_add_columns(FormBuilder *b)
{
    const Round *round = b->round;
    b->unmet_column = ARENA_NEW(b->arena, round->need_count, int);
    b->quantum = ARENA_NEW(b->arena, round->need_count, double);
    b->known_needs = ARENA_NEW(b->arena, round->need_count, int);
    TRY_NEW(b->known_needs);
    TRY_NEW(b->unmet_column);
    TRY_NEW(b->quantum);
    for (size_t n = 0; n < round->need_count; n++) {
        const Need *need = &round->needs[n];
        b->quantum[n] = (double)(counted_in_steps(need) ? need->step : unit_scale(need->unit));
    }
    for (size_t p = 0; p < b->pairs->count; p++) {
        const Pair *pair = &b->pairs->pairs[p];
        bool whole = counted_in_steps(&round->needs[pair->need]);
        double quantum = b->quantum[pair->need];
        b->form->whole = b->form->whole || whole;
        TRY(lp_add_column(&b->form->lp, (double)pair->lower / quantum,
                          (double)pair->upper / quantum, whole, column_scale(b, pair->need)));
    }
    for (size_t n = 0; n < round->need_count; n++)
        TRY(add_unmet(b, (int)n));
    return STATUS_OK;
}
