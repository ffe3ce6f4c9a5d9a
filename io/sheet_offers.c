/* The Offers sheet: every offer, what is used and what is left of it, in its own unit and in the
 * reporting currency. What an offer paid out of another offers is the other's money: it is worth
 * nothing of its own here, so that totals count it once.
 */
#include <string.h>

#include "io/sheets.h"

#include "allot/language.h"

static const GridColumn columns[OFFERS_COLUMNS] = {
    [OFFERS_OFFER] = {N_("Offer"), 10, LOOK_BODY, false, false},
    [OFFERS_DONOR] = {N_("Donor"), 9, LOOK_BODY, false, false},
    [OFFERS_PARENT] = {N_("Paid out of"), 10, LOOK_BODY, false, false},
    [OFFERS_KIND] = {N_("Kind"), 8, LOOK_BODY, false, false},
    [OFFERS_CATEGORY] = {N_("For categories"), 28, LOOK_WRAP, false, false},
    [OFFERS_STATUS] = {N_("Status"), 10.5, LOOK_BODY, false, false},
    [OFFERS_STANDING] = {N_("Not planned on, because"), 17, LOOK_WRAP, false, false},
    [OFFERS_UNIT] = {N_("Unit"), 13, LOOK_WRAP, false, false},
    [OFFERS_WHOLE] = {N_("Whole offer"), 12, LOOK_RIGHT, false, false},
    [OFFERS_EARLIER] = {N_("Committed in earlier rounds"), 12, LOOK_RIGHT, false, false},
    [OFFERS_QUANTITY] = {N_("Offered"), 12, LOOK_RIGHT, false, false},
    [OFFERS_USED] = {N_("Used"), 12, LOOK_RIGHT, false, false},
    [OFFERS_LEFT] = {N_("Left"), 12, LOOK_RIGHT, false, false},
    [OFFERS_OVERHEAD] = {N_("Kept by channels"), 11, LOOK_RIGHT, false, false},
    [OFFERS_NEEDS] = {N_("Needs served"), 8, LOOK_RIGHT, false, false},
    [OFFERS_VALID_FROM] = {N_("Valid from"), 11, LOOK_RIGHT, false, false},
    [OFFERS_VALID_TO] = {N_("Valid to"), 11, LOOK_RIGHT, false, false},
    [OFFERS_LAPSES] = {N_("Lapses"), 11, LOOK_RIGHT, false, false},
    [OFFERS_CASH_EARLIER] = {N_("Cash committed in earlier rounds"), 13, LOOK_RIGHT, true, true},
    [OFFERS_CASH_OFFERED] = {N_("Cash offered"), 13, LOOK_RIGHT, true, true},
    [OFFERS_CASH_USED] = {N_("Cash used"), 13, LOOK_RIGHT, true, true},
    [OFFERS_CASH_LEFT] = {N_("Cash left"), 13, LOOK_RIGHT, true, true},
    [OFFERS_CASH_KEPT] = {N_("Kept by channels"), 13, LOOK_RIGHT, true, true},
    [OFFERS_CASH_APART] = {N_("Cash not planned on"), 13, LOOK_RIGHT, true, true},
    [OFFERS_CASH_LAPSED] = {N_("Cash lapsed before the round"), 17, LOOK_RIGHT, true, true},
    [OFFERS_IN_KIND_GIVEN] = {N_("In kind given"), 13, LOOK_RIGHT, true, true},
    [OFFERS_IN_KIND_LEFT] = {N_("In kind left"), 13, LOOK_RIGHT, true, true},
};

/* The offer's categories as the table gives them: "HW; TRN", "all". */
static const char *categories_text(Report *report, const Offer *offer)
{
    if (offer->category.all)
        return _("all");
    const char *text = "";
    for (int i = 0; i < offer->category.count; i++)
        text = report_printf(report, "%s%s%s", text, i > 0 ? "; " : "", offer->category.names[i]);
    return text;
}

/* Why an offer is not planned on; "" when it is. */
static const char *standing_text(Report *report, size_t index)
{
    const Offer *offers = report->round->offers;
    switch (report->totals.offers[index].standing) {
    case OFFER_PLANNED: return "";
    case OFFER_UNKNOWN: return _("amount unknown");
    case OFFER_SOFT: return report_printf(report, "only %s", _(basis_text(offers[index].basis)));
    case OFFER_LAPSED: break;
    }
    Date own = offers[index].lapses, start = report->round->settings.start;
    return own != DATE_NONE && own < start ? _("lapsed before the round")
                                           : _("what it is paid out of lapsed before the round");
}

static void put_quantities(Grid *grid, const Offer *offer, const OfferResult *result)
{
    if (offer->quantity_known) {
        grid_amount(grid, OFFERS_WHOLE, offer->unit, offer->taken + offer->quantity);
        grid_amount(grid, OFFERS_QUANTITY, offer->unit, offer->quantity);
        grid_amount(grid, OFFERS_EARLIER, offer->unit, offer->taken);
    } else {
        grid_text(grid, OFFERS_WHOLE, _("unknown"));
        grid_text(grid, OFFERS_QUANTITY, _("unknown"));
    }
    grid_amount(grid, OFFERS_USED, offer->unit, result->used);
    if (offer->quantity_known)
        grid_amount(grid, OFFERS_LEFT, offer->unit, result->left);
    if (offer->unit.is_money)
        grid_amount(grid, OFFERS_OVERHEAD, offer->unit, result->overhead);
    grid_number(grid, OFFERS_NEEDS, result->needs, FORM_PLACES);
}

static void put_values(Grid *grid, Unit currency, const Offer *offer, const OfferTotals *totals,
                       const OfferResult *result)
{
    if (offer->unit.is_money && totals->counted && totals->has_value)
        grid_amount(grid, OFFERS_CASH_EARLIER, currency, totals->earlier);
    if (!offer->unit.is_money) {
        if (totals->lines > totals->lines_without_value)
            grid_amount(grid, OFFERS_IN_KIND_GIVEN, currency, result->value_used);
        if (totals->has_value && totals->planned && totals->counted)
            grid_amount(grid, OFFERS_IN_KIND_LEFT, currency, totals->left);
    } else if (totals->counted && totals->has_value && totals->planned) {
        grid_amount(grid, OFFERS_CASH_OFFERED, currency, totals->offered);
        grid_amount(grid, OFFERS_CASH_USED, currency, totals->used);
        grid_amount(grid, OFFERS_CASH_KEPT, currency, totals->kept);
        grid_amount(grid, OFFERS_CASH_LEFT, currency, totals->left);
    } else if (totals->counted && totals->has_value) {
        grid_amount(grid, totals->standing == OFFER_LAPSED ? OFFERS_CASH_LAPSED : OFFERS_CASH_APART,
                    currency, totals->offered);
    }
}

static void put_offer(Report *report, Grid *grid, size_t index)
{
    const Offer *offer = &report->round->offers[index];
    const OfferResult *result = &report->plan->offers[index];
    grid_row(grid);
    grid_text(grid, OFFERS_OFFER, offer->id);
    grid_text(grid, OFFERS_DONOR, offer->donor);
    grid_text(grid, OFFERS_PARENT, offer->parent);
    grid_text(grid, OFFERS_KIND, offer->unit.is_money ? _("cash") : _("in kind"));
    grid_text(grid, OFFERS_CATEGORY, categories_text(report, offer));
    grid_text(grid, OFFERS_STATUS, _(basis_text(offer->basis)));
    grid_text(grid, OFFERS_STANDING, standing_text(report, index));
    grid_text(grid, OFFERS_UNIT, offer->unit.name);
    put_quantities(grid, offer, result);
    put_values(grid, report->round->currency, offer, &report->totals.offers[index], result);
    grid_date(grid, OFFERS_VALID_FROM, offer->valid_from);
    grid_date(grid, OFFERS_VALID_TO, offer->valid_to);
    grid_date(grid, OFFERS_LAPSES, offer->lapses);
    for (size_t i = 0; i < report->round->tables[TABLE_OFFERS].extra.count; i++)
        grid_carried(grid, i, offer->extra[i]);
}

/* Columns that would be empty from top to bottom. */
static uint64_t left_out(const Report *report)
{
    const Round *round = report->round;
    const DonorTotals *given = &report->totals.given;
    bool from = false, to = false, lapses = false, overhead = false, apart = false, kind = false;
    for (size_t i = 0; i < round->offer_count; i++) {
        const Offer *offer = &round->offers[i];
        from |= offer->valid_from != DATE_NONE;
        to |= offer->valid_to != DATE_NONE;
        lapses |= offer->lapses != DATE_NONE;
        overhead |= offer->overhead.digits != 0;
        apart |= !report->totals.offers[i].planned;
        kind |= !offer->unit.is_money;
    }
    bool earlier = report->totals.offers_earlier > 0;
    return grid_without(earlier, OFFERS_WHOLE) | grid_without(earlier, OFFERS_EARLIER) |
           grid_without(!earlier, OFFERS_QUANTITY) |
           grid_without(given->cash_earlier > 0, OFFERS_CASH_EARLIER) |
           grid_without(from, OFFERS_VALID_FROM) | grid_without(to, OFFERS_VALID_TO) |
           grid_without(lapses, OFFERS_LAPSES) | grid_without(overhead, OFFERS_OVERHEAD) |
           grid_without(overhead, OFFERS_CASH_KEPT) | grid_without(apart, OFFERS_STANDING) |
           grid_without(given->cash_apart > 0, OFFERS_CASH_APART) |
           grid_without(given->cash_lapsed > 0, OFFERS_CASH_LAPSED) |
           grid_without(kind, OFFERS_IN_KIND_GIVEN) | grid_without(kind, OFFERS_IN_KIND_LEFT) |
           grid_without(report->has_chains, OFFERS_PARENT);
}

static void build(Page *page, uint64_t behind, void *context)
{
    Report *report = context;
    const Round *round = report->round;
    page_head(page, _("Offers"));
    page_note(page, _("What is offered, used and left. Quantities are gross, in each offer's own "
                      "unit, what channels keep included. Values offered, used and left count what "
                      "the plan may rely on; in kind is given at what the needs' units cost and "
                      "left at the offer's own unit value."));
    if (report->has_chains)
        page_note(page, _("An offer paid out of another is a ceiling on the other's money: what it "
                          "takes is used there, and its value is counted there alone."));
    if (report->totals.offers_earlier > 0)
        page_note(page, _("Of a whole offer, what earlier rounds committed is taken from the "
                          "ledger; this round uses of the rest, and what stays is left. Cash "
                          "offered is that rest, all at the rates of this round."));
    page_note(page,
              _("On paper: what is planned on, and its cash. In kind, and what is not planned on, "
                "is valued by donor on the sheet Donors."));
    page_note(page, report->rates_line);
    GridSpec spec = {.name = "Offers",
                     .columns = columns,
                     .column_count = OFFERS_COLUMNS,
                     .without = left_out(report),
                     .printed = OFFERS_CASH_KEPT,
                     .behind = behind,
                     .carried = round->tables[TABLE_OFFERS].extra,
                     .rows = round->offer_count};
    Grid *grid = &report->offers;
    grid_begin(grid, page, &spec);
    for (size_t i = 0; i < round->offer_count; i++)
        put_offer(report, grid, i);
    grid_end(grid, 2);
}

/* What goes off paper first where long amounts would take more than two sheets side by side: what other
 * columns say, too. */
void sheet_offers_build(Report *report)
{
    static const uint64_t behind[] = {UINT64_C(1) << OFFERS_KIND,
                                      UINT64_C(1) << OFFERS_CASH_EARLIER,
                                      UINT64_C(1) << OFFERS_NEEDS};
    page_build_narrow(&report->pages[PAGE_OFFERS],
                      &(NarrowPage){build, report, behind, sizeof behind / sizeof *behind});
}
