/* room: io
 *
 * The ledger that a plan was made from, held against the one that it is looked at with: figures of a plan
 * that rests on another ledger, or on none, are of no use to anybody.
 */
#ifndef ALLOT_IO_PLAN_LEDGER_H
#define ALLOT_IO_PLAN_LEDGER_H

#include "allot/diag.h"
#include "allot/plan_record.h"
#include "allot/round.h"
#include "allot/status.h"

/** Does the plan rest on the round's ledger, as far as the plan says what it was made from? Deliveries and
 *  payments may have come since: no plan rests on them. @return STATUS_OK, STATUS_FINDINGS with a finding. */
Status plan_ledger_check(const PlanRecord *plan, const Round *round, Diag *diag);

/** The same of the plan before, from which a round is decided again: the ledger may have come to be since, and
 *  may have grown. @param goes_on  answers to that plan are settled, or a need urgent beside it: then it is
 *  of this round, and another ledger, or none, is an error; else none is a warning.
 *  @return STATUS_OK, STATUS_FINDINGS with a finding. */
Status plan_ledger_check_before(const PlanRecord *before, const Round *round, bool goes_on,
                                Diag *diag);

#endif
