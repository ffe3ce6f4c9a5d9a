/* Lean programs: branch and cut on what is left finds what trying every whole point finds, with columns tied
 * to others, prerequisites, outcomes without an integer mark, choices among capacities, and capacities
 * that are there for a fee in play.
 */
#include "solver/glpk_guard.h"
#include "solver/lean.h"
#include "tests/support/test_support.h"

#include <string.h>

enum { ROUNDS = 400, SWITCHES = 8, CHOICES = 5, AGENTS = 3, SACKED = 12 };

typedef struct Case {
    Arena *arena;
    Lp lp;
    double lower[64], upper[64], row_lower[64], row_upper[64], cost[64];
    bool integer[64];
    int columns[64];
    unsigned state;
    Lean lean;
    LeanAnswer answer;
    Status status;
} Case;

static int draw(Case *c, int below)
{
    c->state = c->state * 1103515245u + 12345u;
    return (int)((c->state >> 16) % (unsigned)below);
}

static int add_column(Case *c, double upper, bool integer, double cost)
{
    int j = c->lp.column_count;
    c->upper[j] = upper;
    c->integer[j] = integer;
    c->cost[j] = cost;
    c->columns[j] = j;
    assert_int_equal(lp_add_column(&c->lp, 0, upper, integer, 1), STATUS_OK);
    return j;
}

static void add_row(Case *c, double lower, double upper, size_t count, const int *columns,
                    const double *values)
{
    c->row_lower[c->lp.row_count] = lower;
    c->row_upper[c->lp.row_count] = upper;
    assert_int_equal(lp_add_row(&c->lp, lower, upper, count, columns, values), STATUS_OK);
}

/** Things of q = 2 .. 9 of one capacity, all or nothing, with what is unmet; some require others; an
 *  outcome for every second pays. Column s of switch s is 4 s. */
static void write_items(Case *c)
{
    int amount[SWITCHES];
    double use[SWITCHES], total = 0;
    for (int s = 0; s < SWITCHES; s++) {
        double q = 2 + draw(c, 8);
        int y = add_column(c, 1, true, 0), x = add_column(c, q, true, 0);
        int u = add_column(c, q, false, s % 2 == 0 ? 0 : draw(c, 4));
        int f = add_column(c, 1, false, s % 2 == 0 ? -1 - draw(c, 9) : 0);
        add_row(c, q, q, 2, (int[]){x, u}, (double[]){1, 1});
        add_row(c, q, q, 2, (int[]){u, y}, (double[]){1, q});
        add_row(c, -INFINITY, 0, 2, (int[]){f, y}, (double[]){1, -1});
        if (s > 0)
            add_row(c, -INFINITY, 0, 2, (int[]){draw(c, 2) == 0 ? f : y, 4 * draw(c, s)},
                    (double[]){1, -1});
        amount[s] = x;
        use[s] = 1 + draw(c, 5);
        total += use[s] * q;
    }
    add_row(c, -INFINITY, total / 2, SWITCHES, amount, use);
}

/** Things of which each goes to one of a few. */
static void write_choices(Case *c)
{
    int at[AGENTS][CHOICES];
    for (int g = 0; g < CHOICES; g++) {
        int members[AGENTS];
        for (int a = 0; a < AGENTS; a++)
            members[a] = at[a][g] = add_column(c, 1, true, draw(c, 30) - 10);
        add_row(c, 1, 1, AGENTS, members, (double[]){1, 1, 1});
    }
    for (int a = 0; a < AGENTS; a++) {
        double use[CHOICES], most = 0;
        for (int g = 0; g < CHOICES; g++)
            most += use[g] = 1 + draw(c, 12);
        add_row(c, -INFINITY, floor(most * 0.45), CHOICES, at[a], use);
    }
}

/** Plants that open for a fee; each thing, of 1 .. 4 pieces, goes to one of them with all its pieces: a switch
 *  for each way, of which a piece is at most and at least its share (two rows). */
static void write_plants(Case *c)
{
    int amount[AGENTS][CHOICES], open[AGENTS];
    double pieces[CHOICES];
    for (int a = 0; a < AGENTS; a++)
        open[a] = add_column(c, 1, true, 5 + draw(c, 20));
    for (int g = 0; g < CHOICES; g++) {
        int amounts[AGENTS], ways[AGENTS];
        double q = pieces[g] = 1 + draw(c, 4);
        for (int a = 0; a < AGENTS; a++) {
            int x = amounts[a] = amount[a][g] = add_column(c, q, true, draw(c, 8));
            int z = ways[a] = add_column(c, 1, true, 0);
            add_row(c, -INFINITY, 0, 2, (int[]){x, z}, (double[]){1, -q});
            add_row(c, 0, INFINITY, 2, (int[]){x, z}, (double[]){1, -q});
            add_row(c, -INFINITY, 0, 2, (int[]){z, open[a]}, (double[]){1, -1});
        }
        add_row(c, q, q, AGENTS, amounts, (double[]){1, 1, 1});
        add_row(c, -INFINITY, 1, AGENTS, ways, (double[]){1, 1, 1});
    }
    for (int a = 0; a < AGENTS; a++) {
        double use[CHOICES], most = 0;
        for (int g = 0; g < CHOICES; g++) {
            use[g] = 1 + draw(c, 4);
            most += use[g] * pieces[g];
        }
        add_row(c, -INFINITY, floor(most * 0.6), CHOICES, amount[a], use);
    }
}

/** Things of several resources each; what they are worth, nothing divides. A share of what is not taken, which
 *  costs nothing and stands in one row, says how much that is. */
static void write_sacks(Case *c)
{
    int taken[SACKED + 1];
    double share[SACKED + 1];
    for (int s = 0; s < SACKED; s++) {
        taken[s] = add_column(c, 1, true, -(3 + draw(c, 100) / 7.0 + sqrt(2.0 + draw(c, 50))));
        share[s] = 1.0 / SACKED;
    }
    for (int r = 0; r < AGENTS; r++) {
        double use[SACKED], total = 0;
        for (int s = 0; s < SACKED; s++)
            total += use[s] = 1 + draw(c, 40);
        add_row(c, -INFINITY, floor(total / 2), SACKED, taken, use);
    }
    taken[SACKED] = add_column(c, 1, false, 0);
    share[SACKED] = 1;
    add_row(c, 1, 1, SACKED + 1, taken, share);
}

static double brute_sacks(const Case *c)
{
    double best = INFINITY;
    for (unsigned set = 0; set < 1u << SACKED; set++) {
        double value = 0, used[AGENTS] = {0};
        bool fits = true;
        for (size_t s = 0; s < SACKED; s++) {
            value += set >> s & 1 ? c->cost[s] : 0;
            for (int r = 0; r < AGENTS; r++)
                used[r] += set >> s & 1 ? c->lp.element[c->lp.row_first[r] + s] : 0;
        }
        for (int r = 0; r < AGENTS; r++)
            fits = fits && used[r] <= c->row_upper[r];
        if (fits && value < best)
            best = value;
    }
    return best;
}

static double brute_items(const Case *c)
{
    double best = INFINITY;
    for (unsigned set = 0; set < 1u << SWITCHES; set++) {
        double value = 0, used = 0;
        bool fits = true;
        for (int s = 0; s < SWITCHES; s++) {
            int row = s == 0 ? 0 : 3 + 4 * (s - 1),
                on = set >> s & 1; /* rows of item s: 3, then 4 */
            double q = c->upper[4 * s + 1];
            double f = on;
            if (s > 0) {
                size_t k = c->lp.row_first[row + 3];
                int who = c->lp.element_column[k], other = c->lp.element_column[k + 1] / 4;
                bool there = set >> other & 1;
                fits = fits && (who != 4 * s || there || !on);
                f = who == 4 * s || there ? f : 0;
            }
            used += on ? q * c->lp.element[c->lp.row_first[c->lp.row_count - 1] + (size_t)s] : 0;
            value += c->cost[4 * s + 2] * (on ? 0 : q) + c->cost[4 * s + 3] * f;
        }
        if (fits && used <= c->row_upper[c->lp.row_count - 1] && value < best)
            best = value;
    }
    return best;
}

static double brute_choices(const Case *c)
{
    double best = INFINITY;
    for (int code = 0; code < 243; code++) {
        double used[AGENTS] = {0}, value = 0;
        for (int g = 0, rest = code; g < CHOICES; g++, rest /= AGENTS) {
            int a = rest % AGENTS;
            value += c->cost[g * AGENTS + a];
            used[a] += c->lp.element[c->lp.row_first[CHOICES + a] + (size_t)g];
        }
        bool fits = true;
        for (int a = 0; a < AGENTS; a++)
            fits = fits && used[a] <= c->row_upper[CHOICES + a];
        if (fits && value < best)
            best = value;
    }
    return best;
}

static double brute_plants(const Case *c)
{
    double best = INFINITY;
    int capacities = c->lp.row_count - AGENTS;
    for (int code = 0; code < 243; code++) {
        double used[AGENTS] = {0}, value = 0;
        bool fits = true;
        for (int g = 0, rest = code; g < CHOICES; g++, rest /= AGENTS) {
            int a = rest % AGENTS, x = AGENTS + 2 * (g * AGENTS + a);
            size_t first = c->lp.row_first[capacities + a];
            value += c->cost[x] * c->upper[x] + (used[a] == 0 ? c->cost[a] : 0);
            used[a] += c->lp.element[first + (size_t)g] * c->upper[x];
        }
        for (int a = 0; a < AGENTS; a++)
            fits = fits && used[a] <= c->row_upper[capacities + a];
        if (fits && value < best)
            best = value;
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
                         .cost_count = (size_t)c->lp.column_count,
                         .cost_columns = c->columns,
                         .costs = c->cost};
    LeanLimits limits = {.work = 1e7};
    c->status = lean_build(&source, c->arena, &c->lean);
    if (c->status == STATUS_OK && c->lean.pure && c->lean.lp.column_count > 0)
        c->status = lean_search(&c->lean, &limits, c->arena, &c->answer);
}

/** What is left has the same optimum, and its point is one of the program. */
static void compare(Case *c, double best)
{
    GuardFault fault;
    if (!glpk_guard_run(solve, c, &fault))
        fail_msg("%s", fault.text);
    assert_int_equal(c->status, STATUS_OK);
    if (isinf(best)) {
        assert_false(c->lean.pure && c->answer.found);
        return;
    }
    assert_true(c->lean.pure);
    double value = c->lean.constant, *x = ARENA_NEW(c->arena, 64, double), held = 0;
    if (c->lean.lp.column_count > 0) {
        assert_true(c->answer.found && c->answer.ended);
        value += c->lean.unit * lean_value(&c->lean, c->answer.x);
    }
    assert_true(fabs(value - best) <= 1e-9 * fmax(1, fabs(best)));
    lean_lift(&c->lean, c->answer.x, x);
    for (int j = 0; j < c->lp.column_count; j++)
        held += c->cost[j] * x[j];
    assert_true(fabs(held - best) <= 1e-9 * fmax(1, fabs(best)));
    for (int i = 0; i < c->lp.row_count; i++) {
        double sum = 0;
        for (size_t k = c->lp.row_first[i]; k < c->lp.row_first[i + 1]; k++)
            sum += c->lp.element[k] * x[c->lp.element_column[k]];
        assert_true(sum <= c->row_upper[i] + 1e-9 && sum >= c->row_lower[i] - 1e-9);
    }
}

/** @p most columns are left at most. */
static void run(unsigned seed, void (*write)(Case *), double (*brute)(const Case *), int most)
{
    Case c = {.arena = arena_new(), .state = seed};
    assert_int_equal(lp_init(c.arena, &c.lp), STATUS_OK);
    write(&c);
    compare(&c, brute(&c));
    assert_true(!c.lean.pure || c.lean.lp.column_count <= most);
    arena_free(c.arena);
}

static void what_is_left_has_the_same_optimum(void **state)
{
    (void)state;
    for (unsigned seed = 1; seed <= ROUNDS; seed++)
        run(seed, write_items, brute_items, 2 * SWITCHES);
}

static void choices_reach_the_optimum(void **state)
{
    (void)state;
    for (unsigned seed = 1; seed <= ROUNDS; seed++)
        run(seed, write_choices, brute_choices, CHOICES * AGENTS);
}

/* One switch is left of a thing's pieces and its way. */
static void plants_reach_the_optimum(void **state)
{
    (void)state;
    for (unsigned seed = 1; seed <= ROUNDS; seed++)
        run(seed, write_plants, brute_plants, (CHOICES + 1) * AGENTS);
}

/* The share is no column of the lean program. */
static void sacks_of_things_of_any_worth_reach_the_optimum(void **state)
{
    (void)state;
    for (unsigned seed = 1; seed <= ROUNDS; seed++)
        run(seed, write_sacks, brute_sacks, SACKED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_left_has_the_same_optimum),
        cmocka_unit_test(choices_reach_the_optimum),
        cmocka_unit_test(sacks_of_things_of_any_worth_reach_the_optimum),
        cmocka_unit_test(plants_reach_the_optimum),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
