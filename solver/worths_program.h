/* room: solver
 *
 * Worths that flows leave open, where sums cross: asked of the class network as a linear program
 * (hold_program.h), step by step. Everything here runs inside glpk_guard_run().
 */
#ifndef ALLOT_SOLVER_WORTHS_PROGRAM_H
#define ALLOT_SOLVER_WORTHS_PROGRAM_H

#include "allot/worths.h"
#include "solver/hold_program.h"

typedef struct WorthsProgram {
    HoldProgram program;    /* of the whole plan */
    double work, work_ends; /* what is left: iterations times columns */
    bool ends;              /* which of them counts */
    int tier;               /* asked about */
    const double
        *prices;  /* [class_count] of a unit of the program, in the stage's measure. The caller's */
    double price; /* of a unit of all that count, or 0: they differ */
} WorthsProgram;

/** One quantity or budget. */
typedef struct WorthAsked {
    int arc; /* before the flows */
    int64_t today;
    double scale, most; /* smallest parts in a unit; units that could be drawn */
    bool needed_known;  /* the least with which the steps before can be kept */
    int64_t needed;
} WorthAsked;

/** @param hold  of the plan's whole flow, kept. @return STATUS_OK or STATUS_NO_MEMORY. */
Status worths_program_open(const HoldPlan *hold, Arena *arena, WorthsProgram *asked);
void worths_program_close(WorthsProgram *asked); /* not open: nothing */

/** Is there work left for questions of what something is worth, or (@p ends) of how far that holds? Those that
 *  follow count there. */
bool worths_program_has_time(WorthsProgram *asked, bool ends);

/** From now on questions are about this tier. @return false where nothing can be said of it: the work is used up,
 *  or the plan is not the best there is. Prices then say which quantities may be worth more:
 *  hold_program_arc_matters(). */
bool worths_program_about(WorthsProgram *asked, int tier, const double *prices, double price);

/** Do its prices prove that one more is worth no more than a unit of the tier counts? */
bool worths_program_bounds(const WorthsProgram *asked, double line_slope);

/** What one more is worth, not yet known. @p line_slope: of its arc at the prices of worths_program_about(). */
WorthSide worths_program_more(WorthsProgram *asked, const WorthAsked *quantity, double line_slope);

/** The least of the quantity with which the tiers above can be kept, and @p with: the tier too. False
 *  where the solver does not say. */
bool worths_program_least(WorthsProgram *asked, const WorthAsked *quantity, bool with,
                          int64_t *least);

/** What one less costs, where the tier cannot do with less and those above can (quantity->needed, known). */
WorthSide worths_program_less(WorthsProgram *asked, const WorthAsked *quantity, double line_slope);

#endif
