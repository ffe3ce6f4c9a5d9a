/* The Assignments sheet: who gives what to whom, one line an assignment, in the offer's own units
 * and in the reporting currency. Cash and in kind stand in columns of their own, so that no total
 * mixes them.
 */
#include "io/sheets.h"

#include "allot/language.h"

static const GridColumn columns[ASSIGNMENTS_COLUMNS] = {
    [ASSIGNMENTS_NEED] = {N_("Need"), 9, LOOK_BODY, false, false},
    [ASSIGNMENTS_OFFER] = {N_("Offer"), 9, LOOK_BODY, false, false},
    [ASSIGNMENTS_DONOR] = {N_("Donor"), 9, LOOK_BODY, false, false},
    [ASSIGNMENTS_PAYER] = {N_("Money from"), 11, LOOK_BODY, false, false},
    [ASSIGNMENTS_TITLE] = {N_("Title"), 40, LOOK_WRAP, false, false},
    [ASSIGNMENTS_BENEFICIARY] = {N_("Beneficiary"), 13, LOOK_WRAP, false, false},
    [ASSIGNMENTS_REGION] = {N_("Region"), 9, LOOK_WRAP, false, false},
    [ASSIGNMENTS_CATEGORY] = {N_("Category"), 9.5, LOOK_BODY, false, false},
    [ASSIGNMENTS_TIER] = {N_("Tier"), 5, LOOK_CENTER, false, false},
    [ASSIGNMENTS_QUANTITY] = {N_("Quantity"), 10, LOOK_RIGHT, false, false},
    [ASSIGNMENTS_UNIT] = {N_("Unit"), 13, LOOK_WRAP, false, false},
    [ASSIGNMENTS_OFFER_QUANTITY] = {N_("Offer quantity"), 12, LOOK_RIGHT, false, false},
    [ASSIGNMENTS_OFFER_UNIT] = {N_("Offer unit"), 13, LOOK_WRAP, false, false},
    [ASSIGNMENTS_KIND] = {N_("Kind"), 8, LOOK_BODY, false, false},
    [ASSIGNMENTS_CASH] = {N_("Cash"), 13, LOOK_RIGHT, true, true},
    [ASSIGNMENTS_IN_KIND] = {N_("In kind"), 13, LOOK_RIGHT, true, true},
    [ASSIGNMENTS_BASIS] = {N_("Basis"), 11, LOOK_CENTER, false, false},
    [ASSIGNMENTS_LOCKED] = {N_("Locked"), 8, LOOK_CENTER, false, false},
};

static void put_line(Report *report, Grid *grid, size_t index)
{
    const Assignment *line = &report->plan->assignments[index];
    const Round *round = report->round;
    const Need *need = &round->needs[line->need];
    const Offer *offer = &round->offers[line->offer];
    grid_row(grid);
    grid_text(grid, ASSIGNMENTS_NEED, need->id);
    grid_text(grid, ASSIGNMENTS_OFFER, offer->id);
    grid_text(grid, ASSIGNMENTS_DONOR, offer->donor);
    grid_text(grid, ASSIGNMENTS_PAYER, round->offers[offer->root].donor);
    grid_text(grid, ASSIGNMENTS_TITLE, report_need_title(report, need));
    grid_text(grid, ASSIGNMENTS_BENEFICIARY, need->beneficiary);
    grid_text(grid, ASSIGNMENTS_REGION, need->region);
    grid_text(grid, ASSIGNMENTS_CATEGORY, need->category);
    grid_number(grid, ASSIGNMENTS_TIER, need->tier, FORM_PLACES);
    grid_amount(grid, ASSIGNMENTS_QUANTITY, need->unit, line->quantity);
    grid_text(grid, ASSIGNMENTS_UNIT, need->unit.name);
    grid_amount(grid, ASSIGNMENTS_OFFER_QUANTITY, offer->unit, line->offer_quantity);
    grid_text(grid, ASSIGNMENTS_OFFER_UNIT, offer->unit.name);
    grid_text(grid, ASSIGNMENTS_KIND, offer->unit.is_money ? _("cash") : _("in kind"));
    if (line->has_value)
        grid_amount(grid, offer->unit.is_money ? ASSIGNMENTS_CASH : ASSIGNMENTS_IN_KIND,
                    round->currency, line->value);
    grid_text(grid, ASSIGNMENTS_BASIS, _(basis_text(line->basis)));
    grid_text(grid, ASSIGNMENTS_LOCKED, line->locked ? _("yes") : _("no"));
}

void sheet_assignments_build(Report *report)
{
    Page *page = &report->pages[PAGE_ASSIGNMENTS];
    page_head(page, _("Assignments"));
    page_note(page, _("Who gives what to whom. The offer quantity is gross, what channels keep "
                      "included; the values are what arrives. In kind is worth what the need's "
                      "unit costs; where that is not known the value is empty, not zero."));
    page_note(page, report->rates_line);
    GridSpec spec = {.name = "Assignments",
                     .columns = columns,
                     .column_count = ASSIGNMENTS_COLUMNS,
                     .without = report->has_chains ? 0 : UINT64_C(1) << ASSIGNMENTS_PAYER,
                     .rows = report->plan->assignment_count,
                     .make = put_line};
    Grid *grid = &report->assignments;
    grid_begin(grid, page, &spec);
    grid_list(grid);
    grid_end(grid, 3);
}
