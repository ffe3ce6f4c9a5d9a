/* The workbook of a sweep, and the short table that the screen shows. Sheets: all cases side by side;
 * the needs concerned; of scenarios one each; what it was made of.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "allot/amount_text.h"
#include "allot/language.h"
#include "io/page_text.h"
#include "io/sheet_sweep.h"

enum {
    SHEET_NAME_CHARACTERS = 31,
    SHEET_NAME_BYTES = 4 * SHEET_NAME_CHARACTERS + 1,
    NAME_CHARACTERS = 60 /* of a case on the screen, before its row gets wider than the others */
};

/* ---- names of sheets ------------------------------------------------------------------------ */

static bool is_taken(const Page *pages, size_t count, const char *name)
{
    for (size_t p = 0; p < count; p++)
        if (page_text_same(pages[p].name, name))
            return true;
    return page_text_same(name, "History"); /* is Excel's own */
}

/* The case's name as far as a sheet can bear it: some signs are not allowed, none twice. */
static const char *sheet_name(Report *report, const Page *pages, size_t count, const char *text)
{
    const char *clean = report_clean(report, text);
    for (size_t twin = 1; !report->no_memory; twin++) {
        char tail[24] = "", base[SHEET_NAME_BYTES];
        if (twin > 1)
            (void)snprintf(tail, sizeof tail, " (%zu)", twin);
        size_t bytes = page_text_prefix(clean, SHEET_NAME_CHARACTERS - strlen(tail));
        (void)snprintf(base, sizeof base, "%.*s", (int)bytes, clean);
        for (char *at = base; *at != '\0'; at++)
            if (strchr("[]:*?/\\'\t\r\n", *at) != NULL)
                *at = '-';
        const char *name = report_printf(report, "%s%s", *base != '\0' ? base : _("case"), tail);
        if (!is_taken(pages, count, name))
            return name;
    }
    return "";
}

/* ---- the workbook --------------------------------------------------------------------------- */

static Page *add_page(Report *report, Page *pages, const char *name)
{
    Page *page = &pages[report->sheet_count];
    *page = (Page){.report = report, .name = sheet_name(report, pages, report->sheet_count, name)};
    report->sheet_count++;
    return page;
}

static void build_pages(SweepSheets *in, Page *pages)
{
    static const char *const first[] = {N_("Compare"), N_("Rules"), N_("Stress")};
    const Sweep *sweep = in->sweep;
    sheet_sweep_build(in, add_page(in->report, pages, _(first[sweep->kind])));
    if (sweep->kind == SWEEP_STRESS)
        sheet_fallen_build(in, add_page(in->report, pages, _("Fallen")));
    else
        sheet_flips_build(in, add_page(in->report, pages, _("Changed needs")));
    for (size_t c = 0; sweep->kind == SWEEP_SCENARIOS && c < sweep->case_count; c++)
        sheet_case_build(in, add_page(in->report, pages, sweep->cases[c].name.name), c);
    for (size_t c = 0; sweep->kind != SWEEP_SCENARIOS && c < sweep->case_count; c++)
        if (!sweep->cases[c].has_plan)
            sheet_case_build(in, add_page(in->report, pages, sweep->cases[c].name.name), c);
    sheet_sweep_facts_build(in, add_page(in->report, pages, _("Method")));
}

Status sweep_report_build(const Sweep *sweep, const RunInfo *info, Arena *arena, Report **report)
{
    enum { OTHER_PAGES = 3 };
    Report *built = ARENA_NEW(arena, 1, Report);
    Page *pages = ARENA_NEW(arena, sweep->case_count + OTHER_PAGES, Page);
    SweepTotals totals;
    TRY_NEW(built);
    TRY_NEW(pages);
    TRY(sweep_totals_build(sweep, arena, &totals));
    report_begin(built, sweep->round, info, arena);
    built->rates_line = "";
    built->marking = report_clean(built, sweep->marking);
    built->sheets = pages;
    SweepSheets in = {.report = built, .sweep = sweep, .totals = &totals};
    build_pages(&in, pages);
    if (built->no_memory)
        return STATUS_NO_MEMORY;
    *report = built;
    return STATUS_OK;
}

/* ---- the screen ----------------------------------------------------------------------------- */

/* Characters, not bytes: names have Polish and Ukrainian letters. */
static size_t longest_name(const Sweep *sweep)
{
    size_t longest = strlen(_("case"));
    for (size_t c = 0; c < sweep->case_count; c++) {
        size_t length = page_text_length(sweep->cases[c].name.name);
        longest = length > longest ? length : longest;
    }
    return longest < NAME_CHARACTERS ? longest : NAME_CHARACTERS;
}

/* A name with blanks behind it up to this many characters. */
static void put_name(FILE *out, const char *name, size_t width)
{
    size_t length = page_text_length(name);
    fprintf(out, "%s%*s", name, length < width ? (int)(width - length) : 0, "");
}

static void put_case(FILE *out, const Sweep *sweep, const SweepTotals *totals, size_t index,
                     size_t width)
{
    const SweepCase *one = &sweep->cases[index];
    const CaseTotals *sums = &totals->cases[index];
    put_name(out, one->name.name, width);
    if (!one->has_plan) {
        fprintf(out, "  %s%s%s\n", _(one->outcome), one->finding_count > 0 ? ": " : "",
                one->finding_count > 0 ? one->findings[0] : "");
        return;
    }
    AmountText assigned = amount_text(one->currency, sums->all.assigned);
    AmountText unmet = amount_text(one->currency, sums->all.unmet);
    fprintf(out, "  %6zu %6zu  %16s %16s  %-8s  %s", sums->all.met, sums->all.partly,
            assigned.digits, unmet.digits, one->currency.name, _(one->outcome));
    if (sweep->kind == SWEEP_RULES && sums->groups > 0)
        fprintf(out, _("; worst served %s: %.1f%%, mean %.1f%%"), sums->smallest,
                100 * sums->smallest_share, 100 * sums->mean_share);
    fputc('\n', out);
}

const char *sweep_summary(const Sweep *sweep, Arena *arena)
{
    SweepTotals totals;
    char *text = NULL;
    size_t length = 0;
    if (sweep_totals_build(sweep, arena, &totals) != STATUS_OK)
        return NULL;
    FILE *out = open_memstream(&text, &length);
    if (out == NULL)
        return NULL;
    size_t width = longest_name(sweep);
    put_name(out, _("case"), width);
    fprintf(out, "  %6s %6s  %16s %16s  %-8s  %s\n", _("met"), _("partly"), _("assigned"),
            _("unmet"), _("currency"), _("ended"));
    for (size_t c = 0; c < sweep->case_count; c++)
        put_case(out, sweep, &totals, c, width);
    for (size_t i = 0; i < sweep->fact_count; i++)
        if (strcmp(sweep->facts[i].key, "skipped") == 0)
            fprintf(out, _("not tried: %s\n"), sweep->facts[i].value);
    const char *kept = fclose(out) == 0 ? arena_text(arena, text, length) : NULL;
    free(text);
    return kept;
}
