/* Sheets, columns and rows of an OpenDocument spreadsheet, and which of them are hidden.
 *
 * A row ends for the builder when its element ends; blank rows only count, however often they are
 * repeated, so that the million blank rows below a table cost nothing.
 */
#include "io/ods_internal.h"

#include <string.h>

enum { HIDDEN_STYLES_MAX = 10 * SHEETS_MAX, STYLE_NAME_MAX = 1000, FIRST_SPANS = 16 };

/* ---- what is hidden ------------------------------------------------------------------------- */

Status ods_begin_style(OdsReading *ods, const XmlAttribute *attributes)
{
    const char *name = xml_attribute_in(attributes, SPACE_STYLE, "name");
    const char *family = xml_attribute_in(attributes, SPACE_STYLE, "family");
    if (name == NULL || family == NULL || strcmp(family, "table") != 0 ||
        strlen(name) > STYLE_NAME_MAX) {
        ods->place = IN_NOTHING;
        return STATUS_OK;
    }
    return ods_set_text(ods, &ods->value, name, strlen(name));
}

Status ods_read_style(OdsReading *ods, const XmlAttribute *attributes)
{
    const char *display = xml_attribute_in(attributes, SPACE_TABLE, "display");
    if (display == NULL || strcmp(display, "false") != 0)
        return STATUS_OK;
    if (ods->hidden_count++ == HIDDEN_STYLES_MAX)
        return workbook_fail(ods->reading, DIAG_WORKBOOK_LIMIT, 0, 0,
                             "the workbook has more than %d styles of hidden sheets; copy the "
                             "sheets into a new workbook",
                             HIDDEN_STYLES_MAX);
    OdsStyle *style = ARENA_NEW(ods->reading->scratch, 1, OdsStyle);
    TRY_NEW(style);
    *style = (OdsStyle){.next = ods->hidden_styles};
    style->name = arena_text(ods->reading->scratch, ods->value.bytes, ods->value.length);
    TRY_NEW(style->name);
    ods->hidden_styles = style;
    return STATUS_OK;
}

static WorkbookVisibility visibility_of(const OdsReading *ods, const char *style_name)
{
    if (style_name == NULL)
        return SHEET_VISIBLE;
    for (const OdsStyle *style = ods->hidden_styles; style != NULL; style = style->next) {
        if (strcmp(style->name, style_name) == 0)
            return SHEET_HIDDEN;
    }
    return SHEET_VISIBLE;
}

/* Rows and columns are hidden by hand ("collapse") or by a filter. */
static bool is_hidden(const XmlAttribute *attributes)
{
    const char *visibility = xml_attribute_in(attributes, SPACE_TABLE, "visibility");
    return visibility != NULL && strcmp(visibility, "visible") != 0;
}

/* ---- sheets --------------------------------------------------------------------------------- */

Status ods_read_null_date(OdsReading *ods, const XmlAttribute *attributes)
{
    const char *day = xml_attribute_in(attributes, SPACE_TABLE, "date-value");
    ods->epoch_1904 = day != NULL && strncmp(day, "1904-01-01", strlen("1904-01-01")) == 0;
    return STATUS_OK;
}

/* What another file's sheet held when it was last looked at: "'file:///prices.ods'#Sheet1". */
static bool is_cache(const char *name)
{
    return name[0] == '\'' && strstr(name, "'#") != NULL;
}

Status ods_begin_table(OdsReading *ods, const XmlAttribute *attributes)
{
    const char *name = xml_attribute_in(attributes, SPACE_TABLE, "name");
    if (name == NULL)
        name = "";
    if (is_cache(name)) {
        ods->place = IN_NOTHING;
        return STATUS_OK;
    }
    ods->any_table = true;
    ods->next_column = 1;
    ods->row = 1;
    ods->column = 0;
    ods->merges = 0;
    TRY(workbook_begin_sheet(
        ods->reading, name,
        visibility_of(ods, xml_attribute_in(attributes, SPACE_TABLE, "style-name"))));
    if (ods->reading->builder == NULL)
        ods->place = IN_NOTHING;
    else if (ods->epoch_1904)
        sheet_count_from_1904(ods->reading->builder);
    return STATUS_OK;
}

Status ods_end_table(OdsReading *ods)
{
    ods->reading->sheet = NULL;
    ods->reading->builder = NULL;
    return STATUS_OK;
}

Status ods_read_column(OdsReading *ods, const XmlAttribute *attributes)
{
    int repeat;
    int first = ods->next_column;
    TRY(ods_count(ods, xml_attribute_in(attributes, SPACE_TABLE, "number-columns-repeated"),
                  &repeat));
    ods->next_column = ods_advance(first, repeat);
    if (!is_hidden(attributes))
        return STATUS_OK;
    return sheet_hide_columns(ods->reading->builder, (size_t)first - 1,
                              (size_t)ods->next_column - 2);
}

/* ---- rows ----------------------------------------------------------------------------------- */

Status ods_begin_row(OdsReading *ods, const XmlAttribute *attributes)
{
    ods->column = 0; /* what is wrong now is wrong with the row */
    TRY(ods_count(ods, xml_attribute_in(attributes, SPACE_TABLE, "number-rows-repeated"),
                  &ods->row_repeat));
    ods->row_hidden = is_hidden(attributes);
    ods->span_count = 0;
    ods->column = 1;
    return STATUS_OK;
}

Status ods_add_span(OdsReading *ods)
{
    if (ods->span_count == ods->span_capacity) {
        if (ods->span_count >= MERGES_MAX)
            return STATUS_OK; /* the end of the row refuses them */
        size_t capacity = ods->span_capacity == 0 ? FIRST_SPANS : 2 * ods->span_capacity;
        OdsSpan *spans = arena_grow(ods->reading->scratch, ods->spans, ods->span_count, capacity,
                                    sizeof(OdsSpan));
        TRY_NEW(spans);
        ods->spans = spans;
        ods->span_capacity = capacity;
    }
    ods->spans[ods->span_count++] =
        (OdsSpan){ods->column, ods->cell.repeat, ods->cell.columns, ods->cell.rows};
    return STATUS_OK;
}

static int at_most(int value, int limit)
{
    return value < limit ? value : limit;
}

/* The areas of one span in the row @p line. */
static Status add_merges(OdsReading *ods, const OdsSpan *span, int line)
{
    int last_line = at_most(ods_advance(line, span->rows - 1), SHEET_ROWS_MAX);
    int end = at_most(ods_advance(span->column, span->repeat), SHEET_COLUMNS_MAX + 1);
    for (int column = span->column; column < end; column++) {
        int last = at_most(ods_advance(column, span->columns - 1), SHEET_COLUMNS_MAX);
        if (ods->merges++ == MERGES_MAX)
            return workbook_fail(ods->reading, DIAG_WORKBOOK_LIMIT, line, column,
                                 "the sheet has more than %d merged areas; split the cells",
                                 MERGES_MAX);
        TRY(sheet_add_merge(ods->reading->builder, (SheetArea){.first_line = line,
                                                               .last_line = last_line,
                                                               .first_column = (size_t)column - 1,
                                                               .last_column = (size_t)last - 1}));
    }
    return STATUS_OK;
}

static Status add_row_merges(OdsReading *ods, int rows)
{
    if (ods->span_count == 0 || ods->row > SHEET_ROWS_MAX)
        return STATUS_OK;
    for (int r = 0; r < rows; r++) {
        for (size_t i = 0; i < ods->span_count; i++)
            TRY(add_merges(ods, &ods->spans[i], ods->row + r));
    }
    return STATUS_OK;
}

/* Blank rows are said to be merged once only, however often they are repeated. */
Status ods_end_row(OdsReading *ods)
{
    bool filled = sheet_row_width(ods->reading->builder) > 0;
    TRY(workbook_end_row(ods->reading, ods->row, ods->row_hidden, ods->row_repeat - 1));
    TRY(add_row_merges(ods, filled ? ods->row_repeat : 1));
    ods->row = ods_advance(ods->row, ods->row_repeat);
    return STATUS_OK;
}
