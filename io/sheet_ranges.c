/* The sheet Forced or free: of each line the least and the most that it can be in plans as good as this
 * one, who could carry what it leaves, and the unmet needs that its offer could have served.
 */
#include "allot/ranges.h"

#include "allot/amount_text.h"
#include "allot/language.h"
#include "io/sheets.h"

typedef enum RangesColumn {
    RANGES_NEED,
    RANGES_OFFER,
    RANGES_DONOR,
    RANGES_TIER,
    RANGES_QUANTITY,
    RANGES_UNIT,
    RANGES_LEAST,
    RANGES_MOST,
    RANGES_PROOF,
    RANGES_OTHERS,
    RANGES_RUNNERS_UP,
    RANGES_COLUMNS
} RangesColumn;

static const GridColumn columns[RANGES_COLUMNS] = {
    [RANGES_NEED] = {N_("Need"), 9, LOOK_BODY, false, false},
    [RANGES_OFFER] = {N_("Offer"), 9, LOOK_BODY, false, false},
    [RANGES_DONOR] = {N_("Donor"), 7, LOOK_BODY, false, false},
    [RANGES_TIER] = {N_("Tier"), 5, LOOK_CENTER, false, false},
    [RANGES_QUANTITY] = {N_("Quantity"), 13, LOOK_RIGHT, false, false},
    [RANGES_UNIT] = {N_("Unit"), 13, LOOK_WRAP, false, false},
    [RANGES_LEAST] = {N_("Least"), 13, LOOK_RIGHT, false, false},
    [RANGES_MOST] = {N_("Most"), 13, LOOK_RIGHT, false, false},
    [RANGES_PROOF] = {N_("Forced or free"), 14, LOOK_WRAP, false, false},
    [RANGES_OTHERS] = {N_("Others who could carry it at no loss"), 53, LOOK_WRAP, false, false},
    [RANGES_RUNNERS_UP] = {N_("Runners-up: unmet needs it could serve"), 50, LOOK_WRAP, false,
                           false},
};

static const char *unit_amount(Report *report, Unit unit, int64_t amount)
{
    AmountText text = amount_text(unit, amount);
    return unit.is_money ? report_printf(report, "%s %s", unit.name, text.digits)
                         : report_printf(report, "%s %s", text.digits, unit.name);
}

/** "O-2 (EE) EUR 300.00 more; the need itself would have EUR 20.00 less" */
static const char *others_text(Report *report, Unit unit, const LineRange *range)
{
    const char *text = "";
    for (int k = 0; k < range->other_count; k++) {
        const Offer *offer = &report->round->offers[range->others[k].offer];
        text = report_printf(report, "%s%s%s (%s) %s more", text, k == 0 ? "" : "; ", offer->id,
                             offer->donor, unit_amount(report, unit, range->others[k].quantity));
    }
    if (range->short_by > 0)
        text = report_printf(report, "%s%sother needs: it would have %s less", text,
                             *text == '\0' ? "" : "; ", unit_amount(report, unit, range->short_by));
    return text;
}

enum { NAMED_AT_MOST = 4 };

/** The first of the unmet needs that the offer may serve, by tier, then id: "N-2 (tier 1), N-9 (tier 2)
 *  and 5 more". */
static const char *runners_up_text(Report *report, const Assignment *line)
{
    const Grounds *grounds = &report->grounds;
    const Round *round = report->round;
    int first[NAMED_AT_MOST], named = 0, all = 0;
    const char *text = "";
    for (size_t p = 0; p < grounds->pair_count; p++) {
        const GroundPair *pair = &grounds->pairs[p];
        int tier = round->needs[pair->need].tier, at;
        if (pair->offer != line->offer || pair->need == line->need ||
            pair->bar.check != BAR_NOTHING)
            continue;
        all++;
        for (at = named; at > 0 && round->needs[first[at - 1]].tier > tier; at--)
            if (at < NAMED_AT_MOST)
                first[at] = first[at - 1];
        if (at < NAMED_AT_MOST)
            first[at] = pair->need;
        named += named < NAMED_AT_MOST;
    }
    for (int i = 0; i < named; i++)
        text = report_printf(report, "%s%s%s (tier %d)", text, i == 0 ? "" : ", ",
                             round->needs[first[i]].id, round->needs[first[i]].tier);
    return all <= named ? text : report_printf(report, "%s and %d more", text, all - named);
}

static void put_line(Report *report, Grid *grid, size_t index)
{
    const Assignment *line = &report->plan->assignments[index];
    const LineRange *range = &report->plan->answers.ranges->lines[index];
    const Need *need = &report->round->needs[line->need];
    const Offer *offer = &report->round->offers[line->offer];
    grid_row(grid);
    grid_text(grid, RANGES_NEED, need->id);
    grid_text(grid, RANGES_OFFER, offer->id);
    grid_text(grid, RANGES_DONOR, offer->donor);
    grid_number(grid, RANGES_TIER, need->tier, FORM_PLACES);
    grid_amount(grid, RANGES_QUANTITY, need->unit, line->quantity);
    grid_text(grid, RANGES_UNIT, need->unit.name);
    grid_amount(grid, RANGES_LEAST, need->unit, range->least);
    grid_amount(grid, RANGES_MOST, need->unit, range->most);
    grid_text(grid, RANGES_PROOF, _(range_proof_text(range->proof)));
    grid_text(grid, RANGES_OTHERS, others_text(report, need->unit, range));
    grid_text(grid, RANGES_RUNNERS_UP, runners_up_text(report, line));
}

void sheet_ranges_build(Report *report)
{
    Page *page = &report->pages[PAGE_RANGES];
    bool asked = report->plan->answers.ranges != NULL;
    Grid grid;
    page_head(page, _("Forced or free"));
    page_note(
        page,
        _("Of each line the least and the most that it can be in any plan that keeps every rule "
          "and comes out as well in every published stage: only the order of ids decided between "
          "these plans. Forced: none has it otherwise, proven. Free: proven between the two. Free "
          "at least: plans with both are known, there may be some beyond. Not decided: the search "
          "for it ended at its limits. Others who could carry it are those who give more to the "
          "same need in a plan in which the line is least."));
    if (!asked)
        page_not_looked_into(page);
    GridSpec spec = {.name = "Ranges",
                     .columns = columns,
                     .column_count = RANGES_COLUMNS,
                     .rows = asked ? report->plan->assignment_count : 0};
    grid_begin(&grid, page, &spec);
    for (size_t i = 0; i < spec.rows; i++)
        put_line(report, &grid, i);
    grid_end(&grid, 2);
}
