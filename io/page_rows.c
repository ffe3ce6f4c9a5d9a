/* The rows of lists: made once when the report is built, for sums, widths and forms, and again by
 * everybody who wants to see them. Texts that a row makes lie in an arena that is emptied on the
 * way.
 */
#include "io/page_rows.h"

enum { ROWS_BETWEEN = 1024 /* two times that texts are forgotten */ };

struct PageRows {
    Report report; /* a copy, so that making rows changes nothing that others see */
    Grid grid;
    Arena *texts;
};

static void note_row(Grid *grid)
{
    _Static_assert(FORM_COUNT <= 32, "a bit for each form");
    double points = grid_row_points(grid);
    for (int c = 0; c < grid->width; c++)
        grid->forms[grid->cells[c].look] |= UINT32_C(1) << grid->cells[c].form;
    if (points > 0)
        grid->more_points += points - PAGE_ROW_POINTS;
}

void grid_list(Grid *grid)
{
    Page *page = grid->page;
    Report *report = page->report;
    Arena *kept = report->arena, *texts = arena_new();
    if (texts == NULL)
        report->no_memory = true;
    page->list = grid;
    page->list_at = page->cell_count;
    for (size_t i = 0; i < grid->spec.rows && !report->no_memory; i++) {
        report->arena = texts;
        grid->spec.make(report, grid, i);
        report->arena = kept;
        if (!report->no_memory)
            note_row(grid);
        if (i % ROWS_BETWEEN == ROWS_BETWEEN - 1)
            arena_reset(texts);
    }
    arena_free(texts);
}

PageRows *page_rows_open(const Page *page, Arena *arena)
{
    PageRows *rows = ARENA_NEW(arena, 1, PageRows);
    size_t columns = page->list->spec.column_count;
    if (rows == NULL)
        return NULL;
    rows->report = *page->report;
    rows->grid = *page->list;
    rows->grid.page = &rows->report.pages[page->list->page - page->report->pages];
    rows->grid.page->report = &rows->report;
    rows->grid.cells = ARENA_NEW(arena, (size_t)page->list->width, PageCell);
    rows->grid.sums = ARENA_NEW(arena, columns, Int128);
    rows->grid.sum_places = ARENA_NEW(arena, columns, int);
    if (rows->grid.cells == NULL || rows->grid.sums == NULL || rows->grid.sum_places == NULL)
        return NULL;
    rows->texts = rows->report.arena = arena_new();
    return rows->texts != NULL ? rows : NULL;
}

void page_rows_close(PageRows *rows)
{
    if (rows != NULL)
        arena_free(rows->texts);
}

const PageCell *page_rows_make(PageRows *rows, size_t index)
{
    if (index % ROWS_BETWEEN == 0)
        arena_reset(rows->texts);
    rows->grid.rows = index;
    rows->grid.spec.make(&rows->report, &rows->grid, index);
    return rows->grid.cells;
}

double page_rows_points(const PageRows *rows)
{
    return grid_row_points(&rows->grid);
}

bool page_rows_whole(const PageRows *rows)
{
    return !rows->report.no_memory;
}
