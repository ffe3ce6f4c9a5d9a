/* Formats of an .xlsx: which cell styles make a number a day or a time, and what they show beside it.
 *
 * A cell names a style (an xf of cellXfs), the style a number format by id, and that is built in or
 * given as a code.
 */
#include "io/number_shown.h"
#include "io/xlsx_internal.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

enum { STYLES_MAX = 100000, FIRST_CAPACITY = 64 }; /* programs allow 65,490 */

typedef struct CustomFormat {
    long id;
    size_t order;
    FormatKind kind;
    uint32_t shown;
} CustomFormat;

/* What a style makes of a number. */
typedef struct Style {
    FormatKind kind;
    uint32_t shown;
} Style;

struct XlsxStyles {
    Style *of; /* [count] */
    size_t count;
};

typedef struct StylesReading {
    WorkbookReading *reading;
    const char *part;
    CustomFormat *customs;
    size_t custom_count;
    size_t custom_capacity;
    long *ids; /* [id_count] number format of each style */
    size_t id_count;
    size_t id_capacity;
    bool rooted;
    bool in_styles; /* inside <cellXfs> */
} StylesReading;

/* Room for one more object in a list, which it may move. */
static Status make_room(StylesReading *table, void **list, size_t count, size_t *capacity,
                        size_t size)
{
    if (count == STYLES_MAX)
        return workbook_fail(table->reading, DIAG_WORKBOOK_LIMIT, 0, 0,
                             "the workbook has more than %d cell formats; copy the cells that are "
                             "needed into a new workbook, as values",
                             STYLES_MAX);
    if (count < *capacity)
        return STATUS_OK;
    size_t wanted = *capacity == 0 ? FIRST_CAPACITY : 2 * *capacity;
    void *grown = arena_grow(table->reading->scratch, *list, *capacity, wanted, size);
    TRY_NEW(grown);
    *list = grown;
    *capacity = wanted;
    return STATUS_OK;
}

/* -1 for what is no id: then it is no built-in one either. */
static long format_id(const char *text)
{
    long id;
    return text != NULL && xlsx_whole(text, INT_MAX, &id) ? id : -1;
}

static Status add_custom(StylesReading *table, const XmlAttribute *attributes)
{
    const char *code = xml_attribute(attributes, "formatCode");
    long id = format_id(xml_attribute(attributes, "numFmtId"));
    void *list = table->customs;
    if (code == NULL || id < 0)
        return STATUS_OK;
    TRY(make_room(table, &list, table->custom_count, &table->custom_capacity,
                  sizeof *table->customs));
    table->customs = list;
    table->customs[table->custom_count] =
        (CustomFormat){id, table->custom_count, format_kind(code), number_shown_of_id(id, code)};
    table->custom_count++;
    return STATUS_OK;
}

static Status add_style(StylesReading *table, const XmlAttribute *attributes)
{
    void *list = table->ids;
    TRY(make_room(table, &list, table->id_count, &table->id_capacity, sizeof *table->ids));
    table->ids = list;
    table->ids[table->id_count++] = format_id(xml_attribute(attributes, "numFmtId"));
    return STATUS_OK;
}

static Status on_start(void *context, const XmlName *name, const XmlAttribute *attributes)
{
    StylesReading *table = context;
    if (!table->rooted) {
        table->rooted = true;
        return xlsx_check_root(table->reading, name, "styleSheet", table->part);
    }
    if (!xlsx_is_main(name))
        return STATUS_OK;
    if (strcmp(name->local, "numFmt") == 0)
        return add_custom(table, attributes);
    if (strcmp(name->local, "cellXfs") == 0)
        table->in_styles = true;
    else if (table->in_styles && strcmp(name->local, "xf") == 0)
        return add_style(table, attributes);
    return STATUS_OK;
}

static Status on_end(void *context, const XmlName *name)
{
    StylesReading *table = context;
    if (xlsx_is_main(name) && strcmp(name->local, "cellXfs") == 0)
        table->in_styles = false;
    return STATUS_OK;
}

/* ---- from formats to styles ----------------------------------------------------------------- */

static int compare_customs(const void *a, const void *b)
{
    const CustomFormat *x = a;
    const CustomFormat *y = b;
    if (x->id != y->id)
        return x->id < y->id ? -1 : 1;
    return x->order < y->order ? -1 : 1;
}

/* A custom format comes before the built-in one of its id; of two, the first counts. */
static Style style_of(const StylesReading *table, long id)
{
    size_t low = 0;
    size_t high = table->custom_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (table->customs[middle].id < id)
            low = middle + 1;
        else
            high = middle;
    }
    if (low < table->custom_count && table->customs[low].id == id)
        return (Style){table->customs[low].kind, table->customs[low].shown};
    return (Style){id >= 0 ? format_kind_of_id(id) : FORMAT_NUMBER, number_shown_of_id(id, NULL)};
}

Status xlsx_styles_read(WorkbookReading *reading, const char *part, XlsxStyles **styles)
{
    static const XmlEvents events = {.start = on_start, .end = on_end, .space = xlsx_space};
    StylesReading table = {.reading = reading, .part = part};
    XlsxStyles *made = ARENA_NEW(reading->scratch, 1, XlsxStyles);
    TRY_NEW(made);
    if (part != NULL)
        TRY(xml_read(reading, part, &events, &table));
    if (table.custom_count > 0)
        qsort(table.customs, table.custom_count, sizeof *table.customs, compare_customs);
    made->of = ARENA_NEW(reading->scratch, table.id_count, Style);
    TRY_NEW(made->of);
    for (size_t i = 0; i < table.id_count; i++)
        made->of[i] = style_of(&table, table.ids[i]);
    made->count = table.id_count;
    *styles = made;
    return STATUS_OK;
}

FormatKind xlsx_style_format(const XlsxStyles *styles, size_t style)
{
    return style < styles->count ? styles->of[style].kind : FORMAT_NUMBER;
}

uint32_t xlsx_style_shown(const XlsxStyles *styles, size_t style)
{
    return style < styles->count ? styles->of[style].shown : 0;
}
