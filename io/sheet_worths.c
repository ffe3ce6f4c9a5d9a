/* The Worth sheet: what one more unit of each offer and budget brings, what one less costs, by tier, each
 * with the quantity up to which it holds.
 */
#include <math.h>
#include <string.h>

#include "allot/language.h"
#include "allot/worths.h"
#include "io/sheets.h"

/* A slope from SHOWN_BY_LEAST on shows two figures within PLACES_LEAST places. */
enum { PLACES_LEAST = 4, PLACES_MOST = 9 };
static const double SHOWN_BY_LEAST = 0.001;

typedef enum WorthColumn {
    WORTH_ID,
    WORTH_WHAT,
    WORTH_STAGE,
    WORTH_QUANTITY,
    WORTH_MORE,
    WORTH_MORE_UNTIL,
    WORTH_LESS,
    WORTH_LESS_UNTIL,
    WORTH_UNIT,
    WORTH_REMARK,
    WORTH_COLUMNS
} WorthColumn;

static const GridColumn columns[WORTH_COLUMNS] = {
    [WORTH_ID] = {N_("Offer or donor"), 14, LOOK_BODY, false, false},
    [WORTH_WHAT] = {N_("What"), 10, LOOK_BODY, false, false},
    [WORTH_STAGE] = {N_("Tier"), 32, LOOK_BODY, false, false},
    [WORTH_QUANTITY] = {N_("Today"), 14, LOOK_RIGHT, false, false},
    [WORTH_MORE] = {N_("One more brings"), 12, LOOK_RIGHT, false, false},
    [WORTH_MORE_UNTIL] = {N_("up to"), 14, LOOK_RIGHT, false, false},
    [WORTH_LESS] = {N_("One less costs"), 12, LOOK_RIGHT, false, false},
    [WORTH_LESS_UNTIL] = {N_("down to"), 14, LOOK_RIGHT, false, false},
    [WORTH_UNIT] = {N_("Unit"), 13, LOOK_CENTER, false, false},
    [WORTH_REMARK] = {N_("Remark"), 52, LOOK_WRAP, false, false},
};

/** Places that show two figures of a slope, up to PLACES_MOST. */
static int slope_places(double slope)
{
    int places = PLACES_LEAST;
    for (double size = slope; slope > 0 && size < SHOWN_BY_LEAST && places < PLACES_MOST; places++)
        size *= 10;
    return places;
}

/** Is there anything to say of this stage? */
static bool says_something(const Worth *worth)
{
    return !worth->more.known || !worth->less.known || worth->more.slope > 0 ||
           worth->less.slope > 0;
}

/** The steps of one quantity that are shown: those that say something, else the last. */
static bool is_shown(const Worths *worths, size_t index)
{
    size_t steps = worths->step_count, first = index / steps * steps;
    if (says_something(&worths->worths[index]))
        return true;
    for (size_t i = first; i < first + steps; i++)
        if (says_something(&worths->worths[i]))
            return false;
    return index == first + steps - 1;
}

static void put_slope(Grid *grid, int column, const WorthSide *side)
{
    if (side->known && !side->needed)
        grid_number(grid, column, side->slope, (Form)((int)FORM_DASH + slope_places(side->slope)));
}

static const char *remark_of(const Worth *worth, const Rule *rule, bool quiet)
{
    if (worth->less.agreed)
        return worth->more.at_least
                   ? _("less would break what is agreed; more brings this at least so far, and how "
                       "much further was not followed")
                   : _("less would break what is agreed, or the least that a rule asks for");
    if (worth->less.needed && worth->more.at_least)
        return _("less would cost tiers before it; more brings this at least so far, and how much "
                 "further was not followed");
    if (worth->less.needed)
        return quiet ? _("every tier before needs all of it")
                     : _("less would cost tiers before it");
    if (!worth->more.known || !worth->less.known)
        return _("not found out within the limits of the search");
    if (worth->more.at_least || worth->less.at_least)
        return _("holds at least so far; how much further was not followed");
    if (!quiet)
        return "";
    return rule->upper > worth->less.until
               ? _("more brings nothing; what is above 'down to' can be spared")
               : _("more brings nothing");
}

static void put_worth(Report *report, Grid *grid, const Worths *worths, const Worth *worth)
{
    const Lift *lift = &worths->lifts->lifts[worth->lift];
    const Rule *rule = lift_rule(worths->lifts, lift);
    bool quiet = !says_something(worth);
    grid_row(grid);
    grid_text(grid, WORTH_ID, lift->id);
    grid_text(grid, WORTH_WHAT, lift->column);
    grid_text(grid, WORTH_UNIT, rule->unit.name);
    grid_amount(grid, WORTH_QUANTITY, rule->unit, rule->upper);
    grid_text(grid, WORTH_STAGE,
              quiet ? _("all tiers") : report_step(report, &worths->steps[worth->step]));
    put_slope(grid, WORTH_MORE, &worth->more);
    if (worth->more.slope > 0)
        grid_amount(grid, WORTH_MORE_UNTIL, rule->unit, worth->more.until);
    put_slope(grid, WORTH_LESS, &worth->less);
    if (worth->less.known && !worth->less.needed)
        grid_amount(grid, WORTH_LESS_UNTIL, rule->unit, worth->less.until);
    grid_text(grid, WORTH_REMARK, report_clean(report, remark_of(worth, rule, quiet)));
}

static void put_notes(Page *page, const Worths *worths)
{
    MeasureSetting measure = page->report->round->settings.measure;
    const char *currency = page->report->round->currency.name;
    page_note(page, report_printf(
                        page->report,
                        "What one more unit of an offer (or of a donor's budget) brings to a "
                        "tier, and what one less costs it, every tier before it keeping what it "
                        "has; in %s. Each figure holds up to (down to) the quantity beside it; "
                        "beyond that it is less (more).",
                        measure == MEASURE_VALUE      ? currency
                        : measure == MEASURE_QUANTITY ? _("units of what is needed")
                                                      : _("shares of what is needed")));
    if (measure == MEASURE_VALUE)
        page_note(
            page,
            _("Needs without a money value are counted in shares: 0.5 is one half of one need."));
    page_note(page, _("A figure above the offer's own worth is no mistake: money that frees other "
                      "money held by a rule moves more than itself."));
    if (worths->whole)
        page_note(page,
                  _("Things that are given whole are counted here as if they could be split."));
}

void sheet_worths_build(Report *report)
{
    Page *page = &report->pages[PAGE_WORTH];
    const Worths *worths = report->plan->answers.worths;
    size_t rows = 0;
    page_head(page, _("Worth of one more"));
    if (worths == NULL) {
        page_not_looked_into(page);
        return;
    }
    put_notes(page, worths);
    for (size_t i = 0; i < worths->count; i++)
        rows += is_shown(worths, i);
    GridSpec spec = {
        .name = "Worth", .columns = columns, .column_count = WORTH_COLUMNS, .rows = rows};
    Grid grid;
    grid_begin(&grid, page, &spec);
    for (size_t i = 0; i < worths->count; i++)
        if (is_shown(worths, i))
            put_worth(report, &grid, worths, &worths->worths[i]);
    grid_end(&grid, 2);
}
