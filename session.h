/* room: front
 *
 * What the commands share: everything that one run works on, and the steps that most commands begin
 * with. One arena holds a round, its program, its plan and its report; findings are collected, and
 * printed by allot.c at the end.
 */
#ifndef ALLOT_SESSION_H
#define ALLOT_SESSION_H

#include "allot/extract.h"
#include "allot/formulation.h"
#include "allot/options.h"
#include "allot/report.h"
#include "allot/round_read.h"
#include "allot/solve.h"
#include "allot/verify.h"
#include "progress_line.h"

typedef struct Session Session;

/** Whose answers a round is read with where it is no command's own (compare): instead of those that the
 *  command line or the plan it names would have. */
typedef struct KeptAnswers {
    Status (*take)(const void *context,
                   Session *s); /* commits them to s->round, which is checked */
    const void *context;
    bool change_first; /* Settings.change_first: answers are settled */
} KeptAnswers;

/** Everything a command works on. */
struct Session {
    const Options *options;
    Arena *arena;
    Diag *diag;
    const char *scenario;      /* the round is opened as this one says; NULL: as it is */
    const CellChange *changes; /* [change_count] and with these cells changed */
    size_t change_count;
    const char *ledger_up_to; /* the hash of the ledger's last line that counts; NULL: all count */
    RowTexts *texts;          /* what the round's rows say is kept here; NULL: it is not */
    Round round;
    const char *why_plain; /* why no class network decides; NULL: one may */
    EligibleSets *sets;    /* who may serve whom */
    PairSet pairs;         /* pairs, rules and program: of the plain engine */
    RuleSet rules;
    Formulation form;
    bool gives_way_open; /* which agreed lines give way was decided within limits (reopen.h) */
    bool is_decided;     /* the plan is there: questions are not bound by what made it (reopen.h) */
    SolveResult result;
    Plan plan;
    RunInfo info;
    const KeptAnswers *kept; /* NULL: as the command says */
    ProgressLine line;       /* what is being done, for whoever looks on */
};

/** Reads a round, checks it, and finds who may serve whom: what every command begins with. Where a
 *  class network decides, no pair has to be looked at by itself, and no rule can be wrong. */
Status open_round(Session *s);

/** The same for a command that only holds a plan against the round: pairs and rules are not listed, however
 *  large it is. The check looks at the tables alone, and says which rules cannot be kept or checked. */
Status open_round_to_check(Session *s);

/** The same as open_round(), every finding too, for a command that decides nothing: pairs and rules are listed
 *  only where they could be wrong. */
Status open_round_to_review(Session *s);

/** Pairs and rules one by one, for the plain engine and for questions; at most once. */
Status list_pairs(Session *s);

/** The round as a program, in s->form. */
Status formulate(Session *s);

/** How to solve, as the round's settings and the command line say. */
SolveSettings solve_settings(Session *s);

/** Decides the round into s->plan, or says why there is no plan. */
Status make_plan(Session *s);

/** How deciding a round has ended that was opened, solved and checked, in a word or a few; @p status is that
 *  of the last of these steps. */
const char *outcome_text(const Session *s, Status status);

/** Finds out by re-solving why needs stay unmet, and (EXPLAIN_ALL) what else people ask about a plan,
 *  into s->plan. To be called with a checked plan: a question left open is no fault of the plan's. */
Status find_answers(Session *s, ExplainLevel level);

/** Of a plan after answers, or with an urgent need: which lines moved, and which answers made them
 *  (by deciding again without these), into s->plan. With --explain none it is not asked why. */
Status find_effects(Session *s);

/** The plan has to pass the independent check; if it does not, the program is at fault. */
Status check_plan(Session *s);

/** Can the results be written, to the file @p book (NULL: there is none) and the folder of --tables? Asked
 *  before deciding, which may take long; nothing is left there. @return STATUS_OK, STATUS_IO with a
 *  finding, STATUS_NO_MEMORY. */
Status try_outputs(Session *s, const char *book);

/** Reads the plan that the command line names into s->plan and holds it against the round. Rows that
 *  cannot be read are findings, and the others are judged all the same: everything is said in one run.
 *  @return STATUS_OK, STATUS_FINDINGS, STATUS_IO, STATUS_NO_MEMORY, STATUS_INTERNAL; @p report is zero
 *  where nothing was checked. */
Status read_plan(Session *s, VerifyReport *report);

/** What this program is made of. */
RunInfo versions(void);

/** What this run is made of, in s->info. */
void describe_run(Session *s);

/** That a plan was read and not decided, in s->info; after describe_run(). */
void describe_read_plan(Session *s);

#endif
