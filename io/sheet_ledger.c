/* The sheets that a ledger gives: Bridge, Cliff, Cumulative, Lapsing. Columns that would be empty from
 * top to bottom are left out.
 */
#include "allot/ledger_report.h"

#include <stdio.h>
#include <string.h>

#include "allot/amount_text.h"
#include "allot/language.h"
#include "io/sheets.h"

static uint64_t bit(int column)
{
    return UINT64_C(1) << column;
}

/* ---- bridge --------------------------------------------------------------------------------- */

typedef enum BridgeColumn {
    BRIDGE_STEP,
    BRIDGE_NEED,
    BRIDGE_OFFER,
    BRIDGE_DONOR,
    BRIDGE_BENEFICIARY,
    BRIDGE_QUANTITY,
    BRIDGE_UNIT,
    BRIDGE_NOTE,
    BRIDGE_VALUES, /* LEDGER_SORTS of them */
    BRIDGE_COLUMNS = BRIDGE_VALUES + LEDGER_SORTS
} BridgeColumn;

static const GridColumn bridge_columns[BRIDGE_COLUMNS] = {
    [BRIDGE_STEP] = {N_("What"), 18, LOOK_BODY, false, false},
    [BRIDGE_NEED] = {N_("Need"), 9, LOOK_BODY, false, false},
    [BRIDGE_OFFER] = {N_("Offer"), 9, LOOK_BODY, false, false},
    [BRIDGE_DONOR] = {N_("Donor"), 9, LOOK_BODY, false, false},
    [BRIDGE_BENEFICIARY] = {N_("Beneficiary"), 13, LOOK_BODY, false, false},
    [BRIDGE_QUANTITY] = {N_("Quantity"), 11, LOOK_RIGHT, false, false},
    [BRIDGE_UNIT] = {N_("Unit"), 10, LOOK_BODY, false, false},
    [BRIDGE_VALUES + SORT_PLEDGED_CASH] = {N_("Pledged, cash"), 14, LOOK_RIGHT, true, false},
    [BRIDGE_VALUES + SORT_PLEDGED_IN_KIND] = {N_("Pledged, in kind"), 14, LOOK_RIGHT, true, false},
    [BRIDGE_VALUES + SORT_COMMITTED_CASH] = {N_("Committed, cash"), 15, LOOK_RIGHT, true, false},
    [BRIDGE_VALUES +
        SORT_COMMITTED_IN_KIND] = {N_("Committed, in kind"), 17, LOOK_RIGHT, true, false},
    [BRIDGE_VALUES + SORT_PAID_CASH] = {N_("Paid in, cash"), 14, LOOK_RIGHT, true, false},
    [BRIDGE_VALUES + SORT_PAID_IN_KIND] = {N_("Handed over, in kind"), 17, LOOK_RIGHT, true, false},
    [BRIDGE_NOTE] = {N_("Note"), 42, LOOK_WRAP, false, false},
};

/** Sorts that have no figure but 0 in any row, as bits of their columns from @p first on. @p values are
 *  those of the first row, the next row's stand @p stride bytes behind. */
static uint64_t empty_sorts(const int64_t *values, size_t count, size_t stride, int first)
{
    uint64_t empty = 0;
    for (int sort = 0; sort < LEDGER_SORTS; sort++) {
        bool any = false;
        for (size_t i = 0; i < count && !any; i++) {
            const char *row = (const char *)values + i * stride;
            any = ((const int64_t *)(const void *)row)[sort] != 0;
        }
        empty |= any ? 0 : bit(first + sort);
    }
    return empty;
}

static void put_sorts(Report *report, Grid *grid, int first, const int64_t value[LEDGER_SORTS])
{
    for (int sort = 0; sort < LEDGER_SORTS; sort++) {
        grid_amount_or_dash(grid, first + sort, report->round->currency, value[sort]);
    }
}

/** Puts row @p index of a list. */
typedef void PutRow(Report *report, Grid *grid, size_t index);

/** A sheet that is one list. */
static void build_list(Report *report, PageId id, const char *note, const GridSpec *spec,
                       PutRow *put, int frozen)
{
    Page *page = &report->pages[id];
    Grid grid;
    page_head(page, page->name);
    page_note(page, _(note));
    grid_begin(&grid, page, spec);
    for (size_t i = 0; i < spec->rows; i++)
        put(report, &grid, i);
    grid_end(&grid, frozen);
}

/** "from pledged to committed", as a close writes it, in the reader's language; else NULL. */
static const char *basis_note(Report *report, const char *note)
{
    for (Basis was = BASIS_PLEDGED; was <= BASIS_PAID; was++)
        for (Basis is = BASIS_PLEDGED; is <= BASIS_PAID; is++) {
            char own[48];
            (void)snprintf(own, sizeof own, "from %s to %s", basis_text(was), basis_text(is));
            if (strcmp(note, own) == 0)
                return report_printf(report, "from %s to %s", _(basis_text(was)),
                                     _(basis_text(is)));
        }
    return NULL;
}

/** A note that the program wrote, in the reader's language; what somebody else wrote as it is. */
static const char *shown_note(Report *report, const char *note)
{
    const char *basis = basis_note(report, note);
    if (basis != NULL)
        return basis;
    char of[16], was[40], in[16], is[40];
    int end = 0;
    if (sscanf(note, "exchange rate: 1 %15s was %39s %15s and is %39s%n", of, was, in, is, &end) !=
            4 ||
        note[end] != '\0')
        return note;
    return report_printf(report, "exchange rate: 1 %s was %s %s and is %s", of, was, in, is);
}

static void put_bridge(Report *report, Grid *grid, size_t index)
{
    const BridgeRow *row = &report->ledger->bridge[index];
    const LedgerLine *line = row->line;
    grid_row(grid);
    grid_text(grid, BRIDGE_STEP, _(bridge_step_text(row->step)));
    put_sorts(report, grid, BRIDGE_VALUES, row->value);
    if (line == NULL)
        return;
    grid_text(grid, BRIDGE_NEED, line->need);
    grid_text(grid, BRIDGE_OFFER, line->offer);
    grid_text(grid, BRIDGE_DONOR, line->donor);
    grid_text(grid, BRIDGE_BENEFICIARY, line->beneficiary);
    if (line->has_quantity) {
        bool less = line->event == LEDGER_CANCELLATION;
        grid_amount(grid, BRIDGE_QUANTITY, line->unit, less ? -line->quantity : line->quantity);
        grid_text(grid, BRIDGE_UNIT, line->unit.name);
    }
    grid_text(grid, BRIDGE_NOTE, shown_note(report, line->note));
}

static void build_bridge(Report *report)
{
    static const char note[] = N_(
        "From the total of the last round to that of this one: every line that moved it. In each "
        "column the last total and the rows below it add up to this total, to the cent. Pledged, "
        "committed and paid in are told by what the offer rests on and are never added; nor is "
        "what is in kind to cash. Lines without a value in money have their quantity alone.");
    const LedgerReport *ledger = report->ledger;
    GridSpec spec = {.name = "Bridge",
                     .columns = bridge_columns,
                     .column_count = BRIDGE_COLUMNS,
                     .without = empty_sorts(ledger->bridge[0].value, ledger->bridge_count,
                                            sizeof *ledger->bridge, BRIDGE_VALUES),
                     .rows = ledger->bridge_count};
    build_list(report, PAGE_BRIDGE, note, &spec, put_bridge, 1);
}

/* ---- cliff ---------------------------------------------------------------------------------- */

typedef enum CliffColumn {
    CLIFF_ENDS,
    CLIFF_BENEFICIARY,
    CLIFF_CATEGORY,
    CLIFF_ENDING,
    CLIFF_GOES_ON,
    CLIFF_NO_END,
    CLIFF_UNMET,
    CLIFF_UNIT,
    CLIFF_FOLLOWS,
    CLIFF_LINES,
    CLIFF_COLUMNS
} CliffColumn;

static const GridColumn cliff_columns[CLIFF_COLUMNS] = {
    [CLIFF_ENDS] = {N_("Ends on"), 11, LOOK_CENTER, false, false},
    [CLIFF_BENEFICIARY] = {N_("Beneficiary"), 14, LOOK_BODY, false, false},
    [CLIFF_CATEGORY] = {N_("Category"), 10, LOOK_BODY, false, false},
    [CLIFF_UNIT] = {N_("Unit"), 10, LOOK_BODY, false, false},
    [CLIFF_ENDING] = {N_("Ends"), 10, LOOK_RIGHT, false, false},
    [CLIFF_GOES_ON] = {N_("Goes on"), 10, LOOK_RIGHT, false, false},
    [CLIFF_NO_END] = {N_("No end known"), 10, LOOK_RIGHT, false, false},
    [CLIFF_UNMET] = {N_("Asked, unmet"), 10, LOOK_RIGHT, false, false},
    [CLIFF_FOLLOWS] = {N_("What follows"), 38, LOOK_WRAP, false, false},
    [CLIFF_LINES] = {N_("Need / offer"), 24, LOOK_WRAP, false, false},
};

static const char *what_follows(Report *report, const CliffRow *row)
{
    const char *unit = row->unit.name;
    int64_t goes_on = row->goes_on - row->same_goes_on, no_end = row->no_end - row->same_no_end;
    int64_t same = row->same_goes_on + row->same_no_end;
    if (goes_on > 0)
        return report_printf(report, "%s %s go on", amount_text(row->unit, goes_on).digits, unit);
    if (no_end > 0)
        return report_printf(report, "%s %s without a known end",
                             amount_text(row->unit, no_end).digits, unit);
    if (same > 0)
        return report_printf(report,
                             "nothing follows; the rest of what was asked with it, %s %s, goes on",
                             amount_text(row->unit, same).digits, unit);
    return _("nothing follows");
}

static const char *follows_text(Report *report, const CliffRow *row)
{
    const char *follows = what_follows(report, row);
    return row->past ? report_printf(report, "ended before this round: %s", follows) : follows;
}

static void put_cliff(Report *report, Grid *grid, size_t index)
{
    const CliffRow *row = &report->ledger->cliff[index];
    const char *lines = "";
    for (size_t i = 0; i < row->holding_count; i++)
        lines = report_printf(report, "%s%s%s / %s", lines, i > 0 ? ", " : "",
                              row->holdings[i]->need, row->holdings[i]->offer);
    grid_row(grid);
    grid_date(grid, CLIFF_ENDS, row->ends);
    grid_text(grid, CLIFF_BENEFICIARY, row->beneficiary);
    grid_text(grid, CLIFF_CATEGORY, row->category);
    grid_text(grid, CLIFF_UNIT, row->unit.name);
    grid_amount(grid, CLIFF_ENDING, row->unit, row->ending);
    grid_amount(grid, CLIFF_GOES_ON, row->unit, row->goes_on);
    grid_amount(grid, CLIFF_NO_END, row->unit, row->no_end);
    grid_amount(grid, CLIFF_UNMET, row->unit, row->unmet);
    grid_text(grid, CLIFF_FOLLOWS, follows_text(report, row));
    grid_text(grid, CLIFF_LINES, lines);
}

static void build_cliff(Report *report)
{
    static const char note[] =
        N_("Licences, services and other things given in kind that end, by the last day of the "
           "offer they come from or the day entered at delivery. What goes on is what the same "
           "beneficiary has of the same category and unit beyond that day, in all rounds; the rest "
           "of a need of which something ends was needed beside it and follows nothing. What "
           "ended before this round is listed while the round lists its need, which it still "
           "covers; give what is needed anew a row with another id.");
    GridSpec spec = {.name = "Cliff",
                     .columns = cliff_columns,
                     .column_count = CLIFF_COLUMNS,
                     .rows = report->ledger->cliff_count};
    build_list(report, PAGE_CLIFF, note, &spec, put_cliff, 2);
}

/* ---- cumulative ----------------------------------------------------------------------------- */

typedef enum CumulativeColumn {
    CUMULATIVE_NAME,
    CUMULATIVE_ROUNDS,
    CUMULATIVE_VALUES, /* LEDGER_SORTS of them */
    CUMULATIVE_PAID = CUMULATIVE_VALUES + LEDGER_SORTS,
    CUMULATIVE_DELIVERED_CASH,
    CUMULATIVE_DELIVERED_IN_KIND,
    CUMULATIVE_UNVALUED,
    CUMULATIVE_UNMET,
    CUMULATIVE_DROPPED,
    CUMULATIVE_MET,
    CUMULATIVE_UNVALUED_UNMET, /* beside the share, which they are not in */
    CUMULATIVE_GIVEN,
    CUMULATIVE_KEY,
    CUMULATIVE_COLUMNS
} CumulativeColumn;

#define SORT_COLUMNS(first)                                                                        \
    [(first) +                                                                                     \
        SORT_PLEDGED_CASH] = {"Pledged, cash", 13, LOOK_RIGHT, true, true},                        \
        [(first) + SORT_PLEDGED_IN_KIND] = {"Pledged, in kind", 13, LOOK_RIGHT, true, true},       \
        [(first) + SORT_COMMITTED_CASH] = {"Committed, cash", 13, LOOK_RIGHT, true, true},         \
        [(first) + SORT_COMMITTED_IN_KIND] = {"Committed, in kind", 13, LOOK_RIGHT, true, true},   \
        [(first) + SORT_PAID_CASH] = {"Paid in, cash", 13, LOOK_RIGHT, true, true},                \
        [(first) + SORT_PAID_IN_KIND] = {"Handed over, in kind", 13, LOOK_RIGHT, true, true}

static const GridColumn cumulative_columns[CUMULATIVE_COLUMNS] = {
    [CUMULATIVE_NAME] = {N_("Name"), 16, LOOK_BODY, false, false},
    [CUMULATIVE_ROUNDS] = {N_("Rounds"), 8, LOOK_CENTER, false, false},
    SORT_COLUMNS(CUMULATIVE_VALUES),
    [CUMULATIVE_PAID] = {N_("Payments made"), 13, LOOK_RIGHT, true, true},
    [CUMULATIVE_DELIVERED_CASH] = {N_("Delivered, bought"), 13, LOOK_RIGHT, true, true},
    [CUMULATIVE_DELIVERED_IN_KIND] = {N_("Delivered, in kind"), 13, LOOK_RIGHT, true, true},
    [CUMULATIVE_UNVALUED] = {N_("Lines without value"), 9, LOOK_RIGHT, false, true},
    [CUMULATIVE_UNMET] = {N_("Unmet now"), 13, LOOK_RIGHT, true, true},
    [CUMULATIVE_DROPPED] = {N_("Left unmet, no longer asked"), 13, LOOK_RIGHT, true, true},
    [CUMULATIVE_MET] = {N_("Share met, without pledges"), 11, LOOK_RIGHT, false, false},
    [CUMULATIVE_UNVALUED_UNMET] = {N_("Unmet needs not in it, without value"), 12, LOOK_RIGHT,
                                   false, true},
    [CUMULATIVE_GIVEN] = {N_("Share of cash given"), 10, LOOK_RIGHT, false, false},
    [CUMULATIVE_KEY] = {N_("Share by key"), 10, LOOK_RIGHT, false, false},
};

static uint64_t empty_columns(const CumulativeRow *rows, size_t count, bool donors)
{
    bool paid = false, cash = false, kind = false, unvalued = false, key = false, dropped = false;
    bool unvalued_unmet = false;
    for (size_t i = 0; i < count; i++) {
        paid |= rows[i].paid != 0;
        cash |= rows[i].delivered_cash != 0;
        kind |= rows[i].delivered_in_kind != 0;
        unvalued |= rows[i].unvalued != 0;
        dropped |= rows[i].dropped != 0;
        key |= rows[i].has_key;
        unvalued_unmet |= rows[i].unvalued_unmet != 0;
    }
    return (count == 0 ? 0 : empty_sorts(rows[0].value, count, sizeof *rows, CUMULATIVE_VALUES)) |
           (paid ? 0 : bit(CUMULATIVE_PAID)) | (cash ? 0 : bit(CUMULATIVE_DELIVERED_CASH)) |
           (kind ? 0 : bit(CUMULATIVE_DELIVERED_IN_KIND)) |
           (unvalued ? 0 : bit(CUMULATIVE_UNVALUED)) |
           (donors ? bit(CUMULATIVE_UNMET) | bit(CUMULATIVE_MET) : bit(CUMULATIVE_GIVEN)) |
           (unvalued_unmet ? 0 : bit(CUMULATIVE_UNVALUED_UNMET)) |
           (dropped && !donors ? 0 : bit(CUMULATIVE_DROPPED)) | (key ? 0 : bit(CUMULATIVE_KEY));
}

static void put_cumulative(Report *report, Grid *grid, const CumulativeRow *row, int64_t all_cash)
{
    Unit currency = report->round->currency;
    int64_t firm = cumulative_cash(row) + cumulative_in_kind(row);
    grid_row(grid);
    grid_text(grid, CUMULATIVE_NAME, *row->name != '\0' ? row->name : _("(none named)"));
    grid_count(grid, CUMULATIVE_ROUNDS, row->rounds);
    put_sorts(report, grid, CUMULATIVE_VALUES, row->value);
    grid_amount(grid, CUMULATIVE_PAID, currency, row->paid);
    grid_amount(grid, CUMULATIVE_DELIVERED_CASH, currency, row->delivered_cash);
    grid_amount(grid, CUMULATIVE_DELIVERED_IN_KIND, currency, row->delivered_in_kind);
    grid_count(grid, CUMULATIVE_UNVALUED, row->unvalued);
    grid_amount(grid, CUMULATIVE_UNMET, currency, row->unmet);
    grid_amount(grid, CUMULATIVE_DROPPED, currency, row->dropped);
    grid_share(grid, CUMULATIVE_MET, firm, cumulative_asked(row));
    grid_count(grid, CUMULATIVE_UNVALUED_UNMET, row->unvalued_unmet);
    grid_share(grid, CUMULATIVE_GIVEN, cumulative_cash(row), all_cash);
    if (row->has_key && report->ledger->key_sum > 0)
        grid_number(grid, CUMULATIVE_KEY, decimal_to_double(row->key) / report->ledger->key_sum,
                    FORM_SHARE);
}

static void put_parties(Report *report, PageId id, const char *title, bool donors)
{
    const LedgerReport *ledger = report->ledger;
    const CumulativeRow *rows = donors ? ledger->donors : ledger->beneficiaries;
    size_t count = donors ? ledger->donor_count : ledger->beneficiary_count;
    Page *page = &report->pages[id];
    Grid grid;
    int64_t cash = 0;
    for (size_t i = 0; i < count; i++)
        cash += cumulative_cash(&rows[i]);
    GridSpec spec = {.name = donors ? "CumulativeDonors" : "CumulativeBeneficiaries",
                     .columns = cumulative_columns,
                     .column_count = CUMULATIVE_COLUMNS,
                     .without = empty_columns(rows, count, donors),
                     .rows = count};
    page_head(page, title);
    page_note(page, _("All rounds in the ledger and this plan. What was pledged, committed, paid "
                      "in, paid out and delivered are five different things and are never added."));
    if ((spec.without & bit(CUMULATIVE_UNVALUED_UNMET)) == 0)
        page_note(page, _("The share met is of what has a value in money. Needs of this round that "
                          "have none, or whose amount is unknown, are not in it: those not met in "
                          "full are counted beside it."));
    grid_begin(&grid, page, &spec);
    for (size_t i = 0; i < count; i++)
        put_cumulative(report, &grid, &rows[i], cash);
    grid_end(&grid, 1);
}

static void build_cumulative(Report *report)
{
    put_parties(report, PAGE_CUMULATIVE, _("Beneficiaries: how much of what they asked is met"),
                false);
    put_parties(report, PAGE_CUMULATIVE_DONORS, _("Donors: who carries how much"), true);
}

/* ---- lapsing -------------------------------------------------------------------------------- */

typedef enum LapsingColumn {
    LAPSING_ON,
    LAPSING_OFFER,
    LAPSING_DONOR,
    LAPSING_LEFT,
    LAPSING_UNPAID,
    LAPSING_DUE, /* only where things in kind are due */
    LAPSING_COMMITTED,
    LAPSING_PAID,
    LAPSING_DELIVERED,
    LAPSING_UNIT,
    LAPSING_TO_DO,
    LAPSING_COLUMNS
} LapsingColumn;

static const GridColumn lapsing_columns[LAPSING_COLUMNS] = {
    [LAPSING_ON] = {N_("Lapses on"), 12, LOOK_CENTER, false, false},
    [LAPSING_OFFER] = {N_("Offer"), 10, LOOK_BODY, false, false},
    [LAPSING_DONOR] = {N_("Donor"), 12, LOOK_BODY, false, false},
    [LAPSING_LEFT] = {N_("Not planned"), 15, LOOK_RIGHT, false, false},
    [LAPSING_UNPAID] = {N_("Committed, not paid"), 15, LOOK_RIGHT, false, false},
    [LAPSING_DUE] = {N_("Committed in kind, not delivered"), 15, LOOK_RIGHT, false, false},
    [LAPSING_COMMITTED] = {N_("Committed"), 15, LOOK_RIGHT, false, false},
    [LAPSING_PAID] = {N_("Payments made"), 15, LOOK_RIGHT, false, false},
    [LAPSING_DELIVERED] = {N_("Delivered"), 15, LOOK_RIGHT, false, false},
    [LAPSING_UNIT] = {N_("Unit"), 15, LOOK_CENTER, false, false},
    [LAPSING_TO_DO] = {N_("What to do"), 40, LOOK_WRAP, false, false},
};

static const char *what_to_do(const LapsingRow *row)
{
    bool both = row->left > 0 && row->unpaid + row->due > 0;
    if (row->past)
        return row->due > 0
                   ? _("its day has passed: enter the delivery, or ask the donor for a later day")
                   : _("its day has passed: enter the payment, or ask the donor for a later day");
    if (both)
        return row->due > 0 ? _("plan the one and have the other delivered before that day")
                            : _("plan the one and have the other paid before that day");
    if (row->left > 0)
        return _("plan it before that day");
    return row->due > 0 ? _("have it delivered before that day")
                        : _("have it paid before that day");
}

static void put_lapsing(Report *report, Grid *grid, size_t index)
{
    const LapsingRow *row = &report->ledger->lapsing[index];
    const Offer *offer = &report->round->offers[row->offer];
    grid_row(grid);
    grid_date(grid, LAPSING_ON, offer->lapses);
    grid_text(grid, LAPSING_OFFER, offer->id);
    grid_text(grid, LAPSING_DONOR, offer->donor);
    grid_amount(grid, LAPSING_LEFT, offer->unit, row->left);
    grid_amount(grid, LAPSING_COMMITTED, offer->unit, row->committed);
    grid_amount(grid, LAPSING_DELIVERED, offer->unit, row->delivered);
    if (offer->unit.is_money) {
        grid_amount(grid, LAPSING_UNPAID, offer->unit, row->unpaid);
        grid_amount(grid, LAPSING_PAID, offer->unit, row->paid);
    } else {
        grid_amount(grid, LAPSING_DUE, offer->unit, row->due);
    }
    grid_text(grid, LAPSING_UNIT, offer->unit.name);
    grid_text(grid, LAPSING_TO_DO, what_to_do(row));
}

static void build_lapsing(Report *report)
{
    static const char note[] =
        N_("Offers that lapse, in the order of days: what no need of this plan takes, money "
           "committed in this round or an earlier one for which no payment is entered, and things "
           "in kind so committed for which no delivery is. An offer whose day was before this "
           "round is listed while such money or things of it are left.");
    const LedgerReport *ledger = report->ledger;
    bool due = false;
    for (size_t i = 0; i < ledger->lapsing_count; i++)
        due |= ledger->lapsing[i].due > 0;
    GridSpec spec = {.name = "Lapsing",
                     .columns = lapsing_columns,
                     .column_count = LAPSING_COLUMNS,
                     .without = grid_without(due, LAPSING_DUE),
                     .rows = ledger->lapsing_count};
    build_list(report, PAGE_LAPSING, note, &spec, put_lapsing, 2);
}

void sheet_ledger_build(Report *report)
{
    if (report->ledger == NULL)
        return;
    build_bridge(report);
    build_cliff(report);
    build_cumulative(report);
    build_lapsing(report);
}
