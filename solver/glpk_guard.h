/* room: solver
 *
 * GLPK ends the process when it is misused or out of memory. Behind this guard it does not: its
 * error hook jumps back here with what it said, and its whole environment is thrown away.
 */
#ifndef ALLOT_SOLVER_GLPK_GUARD_H
#define ALLOT_SOLVER_GLPK_GUARD_H

#include <stdbool.h>

/** What GLPK said before it gave up. */
typedef struct GuardFault {
    char text[512];
} GuardFault;

/** Work that calls GLPK. It may be left by a jump at any GLPK call: it must own nothing but arena
 *  memory and GLPK's own objects (no FILE, no lock), and nothing of it may be used after a fault. */
typedef void GuardBody(void *context);

/** Runs @p body. @return true when it came back by itself; false after a fault, whose text is in
 *  @p fault; every GLPK object is gone then. Guards do not nest. */
bool glpk_guard_run(GuardBody *body, void *context, GuardFault *fault);

#endif
