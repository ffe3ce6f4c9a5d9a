/* The independent check over seeded random rounds: it accepts every plan, and rejects every single
 * change to one that breaks a rule. Whether a change breaks a rule is decided from the tables by
 * plain loops (support/brute), where doubles can tell.
 */
#include "tests/support/brute.h"
#include "tests/support/pipeline.h"
#include "tests/support/random_round.h"

#include <string.h>

#ifdef __SANITIZE_ADDRESS__
enum { ROUNDS = 8, MUTATIONS = 10 };
#else
enum { ROUNDS = 60, MUTATIONS = 60 };
#endif

/** A plan that changes are made to. */
typedef struct Case {
    const TextRound *round;
    Pipeline *run;
    Brute *brute;
    int64_t *x; /* [needs * offers] */
    Arena *scratch;
} Case;

static void fail_case(const Case *c, const char *change, const char *why)
{
    text_round_print(c->round);
    pipeline_print(c->run);
    fail_msg("seed %llu, %s: %s", (unsigned long long)c->round->seed, change, why);
}

/** Runs a round and asks @p property of its plan, where it has one. */
static bool with_plan(uint64_t seed, RandomShape shape,
                      void (*property)(Case *c, TestRandom *random))
{
    char *dir = test_dir_make();
    TextRound *round = random_round(seed, shape);
    text_round_write(round, dir);
    Pipeline *run = pipeline_run(dir, NULL, 0);
    bool wrong = run->status == STATUS_FINDINGS && strcmp(run->step, "verify") != 0;
    Case c = {.round = round, .run = run, .scratch = arena_new()};
    if (run->status != STATUS_OK && run->status != STATUS_NO_PLAN && run->status != STATUS_LIMIT &&
        !wrong)
        fail_case(&c, "no change", "the program fails");
    bool planned = run->status == STATUS_OK;
    if (planned) {
        TestRandom random = random_seeded(seed);
        c.brute = brute_new(&run->round, run->arena);
        c.x = ARENA_NEW(run->arena, run->round.need_count * run->round.offer_count, int64_t);
        assert_non_null(c.x);
        property(&c, &random);
    }
    arena_free(c.scratch);
    pipeline_free(run);
    text_round_free(round);
    test_dir_remove(dir);
    return planned;
}

static void ask(uint64_t seed, int features, void (*property)(Case *c, TestRandom *random))
{
    int asked = 0;
    for (uint64_t i = 0; asked < ROUNDS; i++)
        asked += with_plan(seed + i, (RandomShape){RANDOM_SMALL, features, i % 2 == 0}, property);
}

/* ---- lines ---------------------------------------------------------------------------------- */

/** The lines of a table of quantities as a plan that says nothing else. */
static Plan plan_of(const Case *c)
{
    const Round *round = &c->run->round;
    size_t cells = round->need_count * round->offer_count;
    Plan plan = c->run->plan;
    plan.assignments = ARENA_NEW(c->scratch, cells, Assignment);
    assert_non_null(plan.assignments);
    plan.assignment_count = 0;
    for (size_t k = 0; k < cells; k++)
        if (c->x[k] != 0)
            plan.assignments[plan.assignment_count++] =
                (Assignment){.need = (int)(k / round->offer_count),
                             .offer = (int)(k % round->offer_count),
                             .quantity = c->x[k]};
    return plan;
}

static Status verify_lines_of(const Case *c)
{
    VerifyReport report;
    Plan plan = plan_of(c);
    Diag *diag = diag_new(c->scratch);
    assert_non_null(diag);
    return plan_verify(&c->run->round, &plan, false, "plan", c->scratch, diag, &report);
}

/** A cell that holds a line, or any cell at all. */
static size_t draw_cell_of(const Case *c, TestRandom *random, bool with_line)
{
    const Round *round = &c->run->round;
    size_t cells = round->need_count * round->offer_count, lines = c->run->plan.assignment_count;
    if (!with_line || lines == 0)
        return (size_t)random_between(random, 0, (int64_t)cells - 1);
    const Assignment *line =
        &c->run->plan.assignments[random_between(random, 0, (int64_t)lines - 1)];
    return (size_t)line->need * round->offer_count + (size_t)line->offer;
}

/** One change; its name. */
static const char *mutate(Case *c, TestRandom *random)
{
    const Round *round = &c->run->round;
    size_t offers = round->offer_count, cell = draw_cell_of(c, random, true), other;
    const Need *need = &round->needs[cell / offers];
    switch (random_between(random, 0, 8)) {
    case 0: c->x[cell] += need->step; return "a step more";
    case 1: c->x[cell] += need->step * random_between(random, 2, 400); return "many steps more";
    case 2: c->x[cell] -= need->step; return "a step less";
    case 3: c->x[cell] = 0; return "a line less";
    case 4: c->x[cell] += need->wanted + need->step; return "more than is wanted";
    case 5: c->x[cell] = -need->step; return "below nothing";
    case 6: c->x[cell] += need->step / 2; return "half a step more";
    case 7:
        other = cell - cell % offers + (size_t)random_between(random, 0, (int64_t)offers - 1);
        c->x[other] += other == cell ? need->step : c->x[cell];
        c->x[cell] = other == cell ? c->x[cell] : 0;
        return "from another offer";
    default:
        other = draw_cell_of(c, random, false);
        c->x[other] += round->needs[other / offers].step;
        return "a step anywhere";
    }
}

static int rejected, accepted, undecided;

static void rejects_what_breaks_a_rule(Case *c, TestRandom *random)
{
    for (int m = 0; m < MUTATIONS; m++) {
        const char *what;
        brute_take(c->brute, &c->run->plan, c->x);
        const char *change = mutate(c, random);
        BruteVerdict verdict = brute_judge(c->brute, c->x, &what);
        Status status = verify_lines_of(c);
        if (verdict == BRUTE_BROKEN && status != STATUS_FINDINGS)
            fail_case(c, change, what);
        if (verdict == BRUTE_KEPT && status != STATUS_OK)
            fail_case(c, change, "keeps every rule and is rejected");
        rejected += verdict == BRUTE_BROKEN;
        accepted += verdict == BRUTE_KEPT;
        undecided += verdict == BRUTE_NEAR;
        arena_reset(c->scratch);
    }
}

static void every_change_that_breaks_a_rule_is_rejected(void **state)
{
    (void)state;
    rejected = accepted = undecided = 0;
    ask(6000000, RANDOM_EVERYTHING, rejects_what_breaks_a_rule);
    print_message("%d changes rejected, %d accepted, %d too near to tell\n", rejected, accepted,
                  undecided);
    assert_true(rejected > ROUNDS * MUTATIONS / 4 && accepted > 0);
}

/* ---- figures -------------------------------------------------------------------------------- */

/** One figure of a plan: where it is, and its name. */
typedef struct Figure {
    const char *name;
    int64_t *number;
} Figure;

enum { FIGURES = 13 };

/** Figures of a line, of its need and of its offer. */
static void list_figures(Plan *plan, size_t line, Figure *out)
{
    Assignment *a = &plan->assignments[line];
    NeedResult *need = &plan->needs[a->need];
    OfferResult *offer = &plan->offers[a->offer];
    const Figure figures[FIGURES] = {
        {"offer_quantity", &a->offer_quantity},
        {"value", a->has_value ? &a->value : NULL},
        {"assigned", &need->assigned},
        {"pledged", &need->pledged},
        {"unmet", &need->unmet},
        {"value_assigned", a->has_value ? &need->value_assigned : NULL},
        {"value_unmet", a->has_value ? &need->value_unmet : NULL},
        {"used", &offer->used},
        {"left", &offer->left},
        {"overhead", &offer->overhead},
        {"value_used", &offer->value_used},
        {"value_left", &offer->value_left},
        {"nothing", NULL}};
    memcpy(out, figures, sizeof figures);
}

static void must_reject(const Case *c, const char *change)
{
    VerifyReport report;
    Diag *diag = diag_new(c->scratch);
    assert_non_null(diag);
    if (plan_verify(&c->run->round, &c->run->plan, true, "plan", c->scratch, diag, &report) !=
        STATUS_FINDINGS)
        fail_case(c, change, "is not rejected");
    arena_reset(c->scratch);
}

static void reject_other_figures(Case *c, TestRandom *random)
{
    Figure figures[FIGURES];
    Plan *plan = &c->run->plan;
    size_t line = (size_t)random_between(random, 0, (int64_t)plan->assignment_count - 1);
    list_figures(plan, line, figures);
    for (size_t f = 0; f < FIGURES; f++) {
        int64_t by = random_chance(random, 2) ? 1 : -1;
        if (figures[f].number == NULL)
            continue;
        *figures[f].number += by;
        must_reject(c, figures[f].name);
        *figures[f].number -= by;
    }
    plan->needs[plan->assignments[line].need].donors++;
    must_reject(c, "donors");
    plan->needs[plan->assignments[line].need].donors--;
    plan->offers[plan->assignments[line].offer].needs--;
    must_reject(c, "needs");
    plan->offers[plan->assignments[line].offer].needs++;
    plan->assignments[line].locked = !plan->assignments[line].locked;
    must_reject(c, "locked");
    plan->assignments[line].locked = !plan->assignments[line].locked;
}

static void reject_other_stages(Case *c)
{
    for (size_t s = 0; s < c->run->plan.stage_count; s++) {
        StageResult *stage = &c->run->plan.stages[s];
        double value = stage->value;
        stage->value += stage->maximise ? 0.01 + value * 0.001 : 1 + value * 0.01;
        must_reject(c, stage->label);
        stage->value = value;
    }
}

static void rejects_other_figures(Case *c, TestRandom *random)
{
    if (c->run->plan.assignment_count > 0)
        reject_other_figures(c, random);
    reject_other_stages(c);
}

static void every_figure_that_is_not_that_of_the_lines_is_rejected(void **state)
{
    (void)state;
    ask(7000000, RANDOM_EVERYTHING, rejects_other_figures);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_change_that_breaks_a_rule_is_rejected),
        cmocka_unit_test(every_figure_that_is_not_that_of_the_lines_is_rejected),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
