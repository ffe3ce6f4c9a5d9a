/* Needs by tier, category, region, beneficiary: blocks of the Summary, all of the same form, and each
 * with the sum of all needs below, so that every block says the same in the end; and the same rows as
 * the one table of the sheet Totals.
 */
#include <string.h>

#include "io/summary_internal.h"

#include "allot/language.h"

enum { FORMULAS_MOST = 400 }; /* groups; beyond, a block holds plain figures */

static const GridColumn columns[GROUP_COLUMNS] = {
    [GROUP_BY] = {N_("Grouping"), 21, LOOK_BODY, false, false},
    [GROUP_LABEL] = {N_("Group"), 30, LOOK_WRAP, false, false},
    [GROUP_ASKED] = {N_("Asked"), 14, LOOK_RIGHT, true, true},
    [GROUP_HELD] = {N_("Committed in earlier rounds"), 14, LOOK_RIGHT, true, true},
    [GROUP_COVERED] = {N_("Covered elsewhere"), 14, LOOK_RIGHT, true, true},
    [GROUP_ASSIGNED] = {N_("Assigned in this round"), 14, LOOK_RIGHT, true, true},
    [GROUP_UNMET] = {N_("Unmet"), 14, LOOK_RIGHT, true, true},
    [GROUP_HELD_SHARE] = {N_("Earlier rounds, share"), 8.5, LOOK_RIGHT, false, false},
    [GROUP_COVERED_SHARE] = {N_("Covered, share"), 8.5, LOOK_RIGHT, false, false},
    [GROUP_ASSIGNED_SHARE] = {N_("Assigned, share"), 8.5, LOOK_RIGHT, false, false},
    [GROUP_UNMET_SHARE] = {N_("Unmet, share"), 8.5, LOOK_RIGHT, false, false},
    [GROUP_NEEDS] = {N_("Needs"), 8, LOOK_RIGHT, false, true},
    [GROUP_NEEDS_MET] = {N_("Needs met"), 7.5, LOOK_RIGHT, false, true},
    [GROUP_NEEDS_PARTLY] = {N_("Needs met in part"), 9, LOOK_RIGHT, false, true},
    [GROUP_NEEDS_UNMET] = {N_("Needs unmet"), 8, LOOK_RIGHT, false, true},
    [GROUP_NEEDS_UNKNOWN] = {N_("Amount unknown"), 9, LOOK_RIGHT, false, true},
    [GROUP_NEEDS_NOT_CHOSEN] = {N_("Not chosen"), 8, LOOK_RIGHT, false, true},
    [GROUP_UNVALUED] = {N_("No money value"), 9, LOOK_RIGHT, false, true},
    [GROUP_UNVALUED_MET] = {N_("of these met"), 8, LOOK_RIGHT, false, true},
};

/* What a group is called: ids with their name, tiers with the word. */
static const char *label_of(Report *report, int column, const GroupTotals *group)
{
    if (column == NEEDS_TIER)
        return report_printf(report, "Tier %d", group->tier);
    if (*group->name == '\0')
        return _("(none given)");
    int row = column == NEEDS_BENEFICIARY ? round_find_beneficiary(report->round, group->name) : -1;
    if (row < 0 || *report->round->beneficiaries[row].name == '\0')
        return group->name;
    return report_printf(report, "%s \xE2\x80\x93 %s", group->name,
                         report->round->beneficiaries[row].name);
}

typedef struct GroupBlock {
    Report *report;
    Grid grid;
    const char *title; /* "By tier" */
    int column;        /* of the Needs sheet */
    bool plain;        /* figures instead of formulas */
    bool twins;
} GroupBlock;

static Match match_of(const GroupBlock *block, const GroupTotals *group)
{
    bool is_tier = block->column == NEEDS_TIER;
    return (Match){.column = block->column,
                   .text = is_tier ? NULL : group->name,
                   .number = group->tier,
                   .exact = block->twins};
}

static void put_money(GroupBlock *block, Match match, GroupColumn column, int needs_column,
                      int64_t amount)
{
    const char *formula =
        block->plain ? NULL : formula_sum(&block->report->needs, needs_column, &match, 1);
    grid_money_formula(&block->grid, (int)column, formula, amount);
    grid_dash(&block->grid, (int)column);
}

static void put_state(GroupBlock *block, Match match, GroupColumn column, NeedState state,
                      const GroupTotals *group)
{
    Match matches[] = {match, {.column = NEEDS_STATE, .text = _(need_state_text(state))}};
    const char *formula = block->plain ? NULL : formula_count(&block->report->needs, matches, 2);
    grid_count_formula(&block->grid, (int)column, formula, group->in_state[state]);
}

static void put_group(GroupBlock *block, const GroupTotals *group)
{
    Grid *grid = &block->grid;
    Match match = match_of(block, group);
    int64_t elsewhere = group->covered - group->held;
    grid_row(grid);
    grid_text(grid, GROUP_BY, block->title);
    grid_text(grid, GROUP_LABEL, label_of(block->report, block->column, group));
    put_money(block, match, GROUP_ASKED, NEEDS_VALUE_ASKED, group->asked);
    put_money(block, match, GROUP_HELD, NEEDS_VALUE_HELD, group->held);
    put_money(block, match, GROUP_COVERED, NEEDS_VALUE_COVERED, elsewhere);
    put_money(block, match, GROUP_ASSIGNED, NEEDS_VALUE_ASSIGNED, group->assigned);
    put_money(block, match, GROUP_UNMET, NEEDS_VALUE_UNMET, group->unmet);
    grid_share_formula(grid, GROUP_HELD_SHARE, GROUP_HELD, GROUP_ASKED, group->held, group->asked);
    grid_share_formula(grid, GROUP_COVERED_SHARE, GROUP_COVERED, GROUP_ASKED, elsewhere,
                       group->asked);
    grid_share_formula(grid, GROUP_ASSIGNED_SHARE, GROUP_ASSIGNED, GROUP_ASKED, group->assigned,
                       group->asked);
    grid_share_formula(grid, GROUP_UNMET_SHARE, GROUP_UNMET, GROUP_ASKED, group->unmet,
                       group->asked);
    grid_count_formula(grid, GROUP_NEEDS,
                       block->plain ? NULL : formula_count(&block->report->needs, &match, 1),
                       group->needs);
    put_state(block, match, GROUP_NEEDS_MET, NEED_MET, group);
    put_state(block, match, GROUP_NEEDS_PARTLY, NEED_PARTLY, group);
    put_state(block, match, GROUP_NEEDS_UNMET, NEED_UNMET, group);
    put_state(block, match, GROUP_NEEDS_UNKNOWN, NEED_UNKNOWN, group);
    put_state(block, match, GROUP_NEEDS_NOT_CHOSEN, NEED_NOT_CHOSEN, group);
    grid_count(grid, GROUP_UNVALUED, group->without_value);
    grid_count(grid, GROUP_UNVALUED_MET, group->without_value_met);
}

/* The blocks head their first column themselves: "By tier". */
static GridColumn *columns_under(Report *report, const char *title)
{
    GridColumn *own = report_alloc(report, GROUP_COLUMNS, sizeof *own);
    if (own == NULL)
        return NULL;
    memcpy(own, columns, sizeof columns);
    own[GROUP_LABEL].heading = title;
    return own;
}

/* Columns that would hold nothing in any row, as bits. */
static uint64_t empty_columns(const GroupTotals *all)
{
    bool unknown = all->in_state[NEED_UNKNOWN] > 0, unvalued = all->without_value > 0;
    bool choice = all->in_state[NEED_NOT_CHOSEN] > 0;
    uint64_t earlier = UINT64_C(1) << GROUP_HELD | UINT64_C(1) << GROUP_HELD_SHARE;
    return (unknown ? 0 : UINT64_C(1) << GROUP_NEEDS_UNKNOWN) | (all->held > 0 ? 0 : earlier) |
           (choice ? 0 : UINT64_C(1) << GROUP_NEEDS_NOT_CHOSEN) |
           (unvalued ? 0 : UINT64_C(3) << GROUP_UNVALUED);
}

/* A row for each group of the list; what has no mark goes last. */
static void put_rows(GroupBlock *block, const GroupList *list)
{
    block->plain = list->count > FORMULAS_MOST;
    block->twins =
        !block->plain && block->column != NEEDS_TIER && groups_have_twins(block->report, list);
    for (size_t i = 0; i < list->count; i++)
        if (*list->groups[i].name != '\0')
            put_group(block, &list->groups[i]);
    for (size_t i = 0; i < list->count; i++) /* at most one, the first */
        if (*list->groups[i].name == '\0')
            put_group(block, &list->groups[i]);
}

void summary_put_groups(Report *report, const char *title, const char *name, int column,
                        const GroupList *list, Grid *out)
{
    Page *page = &report->pages[PAGE_SUMMARY];
    GridSpec spec = {.name = name,
                     .columns = columns_under(report, title),
                     .column_count = GROUP_COLUMNS,
                     .without = empty_columns(&report->totals.all) | UINT64_C(1) << GROUP_BY,
                     .rows = list->count,
                     .block = true};
    if (report->no_memory || list->count == 0)
        return;
    GroupBlock block = {.report = report, .title = title, .column = column};
    page_block(page);
    grid_begin(&block.grid, page, &spec);
    put_rows(&block, list);
    grid_end(&block.grid, 0);
    grid_sum_below(&block.grid, _("All needs"));
    grid_share_below(&block.grid, GROUP_HELD_SHARE, GROUP_HELD, GROUP_ASKED);
    grid_share_below(&block.grid, GROUP_COVERED_SHARE, GROUP_COVERED, GROUP_ASKED);
    grid_share_below(&block.grid, GROUP_ASSIGNED_SHARE, GROUP_ASSIGNED, GROUP_ASKED);
    grid_share_below(&block.grid, GROUP_UNMET_SHARE, GROUP_UNMET, GROUP_ASKED);
    if (out != NULL)
        *out = block.grid;
}

/* ---- the sheet Totals ------------------------------------------------------------------------- */

/* Sums of its columns would count each need once for every way to group it: it has none. */
static GridColumn *columns_without_sums(Report *report)
{
    GridColumn *own = columns_under(report, columns[GROUP_LABEL].heading);
    for (int c = 0; own != NULL && c < GROUP_COLUMNS; c++)
        own[c].total = false;
    return own;
}

void sheet_totals_build(Report *report)
{
    const Totals *totals = &report->totals;
    Page *page = &report->pages[PAGE_TOTALS];
    const struct {
        const char *title;
        int column;
        const GroupList *list;
    } groupings[] = {{_("By tier"), NEEDS_TIER, &totals->tiers},
                     {_("By category"), NEEDS_CATEGORY, &totals->categories},
                     {_("By region"), NEEDS_REGION, &totals->regions},
                     {_("By beneficiary"), NEEDS_BENEFICIARY, &totals->beneficiaries}};
    enum { GROUPINGS = sizeof groupings / sizeof *groupings };
    GroupBlock block = {.report = report};
    GridSpec spec = {.name = "Totals",
                     .columns = columns_without_sums(report),
                     .column_count = GROUP_COLUMNS,
                     .without = empty_columns(&totals->all)};
    for (size_t g = 0; g < GROUPINGS; g++)
        spec.rows += groupings[g].list->count;
    page_head(page, _("Totals: needs by tier, category, region and beneficiary"));
    page_note(page, _("The rows of each grouping add up to all needs: filter the column Grouping "
                      "before you add. Donors stand on the sheet Donors."));
    page_note(page, report->rates_line);
    if (report->no_memory)
        return;
    grid_begin(&block.grid, page, &spec);
    for (size_t g = 0; g < GROUPINGS; g++) {
        block.title = groupings[g].title;
        block.column = groupings[g].column;
        put_rows(&block, groupings[g].list);
    }
    grid_end(&block.grid, 2);
}
