/* room: solver
 *
 * A bound of a circulation with side rows, proven by weak duality in integers: whatever the prices of
 * nodes and rows are, rounded or wrong, no circulation that keeps bounds and rows costs less. Good
 * prices (the duals of a linear program solved in doubles) make the bound a good one.
 */
#ifndef ALLOT_SOLVER_SIDE_PROOF_H
#define ALLOT_SOLVER_SIDE_PROOF_H

#include "allot/side_rows.h"

/** The circulation: an upper bound of NETWORK_NO_LIMIT is none. All borrowed. */
typedef struct SideProgram {
    int node_count, arc_count;
    const int *from, *to; /* [arc_count] */
    const int64_t *lower; /* [arc_count] not negative; NULL: all 0 */
    const int64_t *upper; /* [arc_count] */
    const int64_t *cost;  /* [arc_count] minimise sum cost * flow */
    const SideRows *rows;
} SideProgram;

/** With y = @p node_price [node_count], m = @p row_price [row_count] (less than 0 counts as 0):
 *
 *   cost x >= sum over arcs of (c' > 0 ? c' lower : c' upper) - sum over rows of m * most   (of rows
 *             at most one) + sum over levels of m
 *   c' = cost + y[from] - y[to] + what its rows charge it
 *
 * The price of a node that arcs without a limit enter is the cheapest of theirs, or the one given, whichever
 * proves more of all such nodes. Everything is rounded
 * to one power of two and added up exactly. *out is the bound, rounded down.
 *  *proven is false when these prices prove nothing. @return STATUS_OK, STATUS_NO_MEMORY. */
Status side_proof(const SideProgram *program, const double *node_price, const double *row_price,
                  Arena *arena, double *out, bool *proven);

#endif
