/* What needs ask of each other, once lines stand in whole steps: a prerequisite that is a cent short is
 * reported, and in the last resort what hangs on it goes. The doubles are given by hand.
 */
#include "tests/support/case_tables.h"
#include "tests/support/given_lines.h"

typedef struct SettleCase {
    const char *label;
    CaseFile files[CASE_FILES];
    bool last_resort;
    const char *broken; /* id of the need that should have been met in full, or NULL */
    GivenLine given[GIVEN_LINES];
} SettleCase;

#define SEATS INT64_C(1000000)

static void assert_settled(const SettleCase *c)
{
    int broken;
    int64_t excess;
    Pipeline *run = given_extract(c->label, c->files, c->given, c->last_resort, &broken, &excess);
    int need = broken - (int)run->rules.count;
    if (broken >= 0)
        assert_case(c->label, need >= 0 && need < (int)run->round.need_count);
    assert_case_text(c->label, broken < 0 ? "" : run->round.needs[need].id,
                     c->broken == NULL ? "" : c->broken);
    if (c->broken != NULL) {
        pipeline_free(run);
        return;
    }
    assert_given(c->label, run, c->given);
    pipeline_free(run);
}

/* O1 serves N1 and O2 all others, so that cents do not move. */
#define APART(amount)                                                                              \
    OFFERS(",only_needs,not_needs", "O1,DE," amount ",EUR,N1,\nO2,FR,100,EUR,,N1\n")

/* ---- prerequisites -------------------------------------------------------------------------- */

static const SettleCase REQUIRES[] = {
    {"met in full",
     {NEEDS(",requires", "N1,HW,10,EUR,\nN2,HW,5,EUR,N1\n"), APART("10")},
     false,
     NULL,
     {{"N1", "O1", 10, 1000}, {"N2", "O2", 5, 500}}},
    {"the cent that rounding took is given back first",
     {NEEDS(",requires", "N1,HW,10,EUR,\nN2,HW,5,EUR,N1\n"), APART("10")},
     false,
     NULL,
     {{"N1", "O1", 9.996, 1000}, {"N2", "O2", 5, 500}}},
    {"a cent short",
     {NEEDS(",requires", "N1,HW,10,EUR,\nN2,HW,5,EUR,N1\n"), APART("9.99")},
     false,
     "N1",
     {{"N1", "O1", 9.99, 0}, {"N2", "O2", 5, 0}}},
    {"nothing hangs on it",
     {NEEDS(",requires", "N1,HW,10,EUR,\nN2,HW,5,EUR,N1\n"), APART("9.99")},
     false,
     NULL,
     {{"N1", "O1", 9.99, 999}, {"N2", "O2", 0, 0}}},
    {"in the last resort what hangs on it goes, and what hangs on that",
     {NEEDS(",requires", "N1,HW,10,EUR,\nN2,HW,5,EUR,N1\nN3,HW,5,EUR,N2\nN4,HW,5,EUR,\n"),
      APART("9.99")},
     true,
     NULL,
     {{"N1", "O1", 9.99, 999}, {"N2", "O2", 5, 0}, {"N3", "O2", 5, 0}, {"N4", "O2", 5, 500}}},
    {"... whatever the order of their ids",
     {NEEDS(",requires", "N1,HW,10,EUR,\nN2,HW,5,EUR,N3\nN3,HW,5,EUR,N1\n"), APART("9.99")},
     true,
     NULL,
     {{"N1", "O1", 9.99, 999}, {"N2", "O2", 5, 0}, {"N3", "O2", 5, 0}}},
    {"through an outcome the one that is short",
     {NEEDS(",requires,unit_cost",
            "N1,HW,10,EUR,,\nN2,HW,5,EUR,W,\nN3,HW,5,EUR,,\nW,HW,0,,N3;N1,9\n"),
      APART("9.99")},
     false,
     "N1",
     {{"N1", "O1", 9.99, 0}, {"N2", "O2", 5, 0}, {"N3", "O2", 5, 0}}},
    {"of a mark the one that was meant",
     {NEEDS(",requires,alternative", "N1,HW,10,EUR,,X\nN0,HW,5,EUR,,X\nN3,HW,5,EUR,X,\n"),
      APART("9.99")},
     false,
     "N1",
     {{"N1", "O1", 9.99, 0}, {"N3", "O2", 5, 0}}},
    {"any of a mark is enough",
     {NEEDS(",requires,alternative", "N1,HW,10,EUR,,X\nN2,HW,5,EUR,,X\nN3,HW,5,EUR,X,\n"),
      APART("10")},
     false,
     NULL,
     {{"N2", "O2", 5, 500}, {"N3", "O2", 5, 500}}},
    {"a seat short",
     {NEEDS(",requires", "N1,HW,10,EUR,N2\nN2,HW,5,seat,\n")},
     false,
     "N2",
     {{"N1", "O1", 10, 0}, {"N2", "O2", 4, 0}}},
    {"what is agreed and stays, though what it waits for is short: named, for no plan may have it",
     {NEEDS(",requires", "N1,HW,10,EUR,\nN2,HW,5,EUR,N3\nN3,HW,5,EUR,N1\nN4,HW,9,EUR,N1\n"),
      APART("9.99"),
      {"commitments.csv", "need,offer,kind,quantity\nN4,O2,fixed,2\n"}},
     true,
     "N1",
     {{"N1", "O1", 9.99, 999}, {"N2", "O2", 5, 0}, {"N3", "O2", 5, 0}, {"N4", "O2", 2, 200}}},
    {"... in the last resort too, where it may have more",
     {NEEDS(",requires", "N1,HW,10,EUR,\nN2,HW,5,EUR,N1\n"),
      APART("9.99"),
      {"commitments.csv", "need,offer,kind,quantity\nN2,O2,at_least,2\n"}},
     true,
     "N1",
     {{"N1", "O1", 9.99, 999}, {"N2", "O2", 5, 200}}},
};

/* ---- bundles and alternatives ----------------------------------------------------------------- */

static const SettleCase MARKS[] = {
    {"a whole bundle",
     {NEEDS(",bundle", "N1,HW,10,EUR,B\nN2,HW,5,seat,B\n")},
     false,
     NULL,
     {{"N1", "O1", 10, 1000}, {"N2", "O2", 5, 5 * SEATS}}},
    {"a torn one goes",
     {NEEDS(",bundle,min_quantity", "N1,HW,10,EUR,B,4\nN2,HW,5,seat,B,1\nN3,HW,9,EUR,,\n")},
     false,
     NULL,
     {{"N1", "O1", 9, 0}, {"N2", "O2", 0, 0}, {"N3", "O1", 9, 900}}},
    {"one that waits for a bundle goes with it in the last resort",
     {NEEDS(",bundle,requires", "N1,HW,10,EUR,B,\nN2,HW,5,seat,B,\nN3,HW,9,EUR,,N1\n")},
     true,
     NULL,
     {{"N1", "O1", 10, 0}, {"N2", "O2", 0, 0}, {"N3", "O1", 9, 0}}},
    {"a member that is covered elsewhere is not missed",
     {NEEDS(",bundle,covered", "N1,HW,10,EUR,B,\nN2,HW,5,seat,B,5\n")},
     false,
     NULL,
     {{"N1", "O1", 10, 1000}}},
    {"a member of unknown amount is",
     {NEEDS(",bundle", "N1,HW,10,EUR,B\nN2,HW,unknown,seat,B\n")},
     false,
     NULL,
     {{"N1", "O1", 10, 0}}},
};

static void what_is_required_is_met_in_full_or_named(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(REQUIRES); i++)
        assert_settled(&REQUIRES[i]);
}

static void a_bundle_is_whole_or_nothing(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(MARKS); i++)
        assert_settled(&MARKS[i]);
}

/* The noise of a second alternative is no line. */
static void of_alternatives_one_has_lines(void **state)
{
    static const SettleCase noise = {"a cent of the other",
                                     {NEEDS(",alternative", "N1,HW,10,EUR,A\nN2,HW,10,EUR,A\n")},
                                     false,
                                     NULL,
                                     {{"N1", "O1", 10, 1000}, {"N2", "O1", 0.01, 0}}};
    (void)state;
    assert_settled(&noise);
}

/* What goes in the last resort must not leave another rule broken behind it. */
static void what_goes_leaves_no_rule_broken(void **state)
{
    static const SettleCase ticket = {
        "a ticket over two needs, one of which goes",
        {NEEDS(",requires", "N1,HW,10,EUR,\nN2,HW,6,EUR,N1\nN3,HW,6,EUR,\n"),
         APART("9.99"),
         {"rules.csv", "id,kind,offer,value\nR1,ticket,O2,12\n"}},
        true,
        NULL,
        {{"N1", "O1", 9.99, 999}, {"N2", "O2", 6, 0}, {"N3", "O2", 6, 0}}};
    (void)state;
    assert_settled(&ticket);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_required_is_met_in_full_or_named),
        cmocka_unit_test(a_bundle_is_whole_or_nothing),
        cmocka_unit_test(of_alternatives_one_has_lines),
        cmocka_unit_test(what_goes_leaves_no_rule_broken),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
