/* Every figure that follows from a plan's lines: gross, value, totals by need and by offer. Sums are
 * sums of lines; what is left or unmet is a remainder.
 */
#include "allot/language.h"
#include "allot/plan.h"
#include "allot/ranges.h"

#include <string.h>

#include "allot/logic.h"
#include "models/use.h"

const char *reason_text(Reason reason)
{
    switch (reason) {
    case REASON_NONE: return "";
    case REASON_NOT_READY: return "NOT_READY";
    case REASON_AMOUNT_UNKNOWN: return "AMOUNT_UNKNOWN";
    case REASON_NO_OFFER: return "NO_OFFER";
    case REASON_BARRED: return "BARRED";
    case REASON_WINDOW: return "WINDOW";
    case REASON_PREREQUISITE: return "PREREQUISITE";
    case REASON_BUNDLE: return "BUNDLE";
    case REASON_ALTERNATIVE: return "ALTERNATIVE";
    case REASON_URGENT: return "URGENT";
    case REASON_LOCKED_OUT: return "LOCKED_OUT";
    case REASON_BENEFICIARY_LIMIT: return "BENEFICIARY_LIMIT";
    case REASON_RULE_LIMIT: return "RULE_LIMIT";
    case REASON_MINIMUM: return "MINIMUM";
    case REASON_DONOR_COUNT: return "DONOR_COUNT";
    case REASON_TICKET: return "TICKET";
    case REASON_HIGHER_TIERS: return "HIGHER_TIERS";
    case REASON_EQUALS: return "EQUALS";
    case REASON_EXHAUSTED: return "EXHAUSTED";
    case REASON_SEVERAL: return "SEVERAL";
    case REASON_UNPROVEN: return "UNPROVEN";
    }
    return "";
}

const char *range_proof_text(RangeProof proof)
{
    switch (proof) {
    case RANGE_NOT_DECIDED: return N_("not decided");
    case RANGE_FORCED: return N_("forced");
    case RANGE_FREE: return N_("free");
    case RANGE_AT_LEAST: return N_("free at least");
    }
    return "";
}

const char *stage_status_text(StageStatus status)
{
    switch (status) {
    case STAGE_OPTIMAL: return N_("optimal");
    case STAGE_WITHIN_GAP: return N_("within gap");
    case STAGE_LIMIT: return N_("limit");
    case STAGE_PARTIAL: return N_("partial");
    case STAGE_UNPROVEN: return N_("unproven");
    }
    return "";
}

size_t stages_unproven(const StageResult *stages, size_t count)
{
    size_t unproven = 0;
    for (size_t i = 0; i < count; i++)
        unproven += stages[i].status != STAGE_OPTIMAL;
    return unproven;
}

static bool add_to(int64_t *sum, int64_t amount)
{
    return !__builtin_add_overflow(*sum, amount, sum);
}

/** What lines share, looked up once: mostly needs one after another are of one currency and price. */
typedef struct Factors {
    Ratio *by_offer;  /* [offer_count] use_offer_part(), */
    Ratio *kept;      /* and round_overhead(), */
    bool *known;      /* once a line asked; */
    bool *has_part;   /* is there one? */
    const Need *need; /* the last one that a line asked for, or NULL */
    bool need_has_part;
    Ratio by_need; /* use_need_part() */
    int terms;     /* counts the needs that differ from the one before in what by_need depends on */
    Ratio *use;    /* [offer_count] use_of_parts() */
    int *use_for;  /* [offer_count] the terms at which that was; 0: never */
} Factors;

static Status open_factors(const Round *round, Arena *arena, Factors *f)
{
    *f = (Factors){.need = NULL};
    f->by_offer = ARENA_NEW(arena, round->offer_count, Ratio);
    f->kept = ARENA_NEW(arena, round->offer_count, Ratio);
    f->known = ARENA_NEW(arena, round->offer_count, bool);
    f->has_part = ARENA_NEW(arena, round->offer_count, bool);
    f->use = ARENA_NEW(arena, round->offer_count, Ratio);
    f->use_for = ARENA_NEW(arena, round->offer_count, int);
    TRY_NEW(f->by_offer);
    TRY_NEW(f->kept);
    TRY_NEW(f->known);
    TRY_NEW(f->has_part);
    TRY_NEW(f->use);
    TRY_NEW(f->use_for);
    return STATUS_OK;
}

/** Is one unit of either paid for alike, by every offer? */
static bool same_terms(const Need *a, const Need *b)
{
    return a->has_value == b->has_value && a->currency == b->currency &&
           a->unit.name == b->unit.name && a->unit.places == b->unit.places &&
           a->unit_cost.digits == b->unit_cost.digits && a->unit_cost.places == b->unit_cost.places;
}

static bool look_up(const Round *round, const Assignment *line, Factors *f)
{
    const Need *need = &round->needs[line->need];
    int o = line->offer;
    if (f->need == NULL || (f->need != need && !same_terms(f->need, need))) {
        f->need_has_part = use_need_part(round, need, &f->by_need);
        f->terms++;
    }
    f->need = need;
    if (f->known[o])
        return true;
    f->known[o] = true;
    f->has_part[o] = use_offer_part(round, o, &f->by_offer[o]);
    return round_overhead(round, o, &f->kept[o]);
}

/** plan_use() of a line that was looked up. What pairs say is of one need alone. */
static bool use_of_line(const Round *round, Factors *f, const Assignment *line, Ratio *use)
{
    int o = line->offer;
    if (f->use_for[o] == f->terms && round->pair_count == 0) {
        *use = f->use[o];
        return true;
    }
    if (!use_of_parts(round, line->need, o, f->need_has_part ? &f->by_need : NULL,
                      f->has_part[o] ? &f->by_offer[o] : NULL, use))
        return false;
    f->use[o] = *use;
    f->use_for[o] = f->terms;
    return true;
}

/** A line's gross on its own offer and its value. */
static bool line_figures(const Round *round, Factors *f, Assignment *line)
{
    const Need *need = &round->needs[line->need];
    Ratio use;
    line->has_value = need->has_value;
    line->value = 0;
    return use_of_line(round, f, line, &use) &&
           ratio_apply(line->quantity, use, ROUND_UP, &line->offer_quantity) &&
           (!need->has_value ||
            ratio_apply(line->quantity, need->value, ROUND_HALF_EVEN, &line->value));
}

/** Takes a line's gross from its offer and, converted at the frozen rate, from every offer above. */
static bool draw(const Round *round, const Assignment *line, OfferResult *offers)
{
    Unit from = round->offers[line->offer].unit;
    for (int o = line->offer; o >= 0; o = round->offers[o].parent_row) {
        Ratio convert;
        int64_t gross = line->offer_quantity;
        if (round->offers[o].unit.name != from.name &&
            (!round_convert(round, from, round->offers[o].unit, &convert) ||
             !ratio_apply(line->offer_quantity, convert, ROUND_UP, &gross)))
            return false;
        if (!add_to(&offers[o].used, gross))
            return false;
    }
    return true;
}

static bool keep_overhead(const Factors *f, const Assignment *line, OfferResult *offer)
{
    int64_t kept;
    return ratio_apply(line->offer_quantity, f->kept[line->offer], ROUND_HALF_EVEN, &kept) &&
           add_to(&offer->overhead, kept);
}

static bool count_line(const Round *round, Plan *plan, Factors *f, Assignment *line)
{
    NeedResult *need = &plan->needs[line->need];
    OfferResult *offer = &plan->offers[line->offer];
    if (!look_up(round, line, f) || !line_figures(round, f, line) ||
        !draw(round, line, plan->offers) || !keep_overhead(f, line, offer))
        return false;
    offer->needs++;
    return add_to(&need->assigned, line->quantity) && add_to(&need->value_assigned, line->value) &&
           add_to(&offer->value_used, line->value) &&
           (line->basis != BASIS_PLEDGED || add_to(&need->pledged, line->quantity));
}

/** Distinct root donors among the lines of one need (they stand together). */
static int count_donors(const Round *round, const Assignment *lines, size_t count)
{
    int donors = 0;
    for (size_t i = 0; i < count; i++) {
        const char *donor = round->offers[round->offers[lines[i].offer].root].donor;
        bool seen = false;
        for (size_t k = 0; k < i && !seen; k++)
            seen = round->offers[round->offers[lines[k].offer].root].donor == donor;
        donors += !seen;
    }
    return donors;
}

static bool finish_need(const Need *need, NeedResult *result)
{
    int64_t wanted = 0;
    if (!need->quantity_known)
        return true;
    result->unmet = need->wanted > result->assigned ? need->wanted - result->assigned : 0;
    if (need->has_value && !ratio_apply(need->wanted, need->value, ROUND_HALF_EVEN, &wanted))
        return false;
    if (result->unmet > 0 && wanted > result->value_assigned)
        result->value_unmet = wanted - result->value_assigned;
    return true;
}

/** What is left of an offer, and what that is worth: money at its rate, in kind at unit_value. */
static bool finish_offer(const Round *round, const Offer *offer, OfferResult *result)
{
    Ratio rate, price = ratio_of(1, 1), value;
    if (!offer->quantity_known)
        return true;
    result->left = offer->quantity > result->used ? offer->quantity - result->used : 0;
    if (!offer->unit.is_money && !offer->has_unit_value)
        return true;
    if (!offer->unit.is_money)
        price = ratio_of_decimal(offer->unit_value);
    return round_rate(round, offer->unit.is_money ? offer->unit.name : offer->currency, &rate) &&
           ratio_multiply(price, rate, &value) &&
           ratio_multiply(value, ratio_of(unit_scale(round->currency), unit_scale(offer->unit)),
                          &value) &&
           ratio_apply(result->left, value, ROUND_HALF_EVEN, &result->value_left);
}

/** Which needs are met in full, outcomes too. */
static Status mark_full(const Round *round, Arena *arena, Plan *plan)
{
    int64_t *assigned = ARENA_NEW(arena, round->need_count, int64_t);
    bool *full = ARENA_NEW(arena, round->need_count, bool);
    TRY_NEW(assigned);
    TRY_NEW(full);
    for (size_t n = 0; n < round->need_count; n++)
        assigned[n] = plan->needs[n].assigned;
    logic_full(round, assigned, full);
    for (size_t n = 0; n < round->need_count; n++)
        plan->needs[n].full = full[n];
    return STATUS_OK;
}

Status plan_figures(const Round *round, Arena *arena, Plan *plan)
{
    plan->needs = ARENA_NEW(arena, round->need_count, NeedResult);
    plan->offers = ARENA_NEW(arena, round->offer_count, OfferResult);
    Factors factors;
    TRY_NEW(plan->needs);
    TRY_NEW(plan->offers);
    TRY(open_factors(round, arena, &factors));
    for (size_t i = 0; i < plan->assignment_count; i++)
        if (!count_line(round, plan, &factors, &plan->assignments[i]))
            return STATUS_INTERNAL;
    for (size_t first = 0, end; first < plan->assignment_count; first = end) {
        int need = plan->assignments[first].need;
        for (end = first; end < plan->assignment_count && plan->assignments[end].need == need;)
            end++;
        plan->needs[need].donors = count_donors(round, plan->assignments + first, end - first);
    }
    for (size_t n = 0; n < round->need_count; n++) {
        plan->needs[n].detail = "";
        if (!finish_need(&round->needs[n], &plan->needs[n]))
            return STATUS_INTERNAL;
    }
    for (size_t o = 0; o < round->offer_count; o++)
        if (!finish_offer(round, &round->offers[o], &plan->offers[o]))
            return STATUS_INTERNAL;
    return mark_full(round, arena, plan);
}

int64_t plan_budget_used(const Round *round, const Plan *plan, int donor)
{
    const Donor *row = &round->donors[donor];
    Unit unit = round_unit(round, row->currency);
    int64_t used = 0;
    for (size_t i = 0; i < plan->assignment_count; i++) {
        const Assignment *line = &plan->assignments[i];
        const Offer *offer = &round->offers[line->offer];
        int64_t part;
        Ratio rate;
        if (round->offers[offer->root].donor_row == donor && offer->unit.is_money &&
            round_convert(round, offer->unit, unit, &rate) &&
            ratio_apply(line->offer_quantity, rate, ROUND_HALF_EVEN, &part) &&
            __builtin_add_overflow(used, part, &used))
            return row->budget;
    }
    return used < row->budget ? used : row->budget; /* lines are rounded up to the cent */
}
