/* The sheet Refused: what bars offers from needs of their kind that stay unmet, one row a bar of an offer
 * with the needs that it keeps from it. refused.csv has the pairs.
 */
#include <stdlib.h>
#include <string.h>

#include "io/sheets.h"

#include "allot/language.h"

typedef enum RefusedColumn {
    REFUSED_OFFER,
    REFUSED_DONOR,
    REFUSED_PHRASE,
    REFUSED_ROW,
    REFUSED_COUNT,
    REFUSED_NEEDS,
    REFUSED_COLUMNS
} RefusedColumn;

static const GridColumn columns[REFUSED_COLUMNS] = {
    [REFUSED_OFFER] = {N_("Offer"), 9, LOOK_BODY, false, false},
    [REFUSED_DONOR] = {N_("Donor"), 9, LOOK_BODY, false, false},
    [REFUSED_PHRASE] = {N_("What bars it: the offer ..."), 36, LOOK_WRAP, false, false},
    [REFUSED_ROW] = {N_("Imposed by"), 34, LOOK_WRAP, false, false},
    [REFUSED_COUNT] = {N_("Needs"), 7, LOOK_CENTER, false, false},
    [REFUSED_NEEDS] = {N_("Unmet needs that it may not serve"), 90, LOOK_WRAP, false, false},
};

/* Needs that a row names; refused.csv has them all. */
enum { NEEDS_NAMED = 60 };

/** By the thing that bars, then by offer, row and need: rows last, as shuffled tables give one order. */
static int compare_pairs(const void *left, const void *right)
{
    const GroundPair *a = *(const GroundPair *const *)left, *b = *(const GroundPair *const *)right;
    if (a->bar.origin.table != b->bar.origin.table)
        return a->bar.origin.table < b->bar.origin.table ? -1 : 1;
    int order = strcmp(a->bar.id, b->bar.id);
    if (order == 0 && a->bar.check != b->bar.check)
        order = a->bar.check < b->bar.check ? -1 : 1;
    if (order == 0)
        order = strcmp(a->bar.column, b->bar.column);
    if (order != 0)
        return order;
    if (a->offer != b->offer)
        return a->offer < b->offer ? -1 : 1;
    if (a->bar.origin.line != b->bar.origin.line)
        return a->bar.origin.line < b->bar.origin.line ? -1 : 1;
    return a->need < b->need ? -1 : a->need > b->need;
}

static bool same_bar(const GroundPair *a, const GroundPair *b)
{
    return a->offer == b->offer && a->bar.origin.table == b->bar.origin.table &&
           a->bar.origin.line == b->bar.origin.line && a->bar.check == b->bar.check &&
           strcmp(a->bar.column, b->bar.column) == 0;
}

/** The pairs that something bars, sorted; NULL without memory. */
static const GroundPair **sort_pairs(Report *report, size_t *count)
{
    const Grounds *grounds = &report->grounds;
    const GroundPair **pairs =
        report_alloc(report, grounds->pair_count, sizeof(const GroundPair *));
    *count = 0;
    if (pairs == NULL)
        return NULL;
    for (size_t p = 0; p < grounds->pair_count; p++)
        if (grounds->pairs[p].bar.check != BAR_NOTHING)
            pairs[(*count)++] = &grounds->pairs[p];
    if (*count > 1)
        qsort((void *)pairs, *count, sizeof(const GroundPair *), compare_pairs);
    return pairs;
}

/** A row for @p count pairs of the same bar. */
static void put_bar(Report *report, Grid *grid, const GroundPair *const *pairs, size_t count)
{
    const Round *round = report->round;
    const Bar *bar = &pairs[0]->bar;
    GroundCause imposer = {.table = dictionary_table(bar->origin.table)->name,
                           .line = bar->origin.line,
                           .id = bar->id,
                           .column = bar->column,
                           .part = ""};
    const char *needs = "";
    for (size_t i = 0; i < count && i < NEEDS_NAMED; i++)
        needs = report_printf(report, "%s%s%s", needs, i == 0 ? "" : ", ",
                              round->needs[pairs[i]->need].id);
    if (count > NEEDS_NAMED)
        needs = report_printf(report, "%s and %zu more", needs, count - NEEDS_NAMED);
    grid_row(grid);
    grid_text(grid, REFUSED_OFFER, round->offers[pairs[0]->offer].id);
    grid_text(grid, REFUSED_DONOR, round->offers[pairs[0]->offer].donor);
    grid_text(grid, REFUSED_PHRASE, bar_text(bar->check));
    grid_text(grid, REFUSED_ROW, report_cause_row(report, &imposer));
    grid_count(grid, REFUSED_COUNT, count);
    grid_text(grid, REFUSED_NEEDS, needs);
}

void sheet_refused_build(Report *report)
{
    Page *page = &report->pages[PAGE_REFUSED];
    size_t count, rows = 0, end;
    Grid grid;
    const GroundPair **pairs = sort_pairs(report, &count);
    page_head(page, _("Refused"));
    page_note(page, _("What keeps offers from unmet needs of their kind: one row an offer and the "
                      "row of the input that bars it (the first of the checks that does), with the "
                      "needs that it may not serve."));
    if (report->grounds.too_many)
        page_note(page, _("There are too many to list: allot explain tells of one need or offer."));
    if (pairs == NULL)
        return;
    for (size_t i = 0; i < count; i++)
        rows += i == 0 || !same_bar(pairs[i - 1], pairs[i]);
    GridSpec spec = {
        .name = "Refused", .columns = columns, .column_count = REFUSED_COLUMNS, .rows = rows};
    grid_begin(&grid, page, &spec);
    for (size_t i = 0; i < count; i = end) {
        for (end = i + 1; end < count && same_bar(pairs[i], pairs[end]); end++)
            continue;
        put_bar(report, &grid, pairs + i, end - i);
    }
    grid_end(&grid, 1);
}
