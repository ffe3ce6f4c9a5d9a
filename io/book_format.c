/* The workbook's typography: one accent, dark on white, thin lines, figures to the right. Tables
 * bear their own lines instead of a table style, so that they look the same in every program.
 */
#include "io/book_internal.h"
#include "io/book_save.h"

/* Points of what stands beside the figures: the Summary is printed at two thirds of its size. */
enum { NOTE_SIZE = 11 };

enum { COLOR_QUIET = 0x595959, COLOR_TOTAL = 0xF4F6F9, COLOR_ANSWER = 0xFFFBE6 };

static void set_fill(lxw_format *format, int color)
{
    format_set_pattern(format, LXW_PATTERN_SOLID);
    format_set_fg_color(format, (lxw_color_t)color);
}

static void set_line_below(lxw_format *format, uint8_t style, int color)
{
    format_set_bottom(format, style);
    format_set_bottom_color(format, (lxw_color_t)color);
}

static void set_head(lxw_format *format, uint8_t align)
{
    book_set_font(format, 10, COLOR_ACCENT, true);
    set_fill(format, COLOR_HEAD);
    set_line_below(format, LXW_BORDER_THIN, COLOR_ACCENT);
    format_set_left(format, LXW_BORDER_THIN); /* two headings side by side are not read as one */
    format_set_left_color(format, LXW_COLOR_WHITE);
    format_set_text_wrap(format);
    format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
    format_set_align(format, align);
}

static void set_body(lxw_format *format, uint8_t align, bool wrap)
{
    book_set_font(format, 10, COLOR_TEXT, false);
    set_line_below(format, LXW_BORDER_HAIR, COLOR_LINE);
    /* at the top, letters would touch the line above, and be cut by it in print */
    format_set_align(format, LXW_ALIGN_VERTICAL_CENTER);
    format_set_align(format, align);
    if (wrap)
        format_set_text_wrap(format);
}

/* Words right of a figure. */
static void set_apart(lxw_format *format, bool head)
{
    if (head)
        set_head(format, LXW_ALIGN_LEFT);
    else
        set_body(format, LXW_ALIGN_LEFT, true);
    format_set_indent(format, 1);
}

/* A box on paper, told from the locked cells around it by its frame. */
static void set_answer(lxw_format *format)
{
    set_body(format, LXW_ALIGN_LEFT, true);
    format_set_border(format, LXW_BORDER_THIN);
    format_set_border_color(format, COLOR_ACCENT);
    set_fill(format, COLOR_ANSWER);
    format_set_unlocked(format);
}

static void set_card(lxw_format *format, Look look)
{
    if (look == LOOK_CARD_FIGURE)
        book_set_font(format, 18, COLOR_ACCENT, true);
    else
        book_set_font(format, NOTE_SIZE, COLOR_QUIET, false);
    set_fill(format, COLOR_TOTAL);
    format_set_align(format, LXW_ALIGN_LEFT);
    format_set_indent(format, 1);
    format_set_align(format,
                     look == LOOK_CARD_NOTE ? LXW_ALIGN_VERTICAL_TOP : LXW_ALIGN_VERTICAL_CENTER);
    if (look != LOOK_CARD_FIGURE)
        format_set_text_wrap(format);
    if (look == LOOK_CARD_LABEL) {
        format_set_top(format, LXW_BORDER_MEDIUM);
        format_set_top_color(format, (lxw_color_t)COLOR_ACCENT);
    }
}

static void set_look(lxw_format *format, Look look)
{
    switch (look) {
    case LOOK_TITLE:
    case LOOK_TITLE_WRAP: book_set_font(format, 18, COLOR_ACCENT, true); break;
    case LOOK_SUBTITLE:
    case LOOK_SUBTITLE_WRAP: book_set_font(format, 12, COLOR_TEXT, false); break;
    case LOOK_NOTE:
    case LOOK_NOTE_WRAP: book_set_font(format, NOTE_SIZE, COLOR_QUIET, false); break;
    case LOOK_SECTION: book_set_font(format, 13, COLOR_ACCENT, true); break;
    case LOOK_HEAD: set_head(format, LXW_ALIGN_LEFT); break;
    case LOOK_HEAD_RIGHT: set_head(format, LXW_ALIGN_RIGHT); break;
    case LOOK_HEAD_CENTER: set_head(format, LXW_ALIGN_CENTER); break;
    case LOOK_HEAD_APART:
    case LOOK_APART: set_apart(format, look == LOOK_HEAD_APART); break;
    case LOOK_BODY: set_body(format, LXW_ALIGN_LEFT, false); break;
    case LOOK_RIGHT: set_body(format, LXW_ALIGN_RIGHT, false); break;
    case LOOK_CENTER: set_body(format, LXW_ALIGN_CENTER, false); break;
    case LOOK_WRAP: set_body(format, LXW_ALIGN_LEFT, true); break;
    case LOOK_ANSWER: set_answer(format); break;
    case LOOK_TOTAL:
        book_set_font(format, 10, COLOR_TEXT, true);
        set_fill(format, COLOR_TOTAL);
        break;
    case LOOK_CARD_LABEL:
    case LOOK_CARD_FIGURE:
    case LOOK_CARD_NOTE: set_card(format, look); break;
    case LOOK_COUNT: break;
    }
    if (look == LOOK_TITLE_WRAP || look == LOOK_SUBTITLE_WRAP || look == LOOK_NOTE_WRAP) {
        format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
        format_set_text_wrap(format);
    }
}

lxw_format *book_format(Book *book, Look look, Form form)
{
    lxw_format **slot = &book->formats[look][form];
    if (*slot != NULL)
        return *slot;
    *slot = workbook_add_format(book->workbook);
    if (*slot == NULL) {
        book_check(book, LXW_ERROR_MEMORY_MALLOC_FAILED);
        return NULL;
    }
    char text[64];
    set_look(*slot, look);
    if (form == FORM_DATE) {
        book_set_short_date(*slot);
        return *slot;
    }
    form_text(form, text);
    format_set_num_format(*slot, text);
    return *slot;
}
