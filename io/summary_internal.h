/* room: io
 *
 * The parts of the Summary sheet that have files of their own.
 */
#ifndef ALLOT_IO_SUMMARY_INTERNAL_H
#define ALLOT_IO_SUMMARY_INTERNAL_H

#include "io/sheets.h"

typedef enum GroupColumn {
    GROUP_BY, /* on the sheet Totals alone */
    GROUP_LABEL,
    GROUP_ASKED,
    GROUP_HELD, /* only where a ledger holds something, as its share */
    GROUP_COVERED,
    GROUP_ASSIGNED,
    GROUP_UNMET,
    GROUP_HELD_SHARE,
    GROUP_COVERED_SHARE,
    GROUP_ASSIGNED_SHARE,
    GROUP_UNMET_SHARE,
    GROUP_NEEDS,
    GROUP_NEEDS_MET,
    GROUP_NEEDS_PARTLY,
    GROUP_NEEDS_UNMET,
    GROUP_NEEDS_UNKNOWN,
    GROUP_NEEDS_NOT_CHOSEN,
    GROUP_UNVALUED,
    GROUP_UNVALUED_MET,
    GROUP_COLUMNS
} GroupColumn;

typedef enum GiverColumn {
    GIVER_LABEL,
    GIVER_OFFERED,
    GIVER_USED,
    GIVER_LEFT,
    GIVER_IN_KIND,
    GIVER_USED_SHARE,
    GIVER_OFFERS,
    GIVER_NEEDS,
    GIVER_COLUMNS
} GiverColumn;

/** One block: needs by what stands in @p column of the Needs sheet. Where it stands goes to @p out,
 *  which may be NULL. */
void summary_put_groups(Report *report, const char *title, const char *name, int column,
                        const GroupList *list, Grid *out);

/** What each donor gives, the largest offer first. */
void summary_put_donors(Report *report, Grid *out);

/** Rows for the charts, and the charts once the blocks that they show are there. */
void summary_reserve_charts(Report *report);
void summary_put_charts(Report *report, uint32_t row, const Grid *tiers, const Grid *donors);

#endif
