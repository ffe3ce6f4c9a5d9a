/* Two implementations of the same pages, written apart: what the planning side (eligibility.h,
 * plan.h) says of random rounds, and what the independent check says. Where they differ one of them
 * has misread a page. */
#include "tests/support/verify_case.h"

#include "allot/eligibility.h"

#include <stdio.h>

enum { ROUNDS = 3000, NEEDS = 3, OFFERS = 4 };

static const char *const MARKS[] = {"", "A", "B", "A;B"};

static bool sometimes(TestRandom *random)
{
    return random_chance(random, 6);
}

static NameList some_marks(VerifyCase *c, TestRandom *random)
{
    return case_names(c, sometimes(random) ? MARKS[random_between(random, 1, 3)] : "");
}

static Date some_day(TestRandom *random)
{
    return sometimes(random) ? case_date("2026-03-01") + (Date)random_between(random, -40, 40)
                             : DATE_NONE;
}

static const char *some_unit(TestRandom *random)
{
    static const char *const UNITS[] = {"EUR", "USD", "JPY", "seat", "seat", "licence"};

    return UNITS[random_between(random, 0, (int)COUNT_OF(UNITS) - 1)];
}

static Decimal some_decimal(TestRandom *random, int64_t low, int64_t high, int places)
{
    return decimal_make(random_between(random, low, high), places);
}

static void add_need(VerifyCase *c, TestRandom *random, int row)
{
    static const char *const CURRENCIES[] = {"EUR", "PLN", "USD", "JPY"};
    const char *id = arena_printf(c->arena, "N%d", row);
    const char *unit = some_unit(random);
    Need *need = case_need(c, id, unit, 0);

    need->quantity = unit_scale(need->unit) * random_between(random, 1, 400);
    if (need->unit.is_money)
        need->quantity += random_between(random, 0, unit_scale(need->unit) - 1);
    need->covered = sometimes(random) ? need->quantity / 4 / need->step * need->step : 0;
    need->wanted = need->quantity - need->covered;
    need->quantity_known = !random_chance(random, 30);
    need->ready = !random_chance(random, 30);
    if (!need->unit.is_money && !sometimes(random)) {
        char cost[32];

        decimal_format(some_decimal(random, 1, 500000, (int)random_between(random, 0, 4)), cost);
        case_unit_cost(c, need, cost, CURRENCIES[random_between(random, 0, 3)]);
    }
    need->has_value = need->unit.is_money || need->has_unit_cost;
    need->currency = need->unit.is_money ? need->unit.name : need->currency;
    if (need->unit.is_money)
        need->unit_cost = decimal_make(1, 0);
    need->beneficiary = case_name(c, MARKS[random_between(random, 0, 2)]);
    need->region = case_name(c, MARKS[random_between(random, 0, 2)]);
    need->category = case_name(c, MARKS[random_between(random, 1, 2)]);
    need->tags = case_names(c, MARKS[random_between(random, 0, 3)]);
    need->oda = (OdaFlag)random_between(random, ODA_UNKNOWN, ODA_YES);
    need->earliest = some_day(random);
    need->deadline = some_day(random);
    need->tier = (int)random_between(random, 1, 2);
}

static void add_parent(VerifyCase *c, TestRandom *random, Offer *offer, int row)
{
    Offer *parent;

    if (row == 0 || !random_chance(random, 2))
        return;
    parent = &c->round.offers[random_between(random, 0, row - 1)];
    if (parent->unit.name == offer->unit.name || (parent->unit.is_money && offer->unit.is_money))
        case_parent(c, offer, parent);
}

static void add_offer(VerifyCase *c, TestRandom *random, int row)
{
    const char *id = arena_printf(c->arena, "O%d", row);
    Offer *offer = case_offer(c, id, MARKS[random_between(random, 1, 2)], some_unit(random), 0);

    offer->quantity =
        unit_scale(offer->unit) * random_between(random, 100, 900) * INT64_C(1000000000);
    offer->quantity_known = !random_chance(random, 30);
    offer->has_unit_value = random_chance(random, 2);
    offer->unit_value = some_decimal(random, 1, 99999, 3);
    if (random_chance(random, 3))
        offer->category = case_names(c, MARKS[random_between(random, 1, 3)]);
    offer->status = (Basis)random_between(random, BASIS_PLEDGED, BASIS_PAID);
    offer->only_beneficiaries = some_marks(c, random);
    offer->only_regions = some_marks(c, random);
    offer->only_needs = case_names(c, sometimes(random) ? "N0;N1" : "");
    offer->only_tags = some_marks(c, random);
    offer->not_beneficiaries = some_marks(c, random);
    offer->not_regions = some_marks(c, random);
    offer->not_needs = case_names(c, sometimes(random) ? "N2" : "");
    offer->not_tags = some_marks(c, random);
    offer->valid_from = some_day(random);
    offer->valid_to = some_day(random);
    offer->lead_days = (int)random_between(random, 0, 20);
    offer->lapses = some_day(random);
    offer->oda_only = sometimes(random);
    if (offer->unit.is_money && random_chance(random, 2))
        offer->overhead = some_decimal(random, 0, 5000, 4);
    add_parent(c, random, offer, row);
    offer->basis = offer->status;
    for (int o = offer->parent_row; o >= 0; o = c->round.offers[o].parent_row)
        if (c->round.offers[o].status < offer->basis)
            offer->basis = c->round.offers[o].status;
}

static void add_pairs(VerifyCase *c, TestRandom *random)
{
    for (int n = 0; n < NEEDS; n++)
        for (int o = 0; o < OFFERS && c->round.pair_count < CASE_ROWS; o++) {
            PairRow *pair;

            if (!sometimes(random))
                continue;
            pair = case_pair(c, n, o);
            pair->has_use = random_chance(random, 3);
            pair->use = some_decimal(random, 1, 99999, 3);
            pair->has_eligible = random_chance(random, 2);
            pair->eligible = pair->has_eligible && random_chance(random, 2);
        }
}

static void add_rule(VerifyCase *c, TestRandom *random)
{
    RuleRow *rule;

    if (!sometimes(random))
        return;
    rule = case_rule(c, "R0", RULE_FORBID);
    rule->select[random_between(random, SELECT_BENEFICIARY, SELECT_TAG)] = case_names(c, "B");
    rule->select[SELECT_DONOR] = some_marks(c, random);
    rule->select[SELECT_OFFER] = case_names(c, sometimes(random) ? "O0" : "");
    rule->select[SELECT_PRIORITY] = case_names(c, sometimes(random) ? "2" : "");
}

static VerifyCase *random_case(TestRandom *random)
{
    VerifyCase *c = case_new();

    c->round.settings.plan_on = (Basis)random_between(random, BASIS_PLEDGED, BASIS_COMMITTED);
    c->round.settings.pairs_only = random_chance(random, 30);
    c->round.settings.start = case_date("2026-02-15");
    c->round.settings.end = case_date("2026-04-15");
    for (int n = 0; n < NEEDS; n++)
        add_need(c, random, n);
    for (int o = 0; o < OFFERS; o++)
        add_offer(c, random, o);
    for (int n = 0; n < NEEDS; n++) {
        Need *need = &c->round.needs[n];

        if (!round_convert(&c->round, round_unit(&c->round, need->currency), c->round.currency,
                           &need->value))
            fail();
        assert_true(ratio_multiply(need->value, ratio_of_decimal(need->unit_cost), &need->value));
        assert_true(ratio_multiply(
            need->value,
            ratio_of(unit_scale(round_unit(&c->round, need->currency)), unit_scale(need->unit)),
            &need->value));
    }
    add_pairs(c, random);
    add_rule(c, random);
    if (sometimes(random))
        case_commitment(c, 1, 1, COMMITMENT_FORBIDDEN, 0);
    return c;
}

/* ---- eligibility ---------------------------------------------------------------------------- */

static void both_sides_bar_the_same_pairs(void **state)
{
    TestRandom random = random_seeded(20260401);
    int allowed = 0;

    (void)state;
    for (int i = 0; i < ROUNDS; i++) {
        VerifyCase *c = random_case(&random);

        for (int n = 0; n < NEEDS; n++)
            for (int o = 0; o < OFFERS; o++) {
                Bar bar = eligibility_bar(&c->round, n, o);
                const Finding *finding;
                size_t count;

                c->plan.assignment_count = 0;
                case_line(c, n, o, c->round.needs[n].step);
                (void)case_verify(c);
                finding = diag_findings(c->diag, &count);
                if ((bar.check == BAR_NOTHING) != (count == 0))
                    fail_msg("round %d, N%d from O%d: planning says '%s' (%s), the check '%s'", i,
                             n, o, bar_text(bar.check), bar.check == BAR_NOTHING ? "" : bar.column,
                             count > 0 ? finding->message : "");
                allowed += bar.check == BAR_NOTHING;
            }
        case_free(c);
    }
    assert_true(allowed > ROUNDS);
}

/* ---- figures -------------------------------------------------------------------------------- */

static void both_sides_work_out_the_same_figures(void **state)
{
    TestRandom random = random_seeded(20260402);
    size_t lines = 0;

    (void)state;
    for (int i = 0; i < ROUNDS; i++) {
        VerifyCase *c = random_case(&random);
        const Finding *finding;
        size_t count;

        for (int n = 0; n < NEEDS; n++)
            for (int o = 0; o < OFFERS; o++) {
                const Need *need = &c->round.needs[n];
                int64_t most = need->wanted / need->step / OFFERS;
                Assignment *line;

                if (most < 1 || eligibility_bar(&c->round, n, o).check != BAR_NOTHING)
                    continue;
                line = case_line(c, n, o, need->step * random_between(&random, 1, most));
                line->basis = c->round.offers[o].basis;
                lines++;
            }
        assert_int_equal(plan_figures(&c->round, c->arena, &c->plan), STATUS_OK);
        if (case_verify_figures(c) != STATUS_OK) {
            finding = diag_findings(c->diag, &count);
            fail_msg("round %d: %s", i, finding->message);
        }
        case_free(c);
    }
    assert_true(lines > ROUNDS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(both_sides_bar_the_same_pairs),
        cmocka_unit_test(both_sides_work_out_the_same_figures),
    };

    return cmocka_run_group_tests_name("verify twins", tests, NULL, no_arena_is_left);
}
