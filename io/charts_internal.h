/* room: io
 *
 * Between the sheet Charts and the sheet that holds its figures: the table Chart data, a row a bar.
 * One table with one row of headings, for readers that are read to and for whoever checks a picture.
 */
#ifndef ALLOT_IO_CHARTS_INTERNAL_H
#define ALLOT_IO_CHARTS_INTERNAL_H

#include "io/sheets.h"

typedef enum ChartColumn {
    CHART_NAME,
    CHART_BAR,
    CHART_ASKED,
    CHART_HELD, /* only where a ledger holds something, as its share */
    CHART_COVERED,
    CHART_ASSIGNED,
    CHART_UNMET,
    CHART_HELD_SHARE,
    CHART_COVERED_SHARE,
    CHART_ASSIGNED_SHARE,
    CHART_UNMET_SHARE,
    CHART_BEGINS, /* of the gap: where the step starts on the axis */
    CHART_CASH,
    CHART_IN_KIND,
    CHART_USED,
    CHART_UNUSED,
    CHART_LAPSING,
    CHART_SORTS, /* LEDGER_SORTS of them */
    CHART_COLUMNS = CHART_SORTS + LEDGER_SORTS
} ChartColumn;

/** Rows of the table that are one chart, from 0. */
typedef struct ChartBars {
    size_t first, count;
} ChartBars;

/** A donor's money, reporting minor units. */
typedef struct DonorBar {
    const DonorTotals *totals;
    int64_t lapsing; /* of its cash left, what lapses in the round */
} DonorBar;

/** A round of the ledger, at its close. */
typedef struct RoundBar {
    const char *name;
    int64_t value[LEDGER_SORTS]; /* of all commitments so far */
    int64_t unmet;               /* of the needs of this round */
} RoundBar;

typedef struct ChartData {
    Grid grid;
    ChartBars tiers, categories, donors, gap, rounds;
    DonorBar *by_cash;  /* [donor_count] the most cash first */
    DonorBar *by_given; /* [donor_count] the most given first */
    size_t donor_count;
    int64_t lapsing;      /* of all donors */
    RoundBar *all_rounds; /* [round_count] in the ledger's order */
    size_t round_count;
    size_t rounds_left_out; /* counted in another currency */
} ChartData;

/** Builds the sheet Chart data and says which rows are whose. */
void chart_data_build(Report *report, ChartData *data);

/** The rounds of the report's ledger, the last one as closed with this plan; none without a ledger. */
void chart_rounds_gather(Report *report, ChartData *data);

/** Its donors, in both orders, and what of their money lapses. */
void chart_donors_gather(Report *report, ChartData *data);

#endif
