/* What of the prices of terms a donor may know: that a term of its own stands in the way of needs, and,
 * where the release tells the needs' amounts, of how much.
 */
#include "models/release_internal.h"

#include <string.h>

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

Status release_terms(const Prices *prices, Arena *arena, Release *release)
{
    release->terms_known = prices != NULL;
    if (prices == NULL)
        return STATUS_OK;
    ReleaseTerm *terms = ARENA_NEW(arena, prices->count, ReleaseTerm);
    TRY_NEW(terms);
    for (size_t i = 0; i < prices->count; i++) {
        const Price *price = &prices->prices[i];
        const Lift *lift = &prices->lifts->lifts[price->lift];
        if (!is_own_row(release, lift) || !brings_more(price))
            continue;
        terms[release->term_count++] =
            (ReleaseTerm){.table = lift->origin.table,
                          .id = lift->id,
                          .column = lift->column,
                          .value = release->totals && price->value > 0 ? price->value : 0};
    }
    release->terms = terms;
    return STATUS_OK;
}
