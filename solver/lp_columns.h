/* room: solver
 *
 * The elements of a program column by column, as a copy: an Lp keeps them row by row.
 */
#ifndef ALLOT_SOLVER_LP_COLUMNS_H
#define ALLOT_SOLVER_LP_COLUMNS_H

#include "allot/lp.h"

typedef struct LpColumns {
    const size_t
        *first;     /* [column_count + 1]: elements of column j are first[j] .. first[j + 1] - 1 */
    const int *row; /* [elements] ascending within a column */
    const double *value; /* likewise */
} LpColumns;

/** In @p arena. @return STATUS_OK or STATUS_NO_MEMORY. */
Status lp_columns_build(const Lp *lp, Arena *arena, LpColumns *columns);

#endif
