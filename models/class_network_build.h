/* room: models
 *
 * What the parts of the class network share while it is built. Nodes are numbered so that every arc
 * but those back to the source goes upwards: source, donors, offers (parents first), signatures,
 * groups, beneficiaries. Up to the signatures every node has one arc in, behind them one arc out.
 */
#ifndef ALLOT_MODELS_CLASS_NETWORK_BUILD_H
#define ALLOT_MODELS_CLASS_NETWORK_BUILD_H

#include "allot/class_network.h"

typedef struct NetworkBuilder {
    const Round *round;
    Arena *arena;
    ClassNetwork *net;
    const NeedClasses *classes;
    bool *serves;         /* [offer_count] some need that takes part is eligible for it */
    int last_tier;        /* largest in use, 0 without needs */
    bool *tier_used;      /* [last_tier + 1] some known amount asks for it */
    unsigned *tier_bases; /* [last_tier + 1] bit 1u << basis: the tier has eligible pairs of it */
    bool by_tier; /* a signature has one node a tier, so that firmness can tell tiers apart */
    int first_signature; /* nodes first_signature .. first_demand - 1 are signatures' */
    int first_demand;
    const uint64_t **node_offers; /* [signature nodes] the offers of each, as a set of bits */
    int *class_node;              /* [class_count] signature node */
    int *node_tier;               /* [node_count] tier of a signature node when by_tier */
    int *offer_node;              /* [offer_count] or -1 */
    bool *node_serves;            /* [first_signature] an offer's node with flows out of it */
    int *next_arc;  /* [node_count] the one arc in (supply) or out (demand), else -1 */
    int *group_arc; /* [group_count] */
    int arc_room;
    size_t stage_room;
} NetworkBuilder;

/** Most decimals among the costs of the offers that count (NULL: of all). */
int network_cost_places(const Round *round, const bool *counts);

/** Is there a stage of firmness for this tier and basis? */
bool network_has_firmness(const NetworkBuilder *b, int tier, Basis basis);

Status network_add_stages(NetworkBuilder *b); /* class_network_stages.c */
/** Fills in the first flow, which is 0 so far (class_network_greedy.c). */
Status network_greedy(NetworkBuilder *b);

/** Moves costs to where simple cycles meet few of them, divides them by what they share, and gives
 *  them with their bound to @p stage. @p cost [arc_count] is zeroed (class_network_costs.c).
 *  @param flows  some flow has a cost; else they are not looked at */
Status network_take_costs(NetworkBuilder *b, int64_t *cost, bool flows, NetworkStage *stage);

/** Classes by tier, then by weight (larger first) when @p by_weight, then in their order. */
Status network_class_order(const NeedClasses *classes, bool by_weight, Arena *arena, int **out);

#endif
