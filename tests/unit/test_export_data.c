/* The model in MathProg and the data written for it, on rounds small enough to solve by hand: every
 * rule and stage once, as glpsol finds it.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "tests/support/reference.h"
#include "tests/support/test_support.h"

/** A round of three tables, or four, and what a stage of it comes to. */
typedef struct HandCase {
    const char *label;
    const char *needs, *offers, *table, *rows; /* table: the third one's file, or NULL */
    const char *stage;
    double value;
} HandCase;

#define NEEDS "id,category,quantity"
#define OFFERS "id,donor,quantity"

static const HandCase CASES[] = {
    {"less than a need's minimum is of no use (C6)", NEEDS ",min_quantity\nA,HW,100,60\n",
     OFFERS "\nO,X,50\n", NULL, NULL, "tier 1", 100},
    {"a need's minimum is of use (C6)", NEEDS ",min_quantity\nA,HW,100,60\n", OFFERS "\nO,X,60\n",
     NULL, NULL, "tier 1", 40},
    {"one of two indivisible needs (C6)", NEEDS ",indivisible\nA,HW,100,yes\nB,HW,80,yes\n",
     OFFERS "\nO,X,120\n", NULL, NULL, "tier 1", 80},
    {"a ticket is too large for the small need (C7)", NEEDS "\nA,HW,30\nB,HW,45\n",
     OFFERS ",min_ticket\nO,X,100,40\n", NULL, NULL, "tier 1", 30},
    {"a donor's ticket is over all its offers (C7)", NEEDS "\nA,HW,30\nB,HW,45\n",
     OFFERS "\nO,X,20\nP,X,20\n", "donors.csv", "id,min_ticket,currency\nX,40,EUR\n", "tier 1", 35},
    {"a rule's ticket holds for all its lines together (C7)", NEEDS "\nA,HW,30\nB,HW,45\n",
     OFFERS "\nO,X,60\nP,Y,9\n", "rules.csv", "id,kind,donor,value,currency\nR,ticket,X,61,EUR\n",
     "tier 1", 66},
    {"one donor alone (C8)", NEEDS ",max_donors\nA,HW,100,1\n", OFFERS "\nO,X,60\nP,Y,50\n", NULL,
     NULL, "tier 1", 40},
    {"an offer for two needs at most (C8)", NEEDS "\nA,HW,50\nB,HW,30\nC,HW,40\n",
     OFFERS ",max_needs\nO,X,200,2\n", NULL, NULL, "tier 1", 30},
    {"one need counted by a rule (C8)", NEEDS "\nA,HW,50\nB,HW,30\nC,HW,40\n", OFFERS "\nO,X,200\n",
     "rules.csv", "id,kind,count,of\nR,count,1,needs\n", "tier 1", 70},
    {"what is required comes first (C9)", NEEDS ",requires\nA,HW,50,B\nB,HW,100,\n",
     OFFERS "\nO,X,120\n", NULL, NULL, "tier 1", 30},
    {"what is required can not be had in full (C9)", NEEDS ",requires\nA,HW,50,B\nB,HW,100,\n",
     OFFERS "\nO,X,90\n", NULL, NULL, "tier 1", 60},
    {"all of a bundle or nothing (C10)", NEEDS ",bundle\nA,HW,50,K\nB,HW,70,K\nC,HW,60,\n",
     OFFERS "\nO,X,100\n", NULL, NULL, "tier 1", 120},
    {"an unknown amount keeps its bundle from being served (C10)",
     NEEDS ",bundle\nA,HW,50,K\nB,HW,unknown,K\n", OFFERS "\nO,X,100\n", NULL, NULL, "tier 1", 50},
    {"an alternative counts as its cheapest member (C11)",
     NEEDS ",alternative\nA,HW,50,K\nB,HW,80,K\n", OFFERS "\nO,X,20\n", NULL, NULL, "tier 1", 30},
    {"an alternative that is begun elsewhere is the one (C11)",
     NEEDS ",alternative,covered\nA,HW,50,K,0\nB,HW,80,K,20\n", OFFERS "\nO,X,45\n", NULL, NULL,
     "tier 1", 50 * (1 - 45.0 / 60)},
    {"an outcome that fails (C9, T)", NEEDS ",unit_cost,requires\nA,HW,50,,\nZ,HW,0,1000,A\n",
     OFFERS "\nO,X,40\n", NULL, NULL, "tier 1", 1010},
    {"an outcome that is met (C9, T)", NEEDS ",unit_cost,requires\nA,HW,50,,\nZ,HW,0,1000,A\n",
     OFFERS "\nO,X,50\n", NULL, NULL, "tier 1", 0},
    {"the second smallest share (F)", NEEDS ",beneficiary\nA,HW,100,P\nB,HW,100,Q\n",
     OFFERS ",only_needs\nO,X,40,A\nP,X,100,B\n", NULL, NULL, "fairness 1.2", 1},
    {"a fee is avoided", NEEDS "\nA,HW,100\n", OFFERS "\nO,X,100\nP,Y,100\n", "rules.csv",
     "id,kind,offer,value,currency\nR,fee,O,5,EUR\n", "cost", 0},
    {"a fee is paid", NEEDS "\nA,HW,150\n", OFFERS "\nO,X,100\nP,Y,100\n", "rules.csv",
     "id,kind,offer,value,currency\nR,fee,O,5,EUR\n", "cost", 5},
    {"one line does", NEEDS "\nA,HW,100\n", OFFERS "\nO,X,50\nP,X,50\nQ,X,100\n", "settings.csv",
     "key,value\nstages,splits\n", "splits", 1},
    {"a burden that the offers do not allow to even out", NEEDS "\nA,HW,100\n",
     OFFERS "\nO,X,100\nP,Y,60\n", "donors.csv", "id,share_key\nX,1\nY,3\n", "burden", 30},
    {"what lapses is used first", NEEDS "\nA,HW,100\n",
     OFFERS ",lapses\nO,X,100,\nP,Y,130,2026-02-01\n", NULL, NULL, "lapsing 2026-02-01", 30},
};

static void write_case(const char *dir, const HandCase *hand)
{
    bool burden = strcmp(hand->stage, "burden") == 0;
    write_file(dir, "needs.csv", hand->needs);
    write_file(dir, "offers.csv", hand->offers);
    if (hand->table != NULL)
        write_file(dir, hand->table, hand->rows);
    if (burden)
        write_file(dir, "settings.csv", "key,value\nstages,burden\n");
}

static Pipeline *formulate(const char *dir, const char *label)
{
    Pipeline *run = pipeline_formulate(dir, NULL, 0);
    if (run->status != STATUS_OK) {
        pipeline_print(run);
        fail_msg("case \"%s\"", label);
    }
    return run;
}

static void the_model_finds_what_a_hand_finds(void **state)
{
    (void)state;
    for (size_t k = 0; k < COUNT_OF(CASES); k++) {
        char *dir = test_dir_make();
        write_case(dir, &CASES[k]);
        Pipeline *run = formulate(dir, CASES[k].label);
        double found = reference_value(run, dir, CASES[k].stage);
        if (!(fabs(found - CASES[k].value) < 1e-4))
            fail_msg("case \"%s\": %.12g, not %.12g", CASES[k].label, found, CASES[k].value);
        pipeline_free(run);
        test_dir_remove(dir);
    }
}

/** 60 of O before, nothing of P: 100 are asked and O has 50, so that 10 move away and 50 come. */
static void change_is_what_moves(void **state)
{
    (void)state;
    char *dir = test_dir_make();
    write_file(dir, "needs.csv", NEEDS "\nA,HW,100\n");
    write_file(dir, "offers.csv", OFFERS "\nO,X,50\nP,Y,100\n");
    write_file(dir, "settings.csv", "key,value\nstages,change\n");
    Pipeline *run = formulate(dir, "change");
    PreviousLine line = {.need = 0, .offer = 0, .quantity = 6000};
    run->round.has_previous = true;
    run->round.previous = &line;
    run->round.previous_count = 1;
    assert_close(reference_value(run, dir, "change"), 60, 1e-4, 0);
    pipeline_free(run);
    test_dir_remove(dir);
}

/** Ids that MathProg would take for its own, cannot hold, or would take for one another. */
static void any_id_becomes_a_symbol_of_its_own(void **state)
{
    /* 79 letters of two bytes: a symbol of MathProg holds 100 bytes */
    static const char LONG[] = "ЖЩЮЯБГДЄЇПЖЩЮЯБГДЄЇП"
                               "ЖЩЮЯБГДЄЇПЖЩЮЯБГДЄЇП"
                               "ЖЩЮЯБГДЄЇПЖЩЮЯБГДЄЇП"
                               "ЖЩЮЯБГДЄЇПЖЩЮЯБГДЄЇ";
    static const char *const IDS[] = {"N'1",     "\"N\"\"1\"", ".",   "*",   "end",      "default",
                                      "\"a,b\"", "123",        "N 1", "N_1", "Заявка-1", "tr"};
    char needs[2000] = NEEDS "\n", offers[2000] = OFFERS ",only_needs\n", line[400];
    (void)state;
    char *dir = test_dir_make();
    for (size_t k = 0; k < COUNT_OF(IDS) + 2; k++) {
        bool plain = k < COUNT_OF(IDS);
        (void)snprintf(line, sizeof line, "%s%s,HW,10\n", plain ? IDS[k] : LONG,
                       plain        ? ""
                       : k % 2 == 0 ? "1"
                                    : "2");
        strncat(needs, line, sizeof needs - strlen(needs) - 1);
        (void)snprintf(line, sizeof line, "%s,%s,1,%s\n", plain ? IDS[k] : LONG,
                       plain ? IDS[k] : LONG, plain ? IDS[k] : "");
        if (k <= COUNT_OF(IDS))
            strncat(offers, line, sizeof offers - strlen(offers) - 1);
    }
    write_file(dir, "needs.csv", needs);
    write_file(dir, "offers.csv", offers);
    Pipeline *run = formulate(dir, "ids");
    assert_int_equal(run->round.need_count, COUNT_OF(IDS) + 2);
    /* ten each, and every offer gives one */
    size_t unmet = 10 * (COUNT_OF(IDS) + 2) - (COUNT_OF(IDS) + 1);
    assert_close(reference_value(run, dir, "tier 1"), (double)unmet, 1e-6, 0);
    pipeline_free(run);
    test_dir_remove(dir);
}

static void levels_are_found_by_their_labels(void **state)
{
    (void)state;
    char *dir = test_dir_make();
    write_file(dir, "needs.csv", NEEDS ",priority\nA,HW,60,1\nB,HW,60,2\n");
    write_file(dir, "offers.csv", OFFERS "\nO,X,100\n");
    Pipeline *run = formulate(dir, "levels");
    StageLevel loose[] = {{.label = "tier 1", .value = 25}, {.label = "fairness 1.1", .value = 0}};
    double found = NAN;
    assert_int_equal(reference_ask(run, dir, "tier 2", NULL, 0, 20, &found), REFERENCE_FOUND);
    assert_close(found, 20, 1e-4, 0); /* a level that is missing is 0: tier 1 is met in full */
    assert_int_equal(reference_ask(run, dir, "tier 2", loose, 2, 20, &found), REFERENCE_FOUND);
    assert_close(found, 0, 1e-4, 0);
    pipeline_free(run);
    test_dir_remove(dir);
}

static void what_cannot_be_written_is_said(void **state)
{
    static const struct {
        const char *path, *stage;
        Status status;
    } WRONG[] = {{"/nonexistent/x.dat", NULL, STATUS_IO},
                 {"/dev/full", NULL, STATUS_IO},
                 {"/dev/null", "tier 99", STATUS_USAGE},
                 {"/dev/null", "fairness 1", STATUS_USAGE},
                 {"/dev/null", NULL, STATUS_OK}};
    (void)state;
    Pipeline *run = formulate("samples/first-steps", "first-steps");
    for (size_t k = 0; k < COUNT_OF(WRONG); k++)
        assert_case_int(WRONG[k].path,
                        export_data_write(WRONG[k].path, &run->round, &run->pairs, &run->rules,
                                          &(ExportStage){.label = WRONG[k].stage}, run->arena),
                        WRONG[k].status);
    pipeline_free(run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_model_finds_what_a_hand_finds),
        cmocka_unit_test(change_is_what_moves),
        cmocka_unit_test(any_id_becomes_a_symbol_of_its_own),
        cmocka_unit_test(levels_are_found_by_their_labels),
        cmocka_unit_test(what_cannot_be_written_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
