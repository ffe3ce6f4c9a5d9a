/* The cells of one sheet of an .xlsx.
 *
 * Rows and cells come in order: one that comes out of order, or twice, ends the reading, for nobody
 * can say which was meant. Both may leave their place out, and then follow the one before.
 */
#include "io/xlsx_internal.h"

#include "allot/decimal.h"
#include "allot/language.h"
#include "allot/quote.h"

#include <limits.h>
#include <string.h>

enum {
    NUMBER_CAP = 100000000, /* larger numbers of rows and columns are cut to this */
    PLAIN_NUMBER_SIZE = 64,
    HIDDEN_COLUMNS_MAX = SHEET_COLUMNS_MAX
};

typedef enum CellType {
    TYPE_NUMBER,
    TYPE_SHARED, /* index into the table of strings */
    TYPE_INLINE,
    TYPE_RESULT, /* text of a formula */
    TYPE_FLAG,
    TYPE_ERROR,
    TYPE_DATE /* ISO text */
} CellType;

typedef struct SheetReading {
    WorkbookReading *reading;
    const char *part;
    const XlsxBook *book;
    bool rooted;
    size_t merges;         /* so far */
    size_t hidden_columns; /* ranges of them so far */

    bool in_data;
    bool in_row;
    int row; /* the current or last one, 1-based */
    bool row_hidden;
    bool row_guessed; /* it says no number, and no cell has said one yet */

    bool in_cell;
    int column; /* of the current or last cell of the row, 1-based */
    CellType type;
    long style;
    bool has_formula;
    bool has_value; /* an element for it was there; it may be empty */
    bool in_text;
    int phonetic; /* depth inside <rPh> */
    XlsxText text;
} SheetReading;

/* ---- places --------------------------------------------------------------------------------- */

/* Where a reference points; both 1-based, capped. */
typedef struct Place {
    int row;
    int column;
} Place;

/* Digits at *text, which moves behind them; 0 when there are none. */
static int take_number(const char **text)
{
    int value = 0;
    for (; **text >= '0' && **text <= '9'; (*text)++)
        value = value < NUMBER_CAP / 10 ? 10 * value + (**text - '0') : NUMBER_CAP;
    return value;
}

static int take_letters(const char **text)
{
    int value = 0;
    for (;; (*text)++) {
        char letter = **text;
        if (letter >= 'a' && letter <= 'z')
            letter = (char)(letter - 'a' + 'A');
        if (letter < 'A' || letter > 'Z')
            return value;
        value = value < NUMBER_CAP / 26 - 1 ? 26 * value + (letter - 'A' + 1) : NUMBER_CAP;
    }
}

/* "C14" at *text, which moves behind it; false when there is none. */
static bool take_place(const char **text, Place *place)
{
    place->column = take_letters(text);
    place->row = take_number(text);
    return place->row > 0 && place->column > 0;
}

static bool is_on_sheet(Place place)
{
    return place.row <= SHEET_ROWS_MAX && place.column <= SHEET_COLUMNS_MAX;
}

static Status fail_reference(const SheetReading *sheet, const char *reference)
{
    return workbook_fail(
        sheet->reading, DIAG_WORKBOOK, sheet->row, 0,
        "'%s' is the place of no cell; open it in Excel or LibreOffice and save it again",
        quote(reference).text);
}

static Status fail_beyond(const SheetReading *sheet, const char *reference)
{
    return workbook_fail(sheet->reading, DIAG_WORKBOOK_LIMIT, sheet->row, 0,
                         "'%s' is beyond the last cell of a sheet, in row %d and column %d (XFD); "
                         "delete what stands there",
                         quote(reference).text, SHEET_ROWS_MAX, SHEET_COLUMNS_MAX);
}

/* ---- rows ----------------------------------------------------------------------------------- */

/* "0", "0.0"; NULL is not. */
static bool is_zero(const char *number)
{
    return number != NULL && *number != '\0' && strspn(number, "0.") == strlen(number);
}

static Status begin_row(SheetReading *sheet, const XmlAttribute *attributes)
{
    const char *number = xml_attribute(attributes, "r");
    int row = sheet->row + 1;

    if (number != NULL) {
        const char *end = number;
        row = take_number(&end);
        if (*end != '\0' || row == 0)
            return workbook_fail(
                sheet->reading, DIAG_WORKBOOK, sheet->row, 0,
                "'%s' is the number of no row; open it in Excel or LibreOffice and save it again",
                quote(number).text);
        if (row <= sheet->row)
            return workbook_fail(sheet->reading, DIAG_WORKBOOK, row, 0,
                                 "the row comes after row %d, or twice; open it in Excel or "
                                 "LibreOffice and save it again",
                                 sheet->row);
    }
    if (row > SHEET_ROWS_MAX)
        return fail_beyond(sheet, number != NULL ? number : _("a row without a number"));
    sheet->in_row = true;
    sheet->row = row;
    sheet->row_guessed = number == NULL;
    sheet->row_hidden = xlsx_is_true(xml_attribute(attributes, "hidden")) ||
                        is_zero(xml_attribute(attributes, "ht"));
    sheet->column = 0;
    return STATUS_OK;
}

static Status end_row(SheetReading *sheet)
{
    sheet->in_row = false;
    return workbook_end_row(sheet->reading, sheet->row, sheet->row_hidden, 0);
}

/* ---- cells ---------------------------------------------------------------------------------- */

static Status fail_cell(const SheetReading *sheet, const char *what, const char *found)
{
    return workbook_fail(sheet->reading, DIAG_WORKBOOK, sheet->row, sheet->column,
                         "'%s' %s; open it in Excel or LibreOffice and save it again",
                         quote(found).text, what);
}

/* Moves to the cell's place. */
static Status place_cell(SheetReading *sheet, const char *reference)
{
    const char *end = reference;
    Place place = {sheet->row, sheet->column + 1};

    if (reference != NULL && (!take_place(&end, &place) || *end != '\0'))
        return fail_reference(sheet, reference);
    if (!is_on_sheet(place))
        return fail_beyond(sheet, reference != NULL ? reference : _("a cell without a place"));
    if (sheet->row_guessed && place.row > sheet->row)
        sheet->row = place.row;
    sheet->row_guessed = false;
    if (place.row != sheet->row)
        return fail_cell(sheet, _("is the place of a cell in another row"), reference);
    if (place.column <= sheet->column)
        return fail_cell(sheet, _("is the place of a cell that comes too late, or twice"),
                         reference);
    sheet->column = place.column;
    return STATUS_OK;
}

static Status take_type(SheetReading *sheet, const char *type)
{
    static const struct {
        const char *name;
        CellType type;
    } types[] = {
        {"s", TYPE_SHARED}, {"n", TYPE_NUMBER}, {"str", TYPE_RESULT}, {"inlineStr", TYPE_INLINE},
        {"b", TYPE_FLAG},   {"e", TYPE_ERROR},  {"d", TYPE_DATE},
    };
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++) {
        if (strcmp(type, types[i].name) == 0) {
            sheet->type = types[i].type;
            return STATUS_OK;
        }
    }
    return fail_cell(sheet, _("is no type of a cell"), type);
}

static Status begin_cell(SheetReading *sheet, const XmlAttribute *attributes)
{
    const char *reference = NULL;
    const char *type = NULL;

    sheet->style = 0;
    for (; attributes->name.local != NULL; attributes++) {
        const char *name = attributes->name.local;
        if (attributes->name.space != XML_NO_SPACE || name[0] == '\0' || name[1] != '\0')
            continue;
        if (name[0] == 'r')
            reference = attributes->value;
        else if (name[0] == 't')
            type = attributes->value;
        else if (name[0] == 's' && !xlsx_whole(attributes->value, INT_MAX, &sheet->style))
            sheet->style = INT_MAX;
    }
    TRY(place_cell(sheet, reference));
    sheet->type = TYPE_NUMBER;
    if (type != NULL)
        TRY(take_type(sheet, type));
    sheet->in_cell = true;
    sheet->has_formula = false;
    sheet->has_value = false;
    sheet->in_text = false;
    sheet->phonetic = 0;
    xlsx_text_clear(&sheet->text);
    return STATUS_OK;
}

static Status add_cell(const SheetReading *sheet, const char *text, size_t length, CellKind kind)
{
    return workbook_add_cell(sheet->reading, sheet->row, sheet->column, 1, text, length, kind);
}

/* A serial number whose format makes it a date; one that is no day keeps being a number. */
static Status add_date(const SheetReading *sheet, const char *plain, FormatKind format)
{
    char text[SERIAL_TEXT_SIZE];
    Decimal serial;
    if (!decimal_parse(plain, &serial) ||
        !serial_text(decimal_to_double(serial), format, sheet->book->epoch_1904, text))
        return add_cell(sheet, plain, strlen(plain), CELL_NUMBER);
    return add_cell(sheet, text, strlen(text), CELL_DATE);
}

static Status add_number(const SheetReading *sheet, const char *text, size_t length)
{
    char plain[PLAIN_NUMBER_SIZE];
    FormatKind format = xlsx_style_format(sheet->book->styles, (size_t)sheet->style);
    if (!workbook_number(text, length, plain, sizeof plain))
        return add_cell(sheet, text, length, CELL_ERROR); /* spoils this cell, not the file */
    if (format != FORMAT_NUMBER)
        return add_date(sheet, plain, format);
    return workbook_add_figure(sheet->reading, sheet->row, sheet->column, 1, plain,
                               xlsx_style_shown(sheet->book->styles, (size_t)sheet->style));
}

static Status add_shared(const SheetReading *sheet, const char *text)
{
    long index;
    size_t length;
    const char *shared = NULL;
    if (xlsx_whole(text, WORKBOOK_CELLS_MAX, &index))
        shared = xlsx_string(sheet->book->strings, (size_t)index, &length);
    if (shared == NULL)
        return fail_cell(sheet, _("is no text of the table of strings"), text);
    return add_cell(sheet, shared, length, CELL_TEXT);
}

static Status add_flag(const SheetReading *sheet, const char *text, size_t length)
{
    if (strcmp(text, "1") == 0 || strcmp(text, "true") == 0)
        return add_cell(sheet, "TRUE", 4, CELL_FLAG);
    if (strcmp(text, "0") == 0 || strcmp(text, "false") == 0)
        return add_cell(sheet, "FALSE", 5, CELL_FLAG);
    return add_cell(sheet, text, length, CELL_ERROR);
}

static Status add_iso_date(const SheetReading *sheet, const char *text, size_t length)
{
    char date[SERIAL_TEXT_SIZE];
    if (!iso_text(text, date))
        return add_cell(sheet, text, length, CELL_ERROR);
    return add_cell(sheet, date, strlen(date), CELL_DATE);
}

/* A value that is not a text. */
static Status add_value(const SheetReading *sheet, const char *text, size_t length)
{
    switch (sheet->type) {
    case TYPE_SHARED: return add_shared(sheet, text);
    case TYPE_FLAG: return add_flag(sheet, text, length);
    case TYPE_DATE: return add_iso_date(sheet, text, length);
    case TYPE_NUMBER: return add_number(sheet, text, length);
    case TYPE_ERROR:
    case TYPE_INLINE:
    case TYPE_RESULT: break;
    }
    return add_cell(sheet, text, length, CELL_ERROR);
}

static Status end_cell(SheetReading *sheet)
{
    XlsxText *text = &sheet->text;
    sheet->in_cell = false;
    if (sheet->has_value && (sheet->type == TYPE_INLINE || sheet->type == TYPE_RESULT)) {
        xlsx_text_unescape(text);
        return add_cell(sheet, text->bytes, text->length, CELL_TEXT);
    }
    const char *value = text->bytes;
    size_t length = text->length;
    trim_blanks(&value, &length);
    text->bytes[(size_t)(value - text->bytes) + length] = '\0';
    if (length > 0)
        return add_value(sheet, value, length);
    /* Some programs write formulas with an empty result: only a text can be one. */
    return sheet->has_formula ? add_cell(sheet, "", 0, CELL_PENDING) : STATUS_OK;
}

/* ---- what stands beside the cells ----------------------------------------------------------- */

static Status add_merge(SheetReading *sheet, const char *area)
{
    Place a;
    Place b;
    const char *end = area;
    if (area == NULL)
        return STATUS_OK;
    if (!take_place(&end, &a))
        return fail_reference(sheet, area);
    if (*end == '\0')
        return STATUS_OK; /* one cell */
    if (*end++ != ':' || !take_place(&end, &b) || *end != '\0')
        return fail_reference(sheet, area);
    if (!is_on_sheet(a) || !is_on_sheet(b))
        return fail_beyond(sheet, area);
    if (++sheet->merges > MERGES_MAX)
        return workbook_fail(sheet->reading, DIAG_WORKBOOK_LIMIT, 0, 0,
                             "the sheet has more than %d merged areas; unmerge its cells",
                             MERGES_MAX);
    return sheet_add_merge(
        sheet->reading->builder,
        (SheetArea){.first_line = a.row < b.row ? a.row : b.row,
                    .last_line = a.row < b.row ? b.row : a.row,
                    .first_column = (size_t)(a.column < b.column ? a.column : b.column) - 1,
                    .last_column = (size_t)(a.column < b.column ? b.column : a.column) - 1});
}

static Status add_columns(SheetReading *sheet, const XmlAttribute *attributes)
{
    const char *first_text = xml_attribute(attributes, "min");
    const char *last_text = xml_attribute(attributes, "max");
    long first;
    long last;
    if (!xlsx_is_true(xml_attribute(attributes, "hidden")) &&
        !is_zero(xml_attribute(attributes, "width")))
        return STATUS_OK;
    if (first_text == NULL || last_text == NULL || !xlsx_whole(first_text, INT_MAX, &first) ||
        !xlsx_whole(last_text, INT_MAX, &last) || first < 1 || last < first ||
        first > SHEET_COLUMNS_MAX)
        return workbook_fail(
            sheet->reading, DIAG_WORKBOOK, 0, 0,
            "'%s' to '%s' are no columns; open it in Excel or LibreOffice and save it again",
            quote(first_text != NULL ? first_text : "").text,
            quote(last_text != NULL ? last_text : "").text);
    if (++sheet->hidden_columns > HIDDEN_COLUMNS_MAX)
        return workbook_fail(sheet->reading, DIAG_WORKBOOK_LIMIT, 0, 0,
                             "the sheet hides columns more than %d times; open it in Excel or "
                             "LibreOffice and save it again",
                             HIDDEN_COLUMNS_MAX);
    if (last > SHEET_COLUMNS_MAX)
        last = SHEET_COLUMNS_MAX;
    return sheet_hide_columns(sheet->reading->builder, (size_t)first - 1, (size_t)last - 1);
}

/* ---- events --------------------------------------------------------------------------------- */

static bool is_named(const XmlName *name, const char *wanted)
{
    return strcmp(name->local, wanted) == 0;
}

static void start_in_cell(SheetReading *sheet, const XmlName *name)
{
    if (is_named(name, "v") || is_named(name, "is")) {
        sheet->has_value = true;
        sheet->in_text = name->local[0] == 'v';
        xlsx_text_clear(&sheet->text);
    } else if (is_named(name, "f")) {
        sheet->has_formula = true;
    } else if (is_named(name, "rPh")) {
        sheet->phonetic++;
    } else if (is_named(name, "t")) {
        sheet->in_text = sheet->phonetic == 0;
    }
}

static Status on_start(void *context, const XmlName *name, const XmlAttribute *attributes)
{
    SheetReading *sheet = context;
    if (!sheet->rooted) {
        sheet->rooted = true;
        return xlsx_check_root(sheet->reading, name, "worksheet", sheet->part);
    }
    if (!xlsx_is_main(name))
        return STATUS_OK;
    if (sheet->in_cell)
        start_in_cell(sheet, name);
    else if (sheet->in_row && is_named(name, "c"))
        return begin_cell(sheet, attributes);
    else if (sheet->in_data && !sheet->in_row && is_named(name, "row"))
        return begin_row(sheet, attributes);
    else if (is_named(name, "sheetData"))
        sheet->in_data = true;
    else if (is_named(name, "col"))
        return add_columns(sheet, attributes);
    else if (is_named(name, "mergeCell"))
        return add_merge(sheet, xml_attribute(attributes, "ref"));
    return STATUS_OK;
}

static Status on_end(void *context, const XmlName *name)
{
    SheetReading *sheet = context;
    if (!xlsx_is_main(name))
        return STATUS_OK;
    if (sheet->in_cell) {
        if (is_named(name, "c"))
            return end_cell(sheet);
        if (is_named(name, "v") || is_named(name, "t"))
            sheet->in_text = false;
        else if (is_named(name, "rPh"))
            sheet->phonetic--;
    } else if (sheet->in_row) {
        if (is_named(name, "row"))
            return end_row(sheet);
    } else if (is_named(name, "sheetData")) {
        sheet->in_data = false;
    }
    return STATUS_OK;
}

static Status on_text(void *context, const char *text, size_t length)
{
    SheetReading *sheet = context;
    bool too_long = false;
    if (!sheet->in_text)
        return STATUS_OK;
    TRY(xlsx_text_add(&sheet->text, text, length, &too_long));
    if (too_long)
        return workbook_fail(sheet->reading, DIAG_WORKBOOK_LIMIT, sheet->row, sheet->column,
                             "the cell has more than %d bytes; shorten its text", CELL_BYTES_MAX);
    return STATUS_OK;
}

Status xlsx_sheet_read(WorkbookReading *reading, const char *part, const XlsxBook *book)
{
    static const XmlEvents events = {on_start, on_end, on_text, xlsx_space};
    SheetReading sheet = {.reading = reading, .part = part, .book = book};
    TRY(xlsx_text_new(&sheet.text, reading->scratch));
    return xml_read(reading, part, &events, &sheet);
}
