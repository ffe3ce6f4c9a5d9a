/* room: solver
 *
 * From a leaf of the tree down to where no choice is left: every need of all or nothing is served or not,
 * every count of donors and every ticket is kept. What the flow says then is a plan but for what needs of
 * one class share. It proves nothing: it looks for plans, where the bound is low.
 */
#ifndef ALLOT_SOLVER_SIDE_PLUNGE_H
#define ALLOT_SOLVER_SIDE_PLUNGE_H

#include "solver/side_tree.h"

/** Decides what the job's trail does, all at once, and goes on from there: choices of most at stake first,
 *  several at once where that costs little. The point goes to the job's flow, what was decided to its
 *  trail. Solves job->plunge programs at most. @return STATUS_OK, STATUS_NO_MEMORY. */
Status side_plunge(SideRun *run);

/** @return STATUS_OK, STATUS_NO_MEMORY. */
Status side_trail_add(SideTrail *trail, const SideChoice *choice, int side, Arena *arena);

#endif
