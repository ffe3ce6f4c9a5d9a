/* Rules beside a ledger: a rule bounds what its own round plans (C5), and what earlier rounds committed counts in needs,
 * offers and budgets alone. A row that is copied from the round before asks for, or allows, the same once more; that is
 * said, with how much the ledger holds of it.
 */
#include "allot/ledger.h"

#include <string.h>

#include "allot/amount_text.h"
#include "allot/language.h"
#include "allot/quote.h"
#include "allot/rule.h"

enum { RULES_NAMED = 8 }; /* the others are counted */

/** Does the rule bound a sum of value or units? Shares and numbers are of a round by what they say. */
static bool bounds_a_sum(const RuleRow *row)
{
    return (row->kind == RULE_FLOOR || row->kind == RULE_LIMIT) &&
           (row->has_value || row->has_quantity);
}

/** What the ledger holds of the rule's pairs, in what the rule counts. */
typedef struct RuleHeld {
    Unit unit;
    int64_t amount;
} RuleHeld;

static void add_holding(const RuleRow *row, const Holding *held, RuleHeld *sum)
{
    bool of_need = row->has_quantity && strcmp(held->unit.name, sum->unit.name) == 0;
    bool of_offer = row->has_quantity && strcmp(held->offer_unit.name, sum->unit.name) == 0;
    int64_t amount = row->has_value ? held->value : of_need ? held->quantity : held->gross;
    if ((row->has_value ? held->has_value : of_need || of_offer) &&
        !__builtin_add_overflow(sum->amount, amount, &amount))
        sum->amount = amount;
}

static RuleHeld held_of_rule(const Ledger *ledger, const Round *round, const RuleRow *row)
{
    RuleHeld sum = {.unit = row->has_value ? round->currency : row->unit};
    if (sum.unit.name == NULL)
        return sum;
    for (size_t i = 0; i < ledger->holding_count; i++) {
        const Holding *held = &ledger->holdings[i];
        int need = round_find_need(round, held->need), offer = round_find_offer(round, held->offer);
        if (need >= 0 && offer >= 0 && rule_row_matches(round, row, need, offer))
            add_holding(row, held, &sum);
    }
    return sum;
}

/** "R-05: EUR 300.00": of a rule that holds for each of several apart the id alone. */
static const char *add_name(const char *named, const RuleRow *row, RuleHeld sum, Arena *arena)
{
    const char *between = *named == '\0' ? "" : "; ";
    if (row->each != 0)
        return arena_printf(arena, "%s%s%s", named, between, quote(row->id).text);
    return arena_printf(arena, "%s%s%s: %s", named, between, quote(row->id).text,
                        amount_in_unit(sum.unit, sum.amount).text);
}

Status ledger_tell_rules(const Round *round, Arena *arena, Diag *diag)
{
    const Ledger *ledger = round->ledger;
    size_t count = 0;
    const char *named = "";
    DiagPlace first = {0};
    for (size_t r = 0; ledger != NULL && r < round->rule_count; r++) {
        const RuleRow *row = &round->rules[r];
        if (!bounds_a_sum(row))
            continue;
        RuleHeld sum = held_of_rule(ledger, round, row);
        if (sum.amount <= 0)
            continue;
        if (count == 0)
            first = round_place(round, row->origin, row->has_value ? "value" : "quantity");
        if (count++ < RULES_NAMED)
            named = add_name(named, row, sum, arena);
        TRY_NEW(named);
    }
    if (count > RULES_NAMED)
        named = arena_printf(arena, _("%s, and %zu more"), named, count - RULES_NAMED);
    TRY_NEW(named);
    if (count > 0)
        diag_add(diag, DIAG_LEDGER_RULES, first,
                 N_("limits and floors count the lines of this round alone; what the ledger holds "
                    "of the same comes on top (%s); where one is meant for all rounds together, "
                    "lower it by that"),
                 named);
    return STATUS_OK;
}
