/* room: solver
 *
 * The flow of a plan on the class network, seen from one tier: what may still move while the tiers
 * above and the other needs of the tier keep what they have. A question "could this class have more?"
 * is one for a path in the residual graph, from where its arc ends to where it begins.
 *
 * What a tier above keeps is a sum over classes, and stands as the lower bound of an arc that they
 * share. Sums that cross (a tier without fairness whose beneficiaries have limits; different weights
 * within a tier) fit no network: then there are two graphs. The strict one holds more than is asked, so
 * that what helps there helps; the loose one less, so that what does not help there does not.
 */
#ifndef ALLOT_SOLVER_HOLD_GRAPH_H
#define ALLOT_SOLVER_HOLD_GRAPH_H

#include "allot/class_network.h"

/** Who keeps what flows along an arc. */
typedef enum HoldKind { HOLD_NOTHING, HOLD_ABOVE, HOLD_EQUALS } HoldKind;

typedef struct HoldArc {
    int from, to;
    int64_t flow, upper;
    int64_t planned; /* the flow of the plan */
    int64_t least;   /* while it is held: the same, unless hold_keep_least() said otherwise */
    HoldKind hold;
    bool lifted;  /* without its upper bound */
    bool touched; /* by hold_fill() */
} HoldArc;

/** The arcs out of every node, or into it: of each first those with a flow, which alone can be gone back
 *  along. */
typedef struct HoldLinks {
    int *first; /* [node_count + 1] into arcs */
    int *live;  /* [node_count] end of those with a flow */
    int *arcs;  /* [arc_count] */
    int *
        ends; /* [arc_count] the node at the other end of each: what a search looks at of most arcs */
    int *at; /* [arc_count] where the arc stands */
} HoldLinks;

/** Nodes from low to high, and the words of bits by node that hold them. */
typedef struct HoldSpan {
    int low, high, word, words;
} HoldSpan;

/** Arcs that carry any amount, as bits (hold_dense.h). */
typedef struct HoldDense {
    int first_arc, end_arc; /* these */
    bool there;             /* else they are as all others */
    HoldSpan tails, heads;
    uint64_t *heads_of; /* [tails][heads.words] */
    uint64_t *tails_of; /* [heads][tails.words] */
    uint64_t *unmet;    /* scratch of a search: bits by node */
    HoldLinks out, in;  /* of the other arcs: first, arcs, ends */
} HoldDense;

/** A way along an arc, or back: what hold_set_plan() or hold_keep_least() made of it. */
typedef enum HoldTurn { HOLD_STAYS, HOLD_OPENS, HOLD_CLOSES } HoldTurn;

typedef struct HoldChange {
    int arc;
    HoldTurn along, back;
} HoldChange;

/* Changes that are remembered: the last ones. */
enum { HOLD_CHANGES = 256 };

/** What the tiers above keep in a graph: the strict one holds more than is asked where sums cross, the
 *  loose one less; the free one nothing, for good: without sums paths are short. */
typedef enum HoldRigour { HOLD_STRICT, HOLD_LOOSE, HOLD_FREE, HOLD_RIGOURS } HoldRigour;

/** Arcs are those of the class network up to the classes, by its numbers; then sums, limits. */
typedef struct HoldGraph {
    int node_count, arc_count;
    HoldArc *arcs;
    HoldLinks out, in;
    HoldDense dense;
    bool above_free, equals_free; /* lifted: nobody keeps anything */
    int closed;                   /* an arc that may not be used, or -1 */
    int *limit_arc;               /* [beneficiary_count] the arc of its limit, -1: it cannot bind */
    int sink;                     /* where all flow ends: 0, or of plan->apart a node of its own */
    int *queue;                   /* [node_count] scratch */
    int *
        towards; /* [node_count] scratch: the node from which a search met it; of hold_fill() an arc */
    unsigned *met;     /* [node_count] when this is the number of the search */
    unsigned searches; /* so far */
    int met_count;     /* nodes in the queue of the last search */
    int *depth;        /* [node_count] scratch of hold_fill(): arcs from where it ends, */
    int *back, *ahead; /* [node_count] the next arcs to try, back along and along */
    int *touched;      /* [arc_count] scratch: arcs that hold_fill() has given another flow */
    int touched_count;
    HoldChange *changes; /* [HOLD_CHANGES] number i stands at i % HOLD_CHANGES */
    unsigned change_count;
} HoldGraph;

/** What the graphs of all tiers of a plan share. */
typedef struct HoldPlan {
    const ClassNetwork *net;
    const int64_t *flow; /* [net->arc_count] */
    bool *binds;         /* [beneficiary_count] a max_value below all that is asked for there */
    int tier_count;      /* 1 + the largest */
    bool *uniform;       /* [tier_count] do its classes have one weight, those that count? */
    bool *crosses;       /* [tier_count] is what it keeps more than the sums that a network has? */
    bool below;          /* tiers below keep what they have too */
    bool apart;          /* a flow from source to sink: where it ends is no way back to where it
                            begins, sums above stay as they are, tiers below receive nothing */
} HoldPlan;

/** @param flow  [net->arc_count], kept. @return STATUS_OK or STATUS_NO_MEMORY. */
Status hold_plan_open(const ClassNetwork *net, const int64_t *flow, Arena *arena, HoldPlan *plan);

/** Is one graph enough for questions of this tier? */
bool hold_plan_is_exact(const HoldPlan *plan, int tier);

/** The beneficiary whose limit can bind the class, or -1. */
int hold_limit(const HoldPlan *plan, int class);

/** The graph of one tier. @return STATUS_OK or STATUS_NO_MEMORY. */
Status hold_graph_build(const HoldPlan *plan, int tier, HoldRigour rigour, Arena *arena,
                        HoldGraph *graph);

/** A graph made by hand: begun, then so many arcs as there is room for, none of them held; ended, which
 *  links them. @return STATUS_OK or STATUS_NO_MEMORY. */
Status hold_graph_begin(int node_count, size_t arcs_most, Arena *arena, HoldGraph *graph);
int hold_add_arc(HoldGraph *graph, int from, int to, int64_t flow, int64_t upper);
Status hold_graph_end(HoldGraph *graph, Arena *arena);

/** Before it ends: these arcs will carry any amount that is filled, whenever something is looked for, and nobody
 *  keeps what flows in them. */
void hold_graph_free_arcs(HoldGraph *graph, int first, int end);

/** Marks what can be reached from @p node. @param reached [node_count] */
void hold_reach(HoldGraph *graph, int node, bool *reached);

/** Marks from where @p node can be reached. */
void hold_reach_back(HoldGraph *graph, int node, bool *reached);

/** Behind hold_fill() that found less than the most: marks from where its end can be reached. */
void hold_last_back(const HoldGraph *graph, bool *reached);

/** Is there a path? */
bool hold_leads(HoldGraph *graph, int from, int to);

/** How much can go along paths at once, up to @p most, on top of what is filled already (shortest paths
 *  first, all of one length together: Dinic 1970); and back to the flow of the plan. */
int64_t hold_fill(HoldGraph *graph, int from, int to, int64_t most);
void hold_restore(HoldGraph *graph);

/** Both. */
int64_t hold_push(HoldGraph *graph, int from, int to, int64_t most);

/** The same, and where it is less than @p most what stops it: the nodes that can still be reached from @p from,
 *  and those from which @p to can, [node_count] each. Arcs that leave the first, or enter the second, carry
 *  all that they can (Ford and Fulkerson 1956). */
int64_t hold_cut(HoldGraph *graph, int from, int to, int64_t most, bool *begins, bool *ends);

/** From now on the plan has this much on an arc, and may have so much at most. */
void hold_set_plan(HoldGraph *graph, int number, int64_t flow, int64_t upper);

/** Whatever else is held, the arc keeps @p least. */
void hold_keep_least(HoldGraph *graph, int number, int64_t least);

#endif
