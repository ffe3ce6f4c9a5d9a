/* A need that an urgent one of its own tier or of a lower one keeps short: the urgent need is named, with what it
 * would leave. All of DE's money is one offer; every amount is worked out in the head. */
#include "tests/support/program.h"

#define NEEDS "id,category,priority,quantity,indivisible,requires\n"
#define O1(quantity) "id,donor,quantity,only_needs\nO-1,DE," quantity ",\n"

typedef struct UrgentCase {
    const char *label;
    const char *needs, *offers;
    const char *more, *rows; /* another table and its text; NULL: none */
    const char *why;         /* need,unmet,code,id,freed of reasons.csv */
} UrgentCase;

static const UrgentCase CASES[] = {
    /* U-1 60, N-2 20 as agreed, N-1 20 of 100. Without the agreement N-1 would have 20 more, without U-1 60. */
    {"tier 3 before tier 1, and an agreement besides",
     NEEDS "N-1,HW,1,100,,\nN-2,HW,2,20,,\nU-1,HW,3,60,,\n", O1("100"), "commitments.csv",
     "need,offer,kind,quantity\nN-2,O-1,fixed,20\n", "N-1,80.00,URGENT,U-1,60.00\n"},
    /* a need of a higher tier would come first anyhow */
    {"tier 1 before tier 2", NEEDS "N-1,HW,2,100,,\nU-1,HW,1,60,,\n", O1("100"), NULL, NULL,
     "N-1,60.00,HIGHER_TIERS,,60.00\n"},
    {"its own tier", NEEDS "N-1,HW,1,100,,\nU-1,HW,1,60,,\n", O1("100"), NULL, NULL,
     "N-1,60.00,URGENT,U-1,60.00\n"},
    {"of another offer", NEEDS "N-1,HW,1,100,,\nU-1,SOC,3,60,,\n",
     "id,donor,quantity,category\nO-1,DE,70,HW\nO-2,DE,60,SOC\n", NULL, NULL,
     "N-1,30.00,EXHAUSTED,O-1,30.00\n"},
    {"all or nothing", NEEDS "N-1,HW,1,100,yes,\nU-1,HW,3,60,,\n", O1("100"), NULL, NULL,
     "N-1,100.00,URGENT,U-1,100.00\n"},
    /* U-1 60, N-2 30, and 30 are left: neither 90 nor 60 are 100. The donor's budget keeps more of O-1 alone from
     * helping, and the offer more of the budget. */
    {"a tier above has to give way, too",
     "id,category,priority,quantity,step\nN-1,HW,2,100,100\nN-2,HW,1,30,\nU-1,HW,3,60,\n",
     O1("120"), "donors.csv", "id,budget,currency\nDE,120,EUR\n",
     "N-1,100.00,URGENT,U-1,100.00\nN-1,100.00,HIGHER_TIERS,,100.00\n"},
    /* the outcome U-1 takes nothing itself */
    {"an outcome",
     "id,category,priority,quantity,unit_cost,requires\nN-1,HW,1,100,,\nP-1,HW,3,60,,\n"
     "U-1,HW,3,0,9,P-1\n",
     O1("100"), NULL, NULL, "N-1,60.00,URGENT,U-1,60.00\n"},
    {"the urgent need itself lacks", NEEDS "N-1,HW,1,100,,\nU-1,HW,3,160,,\n", O1("100"), NULL,
     NULL, "N-1,100.00,URGENT,U-1,100.00\nU-1,60.00,EXHAUSTED,O-1,60.00\n"},
    /* of 50 the rule keeps 20: U-1 has 30, and 20 more without it */
    {"a reserve is kept from it", NEEDS "U-1,HW,1,60,,\n", O1("50"), "rules.csv",
     "id,kind,offer,value\nR-1,reserve,O-1,20\n", "U-1,30.00,RULE_LIMIT,R-1,20.00\n"},
};

static void the_urgent_need_is_named(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(CASES); i++) {
        const UrgentCase *c = &CASES[i];
        Program p;
        program_open(&p);
        program_script(&p, "rm -rf r before; mkdir r before");
        program_table(&p, "needs.csv", c->needs);
        program_table(&p, "offers.csv", c->offers);
        program_put(&p, "before", "assignments.csv", "need,offer,quantity\n");
        if (c->more != NULL)
            program_table(&p, c->more, c->rows);
        ALLOT(&p, "solve", "r", "--previous", "before", "--urgent", "U-1", "--tables", "t", "-o",
              "p.xlsx");
        assert_exit(&p, 0);
        program_script(&p, "cut -d, -f1,3,5,8,11 t/reasons.csv | tail -n +2");
        assert_case_text(c->label, p.run.out, c->why);
        program_close(&p);
    }
}

/* What the planners read, and what the beneficiary does, who may not know whose need it is. */
static void a_letter_says_it_without_a_name(void **state)
{
    Program p;
    (void)state;
    program_open(&p);
    program_script(&p, "rm -rf r before; mkdir r before");
    program_table(&p, "needs.csv",
                  "id,category,priority,quantity,beneficiary\nN-1,HW,1,100,B1\nU-1,HW,3,60,B2\n");
    program_table(&p, "offers.csv", O1("100"));
    program_put(&p, "before", "assignments.csv", "need,offer,quantity\n");
    ALLOT(&p, "solve", "r", "--previous", "before", "--urgent", "U-1", "--tables", "t", "-o",
          "p.xlsx");
    assert_file_holds(&p, "t/reasons.csv",
                      "\"An urgent need is served first: U-1 (needs U-1). If U-1 gave way, it "
                      "would have all of the EUR 60.00 that it lacks. Of what could serve it (HW, "
                      "EUR): O-1 of DE (EUR 100.00) is used by U-1 (EUR 60.00, tier 3).\"");
    ALLOT(&p, "pack", "r", "p.xlsx", "k", "--previous", "before");
    assert_exit(&p, 0);
    assert_file_holds(&p, "k/beneficiary-B1.txt", "Why: An urgent need is served first.\n");
    program_script(&p, "grep -c U-1 k/beneficiary-B1.txt");
    assert_prints(&p, "0\n");
    program_close(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_urgent_need_is_named),
        cmocka_unit_test(a_letter_says_it_without_a_name),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
