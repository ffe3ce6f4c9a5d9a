/* The Summary sheet, the first page that a minister reads: what was asked, what is met, by tier,
 * category, region and beneficiary, what each donor gives. Every figure is a live formula over the
 * lists. Money and what has no money value never meet in a sum, cash and in kind neither.
 */
#include "io/summary_internal.h"

#include <string.h>

#include "allot/language.h"
#include "io/page_text.h"

/* The cards across the page, and the columns that each covers: with a ledger that holds something, one more
 * and wider blocks. */
enum { CARDS_MOST = 6, CARD_INDENT = 12 /* pixels */, LABEL_POINTS = 30 };

static const int five_cards[CARDS_MOST][2] = {{0, 0}, {1, 2}, {3, 4}, {5, 7}, {8, 14}};
static const int six_cards[CARDS_MOST][2] = {{0, 0}, {1, 2}, {3, 4}, {5, 6}, {7, 9}, {10, 16}};

static const int (*card_columns(const Report *report))[2]
{
    return report->totals.all.held > 0 ? six_cards : five_cards;
}

typedef struct Card {
    const char *label;
    const char *figure; /* a formula or NULL */
    double value;
    const char *note_text; /* or */
    const char *note;      /* a formula or NULL */
    double note_value;
    Form note_form;
} Card;

static void put_card(Page *page, uint32_t row, int at, const Card *card)
{
    int first = card_columns(page->report)[at][0], last = card_columns(page->report)[at][1];
    static const Look looks[] = {LOOK_CARD_LABEL, LOOK_CARD_FIGURE, LOOK_CARD_NOTE};
    put_text(page, row, first, LOOK_CARD_LABEL, card->label);
    put_formula(page, row + 1, first, LOOK_CARD_FIGURE, card->figure, card->value, FORM_PLACES);
    if (card->note_text != NULL)
        put_text(page, row + 2, first, LOOK_CARD_NOTE, card->note_text);
    else
        put_formula(page, row + 2, first, LOOK_CARD_NOTE, card->note, card->note_value,
                    card->note_form);
    for (uint32_t line = 0; line < 3; line++) {
        for (int column = first + 1; column <= last; column++)
            put_blank(page, row + line, column, looks[line]);
        if (last > first)
            put_merged(page, (Area){row + line, row + line, (uint16_t)first, (uint16_t)last});
    }
}

/* A card of money with its share of what was asked. */
static void put_money_card(Report *report, uint32_t row, int at, const char *label, int column,
                           int64_t amount)
{
    const Round *round = report->round;
    int64_t asked = report->totals.all.asked;
    char letters[4];
    column_letters(card_columns(report)[at][0], letters);
    Card card = {
        .label = report_printf(report, "%s (%s)", label, round->currency.name),
        .figure = formula_total(&report->needs, column),
        .value = amount_to_double(round->currency, amount),
        .note_text = asked == 0 ? _("nothing with a money value was asked") : NULL,
        .note = report_printf(report, "=IF(A%u=0,0,%s%u/A%u)", (unsigned)row + 2, letters,
                              (unsigned)row + 2, (unsigned)row + 2),
        .note_value = asked == 0 ? 0 : (double)amount / (double)asked,
        .note_form = FORM_SHARE_OF_ASKED,
    };
    put_card(&report->pages[PAGE_SUMMARY], row, at, &card);
}

/* Lines of the longest label: in Polish one is wider than its card. */
static int card_label_lines(const Page *page, uint32_t row)
{
    int most = 1;
    for (int at = 0; at < CARDS_MOST; at++) {
        const int *columns = card_columns(page->report)[at];
        const PageCell *cell = page_cell_at(page, row, columns[0]);
        int pixels = -CARD_INDENT;
        if (cell == NULL || cell->kind != PAGE_TEXT)
            continue;
        for (int column = columns[0]; column <= columns[1]; column++)
            pixels += page_column_pixels(page, column);
        int lines = page_text_lines(cell->text, pixels / 7.7);
        most = lines > most ? lines : most;
    }
    return most;
}

static const char *count_of_state(Report *report, NeedState state)
{
    Match match = {.column = NEEDS_STATE, .text = _(need_state_text(state))};
    return formula_count(&report->needs, &match, 1);
}

/* @return their first row. */
static uint32_t put_cards(Report *report)
{
    Page *page = &report->pages[PAGE_SUMMARY];
    const GroupTotals *all = &report->totals.all;
    uint32_t row = page->next_row + 1;
    const char *currency = report->round->currency.name;
    size_t not_chosen = all->in_state[NEED_NOT_CHOSEN], counted = all->needs - not_chosen;
    size_t valued = counted - all->without_value;
    const char *who = report_printf(report, "by %zu needs", valued);
    if (all->without_value > 0)
        who = report_printf(report, "%s; %zu without money value are counted apart", who,
                            all->without_value);
    Card asked = {
        .label = report_printf(report, "Asked (%s)", currency),
        .figure = formula_total(&report->needs, NEEDS_VALUE_ASKED),
        .value = amount_to_double(report->round->currency, all->asked),
        .note_text = who,
    };
    put_card(page, row, 0, &asked);
    int at = 1;
    if (all->held > 0)
        put_money_card(report, row, at++, _("Committed in earlier rounds"), NEEDS_VALUE_HELD,
                       all->held);
    put_money_card(report, row, at++, _("Covered elsewhere"), NEEDS_VALUE_COVERED,
                   all->covered - all->held);
    put_money_card(report, row, at++, _("Assigned in this round"), NEEDS_VALUE_ASSIGNED,
                   all->assigned);
    put_money_card(report, row, at++, _("Unmet"), NEEDS_VALUE_UNMET, all->unmet);
    Card met = {
        .label = report_printf(report, "Needs met in full, of %zu", counted),
        .figure = count_of_state(report, NEED_MET),
        .value = (double)all->in_state[NEED_MET],
        .note = count_of_state(report, NEED_PARTLY),
        .note_value = (double)all->in_state[NEED_PARTLY],
        .note_form = FORM_AND_PARTLY,
    };
    put_card(page, row, at, &met);
    put_row_height(page, row + 1, 24);
    put_row_height(page, row + 2, 30);
    return row;
}

/* ---- where the money stands --------------------------------------------------------------------- */

typedef enum MoneyColumn { MONEY_LABEL, MONEY_VALUE, MONEY_LINES, MONEY_UNVALUED } MoneyColumn;

static const GridColumn money_columns[] = {
    [MONEY_LABEL] = {N_("What is given, and what is left"), 30, LOOK_WRAP, false, false},
    [MONEY_VALUE] = {N_("Value"), 14, LOOK_RIGHT, true, false},
    [MONEY_LINES] = {N_("Assignments"), 14, LOOK_RIGHT, false, false},
    [MONEY_UNVALUED] = {N_("of them without money value"), 14, LOOK_RIGHT, false, false},
};

static void put_given(Report *report, Grid *grid, bool in_kind, bool pledged)
{
    const Grid *lines = &report->assignments;
    const DonorTotals *given = &report->totals.given;
    const LineTotals *both[] = {in_kind ? &given->in_kind : &given->cash,
                                in_kind ? &given->pledged_in_kind : &given->pledged_cash};
    const LineTotals *figures = both[pledged];
    Match matches[] = {{.column = ASSIGNMENTS_KIND, .text = in_kind ? _("in kind") : _("cash")},
                       {.column = ASSIGNMENTS_BASIS, .text = _(basis_text(BASIS_PLEDGED))}};
    size_t count = pledged ? 2 : 1;
    int column = in_kind ? ASSIGNMENTS_IN_KIND : ASSIGNMENTS_CASH;
    grid_row(grid);
    grid_text(grid, MONEY_LABEL,
              report_printf(report, "%s%s", in_kind ? _("Given in kind") : _("Given in cash"),
                            pledged ? _(", on pledges only") : ""));
    grid_money_formula(grid, MONEY_VALUE, formula_sum(lines, column, matches, count),
                       figures->value);
    grid_count_formula(grid, MONEY_LINES, formula_count(lines, matches, count), figures->lines);
    grid_count(grid, MONEY_UNVALUED, figures->without_value);
}

static void put_kept(Report *report, Grid *grid, const char *label, int column, int64_t value)
{
    grid_row(grid);
    grid_text(grid, MONEY_LABEL, label);
    grid_money_formula(grid, MONEY_VALUE, formula_total(&report->offers, column), value);
}

static void put_money(Report *report)
{
    Page *page = &report->pages[PAGE_SUMMARY];
    const DonorTotals *given = &report->totals.given;
    bool pledges = given->pledged_cash.lines + given->pledged_in_kind.lines > 0;
    bool apart = given->cash_apart > 0, lapsed = given->cash_lapsed > 0;
    page_block(page);
    GridSpec spec = {.name = "SummaryMoney",
                     .columns = money_columns,
                     .column_count = sizeof money_columns / sizeof money_columns[0],
                     .rows = 3 + (pledges ? 2u : 0u) + apart + lapsed,
                     .block = true};
    Grid grid;
    grid_begin(&grid, page, &spec);
    put_given(report, &grid, false, false);
    if (pledges)
        put_given(report, &grid, false, true);
    put_given(report, &grid, true, false);
    if (pledges)
        put_given(report, &grid, true, true);
    put_kept(report, &grid, _("Cash left, planned on but not used"), OFFERS_CASH_LEFT,
             given->cash_left);
    if (apart)
        put_kept(report, &grid, _("Cash offered, not firm enough to plan on"), OFFERS_CASH_APART,
                 given->cash_apart);
    if (lapsed)
        put_kept(report, &grid, _("Lapsed before the round"), OFFERS_CASH_LAPSED,
                 given->cash_lapsed);
    grid_end(&grid, 0);
}

/* What alternatives do to the sums; "" without any. */
static const char *alternatives_line(Report *report)
{
    const GroupTotals *all = &report->totals.all;
    if (all->in_state[NEED_NOT_CHOSEN] == 0)
        return "";
    return report_printf(report,
                         "Of alternatives one is counted, the one that is served or the cheapest. "
                         "Needs not chosen: %zu, worth %s, which is in no sum of this workbook.",
                         all->in_state[NEED_NOT_CHOSEN], report_money(report, all->not_chosen));
}

/* Where the reader finds the answers, as far as they were looked for. */
static const char *answers_line(Report *report)
{
    const Answers *answers = &report->plan->answers;
    size_t short_needs = 0;
    for (size_t i = 0; i < report->round->need_count; i++)
        short_needs += report->plan->needs[i].reason != REASON_NONE &&
                       report->totals.needs[i].state != NEED_NOT_CHOSEN;
    if (short_needs == 0 || answers->causes == NULL)
        return "";
    return report_printf(
        report, "Why %zu need%s stay%s unmet in full or in part: sheet Reasons.%s%s", short_needs,
        short_needs == 1 ? "" : "s", short_needs == 1 ? "s" : "",
        answers->prices == NULL ? "" : _(" What each earmark, limit and date costs: sheet Prices."),
        answers->asks == NULL ? "" : _(" Whom to ask for what, in which order: sheet Appeal."));
}

/* ---- the page ------------------------------------------------------------------------------- */

/* What was proven, in a sentence. A plan is only written when its check found every rule kept. */
static const char *outcome_line(Report *report)
{
    size_t all = report->plan->stage_count, open = stages_unproven(report->plan->stages, all);
    if (all == 0)
        return _("The plan keeps every rule.");
    if (open == 0)
        return _("The plan keeps every rule, and every step is proven to be the best.");
    return report_printf(report,
                         "The plan keeps every rule. In %zu of %zu steps it was not proven that no "
                         "better one exists (sheet Method).",
                         open, all);
}

static const char *basis_line(Report *report)
{
    const Settings *settings = &report->round->settings;
    const char *firmer = settings->plan_on == BASIS_PAID ? "" : _(" or firmer");
    if (report->findings == NULL)
        return report_printf(report, "Planned on: %s%s. Amounts in %s.",
                             _(basis_text(settings->plan_on)), firmer, settings->currency);
    return report_printf(report,
                         "Planned on: %s%s. Amounts in %s. Findings about the input: errors %zu, "
                         "warnings %zu (sheet Problems).",
                         _(basis_text(settings->plan_on)), firmer, settings->currency,
                         diag_count(report->findings, DIAG_ERROR),
                         diag_count(report->findings, DIAG_WARNING));
}

void sheet_summary_build(Report *report)
{
    Page *page = &report->pages[PAGE_SUMMARY];
    const Totals *totals = &report->totals;
    page_head(page, report->title);
    page_note(page, outcome_line(report));
    page_note(page, answers_line(report));
    page_note(page, basis_line(report));
    page_note(page, alternatives_line(report));
    page_note(page, report->rates_line);
    uint32_t card_row = put_cards(report);
    uint32_t chart_row = page->next_row + 1;
    summary_reserve_charts(report);
    Grid tiers = {0}, donors = {0};
    if (report->round->need_count == 0)
        page_note(page, _("There are no needs in this round."));
    summary_put_groups(report, _("By tier"), "SummaryTiers", NEEDS_TIER, &totals->tiers, &tiers);
    put_money(report);
    summary_put_donors(report, &donors);
    summary_put_groups(report, _("By category"), "SummaryCategories", NEEDS_CATEGORY,
                       &totals->categories, NULL);
    if (totals->regions.count > 1)
        summary_put_groups(report, _("By region"), "SummaryRegions", NEEDS_REGION, &totals->regions,
                           NULL);
    if (totals->beneficiaries.count > 1)
        summary_put_groups(report, _("By beneficiary"), "SummaryBeneficiaries", NEEDS_BENEFICIARY,
                           &totals->beneficiaries, NULL);
    if (card_label_lines(page, card_row) > 1)
        put_row_height(page, card_row, LABEL_POINTS);
    summary_put_charts(report, chart_row, &tiers, &donors);
    page_break_blocks(page);
}
