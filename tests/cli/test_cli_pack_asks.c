/* What a donor is asked beyond its lines, in its letter and its workbook: more of what it offers, a larger
 * budget, to do without a term.
 */
#include "tests/support/program.h"

#include <stdlib.h>
#include <string.h>

/** O-2 serves the south alone, where 50,000 of its 80,000 are of use; the north lacks 8,000 and 16,000.
 */
static void a_term_that_stands_in_the_way_is_asked_about_and_its_worth_told_under_totals(
    void **state)
{
    static const char ASKED[] =
        "- Could offer O-2 do without its only_regions (earmark for regions)? More of the round's "
        "needs would then be met.";
    Program p;
    (void)state;
    program_open(&p);
    program_table(&p, "offers.csv",
                  "id,donor,quantity,unit,only_regions\nO-1,DONOR-A,96000,EUR,\n"
                  "O-2,DONOR-B,80000,EUR,SOUTH\n");
    program_script(&p, "$ALLOT solve r --tables t -q && $ALLOT pack r t own -q && "
                       "$ALLOT pack r t totals -q --set release=totals");
    assert_exit(&p, 0);
    char *own = program_read(&p, "own/donor-DONOR-B.txt");
    char *totals = program_read(&p, "totals/donor-DONOR-B.txt");
    char *line = strstr(own, ASKED);
    assert_non_null(line);
    assert_int_equal(line[strlen(ASKED)], '\n');
    line = strstr(totals, ASKED);
    assert_non_null(line);
    assert_int_equal(strncmp(line + strlen(ASKED), " Worth: EUR 24,000.00.\n", 23), 0);
    free(own);
    free(totals);
    program_close(&p);
}

/** N-1 lacks 20,000 of 30,000 between 10 February and 31 March: O-2 lapsed in January, O-3 comes in April, O-4 ended
 *  on 1 February. A date is not done without, it is moved. */
static void a_date_is_asked_to_move(void **state)
{
    static const struct {
        const char *letter, *asks;
    } DONORS[] = {
        {"k/donor-B.txt", "- Could offer O-2 lapse later? More of the round's needs would"},
        {"k/donor-C.txt", "- Could offer O-3 be there earlier? More of the round's needs would"},
        {"k/donor-D.txt", "- Could offer O-4 be there longer? More of the round's needs would"},
    };
    Program p;
    (void)state;
    program_open(&p);
    program_script(&p, "rm -rf r; mkdir r");
    program_table(&p, "settings.csv", "key,value\nstart,2026-02-01\nend,2026-04-30\n");
    program_table(&p, "needs.csv",
                  "id,category,quantity,unit,earliest,deadline\n"
                  "N-1,HW,30000,EUR,2026-02-10,2026-03-31\n");
    program_table(&p, "offers.csv",
                  "id,donor,quantity,unit,lapses,valid_from,valid_to\nO-1,A,10000,EUR,,,\n"
                  "O-2,B,20000,EUR,2026-01-15,,\nO-3,C,20000,EUR,,2026-04-10,\n"
                  "O-4,D,20000,EUR,,,2026-02-01\n");
    ALLOT(&p, "solve", "r", "--tables", "t", "-q");
    ALLOT(&p, "pack", "r", "t", "k", "-q");
    assert_exit(&p, 0);
    for (size_t i = 0; i < COUNT_OF(DONORS); i++)
        assert_file_holds(&p, DONORS[i].letter, DONORS[i].asks);
    program_close(&p);
}

/** The column Term of the sheet Asked is in words, and in the reader's language: DONOR-B never saw the column
 *  only_regions, and DONOR-A, whose 96,000 are used up, none that is called quantity. */
static void the_sheet_names_a_term_in_the_words_of_its_reader(void **state)
{
    Program p;
    (void)state;
    program_open(&p);
    program_put(&p, ".", "term.py",
                "import openpyxl, sys\n"
                "rows = openpyxl.load_workbook(sys.argv[1]).worksheets[2].values\n"
                "print([r[1] for r in rows if r[0] and str(r[0]).startswith('O-')])\n");
    program_table(&p, "offers.csv",
                  "id,donor,quantity,unit,only_regions\nO-1,DONOR-A,96000,EUR,\n"
                  "O-2,DONOR-B,80000,EUR,SOUTH\n");
    program_script(&p, "$ALLOT solve r --tables t -q && $ALLOT pack r t en -q && "
                       "$ALLOT pack r t pl -q --lang pl && "
                       "for f in en/donor-DONOR-A en/donor-DONOR-B pl/donor-DONOR-B; do "
                       "/usr/bin/python3 term.py $f.xlsx; done");
    assert_exit(&p, 0);
    assert_prints(&p, "['amount of the offer']\n['earmark for regions']\n"
                      "['przeznaczenie celowe dla regionów']\n");
    program_close(&p);
}

/** N-1 lacks 30,000. O-EE is paid out of O-SE, of which nothing is left: it is Sweden that is asked for more,
 *  not Estonia, whose ceiling of 80,000 is far away. Where the ceiling is reached, too, both are. */
static void who_has_to_give_more_is_asked_for_more(void **state)
{
    static const char ASK[] = "- Could there be more of offer ";
    Program p;
    (void)state;
    program_open(&p);
    program_table(&p, "needs.csv", "id,category,quantity,unit\nN-1,HW,120000,EUR\n");
    program_table(&p, "offers.csv",
                  "id,donor,quantity,unit,parent\nO-SE,SE,90000,EUR,\n"
                  "O-EE,EE,80000,EUR,O-SE\n");
    program_table(&p, "rules.csv", "id,kind,offer\nR-1,forbid,O-SE\n");
    program_script(&p, "sed -i s/90000/70000/ r/offers.csv; "
                       "$ALLOT solve r --tables t -q; $ALLOT pack r t one -q && "
                       "sed -i s/80000/70000/ r/offers.csv && "
                       "$ALLOT solve r --tables t -q; $ALLOT pack r t both -q");
    assert_exit(&p, 0);
    static const char *const files[] = {"one/donor-SE.txt", "one/donor-EE.txt", "both/donor-SE.txt",
                                        "both/donor-EE.txt"};
    static const bool asked[] = {true, false, true, true};
    for (size_t i = 0; i < COUNT_OF(files); i++) {
        char *letter = program_read(&p, files[i]);
        if ((strstr(letter, ASK) != NULL) != asked[i])
            fail_msg("%s:\n%s", files[i], letter);
        free(letter);
    }
    program_close(&p);
}

/** Of O-1 50,000 are left when DE's budget is used up: more of it would be of no use to N-1, more of the
 *  budget would. */
static void a_budget_that_is_used_up_is_what_is_asked_about(void **state)
{
    Program p;
    (void)state;
    program_open(&p);
    program_table(&p, "needs.csv", "id,category,quantity,unit\nN-1,HW,80000,EUR\n");
    program_table(&p, "offers.csv", "id,donor,quantity,unit\nO-1,DE,100000,EUR\n");
    program_table(&p, "donors.csv", "id,budget,currency\nDE,50000,EUR\n");
    program_script(&p, "rm -f r/rules.csv; $ALLOT solve r --tables t -q; $ALLOT pack r t p -q");
    assert_exit(&p, 0);
    char *letter = program_read(&p, "p/donor-DE.txt");
    assert_null(strstr(letter, "Could there be more of offer"));
    assert_non_null(strstr(letter, "- Could the budget of DE over its money offers be higher? More "
                                   "of the round's needs would then be met.\n"));
    free(letter);
    program_close(&p);
}

/** N-1 lacks 100,000 - 30,000 - 50,000 = 20,000. The appeal asks FR for it, whose O-1 comes first; of O-2
 *  50,000 are left behind DE's budget, so that more of the budget would meet it, too. With an O-2 of no
 *  more than the budget it would not. */
static void a_budget_that_would_help_is_asked_about_whoever_the_appeal_asks(void **state)
{
    static const char ASKED[] = "Could the budget of DE over its money offers be higher?";
    static const char NOTHING[] = "none of your terms, taken back alone, would let more be met.";
    Program p;
    (void)state;
    program_open(&p);
    program_table(&p, "needs.csv", "id,category,quantity,unit\nN-1,HW,100000,EUR\n");
    program_table(&p, "offers.csv",
                  "id,donor,quantity,unit\nO-1,FR,30000,EUR\nO-2,DE,100000,EUR\n");
    program_table(&p, "donors.csv", "id,budget,currency\nDE,50000,EUR\n");
    program_script(&p, "set -e; rm -f r/rules.csv; $ALLOT solve r --tables t -q; "
                       "$ALLOT pack r t p -q; unzip -p p/donor-DE.xlsx; cat p/donor-FR.txt");
    assert_exit(&p, 0);
    assert_prints(&p, "Could there be more of offer O-1?");
    assert_prints(&p, ASKED);
    assert_null(strstr(p.run.out, NOTHING));
    char *letter = program_read(&p, "p/donor-DE.txt");
    assert_non_null(strstr(letter, ASKED));
    free(letter);
    program_script(&p, "set -e; sed -i s/100000/50000/ r/offers.csv; $ALLOT solve r --tables t -q; "
                       "$ALLOT pack r t q -q; unzip -p q/donor-DE.xlsx");
    assert_exit(&p, 0);
    assert_null(strstr(p.run.out, ASKED));
    assert_prints(&p, NOTHING);
    program_close(&p);
}

/** N-1 lacks 100,000 - 30,000 - 50,000 = 20,000, which the appeal asks of FR, whose O-1 comes first. More of DE's
 *  O-2 would do as well, and nothing says otherwise in its files: money can be split, so that each unit of it counts. */
static void more_of_an_offer_that_would_help_is_asked_about_whoever_the_appeal_asks(void **state)
{
    Program p;
    (void)state;
    program_open(&p);
    program_table(&p, "needs.csv", "id,category,quantity,unit\nN-1,HW,100000,EUR\n");
    program_table(&p, "offers.csv", "id,donor,quantity,unit\nO-1,FR,30000,EUR\nO-2,DE,50000,EUR\n");
    program_script(&p, "set -e; rm -f r/rules.csv; $ALLOT solve r --tables t -q; "
                       "$ALLOT pack r t p -q; unzip -p p/donor-DE.xlsx; cat p/donor-DE.txt; "
                       "head -2 t/appeal.csv");
    assert_exit(&p, 0);
    assert_prints(&p, "\n1,1,N-1,one,O-1,FR,cash,20000.00,");
    assert_prints(&p, "it would let more of the round");
    assert_prints(&p, "- Could there be more of offer O-2? More of the round's needs would then be "
                      "met.\n");
    assert_null(strstr(p.run.out, "Nothing is asked"));
    program_close(&p);
}

/** The same of seats, which are given in tens: of N-1's 100 seats 20 are missing, which O-1 and O-2 could each
 *  give. O-3's computers are all taken, and N-2 is met: more of them would be of no use. */
static void of_wholes_only_what_is_proven_to_meet_a_need_is_asked_about(void **state)
{
    Program p;
    (void)state;
    program_open(&p);
    program_table(&p, "needs.csv",
                  "id,category,quantity,unit,unit_cost,step\nN-1,TRN,100,seat,10,10\n"
                  "N-2,HW,3,computer,900,\n");
    program_table(&p, "offers.csv",
                  "id,donor,quantity,unit,category\nO-1,FR,30,seat,TRN\nO-2,DE,50,seat,TRN\n"
                  "O-3,EE,3,computer,HW\n");
    program_script(&p, "set -e; rm -f r/rules.csv; $ALLOT solve r --tables t -q; "
                       "$ALLOT pack r t p -q; cat p/donor-DE.txt; unzip -p p/donor-EE.xlsx");
    assert_exit(&p, 0);
    assert_prints(&p, "- Could there be more of offer O-2? More of the round's needs would then be "
                      "met.\n");
    assert_prints(&p, "Nothing is asked beyond that: none of your terms, taken back alone, would");
    program_close(&p);
}

/** A computer of O-2 in place of one that O-1's money pays would leave money to N-2, which lacks 500: more would be
 *  met. That is known of parts of computers alone, so that it is not asked for, and no word says that it would not. */
static void more_that_could_help_is_not_denied(void **state)
{
    Program p;
    (void)state;
    program_open(&p);
    program_table(&p, "needs.csv",
                  "id,category,quantity,unit,unit_cost\nN-1,HW,3,computer,1000\n"
                  "N-2,SW,2500,EUR,\n");
    program_table(&p, "offers.csv",
                  "id,donor,quantity,unit,category\nO-1,FR,4000,EUR,HW;SW\n"
                  "O-2,EE,1,computer,HW\n");
    program_table(&p, "pairs.csv", "need,offer,use\nN-1,O-1,1000\n");
    program_script(&p, "set -e; rm -f r/rules.csv; $ALLOT solve r --tables t -q; "
                       "$ALLOT pack r t p -q; grep -c O-2,quantity t/worths.csv; "
                       "unzip -p p/donor-EE.xlsx");
    assert_exit(&p, 0);
    assert_prints(&p, "Nothing is asked beyond that.<");
    program_close(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(
            a_term_that_stands_in_the_way_is_asked_about_and_its_worth_told_under_totals),
        cmocka_unit_test(a_date_is_asked_to_move),
        cmocka_unit_test(the_sheet_names_a_term_in_the_words_of_its_reader),
        cmocka_unit_test(who_has_to_give_more_is_asked_for_more),
        cmocka_unit_test(a_budget_that_is_used_up_is_what_is_asked_about),
        cmocka_unit_test(a_budget_that_would_help_is_asked_about_whoever_the_appeal_asks),
        cmocka_unit_test(more_of_an_offer_that_would_help_is_asked_about_whoever_the_appeal_asks),
        cmocka_unit_test(of_wholes_only_what_is_proven_to_meet_a_need_is_asked_about),
        cmocka_unit_test(more_that_could_help_is_not_denied),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
