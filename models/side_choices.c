/* Choices between plans, found where a flow is on neither side. */
#include "allot/side_choices.h"

#include <math.h>
#include <string.h>

#include "models/side_internal.h"

/** What choices are found among. */
typedef struct Finder {
    const SideRules *rules;
    const ClassNetwork *net;
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
static void consider(Finder *f, const SideChoice *choice)
{
    size_t at = f->count;
    while (at > 0 && f->out[at - 1].stake < choice->stake)
        at--;
    if (at == f->most)
        return;
    if (f->count < f->most)
        f->count++;
    memmove(f->out + at + 1, f->out + at, (f->count - at - 1) * sizeof *f->out);
    f->out[at] = *choice;
}

/* ---- what the flow leaves undecided --------------------------------------------------------- */

static void consider_served(Finder *f, int need)
{
    int own = side_class_arc(f->net, need);
    double has = f->flow[own], lacks = (double)side_need_least(f->rules, need) - has;
    if (side_is_all_or_nothing(f->rules, need) && has > SIDE_PARTLY && lacks > SIDE_PARTLY)
        consider(f, &(SideChoice){.kind = SIDE_SERVED,
                                  .need = need,
                                  .stake = worth_of(f, own) * fmin(has, lacks)});
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
    double stake = fmin(worth_of(f, own) * has, worth_of(f, arc) * lacks);
    if (has > SIDE_PARTLY && lacks > SIDE_PARTLY)
        consider(f, &(SideChoice){.kind = SIDE_REQUIRED, .need = other, .stake = stake});
}

static int donor_at(const SideRules *r, const ClassNetwork *net, int arc)
{
    return r->relaxed->offers[side_offer_of(net, arc)].donor_item;
}

static bool is_among(const int *donors, int count, int donor)
{
    for (int k = 0; k < count; k++)
        if (donors[k] == donor)
            return true;
    return false;
}

/** The donor, not among these, that gives the need most, and how much; -1: nobody else does. */
static int donor_of_most(const Finder *f, int first, int end, const int *donors, int count,
                         double *most)
{
    int best = -1;
    *most = 0;
    for (int a = first; a < end; a++) {
        int donor = donor_at(f->rules, f->net, a);
        double given = 0;
        if (f->flow[a] <= SIDE_PARTLY || is_among(donors, count, donor))
            continue;
        for (int b = first; b < end; b++)
            given += donor_at(f->rules, f->net, b) == donor ? f->flow[b] : 0;
        if (given > *most) {
            *most = given;
            best = donor;
        }
    }
    return best;
}

/** A need of few donors that has more: those that give most against all others. */
static void consider_donors(Finder *f, int need)
{
    SideChoice choice = {.kind = SIDE_DONORS, .need = need};
    int first, end, allowed = f->rules->form->round->needs[need].max_donors, count = 0;
    if (allowed < 1 || allowed > SIDE_DONORS_MOST)
        return;
    side_line_arcs(f->net, need, &first, &end);
    double least = INFINITY, given, others = 0;
    for (; count < allowed; count++) {
        choice.donors[count] = donor_of_most(f, first, end, choice.donors, count, &given);
        least = fmin(least, given);
    }
    for (int a = first; a < end; a++)
        if (!is_among(choice.donors, count, donor_at(f->rules, f->net, a)))
            others += f->flow[a];
    choice.stake = worth_of(f, side_class_arc(f->net, need)) * fmin(least, others);
    if (least > SIDE_PARTLY && others > SIDE_PARTLY)
        consider(f, &choice);
}

static void consider_tickets(Finder *f, int need)
{
    int first, end;
    side_line_arcs(f->net, need, &first, &end);
    for (int a = first; a < end; a++) {
        double has = f->flow[a];
        double lacks = (double)side_pair_least(f->rules, need, side_offer_of(f->net, a)) - has;
        double stake = worth_of(f, side_class_arc(f->net, need)) * fmin(has, lacks);
        if (has > SIDE_PARTLY && lacks > SIDE_PARTLY)
            consider(f, &(SideChoice){.kind = SIDE_TICKET,
                                      .need = need,
                                      .offer = side_offer_of(f->net, a),
                                      .stake = stake});
    }
}

size_t side_choices_find(const SideRules *rules, const ClassNetwork *net, const bool *apart,
                         const double *flow, const int64_t *cost, size_t most, SideChoice *out)
{
    const Logic *logic = &rules->form->round->logic;
    Finder f = {rules, net, flow, cost, out, 0, most};
    for (size_t n = 0; n < rules->relaxed->need_count; n++)
        if (apart[n] && side_class_arc(net, (int)n) >= 0) {
            consider_served(&f, (int)n);
            consider_donors(&f, (int)n);
            consider_tickets(&f, (int)n);
        }
    for (size_t q = 0; q < logic->requirement_count; q++)
        consider_required(&f, &logic->requirements[q]);
    return f.count;
}

/** The arc of an offer into the need's signature node, or -1. */
static int line_arc(const ClassNetwork *net, int need, int offer)
{
    int first, end;
    side_line_arcs(net, need, &first, &end);
    for (int a = first; a < end; a++)
        if (side_offer_of(net, a) == offer)
            return a;
    return -1;
}

void side_choice_flow(const SideRules *rules, const ClassNetwork *net, const SideChoice *choice,
                      const double *flow, double *has, double *least)
{
    bool ticket = choice->kind == SIDE_TICKET;
    int arc =
        ticket ? line_arc(net, choice->need, choice->offer) : side_class_arc(net, choice->need);
    *has = arc < 0 ? 0 : flow[arc];
    *least = (double)(ticket ? side_pair_least(rules, choice->need, choice->offer)
                             : side_need_least(rules, choice->need));
}

/** Of the donors of the choice the first that gives nothing, or all others do. */
static int donors_side(const SideRules *rules, const ClassNetwork *net, const SideChoice *choice,
                       const double *flow)
{
    int first, end, count = (int)rules->form->round->needs[choice->need].max_donors;
    side_line_arcs(net, choice->need, &first, &end);
    for (int k = 0; k < count; k++) {
        double given = 0;
        for (int a = first; a < end; a++)
            given += donor_at(rules, net, a) == choice->donors[k] ? flow[a] : 0;
        if (given <= SIDE_PARTLY)
            return k + 1;
    }
    return 0;
}

int side_choice_side(const SideRules *rules, const ClassNetwork *net, const SideChoice *choice,
                     const double *flow)
{
    double has, least;
    if (choice->kind == SIDE_DONORS)
        return donors_side(rules, net, choice, flow);
    side_choice_flow(rules, net, choice, flow, &has, &least);
    if (choice->kind == SIDE_REQUIRED)
        least = (double)side_need_full(rules, choice->need);
    return has > least - 2 * SIDE_PARTLY ? 0 : 1; /* lines are rounded */
}

/* ---- its sides -------------------------------------------------------------------------- */

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
        int arc = other < 0 ? -1 : side_class_arc(s->net, other);
        if (r->form->round->logic.requirements[q].need != need || arc < 0 || !s->apart[other] ||
            is_moved(out, 0, arc))
            continue;
        add_move(out, 0, arc, side_need_full(r, other), NETWORK_NO_LIMIT);
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

/** All others give nothing; or one of these. */
static void choose_donors(const Sides *s, const SideChoice *choice, SideMoves *out)
{
    int first, end, count = s->rules->form->round->needs[choice->need].max_donors;
    side_line_arcs(s->net, choice->need, &first, &end);
    for (int a = first; a < end; a++) {
        int side = 0, donor = donor_at(s->rules, s->net, a);
        for (int k = 0; k < count; k++)
            side = choice->donors[k] == donor ? k + 1 : side;
        add_move(out, side, a, 0, 0);
    }
}

static void choose_ticket(const Sides *s, const SideChoice *choice, SideMoves *out)
{
    int arc = line_arc(s->net, choice->need, choice->offer);
    int64_t least = side_pair_least(s->rules, choice->need, choice->offer);
    add_move(out, 0, arc, least, NETWORK_NO_LIMIT);
    add_move(out, 1, arc, 0, 0);
}

int side_choice_sides(const SideRules *rules, const SideChoice *choice)
{
    return choice->kind == SIDE_DONORS ? 1 + (int)rules->form->round->needs[choice->need].max_donors
                                       : 2;
}

/** Out of the scratch: thousands of choices are looked at, most of which move an arc or two. */
static Status keep_moves(Arena *arena, SideMoves *out)
{
    for (int side = 0; side < out->sides; side++) {
        SideMove *kept = ARENA_NEW(arena, out->count[side], SideMove);
        TRY_NEW(kept);
        memcpy(kept, out->moves[side], out->count[side] * sizeof *kept);
        out->moves[side] = kept;
    }
    return STATUS_OK;
}

Status side_choice_moves(const SideRules *rules, const ClassNetwork *net, const bool *apart,
                         const SideChoice *choice, Arena *arena, SideMoves *out)
{
    Sides s = {rules, net, apart};
    size_t most = rules->most_moves / SIDES_MOST;
    *out = (SideMoves){.sides = side_choice_sides(rules, choice)};
    for (int side = 0; side < SIDES_MOST; side++)
        out->moves[side] = rules->moves + (size_t)side * most;
    switch (choice->kind) {
    case SIDE_SERVED: choose_served(&s, choice->need, out); break;
    case SIDE_REQUIRED: choose_required(&s, choice->need, out); break;
    case SIDE_TICKET: choose_ticket(&s, choice, out); break;
    case SIDE_DONORS:
    case SIDE_CHOICE_KINDS: choose_donors(&s, choice, out); break;
    }
    return keep_moves(arena, out);
}
