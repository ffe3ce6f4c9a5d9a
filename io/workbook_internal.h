/* room: io
 *
 * What the readers of .xlsx and of .ods share: where they are, how they fail, XML as events, and
 * where a cell goes.
 */
#ifndef ALLOT_IO_WORKBOOK_INTERNAL_H
#define ALLOT_IO_WORKBOOK_INTERNAL_H

#include "allot/diag.h"
#include "io/limits.h"
#include "io/workbook.h"
#include "io/zip_parts.h"

/** One workbook being read. */
typedef struct WorkbookReading {
    const char *path;
    const char *file; /* name in findings */
    const WorkbookSink *sink;
    Arena *texts; /* names of sheets */
    Arena *scratch;
    Diag *diag;
    ZipParts *zip;            /* NULL for a flat file */
    struct XmlSpaces *spaces; /* of the part being read; NULL before the first */
    int64_t cells;            /* filled cells and gaps so far, up to WORKBOOK_CELLS_MAX */
    size_t sheets;            /* offered so far */
    const char *sheet;        /* name of the sheet being read, NULL between sheets */
    SheetBuilder *builder;    /* its builder; NULL: it is passed over */
} WorkbookReading;

/** Adds the finding that ends the reading, at a cell of the current sheet (row and column 1-based, 0
 *  where it has none). @return STATUS_FINDINGS. */
Status workbook_fail(WorkbookReading *reading, DiagCode code, int row, int column,
                     const char *format, ...) __attribute__((format(printf, 5, 6)));

/** Adds zip_fault() of the archive as the finding that ends the reading. @return STATUS_FINDINGS. */
Status workbook_fail_zip(WorkbookReading *reading);

/** Offers a sheet to the sink: sets reading->sheet and ->builder. */
Status workbook_begin_sheet(WorkbookReading *reading, const char *name,
                            WorkbookVisibility visibility);

/** Adds a cell @p times from @p row and @p column (both 1-based) on; the row is ended by
 *  workbook_end_row(). Blank texts count as no cell. Beyond a limit: workbook_fail(). */
Status workbook_add_cell(WorkbookReading *reading, int row, int column, int times, const char *text,
                         size_t length, CellKind kind);

/** The same of a number, beside which its format shows @p shown (number_shown.h). */
Status workbook_add_figure(WorkbookReading *reading, int row, int column, int times,
                           const char *text, uint32_t shown);

/** Ends the row and adds it again @p more times below. */
Status workbook_end_row(WorkbookReading *reading, int row, bool hidden, int more);

/** Stores of a number that a spreadsheet wrote ("1.2E-3", "0.30000000000000004") the text of
 *  decimal_parse(): rounded half to even to 15 significant digits, what a spreadsheet shows, and to 18
 *  places, without exponent. False when it is no finite number; one of more than 18 digits before the
 *  point keeps its own text, if that has room. @p out has room for @p size (64) bytes. */
bool workbook_number(const char *text, size_t length, char *out, size_t size);

/* ---- XML ------------------------------------------------------------------------------------ */

/** Numbers of namespaces; those from XML_FIRST_SPACE on are the reader's own. */
enum { XML_NO_SPACE, XML_OTHER_SPACE, XML_FIRST_SPACE };

typedef struct XmlName {
    int space; /* number of its namespace */
    const char *local;
} XmlName;

typedef struct XmlAttribute {
    XmlName name;
    const char *value;
} XmlAttribute;

/** Anything but STATUS_OK stops the reading and is passed on. Members may be NULL. Names and values
 *  last until the event returns. */
typedef struct XmlEvents {
    /** Attributes end in one whose local name is NULL. */
    Status (*start)(void *context, const XmlName *name, const XmlAttribute *attributes);
    Status (*end)(void *context, const XmlName *name);
    Status (*text)(void *context, const char *text, size_t length);
    /** Number of a namespace, by its name; asked where it is declared, and not for each name that is
     *  in it. NULL: all are XML_OTHER_SPACE. */
    int (*space)(const char *space, size_t length);
} XmlEvents;

/** Reads the part, or with NULL the flat file itself. A DOCTYPE, bad XML, too deep nesting and what
 *  zip_parts.h finds are workbook_fail(). */
Status xml_read(WorkbookReading *reading, const char *part, const XmlEvents *events, void *context);

/** Value of the attribute without a namespace, or NULL. */
const char *xml_attribute(const XmlAttribute *attributes, const char *local);

/** Value of the attribute in a namespace, or NULL. */
const char *xml_attribute_in(const XmlAttribute *attributes, int space, const char *local);

/* ---- formats -------------------------------------------------------------------------------- */

Status xlsx_read(WorkbookReading *reading);

/** content.xml of the archive, or the flat file. */
Status ods_read(WorkbookReading *reading);

/** workbook_fail() when the archive's manifest says that parts of it are encrypted. */
Status ods_check_password(WorkbookReading *reading);

#endif
