/* By how much rows would have to give way: one alone, or the cheapest of all together. Every amount is
 * rounded up to what can be written in the table, tried out, and a step less tried out too.
 */
#include "solver/conflict_parts.h"
#include "solver/conflict_sums.h"

/* Of an amount in smallest parts this much may be noise. */
static const double NOISE_PARTS = 1e-3;
static const double NOISE_THINGS = 2;

/* Amounts of things that are noise away from so many of their parts (a thousandth) are that. */
static const double ROUND_THINGS = 1000;

/* After rounding up so many steps more are tried before an amount is given up. */
enum { TRIES_MOST = 3 };

/** Smallest parts in 1.0 of the things' targets. */
static double parts_each(const ConflictLive *live, size_t lift)
{
    const Lift *thing = &live->lifts->lifts[lift];
    int need = lift_need(live->lifts, thing);
    if (need >= 0)
        return live->lifts->form->quantum[need];
    return thing->kind == LIFT_NUMBER ? 1.0 : (double)unit_scale(lift_unit(live->lifts, thing));
}

/** The least that can be conceded of a thing, in smallest parts. */
static int64_t least_step(const ConflictLive *live, size_t lift)
{
    int need = lift_need(live->lifts, &live->lifts->lifts[lift]);
    return need >= 0 ? live->lifts->form->round->needs[need].step : 1;
}

/** Sums of things, whose smallest part is a millionth: no search can tell one from noise. */
static bool counts_things(const ConflictLive *live, size_t lift)
{
    const Lift *thing = &live->lifts->lifts[lift];
    return lift_need(live->lifts, thing) < 0 && thing->kind != LIFT_NUMBER &&
           !lift_unit(live->lifts, thing).is_money;
}

/** An amount in a target's units as smallest parts, up to the next step that can be conceded. */
static int64_t parts_of(const ConflictLive *live, size_t lift, double amount)
{
    double step = (double)least_step(live, lift), parts = amount * parts_each(live, lift);
    double noise = counts_things(live, lift) ? NOISE_THINGS : NOISE_PARTS;
    double near = round(parts / ROUND_THINGS) * ROUND_THINGS;
    if (counts_things(live, lift) && fabs(parts - near) <= NOISE_THINGS)
        return (int64_t)fmax(near, 0);
    return parts <= noise ? 0 : (int64_t)(ceil((parts - noise) / step) * step);
}

/** By how much the row of a rule gives way when the rule does by an amount: what rounded lines let it give
 *  way beside depends on the bound. */
static bool give_of_row(const ConflictLive *live, size_t lift, int64_t amount, bool upwards,
                        double *give)
{
    const Formulation *form = live->lifts->form;
    const Lift *thing = &live->lifts->lifts[lift];
    const Rule *rule = lift_rule(live->lifts, thing);
    if (rule == NULL || rule->form != FORM_BOUND || rule->of_total || thing->bound_count != 1 ||
        !(upwards ? rule->has_upper : rule->has_lower))
        return false;
    Rule moved = *rule;
    double scale = (double)unit_scale(rule->unit);
    if (upwards) {
        moved.upper += amount;
        *give = rule_row_upper(form->round, form->pairs, &moved) / scale - thing->bounds[0].upper;
    } else {
        moved.lower -= amount;
        *give = thing->bounds[0].lower - rule_row_lower(form->round, form->pairs, &moved) / scale;
    }
    return true;
}

void conflict_give(ConflictLive *live, size_t lift, int64_t amount, bool upwards)
{
    double give = (double)amount / parts_each(live, lift);
    if (amount > 0)
        (void)give_of_row(live, lift, amount, upwards, &give);
    live_give(live, lift, upwards ? 0 : give, upwards ? give : 0);
    live->given[lift] = amount;
}

/** A reserve gives way by leaving more to plan with. */
static bool gives_upwards(const Lift *lift)
{
    return lift->kind == LIFT_RESERVE;
}

/** The sum that a thing bounds, as an objective: least of sign times it. */
typedef struct Sum {
    size_t count;
    const int *columns;
    double *costs;
    double bound;
} Sum;

static Status sum_of(const ConflictLive *live, const LiftBound *bound, bool upwards, Sum *sum)
{
    const Lp *lp = &live->lifts->form->lp;
    double sign = upwards ? 1.0 : -1.0;
    int row = bound->target - lp->column_count;
    size_t first = row >= 0 ? lp->row_first[row] : 0;
    sum->count = row >= 0 ? lp->row_first[row + 1] - first : 1;
    sum->bound = upwards ? bound->upper : bound->lower;
    sum->costs = ARENA_NEW(live->arena, sum->count, double);
    TRY_NEW(sum->costs);
    for (size_t k = 0; k < sum->count; k++)
        sum->costs[k] = sign * (row >= 0 ? lp->element[first + k] : 1.0);
    sum->columns = row >= 0 ? lp->element_column + first : &bound->target;
    return STATUS_OK;
}

static bool keeps_plan(ConflictLive *live, size_t lift, int64_t amount, bool upwards)
{
    conflict_give(live, lift, amount, upwards);
    return live_ask(live, NULL) == LIVE_PLAN;
}

/** From the amount found to the least whole one that is enough: a few steps more against noise, and a
 *  few less. */
static void settle(ConflictLive *live, ConflictMember *member, int64_t amount)
{
    int64_t step = least_step(live, member->lift);
    bool enough = keeps_plan(live, member->lift, amount, member->upwards);
    for (int tries = 0; !enough && tries < TRIES_MOST; tries++) {
        amount += step;
        enough = keeps_plan(live, member->lift, amount, member->upwards);
    }
    bool can_tell = !counts_things(live, member->lift);
    for (int tries = 0; enough && can_tell && tries < TRIES_MOST && amount > step; tries++) {
        if (!keeps_plan(live, member->lift, amount - step, member->upwards))
            break;
        amount -= step;
    }
    live_give(live, member->lift, 0, 0);
    member->give = enough ? GIVE_AMOUNT : GIVE_UNKNOWN;
    member->least = true;
    member->amount = amount;
}

/** Moves one bound of a thing alone. */
static Status measure_bound(ConflictLive *live, ConflictMember *member, const LiftBound *bound,
                            bool upwards, double *x)
{
    Sum sum;
    bool found, proven;
    if (!upwards && live->demand_count == 1 && live->demands[0].lift == member->lift) {
        TRY(live_concede_sums(live, &found, &proven));
        if (found && proven) {
            member->give = GIVE_AMOUNT;
            member->least = true;
            member->amount = parts_of(live, member->lift, live->missed[0]);
            return STATUS_OK;
        }
    }
    TRY(sum_of(live, bound, upwards, &sum));
    live_give(live, member->lift, upwards ? 0 : INFINITY, upwards ? INFINITY : 0);
    live_minimise(live, sum.count, sum.columns, sum.costs, x, &found, &proven);
    live_give(live, member->lift, 0, 0);
    member->upwards = upwards;
    member->give = found || !proven ? GIVE_UNKNOWN : GIVE_NOT_ENOUGH;
    if (!found)
        return STATUS_OK;
    double value = 0;
    for (size_t k = 0; k < sum.count; k++)
        value += sum.costs[k] * x[sum.columns[k]];
    double moved = upwards ? value - sum.bound : sum.bound + value;
    if (proven) {
        settle(live, member, parts_of(live, member->lift, moved));
    } else { /* the point found keeps everything else */
        member->give = GIVE_AMOUNT;
        member->amount = parts_of(live, member->lift, moved);
    }
    return STATUS_OK;
}

/** Has the thing one bound that can be moved by an amount? */
static bool has_amount(const ConflictLive *live, const Lift *lift)
{
    const Rule *rule = lift_rule(live->lifts, lift);
    bool bound = rule != NULL && (rule->form == FORM_BOUND || rule->form == FORM_AT_MOST);
    return lift->bound_count == 1 && (bound || lift_need(live->lifts, lift) >= 0);
}

static Status measure(ConflictLive *live, ConflictMember *member, double *x)
{
    const Lift *lift = &live->lifts->lifts[member->lift];
    if (!has_amount(live, lift)) {
        live_lift(live, member->lift, true);
        LiveAnswer answer = live_ask(live, NULL);
        live_lift(live, member->lift, false);
        member->give = answer == LIVE_PLAN      ? GIVE_WHOLLY
                       : answer == LIVE_NO_PLAN ? GIVE_NOT_ENOUGH
                                                : GIVE_UNKNOWN;
        return STATUS_OK;
    }
    const LiftBound *bound = &lift->bounds[0];
    if (isfinite(bound->lower))
        TRY(measure_bound(live, member, bound, false, x));
    else
        member->give = GIVE_NOT_ENOUGH;
    if (member->give == GIVE_NOT_ENOUGH && isfinite(bound->upper))
        TRY(measure_bound(live, member, bound, true, x));
    return STATUS_OK;
}

Status conflict_measure(ConflictLive *live, Conflict *conflict)
{
    double *x = ARENA_NEW(live->arena, (size_t)live->lifts->form->lp.column_count, double);
    TRY_NEW(x);
    for (size_t m = 0; m < conflict->count; m++)
        TRY(measure(live, &conflict->members[m], x));
    return STATUS_OK;
}

static void give_all(ConflictLive *live, const Conflicts *out)
{
    for (size_t c = 0; c < out->concession_count; c++) {
        const Concession *concession = &out->concessions[c];
        conflict_give(live, concession->lift, concession->amount,
                      gives_upwards(&live->lifts->lifts[concession->lift]));
    }
}

/** A step less, one after another, where the others' rounding up has made it dispensable. */
static void trim(ConflictLive *live, Conflicts *out)
{
    for (size_t c = 0; c < out->concession_count; c++) {
        Concession *concession = &out->concessions[c];
        int64_t step = least_step(live, concession->lift);
        if (counts_things(live, concession->lift))
            continue;
        concession->amount -= step;
        give_all(live, out);
        if (live_ask(live, NULL) != LIVE_PLAN)
            concession->amount += step;
    }
    give_all(live, out);
}

Status conflict_concede(ConflictLive *live, Conflicts *out)
{
    double *missed = ARENA_NEW(live->arena, live->demand_count, double);
    bool found, proven;
    out->concessions = ARENA_NEW(live->arena, live->demand_count, Concession);
    TRY_NEW(missed);
    TRY_NEW(out->concessions);
    live_concede(live, missed, &found, &proven);
    for (size_t d = 0; d < live->demand_count && found; d++) {
        size_t lift = live->demands[d].lift;
        int64_t amount = parts_of(live, lift, missed[d]);
        if (amount > 0)
            out->concessions[out->concession_count++] =
                (Concession){.lift = lift, .amount = amount};
    }
    give_all(live, out);
    LiveAnswer answer = live_ask(live, NULL);
    if (answer == LIVE_PLAN)
        trim(live, out);
    out->smallest = proven && answer == LIVE_PLAN;
    for (size_t c = 0; c < out->concession_count; c++)
        live_give(live, out->concessions[c].lift, 0, 0);
    size_t kept = 0;
    for (size_t c = 0; c < out->concession_count && answer != LIVE_NO_PLAN; c++)
        if (out->concessions[c].amount > 0)
            out->concessions[kept++] = out->concessions[c];
    out->concession_count = kept;
    return STATUS_OK;
}
