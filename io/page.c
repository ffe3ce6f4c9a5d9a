/* Putting cells on a page, and the parts that every page has: its head, notes, headings of
 * blocks. Nothing here can fail before its caller's eyes: without memory the report remembers it
 * and report_build() says so at the end.
 */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "io/page_text.h"
#include "io/report_internal.h"

#include "allot/language.h"

enum { CELLS_FIRST = 256, NOTE_CHARACTERS = 170, TITLE_POINTS = 24, SUBTITLE_POINTS = 18 };

void *report_alloc(Report *report, size_t count, size_t size)
{
    void *memory = arena_alloc(report->arena, count, size);
    if (memory == NULL)
        report->no_memory = true;
    return memory;
}

const char *report_printf(Report *report, const char *format, ...)
{
    va_list arguments, again;
    va_start(arguments, format);
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, _(format), arguments);
    va_end(arguments);
    char *text = length < 0 ? NULL : report_alloc(report, (size_t)length + 1, 1);
    if (text != NULL)
        (void)vsnprintf(text, (size_t)length + 1, _(format), again);
    va_end(again);
    return text != NULL ? text : "";
}

void *report_grow(Report *report, const void *old, size_t count, size_t more, size_t size)
{
    void *memory = arena_grow(report->arena, old, count, count + more, size);
    if (memory == NULL)
        report->no_memory = true;
    return memory;
}

void page_reserve(Page *page, size_t more)
{
    if (page->cell_count + more <= page->cell_room)
        return;
    size_t room = page->cell_room == 0 ? CELLS_FIRST : page->cell_room * 2;
    if (room < page->cell_count + more)
        room = page->cell_count + more;
    PageCell *cells = report_grow(page->report, page->cells, page->cell_count,
                                  room - page->cell_count, sizeof *cells);
    if (cells == NULL)
        return;
    page->cells = cells;
    page->cell_room = room;
}

static void put(Page *page, PageCell cell)
{
    page_reserve(page, 1);
    if (page->cell_count < page->cell_room)
        page->cells[page->cell_count++] = cell;
    if (cell.row >= page->next_row)
        page->next_row = cell.row + 1;
}

PageCell page_cell_blank(uint32_t row, int column, Look look)
{
    return (PageCell){.row = row,
                      .column = (uint16_t)column,
                      .kind = PAGE_BLANK,
                      .look = (uint8_t)look,
                      .text = ""};
}

const PageCell *page_cell_at(const Page *page, uint32_t row, int column)
{
    for (size_t i = 0; i < page->cell_count; i++)
        if (page->cells[i].row == row && page->cells[i].column == column)
            return &page->cells[i];
    return NULL;
}

const char *report_clean(Report *report, const char *text)
{
    const char *clean = text == NULL ? NULL : page_text_clean(text, report->arena);
    if (clean == NULL)
        report->no_memory = true;
    return clean == NULL ? "" : clean;
}

void put_blank(Page *page, uint32_t row, int column, Look look)
{
    put(page, page_cell_blank(row, column, look));
}

void put_text(Page *page, uint32_t row, int column, Look look, const char *text)
{
    PageCell cell = page_cell_blank(row, column, look);
    cell.kind = PAGE_TEXT;
    cell.text = report_clean(page->report, text);
    put(page, cell);
}

void put_formula(Page *page, uint32_t row, int column, Look look, const char *formula, double value,
                 Form form)
{
    PageCell cell = page_cell_blank(row, column, look);
    cell.kind = formula == NULL ? PAGE_NUMBER : PAGE_FORMULA;
    cell.text = formula == NULL ? "" : formula;
    cell.number = value;
    cell.form = (uint8_t)form;
    put(page, cell);
}

void put_merged(Page *page, Area area)
{
    Area *merged = report_grow(page->report, page->merged, page->merged_count, 1, sizeof *merged);
    if (merged == NULL)
        return;
    merged[page->merged_count++] = area;
    page->merged = merged;
}

void put_heat(Page *page, Area area)
{
    Area *heats = report_grow(page->report, page->heats, page->heat_count, 1, sizeof *heats);
    if (heats == NULL)
        return;
    heats[page->heat_count++] = area;
    page->heats = heats;
}

void put_answer(Page *page, const AnswerArea *answer)
{
    AnswerArea *answers =
        report_grow(page->report, page->answers, page->answer_count, 1, sizeof *answers);
    if (answers == NULL)
        return;
    answers[page->answer_count++] = *answer;
    page->answers = answers;
}

void put_row_height(Page *page, uint32_t row, double points)
{
    if (page->height_count == page->height_room) {
        size_t room = page->height_room == 0 ? CELLS_FIRST : page->height_room * 2;
        RowHeight *heights = report_grow(page->report, page->heights, page->height_count,
                                         room - page->height_count, sizeof *heights);
        if (heights == NULL)
            return;
        page->heights = heights;
        page->height_room = room;
    }
    page->heights[page->height_count++] = (RowHeight){.row = row, .points = points};
}

void put_chart(Page *page, const Chart *chart)
{
    Chart *charts = report_grow(page->report, page->charts, page->chart_count, 1, sizeof *charts);
    if (charts == NULL)
        return;
    charts[page->chart_count++] = *chart;
    page->charts = charts;
    if (chart->place.last_row >= page->next_row)
        page->next_row = chart->place.last_row + 1;
}

void put_width(Page *page, int column, double characters)
{
    if (column < PAGE_COLUMNS_MOST && page->widths[column] < characters)
        page->widths[column] = characters;
}

void page_head(Page *page, const char *title)
{
    Report *report = page->report;
    bool is_round = title == report->title; /* then it need not be said again */
    const char *comma = is_round || report->dates[0] == '\0' ? "" : ", ";
    const char *subtitle =
        report_printf(report, "%s%s%s", is_round ? "" : report->title, comma, report->dates);
    put_row_height(page, page->next_row, TITLE_POINTS);
    put_text(page, page->next_row, 0, LOOK_TITLE, title);
    if (*subtitle == '\0')
        return;
    put_row_height(page, page->next_row, SUBTITLE_POINTS);
    put_text(page, page->next_row, 0, LOOK_SUBTITLE, subtitle);
}

/* Bytes of TEXT that fill one line of so many characters: up to the last blank that fits. */
static size_t line_length(const char *text, size_t characters)
{
    size_t most = page_text_prefix(text, characters);
    if (text[most] == '\0')
        return most;
    for (size_t at = most; at > 0; at--)
        if (text[at] == ' ')
            return at;
    return most;
}

void page_note(Page *page, const char *text)
{
    const char *rest = report_clean(page->report, text);
    size_t characters = page->note_characters > 0 ? page->note_characters : NOTE_CHARACTERS;
    for (bool first = true; *rest != '\0'; first = false) {
        size_t length = line_length(rest, characters);
        const char *line = report_printf(page->report, "%.*s", (int)length, rest);
        put_text(page, page->next_row, 0, LOOK_NOTE, line);
        if (!first && !page->report->no_memory)
            page->cells[page->cell_count - 1].number = NOTE_GOES_ON;
        rest += length;
        rest += strspn(rest, " ");
    }
}

void page_not_looked_into(Page *page)
{
    page_note(page,
              _("Not looked into: it was not asked for (--explain all does), the round is too "
                "large, or the solver could not tell."));
}
