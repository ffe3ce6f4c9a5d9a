/* The Appeal sheet: what to ask of whom, in order of what it unlocks, with the running totals; last,
 * without a step, the needs that no ask meets, and what would have to be loosened for them.
 */
#include "io/ask_words.h"
#include "io/sheets.h"

#include "allot/language.h"

typedef enum AppealColumn {
    APPEAL_STEP,
    APPEAL_TIER,
    APPEAL_NEED,
    APPEAL_TITLE,
    APPEAL_AMOUNT,
    APPEAL_UNIT,
    APPEAL_WHOM,
    APPEAL_OFFER,
    APPEAL_OTHERS,
    APPEAL_LOOSEN,
    APPEAL_VALUE,
    APPEAL_UNLOCKED,
    APPEAL_TOTAL_VALUE,
    APPEAL_TOTAL_UNLOCKED,
    APPEAL_COLUMNS
} AppealColumn;

static const GridColumn columns[APPEAL_COLUMNS] = {
    [APPEAL_STEP] = {N_("Step"), 6, LOOK_CENTER, false, false},
    [APPEAL_TIER] = {N_("Tier"), 5, LOOK_CENTER, false, false},
    [APPEAL_NEED] = {N_("Need"), 8, LOOK_BODY, false, false},
    [APPEAL_TITLE] = {N_("Title"), 40, LOOK_WRAP, false, false},
    [APPEAL_AMOUNT] = {N_("Ask for"), 13, LOOK_RIGHT, false, false},
    [APPEAL_UNIT] = {N_("Unit"), 13, LOOK_WRAP, false, false},
    [APPEAL_WHOM] = {N_("Of whom"), 32, LOOK_WRAP, false, false},
    [APPEAL_OFFER] = {N_("On offer"), 9, LOOK_BODY, false, false},
    [APPEAL_VALUE] = {N_("Value asked"), 13, LOOK_RIGHT, true, true},
    [APPEAL_UNLOCKED] = {N_("Value unlocked"), 13, LOOK_RIGHT, true, true},
    [APPEAL_TOTAL_VALUE] = {N_("Asked so far"), 13, LOOK_RIGHT, true, false},
    [APPEAL_TOTAL_UNLOCKED] = {N_("Unlocked so far"), 13, LOOK_RIGHT, true, false},
    [APPEAL_OTHERS] = {N_("Or more of"), 30, LOOK_WRAP, false, false},
    [APPEAL_LOOSEN] = {N_("Or loosen, with nothing new"), 26, LOOK_WRAP, false, false},
};

/** How many other givers a cell names. */
enum { OTHERS_NAMED = 3 };

static const char *donor_name(const Round *round, const char *donor)
{
    int row = round_find_donor(round, donor);
    return row < 0 || *round->donors[row].name == '\0' ? donor : round->donors[row].name;
}

/** "O-2, O-3 and 2 more": of the need as the plan stands. */
static const char *others_text(Report *report, const NeedAsk *ask, int taken)
{
    const char *text = "";
    int named = 0, more = 0;
    for (int i = 0; ask->state == ASK_ONE && i < ask->gift_count; i++) {
        int offer = ask->gifts[i].offer;
        if (offer == taken)
            continue;
        if (named == OTHERS_NAMED) {
            more++;
            continue;
        }
        text = report_printf(report, "%s%s%s", text, named++ == 0 ? "" : ", ",
                             report->round->offers[offer].id);
    }
    return more == 0 ? text : report_printf(report, "%s and %d more", text, more);
}

static const char *loosen_text(Report *report, const NeedAsk *ask)
{
    const char *text = ask_loosen_text(report->round, report->arena, ask);
    report->no_memory = report->no_memory || text == NULL;
    return text == NULL ? "" : text;
}

/** What is asked, and of whom. */
static void put_ask(Report *report, Grid *grid, const AppealStep *step, int gift)
{
    const Round *round = report->round;
    const Need *need = &round->needs[step->need];
    if (gift < step->gift_count) {
        const Offer *offer = &round->offers[step->gifts[gift].offer];
        grid_amount(grid, APPEAL_AMOUNT, offer->unit, step->gifts[gift].extra);
        grid_text(grid, APPEAL_UNIT, offer->unit.name);
        grid_text(grid, APPEAL_WHOM, donor_name(round, offer->donor));
        grid_text(grid, APPEAL_OFFER, offer->id);
    } else if (step->state == ASK_NEW) {
        grid_amount(grid, APPEAL_AMOUNT, need->unit, step->amount);
        grid_text(grid, APPEAL_UNIT, need->unit.name);
        grid_text(grid, APPEAL_WHOM,
                  report_printf(report, "anybody: a new offer of %s", need->category));
    } else {
        grid_text(grid, APPEAL_WHOM, _("nobody: by then there is enough"));
    }
}

static void put_step(Report *report, Grid *grid, size_t index, int gift)
{
    const Asks *asks = report->plan->answers.asks;
    const AppealStep *step = &asks->appeal[index];
    const Need *need = &report->round->needs[step->need];
    const NeedAsk *ask = &asks->needs[step->need];
    Unit currency = report->round->currency;
    grid_row(grid);
    grid_count(grid, APPEAL_STEP, index + 1);
    grid_count(grid, APPEAL_TIER, (size_t)need->tier);
    grid_text(grid, APPEAL_NEED, need->id);
    grid_text(grid, APPEAL_TITLE, report_need_title(report, need));
    put_ask(report, grid, step, gift);
    if (gift + 1 < step->gift_count)
        return; /* figures stand with the last of several givers */
    if (step->has_value)
        grid_amount(grid, APPEAL_VALUE, currency, step->value);
    if (step->has_unlocked)
        grid_amount(grid, APPEAL_UNLOCKED, currency, step->unlocked);
    grid_amount(grid, APPEAL_TOTAL_VALUE, currency, step->total_value);
    grid_amount(grid, APPEAL_TOTAL_UNLOCKED, currency, step->total_unlocked);
    grid_text(grid, APPEAL_OTHERS,
              others_text(report, ask, step->gift_count > 0 ? step->gifts[0].offer : -1));
    grid_text(grid, APPEAL_LOOSEN, loosen_text(report, ask));
}

static uint64_t left_out(const Report *report)
{
    const Asks *asks = report->plan->answers.asks;
    bool title = false, others = false, loosen = false;
    for (size_t n = 0; n < report->round->need_count; n++) {
        const NeedAsk *ask = &asks->needs[n];
        title |= *report->round->needs[n].title != '\0';
        others |= ask->state == ASK_ONE && ask->gift_count > 1;
        loosen |= ask->loosen_count > 0;
    }
    return (title ? 0 : UINT64_C(1) << APPEAL_TITLE) | (others ? 0 : UINT64_C(1) << APPEAL_OTHERS) |
           (loosen ? 0 : UINT64_C(1) << APPEAL_LOOSEN);
}

/** Is it a need that no step meets? Alternatives that are not chosen are asked for by the one that is. */
static bool is_shut(const Report *report, const bool *asked, size_t need)
{
    return asked != NULL && !asked[need] &&
           report->plan->answers.asks->needs[need].state != ASK_NONE &&
           report->totals.needs[need].state != NEED_NOT_CHOSEN;
}

static const char *why_shut(const NeedAsk *ask)
{
    switch (ask->state) {
    case ASK_WAITS: return _("nobody: not ready, or amount unknown");
    case ASK_STOPPED: return _("nobody: no amount would be enough");
    default: return _("not found: the search ended early");
    }
}

static void put_shut(Report *report, Grid *grid, size_t index)
{
    const Need *need = &report->round->needs[index];
    const NeedAsk *ask = &report->plan->answers.asks->needs[index];
    grid_row(grid);
    grid_count(grid, APPEAL_TIER, (size_t)need->tier);
    grid_text(grid, APPEAL_NEED, need->id);
    grid_text(grid, APPEAL_TITLE, report_need_title(report, need));
    grid_text(grid, APPEAL_WHOM, why_shut(ask));
    grid_text(grid, APPEAL_LOOSEN, loosen_text(report, ask));
}

static void put_appeal(Report *report, Page *page, const bool *asked, size_t shut)
{
    const Asks *asks = report->plan->answers.asks;
    size_t rows = shut;
    for (size_t i = 0; i < asks->appeal_count; i++)
        rows += asks->appeal[i].gift_count > 1 ? (size_t)asks->appeal[i].gift_count : 1;
    GridSpec spec = {.name = "Appeal",
                     .columns = columns,
                     .column_count = APPEAL_COLUMNS,
                     .without = left_out(report),
                     .rows = rows};
    Grid grid;
    grid_begin(&grid, page, &spec);
    for (size_t i = 0; i < asks->appeal_count; i++)
        for (int k = 0; k == 0 || k < asks->appeal[i].gift_count; k++)
            put_step(report, &grid, i, k);
    for (size_t n = 0; n < report->round->need_count; n++)
        if (is_shut(report, asked, n))
            put_shut(report, &grid, n);
    grid_end(&grid, 3);
}

static bool *needs_asked(Report *report)
{
    const Asks *asks = report->plan->answers.asks;
    bool *asked = report_alloc(report, report->round->need_count, sizeof *asked);
    for (size_t i = 0; asked != NULL && i < asks->appeal_count; i++)
        asked[asks->appeal[i].need] = true;
    return asked;
}

void sheet_appeal_build(Report *report)
{
    Page *page = &report->pages[PAGE_APPEAL];
    const Asks *asks = report->plan->answers.asks;
    size_t shut = 0;
    page_head(page, _("Appeal: what to ask of whom"));
    if (asks == NULL) {
        page_not_looked_into(page);
        return;
    }
    page_note(
        page,
        _("Read it from the top: each step is the least extra that meets one need in full once all "
          "steps above it are granted, with every tier held and nobody else given less. Higher "
          "tiers come first; within a tier, what unlocks most for what it asks."));
    page_note(page,
              _("Those without a step are not met by any ask. More of an offer is more of what it "
                "is paid out of and of its donor's budget. Who else could be asked, and what could "
                "be loosened instead, are for the plan as it stands, one need at a time."));
    page_note(page, report->rates_line);
    bool *asked = needs_asked(report);
    for (size_t n = 0; n < report->round->need_count; n++)
        shut += is_shut(report, asked, n);
    if (asks->appeal_count + shut == 0)
        page_note(page, _("Every need is met: there is nothing to ask."));
    else
        put_appeal(report, page, asked, shut);
}
