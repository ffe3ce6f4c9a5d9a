/* Rounds without a plan, as people write them: exit 3 (or 1 where a row of the tables is wrong by
 * itself), the rows that cannot be kept together by name, what each alone would have to give, and what
 * is cheapest. Every amount is worked in the label.
 */
#include "tests/support/program.h"

#include <string.h>

enum { TABLES = 3, SAID = 3 };

typedef struct NoPlan {
    const char *label, *needs, *offers;
    const char *tables[TABLES][2];
    int code;
    const char *said[SAID];
} NoPlan;

#define CHEAPEST(by) "note N210: cheapest: lower this by " by

static const NoPlan CASES[] = {
    {"two floors, 40 + 30, of 60",
     "id,category,quantity\nN1,HW,100\nN2,TRN,50\n",
     "id,donor,quantity\nO1,DE,60\n",
     {{"rules.csv", "id,kind,category,value\nF1,floor,HW,40\nF2,floor,TRN,30\n"}},
     3,
     {"rules.csv:2:4 (value): error E040: conflict 1: rule 'F1' asks for at least EUR 40.00, of "
      "EUR "
      "100.00 that its needs want: no plan can keep it together with offers.csv:2:3 (quantity), "
      "rules.csv:3:4 (value); alone it would have to be lowered by EUR 10.00",
      "offer 'O1' of Germany holds EUR 60.00; alone it would have to be raised by EUR 10.00",
      "rules.csv:2:4 (value): " CHEAPEST("EUR 10.00")}},
    {"10 for each category, of which one has no offer",
     "id,category,quantity\nN1,HW,100\nN2,TRN,100\n",
     "id,donor,category,quantity\nO1,DE,HW,60\n",
     {{"rules.csv", "id,kind,each,value\nF1,floor,category,10\n"}},
     3,
     {"rule 'F1' (category TRN) asks for at least EUR 10.00, which no offer may give: no plan can "
      "keep it",
      "rules.csv:2:4 (value): " CHEAPEST("EUR 10.00")}},
    {"50 to be used and 20 kept back, of 60",
     "id,category,quantity\nN1,HW,100\n",
     "id,donor,quantity\nO1,DE,60\n",
     {{"rules.csv", "id,kind,donor,value\nF1,floor,DE,50\nR1,reserve,DE,20\n"}},
     3,
     {"rule 'R1' keeps back EUR 20.00 of EUR 60.00; alone it would have to be lowered by EUR 10.00",
      "rules.csv:2:4 (value): " CHEAPEST("EUR 10.00")}},
    {"80 kept back of 60",
     "id,category,quantity\nN1,HW,100\n",
     "id,donor,quantity\nO1,DE,60\n",
     {{"rules.csv", "id,kind,donor,value\nR1,reserve,DE,80\n"}},
     3,
     {"rule 'R1' keeps back EUR 80.00 of EUR 60.00: no plan can keep it, whatever else gives way; "
      "alone it would have to be lowered by EUR 20.00"}},
    {"80 agreed of 60",
     "id,category,quantity\nN1,HW,100\n",
     "id,donor,quantity\nO1,DE,60\n",
     {{"commitments.csv", "need,offer,kind,quantity\nN1,O1,fixed,80\n"}},
     3,
     {"offer 'O1' of Germany gives need 'N1' exactly EUR 80.00: no plan can keep it together with "
      "offers.csv:2:3 (quantity); alone it would have to be lowered by EUR 20.00",
      "commitments.csv:2:4 (quantity): " CHEAPEST("EUR 20.00")}},
    {"agreed with money that has lapsed",
     "id,category,quantity\nN1,HW,100\n",
     "id,donor,quantity,lapses\nO1,DE,60,2025-12-31\n",
     {{"commitments.csv", "need,offer,kind,quantity\nN1,O1,at_least,30\n"},
      {"settings.csv", "key,value\nstart,2026-01-01\nend,2026-03-31\n"}},
     1,
     {"commitments.csv:2:1 (need): error E025: offer 'O1' is committed to need 'N1', but it lapsed "
      "before the round (offers row 2, lapses)"}},
    {"40 for N2, of which only 10 may go there",
     "id,category,quantity\nN1,HW,100\nN2,HW,100\n",
     "id,donor,quantity,only_needs\nO1,PL,60,N1\nO2,DE,10,\n",
     {{"rules.csv", "id,kind,need,value\nF1,floor,N2,40\n"}},
     3,
     {"offers.csv:3:3 (quantity): note N209: conflict 1: offer 'O2' of Germany holds EUR 10.00; "
      "alone "
      "it would have to be raised by EUR 30.00",
      "rules.csv:2:4 (value): " CHEAPEST("EUR 30.00")}},
    {"30 agreed, 20 may be received",
     "id,category,quantity,beneficiary\nN1,HW,100,T\n",
     "id,donor,quantity\nO1,DE,60\n",
     {{"commitments.csv", "need,offer,kind,quantity\nN1,O1,at_least,30\n"},
      {"beneficiaries.csv", "id,max_value\nT,20\n"}},
     3,
     {"beneficiary 'T' receives at most EUR 20.00; alone it would have to be raised by EUR 10.00",
      "commitments.csv:2:4 (quantity): " CHEAPEST("EUR 10.00")}},
    {"all of 100 or nothing, of 60, and a floor of 10",
     "id,category,quantity,indivisible\nN1,HW,100,yes\n",
     "id,donor,quantity\nO1,DE,60\n",
     {{"rules.csv", "id,kind,donor,value\nF1,floor,DE,10\n"}},
     3,
     {"need 'N1' takes at least EUR 100.00, or nothing; without it there is a plan",
      "offer 'O1' of Germany holds EUR 60.00; alone it would have to be raised by EUR 40.00",
      "rules.csv:2:4 (value): " CHEAPEST("EUR 10.00")}},
    {"a floor each for two needs, of which one may be served",
     "id,category,quantity\nN1,HW,100\nN2,HW,100\n",
     "id,donor,quantity\nO1,DE,200\n",
     {{"rules.csv", "id,kind,need,value,count,of\nF1,floor,N1,10,,\nF2,floor,N2,10,,\n"
                    "C1,count,,,1,needs\n"}},
     3,
     {"rule 'C1' allows a count of at most 1; alone it would have to be raised by 1",
      "no plan can keep it together with rules.csv:4:5 (count), rules.csv:3:4 (value)",
      CHEAPEST("EUR 10.00")}},
    {"60 agreed for what waits for 50 more, of 100",
     "id,category,quantity,requires\nN1,HW,100,N2\nN2,SW,50,\n",
     "id,donor,quantity\nO1,DE,100\n",
     {{"commitments.csv", "need,offer,kind,quantity\nN1,O1,at_least,60\n"}},
     3,
     {"need 'N1' requires that 'N2' is met in full; without it there is a plan",
      "commitments.csv:2:4 (quantity): " CHEAPEST("EUR 10.00")}},
    {"at least 80 and at most 50 of one donor",
     "id,category,quantity\nN1,HW,100\n",
     "id,donor,quantity\nO1,DE,100\n",
     {{"rules.csv", "id,kind,donor,value\nF1,floor,DE,80\nL1,limit,DE,50\n"}},
     3,
     {"rule 'L1' allows at most EUR 50.00; alone it would have to be raised by EUR 30.00",
      "rules.csv:2:4 (value): " CHEAPEST("EUR 30.00")}},
};

static void check(const NoPlan *c)
{
    Program p;
    program_open(&p);
    program_table(&p, "needs.csv", c->needs);
    program_table(&p, "offers.csv", c->offers);
    program_table(&p, "donors.csv", "id,name\nDE,Germany\nPL,Poland\n");
    for (size_t t = 0; t < TABLES && c->tables[t][0] != NULL; t++)
        program_table(&p, c->tables[t][0], c->tables[t][1]);
    ALLOT(&p, "solve", "r", "-o", "p.xlsx");
    assert_case_int(c->label, p.run.exit_code, c->code);
    for (size_t s = 0; s < SAID && c->said[s] != NULL; s++)
        if (strstr(p.run.err, c->said[s]) == NULL)
            fail_msg("case \"%s\": not said: %s\nsaid:\n%s", c->label, c->said[s], p.run.err);
    assert_case(c->label, !program_wrote(&p, "p.xlsx"));
    program_close(&p);
}

static void each_names_the_rows_and_the_smallest_concession(void **state)
{
    (void)state;
    for (size_t k = 0; k < COUNT_OF(CASES); k++)
        check(&CASES[k]);
}

/* Two that have nothing to do with each other, whose rows stand crosswise in the tables: the rows of each
 * come together, 1 before 2, and the concessions behind them. */
static void conflicts_come_one_after_the_other(void **state)
{
    static const char *const order[] = {
        "offers.csv:2:3 (quantity): note N209: conflict 1: offer 'O1'",
        "rules.csv:3:4 (value): error E040: conflict 1: rule 'F2'",
        "offers.csv:3:3 (quantity): note N209: conflict 2: offer 'O2'",
        "rules.csv:2:4 (value): error E040: conflict 2: rule 'F1'",
        "rules.csv:2:4 (value): note N210: cheapest: lower this by EUR 40.00, with the others",
        "rules.csv:3:4 (value): note N210: cheapest: lower this by EUR 30.00, with the others"};
    Program p;
    (void)state;
    program_open(&p);
    program_table(&p, "needs.csv", "id,category,quantity\nN1,HW,200\nN2,HW,100\n");
    program_table(&p, "offers.csv", "id,donor,quantity,only_needs\nO1,DE,10,N2\nO2,PL,60,N1\n");
    program_table(&p, "rules.csv", "id,kind,need,value\nF1,floor,N1,100\nF2,floor,N2,40\n");
    ALLOT(&p, "solve", "r", "-o", "p.xlsx");
    assert_exit(&p, 3);
    const char *at = p.run.err;
    for (size_t i = 0; i < COUNT_OF(order); i++) {
        const char *found = strstr(at, order[i]);
        if (found == NULL)
            fail_msg("not behind the others: %s\nsaid:\n%s", order[i], p.run.err);
        else
            at = found;
    }
    program_close(&p);
}

/* ---- the concession made -------------------------------------------------------------------- */

/* A round without a plan, with the cheapest concession made, and with one step less of it. */
typedef struct Conceded {
    const char *label, *needs, *offers;
    const char *others[1][2]; /* a table beside: name, text */
    const char *table;        /* the one that gives way */
    const char *asked, *conceded, *short_of_it;
    const char *said[SAID];
} Conceded;

static const Conceded CONCEDED[] = {
    {"70,000 and 50,000 agreed of 100,000: 20,000 of 70,000 is the smaller part",
     "id,category,quantity\nN1,HW,70000\nN2,HW,60000\n",
     "id,donor,quantity\nO1,PL,100000\nO2,DE,30000\n",
     {{NULL, NULL}},
     "commitments.csv",
     "need,offer,kind,quantity\nN1,O1,fixed,70000\nN2,O1,at_least,50000\n",
     "need,offer,kind,quantity\nN1,O1,fixed,50000\nN2,O1,at_least,50000\n",
     "need,offer,kind,quantity\nN1,O1,fixed,50000.01\nN2,O1,at_least,50000\n",
     {"offer 'O1' of Poland gives need 'N1' exactly EUR 70,000.00: no plan can keep it together "
      "with "
      "offers.csv:2:3 (quantity), commitments.csv:3:4 (quantity); alone it would have to be "
      "lowered by "
      "EUR 20,000.00",
      "offer 'O1' of Poland holds EUR 100,000.00; alone it would have to be raised by EUR "
      "20,000.00",
      "commitments.csv:2:4 (quantity): " CHEAPEST("EUR 20,000.00")}},
    {"a floor of 500,000 on what 320,000.50 can serve",
     "id,category,quantity\nN1,HW,900000\nN2,SW,900000\n",
     "id,donor,quantity,category\nO1,PL,200000,HW\nO2,DE,120000.50,HW\nO3,DE,800000,SW\n",
     {{NULL, NULL}},
     "rules.csv",
     "id,kind,category,value\nF1,floor,HW,500000\n",
     "id,kind,category,value\nF1,floor,HW,320000.50\n",
     "id,kind,category,value\nF1,floor,HW,320000.51\n",
     {"rule 'F1' asks for at least EUR 500,000.00, of EUR 900,000.00 that its needs want: no plan "
      "can "
      "keep it together with offers.csv:2:3 (quantity), offers.csv:3:3 (quantity)",
      "rules.csv:2:4 (value): " CHEAPEST("EUR 179,999.50")}},
    {"30 and 15 seats agreed of 40: 5 of 30 is the smaller part",
     "id,category,quantity,unit\nN1,TRN,30,seat\nN2,TRN,20,seat\n",
     "id,donor,quantity,unit\nO1,PL,40,seat\n",
     {{NULL, NULL}},
     "commitments.csv",
     "need,offer,kind,quantity\nN1,O1,fixed,30\nN2,O1,fixed,15\n",
     "need,offer,kind,quantity\nN1,O1,fixed,25\nN2,O1,fixed,15\n",
     "need,offer,kind,quantity\nN1,O1,fixed,26\nN2,O1,fixed,15\n",
     {"offer 'O1' of Poland holds 40 seat; alone it would have to be raised by 5 seat",
      "commitments.csv:2:4 (quantity): " CHEAPEST("5 seat")}},
    {"1,200,000 for tier 1, whose beneficiary may have 900,000",
     "id,category,quantity,priority,beneficiary\nN1,HW,2000000,1,T\nN2,HW,500000,2,U\n",
     "id,donor,quantity\nO1,PL,1000000\nO2,DE,600000\n",
     {{"beneficiaries.csv", "id,max_value\nT,900000\nU,\n"}},
     "rules.csv",
     "id,kind,priority,value\nF1,floor,1,1200000\n",
     "id,kind,priority,value\nF1,floor,1,900000\n",
     "id,kind,priority,value\nF1,floor,1,900000.01\n",
     {"rule 'F1' asks for at least EUR 1,200,000.00, of EUR 2,000,000.00 that its needs want: no "
      "plan "
      "can keep it together with beneficiaries.csv:2:2 (max_value); alone it would have to be "
      "lowered by EUR 300,000.00",
      "rules.csv:2:4 (value): " CHEAPEST("EUR 300,000.00")}},
    {"a floor of 2 vehicles: of 3 the need for 4 takes none, that for 1 takes one",
     "id,category,quantity,unit,indivisible\nN1,VEH,4,vehicle,yes\nN2,VEH,1,vehicle,\n",
     "id,donor,quantity,unit\nO1,PL,3,vehicle\n",
     {{NULL, NULL}},
     "rules.csv",
     "id,kind,category,quantity,unit\nF1,floor,VEH,2,vehicle\n",
     "id,kind,category,quantity,unit\nF1,floor,VEH,1,vehicle\n",
     NULL,
     {"offer 'O1' of Poland holds 3 vehicle; alone it would have to be raised by 1 vehicle",
      "need 'N1' takes at least 4 vehicle, or nothing; without it there is a plan",
      CHEAPEST("1 vehicle")}},
    {"90 arrive of 100, if split to the cent: 44.95 costs 49.95 and 45.05 costs 50.06, a cent too "
     "much, so that 89.99 is all",
     "id,category,quantity\nN1,HW,44.95\nN2,HW,45.05\n",
     "id,donor,quantity,overhead\nO1,PL,100,0.1\n",
     {{NULL, NULL}},
     "rules.csv",
     "id,kind,category,value\nF1,floor,HW,120\n",
     "id,kind,category,value\nF1,floor,HW,89.99\n",
     "id,kind,category,value\nF1,floor,HW,90\n",
     {"rules.csv:2:4 (value): note N210: enough, if not the cheapest: lower this by EUR 30.01"}},
    {"the same with 90 asked for: split, the amounts would be there",
     "id,category,quantity\nN1,HW,44.95\nN2,HW,45.05\n",
     "id,donor,quantity,overhead\nO1,PL,100,0.1\n",
     {{NULL, NULL}},
     "rules.csv",
     "id,kind,category,value\nF1,floor,HW,90\n",
     "id,kind,category,value\nF1,floor,HW,89.99\n",
     NULL,
     {"rules.csv:2:4 (value): note N210: enough, if not the cheapest: lower this by EUR 0.01",
      "rules.csv:2:4 (value): error E040: no plan in whole steps was found: once amounts are "
      "whole, "
      "'F1' is missed by EUR 0.01"}},
    {"the same agreed as two lines: either gives way by a cent",
     "id,category,quantity\nN1,HW,44.95\nN2,HW,45.05\n",
     "id,donor,quantity,overhead\nO1,PL,100,0.1\n",
     {{NULL, NULL}},
     "commitments.csv",
     "need,offer,kind,quantity\nN1,O1,at_least,44.95\nN2,O1,at_least,45.05\n",
     "need,offer,kind,quantity\nN1,O1,at_least,44.94\nN2,O1,at_least,45.05\n",
     NULL,
     {"commitments.csv:2:4 (quantity): note N210: "}},
    {"80 % for N2, to which 100 may go, beside 50 agreed: 120 of 150 are 20 too much",
     "id,category,quantity\nN1,HW,400\nN2,SW,400\n",
     "id,donor,quantity,category\nO1,PL,300,HW\nO2,DE,100,SW\n",
     {{"commitments.csv", "need,offer,kind,quantity\nN1,O1,at_least,50\n"}},
     "rules.csv",
     "id,kind,category,share\nF1,floor,SW,0.8\n",
     "id,kind,category,share\nF1,floor,SW,0.66\n",
     "id,kind,category,share\nF1,floor,SW,0.67\n",
     {"rule 'F1' asks for at least 80% of all that is given",
      CHEAPEST("EUR 20.00 of the sum that it asks for")}},
};

static void decide_with(Program *p, const Conceded *c, const char *rows, int code)
{
    program_table(p, c->table, rows);
    ALLOT(p, "solve", "r", "-o", "p.xlsx", "-q", "--explain", "none");
    if (p->run.exit_code != code)
        fail_msg("case \"%s\": exit %d with\n%s\nsaid:\n%s", c->label, p->run.exit_code, rows,
                 p->run.err);
}

static void with_the_concession_made_there_is_a_plan_and_with_less_there_is_none(void **state)
{
    (void)state;
    for (size_t k = 0; k < COUNT_OF(CONCEDED); k++) {
        const Conceded *c = &CONCEDED[k];
        Program p;
        program_open(&p);
        program_table(&p, "needs.csv", c->needs);
        program_table(&p, "offers.csv", c->offers);
        program_table(&p, "donors.csv", "id,name\nDE,Germany\nPL,Poland\n");
        if (c->others[0][0] != NULL)
            program_table(&p, c->others[0][0], c->others[0][1]);
        decide_with(&p, c, c->asked, 3);
        for (size_t s = 0; s < SAID && c->said[s] != NULL; s++)
            if (strstr(p.run.err, c->said[s]) == NULL)
                fail_msg("case \"%s\": not said: %s\nsaid:\n%s", c->label, c->said[s], p.run.err);
        decide_with(&p, c, c->conceded, 0);
        if (c->short_of_it != NULL)
            decide_with(&p, c, c->short_of_it, 3);
        program_close(&p);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(conflicts_come_one_after_the_other),
        cmocka_unit_test(each_names_the_rows_and_the_smallest_concession),
        cmocka_unit_test(with_the_concession_made_there_is_a_plan_and_with_less_there_is_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
