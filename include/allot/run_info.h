/* room: base
 *
 * What a run is made of: shown on the method sheet and in summary.csv.
 */
#ifndef ALLOT_RUN_INFO_H
#define ALLOT_RUN_INFO_H

typedef struct RunInfo {
    const char
        *plan_path; /* the file or folder that the plan was read from; NULL: it was decided */
    const char *plan_mark; /* what a pack's files call the plan; NULL: it is of no pack */
    const char *allot_version;
    const char *glpk_version;
    const char *csv_version;
    const char *reader_version; /* of what reads workbooks: "expat 2.5.0, minizip 1.1" */
    const char *xlsx_version;
    const char *gmp_version;
    const char *outcome; /* solve_outcome_text(): "optimal", "within gap", ... */
    const char
        *engine; /* what decided, and why not the fast one: a phrase in English, for tables */
    const char *engine_spoken; /* the same in the reader's language */
    const char *round_path;    /* the round, as the command line had it; NULL: not known */
    const char *created;       /* ISO day stamped into the workbook: the round's start or
                            SOURCE_DATE_EPOCH, never the clock */
} RunInfo;

#endif
