/* The lines of a plan one by one: do they name a need and an offer, each pair once, in whole steps;
 * then what each takes of its offer and of the offers above it, and what it is worth. Only need,
 * offer and quantity are taken from the plan. */
#include "models/verify_internal.h"

#include <stdlib.h>

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

static void sort_lines(Verifier *v)
{
    for (size_t i = 1; i < v->line_count; i++)
        if (by_need_and_offer(&v->lines[i - 1], &v->lines[i]) > 0) {
            qsort(v->lines, v->line_count, sizeof *v->lines, by_need_and_offer);
            return;
        }
}

/* Lines and pairs rows both stand by need, then offer. */
static void find_pairs(Verifier *v)
{
    const Round *round = v->round;
    size_t p = 0;

    for (size_t i = 0; i < v->line_count; i++) {
        VerifyLine *line = &v->lines[i];

        while (p < round->pair_count &&
               (round->pairs[p].need < line->need ||
                (round->pairs[p].need == line->need && round->pairs[p].offer < line->offer)))
            p++;
        if (p < round->pair_count && round->pairs[p].need == line->need &&
            round->pairs[p].offer == line->offer)
            line->pair = &round->pairs[p];
    }
}

static void take_lines(Verifier *v)
{
    for (size_t i = 0; i < v->plan->assignment_count; i++) {
        const Assignment *given = &v->plan->assignments[i];

        if (!line_is_real(v, i))
            continue;
        v->lines[v->line_count++] = (VerifyLine){.index = i,
                                                 .need = given->need,
                                                 .offer = given->offer,
                                                 .donor = v->offers[given->offer].donor,
                                                 .quantity = given->quantity,
                                                 .basis = v->offers[given->offer].basis};
    }
    sort_lines(v);
    for (size_t i = 0; i < v->line_count; i++)
        v->first[v->lines[i].need + 1]++;
    for (size_t n = 0; n < v->round->need_count; n++)
        v->first[n + 1] += v->first[n];
}

static void check_line(Verifier *v, const VerifyLine *line, const VerifyLine *before)
{
    const Need *need = &v->round->needs[line->need];

    if (before != NULL && before->need == line->need && before->offer == line->offer)
        verify_broken(v, DIAG_PLAN_LINE, line, "%s, but the pair has a line already (row %d)",
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
    find_pairs(v);
    TRY(verify_uses(v));
    for (size_t i = 0; i < v->line_count; i++) {
        check_line(v, &v->lines[i], i > 0 ? &v->lines[i - 1] : NULL);
        verify_measure(v, &v->lines[i]);
    }
    return STATUS_OK;
}

const VerifyLine *verify_last_line(const Verifier *v, size_t need)
{
    return v->first[need + 1] > v->first[need] ? &v->lines[v->first[need + 1] - 1] : NULL;
}

Int128 verify_given(const Verifier *v, int need, int offer, const VerifyLine **line)
{
    Int128 sum = 0;
    size_t low = v->first[need];

    for (size_t high = v->first[need + 1]; low < high;) {
        size_t middle = low + (high - low) / 2;

        if (v->lines[middle].offer < offer)
            low = middle + 1;
        else
            high = middle;
    }
    *line = NULL;
    for (size_t i = low; i < v->first[need + 1] && v->lines[i].offer == offer; i++) {
        *line = &v->lines[i];
        sum += v->lines[i].quantity;
    }
    return sum;
}
