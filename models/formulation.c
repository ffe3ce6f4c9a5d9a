/* The formulation as a table of contents, and what its parts share. */
#include "allot/formulation.h"

#include <string.h>

#include "models/form_internal.h"

Status terms_add(FormBuilder *b, int column, double value)
{
    Terms *terms = &b->terms;
    if (value == 0)
        return STATUS_OK;
    if (terms->count == terms->room) {
        size_t room = terms->room * 2 + 1024;
        terms->columns = arena_grow(b->arena, terms->columns, terms->count, room, sizeof(int));
        terms->values = arena_grow(b->arena, terms->values, terms->count, room, sizeof(double));
        TRY_NEW(terms->columns);
        TRY_NEW(terms->values);
        terms->room = room;
    }
    terms->columns[terms->count] = column;
    terms->values[terms->count++] = value;
    return STATUS_OK;
}

Status terms_take(FormBuilder *b, Stage *stage)
{
    size_t count = b->terms.count;
    int *columns = ARENA_NEW(b->arena, count, int);
    double *costs = ARENA_NEW(b->arena, count, double);
    TRY_NEW(columns);
    TRY_NEW(costs);
    if (count > 0) {
        memcpy(columns, b->terms.columns, count * sizeof *columns);
        memcpy(costs, b->terms.values, count * sizeof *costs);
    }
    stage->columns = columns;
    stage->costs = costs;
    stage->count = count;
    b->terms.count = 0;
    return STATUS_OK;
}

Status form_add_stage(FormBuilder *b, Stage stage)
{
    Formulation *form = b->form;
    if (form->stage_count == b->stage_room) {
        size_t room = b->stage_room * 2 + 16;
        form->stages =
            arena_grow(b->arena, form->stages, form->stage_count, room, sizeof *form->stages);
        TRY_NEW(form->stages);
        b->stage_room = room;
    }
    TRY_NEW(stage.label);
    form->stages[form->stage_count++] = stage;
    return STATUS_OK;
}

double form_value(const FormBuilder *b, int need_index)
{
    const Need *need = &b->round->needs[need_index];
    if (!need->has_value)
        return 0;
    return ratio_to_double(need->value) * b->quantum[need_index] /
           (double)unit_scale(b->round->currency);
}

double form_share(const FormBuilder *b, int need)
{
    return b->quantum[need] / (double)b->round->needs[need].quantity;
}

double form_units(const FormBuilder *b, int need)
{
    return b->quantum[need] / (double)unit_scale(b->round->needs[need].unit);
}

double form_offer_price(const Round *round, const Offer *offer)
{
    Ratio rate;
    const char *currency = offer->unit.is_money ? offer->unit.name : offer->currency;
    double price = offer->unit.is_money ? 1.0 : decimal_to_double(offer->unit_value);
    if ((!offer->unit.is_money && !offer->has_unit_value) || !round_rate(round, currency, &rate))
        return 0;
    return price * ratio_to_double(rate) / (double)unit_scale(offer->unit);
}

double form_gross_value(const FormBuilder *b, int pair_index)
{
    const Pair *pair = &b->pairs->pairs[pair_index];
    return ratio_to_double(pair->use) * b->quantum[pair->need] *
           form_offer_price(b->round, &b->round->offers[pair->offer]);
}

Status formulation_build(const Round *round, const PairSet *pairs, const RuleSet *rules,
                         Arena *arena, Formulation *form)
{
    FormBuilder b = {.round = round,
                     .pairs = pairs,
                     .rules = rules,
                     .arena = arena,
                     .form = form,
                     .total_column = -1};
    memset(form, 0, sizeof *form);
    form->round = round;
    form->pairs = pairs;
    form->rules = rules;
    TRY(lp_init(arena, &form->lp));
    TRY(form_add_columns(&b));
    TRY(form_add_need_rows(&b));
    TRY(form_add_rule_rows(&b));
    TRY(form_add_tier_stages(&b));
    TRY(form_add_later_stages(&b));
    lp_scale_rows(&form->lp);
    form->unmet_column = b.unmet_column;
    form->known_needs = b.known_needs;
    form->quantum = b.quantum;
    form->rule_row = b.rule_row;
    return STATUS_OK;
}

void formulation_tighten(Formulation *form, size_t rule_index, int64_t amount)
{
    const Rule *rule = &form->rules->rules[rule_index];
    double step = (double)amount / (double)unit_scale(rule->unit);
    int row = form->rule_row[rule_index];
    if (rule->has_upper)
        form->lp.row_upper[row] -= step;
    if (rule->has_lower)
        form->lp.row_lower[row] += step;
}
