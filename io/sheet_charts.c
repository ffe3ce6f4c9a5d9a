/* The Charts sheet: coverage by tier and by category, the way from what is asked to what is unmet, what
 * becomes of each donor's cash, and the rounds of a ledger one after the other. Every chart has its
 * figures on the sheet Chart data, its finding in a sentence above it, and both in its description.
 */
#include <math.h>
#include <string.h>

#include "io/charts_internal.h"

#include "allot/amount_text.h"
#include "allot/language.h"

enum {
    PAGE_COLUMNS = 8,
    COLUMN_WIDTH = 17, /* in characters: together the width of a sheet of paper */
    ROWS_FRAME = 7,    /* of a chart: title, axis and its name, legend */
    ROWS_LEAST = 12,
    ROWS_MOST = 25,   /* with its heading on one sheet of paper */
    ROWS_COLUMNS = 20 /* of a chart with upright columns */
};

typedef struct ChartsSheet {
    Report *report;
    Page *page;
    ChartData data;
} ChartsSheet;

/* The rows BARS of a column of the data; Area of nothing when the column is left out. */
static Area rows_of(const ChartData *data, ChartBars bars, int column)
{
    uint16_t at = (uint16_t)data->grid.place[column];
    uint32_t first = data->grid.head_row + 1 + (uint32_t)bars.first;
    return (Area){first, first + (uint32_t)bars.count - 1, at, at};
}

static uint32_t rows_for(size_t bars)
{
    uint32_t rows = ROWS_FRAME + (uint32_t)(bars * 5 / 4);
    if (rows > ROWS_MOST)
        return ROWS_MOST;
    return rows > ROWS_LEAST ? rows : ROWS_LEAST;
}

static Chart chart_of(const ChartsSheet *sheet, ChartBars bars)
{
    return (Chart){.data = sheet->data.grid.page,
                   .categories = rows_of(&sheet->data, bars, CHART_BAR),
                   .labelled = true};
}

/* A chart of amounts; what it shows stands in its title, which names the currency. */
static Chart money_chart(const ChartsSheet *sheet, ChartBars bars, const char *title,
                         const char *categories)
{
    Chart chart = chart_of(sheet, bars);
    chart.title = title;
    chart.axis = sheet->report->round->currency.name;
    chart.categories_axis = categories;
    return chart;
}

/* Puts a series behind the others, unless its column is left out of the data. */
static void add_series(const ChartsSheet *sheet, Chart *chart, ChartBars bars, const char *name,
                       int column, Ink ink)
{
    if (sheet->data.grid.place[column] < 0)
        return;
    chart->series[chart->series_count++] =
        (ChartSeries){name, rows_of(&sheet->data, bars, column), ink};
}

/* "15.4%" */
static const char *share_text(Report *report, double share)
{
    return report_printf(report, "%s", percent_text(share, 1).text);
}

static const char *part_text(Report *report, int64_t part, int64_t whole)
{
    return share_text(report, whole > 0 ? (double)part / (double)whole : 0);
}

/* " Unmet." of the series, then " Tier 1: 28.2%." of each bar: the chart for those who hear it. */
static const char *chart_in_words(const ChartsSheet *sheet, const Chart *chart)
{
    Report *report = sheet->report;
    double scale = (double)unit_scale(report->round->currency);
    const char *text = _(" In this order:");
    for (size_t s = 0; s < chart->series_count; s++)
        if (chart->series[s].ink != INK_NONE)
            text = report_printf(report, "%s %s%c", text, chart->series[s].name,
                                 s + 1 < chart->series_count ? ',' : '.');
    for (uint32_t row = chart->categories.first_row; row <= chart->categories.last_row; row++) {
        const PageCell *bar = page_cell_at(chart->data, row, chart->categories.first_column);
        text = report_printf(report, "%s %s:", text, bar != NULL ? bar->text : "");
        const char *between = " ";
        for (size_t s = 0; s < chart->series_count; s++) {
            const ChartSeries *series = &chart->series[s];
            const PageCell *cell = page_cell_at(chart->data, row, series->values.first_column);
            if (series->ink == INK_NONE || cell == NULL || cell->kind == PAGE_BLANK)
                continue;
            text =
                report_printf(report, "%s%s%s", text, between,
                              chart->shares ? share_text(report, cell->number)
                                            : report_money(report, llround(cell->number * scale)));
            between = ", ";
        }
        text = report_printf(report, "%s.", text);
    }
    return text;
}

/* A block: heading, the finding in a sentence, the chart; all of it also as the description. */
static void put_block(ChartsSheet *sheet, Chart *chart, const char *heading, const char *finding,
                      uint32_t rows)
{
    Page *page = sheet->page;
    if (sheet->report->no_memory)
        return;
    page_section(page, heading);
    page_note(page, finding);
    chart->place = (Area){page->next_row, page->next_row + rows - 1, 0, PAGE_COLUMNS - 1};
    chart->description = report_printf(sheet->report, "%s. %s%s", chart->title, finding,
                                       chart_in_words(sheet, chart));
    put_chart(page, chart);
}

/* ---- coverage ------------------------------------------------------------------------------- */

static Chart coverage_chart(const ChartsSheet *sheet, ChartBars bars)
{
    Chart chart = chart_of(sheet, bars);
    chart.shares = true;
    chart.axis = _("Share of the value asked");
    add_series(sheet, &chart, bars, _("Committed in earlier rounds"), CHART_HELD_SHARE, INK_CROSSED);
    add_series(sheet, &chart, bars, _("Covered elsewhere"), CHART_COVERED_SHARE, INK_MIDDLE);
    add_series(sheet, &chart, bars, _("Assigned in this round"), CHART_ASSIGNED_SHARE, INK_DARK);
    add_series(sheet, &chart, bars, _("Unmet"), CHART_UNMET_SHARE, INK_OPEN);
    return chart;
}

static const char *coverage_finding(Report *report)
{
    const GroupTotals *all = &report->totals.all;
    const char *asked = report_money(report, all->asked);
    const char *held = part_text(report, all->held, all->asked);
    const char *elsewhere = part_text(report, all->covered - all->held, all->asked);
    const char *assigned = part_text(report, all->assigned, all->asked);
    const char *unmet = part_text(report, all->unmet, all->asked);
    if (all->held == 0)
        return report_printf(
            report, "Of %s asked, %s is covered elsewhere, %s assigned in this round, %s unmet.",
            asked, elsewhere, assigned, unmet);
    return report_printf(report,
                         "Of %s asked, %s is committed in earlier rounds, %s covered elsewhere, %s "
                         "assigned in this round, %s unmet.",
                         asked, held, elsewhere, assigned, unmet);
}

static void put_tiers(ChartsSheet *sheet)
{
    Report *report = sheet->report;
    ChartBars bars = sheet->data.tiers;
    if (bars.count == 0)
        return;
    Chart chart = coverage_chart(sheet, bars);
    chart.title = _("Coverage by tier: what is covered, assigned and unmet of the value asked");
    chart.categories_axis = _("Tier, 1 first");
    put_block(sheet, &chart, _("Coverage by tier"), coverage_finding(report), rows_for(bars.count));
}

static void put_categories(ChartsSheet *sheet)
{
    Report *report = sheet->report;
    const GroupList *categories = &report->totals.categories;
    const GroupTotals *worst = NULL;
    ChartBars bars = sheet->data.categories;
    if (bars.count == 0)
        return;
    for (size_t i = 0; i < categories->count; i++)
        if (worst == NULL || categories->groups[i].unmet > worst->unmet)
            worst = &categories->groups[i];
    Chart chart = coverage_chart(sheet, bars);
    chart.title = _("Coverage by category: what is covered, assigned and unmet of the value asked");
    chart.categories_axis = _("Category, the largest first");
    const char *finding =
        worst == NULL || worst->unmet == 0
            ? _("Nothing with a money value is unmet.")
            : report_printf(report, "Most is unmet in %s: %s of %s.",
                            *worst->name != '\0' ? worst->name : _("needs without a category"),
                            report_money(report, worst->unmet), report_money(report, worst->asked));
    put_block(sheet, &chart, _("Coverage by category"), finding, rows_for(bars.count));
}

/* ---- the gap -------------------------------------------------------------------------------- */

static const char *gap_finding(Report *report)
{
    const GroupTotals *all = &report->totals.all;
    const char *asked = report_money(report, all->asked);
    const char *held = report_money(report, all->held);
    const char *elsewhere = report_money(report, all->covered - all->held);
    const char *cash = report_money(report, report->totals.given.cash.value);
    const char *in_kind = report_money(report, report->totals.given.in_kind.value);
    const char *unmet = report_money(report, all->unmet);
    if (all->held == 0)
        return report_printf(
            report,
            "%s asked; %s covered elsewhere, %s given in cash and %s in kind leave %s unmet. "
            "Things without a money value are in no figure here.",
            asked, elsewhere, cash, in_kind, unmet);
    return report_printf(
        report,
        "%s asked; %s committed in earlier rounds, %s covered elsewhere, %s given in cash and %s "
        "in kind leave %s unmet. Things without a money value are in no figure here.",
        asked, held, elsewhere, cash, in_kind, unmet);
}

static void put_gap(ChartsSheet *sheet)
{
    Report *report = sheet->report;
    ChartBars bars = sheet->data.gap;
    if (bars.count == 0)
        return;
    const char *title = report_printf(report, "From what is asked to what is unmet (%s)",
                                      report->round->currency.name);
    Chart chart = money_chart(sheet, bars, title, _("Step by step"));
    add_series(sheet, &chart, bars, " ", CHART_BEGINS,
               INK_NONE); /* a name not seen in the legend */
    add_series(sheet, &chart, bars, _("Asked"), CHART_ASKED, INK_TOTAL);
    add_series(sheet, &chart, bars, _("Committed in earlier rounds"), CHART_HELD, INK_CROSSED);
    add_series(sheet, &chart, bars, _("Covered elsewhere"), CHART_COVERED, INK_MIDDLE);
    add_series(sheet, &chart, bars, _("Given in cash"), CHART_CASH, INK_DARK);
    add_series(sheet, &chart, bars, _("Given in kind"), CHART_IN_KIND, INK_STRIPES);
    add_series(sheet, &chart, bars, _("Unmet"), CHART_UNMET, INK_OPEN);
    put_block(sheet, &chart, _("Where the gap is"), gap_finding(report), rows_for(bars.count));
}

/* ---- donors --------------------------------------------------------------------------------- */

static void put_donors(ChartsSheet *sheet)
{
    Report *report = sheet->report;
    const DonorTotals *given = &report->totals.given;
    ChartBars bars = sheet->data.donors;
    if (bars.count == 0)
        return;
    const char *title = report_printf(report, "Use by donor: cash offered and planned on (%s)",
                                      report->round->currency.name);
    Chart chart = money_chart(sheet, bars, title, _("Donor, the largest first"));
    add_series(sheet, &chart, bars, _("Used"), CHART_USED, INK_DARK);
    add_series(sheet, &chart, bars, _("Unused"), CHART_UNUSED, INK_OPEN);
    add_series(sheet, &chart, bars, _("Unused, lapses in the round"), CHART_LAPSING, INK_CROSSED);
    const char *finding = report_printf(
        report, "Of %s cash, %s is used and %s is not; %s of this lapses in the round.",
        report_money(report, given->cash_offered),
        part_text(report, given->cash_offered - given->cash_left, given->cash_offered),
        part_text(report, given->cash_left, given->cash_offered),
        sheet->data.lapsing > 0 ? report_money(report, sheet->data.lapsing) : _("nothing"));
    put_block(sheet, &chart, _("Use by donor"), finding, rows_for(bars.count));
}

/* ---- rounds --------------------------------------------------------------------------------- */

static void put_rounds(ChartsSheet *sheet)
{
    static const Ink inks[LEDGER_SORTS] = {
        [SORT_PLEDGED_CASH] = INK_DOTS,   [SORT_PLEDGED_IN_KIND] = INK_CHECKS,
        [SORT_COMMITTED_CASH] = INK_DARK, [SORT_COMMITTED_IN_KIND] = INK_STRIPES,
        [SORT_PAID_CASH] = INK_TOTAL,     [SORT_PAID_IN_KIND] = INK_CROSSED};
    Report *report = sheet->report;
    ChartBars bars = sheet->data.rounds;
    if (bars.count == 0)
        return;
    const char *title = report_printf(report, "Rounds over time: what stood at each close (%s)",
                                      report->round->currency.name);
    Chart chart =
        money_chart(sheet, bars, title, _("Round, as it was closed; the last one with this plan"));
    chart.columns = true;
    for (int sort = 0; sort < LEDGER_SORTS; sort++)
        add_series(sheet, &chart, bars, _(ledger_sort_text((LedgerSort)sort)), CHART_SORTS + sort,
                   inks[sort]);
    add_series(sheet, &chart, bars, _("Unmet needs of the round"), CHART_UNMET, INK_OPEN);
    const char *left_out =
        sheet->data.rounds_left_out == 0
            ? ""
            : report_printf(report, " Left out: %zu round%s counted in another currency.",
                            sheet->data.rounds_left_out,
                            sheet->data.rounds_left_out == 1 ? "" : "s");
    const char *finding = report_printf(
        report,
        "What all rounds so far agreed, as each close found it: pledged, committed and paid side "
        "by side, never added.%s",
        left_out);
    put_block(sheet, &chart, _("Rounds over time"), finding, ROWS_COLUMNS);
}

/* ---- the sheet ------------------------------------------------------------------------------ */

void sheet_charts_build(Report *report)
{
    Page *page = &report->pages[PAGE_CHARTS];
    ChartsSheet sheet = {.report = report, .page = page};
    chart_data_build(report, &sheet.data);
    if (report->no_memory)
        return;
    page_head(page, _("Charts"));
    page_note(page, _("The figures stand on the sheet Chart data. Each chart can be read without "
                      "colours, and says its figures to a screen reader."));
    for (int column = 0; column < PAGE_COLUMNS; column++)
        put_width(page, column, COLUMN_WIDTH);
    if (sheet.data.grid.rows == 0)
        page_note(page, _("There is nothing with a money value to draw."));
    put_tiers(&sheet);
    put_categories(&sheet);
    put_gap(&sheet);
    put_donors(&sheet);
    put_rounds(&sheet);
    page_break_blocks(page);
}
