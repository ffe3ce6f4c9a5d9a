/* Where a need is urgent, between two rounds: it is served before tier 1, and then as little as possible
 * is taken from what the plan before gives.
 *
 *   urgent   least u of the need, in its whole units; of an outcome least 1 - f
 *   taken    least sum of what its lines before lose: lost >= before - x
 *
 * A line that nothing allows any more has lost all and is part of the constant. What a need gets beside
 * its lines before takes nothing from anybody: whoever gave way may be served from what is free.
 */
#include "models/form_internal.h"

static Status add_urgent(FormBuilder *b)
{
    int need = b->round->urgent, f;
    Stage stage = {.kind = STAGE_URGENT,
                   .date = DATE_NONE,
                   .label = arena_printf(b->arena, "urgent %s", b->round->needs[need].id)};
    if (need_is_outcome(&b->round->needs[need])) {
        TRY(form_full(b, need, &f));
        stage.constant = 1.0;
        if (f >= 0)
            TRY(terms_add(b, f, -1.0));
    } else if (b->unmet_column[need] >= 0) {
        TRY(terms_add(b, b->unmet_column[need], form_units(b, need)));
    }
    TRY(terms_take(b, &stage));
    return form_add_stage(b, stage);
}

/** The column of what a line before loses. */
static Status add_lost(FormBuilder *b, int pair, double before, int *column)
{
    int need = b->pairs->pairs[pair].need;
    ColumnOrigin origin = {COLUMN_SHORT, b->form->lp.row_count};
    TRY(form_new_column(b, origin, 0, before, false, form_column_scale(b, need), column));
    b->label = "taken";
    b->row_id = b->round->needs[need].id;
    TRY(terms_add(b, pair, -1.0));
    TRY(terms_add(b, *column, -1.0));
    return form_add_row(b, -INFINITY, -before);
}

/** @p lost: [previous_count] column, or -1 where the line may not be given any more. */
static Status add_taken(FormBuilder *b, bool unvalued, const int *lost)
{
    const Round *round = b->round;
    Stage stage = {.kind = STAGE_TAKEN,
                   .unvalued = unvalued,
                   .date = DATE_NONE,
                   .label = arena_printf(b->arena, "taken%s", unvalued ? " unvalued" : "")};
    for (size_t i = 0; i < round->previous_count; i++) {
        const PreviousLine *line = &round->previous[i];
        double counts = form_counted(b, line->need, unvalued);
        if (lost[i] >= 0)
            TRY(terms_add(b, lost[i], counts));
        else if (b->quantum[line->need] > 0)
            stage.constant += counts * (double)line->quantity / b->quantum[line->need];
    }
    TRY(terms_take(b, &stage));
    return form_add_stage(b, stage);
}

Status form_add_urgent_stages(FormBuilder *b)
{
    const Round *round = b->round;
    bool unvalued = false;
    if (!round->has_urgent)
        return STATUS_OK;
    TRY(add_urgent(b));
    if (!round->has_previous)
        return STATUS_OK;
    int *lost = ARENA_NEW(b->arena, round->previous_count, int);
    TRY_NEW(lost);
    for (size_t i = 0; i < round->previous_count; i++) {
        const PreviousLine *line = &round->previous[i];
        int pair = pair_set_find(b->pairs, line->need, line->offer);
        lost[i] = -1;
        if (pair >= 0)
            TRY(add_lost(b, pair, (double)line->quantity / b->quantum[line->need], &lost[i]));
    }
    for (size_t n = 0; n < round->need_count; n++)
        unvalued = unvalued || (b->unmet_column[n] >= 0 && !round->needs[n].has_value);
    TRY(add_taken(b, false, lost));
    return unvalued ? add_taken(b, true, lost) : STATUS_OK;
}
