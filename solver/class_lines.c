/* Flows as lines. The arcs into each signature node stand together, as do those of one offer after the
 * other; a need takes of each what is left of it.
 */
#include "solver/class_lines.h"

#include <math.h>
#include <string.h>

/* Flow of less, in minor units, is the noise of a program in doubles. */
static const double CARRIED_LEAST = 0.5;

/** A flow while it is laid out. */
typedef struct Laying {
    const Formulation *form;
    const ClassNetwork *net;
    double *left; /* [arc_count] what is not laid out yet */
    int *next;    /* [node_count] the arc into each signature node that lines are taken from now */
    double *lines;
} Laying;

/** The first arc into each signature node; arc_count for the others. NULL: no memory. */
static int *first_arcs(const ClassNetwork *net, Arena *arena)
{
    int *first = ARENA_NEW(arena, (size_t)net->node_count, int);
    for (int v = 0; first != NULL && v < net->node_count; v++)
        first[v] = net->arc_count;
    for (int a = net->first_flow + net->flow_count - 1; first != NULL && a >= net->first_flow; a--)
        first[net->to[a]] = a;
    return first;
}

static bool enters(const ClassNetwork *net, int arc, int node)
{
    return arc < net->first_flow + net->flow_count && net->to[arc] == node;
}

/** The arc of the need's class; -1: it takes no part. */
static int class_arc(const ClassNetwork *net, size_t need)
{
    int class = net->classes->class_of[need];
    return class < 0 ? -1 : net->first_class + class;
}

/** Gives the need up to @p wanted of what its class has left. */
static void lay_need(Laying *l, size_t need, int own, double wanted)
{
    const ClassNetwork *net = l->net;
    double part = ratio_to_double(l->form->round->needs[need].value) * l->form->quantum[need];
    double open = fmin(l->left[own], wanted);
    int node = net->from[own], *arc = &l->next[node];
    l->left[own] -= open;
    while (part > 0 && open >= CARRIED_LEAST && enters(net, *arc, node)) {
        double given = fmin(open, l->left[*arc]);
        int pair = given < CARRIED_LEAST ? -1
                                         : pair_set_find(l->form->pairs, (int)need,
                                                         net->flow_offer[*arc - net->first_flow]);
        if (pair >= 0)
            l->lines[pair] = given / part;
        open -= given;
        l->left[*arc] -= given;
        if (open >= CARRIED_LEAST)
            ++*arc;
    }
}

Status class_lines_lay(const Formulation *form, const Round *relaxed, const ClassNetwork *net,
                       const double *flow, Arena *arena, double *lines)
{
    Laying l = {.form = form,
                .net = net,
                .left = ARENA_NEW(arena, (size_t)net->arc_count, double),
                .next = first_arcs(net, arena),
                .lines = lines};
    TRY_NEW(l.left);
    TRY_NEW(l.next);
    memcpy(l.left, flow, (size_t)net->arc_count * sizeof *l.left);
    memset(lines, 0, form->pairs->count * sizeof *lines);
    for (size_t n = 0; n < form->round->need_count; n++) {
        int own = class_arc(net, n);
        if (own >= 0)
            lay_need(&l, n, own, (double)relaxed->needs[n].wanted);
    }
    return STATUS_OK;
}

Status class_lines_mark(const Formulation *form, const ClassNetwork *net, const double *flow,
                        Arena *arena, bool *carried)
{
    int *first = first_arcs(net, arena);
    TRY_NEW(first);
    memset(carried, 0, form->pairs->count * sizeof *carried);
    for (size_t n = 0; n < form->round->need_count; n++) {
        int own = class_arc(net, n), node = own < 0 ? -1 : net->from[own];
        for (int a = own < 0 ? net->arc_count : first[node]; enters(net, a, node); a++) {
            int pair =
                flow[a] < CARRIED_LEAST
                    ? -1
                    : pair_set_find(form->pairs, (int)n, net->flow_offer[a - net->first_flow]);
            if (pair >= 0)
                carried[pair] = true;
        }
    }
    return STATUS_OK;
}

Status class_lines_flow(const Formulation *form, const ClassNetwork *net, const double *lines,
                        Arena *arena, double *flow)
{
    int *first = first_arcs(net, arena);
    TRY_NEW(first);
    memset(flow, 0, (size_t)net->arc_count * sizeof *flow);
    for (size_t n = 0; n < form->round->need_count; n++) {
        int own = class_arc(net, n), node = own < 0 ? -1 : net->from[own];
        double part = ratio_to_double(form->round->needs[n].value) * form->quantum[n];
        for (int a = own < 0 ? net->arc_count : first[node]; enters(net, a, node); a++) {
            int pair = pair_set_find(form->pairs, (int)n, net->flow_offer[a - net->first_flow]);
            double given = pair < 0 ? 0 : lines[pair] * part;
            flow[a] += given;
            flow[own] += given;
        }
    }
    return STATUS_OK;
}
