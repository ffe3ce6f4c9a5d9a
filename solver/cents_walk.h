/* room: solver
 *
 * Lines in whole steps are moved until every rule holds to the cent: a walk at random, of exact sums.
 */
#ifndef ALLOT_SOLVER_CENTS_WALK_H
#define ALLOT_SOLVER_CENTS_WALK_H

#include "allot/formulation.h"
#include "allot/rule_book.h"

/** Moves the lines of @p book, a few at a time, so that less and less of its rules and needs is broken, by
 *  simulated annealing (Kirkpatrick, Gelatt, Vecchi 1983, doi:10.1126/science.220.4598.671): rows of rules are
 *  continuous, what lines count under them is rounded, and a line is worth most where that falls well.
 *  Repeatable: a fixed sequence of random numbers, a fixed number of moves.
 *  @param[out] kept  every rule holds, and no need has more than it wants; else the lines are what they were
 *  @return STATUS_OK, STATUS_NO_MEMORY, STATUS_INTERNAL (a figure that does not fit). */
Status cents_walk(const Formulation *form, Arena *arena, RuleBook *book, bool *kept);

#endif
