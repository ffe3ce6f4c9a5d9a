/* What the charts show of earlier rounds: the totals that each close carried, and what it left unmet,
 * read from the ledger's lines. This round comes last, as closed with this plan.
 */
#include <string.h>

#include "io/charts_internal.h"

/* The bar of the line's round; a new one behind the others when it is the round's first. */
static RoundBar *bar_of(Report *report, ChartData *data, const LedgerLine *line)
{
    size_t count = data->round_count;
    for (size_t i = count; i > 0; i--)
        if (strcmp(data->all_rounds[i - 1].name, line->round) == 0)
            return &data->all_rounds[i - 1];
    RoundBar *bars = report_grow(report, data->all_rounds, count, 1, sizeof *bars);
    if (bars == NULL)
        return NULL;
    data->all_rounds = bars;
    bars[count] = (RoundBar){.name = line->round};
    data->round_count++;
    return &bars[count];
}

void chart_rounds_gather(Report *report, ChartData *data)
{
    if (report->ledger == NULL)
        return;
    const Ledger *after = &report->ledger->after;
    const char *left_out = "";
    for (size_t i = 0; i < after->count && !report->no_memory; i++) {
        const LedgerLine *line = &after->lines[i];
        bool of_need = *line->need != '\0';
        bool of_total = !of_need && *line->offer == '\0' && line->has_basis;
        if (line->event != LEDGER_CARRIED || !line->has_value || (!of_need && !of_total))
            continue;
        if (strcmp(line->currency, report->round->settings.currency) != 0) {
            data->rounds_left_out += strcmp(line->round, left_out) != 0;
            left_out = line->round;
            continue;
        }
        RoundBar *bar = bar_of(report, data, line);
        if (bar == NULL)
            return;
        if (of_need)
            bar->unmet += line->value;
        else
            bar->value[ledger_sort(line)] = line->value;
    }
}
