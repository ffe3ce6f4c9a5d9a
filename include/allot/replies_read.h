/* room: io
 *
 * Donors' answers in: the files of a folder, and what the plan before this one keeps of earlier ones.
 */
#ifndef ALLOT_REPLIES_READ_H
#define ALLOT_REPLIES_READ_H

#include "allot/replies.h"

/** The answers that donors sent back, and how they are read. */
typedef struct ReplySource {
    const char *dir;      /* the folder of --answers */
    const char *previous; /* the plan before this one, to which they are answers */
    const char *encoding; /* of --encoding, for a .csv that is neither marked nor UTF-8; or NULL */
    char decimal;         /* '.' or ',' of --decimal; 0: figures such as 1,234 that no other of
                             their column decides are asked about, as in a table of the round */
} ReplySource;

/** Reads every workbook (.xlsx, .ods, .fods: sheets Lines and About) and .csv (the headings of Lines) of
 *  the folder, in byte order of their names, as answers to the lines of the plan before this one
 *  (round->previous). Whose answers a file holds says its sheet About; of a .csv its name, where it begins
 *  as the pack's donor-PL.xlsx does, else its lines. Nothing half-taken: an answer that contradicts another,
 *  the plan or itself, is an error finding at its cell that says what to do, all of them in one pass.
 *  @return STATUS_OK, STATUS_FINDINGS, STATUS_IO with a finding, STATUS_NO_MEMORY. */
Status replies_read(const ReplySource *source, const Round *round, Arena *arena, Diag *diag,
                    Replies *out);

/** Adds to @p out the answers that the plan at @p previous keeps (its sheet Answers, or answers.csv) and that @p out does
 *  not answer anew; those of @p out are of the turn behind the last of these. One whose need or offer the round no
 *  longer has is dropped with a note. A plan without answers adds none.
 *  @param opened  where not NULL: those whose lines gave way to an urgent need and that nobody has answered since;
 *                 they are not in @p out.
 *  @return as above. */
Status replies_carry(const char *previous, const Round *round, Arena *arena, Diag *diag,
                     Replies *out, Replies *opened);

/** The same alone, of a plan that is looked at again: nothing is said, and where its answers cannot be read it has none.
 *  @return STATUS_OK, STATUS_NO_MEMORY. */
Status replies_recall(const char *plan, const Round *round, Arena *arena, Replies *out,
                      Replies *opened);

/** Adds a note to every new answer that proposes another need: what the round says against it, and what
 *  planners would have to do. To be called with the answers committed (round->replies). */
void replies_tell_proposals(const Round *round, Diag *diag);

#endif
