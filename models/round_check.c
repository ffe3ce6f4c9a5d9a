/* Everything about a round that needs more than one cell: the sequence of checks, and the names
 * that they point at.
 */
#include <string.h>

#include "models/round_internal.h"

Status round_check(Round *round, Diag *diag)
{
    static Status (*const STEPS[])(Round *, Diag *) = {
        round_order,       round_check_rates,  round_check_needs, round_check_tiers,
        round_check_logic, round_check_offers, round_check_pairs, round_check_commitments,
        round_check_rules, round_suspect,
    };
    for (size_t i = 0; i < sizeof STEPS / sizeof *STEPS; i++)
        TRY(STEPS[i](round, diag));
    /* eligibility is asked only of rows that are sound */
    if (diag_count(diag, DIAG_ERROR) == 0)
        TRY(round_check_eligible(round, diag));
    return diag_count(diag, DIAG_ERROR) == 0 ? STATUS_OK : STATUS_FINDINGS;
}

Status round_ids(const Round *round, TableKind table, KnownNames *out)
{
    const void *rows = NULL;
    size_t count = 0, size = 1;
    if (table == TABLE_NEEDS) {
        rows = round->needs, count = round->need_count, size = sizeof *round->needs;
    } else if (table == TABLE_OFFERS) {
        rows = round->offers, count = round->offer_count, size = sizeof *round->offers;
    } else if (table == TABLE_DONORS) {
        rows = round->donors, count = round->donor_count, size = sizeof *round->donors;
    } else if (table == TABLE_BENEFICIARIES) {
        rows = round->beneficiaries, count = round->beneficiary_count;
        size = sizeof *round->beneficiaries;
    }
    const char **names = ARENA_NEW(round->arena, count, const char *);
    TRY_NEW(names);
    for (size_t i = 0; i < count; i++)
        names[i] = ((const RowHead *)(const void *)((const char *)rows + i * size))->id;
    out->names = names;
    out->count = count;
    return STATUS_OK;
}

Status round_need_texts(const Round *round, NeedText *text, KnownNames *out)
{
    const char **names = ARENA_NEW(round->arena, round->need_count, const char *);
    NameMap *seen = name_map_new(round->arena);
    TRY_NEW(names);
    TRY_NEW(seen);
    out->names = names;
    out->count = 0;
    for (size_t n = 0; n < round->need_count; n++) {
        const char *name = text(&round->needs[n]);
        bool added = false;
        if (*name == '\0')
            continue;
        if (!name_map_add(seen, name, (int)out->count, &added))
            return STATUS_NO_MEMORY;
        if (added)
            names[out->count++] = name;
    }
    return STATUS_OK;
}

const char *need_beneficiary(const Need *need)
{
    return need->beneficiary;
}

const char *need_region(const Need *need)
{
    return need->region;
}

const char *need_category(const Need *need)
{
    return need->category;
}

Status round_need_tags(const Round *round, KnownNames *out)
{
    size_t total = 0;
    for (size_t n = 0; n < round->need_count; n++)
        total += (size_t)round->needs[n].tags.count;
    const char **names = ARENA_NEW(round->arena, total, const char *);
    TRY_NEW(names);
    out->names = names;
    out->count = 0;
    for (size_t n = 0; n < round->need_count; n++)
        for (int t = 0; t < round->needs[n].tags.count; t++)
            names[out->count++] = round->needs[n].tags.names[t];
    return STATUS_OK;
}
