/* room: solver
 *
 * Shares as an exported program counts them: in hundredths of a percent. A presolver that finds a column's bounds
 * a thousand-millionth apart takes it for one number half way (glpsol's does): of a share of 100 million that is
 * five cents, and with amounts beside it that are all or nothing no plan is left. In still smaller units the
 * costs of shares would come near what simplex methods take for nothing, 1e-7.
 */
#ifndef ALLOT_SOLVER_EXPORT_SHARES_H
#define ALLOT_SOLVER_EXPORT_SHARES_H

#include "allot/formulation.h"

/** What a share of the stage, a fairness, is counted in: so many to 1.0. Quantities are left as they are. */
double export_share_units(const Formulation *form, const Stage *stage);

/** The program with its share columns, and the rows that define and level them, counted so. *out shares with the
 *  formulation what did not change. */
Status export_share_program(const Formulation *form, Arena *arena, Lp *out);

#endif
