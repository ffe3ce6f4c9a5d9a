/* room: io
 *
 * Two plans compared: every line that differs and what moved it, every cell of the input that differs
 * and what it moved, the stages, the needs that flip, the donors. Found by the front room (compare.h),
 * told as text, workbook and tables here.
 */
#ifndef ALLOT_COMPARISON_H
#define ALLOT_COMPARISON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "allot/plan_record.h"
#include "allot/report.h"
#include "allot/round_diff.h"

typedef enum LineCause {
    CAUSE_ONE,     /* each of `inputs`, taken back alone, restores the line */
    CAUSE_SEVERAL, /* `inputs` taken back together restore it; without any one of them they do not */
    CAUSE_FREE,    /* no stage would be worse with the former quantity: it was free to move */
    CAUSE_NOT_KNOWN /* `why` says what stands against finding out */
} LineCause;

const char *line_cause_text(
    LineCause cause); /* "one change", "several together", "free choice", ... */

/** A pair of need and offer that is given another quantity. */
typedef struct ChangedLine {
    const char *need, *offer, *donor;
    const char *title;      /* of the need; "" where its round is not known */
    Unit unit_before, unit; /* differ where the need's unit changed; a side without the line has the
                               other's */
    int64_t before, after;  /* smallest parts; 0: no such line */
    LineCause cause;
    const size_t *inputs; /* [input_count] of Comparison.inputs, ascending */
    size_t input_count;
    const char *why; /* of CAUSE_NOT_KNOWN; of CAUSE_FREE what leaves a doubt; else "" */
} ChangedLine;

typedef struct ComparedInput {
    InputChange change;
    bool asked;         /* the round was decided with it alone taken back */
    const char *answer; /* then: "optimal", ..., "no plan", "errors in the input"; else "" */
    size_t restores;    /* lines that it alone restores */
    size_t shares;      /* lines that it restores together with others */
} ComparedInput;

typedef struct ComparedStage {
    const char *label;
    bool maximise;
    bool is_before, is_after; /* the stage is among this plan's */
    double before, after;
} ComparedStage;

/** A need that is met otherwise than before: states are those of need_state_text(), "" without it. */
typedef struct ComparedNeed {
    const char *id, *title;
    int tier;
    const char *state_before, *state;
    Unit unit_before, unit;
    int64_t assigned_before, assigned;
} ComparedNeed;

/** What a donor gives, in the currency of the second round. */
typedef struct ComparedDonor {
    const char *id;
    int64_t before, after; /* value of its lines, net */
    size_t lines_before, lines;
} ComparedDonor;

typedef struct ComparedSide {
    const char *plan;        /* path */
    const char *round;       /* path, NULL: not found */
    const char *why_not;     /* then: why; else "" */
    size_t needs, met;       /* when the round is known */
    int64_t assigned, unmet; /* value */
    Unit currency;
    bool is_reproduced; /* deciding the round again gives the plan */
} ComparedSide;

typedef struct Comparison {
    ComparedSide before, after;
    bool has_rounds;    /* both are known: else inputs, needs, donors are empty */
    const Round *round; /* of the second plan; without it one that only has a currency */
    ChangedLine *lines; /* by need, offer */
    size_t line_count;
    ComparedInput *inputs;
    size_t input_count;
    ComparedStage *stages; /* in the second plan's order, those of the first alone behind */
    size_t stage_count;
    ComparedNeed *needs;
    size_t need_count;
    ComparedDonor *donors; /* by id; only where both currencies are one */
    size_t donor_count;
    const char *
        *notes; /* [note_count] what a reader has to know: what was not asked, what is in doubt */
    size_t note_count;
    size_t solves; /* rounds decided to find all this */
} Comparison;

/** The lines that differ, without causes (CAUSE_NOT_KNOWN, no `why`), into @p comparison. */
Status comparison_lines(const PlanRecord *before, const PlanRecord *after, Arena *arena,
                        Comparison *comparison);

/** Stages that differ or not, of both plans. */
Status comparison_stages(const PlanRecord *before, const PlanRecord *after, Arena *arena,
                         Comparison *comparison);

/** Needs that flip, donors and totals, from plans with figures of their rounds; titles of lines. */
Status comparison_figures(const Round *was, const Plan *plan_was, const Round *is,
                          const Plan *plan_is, Arena *arena, Comparison *comparison);

/** What moved a line, as a sentence; NULL without memory. */
const char *line_cause_sentence(const Comparison *comparison, const ChangedLine *line,
                                Arena *arena);

/** The short text that people see; NULL without memory. */
const char *comparison_summary(const Comparison *comparison, Arena *arena);

/** The workbook. @return STATUS_OK, STATUS_NO_MEMORY. */
Status comparison_report_build(const Comparison *comparison, const RunInfo *info, Arena *arena,
                               Report **report);

/** Writes lines.csv, inputs.csv and stages.csv into the folder @p path, which is made when it is not
 *  there. @return STATUS_OK, STATUS_IO with a finding, STATUS_NO_MEMORY. */
Status comparison_tables_write(const char *path, const Comparison *comparison, Arena *arena,
                               Diag *diag);

#endif
