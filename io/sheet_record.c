/* What the plan was made of, so that it can be repeated: the sheet Settings (settings in force, command
 * line, the programs' versions, the plan's own hash), the sheet Rates, the sheet Inputs with the hash of
 * every file. `allot verify` and `allot compare` read Settings and Inputs back.
 */
#include <string.h>

#include "allot/language.h"
#include "io/number_text.h"
#include "io/plan_hash.h"
#include "io/plan_origin.h"
#include "io/sheets.h"

enum { SETTINGS_ROWS_MOST = 128 };

/* ---- Settings ------------------------------------------------------------------------------- */

static const GridColumn fact_columns[] = {
    {N_("What"), 28, LOOK_WRAP, false, false},
    {N_("key"), 30, LOOK_BODY, false, false},
    {N_("value"), 72, LOOK_WRAP, false, false},
};

static void put_fact(Grid *grid, const char *what, const char *key, const char *value)
{
    const char *clean = report_clean(grid->page->report, value);
    grid_row(grid);
    grid_text(grid, 0, what);
    grid_text(grid, 1, key);
    grid_text(grid, 2, *clean != '\0' ? clean : _("(not set)"));
}

static void put_settings(Report *report, Grid *grid)
{
    SettingRow *rows = report_alloc(report, SETTINGS_ROWS_MOST, sizeof *rows);
    if (rows == NULL)
        return;
    size_t count =
        settings_describe(&report->round->settings, report->arena, rows, SETTINGS_ROWS_MOST);
    for (size_t i = 0; i < count; i++)
        put_fact(grid, _("Settings in force"), rows[i].key, rows[i].value);
}

/* What allot compare finds the round by. */
static void put_command(Report *report, Grid *grid)
{
    const Round *round = report->round;
    if (report->info->round_path == NULL)
        return;
    put_fact(grid, _("Command line"), PLAN_ROUND_KEY, report->info->round_path);
    for (size_t i = 0; i < round->setting_row_count; i++) {
        const SettingRow *row = &round->setting_rows[i];
        if (setting_is_given(row))
            put_fact(grid, _("Command line"),
                     report_printf(report, PLAN_SET_KEY "%s", report_clean(report, row->key)),
                     row->value);
    }
}

static void put_versions(Report *report, Grid *grid)
{
    const RunInfo *info = report->info;
    const struct {
        const char *name, *version;
    } programs[] = {
        {"allot", info->allot_version},        {"GLPK", info->glpk_version},
        {"libcsv", info->csv_version},         {"expat, minizip", info->reader_version},
        {"libxlsxwriter", info->xlsx_version}, {"GMP", info->gmp_version},
    };
    for (size_t i = 0; i < sizeof programs / sizeof *programs; i++)
        put_fact(grid, _("Versions"), programs[i].name, programs[i].version);
}

/* Beside what the program reads back: "exact*3;search". */
static const char *proofs_in_words(Report *report)
{
    const Plan *plan = report->plan;
    size_t exact = 0;
    for (size_t i = 0; i < plan->stage_count; i++)
        exact += plan->stages[i].proven;
    return report_printf(report,
                         "What proves its steps: exact figures %zu, the search alone %zu (step by "
                         "step: sheet Method)",
                         exact, plan->stage_count - exact);
}

/* The key's value is what the program reads back, in English; people read it in their own words beside it. */
static const char *decided_in_words(Report *report)
{
    const RunInfo *info = report->info;
    const char *what = _("How the plan was decided");
    if (info->engine_spoken == NULL || strcmp(info->engine_spoken, info->engine) == 0)
        return what;
    return report_printf(report, "%s: %s", what, info->engine_spoken);
}

/* How the plan was decided: for allot pack, which could not find it out again. */
static void put_origin(Report *report, Grid *grid)
{
    char loss[NUMBER_TEXT_SIZE];
    const char *what = _("How the plan was decided");
    const char *proofs = plan_proofs_text(report->plan, report->arena);
    report->no_memory = report->no_memory || proofs == NULL;
    if (report->info->engine == NULL || proofs == NULL)
        return;
    number_text(report->plan->rounding_loss, loss);
    put_fact(grid, decided_in_words(report), PLAN_DECIDED_KEY, report->info->engine);
    put_fact(grid, what, PLAN_LOSS_KEY, report_printf(report, "%s", loss));
    put_fact(grid, proofs_in_words(report), PLAN_PROOFS_KEY, proofs);
}

/* What allot verify tells an edited plan by. */
static void put_plan_hash(Report *report, Grid *grid)
{
    const char *hash = plan_hash(report->round, report->plan, report->arena);
    report->no_memory = report->no_memory || hash == NULL;
    put_fact(grid, _("The plan as it was written"), PLAN_HASH_KEY, hash != NULL ? hash : "");
    put_origin(report, grid);
    if (report->info->plan_mark != NULL)
        put_fact(grid, _("The plan in the files of its parties"), "plan_mark",
                 report->info->plan_mark);
}

static void build_settings(Report *report)
{
    Page *page = &report->pages[PAGE_SETTINGS];
    GridSpec spec = {.name = "Settings",
                     .columns = fact_columns,
                     .column_count = sizeof fact_columns / sizeof *fact_columns,
                     .rows = SETTINGS_ROWS_MOST};
    Grid grid;
    page_head(page, _("Settings, and what the plan was made with"));
    page_note(page,
              _("The hash is of the plan's needs, offers and quantities: it tells a plan that "
                "was edited since."));
    grid_begin(&grid, page, &spec);
    put_settings(report, &grid);
    put_command(report, &grid);
    put_versions(report, &grid);
    put_plan_hash(report, &grid);
    grid_end(&grid, 2);
}

/* ---- Rates ---------------------------------------------------------------------------------- */

static const GridColumn rate_columns[] = {
    {N_("Currency"), 26, LOOK_BODY, false, false},
    {N_("Source of the rate"), 66, LOOK_WRAP, false, false},
    {N_("Rate date"), 11, LOOK_RIGHT, false, false},
    {N_("One unit"), 18, LOOK_RIGHT, true, false},
};

static void build_rates(Report *report)
{
    enum { PLACES_MOST = 9 };
    Page *page = &report->pages[PAGE_RATES];
    const Round *round = report->round;
    GridSpec spec = {.name = "Rates",
                     .columns = rate_columns,
                     .column_count = sizeof rate_columns / sizeof *rate_columns,
                     .rows = round->rate_count};
    Grid grid;
    if (round->rate_count == 0)
        return;
    page_head(page, _("Exchange rates, frozen for the round"));
    grid_begin(&grid, page, &spec);
    for (size_t i = 0; i < round->rate_count; i++) {
        const Rate *rate = &round->rates[i];
        int places = rate->rate.places < PLACES_MOST ? rate->rate.places : PLACES_MOST;
        grid_row(&grid);
        grid_text(&grid, 0, rate->currency);
        grid_text(&grid, 1, rate->source);
        grid_date(&grid, 2, rate->date);
        grid_number(&grid, 3, decimal_to_double(rate->rate), (Form)(FORM_PLACES + places));
    }
    grid_end(&grid, 1);
}

/* ---- Inputs --------------------------------------------------------------------------------- */

static const GridColumn input_columns[] = {
    {N_("Input table"), 26, LOOK_WRAP, false, false},
    {N_("SHA-256 of the file"), 68, LOOK_BODY, false, false},
    {N_("Rows"), 10, LOOK_CENTER, false, false},
    {N_("File"), 26, LOOK_BODY, false, false},
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

static void build_inputs(Report *report)
{
    Page *page = &report->pages[PAGE_INPUTS];
    const Round *round = report->round;
    GridSpec spec = {.name = "Inputs",
                     .columns = input_columns,
                     .column_count = sizeof input_columns / sizeof *input_columns,
                     .rows = TABLE_COUNT + 2};
    Grid grid;
    page_head(page, _("Input files"));
    grid_begin(&grid, page, &spec);
    for (int t = 0; t < TABLE_COUNT; t++)
        put_input(&grid, dictionary_table((TableKind)t)->name, &round->tables[t]);
    put_input(&grid, _("the plan before (--previous)"), &round->previous_input);
    put_input(&grid, _("the ledger (--ledger); hash of its last line"), &round->ledger_input);
    grid_end(&grid, 1);
}

void sheet_record_build(Report *report)
{
    build_settings(report);
    build_rates(report);
    build_inputs(report);
}
