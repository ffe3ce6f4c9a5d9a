/* Which answers moved the lines that nobody answered, where these would not be exactly what they were without them:
 * by cents, or since the round has changed, too. N-1 (tier 1) asks 1,000 and N-2 (tier 2) 2,000, N-3 20; O-1 of PL
 * may serve the first two and has 1,500; O-3 of DE may serve N-3. PL declines N-1's line, which frees 1,000 of its
 * own offer for N-2. Once that was told to be no answer's doing.
 */
#include "tests/support/program.h"

#include <string.h>

#define HEAD "need,offer,quantity,decision,agreed,other_need,comment\n"

/** Decides with PL's refusal; the plan before gives N-2 @p before from O-1, and N-3 10 from O-3. */
static void settle(Program *p, const char *before)
{
    char lines[256];
    snprintf(lines, sizeof lines, "need,offer,quantity\nN-1,O-1,1000\nN-2,O-1,%s\nN-3,O-3,10\n",
             before);
    program_open(p);
    program_script(p, "rm -rf r; mkdir r a before");
    program_table(p, "needs.csv",
                  "id,category,quantity,priority\nN-1,HW,1000,1\nN-2,HW,2000,2\nN-3,SW,20,2\n");
    program_table(p, "offers.csv", "id,donor,quantity,category\nO-1,PL,1500,HW\nO-3,DE,20,SW\n");
    program_put(p, "before", "assignments.csv", lines);
    program_put(p, "a", "donor-PL.csv", HEAD "N-1,O-1,1000,decline,,,\n");
    ALLOT(p, "solve", "r", "--answers", "a", "--previous", "before", "--tables", "t", "-q");
    assert_exit(p, 0);
}

/* Without the answer N-2 gets 1,500 - 1,000 = 500.00, three cents more than it had: that is where it was. */
static void cents_hide_no_answer(void **state)
{
    Program p;
    (void)state;
    settle(&p, "499.97");
    assert_file_holds(&p, "t/answers.csv",
                      "\n1,N-2,O-1,PL,,499.97,,1500.00,EUR,,,,,,\"More: from EUR 499.97 to EUR "
                      "1,500.00, because of answer 1 alone.\"\n");
    assert_file_holds(&p, "t/answers.csv", " It moved N-2 from O-1.\"\n");
    program_close(&p);
}

/* The round had less when the plan before was made: without the answer N-2 gets 500, which is not its 300. N-3's
 * line is what it is with or without the answer. */
static void an_answer_that_did_a_part_is_named(void **state)
{
    Program p;
    (void)state;
    settle(&p, "300");
    assert_file_holds(&p, "t/answers.csv",
                      "\n1,N-2,O-1,PL,,300.00,,1500.00,EUR,,,,,,\"More: from EUR 300.00 to EUR "
                      "1,500.00, in part because of answer 1; besides, the round has changed since "
                      "the plan before, or a tier is met better.\"\n");
    assert_file_holds(&p, "t/answers.csv", " In part it moved N-2 from O-1.\"\n");
    assert_file_holds(&p, "t/answers.csv",
                      "\n,N-3,O-3,DE,,10.00,,20.00,EUR,,,,,,\"More: from EUR 10.00 to EUR 20.00, "
                      "not because of an answer: the round has changed since the plan before, or a "
                      "tier is met better.\"\n");
    program_close(&p);
}

/* N-2 had 498.80: the 1.20 to 500 are more than cents are good for, and more than a thousandth of the 1,001.20 that
 * it moved by. */
static void more_than_cents_is_told(void **state)
{
    Program p;
    (void)state;
    settle(&p, "498.80");
    assert_file_holds(&p, "t/answers.csv", "EUR 1,500.00, in part because of answer 1; besides,");
    program_close(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cents_hide_no_answer),
        cmocka_unit_test(an_answer_that_did_a_part_is_named),
        cmocka_unit_test(more_than_cents_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
