/* What happened since a close, entered with allot record: what fits and what it did, and what is refused. All figures are
 * worked out by hand.
 *
 * R1, 1 PLN = 0.25 EUR: N-1 takes 4,000 of O-1's 8,000 PLN, N-4 the rest (1,000 EUR) and the pledged 1,000
 * of O-4, and lacks 3,000 EUR; N-2 6 of 10 seats, N-3 40 of 50 licences.
 */
#include "tests/support/program.h"

#include <stdio.h>
#include <string.h>

enum { ROWS_MOST = 512 };

static const char NEEDS[] = "id,title,beneficiary,category,quantity,unit,unit_cost,priority\n"
                            "N-1,Servers,HOSPITAL,HW,1000,EUR,,1\n"
                            "N-2,Seats,COURT,TRN,10,seat,200,1\n"
                            "N-3,Licences,COURT,LIC,50,licence,,1\n"
                            "N-4,Backup,TOWN,BKP,5000,EUR,,2\n";

static const char OFFERS[] = "id,donor,quantity,unit,category,status,valid_to,lapses\n"
                             "O-1,PL,8000,PLN,HW;BKP,committed,,2026-10-31\n"
                             "O-2,EE,6,seat,TRN,committed,2026-12-31,\n"
                             "O-3,DE,40,licence,LIC,committed,2026-05-31,\n"
                             "O-4,FR,1000,EUR,BKP,pledged,,\n";

/** R1 decided and closed into l.csv. */
static void close_first(Program *p)
{
    program_open(p);
    program_table(p, "settings.csv",
                  "key,value\nround,R1\nstart,2026-01-01\nend,2026-03-31\nplan_on,pledged\n");
    program_table(p, "rates.csv", "currency,rate\nPLN,0.25\n");
    program_table(p, "needs.csv", NEEDS);
    program_table(p, "offers.csv", OFFERS);
    ALLOT(p, "solve", "r", "--tables", "p1", "--explain", "none", "-q");
    assert_exit(p, 0);
    ALLOT(p, "close", "r", "p1", "l.csv", "-q");
    assert_exit(p, 0);
}

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

typedef struct WrongEntry {
    const char *label, *row, *says;
} WrongEntry;

static const WrongEntry WRONG[] = {
    {"more delivered than committed", "delivery,N-2,O-2,7,2026-02-01,\n",
     "error E072: need 'N-2' from offer 'O-2': 7 seat are delivered, but 6 seat are committed and "
     "not delivered"},
    {"more delivered in two rows",
     "delivery,N-2,O-2,4,2026-02-01,\ndelivery,N-2,O-2,3,2026-02-02,\n",
     "e.csv:3:1 (event): error E072: need 'N-2' from offer 'O-2': 3 seat are delivered, but 2 "
     "seat"},
    {"more paid than committed", "payment,N-1,O-1,4000.01,2026-02-01,\n",
     "PLN 4,000.01 are paid, but PLN 4,000.00 are committed and not paid"},
    {"delivered cannot be cancelled",
     "delivery,N-2,O-2,4,2026-02-01,\ncancellation,N-2,O-2,3,2026-02-02,\n",
     "3 seat are taken off, but 2 seat are committed and not delivered"},
    {"paid cannot be cancelled",
     "payment,N-1,O-1,3000,2026-02-01,\ncancellation,N-1,O-1,500,2026-02-02,\n",
     "PLN 3,000.00 are paid already"},
    {"changed to less than nothing", "change,N-1,O-1,-1000.01,2026-02-01,\n",
     "EUR 1,000.01 are taken off, but EUR 1,000.00 are committed and not delivered"},
    {"more than the need lacks", "change,N-1,O-1,1,2026-02-01,\n",
     "error E072: need 'N-1' from offer 'O-1': the change adds EUR 1.00, but the ledger knows of "
     "EUR 0.00 that the need still lacks; the quantity of a change is what is added, not what is "
     "committed then"},
    /* 100 EUR at 4 PLN are free again, and N-4 lacks 3,000 EUR */
    {"more than the offer has left",
     "cancellation,N-1,O-1,100,2026-02-01,\nchange,N-4,O-1,101,2026-02-02,\n",
     "e.csv:3:1 (event): error E072: need 'N-4' from offer 'O-1': the change adds PLN 404.00, but "
     "the ledger knows of PLN 400.00 of the offer that are left"},
    {"what is left is not given twice",
     "cancellation,N-1,O-1,100,2026-02-01,\nchange,N-4,O-1,60,2026-02-02,\n"
     "change,N-4,O-1,41,2026-02-03,\n",
     "the change adds PLN 164.00, but the ledger knows of PLN 160.00 of the offer"},
    {"what is given up in full",
     "cancellation,N-1,O-1,1000,2026-02-01,\nchange,N-1,O-1,1,2026-02-02,\n",
     "nothing of it is committed any more, and a change begins nothing anew"},
    {"a year that cannot be", "payment,N-1,O-1,1,2099-02-01,\n",
     "e.csv:2:5 (date): error E072: 2099-02-01 is more than 5 years later than the last day that "
     "the ledger speaks of, 2026-03-31"},
    {"before the commitment", "payment,N-1,O-1,1,2024-02-01,\n",
     "e.csv:2:5 (date): error E072: need 'N-1' from offer 'O-1' is committed in round 'R1' (up to "
     "2026-03-31), and this is more than a year before"},
    {"an unknown need", "delivery,N-22,O-2,1,2026-02-01,\n",
     "(need): error E020: a need with commitments called 'N-22' is not known; did you mean 'N-2'?"},
    {"an offer that gives nothing to it", "delivery,N-2,O-22,1,2026-02-01,\n",
     "did you mean 'O-2'?"},
    {"in kind is not paid", "payment,N-2,O-2,1,2026-02-01,\n",
     "offer 'O-2' is in kind; what arrives of it is a delivery"},
    {"an unknown event", "deliverd,N-2,O-2,1,2026-02-01,\n", "(event): error E018"},
    {"a close is not entered", "commitment,N-2,O-2,1,2026-02-01,\n", "(event): error E018"},
    {"no date", "delivery,N-2,O-2,1,,\n", "(date): error E010: the date is missing"},
    {"no quantity", "delivery,N-2,O-2,,2026-02-01,\n", "(quantity): error E010"},
    {"below zero", "delivery,N-2,O-2,-1,2026-02-01,\n", "(quantity): error E014"},
    {"half a cent", "payment,N-1,O-1,0.005,2026-02-01,\n", "(quantity): error E015"},
    {"one row twice", "delivery,N-2,O-2,1,2026-02-01,\ndelivery,N-2,O-2,1,2026-02-01,\n",
     "error E072: the same stands in e.csv already, in row 2"},
};

static void entries_that_do_not_fit_are_refused_and_nothing_is_written(void **state)
{
    (void)state;
    Program p;
    close_first(&p);
    keep_ledger(&p);
    for (size_t i = 0; i < COUNT_OF(WRONG); i++) {
        char text[ROWS_MOST];
        (void)snprintf(text, sizeof text, "event,need,offer,quantity,date,note\n%s", WRONG[i].row);
        write_file(p.dir, "e.csv", text);
        ALLOT(&p, "record", "l.csv", "e.csv");
        assert_case_int(WRONG[i].label, p.run.exit_code, 1);
        if (strstr(p.run.err, WRONG[i].says) == NULL)
            fail_msg("case \"%s\" says %s", WRONG[i].label, p.run.err);
        assert_untouched(&p);
    }
    program_close(&p);
}

/* 100 EUR of N-1, 400 PLN of O-1, are given up and go to N-4, which lacks 3,000. O-2's seats are good until the end of
 * 2026, and 2027-12-31 is a year later; 2028 is doubted, and written. */
static void what_entries_did_is_told(void **state)
{
    (void)state;
    Program p;
    close_first(&p);
    write_file(p.dir, "e.csv",
               "event,need,offer,quantity,date,note\ncancellation,N-1,O-1,100,2026-04-01,\n"
               "change,N-4,O-1,60,2026-04-02,\nchange,N-4,O-1,40,2026-04-03,\n"
               "payment,N-4,O-1,1000,2026-04-03,\npayment,N-4,O-1,500,2026-04-04,\n"
               "delivery,N-2,O-2,4,2027-12-31,\n");
    ALLOT(&p, "record", "l.csv", "e.csv");
    assert_exit(&p, 0);
    assert_prints(&p, "6 lines recorded\n"
                      "commitment N-1/O-1: EUR 1,000.00 -> EUR 900.00\n"
                      "commitment N-4/O-1: EUR 1,000.00 -> EUR 1,060.00\n"
                      "commitment N-4/O-1: EUR 1,060.00 -> EUR 1,100.00\n"
                      "commitment N-4/O-1 of PLN 4,400.00: paid PLN 0.00 -> PLN 1,000.00\n"
                      "commitment N-4/O-1 of PLN 4,400.00: paid PLN 1,000.00 -> PLN 1,500.00\n"
                      "commitment N-2/O-2 of 6 seat: delivered 0 seat -> 4 seat\n"
                      "l.csv: ");
    assert_null(strstr(p.run.err, "W176"));
    write_file(p.dir, "e.csv",
               "event,need,offer,quantity,date,note\ndelivery,N-3,O-3,1,2029-02-01,\n");
    ALLOT(&p, "record", "l.csv", "e.csv");
    assert_exit(&p, 0);
    assert_says(&p, "e.csv:2:5 (date): warning W176: 2029-02-01 is more than a year later than the "
                    "last day that the ledger speaks of, 2027-12-31; is it meant?");
    program_close(&p);
}

/* An unknown need hides neither the number beside it nor that more is delivered than the 5 seats. What a
 * change may have added nobody knows: then sums are not judged. */
static void what_is_wrong_with_entries_is_said_in_one_run(void **state)
{
    (void)state;
    Program p;
    close_first(&p);
    keep_ledger(&p);
    write_file(p.dir, "e.csv",
               "event,need,offer,quantity,date,note\ndelivery,N-22,O-2,few,2026-02-01,\n"
               "delivery,N-2,O-2,9,01/02/26,\ndelivery,N-2,O-2,8,2026-02-02,\n");
    ALLOT(&p, "record", "l.csv", "e.csv");
    assert_exit(&p, 1);
    assert_says(&p, "e.csv:2:4 (quantity): error E012: 'few' is not a number");
    assert_says(&p, "e.csv:3:5 (date): error E016");
    assert_says(&p, "e.csv:4:1 (event): error E072: need 'N-2' from offer 'O-2': 8 seat are "
                    "delivered, but");
    assert_untouched(&p);
    write_file(p.dir, "e.csv",
               "event,need,offer,quantity,date,note\nchange,N-2,O-2,many,2026-02-01,\n"
               "delivery,N-2,O-2,8,2026-02-02,\n");
    ALLOT(&p, "record", "l.csv", "e.csv");
    assert_says(&p, "e.csv:2:4 (quantity): error E012");
    assert_null(strstr(p.run.err, "E072"));
    program_close(&p);
}

/* Half a seat of six is asked about; what is left of the need, 4.5, is no whole number of seats: the round that comes says so
 * and how it is put right. */
static void a_part_of_a_whole_thing_is_asked_about(void **state)
{
    (void)state;
    Program p;
    close_first(&p);
    write_file(p.dir, "e.csv",
               "event,need,offer,quantity,date,note\ncancellation,N-2,O-2,0.5,2026-04-01,\n");
    ALLOT(&p, "record", "l.csv", "e.csv");
    assert_exit(&p, 0);
    assert_says(&p,
                "e.csv:2:4 (quantity): warning W177: need 'N-2' from offer 'O-2' is committed in "
                "whole ones of seat, and '0.5' is not whole");
    program_table(&p, "settings.csv",
                  "key,value\nround,R2\nstart,2026-04-01\nend,2026-06-30\nplan_on,pledged\n");
    ALLOT(&p, "check", "r", "--ledger", "l.csv");
    assert_exit(&p, 1);
    assert_says(&p,
                "error E015: the ledger holds 5.5 of it, and seat is given in steps of 1; enter a "
                "change that makes that whole (allot record), or state another step");
    write_file(p.dir, "e.csv",
               "event,need,offer,quantity,date,note\nchange,N-2,O-2,0.5,2026-04-02,\n");
    ALLOT(&p, "record", "l.csv", "e.csv");
    assert_exit(&p, 0);
    assert_null(strstr(p.run.err, "W177"));
    ALLOT(&p, "check", "r", "--ledger", "l.csv");
    assert_exit(&p, 0);
    program_close(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(entries_that_do_not_fit_are_refused_and_nothing_is_written),
        cmocka_unit_test(what_is_wrong_with_entries_is_said_in_one_run),
        cmocka_unit_test(what_entries_did_is_told),
        cmocka_unit_test(a_part_of_a_whole_thing_is_asked_about),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
