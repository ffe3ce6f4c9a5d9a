/* What needs ask of each other, as round_check() works it out: marks, requirements through ids and
 * marks, circles, outcomes, least amounts; and every way in which it can be wrong.
 */
#include "tests/support/case_tables.h"

#include <stdio.h>

#define SEATS INT64_C(1000000)

static Pipeline *formulate(CaseFile needs)
{
    const CaseFile files[] = {needs, {NULL, NULL}};
    Pipeline *run = case_formulate(files);
    if (run->status != STATUS_OK)
        pipeline_print(run);
    assert_int_equal(run->status, STATUS_OK);
    return run;
}

/* ---- marks ---------------------------------------------------------------------------------- */

/* The rows stand in another order than their ids. */
static void the_needs_of_a_mark_stand_by_id(void **state)
{
    Pipeline *run = formulate((CaseFile)NEEDS(",bundle,alternative", "N5,HW,1,EUR,Z,\n"
                                                                     "N1,HW,1,EUR,B,X\n"
                                                                     "N4,HW,1,EUR,,X\n"
                                                                     "N3,HW,1,EUR,B,Y\n"
                                                                     "N2,HW,1,EUR,Z,X\n"));
    const Logic *logic = &run->round.logic;
    (void)state;
    assert_int_equal(logic->bundle_count, 2); /* by their first member: B, Z */
    assert_string_equal(logic->bundles[0].mark, "B");
    assert_int_equal(logic->bundles[0].count, 2);
    assert_int_equal(logic->bundles[0].members[0], 0);
    assert_int_equal(logic->bundles[0].members[1], 2);
    assert_string_equal(logic->bundles[1].mark, "Z");
    assert_int_equal(logic->bundles[1].members[0], 1);
    assert_int_equal(logic->bundles[1].members[1], 4);
    assert_int_equal(logic->alternative_count, 2); /* X, Y */
    assert_int_equal(logic->alternatives[0].count, 3);
    assert_int_equal(logic->alternatives[0].members[2], 3);
    assert_int_equal(logic->alternatives[1].count, 1);
    assert_int_equal(logic->alternatives[1].members[0], 2);
    static const int BUNDLE[] = {0, 1, 0, -1, 1}, ALTERNATIVE[] = {0, 0, 1, 0, -1};
    for (int n = 0; n < 5; n++) {
        assert_int_equal(logic->bundle_of[n], BUNDLE[n]);
        assert_int_equal(logic->alternative_of[n], ALTERNATIVE[n]);
    }
    assert_int_equal(logic->alternatives[0].chosen, -1);
    assert_int_equal(logic->bundles[0].chosen, -1);
    pipeline_free(run);
}

static void a_member_with_coverage_is_the_chosen_one(void **state)
{
    Pipeline *run = formulate((CaseFile)NEEDS(",alternative,covered", "N1,HW,9,EUR,X,\n"
                                                                      "N2,HW,9,EUR,X,9\n"
                                                                      "N3,HW,9,EUR,X,0\n"));
    (void)state;
    assert_int_equal(run->round.logic.alternatives[0].chosen, 1);
    pipeline_free(run);
}

static void a_round_without_marks_has_none(void **state)
{
    Pipeline *run = formulate((CaseFile)NEEDS("", "N1,HW,9,EUR\n"));
    const Logic *logic = &run->round.logic;
    (void)state;
    assert_int_equal(logic->bundle_count + logic->alternative_count + logic->requirement_count, 0);
    assert_int_equal(logic->bundle_of[0], -1);
    assert_int_equal(logic->alternative_of[0], -1);
    assert_int_equal(logic->first[0], 0);
    assert_int_equal(logic->first[1], 0);
    pipeline_free(run);
}

/* ---- requirements --------------------------------------------------------------------------- */

static void what_is_required_is_one_need_or_any_of_a_mark(void **state)
{
    /* N3 lists N1 twice; N4 the mark X (N1, N2) and then N3 */
    Pipeline *run = formulate((CaseFile)NEEDS(",alternative,requires", "N1,HW,1,EUR,X,\n"
                                                                       "N2,HW,1,EUR,X,\n"
                                                                       "N3,HW,1,EUR,,N1; N1\n"
                                                                       "N4,HW,1,EUR,,X;N3\n"));
    const Logic *logic = &run->round.logic;
    static const size_t FIRST[] = {0, 0, 0, 1, 3};
    (void)state;
    assert_int_equal(logic->requirement_count, 3);
    for (int n = 0; n <= 4; n++)
        assert_int_equal(logic->first[n], FIRST[n]);
    const Requirement *r = logic->requirements;
    assert_int_equal(r[0].need, 2);
    assert_string_equal(r[0].name, "N1");
    assert_int_equal(r[0].count, 1);
    assert_int_equal(r[0].any_of[0], 0);
    assert_int_equal(r[1].need, 3);
    assert_string_equal(r[1].name, "X");
    assert_int_equal(r[1].count, 2);
    assert_int_equal(r[1].any_of[0], 0);
    assert_int_equal(r[1].any_of[1], 1);
    assert_string_equal(r[2].name, "N3");
    assert_int_equal(r[2].count, 1);
    assert_int_equal(r[2].any_of[0], 2);
    pipeline_free(run);
}

static const WrongRound NAMES[] = {
    {"nobody by this name, but one like it",
     {NEEDS(",requires", "SOC-KYIV,HW,1,EUR,\nN2,HW,1,EUR,SOC-KIYV\n")},
     DIAG_ID_UNKNOWN,
     "needs.csv",
     3,
     "requires",
     "did you mean 'SOC-KYIV'"},
    {"a mark that is misspelt",
     {NEEDS(",alternative,requires", "N1,HW,1,EUR,FIREWALL,\nN2,HW,1,EUR,,FIREWAL\n")},
     DIAG_ID_UNKNOWN,
     "needs.csv",
     3,
     "requires",
     "did you mean 'FIREWALL'"},
    {"the mark of a bundle is no name to require",
     {NEEDS(",bundle,requires", "N1,HW,1,EUR,PACKAGE,\nN2,HW,1,EUR,,PACKAGE\n")},
     DIAG_ID_UNKNOWN,
     "needs.csv",
     3,
     "requires",
     "'PACKAGE'"},
    {"an offer is no name to require",
     {NEEDS(",requires", "N1,HW,1,EUR,O1\n")},
     DIAG_ID_UNKNOWN,
     "needs.csv",
     2,
     "requires",
     "'O1'"},
    {"a name that means two things",
     {NEEDS(",alternative,requires", "N1,HW,1,EUR,,\nN2,HW,1,EUR,N1,\nN3,HW,1,EUR,,N1\n")},
     DIAG_CONTRADICTION,
     "needs.csv",
     4,
     "requires",
     "'N1' is a need and also a mark of alternatives"},
};

static void a_name_that_is_unknown_or_means_two_things_is_an_error(void **state)
{
    (void)state;
    assert_wrong_rounds(NAMES, COUNT_OF(NAMES));
}

/* ---- circles -------------------------------------------------------------------------------- */

static const WrongRound CIRCLES[] = {
    {"itself",
     {NEEDS(",requires", "N1,HW,1,EUR,N1\n")},
     DIAG_CYCLE,
     "needs.csv",
     2,
     "requires",
     "in a circle: N1 (row 2), N1; "},
    {"three, entered from outside",
     {NEEDS(",requires", "A,HW,1,EUR,N1\nN1,HW,1,EUR,N2\nN2,HW,1,EUR,N3\nN3,HW,1,EUR,N1\n")},
     DIAG_CYCLE,
     "needs.csv",
     3,
     "requires",
     "in a circle: N1 (row 3), N2 (row 4), N3 (row 5), N1; "},
    {"through a mark",
     {NEEDS(",alternative,requires",
            "N1,HW,1,EUR,,X\nN2,HW,1,EUR,X,\nN3,HW,1,EUR,X,N4\nN4,HW,1,EUR,,N1\n")},
     DIAG_CYCLE,
     "needs.csv",
     2,
     "requires",
     "in a circle: N1 (row 2), N3 (row 4), N4 (row 5), N1; "},
    {"a member that requires its own mark",
     {NEEDS(",alternative,requires", "N1,HW,1,EUR,X,\nN2,HW,1,EUR,X,X\n")},
     DIAG_CYCLE,
     "needs.csv",
     3,
     "requires",
     "in a circle: N2 (row 3), N2; "},
    {"through an outcome",
     {NEEDS(",requires,unit_cost", "N1,HW,1,EUR,W,\nW,HW,0,EUR,N1,9\n")},
     DIAG_CYCLE,
     "needs.csv",
     2,
     "requires",
     "in a circle: N1 (row 2), W (row 3), N1; "},
};

static void a_circle_is_printed_once(void **state)
{
    (void)state;
    assert_wrong_rounds(CIRCLES, COUNT_OF(CIRCLES));
}

/* Two ways to the same need are no circle. */
static void a_diamond_is_no_circle(void **state)
{
    Pipeline *run = formulate((CaseFile)NEEDS(",requires", "N1,HW,1,EUR,N2;N3\n"
                                                           "N2,HW,1,EUR,N4\n"
                                                           "N3,HW,1,EUR,N4\n"
                                                           "N4,HW,1,EUR,\n"));
    (void)state;
    assert_int_equal(run->round.logic.requirement_count, 4);
    pipeline_free(run);
}

/* ---- outcomes, marks that contradict ---------------------------------------------------------- */

static const WrongRound WRONG[] = {
    {"an outcome that requires nothing",
     {NEEDS(",unit_cost", "N1,HW,0,seat,10\n")},
     DIAG_CELL_EMPTY,
     "needs.csv",
     2,
     "requires",
     "'N1' asks for 0: it is an outcome"},
    {"an outcome without a worth",
     {NEEDS(",requires", "N1,HW,1,EUR,\nN2,HW,0,,N1\n")},
     DIAG_CELL_EMPTY,
     "needs.csv",
     3,
     "unit_cost",
     "the outcome 'N2' needs a unit_cost"},
    {"an outcome in a bundle",
     {NEEDS(",requires,unit_cost,bundle", "N1,HW,1,EUR,,,\nN2,HW,0,EUR,N1,10,B\n")},
     DIAG_CONTRADICTION,
     "needs.csv",
     3,
     "bundle",
     "it can have no bundle"},
    {"an outcome among alternatives",
     {NEEDS(",requires,unit_cost,alternative", "N1,HW,1,EUR,,,\nN2,HW,0,EUR,N1,10,A\n")},
     DIAG_CONTRADICTION,
     "needs.csv",
     3,
     "alternative",
     "it can have no alternative"},
    {"an outcome in a currency without a rate",
     {NEEDS(",requires,unit_cost,currency", "N1,HW,1,EUR,,,\nN2,HW,0,EUR,N1,10,USD\n")},
     DIAG_RATE_MISSING,
     "needs.csv",
     3,
     "currency",
     "USD"},
    {"a least amount of an outcome",
     {NEEDS(",requires,unit_cost,min_quantity", "N1,HW,1,EUR,,,\nN2,HW,0,EUR,N1,10,5\n")},
     DIAG_CONTRADICTION,
     "needs.csv",
     3,
     "min_quantity",
     "'N2' is an outcome (quantity 0), which takes nothing itself; it can have no min_quantity"},
    {"a least share of an outcome",
     {NEEDS(",requires,unit_cost,min_share", "N1,HW,1,EUR,,,\nN2,HW,0,EUR,N1,10,0.5\n")},
     DIAG_CONTRADICTION,
     "needs.csv",
     3,
     "min_share",
     "it can have no min_share"},
    {"an outcome that is covered",
     {NEEDS(",requires,unit_cost,covered", "N1,HW,1,EUR,,,\nN2,HW,0,EUR,N1,10,5\n")},
     DIAG_COVERED_OVER,
     "needs.csv",
     3,
     "covered",
     "an outcome (quantity 0) takes nothing itself"},
    {"alternatives of one bundle",
     {NEEDS(",alternative,bundle",
            "N1,HW,1,EUR,A,\nN2,HW,1,EUR,A,B\nN3,HW,1,EUR,,B\nN4,HW,1,EUR,A,B\n")},
     DIAG_CONTRADICTION,
     "needs.csv",
     5,
     "alternative",
     "'N4' and 'N2' (row 3) are alternatives, of which one is served, and of bundle 'B'"},
    {"a least amount that is more than all",
     {NEEDS(",min_quantity", "N1,HW,5,seat,6\n")},
     DIAG_NUMBER_RANGE,
     "needs.csv",
     2,
     "min_quantity",
     "more than 'N1' asks for"},
    {"two least amounts",
     {NEEDS(",min_quantity,min_share", "N1,HW,5,seat,2,0.5\n")},
     DIAG_CONTRADICTION,
     "needs.csv",
     2,
     "min_quantity",
     "both given"},
    {"alternatives of two tiers",
     {NEEDS(",alternative,priority", "N1,HW,1,EUR,A,1\nN2,HW,1,EUR,A,2\n")},
     DIAG_CONTRADICTION,
     "needs.csv",
     3,
     "priority",
     "'N2' is of tier 2 and 'N1' (row 2) of tier 1; alternatives share a tier"},
    {"two alternatives covered",
     {NEEDS(",alternative,covered", "N1,HW,9,EUR,A,1\nN2,HW,9,EUR,A,0\nN3,HW,9,EUR,A,2\n")},
     DIAG_CONTRADICTION,
     "needs.csv",
     4,
     "covered",
     "'N3' and 'N1' (row 2) are both covered elsewhere"},
};

static void what_contradicts_itself_is_an_error_at_its_row(void **state)
{
    (void)state;
    assert_wrong_rounds(WRONG, COUNT_OF(WRONG));
}

/* Each of the two can be served with the rest of its own bundle. */
static void alternatives_may_be_of_bundles_of_their_own(void **state)
{
    Pipeline *run = formulate((CaseFile)NEEDS(",alternative,bundle", "N1,HW,1,EUR,A,B\n"
                                                                     "N2,HW,1,EUR,A,C\n"
                                                                     "N3,HW,1,EUR,A,\n"
                                                                     "N4,HW,1,EUR,A,\n"
                                                                     "N5,HW,1,EUR,,B\n"));
    (void)state;
    assert_int_equal(diag_count(run->diag, DIAG_ERROR), 0);
    pipeline_free(run);
}

/* A bundle may span tiers, and a need may be its only member. */
static void a_bundle_may_span_tiers(void **state)
{
    Pipeline *run = formulate((CaseFile)NEEDS(",bundle,priority", "N1,HW,1,EUR,A,1\n"
                                                                  "N2,HW,1,EUR,A,2\n"));
    (void)state;
    assert_int_equal(run->round.logic.bundles[0].count, 2);
    pipeline_free(run);
}

static void an_outcome_is_worth_its_unit_cost_and_takes_nothing(void **state)
{
    const CaseFile files[] = {NEEDS(",requires,unit_cost,currency", "N1,HW,1,EUR,,,\n"
                                                                    "N2,HW,0,,N1,50,USD\n"),
                              {"rates.csv", "currency,rate\nUSD,0.8\n"},
                              {NULL, NULL}};
    Pipeline *run = case_formulate(files);
    (void)state;
    assert_int_equal(run->status, STATUS_OK);
    const Need *need = &run->round.needs[1];
    assert_true(need_is_outcome(need));
    assert_false(need_is_outcome(&run->round.needs[0]));
    assert_true(need->has_value);
    assert_int_equal(ratio_compare(need->value, ratio_of(4000, 1)), 0); /* 40 EUR in cents */
    assert_int_equal(need->wanted, 0);
    assert_int_equal(need->least, 0);
    pipeline_free(run);
}

/* Under share and quantity an outcome counts 1, whatever its unit and weight. */
static void without_value_an_outcome_needs_no_unit_cost_and_no_unit(void **state)
{
    static const CaseFile SETTINGS[] = {
        {"settings.csv", "key,value\nmeasure,share\n"},
        {"settings.csv", "key,value\nmeasure,quantity\n"},
        {"settings.csv", "key,value\nmeasure,share\nfairness,need\nfairness_by,quantity\n"}};
    (void)state;
    for (size_t i = 0; i < COUNT_OF(SETTINGS); i++) {
        const CaseFile files[] = {NEEDS(",requires,weight", "N1,HW,3,seat,,1\nN2,HW,0,,N1,0\n"),
                                  SETTINGS[i],
                                  {NULL, NULL}};
        Pipeline *run = case_formulate(files);
        if (run->status != STATUS_OK)
            pipeline_print(run);
        assert_case_int(SETTINGS[i].text, run->status, STATUS_OK);
        pipeline_free(run);
    }
}

/* ---- least amounts -------------------------------------------------------------------------- */

static void the_least_of_a_need_is_in_whole_steps_of_what_is_wanted(void **state)
{
    static const struct {
        const char *label;
        const char *row; /* min_quantity, min_share, indivisible, bundle, step, covered */
        const char *quantity;
        int64_t least;
    } cases[] = {
        {"a step", ",,,,,", "10", SEATS},
        {"as given", "4,,,,,", "10", 4 * SEATS},
        {"0 is none", "0,,,,,", "10", SEATS},
        {"all of it", "10,,,,,", "10", 10 * SEATS},
        {"a share, rounded up to a seat", ",0.33,,,,", "10", 4 * SEATS},
        {"a share of the whole, less what is covered", ",0.5,,,,3", "10", 2 * SEATS},
        {"a share of 0", ",0,,,,", "10", SEATS},
        {"less what is covered", "4,,,,,3", "10", SEATS},
        {"covered already", "4,,,,,6", "10", SEATS},
        {"up to a step of three", "4,,,,3,", "12", 6 * SEATS},
        {"less what is covered, up to a step of three", "4,,,,3,3", "12", 3 * SEATS},
        {"indivisible: what is left", ",,yes,,,3", "10", 7 * SEATS},
        {"indivisible, whatever the least", "2,,yes,,,", "10", 10 * SEATS},
        {"a bundle's member: all", ",,,B,,3", "10", 7 * SEATS},
        {"a bundle's member with a minimum", "4,,,B,,", "10", 4 * SEATS},
        {"a bundle's member with a share", ",0.2,,B,,", "10", 2 * SEATS},
        {"a bundle's member with a minimum that is covered", "4,,,B,,5", "10", SEATS},
        {"nothing is wanted", "4,,,,,10", "10", 0},
        {"nothing is wanted, all or nothing", ",,yes,B,,12", "10", 0},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        char text[256];
        snprintf(
            text, sizeof text,
            "id,category,quantity,unit,min_quantity,min_share,indivisible,bundle,step,covered\n"
            "N1,HW,%s,seat,%s\n",
            cases[i].quantity, cases[i].row);
        const CaseFile files[] = {{"needs.csv", text}, {NULL, NULL}};
        Pipeline *run = case_formulate(files);
        if (run->status != STATUS_OK)
            pipeline_print(run);
        assert_case_int(cases[i].label, run->status, STATUS_OK);
        assert_case_int(cases[i].label, run->round.needs[0].least, cases[i].least);
        pipeline_free(run);
    }
}

static void an_unknown_amount_has_no_least(void **state)
{
    Pipeline *run =
        formulate((CaseFile)NEEDS(",min_quantity,indivisible,bundle", "N1,HW,unknown,seat,4,,\n"
                                                                      "N2,HW,unknown,seat,,yes,B\n"
                                                                      "N3,HW,5,seat,,,\n"));
    (void)state;
    assert_int_equal(run->round.needs[0].least, 0);
    assert_int_equal(run->round.needs[1].least, 0);
    assert_int_equal(run->round.needs[2].least, SEATS);
    assert_false(need_is_outcome(&run->round.needs[0]));
    pipeline_free(run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_needs_of_a_mark_stand_by_id),
        cmocka_unit_test(a_member_with_coverage_is_the_chosen_one),
        cmocka_unit_test(a_round_without_marks_has_none),
        cmocka_unit_test(what_is_required_is_one_need_or_any_of_a_mark),
        cmocka_unit_test(a_name_that_is_unknown_or_means_two_things_is_an_error),
        cmocka_unit_test(a_circle_is_printed_once),
        cmocka_unit_test(a_diamond_is_no_circle),
        cmocka_unit_test(what_contradicts_itself_is_an_error_at_its_row),
        cmocka_unit_test(alternatives_may_be_of_bundles_of_their_own),
        cmocka_unit_test(a_bundle_may_span_tiers),
        cmocka_unit_test(an_outcome_is_worth_its_unit_cost_and_takes_nothing),
        cmocka_unit_test(without_value_an_outcome_needs_no_unit_cost_and_no_unit),
        cmocka_unit_test(the_least_of_a_need_is_in_whole_steps_of_what_is_wanted),
        cmocka_unit_test(an_unknown_amount_has_no_least),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
