/* room: solver
 *
 * A plan's program kept open for questions: how much more could this need have if that were lifted,
 * while every tier above and every other need of its own tier keep what they have? The program is
 * loose (formulation_build_loose()), so that lifting is a change of bounds; every answer is a solve
 * from the last basis, in rounds of whole things followed by a search. Needs glpk_guard_run().
 */
#ifndef ALLOT_SOLVER_HELD_H
#define ALLOT_SOLVER_HELD_H

#include "allot/lifts.h"
#include "allot/plan.h"
#include "allot/solve.h"
#include "solver/backend.h"

typedef enum HeldAnswer { HELD_NO, HELD_YES, HELD_OPEN } HeldAnswer;

typedef struct Held {
    const Lifts *lifts;
    const Formulation *form;
    const SolveSettings *settings;
    Arena *arena;
    Backend *backend;
    double *x;                       /* [columns] the plan as a point */
    int *level_row;                  /* [stages] the row that holds a tier's stage, or -1 */
    double *level;                   /* [stages] its value in the plan */
    bool *lifted;                    /* [lifts->count] */
    double *hold_lower, *hold_upper; /* [columns] what holding asks of them */
    double *least,
        *most;          /* [targets] where the plan is beyond what the round asks of them: lines are
                             rounded, so that sums may be a few smallest parts off; INFINITY and
                             -INFINITY where it is not */
    bool *near;         /* scratch [needs] that use what could serve the need asked about */
    int tier;           /* of the needs asked about; 0: none yet */
    int need;           /* the need asked about, or -1 */
    bool above_free;    /* the tiers above give way, */
    bool urgent_free;   /* the urgent need does, */
    bool equals_free;   /* the others of the tier do */
    bool below;         /* tiers below keep what they have too: set before held_about() */
    bool standing;      /* what is lifted stays where it stands and may only go on from there */
    double rise;        /* of the relaxation's last answer, in the need's columns */
    BackendBasis basis; /* to begin from: of the last question without any lift */
    double work;        /* of searches, what is left */
} Held;

/** Opens the program with the plan at hand. @return STATUS_OK, STATUS_NO_MEMORY. */
Status held_open(const Lifts *lifts, const Plan *plan, const SolveSettings *settings, Arena *arena,
                 Held *held);
void held_close(Held *held);

/** From now on questions are about @p need: everything is held and nothing lifted. */
void held_about(Held *held, int need);

/** Holds a tier's stage at no more than @p level (INFINITY lets it go). */
void held_hold_value(Held *held, size_t stage, double level);

/** Holds the shares of a fairness stage's groups at least where the plan has them, or lets them go. */
void held_hold_shares(Held *held, size_t stage, bool keep);

/** Lifts one thing, or puts it back. With held->standing what it bounds may only go beyond where it
 *  stands: the basis stays feasible, and a yes is a yes; a no is none yet. */
void held_lift(Held *held, size_t lift, bool lifted);

/** Do the tiers above (held->below: all others) keep what they have? Do the other needs of the tier? */
void held_keep_above(Held *held, bool keep);
void held_keep_equals(Held *held, bool keep);

/** Does the urgent need keep what it has? One of a tier above gives way with that. */
void held_keep_urgent(Held *held, bool keep);

/** A need of any tier keeps what it has, until held_keep_equals() of its tier says otherwise. */
void held_keep_need(Held *held, int need, bool keep);

/** Another plan at hand, as the point @p x [columns]: what holds is what it has. Before held_about().
 *  @param beside [rows of the form] what columns that were added give to each row; NULL: nothing */
void held_move(Held *held, const double *x, const double *beside);

/** Is the point at least as good as the plan at hand in everything that is held about the need, but for
 *  the few smallest parts of money that rounding costs? */
bool held_admits(const Held *held, const double *x);

/** What the last relaxation's objective owes to the slack with which tiers are held: their prices times
 *  it. */
double held_slack_worth(const Held *held);

/** Can the need have @p more (> 0, in its columns) than in the plan? *rise is what it can have more, at
 *  least, when it can. */
HeldAnswer held_ask(Held *held, double more, double *rise);

/** After a yes in a round of whole things: looks, not for long, for a point that gives the need more
 *  than *rise. held->rise is then what it can have at most. */
void held_most(Held *held, double *rise);

/** A whole point with the least objective, as it and the bounds are now: looked for near the plan first,
 *  within limits. @param point [columns of the program] written on HELD_YES. HELD_OPEN: none was found.
 *  @param[out] searched  backend_whole_value() has the rest of the point; else backend_value() */
HeldAnswer held_search_least(Held *held, double *point, bool *searched);

/** The basis of the last relaxation as the one to begin from; and back to it after a trial. */
void held_keep_basis(Held *held);
void held_put_basis(Held *held);

/** Of the last relaxation solved: does the thing carry a price, so that lifting it can matter? Without
 *  one the same prices prove that it cannot. */
bool held_lift_matters(const Held *held, size_t lift);
/** Likewise: would one of its bounds give way to the side that its price pushes to? Without one the
 *  point stays the best with the thing lifted alone. */
bool held_lift_helps(Held *held, size_t lift);
bool held_above_matters(const Held *held);
bool held_urgent_matters(const Held *held);
/** Is there a tier above the need's? */
bool held_has_above(const Held *held);
bool held_equals_matter(const Held *held);

/** Has the thing next to no room to spare in the plan? In a linear program nothing else can hold back a
 *  need that can have nothing more as things are. */
bool held_lift_binds(const Held *held, size_t lift);

/** What one more unit of the need's columns counts in its tier's stage: 0 when it does not. */
double held_worth(const Held *held, int need);

/** How far a need may seem to rise on what the solver lets through of the tiers above, which are held
 *  by rows of their values. A need of weight 0 has no worth to measure that by. */
double held_noise(const Held *held, int need);

#endif
