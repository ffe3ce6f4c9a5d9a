/* Each stage's value of a finished plan, recomputed from its whole steps, beside what was proven. */
#include "allot/extract.h"
#include "allot/order.h"

#include <math.h>
#include <stdlib.h>

#include "models/form_internal.h"

Status plan_point(const Formulation *form, const Plan *plan, Arena *arena, double **out)
{
    double *x = ARENA_NEW(arena, (size_t)form->lp.column_count, double);
    TRY_NEW(x);
    for (size_t i = 0; i < plan->assignment_count; i++) {
        const Assignment *line = &plan->assignments[i];
        int pair = pair_set_find(form->pairs, line->need, line->offer);
        if (pair >= 0)
            x[pair] = (double)line->quantity / form->quantum[line->need];
    }
    formulation_complete(form, x);
    for (size_t n = 0; n < form->round->need_count; n++) /* no sum of doubles where integers are */
        if (form->unmet_column[n] >= 0)
            x[form->unmet_column[n]] = (double)plan->needs[n].unmet / form->quantum[n];
    *out = x;
    return STATUS_OK;
}

/** A group's share from the row that defines it: share = all - sum of the unmet. */
static double share_of(const Formulation *form, const Stage *stage, size_t group, const double *x)
{
    const Lp *lp = &form->lp;
    int row = stage->share_rows[group];
    double share = lp->row_upper[row];
    for (size_t k = lp->row_first[row]; k < lp->row_first[row + 1]; k++)
        if (lp->element_column[k] != stage->share_columns[group])
            share -= lp->element[k] * x[lp->element_column[k]];
    return share;
}

static Status sorted_shares(const Formulation *form, const Stage *stage, const double *x,
                            Arena *arena, double **out)
{
    double *shares = ARENA_NEW(arena, stage->group_count, double);
    TRY_NEW(shares);
    for (size_t g = 0; g < stage->group_count; g++)
        shares[g] = share_of(form, stage, g, x);
    if (stage->group_count > 1)
        qsort(shares, stage->group_count, sizeof *shares, order_of_numbers);
    *out = shares;
    return STATUS_OK;
}

/** What the offers that lapse on the stage's day have left, of the plan's own whole figures. */
static double lapsing_value(const Formulation *form, const Stage *stage, const Plan *plan)
{
    double value = 0;
    const Round *round = form->round;
    for (size_t o = 0; o < round->offer_count; o++) {
        const Offer *offer = &round->offers[o];
        if (offer->lapses != stage->date || stage->date == DATE_NONE ||
            offer->basis < round->settings.plan_on)
            continue;
        value += (double)plan->offers[o].left * form_offer_price(round, offer);
    }
    return value;
}

/** What each keyed donor's lines take, gross, as the plan's own whole figures say. */
static Status burden_value(const Formulation *form, const Stage *stage, const Plan *plan,
                           Arena *arena, double *out)
{
    const Round *round = form->round;
    double *given = ARENA_NEW(arena, round->donor_count, double), total = 0, keys = 0;
    TRY_NEW(given);
    for (size_t i = 0; i < plan->assignment_count; i++) {
        const Offer *offer = &round->offers[plan->assignments[i].offer];
        int donor = round->offers[offer->root].donor_row;
        if (donor < 0 || !round->donors[donor].has_share_key ||
            offer->unit.is_money == stage->in_kind)
            continue;
        double value = (double)plan->assignments[i].offer_quantity * form_offer_price(round, offer);
        given[donor] += value;
        total += value;
    }
    for (size_t d = 0; d < round->donor_count; d++)
        if (round->donors[d].has_share_key)
            keys += decimal_to_double(round->donors[d].share_key);
    *out = 0;
    for (size_t d = 0; d < round->donor_count; d++)
        if (round->donors[d].has_share_key && keys > 0)
            *out += fabs(given[d] - decimal_to_double(round->donors[d].share_key) / keys * total);
    return STATUS_OK;
}

/* What a sum of doubles may be off by, of all that is added up in it, and what values are multiples of, mostly. */
static const double NOISE_TERMS = 1e-15, GRAIN = 1e-6;

/** What is unmet is itself a difference of all that is wanted. */
static double linear_value(const Formulation *form, const Stage *stage, const double *x)
{
    double value = stage->constant, size = fabs(value);
    for (size_t k = 0; k < stage->count; k++) {
        double most = form->lp.upper[stage->columns[k]], at = x[stage->columns[k]];
        value += stage->costs[k] * at;
        size += fabs(stage->costs[k]) * (isfinite(most) ? fmax(fabs(most), fabs(at)) : fabs(at));
    }
    double near = round(value / GRAIN) * GRAIN;
    return fabs(value - near) <= NOISE_TERMS * size ? near : value;
}

/** |value - bound| / max(|value|, |bound|, 1), 0 when that is below 1e-9. */
static double gap_of(double value, double bound)
{
    double size = fmax(1.0, fmax(fabs(value), fabs(bound)));
    double difference = fabs(value - bound);
    return difference <= 1e-9 * size ? 0 : difference / size;
}

static StageResult result_of(const Stage *stage, const StageBound *bound)
{
    StageResult result = {.kind = stage->kind,
                          .label = stage->label,
                          .maximise = stage->kind == STAGE_FAIRNESS,
                          .tier = stage->tier,
                          .rank = bound->rank,
                          .basis = stage->basis,
                          .unvalued = stage->unvalued,
                          .in_kind = stage->in_kind,
                          .date = stage->date,
                          .bound = bound->bound,
                          .status = bound->status,
                          .proven = bound->proven,
                          .has_exact = bound->has_exact,
                          .exact = bound->exact};
    return result;
}

/** Shares that differ by cents only are one level. */
static const double ONE_LEVEL = 1e-6;

/** A rank is listed when its share is above the last one listed, or when it is not proven. */
static bool worth_listing(const Plan *plan, const StageResult *result, double value)
{
    const StageResult *last = plan->stage_count > 0 ? &plan->stages[plan->stage_count - 1] : NULL;
    if (result->kind != STAGE_FAIRNESS || last == NULL || last->kind != STAGE_FAIRNESS ||
        last->tier != result->tier || result->status != STAGE_OPTIMAL)
        return true;
    return value > last->value + ONE_LEVEL;
}

/** Noise of the solver and of sums of doubles; a share of 1 is 1. */
static double clean(double value)
{
    double rounded = round(value * 1e9) / 1e9;
    return fabs(value) < 1e6 && fabs(value - rounded) < 1e-11 ? rounded + 0.0 : value;
}

/** Lines that were rounded: of money to its minor unit. What comes in steps is whole by itself. */
static double rounded_lines(const Round *round, const Plan *plan)
{
    double lines = 0;
    for (size_t i = 0; i < plan->assignment_count; i++) {
        const Need *need = &round->needs[plan->assignments[i].need];
        lines += need->unit.is_money && need->step == 1;
    }
    return lines > 0 ? lines + (double)round->offer_count : 0;
}

/* What sums of doubles are off by, relatively; where a simplex ends, which moves linear programs alone. */
static const double NOISE_SUMS = 1e-11, NOISE_SIMPLEX = 1e-9;

/** Does the stage count money? Tiers do as the setting says; what comes after them does in any case. */
static bool is_in_money(const Round *round, const StageResult *result)
{
    switch (result->kind) {
    case STAGE_FAIRNESS:
    case STAGE_UNVALUED:
    case STAGE_SPLITS: return false;
    case STAGE_TIER: return round->settings.measure == MEASURE_VALUE;
    case STAGE_URGENT:
        return round->has_urgent ? round->needs[round->urgent].unit.is_money
                                 : round->settings.measure == MEASURE_VALUE;
    default: return !result->unvalued;
    }
}

/** What rounding to whole steps explains of a gap: noise, and under `value` a minor unit a line; of a
 *  share what the caller says. @p whole: of a program with whole columns. */
static double explained_gap(const Round *round, const Plan *plan, const StageResult *result,
                            double share, bool whole)
{
    double size = fmax(1.0, fmax(fabs(result->value), fabs(result->bound)));
    bool in_money = is_in_money(round, result);
    double cents = in_money ? rounded_lines(round, plan) / (double)unit_scale(round->currency) : 0;
    double noise = !in_money ? 1e-6 : whole ? NOISE_SUMS : NOISE_SIMPLEX;
    return noise + cents / size + (result->kind == STAGE_FAIRNESS ? share : 0);
}

/** So many of a need's smallest parts are worth a minor unit of the reporting currency; 1 at least. */
static double parts_of_minor_unit(const Need *need)
{
    double value = need->has_value ? ratio_to_double(need->value) : 1.0;
    return value > 0 && value < 1 ? 1 / value : 1;
}

/** Does rounding move what the need gets? What comes in steps is whole by itself. */
static bool is_rounded(const Need *need)
{
    return need->unit.is_money && need->step == 1 && need->quantity_known && need->quantity > 0;
}

/** What a cent of the need (or its smallest part, where that is more) counts in its tier. */
static double cent_in_tier(const Round *round, const Need *need)
{
    double weight = decimal_to_double(need->weight), parts = parts_of_minor_unit(need);
    switch (round->settings.measure) {
    case MEASURE_VALUE:
        return weight * parts * ratio_to_double(need->value) / (double)unit_scale(round->currency);
    case MEASURE_QUANTITY: return weight * parts / (double)unit_scale(need->unit);
    case MEASURE_SHARE: break;
    }
    return weight * parts / (double)need->quantity;
}

/** What a cent counts in the cost: by the offers' preferences, and by those that pairs have of their own. */
static double cent_in_cost(const Round *round)
{
    double most = 0;
    for (size_t o = 0; o < round->offer_count; o++)
        if (round->offers[o].unit.is_money)
            most = fmax(most, fabs(decimal_to_double(round->offers[o].cost)) /
                                  (double)unit_scale(round->currency));
    for (size_t p = 0; p < round->pair_count; p++) {
        const PairRow *row = &round->pairs[p];
        const Need *need = &round->needs[row->need];
        if (row->has_cost && is_rounded(need))
            most = fmax(most, fabs(decimal_to_double(row->cost)) * parts_of_minor_unit(need) /
                                  (double)unit_scale(need->unit));
    }
    return most;
}

/** By how much rounding may let a plan beat what is proven of a stage, in its own unit. The stages before are
 *  held in doubles; the cents that the plan lacks there may count for more here: by weight, as a share, by
 *  what a line costs, and twice where what one has and another has not are both counted. */
static double gained_by_rounding(const Round *round, const Plan *plan, const StageResult *result)
{
    double most = 0, lines = rounded_lines(round, plan);
    if (result->kind == STAGE_COST)
        most = cent_in_cost(round);
    if (result->kind == STAGE_CHANGE || result->kind == STAGE_BURDEN)
        most = result->unvalued ? 0 : 2.0 / (double)unit_scale(round->currency);
    for (size_t n = 0; n < round->need_count && result->kind == STAGE_TIER; n++)
        if (round->needs[n].tier == result->tier && is_rounded(&round->needs[n]))
            most = fmax(most, cent_in_tier(round, &round->needs[n]));
    return most * lines;
}

/** A bound that rounding alone lets the plan beat is the plan's value; amounts are never below 0. */
static double tidy_bound(const StageResult *result, double explained, double gained)
{
    double size = fmax(1.0, fmax(fabs(result->value), fabs(result->bound)));
    double better =
        result->maximise ? result->value - result->bound : result->bound - result->value;
    if (better > 0 && better <= fmax(explained * size, gained))
        return result->value;
    bool amount = !result->maximise && result->kind != STAGE_COST;
    return amount && result->bound < 0 ? 0 : result->bound;
}

/* What searches tell apart of shares. */
static const double NOISE_SHARES = 1e-9;

/** Of a fairness over whole columns whose search did not come to its end: is there more than noise between
 *  value and bound? Of what rounding explains in a small group, a large one has thousands. */
static bool is_left(const StageResult *result, double gap, bool whole)
{
    return whole && result->maximise && result->status != STAGE_OPTIMAL && gap > NOISE_SHARES;
}

/** How a stage ended, of its figures: where rounding explains all that lies between value and bound, no plan
 *  does better but for the rounding of cents, whatever stopped the search. A search's word that it came near
 *  is worth what its bound is; of a rank it is about the ranks' sum. */
static StageStatus status_of(const Round *round, const StageResult *result, double explained,
                             bool whole)
{
    double size = fmax(1.0, fmax(fabs(result->value), fabs(result->bound)));
    double gap = fabs(result->value - result->bound) / size;
    double allowed = decimal_to_double(round->settings.gap);
    if (gap <= explained && is_left(result, gap, whole))
        return result->status == STAGE_PARTIAL || gap > allowed ? result->status : STAGE_WITHIN_GAP;
    if (gap <= explained)
        return result->status == STAGE_PARTIAL ? STAGE_PARTIAL : STAGE_OPTIMAL;
    if (result->status == STAGE_WITHIN_GAP && !result->maximise)
        return gap <= allowed + explained ? STAGE_WITHIN_GAP : STAGE_UNPROVEN;
    if (result->status != STAGE_OPTIMAL)
        return result->status;
    return gap <= allowed ? STAGE_WITHIN_GAP : STAGE_UNPROVEN;
}

static void list_stage(const Round *round, StageResult result, double share, bool whole, Plan *plan)
{
    result.value = clean(result.value);
    result.bound = clean(result.bound);
    result.bound = tidy_bound(&result, explained_gap(round, plan, &result, share, whole),
                              gained_by_rounding(round, plan, &result));
    result.gap = gap_of(result.value, result.bound);
    result.status =
        status_of(round, &result, explained_gap(round, plan, &result, share, whole), whole);
    if (worth_listing(plan, &result, result.value))
        plan->stages[plan->stage_count++] = result;
}

void plan_list_stage(const Round *round, StageResult result, double share, Plan *plan)
{
    list_stage(round, result, share, false, plan);
}

/** By how much the plan has less of a stage than a value of it; below 0: more. */
static double shortfall(const StageResult *result, double than)
{
    return result->maximise ? than - result->value : result->value - than;
}

/** What rounding explains, in the stage's own unit. */
static double explained(const Formulation *form, const Plan *plan, const StageResult *result,
                        double share)
{
    double size = fmax(1.0, fmax(fabs(result->value), fabs(result->bound)));
    return explained_gap(form->round, plan, result, share, form->whole) * size;
}

/** What the ranks of a fairness so far lack together (below 0: have more), and what of it rounding explains. */
typedef struct Held {
    double lacks, rounding;
} Held;

/** Is the plan short of what later stages were held to, or else of what was proven, by more than rounding
 *  explains? In a round of whole pieces nothing that was proven of later stages holds for it then. Of a
 *  fairness what is held is the sum of its ranks so far: what a rank lacks, one before may have more, and
 *  each may lack what rounding takes from it; *@p held gets what this rank adds. */
static bool has_slipped(const Formulation *form, const Plan *plan, const StageResult *result,
                        const StageBound *bound, double share, Held *held)
{
    double most = explained(form, plan, result, share);
    double size = fmax(1.0, fabs(bound->reached)); /* the point itself is of doubles */
    if (bound->has_reached) {
        held->lacks += shortfall(result, bound->reached);
        held->rounding += most + NOISE_SIMPLEX * size;
        return form->whole && held->lacks > held->rounding;
    }
    return form->whole && result->status == STAGE_OPTIMAL &&
           shortfall(result, result->bound) > most;
}

/** Does the plan itself show that what is called a bound is none? Sums of lines that are rounded one by
 *  one can be beyond what the program, which knows no rounding, allows. */
static bool is_beaten(const Formulation *form, const Plan *plan, const StageResult *result,
                      double share)
{
    double most =
        fmax(explained(form, plan, result, share), gained_by_rounding(form->round, plan, result));
    return -shortfall(result, result->bound) > most;
}

/** What is exact goes too: it was proven with levels above held that the plan does not keep. */
static void take_back_bound(const Formulation *form, const Stage *stage, StageResult *result)
{
    double bound = formulation_trivial_bound(form, stage);
    result->bound = result->maximise ? fmax(bound, result->value) : fmin(bound, result->value);
    result->proven = result->has_exact = false;
    if (result->status == STAGE_OPTIMAL || result->status == STAGE_WITHIN_GAP)
        result->status = STAGE_UNPROVEN;
}

/** A bound from which no step of the stage leads to a better value proves the plan's own; where the
 *  relaxation alone is that near in exact arithmetic, exactly so. */
static void judge_in_steps(const Formulation *form, const Stage *stage, StageResult *result)
{
    if (result->maximise || result->value <= result->bound ||
        !formulation_decides(form, stage, result->value, result->bound))
        return;
    result->proven =
        result->proven ||
        (result->has_exact && formulation_decides(form, stage, result->value, result->exact));
    result->bound = result->value;
    result->status = STAGE_OPTIMAL;
}

/** The plan, stage after stage. */
typedef struct Listing {
    const Formulation *form;
    Plan *plan;
    Arena *arena;
    double *x;
    double *shares;        /* of the present fairness, from the smallest up */
    const Stage *fairness; /* whose shares these are, or NULL */
    Held held;             /* of its ranks so far */
    bool slipped;          /* has_slipped() or is_beaten(), of a stage before */
} Listing;

/** A rank's share; *@p rounding gets what rounding takes from one. */
static Status rank_value(Listing *list, const Stage *stage, StageResult *result, double *rounding)
{
    if (list->fairness != stage) {
        TRY(sorted_shares(list->form, stage, list->x, list->arena, &list->shares));
        list->held = (Held){0};
    }
    list->fairness = stage;
    result->value = list->shares[result->rank - 1];
    *rounding = formulation_rounded_share(list->form, stage);
    result->label = arena_printf(list->arena, "%s.%d", stage->label, result->rank);
    TRY_NEW(result->label);
    return STATUS_OK;
}

static Status value_of(Listing *list, const Stage *stage, StageResult *result, double *rounding)
{
    *rounding = 0;
    if (stage->kind == STAGE_FAIRNESS)
        return rank_value(list, stage, result, rounding);
    list->held = (Held){0};
    if (stage->kind == STAGE_BURDEN)
        return burden_value(list->form, stage, list->plan, list->arena, &result->value);
    result->value = stage->kind == STAGE_LAPSING ? lapsing_value(list->form, stage, list->plan)
                                                 : linear_value(list->form, stage, list->x);
    return STATUS_OK;
}

static Status list_bound(Listing *list, const StageBound *bound)
{
    const Formulation *form = list->form;
    const Stage *stage = &form->stages[bound->stage];
    StageResult result = result_of(stage, bound);
    double share;
    TRY(value_of(list, stage, &result, &share));
    bool beaten = is_beaten(form, list->plan, &result, share);
    if (list->slipped || beaten)
        take_back_bound(form, stage, &result);
    judge_in_steps(form, stage, &result);
    list->slipped = list->slipped || (beaten && form->whole) ||
                    has_slipped(form, list->plan, &result, bound, share, &list->held);
    list_stage(form->round, result, share, form->whole, list->plan);
    return STATUS_OK;
}

Status plan_stages(const Formulation *form, const StageBound *bounds, size_t count, Arena *arena,
                   Plan *plan)
{
    Listing list = {.form = form, .plan = plan, .arena = arena};
    TRY(plan_point(form, plan, arena, &list.x));
    plan->stages = ARENA_NEW(arena, count, StageResult);
    TRY_NEW(plan->stages);
    plan->stage_count = 0;
    for (size_t i = 0; i < count; i++)
        TRY(list_bound(&list, &bounds[i]));
    return STATUS_OK;
}
