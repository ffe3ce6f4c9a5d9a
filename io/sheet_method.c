/* The Method sheet: how the plan came about, so that it can be questioned: the stages with what they
 * mean, what was reached and what could not be bettered.
 */
#include <math.h>

#include "allot/amount_text.h"
#include "allot/language.h"
#include "io/method_internal.h"
#include "io/number_text.h"

static const GridColumn stage_columns[] = {
    {N_("Stage"), 26, LOOK_WRAP, false, false},
    {N_("What it means"), 73, LOOK_WRAP, false, false},
    {N_("Sought"), 10, LOOK_BODY, false, false},
    {N_("Value reached"), 18, LOOK_RIGHT, false, false},
    {N_("Bound (no plan can do better)"), 18, LOOK_RIGHT, false, false},
    {N_("Gap"), 9, LOOK_CENTER, false, false},
    {N_("Result"), 12, LOOK_WRAP, false, false},
    {N_("Proof"), 40, LOOK_WRAP, false, false},
};

/** Of a plan that was read it may not be known how it was decided. */
static bool is_known(const Report *report)
{
    return report->info->plan_path == NULL || report->plan->decided_by != NULL;
}

/** "exact"; "the search's own"; "the search's own; exact: at least 8400 (relaxation)". */
static const char *proof_text(Report *report, const StageResult *stage)
{
    char exact[NUMBER_TEXT_SIZE];
    if (!is_known(report))
        return _("not known");
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
    GridSpec spec = {.name = "Stages",
                     .columns = stage_columns,
                     .column_count = sizeof stage_columns / sizeof stage_columns[0],
                     .rows = plan->stage_count};
    Grid grid;
    grid_begin(&grid, page, &spec);
    for (size_t i = 0; i < plan->stage_count; i++) {
        const StageResult *stage = &plan->stages[i];
        grid_row(&grid);
        grid_text(&grid, 0, report_stage(report, stage->label));
        grid_text(&grid, 1, method_stage_meaning(report, stage));
        grid_text(&grid, 2, stage->maximise ? _("largest") : _("least"));
        grid_number(&grid, 3, stage->value, form_of_stage(stage->value));
        grid_number(&grid, 4, stage->bound, form_of_stage(stage->bound));
        grid_number(&grid, 5, stage->gap, stage->gap == 0 ? FORM_PLACES : FORM_GAP);
        grid_text(&grid, 6, _(stage_status_text(stage->status)));
        grid_text(&grid, 7, proof_text(report, stage));
    }
    grid_end(&grid, 1);
}

void sheet_method_build(Report *report)
{
    Page *page = &report->pages[PAGE_METHOD];
    char loss[NUMBER_TEXT_SIZE];
    page_head(page, _("Method"));
    page_note(page, method_overview(report));
    if (report->info->engine_spoken != NULL)
        page_note(page, report_printf(report, "Decided by: %s.", report->info->engine_spoken));
    page_note(page, _("What an earlier stage has reached is held while the later ones choose among "
                      "the plans that are left."));
    page_note(page,
              _("Proof. Exact: that no plan does better is proven in exact arithmetic, from the "
                "solver's prices (weak duality). The search's own: the solver's search says so; "
                "beside it stands what is proven exactly were things to be split (relaxation)."));
    number_text(report->plan->rounding_loss, loss);
    if (is_known(report))
        page_note(page,
                  report_printf(report, "Rounding money to whole minor units cost %s %s in all.",
                                report->round->currency.name, amount_grouped(loss).digits));
    else
        page_note(page, _("How the plan was decided is not known: it, or its round, is not what it "
                          "was when the plan was written, or another program wrote it."));
    put_stages(report);
}
