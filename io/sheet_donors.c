/* The Donors sheet: what each donor offers, gives and keeps, cash and in kind apart, beside its
 * budget and its share key where the donors table has them. Money that passes through another's
 * offer counts with the donor it comes from.
 */
#include <string.h>

#include "io/sheets.h"

#include "allot/language.h"

typedef enum DonorsColumn {
    DONORS_DONOR,
    DONORS_NAME,
    DONORS_ROLE,
    DONORS_OFFERS,
    DONORS_NEEDS,
    DONORS_BUDGET,
    DONORS_BUDGET_CURRENCY,
    DONORS_CASH_EARLIER,
    DONORS_CASH_OFFERED,
    DONORS_CASH_GIVEN,
    DONORS_CASH_KEPT,
    DONORS_CASH_LEFT,
    DONORS_CASH_APART,
    DONORS_CASH_LAPSED,
    DONORS_PLEDGED_CASH,
    DONORS_IN_KIND,
    DONORS_PLEDGED_IN_KIND,
    DONORS_UNVALUED,
    DONORS_GIVEN_SHARE,
    DONORS_KEY,
    DONORS_KEY_SHARE,
    DONORS_COLUMNS
} DonorsColumn;

static const GridColumn columns[DONORS_COLUMNS] = {
    [DONORS_DONOR] = {N_("Donor"), 9, LOOK_BODY, false, false},
    [DONORS_NAME] = {N_("Name"), 26, LOOK_WRAP, false, false},
    [DONORS_ROLE] = {N_("Role"), 10, LOOK_BODY, false, false},
    [DONORS_OFFERS] = {N_("Offers"), 8, LOOK_RIGHT, false, true},
    [DONORS_NEEDS] = {N_("Needs served"), 9, LOOK_RIGHT, false, false},
    [DONORS_BUDGET] = {N_("Budget"), 13, LOOK_RIGHT, false, false},
    [DONORS_BUDGET_CURRENCY] = {N_("in"), 6, LOOK_BODY, false, false},
    [DONORS_CASH_EARLIER] = {N_("Cash committed in earlier rounds"), 13, LOOK_RIGHT, true, true},
    [DONORS_CASH_OFFERED] = {N_("Cash offered"), 13, LOOK_RIGHT, true, true},
    [DONORS_CASH_GIVEN] = {N_("Cash given"), 13, LOOK_RIGHT, true, true},
    [DONORS_CASH_KEPT] = {N_("Kept by channels"), 13, LOOK_RIGHT, true, true},
    [DONORS_CASH_LEFT] = {N_("Cash left"), 13, LOOK_RIGHT, true, true},
    [DONORS_CASH_APART] = {N_("Cash not planned on"), 14, LOOK_RIGHT, true, true},
    [DONORS_CASH_LAPSED] = {N_("Cash lapsed before the round"), 14, LOOK_RIGHT, true, true},
    [DONORS_IN_KIND] = {N_("In kind given"), 13, LOOK_RIGHT, true, true},
    [DONORS_UNVALUED] = {N_("In kind, no money value (lines)"), 12, LOOK_RIGHT, false, true},
    [DONORS_PLEDGED_CASH] = {N_("Cash given on pledges"), 13, LOOK_RIGHT, true, true},
    [DONORS_PLEDGED_IN_KIND] = {N_("In kind given on pledges"), 13, LOOK_RIGHT, true, true},
    [DONORS_GIVEN_SHARE] = {N_("Share of cash given"), 9, LOOK_RIGHT, false, false},
    [DONORS_KEY] = {N_("Share key"), 10, LOOK_RIGHT, false, false},
    [DONORS_KEY_SHARE] = {N_("Share of keys"), 9, LOOK_RIGHT, false, false},
};

static double sum_of_keys(const Round *round)
{
    double sum = 0;
    for (size_t i = 0; i < round->donor_count; i++)
        if (round->donors[i].has_share_key)
            sum += decimal_to_double(round->donors[i].share_key);
    return sum;
}

/* One of the words that the table takes. */
static const char *role_text(const char *role)
{
    static const char *const roles[] = {N_("member"), N_("observer"), N_("company"), N_("ngo")};
    for (size_t i = 0; i < sizeof roles / sizeof *roles; i++)
        if (strcmp(role, roles[i]) == 0)
            return _(roles[i]);
    return role;
}

static void put_register(Grid *grid, const Donor *donor, double keys)
{
    const Round *round = grid->page->report->round;
    grid_text(grid, DONORS_NAME, donor->name);
    grid_text(grid, DONORS_ROLE, role_text(donor->role));
    if (donor->has_budget) {
        grid_amount(grid, DONORS_BUDGET, round_unit(round, donor->currency),
                    donor->budget + donor->budget_taken); /* the whole, as the table says it */
        grid_text(grid, DONORS_BUDGET_CURRENCY, donor->currency);
    }
    if (donor->has_share_key) {
        double key = decimal_to_double(donor->share_key);
        grid_number(
            grid, DONORS_KEY, key,
            (Form)(FORM_PLACES + (donor->share_key.places < 6 ? donor->share_key.places : 6)));
        if (keys > 0)
            grid_number(grid, DONORS_KEY_SHARE, key / keys, FORM_SHARE);
    }
}

/* What stands in a column of one of the lists for this donor. */
static const char *sum_of(const Grid *list, int column, Match donor)
{
    return formula_sum(list, column, &donor, 1);
}

static const char *sum_on_pledges(const Grid *list, int column, Match donor)
{
    Match matches[] = {donor, {.column = ASSIGNMENTS_BASIS, .text = _(basis_text(BASIS_PLEDGED))}};
    return formula_sum(list, column, matches, 2);
}

static void put_money(Report *report, Grid *grid, const DonorTotals *donor, bool twins)
{
    const Grid *offers = &report->offers, *lines = &report->assignments;
    int payer = report->has_chains ? ASSIGNMENTS_PAYER : ASSIGNMENTS_DONOR;
    Match offered = {.column = OFFERS_DONOR, .text = donor->id, .exact = twins};
    Match given = {.column = payer, .text = donor->id, .exact = twins};
    grid_money_formula(grid, DONORS_CASH_EARLIER, sum_of(offers, OFFERS_CASH_EARLIER, offered),
                       donor->cash_earlier);
    grid_money_formula(grid, DONORS_CASH_OFFERED, sum_of(offers, OFFERS_CASH_OFFERED, offered),
                       donor->cash_offered);
    grid_money_formula(grid, DONORS_CASH_GIVEN, sum_of(lines, ASSIGNMENTS_CASH, given),
                       donor->cash.value);
    grid_money_formula(grid, DONORS_CASH_KEPT, sum_of(offers, OFFERS_CASH_KEPT, offered),
                       donor->cash_kept);
    grid_money_formula(grid, DONORS_CASH_LEFT, sum_of(offers, OFFERS_CASH_LEFT, offered),
                       donor->cash_left);
    grid_money_formula(grid, DONORS_CASH_APART, sum_of(offers, OFFERS_CASH_APART, offered),
                       donor->cash_apart);
    grid_money_formula(grid, DONORS_CASH_LAPSED, sum_of(offers, OFFERS_CASH_LAPSED, offered),
                       donor->cash_lapsed);
    grid_money_formula(grid, DONORS_PLEDGED_CASH, sum_on_pledges(lines, ASSIGNMENTS_CASH, given),
                       donor->pledged_cash.value);
    grid_money_formula(grid, DONORS_IN_KIND, sum_of(lines, ASSIGNMENTS_IN_KIND, given),
                       donor->in_kind.value);
    grid_money_formula(grid, DONORS_PLEDGED_IN_KIND,
                       sum_on_pledges(lines, ASSIGNMENTS_IN_KIND, given),
                       donor->pledged_in_kind.value);
}

static void put_donor(Report *report, Grid *grid, const DonorTotals *donor, bool twins, double keys)
{
    grid_row(grid);
    grid_text(grid, DONORS_DONOR, donor->id);
    if (donor->row >= 0)
        put_register(grid, &report->round->donors[donor->row], keys);
    grid_count(grid, DONORS_OFFERS, donor->offers);
    grid_count(grid, DONORS_NEEDS, donor->needs);
    put_money(report, grid, donor, twins);
    grid_count(grid, DONORS_UNVALUED, donor->in_kind.without_value);
    grid_share(grid, DONORS_GIVEN_SHARE, donor->cash.value, report->totals.given.cash.value);
}

/* Columns that would be empty from top to bottom. */
static uint64_t left_out(const Report *report)
{
    const Round *round = report->round;
    bool name = false, role = false, budget = false, key = false;
    for (size_t i = 0; i < round->donor_count; i++) {
        name |= *round->donors[i].name != '\0';
        role |= *round->donors[i].role != '\0';
        budget |= round->donors[i].has_budget;
        key |= round->donors[i].has_share_key;
    }
    const DonorTotals *given = &report->totals.given;
    return grid_without(name, DONORS_NAME) | grid_without(role, DONORS_ROLE) |
           grid_without(budget, DONORS_BUDGET) | grid_without(budget, DONORS_BUDGET_CURRENCY) |
           grid_without(key, DONORS_KEY) | grid_without(key, DONORS_KEY_SHARE) |
           grid_without(key, DONORS_GIVEN_SHARE) |
           grid_without(given->cash_earlier > 0, DONORS_CASH_EARLIER) |
           grid_without(given->cash_kept > 0, DONORS_CASH_KEPT) |
           grid_without(given->cash_apart > 0, DONORS_CASH_APART) |
           grid_without(given->cash_lapsed > 0, DONORS_CASH_LAPSED) |
           grid_without(given->pledged_cash.lines > 0, DONORS_PLEDGED_CASH) |
           grid_without(given->pledged_in_kind.lines > 0, DONORS_PLEDGED_IN_KIND) |
           grid_without(given->in_kind.lines > 0, DONORS_IN_KIND) |
           grid_without(given->in_kind.without_value > 0, DONORS_UNVALUED);
}

/* How the columns of cash hang together, and what keeps them from tying out to the cent. */
static const char *cash_line(Report *report)
{
    const Totals *totals = &report->totals;
    const Round *round = report->round;
    bool even = true, priced = false;
    for (size_t i = 0; i < totals->donor_count; i++) {
        const DonorTotals *donor = &totals->donors[i];
        even &= donor->cash_offered == donor->cash.value + donor->cash_kept + donor->cash_left;
    }
    for (size_t i = 0; i < round->pair_count; i++)
        priced |= round->pairs[i].has_use && round->offers[round->pairs[i].offer].unit.is_money;
    return report_printf(
        report,
        "Cash offered = cash given (what arrives)%s + cash left%s%s. In kind is never added to "
        "cash.",
        totals->given.cash_kept > 0 ? _(" + what channels keep") : "",
        even ? "" : _(", but for cents: every line is rounded by itself"),
        even || !priced
            ? ""
            : _("; and what a pair of the pairs table uses counts at the need's value"));
}

void sheet_donors_build(Report *report)
{
    Page *page = &report->pages[PAGE_DONORS];
    const Totals *totals = &report->totals;
    page_head(page, _("Donors"));
    page_note(page,
              report_printf(report, "What each donor offers and gives. %s", cash_line(report)));
    if (totals->given.cash_earlier > 0)
        page_note(page, _("What earlier rounds committed of these offers is taken from the ledger, "
                          "at the rates of this round; cash offered is what they left."));
    if (report->has_chains)
        page_note(page, _("Money that passes through another donor's offer counts with the donor "
                          "it comes from."));
    page_note(page, report->rates_line);
    GridSpec spec = {.name = "Donors",
                     .columns = columns,
                     .column_count = DONORS_COLUMNS,
                     .without = left_out(report),
                     .rows = totals->donor_count};
    Grid grid;
    grid_begin(&grid, page, &spec);
    bool twins = donors_have_twins(report);
    double keys = sum_of_keys(report->round);
    for (size_t i = 0; i < totals->donor_count; i++)
        put_donor(report, &grid, &totals->donors[i], twins, keys);
    grid_end(&grid, 2);
}
