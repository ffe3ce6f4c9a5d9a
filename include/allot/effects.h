/* room: models
 *
 * What answers did to lines that nobody answered: against the plan before, and which answers alone or
 * together made it so.
 */
#ifndef ALLOT_EFFECTS_H
#define ALLOT_EFFECTS_H

#include "allot/plan.h"
#include "allot/replies.h"

typedef enum EffectCause {
    EFFECT_ALONE,    /* without any one of these answers the line is what it was */
    EFFECT_TOGETHER, /* without all of these answers it is, without fewer of them not */
    EFFECT_FREE,     /* no answer did it, and where it was no stage would be worse: a free choice */
    EFFECT_PART, /* without all of these answers it is neither what it was nor what it is: they did a part of
                        it, and the round has changed, or a tier is met better */
    EFFECT_OTHER, /* no answer did it: the round has changed, or a tier is met better */
    EFFECT_OPEN   /* not asked, or too many answers to ask about */
} EffectCause;

/* Of a line that moved where a need is urgent: EFFECT_ALONE: had the need what it had before, the line would
 * have it too; EFFECT_OTHER: it would be where it is now all the same; EFFECT_TOGETHER: neither; EFFECT_OPEN: not
 * asked. Beside it stands what new answers did. */

/** A line that differs from the plan before. Amounts in the need's unit, smallest parts. */
typedef struct Effect {
    int need;
    int offer;
    int64_t before; /* 0: there was no line */
    int64_t now;    /* 0: there is none any more */
    EffectCause cause;
    int *replies; /* [reply_count] indices into round->replies, ascending */
    int reply_count;
    bool
        unproven; /* EFFECT_FREE: not every stage was decided to its end, of this plan or of the one with the line
                      as it was: one that is may tell them apart */
    /* of a line that moved where a need is urgent: */
    bool answered;              /* its own donor said so in this turn: the one of `replies` */
    const struct Effect *found; /* else what is known of answers and this line; NULL: nothing */
    bool untold; /* what besides the urgent need moved it, or whose answer, is not for the reader */
} Effect;

typedef struct Effects {
    Effect *rows; /* [count] by need, then offer */
    size_t count;
} Effects;

/** The lines that differ from round->previous; causes are open. Those with an answer of their own are
 *  left out, unless @p answered. STATUS_NO_MEMORY possible. */
Status effects_list(const Round *round, const Plan *plan, bool answered, Arena *arena,
                    Effects *out);

/** Where a need is urgent: what moved the line is what answers did (line->found), not the urgent need itself. */
bool effect_is_explained(const Effect *line);

/** Where a need is urgent: does this line, of another need, have less so that the urgent one is served? Not
 *  where its own donor said so, nor where answers about other needs alone did it, or the round. */
bool effect_gives_way(const Round *round, const Effect *line);

/** What the plan gives on this pair, and what the plan before gave. */
int64_t plan_line_now(const Plan *plan, int need, int offer);
int64_t plan_line_before(const Round *round, int need, int offer);

#endif
