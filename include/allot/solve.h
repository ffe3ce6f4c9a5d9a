/* room: solver
 *
 * Solving a formulation: stage after stage, each frozen before the next, GLPK behind the guard.
 */
#ifndef ALLOT_SOLVE_H
#define ALLOT_SOLVE_H

#include "allot/arena.h"
#include "allot/formulation.h"
#include "allot/solve_result.h"
#include "allot/status.h"

typedef struct SolveSettings {
    double gap_rel;      /* relative gap at which a stage with whole columns may stop */
    long nodes;          /* most nodes a stage */
    double time_limit_s; /* 0: none; with one, runs are not repeatable */
} SolveSettings;

/** Settings of the round. */
SolveSettings solve_settings_of(const Round *round);

/** Decides every stage. The answer, also that there is none, is in @p result.
 *  @return STATUS_OK, STATUS_NO_MEMORY, STATUS_SOLVER_FAULT (result->fault says what). */
Status solve_stages(const Formulation *form, const SolveSettings *settings, Arena *arena,
                    SolveResult *result);

/** Solves and brings the answer into whole steps. A rule that rounding would break is tightened in
 *  @p form by what it would be broken by, and the round solved again; after a few such tries whole
 *  things are taken away instead. @p plan has lines, figures and stages, no reasons yet; it is
 *  written only when result->outcome says that there is a plan.
 *  @return as solve_stages(), or STATUS_INTERNAL when no rounding keeps every rule. */
Status solve_plan(Formulation *form, const SolveSettings *settings, Arena *arena,
                  SolveResult *result, Plan *plan);

/** One row or commitment that would have to give way, and by how much. */
typedef struct Concession {
    bool is_pair; /* a commitment on pair `index`; else rule `index` */
    size_t index;
    double amount; /* whole units of the rule's (or the need's) unit */
} Concession;

/** For a formulation that has no plan: the cheapest set of floors, reserves and commitments to
 *  loosen, each scaled to its own size (elastic relaxation, Chinneck 2008, ch. 6).
 *  @return as solve_stages(); *count is 0 when even that finds nothing. */
Status solve_concessions(const Formulation *form, Arena *arena, Concession **concessions,
                         size_t *count);

/** Writes the program of the first stage through GLPK, as free MPS or in the LP format, with readable
 *  names. STATUS_IO when @p path cannot be written to its end.
 *  @return STATUS_OK, STATUS_IO, STATUS_NO_MEMORY, STATUS_SOLVER_FAULT. */
Status solve_export(const Formulation *form, const char *path, bool lp_format, Arena *arena);

/** "5.0" */
const char *solve_library_version(void);

#endif
