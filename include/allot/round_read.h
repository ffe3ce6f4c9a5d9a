/* room: io
 *
 * Reads a round, from a folder of CSV files or from one workbook, into typed rows.
 */
#ifndef ALLOT_ROUND_READ_H
#define ALLOT_ROUND_READ_H

#include <stdbool.h>
#include <stddef.h>

#include "allot/arena.h"
#include "allot/diag.h"
#include "allot/round.h"
#include "allot/row_text.h"
#include "allot/status.h"

/** A cell that says something else than the file does, a row that is taken out, or a cell of a row that
 *  is put in. */
typedef struct CellChange {
    const char *table; /* by any name that the table may have */
    const char *id; /* of the row: need/offer of pairs and commitments (where several rows have the
                       pair: need/offer/kind), the currency of rates, the key of settings */
    const char *column; /* by any name that it may have; NULL: the whole row is taken out */
    const char *value;  /* "": an empty cell */
    bool exact;         /* figures in it are written as decimal_parse() reads them */
    DiagPlace place;    /* where findings about it stand */
    bool
        adds; /* a row of this id that is not there is put in, with the cells that such changes give
                  it: then also those of the columns that name the row */
} CellChange;

/** Where a round is and what its user says about it. */
typedef struct RoundSource {
    const char *path;            /* a folder, or a .xlsx, .ods or .fods file */
    const char *encoding;        /* --encoding: of CSV files that are not UTF-8; NULL: detect */
    char decimal;                /* --decimal: '.' or ',' where a column does not tell; 0: ask */
    const SettingRow *overrides; /* [override_count] --set, applied after the table's */
    size_t override_count;
    const char *scenario;      /* of the round's table: its rows are applied in order; NULL: none */
    const CellChange *changes; /* [change_count] applied after the scenario's; later ones win */
    size_t change_count;
    RowTexts *texts; /* what the rows say is added here; NULL: it is not kept */
} RoundSource;

/** Reads every table of the source, types every cell, keeps every place. All findings go to @p diag
 *  in one pass; the round must still go through round_check(). Changed cells are typed and checked
 *  like those of the file; findings about them stand at the change. A change of a table, row or
 *  column that is not there (but for rows that are put in) is a finding that names the nearest; a setting that is not there is
 *  added. Changes of settings win over the overrides. What was changed stands in round->changed.
 *  @return STATUS_OK (with findings possible: ask diag); STATUS_FINDINGS when a workbook cannot be
 *  used at all; STATUS_IO when the folder or a file cannot be read; STATUS_NO_MEMORY. */
Status round_read(const RoundSource *source, Arena *arena, Diag *diag, Round *round);

/** Version of libcsv, "3.0.3". */
const char *round_read_library_version(void);

/** Versions of what reads workbooks, "expat 2.5.0, minizip 1.1". */
const char *round_read_workbook_version(void);

#endif
