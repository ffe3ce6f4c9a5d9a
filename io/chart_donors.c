/* What the charts show of donors: the largest first, and what of their unused cash lapses before the
 * round ends.
 */
#include <stdlib.h>
#include <string.h>

#include "io/charts_internal.h"

/* As the stage `lapsing` asks: an offer that is planned on, and lapses between start and end. */
static bool lapses_in_round(const Report *report, size_t offer)
{
    const Settings *settings = &report->round->settings;
    const OfferTotals *totals = &report->totals.offers[offer];
    Date lapses = report->round->offers[offer].lapses;
    return totals->planned && totals->counted && lapses != DATE_NONE &&
           (settings->end == DATE_NONE || lapses <= settings->end);
}

static int by_id(const DonorTotals *left, const DonorTotals *right)
{
    return strcmp(left->id, right->id);
}

static int by_cash(const void *a, const void *b)
{
    const DonorTotals *left = ((const DonorBar *)a)->totals, *right = ((const DonorBar *)b)->totals;
    if (left->cash_offered != right->cash_offered)
        return left->cash_offered < right->cash_offered ? 1 : -1;
    return by_id(left, right);
}

static int by_given(const void *a, const void *b)
{
    const DonorTotals *left = ((const DonorBar *)a)->totals, *right = ((const DonorBar *)b)->totals;
    int64_t one = left->cash.value + left->in_kind.value;
    int64_t other = right->cash.value + right->in_kind.value;
    if (one != other)
        return one < other ? 1 : -1;
    return by_id(left, right);
}

static void sort_bars(DonorBar *bars, size_t count, int (*compare)(const void *, const void *))
{
    if (count > 0)
        qsort(bars, count, sizeof *bars, compare);
}

void chart_donors_gather(Report *report, ChartData *data)
{
    const Totals *totals = &report->totals;
    const Round *round = report->round;
    data->donor_count = totals->donor_count;
    data->by_cash = report_alloc(report, totals->donor_count, sizeof *data->by_cash);
    data->by_given = report_alloc(report, totals->donor_count, sizeof *data->by_given);
    if (data->by_cash == NULL || data->by_given == NULL)
        return;
    for (size_t d = 0; d < totals->donor_count; d++)
        data->by_cash[d] = (DonorBar){.totals = &totals->donors[d]};
    for (size_t o = 0; o < round->offer_count; o++) {
        if (!round->offers[o].unit.is_money || !lapses_in_round(report, o))
            continue;
        data->by_cash[totals_donor(totals, round, (int)o)].lapsing += totals->offers[o].left;
        data->lapsing += totals->offers[o].left;
    }
    for (size_t d = 0; d < totals->donor_count; d++)
        data->by_given[d] = data->by_cash[d];
    sort_bars(data->by_cash, data->donor_count, by_cash);
    sort_bars(data->by_given, data->donor_count, by_given);
}
