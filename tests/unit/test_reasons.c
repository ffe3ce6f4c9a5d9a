/* Every code of the closed list on a round small enough to work by hand: the thing that is named, its
 * row, what it frees, and the sentence. Need N1 is asked about.
 */
#include "tests/support/case_tables.h"

#include <string.h>

typedef struct ReasonCase {
    const char *label; /* with the arithmetic */
    CaseFile files[CASE_FILES];
    const char *reason;
    const char
        *place; /* "rules.csv:2" of the first cause; "" for one without a row; NULL: not asked */
    const char *freed; /* of need N1, in its unit */
    const char *detail;
} ReasonCase;

/* Donors and offers that most cases share: 60 EUR of Germany. */
#define OFFER_60 OFFERS("", "O1,DE,60,EUR\n")
#define DONOR_DE                                                                                   \
    {                                                                                              \
        "donors.csv", "id,name\nDE,Germany\n"                                                      \
    }

static const ReasonCase CASES[] = {
    {"documents are missing",
     {NEEDS(",ready", "N1,HW,10,EUR,no\n"), OFFER_60},
     "NOT_READY",
     NULL,
     "0.00",
     "It is not ready (needs N1, ready)."},
    {"nobody said how much",
     {NEEDS("", "N1,HW,undisclosed,EUR\n"), OFFER_60},
     "AMOUNT_UNKNOWN",
     NULL,
     "0.00",
     "How much it asks for is not known (needs N1, quantity)."},
    {"boats are asked for, and only money is offered, which cannot buy what has no price",
     {NEEDS("", "N1,HW,2,boat\n"), OFFER_60},
     "NO_OFFER",
     NULL,
     "0",
     "No offer of category HW in boat; without a unit cost money cannot buy it."},
    {"the only offer of its kind is for another need",
     {NEEDS("", "N1,HW,10,EUR\nN2,HW,10,EUR\n"), OFFERS(",only_needs", "O1,DE,60,EUR,N2\n"),
      DONOR_DE},
     "BARRED",
     NULL,
     "0.00",
     "The one offer of its kind may not serve it: O1 of Germany is earmarked for others (offers "
     "O1, "
     "only_needs)."},
    {"due in January, and nothing is there before March",
     {NEEDS(",deadline", "N1,HW,10,EUR,2026-01-31\n"),
      OFFERS(",valid_from", "O1,DE,60,EUR,2026-03-01\n")},
     "WINDOW",
     NULL,
     "0.00",
     "The one offer of its kind may not serve it: O1 of DE is not available in the need's time "
     "(offers O1, valid_from)."},
    {"N1 waits for N2, of which 60 of 70 are met",
     {NEEDS(",requires", "N1,TRN,10,EUR,N2\nN2,HW,70,EUR,\n"),
      OFFERS(",category", "O1,DE,60,EUR,HW\nO2,FR,10,EUR,TRN\n")},
     "PREREQUISITE",
     "needs.csv:2",
     "10.00",
     "What it requires is not met in full: N2 (needs N1, requires). Lifting that alone would serve "
     "all of the EUR 10.00 that it lacks."},
    {"N1 goes with N2, which is not ready; alone it could have its 10",
     {NEEDS(",bundle,ready", "N1,HW,10,EUR,S,\nN2,HW,10,EUR,S,no\n"), OFFER_60},
     "BUNDLE",
     "needs.csv:2",
     "10.00",
     "Its bundle is served together or not at all: with N2 (needs, bundle S). Lifting that alone "
     "would serve all of the EUR 10.00 that it lacks."},
    {"either N1 or N2, and N2 is partly covered elsewhere, which is the choice",
     {NEEDS(",alternative,covered", "N1,HW,10,EUR,A,\nN2,HW,20,EUR,A,10\n"), OFFER_60},
     "ALTERNATIVE",
     "needs.csv:2",
     "10.00",
     "At most one of the alternatives is served: N2 is served instead (needs, alternative A). "
     "Lifting that alone would serve all of the EUR 10.00 that it lacks."},
    {"of the 60, N2 of tier 2 has 50 first, so that 10 of 30 are left",
     {NEEDS(",priority", "N1,HW,30,EUR,1\nN2,HW,50,EUR,2\n"), OFFER_60, DONOR_DE},
     "URGENT",
     "needs.csv:3",
     "20.00",
     "An urgent need is served first: N2 (needs N2). If N2 gave way, it would have all of the EUR "
     "20.00 that it lacks. Of what could serve it (HW, EUR): O1 of Germany (EUR 60.00) is used by "
     "N2 (EUR 50.00, tier 2)."},
    {"of the 60, 50 are agreed for N2 of tier 2, so that 10 of 30 are left",
     {NEEDS(",priority", "N1,HW,30,EUR,1\nN2,HW,50,EUR,2\n"),
      OFFER_60,
      {"commitments.csv", "need,offer,kind,quantity,reason\nN2,O1,fixed,50,letter of 3 March\n"},
      DONOR_DE},
     "LOCKED_OUT",
     "commitments.csv:2",
     "20.00",
     "Agreed otherwise: it is agreed that O1 of Germany gives N2 exactly EUR 50.00 (commitments "
     "N2/O1: letter of 3 March), which binds other needs. If that alone were lifted, they would "
     "leave it all of the EUR 20.00 that it lacks. Of what could serve it (HW, EUR): O1 of Germany "
     "(EUR 60.00) is used by N2 (EUR 50.00, tier 2)."},
    {"the town may have 20 of the 30 it asks for",
     {NEEDS(",beneficiary", "N1,HW,30,EUR,T\n"),
      OFFER_60,
      {"beneficiaries.csv", "id,name,max_value\nT,Town hall,20\n"}},
     "BENEFICIARY_LIMIT",
     "beneficiaries.csv:2",
     "10.00",
     "Its beneficiary may have no more: Town hall receives at most EUR 20.00 (beneficiaries T, "
     "max_value). Lifting that alone would serve all of the EUR 10.00 that it lacks."},
    {"a rule allows 25 of 30",
     {NEEDS("", "N1,HW,30,EUR\n"),
      OFFER_60,
      {"rules.csv",
       "id,kind,value,currency,category,reason\nR1,limit,25,EUR,HW,ceiling of 2025\n"}},
     "RULE_LIMIT",
     "rules.csv:2",
     "5.00",
     "Limited: rule R1 allows at most EUR 25.00 (rules R1: ceiling of 2025). Lifting that alone "
     "would serve all of the EUR 5.00 that it lacks."},
    {"Germany carries half of 40 at most: 20",
     {NEEDS("", "N1,HW,40,EUR\n"), OFFER_60, {"donors.csv", "id,name,max_share\nDE,Germany,0.5\n"}},
     "RULE_LIMIT",
     "donors.csv:2",
     "20.00",
     "Limited: Germany gives at most 50% of one need (donors DE, max_share). Lifting that alone "
     "would serve all of the EUR 20.00 that it lacks."},
    {"all of 100 or nothing, and 60 are there",
     {NEEDS(",indivisible", "N1,HW,100,EUR,yes\n"), OFFER_60},
     "MINIMUM",
     "needs.csv:2",
     "60.00",
     "What is left is below its least useful amount: it takes all of EUR 100.00 or nothing (needs "
     "N1, indivisible). Lifting that alone would serve EUR 60.00 of the EUR 100.00 that it lacks."},
    {"one donor at most: 60 of 80, and France's 20 stay out",
     {NEEDS(",max_donors", "N1,HW,80,EUR,1\n"), OFFERS("", "O1,DE,60,EUR\nO2,FR,20,EUR\n")},
     "DONOR_COUNT",
     "needs.csv:2",
     "20.00",
     "No more donors may take part: it takes from at most 1 donor (needs N1, max_donors). Lifting "
     "that alone would serve all of the EUR 20.00 that it lacks."},
    {"30 are asked for, and Germany gives 50 or nothing",
     {NEEDS("", "N1,HW,30,EUR\n"), OFFERS(",min_ticket", "O1,DE,60,EUR,50\n"), DONOR_DE},
     "TICKET",
     "offers.csv:2",
     "30.00",
     "What is left is below a least amount: O1 of Germany gives at least EUR 50.00 to one need, or "
     "nothing (offers O1, min_ticket). Lifting that alone would serve all of the EUR 30.00 that it "
     "lacks."},
    {"of Estonia's 120 seats tier 1 takes 40 and 80, the most said first; the Netherlands' 9 are "
     "for central bodies",
     {NEEDS(",priority,beneficiary", "N1,TRN,15,seat,2,T\nN2,TRN,40,seat,1,\nN3,TRN,80,seat,1,\n"),
      OFFERS(",only_beneficiaries", "O1,EE,120,seat,\nO2,NL,9,seat,C\n"),
      {"donors.csv", "id,name\nEE,Estonia\nNL,Netherlands\n"},
      {"beneficiaries.csv", "id\nC\nT\n"}},
     "HIGHER_TIERS",
     "",
     "15",
     "Needs of higher tiers use what could serve it. If they gave way, it would have all of the 15 "
     "seat that it lacks. Of what could serve it (TRN, seat): O1 of Estonia (120 seat) is used by "
     "N3 (80 seat, tier 1), N2 (40 seat, tier 1). Not for it: O2 of Netherlands is earmarked for "
     "others (offers O2, only_beneficiaries)."},
    {"60 among two of equal right: 30 each of 40",
     {NEEDS(",beneficiary", "N1,HW,40,EUR,A\nN2,HW,40,EUR,B\n"),
      OFFER_60,
      DONOR_DE,
      {"beneficiaries.csv", "id\nA\nB\n"}},
     "EQUALS",
     "",
     "10.00",
     "Needs of its own tier share in what could serve it. If they gave way, it would have all of "
     "the EUR 10.00 that it lacks. Of what could serve it (HW, EUR): O1 of Germany (EUR 60.00) is "
     "used by N2 (EUR 30.00, tier 1)."},
    {"alone, and asks for 15 more than there is",
     {NEEDS("", "N1,HW,75,EUR\n"), OFFER_60, DONOR_DE},
     "EXHAUSTED",
     "offers.csv:2",
     "15.00",
     "Not enough is offered: nothing is left of EUR 60.00 of Germany (offers O1, quantity). With "
     "more of it, it would have all of the EUR 15.00 that it lacks."},
    {"N2's USD 1,666.67 at 0.9 keep its EUR 1,500.00, being EUR 1,500.003: N1's cause is found all "
     "the same",
     {NEEDS(",beneficiary", "N1,SW,75,EUR,\nN2,HW,2000,USD,T\n"),
      OFFERS(",category", "O1,DE,4000,EUR,HW\nO2,FR,60,EUR,SW\n"),
      {"rates.csv", "currency,rate\nUSD,0.9\n"},
      {"beneficiaries.csv", "id,max_value\nT,1500\n"}},
     "EXHAUSTED",
     "offers.csv:3",
     "15.00",
     "Not enough is offered: nothing is left of EUR 60.00 of FR (offers O2, quantity). With more "
     "of "
     "it, it would have all of the EUR 15.00 that it lacks."},
    {"the budget holds 20 and a rule allows 20: one alone changes nothing, both free 10",
     {NEEDS("", "N1,HW,30,EUR\n"),
      OFFER_60,
      {"donors.csv", "id,name,budget,currency\nDE,Germany,20,EUR\n"},
      {"rules.csv", "id,kind,value,currency,category\nR1,limit,20,EUR,HW\n"}},
     "SEVERAL",
     "rules.csv:2",
     "10.00",
     "Limited: rule R1 allows at most EUR 20.00 (rules R1); and not enough is offered: the budget "
     "of Germany, EUR 20.00, holds no more (donors DE, budget). Lifting all of this would serve "
     "all of the EUR 10.00 that it lacks."},
};

/** Where that is the reason the second need is urgent. */
static Pipeline *plan_of(const ReasonCase *c)
{
    return strcmp(c->reason, "URGENT") == 0 ? case_plan_urgent(c->files) : case_plan(c->files);
}

static void assert_freed(const ReasonCase *c, const Pipeline *run, int need)
{
    char freed[40];
    int64_t amount = run->causes == NULL ? 0 : run->causes[need].freed;
    unit_format(run->round.needs[need].unit, amount, freed);
    assert_case_text(c->label, freed, c->freed);
}

static void assert_place(const ReasonCase *c, const Pipeline *run, int need)
{
    char place[64] = "";
    if (c->place == NULL) {
        assert_case(c->label, run->causes == NULL || run->causes[need].proof == CAUSE_NOT_ASKED);
        return;
    }
    assert_case(c->label, run->causes != NULL && run->causes[need].proof == CAUSE_PROVEN);
    const Cause *cause = &run->causes[need].causes[0];
    if (cause->origin.line > 0)
        snprintf(place, sizeof place, "%s.csv:%d", dictionary_table(cause->origin.table)->name,
                 cause->origin.line);
    assert_case_text(c->label, place, c->place);
}

static void each_reason_names_its_row_and_what_it_frees(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(CASES); i++) {
        const ReasonCase *c = &CASES[i];
        Pipeline *run = plan_of(c);
        pipeline_causes(run);
        int need = round_find_need(&run->round, "N1");
        assert_case_text(c->label, reason_text(run->plan.needs[need].reason), c->reason);
        assert_place(c, run, need);
        assert_freed(c, run, need);
        assert_case_text(c->label, run->plan.needs[need].detail, c->detail);
        pipeline_free(run);
    }
}

/** Of the cases: what a list has room for is what holds the need back and what lifting that frees. */
static void the_brief_is_the_detail_without_who_has_what(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(CASES); i++) {
        Pipeline *run = plan_of(&CASES[i]);
        pipeline_causes(run);
        const NeedResult *need = &run->plan.needs[round_find_need(&run->round, "N1")];
        const char *rest = strstr(CASES[i].detail, " Of what could serve it");
        size_t length = rest == NULL ? strlen(CASES[i].detail) : (size_t)(rest - CASES[i].detail);
        bool of_tables = CASES[i].place == NULL; /* there the offers follow behind a colon */
        const char *colon = of_tables ? strstr(CASES[i].detail, " may not serve it:") : NULL;
        if (colon != NULL)
            length = (size_t)(colon - CASES[i].detail) + strlen(" may not serve it");
        assert_case(CASES[i].label, strncmp(need->brief, CASES[i].detail, length) == 0);
        assert_case(CASES[i].label, strlen(need->brief) == length + (colon != NULL));
        pipeline_free(run);
    }
}

/** A code without a case would go unnoticed. */
static void every_reason_of_the_list_has_a_case(void **state)
{
    (void)state;
    for (int reason = REASON_NOT_READY; reason < REASON_UNPROVEN; reason++) {
        bool found = false;
        for (size_t i = 0; i < COUNT_OF(CASES); i++)
            found = found || strcmp(CASES[i].reason, reason_text((Reason)reason)) == 0;
        assert_case(reason_text((Reason)reason), found);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_reason_names_its_row_and_what_it_frees),
        cmocka_unit_test(the_brief_is_the_detail_without_who_has_what),
        cmocka_unit_test(every_reason_of_the_list_has_a_case),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
