/* What the prices of a solve prove of asks that were not solved for.
 *
 * The program of an ask: lines and what is added to offers, every tier and need held, the needs asked
 * for at nothing unmet. Between two needs of one tier only bounds differ, so that the prices y of one
 * solve bound all the others (weak duality): with d the reduced cost of a need's "unmet", lacks what
 * it lacks, and p[o] the price of one more unit of offer o, every plan in which need n is met has
 *
 *     sum over o of p[o] added[o]  >=  base + max(-d[n], 0) lacks[n]
 *
 * where `base` is so that the solve's own need meets it with equality; a need that is granted moves it
 * by its term less p[o] times what was added. An offer alone then has to grow by the right side over
 * p[o], whatever the others cost.
 */
#include "solver/asks_internal.h"

#include <math.h>

/* Prices below this, per unit of value, are noise. */
static const double NOTHING = 1e-9;

/* Relative noise of a bound. */
static const double NOISE = 1e-9;

static double lacks(const AskJob *job, int need)
{
    return (double)ask_lacks(job, need) / job->form->quantum[need];
}

static double in_units(const AskJob *job, int offer, int64_t amount)
{
    return (double)amount / (double)unit_scale(job->form->round->offers[offer].unit);
}

/** Reduced cost of a column in the costs as given. */
static double reduced(const AskJob *job, int column, double scale)
{
    const Backend *backend = job->held.backend;
    return backend_reduced_cost(backend, column) / (scale * backend_cost_scale(backend));
}

Status ask_keep_prices(AskJob *job, int need, const double *cost)
{
    const Formulation *form = job->form;
    const Round *round = form->round;
    int at = job->pool_count < ASK_PRICES_MOST ? job->pool_count++ : ASK_PRICES_MOST - 1;
    AskPrices *prices = &job->pool[at];
    if (prices->need == NULL) {
        prices->need = ARENA_NEW(job->arena, round->need_count, double);
        prices->offer = ARENA_NEW(job->arena, round->offer_count, double);
        TRY_NEW(prices->need);
        TRY_NEW(prices->offer);
    }
    prices->base = held_slack_worth(&job->held);
    for (size_t o = 0; o < round->offer_count; o++) {
        int column = job->extra_column[o];
        prices->offer[o] = 0;
        if (column < 0)
            continue;
        prices->offer[o] = cost[o] - reduced(job, column, job->extra_scale[o]);
        prices->base += prices->offer[o] * (backend_value(job->held.backend, column) -
                                            in_units(job, (int)o, job->granted[o]));
    }
    for (size_t n = 0; n < round->need_count; n++) {
        int u = form->unmet_column[n];
        prices->need[n] = u < 0 ? 0 : fmax(-reduced(job, u, form->lp.column_scale[u]), 0);
    }
    prices->base -= prices->need[need] * lacks(job, need);
    return STATUS_OK;
}

void ask_move_prices(AskJob *job, int need, int offer, int64_t extra)
{
    for (int k = 0; k < job->pool_count; k++)
        job->pool[k].base += job->pool[k].need[need] * lacks(job, need) -
                             job->pool[k].offer[offer] * in_units(job, offer, extra);
}

/** The least extra that a sum of prices asks of an offer, on its grid. */
static int64_t least_for(const AskJob *job, int offer, double sum, double price)
{
    double parts = sum / price * (double)unit_scale(job->form->round->offers[offer].unit);
    double least = ceil(parts - NOISE * parts - 1e-3);
    if (!(least > 0) || least > 9e17) /* so far that it is noise */
        return 0;
    return ask_on_grid(job, offer, (int64_t)least);
}

void ask_use_prices(AskJob *job, int need)
{
    for (int k = 0; k < job->pool_count; k++) {
        const AskPrices *prices = &job->pool[k];
        double sum = prices->base + prices->need[need] * lacks(job, need);
        for (int i = 0; i < job->option_count && sum > NOTHING; i++) {
            AskOption *option = &job->options[i];
            double price = prices->offer[option->offer];
            if (price <= NOTHING)
                continue;
            int64_t least = least_for(job, option->offer, sum, price);
            if (option->extra >= 0 && least > option->extra)
                least = option->extra; /* by a part, of rounding */
            if (least > option->least)
                option->least = least;
        }
    }
}
