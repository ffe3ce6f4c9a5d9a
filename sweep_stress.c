/* The cases of a stress test: what may go wrong on the givers' side. Made of the round's own rows, by
 * changed cells: an offer that is gone has quantity 0, what rests on it alone is void.
 */
#include "sweep.h"

#include <stdlib.h>

#include "allot/language.h"
#include "allot/order.h"
#include "allot/rule.h"

/* A list of changes, in the session's arena. */
typedef struct Changes {
    const Session *s;
    CellChange *list;
    size_t count, room;
    bool no_memory;
} Changes;

static void add_change(Changes *changes, CellChange change)
{
    if (changes->count == changes->room) {
        size_t room = changes->room == 0 ? 16 : 2 * changes->room;
        CellChange *grown =
            arena_grow(changes->s->arena, changes->list, changes->count, room, sizeof *grown);
        changes->no_memory = changes->no_memory || grown == NULL;
        if (grown == NULL)
            return;
        changes->list = grown;
        changes->room = room;
    }
    change.exact = true;
    change.place = (DiagPlace){.file = "stress"};
    changes->list[changes->count++] = change;
}

static const char *keep(Changes *changes, const char *text)
{
    changes->no_memory = changes->no_memory || text == NULL;
    return text == NULL ? "" : text;
}

static void change_amount(Changes *changes, const char *table, const char *id, const char *column,
                          Unit unit, int64_t amount)
{
    char text[32];
    unit_format(unit, amount, text);
    add_change(changes,
               (CellChange){.table = table,
                            .id = id,
                            .column = column,
                            .value = keep(changes, arena_printf(changes->s->arena, "%s", text))});
}

/* ---- what rests on an offer ----------------------------------------------------------------- */

static const char *root_donor(const Round *round, size_t offer)
{
    return round->offers[round->offers[offer].root].donor;
}

/* What is agreed on offers for which @p lost says true; rows that rule a pair out stay. */
static Status find_commitments(const Session *s, const bool *lost, SweepVoid **voids, size_t *count)
{
    static const char *const kinds[] = {"fixed", "at_least", "at_most"};
    const Round *round = &s->round;
    *count = 0;
    *voids = ARENA_NEW(s->arena, round->commitment_count, SweepVoid);
    TRY_NEW(*voids);
    for (size_t i = 0; i < round->commitment_count; i++) {
        const Commitment *row = &round->commitments[i];
        if (!lost[row->offer] || row->kind == COMMITMENT_FORBIDDEN)
            continue;
        const char *id =
            arena_printf(s->arena, "%s/%s/%s", row->need_id, row->offer_id, kinds[row->kind]);
        TRY_NEW(id);
        (*voids)[(*count)++] = (SweepVoid){
            {.table = "commitments", .id = id, .place = {.file = "stress"}}, row->need, row->offer};
    }
    return STATUS_OK;
}

/* The same rows out, whether their pairs are barred or not. */
static Status take_out_commitments(Changes *changes, const bool *lost)
{
    SweepVoid *voids;
    size_t count;
    TRY(find_commitments(changes->s, lost, &voids, &count));
    for (size_t i = 0; i < count; i++)
        add_change(changes, voids[i].row_out);
    return STATUS_OK;
}

/* Does the row ask for a least use that the lost offers alone could give? */
static bool rests_on(const Session *s, const RuleRow *row, const bool *lost)
{
    const Round *round = &s->round;
    if (s->pairs.first != NULL) {
        for (size_t p = 0; p < s->pairs.count; p++) {
            const Pair *pair = &s->pairs.pairs[p];
            if (!lost[pair->offer] && rule_row_matches(round, row, pair->need, pair->offer))
                return false;
        }
        return true;
    }
    for (size_t o = 0; o < round->offer_count; o++)
        if (!lost[o] && rule_row_selects_offer(round, row, (int)o))
            return false;
    return true;
}

/* What is asked of lost offers alone, a least use or a reserve, is void. */
static void take_out_rules(Changes *changes, const bool *lost)
{
    const Round *round = &changes->s->round;
    for (size_t r = 0; r < round->rule_count; r++) {
        const RuleRow *rule = &round->rules[r];
        if ((rule->kind == RULE_FLOOR || rule->kind == RULE_RESERVE) &&
            rests_on(changes->s, rule, lost))
            add_change(changes, (CellChange){.table = "rules", .id = rule->id});
    }
}

/* ---- the cases ------------------------------------------------------------------------------ */

/* A list of cases being made. */
typedef struct Making {
    const Session *s;
    SweepPlan *plan;
    bool *lost; /* [offer_count] of the donor concerned */
} Making;

/* Whose offers are lost; @p donor NULL: those that rest on pledges. */
static void mark_lost(const Making *making, const char *donor)
{
    const Round *round = &making->s->round;
    for (size_t o = 0; o < round->offer_count; o++)
        making->lost[o] =
            donor != NULL ? root_donor(round, o) == donor : round->offers[o].basis == BASIS_PLEDGED;
}

static Status add_case(Making *making, const char *name, const char *about, const Changes *changes)
{
    SweepPlan *plan = making->plan;
    TRY_NEW(name);
    TRY_NEW(about);
    if (changes->no_memory)
        return STATUS_NO_MEMORY;
    plan->names[plan->count] = (CaseName){name, about};
    plan->tasks[plan->count] =
        (SweepTask){.changes = changes->list, .change_count = changes->count};
    plan->count++;
    return STATUS_OK;
}

/* Of the case added last: what is agreed on lost offers is void where it cannot be kept. */
static Status void_what_is_barred(Making *making)
{
    SweepTask *task = &making->plan->tasks[making->plan->count - 1];
    SweepVoid *voids;
    TRY(find_commitments(making->s, making->lost, &voids, &task->void_count));
    task->void_if_barred = voids;
    return STATUS_OK;
}

/* Nothing is left of it but what earlier rounds took, by the ledger. */
static void take_out_offer(Changes *changes, const Offer *offer)
{
    if (offer->taken == 0) {
        add_change(
            changes,
            (CellChange){.table = "offers", .id = offer->id, .column = "quantity", .value = "0"});
        return;
    }
    change_amount(changes, "offers", offer->id, "quantity", offer->unit, offer->taken);
}

static Status add_donor_out(Making *making, const char *donor)
{
    const Session *s = making->s;
    Changes changes = {.s = s};
    mark_lost(making, donor);
    for (size_t o = 0; o < s->round.offer_count; o++)
        if (making->lost[o])
            take_out_offer(&changes, &s->round.offers[o]);
    int row = round_find_donor(&s->round, donor);
    if (row >= 0 && s->round.donors[row].has_share_key)
        add_change(
            &changes,
            (CellChange){.table = "donors", .id = donor, .column = "share_key", .value = ""});
    TRY(take_out_commitments(&changes, making->lost));
    take_out_rules(&changes, making->lost);
    return add_case(making, arena_printf(s->arena, "%s out", donor),
                    arena_printf(s->arena, _("all offers of %s are gone"), donor), &changes);
}

/* When it comes, if that is a round later than it would. */
static Date late_day(const Settings *settings, const Offer *offer)
{
    bool is_there = offer->valid_from == DATE_NONE || offer->valid_from < settings->start;
    Date from = is_there ? settings->start : offer->valid_from;
    return from + settings->end - settings->start + 1;
}

/* Has it ended by then, or has it or what it is paid out of lapsed before all of them have come? */
static bool is_over_when_late(const Round *round, const Offer *offer)
{
    Date from = late_day(&round->settings, offer), lapses = offer->lapses;
    if (offer->valid_to != DATE_NONE && offer->valid_to < from)
        return true;
    for (int o = offer->parent_row; o >= 0; o = round->offers[o].parent_row) {
        const Offer *link = &round->offers[o];
        Date comes = late_day(&round->settings, link);
        from = comes > from ? comes : from;
        if (lapses == DATE_NONE || (link->lapses != DATE_NONE && link->lapses < lapses))
            lapses = link->lapses;
    }
    return lapses != DATE_NONE && lapses < from;
}

/* What would be there this round is there a round later; what is over by then is gone. */
static void delay_offer(Changes *changes, const Offer *offer)
{
    char day[16];
    if (is_over_when_late(&changes->s->round, offer)) {
        take_out_offer(changes, offer);
        return;
    }
    date_format(late_day(&changes->s->round.settings, offer), day);
    const char *value = keep(changes, arena_printf(changes->s->arena, "%s", day));
    add_change(
        changes,
        (CellChange){.table = "offers", .id = offer->id, .column = "valid_from", .value = value});
}

static Status add_donor_late(Making *making, const char *donor)
{
    const Session *s = making->s;
    const Settings *settings = &s->round.settings;
    Changes changes = {.s = s};
    mark_lost(making, donor);
    for (size_t o = 0; o < s->round.offer_count; o++)
        if (making->lost[o])
            delay_offer(&changes, &s->round.offers[o]);
    take_out_rules(&changes, making->lost);
    TRY(add_case(making, arena_printf(s->arena, "%s late", donor),
                 arena_printf(s->arena, _("offers of %s come one round later (%d days)"), donor,
                              settings->end - settings->start + 1),
                 &changes));
    return void_what_is_barred(making);
}

static Status add_pledges_lost(Making *making)
{
    const Session *s = making->s;
    Changes changes = {.s = s};
    bool any = false;
    mark_lost(making, NULL);
    for (size_t o = 0; o < s->round.offer_count; o++)
        any = any || making->lost[o];
    if (s->round.settings.plan_on != BASIS_PLEDGED || !any)
        return STATUS_OK;
    add_change(&changes,
               (CellChange){
                   .table = "settings", .id = "plan_on", .column = "value", .value = "committed"});
    take_out_rules(&changes, making->lost);
    TRY(add_case(making, "pledges lost", _("nothing that is only pledged arrives"), &changes));
    return void_what_is_barred(making);
}

/* What is left of an amount, rounded down, without leaving int64_t. */
static int64_t less(int64_t amount, int percent_left)
{
    return amount / 100 * percent_left + amount % 100 * percent_left / 100;
}

static void cut_offers(Changes *changes, int percent_left)
{
    const Round *round = &changes->s->round;
    for (size_t o = 0; o < round->offer_count; o++) {
        const Offer *offer = &round->offers[o];
        if (offer->unit.is_money && offer->quantity_known)
            change_amount(changes, "offers", offer->id, "quantity", offer->unit,
                          offer->taken + less(offer->quantity, percent_left));
    }
    for (size_t d = 0; d < round->donor_count; d++) {
        const Donor *donor = &round->donors[d];
        if (donor->has_budget)
            change_amount(changes, "donors", donor->id, "budget",
                          round_unit(round, donor->currency),
                          donor->budget_taken + less(donor->budget, percent_left));
    }
}

/* What is agreed shrinks with the money that it is paid from, in whole steps of the need. */
static Status cut_commitments(Changes *changes, const bool *money, int percent_left)
{
    const Round *round = &changes->s->round;
    SweepVoid *rows;
    size_t count;
    TRY(find_commitments(changes->s, money, &rows, &count));
    for (size_t i = 0, r = 0; i < round->commitment_count; i++) {
        const Commitment *row = &round->commitments[i];
        if (!money[row->offer] || row->kind == COMMITMENT_FORBIDDEN)
            continue;
        const char *id = rows[r++].row_out.id;
        int64_t step = round->needs[row->need].step;
        if (row->has_quantity && row->kind != COMMITMENT_AT_MOST)
            change_amount(changes, "commitments", id, "quantity", round->needs[row->need].unit,
                          less(row->quantity, percent_left) / step * step);
    }
    return STATUS_OK;
}

static Status add_money_cut(Making *making, int percent)
{
    const Session *s = making->s;
    Changes changes = {.s = s};
    for (size_t o = 0; o < s->round.offer_count; o++)
        making->lost[o] = s->round.offers[o].unit.is_money;
    cut_offers(&changes, 100 - percent);
    TRY(cut_commitments(&changes, making->lost, 100 - percent));
    return add_case(
        making, arena_printf(s->arena, "money -%d%%", percent),
        arena_printf(s->arena,
                     _("%d%% off all offers of money and budgets, and off what is agreed on them"),
                     percent),
        &changes);
}

/* ---- donors --------------------------------------------------------------------------------- */

/* Those whose offers they are in the end, by name. */
static Status root_donors(const Session *s, const char ***donors, size_t *count)
{
    const Round *round = &s->round;
    const char **list = ARENA_NEW(s->arena, round->offer_count, const char *);
    size_t kept = 0;
    TRY_NEW(list);
    for (size_t o = 0; o < round->offer_count; o++)
        list[o] = root_donor(round, o);
    if (round->offer_count > 0)
        qsort(list, round->offer_count, sizeof *list, order_of_texts);
    for (size_t o = 0; o < round->offer_count; o++)
        if (kept == 0 || list[kept - 1] != list[o])
            list[kept++] = list[o];
    *donors = list;
    *count = kept;
    return STATUS_OK;
}

/* Without its dates nobody can be a round late: that is said with the results. */
static Status say_skipped(const Session *s, SweepPlan *plan)
{
    plan->facts = ARENA_NEW(s->arena, 1, SweepFact);
    TRY_NEW(plan->facts);
    plan->facts[plan->fact_count++] =
        (SweepFact){"skipped", N_("donors a round late: the settings give no start and end")};
    return STATUS_OK;
}

static Status add_cases(Making *making, const char *const *donors, size_t count)
{
    const Settings *settings = &making->s->round.settings;
    bool has_dates = settings->start != DATE_NONE && settings->end != DATE_NONE;
    Changes none = {.s = making->s};
    TRY(add_case(making, "base", _("the round as it is"), &none));
    for (size_t d = 0; d < count; d++)
        TRY(add_donor_out(making, donors[d]));
    for (size_t d = 0; has_dates && d < count; d++)
        TRY(add_donor_late(making, donors[d]));
    if (!has_dates)
        TRY(say_skipped(making->s, making->plan));
    TRY(add_pledges_lost(making));
    TRY(add_money_cut(making, 10));
    return add_money_cut(making, 25);
}

Status sweep_stress(const Session *s, SweepPlan *plan)
{
    const char **donors;
    size_t count;
    TRY(root_donors(s, &donors, &count));
    *plan = (SweepPlan){.kind = SWEEP_STRESS};
    plan->names = ARENA_NEW(s->arena, 2 * count + 4, CaseName);
    plan->tasks = ARENA_NEW(s->arena, 2 * count + 4, SweepTask);
    Making making = {s, plan, ARENA_NEW(s->arena, s->round.offer_count, bool)};
    TRY_NEW(plan->names);
    TRY_NEW(plan->tasks);
    TRY_NEW(making.lost);
    return add_cases(&making, donors, count);
}
