/* room: models
 *
 * The smallest ask of every need that is not met in full, and the appeal that sums them up, as data.
 *
 * What is held: every tier above and below keeps the value it has in the plan and its groups' shares,
 * every other need of the own tier keeps what it has. The need then gets all that it lacks.
 *
 * Asked of one offer: the least by which its quantity alone has to grow. What it is paid out of and
 * its donor's budget grow with it, by the same amount at the frozen rate, rounded up; a reserve that is
 * a share keeps its share of that. Every other rule stands. Where no amount of one offer is enough:
 * the least value over all of them together. Where no offer may serve the need: a new one.
 *
 * Loosened: a smallest set of things (none can be left out) that, taken out of the round, let the need
 * have all it lacks without any new capacity.
 */
#ifndef ALLOT_ASKS_H
#define ALLOT_ASKS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "allot/causes.h"
#include "allot/round.h"

typedef enum AskState {
    ASK_NONE,     /* met in full; or an outcome: it takes nothing itself */
    ASK_WAITS,    /* not ready, or its amount is unknown: no capacity helps */
    ASK_ONE,      /* each of the gifts alone meets it; the first is the smallest ask */
    ASK_TOGETHER, /* no single offer can; all of the gifts at once do */
    ASK_NEW,      /* no offer may serve it: a new one of its category and unit */
    ASK_NOTHING,  /* nothing has to be added: its tier was not decided to its end */
    ASK_STOPPED,  /* no amount of its offers meets it: something has to be loosened */
    ASK_OPEN      /* neither found nor excluded within the budget of work */
} AskState;

const char *ask_state_text(AskState state); /* "one", "together", ...; "" for ASK_NONE */

/** More of one offer. */
typedef struct AskGift {
    int offer;
    int64_t extra; /* >= 0, offer's unit: with so much the need is met */
    int64_t least; /* with less it is not: proven; equals extra where the ask is exact */
    bool has_value;
    int64_t value; /* of extra, reporting minor units: money at its rate; in kind by unit_value, and
                      without one by what the need says that it is worth */
} AskGift;

/** An offer of which no amount is enough by itself. */
typedef struct AskRefusal {
    int offer;
    Origin origin; /* the first row that is in the way; line 0: none by itself */
    const char *id;
    const char *column;
} AskRefusal;

/** What would meet one need. */
typedef struct NeedAsk {
    AskState state;
    const AskGift *gifts; /* [gift_count] ASK_ONE: by value, amount, id; ASK_TOGETHER: by id */
    int gift_count;
    const AskRefusal *refusals; /* [refusal_count] ASK_ONE, ASK_TOGETHER, ASK_STOPPED: by id */
    int refusal_count;
    int64_t amount; /* what it lacks, need's unit: of ASK_NEW the ask itself */
    bool enough;    /* ASK_NEW: nothing else stands in the way: what it requires, its bundle, ... */
    bool has_value;
    int64_t value;       /* of the smallest ask, reporting minor units */
    const Cause *loosen; /* [loosen_count] 0: nothing was found that could be loosened */
    int loosen_count;
    bool loosen_open; /* a search for it ended at its limits */
} NeedAsk;

/** One line of the appeal: what to ask next, everything before it granted. Of alternatives only the one that
 *  stands for their mark (chosen.h) is in it. */
typedef struct AppealStep {
    int need;
    AskState state;       /* ASK_ONE, ASK_TOGETHER, ASK_NEW, ASK_NOTHING */
    const AskGift *gifts; /* [gift_count] all of them; none of ASK_NEW and ASK_NOTHING */
    int gift_count;
    int64_t amount; /* what the need gets, its unit: of ASK_NEW the ask itself */
    bool has_value;
    int64_t value; /* asked, reporting minor units */
    bool has_unlocked;
    int64_t unlocked;                    /* value of what the need gets, likewise */
    int64_t total_value, total_unlocked; /* this line and all above it that have a value */
} AppealStep;

typedef struct Asks {
    const NeedAsk *needs; /* [need_count] of the plan as it is */
    const AppealStep
        *appeal; /* [appeal_count] by tier, then value unlocked per value asked, then id */
    size_t appeal_count;
    int open; /* needs left out of the appeal for want of work */
} Asks;

#endif
