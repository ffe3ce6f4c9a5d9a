/* By how much a stage's value moves at least, worked out by hand: what one step of each need counts, and
 * the greatest common divisor of that.
 */
#include <math.h>
#include <string.h>

#include "tests/support/case_tables.h"

typedef struct StepCase {
    const char *label;
    CaseFile files[CASE_FILES];
    const char *stage;
    double step;
} StepCase;

#define ONE_OFFER OFFERS("", "O1,DE,1000,EUR\n")
#define LAPSING SETTINGS("stages,lapsing\n")
#define KEYS(rows)                                                                                 \
    {                                                                                              \
        "donors.csv", "id,share_key\n" rows                                                        \
    }

static const StepCase STEPS[] = {
    {"money moves by cents",
     {NEEDS("", "N1,HW,10,EUR\nN2,HW,20,EUR\n"), ONE_OFFER},
     "tier 1",
     0.01},
    {"60 or nothing and 90 or nothing: thirties",
     {NEEDS(",indivisible", "N1,HW,60,EUR,yes\nN2,HW,90,EUR,yes\n"), ONE_OFFER},
     "tier 1",
     30},
    {"90 or nothing, 30 of which are there already: 60 or nothing, and so is the other",
     {NEEDS(",indivisible,covered", "N1,HW,60,EUR,yes,\nN2,HW,90,EUR,yes,30\n"), ONE_OFFER},
     "tier 1",
     60},
    {"seats at 10 that count double and threefold: 20 and 30, tens",
     {NEEDS(",unit_cost,weight", "N1,HW,5,seat,10,2\nN2,HW,5,seat,10,3\n"), ONE_OFFER},
     "tier 1",
     10},
    {"four seats at 2.50 a step are 10, money in steps of 25: fives",
     {NEEDS(",unit_cost,step", "N1,HW,12,seat,2.5,4\nN2,HW,100,EUR,,25\n"), ONE_OFFER},
     "tier 1",
     5},
    {"a cent of USD is 0.008 EUR, beside a cent of EUR: 0.002",
     {RATES, NEEDS("", "N1,HW,10,USD\nN2,HW,10,EUR\n"), ONE_OFFER},
     "tier 1",
     0.002},
    {"a need that nobody can serve is the same in every plan",
     {NEEDS(",indivisible", "N1,HW,60,EUR,yes\nN2,XX,7,EUR,\n"),
      OFFERS(",categories", "O1,DE,1000,EUR,HW\n")},
     "tier 1",
     60},
    {"of another tier",
     {NEEDS(",indivisible,priority", "N1,HW,60,EUR,yes,1\nN2,HW,7,EUR,,2\n"), ONE_OFFER},
     "tier 1",
     60},
    {"nobody can be served",
     {NEEDS("", "N1,XX,7,EUR\n"), OFFERS(",categories", "O1,DE,1000,EUR,HW\n")},
     "tier 1",
     INFINITY},
    {"a fifth for each of five seats, a quarter for each of four: twentieths",
     {SETTINGS("measure,share\n"), NEEDS(",unit_cost", "N1,HW,5,seat,10\nN2,HW,4,seat,10\n"),
      ONE_OFFER},
     "tier 1",
     0.05},
    {"seats are counted, whatever they cost, four and six times: twos",
     {SETTINGS("measure,quantity\n"),
      NEEDS(",unit_cost,weight", "N1,HW,5,seat,10,4\nN2,HW,4,seat,20,6\n"), ONE_OFFER},
     "tier 1",
     2},
    {"shares of needs without money value: thirds and halves, sixths",
     {NEEDS("", "N1,HW,3,seat\nN2,HW,2,seat\n"), OFFERS("", "O1,DE,9,seat\n")},
     "unvalued 1",
     1.0 / 6},
    {"outcomes are not counted in steps",
     {NEEDS(",requires,unit_cost", "N1,HW,10,EUR,,\nW,HW,0,,N1,50\n"), ONE_OFFER},
     "tier 1",
     0},
    {"nor are alternatives",
     {NEEDS(",alternative", "N1,HW,10,EUR,A\nN2,HW,20,EUR,A\n"), ONE_OFFER},
     "tier 1",
     0},
    {"lines are counted",
     {SETTINGS("stages,splits\n"), NEEDS("", "N1,HW,10,EUR\n"), ONE_OFFER},
     "splits",
     1},
    {"a firmness counts lines, here seats at 12.50 and at 20, by the seat: halves of five",
     {SETTINGS("plan_on,pledged\n"), NEEDS(",unit_cost", "N1,HW,5,seat,12.5\nN2,HW,5,seat,20\n"),
      OFFERS(",status", "O1,DE,1000,EUR,pledged\nO2,DE,1000,EUR,paid\n")},
     "firmness pledged 1",
     2.5},
    {"what is met in full or not at all is given by cents all the same",
     {SETTINGS("plan_on,pledged\n"), NEEDS(",indivisible", "N1,HW,60,EUR,yes\n"),
      OFFERS(",status", "O1,DE,1000,EUR,pledged\nO2,DE,1000,EUR,paid\n")},
     "firmness pledged 1",
     0.01},
    {"of seats without money value shares: quarters and sixths, twelfths",
     {SETTINGS("plan_on,pledged\n"), NEEDS("", "N1,HW,4,seat\nN2,HW,6,seat\n"),
      OFFERS(",status", "O1,DE,9,seat,pledged\nO2,DE,9,seat,paid\n")},
     "firmness pledged 1 unvalued",
     1.0 / 12},
    {"a cost of 0.3 of seats at 10 and at 25: 3 and 7.50, halves of three",
     {SETTINGS("stages,cost\n"), NEEDS(",unit_cost", "N1,HW,5,seat,10\nN2,HW,5,seat,25\n"),
      OFFERS(",cost", "O1,DE,1000,EUR,0.3\n")},
     "cost",
     1.5},
    {"a thing costs by the unit, whatever it is worth; a gain counts like a cost",
     {SETTINGS("stages,cost\n"), NEEDS(",unit_cost", "N1,HW,5,seat,10\n"),
      OFFERS(",cost", "O1,DE,9,seat,4\nO2,DE,9,seat,-6\n")},
     "cost",
     2},
    {"a pair's own cost is by the unit of the need",
     {SETTINGS("stages,cost\n"),
      NEEDS(",unit_cost", "N1,HW,5,seat,10\n"),
      OFFERS(",cost", "O1,DE,1000,EUR,0.5\n"),
      {"pairs.csv", "need,offer,cost\nN1,O1,7\n"}},
     "cost",
     7},
    {"a fee of 10 once, beside costs of 4 a seat: twos",
     {SETTINGS("stages,cost\n"), NEEDS(",unit_cost", "N1,HW,5,seat,10\n"),
      OFFERS(",cost", "O1,DE,9,seat,4\n"), RULES(",value", "F1,fee,10\n")},
     "cost",
     2},
    {"where nothing lapses no plan changes anything",
     {SETTINGS("stages,lapsing\n"), NEEDS(",unit_cost", "N1,HW,5,seat,10\n"), ONE_OFFER},
     "lapsing",
     INFINITY},
    {"what lapses is used by the seat at 10",
     {LAPSING, NEEDS(",unit_cost", "N1,HW,5,seat,10\n"),
      OFFERS(",lapses", "O1,DE,1000,EUR,2027-01-01\n")},
     "lapsing 2027-01-01",
     10},
    {"what a child in another currency takes is rounded up to its parent's cents",
     {LAPSING,
      {"rates.csv", "currency,rate\nUSD,0.5\n"},
      NEEDS(",unit_cost", "N1,HW,5,seat,10\n"),
      OFFERS(",parent,lapses", "O1,DE,1000,EUR,,2027-01-01\nO2,FR,1000,USD,O1,\n")},
     "lapsing 2027-01-01",
     0.01},
    {"three quarters and one quarter of seats at 10",
     {SETTINGS("stages,burden\n"), KEYS("DE,3\nFR,1\n"), NEEDS(",unit_cost", "N1,HW,5,seat,10\n"),
      OFFERS("", "O1,DE,1000,EUR\nO2,FR,1000,EUR\n")},
     "burden",
     2.5},
    {"gross a seat is no whole cents: quarters of one",
     {SETTINGS("stages,burden\n"), KEYS("DE,3\nFR,1\n"), NEEDS(",unit_cost", "N1,HW,5,seat,10\n"),
      OFFERS(",overhead", "O1,DE,1000,EUR,0.3\n")},
     "burden",
     0.0025},
    {"of seats that are worth 8 each two donors owe half",
     {SETTINGS("stages,burden\n"), KEYS("DE,1\nFR,1\n"), NEEDS("", "N1,HW,5,seat\n"),
      OFFERS(",unit_value", "O1,DE,9,seat,8\n")},
     "burden in kind",
     4},
    {"keys with next to nothing in common",
     {SETTINGS("stages,burden\n"), KEYS("DE,0.123456789\nFR,1\n"),
      NEEDS(",unit_cost", "N1,HW,5,seat,10\n"), ONE_OFFER},
     "burden",
     0},
};

static const Stage *stage_of(const Pipeline *run, const StepCase *c)
{
    for (size_t s = 0; s < run->form.stage_count; s++)
        if (strcmp(run->form.stages[s].label, c->stage) == 0)
            return &run->form.stages[s];
    fail_msg("case \"%s\": there is no stage %s", c->label, c->stage);
    return NULL;
}

static Pipeline *formulate(const StepCase *c)
{
    Pipeline *run = case_formulate(c->files);
    if (run->status != STATUS_OK)
        pipeline_print(run);
    assert_case_int(c->label, run->status, STATUS_OK);
    return run;
}

static void a_step_is_what_all_differences_are_made_of(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(STEPS); i++) {
        Pipeline *run = formulate(&STEPS[i]);
        double step = formulation_stage_step(&run->form, stage_of(run, &STEPS[i]));
        if (!(step == STEPS[i].step || fabs(step - STEPS[i].step) <= 1e-15))
            fail_msg("case \"%s\": %.17g, not %.17g", STEPS[i].label, step, STEPS[i].step);
        pipeline_free(run);
    }
}

/* What one line of the plan before and what one step of each need count, N1 by value, N2 as a share. */
static void a_change_goes_by_steps_and_by_what_was_before(void **state)
{
    const StepCase c = {"before",
                        {SETTINGS("stages,change\n"),
                         NEEDS(",step", "N1,HW,100,EUR,25\nN2,HW,6,seat,2\n"),
                         OFFERS("", "O1,DE,1000,EUR\nO2,DE,9,seat\n")},
                        "change",
                        25};
    PreviousLine before[] = {{0, 0, 5000}, {1, 1, 0}};
    (void)state;
    Pipeline *run = formulate(&c);
    StepCase unvalued = c;
    unvalued.stage = "change unvalued";
    before[1].quantity = 3 * unit_scale(run->round.needs[1].unit);
    run->round.previous = before;
    run->round.previous_count = COUNT_OF(before);
    run->round.has_previous = true;
    assert_int_equal(
        formulation_build(&run->round, &run->pairs, &run->rules, run->arena, &run->form),
        STATUS_OK);
    /* 50 before is two steps; of the share 2/6 a step, 3/6 before */
    assert_true(fabs(formulation_stage_step(&run->form, stage_of(run, &c)) - 25) < 1e-12);
    assert_true(fabs(formulation_stage_step(&run->form, stage_of(run, &unvalued)) - 1.0 / 6) <
                1e-15);
    before[0].quantity = 1000; /* 10: moves by 15, by 40, .. and by 10: fives */
    assert_int_equal(
        formulation_build(&run->round, &run->pairs, &run->rules, run->arena, &run->form),
        STATUS_OK);
    assert_true(fabs(formulation_stage_step(&run->form, stage_of(run, &c)) - 5) < 1e-12);
    pipeline_free(run);
}

/* Of 60 or nothing and 90 or nothing 60 are unmet: 30 would be less. */
static void what_no_value_lies_below_is_decided(void **state)
{
    (void)state;
    Pipeline *run = formulate(&STEPS[1]);
    const Stage *stage = stage_of(run, &STEPS[1]);
    assert_true(formulation_decides(&run->form, stage, 60, 60));
    assert_true(formulation_decides(&run->form, stage, 60, 60.5)); /* more than proven */
    assert_true(formulation_decides(&run->form, stage, 60, 30.01));
    assert_false(formulation_decides(&run->form, stage, 60, 30));
    assert_false(formulation_decides(&run->form, stage, 60, 30 + 1e-12)); /* the noise of 30 */
    assert_false(formulation_decides(&run->form, stage, 60, 0));
    pipeline_free(run);
}

/* Where nothing is known of steps, only the noise of doubles may lie between. */
static void without_a_step_only_noise_lies_between(void **state)
{
    const StepCase c = {"alternatives",
                        {NEEDS(",alternative", "N1,HW,10,EUR,A\nN2,HW,20,EUR,A\n"), ONE_OFFER},
                        "tier 1",
                        0};
    (void)state;
    Pipeline *run = formulate(&c);
    assert_true(formulation_decides(&run->form, stage_of(run, &c), 50, 50 - 1e-10));
    assert_false(formulation_decides(&run->form, stage_of(run, &c), 50, 50 - 1e-8));
    pipeline_free(run);
}

/* What a stage is made of beside lines and what is unmet. */
static const StepCase COLUMNS[] = {
    {"an outcome worth 50 counts threefold, its need of money by the cent",
     {NEEDS(",requires,unit_cost,weight", "N1,HW,10,EUR,,,\nW,HW,0,,N1,50,3\n"), ONE_OFFER},
     "tier 1",
     150},
    {"an outcome counts once where quantities do",
     {SETTINGS("measure,quantity\n"),
      NEEDS(",requires,unit_cost,weight", "N1,HW,10,EUR,,,\nW,HW,0,,N1,50,3\n"), ONE_OFFER},
     "tier 1",
     3},
    {"a fee of 10 on a line of 4 a seat",
     {SETTINGS("stages,cost\n"), NEEDS(",unit_cost", "N1,HW,5,seat,10\n"),
      OFFERS(",cost", "O1,DE,9,seat,4\n"), RULES(",value", "F1,fee,10\n")},
     "cost",
     10},
    {"a line, there or not",
     {SETTINGS("stages,splits\n"), NEEDS("", "N1,HW,10,EUR\n"), ONE_OFFER},
     "splits",
     1},
    {"of alternatives nothing is known",
     {NEEDS(",alternative", "N1,HW,10,EUR,A\nN2,HW,20,EUR,A\n"), ONE_OFFER},
     "tier 1",
     0},
    {"nor of what lapses",
     {SETTINGS("stages,lapsing\n"), NEEDS("", "N1,HW,10,EUR\n"),
      OFFERS(",lapses", "O1,DE,1000,EUR,2027-01-01\n")},
     "lapsing 2027-01-01",
     0},
};

/* The largest step of any column of the stage. */
static void a_column_has_the_step_of_what_it_stands_for(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(COLUMNS); i++) {
        Pipeline *run = formulate(&COLUMNS[i]);
        const Stage *stage = stage_of(run, &COLUMNS[i]);
        double most = 0;
        assert_case(COLUMNS[i].label, stage->count > 0);
        for (size_t k = 0; k < stage->count; k++) {
            Ratio step;
            if (formulation_column_step(&run->form, stage, stage->columns[k], &step))
                most = fmax(most, ratio_to_double(step));
        }
        if (most != COLUMNS[i].step)
            fail_msg("case \"%s\": %.17g, not %.17g", COLUMNS[i].label, most, COLUMNS[i].step);
        pipeline_free(run);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_step_is_what_all_differences_are_made_of),
        cmocka_unit_test(a_change_goes_by_steps_and_by_what_was_before),
        cmocka_unit_test(a_column_has_the_step_of_what_it_stands_for),
        cmocka_unit_test(what_no_value_lies_below_is_decided),
        cmocka_unit_test(without_a_step_only_noise_lies_between),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
