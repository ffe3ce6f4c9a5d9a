/* room: io
 *
 * Between the files that write the template: the open book, its formats, what its lists offer.
 */
#ifndef ALLOT_IO_BOOK_TEMPLATE_H
#define ALLOT_IO_BOOK_TEMPLATE_H

#include "io/book_internal.h"
#include "io/template_text.h"

typedef enum TemplateLook {
    TEMPLATE_TITLE,
    TEMPLATE_LANGUAGE,
    TEMPLATE_POINT,
    TEMPLATE_BODY,
    TEMPLATE_LINK,
    TEMPLATE_LINK_REQUIRED,
    TEMPLATE_REQUIRED, /* headings */
    TEMPLATE_OPTIONAL,
    TEMPLATE_EXAMPLE, /* the example row: plain, text, date */
    TEMPLATE_EXAMPLE_TEXT,
    TEMPLATE_EXAMPLE_DATE,
    TEMPLATE_CELL, /* cells to be filled */
    TEMPLATE_CELL_TEXT,
    TEMPLATE_CELL_DATE,
    TEMPLATE_LOOKS
} TemplateLook;

/** A key of the settings as the template shows it. */
typedef struct TemplateSetting {
    const char *key;
    const char *initial; /* what an empty value means; "" for nothing */
    const char *help;
} TemplateSetting;

/** What the sheet of lists holds. */
typedef struct TemplateLists {
    TemplateSetting *settings; /* [setting_count] */
    size_t setting_count;
    const char **currencies; /* [currency_count] those used most first */
    size_t currency_count;
    const char *const *units; /* [unit_count] */
    size_t unit_count;
} TemplateLists;

/** Columns and first row of the lists on their sheet, 0-based. */
enum { LISTS_SETTING = 0, LISTS_CURRENCY = 4, LISTS_UNIT = 6, LISTS_FIRST_ROW = 3 };

/** Rows of the settings sheet, 0-based. */
enum { EXAMPLE_ROW = 1, FIRST_ROW = 2 };

/** A template being written. */
typedef struct Template {
    Book book; /* its report is NULL */
    lxw_format *formats[TEMPLATE_LOOKS];
    TemplateLists lists;
} Template;

/** The format, made when first used; NULL without memory (then the error is kept). */
lxw_format *template_format(Template *t, TemplateLook look);

/** A copy of the text that the library may hold; NULL for NULL, or without memory (then the error is
 *  kept). */
char *template_copy(Template *t, const char *text);

/** Fills t->lists. False without memory. */
bool template_lists(Template *t);

/** The first sheet: how to fill the others. */
void template_put_guide(Template *t);

/** The last sheet: what the drop-down lists offer. */
void template_put_lists(Template *t);

/** Drop-down lists, limits and hints for the cells of a table's sheet. */
void template_put_checks(Template *t, lxw_worksheet *sheet, const TableSpec *table);

/** The same for the values of the settings, whose keys stand from FIRST_ROW on. */
void template_put_setting_checks(Template *t, lxw_worksheet *sheet);

#endif
