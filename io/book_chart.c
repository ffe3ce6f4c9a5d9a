/* Charts of the workbook: bars in the inks of io/book_inks.c. libxlsxwriter keeps a copy of the charted
 * figures in the file for readers that do not calculate, but takes 0 for every formula; the copy is
 * filled here from the report, which knows each formula's value.
 */
#include "io/book_internal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "allot/amount_text.h"

enum {
    CHART_WIDTH = 480, /* libxlsxwriter's own size, which scales refer to */
    CHART_HEIGHT = 288,
    RANGE_SIZE = 96
};

static const double PIXELS_PER_POINT = 4.0 / 3;

/* A figure takes so many pixels of a bar; of a column about this part of the axis, its height. The axis is about
 * so much of the chart. */
static const double LABEL_PIXELS = 66, LABEL_COLUMN_SHARE = 0.02, AXIS_PART = 0.8;

/* Points, of charts that are printed at 70 percent. */
static const double AXIS_SIZE = 10, LABEL_SIZE = 10;

/* "='Chart data'!$A$30:$A$33" into OUT. */
static void range_text(const Page *page, Area area, char out[RANGE_SIZE])
{
    char first[4], last[4];
    column_letters(area.first_column, first);
    column_letters(area.last_column, last);
    (void)snprintf(out, RANGE_SIZE, "='%s'!$%s$%u:$%s$%u", page->name, first,
                   (unsigned)area.first_row + 1, last, (unsigned)area.last_row + 1);
}

/* Gives a series its figures. The points belong to the range, which frees them with the book. */
static void cache_values(Book *book, lxw_series_range *range, const Page *page, Area area)
{
    for (uint32_t row = area.first_row; row <= area.last_row; row++) {
        const PageCell *cell = page_cell_at(page, row, area.first_column);
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

/* The end of the longest bar: of parts one after the other, or of one of several side by side. */
static double longest_bar(const Page *page, const Chart *model)
{
    double longest = 0;
    for (uint32_t i = 0; i <= model->categories.last_row - model->categories.first_row; i++) {
        double end = 0;
        for (size_t s = 0; s < model->series_count; s++) {
            Area values = model->series[s].values;
            const PageCell *cell = page_cell_at(page, values.first_row + i, values.first_column);
            double number = cell == NULL ? 0 : cell->number;
            end = !model->columns ? end + number : number > end ? number : end;
        }
        longest = end > longest ? end : longest;
    }
    return longest;
}

static double chart_pixels(const Page *page, const Chart *model)
{
    double width = 0;
    for (int c = model->place.first_column; c <= model->place.last_column; c++)
        width += page_column_pixels(page, c);
    return width;
}

/* The smallest figure that its own bar holds. */
static double least_labelled(const Page *page, const Page *data, const Chart *model)
{
    double share = model->columns ? LABEL_COLUMN_SHARE
                                  : LABEL_PIXELS / (chart_pixels(page, model) * AXIS_PART);
    return ceil(longest_bar(data, model) * share);
}

/* Figures on white, so that they can be read on every ink; none where the bar is too short. */
static void put_labels(Book *book, lxw_chart_series *series, const Chart *model, double least)
{
    char name[] = "Calibri";
    lxw_chart_font font = {.name = name, .size = LABEL_SIZE, .color = 0x262626};
    lxw_chart_fill white = {.color = 0xFFFFFF};
    const char *format =
        model->shares ? "[<0.06]\"\";0%" : arena_printf(book->scratch, "[<%.0f]\"\";#,##0", least);
    if (format == NULL) {
        book_check(book, LXW_ERROR_MEMORY_MALLOC_FAILED);
        return;
    }
    chart_series_set_labels(series);
    chart_series_set_labels_num_format(series, format);
    chart_series_set_labels_font(series, &font);
    chart_series_set_labels_fill(series, &white);
}

static double figure_at(const Page *data, uint32_t row, const ChartSeries *series)
{
    const PageCell *cell = page_cell_at(data, row, series->values.first_column);
    return cell == NULL || cell->kind == PAGE_BLANK ? 0 : cell->number;
}

/* The figures of a bar's parts that are too short for theirs, "953,516 + 645,752"; "" without any. */
static char *short_figures(Book *book, const Page *data, const Chart *model, uint32_t row,
                           double least)
{
    char *text = arena_text(book->scratch, "", 0);
    for (size_t s = 0; s < model->series_count && text != NULL; s++) {
        double figure = figure_at(data, row, &model->series[s]);
        if (model->series[s].ink == INK_NONE || figure < 0.5 || figure >= least)
            continue;
        Unit whole = {.name = "", .places = 0};
        text = arena_printf(book->scratch, "%s%s%s", text, *text == '\0' ? "" : " + ",
                            amount_text(whole, llround(figure)).digits);
    }
    return text;
}

/* What a bar stands on is not drawn: where it is long enough, the figures of short parts stand on its end. */
static void put_labels_beside(Book *book, lxw_chart_series *series, const Page *data,
                              const Chart *model, const ChartSeries *from, double least)
{
    char name[] = "Calibri";
    lxw_chart_font font = {.name = name, .size = LABEL_SIZE, .color = 0x262626};
    uint32_t first = from->values.first_row, count = from->values.last_row - first + 1;
    lxw_chart_data_label *labels = ARENA_NEW(book->scratch, count, lxw_chart_data_label);
    lxw_chart_data_label **list = ARENA_NEW(book->scratch, count + 1, lxw_chart_data_label *);
    if (labels == NULL || list == NULL) {
        book_check(book, LXW_ERROR_MEMORY_MALLOC_FAILED);
        return;
    }
    for (uint32_t i = 0; i < count; i++) {
        char *text = short_figures(book, data, model, first + i, least);
        bool fits = text != NULL && *text != '\0' && figure_at(data, first + i, from) > 2 * least;
        labels[i] =
            (lxw_chart_data_label){.value = fits ? text : NULL, .hide = !fits, .font = &font};
        list[i] = &labels[i];
    }
    chart_series_set_labels(series);
    chart_series_set_labels_font(series, &font);
    chart_series_set_labels_position(series, LXW_CHART_LABEL_POSITION_INSIDE_END);
    book_check(book, chart_series_set_labels_custom(series, list));
}

static void add_series(Book *book, lxw_chart *chart, const Page *on, const Chart *model,
                       const ChartSeries *from)
{
    const Page *page = model->data != NULL ? model->data : on;
    char categories[RANGE_SIZE], values[RANGE_SIZE];
    range_text(page, model->categories, categories);
    range_text(page, from->values, values);
    lxw_chart_series *series = chart_add_series(chart, categories, values);
    if (series == NULL) {
        book_check(book, LXW_ERROR_MEMORY_MALLOC_FAILED);
        return;
    }
    chart_series_set_name(series, from->name);
    book_ink_series(series, from->ink);
    cache_values(book, series->values, page, from->values);
    if (!model->labelled)
        return;
    double least = least_labelled(on, page, model);
    if (from->ink != INK_NONE)
        put_labels(book, series, model, least);
    else
        put_labels_beside(book, series, page, model, from, least);
}

static void set_axes(lxw_chart *chart, const Chart *model, lxw_chart_font *font)
{
    lxw_chart_line grid = {.color = 0xD9D9D9, .width = 0.5};
    lxw_chart_axis *categories = model->columns ? chart->x_axis : chart->y_axis;
    lxw_chart_axis *figures = model->columns ? chart->y_axis : chart->x_axis;
    chart_axis_set_interval_unit(categories, 1); /* every name */
    chart_axis_set_num_font(categories, font);
    chart_axis_set_num_font(figures, font);
    if (!model->columns) { /* the first on top, figures below */
        chart_axis_set_reverse(categories);
        chart_axis_set_label_position(figures, LXW_CHART_AXIS_LABEL_POSITION_HIGH);
    }
    if (model->axis != NULL) {
        chart_axis_set_name(figures, model->axis);
        chart_axis_set_name_font(figures, font);
    }
    if (model->categories_axis != NULL) {
        chart_axis_set_name(categories, model->categories_axis);
        chart_axis_set_name_font(categories, font);
    }
    chart_axis_major_gridlines_set_visible(categories, LXW_FALSE);
    chart_axis_major_gridlines_set_visible(figures, LXW_TRUE);
    chart_axis_major_gridlines_set_line(figures, &grid);
    chart_axis_set_num_format(figures, model->shares ? "0%" : "#,##0");
    chart_axis_set_min(figures, 0);
    if (model->shares)
        chart_axis_set_max(figures, 1);
}

static void dress(lxw_chart *chart, const Chart *model, const char *title)
{
    char name[] = "Calibri";
    lxw_chart_font title_font = {.name = name, .size = 12, .bold = LXW_TRUE, .color = 0x1F4E79};
    lxw_chart_font font = {.name = name, .size = AXIS_SIZE, .color = 0x262626};
    lxw_chart_line none = {.none = LXW_TRUE};
    chart_title_set_name(chart, title);
    chart_title_set_name_font(chart, &title_font);
    chart_legend_set_position(chart, LXW_CHART_LEGEND_BOTTOM);
    chart_legend_set_font(chart, &font);
    set_axes(chart, model, &font);
    chart_chartarea_set_line(chart, &none);
    chart_set_series_gap(chart, 45);
}

static void write_chart(Book *book, lxw_worksheet *sheet, const Page *page, const Chart *model)
{
    lxw_chart *chart = workbook_add_chart(book->workbook, model->columns ? LXW_CHART_COLUMN
                                                                         : LXW_CHART_BAR_STACKED);
    if (chart == NULL) {
        book_check(book, LXW_ERROR_MEMORY_MALLOC_FAILED);
        return;
    }
    for (size_t s = 0; s < model->series_count; s++)
        add_series(book, chart, page, model, &model->series[s]);
    dress(chart, model, book_text(book, model->title));
    double width = chart_pixels(page, model), height = 0;
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

void book_put_charts(Book *book, const Page *page)
{
    lxw_worksheet *sheet = workbook_get_worksheet_by_name(book->workbook, page->name);
    for (size_t i = 0; i < page->chart_count && book->error == LXW_NO_ERROR; i++)
        write_chart(book, sheet, page, &page->charts[i]);
}
