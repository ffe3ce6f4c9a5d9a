/* The workbook of a comparison, a table a sheet: the two plans, the causes, needs and donors that differ,
 * the lines with their causes, the changes of the input with what each moved, the stages.
 */
#include "allot/comparison.h"
#include "allot/language.h"

#include <string.h>

#include "io/report_internal.h"

typedef struct ComparisonSheets {
    Report *report;
    const Comparison *comparison;
} ComparisonSheets;

static const char *kept(ComparisonSheets *in, const char *text)
{
    if (text == NULL)
        in->report->no_memory = true;
    return text != NULL ? report_clean(in->report, text) : "";
}

/* ---- the first page ------------------------------------------------------------------------- */

static const GridColumn side_columns[] = {
    {"", 17, LOOK_BODY, false, false},
    {N_("Plan"), 30, LOOK_WRAP, false, false},
    {N_("Round"), 30, LOOK_WRAP, false, false},
    {N_("Needs"), 9, LOOK_RIGHT, false, false},
    {N_("met in full"), 9, LOOK_RIGHT, false, false},
    {N_("Assigned"), 18, LOOK_RIGHT, false, false},
    {N_("Unmet"), 18, LOOK_RIGHT, false, false},
    {N_("Currency"), 10, LOOK_CENTER, false, false},
};

static void put_side(ComparisonSheets *in, Grid *grid, const char *which, const ComparedSide *side)
{
    grid_row(grid);
    grid_text(grid, 0, which);
    grid_text(grid, 1, kept(in, side->plan));
    grid_text(grid, 2, side->round != NULL ? kept(in, side->round) : kept(in, side->why_not));
    if (side->currency.name == NULL)
        return;
    grid_count(grid, 3, side->needs);
    grid_count(grid, 4, side->met);
    grid_amount(grid, 5, side->currency, side->assigned);
    grid_amount(grid, 6, side->currency, side->unmet);
    grid_text(grid, 7, side->currency.name);
}

static void put_sides(ComparisonSheets *in, Page *page)
{
    GridSpec spec = {.name = "Plans",
                     .columns = side_columns,
                     .column_count = sizeof side_columns / sizeof side_columns[0],
                     .rows = 2};
    Grid grid;
    grid_begin(&grid, page, &spec);
    put_side(in, &grid, _("Before"), &in->comparison->before);
    put_side(in, &grid, _("After"), &in->comparison->after);
    grid_end(&grid, 1);
}

static void build_summary(ComparisonSheets *in, Page *page)
{
    const Comparison *comparison = in->comparison;
    page_head(page, _("Comparison of two plans"));
    page_note(page,
              report_printf(in->report,
                            "%zu lines differ. What moved a line is found by deciding the second "
                            "round again with changes of its input taken back: %zu changes, %zu "
                            "rounds decided.",
                            comparison->line_count, comparison->input_count, comparison->solves));
    for (size_t i = 0; i < comparison->note_count; i++)
        page_note(page, report_printf(in->report, "Note: %s.", kept(in, comparison->notes[i])));
    put_sides(in, page);
}

/* ---- causes, needs, donors ------------------------------------------------------------------- */

static const GridColumn count_columns[] = {
    {N_("Cause"), 17, LOOK_BODY, false, false},
    {N_("What it means"), 80, LOOK_WRAP, false, false},
    {N_("Lines"), 9, LOOK_RIGHT, false, true},
};

static const struct {
    LineCause cause;
    const char *meaning;
} CAUSES[] = {
    {CAUSE_ONE, N_("one cell, row or setting, taken back alone, restores the line")},
    {CAUSE_SEVERAL, N_("several changes restore it together; without any of them they do not")},
    {CAUSE_FREE, N_("every stage would be as good with the former amount")},
    {CAUSE_NOT_KNOWN, N_("the sheet Changed lines says what stands against finding out")},
};

enum { CAUSE_COUNT = sizeof CAUSES / sizeof *CAUSES };

static size_t count_cause(const Comparison *comparison, LineCause cause)
{
    size_t count = 0;
    for (size_t i = 0; i < comparison->line_count; i++)
        count += comparison->lines[i].cause == cause;
    return count;
}

static void build_causes(ComparisonSheets *in, Page *page)
{
    GridSpec spec = {.name = "Causes",
                     .columns = count_columns,
                     .column_count = sizeof count_columns / sizeof count_columns[0],
                     .rows = CAUSE_COUNT};
    Grid grid;
    page_head(page, _("What moved the lines that differ"));
    grid_begin(&grid, page, &spec);
    for (size_t c = 0; c < CAUSE_COUNT; c++) {
        grid_row(&grid);
        grid_text(&grid, 0, _(line_cause_text(CAUSES[c].cause)));
        grid_text(&grid, 1, _(CAUSES[c].meaning));
        grid_count(&grid, 2, count_cause(in->comparison, CAUSES[c].cause));
    }
    grid_end(&grid, 1);
}

/* Why a sheet is empty that is filled from both rounds. */
static void note_missing_round(const Comparison *comparison, Page *page)
{
    if (!comparison->has_rounds)
        page_note(page, _("Not known: one of the rounds is not found."));
}

static const GridColumn need_columns[] = {
    {N_("Need"), 12, LOOK_BODY, false, false},
    {N_("Title"), 60, LOOK_WRAP, false, false},
    {N_("Tier"), 6, LOOK_CENTER, false, false},
    {N_("Before"), 11, LOOK_BODY, false, false},
    {N_("Now"), 11, LOOK_BODY, false, false},
    {N_("Assigned before"), 18, LOOK_RIGHT, false, false},
    {N_("Assigned now"), 18, LOOK_RIGHT, false, false},
    {N_("Unit"), 10, LOOK_BODY, false, false},
};

static void build_needs(ComparisonSheets *in, Page *page)
{
    const Comparison *comparison = in->comparison;
    GridSpec spec = {.name = "Flips",
                     .columns = need_columns,
                     .column_count = sizeof need_columns / sizeof need_columns[0],
                     .rows = comparison->need_count};
    Grid grid;
    page_head(page, _("Needs that are met otherwise than before"));
    note_missing_round(comparison, page);
    grid_begin(&grid, page, &spec);
    for (size_t i = 0; i < comparison->need_count; i++) {
        const ComparedNeed *need = &comparison->needs[i];
        grid_row(&grid);
        grid_text(&grid, 0, need->id);
        grid_text(&grid, 1, kept(in, need->title));
        grid_number(&grid, 2, need->tier, FORM_PLACES);
        grid_text(&grid, 3, *need->state_before != '\0' ? _(need->state_before) : _("not there"));
        grid_text(&grid, 4, *need->state != '\0' ? _(need->state) : _("not there"));
        grid_amount(&grid, 5, need->unit_before, need->assigned_before);
        grid_amount(&grid, 6, need->unit, need->assigned);
        grid_text(&grid, 7, need->unit.name);
    }
    grid_end(&grid, 1);
}

static const GridColumn donor_columns[] = {
    {N_("Donor"), 17, LOOK_BODY, false, false},    {N_("Given before"), 18, LOOK_RIGHT, true, true},
    {N_("Given now"), 18, LOOK_RIGHT, true, true}, {N_("Lines before"), 9, LOOK_RIGHT, false, true},
    {N_("Lines now"), 9, LOOK_RIGHT, false, true}, {N_("More or less"), 18, LOOK_RIGHT, true, true},
};

static void build_donors(ComparisonSheets *in, Page *page)
{
    const Comparison *comparison = in->comparison;
    GridSpec spec = {.name = "Donors",
                     .columns = donor_columns,
                     .column_count = sizeof donor_columns / sizeof donor_columns[0],
                     .rows = comparison->donor_count};
    Grid grid;
    page_head(page, _("What each donor gives"));
    note_missing_round(comparison, page);
    grid_begin(&grid, page, &spec);
    for (size_t i = 0; i < comparison->donor_count; i++) {
        const ComparedDonor *donor = &comparison->donors[i];
        grid_row(&grid);
        grid_text(&grid, 0, donor->id);
        grid_amount(&grid, 1, comparison->after.currency, donor->before);
        grid_amount(&grid, 2, comparison->after.currency, donor->after);
        grid_count(&grid, 3, donor->lines_before);
        grid_count(&grid, 4, donor->lines);
        grid_amount_or_dash(&grid, 5, comparison->after.currency, donor->after - donor->before);
    }
    grid_end(&grid, 1);
}

/* ---- lines ---------------------------------------------------------------------------------- */

static const GridColumn line_columns[] = {
    {N_("Need"), 12, LOOK_BODY, false, false},     {N_("Title"), 36, LOOK_WRAP, false, false},
    {N_("Offer"), 12, LOOK_BODY, false, false},    {N_("Donor"), 12, LOOK_BODY, false, false},
    {N_("Before"), 15, LOOK_RIGHT, false, false},  {N_("Now"), 15, LOOK_RIGHT, false, false},
    {N_("Unit"), 10, LOOK_BODY, false, false},     {N_("Cause"), 16, LOOK_BODY, false, false},
    {N_("In words"), 60, LOOK_WRAP, false, false},
};

static const char *units_of(ComparisonSheets *in, const ChangedLine *line)
{
    const char *was = line->unit_before.name, *is = line->unit.name;
    if (is == NULL || was == NULL || strcmp(was, is) == 0)
        return is != NULL ? kept(in, is) : "";
    return report_printf(in->report, "%s, now %s", was, is);
}

static void build_lines(ComparisonSheets *in, Page *page)
{
    const Comparison *comparison = in->comparison;
    GridSpec spec = {.name = "Lines",
                     .columns = line_columns,
                     .column_count = sizeof line_columns / sizeof line_columns[0],
                     .rows = comparison->line_count};
    Grid grid;
    page_head(page, _("Changed lines"));
    page_note(
        page,
        _("One row a pair of need and offer that is given another amount than before. The cause is "
          "what, taken back in the second round, gives the line its former amount again."));
    grid_begin(&grid, page, &spec);
    for (size_t i = 0; i < comparison->line_count; i++) {
        const ChangedLine *line = &comparison->lines[i];
        grid_row(&grid);
        grid_text(&grid, 0, kept(in, line->need));
        grid_text(&grid, 1, kept(in, line->title));
        grid_text(&grid, 2, kept(in, line->offer));
        grid_text(&grid, 3, kept(in, line->donor));
        grid_amount_or_dash(&grid, 4, line->unit_before, line->before);
        grid_amount_or_dash(&grid, 5, line->unit, line->after);
        grid_text(&grid, 6, units_of(in, line));
        grid_text(&grid, 7, _(line_cause_text(line->cause)));
        grid_text(&grid, 8, kept(in, line_cause_sentence(comparison, line, in->report->arena)));
    }
    grid_end(&grid, 1);
}

/* ---- inputs --------------------------------------------------------------------------------- */

static const GridColumn input_columns[] = {
    {N_("Table"), 14, LOOK_BODY, false, false},
    {N_("Row"), 18, LOOK_BODY, false, false},
    {N_("Column"), 16, LOOK_BODY, false, false},
    {N_("Before"), 28, LOOK_WRAP, false, false},
    {N_("Now"), 28, LOOK_WRAP, false, false},
    {N_("Lines that it restores alone"), 14, LOOK_CENTER, false, false},
    {N_("together with others"), 14, LOOK_CENTER, false, false},
    {N_("Taken back alone"), 26, LOOK_WRAP, false, false},
};

static const char *answer_of(const Comparison *comparison, const ComparedInput *input)
{
    if (input->asked)
        return input->answer;
    if (input->change.is_prose)
        return _("decides nothing");
    return comparison->line_count > 0 ? _("not asked") : _("nothing to restore");
}

static const char *column_of(const InputChange *change)
{
    switch (change->kind) {
    case INPUT_CELL:
    case INPUT_ANSWER: return change->column;
    case INPUT_ADDED: return _("(row added)");
    case INPUT_DROPPED: return _("(row dropped)");
    case INPUT_PREVIOUS:
    case INPUT_URGENT:
    case INPUT_LEDGER: return "";
    }
    return "";
}

static void build_inputs(ComparisonSheets *in, Page *page)
{
    const Comparison *comparison = in->comparison;
    GridSpec spec = {.name = "Inputs",
                     .columns = input_columns,
                     .column_count = sizeof input_columns / sizeof input_columns[0],
                     .rows = comparison->input_count};
    Grid grid;
    page_head(page, _("Changed inputs"));
    page_note(
        page,
        _("What the second round says otherwise than the first: as understood, not as written, so "
          "that another order of rows or another way to write a number is no change."));
    note_missing_round(comparison, page);
    grid_begin(&grid, page, &spec);
    for (size_t i = 0; i < comparison->input_count; i++) {
        const ComparedInput *input = &comparison->inputs[i];
        const InputChange *change = &input->change;
        grid_row(&grid);
        grid_text(&grid, 0, *change->table != '\0' ? change->table : _("(command line)"));
        grid_text(&grid, 1, kept(in, change->id));
        grid_text(&grid, 2, column_of(change));
        grid_text(&grid, 3, *change->before != '\0' ? kept(in, change->before) : _("(empty)"));
        grid_text(&grid, 4, *change->after != '\0' ? kept(in, change->after) : _("(empty)"));
        grid_count(&grid, 5, input->restores);
        grid_dash(&grid, 5);
        grid_count(&grid, 6, input->shares);
        grid_dash(&grid, 6);
        grid_text(&grid, 7, answer_of(comparison, input));
    }
    grid_end(&grid, 1);
}

/* ---- stages --------------------------------------------------------------------------------- */

static const GridColumn stage_columns[] = {
    {N_("Stage"), 30, LOOK_BODY, false, false},       {N_("Sought"), 12, LOOK_BODY, false, false},
    {N_("Before"), 20, LOOK_RIGHT, false, false},     {N_("Now"), 20, LOOK_RIGHT, false, false},
    {N_("Difference"), 20, LOOK_RIGHT, false, false},
};

static void build_stages(ComparisonSheets *in, Page *page)
{
    const Comparison *comparison = in->comparison;
    GridSpec spec = {.name = "Stages",
                     .columns = stage_columns,
                     .column_count = sizeof stage_columns / sizeof stage_columns[0],
                     .rows = comparison->stage_count};
    Grid grid;
    page_head(page, _("Stages"));
    page_note(page, _("What each stage of the two plans has reached, in the order decided. An "
                      "empty cell: that plan has no such stage."));
    grid_begin(&grid, page, &spec);
    for (size_t i = 0; i < comparison->stage_count; i++) {
        const ComparedStage *stage = &comparison->stages[i];
        double more = stage->after - stage->before;
        grid_row(&grid);
        grid_text(&grid, 0, report_stage(in->report, stage->label));
        grid_text(&grid, 1, stage->maximise ? _("largest") : _("least"));
        if (stage->is_before)
            grid_number(&grid, 2, stage->before, form_of_number(stage->before));
        if (stage->is_after)
            grid_number(&grid, 3, stage->after, form_of_number(stage->after));
        if (stage->is_before && stage->is_after) {
            grid_number(&grid, 4, more, form_of_number(more));
            grid_dash(&grid, 4);
        }
    }
    grid_end(&grid, 1);
}

/* ---- the workbook --------------------------------------------------------------------------- */

typedef void BuildPage(ComparisonSheets *in, Page *page);

Status comparison_report_build(const Comparison *comparison, const RunInfo *info, Arena *arena,
                               Report **report)
{
    static const struct {
        const char *name;
        BuildPage *build;
    } pages[] = {{N_("Summary"), build_summary},     {N_("Causes"), build_causes},
                 {N_("Changed needs"), build_needs}, {N_("Donors"), build_donors},
                 {N_("Changed lines"), build_lines}, {N_("Changed inputs"), build_inputs},
                 {N_("Stages"), build_stages}};
    enum { PAGES = sizeof pages / sizeof *pages };
    Report *built = ARENA_NEW(arena, 1, Report);
    Page *made = ARENA_NEW(arena, PAGES, Page);
    TRY_NEW(built);
    TRY_NEW(made);
    report_begin(built, comparison->round, info, arena);
    built->rates_line = "";
    built->marking = "";
    built->sheets = made;
    built->sheet_count = PAGES;
    ComparisonSheets in = {.report = built, .comparison = comparison};
    for (size_t p = 0; p < PAGES; p++) {
        made[p] = (Page){.report = built, .name = _(pages[p].name)};
        pages[p].build(&in, &made[p]);
    }
    if (built->no_memory)
        return STATUS_NO_MEMORY;
    *report = built;
    return STATUS_OK;
}
