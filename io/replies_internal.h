/* room: io
 *
 * Between the files that read donors' answers.
 */
#ifndef ALLOT_IO_REPLIES_INTERNAL_H
#define ALLOT_IO_REPLIES_INTERNAL_H

#include "allot/replies.h"
#include "io/headings.h"
#include "io/number.h"
#include "io/sheet.h"

/** What answers are read with. */
typedef struct ReplyReading {
    const Round *round;
    Arena *arena;
    Diag *diag;
    const char *previous;  /* the plan before: its name */
    const Replies *kept;   /* the answers that it keeps; NULL: not read yet */
    const char *encoding;  /* of --encoding, or NULL */
    DecimalSign decimal;   /* of --decimal, for columns that do not decide; SIGN_OPEN: ask */
    const char *plan_told; /* hash that the plan before records; "" when it records none */
    const char *plan_made; /* hash of its lines as read */
    const char *mark_told, *mark_made; /* plan_mark() of both */
    Reply *rows;                       /* [count] as they come */
    size_t count, room;
} ReplyReading;

/** One file of answers. */
typedef struct ReplyFile {
    const char *name; /* "donor-PL.xlsx" */
    const Sheet *lines;
    const char *donor; /* who answers; NULL until a line tells */
    bool donor_told;   /* by About or the name, not by the lines alone */
} ReplyFile;

/** The table Lines of a donor's workbook, and its columns. */
typedef enum LinesColumn {
    LINES_NEED,
    LINES_OFFER,
    LINES_QUANTITY,
    LINES_DECISION,
    LINES_AGREED,
    LINES_OTHER_NEED,
    LINES_COMMENT
} LinesColumn;
extern const TableSpec replies_lines_table;

/** Reads the answers of a file's lines; what cannot be taken is a finding. */
Status replies_read_lines(ReplyReading *in, ReplyFile *file);

/** Adds an answer; the same pair answered differently is a finding, alike it is one answer. */
Status replies_add(ReplyReading *in, const Reply *reply);

/** Puts what was read into canonical order. */
void replies_finish(const ReplyReading *in, Replies *out);

/** A need, an offer of this id, as every id of an answer is read: the one that is spelled so, else the only one
 *  that differs by capitals alone; -1. */
int replies_find_need(const Round *round, const char *text);
int replies_find_offer(const Round *round, const char *text);

/** The donor of an offer of the round, found likewise; @p text itself where there is none. */
const char *replies_find_donor(const Round *round, const char *text);

#endif
