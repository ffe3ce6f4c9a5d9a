/* What of a decided round may be shown to everybody. A field is taken over by name; what nobody thought
 * of stays out.
 */
#include "allot/published.h"

#include <string.h>

static PublishedLevel level_of(const Settings *settings)
{
    if (strcmp(settings->release, "all") == 0)
        return PUBLISHED_LINES;
    return strcmp(settings->release, "totals") == 0 ? PUBLISHED_TOTALS : PUBLISHED_NOTHING;
}

static PublishedLine line_of_need(const Round *round, const Need *need)
{
    int beneficiary = need->beneficiary_row;
    return (PublishedLine){.need = need->id,
                           .title = need->title,
                           .beneficiary = need->beneficiary,
                           .beneficiary_name =
                               beneficiary >= 0 ? round->beneficiaries[beneficiary].name : "",
                           .region = need->region,
                           .category = need->category,
                           .unit = need->unit,
                           .offer = "",
                           .donor = "",
                           .donor_name = ""};
}

static void add_giver(const Round *round, const Assignment *line, PublishedLine *out)
{
    const Offer *offer = &round->offers[line->offer];
    out->offer = offer->id;
    out->donor = offer->donor;
    out->donor_name = offer->donor_row >= 0 ? round->donors[offer->donor_row].name : "";
    out->basis = line->basis;
    out->offer_unit = offer->unit;
    out->offer_quantity = line->offer_quantity;
}

Status published_build(const Round *round, const Plan *plan, Arena *arena, Published *published)
{
    int last = -1; /* need of the last line, which stand by need */
    *published = (Published){.level = level_of(&round->settings),
                             .round = round->settings.round,
                             .start = round->settings.start,
                             .end = round->settings.end};
    published->lines = ARENA_NEW(arena, plan->assignment_count, PublishedLine);
    TRY_NEW(published->lines);
    if (published->level == PUBLISHED_NOTHING)
        return STATUS_OK;
    for (size_t i = 0; i < plan->assignment_count; i++) {
        const Assignment *line = &plan->assignments[i];
        const Need *need = &round->needs[line->need];
        if (strcmp(need->sensitivity, "open") != 0) {
            published->kept_back++;
            continue;
        }
        if (published->level == PUBLISHED_LINES || line->need != last)
            published->lines[published->count++] = line_of_need(round, need);
        PublishedLine *out = &published->lines[published->count - 1];
        last = line->need;
        out->quantity += line->quantity;
        if (published->level == PUBLISHED_LINES)
            add_giver(round, line, out);
    }
    return STATUS_OK;
}
