/* Which demand gives way by how little, so that there is a plan in whole steps: tried out by deciding the
 * round anew, as its user would. Amounts double: a cent, two, four, eight; a whole thing.
 */
#include "steps_concession.h"

#include "allot/conflict.h"

#include <string.h>

/* Nodes that are mostly enough to see whether there is a plan at all. */
enum { NODES_FEW = 10 };

/* Rounds decided at most, in all; of a large round so many. */
enum { TRIES_MOST = 24, TRIES_LARGE = 4, LARGE_PAIRS = 20000 };

/* How often an amount doubles; the same of all together: each line may lose a smallest part by rounding. */
enum { DOUBLINGS = 4, DOUBLINGS_ALL = 8 };

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

/** What came of deciding a round with less demanded. */
typedef enum Trial {
    TRIAL_PLAN,
    TRIAL_STEPS, /* none was found in whole steps */
    TRIAL_NONE,  /* there is none */
    TRIAL_UNKNOWN
} Trial;

/** @return as solve_plan(), STATUS_FINDINGS when it cannot be asked. */
static Status decide_lowered(const Session *s, const Demand *demands, size_t count,
                             const SolveSettings *settings, Arena *scratch, SolveOutcome *outcome)
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
    TRY(solve_plan(&t.form, settings, scratch, &t.result, &t.plan));
    *outcome = t.result.outcome;
    return solve_outcome_has_plan(*outcome) ? check_plan(&t) : STATUS_OK;
}

/** The round with these demands lowered, within so many nodes. */
static Status try_lowered(const Session *s, const Demand *demands, size_t count,
                          const SolveSettings *settings, Trial *trial)
{
    SolveOutcome outcome = SOLVE_FAILED;
    Arena *scratch = arena_new();
    TRY_NEW(scratch);
    Status status = decide_lowered(s, demands, count, settings, scratch, &outcome);
    arena_free(scratch);
    *trial = TRIAL_UNKNOWN;
    if (status == STATUS_NO_PLAN)
        *trial = TRIAL_STEPS;
    else if (status == STATUS_OK && outcome == SOLVE_INFEASIBLE)
        *trial = TRIAL_NONE;
    else if (status == STATUS_OK && solve_outcome_has_plan(outcome))
        *trial = TRIAL_PLAN;
    return status == STATUS_NO_MEMORY ? status : STATUS_OK;
}

/** Is there a plan? The best of them is not asked for, so that a glance with a few nodes does, mostly; where it
 *  does not, all nodes are taken, and where @p thorough also the time to look for every cent. */
static Status decide(Session *s, const Demand *demands, size_t count, bool thorough, Trial *trial)
{
    SolveSettings all = solve_settings(s), few = all;
    few.glance = true;
    few.nodes = all.nodes < NODES_FEW ? all.nodes : NODES_FEW;
    TRY(try_lowered(s, demands, count, &few, trial));
    if (*trial == TRIAL_PLAN || *trial == TRIAL_NONE || (*trial == TRIAL_STEPS && !thorough))
        return STATUS_OK;
    all.glance = !thorough;
    return try_lowered(s, demands, count, &all, trial);
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
static Status grow_one(Session *s, Demand *demands, size_t count, bool alone, size_t *at)
{
    int left = s->pairs.count > LARGE_PAIRS ? TRIES_LARGE : TRIES_MOST;
    *at = count;
    for (int doubled = 0; doubled < DOUBLINGS; doubled++)
        for (size_t d = 0; d < count && left > 0; d++, left--) {
            Trial trial;
            int64_t before = demands[d].amount;
            demands[d].amount += demands[d].step << doubled;
            TRY(decide(s, alone ? &demands[d] : demands, alone ? 1 : count, false, &trial));
            *at = d;
            if (trial == TRIAL_PLAN)
                return STATUS_OK;
            demands[d].amount = before;
        }
    *at = count;
    return STATUS_OK;
}

/** Grows all amounts together. *found: then there is a plan. */
static Status grow_all(Session *s, Demand *demands, size_t count, bool *found)
{
    Trial trial = TRIAL_UNKNOWN;
    for (int doubled = 0; doubled < DOUBLINGS_ALL && trial != TRIAL_PLAN; doubled++) {
        for (size_t d = 0; d < count; d++) /* to 1, 2, 4, ... steps more */
            demands[d].amount += demands[d].step << (doubled > 1 ? doubled - 1 : 0);
        TRY(decide(s, demands, count, false, &trial));
    }
    *found = trial == TRIAL_PLAN;
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

/** What a row alone has to give way by is what is conceded of it: both say the same. One step more than what
 *  had no plan is the least, where it is the only concession of the only conflict. */
static void tell_alone(Conflicts *conflicts, const Concession *concession, const Demand *demand)
{
    bool only = conflicts->count == 1 && conflicts->concession_count == 1;
    for (size_t s = 0; s < conflicts->count; s++)
        for (size_t m = 0; m < conflicts->sets[s].count; m++) {
            ConflictMember *member = &conflicts->sets[s].members[m];
            if (member->lift != concession->lift || member->give != GIVE_AMOUNT ||
                member->amount != concession->amount)
                continue;
            member->least =
                only && member->least && demand->amount == concession->amount + demand->step;
            member->amount = demand->amount;
        }
}

/** What is conceded from now on. */
static void take_amounts(Conflicts *conflicts, const Demand *demands)
{
    for (size_t c = 0; c < conflicts->concession_count; c++) {
        Concession *concession = &conflicts->concessions[c];
        if (demands[c].amount != concession->amount)
            tell_alone(conflicts, concession, &demands[c]);
        concession->amount = demands[c].amount;
    }
    conflicts->smallest = false;
}

/** It was not enough, and what would be is not known. */
static void take_back(Conflicts *conflicts)
{
    for (size_t c = 0; c < conflicts->concession_count; c++)
        for (size_t s = 0; s < conflicts->count; s++)
            for (size_t m = 0; m < conflicts->sets[s].count; m++) {
                ConflictMember *member = &conflicts->sets[s].members[m];
                if (member->lift == conflicts->concessions[c].lift && member->give == GIVE_AMOUNT)
                    member->give = GIVE_UNKNOWN;
            }
    conflicts->concession_count = 0;
    conflicts->smallest = false;
}

Status try_concessions(Session *s, Conflicts *conflicts, bool *holds)
{
    size_t count = conflicts->concession_count, at;
    Demand *demands = ARENA_NEW(s->arena, count, Demand);
    Trial trial;
    *holds = false;
    TRY_NEW(demands);
    if (count == 0 || s->pairs.count > LARGE_PAIRS)
        return STATUS_OK;
    for (size_t c = 0; c < count; c++)
        if (!demand_of(s, conflicts, &conflicts->concessions[c], &demands[c]))
            return STATUS_OK;
    TRY(decide(s, demands, count, true, &trial));
    *holds = trial == TRIAL_PLAN;
    if (trial == TRIAL_PLAN || trial == TRIAL_UNKNOWN)
        return STATUS_OK;
    TRY(grow_one(s, demands, count, false, &at));
    *holds = at < count;
    if (!*holds)
        TRY(grow_all(s, demands, count, holds));
    if (*holds)
        take_amounts(conflicts, demands);
    else
        take_back(conflicts);
    return STATUS_OK;
}
