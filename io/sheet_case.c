/* What stands behind the cases of a sweep, a list of all cases each: the needs that differ from the first
 * one's, of a stress test those that lose something and who stands in; what was changed; how stages
 * ended; why there is no plan.
 */
#include "io/sheet_sweep.h"

#include <string.h>

#include "allot/language.h"

/* ---- needs that flip ------------------------------------------------------------------------ */

typedef enum FlipColumn {
    FLIP_CASE,
    FLIP_NEED,
    FLIP_TITLE,
    FLIP_TIER,
    FLIP_BEFORE,
    FLIP_STATE,
    FLIP_ASSIGNED_BEFORE,
    FLIP_ASSIGNED,
    FLIP_UNIT,
    FLIP_LESS_FROM,
    FLIP_MORE_FROM,
    FLIP_COLUMNS
} FlipColumn;

static const GridColumn flip_columns[FLIP_COLUMNS] = {
    [FLIP_CASE] = {N_("Case"), 16, LOOK_WRAP, false, false},
    [FLIP_NEED] = {N_("Need"), 9, LOOK_BODY, false, false},
    [FLIP_TITLE] = {N_("Title"), 42, LOOK_WRAP, false, false},
    [FLIP_TIER] = {N_("Tier"), 5, LOOK_CENTER, false, false},
    [FLIP_BEFORE] = {N_("First case"), 9, LOOK_BODY, false, false},
    [FLIP_STATE] = {N_("Here"), 9, LOOK_BODY, false, false},
    [FLIP_UNIT] = {N_("Unit"), 13, LOOK_WRAP, false, false},
    [FLIP_ASSIGNED_BEFORE] = {N_("Assigned in the first case"), 14, LOOK_RIGHT, false, false},
    [FLIP_ASSIGNED] = {N_("Assigned here"), 14, LOOK_RIGHT, false, false},
    [FLIP_LESS_FROM] = {N_("Less from"), 50, LOOK_WRAP, false, false},
    [FLIP_MORE_FROM] = {N_("More from"), 50, LOOK_WRAP, false, false},
};

static void put_need(SweepSheets *in, Grid *grid, size_t index, size_t need)
{
    const Sweep *sweep = in->sweep;
    Arena *arena = in->report->arena;
    const CaseNeed *before = &sweep->cases[0].needs[need], *now = &sweep->cases[index].needs[need];
    const char *less = case_shifts(sweep, index, need, (ShiftText){.grouped = true}, arena);
    const char *more = case_shifts(sweep, index, need, (ShiftText){true, true}, arena);
    if (less == NULL || more == NULL)
        in->report->no_memory = true;
    grid_row(grid);
    grid_text(grid, FLIP_CASE, sweep_case_name(in, index));
    grid_text(grid, FLIP_NEED, sweep->needs[need].id);
    grid_text(grid, FLIP_TITLE, sweep->needs[need].title);
    grid_number(grid, FLIP_TIER, now->tier, FORM_PLACES);
    grid_text(grid, FLIP_BEFORE, _(case_need_state(before)));
    grid_text(grid, FLIP_STATE, _(case_need_state(now)));
    grid_text(grid, FLIP_UNIT, now->unit.name);
    grid_amount(grid, FLIP_ASSIGNED_BEFORE, before->unit, before->assigned);
    grid_amount(grid, FLIP_ASSIGNED, now->unit, now->assigned);
    grid_text(grid, FLIP_LESS_FROM, less);
    grid_text(grid, FLIP_MORE_FROM, more);
}

typedef bool ChooseNeed(const Sweep *sweep, size_t index, size_t need);

static bool differs(const Sweep *sweep, size_t index, size_t need)
{
    return case_need_differs(sweep, index, need);
}

/* Needs that an offer fails, also those that others serve in its place. */
static bool loses(const Sweep *sweep, size_t index, size_t need)
{
    return case_need_loses(sweep, index, need);
}

static size_t count_needs(const Sweep *sweep, ChooseNeed *choose)
{
    size_t count = 0;
    for (size_t c = 1; c < sweep->case_count; c++)
        for (size_t n = 0; sweep->cases[c].has_plan && n < sweep->need_count; n++)
            count += choose(sweep, c, n);
    return count;
}

/* One list of the needs of all cases behind the first: beside other tables its columns, which are wide,
 * would stretch theirs. */
static void put_needs(SweepSheets *in, Page *page, const char *title, ChooseNeed *choose,
                      const char *note)
{
    const Sweep *sweep = in->sweep;
    GridSpec spec = {.name = sweep_table_name(in),
                     .columns = flip_columns,
                     .column_count = FLIP_COLUMNS,
                     .rows = count_needs(sweep, choose)};
    Grid grid;
    page_head(page, title);
    page_note(page, note);
    if (!sweep->cases[0].has_plan)
        return;
    grid_begin(&grid, page, &spec);
    for (size_t c = 1; c < sweep->case_count; c++)
        for (size_t n = 0; sweep->cases[c].has_plan && n < sweep->need_count; n++)
            if (choose(sweep, c, n))
                put_need(in, &grid, c, n);
    grid_end(&grid, 2);
}

void sheet_flips_build(SweepSheets *in, Page *page)
{
    put_needs(
        in, page, _("Needs that are given another amount than in the first case"), differs,
        _("One row a case and need. What every case comes to in all stands on the first sheet."));
}

void sheet_fallen_build(SweepSheets *in, Page *page)
{
    put_needs(in, page, _("Fallen: needs that lose an offer, and who stands in"), loses,
              _("One row a case and need that is given less by some offer than in the first case. "
                "Where others stand in, the need may be met all the same."));
}

/* ---- what was changed, and what was wrong ------------------------------------------------------ */

static const GridColumn change_columns[] = {
    {N_("Case"), 24, LOOK_WRAP, false, false},         {N_("Table"), 16, LOOK_BODY, false, false},
    {N_("Row"), 24, LOOK_BODY, false, false},          {N_("Column"), 18, LOOK_BODY, false, false},
    {N_("In the round"), 28, LOOK_WRAP, false, false}, {N_("Here"), 28, LOOK_WRAP, false, false},
};

/* Scenarios are the planners' own; of other cases those are told that did not come off. */
static bool tells_changes(const Sweep *sweep, size_t index)
{
    return sweep->kind == SWEEP_SCENARIOS || !sweep->cases[index].has_plan;
}

static void put_change(SweepSheets *in, Grid *grid, size_t index, const CaseChange *change)
{
    grid_row(grid);
    grid_text(grid, 0, sweep_case_name(in, index));
    grid_text(grid, 1, change->table);
    grid_text(grid, 2, change->id);
    grid_text(grid, 3, *change->column != '\0' ? change->column : _("(the whole row)"));
    grid_text(grid, 4, *change->before != '\0' ? change->before : _("(empty)"));
    grid_text(grid, 5, *change->after != '\0' ? change->after : _("(empty)"));
}

void sheet_changes_build(SweepSheets *in, Page *page)
{
    const Sweep *sweep = in->sweep;
    GridSpec spec = {.name = sweep_table_name(in),
                     .columns = change_columns,
                     .column_count = sizeof change_columns / sizeof change_columns[0]};
    Grid grid;
    for (size_t c = 0; c < sweep->case_count; c++)
        spec.rows += tells_changes(sweep, c) ? sweep->cases[c].change_count : 0;
    if (spec.rows == 0)
        return;
    page_head(page, _("What was changed"));
    grid_begin(&grid, page, &spec);
    for (size_t c = 0; c < sweep->case_count; c++)
        for (size_t i = 0; tells_changes(sweep, c) && i < sweep->cases[c].change_count; i++)
            put_change(in, &grid, c, &sweep->cases[c].changes[i]);
    grid_end(&grid, 1);
}

static const GridColumn finding_columns[] = {
    {N_("Case"), 24, LOOK_WRAP, false, false},
    {N_("Why there is no plan"), 110, LOOK_WRAP, false, false}};

void sheet_no_plan_build(SweepSheets *in, Page *page)
{
    const Sweep *sweep = in->sweep;
    GridSpec spec = {.name = sweep_table_name(in),
                     .columns = finding_columns,
                     .column_count = sizeof finding_columns / sizeof finding_columns[0]};
    Grid grid;
    for (size_t c = 0; c < sweep->case_count; c++)
        spec.rows += sweep->cases[c].has_plan ? 0 : sweep->cases[c].finding_count;
    if (spec.rows == 0)
        return;
    page_head(page, _("Cases without a plan"));
    grid_begin(&grid, page, &spec);
    for (size_t c = 0; c < sweep->case_count; c++)
        for (size_t i = 0; !sweep->cases[c].has_plan && i < sweep->cases[c].finding_count; i++) {
            grid_row(&grid);
            grid_text(&grid, 0, sweep_case_name(in, c));
            grid_text(&grid, 1, sweep->cases[c].findings[i]);
        }
    grid_end(&grid, 1);
}

/* ---- stages --------------------------------------------------------------------------------- */

static const GridColumn stage_columns[] = {
    {N_("Case"), 24, LOOK_WRAP, false, false},
    {N_("Stage"), 26, LOOK_BODY, false, false},
    {N_("Aim"), 9, LOOK_BODY, false, false},
    {N_("Value in the first case"), 16, LOOK_RIGHT, false, false},
    {N_("Value here"), 16, LOOK_RIGHT, false, false},
    {N_("Bound"), 16, LOOK_RIGHT, false, false},
    {N_("Status"), 16, LOOK_WRAP, false, false},
};

static const CaseStage *stage_of(const SweepCase *one, const char *label)
{
    for (size_t i = 0; i < one->stage_count; i++)
        if (strcmp(one->stages[i].label, label) == 0)
            return &one->stages[i];
    return NULL;
}

static void put_stage(SweepSheets *in, Grid *grid, size_t index, const CaseStage *stage)
{
    const CaseStage *first = stage_of(&in->sweep->cases[0], stage->label);
    grid_row(grid);
    grid_text(grid, 0, sweep_case_name(in, index));
    grid_text(grid, 1, report_stage(in->report, stage->label));
    grid_text(grid, 2, stage->maximise ? _("largest") : _("least"));
    if (first != NULL)
        grid_number(grid, 3, first->value, form_of_number(first->value));
    grid_number(grid, 4, stage->value, form_of_number(stage->value));
    grid_number(grid, 5, stage->bound, form_of_number(stage->bound));
    grid_text(grid, 6, _(stage->status));
}

void sheet_case_stages_build(SweepSheets *in, Page *page)
{
    const Sweep *sweep = in->sweep;
    GridSpec spec = {.name = sweep_table_name(in),
                     .columns = stage_columns,
                     .column_count = sizeof stage_columns / sizeof stage_columns[0]};
    Grid grid;
    for (size_t c = 0; c < sweep->case_count; c++)
        spec.rows += sweep->cases[c].stage_count;
    if (sweep->kind != SWEEP_SCENARIOS || spec.rows == 0)
        return;
    page_head(page, _("Stages, in the order decided"));
    grid_begin(&grid, page, &spec);
    for (size_t c = 0; c < sweep->case_count; c++)
        for (size_t i = 0; i < sweep->cases[c].stage_count; i++)
            put_stage(in, &grid, c, &sweep->cases[c].stages[i]);
    grid_end(&grid, 2);
}

/* ---- what it is made of --------------------------------------------------------------------- */

static const GridColumn fact_columns[] = {{N_("What"), 24, LOOK_BODY, false, false},
                                          {N_("Is"), 70, LOOK_WRAP, false, false}};

void sheet_sweep_facts_build(SweepSheets *in, Page *page)
{
    const Sweep *sweep = in->sweep;
    GridSpec spec = {.name = sweep_table_name(in),
                     .columns = fact_columns,
                     .column_count = sizeof fact_columns / sizeof fact_columns[0],
                     .rows = sweep->fact_count};
    Grid grid;
    page_head(page, _("Method"));
    page_note(page, _("Versions, the SHA-256 of every input file, and the settings of the round. "
                      "Every plan behind these figures has passed the independent check."));
    grid_begin(&grid, page, &spec);
    for (size_t i = 0; i < sweep->fact_count; i++) {
        grid_row(&grid);
        grid_text(&grid, 0, sweep->facts[i].key);
        grid_text(&grid, 1,
                  *sweep->facts[i].value != '\0' ? sweep->facts[i].value : _("(not set)"));
    }
    grid_end(&grid, 0);
}
