/* What a donor reads on paper: offers that share money, and its answers beside its terms. Rounds are decided in the
 * head. */
#include "tests/support/program.h"

#include <string.h>

/* sheet.py BOOK NAME: every row of a sheet. */
static const char SHEET[] =
    "import openpyxl, sys\n"
    "for r in openpyxl.load_workbook(sys.argv[1])[sys.argv[2]].iter_rows(values_only=True):\n"
    "    print('|'.join(str(v) for v in r if v is not None))\n";

static void open_round(Program *p, const char *needs, const char *offers)
{
    program_open(p);
    program_script(p, "rm -rf r; mkdir r a");
    write_file(p->dir, "sheet.py", SHEET);
    program_table(p, "needs.csv", needs);
    program_table(p, "offers.csv", offers);
}

static void assert_lacks(const Program *p, const char *text)
{
    if (strstr(p->run.out, text) != NULL)
        fail_msg("prints '%s':\n%s", text, p->run.out);
}

/* O-2 is paid out of O-1, both SE's: the 60 that it gives are 60 of each. DE has one offer. */
static void an_offer_paid_out_of_another_is_not_counted_twice(void **state)
{
    Program p;
    (void)state;
    open_round(&p, "id,category,quantity\nN-1,HW,60\nN-2,SW,10\n",
               "id,donor,quantity,category,parent\nO-1,SE,100,X,\nO-2,SE,80,HW,O-1\n"
               "O-3,DE,10,SW,\n");
    program_script(&p, "$ALLOT solve r -o t.xlsx -q && $ALLOT pack r t.xlsx k -q");
    program_script(&p, "/usr/bin/python3 sheet.py k/donor-SE.xlsx Capacity");
    assert_exit(&p, 0);
    assert_prints(&p, "What an offer gives that is paid out of another is counted in that one too: "
                      "the two are not to be added.\n\nOffer|Paid out of|");
    assert_prints(&p, "\nO-1|committed|EUR|100|60|40|");
    assert_prints(&p, "\nO-2|O-1|committed|EUR|80|60|20|");
    program_script(&p, "/usr/bin/python3 sheet.py k/donor-DE.xlsx Capacity");
    assert_exit(&p, 0);
    assert_lacks(&p, "Paid out of");
    assert_lacks(&p, "paid out of another");
    program_close(&p);
}

/* PL alone may serve N-1 and declines: no earmark of its holds anything back, but its answer does, as the reason
 * says. DE has not been asked again. */
static void after_a_refusal_terms_are_told_from_answers(void **state)
{
    static const char TERMS[] = "none of your terms, taken back alone, would let";
    Program p;
    (void)state;
    open_round(&p, "id,category,quantity\nN-1,HW,60\nN-2,SW,10\n",
               "id,donor,quantity,category\nO-1,PL,60,HW\nO-2,DE,10,SW\n");
    program_table(&p, "settings.csv", "key,value\nrelease,totals\n");
    program_put(&p, "a", "x.csv",
                "need,offer,quantity,decision,agreed,other_need,comment\nN-1,O-1,60,decline,,,\n");
    program_script(&p, "$ALLOT solve r -o t.xlsx -q && $ALLOT solve r --answers a --previous "
                       "t.xlsx -o u.xlsx -q && $ALLOT pack r u.xlsx k -q --previous t.xlsx");
    program_script(&p, "/usr/bin/python3 sheet.py k/donor-PL.xlsx Asked");
    assert_exit(&p, 0);
    assert_prints(&p, "Nothing is asked beyond that. Your answers stand as you gave them; of your "
                      "other terms none, taken back alone, would let");
    assert_lacks(&p, TERMS);
    program_script(&p, "/usr/bin/python3 sheet.py k/donor-DE.xlsx Asked");
    assert_exit(&p, 0);
    assert_prints(&p, TERMS);
    program_close(&p);
}

/* The id of a line that the round does not have, whole in the reader's language. */
static void what_is_not_known_is_named_in_the_readers_language(void **state)
{
    Program p;
    (void)state;
    open_round(&p, "id,category,quantity\nN-1,HW,60\n", "id,donor,quantity\nO-1,PL,60\n");
    program_put(&p, "a", "assignments.csv", "need,offer,quantity\nN-9,O-9,60\n");
    ALLOT(&p, "verify", "r", "a", "--lang", "uk");
    assert_exit(&p, 1);
    assert_says(&p, "потреба «N-9»");
    assert_says(&p, "пропозиція «O-9»");
    program_close(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_offer_paid_out_of_another_is_not_counted_twice),
        cmocka_unit_test(after_a_refusal_terms_are_told_from_answers),
        cmocka_unit_test(what_is_not_known_is_named_in_the_readers_language),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
