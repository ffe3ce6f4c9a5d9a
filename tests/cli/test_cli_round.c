/* A whole round as people live it, with the files that they send each other: the template filled in, donors'
 * workbooks answered in other programs (openpyxl, LibreOffice), a second turn, the close, the next round.
 * The round is samples/one-round; its README has the arithmetic.
 */
#include "tests/support/program.h"

#include <stdlib.h>
#include <string.h>

/* answer.py BOOK NEED OFFER DECISION [AGREED]: what a person does in the sheet Lines. */
static const char ANSWER[] =
    "import openpyxl, sys\n"
    "book = openpyxl.load_workbook(sys.argv[1]); sheet = book['Lines']\n"
    "head = next(r for r in sheet.iter_rows() if r[0].value == 'need')\n"
    "at = {c.value: c.column for c in head}\n"
    "row = next(r for r in range(head[0].row + 1, sheet.max_row + 1)\n"
    "           if [sheet.cell(r, at[k]).value for k in ('need', 'offer')] == sys.argv[2:4])\n"
    "sheet.cell(row, at['decision']).value = sys.argv[4]\n"
    "if len(sys.argv) > 5: sheet.cell(row, at['agreed']).value = float(sys.argv[5])\n"
    "book.save(sys.argv[1])\n";

/* lines.py BOOK: need, offer, quantity, standing and decision of the sheet Lines. */
static const char LINES[] =
    "import openpyxl, sys\n"
    "rows = list(openpyxl.load_workbook(sys.argv[1])['Lines'].iter_rows(values_only=True))\n"
    "head = next(i for i, r in enumerate(rows) if r[0] == 'need')\n"
    "at = [rows[head].index(k) for k in ('need', 'offer', 'quantity', 'standing', 'decision')]\n"
    "for r in rows[head + 1:]:\n"
    "    print(*[r[c] for c in at])\n";

/* annex.py BOOK: the decision paper's cumulative annex, row by row. */
static const char ANNEX[] =
    "import openpyxl, sys\n"
    "rows = list(openpyxl.load_workbook(sys.argv[1])['Decision'].iter_rows(values_only=True))\n"
    "at = next(i for i, r in enumerate(rows) if r[0] == '7. Cumulative annex')\n"
    "for r in rows[at + 1:at + 6]:\n"
    "    print('|'.join(str(v) for v in r if v is not None))\n";

#define HEAD "set -e; answer() { /usr/bin/python3 answer.py \"$@\"; }; " PROGRAM_OFFICE

static Program program;

static int open_program(void **state)
{
    (void)state;
    program_open(&program);
    write_file(program.dir, "answer.py", ANSWER);
    write_file(program.dir, "lines.py", LINES);
    write_file(program.dir, "annex.py", ANNEX);
    return 0;
}

static int close_program(void **state)
{
    program_close(&program);
    return no_arena_is_left(state);
}

/* ---- propose --------------------------------------------------------------------------------- */

static void the_template_filled_in_is_decided_checked_and_packed(void **state)
{
    (void)state;
    program_script(&program, HEAD "$ALLOT template empty.xlsx; "
                                  "/usr/bin/python3 $TOP/tests/tools/spell.py "
                                  "$TOP/samples/one-round/round template r.xlsx empty.xlsx; "
                                  "$ALLOT check r.xlsx; $ALLOT solve r.xlsx -o p1.xlsx -q; "
                                  "$ALLOT verify r.xlsx p1.xlsx; $ALLOT pack r.xlsx p1.xlsx k1");
    assert_exit(&program, 0);
    assert_prints(&program, "0 errors, 0 warnings\n");
    assert_prints(&program, "6 assignments checked: 0 rules broken, 0 stages worse than proven\n");
    assert_prints(&program, "k1: 4 donors, 4 beneficiaries, coordination.xlsx, internal.xlsx\n");
}

/* ---- answer and settle ----------------------------------------------------------------------- */

static const char SECOND[] = "need,offer,donor,quantity\n"
                             "N-1,O-1,PL,60000.00\nN-2,O-2,DE,6\nN-2,O-3,EE,4\n"
                             "N-3,O-2,DE,22000.00\nN-3,O-4,FR,18000.00\n"
                             "N-4,O-2,DE,36000.00\nN-4,O-4,FR,12000.00\n";

static void workbooks_answered_elsewhere_are_settled(void **state)
{
    (void)state;
    program_script(&program, HEAD
                   "mkdir a1; cp k1/donor-EE.xlsx a1; cp k1/donor-FR.xlsx .; "
                   "answer a1/donor-EE.xlsx N-2 O-3 'agree less' 4; "
                   "answer donor-FR.xlsx N-3 O-4 'agree less' 18000; office xlsx a1 donor-FR.xlsx; "
                   "$ALLOT solve r.xlsx --answers a1 --previous p1.xlsx -o p2.xlsx "
                   "--tables t2 -q; cut -d, -f1-4 t2/assignments.csv");
    assert_exit(&program, 0);
    assert_string_equal(program.run.out, SECOND);
    assert_file_holds(&program, "t2/assignments.csv",
                      "\nN-3,O-4,FR,18000.00,EUR,18000.00,EUR,18000.00,EUR,committed,yes\n");
    assert_file_holds(&program, "t2/answers.csv",
                      "\n1,N-2,O-3,EE,agree less,6,4,4,seat,,1,yes,donor-EE.xlsx!Lines!K8,,");
    assert_file_holds(&program, "t2/answers.csv",
                      "\n2,N-3,O-4,FR,agree less,30000.00,18000.00,18000.00,EUR,,1,yes,"
                      "donor-FR.xlsx!Lines!K8,,");
    ALLOT(&program, "verify", "r.xlsx", "p2.xlsx", "--previous", "p1.xlsx");
    assert_exit(&program, 0);
    assert_prints(&program, "7 assignments checked: 0 rules broken, 0 stages worse than proven\n");
    assert_string_equal(program.run.err, ""); /* the plan before is what `change` looks at */
}

/* The same answers as LibreOffice's own formats: Estonia's sheets still locked, and hidden away but for one. */
static void answers_saved_as_opendocument_are_the_same_answers(void **state)
{
    (void)state;
    program_script(&program,
                   HEAD "mkdir ao; office ods ao donor-FR.xlsx; cp a1/donor-EE.xlsx .; "
                        "/usr/bin/python3 -c \"import openpyxl\n"
                        "b = openpyxl.load_workbook('donor-EE.xlsx')\n"
                        "assert b['Lines'].protection.sheet and b['About'].protection.sheet\n"
                        "b.active = b.sheetnames.index('Capacity')\n"
                        "for s in b:\n"
                        "    if s.title != 'Capacity': s.sheet_state = 'hidden'\n"
                        "b.save('donor-EE.xlsx')\"; office fods ao donor-EE.xlsx; "
                        "grep -q 'table:protected=.true' ao/donor-EE.fods; "
                        "grep -q 'table:display=.false' ao/donor-EE.fods; "
                        "$ALLOT solve r.xlsx --answers ao --previous p1.xlsx --tables to -q; "
                        "cmp t2/assignments.csv to/assignments.csv; "
                        "sed 's/donor-EE.xlsx/donor-EE.fods/; s/donor-FR.xlsx/donor-FR.ods/' "
                        "t2/answers.csv | cmp - to/answers.csv");
    assert_exit(&program, 0);
    assert_file_holds(&program, "to/answers.csv", "donor-FR.ods!Lines!K8");
}

static void the_second_pack_shows_what_was_agreed_and_nothing_of_others(void **state)
{
    (void)state;
    program_script(&program,
                   HEAD "$ALLOT pack r.xlsx p2.xlsx k2 --previous p1.xlsx -q; "
                        "for d in FR DE; do /usr/bin/python3 lines.py k2/donor-$d.xlsx; done; "
                        "for f in k2/*; do case $f in k2/internal.xlsx) ;; *) "
                        "{ unzip -p $f 2>/dev/null || cat $f; } | grep -q 'Lines!K' && exit 8; "
                        "esac; done; unzip -p k2/internal.xlsx | grep -c 'donor-FR.xlsx!Lines!K8'");
    assert_exit(&program, 0);
    assert_prints(&program, "N-4 O-4 12000 to answer None\nN-3 O-4 18000 agreed None\n"
                            "N-2 O-2 6 to answer None\nN-3 O-2 22000 to answer None\n"
                            "N-4 O-2 36000 to answer None\n");
}

/* France agreed to 18,000 of the 30,000 it was asked for, and its 12,000 go elsewhere; Germany has not
 * answered, and stands in with 12,000 more at the waterworks, 2 seats more, and 16,000 less for the town
 * hall. The waterworks get their 40,000 as before, the town hall 48,000 in place of 52,000, and of
 * the 12,000 that it lacks more of O-4, which is all used, would give some. */
static void the_second_letters_ask_for_what_is_open_and_say_what_has_changed(void **state)
{
    (void)state;
    assert_file_holds(
        &program, "k2/donor-FR.txt",
        "What you have agreed to, with our thanks; nothing is asked of these lines again:\n"
        "- EUR 18,000.00 from O-4 to need N-3: ");
    assert_file_holds(&program, "k2/donor-FR.txt",
                      "What is proposed and waits for your answer, line by line:\n"
                      "- EUR 12,000.00 from O-4 to need N-4: ");
    assert_file_holds(
        &program, "k2/donor-FR.txt",
        "What has changed since the plan before:\n"
        "- N-3 from O-4: Agreed to less in turn 1: EUR 18,000.00 in place of "
        "EUR 30,000.00.\n- N-4 from O-4: New: EUR 12,000.00.\n\nWhat would help beyond that:\n"
        "- Could there be more of offer O-4? More of the round's needs would then be met.\n\n"
        "Please answer the lines that wait for it in the workbook donor-FR.xlsx");
    assert_file_holds(&program, "k2/donor-DE.txt",
                      "What is proposed and waits for your answer, line by line:\n"
                      "- 6 seat for EUR 12,000.00 from O-2 to need N-2: ");
    assert_file_holds(&program, "k2/donor-DE.txt",
                      "- N-2 from O-2: 6 seat; in the plan before it was 4 seat.\n"
                      "- N-3 from O-2: EUR 22,000.00; in the plan before it was EUR 10,000.00.\n"
                      "- N-4 from O-2: EUR 36,000.00; in the plan before it was EUR 52,000.00.\n");
    assert_file_holds(&program, "k2/donor-PL.txt",
                      "Of your lines nothing has changed since the plan before.");
    assert_file_holds(
        &program, "k2/beneficiary-WATERWORKS.txt",
        "- N-3 gets EUR 40,000.00, as much as in the plan before; the offers that it comes "
        "from, or their parts, have changed.");
    assert_file_holds(&program, "k2/beneficiary-TOWN-HALL.txt",
                      "- N-4 gets EUR 48,000.00; in the plan before it got EUR 52,000.00.\n");
    program_script(&program, "/usr/bin/python3 -c \"import openpyxl\n"
                             "for book, sheet in (('donor-DE', 'Changes'), "
                             "('beneficiary-TOWN-HALL', 'Needs')):\n"
                             "    b = openpyxl.load_workbook('k2/' + book + '.xlsx')[sheet]\n"
                             "    for r in b.iter_rows(values_only=True):\n"
                             "        if str(r[0]).startswith('N-'): print(*r)\"");
    assert_exit(&program, 0);
    assert_string_equal(
        program.run.out,
        "N-2 O-2 seat 4 6 None None 6 seat; in the plan before it was 4 seat.\n"
        "N-3 O-2 EUR 10000 22000 None None EUR 22,000.00; in the plan before it was EUR "
        "10,000.00.\n"
        "N-4 O-2 EUR 52000 36000 None None EUR 36,000.00; in the plan before it was EUR "
        "52,000.00.\n"
        "N-4 New network for the town hall HW 3 EUR 60000 0 52000 48000 0 48000 12000 12000 in "
        "part What donors have answered about other needs leaves less for it.\n");
}

/* France sends its file back with one answer more, Germany refuses the town hall: 36,000 of it are unmet, and
 * the 12,000 before. What stood in the file already is the answer of the first turn. */
static void a_second_turn_carries_the_first(void **state)
{
    (void)state;
    program_script(&program, HEAD "mkdir a2; cp k2/donor-FR.xlsx k2/donor-DE.xlsx a2; "
                                  "answer a2/donor-FR.xlsx N-4 O-4 agree; "
                                  "answer a2/donor-DE.xlsx N-4 O-2 decline; "
                                  "answer a2/donor-DE.xlsx N-2 O-2 agree; "
                                  "$ALLOT solve r.xlsx --answers a2 --previous p2.xlsx -o p3.xlsx "
                                  "--tables t3 -q; cut -d, -f1-4 t3/assignments.csv | grep N-4");
    assert_exit(&program, 0);
    assert_string_equal(program.run.out, "N-4,O-4,FR,12000.00\n");
    assert_file_holds(&program, "t3/needs.csv",
                      "\nN-4,3,EUR,60000.00,0.00,12000.00,0.00,48000.00,0.2,");
    assert_file_holds(&program, "t3/answers.csv",
                      "N-3,O-4,FR,agree less,30000.00,18000.00,18000.00,EUR,,1,yes,"
                      "donor-FR.xlsx!Lines!K8,,\"Answered in turn 1. ");
    assert_file_holds(&program, "t3/answers.csv",
                      "N-4,O-4,FR,agree,12000.00,12000.00,12000.00,EUR,,2,yes,"
                      "donor-FR.xlsx!Lines!L9,,\"Stays at EUR 12,000.00.\"");
    assert_file_holds(&program, "t3/answers.csv",
                      "N-4,O-2,DE,decline,36000.00,0.00,0.00,EUR,,2,yes,"
                      "donor-DE.xlsx!Lines!N10,,");
}

/* France has agreed to both its lines, and Germany to one of the two that it has left. A third turn takes
 * France's 18,000 back: an answer stands until its donor gives another. */
static void who_has_agreed_to_everything_is_asked_nothing_and_may_still_take_it_back(void **state)
{
    (void)state;
    program_script(&program, HEAD "$ALLOT pack r.xlsx p3.xlsx kt --previous p2.xlsx -q; mkdir at; "
                                  "for d in FR DE; do /usr/bin/python3 lines.py kt/donor-$d.xlsx; "
                                  "done; cp kt/donor-FR.xlsx at; "
                                  "answer at/donor-FR.xlsx N-3 O-4 decline; "
                                  "$ALLOT solve r.xlsx --answers at --previous p3.xlsx "
                                  "--tables tt -q");
    assert_exit(&program, 0);
    assert_prints(&program, "N-3 O-4 18000 agreed None\nN-4 O-4 12000 agreed None\n"
                            "N-3 O-2 22000 to answer None\nN-2 O-2 6 agreed None\n");
    assert_file_holds(&program, "kt/donor-FR.txt",
                      "\nYou have agreed to every line: there is nothing to answer. ");
    assert_file_holds(
        &program, "kt/donor-DE.txt",
        "- N-4 from O-2: Declined in turn 2: EUR 36,000.00 is not asked of you any more.\n");
    assert_file_holds(&program, "tt/answers.csv",
                      ",N-3,O-4,FR,decline,18000.00,0.00,0.00,EUR,,3,yes,donor-FR.xlsx!");
    assert_file_holds(&program, "tt/answers.csv",
                      ",N-4,O-4,FR,agree,12000.00,12000.00,12000.00,EUR,,2,");
}

static void files_that_contradict_each_other_or_answer_another_plan_are_named(void **state)
{
    (void)state;
    program_script(&program, HEAD "mkdir a3 a4; cp a2/donor-DE.xlsx a3; cp a3/donor-DE.xlsx "
                                  "a3/later.xlsx; answer a3/later.xlsx N-4 O-2 agree; "
                                  "cp a1/donor-EE.xlsx a4");
    assert_exit(&program, 0);
    ALLOT(&program, "solve", "r.xlsx", "--answers", "a3", "--previous", "p2.xlsx", "-o", "x.xlsx");
    assert_exit(&program, 1);
    assert_says(&program,
                "later.xlsx!Lines:N10 (decision): error E074: donor-DE.xlsx!Lines!N10 answers "
                "the same line, offer 'O-2' for need 'N-4', with 'decline'");
    ALLOT(&program, "solve", "r.xlsx", "--answers", "a4", "--previous", "p2.xlsx", "-o", "x.xlsx");
    assert_exit(&program, 1);
    assert_says(&program, "donor-EE.xlsx: error E075: these are answers to plan ");
    assert_false(program_wrote(&program, "x.xlsx"));
}

/* ---- hand over and remember ------------------------------------------------------------------ */

/* A plan whose lines were changed against an answer goes to nobody and into no ledger. */
static void a_plan_against_its_own_answers_is_not_packed_and_not_closed(void **state)
{
    static const char says[] = "bad/assignments.csv:6:4 (quantity): error E052: N-3 from O-4: the "
                               "plan gives EUR 17,000.00, "
                               "but bad/answers.csv row 4 fixes EUR 18,000.00";
    (void)state;
    program_script(&program,
                   "cp -r t3 bad && "
                   "sed -i 's/^N-3,O-4,FR,18000.00/N-3,O-4,FR,17000.00/' bad/assignments.csv");
    ALLOT(&program, "pack", "r.xlsx", "bad", "kb");
    assert_exit(&program, 1);
    assert_says(&program, says);
    assert_false(program_wrote(&program, "kb"));
    ALLOT(&program, "close", "r.xlsx", "bad", "b.csv");
    assert_exit(&program, 1);
    assert_says(&program, says);
    assert_false(program_wrote(&program, "b.csv"));
}

static void the_settled_plan_is_packed_and_closed(void **state)
{
    (void)state;
    program_script(&program, HEAD "$ALLOT pack r.xlsx p3.xlsx k3 --previous p2.xlsx; "
                                  "$ALLOT close r.xlsx p3.xlsx l.csv --previous p2.xlsx; "
                                  "grep -c ',commitment,' l.csv");
    assert_exit(&program, 0);
    assert_prints(&program, "round 2026-Q3 closed: 6 commitments\n");
    assert_says(&program,
                "p3.xlsx: warning W171: no donor has answered 2 lines of this plan, which the "
                "ledger now holds as agreed (PL 1, DE 1)");
}

/* The next round: one of the four seats was given up, so that Estonia gives it again. All else that is left
 * is Germany's 36,000, which the town hall wants, and it has 48,000 unmet: nobody's answer of the last
 * round binds this one. What the planners noted is in their own workbook alone. */
static void the_next_round_starts_from_the_ledger(void **state)
{
    (void)state;
    program_script(
        &program,
        HEAD "cp -r $TOP/samples/one-round/round r2; "
             "sed -i 's/2026-Q3/2026-Q4/' r2/settings.csv; "
             "sed -i 's/^O-3,EE,6/O-3,EE,4/' r2/offers.csv; "
             "printf 'event,need,offer,quantity,date,note\\ncancellation,N-2,O-3,1,2026-09-14,"
             "notezqz\\n' >since.csv; $ALLOT record l.csv since.csv -q; "
             "$ALLOT solve r2 --ledger l.csv -o p4.xlsx --tables t4 -q; "
             "$ALLOT pack r2 p4.xlsx k4 --ledger l.csv -q; "
             "cut -d, -f1-4 t4/assignments.csv; "
             "/usr/bin/python3 annex.py k4/coordination.xlsx; "
             "unzip -p k4/coordination.xlsx | grep -q notezqz && exit 8; "
             "unzip -p k4/internal.xlsx | grep -c notezqz");
    assert_exit(&program, 0);
    assert_prints(&program, "need,offer,donor,quantity\nN-2,O-3,EE,1\nN-4,O-2,DE,36000.00\n");
    /* closed: 60,000 + 12,000 + 22,000 + 18,000 + 12,000, and 4 seats of 2,000 */
    assert_prints(&program, "What|Lines|Committed, cash (EUR)|Committed, in kind (EUR)\n"
                            "last total|124000|8000\ncancelled|1 line|0|-2000\n"
                            "new|2 lines|36000|2000\nthis total|160000|8000\n");
    /* of the first round there was nothing to add up */
    program_script(&program, "unzip -p k3/coordination.xlsx xl/sharedStrings.xml");
    assert_prints(&program, "No ledger of earlier rounds was given");
}

/* The cell of an answer is named with the sheet as it is called in the donor's language. */
static void answers_in_polish_name_their_own_sheet(void **state)
{
    (void)state;
    program_script(&program,
                   "set -e; $ALLOT pack r.xlsx p1.xlsx kp -q --lang pl --explain none; mkdir ap; "
                   "/usr/bin/python3 -c \"import openpyxl\n"
                   "b = openpyxl.load_workbook('kp/donor-EE.xlsx')\n"
                   "s = b['Pozycje']\n"
                   "at = next(c for r in s.iter_rows() for c in r if c.value == 'decyzja')\n"
                   "s.cell(at.row + 1, at.column).value = 'zgoda'\n"
                   "print(s.cell(at.row + 1, at.column).coordinate)\n"
                   "b.save('ap/donor-EE.xlsx')\" >cell; "
                   "$ALLOT solve r.xlsx --answers ap --previous p1.xlsx --tables tp -q --explain "
                   "none; grep -c \"agree,6,6,6,seat,,1,yes,donor-EE.xlsx!Pozycje!$(cat cell),\" "
                   "tp/answers.csv");
    assert_exit(&program, 0);
    assert_prints(&program, "1\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_template_filled_in_is_decided_checked_and_packed),
        cmocka_unit_test(workbooks_answered_elsewhere_are_settled),
        cmocka_unit_test(answers_saved_as_opendocument_are_the_same_answers),
        cmocka_unit_test(answers_in_polish_name_their_own_sheet),
        cmocka_unit_test(the_second_pack_shows_what_was_agreed_and_nothing_of_others),
        cmocka_unit_test(the_second_letters_ask_for_what_is_open_and_say_what_has_changed),
        cmocka_unit_test(a_second_turn_carries_the_first),
        cmocka_unit_test(who_has_agreed_to_everything_is_asked_nothing_and_may_still_take_it_back),
        cmocka_unit_test(files_that_contradict_each_other_or_answer_another_plan_are_named),
        cmocka_unit_test(a_plan_against_its_own_answers_is_not_packed_and_not_closed),
        cmocka_unit_test(the_settled_plan_is_packed_and_closed),
        cmocka_unit_test(the_next_round_starts_from_the_ledger),
    };
    return cmocka_run_group_tests(tests, open_program, close_program);
}
