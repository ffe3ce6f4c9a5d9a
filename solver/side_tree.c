/* Best bound first. A node is the moves from the root down to it, and the basis of its program; it is
 * solved when it is made, so that the node taken next is always the one that holds the bound down. Of its
 * choices that one is branched on whose worse side gains most (strong branching; what a choice gained
 * once stands for what it will gain: Achterberg, Koch and Martin 2005, "Branching rules revisited").
 */
#include "solver/side_tree.h"

#include <math.h>
#include <string.h>

#include "solver/deadline.h"
#include "solver/side_plunge.h"

/* Where a program says that no flow carries what its arcs have to, they are paid instead: so many times
 * the largest cost. */
static const double PAID_TIMES[] = {64, 4096, 16384}; /* more does not fit side_proof.c */

/* What levels and arcs lack of less, in minor units, is what rounding leaves: such a node is gone on with. */
static const double LACK_MOST = 2, ARC_LACK_MOST = 0.5;

/* Choices looked at in a node, and how many of them are tried that were not before: at the root all. */
enum { CHOICES_MOST = 32, TRIED_MOST = 6 };

/* Gains of less, as parts of the bound, are none. */
static const double GAIN_LEAST = 1e-9;

typedef struct Node {
    double bound;          /* proven; INFINITY: no plan is here */
    int parent;            /* -1: none */
    SideDecision decision; /* which led here */
    const SideMove *moves;
    size_t move_count;
    BackendBasis basis;
    SideChoice *choices; /* [choice_count] that its flow leaves open */
    size_t choice_count;
    bool is_leaf;
} Node;

typedef struct Tree {
    SideRun *run;
    Node *nodes; /* [job->nodes + 1] */
    int count;
    long solved; /* programs so far */

    double *flow;  /* [arc_count] scratch */
    double *price; /* [node_count] scratch */
} Tree;

/* ---- bounds of arcs ------------------------------------------------------------------------- */

void side_run_bound(const SideRun *run, int arc, int64_t lower)
{
    int64_t upper = run->upper[arc];
    backend_bound_column(run->backend, arc, (double)lower / run->job->minor,
                         upper < NETWORK_NO_LIMIT ? (double)upper / run->job->minor : INFINITY);
}

/** Back to the root. */
static void leave(const Tree *t, const Node *node)
{
    for (; node != NULL; node = node->parent < 0 ? NULL : &t->nodes[node->parent])
        for (size_t k = 0; k < node->move_count; k++) {
            int arc = node->moves[k].arc;
            t->run->lower[arc] = 0;
            t->run->upper[arc] = t->run->job->net->upper[arc];
            side_run_bound(t->run, arc, 0);
        }
}

/** From the root to the node. False where an arc would have to carry more than it can. */
static bool enter(const Tree *t, const Node *node)
{
    bool possible = true;
    for (; node != NULL; node = node->parent < 0 ? NULL : &t->nodes[node->parent])
        for (size_t k = 0; k < node->move_count; k++) {
            const SideMove *move = &node->moves[k];
            int64_t *lower = &t->run->lower[move->arc], *upper = &t->run->upper[move->arc];
            *lower = move->lower > *lower ? move->lower : *lower;
            *upper = move->upper < *upper ? move->upper : *upper;
            possible = possible && *lower <= *upper;
            if (possible)
                side_run_bound(t->run, move->arc, *lower);
        }
    return possible;
}

/* ---- one node ------------------------------------------------------------------------------- */

/** In an arena of its own, which no fault of the backend can leave behind: nothing is solved meanwhile. */
static Status prove_node(const Tree *t, Node *node)
{
    double bound;
    bool known;
    Arena *arena = arena_new();
    TRY_NEW(arena);
    Status status = side_run_prove(t->run, arena, t->price, &bound, &known);
    arena_free(arena);
    if (status == STATUS_OK && known)
        node->bound = fmax(node->bound, bound);
    return status;
}

/** What the node's own flow leaves open, and the basis to go on from. */
static Status keep_node(const Tree *t, const double *flow, Node *node)
{
    const SideBound *job = t->run->job;
    node->choices = ARENA_NEW(job->arena, CHOICES_MOST, SideChoice);
    TRY_NEW(node->choices);
    TRY(backend_new_basis(t->run->backend, job->arena, &node->basis));
    backend_keep_basis(t->run->backend, &node->basis);
    node->choice_count = side_choices_find(job->rules, job->net, job->apart, flow, job->cost,
                                           CHOICES_MOST, node->choices);
    return STATUS_OK;
}

/** Is all that the paid program's point lacks a cent or two? It goes to t->flow. */
static bool lacks_little(const Tree *t)
{
    const SideRun *run = t->run;
    int arcs = run->job->net->arc_count;
    double lack = 0;
    side_run_flow(run, t->flow);
    for (int a = 0; a < arcs; a++)
        if (t->flow[a] < (double)run->lower[a] - ARC_LACK_MOST)
            return false;
    for (int k = 0; k < run->levels; k++)
        lack += backend_value(run->backend, arcs + k) * run->job->minor;
    return lack <= LACK_MOST;
}

/** Arcs that are paid may carry less than they have to; the others may not. */
static void bind_paid(const SideRun *run)
{
    for (int a = 0; a < run->job->net->arc_count; a++)
        if (run->lower[a] > 0)
            side_run_bound(run, a, run->paid[a] ? 0 : run->lower[a]);
}

/** Of all arcs that have to carry something those alone are paid that lack some of it, where there are
 *  any: what others carry beyond theirs is not to be paid for. False where that is so already. */
static bool pay_lacking(const Tree *t)
{
    const SideRun *run = t->run;
    bool fewer = false;
    side_run_flow(run, t->flow);
    for (int a = 0; a < run->job->net->arc_count; a++)
        if (run->paid[a] && t->flow[a] >= (double)run->lower[a] - ARC_LACK_MOST) {
            run->paid[a] = false;
            fewer = true;
        }
    return fewer;
}

/** For arcs that cannot carry what they have to, and levels that cannot be kept: the program in which they
 *  are paid to, instead. Its duals prove a bound that grows with what they lack, and with what they are
 *  paid. */
static Status solve_paid(const Tree *t, Node *node)
{
    const SideRun *run = t->run;
    double most = 1;
    bool little = false, solved = true;
    for (int a = 0; a < run->job->net->arc_count; a++) {
        most = fmax(most, fabs((double)run->job->cost[a]));
        run->paid[a] = run->lower[a] > 0;
    }
    for (size_t k = 0; k < sizeof PAID_TIMES / sizeof *PAID_TIMES && solved && !little; k++)
        for (bool again = true; again && solved && node->bound < run->job->enough;) {
            bind_paid(run);
            side_run_price(run, PAID_TIMES[k] * most);
            solved = backend_solve(run->backend) == BACKEND_OPTIMAL;
            TRY(prove_node(t, node));
            little = solved && lacks_little(t);
            again = solved && pay_lacking(t);
        }
    memset(run->paid, 0, (size_t)run->job->net->arc_count * sizeof *run->paid);
    bind_paid(run);
    side_run_price(run, 0);
    return little && node->bound < run->job->enough ? keep_node(t, t->flow, node) : STATUS_OK;
}

static Status solve_inside(const Tree *t, Node *node)
{
    bool solved;
    backend_put_basis(t->run->backend, &t->nodes[node->parent].basis);
    TRY(side_run_solve(t->run, t->flow, &solved));
    TRY(prove_node(t, node));
    return solved ? keep_node(t, t->flow, node) : solve_paid(t, node);
}

/** One side of a choice in @p parent. */
static Status solve_node(Tree *t, int parent, const SideChoice *choice, const SideMoves *moves,
                         int side, Node *node)
{
    *node = (Node){.bound = t->nodes[parent].bound,
                   .parent = parent,
                   .decision = {*choice, side},
                   .moves = moves->moves[side],
                   .move_count = moves->count[side],
                   .is_leaf = true};
    Status status = STATUS_OK;
    t->solved++;
    if (enter(t, node))
        status = solve_inside(t, node);
    else
        node->bound = INFINITY;
    leave(t, node);
    return status;
}

/* ---- branching ------------------------------------------------------------------------------ */

/** A choice and its sides, solved. */
typedef struct Branch {
    const SideChoice *choice;
    bool is_solved;
    int sides;
    Node side[SIDES_MOST];
} Branch;

static SideGain *gain_of(const Tree *t, const SideChoice *choice)
{
    size_t needs = t->run->job->rules->relaxed->need_count;
    return &t->run->job->gains[(size_t)choice->kind * needs + (size_t)choice->need];
}

/** Where nothing is enough, a side without a plan gains as much as there is. */
static double gain_over(double at, double bound)
{
    double gain = fmin(bound - at, fabs(at));
    return gain < GAIN_LEAST * fabs(at) ? 0 : gain;
}

static Status solve_branch(Tree *t, int parent, const SideChoice *choice, Branch *branch)
{
    const SideBound *job = t->run->job;
    SideMoves moves;
    double at = t->nodes[parent].bound, worse = INFINITY, sum = 0;
    TRY(side_choice_moves(job->rules, job->net, job->apart, choice, job->arena, &moves));
    *branch = (Branch){.choice = choice, .is_solved = true, .sides = moves.sides};
    for (int side = 0; side < moves.sides; side++) {
        TRY(solve_node(t, parent, choice, &moves, side, &branch->side[side]));
        double gain = gain_over(at, fmin(branch->side[side].bound, job->enough));
        worse = fmin(worse, gain);
        sum += gain;
    }
    *gain_of(t, choice) = (SideGain){true, worse, sum / moves.sides};
    return STATUS_OK;
}

/** A ticket moves no bound: it is branched on where nothing else is left. */
static bool is_worth_trying(const Tree *t, const SideChoice *choice)
{
    return choice->kind != SIDE_TICKET && !gain_of(t, choice)->known;
}

static bool gains_more(const SideGain *a, const SideGain *b)
{
    return a->worse > b->worse || (a->worse >= b->worse && a->mean > b->mean);
}

/** May another branch be solved? */
static bool may_solve(const Tree *t)
{
    const SideBound *job = t->run->job;
    return t->solved + SIDES_MOST <= job->nodes && !deadline_is_past(job->deadline);
}

/** The choice that gains most: of those tried before by what they gained then, of some others by trying. */
static Status choose(Tree *t, int index, Branch *best)
{
    const Node *node = &t->nodes[index];
    int left = node->parent < 0 ? CHOICES_MOST : TRIED_MOST;
    *best = (Branch){.choice = NULL};
    for (size_t k = 0; k < node->choice_count; k++) {
        const SideChoice *choice = &node->choices[k];
        Branch now = {.choice = choice};
        if (is_worth_trying(t, choice)) {
            if (left-- <= 0 || !may_solve(t))
                continue;
            TRY(solve_branch(t, index, choice, &now));
        }
        if (best->choice == NULL || gains_more(gain_of(t, choice), gain_of(t, best->choice)))
            *best = now;
    }
    return best->choice == NULL || best->is_solved ? STATUS_OK
                                                   : solve_branch(t, index, best->choice, best);
}

/** Puts the sides of its best choice in place of a leaf. */
static Status branch_at(Tree *t, int index)
{
    Branch branch;
    TRY(choose(t, index, &branch));
    if (branch.choice == NULL) {
        t->nodes[index].choice_count = 0; /* it stays as it is */
        return STATUS_OK;
    }
    t->nodes[index].is_leaf = false;
    for (int side = 0; side < branch.sides; side++)
        t->nodes[t->count++] = branch.side[side];
    return STATUS_OK;
}

/** The leaf with the least bound; of equal ones the last, which is the nearest to a plan. */
static int least_leaf(const Tree *t)
{
    int least = -1;
    for (int k = 0; k < t->count; k++)
        if (t->nodes[k].is_leaf && (least < 0 || t->nodes[k].bound <= t->nodes[least].bound))
            least = k;
    return least;
}

static Status open_tree(Tree *t)
{
    const SideBound *job = t->run->job;
    t->nodes = ARENA_NEW(job->arena, (size_t)job->nodes + 1, Node);
    t->flow = ARENA_NEW(job->arena, (size_t)job->net->arc_count, double);
    t->price = ARENA_NEW(job->arena, (size_t)job->net->node_count, double);
    TRY_NEW(t->nodes);
    TRY_NEW(t->flow);
    TRY_NEW(t->price);
    t->nodes[t->count++] = (Node){.bound = job->bound, .parent = -1, .is_leaf = true};
    return keep_node(t, job->flow, &t->nodes[0]);
}

/** The point of a leaf, solved again from its own basis. */
static Status take_point(const Tree *t, int index)
{
    const Node *leaf = &t->nodes[index];
    bool solved;
    if (leaf->choices == NULL || !enter(t, leaf))
        return STATUS_OK;
    backend_put_basis(t->run->backend, &leaf->basis);
    TRY(side_run_solve(t->run, t->flow, &solved));
    leave(t, leaf);
    if (!solved)
        return STATUS_OK;
    SideBound *job = t->run->job;
    SideChoice open;
    job->flow = t->flow;
    job->is_plan =
        side_choices_find(job->rules, job->net, job->apart, t->flow, job->cost, 1, &open) == 0;
    return STATUS_OK;
}

/** What was decided from the root to the leaf, the last first. */
static Status keep_trail(const Tree *t, int index)
{
    SideBound *job = t->run->job;
    job->trail->count = 0;
    for (const Node *node = &t->nodes[index]; node->parent >= 0; node = &t->nodes[node->parent])
        TRY(side_trail_add(job->trail, &node->decision.choice, node->decision.side, job->arena));
    return STATUS_OK;
}

Status side_tree(SideRun *run)
{
    SideBound *job = run->job;
    Tree t = {.run = run};
    TRY(open_tree(&t));
    int least = 0;
    while (t.nodes[least].bound < job->enough && t.nodes[least].choice_count > 0 && may_solve(&t)) {
        TRY(branch_at(&t, least));
        least = least_leaf(&t);
    }
    if (isfinite(t.nodes[least].bound)) /* else a fault: there always is a plan */
        job->bound = fmax(job->bound, t.nodes[least].bound);
    if (job->trail != NULL)
        TRY(keep_trail(&t, least));
    return take_point(&t, least);
}
