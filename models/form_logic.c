/* What needs ask of themselves and of each other, in y (served) and f (met in full):
 *
 *   (C6)   u + q y >= q and u + least y <= q           that is: least y <= sum of x <= q y
 *   (C9)   u + q f <= q                                f only when nothing is unmet
 *          u + q sum of f >= q                         of what is required; an outcome: f <= sum of f
 *   (C10)  one y for all members of a bundle
 *   (C11)  sum of y over the mark <= 1
 *
 * An indivisible need has u + q y = q, and its y is its f. Outcomes have an f and nothing else; it
 * needs no integer mark: it is as large as the f that it requires.
 */
#include "models/form_internal.h"

bool form_can_be_served(const Formulation *form, const int *unmet_column, int need)
{
    return unmet_column[need] >= 0 && form->round->needs[need].wanted > 0 &&
           form->pairs->first[need] < form->pairs->first[need + 1];
}

static bool can_be_served(const FormBuilder *b, int need)
{
    return form_can_be_served(b->form, b->unmet_column, need);
}

static void begin_row(FormBuilder *b, const char *label, int need)
{
    b->label = label;
    b->row_id = b->round->needs[need].id;
}

/** (C6) with y in @p column. */
static Status add_served_rows(FormBuilder *b, int need_index, int column, bool all_together)
{
    const Need *need = &b->round->needs[need_index];
    int u = b->unmet_column[need_index];
    double wanted = form_wanted(b, need_index),
           least = (double)need->least / b->quantum[need_index];
    begin_row(b, "C6", need_index);
    TRY(terms_add(b, u, 1.0));
    TRY(terms_add(b, column, wanted));
    b->minimum_row[need_index] = b->form->lp.row_count;
    if (need->least == need->wanted && !b->loose)
        return form_add_row(b, wanted, wanted);
    TRY(form_add_row(b, wanted, INFINITY));
    if (b->loose && all_together) { /* what the bundle alone asks for: some line */
        TRY(terms_add(b, u, 1.0));
        TRY(terms_add(b, column, (double)need->step / b->quantum[need_index]));
        Imposer bundle = {IMPOSED_BY_BUNDLE, b->round->logic.bundle_of[need_index]};
        TRY(form_impose_row(b, bundle, -INFINITY, wanted));
    }
    if (need->least <= need->step && !all_together)
        return STATUS_OK; /* any line is at least a step; nothing counts on y being 0 without one */
    TRY(terms_add(b, u, 1.0));
    TRY(terms_add(b, column, least));
    b->minimum_row[need_index] = b->form->lp.row_count;
    return form_impose_row(b, (Imposer){IMPOSED_BY_LEAST, need_index}, -INFINITY, wanted);
}

static Status new_served(FormBuilder *b, int need, int *column)
{
    double scale = form_column_scale(b, need) / fmax(form_wanted(b, need), 1e-9);
    return form_new_column(b, (ColumnOrigin){COLUMN_SERVED, need}, 0, 1, true, fmin(scale, 1.0),
                           column);
}

/** The y of a whole bundle: 0 for good when some member that wants something cannot be served. */
static Status bundle_served(FormBuilder *b, int index, int need, int *column)
{
    const NeedMark *bundle = &b->round->logic.bundles[index];
    if (b->loose) /* one y each, held equal by rows of their own */
        return new_served(b, need, column);
    if (b->bundle_column[index] >= 0) {
        *column = b->bundle_column[index];
        return STATUS_OK;
    }
    TRY(new_served(b, need, column));
    b->bundle_column[index] = *column;
    for (int i = 0; i < bundle->count; i++) {
        int member = bundle->members[i];
        const Need *row = &b->round->needs[member];
        bool wants = !row->quantity_known || row->wanted > 0;
        if (wants && !can_be_served(b, member))
            b->form->lp.upper[*column] = 0;
    }
    return STATUS_OK;
}

Status form_served(FormBuilder *b, int need, int *column)
{
    int bundle = b->round->logic.bundle_of[need];
    *column = b->served_column[need];
    if (*column >= 0)
        return STATUS_OK;
    TRY(bundle >= 0 ? bundle_served(b, bundle, need, column) : new_served(b, need, column));
    b->served_column[need] = *column;
    return add_served_rows(b, need, *column, bundle >= 0);
}

Status form_full(FormBuilder *b, int need_index, int *column)
{
    const Need *need = &b->round->needs[need_index];
    bool outcome = need_is_outcome(need);
    *column = b->full_column[need_index];
    if (*column >= 0)
        return STATUS_OK;
    if (!outcome && (*column == NEVER_FULL || !can_be_served(b, need_index))) {
        *column = -1;
        return STATUS_OK;
    }
    if (outcome) {
        double worth = need->has_value ? form_outcome_worth(b, need_index) : 1.0;
        TRY(form_new_column(b, (ColumnOrigin){COLUMN_FULL, need_index}, 0, 1, false,
                            1.0 / fmax(worth, 1.0), column));
        b->full_column[need_index] = *column;
        return STATUS_OK;
    }
    if (need->least == need->wanted && !b->loose) {
        TRY(form_served(b, need_index, column));
        b->full_column[need_index] = *column;
        return STATUS_OK;
    }
    double wanted = form_wanted(b, need_index);
    TRY(form_new_column(b, (ColumnOrigin){COLUMN_FULL, need_index}, 0, 1, true,
                        fmin(1.0, form_column_scale(b, need_index) / fmax(wanted, 1e-9)), column));
    b->full_column[need_index] = *column;
    begin_row(b, "C9", need_index);
    TRY(terms_add(b, b->unmet_column[need_index], 1.0));
    TRY(terms_add(b, *column, wanted));
    return form_add_row(b, -INFINITY, wanted);
}

/** Is there nothing left to ask of the requirement: is one of its needs covered in full elsewhere? */
static bool is_met_already(const FormBuilder *b, const Requirement *requirement)
{
    for (int k = 0; k < requirement->count; k++) {
        const Need *need = &b->round->needs[requirement->any_of[k]];
        if (need->quantity_known && !need_is_outcome(need) && need->wanted == 0)
            return true;
    }
    return false;
}

/** (C9) of one requirement. */
static Status add_requirement(FormBuilder *b, const Requirement *requirement)
{
    const Imposer by = {IMPOSED_BY_REQUIREMENT, (int)(requirement - b->round->logic.requirements)};
    int need = requirement->need, own, f;
    bool outcome = need_is_outcome(&b->round->needs[need]);
    if (is_met_already(b, requirement) || (!outcome && !can_be_served(b, need)))
        return STATUS_OK;
    if (outcome)
        TRY(form_full(b, need, &own));
    for (int k = 0; k < requirement->count; k++) /* their own rows first */
        TRY(form_full(b, requirement->any_of[k], &f));
    begin_row(b, "C9", need);
    double wanted = outcome ? 1.0 : form_wanted(b, need);
    bool by_served = !outcome && b->served_column[need] >= 0;
    if (by_served)
        own = b->served_column[need];
    for (int k = 0; k < requirement->count; k++) {
        TRY(form_full(b, requirement->any_of[k], &f));
        if (f >= 0)
            TRY(terms_add(b, f, outcome || by_served ? -1.0 : wanted));
    }
    if (outcome || by_served) { /* y <= sum of f, f <= sum of f */
        TRY(terms_add(b, own, 1.0));
        TRY(terms_merge(b));
        return form_impose_row(b, by, -INFINITY, 0);
    }
    TRY(terms_merge(b));
    TRY(terms_add(b, b->unmet_column[need], 1.0));
    return form_impose_row(b, by, wanted, INFINITY);
}

/** (C11) at most one member of the mark; the one with coverage from elsewhere, where there is one. */
static Status add_alternative(FormBuilder *b, const NeedMark *mark)
{
    int served = 0;
    for (int i = 0; i < mark->count; i++) {
        int y, member = mark->members[i];
        if (!can_be_served(b, member))
            continue;
        TRY(form_served(b, member, &y));
        if (mark->chosen >= 0 && mark->chosen != member && !b->loose)
            b->form->lp.upper[y] = 0;
        served++;
    }
    if (served < 2 || mark->chosen >= 0)
        return STATUS_OK;
    for (int i = 0; i < mark->count; i++)
        if (can_be_served(b, mark->members[i]))
            TRY(terms_add(b, b->served_column[mark->members[i]], 1.0));
    begin_row(b, "C11", mark->members[0]);
    TRY(terms_merge(b)); /* members of one bundle have one y */
    Imposer by = {IMPOSED_BY_ALTERNATIVE, (int)(mark - b->round->logic.alternatives)};
    return form_impose_row(b, by, -INFINITY, 1.0);
}

/** (C10) every member hangs on the one y; in a loose formulation on that of the first. */
static Status add_bundle(FormBuilder *b, const NeedMark *bundle)
{
    int first = -1;
    for (int i = 0; i < bundle->count; i++) {
        int y;
        if (!can_be_served(b, bundle->members[i]))
            continue;
        TRY(form_served(b, bundle->members[i], &y));
        if (first >= 0 && y != first) {
            begin_row(b, "C10", bundle->members[i]);
            TRY(terms_add(b, y, 1.0));
            TRY(terms_add(b, first, -1.0));
            Imposer by = {IMPOSED_BY_BUNDLE, (int)(bundle - b->round->logic.bundles)};
            TRY(form_impose_row(b, by, 0, 0));
        }
        first = first < 0 ? y : first;
    }
    return STATUS_OK;
}

Status form_add_logic(FormBuilder *b)
{
    const Logic *logic = &b->round->logic;
    for (size_t m = 0; m < logic->bundle_count; m++)
        TRY(add_bundle(b, &logic->bundles[m]));
    for (size_t m = 0; m < logic->alternative_count; m++)
        TRY(add_alternative(b, &logic->alternatives[m]));
    for (size_t r = 0; r < logic->requirement_count; r++)
        TRY(add_requirement(b, &logic->requirements[r]));
    return STATUS_OK;
}
