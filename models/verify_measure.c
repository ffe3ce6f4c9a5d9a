/* What a line takes of its offer and of the offers above it, and what it is worth: the quantity times
 * an exact fraction, rounded once. What money of an offer buys is worked out once for every currency
 * that needs cost, and kept. */
#include "models/verify_internal.h"

enum { SLOTS_LEAST = 64, SLOTS_MOST = 1 << 16, SLOTS_PER_OFFER = 8 };

/* Gross smallest parts of an offer's money for one whole unit of a currency. */
typedef struct MoneyUse {
    int offer;            /* row + 1; 0: free */
    const char *currency; /* that of the need's cost */
    ExactSmall factor;    /* den 0: it does not fit, or there is none */
} MoneyUse;

/* A later entry takes the place of an earlier one. */
struct VerifyUses {
    MoneyUse *slots; /* [size] */
    size_t size;     /* a power of two */
};

Status verify_uses(Verifier *v)
{
    size_t size = SLOTS_LEAST;

    while (size < SLOTS_MOST && size < SLOTS_PER_OFFER * v->round->offer_count)
        size *= 2;
    TRY_NEW(v->uses = ARENA_NEW(v->arena, 1, struct VerifyUses));
    TRY_NEW(v->uses->slots = ARENA_NEW(v->arena, size, MoneyUse));
    v->uses->size = size;
    return STATUS_OK;
}

static ExactSmall money_factor(const Round *round, int offer, const char *currency)
{
    Unit money = round->offers[offer].unit;
    ExactSmall out = {0};
    mpq_t factor;
    mpq_t other;

    mpq_init(factor);
    mpq_init(other);
    mpq_set_ui(factor, 1, 1);
    mpq_set_ui(other, 1, 1);
    if (currency == money.name || (worth_of_currency(round, currency, factor) &&
                                   worth_of_currency(round, money.name, other))) {
        mpq_div(factor, factor, other);
        worth_net_share(round, offer, other);
        if (worth_passes(round, offer)) {
            mpq_div(factor, factor, other);
            exact_multiply(factor, unit_scale(money));
            out = exact_small(factor);
        }
    }
    mpq_clear(other);
    mpq_clear(factor);
    return out;
}

static ExactSmall kept_factor(const Verifier *v, int offer, const char *currency)
{
    uint64_t hash = (uint64_t)(uintptr_t)currency * 0x9e3779b97f4a7c15u + (uint64_t)offer;
    MoneyUse *use = &v->uses->slots[(hash ^ (hash >> 32)) & (v->uses->size - 1)];

    if (use->offer != offer + 1 || use->currency != currency)
        *use = (MoneyUse){.offer = offer + 1,
                          .currency = currency,
                          .factor = money_factor(v->round, offer, currency)};
    return use->factor;
}

/* Gross smallest parts for one of the need, where that fits; den 0 where it does not. */
static ExactSmall small_use(const Verifier *v, const VerifyLine *line)
{
    const Need *need = &v->round->needs[line->need];
    const Offer *offer = &v->round->offers[line->offer];
    ExactSmall factor = {.num = unit_scale(offer->unit), .den = 1};
    Decimal each;
    const char *currency;

    if (line->pair != NULL && line->pair->has_use) {
        each = line->pair->use;
    } else if (offer->unit.is_money) {
        if (!worth_unit_cost(need, &each, &currency))
            return (ExactSmall){0};
        factor = kept_factor(v, line->offer, currency);
    } else {
        return (ExactSmall){.num = 1, .den = offer->unit.name == need->unit.name ? 1 : 0};
    }
    if (factor.den > 0)
        factor = exact_small_decimal(factor, each);
    if (factor.den > 0)
        factor = exact_small_of(factor.num, (Int128)factor.den * unit_scale(need->unit));
    return factor;
}

/* The line's gross, rounded up; *fits says whether it fits. False when there is none. */
static bool gross_of(const Verifier *v, VerifyLine *line, bool *fits)
{
    ExactSmall factor = small_use(v, line);
    mpq_t exact;
    bool known = true;

    if (factor.den > 0) {
        *fits = exact_small_round(factor, line->quantity, ROUND_UP, &line->gross);
        return true;
    }
    mpq_init(exact);
    known = worth_use(v->round, line->pair, line->need, line->offer, exact);
    if (known) {
        exact_multiply(exact, line->quantity);
        *fits = exact_round(exact, ROUND_UP, &line->gross);
    }
    mpq_clear(exact);
    return known;
}

/* @p gross of one unit in another, rounded up. */
static bool convert_up(const Round *round, Unit from, Unit to, int64_t gross, int64_t *out)
{
    mpq_t taken;
    bool fits;

    *out = gross;
    if (from.name == to.name)
        return true;
    mpq_init(taken);
    fits = worth_convert(round, from, to, taken);
    if (fits) {
        exact_multiply(taken, gross);
        fits = exact_round(taken, ROUND_UP, out);
    }
    mpq_clear(taken);
    return fits;
}

/* Adds the line's gross to its offer and to every offer above: the figure of the line, rounded up
 * already, converted at the frozen rate and rounded up to the unit it is taken in. */
static bool take_gross(Verifier *v, VerifyLine *line)
{
    const Round *round = v->round;
    Unit unit = round->offers[line->offer].unit;
    int64_t amount;

    for (int o = line->offer; o >= 0; o = round->offers[o].parent_row) {
        if (!convert_up(round, unit, round->offers[o].unit, line->gross, &amount))
            return false;
        if (o == line->offer)
            v->own[o] += amount;
        v->used[o] += amount;
        v->last[o] = line;
    }
    return true;
}

/* The line's value, half to even; false when it does not fit. */
static bool value_of(const Verifier *v, VerifyLine *line)
{
    const VerifyWorth *worth = &v->worth[line->need];
    Int128 amount = (Int128)line->quantity * unit_scale(v->round->currency);
    mpq_t exact;
    bool fits;

    if (worth->part.den > 0)
        return exact_small_round(worth->part, amount, ROUND_HALF_EVEN, &line->value);
    mpq_init(exact);
    fits = worth_of_part(v, (size_t)line->need, exact);
    exact_multiply(exact, amount);
    fits = fits && exact_round(exact, ROUND_HALF_EVEN, &line->value);
    mpq_clear(exact);
    return fits;
}

void verify_measure(Verifier *v, VerifyLine *line)
{
    const Need *need = &v->round->needs[line->need];
    bool fits = true;

    line->has_gross = gross_of(v, line, &fits);
    if (line->has_gross && !(fits && take_gross(v, line)))
        verify_broken(v, DIAG_PLAN_RULE, line,
                      "%s: what it takes of %s is too large, or cannot be converted to the unit "
                      "it is paid from",
                      verify_pair(v, line),
                      verify_row(v, v->round->offers[line->offer].origin, "unit"));
    line->has_value = v->worth[line->need].known;
    if (line->has_value && !value_of(v, line))
        verify_broken(v, DIAG_PLAN_RULE, line, "%s: its value by %s is too large",
                      verify_pair(v, line), verify_row(v, need->origin, "unit_cost"));
    v->assigned[line->need] += line->quantity;
}
