/* What is told apart where it was not: an offer that earlier rounds have emptied from one of zero, the same
 * amount from others, a donor's own other offer from other donors, cash from things, a beneficiary from an
 * unknown name. Every figure is worked out in the head, each round beside its test.
 */
#include "tests/support/program.h"

#include <stdlib.h>
#include <string.h>

static void assert_silent(const Program *p, const char *text)
{
    if (strstr(p->run.out, text) != NULL)
        fail_msg("printed \"%s\":\n%s", text, p->run.out);
}

/* ---- an offer that earlier rounds have emptied ------------------------------------------------- */

/* R1 gives N-1 all of O-1's 30 and of O-2's 10, and EE's budget of 20 by O-3. In R2 N-1 asks for 100, of
 * which 60 are covered by that: nothing is left for the other 40. O-2 has lapsed with R1. */
static void an_offer_that_earlier_rounds_emptied_is_not_one_of_zero(void **state)
{
    Program p;
    (void)state;
    program_open(&p);
    program_table(&p, "needs.csv", "id,category,quantity\nN-1,HW,60\n");
    program_table(&p, "offers.csv",
                  "id,donor,quantity,lapses\nO-1,DE,30,\nO-2,DE,10,2026-03-31\nO-3,EE,90,\n");
    program_table(&p, "donors.csv", "id,name,budget\nDE,Germany,\nEE,Estonia,20\n");
    program_table(&p, "settings.csv", "key,value\nround,R1\nstart,2026-01-01\nend,2026-03-31\n");
    ALLOT(&p, "solve", "r", "--tables", "p1", "--explain", "none", "-q");
    ALLOT(&p, "close", "r", "p1", "l.csv", "-q");
    assert_exit(&p, 0);
    program_table(&p, "needs.csv", "id,category,quantity\nN-1,HW,100\n");
    program_table(&p, "settings.csv", "key,value\nround,R2\nstart,2026-04-01\nend,2026-06-30\n");
    ALLOT(&p, "explain", "r", "N-1", "--ledger", "l.csv", "-q");
    assert_exit(&p, 0);
    assert_prints(&p,
                  "earlier rounds committed all of the budget of Estonia, EUR 20.00 (donors EE, "
                  "budget)");
    assert_silent(&p, "EUR 0.00");
    program_table(&p, "offers.csv",
                  "id,donor,quantity,lapses,category\nO-1,DE,30,,HW\nO-2,DE,10,2026-03-31,HW\n"
                  "O-3,EE,90,,TRN\n");
    ALLOT(&p, "explain", "r", "N-1", "--ledger", "l.csv", "-q");
    assert_prints(&p,
                  "earlier rounds committed all of EUR 30.00 of Germany (offers O-1, quantity)");
    assert_silent(&p, "EUR 0.00");
    ALLOT(&p, "explain", "r", "O-2", "--ledger", "l.csv", "-q");
    assert_prints(&p,
                  "Offer O-2 of Germany (DE): EUR 10.00, committed. By the ledger earlier rounds "
                  "committed all of it: nothing of it is left for this one.");
    assert_silent(&p, "All of it is used.");
    assert_silent(&p, "EUR 0.00");
    assert_silent(&p, "It lapsed before the round began");
    program_close(&p);
}

/* R1 gives N-1 all of O-1's 30, in lines of 10 at least; R2 asks for 100. Where nothing is left of O-1
 * nothing is said of its ticket, nor of rules that leave nothing. Once 4 are cancelled these are left, and
 * they are below the ticket. */
static void what_earlier_rounds_used_up_is_no_rules_doing(void **state)
{
    Program p;
    (void)state;
    program_open(&p);
    program_table(&p, "needs.csv", "id,category,quantity\nN-1,HW,30\n");
    program_table(&p, "offers.csv", "id,donor,quantity,min_ticket\nO-1,DE,30,10\n");
    program_table(&p, "settings.csv", "key,value\nround,R1\nend,2026-03-31\n");
    ALLOT(&p, "solve", "r", "--tables", "p1", "--explain", "none", "-q");
    ALLOT(&p, "close", "r", "p1", "l.csv", "-q");
    assert_exit(&p, 0);
    program_table(&p, "needs.csv", "id,category,quantity\nN-1,HW,100\n");
    program_table(&p, "settings.csv", "key,value\nround,R2\nend,2026-06-30\n");
    program_script(&p, "$ALLOT solve r --ledger l.csv --tables p2 --explain none 2>&1");
    assert_exit(&p, 0);
    assert_prints(&p, "0 of 1 needs met, 1 in part; 0 assignments from 1 offer; optimal\n");
    assert_silent(&p, "warning");
    write_file(p.dir, "e.csv",
               "event,need,offer,quantity,date\ncancellation,N-1,O-1,4,2026-04-01\n");
    ALLOT(&p, "record", "l.csv", "e.csv", "-q");
    program_script(&p, "$ALLOT solve r --ledger l.csv --tables p3 --explain none 2>&1");
    assert_prints(&p, "(min_ticket): warning W121: 'O-1' asks for at least EUR 10.00 at once, and "
                      "earlier rounds have left no more than EUR 4.00, so that nothing more is "
                      "given under it; lower it if that is to be used, too\n");
    program_close(&p);
}

/* Of O-1's 90 the first round takes 30, the second 60: in all papers the whole is one thing, what is open to
 * this round another. Without a ledger there is one figure. */
static void the_whole_of_an_offer_is_told_from_what_is_open_to_this_round(void **state)
{
    static const char LOOK[] =
        "/usr/bin/python3 - $1 <<'EOF'\n"
        "import openpyxl, sys\n"
        "for book, sheet, head in (('donor-DE', 'Capacity', 'Offer'), ('coordination', 'Decision', "
        "'Donor'), ('coordination', 'Summary', 'By donor')):\n"
        "    rows = [[c.value for c in r if c.value is not None] for r in "
        "openpyxl.load_workbook(sys.argv[1] + '/' + book + '.xlsx')[sheet].iter_rows()]\n"
        "    at = [r[0] if r else '' for r in rows].index(head)\n"
        "    print([h for h in rows[at] if 'ffer' in h or 'round' in h][1 if head != 'By donor' "
        "else "
        "0:], [v for v in rows[at + 1] if isinstance(v, (int, float))][:4])\n"
        "EOF\n";
    Program p;
    (void)state;
    program_open(&p);
    program_table(&p, "needs.csv", "id,category,quantity\nN-1,HW,30\n");
    program_table(&p, "offers.csv", "id,donor,quantity\nO-1,DE,90\n");
    program_table(&p, "settings.csv", "key,value\nround,R1\nend,2026-03-31\n");
    program_script(&p, "set -e; $ALLOT solve r --tables p1 --explain none -q; "
                       "$ALLOT pack r p1 a -q; $ALLOT close r p1 l.csv -q");
    assert_exit(&p, 0);
    write_file(p.dir, "look.sh", LOOK);
    program_script(&p, "sh look.sh a");
    assert_string_equal(p.run.out, "['Offered'] [90, 30, 60, 0.3333333333333333]\n"
                                   "['Cash offered (EUR)'] [90, 30, 0, 60]\n"
                                   "['Cash offered (EUR)', 'Offers'] [1, 1]\n");
    program_table(&p, "needs.csv", "id,category,quantity\nN-1,HW,100\n");
    program_table(&p, "settings.csv", "key,value\nround,R2\nend,2026-06-30\n");
    program_script(&p, "set -e; $ALLOT solve r --ledger l.csv --tables p2 --explain none -q; "
                       "$ALLOT pack r p2 b --ledger l.csv -q; sh look.sh b");
    assert_string_equal(p.run.out, "['Whole offer', 'Committed in earlier rounds', 'Open to this "
                                   "round'] [90, 30, 60, 60]\n"
                                   "['Cash committed in earlier rounds (EUR)', 'Cash open to this "
                                   "round (EUR)'] [30, 60, 60, 0]\n"
                                   "['Cash open to this round (EUR)', 'Offers'] [1, 1]\n");
    program_close(&p);
}

/* R1 gives B1 and B2 of DE's O-1, R2 gives nothing: the letter calls both by their names all the same, as it does
 * where it gives them something. */
static void beneficiaries_of_earlier_rounds_are_called_by_their_names(void **state)
{
    Program p;
    (void)state;
    program_open(&p);
    program_table(&p, "needs.csv",
                  "id,beneficiary,category,quantity\nN-1,B1,HW,30\nN-2,B2,HW,20\n");
    program_table(&p, "beneficiaries.csv", "id,name\nB1,Hospital\nB2,Court\n");
    program_table(&p, "offers.csv", "id,donor,quantity\nO-1,DE,50\n");
    program_table(&p, "settings.csv", "key,value\nround,R1\nend,2026-03-31\n");
    program_script(&p, "set -e; $ALLOT solve r --tables p1 --explain none -q; "
                       "$ALLOT close r p1 l.csv -q");
    program_table(&p, "settings.csv", "key,value\nround,R2\nend,2026-06-30\n");
    program_script(&p, "set -e; $ALLOT solve r --ledger l.csv --tables p2 --explain none -q; "
                       "$ALLOT pack r p2 b --ledger l.csv -q; cat b/donor-DE.txt");
    assert_exit(&p, 0);
    assert_prints(&p, "- EUR 30.00 from O-1 to need N-1 (for Hospital (B1)); ");
    assert_prints(&p, "- EUR 20.00 from O-1 to need N-2 (for Court (B2)); ");
    program_close(&p);
}

/* ---- alternatives ------------------------------------------------------------------------------ */

/* O-1's 80 meet N2 in tier 1, which stands for the mark: 1 of the 2 needs that count is met, and N3 alone
 * stays unmet. */
static void alternatives_that_are_not_chosen_are_in_no_count_of_needs(void **state)
{
    Program p;
    (void)state;
    program_open(&p);
    program_table(&p, "needs.csv",
                  "id,category,quantity,alternative,priority\n"
                  "N1,HW,100,A,1\nN2,HW,80,A,1\nN3,HW,50,,2\n");
    program_table(&p, "offers.csv", "id,donor,quantity\nO-1,DE,80\n");
    ALLOT(&p, "solve", "r", "--tables", "t", "-o", "p.xlsx");
    assert_exit(&p, 0);
    assert_prints(&p, "1 of 2 needs met, 0 in part; 1 assignment from 1 offer; optimal\n");
    program_script(&p, "unzip -p p.xlsx | grep -o 'Why [0-9]* needs* stays* unmet'");
    assert_string_equal(p.run.out, "Why 1 need stays unmet\n");
    ALLOT(&p, "compare", "t", "t");
    assert_prints(&p, ": 1 of 2 needs met, EUR 80.00 assigned, 50.00 unmet\n");
    program_close(&p);
}

/* ---- the plan before --------------------------------------------------------------------------- */

/* N-1 asks for 100, and both offers hold 50: it has all of both. Before it had 60 and 40 of them, in the
 * second turn what it has now. */
static void the_same_amount_from_other_offers_is_a_change(void **state)
{
    Program p;
    (void)state;
    program_open(&p);
    program_table(&p, "needs.csv", "id,beneficiary,category,quantity\nN-1,B1,HW,100\n");
    program_table(&p, "offers.csv",
                  "id,donor,quantity,status\nO-1,DE,50,committed\nO-2,US,50,pledged\n");
    program_table(&p, "settings.csv", "key,value\nplan_on,pledged\n");
    program_script(&p, "mkdir before same");
    program_put(&p, "before", "assignments.csv", "need,offer,quantity\nN-1,O-1,60\nN-1,O-2,40\n");
    program_put(&p, "same", "assignments.csv", "need,offer,quantity\nN-1,O-1,50\nN-1,O-2,50\n");
    ALLOT(&p, "solve", "r", "--previous", "before", "--tables", "t", "-q");
    ALLOT(&p, "pack", "r", "t", "p", "--previous", "before", "-q");
    assert_exit(&p, 0);
    assert_file_holds(
        &p, "p/beneficiary-B1.txt",
        "- N-1 gets EUR 100.00, as much as in the plan before; the offers that it comes from, "
        "or their parts, have changed. What rests on pledges: EUR 50.00; in the plan before: "
        "EUR 40.00.\n");
    ALLOT(&p, "solve", "r", "--previous", "same", "--tables", "t2", "-q");
    ALLOT(&p, "pack", "r", "t2", "p2", "--previous", "same", "-q");
    assert_exit(&p, 0);
    assert_file_holds(&p, "p2/beneficiary-B1.txt",
                      "What you get has not changed since the plan before.");
    program_close(&p);
}

/* DE declines 60 for N-1 from O-1; of its O-2 20 and of FR's O-3 10 stand in, so that 30 are unmet. Without
 * O-3 DE alone does, and 40 are unmet. */
static void who_stands_in_by_another_offer_of_its_own_is_no_other(void **state)
{
    Program p;
    (void)state;
    program_open(&p);
    program_table(&p, "needs.csv", "id,category,quantity\nN-1,HW,60\n");
    program_table(&p, "offers.csv", "id,donor,quantity\nO-1,DE,60\nO-2,DE,20\nO-3,FR,10\n");
    program_script(&p, "mkdir a before");
    program_put(&p, "before", "assignments.csv", "need,offer,quantity\nN-1,O-1,60\n");
    program_put(&p, "a", "x.csv",
                "need,offer,quantity,decision,agreed,other_need,comment\nN-1,O-1,60,decline,,,\n");
    ALLOT(&p, "solve", "r", "--answers", "a", "--previous", "before", "--tables", "t", "-q");
    assert_exit(&p, 0);
    assert_file_holds(
        &p, "t/answers.csv",
        "DE gives N-1 EUR 20.00 more from another offer, others EUR 10.00; EUR 30.00 of it "
        "is unmet.");
    program_table(&p, "offers.csv", "id,donor,quantity\nO-1,DE,60\nO-2,DE,20\n");
    ALLOT(&p, "solve", "r", "--answers", "a", "--previous", "before", "--tables", "u", "-q");
    assert_exit(&p, 0);
    assert_file_holds(&p, "u/answers.csv",
                      "DE gives N-1 EUR 20.00 more from another offer; EUR 40.00 of it is unmet.");
    assert_file_lacks(&p, "u/answers.csv", "Others give");
    program_close(&p);
}

/* ---- what is asked of explain ------------------------------------------------------------------ */

/* PL gives 100 in cash, and 2 days that cost 50 each. */
static void cash_and_things_are_never_added(void **state)
{
    Program p;
    (void)state;
    program_open(&p);
    program_table(&p, "needs.csv",
                  "id,beneficiary,category,quantity,unit,unit_cost\nN-1,B1,HW,100,EUR,\n"
                  "N-2,B1,PEN,2,day,50\n");
    program_table(&p, "offers.csv",
                  "id,donor,quantity,unit,category\nO-1,PL,100,EUR,HW\nO-2,PL,2,day,PEN\n");
    ALLOT(&p, "explain", "r", "PL", "-q");
    assert_exit(&p, 0);
    assert_prints(&p, "It gives EUR 100.00 in 1 line and things worth EUR 100.00 in 1 line, to 2 "
                      "needs.");
    assert_prints(&p, "Its lines: forced, so that no plan that is as good has them otherwise: 2; "
                      "free: 0.");
    ALLOT(&p, "explain", "r", "B1", "-q");
    assert_exit(&p, 1);
    assert_says(&p, "'B1' is a beneficiary: ask about one of its needs: N-1, N-2");
    program_table(&p, "needs.csv",
                  "id,beneficiary,category,quantity\nN-1,B1,HW,1\nN-2,B1,HW,1\n"
                  "N-3,B1,HW,1\nN-4,B1,HW,1\nN-5,B1,HW,1\nN-6,B1,HW,1\n");
    ALLOT(&p, "explain", "r", "B1", "-q");
    assert_says(&p, "ask about one of its needs: N-1, N-2, N-3, N-4, N-5, ...");
    program_close(&p);
}

/* A euro more pays 1/1500 of a seat for N-1, which frees as much of EE's for N-2: 1/12000 of its 8 seats,
 * so that 1,000 bring 1/12 of it. EE's 12 seats and DE's one make 13: N-1 has 12 and N-2 has 1, and 7 * 1,500
 * more than the 1,500 are of use. */
static void what_one_more_brings_is_said_of_an_amount_that_can_be_read(void **state)
{
    Program p;
    (void)state;
    program_open(&p);
    program_table(&p, "needs.csv",
                  "id,category,quantity,unit,unit_cost,priority\nN-1,TRN,12,seat,1500,1\n"
                  "N-2,TRN,8,seat,,2\n");
    program_table(&p, "offers.csv", "id,donor,quantity,unit\nO-1,EE,12,seat\nO-2,DE,1500,EUR\n");
    ALLOT(&p, "explain", "r", "O-2", "-q");
    assert_exit(&p, 0);
    assert_prints(&p, "- EUR 1,000.00 more brings 0.0833333 of a need (tier 2, needs without money "
                      "value), up to EUR 12,000.00.\n"
                      "- EUR 1,000.00 less costs 0.0833333 of a need (tier 2, needs without money "
                      "value), down to EUR 0.00.\n");
    ALLOT(&p, "solve", "r", "-o", "w.xlsx", "-q");
    assert_exit(&p, 0);
    program_script(&p, "/usr/bin/python3 -c \"import openpyxl\n"
                       "for r in openpyxl.load_workbook('w.xlsx')['Worth'].iter_rows():\n"
                       "    if r[0].value == 'O-2': print(r[4].number_format.split(';')[0])\"");
    assert_string_equal(p.run.out, "#,##0.000000\n");
    program_close(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_offer_that_earlier_rounds_emptied_is_not_one_of_zero),
        cmocka_unit_test(what_earlier_rounds_used_up_is_no_rules_doing),
        cmocka_unit_test(the_whole_of_an_offer_is_told_from_what_is_open_to_this_round),
        cmocka_unit_test(beneficiaries_of_earlier_rounds_are_called_by_their_names),
        cmocka_unit_test(alternatives_that_are_not_chosen_are_in_no_count_of_needs),
        cmocka_unit_test(the_same_amount_from_other_offers_is_a_change),
        cmocka_unit_test(who_stands_in_by_another_offer_of_its_own_is_no_other),
        cmocka_unit_test(cash_and_things_are_never_added),
        cmocka_unit_test(what_one_more_brings_is_said_of_an_amount_that_can_be_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
