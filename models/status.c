/* Status values as text, for the front door's last line and for tests.
 *
 * Called by allot.c. Owns nothing: every text is a literal.
 */
#include "allot/status.h"

const char *status_text(Status status)
{
    /* No default: -Wswitch then finds a status without a text. */
    switch (status) {
    case STATUS_OK: return "done";
    case STATUS_NO_MEMORY: return "out of memory";
    case STATUS_IO: return "a file could not be read or written";
    case STATUS_FINDINGS: return "there are errors in the tables";
    case STATUS_USAGE: return "the command line is wrong";
    case STATUS_NO_PLAN: return "no plan can exist";
    case STATUS_LIMIT: return "a limit was reached before any plan was found";
    case STATUS_SOLVER_FAULT: return "the solver failed";
    case STATUS_INTERNAL: return "a fault of the program itself";
    }
    return "an unknown status";
}
