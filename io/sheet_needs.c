/* The Needs sheet: every need, how much of it is met and by what, why the rest is not, and, where
 * tiers come from gradings, the arithmetic that led to its tier.
 */
#include <string.h>

#include "io/explain_internal.h"
#include "io/sheets.h"

#include "allot/amount_text.h"
#include "allot/language.h"

static const GridColumn columns[NEEDS_COLUMNS] = {
    [NEEDS_NEED] = {N_("Need"), 8, LOOK_BODY, false, false},
    [NEEDS_TITLE] = {N_("Title"), 29, LOOK_WRAP, false, false},
    [NEEDS_BENEFICIARY] = {N_("Beneficiary"), 13.5, LOOK_WRAP, false, false},
    [NEEDS_REGION] = {N_("Region"), 7.5, LOOK_WRAP, false, false},
    [NEEDS_CATEGORY] = {N_("Category"), 8, LOOK_WRAP, false, false},
    [NEEDS_TIER] = {N_("Tier"), 5, LOOK_CENTER, false, false},
    [NEEDS_BUNDLE] = {N_("Bundle"), 10, LOOK_WRAP, false, false},
    [NEEDS_ALTERNATIVE] = {N_("Alternative"), 10, LOOK_WRAP, false, false},
    [NEEDS_REQUIRES] = {N_("Requires"), 12, LOOK_WRAP, false, false},
    [NEEDS_STATE] = {N_("Status"), 9, LOOK_WRAP, false, false},
    [NEEDS_UNIT] = {N_("Unit"), 9, LOOK_WRAP, false, false},
    [NEEDS_QUANTITY] = {N_("Asked"), 9, LOOK_RIGHT, false, false},
    [NEEDS_HELD] = {N_("Committed in earlier rounds"), 10, LOOK_RIGHT, false, false},
    [NEEDS_COVERED] = {N_("Covered elsewhere"), 10, LOOK_RIGHT, false, false},
    [NEEDS_ASSIGNED] = {N_("Assigned in this round"), 9, LOOK_RIGHT, false, false},
    [NEEDS_PLEDGED] = {N_("of it pledged only"), 9, LOOK_RIGHT, false, false},
    [NEEDS_UNMET] = {N_("Unmet"), 9, LOOK_RIGHT, false, false},
    [NEEDS_SHARE] = {N_("Met share"), 6.5, LOOK_RIGHT, false, false},
    [NEEDS_UNIT_COST] = {N_("Unit cost"), 8.5, LOOK_RIGHT, false, false},
    [NEEDS_COST_CURRENCY] = {N_("in"), 5.5, LOOK_BODY, false, false},
    [NEEDS_VALUE_ASKED] = {N_("Asked"), 11, LOOK_RIGHT, true, true},
    [NEEDS_VALUE_HELD] = {N_("Committed in earlier rounds"), 12.5, LOOK_RIGHT, true, true},
    [NEEDS_VALUE_COVERED] = {N_("Covered elsewhere"), 12.5, LOOK_RIGHT, true, true},
    [NEEDS_VALUE_ASSIGNED] = {N_("Assigned"), 11, LOOK_RIGHT, true, true},
    [NEEDS_VALUE_UNMET] = {N_("Unmet"), 11, LOOK_RIGHT, true, true},
    [NEEDS_DONORS] = {N_("Donors"), 7, LOOK_CENTER, false, false},
    [NEEDS_SCORE] = {N_("Score"), 6.5, LOOK_CENTER, false, false},
    [NEEDS_REASON] = {N_("Reason"), 17.5, LOOK_WRAP, false, false},
    [NEEDS_DETAIL] = {N_("Detail"), 150, LOOK_WRAP, false, false},
    [NEEDS_GRADES] = {N_("Tier from gradings"), 44, LOOK_WRAP, false, false},
};

static const char *decimal_text(Report *report, Decimal value)
{
    char text[32];
    decimal_format(value, text);
    return report_printf(report, "%s", amount_grouped(text).digits);
}

/* Sum of the weights of both gradings. */
static const char *weights_text(Report *report)
{
    const Settings *settings = &report->round->settings;
    Ratio weights;
    char sum[64] = "";
    if (ratio_add(ratio_of_decimal(settings->score_technical),
                  ratio_of_decimal(settings->score_strategic), &weights))
        ratio_format(weights, 6, sum);
    return report_printf(report, "%s", amount_grouped(sum).digits);
}

/* "(2 x 80 + 1 x 56) / 3 = 72, from 70: tier 1", the technical grading first. */
static const char *grades_text(Report *report, const Need *need)
{
    const Settings *settings = &report->round->settings;
    char score[64];
    if (!need->has_scores)
        return "";
    ratio_format(ratio_of_decimal(need->score), 2, score);
    const char *mean = report_printf(report, "(%s \xC3\x97 %s + %s \xC3\x97 %s) / %s = %s",
                                     decimal_text(report, settings->score_technical),
                                     decimal_text(report, need->score_technical),
                                     decimal_text(report, settings->score_strategic),
                                     decimal_text(report, need->score_strategic),
                                     weights_text(report), amount_grouped(score).digits);
    if (!need->tier_from_scores)
        return report_printf(report, "%s; the stated priority counts", mean);
    size_t tier = (size_t)need->tier, last = settings->tier_count;
    Decimal limit = settings->tier_from[(tier > last ? last : tier) - 1];
    return report_printf(report, "%s, %s %s: tier %d", mean, tier > last ? _("below") : _("from"),
                         decimal_text(report, limit), need->tier);
}

/* Of a need that is not chosen nothing is missing: its mark's is told where another stands for it. */
static void put_quantities(Grid *grid, const Need *need, const NeedResult *result, bool chosen)
{
    if (need->quantity_known)
        grid_amount(grid, NEEDS_QUANTITY, need->unit, need->quantity);
    else
        grid_text(grid, NEEDS_QUANTITY, _("unknown"));
    grid_amount(grid, NEEDS_HELD, need->unit, need->held);
    grid_amount(grid, NEEDS_COVERED, need->unit, need->covered - need->held);
    grid_amount(grid, NEEDS_ASSIGNED, need->unit, result->assigned);
    grid_amount(grid, NEEDS_PLEDGED, need->unit, result->pledged);
    if (!need->quantity_known || !chosen)
        return;
    grid_amount(grid, NEEDS_UNMET, need->unit, result->unmet);
    int64_t covered = need->covered < need->quantity ? need->covered : need->quantity;
    if (need->quantity > 0)
        grid_share(grid, NEEDS_SHARE, covered + result->assigned, need->quantity);
    else
        grid_share(grid, NEEDS_SHARE, result->reason == REASON_NONE, 1);
}

/* Of money there is nothing to say; of an outcome it is what the complete whole is worth. */
static bool states_unit_cost(const Need *need)
{
    return need->has_unit_cost && (!need->unit.is_money || need_is_outcome(need));
}

/* What one unit costs, as the table says it. */
static void put_unit_cost(Grid *grid, const Need *need)
{
    if (!states_unit_cost(need))
        return;
    int places = currency_places(need->currency), own = need->unit_cost.places;
    int shown = own > places ? own : places;
    grid_number(grid, NEEDS_UNIT_COST, decimal_to_double(need->unit_cost),
                (Form)(FORM_PLACES + (shown < 9 ? shown : 9)));
    grid_text(grid, NEEDS_COST_CURRENCY, need->currency);
}

static void put_values(Grid *grid, Unit currency, const NeedTotals *totals,
                       const NeedResult *result)
{
    if (!totals->has_value || totals->state == NEED_NOT_CHOSEN)
        return;
    grid_amount(grid, NEEDS_VALUE_ASKED, currency, totals->asked);
    grid_amount(grid, NEEDS_VALUE_HELD, currency, totals->held);
    grid_amount(grid, NEEDS_VALUE_COVERED, currency, totals->covered - totals->held);
    grid_amount(grid, NEEDS_VALUE_ASSIGNED, currency, result->value_assigned);
    grid_amount(grid, NEEDS_VALUE_UNMET, currency, result->value_unmet);
}

/* Characters of a reason that a row of the list holds. */
enum { BRIEF_MOST = 160 };

/** The text up to a word's end. */
static const char *shortened(Report *report, const char *text)
{
    size_t end = BRIEF_MOST;
    if (strlen(text) <= BRIEF_MOST)
        return text;
    while (end > 0 && text[end] != ' ')
        end--;
    return end == 0 ? text : report_printf(report, "%.*s \xE2\x80\xA6", (int)end, text);
}

/* What holds it back, in short; the sheet Reasons has who uses what. That there is no reason yet is said
 * on paper, not in the tables. */
static const char *detail_text(Report *report, const NeedResult *result)
{
    bool silent = result->detail == NULL || *result->detail == '\0';
    if (silent)
        return result->reason == REASON_UNPROVEN ? _("Not explained yet.") : "";
    const char *text = shortened(report, result->brief == NULL ? result->detail : result->brief);
    return strcmp(text, result->detail) == 0
               ? text
               : report_printf(report, "%s More: sheet Reasons.", text);
}

/* Why the rest is not met; of a need that is not chosen what stands in its place. */
static void put_reason(Report *report, Grid *grid, size_t index)
{
    const NeedResult *result = &report->plan->needs[index];
    if (report->totals.needs[index].state != NEED_NOT_CHOSEN) {
        grid_text(grid, NEEDS_REASON, reason_text(result->reason));
        grid_text(grid, NEEDS_DETAIL, detail_text(report, result));
        return;
    }
    Explanation e = {.round = report->round,
                     .plan = report->plan,
                     .totals = report->totals,
                     .prose = {.arena = report->arena}};
    grid_text(grid, NEEDS_DETAIL, explain_not_chosen(&e, (int)index));
    report->no_memory = report->no_memory || e.prose.failed;
}

/* "A; B": as the table lists them. */
static const char *requires_text(Report *report, const Need *need)
{
    const char *text = "";
    for (int i = 0; i < need->requires.count; i++)
        text = report_printf(report, "%s%s%s", text, i == 0 ? "" : "; ", need->requires.names[i]);
    return text;
}

static void put_need(Report *report, Grid *grid, size_t index)
{
    const Need *need = &report->round->needs[index];
    const NeedResult *result = &report->plan->needs[index];
    const NeedTotals *totals = &report->totals.needs[index];
    grid_row(grid);
    grid_text(grid, NEEDS_NEED, need->id);
    grid_text(grid, NEEDS_TITLE, report_need_title(report, need));
    grid_text(grid, NEEDS_BENEFICIARY, need->beneficiary);
    grid_text(grid, NEEDS_REGION, need->region);
    grid_text(grid, NEEDS_CATEGORY, need->category);
    grid_number(grid, NEEDS_TIER, need->tier, FORM_PLACES);
    grid_text(grid, NEEDS_BUNDLE, need->bundle);
    grid_text(grid, NEEDS_ALTERNATIVE, need->alternative);
    grid_text(grid, NEEDS_REQUIRES, requires_text(report, need));
    grid_text(grid, NEEDS_STATE, _(need_state_text(totals->state)));
    grid_text(grid, NEEDS_UNIT, need->unit.name);
    put_quantities(grid, need, result, totals->state != NEED_NOT_CHOSEN);
    put_unit_cost(grid, need);
    put_values(grid, report->round->currency, totals, result);
    grid_number(grid, NEEDS_DONORS, result->donors, FORM_PLACES);
    put_reason(report, grid, index);
    if (need->has_scores)
        grid_number(grid, NEEDS_SCORE, decimal_to_double(need->score), FORM_PLACES + 2);
    grid_text(grid, NEEDS_GRADES, grades_text(report, need));
    for (size_t i = 0; i < report->round->tables[TABLE_NEEDS].extra.count; i++)
        grid_carried(grid, i, need->extra[i]);
}

/* Columns that would be empty from top to bottom. */
static uint64_t left_out(const Report *report)
{
    const DonorTotals *given = &report->totals.given;
    bool held = report->totals.needs_held > 0;
    bool scores = false, covered = false, region = false, beneficiary = false, cost = false;
    bool title = false, bundle = false, alternative = false, required = false;
    for (size_t i = 0; i < report->round->need_count; i++) {
        const Need *need = &report->round->needs[i];
        scores |= need->has_scores;
        covered |= need->covered != need->held;
        region |= *need->region != '\0';
        beneficiary |= *need->beneficiary != '\0';
        title |= *need->title != '\0';
        cost |= states_unit_cost(need);
        bundle |= *need->bundle != '\0';
        alternative |= *need->alternative != '\0';
        required |= need->requires.count > 0;
    }
    return grid_without(scores, NEEDS_SCORE) | grid_without(scores, NEEDS_GRADES) |
           grid_without(held, NEEDS_HELD) | grid_without(held, NEEDS_VALUE_HELD) |
           grid_without(covered, NEEDS_COVERED) | grid_without(covered, NEEDS_VALUE_COVERED) |
           grid_without(region, NEEDS_REGION) | grid_without(beneficiary, NEEDS_BENEFICIARY) |
           grid_without(title, NEEDS_TITLE) | grid_without(bundle, NEEDS_BUNDLE) |
           grid_without(alternative, NEEDS_ALTERNATIVE) | grid_without(required, NEEDS_REQUIRES) |
           grid_without(cost, NEEDS_UNIT_COST) | grid_without(cost, NEEDS_COST_CURRENCY) |
           grid_without(given->pledged_cash.lines + given->pledged_in_kind.lines > 0,
                        NEEDS_PLEDGED);
}

/* "Score: (0.4 x technical + 0.6 x strategic) / 1; tier 1 from 80, tier 2 from 65, tier 3 below." */
static const char *scores_note(Report *report)
{
    const Settings *settings = &report->round->settings;
    const char *text =
        report_printf(report, "Score: (%s \xC3\x97 technical + %s \xC3\x97 strategic grading) / %s",
                      decimal_text(report, settings->score_technical),
                      decimal_text(report, settings->score_strategic), weights_text(report));
    for (size_t t = 0; t < settings->tier_count; t++)
        text = report_printf(report, "%s%s tier %zu from %s", text, t == 0 ? ";" : ",", t + 1,
                             decimal_text(report, settings->tier_from[t]));
    return settings->tier_count == 0
               ? report_printf(report, "%s.", text)
               : report_printf(report, "%s, tier %zu below. A stated priority counts instead.",
                               text, settings->tier_count + 1);
}

static bool has_outcomes(const Round *round)
{
    for (size_t i = 0; i < round->need_count; i++)
        if (need_is_outcome(&round->needs[i]))
            return true;
    return false;
}

/* What readers of some columns must know, where there is anything to know. */
static void put_notes(Report *report, Page *page)
{
    if (has_outcomes(report->round))
        page_note(page, _("An outcome asks for 0: it takes nothing itself, and is met when all "
                          "that it requires is. Its unit cost is what the complete whole is worth; "
                          "that is in no sum."));
    if (report->totals.all.in_state[NEED_NOT_CHOSEN] > 0)
        page_note(
            page,
            _("Of alternatives at most one is served. Those not chosen have no money value here: "
              "the one that is served stands for all, and while none is, the cheapest."));
}

static void build(Page *page, uint64_t behind, void *context)
{
    Report *report = context;
    const Round *round = report->round;
    page_head(page, _("Needs"));
    page_note(page, _("What was asked, what is covered elsewhere, what is assigned in this round, "
                      "what stays unmet and why. Quantities are in each need's own unit. A need "
                      "without a unit cost has no money value: its cells are empty, not zero. What "
                      "the reasons mean is told need by need on the sheet Reasons."));
    if (report->totals.needs_held > 0)
        page_note(page, _("What earlier rounds committed is taken from the ledger and counts at "
                          "the costs of this round; what is covered elsewhere stands beside it."));
    if ((left_out(report) >> NEEDS_SCORE & 1) == 0)
        page_note(page, scores_note(report));
    put_notes(report, page);
    page_note(page, report->rates_line);
    GridSpec spec = {.name = "Needs",
                     .columns = columns,
                     .column_count = NEEDS_COLUMNS,
                     .without = left_out(report),
                     .carried = round->tables[TABLE_NEEDS].extra,
                     .printed = NEEDS_DETAIL,
                     .behind = behind,
                     .rows = round->need_count,
                     .make = put_need};
    Grid *grid = &report->needs;
    grid_begin(grid, page, &spec);
    grid_list(grid);
    grid_end(grid, 2);
}

/* What goes off paper where long amounts would take more than two sheets side by side; first what other
 * sheets or the table of the input say. */
void sheet_needs_build(Report *report)
{
    static const uint64_t behind[] = {
        UINT64_C(1) << NEEDS_UNIT_COST | UINT64_C(1) << NEEDS_COST_CURRENCY |
            UINT64_C(1) << NEEDS_DONORS | UINT64_C(1) << NEEDS_SCORE,
        UINT64_C(1) << NEEDS_REGION,
        UINT64_C(1) << NEEDS_BUNDLE | UINT64_C(1) << NEEDS_ALTERNATIVE |
            UINT64_C(1) << NEEDS_REQUIRES | UINT64_C(1) << NEEDS_BENEFICIARY};
    page_build_narrow(&report->pages[PAGE_NEEDS],
                      &(NarrowPage){build, report, behind, sizeof behind / sizeof *behind});
}
