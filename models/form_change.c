/* The stage `change`: least moved against the plan before.
 *
 *   moved >= x - before and moved >= before - x     of pairs that had a line
 *
 * A pair without one moves by its x; a line that nothing allows any more has moved for good and is
 * part of the constant.
 */
#include "models/form_internal.h"

double form_counted(const FormBuilder *b, int need, bool unvalued)
{
    if (b->round->needs[need].has_value == unvalued || b->round->needs[need].quantity <= 0)
        return 0;
    return unvalued ? form_share(b, need) : form_value(b, need);
}

static Status add_moved(FormBuilder *b, int pair, double before, int *column)
{
    int need = b->pairs->pairs[pair].need;
    ColumnOrigin origin = {COLUMN_AWAY, b->form->lp.row_count};
    double most = fmax(before, b->loose ? form_wanted(b, need) : b->form->lp.upper[pair]);
    TRY(form_new_column(b, origin, 0, most, false, form_column_scale(b, need), column));
    b->label = "change";
    b->row_id = b->round->needs[need].id;
    for (int side = 0; side < 2; side++) {
        double sign = side == 0 ? 1.0 : -1.0;
        TRY(terms_add(b, pair, sign));
        TRY(terms_add(b, *column, -1.0));
        TRY(form_add_row(b, -INFINITY, sign * before));
    }
    return STATUS_OK;
}

static Status add_stage(FormBuilder *b, bool unvalued, const int *moved)
{
    const Round *round = b->round;
    Stage stage = {.kind = STAGE_CHANGE,
                   .unvalued = unvalued,
                   .date = DATE_NONE,
                   .label = arena_printf(b->arena, "change%s", unvalued ? " unvalued" : "")};
    for (size_t i = 0; i < round->previous_count; i++) {
        const PreviousLine *line = &round->previous[i];
        if (pair_set_find(b->pairs, line->need, line->offer) < 0 && b->quantum[line->need] > 0)
            stage.constant += form_counted(b, line->need, unvalued) * (double)line->quantity /
                              b->quantum[line->need];
    }
    for (size_t p = 0; p < b->pairs->count; p++)
        TRY(terms_add(b, moved[p] < 0 ? (int)p : moved[p],
                      form_counted(b, b->pairs->pairs[p].need, unvalued)));
    TRY(terms_take(b, &stage));
    return form_add_stage(b, stage);
}

Status form_add_change(FormBuilder *b)
{
    const Round *round = b->round;
    bool unvalued = false;
    if (!round->has_previous)
        return STATUS_OK;
    int *moved = ARENA_NEW(b->arena, b->pairs->count, int);
    TRY_NEW(moved);
    for (size_t p = 0; p < b->pairs->count; p++)
        moved[p] = -1;
    for (size_t i = 0; i < round->previous_count; i++) {
        const PreviousLine *line = &round->previous[i];
        int pair = pair_set_find(b->pairs, line->need, line->offer);
        if (pair >= 0)
            TRY(add_moved(b, pair, (double)line->quantity / b->quantum[line->need], &moved[pair]));
    }
    for (size_t n = 0; n < round->need_count; n++)
        unvalued = unvalued || (b->unmet_column[n] >= 0 && !round->needs[n].has_value);
    TRY(add_stage(b, false, moved));
    return unvalued ? add_stage(b, true, moved) : STATUS_OK;
}
