/* What the tables forbid, asked of any plan; and every plan of a tiny round, tried. */
#include "tests/support/brute_internal.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "tests/support/test_support.h"

bool brute_outcome(const Need *need)
{
    return need->quantity_known && need->quantity == 0;
}

double brute_wanted(const Need *need)
{
    return need->quantity_known ? fmax(0, (double)need->quantity - (double)need->covered) : 0;
}

double brute_given(const Brute *b, const int64_t *x, size_t need)
{
    double given = 0;
    for (size_t o = 0; o < b->offers; o++)
        given += (double)x[need * b->offers + o];
    return given;
}

double brute_gross(const Brute *b, size_t need, size_t offer, int64_t quantity)
{
    double part = brute_part(b->round->offers[offer].unit);
    return ceil((double)quantity * brute_pair(b, need, offer)->gross / part - 1e-6) * part;
}

const char *brute_donor(const Brute *b, size_t offer)
{
    return b->round->offers[b->round->offers[offer].root].donor;
}

int brute_distinct(const Brute *b, size_t count)
{
    int distinct = 0;
    for (size_t i = 0; i < count; i++) {
        size_t before = 0;
        while (before < i && strcmp(b->names[before], b->names[i]) != 0)
            before++;
        distinct += before == i;
    }
    return distinct;
}

double brute_decimal(Decimal value)
{
    return (double)value.digits / pow(10, value.places);
}

double brute_part(Unit unit)
{
    return pow(10, -unit.places);
}

double brute_rate(const Round *round, const char *currency)
{
    if (currency == NULL)
        return 0;
    if (strcmp(currency, round->settings.currency) == 0)
        return 1;
    for (size_t i = 0; i < round->rate_count; i++)
        if (strcmp(round->rates[i].currency, currency) == 0)
            return brute_decimal(round->rates[i].rate);
    return 0;
}

/** Reporting units of one whole unit of the need, or of an outcome; 0 without a price. */
static double price_of(const Round *round, const Need *need)
{
    if (need->unit.is_money && !brute_outcome(need))
        return brute_rate(round, need->unit.name);
    return need->has_unit_cost ? brute_decimal(need->unit_cost) * brute_rate(round, need->currency)
                               : 0;
}

/** Whole units of the offer that one whole unit of the need takes. */
static double use_of(const Round *round, const Need *need, int offer, const PairRow *row)
{
    const Offer *gives = &round->offers[offer];
    double passed = 1;
    if (row != NULL && row->has_use)
        return brute_decimal(row->use);
    if (!gives->unit.is_money)
        return 1;
    for (int o = offer; o >= 0; o = round->offers[o].parent_row)
        passed *= 1 - brute_decimal(round->offers[o].overhead);
    return price_of(round, need) / brute_rate(round, gives->unit.name) / passed;
}

static void bound_pair(const Round *round, int need, int offer, BrutePair *pair)
{
    const Need *wants = &round->needs[need];
    pair->most =
        floor(brute_decimal(round->offers[offer].max_share) * (double)wants->quantity + 1e-6);
    pair->least = 0;
    if (pair->row != NULL && pair->row->has_max)
        pair->most = fmin(pair->most,
                          nearbyint(brute_decimal(pair->row->max_given) / brute_part(wants->unit)));
    for (size_t i = 0; i < round->commitment_count; i++) {
        const Commitment *c = &round->commitments[i];
        double amount = nearbyint(brute_decimal(c->quantity_given) / brute_part(wants->unit));
        if (c->need != need || c->offer != offer)
            continue;
        if (c->kind == COMMITMENT_FIXED || c->kind == COMMITMENT_AT_MOST)
            pair->most = fmin(pair->most, amount);
        if (c->kind == COMMITMENT_FIXED || c->kind == COMMITMENT_AT_LEAST)
            pair->least = fmax(pair->least, amount);
    }
}

static const PairRow *row_of(const Round *round, int need, int offer)
{
    for (size_t i = 0; i < round->pair_count; i++)
        if (round->pairs[i].need == need && round->pairs[i].offer == offer)
            return &round->pairs[i];
    return NULL;
}

Brute *brute_new(const Round *round, Arena *arena)
{
    Brute *b = ARENA_NEW(arena, 1, Brute);
    assert_non_null(b);
    b->round = round;
    b->arena = arena;
    b->needs = round->need_count;
    b->offers = round->offer_count;
    b->pairs = ARENA_NEW(arena, b->needs * b->offers, BrutePair);
    b->value = ARENA_NEW(arena, b->needs, double);
    b->used = ARENA_NEW(arena, b->offers, double);
    b->names = ARENA_NEW(arena, b->needs * b->offers, const char *);
    assert_true(b->pairs != NULL && b->value != NULL && b->used != NULL && b->names != NULL);
    for (size_t n = 0; n < b->needs; n++) {
        const Need *need = &round->needs[n];
        b->value[n] = price_of(round, need) * (brute_outcome(need) ? 1 : brute_part(need->unit));
        for (size_t o = 0; o < b->offers; o++) {
            BrutePair *pair = brute_pair(b, n, o);
            pair->row = row_of(round, (int)n, (int)o);
            pair->may = brute_eligible(round, (int)n, (int)o, pair->row);
            pair->gross = use_of(round, need, (int)o, pair->row) * brute_part(need->unit);
            bound_pair(round, (int)n, (int)o, pair);
        }
    }
    brute_combine(b);
    brute_list_stages(b);
    return b;
}

bool brute_may_serve(const Brute *b, int need, int offer)
{
    return brute_pair(b, (size_t)need, (size_t)offer)->may;
}

void brute_take(const Brute *b, const Plan *plan, int64_t *x)
{
    memset(x, 0, b->needs * b->offers * sizeof *x);
    for (size_t i = 0; i < plan->assignment_count; i++)
        x[(size_t)plan->assignments[i].need * b->offers + (size_t)plan->assignments[i].offer] +=
            plan->assignments[i].quantity;
}

/* ---- judging -------------------------------------------------------------------------------- */

void brute_note(Brute *b, double excess, double slack, const char *rule, const char *id)
{
    BruteVerdict verdict = BRUTE_KEPT;
    if (b->exact)
        verdict = excess > 1e-6 ? BRUTE_BROKEN : BRUTE_KEPT;
    else if (excess > slack + 1e-6)
        verdict = BRUTE_BROKEN;
    else if (excess > -slack - 1e-6 && excess != 0)
        verdict = BRUTE_NEAR;
    if (verdict <= b->verdict)
        return;
    b->verdict = verdict;
    snprintf(b->what, sizeof b->what, "%s %s by %.9g", rule, id, excess);
}

static void judge_line(Brute *b, size_t n, size_t o, int64_t quantity)
{
    const Need *need = &b->round->needs[n];
    const BrutePair *pair = brute_pair(b, n, o);
    int64_t thing = need->unit.is_money ? 1 : 1000000, step = need->step > 0 ? need->step : thing;
    bool wrong = quantity < 0 || (quantity > 0 && !pair->may) || quantity % step != 0;
    if (wrong)
        brute_note(b, INFINITY, 0, "line", need->id);
    if ((double)quantity > pair->most + 0.5 && quantity > 0)
        brute_note(b, INFINITY, 0, "most of a line", need->id);
    if ((double)quantity < pair->least - 0.5)
        brute_note(b, INFINITY, 0, "commitment", need->id);
}

/** C1, C12 (donors) and C14 of one need: whole numbers, nothing is near. */
static void judge_need(Brute *b, size_t n, const int64_t *x)
{
    const Round *round = b->round;
    const Need *need = &round->needs[n];
    double all = 0, civil = 0, full = (double)need->quantity, covered = (double)need->covered;
    for (size_t o = 0; o < b->offers; o++) {
        double given = (double)x[n * b->offers + o];
        judge_line(b, n, o, x[n * b->offers + o]);
        all += given;
        civil += brute_civil(round, (int)o) ? given : 0;
    }
    if (all > fmax(0, full - covered) + 0.5)
        brute_note(b, INFINITY, 0, "wanted", need->id);
    if (civil > fmax(0, brute_decimal(need->civil_share) * full - covered) + 1e-4)
        brute_note(b, INFINITY, 0, "civil share", need->id);
    for (size_t d = 0; d < round->donor_count; d++) {
        double given = 0, most = brute_decimal(round->donors[d].max_share) * full;
        for (size_t o = 0; o < b->offers; o++)
            if (round->offers[round->offers[o].root].donor == round->donors[d].id)
                given += (double)x[n * b->offers + o];
        if (round->donors[d].has_max_share && given > most + 1e-4)
            brute_note(b, INFINITY, 0, "donor's share", round->donors[d].id);
    }
}

/** C2: what every offer and all that is paid out of it take. */
static void judge_offers(Brute *b, const int64_t *x)
{
    const Offer *offers = b->round->offers;
    double lines = (double)(b->needs * b->offers);
    memset(b->used, 0, b->offers * sizeof *b->used);
    for (size_t o = 0; o < b->offers; o++) {
        double gross = 0, rate = brute_rate(b->round, offers[o].unit.name);
        for (size_t n = 0; n < b->needs; n++)
            gross += (double)x[n * b->offers + o] * brute_pair(b, n, o)->gross;
        for (int up = (int)o; up >= 0; up = offers[up].parent_row)
            b->used[up] += offers[o].unit.is_money
                               ? gross * rate / brute_rate(b->round, offers[up].unit.name)
                               : gross;
    }
    for (size_t o = 0; o < b->offers; o++) {
        double part = brute_part(offers[o].unit);
        double slack = offers[o].unit.is_money ? 4 * lines * part : 0;
        if (b->used[o] > 0)
            brute_note(b, b->used[o] - (double)offers[o].quantity * part, slack, "quantity",
                       offers[o].id);
    }
}

/** C3 */
static void judge_donors(Brute *b, const int64_t *x)
{
    const Round *round = b->round;
    for (size_t d = 0; d < round->donor_count; d++) {
        const Donor *donor = &round->donors[d];
        double used = 0, rate = brute_rate(round, donor->currency);
        double part = donor->has_budget ? brute_part(round_unit(round, donor->currency)) : 0;
        for (size_t o = 0; donor->has_budget && o < b->offers; o++) {
            const Offer *root = &round->offers[round->offers[o].root];
            if (root->donor != donor->id || !root->unit.is_money)
                continue;
            for (size_t n = 0; n < b->needs; n++)
                used += (double)x[n * b->offers + o] * brute_pair(b, n, o)->gross *
                        brute_rate(round, round->offers[o].unit.name) / rate;
        }
        if (used > 0)
            brute_note(b, used - (double)donor->budget * part,
                       4 * (double)(b->needs * b->offers) * part, "budget", donor->id);
    }
}

/** C4 */
static void judge_beneficiaries(Brute *b, const int64_t *x)
{
    const Round *round = b->round;
    double part = brute_part(round->currency);
    for (size_t i = 0; i < round->beneficiary_count; i++) {
        const Beneficiary *beneficiary = &round->beneficiaries[i];
        double value = 0;
        for (size_t n = 0; beneficiary->has_max_value && n < b->needs; n++)
            for (size_t o = 0; round->needs[n].beneficiary == beneficiary->id && o < b->offers; o++)
                value += (double)x[n * b->offers + o] * b->value[n];
        if (value > 0)
            brute_note(b, value - (double)beneficiary->max_value * part,
                       (double)(b->needs * b->offers) * part, "max_value", beneficiary->id);
    }
}

static void judge(Brute *b, const int64_t *x)
{
    b->verdict = BRUTE_KEPT;
    b->what[0] = '\0';
    for (size_t n = 0; n < b->needs; n++)
        judge_need(b, n, x);
    judge_offers(b, x);
    judge_donors(b, x);
    judge_beneficiaries(b, x);
    brute_judge_rules(b, x);
    brute_judge_wholes(b, x);
    brute_judge_logic(b, x);
}

BruteVerdict brute_judge(Brute *b, const int64_t *x, const char **what)
{
    judge(b, x);
    *what = b->what;
    return b->verdict;
}

/* ---- trying every plan ---------------------------------------------------------------------- */

typedef struct Trial {
    Brute *b;
    int64_t *x;    /* the plan being built */
    int64_t *best; /* the best so far */
    double *values, *best_values;
    double *left;          /* [offers] whole units, own lines and those of what is paid out of it */
    const BruteWish *wish; /* NULL: the best is looked for */
    bool found;
    long tried, most;
} Trial;

static void try_plan(Trial *t)
{
    size_t at, cells = t->b->needs * t->b->offers;
    if (++t->tried > t->most)
        return;
    if (t->wish != NULL && !t->wish->fits(t->x, t->wish->context))
        return;
    judge(t->b, t->x);
    if (t->b->verdict != BRUTE_KEPT)
        return;
    if (t->best == NULL) { /* any that fits will do */
        t->found = true;
        return;
    }
    brute_values(t->b, t->x, t->values);
    if (t->found && brute_compare(t->b, t->values, t->best_values, &at) >= 0)
        return;
    t->found = true;
    memcpy(t->best, t->x, cells * sizeof *t->x);
    memcpy(t->best_values, t->values, t->b->stage_count * sizeof *t->values);
}

/** Takes this gross from the offer and all above it; false (and nothing taken for good: the caller
 *  gives it back) when one of them has not so much. */
static bool take(Trial *t, size_t offer, double gross)
{
    const Offer *offers = t->b->round->offers;
    bool enough = true;
    for (int o = (int)offer; o >= 0; o = offers[o].parent_row) {
        t->left[o] -= offers[offer].unit.is_money
                          ? gross * brute_rate(t->b->round, offers[offer].unit.name) /
                                brute_rate(t->b->round, offers[o].unit.name)
                          : gross;
        enough = enough && t->left[o] > -1e-6;
    }
    return enough;
}

/** The need has its amounts, which are something and not enough, or less than wished for: nothing
 *  that follows mends it. */
static bool is_too_little(const Trial *t, size_t need)
{
    const Brute *b = t->b;
    double given = brute_given(b, t->x, need);
    if (t->wish != NULL && given < (double)t->wish->least[need] - 0.5)
        return true;
    return given > 0 && given < brute_least(&b->round->needs[need]) - 0.5;
}

/** Every amount of one line after another: cell = need * offers + offer. */
static void try_lines(Trial *t, size_t cell, int64_t wanted)
{
    Brute *b = t->b;
    if (b->offers == 0) {
        try_plan(t);
        return;
    }
    size_t n = cell / b->offers, o = cell % b->offers;
    if (o == 0 && n > 0 && is_too_little(t, n - 1))
        return;
    if (cell == b->needs * b->offers) {
        try_plan(t);
        return;
    }
    const Need *need = &b->round->needs[n];
    const BrutePair *pair = brute_pair(b, n, o);
    if (o == 0)
        wanted = (int64_t)brute_wanted(need);
    for (int64_t q = 0; q <= wanted && t->tried <= t->most; q += need->step) {
        if (t->wish != NULL && t->found)
            return;
        if (q > 0 && (!pair->may || (double)q > pair->most + 0.5))
            break;
        double gross = (double)q * pair->gross;
        bool enough = q == 0 || take(t, o, gross);
        t->x[cell] = q;
        if (enough)
            try_lines(t, cell + 1, wanted - q);
        if (q > 0)
            (void)take(t, o, -gross);
        if (!enough)
            break;
    }
    t->x[cell] = 0;
}

static void try_all(Trial *t)
{
    Brute *b = t->b;
    size_t cells = b->needs * b->offers;
    t->x = ARENA_NEW(b->arena, cells, int64_t);
    t->values = ARENA_NEW(b->arena, b->stage_count, double);
    t->best_values = ARENA_NEW(b->arena, b->stage_count, double);
    t->left = ARENA_NEW(b->arena, b->offers, double);
    assert_true(t->x != NULL && t->values != NULL && t->best_values != NULL && t->left != NULL);
    for (size_t o = 0; o < b->offers; o++)
        t->left[o] = (double)b->round->offers[o].quantity * brute_part(b->round->offers[o].unit);
    b->exact = true;
    try_lines(t, 0, 0);
    b->exact = false;
}

bool brute_best(Brute *b, long most, int64_t *x, long *tried)
{
    Trial t = {.b = b, .best = x, .most = most};
    try_all(&t);
    *tried = t.tried;
    return t.found && t.tried <= most;
}

BruteFound brute_find(Brute *b, const BruteWish *wish, long most)
{
    Trial t = {.b = b, .wish = wish, .most = most};
    try_all(&t);
    if (t.found)
        return BRUTE_FOUND;
    return t.tried > most ? BRUTE_TOO_MANY : BRUTE_NONE;
}

void brute_keep_pairs(Brute *b, const Brute *from)
{
    for (size_t i = 0; i < b->needs * b->offers; i++)
        b->pairs[i].may = from->pairs[i].may;
}
