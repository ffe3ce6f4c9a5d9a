/* Rows: (C1) of every need, and one for every rule (C2 to C5, C12, C14). */
#include "models/form_internal.h"

static Status add_row(FormBuilder *b, double lower, double upper)
{
    Status status =
        lp_add_row(&b->form->lp, lower, upper, b->terms.count, b->terms.columns, b->terms.values);
    b->terms.count = 0;
    return status;
}

/** (C1) sum over o of x[n,o] + u[n] = q[n] */
Status form_add_need_rows(FormBuilder *b)
{
    for (size_t n = 0; n < b->round->need_count; n++) {
        double wanted = (double)b->round->needs[n].wanted / b->quantum[n];
        if (b->unmet_column[n] < 0)
            continue;
        for (size_t p = b->pairs->first[n]; p < b->pairs->first[n + 1]; p++)
            TRY(terms_add(b, (int)p, 1.0));
        TRY(terms_add(b, b->unmet_column[n], 1.0));
        TRY(add_row(b, wanted, wanted));
    }
    return STATUS_OK;
}

/** The value of all lines as a column of its own, so that shares of it stay sparse. */
static Status add_total(FormBuilder *b)
{
    double most = 0;
    for (size_t n = 0; n < b->round->need_count; n++)
        most += form_value(b, (int)n) * (double)b->round->needs[n].wanted / b->quantum[n];
    b->total_column = b->form->lp.column_count;
    TRY(lp_add_column(&b->form->lp, 0, most, false, 1.0));
    for (size_t p = 0; p < b->pairs->count; p++)
        TRY(terms_add(b, (int)p, form_value(b, b->pairs->pairs[p].need)));
    TRY(terms_add(b, b->total_column, -1.0));
    return add_row(b, 0, 0);
}

static Status add_rule_row(FormBuilder *b, size_t index)
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
    double lower = rule->of_total ? 0 : (double)rule->lower / scale;
    double upper = rule->of_total ? 0 : (double)rule->upper / scale;
    return add_row(b, rule->has_lower ? lower : -INFINITY, rule->has_upper ? upper : INFINITY);
}

Status form_add_rule_rows(FormBuilder *b)
{
    b->rule_row = ARENA_NEW(b->arena, b->rules->count, int);
    TRY_NEW(b->rule_row);
    for (size_t r = 0; r < b->rules->count; r++)
        TRY(add_rule_row(b, r));
    return STATUS_OK;
}
