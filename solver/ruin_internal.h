/* room: solver
 *
 * What the parts of ruin and recreate share.
 */
#ifndef ALLOT_SOLVER_RUIN_INTERNAL_H
#define ALLOT_SOLVER_RUIN_INTERNAL_H

#include "allot/rule_book.h"
#include "solver/draw.h"
#include "solver/ruin.h"

typedef struct RuinMove {
    int pair;
    int64_t before;
} RuinMove;

/** What a need (or the mark it belongs to) counts in its tier for one smallest part given. */
typedef struct RuinGain {
    int stage; /* index into Formulation.stages, or -1 */
    double each;
} RuinGain;

typedef struct RuinOutcome {
    int need;
    int stage;
    double worth;
    bool met;
} RuinOutcome;

/** Of an outcome: was it full when last asked for? */
typedef struct RuinSight {
    unsigned long question;
    bool is_full;
} RuinSight;

struct Ruin {
    const Formulation *form;
    Arena *arena;
    RuleBook book;
    int64_t *given; /* [needs] */
    RuinGain *gain; /* [needs] */
    double *value;  /* [stages] of the plan at hand; tier stages only */
    double
        *size; /* [stages] of the plan that gives nothing: what sums on the way are as large as */
    RuinOutcome *outcomes;
    size_t outcome_count;
    const double *price; /* [columns] of pairs, or NULL */
    double *noise;       /* [offers] added to prices, or all 0 */
    int64_t *ticket;     /* [pairs] least quantity of one line, whole steps; 0: none */
    size_t *pairs_first; /* [offers + 1] CSR: pairs of an offer */
    int *pairs_of;
    size_t *dependents_first; /* [needs + 1] CSR: needs that require this one */
    int *dependents;
    RuinMove *moves; /* since the last mark; grown */
    size_t move_count, move_room;
    RuinSight *sights; /* [needs + 1] the last counts the questions */
    unsigned *seen;    /* [rules] stamp of the last look */
    unsigned stamp;
    Draw draw;
    bool failed; /* an amount did not fit, or no memory: the search ends */
};

/* ruin_board.c */

/** Sets a line and notes it. */
void ruin_put(Ruin *r, int pair, int64_t quantity);
/** Takes back every move from @p mark on. */
void ruin_undo(Ruin *r, size_t mark);
/** Do all rules that the moves from @p mark on touch hold? While needs stand empty, floors are not
 *  asked (@p floors false). */
bool ruin_keeps_rules(Ruin *r, size_t mark, bool floors);
/** How much more the line may give as far as bounds, sums and counts tell; whole steps. */
int64_t ruin_headroom(const Ruin *r, int pair);
/** Is the need met in full (outcomes: all that they require)? */
bool ruin_is_full(const Ruin *r, int need);
bool ruin_requirements_hold(const Ruin *r, int need);
/** The same of every need that has something. */
bool ruin_all_requirements_hold(const Ruin *r);

/* ruin_open.c */

/** Is it one of the stages that are searched in: a tier, or its needs without value? */
bool ruin_is_tier(const Stage *stage);
/** Does the plan at hand keep every rule, give no need too much, and none before what it requires? */
bool ruin_start_holds(const Ruin *r);

/* ruin_meet.c */

/** From what is agreed on (every line at its least): serves what makes that useful, and needs that count
 *  for floors, until the plan holds; else everything stays. @return STATUS_OK, STATUS_NO_MEMORY. */
Status ruin_meet(Ruin *r);

/* ruin_floors.c */

/** Of the same from the plan at hand, where no order of serving meets the floors: by what needs of all or
 *  nothing come to together, then by a walk. *met: the plan holds; else everything is as it was. */
Status ruin_meet_floors(Ruin *r, bool *met);

/* ruin_search.c */

/** The plan at hand against the values [stages] that the tiers had: below 0 it is better, above 0 worse,
 *  in *stage, the first in which they differ; 0: as good. */
int ruin_compare(const Ruin *r, const double *than, size_t *stage);

/* ruin_lay.c */

/** Lays the lines of @p x, in whole steps, of every need that has nothing and can take all of them without
 *  breaking a rule: first of those that could not do with less. Bundles stay as they are. */
void ruin_lay(Ruin *r, const double *x);

/* ruin_choose.c */

/** The most that one line of the pair could ever give, whoever else has something; whole steps. */
double ruin_room(const Ruin *r, int pair);

/* ruin_fund.c */

/** Takes every line of the need away, down to what is agreed. */
void ruin_drop(Ruin *r, int need);
/** Serves a need that has nothing (with all of its bundle): true when it got lines that keep every
 *  rule they touch, so far as others allow. */
bool ruin_fund(Ruin *r, int need);
/** May it be served at all: wants something, nobody else of its mark is served, and so on. */
bool ruin_may_fund(const Ruin *r, int need);

#endif
