/* What a person reads when no plan can exist: a finding at every row of a conflict, in the tables' own
 * words and amounts; what is cheapest; and what is said when there is nothing to name.
 */
#include <string.h>

#include "allot/conflict.h"
#include "tests/support/expected_findings.h"
#include "tests/support/pipeline.h"
#include "tests/support/test_support.h"

/** A round with every kind of thing that can stand in a conflict, never solved. */
typedef struct Told {
    Pipeline *run;
    Formulation loose;
    Conflicts conflicts;
    Conflict set;
    ConflictMember members[24];
    Concession concessions[2];
} Told;

static void told_open(Told *t)
{
    char *dir = test_dir_make();
    write_file(dir, "settings.csv", "key,value\ncurrency,EUR\n");
    write_file(dir, "needs.csv",
               "id,category,quantity,max_donors,min_quantity,requires,bundle,alternative,"
               "civil_share,beneficiary\n"
               "N-1,HW,100,1,70,N-2,,,0.4,B-1\nN-2,HW,50,,,,,either,,\nN-3,HW,60,,,,,either,,\n"
               "N-4,HW,10,,,,pack,,,\nN-5,HW,20,,,,pack,,,\n");
    write_file(dir, "offers.csv",
               "id,donor,quantity,max_share,min_ticket,civil_only\n"
               "O-1,D-1,96,0.5,,\nO-2,D-2,80,,15,yes\n");
    write_file(dir, "donors.csv", "id,budget,max_share,max_needs\nD-1,90,0.8,3\nD-2,,,\n");
    write_file(dir, "beneficiaries.csv", "id,max_value\nB-1,75\n");
    write_file(dir, "rules.csv",
               "id,kind,category,offer,value,share,count,of,each\n"
               "F-1,floor,HW,,130,,,,\nF-2,floor,HW,O-1,,0.6,,,\nR-1,reserve,,O-1,40,,,,\n"
               "L-1,limit,HW,,55,,,,\nC-1,count,HW,,,,2,needs,\nF-3,floor,HW,,12.5,,,,need\n");
    write_file(dir, "commitments.csv",
               "need,offer,kind,quantity\nN-1,O-1,fixed,30\nN-2,O-1,at_least,20\n"
               "N-3,O-1,at_most,10\n");
    write_file(dir, "pairs.csv", "need,offer,max\nN-2,O-2,12\n");
    Pipeline *run = t->run = pipeline_formulate(dir, NULL, 0);
    test_dir_remove(dir);
    if (run->status != STATUS_OK)
        pipeline_print(run);
    assert_int_equal(run->status, STATUS_OK);
    run->round.source = "r"; /* the folder is gone */
    assert_int_equal(
        formulation_build_loose(&run->round, &run->pairs, &run->rules, run->arena, &t->loose),
        STATUS_OK);
    t->conflicts = (Conflicts){.sets = &t->set, .concessions = t->concessions, .smallest = true};
    t->set = (Conflict){.members = t->members, .minimal = true};
    assert_int_equal(lifts_build(&t->loose, run->arena, &t->conflicts.lifts), STATUS_OK);
}

static size_t lift_at(const Told *t, TableKind table, int line, const char *column)
{
    for (size_t k = 0; k < t->conflicts.lifts.count; k++) {
        const Lift *lift = &t->conflicts.lifts.lifts[k];
        if (lift->origin.table == table && lift->origin.line == line &&
            strcmp(lift->column, column) == 0)
            return k;
    }
    fail_msg("nothing can be lifted at line %d, %s", line, column);
    return 0;
}

static void add_member(Told *t, size_t lift, GiveKind give, bool upwards, int64_t amount)
{
    t->members[t->set.count++] = (ConflictMember){
        .lift = lift, .give = give, .upwards = upwards, .least = true, .amount = amount};
    t->conflicts.count = 1;
}

static Status report(Told *t)
{
    t->run->diag = diag_new(t->run->arena);
    assert_non_null(t->run->diag);
    return conflict_report(&t->conflicts, t->run->arena, t->run->diag);
}

static void every_kind_of_row_speaks_the_planners_words(void **state)
{
    static const struct {
        TableKind table;
        int line;
        const char *column;
        ExpectedFinding want;
    } CASES[] = {
        {TABLE_OFFERS, 2, "quantity", {.column = 3, .hint = "offer 'O-1' of D-1 holds EUR 96.00;"}},
        {TABLE_OFFERS,
         2,
         "max_share",
         {.column = 4, .hint = "offer 'O-1' gives at most 50% of one need;"}},
        {TABLE_OFFERS,
         3,
         "min_ticket",
         {.column = 5, .hint = "offer 'O-2' gives at least EUR 15.00 at a time, or nothing;"}},
        {TABLE_DONORS,
         2,
         "budget",
         {.column = 2, .hint = "donor 'D-1' gives at most EUR 90.00 in all;"}},
        {TABLE_DONORS,
         2,
         "max_share",
         {.column = 3, .hint = "donor 'D-1' gives at most 80% of one need;"}},
        {TABLE_DONORS,
         2,
         "max_needs",
         {.column = 4, .hint = "'D-1' takes part in at most 3 needs;"}},
        {TABLE_BENEFICIARIES,
         2,
         "max_value",
         {.column = 2, .hint = "beneficiary 'B-1' receives at most EUR 75.00;"}},
        {TABLE_RULES, 5, "value", {.column = 5, .hint = "rule 'L-1' allows at most EUR 55.00;"}},
        {TABLE_RULES, 6, "count", {.column = 7, .hint = "rule 'C-1' allows a count of at most 2;"}},
        {TABLE_NEEDS,
         2,
         "min_quantity",
         {.column = 5, .hint = "need 'N-1' takes at least EUR 70.00, or nothing;"}},
        {TABLE_NEEDS,
         2,
         "max_donors",
         {.column = 4, .hint = "need 'N-1' takes from at most 1 donor;"}},
        {TABLE_NEEDS,
         2,
         "requires",
         {.column = 6, .hint = "need 'N-1' requires that 'N-2' is met in full;"}},
        {TABLE_NEEDS,
         2,
         "civil_share",
         {.column = 9, .hint = "need 'N-1' takes at most EUR 40.00 from offers for civil use;"}},
        {TABLE_NEEDS,
         5,
         "bundle",
         {.column = 7, .hint = "the needs of bundle 'pack' are served together or not at all;"}},
        {TABLE_NEEDS,
         3,
         "alternative",
         {.column = 8, .hint = "of the alternatives 'either' one at most is served;"}},
        {TABLE_PAIRS,
         2,
         "max",
         {.column = 3, .hint = "offer 'O-2' of D-2 gives need 'N-2' at most EUR 12.00;"}},
        {TABLE_COMMITMENTS,
         4,
         "quantity",
         {.column = 4, .hint = "offer 'O-1' of D-1 gives need 'N-3' at most EUR 10.00;"}},
    };
    Told t;
    (void)state;
    told_open(&t);
    for (size_t k = 0; k < COUNT_OF(CASES); k++)
        add_member(&t, lift_at(&t, CASES[k].table, CASES[k].line, CASES[k].column), GIVE_NOT_ENOUGH,
                   false, 0);
    assert_int_equal(report(&t), STATUS_NO_PLAN);
    assert_finding_count("all", t.run->diag, COUNT_OF(CASES));
    for (size_t k = 0; k < COUNT_OF(CASES); k++) {
        ExpectedFinding want = CASES[k].want;
        want.code = DIAG_CONFLICT_WITH;
        want.file = t.run->round.tables[CASES[k].table].file;
        want.line = CASES[k].line;
        assert_finding(want.hint, t.run->diag, &want);
    }
    pipeline_free(t.run);
}

static void demands_are_errors_and_say_what_each_alone_would_give(void **state)
{
    static const ExpectedFinding WANT[] = {
        {DIAG_CONFLICT, "rules.csv", 2, 5, NULL,
         "conflict 1: rule 'F-1' asks for at least EUR 130.00, of EUR 240.00 that its needs want: "
         "no plan can keep it together with rules.csv:3:6 (share), rules.csv:4:5 (value), "
         "commitments.csv:2:4 (quantity), commitments.csv:3:4 (quantity), offers.csv:2:3 "
         "(quantity); "
         "alone it would have to be lowered by EUR 12.34"},
        {DIAG_CONFLICT, "rules.csv", 3, 6, NULL,
         "rule 'F-2' asks for at least 60% of all that is given; that it alone gives way is not "
         "enough"},
        {DIAG_CONFLICT, "rules.csv", 4, 5, NULL,
         "rule 'R-1' keeps back EUR 40.00 of EUR 96.00; alone it would have to be lowered by EUR "
         "5.00"},
        {DIAG_CONFLICT, "commitments.csv", 2, 4, NULL,
         "offer 'O-1' of D-1 gives need 'N-1' exactly EUR 30.00; without it there is a plan"},
        {DIAG_CONFLICT, "commitments.csv", 3, 4, NULL,
         "offer 'O-1' of D-1 gives need 'N-2' at least EUR 20.00; the limits of the search did not "
         "tell"},
        {DIAG_CONFLICT_WITH, "offers.csv", 2, 3, NULL,
         "alone it would have to be raised by EUR 7.00"},
        {DIAG_CONCESSION, "rules.csv", 2, 5, NULL,
         "cheapest: lower this by EUR 12.34; of all floors, reserves and commitments together this "
         "gives way least, each measured as a share of what it asks for"},
    };
    Told t;
    (void)state;
    told_open(&t);
    add_member(&t, lift_at(&t, TABLE_RULES, 2, "value"), GIVE_AMOUNT, false, 1234);
    add_member(&t, lift_at(&t, TABLE_RULES, 3, "share"), GIVE_NOT_ENOUGH, false, 0);
    add_member(&t, lift_at(&t, TABLE_RULES, 4, "value"), GIVE_AMOUNT, true, 500);
    add_member(&t, lift_at(&t, TABLE_COMMITMENTS, 2, "quantity"), GIVE_WHOLLY, false, 0);
    add_member(&t, lift_at(&t, TABLE_COMMITMENTS, 3, "quantity"), GIVE_UNKNOWN, false, 0);
    add_member(&t, lift_at(&t, TABLE_OFFERS, 2, "quantity"), GIVE_AMOUNT, true, 700);
    t.concessions[0] = (Concession){t.members[0].lift, 1234};
    t.conflicts.concession_count = 1;
    assert_int_equal(report(&t), STATUS_NO_PLAN);
    assert_finding_count("all", t.run->diag, COUNT_OF(WANT));
    for (size_t k = 0; k < COUNT_OF(WANT); k++)
        assert_finding(WANT[k].hint, t.run->diag, &WANT[k]);
    pipeline_free(t.run);
}

static void what_the_limits_left_open_is_said(void **state)
{
    Told t;
    (void)state;
    told_open(&t);
    add_member(&t, lift_at(&t, TABLE_RULES, 2, "value"), GIVE_AMOUNT, false, 1);
    add_member(&t, lift_at(&t, TABLE_OFFERS, 2, "quantity"), GIVE_AMOUNT, true, 1);
    t.set.minimal = t.members[1].least = false;
    t.conflicts.more = true;
    t.conflicts.smallest = false;
    t.concessions[0] = (Concession){t.members[0].lift, 1};
    t.concessions[1] = (Concession){lift_at(&t, TABLE_RULES, 4, "value"), 2};
    t.conflicts.concession_count = 2;
    assert_int_equal(report(&t), STATUS_NO_PLAN);
    assert_finding("not minimal", t.run->diag,
                   &(ExpectedFinding){DIAG_CONFLICT, "rules.csv", 2, 5, NULL, "fewer rows may do"});
    assert_finding("not the least", t.run->diag,
                   &(ExpectedFinding){DIAG_CONFLICT_WITH, "offers.csv", 2, 3, NULL,
                                      "raised by EUR 0.01 at most"});
    assert_finding("not smallest", t.run->diag,
                   &(ExpectedFinding){DIAG_CONCESSION, "rules.csv", 4, 5, NULL,
                                      "enough, if not the cheapest: lower this by EUR 0.02, with"});
    assert_finding("more", t.run->diag,
                   &(ExpectedFinding){DIAG_CONFLICT, t.run->round.source, 0, 0, NULL,
                                      "conflicts besides those listed"});
    pipeline_free(t.run);
}

/** A share has no amount of its own: what it lacks is said in what it counts. */
static void a_share_is_loosened_by_what_it_counts(void **state)
{
    Told t;
    (void)state;
    told_open(&t);
    add_member(&t, lift_at(&t, TABLE_RULES, 3, "share"), GIVE_AMOUNT, false, 850);
    assert_int_equal(report(&t), STATUS_NO_PLAN);
    assert_finding("share", t.run->diag,
                   &(ExpectedFinding){DIAG_CONFLICT, "rules.csv", 3, 6, NULL,
                                      "lowered by EUR 8.50 of the sum that it asks for"});
    pipeline_free(t.run);
}

static void one_row_that_nothing_can_keep_says_so(void **state)
{
    Told t;
    (void)state;
    told_open(&t);
    add_member(&t, lift_at(&t, TABLE_RULES, 7, "value"), GIVE_AMOUNT, false, 1);
    assert_int_equal(report(&t), STATUS_NO_PLAN);
    assert_finding("alone", t.run->diag,
                   &(ExpectedFinding){DIAG_CONFLICT, "rules.csv", 7, 5, NULL,
                                      "rule 'F-3' (need N-1) asks for at least EUR 12.50, of "
                                      "EUR 100.00 that its needs want: no plan can keep it, "
                                      "whatever else gives way"});
    pipeline_free(t.run);
}

static void a_conflict_that_the_search_cannot_find_is_still_an_answer(void **state)
{
    Told t;
    (void)state;
    told_open(&t);
    assert_int_equal(report(&t), STATUS_NO_PLAN);
    assert_finding("nothing found", t.run->diag,
                   &(ExpectedFinding){DIAG_CONFLICT, t.run->round.source, 0, 0, NULL,
                                      "no plan in whole steps"});
    pipeline_free(t.run);
}

/** Limits alone never rule out a plan: the empty one keeps them. */
static void a_conflict_without_a_demand_is_the_solvers_fault(void **state)
{
    Told t;
    (void)state;
    told_open(&t);
    t.conflicts.lifts.count = lift_at(&t, TABLE_RULES, 2, "value");
    assert_int_equal(report(&t), STATUS_SOLVER_FAULT);
    assert_finding(
        "no demand", t.run->diag,
        &(ExpectedFinding){DIAG_SOLVER, t.run->round.source, 0, 0, NULL, "a plan always exists"});
    pipeline_free(t.run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_kind_of_row_speaks_the_planners_words),
        cmocka_unit_test(demands_are_errors_and_say_what_each_alone_would_give),
        cmocka_unit_test(what_the_limits_left_open_is_said),
        cmocka_unit_test(a_share_is_loosened_by_what_it_counts),
        cmocka_unit_test(one_row_that_nothing_can_keep_says_so),
        cmocka_unit_test(a_conflict_that_the_search_cannot_find_is_still_an_answer),
        cmocka_unit_test(a_conflict_without_a_demand_is_the_solvers_fault),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
