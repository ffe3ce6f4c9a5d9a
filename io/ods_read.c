/* OpenDocument spreadsheets (.ods and flat .fods): the walk over content.xml.
 *
 * A table says which element may stand where and what it means; everything else is passed over with
 * all that is in it: drawings, notes, tracked changes, validations, named ranges. So a table inside
 * a chart inside a cell is never taken for a sheet.
 */
#include "io/ods_internal.h"

#include <limits.h>
#include <string.h>
#include <strings.h>

#define MANIFEST "META-INF/manifest.xml"

/* An element that is looked at. */
typedef struct OdsStep {
    OdsPlace place; /* where it stands */
    OdsSpace space;
    const char *local; /* NULL: any other of this namespace */
    OdsPlace inside;   /* the place inside it, unless begin() says another */
    Status (*begin)(OdsReading *ods, const XmlAttribute *attributes); /* may be NULL */
    Status (*end)(OdsReading *ods);                                   /* may be NULL */
} OdsStep;

/* An element that the walk is in. */
typedef struct OdsLevel {
    const OdsStep *step;
    OdsPlace outside;
} OdsLevel;

/* ---- names ---------------------------------------------------------------------------------- */

static int space_of(const char *space, size_t length)
{
    static const struct {
        const char *text;
        size_t length;
        int space;
    } spaces[] = {
#define SPACE(text, space) {text, sizeof(text) - 1, space}
        SPACE("urn:oasis:names:tc:opendocument:xmlns:table:1.0", SPACE_TABLE),
        SPACE("urn:oasis:names:tc:opendocument:xmlns:text:1.0", SPACE_TEXT),
        SPACE("urn:oasis:names:tc:opendocument:xmlns:office:1.0", SPACE_OFFICE),
        SPACE("urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0",
              SPACE_CALCEXT),
        SPACE("urn:oasis:names:tc:opendocument:xmlns:style:1.0", SPACE_STYLE),
        SPACE("urn:oasis:names:tc:opendocument:xmlns:meta:1.0", SPACE_META),
        SPACE("http://openoffice.org/2000/table", SPACE_TABLE),
        SPACE("http://openoffice.org/2000/text", SPACE_TEXT),
        SPACE("http://openoffice.org/2000/office", SPACE_OFFICE),
        SPACE("http://openoffice.org/2000/style", SPACE_STYLE),
        SPACE("http://openoffice.org/2000/meta", SPACE_META),
#undef SPACE
    };
    for (size_t i = 0; i < sizeof spaces / sizeof spaces[0]; i++) {
        if (length == spaces[i].length && memcmp(space, spaces[i].text, length) == 0)
            return spaces[i].space;
    }
    return XML_OTHER_SPACE;
}

Status ods_count(OdsReading *ods, const char *text, int *out)
{
    int count = 0;
    const char *p = text;
    *out = 1;
    if (text == NULL)
        return STATUS_OK;
    for (; *p >= '0' && *p <= '9'; p++) {
        int digit = *p - '0';
        count = count > (INT_MAX - digit) / 10 ? INT_MAX : count * 10 + digit;
    }
    if (p == text || *p != '\0')
        return workbook_fail(ods->reading, DIAG_WORKBOOK, ods->row, ods->column,
                             "the file says how often a cell or row is repeated, or how many it "
                             "spans, with '%.40s', which is no number; save it again",
                             text);
    if (count > 1)
        *out = count;
    return STATUS_OK;
}

int ods_advance(int at, int by)
{
    return by > INT_MAX - at ? INT_MAX : at + by;
}

/* ---- the elements --------------------------------------------------------------------------- */

static Status refuse_body(OdsReading *ods, const XmlAttribute *attributes)
{
    (void)attributes;
    return workbook_fail(ods->reading, DIAG_WORKBOOK, 0, 0,
                         "the file is no spreadsheet but another OpenDocument file; save the table "
                         "as a spreadsheet (.ods)");
}

static Status begin_generator(OdsReading *ods, const XmlAttribute *attributes)
{
    ods->text.length = 0;
    ods->paragraphs = 0;
    return ods_begin_paragraph(ods, attributes);
}

/* "LibreOffice/7.4.7.2$Linux_X86_64 ...", "MicrosoftOffice/16.0 MicrosoftExcel", "OpenOffice/4.1" */
static Status end_generator(OdsReading *ods)
{
    static const char word[] = "office";
    for (size_t i = 0; i + sizeof word - 1 <= ods->text.length; i++) {
        if (strncasecmp(ods->text.bytes + i, word, sizeof word - 1) == 0)
            ods->by_office = true;
    }
    return STATUS_OK;
}

static const OdsStep steps[] = {
    {IN_ROW, SPACE_TABLE, "table-cell", IN_CELL, ods_begin_cell, ods_end_cell},
    {IN_ROW, SPACE_TABLE, "covered-table-cell", IN_NOTHING, ods_pass_covered, NULL},
    {IN_CELL, SPACE_TEXT, "p", IN_PARAGRAPH, ods_begin_paragraph, ods_end_paragraph},
    {IN_CELL, SPACE_TEXT, "h", IN_PARAGRAPH, ods_begin_paragraph, ods_end_paragraph},
    {IN_CELL, SPACE_TEXT, "list", IN_CELL, NULL, NULL},
    {IN_CELL, SPACE_TEXT, "list-item", IN_CELL, NULL, NULL},
    {IN_PARAGRAPH, SPACE_TEXT, "s", IN_NOTHING, ods_add_spaces, NULL},
    {IN_PARAGRAPH, SPACE_TEXT, "tab", IN_NOTHING, ods_add_tab, NULL},
    {IN_PARAGRAPH, SPACE_TEXT, "tab-stop", IN_NOTHING, ods_add_tab, NULL}, /* OpenOffice 1 */
    {IN_PARAGRAPH, SPACE_TEXT, "line-break", IN_NOTHING, ods_add_break, NULL},
    {IN_PARAGRAPH, SPACE_TEXT, "note", IN_NOTHING, NULL, NULL},
    {IN_PARAGRAPH, SPACE_TEXT, "ruby-text", IN_NOTHING, NULL, NULL},
    {IN_PARAGRAPH, SPACE_TEXT, NULL, IN_PARAGRAPH, NULL, NULL}, /* spans, links, fields */

    {IN_TABLE, SPACE_TABLE, "table-row", IN_ROW, ods_begin_row, ods_end_row},
    {IN_TABLE, SPACE_TABLE, "table-rows", IN_TABLE, NULL, NULL},
    {IN_TABLE, SPACE_TABLE, "table-row-group", IN_TABLE, NULL, NULL},
    {IN_TABLE, SPACE_TABLE, "table-header-rows", IN_TABLE, NULL, NULL},
    {IN_TABLE, SPACE_TABLE, "table-column", IN_NOTHING, ods_read_column, NULL},
    {IN_TABLE, SPACE_TABLE, "table-columns", IN_TABLE, NULL, NULL},
    {IN_TABLE, SPACE_TABLE, "table-column-group", IN_TABLE, NULL, NULL},
    {IN_TABLE, SPACE_TABLE, "table-header-columns", IN_TABLE, NULL, NULL},

    {IN_FILE, SPACE_OFFICE, "document-content", IN_DOCUMENT, NULL, NULL},
    {IN_FILE, SPACE_OFFICE, "document", IN_DOCUMENT, NULL, NULL},
    {IN_META_FILE, SPACE_OFFICE, "document-meta", IN_META_DOCUMENT, NULL, NULL},
    {IN_META_DOCUMENT, SPACE_OFFICE, "meta", IN_META, NULL, NULL},
    {IN_DOCUMENT, SPACE_OFFICE, "meta", IN_META, NULL, NULL},
    {IN_META, SPACE_META, "generator", IN_PARAGRAPH, begin_generator, end_generator},
    {IN_DOCUMENT, SPACE_OFFICE, "automatic-styles", IN_STYLES, NULL, NULL},
    {IN_STYLES, SPACE_STYLE, "style", IN_STYLE, ods_begin_style, NULL},
    {IN_STYLE, SPACE_STYLE, "table-properties", IN_NOTHING, ods_read_style, NULL},
    {IN_STYLE, SPACE_STYLE, "properties", IN_NOTHING, ods_read_style, NULL}, /* OpenOffice 1 */
    {IN_DOCUMENT, SPACE_OFFICE, "body", IN_BODY, NULL, NULL},
    {IN_BODY, SPACE_OFFICE, "spreadsheet", IN_BOOK, NULL, NULL},
    {IN_BODY, SPACE_OFFICE, NULL, IN_NOTHING, refuse_body, NULL},
    {IN_BODY, SPACE_TABLE, "table", IN_TABLE, ods_begin_table, ods_end_table}, /* OpenOffice 1 */
    {IN_BOOK, SPACE_TABLE, "table", IN_TABLE, ods_begin_table, ods_end_table},
    {IN_BOOK, SPACE_TABLE, "calculation-settings", IN_SETTINGS, NULL, NULL},
    {IN_SETTINGS, SPACE_TABLE, "null-date", IN_NOTHING, ods_read_null_date, NULL},
};

/* The step for this element where the walk is, or NULL. */
static const OdsStep *find_step(OdsPlace place, const XmlName *name)
{
    if (place == IN_NOTHING)
        return NULL;
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
        const OdsStep *step = &steps[i];
        if (step->place == place && (int)step->space == name->space &&
            (step->local == NULL || strcmp(step->local, name->local) == 0))
            return step;
    }
    return NULL;
}

/* ---- the walk ------------------------------------------------------------------------------- */

static Status on_start(void *context, const XmlName *name, const XmlAttribute *attributes)
{
    OdsReading *ods = context;
    const OdsStep *step = ods->passed_over == 0 ? find_step(ods->place, name) : NULL;
    if (step == NULL || ods->depth == XML_DEPTH_MAX) {
        ods->passed_over++;
        return STATUS_OK;
    }
    ods->levels[ods->depth++] = (OdsLevel){step, ods->place};
    ods->place = step->inside;
    return step->begin != NULL ? step->begin(ods, attributes) : STATUS_OK;
}

static Status on_end(void *context, const XmlName *name)
{
    OdsReading *ods = context;
    (void)name;
    if (ods->passed_over > 0) {
        ods->passed_over--;
        return STATUS_OK;
    }
    const OdsLevel *level = &ods->levels[--ods->depth];
    ods->place = level->outside;
    return level->step->end != NULL ? level->step->end(ods) : STATUS_OK;
}

static Status on_text(void *context, const char *text, size_t length)
{
    OdsReading *ods = context;
    if (ods->passed_over > 0 || ods->place != IN_PARAGRAPH)
        return STATUS_OK;
    return ods_add_letters(ods, text, length);
}

/* ---- the password --------------------------------------------------------------------------- */

/* How much of the word was seen, so that it is found over the edge of two pieces. */
typedef struct WordSearch {
    const char *word; /* its first letter stands in it only once */
    size_t seen;
    bool found;
} WordSearch;

static Status search_word(void *context, const char *bytes, size_t size)
{
    WordSearch *search = context;
    for (size_t i = 0; i < size && !search->found; i++) {
        if (bytes[i] != search->word[search->seen])
            search->seen = 0;
        if (bytes[i] == search->word[search->seen])
            search->seen++;
        search->found = search->word[search->seen] == '\0';
    }
    return STATUS_OK;
}

/* The manifest is searched and not parsed: some have a DOCTYPE, which is harmless there. */
Status ods_check_password(WorkbookReading *reading)
{
    WordSearch search = {.word = "encryption-data"};
    if (reading->zip == NULL || !zip_has(reading->zip, MANIFEST))
        return STATUS_OK;
    Status status = zip_read(reading->zip, MANIFEST, search_word, &search);
    if (status == STATUS_FINDINGS)
        return workbook_fail_zip(reading);
    if (status == STATUS_OK && search.found)
        return workbook_fail(reading, DIAG_WORKBOOK_LOCKED, 0, 0,
                             "the workbook is protected by a password; save it without one");
    return status;
}

Status ods_read(WorkbookReading *reading)
{
    static const XmlEvents events = {on_start, on_end, on_text, space_of};
    OdsReading ods = {.reading = reading};
    bool flat = reading->zip == NULL;

    ods.levels = ARENA_NEW(reading->scratch, XML_DEPTH_MAX, OdsLevel);
    TRY_NEW(ods.levels);
    TRY(ods_check_password(reading));
    ods.place = IN_META_FILE;
    if (!flat && zip_has(reading->zip, "meta.xml"))
        TRY(xml_read(reading, "meta.xml", &events, &ods));
    ods.place = IN_FILE;
    TRY(xml_read(reading, flat ? NULL : "content.xml", &events, &ods));
    if (!ods.any_table)
        return workbook_fail(reading, DIAG_WORKBOOK, 0, 0,
                             "the workbook has no sheet; is it a spreadsheet?");
    return STATUS_OK;
}
