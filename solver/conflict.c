/* Why there is no plan, as a table of contents: the cheapest concession of all; then one conflict
 * after another, each made minimal, measured, and conceded before the next is looked for.
 */
#include "allot/solve.h"
#include "solver/conflict_parts.h"
#include "solver/glpk_guard.h"

/* Conflicts that are told one by one; what is conceded for the others is told all the same. */
enum { SETS_MOST = 8 };

typedef struct ConflictJob {
    const Formulation *form;
    const SolveSettings *settings;
    Arena *arena, *scratch;
    Conflicts *out;
    Status status;
} ConflictJob;

static bool holds(const Conflict *conflict, size_t lift)
{
    for (size_t m = 0; m < conflict->count; m++)
        if (conflict->members[m].lift == lift)
            return true;
    return false;
}

/** Concedes, or takes back, what is conceded of the demands inside or outside of a set. */
static size_t concede(ConflictLive *live, const Conflicts *out, const Conflict *set, bool inside,
                      bool give)
{
    size_t count = 0;
    for (size_t c = 0; c < out->concession_count; c++) {
        const Concession *concession = &out->concessions[c];
        if (holds(set, concession->lift) != inside)
            continue;
        bool upwards = live->lifts->lifts[concession->lift].kind == LIFT_RESERVE;
        conflict_give(live, concession->lift, give ? concession->amount : 0, upwards);
        count++;
    }
    return count;
}

/** One more conflict. *last: there is no going on after it. */
static Status add_set(ConflictLive *live, Conflicts *out, bool *last)
{
    Conflict *set = &out->sets[out->count];
    TRY(conflict_filter(live, set));
    out->count++;
    (void)concede(live, out, set, false, true);
    TRY(conflict_measure(live, set));
    for (size_t k = 0; k < out->concession_count; k++)
        live_give(live, out->concessions[k].lift, 0, 0);
    *last = true;
    for (size_t s = 0; s < out->count; s++) {
        bool moved = concede(live, out, &out->sets[s], true, true) > 0;
        if (s + 1 == out->count)
            *last = !moved;
    }
    return STATUS_OK;
}

static Status find(ConflictJob *job)
{
    ConflictLive live;
    Conflicts *out = job->out;
    bool last = false;
    out->sets = ARENA_NEW(job->arena, SETS_MOST, Conflict);
    TRY_NEW(out->sets);
    TRY(live_open(&live, &out->lifts, job->settings, job->scratch, job->arena));
    TRY(conflict_concede(&live, out));
    while (live_ask(&live, NULL) == LIVE_NO_PLAN) {
        out->more = out->count == SETS_MOST || last;
        if (out->more)
            break;
        TRY(add_set(&live, out, &last));
    }
    live_close(&live);
    return live.status;
}

static void guarded(void *context)
{
    ConflictJob *job = context;
    job->status = find(job);
}

Status solve_conflicts(const Formulation *form, const SolveSettings *settings, Arena *arena,
                       Conflicts *out)
{
    GuardFault fault;
    ConflictJob job = {.form = form, .settings = settings, .arena = arena, .out = out};
    *out = (Conflicts){.count = 0};
    TRY(lifts_build(form, arena, &out->lifts));
    job.scratch = arena_new();
    TRY_NEW(job.scratch);
    bool ended = glpk_guard_run(guarded, &job, &fault);
    arena_free(job.scratch);
    return ended ? job.status : STATUS_SOLVER_FAULT;
}
