/* What a workbook's Summary says beside what the plan makes. Its figures are formulas, until somebody writes others in
 * their place. It is composed for the eye, in the language of whoever wrote it: rows are found by what their block is
 * called, in any language, and by their order, which is that of the totals.
 */
#include "io/summary_page_stale.h"

#include <math.h>

#include "allot/amount_text.h"
#include "allot/language.h"
#include "allot/quote.h"
#include "io/number.h"
#include "io/sheet.h"
#include "io/totals.h"

enum { FIGURES_MOST = 16, CARDS_LEAST = 5 /* figures in the row of the cards */ };

/* A row's figures, in the order of its columns. */
typedef struct Figure {
    int64_t amount;
    bool money;
    bool apart; /* a share, or what is not looked at */
} Figure;

typedef struct FigureRow {
    Figure figures[FIGURES_MOST];
    size_t count;
} FigureRow;

typedef struct PageCheck {
    const PlanSheets *sheets;
    const Round *round;
    const Plan *plan;
    Totals totals;
    Diag *diag;
} PageCheck;

static void add(FigureRow *row, int64_t amount, bool money)
{
    row->figures[row->count++] = (Figure){.amount = amount, .money = money};
}

static void add_money(const PageCheck *check, FigureRow *row, const GroupTotals *group)
{
    add(row, group->asked, true);
    if (check->totals.all.held > 0)
        add(row, group->held, true);
    add(row, group->covered - group->held, true);
    add(row, group->assigned, true);
    add(row, group->unmet, true);
}

/* As summary_groups.c lays them out. */
static FigureRow group_row(const PageCheck *check, const GroupTotals *group)
{
    FigureRow row = {.count = 0};
    add_money(check, &row, group);
    for (size_t shares = row.count - 1; shares > 0; shares--)
        row.figures[row.count++].apart = true;
    add(&row, (int64_t)group->needs, false);
    add(&row, (int64_t)group->in_state[NEED_MET], false);
    add(&row, (int64_t)group->in_state[NEED_PARTLY], false);
    add(&row, (int64_t)group->in_state[NEED_UNMET], false);
    return row;
}

/* ---- one cell ------------------------------------------------------------------------------- */

static bool is_figure(const Cell *cell, double *value)
{
    Number number;
    if (cell->kind != CELL_NUMBER || number_read(cell->text, SIGN_POINT, &number) != NUMBER_READ)
        return false;
    *value = decimal_to_double(number.value);
    return true;
}

static void check_cell(const PageCheck *check, const SheetRow *row, size_t column, Figure figure)
{
    Unit whole = {.name = "", .places = 0};
    Unit unit = figure.money ? check->round->currency : whole;
    double scale = (double)unit_scale(unit), value;
    if (figure.apart || column >= row->width || !is_figure(&row->cells[column], &value) ||
        fabs(value * scale - (double)figure.amount) < 0.5)
        return;
    DiagPlace place = {.file = check->sheets->summary_file,
                       .line = row->line,
                       .column = (int)column + 1,
                       .text = row->cells[column].text};
    diag_add(check->diag, DIAG_PLAN_STALE, place,
             N_("'%s' is written; the round and the plan's lines make it '%s' (%s)"),
             quote(place.text).text, amount_text(unit, figure.amount).digits,
             row->cells[0].kind == CELL_TEXT ? row->cells[0].text : _("Summary"));
}

/* ---- blocks --------------------------------------------------------------------------------- */

static const SheetRow *row_at(const PageCheck *check, size_t index)
{
    return sheet_builder_row(check->sheets->summary, index);
}

static bool begins_with(const SheetRow *row, const char *english)
{
    return row->width > 0 && row->cells[0].kind == CELL_TEXT &&
           language_is(row->cells[0].text, english);
}

static void check_group(const PageCheck *check, size_t index, const GroupTotals *group)
{
    const SheetRow *row = row_at(check, index);
    FigureRow wanted = group_row(check, group);
    for (size_t i = 0; row != NULL && i < wanted.count; i++)
        check_cell(check, row, i + 1, wanted.figures[i]);
}

/* The block that is called so: its groups, what has no mark last, then all needs. */
static void check_block(const PageCheck *check, const char *english, const GroupList *list)
{
    size_t index = 0;
    const SheetRow *row;
    while ((row = row_at(check, index)) != NULL && !begins_with(row, english))
        index++;
    if (row == NULL)
        return;
    for (size_t i = 0; i < list->count; i++)
        if (*list->groups[i].name != '\0')
            check_group(check, ++index, &list->groups[i]);
    for (size_t i = 0; i < list->count; i++)
        if (*list->groups[i].name == '\0')
            check_group(check, ++index, &list->groups[i]);
    check_group(check, index + 1, &check->totals.all);
}

/* A figure, or a formula whose result the program that saved the file did not store. */
static bool holds_figure(const Cell *cell)
{
    double value;
    return cell->kind == CELL_PENDING || is_figure(cell, &value);
}

static size_t figures_in(const SheetRow *row)
{
    size_t count = 0;
    for (size_t column = 0; column < row->width; column++)
        count += holds_figure(&row->cells[column]);
    return count;
}

/* The first row of figures. */
static void check_cards(const PageCheck *check)
{
    size_t index = 0, next = 0;
    const SheetRow *row;
    while ((row = row_at(check, index)) != NULL && figures_in(row) == 0)
        index++;
    if (row == NULL || figures_in(row) < CARDS_LEAST)
        return;
    FigureRow wanted = {.count = 0};
    add_money(check, &wanted, &check->totals.all);
    add(&wanted, (int64_t)check->totals.all.in_state[NEED_MET], false);
    for (size_t column = 0; column < row->width && next < wanted.count; column++)
        if (holds_figure(&row->cells[column]))
            check_cell(check, row, column, wanted.figures[next++]);
}

/* Stages whose value and bound are apart. */
static size_t stages_open(const Plan *plan)
{
    size_t open = 0;
    for (size_t i = 0; i < plan->stage_count; i++)
        open += plan->stages[i].status != STAGE_OPTIMAL &&
                plan->stages[i].value != plan->stages[i].bound;
    return open;
}

/* Does the page claim a proof that the stages do not have? */
static void check_claim(const PageCheck *check)
{
    const SheetRow *row;
    size_t open = stages_open(check->plan);
    for (size_t index = 0; open > 0 && (row = row_at(check, index)) != NULL; index++) {
        if (!begins_with(row,
                         "The plan keeps every rule, and every step is proven to be the best."))
            continue;
        DiagPlace place = {.file = check->sheets->summary_file,
                           .line = row->line,
                           .column = 1,
                           .text = row->cells[0].text};
        diag_add(check->diag, DIAG_PLAN_STALE, place,
                 N_("'%s' is written; stages that are not proven: %zu of %zu (sheet Method)"),
                 quote(place.text).text, open, check->plan->stage_count);
    }
}

Status summary_page_find_stale(const PlanSheets *sheets, const Round *round, const Plan *plan,
                               Arena *arena, Diag *diag)
{
    PageCheck check = {.sheets = sheets, .round = round, .plan = plan, .diag = diag};
    TRY(totals_build(round, plan, arena, &check.totals));
    check_cards(&check);
    check_claim(&check);
    check_block(&check, N_("By tier"), &check.totals.tiers);
    check_block(&check, N_("By category"), &check.totals.categories);
    check_block(&check, N_("By region"), &check.totals.regions);
    check_block(&check, N_("By beneficiary"), &check.totals.beneficiaries);
    return STATUS_OK;
}
