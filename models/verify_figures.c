/* The tie-outs: every figure that a plan says of its lines, needs and offers, worked out again from
 * the lines. Totals over the plan are sums of these, so they tie out when these do. */
#include "models/verify_internal.h"

#include <math.h>

#include "allot/language.h"

/* Compares one figure; @p line is the line it stands in or the last one it sums up, or NULL. */
static void figure(Verifier *v, const VerifyLine *line, const char *id, const char *name, Unit unit,
                   int64_t said, Int128 is)
{
    if (said == is)
        return;
    verify_broken(v, DIAG_PLAN_SUM, line, "%s: %s is %s in the plan, but its lines make it %s", id,
                  name, verify_amount(v, unit, said), verify_amount(v, unit, is));
}

static void count(Verifier *v, const VerifyLine *line, const char *id, const char *name, int said,
                  int is)
{
    if (said != is)
        verify_broken(v, DIAG_PLAN_SUM, line, "%s: %s is %d in the plan, but its lines make it %d",
                      id, name, said, is);
}

/* ---- lines ------------------------------------------------------------------------------------ */

static bool is_locked(const Round *round, const VerifyLine *line, size_t *commitment)
{
    const Commitment *rows = round->commitments;
    bool locked = false;

    while (*commitment < round->commitment_count &&
           (rows[*commitment].need < line->need ||
            (rows[*commitment].need == line->need && rows[*commitment].offer < line->offer)))
        ++*commitment;
    for (size_t c = *commitment;
         c < round->commitment_count && rows[c].need == line->need && rows[c].offer == line->offer;
         c++)
        locked = locked || rows[c].kind == COMMITMENT_FIXED || rows[c].kind == COMMITMENT_AT_LEAST;
    return locked;
}

static void check_line(Verifier *v, const VerifyLine *line, bool locked)
{
    const Assignment *said = &v->plan->assignments[line->index];
    const char *pair;

    if (said->offer_quantity == line->gross && said->has_value == line->has_value &&
        (!line->has_value || said->value == line->value) && said->basis == line->basis &&
        said->locked == locked)
        return;
    pair = verify_pair(v, line);
    figure(v, line, pair, "offer_quantity", v->round->offers[line->offer].unit,
           said->offer_quantity, line->gross);
    if (said->has_value != line->has_value)
        verify_broken(v, DIAG_PLAN_SUM, line, "%s: the plan says it has %s, but by %s it has %s",
                      pair, said->has_value ? _("a value") : _("no value"),
                      verify_row(v, v->round->needs[line->need].origin, "unit_cost"),
                      line->has_value ? _("one") : _("none"));
    else if (line->has_value)
        figure(v, line, pair, "value", v->round->currency, said->value, line->value);
    if (said->basis != line->basis)
        verify_broken(v, DIAG_PLAN_SUM, line, "%s: its basis in the plan is not the status of %s",
                      pair, verify_row(v, v->round->offers[line->offer].origin, "status"));
    if (said->locked != locked)
        verify_broken(v, DIAG_PLAN_SUM, line,
                      locked ? N_("%s: a commitment stands on it, but it is not marked as locked")
                             : N_("%s: it is marked as locked, but no commitment stands on it"),
                      pair);
}

/* ---- needs ------------------------------------------------------------------------------------ */

/* Distinct donors at the heads of the chains of a need's lines; @p seen is [donor_count]: the last
 * need, row + 1, that a donor gave to. */
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

/* Value of what is wanted, half to even; false when the need has none or it is too large. */
static bool wanted_value(const Verifier *v, size_t n, int64_t *out)
{
    const VerifyWorth *worth = &v->worth[n];
    Int128 amount = (Int128)v->wanted[n] * unit_scale(v->round->currency);
    mpq_t value;
    bool known;

    if (!worth->known)
        return false;
    if (worth->part.den > 0)
        return exact_small_round(worth->part, amount, ROUND_HALF_EVEN, out);
    mpq_init(value);
    known = worth_of_part(v, n, value);
    exact_multiply(value, amount);
    known = known && exact_round(value, ROUND_HALF_EVEN, out);
    mpq_clear(value);
    return known;
}

/* What is met in full; the reason PREREQUISITE says that something required is not. */
static void check_full(Verifier *v, size_t n, const VerifyLine *last)
{
    const Need *need = &v->round->needs[n];
    const NeedResult *said = &v->plan->needs[n];

    if (said->full != v->full[n])
        verify_broken(
            v, DIAG_PLAN_SUM, last, "%s: the plan says it is %s in full, but by %s it is%s",
            need->id, said->full ? _("met") : _("not met"),
            verify_row(v, need->origin, verify_is_outcome(need) ? "requires" : "quantity"),
            v->full[n] ? "" : _(" not"));
    if (said->reason == REASON_PREREQUISITE ? v->satisfied[n]
                                            : verify_is_outcome(need) && !v->full[n])
        verify_broken(
            v, DIAG_PLAN_SUM, last,
            v->satisfied[n]
                ? N_("%s: the plan gives a prerequisite as the reason, but all of %s is met")
                : N_("%s: the plan gives another reason, but not all of %s is met"),
            need->id, verify_row(v, need->origin, "requires"));
}

static void check_need(Verifier *v, size_t n, int *seen)
{
    const Need *need = &v->round->needs[n];
    const NeedResult *said = &v->plan->needs[n];
    const VerifyLine *last = verify_last_line(v, n);
    Int128 pledged = 0;
    Int128 value = 0;
    int64_t whole;

    for (size_t i = v->first[n]; i < v->first[n + 1]; i++) {
        pledged += v->lines[i].basis == BASIS_PLEDGED ? v->lines[i].quantity : 0;
        value += v->lines[i].has_value ? v->lines[i].value : 0;
    }
    figure(v, last, need->id, "assigned", need->unit, said->assigned, v->assigned[n]);
    figure(v, last, need->id, "pledged", need->unit, said->pledged, pledged);
    if (v->assigned[n] <= v->wanted[n]) /* else C1 has said so */
        figure(v, last, need->id, "unmet", need->unit, said->unmet, v->wanted[n] - v->assigned[n]);
    if (wanted_value(v, n, &whole)) {
        figure(v, last, need->id, "value_assigned", v->round->currency, said->value_assigned,
               value);
        bool short_of = v->assigned[n] < v->wanted[n]; /* else cents are rounding */
        figure(v, last, need->id, "value_unmet", v->round->currency, said->value_unmet,
               short_of && whole > value ? whole - value : 0);
    }
    count(v, last, need->id, "donors", said->donors, donors_of(v, n, seen));
    check_full(v, n, last);
}

/* ---- offers ----------------------------------------------------------------------------------- */

/* What channels keep of a line's gross, half to even. */
static int64_t kept_of(const Verifier *v, const VerifyLine *line)
{
    ExactSmall share = v->offers[line->offer].kept;
    mpq_t kept;
    int64_t amount = 0;

    if (share.den > 0) {
        if (share.num != 0)
            (void)exact_small_round(share, line->gross, ROUND_HALF_EVEN, &amount);
        return amount;
    }
    mpq_init(kept);
    worth_net_share(v->round, line->offer, kept);
    mpz_sub(mpq_numref(kept), mpq_denref(kept), mpq_numref(kept));
    exact_multiply(kept, line->gross);
    (void)exact_round(kept, ROUND_HALF_EVEN, &amount); /* at most the gross, which fits */
    mpq_clear(kept);
    return amount;
}

/* Reporting value of what is left, half to even; 0 without a rate or a unit_value. */
static int64_t left_value(const Verifier *v, const Offer *offer, Int128 left)
{
    mpq_t value;
    int64_t amount = 0;

    mpq_init(value);
    if (worth_of_offer(v->round, offer, value)) {
        exact_multiply(value, left);
        exact_multiply(value, unit_scale(v->round->currency));
        exact_divide(value, unit_scale(offer->unit));
        if (!exact_round(value, ROUND_HALF_EVEN, &amount))
            amount = -1; /* no figure of a plan is */
    }
    mpq_clear(value);
    return amount;
}

/* Sums over an offer's own lines. */
typedef struct OwnSums {
    Int128 overhead;
    Int128 value;
    int needs;
    int last_need; /* row + 1 of the last one counted: lines stand by need */
} OwnSums;

static void check_offer(Verifier *v, size_t o, const OwnSums *sums)
{
    const Offer *offer = &v->round->offers[o];
    const OfferResult *said = &v->plan->offers[o];
    const VerifyLine *last = v->last[o];
    Int128 left = offer->quantity_known ? offer->quantity - v->used[o] : 0;

    figure(v, last, offer->id, "used", offer->unit, said->used, v->used[o]);
    if (left >= 0) { /* else C2 has said so */
        figure(v, last, offer->id, "left", offer->unit, said->left, left);
        figure(v, last, offer->id, "value_left", v->round->currency, said->value_left,
               left_value(v, offer, left));
    }
    figure(v, last, offer->id, "overhead", offer->unit, said->overhead, sums->overhead);
    figure(v, last, offer->id, "value_used", v->round->currency, said->value_used, sums->value);
    count(v, last, offer->id, "needs", said->needs, sums->needs);
}

Status verify_figures(Verifier *v)
{
    OwnSums *sums = ARENA_NEW(v->arena, v->round->offer_count, OwnSums);
    int *seen = ARENA_NEW(v->arena, v->donor_count, int);
    size_t commitment = 0;

    TRY_NEW(sums);
    TRY_NEW(seen);
    for (size_t i = 0; i < v->line_count; i++) {
        const VerifyLine *line = &v->lines[i];
        OwnSums *own = &sums[line->offer];

        check_line(v, line, is_locked(v->round, line, &commitment));
        own->overhead += kept_of(v, line);
        own->value += line->has_value ? line->value : 0;
        own->needs += own->last_need == line->need + 1 ? 0 : 1;
        own->last_need = line->need + 1;
    }
    for (size_t n = 0; n < v->round->need_count; n++)
        check_need(v, n, seen);
    for (size_t o = 0; o < v->round->offer_count; o++)
        check_offer(v, o, &sums[o]);
    if (!isfinite(v->plan->rounding_loss) || v->plan->rounding_loss < 0)
        verify_broken(v, DIAG_PLAN_SUM, NULL, "the value lost by rounding is no amount");
    return STATUS_OK;
}
