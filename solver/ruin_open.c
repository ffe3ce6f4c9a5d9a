/* Setting up ruin and recreate: what each need counts, who depends on whom, who is served by whom. */
#include <math.h>
#include <string.h>

#include "solver/ruin_internal.h"

/* What a value that moves up and down by parts may be off by, relative to all that is summed up in it. */
static const double NOISE = 1e-12;

static void note_gain(Ruin *r, size_t stage, int column, double cost)
{
    const Formulation *form = r->form;
    const ColumnOrigin *origin = &form->origin[column];
    if (origin->kind == COLUMN_UNMET)
        r->gain[origin->index] =
            (RuinGain){.stage = (int)stage, .each = cost / form->quantum[origin->index]};
    else if (origin->kind == COLUMN_FULL)
        r->outcomes[r->outcome_count++] =
            (RuinOutcome){.need = origin->index, .stage = (int)stage, .worth = -cost};
}

bool ruin_is_tier(const Stage *stage)
{
    return stage->kind == STAGE_TIER || stage->kind == STAGE_UNVALUED;
}

/** Costs of the tier stages: over what is unmet, and over outcomes. */
static Status find_gains(Ruin *r)
{
    const Formulation *form = r->form;
    r->gain = ARENA_NEW(r->arena, form->round->need_count, RuinGain);
    r->outcomes = ARENA_NEW(r->arena, form->round->need_count, RuinOutcome);
    r->value = ARENA_NEW(r->arena, form->stage_count, double);
    r->size = ARENA_NEW(r->arena, form->stage_count, double);
    TRY_NEW(r->size);
    TRY_NEW(r->gain);
    TRY_NEW(r->outcomes);
    TRY_NEW(r->value);
    for (size_t n = 0; n < form->round->need_count; n++)
        r->gain[n].stage = -1;
    for (size_t s = 0; s < form->stage_count; s++) {
        const Stage *stage = &form->stages[s];
        if (!ruin_is_tier(stage))
            continue;
        r->value[s] = stage->constant;
        for (size_t k = 0; k < stage->count; k++) {
            note_gain(r, s, stage->columns[k], stage->costs[k]);
            if (form->origin[stage->columns[k]].kind == COLUMN_UNMET)
                r->value[s] += stage->costs[k] * form->lp.upper[stage->columns[k]];
        }
        r->size[s] = fmax(1.0, fabs(r->value[s]));
    }
    return STATUS_OK;
}

/** The least quantity of every line by its offer's own ticket, in whole steps. */
static Status find_tickets(Ruin *r)
{
    const PairSet *pairs = r->form->pairs;
    r->ticket = ARENA_NEW(r->arena, pairs->count, int64_t);
    TRY_NEW(r->ticket);
    for (size_t i = 0; i < r->form->rules->count; i++) {
        const Rule *rule = &r->form->rules->rules[i];
        Ratio factor, quantity;
        int64_t least;
        if (rule->form != FORM_OR_NOTHING || rule->count != 1 || rule->lower <= 0)
            continue;
        int pair = rule->pairs[0];
        int64_t step = r->form->round->needs[pairs->pairs[pair].need].step;
        if (!rule_factor(r->form->round, pairs, rule, pair, &factor) ||
            !ratio_divide(ratio_of(1, 1), factor, &quantity) ||
            !ratio_apply(rule->lower, quantity, ROUND_UP, &least))
            continue; /* then the rule itself is asked */
        least += (step - least % step) % step;
        if (least > r->ticket[pair])
            r->ticket[pair] = least;
    }
    return STATUS_OK;
}

static Status group_by_offer(Ruin *r)
{
    const PairSet *pairs = r->form->pairs;
    size_t offers = r->form->round->offer_count;
    size_t *next = ARENA_NEW(r->arena, offers + 1, size_t);
    r->pairs_first = ARENA_NEW(r->arena, offers + 1, size_t);
    r->pairs_of = ARENA_NEW(r->arena, pairs->count, int);
    r->noise = ARENA_NEW(r->arena, offers, double);
    TRY_NEW(next);
    TRY_NEW(r->pairs_first);
    TRY_NEW(r->pairs_of);
    TRY_NEW(r->noise);
    for (size_t p = 0; p < pairs->count; p++)
        r->pairs_first[pairs->pairs[p].offer + 1]++;
    for (size_t o = 0; o < offers; o++)
        r->pairs_first[o + 1] += r->pairs_first[o];
    memcpy(next, r->pairs_first, (offers + 1) * sizeof *next);
    for (size_t p = 0; p < pairs->count; p++)
        r->pairs_of[next[pairs->pairs[p].offer]++] = (int)p;
    return STATUS_OK;
}

static Status group_dependents(Ruin *r)
{
    const Round *round = r->form->round;
    const Logic *logic = &round->logic;
    size_t total = 0;
    size_t *next = ARENA_NEW(r->arena, round->need_count + 1, size_t);
    r->dependents_first = ARENA_NEW(r->arena, round->need_count + 1, size_t);
    TRY_NEW(next);
    TRY_NEW(r->dependents_first);
    for (size_t q = 0; q < logic->requirement_count; q++)
        for (int k = 0; k < logic->requirements[q].count; k++, total++)
            r->dependents_first[logic->requirements[q].any_of[k] + 1]++;
    r->dependents = ARENA_NEW(r->arena, total, int);
    TRY_NEW(r->dependents);
    for (size_t n = 0; n < round->need_count; n++)
        r->dependents_first[n + 1] += r->dependents_first[n];
    memcpy(next, r->dependents_first, (round->need_count + 1) * sizeof *next);
    for (size_t q = 0; q < logic->requirement_count; q++)
        for (int k = 0; k < logic->requirements[q].count; k++)
            r->dependents[next[logic->requirements[q].any_of[k]]++] = logic->requirements[q].need;
    return STATUS_OK;
}

/** Lays the start's lines; money rounded down, or to the nearest. */
static void lay_start(Ruin *r, const double *start, double upwards)
{
    const Formulation *form = r->form;
    for (size_t p = 0; p < form->pairs->count; p++) {
        const Pair *pair = &form->pairs->pairs[p];
        int64_t step = form->round->needs[pair->need].step;
        double steps = start == NULL ? 0 : start[p] * form->quantum[pair->need] / (double)step;
        int64_t quantity = (int64_t)floor(steps + (form->lp.integer[p] ? 0.5 : upwards)) * step;
        quantity = quantity > pair->upper ? pair->upper : quantity;
        ruin_put(r, (int)p, quantity < pair->lower ? pair->lower : quantity);
    }
}

bool ruin_start_holds(const Ruin *r)
{
    const Formulation *form = r->form;
    for (size_t k = 0; k < form->rules->count; k++)
        if (rule_book_slack(&r->book, k) < 0)
            return false;
    for (size_t n = 0; n < form->round->need_count; n++)
        if (r->given[n] > form->round->needs[n].wanted ||
            (r->given[n] > 0 && !ruin_requirements_hold(r, (int)n)))
            return false;
    return true;
}

/** The start in whole steps, one way or the other, or without one what the round demands; it must keep
 *  every rule. */
static Status take_start(Ruin *r, const double *start)
{
    lay_start(r, start, 0.5);
    if (!ruin_start_holds(r))
        lay_start(r, start, 1e-6);
    if (start == NULL && !ruin_start_holds(r))
        TRY(ruin_meet(r));
    r->move_count = 0;
    if (r->failed)
        return STATUS_NO_MEMORY;
    return ruin_start_holds(r) ? STATUS_OK : STATUS_INTERNAL;
}

Status ruin_open(const Formulation *form, const double *start, Arena *arena, Ruin **out)
{
    Ruin *r = ARENA_NEW(arena, 1, Ruin);
    TRY_NEW(r);
    *r = (Ruin){.form = form, .arena = arena, .draw = DRAW_BEGIN};
    TRY(rule_book_init(form->round, form->pairs, form->rules, arena, &r->book));
    r->given = ARENA_NEW(arena, form->round->need_count, int64_t);
    r->seen = ARENA_NEW(arena, form->rules->count, unsigned);
    r->sights = ARENA_NEW(arena, form->round->need_count + 1, RuinSight);
    TRY_NEW(r->given);
    TRY_NEW(r->seen);
    TRY_NEW(r->sights);
    TRY(find_gains(r));
    TRY(find_tickets(r));
    TRY(group_by_offer(r));
    TRY(group_dependents(r));
    *out = r;
    return take_start(r, start);
}

void ruin_set_prices(Ruin *ruin, const double *price)
{
    ruin->price = price;
}

double ruin_value(const Ruin *r, size_t stage)
{
    double value = r->value[stage];
    for (size_t i = 0; i < r->outcome_count; i++)
        if ((size_t)r->outcomes[i].stage == stage && ruin_is_full(r, r->outcomes[i].need))
            value -= r->outcomes[i].worth;
    return value;
}

double ruin_noise(const Ruin *r, size_t stage)
{
    return NOISE * r->size[stage];
}

void ruin_point(const Ruin *r, double *x)
{
    const Formulation *form = r->form;
    for (size_t p = 0; p < form->pairs->count; p++)
        x[p] = (double)r->book.quantity[p] / form->quantum[form->pairs->pairs[p].need];
    formulation_complete(form, x);
}
