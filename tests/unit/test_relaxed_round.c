/* The round without its rules of all or nothing: a pair over which nothing can go is barred in it, among
 * the rows of the table of pairs that are there. All worked out by hand.
 */
#include "tests/support/round_case.h"

#include "allot/relaxed_round.h"
#include "solver/class_bound.h"

static const char *const NEEDS = "id,beneficiary,category,quantity,unit,priority\n"
                                 "N1,B1,c,100,EUR,1\n"
                                 "N2,B1,c,5000,EUR,1\n"
                                 "N3,B1,c,700,EUR,1\n";

/* O1 has enough for all, in no part below 500; O2 gives to N3 alone. */
static const char *const OFFERS = "id,donor,quantity,unit,category,min_ticket\n"
                                  "O1,D1,9000,EUR,c,500\n"
                                  "O2,D1,10,EUR,c,\n";

static Pipeline *formulated(const char *pairs)
{
    const CaseFile files[CASE_FILES] = {{"needs.csv", NEEDS},
                                        {"offers.csv", OFFERS},
                                        {"settings.csv", "key,value\nfairness,none\n"},
                                        {pairs == NULL ? NULL : "pairs.csv", pairs}};
    Pipeline *run = case_formulate(files);
    assert_int_equal(run->status, STATUS_OK);
    return run;
}

/** N1 asks for less than O1's ticket: 10 from O2 is the most it gets, so 90 stay unmet at least, for all
 *  that O1 has left. */
static void a_ticket_above_the_need_counts_in_the_bound(void **state)
{
    ClassBound *classes;
    TierBound bound;
    Pipeline *run = formulated(NULL);
    double *reached = ARENA_NEW(run->arena, run->form.stage_count, double);
    (void)state;
    assert_non_null(reached);
    assert_int_equal(class_bound_open(&run->form, run->arena, &classes), STATUS_OK);
    assert_non_null(classes);
    assert_int_equal(class_bound_tier(classes, 0, reached, &bound), STATUS_OK);
    assert_true(bound.known);
    assert_true(bound.value > 90 - 1e-6 && bound.value < 90 + 1e-6);
    pipeline_free(run);
}

/** Rows stand by need, then offer: the one there was for N1 and O1 gives way, the others stay. */
static void barred_pairs_stand_among_the_rows_of_pairs(void **state)
{
    static const char *const rows = "need,offer,eligible\n"
                                    "N1,O1,yes\n"
                                    "N1,O2,no\n"
                                    "N3,O2,yes\n";
    Round relaxed;
    bool fits;
    Pipeline *run = formulated(rows);
    (void)state;
    assert_int_equal(relaxed_round_build(&run->form, run->arena, &relaxed, &fits), STATUS_OK);
    assert_true(fits);
    assert_int_equal(relaxed.pair_count, 3);
    assert_true(relaxed.pairs[0].need == 0 && relaxed.pairs[0].offer == 0);
    assert_true(relaxed.pairs[0].has_eligible && !relaxed.pairs[0].eligible);
    assert_true(relaxed.pairs[1].need == 0 && relaxed.pairs[1].offer == 1);
    assert_true(!relaxed.pairs[1].eligible);
    assert_true(relaxed.pairs[2].need == 2 && relaxed.pairs[2].eligible);
    assert_int_equal(run->round.pair_count, 3); /* the round itself is as it was */
    assert_true(run->round.pairs[0].eligible);
    pipeline_free(run);
}

/** Four lines of 2.504 count 2.50 each under their beneficiary's 10.00: all four can be served, though they
 *  are 10.016, and no bound may say otherwise. */
static void a_beneficiary_has_room_for_what_rounding_leaves_out(void **state)
{
    const CaseFile files[CASE_FILES] = {
        {"needs.csv", "id,beneficiary,category,quantity,unit,unit_cost\n"
                      "N1,B1,c,1,seat,2.5040\nN2,B1,c,1,seat,2.5040\n"
                      "N3,B1,c,1,seat,2.5040\nN4,B1,c,1,seat,2.5040\n"},
        {"offers.csv", "id,donor,quantity,unit,category\nO1,D1,9000,EUR,c\n"},
        {"settings.csv", "key,value\nfairness,none\n"},
        {"beneficiaries.csv", "id,max_value\nB1,10\n"}};
    ClassBound *classes;
    TierBound bound;
    Pipeline *run = case_formulate(files);
    (void)state;
    assert_int_equal(run->status, STATUS_OK);
    double *reached = ARENA_NEW(run->arena, run->form.stage_count, double);
    assert_non_null(reached);
    assert_int_equal(class_bound_open(&run->form, run->arena, &classes), STATUS_OK);
    assert_non_null(classes);
    assert_int_equal(class_bound_tier(classes, 0, reached, &bound), STATUS_OK);
    assert_true(bound.known && bound.value <= 1e-6);
    pipeline_free(run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_ticket_above_the_need_counts_in_the_bound),
        cmocka_unit_test(barred_pairs_stand_among_the_rows_of_pairs),
        cmocka_unit_test(a_beneficiary_has_room_for_what_rounding_leaves_out),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
