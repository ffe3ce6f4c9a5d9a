/* Which pairs and which needs. */
#include "solver/dive_sight.h"

#include <stdlib.h>

/* Of each need so many of its cheapest pairs are seen; none that costs more
 * than this part of what the need counts beyond the cheapest. Of large ones so
 * many that could serve it alone, however dear. */
enum { CHEAPEST_PAIRS = 3, ALONE_PAIRS = 3 };
static const double DEAR = 0.02;

/* So many needs of most worth are decided. */
static const size_t LARGE_NEEDS = 1000;

/* Worths are products in doubles: so near, relative to their size, they are one. */
static const double SAME_WORTH = 1e-9;

double dive_worth(const Formulation *form, const Ruin *ruin, int need)
{
    return ruin->gain[need].each * (double)form->round->needs[need].wanted;
}

static int more_first(const void *a, const void *b)
{
    const double *x = a, *y = b;
    return (*x < *y) - (*x > *y);
}

static Status choose_large(const NeedDive *job, const Ruin *ruin, Arena *arena, bool *large)
{
    const Round *round = job->form->round;
    double *worth = ARENA_NEW(arena, round->need_count, double), least = 0;
    TRY_NEW(worth);
    for (size_t n = 0; n < round->need_count; n++)
        worth[n] = dive_worth(job->form, ruin, (int)n);
    if (round->need_count > LARGE_NEEDS) {
        qsort(worth, round->need_count, sizeof *worth, more_first);
        least = worth[LARGE_NEEDS] * (1 - SAME_WORTH); /* whoever counts as much is one of them */
    }
    for (size_t n = 0; n < round->need_count; n++)
        large[n] = dive_worth(job->form, ruin, (int)n) >= least || round->logic.bundle_of[n] >= 0 ||
                   ruin->dependents_first[n] < ruin->dependents_first[n + 1];
    return STATUS_OK;
}

typedef struct Candidate {
    int pair;
    double extra; /* what it costs more than the cheapest */
    double room;  /* smallest parts */
} Candidate;

static int cheapest_first(const void *a, const void *b)
{
    const Candidate *x = a, *y = b;
    if (x->extra != y->extra)
        return x->extra < y->extra ? -1 : 1;
    if (x->room != y->room)
        return x->room > y->room ? -1 : 1;
    return (x->pair > y->pair) - (x->pair < y->pair);
}

/** Prices come out of sums in doubles: so much apart they are one. */
static double to_grid(double extra, double gain)
{
    double grid = 1e-9 * fmax(gain, 1e-9);
    return floor(extra / grid + 0.5) * grid;
}

/** The need's pairs that can give something, the cheapest first. */
static size_t list_candidates(const NeedDive *job, const Ruin *ruin, size_t need, double gain,
                              Candidate *out)
{
    const Formulation *form = job->form;
    const PairSet *pairs = form->pairs;
    double least = gain;
    size_t count = 0;
    for (size_t p = pairs->first[need]; p < pairs->first[need + 1]; p++)
        if (form->lp.upper[p] > 0)
            least = fmin(least, job->price[p]);
    for (size_t p = pairs->first[need]; p < pairs->first[need + 1]; p++)
        if (form->lp.upper[p] > 0)
            out[count++] = (Candidate){.pair = (int)p,
                                       .extra = to_grid(job->price[p] - least, gain),
                                       .room = ruin_room(ruin, (int)p)};
    if (count > 1)
        qsort(out, count, sizeof *out, cheapest_first);
    return count;
}

static void open_cheapest(const NeedDive *job, const Ruin *ruin, size_t need, Candidate *candidates,
                          DiveSight *sight)
{
    const Formulation *form = job->form;
    double gain = ruin->gain[need].each * form->quantum[need];
    double whole = (double)form->round->needs[need].wanted;
    size_t count = list_candidates(job, ruin, need, gain, candidates), alone = 0;
    for (size_t k = 0; k < count && k < CHEAPEST_PAIRS && candidates[k].extra <= DEAR * gain; k++)
        sight->open[candidates[k].pair] = true;
    for (size_t k = 0; sight->large[need] && k < count && alone < ALONE_PAIRS; k++) {
        if (candidates[k].room < whole || candidates[k].extra > gain)
            continue;
        sight->open[candidates[k].pair] = true;
        alone++;
    }
}

Status dive_look(const NeedDive *job, const Ruin *ruin, Arena *arena, DiveSight *sight)
{
    const Formulation *form = job->form;
    const PairSet *pairs = form->pairs;
    Candidate *candidates = ARENA_NEW(arena, pairs->count, Candidate);
    *sight = (DiveSight){.open = ARENA_NEW(arena, pairs->count, bool),
                         .large = ARENA_NEW(arena, form->round->need_count, bool)};
    TRY_NEW(candidates);
    TRY_NEW(sight->open);
    TRY_NEW(sight->large);
    TRY(choose_large(job, ruin, arena, sight->large));
    for (size_t p = 0; p < pairs->count; p++)
        sight->open[p] = job->carried[p] || ruin->book.quantity[p] > 0;
    for (size_t n = 0; n < form->round->need_count; n++)
        open_cheapest(job, ruin, n, candidates, sight);
    for (size_t p = 0; p < pairs->count; p++)
        sight->open_count += sight->open[p];
    return STATUS_OK;
}
