/* The Map sheet: needs down, donors across, and in each cell the share of the need that the donor gives,
 * with what earlier rounds committed and what is covered elsewhere before it and what is unmet behind. Shares are of the need's own
 * quantity, so that money and things stand in one map and every row comes to all of its need. The
 * larger a share, the darker its cell, on paper without colours too.
 */
#include <stdlib.h>
#include <string.h>

#include "io/sheets.h"

#include "allot/language.h"

enum {
    ROWS_MOST = 300, /* needs that a person may still look through as a map */
    DONORS_MOST = 40 /* columns for donors; more are no map */
};

typedef enum MapColumn {
    MAP_NEED,
    MAP_TITLE,
    MAP_TIER,
    MAP_HELD, /* only where a ledger holds something */
    MAP_COVERED,
    MAP_DONORS
} MapColumn;

typedef struct Map {
    Report *report;
    int *needs;    /* [need_count] to show, by tier */
    int *columns;  /* [donor] of the donors in the totals */
    size_t *lines; /* [need] first line of a need in the plan; [need + 1] the one behind its last */
    size_t need_count, all_needs;
    size_t donor_count, all_donors;
    int others, unmet; /* columns: of the donors that have none, and of what nobody gives */
} Map;

/* ---- what is shown -------------------------------------------------------------------------- */

/* A need of which shares can be said, with something to show. */
static bool is_mapped(const Report *report, size_t need)
{
    const Need *asked = &report->round->needs[need];
    return asked->quantity_known && asked->quantity > 0 &&
           report->totals.needs[need].state != NEED_NOT_CHOSEN &&
           (report->plan->needs[need].assigned > 0 || report->plan->needs[need].unmet > 0);
}

/* By tier; within a tier as in the round. */
static void choose_needs(Map *map)
{
    const Round *round = map->report->round;
    int last = 0;
    for (size_t n = 0; n < round->need_count; n++)
        last = round->needs[n].tier > last ? round->needs[n].tier : last;
    for (int tier = 0; tier <= last && map->need_count < ROWS_MOST; tier++)
        for (size_t n = 0; n < round->need_count && map->need_count < ROWS_MOST; n++)
            if (round->needs[n].tier == tier && is_mapped(map->report, n))
                map->needs[map->need_count++] = (int)n;
    for (size_t n = 0; n < round->need_count; n++)
        map->all_needs += is_mapped(map->report, n);
}

/* Donors that give something, in the order of their ids. */
static void choose_donors(Map *map)
{
    const Totals *totals = &map->report->totals;
    for (size_t d = 0; d < totals->donor_count; d++) {
        bool gives = totals->donors[d].cash.lines + totals->donors[d].in_kind.lines > 0;
        map->all_donors += gives;
        if (gives && map->donor_count < DONORS_MOST)
            map->columns[d] = MAP_DONORS + (int)map->donor_count++;
    }
    map->others = MAP_DONORS + (int)map->donor_count;
    map->unmet = map->others + 1;
    for (size_t d = 0; d < totals->donor_count; d++)
        if (map->columns[d] == 0)
            map->columns[d] = map->others;
}

/* The plan's lines stand by need. */
static void find_lines(Map *map)
{
    const Plan *plan = map->report->plan;
    size_t line = 0;
    for (size_t n = 0; n < map->report->round->need_count; n++) {
        map->lines[n] = line;
        while (line < plan->assignment_count && plan->assignments[line].need == (int)n)
            line++;
    }
    map->lines[map->report->round->need_count] = line;
}

static bool choose(Map *map)
{
    Report *report = map->report;
    size_t needs = report->round->need_count;
    map->needs = report_alloc(report, ROWS_MOST, sizeof *map->needs);
    map->columns = report_alloc(report, report->totals.donor_count, sizeof *map->columns);
    map->lines = report_alloc(report, needs + 1, sizeof *map->lines);
    if (report->no_memory)
        return false;
    choose_needs(map);
    choose_donors(map);
    find_lines(map);
    return true;
}

/* ---- the sheet ------------------------------------------------------------------------------ */

static GridColumn *map_columns(const Map *map)
{
    const Totals *totals = &map->report->totals;
    GridColumn *columns = report_alloc(map->report, (size_t)map->unmet + 1, sizeof *columns);
    if (columns == NULL)
        return NULL;
    columns[MAP_NEED] = (GridColumn){_("Need"), 9, LOOK_BODY, false, false};
    columns[MAP_TITLE] = (GridColumn){_("Title"), 36, LOOK_WRAP, false, false};
    columns[MAP_TIER] = (GridColumn){_("Tier"), 5, LOOK_CENTER, false, false};
    columns[MAP_HELD] =
        (GridColumn){_("Committed in earlier rounds"), 12, LOOK_RIGHT, false, false};
    columns[MAP_COVERED] = (GridColumn){_("Covered elsewhere"), 10, LOOK_RIGHT, false, false};
    for (size_t d = 0; d < totals->donor_count; d++)
        if (map->columns[d] < map->others)
            columns[map->columns[d]] =
                (GridColumn){totals->donors[d].id, 7, LOOK_RIGHT, false, false};
    columns[map->others] = (GridColumn){_("Others"), 7, LOOK_RIGHT, false, false};
    columns[map->unmet] = (GridColumn){_("Unmet"), 8, LOOK_RIGHT, false, false};
    return columns;
}

static void put_need(const Map *map, Grid *grid, int index)
{
    Report *report = map->report;
    const Need *need = &report->round->needs[index];
    const NeedResult *result = &report->plan->needs[index];
    int64_t given[DONORS_MOST + 1] = {0}; /* the last: by all others */
    int64_t covered = need->covered < need->quantity ? need->covered : need->quantity;
    int64_t held = need->held < covered ? need->held : covered;
    for (size_t i = map->lines[index]; i < map->lines[index + 1]; i++) {
        const Assignment *line = &report->plan->assignments[i];
        size_t donor = totals_donor(&report->totals, report->round, line->offer);
        given[map->columns[donor] - MAP_DONORS] += line->quantity;
    }
    grid_row(grid);
    grid_text(grid, MAP_NEED, need->id);
    grid_text(grid, MAP_TITLE, report_need_title(report, need));
    grid_number(grid, MAP_TIER, need->tier, FORM_PLACES);
    if (held > 0)
        grid_share(grid, MAP_HELD, held, need->quantity);
    if (covered > held)
        grid_share(grid, MAP_COVERED, covered - held, need->quantity);
    for (size_t d = 0; d <= map->donor_count; d++)
        if (given[d] > 0)
            grid_share(grid, MAP_DONORS + (int)d, given[d], need->quantity);
    if (result->unmet > 0)
        grid_share(grid, map->unmet, result->unmet, need->quantity);
}

static void put_notes(const Map *map)
{
    Report *report = map->report;
    Page *page = &report->pages[PAGE_MAP];
    page_note(page,
              _("Each cell is the share of the need that the donor gives: of its quantity, in its "
                "own unit; a row comes to all of it. Amounts stand on the sheet Assignments."));
    if (map->need_count < map->all_needs)
        page_note(page, report_printf(report, "The first %zu of %zu needs, by tier.",
                                      map->need_count, map->all_needs));
    if (map->donor_count < map->all_donors)
        page_note(page,
                  report_printf(report, "%zu of %zu donors have a column; the rest are Others.",
                                map->donor_count, map->all_donors));
}

void sheet_map_build(Report *report)
{
    Page *page = &report->pages[PAGE_MAP];
    Map map = {.report = report};
    if (!choose(&map))
        return;
    page_head(page, _("Map: which donor gives to which need"));
    put_notes(&map);
    GridSpec spec = {.name = "Map",
                     .columns = map_columns(&map),
                     .column_count = (size_t)map.unmet + 1,
                     .without = grid_without(map.donor_count < map.all_donors, map.others) |
                                grid_without(report->totals.needs_held > 0, MAP_HELD),
                     .rows = map.need_count,
                     .given = true};
    if (report->no_memory)
        return;
    Grid grid;
    grid_begin(&grid, page, &spec);
    for (size_t i = 0; i < map.need_count; i++)
        put_need(&map, &grid, map.needs[i]);
    grid_end(&grid, 2);
    if (report->no_memory || grid.rows == 0 || map.donor_count == 0)
        return;
    uint16_t first = (uint16_t)grid.place[MAP_DONORS];
    put_heat(page, (Area){.first_row = grid.head_row + 1,
                          .last_row = grid.head_row + (uint32_t)grid.rows,
                          .first_column = first,
                          .last_column = (uint16_t)(first + map.donor_count - 1)});
}
