/* What was decided: each stage's value worked out again, compared with what the plan says it is and
 * with the bound that no plan can pass. A bound holds only while the stages before it stand where
 * they stood when it was proven, so after a worse stage a better one is no contradiction. */
#include "models/verify_internal.h"

#include <math.h>

#include "allot/language.h"
#include "allot/quote.h"

/* Relative difference of two doubles that mean the same number; of sums of money, which are exact but for
 * where a solver ended: a millionth of 400 millions is 400 euros. */
#define SAME_REL 1e-6
#define SAME_MONEY 1e-9
/* What the additions of doubles may lose, relative to the size of the terms (and for zeros: of 1). */
#define SAME_TERMS 1e-9
/* Smallest parts that rounding may cost: up and down, once a line and once a need. */
#define PARTS_LOST 2.0

typedef struct StageCheck {
    Verifier *v;
    VerifyFairness fairness;
    double grain;    /* largest minor unit in the round, in reporting units */
    bool continuous; /* every need is money in minor units: nothing is decided in whole pieces */
    bool moved;      /* a stage before this one is not where its plan had it */
    bool slipped;    /* a stage before this one lost something, be it a cent, to rounding */
    bool unknown;    /* the plan before this one is missing, and that was said */
} StageCheck;

static double larger_size(double a, double b)
{
    return fmax(fabs(a), fabs(b));
}

/* A sum of reporting currency? Shares, units and counts are none. */
static bool counts_money(const Round *round, const StageResult *stage)
{
    switch (stage->kind) {
    case STAGE_TIER: return round->settings.measure == MEASURE_VALUE;
    case STAGE_FIRMNESS:
    case STAGE_LAPSING:
    case STAGE_BURDEN:
    case STAGE_COST:
    case STAGE_CHANGE: return !stage->unvalued;
    default: return false;
    }
}

static double same_rel(const Round *round, const StageResult *stage)
{
    return counts_money(round, stage) ? SAME_MONEY : SAME_REL;
}

/* Reporting value of the largest minor unit among the round's currencies. */
static double grain_of(const Round *round)
{
    double grain = 1.0 / (double)unit_scale(round->currency);

    for (size_t r = 0; r < round->rate_count; r++) {
        Unit unit = round_unit(round, round->rates[r].currency);

        grain = fmax(grain, decimal_to_double(round->rates[r].rate) / (double)unit_scale(unit));
    }
    return grain;
}

/* True when nothing is decided in whole pieces: money in minor units, nothing all or nothing. */
static bool is_continuous(const Verifier *v)
{
    const Round *round = v->round;

    if ((v->asked & ~(unsigned)(ASKS_UNKNOWN | ASKS_NOT_READY)) != 0)
        return false;
    for (size_t o = 0; o < round->offer_count; o++)
        if (round->offers[o].min_ticket > 0 || round->offers[o].max_needs > 0)
            return false;
    for (size_t d = 0; d < round->donor_count; d++)
        if (round->donors[d].min_ticket > 0 || round->donors[d].max_needs > 0)
            return false;
    for (size_t b = 0; b < round->beneficiary_count; b++)
        if (round->beneficiaries[b].max_needs > 0)
            return false;
    for (size_t r = 0; r < round->rule_count; r++)
        if (round->rules[r].kind == RULE_TICKET || round->rules[r].kind == RULE_COUNT ||
            round->rules[r].kind == RULE_FEE)
            return false;
    for (size_t s = 0; s < round->settings.later_count; s++)
        if (round->settings.later[s] == LATER_SPLITS)
            return false;
    return true;
}

static void finding(Verifier *v, const StageResult *stage, const char *what, double is,
                    double other, const char *other_is)
{
    VerifyStageText text = verify_stage_text(v, stage, is, other);

    verify_broken(v, DIAG_PLAN_SUM, NULL, "%s: %s %s, but %s %s", verify_stage_name(v, stage), what,
                  text.is, other_is, text.other);
}

/* ---- what the plan says ------------------------------------------------------------------------ */

static bool says_value(const StageCheck *s, const StageResult *stage, double value,
                       const VerifySum *sum)
{
    double rounded = 0.5 * (double)sum->rounded / (double)unit_scale(s->v->round->currency);
    double allowed = same_rel(s->v->round, stage) * larger_size(value, stage->value) +
                     SAME_TERMS * (1 + sum->size);

    return fabs(value - stage->value) <= allowed + rounded;
}

static double gap_of(const StageResult *stage)
{
    return fabs(stage->value - stage->bound) / fmax(larger_size(stage->value, stage->bound), 1);
}

static bool says_gap(const StageResult *stage)
{
    return fabs(gap_of(stage) - stage->gap) <= SAME_REL;
}

/** Where value and bound are one there is nothing better, whatever stopped the search; of fairness not all ranks may be
 *  there. Where they are apart, the bound tells (check_bound). */
static bool says_status(const StageResult *stage)
{
    bool is_fair = stage->kind == STAGE_FAIRNESS;
    return stage->status == STAGE_PARTIAL ? is_fair
                                          : gap_of(stage) > 0 || stage->status == STAGE_OPTIMAL;
}

static void check_said(const StageCheck *s, const StageResult *stage, double value,
                       const VerifySum *sum)
{
    if (!says_value(s, stage, value, sum))
        finding(s->v, stage, _("the plan says"), stage->value, value, _("its lines make it"));
    if (!says_gap(stage))
        verify_broken(s->v, DIAG_PLAN_SUM, NULL,
                      "%s: the plan says a gap of %.10g, but value and bound make it %.10g",
                      verify_stage_name(s->v, stage), stage->gap, gap_of(stage));
    if (stage->maximise != (stage->kind == STAGE_FAIRNESS))
        verify_broken(s->v, DIAG_PLAN_SUM, NULL, "%s: the plan takes least for most",
                      verify_stage_name(s->v, stage));
}

/* Of a plan that was read: its table misleads whoever reads it, though not this check. Where its lines were
 * edited since, the table says what was decided. */
static void check_written(const StageCheck *s, const StageResult *stage, double value,
                          const VerifySum *sum)
{
    if (s->v->plan->is_edited || stage->value_at.file == NULL)
        return;
    if (!says_value(s, stage, value, sum))
        diag_add(
            s->v->diag, DIAG_PLAN_STALE, stage->value_at,
            N_("%s is written; the plan's lines make it %s (%s)"), quote(stage->value_at.text).text,
            verify_stage_text(s->v, stage, value, stage->value).is, verify_stage_name(s->v, stage));
    else if (!says_gap(stage))
        diag_add(s->v->diag, DIAG_PLAN_STALE, stage->gap_at,
                 N_("%s is written; value and bound make it %.10g (%s)"),
                 quote(stage->gap_at.text).text, gap_of(stage), verify_stage_name(s->v, stage));
    else if (!says_status(stage))
        diag_add(s->v->diag, DIAG_PLAN_STALE, stage->status_at,
                 N_("%s is written; value and bound make it %s (%s)"),
                 quote(stage->status_at.text).text,
                 gap_of(stage) > 0 ? _("unproven") : _("optimal"), verify_stage_name(s->v, stage));
}

/* ---- the bound ---------------------------------------------------------------------------------- */

/* By how much a stage may be worse than its bound and still be what its status says. */
static double allowed_gap(const Round *round, const StageResult *stage, double value)
{
    switch (stage->status) {
    case STAGE_OPTIMAL: return 0;
    case STAGE_WITHIN_GAP:
        return decimal_to_double(round->settings.gap) * larger_size(value, stage->bound);
    case STAGE_LIMIT:
    case STAGE_UNPROVEN:
    case STAGE_PARTIAL: return fabs(stage->value - stage->bound);
    }
    return 0;
}

/* The price of whatever was changed in the plan or its round since it was decided. Where the plan says
 * itself that it stays so far from its bound, the bound is what is left to compare with. */
static void say_worse(const StageCheck *s, const StageResult *stage, double value, bool as_decided)
{
    DiagPlace place = {.file = s->v->file};
    VerifyStageText text =
        verify_stage_text(s->v, stage, value, as_decided ? stage->bound : stage->value);
    const char *name = verify_stage_name(s->v, stage);

    if (as_decided)
        diag_add(s->v->diag, DIAG_PLAN_WORSE, place, "%s: %s is worse by %s than the bound %s",
                 name, text.is, text.apart, text.other);
    else
        diag_add(s->v->diag, DIAG_PLAN_WORSE, place,
                 stage->kind == STAGE_FAIRNESS
                     ? N_("%s: %s; as decided it was %s: the price of the change is %s less")
                     : N_("%s: %s; as decided it was %s: the price of the change is %s more"),
                 name, text.is, text.other, text.apart);
    s->v->report->worse++;
}

/* In a round of money alone a cent lost above buys about a cent below. Where whole pieces are
 * decided a cent may buy a piece: the bound is then no more than unproven. */
static void say_better(const StageCheck *s, const StageResult *stage, double value)
{
    DiagPlace place = {.file = s->v->file};
    VerifyStageText text = verify_stage_text(s->v, stage, value, stage->bound);

    if (s->moved || s->v->report->broken > 0)
        return;
    if (!s->slipped || s->continuous)
        finding(s->v, stage, _("the plan reaches"), value, stage->bound,
                _("no plan can be better than the bound"));
    else
        diag_add(s->v->diag, DIAG_PLAN_WORSE, place,
                 "%s: %s is better than the bound %s, which was proven before the stages above "
                 "were rounded to whole steps",
                 verify_stage_name(s->v, stage), text.is, text.other);
}

/* Says by how much the stage is worse, or better, than its bound. True where that tells what it was as decided. */
static bool check_bound(StageCheck *s, const StageResult *stage, double value, const VerifySum *sum)
{
    double steps = PARTS_LOST * (double)(s->v->line_count + s->v->round->need_count);
    double rounding = steps * s->grain * sum->per_money + SAME_TERMS * (1 + sum->size) +
                      same_rel(s->v->round, stage) * larger_size(value, stage->bound) +
                      SAME_MONEY * sum->at_stake;
    double sign = stage->kind == STAGE_FAIRNESS ? -1 : 1;
    double worse = sign * (value - stage->bound);
    bool changed = sign * (value - stage->value) > rounding;
    bool too_far = worse > rounding + allowed_gap(s->v->round, stage, value);

    if (!isfinite(stage->bound)) {
        verify_broken(s->v, DIAG_PLAN_SUM, NULL, "%s: its bound is no number",
                      verify_stage_name(s->v, stage));
        return false;
    }
    if (too_far)
        say_worse(s, stage, value, !changed);
    else if (worse < -rounding)
        say_better(s, stage, value);
    if (changed)
        s->moved = true;
    if (worse > SAME_TERMS * (1 + sum->size + fabs(value)))
        s->slipped = true;
    return changed && too_far;
}

/* ---- stage by stage ----------------------------------------------------------------------------- */

/* The value of one stage; false when the plan lists a fairness rank that no group has. */
static bool fairness_value(StageCheck *s, const StageResult *stage, double *value, VerifySum *sum)
{
    if (stage->rank < 1 || (size_t)stage->rank > s->fairness.count) {
        verify_broken(s->v, DIAG_PLAN_SUM, NULL, "%s: tier %d has %zu groups",
                      verify_stage_name(s->v, stage), stage->tier, s->fairness.count);
        return false;
    }
    *value = s->fairness.shares[stage->rank - 1];
    sum->per_money = s->fairness.per_money;
    return true;
}

/* Said once: how far a plan moved cannot be told without the plan it moved from. */
static void say_unknown(StageCheck *s, const StageResult *stage)
{
    if (!s->unknown)
        diag_add(s->v->diag, DIAG_PLAN_STALE, (DiagPlace){.file = s->v->file},
                 N_("%s: it cannot be worked out again without the plan before this one; name that "
                    "with --previous"),
                 verify_stage_name(s->v, stage));
    s->unknown = true;
}

static Status check_stage(StageCheck *s, size_t index)
{
    const StageResult *stage = &s->v->plan->stages[index];
    VerifyStage *out = &s->v->report->stages[index];
    VerifySum sum;
    Status status = STATUS_OK;
    bool known = true;

    *out = (VerifyStage){.label = stage->label, .value = stage->value};
    if ((stage->kind == STAGE_CHANGE || stage->kind == STAGE_TAKEN) && !s->v->round->has_previous) {
        say_unknown(s, stage);
        return STATUS_OK;
    }
    if (stage->kind == STAGE_FAIRNESS)
        TRY(verify_fairness(s->v, stage->tier, &s->fairness));
    verify_sum_init(&sum);
    if (stage->kind == STAGE_FAIRNESS) {
        known = fairness_value(s, stage, &out->value, &sum);
    } else {
        status = verify_stage_sum(s->v, stage, &sum);
        out->value = verify_sum_value(&sum);
    }
    known = known && status == STATUS_OK;
    if (known && s->v->figures)
        check_said(s, stage, out->value, &sum);
    if (known && !check_bound(s, stage, out->value, &sum) && !s->v->figures)
        check_written(s, stage, out->value, &sum);
    verify_sum_clear(&sum);
    return status;
}

static bool has_stage(const Plan *plan, int tier)
{
    for (size_t i = 0; i < plan->stage_count; i++)
        if (plan->stages[i].kind == STAGE_TIER && plan->stages[i].tier == tier)
            return true;
    return false;
}

/* A tier without a stage would be a tier that nobody decided. */
static void check_tiers(Verifier *v)
{
    const Need *needs = v->round->needs;
    size_t first;

    for (size_t i = 0; i < v->round->need_count; i = first) {
        int tier = needs[v->by_tier[i]].tier;
        size_t end = verify_tier(v, tier, &first);

        for (end += first; first < end && (v->asks[v->by_tier[first]] & ASKS_UNKNOWN) != 0; first++)
            ;
        if (first < end && !has_stage(v->plan, tier))
            verify_broken(v, DIAG_PLAN_SUM, NULL, "%s: %s puts it into tier %d, which has no stage",
                          needs[v->by_tier[first]].id,
                          verify_row(v, needs[v->by_tier[first]].origin, "priority"), tier);
        first = end;
    }
}

Status verify_stages(Verifier *v)
{
    StageCheck s = {.v = v, .grain = grain_of(v->round), .continuous = is_continuous(v)};

    TRY_NEW(v->report->stages = ARENA_NEW(v->arena, v->plan->stage_count, VerifyStage));
    for (size_t i = 0; i < v->plan->stage_count; i++)
        TRY(check_stage(&s, i));
    if (v->figures && v->plan->stage_count > 0)
        check_tiers(v);
    return STATUS_OK;
}
