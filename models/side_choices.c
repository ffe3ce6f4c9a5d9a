/* Choices between plans, found where a flow is on neither side. */
#include "allot/side_choices.h"

#include <math.h>
#include <string.h>

#include "models/side_internal.h"

/** What choices are found among. */
typedef struct Finder {
    const SideRules *rules;
    const ClassNetwork *net;
    const bool *apart;
    const double *flow;
    const int64_t *cost;
    SideChoice *out; /* [most] from the largest stake down */
    size_t count, most;
} Finder;

static double worth_of(const Finder *f, int arc)
{
    return fmax(fabs((double)f->cost[arc]), 1);
}

/** Puts it in its place; of equal ones the first stays first. */
static void consider(Finder *f, SideChoiceKind kind, int need, int donor, double stake)
{
    size_t at = f->count;
    while (at > 0 && f->out[at - 1].stake < stake)
        at--;
    if (at == f->most)
        return;
    if (f->count < f->most)
        f->count++;
    memmove(f->out + at + 1, f->out + at, (f->count - at - 1) * sizeof *f->out);
    f->out[at] = (SideChoice){kind, need, donor, stake};
}

/* ---- what the flow leaves undecided --------------------------------------------------------- */

static void consider_served(Finder *f, int need)
{
    int own = side_class_arc(f->net, need);
    double has = f->flow[own], lacks = (double)side_need_least(f->rules, need) - has;
    if (side_is_all_or_nothing(f->rules, need) && has > SIDE_PARTLY && lacks > SIDE_PARTLY)
        consider(f, SIDE_SERVED, need, -1, worth_of(f, own) * fmin(has, lacks));
}

/** Of a requirement that one need alone can meet. */
static void consider_required(Finder *f, const Requirement *requirement)
{
    int own = side_class_arc(f->net, requirement->need);
    if (requirement->count != 1 || own < 0 || side_is_met_already(f->rules, requirement))
        return;
    int other = requirement->any_of[0], arc = side_class_arc(f->net, other);
    double full = (double)side_need_full(f->rules, other);
    if (arc < 0 || full <= 0)
        return;
    double has = f->flow[own], lacks = full - f->flow[arc];
    if (has > SIDE_PARTLY && lacks > SIDE_PARTLY)
        consider(f, SIDE_REQUIRED, other, -1,
                 fmin(worth_of(f, own) * has, worth_of(f, arc) * lacks));
}

/** Of what the donor of @p arc and those at its side give the need. */
static double given_by(const Finder *f, int first, int end, int donor)
{
    double sum = 0;
    for (int a = first; a < end; a++)
        if (f->rules->relaxed->offers[side_offer_of(f->net, a)].donor_item == donor)
            sum += f->flow[a];
    return sum;
}

/** A need of one donor that has several: the one that gives most, or not that one. */
static void consider_donor(Finder *f, int need)
{
    int first, end, donor = -1;
    double most = 0, all = 0;
    if (f->rules->form->round->needs[need].max_donors != 1)
        return;
    side_line_arcs(f->net, need, &first, &end);
    for (int a = first; a < end; a++) {
        int item = f->rules->relaxed->offers[side_offer_of(f->net, a)].donor_item;
        if (f->flow[a] <= SIDE_PARTLY)
            continue;
        double given = given_by(f, first, end, item);
        all += f->flow[a];
        if (given > most) {
            most = given;
            donor = item;
        }
    }
    if (all - most > SIDE_PARTLY)
        consider(f, SIDE_DONOR, need, donor,
                 worth_of(f, side_class_arc(f->net, need)) * fmin(most, all - most));
}

size_t side_choices_find(const SideRules *rules, const ClassNetwork *net, const bool *apart,
                         const double *flow, const int64_t *cost, size_t most, SideChoice *out)
{
    const Logic *logic = &rules->form->round->logic;
    Finder f = {rules, net, apart, flow, cost, out, 0, most};
    for (size_t n = 0; n < rules->relaxed->need_count; n++)
        if (apart[n] && side_class_arc(net, (int)n) >= 0) {
            consider_served(&f, (int)n);
            consider_donor(&f, (int)n);
        }
    for (size_t q = 0; q < logic->requirement_count; q++)
        consider_required(&f, &logic->requirements[q]);
    return f.count;
}

/* ---- its two sides -------------------------------------------------------------------------- */

/** What the two sides of a choice are told from. */
typedef struct Sides {
    const SideRules *rules;
    const ClassNetwork *net;
    const bool *apart;
} Sides;

static void add_move(SideMoves *out, int side, int arc, int64_t lower, int64_t upper)
{
    if (arc >= 0)
        out->moves[side][out->count[side]++] = (SideMove){arc, lower, upper};
}

/** The need that alone can meet the @p q-th requirement; -1: none such, or it asks nothing. */
static int required_alone(const SideRules *r, size_t q)
{
    const Requirement *requirement = &r->form->round->logic.requirements[q];
    return requirement->count == 1 && !side_is_met_already(r, requirement) ? requirement->any_of[0]
                                                                           : -1;
}

static bool is_moved(const SideMoves *out, int side, int arc)
{
    for (size_t k = 0; k < out->count[side]; k++)
        if (out->moves[side][k].arc == arc)
            return true;
    return false;
}

/** What @p need requires, and what that requires, is met in full. */
static void meet_required(const Sides *s, int need, SideMoves *out)
{
    const SideRules *r = s->rules;
    for (size_t q = 0; q < r->form->round->logic.requirement_count; q++) {
        int other = required_alone(r, q);
        if (r->form->round->logic.requirements[q].need != need || other < 0 || !s->apart[other] ||
            is_moved(out, 0, side_class_arc(s->net, other)))
            continue;
        add_move(out, 0, side_class_arc(s->net, other), side_need_full(r, other), NETWORK_NO_LIMIT);
        meet_required(s, other, out);
    }
}

static void choose_served(const Sides *s, int need, SideMoves *out)
{
    int own = side_class_arc(s->net, need);
    add_move(out, 0, own, side_need_least(s->rules, need), NETWORK_NO_LIMIT);
    meet_required(s, need, out);
    add_move(out, 1, own, 0, 0);
}

static void choose_required(const Sides *s, int need, SideMoves *out)
{
    const SideRules *r = s->rules;
    add_move(out, 0, side_class_arc(s->net, need), side_need_full(r, need), NETWORK_NO_LIMIT);
    meet_required(s, need, out);
    for (size_t q = 0; q < r->form->round->logic.requirement_count; q++)
        if (required_alone(r, q) == need)
            add_move(out, 1, side_class_arc(s->net, r->form->round->logic.requirements[q].need), 0,
                     0);
}

static void choose_donor(const Sides *s, const SideChoice *choice, SideMoves *out)
{
    int first, end;
    side_line_arcs(s->net, choice->need, &first, &end);
    for (int a = first; a < end; a++) {
        int item = s->rules->relaxed->offers[side_offer_of(s->net, a)].donor_item;
        add_move(out, item == choice->donor ? 1 : 0, a, 0, 0);
    }
}

Status side_choice_moves(const SideRules *rules, const ClassNetwork *net, const bool *apart,
                         const SideChoice *choice, Arena *arena, SideMoves *out)
{
    Sides s = {rules, net, apart};
    size_t most = rules->form->round->logic.requirement_count + 1;
    if (choice->kind == SIDE_DONOR) {
        int first, end;
        side_line_arcs(net, choice->need, &first, &end);
        most = (size_t)(end - first);
    }
    *out = (SideMoves){0};
    for (int side = 0; side < SIDES; side++) {
        out->moves[side] = ARENA_NEW(arena, most, SideMove);
        TRY_NEW(out->moves[side]);
    }
    if (choice->kind == SIDE_SERVED)
        choose_served(&s, choice->need, out);
    else if (choice->kind == SIDE_REQUIRED)
        choose_required(&s, choice->need, out);
    else
        choose_donor(&s, choice, out);
    return STATUS_OK;
}
