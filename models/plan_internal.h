/* room: models
 *
 * What the parts of the extraction share: a plan while it is brought into whole steps.
 */
#ifndef ALLOT_MODELS_PLAN_INTERNAL_H
#define ALLOT_MODELS_PLAN_INTERNAL_H

#include "allot/extract.h"
#include "allot/rule_book.h"

typedef struct Extract {
    const Formulation *form;
    const double *x;
    Arena *arena;
    RuleBook book;
    double *remainder; /* [pairs] steps that rounding down took away, 0 to 1 */
    int last_tier;
    bool last_resort; /* things may be taken away too */
} Extract;

int64_t extract_step_of(const Extract *e, int pair);
int64_t extract_given_to(const Extract *e, size_t need);
bool extract_is_money(const Extract *e, int pair);
int extract_tier_of(const Extract *e, int pair);

/** Raises a line by one step; where its offer is full, at the expense of another money line of the
 *  same offer in @p least_tier or later (0: of anybody): the latest tier first, and in it the last
 *  id. */
Status extract_raise(Extract *e, int pair, int least_tier, bool *raised);

/** Repairs rules that rounding broke; *broken is the first that stays broken, or -1
 *  (plan_repair.c). */
Status extract_repair(Extract *e, int *broken, int64_t *excess);

/** Where a rule that stays broken is mended by cents that go from line to line, no other rule being made
 *  worse (plan_exchange.c). */
Status extract_exchange(Extract *e, size_t index);

/** Gives a need what it lacks in full, as far as cents can go from line to line: no rule is made worse, and no
 *  need of its tier or of one before loses anything (plan_exchange.c). */
Status extract_fill(Extract *e, size_t need);

/** Does another need wait for this one to be met in full? */
bool extract_is_required(const Extract *e, int need);

/** Lines that differ by cents from the plan before, where that counts, become what they were
 *  (plan_cents.c). For a plan that keeps all else. */
Status extract_keep_cents(Extract *e);

/** What needs ask of each other (C9, C10), after the rules: *broken is rules->count + a need that
 *  cannot be met in full after all, or -1; in the last resort lines are taken away until all holds.
 *  @p marks_only: alternatives alone, of which noise may have opened a second (plan_settle.c). */
Status extract_settle(Extract *e, bool marks_only, int *broken);

#endif
