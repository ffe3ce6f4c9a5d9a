/* Services that end, and what follows. Things of one beneficiary, category and unit stand in for each
 * other: what goes on after a day is all that has a later end, whoever gives it. The other parts of a need of which
 * something ends were needed beside it from the first: they go on, and follow nothing.
 */
#include <stdlib.h>
#include <string.h>

#include "allot/chosen.h"
#include "models/ledger_report_internal.h"

static int by_kind(const Holding *left, const Holding *right)
{
    int order = strcmp(left->beneficiary, right->beneficiary);
    if (order == 0)
        order = strcmp(left->category, right->category);
    return order != 0 ? order : strcmp(left->unit.name, right->unit.name);
}

/** By kind, then end; those without an end, DATE_NONE, stand first. */
static int by_kind_and_end(const void *a, const void *b)
{
    const Holding *left = *(const Holding *const *)a, *right = *(const Holding *const *)b;
    int order = by_kind(left, right);
    if (order != 0)
        return order;
    if (left->valid_to != right->valid_to)
        return left->valid_to < right->valid_to ? -1 : 1;
    return left < right ? -1 : left > right;
}

static int by_end(const void *a, const void *b)
{
    const CliffRow *left = a, *right = b;
    if (left->ends != right->ends)
        return left->ends < right->ends ? -1 : 1;
    return by_kind(left->holdings[0], right->holdings[0]);
}

/** What is added to, and what this round leaves unmet: [need_count], of alternatives not chosen nothing. */
typedef struct Cliff {
    const Round *round;
    const int64_t *unmet;
    LedgerReport *report;
} Cliff;

static const int64_t *unmet_of_needs(const Round *round, const Plan *plan, Arena *arena)
{
    const bool *not_chosen = plan_not_chosen(round, plan, arena);
    int64_t *unmet = ARENA_NEW(arena, round->need_count, int64_t);
    if (not_chosen == NULL || unmet == NULL)
        return NULL;
    for (size_t n = 0; n < round->need_count; n++)
        unmet[n] = not_chosen[n] ? 0 : plan->needs[n].unmet;
    return unmet;
}

/** What this round leaves unmet of the same kind. */
static int64_t unmet_of(const Cliff *cliff, const Holding *kind)
{
    int64_t unmet = 0;
    for (size_t n = 0; n < cliff->round->need_count; n++) {
        const Need *need = &cliff->round->needs[n];
        if (strcmp(need->beneficiary, kind->beneficiary) == 0 &&
            strcmp(need->category, kind->category) == 0 &&
            strcmp(need->unit.name, kind->unit.name) == 0)
            unmet += cliff->unmet[n];
    }
    return unmet;
}

/** Adds what goes on of the need of @p ending, whose holdings stand together. */
static void add_same(const Cliff *cliff, const Holding *ending, CliffRow *row)
{
    const Ledger *after = &cliff->report->after;
    const Holding *held = ending, *end = after->holdings + after->holding_count;
    while (held > after->holdings && strcmp(held[-1].need, ending->need) == 0)
        held--;
    for (; held < end && strcmp(held->need, ending->need) == 0; held++) {
        if (by_kind(held, ending) != 0)
            continue;
        if (held->valid_to == DATE_NONE)
            row->same_no_end += held->quantity;
        else if (held->valid_to > row->ends && !ledger_has_ended(cliff->round, held))
            row->same_goes_on += held->quantity;
    }
}

/** The same of all needs of the row, each once: on one day a need's holdings stand together, too. */
static void add_same_needs(const Cliff *cliff, CliffRow *row)
{
    for (size_t i = 0; i < row->holding_count; i++)
        if (i == 0 || strcmp(row->holdings[i]->need, row->holdings[i - 1]->need) != 0)
            add_same(cliff, row->holdings[i], row);
}

bool cliff_is_followed(const CliffRow *row)
{
    return row->goes_on > row->same_goes_on || row->no_end > row->same_no_end;
}

/** The rows of the kind at sorted[0 .. count). */
static void add_kind(const Cliff *cliff, const Holding **sorted, size_t count)
{
    const Round *round = cliff->round;
    LedgerReport *report = cliff->report;
    int64_t no_end = 0, later = 0;
    for (size_t i = 0; i < count; i++) {
        bool has_end = sorted[i]->valid_to != DATE_NONE;
        no_end += has_end ? 0 : sorted[i]->quantity;
        later += has_end && !ledger_has_ended(round, sorted[i]) ? sorted[i]->quantity : 0;
    }
    for (size_t i = 0, next; i < count; i = next) {
        int64_t ending = 0;
        for (next = i; next < count && sorted[next]->valid_to == sorted[i]->valid_to; next++)
            ending += sorted[next]->quantity;
        if (sorted[i]->valid_to == DATE_NONE)
            continue;
        bool past = ledger_has_ended(round, sorted[i]);
        later -= past ? 0 : ending;
        report->cliff[report->cliff_count++] = (CliffRow){.ends = sorted[i]->valid_to,
                                                          .past = past,
                                                          .beneficiary = sorted[i]->beneficiary,
                                                          .category = sorted[i]->category,
                                                          .unit = sorted[i]->unit,
                                                          .ending = ending,
                                                          .goes_on = later,
                                                          .no_end = no_end,
                                                          .unmet = unmet_of(cliff, sorted[i]),
                                                          .holdings = &sorted[i],
                                                          .holding_count = next - i};
        add_same_needs(cliff, &report->cliff[report->cliff_count - 1]);
    }
}

/** It ended before the round, which does not list the need that it was for any more. */
static bool is_forgotten(const Round *round, const Holding *held)
{
    return ledger_has_ended(round, held) && round_find_need(round, held->need) < 0;
}

Status ledger_cliff_build(const Round *round, const Plan *plan, Arena *arena, LedgerReport *report)
{
    const Ledger *after = &report->after;
    const Holding **sorted = ARENA_NEW(arena, after->holding_count, const Holding *);
    Cliff cliff = {.round = round, .unmet = unmet_of_needs(round, plan, arena), .report = report};
    size_t count = 0;
    TRY_NEW(sorted);
    TRY_NEW(cliff.unmet);
    for (size_t i = 0; i < after->holding_count; i++)
        if (after->holdings[i].quantity > 0 && !is_forgotten(round, &after->holdings[i]))
            sorted[count++] = &after->holdings[i];
    qsort(sorted, count, sizeof(const Holding *), by_kind_and_end);
    report->cliff = ARENA_NEW(arena, count, CliffRow);
    TRY_NEW(report->cliff);
    for (size_t i = 0, next; i < count; i = next) {
        for (next = i; next < count && by_kind(sorted[next], sorted[i]) == 0;)
            next++;
        add_kind(&cliff, &sorted[i], next - i);
    }
    qsort(report->cliff, report->cliff_count, sizeof *report->cliff, by_end);
    return STATUS_OK;
}
