/* room: io
 *
 * What became of answers, and what gave way to an urgent need, as sentences: the same for sheets and
 * tables. All return text in @p arena, never NULL ("" without memory).
 */
#ifndef ALLOT_IO_REPLY_TEXT_H
#define ALLOT_IO_REPLY_TEXT_H

#include "allot/effects.h"

/** A row of an answer. */
typedef struct AnswerText {
    const char *
        numbers; /* its own, "2"; of one that stands no more "1;3", those that moved its line too */
    bool stands;
    const char *detail; /* what became of it, and what it did */
} AnswerText;

/** The answer of this index. */
AnswerText reply_text(const Round *round, const Plan *plan, size_t index, Arena *arena);

/** One of round->reopened. */
AnswerText reply_open_text(const Round *round, const Plan *plan, const Reply *reply, Arena *arena);

/** What moved, and because of which answers (numbered from 1). */
const char *effect_text(const Round *round, const Effect *effect, Arena *arena);

/** "1;3": the numbers of the answers behind an effect. */
const char *effect_answers(const Effect *effect, Arena *arena);

/** A line that differs from the plan before, in a plan that serves an urgent need first. */
const char *urgent_text(const Round *round, const Plan *plan, const Effect *line, Arena *arena);

#endif
