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

Status terms_merge(FormBuilder *b)
{
    Terms *terms = &b->terms;
    size_t kept = 0, columns = (size_t)b->form->lp.column_count;
    if (columns >
        b->place_room) { /* [columns] 1 + where a column stands in the terms, 0: nowhere */
        b->place = ARENA_NEW(b->arena, columns * 2, int);
        TRY_NEW(b->place);
        b->place_room = columns * 2;
    }
    for (size_t k = 0; k < terms->count; k++) {
        int column = terms->columns[k];
        if (b->place[column] == 0) {
            b->place[column] = (int)kept + 1;
            terms->columns[kept] = column;
            terms->values[kept++] = terms->values[k];
        } else {
            terms->values[b->place[column] - 1] += terms->values[k];
        }
    }
    terms->count = 0;
    for (size_t k = 0; k < kept; k++) {
        int column = terms->columns[k];
        double value = terms->values[k];
        b->place[column] = 0;
        if (value != 0) {
            terms->columns[terms->count] = column;
            terms->values[terms->count++] = value;
        }
    }
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

Status form_new_column(FormBuilder *b, ColumnOrigin origin, double lower, double upper,
                       bool integer, double scale, int *column)
{
    size_t index = (size_t)b->form->lp.column_count;
    if (index == b->origin_room) {
        size_t room = b->origin_room * 2 + 1024;
        b->origin = arena_grow(b->arena, b->origin, index, room, sizeof *b->origin);
        TRY_NEW(b->origin);
        b->origin_room = room;
    }
    b->origin[index] = origin;
    b->form->whole = b->form->whole || integer;
    b->form->has_switches = b->form->has_switches || (integer && origin.kind != COLUMN_LINE);
    if (column != NULL)
        *column = (int)index;
    return lp_add_column(&b->form->lp, lower, upper, integer, scale);
}

Status form_add_row(FormBuilder *b, double lower, double upper)
{
    size_t index = (size_t)b->form->lp.row_count;
    if (index == b->row_room) {
        size_t room = b->row_room * 2 + 1024;
        b->row_origin = arena_grow(b->arena, b->row_origin, index, room, sizeof *b->row_origin);
        TRY_NEW(b->row_origin);
        b->row_room = room;
    }
    b->row_origin[index] = (RowOrigin){.label = b->label, .id = b->row_id, .by = b->by};
    b->by = (Imposer){IMPOSED_BY_NOTHING, 0};
    Status status =
        lp_add_row(&b->form->lp, lower, upper, b->terms.count, b->terms.columns, b->terms.values);
    b->terms.count = 0;
    return status;
}

Status form_impose_row(FormBuilder *b, Imposer by, double lower, double upper)
{
    b->by = by;
    return form_add_row(b, lower, upper);
}

Imposer form_rule(const FormBuilder *b, const Rule *rule)
{
    return (Imposer){IMPOSED_BY_RULE, (int)(rule - b->rules->rules)};
}

double form_wanted(const FormBuilder *b, int need)
{
    return (double)b->round->needs[need].wanted / b->quantum[need];
}

double form_outcome_worth(const FormBuilder *b, int need_index)
{
    const Need *need = &b->round->needs[need_index];
    if (b->round->settings.measure != MEASURE_VALUE)
        return 1.0;
    return ratio_to_double(need->value) / (double)unit_scale(b->round->currency);
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

/** How rows are built. */
typedef enum FormRows { ROWS_TIGHT, ROWS_LOOSE, ROWS_WIDE } FormRows;

static Status build(const Round *round, const PairSet *pairs, const RuleSet *rules, FormRows rows,
                    Arena *arena, Formulation *form)
{
    bool loose = rows == ROWS_LOOSE;
    FormBuilder b = {.round = round,
                     .pairs = pairs,
                     .rules = rules,
                     .arena = arena,
                     .form = form,
                     .loose = loose,
                     .wide = rows == ROWS_WIDE,
                     .total_column = -1};
    memset(form, 0, sizeof *form);
    form->round = round;
    form->pairs = pairs;
    form->rules = rules;
    form->loose = loose;
    form->wide = rows == ROWS_WIDE;
    TRY(lp_init(arena, &form->lp));
    TRY(form_add_columns(&b));
    TRY(form_find_most(&b));
    TRY(form_add_need_rows(&b));
    TRY(form_add_rule_rows(&b));
    TRY(form_add_logic(&b));
    TRY(form_add_urgent_stages(&b));
    TRY(form_add_tier_stages(&b));
    TRY(form_add_later_stages(&b));
    lp_scale_rows(&form->lp);
    form->unmet_column = b.unmet_column;
    form->known_needs = b.known_needs;
    form->quantum = b.quantum;
    form->rule_row = b.rule_row;
    form->origin = b.origin;
    form->row_origin = b.row_origin;
    form->served_column = b.served_column;
    form->full_column = b.full_column;
    form->switches = b.switches;
    form->switch_count = (int)b.switch_count;
    return STATUS_OK;
}

Status formulation_build(const Round *round, const PairSet *pairs, const RuleSet *rules,
                         Arena *arena, Formulation *form)
{
    return build(round, pairs, rules, ROWS_TIGHT, arena, form);
}

Status formulation_build_loose(const Round *round, const PairSet *pairs, const RuleSet *rules,
                               Arena *arena, Formulation *form)
{
    return build(round, pairs, rules, ROWS_LOOSE, arena, form);
}

Status formulation_build_wide(const Round *round, const PairSet *pairs, const RuleSet *rules,
                              Arena *arena, Formulation *form)
{
    return build(round, pairs, rules, ROWS_WIDE, arena, form);
}

typedef Status BuildPairs(const Round *round, Arena *arena, Diag *diag, PairSet *set);

static Status build_over(const Round *round, BuildPairs *build_pairs, Arena *arena,
                         Formulation *form)
{
    PairSet *pairs = ARENA_NEW(arena, 1, PairSet);
    RuleSet *rules = ARENA_NEW(arena, 1, RuleSet);
    Diag *unheard = diag_new(arena); /* what there is to say was said of the round's own pairs */
    TRY_NEW(pairs);
    TRY_NEW(rules);
    TRY_NEW(unheard);
    TRY(build_pairs(round, arena, unheard, pairs));
    TRY(rule_set_build(round, pairs, arena, unheard, rules));
    return formulation_build_loose(round, pairs, rules, arena, form);
}

Status formulation_build_widened(const Round *round, Arena *arena, Formulation *form)
{
    return build_over(round, pair_set_build_widened, arena, form);
}

Status formulation_build_agreed(const Round *round, Arena *arena, Formulation *form)
{
    return build_over(round, pair_set_build_agreed, arena, form);
}

/** (C6, C7) the least amount stands with the switch, last in its row: asking for more is a larger
 *  coefficient. Where all or nothing is asked for, no more can be: the switch stays off. */
static void tighten_least(Formulation *form, int row, double step)
{
    Lp *lp = &form->lp;
    size_t last = lp->row_first[row + 1] - 1;
    if (lp->row_lower[row] == lp->row_upper[row])
        lp->upper[lp->element_column[last]] = 0;
    else if (isfinite(lp->row_upper[row])) /* u + least y <= q */
        lp->element[last] += step;
    else /* sum of a x - ticket s >= 0 */
        lp->element[last] -= step;
}

bool formulation_tighten(Formulation *form, size_t rule_index, int64_t amount)
{
    if (rule_index >= form->rules->count) { /* this need is never met in full */
        int column = form->full_column[rule_index - form->rules->count];
        if (column >= 0)
            form->lp.upper[column] = 0;
        return column >= 0;
    }
    const Rule *rule = &form->rules->rules[rule_index];
    int row = form->rule_row[rule_index];
    double step = (double)amount / (double)unit_scale(rule->unit);
    if (row < 0)
        return false;
    if (rule->form == FORM_OR_NOTHING) {
        if (rule->family == FAMILY_MINIMUM)
            step = (double)amount / form->quantum[form->pairs->pairs[rule->pairs[0]].need];
        tighten_least(form, row, step);
    }
    if (rule->has_upper)
        form->lp.row_upper[row] -= step;
    if (rule->has_lower)
        form->lp.row_lower[row] += step;
    return true;
}

/** What lines of the rule may come to more in whole steps, in its smallest parts. */
static double rounding_of(const Formulation *form, const Rule *rule, const double *x)
{
    double room = 0;
    for (size_t k = 0; k < rule->count; k++) {
        int pair = rule->pairs[k];
        Ratio factor;
        if (x[pair] <= 0 || !rule_factor(form->round, form->pairs, rule, pair, &factor))
            continue;
        int64_t step = form->round->needs[form->pairs->pairs[pair].need].step;
        room += 1 + (form->lp.integer[pair] ? 0 : ratio_to_double(factor) * (double)step);
    }
    return ceil(room);
}

bool formulation_leave_room(Formulation *form, const double *x)
{
    bool any = false;
    for (size_t r = 0; r < form->rules->count; r++) {
        const Rule *rule = &form->rules->rules[r];
        int row = form->rule_row[r];
        if (row < 0 || rule->form != FORM_BOUND || !rule->has_upper || rule->of_total ||
            !rule->unit.is_money)
            continue;
        double room = rounding_of(form, rule, x) / (double)unit_scale(rule->unit);
        double *upper = &form->lp.row_upper[row];
        double least = fmax(0, form->lp.row_lower[row]);
        any = any || (room > 0 && *upper > least);
        *upper = fmax(fmin(*upper, least), *upper - room);
    }
    return any;
}
