/* Copies of a round for one donor: what its offers are paid out of, through chains of several offers; why
 * something of an offer is unused.
 */
#include "allot/release.h"
#include "tests/support/round_case.h"

#include <string.h>

/* D and E are paid out of C, C out of B, B out of A; DE gives all but B, which is FR's. */
static const CaseFile FILES[CASE_FILES] = {
    {"needs.csv", "id,category,quantity,unit\nN1,HW,100,EUR\n"},
    {"offers.csv", "id,donor,quantity,unit,category,parent\nA,DE,500,EUR,HW,\nB,FR,400,EUR,HW,A\n"
                   "C,DE,300,EUR,HW,B\nD,DE,200,EUR,HW,C\nE,DE,100,EUR,HW,D\n"},
    {"settings.csv", "key,value\nfairness,none\nrelease,all\n"}};

static void copy_for(Pipeline *run, const char *donor, Release *release)
{
    const Unused *unused;
    Reader reader = {.kind = READER_DONOR};
    for (size_t o = 0; o < run->round.offer_count; o++)
        if (strcmp(run->round.offers[o].donor, donor) == 0)
            reader.id = run->round.offers[o].donor;
    assert_int_equal(release_unused(&run->round, &run->plan, run->arena, &unused), STATUS_OK);
    assert_int_equal(release_build(&run->round, &run->plan, unused, reader, run->arena, release),
                     STATUS_OK);
}

/** @param parent, root  ids; "" for no parent */
static void assert_chain(const Release *release, const char *id, const char *parent,
                         const char *root)
{
    const Offer *offers = release->round.offers;
    int at = round_find_offer(&release->round, id);
    assert_true(at >= 0);
    assert_string_equal(offers[at].parent, parent);
    assert_string_equal(offers[at].parent_row < 0 ? "" : offers[offers[at].parent_row].id, parent);
    assert_string_equal(offers[offers[at].root].id, root);
}

static void a_chain_of_ones_own_offers_ends_where_somebody_elses_begins(void **state)
{
    Release release;
    (void)state;
    Pipeline *run = case_plan(FILES);
    copy_for(run, "DE", &release);
    assert_chain(&release, "A", "", "A");
    assert_chain(&release, "C", "", "C"); /* B is not named, nor is A behind it */
    assert_chain(&release, "D", "C", "C");
    assert_chain(&release, "E", "D", "C");
    copy_for(run, "FR", &release);
    assert_chain(&release, "B", "", "B");
    pipeline_free(run);
}

/** The copy has the chain's top for its own, be it somebody else's. */
static void a_chain_below_somebody_elses_offer_has_its_own_top(void **state)
{
    static const CaseFile OTHERS[CASE_FILES] = {
        {"needs.csv", "id,category,quantity,unit\nN1,HW,100,EUR\n"},
        {"offers.csv", "id,donor,quantity,unit,category,parent\nB,FR,400,EUR,HW,\n"
                       "C,DE,300,EUR,HW,B\nD,DE,200,EUR,HW,C\nE,DE,100,EUR,HW,D\n"},
        {"settings.csv", "key,value\nfairness,none\nrelease,all\n"}};
    Release release;
    (void)state;
    Pipeline *run = case_plan(OTHERS);
    copy_for(run, "DE", &release);
    assert_chain(&release, "C", "", "C");
    assert_chain(&release, "D", "C", "C");
    assert_chain(&release, "E", "D", "C");
    pipeline_free(run);
}

/* ---- why something is unused ------------------------------------------------------------------ */

static Unused why_of(const CaseFile *files, const char *offer)
{
    const Unused *unused;
    Pipeline *run = case_plan(files);
    assert_int_equal(release_unused(&run->round, &run->plan, run->arena, &unused), STATUS_OK);
    Unused found = unused[round_find_offer(&run->round, offer)];
    pipeline_free(run);
    return found;
}

/** N1 asks for 100: DE may give 80 of it, so that 50 of its 130 are left and N1 lacks 20. */
static void a_donors_own_share_of_one_need_is_named(void **state)
{
    (void)state;
    CaseFile files[CASE_FILES] = {{"needs.csv", "id,category,quantity,unit\nN1,HW,100,EUR\n"},
                                  {"offers.csv", "id,donor,quantity,unit\nA,DE,130,EUR\n"},
                                  {"donors.csv", "id,max_share\nDE,0.8\n"},
                                  {"settings.csv", "key,value\nfairness,none\n"}};
    assert_int_equal(why_of(files, "A"), UNUSED_SHARE);
    files[2].text = "id,name\nDE,Germany\n"; /* the share is the offer's own */
    files[1].text = "id,donor,quantity,unit,max_share\nA,DE,130,EUR,0.8\n";
    assert_int_equal(why_of(files, "A"), UNUSED_SHARE);
    files[1].text = "id,donor,quantity,unit,max_share\nA,DE,130,EUR,1\n";
    assert_int_equal(why_of(files, "A"), UNUSED_ALL_MET);
}

/** Two needs of 50 and one of DE's offers for at most one of them: the other stays unmet. */
static void a_donors_own_number_of_needs_is_named(void **state)
{
    (void)state;
    CaseFile files[CASE_FILES] = {
        {"needs.csv", "id,category,quantity,unit\nN1,HW,50,EUR\nN2,HW,50,EUR\n"},
        {"offers.csv", "id,donor,quantity,unit,max_needs\nA,DE,130,EUR,1\n"},
        {"settings.csv", "key,value\nfairness,none\n"}};
    assert_int_equal(why_of(files, "A"), UNUSED_COUNT);
    files[1].text = "id,donor,quantity,unit\nA,DE,130,EUR\n";
    files[2] = (CaseFile){"donors.csv", "id,max_needs\nDE,1\n"};
    assert_int_equal(why_of(files, "A"), UNUSED_COUNT);
}

/** 100 of A's 100.99 are used: what is left is no reason to look for reasons. A thing that is left is. */
static void less_than_a_whole_unit_of_money_is_called_that(void **state)
{
    (void)state;
    CaseFile files[CASE_FILES] = {
        {"needs.csv", "id,category,quantity,unit\nN1,HW,100,EUR\nN2,HW,100,seat\n"},
        {"offers.csv", "id,donor,quantity,unit\nA,DE,100.99,EUR\nB,DE,101,seat\n"},
        {"settings.csv", "key,value\nfairness,none\n"}};
    assert_int_equal(why_of(files, "A"), UNUSED_CENTS);
    assert_int_equal(why_of(files, "B"), UNUSED_ALL_MET);
    files[1].text = "id,donor,quantity,unit\nA,DE,101,EUR\nB,DE,101,seat\n";
    assert_int_equal(why_of(files, "A"), UNUSED_ALL_MET);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_chain_of_ones_own_offers_ends_where_somebody_elses_begins),
        cmocka_unit_test(a_chain_below_somebody_elses_offer_has_its_own_top),
        cmocka_unit_test(a_donors_own_share_of_one_need_is_named),
        cmocka_unit_test(a_donors_own_number_of_needs_is_named),
        cmocka_unit_test(less_than_a_whole_unit_of_money_is_called_that),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
