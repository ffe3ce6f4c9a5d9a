/* room: io
 *
 * The parts of explain_text(): one file tells of a need, one of an offer, one of a donor. Sentences
 * are whole, with their variables in printf() places, so that each can be translated.
 */
#ifndef ALLOT_IO_EXPLAIN_INTERNAL_H
#define ALLOT_IO_EXPLAIN_INTERNAL_H

#include "allot/eligibility.h"
#include "allot/explain_text.h"
#include "allot/release.h"
#include "io/prose.h"
#include "io/totals.h"

typedef struct Explanation {
    const Round *round;
    const Plan *plan;
    Totals totals;
    Prose prose;
    const ReleaseChoice *choices; /* [need_count] of a beneficiary's copy; else NULL */
    bool all;                     /* lists are told to their ends, however long */
} Explanation;

/** Each writes its paragraphs. */
void explain_need(Explanation *e, int need);
Status explain_offer(Explanation *e, int offer);
Status explain_donor(Explanation *e, const char *donor);

/** Of a need that is not chosen among its alternatives: what stands in its place. "" of any other need. */
const char *explain_not_chosen(Explanation *e, int need);

/** The first paragraphs of a need: what it is, asks for and gets, what is missing and why. */
void explain_need_itself(Explanation *e, int need);

/** The offers: that only wait for the need, that something bars, that may serve it and who else has them. Of each
 *  kind those that matter most, and how many there are besides, unless all are wanted. */
void explain_pairs_of_need(Explanation *e, int need);

/** The first paragraph of a donor: its offers; and what it gives, by tier and by beneficiary.
 *  @return STATUS_OK, STATUS_INTERNAL without such a donor. */
void explain_donor_offers(Explanation *e, const char *donor);
Status explain_donor_gives(Explanation *e, const char *donor);

/* ---- what re-solving has found out (explain_answers.c); nothing where nobody asked ------------- */

/** What the terms of an offer, or of a donor's own row, cost. */
void explain_prices(Explanation *e, TableKind table, const char *id);

/** What, lifted alone, would let the need have more. */
void explain_prices_for(Explanation *e, int need);

/** What one more unit of an offer, or of a donor's budget, is worth. */
void explain_worth(Explanation *e, TableKind table, const char *id);

/* ---- pieces of sentences, in the arena ------------------------------------------------------- */

/** "Estonia (EE)", or the id alone where the donors (beneficiaries) table has no name. */
const char *explain_donor_name(Explanation *e, const char *donor);
const char *explain_beneficiary_name(Explanation *e, const char *beneficiary);

/** The row that bars an offer: "offers.csv row 14, only_regions", "rules.csv row 3, R-3". */
const char *explain_bar_row(Explanation *e, int need, int offer, Bar bar);

/** Why a need is not met in full, without who has what: "Limited: ... Lifting that alone would serve EUR
 *  5.00 of the EUR 9.00 that it lacks." */
const char *explain_reason(Explanation *e, int need);

/** What a reason means, without a name: "it is not ready yet". */
const char *explain_reason_sentence(Reason reason);

/** What a line gives: "EUR 500.00", "6 seat for EUR 12,000.00" where the offer is in another unit,
 *  "EUR 90.00 for EUR 100.00 gross" where channels keep some. */
const char *explain_line_amount(Explanation *e, const Assignment *line);

/** An amount of the reporting currency. */
const char *explain_money(Explanation *e, int64_t amount);

/* ---- sentences that several tell ------------------------------------------------------------- */

/** "EUR 5.00 of EUR 9.00 is left", of the offer, of those that it is paid out of and of the budget. */
void explain_what_is_left(Explanation *e, int offer);

/** Why what is left of an offer stays unused; nothing where nothing is left.
 *  @param list  name the needs that could have had it, by the codes of their reasons */
void explain_why_left(Explanation *e, int offer, bool list);

/** Is the line forced, or how far is it free, and who could carry it? Behind what is said of the line;
 *  nothing where it was not asked. */
void explain_line_range(Explanation *e, size_t index);

/** The same of all lines of a donor together: a paragraph. */
void explain_forced_lines(Explanation *e, const char *donor);

/** What a donor's money offers share, and what of it is used; @p donor is an index into
 *  round->donors. A paragraph; nothing without a budget. */
void explain_budget(Explanation *e, int donor, int64_t used);

/** "EUR 9.00, of which EUR 5.00 is used and EUR 4.00 is left", what earlier rounds committed apart. */
void explain_offer_use(Explanation *e, int offer);

/** That the offer, or what it is paid out of, ended before the round starts, which bars it from no need without
 *  an earliest day: a sentence behind another; nothing where it did not. */
void explain_past_offer(Explanation *e, int offer);

/** Did earlier rounds commit all of it? Then there is nothing of it to use, to lapse or to be left. */
bool explain_all_taken(const Offer *offer);

/** What earlier rounds committed to a need, and of a donor's offers, line by line: a paragraph each;
 *  nothing without a ledger. */
void explain_held_of_need(Explanation *e, int need);
void explain_held_of_donor(Explanation *e, const char *donor);

/** Does something of it stay unmet that this offer may serve? */
bool explain_could_serve(const Explanation *e, int need, int offer);

/* ---- asks (explain_asks.c); nothing where nothing was asked ------------------------------------ */

/** The smallest ask of a need, who else could be asked, what could be loosened instead. */
void explain_asks_of_need(Explanation *e, int need);

/** What the appeal asks of an offer, or of a donor's offers (index -1). */
void explain_asks_of_offer(Explanation *e, int offer, const char *donor);

#endif
