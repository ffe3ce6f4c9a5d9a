/* Asks for which more than one tier would have to make room: the program of the class network
 * (hold_program.h) has every tier's sum as a row, so that it says at once what is needed; in whole steps, with
 * every rule exact, its answer counts as enough.
 */
#include "solver/asks_internal.h"

#include <math.h>
#include <string.h>

/* What the program says is needed holds but for its noise, relative, and a part. */
static const double NOISE = 1e-7;

typedef struct ClassAsk {
    AskJob *job;
    HoldProgram *program;
    int need;
    int64_t lacks;
    int *offers, *columns; /* [option_count] scratch */
    double *costs;
    AskGift *gifts; /* [option_count] of the last answer */
    int gift_count;
} ClassAsk;

/* ---- lines -------------------------------------------------------------------------------------- */

/** What every need has then: its class's loss is borne by the last of its needs that are not granted, its
 *  gain goes to the first. @param target  [need_count] smallest parts */
static Status find_targets(const ClassAsk *a, double *target)
{
    const AskJob *job = a->job;
    const ClassNetwork *net = a->program->plan->net;
    const Round *round = job->form->round;
    double *change = ARENA_NEW(job->arena, (size_t)net->classes->class_count, double);
    TRY_NEW(change);
    for (int k = 0; k < net->classes->class_count; k++)
        change[k] = hold_program_change(a->program, net->first_class + k);
    for (size_t i = 0; i < 2 * round->need_count; i++) {
        bool gains = i < round->need_count;
        size_t n = gains ? i : 2 * round->need_count - 1 - i;
        int k = net->classes->class_of[n];
        double wanted = (double)round->needs[n].wanted;
        if (gains)
            target[n] = (int)n == a->need ? wanted : (double)job->given[n];
        if (k < 0 || job->met[n] || (gains ? change[k] <= 0 : change[k] >= 0))
            continue;
        double room = (int)n == a->need ? (gains ? (double)a->lacks : 0)
                      : gains           ? wanted - target[n]
                                        : target[n];
        double by = fmin(fabs(change[k]), room);
        target[n] += (int)n == a->need ? 0 : gains ? by : -by;
        change[k] -= gains ? by : -by;
    }
    return STATUS_OK;
}

/** The lines of the program's flow, of each signature the offers by id against its needs by id, as a point of
 *  the whole program in job->x. */
static Status find_lines(const ClassAsk *a)
{
    AskJob *job = a->job;
    const ClassNetwork *net = a->program->plan->net;
    const Formulation *form = job->form;
    double *target = ARENA_NEW(job->arena, form->round->need_count, double);
    double *left = ARENA_NEW(job->arena, (size_t)net->flow_count, double);
    int *next = ARENA_NEW(job->arena, (size_t)net->node_count, int);
    TRY_NEW(target);
    TRY_NEW(left);
    TRY_NEW(next);
    TRY(find_targets(a, target));
    for (int f = net->flow_count - 1; f >= 0; f--) { /* arcs stand by signature */
        int arc = net->first_flow + f;
        left[f] = (double)a->program->plan->flow[arc] + hold_program_change(a->program, arc);
        next[net->to[arc]] = f;
    }
    memset(job->x, 0, (size_t)form->lp.column_count * sizeof *job->x);
    for (size_t n = 0; n < form->round->need_count; n++) {
        int k = net->classes->class_of[n];
        int node = k < 0 ? 0 : net->from[net->first_class + k];
        for (int *f = &next[node]; k >= 0 && target[n] > 0.5 && *f < net->flow_count &&
                                   net->to[net->first_flow + *f] == node;) {
            double gives = fmin(left[*f], target[n]);
            int pair = pair_set_find(form->pairs, (int)n, net->flow_offer[*f]);
            if (pair >= 0 && gives > 0)
                job->x[pair] += gives / form->quantum[n];
            target[n] -= gives;
            left[*f] -= gives;
            *f += target[n] > 0.5;
        }
    }
    formulation_complete(form, job->x);
    return STATUS_OK;
}

/* ---- questions ---------------------------------------------------------------------------------- */

static void read_gifts(ClassAsk *a, size_t count)
{
    a->gift_count = 0;
    for (size_t i = 0; i < count; i++) {
        double extra = hold_program_gift(a->program, a->offers[i]);
        if (extra > NOISE * (double)a->lacks)
            a->gifts[a->gift_count++] =
                (AskGift){.offer = a->offers[i],
                          .extra = ask_on_grid(a->job, a->offers[i], (int64_t)ceil(extra - 1e-3))};
    }
}

/** Of all options together, also of those that are not enough alone, or of @p only (not NULL). */
static AskOutcome give(ClassAsk *a, const AskOption *only)
{
    AskJob *job = a->job;
    size_t count = 0;
    for (int i = 0; i < job->option_count; i++) {
        const AskOption *option = &job->options[i];
        int64_t value, unit = unit_scale(job->form->round->offers[option->offer].unit);
        if (only != NULL && option != only)
            continue;
        a->offers[count] = option->offer;
        a->costs[count++] = ask_value(job, a->need, option->offer, unit, &value) && value > 0
                                ? (double)value / (double)unit_scale(job->form->round->currency)
                                : 1.0;
    }
    if (count == 0 || job->class_work <= 0)
        return ASK_UNKNOWN;
    Backend *backend = a->program->backend;
    long before = backend_iterations(backend);
    BackendOutcome outcome =
        hold_program_give(a->program, a->lacks, count, a->offers, a->costs, a->columns);
    job->class_work -= (double)(backend_iterations(backend) - before + ASK_SOLVE_ITERATIONS) *
                       backend_column_count(backend);
    if (outcome == BACKEND_OPTIMAL)
        read_gifts(a, count);
    return outcome == BACKEND_OPTIMAL      ? ASK_FOUND
           : outcome == BACKEND_INFEASIBLE ? ASK_IMPOSSIBLE
                                           : ASK_UNKNOWN;
}

/** The answer in whole steps: job->trial. */
static Status settle(ClassAsk *a, bool *enough)
{
    AskOutcome outcome = ASK_UNKNOWN;
    TRY(find_lines(a));
    ask_about(a->job, a->need);
    TRY(ask_settle(a->job, a->need, a->job->x, a->gifts, a->gift_count, &outcome));
    *enough = outcome == ASK_FOUND;
    return STATUS_OK;
}

Status ask_class_single(AskJob *job, int need, AskOption *option, int64_t *extra)
{
    ClassAsk a = {.job = job, .need = need};
    bool enough = false;
    *extra = -1;
    TRY(ask_class_program(job, need, &a.program));
    if (a.program == NULL)
        return STATUS_OK;
    a.lacks = ask_lacks(job, need);
    size_t most = (size_t)job->option_count;
    a.offers = ARENA_NEW(job->arena, most, int);
    a.columns = ARENA_NEW(job->arena, most, int);
    a.costs = ARENA_NEW(job->arena, most, double);
    a.gifts = ARENA_NEW(job->arena, most, AskGift);
    if (a.offers == NULL || a.columns == NULL || a.costs == NULL || a.gifts == NULL)
        return STATUS_NO_MEMORY;
    AskOutcome outcome = give(&a, option);
    if (outcome == ASK_IMPOSSIBLE && option != NULL)
        option->refused = true;
    if (outcome == ASK_IMPOSSIBLE && option == NULL)
        *extra = ASK_CLASS_NEVER;
    if (outcome != ASK_FOUND || option == NULL || a.gift_count != 1)
        return STATUS_OK;
    int64_t least = a.gifts[0].extra - 1 - (int64_t)(NOISE * (double)a.gifts[0].extra);
    option->least = least > option->least ? least : option->least;
    TRY(settle(&a, &enough));
    *extra = enough ? a.gifts[0].extra : -1;
    return STATUS_OK;
}
