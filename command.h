/* room: front
 *
 * The commands, one function each: reads as a table of contents, prints its result on standard output
 * (unless --quiet), and leaves every finding in s->diag.
 */
#ifndef ALLOT_COMMAND_H
#define ALLOT_COMMAND_H

#include "session.h"

Status command_solve(Session *s);
Status command_check(Session *s);
Status command_verify(Session *s);
Status command_export(Session *s);
Status command_template(Session *s);
Status command_explain(Session *s);
Status command_scenarios(Session *s);
Status command_stress(Session *s);
Status command_merge(Session *s);
Status command_pack(Session *s);
Status command_compare(Session *s);
Status command_close(Session *s);
Status command_publish(Session *s);
Status command_record(Session *s);

#endif
