/* What could hold a need back, in the order of the closed list, and lifting it in the live program. */
#include "solver/lift_reason.h"
#include "solver/reason_internal.h"

int reason_compare(const ReasonJob *job, const Candidate *a, const Candidate *b)
{
    if (a->reason != b->reason)
        return (a->reason > b->reason) - (a->reason < b->reason);
    int order = lift_compare(job->form, &job->lifts.lifts[a->lift], &job->lifts.lifts[b->lift],
                             job->held.need);
    return order != 0 ? order : (a->lift > b->lift) - (a->lift < b->lift);
}

bool reason_is_refusal(const ReasonJob *job, Candidate candidate)
{
    return candidate.lift >= 0 && candidate.reason == REASON_LOCKED_OUT &&
           lift_is_refusal(job->form, &job->lifts.lifts[candidate.lift], job->held.need);
}

size_t reason_along_count(const ReasonJob *job, const Lift *thing)
{
    return lift_leads(job->form, thing, job->held.need) ? job->along_count : 0;
}

bool reason_goes_along(const ReasonJob *job, size_t along, const Lift *thing)
{
    return lift_goes_along(job->form, &job->lifts.lifts[job->along[along]], thing);
}

static bool matters(const ReasonJob *job, Candidate candidate)
{
    if (candidate.lift >= 0) {
        const Lift *thing = &job->lifts.lifts[candidate.lift];
        bool any = held_lift_matters(&job->held, (size_t)candidate.lift);
        for (size_t i = 0; i < reason_along_count(job, thing) && !any; i++)
            any = reason_goes_along(job, i, thing) &&
                  held_lift_matters(&job->held, (size_t)job->along[i]);
        return any;
    }
    if (candidate.reason == REASON_URGENT)
        return held_urgent_matters(&job->held);
    return candidate.reason == REASON_HIGHER_TIERS ? held_above_matters(&job->held)
                                                   : held_equals_matter(&job->held);
}

/** Insertion: there are few. */
static void add_candidate(ReasonJob *job, Candidate candidate)
{
    size_t at = job->candidate_count++;
    while (at > 0 && reason_compare(job, &candidate, &job->candidates[at - 1]) < 0) {
        job->candidates[at] = job->candidates[at - 1];
        at--;
    }
    job->candidates[at] = candidate;
}

bool reason_is_after_urgent(const ReasonJob *job, int need)
{
    const Round *round = job->form->round;
    return round->has_urgent && round->urgent != need &&
           round->needs[round->urgent].tier >= round->needs[need].tier;
}

void reason_list(ReasonJob *job, int need, bool screened)
{
    job->candidate_count = 0;
    for (size_t k = 0; k < job->lifts.count; k++) {
        Candidate candidate = {.lift = (int)k};
        bool settled =
            job->hands[k] > 0 && lift_is_consent(job->form, &job->lifts.lifts[k], job->held.need);
        if (settled || (screened && !matters(job, candidate)))
            continue;
        candidate.reason = lift_reason(job->form, job->plan, &job->lifts.lifts[k], need);
        if (candidate.reason != REASON_NONE)
            add_candidate(job, candidate);
    }
    const Candidate others[] = {
        {REASON_HIGHER_TIERS, -1}, {REASON_EQUALS, -1}, {REASON_URGENT, -1}};
    size_t count = reason_is_after_urgent(job, need) ? 3 : 2;
    for (size_t i = 0; i < count; i++)
        if (!screened || matters(job, others[i]))
            add_candidate(job, others[i]);
}

void reason_lift_thing(ReasonJob *job, size_t thing, bool lifted)
{
    job->hands[thing] += lifted ? 1 : -1;
    held_lift(&job->held, thing, job->hands[thing] > 0);
}

void reason_lift(ReasonJob *job, Candidate candidate, bool lifted)
{
    if (candidate.lift >= 0) {
        const Lift *thing = &job->lifts.lifts[candidate.lift];
        reason_lift_thing(job, (size_t)candidate.lift, lifted);
        for (size_t i = 0; i < reason_along_count(job, thing); i++)
            if (reason_goes_along(job, i, thing))
                reason_lift_thing(job, (size_t)job->along[i], lifted);
    } else if (candidate.reason == REASON_URGENT) {
        held_keep_urgent(&job->held, !lifted);
    } else if (candidate.reason == REASON_HIGHER_TIERS) {
        held_keep_above(&job->held, !lifted);
    } else {
        held_keep_equals(&job->held, !lifted);
    }
}
