/* Rows: (C1) of every need, and those of every rule (C2 to C8, C12, C14). */
#include "models/form_internal.h"

/** (C1) sum over o of x[n,o] + u[n] = q[n] */
Status form_add_need_rows(FormBuilder *b)
{
    for (size_t n = 0; n < b->round->need_count; n++) {
        double wanted = form_wanted(b, (int)n);
        if (b->unmet_column[n] < 0)
            continue;
        for (size_t p = b->pairs->first[n]; p < b->pairs->first[n + 1]; p++)
            TRY(terms_add(b, (int)p, 1.0));
        TRY(terms_add(b, b->unmet_column[n], 1.0));
        b->label = "C1";
        b->row_id = b->round->needs[n].id;
        TRY(form_add_row(b, wanted, wanted));
    }
    return STATUS_OK;
}

/** The value of all lines as a column of its own, so that shares of it stay sparse. */
static Status add_total(FormBuilder *b)
{
    double most = 0;
    for (size_t n = 0; n < b->round->need_count; n++)
        if (b->unmet_column[n] >= 0)
            most += form_value(b, (int)n) * form_wanted(b, (int)n);
    TRY(form_new_column(b, (ColumnOrigin){COLUMN_SUM, b->form->lp.row_count}, 0, most, false, 1.0,
                        &b->total_column));
    for (size_t p = 0; p < b->pairs->count; p++)
        TRY(terms_add(b, (int)p, form_value(b, b->pairs->pairs[p].need)));
    TRY(terms_add(b, b->total_column, -1.0));
    b->label = "total";
    b->row_id = "";
    return form_add_row(b, 0, 0);
}

static Status add_bound(FormBuilder *b, size_t index)
{
    const Rule *rule = &b->rules->rules[index];
    double scale = (double)unit_scale(rule->unit);
    if (rule->of_total && b->total_column < 0)
        TRY(add_total(b));
    for (size_t k = 0; k < rule->count; k++) {
        int pair = rule->pairs[k];
        Ratio factor;
        if (!rule_factor(b->round, b->pairs, rule, pair, &factor))
            return STATUS_INTERNAL; /* the pair's own figures fitted before */
        double quantum = b->quantum[b->pairs->pairs[pair].need];
        TRY(terms_add(b, pair, ratio_to_double(factor) * quantum / scale));
    }
    if (rule->of_total)
        TRY(terms_add(b, b->total_column, -ratio_to_double(rule->share)));
    b->rule_row[index] = b->form->lp.row_count;
    b->label = rule_family_label(rule->family);
    b->row_id = rule->id;
    double lower = rule->has_lower ? 0 : -INFINITY, upper = rule->has_upper ? 0 : INFINITY;
    if (rule->has_lower && !rule->of_total)
        lower = rule_row_lower(b->round, b->pairs, rule) / scale;
    if (rule->has_upper && !rule->of_total)
        upper = rule_row_upper(b->round, b->pairs, rule) / scale;
    if (b->wide) {
        lower -= rule_row_rounding(b->round, b->pairs, rule, 1) / scale;
        upper += rule_row_rounding(b->round, b->pairs, rule, -1) / scale;
    }
    return form_impose_row(b, form_rule(b, rule), lower, upper);
}

/** Rows of one rule; rule_row is the row that formulation_tighten() may tighten, or -1. */
static Status add_rule(FormBuilder *b, size_t index)
{
    const Rule *rule = &b->rules->rules[index];
    int column;
    b->rule_row[index] = -1;
    b->label = rule_family_label(rule->family);
    b->row_id = rule->id;
    switch (rule->form) {
    case FORM_BOUND: return add_bound(b, index);
    case FORM_AT_MOST: return form_add_number(b, rule);
    case FORM_FEE: return STATUS_OK; /* its switch comes with the stage that counts it */
    case FORM_OR_NOTHING: break;
    }
    if (rule->family == FAMILY_MINIMUM) {
        TRY(form_served(b, b->pairs->pairs[rule->pairs[0]].need, &column));
        return STATUS_OK;
    }
    return form_add_ticket(b, rule, &b->rule_row[index]);
}

Status form_add_rule_rows(FormBuilder *b)
{
    b->rule_row = ARENA_NEW(b->arena, b->rules->count, int);
    TRY_NEW(b->rule_row);
    for (size_t r = 0; r < b->rules->count; r++)
        TRY(add_rule(b, r));
    for (size_t r = 0; r < b->rules->count; r++) {
        const Rule *rule = &b->rules->rules[r];
        if (rule->family == FAMILY_MINIMUM)
            b->rule_row[r] = b->minimum_row[b->pairs->pairs[rule->pairs[0]].need];
    }
    return STATUS_OK;
}
