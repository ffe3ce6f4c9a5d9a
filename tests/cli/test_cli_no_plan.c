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
     {"rules.csv:2 (value): error E040: conflict 1: rule 'F1' asks for at least EUR 40.00, of "
      "EUR "
      "100.00 that its needs want: no plan can keep it together with offers.csv:2 (quantity), "
      "rules.csv:3 (value); alone it would have to be lowered by EUR 10.00",
      "offer 'O1' of Germany holds EUR 60.00; alone it would have to be raised by EUR 10.00",
      "rules.csv:2 (value): " CHEAPEST("EUR 10.00")}},
    {"50 to be used and 20 kept back, of 60",
     "id,category,quantity\nN1,HW,100\n",
     "id,donor,quantity\nO1,DE,60\n",
     {{"rules.csv", "id,kind,donor,value\nF1,floor,DE,50\nR1,reserve,DE,20\n"}},
     3,
     {"rule 'R1' keeps back EUR 20.00 of EUR 60.00; alone it would have to be lowered by EUR 10.00",
      "rules.csv:2 (value): " CHEAPEST("EUR 10.00")}},
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
      "offers.csv:2 (quantity); alone it would have to be lowered by EUR 20.00",
      "commitments.csv:2 (quantity): " CHEAPEST("EUR 20.00")}},
    {"agreed with money that has lapsed",
     "id,category,quantity\nN1,HW,100\n",
     "id,donor,quantity,lapses\nO1,DE,60,2025-12-31\n",
     {{"commitments.csv", "need,offer,kind,quantity\nN1,O1,at_least,30\n"},
      {"settings.csv", "key,value\nstart,2026-01-01\nend,2026-03-31\n"}},
     1,
     {"commitments.csv:2 (need): error E025: offer 'O1' is committed to need 'N1', but it lapsed "
      "before the round (offers line 2, lapses)"}},
    {"40 for N2, of which only 10 may go there",
     "id,category,quantity\nN1,HW,100\nN2,HW,100\n",
     "id,donor,quantity,only_needs\nO1,PL,60,N1\nO2,DE,10,\n",
     {{"rules.csv", "id,kind,need,value\nF1,floor,N2,40\n"}},
     3,
     {"offers.csv:3 (quantity): note N209: conflict 1: offer 'O2' of Germany holds EUR 10.00; "
      "alone "
      "it would have to be raised by EUR 30.00",
      "rules.csv:2 (value): " CHEAPEST("EUR 30.00")}},
    {"30 agreed, 20 may be received",
     "id,category,quantity,beneficiary\nN1,HW,100,T\n",
     "id,donor,quantity\nO1,DE,60\n",
     {{"commitments.csv", "need,offer,kind,quantity\nN1,O1,at_least,30\n"},
      {"beneficiaries.csv", "id,max_value\nT,20\n"}},
     3,
     {"beneficiary 'T' receives at most EUR 20.00; alone it would have to be raised by EUR 10.00",
      "commitments.csv:2 (quantity): " CHEAPEST("EUR 10.00")}},
    {"all of 100 or nothing, of 60, and a floor of 10",
     "id,category,quantity,indivisible\nN1,HW,100,yes\n",
     "id,donor,quantity\nO1,DE,60\n",
     {{"rules.csv", "id,kind,donor,value\nF1,floor,DE,10\n"}},
     3,
     {"need 'N1' takes at least EUR 100.00, or nothing; without it there is a plan",
      "offer 'O1' of Germany holds EUR 60.00; alone it would have to be raised by EUR 40.00",
      "rules.csv:2 (value): " CHEAPEST("EUR 10.00")}},
    {"a floor each for two needs, of which one may be served",
     "id,category,quantity\nN1,HW,100\nN2,HW,100\n",
     "id,donor,quantity\nO1,DE,200\n",
     {{"rules.csv", "id,kind,need,value,count,of\nF1,floor,N1,10,,\nF2,floor,N2,10,,\n"
                    "C1,count,,,1,needs\n"}},
     3,
     {"rule 'C1' allows a count of at most 1; alone it would have to be raised by 1",
      "no plan can keep it together with rules.csv:4 (count), rules.csv:3 (value)",
      CHEAPEST("EUR 10.00")}},
    {"60 agreed for what waits for 50 more, of 100",
     "id,category,quantity,requires\nN1,HW,100,N2\nN2,SW,50,\n",
     "id,donor,quantity\nO1,DE,100\n",
     {{"commitments.csv", "need,offer,kind,quantity\nN1,O1,at_least,60\n"}},
     3,
     {"need 'N1' requires that 'N2' is met in full; without it there is a plan",
      "commitments.csv:2 (quantity): " CHEAPEST("EUR 10.00")}},
    {"at least 80 and at most 50 of one donor",
     "id,category,quantity\nN1,HW,100\n",
     "id,donor,quantity\nO1,DE,100\n",
     {{"rules.csv", "id,kind,donor,value\nF1,floor,DE,80\nL1,limit,DE,50\n"}},
     3,
     {"rule 'L1' allows at most EUR 50.00; alone it would have to be raised by EUR 30.00",
      "rules.csv:2 (value): " CHEAPEST("EUR 30.00")}},
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_names_the_rows_and_the_smallest_concession),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
