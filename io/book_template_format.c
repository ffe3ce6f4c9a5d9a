/* The template's typography: that of the plan's workbook, with cells to be filled. Cells for names
 * and words are text, so that a spreadsheet leaves 00123 and 1-2 alone.
 */
#include "io/book_save.h"
#include "io/book_template.h"

enum { COLOR_QUIET = 0x808080, COLOR_WHITE = 0xFFFFFF };

static void set_heading(lxw_format *format, int color, int fill, bool bold)
{
    book_set_font(format, 10, color, bold);
    format_set_pattern(format, LXW_PATTERN_SOLID);
    format_set_fg_color(format, (lxw_color_t)fill);
    format_set_align(format, LXW_ALIGN_LEFT);
    format_set_indent(format, 1);
    format_set_align(format, LXW_ALIGN_VERTICAL_CENTER);
    format_set_border(format, LXW_BORDER_THIN);
    format_set_border_color(format, COLOR_LINE);
}

static void set_wrapped(lxw_format *format, double size, int color, bool bold)
{
    book_set_font(format, size, color, bold);
    format_set_text_wrap(format);
    format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
}

/* Numbers stand right; what stands left has a little room, so that they do not touch. */
static void set_cell(lxw_format *format, TemplateLook look, TemplateLook plain)
{
    bool example = plain == TEMPLATE_EXAMPLE;
    book_set_font(format, 10, example ? COLOR_QUIET : COLOR_TEXT, false);
    if (example)
        format_set_italic(format);
    if (look == plain)
        return;
    format_set_align(format, LXW_ALIGN_LEFT);
    format_set_indent(format, 1);
}

static void set_link(lxw_format *format, bool required)
{
    set_wrapped(format, 10, COLOR_ACCENT, required);
    format_set_underline(format, LXW_UNDERLINE_SINGLE);
}

static void set_look(lxw_format *format, TemplateLook look)
{
    switch (look) {
    case TEMPLATE_TITLE: set_wrapped(format, 16, COLOR_ACCENT, true); break;
    case TEMPLATE_LANGUAGE: set_heading(format, COLOR_WHITE, COLOR_ACCENT, true); break;
    case TEMPLATE_POINT: set_wrapped(format, 10, COLOR_ACCENT, true); break;
    case TEMPLATE_BODY: set_wrapped(format, 10, COLOR_TEXT, false); break;
    case TEMPLATE_LINK: set_link(format, false); break;
    case TEMPLATE_LINK_REQUIRED: set_link(format, true); break;
    case TEMPLATE_REQUIRED: set_heading(format, COLOR_WHITE, COLOR_ACCENT, true); break;
    case TEMPLATE_OPTIONAL: set_heading(format, COLOR_ACCENT, COLOR_HEAD, false); break;
    case TEMPLATE_EXAMPLE:
    case TEMPLATE_EXAMPLE_TEXT:
    case TEMPLATE_EXAMPLE_DATE: set_cell(format, look, TEMPLATE_EXAMPLE); break;
    case TEMPLATE_CELL:
    case TEMPLATE_CELL_TEXT:
    case TEMPLATE_CELL_DATE: set_cell(format, look, TEMPLATE_CELL); break;
    case TEMPLATE_LOOKS: break;
    }
    if (look == TEMPLATE_EXAMPLE_TEXT || look == TEMPLATE_CELL_TEXT)
        format_set_num_format(format, "@");
    if (look == TEMPLATE_EXAMPLE_DATE || look == TEMPLATE_CELL_DATE)
        book_set_short_date(format);
}

lxw_format *template_format(Template *t, TemplateLook look)
{
    lxw_format **slot = &t->formats[look];
    if (*slot != NULL)
        return *slot;
    *slot = workbook_add_format(t->book.workbook);
    if (*slot == NULL)
        book_check(&t->book, LXW_ERROR_MEMORY_MALLOC_FAILED);
    else
        set_look(*slot, look);
    return *slot;
}
