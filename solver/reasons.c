/* Why a need stays unmet: things are lifted one after another, in the order of the closed list, and the
 * program is solved again; the first that lets the need have more is the cause, or of those of its reason the
 * one that frees most.
 *
 * Most things need no solve: where the relaxation without any lift gives the need nothing, its prices
 * prove the same of everything that carries none (weak duality), so that a need costs one solve and
 * one or two more. In linear rounds mostly not even that one: a need of a tier that is decided to its
 * end can have no more as things are, what has room to spare holds nobody back (a step towards the plan
 * that it would allow is there already), and so the first to try is what the tiers above have. Where nothing helps alone, everything that carries a price is lifted, again and
 * again, until the need rises; then what can be put back is (a deletion filter), last first.
 */
#include "allot/language.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "solver/glpk_guard.h"
#include "solver/lift_reason.h"
#include "solver/reason_internal.h"

/* Where prices lead nowhere, all candidates are lifted together if there are no more. */
enum { LIFTED_AT_ONCE = 100 };

/* Of things of one reason that help, so many behind the first are tried, too: where a try is a search, few. */
enum { OTHERS_OF_SUMS = 100, OTHERS_OF_WHOLES = 8 };

static Cause cause_of(const ReasonJob *job, Candidate candidate)
{
    const Round *round = job->form->round;
    if (candidate.reason == REASON_URGENT)
        return (Cause){.reason = REASON_URGENT,
                       .origin = round->needs[round->urgent].origin,
                       .id = round->needs[round->urgent].id,
                       .column = "",
                       .each = ""};
    if (candidate.lift < 0)
        return (Cause){.reason = candidate.reason, .id = "", .column = "", .each = ""};
    const Lift *thing = &job->lifts.lifts[candidate.lift];
    const char *part = thing->each, *id = thing->id;
    if (thing->kind == LIFT_REQUIRES)
        part = round->logic.requirements[thing->index].name;
    if (thing->kind == LIFT_FORBIDDEN) /* a bar has no id */
        id = round->commitments[thing->index].need_id;
    return (Cause){candidate.reason, thing->origin, id, thing->column, part};
}

static int64_t in_parts(const ReasonJob *job, int need, double rise)
{
    const Need *row = &job->form->round->needs[need];
    double parts = floor(rise * job->form->quantum[need] + 0.5);
    int64_t whole = parts < 1 ? 0 : (int64_t)parts;
    int64_t unmet = job->plan->needs[need].unmet;
    whole -= whole % row->step;
    return whole > unmet ? unmet : whole;
}

static Status keep_causes(ReasonJob *job, int need, const Candidate *set, size_t count, double rise)
{
    Cause *causes = ARENA_NEW(job->arena, count, Cause);
    TRY_NEW(causes);
    for (size_t i = 0; i < count; i++)
        causes[i] = cause_of(job, set[i]);
    const Lift *thing = set->lift < 0 ? NULL : &job->lifts.lifts[set->lift];
    for (size_t i = 0;
         count == 1 && set->reason == REASON_LOCKED_OUT && i < reason_along_count(job, thing); i++)
        job->found[need].since = job->found[need].since || reason_goes_along(job, i, thing);
    job->found[need].causes = causes;
    job->found[need].count = (int)count;
    job->found[need].freed = in_parts(job, need, rise);
    job->found[need].at_least =
        job->form->whole && job->found[need].freed < in_parts(job, need, job->held.rise);
    return STATUS_OK;
}

/** One thing lifted, and put back. First from where everything stands, which takes few pivots; only a
 *  no has to be asked again in full. */
static HeldAnswer try_lift(ReasonJob *job, Candidate candidate, double more, double *rise)
{
    HeldAnswer answer = HELD_NO;
    for (int full = job->form->whole; full < 2 && answer == HELD_NO; full++) {
        job->held.standing = full == 0;
        reason_lift(job, candidate, true);
        job->held.standing = false;
        answer = held_ask(&job->held, more, rise);
        if (answer == HELD_YES && job->form->whole)
            held_most(&job->held, rise);
        reason_lift(job, candidate, false);
        held_put_basis(&job->held);
    }
    return answer;
}

/** A thing that helps alone. */
typedef struct Single {
    Candidate thing;
    double rise, most; /* what it lets the need have more, in its columns; at most so much */
    int64_t freed;
} Single;

/** Tries whether it frees @p more. *open: a search did not tell. @return whether that is more than @p best frees,
 *  which it then is. */
static bool try_single(ReasonJob *job, int need, Candidate thing, double more, Single *best,
                       bool *open)
{
    double rise = 0;
    HeldAnswer answer = try_lift(job, thing, more, &rise);
    *open = *open || answer == HELD_OPEN;
    if (answer != HELD_YES || (best->rise > 0 && in_parts(job, need, rise) <= best->freed))
        return false;
    *best = (Single){thing, rise, job->held.rise, in_parts(job, need, rise)};
    return true;
}

/** Of those behind the first that helps, of the same reason and as much the need's own answers: one that frees
 *  more? Not asked where the first frees all. */
static void try_others(ReasonJob *job, int need, size_t first, double more, Single *best)
{
    Candidate helps = job->candidates[first];
    bool refusal = reason_is_refusal(job, helps), unheard = false;
    size_t tries = job->form->whole ? OTHERS_OF_WHOLES : OTHERS_OF_SUMS;
    for (size_t i = first + 1; i < job->candidate_count && i <= first + tries; i++) {
        Candidate other = job->candidates[i];
        if (best->freed >= job->plan->needs[need].unmet || other.reason != helps.reason ||
            reason_is_refusal(job, other) != refusal)
            return;
        (void)try_single(job, need, other, best->rise + more, best, &unheard);
    }
}

/** The first single thing that helps, or of its like the one that frees most. *done: there is one. *open: a
 *  search left it open before. */
static Status find_single(ReasonJob *job, int need, double more, bool *done, bool *open)
{
    Single best = {.rise = 0};
    for (size_t i = 0; i < job->candidate_count && !*done; i++) {
        *done = try_single(job, need, job->candidates[i], more, &best, open);
        if (*done)
            try_others(job, need, i, more, &best);
    }
    job->held.rise = best.most;
    return *done ? keep_causes(job, need, &best.thing, 1, best.rise) : STATUS_OK;
}

/** Adds what carries a price now, or (not @p priced) everything, to the set of what is lifted.
 *  @return how many came. */
static size_t add_more(ReasonJob *job, int need, bool priced, Candidate *set, size_t *count)
{
    size_t added = 0;
    reason_list(job, need, priced);
    if (!priced && job->candidate_count > LIFTED_AT_ONCE)
        return 0;
    for (size_t i = 0; i < job->candidate_count; i++) {
        bool known = false;
        for (size_t k = 0; k < *count; k++)
            known = known || (set[k].lift == job->candidates[i].lift &&
                              set[k].reason == job->candidates[i].reason);
        if (known)
            continue;
        set[(*count)++] = job->candidates[i];
        reason_lift(job, job->candidates[i], true);
        added++;
    }
    return added;
}

/** Puts back what is not needed, the last of the closed list first. *open: a search left open whether
 *  something is. */
static void filter(ReasonJob *job, Candidate *set, size_t *count, double more, double *rise,
                   bool *open)
{
    for (size_t i = *count; i-- > 0;) {
        double now;
        reason_lift(job, set[i], false);
        HeldAnswer answer = held_ask(&job->held, more, &now);
        *open = *open || answer == HELD_OPEN;
        if (answer != HELD_YES) {
            reason_lift(job, set[i], true);
            continue;
        }
        *rise = now;
        memmove(set + i, set + i + 1, (*count - i - 1) * sizeof *set);
        (*count)--;
    }
}

/** The need's own refusals come first: a donor, and whoever asks for the need, can do most about these. */
static void put_refusals_first(const ReasonJob *job, Candidate *set, size_t count)
{
    size_t refusals = 0;
    for (size_t i = 0; i < count; i++) {
        Candidate candidate = set[i];
        if (!reason_is_refusal(job, candidate))
            continue;
        memmove(set + refusals + 1, set + refusals, (i - refusals) * sizeof *set);
        set[refusals++] = candidate;
    }
}

/** Nothing helps alone: a set of which nothing can be left out. */
static Status find_several(ReasonJob *job, int need, double more, bool *done, bool *open)
{
    Candidate *set = ARENA_NEW(job->arena, job->lifts.count + 3, Candidate);
    size_t count = 0;
    double rise = 0;
    HeldAnswer answer = held_ask(&job->held, more, &rise);
    TRY_NEW(set);
    while (answer == HELD_NO && add_more(job, need, true, set, &count) > 0)
        answer = held_ask(&job->held, more, &rise);
    if (answer == HELD_NO &&
        add_more(job, need, false, set, &count) > 0) /* wholes carry no price */
        answer = held_ask(&job->held, more, &rise);
    *open = *open || answer == HELD_OPEN;
    if (answer != HELD_YES || count == 0)
        return STATUS_OK;
    for (size_t i = 1; i < count; i++) { /* in the list's order */
        Candidate candidate = set[i];
        size_t at = i;
        for (; at > 0 && reason_compare(job, &candidate, &set[at - 1]) < 0; at--)
            set[at] = set[at - 1];
        set[at] = candidate;
    }
    filter(job, set, &count, more, &rise, open);
    if (job->form->whole && held_ask(&job->held, more, &rise) == HELD_YES)
        held_most(&job->held, &rise); /* a search ends with the first point that has more */
    *done = true;
    put_refusals_first(job, set, count);
    return keep_causes(job, need, set, count, rise);
}

/** By how much the need has to rise: a step, and more than noise. */
static double least_rise(const ReasonJob *job, int need)
{
    const Need *row = &job->form->round->needs[need];
    double step = (double)row->step / job->form->quantum[need];
    double unmet = job->held.x[job->form->unmet_column[need]];
    return row->unit.is_money ? fmax(step, fmin(held_noise(&job->held, need), unmet / 2)) : step;
}

/** Is there nothing to gain for the need as things are, in a linear round? What rounding took may be. */
static bool is_best(const ReasonJob *job, int need)
{
    const Round *round = job->form->round;
    int tier = round->needs[need].tier;
    double lost = job->plan->rounding_loss * (double)unit_scale(round->currency);
    if (job->form->whole || held_worth(&job->held, need) <= 0 ||
        (lost > 0 && (double)job->plan->needs[need].value_unmet <= 2 * lost))
        return false;
    for (size_t s = 0; s < job->plan->stage_count; s++) {
        const StageResult *stage = &job->plan->stages[s];
        if ((stage->kind == STAGE_TIER || stage->kind == STAGE_UNVALUED) && stage->tier == tier &&
            stage->status != STAGE_OPTIMAL)
            return false;
    }
    return true;
}

/** Has nothing that comes before HIGHER_TIERS to do with the need? */
static bool is_free_below(const ReasonJob *job, int need)
{
    for (size_t i = 0; i < job->early_count; i++) {
        Reason reason = lift_reason(job->form, job->plan, &job->lifts.lifts[job->early[i]], need);
        if (reason != REASON_NONE && reason < REASON_HIGHER_TIERS)
            return false;
    }
    return true;
}

/** What the first solve would prove is known: tries at once what the tiers above have, in the first tier
 *  what equals have. From the basis of a need of the same tier, which is a plan for this one too. */
static Status explain_at_once(ReasonJob *job, int need, double more, bool *done)
{
    int tier = job->form->round->needs[need].tier;
    Candidate tried[] = {
        {REASON_URGENT, -1},
        {held_has_above(&job->held) ? REASON_HIGHER_TIERS : REASON_EQUALS, -1},
    };
    HeldAnswer answer = HELD_NO;
    double rise;
    if (job->basis_tier != tier || !is_best(job, need) || !is_free_below(job, need))
        return STATUS_OK;
    for (size_t i = reason_is_after_urgent(job, need) ? 0 : 1; i < 2 && answer == HELD_NO; i++) {
        answer = try_lift(job, tried[i], more, &rise);
        if (answer != HELD_YES)
            continue;
        *done = true;
        job->found[need].proof = CAUSE_PROVEN;
        TRY(keep_causes(job, need, &tried[i], 1, rise));
    }
    return STATUS_OK;
}

/** @return whether there are any */
static bool lift_consents(ReasonJob *job, int need, bool lifted)
{
    bool any = false;
    for (size_t i = 0; i < job->along_count; i++)
        if (lift_is_consent(job->form, &job->lifts.lifts[job->along[i]], need)) {
            reason_lift_thing(job, (size_t)job->along[i], lifted);
            any = true;
        }
    return any;
}

/** Lifts what donors agreed to give the need, all that they were asked for, where that alone changes nothing:
 *  then it is no obstacle, and of other things it must not be one either. @return whether anything was tried
 *  and put back. */
static bool settle_consents(ReasonJob *job, int need, double more)
{
    double rise;
    if (!lift_consents(job, need, true) || held_ask(&job->held, more, &rise) == HELD_NO)
        return false;
    lift_consents(job, need, false);
    held_put_basis(&job->held);
    return true;
}

static Status explain(ReasonJob *job, int need)
{
    NeedCauses *found = &job->found[need];
    double more, rise;
    bool done = false;
    held_about(&job->held, need);
    memset(job->hands, 0, job->lifts.count * sizeof *job->hands);
    more = least_rise(job, need);
    TRY(explain_at_once(job, need, more, &done));
    if (done)
        return STATUS_OK;
    HeldAnswer answer = held_ask(&job->held, more, &rise);
    held_keep_basis(&job->held);
    job->basis_tier = job->form->round->needs[need].tier;
    if (answer == HELD_YES) {
        found->proof = CAUSE_BETTER;
        return STATUS_OK;
    }
    bool open = answer == HELD_OPEN; /* the need may have more as things are */
    if (!open && settle_consents(job, need, more))
        (void)held_ask(&job->held, more, &rise); /* its prices are asked for below */
    reason_list(job, need, job->held.rise < more * (1 - 1e-6));
    TRY(find_single(job, need, more, &done, &open));
    if (!done)
        TRY(find_several(job, need, more, &done, &open));
    held_put_basis(&job->held);
    found->proof = !done ? CAUSE_OPEN : open ? CAUSE_HELPS : CAUSE_PROVEN;
    return STATUS_OK;
}

/** Is the reason one that only re-solving can tell? */
static bool is_asked(const ReasonJob *job, size_t need)
{
    return job->plan->needs[need].reason == REASON_UNPROVEN && job->form->unmet_column[need] >= 0 &&
           job->plan->needs[need].unmet > 0;
}

/** The lifts of linear rounds that can bind and may stand before HIGHER_TIERS. */
static Status list_early(ReasonJob *job)
{
    job->early = ARENA_NEW(job->arena, job->lifts.count, int);
    TRY_NEW(job->early);
    for (size_t k = 0; k < job->lifts.count; k++) {
        LiftKind kind = job->lifts.lifts[k].kind;
        if (kind != LIFT_QUANTITY && kind != LIFT_BUDGET && held_lift_binds(&job->held, k))
            job->early[job->early_count++] = (int)k;
    }
    return STATUS_OK;
}

/** Those of one tier (0: of all), in their order. */
static Status find_tier(ReasonJob *job, int tier)
{
    const Round *round = job->form->round;
    for (size_t n = 0; n < round->need_count; n++)
        if (is_asked(job, n) && (tier == 0 || round->needs[n].tier == tier)) {
            progress_tell(job->settings->progress, N_("asking why of"), round->needs[n].id);
            TRY(explain(job, (int)n));
        }
    return STATUS_OK;
}

/** Of linear rounds tier by tier, for the sake of bases. */
static Status find_each(ReasonJob *job)
{
    int last = 0;
    if (job->form->whole)
        return find_tier(job, 0);
    TRY(list_early(job));
    for (size_t s = 0; s < job->form->stage_count; s++)
        last = job->form->stages[s].tier > last ? job->form->stages[s].tier : last;
    for (int tier = 1; tier <= last; tier++)
        TRY(find_tier(job, tier));
    return STATUS_OK;
}

static Status find_all(ReasonJob *job)
{
    TRY(held_open(&job->lifts, job->plan, job->settings, job->arena, &job->held));
    Status status = find_each(job);
    held_close(&job->held);
    return status;
}

static void guarded(void *context)
{
    ReasonJob *job = context;
    job->status = find_all(job);
}

Status solve_reasons(const Formulation *loose, const Plan *plan, const SolveSettings *settings,
                     Arena *arena, NeedCauses **out)
{
    GuardFault fault;
    ReasonJob job = {.form = loose, .plan = plan, .settings = settings, .arena = arena};
    TRY(lifts_build(loose, arena, &job.lifts));
    job.found = *out = ARENA_NEW(arena, loose->round->need_count, NeedCauses);
    job.candidates = ARENA_NEW(arena, job.lifts.count + 3, Candidate);
    TRY_NEW(job.found);
    job.hands = ARENA_NEW(arena, job.lifts.count + 1, int);
    job.along = ARENA_NEW(arena, job.lifts.count + 1, int);
    TRY_NEW(job.candidates);
    TRY_NEW(job.hands);
    TRY_NEW(job.along);
    for (size_t k = 0; k < job.lifts.count; k++)
        if (job.lifts.lifts[k].kind == LIFT_RESERVE || job.lifts.lifts[k].kind == LIFT_COMMITMENT)
            job.along[job.along_count++] = (int)k;
    if (!glpk_guard_run(guarded, &job, &fault))
        return STATUS_SOLVER_FAULT;
    return job.status;
}
