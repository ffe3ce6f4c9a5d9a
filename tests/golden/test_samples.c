/* Do the samples still give what was expected of them.
 *
 * first-steps and all-or-nothing were worked out by hand. The expected tables of the Tallinn round are
 * the program's own (refresh.sh writes them, a person reads the difference), so that round is also
 * held against what does not come from this program: glpsol and cbc on the exported first stage, the
 * totals and shares that its README states (found with a separate model), and sums over its input.
 */
#include "tests/support/program.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CELL_MOST = 2048, COLUMNS_MOST = 40 };

/* ---- reading tables ------------------------------------------------------------------------- */

/** Copies the cell at *cursor and moves behind it; false at the end of the line. */
static bool next_cell(const char **cursor, char *cell)
{
    const char *c = *cursor;
    size_t length = 0;
    bool quoted = *c == '"';
    if (c[0] == '\0' || c[0] == '\n')
        return false;
    for (c += quoted; *c != '\0'; c++) {
        bool doubled = quoted && c[0] == '"' && c[1] == '"';
        if (doubled)
            c++;
        else if (quoted ? *c == '"' : (*c == ',' || *c == '\n'))
            break;
        if (length < CELL_MOST - 1)
            cell[length++] = *c;
    }
    cell[length] = '\0';
    c += *c == '"';
    *cursor = *c == ',' ? c + 1 : c;
    return true;
}

static const char *next_line(const char *line)
{
    const char *end = strchr(line, '\n');
    return end == NULL || end[1] == '\0' ? NULL : end + 1;
}

/** Position of a column in the heading line, or -1. */
static int column_of(const char *table, const char *name)
{
    char cell[CELL_MOST];
    int column = 0;
    for (const char *c = table; next_cell(&c, cell); column++)
        if (strcmp(cell, name) == 0)
            return column;
    return -1;
}

static void cell_of(const char *line, int column, char *cell)
{
    cell[0] = '\0';
    while (column-- >= 0 && next_cell(&line, cell))
        ;
}

/** The number in @p column of the row whose first cell is @p id. */
static double figure(const char *table, const char *id, const char *column)
{
    char cell[CELL_MOST];
    for (const char *line = table; line != NULL; line = next_line(line)) {
        cell_of(line, 0, cell);
        if (strcmp(cell, id) != 0)
            continue;
        cell_of(line, column_of(table, column), cell);
        return strtod(cell, NULL);
    }
    fail_msg("no row '%s'", id);
    return NAN;
}

/** Everywhere but in columns that are left out, which hold texts for people. */
static void assert_same_tables(const char *name, const char *got, const char *want,
                               const char *left_out)
{
    int skipped = column_of(want, left_out), line = 1;
    const char *g = got, *w = want;
    for (; g != NULL && w != NULL; g = next_line(g), w = next_line(w), line++) {
        char got_cell[CELL_MOST], want_cell[CELL_MOST];
        const char *gc = g, *wc = w;
        for (int column = 0; column < COLUMNS_MOST; column++) {
            bool more = next_cell(&gc, got_cell), wanted = next_cell(&wc, want_cell);
            if (!more && !wanted)
                break;
            if (column != skipped && (more != wanted || strcmp(got_cell, want_cell) != 0))
                fail_msg("%s line %d column %d: '%s', expected '%s'", name, line, column + 1,
                         got_cell, want_cell);
        }
    }
    if (g != NULL || w != NULL)
        fail_msg("%s has %s lines than expected", name, g != NULL ? "more" : "fewer");
}

static void assert_expected(const Program *p, const char *sample, const char *table)
{
    char path[256], name[64];
    (void)snprintf(path, sizeof path, "samples/%s/expected/%s", sample, table);
    (void)snprintf(name, sizeof name, "t/%s", table);
    char *want = read_file(path, NULL), *got = program_read(p, name);
    assert_same_tables(table, got, want, "detail");
    free(want);
    free(got);
}

/** Bounds are the solver's and may differ in the last digits from machine to machine. */
static void assert_expected_stages(Program *p, const char *sample)
{
    char path[256];
    (void)snprintf(path, sizeof path, "samples/%s/expected/stages.csv", sample);
    char *want = read_file(path, NULL);
    char *got = program_read(p, "t/stages.csv");
    const char *g = next_line(got), *w = next_line(want);
    int value = column_of(want, "value"), bound = column_of(want, "bound");
    int status = column_of(want, "status");
    for (; g != NULL && w != NULL; g = next_line(g), w = next_line(w)) {
        char label[CELL_MOST], a[CELL_MOST], b[CELL_MOST];
        cell_of(g, 0, label);
        cell_of(w, 0, b);
        assert_string_equal(label, b);
        cell_of(g, status, a);
        cell_of(w, status, b);
        assert_case_text(label, a, b);
        cell_of(g, value, a);
        cell_of(w, value, b);
        assert_close(strtod(a, NULL), strtod(b, NULL), 1e-9, 1e-9);
        cell_of(g, bound, a);
        cell_of(w, bound, b);
        assert_close(strtod(a, NULL), strtod(b, NULL), 1e-6, 1e-6);
    }
    assert_true(g == NULL && w == NULL);
    free(want);
    free(got);
}

static void assert_expected_plan(Program *p, const char *sample)
{
    assert_expected(p, sample, "assignments.csv");
    assert_expected(p, sample, "needs.csv");
    assert_expected(p, sample, "offers.csv");
}

/** A copy of the sample as r/ of a scratch folder. */
static void open_sample(Program *p, const char *sample)
{
    char script[512];
    program_open(p);
    (void)snprintf(script, sizeof script, "rm -r '%s/r' && cp -r 'samples/%s' '%s/r'", p->dir,
                   sample, p->dir);
    TestRun copied = run_shell(NULL, script);
    assert_int_equal(copied.exit_code, 0);
    test_run_free(&copied);
}

/** Solves a copy of the sample into t/ of a scratch folder. */
static void solve_sample(Program *p, const char *sample)
{
    open_sample(p, sample);
    ALLOT(p, "solve", "r", "--tables", "t", "-q");
    assert_exit(p, 0);
}

/* ---- first steps ---------------------------------------------------------------------------- */

static void first_steps_come_out_as_worked_out_by_hand(void **state)
{
    Program p;
    (void)state;
    solve_sample(&p, "first-steps");
    assert_expected_plan(&p, "first-steps");
    char *stages = program_read(&p, "t/stages.csv");
    assert_close(figure(stages, "tier 1", "value"), 0, 0, 0);
    assert_close(figure(stages, "tier 2", "value"), 34000, 1e-9, 0);
    assert_close(figure(stages, "fairness 2.1", "value"), 0.6, 1e-9, 0);
    free(stages);
    program_close(&p);
}

/* ---- all or nothing -------------------------------------------------------------------------- */

static void all_or_nothing_comes_out_as_worked_out_by_hand(void **state)
{
    static const char *const ENGINES[] = {"engine=fast", "engine=plain"};
    (void)state;
    for (size_t k = 0; k < COUNT_OF(ENGINES); k++) {
        Program p;
        open_sample(&p, "all-or-nothing");
        ALLOT(&p, "solve", "r", "--tables", "t", "-q", "--set", ENGINES[k]);
        assert_exit(&p, 0);
        assert_expected_plan(&p, "all-or-nothing");
        assert_expected_stages(&p, "all-or-nothing");
        program_close(&p);
    }
}

static void the_hand_made_plan_passes_verify(void **state)
{
    Program p;
    (void)state;
    open_sample(&p, "all-or-nothing");
    ALLOT(&p, "verify", "r", "r/expected");
    assert_exit(&p, 0);
    assert_prints(&p, ": 0 rules broken, 0 stages worse than proven\n");
    program_close(&p);
}

/** Outcomes that are met and others that are not are counted alike when a plan is made and when it is read. */
static void what_nobody_touched_is_not_called_stale(void **state)
{
    Program p;
    (void)state;
    open_sample(&p, "all-or-nothing");
    ALLOT(&p, "solve", "r", "-o", "p.xlsx", "--tables", "t", "-q");
    assert_exit(&p, 0);
    ALLOT(&p, "verify", "r", "p.xlsx");
    assert_null(strstr(p.run.err, "W055"));
    ALLOT(&p, "verify", "r", "t");
    assert_null(strstr(p.run.err, "W055"));
    assert_exit(&p, 0);
    program_close(&p);
}

/** Each condition taken away by itself: what its README says then happens. */
static void all_or_nothing_conditions_do_what_its_readme_says(void **state)
{
    static const struct {
        const char *change; /* of the copy, by sed */
        const char *stage;
        double want;
    } CASES[] = {
        {"sed -i '/^N-09/s/,0[.]8,/,,/' r/needs.csv", "tier 2", 20000},
        {"sed -i 's/,LINK,/,,/' r/needs.csv", "tier 2", 10000},
        {"sed -i 's/,BACKUP$/,/; s/,BACKUP,/,N-05,/; s/,BACKUP;/,N-05;/' r/needs.csv", "tier 2",
         105000},
        {"sed -i '/^O-2/s/60000/0/' r/offers.csv", "tier 2", 90000},
        {"sed -i '/^R-2/d' r/rules.csv", "splits", 10},
        {"sed -i '/^R-1/d' r/rules.csv", "splits", 10},
        {"sed -i '/^O-1/s/15000//' r/offers.csv", "splits", 10},
    };
    (void)state;
    for (size_t k = 0; k < COUNT_OF(CASES); k++) {
        Program p;
        open_sample(&p, "all-or-nothing");
        program_script(&p, CASES[k].change);
        assert_exit(&p, 0);
        ALLOT(&p, "solve", "r", "--tables", "t", "-q");
        assert_exit(&p, 0);
        char *stages = program_read(&p, "t/stages.csv");
        assert_close(figure(stages, CASES[k].stage, "value"), CASES[k].want, 1e-9, 0);
        free(stages);
        program_close(&p);
    }
}

/* ---- the Tallinn round ---------------------------------------------------------------------- */

static Program tallinn; /* solved once for all tests below */

static int solve_tallinn(void **state)
{
    (void)state;
    solve_sample(&tallinn, "tallinn-2026-q1");
    return 0;
}

static int forget_tallinn(void **state)
{
    (void)state;
    program_close(&tallinn);
    return 0;
}

static void tallinn_gives_the_expected_tables(void **state)
{
    (void)state;
    assert_expected_plan(&tallinn, "tallinn-2026-q1");
}

static void tallinn_gives_the_expected_stages(void **state)
{
    (void)state;
    assert_expected_stages(&tallinn, "tallinn-2026-q1");
}

static void the_tallinn_plan_passes_verify_as_people_run_it(void **state)
{
    (void)state;
    ALLOT(&tallinn, "verify", "r", "t");
    assert_exit(&tallinn, 0);
    assert_prints(&tallinn, ": 0 rules broken, 0 stages worse than proven\n");
}

/** N-051 (EUR 400,000) waits for its papers; everything else of tier 1 that has a value is met. */
static void tallinn_tier_1_is_what_other_solvers_find(void **state)
{
    (void)state;
    char *stages = program_read(&tallinn, "t/stages.csv");
    assert_close(figure(stages, "tier 1", "value"), 400000, 1e-6, 0);
    free(stages);
    ALLOT(&tallinn, "export", "r", "first.mps", "-q");
    assert_exit(&tallinn, 0);
    program_script(&tallinn, "timeout 120 glpsol --freemps first.mps --write first.sol >log && "
                             "awk '$1 == \"s\" && $5 == \"o\" { print $NF }' first.sol");
    assert_exit(&tallinn, 0);
    assert_close(strtod(tallinn.run.out, NULL), 400000, 0.01, 0);
    program_script(&tallinn, "timeout 120 cbc first.mps solve | grep 'Objective value:'");
    assert_exit(&tallinn, 0);
    const char *found = strchr(tallinn.run.out, ':');
    assert_non_null(found);
    assert_close(strtod(found + 1, NULL), 400000, 0.01, 0);
}

/** The README's table of what is asked, and the shares that its author's own model found. */
static void tallinn_totals_and_shares_are_those_of_its_readme(void **state)
{
    static const struct {
        const char *key;
        double want, within;
    } CASES[] = {
        {"needs", 120, 0},
        {"offers", 33, 0},
        {"donors", 13, 0},
        {"tier_1_needs", 17, 0},
        {"tier_2_needs", 38, 0},
        {"tier_3_needs", 48, 0},
        {"tier_4_needs", 17, 0},
        {"tier_1_value_asked", 5.93e6, 5e3},
        {"tier_2_value_asked", 13.33e6, 5e3},
        {"tier_2_value_covered", 0.45e6, 5e3},
        {"tier_3_value_asked", 15.09e6, 5e3},
        {"tier_4_value_asked", 3.85e6, 5e3},
        {"value_asked", 38.20e6, 5e3},
        {"tier_1_share", 0.93, 0.005},
        {"tier_2_share", 0.91, 0.005},
        {"tier_3_share", 0.16, 0.005},
        {"needs_amount_unknown", 1, 0},
        {"needs_not_ready", 1, 0},
        {"unvalued_needs", 15, 0},
    };
    (void)state;
    char *summary = program_read(&tallinn, "t/summary.csv");
    for (size_t k = 0; k < COUNT_OF(CASES); k++) {
        double got = figure(summary, CASES[k].key, "value");
        if (!(fabs(got - CASES[k].want) <= CASES[k].within))
            fail_msg("%s is %.2f, the README says %.2f", CASES[k].key, got, CASES[k].want);
    }
    free(summary);
}

/** What the README's list of edge cases promises of single rows. */
static void tallinn_rows_show_what_its_readme_promises(void **state)
{
    static const struct {
        const char *need;
        double share, within;
    } SHARES[] = {{"N-051", 0, 0}, {"N-022", 0.5, 1e-9}, {"N-119", 0, 0}, {"N-117", 0, 0},
                  {"N-118", 0, 0}, {"N-120", 0, 0},      {"N-001", 1, 0}};
    (void)state;
    char *needs = program_read(&tallinn, "t/needs.csv");
    char *lines = program_read(&tallinn, "t/assignments.csv");
    for (size_t k = 0; k < COUNT_OF(SHARES); k++)
        if (!(fabs(figure(needs, SHARES[k].need, "share") - SHARES[k].share) <= SHARES[k].within))
            fail_msg("%s: share %g", SHARES[k].need, figure(needs, SHARES[k].need, "share"));
    assert_non_null(strstr(lines, "\nN-001,O-IT-2,IT,100000.00,EUR,100000.00,EUR,100000.00,EUR,"
                                  "paid,yes\n"));
    assert_null(strstr(lines, ",O-US-1,")); /* lapsed */
    assert_null(strstr(lines, ",O-GB-3,")); /* pledges */
    assert_null(strstr(lines, ",O-NO-3,"));
    assert_null(strstr(lines, ",O-NL-3,")); /* unknown amount */
    assert_null(strstr(lines, ",O-NL-1,")); /* through the channel only */
    assert_null(strstr(lines, ",O-SE-1,"));
    free(needs);
    free(lines);
}

/** Sums over the lines, against the rows that bound them: R-07 keeps 400,000 of three offers. */
static void tallinn_keeps_its_reserve(void **state)
{
    (void)state;
    char *offers = program_read(&tallinn, "t/offers.csv");
    double left = figure(offers, "O-DE-1", "left") + figure(offers, "O-FI-1", "left") +
                  figure(offers, "O-FR-1", "left");
    assert_true(left >= 400000);
    free(offers);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(first_steps_come_out_as_worked_out_by_hand),
        cmocka_unit_test(all_or_nothing_comes_out_as_worked_out_by_hand),
        cmocka_unit_test(the_hand_made_plan_passes_verify),
        cmocka_unit_test(what_nobody_touched_is_not_called_stale),
        cmocka_unit_test(all_or_nothing_conditions_do_what_its_readme_says),
    };
    const struct CMUnitTest tallinn_tests[] = {
        cmocka_unit_test(tallinn_gives_the_expected_tables),
        cmocka_unit_test(tallinn_gives_the_expected_stages),
        cmocka_unit_test(the_tallinn_plan_passes_verify_as_people_run_it),
        cmocka_unit_test(tallinn_tier_1_is_what_other_solvers_find),
        cmocka_unit_test(tallinn_totals_and_shares_are_those_of_its_readme),
        cmocka_unit_test(tallinn_rows_show_what_its_readme_promises),
        cmocka_unit_test(tallinn_keeps_its_reserve),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    return failed + cmocka_run_group_tests(tallinn_tests, solve_tallinn, forget_tallinn);
}
