/* An .xlsx package: which part is the workbook, its sheets, and the parts that they need.
 *
 * Parts name each other through relations: ids in a part, resolved by a list beside it. Strings and
 * styles are read when the first sheet is wanted, so that a workbook of other people's data costs
 * nothing.
 */
#include "io/xlsx_internal.h"

#include "allot/language.h"
#include "allot/quote.h"

#include <string.h>

enum { RELATIONS_MAX = 4 * SHEETS_MAX, FIRST_CAPACITY = 32 };

typedef enum RelationKind {
    RELATION_DOCUMENT,
    RELATION_SHEET,
    RELATION_OTHER_SHEET, /* without cells: charts, dialogs, macros */
    RELATION_STRINGS,
    RELATION_STYLES,
    RELATION_KINDS /* also: one of no use here */
} RelationKind;

typedef struct Relation {
    const char *id;
    RelationKind kind;
    const char *part; /* its target; NULL when it is outside the file */
} Relation;

typedef struct Relations {
    WorkbookReading *reading;
    const char *source; /* the part they start from */
    const char *part;   /* their own */
    Relation *list;
    size_t count;
    size_t capacity;
    bool rooted;
} Relations;

typedef struct BookSheet {
    const char *name;
    const char *relation; /* id, or NULL */
    WorkbookVisibility visibility;
} BookSheet;

typedef struct Book {
    WorkbookReading *reading;
    const char *part;
    Relations relations;
    BookSheet *sheets;
    size_t sheet_count;
    size_t sheet_capacity;
    XlsxBook shared;
    bool has_shared; /* strings and styles were read */
    bool rooted;
    bool in_sheets;
} Book;

/* ---- what all parts share ------------------------------------------------------------------- */

int xlsx_space(const char *space, size_t length)
{
    static const struct {
        const char *end;
        int space;
    } ends[] = {{"/spreadsheetml/2006/main", XLSX_SPACE_MAIN},
                {"/ooxml/spreadsheetml/main", XLSX_SPACE_MAIN},
                {"/relationships", XLSX_SPACE_RELATIONS}};
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
        size_t bytes = strlen(ends[i].end);
        if (length >= bytes && memcmp(space + length - bytes, ends[i].end, bytes) == 0)
            return ends[i].space;
    }
    return XML_OTHER_SPACE;
}

bool xlsx_is_main(const XmlName *name)
{
    return name->space == XLSX_SPACE_MAIN || name->space == XML_NO_SPACE;
}

bool xlsx_is_true(const char *value)
{
    return value != NULL &&
           (strcmp(value, "1") == 0 || strcmp(value, "true") == 0 || strcmp(value, "on") == 0);
}

bool xlsx_whole(const char *text, long most, long *out)
{
    long value = 0;
    if (*text == '\0')
        return false;
    for (; *text != '\0'; text++) {
        if (*text < '0' || *text > '9')
            return false;
        value = 10 * value + (*text - '0');
        if (value > most)
            return false;
    }
    *out = value;
    return true;
}

Status xlsx_check_root(WorkbookReading *reading, const XmlName *name, const char *wanted,
                       const char *part)
{
    if (xlsx_is_main(name) && strcmp(name->local, wanted) == 0)
        return STATUS_OK;
    return workbook_fail(reading, DIAG_WORKBOOK, 0, 0,
                         "part '%s' begins with <%s>, not with the <%s> of a spreadsheet; save the "
                         "file as .xlsx in Excel or LibreOffice",
                         quote(part).text, quote(name->local).text, wanted);
}

/* ---- relations ------------------------------------------------------------------------------ */

/* The part that @p target means when @p source names it; "." and ".." are followed, up to the root
 * at most. NULL without memory. */
static const char *resolve(Arena *arena, const char *source, const char *target)
{
    const char *folder_end = strrchr(source, '/');
    bool absolute = *target == '/' || *target == '\\';
    int folder_length = absolute || folder_end == NULL ? 0 : (int)(folder_end - source);
    char *path = arena_printf(arena, "%.*s/%s", folder_length, source, target);
    if (path == NULL)
        return NULL;
    size_t length = 0; /* of what was resolved, at the path's front */
    for (const char *step = path; *step != '\0';) {
        size_t bytes = strcspn(step, "/\\");
        if (bytes == 2 && step[0] == '.' && step[1] == '.') {
            while (length > 0 && path[--length] != '/') {
            }
        } else if (bytes > 0 && !(bytes == 1 && step[0] == '.')) {
            if (length > 0)
                path[length++] = '/';
            memmove(path + length, step, bytes);
            length += bytes;
        }
        step += bytes;
        step += *step != '\0';
    }
    path[length] = '\0';
    return path;
}

static RelationKind relation_kind(const char *type)
{
    static const struct {
        const char *name;
        RelationKind kind;
    } kinds[] = {
        {"officeDocument", RELATION_DOCUMENT},  {"worksheet", RELATION_SHEET},
        {"chartsheet", RELATION_OTHER_SHEET},   {"dialogsheet", RELATION_OTHER_SHEET},
        {"xlMacrosheet", RELATION_OTHER_SHEET}, {"xlIntlMacrosheet", RELATION_OTHER_SHEET},
        {"sharedStrings", RELATION_STRINGS},    {"styles", RELATION_STYLES},
    };
    static const char folder[] = "/relationships/";
    const char *name = strstr(type, folder);
    if (name == NULL)
        return RELATION_KINDS;
    name += sizeof folder - 1;
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (strcmp(name, kinds[i].name) == 0)
            return kinds[i].kind;
    return RELATION_KINDS;
}

static Status add_relation(Relations *relations, Relation relation)
{
    Arena *scratch = relations->reading->scratch;
    if (relations->count == RELATIONS_MAX)
        return workbook_fail(relations->reading, DIAG_WORKBOOK_LIMIT, 0, 0,
                             "part '%s' has more than %d relations; open it in Excel or "
                             "LibreOffice and save it again",
                             quote(relations->part).text, RELATIONS_MAX);
    if (relations->count == relations->capacity) {
        size_t capacity = relations->capacity == 0 ? FIRST_CAPACITY : 2 * relations->capacity;
        Relation *grown = arena_grow(scratch, relations->list, relations->capacity, capacity,
                                     sizeof *relations->list);
        TRY_NEW(grown);
        relations->list = grown;
        relations->capacity = capacity;
    }
    relation.id = arena_text(scratch, relation.id, strlen(relation.id));
    TRY_NEW(relation.id);
    if (relation.part != NULL) {
        relation.part = resolve(scratch, relations->source, relation.part);
        TRY_NEW(relation.part);
    }
    relations->list[relations->count++] = relation;
    return STATUS_OK;
}

static Status on_relation(void *context, const XmlName *name, const XmlAttribute *attributes)
{
    Relations *relations = context;
    if (name->space != XLSX_SPACE_RELATIONS || strcmp(name->local, "Relationship") != 0)
        return STATUS_OK;
    const char *id = xml_attribute(attributes, "Id");
    const char *type = xml_attribute(attributes, "Type");
    const char *target = xml_attribute(attributes, "Target");
    const char *mode = xml_attribute(attributes, "TargetMode");
    RelationKind kind = type != NULL ? relation_kind(type) : RELATION_KINDS;
    if (kind == RELATION_KINDS || id == NULL)
        return STATUS_OK;
    if (mode != NULL && strcmp(mode, "External") == 0)
        target = NULL;
    return add_relation(relations, (Relation){id, kind, target});
}

static Status read_relations(WorkbookReading *reading, const char *source, Relations *relations)
{
    static const XmlEvents events = {.start = on_relation, .space = xlsx_space};
    const char *slash = strrchr(source, '/');
    int folder = slash != NULL ? (int)(slash - source) + 1 : 0;

    *relations = (Relations){.reading = reading, .source = source};
    relations->part =
        arena_printf(reading->scratch, "%.*s_rels/%s.rels", folder, source, source + folder);
    TRY_NEW(relations->part);
    if (!zip_has(reading->zip, relations->part))
        return STATUS_OK;
    return xml_read(reading, relations->part, &events, relations);
}

static const Relation *relation_of_kind(const Relations *relations, RelationKind kind)
{
    for (size_t i = 0; i < relations->count; i++)
        if (relations->list[i].kind == kind)
            return &relations->list[i];
    return NULL;
}

static const Relation *relation_of_id(const Relations *relations, const char *id)
{
    for (size_t i = 0; i < relations->count; i++)
        if (strcmp(relations->list[i].id, id) == 0)
            return &relations->list[i];
    return NULL;
}

static Status fail_outside(WorkbookReading *reading, const char *what)
{
    return workbook_fail(reading, DIAG_WORKBOOK, 0, 0,
                         "%s of the workbook lies outside the file; open it in Excel or "
                         "LibreOffice and save it again",
                         what);
}

/* ---- the workbook part ---------------------------------------------------------------------- */

static const char *copy_of(Arena *arena, const char *text)
{
    return arena_text(arena, text, strlen(text));
}

static Status add_sheet(Book *book, const XmlAttribute *attributes)
{
    Arena *scratch = book->reading->scratch;
    const char *name = xml_attribute(attributes, "name");
    const char *state = xml_attribute(attributes, "state");
    const char *relation = xml_attribute_in(attributes, XLSX_SPACE_RELATIONS, "id");

    if (book->sheet_count == SHEETS_MAX)
        return workbook_fail(book->reading, DIAG_WORKBOOK_LIMIT, 0, 0,
                             "the workbook has more than %d sheets; delete those that are not "
                             "needed, or split it",
                             SHEETS_MAX);
    if (book->sheet_count == book->sheet_capacity) {
        size_t capacity = book->sheet_capacity == 0 ? FIRST_CAPACITY : 2 * book->sheet_capacity;
        BookSheet *grown =
            arena_grow(scratch, book->sheets, book->sheet_capacity, capacity, sizeof *book->sheets);
        TRY_NEW(grown);
        book->sheets = grown;
        book->sheet_capacity = capacity;
    }
    BookSheet *sheet = &book->sheets[book->sheet_count++];
    sheet->name = copy_of(scratch, name != NULL ? name : "");
    TRY_NEW(sheet->name);
    if (relation != NULL) {
        sheet->relation = copy_of(scratch, relation);
        TRY_NEW(sheet->relation);
    }
    sheet->visibility =
        state == NULL || strcmp(state, "visible") == 0 ? SHEET_VISIBLE : SHEET_HIDDEN;
    return STATUS_OK;
}

static Status on_book_start(void *context, const XmlName *name, const XmlAttribute *attributes)
{
    Book *book = context;
    if (!book->rooted) {
        book->rooted = true;
        return xlsx_check_root(book->reading, name, "workbook", book->part);
    }
    if (!xlsx_is_main(name))
        return STATUS_OK;
    if (strcmp(name->local, "workbookPr") == 0)
        book->shared.epoch_1904 = xlsx_is_true(xml_attribute(attributes, "date1904"));
    else if (strcmp(name->local, "sheets") == 0)
        book->in_sheets = true;
    else if (book->in_sheets && strcmp(name->local, "sheet") == 0)
        return add_sheet(book, attributes);
    return STATUS_OK;
}

static Status on_book_end(void *context, const XmlName *name)
{
    Book *book = context;
    if (xlsx_is_main(name) && strcmp(name->local, "sheets") == 0)
        book->in_sheets = false;
    return STATUS_OK;
}

static bool ends_in(const char *text, const char *end)
{
    size_t length = strlen(text);
    size_t end_length = strlen(end);
    return length >= end_length && strcmp(text + length - end_length, end) == 0;
}

/* Sets book->part, which is in the archive. */
static Status find_workbook(Book *book)
{
    WorkbookReading *reading = book->reading;
    Relations relations;
    TRY(read_relations(reading, "", &relations));
    const Relation *document = relation_of_kind(&relations, RELATION_DOCUMENT);
    if (document != NULL && document->part == NULL)
        return fail_outside(reading, _("the main part"));
    book->part = document != NULL ? document->part : "xl/workbook.xml";
    if (ends_in(book->part, ".bin") || zip_has(reading->zip, "xl/workbook.bin"))
        return workbook_fail(reading, DIAG_WORKBOOK, 0, 0,
                             "an .xlsb workbook; open it in Excel or LibreOffice and save it as "
                             ".xlsx");
    if (zip_has(reading->zip, book->part))
        return STATUS_OK;
    return workbook_fail(reading, DIAG_WORKBOOK, 0, 0,
                         "a zip archive, but no spreadsheet in it; if it holds a workbook, take it "
                         "out, else save the file as .xlsx or .ods");
}

/* ---- sheets --------------------------------------------------------------------------------- */

/* The part that a relation of this kind names, or NULL: both are optional. */
static Status optional_part(const Book *book, RelationKind kind, const char *what,
                            const char **part)
{
    const Relation *relation = relation_of_kind(&book->relations, kind);
    *part = NULL;
    if (relation == NULL)
        return STATUS_OK;
    if (relation->part == NULL)
        return fail_outside(book->reading, what);
    if (zip_has(book->reading->zip, relation->part))
        *part = relation->part;
    return STATUS_OK;
}

static Status read_shared(Book *book)
{
    XlsxStrings *strings = NULL;
    XlsxStyles *styles = NULL;
    const char *part;
    if (book->has_shared)
        return STATUS_OK;
    book->has_shared = true;
    TRY(optional_part(book, RELATION_STRINGS, _("the table of strings"), &part));
    TRY(xlsx_strings_read(book->reading, part, &strings));
    TRY(optional_part(book, RELATION_STYLES, _("the part with formats"), &part));
    TRY(xlsx_styles_read(book->reading, part, &styles));
    book->shared.strings = strings;
    book->shared.styles = styles;
    return STATUS_OK;
}

static Status read_sheet(Book *book, const BookSheet *sheet)
{
    WorkbookReading *reading = book->reading;
    const Relation *relation =
        sheet->relation != NULL ? relation_of_id(&book->relations, sheet->relation) : NULL;

    if (relation != NULL && relation->kind == RELATION_OTHER_SHEET)
        return STATUS_OK;
    TRY(workbook_begin_sheet(reading, sheet->name, sheet->visibility));
    if (reading->builder == NULL)
        return STATUS_OK;
    if (relation == NULL || relation->kind != RELATION_SHEET)
        return workbook_fail(
            reading, DIAG_WORKBOOK, 0, 0,
            "the sheet has no part in the file; open it in Excel or LibreOffice and save it again");
    if (relation->part == NULL)
        return fail_outside(reading, _("this sheet"));
    const char *name = reading->sheet;
    reading->sheet = NULL; /* faults of these parts are not the sheet's */
    TRY(read_shared(book));
    reading->sheet = name;
    if (book->shared.epoch_1904)
        sheet_count_from_1904(reading->builder);
    return xlsx_sheet_read(reading, relation->part, &book->shared);
}

Status xlsx_read(WorkbookReading *reading)
{
    static const XmlEvents events = {
        .start = on_book_start, .end = on_book_end, .space = xlsx_space};
    Book book = {.reading = reading};

    TRY(find_workbook(&book));
    TRY(xml_read(reading, book.part, &events, &book));
    if (book.sheet_count == 0)
        return workbook_fail(
            reading, DIAG_WORKBOOK, 0, 0,
            "the workbook has no sheets; open it in Excel or LibreOffice and save it again");
    TRY(read_relations(reading, book.part, &book.relations));
    for (size_t i = 0; i < book.sheet_count; i++) {
        TRY(read_sheet(&book, &book.sheets[i]));
        reading->sheet = NULL;
        reading->builder = NULL;
    }
    return STATUS_OK;
}
