/* How much of an offer one unit of a need takes, exactly: the product of a part that depends on the
 * need alone and one that depends on the offer alone, so that a hundred thousand pairs cost one
 * multiplication each. Used by the pairs and by a plan's figures.
 */
#include "models/use.h"

#include "allot/plan.h"

bool use_need_part(const Round *round, const Need *need, Ratio *out)
{
    Ratio rate, cost = ratio_of_decimal(need->unit_cost), price;
    return need->has_value && round_rate(round, need->currency, &rate) &&
           ratio_multiply(cost, rate, &price) &&
           ratio_multiply(price, ratio_of(1, unit_scale(need->unit)), out);
}

bool use_offer_part(const Round *round, int offer_index, Ratio *out)
{
    const Offer *offer = &round->offers[offer_index];
    Ratio rate, kept, passed, gross;
    if (!offer->unit.is_money || !round_rate(round, offer->unit.name, &rate) ||
        !round_overhead(round, offer_index, &kept))
        return false;
    kept.num = -kept.num;
    return ratio_add(ratio_of(1, 1), kept, &passed) && ratio_multiply(rate, passed, &gross) &&
           ratio_divide(ratio_of(unit_scale(offer->unit), 1), gross, out);
}

bool use_of_row(const PairRow *row, const Need *need, const Offer *offer, Ratio *out)
{
    return ratio_multiply(ratio_of_decimal(row->use),
                          ratio_of(unit_scale(offer->unit), unit_scale(need->unit)), out);
}

bool use_of_parts(const Round *round, int need_index, int offer_index, const Ratio *need_part,
                  const Ratio *offer_part, Ratio *out)
{
    const Need *need = &round->needs[need_index];
    const Offer *offer = &round->offers[offer_index];
    const PairRow *row = round_find_pair(round, need_index, offer_index);
    if (row != NULL && row->has_use)
        return use_of_row(row, need, offer, out);
    if (!offer->unit.is_money) {
        *out = ratio_of(1, 1);
        return need->unit.name == offer->unit.name;
    }
    return need_part != NULL && offer_part != NULL && ratio_multiply(*need_part, *offer_part, out);
}

bool plan_use(const Round *round, int need, int offer, Ratio *out)
{
    Ratio by_need, by_offer;
    bool has_need = use_need_part(round, &round->needs[need], &by_need);
    bool has_offer = use_offer_part(round, offer, &by_offer);
    return use_of_parts(round, need, offer, has_need ? &by_need : NULL,
                        has_offer ? &by_offer : NULL, out);
}

int64_t plan_brings(const Round *round, int need, int offer, Unit unit, int64_t gross)
{
    Ratio use, convert = ratio_of(1, 1), factor;
    int64_t amount;
    Unit own = round->offers[offer].unit;
    if (own.name != unit.name && !round_convert(round, unit, own, &convert))
        return 0;
    if (!plan_use(round, need, offer, &use) || !ratio_divide(convert, use, &factor) ||
        !ratio_apply(gross, factor, ROUND_DOWN, &amount))
        return 0;
    return amount - amount % round->needs[need].step;
}
