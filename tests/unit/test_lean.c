/* Lean programs against every point there is: what is proven is no more than the best point has, what has
 * ended is the best; and programs of amounts so large that a cent is nothing beside them.
 */
#include "solver/lean.h"

#include <math.h>

#include "solver/glpk_guard.h"
#include "tests/support/test_support.h"

enum { COLUMNS_MOST = 8, PROGRAMS = 400 };

typedef struct Case {
    Lp lp;
    double cost[COLUMNS_MOST];
    int at[COLUMNS_MOST];
    const double *start; /* a point of the lean program, or NULL */
    Arena *arena;
    Status status;
    Lean lean;
    LeanAnswer answer;
} Case;

static void search_guarded(void *context)
{
    Case *c = context;
    for (int j = 0; j < COLUMNS_MOST; j++)
        c->at[j] = j;
    LeanSource source = {.lp = &c->lp,
                         .lower = c->lp.lower,
                         .upper = c->lp.upper,
                         .row_lower = c->lp.row_lower,
                         .row_upper = c->lp.row_upper,
                         .integer = c->lp.integer,
                         .cost_count = (size_t)c->lp.column_count,
                         .cost_columns = c->at,
                         .costs = c->cost};
    c->status = lean_build(&source, c->arena, &c->lean);
    if (c->status != STATUS_OK || !c->lean.pure || c->lean.lp.column_count == 0)
        return;
    LeanLimits limits = {.work = 1e7, .start = c->start};
    c->status = lean_search(&c->lean, &limits, c->arena, &c->answer);
}

static void run_case(Case *c)
{
    GuardFault fault;
    c->answer = (LeanAnswer){.bound = -INFINITY};
    if (!glpk_guard_run(search_guarded, c, &fault))
        fail_msg("%s", fault.text);
    assert_int_equal(c->status, STATUS_OK);
}

/** What is proven of the program's objective. */
static double proven(const Case *c)
{
    return c->lean.pure && c->lean.lp.column_count == 0
               ? c->lean.constant
               : c->lean.unit * c->answer.bound + c->lean.constant;
}

static void open_case(Case *c, Arena *arena)
{
    *c = (Case){.arena = arena};
    assert_int_equal(lp_init(arena, &c->lp), STATUS_OK);
}

static void add_column(Case *c, double lower, double upper, double cost)
{
    c->cost[c->lp.column_count] = cost;
    assert_int_equal(lp_add_column(&c->lp, lower, upper, true, 1), STATUS_OK);
}

static void add_row(Case *c, double lower, double upper, size_t count, const int *columns,
                    const double *values)
{
    assert_int_equal(lp_add_row(&c->lp, lower, upper, count, columns, values), STATUS_OK);
}

/* ---- every point ---------------------------------------------------------------------------- */

static bool is_point(const Lp *lp, const double *x)
{
    for (int i = 0; i < lp->row_count; i++) {
        double sum = 0;
        for (size_t k = lp->row_first[i]; k < lp->row_first[i + 1]; k++)
            sum += lp->element[k] * x[lp->element_column[k]];
        if (sum < lp->row_lower[i] - 1e-9 || sum > lp->row_upper[i] + 1e-9)
            return false;
    }
    return true;
}

/** The least cost of all points of a box; INFINITY: no point. */
static double least_cost(const Case *c)
{
    const Lp *lp = &c->lp;
    double x[COLUMNS_MOST], least = INFINITY;
    for (int j = 0; j < lp->column_count; j++)
        x[j] = lp->lower[j];
    for (int j = 0; j < lp->column_count;) {
        double value = 0;
        for (int k = 0; k < lp->column_count; k++)
            value += c->cost[k] * x[k];
        if (value < least && is_point(lp, x))
            least = value;
        for (j = 0; j < lp->column_count && x[j] >= lp->upper[j]; j++)
            x[j] = lp->lower[j];
        if (j < lp->column_count)
            x[j]++;
    }
    return least;
}

static void draw_row(Case *c, TestRandom *random, double step)
{
    int columns[COLUMNS_MOST];
    double values[COLUMNS_MOST];
    size_t count = 0;
    for (int j = 0; j < c->lp.column_count; j++) {
        int value = (int)random_between(random, -3, 4);
        if (value == 0 || (int)random_between(random, 0, 2) == 0)
            continue;
        columns[count] = j;
        values[count++] = value * step;
    }
    double lower = (int)random_between(random, -6, 1) * step,
           upper = (int)random_between(random, 1, 8) * step;
    int kind = (int)random_between(random, 0, 5);
    if (kind == 0)
        lower = upper;
    add_row(c, kind == 1 || kind == 0 ? lower : -INFINITY, kind == 2 ? INFINITY : upper, count,
            columns, values);
}

static void test_every_point(void **state)
{
    (void)state;
    int ended = 0;
    for (int seed = 1; seed <= PROGRAMS; seed++) {
        Case c;
        Arena *arena = arena_new();
        TestRandom random = random_seeded((uint64_t)seed);
        open_case(&c, arena);
        int columns = (int)random_between(&random, 3, COLUMNS_MOST);
        for (int j = 0; j < columns; j++)
            add_column(&c, 0, (int)random_between(&random, 1, 2),
                       (int)random_between(&random, -5, 5) * 0.25);
        for (int i = (int)random_between(&random, 2, 6); i > 0; i--)
            draw_row(&c, &random, seed % 2 == 0 ? 0.01 : 1);
        double least = least_cost(&c);
        run_case(&c);
        if (proven(&c) > least + 1e-9 ||
            (c.answer.ended && isfinite(least) && proven(&c) < least - 1e-9))
            fail_msg("seed %d: proven %.12g, the best point has %.12g", seed, proven(&c), least);
        ended += c.answer.ended;
        arena_free(arena);
    }
    assert_true(ended > PROGRAMS / 10);
}

/* ---- what hangs from a switch ---------------------------------------------------------------- */

/* Three of 4 hours, worth 3 each, in a plant of 10 hours that opens for 5: two fit, so that the whole optimum
 * is 5 - 6 = -1. Half the plant has room for one of them in all, not for half of each of three: with that the
 * relaxation has no point below the optimum. */
static void test_capacity_of_a_switch(void **state)
{
    (void)state;
    enum { PLANT, JOBS = 3 };
    const double half[JOBS + 1] = {0.5, 0.5, 0.5, 0.5};
    Case c;
    bool broken = false;
    open_case(&c, arena_new());
    add_column(&c, 0, 1, 5);
    for (int j = 1; j <= JOBS; j++) {
        add_column(&c, 0, 1, -3);
        add_row(&c, -INFINITY, 0, 2, (int[]){j, PLANT}, (double[]){1, -1});
    }
    add_row(&c, -INFINITY, 10, JOBS, (int[]){1, 2, 3}, (double[]){4, 4, 4});
    run_case(&c);
    assert_true(c.lean.pure && c.answer.ended);
    assert_true(fabs(proven(&c) + 1) < 1e-9);
    assert_int_equal(c.lean.lp.column_count, JOBS + 1);
    for (int i = 0; i < c.lean.lp.row_count; i++) {
        double sum = 0;
        for (size_t k = c.lean.lp.row_first[i]; k < c.lean.lp.row_first[i + 1]; k++)
            sum += c.lean.lp.element[k] * half[c.lean.lp.element_column[k]];
        broken = broken || sum > c.lean.lp.row_upper[i] + 1e-9;
    }
    assert_true(broken);
    arena_free(c.arena);
}

/* ---- cents of 300 million ------------------------------------------------------------------- */

/* Two of 300 million each, of which there is money for one: the best has -1. A cent in the rows of the least
 * amounts is 3e-11 of what stands beside it. */
static void test_cents_beside_millions(void **state)
{
    (void)state;
    Case c;
    Arena *arena = arena_new();
    open_case(&c, arena);
    for (int k = 0; k < 2; k++) {
        add_column(&c, 0, 1, -1);
        add_column(&c, 0, 3e10, 0);
        add_row(&c, 0, INFINITY, 2, (int[]){2 * k, 2 * k + 1}, (double[]){-3e8, 0.01});
    }
    add_row(&c, -INFINITY, 3e8, 2, (int[]){1, 3}, (double[]){0.01, 0.01});
    run_case(&c);
    if (c.lean.pure)
        assert_true(proven(&c) <= -1 + 1e-9);
    arena_free(arena);
}

/* Of 300 million all but two cents are given: two more may be. In binary the rest is less than that. */
static void test_what_is_left_of_millions(void **state)
{
    (void)state;
    Case c;
    Arena *arena = arena_new();
    for (int more = 1; more <= 200; more++) {
        open_case(&c, arena);
        add_column(&c, 30000000000.0 - more, 30000000000.0 - more, 0);
        add_column(&c, 0, 150, -1);
        add_column(&c, 0, 150, -1);
        add_row(&c, -INFINITY, 3e8, 3, (int[]){0, 1, 2}, (double[]){0.01, 0.01, 0.01});
        run_case(&c);
        if (proven(&c) > -more + 1e-9)
            fail_msg("%d cents left: proven %.12g", more, proven(&c));
    }
    arena_free(arena);
}

/* Two of the last three may be chosen beside 900 million: that is 2e-9 of the value, and still better. */
static void test_one_beside_millions(void **state)
{
    (void)state;
    static const double START[] = {1, 0, 0, 0, 0};
    Case c;
    Arena *arena = arena_new();
    open_case(&c, arena);
    add_column(&c, 0, 1, -9e8);
    for (int j = 1; j < 5; j++)
        add_column(&c, 0, 1, -1);
    add_row(&c, -INFINITY, 1, 2, (int[]){0, 4}, (double[]){1, 1});
    add_row(&c, -INFINITY, 7, 3, (int[]){1, 2, 3}, (double[]){3, 3, 2});
    c.start = START;
    run_case(&c);
    assert_true(c.lean.pure && c.lean.lp.column_count == 5);
    assert_true(proven(&c) <= -9e8 - 2 + 1e-3);
    assert_true(c.answer.found);
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_point),
        cmocka_unit_test(test_capacity_of_a_switch),
        cmocka_unit_test(test_cents_beside_millions),
        cmocka_unit_test(test_what_is_left_of_millions),
        cmocka_unit_test(test_one_beside_millions),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
