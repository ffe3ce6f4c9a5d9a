/* All rounds added up, by beneficiary and by donor: sums of the ledger's lines. */
#include <stdlib.h>
#include <string.h>

#include "allot/chosen.h"
#include "models/ledger_report_internal.h"

/** Rows by name, found through a map. */
typedef struct Tally {
    NameSet *names;
    NameMap *rows; /* interned name -> row */
    CumulativeRow *list;
    const char **last_round; /* [count] the round of the last commitment seen */
    size_t count;
    bool no_memory;
} Tally;

static bool tally_open(Tally *tally, size_t most, Arena *arena)
{
    *tally = (Tally){.names = name_set_new(arena),
                     .rows = name_map_new(arena),
                     .list = ARENA_NEW(arena, most, CumulativeRow),
                     .last_round = ARENA_NEW(arena, most, const char *)};
    return tally->names != NULL && tally->rows != NULL && tally->list != NULL &&
           tally->last_round != NULL;
}

/** The row of this name, added when it is new; NULL without memory. */
static CumulativeRow *tally_row(Tally *tally, const char *name, size_t *index)
{
    bool added;
    const char *interned = name_intern(tally->names, name, strlen(name));
    if (interned == NULL || !name_map_add(tally->rows, interned, (int)tally->count, &added)) {
        tally->no_memory = true;
        return NULL;
    }
    *index = (size_t)name_map_get(tally->rows, interned);
    if (added)
        tally->list[tally->count++] = (CumulativeRow){.name = interned};
    return &tally->list[*index];
}

static void add_line(Tally *tally, const char *name, const LedgerLine *line)
{
    size_t index;
    CumulativeRow *row = tally_row(tally, name, &index);
    if (row == NULL)
        return;
    if (line->event == LEDGER_DELIVERY && line->offer_unit.is_money)
        row->delivered_cash += line->value;
    else if (line->event == LEDGER_DELIVERY)
        row->delivered_in_kind += line->value;
    else if (line->event == LEDGER_PAYMENT)
        row->paid += line->value;
    else
        row->value[ledger_sort(line)] +=
            line->event == LEDGER_CANCELLATION ? -line->value : line->value;
    if (line->event != LEDGER_COMMITMENT)
        return;
    row->unvalued += !line->has_value;
    if (tally->last_round[index] == NULL || strcmp(tally->last_round[index], line->round) != 0)
        row->rounds++;
    tally->last_round[index] = line->round;
}

/** Needs that the last close left unmet and that this round does not list. */
static void add_dropped(Tally *tally, const Ledger *before, const Round *round)
{
    for (size_t i = 0; i < before->closed; i++) {
        const LedgerLine *line = &before->lines[i];
        size_t index;
        if (line->event != LEDGER_CARRIED || *line->need == '\0' ||
            strcmp(line->round, before->last_round) != 0 || round_find_need(round, line->need) >= 0)
            continue;
        CumulativeRow *row = tally_row(tally, line->beneficiary, &index);
        if (row != NULL)
            row->dropped += line->value;
    }
}

static int by_name(const void *a, const void *b)
{
    return strcmp(((const CumulativeRow *)a)->name, ((const CumulativeRow *)b)->name);
}

static void add_lines(const Ledger *after, Tally *beneficiaries, Tally *donors)
{
    for (size_t i = 0; i < after->count; i++) {
        const LedgerLine *line = &after->lines[i];
        if (line->event == LEDGER_CARRIED)
            continue;
        add_line(beneficiaries, line->beneficiary, line);
        add_line(donors, line->donor, line);
    }
}

/** Donors with a key are listed also when they gave nothing: that is what their share is. */
static void add_keys(Tally *donors, const Round *round, LedgerReport *report)
{
    for (size_t d = 0; d < round->donor_count; d++) {
        const Donor *donor = &round->donors[d];
        size_t index;
        CumulativeRow *row = donor->has_share_key ? tally_row(donors, donor->id, &index) : NULL;
        if (row == NULL)
            continue;
        row->has_key = true;
        row->key = donor->share_key;
        report->key_sum += decimal_to_double(donor->share_key);
    }
}

/** Is it not met in full, and in no sum of money? An outcome takes nothing itself. */
static bool lacks_without_value(const Need *need, const NeedResult *result)
{
    bool valued = need->has_value && need->quantity_known;
    return !valued && !result->full && !need_is_outcome(need);
}

/** What this round's needs lack; alternatives that are not chosen lack nothing. */
static Status add_unmet(const Round *round, const Plan *plan, Arena *arena, Tally *beneficiaries)
{
    const bool *not_chosen = plan_not_chosen(round, plan, arena);
    TRY_NEW(not_chosen);
    for (size_t n = 0; n < round->need_count; n++) {
        size_t index;
        CumulativeRow *row = tally_row(beneficiaries, round->needs[n].beneficiary, &index);
        if (row == NULL || not_chosen[n])
            continue;
        row->unmet += plan->needs[n].value_unmet;
        row->unvalued_unmet += lacks_without_value(&round->needs[n], &plan->needs[n]);
    }
    return STATUS_OK;
}

Status ledger_cumulative_build(const Round *round, const Plan *plan, Arena *arena,
                               LedgerReport *report)
{
    const Ledger *after = &report->after;
    Tally beneficiaries, donors;
    if (!tally_open(&beneficiaries, after->count + round->need_count + 1, arena) ||
        !tally_open(&donors, after->count + round->donor_count + 1, arena))
        return STATUS_NO_MEMORY;
    add_lines(after, &beneficiaries, &donors);
    TRY(add_unmet(round, plan, arena, &beneficiaries));
    add_dropped(&beneficiaries, round->ledger, round);
    add_keys(&donors, round, report);
    if (beneficiaries.no_memory || donors.no_memory)
        return STATUS_NO_MEMORY;
    qsort(beneficiaries.list, beneficiaries.count, sizeof(CumulativeRow), by_name);
    qsort(donors.list, donors.count, sizeof(CumulativeRow), by_name);
    report->beneficiaries = beneficiaries.list;
    report->beneficiary_count = beneficiaries.count;
    report->donors = donors.list;
    report->donor_count = donors.count;
    return STATUS_OK;
}

int64_t cumulative_cash(const CumulativeRow *row)
{
    return row->value[SORT_COMMITTED_CASH] + row->value[SORT_PAID_CASH];
}

int64_t cumulative_in_kind(const CumulativeRow *row)
{
    return row->value[SORT_COMMITTED_IN_KIND] + row->value[SORT_PAID_IN_KIND];
}

int64_t cumulative_asked(const CumulativeRow *row)
{
    int64_t asked = row->unmet + row->dropped;
    for (int sort = 0; sort < LEDGER_SORTS; sort++)
        asked += row->value[sort];
    return asked;
}
