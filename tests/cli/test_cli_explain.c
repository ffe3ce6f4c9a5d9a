/* allot explain, as people start it: on the samples that are solved by hand in their READMEs, and on a
 * small round.
 */
#include "tests/support/program.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/** Puts a sample's folder beside the round. */
static void copy_sample(Program *p, const char *name)
{
    char script[1024], *samples = realpath("samples", NULL);
    assert_non_null(samples);
    snprintf(script, sizeof script, "cp -r '%s/%s' sample", samples, name);
    free(samples);
    program_script(p, script);
    assert_exit(p, 0);
}

/* 36,000 are left for tier 2: 6 seats and 24,000 (samples/first-steps/README.md). */
static void the_first_sample_is_explained(void **state)
{
    Program p;
    (void)state;
    program_open(&p);
    copy_sample(&p, "first-steps");
    ALLOT(&p, "explain", "sample", "N-2");
    assert_exit(&p, 0);
    assert_prints(&p, "It gets 6 seat, worth EUR 12,000.00:\n- 6 seat from offer O-1 of DONOR-A");
    assert_prints(&p, "Still unmet: 4 seat, worth EUR 8,000.00. Why: ");
    assert_prints(&p, "Why: Needs of higher tiers use what could serve it.");
    assert_prints(&p, "- O-2 of DONOR-B is earmarked for others (offers.csv row 3, only_regions).");
    assert_prints(&p, "N-1 of tier 1 has EUR 60,000.00; N-3 of tier 2 has EUR 24,000.00.");
    ALLOT(&p, "explain", "sample", "N-1");
    assert_prints(&p,
                  "Runners-up, which the same offers could serve: N-2 of tier 2 lacks 4 seat; N-3 "
                  "of tier 2 lacks EUR 16,000.00; N-4 of tier 2 lacks EUR 10,000.00.\n");
    ALLOT(&p, "explain", "sample", "O-2");
    assert_exit(&p, 0);
    assert_prints(&p, "All of it is used.");
    assert_prints(&p, "- N-4 for TOWN-HALL (tier 2): EUR 40,000.00.");
    assert_prints(&p, "(offers.csv row 3, only_regions): N-1, N-2, N-3.");
    ALLOT(&p, "explain", "sample", "DONOR-A");
    assert_exit(&p, 0);
    assert_prints(&p, "It gives EUR 96,000.00 in 3 lines, to 3 needs.");
    assert_prints(&p, "- tier 2: EUR 36,000.00 in 2 lines.");
    program_close(&p);
}

/* N-05 is the backup that is served; N-11 has its backup and lacks N-09. */
static void bundles_alternatives_and_outcomes_are_explained(void **state)
{
    Program p;
    (void)state;
    program_open(&p);
    copy_sample(&p, "all-or-nothing");
    ALLOT(&p, "explain", "sample", "N-06");
    assert_exit(&p, 0);
    assert_prints(&p,
                  "one of the alternatives BACKUP, of which at most one is served. The one that "
                  "is served is N-05.");
    assert_prints(&p, "Its alternative N-05 is served in its place: nothing is missing.");
    ALLOT(&p, "explain", "sample", "N-11");
    assert_exit(&p, 0);
    assert_prints(&p, "It is not met. Why: What it requires is not met in full: "
                      "N-09 (needs N-11, requires).");
    ALLOT(&p, "explain", "sample", "N-07");
    assert_exit(&p, 0);
    assert_prints(&p, "It is part of the bundle LINK, which is served together or not at all.");
    assert_prints(&p, "It is met in full.");
    program_close(&p);
}

/* O-1 has 96,000: 60,000 go to N-1, and the other 36,000 are kept back. */
static void what_a_rule_keeps_back_is_said(void **state)
{
    Program p;
    (void)state;
    program_open(&p);
    program_table(&p, "rules.csv", "id,kind,offer,value,reason\nR-1,reserve,O-1,36000,floods\n");
    ALLOT(&p, "explain", "r", "N-2");
    assert_exit(&p, 0);
    assert_prints(&p,
                  "Of its EUR 96,000.00, EUR 36,000.00 is left. Rule R-1 keeps EUR 36,000.00 back "
                  "(rules.csv row 2: floods). N-1 of tier 1 has EUR 60,000.00.");
    assert_prints(&p, "Why: Limited: rule R-1 keeps back EUR 36,000.00 (rules R-1: "
                      "floods). Lifting that alone would serve ");
    program_close(&p);
}

static void an_unknown_id_names_the_nearest(void **state)
{
    Program p;
    (void)state;
    program_open(&p);
    ALLOT(&p, "explain", "r", "DONR-A");
    assert_exit(&p, 1);
    assert_says(&p, "need, offer or donor 'DONR-A' is not known; did you mean 'DONOR-A'?");
    program_close(&p);
}

static void settings_count_and_no_file_is_written(void **state)
{
    Program p;
    (void)state;
    program_open(&p);
    ALLOT(&p, "explain", "r", "O-1", "--set", "plan_on=paid");
    assert_exit(&p, 0);
    assert_prints(&p, "It is committed, which is less firm than what this round plans on.");
    assert_prints(&p, "- It is less firm than what is planned on (offers.csv row 2, status): ");
    assert_false(program_wrote(&p, "plan.xlsx"));
    ALLOT(&p, "explain", "r", "O-1", "-o", "plan.xlsx");
    assert_exit(&p, 2);
    program_close(&p);
}

/** An id may name a need and a donor: both are told of. */
static void an_id_that_names_two_things_tells_of_both(void **state)
{
    Program p;
    (void)state;
    program_open(&p);
    program_table(&p, "offers.csv", "id,donor,quantity,unit\nN-1,N-1,96000,EUR\n");
    ALLOT(&p, "explain", "r", "N-1");
    assert_exit(&p, 0);
    assert_prints(&p, "Need N-1: Firewalls.");
    assert_prints(&p, "\n\nOffer N-1 of N-1: EUR 96,000.00");
    assert_prints(&p, "\n\nDonor N-1 offers:");
    program_close(&p);
}

static void the_same_round_gives_the_same_text(void **state)
{
    Program p;
    (void)state;
    program_open(&p);
    program_script(&p, "set -e\n"
                       "for id in N-2 O-1 DONOR-B; do\n"
                       "  $ALLOT explain r $id >1; $ALLOT explain r $id >2; cmp 1 2; test -s 1\n"
                       "done\n");
    assert_exit(&p, 0);
    program_close(&p);
}

/* 330 needs of 2 seats, 310 offers of 1: 102,300 pairs, of which 155 needs can be met. */
static void a_round_too_large_for_reasons_says_that_this_is_why_there_are_none(void **state)
{
    enum { NEEDS_HERE = 330, OFFERS_HERE = 310, ROW = 40 };
    static char needs[(NEEDS_HERE + 2) * ROW], offers[(OFFERS_HERE + 2) * ROW];
    int need_end = snprintf(needs, sizeof needs, "id,category,unit,quantity\n");
    int offer_end = snprintf(offers, sizeof offers, "id,donor,category,unit,quantity,status\n");
    Program p;
    (void)state;
    for (int i = 0; i < NEEDS_HERE; i++)
        need_end +=
            snprintf(needs + need_end, sizeof needs - (size_t)need_end, "N%d,HARDWARE,seat,2\n", i);
    for (int i = 0; i < OFFERS_HERE; i++)
        offer_end += snprintf(offers + offer_end, sizeof offers - (size_t)offer_end,
                              "O%d,D,HARDWARE,seat,1,committed\n", i);
    program_open(&p);
    program_table(&p, "settings.csv",
                  "key,value\nstart,2026-01-15\nend,2026-03-31\nfairness,none\n");
    program_table(&p, "donors.csv", "id\nD\n");
    program_table(&p, "needs.csv", needs);
    program_table(&p, "offers.csv", offers);
    ALLOT(&p, "solve", "r", "--tables", "out");
    assert_exit(&p, 0);
    program_script(&p, "grep -c 'UNPROVEN,\"not looked for: 102300 pairs of need and offer may "
                       "serve, and reasons are asked up to 100000\"' out/needs.csv");
    assert_prints(&p, "175");
    program_close(&p);
}

/* 60 of 100 may be spent, of an offer of 80: 40 lack, of the budget; more of the offer alone gives nothing. */
static void an_ask_under_a_budget_asks_for_both(void **state)
{
    Program p;
    (void)state;
    program_open(&p);
    program_table(&p, "donors.csv", "id,budget\nDE,60\n");
    program_table(&p, "needs.csv", "id,category,quantity\nN1,HW,100\n");
    program_table(&p, "offers.csv", "id,donor,quantity\nO1,DE,80\n");
    ALLOT(&p, "explain", "r", "N1");
    assert_exit(&p, 0);
    assert_prints(&p, ": EUR 40.00 more of offer O1 of DE and of that donor's budget.");
    program_close(&p);
}

/* ---- long lists ----------------------------------------------------------------------------- */

/** Adds the rows "ID-01,D,UNIT", "ID-02,D,2 UNIT", ... with @p tail behind each. */
static void add_rows(char *text, size_t size, const char *id, int from, int to, int unit,
                     const char *tail)
{
    for (int i = from; i <= to; i++) {
        size_t used = strlen(text);
        (void)snprintf(text + used, size - used, "%s-%02d,D,%d%s\n", id, i, i * unit, tail);
    }
}

static void assert_lists(Program *p, const char *const *there, const char *const *not_there)
{
    for (; *there != NULL; there++)
        assert_prints(p, *there);
    for (; *not_there != NULL; not_there++)
        if (strstr(p->run.out, *not_there) != NULL)
            fail_msg("'%s' is said:\n%s", *not_there, p->run.out);
}

/** 20 offers of 10, 20, ... 200; O-01 and O-02 give 5 each. Most is left of O-13 to O-20. */
static void of_many_offers_those_that_matter_are_named(void **state)
{
    static const char *const best[] = {
        "- O-01 of D.",
        "- O-02 of D.",
        "- O-13 of D.",
        "- O-20 of D.",
        "- and 10 more; allot explain --verbose names all of them.\n",
        NULL};
    static const char *const others[] = {"- O-03 of D.", "- O-12 of D.", NULL};
    static const char *const all[] = {"- O-01 of D.", "- O-03 of D.", "- O-12 of D.",
                                      "- O-20 of D.", NULL};
    static const char *const more[] = {" more; allot", NULL};
    char offers[2048] = "id,donor,quantity\n";
    Program p;
    (void)state;
    program_open(&p);
    add_rows(offers, sizeof offers, "O", 1, 20, 10, "");
    program_table(&p, "offers.csv", offers);
    program_table(&p, "needs.csv", "id,category,quantity\nN-1,HW,10\n");
    program_table(&p, "commitments.csv",
                  "need,offer,kind,quantity\nN-1,O-01,fixed,5\nN-1,O-02,fixed,5\n");
    ALLOT(&p, "explain", "r", "N-1");
    assert_exit(&p, 0);
    assert_lists(&p, best, others);
    ALLOT(&p, "explain", "r", "N-1", "--verbose");
    assert_exit(&p, 0);
    assert_lists(&p, all, more);
    program_close(&p);
}

/** O-01 serves 15 needs beside N-1, of 10, 20, ... 150: three of tier 3 could give way first, then the five of
 *  the most. 12 are told to the last. */
static void of_many_users_the_lower_and_the_larger_are_named(void **state)
{
    static const char *const best[] = {
        "U-01 of tier 3 has EUR 10.00; U-02 of tier 3 has EUR 20.00; U-03 of tier 3 has EUR 30.00; "
        "U-11 of "
        "tier 1 has EUR 110.00; U-12 of tier 1 has EUR 120.00; U-13 of tier 1 has EUR 130.00; U-14 "
        "of "
        "tier 1 has EUR 140.00; U-15 of tier 1 has EUR 150.00; and 7 more.\n",
        NULL};
    static const char *const all[] = {"U-10 of tier 1 has EUR 100.00; U-11 of tier 1", NULL};
    static const char *const more[] = {"more.", NULL};
    char needs[2048] = "id,category,quantity,priority\nN-1,D,10,2\nU-01,D,10,3\n"
                       "U-02,D,20,3\nU-03,D,30,3\n";
    Program p;
    (void)state;
    program_open(&p);
    add_rows(needs, sizeof needs, "U", 4, 15, 10, ",1");
    program_table(&p, "offers.csv", "id,donor,quantity\nO-01,D,2000\n");
    program_table(&p, "needs.csv", needs);
    ALLOT(&p, "explain", "r", "N-1");
    assert_exit(&p, 0);
    assert_lists(&p, best, &all[1]);
    ALLOT(&p, "explain", "r", "N-1", "--verbose");
    assert_lists(&p, all, more);
    for (int i = 13; i <= 15; i++) {
        char script[128];
        (void)snprintf(script, sizeof script, "sed -i '/^U-%d,/d' r/needs.csv", i);
        program_script(&p, script);
    }
    ALLOT(&p, "explain", "r", "N-1"); /* 12 */
    assert_lists(&p, all, more);
    program_close(&p);
}

/** 10 offers are earmarked for others, 5 forbidden by a rule, which get further. Of a need that is not ready
 *  the 15 are listed by what is left. */
static void of_many_barred_offers_the_nearest_are_named(void **state)
{
    static const char *const best[] = {"- O-01 of D is earmarked",
                                       "- O-03 of D is earmarked",
                                       "- O-11 of D is forbidden",
                                       "- O-15 of D is forbidden",
                                       "- and 7 more; allot explain --verbose names all of them.\n",
                                       NULL};
    static const char *const others[] = {"- O-04 of D", "- O-10 of D", NULL};
    static const char *const none[] = {NULL};
    static const char *const waiting[] = {"Nothing but this bars these offers from serving it: "
                                          "W-08, W-09, W-10, W-11, W-12, W-13, W-14, "
                                          "W-15, and 7 more.\n",
                                          NULL};
    char offers[2048] = "id,donor,quantity,unit,only_needs\n";
    Program p;
    (void)state;
    program_open(&p);
    add_rows(offers, sizeof offers, "O", 1, 10, 10, ",EUR,N-2");
    add_rows(offers, sizeof offers, "O", 11, 15, 10, ",EUR,");
    add_rows(offers, sizeof offers, "W", 1, 15, 10, ",EUR,N-3");
    program_table(&p, "offers.csv", offers);
    program_table(&p, "needs.csv",
                  "id,category,quantity,ready\nN-1,HW,10,yes\nN-2,HW,10,yes\nN-3,HW,10,no\n");
    program_table(&p, "rules.csv", "id,kind,offer\nR-1,forbid,O-11;O-12;O-13;O-14;O-15\n");
    program_script(&p, "sed -i '/^W-/d' r/offers.csv");
    ALLOT(&p, "explain", "r", "N-1");
    assert_exit(&p, 0);
    assert_lists(&p, best, others);
    program_table(&p, "offers.csv", offers);
    ALLOT(&p, "explain", "r", "N-3");
    assert_exit(&p, 0);
    assert_lists(&p, waiting, none);
    program_close(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_sample_is_explained),
        cmocka_unit_test(bundles_alternatives_and_outcomes_are_explained),
        cmocka_unit_test(what_a_rule_keeps_back_is_said),
        cmocka_unit_test(an_unknown_id_names_the_nearest),
        cmocka_unit_test(settings_count_and_no_file_is_written),
        cmocka_unit_test(an_id_that_names_two_things_tells_of_both),
        cmocka_unit_test(the_same_round_gives_the_same_text),
        cmocka_unit_test(an_ask_under_a_budget_asks_for_both),
        cmocka_unit_test(a_round_too_large_for_reasons_says_that_this_is_why_there_are_none),
        cmocka_unit_test(of_many_offers_those_that_matter_are_named),
        cmocka_unit_test(of_many_users_the_lower_and_the_larger_are_named),
        cmocka_unit_test(of_many_barred_offers_the_nearest_are_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
