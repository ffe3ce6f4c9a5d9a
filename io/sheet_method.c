/* The Method sheet: how the plan came about, so that it can be questioned and repeated. The stages
 * with what they mean, what was reached and what could not be bettered; the settings in force; the
 * rates; the input files by their hashes; the programs by their versions.
 */
#include <math.h>
#include <string.h>

#include "allot/amount_text.h"
#include "allot/language.h"
#include "io/method_internal.h"
#include "io/number_text.h"
#include "io/plan_hash.h"

enum { SETTINGS_ROWS_MOST = 128 };

static const GridColumn stage_columns[] = {
    {N_("Stage"), 26, LOOK_WRAP, false, false},
    {N_("What it means"), 88, LOOK_WRAP, false, false},
    {N_("Sought"), 10, LOOK_BODY, false, false},
    {N_("Value reached"), 18, LOOK_RIGHT, false, false},
    {N_("Bound (no plan can do better)"), 18, LOOK_RIGHT, false, false},
    {N_("Gap"), 9, LOOK_CENTER, false, false},
    {N_("Result"), 12, LOOK_BODY, false, false},
    {N_("Proof"), 40, LOOK_WRAP, false, false},
};

/** "exact"; "the search's own"; "the search's own; exact: at least 8400 (relaxation)". */
static const char *proof_text(Report *report, const StageResult *stage)
{
    char exact[NUMBER_TEXT_SIZE];
    if (stage->proven)
        return _("exact");
    if (!stage->has_exact)
        return _("the search's own");
    number_text(stage->exact, exact);
    return report_printf(report, "the search's own; exact: at %s %s (relaxation)",
                         stage->maximise ? _("most") : _("least"), amount_grouped(exact).digits);
}

/* Of large figures two decimals are enough to read: by how much value and bound differ stands as the gap. */
static Form form_of_stage(double value)
{
    enum { LARGE = 100, LARGE_PLACES = 2 };
    Form form = form_of_number(value);
    bool shorter = fabs(value) >= LARGE && form > (Form)(FORM_PLACES + LARGE_PLACES);
    return shorter ? (Form)(FORM_PLACES + LARGE_PLACES) : form;
}

static void put_stages(Report *report)
{
    Page *page = &report->pages[PAGE_METHOD];
    const Plan *plan = report->plan;
    page_section(page, _("Stages, in the order decided"));
    page_note(page, _("What an earlier stage has reached is held while the later ones choose among "
                      "the plans that are left."));
    GridSpec spec = {.name = "Stages",
                     .columns = stage_columns,
                     .column_count = sizeof stage_columns / sizeof stage_columns[0],
                     .rows = plan->stage_count,
                     .block = true};
    Grid grid;
    grid_begin(&grid, page, &spec);
    for (size_t i = 0; i < plan->stage_count; i++) {
        const StageResult *stage = &plan->stages[i];
        grid_row(&grid);
        grid_text(&grid, 0, stage->label);
        grid_text(&grid, 1, method_stage_meaning(report, stage));
        grid_text(&grid, 2, stage->maximise ? _("largest") : _("least"));
        grid_number(&grid, 3, stage->value, form_of_stage(stage->value));
        grid_number(&grid, 4, stage->bound, form_of_stage(stage->bound));
        grid_number(&grid, 5, stage->gap, stage->gap == 0 ? FORM_PLACES : FORM_GAP);
        grid_text(&grid, 6, _(stage_status_text(stage->status)));
        grid_text(&grid, 7, proof_text(report, stage));
    }
    grid_end(&grid, 0);
    char loss[NUMBER_TEXT_SIZE];
    number_text(plan->rounding_loss, loss);
    page_note(page, report_printf(report, "Rounding money to whole minor units cost %s %s in all.",
                                  report->round->currency.name, loss));
    page_note(page,
              _("Proof. Exact: that no plan does better is proven in exact arithmetic, from the "
                "solver's prices (weak duality). The search's own: the solver's search says so; "
                "beside it stands what is proven exactly were things to be split (relaxation)."));
}

/* ---- what was given to the program ------------------------------------------------------------- */

static const GridColumn setting_columns[] = {
    {N_("Setting"), 26, LOOK_BODY, false, false},
    {N_("In force"), 66, LOOK_WRAP, false, false},
};

static void put_settings(Report *report)
{
    Page *page = &report->pages[PAGE_METHOD];
    SettingRow *rows = report_alloc(report, SETTINGS_ROWS_MOST, sizeof *rows);
    if (rows == NULL)
        return;
    size_t count =
        settings_describe(&report->round->settings, report->arena, rows, SETTINGS_ROWS_MOST);
    page_section(page, _("Settings in force"));
    GridSpec spec = {.name = "Settings",
                     .columns = setting_columns,
                     .column_count = sizeof setting_columns / sizeof setting_columns[0],
                     .rows = count,
                     .block = true};
    Grid grid;
    grid_begin(&grid, page, &spec);
    for (size_t i = 0; i < count; i++) {
        grid_row(&grid);
        grid_text(&grid, 0, rows[i].key);
        const char *value = report_clean(report, rows[i].value);
        grid_text(&grid, 1, *value != '\0' ? value : _("(not set)"));
    }
    grid_end(&grid, 0);
}

static const GridColumn rate_columns[] = {
    {N_("Currency"), 26, LOOK_BODY, false, false},
    {N_("Source of the rate"), 66, LOOK_WRAP, false, false},
    {N_("Rate date"), 11, LOOK_RIGHT, false, false},
    {N_("One unit"), 18, LOOK_RIGHT, true, false},
};

static void put_rates(Report *report)
{
    Page *page = &report->pages[PAGE_METHOD];
    const Round *round = report->round;
    page_section(page, _("Exchange rates, frozen for the round"));
    GridSpec spec = {.name = "Rates",
                     .columns = rate_columns,
                     .column_count = sizeof rate_columns / sizeof rate_columns[0],
                     .rows = round->rate_count,
                     .block = true};
    Grid grid;
    grid_begin(&grid, page, &spec);
    for (size_t i = 0; i < round->rate_count; i++) {
        const Rate *rate = &round->rates[i];
        int places = rate->rate.places < 9 ? rate->rate.places : 9;
        grid_row(&grid);
        grid_text(&grid, 0, rate->currency);
        grid_text(&grid, 1, rate->source);
        grid_date(&grid, 2, rate->date);
        grid_number(&grid, 3, decimal_to_double(rate->rate), (Form)(FORM_PLACES + places));
    }
    grid_end(&grid, 0);
}

static const GridColumn input_columns[] = {
    {N_("Input table"), 26, LOOK_BODY, false, false},
    {N_("SHA-256 of the file"), 68, LOOK_BODY, false, false},
    {N_("Rows"), 10, LOOK_CENTER, false, false},
    {N_("File"), 18, LOOK_BODY, false, false},
};

static void put_input(Grid *grid, const char *name, const InputTable *table)
{
    if (!table->present)
        return;
    grid_row(grid);
    grid_text(grid, 0, name);
    grid_text(grid, 1, table->sha256);
    grid_count(grid, 2, table->rows);
    grid_text(grid, 3, table->file);
}

static void put_inputs(Report *report)
{
    Page *page = &report->pages[PAGE_METHOD];
    const Round *round = report->round;
    size_t present = round->previous_input.present + (size_t)round->ledger_input.present;
    for (int t = 0; t < TABLE_COUNT; t++)
        present += round->tables[t].present;
    page_section(page, _("Input files"));
    GridSpec spec = {.name = "Inputs",
                     .columns = input_columns,
                     .column_count = sizeof input_columns / sizeof input_columns[0],
                     .rows = present,
                     .block = true};
    Grid grid;
    grid_begin(&grid, page, &spec);
    for (int t = 0; t < TABLE_COUNT; t++)
        put_input(&grid, dictionary_table((TableKind)t)->name, &round->tables[t]);
    put_input(&grid, _("the plan before (--previous)"), &round->previous_input);
    put_input(&grid, _("the ledger (--ledger); hash of its last line"), &round->ledger_input);
    grid_end(&grid, 0);
}

static const GridColumn command_columns[] = {
    {N_("Given"), 26, LOOK_BODY, false, false},
    {N_("As"), 66, LOOK_WRAP, false, false},
};

/* What allot compare finds the round by. */
static void put_command(Report *report)
{
    Page *page = &report->pages[PAGE_METHOD];
    const Round *round = report->round;
    size_t given = 0;
    for (size_t i = 0; i < round->setting_row_count; i++)
        given += setting_is_given(&round->setting_rows[i]);
    if (report->info->round_path == NULL)
        return;
    page_section(page, _("Command line"));
    GridSpec spec = {.name = "Command",
                     .columns = command_columns,
                     .column_count = sizeof command_columns / sizeof command_columns[0],
                     .rows = given + 1,
                     .block = true};
    Grid grid;
    grid_begin(&grid, page, &spec);
    grid_row(&grid);
    grid_text(&grid, 0, PLAN_ROUND_KEY);
    grid_text(&grid, 1, report_clean(report, report->info->round_path));
    for (size_t i = 0; i < round->setting_row_count; i++) {
        const SettingRow *row = &round->setting_rows[i];
        if (!setting_is_given(row))
            continue;
        grid_row(&grid);
        grid_text(&grid, 0,
                  report_printf(report, PLAN_SET_KEY "%s", report_clean(report, row->key)));
        grid_text(&grid, 1, report_clean(report, row->value));
    }
    grid_end(&grid, 0);
}

static const GridColumn version_columns[] = {
    {N_("Program"), 26, LOOK_BODY, false, false},
    {N_("Version"), 66, LOOK_BODY, false, false},
};

static void put_versions(Report *report)
{
    Page *page = &report->pages[PAGE_METHOD];
    const RunInfo *info = report->info;
    const struct {
        const char *name, *version;
    } programs[] = {
        {"allot", info->allot_version},        {"GLPK", info->glpk_version},
        {"libcsv", info->csv_version},         {"expat, minizip", info->reader_version},
        {"libxlsxwriter", info->xlsx_version}, {"GMP", info->gmp_version},
    };
    size_t count = sizeof programs / sizeof programs[0];
    page_section(page, _("Versions"));
    GridSpec spec = {.name = "Versions",
                     .columns = version_columns,
                     .column_count = sizeof version_columns / sizeof version_columns[0],
                     .rows = count,
                     .block = true};
    Grid grid;
    grid_begin(&grid, page, &spec);
    for (size_t i = 0; i < count; i++) {
        grid_row(&grid);
        grid_text(&grid, 0, programs[i].name);
        grid_text(&grid, 1, programs[i].version);
    }
    grid_end(&grid, 0);
}

static const GridColumn plan_columns[] = {
    {N_("The plan itself"), 26, LOOK_BODY, false, false},
    {N_("SHA-256 of its needs, offers and quantities"), 68, LOOK_BODY, false, false},
};

/* What allot verify tells an edited plan by. */
static void put_plan_hash(Report *report)
{
    Page *page = &report->pages[PAGE_METHOD];
    const char *hash = plan_hash(report->round, report->plan, report->arena);
    report->no_memory = report->no_memory || hash == NULL;
    page_section(page, _("The plan as it was written"));
    GridSpec spec = {.name = "Plan",
                     .columns = plan_columns,
                     .column_count = sizeof plan_columns / sizeof plan_columns[0],
                     .rows = 1,
                     .block = true};
    Grid grid;
    grid_begin(&grid, page, &spec);
    grid_row(&grid);
    grid_text(&grid, 0, PLAN_HASH_KEY);
    grid_text(&grid, 1, hash != NULL ? hash : "");
    grid_end(&grid, 0);
}

void sheet_method_build(Report *report)
{
    Page *page = &report->pages[PAGE_METHOD];
    page_head(page, _("Method"));
    page_note(page, method_overview(report));
    if (report->info->engine_spoken != NULL)
        page_note(page, report_printf(report, "Decided by: %s.", report->info->engine_spoken));
    put_stages(report);
    put_settings(report);
    put_versions(report); /* short: it finds room below the settings */
    if (report->round->rate_count > 0)
        put_rates(report);
    put_inputs(report);
    put_command(report);
    put_plan_hash(report);
    page_break_blocks(page);
}
