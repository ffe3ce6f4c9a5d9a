/* The plan before against the plan found. Two indivisible needs want 100 and 60, one offer has 100:
 * a plan gives the 100 or the 60, and 60 or 100 stay unmet. The plans and bounds are given by hand.
 */
#include "solver/plan_before.h"

#include "tests/support/round_case.h"

static const CaseFile FILES[CASE_FILES] = {
    {"needs.csv", "id,category,quantity,unit,priority,indivisible\n"
                  "N1,HW,100,EUR,1,yes\nN2,HW,60,EUR,1,yes\nN3,HW,10,EUR,2,\n"},
    {"offers.csv", "id,donor,quantity,unit,category\nO1,DE,100,EUR,HW\nO2,FR,10,EUR,HW\n"},
    {"settings.csv", "key,value\nstages,change\nfairness,none\n"}};

/* One of N1 and N2 at most is served, and N2 is agreed: a plan before of both was made under other tables. */
static const CaseFile ALTERNATIVES[CASE_FILES] = {
    {"needs.csv", "id,category,quantity,unit,priority,alternative\n"
                  "N1,HW,60,EUR,1,either\nN2,HW,40,EUR,1,either\nN3,HW,10,EUR,2,\n"},
    {"offers.csv", "id,donor,quantity,unit,category\nO1,DE,100,EUR,HW\nO2,FR,10,EUR,HW\n"},
    {"commitments.csv", "need,offer,kind,quantity\nN2,O1,fixed,40\n"},
    {"settings.csv", "key,value\nstages,change\nfairness,none\n"}};

/* As FILES, but N2 wants nearly what N1 does: serving N1 instead of N2 leaves 99,990 unmet and not 100,000, one
 * part in ten thousand less. */
static const CaseFile ALIKE[CASE_FILES] = {
    {"needs.csv", "id,category,quantity,unit,priority,indivisible\n"
                  "N1,HW,100000,EUR,1,yes\nN2,HW,99990,EUR,1,yes\nN3,HW,10,EUR,2,\n"},
    {"offers.csv", "id,donor,quantity,unit,category\nO1,DE,100000,EUR,HW\nO2,FR,10,EUR,HW\n"},
    {"settings.csv", "key,value\nstages,change\nfairness,none\n"}};

/** Lines of a plan, in euros to N1, N2 and N3 from O1, and to N3 from O2. */
enum { PAIRS = 4 };

typedef struct BeforeCase {
    const char *label;
    double found[PAIRS];
    int before[PAIRS];
    double bounds[3]; /* tier 1, tier 2, change */
    int want[PAIRS];  /* euros */
    double change_bound;
    const CaseFile *files; /* NULL: FILES */
    StageStatus tier_1;    /* how the first tier was decided, */
    double gap;            /* and the gap at which it might have stopped */
} BeforeCase;

static const char *const PAIR[PAIRS][2] = {{"N1", "O1"}, {"N2", "O1"}, {"N3", "O1"}, {"N3", "O2"}};

static Pipeline *round_before(const BeforeCase *c)
{
    Pipeline *run = case_formulate(c->files != NULL ? c->files : FILES);
    PreviousLine *lines = ARENA_NEW(run->arena, PAIRS, PreviousLine);
    assert_non_null(lines);
    run->round.has_previous = true;
    run->round.previous = lines;
    for (int k = 0; k < PAIRS; k++)
        if (c->before[k] > 0)
            lines[run->round.previous_count++] =
                (PreviousLine){.need = case_pair_of(run, PAIR[k][0], PAIR[k][1])->need,
                               .offer = case_pair_of(run, PAIR[k][0], PAIR[k][1])->offer,
                               .quantity = c->before[k] * INT64_C(100)};
    assert_int_equal(
        formulation_build(&run->round, &run->pairs, &run->rules, run->arena, &run->form),
        STATUS_OK);
    return run;
}

static void assert_stands(const BeforeCase *c)
{
    int broken;
    int64_t excess;
    Pipeline *run = round_before(c);
    StageBound bounds[8];
    size_t count = 0;
    double *x = ARENA_NEW(run->arena, (size_t)run->form.lp.column_count, double);
    assert_non_null(x);
    for (int k = 0; k < PAIRS; k++)
        x[case_pair_of(run, PAIR[k][0], PAIR[k][1]) - run->pairs.pairs] = c->found[k];
    for (size_t s = 0; s < run->form.stage_count; s++) {
        StageKind kind = run->form.stages[s].kind;
        int at = kind == STAGE_TIER ? run->form.stages[s].tier - 1 : 2;
        if (kind == STAGE_TIER || kind == STAGE_CHANGE)
            bounds[count++] = (StageBound){
                .stage = s, .bound = c->bounds[at], .status = at == 0 ? c->tier_1 : STAGE_OPTIMAL};
    }
    assert_case_int(c->label, (int)count, 3);
    assert_int_equal(plan_extract(&run->form, x, false, run->arena, &run->plan, &broken, &excess),
                     STATUS_OK);
    assert_case_int(c->label, broken, -1);
    SolveSettings settings = {.gap_rel = c->gap};
    assert_int_equal(plan_keep_before(&run->form, &settings, run->arena, &run->plan, bounds, count),
                     STATUS_OK);
    for (int k = 0; k < PAIRS; k++)
        assert_line(c->label, run, PAIR[k][0], PAIR[k][1], c->want[k] * INT64_C(100));
    if (bounds[2].bound > c->change_bound + 1e-9 || bounds[2].bound < c->change_bound - 1e-9)
        fail_msg("case \"%s\": change is bounded by %.12g, expected %.12g", c->label,
                 bounds[2].bound, c->change_bound);
    pipeline_free(run);
}

static void the_plan_before_stands_unless_the_plan_found_is_better(void **state)
{
    static const BeforeCase CASES[] = {
        {"better in tier 1",
         {0, 60, 10},
         {100, 0, 0, 10},
         {60, 0, 0},
         {100, 0, 0, 10},
         0,
         NULL,
         STAGE_OPTIMAL,
         0},
        {"worse in tier 1",
         {100, 0, 0, 10},
         {0, 60, 10},
         {60, 0, 170},
         {100, 0, 0, 10},
         170,
         NULL,
         STAGE_OPTIMAL,
         0},
        {"as good: 10 less from O1, 10 more from O2",
         {0, 60, 0, 10},
         {0, 60, 10},
         {60, 0, 20},
         {0, 60, 10, 0},
         0,
         NULL,
         STAGE_OPTIMAL,
         0},
        {"worse in tier 2",
         {100, 0, 0, 10},
         {100},
         {60, 0, 10},
         {100, 0, 0, 10},
         10,
         NULL,
         STAGE_OPTIMAL,
         0},
        /* 110 of O1's 100: the lines cannot stay as they are */
        {"more than there is",
         {100, 0, 0, 10},
         {100, 0, 10},
         {60, 0, 20},
         {100, 0, 0, 10},
         20,
         NULL,
         STAGE_OPTIMAL,
         0},
        {"both of two alternatives",
         {0, 40, 0, 10},
         {60, 40, 0, 10},
         {0, 0, 60},
         {0, 40, 0, 10},
         60,
         ALTERNATIVES,
         STAGE_OPTIMAL,
         0},
    };
    (void)state;
    for (size_t k = 0; k < COUNT_OF(CASES); k++)
        assert_stands(&CASES[k]);
}

enum { BIG = 100000, LESS = 99990 };

/** The plan found serves N1, the one before N2. Moving 99,990 is not worth a gain of one part in ten thousand
 *  where the search would have been content with a thousandth. */
static void a_gain_within_the_gap_moves_no_lines(void **state)
{
    static const BeforeCase CASES[] = {
        {.label = "within the gap",
         .found = {BIG, 0, 0, 10},
         .before = {0, LESS, 0, 10},
         .bounds = {99950, 0, 0},
         .want = {0, LESS, 0, 10},
         .files = ALIKE,
         .tier_1 = STAGE_WITHIN_GAP,
         .gap = 0.001},
        {.label = "at a limit",
         .found = {BIG, 0, 0, 10},
         .before = {0, LESS, 0, 10},
         .bounds = {50000, 0, 0},
         .want = {0, LESS, 0, 10},
         .files = ALIKE,
         .tier_1 = STAGE_LIMIT,
         .gap = 0.001},
        {.label = "proven",
         .found = {BIG, 0, 0, 10},
         .before = {0, LESS, 0, 10},
         .bounds = {99990, 0, 200000},
         .want = {BIG, 0, 0, 10},
         .change_bound = 200000,
         .files = ALIKE,
         .tier_1 = STAGE_OPTIMAL,
         .gap = 0.001},
        {.label = "more than the gap",
         .found = {BIG, 0, 0, 10},
         .before = {0, LESS, 0, 10},
         .bounds = {99989, 0, 200000},
         .want = {BIG, 0, 0, 10},
         .change_bound = 200000,
         .files = ALIKE,
         .tier_1 = STAGE_LIMIT,
         .gap = 0.00009},
        /* found is 90 above the bound, the plan before 100, and 95 would do */
        {.label = "the plan before would not have ended the search",
         .found = {BIG, 0, 0, 10},
         .before = {0, LESS, 0, 10},
         .bounds = {99900, 0, 200000},
         .want = {BIG, 0, 0, 10},
         .change_bound = 200000,
         .files = ALIKE,
         .tier_1 = STAGE_WITHIN_GAP,
         .gap = 0.00095},
    };
    (void)state;
    for (size_t k = 0; k < COUNT_OF(CASES); k++)
        assert_stands(&CASES[k]);
}

/** N3 is new, and O2 lies there: it is served whatever becomes of the rest. Of O1 only 10 are left beside N2. */
static void what_the_plan_found_adds_and_moves_no_line_is_added(void **state)
{
    static const BeforeCase CASES[] = {
        {.label = "a new need and an offer that nobody has",
         .found = {BIG, 0, 0, 10},
         .before = {0, LESS},
         .bounds = {99950, 0, 10},
         .want = {0, LESS, 0, 10},
         .change_bound = 10,
         .files = ALIKE,
         .tier_1 = STAGE_WITHIN_GAP,
         .gap = 0.001},
        {.label = "its offer has so much left",
         .found = {0, LESS, 10},
         .before = {0, LESS},
         .bounds = {99950, 0, 10},
         .want = {0, LESS, 10},
         .change_bound = 10,
         .files = ALIKE,
         .tier_1 = STAGE_WITHIN_GAP,
         .gap = 0.001},
    };
    (void)state;
    for (size_t k = 0; k < COUNT_OF(CASES); k++)
        assert_stands(&CASES[k]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_plan_before_stands_unless_the_plan_found_is_better),
        cmocka_unit_test(a_gain_within_the_gap_moves_no_lines),
        cmocka_unit_test(what_the_plan_found_adds_and_moves_no_line_is_added),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
