/* room: solver
 *
 * The tiers of a plan as a ladder: step by step, each solved while those below are held, on one live
 * program that can be asked what would change. What prices and worths share. Needs glpk_guard_run().
 */
#ifndef ALLOT_SOLVER_LADDER_H
#define ALLOT_SOLVER_LADDER_H

#include "solver/held.h"
#include "solver/tier_steps.h"

typedef struct LadderStep {
    size_t stage;       /* of the formulation */
    bool shares;        /* groups' shares, held and never solved; else a stage that counts unmet */
    double plan;        /* value of the plan, */
    double best;        /* and of the relaxation, without the stage's constant */
    double level;       /* at which it is held for the steps above it */
    BackendBasis basis; /* optimal with nothing changed */
} LadderStep;

typedef struct Ladder {
    Held held;
    LadderStep *steps; /* [count] in the order of the stages */
    int count;
    double *now; /* [count] at which steps are held in the next solve; INFINITY: not at all */
    double work; /* what is left: iterations times rows and columns; searches likewise */
    bool sound;  /* every step was solved; false too where the program is too large to ask */
} Ladder;

/** Opens the program and solves every step with nothing changed.
 *  @param at_plan  steps are held at the plan's values; else at those of the relaxation, unless shares of the
 *                  plan cannot be kept with these: what is given whole, split, may take of them
 *  @return STATUS_OK (look at ladder->sound), STATUS_NO_MEMORY. */
Status ladder_open(const Lifts *lifts, const Plan *plan, const SolveSettings *settings,
                   bool at_plan, double work, Arena *arena, Ladder *ladder);
void ladder_close(Ladder *ladder);

/** Its steps that are solved, which those of shares are not: their numbers here, and as they are told.
 *  @param[out] numbers, steps  [*count] in @p arena. @return STATUS_OK or STATUS_NO_MEMORY. */
Status ladder_solved_steps(const Ladder *ladder, Arena *arena, int **numbers,
                           const TierStep **steps, size_t *count);

/** Steps are held again as they were opened. */
void ladder_reset(Ladder *ladder);

/** Holds the steps below @p step as ladder->now says; it and those above are free. @p step may be
 *  ladder->count. */
void ladder_hold(Ladder *ladder, int step);

/** Minimises the step while those below are held, from its own basis or from the present one.
 *  @return false when there is no optimum. */
bool ladder_solve(Ladder *ladder, int step, bool own_basis);

/** Minimises any sum from the present basis and holds. */
bool ladder_minimise(Ladder *ladder, size_t count, const int *columns, const double *costs);

/** Value of the step in the last solve. */
double ladder_value(const Ladder *ladder, int step);

/** What two values of the step have to differ by to differ. */
double ladder_noise(const Ladder *ladder, int step);

#endif
