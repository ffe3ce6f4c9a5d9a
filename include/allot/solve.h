/* room: solver
 *
 * Solving a formulation: stage after stage, each frozen before the next, GLPK behind the guard.
 */
#ifndef ALLOT_SOLVE_H
#define ALLOT_SOLVE_H

#include "allot/arena.h"
#include "allot/asks.h"
#include "allot/causes.h"
#include "allot/class_network.h"
#include "allot/formulation.h"
#include "allot/prices.h"
#include "allot/progress.h"
#include "allot/ranges.h"
#include "allot/solve_result.h"
#include "allot/status.h"
#include "allot/worths.h"

typedef struct SolveSettings {
    double gap_rel; /* relative gap at which a stage with whole columns may stop */
    long nodes;     /* most nodes a stage */
    int alone_from; /* programs of all or nothing with so many columns are left to the search in whole
                       steps: one solve of their relaxation would take longer than all of it; 0: none */
    double
        deadline; /* of the monotonic clock, in seconds; 0: none. Past it searches stop with the best
                        plan they have; then two runs may differ */
    bool
        cautious; /* without what GLPK 5.0 is known to fail in: see BackendSearch.simple_branching; its
                      presolver for linear programs */
    Progress *progress; /* who looks on, or NULL */
    bool glance;        /* is there a plan at all: cents are looked for with a tenth of the work */
    int sift_from; /* pairs from which on a linear program is solved by column generation; with fewer
                      all columns are there from the start; below 0: the plain way always */
} SolveSettings;

/** With fewer pairs than this, a program with all its columns is solved as soon. */
enum { SOLVE_SIFT_FROM = 2000 };

/** The deadline that is @p seconds from now. */
double solve_deadline_in(double seconds);

/** Does the round demand anything (a floor, a reserve, an agreed line)? Else giving nothing is a plan. */
bool solve_demands(const Formulation *form);

/** Is the deadline of the settings past? */
bool solve_is_late(const SolveSettings *settings);

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
 *  @return as solve_stages(), STATUS_INTERNAL when a figure does not fit, or STATUS_NO_PLAN when no whole
 *  steps were found that keep every rule: result->broken is one that stays broken. */
Status solve_plan(Formulation *form, const SolveSettings *settings, Arena *arena,
                  SolveResult *result, Plan *plan);

/** Decides every stage on the class network, in whole minor units: a network simplex, every decision
 *  confirmed by GLPK from its tree. @p plan has lines, figures and stages, no reasons yet. When
 *  result->outcome is SOLVE_FAILED, nothing was decided, result->fault says why (GLPK disagreed, a
 *  figure did not fit), and the round is one for solve_plan(). result->x is NULL; bounds name stages
 *  of @p net.
 *  @return STATUS_OK, STATUS_NO_MEMORY, STATUS_INTERNAL. */
Status solve_network(const ClassNetwork *net, Arena *arena, SolveResult *result, Plan *plan);

/** The same for a round that class_network_fits(), from the start, unless its settings ask for the
 *  plain engine. @param[out] why_plain  why that must decide; NULL: the plan is there */
Status solve_fast(const Round *round, const EligibleSets *sets, Arena *arena, SolveResult *result,
                  Plan *plan, const char **why_plain);

/** For a round that has no plan: the sets of rows that no plan can keep together, each made minimal by
 *  a deletion filter; by how much each of their members would have to give way; and the cheapest
 *  concession over all floors, reserves and commitments, each weighed by its own size (Chinneck,
 *  Feasibility and Infeasibility in Optimization, 2008, ch. 6 and 7).
 *  @param form  loose (formulation_build_loose())
 *  @return as solve_stages(); out->count is 0 when no conflict is found. */
Status solve_conflicts(const Formulation *form, const SolveSettings *settings, Arena *arena,
                       Conflicts *out);

/** Why the needs stay unmet whose reason in @p plan is REASON_UNPROVEN: each with the first thing that,
 *  lifted from @p loose (formulation_build_loose()), lets it have at least a step more, while every
 *  tier above keeps its value and its groups' shares, and every other need of its own tier what it
 *  has; where no single thing does, with a smallest set. *out is [need_count].
 *  @return STATUS_OK, STATUS_NO_MEMORY, STATUS_SOLVER_FAULT. */
Status solve_reasons(const Formulation *loose, const Plan *plan, const SolveSettings *settings,
                     Arena *arena, NeedCauses **out);

/** The smallest ask of every need that is not met in full, and the appeal (asks.h says what they are): by
 *  the need's own lines in whole numbers, by cuts of the class network where the round is one (and
 *  settings->sift_from is not below 0), by weak duality from the prices of a solve, and by solving where
 *  these do not meet; within a fixed budget of work.
 *  @param loose  formulation_build_widened(), or formulation_build_loose(): then no bar is loosened
 *  @return STATUS_OK, STATUS_NO_MEMORY, STATUS_SOLVER_FAULT, STATUS_INTERNAL (a sum that does not fit);
 *  *out is NULL then. */
Status solve_asks(const Formulation *loose, const Plan *plan, const SolveSettings *settings,
                  Arena *arena, const Asks **out);

/** The same for a plan that the class network decided, without a program: what it can tell, nearly all,
 *  and at once for needs that nothing tells apart. CAUSE_NOT_ASKED where only solve_reasons() can. Of a
 *  tier that sums up over limits or weights, *freed is what can be had at least.
 *  @param sets  who may serve whom, kept; NULL: found here
 *  @return STATUS_OK, STATUS_NO_MEMORY, STATUS_INTERNAL (not such a plan). */
Status solve_network_reasons(const Round *round, const EligibleSets *sets, const Plan *plan,
                             Arena *arena, NeedCauses **out);

/** What each thing of the round costs (prices.h), from @p widened (formulation_build_widened()). *out is
 *  NULL when the relaxation of the plan's own tiers could not be solved.
 *  @return as solve_reasons(). */
Status solve_prices(const Formulation *widened, const Plan *plan, const SolveSettings *settings,
                    Arena *arena, const Prices **out);

/** The same for a plan that the class network decided, by flows, in whole numbers: nothing is left open.
 *  *out is NULL where lifting something leaves what a network can hold.
 *  @return STATUS_OK, STATUS_NO_MEMORY, STATUS_INTERNAL (not such a plan). */
Status solve_network_prices(const Formulation *widened, const Plan *plan, Arena *arena,
                            const Prices **out);

/** What one more and one less of each offer and budget is worth (worths.h), from @p loose. *out as
 *  above. @param known  what solve_network_worths() found, kept; or NULL. Where there is no more to know, or
 *                  the program is too large to ask, *out is the same. @return as solve_reasons(). */
Status solve_worths(const Formulation *loose, const Plan *plan, const SolveSettings *settings,
                    const Worths *known, Arena *arena, const Worths **out);

/** The same for a plan that the class network decided, by flows: tiers above which sums cross are left
 *  unknown, for solve_worths(). *out is NULL where it cannot tell anything.
 *  @return STATUS_OK, STATUS_NO_MEMORY, STATUS_INTERNAL (not such a plan). */
Status solve_network_worths(const Formulation *loose, const Plan *plan, Arena *arena,
                            const Worths **out);

/** The least and the most of every line over all plans that come out as well in every published stage,
 *  and who carries what a line leaves; by flows where the round is a network (and settings->sift_from is not
 *  below 0). *out is in @p arena.
 *  @return STATUS_OK, STATUS_NO_MEMORY, STATUS_SOLVER_FAULT. */
Status solve_ranges(const Formulation *form, const Plan *plan, const SolveSettings *settings,
                    Arena *arena, const Ranges **out);

/** Every stage that is listed, each rank of a fairness by itself, in the order solved, with its value
 *  at the point @p x (NULL: nothing is solved yet, and no value means anything). */
Status solve_levels(const Formulation *form, const double *x, Arena *arena, StageLevel **levels,
                    size_t *count);

/** The same at a plan's point (plan_point()). Where rules are kept by how lines are rounded, the plan may miss rows
 *  of the program by parts of a cent: then levels are such as the solver's point @p x (NULL: the network
 *  decided, in whole cents) meets too. */
Status solve_plan_levels(const Formulation *form, const double *plan, const double *x, Arena *arena,
                         StageLevel **levels, size_t *count);

/** Writes the program of one stage through GLPK, as free MPS or in the LP format, with readable
 *  names: of the stage called @p stage as in stages.csv, those before it held at @p levels (of
 *  solve_levels(), all of them); or, when @p stage is NULL, of the first, and no level counts. Its least
 *  objective is the stage's value; of a fairness rank that rank's share, negated. Columns of shares count hundredths of a percent.
 *  @return STATUS_OK, STATUS_USAGE when there is no such stage, STATUS_IO when @p path cannot be
 *  written to its end, STATUS_NO_MEMORY, STATUS_SOLVER_FAULT. */
Status solve_export(const Formulation *form, const char *stage, const StageLevel *levels,
                    const char *path, bool lp_format, Arena *arena);

/** "5.0" */
const char *solve_library_version(void);

#endif
