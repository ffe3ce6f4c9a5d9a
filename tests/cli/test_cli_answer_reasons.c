/* What donors have answered as the reason why a need is short: its own answers come before those about other
 * needs. Every amount is worked out in the head; `why` is need,unmet,code,id,freed of reasons.csv.
 */
#include "tests/support/program.h"

#include <string.h>

#define ANSWERS "need,offer,quantity,decision,agreed,other_need,comment\n"
#define LINES "need,offer,quantity\n"

typedef struct AnswerCase {
    const char *label;
    const char *needs, *offers;   /* tables of the round */
    const char *before;           /* lines of the plan that was answered */
    const char *answers, *others; /* of one donor and of another; NULL: none */
    const char *why;
    const char *said; /* a part of the sentences */
} AnswerCase;

/** Decides again with the answers; the plan is p.xlsx, its tables are t. */
static void decide(Program *p, const AnswerCase *c)
{
    program_script(p, "rm -rf r before a t k; mkdir r before a");
    program_table(p, "needs.csv", c->needs);
    program_table(p, "offers.csv", c->offers);
    program_put(p, "before", "assignments.csv", c->before);
    program_put(p, "a", "one.csv", c->answers);
    if (c->others != NULL)
        program_put(p, "a", "other.csv", c->others);
    ALLOT(p, "solve", "r", "--answers", "a", "--previous", "before", "--tables", "t", "-o",
          "p.xlsx");
    assert_exit(p, 0);
}

static void assert_why(const AnswerCase *cases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        Program p;
        program_open(&p);
        decide(&p, &cases[i]);
        program_script(&p, "cut -d, -f1,3,5,8,11 t/reasons.csv | tail -n +2");
        assert_case_text(cases[i].label, p.run.out, cases[i].why);
        if (cases[i].said != NULL)
            assert_file_holds(&p, "t/reasons.csv", cases[i].said);
        program_close(&p);
    }
}

#define HW_NEEDS "id,category,priority,quantity,beneficiary\nN-1,HW,1,100,B1\nN-2,HW,2,40,B2\n"
#define FI_AND_US "id,donor,quantity,only_needs\nO-1,FI,40,N-1\nO-2,US,100,\n"

/* N-1 had 40 of FI and 60 of US, N-2 40 of US. FI declines: N-1 lacks 40, and would have them without what US
 * agreed to for N-2 as well. */
static const AnswerCase DECLINED[] = {
    {"declined, and another's agreement besides", HW_NEEDS, FI_AND_US,
     LINES "N-1,O-1,40\nN-1,O-2,60\nN-2,O-2,40\n", ANSWERS "N-1,O-1,40,decline,,,\n",
     ANSWERS "N-2,O-2,40,agree,,,\n", "N-1,40.00,LOCKED_OUT,N-1,40.00\n",
     "Agreed otherwise: what O-1 of FI was to give it has been declined (answers N-1/O-1). Lifting "
     "that alone would serve all of the EUR 40.00 that it lacks."},
    /* nobody else answers: tier 2 gives way, and then N-2 lacks what it had; its own line was not declined */
    {"declined, and a lower tier gives way", HW_NEEDS, FI_AND_US,
     LINES "N-1,O-1,40\nN-1,O-2,60\nN-2,O-2,40\n", ANSWERS "N-1,O-1,40,decline,,,\n", NULL,
     "N-2,40.00,HIGHER_TIERS,,40.00\n", NULL},
    /* more of O-2 would help, too */
    {"declined, and all that is left is used", "id,category,quantity\nN-1,HW,100\n",
     "id,donor,quantity\nO-1,FI,40\nO-2,US,60\n", LINES "N-1,O-1,40\nN-1,O-2,60\n",
     ANSWERS "N-1,O-1,40,decline,,,\n", NULL, "N-1,40.00,LOCKED_OUT,N-1,40.00\n", NULL},
};

static void what_was_declined_is_named_first(void **state)
{
    (void)state;
    assert_why(DECLINED, COUNT_OF(DECLINED));
}

static void a_letter_says_that_it_was_declined(void **state)
{
    Program p;
    (void)state;
    program_open(&p);
    decide(&p, &DECLINED[0]);
    ALLOT(&p, "pack", "r", "p.xlsx", "k", "--previous", "before");
    assert_exit(&p, 0);
    assert_file_holds(&p, "k/beneficiary-B1.txt",
                      "Why: What was proposed for it has been declined, and nothing else makes up "
                      "for all of that.\n");
    program_close(&p);
}

/* CZ agrees to all four of its terminals, and N-1 lacks two: more of the offer would do, as before. */
static const AnswerCase AGREED[] = {
    {"all that the offer holds", "id,category,quantity,unit\nN-1,HW,6,boat\n",
     "id,donor,quantity,unit\nO-1,CZ,4,boat\n", LINES "N-1,O-1,4\n", ANSWERS "N-1,O-1,4,agree,,,\n",
     NULL, "N-1,2,EXHAUSTED,O-1,2\n", NULL},
    /* less of O-1 for N-1 is what it lacks, though O-2 could give 10 more than US has agreed to */
    {"less, before an agreement that would help, too", "id,category,quantity\nN-1,HW,100\n",
     "id,donor,quantity\nO-2,PL,40\nO-1,US,70\n", LINES "N-1,O-2,40\nN-1,O-1,60\n",
     ANSWERS "N-1,O-2,40,agree less,15,,\n", ANSWERS "N-1,O-1,60,agree,,,\n",
     "N-1,25.00,LOCKED_OUT,N-1,25.00\n", "it is agreed that O-2 of PL gives it exactly EUR 15.00"},
};

static void an_agreement_to_all_that_was_asked_is_no_obstacle(void **state)
{
    (void)state;
    assert_why(AGREED, COUNT_OF(AGREED));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_declined_is_named_first),
        cmocka_unit_test(an_agreement_to_all_that_was_asked_is_no_obstacle),
        cmocka_unit_test(a_letter_says_that_it_was_declined),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
