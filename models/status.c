/* Status values as text, for the front door's last line and for tests.
 *
 * Called by allot.c. Owns nothing: every text is a literal.
 */
#include "allot/status.h"
#include "allot/language.h"

const char *status_text(Status status)
{
    /* No default: -Wswitch then finds a status without a text. */
    switch (status) {
    case STATUS_OK: return _("done");
    case STATUS_NO_MEMORY: return _("out of memory");
    case STATUS_IO: return _("a file could not be read or written");
    case STATUS_FINDINGS: return _("there are errors in the tables");
    case STATUS_USAGE: return _("the command line is wrong");
    case STATUS_NO_PLAN: return _("no plan can exist");
    case STATUS_LIMIT: return _("a limit was reached before any plan was found");
    case STATUS_SOLVER_FAULT: return _("the solver failed");
    case STATUS_INTERNAL: return _("a fault of the program itself");
    }
    return _("an unknown status");
}
