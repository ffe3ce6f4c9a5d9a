/* room: models
 *
 * The steps of round_check(), in the order they run. Each adds findings and goes on.
 */
#ifndef ALLOT_MODELS_ROUND_INTERNAL_H
#define ALLOT_MODELS_ROUND_INTERNAL_H

#include "allot/eligible_set.h"
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
Status round_review_unmatched(const Round *round, const EligibleSets *sets,
                              Diag *diag);      /* round_unmatched.c: warnings only */
Status round_suspect(Round *round, Diag *diag); /* round_suspect.c: warnings only */
Status round_suspect_requests(const Round *round, Diag *diag); /* round_requests.c: part of it */
Status round_suspect_ids(const Round *round, Diag *diag);      /* round_alike_ids.c: part of it */
Status round_suspect_reach(const Round *round, Diag *diag);    /* round_reach.c: part of it */

/** Ids of a table whose rows begin with Origin and id, as candidates. */
Status round_ids(const Round *round, TableKind table, KnownNames *out);

/** Needs' distinct values of a text field (region, category, ...), as candidates. */
Status round_need_texts(const Round *round, NeedText *text, KnownNames *out);

/** Tags of all needs, as candidates (with repeats). */
Status round_need_tags(const Round *round, KnownNames *out);

/** Words of one kind: those that needs or offers of the round have, then those a table only lists. */
typedef struct RoundWords {
    KnownNames all;
    size_t used;       /* so many of them, the first, match something */
    NameMap *place;    /* index into all */
    const char *shown; /* those that match something, as a list for a sentence */
} RoundWords;

/** Of interned words; repeats do no harm. STATUS_NO_MEMORY possible. */
Status round_words_init(const Round *round, KnownNames used, KnownNames listed, RoundWords *out);

/** A finding unless @p name (interned) matches something: DIAG_ID_UNKNOWN when it must, or looks like
 *  a slip of another of the words and is no region of Ukraine (ISO 3166-2), else the warning
 *  DIAG_MATCHES_NOTHING. @p what begins it, in English: marked by N_(). */
void round_check_word(Diag *diag, DiagPlace place, const char *what, const char *name,
                      const RoundWords *words, bool must_exist);

/** "HW, SW, TRN": the different ones of interned words as a list for a sentence, in order of their
 *  bytes, the first few of many; "" when there is none. STATUS_NO_MEMORY possible. */
Status round_words_text(const Round *round, KnownNames words, const char **out);

/** Regions of the beneficiaries table, categories that offers name: words that are listed. */
Status round_listed_regions(const Round *round, KnownNames *out);
Status round_listed_categories(const Round *round, KnownNames *out);

/** True when every money unit or currency used here has a rate; else a finding DIAG_RATE_MISSING. */
bool round_require_rate(const Round *round, Diag *diag, const char *currency, Origin origin,
                        const char *column);

#endif
