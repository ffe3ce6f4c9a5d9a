/* A whole point of somebody else's in place of the plan at hand, where it is better. */
#include <math.h>
#include <string.h>

#include "solver/ruin_internal.h"

/* Rounds for each need that mend what the rules refuse of a point. */
enum { MEND_EACH = 20 };

/** The lines as they were. */
static void put_back(Ruin *r, const int64_t *had)
{
    const PairSet *pairs = r->form->pairs;
    for (int pass = 0; pass < 2;
         pass++) /* first what is less, so that nothing ever counts double */
        for (size_t p = 0; p < pairs->count; p++)
            if (pass == 1 || had[p] < r->book.quantity[p])
                ruin_put(r, (int)p, had[p]);
    r->move_count = 0;
}

/** Do the floors hold on which the moves since @p mark bear? */
static bool keeps_floors(const Ruin *r, size_t mark)
{
    const RuleBook *book = &r->book;
    for (size_t m = mark; m < r->move_count; m++) {
        int pair = r->moves[m].pair;
        for (size_t k = book->first[pair]; k < book->first[pair + 1]; k++) {
            size_t rule = (size_t)book->rule_of[k];
            if (book->rules->rules[rule].has_lower && rule_book_slack(book, rule) < 0)
                return false;
        }
    }
    return true;
}

/** Lets every need go that no floor holds on to. */
static void drop_all(Ruin *r)
{
    for (size_t n = 0; n < r->form->round->need_count; n++) {
        size_t mark = r->move_count;
        ruin_drop(r, (int)n);
        if (!keeps_floors(r, mark))
            ruin_undo(r, mark);
    }
}

/** The tiers before the stage as far as they were, then the stage itself. */
static Status mend_all(Ruin *r, size_t stage, const double *values, RuinLimits *mend)
{
    for (size_t s = 0; s < stage; s++) {
        mend->goal = values[s];
        if (ruin_is_tier(&r->form->stages[s]) && ruin_value(r, s) > values[s])
            TRY(ruin_search(r, s, mend));
    }
    mend->goal = -INFINITY;
    return ruin_search(r, stage, mend);
}

Status ruin_adopt(Ruin *r, const double *x, size_t stage, const SolveSettings *settings)
{
    const Formulation *form = r->form;
    RuinLimits mend = {.rounds = MEND_EACH * (long)form->round->need_count,
                       .goal = -INFINITY,
                       .settings = settings};
    size_t differs, pairs = form->pairs->count;
    int64_t *had = ARENA_NEW(r->arena, pairs, int64_t);
    double *values = ARENA_NEW(r->arena, form->stage_count, double);
    TRY_NEW(had);
    TRY_NEW(values);
    memcpy(had, r->book.quantity, pairs * sizeof *had);
    for (size_t s = 0; s < form->stage_count; s++)
        values[s] = ruin_value(r, s);
    drop_all(r);
    ruin_lay(r, x);
    TRY(ruin_follow(r, x));
    TRY(mend_all(r, stage, values, &mend));
    if (ruin_compare(r, values, &differs) >= 0 || !ruin_start_holds(r))
        put_back(r, had);
    return r->failed ? STATUS_INTERNAL : STATUS_OK;
}
