/* The part of a program in which something can move: what is left out of it comes back at an optimal basis
 * of the whole. Drawn rounds of many needs of one or two lines, against the simplex method on all rows;
 * one by hand.
 */
#include "tests/support/test_support.h"

#include <math.h>

#include "solver/backend.h"
#include "solver/glpk_guard.h"

enum { NEEDS = 240, OFFERS = 6, LINES_MOST = 2 * NEEDS, DRAWN = 60, STAGES = 2 };

/** Lines first, then what goes unmet of each need; rows of needs first, then of offers. */
typedef struct Round {
    Arena *arena;
    Lp lp;
    int lines;
    int need_of[LINES_MOST];
    double costs[STAGES][LINES_MOST + NEEDS];
    bool apart; /* approach before each solve */
    double value[STAGES];
    long after[STAGES]; /* iterations that were left to the solve of the whole */
    bool optimal;
} Round;

static void draw_lines(Round *r, TestRandom *random, const double *wanted, double *elements,
                       int *offers)
{
    for (int n = 0; n < NEEDS; n++) {
        int lines = random_chance(random, 3) ? 2 : 1, offer = (int)random_between(random, 0, 2);
        for (int k = 0; k < lines; k++, r->lines++) {
            double most = random_chance(random, 2)   ? wanted[n]
                          : random_chance(random, 2) ? INFINITY
                                                     : floor(wanted[n] / 2) + 1;
            r->need_of[r->lines] = n;
            offers[r->lines] = offer + 3 * k;
            elements[r->lines] = (double)random_between(random, 1, 4);
            assert_int_equal(lp_add_column(&r->lp, 0, most, false, 1), STATUS_OK);
        }
    }
}

static void add_need_rows(Round *r, const double *wanted)
{
    for (int n = 0, line = 0; n < NEEDS; n++) {
        int columns[3], count = 0;
        double ones[3] = {1, 1, 1};
        for (; line < r->lines && r->need_of[line] == n; line++)
            columns[count++] = line;
        columns[count++] = r->lines + n;
        assert_int_equal(lp_add_row(&r->lp, wanted[n], wanted[n], (size_t)count, columns, ones),
                         STATUS_OK);
    }
}

static void add_offer_rows(Round *r, TestRandom *random, const double *elements, const int *offers)
{
    for (int o = 0; o < OFFERS; o++) {
        int columns[LINES_MOST], count = 0;
        double values[LINES_MOST];
        for (int line = 0; line < r->lines; line++)
            if (offers[line] == o) {
                columns[count] = line;
                values[count++] = elements[line];
            }
        assert_int_equal(lp_add_row(&r->lp, -INFINITY, (double)random_between(random, 300, 1400),
                                    (size_t)count, columns, values),
                         STATUS_OK);
    }
}

static Round drawn(uint64_t seed, Arena *arena)
{
    TestRandom random = random_seeded(seed);
    Round r = {.arena = arena};
    double wanted[NEEDS], elements[LINES_MOST];
    int offers[LINES_MOST];
    assert_int_equal(lp_init(arena, &r.lp), STATUS_OK);
    for (int n = 0; n < NEEDS; n++)
        wanted[n] = (double)random_between(&random, 1, 20);
    draw_lines(&r, &random, wanted, elements, offers);
    for (int n = 0; n < NEEDS; n++)
        assert_int_equal(
            lp_add_column(&r.lp, 0, random_chance(&random, 2) ? wanted[n] : INFINITY, false, 1),
            STATUS_OK);
    add_need_rows(&r, wanted);
    add_offer_rows(&r, &random, elements, offers);
    lp_scale_rows(&r.lp);
    for (int n = 0; n < NEEDS; n++)
        r.costs[0][r.lines + n] = (double)random_between(&random, 1, 9);
    for (int line = 0; line < r.lines; line++)
        r.costs[1][line] = (double)random_between(&random, 1, 1000);
    return r;
}

/** Everything unmet: the basis that a greedy start has where it serves nobody. */
static void place(const Round *r, Backend *backend)
{
    for (int j = 0; j < r->lines + NEEDS; j++)
        backend_place_column(backend, j, j < r->lines ? PLACE_LOWER : PLACE_BASIC);
    for (int i = 0; i < NEEDS + OFFERS; i++)
        backend_place_row(backend, i, i < NEEDS ? PLACE_LOWER : PLACE_BASIC);
}

static void freeze(const Round *r, Backend *backend)
{
    for (int j = 0; j < r->lines + NEEDS; j++)
        if (fabs(backend_reduced_cost(backend, j)) > 1e-9)
            backend_fix_column(backend, j);
    for (int i = 0; i < NEEDS + OFFERS; i++)
        if (fabs(backend_row_dual(backend, i)) > 1e-9)
            backend_fix_row(backend, i);
}

static void decide(void *context)
{
    Round *r = context;
    int columns[LINES_MOST + NEEDS];
    Backend *backend = backend_open(&r->lp, r->arena);
    for (int j = 0; j < r->lines + NEEDS; j++)
        columns[j] = j;
    place(r, backend);
    r->optimal = true;
    for (int s = 0; s < STAGES; s++) {
        backend_objective(backend, (size_t)r->lines + NEEDS, columns, r->costs[s]);
        if (r->apart)
            backend_approach(backend, true);
        long before = backend_iterations(backend);
        r->optimal = r->optimal && backend_solve(backend) == BACKEND_OPTIMAL;
        r->after[s] = backend_iterations(backend) - before;
        r->value[s] = backend_objective_value(backend);
        freeze(r, backend);
    }
    backend_close(backend);
}

static Round decided(uint64_t seed, bool apart)
{
    GuardFault fault;
    Arena *arena = arena_new();
    Round r = drawn(seed, arena);
    r.apart = apart;
    if (!glpk_guard_run(decide, &r, &fault))
        fail_msg("seed %d: %s", (int)seed, fault.text);
    arena_free(arena);
    assert_true(r.optimal);
    return r;
}

/** The optimum of the part is one of the whole: nothing is left to do there. */
static void what_is_left_out_comes_back_optimal(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= DRAWN; seed++) {
        Round whole = decided(seed, false), part = decided(seed, true);
        for (int s = 0; s < STAGES; s++) {
            if (part.after[s] != 0)
                fail_msg("seed %d, stage %d: %ld iterations left", (int)seed, s, part.after[s]);
            assert_close(part.value[s], whole.value[s], 1e-6, 1e-9);
        }
        assert_true(whole.after[0] > 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(what_is_left_out_comes_back_optimal)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
