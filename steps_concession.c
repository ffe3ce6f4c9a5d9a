/* Which demand gives way by how little, so that there is a plan in whole steps: tried out by deciding the
 * round anew, as its user would. Amounts double: a cent, two, four, eight; a whole thing.
 */
#include "steps_concession.h"

#include "allot/conflict.h"

#include <string.h>

/* Nodes that are mostly enough to see whether there is a plan at all. Rounds decided at most, in all; of a large round so many. */
enum { NODES_FEW = 10 };
enum { TRIES_MOST = 24, TRIES_LARGE = 4, LARGE_PAIRS = 20000, DOUBLINGS = 4 };

/** A floor or reserve of the rules table, or a commitment. */
typedef struct Demand {
    bool agreed;  /* a commitment */
    size_t index; /* into round->rules or round->commitments */
    Unit unit;
    int64_t step;   /* the least that it can give way by, smallest parts */
    int64_t amount; /* by which it does */
} Demand;

static bool list_rule(const Round *round, size_t r, Demand *out)
{
    const RuleRow *row = &round->rules[r];
    Unit unit = row->unit;
    if ((row->kind != RULE_FLOOR && row->kind != RULE_RESERVE) || row->has_share)
        return false;
    if (!row->has_quantity)
        unit = (Unit){
            .name = row->currency, .is_money = true, .places = currency_places(row->currency)};
    *out = (Demand){.index = r, .unit = unit, .step = unit.is_money ? 1 : unit_scale(unit)};
    return unit.places >= 0;
}

static bool list_commitment(const Round *round, size_t c, Demand *out)
{
    const Commitment *row = &round->commitments[c];
    const Need *need = &round->needs[row->need];
    *out = (Demand){.agreed = true, .index = c, .unit = need->unit, .step = need->step};
    return row->kind == COMMITMENT_FIXED || row->kind == COMMITMENT_AT_LEAST;
}

/** The broken rule's own row goes first. */
static size_t list_demands(const Session *s, Demand *demands)
{
    const Round *round = &s->round;
    int line = -1;
    size_t count = 0;
    if ((size_t)s->result.broken < s->rules.count &&
        s->rules.rules[s->result.broken].origin.table == TABLE_RULES)
        line = s->rules.rules[s->result.broken].origin.line;
    for (int first = 1; first >= 0; first--)
        for (size_t r = 0; r < round->rule_count; r++)
            if ((round->rules[r].origin.line == line) == (first == 1))
                count += list_rule(round, r, &demands[count]);
    for (size_t c = 0; c < round->commitment_count; c++)
        count += list_commitment(round, c, &demands[count]);
    return count;
}

/** The number less so much of the unit; false when there is not so much. */
static bool lower_decimal(Decimal *number, Unit unit, int64_t amount)
{
    int places = number->places > unit.places ? number->places : unit.places;
    int64_t digits, less;
    if (!decimal_to_scaled(*number, places, &digits) ||
        __builtin_mul_overflow(amount, decimal_power_of_ten(places - unit.places), &less) ||
        digits < less)
        return false;
    *number = decimal_make(digits - less, places);
    return true;
}

/** Rows of its own for the round that is tried. */
static Status own_rows(const Round *round, Session *t)
{
    t->round.commitments = ARENA_NEW(t->arena, round->commitment_count, Commitment);
    t->round.rules = ARENA_NEW(t->arena, round->rule_count, RuleRow);
    TRY_NEW(t->round.commitments);
    TRY_NEW(t->round.rules);
    if (round->commitment_count > 0)
        memcpy(t->round.commitments, round->commitments,
               round->commitment_count * sizeof *round->commitments);
    if (round->rule_count > 0)
        memcpy(t->round.rules, round->rules, round->rule_count * sizeof *round->rules);
    return STATUS_OK;
}

/** Lowers a demand; false when there is not so much of it. */
static bool lower(Round *round, const Demand *demand)
{
    if (demand->agreed) {
        Commitment *row = &round->commitments[demand->index];
        bool left = row->quantity >= demand->amount;
        row->quantity -= demand->amount;
        return left;
    }
    RuleRow *row = &round->rules[demand->index];
    return lower_decimal(row->has_quantity ? &row->quantity : &row->value, demand->unit,
                         demand->amount);
}

/** Decides the round with these demands lowered, within so many nodes. @return as solve_plan();
 *  STATUS_FINDINGS when that cannot be asked, or no plan was found. */
static Status decide_lowered(const Session *s, const Demand *demands, size_t count, long nodes,
                             Arena *scratch)
{
    Session t = *s;
    t.arena = t.round.arena = scratch;
    t.diag = diag_new(scratch);
    t.pairs = (PairSet){0};
    t.form = (Formulation){0};
    TRY_NEW(t.diag);
    TRY(own_rows(&s->round, &t));
    for (size_t d = 0; d < count; d++)
        if (!lower(&t.round, &demands[d]))
            return STATUS_FINDINGS;
    TRY(eligible_sets_build(&t.round, scratch, &t.sets));
    TRY(formulate(&t));
    SolveSettings settings = solve_settings(&t);
    settings.nodes = nodes;
    TRY(solve_plan(&t.form, &settings, scratch, &t.result, &t.plan));
    if (!solve_outcome_has_plan(t.result.outcome))
        return STATUS_FINDINGS;
    return check_plan(&t) == STATUS_OK ? STATUS_OK : STATUS_FINDINGS;
}

/** Is there a plan? The best of them is not asked for, so that a few nodes do, mostly. */
static Status decide(const Session *s, const Demand *demands, size_t count)
{
    long nodes = s->round.settings.nodes, few = nodes < NODES_FEW ? nodes : NODES_FEW;
    Status status = STATUS_FINDINGS;
    for (long now = few; status == STATUS_FINDINGS || status == STATUS_NO_PLAN; now = nodes) {
        Arena *scratch = arena_new();
        TRY_NEW(scratch);
        status = decide_lowered(s, demands, count, now, scratch);
        arena_free(scratch);
        if (now == nodes)
            break;
    }
    return status;
}

static Status tell(Session *s, const Demand *demand)
{
    const Round *round = &s->round;
    const Origin origin = demand->agreed ? round->commitments[demand->index].origin
                                         : round->rules[demand->index].origin;
    bool counted = demand->agreed || round->rules[demand->index].has_quantity;
    return conflict_report_concession(round_place(round, origin, counted ? "quantity" : "value"),
                                      demand->unit, demand->amount, s->arena, s->diag);
}

/** Grows the amount of one demand after another until there is a plan. @p at is that demand then, else
 *  @p count. @p alone: the others are not lowered. */
static Status grow_one(const Session *s, Demand *demands, size_t count, bool alone, size_t *at)
{
    int left = s->pairs.count > LARGE_PAIRS ? TRIES_LARGE : TRIES_MOST;
    *at = count;
    for (int doubled = 0; doubled < DOUBLINGS; doubled++)
        for (size_t d = 0; d < count && left > 0; d++, left--) {
            int64_t before = demands[d].amount;
            demands[d].amount += demands[d].step << doubled;
            Status status = decide(s, alone ? &demands[d] : demands, alone ? 1 : count);
            *at = d;
            if (status == STATUS_OK || status == STATUS_NO_MEMORY)
                return status;
            demands[d].amount = before;
        }
    *at = count;
    return STATUS_OK;
}

Status concede_steps(Session *s, bool *found)
{
    size_t most = s->round.rule_count + s->round.commitment_count, at;
    Demand *demands = ARENA_NEW(s->arena, most, Demand);
    TRY_NEW(demands);
    size_t count = list_demands(s, demands);
    TRY(grow_one(s, demands, count, true, &at));
    *found = at < count;
    return *found ? tell(s, &demands[at]) : STATUS_OK;
}

/** A concession as a demand that gives way; false when it is a share, or in a currency of its own. */
static bool demand_of(const Session *s, const Conflicts *conflicts, const Concession *concession,
                      Demand *out)
{
    const Lift *lift = &conflicts->lifts.lifts[concession->lift];
    bool listed = false;
    if (*lift->each != '\0') /* lowering its row lowers every part */
        return false;
    if (lift->kind == LIFT_COMMITMENT)
        listed = list_commitment(&s->round, (size_t)lift->index, out);
    for (size_t r = 0; r < s->round.rule_count && lift->origin.table == TABLE_RULES; r++)
        if (s->round.rules[r].origin.line == lift->origin.line)
            listed = list_rule(&s->round, r, out);
    out->amount = concession->amount;
    return listed && strcmp(out->unit.name, lift_unit(&conflicts->lifts, lift).name) == 0;
}

/** The only concession, of the only conflict, is what its row alone has to give way by: both say the same. One step
 *  more than what had no plan is the least. */
static void tell_alone(Conflicts *conflicts, const Demand *demand, int64_t tried)
{
    if (conflicts->count != 1 || conflicts->concession_count != 1)
        return;
    for (size_t m = 0; m < conflicts->sets[0].count; m++) {
        ConflictMember *member = &conflicts->sets[0].members[m];
        if (member->lift != conflicts->concessions[0].lift || member->give != GIVE_AMOUNT)
            continue;
        member->least = member->least && demand->amount == tried + demand->step;
        member->amount = demand->amount;
    }
}

Status try_concessions(Session *s, Conflicts *conflicts, bool *holds)
{
    size_t count = conflicts->concession_count, at;
    Demand *demands = ARENA_NEW(s->arena, count, Demand);
    *holds = false;
    TRY_NEW(demands);
    if (count == 0 || s->pairs.count > LARGE_PAIRS)
        return STATUS_OK;
    for (size_t c = 0; c < count; c++)
        if (!demand_of(s, conflicts, &conflicts->concessions[c], &demands[c]))
            return STATUS_OK;
    Status status = decide(s, demands, count);
    *holds = status == STATUS_OK;
    if (status != STATUS_NO_PLAN)
        return status == STATUS_NO_MEMORY ? status : STATUS_OK;
    TRY(grow_one(s, demands, count, false, &at));
    if (at < count) {
        tell_alone(conflicts, &demands[at], conflicts->concessions[at].amount);
        conflicts->concessions[at].amount = demands[at].amount;
        conflicts->smallest = false;
        *holds = true;
    }
    return STATUS_OK;
}
