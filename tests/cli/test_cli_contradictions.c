/* `allot check` on rounds that no plan can satisfy: told with the rows, the amounts and what to lower, and
 * left with 1, without a search; every amount is worked in the label. That `allot solve` ends such rounds
 * with 3 and the smallest concession is test_cli_no_plan.c.
 */
#include "tests/support/program.h"

#include <string.h>

enum { TABLES = 3 };

typedef struct Against {
    const char *label, *needs, *offers;
    const char *tables[TABLES][2];
    const char *said;
} Against;

static const Against CASES[] = {
    {"30 + 40 of one offer of 60: 10 too much",
     "id,category,quantity\nN1,HW,100\nN2,HW,100\n",
     "id,donor,quantity\nO1,DE,60\n",
     {{"commitments.csv", "need,offer,kind,quantity\nN1,O1,fixed,30\nN2,O1,at_least,40\n"}},
     "commitments.csv:2:4 (quantity): error E040: more is agreed than there is room for: EUR 70.00 "
     "(commitments row 2, commitments row 3), and offers row 2, quantity leaves EUR 60.00; lower "
     "what "
     "is agreed by EUR 10.00, or loosen that"},
    {"40 + 40 for a need of 70: 10 too much",
     "id,category,quantity\nN1,HW,70\n",
     "id,donor,quantity\nO1,DE,60\nO2,PL,60\n",
     {{"commitments.csv", "need,offer,kind,quantity\nN1,O1,fixed,40\nN1,O2,fixed,40\n"}},
     "commitments.csv:2:4 (quantity): error E040: more is agreed than 'N1' still asks for: EUR "
     "80.00 "
     "(commitments row 2, commitments row 3), and it asks for EUR 70.00 (needs row 2, quantity); "
     "lower what is agreed by EUR 10.00"},
    {"50 of a donor whose budget is 45",
     "id,category,quantity\nN1,HW,100\n",
     "id,donor,quantity\nO1,DE,60\n",
     {{"commitments.csv", "need,offer,kind,quantity\nN1,O1,fixed,50\n"},
      {"donors.csv", "id,budget\nDE,45\n"}},
     "donors row 2, budget leaves EUR 45.00; lower what is agreed by EUR 5.00"},
    {"agreed for two needs of an offer that may serve one",
     "id,category,quantity\nN1,HW,100\nN2,HW,100\n",
     "id,donor,quantity,max_needs\nO1,DE,60,1\n",
     {{"commitments.csv", "need,offer,kind,quantity\nN1,O1,fixed,5\nN2,O1,fixed,5\n"}},
     "more is agreed than may be counted: 2 (commitments row 2, commitments row 3), and offers row "
     "2, max_needs allows 1; take one out, or raise that"},
    {"agreed for a need that takes 80 or nothing, of 60",
     "id,category,quantity,min_quantity\nN1,HW,100,80\n",
     "id,donor,quantity\nO1,DE,60\n",
     {{"commitments.csv", "need,offer,kind,quantity\nN1,O1,at_least,5\n"}},
     "something is agreed (commitments row 2), and needs row 2, min_quantity asks for at least EUR "
     "80.00 at once, of which no more than EUR 60.00 can come together; lower that to EUR 60.00"},
    {"agreed for what waits for 90 of 60",
     "id,category,quantity,requires\nN1,HW,10,N2\nN2,SW,90,\n",
     "id,donor,quantity\nO1,DE,60\n",
     {{"commitments.csv", "need,offer,kind,quantity\nN1,O1,fixed,10\n"}},
     "something is agreed for 'N1' (commitments row 2), which requires 'N2' (needs row 3, "
     "quantity), "
     "and that cannot be met in full"},
    {"agreed for two alternatives",
     "id,category,quantity,alternative\nN1,HW,10,A\nN2,HW,10,A\n",
     "id,donor,quantity\nO1,DE,60\n",
     {{"commitments.csv", "need,offer,kind,quantity\nN1,O1,fixed,5\nN2,O1,fixed,5\n"}},
     "'N2' (commitments row 3), and 'N1' of the same mark 'A' is served already: only one "
     "alternative can be"},
    {"floors of 40 and 30 within 60",
     "id,category,quantity\nN1,HW,100\nN2,TRN,50\n",
     "id,donor,quantity\nO1,DE,60\n",
     {{"rules.csv", "id,kind,category,value\nF1,floor,HW,40\nF2,floor,TRN,30\n"}},
     "rules.csv:2:4 (value): error E040: more is asked for than there is room for: at least EUR "
     "70.00 "
     "(rules row 2, value, rules row 3, value), and offers row 2, quantity leaves EUR 60.00; lower "
     "the one by EUR 10.00, or loosen the other"},
    {"a floor of 50 where 20 can come: 30 too much",
     "id,category,quantity\nN1,HW,20\nN2,TRN,50\n",
     "id,donor,quantity\nO1,DE,60\n",
     {{"rules.csv", "id,kind,category,value\nF1,floor,HW,50\n"}},
     "'F1' asks for at least EUR 50.00, and no more than EUR 20.00 can come together; lower it by "
     "EUR "
     "30.00"},
    {"80 kept back of 60",
     "id,category,quantity\nN1,HW,100\n",
     "id,donor,quantity\nO1,DE,60\n",
     {{"rules.csv", "id,kind,donor,value\nR1,reserve,DE,80\n"}},
     "'R1' keeps back more than there is: lower it by EUR 20.00"},
};

static void each_is_told_without_a_search(void **state)
{
    (void)state;
    for (size_t k = 0; k < COUNT_OF(CASES); k++) {
        const Against *c = &CASES[k];
        Program p;
        program_open(&p);
        program_table(&p, "needs.csv", c->needs);
        program_table(&p, "offers.csv", c->offers);
        for (size_t t = 0; t < TABLES && c->tables[t][0] != NULL; t++)
            program_table(&p, c->tables[t][0], c->tables[t][1]);
        ALLOT(&p, "check", "r");
        assert_case_int(c->label, p.run.exit_code, 1);
        if (strstr(p.run.err, c->said) == NULL)
            fail_msg("case \"%s\": not said: %s\nsaid:\n%s", c->label, c->said, p.run.err);
        ALLOT(&p, "solve", "r", "-o", "p.xlsx");
        assert_case_int(c->label, p.run.exit_code, 3);
        program_close(&p);
    }
}

/* To the last cent: what is agreed fills the offer, the budget and the need. */
static void what_just_fits_is_no_contradiction(void **state)
{
    Program p;
    (void)state;
    program_open(&p);
    program_table(&p, "needs.csv", "id,category,quantity\nN1,HW,70\nN2,HW,30\n");
    program_table(&p, "offers.csv", "id,donor,quantity\nO1,DE,60\nO2,PL,40\n");
    program_table(&p, "donors.csv", "id,budget\nDE,60\nPL,40\n");
    program_table(&p, "commitments.csv",
                  "need,offer,kind,quantity\nN1,O1,fixed,60\nN1,O2,fixed,10\nN2,O2,at_least,30\n");
    program_table(&p, "rules.csv", "id,kind,need,value\nF1,floor,N1,70\nF2,floor,N2,30\n");
    ALLOT(&p, "check", "r");
    assert_exit(&p, 0);
    assert_prints(&p, "0 errors, 0 warnings");
    ALLOT(&p, "solve", "r", "-o", "p.xlsx");
    assert_exit(&p, 0);
    program_close(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_is_told_without_a_search),
        cmocka_unit_test(what_just_fits_is_no_contradiction),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
