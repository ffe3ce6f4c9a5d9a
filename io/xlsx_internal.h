/* room: io
 *
 * What the files of the .xlsx reader share. Each reads one kind of part.
 */
#ifndef ALLOT_IO_XLSX_INTERNAL_H
#define ALLOT_IO_XLSX_INTERNAL_H

#include "io/serial_date.h"
#include "io/workbook_internal.h"

/** Namespaces, of either edition of the standard. */
enum { XLSX_SPACE_MAIN = XML_FIRST_SPACE, XLSX_SPACE_RELATIONS };

/** Number of a namespace, for XmlEvents. */
int xlsx_space(const char *space, size_t length);

/** True for elements of a spreadsheet; extensions use the same local names in namespaces of their
 *  own. */
bool xlsx_is_main(const XmlName *name);

/** "1", "true" and "on"; NULL is false. */
bool xlsx_is_true(const char *value);

/** A whole number of digits alone, up to @p most. */
bool xlsx_whole(const char *text, long most, long *out);

/** Fails unless the first element of a part is @p wanted. */
Status xlsx_check_root(WorkbookReading *reading, const XmlName *name, const char *wanted,
                       const char *part);

/* ---- texts ---------------------------------------------------------------------------------- */

/** The text of a cell while it comes in pieces; terminated. */
typedef struct XlsxText {
    Arena *arena;
    char *bytes; /* [capacity] */
    size_t length;
    size_t capacity;
} XlsxText;

Status xlsx_text_new(XlsxText *text, Arena *arena);
void xlsx_text_clear(XlsxText *text);

/** Adds a piece; past CELL_BYTES_MAX *too_long is set, and nothing added. */
Status xlsx_text_add(XlsxText *text, const char *piece, size_t length, bool *too_long);

/** Resolves "_x000D_" and its kin where they stand, UTF-16 surrogates in pairs; what is no
 *  character stays as it is. */
void xlsx_text_unescape(XlsxText *text);

typedef struct XlsxStrings XlsxStrings;

/** The table of shared strings in @p part; with NULL one without strings. */
Status xlsx_strings_read(WorkbookReading *reading, const char *part, XlsxStrings **strings);

/** A string, or NULL when there is none of this index. */
const char *xlsx_string(const XlsxStrings *strings, size_t index, size_t *length);

/* ---- formats -------------------------------------------------------------------------------- */

typedef struct XlsxStyles XlsxStyles;

/** The cell formats in @p part; with NULL none. */
Status xlsx_styles_read(WorkbookReading *reading, const char *part, XlsxStyles **styles);

/** What a cell's style makes of a number; FORMAT_NUMBER for a style that is not there. */
FormatKind xlsx_style_format(const XlsxStyles *styles, size_t style);

/** What a cell's style shows beside a number (number_shown.h). */
uint32_t xlsx_style_shown(const XlsxStyles *styles, size_t style);

/* ---- sheets --------------------------------------------------------------------------------- */

/** What all sheets of a workbook share. */
typedef struct XlsxBook {
    const XlsxStrings *strings;
    const XlsxStyles *styles;
    bool epoch_1904;
} XlsxBook;

/** Reads the cells of the sheet that workbook_begin_sheet() began. */
Status xlsx_sheet_read(WorkbookReading *reading, const char *part, const XlsxBook *book);

#endif
