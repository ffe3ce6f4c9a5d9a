/* What earlier rounds gave and what has ended since: the ledger counts it as covered, as it did before, and
 * says so; the cliff goes on naming it while the round lists its need.
 *
 * R1, up to 31 March: COURT gets 60 licences of O-1 up to 31 May and, for N-2, 40 of O-2 up to 30 June; TOWN 6
 * seats without an end.
 */
#include "tests/support/program.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NEEDS                                                                                      \
    "id,beneficiary,category,quantity,unit\nN-1,COURT,LIC,60,licence\n"                            \
    "N-2,COURT,LIC,40,licence\nN-3,TOWN,TRN,6,seat\n"
#define OFFERS                                                                                     \
    "id,donor,quantity,unit,category,valid_to,only_needs\n"                                        \
    "O-1,EE,60,licence,LIC,2026-05-31,N-1\nO-2,DE,40,licence,LIC,2026-06-30,N-2\n"                 \
    "O-3,EE,6,seat,TRN,,\n"

static void set_round(const Program *p, const char *id, const char *start, const char *needs,
                      const char *offers)
{
    char settings[256];
    (void)snprintf(settings, sizeof settings, "key,value\nround,%s\nstart,%s\n", id, start);
    program_table(p, "settings.csv", settings);
    program_table(p, "needs.csv", needs);
    program_table(p, "offers.csv", offers);
}

static void close_first(Program *p)
{
    program_open(p);
    set_round(p, "R1", "2026-01-01", NEEDS, OFFERS);
    ALLOT(p, "solve", "r", "--tables", "p1", "--explain", "none", "-q");
    ALLOT(p, "close", "r", "p1", "l.csv", "-q");
    assert_exit(p, 0);
}

/** Decides the round into p2; the rows of its cliff have to be these. */
static void assert_cliff(Program *p, const char *rows)
{
    ALLOT(p, "solve", "r", "--ledger", "l.csv", "--tables", "p2", "-o", "p2.xlsx", "--explain",
          "none", "-q");
    assert_exit(p, 0);
    char *cliff = program_read(p, "p2/cliff.csv");
    const char *heading = strchr(cliff, '\n');
    assert_non_null(heading);
    assert_string_equal(heading + 1, rows);
    free(cliff);
}

/** In June O-1 is past and O-2's 40 go on: less than the 60 that ended. From July on nothing goes on. Both
 *  needs stay covered in full. */
static void what_ended_is_named_and_stays_covered(void **state)
{
    (void)state;
    Program p;
    close_first(&p);
    set_round(&p, "R2", "2026-05-31", NEEDS, OFFERS); /* the last day is not past */
    assert_cliff(&p, "2026-05-31,COURT,LIC,licence,60,40,0,0,yes,N-1/O-1,no\n"
                     "2026-06-30,COURT,LIC,licence,40,0,0,0,no,N-2/O-2,no\n");
    assert_null(strstr(p.run.err, "W173"));
    set_round(&p, "R2", "2026-06-01", NEEDS, OFFERS);
    assert_cliff(&p, "2026-05-31,COURT,LIC,licence,60,40,0,0,yes,N-1/O-1,yes\n"
                     "2026-06-30,COURT,LIC,licence,40,0,0,0,no,N-2/O-2,no\n");
    assert_says(&p,
                "l.csv: warning W173: what ended before this round starts still counts as "
                "covered (N-1: 60 licence, 2026-05-31); give what is needed anew a row with "
                "another id, and what goes on a later valid_to (allot record, a change of 0)\n");
    set_round(&p, "R2", "2026-07-01", NEEDS, OFFERS);
    assert_cliff(&p, "2026-05-31,COURT,LIC,licence,60,0,0,0,no,N-1/O-1,yes\n"
                     "2026-06-30,COURT,LIC,licence,40,0,0,0,no,N-2/O-2,yes\n");
    assert_says(&p, "(N-1: 60 licence, 2026-05-31; N-2: 40 licence, 2026-06-30)");
    assert_file_holds(&p, "p2/needs.csv", "\nN-1,1,licence,60,60,0,0,0,1,");
    ALLOT(&p, "explain", "r", "N-1", "--ledger", "l.csv");
    assert_prints(&p, "- 60 licence from offer O-1 of EE; nothing of it is delivered yet; it ended "
                      "on 2026-05-31.\n");
    ALLOT(&p, "explain", "r", "N-3", "--ledger", "l.csv");
    assert_prints(&p, "- 6 seat from offer O-3 of EE; nothing of it is delivered yet.\n");
    program_script(&p, "/usr/bin/python3 -c \"import openpyxl\n"
                       "s = openpyxl.load_workbook('p2.xlsx')['Cliff']\n"
                       "print([c.value for r in s.iter_rows() for c in r if c.value and 'nothing "
                       "follows' in str(c.value)])\"");
    assert_prints(&p, "['ended before this round: nothing follows', 'ended before this round: "
                      "nothing follows']\n");
    program_close(&p);
}

/** A later day that is entered, and a need that the round lists no more. */
static void what_goes_on_or_is_no_need_any_more_is_not_named(void **state)
{
    (void)state;
    Program p;
    close_first(&p);
    set_round(&p, "R2", "2026-07-01",
              "id,beneficiary,category,quantity,unit\nN-2,COURT,LIC,40,licence\n",
              "id,donor,quantity,unit,category,valid_to\nO-2,DE,40,licence,LIC,2026-06-30\n");
    write_file(p.dir, "e.csv",
               "event,need,offer,quantity,date,valid_to\nchange,N-2,O-2,0,2026-06-10,2027-06-30\n");
    ALLOT(&p, "record", "l.csv", "e.csv", "-q");
    assert_exit(&p, 0);
    assert_cliff(&p, "2027-06-30,COURT,LIC,licence,40,0,0,0,no,N-2/O-2,no\n");
    assert_null(strstr(p.run.err, "W173"));
    program_close(&p);
}

/** On 1 July 10 of O-2's 50 licences are left, and O-2 has ended: no need has an earliest day, so that nothing bars
 *  them. O-7, which pays for O-6, has ended too; of O-3 two seats have lapsed; O-5 ends on the first day. */
static void what_ended_and_is_planned_is_not_called_open(void **state)
{
    (void)state;
    Program p;
    close_first(&p);
    set_round(&p, "R2", "2026-07-01",
              "id,beneficiary,category,quantity,unit\nN-1,COURT,LIC,60,licence\n"
              "N-2,COURT,LIC,40,licence\nN-3,TOWN,TRN,6,seat\nN-4,COURT,LIC,10,licence\n"
              "N-5,TOWN,SRV,3,seat\nN-6,TOWN,HW,50,EUR\n",
              "id,donor,quantity,unit,category,valid_to,lapses,parent\n"
              "O-2,DE,50,licence,LIC,2026-06-30,,\nO-3,EE,8,seat,TRN,,2026-06-30,\n"
              "O-5,EE,3,seat,SRV,2026-07-01,,\nO-7,DE,50,EUR,OTHER,2026-06-30,,\n"
              "O-6,LV,50,EUR,HW,,,O-7\n");
    ALLOT(&p, "solve", "r", "--ledger", "l.csv", "--tables", "p2", "--explain", "none", "-q");
    assert_exit(&p, 0);
    ALLOT(&p, "pack", "r", "p2", "k", "--ledger", "l.csv", "-q");
    assert_exit(&p, 0);
    assert_file_holds(&p, "k/donor-DE.txt",
                      "- O-2, committed: 50 licence, of which earlier rounds committed 40 licence; "
                      "of the 10 licence that they left 10 licence is used and 0 licence is "
                      "left.\n");
    assert_file_holds(
        &p, "k/donor-DE.txt",
        "- 10 licence from O-2 to need N-4 (for COURT); the need is then met in full. "
        "O-2 ended on 2026-06-30, before this round starts: what it gives now "
        "depends on its being prolonged.\n");
    assert_file_holds(&p, "k/donor-EE.txt",
                      "of the 2 seat that they left 0 seat is used and 2 seat is left.\n");
    assert_file_holds(&p, "k/donor-EE.txt",
                      "- 3 seat from O-5 to need N-5 (for TOWN); the need is then met in full.\n");
    assert_file_holds(&p, "k/beneficiary-COURT.txt",
                      "- 10 licence from offer O-2 of DE, committed. O-2 ended on 2026-06-30, "
                      "before this round starts");
    /* whose money it is in the end is not the reader's */
    assert_file_lacks(&p, "k/beneficiary-TOWN.txt", "O-7");
    ALLOT(&p, "explain", "r", "N-6", "--ledger", "l.csv");
    assert_prints(&p, "- EUR 50.00 from offer O-6 of LV, committed. O-7 ended on 2026-06-30, ");
    ALLOT(&p, "explain", "r", "O-2", "--ledger", "l.csv");
    assert_prints(&p, "O-2 ended on 2026-06-30, before this round starts");
    program_close(&p);
}

/** 100 licences anew, for N-4, up to 2027: as many go on as ended. */
static void what_was_given_anew_is_not_missed(void **state)
{
    static const char needs[] = NEEDS "N-4,COURT,LIC,100,licence\n";
    static const char offers[] = OFFERS "O-4,DE,100,licence,LIC,2027-06-30,N-4\n";
    (void)state;
    Program p;
    close_first(&p);
    set_round(&p, "R2", "2026-07-01", needs, offers);
    assert_cliff(&p, "2026-05-31,COURT,LIC,licence,60,100,0,0,yes,N-1/O-1,yes\n"
                     "2026-06-30,COURT,LIC,licence,40,100,0,0,yes,N-2/O-2,yes\n"
                     "2027-06-30,COURT,LIC,licence,100,0,0,0,no,N-4/O-4,no\n");
    assert_says(&p, "warning W173"); /* nothing is agreed yet */
    ALLOT(&p, "close", "r", "p2", "l.csv", "-q");
    assert_exit(&p, 0);
    set_round(&p, "R3", "2026-10-01", needs, offers);
    ALLOT(&p, "check", "r", "--ledger", "l.csv");
    assert_exit(&p, 0);
    assert_null(strstr(p.run.err, "W173"));
    program_close(&p);
}

/** On 31 May 4 of N-1's 10 seats end and 5 of N-2's 8: their other 6 and 3 were needed beside them. On 30 June N-2's 3
 *  end, and N-1's 6 are another need's. */
static void the_rest_of_a_need_follows_nothing(void **state)
{
    static const char needs[] = "id,beneficiary,category,quantity,unit\nN-1,COURT,TRN,10,seat\n"
                                "N-2,COURT,TRN,8,seat\n";
    static const char offers[] =
        "id,donor,quantity,unit,category,valid_to,only_needs\n"
        "O-1,EE,4,seat,TRN,2026-05-31,N-1\nO-2,DE,6,seat,TRN,,N-1\n"
        "O-3,EE,5,seat,TRN,2026-05-31,N-2\nO-4,DE,3,seat,TRN,2026-06-30,N-2\n";
    (void)state;
    Program p;
    program_open(&p);
    set_round(&p, "R1", "2026-01-01", needs, offers);
    ALLOT(&p, "solve", "r", "--tables", "p1", "--explain", "none", "-q");
    ALLOT(&p, "close", "r", "p1", "l.csv", "-q");
    assert_exit(&p, 0);
    set_round(&p, "R2", "2026-04-01", needs, offers);
    assert_cliff(&p, "2026-05-31,COURT,TRN,seat,9,3,6,0,no,N-1/O-1;N-2/O-3,no\n"
                     "2026-06-30,COURT,TRN,seat,3,0,6,0,yes,N-2/O-4,no\n");
    program_script(&p, "/usr/bin/python3 -c \"import openpyxl\n"
                       "s = openpyxl.load_workbook('p2.xlsx')['Cliff']\n"
                       "print([c.value for r in s.iter_rows() for c in r if c.value and ('nothing "
                       "follows' in str(c.value) or 'known end' in str(c.value))][-2:])\"");
    assert_prints(&p, "['nothing follows; the rest of what was asked with it, 9 seat, goes on', "
                      "'6 seat without a known end']\n");
    program_close(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_ended_is_named_and_stays_covered),
        cmocka_unit_test(what_goes_on_or_is_no_need_any_more_is_not_named),
        cmocka_unit_test(what_ended_and_is_planned_is_not_called_open),
        cmocka_unit_test(what_was_given_anew_is_not_missed),
        cmocka_unit_test(the_rest_of_a_need_follows_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
