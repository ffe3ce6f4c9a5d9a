/* A whole run inside the test's own process, as `allot solve` makes it: read, check, pair, rule,
 * formulate, solve, bring into whole steps, stages, reasons, verify.
 */
#ifndef ALLOT_TEST_PIPELINE_H
#define ALLOT_TEST_PIPELINE_H

#include "allot/causes.h"
#include "allot/extract.h"
#include "allot/round_read.h"
#include "allot/solve.h"
#include "allot/verify.h"

typedef struct Pipeline {
    Arena *arena;
    Diag *diag;
    Round round;
    PairSet pairs;
    RuleSet rules;
    Formulation form;
    SolveResult result;
    Plan plan;
    VerifyReport report;
    NeedCauses *causes; /* [need_count] after pipeline_causes(), NULL where nothing was asked */
    Status status;      /* of the step that ended it, STATUS_OK after all */
    const char *step;   /* the last one begun: "read", "check", "pairs", "rules", "formulate",
                         "program", "solve", "extract", "stages", "reasons", "verify" */
    int urgent;         /* a need to serve first, counted modulo the needs there are; -1: none */
    int solved;         /* how often: more than once when rows were tightened */
} Pipeline;

/** Runs the round of the folder @p dir. Where the tables are wrong, no plan exists or something
 *  fails, the later fields are empty. Never NULL. */
Pipeline *pipeline_run(const char *dir, const SettingRow *settings, size_t count);

/** The same where the need of this number (modulo how many there are) is urgent. */
Pipeline *pipeline_run_urgent(const char *dir, int need);

/** The same without solving: up to the formulation. */
Pipeline *pipeline_formulate(const char *dir, const SettingRow *settings, size_t count);

/** Finds why needs of the plan stay unmet, by re-solving, and writes reasons and sentences into it. */
void pipeline_causes(Pipeline *run);

/** Finds the plan's smallest asks and the appeal into plan.answers.asks. */
void pipeline_asks(Pipeline *run);

/** Finds what one more of each quantity is worth into plan.answers.worths, on the whole program alone. */
const Worths *pipeline_worths(Pipeline *run);

void pipeline_free(Pipeline *run);

/** Writes the plan's tables into @p dir. */
void pipeline_write(Pipeline *run, const char *dir);

/** Prints status, step, every finding, the lines and the stages. */
void pipeline_print(const Pipeline *run);

#endif
