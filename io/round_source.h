/* room: io
 *
 * The two places a round can come from, a folder of CSV files and a workbook, and which of their
 * files or sheets is which table.
 */
#ifndef ALLOT_IO_ROUND_SOURCE_H
#define ALLOT_IO_ROUND_SOURCE_H

#include <stdbool.h>
#include <stddef.h>

#include "io/sheet.h"

/** What the tables of a source are called there; NULL where it has none. */
typedef struct TableNames {
    const char *of[TABLE_COUNT];
} TableNames;

/** Words for findings about a source. */
typedef struct SourceWords {
    const char *part;   /* "file" or "sheet" */
    const char *whole;  /* "folder" or "workbook" */
    const char *before; /* before a table's name: "" or "sheet " */
    const char *end;    /* behind it: ".csv" or "" */
} SourceWords;

/** A file or sheet that may be a table. */
typedef struct SourcePart {
    const char *name;  /* to be matched: a sheet's, or a file's without its end */
    const char *found; /* the whole name, as findings quote it */
    const char *shown; /* its place in findings: "ofers.csv", "round.xlsx!ofers" */
} SourcePart;

/** Decides which table @p part is: sets names->of and returns true. Else a finding says what it is
 *  taken for. */
bool table_name_match(TableNames *names, const SourcePart *part, const SourceWords *words,
                      Diag *diag, TableKind *kind);

/** Adds a finding for each required table that is not there. */
void table_names_check(const TableNames *names, const char *source, const SourceWords *words,
                       Diag *diag);

/** Lists the folder at @p path and decides which file is which table; the names are the files'.
 *  @return STATUS_OK, STATUS_FINDINGS (the folder holds a plan), STATUS_IO with a finding,
 *  STATUS_NO_MEMORY. */
Status folder_list(const char *path, Arena *arena, Diag *diag, TableNames *names);

/** Reads the tables of the workbook at @p path; sheets lie in @p grid, their texts in @p arena. A
 *  table that is not there or has an unused empty sheet is NULL.
 *  @return STATUS_OK, STATUS_FINDINGS (nothing can be used), STATUS_IO with a finding,
 *  STATUS_NO_MEMORY. */
Status workbook_sheets(const char *path, Arena *arena, Arena *grid, Diag *diag,
                       Sheet *sheets[TABLE_COUNT]);

/** Is the workbook a plan of this program's, in any language? Its sheets' names alone are looked at; a file
 *  that cannot be read is none. @return STATUS_OK or STATUS_NO_MEMORY. */
Status workbook_is_plan(const char *path, bool *is_plan);

/** Adds the finding that @p source is a plan. @return STATUS_FINDINGS. */
Status source_refuse_plan(const char *source, Diag *diag);

/** Adds the finding that @p path cannot be read. @return STATUS_IO. */
Status source_fail(const char *path, const char *why, Diag *diag);

#endif
