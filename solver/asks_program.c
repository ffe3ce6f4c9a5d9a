/* Asks on the live program: a column for what is added to every offer, in the rows that grow with it;
 * the least value of it with which the need is met, everything held. What is found is brought into
 * whole steps, with every rule exact, before it counts as enough.
 */
#include "solver/asks_internal.h"

#include <math.h>
#include <string.h>

#include "allot/extract.h"

/* Tries at whole parts of an offer beyond what the program says: cents that rounding costs. */
enum { PARTS_TRIED = 4 };

/* Relative noise of an amount that the program says. */
static const double NOISE = 1e-9;

static double units(const AskJob *job, int offer)
{
    return (double)unit_scale(job->form->round->offers[offer].unit);
}

/** The value of one whole unit of an offer; of what has none, 1. */
static double price_of(const AskJob *job, int need, int offer)
{
    int64_t value, unit = unit_scale(job->form->round->offers[offer].unit);
    if (!ask_value(job, need, offer, unit, &value) || value <= 0)
        return 1.0;
    return (double)value / (double)unit_scale(job->form->round->currency);
}

static Status add_column(AskJob *job, int offer)
{
    const Formulation *form = job->form;
    size_t first = job->raises.first[offer], count = job->raises.first[offer + 1] - first, kept = 0;
    int *rows = ARENA_NEW(job->scratch, count, int);
    double *values = ARENA_NEW(job->scratch, count, double);
    TRY_NEW(rows);
    TRY_NEW(values);
    job->extra_column[offer] = -1;
    for (size_t k = 0; k < count; k++) {
        const Raise *raise = &job->raises.raises[first + k];
        double each = ratio_to_double(raise->each);
        if (raise->reserve)
            each *= ratio_to_double(raise->left);
        if (form->rule_row[raise->rule] < 0)
            continue;
        rows[kept] = form->rule_row[raise->rule];
        values[kept++] =
            -each * units(job, offer) / (double)unit_scale(form->rules->rules[raise->rule].unit);
    }
    if (kept == 0)
        return STATUS_OK;
    job->extra_scale[offer] = lp_power_of_two(1.0 / price_of(job, 0, offer));
    job->extra_column[offer] = backend_add_column(job->held.backend, 0, 0, job->extra_scale[offer]);
    backend_fill_column(job->held.backend, job->extra_column[offer], kept, rows, values);
    return STATUS_OK;
}

Status ask_open_program(AskJob *job)
{
    TRY(held_open(&job->lifts, job->plan, job->settings, job->arena, &job->held));
    job->held.below = true;
    job->beside = ARENA_NEW(job->arena, (size_t)job->form->lp.row_count, double);
    TRY_NEW(job->beside);
    for (size_t o = 0; o < job->form->round->offer_count; o++)
        TRY(add_column(job, (int)o));
    arena_reset(job->scratch);
    return STATUS_OK;
}

/** What the extra columns give to each row as granted. */
static const double *granted_rows(AskJob *job)
{
    const Formulation *form = job->form;
    memset(job->beside, 0, (size_t)form->lp.row_count * sizeof *job->beside);
    for (size_t o = 0; o < form->round->offer_count; o++)
        for (size_t k = job->raises.first[o]; k < job->raises.first[o + 1]; k++) {
            const Raise *raise = &job->raises.raises[k];
            double each = ratio_to_double(raise->each);
            if (raise->reserve)
                each *= ratio_to_double(raise->left);
            if (form->rule_row[raise->rule] >= 0)
                job->beside[form->rule_row[raise->rule]] -=
                    each * (double)job->granted[o] /
                    (double)unit_scale(form->rules->rules[raise->rule].unit);
        }
    return job->beside;
}

/** The point of the lines at hand, told to the live program. */
static void refresh(AskJob *job)
{
    const Formulation *form = job->form;
    if (!job->stale)
        return;
    for (size_t p = 0; p < form->pairs->count; p++)
        job->point[p] = (double)job->book.quantity[p] / form->quantum[form->pairs->pairs[p].need];
    formulation_complete(form, job->point);
    for (size_t n = 0; n < form->round->need_count; n++)
        if (form->unmet_column[n] >= 0)
            job->point[form->unmet_column[n]] = (double)ask_lacks(job, (int)n) / form->quantum[n];
    held_move(&job->held, job->point, granted_rows(job));
    job->stale = false;
    job->need = -1;
}

void ask_about(AskJob *job, int need)
{
    refresh(job);
    if (job->need == need)
        return;
    held_about(&job->held, need);
    for (size_t n = 0; n < job->form->round->need_count; n++)
        if (job->met[n] && job->form->unmet_column[n] >= 0)
            held_keep_need(&job->held, (int)n, true);
    job->need = need;
}

void ask_of_offers(AskJob *job, int need, int offer)
{
    Backend *backend = job->held.backend;
    size_t offers = job->form->round->offer_count, count = 0;
    int *columns = ARENA_NEW(job->scratch, offers, int);
    double *costs = ARENA_NEW(job->scratch, offers, double);
    for (size_t o = 0; o < offers; o++) {
        double now = (double)job->granted[o] / units(job, (int)o);
        job->cost[o] = 0;
        if (job->extra_column[o] >= 0)
            backend_bound_column(backend, job->extra_column[o], now, now);
    }
    for (int i = 0; i < job->option_count && columns != NULL && costs != NULL; i++) {
        int o = job->options[i].offer, column = job->extra_column[o];
        if (column < 0 || (offer != ASK_OF_ALL && o != offer))
            continue;
        backend_bound_column(backend, column, (double)job->granted[o] / units(job, o), INFINITY);
        job->cost[o] = price_of(job, need, o);
        columns[count] = column;
        costs[count++] = job->cost[o];
    }
    backend_objective(backend, count, columns, costs);
}

/** Are these lines, in whole steps and under rules grown by the gifts, an answer? Then job->trial. */
static Status check(AskJob *job, int need, const double *x, bool *passed)
{
    Formulation grown = *job->form;
    Plan plan;
    int broken = -1;
    int64_t excess;
    double *point;
    *passed = false;
    grown.rules = &job->rules;
    arena_reset(job->scratch);
    Status status = plan_extract(&grown, x, false, job->scratch, &plan, &broken, &excess);
    if (status == STATUS_INTERNAL || (status == STATUS_OK && broken >= 0))
        return STATUS_OK;
    TRY(status);
    TRY(plan_point(&grown, &plan, job->scratch, &point));
    for (size_t n = 0; n < job->form->round->need_count; n++)
        if (plan.needs[n].unmet > 0 && job->met[n])
            return STATUS_OK;
    if (plan.needs[need].unmet > 0 || !held_admits(&job->held, point))
        return STATUS_OK;
    memset(job->trial, 0, job->form->pairs->count * sizeof *job->trial);
    for (size_t i = 0; i < plan.assignment_count; i++) {
        const Assignment *line = &plan.assignments[i];
        int pair = pair_set_find(job->form->pairs, line->need, line->offer);
        if (pair < 0)
            return STATUS_INTERNAL;
        job->trial[pair] = line->quantity;
    }
    *passed = true;
    return STATUS_OK;
}

/** Grows or shrinks the rules for a trial. */
static bool try_rules(AskJob *job, const AskGift *gifts, int count, bool grown)
{
    for (int i = 0; i < count; i++) {
        int o = gifts[i].offer;
        int64_t with = job->granted[o] + gifts[i].extra, without = job->granted[o];
        if (!raises_apply(&job->raises, o, grown ? -without : -with, &job->rules) ||
            !raises_apply(&job->raises, o, grown ? with : without, &job->rules))
            return false;
    }
    return true;
}

Status ask_settle(AskJob *job, int need, const double *x, AskGift *gifts, int count,
                  AskOutcome *outcome)
{
    bool passed = false;
    for (int k = 0; k < PARTS_TRIED && !passed && (k == 0 || count > 0); k++) {
        job->work -= (double)ASK_CHECK_ITERATIONS * (double)job->form->lp.column_count;
        for (int i = 0; k > 0 && i < count; i++)
            gifts[i].extra = ask_on_grid(job, gifts[i].offer, gifts[i].extra + (1 << (k - 1)));
        if (!try_rules(job, gifts, count, true))
            return STATUS_INTERNAL;
        Status status = check(job, need, x, &passed);
        if (!try_rules(job, gifts, count, false))
            return STATUS_INTERNAL;
        TRY(status);
    }
    if (passed)
        *outcome = ASK_FOUND;
    return STATUS_OK;
}

/** What the point adds to offers, up to whole parts. */
static void read_gifts(const AskJob *job, const double *added, AskGift *gifts, int *count)
{
    *count = 0;
    for (size_t o = 0; o < job->form->round->offer_count; o++) {
        double parts = added[o] * units(job, (int)o);
        double more = ceil(parts - NOISE * parts - 1e-3) - (double)job->granted[o];
        if (job->cost[o] > 0 && more > 0 && more < 9e17)
            gifts[(*count)++] =
                (AskGift){.offer = (int)o, .extra = ask_on_grid(job, (int)o, (int64_t)more)};
    }
}

static void read_added(const AskJob *job, bool whole, double *added)
{
    const Backend *backend = job->held.backend;
    for (size_t o = 0; o < job->form->round->offer_count; o++) {
        int column = job->extra_column[o];
        added[o] = column < 0 ? 0
                   : whole    ? backend_whole_value(backend, column)
                              : backend_value(backend, column);
    }
}

static BackendOutcome solve(AskJob *job)
{
    const Backend *backend = job->held.backend;
    long before = backend_iterations(backend);
    BackendOutcome outcome = backend_solve(job->held.backend);
    job->work -=
        (double)(backend_iterations(backend) - before + 10) * (double)backend_column_count(backend);
    return outcome;
}

/** Is as much, but for what is of no account, known to be enough already? */
static bool is_no_news(const AskJob *job, bool known, const AskGift *gifts, int count)
{
    if (!known || count > 1)
        return known;
    for (int i = 0; i < job->option_count; i++) {
        const AskOption *option = &job->options[i];
        if (option->extra >= 0 && (count == 0 || option->offer == gifts[0].offer) &&
            ask_is_near(job, option->offer, option->extra, count == 0 ? 0 : gifts[0].extra))
            return true;
    }
    return false;
}

/** From the relaxation's optimum to an answer in whole steps. */
static Status finish(AskJob *job, int need, bool searches, AskGift *gifts, int *count,
                     AskOutcome *outcome)
{
    const Lp *lp = &job->form->lp;
    double *x = job->x, *added = job->added;
    bool whole = true, known = false;
    for (int i = 0; i < job->option_count; i++)
        known = known || job->options[i].extra >= 0;
    for (int j = 0; j < lp->column_count; j++) {
        x[j] = backend_value(job->held.backend, j);
        whole = whole && (!lp->integer[j] || fabs(x[j] - round(x[j])) < 1e-6);
    }
    read_added(job, false, added);
    if (!whole) {
        bool searched;
        if (!searches || held_search_least(&job->held, x, &searched) != HELD_YES)
            return STATUS_OK;
        read_added(job, searched, added);
    }
    read_gifts(job, added, gifts, count);
    if (is_no_news(job, known, gifts, *count))
        return STATUS_OK;
    return ask_settle(job, need, x, gifts, *count, outcome);
}

Status ask_solve(AskJob *job, int need, int offer, bool known, AskGift *gifts, int *count,
                 AskOutcome *outcome)
{
    Backend *backend = job->held.backend;
    int u = job->form->unmet_column[need];
    double lower, upper;
    *outcome = ASK_UNKNOWN;
    *count = 0;
    if (job->work <= 0 || solve_is_late(job->settings))
        return STATUS_OK;
    arena_reset(job->scratch);
    ask_about(job, need);
    ask_of_offers(job, need, offer);
    backend_column_bounds(backend, u, &lower, &upper);
    backend_bound_column(backend, u, fmin(lower, 0), 0);
    BackendOutcome answer = solve(job);
    Status status = STATUS_OK;
    if (answer == BACKEND_INFEASIBLE)
        *outcome = ASK_IMPOSSIBLE;
    if (answer == BACKEND_OPTIMAL) {
        status = offer == ASK_OF_NOBODY ? STATUS_OK : ask_keep_prices(job, need, job->cost);
        if (status == STATUS_OK)
            status = finish(job, need, !known, gifts, count, outcome);
    }
    backend_bound_column(backend, u, lower, upper);
    return status;
}
