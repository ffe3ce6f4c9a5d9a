/* The cumulative annex of the decision paper: how the total of all rounds comes from the last one's, step
 * by step. Notes of the ledger's lines are the planners' own: the steps are sums, without them.
 */
#include <string.h>

#include "io/pack_internal.h"

#include "allot/language.h"

typedef enum AnnexColumn {
    ANNEX_STEP,
    ANNEX_LINES,
    ANNEX_VALUES, /* LEDGER_SORTS of them */
    ANNEX_COLUMNS = ANNEX_VALUES + LEDGER_SORTS
} AnnexColumn;

enum { LABEL_WIDTH = 30, WORDS_WIDTH = 44, FIGURE_WIDTH = 15 };

static const GridColumn annex_columns[ANNEX_COLUMNS] = {
    [ANNEX_STEP] = {N_("What"), LABEL_WIDTH, LOOK_BODY, false, false},
    [ANNEX_LINES] = {N_("Lines"), WORDS_WIDTH, LOOK_WRAP, false, false},
    [ANNEX_VALUES +
        SORT_PLEDGED_CASH] = {N_("Pledged, cash"), FIGURE_WIDTH, LOOK_RIGHT, true, false},
    [ANNEX_VALUES +
        SORT_PLEDGED_IN_KIND] = {N_("Pledged, in kind"), FIGURE_WIDTH, LOOK_RIGHT, true, false},
    [ANNEX_VALUES +
        SORT_COMMITTED_CASH] = {N_("Committed, cash"), FIGURE_WIDTH, LOOK_RIGHT, true, false},
    [ANNEX_VALUES +
        SORT_COMMITTED_IN_KIND] = {N_("Committed, in kind"), FIGURE_WIDTH, LOOK_RIGHT, true, false},
    [ANNEX_VALUES + SORT_PAID_CASH] = {N_("Paid in, cash"), FIGURE_WIDTH, LOOK_RIGHT, true, false},
    [ANNEX_VALUES +
        SORT_PAID_IN_KIND] = {N_("Handed over, in kind"), FIGURE_WIDTH, LOOK_RIGHT, true, false},
};

/** All rows of one step of the bridge. */
typedef struct StepSum {
    size_t rows, lines, unvalued;
    int64_t value[LEDGER_SORTS];
} StepSum;

/** Of the two lines that move a basis, in and out, the one that is in stands for what has moved. */
static bool is_counted(const BridgeRow *row)
{
    return row->line != NULL && (row->step != BRIDGE_BASIS || row->line->quantity > 0);
}

static void sum_steps(const LedgerReport *ledger, StepSum sums[BRIDGE_STEPS])
{
    for (size_t i = 0; i < ledger->bridge_count; i++) {
        const BridgeRow *row = &ledger->bridge[i];
        StepSum *sum = &sums[row->step];
        sum->rows++;
        sum->lines += is_counted(row);
        sum->unvalued += is_counted(row) && !row->line->has_value;
        for (int sort = 0; sort < LEDGER_SORTS; sort++)
            sum->value[sort] += row->value[sort];
    }
}

/** Columns that would hold nothing, from the first row to the last. */
static uint64_t empty_sorts(const StepSum sums[BRIDGE_STEPS])
{
    uint64_t empty = 0;
    for (int sort = 0; sort < LEDGER_SORTS; sort++) {
        bool any = false;
        for (int step = 0; step < BRIDGE_STEPS; step++)
            any = any || sums[step].value[sort] != 0;
        empty |= any ? 0 : UINT64_C(1) << (ANNEX_VALUES + sort);
    }
    return empty;
}

static const char *lines_text(Report *report, const StepSum *sum)
{
    if (sum->lines == 0)
        return "";
    const char *ending = sum->lines == 1 ? "" : "s";
    if (sum->unvalued == 0)
        return report_printf(report, "%zu line%s", sum->lines, ending);
    return report_printf(report, "%zu line%s, %zu of them without a money value", sum->lines,
                         ending, sum->unvalued);
}

static void put_step(Report *report, Grid *grid, BridgeStep step, const StepSum *sum)
{
    grid_row(grid);
    grid_text(grid, ANNEX_STEP, _(bridge_step_text(step)));
    grid_text(grid, ANNEX_LINES, lines_text(report, sum));
    for (int sort = 0; sort < LEDGER_SORTS; sort++) {
        grid_amount(grid, ANNEX_VALUES + sort, report->round->currency, sum->value[sort]);
        grid_dash(grid, ANNEX_VALUES + sort);
    }
}

static void put_steps(Report *report, Page *page, bool on_paper)
{
    StepSum sums[BRIDGE_STEPS] = {{0}};
    GridSpec spec = {.name = on_paper ? "AnnexOfPaper" : "Annex",
                     .columns = annex_columns,
                     .column_count = ANNEX_COLUMNS,
                     .block = on_paper};
    Grid grid;
    sum_steps(report->ledger, sums);
    spec.without = empty_sorts(sums);
    for (int step = 0; step < BRIDGE_STEPS; step++)
        spec.rows += sums[step].rows > 0;
    grid_begin(&grid, page, &spec);
    for (int step = 0; step < BRIDGE_STEPS; step++)
        if (sums[step].rows > 0)
            put_step(report, &grid, (BridgeStep)step, &sums[step]);
    grid_end(&grid, 0);
}

static void put_note(Page *page)
{
    page_note(page, _("All rounds of the ledger, and this proposal as if it were agreed. What is "
                      "pledged, committed and paid in is never added. By beneficiary and donor, "
                      "with payments and deliveries: the sheet Cumulative. What ends, and what is "
                      "about to be lost: the sheets Cliff and Lapsing."));
}

void pack_annex(Report *report, Page *page)
{
    page_section(page, _("7. Cumulative annex"));
    if (report->ledger == NULL) {
        page_note(page,
                  _("No ledger of earlier rounds was given: this paper is of this round alone."));
        return;
    }
    put_steps(report, page, true);
    page->next_row++;
    put_note(page);
}

void pack_annex_sheet(Report *report, Page *page)
{
    if (report->ledger == NULL)
        return;
    page_head(page, _("7. Cumulative annex"));
    put_note(page);
    put_steps(report, page, false);
}
