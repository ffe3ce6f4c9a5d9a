/* A donor's lines in its own money, and the titles of restricted needs, marked for those who may see them. At
 * 1 GBP = 1.25 EUR N-1's 1,000 EUR take 800.00 GBP of O-1, and N-2's 6 seats at 50 EUR, 300 EUR, take 240.00.
 * O-2 is of euros, O-3 of seats: what they give is what they take.
 */
#include "tests/support/program.h"

#include <stdlib.h>
#include <string.h>

/* lines.py BOOK: the headings behind quantity, then every line's cells below them. */
static const char LINES[] =
    "import openpyxl, sys\n"
    "rows = list(openpyxl.load_workbook(sys.argv[1]).worksheets[0].iter_rows(values_only=True))\n"
    "head = next(i for i, r in enumerate(rows) if r[0] == 'need')\n"
    "for r in rows[head:]:\n"
    "    print('|'.join(str(v) for v in [r[0], r[1], r[2], *r[6:11]]))\n";

/* agree.py BOOK CELL: agrees to a line. */
static const char AGREE[] = "import openpyxl, sys\n"
                            "book = openpyxl.load_workbook(sys.argv[1])\n"
                            "book.worksheets[0][sys.argv[2]] = 'agree'\n"
                            "book.save(sys.argv[1])\n";

static void pack_round(Program *p)
{
    program_open(p);
    program_script(p, "rm -rf r; mkdir r a");
    write_file(p->dir, "lines.py", LINES);
    write_file(p->dir, "agree.py", AGREE);
    program_table(p, "rates.csv", "currency,rate\nGBP,1.25\n");
    program_table(p, "needs.csv",
                  "id,title,beneficiary,category,quantity,unit,unit_cost,priority,sensitivity\n"
                  "N-1,Sensors,B1,HW,1000,EUR,,1,restricted\nN-2,Courses,B1,TRN,6,seat,50,1,\n"
                  "N-3,Cables,B2,CAB,500,EUR,,1,open\nN-4,Exercise,B2,RNG,4,seat,50,1,\n");
    program_table(p, "offers.csv",
                  "id,donor,quantity,unit,category\nO-1,GB,2000,GBP,HW;TRN\nO-2,EE,600,EUR,CAB\n"
                  "O-3,EE,4,seat,RNG\n");
    ALLOT(p, "solve", "r", "-o", "plan.xlsx", "-q");
    assert_exit(p, 0);
    ALLOT(p, "pack", "r", "plan.xlsx", "p", "-q");
    assert_exit(p, 0);
}

static void a_line_says_what_it_takes_of_the_offer_in_the_offers_unit(void **state)
{
    (void)state;
    Program p;
    pack_round(&p);
    program_script(&p, "/usr/bin/python3 lines.py p/donor-GB.xlsx");
    assert_exit(&p, 0);
    assert_prints(
        &p,
        "need|offer|title|quantity|unit|takes of the offer|unit of the offer|value of the line\n"
        "N-1|O-1|[restricted: do not pass on] Sensors|1000|EUR|800|GBP|1000\n"
        "N-2|O-1|Courses|6|seat|240|GBP|300\n");
    program_script(&p, "/usr/bin/python3 lines.py p/donor-EE.xlsx");
    assert_exit(&p, 0);
    assert_prints(&p,
                  "need|offer|title|quantity|unit|value of the line|currency|decision\n"
                  "N-3|O-2|Cables|500|EUR|500|EUR|None\nN-4|O-3|Exercise|4|seat|200|EUR|None\n");
    program_close(&p);
}

/* The decisions stand on the second of two sheets of paper, and so does what they are about. */
static void need_and_offer_are_repeated_beside_the_decisions(void **state)
{
    (void)state;
    Program p;
    pack_round(&p);
    program_script(&p, "unzip -p p/donor-GB.xlsx xl/workbook.xml | tr '<' '\\n' | "
                       "sed -n 's/^definedName.*Print_Titles.*localSheetId=.0.>\\(Lines![^,]*\\).*/"
                       "\\1/p'; unzip -p p/donor-GB.xlsx xl/worksheets/sheet1.xml | "
                       "grep -o 'fitToWidth=.2.' | wc -l");
    assert_exit(&p, 0);
    assert_prints(&p, "Lines!$A:$B\n1\n");
    program_close(&p);
}

static void the_answer_beside_these_columns_is_read(void **state)
{
    (void)state;
    Program p;
    pack_round(&p);
    program_script(&p, "cp p/donor-GB.xlsx a && n=$(/usr/bin/python3 -c \"import openpyxl; s = "
                       "openpyxl.load_workbook('a/donor-GB.xlsx').worksheets[0]; print(next(c."
                       "coordinate for r in s.iter_rows() for c in r if c.value == 'decision')[1:"
                       "])\") && /usr/bin/python3 agree.py a/donor-GB.xlsx M$((n + 1))");
    assert_exit(&p, 0);
    ALLOT(&p, "solve", "r", "--answers", "a", "--previous", "plan.xlsx", "--tables", "t", "-q");
    assert_exit(&p, 0);
    assert_file_holds(&p, "t/answers.csv", "\n1,N-1,O-1,GB,agree,1000.00,1000.00,1000.00,EUR,,1,");
    program_close(&p);
}

/** In the donor's letter and on the sheets where a line or a need stands; for the beneficiary, whose title it
 *  is, as in the plan's own workbook; nobody else reads the title. */
static void a_restricted_title_is_marked_where_it_stands(void **state)
{
    (void)state;
    Program p;
    pack_round(&p);
    program_script(
        &p, "grep -q 'O-1 to need N-1: .restricted: do not pass on. Sensors (for B1)' "
            "p/donor-GB.txt && grep -q 'O-1 to need N-2: Courses (for B1)' p/donor-GB.txt && "
            "unzip -p p/donor-GB.xlsx >gb && ! grep -q '>Sensors<' gb && "
            "grep -q 'For GB; holds restricted titles' gb && unzip -p p/donor-EE.xlsx >ee && "
            "! grep -q 'Sensors\\|restricted' ee && unzip -p p/beneficiary-B1.xlsx >b && "
            "grep -q '>.restricted. Sensors<' b && ! grep -q '>Sensors<\\|do not pass' b");
    assert_exit(&p, 0);
    program_close(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_line_says_what_it_takes_of_the_offer_in_the_offers_unit),
        cmocka_unit_test(need_and_offer_are_repeated_beside_the_decisions),
        cmocka_unit_test(the_answer_beside_these_columns_is_read),
        cmocka_unit_test(a_restricted_title_is_marked_where_it_stands),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
