/* `--answers` and `--urgent` as people use them, over two turns of answers, every figure worked out in
 * the head. N-1 (tier 1) asks 100, N-2 and N-3 (tier 2) ask 100 and 50; O-1 of PL has 100, O-2 of DE
 * 100, O-3 of FR 30. The plan before: N-1 100 from O-1, N-2 80 from O-2, N-3 20 from O-2, 30 from O-3.
 */
#include "tests/support/program.h"

#include <stdlib.h>
#include <string.h>
#include <xlsxwriter.h>

static const char BEFORE[] = "need,offer,quantity\n"
                             "N-1,O-1,100\nN-2,O-2,80\nN-3,O-2,20\nN-3,O-3,30\n";

static void open_round(Program *p)
{
    program_open(p);
    program_script(p, "rm -rf r; mkdir r a b before");
    program_table(p, "needs.csv",
                  "id,beneficiary,category,quantity,priority\n"
                  "N-1,B1,HW,100,1\nN-2,B2,HW,100,2\nN-3,B3,HW,50,2\n");
    program_table(p, "offers.csv", "id,donor,quantity\nO-1,PL,100\nO-2,DE,100\nO-3,FR,30\n");
    program_put(p, "before", "assignments.csv", BEFORE);
}

/** Decides again with the answers in a folder, into a folder of tables; it must leave with @p code. */
static void settle(Program *p, const char *answers, const char *previous, const char *tables,
                   int code)
{
    ALLOT(p, "solve", "r", "--answers", answers, "--previous", previous, "--tables", tables, "-q");
    assert_exit(p, code);
}

#define HEAD "need,offer,quantity,decision,agreed,other_need,comment\n"

/* PL gives 60 in place of 100: tier 1 takes the 40 elsewhere, and O-1's 40 are free for tier 2. DE's 80
 * for N-2 are agreed. N-1's 40 come out of N-3's 50, which has 40 from O-1: 40 down, 40 up for N-1, and
 * the same for N-3: 160. */
static void agreed_lines_stay_and_only_what_must_moves(void **state)
{
    Program p;
    (void)state;
    open_round(&p);
    program_put(&p, "a", "donor-PL.csv", HEAD "N-1,O-1,100,agree less,60,,a budget cut\n");
    program_put(&p, "a", "donor-DE.csv", HEAD "N-2,O-2,,Agree,,,\n");
    settle(&p, "a", "before", "t", 0);
    assert_file_holds(&p, "t/assignments.csv",
                      "\nN-1,O-1,PL,60.00,EUR,60.00,EUR,60.00,EUR,committed,yes");
    assert_file_holds(&p, "t/assignments.csv",
                      "\nN-2,O-2,DE,80.00,EUR,80.00,EUR,80.00,EUR,committed,yes");
    assert_file_holds(
        &p, "t/stages.csv",
        "tier 1,min,0,0,0,optimal\ntier 2,min,20,20,0,optimal\nchange,min,160,160,0,optimal\n"
        "fairness 1.1,max,1,1,0,optimal\n");
    assert_file_holds(
        &p, "t/answers.csv",
        "\n1,N-1,O-1,PL,agree less,100.00,60.00,60.00,EUR,,1,yes,donor-PL.csv!D2,a budget cut,"
        "\"Fixed at EUR 60.00, which is EUR 40.00 less. Others give N-1 EUR 40.00 more; it "
        "is met in full. It moved N-1 from O-");
    assert_file_holds(
        &p, "t/answers.csv",
        "\n2,N-2,O-2,DE,agree,80.00,80.00,80.00,EUR,,1,yes,donor-DE.csv!D2,,Stays at EUR "
        "80.00.\n");
    /* which of N-3's two lines gives how much of the 40 is free: that they give it is not */
    assert_file_holds(&p, "t/answers.csv", ", because of answer 1 alone.\"\n");
    assert_file_holds(&p, "t/answers.csv", "\n1,N-1,O-2,DE,,0.00,,");
    ALLOT(&p, "verify", "r", "t", "--previous", "before", "--answers", "a");
    assert_exit(&p, 0);
    assert_prints(&p, ": 0 rules broken, 0 stages worse than proven\n");
    program_close(&p);
}

/* The second turn goes on from the plan of the first, whose answers stand: FR declines both its lines,
 * and what was agreed in the first turn is neither sent in again nor moved. */
static void a_second_turn_keeps_what_the_first_has_settled(void **state)
{
    Program p;
    (void)state;
    open_round(&p);
    program_put(&p, "a", "donor-PL.csv", HEAD "N-1,O-1,100,agree less,60,,\n");
    program_put(&p, "a", "donor-FR.csv", HEAD "N-3,O-3,30,decline,,,\n");
    ALLOT(&p, "solve", "r", "--answers", "a", "--previous", "before", "-o", "second.xlsx",
          "--tables", "second", "-q");
    assert_exit(&p, 0);
    program_put(&p, "b", "donor-DE.csv", HEAD "N-2,O-2,,propose another need,,N-3,\n");
    settle(&p, "b", "second.xlsx", "t", 0);
    assert_says(&p, "donor-DE.csv:2:4 (decision): note N221: donor 'DE' would rather serve need "
                    "'N-3' with offer 'O-2', which may serve it; planners decide");
    assert_file_holds(&p, "t/assignments.csv",
                      "\nN-1,O-1,PL,60.00,EUR,60.00,EUR,60.00,EUR,committed,yes");
    char *lines = program_read(&p, "t/assignments.csv");
    assert_null(strstr(lines, "N-3,O-3"));
    assert_null(strstr(lines, "N-2,O-2"));
    free(lines);
    assert_file_holds(&p, "t/answers.csv",
                      ",EUR,,1,yes,donor-PL.csv!D2,,\"Answered in turn 1. Fixed at EUR 60.00");
    assert_file_holds(&p, "t/answers.csv",
                      ",EUR,,1,yes,donor-FR.csv!D2,,Answered in turn 1. EUR 30.00 is not given.");
    assert_file_holds(&p, "t/answers.csv", "DE,propose another need,");
    assert_file_holds(&p, "t/answers.csv", ",EUR,N-3,2,yes,donor-DE.csv!D2,,");
    settle(&p, "b", "second", "u", 0);
    assert_int_equal(program_script(&p, "cmp t/answers.csv u/answers.csv"), 0);
    ALLOT(&p, "solve", "r", "--previous", "second", "--tables", "v", "-q", "--explain", "none");
    assert_exit(&p, 0);
    assert_says(&p,
                "second: note N223: this plan keeps 2 answers of donors, which bind nobody now");
    program_script(&p, "mkdir none");
    settle(&p, "none", "second", "v", 0);
    assert_file_holds(&p, "v/assignments.csv",
                      "\nN-1,O-1,PL,60.00,EUR,60.00,EUR,60.00,EUR,committed,yes");
    program_close(&p);
}

/* A plan written before turns were counted has no such column: its answers are of the first, and all stand. A turn
 * that cannot be is an error at its cell. */
static void the_turn_of_kept_answers_is_read_and_may_be_missing(void **state)
{
    Program p;
    (void)state;
    open_round(&p);
    program_put(&p, "a", "donor-PL.csv", HEAD "N-1,O-1,100,agree less,60,,\n");
    settle(&p, "a", "before", "second", 0);
    program_put(&p, "b", "donor-DE.csv", HEAD "N-2,O-2,,agree,,,\n");
    program_script(&p, "cp -r second old && cut -d, -f1-10,13- second/answers.csv >old/answers.csv "
                       "&& head -1 old/answers.csv");
    assert_string_equal(p.run.out, "answer,need,offer,donor,decision,before,agreed,now,unit,"
                                   "other_need,source,comment,detail\n");
    settle(&p, "b", "old", "t", 0);
    assert_file_holds(&p, "t/answers.csv", ",60.00,60.00,EUR,,1,yes,donor-PL.csv!D2,");
    assert_file_holds(&p, "t/answers.csv", ",EUR,,2,yes,donor-DE.csv!D2,");
    program_script(&p, "cp -r second bad && sed -i 's/,EUR,,1,yes,donor/,EUR,,0,yes,donor/' "
                       "bad/answers.csv");
    settle(&p, "b", "bad", "u", 1);
    assert_says(&p, "bad/answers.csv:2:11 (turn): error ");
    assert_false(program_wrote(&p, "u"));
    program_close(&p);
}

static void answers_that_cannot_be_taken_are_named_with_their_cells(void **state)
{
    static const char *const said[] = {
        "donor-PL.csv:2:5 (agreed): error E073: this is above the line, which is EUR 100.00, "
        "by EUR 70.00: agree to it",
        "donor-PL.csv:3:2 (offer): error E073: donor 'PL' answers in this file, but offer 'O-2' is "
        "donor 'DE''s",
        "donor-PL.csv:4:1 (need): error E073: ROUND has no need 'N-9'; if the plan of --previous "
        "has it, ROUND is not the one that this plan was made from: name that, or add the row",
        "donor-PL.csv:10:1 (need): error E073: the plan has no line by which offer 'O-1' serves "
        "need 'N-2'; only its lines can be answered",
        "donor-PL.csv:5:4 (decision): error E073: beside this empty cell stands an answer",
        "donor-PL.csv:6:4 (decision): error E073: 'maybe' is no decision; choose agree, agree less",
        "donor-PL.csv:7:3 (quantity): error E073: the plan's line is EUR 100.00, and this says "
        "EUR 90.00; restore it",
        "donor-PL.csv:8:5 (agreed): error E073: an amount is agreed and the line refused",
        "donor-PL.csv:9:4 (decision): error E073: 'agree less' needs an amount in the column "
        "agreed",
        "y.csv:2:4 (decision): error E074: x.csv!D2 answers the same line, offer 'O-3' for need "
        "'N-3', with 'decline'"};
    Program p;
    (void)state;
    open_round(&p);
    program_put(
        &p, "a", "donor-PL.csv",
        HEAD "N-1,O-1,100,agree less,170,,\nN-2,O-2,,agree,,,\nN-9,O-1,,agree,,,\nN-1,O-1,,,5,,\n"
             "N-1,O-1,,maybe,,,\nN-1,O-1,90,agree,,,\nN-1,O-1,,decline,7,,\n"
             "N-1,O-1,,agree less,,,\nN-2,O-1,,agree,,,\n");
    program_put(&p, "a", "x.csv", HEAD "N-3,O-3,,decline,,,\n");
    program_put(&p, "a", "y.csv", HEAD "N-3,O-3,,agree,,,\n");
    ALLOT(&p, "solve", "r", "--answers", "a", "--previous", "before", "-o", "p.xlsx");
    assert_exit(&p, 1);
    for (size_t i = 0; i < COUNT_OF(said); i++)
        assert_says(&p, said[i]);
    assert_false(program_wrote(&p, "p.xlsx"));
    ALLOT(&p, "solve", "r", "--answers", "a");
    assert_exit(&p, 2);
    assert_says(&p, "--answers needs --previous PLAN, the plan that was answered");
    program_close(&p);
}

/* Steps of 30: of 90 there are 30 and 60 below. */
static void an_amount_between_two_steps_names_itself_the_step_and_its_neighbours(void **state)
{
    static const char *const said[] = {
        "donor-PL.csv:2:5 (agreed): error E073: EUR 40.00 is no multiple of EUR 30.00, the step of "
        "need 'N-1'; the nearest are EUR 30.00 and EUR 60.00",
        "donor-PL.csv:3:5 (agreed): error E073: EUR 70.00 is no multiple of EUR 30.00, the step of "
        "need 'N-1'; the nearest below the line is EUR 60.00",
        "donor-PL.csv:4:5 (agreed): error E073: EUR 20.00 is less than EUR 30.00, the step of need "
        "'N-1'; agree to that at least, or choose 'decline'",
        "donor-PL.csv:5:5 (agreed): error E073: 'agree' is to the whole line, EUR 90.00, and this "
        "says EUR 60.00: choose 'agree less', or empty this cell"};
    Program p;
    (void)state;
    open_round(&p);
    program_table(&p, "needs.csv", "id,category,quantity,step,priority\nN-1,HW,90,30,1\n");
    program_put(&p, "before", "assignments.csv", "need,offer,quantity\nN-1,O-1,90\n");
    program_put(&p, "a", "donor-PL.csv",
                HEAD "N-1,O-1,90,agree less,40,,\nN-1,O-1,90,agree less,70,,\n"
                     "N-1,O-1,90,agree less,20,,\nN-1,O-1,90,agree,60,,\n");
    settle(&p, "a", "before", "t", 1);
    for (size_t i = 0; i < COUNT_OF(said); i++)
        assert_says(&p, said[i]);
    program_close(&p);
}

/* What the round itself has committed cannot be declined: both rows are named. */
static void an_answer_against_a_commitment_names_both(void **state)
{
    Program p;
    (void)state;
    open_round(&p);
    program_table(&p, "commitments.csv", "need,offer,kind,quantity\nN-1,O-1,fixed,100\n");
    program_put(&p, "a", "donor-PL.csv", HEAD "N-1,O-1,100,decline,,,\n");
    ALLOT(&p, "solve", "r", "--answers", "a", "--previous", "before", "-o", "p.xlsx");
    assert_exit(&p, 1);
    assert_says(&p, "donor-PL.csv:2:4 (decision): error E024: this contradicts "
                    "commitments.csv:2:3 (kind), which speaks of the same need 'N-1' and offer ");
    program_close(&p);
}

/** A donor's workbook as it comes back: sheets Lines and About. */
static void write_workbook(const Program *p, const char *name, const char *donor, const char *plan)
{
    static const char *const head[] = {"need", "offer", "quantity", "unit", "decision", "agreed"};
    char *path = test_path(p->dir, name);
    lxw_workbook *book = workbook_new(path);
    lxw_worksheet *lines = workbook_add_worksheet(book, "Lines");
    lxw_worksheet *about = workbook_add_worksheet(book, "About");
    for (size_t c = 0; c < COUNT_OF(head); c++)
        worksheet_write_string(lines, 0, (lxw_col_t)c, head[c], NULL);
    worksheet_write_string(lines, 1, 0, "N-1", NULL);
    worksheet_write_string(lines, 1, 1, "O-1", NULL);
    worksheet_write_number(lines, 1, 2, 100, NULL);
    worksheet_write_string(lines, 1, 3, "EUR", NULL);
    worksheet_write_string(lines, 1, 4, "agree less", NULL);
    worksheet_write_number(lines, 1, 5, 60.5, NULL);
    worksheet_write_string(about, 0, 0, "key", NULL);
    worksheet_write_string(about, 0, 1, "value", NULL);
    worksheet_write_string(about, 1, 0, "plan", NULL);
    worksheet_write_string(about, 1, 1, plan, NULL);
    worksheet_write_string(about, 2, 0, "donor", NULL);
    worksheet_write_string(about, 2, 1, donor, NULL);
    assert_int_equal(workbook_close(book), LXW_NO_ERROR);
    free(path);
}

/** The hash of the plan before, as the README says that it is made. */
static char *hash_before(Program *p)
{
    program_script(p,
                   "printf 'need,offer,quantity\\nN-1,O-1,100.00\\nN-2,O-2,80.00\\nN-3,O-2,20.00\\n"
                   "N-3,O-3,30.00\\n' | sha256sum | cut -c1-64 | tr -d '\\n'");
    return strdup(p->run.out);
}

static void a_workbook_says_whose_answers_it_holds_to_which_plan(void **state)
{
    Program p;
    (void)state;
    open_round(&p);
    char *hash = hash_before(&p);
    write_workbook(&p, "a/donor-PL.xlsx", "PL", hash);
    settle(&p, "a", "before", "t", 0);
    assert_file_holds(&p, "t/answers.csv",
                      "agree less,100.00,60.50,60.50,EUR,,1,yes,donor-PL.xlsx!Lines!E2,");
    write_workbook(&p, "a/donor-PL.xlsx", "FR", hash);
    settle(&p, "a", "before", "t", 1);
    assert_says(&p, "donor-PL.xlsx!Lines:B2 (offer): error E073: donor 'FR' answers in this file");
    hash[0] = hash[0] == '0' ? '1' : '0';
    write_workbook(&p, "a/donor-PL.xlsx", "PL", hash);
    settle(&p, "a", "before", "t", 1);
    assert_says(&p, "donor-PL.xlsx: error E075: these are answers to plan ");
    free(hash);
    program_close(&p);
}

/** The pack's workbook of a donor with its first line agreed to; and the plan with another donor's line edited. */
static const char ANSWER_AND_EDIT[] =
    "import openpyxl\n"
    "def column(s, name):\n"
    "    return next(c for r in s.iter_rows() for c in r if c.value == name)\n"
    "b = openpyxl.load_workbook('pk/donor-PL.xlsx'); s = b['Lines']; c = column(s, 'decision')\n"
    "s.cell(c.row + 1, c.column).value = 'agree'; b.save('w/donor-PL.xlsx')\n"
    "b = openpyxl.load_workbook('p.xlsx'); s = b['Assignments']; c = column(s, 'Quantity')\n"
    "r = next(r for r in range(c.row, s.max_row + 1) if 'O-3' in [x.value for x in s[r]])\n"
    "s.cell(r, c.column).value -= 10; b.save('p.xlsx')\n";

/* Known by the hash that its Settings record. Another ROUND is told by the needs that it lacks. */
static void a_plan_edited_since_is_the_one_that_was_sent_out(void **state)
{
    Program p;
    (void)state;
    open_round(&p);
    ALLOT(&p, "solve", "r", "--previous", "before", "-o", "p.xlsx", "-q", "--explain", "none");
    assert_exit(&p, 0);
    ALLOT(&p, "pack", "r", "p.xlsx", "pk", "-q", "--explain", "none");
    assert_exit(&p, 0);
    write_file(p.dir, "edit.py", ANSWER_AND_EDIT);
    program_script(&p, "mkdir w && /usr/bin/python3 edit.py");
    assert_exit(&p, 0);
    settle(&p, "w", "p.xlsx", "t", 0);
    assert_file_holds(&p, "t/answers.csv", ",PL,agree,");
    program_table(&p, "needs.csv", "id,beneficiary,category,quantity,priority\nN-2,B2,HW,100,2\n");
    program_put(&p, "a", "donor-PL.csv", HEAD "N-1,O-1,,agree,,,\n");
    settle(&p, "a", "before", "t", 1);
    assert_says(&p, "donor-PL.csv:2:1 (need): error E073: ROUND has no need 'N-1'; if the plan of");
    program_close(&p);
}

/* A line is not answered by a comment, which is not dropped in silence all the same: a blank one is none. */
static void a_comment_without_a_decision_is_passed_on(void **state)
{
    Program p;
    (void)state;
    open_round(&p);
    program_put(&p, "a", "donor-DE.csv",
                HEAD "N-2,O-2,,agree,,,thanks\nN-3,O-2,,,,,we need two weeks\n");
    program_put(&p, "a", "donor-FR.csv", HEAD "N-3,O-3,30,,,,\" \"\n");
    settle(&p, "a", "before", "t", 0);
    assert_says(&p, "donor-DE.csv:3:7 (comment): note N226: a comment on offer 'O-2' for need "
                    "'N-3' without a decision, which leaves the line unanswered, and the comment "
                    "in no table: \"we need two weeks\"\n");
    assert_null(strstr(p.run.err, "donor-FR.csv"));
    program_close(&p);
}

/* A donor's workbook in Ukrainian or Polish, saved as CSV: its headings and decisions are known there too. */
static void answers_saved_as_csv_have_headings_in_three_languages(void **state)
{
    Program p;
    (void)state;
    open_round(&p);
    program_put(&p, "a", "donor-PL.csv",
                "потреба;пропозиція;кількість;рішення;погоджено;інша_потреба;коментар\n"
                "N-1;O-1;100;згода на менше;60;;\n");
    program_put(&p, "a", "donor-DE.csv",
                "potrzeba;oferta;ilość;decyzja;uzgodniono;inna potrzeba;komentarz\n"
                "N-2;O-2;80;zgoda;;;\n");
    settle(&p, "a", "before", "t", 0);
    assert_file_holds(&p, "t/answers.csv", ",PL,agree less,100.00,60.00,60.00,EUR,");
    assert_file_holds(&p, "t/answers.csv", ",DE,agree,80.00,80.00,80.00,EUR,");
    program_close(&p);
}

/* N-9 (tier 3) needs 70 at once. Nothing is free, so that 70 is taken, and of lines of tier 2 since tier
 * 1 gives up nothing: 60 are left to N-2 and N-3, which share them 40 and 20, evenly. */
static void an_urgent_need_comes_first_and_says_what_gave_way(void **state)
{
    Program p;
    (void)state;
    open_round(&p);
    program_table(&p, "needs.csv",
                  "id,beneficiary,category,quantity,priority\nN-1,B1,HW,100,1\nN-2,B2,HW,100,2\n"
                  "N-3,B3,HW,50,2\nN-9,B1,HW,70,3\n");
    ALLOT(&p, "solve", "r", "--urgent", "N-9", "--previous", "before", "--tables", "t");
    assert_exit(&p, 0);
    assert_prints(&p, "\nurgent N-9: given EUR 70.00 of EUR 70.00; EUR 70.00 is taken from ");
    assert_file_holds(
        &p, "t/stages.csv",
        "urgent N-9,min,0,0,0,optimal\ntaken,min,70,70,0,optimal\ntier 1,min,0,0,0,optimal\n"
        "fairness 1.1,max,1,1,0,optimal\ntier 2,min,90,90,0,optimal\n"
        "fairness 2.1,max,0.4,0.4,0,optimal\n");
    assert_file_holds(
        &p, "t/urgent.csv",
        "N-2,O-2,DE,2,80.00,40.00,EUR,\"Less: from EUR 80.00 to EUR 40.00, which O-2 gives "
        "N-9 instead. Nobody stands in; EUR 60.00 of N-2 is unmet.\"\n");
    ALLOT(&p, "verify", "r", "t", "--previous", "before");
    assert_exit(&p, 0);
    assert_prints(&p, ": 0 rules broken, 0 stages worse than proven\n");
    program_script(&p, "$ALLOT pack r t k --previous before --explain none -q && "
                       "unzip -p k/internal.xlsx xl/sharedStrings.xml");
    assert_exit(&p, 0);
    assert_prints(&p, "in stages, one strictly after the other: N-9 first, which is urgent");
    /* no plan can leave less than 5 unmet, this one says, and leaves nothing */
    program_script(&p, "sed -i 's/^urgent N-9,min,0,0,0/urgent N-9,min,0,5,1/' t/stages.csv");
    ALLOT(&p, "verify", "r", "t", "--previous", "before");
    assert_exit(&p, 1);
    ALLOT(&p, "solve", "r", "--urgent", "N-7", "--previous", "before");
    assert_exit(&p, 2);
    assert_says(&p, "--urgent: error E020: the round has no need 'N-7'; did you mean 'N-1'? A new "
                    "one has to be written into the table needs first\n");
    ALLOT(&p, "solve", "r", "--urgent", "generator", "--previous", "before");
    assert_exit(&p, 2);
    assert_says(&p, "--urgent: error E020: the round has no need 'generator'; write it into the "
                    "table needs first\n");
    program_close(&p);
}

/* O-1 has 10 less than when the plan before was made, and so has N-1, with or without N-9. O-2 has 10 less:
 * without N-9 N-3 would bear them, N-2 nothing; with it both give. */
static void what_has_changed_in_the_round_is_not_put_down_to_the_urgent_need(void **state)
{
    Program p;
    (void)state;
    open_round(&p);
    program_table(&p, "needs.csv",
                  "id,beneficiary,category,quantity,priority\nN-1,B1,HW,100,1\nN-2,B2,HW,100,2\n"
                  "N-3,B3,HW,50,2\nN-9,B1,HW,70,3\n");
    program_table(&p, "offers.csv", "id,donor,quantity\nO-1,PL,90\nO-2,DE,90\nO-3,FR,30\n");
    ALLOT(&p, "solve", "r", "--urgent", "N-9", "--previous", "before", "--tables", "t", "-q");
    assert_exit(&p, 0);
    assert_file_holds(
        &p, "t/urgent.csv",
        "N-1,O-1,PL,1,100.00,90.00,EUR,\"Less: from EUR 100.00 to EUR 90.00, not because "
        "of N-9: the round has changed since the plan before. Nobody stands in; EUR 10.00 "
        "of N-1 is unmet.\"\n");
    assert_file_holds(&p, "t/urgent.csv",
                      ", which O-2 gives N-9 instead. Nobody stands in; EUR 66.6");
    assert_file_holds(
        &p, "t/urgent.csv",
        ", for N-9 and because the round has changed since the plan before. Nobody stands");
    program_close(&p);
}

/* Commitments stay: FR's 30 for N-3 are locked, so that DE's lines give all 70. */
static void what_is_committed_gives_nothing_to_an_urgent_need(void **state)
{
    Program p;
    (void)state;
    open_round(&p);
    program_table(&p, "needs.csv",
                  "id,beneficiary,category,quantity,priority\nN-1,B1,HW,100,1\nN-2,B2,HW,100,2\n"
                  "N-3,B3,HW,50,2\nN-9,B1,HW,70,3\n");
    program_table(&p, "commitments.csv", "need,offer,kind,quantity\nN-3,O-3,fixed,30\n");
    ALLOT(&p, "solve", "r", "--urgent", "N-9", "--previous", "before", "--tables", "t", "-q");
    assert_exit(&p, 0);
    assert_file_holds(&p, "t/assignments.csv",
                      "\nN-3,O-3,FR,30.00,EUR,30.00,EUR,30.00,EUR,committed,yes");
    assert_file_holds(&p, "t/stages.csv",
                      "urgent N-9,min,0,0,0,optimal\ntaken,min,70,70,0,optimal\n");
    program_close(&p);
}

/* An offer of 70 more: N-9 takes nothing from anybody. */
static void what_an_urgent_need_takes_from_nobody_is_said_too(void **state)
{
    Program p;
    (void)state;
    open_round(&p);
    program_table(&p, "needs.csv",
                  "id,beneficiary,category,quantity,priority\nN-1,B1,HW,100,1\nN-2,B2,HW,100,2\n"
                  "N-3,B3,HW,50,2\nN-9,B1,HW,70,3\n");
    program_table(&p, "offers.csv",
                  "id,donor,quantity\nO-1,PL,100\nO-2,DE,100\nO-3,FR,30\nO-4,NL,60\n");
    ALLOT(&p, "solve", "r", "--urgent", "N-9", "--previous", "before", "--tables", "t", "--set",
          "fairness=none");
    assert_exit(&p, 0);
    assert_prints(
        &p, "\nurgent N-9: given EUR 70.00 of EUR 70.00; EUR 10.00 is taken from 1 line of the "
            "plan before\n");
    program_table(&p, "offers.csv",
                  "id,donor,quantity\nO-1,PL,100\nO-2,DE,100\nO-3,FR,30\nO-4,NL,70\n");
    ALLOT(&p, "solve", "r", "--urgent", "N-9", "--previous", "before", "--tables", "t");
    assert_exit(&p, 0);
    assert_prints(
        &p, "\nurgent N-9: given EUR 70.00 of EUR 70.00; nothing is taken from the plan before\n");
    program_close(&p);
}

/* What another plan left in the folder would be read as this one's: its answers above all. Other people's
 * files stay. */
static void tables_that_a_plan_does_not_have_do_not_stay_in_its_folder(void **state)
{
    Program p;
    (void)state;
    open_round(&p);
    program_put(&p, "a", "donor-DE.csv", HEAD "N-2,O-2,,agree,,,\n");
    settle(&p, "a", "before", "t", 0);
    assert_true(program_wrote(&p, "t/answers.csv"));
    program_script(&p,
                   "for f in urgent bridge cliff cumulative lapsing mine; do echo old >t/$f.csv; "
                   "done");
    ALLOT(&p, "solve", "r", "--tables", "t", "-q");
    assert_exit(&p, 0);
    program_script(&p, "cd t && ls answers.csv urgent.csv bridge.csv cliff.csv cumulative.csv "
                       "lapsing.csv mine.csv 2>/dev/null");
    assert_string_equal(p.run.out, "mine.csv\n");
    program_close(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(agreed_lines_stay_and_only_what_must_moves),
        cmocka_unit_test(a_second_turn_keeps_what_the_first_has_settled),
        cmocka_unit_test(the_turn_of_kept_answers_is_read_and_may_be_missing),
        cmocka_unit_test(answers_that_cannot_be_taken_are_named_with_their_cells),
        cmocka_unit_test(an_amount_between_two_steps_names_itself_the_step_and_its_neighbours),
        cmocka_unit_test(an_answer_against_a_commitment_names_both),
        cmocka_unit_test(a_workbook_says_whose_answers_it_holds_to_which_plan),
        cmocka_unit_test(a_plan_edited_since_is_the_one_that_was_sent_out),
        cmocka_unit_test(a_comment_without_a_decision_is_passed_on),
        cmocka_unit_test(answers_saved_as_csv_have_headings_in_three_languages),
        cmocka_unit_test(an_urgent_need_comes_first_and_says_what_gave_way),
        cmocka_unit_test(what_has_changed_in_the_round_is_not_put_down_to_the_urgent_need),
        cmocka_unit_test(what_is_committed_gives_nothing_to_an_urgent_need),
        cmocka_unit_test(what_an_urgent_need_takes_from_nobody_is_said_too),
        cmocka_unit_test(tables_that_a_plan_does_not_have_do_not_stay_in_its_folder),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
