/* room: solver
 *
 * Arcs of a residual graph that carry any amount, as bits: offers serve hundreds of signatures each, most of
 * which a search has met already. Which of them it has not, a word says of 64.
 */
#ifndef ALLOT_SOLVER_HOLD_DENSE_H
#define ALLOT_SOLVER_HOLD_DENSE_H

#include "solver/hold_graph.h"

/** Builds graph->dense of the arcs from graph->dense.first_arc to graph->dense.end_arc - 1, which begin at
 *  other nodes than they end at and are never held, nor without room along; leaves it off where links are
 *  as quick. @return STATUS_OK or STATUS_NO_MEMORY. */
Status hold_dense_build(HoldGraph *graph, Arena *arena);

/** What a node of them has to do with a search, words of bits by node: those at the other ends of its arcs,
 *  from node 64 * *word on; 0 words: it has none. @param back  nodes that it can be reached from */
size_t hold_dense_row(const HoldDense *dense, int node, bool back, const uint64_t **row, int *word);

#endif
