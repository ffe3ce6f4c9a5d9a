/* The stage `burden`: how far what the donors with a key give is from their keys' shares of what they
 * give together. Money and gifts in kind are apart. */
#include "models/verify_internal.h"

/* Reporting value of the gross that a donor gives; the donor is the one at the head of the chain. */
static void given_by(const Verifier *v, size_t donor, bool in_kind, mpq_t out)
{
    const Round *round = v->round;
    mpq_t part;

    mpq_init(part);
    mpq_set_ui(out, 0, 1);
    for (size_t o = 0; o < round->offer_count; o++) {
        const Offer *offer = &round->offers[o];

        if (v->own[o] == 0 || offer->unit.is_money == in_kind ||
            round->offers[v->offers[o].root].donor_row != (int)donor ||
            !worth_of_offer(round, offer, part))
            continue;
        exact_divide(part, unit_scale(offer->unit));
        exact_multiply(part, v->own[o]);
        mpq_add(out, out, part);
    }
    mpq_clear(part);
}

static void sum_keys(const Round *round, mpq_t out)
{
    mpq_t key;

    mpq_init(key);
    mpq_set_ui(out, 0, 1);
    for (size_t d = 0; d < round->donor_count; d++)
        if (round->donors[d].has_share_key) {
            exact_set_decimal(key, round->donors[d].share_key);
            mpq_add(out, out, key);
        }
    mpq_clear(key);
}

void verify_sum_burden(const Verifier *v, const StageResult *stage, VerifySum *sum)
{
    const Round *round = v->round;
    mpq_t keys;
    mpq_t total;
    mpq_t given;

    mpq_init(keys);
    mpq_init(total);
    mpq_init(given);
    sum->per_money = 2; /* one donor less, another more */
    for (size_t d = 0; d < round->donor_count; d++)
        if (round->donors[d].has_share_key) {
            given_by(v, d, stage->in_kind, given);
            mpq_add(total, total, given);
        }
    sum_keys(round, keys);
    if (mpq_sgn(keys) > 0)
        mpq_div(keys, total, keys); /* what falls to a key of 1 */
    for (size_t d = 0; d < round->donor_count && mpq_sgn(keys) > 0; d++) {
        if (!round->donors[d].has_share_key)
            continue;
        mpq_set(total, keys);
        exact_multiply_decimal(total, round->donors[d].share_key);
        given_by(v, d, stage->in_kind, given);
        mpq_sub(given, given, total);
        mpq_abs(given, given);
        verify_sum_add(sum, given);
    }
    mpq_clear(given);
    mpq_clear(total);
    mpq_clear(keys);
}
