/* room: io
 *
 * Workbooks: .xlsx (transitional and strict), .ods and flat .fods, streamed cell by cell into
 * SheetBuilders. Only what the sink asks for is kept, memory is bounded (limits.h), and nothing of
 * the file reaches the round before all of it proved sound.
 */
#ifndef ALLOT_IO_WORKBOOK_H
#define ALLOT_IO_WORKBOOK_H

#include <stdbool.h>
#include <stddef.h>

#include "allot/arena.h"
#include "allot/diag.h"
#include "allot/status.h"
#include "io/sheet.h"

typedef enum WorkbookVisibility { SHEET_VISIBLE, SHEET_HIDDEN } WorkbookVisibility;

/** Who wants the sheets. */
typedef struct WorkbookSink {
    /** A sheet begins: *builder is where its cells go, or NULL to pass it over. Chart sheets and
     *  caches of other files are not offered. */
    Status (*sheet)(void *context, const char *name, WorkbookVisibility visibility,
                    SheetBuilder **builder);
    void *context;
    /** Keeps the names of sheets, which the finding of workbook_read() borrows: it outlives the
     *  Diag. NULL: scratch does so. */
    Arena *texts;
} WorkbookSink;

/** What a file is, by its first bytes. */
typedef enum FileKind {
    FILE_OTHER,
    FILE_ZIP,      /* .xlsx or .ods, perhaps */
    FILE_OLE2,     /* .xls, or a workbook behind a password */
    FILE_FLAT_ODS, /* .fods */
    FILE_EMPTY
} FileKind;

/** Looks at the file at @p path. @return STATUS_OK, STATUS_IO (errno says why). */
Status file_kind(const char *path, FileKind *kind);

/** Reads the workbook at @p path. Builders are filled, not finished: the caller calls
 *  sheet_finish(). @p file is its name in findings; @p scratch holds what reading needs.
 *  @return STATUS_OK; STATUS_FINDINGS when the file is no workbook, damaged, protected or beyond a
 *  limit, with one finding that says what and, where it is known, the cell, and what to do: then
 *  nothing in the builders may be used; STATUS_IO with a finding; STATUS_NO_MEMORY; or the first
 *  status of the sink that is not STATUS_OK. */
Status workbook_read(const char *path, const char *file, const WorkbookSink *sink, Arena *scratch,
                     Diag *diag);

/** Versions of the libraries behind it, "expat 2.5.0, minizip 1.1". */
const char *workbook_library_version(void);

#endif
