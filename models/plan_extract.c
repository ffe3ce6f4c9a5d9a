/* From doubles to whole steps, largest remainders first, every rule kept exactly. */
#include "allot/extract.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "models/plan_internal.h"

/* Steps a line may give to another of its offer while cents are put right. */
enum { GIVEN_AT_MOST = 4, GIVERS_AT_MOST = 64 };

/* Steps by which a line is topped up at the end: cents that rounding lost, not a second plan. Where a cent
 * of the offer is many steps of the need (kopiykas), so many cents' worth. */
enum { TOP_UP_AT_MOST = 16 };

/* A need's sum of lines this near below a whole step (of a cent, say) means that step: the noise of
 * several lines of up to 10^10 steps each. */
static const double WHOLE_TOTAL = 1e-3;

int64_t extract_step_of(const Extract *e, int pair)
{
    return e->form->round->needs[e->form->pairs->pairs[pair].need].step;
}

/** By how many steps a double that means whole ones may be off. */
static double noise_of(double steps)
{
    return 1e-6 + 1e-12 * fabs(steps);
}

/** Whole steps of a pair: the nearest where the double is whole but for noise, else down. */
static int64_t steps_of(Extract *e, int pair)
{
    const Pair *row = &e->form->pairs->pairs[pair];
    double steps = e->x[pair] * e->form->quantum[row->need] / (double)extract_step_of(e, pair);
    double nearest = round(steps);
    if (e->form->lp.integer[pair] || fabs(steps - nearest) <= noise_of(steps))
        return (int64_t)nearest;
    e->remainder[pair] = steps - floor(steps);
    return (int64_t)floor(steps);
}

static Status round_pairs(Extract *e)
{
    for (size_t p = 0; p < e->form->pairs->count; p++) {
        const Pair *pair = &e->form->pairs->pairs[p];
        int64_t quantity = steps_of(e, (int)p) * extract_step_of(e, (int)p);
        quantity = quantity > pair->upper ? pair->upper : quantity;
        quantity = quantity < pair->lower ? pair->lower : quantity;
        TRY(rule_book_set(&e->book, (int)p, quantity));
    }
    return STATUS_OK;
}

int64_t extract_given_to(const Extract *e, size_t need)
{
    int64_t given = 0; /* cannot overflow: every line is at most wanted, lines are few */
    for (size_t p = e->form->pairs->first[need]; p < e->form->pairs->first[need + 1]; p++)
        given += e->book.quantity[p];
    return given;
}

bool extract_is_money(const Extract *e, int pair)
{
    return !e->form->lp.integer[pair];
}

int extract_tier_of(const Extract *e, int pair)
{
    return e->form->round->needs[e->form->pairs->pairs[pair].need].tier;
}

/** The rule that keeps the pair's own offer within its quantity. */
static const Rule *offer_rule(const Extract *e, int pair)
{
    for (size_t k = e->book.first[pair]; k < e->book.first[pair + 1]; k++) {
        const Rule *rule = &e->form->rules->rules[e->book.rule_of[k]];
        const char *offer = e->form->round->offers[e->form->pairs->pairs[pair].offer].id;
        if (rule->family == FAMILY_OFFER && rule->id == offer)
            return rule;
    }
    return NULL;
}

/** Lowers @p giver by as few steps as let @p pair rise by one; puts it back when none do. */
static Status take_from(Extract *e, int giver, int pair, int64_t more, bool *raised)
{
    int64_t before = e->book.quantity[giver], step = extract_step_of(e, giver);
    int64_t spare = (before - e->form->pairs->pairs[giver].lower) / step;
    *raised = false;
    for (int64_t steps = 1; steps <= GIVEN_AT_MOST && steps < spare && !*raised; steps++) {
        if (!rule_book_admits(&e->book, giver, before - steps * step))
            break;
        TRY(rule_book_set(&e->book, giver, before - steps * step));
        *raised = rule_book_admits(&e->book, pair, more);
    }
    return *raised ? rule_book_set(&e->book, pair, more) : rule_book_set(&e->book, giver, before);
}

/** May this line give cents to @p pair? One of a later tier always; one of the same tier only where
 *  its need is short by more than cents anyhow. */
static bool may_give(const Extract *e, int giver, int pair)
{
    size_t need = (size_t)e->form->pairs->pairs[giver].need;
    int64_t unmet = e->form->round->needs[need].wanted - extract_given_to(e, need);
    return extract_tier_of(e, giver) > extract_tier_of(e, pair) ||
           unmet > TOP_UP_AT_MOST * extract_step_of(e, giver);
}

/** Raises a line by one step; where its offer is full, at the expense of another money line of the
 *  same offer in @p least_tier or later (0: of anybody): the latest tier first, and in it the last
 *  id. */
Status extract_raise(Extract *e, int pair, int least_tier, bool *raised)
{
    int64_t more = e->book.quantity[pair] + extract_step_of(e, pair);
    const Rule *rule = offer_rule(e, pair);
    *raised = false;
    if (more > e->form->pairs->pairs[pair].upper)
        return STATUS_OK;
    if (rule_book_admits(&e->book, pair, more)) {
        *raised = true;
        return rule_book_set(&e->book, pair, more);
    }
    int tries = 0;
    for (int tier = e->last_tier; rule != NULL && tier >= least_tier && tier > 0; tier--)
        for (size_t k = rule->count; k-- > 0 && !*raised && tries < GIVERS_AT_MOST;) {
            int giver = rule->pairs[k];
            if (giver == pair || extract_tier_of(e, giver) != tier || !extract_is_money(e, giver) ||
                e->book.quantity[giver] == 0 || (least_tier > 0 && !may_give(e, giver, pair)))
                continue;
            tries++;
            TRY(take_from(e, giver, pair, more, raised));
        }
    return STATUS_OK;
}

/** The line of this need that rounding took most from, or -1. */
static int largest_remainder(const Extract *e, size_t need)
{
    int best = -1;
    for (size_t p = e->form->pairs->first[need]; p < e->form->pairs->first[need + 1]; p++)
        if (e->remainder[p] > 0 && (best < 0 || e->remainder[p] > e->remainder[best]))
            best = (int)p;
    return best;
}

/** Raises a line that is there already by the step that @p pair would be opened with: nobody is asked for
 *  a new line of one cent where another can give it. */
static Status raise_open(Extract *e, int pair, int least_tier, bool *raised)
{
    const PairSet *pairs = e->form->pairs;
    int need = pairs->pairs[pair].need;
    *raised = false;
    if (e->book.quantity[pair] > 0)
        return STATUS_OK;
    for (size_t p = pairs->first[need]; p < pairs->first[need + 1] && !*raised; p++)
        if (e->book.quantity[p] > 0 && extract_is_money(e, (int)p))
            TRY(extract_raise(e, (int)p, least_tier, raised));
    return STATUS_OK;
}

/** Gives back the steps that rounding down took from a need as a whole. */
static Status restore_need(Extract *e, size_t need)
{
    const Need *row = &e->form->round->needs[need];
    double total = 0; /* steps that the doubles gave the need as a whole */
    for (size_t p = e->form->pairs->first[need]; p < e->form->pairs->first[need + 1]; p++)
        total += e->x[p] * e->form->quantum[need] / (double)row->step;
    int64_t given = extract_given_to(e, need);
    int64_t steps = (int64_t)floor(total + WHOLE_TOTAL) - given / row->step;
    int64_t room = row->wanted - given;
    for (int p = largest_remainder(e, need); p >= 0 && steps > 0 && room >= row->step;
         p = largest_remainder(e, need)) {
        bool raised;
        TRY(raise_open(e, p, row->tier + 1, &raised));
        if (!raised)
            TRY(extract_raise(e, p, row->tier + 1, &raised));
        e->remainder[p] = 0;
        steps -= raised;
        room -= raised ? row->step : 0;
    }
    return STATUS_OK;
}

/** Takes steps off a need that rounding to the nearest overfilled. */
static Status trim_need(Extract *e, size_t need)
{
    int64_t over = extract_given_to(e, need) - e->form->round->needs[need].wanted;
    for (size_t p = e->form->pairs->first[need + 1];
         over > 0 && p-- > e->form->pairs->first[need];) {
        const Pair *pair = &e->form->pairs->pairs[p];
        int64_t spare = e->book.quantity[p] - pair->lower;
        int64_t less = spare < over ? spare : over;
        TRY(rule_book_set(&e->book, (int)p, e->book.quantity[p] - less));
        over -= less;
    }
    return STATUS_OK;
}

/** Is every line what the point has, noise apart? A plan that stood in whole steps and under every rule
 *  before, such as the one that people know, lost nothing that could be given back. */
static bool is_as_given(const Extract *e)
{
    for (size_t p = 0; p < e->form->pairs->count; p++) {
        double step = (double)extract_step_of(e, (int)p);
        double given = e->x[p] * e->form->quantum[e->form->pairs->pairs[p].need];
        if (fabs(given - (double)e->book.quantity[p]) > noise_of(given / step) * step)
            return false;
    }
    return true;
}

/** Steps that a line may be topped up by. */
static int64_t top_up_most(const Extract *e, size_t pair)
{
    double cent = ratio_to_double(e->form->pairs->pairs[pair].use) *
                  (double)extract_step_of(e, (int)pair); /* offer's smallest parts in one step */
    return cent > 0 && cent < 1 ? (int64_t)ceil(TOP_UP_AT_MOST / fmax(cent, 1e-6)) : TOP_UP_AT_MOST;
}

/** Gives the few cents that rounding left in offers to lines that are open already; a need that is
 *  short by no more than cents may also take them from one that is short by more. */
static Status top_up_need(Extract *e, size_t need)
{
    const Need *row = &e->form->round->needs[need];
    int64_t room = row->wanted - extract_given_to(e, need);
    for (size_t p = e->form->pairs->first[need]; p < e->form->pairs->first[need + 1]; p++) {
        bool raised = extract_is_money(e, (int)p) && e->book.quantity[p] > 0;
        int64_t most = top_up_most(e, p);
        for (int64_t tries = 0; tries < most && raised && room >= row->step; tries++) {
            bool nearly_met = room <= most * row->step;
            TRY(extract_raise(e, (int)p, nearly_met ? row->tier : e->last_tier + 1, &raised));
            room -= raised ? row->step : 0;
        }
    }
    return STATUS_OK;
}

static Status top_up(Extract *e)
{
    for (int tier = 1; tier <= e->last_tier; tier++)
        for (size_t n = 0; n < e->form->round->need_count; n++)
            if (e->form->round->needs[n].tier == tier)
                TRY(top_up_need(e, n));
    return STATUS_OK;
}

/** Is the need one that the doubles meet in full, with no more than cents missing in whole steps? */
static bool lost_cents(const Extract *e, size_t need)
{
    const Need *row = &e->form->round->needs[need];
    int64_t room = row->wanted - extract_given_to(e, need);
    double total = 0;
    for (size_t p = e->form->pairs->first[need]; p < e->form->pairs->first[need + 1]; p++)
        total += e->x[p] * e->form->quantum[need];
    return room > 0 && room <= TOP_UP_AT_MOST * row->step && row->unit.is_money &&
           total >= (double)row->wanted - WHOLE_TOTAL * (double)row->step;
}

/** What rounding took from needs that are met in full comes round by other lines. */
static Status fill_needs(Extract *e)
{
    for (int tier = 1; tier <= e->last_tier; tier++)
        for (size_t n = 0; n < e->form->round->need_count; n++)
            if (e->form->round->needs[n].tier == tier && lost_cents(e, n))
                TRY(extract_fill(e, n));
    return STATUS_OK;
}

static Status take_lines(const Extract *e, Plan *plan)
{
    size_t count = 0;
    const PairSet *pairs = e->form->pairs;
    for (size_t p = 0; p < pairs->count; p++)
        count += e->book.quantity[p] > 0;
    plan->assignments = ARENA_NEW(e->arena, count, Assignment);
    TRY_NEW(plan->assignments);
    for (size_t p = 0; p < pairs->count; p++) {
        if (e->book.quantity[p] == 0)
            continue;
        const Pair *pair = &pairs->pairs[p];
        plan->assignments[plan->assignment_count++] =
            (Assignment){.need = pair->need,
                         .offer = pair->offer,
                         .quantity = e->book.quantity[p],
                         .basis = e->form->round->offers[pair->offer].basis,
                         .locked = pair->locked};
    }
    return STATUS_OK;
}

/** Value in whole reporting units that the doubles gave and the whole steps do not. */
static double loss_of(const Extract *e)
{
    double loss = 0;
    for (size_t p = 0; p < e->form->pairs->count; p++) {
        const Need *need = &e->form->round->needs[e->form->pairs->pairs[p].need];
        double given = e->x[p] * e->form->quantum[e->form->pairs->pairs[p].need];
        if (need->has_value)
            loss += (given - (double)e->book.quantity[p]) * ratio_to_double(need->value);
    }
    double cents = round(loss * 100) / 100 / (double)unit_scale(e->form->round->currency);
    return cents > 0 ? cents : 0;
}

Status plan_extract(const Formulation *form, const double *x, bool last_resort, Arena *arena,
                    Plan *plan, int *broken, int64_t *excess)
{
    Extract e = {.form = form, .x = x, .arena = arena, .last_resort = last_resort};
    memset(plan, 0, sizeof *plan);
    e.remainder = ARENA_NEW(arena, form->pairs->count, double);
    TRY_NEW(e.remainder);
    TRY(rule_book_init(form->round, form->pairs, form->rules, arena, &e.book));
    for (size_t n = 0; n < form->round->need_count; n++)
        e.last_tier =
            form->round->needs[n].tier > e.last_tier ? form->round->needs[n].tier : e.last_tier;
    TRY(round_pairs(&e));
    for (size_t n = 0; n < form->round->need_count; n++) {
        TRY(trim_need(&e, n));
        TRY(restore_need(&e, n));
    }
    TRY(extract_repair(&e, broken, excess));
    if (*broken < 0)
        TRY(extract_settle(&e, true, broken));
    if (!is_as_given(&e)) {
        TRY(top_up(&e));
        TRY(fill_needs(&e));
    }
    if (*broken < 0)
        TRY(extract_settle(&e, false, broken));
    if (*broken < 0) /* what settling took away, a rule may lack */
        TRY(extract_repair(&e, broken, excess));
    if (*broken < 0)
        TRY(extract_settle(&e, false, broken));
    if (*broken < 0)
        TRY(extract_keep_cents(&e));
    TRY(take_lines(&e, plan));
    plan->rounding_loss = loss_of(&e);
    return plan_figures(form->round, arena, plan);
}
