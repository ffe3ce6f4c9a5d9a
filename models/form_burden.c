/* The stage `burden`: donors with a share_key give as nearly as can be in the proportion of their
 * keys, money and things apart.
 *
 *   given[d] = gross value of the lines whose root donor is d        total = sum of given
 *   away[d] >= given[d] - key share * total, and >= its negative     least sum of away
 */
#include "models/form_internal.h"

/** The keyed donor of a pair's money (or things), or -1. */
static int keyed_donor(const FormBuilder *b, int pair, bool in_kind)
{
    const Round *round = b->round;
    const Offer *offer = &round->offers[b->pairs->pairs[pair].offer];
    int donor = round->offers[offer->root].donor_row;
    if (donor < 0 || !round->donors[donor].has_share_key || offer->unit.is_money == in_kind)
        return -1;
    return donor;
}

static Status add_given(FormBuilder *b, int donor, bool in_kind, int *column)
{
    double most = 0;
    *column = -1;
    for (size_t p = 0; p < b->pairs->count; p++) {
        double value = form_gross_value(b, (int)p);
        if (keyed_donor(b, (int)p, in_kind) != donor || value <= 0)
            continue;
        most += value * form_most(b, (int)p);
        TRY(terms_add(b, (int)p, value));
    }
    if (b->terms.count == 0)
        return STATUS_OK;
    TRY(form_new_column(b, (ColumnOrigin){COLUMN_SUM, b->form->lp.row_count}, 0, most, false, 1.0,
                        column));
    TRY(terms_add(b, *column, -1.0));
    b->label = "given";
    b->row_id = b->round->donors[donor].id;
    return form_add_row(b, 0, 0);
}

static Status add_sum(FormBuilder *b, const int *given, int *column)
{
    double most = 0;
    for (size_t d = 0; d < b->round->donor_count; d++)
        if (given[d] >= 0) {
            TRY(terms_add(b, given[d], 1.0));
            most += b->form->lp.upper[given[d]];
        }
    TRY(form_new_column(b, (ColumnOrigin){COLUMN_SUM, b->form->lp.row_count}, 0, most, false, 1.0,
                        column));
    TRY(terms_add(b, *column, -1.0));
    b->label = "given";
    b->row_id = "";
    return form_add_row(b, 0, 0);
}

/** away >= given - share * total and away >= share * total - given. */
static Status add_away(FormBuilder *b, int donor, int given, double share, int total, int *column)
{
    double most = b->form->lp.upper[total];
    ColumnOrigin origin = {COLUMN_AWAY, b->form->lp.row_count};
    TRY(form_new_column(b, origin, 0, most, false, 1.0, column));
    b->label = "burden";
    b->row_id = b->round->donors[donor].id;
    for (int side = 0; side < 2; side++) {
        double sign = side == 0 ? 1.0 : -1.0;
        if (given >= 0)
            TRY(terms_add(b, given, sign));
        TRY(terms_add(b, total, -sign * share));
        TRY(terms_add(b, *column, -1.0));
        TRY(form_add_row(b, -INFINITY, 0));
    }
    return STATUS_OK;
}

static Status add_stage(FormBuilder *b, bool in_kind)
{
    const Round *round = b->round;
    Stage stage = {.kind = STAGE_BURDEN,
                   .in_kind = in_kind,
                   .date = DATE_NONE,
                   .label = arena_printf(b->arena, "burden%s", in_kind ? " in kind" : "")};
    int *given = ARENA_NEW(b->arena, round->donor_count, int);
    int *away = ARENA_NEW(b->arena, round->donor_count, int), total;
    double keys = 0;
    bool any = false;
    TRY_NEW(given);
    TRY_NEW(away);
    for (size_t d = 0; d < round->donor_count; d++) {
        given[d] = away[d] = -1;
        if (!round->donors[d].has_share_key)
            continue;
        keys += decimal_to_double(round->donors[d].share_key);
        TRY(add_given(b, (int)d, in_kind, &given[d]));
        any = any || given[d] >= 0;
    }
    if (any && keys > 0) {
        TRY(add_sum(b, given, &total));
        for (size_t d = 0; d < round->donor_count; d++)
            if (round->donors[d].has_share_key)
                TRY(add_away(b, (int)d, given[d],
                             decimal_to_double(round->donors[d].share_key) / keys, total,
                             &away[d]));
        for (size_t d = 0; d < round->donor_count; d++)
            if (away[d] >= 0)
                TRY(terms_add(b, away[d], 1.0));
    }
    TRY(terms_take(b, &stage));
    return form_add_stage(b, stage);
}

/** Does a donor with a key have an offer in kind whose worth is given? */
static bool has_things(const Round *round)
{
    for (size_t o = 0; o < round->offer_count; o++) {
        int donor = round->offers[round->offers[o].root].donor_row;
        if (!round->offers[o].unit.is_money && round->offers[o].has_unit_value && donor >= 0 &&
            round->donors[donor].has_share_key)
            return true;
    }
    return false;
}

Status form_add_burden(FormBuilder *b)
{
    TRY(add_stage(b, false));
    return has_things(b->round) ? add_stage(b, true) : STATUS_OK;
}
