/* room: solver
 *
 * Asks of needs whose beneficiary's limit is used up, where other tiers are held as sums that cross
 * limits: others of the beneficiary give way, and needs of their tier elsewhere get as much.
 */
#ifndef ALLOT_SOLVER_ASKS_SWAP_H
#define ALLOT_SOLVER_ASKS_SWAP_H

#include "solver/asks_internal.h"
#include "solver/hold_graph.h"

typedef struct AskSwap AskSwap;

/** @param hold  of the asks, with the flow of the lines at hand. *out is NULL where no tier's sum crosses
 *  limits, or some tier's is no plain sum. @return STATUS_OK or STATUS_NO_MEMORY. */
Status ask_swap_open(const HoldPlan *hold, const int *arc_into, Arena *arena, AskSwap **out);
void ask_swap_close(AskSwap *swap); /* NULL: nothing */

/** Lines have moved, or offers have grown. */
void ask_swap_moved(AskSwap *swap);

/** Of options whose own line is not enough: how much is (job->options[..].extra), how much is needed at
 *  least, or that no amount is enough. *impossible: of all together neither.
 *  Of many options the first few that are enough are found. @return STATUS_OK or STATUS_NO_MEMORY. */
Status ask_swap(AskJob *job, AskSwap *swap, int need, bool *impossible);

/** The lines [pairs] with which the option that ask_swap() found last is enough, into job->trial.
 *  @return STATUS_OK or STATUS_NO_MEMORY. */
Status ask_swap_lines(AskJob *job, AskSwap *swap, int need, const AskOption *option);

#endif
