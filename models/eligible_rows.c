/* Rows of offers for every value that a need's columns may hold: lists (category, earmarks,
 * exclusions), units, flags, and the rules that forbid. Dates are eligible_windows.c.
 *
 * The checks are those of eligibility.c, turned round: not "does this offer pass for this need", but
 * "which offers pass for this value". What is asked along a chain of parents is first asked of each
 * offer alone; then an offer falls with any of its ancestors.
 */
#include "models/eligible_rows.h"

#include <string.h>

#include "allot/rule.h"

/** The lists of one column: what is listed is let in, or kept out. */
typedef struct ListSource {
    const NameList *(*only)(const Offer *offer);
    const NameList *(*barred)(const Offer *offer);
    Selector selector; /* the word by which rules name the same values */
    bool chained;
} ListSource;

static const NameList *only_categories(const Offer *offer)
{
    return &offer->category;
}
static const NameList *only_beneficiaries(const Offer *offer)
{
    return &offer->only_beneficiaries;
}
static const NameList *not_beneficiaries(const Offer *offer)
{
    return &offer->not_beneficiaries;
}
static const NameList *only_regions(const Offer *offer)
{
    return &offer->only_regions;
}
static const NameList *not_regions(const Offer *offer)
{
    return &offer->not_regions;
}
static const NameList *only_needs(const Offer *offer)
{
    return &offer->only_needs;
}
static const NameList *not_needs(const Offer *offer)
{
    return &offer->not_needs;
}
static const NameList *only_tags(const Offer *offer)
{
    return &offer->only_tags;
}
static const NameList *not_tags(const Offer *offer)
{
    return &offer->not_tags;
}

static const ListSource SOURCES[LIST_COUNT] = {
    [LIST_CATEGORY] = {only_categories, NULL, SELECT_CATEGORY, false},
    [LIST_BENEFICIARY] = {only_beneficiaries, not_beneficiaries, SELECT_BENEFICIARY, true},
    [LIST_REGION] = {only_regions, not_regions, SELECT_REGION, true},
    [LIST_NEED] = {only_needs, not_needs, SELECT_NEED, true},
    [LIST_TAG] = {only_tags, not_tags, SELECT_TAG, true},
};

static uint64_t *new_rows(const EligibleRows *rows, int count)
{
    return ARENA_NEW(rows->arena, (size_t)count * (size_t)rows->words, uint64_t);
}

static uint64_t *row_at(const EligibleRows *rows, uint64_t *first, int row)
{
    return first + (size_t)row * (size_t)rows->words;
}

void eligible_rows_chain(const EligibleRows *rows, uint64_t *row)
{
    const Offer *offers = rows->round->offers;
    for (int i = 0; i < rows->child_count; i++) {
        int child = rows->children[i];
        for (int o = offers[child].parent_row; o >= 0; o = offers[o].parent_row)
            if (!row_has(row, o)) {
                row_clear(row, child);
                break;
            }
    }
}

static Status find_children(EligibleRows *rows)
{
    const Round *round = rows->round;
    rows->children = ARENA_NEW(rows->arena, round->offer_count, int);
    TRY_NEW(rows->children);
    for (size_t o = 0; o < round->offer_count; o++)
        if (round->offers[o].parent_row >= 0)
            rows->children[rows->child_count++] = (int)o;
    return STATUS_OK;
}

/** Amount, status and lapse: what an offer passes whatever the need. */
static Status build_base(EligibleRows *rows)
{
    const Round *round = rows->round;
    const Settings *settings = &round->settings;
    rows->base = new_rows(rows, 1);
    TRY_NEW(rows->base);
    for (size_t o = 0; o < round->offer_count; o++) {
        const Offer *offer = &round->offers[o];
        bool lapsed = offer->lapses != DATE_NONE && settings->start != DATE_NONE &&
                      offer->lapses < settings->start;
        if (offer->quantity_known && offer->status >= settings->plan_on && !lapsed)
            row_set(rows->base, (int)o);
    }
    eligible_rows_chain(rows, rows->base);
    return STATUS_OK;
}

/* ---- lists ---------------------------------------------------------------------------------- */

static Status name_values(ListRows *list, const NameList *names)
{
    for (int i = 0; names != NULL && i < names->count; i++) {
        bool added;
        if (!name_map_add(list->values, names->names[i], list->count, &added))
            return STATUS_NO_MEMORY;
        list->count += added;
    }
    return STATUS_OK;
}

static Status find_values(EligibleRows *rows, const ListSource *source, ListRows *list)
{
    const Round *round = rows->round;
    list->values = name_map_new(rows->arena);
    TRY_NEW(list->values);
    list->count = 1;
    for (size_t o = 0; o < round->offer_count; o++) {
        TRY(name_values(list, source->only(&round->offers[o])));
        if (source->barred != NULL)
            TRY(name_values(list, source->barred(&round->offers[o])));
    }
    for (size_t r = 0; r < round->rule_count; r++)
        if (round->rules[r].kind == RULE_FORBID)
            TRY(name_values(list, &round->rules[r].select[source->selector]));
    return STATUS_OK;
}

static void mark_values(const EligibleRows *rows, const ListRows *list, const NameList *names,
                        int offer, uint64_t *first)
{
    for (int i = 0; i < names->count; i++)
        row_set(row_at(rows, first, name_map_get(list->values, names->names[i])), offer);
}

/** Each value by itself. (Needs have several tags at a time: eligible_set.c.) */
static Status pass_alone(const EligibleRows *rows, ListRows *list)
{
    list->pass = new_rows(rows, list->count);
    TRY_NEW(list->pass);
    for (int v = 0; v < list->count; v++) {
        uint64_t *pass = row_at(rows, list->pass, v);
        const uint64_t *only = row_at(rows, list->only, v);
        const uint64_t *barred = row_at(rows, list->barred, v);
        for (int w = 0; w < rows->words; w++)
            pass[w] = (list->open[w] | only[w]) & ~barred[w];
        if (list->chained)
            eligible_rows_chain(rows, pass);
    }
    return STATUS_OK;
}

static Status build_list(EligibleRows *rows, ListColumn column)
{
    const ListSource *source = &SOURCES[column];
    ListRows *list = &rows->lists[column];
    list->chained = source->chained;
    TRY(find_values(rows, source, list));
    list->open = new_rows(rows, 1);
    list->only = new_rows(rows, list->count);
    list->barred = new_rows(rows, list->count);
    TRY_NEW(list->open);
    TRY_NEW(list->only);
    TRY_NEW(list->barred);
    for (size_t o = 0; o < rows->round->offer_count; o++) {
        const Offer *offer = &rows->round->offers[o];
        const NameList *only = source->only(offer);
        /* no earmark lets everybody in; no category (but "*") nobody */
        if (only->all || (only->count == 0 && column != LIST_CATEGORY))
            row_set(list->open, (int)o);
        mark_values(rows, list, only, (int)o, list->only);
        if (source->barred != NULL)
            mark_values(rows, list, source->barred(offer), (int)o, list->barred);
    }
    return column == LIST_TAG ? STATUS_OK : pass_alone(rows, list);
}

/* ---- units and flags ------------------------------------------------------------------------ */

static Status build_units(EligibleRows *rows)
{
    const Round *round = rows->round;
    rows->units = name_map_new(rows->arena);
    TRY_NEW(rows->units);
    rows->unit_count = 1;
    for (size_t o = 0; o < round->offer_count; o++) {
        bool added;
        if (!name_map_add(rows->units, round->offers[o].unit.name, rows->unit_count, &added))
            return STATUS_NO_MEMORY;
        rows->unit_count += added;
    }
    rows->unit_rows = new_rows(rows, rows->unit_count * 2);
    TRY_NEW(rows->unit_rows);
    for (size_t o = 0; o < round->offer_count; o++) {
        Unit unit = round->offers[o].unit;
        int own = name_map_get(rows->units, unit.name);
        for (int u = 0; u < rows->unit_count; u++) {
            if (u == own)
                row_set(row_at(rows, rows->unit_rows, u * 2), (int)o);
            if (u == own || unit.is_money)
                row_set(row_at(rows, rows->unit_rows, u * 2 + 1), (int)o);
        }
    }
    return STATUS_OK;
}

static Status build_flags(EligibleRows *rows)
{
    const Round *round = rows->round;
    rows->flag_rows = new_rows(rows, 4);
    TRY_NEW(rows->flag_rows);
    for (int f = 0; f < 4; f++) {
        uint64_t *row = row_at(rows, rows->flag_rows, f);
        for (size_t o = 0; o < round->offer_count; o++) {
            const Offer *offer = &round->offers[o];
            rows->civil = rows->civil || offer->civil_only;
            if ((!offer->oda_only || (f & 1) != 0) && (!offer->civil_only || (f & 2) != 0))
                row_set(row, (int)o);
        }
        eligible_rows_chain(rows, row);
    }
    return STATUS_OK;
}

/* ---- rules ---------------------------------------------------------------------------------- */

static Status build_forbids(EligibleRows *rows)
{
    const Round *round = rows->round;
    rows->forbids = ARENA_NEW(rows->arena, round->rule_count, ForbidRow);
    TRY_NEW(rows->forbids);
    for (size_t r = 0; r < round->rule_count; r++) {
        const RuleRow *row = &round->rules[r];
        if (row->kind != RULE_FORBID)
            continue;
        ForbidRow *forbid = &rows->forbids[rows->forbid_count++];
        *forbid = (ForbidRow){.row = row, .offers = new_rows(rows, 1), .any = -1};
        TRY_NEW(forbid->offers);
        for (size_t o = 0; o < round->offer_count; o++)
            if (rule_row_selects_offer(round, row, (int)o)) {
                row_set(forbid->offers, (int)o);
                forbid->any = (int)o;
            }
        rows->by_tier = rows->by_tier || row->select[SELECT_PRIORITY].count > 0;
    }
    return STATUS_OK;
}

Status eligible_rows_build(const Round *round, Arena *arena, EligibleRows *rows)
{
    memset(rows, 0, sizeof *rows);
    rows->round = round;
    rows->arena = arena;
    rows->words = round->offer_count > 0 ? (int)((round->offer_count + 63) / 64) : 1;
    TRY(find_children(rows));
    TRY(build_base(rows));
    for (int c = 0; c < LIST_COUNT; c++)
        TRY(build_list(rows, (ListColumn)c));
    TRY(build_units(rows));
    TRY(build_flags(rows));
    TRY(build_forbids(rows));
    return eligible_rows_windows(rows);
}
