/* room: models
 *
 * A round of money in one currency as a network of integers. Needs that no rule tells apart are one
 * class; offers, donors' budgets, beneficiaries' limits and fairness groups are arcs; a flow is an
 * amount in minor units of the reporting currency. The reduction is exact: every flow comes apart
 * again into lines of single needs without loss (class_network_lines()), and every plan of the round
 * adds up to a flow of the same value in every stage.
 *
 * A circulation: source -> [donor] -> offer -> [child offer ...] -> signature -> [group] ->
 * [beneficiary] -> source, which is the sink too. An arc from a signature on is a class. A donor has a
 * node when it has a budget, a beneficiary when it has a limit, a group when several classes are of
 * it. Where firmness is a stage of some tier a signature has a node for each tier that asks for it, so
 * that lines of different tiers stand apart; else one. All data are integers; an integral optimum
 * exists (the matrix is a network's) and is what a network simplex finds.
 */
#ifndef ALLOT_CLASS_NETWORK_H
#define ALLOT_CLASS_NETWORK_H

#include "allot/arena.h"
#include "allot/need_class.h"
#include "allot/plan.h"
#include "allot/round.h"
#include "allot/status.h"

/** An arc that may carry any amount. */
#define NETWORK_NO_LIMIT (INT64_MAX / 4)

/** One stage as integer costs over arcs: minimise sum cost * flow. value = constant + unit * that, in
 *  the meaning of StageResult (plan.h). Costs are divided by what they share and stand where few of
 *  them are met (models/class_network_costs.c, where cycle_most is proven). */
typedef struct NetworkStage {
    StageKind kind;
    const char *label; /* fairness: without its rank */
    int tier;
    Basis basis;
    Date date;
    size_t count;    /* arcs with a cost; fairness: 0 */
    const int *arcs; /* ascending */
    const int64_t *costs;
    int64_t cycle_most; /* no simple cycle of the network changes this stage's sum of costs by more
                           for one unit of flow: what makes combined costs provably lexicographic */
    double unit;
    double constant;
    size_t group_count;          /* fairness: one arc a group, in order of the groups; */
    const int *group_arcs;       /* its flow is what the group's needs of this tier receive (an arc
                                    of upper bound 0 where nobody may give them anything); */
    const int64_t *group_met;    /* what is covered elsewhere of them, and */
    const int64_t *group_wanted; /* all they ask for: share = (met + flow) / wanted */
} NetworkStage;

typedef struct ClassNetwork {
    const Round *round;
    const NeedClasses *classes;
    int node_count; /* node 0 is the source */
    int arc_count;
    int *from, *to;  /* [arc_count] */
    int64_t *upper;  /* [arc_count] NETWORK_NO_LIMIT where none; no arc has to carry anything */
    int first_flow;  /* arcs offer -> signature: first_flow .. first_flow + flow_count - 1, */
    int flow_count;  /* by signature node, then offer */
    int *flow_offer; /* [flow_count] the offer at their head */
    int *offer_node; /* [offer_count] or -1; the one arc into it has its quantity */
    int *donor_node; /* [donor_count] or 0 (no budget, no money that serves): likewise its budget */
    int first_class; /* arcs of the classes: first_class + class */
    int64_t *greedy; /* [arc_count] a flow that keeps every bound: tier by tier, by id; a start */
    NetworkStage *stages;
    size_t stage_count; /* those of the formulation; the last is STAGE_CANONICAL, never listed:
                           earlier offers first */
} ClassNetwork;

/** Most decimals among the weights of known needs of a tier (0: of all tiers): what class_network_fits()
 *  counts weights in. */
int network_weight_places(const Round *round, int tier);

/** Is the round one that this reduction holds for? If not, *why names the first thing that is not:
 *  a phrase for the method sheet and for --verbose ("needs N-3: unit seat"), in @p arena; NULL when
 *  it fits. Cheap: looks at rows, not at pairs. All needs of known amount count, also those that are
 *  not ready; of the offers those that may be planned on in a category that somebody asks for. Pairs
 *  rows may say `eligible` and nothing else. */
bool class_network_fits(const Round *round, const char **why, Arena *arena);

/** Builds classes, network, stages and the greedy start. The round must fit. @p sets: who may serve
 *  whom in it, kept; NULL: found here.
 *  @return STATUS_OK, STATUS_NO_MEMORY, STATUS_INTERNAL (a sum that does not fit int64_t). */
Status class_network_build(const Round *round, const EligibleSets *sets, Arena *arena,
                           ClassNetwork *net);

/** The same with a signature node and a class arc of its own for every need that @p apart [need_count]
 *  marks (NULL: none), so that its lines are arcs and rows over them can be stated. */
Status class_network_build_apart(const Round *round, const EligibleSets *sets, const bool *apart,
                                 Arena *arena, ClassNetwork *net);

/** The lines of single needs that add up to @p flow (which keeps every bound and balances at every
 *  node): of each signature node the offers by id against its classes by tier, then first need, and
 *  their needs by id (north-west corner). plan->assignments with need, offer, quantity, basis; by
 *  need, then offer; figures not filled.
 *  @return STATUS_OK, STATUS_NO_MEMORY, STATUS_INTERNAL when @p flow is not one. */
Status class_network_lines(const ClassNetwork *net, const int64_t *flow, Arena *arena, Plan *plan);

/** The other way round: the flow [arc_count] that the lines of @p plan are, a plan of the same round.
 *  @return STATUS_OK, STATUS_NO_MEMORY, STATUS_INTERNAL when a line is on no arc. */
Status class_network_flow(const ClassNetwork *net, const Plan *plan, Arena *arena, int64_t **out);

#endif
