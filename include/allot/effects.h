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
    EFFECT_OTHER,    /* no answer did it: the round has changed, or a tier is met better */
    EFFECT_OPEN      /* not asked, or too many answers to ask about */
} EffectCause;

/* Of a line that moved where a need is urgent: EFFECT_ALONE: had the need what it had before, the line would
 * have it too; EFFECT_OTHER: it would be where it is now all the same, as the round has changed since;
 * EFFECT_TOGETHER: neither. */

/** A line that differs from the plan before. Amounts in the need's unit, smallest parts. */
typedef struct Effect {
    int need;
    int offer;
    int64_t before; /* 0: there was no line */
    int64_t now;    /* 0: there is none any more */
    EffectCause cause;
    int *replies; /* [reply_count] indices into round->replies, ascending */
    int reply_count;
} Effect;

typedef struct Effects {
    Effect *rows; /* [count] by need, then offer */
    size_t count;
} Effects;

/** The lines that differ from round->previous; causes are open. Those with an answer of their own are
 *  left out, unless @p answered. STATUS_NO_MEMORY possible. */
Status effects_list(const Round *round, const Plan *plan, bool answered, Arena *arena,
                    Effects *out);

/** What the plan gives on this pair, and what the plan before gave. */
int64_t plan_line_now(const Plan *plan, int need, int offer);
int64_t plan_line_before(const Round *round, int need, int offer);

#endif
