/* No plan can exist: the rows that would have to give way, and by how much, in words. */
#include "allot/conflict.h"

static void say_commitment(const Round *round, const Pair *pair, double amount, Diag *diag)
{
    const Need *need = &round->needs[pair->need];
    diag_add(diag, DIAG_CONFLICT, round_place(round, pair->lower_from, "quantity"),
             "no plan can give need '%s' what is agreed from offer '%s': %.2f %s too much",
             need->id, round->offers[pair->offer].id, amount, need->unit.name);
}

static void say_rule(const Round *round, const Rule *rule, double amount, Diag *diag)
{
    diag_add(diag, DIAG_CONFLICT, round_place(round, rule->origin, rule->column),
             "no plan can keep rule '%s'%s%s: it asks for %.2f %s too much", rule->id,
             *rule->each == '\0' ? "" : ", ", rule->each, amount, rule->unit.name);
}

/* Only floors, reserves and commitments can make a round impossible. */
static bool demands_something(const Round *round, const RuleSet *rules)
{
    bool something = round->commitment_count > 0;
    for (size_t r = 0; r < rules->count; r++)
        something =
            something || rules->rules[r].has_lower || rules->rules[r].family == FAMILY_RESERVE;
    return something;
}

Status conflict_report(const Round *round, const PairSet *pairs, const RuleSet *rules,
                       const Concession *concessions, size_t count, Diag *diag)
{
    for (size_t i = 0; i < count; i++) {
        const Concession *concession = &concessions[i];
        if (concession->is_pair)
            say_commitment(round, &pairs->pairs[concession->index], concession->amount, diag);
        else
            say_rule(round, &rules->rules[concession->index], concession->amount, diag);
    }
    if (count == 0 && !demands_something(round, rules)) {
        diag_add(diag, DIAG_SOLVER, (DiagPlace){.file = round->source},
                 "the solver lost its way: nothing is demanded here, so that a plan always exists");
        return STATUS_SOLVER_FAULT;
    }
    if (count == 0)
        diag_add(diag, DIAG_CONFLICT, (DiagPlace){.file = round->source},
                 "no plan in whole steps keeps every floor, reserve and commitment; loosen one");
    return STATUS_NO_PLAN;
}
