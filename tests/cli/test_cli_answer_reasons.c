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
    const char *said;          /* a part of the sentences */
    const char *beneficiaries; /* a table of the round; NULL: none */
} AnswerCase;

/** Decides again with the answers; the plan is p.xlsx, its tables are t. */
static void decide(Program *p, const AnswerCase *c)
{
    program_script(p, "rm -rf r before a t k; mkdir r before a");
    program_table(p, "needs.csv", c->needs);
    program_table(p, "offers.csv", c->offers);
    if (c->beneficiaries != NULL)
        program_table(p, "beneficiaries.csv", c->beneficiaries);
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
     "that alone would serve all of the EUR 40.00 that it lacks.",
     NULL},
    /* nobody else answers: tier 2 gives way, and then N-2 lacks what it had; its own line was not declined */
    {"declined, and a lower tier gives way", HW_NEEDS, FI_AND_US,
     LINES "N-1,O-1,40\nN-1,O-2,60\nN-2,O-2,40\n", ANSWERS "N-1,O-1,40,decline,,,\n", NULL,
     "N-2,40.00,HIGHER_TIERS,,40.00\n", NULL, NULL},
    /* more of O-2 would help, too */
    {"declined, and all that is left is used", "id,category,quantity\nN-1,HW,100\n",
     "id,donor,quantity\nO-1,FI,40\nO-2,US,60\n", LINES "N-1,O-1,40\nN-1,O-2,60\n",
     ANSWERS "N-1,O-1,40,decline,,,\n", NULL, "N-1,40.00,LOCKED_OUT,N-1,40.00\n", NULL, NULL},
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

#define FI_AND_US_60 "id,donor,quantity,only_needs\nO-1,FI,40,N-1\nO-2,US,60,\n"

/* `why` has a row a cause. N-1 had 40 of FI and 60 of US. */
static const AnswerCase BESIDES[] = {
    /* B1 may have 60 now, which US gives: its 40 take FI's and a higher limit */
    {"declined, and limited besides", "id,category,quantity,beneficiary\nN-1,HW,100,B1\n",
     FI_AND_US_60, LINES "N-1,O-1,40\nN-1,O-2,60\n", ANSWERS "N-1,O-1,40,decline,,,\n", NULL,
     "N-1,40.00,LOCKED_OUT,N-1,40.00\nN-1,40.00,BENEFICIARY_LIMIT,B1,40.00\n",
     "Agreed otherwise: what O-1 of FI was to give it has been declined (answers N-1/O-1); and its "
     "beneficiary may have no more: ",
     "id,max_value\nB1,60\n"},
    /* 10 of FI and 60 of US are the 70 that B1 may have */
    {"less, and limited besides", "id,category,quantity,beneficiary\nN-1,HW,100,B1\n", FI_AND_US_60,
     LINES "N-1,O-1,40\nN-1,O-2,60\n", ANSWERS "N-1,O-1,40,agree less,10,,\n", NULL,
     "N-1,30.00,LOCKED_OUT,N-1,30.00\nN-1,30.00,BENEFICIARY_LIMIT,B1,30.00\n", NULL,
     "id,max_value\nB1,70\n"},
    /* nobody serves N-2, which N-1 requires, and N-3 of tier 1 has US's 60: what is required comes earlier in the
     * list, and FI's refusal is N-1's own */
    {"declined, and what it requires is not met",
     "id,category,quantity,priority,requires\nN-1,HW,40,2,N-2\nN-2,SOC,10,2,\nN-3,HW,60,1,\n",
     "id,donor,quantity,category,only_needs\nO-1,FI,40,HW,N-1\nO-2,US,60,HW,\n",
     LINES "N-1,O-1,40\nN-3,O-2,60\n", ANSWERS "N-1,O-1,40,decline,,,\n", NULL,
     "N-1,40.00,LOCKED_OUT,N-1,40.00\nN-1,40.00,PREREQUISITE,N-1,40.00\nN-2,10.00,NO_OFFER,N-2,\n",
     "Agreed otherwise: what O-1 of FI was to give it has been declined (answers N-1/O-1); and "
     "what it requires is not met in full: N-2 ",
     NULL},
};

static void its_own_refusal_is_named_first_of_several_things(void **state)
{
    (void)state;
    assert_why(BESIDES, COUNT_OF(BESIDES));
}

/* The same in words that name nobody. */
static void a_letter_says_that_it_was_refused_and_is_held_back_besides(void **state)
{
    static const char *const SAID[] = {
        "Why: What was proposed for it has been declined, and other things besides hold it back.\n",
        "Why: A donor has answered with less than was proposed for it, and other things besides "
        "hold it back.\n",
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(SAID); i++) {
        Program p;
        program_open(&p);
        decide(&p, &BESIDES[i]);
        ALLOT(&p, "pack", "r", "p.xlsx", "k", "--previous", "before");
        assert_exit(&p, 0);
        assert_file_holds(&p, "k/beneficiary-B1.txt", SAID[i]);
        program_close(&p);
    }
}

/* CZ agrees to all four of its terminals, and N-1 lacks two: more of the offer would do, as before. */
static const AnswerCase AGREED[] = {
    {"all that the offer holds", "id,category,quantity,unit\nN-1,HW,6,boat\n",
     "id,donor,quantity,unit\nO-1,CZ,4,boat\n", LINES "N-1,O-1,4\n", ANSWERS "N-1,O-1,4,agree,,,\n",
     NULL, "N-1,2,EXHAUSTED,O-1,2\n", NULL, NULL},
    /* less of O-1 for N-1 is what it lacks, though O-2 could give 10 more than US has agreed to */
    {"less, before an agreement that would help, too", "id,category,quantity\nN-1,HW,100\n",
     "id,donor,quantity\nO-2,PL,40\nO-1,US,70\n", LINES "N-1,O-2,40\nN-1,O-1,60\n",
     ANSWERS "N-1,O-2,40,agree less,15,,\n", ANSWERS "N-1,O-1,60,agree,,,\n",
     "N-1,25.00,LOCKED_OUT,N-1,25.00\n", "it is agreed that O-2 of PL gives it exactly EUR 15.00",
     NULL},
};

static void an_agreement_to_all_that_was_asked_is_no_obstacle(void **state)
{
    (void)state;
    assert_why(AGREED, COUNT_OF(AGREED));
}

/* What N-1 of tier 2 lacks is agreed for N-2 and N-3 of tier 3: 30 and 50. */
static const AnswerCase FREEING[] = {
    {"two agreements for others, of which the second frees more",
     "id,category,quantity,priority\nN-1,HW,100,2\nN-2,HW,30,3\nN-3,HW,50,3\n",
     "id,donor,quantity\nO-1,PL,30\nO-2,US,50\n", LINES "N-2,O-1,30\nN-3,O-2,50\n",
     ANSWERS "N-2,O-1,30,agree,,,\n", ANSWERS "N-3,O-2,50,agree,,,\n",
     "N-1,100.00,LOCKED_OUT,N-3,50.00\n", NULL, NULL},
    {"as much by either: the first",
     "id,category,quantity,priority\nN-1,HW,100,2\nN-2,HW,50,3\nN-3,HW,50,3\n",
     "id,donor,quantity\nO-1,PL,50\nO-2,US,50\n", LINES "N-2,O-1,50\nN-3,O-2,50\n",
     ANSWERS "N-2,O-1,50,agree,,,\n", ANSWERS "N-3,O-2,50,agree,,,\n",
     "N-1,100.00,LOCKED_OUT,N-2,50.00\n", NULL, NULL},
    /* 10 of FI, which has declined: its own */
    {"its own refusal, though an agreement for another frees more",
     "id,category,quantity,priority\nN-1,HW,100,2\nN-3,HW,50,3\n",
     "id,donor,quantity,only_needs\nO-1,FI,10,N-1\nO-2,US,50,\n", LINES "N-1,O-1,10\nN-3,O-2,50\n",
     ANSWERS "N-1,O-1,10,decline,,,\n", ANSWERS "N-3,O-2,50,agree,,,\n",
     "N-1,100.00,LOCKED_OUT,N-1,10.00\n", NULL, NULL},
};

static void of_agreements_the_one_that_frees_most_is_named(void **state)
{
    (void)state;
    assert_why(FREEING, COUNT_OF(FREEING));
}

/* More of O-1 gives 20, up to the budget of DE, and more of O-2 all 50 that N-1 lacks. N-2 lacks 15, and more of O-3 or
 * of O-4 gives them: the first of the two. */
static void of_offers_the_one_that_frees_most_is_named(void **state)
{
    static const char *const ENGINES[] = {"engine=fast", "engine=plain"};
    (void)state;
    for (size_t i = 0; i < COUNT_OF(ENGINES); i++) {
        Program p;
        program_open(&p);
        program_script(&p, "rm -rf r; mkdir r");
        program_table(&p, "needs.csv", "id,category,quantity\nN-1,HW,100\nN-2,SOC,20\n");
        program_table(&p, "offers.csv",
                      "id,donor,quantity,category\nO-1,DE,30,HW\nO-2,FR,20,HW\nO-3,FR,3,SOC\n"
                      "O-4,FR,2,SOC\n");
        program_table(&p, "donors.csv", "id,budget\nDE,50\n");
        ALLOT(&p, "solve", "r", "--tables", "t", "-q", "--set", ENGINES[i]);
        assert_exit(&p, 0);
        program_script(&p, "cut -d, -f1,3,5,8,11 t/reasons.csv | tail -n +2");
        assert_case_text(ENGINES[i], p.run.out,
                         "N-1,50.00,EXHAUSTED,O-2,50.00\nN-2,15.00,EXHAUSTED,O-3,15.00\n");
        program_close(&p);
    }
}

/* N-2 lacks O-1's 30, which DE has agreed to give N-3; FR's 30 could stand in there. What would have to be loosened is
 * that line of DE's, agreed by an answer or by a row of the round. */
static void what_is_agreed_and_could_be_loosened_is_named_with_its_donor(void **state)
{
    Program p;
    (void)state;
    program_open(&p);
    program_script(&p, "rm -rf r; mkdir r a before");
    program_table(&p, "needs.csv", "id,category,quantity,priority\nN-2,HW,30,2\nN-3,BKP,30,3\n");
    program_table(&p, "offers.csv",
                  "id,donor,quantity,category\nO-1,DE,30,HW;BKP\nO-2,FR,30,BKP\n");
    program_put(&p, "before", "assignments.csv", "need,offer,quantity\nN-3,O-1,30\n");
    program_put(&p, "a", "x.csv",
                "need,offer,quantity,decision,agreed,other_need,comment\nN-3,O-1,30,agree,,,\n");
    ALLOT(&p, "solve", "r", "--answers", "a", "--previous", "before", "--tables", "t", "-o",
          "t.xlsx", "-q");
    assert_exit(&p, 0);
    assert_file_holds(&p, "t/asks.csv", "\nN-2,loosen,,,,,,,,,yes,answers N-3/O-1 (DE)\n");
    program_script(&p, "unzip -p t.xlsx xl/sharedStrings.xml | grep -c 'answers N-3/O-1 (DE)<'");
    assert_prints(&p, "1\n");
    program_table(&p, "commitments.csv", "need,offer,kind,quantity\nN-3,O-1,fixed,30\n");
    ALLOT(&p, "solve", "r", "--tables", "u", "-q");
    assert_exit(&p, 0);
    assert_file_holds(&p, "u/asks.csv", "\nN-2,loosen,,,,,,,,,yes,commitments N-3/O-1 (DE)\n");
    program_close(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_declined_is_named_first),
        cmocka_unit_test(an_agreement_to_all_that_was_asked_is_no_obstacle),
        cmocka_unit_test(a_letter_says_that_it_was_declined),
        cmocka_unit_test(its_own_refusal_is_named_first_of_several_things),
        cmocka_unit_test(a_letter_says_that_it_was_refused_and_is_held_back_besides),
        cmocka_unit_test(of_agreements_the_one_that_frees_most_is_named),
        cmocka_unit_test(of_offers_the_one_that_frees_most_is_named),
        cmocka_unit_test(what_is_agreed_and_could_be_loosened_is_named_with_its_donor),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
