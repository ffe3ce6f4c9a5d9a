/* The lines of a plan one by one: do they name a need and an offer, each pair once, in whole steps;
 * then what each takes of its offer and of the offers above it, and what it is worth. Only need,
 * offer and quantity are taken from the plan. */
#include "models/verify_internal.h"

#include <stdlib.h>

Basis verify_weakest_status(const Round *round, int offer)
{
    Basis weakest = BASIS_PAID;

    for (int o = offer; o >= 0; o = round->offers[o].parent_row)
        if (round->offers[o].status < weakest)
            weakest = round->offers[o].status;
    return weakest;
}

static int root_of(const Round *round, int offer)
{
    while (round->offers[offer].parent_row >= 0)
        offer = round->offers[offer].parent_row;
    return offer;
}

/* Lines that cannot be looked at at all are reported and left out of everything else. */
static bool line_is_real(Verifier *v, size_t index)
{
    const Assignment *given = &v->plan->assignments[index];

    if (given->need < 0 || (size_t)given->need >= v->round->need_count || given->offer < 0 ||
        (size_t)given->offer >= v->round->offer_count) {
        verify_broken_at(v, DIAG_PLAN_LINE, index,
                         "the line names no need or no offer of the round");
        return false;
    }
    if (given->quantity <= 0) {
        verify_broken_at(v, DIAG_PLAN_LINE, index, "%s from %s: the quantity must be above 0",
                         v->round->needs[given->need].id, v->round->offers[given->offer].id);
        return false;
    }
    return true;
}

static int by_need_and_offer(const void *left, const void *right)
{
    const VerifyLine *a = left;
    const VerifyLine *b = right;

    if (a->need != b->need)
        return a->need < b->need ? -1 : 1;
    if (a->offer != b->offer)
        return a->offer < b->offer ? -1 : 1;
    return a->index < b->index ? -1 : a->index > b->index;
}

static void take_lines(Verifier *v)
{
    for (size_t i = 0; i < v->plan->assignment_count; i++) {
        const Assignment *given = &v->plan->assignments[i];

        if (!line_is_real(v, i))
            continue;
        v->lines[v->line_count++] =
            (VerifyLine){.index = i,
                         .need = given->need,
                         .offer = given->offer,
                         .root = root_of(v->round, given->offer),
                         .quantity = given->quantity,
                         .basis = verify_weakest_status(v->round, given->offer)};
    }
    qsort(v->lines, v->line_count, sizeof *v->lines, by_need_and_offer);
    for (size_t i = 0; i < v->line_count; i++)
        v->first[v->lines[i].need + 1]++;
    for (size_t n = 0; n < v->round->need_count; n++)
        v->first[n + 1] += v->first[n];
}

/* Adds the line's gross to its offer and to every offer above: the figure of the line, rounded up
 * already, converted at the frozen rate and rounded up to the unit it is taken in. */
static bool take_gross(Verifier *v, VerifyLine *line, const mpq_t gross)
{
    const Round *round = v->round;
    mpq_t taken;
    int64_t amount;
    bool fits = exact_round(gross, ROUND_UP, &line->gross);

    mpq_init(taken);
    for (int o = line->offer; o >= 0 && fits; o = round->offers[o].parent_row) {
        fits = worth_convert(round, round->offers[line->offer].unit, round->offers[o].unit, taken);
        exact_multiply(taken, line->gross);
        fits = fits && exact_round(taken, ROUND_UP, &amount);
        if (!fits)
            break;
        if (o == line->offer)
            v->own[o] += amount;
        v->used[o] += amount;
        v->last[o] = line;
    }
    mpq_clear(taken);
    return fits;
}

static void measure_line(Verifier *v, VerifyLine *line)
{
    const Need *need = &v->round->needs[line->need];
    mpq_t exact;

    mpq_init(exact);
    line->has_gross = worth_use(v->round, line->need, line->offer, exact);
    if (line->has_gross) {
        exact_multiply(exact, line->quantity);
        if (!take_gross(v, line, exact))
            verify_broken(
                v, DIAG_PLAN_RULE, line,
                "%s: what it takes of %s is too large, or cannot be converted to the unit "
                "it is paid from",
                verify_pair(v, line), verify_row(v, v->round->offers[line->offer].origin, "unit"));
    }
    line->has_value = worth_of_need(v->round, need, exact);
    if (line->has_value) {
        exact_multiply(exact, line->quantity);
        exact_multiply(exact, unit_scale(v->round->currency));
        exact_divide(exact, unit_scale(need->unit));
        if (!exact_round(exact, ROUND_HALF_EVEN, &line->value))
            verify_broken(v, DIAG_PLAN_RULE, line, "%s: its value by %s is too large",
                          verify_pair(v, line), verify_row(v, need->origin, "unit_cost"));
    }
    mpq_clear(exact);
    v->assigned[line->need] += line->quantity;
}

static void check_line(Verifier *v, const VerifyLine *line, const VerifyLine *before)
{
    const Need *need = &v->round->needs[line->need];

    if (before != NULL && before->need == line->need && before->offer == line->offer)
        verify_broken(v, DIAG_PLAN_LINE, line, "%s, but the pair has a line already (line %d)",
                      verify_pair(v, line), verify_line_row(v, before->index));
    if (need->step > 1 && line->quantity % need->step != 0)
        verify_broken(v, DIAG_PLAN_RULE, line, "%s, but %s asks for multiples of %s",
                      verify_pair(v, line), verify_row(v, need->origin, "step"),
                      verify_amount(v, need->unit, need->step));
    if (v->figures && before != NULL && before->index > line->index)
        verify_broken(v, DIAG_PLAN_SUM, line, "%s, but lines stand by need, then offer",
                      verify_pair(v, line));
}

Status verify_lines(Verifier *v)
{
    TRY_NEW(v->lines = ARENA_NEW(v->arena, v->plan->assignment_count, VerifyLine));
    TRY_NEW(v->first = ARENA_NEW(v->arena, v->round->need_count + 1, size_t));
    TRY_NEW(v->assigned = ARENA_NEW(v->arena, v->round->need_count, Int128));
    TRY_NEW(v->own = ARENA_NEW(v->arena, v->round->offer_count, Int128));
    TRY_NEW(v->used = ARENA_NEW(v->arena, v->round->offer_count, Int128));
    TRY_NEW(v->last = ARENA_NEW(v->arena, v->round->offer_count, const VerifyLine *));
    take_lines(v);
    for (size_t i = 0; i < v->line_count; i++) {
        check_line(v, &v->lines[i], i > 0 ? &v->lines[i - 1] : NULL);
        measure_line(v, &v->lines[i]);
    }
    return STATUS_OK;
}

Int128 verify_given(const Verifier *v, int need, int offer, const VerifyLine **line)
{
    Int128 sum = 0;

    *line = NULL;
    for (size_t i = v->first[need]; i < v->first[need + 1]; i++) {
        if (v->lines[i].offer != offer)
            continue;
        *line = &v->lines[i];
        sum += v->lines[i].quantity;
    }
    return sum;
}
