/* Rounds that have no plan, worked by hand: what collides, by how much each row alone would have to
 * give way, and what is cheapest.
 */
#include <stdlib.h>
#include <string.h>

#include "tests/support/pipeline.h"
#include "tests/support/test_support.h"

/** The tables of a round; NULL: there is none. */
typedef struct Tables {
    const char *needs, *offers, *rules, *commitments, *beneficiaries, *donors, *settings;
} Tables;

typedef struct Clash {
    Pipeline *run;
    Formulation loose;
    Conflicts found;
} Clash;

static void write_table(const char *dir, const char *name, const char *text)
{
    if (text != NULL)
        write_file(dir, name, text);
}

static void clash_open(Clash *clash, Tables tables)
{
    char *dir = test_dir_make();
    write_table(dir, "needs.csv", tables.needs);
    write_table(dir, "offers.csv", tables.offers);
    write_table(dir, "rules.csv", tables.rules);
    write_table(dir, "commitments.csv", tables.commitments);
    write_table(dir, "beneficiaries.csv", tables.beneficiaries);
    write_table(dir, "donors.csv", tables.donors);
    write_table(dir, "settings.csv", tables.settings);
    Pipeline *run = clash->run = pipeline_run(dir, NULL, 0);
    test_dir_remove(dir);
    if (run->status != STATUS_NO_PLAN)
        pipeline_print(run);
    assert_int_equal(run->status, STATUS_NO_PLAN);
    SolveSettings settings = solve_settings_of(&run->round);
    assert_int_equal(
        formulation_build_loose(&run->round, &run->pairs, &run->rules, run->arena, &clash->loose),
        STATUS_OK);
    assert_int_equal(solve_conflicts(&clash->loose, &settings, run->arena, &clash->found),
                     STATUS_OK);
}

static void clash_close(Clash *clash)
{
    pipeline_free(clash->run);
}

/** The member of a set that stands in this cell; NULL: none does. */
static const ConflictMember *member_at(const Clash *clash, size_t set, TableKind table, int line,
                                       const char *column)
{
    assert_true(set < clash->found.count);
    const Conflict *conflict = &clash->found.sets[set];
    for (size_t m = 0; m < conflict->count; m++) {
        const Lift *lift = &clash->found.lifts.lifts[conflict->members[m].lift];
        if (lift->origin.table == table && lift->origin.line == line &&
            strcmp(lift->column, column) == 0)
            return &conflict->members[m];
    }
    return NULL;
}

static void assert_gives(const Clash *clash, TableKind table, int line, const char *column,
                         int64_t amount)
{
    const ConflictMember *member = member_at(clash, 0, table, line, column);
    assert_non_null(member);
    assert_int_equal(member->give, GIVE_AMOUNT);
    assert_int_equal(member->amount, amount);
}

static void assert_given(const Clash *clash, TableKind table, int line, const char *column,
                         GiveKind give)
{
    const ConflictMember *member = member_at(clash, 0, table, line, column);
    assert_non_null(member);
    assert_int_equal(member->give, give);
}

static void assert_set_of(const Clash *clash, size_t members)
{
    assert_int_equal(clash->found.count, 1);
    assert_true(clash->found.sets[0].minimal);
    assert_int_equal(clash->found.sets[0].count, members);
}

static int64_t conceded(const Clash *clash)
{
    int64_t sum = 0;
    for (size_t k = 0; k < clash->found.concession_count; k++)
        sum += clash->found.concessions[k].amount;
    assert_true(clash->found.smallest);
    return sum;
}

/** 100 are wanted, 130 demanded: nothing but the floor can give way. */
static void a_floor_above_what_is_asked_stands_in_conflict_alone(void **state)
{
    Clash clash;
    (void)state;
    clash_open(&clash, (Tables){.needs = "id,category,quantity\nN-1,HW,60\nN-2,HW,40\n",
                                .offers = "id,donor,quantity\nO-1,X,500\n",
                                .rules = "id,kind,value\nR-1,floor,130\n"});
    assert_set_of(&clash, 1);
    assert_gives(&clash, TABLE_RULES, 2, "value", 3000);
    assert_int_equal(conceded(&clash), 3000);
    clash_close(&clash);
}

/** 80 + 30 are offered where 130 are demanded: 20 off the floor, or 20 more of either offer. */
static void a_floor_over_offers_names_every_offer_it_needs(void **state)
{
    Clash clash;
    (void)state;
    clash_open(&clash, (Tables){.needs = "id,category,quantity\nN-1,HW,200\n",
                                .offers = "id,donor,quantity\nO-1,X,80\nO-2,Y,30\n",
                                .rules = "id,kind,value\nR-1,floor,130\n"});
    assert_set_of(&clash, 3);
    assert_gives(&clash, TABLE_RULES, 2, "value", 2000);
    assert_gives(&clash, TABLE_OFFERS, 2, "quantity", 2000);
    assert_gives(&clash, TABLE_OFFERS, 3, "quantity", 2000);
    clash_close(&clash);
}

/** 230 seats are demanded, 200 offered: 30 seats, in millionths of a seat. */
static void a_floor_in_things_is_conceded_in_things(void **state)
{
    Clash clash;
    (void)state;
    clash_open(&clash, (Tables){.needs = "id,category,quantity,unit\nN-1,RNG,300,seat\n",
                                .offers = "id,donor,quantity,unit\nO-1,X,200,seat\n",
                                .rules = "id,kind,category,quantity,unit\n"
                                         "R-1,floor,RNG,230,seat\n"});
    assert_set_of(&clash, 2);
    assert_gives(&clash, TABLE_RULES, 2, "quantity", 30 * 1000000);
    assert_gives(&clash, TABLE_OFFERS, 2, "quantity", 30 * 1000000);
    clash_close(&clash);
}

/** 60 + 50 are agreed from an offer of 96: 14 too much, off any of the three. The larger commitment
 *  is the cheapest, in proportion. A third one of the same offer's donor has nothing to do with it. */
static void commitments_beyond_an_offer_collide_with_its_quantity(void **state)
{
    Clash clash;
    (void)state;
    clash_open(&clash, (Tables){.needs = "id,category,quantity\nN-1,HW,60\nN-2,HW,50\nN-3,HW,10\n",
                                .offers = "id,donor,quantity\nO-1,X,96\nO-2,X,50\n",
                                .commitments = "need,offer,kind,quantity\nN-1,O-1,fixed,60\n"
                                               "N-2,O-1,at_least,50\nN-3,O-2,at_least,10\n"});
    assert_set_of(&clash, 3);
    assert_gives(&clash, TABLE_COMMITMENTS, 2, "quantity", 1400);
    assert_gives(&clash, TABLE_COMMITMENTS, 3, "quantity", 1400);
    assert_gives(&clash, TABLE_OFFERS, 2, "quantity", 1400);
    assert_int_equal(clash.found.concession_count, 1);
    assert_int_equal(clash.found.lifts.lifts[clash.found.concessions[0].lift].origin.line, 2);
    clash_close(&clash);
}

/** Three packs of 50 are agreed where 100 are offered: one pack. */
static void a_commitment_in_steps_gives_way_in_steps(void **state)
{
    Clash clash;
    (void)state;
    clash_open(&clash, (Tables){.needs = "id,category,quantity,unit,step\nN-1,LIC,200,licence,50\n",
                                .offers = "id,donor,quantity,unit\nO-1,X,120,licence\n",
                                .commitments = "need,offer,kind,quantity\nN-1,O-1,at_least,150\n"});
    assert_set_of(&clash, 2);
    assert_gives(&clash, TABLE_COMMITMENTS, 2, "quantity", 50 * 1000000);
    assert_gives(&clash, TABLE_OFFERS, 2, "quantity", 30 * 1000000);
    clash_close(&clash);
}

/** A reserve of 80 against 60 agreed, out of 100: 40 are missing, off the one or the other. */
static void a_reserve_collides_with_a_commitment(void **state)
{
    Clash clash;
    (void)state;
    clash_open(&clash, (Tables){.needs = "id,category,quantity\nN-1,HW,100\n",
                                .offers = "id,donor,quantity\nO-1,X,100\n",
                                .rules = "id,kind,offer,value\nR-1,reserve,O-1,80\n",
                                .commitments = "need,offer,kind,quantity\nN-1,O-1,at_least,60\n"});
    assert_set_of(&clash, 2);
    assert_gives(&clash, TABLE_RULES, 2, "value", 4000);
    assert_gives(&clash, TABLE_COMMITMENTS, 2, "quantity", 4000);
    assert_int_equal(conceded(&clash), 4000);
    clash_close(&clash);
}

/** The beneficiary receives 100 at most; the floor over its needs asks for 130. */
static void a_floor_collides_with_a_beneficiarys_limit(void **state)
{
    Clash clash;
    (void)state;
    clash_open(&clash, (Tables){.needs = "id,category,quantity,beneficiary\nN-1,HW,300,B-1\n",
                                .offers = "id,donor,quantity\nO-1,X,300\nO-2,X,20\n",
                                .beneficiaries = "id,max_value\nB-1,100\n",
                                .rules = "id,kind,value\nR-1,floor,130\n"});
    assert_set_of(&clash, 2);
    assert_gives(&clash, TABLE_RULES, 2, "value", 3000);
    assert_gives(&clash, TABLE_BENEFICIARIES, 2, "max_value", 3000);
    clash_close(&clash);
}

/** N-1 requires N-2 in full, of which 40 of 50 are offered; 10 are agreed for N-1. */
static void a_commitment_collides_with_a_prerequisite(void **state)
{
    Clash clash;
    (void)state;
    clash_open(&clash,
               (Tables){.needs = "id,category,quantity,requires\nN-1,HW,30,N-2\nN-2,HW,50,\n",
                        .offers = "id,donor,quantity,only_needs\nO-1,X,30,N-1\nO-2,X,40,N-2\n",
                        .commitments = "need,offer,kind,quantity\nN-1,O-1,at_least,10\n"});
    assert_set_of(&clash, 3);
    assert_gives(&clash, TABLE_COMMITMENTS, 2, "quantity", 1000);
    assert_gives(&clash, TABLE_OFFERS, 3, "quantity", 1000);
    assert_given(&clash, TABLE_NEEDS, 2, "requires", GIVE_WHOLLY);
    clash_close(&clash);
}

/** One donor alone, at least 70 or nothing, and no donor has more than 60. */
static void a_floor_collides_with_a_least_amount_and_a_number_of_donors(void **state)
{
    Clash clash;
    (void)state;
    clash_open(&clash, (Tables){.needs = "id,category,quantity,max_donors,min_quantity\n"
                                         "N-1,HW,100,1,70\nN-2,HW,10,,\n",
                                .offers = "id,donor,quantity\nO-1,X,60\nO-2,Y,60\n",
                                .rules = "id,kind,need,value\nR-1,floor,N-1,50\n"});
    assert_set_of(&clash, 5);
    assert_gives(&clash, TABLE_RULES, 2, "value", 5000);
    assert_gives(&clash, TABLE_OFFERS, 2, "quantity", 1000);
    assert_gives(&clash, TABLE_OFFERS, 3, "quantity", 1000);
    assert_gives(&clash, TABLE_NEEDS, 2, "max_donors", 1);
    assert_given(&clash, TABLE_NEEDS, 2, "min_quantity", GIVE_WHOLLY);
    clash_close(&clash);
}

/** 11 are offered and given in steps of 3: 9, and not the 10 that are demanded, though no sum says
 *  so. 12 would be enough. */
static void a_floor_between_whole_steps_is_a_conflict_like_any_other(void **state)
{
    Clash clash;
    (void)state;
    clash_open(&clash, (Tables){.needs = "id,category,quantity,step\nN-1,HW,30,3\n",
                                .offers = "id,donor,quantity\nO-1,X,11\n",
                                .rules = "id,kind,value\nR-1,floor,10\n"});
    assert_set_of(&clash, 2);
    assert_gives(&clash, TABLE_RULES, 2, "value", 100);
    assert_gives(&clash, TABLE_OFFERS, 2, "quantity", 100);
    clash_close(&clash);
}

/** Nobody offers SW: the bundle of HW and SW gets nothing, and 20 are demanded. */
static void a_floor_collides_with_a_bundle_that_nobody_can_complete(void **state)
{
    Clash clash;
    (void)state;
    clash_open(&clash,
               (Tables){.needs = "id,category,quantity,bundle\nN-1,HW,30,pack\nN-2,SW,50,pack\n",
                        .offers = "id,donor,quantity,category\nO-1,X,100,HW\n",
                        .rules = "id,kind,value\nR-1,floor,20\n"});
    assert_set_of(&clash, 2);
    assert_gives(&clash, TABLE_RULES, 2, "value", 2000);
    assert_given(&clash, TABLE_NEEDS, 2, "bundle", GIVE_WHOLLY);
    clash_close(&clash);
}

/** Two conflicts that have nothing to do with each other are told apart: 5 and 7; each row alone is
 *  enough for its own, the other one conceded. */
static void separate_conflicts_are_told_one_after_another(void **state)
{
    Clash clash;
    (void)state;
    clash_open(&clash, (Tables){.needs = "id,category,quantity\nN-1,HW,50\nN-2,TRN,50\n",
                                .offers = "id,donor,quantity\nO-1,X,500\n",
                                .rules = "id,kind,category,value\nR-1,floor,HW,55\n"
                                         "R-2,floor,TRN,57\n"});
    assert_int_equal(clash.found.count, 2);
    assert_false(clash.found.more);
    for (size_t s = 0; s < 2; s++) {
        bool first = member_at(&clash, s, TABLE_RULES, 2, "value") != NULL;
        const ConflictMember *member = &clash.found.sets[s].members[0];
        assert_int_equal(clash.found.sets[s].count, 1);
        assert_int_equal(member->give, GIVE_AMOUNT);
        assert_int_equal(member->amount, first ? 500 : 700);
    }
    assert_int_equal(conceded(&clash), 1200);
    clash_close(&clash);
}

/** A commitment of the floor's offer cannot mend what the other needs lack: of a need that wants 30
 *  at most, 100 are demanded; raising the offer is no way out, and stands in no set. */
static void what_cannot_help_stands_in_no_conflict(void **state)
{
    Clash clash;
    (void)state;
    clash_open(&clash, (Tables){.needs = "id,category,quantity\nN-1,HW,30\nN-2,SW,500\n",
                                .offers = "id,donor,quantity\nO-1,X,10\n",
                                .rules = "id,kind,category,value\nR-1,floor,HW,100\n"});
    assert_set_of(&clash, 1);
    assert_gives(&clash, TABLE_RULES, 2, "value", 9000);
    clash_close(&clash);
}

/** 1 cent too much in 300 million is still a cent, not noise. */
static void a_cent_in_three_hundred_million_is_not_lost(void **state)
{
    Clash clash;
    (void)state;
    clash_open(&clash, (Tables){.needs = "id,category,quantity\nN-1,HW,300000000.00\n",
                                .offers = "id,donor,quantity\nO-1,X,400000000\n",
                                .rules = "id,kind,value\nR-1,floor,300000000.01\n"});
    assert_set_of(&clash, 1);
    assert_gives(&clash, TABLE_RULES, 2, "value", 1);
    assert_int_equal(conceded(&clash), 1);
    clash_close(&clash);
}

/** N1 gets at least 10, and 60% of all that is given goes to HW, 50% to SW. With the 10 agreed all is
 *  10 / 0.6 = 16.67 at most, of which 6.67 are left for SW: 1.67 less than a half (8.34 - 6.67). That is
 *  less of a half of the 200 wanted than 10 of 10 are. */
static void a_share_is_weighed_by_what_it_would_come_to(void **state)
{
    Clash clash;
    (void)state;
    clash_open(&clash, (Tables){.needs = "id,category,quantity\nN1,HW,100\nN2,SW,100\n",
                                .offers = "id,donor,quantity\nO1,PL,100\n",
                                .rules = "id,kind,category,share\n"
                                         "F1,floor,HW,0.6\nF2,floor,SW,0.5\n",
                                .commitments = "need,offer,kind,quantity\nN1,O1,at_least,10\n"});
    assert_int_equal(clash.found.concession_count, 1);
    const Lift *lift = &clash.found.lifts.lifts[clash.found.concessions[0].lift];
    assert_string_equal(lift->id, "F2");
    assert_in_range(clash.found.concessions[0].amount, 166, 168);
    clash_close(&clash);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_floor_above_what_is_asked_stands_in_conflict_alone),
        cmocka_unit_test(a_floor_over_offers_names_every_offer_it_needs),
        cmocka_unit_test(a_floor_in_things_is_conceded_in_things),
        cmocka_unit_test(commitments_beyond_an_offer_collide_with_its_quantity),
        cmocka_unit_test(a_commitment_in_steps_gives_way_in_steps),
        cmocka_unit_test(a_reserve_collides_with_a_commitment),
        cmocka_unit_test(a_floor_collides_with_a_beneficiarys_limit),
        cmocka_unit_test(a_commitment_collides_with_a_prerequisite),
        cmocka_unit_test(a_floor_collides_with_a_least_amount_and_a_number_of_donors),
        cmocka_unit_test(a_floor_between_whole_steps_is_a_conflict_like_any_other),
        cmocka_unit_test(a_floor_collides_with_a_bundle_that_nobody_can_complete),
        cmocka_unit_test(separate_conflicts_are_told_one_after_another),
        cmocka_unit_test(what_cannot_help_stands_in_no_conflict),
        cmocka_unit_test(a_cent_in_three_hundred_million_is_not_lost),
        cmocka_unit_test(a_share_is_weighed_by_what_it_would_come_to),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
