/* The text of an OpenDocument cell: its paragraphs, white space as the standard wants it, blanks that
 * are written as elements. No text grows beyond CELL_BYTES_MAX.
 */
#include "io/ods_internal.h"

#include <string.h>

enum {
    FIRST_BYTES = 256,
    BLANKS_MAX = 16 * 1024 * 1024 /* of a workbook: thirty bytes of a file can mean a million */
};

/* Makes the text longer by @p more bytes, which the caller writes. */
static Status lengthen(OdsReading *ods, OdsText *text, size_t more)
{
    if (more > CELL_BYTES_MAX - text->length)
        return workbook_fail(ods->reading, DIAG_WORKBOOK_LIMIT, ods->row, ods->column,
                             "the cell's text is longer than %d bytes; shorten it", CELL_BYTES_MAX);
    if (text->length + more >= text->capacity) {
        size_t capacity = text->capacity == 0 ? FIRST_BYTES : 2 * text->capacity;
        while (text->length + more >= capacity)
            capacity *= 2;
        char *bytes = arena_grow(ods->reading->scratch, text->bytes, text->length, capacity, 1);
        TRY_NEW(bytes);
        text->bytes = bytes;
        text->capacity = capacity;
    }
    text->length += more;
    text->bytes[text->length] = '\0';
    return STATUS_OK;
}

static Status add(OdsReading *ods, OdsText *text, const char *bytes, size_t length)
{
    TRY(lengthen(ods, text, length));
    memcpy(text->bytes + text->length - length, bytes, length);
    return STATUS_OK;
}

Status ods_set_text(OdsReading *ods, OdsText *text, const char *bytes, size_t length)
{
    text->length = 0;
    return add(ods, text, bytes, length);
}

/* ---- paragraphs ----------------------------------------------------------------------------- */

Status ods_begin_paragraph(OdsReading *ods, const XmlAttribute *attributes)
{
    (void)attributes;
    ods->blank_before = true;
    ods->blank_written = false;
    if (ods->paragraphs++ == 0)
        return STATUS_OK;
    return add(ods, &ods->text, "\n", 1);
}

Status ods_end_paragraph(OdsReading *ods)
{
    if (ods->blank_written)
        ods->text.bytes[--ods->text.length] = '\0';
    ods->blank_written = false;
    return STATUS_OK;
}

/* A blank that is an element stays, and so does white space beside it. */
static Status add_blanks(OdsReading *ods, char blank, size_t count)
{
    TRY(lengthen(ods, &ods->text, count));
    ods->blanks += (int64_t)count;
    if (ods->blanks > BLANKS_MAX)
        return workbook_fail(ods->reading, DIAG_WORKBOOK_LIMIT, ods->row, ods->column,
                             "the workbook's texts hold more than %d blanks in a row; delete them",
                             BLANKS_MAX);
    memset(ods->text.bytes + ods->text.length - count, blank, count);
    ods->blank_before = false;
    ods->blank_written = false;
    return STATUS_OK;
}

Status ods_add_spaces(OdsReading *ods, const XmlAttribute *attributes)
{
    int count;
    TRY(ods_count(ods, xml_attribute_in(attributes, SPACE_TEXT, "c"), &count));
    return add_blanks(ods, ' ', (size_t)count);
}

Status ods_add_tab(OdsReading *ods, const XmlAttribute *attributes)
{
    (void)attributes;
    return add_blanks(ods, '\t', 1);
}

Status ods_add_break(OdsReading *ods, const XmlAttribute *attributes)
{
    (void)attributes;
    return add_blanks(ods, '\n', 1);
}

static bool is_white(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

Status ods_add_letters(OdsReading *ods, const char *text, size_t length)
{
    size_t at = 0;
    while (at < length) {
        size_t from = at;
        while (at < length && !is_white(text[at]))
            at++;
        if (at > from) {
            TRY(add(ods, &ods->text, text + from, at - from));
            ods->blank_before = false;
            ods->blank_written = false;
        }
        if (at == length)
            break;
        if (!ods->blank_before) {
            TRY(add(ods, &ods->text, " ", 1));
            ods->blank_before = true;
            ods->blank_written = true;
        }
        at++;
    }
    return STATUS_OK;
}
