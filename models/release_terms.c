/* What is asked of a donor beyond its lines: more of an offer of its that the appeal asks for, and to
 * take back a term that stands in the way of needs. The worth of either tells what others lack: it is
 * said where the release tells the needs' amounts.
 */
#include "models/release_internal.h"

#include <string.h>

#include "allot/asks.h"
#include "allot/prices.h"

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

/** What the appeal unlocks with more of this offer, smallest asks alone; false when it asks for none. */
static bool unlocked_by(const Asks *asks, int offer, int64_t *value)
{
    bool asked = false;
    *value = 0;
    for (size_t i = 0; i < asks->appeal_count; i++) {
        const AppealStep *step = &asks->appeal[i];
        if (step->state != ASK_ONE || step->gift_count == 0 || step->gifts[0].offer != offer)
            continue;
        asked = true;
        if (step->has_unlocked)
            *value += step->unlocked; /* fits, as the appeal's own total does */
    }
    return asked;
}

static void add_asks(const Round *round, const Asks *asks, Release *release, ReleaseTerm *terms)
{
    for (int o = 0; o < (int)round->offer_count; o++) {
        int64_t value;
        if (strcmp(round->offers[o].donor, release->reader.id) == 0 && unlocked_by(asks, o, &value))
            add_term(release, terms,
                     (ReleaseTerm){TABLE_OFFERS, round->offers[o].id, "quantity", value});
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

Status release_terms(const Round *round, const Answers *answers, Arena *arena, Release *release)
{
    const Prices *prices = answers->prices;
    size_t most = round->offer_count + (prices != NULL ? prices->count : 0);
    ReleaseTerm *terms = ARENA_NEW(arena, most, ReleaseTerm);
    TRY_NEW(terms);
    release->terms = terms;
    release->terms_known = prices != NULL || answers->asks != NULL;
    if (release->reader.kind != READER_DONOR)
        return STATUS_OK;
    if (answers->asks != NULL)
        add_asks(round, answers->asks, release, terms);
    if (prices != NULL)
        add_prices(prices, release, terms);
    return STATUS_OK;
}
