/* The sheet Capacity of a donor's workbook: what it offers, what of it is used, and why the rest is not.
 */
#include "io/pack_internal.h"

#include <string.h>

#include "allot/language.h"

typedef enum CapacityColumn {
    CAPACITY_OFFER,
    CAPACITY_PARENT, /* only where an offer is paid out of another that stands here */
    CAPACITY_FORM,
    CAPACITY_STATUS,
    CAPACITY_UNIT,
    CAPACITY_UNTIL,
    CAPACITY_QUANTITY,
    CAPACITY_TAKEN, /* these two only where a ledger holds something */
    CAPACITY_OPEN,
    CAPACITY_USED,
    CAPACITY_LEFT,
    CAPACITY_SHARE,
    CAPACITY_NEEDS,
    CAPACITY_WHY,
    CAPACITY_COLUMNS
} CapacityColumn;

static const GridColumn capacity_columns[CAPACITY_COLUMNS] = {
    [CAPACITY_OFFER] = {N_("Offer"), 12, LOOK_BODY, false, false},
    [CAPACITY_PARENT] = {N_("Paid out of"), 12, LOOK_BODY, false, false},
    [CAPACITY_FORM] = {N_("Form"), 14, LOOK_WRAP, false, false},
    [CAPACITY_STATUS] = {N_("Status"), 11, LOOK_BODY, false, false},
    [CAPACITY_UNIT] = {N_("Unit"), 10, LOOK_BODY, false, false},
    [CAPACITY_UNTIL] = {N_("Until"), 11, LOOK_RIGHT, false, false},
    [CAPACITY_QUANTITY] = {N_("Offered"), 15, LOOK_RIGHT, false, false},
    [CAPACITY_TAKEN] = {N_("Committed in earlier rounds"), 15, LOOK_RIGHT, false, false},
    [CAPACITY_OPEN] = {N_("Open to this round"), 15, LOOK_RIGHT, false, false},
    [CAPACITY_USED] = {N_("Used"), 15, LOOK_RIGHT, false, false},
    [CAPACITY_LEFT] = {N_("Unused"), 15, LOOK_RIGHT, false, false},
    [CAPACITY_SHARE] = {N_("Used, share"), 9, LOOK_RIGHT, false, false},
    [CAPACITY_NEEDS] = {N_("Needs"), 8, LOOK_CENTER, false, false},
    [CAPACITY_WHY] = {N_("Why the rest is unused"), 52, LOOK_WRAP, false, false},
};

static void put_offer(PackBook *book, Grid *grid, size_t index)
{
    const Release *release = book->party->release;
    const Offer *offer = &release->round.offers[index];
    const OfferResult *result = &release->plan.offers[index];
    grid_row(grid);
    grid_text(grid, CAPACITY_OFFER, offer->id);
    grid_text(grid, CAPACITY_PARENT, offer->parent);
    grid_text(grid, CAPACITY_FORM, offer->form);
    grid_text(grid, CAPACITY_STATUS, _(basis_text(offer->status)));
    if (offer->valid_to != DATE_NONE)
        grid_date(grid, CAPACITY_UNTIL, offer->valid_to);
    grid_text(grid, CAPACITY_UNIT, offer->unit.name);
    if (offer->quantity_known) {
        grid_amount(grid, CAPACITY_QUANTITY, offer->unit, offer->quantity + offer->taken);
        grid_amount_or_dash(grid, CAPACITY_TAKEN, offer->unit, offer->taken);
        grid_amount_or_dash(grid, CAPACITY_OPEN, offer->unit, offer->quantity);
        grid_amount_or_dash(grid, CAPACITY_USED, offer->unit, result->used);
        grid_amount_or_dash(grid, CAPACITY_LEFT, offer->unit, result->left);
        grid_share(grid, CAPACITY_SHARE, result->used, offer->quantity);
    }
    grid_number(grid, CAPACITY_NEEDS, result->needs, FORM_PLACES);
    bool none_open = offer->quantity_known && offer->quantity == 0 && offer->taken > 0;
    grid_text(grid, CAPACITY_WHY,
              none_open ? _("Nothing is: earlier rounds committed all of it.")
                        : pack_unused_text(&book->explain.prose, release, index));
}

/** What the money offers share, as the sentence that explain tells. */
static void put_budget(PackBook *book, Page *page)
{
    const Release *release = book->party->release;
    int row = round_find_donor(&release->round, release->reader.id);
    Explanation say = book->explain;
    say.prose = (Prose){.arena = book->party->arena};
    if (row < 0 || !release->round.donors[row].has_budget)
        return;
    explain_budget(&say, row, release->budget_used);
    if (say.prose.failed)
        book->report->no_memory = true;
    else
        page_note(page, report_printf(book->report, "%.*s", (int)strcspn(say.prose.text, "\n"),
                                      say.prose.text));
}

static bool is_own(const Release *release, const Offer *offer)
{
    return strcmp(offer->donor, release->reader.id) == 0;
}

/** Is an offer of the reader's paid out of another of its own? */
static bool has_parts(const Release *release)
{
    for (size_t o = 0; o < release->round.offer_count; o++) {
        const Offer *offer = &release->round.offers[o];
        if (is_own(release, offer) && offer->parent_row >= 0)
            return true;
    }
    return false;
}

void pack_capacity(PackBook *book)
{
    const Release *release = book->party->release;
    Page *page = pack_book_page(book, _("Capacity"));
    bool parts = has_parts(release);
    bool earlier = round_has_earlier(&release->round);
    GridColumn *columns = report_alloc(book->report, CAPACITY_COLUMNS, sizeof *columns);
    if (columns == NULL)
        return;
    memcpy(columns, capacity_columns, sizeof capacity_columns);
    if (earlier)
        columns[CAPACITY_QUANTITY].heading = N_("Whole offer");
    GridSpec spec = {.name = "capacity",
                     .columns = columns,
                     .column_count = CAPACITY_COLUMNS,
                     .without = grid_without(parts, CAPACITY_PARENT) |
                                grid_without(earlier, CAPACITY_TAKEN) |
                                grid_without(earlier, CAPACITY_OPEN),
                     .rows = release->round.offer_count};
    Grid grid;
    page_head(page, _("What you offer, and what of it is used"));
    put_budget(book, page);
    if (parts)
        page_note(page, _("What an offer gives that is paid out of another is counted in that one "
                          "too: the two are not to be added."));
    grid_begin(&grid, page, &spec);
    for (size_t o = 0; o < release->round.offer_count; o++)
        if (is_own(release, &release->round.offers[o]))
            put_offer(book, &grid, o);
    grid_end(&grid, 1);
}
