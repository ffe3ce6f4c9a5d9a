/* room: io
 *
 * The sheets of the workbook, one file each (io/sheet_NAME.c), and the columns of the three lists
 * that other sheets add up.
 */
#ifndef ALLOT_IO_SHEETS_H
#define ALLOT_IO_SHEETS_H

#include "io/report_internal.h"

typedef enum AssignmentsColumn {
    ASSIGNMENTS_NEED,
    ASSIGNMENTS_OFFER,
    ASSIGNMENTS_DONOR,
    ASSIGNMENTS_PAYER, /* whose money it is in the end; only where offers have parents */
    ASSIGNMENTS_TITLE,
    ASSIGNMENTS_BENEFICIARY,
    ASSIGNMENTS_REGION,
    ASSIGNMENTS_CATEGORY,
    ASSIGNMENTS_TIER,
    ASSIGNMENTS_QUANTITY,
    ASSIGNMENTS_UNIT,
    ASSIGNMENTS_OFFER_QUANTITY,
    ASSIGNMENTS_OFFER_UNIT,
    ASSIGNMENTS_KIND,
    ASSIGNMENTS_CASH,
    ASSIGNMENTS_IN_KIND,
    ASSIGNMENTS_BASIS,
    ASSIGNMENTS_LOCKED,
    ASSIGNMENTS_COLUMNS
} AssignmentsColumn;

typedef enum NeedsColumn {
    NEEDS_NEED,
    NEEDS_TITLE,
    NEEDS_BENEFICIARY,
    NEEDS_REGION,
    NEEDS_CATEGORY,
    NEEDS_TIER,
    NEEDS_BUNDLE,
    NEEDS_ALTERNATIVE,
    NEEDS_REQUIRES,
    NEEDS_STATE,
    NEEDS_UNIT,
    NEEDS_QUANTITY,
    NEEDS_HELD, /* only where a ledger holds something, as its value below */
    NEEDS_COVERED,
    NEEDS_ASSIGNED,
    NEEDS_PLEDGED,
    NEEDS_UNMET,
    NEEDS_SHARE,
    NEEDS_UNIT_COST,
    NEEDS_COST_CURRENCY,
    NEEDS_VALUE_ASKED,
    NEEDS_VALUE_HELD,
    NEEDS_VALUE_COVERED,
    NEEDS_VALUE_ASSIGNED,
    NEEDS_VALUE_UNMET,
    NEEDS_DONORS,
    NEEDS_SCORE,
    NEEDS_REASON,
    NEEDS_DETAIL, /* from here on only on the screen: the sheet Reasons has it on paper */
    NEEDS_GRADES,
    NEEDS_COLUMNS
} NeedsColumn;

typedef enum OffersColumn {
    OFFERS_OFFER,
    OFFERS_DONOR,
    OFFERS_KIND,
    OFFERS_CATEGORY,
    OFFERS_STATUS,
    OFFERS_STANDING,
    OFFERS_PARENT,
    OFFERS_UNIT,
    OFFERS_WHOLE,    /* with what earlier rounds committed, where they did; else: */
    OFFERS_QUANTITY, /* what is offered */
    OFFERS_EARLIER,
    OFFERS_USED,
    OFFERS_LEFT,
    OFFERS_OVERHEAD,
    OFFERS_NEEDS,
    OFFERS_VALID_FROM,
    OFFERS_VALID_TO,
    OFFERS_LAPSES,
    OFFERS_CASH_EARLIER,
    OFFERS_CASH_OFFERED,
    OFFERS_CASH_USED,
    OFFERS_CASH_LEFT,
    OFFERS_CASH_KEPT, /* from here on only on the screen: one sheet of paper is wide enough for the
                          rest, and the sheet Donors has these by donor */
    OFFERS_CASH_APART,
    OFFERS_CASH_LAPSED,
    OFFERS_IN_KIND_GIVEN,
    OFFERS_IN_KIND_LEFT,
    OFFERS_COLUMNS
} OffersColumn;

/** True when two donors, or two groups, differ in case alone: formulas must look closer then. */
bool donors_have_twins(Report *report);
bool groups_have_twins(Report *report, const GroupList *list);

/** What all needs lack beside what is left of the offers: how much of it is for want of support. */
const char *report_left_over(Report *report);

/** "rules row 14, R-3, value": the row of the input that imposes something. */
const char *report_cause_row(Report *report, const GroundCause *cause);

void sheet_summary_build(Report *report);
void sheet_totals_build(Report *report); /* what the Summary's blocks of needs say, in one table */
void sheet_assignments_build(Report *report);
void sheet_needs_build(Report *report);
void sheet_offers_build(Report *report);
void sheet_donors_build(Report *report);
void sheet_matrix_build(Report *report);
void sheet_map_build(Report *report);
void sheet_charts_build(Report *report); /* Charts, and Chart data behind it */
void sheet_appeal_build(Report *report);
void sheet_causes_build(Report *report); /* what was found out by re-solving: */
void sheet_reasons_build(Report *report);
void sheet_refused_build(Report *report);
void sheet_ranges_build(Report *report);
void sheet_answers_build(Report *report); /* only where donors have answered */
void sheet_urgent_build(Report *report);  /* only where a need is urgent */
void sheet_prices_build(Report *report);
void sheet_worths_build(Report *report);
void sheet_problems_build(Report *report);
void sheet_method_build(Report *report);
void sheet_record_build(Report *report); /* Settings, Rates, Inputs */
void sheet_ledger_build(Report *report); /* five of them, where a ledger was given */

#endif
