/* Small .xlsx files for tests, and what reading one gives, as text.
 *
 * One sheet, "needs", whose first row holds the headings id, title, notes, region, category and
 * beneficiary, so that a case says what matters to it alone.
 */
#ifndef ALLOT_TEST_XLSX_FILE_H
#define ALLOT_TEST_XLSX_FILE_H

#include "io/workbook.h"
#include "tests/support/zip_file.h"

#define XLSX_MAIN "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#define XLSX_STRICT "http://purl.oclc.org/ooxml/spreadsheetml/main"
#define XLSX_RELATIONS "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define XLSX_PACKAGE "http://schemas.openxmlformats.org/package/2006/relationships"

/** An inline string. */
#define XLSX_TEXT(place, text) "<c r=\"" place "\" t=\"inlineStr\"><is><t>" text "</t></is></c>"

/** The row of headings. */
#define XLSX_HEADINGS                                                                              \
    "<row r=\"1\">" XLSX_TEXT("A1", "id") XLSX_TEXT("B1", "title") XLSX_TEXT("C1", "notes")        \
        XLSX_TEXT("D1", "region") XLSX_TEXT("E1", "category")                                      \
            XLSX_TEXT("F1", "beneficiary") "</row>"

/** A whole sheet part of these rows. */
#define XLSX_SHEET(rows)                                                                           \
    "<worksheet xmlns=\"" XLSX_MAIN "\"><sheetData>" XLSX_HEADINGS rows "</sheetData></worksheet>"

/** Members that are NULL are the usual ones. */
typedef struct XlsxFile {
    const char *rows;      /* below the headings */
    const char *before;    /* <cols> and the like */
    const char *after;     /* <mergeCells> and the like */
    const char *sheet;     /* the whole part instead of the three above */
    const char *strings;   /* inside <sst>; none: no such part */
    const char *styles;    /* inside <styleSheet>; none: no such part */
    const char *book;      /* inside <workbook> */
    const char *book_part; /* the whole workbook part instead */
    const char *relations; /* inside xl/_rels/workbook.xml.rels */
    const char *package;   /* inside _rels/.rels */
} XlsxFile;

/** Begins an archive with these parts; more may be added before zip_file_close(). */
ZipFile *xlsx_file_begin(const char *dir, const char *name, const XlsxFile *file);

/** The whole file. */
void xlsx_file_write(const char *dir, const char *name, const XlsxFile *file);

/* ---- reading -------------------------------------------------------------------------------- */

enum { WORKBOOK_TEXT_SIZE = 8192 };

/** What workbook_read() made of a file. */
typedef struct WorkbookRead {
    Status status;
    char text[WORKBOOK_TEXT_SIZE];    /* see below */
    char finding[WORKBOOK_TEXT_SIZE]; /* the only error, formatted; "" for none */
    size_t bytes;                     /* in its arenas, at the end */
    double seconds;                   /* of processor time */
} WorkbookRead;

/** Reads a file of which the sheets named "pass..." are passed over. The text has a line a sheet:
 *  "[name]", "[name, hidden]", "[name, 1904]", "[name, passed]", and below it a line a data row:
 *  "5:a|b", "5 hidden:a|b". Behind a cell that is no text stands its kind: # number, @ date,
 *  ? flag, ! error, ~ pending. */
void workbook_read_text(const char *path, WorkbookRead *out);

/** What no refused file may cost: seconds (a hundred times what it takes) and, unless a case says
 *  otherwise, bytes. */
enum { WORKBOOK_SECONDS_MAX = 20, WORKBOOK_BYTES_MAX = 16 * 1024 * 1024 };

/** Fails unless the file is refused with this finding alone, quickly, and within @p bytes_max. */
void workbook_check_refused(const char *label, const char *path, const char *want,
                            size_t bytes_max);

/** Writes the file and reads it. */
void xlsx_read_text(const XlsxFile *file, WorkbookRead *out);

/** Reads the file, lets its sheets be finished, and says in @p text which findings there are: a line
 *  each. */
void workbook_read_findings(const char *path, char text[WORKBOOK_TEXT_SIZE]);

#endif
