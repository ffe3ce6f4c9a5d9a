/* room: base
 *
 * What a person must read about the input: every finding with its place, collected in one pass.
 */
#ifndef ALLOT_DIAG_H
#define ALLOT_DIAG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "allot/arena.h"

typedef enum DiagSeverity { DIAG_ERROR, DIAG_WARNING, DIAG_NOTE } DiagSeverity;

/** Every code, once: identifier, printed code, what it is about. The numbers are stable: scripts
 *  and letters quote them. Retired, never to be used again: E027 (up to 0.2.0: the tables ask for a
 *  rule that the program cannot decide yet). */
#define DIAG_CODES(X)                                                                              \
    X(DIAG_FILE, "E001", "a file or folder cannot be read")                                        \
    X(DIAG_CSV, "E002", "a file is not well-formed CSV")                                           \
    X(DIAG_ENCODING, "E003", "a file's encoding is in doubt or its bytes do not fit it")           \
    X(DIAG_TABLE_MISSING, "E004", "a required table is missing")                                   \
    X(DIAG_TABLE_UNKNOWN, "E005", "a file or sheet nearly matches a known table")                  \
    X(DIAG_COLUMN_MISSING, "E006", "a required column is missing")                                 \
    X(DIAG_COLUMN_NEAR, "E007", "a heading nearly matches a known column")                         \
    X(DIAG_COLUMN_TWICE, "E008", "a heading occurs twice")                                         \
    X(DIAG_ROW_WIDTH, "E009", "a row has more cells than the heading")                             \
    X(DIAG_CELL_EMPTY, "E010", "a required cell is empty")                                         \
    X(DIAG_CELL_UNKNOWN, "E011", "a cell says unknown where a figure is needed")                   \
    X(DIAG_NUMBER, "E012", "a cell is not a number")                                               \
    X(DIAG_NUMBER_AMBIGUOUS, "E013", "a number can be read in two ways")                           \
    X(DIAG_NUMBER_RANGE, "E014", "a number is outside its range")                                  \
    X(DIAG_NUMBER_FINE, "E015", "an amount is finer than its unit or step")                        \
    X(DIAG_DATE, "E016", "a cell is not a date")                                                   \
    X(DIAG_FLAG, "E017", "a cell is not yes or no")                                                \
    X(DIAG_WORD, "E018", "a word is not one of those allowed")                                     \
    X(DIAG_ID_TWICE, "E019", "an id occurs twice")                                                 \
    X(DIAG_ID_UNKNOWN, "E020", "an id is not known")                                               \
    X(DIAG_CURRENCY, "E021", "a currency is not known")                                            \
    X(DIAG_RATE_MISSING, "E022", "a currency has no rate")                                         \
    X(DIAG_CYCLE, "E023", "rows point at each other in a circle")                                  \
    X(DIAG_CONTRADICTION, "E024", "two rows contradict each other")                                \
    X(DIAG_COMMITMENT_BARRED, "E025", "a commitment stands on a barred pair")                      \
    X(DIAG_SETTING, "E026", "a setting is not known or has a wrong value")                         \
    X(DIAG_RULE, "E028", "a rule is incomplete or mixes units")                                    \
    X(DIAG_SCORES, "E029", "one of two gradings is missing")                                       \
    X(DIAG_WINDOW_EMPTY, "E030", "a window ends before it begins")                                 \
    X(DIAG_TOO_LARGE, "E031", "amounts are too large for exact arithmetic")                        \
    X(DIAG_UNITS, "E032", "units cannot be compared")                                              \
    X(DIAG_CELL_ERROR, "E033", "a cell holds an error or a formula without a result")              \
    X(DIAG_SCALE, "E034", "a heading speaks of thousands, millions or percent")                    \
    X(DIAG_SIGN, "E035", "a currency beside a figure is not that of its unit")                     \
    X(DIAG_TOTAL_ROW, "E036", "a row looks like a total")                                          \
    X(DIAG_ROWS_ABOVE, "E037", "rows above the headings look like data")                           \
    X(DIAG_SECOND_TABLE, "E038", "a second table, or its headings again, stands among the rows")   \
    X(DIAG_CONFLICT, "E040", "rows that no plan can satisfy together")                             \
    X(DIAG_SOLVER, "E041", "the solver failed")                                                    \
    X(DIAG_WRITE, "E042", "a file cannot be written")                                              \
    X(DIAG_JOB, "E043", "a task of several failed")                                                \
    X(DIAG_PART, "E044", "a part of a sweep is damaged or does not fit the others")                \
    X(DIAG_PLAN_FORMAT, "E050", "a plan's table cannot be read")                                   \
    X(DIAG_PLAN_LINE, "E051", "a plan's line names no eligible pair")                              \
    X(DIAG_PLAN_RULE, "E052", "a plan breaks a rule")                                              \
    X(DIAG_PLAN_SUM, "E053", "a plan's figures do not add up")                                     \
    X(DIAG_ROUND_OTHER, "E056", "a plan's round is not what it was when the plan was made")        \
    X(DIAG_WORKBOOK, "E060", "a workbook is damaged, or it is none")                               \
    X(DIAG_WORKBOOK_LOCKED, "E061", "a workbook is protected by a password")                       \
    X(DIAG_WORKBOOK_LIMIT, "E062", "a file is larger than is read")                                \
    X(DIAG_LEDGER, "E070", "a ledger is not what was written")                                     \
    X(DIAG_LEDGER_ROUND, "E071", "a round cannot be closed")                                       \
    X(DIAG_LEDGER_ENTRY, "E072", "an entry does not fit the ledger")                               \
    X(DIAG_ANSWER, "E073", "an answer to a line cannot be taken")                                  \
    X(DIAG_ANSWERS_DIFFER, "E074", "two answers to one line differ")                               \
    X(DIAG_ANSWER_PLAN, "E075", "answers were given to another plan, or by nobody known")          \
    X(DIAG_PLAN_LEDGER, "E076", "a plan rests on another ledger than is given")                    \
    X(DIAG_CLOSE_EDITED, "E077", "a plan that was edited by hand is not closed")                   \
    X(DIAG_PLAN_ROUND_ID, "E078", "a plan is of a round of another id")                            \
    X(DIAG_PLAN_WORSE, "W054", "a plan's stage is worse than the proven bound")                    \
    X(DIAG_PLAN_STALE, "W055", "a plan's figure is not that of its line")                          \
    X(DIAG_ROUND_LOST, "W057", "a plan's round is not found")                                      \
    X(DIAG_PLAN_ROUND, "W058", "a plan was made from another round, or from this one as it was")   \
    X(DIAG_EMPTY_ROUND, "W101", "there are no needs")                                              \
    X(DIAG_PRIORITY_DEFAULT, "W102", "a need states no priority")                                  \
    X(DIAG_OUTLIER, "W103", "an amount is far from the donor's others")                            \
    X(DIAG_NO_OFFER, "W104", "a need has no eligible offer")                                       \
    X(DIAG_SAME_REQUEST, "W105", "two needs look like the same request")                           \
    X(DIAG_COVERED_OVER, "W106", "more is covered elsewhere than is asked")                        \
    X(DIAG_NAME_UNLISTED, "W107", "a name is not in its table")                                    \
    X(DIAG_MATCHES_NOTHING, "W108", "a word matches nothing in the round")                         \
    X(DIAG_AMOUNT_UNKNOWN, "W109", "an amount is unknown; the row stays out of the plan")          \
    X(DIAG_ODA_OPEN, "W110", "an ODA question is open; decide it")                                 \
    X(DIAG_FILE_IGNORED, "W111", "a file in the folder is not a table and is not read")            \
    X(DIAG_RATE_ZERO, "W112", "a rate is far from what its currency's amounts suggest")            \
    X(DIAG_NOTHING_GIVEN, "W113", "a plan gives nothing although offers fit")                      \
    X(DIAG_HIDDEN, "W114", "a hidden sheet, row or column is read all the same")                   \
    X(DIAG_MERGED, "W115", "cells are merged; only the first counts")                              \
    X(DIAG_LOOKALIKE, "W116", "an id holds letters of another alphabet")                           \
    X(DIAG_LIST, "W117", "a list may be separated by the wrong sign")                              \
    X(DIAG_REMARK, "W118", "what stands behind a heading's name is not understood")                \
    X(DIAG_EXAMPLE, "W119", "a row called EXAMPLE is not the template's")                          \
    X(DIAG_MARK_ALONE, "W120", "a mark of alternatives has one member only")                       \
    X(DIAG_NEVER, "W121", "a condition can never be met, and bars what it stands on")              \
    X(DIAG_OTHER_THAN_MEANT, "W123", "a row may do something else than it seems to")               \
    X(DIAG_NUMBER_DOUBT, "W124", "a number is written otherwise than others of its column")        \
    X(DIAG_NO_NEED, "W125", "no need can use an offer")                                            \
    X(DIAG_REWRITTEN, "W126", "a spreadsheet may have rewritten what stands here")                 \
    X(DIAG_ID_ALIKE, "W127", "two ids differ in capitals, blanks or dashes alone")                 \
    X(DIAG_OFFER_PAST, "W128", "an offer ends before the round starts")                            \
    X(DIAG_LEDGER_TWICE, "W170", "something may be counted twice beside the ledger")               \
    X(DIAG_UNANSWERED, "W171", "a round is closed or published while lines wait for an answer")    \
    X(DIAG_LEDGER_LEFT, "W172", "the plan before rests on a ledger, and none is named")            \
    X(DIAG_ENDED, "W173", "what ended before the round starts still counts as covered")            \
    X(DIAG_REOPENED, "W174", "what a donor had agreed to gives way to an urgent need")             \
    X(DIAG_ROUND_CLOSED, "W175", "a round that is closed already is decided anew")                 \
    X(DIAG_LEDGER_LATE, "W176", "an entry is dated long after all that the ledger speaks of")      \
    X(DIAG_LEDGER_PART, "W177", "an entry is of a part where whole things are committed")          \
    X(DIAG_NO_ANSWER, "W122", "nobody has answered")                                               \
    X(DIAG_URGENT_LEFT, "W129", "what the plan before served first is urgent no more")             \
    X(DIAG_COLUMN_CARRIED, "N201", "a column the program does not know is carried along")          \
    X(DIAG_ROW_SKIPPED, "N202", "a row is skipped")                                                \
    X(DIAG_READ_AS, "N203", "how a file was read")                                                 \
    X(DIAG_ROWS_ASIDE, "N204", "rows above or below the table are no data")                        \
    X(DIAG_DAYS_READ, "N205", "numbers or times are read as days")                                 \
    X(DIAG_HEADING_READ, "N206", "a heading is read as a column of another name")                  \
    X(DIAG_PREVIOUS_DROPPED, "N207", "lines of the plan before have no place in this round")       \
    X(DIAG_PREVIOUS_UNUSED, "N208", "the plan before is named, and no stage looks at it")          \
    X(DIAG_CONFLICT_WITH, "N209", "a row that other rows cannot be kept together with")            \
    X(DIAG_CONCESSION, "N210", "a row that gives way in the cheapest concession")                  \
    X(DIAG_PLAN_EDITED, "N220", "a plan's lines are not those that were written")                  \
    X(DIAG_PROPOSAL, "N221", "a donor proposes another need; planners decide")                     \
    X(DIAG_ANSWER_LAPSED, "N222", "an earlier answer has no place in this round any more")         \
    X(DIAG_ANSWERS_LEFT, "N223", "the plan before keeps answers that bind nobody in this run")     \
    X(DIAG_PLAN_UNREAD, "N224", "rows of a plan cannot be read and are left out of its check")     \
    X(DIAG_PREVIOUS_ROUND, "N225", "the plan before is of a round of another id")                  \
    X(DIAG_COMMENT_ALONE, "N226", "a comment stands beside a line that is not answered")           \
    X(DIAG_RESERVE_KEPT, "N227", "a reserve is kept from an urgent need, too")                     \
    X(DIAG_LEDGER_CARRIED, "N270", "what a ledger carries over and the round does not speak of")   \
    X(DIAG_LEDGER_ROWS, "N271", "commitments rows say what the ledger holds already")              \
    X(DIAG_LEDGER_RULES, "N272", "rules count the lines of their round alone, beside the ledger")  \
    X(DIAG_LEDGER_COULD, "N273", "lines of the ledger that could give way to an urgent need")

typedef enum DiagCode {
#define DIAG_AS_ENUM(name, code, about) name,
    DIAG_CODES(DIAG_AS_ENUM)
#undef DIAG_AS_ENUM
        DIAG_CODE_COUNT
} DiagCode;

/** Where a finding stands. All pointers are borrowed and must outlive the Diag; any may be NULL and
 *  any number 0 where it does not apply. */
typedef struct DiagPlace {
    const char *file;        /* as printed, e.g. "needs.csv"; a sheet: "round.xlsx!needs" */
    int line;                /* 1-based line of the file (row of a sheet) */
    int column;              /* 1-based column number */
    const char *column_name; /* its heading */
    const char *table;       /* canonical table name, e.g. "needs" */
    const char *text;        /* the text found */
} DiagPlace;

typedef struct Finding {
    DiagSeverity severity;
    DiagCode code;
    DiagPlace place;
    const char *message; /* one sentence, lower case, no full stop: what, what was expected, cure */
    int group;           /* diag_group() */
} Finding;

typedef struct Diag Diag;

/** Most findings kept of each severity; the rest are counted and said in one line. */
enum { DIAG_KEEP = 1000 };

/** A new, empty collection in @p arena (which must outlive it), or NULL without memory. */
Diag *diag_new(Arena *arena);

/** Adds a finding with a printf message. Never fails visibly: without memory it is counted only.
 *  Severity follows from the code's first letter (E, W, N). Control characters of the message
 *  become blanks, so that it stays one line. */
void diag_add(Diag *diag, DiagCode code, DiagPlace place, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/** The order in which diag_sort() puts two places: below 0 when @p a comes first, 0 when it sees no
 *  difference. */
int diag_compare_places(const DiagPlace *a, const DiagPlace *b);

/** What is added from here on belongs together and stands behind what was added with lower numbers,
 *  wherever it is about: 0 at first. */
void diag_group(Diag *diag, int group);

/** Sorts the findings by group, then by severity-independent place: those of no table, then tables in dictionary
 *  order, then others by name; within a table by file, line, column, then as they were added. */
void diag_sort(Diag *diag);

/** Number of findings of this severity, also those beyond DIAG_KEEP. */
size_t diag_count(const Diag *diag, DiagSeverity severity);

/** Kept findings in order; valid until the next diag_add() or diag_sort(). */
const Finding *diag_findings(const Diag *diag, size_t *count);

const char *diag_code_text(DiagCode code); /* "E012" */
const char *diag_severity_text(DiagSeverity severity);

/** A place alone, as much of it as is known: "needs.csv:14:3 (quantity)", "round.xlsx!needs:C14 (quantity)";
 *  "" where nothing is. @return text in @p arena or NULL without memory. */
char *diag_place_text(const DiagPlace *place, Arena *arena);

/** One gcc-style line without newline: "needs.csv:14:3 (quantity): error E012: 'abc' is not a
 *  number", for a sheet "round.xlsx!needs:C14 (quantity): error ...".
 *  @return text in @p arena or NULL without memory. */
char *diag_format(const Finding *finding, Arena *arena);

#endif
