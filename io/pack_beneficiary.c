/* A beneficiary's workbook: what each of its needs gets and lacks, and why; and from whom it comes, and
 * when.
 */
#include "io/pack_internal.h"

#include <string.h>

#include "allot/language.h"

/* ---- needs ----------------------------------------------------------------------------------- */

typedef enum NeedColumn {
    NEED_ASKED = PACK_NEED_COLUMNS,
    NEED_HELD, /* only where a ledger holds something */
    NEED_COVERED,
    NEED_BEFORE, /* only where the plan before is known */
    NEED_ASSIGNED,
    NEED_PLEDGED,
    NEED_VALUE_ASSIGNED,
    NEED_VALUE_SHORT,
    NEED_SHORT,
    NEED_MET_HOW,
    NEED_WHY,
    NEED_COLUMNS
} NeedColumn;

static const GridColumn need_columns[NEED_COLUMNS] = {
    PACK_NEED_ENTRIES(30),
    [NEED_ASKED] = {N_("Asked for"), 10, LOOK_RIGHT, false, false},
    [NEED_HELD] = {N_("Committed in earlier rounds"), 10, LOOK_RIGHT, false, false},
    [NEED_COVERED] = {N_("Covered elsewhere"), 10, LOOK_RIGHT, false, false},
    [NEED_BEFORE] = {N_("In the plan before"), 10, LOOK_RIGHT, false, false},
    [NEED_ASSIGNED] = {N_("You get"), 10, LOOK_RIGHT, false, false},
    [NEED_PLEDGED] = {N_("of it on pledges"), 10, LOOK_RIGHT, false, false},
    [NEED_VALUE_ASSIGNED] = {N_("Worth of what you get"), 12, LOOK_RIGHT, true, true},
    [NEED_VALUE_SHORT] = {N_("Worth of what is missing"), 12, LOOK_RIGHT, true, true},
    [NEED_SHORT] = {N_("Missing"), 10, LOOK_RIGHT, false, false},
    [NEED_MET_HOW] = {N_("Met"), 8, LOOK_CENTER, false, false},
    [NEED_WHY] = {N_("Why it is missing"), 60, LOOK_WRAP, false, false},
};

static void put_amounts(PackBook *book, Grid *grid, int index)
{
    const Release *release = book->party->release;
    const Need *need = &release->round.needs[index];
    const NeedResult *result = &release->plan.needs[index];
    if (need_is_outcome(need))
        return;
    grid_amount(grid, NEED_ASKED, need->unit, need->quantity);
    grid_amount_or_dash(grid, NEED_HELD, need->unit, need->held);
    grid_amount_or_dash(grid, NEED_COVERED, need->unit, need->covered - need->held);
    grid_amount_or_dash(grid, NEED_ASSIGNED, need->unit, result->assigned);
    grid_amount_or_dash(grid, NEED_PLEDGED, need->unit, result->pledged);
    grid_amount_or_dash(grid, NEED_SHORT, need->unit, result->unmet);
    if (!need->has_value)
        return;
    grid_amount_or_dash(grid, NEED_VALUE_ASSIGNED, release->round.currency, result->value_assigned);
    grid_amount_or_dash(grid, NEED_VALUE_SHORT, release->round.currency, result->value_unmet);
}

/** What the plan before gave. */
static void put_before(const Release *release, Grid *grid, const Need *need)
{
    for (size_t i = 0; i < release->line_count; i++)
        if (strcmp(release->lines[i].need, need->id) == 0)
            grid_amount_or_dash(grid, NEED_BEFORE, need->unit, release->lines[i].before);
}

static void put_need(PackBook *book, Grid *grid, int index)
{
    const Release *release = book->party->release;
    const NeedResult *result = &release->plan.needs[index];
    pack_put_need(book, grid, index);
    if (release->round.needs[index].quantity_known)
        put_amounts(book, grid, index);
    put_before(release, grid, &release->round.needs[index]);
    grid_text(grid, NEED_MET_HOW, pack_met_text(result, result->assigned > 0));
    if (result->reason != REASON_NONE)
        grid_text(grid, NEED_WHY, pack_reason_text(&book->explain, index));
}

static void build_needs(PackBook *book)
{
    const Release *release = book->party->release;
    Page *page = pack_book_page(book, _("Needs"));
    GridSpec spec = {.name = "needs",
                     .columns = need_columns,
                     .column_count = NEED_COLUMNS,
                     .without = 1u << PACK_NEED_BENEFICIARY | pack_needs_left_out(release) |
                                (pack_holds_before(release) ? 0 : 1u << NEED_HELD) |
                                (release->before_known ? 0 : 1u << NEED_BEFORE),
                     .rows = release->round.need_count};
    Grid grid;
    page_head(page, _("What you asked for, and what you get"));
    grid_begin(&grid, page, &spec);
    for (int n = 0; n < (int)release->round.need_count; n++)
        put_need(book, &grid, n);
    grid_end(&grid, 1);
}

/* ---- support --------------------------------------------------------------------------------- */

typedef enum SupportColumn {
    SUPPORT_NEED,
    SUPPORT_TITLE,
    SUPPORT_DONOR,
    SUPPORT_OFFER,
    SUPPORT_FORM,
    SUPPORT_QUANTITY,
    SUPPORT_UNIT,
    SUPPORT_VALUE,
    SUPPORT_BASIS,
    SUPPORT_FROM,
    SUPPORT_UNTIL,
    SUPPORT_COLUMNS
} SupportColumn;

static const GridColumn support_columns[SUPPORT_COLUMNS] = {
    [SUPPORT_NEED] = {N_("Need"), 9, LOOK_BODY, false, false},
    [SUPPORT_TITLE] = {N_("Title"), 34, LOOK_WRAP, false, false},
    [SUPPORT_DONOR] = {N_("From"), 28, LOOK_WRAP, false, false},
    [SUPPORT_OFFER] = {N_("Offer"), 11, LOOK_BODY, false, false},
    [SUPPORT_FORM] = {N_("Form"), 14, LOOK_WRAP, false, false},
    [SUPPORT_QUANTITY] = {N_("Quantity"), 14, LOOK_RIGHT, false, false},
    [SUPPORT_UNIT] = {N_("Unit"), 10, LOOK_CENTER, false, false},
    [SUPPORT_VALUE] = {N_("Value"), 15, LOOK_RIGHT, true, true},
    [SUPPORT_BASIS] = {N_("Resting on"), 11, LOOK_CENTER, false, false},
    [SUPPORT_FROM] = {N_("Not before"), 11, LOOK_RIGHT, false, false},
    [SUPPORT_UNTIL] = {N_("Not after"), 11, LOOK_RIGHT, false, false},
};

/** The day on which something that leaves on @p day arrives; DATE_NONE stays. */
static Date arrival(Date day, int lead_days)
{
    return day == DATE_NONE ? DATE_NONE : day + lead_days;
}

/** When it can arrive and is of use: the narrower of the offer's window and the need's. */
static void put_window(Grid *grid, const Need *need, const Offer *offer)
{
    Date from = arrival(offer->valid_from, offer->lead_days);
    Date until = arrival(offer->valid_to, offer->lead_days);
    if (need->earliest != DATE_NONE && (from == DATE_NONE || need->earliest > from))
        from = need->earliest;
    if (need->deadline != DATE_NONE && (until == DATE_NONE || need->deadline < until))
        until = need->deadline;
    if (from != DATE_NONE)
        grid_date(grid, SUPPORT_FROM, from);
    if (until != DATE_NONE)
        grid_date(grid, SUPPORT_UNTIL, until);
}

static void put_support(PackBook *book, Grid *grid, const Assignment *line)
{
    const Round *round = &book->party->release->round;
    const Need *need = &round->needs[line->need];
    const Offer *offer = &round->offers[line->offer];
    grid_row(grid);
    grid_text(grid, SUPPORT_NEED, need->id);
    grid_text(grid, SUPPORT_TITLE, pack_need_title(book, need));
    grid_text(grid, SUPPORT_DONOR, explain_donor_name(&book->explain, offer->donor));
    grid_text(grid, SUPPORT_OFFER, offer->id);
    grid_text(grid, SUPPORT_FORM, offer->form);
    grid_amount(grid, SUPPORT_QUANTITY, need->unit, line->quantity);
    grid_text(grid, SUPPORT_UNIT, need->unit.name);
    if (line->has_value)
        grid_amount(grid, SUPPORT_VALUE, round->currency, line->value);
    grid_text(grid, SUPPORT_BASIS, _(basis_text(line->basis)));
    put_window(grid, need, offer);
}

static void build_support(PackBook *book)
{
    const Release *release = book->party->release;
    Page *page = pack_book_page(book, _("Support"));
    GridSpec spec = {.name = "support",
                     .columns = support_columns,
                     .column_count = SUPPORT_COLUMNS,
                     .rows = release->plan.assignment_count};
    Grid grid;
    page_head(page, _("From whom it comes, and when"));
    grid_begin(&grid, page, &spec);
    for (size_t i = 0; i < release->plan.assignment_count; i++)
        put_support(book, &grid, &release->plan.assignments[i]);
    grid_end(&grid, 1);
}

Status pack_beneficiary_build(const PackParty *party, Report **report)
{
    static const char *const notes[] = {
        N_("A proposal: what you get is settled when the donors have agreed. What rests on pledges "
           "is less firm than what is committed or paid."),
        N_("This file holds what is yours, and of others what the round has agreed to release."),
    };
    PackBook book;
    TRY(pack_book_begin(party, &book));
    build_needs(&book);
    build_support(&book);
    pack_before(&book);
    pack_about(&book, notes, sizeof notes / sizeof *notes);
    return pack_book_end(&book, report);
}
