/* room: models
 *
 * Between the files that make a copy of a round for one reader.
 */
#ifndef ALLOT_MODELS_RELEASE_INTERNAL_H
#define ALLOT_MODELS_RELEASE_INTERNAL_H

#include "allot/release.h"

/** What the answers say of the reader's own rows, into the copy: of which offers more is asked in the
 *  appeal, and which terms have a price. Nothing of what was not looked into.
 *  @return STATUS_OK or STATUS_NO_MEMORY. */
Status release_terms(const Round *round, const Plan *plan, Arena *arena, Release *release);

/** Is nothing left of the offer, or of cash so little that it is of use to nobody, as rounding to other
 *  cents leaves it? */
bool release_is_used_up(const Round *round, const Plan *plan, int offer);

/** The same of the budget over the money offers of whose money it is in the end; false without one. */
bool release_is_budget_used(const Round *round, const Plan *plan, int offer);

/** Where the reader's own lines stand, into the copy. @return STATUS_OK or STATUS_NO_MEMORY. */
Status release_lines(const Round *round, const Plan *plan, Arena *arena, Release *release);

/** The needs behind UNUSED_AGREED and UNUSED_RULED_OUT that the offer's donor may know: see
 *  Release.unused_needs. @return STATUS_OK or STATUS_NO_MEMORY. */
Status release_unused_needs(const Round *round, const Plan *plan, int offer, Unused why,
                            Arena *arena, const char **needs);

/** What of what is agreed holds this need of the whole round back. */
Settled release_settled(const Round *round, const Plan *plan, int need);

/** Which of a beneficiary's own needs are not chosen among their alternatives, into the copy; @p places:
 *  [round->need_count] index in the copy, or -1. @return STATUS_OK or STATUS_NO_MEMORY. */
Status release_choices(const Round *round, const Plan *plan, const int *places, Arena *arena,
                       Release *release);

/** What outcomes of a beneficiary's own require of its other needs, into the copy.
 *  @return STATUS_OK or STATUS_NO_MEMORY. */
Status release_requires(const Round *round, const int *places, Arena *arena, Release *release);

/** Did lines of the plan before give way to an urgent need, which has something now? */
bool release_gave_way(const Round *round, const Plan *plan);

/** What moved for an urgent need, into the group's copy: without whose answers moved a line.
 *  @return STATUS_OK or STATUS_NO_MEMORY. */
Status release_moved(const Round *round, const Plan *plan, Arena *arena, Release *release);

/** What the ledger holds of the reader's, into the copy: before copy_donors(), which names who gives.
 *  @return STATUS_OK or STATUS_NO_MEMORY. */
Status release_holdings(const Round *round, Arena *arena, Release *release);

#endif
