/* A plan that people edit in its workbook: verify names the cell of the plan and the row of the round for
 * each rule that an edit breaks. The edits are made by another program.
 */
#include "tests/support/program.h"

#include <stdio.h>
#include <string.h>

static const char EDIT[] =
    "import openpyxl, sys\n"
    "b = openpyxl.load_workbook('p.xlsx'); s = b['Assignments']\n"
    "head = next(r for r in s.iter_rows() if any(c.value == 'Need' for c in r))\n"
    "col = {c.value: c.column for c in head if c.value}\n"
    "def row(need):\n"
    "    return next(r for r in range(head[0].row + 1, s.max_row + 1)\n"
    "                if s.cell(r, col['Need']).value == need)\n"
    "def put(need, column, value): s.cell(row(need), col[column]).value = value\n"
    "def new(need, offer, quantity):\n"
    "    r = s.max_row + 1\n"
    "    for k, v in {'Need': need, 'Offer': offer, 'Quantity': quantity}.items():\n"
    "        s.cell(r, col[k]).value = v\n"
    "def drop(need): s.delete_rows(row(need))\n"
    "exec(sys.argv[1])\n"
    "b.save('e.xlsx')\n";

/* DE pays for N-1, N-2, the link and nothing else; FR for N-3, as agreed; N-4 does not fit into the
 * envelope of 85,000 for HW beside the 60,000 of N-1. */
static void open_plan(Program *p)
{
    program_open(p);
    program_table(p, "needs.csv",
                  "id,beneficiary,category,quantity,unit,unit_cost,priority,min_quantity,"
                  "indivisible,requires,bundle,max_donors\n"
                  "N-1,HOSPITAL,HW,60000,EUR,,1,20000,,,,\nN-2,COURT,TRN,10,seat,2000,2,,,N-1,,\n"
                  "N-3,WATERWORKS,BKP,40000,EUR,,2,,,,,1\nN-4,TOWN-HALL,HW,30000,EUR,,2,,yes,,,\n"
                  "N-5,COURT,NET,5000,EUR,,2,,,,L,\nN-6,TOWN-HALL,NET,5000,EUR,,2,,,,L,\n"
                  "N-7,COURT,HW,3,server,,3,,,,,\n");
    program_table(p, "offers.csv",
                  "id,donor,quantity,unit,category,min_ticket,max_share,only_beneficiaries\n"
                  "O-1,DE,120000,EUR,*,,,\nO-2,FR,50000,EUR,HW;BKP,5000,,\n"
                  "O-3,EE,3,server,HW,,,\nO-4,NL,20000,EUR,HW,,,TOWN-HALL\n");
    program_table(p, "rules.csv",
                  "id,kind,donor,need,category,offer,value,currency,reason\n"
                  "F-1,forbid,FR,N-1,,,,,embargo\nL-1,limit,,,HW,,85000,EUR,envelope\n"
                  "G-1,floor,FR,,,,15000,EUR,agreed\nR-1,reserve,,,,O-1,8000,EUR,urgent needs\n");
    program_table(p, "commitments.csv",
                  "need,offer,kind,quantity,reason\nN-3,O-2,at_least,10000,letter\n");
    write_file(p->dir, "edit.py", EDIT);
    ALLOT(p, "solve", "r", "-o", "p.xlsx", "-q");
    assert_exit(p, 0);
}

typedef struct BookEdit {
    const char *label, *code;
    const char *findings[3];
} BookEdit;

static const BookEdit EDITS[] = {
    {"more than the need asks",
     "put('N-1', 'Quantity', 70000)",
     {"!Assignments:I8 (Quantity): error E052: N-1: its lines give EUR 70,000.00, but "
      "needs.csv:2:4 "
      "(quantity) less what is covered leaves EUR 60,000.00"}},
    {"more than the offer has",
     "put('N-3', 'Offer', 'O-1')",
     {"!Assignments:I12 (Quantity): error E052: O-1: EUR 130,000.00 is taken, but offers.csv:2:3 "
      "(quantity) gives EUR 120,000.00; it goes to N-1, N-2, N-3, N-5, N-6\n",
      "error E052: R-1: nothing is left unplanned, but rules.csv:5:7 (value) reserves EUR 8,000.00",
      "error E052: N-3 from O-2: the plan gives EUR 0.00, but commitments.csv:2:4 (quantity) asks "
      "for "
      "at least EUR 10,000.00"}},
    {"earmarked for others",
     "put('N-5', 'Offer', 'O-4')",
     {"!Assignments:11: error E051: N-5 from O-4: EUR 5,000.00, but offers.csv:5:8 "
      "(only_beneficiaries) is earmarked for TOWN-HALL"}},
    {"of another category",
     "put('N-5', 'Offer', 'O-2')",
     {"!Assignments:11: error E051: N-5 from O-2: EUR 5,000.00, but offers.csv:3:5 (category) is "
      "for "
      "HW;BKP"}},
    {"forbidden",
     "put('N-1', 'Offer', 'O-2')",
     {"!Assignments:8: error E051: N-1 from O-2: EUR 60,000.00, but rules.csv:2 forbids it: "
      "embargo\n"}},
    {"below the least useful amount",
     "put('N-1', 'Quantity', 10000)",
     {"!Assignments:I8 (Quantity): error E052: N-1: its lines give EUR 10,000.00, but "
      "needs.csv:2:8 "
      "(min_quantity) asks for at least EUR 20,000.00 or nothing",
      "!Assignments:I9 (Quantity): error E052: N-2: it is given 10 seat, but needs.csv:3:10 "
      "(requires) "
      "asks for N-1 first, which is not met in full"}},
    {"below a ticket, a floor and what is agreed",
     "put('N-3', 'Quantity', 4000)",
     {"!Assignments:I10 (Quantity): error E052: N-3 from O-2: EUR 4,000.00 takes EUR 4,000.00, but "
      "offers.csv:3:6 (min_ticket) asks for at least EUR 5,000.00 or nothing",
      "error E052: G-1: 1 lines come to EUR 4,000.00, but rules.csv:4:7 (value) asks for at least "
      "EUR 15,000.00",
      "but commitments.csv:2:4 (quantity) asks for at least EUR 10,000.00"}},
    {"a new line beyond the envelope, not at the line of no value",
     "new('N-4', 'O-4', 20000); new('N-4', 'O-2', 10000)",
     {"!Assignments:I14 (Quantity): error E052: L-1: 4 lines come to EUR 90,000.00, but "
      "rules.csv:3:7 "
      "(value) allows at most EUR 85,000.00"}},
    {"a new line of half of an indivisible need",
     "new('N-4', 'O-2', 10000)",
     {"!Assignments:I14 (Quantity): error E052: N-4: its lines give EUR 10,000.00, but "
      "needs.csv:5:9 "
      "(indivisible) asks for all of EUR 30,000.00 or nothing"}},
    {"a line of the bundle deleted",
     "drop('N-6')",
     {"!Assignments:I11 (Quantity): error E052: N-5: it is served, but needs.csv:6:11 (bundle) "
      "ties "
      "it "
      "to N-6 (needs.csv:7:11 (bundle)), which gets nothing"}},
    {"a second donor",
     "put('N-3', 'Quantity', 39000); new('N-3', 'O-1', 1000)",
     {"error E052: N-3: 2 donors give to it, but needs.csv:4:12 (max_donors) allows 1"}},
    {"half a server",
     "put('N-7', 'Quantity', 2.5)",
     {"!Assignments:I13 (Quantity): error E052: N-7 from O-3: 2.5 server, but needs.csv:8 (step) "
      "asks for multiples of 1 server"}},
    {"a line twice",
     "new('N-5', 'O-1', 5000)",
     {"!Assignments:B14 (Offer): error E019: need 'N-5' has a line of offer 'O-1' already, in row "
      "11; make one of both"}},
    {"words for a number",
     "put('N-1', 'Quantity', 'sixty thousand')",
     {"!Assignments:I8 (Quantity): error E012: 'sixty thousand' is not a number"}},
    {"less than nothing",
     "put('N-1', 'Quantity', -5)",
     {"!Assignments:I8 (Quantity): error E014: '-5' is negative"}},
    {"an amount taken out",
     "put('N-5', 'Quantity', None)",
     {"!Assignments:I11 (Quantity): error E010: the quantity is missing"}},
    {"an id mistyped",
     "put('N-5', 'Need', 'N-55')",
     {"!Assignments:A11 (Need): error E020: need 'N-55' is not known; did you mean 'N-5'?"}},
};

static void each_edit_of_the_workbook_names_its_cell_and_the_row_it_breaks(void **state)
{
    Program p;
    (void)state;
    open_plan(&p);
    ALLOT(&p, "verify", "r", "p.xlsx");
    assert_exit(&p, 0);
    for (size_t k = 0; k < COUNT_OF(EDITS); k++) {
        const BookEdit *edit = &EDITS[k];
        char script[512];
        (void)snprintf(script, sizeof script, "/usr/bin/python3 edit.py \"%s\"", edit->code);
        program_script(&p, script);
        assert_case_int(edit->label, p.run.exit_code, 0);
        ALLOT(&p, "verify", "r", "e.xlsx");
        assert_case_int(edit->label, p.run.exit_code, 1);
        for (size_t f = 0; f < COUNT_OF(edit->findings) && edit->findings[f] != NULL; f++)
            if (strstr(p.run.err, edit->findings[f]) == NULL)
                fail_msg("case \"%s\": not said: %s\nsaid:\n%s", edit->label, edit->findings[f],
                         p.run.err);
        assert_case(edit->label, strstr(p.run.err, "max_share") == NULL); /* nobody wrote one */
    }
    program_close(&p);
}

/** The first thing said of a plan of another round is that it is; then what that breaks: of a workbook and of
 *  tables. */
static void a_plan_of_another_round_is_said_to_be_one_before_what_it_breaks(void **state)
{
    static const char *const PLANS[] = {"p.xlsx", "t"};
    static const char *const FILES[] = {"p.xlsx!Assignments", "t/assignments.csv"};
    char expected[300];
    Program p;
    (void)state;
    program_open(&p);
    ALLOT(&p, "solve", "r", "-o", "p.xlsx", "--tables", "t", "-q");
    assert_exit(&p, 0);
    program_script(&p, "cp -r r s; cd s; sed -i '2d' needs.csv; echo >>offers.csv");
    for (size_t k = 0; k < COUNT_OF(PLANS); k++) {
        ALLOT(&p, "verify", "r", PLANS[k]);
        assert_exit(&p, 0);
        assert_null(strstr(p.run.err, "another round"));
        ALLOT(&p, "verify", "s", PLANS[k]);
        assert_exit(&p, 1);
        (void)snprintf(
            expected, sizeof expected,
            "%s: warning W058: the plan was made from another round, or from this one "
            "before it was changed (other hashes: needs, offers); it was made from 'r'\n",
            FILES[k]);
        assert_int_equal(strncmp(p.run.err, expected, strlen(expected)), 0);
        assert_non_null(strstr(p.run.err, "error E020"));
    }
    program_close(&p);
}

/** Tables that say nothing of their round are taken as they are; a round that has changed without harm is
 *  a warning. */
static void a_plan_that_still_fits_its_changed_round_passes(void **state)
{
    Program p;
    (void)state;
    program_open(&p);
    ALLOT(&p, "solve", "r", "--tables", "t", "-q");
    program_script(&p, "cp -r r s; echo >>s/offers.csv");
    ALLOT(&p, "verify", "s", "t");
    assert_exit(&p, 0);
    assert_says(&p, "(other hashes: offers)");
    program_script(&p, "rm t/summary.csv");
    ALLOT(&p, "verify", "s", "t");
    assert_exit(&p, 0);
    assert_null(strstr(p.run.err, "W058"));
    program_close(&p);
}

/* An id that nobody knows, a line that is there twice and a word for a number hide nothing of what the
 * other lines break: N-3's 90 of the 40 it asks for. */
static void what_cannot_be_read_hides_nothing_of_the_rest(void **state)
{
    static const char *const said[] = {
        "note N224: rows that cannot be read: 3; what else is said of this plan is said without",
        ":2:1 (need): error E020: need 'N-11' is not known; did you mean 'N-1'?",
        ":5:2 (offer): error E019: need 'N-3' has a line of offer 'O-2' already, in row 4",
        ":6:3 (quantity): error E012: 'much' is not a number",
        (":4:3 (quantity): error E052: N-3: its lines give EUR 90,000.00, but needs.csv:4:4 "
         "(quantity) less what is covered leaves EUR 40,000.00")};
    static const char *const commands[][6] = {{"verify", "r", "t"},
                                              {"publish", "r", "t", "out.csv"},
                                              {"pack", "r", "t", "out.csv"},
                                              {"close", "r", "t", "out.csv"}};
    Program p;
    (void)state;
    open_plan(&p);
    program_table(&p, "settings.csv", "key,value\nround,R1\nrelease,all\n");
    program_script(&p, "mkdir t");
    program_put(&p, "t", "assignments.csv",
                "need,offer,quantity\nN-11,O-1,60000\nN-2,O-1,10\nN-3,O-2,90000\nN-3,O-2,100\n"
                "N-5,O-1,much\n");
    for (size_t c = 0; c < COUNT_OF(commands); c++) {
        program_run(&p, commands[c]);
        assert_exit(&p, 1);
        for (size_t i = 0; i < COUNT_OF(said); i++)
            assert_says(&p, said[i]);
        assert_false(program_wrote(&p, "out.csv"));
    }
    ALLOT(&p, "verify", "r", "t");
    assert_prints(&p, "rules broken, stages were not compared\n");
    program_close(&p);
}

/* 60 of 100 are given: 40 are unmet, and the one served has 0.6. What the plan's table of stages says else is said at
 * its cell, as of every other figure; of a plan whose lines were edited it says what was decided, which is no fault. */
static void a_stage_that_says_another_value_than_the_lines_make_is_told(void **state)
{
    Program p;
    (void)state;
    program_open(&p);
    program_script(&p, "rm -rf r; mkdir r");
    program_table(&p, "needs.csv", "id,beneficiary,category,quantity\nN-1,COURT,HW,100\n");
    program_table(&p, "offers.csv", "id,donor,quantity\nO-1,DE,60\n");
    ALLOT(&p, "solve", "r", "--tables", "t", "-o", "p.xlsx", "-q");
    assert_exit(&p, 0);
    ALLOT(&p, "verify", "r", "t");
    assert_string_equal(p.run.err, "");
    program_script(&p, "cp -r t u; sed -i -e 's/^tier 1,min,40,/tier 1,min,30,/' -e "
                       "'s/^fairness 1.1,max,0.6,0.6,0,/fairness 1.1,max,0.6,0.6,0.25,/' "
                       "u/stages.csv");
    ALLOT(&p, "verify", "r", "u");
    assert_exit(&p, 0);
    assert_string_equal(p.run.err,
                        "u/stages.csv:2:3 (value): warning W055: 30 is written; the plan's lines "
                        "make it EUR 40.00 (tier 1, unmet)\n"
                        "u/stages.csv:3:5 (gap): warning W055: 0.25 is written; value and bound "
                        "make it 0 (fairness in tier 1, the worst-served beneficiary)\n");
    /* what has reached its bound is optimal, whatever stopped the search; only fairness ends after some groups */
    program_script(&p, "rm -r u; cp -r t u; sed -i -e '2s/optimal$/limit/' -e "
                       "'3s/optimal$/partial/' u/stages.csv");
    ALLOT(&p, "verify", "r", "u");
    assert_exit(&p, 0);
    assert_string_equal(p.run.err, "u/stages.csv:2:6 (status): warning W055: limit is written; "
                                   "value and bound make it optimal (tier 1, unmet)\n");
    write_file(p.dir, "edit.py",
               "import openpyxl\n"
               "b = openpyxl.load_workbook('p.xlsx')\n"
               "c = next(c for r in b['Method'].iter_rows() for c in r if c.value == 40)\n"
               "c.value = 30\n"
               "b.save('e.xlsx')\n");
    program_script(&p, "/usr/bin/python3 edit.py");
    assert_exit(&p, 0);
    ALLOT(&p, "verify", "r", "e.xlsx");
    assert_exit(&p, 0);
    assert_says(&p, "!Method:D13 (Value reached): warning W055: 30 is written; the plan's lines "
                    "make it EUR 40.00");
    /* 50 of 100: the price of that edit is said, and once */
    program_script(&p, "sed -i 's/^N-1,O-1,DE,60.00/N-1,O-1,DE,50.00/' t/assignments.csv");
    ALLOT(&p, "verify", "r", "t");
    assert_exit(&p, 0);
    assert_says(&p, "warning W054: tier 1, unmet: EUR 50.00; as decided it was EUR 40.00: the "
                    "price of the change is EUR 10.00 more\n");
    assert_null(strstr(p.run.err, "stages.csv:2:3"));
    program_close(&p);
}

/* A table of the plan, and the round's own folder, in place of the plan: what to name is said. */
/* forge.py: figures written into the place of the Summary's formulas, and a stage that was not proven. */
static const char FORGE[] =
    "import openpyxl, sys\n"
    "b = openpyxl.load_workbook('p.xlsx'); s = b['Summary']\n"
    "def find(text, first=1): return next(c for r in s.iter_rows(min_row=first) for c in r\n"
    "                                     if c.value == text)\n"
    "def put(block, group, heading, value):\n"
    "    top = find(block).row\n"
    "    column = next(c.column for c in s[top] if c.value == heading)\n"
    "    s.cell(find(group, top).row, column).value = value\n"
    "def card(label, value): c = find(label); s.cell(c.row + 1, c.column).value = value\n"
    "def unproven():\n"
    "    c = next(c for r in b['Method'].iter_rows() for c in r if c.value == 'optimal')\n"
    "    c.value = 'limit'; c.offset(0, -2).value = -5\n"
    "exec(sys.argv[1])\n"
    "b.save('e.xlsx')\n";

/* 170,000 are asked, 60,000 of them in tier 1; of tier 2 34,000 are unmet; N-4, alone in the south, is met in part. */
static void a_summary_page_that_says_otherwise_is_told(void **state)
{
    static const struct {
        const char *forge, *says;
    } cases[] = {
        {"put('By tier', 'Tier 2', 'Unmet (EUR)', 3400)",
         "warning W055: '3400' is written; the round and the plan's lines make it '34,000.00' "
         "(Tier 2)"},
        {"put('By tier', 'All needs', 'Asked (EUR)', 170001)",
         "warning W055: '170001' is written; the round and the plan's lines make it '170,000.00' "
         "(All needs)"},
        {"put('By region', 'SOUTH', 'Needs met', 1)",
         "warning W055: '1' is written; the round and the plan's lines make it '0' (SOUTH)"},
        {"card('Unmet (EUR)', 3400)",
         "warning W055: '3400' is written; the round and the plan's lines make it '34,000.00'"},
        {"unproven()", "is written; stages that are not proven: 1 of 7 (sheet Method)"},
    };
    Program p;
    (void)state;
    program_open(&p);
    write_file(p.dir, "forge.py", FORGE);
    ALLOT(&p, "solve", "r", "-o", "p.xlsx", "-q");
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        char script[256];
        snprintf(script, sizeof script, "/usr/bin/python3 forge.py \"%s\"", cases[i].forge);
        program_script(&p, script);
        assert_exit(&p, 0);
        ALLOT(&p, "verify", "r", "e.xlsx");
        assert_says(&p, "e.xlsx!Summary:");
        assert_says(&p, cases[i].says);
    }
    /* the figures that are right are not found fault with, nor are formulas without a result */
    program_script(&p, "/usr/bin/python3 forge.py \"card('Unmet (EUR)', 34000)\" && "
                       "$ALLOT verify r e.xlsx; $ALLOT verify r p.xlsx");
    assert_exit(&p, 0);
    assert_null(strstr(p.run.err, "W055"));
    program_close(&p);
}

static void what_is_no_plan_is_told_from_one(void **state)
{
    Program p;
    (void)state;
    program_open(&p);
    ALLOT(&p, "solve", "r", "--tables", "t", "-q");
    ALLOT(&p, "verify", "r", "t/assignments.csv");
    assert_exit(&p, 1);
    assert_says(&p, "t/assignments.csv: error E050: a plan is a workbook, or a folder of tables; "
                    "name the folder that this file lies in");
    assert_null(strstr(p.run.err, "E060"));
    ALLOT(&p, "verify", "r", "r");
    assert_exit(&p, 5);
    assert_says(&p, "r/assignments.csv: error E001: the folder holds no assignments.csv, where a "
                    "plan's lines stand");
    program_close(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_edit_of_the_workbook_names_its_cell_and_the_row_it_breaks),
        cmocka_unit_test(a_plan_of_another_round_is_said_to_be_one_before_what_it_breaks),
        cmocka_unit_test(a_plan_that_still_fits_its_changed_round_passes),
        cmocka_unit_test(what_cannot_be_read_hides_nothing_of_the_rest),
        cmocka_unit_test(a_stage_that_says_another_value_than_the_lines_make_is_told),
        cmocka_unit_test(a_summary_page_that_says_otherwise_is_told),
        cmocka_unit_test(what_is_no_plan_is_told_from_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
