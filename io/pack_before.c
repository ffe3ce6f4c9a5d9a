/* The sheet Earlier rounds of a party's workbook: what the ledger holds of its offers or for its needs. It
 * is in none of this round's figures but as what is committed already.
 */
#include "io/pack_internal.h"

#include "allot/language.h"
#include "allot/ledger.h"

typedef enum BeforeColumn {
    BEFORE_NEED,
    BEFORE_BENEFICIARY, /* for donors */
    BEFORE_DONOR,       /* for beneficiaries */
    BEFORE_OFFER,
    BEFORE_QUANTITY,
    BEFORE_UNIT,
    BEFORE_DELIVERED,
    BEFORE_GROSS, /* for donors, as the two behind it */
    BEFORE_PAID,
    BEFORE_OFFER_UNIT,
    BEFORE_BASIS,
    BEFORE_UNTIL,
    BEFORE_COLUMNS
} BeforeColumn;

static const GridColumn before_columns[BEFORE_COLUMNS] = {
    [BEFORE_NEED] = {N_("Need"), 12, LOOK_BODY, false, false},
    [BEFORE_BENEFICIARY] = {N_("Beneficiary"), 30, LOOK_WRAP, false, false},
    [BEFORE_DONOR] = {N_("From"), 30, LOOK_WRAP, false, false},
    [BEFORE_OFFER] = {N_("Offer"), 12, LOOK_BODY, false, false},
    [BEFORE_QUANTITY] = {N_("Committed"), 15, LOOK_RIGHT, false, false},
    [BEFORE_UNIT] = {N_("Unit"), 10, LOOK_CENTER, false, false},
    [BEFORE_DELIVERED] = {N_("Delivered"), 15, LOOK_RIGHT, false, false},
    [BEFORE_GROSS] = {N_("Takes of the offer"), 15, LOOK_RIGHT, false, false},
    [BEFORE_PAID] = {N_("Paid"), 15, LOOK_RIGHT, false, false},
    [BEFORE_OFFER_UNIT] = {N_("Unit of the offer"), 10, LOOK_CENTER, false, false},
    [BEFORE_BASIS] = {N_("Resting on"), 11, LOOK_CENTER, false, false},
    [BEFORE_UNTIL] = {N_("Ends"), 11, LOOK_RIGHT, false, false},
};

static const uint64_t donor_columns =
    1u << BEFORE_BENEFICIARY | 1u << BEFORE_GROSS | 1u << BEFORE_PAID | 1u << BEFORE_OFFER_UNIT;

static void put_holding(PackBook *book, Grid *grid, const Holding *held)
{
    grid_row(grid);
    grid_text(grid, BEFORE_NEED, held->need);
    grid_text(grid, BEFORE_BENEFICIARY,
              explain_beneficiary_name(&book->explain, held->beneficiary));
    grid_text(grid, BEFORE_DONOR, explain_donor_name(&book->explain, held->donor));
    grid_text(grid, BEFORE_OFFER, held->offer);
    grid_amount(grid, BEFORE_QUANTITY, held->unit, held->quantity);
    grid_text(grid, BEFORE_UNIT, held->unit.name);
    grid_amount_or_dash(grid, BEFORE_DELIVERED, held->unit, held->delivered);
    grid_amount(grid, BEFORE_GROSS, held->offer_unit, held->gross);
    grid_amount_or_dash(grid, BEFORE_PAID, held->offer_unit, held->paid);
    grid_text(grid, BEFORE_OFFER_UNIT, held->offer_unit.name);
    grid_text(grid, BEFORE_BASIS, _(basis_text(held->basis)));
    if (held->valid_to != DATE_NONE)
        grid_date(grid, BEFORE_UNTIL, held->valid_to);
}

void pack_before(PackBook *book)
{
    const Release *release = book->party->release;
    const Ledger *ledger = release->round.ledger;
    bool donor = release->reader.kind == READER_DONOR;
    if (ledger == NULL || ledger->holding_count == 0)
        return;
    Page *page = pack_book_page(book, _("Earlier rounds"));
    GridSpec spec = {.name = "before",
                     .columns = before_columns,
                     .column_count = BEFORE_COLUMNS,
                     .without = donor ? 1u << BEFORE_DONOR : donor_columns,
                     .rows = ledger->holding_count};
    Grid grid;
    page_head(page, donor ? _("What earlier rounds committed of your offers")
                          : _("What earlier rounds committed to your needs"));
    page_note(page,
              _("From the ledger: it is agreed already, and nothing of it is asked or decided "
                "again in this round."));
    grid_begin(&grid, page, &spec);
    for (size_t i = 0; i < ledger->holding_count; i++)
        put_holding(book, &grid, &ledger->holdings[i]);
    grid_end(&grid, 1);
}

bool pack_holds_before(const Release *release)
{
    for (size_t n = 0; n < release->round.need_count; n++)
        if (release->round.needs[n].held > 0)
            return true;
    return false;
}
