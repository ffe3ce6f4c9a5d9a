/* The Matrix sheet: what each donor gives for each category of need, in one table. Cash, in kind with
 * a money value and in kind without are rows of their own, with a sum for each below the table: added
 * together they say nothing. The larger a figure of one kind, the darker its cell, on paper without
 * colours too.
 */
#include "io/sheets.h"

#include "allot/language.h"

typedef struct Block {
    const char *title;
    bool in_kind;
    bool counts; /* lines without a money value are counted */
} Block;

static const Block blocks[] = {
    {N_("Cash"), false, false},
    {N_("In kind, with a money value"), true, false},
    {N_("In kind, no money value (lines)"), true, true},
};

enum { BLOCKS = sizeof blocks / sizeof *blocks };

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

enum { MATRIX_DONOR, MATRIX_KIND, MATRIX_FIRST /* category */ };

/* Donor, what its row counts, one column a category, all of them together. */
static GridColumn *matrix_columns(Report *report)
{
    const GroupList *categories = &report->totals.categories;
    GridColumn *columns =
        report_alloc(report, categories->count + MATRIX_FIRST + 1, sizeof *columns);
    if (columns == NULL)
        return NULL;
    columns[MATRIX_DONOR] = (GridColumn){.heading = _("Donor"), .width = 14, .look = LOOK_BODY};
    columns[MATRIX_KIND] = (GridColumn){.heading = _("What"), .width = 32, .look = LOOK_WRAP};
    for (size_t c = 0; c < categories->count; c++)
        columns[MATRIX_FIRST + c] =
            (GridColumn){.heading = *categories->groups[c].name != '\0' ? categories->groups[c].name
                                                                        : _("(none given)"),
                         .width = 13,
                         .look = LOOK_RIGHT};
    columns[MATRIX_FIRST + categories->count] =
        (GridColumn){.heading = _("All"), .width = 13, .look = LOOK_RIGHT};
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

/* The matrix being built, and the kind of its rows now. */
typedef struct Matrix {
    Report *report;
    Grid grid;
    const Block *block;
    const char *kind; /* the block's title, with the currency */
    int64_t *figures; /* [donor * categories + category] of the block */
    bool twins;
} Matrix;

static void put_row(Matrix *matrix, size_t donor)
{
    Report *report = matrix->report;
    Grid *grid = &matrix->grid;
    const Totals *totals = &report->totals;
    int count = (int)totals->categories.count, all = MATRIX_FIRST + count;
    int64_t sum = 0;
    grid_row(grid);
    grid_text(grid, MATRIX_DONOR, totals->donors[donor].id);
    grid_text(grid, MATRIX_KIND, matrix->kind);
    for (int c = 0; c < count; c++) {
        int64_t figure = matrix->figures[donor * totals->categories.count + (size_t)c];
        const char *formula = cell_formula(report, matrix->block, totals->donors[donor].id,
                                           totals->categories.groups[c].name, matrix->twins);
        put_figure(grid, MATRIX_FIRST + c, matrix->block, formula, figure);
        sum += figure;
    }
    const char *row_sum = report_printf(report, "=SUM(%s:%s)", formula_cell(grid, MATRIX_FIRST),
                                        formula_cell(grid, all - 1));
    put_figure(grid, all, matrix->block, row_sum, sum);
}

/* The sum of the @p rows from @p first on, in row @p row below the table. */
static void put_sum(Matrix *matrix, uint32_t first, size_t rows, uint32_t row)
{
    Report *report = matrix->report;
    Page *page = &report->pages[PAGE_MATRIX];
    size_t donors = report->totals.donor_count, categories = report->totals.categories.count;
    Unit currency = report->round->currency;
    put_text(page, row, MATRIX_DONOR, LOOK_TOTAL, _("All donors"));
    put_text(page, row, MATRIX_KIND, LOOK_TOTAL, matrix->kind);
    int64_t all = 0;
    for (size_t c = 0; c <= categories; c++) {
        int column = MATRIX_FIRST + (int)c;
        int64_t sum = 0;
        char letters[4];
        for (size_t d = 0; c < categories && d < donors; d++)
            sum += matrix->figures[d * categories + c];
        all += sum;
        sum = c < categories ? sum : all;
        column_letters(column, letters);
        const char *formula = report_printf(report, "=SUM(%s%u:%s%u)", letters, (unsigned)first + 1,
                                            letters, (unsigned)(first + rows));
        Unit unit = matrix->block->counts ? (Unit){0} : currency;
        Form form = (Form)(FORM_DASH + unit.places);
        double value = matrix->block->counts ? (double)sum : amount_to_double(currency, sum);
        put_formula(page, row, column, LOOK_TOTAL, formula, value, form);
        put_width(page, column, form_width(form, value) + 1);
    }
}

/* Does the donor give anything of the kind? */
static bool gives(const Report *report, const int64_t *figures, size_t donor)
{
    size_t categories = report->totals.categories.count;
    for (size_t c = 0; c < categories; c++)
        if (figures[donor * categories + c] != 0)
            return true;
    return false;
}

static size_t count_givers(const Report *report, const int64_t *figures)
{
    size_t count = 0;
    for (size_t d = 0; d < report->totals.donor_count; d++)
        count += gives(report, figures, d);
    return count;
}

/* The rows of a kind, of which there are @p rows; row @p below takes their sum. */
static void put_block(Matrix *matrix, const Block *block, size_t rows, uint32_t below)
{
    Report *report = matrix->report;
    size_t categories = report->totals.categories.count;
    uint32_t first = matrix->grid.head_row + 1 + (uint32_t)matrix->grid.rows;
    matrix->block = block;
    matrix->kind = block->counts ? _(block->title)
                                 : report_printf(report, "%s (%s)", _(block->title),
                                                 report->round->currency.name);
    for (size_t d = 0; d < report->totals.donor_count && !report->no_memory; d++)
        if (gives(report, matrix->figures, d))
            put_row(matrix, d);
    put_heat(&report->pages[PAGE_MATRIX], (Area){first, first + (uint32_t)rows - 1, MATRIX_FIRST,
                                                 (uint16_t)(MATRIX_FIRST + categories - 1)});
    put_sum(matrix, first, rows, below);
}

static void put_matrix(Report *report)
{
    Page *page = &report->pages[PAGE_MATRIX];
    const Totals *totals = &report->totals;
    int64_t *figures[BLOCKS];
    size_t rows[BLOCKS];
    GridSpec spec = {.name = "Matrix",
                     .columns = matrix_columns(report),
                     .column_count = totals->categories.count + MATRIX_FIRST + 1,
                     .given = true};
    Matrix matrix = {.report = report};
    for (size_t b = 0; b < BLOCKS; b++) {
        figures[b] = block_figures(report, &blocks[b]);
        rows[b] = report->no_memory ? 0 : count_givers(report, figures[b]);
        spec.rows += rows[b];
    }
    if (report->no_memory)
        return;
    grid_begin(&matrix.grid, page, &spec);
    matrix.twins = donors_have_twins(report) || groups_have_twins(report, &totals->categories);
    uint32_t below = matrix.grid.head_row + 1 + (uint32_t)spec.rows;
    for (size_t b = 0; b < BLOCKS; b++) {
        matrix.figures = figures[b];
        if (rows[b] > 0)
            put_block(&matrix, &blocks[b], rows[b], below++);
    }
    grid_end(&matrix.grid, MATRIX_FIRST);
}

void sheet_matrix_build(Report *report)
{
    Page *page = &report->pages[PAGE_MATRIX];
    page_head(page, _("Matrix: what each donor gives for each category of need"));
    page_note(page,
              _("Cash is what arrives. In kind is worth what the needs' units cost, and is never "
                "added to cash; where no money value is known the assignments are counted. A donor "
                "without a row of a kind gives nothing of it."));
    page_note(page, report->rates_line);
    if (report->plan->assignment_count == 0) {
        page->next_row++;
        page_note(page, _("Nothing is assigned."));
        return;
    }
    put_matrix(report);
}
