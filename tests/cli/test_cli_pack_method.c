/* The Method sheets of a pack say what the plan's own says: what decided it, what rounding cost, what proves each
 * stage. The round is decided in the head: USD 1.00 at 0.3333 is EUR 0.3333, of which EUR 0.33 can be given. */
#include "tests/support/program.h"

#include <stdio.h>

/* What the shared strings of every workbook of @p folder hold, or do not. */
static void books_hold(Program *p, const char *folder, const char *text, bool hold)
{
    static const char *const BOOKS[] = {"internal", "coordination"};
    char script[512];
    for (size_t i = 0; i < sizeof BOOKS / sizeof *BOOKS; i++) {
        (void)snprintf(script, sizeof script,
                       "unzip -p %s/%s.xlsx xl/sharedStrings.xml | grep -qF '>%s</t>'", folder,
                       BOOKS[i], text);
        program_script(p, script);
        if ((p->run.exit_code == 0) != hold)
            fail_msg("%s/%s.xlsx %s: %s", folder, BOOKS[i], hold ? "does not say" : "says", text);
    }
}

static void open_plan(Program *p)
{
    program_open(p);
    program_script(p, "rm -rf r; mkdir r before");
    program_table(p, "needs.csv", "id,category,quantity\nN-1,HW,10\nN-2,HW,10\n");
    program_table(p, "offers.csv",
                  "id,donor,quantity,unit,only_needs\nO-1,US,1,USD,N-1\n"
                  "O-2,PL,10,EUR,N-2\n");
    program_table(p, "rates.csv", "currency,rate\nUSD,0.3333\n");
    program_put(p, "before", "assignments.csv", "need,offer,quantity\nN-2,O-2,5\n");
    ALLOT(p, "solve", "r", "--urgent", "N-2", "--previous", "before", "-o", "p.xlsx", "--tables",
          "t", "-q");
    assert_exit(p, 0);
}

static void a_pack_says_how_the_plan_was_decided_as_the_plan_does(void **state)
{
    Program p;
    (void)state;
    open_plan(&p);
    program_script(&p, "unzip -p p.xlsx xl/sharedStrings.xml");
    assert_prints(&p, ">Rounding money to whole minor units cost EUR 0.0033 in all.</t>");
    ALLOT(&p, "pack", "r", "p.xlsx", "a", "--previous", "before", "-q");
    assert_exit(&p, 0);
    ALLOT(&p, "pack", "r", "t", "b", "--previous", "before", "-q");
    assert_exit(&p, 0);
    for (const char *const *pack = (const char *const[]){"a", "b", NULL}; *pack != NULL; pack++) {
        books_hold(&p, *pack, "Decided by: GLPK alone (an urgent need).", true);
        books_hold(&p, *pack, "Rounding money to whole minor units cost EUR 0.0033 in all.", true);
        books_hold(&p, *pack, "exact", true);
        books_hold(&p, *pack, "the search&apos;s own", false);
        books_hold(&p, *pack, "the search's own", false);
        books_hold(&p, *pack, "not known", false);
    }
    program_close(&p);
}

/* What was proven of the lines as they were says nothing of others, nor of another round. */
static void of_an_edited_plan_nothing_is_said(void **state)
{
    Program p;
    (void)state;
    open_plan(&p);
    program_script(&p, "cp -r t e && sed -i 's/^N-2,O-2,PL,10.00,/N-2,O-2,PL,9.00,/' "
                       "e/assignments.csv");
    ALLOT(&p, "pack", "r", "e", "a", "--previous", "before", "-q");
    assert_exit(&p, 0);
    program_script(&p, "sed -i s/N-1,HW,10/N-1,HW,11/ r/needs.csv");
    ALLOT(&p, "pack", "r", "p.xlsx", "b", "--previous", "before", "-q");
    assert_exit(&p, 0);
    for (const char *const *pack = (const char *const[]){"a", "b", NULL}; *pack != NULL; pack++) {
        books_hold(&p, *pack, "Decided by: GLPK alone (an urgent need).", false);
        books_hold(&p, *pack, "exact", false);
        books_hold(&p, *pack, "not known", true);
    }
    program_close(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_pack_says_how_the_plan_was_decided_as_the_plan_does),
        cmocka_unit_test(of_an_edited_plan_nothing_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
