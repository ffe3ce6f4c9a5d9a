/* The independent check over seeded random rounds: it accepts every plan, and rejects every single
 * change to one that breaks a rule. Whether a change breaks a rule is decided from the tables by
 * plain loops (support/brute), where doubles can tell.
 */
#include "tests/support/brute_internal.h"
#include "tests/support/pipeline.h"
#include "tests/support/random_round.h"

#include "allot/round_read.h"

#include <math.h>
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
        asked += with_plan(
            seed + i,
            (RandomShape){.size = RANDOM_SMALL, .features = features, .exact = i % 2 == 0},
            property);
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
    switch (random_between(random, 0, 10)) {
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
    case 8: c->x[cell] -= c->x[cell] / need->step / 2 * need->step; return "half of a line";
    case 9:
        for (size_t o = 0; o < offers; o++)
            c->x[cell - cell % offers + o] = 0;
        return "a need less";
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
    bool *full = &plan->needs[plan->assignments[line].need].full;
    *full = !*full;
    must_reject(c, "full");
    *full = !*full;
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

/* ---- any lines -------------------------------------------------------------------------------- */

/** A round as it is read and checked, and lines that nobody has decided. */
typedef struct Drawn {
    TextRound *text;
    Arena *arena;
    Round round;
    Brute *brute;
    int64_t *x;
} Drawn;

/** False when the tables are wrong. Reserves are asked of plans that were decided alone: one that
 *  stands on offers that are not planned on cannot be kept, which plain loops do not see. */
static bool draw_round(Drawn *d, uint64_t seed)
{
    char *dir = test_dir_make();
    *d = (Drawn){.arena = arena_new()};
    Diag *diag = diag_new(d->arena);
    assert_non_null(diag);
    d->text = random_round(seed, (RandomShape){.size = RANDOM_SMALL,
                                               .features = RANDOM_EVERYTHING & ~RANDOM_RESERVES,
                                               .exact = seed % 2 == 0});
    text_round_write(d->text, dir);
    Status status = round_read(&(RoundSource){.path = dir}, d->arena, diag, &d->round);
    if (status == STATUS_OK)
        status = round_check(&d->round, diag);
    test_dir_remove(dir);
    if (status != STATUS_OK)
        return false;
    d->brute = brute_new(&d->round, d->arena);
    d->x = ARENA_NEW(d->arena, d->round.need_count * d->round.offer_count, int64_t);
    assert_non_null(d->x);
    return true;
}

static void drop_round(Drawn *d)
{
    arena_free(d->arena);
    text_round_free(d->text);
}

/** Amounts at which rules turn: a step, the least, half, all that is left. */
static int64_t draw_amount(const Need *need, int64_t left, TestRandom *random)
{
    int64_t steps = left / need->step;
    switch (random_between(random, 0, 4)) {
    case 0: return need->step;
    case 1: return need->least;
    case 2: return steps / 2 * need->step;
    default: return left;
    }
}

/** Lines on allowed pairs, for a few needs or for most. */
static void draw_lines(Drawn *d, TestRandom *random)
{
    size_t offers = d->round.offer_count;
    int seldom = (int)random_between(random, 1, 8);
    for (size_t n = 0; n < d->round.need_count; n++) {
        const Need *need = &d->round.needs[n];
        int64_t left = need->quantity_known ? need->wanted : 0;
        for (size_t o = 0; o < offers; o++) {
            int64_t *x = &d->x[n * offers + o];
            *x = 0;
            if (left <= 0 || !random_chance(random, seldom) ||
                !brute_may_serve(d->brute, (int)n, (int)o))
                continue;
            *x = draw_amount(need, left, random);
            left -= *x;
        }
    }
}

static Plan lines_of(const Drawn *d)
{
    size_t offers = d->round.offer_count, cells = d->round.need_count * offers;
    Plan plan = {.assignments = ARENA_NEW(d->arena, cells, Assignment),
                 .stages = ARENA_NEW(d->arena, d->brute->stage_count, StageResult),
                 .stage_count = d->brute->stage_count};
    assert_non_null(plan.assignments);
    assert_non_null(plan.stages);
    for (size_t k = 0; k < cells; k++)
        if (d->x[k] != 0)
            plan.assignments[plan.assignment_count++] = (Assignment){
                .need = (int)(k / offers), .offer = (int)(k % offers), .quantity = d->x[k]};
    for (size_t s = 0; s < plan.stage_count; s++) {
        const BruteStage *stage = &d->brute->stages[s];
        plan.stages[s] = (StageResult){.kind = stage->kind,
                                       .label = stage->label,
                                       .maximise = stage->kind == STAGE_FAIRNESS,
                                       .tier = stage->tier,
                                       .rank = stage->rank,
                                       .basis = stage->basis,
                                       .unvalued = stage->unvalued,
                                       .in_kind = stage->in_kind,
                                       .date = stage->date,
                                       .bound = stage->kind == STAGE_FAIRNESS ? 1e300 : -1e300};
    }
    return plan;
}

static void fail_drawn(const Drawn *d, Diag *diag, const char *why)
{
    size_t count;
    const Finding *findings = diag_findings(diag, &count);
    text_round_print(d->text);
    for (size_t i = 0; i < count; i++)
        if (findings[i].severity == DIAG_ERROR)
            print_error("%s\n", findings[i].message);
    fail_msg("seed %llu: %s", (unsigned long long)d->text->seed, why);
}

/** What is left is never negative: of offers that give too much, plain loops say another thing. */
static void compare_stages(const Drawn *d, Diag *diag, const VerifyReport *report)
{
    double *values = ARENA_NEW(d->arena, d->brute->stage_count, double);
    assert_non_null(values);
    brute_values(d->brute, d->x, values);
    for (size_t s = 0; s < d->brute->stage_count; s++) {
        double sign = d->brute->stages[s].kind == STAGE_FAIRNESS ? -1 : 1;
        double value = report->stages[s].value;
        double off = sign * value - values[s];
        if (report->broken > 0 && d->brute->stages[s].kind == STAGE_LAPSING)
            continue;
        if (fabs(off) > 1e-6 + 1e-9 * fabs(value))
            fail_drawn(d, diag,
                       arena_printf(d->arena, "%s is %.12g, by plain loops %.12g",
                                    report->stages[s].label, value, sign * values[s]));
    }
}

static void judge_drawn(Drawn *d, TestRandom *random)
{
    const char *what;
    VerifyReport report;
    draw_lines(d, random);
    Plan plan = lines_of(d);
    Diag *diag = diag_new(d->arena);
    assert_non_null(diag);
    BruteVerdict verdict = brute_judge(d->brute, d->x, &what);
    Status status = plan_verify(&d->round, &plan, false, "plan", d->arena, diag, &report);
    if (verdict == BRUTE_BROKEN && status != STATUS_FINDINGS)
        fail_drawn(d, diag, what);
    if (verdict == BRUTE_KEPT && status != STATUS_OK)
        fail_drawn(d, diag, "keeps every rule and is rejected");
    if (d->text->seed % 2 == 0) /* amounts come out even: nothing is rounded */
        compare_stages(d, diag, &report);
    rejected += verdict == BRUTE_BROKEN;
    accepted += verdict == BRUTE_KEPT;
    undecided += verdict == BRUTE_NEAR;
}

static void plain_loops_and_the_check_agree_on_any_lines(void **state)
{
    int asked = 0;
    (void)state;
    rejected = accepted = undecided = 0;
    for (uint64_t seed = 8000000; asked < 4 * ROUNDS; seed++) {
        Drawn d;
        TestRandom random = random_seeded(seed);
        bool taken = draw_round(&d, seed);
        for (int k = 0; taken && k < MUTATIONS / 2; k++)
            judge_drawn(&d, &random);
        asked += taken;
        drop_round(&d);
    }
    print_message("%d plans rejected, %d accepted, %d too near to tell\n", rejected, accepted,
                  undecided);
    assert_true(rejected > ROUNDS && accepted > ROUNDS / 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_change_that_breaks_a_rule_is_rejected),
        cmocka_unit_test(every_figure_that_is_not_that_of_the_lines_is_rejected),
        cmocka_unit_test(plain_loops_and_the_check_agree_on_any_lines),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
