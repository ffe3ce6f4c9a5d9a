/* Cents against a plan before. What rounding left unmet in that plan, a cent here and there, a new one
 * could pick up: by a line of one cent from somebody else, by lines that go up and down by three. No donor
 * is asked anew for that. A line that differs by cents from the one people know becomes that one, as far as
 * its need loses no more than rounding may take from it, and every rule is kept. Of a need that is short
 * anyway a new line goes that is worth no cent of the reporting currency: seven hundredths of a crown.
 */
#include "allot/effects.h"
#include "models/plan_internal.h"

/* Steps by which a line may differ and be put back, and those that its need may lose by it. */
enum { LINE_STEPS = 16, NEED_STEPS = 4 };

/* Neither is more than this part of what the need wants: of small amounts nothing is cents. */
static const double CENTS_PART = 1e-6;

/* What a need may lose by lines that were not there before, in cents of the reporting currency. */
enum { NEED_CENTS = 2 };

/* Putting one line back makes room for another of its offer, or of its need. */
enum { PASSES = 3 };

static bool counts_before(const Formulation *form)
{
    for (size_t s = 0; s < form->stage_count; s++)
        if (form->stages[s].kind == STAGE_CHANGE || form->stages[s].kind == STAGE_TAKEN)
            return form->round->has_previous;
    return false;
}

/** At most so many steps of the need, in its smallest parts. */
static int64_t cents_of(const Need *need, int64_t steps)
{
    int64_t part = (int64_t)((double)need->wanted * CENTS_PART);
    return part < steps * need->step ? part - part % need->step : steps * need->step;
}

/** Is so much of the need worth no more than this, in smallest parts of the reporting currency? */
static bool is_worth_at_most(const Need *need, int64_t amount, int64_t most)
{
    int64_t value;
    return need->has_value && amount > 0 && ratio_apply(amount, need->value, ROUND_UP, &value) &&
           value <= most;
}

/** Is it a new line of next to nothing to a need that is short with it, too? @p first as below */
static bool is_crumb(const Extract *e, size_t pair, int64_t known, int64_t first)
{
    const Need *need = &e->form->round->needs[e->form->pairs->pairs[pair].need];
    return known == 0 && first < need->wanted && is_worth_at_most(need, e->book.quantity[pair], 1);
}

/** May the need have this instead? @p first: what it had before any line was put back. */
static bool may_have(const Extract *e, size_t need, int64_t first, int64_t given)
{
    const Need *row = &e->form->round->needs[need];
    if (given > row->wanted || given <= 0)
        return false;
    bool urgent = e->form->round->has_urgent && e->form->round->urgent == (int)need;
    bool waited_for = first == row->wanted && extract_is_required(e, (int)need);
    if (given < first && (urgent || waited_for))
        return false;
    return first - given <= cents_of(row, NEED_STEPS) ||
           (first < row->wanted && is_worth_at_most(row, first - given, NEED_CENTS));
}

/** Puts the lines of a need back that can be. */
static Status keep_need(Extract *e, size_t need, int64_t first)
{
    const PairSet *pairs = e->form->pairs;
    int64_t most = cents_of(&e->form->round->needs[need], LINE_STEPS);
    int64_t given = extract_given_to(e, need);
    for (size_t p = pairs->first[need]; p < pairs->first[need + 1] && given > 0; p++) {
        const Pair *pair = &pairs->pairs[p];
        int64_t known = plan_line_before(e->form->round, pair->need, pair->offer);
        int64_t more = known - e->book.quantity[p];
        bool near = (more <= most && -more <= most) || is_crumb(e, p, known, first);
        if (more == 0 || !near || known < pair->lower || known > pair->upper ||
            !extract_is_money(e, (int)p))
            continue;
        if (!may_have(e, need, first, given + more) || !rule_book_admits(&e->book, (int)p, known))
            continue;
        TRY(rule_book_set(&e->book, (int)p, known));
        given += more;
    }
    return STATUS_OK;
}

Status extract_keep_cents(Extract *e)
{
    size_t count = e->form->round->need_count;
    if (!counts_before(e->form))
        return STATUS_OK;
    int64_t *first = ARENA_NEW(e->arena, count, int64_t);
    TRY_NEW(first);
    for (size_t n = 0; n < count; n++)
        first[n] = extract_given_to(e, n);
    for (int pass = 0; pass < PASSES; pass++)
        for (size_t n = 0; n < count; n++)
            TRY(keep_need(e, n, first[n]));
    return STATUS_OK;
}
