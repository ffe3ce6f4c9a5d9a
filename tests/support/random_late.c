/* What may be laid over a round that is complete, without any other draw: gradings that give the tiers,
 * pairs alone, rules by region, an earlier end. Drawn from a sequence of its own, so that a round that
 * has none of it is the round of the same seed without RANDOM_WHOLES' late half.
 */
#include "tests/support/random_internal.h"

#include <string.h>

/* Tier t is from this score, the last from 0. */
static const int TIER_FROM[] = {70, 40};

/** Gradings in place of priorities: each need stays in its tier, whatever the two halves are. */
static void set_scores(RoundDraw *d)
{
    TextTable *needs = text_table(d->round, "needs");
    for (size_t row = 0; row < needs->count; row++) {
        long tier = row_amount(needs, row, "priority");
        int low = tier <= 2 ? TIER_FROM[tier - 1] : 10, both = draw(d, low, low + 20);
        int apart = draw(d, -10, 10);
        text_set(needs, row, "priority", "%s", "");
        text_set(needs, row, "score_technical", "%d", both + apart);
        text_set(needs, row, "score_strategic", "%d", both - apart);
    }
    text_setting(d->round, "tier_1", "70");
    text_setting(d->round, "tier_2", "40");
}

static bool is_listed(const TextTable *pairs, const char *need, const char *offer)
{
    for (size_t row = 0; row < pairs->count; row++)
        if (strcmp(text_get(pairs, row, "need"), need) == 0 &&
            strcmp(text_get(pairs, row, "offer"), offer) == 0)
            return true;
    return false;
}

/** Half of all pairs are listed, and no other may give anything. */
static void leave_to_pairs(RoundDraw *d)
{
    const TextTable *needs = text_table(d->round, "needs"), *offers;
    offers = text_table(d->round, "offers");
    TextTable *pairs = text_table(d->round, "pairs");
    for (size_t n = 0; n < needs->count; n++)
        for (size_t o = 0; o < offers->count; o++) {
            const char *need = text_get(needs, n, "id"), *offer = text_get(offers, o, "id");
            bool same = strcmp(text_get(needs, n, "unit"), text_get(offers, o, "unit")) == 0;
            if (!same || is_listed(pairs, need, offer) || random_chance(&d->random, 2))
                continue;
            size_t row = text_row(pairs);
            text_set(pairs, row, "need", "%s", need);
            text_set(pairs, row, "offer", "%s", offer);
        }
    text_setting(d->round, "eligibility", "pairs");
}

static bool selects_all(const TextTable *rules, size_t row)
{
    static const char *const SELECTORS[] = {"donor",  "offer",    "need", "beneficiary",
                                            "region", "category", "tag",  "priority"};
    for (size_t i = 0; i < COUNT_OF(SELECTORS); i++)
        if (*text_get(rules, row, SELECTORS[i]) != '\0')
            return false;
    return true;
}

/** A region for the rules that select everything: in a round without any rule no table is made. */
static void select_regions(RoundDraw *d)
{
    TextTable *rules = text_table(d->round, "rules");
    for (size_t row = 0; row < rules->count; row++) {
        const char *region = draw_cell(d, "needs", "region");
        if (selects_all(rules, row) && *region != '\0')
            text_set(rules, row, "region", "%s", region);
    }
}

void random_late(RoundDraw *d)
{
    bool scores, pairs, regions, end;
    if ((d->shape.features & RANDOM_WHOLES) == 0 || has_whole(d, WHOLE_WRONG))
        return;
    d->random = random_seeded(~d->round->seed);
    scores = random_chance(&d->random, 8) && (d->shape.features & RANDOM_TIERS) != 0;
    pairs = random_chance(&d->random, 12) && (d->shape.features & RANDOM_PAIRS) != 0;
    regions = random_chance(&d->random, 4);
    end = random_chance(&d->random, 2) && d->lapses;
    if (scores)
        set_scores(d);
    if (pairs)
        leave_to_pairs(d);
    if (regions)
        select_regions(d);
    if (end)
        text_setting(d->round, "end", "2026-02-15");
}
