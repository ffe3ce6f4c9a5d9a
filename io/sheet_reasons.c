/* Two sheets: Causes, what holds back how many needs; Reasons, of every unmet need each cause with the
 * row that imposes it and who has what it could have had.
 */
#include <string.h>

#include "io/cause_row.h"
#include "io/sheets.h"

#include "allot/language.h"

typedef enum ReasonsColumn {
    REASONS_NEED,
    REASONS_TIER,
    REASONS_UNMET,
    REASONS_FREED,
    REASONS_UNIT,
    REASONS_CODE,
    REASONS_ROW,
    REASONS_SENTENCE,
    REASONS_PROOF,
    REASONS_COLUMNS
} ReasonsColumn;

static const GridColumn reasons_columns[REASONS_COLUMNS] = {
    [REASONS_NEED] = {N_("Need"), 9, LOOK_BODY, false, false},
    [REASONS_TIER] = {N_("Tier"), 8, LOOK_CENTER, false, false},
    [REASONS_UNMET] = {N_("Unmet"), 14, LOOK_RIGHT, false, false},
    [REASONS_FREED] = {N_("Lifting it frees"), 14, LOOK_RIGHT, false, false},
    [REASONS_UNIT] = {N_("Unit"), 9, LOOK_WRAP, false, false},
    [REASONS_CODE] = {N_("Reason"), 17, LOOK_WRAP, false, false},
    [REASONS_ROW] = {N_("Imposed by"), 20, LOOK_WRAP, false, false},
    [REASONS_SENTENCE] = {N_("Why"), 101, LOOK_WRAP, false, false},
    [REASONS_PROOF] = {N_("Proof"), 12, LOOK_CENTER, false, false},
};

typedef enum GatheredColumn {
    GATHERED_FREED,
    GATHERED_NEEDS,
    GATHERED_UNMET,
    GATHERED_TIER,
    GATHERED_UNVALUED,
    GATHERED_CODE,
    GATHERED_ROW,
    GATHERED_SENTENCE,
    GATHERED_COLUMNS
} GatheredColumn;

static const GridColumn gathered_columns[GATHERED_COLUMNS] = {
    [GATHERED_NEEDS] = {N_("Needs"), 9, LOOK_CENTER, false, false},
    [GATHERED_TIER] = {N_("Highest tier"), 8, LOOK_CENTER, false, false},
    [GATHERED_UNMET] = {N_("Unmet"), 14, LOOK_RIGHT, true, false},
    [GATHERED_FREED] = {N_("Frees at most"), 14, LOOK_RIGHT, true, false},
    [GATHERED_UNVALUED] = {N_("Needs without value"), 12, LOOK_CENTER, false, false},
    [GATHERED_CODE] = {N_("Reason"), 17, LOOK_WRAP, false, false},
    [GATHERED_ROW] = {N_("Imposed by"), 20, LOOK_WRAP, false, false},
    [GATHERED_SENTENCE] = {N_("What holds them back"), 112, LOOK_WRAP, false, false},
};

/* Needs that a row of Causes names. */
enum { NEEDS_NAMED = 12 };

const char *report_cause_row(Report *report, const GroundCause *cause)
{
    const char *text = cause->table;
    if (cause->code == REASON_HIGHER_TIERS || cause->code == REASON_EQUALS)
        return _("other needs");
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

/* ---- what holds back how many ---------------------------------------------------------------- */

/** What the row says, as a sentence without the needs' names; of needs' own rows what they have in
 *  common. */
static const char *gathered_text(Report *report, const GroundCause *cause)
{
    Prose prose = {.arena = report->arena};
    switch (cause->code) {
    case REASON_NOT_READY: return _("They are not ready.");
    case REASON_AMOUNT_UNKNOWN: return _("How much they ask for is not known.");
    case REASON_NO_OFFER: return _("Nobody offers anything of their kind.");
    case REASON_BARRED: return _("Every offer of their kind is barred: sheet Refused.");
    case REASON_WINDOW: return _("No offer of their kind is there at their time: sheet Refused.");
    case REASON_PREREQUISITE: return _("Something that they require is not met in full.");
    case REASON_BUNDLE: return _("Their bundles could not be served as a whole.");
    case REASON_ALTERNATIVE: return _("Another of their alternatives is served.");
    case REASON_MINIMUM: return _("What is left is less than what is of use to them.");
    case REASON_HIGHER_TIERS: return _("Needs of higher tiers use what could serve them.");
    case REASON_EQUALS: return _("Needs of their own tier share in what could serve them.");
    case REASON_UNPROVEN: return _("What holds them back has not been proven.");
    case REASON_URGENT:
        return report_printf(report, "An urgent need is served first: %s.", cause->id);
    default: break;
    }
    if (cause->found == NULL || cause->found->origin.table == TABLE_NEEDS)
        return _("A limit in their own rows.");
    const char *clause =
        cause_row(&prose, report->round, report->plan, CAUSE_OF_MANY, cause->found);
    return prose.failed ? "" : report_sentence(report, clause);
}

/** "N-1, N-2 and 3 more" */
static const char *gathered_needs(Report *report, const GroundGroup *group)
{
    const Grounds *grounds = &report->grounds;
    const char *text = "";
    size_t named = 0;
    int last = -1;
    for (size_t i = 0; i < grounds->cause_count && named < NEEDS_NAMED; i++) {
        const GroundCause *cause = &grounds->causes[i];
        if (cause->need == last || !ground_same(group->first, cause))
            continue;
        last = cause->need;
        text = report_printf(report, "%s%s%s", text, named++ == 0 ? "" : ", ",
                             report->round->needs[last].id);
    }
    if (group->needs > named)
        text = report_printf(report, "%s and %zu more", text, group->needs - named);
    return text;
}

/** The row, or where the rows stand that differ from need to need. */
static const char *gathered_row(Report *report, const GroundCause *cause)
{
    bool is_needs = cause->found == NULL || cause->found->origin.table == TABLE_NEEDS;
    switch (cause->code) {
    case REASON_BARRED:
    case REASON_WINDOW: return _("sheet Refused");
    case REASON_UNPROVEN: return "";
    case REASON_HIGHER_TIERS:
    case REASON_EQUALS: return _("other needs");
    case REASON_URGENT: return report_cause_row(report, cause);
    default: return is_needs ? _("their own rows") : report_cause_row(report, cause);
    }
}

static void put_group(Report *report, Grid *grid, const GroundGroup *group)
{
    const GroundCause *first = group->first;
    grid_row(grid);
    grid_count(grid, GATHERED_NEEDS, group->needs);
    grid_number(grid, GATHERED_TIER, group->tier, FORM_PLACES);
    if (group->without_value < group->needs)
        grid_amount(grid, GATHERED_UNMET, report->round->currency, group->unmet);
    if (group->without_value > 0)
        grid_count(grid, GATHERED_UNVALUED, group->without_value);
    if (group->freed > 0)
        grid_amount(grid, GATHERED_FREED, report->round->currency, group->freed);
    grid_text(grid, GATHERED_CODE, reason_text(first->code));
    grid_text(grid, GATHERED_ROW, gathered_row(report, first));
    grid_text(grid, GATHERED_SENTENCE,
              report_printf(report, "%s Needs: %s.", gathered_text(report, first),
                            gathered_needs(report, group)));
}

static void put_gathered(Report *report)
{
    Page *page = &report->pages[PAGE_CAUSES];
    GroundGroup *groups = NULL;
    size_t count = 0;
    if (report->no_memory)
        return;
    if (grounds_gather(report->round, report->plan, &report->grounds, report->arena, &groups,
                       &count) != STATUS_OK) {
        report->no_memory = true;
        return;
    }
    GridSpec spec = {.name = "Causes",
                     .columns = gathered_columns,
                     .column_count = GATHERED_COLUMNS,
                     .rows = count};
    Grid grid;
    grid_begin(&grid, page, &spec);
    for (size_t g = 0; g < count; g++)
        put_group(report, &grid, &groups[g]);
    grid_end(&grid, 0);
}

const char *report_left_over(Report *report)
{
    const Totals *totals = &report->totals;
    return report_printf(
        report,
        "Together the needs lack %s; of what is planned on, %s in cash and %s in kind "
        "are left.",
        report_money(report, totals->all.unmet), report_money(report, totals->given.cash_left),
        report_money(report, totals->given.in_kind_left));
}

void sheet_causes_build(Report *report)
{
    Page *page = &report->pages[PAGE_CAUSES];
    page_head(page, _("Causes: what holds back how many needs"));
    page_note(page, _("What frees most when it alone is lifted stands first, then what is before "
                      "most unmet value. Need by need: the sheet Reasons."));
    page_note(page, _("'Frees at most' goes to one of the needs of the line, not to each; 'Unmet' "
                      "is all that they lack, for whatever reason. A need that several things "
                      "hold back counts with each."));
    page_note(page, report_left_over(report));
    if (report->grounds.cause_count == 0)
        page_note(page, _("Every need is met in full."));
    else
        put_gathered(report);
}

/* ---- every cause ------------------------------------------------------------------------------ */

/** @p first: of the rows of its need, which has its sentence. */
static void put_cause(Report *report, Grid *grid, const GroundCause *cause, bool first)
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
    if (cause->freed > 0)
        grid_amount(grid, REASONS_FREED, need->unit, cause->freed);
    grid_text(grid, REASONS_CODE, reason_text(cause->code));
    grid_text(grid, REASONS_ROW, report_cause_row(report, cause));
    if (first && result->detail != NULL)
        grid_text(grid, REASONS_SENTENCE, result->detail);
    grid_text(grid, REASONS_PROOF, _(cause->proof));
}

void sheet_reasons_build(Report *report)
{
    Page *page = &report->pages[PAGE_REASONS];
    const Grounds *grounds = &report->grounds;
    Grid grid;
    page_head(page, _("Reasons"));
    page_note(page, _("Why needs stay unmet, need by need. What holds back most of them: the sheet "
                      "Causes."));
    page_note(page, _("Proven: without what is named the need has more, while higher tiers and all "
                      "of its own tier keep what they have. Helps: the same, but something named "
                      "earlier in the list of reasons may help, too. In the tables: the input "
                      "itself says so. Open: the search ended at its limits."));
    if (grounds->cause_count == 0) {
        page_note(page, _("Every need is met in full."));
        return;
    }
    GridSpec spec = {.name = "Reasons",
                     .columns = reasons_columns,
                     .column_count = REASONS_COLUMNS,
                     .rows = grounds->cause_count};
    grid_begin(&grid, page, &spec);
    for (size_t i = 0; i < grounds->cause_count; i++)
        put_cause(report, &grid, &grounds->causes[i],
                  i == 0 || grounds->causes[i].need != grounds->causes[i - 1].need);
    grid_end(&grid, 1);
}
