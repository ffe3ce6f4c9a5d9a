/* The workbook of a sweep, and the short table that the screen shows. Sheets, each a table: all cases
 * side by side; the same by tier; the needs concerned; what was changed; stages; cases without a plan;
 * what it was made of.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "allot/amount_text.h"
#include "allot/language.h"
#include "io/page_text.h"
#include "io/sheet_sweep.h"

enum { SHEETS = 7 };
enum {
    NAME_CHARACTERS = 60 /* of a case on the screen, before its row gets wider than the others */
};

/* ---- the workbook --------------------------------------------------------------------------- */

typedef void BuildSheet(SweepSheets *in, Page *page);

/* The sheets, in their order; one on which nothing is put is left out. */
static void build_pages(SweepSheets *in, Page *pages)
{
    static const char *const first[] = {N_("Compare"), N_("Rules"), N_("Stress")};
    bool stress = in->sweep->kind == SWEEP_STRESS;
    const struct {
        const char *name;
        BuildSheet *build;
    } sheets[SHEETS] = {
        {first[in->sweep->kind], sheet_sweep_build},
        {N_("By tier"), sheet_tiers_build},
        {stress ? N_("Fallen") : N_("Changed needs"),
         stress ? sheet_fallen_build : sheet_flips_build},
        {N_("Changes"), sheet_changes_build},
        {N_("Stages"), sheet_case_stages_build},
        {N_("No plan"), sheet_no_plan_build},
        {N_("Method"), sheet_sweep_facts_build},
    };
    for (size_t s = 0; s < SHEETS; s++) {
        Page *page = &pages[in->report->sheet_count];
        *page = (Page){.report = in->report, .name = _(sheets[s].name)};
        sheets[s].build(in, page);
        in->report->sheet_count += page->next_row > 0;
    }
}

Status sweep_report_build(const Sweep *sweep, const RunInfo *info, Arena *arena, Report **report)
{
    Report *built = ARENA_NEW(arena, 1, Report);
    Page *pages = ARENA_NEW(arena, SHEETS, Page);
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
static size_t longest_name(const char *const *names, size_t count)
{
    size_t longest = page_text_length(_("case"));
    for (size_t c = 0; c < count; c++) {
        size_t length = page_text_length(names[c]);
        longest = length > longest ? length : longest;
    }
    return longest < NAME_CHARACTERS ? longest : NAME_CHARACTERS;
}

/* The cases' names in the reader's language, NULL without memory. */
static const char **shown_names(const Sweep *sweep, Arena *arena)
{
    const char **names = ARENA_NEW(arena, sweep->case_count, const char *);
    for (size_t c = 0; names != NULL && c < sweep->case_count; c++) {
        names[c] = case_name_shown(sweep, c, arena);
        if (names[c] == NULL)
            return NULL;
    }
    return names;
}

/* A name with blanks behind it up to this many characters. */
static void put_name(FILE *out, const char *name, size_t width)
{
    size_t length = page_text_length(name);
    fprintf(out, "%s%*s", name, length < width ? (int)(width - length) : 0, "");
}

static void put_case(FILE *out, const Sweep *sweep, const SweepTotals *totals, size_t index)
{
    const SweepCase *one = &sweep->cases[index];
    const CaseTotals *sums = &totals->cases[index];
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
        fprintf(out, _("; worst served: %s, %s; mean %s"), sums->smallest,
                percent_text(sums->smallest_share, 1).text, percent_text(sums->mean_share, 1).text);
    fputc('\n', out);
}

const char *sweep_summary(const Sweep *sweep, Arena *arena)
{
    SweepTotals totals;
    char *text = NULL;
    size_t length = 0;
    const char **names = shown_names(sweep, arena);
    if (names == NULL || sweep_totals_build(sweep, arena, &totals) != STATUS_OK)
        return NULL;
    FILE *out = open_memstream(&text, &length);
    if (out == NULL)
        return NULL;
    size_t width = longest_name(names, sweep->case_count);
    put_name(out, _("case"), width);
    fprintf(out, "  %6s %6s  %16s %16s  %-8s  %s\n", _("met"), _("partly"), _("assigned"),
            _("unmet"), _("currency"), _("ended"));
    for (size_t c = 0; c < sweep->case_count; c++) {
        put_name(out, names[c], width);
        put_case(out, sweep, &totals, c);
    }
    for (size_t i = 0; i < sweep->fact_count; i++)
        if (strcmp(sweep->facts[i].key, "skipped") == 0)
            fprintf(out, _("not tried: %s\n"), _(sweep->facts[i].value));
    const char *kept = fclose(out) == 0 ? arena_text(arena, text, length) : NULL;
    free(text);
    return kept;
}
