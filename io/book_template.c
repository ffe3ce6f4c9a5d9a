/* The template: an empty round as a workbook, one sheet a table, that says itself how to fill it.
 * Headings, notes, lists and examples follow the dictionary. The file is made beside its target and
 * renamed, and holds no clock: equal calls write equal bytes.
 */
#include "io/book_template.h"

#include <stdio.h>
#include <string.h>

#include "allot/date_text.h"
#include "allot/template.h"
#include "allot/version.h"
#include "io/book_save.h"
#include "io/page_text.h"

enum {
    PAPER_A4 = 9,
    DAY_SECONDS = 86400,
    DAY_OF_1980 = 3652,
    SERIAL_OF_1970 = 25569, /* days of a spreadsheet */
    FILTER_ROWS = 1000,
    PAGE_COLUMNS = 12,    /* about as many are printed on a page, the rest beside it */
    NOTE_WIDTH = 300,     /* pixels */
    NOTE_CHARACTERS = 46, /* of a line of a note, about */
    NOTE_LINE = 17,       /* pixels */
};

char *template_copy(Template *t, const char *text)
{
    if (text == NULL)
        return NULL;
    char *copy = arena_text(t->book.scratch, text, strlen(text));
    if (copy == NULL)
        book_check(&t->book, LXW_ERROR_MEMORY_MALLOC_FAILED);
    return copy;
}

/* ---- notes ---------------------------------------------------------------------------------- */

/* Lines of a note: its own, and those broken at blanks. */
static int note_lines(const char *note)
{
    return page_text_lines(note, NOTE_CHARACTERS) + 1;
}

static void put_note(Template *t, lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column,
                     const char *note)
{
    if (note == NULL) {
        book_check(&t->book, LXW_ERROR_MEMORY_MALLOC_FAILED);
        return;
    }
    lxw_comment_options options = {.width = NOTE_WIDTH,
                                   .height = (uint16_t)(note_lines(note) * NOTE_LINE),
                                   .font_name = template_copy(t, "Calibri"),
                                   .font_size = 10,
                                   .color = 0xFFFFF0};
    book_check(&t->book, worksheet_write_comment_opt(sheet, row, column, note, &options));
}

/* ---- cells ---------------------------------------------------------------------------------- */

/* Words, names and texts stay as they are typed. */
static bool is_text(ColumnType type)
{
    return type != COLUMN_NUMBER && type != COLUMN_SHARE && type != COLUMN_INTEGER &&
           type != COLUMN_DATE;
}

static TemplateLook look_of(ColumnType type, TemplateLook plain)
{
    if (type == COLUMN_DATE)
        return plain + (TEMPLATE_CELL_DATE - TEMPLATE_CELL);
    return is_text(type) ? plain + (TEMPLATE_CELL_TEXT - TEMPLATE_CELL) : plain;
}

static double width_of(const TableSpec *table, const ColumnSpec *column)
{
    static const double arrow = 4; /* the filter's */
    double width = 11, heading = (double)strlen(column->name) * 1.05 + arrow;

    if (column->type == COLUMN_TEXT)
        width = strcmp(column->name, "title") == 0 || table->kind == TABLE_SETTINGS ? 42 : 26;
    else if (column->type == COLUMN_NAMES)
        width = 20;
    else if (column->type == COLUMN_NAME || column->type == COLUMN_ID)
        width = table->kind == TABLE_SETTINGS ? 22 : 15;
    return width > heading ? width : heading;
}

static void put_example(Template *t, lxw_worksheet *sheet, lxw_col_t c, ColumnType type,
                        const char *text)
{
    lxw_format *format = template_format(t, look_of(type, TEMPLATE_EXAMPLE));
    Decimal number;
    Date date;

    if (type == COLUMN_DATE && date_read(text, &date) == DATE_READ)
        book_check(&t->book, worksheet_write_number(sheet, EXAMPLE_ROW, c,
                                                    (double)date + SERIAL_OF_1970, format));
    else if (!is_text(type) && decimal_parse(text, &number))
        book_check(&t->book, worksheet_write_number(sheet, EXAMPLE_ROW, c,
                                                    decimal_to_double(number), format));
    else if (text[0] != '\0')
        book_check(&t->book, worksheet_write_string(sheet, EXAMPLE_ROW, c,
                                                    book_text(&t->book, text), format));
}

static void put_columns(Template *t, lxw_worksheet *sheet, const TableSpec *table)
{
    for (size_t i = 0; i < table->column_count; i++) {
        const ColumnSpec *column = &table->columns[i];
        lxw_col_t c = (lxw_col_t)i;
        TemplateLook head = column->required ? TEMPLATE_REQUIRED : TEMPLATE_OPTIONAL;
        book_check(&t->book,
                   worksheet_set_column(sheet, c, c, width_of(table, column),
                                        template_format(t, look_of(column->type, TEMPLATE_CELL))));
        book_check(&t->book,
                   worksheet_write_string(sheet, 0, c, column->name, template_format(t, head)));
        put_note(t, sheet, 0, c, template_note(table, column, t->book.scratch));
        put_example(t, sheet, c, column->type, template_example(table->kind, column->name));
    }
}

/* Every key with its meaning in a note and no value: the default. */
static void put_settings(Template *t, lxw_worksheet *sheet)
{
    lxw_format *format = template_format(t, TEMPLATE_CELL_TEXT);
    for (size_t i = 0; i < t->lists.setting_count; i++) {
        const TemplateSetting *setting = &t->lists.settings[i];
        lxw_row_t row = (lxw_row_t)(FIRST_ROW + i);
        const char *note =
            setting->initial[0] != '\0'
                ? arena_printf(t->book.scratch, "%s\n%s\nEmpty means: %s", setting->key,
                               setting->help, setting->initial)
                : arena_printf(t->book.scratch, "%s\n%s", setting->key, setting->help);
        book_check(&t->book, worksheet_write_string(sheet, row, 0, setting->key, format));
        put_note(t, sheet, row, 0, note);
    }
    template_put_setting_checks(t, sheet);
}

/* ---- sheets --------------------------------------------------------------------------------- */

static void set_print(Template *t, lxw_worksheet *sheet, const TableSpec *table)
{
    uint16_t pages = (uint16_t)((table->column_count + PAGE_COLUMNS - 1) / PAGE_COLUMNS);
    worksheet_set_landscape(sheet);
    worksheet_set_paper(sheet, PAPER_A4);
    worksheet_set_margins(sheet, 0.4, 0.4, 0.6, 0.6);
    worksheet_fit_to_pages(sheet, pages, 0);
    book_check(&t->book, worksheet_repeat_rows(sheet, 0, 0));
    if (pages > 1)
        book_check(&t->book, worksheet_repeat_columns(sheet, 0, 0));
    book_check(&t->book, worksheet_set_header(sheet, "&L&9 &F&R&9 &A"));
    book_check(&t->book, worksheet_set_footer(sheet, "&R&9 Page &P of &N"));
}

static void put_table(Template *t, const TableSpec *table)
{
    lxw_worksheet *sheet = workbook_add_worksheet(t->book.workbook, table->name);
    lxw_col_t last = (lxw_col_t)(table->column_count - 1);
    if (sheet == NULL) {
        book_check(&t->book, LXW_ERROR_PARAMETER_VALIDATION);
        return;
    }
    worksheet_set_comments_author(sheet, "allot");
    put_columns(t, sheet, table);
    if (table->kind == TABLE_SETTINGS)
        put_settings(t, sheet);
    template_put_checks(t, sheet, table);
    book_check(&t->book, worksheet_set_row(sheet, 0, 21, NULL));
    book_check(&t->book, worksheet_autofilter(sheet, 0, 0, FILTER_ROWS, last));
    worksheet_freeze_panes(sheet, 1, 1);
    worksheet_set_tab_color(sheet, table->required ? COLOR_ACCENT : COLOR_LINE);
    book_check(&t->book,
               worksheet_ignore_errors(sheet, LXW_IGNORE_NUMBER_STORED_AS_TEXT, "A1:XFD1048576"));
    set_print(t, sheet, table);
}

static void set_properties(Template *t)
{
    lxw_doc_properties properties = {.title = template_copy(t, "Allocation round, to be filled in"),
                                     .author = template_copy(t, "allot " ALLOT_VERSION),
                                     .created = (time_t)DAY_OF_1980 * DAY_SECONDS};
    book_check(&t->book, workbook_set_properties(t->book.workbook, &properties));
}

/* ---- the book ------------------------------------------------------------------------------- */

/* Writes the whole template to PATH. What libxlsxwriter holds is given back in any case. */
static lxw_error write_book(const void *nothing, const char *path, Arena *scratch)
{
    Template *t = ARENA_NEW(scratch, 1, Template);
    (void)nothing;
    if (t == NULL)
        return LXW_ERROR_MEMORY_MALLOC_FAILED;
    t->book.scratch = scratch;
    if (!template_lists(t))
        return LXW_ERROR_MEMORY_MALLOC_FAILED;
    t->book.workbook = workbook_new(path);
    if (t->book.workbook == NULL)
        return LXW_ERROR_MEMORY_MALLOC_FAILED;
    set_properties(t);
    template_put_guide(t);
    for (int i = 0; i < TABLE_COUNT && t->book.error == LXW_NO_ERROR; i++)
        put_table(t, dictionary_table(template_order()[i]));
    template_put_lists(t);
    lxw_error closed = workbook_close(t->book.workbook);
    return t->book.error != LXW_NO_ERROR ? t->book.error : closed;
}

Status template_write(const char *path, Arena *scratch, Diag *diag)
{
    return book_save(path, "template", write_book, NULL, scratch, diag);
}
