/* The sheet Reasons of the coordination group: what is not met, or not in full, need by need. */
#include "io/pack_internal.h"

#include "allot/language.h"

bool pack_is_excluded(const Report *report, size_t need)
{
    return report->plan->needs[need].reason != REASON_NONE &&
           report->totals.needs[need].state != NEED_NOT_CHOSEN;
}

static const GridColumn exclusion_columns[] = {
    {N_("Need"), 9, LOOK_BODY, false, false},         {N_("Title"), 30, LOOK_WRAP, false, false},
    {N_("Beneficiary"), 26, LOOK_WRAP, false, false}, {N_("Category"), 9, LOOK_BODY, false, false},
    {N_("Tier"), 5, LOOK_CENTER, false, false},       {N_("Worth"), 15, LOOK_RIGHT, true, true},
    {N_("Unmet"), 14, LOOK_RIGHT, false, false},      {N_("Unit"), 13, LOOK_CENTER, false, false},
    {N_("Reason"), 18, LOOK_WRAP, false, false},      {N_("Why"), 90, LOOK_WRAP, false, false},
};

static void put_excluded(Explanation *explain, Report *report, Grid *grid, int index)
{
    const Need *need = &report->round->needs[index];
    const NeedResult *result = &report->plan->needs[index];
    const NeedTotals *totals = &report->totals.needs[index];
    grid_row(grid);
    grid_text(grid, 0, need->id);
    grid_text(grid, 1, need->title);
    grid_text(grid, 2, explain_beneficiary_name(explain, need->beneficiary));
    grid_text(grid, 3, need->category);
    grid_number(grid, 4, need->tier, FORM_PLACES);
    if (totals->has_value)
        grid_amount(grid, 5, report->round->currency, result->value_unmet);
    if (need->quantity_known && !need_is_outcome(need))
        grid_amount(grid, 6, need->unit, result->unmet);
    grid_text(grid, 7, need->unit.name);
    grid_text(grid, 8, reason_text(result->reason));
    grid_text(grid, 9, pack_reason_text(explain, index));
}

void pack_exclusions(Explanation *explain, Report *report, Page *page)
{
    GridSpec spec = {.name = "Reasons",
                     .columns = exclusion_columns,
                     .column_count = sizeof exclusion_columns / sizeof *exclusion_columns};
    Grid grid;
    for (size_t n = 0; n < report->round->need_count; n++)
        spec.rows += pack_is_excluded(report, n);
    page_head(page, _("What is not met, or not in full, and why"));
    grid_begin(&grid, page, &spec);
    for (int n = 0; n < (int)report->round->need_count; n++)
        if (pack_is_excluded(report, (size_t)n))
            put_excluded(explain, report, &grid, n);
    grid_end(&grid, 1);
}
