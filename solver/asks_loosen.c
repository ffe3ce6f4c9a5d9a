/* What could be loosened in place of an ask: single things first, in the order of the closed list of
 * reasons, then all that carry a price, until the need has all it lacks, and back what can be left
 * out (a deletion filter). Prices prove of everything without one that lifting it alone is of no use.
 */
#include "solver/asks_internal.h"

#include <math.h>
#include <string.h>

/* Single things that are tried for one need, and things lifted together at most. */
enum { SINGLES_MOST = 40, SET_MOST = 60 };

/** Capacity is what an ask is about; of the rest, what lifting the thing would be called. */
static Reason reason_of(const Lift *lift)
{
    switch (lift->kind) {
    case LIFT_QUANTITY:
    case LIFT_BUDGET: return REASON_NONE;
    case LIFT_REQUIRES: return REASON_PREREQUISITE;
    case LIFT_BUNDLE: return REASON_BUNDLE;
    case LIFT_ALTERNATIVE: return REASON_ALTERNATIVE;
    case LIFT_COMMITMENT: return REASON_LOCKED_OUT;
    case LIFT_MAX_VALUE: return REASON_BENEFICIARY_LIMIT;
    case LIFT_LEAST: return REASON_MINIMUM;
    case LIFT_TICKET: return REASON_TICKET;
    default: return lift_bars(lift) ? REASON_BARRED : REASON_RULE_LIMIT;
    }
}

static int compare(const AskJob *job, int a, int b)
{
    const Lift *x = &job->lifts.lifts[a], *y = &job->lifts.lifts[b];
    int order = (reason_of(x) > reason_of(y)) - (reason_of(x) < reason_of(y));
    order = order != 0 ? order
                       : (x->origin.table > y->origin.table) - (x->origin.table < y->origin.table);
    order = order != 0 ? order : strcmp(x->id, y->id);
    order = order != 0 ? order : strcmp(x->column, y->column);
    order = order != 0 ? order : strcmp(x->each, y->each);
    return order != 0 ? order : (a > b) - (a < b);
}

/** Adds to a sorted list, [most], what carries a price and is not lifted yet. @return how many came. */
static int add_priced(const AskJob *job, int *list, int *count, int most)
{
    int before = *count;
    for (size_t k = 0; k < job->lifts.count && *count < most; k++) {
        if (job->held.lifted[k] || reason_of(&job->lifts.lifts[k]) == REASON_NONE ||
            !held_lift_matters(&job->held, k))
            continue;
        int at = (*count)++;
        for (; at > 0 && compare(job, (int)k, list[at - 1]) < 0; at--)
            list[at] = list[at - 1];
        list[at] = (int)k;
    }
    return *count - before;
}

/** Of a solve of so many iterations. */
static void count_work(AskJob *job, long iterations)
{
    job->work -= (double)(iterations + ASK_SOLVE_ITERATIONS) * (double)job->form->lp.column_count;
}

static HeldAnswer ask_now(AskJob *job, double more)
{
    double rise;
    long before = backend_iterations(job->held.backend);
    HeldAnswer answer = held_ask(&job->held, more, &rise);
    count_work(job, backend_iterations(job->held.backend) - before);
    return answer;
}

/** The first thing that is enough alone becomes the list. What prices prove to be of no use is not solved
 *  for, and counts as the solve without an iteration that it would be. */
static bool find_single(AskJob *job, double more, int *list, int *count, bool *open)
{
    bool helps[SINGLES_MOST];
    for (int i = 0; i < *count; i++) /* prices of the plan as it is: before any other solve */
        helps[i] = held_lift_helps(&job->held, (size_t)list[i]);
    for (int i = 0; i < *count && job->work > 0; i++) {
        if (!helps[i]) {
            count_work(job, 0);
            continue;
        }
        held_lift(&job->held, (size_t)list[i], true);
        HeldAnswer answer = ask_now(job, more);
        held_lift(&job->held, (size_t)list[i], false);
        held_put_basis(&job->held);
        *open = *open || answer == HELD_OPEN;
        if (answer == HELD_YES) {
            list[0] = list[i];
            *count = 1;
            return true;
        }
    }
    return false;
}

/** Lifts what carries a price as long as that leads on; then puts back what is not needed. */
static bool find_several(AskJob *job, double more, int *list, int *count, bool *open)
{
    HeldAnswer answer = ask_now(job, more);
    for (*count = 0; answer == HELD_NO && job->work > 0;) {
        if (add_priced(job, list, count, SET_MOST) == 0)
            break;
        for (int i = 0; i < *count; i++)
            held_lift(&job->held, (size_t)list[i], true);
        answer = ask_now(job, more);
    }
    *open = *open || answer == HELD_OPEN || job->work <= 0;
    if (answer != HELD_YES)
        return false;
    for (int i = *count; i-- > 0;) {
        held_lift(&job->held, (size_t)list[i], false);
        if (ask_now(job, more) == HELD_YES) {
            memmove(list + i, list + i + 1, (size_t)(*count - i - 1) * sizeof *list);
            (*count)--;
            continue;
        }
        held_lift(&job->held, (size_t)list[i], true);
    }
    return true;
}

static Status keep(AskJob *job, const int *list, int count, NeedAsk *ask)
{
    Cause *causes = ARENA_NEW(job->arena, (size_t)count, Cause);
    TRY_NEW(causes);
    for (int i = 0; i < count; i++) {
        const Lift *lift = &job->lifts.lifts[list[i]];
        causes[i] = (Cause){.reason = reason_of(lift),
                            .origin = lift->origin,
                            .id = lift->id,
                            .column = lift->column,
                            .each = lift->each};
    }
    ask->loosen = causes;
    ask->loosen_count = count;
    return STATUS_OK;
}

static bool any_loose(const AskJob *job)
{
    for (size_t k = 0; k < job->lifts.count; k++)
        if (reason_of(&job->lifts.lifts[k]) != REASON_NONE)
            return true;
    return false;
}

Status ask_loosen(AskJob *job, int need, NeedAsk *ask)
{
    int list[SET_MOST], count = 0;
    bool asked = ask->state == ASK_ONE || ask->state == ASK_TOGETHER || ask->state == ASK_NEW ||
                 ask->state == ASK_STOPPED || ask->state == ASK_OPEN;
    if (!asked || !any_loose(job))
        return STATUS_OK;
    ask->loosen_open = job->work <= 0 || solve_is_late(job->settings);
    if (ask->loosen_open)
        return STATUS_OK;
    arena_reset(job->scratch);
    ask_about(job, need);
    ask_of_offers(job, need, ASK_OF_NOBODY);
    double more = (double)ask_lacks(job, need) / job->form->quantum[need];
    HeldAnswer answer = ask_now(job, more);
    held_keep_basis(&job->held);
    bool done = false, open = answer != HELD_NO;
    if (answer == HELD_NO) {
        add_priced(job, list, &count, SINGLES_MOST);
        done = find_single(job, more, list, &count, &open) ||
               find_several(job, more, list, &count, &open);
    }
    for (size_t k = 0; k < job->lifts.count; k++)
        held_lift(&job->held, k, false);
    held_put_basis(&job->held);
    ask->loosen_open = open && !done;
    return done && count > 0 ? keep(job, list, count, ask) : STATUS_OK;
}
