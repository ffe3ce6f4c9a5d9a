/* room: solver
 *
 * The class network of a plan with everything that lifting a thing would open: an offer that a thing
 * alone bars from needs leads on to where their class is, by an arc that stays closed until the thing is
 * lifted; a beneficiary's limit is an arc of its own. Groups have an arc each, so that shares can be kept.
 */
#ifndef ALLOT_SOLVER_PRICE_NETWORK_H
#define ALLOT_SOLVER_PRICE_NETWORK_H

#include "allot/class_network.h"
#include "allot/lifts.h"

/** An arc that a thing keeps closed, or (of a limit) below so much. */
typedef struct OpenedArc {
    int arc;
    int64_t upper; /* without the thing */
} OpenedArc;

typedef struct PriceNetwork {
    ClassNetwork net; /* its arcs up to the classes stand first, by the same numbers */
    int node_count, arc_count;
    int *from, *to;        /* [arc_count] */
    int64_t *lower;        /* [arc_count] all 0 */
    int64_t *upper, *flow; /* [arc_count] of the plan */
    int *class_arc;        /* [class_count] */
    int *need_arc;  /* [need_count] of a need that no class has and that something opens; or -1 */
    int *group_arc; /* [group_count] or -1: nobody of it takes part, whatever is lifted */
    int *limit_arc; /* [beneficiary_count] or -1 */
    OpenedArc *opened;    /* by lift */
    size_t *first_opened; /* [lifts->count + 1] into opened */
} PriceNetwork;

/** Builds it for a plan of a round that class_network_fits(). @param lifts  of a widened formulation.
 *  *fits is false where lifting something would leave what a network can hold: another currency, an
 *  overhead, rules of other kinds.
 *  @return STATUS_OK, STATUS_NO_MEMORY, STATUS_INTERNAL (not such a plan). */
Status price_network_build(const Lifts *lifts, const Plan *plan, Arena *arena, PriceNetwork *out,
                           bool *fits);

/** The arc that all the need receives flows along, with others of its class; -1: it receives nothing. */
int price_network_arc_of(const PriceNetwork *network, size_t need);

#endif
