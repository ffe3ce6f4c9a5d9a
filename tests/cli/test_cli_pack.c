/* What each party of a round receives, as files: a donor's workbook with its answers, letters, the folder
 * as a whole. What no file may hold: test_cli_pack_release.c.
 */
#include "tests/support/program.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- the donor's workbook ------------------------------------------------------------------- */

static void a_donor_chooses_its_answers_from_a_list_and_can_change_nothing_else(void **state)
{
    static const char *const PARTS[] = {
        "<sheet name=\"Lines\"",        "name=\"lines\" displayName=\"lines\"",
        "<sheetProtection sheet=\"1\"", "&quot;agree,agree less,decline,propose another need&quot;",
        "<protection locked=\"0\"/>",
    };
    static const char *const HEADINGS[] = {"need",
                                           "offer",
                                           "title",
                                           "beneficiary",
                                           "category",
                                           "tier",
                                           "quantity",
                                           "unit",
                                           "takes of the offer",
                                           "unit of the offer",
                                           "value of the line",
                                           "currency",
                                           "decision",
                                           "agreed",
                                           "other_need",
                                           "comment"};
    Program p;
    (void)state;
    program_open(&p);
    ALLOT(&p, "solve", "r", "--tables", "t", "-q");
    program_script(&p, "$ALLOT pack r t p && unzip -p p/donor-DONOR-A.xlsx");
    assert_exit(&p, 0);
    assert_prints(&p, "p: 2 donors, 4 beneficiaries, coordination.xlsx, internal.xlsx\n");
    for (size_t i = 0; i < COUNT_OF(PARTS); i++) {
        /* in an attribute quotes are escaped, in a text they are not */
        bool found =
            strstr(p.run.out, PARTS[i]) != NULL ||
            (i == 3 && strstr(p.run.out, "\"agree,agree less,decline,propose another need\""));
        assert_case(PARTS[i], found);
    }
    program_script(
        &p, "unzip -p p/donor-DONOR-A.xlsx xl/tables/table1.xml | grep -o 'name=\"[a-z_ ]*\"'");
    const char *at = strchr(p.run.out, '\n'); /* behind the table's own */
    for (size_t i = 0; i < COUNT_OF(HEADINGS); i++) {
        char column[64];
        int length = snprintf(column, sizeof column, "\nname=\"%s\"", HEADINGS[i]);
        assert_case(HEADINGS[i], strncmp(at, column, (size_t)length) == 0);
        at += length;
    }
    program_close(&p);
}

/** Three lines wait for DONOR-A's answer, in four cells each: the rest of its workbook is locked, and the
 *  sheets to read can be filtered. What a beneficiary receives is not locked. */
static void all_but_the_answers_is_locked(void **state)
{
    Program p;
    (void)state;
    program_open(&p);
    ALLOT(&p, "solve", "r", "--tables", "t", "-q");
    program_script(
        &p, "set -e; $ALLOT pack r t p -q; /usr/bin/python3 -c \"import openpyxl\n"
            "for f in ('donor-DONOR-A', 'beneficiary-COURT'):\n"
            "    sheets = list(openpyxl.load_workbook('p/' + f + '.xlsx'))\n"
            "    free = [s.title + '!' + c.coordinate for s in sheets\n"
            "            for r in s.iter_rows() for c in r if not c.protection.locked]\n"
            "    print(len(sheets), [s.title for s in sheets if not s.protection.sheet],\n"
            "          [s.title for s in sheets if not s.protection.autoFilter], len(free),\n"
            "          set(c.split('!')[0] for c in free))\"");
    assert_exit(&p, 0);
    assert_string_equal(p.run.out, "5 [] ['Capacity', 'Asked', 'Needs', 'About'] 12 {'Lines'}\n"
                                   "3 ['Needs', 'Support', 'About'] [] 0 set()\n");
    program_close(&p);
}

static void letters_say_what_the_workbooks_say(void **state)
{
    Program p;
    (void)state;
    program_open(&p);
    ALLOT(&p, "solve", "r", "--tables", "t", "-q");
    ALLOT(&p, "pack", "r", "t", "p", "-q");
    assert_exit(&p, 0);
    char *donor = program_read(&p, "p/donor-DONOR-A.txt");
    assert_non_null(strstr(donor, "To DONOR-A\n"));
    assert_non_null(strstr(donor,
                           "- 6 seat for EUR 12,000.00 from O-1 to need N-2: Training (for COURT)"
                           "; the need is then met in part.\n"));
    assert_non_null(strstr(donor, "It gives EUR 96,000.00 in 3 lines, to 3 needs."));
    free(donor);
    char *court = program_read(&p, "p/beneficiary-COURT.txt");
    assert_non_null(strstr(court, "It gets 6 seat, worth EUR 12,000.00:\n"));
    assert_non_null(strstr(court, "Still unmet: 4 seat, worth EUR 8,000.00."));
    free(court);
    program_close(&p);
}

/** Days stand in a letter as on the sheets: in words, in the reader's language. */
static void letters_write_days_in_words(void **state)
{
    Program p;
    (void)state;
    program_open(&p);
    program_script(&p,
                   "set -e; cp -r $TOP/samples/one-round/round s; $ALLOT solve s --tables t -q; "
                   "$ALLOT pack s t en -q --lang en; $ALLOT pack s t pl -q --lang pl; "
                   "cat en/donor-DE.txt pl/donor-DE.txt");
    assert_exit(&p, 0);
    assert_prints(&p, " From 1 July 2026 to 30 September 2026. ");
    assert_prints(&p, " Od 1 lipca 2026 do 30 września 2026. ");
    program_close(&p);
}

/* For screen readers: a sheet is one table with one row of headings and nothing below it, or says "(none)". */
static void every_sheet_of_a_party_is_one_table(void **state)
{
    Program p;
    (void)state;
    program_open(&p);
    program_script(&p, "set -e; $ALLOT solve r -o plan.xlsx -q; $ALLOT pack r plan.xlsx p -q; "
                       "/usr/bin/python3 -c \"import glob, openpyxl\n"
                       "for f in sorted(glob.glob('p/donor*.xlsx') + glob.glob('p/benef*.xlsx')):\n"
                       "    for s in openpyxl.load_workbook(f):\n"
                       "        t = list(s.tables.values())\n"
                       "        if s.cell(s.max_row, 1).value == '(none)': continue\n"
                       "        assert len(t) == 1 and t[0].headerRowCount == 1, (f, s.title)\n"
                       "        assert t[0].ref.endswith(str(s.max_row)), (f, s.title, s.max_row)\n"
                       "        assert not s.merged_cells.ranges, (f, s.title)\n"
                       "    print('one table a sheet')\" | uniq -c");
    assert_exit(&p, 0);
    assert_prints(&p, "6 one table a sheet\n"); /* two donors, four beneficiaries */
    program_close(&p);
}

/* A reader who is sent to a sheet finds it in the same workbook. */
static void no_text_names_a_sheet_that_its_workbook_lacks(void **state)
{
    Program p;
    (void)state;
    program_open(&p);
    program_script(&p,
                   "set -e; $ALLOT solve r -o plan.xlsx -q; $ALLOT pack r plan.xlsx p -q; "
                   "/usr/bin/python3 -c \"import glob, openpyxl, re\n"
                   "told = set()\n"
                   "for f in sorted(glob.glob('p/*.xlsx')):\n"
                   "    book = openpyxl.load_workbook(f)\n"
                   "    for s in book:\n"
                   "        for row in s.iter_rows(values_only=True):\n"
                   "            for text in row:\n"
                   "                for name in re.findall('sheet ([A-Z][a-z]+)', str(text)):\n"
                   "                    told.add(name)\n"
                   "                    assert any(t.startswith(name) for t in book.sheetnames), "
                   "(f, s.title, text)\n"
                   "print('Reasons' in told and 'Prices' in told)\"");
    assert_exit(&p, 0);
    assert_prints(&p, "True\n");
    program_close(&p);
}

/* ---- the folder ----------------------------------------------------------------------------- */

static void equal_input_gives_equal_packs(void **state)
{
    Program p;
    (void)state;
    program_open(&p);
    program_script(&p, "$ALLOT solve r --tables t -q && $ALLOT pack r t p1 -q && sleep 1 && "
                       "$ALLOT pack r t p2 -q && diff -r p1 p2");
    assert_exit(&p, 0);
    program_close(&p);
}

/* Whoever knows the plan's hash, how it is made, and all lines but one can try amounts of that one until it
 * fits: parties are told a mark instead, into which go the hashes of tables that they have not. */
static void a_partys_files_hold_no_hash_of_the_lines_alone(void **state)
{
    Program p;
    (void)state;
    program_open(&p);
    program_script(
        &p, "set -e; $ALLOT solve r --tables t -q; $ALLOT pack r t p -q; "
            "hash=$(sed -n s/^plan_sha256,//p t/summary.csv); test ${#hash} = 64; "
            "mark=$({ echo $hash; for t in settings rates donors beneficiaries needs offers pairs "
            "commitments rules scenarios previous ledger; do "
            "sed -n s/^sha256_$t,//p t/summary.csv | grep . || echo; done; } | sha256sum | "
            "cut -c1-64); short=$(echo $hash | cut -c1-12); n=0; "
            "for f in p/donor-* p/beneficiary-*; do case $f in "
            "*.xlsx) unzip -p $f > x; grep -q $mark x;; "
            "*) cp $f x; grep -q \"plan $(echo $mark | cut -c1-12)\\.\" x;; esac; "
            "if grep -q $short x; then echo $f tells; fi; n=$((n + 1)); done; echo $n files");
    assert_exit(&p, 0);
    assert_prints(&p,
                  "12 files\n"); /* two donors, four beneficiaries, a workbook and a letter each */
    assert_int_equal(strncmp(p.run.out, "12 files", 8), 0);
    program_close(&p);
}

/** The paper that is signed has the plan's two names, told apart; the sheet Settings has both by their keys. */
static void the_decision_paper_has_the_plans_mark_and_its_hash(void **state)
{
    Program p;
    (void)state;
    program_open(&p);
    program_script(
        &p,
        "set -e; $ALLOT solve r --tables t -q; $ALLOT pack r t p -q; "
        "hash=$(cut -d, -f1,2,4 t/assignments.csv | sha256sum | cut -c1-64); "
        "mark=$(sed -n 's/.*about the plan \\([0-9a-f]*\\)\\..*/\\1/p' p/donor-*.txt | sort -u); "
        "test ${#mark} = 12; for b in coordination internal; do "
        "unzip -p p/$b.xlsx xl/sharedStrings.xml > x; grep -q \">$hash</t>\" x; "
        "grep -q '>plan_sha256</t>' x; grep -q '>plan_mark</t>' x; ! grep -q '>plan</t>' x; "
        "grep -q \">$mark[0-9a-f]*</t>\" x; done; "
        "unzip -p p/coordination.xlsx xl/sharedStrings.xml > x; "
        "grep -q \">$mark[0-9a-f]*: by it the letters and workbooks of this pack name the plan; \" "
        "x; grep -q \">$hash: plan_sha256 of its lines alone, \" x; echo both");
    assert_exit(&p, 0);
    assert_prints(&p, "both\n");
    program_close(&p);
}

/** Its lines alone: the mark is the one of the files that are there, not of the lines alone. */
static void a_plan_without_a_record_is_marked_by_the_round(void **state)
{
    Program p;
    (void)state;
    program_open(&p);
    program_script(&p,
                   "set -e; $ALLOT solve r --tables t -q; mkdir b; cp t/assignments.csv b; "
                   "$ALLOT pack r t p -q; $ALLOT pack r b q -q; "
                   "hash=$(sed -n s/^plan_sha256,//p t/summary.csv); "
                   "alone=$({ echo $hash; for i in 1 2 3 4 5 6 7 8 9 10 11 12; do echo; done; } | "
                   "sha256sum | cut -c1-12); ! grep -q $alone q/donor-*.txt q/beneficiary-*.txt; "
                   "grep -ho 'the plan [0-9a-f]*' p/donor-*.txt | sort -u > 1; "
                   "grep -ho 'the plan [0-9a-f]*' q/donor-*.txt | sort -u > 2; cmp 1 2; wc -l < 2");
    assert_exit(&p, 0);
    assert_prints(&p, "1\n");
    program_close(&p);
}

static void a_plan_that_breaks_a_rule_goes_to_nobody(void **state)
{
    Program p;
    (void)state;
    program_open(&p);
    program_script(&p, "$ALLOT solve r --tables t -q && sed -i 's/^N-1,O-1,DONOR-A,60000.00/"
                       "N-1,O-1,DONOR-A,60001.00/' t/assignments.csv && $ALLOT pack r t p");
    assert_exit(&p, 1);
    assert_false(program_wrote(&p, "p"));
    program_close(&p);
}

static void a_folder_that_holds_anything_is_left_alone(void **state)
{
    Program p;
    (void)state;
    program_open(&p);
    program_script(&p, "$ALLOT solve r --tables t -q && mkdir p && echo agree > p/answer && "
                       "$ALLOT pack r t p");
    assert_exit(&p, 5);
    assert_says(&p, "p: error E042: the folder holds files");
    program_script(&p, "ls -A p");
    assert_string_equal(p.run.out, "answer\n");
    program_close(&p);
}

static void a_file_that_cannot_be_written_takes_the_whole_pack_with_it(void **state)
{
    Program p;
    (void)state;
    program_open(&p);
    program_script(&p, "$ALLOT solve r --tables t -q && trap '' XFSZ && ulimit -f 12 && "
                       "$ALLOT pack r t p");
    assert_exit(&p, 5);
    assert_says(&p, "File too large");
    assert_false(program_wrote(&p, "p"));
    ALLOT(&p, "pack", "r", "t", "missing/p");
    assert_exit(&p, 5);
    program_close(&p);
}

static void ids_make_safe_file_names(void **state)
{
    Program p;
    (void)state;
    program_open(&p);
    program_table(&p, "needs.csv",
                  "id,beneficiary,category,quantity\nN-1,../a b%,HW,10\nN-2,\xD0\xAF,HW,10\n");
    program_script(&p, "$ALLOT solve r --tables t -q && $ALLOT pack r t p -q && ls p");
    assert_exit(&p, 0);
    assert_prints(&p, "beneficiary-.._a_b_.txt\n");
    assert_prints(&p, "beneficiary-\xD0\xAF.xlsx\n");
    program_close(&p);
}

/* Nothing in a workbook that was saved as .csv tells whose it is, but its name. */
static void answers_as_csv_are_known_by_the_name_of_the_donors_workbook(void **state)
{
    Program p;
    (void)state;
    program_open(&p);
    program_table(&p, "needs.csv", "id,category,quantity,unit\nN-1,HW,500,EUR\n");
    program_table(&p, "offers.csv",
                  "id,donor,quantity,unit\nO-1,Ukraine fund/Київ,300,EUR\nO-2,EE,200,EUR\n");
    program_script(&p, "$ALLOT solve r --tables t -q && $ALLOT pack r t p -q && mkdir a && "
                       "test -f p/donor-Ukraine_fund_Київ.xlsx && "
                       "echo 'need,offer,decision' > a/donor-Ukraine_fund_Київ.csv && "
                       "echo 'N-1,O-2,agree' >> a/donor-Ukraine_fund_Київ.csv && "
                       "$ALLOT solve r --previous t --answers a -q");
    assert_exit(&p, 1);
    assert_says(&p, "donor 'Ukraine fund/Київ' answers in this file, but offer 'O-2' is donor "
                    "'EE''s");
    program_script(&p, "mv a/donor-Ukraine_fund_Київ.csv a/donor-EE_1.csv; "
                       "$ALLOT solve r --previous t --answers a -q");
    assert_exit(&p, 1);
    assert_says(&p, "donor-EE_1.csv: error E075: no donor of the round has files called "
                    "'donor-EE_1'; name the file as `allot pack` named");
    program_script(&p,
                   "mv a/donor-EE_1.csv a/estonia.csv; $ALLOT solve r --previous t --answers a -q");
    assert_exit(&p, 0);
    program_close(&p);
}

/* 66 letters of two bytes each: six bytes a letter were more than a disk takes. */
static void long_names_in_any_alphabet_make_short_files_that_differ(void **state)
{
    static const char LONG[] = "МіністерстворозвиткугромадтериторійтаінфраструктуриУкраїниуКиєві-";
    Program p;
    char needs[1024];
    (void)state;
    program_open(&p);
    (void)snprintf(needs, sizeof needs,
                   "id,beneficiary,category,quantity\nN-1,%s1,HW,10\nN-2,%s2,HW,10\n", LONG, LONG);
    program_table(&p, "needs.csv", needs);
    program_script(&p, "$ALLOT solve r --tables t -q && $ALLOT pack r t p -q && ls p");
    assert_exit(&p, 0);
    assert_prints(&p, "beneficiary-Міністерстворозвиткугромадтериторійтаінфраструктур-2.xlsx\n");
    assert_prints(&p, "beneficiary-Міністерстворозвиткугромадтериторійтаінфраструктур.txt\n");
    program_close(&p);
}

static void a_donor_without_a_line_has_headings_and_no_line(void **state)
{
    Program p;
    (void)state;
    program_open(&p);
    program_table(&p, "offers.csv",
                  "id,donor,quantity,unit,only_regions\nO-1,DONOR-A,96000,EUR,\n"
                  "O-2,DONOR-B,40000,EUR,EAST\n");
    program_script(&p, "$ALLOT solve r --tables t -q && $ALLOT pack r t p -q && "
                       "unzip -p p/donor-DONOR-B.xlsx xl/worksheets/sheet1.xml");
    assert_exit(&p, 0);
    assert_prints(&p, "<row r=\"5\""); /* title, round, note, a free row, headings */
    assert_null(strstr(p.run.out, "<row r=\"6\""));
    char *letter = program_read(&p, "p/donor-DONOR-B.txt");
    assert_non_null(
        strstr(letter, "- EUR 40,000.00 of offer O-2. There is no need that it may serve.\n"));
    assert_non_null(strstr(letter, "The plan has no line from your offers: there is nothing to "
                                   "answer."));
    assert_null(strstr(letter, "Please answer"));
    free(letter);
    program_close(&p);
}

/* 1 SEK is 0.1 EUR: of 1,000.06 SEK 0.06 are worth no cent, and nobody can have them. */
static void a_budget_of_which_less_than_a_unit_is_left_is_used_up(void **state)
{
    Program p;
    (void)state;
    program_open(&p);
    program_table(&p, "needs.csv", "id,category,quantity,unit\nN-1,HW,500,EUR\n");
    program_table(&p, "rates.csv", "currency,rate\nSEK,0.1\n");
    program_table(&p, "offers.csv", "id,donor,quantity,unit\nO-1,SE,2000,SEK\n");
    program_table(&p, "donors.csv", "id,budget,currency\nSE,1000.06,SEK\n");
    program_script(&p, "$ALLOT solve r --tables t -q && $ALLOT pack r t p -q && "
                       "unzip -p p/donor-SE.xlsx xl/sharedStrings.xml");
    assert_exit(&p, 0);
    assert_prints(&p, "of which SEK 1,000.00 is used and SEK 0.06 is left");
    assert_prints(&p, ">The budget over the money offers is used up.<");
    program_close(&p);
}

/* What stands above the headings is for people: the answers are found below it all the same. */
static void a_packed_workbook_comes_back_with_its_answers(void **state)
{
    Program p;
    (void)state;
    program_open(&p);
    program_script(&p, "$ALLOT solve r -o plan.xlsx -q && $ALLOT pack r plan.xlsx p -q && mkdir a "
                       "&& cp p/donor-DONOR-A.xlsx p/donor-DONOR-B.xlsx a && "
                       "/usr/bin/python3 -c \"import openpyxl\n"
                       "b = openpyxl.load_workbook('a/donor-DONOR-A.xlsx')\n"
                       "rows = list(b['Lines'].iter_rows())\n"
                       "head = next(r for r in rows if r[0].value == 'need')\n"
                       "at = [c.value for c in head].index('decision')\n"
                       "for r in rows[head[0].row:]:\n"
                       "    r[at].value = 'decline' if r[0].value == 'N-2' else 'agree'\n"
                       "b.save('a/donor-DONOR-A.xlsx')\" && "
                       "$ALLOT solve r --answers a --previous plan.xlsx --tables t -q && "
                       "grep -c ,agree, t/answers.csv && grep ,decline, t/answers.csv");
    assert_exit(&p, 0);
    assert_prints(&p, "2\n");
    assert_prints(&p, ",N-2,O-1,DONOR-A,decline,");
    program_close(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_donor_chooses_its_answers_from_a_list_and_can_change_nothing_else),
        cmocka_unit_test(all_but_the_answers_is_locked),
        cmocka_unit_test(letters_say_what_the_workbooks_say),
        cmocka_unit_test(letters_write_days_in_words),
        cmocka_unit_test(every_sheet_of_a_party_is_one_table),
        cmocka_unit_test(no_text_names_a_sheet_that_its_workbook_lacks),
        cmocka_unit_test(equal_input_gives_equal_packs),
        cmocka_unit_test(a_partys_files_hold_no_hash_of_the_lines_alone),
        cmocka_unit_test(a_plan_without_a_record_is_marked_by_the_round),
        cmocka_unit_test(the_decision_paper_has_the_plans_mark_and_its_hash),
        cmocka_unit_test(a_plan_that_breaks_a_rule_goes_to_nobody),
        cmocka_unit_test(a_folder_that_holds_anything_is_left_alone),
        cmocka_unit_test(a_file_that_cannot_be_written_takes_the_whole_pack_with_it),
        cmocka_unit_test(ids_make_safe_file_names),
        cmocka_unit_test(answers_as_csv_are_known_by_the_name_of_the_donors_workbook),
        cmocka_unit_test(long_names_in_any_alphabet_make_short_files_that_differ),
        cmocka_unit_test(a_donor_without_a_line_has_headings_and_no_line),
        cmocka_unit_test(a_packed_workbook_comes_back_with_its_answers),
        cmocka_unit_test(a_budget_of_which_less_than_a_unit_is_left_is_used_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
