/* Cells of an OpenDocument spreadsheet: which of a cell's attributes and paragraphs is its value.
 *
 * An attribute has the value as it is stored, the paragraphs have it as it was shown. The attribute
 * counts, except where it hides an error: older programs store 0 and show "#DIV/0!".
 */
#include "io/ods_internal.h"

#include <string.h>

#include "io/number_shown.h"
#include "io/serial_date.h"

/* Attributes of a cell, NULL where it has none. */
typedef struct CellAttributes {
    const char *type;
    const char *value;
    const char *date;
    const char *time;
    const char *flag;
    const char *string;
    const char *currency;
    const char *repeat;
    const char *columns;
    const char *rows;
    bool formula;
    bool error;
} CellAttributes;

enum { VALUE_SIZE = 64 };

/* ---- attributes ----------------------------------------------------------------------------- */

/* Where the attribute goes, or NULL. */
static const char **place_of(CellAttributes *found, const char *local)
{
    switch (local[0]) {
    case 'v':
        if (strcmp(local, "value") == 0)
            return &found->value;
        return strcmp(local, "value-type") == 0 ? &found->type : NULL;
    case 'd': return strcmp(local, "date-value") == 0 ? &found->date : NULL;
    case 't': return strcmp(local, "time-value") == 0 ? &found->time : NULL;
    case 'b': return strcmp(local, "boolean-value") == 0 ? &found->flag : NULL;
    case 's': return strcmp(local, "string-value") == 0 ? &found->string : NULL;
    case 'c': return strcmp(local, "currency") == 0 ? &found->currency : NULL;
    case 'n':
        if (strcmp(local, "number-columns-repeated") == 0)
            return &found->repeat;
        if (strcmp(local, "number-columns-spanned") == 0)
            return &found->columns;
        return strcmp(local, "number-rows-spanned") == 0 ? &found->rows : NULL;
    default: return NULL;
    }
}

static void find_attributes(const XmlAttribute *attributes, CellAttributes *found)
{
    *found = (CellAttributes){0};
    for (; attributes->name.local != NULL; attributes++) {
        const char *local = attributes->name.local;
        int space = attributes->name.space;
        if (space == SPACE_CALCEXT && strcmp(local, "value-type") == 0)
            found->error = strcmp(attributes->value, "error") == 0;
        if (space != SPACE_OFFICE && space != SPACE_TABLE)
            continue;
        const char **place = place_of(found, local);
        if (place != NULL)
            *place = attributes->value;
        else if (strcmp(local, "formula") == 0)
            found->formula = true;
    }
}

static OdsType type_of(const char *name)
{
    static const struct {
        const char *name;
        OdsType type;
    } types[] = {{"float", ODS_NUMBER},    {"string", ODS_STRING},     {"date", ODS_DATE},
                 {"currency", ODS_NUMBER}, {"percentage", ODS_NUMBER}, {"boolean", ODS_FLAG},
                 {"time", ODS_TIME}};
    for (size_t i = 0; name != NULL && i < sizeof types / sizeof types[0]; i++) {
        if (strcmp(name, types[i].name) == 0)
            return types[i].type;
    }
    return ODS_NONE;
}

/* ---- values --------------------------------------------------------------------------------- */

static bool flag_text(const char *text, char out[VALUE_SIZE])
{
    bool yes = strcmp(text, "true") == 0 || strcmp(text, "1") == 0;
    bool no = strcmp(text, "false") == 0 || strcmp(text, "0") == 0;
    memcpy(out, yes ? "TRUE" : "FALSE", yes ? sizeof "TRUE" : sizeof "FALSE");
    return yes || no;
}

/* What the cell's type says of how its number is shown. */
static uint32_t shown_of(const CellAttributes *found)
{
    if (found->type != NULL && strcmp(found->type, "percentage") == 0)
        return SHOWN_SHARE;
    if (found->type != NULL && strcmp(found->type, "currency") == 0)
        return number_shown_in(found->currency);
    return 0;
}

/* The attribute that a cell of this type keeps its value in. */
static const char *value_of(OdsType type, const CellAttributes *found)
{
    switch (type) {
    case ODS_NUMBER: return found->value;
    case ODS_DATE: return found->date;
    case ODS_TIME: return found->time;
    case ODS_FLAG: return found->flag;
    case ODS_STRING: return found->string;
    case ODS_NONE: break;
    }
    return NULL;
}

/* Writes the value as a sheet wants it; false when it is none of its type. */
static bool write_value(OdsType type, const char *text, char out[VALUE_SIZE], CellKind *kind)
{
    _Static_assert((int)VALUE_SIZE >= (int)SERIAL_TEXT_SIZE, "a day's text finds room");
    *kind = CELL_DATE;
    if (type == ODS_DATE)
        return iso_text(text, out);
    if (type == ODS_TIME)
        return duration_text(text, out);
    *kind = type == ODS_FLAG ? CELL_FLAG : CELL_NUMBER;
    if (type == ODS_FLAG)
        return flag_text(text, out);
    return workbook_number(text, strlen(text), out, VALUE_SIZE);
}

/* A value that is none of its type spoils its cell, not the file. */
static Status keep_value(OdsReading *ods, const char *text)
{
    char value[VALUE_SIZE];
    OdsCell *cell = &ods->cell;
    cell->has_value = true;
    cell->kind = CELL_TEXT;
    if (cell->type != ODS_STRING) {
        if (write_value(cell->type, text, value, &cell->kind))
            text = value;
        else
            cell->kind = CELL_ERROR;
    }
    return ods_set_text(ods, &ods->value, text, strlen(text));
}

static bool is_zero(const OdsReading *ods)
{
    return ods->cell.kind == CELL_NUMBER && strcmp(ods->value.bytes, "0") == 0;
}

Status ods_begin_cell(OdsReading *ods, const XmlAttribute *attributes)
{
    CellAttributes found;
    OdsCell *cell = &ods->cell;
    find_attributes(attributes, &found);
    *cell = (OdsCell){.type = type_of(found.type),
                      .formula = found.formula,
                      .error = found.error,
                      .shown = shown_of(&found)};
    TRY(ods_count(ods, found.repeat, &cell->repeat));
    TRY(ods_count(ods, found.columns, &cell->columns));
    TRY(ods_count(ods, found.rows, &cell->rows));
    ods->text.length = 0;
    ods->paragraphs = 0;

    const char *value = value_of(cell->type, &found);
    if (value != NULL)
        TRY(keep_value(ods, value));
    if (cell->has_value && !cell->error && !cell->formula && !is_zero(ods))
        ods->place = IN_NOTHING; /* its paragraphs can say nothing new */
    return STATUS_OK;
}

/* ---- errors --------------------------------------------------------------------------------- */

/* "Err:502", in any language. */
static bool is_error_number(const char *text)
{
    const char *colon = strrchr(text, ':');
    return colon != NULL && colon > text && (text[0] < '0' || text[0] > '9') && colon[1] == '5' &&
           strlen(colon + 1) == 3 && strspn(colon + 1, "0123456789") == 3;
}

static bool is_error_name(const char *text)
{
    static const char *const names[] = {"#DIV/0!", "#N/A",    "#NAME?",  "#NULL!", "#NUM!",
                                        "#REF!",   "#VALUE!", "#SPILL!", "#CALC!", "#GETTING_DATA"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (strcmp(text, names[i]) == 0)
            return true;
    }
    return false;
}

/* True when the paragraphs show an error. Behind a stored 0 it may be named in any language; but a
 * format may well show 0 as "#0". */
static bool shows_error(const OdsReading *ods)
{
    const char *text = ods->text.bytes;
    if (ods->text.length == 0)
        return false;
    if (ods->cell.has_value && is_zero(ods))
        return is_error_number(text) ||
               (text[0] == '#' && text[1] != '\0' && strpbrk(text, "0123456789 ") == NULL) ||
               is_error_name(text);
    return ods->cell.formula && ods->cell.type == ODS_STRING &&
           (is_error_name(text) || is_error_number(text));
}

/* ---- the end of a cell ---------------------------------------------------------------------- */

static Status add_cell(OdsReading *ods, const char *text, size_t length, CellKind kind)
{
    return workbook_add_cell(ods->reading, ods->row, ods->column, ods->cell.repeat, text, length,
                             kind);
}

static Status add_error(OdsReading *ods)
{
    static const char unnamed[] = "#ERROR!";
    if (ods->text.length > 0)
        return add_cell(ods, ods->text.bytes, ods->text.length, CELL_ERROR);
    return add_cell(ods, unnamed, sizeof unnamed - 1, CELL_ERROR);
}

/* True for a formula that was never calculated. Office programs calculate; they write neither a type
 * nor a value when the result is an empty text. */
static bool is_pending(const OdsReading *ods)
{
    const OdsCell *cell = &ods->cell;
    if (!cell->formula || cell->type == ODS_STRING)
        return false;
    return cell->type != ODS_NONE || !ods->by_office;
}

Status ods_end_cell(OdsReading *ods)
{
    const OdsCell *cell = &ods->cell;
    if (cell->error || shows_error(ods))
        TRY(add_error(ods));
    else if (cell->has_value && cell->kind == CELL_NUMBER)
        TRY(workbook_add_figure(ods->reading, ods->row, ods->column, cell->repeat, ods->value.bytes,
                                cell->shown));
    else if (cell->has_value)
        TRY(add_cell(ods, ods->value.bytes, ods->value.length, cell->kind));
    else if (ods->text.length > 0)
        TRY(add_cell(ods, ods->text.bytes, ods->text.length, CELL_TEXT));
    else if (is_pending(ods))
        TRY(add_cell(ods, "", 0, CELL_PENDING));
    if (cell->columns > 1 || cell->rows > 1)
        TRY(ods_add_span(ods));
    ods->column = ods_advance(ods->column, cell->repeat);
    return STATUS_OK;
}

Status ods_pass_covered(OdsReading *ods, const XmlAttribute *attributes)
{
    int repeat;
    TRY(ods_count(ods, xml_attribute_in(attributes, SPACE_TABLE, "number-columns-repeated"),
                  &repeat));
    ods->column = ods_advance(ods->column, repeat);
    return STATUS_OK;
}
