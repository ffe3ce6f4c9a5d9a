/* The rules that columns and rows of the rules table become: their pairs, units and bounds, worked
 * by hand, and what a line counts under them.
 */
#include "tests/support/case_tables.h"

#include <stdio.h>
#include <string.h>

/* N1 100 EUR and N3 40 USD (32 EUR) of MOH, N2 5 seats at 20 EUR of ZHY; O1 and its child O3 money,
 * O2 seats. */
static const CaseFile NEEDS = {"needs.csv",
                               "id,category,quantity,unit,unit_cost,beneficiary,region,tags\n"
                               "N1,HW,100,EUR,,MOH,north,a;b\n"
                               "N2,SW,5,seat,20,ZHY,south,b\n"
                               "N3,HW,40,USD,,MOH,north,\n"};
static const CaseFile OFFERS = {"offers.csv", "id,donor,quantity,unit,parent\n"
                                              "O1,DE,100,EUR,\n"
                                              "O2,FR,5,seat,\n"
                                              "O3,FR,80,USD,O1\n"};

typedef struct RuleCase {
    const char *label;
    CaseFile file;
    RuleFamily family;
    const char *id;
    const char *unit;
    RuleMeasure measure;
    size_t pairs;
    bool upper; /* else lower */
    int64_t bound;
} RuleCase;

/* The pairs: N1 O1, N1 O3, N2 O1, N2 O2, N2 O3, N3 O1, N3 O3. */
static const RuleCase CASES[] = {
    {"an offer's quantity, its child's lines too",
     {NULL, NULL},
     FAMILY_OFFER,
     "O1",
     "EUR",
     COUNT_OFFER_UNITS,
     6,
     true,
     10000},
    {"a child's quantity",
     {NULL, NULL},
     FAMILY_OFFER,
     "O3",
     "USD",
     COUNT_OFFER_UNITS,
     3,
     true,
     8000},
    {"a budget counts what its money pays in the end",
     {"donors.csv", "id,budget,currency\nDE,70,USD\n"},
     FAMILY_DONOR,
     "DE",
     "USD",
     COUNT_OFFER_UNITS,
     6,
     true,
     7000},
    {"a beneficiary's max_value",
     {"beneficiaries.csv", "id,max_value\nMOH,50.5\n"},
     FAMILY_BENEFICIARY,
     "MOH",
     "EUR",
     COUNT_VALUE,
     4,
     true,
     5050},
    {"a limit in dollars", RULES(",value,currency,offer", "R1,limit,50,USD,O3\n"), FAMILY_LIMIT,
     "R1", "EUR", COUNT_VALUE, 3, true, 4000},
    {"a floor rounds up", RULES(",value,currency", "R1,floor,0.02,USD\n"), FAMILY_FLOOR, "R1",
     "EUR", COUNT_VALUE, 7, false, 2},
    {"a limit rounds down", RULES(",value,currency", "R1,limit,0.02,USD\n"), FAMILY_LIMIT, "R1",
     "EUR", COUNT_VALUE, 7, true, 1},
    {"a quantity of needs", RULES(",quantity,unit,need", "R1,limit,3,seat,N2\n"), FAMILY_LIMIT,
     "R1", "seat", COUNT_NEED_UNITS, 3, true, 3000000},
    {"a quantity of offers", RULES(",quantity,unit,offer", "R1,limit,30,EUR,O1\n"), FAMILY_LIMIT,
     "R1", "EUR", COUNT_OFFER_UNITS, 3, true, 3000},
    {"a rule on a parent does not reach its child", RULES(",value,donor", "R1,limit,9,DE\n"),
     FAMILY_LIMIT, "R1", "EUR", COUNT_VALUE, 3, true, 900},
    {"a reserve counts its child's lines", RULES(",value,donor", "R1,reserve,9,DE\n"),
     FAMILY_RESERVE, "R1", "EUR", COUNT_OFFER_UNITS, 6, true, 9100},
    {"a share in reserve, rounded up", RULES(",share,offer", "R1,reserve,0.333,O3\n"),
     FAMILY_RESERVE, "R1", "USD", COUNT_OFFER_UNITS, 3, true, 5336},
    {"seats in reserve", RULES(",quantity,unit,offer", "R1,reserve,2,seat,O2\n"), FAMILY_RESERVE,
     "R1", "seat", COUNT_OFFER_UNITS, 1, true, 3000000},
};

static void each_family_bounds_its_pairs(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(CASES); i++) {
        const RuleCase *c = &CASES[i];
        const CaseFile files[] = {RATES, NEEDS, OFFERS, c->file, {NULL, NULL}};
        Pipeline *run = case_formulate(files);
        if (run->status != STATUS_OK)
            pipeline_print(run);
        assert_case_int(c->label, run->status, STATUS_OK);
        const Rule *rule = case_rule_of(run, c->family, c->id);
        assert_case_text(c->label, rule->unit.name, c->unit);
        assert_case_int(c->label, rule->measure, c->measure);
        assert_case_int(c->label, (int64_t)rule->count, (int64_t)c->pairs);
        assert_case_int(c->label, rule->has_upper, c->upper);
        assert_case_int(c->label, rule->has_lower, !c->upper);
        assert_case_int(c->label, c->upper ? rule->upper : rule->lower, c->bound);
        pipeline_free(run);
    }
}

/* ---- shares --------------------------------------------------------------------------------- */

static void a_share_of_the_total_keeps_its_fraction(void **state)
{
    const CaseFile files[] = {
        RATES, NEEDS, OFFERS, RULES(",share,donor", "R1,limit,0.35,FR\n"), {NULL, NULL}};
    (void)state;
    Pipeline *run = case_formulate(files);
    const Rule *rule = case_rule_of(run, FAMILY_LIMIT, "R1");
    assert_true(rule->of_total);
    assert_int_equal(ratio_compare(rule->share, ratio_of(7, 20)), 0);
    assert_int_equal(rule->count, 4);
    pipeline_free(run);
}

static void a_donors_share_of_a_need_is_cut_to_whole_steps(void **state)
{
    const CaseFile files[] = {
        RATES, NEEDS, OFFERS, {"donors.csv", "id,max_share\nDE,0.5\n"}, {NULL, NULL}};
    (void)state;
    Pipeline *run = case_formulate(files);
    size_t found = 0;
    for (size_t r = 0; r < run->rules.count; r++) {
        const Rule *rule = &run->rules.rules[r];
        if (rule->family != FAMILY_SHARE)
            continue;
        found++;
        if (strcmp(rule->each, "N2") == 0) /* half of 5 seats: 2; DE's are O1 and its child O3 */
            assert_int_equal(rule->upper, 2000000);
        assert_int_equal(rule->count, 2);
    }
    assert_int_equal(found, 3);
    pipeline_free(run);
}

static void the_civil_part_is_what_its_share_leaves_beside_the_covered(void **state)
{
    const CaseFile files[] = {
        {"needs.csv", "id,category,quantity,unit,civil_share,covered\nN1,HW,9,seat,0.5,1\n"},
        {"offers.csv", "id,donor,quantity,unit,civil_only\nO1,DE,9,seat,yes\nO2,DE,9,seat,no\n"},
        {NULL, NULL}};
    (void)state;
    Pipeline *run = case_formulate(files);
    const Rule *rule = case_rule_of(run, FAMILY_CIVIL, "N1");
    assert_int_equal(rule->count, 1);
    assert_int_equal(rule->upper, 3000000); /* 4.5 - 1 = 3.5 */
    pipeline_free(run);
}

/* ---- each ----------------------------------------------------------------------------------- */

static void each_makes_a_rule_a_combination(void **state)
{
    static const struct {
        const char *each;
        const char *keys[4];
        size_t counts[4];
        size_t rules;
    } want[] = {
        {"donor", {"donor DE", "donor FR"}, {3, 4}, 2},
        {"region", {"region north", "region south"}, {4, 3}, 2},
        {"tag", {"tag a", "tag b"}, {2, 5}, 2}, /* N3 has none and counts nowhere */
        {"donor;region",
         {"donor DE, region north", "donor DE, region south", "donor FR, region north",
          "donor FR, region south"},
         {2, 1, 2, 2},
         4},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(want); i++) {
        char text[128];
        size_t found = 0;
        snprintf(text, sizeof text, "id,kind,value,each\nR1,limit,9,%s\n", want[i].each);
        const CaseFile files[] = {RATES, NEEDS, OFFERS, {"rules.csv", text}, {NULL, NULL}};
        Pipeline *run = case_formulate(files);
        for (size_t r = 0; r < run->rules.count; r++) {
            const Rule *rule = &run->rules.rules[r];
            if (rule->family != FAMILY_LIMIT)
                continue;
            assert_case(want[i].each, found < want[i].rules);
            assert_case_text(want[i].each, rule->each, want[i].keys[found]);
            assert_case_int(want[i].each, (int64_t)rule->count, (int64_t)want[i].counts[found]);
            found++;
        }
        assert_case_int(want[i].each, (int64_t)found, (int64_t)want[i].rules);
        pipeline_free(run);
    }
}

/* ---- what a line counts --------------------------------------------------------------------- */

static void a_line_counts_its_gross_rounded_up_and_its_value_half_to_even(void **state)
{
    const CaseFile files[] = {RATES,
                              {"needs.csv", "id,category,quantity,unit\nN1,HW,100,USD\n"},
                              {"offers.csv", "id,donor,quantity,unit,parent,overhead\n"
                                             "O1,DE,500,EUR,,\nO2,DE,500,USD,O1,0.1\n"},
                              RULES(",value", "R1,limit,9\n"),
                              {NULL, NULL}};
    static const struct {
        int64_t quantity, gross, parent, value;
    } want[] = {
        {1, 2, 2, 1}, /* 1 cent: 1.1 up 2; 2 * 0.8 = 1.6 up 2; 0.8 to 1 */
        {90, 100, 80, 72},
        {100, 112, 90, 80}, /* 111.1 up 112; 89.6 up 90 */
        {5, 6, 5, 4},       /* 5.6 up 6; 4.8 up 5 */
    };
    (void)state;
    Pipeline *run = case_formulate(files);
    int pair = pair_set_find(&run->pairs, 0, 1);
    for (size_t i = 0; i < COUNT_OF(want); i++) {
        int64_t amount;
        assert_true(rule_amount(&run->round, &run->pairs, case_rule_of(run, FAMILY_OFFER, "O2"),
                                pair, want[i].quantity, &amount));
        assert_int_equal(amount, want[i].gross);
        assert_true(rule_amount(&run->round, &run->pairs, case_rule_of(run, FAMILY_OFFER, "O1"),
                                pair, want[i].quantity, &amount));
        assert_int_equal(amount, want[i].parent);
        assert_true(rule_amount(&run->round, &run->pairs, case_rule_of(run, FAMILY_LIMIT, "R1"),
                                pair, want[i].quantity, &amount));
        assert_int_equal(amount, want[i].value);
    }
    pipeline_free(run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_family_bounds_its_pairs),
        cmocka_unit_test(a_share_of_the_total_keeps_its_fraction),
        cmocka_unit_test(a_donors_share_of_a_need_is_cut_to_whole_steps),
        cmocka_unit_test(the_civil_part_is_what_its_share_leaves_beside_the_covered),
        cmocka_unit_test(each_makes_a_rule_a_combination),
        cmocka_unit_test(a_line_counts_its_gross_rounded_up_and_its_value_half_to_even),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
