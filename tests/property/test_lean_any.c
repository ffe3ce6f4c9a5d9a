/* Lean programs of any small program over whole columns: few columns, rows drawn without a thought for what
 * they mean (two over the same columns, equations, capacities, one column bound by another more than once),
 * against every whole point.
 */
#include "solver/glpk_guard.h"
#include "solver/lean.h"
#include "tests/support/test_support.h"

#include <math.h>
#include <stdlib.h>

/* Fewer under the sanitizers; ALLOT_ROUNDS overrides. */
#ifdef __SANITIZE_ADDRESS__
enum { ROUNDS = 500 };
#else
enum { ROUNDS = 4000 };
#endif

enum { COLUMNS = 7, ROWS_MOST = 14, LARGEST = 4 };

static uint64_t rounds(void)
{
    const char *text = getenv("ALLOT_ROUNDS");
    return text == NULL ? ROUNDS : strtoull(text, NULL, 10);
}

typedef struct Case {
    Arena *arena;
    Lp lp;
    double lower[COLUMNS], upper[COLUMNS], cost[COLUMNS];
    double row_lower[ROWS_MOST], row_upper[ROWS_MOST];
    bool integer[COLUMNS];
    int columns[COLUMNS];
    TestRandom random;
    Lean lean;
    LeanAnswer answer;
    Status status;
} Case;

static int draw(Case *c, int least, int most)
{
    return (int)random_between(&c->random, least, most);
}

static void add_columns(Case *c)
{
    for (int j = 0; j < COLUMNS; j++) {
        c->columns[j] = j;
        c->integer[j] = true;
        c->upper[j] = draw(c, 0, 2) > 0 ? 1 : draw(c, 1, LARGEST);
        c->cost[j] = draw(c, -6, 6);
        assert_int_equal(lp_add_column(&c->lp, 0, c->upper[j], true, 1), STATUS_OK);
    }
}

static void add_row(Case *c, double lower, double upper, size_t count, const int *columns,
                    const double *values)
{
    c->row_lower[c->lp.row_count] = lower;
    c->row_upper[c->lp.row_count] = upper;
    assert_int_equal(lp_add_row(&c->lp, lower, upper, count, columns, values), STATUS_OK);
}

/** "x <= size * z", once or more often, or turned round. */
static void add_switch(Case *c)
{
    int x = draw(c, 0, COLUMNS - 1), z = draw(c, 0, COLUMNS - 1), times = draw(c, 1, 2);
    for (int k = 0; k < times && x != z; k++) {
        double size = c->upper[x] + draw(c, 0, 1);
        if (draw(c, 0, 3) > 0)
            add_row(c, -INFINITY, 0, 2, (int[]){x, z}, (double[]){1, -size});
        else
            add_row(c, 0, INFINITY, 2, (int[]){x, z}, (double[]){1, -draw(c, 1, 2)});
    }
}

/** A sum of a few columns between bounds, one of them, or at one value. */
static void add_sum(Case *c)
{
    int columns[COLUMNS], first = draw(c, 0, COLUMNS - 1);
    size_t count = (size_t)draw(c, 2, 4);
    double values[COLUMNS], most = 0;
    bool mixed = draw(c, 0, 3) == 0;
    for (size_t k = 0; k < count; k++) {
        columns[k] = (first + (int)k) % COLUMNS;
        values[k] = draw(c, 1, 5) * (mixed && draw(c, 0, 1) == 0 ? -1 : 1);
        most += fabs(values[k]) * c->upper[columns[k]];
    }
    double bound = draw(c, 0, (int)most);
    switch (draw(c, 0, 5)) {
    case 0: add_row(c, bound, INFINITY, count, columns, values); break;
    case 1: add_row(c, bound, bound, count, columns, values); break;
    case 2: add_row(c, bound - 2, bound, count, columns, values); break;
    default: add_row(c, -INFINITY, bound, count, columns, values); break;
    }
}

static double brute(const Case *c)
{
    double best = INFINITY, x[COLUMNS] = {0};
    for (int j = 0; j < COLUMNS;) {
        double value = 0;
        bool fits = true;
        for (int i = 0; i < c->lp.row_count && fits; i++) {
            double sum = 0;
            for (size_t k = c->lp.row_first[i]; k < c->lp.row_first[i + 1]; k++)
                sum += c->lp.element[k] * x[c->lp.element_column[k]];
            fits = sum >= c->row_lower[i] && sum <= c->row_upper[i];
        }
        for (int k = 0; k < COLUMNS; k++)
            value += c->cost[k] * x[k];
        best = fits && value < best ? value : best;
        for (j = 0; j < COLUMNS && x[j] == c->upper[j]; j++)
            x[j] = 0;
        if (j < COLUMNS)
            x[j]++;
    }
    return best;
}

static void solve(void *context)
{
    Case *c = context;
    LeanSource source = {.lp = &c->lp,
                         .lower = c->lower,
                         .upper = c->upper,
                         .row_lower = c->row_lower,
                         .row_upper = c->row_upper,
                         .integer = c->integer,
                         .cost_count = COLUMNS,
                         .cost_columns = c->columns,
                         .costs = c->cost};
    LeanLimits limits = {.work = 1e7};
    c->status = lean_build(&source, c->arena, &c->lean);
    if (c->status == STATUS_OK && c->lean.pure && c->lean.lp.column_count > 0)
        c->status = lean_search(&c->lean, &limits, c->arena, &c->answer);
}

/** What the lean program's answer is in the program: its value, and every row kept. */
static void check_point(const Case *c, uint64_t seed, double best)
{
    double x[COLUMNS], held = 0;
    lean_lift(&c->lean, c->answer.x, x);
    for (int j = 0; j < COLUMNS; j++)
        held += c->cost[j] * x[j];
    if (fabs(held - best) > 1e-9 * fmax(1, fabs(best)))
        fail_msg("seed %llu: %g, the best is %g", (unsigned long long)seed, held, best);
    for (int i = 0; i < c->lp.row_count; i++) {
        double sum = 0;
        for (size_t k = c->lp.row_first[i]; k < c->lp.row_first[i + 1]; k++)
            sum += c->lp.element[k] * x[c->lp.element_column[k]];
        assert_true(sum <= c->row_upper[i] + 1e-9 && sum >= c->row_lower[i] - 1e-9);
    }
}

/** @return were there columns left to search? */
static bool compare(uint64_t seed)
{
    GuardFault fault;
    Case c = {.arena = arena_new(), .random = random_seeded(seed)};
    assert_int_equal(lp_init(c.arena, &c.lp), STATUS_OK);
    add_columns(&c);
    int rows = draw(&c, 2, ROWS_MOST - 2);
    while (c.lp.row_count < rows)
        if (draw(&c, 0, 1) == 0)
            add_switch(&c);
        else
            add_sum(&c);
    double best = brute(&c);
    if (!glpk_guard_run(solve, &c, &fault))
        fail_msg("%s", fault.text);
    assert_int_equal(c.status, STATUS_OK);
    bool searched = c.lean.pure && c.lean.lp.column_count > 0;
    if (isinf(best) && searched && c.answer.found)
        fail_msg("seed %llu: a point where there is none", (unsigned long long)seed);
    if (!isinf(best) && !c.lean.pure)
        fail_msg("seed %llu: no program, but the best is %g", (unsigned long long)seed, best);
    if (!isinf(best) && searched && !(c.answer.found && c.answer.ended))
        fail_msg("seed %llu: nothing found, but the best is %g", (unsigned long long)seed, best);
    if (!isinf(best))
        check_point(&c, seed, best);
    arena_free(c.arena);
    return searched && !isinf(best);
}

static void any_small_program_keeps_its_optimum(void **state)
{
    uint64_t searched = 0;
    (void)state;
    for (uint64_t seed = 1; seed <= rounds(); seed++)
        searched += compare(seed);
    print_message("%d of %d searched\n", (int)searched, (int)rounds());
    assert_true(searched > rounds() / 20);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(any_small_program_keeps_its_optimum)};
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
