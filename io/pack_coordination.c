/* The coordination group's workbook: the decision paper, to be read and signed as one document; behind it
 * each of its tables on a sheet of its own, and the sheets of the plan's own workbook, made of the group's
 * copy of the round.
 */
#include <string.h>

#include "allot/language.h"
#include "allot/ranges.h"
#include "io/pack_internal.h"
#include "io/plan_hash.h"
#include "io/sheets.h"

typedef struct Paper {
    const PackParty *party;
    Report *report;
    Page *page;
    Explanation explain;
} Paper;

enum { LABEL_WIDTH = 30, WORDS_WIDTH = 44, FIGURE_WIDTH = 15, SIGNATURE_POINTS = 34 };

/* ---- scope ----------------------------------------------------------------------------------- */

static const GridColumn scope_columns[] = {
    {N_("Scope"), LABEL_WIDTH, LOOK_BODY, false, false},
    {N_("of this decision"), WORDS_WIDTH, LOOK_WRAP, false, false},
};

static void put_pair(Grid *grid, const char *label, const char *text)
{
    if (*text == '\0')
        return;
    grid_row(grid);
    grid_text(grid, 0, label);
    grid_text(grid, 1, text);
}

/** What the setting release means. */
static const char *release_words(const char *release)
{
    if (strcmp(release, "own") == 0)
        return _("their own needs, offers and lines, and nothing of others");
    if (strcmp(release, "totals") == 0)
        return _("what is their own, and of the needs that they serve what is asked and met");
    return _("what is their own, and who else gives to the needs that they serve");
}

/** The plan has two names: one for all parties, which tells nobody anything of lines that are not theirs, and one
 *  of its lines, which anybody who has them can work out. */
static void put_plan(Paper *paper, Grid *grid)
{
    Report *report = paper->report;
    const char *hash = plan_hash(report->round, report->plan, report->arena);
    report->no_memory = report->no_memory || hash == NULL;
    put_pair(grid, _("Plan's mark"),
             report_printf(report,
                           "%s: by it the letters and workbooks of this pack name the plan; of its "
                           "lines and of the files that it was made from",
                           paper->party->plan_mark));
    put_pair(grid, _("Plan's hash"),
             report_printf(report,
                           "%s: plan_sha256 of its lines alone, as on the sheet Settings, in "
                           "summary.csv and, its first 16 digits, in the ledger's totals",
                           hash != NULL ? hash : ""));
}

static void put_scope(Paper *paper)
{
    Report *report = paper->report;
    const Round *round = report->round;
    const Totals *totals = &report->totals;
    const GroupTotals *all = &totals->all;
    GridSpec spec = {
        .name = "Scope", .columns = scope_columns, .column_count = 2, .rows = 1, .block = true};
    Grid grid;
    page_section(paper->page, _("1. Scope"));
    grid_begin(&grid, paper->page, &spec);
    put_pair(&grid, _("Round"), round->settings.round);
    put_pair(&grid, _("Dates"), report->dates);
    put_pair(&grid, _("Needs"),
             report_printf(report, "%zu, of %zu beneficiaries; %s asked for", round->need_count,
                           totals->beneficiaries.count, report_money(report, all->asked)));
    put_pair(&grid, _("Offers"),
             report_printf(report, "%zu, of %zu donors; planned on: %s or firmer",
                           round->offer_count, totals->donor_count,
                           _(basis_text(round->settings.plan_on))));
    put_plan(paper, &grid);
    put_pair(&grid, _("Parties are told"), release_words(round->settings.release));
    grid_end(&grid, 0);
}

/* ---- offers ---------------------------------------------------------------------------------- */

enum { OFFER_EARLIER = 2, OFFER_OPEN, OFFER_COLUMNS = 10 };

static const GridColumn offer_columns[OFFER_COLUMNS] = {
    {N_("Donor"), LABEL_WIDTH, LOOK_WRAP, false, false},
    {N_("Offers"), WORDS_WIDTH, LOOK_WRAP, false, false},
    {N_("Cash committed in earlier rounds"), FIGURE_WIDTH, LOOK_RIGHT, true, true},
    {N_("Cash offered"), FIGURE_WIDTH, LOOK_RIGHT, true, true},
    {N_("Cash given"), FIGURE_WIDTH, LOOK_RIGHT, true, true},
    {N_("Kept by channels"), FIGURE_WIDTH, LOOK_RIGHT, true, true},
    {N_("Cash left"), FIGURE_WIDTH, LOOK_RIGHT, true, true},
    {N_("In kind given"), FIGURE_WIDTH, LOOK_RIGHT, true, true},
    {N_("Lines"), FIGURE_WIDTH, LOOK_RIGHT, false, true},
    {N_("Needs served"), FIGURE_WIDTH, LOOK_RIGHT, false, false},
};

/** The ids of a donor's offers: "O-1, O-2". */
static const char *offer_ids(Paper *paper, const char *donor)
{
    const Round *round = paper->report->round;
    const char *text = "";
    for (size_t o = 0; o < round->offer_count; o++)
        if (strcmp(round->offers[o].donor, donor) == 0)
            text = report_printf(paper->report, "%s%s%s", text, *text == '\0' ? "" : ", ",
                                 round->offers[o].id);
    return text;
}

static void put_offers(Paper *paper)
{
    const Totals *totals = &paper->report->totals;
    Unit currency = paper->report->round->currency;
    bool earlier = round_has_earlier(paper->report->round);
    GridColumn *columns = report_alloc(paper->report, OFFER_COLUMNS, sizeof *columns);
    if (columns == NULL)
        return;
    memcpy(columns, offer_columns, sizeof offer_columns);
    if (earlier)
        columns[OFFER_OPEN].heading = N_("Cash open to this round");
    GridSpec spec = {.name = "Offered",
                     .columns = columns,
                     .column_count = OFFER_COLUMNS,
                     .without = grid_without(earlier, OFFER_EARLIER),
                     .rows = totals->donor_count,
                     .block = true};
    Grid grid;
    enum { MONEY_COLUMNS = 6 };
    page_section(paper->page, _("2. Offers"));
    grid_begin(&grid, paper->page, &spec);
    for (size_t d = 0; d < totals->donor_count; d++) {
        const DonorTotals *donor = &totals->donors[d];
        const int64_t money[MONEY_COLUMNS] = {donor->cash_earlier, donor->cash_offered,
                                              donor->cash.value,   donor->cash_kept,
                                              donor->cash_left,    donor->in_kind.value};
        grid_row(&grid);
        grid_text(&grid, 0, explain_donor_name(&paper->explain, donor->id));
        grid_text(&grid, 1, offer_ids(paper, donor->id));
        for (int c = 0; c < MONEY_COLUMNS; c++)
            grid_amount_or_dash(&grid, c + OFFER_EARLIER, currency, money[c]);
        grid_count(&grid, OFFER_EARLIER + MONEY_COLUMNS, donor->cash.lines + donor->in_kind.lines);
        grid_count(&grid, OFFER_EARLIER + MONEY_COLUMNS + 1, donor->needs);
    }
    grid_end(&grid, 0);
    grid_sum_below(&grid, _("Total"));
}

/* ---- proposal -------------------------------------------------------------------------------- */

enum { TIER_HELD = 3, TIER_COLUMNS = 7 };

static const GridColumn tier_columns[TIER_COLUMNS] = {
    {N_("Tier"), LABEL_WIDTH, LOOK_BODY, false, false},
    {N_("Needs"), WORDS_WIDTH, LOOK_WRAP, false, false},
    {N_("Asked for"), FIGURE_WIDTH, LOOK_RIGHT, true, true},
    [TIER_HELD] = {N_("Committed in earlier rounds"), FIGURE_WIDTH, LOOK_RIGHT, true, true},
    {N_("Covered elsewhere"), FIGURE_WIDTH, LOOK_RIGHT, true, true},
    {N_("Proposed"), FIGURE_WIDTH, LOOK_RIGHT, true, true},
    {N_("Unmet"), FIGURE_WIDTH, LOOK_RIGHT, true, true},
};

static void put_tier(Paper *paper, Grid *grid, const GroupTotals *tier)
{
    const int64_t money[] = {tier->asked, tier->held, tier->covered - tier->held, tier->assigned,
                             tier->unmet};
    grid_row(grid);
    grid_text(grid, 0, report_printf(paper->report, "Tier %d", tier->tier));
    grid_text(grid, 1,
              report_printf(paper->report, "%zu, of which %zu in full and %zu in part", tier->needs,
                            tier->in_state[NEED_MET], tier->in_state[NEED_PARTLY]));
    for (int c = 0; c < TIER_COLUMNS - 2; c++)
        grid_amount_or_dash(grid, c + 2, paper->report->round->currency, money[c]);
}

/** What comes before the tiers, and where to read what that took. */
static void put_urgent(Paper *paper)
{
    const Report *report = paper->report;
    const Round *round = report->round;
    if (!round->has_urgent)
        return;
    const char *need = round->needs[round->urgent].id;
    const char *aside = report->plan->needs[round->urgent].aside;
    page_note(paper->page,
              report_printf(paper->report,
                            report->urgent != NULL
                                ? _("%s is urgent and served before all tiers; the lines that "
                                    "moved for it, and what they lost, stand on the sheet Urgent.")
                                : _("%s is urgent and served before all tiers; which lines moved "
                                    "for it was not looked into."),
                            need));
    if (aside != NULL)
        page_note(paper->page, aside);
}

static void put_proposal(Paper *paper)
{
    const GroupList *tiers = &paper->report->totals.tiers;
    GridSpec spec = {.name = "Proposed",
                     .columns = tier_columns,
                     .column_count = TIER_COLUMNS,
                     .without = grid_without(paper->report->totals.all.held > 0, TIER_HELD),
                     .rows = tiers->count,
                     .block = true};
    Grid grid;
    page_section(paper->page, _("3. Proposal"));
    grid_begin(&grid, paper->page, &spec);
    for (size_t t = 0; t < tiers->count; t++)
        put_tier(paper, &grid, &tiers->groups[t]);
    grid_end(&grid, 0);
    grid_sum_below(&grid, _("Total"));
    paper->page->next_row++;
    page_note(paper->page,
              report_printf(paper->report,
                            "The group is asked to agree to %zu lines, which stand on the sheet "
                            "Assignments. Needs without a money value are in no sum.",
                            paper->report->plan->assignment_count));
    put_urgent(paper);
    if (paper->report->totals.all.held > 0)
        page_note(paper->page,
                  _("What earlier rounds committed is taken from the ledger, which the annex adds "
                    "up, and counts here at the costs of this round; nothing of it is decided "
                    "again."));
}

/* ---- exclusions ------------------------------------------------------------------------------ */

static const GridColumn reason_columns[] = {
    {N_("Why not, or not in full"), LABEL_WIDTH, LOOK_BODY, false, false},
    {N_("What that means"), WORDS_WIDTH, LOOK_WRAP, false, false},
    {N_("Needs"), FIGURE_WIDTH, LOOK_RIGHT, false, true},
    {N_("Unmet"), FIGURE_WIDTH, LOOK_RIGHT, true, true},
    {N_("Frees at most"), FIGURE_WIDTH, LOOK_RIGHT, true, false},
};

/** What each reason keeps from being met, on the paper or on a sheet of its own. */
static void put_reasons(Paper *paper, Page *page, bool on_paper)
{
    const Report *report = paper->report;
    GridSpec spec = {.name = on_paper ? "Excluded" : "Causes",
                     .columns = reason_columns,
                     .column_count = sizeof reason_columns / sizeof *reason_columns,
                     .rows = 1,
                     .block = on_paper};
    Grid grid;
    grid_begin(&grid, page, &spec);
    for (Reason reason = REASON_NOT_READY; reason <= REASON_UNPROVEN; reason++) {
        size_t needs = 0;
        int64_t unmet = 0;
        for (size_t n = 0; n < report->round->need_count; n++) {
            if (report->plan->needs[n].reason != reason || !pack_is_excluded(report, n))
                continue;
            needs++;
            unmet += report->plan->needs[n].value_unmet;
        }
        if (needs == 0)
            continue;
        grid_row(&grid);
        grid_text(&grid, 0, reason_text(reason));
        grid_text(&grid, 1, explain_reason_sentence(reason));
        grid_count(&grid, 2, needs);
        grid_amount_or_dash(&grid, 3, report->round->currency, unmet);
        int64_t freed = grounds_most_freed(report->round, &report->grounds, reason);
        if (freed > 0)
            grid_amount(&grid, 4, report->round->currency, freed);
    }
    grid_end(&grid, 0);
    if (grid.rows > 0 && on_paper)
        grid_sum_below(&grid, _("Total"));
}

static void put_exclusion_notes(Report *report, Page *page)
{
    page_note(page, report_left_over(report));
    page_note(page,
              _("'Frees at most': what lifting one thing of the kind alone gives to one need; the "
                "rest that needs lack is lacking for other reasons, too."));
}

static void put_exclusions(Paper *paper)
{
    page_section(paper->page, _("4. Exclusions, and why"));
    put_reasons(paper, paper->page, true);
    paper->page->next_row++;
    put_exclusion_notes(paper->report, paper->page);
    page_note(paper->page, _("Need by need: the sheet Reasons."));
}

/* ---- alternatives ---------------------------------------------------------------------------- */

/** "N-4 and not N-5, N-6": what was chosen where needs stand for each other. */
static void put_mark(Paper *paper, const NeedMark *mark)
{
    const Report *report = paper->report;
    const char *chosen = _("none of them"), *others = "";
    for (int i = 0; i < mark->count; i++) {
        int need = mark->members[i];
        const char *id = report->round->needs[need].id;
        if (report->plan->needs[need].assigned > 0 || mark->chosen == need)
            chosen = id;
        else
            others =
                report_printf(paper->report, "%s%s%s", others, *others == '\0' ? "" : ", ", id);
    }
    page_note(paper->page,
              report_printf(paper->report, "Of the alternatives %s: %s; not served: %s.",
                            mark->mark, chosen, *others == '\0' ? _("none") : others));
}

static void put_free_lines(Paper *paper)
{
    const Plan *plan = paper->report->plan;
    size_t free_lines = 0;
    if (plan->answers.ranges == NULL) {
        page_note(paper->page, _("Which lines others could carry at no loss was not looked into."));
        return;
    }
    for (size_t i = 0; i < plan->assignment_count; i++)
        free_lines += plan->answers.ranges->lines[i].least < plan->assignments[i].quantity;
    page_note(
        paper->page,
        report_printf(paper->report,
                      "%zu of %zu lines could be less, or another's, in a plan that is as good "
                      "in every stage; the sheet Forced or free says which, and whose.",
                      free_lines, plan->assignment_count));
}

static void put_alternatives(Paper *paper)
{
    const Logic *logic = &paper->report->round->logic;
    page_section(paper->page, _("5. Alternatives"));
    for (size_t m = 0; m < logic->alternative_count; m++)
        put_mark(paper, &logic->alternatives[m]);
    put_free_lines(paper);
}

/* ---- statistics, signatures ------------------------------------------------------------------ */

static void put_statistics(Paper *paper)
{
    page_section(paper->page, _("6. Statistics"));
    page_note(paper->page, _("Coverage by tier and category, the gap and the use of each donor's "
                             "cash as pictures: the sheet Charts. Which donor gives which share of "
                             "each need: the sheet Map. By region, beneficiary and kind: the sheet "
                             "Summary. Who gives to whom, in sums: the sheet Matrix."));
}

static const GridColumn signature_columns[] = {
    {N_("For"), LABEL_WIDTH, LOOK_WRAP, false, false},
    {N_("Name and function"), WORDS_WIDTH, LOOK_BODY, false, false},
    {N_("Date"), FIGURE_WIDTH, LOOK_BODY, false, false},
    {N_("Signature"), 2 * FIGURE_WIDTH, LOOK_BODY, false, false},
};

static void put_signature(Paper *paper, Grid *grid, const char *party)
{
    grid_row(grid);
    grid_text(grid, 0, party);
    put_row_height(paper->page, grid->head_row + (uint32_t)grid->rows, SIGNATURE_POINTS);
}

static void put_signatures(Paper *paper)
{
    const Totals *totals = &paper->report->totals;
    GridSpec spec = {.name = "Signatures",
                     .columns = signature_columns,
                     .column_count = sizeof signature_columns / sizeof *signature_columns,
                     .rows = totals->donor_count + 1,
                     .block = true};
    Grid grid;
    page_section(paper->page, _("8. Signatures"));
    grid_begin(&grid, paper->page, &spec);
    put_signature(paper, &grid, _("The chair"));
    for (size_t d = 0; d < totals->donor_count; d++)
        if (totals->donors[d].needs > 0)
            put_signature(paper, &grid, explain_donor_name(&paper->explain, totals->donors[d].id));
    grid_end(&grid, 0);
}

/* ---- the workbook ---------------------------------------------------------------------------- */

static void build_paper(Paper *paper)
{
    page_head(paper->page, _("Decision paper"));
    page_note(paper->page, _("A proposal for the coordination group, made by a program from the "
                             "needs and offers of the round; nothing is decided by it."));
    page_note(paper->page, _("Each table of this paper stands on a sheet of its own, too: Donors, "
                             "Totals, Causes, and with a ledger Annex."));
    put_scope(paper);
    put_offers(paper);
    put_proposal(paper);
    put_exclusions(paper);
    put_alternatives(paper);
    put_statistics(paper);
    pack_annex(paper->report, paper->page);
    put_signatures(paper);
    page_break_blocks(paper->page);
}

static void build_causes(Paper *paper, Page *page)
{
    page_head(page, _("Why not, or not in full"));
    put_exclusion_notes(paper->report, page);
    page_note(page, _("Need by need: the sheet Reasons."));
    put_reasons(paper, page, false);
}

Status pack_coordination_build(const PackParty *party, Report **report)
{
    /* the sheet Bridge holds the notes of ledger lines, which are the planners' own */
    static const PageId behind[] = {PAGE_CHARTS,   PAGE_MAP,         PAGE_SUMMARY,
                                    PAGE_TOTALS,   PAGE_ASSIGNMENTS, PAGE_NEEDS,
                                    PAGE_OFFERS,   PAGE_DONORS,      PAGE_MATRIX,
                                    PAGE_RANGES,   PAGE_CHART_DATA,  PAGE_METHOD,
                                    PAGE_SETTINGS, PAGE_RATES,       PAGE_INPUTS,
                                    PAGE_CLIFF,    PAGE_CUMULATIVE,  PAGE_CUMULATIVE_DONORS,
                                    PAGE_LAPSING};
    enum { OWN = 4, BEHIND = sizeof behind / sizeof *behind };
    const Release *release = party->release;
    Page *pages = ARENA_NEW(party->arena, OWN + BEHIND + 1, Page);
    Plan *shown = ARENA_NEW(party->arena, 1, Plan);
    Report *built;
    TRY_NEW(pages);
    TRY_NEW(shown);
    /* Prices, Appeal and Problems, whose findings quote cells, are the planners' own sheets: none of
     * these speaks of them */
    *shown = release->plan;
    shown->answers.prices = NULL;
    shown->answers.asks = NULL;
    TRY(report_build(&release->round, shown, party->info, NULL, party->arena, &built));
    built->marking = _("For the coordination group");
    Paper paper = {.party = party,
                   .report = built,
                   .page = &pages[0],
                   .explain = {.round = &release->round,
                               .plan = &release->plan,
                               .totals = built->totals,
                               .prose = {.arena = party->arena}}};
    pages[0] = (Page){.report = built, .name = _("Decision")};
    pages[1] = (Page){.report = built, .name = _("Reasons")};
    pages[2] = (Page){.report = built, .name = _("Causes")};
    pages[3] = (Page){.report = built, .name = _("Annex")};
    build_paper(&paper);
    pack_exclusions(&paper.explain, built, &pages[1]);
    build_causes(&paper, &pages[2]);
    pack_annex_sheet(built, &pages[3]);
    size_t count = OWN - (pages[3].next_row == 0);
    for (size_t p = 0; p < BEHIND; p++)
        if (built->pages[behind[p]].next_row > 0)
            pages[count++] = built->pages[behind[p]];
    if (built->urgent != NULL)
        pages[count++] = *built->urgent;
    built->sheets = pages;
    built->sheet_count = count;
    if (built->no_memory || paper.explain.prose.failed)
        return STATUS_NO_MEMORY;
    *report = built;
    return STATUS_OK;
}
