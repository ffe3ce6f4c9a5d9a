/* room: solver
 *
 * A flow of the class network of a relaxed round as lines of its needs.
 */
#ifndef ALLOT_SOLVER_CLASS_LINES_H
#define ALLOT_SOLVER_CLASS_LINES_H

#include "allot/class_network.h"
#include "allot/formulation.h"

/** Lays @p flow [arc_count], in minor units, out in lines: what a class carries goes to its needs one after
 *  the other, out of the offers of their signature in order. What holds within a need alone (who is
 *  served from how many) the lines may break.
 *  @param relaxed       the round that @p net was built from (relaxed_round.h)
 *  @param[out] lines    [pairs] as values of the columns of pairs
 *  @return STATUS_OK, STATUS_NO_MEMORY; scratch stays in @p arena. */
Status class_lines_lay(const Formulation *form, const Round *relaxed, const ClassNetwork *net,
                       const double *flow, Arena *arena, double *lines);

/** The other way round: @p lines [pairs] of a plan, as values of columns, as what arcs into signatures and
 *  arcs of classes carry, in @p flow [arc_count]; the others stay 0. As above. */
Status class_lines_flow(const Formulation *form, const ClassNetwork *net, const double *lines,
                        Arena *arena, double *flow);

/** Marks the pairs of each class that @p flow goes over in @p carried [pairs], all others not. As above. */
Status class_lines_mark(const Formulation *form, const ClassNetwork *net, const double *flow,
                        Arena *arena, bool *carried);

#endif
