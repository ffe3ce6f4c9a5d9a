/* The program against the same model stated twice: models/allocation.mod, decided stage by stage by
 * glpsol, on random rounds. What is compared is what the program says to have proven of each stage;
 * the levels that hold the stages before are the reference's own.
 */
#include "tests/support/random_previous.h"
#include "tests/support/random_round.h"
#include "tests/support/reference.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Fewer under the sanitizers, which are an order slower; ALLOT_ROUNDS overrides. */
#ifdef __SANITIZE_ADDRESS__
enum { ROUNDS = 8 };
#else
enum { ROUNDS = 40 };
#endif

/* Every so many rounds the programs exported for other solvers are asked too. */
enum { OTHERS_EVERY = 4, SECONDS_A_STAGE = 2, ENOUGH = 16 }; /* rounds to ask of what came out */

static uint64_t rounds(void)
{
    const char *text = getenv("ALLOT_ROUNDS");
    return text == NULL ? ROUNDS : strtoull(text, NULL, 10);
}

/** What became of the rounds of a test. */
typedef struct Tally {
    int wrong_tables, no_plan, compared, stages, unproven, too_long, lost, others;
} Tally;

/** One round while it is walked. */
typedef struct Walk {
    const TextRound *round;
    Pipeline *run;
    const char *dir;
    StageLevel *levels; /* [count] the reference's, as far as it has come */
    size_t count;
    Tally *tally;
} Walk;

static void fail_walk(const Walk *walk, const char *why)
{
    text_round_print(walk->round);
    pipeline_print(walk->run);
    fail_msg("seed %llu: %s", (unsigned long long)walk->round->seed, why);
}

/* ---- what the program says ------------------------------------------------------------------- */

/** Amounts of money may differ by cents, everything else by what doubles and levels leave. */
static double noise_of(const Round *round, const StageResult *stage)
{
    bool in_money = stage->kind == STAGE_TIER
                        ? round->settings.measure == MEASURE_VALUE
                        : stage->kind != STAGE_UNVALUED && stage->kind != STAGE_FAIRNESS &&
                              stage->kind != STAGE_SPLITS && !stage->unvalued;
    double cents = stage->kind == STAGE_COST || stage->kind == STAGE_BURDEN ? 0.5 : 0.05;
    return (in_money ? cents : 1e-5) + 1e-5 * fabs(stage->bound);
}

/** The line of the plan's stages for a label; of a rank that is not listed, the rank before. */
static const StageResult *stage_of(const Walk *walk, const char *label, const StageResult *last)
{
    const Plan *plan = &walk->run->plan;
    for (size_t i = 0; i < plan->stage_count; i++)
        if (strcmp(plan->stages[i].label, label) == 0)
            return &plan->stages[i];
    if (last == NULL || last->kind != STAGE_FAIRNESS || strncmp(label, "fairness", 8) != 0)
        fail_walk(walk, label);
    return last;
}

/** Every stage that the plan lists is one of the model's, in the same order. */
static void compare_lists(const Walk *walk)
{
    const Plan *plan = &walk->run->plan;
    size_t at = 0;
    for (size_t i = 0; i < plan->stage_count; i++, at++) {
        while (at < walk->count && strcmp(walk->levels[at].label, plan->stages[i].label) != 0)
            at++;
        if (at == walk->count)
            fail_walk(walk, plan->stages[i].label);
    }
}

/** Compares one stage. False when what follows can not be compared. */
static bool compare_stage(const Walk *walk, const StageResult *stage, size_t at, double found)
{
    double noise = noise_of(&walk->run->round, stage);
    double sign = stage->maximise ? -1.0 : 1.0;
    bool proven = stage->status == STAGE_OPTIMAL;
    /* never better than the bound; of a proven stage never worse than the plan, nor the plan than it */
    bool wrong = sign * (stage->bound - found) > noise || sign * (found - stage->value) > noise ||
                 (proven && fabs(found - stage->value) > noise);
    if (wrong) {
        print_error("stage '%s': the reference finds %.12g, the program %.12g of %.12g\n",
                    walk->levels[at].label, found, stage->value, stage->bound);
        fail_walk(walk, "the reference differs");
    }
    walk->tally->stages++;
    walk->tally->unproven += !proven;
    return proven;
}

static void walk_stages(Walk *walk)
{
    const StageResult *stage = NULL;
    compare_lists(walk);
    for (size_t at = 0; at < walk->count; at++) {
        double found = NAN;
        ReferenceAnswer answer = reference_ask(walk->run, walk->dir, walk->levels[at].label,
                                               walk->levels, at, SECONDS_A_STAGE, &found);
        stage = stage_of(walk, walk->levels[at].label, stage);
        if (answer == REFERENCE_NO_PLAN && at == 0)
            fail_walk(walk, "the reference finds no plan");
        if (answer != REFERENCE_FOUND) { /* no plan keeps the levels found: glpsol lost its way */
            walk->tally->too_long += answer == REFERENCE_NO_TIME;
            walk->tally->lost += answer == REFERENCE_NO_PLAN;
            return;
        }
        if (!compare_stage(walk, stage, at, found))
            return;
        walk->levels[at].value = found;
    }
    walk->tally->compared++;
}

/* ---- other solvers --------------------------------------------------------------------------- */

/** What cbc or clp finds in x.mps; NAN where it finds nothing. */
static double ask_other(const Walk *walk, bool whole)
{
    const char *mark = whole ? "Objective value:" : "Optimal objective ";
    TestRun said = run_shell(walk->dir, whole ? "timeout 60 cbc x.mps ratio 0 allow 0 sec 10 solve"
                                              : "timeout 60 clp x.mps -primalsimplex");
    const char *at = strstr(said.out, mark);
    bool timeless = strstr(said.out, "Stopped on time") == NULL;
    double found = at != NULL && timeless ? strtod(at + strlen(mark), NULL) : NAN;
    if (at == NULL && timeless && said.exit_code != 124) {
        print_error("%.900s\n", said.out);
        fail_walk(walk, "another solver cannot read the exported program");
    }
    test_run_free(&said);
    return found;
}

/** The exported program of a stage has the value that the plan reports. */
static void compare_export(const Walk *walk, const StageResult *stage)
{
    const Pipeline *run = walk->run;
    char *path = test_path(walk->dir, "x.mps");
    StageLevel *levels;
    size_t count;
    double *x;
    assert_int_equal(plan_point(&run->form, &run->plan, run->arena, &x), STATUS_OK);
    assert_int_equal(solve_plan_levels(&run->form, x, run->result.x, run->arena, &levels, &count),
                     STATUS_OK);
    assert_int_equal(solve_export(&run->form, stage->label, levels, path, false, run->arena),
                     STATUS_OK);
    double found = ask_other(walk, run->form.whole) * (stage->maximise ? -1.0 : 1.0);
    if (isnan(found)) { /* no answer in its time, or none at all: said in the tally */
        walk->tally->too_long++;
        free(path);
        return;
    }
    if (!(fabs(found - stage->bound) <= noise_of(&run->round, stage))) {
        print_error("stage '%s': another solver finds %.12g, the program %.12g of %.12g\n",
                    stage->label, found, stage->value, stage->bound);
        fail_walk(walk, "the exported program differs");
    }
    walk->tally->others++;
    free(path);
}

/** How many of the first stages are proven: behind one that is not, the solver may hold more than its
 *  value. */
static size_t proven_stages(const Plan *plan)
{
    size_t count = 0;
    while (count < plan->stage_count && plan->stages[count].status == STAGE_OPTIMAL)
        count++;
    return count;
}

/** The first stage, and one that others hold. */
static void ask_others(const Walk *walk)
{
    size_t proven = proven_stages(&walk->run->plan);
    if (walk->run->solved > 1 || proven == 0)
        return; /* rows were tightened: the program is another than the one decided first */
    compare_export(walk, &walk->run->plan.stages[0]);
    compare_export(walk, &walk->run->plan.stages[proven * 2 / 3]);
}

/* ---- rounds ---------------------------------------------------------------------------------- */

static void begin_walk(Walk *walk)
{
    const char *const *labels;
    Pipeline *run = walk->run;
    assert_int_equal(
        export_data_stages(&run->round, &run->pairs, run->arena, &labels, &walk->count), STATUS_OK);
    walk->levels = ARENA_NEW(run->arena, walk->count, StageLevel);
    assert_non_null(walk->levels);
    for (size_t i = 0; i < walk->count; i++)
        walk->levels[i].label = labels[i];
}

static void expect_no_plan(Walk *walk)
{
    double found;
    if (walk->count > 0 && reference_ask(walk->run, walk->dir, walk->levels[0].label, NULL, 0,
                                         SECONDS_A_STAGE, &found) == REFERENCE_FOUND)
        fail_walk(walk, "the reference finds a plan where the program finds none");
    walk->tally->no_plan++;
}

/** What is asked of the plan after one: nothing, that answers are settled, that a need comes first. */
typedef enum After { NO_PLAN_BEFORE, SETTLED, URGENT } After;

static Status solve_after(Pipeline *run)
{
    SolveSettings settings = solve_settings_of(&run->round);
    TRY(formulation_build(&run->round, &run->pairs, &run->rules, run->arena, &run->form));
    TRY(solve_plan(&run->form, &settings, run->arena, &run->result, &run->plan));
    run->solved = 2; /* no export is asked of others */
    if (!solve_outcome_has_plan(run->result.outcome))
        return STATUS_NO_PLAN;
    TRY(plan_reasons(&run->round, run->pairs.sets, run->arena, &run->plan));
    run->step = "verify";
    return plan_verify(&run->round, &run->plan, true, "plan", run->arena, run->diag, &run->report);
}

static Pipeline *run_after(const char *dir, uint64_t seed, After after)
{
    Pipeline *run =
        after == NO_PLAN_BEFORE ? pipeline_run(dir, NULL, 0) : pipeline_formulate(dir, NULL, 0);
    TestRandom random = random_seeded(seed);
    if (after == NO_PLAN_BEFORE || run->status != STATUS_OK)
        return run;
    random_previous(&run->round, &random);
    run->round.settings.change_first = after == SETTLED;
    run->round.has_urgent = after == URGENT && run->round.need_count > 0;
    if (run->round.has_urgent)
        run->round.urgent = (int)random_between(&random, 0, (int64_t)run->round.need_count - 1);
    run->status = solve_after(run);
    return run;
}

static void compare_round(uint64_t seed, RandomShape shape, After after, bool others, Tally *tally)
{
    char *dir = test_dir_make();
    TextRound *round = random_round(seed, shape);
    text_setting(round, "gap", "0");
    text_setting(round, "nodes", "1000000");
    text_round_write(round, dir);
    Pipeline *run = run_after(dir, seed, after);
    Walk walk = {.round = round, .run = run, .dir = dir, .tally = tally};
    bool wrong = run->status == STATUS_FINDINGS && strcmp(run->step, "verify") != 0;
    tally->wrong_tables += wrong;
    if (!wrong && run->status != STATUS_OK && run->status != STATUS_NO_PLAN &&
        run->status != STATUS_LIMIT)
        fail_walk(&walk, "the program fails");
    if (run->status == STATUS_OK || run->status == STATUS_NO_PLAN)
        begin_walk(&walk);
    if (run->status == STATUS_NO_PLAN)
        expect_no_plan(&walk);
    if (run->status == STATUS_OK) {
        walk_stages(&walk);
        if (others)
            ask_others(&walk);
    }
    pipeline_free(run);
    text_round_free(round);
    test_dir_remove(dir);
}

static void compare_rounds(const char *name, uint64_t first_seed, RandomShape shape, uint64_t count)
{
    Tally tally = {0};
    for (uint64_t i = 0; i < count; i++)
        compare_round(first_seed + i, shape, NO_PLAN_BEFORE,
                      i % OTHERS_EVERY == 0 || count < ENOUGH, &tally);
    print_message(
        "%s: %d compared to the end, %d stages (%d not proven), %d without a plan, %d with "
        "wrong tables, %d too long, %d lost to noise; %d exports\n",
        name, tally.compared, tally.stages, tally.unproven, tally.no_plan, tally.wrong_tables,
        tally.too_long, tally.lost, tally.others);
    assert_true(count < ENOUGH || (tally.compared > 0 && tally.stages > (int)count));
    assert_true(tally.stages < ENOUGH || tally.others > 0 || count < ENOUGH);
    assert_true(tally.lost <= 1 + tally.compared / 20);
}

static void tiny_rounds_of_everything_agree(void **state)
{
    (void)state;
    compare_rounds("tiny", 4000000,
                   (RandomShape){.size = RANDOM_TINY, .features = RANDOM_EVERYTHING, .exact = true},
                   rounds());
}

/** Money and things, and nearly always the one rule that is in turn. */
static void tiny_rounds_of_each_rule_agree(void **state)
{
    Tally tally = {0};
    RandomShape shape = {.size = RANDOM_TINY,
                         .features = RANDOM_THINGS | RANDOM_BOUGHT | RANDOM_TIERS | RANDOM_COVERED |
                                     RANDOM_WEIGHTS | RANDOM_MEASURE | RANDOM_WHOLES,
                         .exact = true};
    (void)state;
    for (uint64_t i = 0; i < rounds(); i++) {
        shape.wholes = 1 << (i % 15); /* all of RandomWhole but what is wrong on purpose */
        compare_round(6000000 + i, shape, NO_PLAN_BEFORE, i % OTHERS_EVERY == 0, &tally);
    }
    print_message(
        "each rule: %d compared to the end, %d stages (%d not proven), %d lost to noise\n",
        tally.compared, tally.stages, tally.unproven, tally.lost);
    assert_true(rounds() < ENOUGH || tally.compared > (int)rounds() / 3);
    assert_true(tally.lost <= 1 + tally.compared / 20);
}

static void small_rounds_of_everything_agree(void **state)
{
    (void)state;
    compare_rounds(
        "small", 5000000,
        (RandomShape){.size = RANDOM_SMALL, .features = RANDOM_EVERYTHING, .exact = true},
        (rounds() + 7) / 8);
}

/** Every other round settles answers, the others have an urgent need. */
static void tiny_rounds_after_a_plan_agree(void **state)
{
    Tally tally = {0};
    RandomShape shape = {.size = RANDOM_TINY,
                         .features = RANDOM_THINGS | RANDOM_BOUGHT | RANDOM_TIERS | RANDOM_COVERED |
                                     RANDOM_WEIGHTS | RANDOM_FAIRNESS | RANDOM_WHOLES,
                         .exact = true,
                         .wholes = WHOLE_OUTCOMES | WHOLE_REQUIRES | WHOLE_INDIVISIBLE};
    (void)state;
    for (uint64_t i = 0; i < rounds(); i++)
        compare_round(7000000 + i, shape, i % 2 == 0 ? SETTLED : URGENT, false, &tally);
    print_message("after a plan: %d compared to the end, %d stages, %d lost to noise\n",
                  tally.compared, tally.stages, tally.lost);
    assert_true(rounds() < ENOUGH || tally.compared > (int)rounds() / 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tiny_rounds_of_everything_agree),
        cmocka_unit_test(tiny_rounds_of_each_rule_agree),
        cmocka_unit_test(small_rounds_of_everything_agree),
        cmocka_unit_test(tiny_rounds_after_a_plan_agree),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
