/* An urgent need that comes when its round is closed: it is decided beside the ledger, in a round of its own; what is
 * agreed gives way where it is cancelled. All of DE's money is one offer; amounts are worked out in the head. */
#include "tests/support/program.h"

#include <stdio.h>
#include <string.h>

#define NEEDS "id,category,quantity,priority\nN-1,HW,30,1\nN-2,HW,40,3\n"
#define HEAD "need,offer,quantity,decision,agreed,other_need,comment\n"
#define ENTRIES "event,need,offer,quantity,date,note\n"
#define SETTINGS(id) "key,value\nround," id "\nstart,2026-07-01\nend,2026-09-30\n"

/* Of DE's 75 N-1 has 30 and N-2 40, and the round R1 is closed. Of N-2 10 are delivered and 25 paid: 15 can still be
 * cancelled. U-1 asks for 40, and 5 are left. */
static void open_closed(Program *p)
{
    program_open(p);
    program_script(p, "rm -rf r; mkdir r");
    program_table(p, "needs.csv", NEEDS);
    program_table(p, "offers.csv", "id,donor,quantity\nO-1,DE,75\n");
    program_table(p, "settings.csv", SETTINGS("R1"));
    program_put(p, ".", "since.csv",
                ENTRIES "delivery,N-2,O-1,10,2026-08-01,\npayment,N-2,O-1,25,2026-08-02,\n");
    program_script(p, "$ALLOT solve r -o p.xlsx -q && $ALLOT close r p.xlsx l.csv -q && "
                      "$ALLOT record l.csv since.csv -q");
    assert_exit(p, 0);
    program_table(p, "needs.csv", NEEDS "U-1,SOC,40,4\n");
}

/* Before any donor is asked: what is decided in the closed round comes to nothing, and which way there is. */
static void a_closed_round_is_said_to_be_closed(void **state)
{
    Program p;
    (void)state;
    open_closed(&p);
    ALLOT(&p, "solve", "r", "--urgent", "U-1", "--previous", "p.xlsx", "--ledger", "l.csv", "-o",
          "u.xlsx", "-q");
    assert_exit(&p, 0);
    assert_says(&p, "r: warning W175: round 'R1' is closed in l.csv already, and cannot be closed "
                    "again with what is decided here: ask no donor about it; 'U-1' is decided "
                    "beside what is agreed in a round of its own: another id in the setting round, "
                    "--ledger l.csv, and no --previous\n");
    ALLOT(&p, "close", "r", "u.xlsx", "l.csv");
    assert_exit(&p, 1);
    assert_says(&p, "r: error E071: round 'R1' is closed in l.csv already; what changed since is "
                    "entered with allot record, and another round needs another id: a need that "
                    "came since, an urgent one too, is decided under that with --ledger l.csv, and "
                    "that plan is closed\n");
    program_script(&p, "mkdir a");
    program_put(&p, "a", "x.csv", HEAD "N-1,O-1,30,agree,,,\n");
    ALLOT(&p, "solve", "r", "--answers", "a", "--previous", "p.xlsx", "--ledger", "l.csv", "-o",
          "u.xlsx", "-q");
    assert_exit(&p, 0);
    assert_says(&p, "r: warning W175: round 'R1' is closed in l.csv already, and cannot be closed "
                    "again with these answers: what donors answer after the close is entered with "
                    "allot record (cancellation, change)\n");
    ALLOT(&p, "solve", "r", "--ledger", "l.csv", "-o", "u.xlsx", "-q");
    assert_null(strstr(p.run.err, "W175"));
    program_close(&p);
}

/* Under another id the plan that was closed is no plan before. */
static void a_closed_plan_is_no_plan_before(void **state)
{
    Program p;
    (void)state;
    open_closed(&p);
    ALLOT(&p, "solve", "r", "--set", "round=R1b", "--urgent", "U-1", "--previous", "p.xlsx",
          "--ledger", "l.csv");
    assert_exit(&p, 1);
    assert_says(&p, "p.xlsx: error E078: this is a plan of round 'R1', which is closed in l.csv, "
                    "and ROUND is round 'R1b': what it agreed counts with the ledger. Leave "
                    "--previous out; what is to give way is cancelled with allot record first, as "
                    "are answers that came after the close\n");
    ALLOT(&p, "solve", "r", "--urgent", "U-1");
    assert_exit(&p, 2);
    assert_says(&p, "--urgent needs --previous PLAN, the plan that stands, or --ledger FILE, where "
                    "all is agreed and closed, beside 'U-1'");
    program_close(&p);
}

#define COULD                                                                                      \
    "EUR 15.00 of N-2 from O-1 of DE (up to EUR 15.00 for it); EUR 30.00 of N-1 from O-1 of DE "   \
    "(up to EUR 30.00 for it)"

/* 5 are free; N-2, of the lower tier, is named first, with what is neither delivered nor paid of it. */
static void what_could_give_way_is_named(void **state)
{
    Program p;
    (void)state;
    open_closed(&p);
    program_table(&p, "settings.csv", SETTINGS("R1-U1"));
    ALLOT(&p, "solve", "r", "--urgent", "U-1", "--ledger", "l.csv", "-o", "u.xlsx", "--tables",
          "u");
    assert_exit(&p, 0);
    assert_prints(&p, "urgent U-1: given EUR 5.00 of EUR 40.00; no plan before is named, and "
                      "nothing is taken from what is agreed\n");
    assert_says(&p, "l.csv: note N273: 'U-1' lacks EUR 35.00, and nothing is taken from what the "
                    "ledger holds; not delivered or paid, and of use to it: " COULD
                    "; where one of them is to give way, ask its donor, enter a cancellation "
                    "(allot record l.csv FILE.csv) and decide again with --ledger\n");
    assert_file_holds(&p, "u/needs.csv",
                      " Committed in earlier rounds and neither delivered nor paid, which a "
                      "cancellation would free: " COULD ".\"\n");
    ALLOT(&p, "verify", "r", "u.xlsx", "--ledger", "l.csv", "-q");
    assert_exit(&p, 0);
    ALLOT(&p, "explain", "r", "U-1", "--previous", "u.xlsx", "--ledger", "l.csv");
    assert_prints(&p, "which a cancellation would free: " COULD ".");
    program_close(&p);
}

/* 15 of N-2 and 20 of N-1 give way: with the 5 that are left U-1 has its 40, and of 30 + 40 - 35 + 40 = 75 all of
 * DE's is committed. */
static void what_is_cancelled_serves_it_to_the_end(void **state)
{
    Program p;
    (void)state;
    open_closed(&p);
    program_table(&p, "settings.csv", SETTINGS("R1-U1"));
    program_put(&p, ".", "gives.csv",
                ENTRIES "cancellation,N-2,O-1,15,2026-08-10,for U-1\n"
                        "cancellation,N-1,O-1,20,2026-08-10,for U-1\n");
    ALLOT(&p, "record", "l.csv", "gives.csv", "-q");
    assert_exit(&p, 0);
    ALLOT(&p, "solve", "r", "--urgent", "U-1", "--ledger", "l.csv", "-o", "u.xlsx", "--tables",
          "u");
    assert_exit(&p, 0);
    assert_prints(&p, "urgent U-1: given EUR 40.00 of EUR 40.00; ");
    assert_null(strstr(p.run.err, "N273"));
    program_script(&p, "cut -d, -f1,2,4,11 u/assignments.csv; cut -d, -f1,5,8 u/needs.csv");
    assert_prints(&p, "need,offer,quantity,locked\nU-1,O-1,40.00,no\nneed,covered,unmet\n"
                      "N-1,10.00,20.00\nN-2,25.00,15.00\nU-1,0.00,0.00\n");
    ALLOT(&p, "pack", "r", "u.xlsx", "k", "--ledger", "l.csv", "-q");
    assert_exit(&p, 0);
    assert_file_holds(&p, "k/donor-DE.txt", "- EUR 40.00 from O-1 to need U-1");
    program_script(&p, "mkdir a");
    program_put(&p, "a", "donor-DE.csv", HEAD "U-1,O-1,40,agree,,,\n");
    ALLOT(&p, "solve", "r", "--answers", "a", "--previous", "u.xlsx", "--ledger", "l.csv", "-o",
          "v.xlsx");
    assert_exit(&p, 0);
    assert_prints(&p, "answers: 1 agree, 0 agree less, 0 decline, 0 propose another need; no line "
                      "waits for one\n");
    ALLOT(&p, "close", "r", "v.xlsx", "l.csv", "--previous", "u.xlsx");
    assert_exit(&p, 0);
    assert_prints(&p, "round R1-U1 closed: 1 commitment\n");
    program_script(&p, "grep R1-U1 l.csv | grep commitment | cut -d, -f4-7,10; "
                       "grep 'R1-U1.*committed,,total in cash' l.csv | cut -d, -f14");
    assert_prints(&p, "commitment,U-1,O-1,DE,40.00\n75.00\n");
    program_close(&p);
}

/* Whose agreed line might be cancelled is for planners and the coordination group: no party reads it, whatever is
 * released. */
static void parties_are_not_told_what_could_give_way(void **state)
{
    Program p;
    (void)state;
    open_closed(&p);
    program_table(&p, "settings.csv", SETTINGS("R1-U1") "release,all\n");
    ALLOT(&p, "solve", "r", "--urgent", "U-1", "--ledger", "l.csv", "-o", "u.xlsx", "-q");
    ALLOT(&p, "pack", "r", "u.xlsx", "k", "--ledger", "l.csv", "-q");
    assert_exit(&p, 0);
    program_script(&p, "cd k; for f in *.xlsx; do unzip -p $f 'xl/*' | grep -q "
                       "'cancellation would free' && echo $f; done; "
                       "grep -l 'cancellation would free' *.txt");
    assert_string_equal(p.run.out, "coordination.xlsx\ninternal.xlsx\n");
    assert_file_holds(&p, "k/donor-DE.txt", "- EUR 5.00 from O-1 to need U-1");
    program_close(&p);
}

/* ---- what a line is worth to another need ------------------------------------------------------ */

typedef struct WorthCase {
    const char *label;
    const char *needs, *offers; /* before the close */
    const char *urgent;         /* its row */
    const char *could;          /* of the note; NULL: there is none */
} WorthCase;

#define WORTH_NEEDS "id,category,quantity,unit,unit_cost,priority\n"
#define WORTH_OFFERS "id,donor,quantity,unit,category,overhead,parent\n"

static const WorthCase WORTHS[] = {
    /* 47 at an overhead of a fifth are 37.60 net, at 9 a seat 4 seats */
    {"whole seats, net of overhead", WORTH_NEEDS "N-1,HW,37.60,EUR,,1\n",
     WORTH_OFFERS "O-1,DE,47,EUR,,0.2,\n", "U-1,TRN,10,seat,9,1\n",
     "lacks 10 seat, and nothing is taken from what the ledger holds; not delivered or paid, and "
     "of use to it: EUR 37.60 of N-1 from O-1 of DE (up to 4 seat for it); "},
    /* more than it lacks is of no use to it */
    {"no more than it lacks", WORTH_NEEDS "N-1,HW,50,EUR,,1\n", WORTH_OFFERS "O-1,DE,50,EUR,,0,\n",
     "U-1,SOC,20,EUR,,1\n",
     "of use to it: EUR 50.00 of N-1 from O-1 of DE (up to EUR 20.00 for it); "},
    /* seats are not money, and O-2 is for hardware */
    {"what may not serve it is not named", WORTH_NEEDS "N-1,HW,50,EUR,,1\nN-2,TRN,5,seat,,1\n",
     WORTH_OFFERS "O-1,DE,5,seat,TRN,,\nO-2,FR,50,EUR,HW,0,\n", "U-1,SOC,20,EUR,,1\n", NULL},
    /* O-2 is for hardware alone, and paid out of O-1, which is for anything */
    {"what it is paid out of", WORTH_NEEDS "N-1,HW,50,EUR,,1\n",
     WORTH_OFFERS "O-1,DE,50,EUR,SOC,0,\nO-2,UN,50,EUR,HW,0,O-1\n", "U-1,SOC,20,EUR,,1\n",
     "of use to it: EUR 50.00 of N-1 from O-2 of DE (up to EUR 20.00 for it); "},
};

static void a_line_is_worth_what_it_brings(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(WORTHS); i++) {
        const WorthCase *c = &WORTHS[i];
        char needs[256];
        Program p;
        program_open(&p);
        program_script(&p, "rm -rf r; mkdir r");
        program_table(&p, "needs.csv", c->needs);
        program_table(&p, "offers.csv", c->offers);
        program_script(&p, "$ALLOT solve r --set round=R1 -o p.xlsx -q && "
                           "$ALLOT close r p.xlsx l.csv --set round=R1 -q");
        assert_exit(&p, 0);
        snprintf(needs, sizeof needs, "%s%s", c->needs, c->urgent);
        program_table(&p, "needs.csv", needs);
        ALLOT(&p, "solve", "r", "--set", "round=R2", "--urgent", "U-1", "--ledger", "l.csv",
              "--tables", "t", "--explain", "none", "-q");
        assert_exit(&p, 0);
        if ((strstr(p.run.err, "N273") != NULL) != (c->could != NULL) ||
            (c->could != NULL && strstr(p.run.err, c->could) == NULL))
            fail_msg("case \"%s\": %s", c->label, p.run.err);
        program_close(&p);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_closed_round_is_said_to_be_closed),
        cmocka_unit_test(a_closed_plan_is_no_plan_before),
        cmocka_unit_test(what_could_give_way_is_named),
        cmocka_unit_test(what_is_cancelled_serves_it_to_the_end),
        cmocka_unit_test(parties_are_not_told_what_could_give_way),
        cmocka_unit_test(a_line_is_worth_what_it_brings),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
