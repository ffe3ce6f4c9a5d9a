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
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
