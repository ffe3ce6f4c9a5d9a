/* round_check(): rules that are incomplete, and doubts.
 */
#include "tests/support/case_tables.h"

/* ---- rules ---------------------------------------------------------------------------------- */

static const WrongRound RULE_ROWS[] = {
    {"a limit without a bound",
     {RULES(",need", "R1,limit,N1\n")},
     DIAG_RULE,
     "rules.csv",
     2,
     "value",
     "needs exactly one bound"},
    {"a floor with two bounds",
     {RULES(",value,share", "R1,floor,10,0.1\n")},
     DIAG_RULE,
     "rules.csv",
     2,
     "value",
     "needs exactly one bound"},
    {"forbidden up to an amount",
     {RULES(",need,value", "R1,forbid,N1,10\n")},
     DIAG_RULE,
     "rules.csv",
     2,
     "kind",
     "takes no bound"},
    {"a quantity of no unit",
     {RULES(",quantity", "R1,limit,10\n")},
     DIAG_RULE,
     "rules.csv",
     2,
     "unit",
     "needs a unit"},
    {"a limit that counts",
     {RULES(",value,count", "R1,limit,10,2\n")},
     DIAG_RULE,
     "rules.csv",
     2,
     "count",
     "takes no count"},
    {"a reserve for a need",
     {RULES(",need,value", "R1,reserve,N1,10\n")},
     DIAG_RULE,
     "rules.csv",
     2,
     "need",
     "select donors and offers only"},
    {"a quantity over needs of other units",
     {RULES(",quantity,unit", "R1,limit,3,seat\n")},
     DIAG_RULE,
     "rules.csv",
     2,
     "unit",
     "mixes units"},
    {"a reserve of seats and money",
     {RULES(",share", "R1,reserve,0.1\n")},
     DIAG_RULE,
     "rules.csv",
     2,
     "unit",
     "mixes units"},
    {"a reserve of what is not planned on",
     {OFFERS(",status", "O1,DE,100,EUR,pledged\n"), RULES(",offer,share", "R1,reserve,O1,0.1\n")},
     DIAG_RULE,
     "rules.csv",
     2,
     "kind",
     "selects no offer that can be planned on"},
    {"a reserve of what is paid out of an unknown amount",
     {OFFERS(",parent", "O1,DE,unknown,EUR,\nO2,DE,100,EUR,O1\n"),
      RULES(",offer,value", "R1,reserve,O2,10\n")},
     DIAG_RULE,
     "rules.csv",
     2,
     "kind",
     "selects no offer that can be planned on"},
};

static void rules_that_are_incomplete_or_mix_units_are_refused(void **state)
{
    (void)state;
    assert_wrong_rounds(RULE_ROWS, COUNT_OF(RULE_ROWS));
}

/* ---- ticket, count and fee ------------------------------------------------------------------ */

static const WrongRound WHOLES[] = {
    {"a ticket without a bound",
     {RULES(",need", "R1,ticket,N1\n")},
     DIAG_RULE,
     "rules.csv",
     2,
     "value",
     "needs exactly one bound: value, or quantity with unit"},
    {"a ticket as a share",
     {RULES(",share", "R1,ticket,0.1\n")},
     DIAG_RULE,
     "rules.csv",
     2,
     "value",
     "is a ticket"},
    {"a ticket of two bounds",
     {RULES(",value,quantity,unit", "R1,ticket,5,5,EUR\n")},
     DIAG_RULE,
     "rules.csv",
     2,
     "value",
     "is a ticket"},
    {"a ticket of a quantity of no unit",
     {RULES(",quantity", "R1,ticket,5\n")},
     DIAG_RULE,
     "rules.csv",
     2,
     "unit",
     "needs a unit"},
    {"a ticket in a unit that neither side has",
     {RULES(",quantity,unit", "R1,ticket,3,kit\n")},
     DIAG_RULE,
     "rules.csv",
     2,
     "unit",
     "mixes units"},
    {"a ticket in a currency without a rate",
     {RULES(",value,currency", "R1,ticket,5,USD\n")},
     DIAG_RATE_MISSING,
     "rules.csv",
     2,
     "currency",
     "there is no rate for USD"},
    {"a count of nothing",
     {RULES(",count", "R1,count,5\n")},
     DIAG_RULE,
     "rules.csv",
     2,
     "count",
     "it needs count, and of: needs, donors, beneficiaries or offers"},
    {"a count of needs, but how many",
     {RULES(",of", "R1,count,needs\n")},
     DIAG_RULE,
     "rules.csv",
     2,
     "count",
     "it needs count, and of"},
    {"a count of money",
     {RULES(",count,of,value", "R1,count,5,needs,100\n")},
     DIAG_RULE,
     "rules.csv",
     2,
     "value",
     "takes no value, quantity or share"},
    {"a fee without a value",
     {RULES(",need", "R1,fee,N1\n")},
     DIAG_RULE,
     "rules.csv",
     2,
     "value",
     "is a fee; it needs a value and nothing else"},
    {"a fee in seats",
     {RULES(",quantity,unit", "R1,fee,5,seat\n")},
     DIAG_RULE,
     "rules.csv",
     2,
     "value",
     "is a fee"},
    {"a fee that counts",
     {RULES(",value,count", "R1,fee,5,2\n")},
     DIAG_RULE,
     "rules.csv",
     2,
     "count",
     "takes no count"},
    {"a floor that counts by its word alone",
     {RULES(",value,of", "R1,floor,5,needs\n")},
     DIAG_RULE,
     "rules.csv",
     2,
     "count",
     "takes no count"},
};

static void ticket_count_and_fee_have_what_they_need_and_no_more(void **state)
{
    (void)state;
    assert_wrong_rounds(WHOLES, COUNT_OF(WHOLES));
}

/* Every column and kind that a rule of all or nothing comes from. */
static const CaseFile DECIDED[][CASE_FILES] = {
    {NEEDS(",min_quantity", "N1,HW,5,seat,2\n")},
    {NEEDS(",min_share", "N1,HW,5,seat,0.5\n")},
    {NEEDS(",indivisible", "N1,HW,5,seat,yes\n")},
    {NEEDS(",max_donors", "N1,HW,5,seat,2\n")},
    {NEEDS(",requires", "N1,HW,5,seat,N2\nN2,HW,5,seat,\n")},
    {NEEDS(",bundle", "N1,HW,5,seat,A\n")},
    {NEEDS(",alternative", "N1,HW,5,seat,A\n")},
    {NEEDS(",requires,unit_cost", "N1,HW,0,seat,N2,10\nN2,HW,5,seat,,\n")},
    {OFFERS(",min_ticket", "O1,DE,5,EUR,2\nO2,DE,5,seat,\n")},
    {OFFERS(",max_needs", "O1,DE,5,EUR,2\nO2,DE,5,seat,\n")},
    {{"donors.csv", "id,min_ticket\nDE,5\nFR,\n"}},
    {{"donors.csv", "id,max_needs\nDE,5\nFR,\n"}},
    {{"beneficiaries.csv", "id,max_needs\nMOH,5\n"}},
    {RULES(",value", "R1,ticket,5\n")},
    {RULES(",quantity,unit,need", "R1,ticket,5,seat,N2\n")},
    {RULES(",count,of", "R1,count,5,needs\n")},
    {RULES(",count,of", "R1,count,0,offers\n")},
    {RULES(",value", "R1,fee,5\n")},
};

static void what_is_complete_raises_no_error(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(DECIDED); i++) {
        Pipeline *run = case_formulate(DECIDED[i]);
        if (run->status != STATUS_OK)
            pipeline_print(run);
        assert_case_int(DECIDED[i][0].text, run->status, STATUS_OK);
        assert_case_int(DECIDED[i][0].text, (int64_t)diag_count(run->diag, DIAG_ERROR), 0);
        pipeline_free(run);
    }
}

/* ---- warnings ------------------------------------------------------------------------------- */

static const WrongRound DOUBTS[] = {
    {"no needs", {NEEDS("", "")}, DIAG_EMPTY_ROUND, "needs.csv", 0, NULL, "the plan is empty"},
    {"one need without a priority",
     {NEEDS(",priority", "N1,HW,1,EUR,1\nN2,HW,1,EUR,3\nN3,HW,2,EUR,\n")},
     DIAG_PRIORITY_DEFAULT,
     "needs.csv",
     4,
     "priority",
     "the lowest tier in use, 3"},
    {"more covered than asked",
     {NEEDS(",covered", "N1,HW,100,EUR,101\n")},
     DIAG_COVERED_OVER,
     "needs.csv",
     2,
     "covered",
     "nothing is left to give"},
    {"an unknown amount",
     {NEEDS("", "N1,HW,unknown,EUR\n")},
     DIAG_AMOUNT_UNKNOWN,
     "needs.csv",
     2,
     "quantity",
     "the amount of 'N1' is unknown"},
    {"an offer of unknown amount",
     {NEEDS("", "N2,HW,5,seat\n"), OFFERS("", "O1,DE,tbd,EUR\nO2,FR,5,seat\n")},
     DIAG_AMOUNT_UNKNOWN,
     "offers.csv",
     2,
     "quantity",
     "the amount of 'O1' is unknown"},
    {"forty times the others",
     {OFFERS("", "O1,DE,2000,EUR\nO2,DE,2000,EUR\nO3,DE,80000,EUR\nO4,FR,5,seat\n")},
     DIAG_OUTLIER,
     "offers.csv",
     4,
     "quantity",
     "'O3' is 40 times the usual offer of DE"},
    {"a need that nobody may serve",
     {NEEDS("", "N1,HW,1,EUR\nN9,SW,5,boat\n")},
     DIAG_NO_OFFER,
     "needs.csv",
     3,
     "id",
     "no offer may serve 'N9': the nearest, 'O1', comes in another unit (offers row 2, unit)"},
    {"the same title twice",
     {NEEDS(",beneficiary,title",
            "N1,HW,7,EUR,MOH,Audit of logs\nN2,HW,9,EUR,MOH,Audit of logs\n")},
     DIAG_SAME_REQUEST,
     "needs.csv",
     3,
     "title",
     "'N2' looks like the same request as 'N1'"},
    {"the same amount of much the same",
     {NEEDS(",beneficiary,title",
            "N1,HW,7,EUR,MOH,Audit of logs\nN2,HW,7,EUR,MOH,Audit of many logs\n")},
     DIAG_SAME_REQUEST,
     "needs.csv",
     3,
     "title",
     "'N2' looks like the same request as 'N1'"},
    {"a donor that is not listed",
     {OFFERS("", "O1,DE,100,EUR\nO2,SWITZERLAND,5,seat\n"), {"donors.csv", "id\nDE\n"}},
     DIAG_NAME_UNLISTED,
     "offers.csv",
     3,
     "donor",
     "no budget applies to it"},
    {"a beneficiary that is not listed",
     {NEEDS(",beneficiary", "N1,HW,1,EUR,ZHYTOMYR\n"), {"beneficiaries.csv", "id\nMOH\n"}},
     DIAG_NAME_UNLISTED,
     "needs.csv",
     2,
     "beneficiary",
     "no limit applies to it"},
    {"a word that matches nothing",
     {RULES(",category,value", "R1,limit,SATELLITES,1\n")},
     DIAG_MATCHES_NOTHING,
     "rules.csv",
     2,
     "category",
     "'SATELLITES' matches nothing"},
    {"things that nobody needs, once",
     {OFFERS("", "O1,DE,100,USD\nO2,DE,5,router\nO3,FR,5,router\nO4,FR,5,seat\n"),
      {"rates.csv", "currency,rate\nUSD,0.9\n"}},
     DIAG_MATCHES_NOTHING,
     "offers.csv",
     3,
     "unit",
     "no need is counted in 'router'"},
    {"an open ODA question",
     {NEEDS(",oda", "N1,HW,1,EUR,partial\n"),
      OFFERS(",oda_only", "O1,DE,1,EUR,yes\nO2,DE,1,EUR,\n")},
     DIAG_ODA_OPEN,
     "needs.csv",
     2,
     "oda",
     "1 ODA-only offer (O1) would then be open to it"},
    {"at most so much, of an offer that may not serve the need",
     {OFFERS(",only_needs", "O1,DE,100,EUR,N2\n"),
      {"commitments.csv", "need,offer,kind,quantity\nN1,O1,at_most,4\n"}},
     DIAG_OTHER_THAN_MEANT,
     "commitments.csv",
     2,
     "need",
     "offer 'O1' serves nothing of need 'N1', as it is earmarked for others (offers row 2, "
     "only_needs)"},
    {"an offer for everything, paid out of a grandparent for some categories",
     {OFFERS(",category,parent", "O1,DE,100,EUR,HW,\nO2,DE,50,EUR,,O1\nO3,FR,20,EUR,HW,O2\n")},
     DIAG_OTHER_THAN_MEANT,
     "offers.csv",
     3,
     "category",
     "'O2' may serve every category, and 'O1', which it is paid out of, only some"},
};

static void doubts_are_warnings_that_name_their_row(void **state)
{
    (void)state;
    assert_wrong_rounds(DOUBTS, COUNT_OF(DOUBTS));
}

/** What another setting or another day lets through stays without a doubt: a limit on a pledge, and on an
 *  offer of unknown amount. */
static const CaseFile LIMITED[][CASE_FILES] = {
    {OFFERS(",status", "O1,DE,100,EUR,pledged\n"),
     {"commitments.csv", "need,offer,kind,quantity\nN1,O1,at_most,4\n"},
     {"settings.csv", "key,value\nplan_on,paid\n"}},
    {OFFERS("", "O1,DE,tbd,EUR\n"),
     {"commitments.csv", "need,offer,kind,quantity\nN1,O1,at_most,4\n"}},
};

static void limits_on_what_is_not_yet_firm_raise_no_doubt(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(LIMITED); i++) {
        Pipeline *run = case_formulate(LIMITED[i]);
        assert_case_int(LIMITED[i][0].text, run->status, STATUS_OK);
        size_t count;
        const Finding *findings = diag_findings(run->diag, &count);
        for (size_t k = 0; k < count; k++)
            assert_true(findings[k].code != DIAG_OTHER_THAN_MEANT);
        pipeline_free(run);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rules_that_are_incomplete_or_mix_units_are_refused),
        cmocka_unit_test(ticket_count_and_fee_have_what_they_need_and_no_more),
        cmocka_unit_test(what_is_complete_raises_no_error),
        cmocka_unit_test(doubts_are_warnings_that_name_their_row),
        cmocka_unit_test(limits_on_what_is_not_yet_firm_raise_no_doubt),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
