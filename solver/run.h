/* room: solver
 *
 * One run over the stages: what the linear and the whole-number parts share.
 */
#ifndef ALLOT_SOLVER_RUN_H
#define ALLOT_SOLVER_RUN_H

#include "allot/solve.h"
#include "solver/backend.h"
#include "solver/ruin_stages.h"
#include "solver/sifting.h"
#include "solver/stage_proof.h"

typedef struct Run {
    const Formulation *form;
    const SolveSettings *settings;
    Arena *arena;
    Backend *backend;
    Sifting *sifting;  /* NULL: every column is loaded from the start, and none is let go */
    StageProof *proof; /* of linear stages; NULL: nothing is proven in exact arithmetic */
    StageBound *bounds;
    size_t bound_count, bound_room;
    double
        deadline; /* of linear stages, past which those that are left stand as the last one left them; 0: none */
    double *
        kept; /* [lp.column_count] with a deadline: the point of the last linear stage solved; NULL: none is */
    bool solved;     /* the present basis is optimal for something */
    bool settling;   /* nearly all is fixed: each solve looks first at what can still move */
    bool empty_plan; /* nothing is demanded (no floor, reserve or commitment): giving nothing is a
                        plan, and whatever says otherwise is noise */
} Run;

/** Does the formulation demand nothing (no floor, reserve or commitment), so that the empty plan is
 *  one? */
bool run_demands_nothing(const Formulation *form);

/** Is the value of a whole column whole, as far as half a cent of what it is worth can tell? */
bool run_is_whole(const Lp *lp, int column, double value);

/** Fixes the lines that a switch which is off, or a need that is not served, leaves at nothing, as the
 *  whole columns of @p whole say. Their rows say so too, but a solver lets a little through them, which is
 *  euros where they may let millions through; and only what is fixed is left out of what can still move. */
void run_fix_closed(Backend *backend, const Formulation *form, const double *whole);

/** A live program of the formulation with u basic in every C1 row: feasible when nothing is fixed. */
Status run_open(Run *run, const Formulation *form, const SolveSettings *settings, Arena *arena);

/** The same for the linear stages alone, of a program without whole columns: from a greedy basis, and
 *  where there are many pairs with the columns of few (settings->sift_from). */
Status run_open_linear(Run *run, const Formulation *form, const SolveSettings *settings,
                       Arena *arena);
void run_close(Run *run);

/** Sets and solves an objective as backend_objective() and backend_solve() do, over all columns,
 *  loaded or not. */
void run_objective(Run *run, size_t count, const int *columns, const double *costs);
BackendOutcome run_solve(Run *run);

/** Notes what a search says of a stage; the canonical stage is not listed. Exact (StageBound.proven)
 *  only where no arithmetic is needed: costs that are never negative, shares of all that is wanted. */
Status run_note(Run *run, size_t stage, int rank, double bound, StageStatus status);

/** The same of a linear stage (of a fairness: a level) solved to @p value, with what its duals prove in
 *  exact arithmetic: the value itself where that agrees to 1e-9 of it, else what is proven. */
Status run_note_proven(Run *run, size_t index, int rank, double value);

/** A stage that time leaves as the point at hand has it: partial, or at its limit. @param known  a bound that
 *  is proven of it all the same; -INFINITY: none. */
Status run_note_left(Run *run, size_t index, double known);

/** What later stages are held to, of the stage noted last: the value that the point at hand reaches. */
void run_note_reached(Run *run, double reached);

/** What is proven in exact arithmetic of the relaxation of the stage noted last: a bound in its units.
 *  Where it agrees with the stage's bound to 1e-9 of it, that one is proven. */
void run_note_exact(Run *run, double exact);

/** Is a stage's value, its constant included, as near to its bound as a relative gap allows? */
bool run_is_within_gap(double value, double bound, double gap_rel);

/** Is a stage that is to be minimised decided by its bound: is the value it, as far as doubles tell, or does
 *  no value in whole steps lie between (formulation_decides())? Constants included. */
bool run_is_attained(const Formulation *form, const Stage *stage, double value, double bound);

/** Objective value of a linear stage at the relaxation's point. */
double run_stage_value(const Run *run, const Stage *stage);

/** Keeps every optimal point of the last solve and no other: fixes each nonbasic column and row
 *  whose reduced cost is not zero at its bound (exact, by complementary slackness). */
void run_freeze(Run *run);

/** After run_freeze(): solves again for costs so far below the largest that the solve took them for
 *  zero (weights many powers of ten apart). */
Status run_refine(Run *run, size_t count, const int *columns, const double *costs);

/** The linear stages one after another, fairness by raising the common level.
 *  @p outcome is BACKEND_OPTIMAL, or what stopped it. Past run->deadline it is BACKEND_OPTIMAL where there is
 *  a point in run->kept, else BACKEND_LIMIT. */
Status run_linear(Run *run, BackendOutcome *outcome);

/** One fairness stage by raising the level. With @p note false nothing is listed (a trial). */
Status run_fairness(Run *run, size_t index, bool note, BackendOutcome *outcome);

/** Every stage over whole columns: relaxation first, then branch and cut from it.
 *  @p begun is a plan to begin from, with what is known of its tiers, or has none (found false).
 *  @p x receives the last point when @p outcome says there is one. */
Status run_whole(Run *run, const RuinPlan *begun, double *x, BackendOutcome *outcome);

/** What can be proven of a plan in whole steps: every stage bounded over the plans that keep the stages before
 *  as it does, to the cent. @param plan  its point, [lp.column_count] (plan_point()). @p outcome is
 *  BACKEND_OPTIMAL, or says that nothing is (a point of rounded lines need not be one of the program). */
Status run_whole_of(Run *run, const double *plan, BackendOutcome *outcome);

/** Reduced costs below this, in the scaled program with the largest cost scaled to 1, are zero. */
extern const double RUN_ZERO_COST;

/** Levels and shares that differ by less are one. */
extern const double RUN_SAME_SHARE;

#endif
