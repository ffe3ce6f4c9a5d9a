/* What the files of the network simplex share: the program, its tree, and the operations on both.
 *
 * The flow is a circulation at all times. Below an extra root every node hangs in a spanning tree: by
 * an arc of the program or by an artificial arc from the node to the root. All artificial arcs point
 * to the root, so what is in balance leaves nothing on them: they need neither cost nor limit. The
 * tree is strongly feasible when every node can send something more to its parent.
 *
 * An arc whose flow breaks a bound is a second arc beyond that bound, without end, at a cost of 1 a
 * unit (its breach is not 0). Minimising their sum mends the flow, from any tree, without big costs.
 */
#ifndef ALLOT_SOLVER_NETWORK_INTERNAL_H
#define ALLOT_SOLVER_NETWORK_INTERNAL_H

#include "solver/network_simplex.h"

/* A state as the sign of the reduced cost that keeps an arc out of the tree. */
enum { AT_LOWER = 1, AT_UPPER = -1, NO_SIDE = 0 };

enum { NETWORK_NONE = -1 };

/** A node and the arc above it. */
typedef struct TreeNode {
    int parent;   /* NETWORK_NONE for the root */
    int arc;      /* NETWORK_NONE for the artificial one */
    int last;     /* the last one of its subtree in preorder */
    int size;     /* of its subtree */
    int64_t rise; /* how much more the arc can carry to the parent, */
    int64_t fall; /* and from it */
    bool upward;  /* does the arc point to the parent? */
} TreeNode;

/* A run with a head has so many arcs at least: fewer are priced one by one. */
enum { NETWORK_RUN_LEAST = 8 };

/** Open arcs that stand together, up to @p end. Where they have one head and one cost, as those into a
 *  signature do, pricing reads their tails alone; else (head NETWORK_NONE) each by itself. */
typedef struct PricedRun {
    int64_t cost;
    int head;
    int end;
} PricedRun;

struct NetworkSimplex {
    int node_count, arc_count;
    int root; /* = node_count */
    /* arcs */
    const int *from, *to; /* the caller's */
    int64_t *lower, *upper;
    int64_t *cost;
    int64_t *flow;  /* of arcs outside the tree */
    int8_t *side;   /* AT_LOWER, AT_UPPER; NO_SIDE in the tree and for loose arcs */
    int8_t *breach; /* 1: above upper, -1: below lower, as a second arc */
    /* nodes, [node_count + 1] */
    TreeNode *tree;
    int *next,
        *prev; /* the ones after and before in preorder, a ring: walks over subtrees read nothing
                         else */
    int64_t *potential;
    int64_t reach; /* no potential is further from 0 */
    int *scratch;  /* [5 * node_count] */
    /* arcs that can move, by index: the only ones priced */
    int *open;       /* [open_count] */
    int *place;      /* [arc_count] where in open, or NETWORK_NONE */
    PricedRun *runs; /* [run_count] all of them, in order */
    int run_count;
    int *tail; /* [open_count] of arcs in a run with a head; NETWORK_NONE of the others */
    int open_count;
    int next_open; /* where pricing goes on, */
    int next_run;  /* and in which run that is */
    /* arcs outside the tree that stand between their bounds or beyond one; priced in first */
    int *loose;
    int loose_count;
    int64_t broken; /* sum over arcs of what breaks their bounds */
    bool mending;   /* costs are those of breaches */
    bool unsettled; /* bounds or flows were set since sides, lists and sums were made */
    bool costs_fit;
    long pivots;
};

/* ---- network_tree.c ------------------------------------------------------------------------- */

/** Hangs all nodes anew: by a forest of arcs strictly between their bounds, the forest's trees by
 *  artificial arcs. */
void network_grow_tree(NetworkSimplex *net);

/** An arc of the program, or none, that a subtree is to hang by. */
typedef struct TreeHook {
    int arc; /* NETWORK_NONE: the artificial one */
    bool upward;
    int64_t rise, fall;
} TreeHook;

/** Takes the subtree below @p top away, turns it so that @p new_top is on top, and hangs that below
 *  @p parent. @p join is where the two ways to the root meet. */
void network_move_subtree(NetworkSimplex *net, int top, int new_top, int parent, int join,
                          const TreeHook *hook);

/** Potentials of all nodes from the present costs. False when one is out of range. */
bool network_find_potentials(NetworkSimplex *net);
/** Adds @p change to the potentials of a subtree, or takes it from all others, the root's too, where those
 *  are fewer: only differences count. False when one is out of range. */
bool network_shift_potentials(NetworkSimplex *net, int top, int64_t change);

static inline bool network_in_tree(const NetworkSimplex *net, int arc)
{
    return net->side[arc] == NO_SIDE &&
           (net->tree[net->from[arc]].arc == arc || net->tree[net->to[arc]].arc == arc);
}
/** How much more and how much less an arc could carry than @p flow, on its side of a breach. */
void network_room(const NetworkSimplex *net, int arc, int64_t flow, int64_t *more, int64_t *less);
/** The flow of the program's arc above a node. */
int64_t network_flow_above(const NetworkSimplex *net, int node);
/** Sets what the arc above a node can carry. */
void network_set_above(NetworkSimplex *net, int node, int64_t flow);

/* ---- network_pivot.c ------------------------------------------------------------------------ */

/** Writes down flow and side of an arc that is not, or not any more, in the tree; it stands at a
 *  bound, and a breach is over. False when it does not: it reached the end of int64_t. */
bool network_rest(NetworkSimplex *net, int arc, int64_t flow);

/** Runs of so many arcs at most: no two without a head stand side by side. */
static inline size_t network_run_room(size_t arcs)
{
    return 2 * (arcs / NETWORK_RUN_LEAST) + 1;
}

/** Prices of all open arcs from the present costs and sides. */
void network_list_prices(NetworkSimplex *net);

/** Pivots until no arc improves, or until nothing is broken when mending. False when a number is out
 *  of range. */
bool network_run(NetworkSimplex *net);

#endif
