/* The stages `change`, how much the plan moves against the one before it, and `taken`, what lines of
 * that one lose. Lines of both plans stand by need, then offer, and are walked together; what only one
 * of them has is moved altogether. */
#include "models/verify_internal.h"

/* The place of a line: by need, then offer. */
static int compare(int need_a, int offer_a, int need_b, int offer_b)
{
    if (need_a != need_b)
        return need_a < need_b ? -1 : 1;
    return offer_a < offer_b ? -1 : offer_a > offer_b;
}

typedef struct Change {
    const Verifier *v;
    VerifySum *sum;
    bool unvalued;
    bool losses; /* what a line has gained does not count */
    VerifyTerm term;
} Change;

/* @p moved: what the line has now, less what it had. */
static void add_moved(Change *c, int n, Int128 moved)
{
    const Verifier *v = c->v;
    MeasureSetting measure = c->unvalued ? MEASURE_SHARE : MEASURE_VALUE;

    if (moved == 0 || (c->losses && moved > 0) || n < 0 || (size_t)n >= v->round->need_count ||
        (v->asks[n] & ASKS_UNKNOWN) != 0 || v->worth[n].known == c->unvalued ||
        !verify_part_of(v, (size_t)n, measure, &c->term))
        return;
    verify_sum_add_term(c->sum, &c->term, moved < 0 ? -moved : moved);
}

void verify_sum_change(const Verifier *v, const StageResult *stage, VerifySum *sum)
{
    Change c = {
        .v = v, .sum = sum, .unvalued = stage->unvalued, .losses = stage->kind == STAGE_TAKEN};
    const PreviousLine *before = v->round->previous;
    size_t count = v->round->previous_count;
    size_t b = 0;

    verify_term_init(&c.term);
    sum->per_money = stage->unvalued ? 0 : 2; /* from one line to another */
    for (size_t i = 0; i < v->line_count; i++) {
        const VerifyLine *line = &v->lines[i];
        int side = 1;

        for (; b < count &&
               (side = compare(before[b].need, before[b].offer, line->need, line->offer)) < 0;
             b++)
            add_moved(&c, before[b].need, -(Int128)before[b].quantity);
        if (b < count && side == 0)
            add_moved(&c, line->need, (Int128)line->quantity - before[b++].quantity);
        else
            add_moved(&c, line->need, line->quantity);
    }
    for (; b < count; b++)
        add_moved(&c, before[b].need, -(Int128)before[b].quantity);
    verify_term_clear(&c.term);
}
