/* The Summary's block of donors: cash offered, used and left, what is given in kind beside it, the
 * largest offer first.
 */
#include <stdlib.h>
#include <string.h>

#include "io/summary_internal.h"

#include "allot/language.h"

static const GridColumn columns[GIVER_COLUMNS] = {
    [GIVER_LABEL] = {N_("By donor"), 30, LOOK_WRAP, false, false},
    [GIVER_OFFERED] = {N_("Cash offered"), 14, LOOK_RIGHT, true, true},
    [GIVER_USED] = {N_("Cash used"), 14, LOOK_RIGHT, true, true},
    [GIVER_LEFT] = {N_("Cash left"), 14, LOOK_RIGHT, true, true},
    [GIVER_IN_KIND] = {N_("In kind given"), 14, LOOK_RIGHT, true, true},
    [GIVER_USED_SHARE] = {N_("Cash used, share"), 10, LOOK_RIGHT, false, false},
    [GIVER_OFFERS] = {N_("Offers"), 10, LOOK_RIGHT, false, true},
    [GIVER_NEEDS] = {N_("Needs served"), 10, LOOK_RIGHT, false, false},
};

static const char *label_of(Report *report, const DonorTotals *donor)
{
    if (donor->row < 0 || *report->round->donors[donor->row].name == '\0')
        return donor->id;
    return report_printf(report, "%s \xE2\x80\x93 %s", donor->id,
                         report->round->donors[donor->row].name);
}

static int by_size(const void *a, const void *b)
{
    const DonorTotals *left = a, *right = b;
    if (left->cash_offered != right->cash_offered)
        return left->cash_offered < right->cash_offered ? 1 : -1;
    if (left->in_kind.value != right->in_kind.value)
        return left->in_kind.value < right->in_kind.value ? 1 : -1;
    return strcmp(left->id, right->id);
}

static void put_money(Grid *grid, int column, const char *formula, int64_t amount)
{
    grid_money_formula(grid, column, formula, amount);
    grid_dash(grid, column);
}

static void put_donor(Report *report, Grid *grid, const DonorTotals *donor, bool twins)
{
    const Grid *offers = &report->offers;
    int payer = report->has_chains ? ASSIGNMENTS_PAYER : ASSIGNMENTS_DONOR;
    Match offered = {.column = OFFERS_DONOR, .text = donor->id, .exact = twins};
    Match given = {.column = payer, .text = donor->id, .exact = twins};
    int64_t used = donor->cash_offered - donor->cash_left;
    grid_row(grid);
    grid_text(grid, GIVER_LABEL, label_of(report, donor));
    put_money(grid, GIVER_OFFERED, formula_sum(offers, OFFERS_CASH_OFFERED, &offered, 1),
              donor->cash_offered);
    put_money(grid, GIVER_USED, formula_sum(offers, OFFERS_CASH_USED, &offered, 1), used);
    put_money(grid, GIVER_LEFT, formula_sum(offers, OFFERS_CASH_LEFT, &offered, 1),
              donor->cash_left);
    put_money(grid, GIVER_IN_KIND,
              formula_sum(&report->assignments, ASSIGNMENTS_IN_KIND, &given, 1),
              donor->in_kind.value);
    grid_share_formula(grid, GIVER_USED_SHARE, GIVER_USED, GIVER_OFFERED, used,
                       donor->cash_offered);
    grid_count(grid, GIVER_OFFERS, donor->offers);
    grid_count(grid, GIVER_NEEDS, donor->needs);
}

void summary_put_donors(Report *report, Grid *out)
{
    Page *page = &report->pages[PAGE_SUMMARY];
    const Totals *totals = &report->totals;
    DonorTotals *order = report_alloc(report, totals->donor_count, sizeof *order);
    GridColumn *headed = report_alloc(report, GIVER_COLUMNS, sizeof *headed);
    if (order == NULL || headed == NULL || totals->donor_count == 0)
        return;
    memcpy(headed, columns, sizeof columns);
    if (round_has_earlier(report->round))
        headed[GIVER_OFFERED].heading =
            N_("Cash open to this round"); /* as earlier rounds left it */
    memcpy(order, totals->donors, totals->donor_count * sizeof *order);
    qsort(order, totals->donor_count, sizeof *order, by_size);
    page_block(page);
    GridSpec spec = {.name = "SummaryDonors",
                     .columns = headed,
                     .column_count = GIVER_COLUMNS,
                     .rows = totals->donor_count,
                     .block = true};
    grid_begin(out, page, &spec);
    bool twins = donors_have_twins(report);
    for (size_t i = 0; i < totals->donor_count; i++)
        put_donor(report, out, &order[i], twins);
    grid_end(out, 0);
    grid_sum_below(out, _("All donors"));
    grid_share_below(out, GIVER_USED_SHARE, GIVER_USED, GIVER_OFFERED);
}
