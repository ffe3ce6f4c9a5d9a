/* The workbook as plain data. The lists are built first, since the summary's formulas add up their
 * columns; the order of the pages is that of the workbook. Texts that several sheets share (the
 * round's title, the rates, the marking) are made once, here.
 */
#include "allot/report.h"

#include <string.h>

#include "allot/amount_text.h"
#include "allot/language.h"
#include "io/page_text.h"
#include "io/sheets.h"
#include "io/stage_label.h"

static const char *const page_names[PAGE_COUNT] = {
    [PAGE_SUMMARY] = N_("Summary"),
    [PAGE_TOTALS] = N_("Totals"),
    [PAGE_ASSIGNMENTS] = N_("Assignments"),
    [PAGE_NEEDS] = N_("Needs"),
    [PAGE_OFFERS] = N_("Offers"),
    [PAGE_DONORS] = N_("Donors"),
    [PAGE_MATRIX] = N_("Matrix"),
    [PAGE_MAP] = N_("Map"),
    [PAGE_CHARTS] = N_("Charts"),
    [PAGE_CHART_DATA] = N_("Chart data"),
    [PAGE_APPEAL] = N_("Appeal"),
    [PAGE_CAUSES] = N_("Causes"),
    [PAGE_REASONS] = N_("Reasons"),
    [PAGE_REFUSED] = N_("Refused"),
    [PAGE_RANGES] = N_("Forced or free"),
    [PAGE_PRICES] = N_("Prices"),
    [PAGE_WORTH] = N_("Worth"),
    [PAGE_PROBLEMS] = N_("Problems"),
    [PAGE_METHOD] = N_("Method"),
    [PAGE_SETTINGS] = N_("Settings"),
    [PAGE_RATES] = N_("Rates"),
    [PAGE_INPUTS] = N_("Inputs"),
    [PAGE_BRIDGE] = N_("Bridge"),
    [PAGE_CLIFF] = N_("Cliff"),
    [PAGE_CUMULATIVE] = N_("Cumulative"),
    [PAGE_CUMULATIVE_DONORS] = N_("Cumulative donors"),
    [PAGE_LAPSING] = N_("Lapsing"),
};

const char *report_money(Report *report, int64_t amount)
{
    Unit currency = report->round->currency;
    return report_printf(report, "%s %s", currency.name, amount_text(currency, amount).digits);
}

const char *report_sentence(Report *report, const char *clause)
{
    if (clause == NULL || *clause == '\0') /* without memory, or nothing to say */
        return report_clean(report, clause);
    size_t length = strlen(clause);
    char *sentence = report_alloc(report, length + 2, 1);
    if (sentence == NULL)
        return "";
    memcpy(sentence, clause, length + 1);
    sentence[length] = '.';
    sentence[length + 1] = '\0';
    language_capitalise(sentence);
    return report_clean(report, sentence);
}

const char *report_stage(Report *report, const char *label)
{
    const char *shown = stage_label_shown(label, report->arena);
    if (shown == NULL)
        report->no_memory = true;
    return shown != NULL ? shown : "";
}

const char *report_step(Report *report, const TierStep *step)
{
    if (step->tier == 0) /* an urgent need */
        return report_stage(report, step->label);
    return report_printf(report, "tier %d%s", step->tier,
                         step->unvalued ? _(", needs without money value") : "");
}

const char *date_words(Date date, Arena *arena)
{
    static const char *const months[] = {N_("January"), N_("February"), N_("March"),
                                         N_("April"),   N_("May"),      N_("June"),
                                         N_("July"),    N_("August"),   N_("September"),
                                         N_("October"), N_("November"), N_("December")};
    int year, month, day;
    if (date == DATE_NONE)
        return "";
    date_to_civil(date, &year, &month, &day);
    return arena_printf(arena, "%d %s %d", day, _(months[month - 1]), year);
}

const char *report_date(Report *report, Date date)
{
    const char *words = date_words(date, report->arena);
    report->no_memory |= words == NULL;
    return words != NULL ? words : "";
}

const char *report_need_title(Report *report, const Need *need)
{
    if (!need_is_restricted(need))
        return need->title;
    return report_printf(report, "[restricted] %s", need->title);
}

static const char *dates_text(Report *report)
{
    const Settings *settings = &report->round->settings;
    const char *start = report_date(report, settings->start);
    const char *end = report_date(report, settings->end);
    if (*start != '\0' && *end != '\0')
        return report_printf(report, "%s to %s", start, end);
    if (*start != '\0')
        return report_printf(report, "from %s", start);
    return *end != '\0' ? report_printf(report, "until %s", end) : "";
}

static const char *title_text(Report *report)
{
    const Settings *settings = &report->round->settings;
    if (*settings->title != '\0' && *settings->round != '\0')
        return report_printf(report, "%s (%s)", settings->title, settings->round);
    if (*settings->title != '\0')
        return settings->title;
    return *settings->round != '\0' ? settings->round : _("Allocation round");
}

/* "Converted at: 1 GBP = 1.17 EUR (2 January 2026); ..." */
static const char *rates_text(Report *report)
{
    const Round *round = report->round;
    const char *line = "";
    for (size_t i = 0; i < round->rate_count; i++) {
        const Rate *rate = &round->rates[i];
        const char *date = report_date(report, rate->date);
        char number[32];
        if (rate->currency == round->settings.currency)
            continue;
        decimal_format(rate->rate, number);
        line = report_printf(report, "%s%s1 %s = %s %s%s%s%s", line,
                             *line == '\0' ? _("Converted at: ") : "; ", rate->currency,
                             amount_grouped(number).digits, round->currency.name,
                             *date != '\0' ? " (" : "", date, *date != '\0' ? ")" : "");
    }
    return *line == '\0' ? "" : report_printf(report, "%s. Sources: sheet Rates.", line);
}

static const char *marking_text(const Round *round)
{
    for (size_t i = 0; i < round->need_count; i++)
        if (need_is_restricted(&round->needs[i]))
            return _("INTERNAL: holds restricted titles");
    return "";
}

static bool has_chains(const Round *round)
{
    for (size_t i = 0; i < round->offer_count; i++)
        if (round->offers[i].parent_row >= 0)
            return true;
    return false;
}

bool donors_have_twins(Report *report)
{
    const Totals *totals = &report->totals;
    const char **names = report_alloc(report, totals->donor_count, sizeof *names);
    for (size_t i = 0; names != NULL && i < totals->donor_count; i++)
        names[i] = totals->donors[i].id;
    return names != NULL && page_text_twins(names, totals->donor_count);
}

bool groups_have_twins(Report *report, const GroupList *list)
{
    const char **names = report_alloc(report, list->count, sizeof *names);
    for (size_t i = 0; names != NULL && i < list->count; i++)
        names[i] = list->groups[i].name;
    return names != NULL && page_text_twins(names, list->count);
}

Page *report_add_page(Report *report, const char *name)
{
    Page *page = &report->pages[report->page_count++];
    *page = (Page){.report = report, .name = name};
    return page;
}

static void build_pages(Report *report)
{
    for (int p = 0; p < PAGE_COUNT; p++)
        report->pages[p] = (Page){.report = report, .name = _(page_names[p])};
    sheet_needs_build(report);
    sheet_assignments_build(report);
    sheet_offers_build(report);
    sheet_donors_build(report);
    sheet_matrix_build(report);
    sheet_map_build(report);
    sheet_summary_build(report);
    sheet_totals_build(report);
    sheet_charts_build(report);
    sheet_appeal_build(report);
    sheet_causes_build(report);
    sheet_reasons_build(report);
    sheet_ranges_build(report);
    sheet_refused_build(report);
    sheet_prices_build(report);
    sheet_worths_build(report);
    sheet_problems_build(report);
    sheet_method_build(report);
    sheet_record_build(report);
    sheet_ledger_build(report);
    sheet_answers_build(report);
    sheet_urgent_build(report);
}

void report_begin(Report *report, const Round *round, const RunInfo *info, Arena *arena)
{
    report->arena = arena;
    report->round = round;
    report->info = info;
    report->title = report_clean(report, title_text(report));
    report->dates = dates_text(report);
}

/* The pages on which something stands, in their order. */
static void keep_sheets(Report *report)
{
    Page *sheets = report_alloc(report, report->page_count, sizeof *sheets);
    report->sheets = sheets;
    for (size_t p = 0; sheets != NULL && p < report->page_count; p++)
        if (report->pages[p].next_row > 0)
            sheets[report->sheet_count++] = report->pages[p];
}

static Status add_ledger(Report *report)
{
    if (report->round->ledger == NULL)
        return STATUS_OK;
    LedgerReport *ledger = ARENA_NEW(report->arena, 1, LedgerReport);
    TRY_NEW(ledger);
    TRY(ledger_report_build(report->round, report->plan, report->arena, ledger));
    report->ledger = ledger;
    return STATUS_OK;
}

Status report_build(const Round *round, const Plan *plan, const RunInfo *info, const Diag *findings,
                    Arena *arena, Report **report)
{
    Report *built = ARENA_NEW(arena, 1, Report);
    TRY_NEW(built);
    report_begin(built, round, info, arena);
    built->plan = plan;
    built->findings = findings;
    built->page_count = PAGE_COUNT;
    TRY(totals_build(round, plan, arena, &built->totals));
    TRY(grounds_build(round, plan, arena, &built->grounds));
    TRY(add_ledger(built));
    built->rates_line = rates_text(built);
    built->marking = marking_text(round);
    built->has_chains = has_chains(round);
    build_pages(built);
    keep_sheets(built);
    if (built->no_memory)
        return STATUS_NO_MEMORY;
    *report = built;
    return STATUS_OK;
}
