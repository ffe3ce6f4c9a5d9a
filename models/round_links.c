/* Rows that name a need and an offer: pairs and commitments. Ids resolved, amounts brought into the
 * need's unit, contradictions named with both rows.
 */
#include <stdlib.h>

#include "models/round_internal.h"

#include "allot/amount_text.h"
#include "allot/language.h"

typedef struct LinkCheck {
    const Round *round;
    Diag *diag;
    KnownNames needs;
    KnownNames offers;
} LinkCheck;

static Status link_check_init(const Round *round, Diag *diag, LinkCheck *check)
{
    check->round = round;
    check->diag = diag;
    TRY(round_ids(round, TABLE_NEEDS, &check->needs));
    return round_ids(round, TABLE_OFFERS, &check->offers);
}

static void resolve(const LinkCheck *check, Origin origin, const char *need_id,
                    const char *offer_id, int *need, int *offer)
{
    *need = round_find_need(check->round, need_id);
    *offer = round_find_offer(check->round, offer_id);
    if (*need < 0)
        diag_unknown_name(check->diag, DIAG_ID_UNKNOWN, round_place(check->round, origin, "need"),
                          _("need"), need_id, check->needs);
    if (*offer < 0)
        diag_unknown_name(check->diag, DIAG_ID_UNKNOWN, round_place(check->round, origin, "offer"),
                          _("offer"), offer_id, check->offers);
}

/** A quantity as written, in smallest parts of the need's unit and whole steps. */
static int64_t quantity_of(const LinkCheck *check, Origin origin, const char *column, int need_row,
                           Decimal given)
{
    const Need *need = &check->round->needs[need_row];
    int64_t amount = 0;
    if (decimal_to_scaled(given, need->unit.places, &amount) && amount % need->step == 0)
        return amount;
    diag_add(check->diag, DIAG_NUMBER_FINE, round_place(check->round, origin, column),
             "the quantity is not in whole steps of need '%s'; write a multiple of %s", need->id,
             amount_in_unit(need->unit, need->step).text);
    return 0;
}

static int compare_links(int need_a, int offer_a, int need_b, int offer_b)
{
    int order = (need_a > need_b) - (need_a < need_b);
    return order != 0 ? order : (offer_a > offer_b) - (offer_a < offer_b);
}

static int by_pair(const void *a, const void *b)
{
    const PairRow *x = a, *y = b;
    int order = compare_links(x->need, x->offer, y->need, y->offer);
    return order != 0 ? order
                      : (x->origin.line > y->origin.line) - (x->origin.line < y->origin.line);
}

static void check_pair_units(const LinkCheck *check, const PairRow *row)
{
    const Need *need = &check->round->needs[row->need];
    const Offer *offer = &check->round->offers[row->offer];
    bool comparable = row->has_use || need->unit.name == offer->unit.name ||
                      (offer->unit.is_money && need->has_value);
    bool wanted = !row->has_eligible || row->eligible;
    if (row->has_use && row->use.digits <= 0)
        diag_add(check->diag, DIAG_NUMBER_RANGE, round_place(check->round, row->origin, "use"),
                 "use must be above 0; write the offer units that one need unit takes");
    if (!comparable && wanted)
        diag_add(check->diag, DIAG_UNITS, round_place(check->round, row->origin, "use"),
                 "need '%s' is counted in %s and offer '%s' in %s; give `use`", need->id,
                 need->unit.name, offer->id, offer->unit.name);
}

Status round_check_pairs(Round *round, Diag *diag)
{
    LinkCheck check;
    TRY(link_check_init(round, diag, &check));
    for (size_t i = 0; i < round->pair_count; i++) {
        PairRow *row = &round->pairs[i];
        resolve(&check, row->origin, row->need_id, row->offer_id, &row->need, &row->offer);
        row->max = INT64_MAX;
        if (row->need < 0 || row->offer < 0)
            continue;
        check_pair_units(&check, row);
        if (row->has_max)
            row->max = quantity_of(&check, row->origin, "max", row->need, row->max_given);
    }
    if (round->pair_count > 1)
        qsort(round->pairs, round->pair_count, sizeof *round->pairs, by_pair);
    for (size_t i = 1; i < round->pair_count; i++) {
        const PairRow *before = &round->pairs[i - 1], *row = &round->pairs[i];
        if (row->need >= 0 && row->offer >= 0 && before->need == row->need &&
            before->offer == row->offer)
            diag_add(diag, DIAG_ID_TWICE, round_place(round, row->origin, "need"),
                     "the pair '%s', '%s' stands in row %d already; take one of the two out",
                     row->need_id, row->offer_id, before->origin.line);
    }
    return STATUS_OK;
}

static int by_commitment(const void *a, const void *b)
{
    const Commitment *x = a, *y = b;
    int order = compare_links(x->need, x->offer, y->need, y->offer);
    if (order == 0)
        order = (x->kind > y->kind) - (x->kind < y->kind);
    return order != 0 ? order
                      : (x->origin.line > y->origin.line) - (x->origin.line < y->origin.line);
}

static bool commitments_contradict(const Commitment *a, const Commitment *b)
{
    /* by_commitment() puts a's kind before or level with b's */
    if (b->kind == COMMITMENT_FORBIDDEN)
        return a->kind != COMMITMENT_FORBIDDEN && a->kind != COMMITMENT_AT_MOST && a->quantity > 0;
    if (a->kind == COMMITMENT_FIXED && b->kind == COMMITMENT_FIXED)
        return a->quantity != b->quantity;
    if (b->kind == COMMITMENT_AT_LEAST)
        return a->kind == COMMITMENT_FIXED && a->quantity < b->quantity;
    return b->kind == COMMITMENT_AT_MOST && a->kind != COMMITMENT_AT_MOST &&
           a->quantity > b->quantity;
}

/** "commitments.csv:14:3 (kind)", or where an answer stands: the two may be of different files. */
static const char *cell_text(const Round *round, Origin origin)
{
    DiagPlace place = round_place(round, origin, "kind");
    const char *text = diag_place_text(&place, round->arena);
    return text != NULL ? text : _("another row");
}

static void check_commitment(const LinkCheck *check, Commitment *row)
{
    const Round *round = check->round;
    resolve(check, row->origin, row->need_id, row->offer_id, &row->need, &row->offer);
    if (row->need < 0 || row->offer < 0)
        return;
    if (!row->has_quantity && row->kind != COMMITMENT_FORBIDDEN) {
        diag_add(check->diag, DIAG_CELL_EMPTY, round_place(round, row->origin, "quantity"),
                 "a commitment needs a quantity, unless its kind is forbidden; write how much is "
                 "agreed");
        return;
    }
    if (row->has_quantity && row->kind == COMMITMENT_FORBIDDEN && row->origin.line > 0) {
        diag_add(check->diag, DIAG_CONTRADICTION, round_place(round, row->origin, "quantity"),
                 "what is forbidden has no quantity; leave the cell empty, or write at_most");
        return;
    }
    if (row->has_quantity)
        row->quantity = quantity_of(check, row->origin, "quantity", row->need, row->quantity_given);
    const Need *need = &round->needs[row->need];
    if (row->quantity > need->wanted && row->kind != COMMITMENT_AT_MOST && need->quantity_known)
        diag_add(check->diag, DIAG_CONTRADICTION, round_place(round, row->origin, "quantity"),
                 "more is agreed than need '%s' (row %d) still asks for, which is %s; lower the "
                 "quantity by %s",
                 need->id, need->origin.line, amount_in_unit(need->unit, need->wanted).text,
                 amount_in_unit(need->unit, row->quantity - need->wanted).text);
}

Status round_check_commitments(Round *round, Diag *diag)
{
    LinkCheck check;
    TRY(link_check_init(round, diag, &check));
    for (size_t i = 0; i < round->commitment_count; i++)
        check_commitment(&check, &round->commitments[i]);
    if (round->commitment_count > 1)
        qsort(round->commitments, round->commitment_count, sizeof *round->commitments,
              by_commitment);
    for (size_t i = 0; i < round->commitment_count; i++) {
        const Commitment *row = &round->commitments[i];
        for (size_t k = i + 1; k < round->commitment_count; k++) {
            const Commitment *other = &round->commitments[k];
            if (row->need < 0 || row->offer < 0 || other->need != row->need ||
                other->offer != row->offer)
                break;
            if (commitments_contradict(row, other))
                diag_add(diag, DIAG_CONTRADICTION, round_place(round, other->origin, "kind"),
                         "this contradicts %s, which speaks of the same need '%s' and offer '%s'; "
                         "take one of the two out, or mend its quantity",
                         cell_text(round, row->origin), row->need_id, row->offer_id);
        }
    }
    return STATUS_OK;
}
