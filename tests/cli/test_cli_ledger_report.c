/* What a ledger tells of a beneficiary and of money past its day, in two rounds; all figures are worked out by
 * hand.
 *
 * R1, 1 PLN = 0.25 EUR: N-1 takes 4,000 of O-1's 8,000 PLN (1,000 EUR), N-4 the rest (1,000 EUR) and the
 * pledged 1,000 EUR of O-4. Of N-4's 5,000 EUR 3,000 are unmet.
 */
#include "tests/support/program.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void set_round(const Program *p, const char *settings)
{
    program_table(p, "settings.csv", settings);
    program_table(p, "rates.csv", "currency,rate\nPLN,0.25\n");
    program_table(p, "needs.csv",
                  "id,beneficiary,category,quantity,unit,priority\n"
                  "N-1,HOSPITAL,HW,1000,EUR,1\nN-4,TOWN,BKP,5000,EUR,2\n");
    program_table(p, "offers.csv",
                  "id,donor,quantity,unit,category,status,lapses\n"
                  "O-1,PL,8000,PLN,HW;BKP,committed,2026-10-31\n"
                  "O-4,FR,1000,EUR,BKP,pledged,\n");
}

/** R1 closed into l.csv, and R2 behind O-1's last day begun. */
static void begin_second(Program *p)
{
    program_open(p);
    set_round(p, "key,value\nround,R1\nstart,2026-01-01\nend,2026-03-31\nplan_on,pledged\n");
    ALLOT(p, "solve", "r", "--tables", "p1", "--explain", "none", "-q");
    assert_exit(p, 0);
    ALLOT(p, "close", "r", "p1", "l.csv", "-q");
    assert_exit(p, 0);
    set_round(p, "key,value\nround,R2\nstart,2026-11-01\nend,2026-12-31\nplan_on,pledged\n");
}

static void record(Program *p, const char *entries)
{
    write_file(p->dir, "e.csv", entries);
    ALLOT(p, "record", "l.csv", "e.csv", "-q");
    assert_exit(p, 0);
}

/** Nothing is new in R2: of the 5,000 EUR that TOWN asked, 1,000 are committed and 1,000 pledged: a fifth is
 *  met without pledges, not 1,000 of 4,000. */
static void a_share_met_without_pledges_is_of_all_that_was_asked(void **state)
{
    (void)state;
    Program p;
    begin_second(&p);
    ALLOT(&p, "solve", "r", "--ledger", "l.csv", "--tables", "p2", "-o", "p2.xlsx", "--explain",
          "none", "-q");
    assert_exit(&p, 0);
    assert_file_holds(
        &p, "p2/cumulative.csv",
        "beneficiary,TOWN,1,1000.00,0.00,1000.00,0.00,0.00,0.00,0.00,0.00,0.00,0,3000.00,"
        "0.00,0.2,,,,EUR,0\n");
    program_script(&p, "unzip -p p2.xlsx | grep -q '<v>0.2</v>'");
    assert_exit(&p, 0);
    program_close(&p);
}

/** Of N-1's 4,000 PLN half is delivered (500 of 1,000 EUR), 2,000 PLN, and 1,000 are paid: 7,000 of 8,000
 *  stand unpaid past their day. Once the other 3,000 and the 4,000 for N-4 are paid, nothing does. */
static void money_past_its_day_is_listed_until_it_is_paid(void **state)
{
    (void)state;
    Program p;
    begin_second(&p);
    record(&p, "event,need,offer,quantity,date,note\npayment,N-1,O-1,1000,2026-02-01,\n"
               "delivery,N-1,O-1,500,2026-02-01,\n");
    ALLOT(&p, "solve", "r", "--ledger", "l.csv", "--tables", "p2", "-o", "p2.xlsx", "--explain",
          "none", "-q");
    assert_exit(&p, 0);
    assert_file_holds(
        &p, "p2/lapsing.csv",
        "past,due\n2026-10-31,O-1,PL,PLN,0.00,7000.00,8000.00,1000.00,2000.00,yes,\n");
    program_script(&p, "unzip -p p2.xlsx | grep -q 'its day has passed: enter the payment'");
    assert_exit(&p, 0);
    record(&p, "event,need,offer,quantity,date,note\npayment,N-1,O-1,3000,2026-02-02,\n"
               "payment,N-4,O-1,4000,2026-02-02,\n");
    ALLOT(&p, "solve", "r", "--ledger", "l.csv", "--tables", "p3", "--explain", "none", "-q");
    assert_exit(&p, 0);
    program_script(&p, "test $(wc -l <p3/lapsing.csv) = 1");
    assert_exit(&p, 0);
    program_close(&p);
}

/* R1 ends on 31 March 2026, R2 on 31 December. O-5 gives first in R2, so after R1; N-1 has of O-1 since R1, and a
 * round that none is known before may have begun up to 366 days before its end. */
static void nothing_happens_to_a_commitment_before_it_is_made(void **state)
{
    static const struct {
        const char *row;
        const char *says; /* NULL: it is taken */
    } cases[] = {
        {"payment,N-4,O-5,1,2026-03-31,",
         "e.csv:2:5 (date): error E072: need 'N-4' from offer 'O-5' is committed in round 'R2' (up "
         "to "
         "2026-12-31), after the round before it, which ended on 2026-03-31; write the day"},
        {"cancellation,N-4,O-5,1,2026-01-15,", "which ended on 2026-03-31"},
        {"delivery,N-4,O-5,1,2026-04-01,", NULL},
        {"payment,N-1,O-1,1,2026-02-01,", NULL},
        {"payment,N-1,O-1,1,2025-03-30,", "need 'N-1' from offer 'O-1' is committed in round 'R1' "
                                          "(up to 2026-03-31), and this is more "
                                          "than a year before"},
        {"payment,N-1,O-1,1,2025-03-31,", NULL},
    };
    (void)state;
    Program p;
    begin_second(&p);
    program_table(&p, "offers.csv",
                  "id,donor,quantity,unit,category,status\nO-1,PL,8000,PLN,HW,committed\n"
                  "O-4,FR,1000,EUR,BKP,pledged\nO-5,DE,700,EUR,BKP,committed\n");
    ALLOT(&p, "solve", "r", "--ledger", "l.csv", "--tables", "p2", "--explain", "none", "-q");
    ALLOT(&p, "close", "r", "p2", "l.csv", "-q");
    assert_exit(&p, 0);
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        char text[160];
        (void)snprintf(text, sizeof text, "event,need,offer,quantity,date,note\n%s\n",
                       cases[i].row);
        write_file(p.dir, "e.csv", text);
        ALLOT(&p, "record", "l.csv", "e.csv");
        assert_case_int(cases[i].row, p.run.exit_code, cases[i].says != NULL);
        if (cases[i].says != NULL)
            assert_says(&p, cases[i].says);
    }
    program_close(&p);
}

/* R1: O-2 gives 6 of N-2's 10 seats and O-3 2 of N-3's 3 servers; a seat is worth 100 EUR, a server has no
 * value in money. */
static void set_things(const Program *p, const char *round, const char *start, const char *end)
{
    char settings[160];
    (void)snprintf(settings, sizeof settings, "key,value\nround,%s\nstart,%s\nend,%s\n", round,
                   start, end);
    program_table(p, "settings.csv", settings);
    program_table(p, "needs.csv",
                  "id,beneficiary,category,quantity,unit,unit_cost,priority\n"
                  "N-2,COURT,TRN,6,seat,100,1\nN-3,COURT,HW,3,server,,1\n"
                  "N-4,COURT,BKP,tbd,EUR,,1\n");
    program_table(p, "offers.csv",
                  "id,donor,quantity,unit,lapses\n"
                  "O-2,EE,6,seat,2026-05-31\nO-3,NL,2,server,2026-07-15\n");
}

/** R1 closed; of the 6 seats 4 were delivered, of the 2 servers none. */
static void begin_with_things(Program *p, const char *start, const char *end)
{
    program_open(p);
    set_things(p, "R1", "2026-01-01", "2026-03-31");
    ALLOT(p, "solve", "r", "--tables", "p1", "--explain", "none", "-q");
    assert_exit(p, 0);
    ALLOT(p, "close", "r", "p1", "l.csv", "-q");
    assert_exit(p, 0);
    record(p, "event,need,offer,quantity,date,note\ndelivery,N-2,O-2,4,2026-02-01,\n");
    set_things(p, "R2", start, end);
}

/** In June the seats' day has passed and 2 of 6 are due; the servers' has not, and both are. Once the 2 seats
 *  are delivered, they are due no more. */
static void things_past_their_day_are_listed_until_they_are_delivered(void **state)
{
    (void)state;
    Program p;
    begin_with_things(&p, "2026-06-01", "2026-06-30");
    ALLOT(&p, "solve", "r", "--ledger", "l.csv", "--tables", "p2", "-o", "p2.xlsx", "--explain",
          "none", "-q");
    assert_exit(&p, 0);
    assert_file_holds(&p, "p2/lapsing.csv",
                      "past,due\n2026-05-31,O-2,EE,seat,0,,6,,4,yes,2\n"
                      "2026-07-15,O-3,NL,server,0,,2,,0,no,2\n");
    program_script(&p, "unzip -p p2.xlsx >t; grep -q 'its day has passed: enter the delivery' t && "
                       "grep -q 'have it delivered before that day' t && "
                       "grep -q 'Committed in kind, not delivered' t");
    assert_exit(&p, 0);
    record(&p, "event,need,offer,quantity,date,note\ndelivery,N-2,O-2,2,2026-06-02,\n");
    ALLOT(&p, "solve", "r", "--ledger", "l.csv", "--tables", "p3", "--explain", "none", "-q");
    assert_exit(&p, 0);
    assert_file_holds(&p, "p3/lapsing.csv", "past,due\n2026-07-15,O-3,NL,");
    program_close(&p);
}

/** What is handed over lapses no more: nothing of O-2 is due when it is paid, that is, handed over. */
static void things_that_are_handed_over_do_not_lapse(void **state)
{
    (void)state;
    Program p;
    begin_with_things(&p, "2026-06-01", "2026-06-30");
    program_table(&p, "offers.csv",
                  "id,donor,quantity,unit,lapses,status\n"
                  "O-2,EE,6,seat,2026-05-31,paid\nO-3,NL,2,server,2026-07-15,committed\n");
    ALLOT(&p, "solve", "r", "--ledger", "l.csv", "--tables", "p2", "--explain", "none", "-q");
    assert_exit(&p, 0);
    assert_file_holds(&p, "p2/lapsing.csv", "past,due\n2026-07-15,O-3,NL,");
    program_close(&p);
}

/** All of COURT's money value, 600 EUR of seats, is met: 100%. Of its servers one is not, and what N-4 asks is
 *  unknown: two needs are in no share. */
static void a_share_says_how_many_needs_it_leaves_out(void **state)
{
    (void)state;
    Program p;
    begin_with_things(&p, "2026-04-01", "2026-06-30");
    ALLOT(&p, "solve", "r", "--ledger", "l.csv", "--tables", "p2", "-o", "p2.xlsx", "--explain",
          "none", "-q");
    assert_exit(&p, 0);
    assert_file_holds(&p, "p2/cumulative.csv",
                      "beneficiary,COURT,1,0.00,0.00,0.00,600.00,0.00,0.00,0.00,0.00,400.00,1,0.00,"
                      "0.00,1,,,,EUR,2\n");
    program_script(&p, "unzip -p p2.xlsx >t; grep -q 'Unmet needs not in it, without value' t && "
                       "grep -q 'those not met in full are counted beside it' t");
    assert_exit(&p, 0);
    program_close(&p);
}

/** O-4's pledge became firm: the note that the close wrote is told in the reader's language. */
static void notes_of_the_program_are_in_the_readers_language(void **state)
{
    (void)state;
    Program p;
    begin_second(&p);
    program_script(&p, "sed -i 's/pledged,$/committed,/' r/offers.csv");
    ALLOT(&p, "solve", "r", "--ledger", "l.csv", "--tables", "p2", "-o", "p2.xlsx", "--explain",
          "none", "-q");
    assert_exit(&p, 0);
    assert_file_holds(&p, "p2/bridge.csv", ",EUR,from pledged to committed\n");
    program_script(&p, "unzip -p p2.xlsx | grep -q 'from pledged to committed'");
    assert_exit(&p, 0);
    ALLOT(&p, "solve", "r", "--ledger", "l.csv", "--tables", "p3", "-o", "p3.xlsx", "--explain",
          "none", "-q", "--lang", "uk");
    assert_exit(&p, 0);
    assert_file_holds(&p, "p3/bridge.csv", ",EUR,from pledged to committed\n");
    program_script(&p, "unzip -p p3.xlsx | grep -q 'from pledged\\|to committed'");
    assert_exit(&p, 1);
    program_close(&p);
}

/** N-1 asks 1,000 EUR, of which 100 are covered elsewhere and the ledger holds 300; 200 come in this round. */
static void the_summary_tells_earlier_rounds_from_elsewhere(void **state)
{
    (void)state;
    Program p;
    program_open(&p);
    program_script(&p, "rm -rf r; mkdir r");
    program_table(&p, "settings.csv", "key,value\nround,R1\nstart,2026-01-01\nend,2026-03-31\n");
    program_table(&p, "needs.csv",
                  "id,beneficiary,category,quantity,unit,priority,covered\n"
                  "N-1,HOSPITAL,HW,1000,EUR,1,100\n");
    program_table(&p, "offers.csv", "id,donor,quantity\nO-1,PL,300\n");
    ALLOT(&p, "solve", "r", "--tables", "p1", "--explain", "none", "-q");
    assert_exit(&p, 0);
    assert_file_holds(&p, "p1/summary.csv", "\nvalue_covered,100.00\nvalue_wanted,900.00\n");
    ALLOT(&p, "close", "r", "p1", "l.csv", "-q");
    assert_exit(&p, 0);
    program_table(&p, "settings.csv", "key,value\nround,R2\nstart,2026-04-01\nend,2026-06-30\n");
    program_table(&p, "offers.csv", "id,donor,quantity\nO-1,PL,500\n");
    ALLOT(&p, "solve", "r", "--ledger", "l.csv", "--tables", "p2", "-o", "p2.xlsx", "--explain",
          "none", "-q");
    assert_exit(&p, 0);
    assert_file_holds(&p, "p2/summary.csv",
                      "\nvalue_asked,1000.00\nvalue_covered,400.00\nvalue_earlier,300.00\n"
                      "value_wanted,600.00\nvalue_assigned,200.00\n");
    assert_file_holds(&p, "p2/summary.csv", "\ntier_1_value_earlier,300.00\n");
    ALLOT(&p, "stress", "r", "--ledger", "l.csv", "-o", "s.xlsx", "--tables", "s", "-q");
    assert_exit(&p, 0);
    program_script(&p, "grep -q 'totals,all,earlier,300.00,300.00' s/*.csv && "
                       "grep -q 'totals,all,covered,400.00,400.00' s/*.csv && "
                       "unzip -p s.xlsx | grep -q 'Committed in earlier rounds'");
    assert_exit(&p, 0);
    ALLOT(&p, "pack", "r", "p2.xlsx", "pk", "--ledger", "l.csv", "-q");
    assert_exit(&p, 0);
    program_script(&p, "unzip -p pk/coordination.xlsx >t; grep -q 'Committed in earlier rounds' t");
    assert_exit(&p, 0);
    program_close(&p);
}

/** Both offers were pledged. O-1 is committed now, so that its 300 move in the bridge, and rest on a commitment in
 *  what both of its parties read; of O-2, which this round does not name, the ledger's word stands. */
static void what_is_held_rests_on_what_its_offer_does_now(void **state)
{
    (void)state;
    Program p;
    program_open(&p);
    program_script(&p, "rm -rf r; mkdir r; echo '"
                       "import openpyxl, sys\n"
                       "rows = openpyxl.load_workbook(sys.argv[1])[\"Earlier rounds\"].values\n"
                       "words = (\"paid\", \"committed\", \"pledged\")\n"
                       "print([[c for c in r if c in words or str(c).startswith(\"O-\")]\n"
                       "       for r in rows if r[0] == \"N-1\"])' >held.py; echo '"
                       "import openpyxl, sys\n"
                       "for sheet in openpyxl.load_workbook(sys.argv[1]):\n"
                       "    for r in sheet.values:\n"
                       "        if r[0] == \"basis moved\":\n"
                       "            print([c for c in r if c])' >moved.py");
    program_table(&p, "settings.csv",
                  "key,value\nround,R1\nstart,2026-01-01\nend,2026-03-31\nplan_on,pledged\n");
    program_table(&p, "needs.csv", "id,beneficiary,category,quantity\nN-1,HOSPITAL,HW,350\n");
    program_table(&p, "offers.csv",
                  "id,donor,quantity,status\nO-1,PL,300,pledged\nO-2,LV,50,pledged\n");
    ALLOT(&p, "solve", "r", "--tables", "p1", "--explain", "none", "-q");
    ALLOT(&p, "close", "r", "p1", "l.csv", "-q");
    assert_exit(&p, 0);
    program_table(&p, "settings.csv",
                  "key,value\nround,R2\nstart,2026-04-01\nend,2026-06-30\nplan_on,pledged\n");
    program_table(&p, "offers.csv", "id,donor,quantity,status\nO-1,PL,300,committed\n");
    ALLOT(&p, "solve", "r", "--ledger", "l.csv", "--tables", "p2", "--explain", "none", "-q");
    assert_exit(&p, 0);
    assert_file_holds(&p, "p2/bridge.csv", "from pledged to committed");
    ALLOT(&p, "pack", "r", "p2", "k", "--ledger", "l.csv", "-q");
    assert_exit(&p, 0);
    program_script(&p, "for f in beneficiary-HOSPITAL donor-PL; do /usr/bin/python3 held.py "
                       "k/$f.xlsx; done");
    assert_prints(&p, "[['O-1', 'committed'], ['O-2', 'pledged']]\n[['O-1', 'committed']]\n");
    /* 300 out of what is pledged, and into what is committed: one line, that moves twice */
    program_script(&p, "/usr/bin/python3 moved.py k/coordination.xlsx");
    assert_prints(&p, "['basis moved', '1 line', -300, 300]\n");
    program_close(&p);
}

/** N1 (100) and N2 (80) are alternatives, N3 asks 50, and 20 are offered: wherever they go, what stands for
 *  the mark is N2, and with N3 it asks 130: 20 of them are met (20 / 130), 110 not. N1 lacks nothing and is not
 *  carried over. */
static void alternatives_that_are_not_chosen_lack_nothing(void **state)
{
    (void)state;
    Program p;
    program_open(&p);
    program_table(&p, "settings.csv", "key,value\nround,R1\nend,2026-03-31\n");
    program_table(&p, "needs.csv",
                  "id,beneficiary,category,quantity,unit,alternative\n"
                  "N1,TOWN,HW,100,EUR,A\nN2,TOWN,HW,80,EUR,A\nN3,TOWN,HW,50,EUR,\n");
    program_table(&p, "offers.csv", "id,donor,quantity,unit,category\nO-1,PL,20,EUR,HW\n");
    ALLOT(&p, "solve", "r", "--tables", "p1", "--explain", "none", "-q");
    assert_exit(&p, 0);
    ALLOT(&p, "close", "r", "p1", "l.csv", "-q");
    assert_exit(&p, 0);
    assert_file_lacks(&p, "l.csv", ",carried,N1,");
    assert_file_holds(&p, "l.csv", ",carried,N2,");
    program_table(&p, "settings.csv", "key,value\nround,R2\nend,2026-06-30\n");
    program_table(&p, "offers.csv", "id,donor,quantity,unit,category\nO-2,FR,1,EUR,LIC\n");
    ALLOT(&p, "solve", "r", "--ledger", "l.csv", "--tables", "p2", "--explain", "none", "-q");
    assert_exit(&p, 0);
    assert_file_holds(
        &p, "p2/cumulative.csv",
        "beneficiary,TOWN,1,0.00,0.00,20.00,0.00,0.00,0.00,0.00,0.00,0.00,0,110.00,0.00,0.153846,");
    program_close(&p);
}

/** The cliff of R2's plan, a round in which nothing is new. */
static void assert_cliff(Program *p, const char *row)
{
    ALLOT(p, "solve", "r", "--ledger", "l.csv", "--tables", "p2", "--explain", "none", "-q");
    assert_exit(p, 0);
    assert_file_holds(p, "p2/cliff.csv", row);
    program_script(p, "wc -l <p2/cliff.csv");
    assert_prints(p, "2\n"); /* the heading, and that row */
}

/** The window of O-1 ends on 31 December. What is entered at a delivery counts from then on, whether it is
 *  earlier or later, the last entry of several; an entry without a day changes nothing. */
static void a_service_ends_on_the_day_entered_last(void **state)
{
    (void)state;
    Program p;
    program_open(&p);
    program_table(&p, "settings.csv", "key,value\nround,R1\nend,2026-03-31\n");
    program_table(&p, "needs.csv",
                  "id,beneficiary,category,quantity,unit\nN-1,COURT,LIC,6,licence\n");
    program_table(&p, "offers.csv",
                  "id,donor,quantity,unit,category,valid_to\nO-1,EE,6,licence,LIC,2026-12-31\n");
    ALLOT(&p, "solve", "r", "--tables", "p1", "--explain", "none", "-q");
    ALLOT(&p, "close", "r", "p1", "l.csv", "-q");
    assert_exit(&p, 0);
    program_table(&p, "settings.csv", "key,value\nround,R2\nstart,2026-04-01\nend,2026-06-30\n");
    assert_cliff(&p, "2026-12-31,COURT,LIC,licence,6,0,0,0,no,N-1/O-1,no\n");
    record(&p, "event,need,offer,quantity,date,valid_to\n"
               "delivery,N-1,O-1,2,2026-04-20,2026-10-31\n");
    assert_cliff(&p, "2026-10-31,COURT,LIC,licence,6,0,0,0,no,N-1/O-1,no\n");
    record(&p, "event,need,offer,quantity,date,valid_to\n"
               "delivery,N-1,O-1,1,2026-04-21,2027-02-28\n"
               "delivery,N-1,O-1,1,2026-04-22,2027-01-31\n"
               "delivery,N-1,O-1,1,2026-04-23,\n");
    assert_cliff(&p, "2027-01-31,COURT,LIC,licence,6,0,0,0,no,N-1/O-1,no\n");
    program_close(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_share_met_without_pledges_is_of_all_that_was_asked),
        cmocka_unit_test(nothing_happens_to_a_commitment_before_it_is_made),
        cmocka_unit_test(money_past_its_day_is_listed_until_it_is_paid),
        cmocka_unit_test(things_past_their_day_are_listed_until_they_are_delivered),
        cmocka_unit_test(things_that_are_handed_over_do_not_lapse),
        cmocka_unit_test(a_share_says_how_many_needs_it_leaves_out),
        cmocka_unit_test(notes_of_the_program_are_in_the_readers_language),
        cmocka_unit_test(the_summary_tells_earlier_rounds_from_elsewhere),
        cmocka_unit_test(what_is_held_rests_on_what_its_offer_does_now),
        cmocka_unit_test(alternatives_that_are_not_chosen_lack_nothing),
        cmocka_unit_test(a_service_ends_on_the_day_entered_last),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
