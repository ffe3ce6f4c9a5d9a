/* Worths where the class network decided, step by step: from flows, and where those leave something open from
 * the network's linear program, as far as its work allows.
 */
#include "allot/solve.h"

#include <math.h>

#include "solver/glpk_guard.h"
#include "solver/tier_steps.h"
#include "solver/worths_internal.h"

/* Prices of a tier's units nearer than this, relative, are one. */
static const double SAME = 1e-12;

/* Arcs of a network beyond which no program is made of it. */
enum { PROGRAM_ARCS_MOST = 200000 };

/* ---- what is asked about ---------------------------------------------------------------------- */

/** The arc of a quantity: by its row of the round. */
static int arc_of(const WorthsAsked *w, const Lift *lift)
{
    const Round *round = w->form->round;
    for (size_t o = 0; lift->kind == LIFT_QUANTITY && o < round->offer_count; o++)
        if (round->offers[o].origin.line == lift->origin.line)
            return w->net.offer_node[o] > 0 ? w->arc_into[w->net.offer_node[o]] : -1;
    for (size_t d = 0; lift->kind == LIFT_BUDGET && d < round->donor_count; d++)
        if (round->donors[d].origin.line == lift->origin.line)
            return w->net.donor_node[d] > 0 ? w->arc_into[w->net.donor_node[d]] : -1;
    return -2;
}

/** All that could be drawn, as worths.c has it. */
static double most_drawn(const Lp *lp, int row)
{
    double most = 0;
    for (size_t e = lp->row_first[row]; e < lp->row_first[row + 1]; e++)
        most += fmax(0, lp->element[e]) * fmax(0, lp->upper[lp->element_column[e]]);
    return most;
}

static Quantity quantity_of(const WorthsAsked *w, size_t index)
{
    const Lift *lift = &w->out->lifts->lifts[index];
    const Rule *rule = lift_rule(w->out->lifts, lift);
    int row = w->form->rule_row[lift->index];
    Quantity q = {.lift = (int)index, .asked = {.arc = arc_of(w, lift), .needed_known = true}};
    q.asked.scale = (double)unit_scale(rule->unit);
    q.asked.most = most_drawn(&w->form->lp, row);
    q.asked.today = llround(w->form->lp.row_upper[row] * q.asked.scale);
    bool other = q.asked.arc >= 0 ? w->net.upper[q.asked.arc] != q.asked.today : q.asked.most > 0;
    if (!rule->unit.is_money || other)
        q.asked.arc = -2;
    return q;
}

static Status list_quantities(WorthsAsked *w)
{
    const Lifts *lifts = w->out->lifts;
    w->arc_into = ARENA_NEW(w->arena, (size_t)w->net.node_count, int);
    w->quantities = ARENA_NEW(w->arena, lifts->count, Quantity);
    TRY_NEW(w->arc_into);
    TRY_NEW(w->quantities);
    for (int a = 0; a < w->net.first_flow; a++)
        w->arc_into[w->net.to[a]] = a;
    for (size_t k = 0; k < lifts->count; k++)
        if (lifts->lifts[k].kind == LIFT_QUANTITY || lifts->lifts[k].kind == LIFT_BUDGET)
            w->quantities[w->count++] = quantity_of(w, k);
    return STATUS_OK;
}

static Status list_steps(WorthsAsked *w)
{
    TRY(tier_steps_list(w->form, w->arena, &w->stages, &w->out->steps, &w->out->step_count));
    w->worths = ARENA_NEW(w->arena, w->count * w->out->step_count, Worth);
    TRY_NEW(w->worths);
    w->out->worths = w->worths;
    w->out->count = w->count * w->out->step_count;
    for (size_t i = 0; i < w->out->count; i++)
        w->worths[i] = (Worth){.lift = w->quantities[i / w->out->step_count].lift,
                               .step = (int)(i % w->out->step_count)};
    return STATUS_OK;
}

/** What a smallest part counts in the stage; 0: not the same for all its needs; -1: it is no amount of
 *  money, or needs of a class count differently. */
static double price_of(const WorthsAsked *w, const Stage *stage)
{
    const Formulation *form = w->form;
    const NeedClasses *classes = w->net.classes;
    double first = 0, unit = (double)unit_scale(form->round->currency);
    bool alike = true;
    if (stage->kind != STAGE_TIER || stage->unvalued || stage->count == 0)
        return -1;
    for (int k = 0; k < classes->class_count; k++)
        w->prices[k] = 0;
    for (size_t k = 0; k < stage->count; k++) {
        ColumnOrigin origin = form->origin[stage->columns[k]];
        if (origin.kind != COLUMN_UNMET)
            return -1;
        int class = classes->class_of[origin.index];
        double price = stage->costs[k] / form->quantum[origin.index];
        if (class >= 0 && w->prices[class] != 0 &&
            fabs(price * unit - w->prices[class]) > SAME * w->prices[class])
            return -1;
        if (class >= 0)
            w->prices[class] = price * unit;
        first = k == 0 ? price : first;
        alike = alike && fabs(price - first) <= SAME * first;
    }
    return alike ? first : 0;
}

Worth *worths_at(const WorthsAsked *w, size_t quantity, size_t step)
{
    return &w->worths[quantity * w->out->step_count + step];
}

/* ---- where flows do not say ------------------------------------------------------------------- */

static bool is_open(const WorthSide *side, bool ends)
{
    return !side->known || (ends && side->at_least);
}

static bool has_open(const WorthsAsked *w, size_t step)
{
    for (size_t i = 0; i < w->count; i++)
        if (w->quantities[i].asked.arc >= 0 && (is_open(&worths_at(w, i, step)->more, true) ||
                                                is_open(&worths_at(w, i, step)->less, true)))
            return true;
    return false;
}

/** False where there is no program. */
static Status open_program(WorthsAsked *w, bool *there)
{
    int arcs = w->net.first_class + w->net.classes->class_count;
    *there = false;
    if (arcs > PROGRAM_ARCS_MOST)
        return STATUS_OK;
    if (w->program.program.backend == NULL)
        TRY(worths_program_open(&w->whole, w->arena, &w->program));
    *there = true;
    return STATUS_OK;
}

static WorthSide solve_more(WorthsAsked *w, const Quantity *q, bool ends)
{
    WorthsProgram *program = &w->program;
    WorthSide open = {.known = false};
    if (q->slope == 0)
        return (WorthSide){.known = true, .endless = true};
    if (!ends && q->sure > 0 && worths_program_bounds(program, q->slope))
        return worths_brings(q, q->sure, true, q->slope);
    return worths_program_has_time(program, ends)
               ? worths_program_more(program, &q->asked, q->slope)
               : open;
}

/** What the steps before need, and what is enough for this one. False where it does not say. */
static bool solve_least(WorthsAsked *w, Quantity *q)
{
    WorthAsked *asked = &q->asked;
    if (!asked->needed_known)
        asked->needed_known = worths_program_least(&w->program, asked, false, &asked->needed);
    if (asked->needed_known && asked->needed >= asked->today) {
        q->enough = asked->today;
        q->enough_known = true;
    }
    if (asked->needed_known && !q->enough_known)
        q->enough_known = worths_program_least(&w->program, asked, true, &q->enough);
    return q->enough_known;
}

static WorthSide solve_less(WorthsAsked *w, Quantity *q)
{
    WorthSide side = {.known = true, .until = q->asked.today};
    if (!solve_least(w, q))
        return (WorthSide){.known = false};
    side.needed = q->asked.today > 0 && q->asked.needed >= q->asked.today;
    if (side.needed)
        return side;
    side.until = q->enough;
    return q->enough < q->asked.today ? side
                                      : worths_program_less(&w->program, &q->asked, q->slope);
}

static void replace(WorthSide *side, WorthSide by)
{
    if (by.known)
        *side = by;
}

/** What is open, or (@p ends) only how far it holds. */
static void solve_open(WorthsAsked *w, size_t step, bool ends)
{
    for (size_t i = 0; i < w->count; i++) {
        Worth *worth = worths_at(w, i, step);
        Quantity *q = &w->quantities[i];
        if (q->asked.arc < 0)
            continue;
        if (is_open(&worth->more, ends))
            replace(&worth->more, solve_more(w, q, ends));
        if (is_open(&worth->less, ends) && worths_program_has_time(&w->program, ends))
            replace(&worth->less, solve_less(w, q));
    }
}

static Status solve_step(WorthsAsked *w, size_t step, double price)
{
    bool there;
    if (!has_open(w, step))
        return STATUS_OK;
    TRY(open_program(w, &there));
    if (!there || !worths_program_has_time(&w->program, false) ||
        !worths_program_about(&w->program, w->stages[step]->tier, w->prices,
                              price * w->program.program.unit))
        return STATUS_OK;
    for (size_t i = 0; i < w->count; i++)
        if (w->quantities[i].asked.arc >= 0)
            w->quantities[i].slope =
                hold_program_arc_price(&w->program.program, w->quantities[i].asked.arc);
    solve_open(w, step, false);
    solve_open(w, step, true);
    return STATUS_OK;
}

/* ---- all -------------------------------------------------------------------------------------- */

/** Do all needs of tiers up to this one count, and those of each tier alike? What counts nothing is in no
 *  stage, but would be in a sum. */
static bool counts_alike(const WorthsAsked *w, int tier)
{
    const NeedClasses *classes = w->net.classes;
    for (int k = 0; k < classes->class_count; k++)
        if (classes->classes[k].tier <= tier && classes->classes[k].weight.digits == 0)
            return false;
    for (int t = 0; t <= tier; t++)
        if (!w->hold.uniform[t])
            return false;
    return true;
}

/** What can be said of every quantity before it is asked about: of what nothing can be drawn of. */
static void begin_step(WorthsAsked *w, size_t step)
{
    for (size_t i = 0; i < w->count; i++) {
        Quantity *q = &w->quantities[i];
        q->enough = q->sure = 0;
        q->enough_known = false;
        if (q->asked.arc != -1)
            continue;
        worths_at(w, i, step)->more = (WorthSide){.known = true, .endless = true};
        worths_at(w, i, step)->less = (WorthSide){.known = true};
    }
}

/** What a step needs is what the next has to keep; with shares held, more. */
static void end_step(WorthsAsked *w)
{
    bool fair = w->form->round->settings.fairness != FAIRNESS_NONE;
    for (size_t i = 0; i < w->count; i++) {
        Quantity *q = &w->quantities[i];
        bool all = q->enough_known && q->enough == q->asked.today;
        q->asked.needed = q->enough;
        q->asked.needed_known = q->enough_known && (!fair || all);
    }
}

static Status ask_all(WorthsAsked *w)
{
    int last = 0;
    w->sound = true;
    for (size_t s = 0; s < w->out->step_count && w->sound; s++) {
        const Stage *stage = w->stages[s];
        double price = price_of(w, stage);
        if (price < 0 || stage->tier <= last || stage->tier >= w->hold.tier_count)
            return STATUS_OK;
        last = stage->tier;
        arena_reset(w->scratch);
        begin_step(w, s);
        if (price > 0 && counts_alike(w, stage->tier))
            TRY(worths_flow_step(w, s, price, &w->sound));
        if (w->sound)
            TRY(solve_step(w, s, price));
        end_step(w);
    }
    return STATUS_OK;
}

static void guarded(void *context)
{
    WorthsAsked *w = context;
    w->status = ask_all(w);
    worths_program_close(&w->program);
}

/** What all steps share. */
static Status begin(WorthsAsked *w, Lifts *lifts)
{
    const Formulation *form = w->form;
    int64_t *flow;
    TRY(lifts_build(form, w->arena, lifts));
    TRY(class_network_build(form->round, form->pairs->sets, w->arena, &w->net));
    TRY(class_network_flow(&w->net, w->plan, w->arena, &flow));
    TRY(hold_plan_open(&w->net, flow, w->arena, &w->whole));
    w->prices = ARENA_NEW(w->arena, (size_t)w->net.classes->class_count, double);
    TRY_NEW(w->prices);
    w->hold = w->whole;
    w->hold.apart = true;
    TRY(list_quantities(w));
    return list_steps(w);
}

Status solve_network_worths(const Formulation *loose, const Plan *plan, Arena *arena,
                            const Worths **out)
{
    GuardFault fault;
    Worths *worths = ARENA_NEW(arena, 1, Worths);
    Lifts *lifts = ARENA_NEW(arena, 1, Lifts);
    WorthsAsked w = {.form = loose, .plan = plan, .arena = arena, .out = worths};
    *out = NULL;
    TRY_NEW(worths);
    TRY_NEW(lifts);
    worths->lifts = lifts;
    TRY(begin(&w, lifts));
    if (loose->round->settings.fairness_first)
        return STATUS_OK;
    w.scratch = arena_new();
    TRY_NEW(w.scratch);
    bool whole = glpk_guard_run(guarded, &w, &fault);
    arena_free(w.scratch);
    *out = whole && w.status == STATUS_OK && w.sound ? worths : NULL;
    return whole ? w.status : STATUS_OK; /* after a fault all is left to the whole program */
}
