/* The Problems sheet: every finding about the input, with its place, as problems.csv has them.
 */
#include "io/sheets.h"

#include "allot/language.h"

typedef enum ProblemsColumn {
    PROBLEMS_SEVERITY,
    PROBLEMS_CODE,
    PROBLEMS_TABLE,
    PROBLEMS_ROW,
    PROBLEMS_COLUMN,
    PROBLEMS_VALUE,
    PROBLEMS_MESSAGE,
    PROBLEMS_COLUMNS
} ProblemsColumn;

static const GridColumn columns[PROBLEMS_COLUMNS] = {
    [PROBLEMS_SEVERITY] = {N_("Severity"), 14, LOOK_BODY, false, false},
    [PROBLEMS_CODE] = {N_("Code"), 8, LOOK_BODY, false, false},
    [PROBLEMS_TABLE] = {N_("Table"), 14, LOOK_BODY, false, false},
    [PROBLEMS_ROW] = {N_("Row"), 7, LOOK_CENTER, false, false},
    [PROBLEMS_COLUMN] = {N_("Column"), 16, LOOK_BODY, false, false},
    [PROBLEMS_VALUE] = {N_("Value found"), 22, LOOK_WRAP, false, false},
    [PROBLEMS_MESSAGE] = {N_("What is wrong and what to do"), 70, LOOK_WRAP, false, false},
};

static const char *or_empty(const char *text)
{
    return text != NULL ? text : "";
}

static void put_finding(Grid *grid, const Finding *finding)
{
    const DiagPlace *place = &finding->place;
    grid_row(grid);
    grid_text(grid, PROBLEMS_SEVERITY, _(diag_severity_text(finding->severity)));
    grid_text(grid, PROBLEMS_CODE, diag_code_text(finding->code));
    grid_text(grid, PROBLEMS_TABLE, or_empty(place->table != NULL ? place->table : place->file));
    if (place->line > 0)
        grid_number(grid, PROBLEMS_ROW, place->line, FORM_PLACES);
    grid_text(grid, PROBLEMS_COLUMN, or_empty(place->column_name));
    grid_text(grid, PROBLEMS_VALUE, or_empty(place->text));
    grid_text(grid, PROBLEMS_MESSAGE, finding->message);
}

void sheet_problems_build(Report *report)
{
    Page *page = &report->pages[PAGE_PROBLEMS];
    size_t count, all = 0;
    if (report->findings == NULL)
        return;
    const Finding *findings = diag_findings(report->findings, &count);
    for (int severity = DIAG_ERROR; severity <= DIAG_NOTE; severity++)
        all += diag_count(report->findings, (DiagSeverity)severity);
    page_head(page, _("Problems"));
    page_note(page,
              _("What the checks found in the input. An error stops a round; a warning asks for a "
                "look; a note only says what was done. The row is that of the file or sheet."));
    if (all > count)
        page_note(page, report_printf(report, "%zu more findings are not listed.", all - count));
    GridSpec spec = {
        .name = "Problems", .columns = columns, .column_count = PROBLEMS_COLUMNS, .rows = count};
    Grid grid;
    grid_begin(&grid, page, &spec);
    for (size_t i = 0; i < count; i++)
        put_finding(&grid, &findings[i]);
    grid_end(&grid, 0);
}
