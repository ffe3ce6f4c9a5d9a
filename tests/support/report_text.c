/* Cells in the order of their rows, then what lies on them: tables and charts. */
#include "tests/support/report_text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "io/number_text.h"
#include "io/page_rows.h"
#include "io/report_internal.h"

enum { FORM_SIZE = 64 };

/* Growing text. */
typedef struct Text {
    FILE *file;
    char *bytes;
    size_t size;
} Text;

static void put_cell_name(FILE *file, uint32_t row, int column)
{
    char letters[4];
    column_letters(column, letters);
    (void)fprintf(file, "%s%u", letters, (unsigned)row + 1);
}

static void put_area(FILE *file, Area area)
{
    put_cell_name(file, area.first_row, area.first_column);
    (void)fputc(':', file);
    put_cell_name(file, area.last_row, area.last_column);
}

/* A text on one line, in quotes. */
static void put_quoted(FILE *file, const char *text)
{
    (void)fputc('"', file);
    for (; *text != '\0'; text++)
        (void)fputs(*text == '\n' ? "\\n" : (char[]){*text, '\0'}, file);
    (void)fputc('"', file);
}

static const char *look_text(Look look)
{
    switch (look) {
    case LOOK_TITLE:
    case LOOK_TITLE_WRAP: return "title";
    case LOOK_SUBTITLE:
    case LOOK_SUBTITLE_WRAP: return "subtitle";
    case LOOK_NOTE:
    case LOOK_NOTE_WRAP: return "note";
    case LOOK_SECTION: return "section";
    case LOOK_HEAD:
    case LOOK_HEAD_RIGHT:
    case LOOK_HEAD_CENTER:
    case LOOK_HEAD_APART: return "heading";
    case LOOK_BODY:
    case LOOK_RIGHT:
    case LOOK_CENTER:
    case LOOK_APART:
    case LOOK_WRAP: return "";
    case LOOK_ANSWER: return "answer";
    case LOOK_TOTAL: return "total";
    case LOOK_CARD_LABEL:
    case LOOK_CARD_FIGURE:
    case LOOK_CARD_NOTE: return "card";
    case LOOK_COUNT: break;
    }
    return "";
}

static void put_value(FILE *file, const PageCell *cell)
{
    char number[NUMBER_TEXT_SIZE], form[FORM_SIZE];
    number_text(cell->number, number);
    form_text((Form)cell->form, form);
    switch ((PageCellKind)cell->kind) {
    case PAGE_BLANK: break;
    case PAGE_TEXT:
        (void)fputs("text ", file);
        put_quoted(file, cell->text);
        break;
    case PAGE_NUMBER: (void)fprintf(file, "number %s as %s", number, form); break;
    case PAGE_DATE: (void)fprintf(file, "date %s as %s", number, form); break;
    case PAGE_FORMULA:
        (void)fprintf(file, "formula %s gives %s as %s", cell->text, number, form);
        break;
    }
}

static int by_place(const void *a, const void *b)
{
    const PageCell *left = a, *right = b;
    if (left->row != right->row)
        return left->row < right->row ? -1 : 1;
    return left->column < right->column ? -1 : left->column > right->column;
}

static void put_cells(FILE *file, const Page *page, const PageCell *sorted, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (sorted[i].kind == PAGE_BLANK)
            continue;
        const char *look = look_text((Look)sorted[i].look);
        (void)fprintf(file, "%s!", page->name);
        put_cell_name(file, sorted[i].row, sorted[i].column);
        (void)fprintf(file, " %s%s", look, *look != '\0' ? " " : "");
        put_value(file, &sorted[i]);
        (void)fputc('\n', file);
    }
}

static void put_objects(FILE *file, const Page *page)
{
    for (size_t i = 0; i < page->table_count; i++) {
        (void)fprintf(file, "%s table %s ", page->name, page->tables[i].name);
        put_area(file, page->tables[i].area);
        (void)fputs(page->tables[i].filter ? " filter\n" : "\n", file);
    }
    for (size_t i = 0; i < page->chart_count; i++) {
        const Chart *chart = &page->charts[i];
        (void)fprintf(file, "%s chart \"%s\" ", page->name, chart->title);
        put_area(file, chart->place);
        (void)fputs(" of ", file);
        put_area(file, chart->categories);
        for (size_t s = 0; s < chart->series_count; s++) {
            (void)fprintf(file, ", %s ", chart->series[s].name);
            put_area(file, chart->series[s].values);
        }
        (void)fputc('\n', file);
    }
}

static bool put_list(FILE *file, const Page *page, Arena *arena)
{
    PageRows *rows = page_rows_open(page, arena);
    if (rows == NULL)
        return false;
    for (size_t i = 0; i < page->list->rows; i++)
        put_cells(file, page, page_rows_make(rows, i), (size_t)page->list->width);
    bool whole = page_rows_whole(rows);
    page_rows_close(rows);
    return whole;
}

static bool put_page(FILE *file, const Page *page, Arena *arena)
{
    PageCell *sorted = ARENA_NEW(arena, page->cell_count, PageCell);
    if (sorted == NULL)
        return false;
    if (page->cell_count > 0) {
        memcpy(sorted, page->cells, page->cell_count * sizeof *sorted);
        qsort(sorted, page->cell_count, sizeof *sorted, by_place);
    }
    size_t above = 0;
    while (page->list != NULL && above < page->cell_count &&
           sorted[above].row <= page->list->head_row)
        above++;
    put_cells(file, page, sorted, above);
    bool whole = page->list == NULL || put_list(file, page, arena);
    put_cells(file, page, sorted + above, page->cell_count - above);
    put_objects(file, page);
    return whole;
}

char *report_text(const Report *report, Arena *arena)
{
    Text text = {0};
    text.file = open_memstream(&text.bytes, &text.size);
    if (text.file == NULL)
        return NULL;
    bool whole = true;
    for (size_t p = 0; p < report->sheet_count && whole; p++)
        whole = put_page(text.file, &report->sheets[p], arena);
    char *kept = NULL;
    if (fclose(text.file) == 0 && whole)
        kept = arena_text(arena, text.bytes, text.size);
    free(text.bytes);
    return kept;
}
