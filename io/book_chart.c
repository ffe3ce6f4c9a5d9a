/* Charts of the workbook: horizontal bars in three inks. libxlsxwriter keeps a copy of the charted
 * figures in the file for readers that do not calculate, but takes 0 for every formula; the copy is
 * filled here from the report, which knows each formula's value.
 */
#include "io/book_internal.h"

#include <stdlib.h>
#include <string.h>

enum {
    CHART_WIDTH = 480, /* libxlsxwriter's own size, which scales refer to */
    CHART_HEIGHT = 288,
    RANGE_SIZE = 96
};

static const double PIXELS_PER_POINT = 4.0 / 3;

/* "=Summary!$A$30:$A$33" into OUT. */
static void range_text(const Page *page, Area area, char out[RANGE_SIZE])
{
    char first[4], last[4];
    column_letters(area.first_column, first);
    column_letters(area.last_column, last);
    (void)snprintf(out, RANGE_SIZE, "=%s!$%s$%u:$%s$%u", page->name, first,
                   (unsigned)area.first_row + 1, last, (unsigned)area.last_row + 1);
}

static const PageCell *cell_at(const Page *page, uint32_t row, uint16_t column)
{
    for (size_t i = 0; i < page->cell_count; i++)
        if (page->cells[i].row == row && page->cells[i].column == column)
            return &page->cells[i];
    return NULL;
}

/* Gives a series its figures. The points belong to the range, which frees them with the book. */
static void cache_values(Book *book, lxw_series_range *range, const Page *page, Area area)
{
    for (uint32_t row = area.first_row; row <= area.last_row; row++) {
        const PageCell *cell = cell_at(page, row, area.first_column);
        bool is_number = cell != NULL && (cell->kind == PAGE_NUMBER || cell->kind == PAGE_FORMULA);
        lxw_series_data_point *point = calloc(1, sizeof *point);
        if (point == NULL) {
            book_check(book, LXW_ERROR_MEMORY_MALLOC_FAILED);
            return;
        }
        point->number = is_number ? cell->number : 0;
        point->no_data = !is_number;
        STAILQ_INSERT_TAIL(range->data_cache, point, list_pointers);
        range->num_data_points++;
    }
    range->ignore_cache = LXW_TRUE;
}

static void set_ink(lxw_chart_series *series, Ink ink)
{
    static const struct {
        lxw_color_t fill, line;
    } inks[] = {[INK_DARK] = {0x1F4E79, 0x1F4E79},
                [INK_MIDDLE] = {0x9DB7D1, 0x1F4E79},
                [INK_OPEN] = {0xFFFFFF, 0x7F7F7F}};
    lxw_chart_line line = {.color = inks[ink].line, .width = 0.75};
    chart_series_set_line(series, &line);
    if (ink == INK_OPEN) {
        lxw_chart_pattern pattern = {.fg_color = 0xA6A6A6,
                                     .bg_color = 0xFFFFFF,
                                     .type = LXW_CHART_PATTERN_WIDE_UPWARD_DIAGONAL};
        chart_series_set_pattern(series, &pattern);
    } else {
        lxw_chart_fill fill = {.color = inks[ink].fill};
        chart_series_set_fill(series, &fill);
    }
}

static void add_series(Book *book, lxw_chart *chart, const Page *page, const Chart *model,
                       const ChartSeries *from)
{
    char categories[RANGE_SIZE], values[RANGE_SIZE];
    range_text(page, model->categories, categories);
    range_text(page, from->values, values);
    lxw_chart_series *series = chart_add_series(chart, categories, values);
    if (series == NULL) {
        book_check(book, LXW_ERROR_MEMORY_MALLOC_FAILED);
        return;
    }
    chart_series_set_name(series, from->name);
    set_ink(series, from->ink);
    cache_values(book, series->values, page, from->values);
}

static void dress(lxw_chart *chart, const Chart *model, const char *title)
{
    char name[] = "Calibri";
    lxw_chart_font title_font = {.name = name, .size = 12, .bold = LXW_TRUE, .color = 0x1F4E79};
    lxw_chart_font font = {.name = name, .size = 9, .color = 0x262626};
    lxw_chart_line grid = {.color = 0xD9D9D9, .width = 0.5};
    lxw_chart_line none = {.none = LXW_TRUE};
    chart_title_set_name(chart, title);
    chart_title_set_name_font(chart, &title_font);
    chart_legend_set_position(chart, LXW_CHART_LEGEND_BOTTOM);
    chart_legend_set_font(chart, &font);
    chart_axis_set_num_font(chart->x_axis, &font);
    chart_axis_set_num_font(chart->y_axis, &font);
    lxw_chart_axis *categories = chart->y_axis, *figures = chart->x_axis; /* as bars lie */
    chart_axis_set_interval_unit(categories, 1);                          /* every name, */
    chart_axis_set_reverse(categories);                                   /* the first on top, */
    chart_axis_set_label_position(figures, LXW_CHART_AXIS_LABEL_POSITION_HIGH); /* figures below */
    chart_axis_major_gridlines_set_visible(categories, LXW_FALSE);
    chart_axis_major_gridlines_set_visible(figures, LXW_TRUE);
    chart_axis_major_gridlines_set_line(figures, &grid);
    chart_axis_set_num_format(figures, model->shares ? "0%" : "#,##0");
    chart_axis_set_min(figures, 0);
    if (model->shares)
        chart_axis_set_max(figures, 1);
    chart_chartarea_set_line(chart, &none);
    chart_set_series_gap(chart, 45);
}

static void write_chart(Book *book, lxw_worksheet *sheet, const Page *page, const Chart *model)
{
    lxw_chart *chart = workbook_add_chart(book->workbook, LXW_CHART_BAR_STACKED);
    if (chart == NULL) {
        book_check(book, LXW_ERROR_MEMORY_MALLOC_FAILED);
        return;
    }
    for (size_t s = 0; s < model->series_count; s++)
        add_series(book, chart, page, model, &model->series[s]);
    dress(chart, model, book_text(book, model->title));
    double width = 0, height = 0;
    for (int c = model->place.first_column; c <= model->place.last_column; c++)
        width += page_column_pixels(page, c);
    for (uint32_t r = model->place.first_row; r <= model->place.last_row; r++)
        height += page_row_points(page, r) * PIXELS_PER_POINT;
    const char *description = book_text(book, model->description);
    char *text = arena_text(book->scratch, description, strlen(description));
    lxw_chart_options options = {.x_scale = width / CHART_WIDTH,
                                 .y_scale = height / CHART_HEIGHT,
                                 .object_position = LXW_OBJECT_MOVE_DONT_SIZE,
                                 .description = text};
    book_check(book, worksheet_insert_chart_opt(sheet, model->place.first_row,
                                                model->place.first_column, chart, &options));
}

void book_put_charts(Book *book, lxw_worksheet *sheet, const Page *page)
{
    for (size_t i = 0; i < page->chart_count && book->error == LXW_NO_ERROR; i++)
        write_chart(book, sheet, page, &page->charts[i]);
}
