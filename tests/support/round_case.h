/* A round written out as a few small tables, for tests of the models: what is not said about needs
 * and offers is two needs and two offers of one kind each.
 */
#ifndef ALLOT_TEST_ROUND_CASE_H
#define ALLOT_TEST_ROUND_CASE_H

#include "tests/support/pipeline.h"
#include "tests/support/test_support.h"

enum { CASE_FILES = 8 };

/** Name and text of a table; the list ends with a NULL name. */
typedef struct CaseFile {
    const char *name; /* "needs.csv" */
    const char *text;
} CaseFile;

/** needs.csv: N1, 100 EUR, and N2, 5 seats; offers.csv: O1, 100 EUR of DE, and O2, 5 seats of FR; all
 *  of category HW. */
extern const CaseFile CASE_NEEDS, CASE_OFFERS;

/** Writes the tables, what is missing of the two above too, and goes as far as the formulation. */
Pipeline *case_formulate(const CaseFile *files);

/** The same to the end; fails the test with all findings unless there is a plan that passes. */
Pipeline *case_plan(const CaseFile *files);

/** The same where the second need is urgent. */
Pipeline *case_plan_urgent(const CaseFile *files);

/** The same to the end, however it ends. */
Pipeline *case_run(const CaseFile *files);

/** Fails with the label, and all findings, unless exactly one finding has this code, and it stands
 *  in this file and line, about this column (NULL: any), its message holding @p hint. */
void assert_found(const char *label, const Pipeline *run, DiagCode code, const char *file, int line,
                  const char *column, const char *hint);

/** A round with one thing wrong in it, or doubtful. */
typedef struct WrongRound {
    const char *label;
    CaseFile files[CASE_FILES];
    DiagCode code;
    const char *file;
    int line;
    const char *column;
    const char *hint;
} WrongRound;

/** Each has exactly this finding of its code, and no error besides. */
void assert_wrong_rounds(const WrongRound *cases, size_t count);

/** Fails unless the plan has exactly this line, in the need's smallest parts; 0: none. */
void assert_line(const char *label, const Pipeline *run, const char *need, const char *offer,
                 int64_t quantity);

/** The pair of these ids, which must be eligible. */
const Pair *case_pair_of(const Pipeline *run, const char *need, const char *offer);

/** The only rule of this family and id; fails when there is none or more than one. */
const Rule *case_rule_of(const Pipeline *run, RuleFamily family, const char *id);

#endif
