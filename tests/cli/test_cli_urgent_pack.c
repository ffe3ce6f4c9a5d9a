/* What gave way to an urgent need, in the workbooks of a pack: the planners' own as in the plan's, the group's without
 * whose answers did what. Rounds are decided in the head. */
#include "tests/support/urgent_round.h"

#include <string.h>

/* sheet.py BOOK NAME: the rows below the heading of a sheet; nothing where there is no such sheet. */
static const char SHEET[] =
    "import openpyxl, sys\n"
    "book = openpyxl.load_workbook(sys.argv[1])\n"
    "rows = list(book[sys.argv[2]].iter_rows(values_only=True)) if sys.argv[2] in book else []\n"
    "head = next((i for i, r in enumerate(rows) if r[0] == 'Need'), len(rows))\n"
    "for r in rows[head + 1:]:\n"
    "    print('|'.join(str(v) for v in r if v is not None))\n";

static void open_turn(Program *p)
{
    urgent_round_open(p);
    write_file(p->dir, "sheet.py", SHEET);
}

/* DE gives N-5 no more than 10; the 5 it is short of FR takes from N-4, to which DE gives its own 5. Whose answer made
 * it so the planners read, and nobody else. */
static void the_group_reads_what_moved_and_not_whose_answer_did(void **state)
{
    Program p;
    (void)state;
    open_turn(&p);
    program_put(&p, "a", "x.csv", ANSWER_LINES "N-5,O-2,15,agree less,10,,\n");
    ALLOT(&p, "solve", "r", "--answers", "a", "--previous", "before", "-o", "t.xlsx", "-q");
    assert_exit(&p, 0);
    ALLOT(&p, "pack", "r", "t.xlsx", "k", "--previous", "before", "-q");
    assert_exit(&p, 0);
    program_script(&p, "/usr/bin/python3 sheet.py k/coordination.xlsx Urgent");
    assert_exit(&p, 0);
    assert_prints(
        &p, "N-5|O-2|DE|4|15|10|EUR|Less: from EUR 15.00 to EUR 10.00. Others give N-5 EUR 5.00 "
            "more; it is met in full.\nN-5|O-3|FR|4|0|5|EUR|New: EUR 5.00.\n"
            "N-4|O-2|DE|3|45|50|EUR|More: from EUR 45.00 to EUR 50.00.\n"
            "N-4|O-3|FR|3|8|3|EUR|Less: from EUR 8.00 to EUR 3.00. Others give N-4 EUR 5.00 more; "
            "EUR 15.00 of it is unmet.\n");
    program_script(&p, "/usr/bin/python3 sheet.py t.xlsx Urgent >own; /usr/bin/python3 sheet.py "
                       "k/internal.xlsx Urgent | cmp - own && grep -c 'answer 1' own");
    assert_exit(&p, 0);
    assert_prints(&p, "4\n");
    /* parties read of it in their own letters and sheets alone */
    program_script(&p, "/usr/bin/python3 sheet.py k/donor-FR.xlsx Urgent");
    assert_exit(&p, 0);
    assert_null(strstr(p.run.out, "N-"));
    program_close(&p);
}

/* DE's 60 are agreed: N-3 of tier 3 gives way, from 30 to 10. The paper names the sheet; without the plan before it says
 * that nobody looked. */
static void the_paper_says_where_it_stands(void **state)
{
    Program p;
    (void)state;
    program_open(&p);
    program_script(&p, "rm -rf r; mkdir r a before");
    write_file(p.dir, "sheet.py", SHEET);
    program_table(&p, "needs.csv",
                  "id,category,quantity,priority\nN-1,HW,30,1\nN-3,HW,30,3\nU-1,SOC,20,4\n");
    program_table(&p, "offers.csv", "id,donor,quantity\nO-1,DE,60\n");
    program_put(&p, "before", "assignments.csv", PLAN_LINES "N-1,O-1,30\nN-3,O-1,30\n");
    program_put(&p, "a", "x.csv", ANSWER_LINES "N-1,O-1,30,agree,,,\nN-3,O-1,30,agree,,,\n");
    ALLOT(&p, "solve", "r", "--answers", "a", "--previous", "before", "-o", "p.xlsx", "-q");
    assert_exit(&p, 0);
    ALLOT(&p, "solve", "r", "--urgent", "U-1", "--previous", "p.xlsx", "-o", "t.xlsx", "-q");
    assert_exit(&p, 0);
    ALLOT(&p, "pack", "r", "t.xlsx", "k", "--previous", "p.xlsx", "-q");
    assert_exit(&p, 0);
    program_script(&p, "/usr/bin/python3 sheet.py k/coordination.xlsx Urgent");
    assert_prints(&p, "U-1|O-1|DE|4|0|20|EUR|New: EUR 20.00, for the urgent need.\n"
                      "N-3|O-1|DE|3|30|10|EUR|Less: from EUR 30.00 to EUR 10.00, which O-1 gives "
                      "U-1 instead. Nobody stands in; EUR 20.00 of N-3 is unmet. DE had agreed to "
                      "EUR 30.00 in turn 1 and is asked again.\n");
    program_script(&p, "unzip -p k/coordination.xlsx xl/sharedStrings.xml | grep -c 'U-1 is urgent "
                       "and served before all tiers; the lines that moved'");
    assert_prints(&p, "1\n");
    ALLOT(&p, "pack", "r", "t.xlsx", "l", "-q");
    assert_exit(&p, 0);
    program_script(&p, "/usr/bin/python3 sheet.py l/coordination.xlsx Urgent; unzip -p "
                       "l/coordination.xlsx xl/sharedStrings.xml | grep -c 'U-1 is urgent and "
                       "served before all tiers; which lines moved for it was not looked'");
    assert_prints(&p, "1\n");
    program_close(&p);
}

/* N-5 is urgent. Programs read "GLPK alone (an urgent need)" back, so that the key's value is the same in every
 * language; beside it stands what people read. Figures and units do not touch. */
static void what_decided_is_said_in_the_readers_language_too(void **state)
{
    Program p;
    (void)state;
    open_turn(&p);
    ALLOT(&p, "solve", "r", "--urgent", "N-5", "--previous", "before", "-o", "t.xlsx", "-q", "-n",
          "uk");
    assert_exit(&p, 0);
    ALLOT(&p, "pack", "r", "t.xlsx", "k", "--previous", "before", "-q", "-n", "uk");
    assert_exit(&p, 0);
    program_script(&p, "/usr/bin/python3 -c \"import openpyxl\n"
                       "for f in ('t.xlsx', 'k/internal.xlsx'):\n"
                       "    book = openpyxl.load_workbook(f)\n"
                       "    print([(r[0].value, r[2].value) for r in book['Налаштування'].rows if "
                       "r[1].value == 'decided_by'])\n"
                       "    print([c.alignment.horizontal for r in book['Невідкладне'].rows for c "
                       "in r if c.value == 'Одиниця'])\"");
    assert_exit(&p, 0);
    assert_prints(&p, "[('Як ухвалено план: лише GLPK (невідкладна потреба)', 'GLPK alone (an "
                      "urgent need)')]\n['center']\n[('Як ухвалено план: лише GLPK (невідкладна "
                      "потреба)', 'GLPK alone (an urgent need)')]\n['center']\n");
    program_close(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_group_reads_what_moved_and_not_whose_answer_did),
        cmocka_unit_test(the_paper_says_where_it_stands),
        cmocka_unit_test(what_decided_is_said_in_the_readers_language_too),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
