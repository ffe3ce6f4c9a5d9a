/* room: io
 *
 * A sweep: one round decided again and again, each time with something changed. Every decision is a
 * case; the first is what the others are compared with. The result of a case is a piece of text, so
 * that cases can be decided by other processes or machines, and be put together from parts.
 *
 * The text of a part: a head that says which round, with what, is swept (equal in all parts), the line
 * `part I N`, the results of every case whose index is I - 1, I - 1 + N, ..., and a last line with the hash of all. Fields
 * are parted by tabs; \t, \n and \\ stand for what they stand for.
 */
#ifndef ALLOT_SWEEP_H
#define ALLOT_SWEEP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "allot/arena.h"
#include "allot/diag.h"
#include "allot/plan.h"
#include "allot/report.h"
#include "allot/round.h"
#include "allot/status.h"

typedef enum SweepKind { SWEEP_SCENARIOS, SWEEP_RULES, SWEEP_STRESS } SweepKind;

const char *sweep_kind_text(SweepKind kind); /* "scenarios", "rules", "stress" */

/** What a case is called, the same in every language (people are shown it in theirs), and how it differs
 *  from the first, in a phrase in the language of who decided it. */
typedef struct CaseName {
    const char *name;  /* unique in its sweep */
    const char *about; /* "all offers of EE are gone" */
} CaseName;

typedef struct CaseChange {
    const char *table, *id, *column; /* column "": the whole row was taken out */
    const char *before, *after;
} CaseChange;

typedef struct CaseStage {
    const char *label;
    bool maximise;
    double value, bound, gap;
    const char *status;
} CaseStage;

/** What a need is and gets in a case. Amounts are in its unit's smallest parts, values in minor units
 *  of the case's currency. */
typedef struct CaseNeed {
    int tier;
    int state; /* NeedState of io/totals.h */
    Unit unit;
    int64_t quantity, covered, assigned, unmet;
    bool has_value;
    int64_t value_asked, value_covered, value_assigned, value_unmet;
    int64_t value_held; /* of value_covered, what earlier rounds committed */
} CaseNeed;

typedef struct CaseLine {
    size_t need, offer; /* of the sweep */
    int64_t quantity;   /* need's unit */
    bool has_value;
    int64_t value;
} CaseLine;

typedef struct SweepCase {
    CaseName name;
    bool present;        /* its result is among the parts */
    bool has_plan;       /* else: what follows is empty but findings and changes */
    const char *outcome; /* "optimal", ..., "no plan", "errors in the input", "failed" */
    Unit currency;       /* of its values */
    const char **findings;
    size_t finding_count;
    CaseChange *changes;
    size_t change_count;
    CaseStage *stages;
    size_t stage_count;
    CaseNeed *needs; /* [sweep->need_count] */
    CaseLine *lines; /* by need, offer */
    size_t line_count;
} SweepCase;

typedef struct SweepNeed {
    const char *id, *title, *beneficiary;
} SweepNeed;

typedef struct SweepOffer {
    const char *id, *donor;
} SweepOffer;

/** What a sweep is made of, as a key and a value: hashes, settings, versions. */
typedef struct SweepFact {
    const char *key, *value;
} SweepFact;

typedef struct Sweep {
    SweepKind kind;
    SweepFact *facts;
    size_t fact_count;
    Round *round;        /* of the settings only title, round, start, end; the currency; no rows */
    const char *marking; /* who may read it */
    const char *created; /* ISO day */
    SweepNeed *needs;
    size_t need_count;
    SweepOffer *offers;
    size_t offer_count;
    SweepCase *cases;
    size_t case_count;
} Sweep;

/** What the head of a sweep is written from. */
typedef struct SweepHead {
    SweepKind kind;
    const Round *round; /* checked; as the first case sees it, or before any change */
    const RunInfo *info;
    const SweepFact *facts; /* [fact_count] beside the hashes, settings and versions */
    size_t fact_count;
    const CaseName *cases; /* [case_count] */
    size_t case_count;
    double time_limit_s; /* of each case; 0: none */
    size_t part, parts;  /* 1 of 1: the whole */
} SweepHead;

/** The head and the line `part`. @return STATUS_OK, STATUS_NO_MEMORY; @p out has its error flag. */
Status sweep_write_head(FILE *out, const SweepHead *head, Arena *scratch);

/** The result of a case: the plan when there is one (else NULL), the errors among @p findings, what
 *  was changed. @return STATUS_OK, STATUS_NO_MEMORY, STATUS_INTERNAL. */
Status sweep_write_case(FILE *out, size_t index, const Round *round, const Plan *plan,
                        const char *outcome, const Diag *findings, Arena *scratch);

/** The result of a case that could not be decided at all. */
void sweep_write_failed(FILE *out, size_t index, const char *currency);

/** The last line, with the SHA-256 of the @p length bytes that were written before it. @return STATUS_OK,
 *  STATUS_NO_MEMORY. */
Status sweep_write_end(FILE *out, const char *bytes, size_t length, Arena *scratch);

/** A part's text and what findings call it. */
typedef struct SweepText {
    const char *name;
    const char *bytes;
    size_t length;
} SweepText;

/** Puts parts together; what the sweep holds lies in @p arena. Findings: a part is damaged, of another
 *  sweep, there twice or not there. @return STATUS_OK, STATUS_FINDINGS, STATUS_NO_MEMORY. */
Status sweep_read(const SweepText *parts, size_t count, Arena *arena, Diag *diag, Sweep *sweep);

/** Cases without a plan. */
size_t sweep_failed_count(const Sweep *sweep);

/** The workbook of a sweep. @return STATUS_OK, STATUS_NO_MEMORY. */
Status sweep_report_build(const Sweep *sweep, const RunInfo *info, Arena *arena, Report **report);

/** Writes scenarios.csv (rules: rules.csv, stress: stress.csv) into the folder @p path, which is made
 *  when it is not there. @return STATUS_OK, STATUS_IO with a finding, STATUS_NO_MEMORY. */
Status sweep_tables_write(const char *path, const Sweep *sweep, Arena *arena, Diag *diag);

/** Writes text to a file, whole or absent. @return STATUS_OK, STATUS_IO with a finding,
 *  STATUS_NO_MEMORY. */
Status sweep_part_write(const char *path, const char *bytes, size_t length, Arena *arena,
                        Diag *diag);

/** Reads a part's file. @return STATUS_OK, STATUS_IO with a finding, STATUS_NO_MEMORY. */
Status sweep_part_read(const char *path, Arena *arena, Diag *diag, SweepText *text);

/** The short table that people see: a line a case, in @p arena; NULL without memory. */
const char *sweep_summary(const Sweep *sweep, Arena *arena);

#endif
