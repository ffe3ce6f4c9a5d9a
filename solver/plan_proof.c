/* What is proven of a plan in whole steps, held to its own figures. A search holds each stage at what its
 * point reached, in doubles that are off by the noise of the stages before; the plan made of it differs by
 * cents. Here the stages are decided once more around the plan itself: it stays the point at hand, every level
 * is its own value, and what searches find besides only tells how far it is from the best.
 */
#include "solver/plan_proof.h"
#include "allot/extract.h"
#include "solver/glpk_guard.h"
#include "solver/run.h"

/* Programs of more columns are not decided twice. */
enum { PROVEN_COLUMNS = 2000 };

typedef struct Proving {
    const Formulation *form;
    const SolveSettings *settings;
    const double *plan;
    Arena *arena;
    StageBound *bounds; /* [count], or NULL */
    size_t count;
    Status status;
} Proving;

static Status prove(Proving *p)
{
    Run run;
    BackendOutcome outcome;
    TRY(run_open(&run, p->form, p->settings, p->arena));
    Status status = run_whole_of(&run, p->plan, &outcome);
    if (status == STATUS_OK && outcome == BACKEND_OPTIMAL) {
        p->bounds = run.bounds;
        p->count = run.bound_count;
    }
    run_close(&run);
    return status;
}

static void guarded(void *context)
{
    Proving *p = context;
    p->status = prove(p);
}

Status plan_prove(const Formulation *form, const SolveSettings *settings, const Plan *plan,
                  Arena *arena, StageBound **bounds, size_t *count)
{
    Proving p = {.form = form, .settings = settings, .arena = arena};
    GuardFault fault;
    double *x;
    *bounds = NULL;
    if (!form->whole || form->lp.column_count > PROVEN_COLUMNS || solve_is_late(settings))
        return STATUS_OK;
    TRY(plan_point(form, plan, arena, &x));
    p.plan = x;
    if (!glpk_guard_run(guarded, &p, &fault))
        return STATUS_OK; /* a fault of the library proves nothing */
    TRY(p.status);
    *bounds = p.bounds;
    *count = p.count;
    return STATUS_OK;
}
