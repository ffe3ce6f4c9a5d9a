/* What is asked of a donor beyond its lines: more of an offer of its, or of its budget, for the appeal;
 * more of either that lets more be met, whoever the appeal asks; and to take back a term
 * that stands in the way of needs. The worth of any tells what others lack: it is said where the
 * release tells the needs' amounts.
 */
#include "models/release_internal.h"

#include <string.h>

#include "allot/asks.h"
#include "allot/causes.h"
#include "allot/chosen.h"
#include "allot/prices.h"
#include "allot/worths.h"

/** Is the term a cell of the reader's donors row, or of one of its offers? */
static bool is_own_row(const Release *release, const Lift *lift)
{
    if (release->reader.kind != READER_DONOR)
        return false;
    if (lift->origin.table == TABLE_DONORS)
        return strcmp(lift->id, release->reader.id) == 0;
    if (lift->origin.table != TABLE_OFFERS)
        return false;
    int offer = round_find_offer(&release->round, lift->id);
    return offer >= 0 && strcmp(release->round.offers[offer].donor, release->reader.id) == 0;
}

/** Was a plan found without it that meets more? */
static bool brings_more(const Price *price)
{
    return price->tried && price->gain[price->first].met > 0;
}

static void add_term(Release *release, ReleaseTerm *terms, ReleaseTerm term)
{
    if (!release->totals || term.value < 0)
        term.value = 0;
    terms[release->term_count++] = term;
}

typedef struct Chain { /* what an offer is paid out of, itself included */
    bool has_offer;    /* the one asked about is among it */
    int used_up;       /* so many of it are */
    int root;
} Chain;

static Chain chain_of(const Round *round, const Plan *plan, int given, int offer)
{
    Chain chain = {.root = given};
    for (int o = given; o >= 0; o = round->offers[o].parent_row) {
        chain.has_offer |= o == offer;
        chain.used_up += release_is_used_up(round, plan, o);
        chain.root = o;
    }
    return chain;
}

/** Has this offer to grow for there to be more of @p given? Of what that is paid out of, itself included,
 *  those have to that are used up; where none is, the budget behind it, or it alone. */
static bool has_to_grow(const Round *round, const Plan *plan, int offer, int given)
{
    Chain chain = chain_of(round, plan, given, offer);
    if (chain.used_up > 0)
        return chain.has_offer && release_is_used_up(round, plan, offer);
    return offer == given && !release_is_budget_used(round, plan, given);
}

/** Has the reader's budget to? */
static bool has_budget_to_grow(const Round *round, const Plan *plan, const char *donor, int given)
{
    Chain chain = chain_of(round, plan, given, given);
    return chain.used_up == 0 && release_is_budget_used(round, plan, given) &&
           strcmp(round->offers[chain.root].donor, donor) == 0;
}

/** What the appeal unlocks with more of this offer, of the donor's budget where it is -1, smallest asks
 *  alone; false when it asks for none. */
static bool unlocked_by(const Round *round, const Plan *plan, const char *donor, int offer,
                        int64_t *value)
{
    const Asks *asks = plan->answers.asks;
    bool asked = false;
    *value = 0;
    for (size_t i = 0; i < asks->appeal_count; i++) {
        const AppealStep *step = &asks->appeal[i];
        if (step->state != ASK_ONE || step->gift_count == 0 || step->gifts[0].offer < 0)
            continue;
        int given = step->gifts[0].offer;
        if (offer < 0 ? !has_budget_to_grow(round, plan, donor, given)
                      : !has_to_grow(round, plan, offer, given))
            continue;
        asked = true;
        if (step->has_unlocked)
            *value += step->unlocked; /* fits, as the appeal's own total does */
    }
    return asked;
}

/** Would more of the donor's budget, of an offer alone let more be met, although the appeal asks somebody else?
 *  How much was not looked into. */
static bool has_worth(const Worths *worths, LiftKind kind, const char *id)
{
    for (size_t i = 0; worths != NULL && i < worths->count; i++) {
        const Worth *worth = &worths->worths[i];
        const Lift *lift = &worths->lifts->lifts[worth->lift];
        if (lift->kind == kind && strcmp(lift->id, id) == 0 && worth->more.known &&
            worth->more.slope > 0)
            return true;
    }
    return false;
}

/** Is more of this offer all that has to grow for there to be more of @p given? */
static bool grows_alone(const Round *round, const Plan *plan, int offer, int given)
{
    return has_to_grow(round, plan, offer, given) && !release_is_budget_used(round, plan, given) &&
           chain_of(round, plan, given, offer).used_up <= 1;
}

/** Is more of this offer proven to meet a need that lacks something, by itself? */
static bool meets_alone(const Round *round, const Plan *plan, const bool *not_chosen, int offer)
{
    const Asks *asks = plan->answers.asks;
    for (size_t n = 0; asks != NULL && n < round->need_count; n++) {
        const NeedAsk *ask = &asks->needs[n];
        if (ask->state != ASK_ONE || not_chosen[n])
            continue;
        for (int g = 0; g < ask->gift_count; g++)
            if (ask->gifts[g].extra > 0 && grows_alone(round, plan, offer, ask->gifts[g].offer))
                return true;
    }
    return false;
}

/** Is it told to be what holds a need back? */
static bool budget_is_cause(const Round *round, const NeedCauses *causes, const char *donor)
{
    for (size_t n = 0; causes != NULL && n < round->need_count; n++) {
        bool alone = causes[n].count == 1 &&
                     (causes[n].proof == CAUSE_PROVEN || causes[n].proof == CAUSE_HELPS);
        const Cause *cause = causes[n].causes;
        if (alone && cause->origin.table == TABLE_DONORS && strcmp(cause->id, donor) == 0 &&
            strcmp(cause->column, "budget") == 0)
            return true;
    }
    return false;
}

static void add_budget(const Round *round, const Plan *plan, Release *release, ReleaseTerm *terms)
{
    const Answers *answers = &plan->answers;
    const char *donor = release->reader.id;
    int64_t value = 0;
    bool asked = answers->asks != NULL && unlocked_by(round, plan, donor, -1, &value);
    if (asked || has_worth(answers->worths, LIFT_BUDGET, donor) ||
        budget_is_cause(round, answers->causes, donor))
        add_term(release, terms, (ReleaseTerm){TABLE_DONORS, donor, "budget", value});
}

/** More of the donor's offers. Of wholes a worth is said of parts of them: no proof that more would be met. */
static void add_offers(const Round *round, const Plan *plan, const bool *not_chosen,
                       Release *release, ReleaseTerm *terms)
{
    const Worths *worths = plan->answers.worths;
    const char *donor = release->reader.id;
    for (int o = 0; o < (int)round->offer_count; o++) {
        const char *id = round->offers[o].id;
        int64_t value = 0;
        if (strcmp(round->offers[o].donor, donor) != 0)
            continue;
        bool asked = plan->answers.asks != NULL && unlocked_by(round, plan, donor, o, &value);
        bool worth = has_worth(worths, LIFT_QUANTITY, id);
        if (asked || meets_alone(round, plan, not_chosen, o) || (worth && !worths->whole))
            add_term(release, terms, (ReleaseTerm){TABLE_OFFERS, id, "quantity", value});
        else
            release->more_open |= worth;
    }
}

static void add_prices(const Prices *prices, Release *release, ReleaseTerm *terms)
{
    for (size_t i = 0; i < prices->count; i++) {
        const Price *price = &prices->prices[i];
        const Lift *lift = &prices->lifts->lifts[price->lift];
        if (is_own_row(release, lift) && brings_more(price))
            add_term(release, terms,
                     (ReleaseTerm){lift->origin.table, lift->id, lift->column, price->value});
    }
}

Status release_terms(const Round *round, const Plan *plan, Arena *arena, Release *release)
{
    const Answers *answers = &plan->answers;
    const Prices *prices = answers->prices;
    size_t most = round->offer_count + 1 + (prices != NULL ? prices->count : 0);
    ReleaseTerm *terms = ARENA_NEW(arena, most, ReleaseTerm);
    TRY_NEW(terms);
    release->terms = terms;
    release->terms_known = prices != NULL || answers->asks != NULL;
    if (release->reader.kind != READER_DONOR)
        return STATUS_OK;
    const bool *not_chosen = plan_not_chosen(round, plan, arena);
    TRY_NEW(not_chosen);
    add_offers(round, plan, not_chosen, release, terms);
    add_budget(round, plan, release, terms);
    if (prices != NULL)
        add_prices(prices, release, terms);
    release->terms_known |= release->term_count > 0;
    return STATUS_OK;
}
