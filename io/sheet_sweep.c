/* The first two sheets of a sweep: its cases side by side, and the same by tier. In a stress test what
 * falls by tier is a heat map; the figures stand in the cells, so that grey paper tells the same.
 */
#include "io/sheet_sweep.h"

#include <string.h>

#include "allot/language.h"

const char *sweep_table_name(SweepSheets *in)
{
    in->tables++;
    return report_printf(in->report, "Sweep%zu", in->tables);
}

const char *sweep_case_name(SweepSheets *in, size_t index)
{
    return report_clean(in->report, case_name_shown(in->sweep, index, in->report->arena));
}

/* ---- the cases ------------------------------------------------------------------------------ */

typedef enum OverviewColumn {
    OVERVIEW_CASE,
    OVERVIEW_NEEDS,
    OVERVIEW_MET,
    OVERVIEW_PARTLY,
    OVERVIEW_ASKED,
    OVERVIEW_HELD, /* only where a ledger holds something */
    OVERVIEW_COVERED,
    OVERVIEW_ASSIGNED,
    OVERVIEW_UNMET,
    OVERVIEW_LESS,
    OVERVIEW_SMALLEST,
    OVERVIEW_WHOSE,
    OVERVIEW_MEAN,
    OVERVIEW_OUTCOME,
    OVERVIEW_ABOUT,
    OVERVIEW_COLUMNS
} OverviewColumn;

static const GridColumn overview_columns[OVERVIEW_COLUMNS] = {
    [OVERVIEW_CASE] = {N_("Case"), 16, LOOK_BODY, false, false},
    [OVERVIEW_OUTCOME] = {N_("Outcome"), 14, LOOK_WRAP, false, false},
    [OVERVIEW_NEEDS] = {N_("Needs"), 14, LOOK_RIGHT, false, false},
    [OVERVIEW_MET] = {N_("met in full"), 8, LOOK_RIGHT, false, false},
    [OVERVIEW_PARTLY] = {N_("in part"), 8, LOOK_RIGHT, false, false},
    [OVERVIEW_ASKED] = {N_("Asked"), 14, LOOK_RIGHT, true, false},
    [OVERVIEW_HELD] = {N_("Committed in earlier rounds"), 14, LOOK_RIGHT, true, false},
    [OVERVIEW_COVERED] = {N_("Covered elsewhere"), 14, LOOK_RIGHT, true, false},
    [OVERVIEW_ASSIGNED] = {N_("Assigned"), 14, LOOK_RIGHT, true, false},
    [OVERVIEW_UNMET] = {N_("Unmet"), 14, LOOK_RIGHT, true, false},
    [OVERVIEW_LESS] = {N_("Unmet more than in the first case"), 16, LOOK_RIGHT, true, false},
    [OVERVIEW_SMALLEST] = {N_("Smallest share of a beneficiary"), 14, LOOK_RIGHT, false, false},
    [OVERVIEW_WHOSE] = {N_("whose"), 18, LOOK_CENTER, false, false},
    [OVERVIEW_MEAN] = {N_("Mean share of beneficiaries"), 14, LOOK_RIGHT, false, false},
    [OVERVIEW_ABOUT] = {N_("What differs"), 56, LOOK_WRAP, false, false},
};

static void put_totals(SweepSheets *in, Grid *grid, size_t index)
{
    const CaseTotals *sums = &in->totals->cases[index];
    const CaseTotals *first = &in->totals->cases[0];
    Unit currency = in->sweep->cases[index].currency;
    grid_count(grid, OVERVIEW_NEEDS, sums->all.needs);
    grid_count(grid, OVERVIEW_MET, sums->all.met);
    grid_count(grid, OVERVIEW_PARTLY, sums->all.partly);
    grid_amount(grid, OVERVIEW_ASKED, currency, sums->all.asked);
    grid_amount(grid, OVERVIEW_HELD, currency, sums->all.held);
    grid_amount(grid, OVERVIEW_COVERED, currency, sums->all.covered - sums->all.held);
    grid_amount(grid, OVERVIEW_ASSIGNED, currency, sums->all.assigned);
    grid_amount(grid, OVERVIEW_UNMET, currency, sums->all.unmet);
    if (in->sweep->cases[0].has_plan &&
        strcmp(currency.name, in->sweep->cases[0].currency.name) == 0)
        grid_amount(grid, OVERVIEW_LESS, currency, sums->all.unmet - first->all.unmet);
    if (sums->groups == 0)
        return;
    grid_number(grid, OVERVIEW_SMALLEST, sums->smallest_share, FORM_SHARE);
    grid_text(grid, OVERVIEW_WHOSE, sums->smallest);
    grid_number(grid, OVERVIEW_MEAN, sums->mean_share, FORM_SHARE);
}

/* Did earlier rounds commit something to a need of any case? */
static bool holds_earlier(const SweepSheets *in)
{
    for (size_t c = 0; c < in->sweep->case_count; c++)
        if (in->totals->cases[c].all.held > 0)
            return true;
    return false;
}

static void put_overview(SweepSheets *in, Page *page)
{
    uint64_t shares = UINT64_C(1) << OVERVIEW_SMALLEST | UINT64_C(1) << OVERVIEW_WHOSE |
                      UINT64_C(1) << OVERVIEW_MEAN;
    GridSpec spec = {.name = sweep_table_name(in),
                     .columns = overview_columns,
                     .column_count = OVERVIEW_COLUMNS,
                     .without = (in->sweep->kind == SWEEP_RULES ? 0 : shares) |
                                grid_without(holds_earlier(in), OVERVIEW_HELD),
                     .rows = in->sweep->case_count};
    Grid grid;
    grid_begin(&grid, page, &spec);
    for (size_t c = 0; c < in->sweep->case_count; c++) {
        const SweepCase *one = &in->sweep->cases[c];
        grid_row(&grid);
        grid_text(&grid, OVERVIEW_CASE, sweep_case_name(in, c));
        grid_text(&grid, OVERVIEW_ABOUT, _(one->name.about));
        grid_text(&grid, OVERVIEW_OUTCOME, _(one->outcome));
        if (one->has_plan)
            put_totals(in, &grid, c);
    }
    grid_end(&grid, 1);
}

/* ---- by tier -------------------------------------------------------------------------------- */

/* What a tier's cell shows. */
typedef enum TierFigure { TIER_VALUE_MET, TIER_VALUE_LOST, TIER_NEEDS_MET } TierFigure;

static const char *const figure_titles[] = {
    [TIER_VALUE_MET] = N_("Value met by tier, covered elsewhere included"),
    [TIER_VALUE_LOST] = N_("Value met that falls against the first case, by tier"),
    [TIER_NEEDS_MET] = N_("Needs met in full, by tier"),
};

enum { TIERS_CASE, TIERS_WHAT, TIERS_FIRST /* tier */ };

static GridColumn *tier_columns(SweepSheets *in)
{
    size_t tiers = in->totals->tier_count;
    GridColumn *columns = report_alloc(in->report, tiers + TIERS_FIRST + 1, sizeof *columns);
    if (columns == NULL)
        return NULL;
    columns[TIERS_CASE] = (GridColumn){.heading = _("Case"), .width = 16, .look = LOOK_BODY};
    columns[TIERS_WHAT] = (GridColumn){.heading = _("What"), .width = 64, .look = LOOK_WRAP};
    for (size_t t = 0; t <= tiers; t++)
        columns[t + TIERS_FIRST] = (GridColumn){
            .heading =
                t < tiers ? report_printf(in->report, "Tier %d", in->totals->tiers[t]) : _("All"),
            .width = 14,
            .look = LOOK_RIGHT};
    return columns;
}

static int64_t met_of(const TierTotals *totals)
{
    return totals->covered + totals->assigned;
}

static void put_tier(Grid *grid, int column, const SweepCase *one, const TierTotals *first,
                     const TierTotals *now, TierFigure figure)
{
    if (figure == TIER_NEEDS_MET)
        grid_count(grid, column, now->met);
    else if (figure == TIER_VALUE_MET)
        grid_amount(grid, column, one->currency, met_of(now));
    else
        grid_amount(grid, column, one->currency, met_of(first) - met_of(now));
    if (figure == TIER_VALUE_LOST)
        grid_dash(grid, column);
}

/* "Value met by tier, covered elsewhere included (EUR)" */
static const char *figure_text(SweepSheets *in, const SweepCase *one, TierFigure figure)
{
    const char *title = _(figure_titles[figure]);
    if (figure == TIER_VALUE_MET && holds_earlier(in))
        title = _("Value met by tier, earlier rounds and covered elsewhere included");
    if (figure == TIER_NEEDS_MET || !one->has_plan)
        return title;
    return report_printf(in->report, "%s (%s)", title, one->currency.name);
}

static void put_case_tiers(SweepSheets *in, Grid *grid, size_t index, TierFigure figure)
{
    const SweepCase *one = &in->sweep->cases[index];
    const CaseTotals *first = &in->totals->cases[0], *now = &in->totals->cases[index];
    size_t tiers = in->totals->tier_count;
    grid_row(grid);
    grid_text(grid, TIERS_CASE, sweep_case_name(in, index));
    grid_text(grid, TIERS_WHAT, figure_text(in, one, figure));
    if (!one->has_plan)
        grid_text(grid, (int)tiers + TIERS_FIRST, _(one->outcome));
    for (size_t t = 0; one->has_plan && t <= tiers; t++)
        put_tier(grid, (int)t + TIERS_FIRST, one, t < tiers ? &first->tiers[t] : &first->all,
                 t < tiers ? &now->tiers[t] : &now->all, figure);
}

/* Rows of the cases, of what falls from the second on. */
static void put_figure(SweepSheets *in, Grid *grid, TierFigure figure)
{
    size_t count = in->sweep->case_count, tiers = in->totals->tier_count;
    size_t from = figure == TIER_VALUE_LOST ? 1 : 0;
    uint32_t first = grid->head_row + 1 + (uint32_t)grid->rows;
    for (size_t c = from; c < count; c++)
        put_case_tiers(in, grid, c, figure);
    if (figure == TIER_VALUE_LOST && count > from && tiers > 0)
        put_heat(grid->page, (Area){first, first + (uint32_t)(count - from) - 1, TIERS_FIRST,
                                    (uint16_t)(TIERS_FIRST + tiers - 1)});
}

void sheet_tiers_build(SweepSheets *in, Page *page)
{
    const Sweep *sweep = in->sweep;
    bool falls = sweep->kind == SWEEP_STRESS && sweep->cases[0].has_plan;
    GridColumn *columns = tier_columns(in);
    Grid grid;
    if (columns == NULL)
        return;
    GridSpec spec = {.name = sweep_table_name(in),
                     .columns = columns,
                     .column_count = in->totals->tier_count + TIERS_FIRST + 1,
                     .rows = sweep->case_count * 3,
                     .given = true};
    page_head(page, _("The cases by tier"));
    if (falls)
        page_note(page, _("The darker a cell, the more falls."));
    grid_begin(&grid, page, &spec);
    if (falls)
        put_figure(in, &grid, TIER_VALUE_LOST);
    put_figure(in, &grid, TIER_VALUE_MET);
    put_figure(in, &grid, TIER_NEEDS_MET);
    grid_end(&grid, 2);
}

/* ---- the sheet ------------------------------------------------------------------------------ */

static const char *title_of(SweepKind kind)
{
    switch (kind) {
    case SWEEP_SCENARIOS: return _("Scenarios: the round and what it becomes");
    case SWEEP_RULES: return _("Rules: what fairness costs");
    case SWEEP_STRESS: return _("Stress test: what falls, and who stands in");
    }
    return "";
}

static const char *note_of(SweepKind kind)
{
    switch (kind) {
    case SWEEP_SCENARIOS:
        return _("Each scenario is the round with a few cells changed, decided anew in the same "
                 "order of stages. The sheet Changes says which cells, and the sheet Changed "
                 "needs what came of it.");
    case SWEEP_RULES:
        return _("The same round under three rules. Value first: as much value as possible in each "
                 "tier. Equal share: beneficiaries as even as possible, then as much as possible. "
                 "Leximin: as much as possible, then as even as possible. What a rule costs is "
                 "what is unmet more than under value first.");
    case SWEEP_STRESS:
        return _("Each case is the round with one thing gone wrong, decided anew in the same order "
                 "of stages. What is agreed on offers that are gone is void; a donor who is late "
                 "comes a whole round later. What falls, tier by tier: the sheet By tier.");
    }
    return "";
}

/* Cases in another currency, and cases that were left out, are said. */
static void put_notes(SweepSheets *in, Page *page)
{
    const Sweep *sweep = in->sweep;
    page_note(page, note_of(sweep->kind));
    for (size_t i = 0; i < sweep->fact_count; i++)
        if (strcmp(sweep->facts[i].key, "skipped") == 0)
            page_note(page, report_printf(in->report, "Not tried: %s.", _(sweep->facts[i].value)));
    for (size_t c = 0; c < sweep->case_count; c++)
        if (strcmp(sweep->cases[c].currency.name, sweep->round->currency.name) != 0)
            page_note(page, report_printf(in->report, "Values of %s are in %s.",
                                          sweep_case_name(in, c), sweep->cases[c].currency.name));
}

void sheet_sweep_build(SweepSheets *in, Page *page)
{
    page_head(page, title_of(in->sweep->kind));
    put_notes(in, page);
    put_overview(in, page);
}
