/* The plan before this one against the plan found. In rounds of whole things the search may end at its
 * limits, above what people already hold in their hands. So the plan before is brought into whole steps
 * and under today's rules like any answer, takes from the plan found what moves none of its own lines, and
 * is compared stage by stage: it stands unless the plan found is better in some stage, by more than rounding
 * to cents explains, and worse in none before it. Where a stage was not decided to its end a gain within the
 * gap at which it might have stopped moves nothing: the search itself would have been content without it.
 */
#include <math.h>
#include <stdlib.h>

#include "allot/extract.h"
#include "allot/order.h"
#include "allot/rule_book.h"
#include "solver/plan_before.h"
#include "solver/run.h"

/* Two plans are equal in a stage when they differ by no more, relative above 1, or as a share; of money
 * also by no more than rounding makes of it: a minor unit a line, in shares as many steps a need. */
static const double SAME = 1e-6;

/* Steps of money that a need lacks without any line to show for it. */
enum { NOISE_STEPS = 2 };

static double same_in(const Formulation *form, const Stage *stage, size_t lines, double size)
{
    bool in_money = stage->kind != STAGE_FAIRNESS && !stage->unvalued &&
                    stage->kind != STAGE_SPLITS && form->round->settings.measure == MEASURE_VALUE;
    if (stage->kind == STAGE_FAIRNESS)
        return SAME + NOISE_STEPS * formulation_rounded_share(form, stage);
    double cents = in_money ? (double)lines / (double)unit_scale(form->round->currency) : 0;
    return 1e-9 * size + (in_money ? cents : SAME);
}

static bool counts_change(const Formulation *form)
{
    for (size_t s = 0; s < form->stage_count; s++)
        if (form->stages[s].kind == STAGE_CHANGE || form->stages[s].kind == STAGE_TAKEN)
            return form->round->has_previous;
    return false;
}

/** Without whole columns the plan found is the best but for cents: then only what donors have agreed to stands
 *  against these. */
static bool can_stand(const Formulation *form)
{
    return (form->whole || form->round->replies != NULL) && counts_change(form);
}

Status plan_point_before(const Formulation *form, Arena *arena, double **out)
{
    const Round *round = form->round;
    double *x = ARENA_NEW(arena, (size_t)form->lp.column_count, double);
    TRY_NEW(x);
    for (size_t i = 0; i < round->previous_count; i++) {
        const PreviousLine *line = &round->previous[i];
        int pair = pair_set_find(form->pairs, line->need, line->offer);
        if (pair >= 0)
            x[pair] = (double)line->quantity / form->quantum[line->need];
    }
    formulation_complete(form, x);
    *out = x;
    return STATUS_OK;
}

/** What a stage makes of a point, to be made small, first against first: a linear stage's value; of a
 *  fairness the shares from the smallest up, negative. */
static Status values_in(const Stage *stage, const double *x, Arena *arena, double **out,
                        size_t *count)
{
    bool fairness = stage->kind == STAGE_FAIRNESS;
    *count = fairness ? stage->group_count : 1;
    double *values = ARENA_NEW(arena, *count, double);
    TRY_NEW(values);
    for (size_t k = 0; !fairness && k < stage->count; k++)
        values[0] += stage->costs[k] * x[stage->columns[k]];
    for (size_t g = 0; fairness && g < *count; g++)
        values[g] = x[stage->share_columns[g]];
    if (*count > 1)
        qsort(values, *count, sizeof *values, order_of_numbers);
    for (size_t g = 0; fairness && g < *count; g++)
        values[g] = -values[g];
    *out = values;
    return STATUS_OK;
}

/** How two points are compared. */
typedef struct Comparison {
    const Formulation *form;
    size_t lines;
    const double *
        gap; /* what the second is better by, relative, in stage s counts from gap[s] on; NULL: all */
    bool tiers_only; /* other stages are passed over */
} Comparison;

/** As plan_compare_points(). */
static Status compare(const Comparison *c, const double *x, const double *y, Arena *arena,
                      int *order)
{
    const Formulation *form = c->form;
    const double *gap = c->gap;
    *order = 0;
    for (size_t s = 0; s < form->stage_count && *order == 0; s++) {
        const Stage *stage = &form->stages[s];
        double *of_x, *of_y;
        size_t count;
        bool of_tier = stage->kind == STAGE_TIER || stage->kind == STAGE_UNVALUED;
        if (stage->kind == STAGE_CANONICAL || (c->tiers_only && !of_tier))
            continue;
        TRY(values_in(stage, x, arena, &of_x, &count));
        TRY(values_in(stage, y, arena, &of_y, &count));
        for (size_t k = 0; k < count && *order == 0; k++) {
            double size = fmax(1.0, fmax(fabs(of_x[k]), fabs(of_y[k])));
            double gain = of_x[k] - of_y[k], same = same_in(form, stage, c->lines, size);
            bool content = gap != NULL && run_is_within_gap(of_x[k] + stage->constant,
                                                            of_y[k] + stage->constant, gap[s]);
            if (fabs(gain) > same && (gain < 0 || !content))
                *order = gain < 0 ? -1 : 1;
        }
    }
    return STATUS_OK;
}

Status plan_compare_points(const Formulation *form, const double *x, const double *y, size_t lines,
                           Arena *arena, int *order)
{
    const Comparison all = {.form = form, .lines = lines};
    return compare(&all, x, y, arena, order);
}

Status plan_compare_tiers(const Formulation *form, const double *x, const double *y, size_t lines,
                          Arena *arena, int *order)
{
    const Comparison tiers = {.form = form, .lines = lines, .tiers_only = true};
    return compare(&tiers, x, y, arena, order);
}

/** The point against a stage's bound: which value it is about, and what was proven of it. */
static Status against(const Formulation *form, const StageBound *bound, const double *x,
                      Arena *arena, double *value, double *proven)
{
    const Stage *stage = &form->stages[bound->stage];
    bool fairness = stage->kind == STAGE_FAIRNESS;
    double *values;
    size_t count;
    TRY(values_in(stage, x, arena, &values, &count));
    *value = values[fairness ? (size_t)bound->rank - 1 : 0];
    *proven = fairness ? -bound->bound : bound->bound - stage->constant;
    return STATUS_OK;
}

/** Is the point better in a stage than what was proven? Then the proof was of plans that keep, to the
 *  cent, what the plan found reached in the stages before, and the point does not. */
static Status beats(const Formulation *form, const StageBound *bound, const double *x, size_t lines,
                    Arena *arena, bool *better)
{
    double value, proven;
    TRY(against(form, bound, x, arena, &value, &proven));
    double size = fmax(1.0, fmax(fabs(value), fabs(proven)));
    *better = value < proven - same_in(form, &form->stages[bound->stage], lines, size);
    return STATUS_OK;
}

/** Would the point have ended the search of this bound as the plan found did? */
static bool is_content(const Formulation *form, const StageBound *bound, double gap_rel,
                       double value, double proven, size_t lines)
{
    const Stage *stage = &form->stages[bound->stage];
    double size = fmax(1.0, fmax(fabs(value), fabs(proven)));
    if (bound->status == STAGE_OPTIMAL)
        return value <= proven + same_in(form, stage, lines, size);
    return bound->status != STAGE_WITHIN_GAP ||
           run_is_within_gap(value + stage->constant, proven + stage->constant, gap_rel);
}

/** How the stages of the plan found ended. */
typedef struct Ended {
    const StageBound *bounds; /* [count] */
    size_t count;
    double gap_rel; /* at which they might end */
} Ended;

/** The relative gain of each stage [form->stage_count] that moves nothing: the gap, where the stage was not
 *  decided to its end and the point would have ended the search as well. */
static Status find_gaps(const Formulation *form, const Ended *ended, const double *x, size_t lines,
                        Arena *arena, double **out)
{
    const StageBound *bounds = ended->bounds;
    double *gap = ARENA_NEW(arena, form->stage_count, double), value, proven;
    TRY_NEW(gap);
    for (size_t i = 0; i < ended->count; i++)
        if (bounds[i].status != STAGE_OPTIMAL)
            gap[bounds[i].stage] = ended->gap_rel;
    for (size_t i = 0; i < ended->count; i++) {
        TRY(against(form, &bounds[i], x, arena, &value, &proven));
        if (!is_content(form, &bounds[i], ended->gap_rel, value, proven, lines))
            gap[bounds[i].stage] = 0;
    }
    *out = gap;
    return STATUS_OK;
}

/** From the first bound that the point beats on, what the columns alone allow is all that is known. */
static Status take_back_bounds(const Formulation *form, const double *x, size_t lines, Arena *arena,
                               StageBound *bounds, size_t count)
{
    bool lost = false;
    for (size_t i = 0; i < count; i++) {
        const Stage *stage = &form->stages[bounds[i].stage];
        if (!lost)
            TRY(beats(form, &bounds[i], x, lines, arena, &lost));
        if (!lost)
            continue;
        bounds[i].bound = formulation_trivial_bound(form, stage);
        bounds[i].proven = bounds[i].has_exact = false;
        /* where the plan attains even this the stage is proven after all: listing it says so */
        double *values;
        size_t listed;
        TRY(values_in(stage, x, arena, &values, &listed));
        double attained = stage->kind == STAGE_FAIRNESS ? -values[bounds[i].rank - 1]
                                                        : values[0] + stage->constant;
        bounds[i].status =
            fabs(attained - bounds[i].bound) <= SAME ? STAGE_OPTIMAL : STAGE_UNPROVEN;
    }
    return STATUS_OK;
}

/** Does the point keep the rows of whole columns alone: alternatives, bundles, what waits for what? A plan
 *  before was made under other tables, and what brings lines into whole steps takes these as kept. */
static bool keeps_logic(const Lp *lp, const double *x)
{
    for (int i = 0; i < lp->row_count; i++) {
        double sum = 0;
        bool whole = true;
        for (size_t k = lp->row_first[i]; k < lp->row_first[i + 1] && whole; k++) {
            whole = lp->integer[lp->element_column[k]];
            sum += lp->element[k] * x[lp->element_column[k]];
        }
        if (whole && (sum < lp->row_lower[i] - SAME || sum > lp->row_upper[i] + SAME))
            return false;
    }
    return true;
}

/* ---- what moves no line ----------------------------------------------------------------------- */

/** Does any rule of the need's pairs not hold? */
static bool breaks_rule(const RuleBook *book, int need)
{
    for (size_t p = book->pairs->first[need]; p < book->pairs->first[need + 1]; p++)
        for (size_t k = book->first[p]; k < book->first[p + 1]; k++)
            if (rule_book_slack(book, (size_t)book->rule_of[k]) < 0)
                return true;
    for (size_t k = 0; k < book->share_rule_count; k++)
        if (rule_book_slack(book, (size_t)book->share_rules[k]) < 0)
            return true;
    return false;
}

static Status set_lines(RuleBook *book, int need, const int64_t *quantity)
{
    for (size_t p = book->pairs->first[need]; p < book->pairs->first[need + 1]; p++)
        TRY(rule_book_set(book, (int)p, quantity[p]));
    return STATUS_OK;
}

/** What the plan found gives the need more, where none of its lines before shrinks and every rule holds. Cents, no
 *  more than rounding may have taken from its lines, open no line and move none. */
static Status take_more(RuleBook *book, int need, const int64_t *found, const int64_t *before)
{
    const int64_t step = book->round->needs[need].step;
    int64_t more = 0, rounded = NOISE_STEPS * step;
    for (size_t p = book->pairs->first[need]; p < book->pairs->first[need + 1]; p++) {
        if (found[p] < before[p])
            return STATUS_OK;
        more += found[p] - before[p];
        rounded += before[p] > 0 ? step : 0;
    }
    if (more == 0 || (book->round->needs[need].unit.is_money && more <= rounded))
        return STATUS_OK;
    TRY(set_lines(book, need, found));
    return breaks_rule(book, need) ? set_lines(book, need, before) : STATUS_OK;
}

static Status quantities_of(const Formulation *form, const Plan *plan, Arena *arena, int64_t **out)
{
    int64_t *quantity = ARENA_NEW(arena, form->pairs->count, int64_t);
    TRY_NEW(quantity);
    for (size_t i = 0; i < plan->assignment_count; i++) {
        const Assignment *line = &plan->assignments[i];
        int pair = pair_set_find(form->pairs, line->need, line->offer);
        if (pair >= 0)
            quantity[pair] = line->quantity;
    }
    *out = quantity;
    return STATUS_OK;
}

/** Need by need, the most urgent first: what of the plan found fits beside all lines before. The plan before
 *  is left as it is where the two together keep some condition not. */
static Status add_what_fits(const Formulation *form, const Plan *found, Arena *arena, Plan *before)
{
    RuleBook book;
    Plan both;
    int64_t *more, *now, excess;
    int broken, tiers = 0;
    double *x, *point;
    TRY(rule_book_init(form->round, form->pairs, form->rules, arena, &book));
    TRY(quantities_of(form, found, arena, &more));
    TRY(quantities_of(form, before, arena, &now));
    for (size_t n = 0; n < form->round->need_count; n++) {
        tiers = form->round->needs[n].tier > tiers ? form->round->needs[n].tier : tiers;
        TRY(set_lines(&book, (int)n, now));
    }
    for (int tier = 1; tier <= tiers; tier++)
        for (size_t n = 0; n < form->round->need_count; n++)
            if (form->round->needs[n].tier == tier)
                TRY(take_more(&book, (int)n, more, now));
    x = ARENA_NEW(arena, (size_t)form->lp.column_count, double);
    TRY_NEW(x);
    for (size_t p = 0; p < form->pairs->count; p++)
        x[p] = (double)book.quantity[p] / form->quantum[form->pairs->pairs[p].need];
    formulation_complete(form, x);
    TRY(plan_extract(form, x, false, arena, &both, &broken, &excess));
    if (broken >= 0)
        return STATUS_OK;
    TRY(plan_point(form, &both, arena, &point));
    if (keeps_logic(&form->lp, point))
        *before = both;
    return STATUS_OK;
}

/* ---- which of the two ------------------------------------------------------------------------- */

Status plan_keep_before(const Formulation *form, const SolveSettings *settings, Arena *arena,
                        Plan *plan, StageBound *bounds, size_t count)
{
    Plan before;
    double *x, *found, *old, *gap;
    int broken, order;
    int64_t excess;
    if (!can_stand(form))
        return STATUS_OK;
    TRY(plan_point_before(form, arena, &x));
    TRY(plan_extract(form, x, false, arena, &before, &broken, &excess));
    if (broken >= 0)
        return STATUS_OK;
    TRY(plan_point(form, plan, arena, &found));
    TRY(plan_point(form, &before, arena, &old));
    if (!keeps_logic(&form->lp, old))
        return STATUS_OK;
    TRY(add_what_fits(form, plan, arena, &before));
    TRY(plan_point(form, &before, arena, &old));
    size_t lines = before.assignment_count + plan->assignment_count;
    Ended ended = {bounds, count, settings->gap_rel};
    TRY(find_gaps(form, &ended, old, lines, arena, &gap));
    const Comparison gains = {.form = form, .lines = lines, .gap = gap};
    TRY(compare(&gains, old, found, arena, &order));
    if (order > 0)
        return STATUS_OK;
    *plan = before;
    return take_back_bounds(form, old, lines, arena, bounds, count);
}
