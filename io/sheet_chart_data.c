/* The Chart data sheet: the figures behind the charts, a row a bar, in one table under one row of
 * headings. They are formulas over the lists wherever a formula can say them.
 */
#include <stdlib.h>
#include <string.h>

#include "io/charts_internal.h"
#include "io/page_text.h"

#include "allot/language.h"

enum {
    BARS_MOST = 20,      /* of one chart; what is beyond goes into one bar */
    STEPS_MOST = 12,     /* donors of the gap */
    NAME_CHARACTERS = 36 /* of a bar: more would leave no room for the bars */
};

/* All amounts are in one currency, which the title says: in every heading it made them break in bad places. */
static const GridColumn columns[CHART_COLUMNS] = {
    [CHART_NAME] = {N_("Chart"), 18, LOOK_BODY, false, false},
    [CHART_BAR] = {N_("Bar"), 24, LOOK_WRAP, false, false},
    [CHART_ASKED] = {N_("Asked"), 12, LOOK_RIGHT, false, false},
    [CHART_HELD] = {N_("Committed in earlier rounds"), 13.5, LOOK_RIGHT, false, false},
    [CHART_COVERED] = {N_("Covered elsewhere"), 16.5, LOOK_RIGHT, false, false},
    [CHART_ASSIGNED] = {N_("Assigned in this round"), 12.5, LOOK_RIGHT, false, false},
    [CHART_UNMET] = {N_("Unmet"), 12, LOOK_RIGHT, false, false},
    [CHART_HELD_SHARE] = {N_("Earlier rounds, %"), 9.5, LOOK_RIGHT, false, false},
    [CHART_COVERED_SHARE] = {N_("Covered, %"), 10.5, LOOK_RIGHT, false, false},
    [CHART_ASSIGNED_SHARE] = {N_("Assigned, %"), 11.5, LOOK_RIGHT, false, false},
    [CHART_UNMET_SHARE] = {N_("Unmet, %"), 9.5, LOOK_RIGHT, false, false},
    [CHART_BEGINS] = {N_("Step begins at"), 13, LOOK_RIGHT, false, false},
    [CHART_CASH] = {N_("Given in cash"), 12.5, LOOK_RIGHT, false, false},
    [CHART_IN_KIND] = {N_("Given in kind"), 12.5, LOOK_RIGHT, false, false},
    [CHART_USED] = {N_("Cash used"), 12, LOOK_RIGHT, false, false},
    [CHART_UNUSED] = {N_("Cash unused"), 12, LOOK_RIGHT, false, false},
    [CHART_LAPSING] = {N_("Cash unused that lapses in the round"), 18, LOOK_RIGHT, false, false},
    [CHART_SORTS + SORT_PLEDGED_CASH] = {N_("Pledged, cash"), 12.5, LOOK_RIGHT, false, false},
    [CHART_SORTS + SORT_PLEDGED_IN_KIND] = {N_("Pledged, in kind"), 10, LOOK_RIGHT, false, false},
    [CHART_SORTS + SORT_COMMITTED_CASH] = {N_("Committed, cash"), 15, LOOK_RIGHT, false, false},
    [CHART_SORTS +
        SORT_COMMITTED_IN_KIND] = {N_("Committed, in kind"), 11, LOOK_RIGHT, false, false},
    [CHART_SORTS + SORT_PAID_CASH] = {N_("Paid in, cash"), 12.5, LOOK_RIGHT, false, false},
    [CHART_SORTS + SORT_PAID_IN_KIND] = {N_("Handed over, in kind"), 13, LOOK_RIGHT, false, false},
};

/* A new row; a name too long for the picture ends in an ellipsis. */
static void begin_bar(Grid *grid, const char *chart, const char *bar)
{
    size_t bytes = page_text_prefix(bar, NAME_CHARACTERS);
    if (bar[bytes] != '\0')
        bar = report_printf(grid->page->report, "%.*s\xE2\x80\xA6", (int)bytes, bar);
    grid_row(grid);
    grid_text(grid, CHART_NAME, chart);
    grid_text(grid, CHART_BAR, bar);
}

/* ---- coverage ------------------------------------------------------------------------------- */

/* Needs that share a mark; those of MATCH, or figures alone when it is NULL. */
static void put_coverage(Report *report, Grid *grid, const GroupTotals *group, const Match *match)
{
    static const struct {
        int column, of; /* of the Needs sheet */
    } parts[] = {{CHART_ASKED, NEEDS_VALUE_ASKED},
                 {CHART_HELD, NEEDS_VALUE_HELD},
                 {CHART_COVERED, NEEDS_VALUE_COVERED},
                 {CHART_ASSIGNED, NEEDS_VALUE_ASSIGNED},
                 {CHART_UNMET, NEEDS_VALUE_UNMET}};
    const int64_t elsewhere = group->covered - group->held;
    const int64_t amounts[] = {group->asked, group->held, elsewhere, group->assigned, group->unmet};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        const char *formula =
            match == NULL ? NULL : formula_sum(&report->needs, parts[i].of, match, 1);
        grid_money_formula(grid, parts[i].column, formula, amounts[i]);
    }
    grid_share_formula(grid, CHART_HELD_SHARE, CHART_HELD, CHART_ASKED, group->held, group->asked);
    grid_share_formula(grid, CHART_COVERED_SHARE, CHART_COVERED, CHART_ASKED, elsewhere,
                       group->asked);
    grid_share_formula(grid, CHART_ASSIGNED_SHARE, CHART_ASSIGNED, CHART_ASKED, group->assigned,
                       group->asked);
    grid_share_formula(grid, CHART_UNMET_SHARE, CHART_UNMET, CHART_ASKED, group->unmet,
                       group->asked);
}

static int by_asked(const void *a, const void *b)
{
    const GroupTotals *left = a, *right = b;
    if (left->asked != right->asked)
        return left->asked < right->asked ? 1 : -1;
    return strcmp(left->name, right->name);
}

/* Groups of which something with a money value is asked: tiers in their order, others by size. */
static GroupTotals *order_groups(Report *report, const GroupList *list, bool tiers, size_t *count)
{
    GroupTotals *order = report_alloc(report, list->count, sizeof *order);
    *count = 0;
    for (size_t i = 0; order != NULL && i < list->count; i++)
        if (list->groups[i].asked > 0)
            order[(*count)++] = list->groups[i];
    if (order != NULL && !tiers && *count > 0)
        qsort(order, *count, sizeof *order, by_asked);
    return order;
}

static GroupTotals sum_groups(const GroupTotals *groups, size_t from, size_t count)
{
    GroupTotals sum = {.name = ""};
    for (size_t i = from; i < count; i++) {
        sum.asked += groups[i].asked;
        sum.covered += groups[i].covered;
        sum.held += groups[i].held;
        sum.assigned += groups[i].assigned;
        sum.unmet += groups[i].unmet;
    }
    return sum;
}

static ChartBars put_groups(Report *report, Grid *grid, const GroupList *list, bool tiers)
{
    const char *chart = tiers ? _("Coverage by tier") : _("Coverage by category");
    ChartBars bars = {.first = grid->rows};
    size_t count;
    GroupTotals *order = order_groups(report, list, tiers, &count);
    size_t shown = count > BARS_MOST ? BARS_MOST - 1 : count;
    bool twins = !tiers && groups_have_twins(report, list);
    for (size_t i = 0; order != NULL && i < shown; i++) {
        const char *name = *order[i].name != '\0' ? order[i].name : _("(none given)");
        Match match = {.column = tiers ? NEEDS_TIER : NEEDS_CATEGORY,
                       .text = tiers ? NULL : order[i].name,
                       .number = order[i].tier,
                       .exact = twins};
        begin_bar(grid, chart, tiers ? report_printf(report, "Tier %d", order[i].tier) : name);
        put_coverage(report, grid, &order[i], &match);
    }
    if (order != NULL && shown < count) {
        GroupTotals rest = sum_groups(order, shown, count);
        begin_bar(grid, chart, report_printf(report, "%zu others", count - shown));
        put_coverage(report, grid, &rest, NULL);
    }
    bars.count = grid->rows - bars.first;
    return bars;
}

/* ---- use by donor --------------------------------------------------------------------------- */

static const char *name_of(Report *report, const DonorTotals *donor)
{
    if (donor->row < 0 || *report->round->donors[donor->row].name == '\0')
        return donor->id;
    const char *both = report_printf(report, "%s \xE2\x80\x93 %s", donor->id,
                                     report->round->donors[donor->row].name);
    return both[page_text_prefix(both, NAME_CHARACTERS)] == '\0' ? both : donor->id;
}

/* Used, unused, lapsing: of one donor's cash offered, or of several when MATCH is NULL. */
static void put_use(Report *report, Grid *grid, int64_t used, int64_t left, int64_t lapsing,
                    const Match *match)
{
    const Grid *offers = &report->offers;
    const char *of_used = match == NULL ? NULL : formula_sum(offers, OFFERS_CASH_USED, match, 1);
    const char *of_left = match == NULL ? NULL : formula_sum(offers, OFFERS_CASH_LEFT, match, 1);
    grid_amount(grid, CHART_LAPSING, report->round->currency, lapsing);
    if (of_left != NULL && lapsing > 0)
        of_left = report_printf(report, "%s-%s", of_left, formula_cell(grid, CHART_LAPSING));
    grid_money_formula(grid, CHART_USED, of_used, used);
    grid_money_formula(grid, CHART_UNUSED, of_left, left - lapsing);
}

static ChartBars put_donors(Report *report, const ChartData *data, Grid *grid)
{
    const char *chart = _("Use by donor");
    ChartBars bars = {.first = grid->rows};
    size_t count = 0, shown;
    while (count < data->donor_count && data->by_cash[count].totals->cash_offered > 0)
        count++;
    shown = count > BARS_MOST ? BARS_MOST - 1 : count;
    bool twins = donors_have_twins(report);
    int64_t used = 0, left = 0, lapsing = 0;
    for (size_t i = 0; i < count; i++) {
        const DonorTotals *donor = data->by_cash[i].totals;
        int64_t own = donor->cash_offered - donor->cash_left;
        if (i >= shown) {
            used += own;
            left += donor->cash_left;
            lapsing += data->by_cash[i].lapsing;
            continue;
        }
        Match match = {.column = OFFERS_DONOR, .text = donor->id, .exact = twins};
        begin_bar(grid, chart, name_of(report, donor));
        put_use(report, grid, own, donor->cash_left, data->by_cash[i].lapsing, &match);
    }
    if (shown < count) {
        begin_bar(grid, chart, report_printf(report, "%zu others", count - shown));
        put_use(report, grid, used, left, lapsing, NULL);
    }
    bars.count = grid->rows - bars.first;
    return bars;
}

/* ---- the gap -------------------------------------------------------------------------------- */

static const char gap_chart[] = N_("From asked to unmet");

/* What one donor gives, or several when MATCH is NULL. The step ends where the one above begins. */
static void put_step(Report *report, Grid *grid, int64_t cash, int64_t in_kind, int64_t begins,
                     const Match *match)
{
    const Grid *lines = &report->assignments;
    unsigned row = (unsigned)(grid->head_row + grid->rows);
    char begin[4];
    if (report->no_memory)
        return;
    column_letters(grid->place[CHART_BEGINS], begin);
    const char *of_cash = match == NULL ? NULL : formula_sum(lines, ASSIGNMENTS_CASH, match, 1);
    const char *of_kind = match == NULL ? NULL : formula_sum(lines, ASSIGNMENTS_IN_KIND, match, 1);
    grid_money_formula(grid, CHART_CASH, of_cash, cash);
    grid_money_formula(grid, CHART_IN_KIND, of_kind, in_kind);
    const char *in_kind_cell =
        grid->place[CHART_IN_KIND] < 0 ? "0" : formula_cell(grid, CHART_IN_KIND);
    grid_money_formula(grid, CHART_BEGINS,
                       report_printf(report, "=%s%u-%s-%s", begin, row,
                                     formula_cell(grid, CHART_CASH), in_kind_cell),
                       begins);
}

static void put_givers(Report *report, const ChartData *data, Grid *grid, int64_t begins)
{
    int payer = report->has_chains ? ASSIGNMENTS_PAYER : ASSIGNMENTS_DONOR;
    bool twins = donors_have_twins(report);
    int64_t cash = 0, in_kind = 0;
    size_t count = 0, shown;
    while (count < data->donor_count &&
           data->by_given[count].totals->cash.value + data->by_given[count].totals->in_kind.value >
               0)
        count++;
    shown = count > STEPS_MOST ? STEPS_MOST - 1 : count;
    for (size_t i = 0; i < count; i++) {
        const DonorTotals *donor = data->by_given[i].totals;
        begins -= donor->cash.value + donor->in_kind.value;
        if (i >= shown) {
            cash += donor->cash.value;
            in_kind += donor->in_kind.value;
            continue;
        }
        Match match = {.column = payer, .text = donor->id, .exact = twins};
        begin_bar(grid, _(gap_chart), name_of(report, donor));
        put_step(report, grid, donor->cash.value, donor->in_kind.value, begins, &match);
    }
    if (shown < count) {
        begin_bar(grid, _(gap_chart), report_printf(report, "%zu other donors", count - shown));
        put_step(report, grid, cash, in_kind, begins, NULL);
    }
}

/* What needs have before this round, from one side: the step ends where @p open, a cell, says, and begins
 * at @p begins. @return the cell of that. */
static const char *put_given_already(Report *report, Grid *grid, ChartColumn column, int64_t value,
                                     int64_t begins, const char *open)
{
    bool held = column == CHART_HELD;
    begin_bar(grid, _(gap_chart), held ? _("Committed in earlier rounds") : _("Covered elsewhere"));
    grid_money_formula(grid, (int)column,
                       formula_total(&report->needs, held ? NEEDS_VALUE_HELD : NEEDS_VALUE_COVERED),
                       value);
    const char *step = formula_cell(grid, (int)column);
    grid_money_formula(grid, CHART_BEGINS, report_printf(report, "=%s-%s", open, step), begins);
    return formula_cell(grid, CHART_BEGINS);
}

static ChartBars put_gap(Report *report, const ChartData *data, Grid *grid)
{
    const GroupTotals *all = &report->totals.all;
    Unit currency = report->round->currency;
    ChartBars bars = {.first = grid->rows};
    if (all->asked <= 0)
        return bars;
    begin_bar(grid, _(gap_chart), _("Asked"));
    grid_money_formula(grid, CHART_ASKED, formula_total(&report->needs, NEEDS_VALUE_ASKED),
                       all->asked);
    grid_amount(grid, CHART_BEGINS, currency, 0);
    const char *asked = formula_cell(grid, CHART_ASKED);
    const char *open = asked;
    if (all->held > 0)
        open = put_given_already(report, grid, CHART_HELD, all->held, all->asked - all->held, open);
    (void)put_given_already(report, grid, CHART_COVERED, all->covered - all->held,
                            all->asked - all->covered, open);
    put_givers(report, data, grid, all->asked - all->covered);
    begin_bar(grid, _(gap_chart), _("Unmet"));
    grid_money_formula(grid, CHART_UNMET, formula_total(&report->needs, NEEDS_VALUE_UNMET),
                       all->unmet);
    grid_amount(grid, CHART_BEGINS, currency, 0);
    bars.count = grid->rows - bars.first;
    return bars;
}

/* ---- rounds --------------------------------------------------------------------------------- */

static ChartBars put_rounds(Report *report, const ChartData *data, Grid *grid)
{
    Unit currency = report->round->currency;
    size_t count = data->round_count, first = count > BARS_MOST ? count - BARS_MOST : 0;
    ChartBars bars = {.first = grid->rows, .count = count - first};
    for (size_t i = first; i < count; i++) {
        const RoundBar *round = &data->all_rounds[i];
        begin_bar(grid, _("Rounds over time"), round->name);
        for (int sort = 0; sort < LEDGER_SORTS; sort++)
            grid_amount(grid, CHART_SORTS + sort, currency, round->value[sort]);
        grid_amount(grid, CHART_UNMET, currency, round->unmet);
    }
    return bars;
}

/* ---- the sheet ------------------------------------------------------------------------------ */

/* Columns that no chart of this round has a figure for. */
static uint64_t empty_columns(const Report *report, const ChartData *data)
{
    bool held = report->totals.all.held > 0;
    uint64_t without = grid_without(data->lapsing > 0, CHART_LAPSING) |
                       grid_without(held, CHART_HELD) | grid_without(held, CHART_HELD_SHARE);
    if (report->totals.given.in_kind.value == 0)
        without |= UINT64_C(1) << CHART_IN_KIND;
    for (int sort = 0; sort < LEDGER_SORTS; sort++) {
        bool any = false;
        for (size_t i = 0; i < data->round_count; i++)
            any = any || data->all_rounds[i].value[sort] != 0;
        without |= any ? 0 : UINT64_C(1) << (CHART_SORTS + sort);
    }
    return without;
}

/* The columns, the first as wide as the longest name of a chart, in any language. */
static GridColumn *own_columns(Report *report)
{
    const char *const names[] = {_("Coverage by tier"), _("Coverage by category"), _(gap_chart),
                                 _("Use by donor"), _("Rounds over time")};
    GridColumn *own = report_alloc(report, CHART_COLUMNS, sizeof *own);
    if (own == NULL)
        return NULL;
    memcpy(own, columns, sizeof columns);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        double width = (double)page_text_length(names[i]);
        own[CHART_NAME].width = width > own[CHART_NAME].width ? width : own[CHART_NAME].width;
    }
    return own;
}

static void build(Page *page, uint64_t behind, void *context)
{
    ChartData *data = context;
    Report *report = page->report;
    page_head(page,
              report_printf(report, "Chart data: the figures that the sheet Charts draws, in %s",
                            report->round->currency.name));
    GridSpec spec = {.name = "ChartData",
                     .columns = own_columns(report),
                     .column_count = CHART_COLUMNS,
                     .without = empty_columns(report, data),
                     .behind = behind,
                     .rows = 4 * BARS_MOST};
    Grid *grid = &data->grid;
    if (report->no_memory)
        return;
    grid_begin(grid, page, &spec);
    data->tiers = put_groups(report, grid, &report->totals.tiers, true);
    data->categories = put_groups(report, grid, &report->totals.categories, false);
    data->gap = put_gap(report, data, grid);
    data->donors = put_donors(report, data, grid);
    data->rounds = put_rounds(report, data, grid);
    grid_end(grid, 2);
}

/* The first to go off paper is what the pictures say themselves: shares, and where a step begins. */
void chart_data_build(Report *report, ChartData *data)
{
    static const uint64_t behind[] = {
        UINT64_C(1) << CHART_BEGINS,
        UINT64_C(1) << CHART_HELD_SHARE | UINT64_C(1) << CHART_COVERED_SHARE |
            UINT64_C(1) << CHART_ASSIGNED_SHARE | UINT64_C(1) << CHART_UNMET_SHARE};
    Page *page = &report->pages[PAGE_CHART_DATA];
    *data = (ChartData){.grid = {.page = page}};
    chart_donors_gather(report, data);
    chart_rounds_gather(report, data);
    if (!report->no_memory)
        page_build_narrow(page, &(NarrowPage){build, data, behind, sizeof behind / sizeof *behind});
}
