/* What a pair may give and takes: use by unit cost, rates and overheads; bounds with the row they
 * come from. Every expected figure is worked by hand.
 */
#include "tests/support/round_case.h"

#include <string.h>

#define MONEY                                                                                      \
    {                                                                                              \
        "rates.csv", "currency,rate\nUSD,0.8\nJPY,0.00625\n"                                       \
    }

typedef struct UseCase {
    const char *label;
    CaseFile files[CASE_FILES];
    int64_t num, den; /* smallest parts of the offer for one of the need */
} UseCase;

#define NEED(heading, cells)                                                                       \
    {                                                                                              \
        "needs.csv", "id,category,quantity,unit" heading "\nN1,HW," cells "\n"                     \
    }
#define OFFER(heading, cells)                                                                      \
    {                                                                                              \
        "offers.csv", "id,donor,quantity,unit" heading "\nO1,DE," cells "\n"                       \
    }

static const UseCase USES[] = {
    {"the same thing", {NEED("", "5,seat"), OFFER("", "5,seat")}, 1, 1},
    {"the same money", {NEED("", "5,EUR"), OFFER("", "5,EUR")}, 1, 1},
    /* 1 cent of 1 USD = 0.8 EUR is 0.8 cents */
    {"dollars paid in euros", {MONEY, NEED("", "5,USD"), OFFER("", "5,EUR")}, 4, 5},
    /* 1 cent = 0.01 EUR = 1.6 JPY, which has no minor unit */
    {"euros paid in yen", {MONEY, NEED("", "5,EUR"), OFFER("", "500,JPY")}, 8, 5},
    /* 250 USD a seat = 200 EUR = 20000 cents for 1000000 millionths */
    {"seats bought",
     {MONEY, NEED(",unit_cost,currency", "5,seat,250,USD"), OFFER("", "5,EUR")},
     1,
     50},
    /* of 100, 10 are kept: 90 arrive, so that 1 takes 10/9 */
    {"an overhead", {NEED("", "5,EUR"), OFFER(",overhead", "5,EUR,0.1")}, 10, 9},
    /* 0.9 * 0.8 = 0.72 arrive */
    {"overheads along a chain",
     {NEED("", "5,EUR"),
      {"offers.csv", "id,donor,quantity,unit,parent,overhead\n"
                     "O0,DE,9,EUR,,0.2\nO1,DE,9,EUR,O0,0.1\n"}},
     25,
     18},
    /* 3 seats for one euro: 3000000 millionths for 100 cents; overhead does not come into it */
    {"a use",
     {NEED("", "5,EUR"), OFFER("", "50,seat"), {"pairs.csv", "need,offer,use\nN1,O1,3\n"}},
     30000,
     1},
};

static void a_unit_takes_its_price_over_what_arrives(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(USES); i++) {
        Pipeline *run = case_formulate(USES[i].files);
        Ratio use, want = ratio_of(USES[i].num, USES[i].den);
        assert_case_int(USES[i].label, run->status, STATUS_OK);
        const Pair *pair = case_pair_of(run, "N1", "O1");
        assert_case(USES[i].label, ratio_compare(pair->use, want) == 0);
        assert_case(USES[i].label, plan_use(&run->round, pair->need, pair->offer, &use) &&
                                       ratio_compare(use, want) == 0);
        pipeline_free(run);
    }
}

typedef struct BoundCase {
    const char *label;
    CaseFile files[CASE_FILES];
    int64_t lower, upper; /* smallest parts */
    bool locked;
    TableKind upper_from;
} BoundCase;

#define SEAT INT64_C(1000000)

static const BoundCase BOUNDS[] = {
    {"what is wanted", {NEED(",covered", "9,EUR,2.50")}, 0, 650, false, TABLE_NEEDS},
    {"nothing where all is covered", {NEED(",covered", "9,EUR,10")}, 0, 0, false, TABLE_NEEDS},
    {"a share of the full quantity, in whole steps",
     {NEED(",covered", "7,seat,1"), OFFER(",max_share", "9,seat,0.5")},
     0,
     3 * SEAT,
     false,
     TABLE_OFFERS},
    {"a share in steps of two",
     {NEED(",step", "8,seat,2"), OFFER(",max_share", "9,seat,0.7")},
     0,
     4 * SEAT,
     false,
     TABLE_OFFERS},
    {"a pair's most", {{"pairs.csv", "need,offer,max\nN1,O1,3\n"}}, 0, 300, false, TABLE_PAIRS},
    {"fixed",
     {{"commitments.csv", "need,offer,kind,quantity\nN1,O1,fixed,4.20\n"}},
     420,
     420,
     true,
     TABLE_COMMITMENTS},
    {"at least and at most",
     {{"commitments.csv", "need,offer,kind,quantity\nN1,O1,at_least,1\nN1,O1,at_most,2\n"}},
     100,
     200,
     true,
     TABLE_COMMITMENTS},
    {"at most alone locks nothing",
     {{"commitments.csv", "need,offer,kind,quantity\nN1,O1,at_most,2\n"}},
     0,
     200,
     false,
     TABLE_COMMITMENTS},
};

static void bounds_of_a_pair_name_the_row_that_binds(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(BOUNDS); i++) {
        const BoundCase *c = &BOUNDS[i];
        Pipeline *run = case_formulate(c->files);
        assert_case_int(c->label, run->status, STATUS_OK);
        const Pair *pair = case_pair_of(run, "N1", "O1");
        assert_case_int(c->label, pair->lower, c->lower);
        assert_case_int(c->label, pair->upper, c->upper);
        assert_case_int(c->label, pair->locked, c->locked);
        assert_case_int(c->label, pair->upper_from.table, c->upper_from);
        pipeline_free(run);
    }
}

static void pairs_stand_by_need_then_offer_and_are_found(void **state)
{
    const CaseFile files[] = {
        {"needs.csv", "id,category,quantity\nN2,HW,1\nN1,HW,1\nN3,SW,1\n"},
        {"offers.csv", "id,donor,quantity,category\nO2,DE,1,*\nO3,DE,1,SW\nO1,DE,1,HW\n"},
        {NULL, NULL}};
    static const int WANT[][2] = {{0, 0}, {0, 1}, {1, 0}, {1, 1}, {2, 1}, {2, 2}};
    (void)state;
    Pipeline *run = case_formulate(files);
    assert_int_equal(run->pairs.count, COUNT_OF(WANT));
    for (size_t p = 0; p < COUNT_OF(WANT); p++) {
        assert_int_equal(run->pairs.pairs[p].need, WANT[p][0]);
        assert_int_equal(run->pairs.pairs[p].offer, WANT[p][1]);
        assert_int_equal(pair_set_find(&run->pairs, WANT[p][0], WANT[p][1]), p);
    }
    assert_int_equal(run->pairs.first[2], 4);
    assert_int_equal(pair_set_find(&run->pairs, 0, 2), -1);
    assert_int_equal(pair_set_find(&run->pairs, 2, 0), -1);
    pipeline_free(run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_unit_takes_its_price_over_what_arrives),
        cmocka_unit_test(bounds_of_a_pair_name_the_row_that_binds),
        cmocka_unit_test(pairs_stand_by_need_then_offer_and_are_found),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
