/* A point that is a plan but for the rounding of its lines, laid as it is. What one line is rounded up by
 * may be missing from another; so those come first that could not do with a step less.
 */
#include <math.h>

#include "solver/ruin_internal.h"

/* Times that needs are gone through: who requires others may come before them. */
enum { PASSES = 3 };

/** The line of a pair in whole steps. */
static int64_t line_of(const Ruin *r, size_t pair, const double *x)
{
    int need = r->form->pairs->pairs[pair].need;
    double step = (double)r->form->round->needs[need].step;
    return (int64_t)floor(x[pair] * r->form->quantum[need] / step + 0.5) * (int64_t)step;
}

/** Could the need not do with a step less than it is given? */
static bool is_tight(const Ruin *r, int need, const double *x)
{
    const Need *row = &r->form->round->needs[need];
    int64_t sum = 0;
    for (size_t p = r->form->pairs->first[need]; p < r->form->pairs->first[need + 1]; p++)
        sum += line_of(r, p, x);
    return row->least > row->step && sum <= row->least;
}

/** Puts the need's lines, each a step shorter where that is all there is room for. */
static bool put_lines(Ruin *r, int need, const double *x)
{
    const PairSet *pairs = r->form->pairs;
    int64_t step = r->form->round->needs[need].step;
    for (size_t p = pairs->first[need]; p < pairs->first[need + 1]; p++) {
        int64_t more = line_of(r, p, x) - r->book.quantity[p];
        int64_t room = more <= 0 ? 0 : ruin_headroom(r, (int)p);
        if (more > room + step)
            return false;
        if (more > 0 && room > 0)
            ruin_put(r, (int)p, r->book.quantity[p] + (more < room ? more : room));
    }
    return r->given[need] >= r->form->round->needs[need].least;
}

static void lay_need(Ruin *r, int need, const double *x)
{
    size_t mark = r->move_count;
    if (!put_lines(r, need, x) || !ruin_keeps_rules(r, mark, true))
        ruin_undo(r, mark);
}

void ruin_lay(Ruin *r, const double *x)
{
    const Logic *logic = &r->form->round->logic;
    for (int pass = 0; pass < 2 * PASSES; pass++)
        for (size_t n = 0; n < r->form->round->need_count; n++)
            if (logic->bundle_of[n] < 0 && r->given[n] == 0 && ruin_may_fund(r, (int)n) &&
                (pass >= PASSES || is_tight(r, (int)n, x)))
                lay_need(r, (int)n, x);
}
