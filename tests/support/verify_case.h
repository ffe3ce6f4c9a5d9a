/* Small rounds and plans built by hand, as round_check() would leave them, for the tests of the
 * independent check. Rows are added in the order of their ids; row i of a table stands in its
 * line i + 2. Amounts of things are whole units times THING.
 */
#ifndef ALLOT_TEST_VERIFY_CASE_H
#define ALLOT_TEST_VERIFY_CASE_H

#include "tests/support/test_support.h"

#include "allot/verify.h"

enum { CASE_ROWS = 8, CASE_LINES = 16 };

#define THING INT64_C(1000000)

typedef struct VerifyCase {
    Arena *arena;
    Diag *diag;
    Round round;
    Plan plan;
    VerifyReport report;
} VerifyCase;

/** An empty round in EUR with rates USD 0.9, PLN 0.25 and JPY 0.006, and an empty plan. */
VerifyCase *case_new(void);
void case_free(VerifyCase *c);

const char *case_name(VerifyCase *c, const char *text); /* interned */
NameList case_names(VerifyCase *c, const char *list);   /* "A;B" */
Decimal case_decimal(const char *text);
Date case_date(const char *iso);

/** Tier 1, weight 1, ready, category HW; step 1 for money, a whole unit for things. */
Need *case_need(VerifyCase *c, const char *id, const char *unit, int64_t quantity);
void case_unit_cost(VerifyCase *c, Need *need, const char *cost, const char *currency);
/** Committed, any category, for everybody; cost 0. Its donor gets a row when it has none. */
Offer *case_offer(VerifyCase *c, const char *id, const char *donor, const char *unit,
                  int64_t quantity);
void case_parent(VerifyCase *c, Offer *child, const Offer *parent);
Donor *case_donor(VerifyCase *c, const char *id);
Beneficiary *case_beneficiary(VerifyCase *c, const char *id);
RuleRow *case_rule(VerifyCase *c, const char *id, RuleWord kind);
Commitment *case_commitment(VerifyCase *c, int need, int offer, CommitmentKind kind,
                            int64_t quantity);
PairRow *case_pair(VerifyCase *c, int need, int offer);
/** A line of the plan before this one; in the order of needs, then offers. */
void case_previous(VerifyCase *c, int need, int offer, int64_t quantity);

/** A line with nothing but what the check believes. */
Assignment *case_line(VerifyCase *c, int need, int offer, int64_t quantity);
StageResult *case_stage(VerifyCase *c, StageKind kind, const char *label, int tier, double value);

/** Runs the check anew, on the lines alone. */
Status case_verify(VerifyCase *c);
/** The same with every figure of the plan compared. */
Status case_verify_figures(VerifyCase *c);

#define assert_accepted(c) case_accepted((c), __FILE__, __LINE__)
void case_accepted(VerifyCase *c, const char *file, int line);

/** Fails unless the lines are refused with one finding alone: of this code, at this line of
 *  plan.csv (0: none), its message holding this text. */
#define assert_rejected(c, code, at, text)                                                         \
    case_rejected((c), case_verify(c), (code), (at), (text), __FILE__, __LINE__)
/** The same with figures compared. */
#define assert_figures_rejected(c, code, at, text)                                                 \
    case_rejected((c), case_verify_figures(c), (code), (at), (text), __FILE__, __LINE__)
void case_rejected(VerifyCase *c, Status status, DiagCode code, int at, const char *text,
                   const char *file, int line);

/** Fails unless a finding of this code is there whose message holds this text. */
#define assert_finding(c, code, text) case_finding((c), (code), (text), __FILE__, __LINE__)
void case_finding(VerifyCase *c, DiagCode code, const char *text, const char *file, int line);

#endif
