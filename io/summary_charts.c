/* The Summary's two charts: how far each tier is covered, and what each donor's cash does. The inks
 * differ in lightness and pattern, so that they survive a grey printer; the figures stand in the
 * blocks below and, in words, in each chart's description.
 */

#include "io/summary_internal.h"

#include "allot/amount_text.h"
#include "allot/language.h"

enum {
    CHART_ROWS_LEAST = 13,
    CHART_ROWS_FRAME = 5, /* title, axis, legend */
    BARS_MOST = 20,
    SPLIT_COLUMN = 4,        /* the first chart ends before it */
    LAST_COLUMN = 14,        /* the second one ends with the cards */
    LAST_COLUMN_EARLIER = 16 /* where a ledger holds something */
};

static size_t donor_bars(const Report *report)
{
    size_t bars = 0;
    for (size_t i = 0; i < report->totals.donor_count; i++)
        bars += report->totals.donors[i].cash_offered > 0;
    return bars < BARS_MOST ? bars : BARS_MOST;
}

static size_t tier_bars(const Report *report)
{
    size_t tiers = report->totals.tiers.count;
    return report->totals.all.asked == 0 ? 0 : tiers < BARS_MOST ? tiers : BARS_MOST;
}

static uint32_t chart_rows(const Report *report)
{
    size_t bars = donor_bars(report) > tier_bars(report) ? donor_bars(report) : tier_bars(report);
    if (bars == 0)
        return 0;
    uint32_t rows = (uint32_t)bars + CHART_ROWS_FRAME; /* so that every name has room */
    return rows > CHART_ROWS_LEAST ? rows : CHART_ROWS_LEAST;
}

void summary_reserve_charts(Report *report)
{
    if (chart_rows(report) > 0)
        report->pages[PAGE_SUMMARY].next_row += chart_rows(report) + 1;
}

/* The first BARS rows of a column. */
static Area rows_of(const Grid *grid, int column, size_t bars)
{
    uint16_t at = (uint16_t)grid->place[column];
    return (Area){grid->head_row + 1, grid->head_row + (uint32_t)bars, at, at};
}

/* "15.4%" */
static const char *share_in_words(Report *report, int64_t part, int64_t whole)
{
    return report_printf(report, "%s", percent_text((double)part / (double)whole, 1).text);
}

static const char *tiers_in_words(Report *report)
{
    const GroupList *tiers = &report->totals.tiers;
    bool held = report->totals.all.held > 0;
    const char *text = held ? _("Share of the value asked that is committed in earlier rounds, "
                                "covered elsewhere, assigned and unmet.")
                            : _("Share of the value asked that is covered elsewhere, assigned and "
                                "unmet.");
    for (size_t i = 0; i < tier_bars(report); i++) {
        const GroupTotals *tier = &tiers->groups[i];
        if (tier->asked <= 0)
            continue;
        const char *elsewhere = share_in_words(report, tier->covered - tier->held, tier->asked);
        const char *assigned = share_in_words(report, tier->assigned, tier->asked);
        const char *unmet = share_in_words(report, tier->unmet, tier->asked);
        if (held)
            text = report_printf(report, "%s Tier %d: %s, %s, %s, %s.", text, tier->tier,
                                 share_in_words(report, tier->held, tier->asked), elsewhere,
                                 assigned, unmet);
        else
            text = report_printf(report, "%s Tier %d: %s, %s, %s.", text, tier->tier, elsewhere,
                                 assigned, unmet);
    }
    return text;
}

/* Puts a series behind the others, unless its column is left out of the block. */
static void add_share(Chart *chart, const Grid *tiers, size_t bars, const char *name,
                      GroupColumn column, Ink ink)
{
    if (tiers->place[column] >= 0)
        chart->series[chart->series_count++] =
            (ChartSeries){name, rows_of(tiers, (int)column, bars), ink};
}

static void put_tiers_chart(Report *report, Area place, const Grid *tiers)
{
    size_t bars = tier_bars(report);
    Chart chart = {
        .title = _("Coverage by tier (share of the value asked)"),
        .description = tiers_in_words(report),
        .place = place,
        .categories = rows_of(tiers, GROUP_LABEL, bars),
        .shares = true,
        .labelled = true,
    };
    add_share(&chart, tiers, bars, _("Committed in earlier rounds"), GROUP_HELD_SHARE, INK_CROSSED);
    add_share(&chart, tiers, bars, _("Covered elsewhere"), GROUP_COVERED_SHARE, INK_MIDDLE);
    add_share(&chart, tiers, bars, _("Assigned in this round"), GROUP_ASSIGNED_SHARE, INK_DARK);
    add_share(&chart, tiers, bars, _("Unmet"), GROUP_UNMET_SHARE, INK_OPEN);
    put_chart(&report->pages[PAGE_SUMMARY], &chart);
}

static void put_donors_chart(Report *report, Area place, const Grid *donors)
{
    size_t bars = donor_bars(report), all = report->totals.donor_count;
    const char *which = bars == BARS_MOST && all > bars ? _(", the largest") : "";
    Chart chart = {
        .title = report_printf(report, "Cash by donor (%s)%s", report->round->currency.name, which),
        .description = report_printf(report,
                                     "Cash used %s, cash left %s; by donor in the block "
                                     "\"By donor\" of this sheet.",
                                     report_money(report, report->totals.given.cash_offered -
                                                              report->totals.given.cash_left),
                                     report_money(report, report->totals.given.cash_left)),
        .place = place,
        .categories = rows_of(donors, GIVER_LABEL, bars),
        .series = {{_("Used"), rows_of(donors, GIVER_USED, bars), INK_DARK},
                   {_("Left"), rows_of(donors, GIVER_LEFT, bars), INK_OPEN}},
        .series_count = 2,
        .labelled = true,
    };
    put_chart(&report->pages[PAGE_SUMMARY], &chart);
}

void summary_put_charts(Report *report, uint32_t row, const Grid *tiers, const Grid *donors)
{
    uint32_t rows = chart_rows(report);
    if (report->no_memory || rows == 0)
        return;
    uint32_t last = row + rows - 1;
    uint16_t end = report->totals.all.held > 0 ? LAST_COLUMN_EARLIER : LAST_COLUMN;
    if (tier_bars(report) > 0)
        put_tiers_chart(report, (Area){row, last, 0, SPLIT_COLUMN - 1}, tiers);
    if (donor_bars(report) > 0)
        put_donors_chart(report, (Area){row, last, SPLIT_COLUMN, end}, donors);
}
