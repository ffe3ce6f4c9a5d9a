/* What bars pairs of a widened set, as things to be lifted: each keeps all its pairs at 0. */
#include "models/lifts_internal.h"

#include <stdlib.h>
#include <string.h>

/** One bar of one pair. */
typedef struct BarredPair {
    const Bar *bar;
    int pair;
} BarredPair;

static int by_thing(const Bar *x, const Bar *y)
{
    int order = (x->origin.table > y->origin.table) - (x->origin.table < y->origin.table);
    order =
        order != 0 ? order : (x->origin.line > y->origin.line) - (x->origin.line < y->origin.line);
    return order != 0 ? order : strcmp(x->column, y->column);
}

static int by_thing_then_pair(const void *a, const void *b)
{
    const BarredPair *x = a, *y = b;
    int order = by_thing(x->bar, y->bar);
    return order != 0 ? order : (x->pair > y->pair) - (x->pair < y->pair);
}

static int forbid_row(const Round *round, Origin origin)
{
    size_t r = 0;
    while (r < round->rule_count && round->rules[r].origin.line != origin.line)
        r++;
    return (int)r;
}

static int forbidden_commitment(const Round *round, Origin origin)
{
    size_t c = 0;
    while (c < round->commitment_count && round->commitments[c].origin.line != origin.line)
        c++;
    return (int)c;
}

/** The thing that a bar of this pair comes from. */
static Lift lift_of_bar(const LiftBuilder *b, const BarredPair *barred)
{
    const Round *round = b->form->round;
    const Bar *bar = barred->bar;
    const Pair *pair = &b->form->pairs->pairs[barred->pair];
    Lift lift = {.origin = bar->origin, .id = bar->id, .column = bar->column};
    switch (bar->check) {
    case BAR_PAIR_NO:
        lift.kind = LIFT_PAIR_NO;
        lift.index = (int)(pair->row - round->pairs);
        return lift;
    case BAR_FORBID:
        lift.kind = LIFT_FORBID;
        lift.index = forbid_row(round, bar->origin);
        return lift;
    case BAR_COMMITMENT:
        lift.kind = LIFT_FORBIDDEN;
        lift.index = forbidden_commitment(round, bar->origin);
        return lift;
    case BAR_EARMARK: lift.kind = LIFT_EARMARK; break;
    case BAR_EXCLUSION: lift.kind = LIFT_EXCLUSION; break;
    case BAR_LAPSED: lift.kind = LIFT_LAPSES; break;
    case BAR_ODA: lift.kind = LIFT_ODA; break;
    default: lift.kind = LIFT_WINDOW; break;
    }
    lift.index = round_find_offer(round, bar->id);
    return lift;
}

/** needs.civil_share is a rule's already: it holds the pairs' sum at 0, and each of them. */
static int civil_lift(const LiftBuilder *b, int need)
{
    const RuleSet *rules = b->form->rules;
    for (size_t r = 0; r < rules->count; r++)
        if (rules->rules[r].family == FAMILY_CIVIL &&
            b->form->pairs->pairs[rules->rules[r].pairs[0]].need == need)
            return b->of_rule[r];
    return -1;
}

Status lifts_add_bars(LiftBuilder *b)
{
    const PairSet *pairs = b->form->pairs;
    if (pairs->bar_first == NULL)
        return STATUS_OK;
    size_t count = pairs->bar_first[pairs->count];
    BarredPair *barred = ARENA_NEW(b->arena, count, BarredPair);
    TRY_NEW(barred);
    for (size_t p = 0; p < pairs->count; p++)
        for (size_t k = pairs->bar_first[p]; k < pairs->bar_first[p + 1]; k++)
            barred[k] = (BarredPair){&pairs->bars[k], (int)p};
    if (count > 0)
        qsort(barred, count, sizeof *barred, by_thing_then_pair);
    int lift = -1;
    for (size_t k = 0; k < count; k++) {
        bool same = k > 0 && by_thing(barred[k - 1].bar, barred[k].bar) == 0;
        if (!same && barred[k].bar->check == BAR_CIVIL)
            lift = civil_lift(b, pairs->pairs[barred[k].pair].need);
        else if (!same)
            TRY(lifts_add(b, lift_of_bar(b, &barred[k]), &lift));
        TRY(lifts_add_bound(b, lift, barred[k].pair, -INFINITY, 0));
    }
    return STATUS_OK;
}
