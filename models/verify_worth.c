/* What things are worth, for the independent check: rates, money values, the gross that an offer
 * gives for a need, and what channels keep of it. Everything is worked out from the decimals that
 * the tables hold; the fractions that round_check() prepared for the formulation are not looked at. */
#include "models/verify_internal.h"

static bool has_rate(const Round *round, const char *currency)
{
    const Rate *row;

    if (currency == round->currency.name)
        return true;
    row = round_rate_row(round, currency);
    return row != NULL && row->rate.digits > 0;
}

bool worth_of_currency(const Round *round, const char *currency, mpq_t out)
{
    if (!has_rate(round, currency))
        return false;
    if (currency == round->currency.name)
        mpq_set_ui(out, 1, 1);
    else
        exact_set_decimal(out, round_rate_row(round, currency)->rate);
    return true;
}

/* An outcome is worth what its unit_cost says, whatever its unit. */
bool worth_unit_cost(const Need *need, Decimal *cost, const char **currency)
{
    if (need->unit.is_money && !verify_is_outcome(need)) {
        *cost = decimal_make(1, 0);
        *currency = need->unit.name;
        return true;
    }
    *cost = need->unit_cost;
    *currency = need->currency;
    return need->has_unit_cost;
}

bool worth_of_need(const Round *round, const Need *need, mpq_t out)
{
    Decimal cost;
    const char *currency;

    if (!worth_unit_cost(need, &cost, &currency) || !worth_of_currency(round, currency, out))
        return false;
    exact_multiply_decimal(out, cost);
    return true;
}

bool worth_of_offer(const Round *round, const Offer *offer, mpq_t out)
{
    if (offer->unit.is_money)
        return worth_of_currency(round, offer->unit.name, out);
    if (!offer->has_unit_value || !worth_of_currency(round, offer->currency, out))
        return false;
    exact_multiply_decimal(out, offer->unit_value);
    return true;
}

bool worth_convert(const Round *round, Unit from, Unit to, mpq_t out)
{
    mpq_t target;
    bool known;

    mpq_set_ui(out, 1, 1);
    if (from.name == to.name)
        return true;
    if (!from.is_money || !to.is_money)
        return false;
    mpq_init(target);
    known = worth_of_currency(round, from.name, out) && worth_of_currency(round, to.name, target);
    if (known) {
        mpq_div(out, out, target);
        exact_multiply(out, unit_scale(to));
        exact_divide(out, unit_scale(from));
    }
    mpq_clear(target);
    return known;
}

/* Channels keep a share of money only. */
void worth_net_share(const Round *round, int offer, mpq_t out)
{
    mpq_t kept;

    mpq_init(kept);
    mpq_set_ui(out, 1, 1);
    for (int o = offer; o >= 0; o = round->offers[o].parent_row) {
        if (!round->offers[o].unit.is_money || round->offers[o].overhead.digits == 0)
            continue;
        exact_set_decimal(kept, round->offers[o].overhead);
        mpz_sub(mpq_numref(kept), mpq_denref(kept), mpq_numref(kept));
        mpq_mul(out, out, kept);
    }
    mpq_clear(kept);
}

bool worth_passes(const Round *round, int offer)
{
    for (int o = offer; o >= 0; o = round->offers[o].parent_row)
        if (round->offers[o].unit.is_money &&
            decimal_compare(round->offers[o].overhead, decimal_make(1, 0)) >= 0)
            return false;
    return true;
}

/* One need unit bought with the offer's money: its cost at the frozen rates over what arrives. */
static bool money_use(const Round *round, const Need *need, int offer, mpq_t out)
{
    Unit money = round->offers[offer].unit;
    Decimal cost;
    const char *currency;
    mpq_t other;
    bool known;

    if (!worth_unit_cost(need, &cost, &currency))
        return false;
    mpq_init(other);
    mpq_set_ui(out, 1, 1);
    known = currency == money.name || (worth_of_currency(round, currency, out) &&
                                       worth_of_currency(round, money.name, other));
    if (known && currency != money.name)
        mpq_div(out, out, other);
    worth_net_share(round, offer, other);
    known = known && worth_passes(round, offer);
    if (known) {
        exact_multiply_decimal(out, cost);
        exact_multiply(out, unit_scale(money));
        exact_divide(out, unit_scale(need->unit));
        mpq_div(out, out, other);
    }
    mpq_clear(other);
    return known;
}

/* A pairs row's `use` is gross as given: nothing is added for channels. */
bool worth_use(const Round *round, const PairRow *pair, int need, int offer, mpq_t out)
{
    const Need *wants = &round->needs[need];
    const Offer *gives = &round->offers[offer];

    if (pair != NULL && pair->has_use) {
        exact_set_decimal(out, pair->use);
        exact_multiply(out, unit_scale(gives->unit));
        exact_divide(out, unit_scale(wants->unit));
        return true;
    }
    if (gives->unit.is_money)
        return money_use(round, wants, offer, out);
    mpq_set_ui(out, 1, 1);
    return gives->unit.name == wants->unit.name;
}

/* The same answer as worth_use(), without the arithmetic: it is asked of every pair. */
bool worth_comparable(const Round *round, const PairRow *pair, int need, int offer)
{
    const Need *wants = &round->needs[need];
    const Offer *gives = &round->offers[offer];
    Decimal cost;
    const char *currency;

    if (pair != NULL && pair->has_use)
        return true;
    if (!gives->unit.is_money)
        return gives->unit.name == wants->unit.name;
    if (!worth_unit_cost(wants, &cost, &currency) || !worth_passes(round, offer))
        return false;
    return currency == gives->unit.name ||
           (has_rate(round, currency) && has_rate(round, gives->unit.name));
}

/* ---- worked out once -------------------------------------------------------------------------- */

/* The rate of the currency asked for last: needs of one currency often stand together. */
typedef struct LastRate {
    const char *currency; /* NULL: none yet */
    bool known;
    Decimal rate;
} LastRate;

static bool find_rate(const Round *round, const char *currency, LastRate *last)
{
    if (currency != last->currency || currency == NULL) {
        last->currency = currency;
        last->known = has_rate(round, currency);
        last->rate = decimal_make(1, 0);
        if (last->known && currency != round->currency.name)
            last->rate = round_rate_row(round, currency)->rate;
    }
    return last->known;
}

static VerifyWorth worth_row(const Round *round, const Need *need, LastRate *last)
{
    VerifyWorth out = {0};
    Decimal cost;
    const char *currency;

    if (!worth_unit_cost(need, &cost, &currency) || !find_rate(round, currency, last))
        return out;
    out.known = true;
    out.part = exact_small_of(cost.digits, decimal_power_of_ten(cost.places));
    if (out.part.den > 0)
        out.part = exact_small_decimal(out.part, last->rate);
    if (out.part.den > 0 && !verify_is_outcome(need))
        out.part = exact_small_of(out.part.num, (Int128)out.part.den * unit_scale(need->unit));
    return out;
}

bool worth_of_part(const Verifier *v, size_t need, mpq_t out)
{
    const Need *row = &v->round->needs[need];
    bool known = worth_of_need(v->round, row, out);

    if (known && !verify_is_outcome(row))
        exact_divide(out, unit_scale(row->unit));
    return known;
}

static ExactSmall kept_share(const Round *round, int offer)
{
    mpq_t kept;
    ExactSmall out;

    mpq_init(kept);
    worth_net_share(round, offer, kept);
    mpz_sub(mpq_numref(kept), mpq_denref(kept), mpq_numref(kept));
    out = exact_small(kept);
    mpq_clear(kept);
    return out;
}

/* Numbers the donors by name. */
static Status measure_offers(Verifier *v)
{
    const Round *round = v->round;
    NameMap *donors = name_map_new(v->arena);

    TRY_NEW(donors);
    for (int o = 0; (size_t)o < round->offer_count; o++) {
        VerifyOffer *offer = &v->offers[o];
        const char *donor;
        bool added;

        offer->basis = BASIS_PAID;
        for (int link = o; link >= 0; link = round->offers[link].parent_row) {
            offer->root = link;
            if (round->offers[link].status < offer->basis)
                offer->basis = round->offers[link].status;
        }
        offer->kept = (ExactSmall){.num = 0, .den = 1};
        if (round->offers[o].unit.is_money)
            offer->kept = kept_share(round, o);
        donor = round->offers[offer->root].donor;
        if (!name_map_add(donors, donor, (int)v->donor_count, &added))
            return STATUS_NO_MEMORY;
        v->donor_count += added ? 1 : 0;
        offer->donor = name_map_get(donors, donor);
    }
    return STATUS_OK;
}

Status verify_worths(Verifier *v)
{
    LastRate last = {0};

    TRY_NEW(v->worth = ARENA_NEW(v->arena, v->round->need_count, VerifyWorth));
    TRY_NEW(v->offers = ARENA_NEW(v->arena, v->round->offer_count, VerifyOffer));
    for (size_t n = 0; n < v->round->need_count; n++)
        v->worth[n] = worth_row(v->round, &v->round->needs[n], &last);
    return measure_offers(v);
}
