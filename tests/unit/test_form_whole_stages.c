/* What the stages count of a given plan, by hand: outcomes, marks of alternatives, fees, splits,
 * burden, change. Then a few small rounds solved to the end.
 */
#include "tests/support/case_tables.h"

#include <string.h>

enum { LINES_AT_MOST = 5, POINTS_AT_MOST = 8 };

/** A plan, and the value of a stage for it. */
typedef struct Point {
    const char *stage;
    double value;
    double x[LINES_AT_MOST]; /* beside StageCase.lines: whole currency units, or steps */
} Point;

/** A line of the plan before, in whole units. */
typedef struct Before {
    const char *need, *offer;
    int quantity;
} Before;

typedef struct StageCase {
    const char *label;
    CaseFile files[CASE_FILES];
    const char *lines[LINES_AT_MOST][2];
    Point points[POINTS_AT_MOST];
    Before before[LINES_AT_MOST];
} StageCase;

#define ONE_OFFER OFFERS("", "O1,DE,1000,EUR\n")

static const StageCase TIERS[] = {
    {.label = "an outcome adds weight and worth while it is not met",
     {NEEDS(",requires,unit_cost,weight", "N1,HW,10,EUR,,,\nW1,HW,0,,N1,50,2\nW2,HW,0,,W1,7,\n"),
      ONE_OFFER},
     {{"N1", "O1"}},
     {{"tier 1", 10 + 2 * 50 + 7, {0}}, {"tier 1", 0.01 + 107, {9.99}}, {"tier 1", 0, {10}}}},
    {.label = "under share its worth is 1",
     {NEEDS(",requires,weight", "N1,HW,10,seat,,\nW1,HW,0,,N1,3\n"), OFFERS("", "O1,DE,10,seat\n"),
      SETTINGS("measure,share\n")},
     {{"N1", "O1"}},
     {{"tier 1", 1 + 3, {0}}, {"tier 1", 0.1 + 3, {9}}, {"tier 1", 0, {10}}}},
    {.label = "an outcome of what is met already, and one of what never will be",
     {NEEDS(",requires,unit_cost,covered,priority",
            "N1,HW,10,EUR,,,10,1\nN2,HW,unknown,EUR,,,,1\nW1,HW,0,,N1,50,,1\nW2,HW,0,,N2,7,,1\n"),
      ONE_OFFER},
     {{NULL, NULL}},
     {{"tier 1", 7, {0}}}},
    {.label = "an outcome of a tier of its own",
     {NEEDS(",requires,unit_cost,priority", "N1,HW,10,EUR,,,2\nW1,HW,0,,N1,50,1\n"), ONE_OFFER},
     {{"N1", "O1"}},
     {{"tier 1", 50, {0}}, {"tier 1", 0, {10}}, {"tier 2", 0, {10}}}},
    /* N2 is the cheapest: 3 * 20 EUR; its weight counts */
    {.label = "a mark counts once, as its cheapest member",
     {NEEDS(",alternative,weight,unit_cost", "N1,HW,100,EUR,A,5,\nN2,HW,3,seat,A,2,20\n"
                                             "N3,HW,10,EUR,,1,\n"),
      ONE_OFFER},
     {{"N1", "O1"}, {"N2", "O1"}, {"N3", "O1"}},
     {{"tier 1", 120 + 10, {0}},
      {"tier 1", 90 + 10, {25}},
      {"tier 1", 80, {0, 1, 10}},
      {"tier 1", 0, {100, 0, 10}}}},
    {.label = "of equal worth the first id",
     {NEEDS(",alternative,weight", "N1,HW,10,EUR,A,5\nN2,HW,10,EUR,A,2\n"), ONE_OFFER},
     {{"N1", "O1"}, {"N2", "O1"}},
     {{"tier 1", 50, {0}}, {"tier 1", 25, {0, 5}}}},
    {.label = "a weight of 0 of the cheapest makes the mark count nothing",
     {NEEDS(",alternative,weight", "N1,HW,10,EUR,A,5\nN2,HW,9,EUR,A,0\n"), ONE_OFFER},
     {{"N1", "O1"}, {"N2", "O1"}},
     {{"tier 1", 0, {0}}, {"tier 1", 0, {5}}}},
    {.label = "what is covered of the chosen one: less is wanted of it",
     {NEEDS(",alternative,covered", "N1,HW,10,EUR,A,6\nN2,HW,5,EUR,A,\n"), ONE_OFFER},
     {{"N1", "O1"}},
     {{"tier 1", 4, {0}}, {"tier 1", 1, {3}}, {"tier 1", 0, {4}}}},
    {.label = "a member that is covered in full meets the mark",
     {NEEDS(",alternative,covered", "N1,HW,10,EUR,A,10\nN2,HW,5,EUR,A,\n"), ONE_OFFER},
     {{NULL, NULL}},
     {{"tier 1", 0, {0}}}},
    {.label = "unknown members count nowhere",
     {NEEDS(",alternative", "N1,HW,unknown,EUR,A\nN2,HW,5,EUR,A\nN3,HW,unknown,EUR,B\n"),
      ONE_OFFER},
     {{"N2", "O1"}},
     {{"tier 1", 5, {0}}, {"tier 1", 0, {5}}}},
    {.label = "under share: what is wanted of all",
     {NEEDS(",alternative,covered,weight", "N1,HW,10,seat,A,6,3\nN2,HW,8,seat,A,,\n"),
      OFFERS("", "O1,DE,10,seat\n"), SETTINGS("measure,share\n")},
     {{"N1", "O1"}},
     {{"tier 1", 3 * 0.4, {0}}, {"tier 1", 3 * 0.1, {3}}}},
    {.label = "under quantity: units",
     {NEEDS(",alternative", "N1,HW,10,seat,A\nN2,HW,8,seat,A\n"), OFFERS("", "O1,DE,10,seat\n"),
      SETTINGS("measure,quantity\n")},
     {{"N1", "O1"}},
     {{"tier 1", 8, {0}}, {"tier 1", 4, {5}}}},
    /* N1 has a value and N2 and N3 have none: N2 is the first without */
    {.label = "a mark with a member without value counts beside the tier",
     {NEEDS(",alternative,weight", "N1,HW,10,EUR,A,5\nN2,HW,4,kit,A,2\nN3,HW,1,kit,A,9\n"),
      OFFERS("", "O1,DE,100,EUR\nO2,DE,9,kit\n")},
     {{"N1", "O1"}, {"N2", "O2"}},
     {{"tier 1", 0, {0}},
      {"unvalued 1", 2, {0}},
      {"unvalued 1", 1, {5}},
      {"unvalued 1", 0.5, {0, 3}}}},
    {.label = "... as its weight, whatever of it is covered",
     {NEEDS(",alternative,weight,covered", "N1,HW,10,kit,A,2,5\nN2,HW,4,kit,A,1,\n"),
      OFFERS("", "O2,DE,9,kit\n")},
     {{"N1", "O2"}},
     {{"unvalued 1", 2, {0}}, {"unvalued 1", 1.2, {2}}, {"unvalued 1", 0, {5}}}},
};

static const StageCase LATER[] = {
    /* cost 2 a euro of value from O1; a fee of 10 dollars on DE, one of 3 for each need of FR */
    {.label = "fees, once for each combination",
     {{"rates.csv", "currency,rate\nUSD,0.8\n"},
      NEEDS("", "N1,HW,10,EUR\nN2,HW,10,EUR\n"),
      OFFERS(",cost", "O1,DE,100,EUR,2\nO2,FR,100,EUR,\n"),
      {"rules.csv", "id,kind,donor,each,value,currency\nR1,fee,DE,,10,USD\nR2,fee,FR,need,3,\n"}},
     {{"N1", "O1"}, {"N2", "O1"}, {"N1", "O2"}, {"N2", "O2"}},
     {{"cost", 0, {0}},
      {"cost", 2 * 0.01 + 8, {0.01}},
      {"cost", 2 * 12 + 8, {10, 2}},
      {"cost", 3, {0, 0, 5}},
      {"cost", 6, {0, 0, 10, 1}},
      {"cost", 2 + 8 + 6, {1, 0, 1, 1}}}},
    {.label = "a fee on one seat, and on the only pair of an indivisible need",
     {NEEDS(",indivisible", "N1,HW,1,seat,\nN2,HW,10,EUR,yes\n"),
      OFFERS("", "O1,DE,1,seat\nO2,FR,100,EUR\n"),
      {"rules.csv", "id,kind,each,value\nR1,fee,need,3\n"}},
     {{"N1", "O1"}, {"N2", "O2"}},
     {{"cost", 0, {0}}, {"cost", 3, {1}}, {"cost", 6, {1, 10}}}},
    {.label = "the number of lines",
     {NEEDS(",indivisible,bundle", "N1,HW,10,EUR,,\nN2,HW,1,seat,,\nN3,HW,9,EUR,yes,\n"
                                   "N4,HW,5,seat,,B\n"),
      OFFERS("", "O1,DE,100,EUR\nO2,FR,100,EUR\nO3,FR,9,seat\n"), SETTINGS("stages,splits\n")},
     {{"N1", "O1"}, {"N1", "O2"}, {"N2", "O3"}, {"N3", "O2"}, {"N4", "O3"}},
     {{"splits", 0, {0}},
      {"splits", 1, {0.01}},
      {"splits", 2, {5, 5}},
      {"splits", 3, {5, 5, 1}},
      {"splits", 5, {5, 5, 1, 9, 5}}}},
    /* keys 3 and 1: of 8 EUR DE owes 6, FR (with its 5 USD) 2; IT has no key; PL has one of 0 */
    {.label = "burden: what each is off its key's share of all",
     {{"rates.csv", "currency,rate\nUSD,0.8\n"},
      NEEDS("", "N1,HW,100,EUR\n"),
      OFFERS(",overhead", "O1,DE,100,EUR,0.2\nO2,FR,100,USD,\nO3,IT,100,EUR,\nO4,PL,100,EUR,\n"),
      {"donors.csv", "id,share_key\nDE,3\nFR,1\nIT,\nPL,0\n"},
      SETTINGS("stages,burden\n")},
     {{"N1", "O1"}, {"N1", "O2"}, {"N1", "O3"}, {"N1", "O4"}},
     {{"burden", 0, {0}},
      {"burden", 0, {0, 0, 50}},
      {"burden", 4, {3.2, 4}},          /* gross 4 and 4, of 8: 4 - 6, 4 - 2 */
      {"burden", 2.5, {4, 0}},          /* gross 5 of 5: 5 - 3.75, 0 - 1.25 */
      {"burden", 0, {4.8, 2}},          /* gross 6 and 2 */
      {"burden", 16, {4.8, 2, 0, 8}}}}, /* of 16: 6 - 12, 2 - 4, 8 - 0 */
    {.label = "burden in kind, apart",
     {NEEDS("", "N1,HW,100,EUR\nN2,HW,9,seat\n"),
      OFFERS(",unit_value", "O1,DE,100,EUR,\nO2,FR,9,seat,10\nO3,DE,9,seat,\n"),
      {"donors.csv", "id,share_key\nDE,1\nFR,1\n"},
      SETTINGS("stages,burden\n")},
     {{"N1", "O1"}, {"N2", "O2"}, {"N2", "O3"}},
     {{"burden", 7, {7, 4}}, {"burden in kind", 40, {7, 4}}, {"burden in kind", 0, {7, 0, 4}}}},
    {.label = "a child's money is its root donor's",
     {NEEDS("", "N1,HW,100,EUR\n"),
      OFFERS(",parent", "O1,DE,100,EUR,\nO2,FR,100,EUR,O1\nO3,FR,100,EUR,\n"),
      {"donors.csv", "id,share_key\nDE,1\nFR,1\n"},
      SETTINGS("stages,burden\n")},
     {{"N1", "O1"}, {"N1", "O2"}, {"N1", "O3"}},
     {{"burden", 0, {3, 4, 7}}, {"burden", 8, {4, 4}}}},
    {.label = "no keys, no burden",
     {NEEDS("", "N1,HW,100,EUR\n"), ONE_OFFER, SETTINGS("stages,burden\n")},
     {{"N1", "O1"}},
     {{"burden", 0, {50}}}},
    /* N3 is barred now: its 5 seats at 4 EUR have moved for good */
    {.label = "change: what moves either way",
     {NEEDS(",unit_cost,ready", "N1,HW,10,EUR,,\nN2,HW,10,kit,,\nN3,HW,9,seat,4,no\n"),
      OFFERS("", "O1,DE,100,EUR\nO2,FR,9,kit\nO3,FR,9,seat\n"), SETTINGS("stages,change\n")},
     {{"N1", "O1"}, {"N2", "O2"}},
     {{"change", 6 + 20, {0}},
      {"change", 20, {6}},
      {"change", 4 + 20, {10}},
      {"change unvalued", 0, {6}},
      {"change unvalued", 0.3, {6, 3}}},
     {{"N1", "O1", 6}, {"N3", "O3", 5}}},
    {.label = "change of what was given beyond what is wanted now",
     {NEEDS(",covered", "N1,HW,10,EUR,6\n"), ONE_OFFER, SETTINGS("stages,change\n")},
     {{"N1", "O1"}},
     {{"change", 5, {4}}, {"change", 9, {0}}},
     {{"N1", "O1", 9}}},
};

static const Stage *stage_of(const Pipeline *run, const char *label)
{
    for (size_t s = 0; s < run->form.stage_count; s++)
        if (strcmp(run->form.stages[s].label, label) == 0)
            return &run->form.stages[s];
    fail_msg("there is no stage '%s'", label);
    return NULL;
}

/** The round once more, with the plan before. */
static void add_previous(Pipeline *run, const Before *before)
{
    PreviousLine *lines = ARENA_NEW(run->arena, LINES_AT_MOST, PreviousLine);
    size_t count = 0;
    assert_non_null(lines);
    for (; count < LINES_AT_MOST && before[count].need != NULL; count++) {
        int need = round_find_need(&run->round, before[count].need);
        lines[count] = (PreviousLine){.need = need,
                                      .offer = round_find_offer(&run->round, before[count].offer),
                                      .quantity = before[count].quantity *
                                                  unit_scale(run->round.needs[need].unit)};
    }
    if (count == 0)
        return;
    run->round.has_previous = true;
    run->round.previous = lines;
    run->round.previous_count = count;
    assert_int_equal(
        formulation_build(&run->round, &run->pairs, &run->rules, run->arena, &run->form),
        STATUS_OK);
}

static void assert_stages(const StageCase *c)
{
    Pipeline *run = case_formulate(c->files);
    if (run->status != STATUS_OK)
        pipeline_print(run);
    assert_case_int(c->label, run->status, STATUS_OK);
    add_previous(run, c->before);
    for (int i = 0; i < POINTS_AT_MOST && c->points[i].stage != NULL; i++) {
        const Point *point = &c->points[i];
        double *x = ARENA_NEW(run->arena, (size_t)run->form.lp.column_count, double);
        assert_non_null(x);
        for (int k = 0; k < LINES_AT_MOST && c->lines[k][0] != NULL; k++)
            x[case_pair_of(run, c->lines[k][0], c->lines[k][1]) - run->pairs.pairs] = point->x[k];
        formulation_complete(&run->form, x);
        const Stage *stage = stage_of(run, point->stage);
        double value = stage->constant;
        for (size_t k = 0; k < stage->count; k++)
            value += stage->costs[k] * x[stage->columns[k]];
        if (value > point->value + 1e-9 || value < point->value - 1e-9)
            fail_msg("case \"%s\": '%s' of point %d is %.12g, expected %.12g", c->label,
                     point->stage, i, value, point->value);
    }
    pipeline_free(run);
}

static void outcomes_and_marks_count_in_their_tier(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(TIERS); i++)
        assert_stages(&TIERS[i]);
}

static void fees_splits_burden_and_change_count_the_plan(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(LATER); i++)
        assert_stages(&LATER[i]);
}

static void stages_that_do_not_apply_are_not_there(void **state)
{
    const CaseFile files[] = {SETTINGS("stages,splits;change;burden\n"),
                              {"donors.csv", "id,share_key\nDE,1\nFR,1\n"},
                              {NULL, NULL}};
    Pipeline *run = case_formulate(files);
    size_t s = 0;
    (void)state;
    assert_int_equal(run->status, STATUS_OK);
    while (s < run->form.stage_count && strcmp(run->form.stages[s].label, "splits") != 0)
        s++;
    /* no plan before: no change; things without unit_value: no burden in kind */
    assert_true(s + 2 < run->form.stage_count);
    assert_string_equal(run->form.stages[s + 1].label, "burden");
    assert_string_equal(run->form.stages[s + 2].label, "canonical");
    pipeline_free(run);
}

/* ---- solved --------------------------------------------------------------------------------- */

typedef struct SolvedCase {
    const char *label;
    CaseFile files[CASE_FILES];
    struct {
        const char *need, *offer;
        int64_t quantity;
    } want[LINES_AT_MOST];
} SolvedCase;

static const SolvedCase SOLVED[] = {
    /* 60 of 100 would be less than the least, and N2 takes the rest */
    {"what is too little goes to the next",
     {NEEDS(",min_quantity,weight", "N1,HW,100,EUR,70,2\nN2,HW,50,EUR,,1\n"),
      OFFERS("", "O1,DE,60,EUR\n")},
     {{"N1", "O1", 0}, {"N2", "O1", 5000}}},
    /* N2 alone is worth 100, N1 and then N2's outcome 1000 */
    {"an outcome that is worth more than what it takes",
     {NEEDS(",requires,unit_cost", "N1,HW,60,EUR,,\nN2,HW,100,EUR,,\nW,HW,0,,N1,1000\n"),
      OFFERS("", "O1,DE,100,EUR\n"), SETTINGS("fairness,none\n")},
     {{"N1", "O1", 6000}, {"N2", "O1", 4000}}},
    {"a tier of an outcome alone, which has nobody to be fair to",
     {NEEDS(",requires,unit_cost,priority", "N1,HW,60,EUR,,,2\nN2,HW,90,EUR,,,2\nW,HW,0,,N1,9,1\n"),
      OFFERS("", "O1,DE,100,EUR\n")},
     {{"N1", "O1", 6000}, {"N2", "O1", 4000}}},
    {"of two alternatives the one that is met in full",
     {NEEDS(",alternative", "N1,HW,100,EUR,A\nN2,HW,60,EUR,A\n"), OFFERS("", "O1,DE,70,EUR\n")},
     {{"N1", "O1", 0}, {"N2", "O1", 6000}}},
    {"a bundle that does not fit is left",
     {NEEDS(",bundle", "N1,HW,60,EUR,B\nN2,HW,50,EUR,B\nN3,HW,10,EUR,\n"),
      OFFERS("", "O1,DE,100,EUR\n")},
     {{"N1", "O1", 0}, {"N2", "O1", 0}, {"N3", "O1", 1000}}},
    {"a fee is not paid where it need not be",
     {NEEDS("", "N1,HW,50,EUR\n"),
      OFFERS("", "O1,DE,100,EUR\nO2,FR,100,EUR\n"),
      {"rules.csv", "id,kind,donor,value\nR1,fee,DE,1\n"}},
     {{"N1", "O1", 0}, {"N1", "O2", 5000}}},
    {"burden is shared by the keys",
     {NEEDS("", "N1,HW,80,EUR\n"),
      OFFERS("", "O1,DE,100,EUR\nO2,FR,100,EUR\n"),
      {"donors.csv", "id,share_key\nDE,3\nFR,1\n"},
      SETTINGS("stages,burden\n")},
     {{"N1", "O1", 6000}, {"N1", "O2", 2000}}},
    {"as few lines as can be",
     {NEEDS("", "N1,HW,50,EUR\nN2,HW,40,EUR\n"), OFFERS("", "O1,DE,40,EUR\nO2,FR,50,EUR\n"),
      SETTINGS("stages,splits\n")},
     {{"N1", "O2", 5000}, {"N2", "O1", 4000}}},
};

static void small_rounds_come_out_as_they_must(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(SOLVED); i++) {
        Pipeline *run = case_plan(SOLVED[i].files);
        for (int k = 0; k < LINES_AT_MOST && SOLVED[i].want[k].need != NULL; k++)
            assert_line(SOLVED[i].label, run, SOLVED[i].want[k].need, SOLVED[i].want[k].offer,
                        SOLVED[i].want[k].quantity);
        pipeline_free(run);
    }
}

/* Three seats at 33.3333 are 99.9999 EUR: gross 100.00, rounded up, which is the ticket. */
static void gross_rounded_up_reaches_the_ticket(void **state)
{
    const CaseFile files[] = {NEEDS(",unit_cost", "N1,HW,3,seat,33.3333\n"),
                              OFFERS(",min_ticket", "O1,DE,100,EUR,100\n"),
                              {NULL, NULL}};
    (void)state;
    Pipeline *run = case_plan(files);
    assert_line("ticket", run, "N1", "O1", 3000000);
    pipeline_free(run);
}

/* 76716564 litres at 4.97 EUR are 381281323.08 EUR to the cent, though not in doubles. */
static void what_an_offer_just_reaches_is_reached(void **state)
{
    const CaseFile files[] = {
        NEEDS(",unit_cost,min_quantity", "N1,HW,80000000,litre,4.97,76716564\n"),
        OFFERS("", "O1,DE,381281323.08,EUR\n"),
        {NULL, NULL}};
    (void)state;
    Pipeline *run = case_plan(files);
    assert_line("litres", run, "N1", "O1", INT64_C(76716564000000));
    pipeline_free(run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(outcomes_and_marks_count_in_their_tier),
        cmocka_unit_test(fees_splits_burden_and_change_count_the_plan),
        cmocka_unit_test(stages_that_do_not_apply_are_not_there),
        cmocka_unit_test(small_rounds_come_out_as_they_must),
        cmocka_unit_test(gross_rounded_up_reaches_the_ticket),
        cmocka_unit_test(what_an_offer_just_reaches_is_reached),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
