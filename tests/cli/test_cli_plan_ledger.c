/* A plan and the ledger that it rests on: with another one, or with none, nothing is said of it and nothing
 * written. And a plan that was edited by hand is not closed.
 *
 * R1: EUR 60,000 of O-1's 100,000 go to N-1. R2 asks 40,000 more, N-2, and has just what R1 left. Without the
 * ledger O-1 could give N-1 its 60,000 once more.
 */
#include "tests/support/program.h"

#include <stdio.h>
#include <string.h>

#define NEEDS_HEAD "id,title,beneficiary,category,quantity,unit,priority\n"
#define OFFERS "id,donor,quantity,unit,category\nO-1,PL,100000,EUR,HW\n"

static void set_round(const Program *p, const char *id, const char *needs)
{
    char settings[256];
    (void)snprintf(settings, sizeof settings, "key,value\nround,%s\nrelease,all\n", id);
    program_table(p, "settings.csv", settings);
    program_table(p, "needs.csv", needs);
    program_table(p, "offers.csv", OFFERS);
}

/** R1 decided as p1 and closed into l.csv, 14 lines or so; R2 decided as p2 and p2.xlsx. o.csv is a ledger of
 *  other rounds, e.csv what is paid and delivered, c.csv what is cancelled. */
static void open_rounds(Program *p)
{
    program_open(p);
    set_round(p, "X1", NEEDS_HEAD "N-1,Servers,HOSPITAL,HW,59999,EUR,1\n");
    ALLOT(p, "solve", "r", "--tables", "x", "--explain", "none", "-q");
    ALLOT(p, "close", "r", "x", "o.csv", "-q");
    assert_exit(p, 0);
    set_round(p, "R1", NEEDS_HEAD "N-1,Servers,HOSPITAL,HW,60000,EUR,1\n");
    ALLOT(p, "solve", "r", "--tables", "p1", "--explain", "none", "-q");
    ALLOT(p, "close", "r", "p1", "l.csv", "-q");
    assert_exit(p, 0);
    set_round(p, "R2",
              NEEDS_HEAD "N-1,Servers,HOSPITAL,HW,60000,EUR,1\nN-2,Seats,COURT,HW,40000,EUR,2\n");
    ALLOT(p, "solve", "r", "--ledger", "l.csv", "--tables", "p2", "-o", "p2.xlsx", "--explain",
          "none", "-q");
    assert_exit(p, 0);
    assert_file_holds(p, "p2/assignments.csv", "\nN-2,O-1,PL,40000.00,EUR,");
    write_file(p->dir, "e.csv",
               "event,need,offer,quantity,date,note\npayment,N-1,O-1,50000,2026-02-01,\n"
               "delivery,N-1,O-1,50000,2026-02-02,\n");
    write_file(p->dir, "c.csv",
               "event,need,offer,quantity,date,note\ncancellation,N-1,O-1,10000,2026-02-03,\n");
    program_script(p, "cp l.csv kept; mkdir answers");
    assert_exit(p, 0);
}

/** Refused with this alone said as an error, and nothing written. */
static void assert_refused(const char *label, Program *p, const char *says)
{
    assert_case_int(label, p->run.exit_code, 1);
    if (strstr(p->run.err, says) == NULL)
        fail_msg("case \"%s\" says %s", label, p->run.err);
    assert_case(label, strstr(p->run.err, "W054") == NULL && strstr(p->run.err, "E052") == NULL);
    program_script(p, "cmp l.csv kept && test ! -e out.csv && test ! -e new.csv");
    assert_case_int(label, p->run.exit_code, 0);
}

typedef struct LedgerCase {
    const char *label;
    const char *arguments[12];
    const char *says; /* NULL: done */
} LedgerCase;

#define NONE                                                                                       \
    ": error E076: the plan rests on the ledger 'l.csv', and none is named: what earlier rounds "  \
    "gave would count as not given; name it with --ledger FILE\n"
#define OWN_ROUND                                                                                  \
    ": error E078: this is a plan of round 'R1', and ROUND is round 'R2'; name the plan of this "  \
    "round, or the round of this plan\n"
#define OTHER                                                                                      \
    ": error E076: the plan rests on the ledger 'l.csv', and 'o.csv' is another: the line that "   \
    "was the last then is not in it; name the plan's ledger, or decide the round again with this " \
    "one\n"

static const LedgerCase CASES[] = {
    {"verify", {"verify", "r", "p2", "--ledger", "l.csv"}, NULL},
    {"verify, none", {"verify", "r", "p2"}, "p2" NONE},
    {"verify a workbook, none", {"verify", "r", "p2.xlsx"}, "p2.xlsx" NONE},
    {"verify, another", {"verify", "r", "p2", "--ledger", "o.csv"}, "p2" OTHER},
    {"close into another", {"close", "r", "p2.xlsx", "o.csv"}, "p2.xlsx" OTHER},
    {"close into one that is not there",
     {"close", "r", "p2.xlsx", "new.csv"},
     "p2.xlsx: error E076: the plan rests on the ledger 'l.csv', and 'new.csv' has no lines or is "
     "not there; name the plan's ledger\n"},
    {"pack, none", {"pack", "r", "p2", "out.csv"}, "p2" NONE},
    {"pack, another", {"pack", "r", "p2", "out.csv", "--ledger", "o.csv"}, "p2" OTHER},
    {"publish, none", {"publish", "r", "p2", "out.csv"}, "p2" NONE},
    {"publish, another", {"publish", "r", "p2", "out.csv", "--ledger", "o.csv"}, "p2" OTHER},
    {"answers, none",
     {"solve", "r", "--answers", "answers", "--previous", "p2", "--tables", "out.csv"},
     "p2" NONE},
    {"answers, another",
     {"solve", "r", "--answers", "answers", "--previous", "p2", "--tables", "out.csv", "--ledger",
      "o.csv"},
     "p2" OTHER},
    {"answers, the same",
     {"solve", "r", "--answers", "answers", "--previous", "p2", "--tables", "t", "--ledger",
      "l.csv"},
     NULL},
    {"urgent, none",
     {"solve", "r", "--urgent", "N-2", "--previous", "p2", "--tables", "out.csv"},
     "p2" NONE},
    {"export with answers, none",
     {"export", "r", "out.csv.lp", "--answers", "answers", "--previous", "p2"},
     "p2" NONE},
};

static void a_plan_is_looked_at_with_its_own_ledger(void **state)
{
    Program p;
    (void)state;
    open_rounds(&p);
    for (size_t i = 0; i < COUNT_OF(CASES); i++) {
        program_run(&p, CASES[i].arguments);
        if (CASES[i].says != NULL)
            assert_refused(CASES[i].label, &p, CASES[i].says);
        else if (p.run.exit_code != 0 || strstr(p.run.err, "E076") != NULL)
            fail_msg("case \"%s\" says %s", CASES[i].label, p.run.err);
    }
    program_close(&p);
}

/** R2 decided without the ledger is no plan of what R1 left: refused by the first thing said, also where no
 *  line would break a rule. One that no file says anything of is held against the rules alone. */
static void a_plan_made_without_the_ledger_is_not_closed_into_one(void **state)
{
    static const char *const NAMED[] = {"close", "verify", "pack", "publish"};
    static const char *const LINES[][7] = {{"close", "r", "n", "l.csv"},
                                           {"verify", "r", "n", "--ledger", "l.csv"},
                                           {"pack", "r", "n", "out.csv", "--ledger", "l.csv"},
                                           {"publish", "r", "n", "out.csv", "--ledger", "l.csv"}};
    Program p;
    (void)state;
    open_rounds(&p);
    ALLOT(&p, "solve", "r", "--tables", "n", "--explain", "none", "-q");
    for (size_t i = 0; i < COUNT_OF(LINES); i++) {
        program_run(&p, LINES[i]);
        assert_refused(NAMED[i], &p,
                       "n: error E076: the plan was made without a ledger, and 'l.csv' "
                       "holds what earlier rounds agreed; decide the round again with "
                       "--ledger l.csv\n");
    }
    ALLOT(&p, "verify", "r", "n"); /* as it was made: fine */
    assert_exit(&p, 0);
    program_script(&p, "rm n/summary.csv");
    ALLOT(&p, "close", "r", "n", "l.csv");
    assert_exit(&p, 1);
    assert_says(&p,
                "error E052: N-1: its lines give EUR 60,000.00, but needs.csv:2:5 (quantity) less "
                "what is covered leaves EUR 0.00");
    assert_null(strstr(p.run.err, "E076"));
    program_close(&p);
}

/** What is paid and delivered moves nothing that a plan rests on; what is cancelled does. A first plan may be
 *  closed into a ledger that is begun, or has a heading alone. */
static void a_ledger_may_grow_by_what_arrives_alone(void **state)
{
    Program p;
    (void)state;
    open_rounds(&p);
    ALLOT(&p, "record", "l.csv", "e.csv", "-q");
    assert_exit(&p, 0);
    ALLOT(&p, "verify", "r", "p2", "--ledger", "l.csv");
    assert_exit(&p, 0);
    assert_null(strstr(p.run.err, "E076"));
    ALLOT(&p, "record", "l.csv", "c.csv", "-q");
    assert_exit(&p, 0);
    program_script(&p, "cp l.csv kept");
    ALLOT(&p, "close", "r", "p2", "l.csv");
    assert_refused("cancelled", &p,
                   "p2: error E076: the ledger 'l.csv' has changed since the plan was made: "
                   "commitments, cancellations or changes have come; decide the round again with "
                   "--ledger l.csv --previous p2\n");
    ALLOT(&p, "solve", "r", "--answers", "answers", "--previous", "p2", "--tables", "t", "--ledger",
          "l.csv", "-q");
    assert_exit(&p, 0);
    ALLOT(&p, "close", "r", "t", "l.csv", "--previous", "p2", "-q");
    assert_exit(&p, 0);
    ALLOT(&p, "verify", "r", "t", "--previous", "p2", "--ledger", "l.csv"); /* as it was before */
    assert_exit(&p, 0);
    ALLOT(&p, "close", "r", "t", "l.csv");
    assert_exit(&p, 1);
    assert_says(&p, "error E071: round 'R2' is closed in l.csv already");
    assert_null(strstr(p.run.err, "E076"));
    program_close(&p);
}

/** A plan before may be of another round: that it rests on a ledger is said, and no more. */
static void a_round_decided_again_without_the_ledger_says_so(void **state)
{
    Program p;
    (void)state;
    open_rounds(&p);
    ALLOT(&p, "solve", "r", "--previous", "p2", "--tables", "t", "--explain", "none");
    assert_exit(&p, 0);
    assert_says(&p,
                "p2: warning W172: the plan rests on the ledger 'l.csv', and none is named: "
                "what earlier rounds gave would count as not given; name it with --ledger FILE\n");
    ALLOT(&p, "explain", "r", "N-1", "--previous", "p2");
    assert_says(&p, "p2: warning W172: ");
    ALLOT(&p, "solve", "r", "--previous", "p2", "--tables", "t", "--explain", "none", "--ledger",
          "l.csv");
    assert_null(strstr(p.run.err, "W172"));
    ALLOT(&p, "solve", "r", "--previous", "p1", "--tables", "t", "--explain", "none");
    assert_null(strstr(p.run.err, "W172")); /* p1 rests on none */
    program_close(&p);
}

/** Totals say which plan was closed, in words by which its file can be found. */
static void a_total_names_its_plan_by_what_the_plan_says_of_itself(void **state)
{
    Program p;
    (void)state;
    open_rounds(&p);
    program_script(&p,
                   "digits=$(sed -n 's/^plan_sha256,\\(.\\{16\\}\\).*/\\1/p' p1/summary.csv); "
                   "test ${#digits} = 16 && test $(grep -cF \"total in cash; the plan closed has "
                   "plan_sha256 $digits... (sheet Settings),\" l.csv) = 3");
    assert_exit(&p, 0);
    program_close(&p);
}

/* ---- edited by hand ------------------------------------------------------------------------- */

/** 39,000 of 40,000 break no rule. What verify notes a close refuses; sent out and answered, the line is agreed,
 *  and the plan that comes of it is closed. */
static void a_plan_edited_by_hand_is_agreed_before_it_is_closed(void **state)
{
    Program p;
    (void)state;
    open_rounds(&p);
    program_script(&p, "sed -i 's/^N-2,O-1,PL,40000.00,EUR,40000.00,EUR,40000.00/"
                       "N-2,O-1,PL,39000.00,EUR,39000.00,EUR,39000.00/' p2/assignments.csv");
    ALLOT(&p, "verify", "r", "p2", "--ledger", "l.csv");
    assert_exit(&p, 0);
    assert_says(&p, "note N220: the plan was edited since it was written");
    ALLOT(&p, "close", "r", "p2", "l.csv");
    assert_exit(&p, 1);
    assert_says(&p,
                "p2: error E077: a plan that was edited by hand is not closed: take it back from a "
                "copy; or, where the change is meant, send it out (allot pack), decide with the "
                "answers (allot solve --answers DIR --previous p2) and close that plan\n");
    program_script(&p, "cmp l.csv kept");
    assert_exit(&p, 0);
    ALLOT(&p, "pack", "r", "p2", "out", "--ledger", "l.csv", "-q");
    assert_exit(&p, 0);
    program_put(&p, "answers", "donor-PL.csv",
                "need,offer,quantity,unit,decision,agreed\nN-2,O-1,39000,EUR,agree,\n");
    ALLOT(&p, "solve", "r", "--answers", "answers", "--previous", "p2", "--tables", "t", "--ledger",
          "l.csv", "-q");
    assert_exit(&p, 0);
    ALLOT(&p, "close", "r", "t", "l.csv", "--previous", "p2", "-q");
    assert_exit(&p, 0);
    assert_file_holds(&p, "l.csv", ",commitment,N-2,O-1,PL,COURT,HW,39000.00,EUR,");
    program_close(&p);
}

/** Rows in another order and worths that nobody believes are no edit; nor is a plan that people wrote. */
static void what_is_not_edited_is_closed(void **state)
{
    Program p;
    (void)state;
    open_rounds(&p);
    program_script(&p, "sed -i 's/40000.00,EUR,committed/1.00,EUR,committed/' p2/assignments.csv; "
                       "mkdir h; echo need,offer,quantity >h/assignments.csv; "
                       "echo N-2,O-1,39000 >>h/assignments.csv; cp l.csv m.csv");
    ALLOT(&p, "close", "r", "p2", "l.csv", "-q");
    assert_exit(&p, 0);
    ALLOT(&p, "close", "r", "h", "m.csv", "-q");
    assert_exit(&p, 0);
    program_close(&p);
}

/** Only the first thing said counts: what E024, E052 and E076 would say of another round's plan spoils it. */
static const LedgerCase OF_OTHER[] = {
    {"verify", {"verify", "r", "p1", "--ledger", "l.csv"}, "p1" OWN_ROUND},
    {"verify a workbook", {"verify", "r", "p1.xlsx", "--ledger", "l.csv"}, "p1.xlsx" OWN_ROUND},
    {"pack", {"pack", "r", "p1", "out.csv", "--ledger", "l.csv"}, "p1" OWN_ROUND},
    {"publish", {"publish", "r", "p1", "out.csv", "--ledger", "l.csv"}, "p1" OWN_ROUND},
    {"close", {"close", "r", "p1", "l.csv"}, "p1" OWN_ROUND},
    {"answers",
     {"solve", "r", "--answers", "answers", "--previous", "p1", "--tables", "out.csv", "--ledger",
      "l.csv"},
     "p1: error E078: this is a plan of round 'R1', which is closed in l.csv, and ROUND is round "
     "'R2': what it agreed counts with the ledger. "},
    {"answers, no ledger",
     {"solve", "r", "--answers", "answers", "--previous", "p1", "--tables", "out.csv"},
     "p1: error E078: this is a plan of round 'R1', and ROUND is round 'R2': answers, and "},
    {"urgent, no ledger",
     {"solve", "r", "--urgent", "N-2", "--previous", "p1.xlsx", "--tables", "out.csv"},
     "p1.xlsx: error E078: this is a plan of round 'R1', and ROUND is round 'R2': answers, and "},
    {"urgent",
     {"solve", "r", "--urgent", "N-2", "--previous", "p1.xlsx", "--tables", "out.csv", "--ledger",
      "l.csv"},
     "p1.xlsx: error E078: this is a plan of round 'R1', which is closed in l.csv, and ROUND is "
     "round 'R2': what it agreed counts with the ledger. "},
};

/** R1's plan beside R2. As the plan before it is legal, and noted; a round without an id has any plan. */
static void a_plan_of_another_round_is_said_to_be_one(void **state)
{
    Program p;
    (void)state;
    open_rounds(&p);
    program_table(&p, "needs.csv", NEEDS_HEAD "N-1,Servers,HOSPITAL,HW,60000,EUR,1\n");
    ALLOT(&p, "solve", "r", "--set", "round=R1", "-o", "p1.xlsx", "--explain", "none", "-q");
    assert_exit(&p, 0);
    for (size_t i = 0; i < COUNT_OF(OF_OTHER); i++) {
        program_run(&p, OF_OTHER[i].arguments);
        assert_refused(OF_OTHER[i].label, &p, OF_OTHER[i].says);
        if (strstr(p.run.err, "E076") != NULL || strstr(p.run.err, "E024") != NULL)
            fail_msg("case \"%s\" says %s", OF_OTHER[i].label, p.run.err);
    }
    ALLOT(&p, "solve", "r", "--previous", "p1", "--tables", "t", "--explain", "none", "-q");
    assert_exit(&p, 0);
    assert_says(&p, "p1: note N225: the plan before is of round 'R1', and this is round 'R2': ");
    ALLOT(&p, "verify", "r", "p1", "--set", "round=");
    assert_exit(&p, 0);
    ALLOT(&p, "verify", "r", "p1", "--set", "round=R1");
    assert_exit(&p, 0);
    program_close(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_plan_of_another_round_is_said_to_be_one),
        cmocka_unit_test(a_plan_is_looked_at_with_its_own_ledger),
        cmocka_unit_test(a_plan_made_without_the_ledger_is_not_closed_into_one),
        cmocka_unit_test(a_ledger_may_grow_by_what_arrives_alone),
        cmocka_unit_test(a_round_decided_again_without_the_ledger_says_so),
        cmocka_unit_test(a_total_names_its_plan_by_what_the_plan_says_of_itself),
        cmocka_unit_test(a_plan_edited_by_hand_is_agreed_before_it_is_closed),
        cmocka_unit_test(what_is_not_edited_is_closed),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
