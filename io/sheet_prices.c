/* The Prices sheet: what would be met in addition without each earmark, exclusion, limit and lapse
 * date, ranked; stage by stage.
 */
#include <math.h>
#include <string.h>

#include "allot/language.h"
#include "allot/prices.h"
#include "io/conflict_words.h"
#include "io/sheets.h"

enum {
    PRICES_RANK,
    PRICES_THING,
    PRICES_PLACE,
    PRICES_STAGE,
    PRICES_MOST,
    PRICES_VALUE,
    PRICES_STEPS,     /* columns of stages, and behind them what has no number of its own: */
    STEPS_SHOWN = 24, /* needs that would have more */
    NEEDS_NAMED = 6   /* in a cell */
};

static const GridColumn FIXED[PRICES_STEPS] = {
    [PRICES_RANK] = {N_("Rank"), 6, LOOK_CENTER, false, false},
    [PRICES_THING] = {N_("What stands in the way"), 46, LOOK_WRAP, false, false},
    [PRICES_PLACE] = {N_("Where"), 26, LOOK_WRAP, false, false},
    [PRICES_STAGE] = {N_("Helps first"), 13, LOOK_WRAP, false, false},
    [PRICES_MOST] = {N_("of that tier at most"), 17, LOOK_RIGHT, false, false},
    [PRICES_VALUE] = {N_("Met in addition, all tiers"), 14, LOOK_RIGHT, true, false},
};

static const GridColumn NEEDS = {N_("Needs that would have more"), 40, LOOK_WRAP, false, false};

/** The stages in which some thing matters: a column each. */
typedef struct StepColumns {
    int step[STEPS_SHOWN];
    int count;
} StepColumns;

static StepColumns choose_steps(const Prices *prices)
{
    StepColumns out = {.count = 0};
    for (size_t s = 0; s < prices->step_count && out.count < STEPS_SHOWN; s++) {
        bool any = false;
        for (size_t i = 0; i < prices->count; i++)
            any = any || prices->prices[i].gain[s].met != 0;
        if (any)
            out.step[out.count++] = (int)s;
    }
    return out;
}

static const char *needs_text(Report *report, const Price *price)
{
    const char *text = "";
    size_t shown = price->need_count < NEEDS_NAMED ? price->need_count : NEEDS_NAMED;
    for (size_t i = 0; i < shown; i++)
        text = report_printf(report, "%s%s%s", text, i > 0 ? ", " : "",
                             report->round->needs[price->needs[i].need].id);
    if (price->need_count > shown)
        text = report_printf(report, "%s and %zu more", text, price->need_count - shown);
    return text;
}

static const char *place_text(Report *report, const Lift *lift)
{
    return report_printf(report, "%s%s%s%s%s",
                         round_row_text(report->round, lift->origin, report->arena),
                         *lift->column == '\0' ? "" : ", ", lift->column,
                         *lift->each == '\0' ? "" : ", ", lift->each);
}

/** A figure in a stage's measure. */
static void put_measured(Report *report, Grid *grid, int column, const TierStep *step,
                         double amount)
{
    Unit currency = report->round->currency;
    bool money = report->round->settings.measure == MEASURE_VALUE && !step->unvalued;
    if (money)
        grid_amount(grid, column, currency, llround(amount * (double)unit_scale(currency)));
    else
        grid_number(grid, column, amount, FORM_PLACES + 3);
}

static void put_price(Report *report, Grid *grid, size_t rank, const StepColumns *columns)
{
    const Prices *prices = report->plan->answers.prices;
    const Price *price = &prices->prices[rank];
    const Lift *lift = &prices->lifts->lifts[price->lift];
    const TierStep *first = &prices->steps[price->first];
    grid_row(grid);
    grid_count(grid, PRICES_RANK, rank + 1);
    grid_text(grid, PRICES_THING,
              report_sentence(report, conflict_clause(prices->lifts, lift, report->arena)));
    grid_text(grid, PRICES_PLACE, place_text(report, lift));
    grid_text(grid, PRICES_STAGE, report_step(report, first));
    put_measured(report, grid, PRICES_MOST, first, price->gain[price->first].most);
    if (price->tried)
        grid_amount(grid, PRICES_VALUE, report->round->currency, price->value);
    for (int c = 0; c < columns->count; c++) {
        int s = columns->step[c];
        if (price->tried && price->gain[s].met != 0)
            put_measured(report, grid, PRICES_STEPS + c, &prices->steps[s], price->gain[s].met);
    }
    grid_text(grid, PRICES_STEPS + columns->count,
              price->tried ? needs_text(report, price) : _("not decided again"));
}

static bool has_unvalued(const Prices *prices)
{
    StepColumns shown = choose_steps(prices);
    for (int c = 0; c < shown.count; c++)
        if (prices->steps[shown.step[c]].unvalued)
            return true;
    return false;
}

static void put_notes(Page *page, const Prices *prices)
{
    page_note(page, _("What would be met in addition if this thing alone were taken out of the "
                      "round: the tiers are decided again in their order, each keeping what those "
                      "before it then have. The most for the first tiers stands first. A tier "
                      "after the first that gains may lose: then its figure is below zero."));
    if (prices->whole)
        page_note(
            page,
            _("Things that are given whole make this hard to know exactly: the figures by tier are "
              "what was found, and no more is possible than stands under 'at most'."));
    if (has_unvalued(prices))
        page_note(
            page,
            _("Needs without a money value are counted in shares: 0.5 is one half of one need."));
    const char *others = prices->whole ? _(", were things to be split,") : "";
    page_note(page, prices->asked == 0
                        ? report_printf(page->report,
                                        "There is no such thing here: it is proven that%s none of "
                                        "them alone keeps any tier from more. Quantities and "
                                        "budgets: sheet Worth.",
                                        others)
                        : report_printf(page->report,
                                        "%zu such things may keep a tier from more; %zu of them "
                                        "were taken out, one at a time, and the round was decided "
                                        "again; those that changed nothing are not listed. Of all "
                                        "others it is proven that%s none alone changes anything. "
                                        "Quantities and budgets: sheet Worth.",
                                        prices->asked, prices->solved, others));
}

void sheet_prices_build(Report *report)
{
    Page *page = &report->pages[PAGE_PRICES];
    const Prices *prices = report->plan->answers.prices;
    page_head(page, _("Prices"));
    if (prices == NULL) {
        page_not_looked_into(page);
        return;
    }
    put_notes(page, prices);
    StepColumns steps = choose_steps(prices);
    GridColumn *columns = report_alloc(report, PRICES_STEPS + STEPS_SHOWN + 1, sizeof *columns);
    if (columns == NULL)
        return;
    memcpy(columns, FIXED, sizeof FIXED);
    for (int c = 0; c < steps.count; c++) {
        const TierStep *step = &prices->steps[steps.step[c]];
        bool money = report->round->settings.measure == MEASURE_VALUE && !step->unvalued;
        columns[PRICES_STEPS + c] =
            (GridColumn){report_printf(report, "Met in addition: %s", report_step(report, step)),
                         14, LOOK_RIGHT, money, false};
    }
    columns[PRICES_STEPS + steps.count] = NEEDS;
    GridSpec spec = {.name = "Prices",
                     .columns = columns,
                     .column_count = (size_t)(PRICES_STEPS + steps.count) + 1,
                     .without = prices->whole ? 0 : UINT64_C(1) << PRICES_MOST,
                     .rows = prices->count};
    Grid grid;
    grid_begin(&grid, page, &spec);
    for (size_t i = 0; i < prices->count; i++)
        put_price(report, &grid, i, &steps);
    grid_end(&grid, 2);
}
