/* room: models
 *
 * The steps of round_check(), in the order they run. Each adds findings and goes on.
 */
#ifndef ALLOT_MODELS_ROUND_INTERNAL_H
#define ALLOT_MODELS_ROUND_INTERNAL_H

#include "allot/round.h"
#include "allot/unknown_name.h"

/** Every row type begins with its origin and its id (of rates, its currency): that common head. */
typedef struct RowHead {
    Origin origin;
    const char *id;
} RowHead;

Status round_order(Round *round, Diag *diag);         /* round_order.c: canonical order, twins */
Status round_check_rates(Round *round, Diag *diag);   /* round_money.c */
Status round_check_needs(Round *round, Diag *diag);   /* round_needs.c */
Status round_check_tiers(Round *round, Diag *diag);   /* round_tiers.c */
Status round_check_logic(Round *round, Diag *diag);   /* round_logic.c */
Status round_check_circles(Round *round, Diag *diag); /* round_circles.c, part of the one before */
Status round_check_offers(Round *round, Diag *diag);  /* round_offers.c */
Status round_check_pairs(Round *round, Diag *diag);   /* round_links.c */
Status round_check_commitments(Round *round, Diag *diag); /* round_links.c */
Status round_check_rules(Round *round, Diag *diag);       /* round_rules.c */
Status round_check_eligible(Round *round, Diag *diag); /* round_eligible.c: what needs the pairs */
Status round_suspect(Round *round, Diag *diag);        /* round_suspect.c: warnings only */
Status round_suspect_requests(const Round *round, Diag *diag); /* round_requests.c: part of it */

/** Ids of a table whose rows begin with Origin and id, as candidates. */
Status round_ids(const Round *round, TableKind table, KnownNames *out);

/** Needs' distinct values of a text field (region, category, ...), as candidates. */
Status round_need_texts(const Round *round, NeedText *text, KnownNames *out);

/** Tags of all needs, as candidates (with repeats). */
Status round_need_tags(const Round *round, KnownNames *out);

/** True when every money unit or currency used here has a rate; else a finding DIAG_RATE_MISSING. */
bool round_require_rate(const Round *round, Diag *diag, const char *currency, Origin origin,
                        const char *column);

#endif
