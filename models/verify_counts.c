/* C8: how many. Donors of a need, needs of an offer, of a donor and of a beneficiary, and what the
 * rules of kind count count. Donors are those at the heads of the chains. */
#include "models/verify_internal.h"

#include <stdlib.h>
#include <string.h>

#include "allot/language.h"

/* ---- the columns ------------------------------------------------------------------------------- */

/* Needs counted for something: lines stand by need, so only the last need is remembered. */
typedef struct Tally {
    long needs;
    int last_need; /* row + 1 of the last one counted */
    const VerifyLine *last;
} Tally;

static void tally(Tally *of, const VerifyLine *line)
{
    of->needs += of->last_need == line->need + 1 ? 0 : 1;
    of->last_need = line->need + 1;
    of->last = line;
}

static void check_most(Verifier *v, const Tally *of, int most, const char *id, Origin origin,
                       const char *serves)
{
    if (most > 0 && of->needs > most)
        verify_broken(v, DIAG_PLAN_RULE, of->last, "%s: %s %ld needs, but %s allows %d", id, serves,
                      of->needs, verify_row(v, origin, "max_needs"), most);
}

static Status check_offers(Verifier *v)
{
    const Round *round = v->round;
    Tally *tallies = ARENA_NEW(v->arena, round->offer_count, Tally);

    TRY_NEW(tallies);
    for (size_t i = 0; i < v->line_count; i++)
        tally(&tallies[v->lines[i].offer], &v->lines[i]);
    for (size_t o = 0; o < round->offer_count; o++)
        check_most(v, &tallies[o], round->offers[o].max_needs, round->offers[o].id,
                   round->offers[o].origin, _("it serves"));
    return STATUS_OK;
}

static Status check_donors(Verifier *v)
{
    const Round *round = v->round;
    Tally *tallies = ARENA_NEW(v->arena, round->donor_count, Tally);

    TRY_NEW(tallies);
    for (size_t i = 0; i < v->line_count; i++) {
        int row = round->offers[v->offers[v->lines[i].offer].root].donor_row;

        if (row >= 0)
            tally(&tallies[row], &v->lines[i]);
    }
    for (size_t d = 0; d < round->donor_count; d++)
        check_most(v, &tallies[d], round->donors[d].max_needs, round->donors[d].id,
                   round->donors[d].origin, _("its offers serve"));
    return STATUS_OK;
}

static Status check_beneficiaries(Verifier *v)
{
    const Round *round = v->round;
    Tally *tallies = ARENA_NEW(v->arena, round->beneficiary_count, Tally);

    TRY_NEW(tallies);
    for (size_t i = 0; i < v->line_count; i++) {
        int row = round->needs[v->lines[i].need].beneficiary_row;

        if (row >= 0)
            tally(&tallies[row], &v->lines[i]);
    }
    for (size_t b = 0; b < round->beneficiary_count; b++)
        check_most(v, &tallies[b], round->beneficiaries[b].max_needs, round->beneficiaries[b].id,
                   round->beneficiaries[b].origin, _("it is served in"));
    return STATUS_OK;
}

/* @p seen is [donor_count]: the last need, row + 1, that a donor gave to. */
static int donors_of(const Verifier *v, size_t n, int *seen)
{
    int donors = 0;

    for (size_t i = v->first[n]; i < v->first[n + 1]; i++) {
        int *last = &seen[v->lines[i].donor];

        donors += *last == (int)n + 1 ? 0 : 1;
        *last = (int)n + 1;
    }
    return donors;
}

static Status check_needs(Verifier *v)
{
    int *seen = ARENA_NEW(v->arena, v->donor_count, int);

    TRY_NEW(seen);
    if ((v->asked & ASKS_DONORS) == 0)
        return STATUS_OK;
    for (size_t n = 0; n < v->round->need_count; n++) {
        const Need *need = &v->round->needs[n];
        int donors = (v->asks[n] & ASKS_DONORS) != 0 ? donors_of(v, n, seen) : 0;

        if (donors > 0 && donors > need->max_donors)
            verify_broken(v, DIAG_PLAN_RULE, verify_last_line(v, n),
                          "%s: %d donors give to it, but %s allows %d", need->id, donors,
                          verify_row(v, need->origin, "max_donors"), need->max_donors);
    }
    return STATUS_OK;
}

/* ---- the rules table ---------------------------------------------------------------------------- */

typedef enum CountOf { OF_NOTHING, OF_NEEDS, OF_DONORS, OF_BENEFICIARIES, OF_OFFERS } CountOf;

/* Something that occurs in a part of a rule. */
typedef struct Item {
    size_t part;
    size_t id; /* a row, a donor's number, or where a name stands */
} Item;

typedef struct Items {
    Item *items; /* [count] */
    size_t count;
    size_t capacity;
} Items;

static CountOf count_of(const RuleRow *rule)
{
    static const char *const WORDS[] = {
        [OF_NEEDS] = "needs",
        [OF_DONORS] = "donors",
        [OF_BENEFICIARIES] = "beneficiaries",
        [OF_OFFERS] = "offers",
    };

    for (int word = OF_NEEDS; rule->of != NULL && word <= OF_OFFERS; word++)
        if (strcmp(rule->of, WORDS[word]) == 0)
            return (CountOf)word;
    return OF_NOTHING;
}

/* False when the line has none: a need for no beneficiary. */
static bool item_of(const Verifier *v, const VerifyLine *line, CountOf of, size_t *id)
{
    const char *beneficiary = v->round->needs[line->need].beneficiary;

    switch (of) {
    case OF_NEEDS: *id = (size_t)line->need; return true;
    case OF_DONORS: *id = (size_t)line->donor; return true;
    case OF_OFFERS: *id = (size_t)line->offer; return true;
    case OF_BENEFICIARIES:
        *id = (size_t)(uintptr_t)beneficiary; /* equal names are equal pointers */
        return beneficiary != NULL && beneficiary[0] != '\0';
    case OF_NOTHING: break;
    }
    return false;
}

static Status add_item(Arena *arena, Items *items, Item item)
{
    if (items->count == items->capacity) {
        items->capacity = items->capacity == 0 ? 64 : 2 * items->capacity;
        TRY_NEW(items->items = arena_grow(arena, items->items, items->count, items->capacity,
                                          sizeof *items->items));
    }
    items->items[items->count++] = item;
    return STATUS_OK;
}

static Status gather(const Verifier *v, const VerifyScope *scope, CountOf of, VerifyParts *parts,
                     Items *items)
{
    for (size_t i = 0; i < v->line_count; i++) {
        const VerifyLine *line = &v->lines[i];
        size_t id;

        if (!verify_in_scope(v, scope, line->need, line->offer) || !item_of(v, line, of, &id))
            continue;
        TRY(verify_parts_of(v, scope->rule, line->need, line->offer, parts));
        for (size_t h = 0; h < parts->hit_count; h++) {
            parts->parts[parts->hits[h]].last = line;
            TRY(add_item(v->arena, items, (Item){.part = parts->hits[h], .id = id}));
        }
    }
    return STATUS_OK;
}

static int by_part_and_id(const void *left, const void *right)
{
    const Item *a = left;
    const Item *b = right;

    if (a->part != b->part)
        return a->part < b->part ? -1 : 1;
    return a->id < b->id ? -1 : a->id > b->id;
}

static void check_part(Verifier *v, const RuleRow *rule, const VerifyPart *part)
{
    if (part->lines <= (size_t)(rule->count > 0 ? rule->count : 0))
        return;
    verify_broken(v, DIAG_PLAN_RULE, part->last, "%s%s: %zu %s take part, but %s allows %ld",
                  rule->id, verify_part_text(v, rule, part), part->lines, rule->of,
                  verify_row(v, rule->origin, "count"), rule->count);
}

static Status check_rule(Verifier *v, const VerifyScope *scope)
{
    const RuleRow *rule = scope->rule;
    CountOf of = count_of(rule);
    VerifyParts parts = {0};
    Items items = {0};

    if (!rule->has_count || of == OF_NOTHING) {
        verify_unclear(v, rule, rule->has_count ? "of" : "count");
        return STATUS_OK;
    }
    TRY(gather(v, scope, of, &parts, &items));
    if (items.count > 0)
        qsort(items.items, items.count, sizeof *items.items, by_part_and_id);
    for (size_t i = 0; i < items.count; i++)
        if (i == 0 || by_part_and_id(&items.items[i - 1], &items.items[i]) != 0)
            parts.parts[items.items[i].part].lines++; /* distinct ones */
    for (size_t i = 0; i < parts.count; i++)
        check_part(v, rule, &parts.parts[i]);
    return STATUS_OK;
}

Status verify_counts(Verifier *v)
{
    TRY(check_needs(v));
    TRY(check_offers(v));
    TRY(check_donors(v));
    TRY(check_beneficiaries(v));
    for (size_t r = 0; r < v->round->rule_count; r++)
        if (v->scopes[r].rule->kind == RULE_COUNT)
            TRY(check_rule(v, &v->scopes[r]));
    return STATUS_OK;
}
