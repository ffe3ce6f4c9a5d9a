/* Builds the list of things that can be lifted, with the rows and column bounds each of them imposes.
 *
 * Bounds are collected as (lift, target, lower, upper) in the order of the program, then sorted out
 * twice: by lift and by target.
 */
#include "allot/lifts.h"

#include <string.h>

#include "models/lifts_internal.h"

static size_t target_count(const Formulation *form)
{
    return (size_t)form->lp.column_count + (size_t)form->lp.row_count;
}

Status lifts_add(LiftBuilder *b, Lift lift, int *index)
{
    Lifts *lifts = b->lifts;
    if (lifts->count == b->lift_room) {
        size_t room = b->lift_room * 2 + 256;
        lifts->lifts = arena_grow(b->arena, lifts->lifts, lifts->count, room, sizeof *lifts->lifts);
        TRY_NEW(lifts->lifts);
        b->lift_room = room;
    }
    if (lift.each == NULL)
        lift.each = "";
    *index = (int)lifts->count;
    lifts->lifts[lifts->count++] = lift;
    return STATUS_OK;
}

Status lifts_add_bound(LiftBuilder *b, int lift, int target, double lower, double upper)
{
    if (b->bound_count == b->bound_room) {
        size_t room = b->bound_room * 2 + 1024;
        b->bounds = arena_grow(b->arena, b->bounds, b->bound_count, room, sizeof *b->bounds);
        b->lift_of = arena_grow(b->arena, b->lift_of, b->bound_count, room, sizeof *b->lift_of);
        TRY_NEW(b->bounds);
        TRY_NEW(b->lift_of);
        b->bound_room = room;
    }
    b->lift_of[b->bound_count] = lift;
    b->bounds[b->bound_count++] = (LiftBound){target, lower, upper};
    return STATUS_OK;
}

static LiftKind kind_of(RuleFamily family)
{
    switch (family) {
    case FAMILY_OFFER: return LIFT_QUANTITY;
    case FAMILY_DONOR: return LIFT_BUDGET;
    case FAMILY_BENEFICIARY: return LIFT_MAX_VALUE;
    case FAMILY_LIMIT: return LIFT_LIMIT;
    case FAMILY_FLOOR: return LIFT_FLOOR;
    case FAMILY_RESERVE: return LIFT_RESERVE;
    case FAMILY_MINIMUM: return LIFT_LEAST;
    case FAMILY_TICKET: return LIFT_TICKET;
    case FAMILY_NUMBER: return LIFT_NUMBER;
    case FAMILY_SHARE: return LIFT_DONOR_SHARE;
    case FAMILY_CIVIL: return LIFT_CIVIL;
    case FAMILY_FEE: break;
    }
    return LIFT_LIMIT;
}

/** A bundle's member that has no minimum of its own is asked for all it wants by the bundle. */
static bool is_of_bundle(const Rule *rule)
{
    return rule->family == FAMILY_MINIMUM && strcmp(rule->column, "bundle") == 0;
}

/** Lifts of cells that make many rules, by the row of their table: the lift + 1. */
typedef struct CellLifts {
    int *offer, *donor; /* [offer_count], [donor_count] of min_ticket; */
    int *donor_share;   /* [donor_count] of max_share */
} CellLifts;

static int *cell_of(const LiftBuilder *b, const CellLifts *cells, const Rule *rule)
{
    const Round *round = b->form->round;
    if (rule->family == FAMILY_TICKET && rule->origin.table == TABLE_OFFERS)
        return &cells->offer[b->form->pairs->pairs[rule->pairs[0]].offer];
    if (rule->origin.table != TABLE_DONORS)
        return NULL;
    int donor = round_find_donor(round, rule->id);
    return rule->family == FAMILY_TICKET  ? &cells->donor[donor]
           : rule->family == FAMILY_SHARE ? &cells->donor_share[donor]
                                          : NULL;
}

static Status add_rules(LiftBuilder *b)
{
    const RuleSet *rules = b->form->rules;
    const Round *round = b->form->round;
    CellLifts cells = {.offer = ARENA_NEW(b->arena, round->offer_count, int),
                       .donor = ARENA_NEW(b->arena, round->donor_count, int),
                       .donor_share = ARENA_NEW(b->arena, round->donor_count, int)};
    TRY_NEW(cells.offer);
    TRY_NEW(cells.donor);
    TRY_NEW(cells.donor_share);
    for (size_t r = 0; r < rules->count; r++) {
        const Rule *rule = &rules->rules[r];
        int *cell = cell_of(b, &cells, rule);
        b->of_rule[r] = -1;
        if (rule->family == FAMILY_MINIMUM)
            b->least_rule[b->form->pairs->pairs[rule->pairs[0]].need] = (int)r;
        if (rule->form == FORM_FEE || is_of_bundle(rule))
            continue;
        if (cell != NULL && *cell > 0) {
            b->of_rule[r] = *cell - 1;
            continue;
        }
        Lift lift = {.kind = kind_of(rule->family),
                     .origin = rule->origin,
                     .id = rule->id,
                     .column = rule->column,
                     .each = cell == NULL ? rule->each : "",
                     .index = (int)r};
        TRY(lifts_add(b, lift, &b->of_rule[r]));
        if (cell != NULL)
            *cell = b->of_rule[r] + 1;
    }
    return STATUS_OK;
}

static double in_quanta(const LiftBuilder *b, int need, int64_t amount)
{
    return (double)(amount - amount % b->form->round->needs[need].step) / b->form->quantum[need];
}

/** Does this amount bind below what the need wants anyway? */
static bool binds(const LiftBuilder *b, size_t pair, int64_t most)
{
    const Need *need = &b->form->round->needs[b->form->pairs->pairs[pair].need];
    return most < need->wanted;
}

/** offers.max_share, a bound on every pair of the offer. */
static Status add_offer_shares(LiftBuilder *b)
{
    const Round *round = b->form->round;
    const PairSet *pairs = b->form->pairs;
    int *made = ARENA_NEW(b->arena, round->offer_count, int); /* the offer's lift + 1 */
    TRY_NEW(made);
    for (size_t p = 0; p < pairs->count; p++) {
        int o = pairs->pairs[p].offer, n = pairs->pairs[p].need;
        const Offer *offer = &round->offers[o];
        int64_t most;
        if (decimal_compare(offer->max_share, decimal_make(1, 0)) >= 0)
            continue;
        if (!ratio_apply(round->needs[n].quantity, ratio_of_decimal(offer->max_share), ROUND_DOWN,
                         &most))
            return STATUS_INTERNAL; /* it fitted when the pairs were built */
        if (!binds(b, p, most))
            continue;
        Lift lift = {.kind = LIFT_OFFER_SHARE,
                     .origin = offer->origin,
                     .id = offer->id,
                     .column = "max_share",
                     .index = o};
        if (made[o] == 0) {
            TRY(lifts_add(b, lift, &made[o]));
            made[o]++;
        }
        TRY(lifts_add_bound(b, made[o] - 1, (int)p, -INFINITY, in_quanta(b, n, most)));
    }
    return STATUS_OK;
}

static Status add_pair_rows(LiftBuilder *b)
{
    const PairSet *pairs = b->form->pairs;
    for (size_t p = 0; p < pairs->count; p++) {
        const Pair *pair = &pairs->pairs[p];
        int index;
        if (pair->row == NULL || !binds(b, p, pair->row->max))
            continue;
        Lift lift = {.kind = LIFT_PAIR_MAX,
                     .origin = pair->row->origin,
                     .id = pair->row->need_id,
                     .column = "max",
                     .index = (int)(pair->row - b->form->round->pairs)};
        TRY(lifts_add(b, lift, &index));
        TRY(lifts_add_bound(b, index, (int)p, -INFINITY, in_quanta(b, pair->need, pair->row->max)));
    }
    return STATUS_OK;
}

static Status add_commitments(LiftBuilder *b)
{
    const Round *round = b->form->round;
    for (size_t c = 0; c < round->commitment_count; c++) {
        const Commitment *row = &round->commitments[c];
        bool least = row->kind == COMMITMENT_FIXED || row->kind == COMMITMENT_AT_LEAST;
        bool most = row->kind == COMMITMENT_FIXED || row->kind == COMMITMENT_AT_MOST;
        int pair = pair_set_find(b->form->pairs, row->need, row->offer), index;
        if (pair < 0 || (!least && !most))
            continue;
        double quantity = in_quanta(b, row->need, row->quantity);
        Lift lift = {.kind = LIFT_COMMITMENT,
                     .origin = row->origin,
                     .id = row->need_id,
                     .column = "quantity",
                     .index = (int)c};
        TRY(lifts_add(b, lift, &index));
        TRY(lifts_add_bound(b, index, pair, least ? quantity : -INFINITY,
                            most ? quantity : INFINITY));
    }
    return STATUS_OK;
}

/** (C11) the members that have lost to one with coverage from elsewhere. */
static Status close_alternatives(LiftBuilder *b, int lift, const NeedMark *mark)
{
    for (int i = 0; i < mark->count && mark->chosen >= 0; i++) {
        int y = b->form->served_column[mark->members[i]];
        if (mark->members[i] != mark->chosen && y >= 0)
            TRY(lifts_add_bound(b, lift, y, -INFINITY, 0));
    }
    return STATUS_OK;
}

/** (C10) all members, when one that wants something can have no line. */
static Status close_bundle(LiftBuilder *b, int lift, const NeedMark *mark)
{
    const Formulation *form = b->form;
    bool closed = false;
    for (int i = 0; i < mark->count; i++) {
        const Need *need = &form->round->needs[mark->members[i]];
        bool wants = !need->quantity_known || need->wanted > 0;
        closed =
            closed || (wants && !form_can_be_served(form, form->unmet_column, mark->members[i]));
    }
    for (int i = 0; i < mark->count && closed; i++) {
        int y = form->served_column[mark->members[i]];
        if (y >= 0)
            TRY(lifts_add_bound(b, lift, y, -INFINITY, 0));
    }
    return STATUS_OK;
}

static Lift mark_lift(const LiftBuilder *b, LiftKind kind, const NeedMark *mark, size_t index)
{
    return (Lift){.kind = kind,
                  .origin = b->form->round->needs[mark->members[0]].origin,
                  .id = mark->mark,
                  .column = kind == LIFT_BUNDLE ? "bundle" : "alternative",
                  .index = (int)index};
}

static Status add_logic(LiftBuilder *b)
{
    const Logic *logic = &b->form->round->logic;
    for (size_t r = 0; r < logic->requirement_count; r++) {
        const Need *need = &b->form->round->needs[logic->requirements[r].need];
        Lift lift = {.kind = LIFT_REQUIRES,
                     .origin = need->origin,
                     .id = need->id,
                     .column = "requires",
                     .index = (int)r};
        TRY(lifts_add(b, lift, &b->of_requirement[r]));
    }
    for (size_t m = 0; m < logic->bundle_count; m++) {
        TRY(lifts_add(b, mark_lift(b, LIFT_BUNDLE, &logic->bundles[m], m), &b->of_bundle[m]));
        TRY(close_bundle(b, b->of_bundle[m], &logic->bundles[m]));
    }
    for (size_t m = 0; m < logic->alternative_count; m++) {
        TRY(lifts_add(b, mark_lift(b, LIFT_ALTERNATIVE, &logic->alternatives[m], m),
                      &b->of_alternative[m]));
        TRY(close_alternatives(b, b->of_alternative[m], &logic->alternatives[m]));
    }
    return STATUS_OK;
}

/** The lift that imposes a row, or -1. */
static int lift_of(const LiftBuilder *b, Imposer by)
{
    switch (by.kind) {
    case IMPOSED_BY_NOTHING: break;
    case IMPOSED_BY_RULE: return b->of_rule[by.index];
    case IMPOSED_BY_LEAST: {
        int rule = b->least_rule[by.index], bundle = b->form->round->logic.bundle_of[by.index];
        if (rule >= 0 && !is_of_bundle(&b->form->rules->rules[rule]))
            return b->of_rule[rule];
        return bundle >= 0 ? b->of_bundle[bundle] : -1;
    }
    case IMPOSED_BY_REQUIREMENT: return b->of_requirement[by.index];
    case IMPOSED_BY_BUNDLE: return b->of_bundle[by.index];
    case IMPOSED_BY_ALTERNATIVE: return b->of_alternative[by.index];
    }
    return -1;
}

static Status add_rows(LiftBuilder *b)
{
    const Formulation *form = b->form;
    for (int i = 0; i < form->lp.row_count; i++) {
        int lift = lift_of(b, form->row_origin[i].by);
        if (lift >= 0)
            TRY(lifts_add_bound(b, lift, form->lp.column_count + i, form->lp.row_lower[i],
                                form->lp.row_upper[i]));
    }
    return STATUS_OK;
}

/** Lifts that impose nothing go: requirements met already, rules that no row needs. */
static void drop_idle(LiftBuilder *b, const size_t *first, int *kept)
{
    Lifts *lifts = b->lifts;
    size_t count = 0;
    for (size_t k = 0; k < lifts->count; k++) {
        kept[k] = -1;
        if (first[k] == first[k + 1])
            continue;
        kept[k] = (int)count;
        lifts->lifts[count] = lifts->lifts[k];
        lifts->lifts[count++].bound_count = first[k + 1] - first[k];
    }
    lifts->count = count;
}

/** Where the entries of each group begin. @return NULL without memory. */
static size_t *group_firsts(const LiftBuilder *b, size_t groups, bool by_target)
{
    size_t *first = ARENA_NEW(b->arena, groups + 1, size_t);
    for (size_t k = 0; first != NULL && k < b->bound_count; k++)
        first[(by_target ? b->bounds[k].target : b->lift_of[k]) + 1]++;
    for (size_t g = 0; first != NULL && g < groups; g++)
        first[g + 1] += first[g];
    return first;
}

static Status group_by_lift(LiftBuilder *b)
{
    Lifts *lifts = b->lifts;
    size_t count = lifts->count;
    int *kept = ARENA_NEW(b->arena, count, int);
    size_t *first = group_firsts(b, count, false);
    LiftBound *sorted = ARENA_NEW(b->arena, b->bound_count, LiftBound);
    size_t *next = ARENA_NEW(b->arena, count + 1, size_t);
    TRY_NEW(kept);
    TRY_NEW(first);
    TRY_NEW(sorted);
    TRY_NEW(next);
    memcpy(next, first, (count + 1) * sizeof *next);
    for (size_t k = 0; k < b->bound_count; k++)
        sorted[next[b->lift_of[k]]++] = b->bounds[k];
    drop_idle(b, first, kept);
    for (size_t k = 0; k < count; k++)
        if (kept[k] >= 0)
            lifts->lifts[kept[k]].bounds = sorted + first[k];
    for (size_t k = 0; k < b->bound_count; k++)
        b->lift_of[k] = kept[b->lift_of[k]];
    return STATUS_OK;
}

static Status group_by_target(LiftBuilder *b)
{
    size_t targets = target_count(b->form);
    size_t *first = group_firsts(b, targets, true);
    size_t *next = ARENA_NEW(b->arena, targets + 1, size_t);
    int *on = ARENA_NEW(b->arena, b->bound_count, int);
    LiftBound *bounds = ARENA_NEW(b->arena, b->bound_count, LiftBound);
    TRY_NEW(first);
    TRY_NEW(next);
    TRY_NEW(on);
    TRY_NEW(bounds);
    memcpy(next, first, (targets + 1) * sizeof *next);
    for (size_t k = 0; k < b->bound_count; k++) {
        size_t at = next[b->bounds[k].target]++;
        on[at] = b->lift_of[k];
        bounds[at] = b->bounds[k];
    }
    b->lifts->first = first;
    b->lifts->on = on;
    b->lifts->on_bound = bounds;
    return STATUS_OK;
}

/** Bounds with everything lifted: of a pair what its need wants; of an imposed row none. */
static Status find_base(LiftBuilder *b)
{
    const Formulation *form = b->form;
    size_t targets = target_count(form), columns = (size_t)form->lp.column_count;
    double *lower = ARENA_NEW(b->arena, targets, double);
    double *upper = ARENA_NEW(b->arena, targets, double);
    TRY_NEW(lower);
    TRY_NEW(upper);
    for (size_t t = 0; t < targets; t++) {
        lower[t] = t < columns ? form->lp.lower[t] : form->lp.row_lower[t - columns];
        upper[t] = t < columns ? form->lp.upper[t] : form->lp.row_upper[t - columns];
    }
    for (size_t p = 0; p < form->pairs->count; p++) {
        int need = form->pairs->pairs[p].need;
        lower[p] = 0;
        upper[p] = in_quanta(b, need, form->round->needs[need].wanted);
    }
    for (size_t k = 0; k < b->bound_count; k++)
        if ((size_t)b->bounds[k].target >= columns) {
            lower[b->bounds[k].target] = -INFINITY;
            upper[b->bounds[k].target] = INFINITY;
        }
    b->lifts->base_lower = lower;
    b->lifts->base_upper = upper;
    return STATUS_OK;
}

static Status make_room(LiftBuilder *b)
{
    const Logic *logic = &b->form->round->logic;
    b->of_rule = ARENA_NEW(b->arena, b->form->rules->count, int);
    b->least_rule = ARENA_NEW(b->arena, b->form->round->need_count, int);
    b->of_requirement = ARENA_NEW(b->arena, logic->requirement_count, int);
    b->of_bundle = ARENA_NEW(b->arena, logic->bundle_count, int);
    b->of_alternative = ARENA_NEW(b->arena, logic->alternative_count, int);
    TRY_NEW(b->of_rule);
    TRY_NEW(b->least_rule);
    TRY_NEW(b->of_requirement);
    TRY_NEW(b->of_bundle);
    TRY_NEW(b->of_alternative);
    for (size_t n = 0; n < b->form->round->need_count; n++)
        b->least_rule[n] = -1;
    return STATUS_OK;
}

Status lifts_build(const Formulation *form, Arena *arena, Lifts *lifts)
{
    LiftBuilder b = {.form = form, .arena = arena, .lifts = lifts};
    *lifts = (Lifts){.form = form};
    TRY(make_room(&b));
    TRY(add_rules(&b));
    TRY(add_offer_shares(&b));
    TRY(add_pair_rows(&b));
    TRY(add_commitments(&b));
    TRY(add_logic(&b));
    TRY(add_rows(&b));
    TRY(lifts_add_bars(&b));
    TRY(group_by_lift(&b));
    TRY(group_by_target(&b));
    return find_base(&b);
}
