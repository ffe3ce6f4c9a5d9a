/* The sheets Reasons and Refused: of every unmet need each cause with the row that imposes it, and who
 * has the offers that could have served it; and every offer of its kind that something bars.
 */
#include "io/sheets.h"

typedef enum ReasonsColumn {
    REASONS_NEED,
    REASONS_TIER,
    REASONS_UNMET,
    REASONS_UNIT,
    REASONS_CODE,
    REASONS_ROW,
    REASONS_SENTENCE,
    REASONS_FREED,
    REASONS_PROOF,
    REASONS_HOLDERS,
    REASONS_COLUMNS
} ReasonsColumn;

static const GridColumn reasons_columns[REASONS_COLUMNS] = {
    [REASONS_NEED] = {"Need", 9, LOOK_BODY, false, false},
    [REASONS_TIER] = {"Tier", 5, LOOK_CENTER, false, false},
    [REASONS_UNMET] = {"Unmet", 12, LOOK_RIGHT, false, false},
    [REASONS_UNIT] = {"Unit", 9, LOOK_WRAP, false, false},
    [REASONS_CODE] = {"Reason", 17, LOOK_BODY, false, false},
    [REASONS_ROW] = {"Imposed by", 20, LOOK_WRAP, false, false},
    [REASONS_SENTENCE] = {"Why", 58, LOOK_WRAP, false, false},
    [REASONS_FREED] = {"Frees", 12, LOOK_RIGHT, false, false},
    [REASONS_PROOF] = {"Proof", 12, LOOK_CENTER, false, false},
    [REASONS_HOLDERS] = {"Who has what could serve it", 40, LOOK_WRAP, false, false},
};

typedef enum RefusedColumn {
    REFUSED_NEED,
    REFUSED_TIER,
    REFUSED_OFFER,
    REFUSED_DONOR,
    REFUSED_CHECK,
    REFUSED_ROW,
    REFUSED_PHRASE,
    REFUSED_COLUMNS
} RefusedColumn;

static const GridColumn refused_columns[REFUSED_COLUMNS] = {
    [REFUSED_NEED] = {"Need", 9, LOOK_BODY, false, false},
    [REFUSED_TIER] = {"Tier", 5, LOOK_CENTER, false, false},
    [REFUSED_OFFER] = {"Offer", 9, LOOK_BODY, false, false},
    [REFUSED_DONOR] = {"Donor", 9, LOOK_BODY, false, false},
    [REFUSED_CHECK] = {"Check", 12, LOOK_BODY, false, false},
    [REFUSED_ROW] = {"Imposed by", 34, LOOK_WRAP, false, false},
    [REFUSED_PHRASE] = {"What bars it: the offer ...", 40, LOOK_WRAP, false, false},
};

/** "rules row 14, R-3, value" */
static const char *row_text(Report *report, const GroundCause *cause)
{
    const char *text = cause->table;
    if (cause->code == REASON_HIGHER_TIERS || cause->code == REASON_EQUALS)
        return "other needs";
    if (cause->line > 0)
        text = report_printf(report, "%s row %d", text, cause->line);
    if (*cause->id != '\0')
        text = report_printf(report, "%s%s%s", text, *text == '\0' ? "" : ", ", cause->id);
    if (*cause->column != '\0')
        text = report_printf(report, "%s%s%s", text, *text == '\0' ? "" : ", ", cause->column);
    if (*cause->part != '\0')
        text = report_printf(report, "%s, %s", text, cause->part);
    return text;
}

/* Offers that a cell names, and needs of each; the rest are counted. */
enum { OFFERS_NAMED = 4, NEEDS_NAMED = 3 };

/** "O-1: N-2 (tier 1), N-3 (tier 1) and 4 more"; of an offer that nobody else uses: "O-1: nobody". */
static const char *users_text(Report *report, const GroundPair *pair)
{
    const Round *round = report->round;
    const char *text = report_printf(report, "%s: ", round->offers[pair->offer].id);
    int users = 0, last = -1;
    for (size_t i = 0; i < report->plan->assignment_count; i++) {
        const Assignment *line = &report->plan->assignments[i];
        if (line->need == last || !ground_is_rival(round, line, pair->need, pair->offer))
            continue;
        last = line->need;
        if (users++ < NEEDS_NAMED)
            text = report_printf(report, "%s%s%s (tier %d)", text, users == 1 ? "" : ", ",
                                 round->needs[last].id, round->needs[last].tier);
    }
    if (users == 0)
        return report_printf(report, "%snobody", text);
    return users <= NEEDS_NAMED
               ? text
               : report_printf(report, "%s and %d more", text, users - NEEDS_NAMED);
}

/** The offers that could serve the need from pair @p first on. */
static const char *holders_text(Report *report, size_t first)
{
    const Grounds *grounds = &report->grounds;
    int need = grounds->pairs[first].need, offers = 0;
    const char *text = "";
    for (size_t p = first; p < grounds->pair_count && grounds->pairs[p].need == need; p++)
        if (grounds->pairs[p].bar.check == BAR_NOTHING && offers++ < OFFERS_NAMED)
            text = report_printf(report, "%s%s%s", text, offers == 1 ? "" : "; ",
                                 users_text(report, &grounds->pairs[p]));
    if (offers > OFFERS_NAMED)
        text = report_printf(report, "%s; and %d offers more", text, offers - OFFERS_NAMED);
    return text;
}

/** @p first: of the rows of its need, which has its sentence and @p holders. */
static void put_cause(Report *report, Grid *grid, const GroundCause *cause, bool first,
                      const char *holders)
{
    const Need *need = &report->round->needs[cause->need];
    const NeedResult *result = &report->plan->needs[cause->need];
    grid_row(grid);
    grid_text(grid, REASONS_NEED, need->id);
    grid_number(grid, REASONS_TIER, need->tier, FORM_PLACES);
    if (need->quantity_known && !need_is_outcome(need)) {
        grid_amount(grid, REASONS_UNMET, need->unit, result->unmet);
        grid_text(grid, REASONS_UNIT, need->unit.name);
    }
    grid_text(grid, REASONS_CODE, reason_text(cause->code));
    grid_text(grid, REASONS_ROW, row_text(report, cause));
    if (cause->freed > 0)
        grid_amount(grid, REASONS_FREED, need->unit, cause->freed);
    grid_text(grid, REASONS_PROOF, cause->proof);
    if (first && result->detail != NULL)
        grid_text(grid, REASONS_SENTENCE, result->detail);
    grid_text(grid, REASONS_HOLDERS, holders);
}

void sheet_reasons_build(Report *report)
{
    Page *page = &report->pages[PAGE_REASONS];
    const Grounds *grounds = &report->grounds;
    Grid grid;
    size_t pair = 0;
    page_head(page, "Reasons");
    page_note(
        page,
        "Why each need stays unmet, one row a cause. A proven cause was tried: taken out of the "
        "round, alone or with the others named for the need, it lets the need have what it "
        "frees, while all higher tiers and every other need of its own tier keep what they "
        "have. The last column names the offers that may serve it and the needs that have "
        "them; sheet Refused has the others of its kind.");
    GridSpec spec = {.name = "Reasons",
                     .columns = reasons_columns,
                     .column_count = REASONS_COLUMNS,
                     .rows = grounds->cause_count};
    grid_begin(&grid, page, &spec);
    for (size_t i = 0; i < grounds->cause_count; i++) {
        const GroundCause *cause = &grounds->causes[i];
        bool first = i == 0 || cause->need != grounds->causes[i - 1].need;
        while (pair < grounds->pair_count && grounds->pairs[pair].need < cause->need)
            pair++;
        bool any = pair < grounds->pair_count && grounds->pairs[pair].need == cause->need;
        put_cause(report, &grid, cause, first, any && first ? holders_text(report, pair) : "");
    }
    grid_end(&grid, 1);
}

static void put_pair(Report *report, Grid *grid, const GroundPair *pair)
{
    const Round *round = report->round;
    const Bar *bar = &pair->bar;
    GroundCause imposer = {.table = dictionary_table(bar->origin.table)->name,
                           .line = bar->origin.line,
                           .id = bar->id,
                           .column = bar->column,
                           .part = ""};
    grid_row(grid);
    grid_text(grid, REFUSED_NEED, round->needs[pair->need].id);
    grid_number(grid, REFUSED_TIER, round->needs[pair->need].tier, FORM_PLACES);
    grid_text(grid, REFUSED_OFFER, round->offers[pair->offer].id);
    grid_text(grid, REFUSED_DONOR, round->offers[pair->offer].donor);
    grid_text(grid, REFUSED_CHECK, bar_code(bar->check));
    grid_text(grid, REFUSED_ROW, row_text(report, &imposer));
    grid_text(grid, REFUSED_PHRASE, bar_text(bar->check));
}

void sheet_refused_build(Report *report)
{
    Page *page = &report->pages[PAGE_REFUSED];
    const Grounds *grounds = &report->grounds;
    Grid grid;
    size_t refused = 0;
    for (size_t p = 0; p < grounds->pair_count; p++)
        refused += grounds->pairs[p].bar.check != BAR_NOTHING;
    page_head(page, "Refused");
    page_note(page,
              "Offers of the kind of an unmet need that may not serve it, each with the first "
              "check that bars it and the row that says so.");
    if (grounds->too_many)
        page_note(page, "There are too many to list: allot explain tells of one need or offer.");
    GridSpec spec = {.name = "Refused",
                     .columns = refused_columns,
                     .column_count = REFUSED_COLUMNS,
                     .rows = refused};
    grid_begin(&grid, page, &spec);
    for (size_t p = 0; p < grounds->pair_count; p++)
        if (grounds->pairs[p].bar.check != BAR_NOTHING)
            put_pair(report, &grid, &grounds->pairs[p]);
    grid_end(&grid, 1);
}
