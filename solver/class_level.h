/* room: solver
 *
 * What a tier has come to, as a row beside the class network.
 */
#ifndef ALLOT_SOLVER_CLASS_LEVEL_H
#define ALLOT_SOLVER_CLASS_LEVEL_H

#include "allot/class_network.h"
#include "allot/formulation.h"
#include "solver/side_bound.h"

/** What flows give the classes of the tier's stage whose value is no more than @p most: in parts of its own
 *  unit, the nearest whole where that is as near as the noise of the sum, and that is little beside a part.
 *  out->least is 0 where that asks for nothing, or for less than a minor unit of some class. @return STATUS_OK, STATUS_NO_MEMORY. */
Status class_level(const NetworkStage *stage, double most, Arena *arena, SideLevel *out);

/** By how much the tier of the round itself counts more than that of its relaxation (relaxed_round.h) for the
 *  same lines: what nobody can attain, and the rounding of amounts to minor units. */
double class_level_shift(const Formulation *form, const Round *relaxed, int tier);

#endif
