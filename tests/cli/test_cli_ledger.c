/* Three rounds in a row, each started from the ledger of those before: solve, close, record, and on. All
 * figures are worked out by hand.
 *
 * R1, 1 PLN = 0.25 EUR: N-1 takes 4,000 of O-1's 8,000 PLN, N-4 the rest (1,000 EUR) and the pledged 1,000
 * of O-4; N-2 6 of 10 seats at 200 EUR, N-3 40 of 50 licences. In cash 2,000 EUR committed and 1,000
 * pledged, in kind 1,200.
 */
#include "tests/support/program.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char NEEDS[] = "id,title,beneficiary,category,quantity,unit,unit_cost,priority\n"
                            "N-1,Servers,HOSPITAL,HW,1000,EUR,,1\n"
                            "N-2,Seats,COURT,TRN,10,seat,200,1\n"
                            "N-3,Licences,COURT,LIC,50,licence,,1\n"
                            "N-4,Backup,TOWN,BKP,5000,EUR,,2\n";

#define OFFERS_HEAD "id,donor,quantity,unit,category,status,valid_to,lapses\n"
#define OFFERS                                                                                     \
    "O-1,PL,8000,PLN,HW;BKP,committed,,2026-10-31\n"                                               \
    "O-2,EE,6,seat,TRN,committed,2026-12-31,\n"                                                    \
    "O-3,DE,40,licence,LIC,committed,2026-05-31,\n"

static const char OFFERS_1[] = OFFERS_HEAD OFFERS "O-4,FR,1000,EUR,BKP,pledged,,\n";
static const char OFFERS_2[] = OFFERS_HEAD OFFERS
    "O-4,FR,1000,EUR,BKP,committed,,\nO-5,DE,20,licence,LIC,committed,2027-05-31,\n";
static const char OFFERS_3[] = OFFERS_HEAD OFFERS
    "O-4,FR,1000,EUR,BKP,committed,,\nO-5,DE,20,licence,LIC,committed,2027-05-31,\n"
    "O-6,EE,4,seat,TRN,committed,,\n";

static const char ENTRIES_1[] = "event;need;offer;quantity;date;note\n"
                                "delivery;N-2;O-2;4;2026-02-01;first class\n"
                                "payment;N-1;O-1;1000;01.03.2026;\n"
                                "cancellation;N-3;O-3;10;2026-04-02;withdrawn\n";
static const char ENTRIES_2[] = "event,need,offer,quantity,date,note\n"
                                "cancellation,N-4,O-1,500,2026-07-01,\n"
                                "change,N-4,O-4,-100,2026-07-02,cheaper\n"
                                "delivery,N-2,O-2,2,2026-07-03,\n";

enum { ROUND_MOST = 512 };

static void set_round(const Program *p, int number, const char *rate, const char *offers)
{
    static const char *const days[][2] = {
        {"2026-01-01", "2026-03-31"}, {"2026-04-01", "2026-06-30"}, {"2026-07-01", "2026-09-30"}};
    char settings[ROUND_MOST], rates[ROUND_MOST];
    (void)snprintf(settings, sizeof settings,
                   "key,value\nround,R%d\nstart,%s\nend,%s\nplan_on,pledged\n", number,
                   days[number - 1][0], days[number - 1][1]);
    (void)snprintf(rates, sizeof rates, "currency,rate\nPLN,%s\n", rate);
    program_table(p, "settings.csv", settings);
    program_table(p, "rates.csv", rates);
    program_table(p, "needs.csv", NEEDS);
    program_table(p, "offers.csv", offers);
    program_table(p, "donors.csv", "id,share_key\nPL,1\nEE,1\nDE,2\nFR,4\n");
}

/** R1 decided and closed into l.csv. */
static void close_first(Program *p)
{
    program_open(p);
    set_round(p, 1, "0.25", OFFERS_1);
    ALLOT(p, "solve", "r", "--tables", "p1", "--explain", "none", "-q");
    assert_exit(p, 0);
    ALLOT(p, "close", "r", "p1", "l.csv");
    assert_exit(p, 0);
    assert_prints(p, "round R1 closed: 5 commitments\n");
}

/** What happened after R1, and R2 decided into p2, at 1 PLN = 0.24 EUR. */
static void solve_second(Program *p)
{
    close_first(p);
    write_file(p->dir, "e1.csv", ENTRIES_1);
    ALLOT(p, "record", "l.csv", "e1.csv");
    assert_exit(p, 0);
    assert_prints(p, "3 lines recorded\n");
    set_round(p, 2, "0.24", OFFERS_2);
    ALLOT(p, "solve", "r", "--ledger", "l.csv", "--tables", "p2", "-o", "p2.xlsx", "--explain",
          "none", "-q");
    assert_exit(p, 0);
}

/* ---- three rounds --------------------------------------------------------------------------- */

static void a_close_writes_what_was_agreed_and_what_is_left(void **state)
{
    (void)state;
    Program p;
    close_first(&p);
    assert_file_holds(&p, "l.csv",
                      "\n1,R1,2026-03-31,commitment,N-1,O-1,PL,HOSPITAL,HW,1000.00,EUR,4000.00,PLN,"
                      "1000.00,EUR,committed,,,");
    assert_file_holds(&p, "l.csv",
                      "\n2,R1,2026-03-31,commitment,N-2,O-2,EE,COURT,TRN,6,seat,6,seat,1200.00,EUR,"
                      "committed,2026-12-31,,");
    assert_file_holds(
        &p, "l.csv",
        "commitment,N-4,O-4,FR,TOWN,BKP,1000.00,EUR,1000.00,EUR,1000.00,EUR,pledged,,,");
    assert_file_holds(&p, "l.csv", "carried,N-4,,,TOWN,BKP,3000.00,EUR,,,3000.00,EUR,,,unmet,");
    assert_file_holds(&p, "l.csv", "carried,,,,,,,,1.00,PLN,0.25,EUR,,,exchange rate,");
    assert_file_holds(&p, "l.csv", "carried,,,,,,,,,EUR,1000.00,EUR,pledged,,total in cash; ");
    assert_file_holds(&p, "l.csv", "carried,,,,,,,,,EUR,2000.00,EUR,committed,,total in cash; ");
    assert_file_holds(&p, "l.csv", "carried,,,,,,,,,,1200.00,EUR,committed,,total in kind; ");
    program_close(&p);
}

/** The 8,000 PLN are used up and 6 seats given: nothing of them is given twice. Of the 40 licences 10 were
 *  cancelled and are planned anew, 10 more come from O-5. Not paid of N-1 are 750 EUR, now 720; of N-4
 *  all 1,000, now 960. */
static void the_second_round_counts_the_first_once(void **state)
{
    (void)state;
    Program p;
    solve_second(&p);
    assert_file_holds(&p, "p2/assignments.csv",
                      "locked\nN-3,O-3,DE,10,licence,10,licence,,EUR,committed,no\n"
                      "N-3,O-5,DE,10,licence,10,licence,,EUR,committed,no\n");
    assert_file_holds(&p, "p2/needs.csv", "N-4,2,EUR,5000.00,2000.00,0.00,0.00,3000.00,");
    assert_file_holds(&p, "p2/bridge.csv",
                      "last total,,,,,,,1000.00,0.00,2000.00,1200.00,0.00,0.00,EUR");
    assert_file_holds(
        &p, "p2/bridge.csv",
        "cancelled,N-3,O-3,DE,COURT,-10,licence,0.00,0.00,0.00,0.00,0.00,0.00,EUR,withdrawn");
    assert_file_holds(&p, "p2/bridge.csv",
                      "exchange rate,N-1,O-1,PL,HOSPITAL,,EUR,0.00,0.00,-30.00,0.00,");
    assert_file_holds(&p, "p2/bridge.csv",
                      "exchange rate,N-4,O-1,PL,TOWN,,EUR,0.00,0.00,-40.00,0.00,");
    assert_file_holds(&p, "p2/bridge.csv",
                      "basis moved,N-4,O-4,FR,TOWN,-1000.00,EUR,-1000.00,0.00,0.00,");
    assert_file_holds(&p, "p2/bridge.csv",
                      "this total,,,,,,,0.00,0.00,2930.00,1200.00,0.00,0.00,EUR");
    assert_file_holds(&p, "p2/cliff.csv",
                      "2026-05-31,COURT,LIC,licence,40,10,0,0,no,N-3/O-3,no\n" /* its rest */
                      "2026-12-31,COURT,TRN,seat,6,0,0,4,no,N-2/O-2,no\n"
                      "2027-05-31,COURT,LIC,licence,10,0,0,0,no,N-3/O-5,no\n");
    assert_file_holds(&p, "p2/lapsing.csv",
                      "2026-10-31,O-1,PL,PLN,0.00,7000.00,8000.00,1000.00,0.00,no,\n");
    assert_file_holds(
        &p, "p2/cumulative.csv",
        "beneficiary,TOWN,1,0.00,0.00,1960.00,0.00,0.00,0.00,0.00,0.00,0.00,0,3000.00,0.00,"
        "0.395161,,,,EUR,0\n");
    assert_file_holds(
        &p, "p2/cumulative.csv",
        "donor,PL,1,0.00,0.00,1930.00,0.00,0.00,0.00,250.00,0.00,0.00,0,,,,0.658703,1,0.125,"
        "EUR,\n");
    assert_file_holds(&p, "p2/cumulative.csv",
                      "donor,EE,1,0.00,0.00,0.00,1200.00,0.00,0.00,0.00,0.00,800.00,");
    assert_file_holds(&p, "p2/summary.csv", "rows_ledger,18\nhash_ledger,");
    program_close(&p);
}

/** At 0.26: of N-1's 4,000 PLN 3,000 are unpaid, EUR 720 at 0.24, and 780 now; what is paid stays 250. N-4's 480
 *  left of 960 are 520. O-1 has 2,000 PLN, 520 EUR, and O-4 100 EUR left for N-4; O-6 gives 4 seats. */
static void the_third_round_ties_out_over_all_of_them(void **state)
{
    (void)state;
    Program p;
    solve_second(&p);
    ALLOT(&p, "close", "r", "p2.xlsx", "l.csv", "-q");
    assert_exit(&p, 0);
    write_file(p.dir, "e2.csv", ENTRIES_2);
    ALLOT(&p, "record", "l.csv", "e2.csv", "-q");
    assert_exit(&p, 0);
    set_round(&p, 3, "0.26", OFFERS_3);
    ALLOT(&p, "solve", "r", "--ledger", "l.csv", "--tables", "p3", "--explain", "none", "-q");
    assert_exit(&p, 0);
    assert_file_holds(&p, "p3/assignments.csv",
                      "locked\nN-2,O-6,EE,4,seat,4,seat,800.00,EUR,committed,no\n"
                      "N-4,O-1,PL,520.00,EUR,2000.00,PLN,520.00,EUR,committed,no\n"
                      "N-4,O-4,FR,100.00,EUR,100.00,EUR,100.00,EUR,committed,no\n");
    assert_file_holds(&p, "p3/bridge.csv", "last total,,,,,,,0.00,0.00,2930.00,1200.00,");
    assert_file_holds(&p, "p3/bridge.csv",
                      "cancelled,N-4,O-1,PL,TOWN,-500.00,EUR,0.00,0.00,-480.00,");
    assert_file_holds(&p, "p3/bridge.csv",
                      "changed,N-4,O-4,FR,TOWN,-100.00,EUR,0.00,0.00,-100.00,");
    assert_file_holds(&p, "p3/bridge.csv",
                      "exchange rate,N-1,O-1,PL,HOSPITAL,,EUR,0.00,0.00,60.00,");
    assert_file_holds(&p, "p3/bridge.csv", "exchange rate,N-4,O-1,PL,TOWN,,EUR,0.00,0.00,40.00,");
    assert_file_holds(&p, "p3/bridge.csv",
                      "this total,,,,,,,0.00,0.00,3070.00,2000.00,0.00,0.00,EUR");
    ALLOT(&p, "close", "r", "p3", "l.csv", "-q");
    assert_exit(&p, 0);
    assert_file_holds(&p, "l.csv", ",EUR,3070.00,EUR,committed,,total in cash; ");
    program_close(&p);
}

static void a_closed_round_is_decided_again_on_what_was_there_before_it(void **state)
{
    (void)state;
    Program p;
    solve_second(&p);
    ALLOT(&p, "close", "r", "p2", "l.csv", "-q");
    assert_exit(&p, 0);
    ALLOT(&p, "solve", "r", "--ledger", "l.csv", "--tables", "again", "--explain", "none", "-q");
    assert_exit(&p, 0);
    assert_says(&p, "l.csv:20: note N270: round 'R2' is closed already");
    program_script(&p, "for f in assignments needs offers bridge cliff cumulative lapsing; do "
                       "cmp p2/$f.csv again/$f.csv; done");
    assert_exit(&p, 0);
    ALLOT(&p, "verify", "r", "p2", "--ledger", "l.csv");
    assert_exit(&p, 0);
    program_close(&p);
}

static void anybody_can_make_the_hashes_again(void **state)
{
    (void)state;
    Program p;
    close_first(&p);
    program_script(&p, "before='allot ledger 1'; tail -n +2 l.csv | while IFS= read -r line; do "
                       "hash=$(printf '%s%s' \"$before\" \"${line%,*}\" | sha256sum | cut -c1-64); "
                       "test \"$hash\" = \"${line##*,}\" || exit 9; before=$hash; done");
    assert_exit(&p, 0);
    program_close(&p);
}

/* ---- refused -------------------------------------------------------------------------------- */

static void keep_ledger(Program *p)
{
    program_script(p, "cp l.csv kept");
    assert_exit(p, 0);
}

static void assert_untouched(Program *p)
{
    program_script(p, "cmp l.csv kept && test -z \"$(ls -A | grep -E 'new|old')\"");
    assert_exit(p, 0);
}

static void the_same_round_is_not_closed_twice(void **state)
{
    (void)state;
    Program p;
    close_first(&p);
    keep_ledger(&p);
    ALLOT(&p, "close", "r", "p1", "l.csv");
    assert_exit(&p, 1);
    assert_says(&p, "error E071: round 'R1' is closed in l.csv already");
    assert_untouched(&p);
    program_close(&p);
}

static void a_round_without_an_id_is_not_closed(void **state)
{
    (void)state;
    Program p;
    program_open(&p);
    ALLOT(&p, "solve", "r", "--tables", "t", "--explain", "none", "-q");
    ALLOT(&p, "close", "r", "t", "l.csv");
    assert_exit(&p, 1);
    assert_says(&p, "error E071: the round has no id to be closed by; give the setting round");
    assert_false(program_wrote(&p, "l.csv"));
    ALLOT(&p, "close", "r", "t", "l.csv", "--set", "round=R1", "-q");
    assert_exit(&p, 0);
    program_close(&p);
}

static void a_plan_that_breaks_a_rule_is_not_closed(void **state)
{
    (void)state;
    Program p;
    solve_second(&p);
    keep_ledger(&p);
    program_script(&p, "sed -i 's/^N-3,O-5,DE,10/N-3,O-5,DE,11/' p2/assignments.csv");
    ALLOT(&p, "close", "r", "p2", "l.csv");
    assert_exit(&p, 1);
    assert_says(&p, "error E052: N-3: its lines give 21 licence");
    assert_untouched(&p);
    program_close(&p);
}

static void a_plan_made_without_the_ledger_cannot_count_twice(void **state)
{
    (void)state;
    Program p;
    close_first(&p);
    keep_ledger(&p);
    set_round(&p, 2, "0.25", OFFERS_1);
    ALLOT(&p, "solve", "r", "--tables", "p2", "-q");
    ALLOT(&p, "close", "r", "p2", "l.csv");
    assert_exit(&p, 1);
    assert_says(&p, "p2: error E076: the plan was made without a ledger");
    assert_untouched(&p);
    program_close(&p);
}

static void the_same_entries_are_not_recorded_twice(void **state)
{
    (void)state;
    Program p;
    solve_second(&p);
    keep_ledger(&p);
    ALLOT(&p, "record", "l.csv", "e1.csv");
    assert_exit(&p, 1);
    assert_says(&p, "error E072: the same stands in l.csv already, in row 17");
    assert_untouched(&p);
    program_close(&p);
}

/* ---- counted twice -------------------------------------------------------------------------- */

typedef struct TwiceCase {
    const char *label, *table, *text;
    int exit_code;
    const char *says;
} TwiceCase;

static const TwiceCase TWICE[] = {
    {"what the row covers comes on top", "needs.csv",
     "id,category,quantity,unit,unit_cost,covered,covered_by\nN-2,TRN,10,seat,200,6,EU\n", 0,
     "needs.csv:2:6 (covered): warning W170: need 'N-2': 6 seat are covered elsewhere, and the "
     "ledger "
     "holds 6 seat more"},
    {"the row has the ledger's, and less than that", "needs.csv",
     "id,category,quantity,unit,unit_cost,covered,covered_by\nN-2,TRN,10,seat,200,5,EU; ledger\n",
     1,
     "error E024: need 'N-2': 5 seat are covered, the ledger's commitments among them, and the "
     "ledger "
     "holds 6 seat"},
    {"another unit", "needs.csv", "id,category,quantity,unit\nN-2,TRN,10,place\n", 1,
     "error E032: need 'N-2' is counted in place, and in seat in the ledger"},
    {"less than is committed", "offers.csv", "id,donor,quantity,unit,category\nO-2,EE,5,seat,TRN\n",
     1, "error E024: offer 'O-2' is of 5 seat, and the ledger has 6 seat of it committed already"},
    {"a commitment that stands in the ledger", "commitments.csv",
     "need,offer,kind,quantity\nN-4,O-4,at_least,0\n", 0,
     "commitments.csv:2:4 (quantity): warning W170: the ledger holds EUR 1,000.00 for need 'N-4'"},
    {"another reporting currency", "settings.csv", "key,value\nround,R2\ncurrency,PLN\n", 1,
     "error E021: the ledger is kept in EUR and the round in PLN; set currency to EUR"},
};

static void what_may_count_twice_is_said(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(TWICE); i++) {
        Program p;
        close_first(&p);
        set_round(&p, 2, "0.25", OFFERS_1);
        program_table(&p, TWICE[i].table, TWICE[i].text);
        ALLOT(&p, "check", "r", "--ledger", "l.csv");
        if (p.run.exit_code != TWICE[i].exit_code || strstr(p.run.err, TWICE[i].says) == NULL)
            fail_msg("case \"%s\" leaves with %d: %s", TWICE[i].label, p.run.exit_code, p.run.err);
        program_close(&p);
    }
}

static void a_row_that_holds_the_ledgers_is_counted_once(void **state)
{
    (void)state;
    Program p;
    close_first(&p);
    set_round(&p, 2, "0.25", OFFERS_3);
    program_table(&p, "needs.csv",
                  "id,category,quantity,unit,unit_cost,covered,covered_by\n"
                  "N-2,TRN,10,seat,200,8,EU; ledger\n");
    ALLOT(&p, "solve", "r", "--ledger", "l.csv", "--tables", "t", "--explain", "none", "-q");
    assert_exit(&p, 0);
    assert_file_holds(&p, "t/needs.csv", "N-2,1,seat,10,8,2,0,0,");
    program_close(&p);
}

/** O-5 had 20 licences and gave 10; written as the 10 that are left, they would be taken off again. */
static void an_offer_written_as_what_is_left_is_noticed(void **state)
{
    (void)state;
    Program p;
    solve_second(&p);
    ALLOT(&p, "close", "r", "p2", "l.csv", "-q");
    set_round(&p, 3, "0.24", OFFERS_HEAD "O-5,DE,10,licence,LIC,committed,2027-05-31,\n");
    ALLOT(&p, "check", "r", "--ledger", "l.csv");
    assert_says(&p,
                "warning W170: offer 'O-5' is of 10 licence, just what the ledger carried over");
    set_round(&p, 3, "0.24", OFFERS_1);
    ALLOT(&p, "check", "r", "--ledger", "l.csv");
    assert_says(&p,
                "note N270: offer 'O-5' of DE carried 10 licence over from round 'R2' and is not "
                "in this round's offers");
    program_close(&p);
}

static void a_ledger_that_is_not_there_is_an_error_but_for_close(void **state)
{
    (void)state;
    Program p;
    program_open(&p);
    ALLOT(&p, "solve", "r", "--ledger", "none.csv");
    assert_exit(&p, 5);
    assert_says(&p, "none.csv: error E001: the file cannot be read");
    ALLOT(&p, "record", "none.csv", "r/needs.csv");
    assert_exit(&p, 5);
    program_close(&p);
}

/* EUR 2,000 are PLN 10,000 at 0.2, of which 5,000 are paid at that: EUR 1,000, whatever comes. The other 5,000 are 1,250
 * at 0.25, 1,500 at 0.3; of these a payment of 2,000 is 600, and the 3,000 left are 600 at 0.2: 2,200 in all. */
static void what_is_paid_keeps_what_it_was_worth(void **state)
{
    static const char *const rates[] = {"0.2", "0.25", "0.3", "0.2"};
    static const char *const worth[] = {"2000.00", "2250.00", "2500.00", "2200.00"};
    char text[200];
    (void)state;
    Program p;
    program_open(&p);
    program_table(&p, "needs.csv",
                  "id,beneficiary,category,quantity,unit,priority\nN-1,A,HW,2000,EUR,1\n");
    program_table(&p, "offers.csv", "id,donor,quantity,unit\nO-1,PL,10000,PLN\n");
    for (size_t k = 0; k < COUNT_OF(rates); k++) {
        (void)snprintf(text, sizeof text,
                       "key,value\nround,V-%zu\nstart,2026-0%zu-01\nend,2026-0%zu-28\n", k + 1,
                       2 * k + 1, 2 * k + 2);
        program_table(&p, "settings.csv", text);
        (void)snprintf(text, sizeof text, "currency,rate\nPLN,%s\n", rates[k]);
        program_table(&p, "rates.csv", text);
        if (k == 0)
            ALLOT(&p, "solve", "r", "--tables", "p", "-q");
        else
            ALLOT(&p, "solve", "r", "--ledger", "l.csv", "--tables", "p", "-q");
        assert_exit(&p, 0);
        ALLOT(&p, "close", "r", "p", "l.csv", "-q");
        assert_exit(&p, 0);
        (void)snprintf(text, sizeof text,
                       "grep -q 'V-%zu,.*,%s,EUR,committed,,total in cash' l.csv", k + 1, worth[k]);
        program_script(&p, text);
        if (p.run.exit_code != 0)
            fail_msg("after the close of V-%zu not all is worth %s", k + 1, worth[k]);
        if (k == 1 || k == 3)
            continue;
        write_file(p.dir, "e.csv",
                   k == 0
                       ? "event,need,offer,quantity,date,note\npayment,N-1,O-1,5000,2026-02-01,\n"
                       : "event,need,offer,quantity,date,note\npayment,N-1,O-1,2000,2026-06-01,\n");
        ALLOT(&p, "record", "l.csv", "e.csv", "-q");
        assert_exit(&p, 0);
    }
    program_close(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_close_writes_what_was_agreed_and_what_is_left),
        cmocka_unit_test(the_second_round_counts_the_first_once),
        cmocka_unit_test(the_third_round_ties_out_over_all_of_them),
        cmocka_unit_test(a_closed_round_is_decided_again_on_what_was_there_before_it),
        cmocka_unit_test(anybody_can_make_the_hashes_again),
        cmocka_unit_test(what_is_paid_keeps_what_it_was_worth),
        cmocka_unit_test(the_same_round_is_not_closed_twice),
        cmocka_unit_test(a_round_without_an_id_is_not_closed),
        cmocka_unit_test(a_plan_that_breaks_a_rule_is_not_closed),
        cmocka_unit_test(a_plan_made_without_the_ledger_cannot_count_twice),
        cmocka_unit_test(the_same_entries_are_not_recorded_twice),
        cmocka_unit_test(what_may_count_twice_is_said),
        cmocka_unit_test(a_row_that_holds_the_ledgers_is_counted_once),
        cmocka_unit_test(an_offer_written_as_what_is_left_is_noticed),
        cmocka_unit_test(a_ledger_that_is_not_there_is_an_error_but_for_close),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
