/* room: models
 *
 * Between the files that build a ledger's report.
 */
#ifndef ALLOT_MODELS_LEDGER_REPORT_INTERNAL_H
#define ALLOT_MODELS_LEDGER_REPORT_INTERNAL_H

#include "allot/ledger_report.h"

Status ledger_cliff_build(const Round *round, const Plan *plan, Arena *arena, LedgerReport *report);
Status ledger_cumulative_build(const Round *round, const Plan *plan, Arena *arena,
                               LedgerReport *report);

#endif
