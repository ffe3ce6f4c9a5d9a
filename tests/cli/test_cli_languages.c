/* The program in Ukrainian and Polish: no text without translation, workbooks that are read back in any
 * language, answers chosen in a workbook's own words, and files for programs that are the same in all.
 * The round is samples/one-round.
 */
#include "tests/support/program.h"

#include <string.h>

/* answer.py BOOK NEED OFFER CHOICE [AMOUNT]: what a person does who reads the sheet and not its language:
 * the sheet with a list to choose from, the CHOICE-th word of that list, the cell behind it. */
static const char ANSWER[] =
    "import openpyxl, sys\n"
    "book = openpyxl.load_workbook(sys.argv[1]); sheet = book.worksheets[0]\n"
    "lists = [v for v in sheet.data_validations.dataValidation if v.type == 'list']\n"
    "assert len(lists) == 1, lists\n"
    "words = lists[0].formula1.strip('\"').split(','); assert len(words) == 4, words\n"
    "at = list(lists[0].sqref.ranges)[0].min_col\n"
    "for row in sheet.iter_rows():\n"
    "    texts = [c.value for c in row]\n"
    "    if sys.argv[2] in texts and sys.argv[3] in texts:\n"
    "        sheet.cell(row[0].row, at).value = words[int(sys.argv[4]) - 1]\n"
    "        if len(sys.argv) > 5: sheet.cell(row[0].row, at + 1).value = float(sys.argv[5])\n"
    "        break\n"
    "else: raise SystemExit('no such line')\n"
    "book.save(sys.argv[1])\n";

/* look.py BOOK...: sheets and headings that a spreadsheet program would not take, or that say which column of
 * theirs is doubled. */
static const char LOOK[] =
    "import openpyxl, sys\n"
    "for path in sys.argv[1:]:\n"
    "    for sheet in openpyxl.load_workbook(path):\n"
    "        assert 0 < len(sheet.title) <= 31, sheet.title\n"
    "        for table in sheet.tables.values():\n"
    "            heads = [c.name for c in table.tableColumns]\n"
    "            assert len({h.lower() for h in heads}) == len(heads), heads\n"
    "            assert not [h for h in heads if h.startswith('input_')], (path, sheet.title, "
    "heads)\n";

static Program program;

static int open_program(void **state)
{
    (void)state;
    program_open(&program);
    write_file(program.dir, "answer.py", ANSWER);
    write_file(program.dir, "look.py", LOOK);
    return 0;
}

static int close_program(void **state)
{
    program_close(&program);
    return no_arena_is_left(state);
}

/* ---- catalogs -------------------------------------------------------------------------------- */

static void every_text_of_the_source_is_translated(void **state)
{
    (void)state;
    program_script(&program, "pot=$PWD/allot.pot; cd $TOP && sh io/languages/extract.sh $pot && "
                             "for c in io/languages/*.po; do msgfmt --check -o /dev/null $c && "
                             "msgcmp $c $pot || exit 1; done");
    if (program.run.exit_code != 0)
        fail_msg("%s\nmake languages; then translate what is new", program.run.err);
}

/** Every sentence is in a catalog or in the list of what needs none, with its reason; every heading of a
 *  column is in a catalog. */
static void no_sentence_of_the_source_stands_unmarked(void **state)
{
    (void)state;
    program_script(&program, "pot=$PWD/marked.pot; cd $TOP && sh io/languages/extract.sh $pot && "
                             "/usr/bin/python3 tests/tools/unmarked.py $pot");
    if (program.run.exit_code != 0)
        fail_msg("%s%s\nmark them by _() or N_()", program.run.out, program.run.err);
}

/* A catalog in which every text of the source begins with a sign: what comes without it was not looked up. It
 * lies beside a copy of the program. Alternatives and deadlines make a title that is kept back, and a
 * column that few rounds have. */
static void every_text_is_looked_up_where_it_is_said(void **state)
{
    static const char *const SIGNED[] = {
        "allot: \xC2\xA7\xC2\xA7there is no command 'solv'; did you mean 'solve'?",
        "allot: \xC2\xA7\xC2\xA7there is no option '--bogus'",
        "compare, pack, scenarios\xC2\xA7 and stress",
        "\xC2\xA7"
        "a number from 0 to 1",
        "\xC2\xA7"
        "a whole number from 1 to ",
        "\xC2\xA7"
        "a date: write 2026-04-01 or 01.04.2026",
        "\xC2\xA7"
        "an ISO 4217 code: write EUR, USD, ...",
        "\xC2\xA7"
        "a list of stages: write any of ",
        "\xC2\xA7no round is given",
        "\xC2\xA7solve needs ROUND, not ''",
        ">\xC2\xA7[restricted]<",
        ">\xC2\xA7[restricted] Sensors<",
        ">\xC2\xA7"
        "Deadline<",
    };
    Program *p = &program;
    (void)state;
    program_put(p, "z", "needs.csv",
                "id,title,beneficiary,category,quantity,deadline,sensitivity\n"
                "N-1,Sensors,B1,HW,100,2026-09-01,restricted\n");
    program_put(p, "z", "offers.csv", "id,donor,quantity,unit\nO-1,PL,80,EUR\n");
    program_script(
        p,
        "set -e; here=$PWD; mkdir -p bin share/locale/uk/LC_MESSAGES; "
        "cp $ALLOT bin/allot; (cd $TOP && sh io/languages/extract.sh $here/all.pot); "
        "msgen --lang=uk all.pot | msgfilter -o uk.po sed -e '1s/^/\xC2\xA7/' 2>/dev/null; "
        "msgfmt -o share/locale/uk/LC_MESSAGES/allot.mo uk.po; a=\"$PWD/bin/allot -n uk\"; "
        "$a solve z -o z.xlsx --tables zt -q; $a pack z z.xlsx zp -q; $a stress z -o zs.xlsx -q; "
        "$a compare zt zt --before z --after z -o zc.xlsx -q; set +e; exec 2>&1; $a solv z; "
        "$a solve z --bogus; $a check z --jobs 2; $a; $a solve ''; "
        "for s in gap=x nodes=x start=x currency=x stages=x; do $a check z --set $s; done; "
        "for f in zp/coordination zp/beneficiary-B1 zs zc; do unzip -p $f.xlsx; done");
    for (size_t i = 0; i < COUNT_OF(SIGNED); i++)
        assert_case(SIGNED[i], strstr(p->run.out, SIGNED[i]) != NULL);
    assert_null(strstr(p->run.out, ">[restricted]"));
}

/* ---- which language -------------------------------------------------------------------------- */

static void the_language_is_asked_for_or_the_locales(void **state)
{
    (void)state;
    program_script(&program,
                   "$ALLOT --lang pl --help | head -n 1; $ALLOT --help -n uk | head -n 1; "
                   "LC_ALL= LANG=pl_PL.UTF-8 $ALLOT --help | head -n 1; "
                   "LC_ALL=uk_UA $ALLOT --help | head -n 1; "
                   "LC_ALL=de_DE.UTF-8 $ALLOT --help | head -n 1; "
                   "LC_ALL=uk_UA $ALLOT --help --lang=en | head -n 1; "
                   "$ALLOT --help -nuk | head -n 1; $ALLOT solve -qhn pl | head -n 1; "
                   "$ALLOT --la pl --help | head -n 1; $ALLOT -h -o --lang pl | head -n 1");
    assert_exit(&program, 0);
    assert_string_equal(program.run.out,
                        "allot: rundy przydziału w ramach Mechanizmu Tallińskiego\n"
                        "allot: раунди розподілу для Талліннського механізму\n"
                        "allot: rundy przydziału w ramach Mechanizmu Tallińskiego\n"
                        "allot: раунди розподілу для Талліннського механізму\n"
                        "allot: allocation rounds for the Tallinn Mechanism\n"
                        "allot: allocation rounds for the Tallinn Mechanism\n"
                        "allot: раунди розподілу для Талліннського механізму\n"
                        "allot: rundy przydziału w ramach Mechanizmu Tallińskiego\n"
                        "allot: rundy przydziału w ramach Mechanizmu Tallińskiego\n"
                        "allot: allocation rounds for the Tallinn Mechanism\n");
}

static void a_language_that_is_none_of_ours_is_refused(void **state)
{
    (void)state;
    ALLOT(&program, "solve", "r", "--lang", "de");
    assert_exit(&program, 2);
    assert_says(&program, "--lang is en, uk or pl, not 'de'");
    ALLOT(&program, "solve", "nowhere", "--lang", "pl");
    assert_exit(&program, 5);
    assert_says(&program, "błąd E001");
}

/* ---- a round in other languages --------------------------------------------------------------- */

/* Two turns of a round, its close and what is published (with close's own warning), all in $1, the second plan in
 * $2. */
#define ROUND_SCRIPT                                                                               \
    "turns() { set -e; r=$TOP/samples/one-round/round; mkdir $1; cd $1; mkdir answers; "           \
    "$ALLOT solve $r -q -n $1 -o p1.xlsx --tables t1; $ALLOT verify $r p1.xlsx -q -n $2; "         \
    "$ALLOT pack $r p1.xlsx pack -q -n $1; cp pack/donor-EE.xlsx pack/donor-FR.xlsx answers; "     \
    "/usr/bin/python3 ../answer.py answers/donor-EE.xlsx N-2 O-3 2 4; "                            \
    "/usr/bin/python3 ../answer.py answers/donor-FR.xlsx N-3 O-4 3; "                              \
    "$ALLOT solve $r -q -n $2 --previous p1.xlsx --answers answers -o p2.xlsx --tables t2; "       \
    "$ALLOT verify $r p2.xlsx -q -n $1 --previous p1.xlsx; "                                       \
    "$ALLOT pack $r p2.xlsx pack2 -q -n $2 --previous p1.xlsx; "                                   \
    "$ALLOT close $r p2.xlsx ledger.csv -q -n $1 --previous p1.xlsx; "                             \
    "$ALLOT publish $r p2.xlsx out.csv -q -n $1 --previous p1.xlsx --set release=all 2>said; "     \
    "$ALLOT stress $r -q -n $1 -o stress.xlsx; $ALLOT scenarios $r --rules -q -n $2 -o "           \
    "rules.xlsx; "                                                                                 \
    "$ALLOT compare p1.xlsx p2.xlsx --before $r --after $r -q -n $1 -o compare.xlsx; "             \
    "/usr/bin/python3 ../look.py *.xlsx pack/*.xlsx pack2/*.xlsx; cd ..; }; "

static void a_round_in_other_languages_comes_to_the_same(void **state)
{
    (void)state;
    program_script(&program, ROUND_SCRIPT
                   "turns en en; turns uk pl; turns pl uk; "
                   "for l in uk pl; do for f in ledger.csv out.csv t1/assignments.csv "
                   "t1/stages.csv t2/assignments.csv t2/stages.csv; do cmp en/$f $l/$f; done; "
                   "for t in en/t2/*.csv; do head -n 1 $t >a; head -n 1 $l/t2/${t##*/} >b; "
                   "cmp a b; done; done; cut -d, -f2,3,5 pl/t2/answers.csv | head -n 3");
    assert_exit(&program, 0);
    assert_string_equal(
        program.run.err,
        "p2.xlsx: warning W171: no donor has answered 5 lines of this plan, which the ledger now "
        "holds as "
        "agreed (PL 1, DE 3, FR 1); ask, or take back what is not agreed with allot record\n"
        "p2.xlsx: попередження W171: рядків цього плану без відповіді донора: 5; журнал тепер "
        "вважає їх "
        "погодженими (PL 1, DE 3, FR 1); запитайте донорів або скасуйте непогоджене за допомогою "
        "allot "
        "record\n"
        "p2.xlsx: ostrzeżenie W171: wierszy tego planu bez odpowiedzi darczyńcy: 5; rejestr uznaje "
        "je teraz "
        "za uzgodnione (PL 1, DE 3, FR 1); proszę zapytać darczyńców lub wycofać to, czego nie "
        "uzgodniono, "
        "poleceniem allot record\n");
    assert_prints(&program, "N-2,O-3,agree less\nN-3,O-4,decline\n");
}

/* Cases, severities and what decided are words of programs; parts are of one sweep whoever decided them. */
static void words_of_programs_are_the_same_in_every_language(void **state)
{
    (void)state;
    program_script(&program,
                   "set -e; mkdir words; cd words; r=$TOP/samples/one-round/round; "
                   "for l in en uk pl; do $ALLOT stress $r -q -n $l --tables $l >/dev/null; "
                   "$ALLOT scenarios $r --rules -q -n $l --tables r$l >/dev/null; "
                   "$ALLOT solve $TOP/samples/tallinn-2026-q1 -q -n $l --explain none --tables s$l "
                   "-o s.xlsx 2>/dev/null; cut -d, -f1,2 s$l/problems.csv >$l.problems; "
                   "grep ^engine s$l/summary.csv >$l.engine; done; "
                   "for l in uk pl; do cmp en/stress.csv $l/stress.csv; diff -r ren r$l; "
                   "cmp en.problems $l.problems; cmp en.engine $l.engine; done; "
                   "$ALLOT stress $r -q -n uk --part 1/2 -o 1; $ALLOT stress $r -q -n pl --part "
                   "2/2 -o 2; $ALLOT merge 1 2 --tables both >/dev/null; "
                   "cmp en/stress.csv both/stress.csv; grep -c '^warning,W' en.problems");
    assert_exit(&program, 0);
    assert_string_equal(program.run.err, "");
}

/* What becomes of a need is a code in tables; people read it in their language. */
static void a_comparison_says_what_becomes_of_needs_in_the_readers_language(void **state)
{
    (void)state;
    program_script(&program, "set -e; mkdir becomes; cd becomes; r=$TOP/samples/one-round/round; "
                             "cp -r $r less; sed -i /^O-2,/d less/offers.csv; "
                             "$ALLOT solve $r -q --explain none -o 1.xlsx; "
                             "$ALLOT solve less -q --explain none -o 2.xlsx 2>/dev/null; "
                             "$ALLOT compare 1.xlsx 2.xlsx --before $r --after less -n pl");
    assert_exit(&program, 0);
    assert_prints(&program, "N-2 (poziom 2): ");
    assert_null(strstr(program.run.out, ": met, "));
    assert_null(strstr(program.run.out, " unmet\n"));
}

/* Where the C library's own words are installed, they come in letters and not spelled in others. */
static void words_of_the_system_come_in_their_letters(void **state)
{
    (void)state;
    ALLOT(&program, "solve", "nowhere", "--lang", "uk");
    assert_exit(&program, 5);
    assert_null(strstr(program.run.err, "Nemaye"));
    assert_null(strchr(program.run.err, '?'));
}

/* What a plan's workbook is called in the one language is known in the other; a sheet that is missing
 * is asked for by its English name. */
static void an_answer_in_no_language_is_refused(void **state)
{
    (void)state;
    program_script(&program,
                   "set -e; r=$TOP/samples/one-round/round; $ALLOT solve $r -q -n uk -o p.xlsx; "
                   "$ALLOT pack $r p.xlsx pack -q -n uk; mkdir odd; cp pack/donor-EE.xlsx odd; "
                   "/usr/bin/python3 answer.py odd/donor-EE.xlsx N-2 O-3 1; "
                   "/usr/bin/python3 - <<'EOF'\n"
                   "import openpyxl\n"
                   "book = openpyxl.load_workbook('odd/donor-EE.xlsx')\n"
                   "for row in book.worksheets[0].iter_rows():\n"
                   "    for cell in row:\n"
                   "        if cell.column == 11 and row[0].value == 'N-2': cell.value = 'quizás'\n"
                   "book.save('odd/donor-EE.xlsx')\n"
                   "EOF\n"
                   "$ALLOT solve $r --previous p.xlsx --answers odd -n en -o q.xlsx || exit 7");
    assert_exit(&program, 7);
    assert_says(&program, "'quizás' is no decision; choose agree, agree less, decline or");
}

/* Formulas look for words that stand in cells: "pledged" as it is written there. */
static void formulas_find_the_words_of_their_language(void **state)
{
    (void)state;
    program_script(&program,
                   "set -e; mkdir -p f; cat >f/needs.csv <<'EOF'\n"
                   "id,category,quantity,unit,unit_cost,priority\n"
                   "N1,HW,100,EUR,,1\nN2,HW,50,EUR,,2\nN3,TRN,10,seat,5,2\nN4,HW,900,EUR,,3\n"
                   "EOF\n"
                   "cat >f/offers.csv <<'EOF'\n"
                   "id,donor,quantity,unit,status,category\n"
                   "O1,DA,80,EUR,pledged,HW\nO2,DA,60,EUR,committed,HW\nO3,DB,6,seat,pledged,TRN\n"
                   "O4,DB,40,EUR,paid,*\n"
                   "EOF\n"
                   "for l in uk pl; do $ALLOT solve f -q -n $l --set plan_on=pledged -o f-$l.xlsx; "
                   "/usr/bin/python3 $TOP/tests/tools/recalc.py f-$l.xlsx; done");
    assert_exit(&program, 0);
}

/* 69.3% was said to Ukrainian readers, and "1 offers" to English ones. */
static void shares_and_counts_follow_the_language(void **state)
{
    (void)state;
    program_script(
        &program, "set -e; mkdir shares; cd shares; r=$TOP/samples/first-steps; "
                  "for l in en uk pl; do $ALLOT scenarios $r --rules -n $l -o s.xlsx 2>/dev/null | "
                  "grep -o '[0-9]*[.,][0-9]%' | sort -u | tr '\\n' ' '; echo; done; "
                  "mkdir one; printf 'id,category,quantity\\nN1,HW,5\\n' >one/needs.csv; "
                  "printf 'id,donor,quantity\\nO1,DE,5\\n' >one/offers.csv; "
                  "$ALLOT solve one -o p.xlsx | head -n 1");
    assert_exit(&program, 0);
    assert_string_equal(
        program.run.out,
        "40.0% 60.0% 75.0% 80.0% \n40,0% 60,0% 75,0% 80,0% \n40,0% 60,0% 75,0% 80,0% "
        "\n1 of 1 needs met, 0 in part; 1 assignment from 1 offer; optimal\n");
}

/* A rate, a grading, a stage beside another: figures in sentences have the reader's comma, and in tables
 * for programs the point. 2 x 80.5 + 1 x 50 = 211, a third of it 70.33. */
static void figures_in_sentences_have_the_readers_decimal_sign(void **state)
{
    Program *p = &program;
    (void)state;
    program_script(p, "rm -rf c d t u");
    program_put(p, "c", "needs.csv",
                "id,category,quantity,score_technical,score_strategic\nN-1,HW,100,80.5,50\n");
    program_put(p, "c", "offers.csv", "id,donor,quantity,unit\nO-1,PL,320,PLN\n");
    program_put(p, "c", "rates.csv", "currency,rate\nPLN,0.25\n");
    program_put(p, "c", "settings.csv",
                "key,value\nscore_technical,2\nscore_strategic,1\ntier_1,70.5\n");
    program_script(p, "cp -r c d; sed -i 's/320/319/' d/offers.csv");
    ALLOT(p, "solve", "c", "-o", "c.xlsx", "--tables", "t", "--lang", "pl", "-q");
    assert_exit(p, 0);
    program_script(p, "unzip -p c.xlsx xl/sharedStrings.xml");
    assert_prints(p, "1 PLN = 0,25 EUR");
    assert_prints(p, "(2 \xC3\x97 80,5 + 1 \xC3\x97 50) / 3 = 70,33");
    assert_file_holds(p, "t/stages.csv", "fairness 2.1,max,0.8,0.8,");
    ALLOT(p, "solve", "d", "--tables", "u", "-q");
    ALLOT(p, "compare", "t", "u", "--lang", "pl");
    assert_prints(p, ": 0,8, ");
    assert_prints(p, " 0,7975\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_text_of_the_source_is_translated),
        cmocka_unit_test(no_sentence_of_the_source_stands_unmarked),
        cmocka_unit_test(every_text_is_looked_up_where_it_is_said),
        cmocka_unit_test(the_language_is_asked_for_or_the_locales),
        cmocka_unit_test(a_language_that_is_none_of_ours_is_refused),
        cmocka_unit_test(a_round_in_other_languages_comes_to_the_same),
        cmocka_unit_test(words_of_programs_are_the_same_in_every_language),
        cmocka_unit_test(a_comparison_says_what_becomes_of_needs_in_the_readers_language),
        cmocka_unit_test(words_of_the_system_come_in_their_letters),
        cmocka_unit_test(an_answer_in_no_language_is_refused),
        cmocka_unit_test(formulas_find_the_words_of_their_language),
        cmocka_unit_test(shares_and_counts_follow_the_language),
        cmocka_unit_test(figures_in_sentences_have_the_readers_decimal_sign),
    };
    return cmocka_run_group_tests(tests, open_program, close_program);
}
