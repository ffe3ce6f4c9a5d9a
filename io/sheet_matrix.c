/* The Matrix sheet: what each donor gives for each category of need. Cash, in kind with a money
 * value and in kind without stand in blocks of their own: their sums say nothing together. The larger
 * a figure, the darker its cell, on paper without colours too.
 */
#include "io/sheets.h"

#include "allot/language.h"

typedef struct Block {
    const char *title;
    const char *name; /* of the table */
    bool in_kind;
    bool counts; /* lines without a money value are counted */
} Block;

static const Block blocks[] = {
    {N_("Cash"), "MatrixCash", false, false},
    {N_("In kind, with a money value"), "MatrixInKind", true, false},
    {N_("In kind without a money value: number of assignments"), "MatrixCounts", true, true},
};

/* What one block shows of each donor and category, [donor * categories + category]. */
static int64_t *block_figures(Report *report, const Block *block)
{
    const Totals *totals = &report->totals;
    size_t categories = totals->categories.count;
    int64_t *figures = report_alloc(report, totals->donor_count * categories, sizeof *figures);
    for (size_t a = 0; figures != NULL && a < report->plan->assignment_count; a++) {
        const Assignment *line = &report->plan->assignments[a];
        if (report->round->offers[line->offer].unit.is_money == block->in_kind ||
            line->has_value == block->counts)
            continue;
        size_t d = totals_donor(totals, report->round, line->offer);
        size_t c = totals_category(totals, &report->round->needs[line->need]);
        figures[d * categories + c] += block->counts ? 1 : line->value;
    }
    return figures;
}

/* Donor, one column a category, all of them together. */
static GridColumn *block_columns(Report *report)
{
    const GroupList *categories = &report->totals.categories;
    GridColumn *columns = report_alloc(report, categories->count + 2, sizeof *columns);
    if (columns == NULL)
        return NULL;
    columns[0] = (GridColumn){.heading = _("Donor"), .width = 14, .look = LOOK_BODY};
    for (size_t c = 0; c < categories->count; c++)
        columns[c + 1] =
            (GridColumn){.heading = *categories->groups[c].name != '\0' ? categories->groups[c].name
                                                                        : _("(none given)"),
                         .width = 13,
                         .look = LOOK_RIGHT,
                         .total = true};
    columns[categories->count + 1] =
        (GridColumn){.heading = _("All"), .width = 13, .look = LOOK_RIGHT, .total = true};
    return columns;
}

static const char *cell_formula(Report *report, const Block *block, const char *donor,
                                const char *category, bool twins)
{
    int payer = report->has_chains ? ASSIGNMENTS_PAYER : ASSIGNMENTS_DONOR;
    Match matches[] = {{.column = payer, .text = donor, .exact = twins},
                       {.column = ASSIGNMENTS_CATEGORY, .text = category, .exact = twins}};
    int column = block->in_kind ? ASSIGNMENTS_IN_KIND : ASSIGNMENTS_CASH;
    return formula_sum(&report->assignments, column, matches, 2);
}

/* One figure in its form, a dash for nothing. */
static void put_figure(Grid *grid, int column, const Block *block, const char *formula,
                       int64_t figure)
{
    if (block->counts)
        grid_count_formula(grid, column, NULL, (size_t)figure);
    else
        grid_money_formula(grid, column, formula, figure);
    grid_dash(grid, column);
}

static void put_row(Report *report, Grid *grid, const Block *block, size_t donor,
                    const int64_t *figures, bool twins)
{
    const Totals *totals = &report->totals;
    int last = (int)totals->categories.count;
    int64_t sum = 0;
    grid_row(grid);
    grid_text(grid, 0, totals->donors[donor].id);
    for (int c = 0; c < last; c++) {
        const char *formula = cell_formula(report, block, totals->donors[donor].id,
                                           totals->categories.groups[c].name, twins);
        put_figure(grid, c + 1, block, formula, figures[c]);
        sum += figures[c];
    }
    const char *row_sum =
        report_printf(report, "=SUM(%s:%s)", formula_cell(grid, 1), formula_cell(grid, last));
    put_figure(grid, last + 1, block, row_sum, sum);
}

static void put_block(Report *report, const Block *block)
{
    Page *page = &report->pages[PAGE_MATRIX];
    const Totals *totals = &report->totals;
    int64_t *figures = block_figures(report, block);
    GridColumn *columns = block_columns(report);
    if (report->no_memory)
        return;
    page_section(page, block->counts ? _(block->title)
                                     : report_printf(report, "%s (%s)", _(block->title),
                                                     report->round->currency.name));
    size_t categories = totals->categories.count;
    GridSpec spec = {.name = block->name,
                     .columns = columns,
                     .column_count = categories + 2,
                     .rows = totals->donor_count,
                     .given = true,
                     .block = true};
    Grid grid;
    grid_begin(&grid, page, &spec);
    bool twins = donors_have_twins(report) || groups_have_twins(report, &totals->categories);
    for (size_t d = 0; d < totals->donor_count; d++)
        put_row(report, &grid, block, d, figures + d * categories, twins);
    grid_end(&grid, 0);
    if (grid.rows > 0 && categories > 0)
        put_heat(page, (Area){.first_row = grid.head_row + 1,
                              .last_row = grid.head_row + (uint32_t)grid.rows,
                              .first_column = 1,
                              .last_column = (uint16_t)categories});
    grid_sum_below(&grid, _("All donors"));
}

void sheet_matrix_build(Report *report)
{
    Page *page = &report->pages[PAGE_MATRIX];
    page_head(page, _("Matrix: what each donor gives for each category of need"));
    page_note(page,
              _("Cash is what arrives. In kind is worth what the needs' units cost, and is never "
                "added to cash; where no money value is known the assignments are counted."));
    page_note(page, report->rates_line);
    const DonorTotals *given = &report->totals.given;
    if (report->plan->assignment_count == 0) {
        page->next_row++;
        page_note(page, _("Nothing is assigned."));
        return;
    }
    put_block(report, &blocks[0]);
    if (given->in_kind.lines > given->in_kind.without_value)
        put_block(report, &blocks[1]);
    if (given->in_kind.without_value > 0)
        put_block(report, &blocks[2]);
    page_break_blocks(page);
    page->frozen_columns = 1;
}
