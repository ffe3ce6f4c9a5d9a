/* allot compare held against the same questions asked by hand: random rounds with a few changes typed into
 * their tables, and for every change a third round in which it alone was not made, written by this file
 * and decided by `allot solve`. What compare names as a cause must restore the line there, and a change that
 * restores a line there must be named. Of a line without such a cause the second round is decided with the
 * line written down as agreed, at its former amount: it was free to move if and only if no stage is worse
 * then. Changed cells inside the program (CellChange) have no part in the judging.
 */
#include "allot/unit.h"
#include "tests/support/random_round.h"
#include "tests/support/stage_table.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Fewer under the sanitizers, which are an order slower; ALLOT_ROUNDS overrides. */
#ifdef __SANITIZE_ADDRESS__
enum { ROUNDS = 5 };
#else
enum { ROUNDS = 40 };
#endif

enum { CHANGES_MOST = 5, LINES_MOST = 400, ID_SIZE = 64, FIELDS_MOST = 12 };

static int rounds_wanted(void)
{
    const char *text = getenv("ALLOT_ROUNDS");
    return text != NULL ? (int)strtol(text, NULL, 10) : ROUNDS;
}

/* ---- changes -------------------------------------------------------------------------------- */

/* A cell that is changed, or a row that is dropped (column ""). */
typedef struct Typed {
    const char *table, *column;
    char id[ID_SIZE], value[ID_SIZE];
} Typed;

/* Two rounds: one with the changes of a set, one without. When `reversed` the first is the one with. */
typedef struct Case {
    const TextRound *base;
    Typed changes[CHANGES_MOST];
    size_t count;
    bool reversed;
    char *dir;
    struct Kept *kept; /* rounds that were decided */
} Case;

/* A line that is agreed on at this amount. */
typedef struct Pin {
    const char *need, *offer, *quantity;
} Pin;

static void write_pin(TextRound *round, const Pin *pin)
{
    TextTable *table = text_table(round, "commitments");
    size_t row = text_row(table);
    bool given = strtod(pin->quantity, NULL) > 0;
    text_set(table, row, "need", "%s", pin->need);
    text_set(table, row, "offer", "%s", pin->offer);
    text_set(table, row, "kind", given ? "fixed" : "forbidden");
    text_set(table, row, "quantity", "%s", given ? pin->quantity : "");
}

/* The round with the changes made whose bit is set in @p made, as seen from the second round: a change that
 * is made there is one that compare may take back. @p pin  or NULL */
static void write_with(const Case *c, unsigned made, const Pin *pin, const char *name)
{
    TextRound *round = text_round_copy(c->base);
    for (size_t i = 0; i < c->count; i++) {
        const Typed *typed = &c->changes[i];
        bool here = ((made >> i & 1) != 0) != c->reversed;
        TextTable *table = text_table(round, typed->table);
        int row = text_find(table, "id", typed->id);
        if (!here || row < 0)
            continue;
        if (*typed->column == '\0')
            text_remove_row(table, (size_t)row);
        else
            text_set(table, (size_t)row, typed->column, "%s", typed->value);
    }
    if (pin != NULL)
        write_pin(round, pin);
    char *dir = test_path(c->dir, name);
    char script[600];
    (void)snprintf(script, sizeof script, "rm -rf '%s' '%s.plan' && mkdir '%s'", dir, dir, dir);
    TestRun run = run_shell(NULL, script);
    test_run_free(&run);
    text_round_write(round, dir);
    free(dir);
    text_round_free(round);
}

static bool is_changed_already(const Case *c, const Typed *typed)
{
    for (size_t i = 0; i < c->count; i++)
        if (strcmp(c->changes[i].table, typed->table) == 0 &&
            strcmp(c->changes[i].id, typed->id) == 0)
            return true;
    return false;
}

/* A cell takes what another row of its column says; a row goes. */
static void draw_change(Case *c, TestRandom *random)
{
    static const char *const cells[][2] = {
        {"needs", "quantity"},  {"needs", "priority"}, {"offers", "quantity"},
        {"offers", "category"}, {"needs", "weight"},   {"rules", "value"},
        {"offers", "status"},   {"donors", "budget"},  {"needs", ""},
        {"offers", ""},         {"rules", ""}};
    size_t which = (size_t)random_between(random, 0, COUNT_OF(cells) - 1);
    Typed typed = {.table = cells[which][0], .column = cells[which][1]};
    const TextTable *table = NULL;
    for (size_t t = 0; t < c->base->count; t++)
        if (strcmp(c->base->tables[t].name, typed.table) == 0)
            table = &c->base->tables[t];
    if (table == NULL || table->count < 2)
        return;
    size_t row = (size_t)random_between(random, 0, (int64_t)table->count - 1);
    size_t from = (size_t)random_between(random, 0, (int64_t)table->count - 1);
    (void)snprintf(typed.id, sizeof typed.id, "%s", text_get(table, row, "id"));
    (void)snprintf(typed.value, sizeof typed.value, "%s", text_get(table, from, typed.column));
    bool is_new =
        *typed.column == '\0' || strcmp(text_get(table, row, typed.column), typed.value) != 0;
    if (is_new && *typed.id != '\0' && !is_changed_already(c, &typed))
        c->changes[c->count++] = typed;
}

/* ---- plans ---------------------------------------------------------------------------------- */

typedef struct Line {
    char need[ID_SIZE], offer[ID_SIZE], quantity[ID_SIZE];
} Line;

typedef struct Lines {
    Line line[LINES_MOST];
    size_t count;
} Lines;

/* The first fields of a CSV row whose first fields have no quotes; the row is cut up. */
static size_t split(char *row, char **fields)
{
    size_t count = 0;
    while (row != NULL && count < FIELDS_MOST) {
        fields[count++] = row;
        row = strchr(row, ',');
        if (row != NULL)
            *row++ = '\0';
    }
    return count;
}

/* Did a search end at its limits? Such a round takes seconds for every question asked of it, and has as many
 * questions as changes times lines: it belongs into a long run, ALLOT_ROUNDS. */
static bool is_cut_short(const Case *c, const char *name)
{
    char path[64];
    (void)snprintf(path, sizeof path, "%s.plan/stages.csv", name);
    char *file = test_path(c->dir, path), *text = read_file(file, NULL);
    bool cut = strstr(text, ",limit") != NULL || strstr(text, ",partial") != NULL;
    free(text);
    free(file);
    return cut;
}

/* Decides the round @p name; false where it cannot be. */
static bool solve(const Case *c, const char *name, Lines *lines)
{
    char script[1200], *text, *next, path[64];
    (void)snprintf(script, sizeof script,
                   "'%s/allot' solve %s --tables %s.plan -q --explain none 2>/dev/null",
                   getenv("ALLOT_BUILD"), name, name);
    TestRun run = run_shell(c->dir, script);
    bool solved = run.exit_code == 0;
    test_run_free(&run);
    lines->count = 0;
    if (!solved)
        return false;
    (void)snprintf(path, sizeof path, "%s.plan/assignments.csv", name);
    char *file = test_path(c->dir, path), *fields[FIELDS_MOST] = {NULL};
    text = read_file(file, NULL);
    for (char *row = strchr(text, '\n'); row != NULL && row[1] != '\0'; row = next) {
        next = strchr(++row, '\n');
        if (next != NULL)
            *next = '\0';
        assert_true(split(row, fields) > 3 && lines->count < LINES_MOST);
        Line *line = &lines->line[lines->count++];
        (void)snprintf(line->need, ID_SIZE, "%s", fields[0]);
        (void)snprintf(line->offer, ID_SIZE, "%s", fields[1]);
        (void)snprintf(line->quantity, ID_SIZE, "%s", fields[3]);
    }
    free(text);
    free(file);
    return true;
}

static const char *quantity(const Lines *lines, const char *need, const char *offer)
{
    for (size_t i = 0; i < lines->count; i++)
        if (strcmp(lines->line[i].need, need) == 0 && strcmp(lines->line[i].offer, offer) == 0)
            return lines->line[i].quantity;
    return "";
}

/* What the round is with these changes alone, decided once. */
typedef struct Kept {
    bool known, solved;
    Lines lines;
} Kept;

/* Is the line as before when only these changes stand? */
static bool is_restored(const Case *c, unsigned made, const Lines *before, const char *need,
                        const char *offer)
{
    Kept *now = &c->kept[made];
    if (!now->known) {
        write_with(c, made, NULL, "third");
        now->solved = solve(c, "third", &now->lines);
        now->known = true;
    }
    return now->solved &&
           strcmp(quantity(&now->lines, need, offer), quantity(before, need, offer)) == 0;
}

/* ---- free choice ---------------------------------------------------------------------------- */

static void read_stages(const Case *c, const char *name, StageTable *stages)
{
    char path[64];
    (void)snprintf(path, sizeof path, "%s.plan/stages.csv", name);
    char *file = test_path(c->dir, path);
    stage_table_read(file, stages);
    free(file);
}

/* Is something agreed on the pair already in the second round, that a second row would contradict? */
static bool is_agreed(const Case *c, const Pin *pin)
{
    char *dir = test_path(c->dir, "after"), *path = test_path(dir, "commitments.csv"), row[200];
    char *text = file_exists(path) ? read_file(path, NULL) : calloc(1, 1);
    (void)snprintf(row, sizeof row, "%s,%s,f", pin->need, pin->offer); /* fixed, forbidden */
    assert_non_null(text);
    bool found = text != NULL && strstr(text, row) != NULL;
    free(text);
    free(path);
    free(dir);
    return found;
}

/* Does the second round lose nothing when the line is agreed at its former amount? */
static Freedom judge_freedom(const Case *c, const Pin *pin)
{
    Lines *lines = calloc(1, sizeof *lines);
    StageTable *stages = calloc(2, sizeof *stages);
    Freedom freedom = IS_NOT_FREE;
    assert_non_null(lines);
    assert_non_null(stages);
    write_with(c, (1U << c->count) - 1, pin, "pinned");
    read_stages(c, "after", &stages[0]);
    if (solve(c, "pinned", lines)) {
        read_stages(c, "pinned", &stages[1]);
        freedom = stage_table_judge(&stages[0], &stages[1]);
    }
    free(lines);
    free(stages);
    return freedom;
}

/* ---- what compare says ---------------------------------------------------------------------- */

/* The change that row @p row of inputs.csv speaks of, as a bit. */
static unsigned bit_of(const Case *c, const char *row)
{
    char copy[1024], *fields[FIELDS_MOST] = {NULL};
    (void)snprintf(copy, sizeof copy, "%.*s", (int)strcspn(row, "\n"), row);
    assert_true(split(copy, fields) > 4);
    for (size_t i = 0; i < c->count; i++) {
        const Typed *typed = &c->changes[i];
        if (strcmp(fields[2], typed->table) == 0 && strcmp(fields[3], typed->id) == 0 &&
            strcmp(fields[4], typed->column) == 0)
            return 1U << i;
    }
    print_message("no change of this test: %s\n", copy);
    return 0;
}

/* The bits of "1;3", rows of inputs.csv. */
static unsigned bits_of(const Case *c, const char *inputs, const char *numbers)
{
    unsigned bits = 0;
    assert_non_null(numbers);
    if (numbers == NULL)
        return 0; /* not reached; said so that an analyser follows */
    for (const char *at = numbers; *at != '\0'; at += strspn(at, ";")) {
        const char *row = inputs;
        for (long n = strtol(at, (char **)&at, 10); n > 0; n--) {
            row = strchr(row, '\n');
            assert_non_null(row);
            row++;
        }
        bits |= bit_of(c, row);
    }
    return bits;
}

static void fail_case(const Case *c, const char *line, const char *why)
{
    text_round_print(c->base);
    for (size_t i = 0; i < c->count; i++)
        print_message("change %zu: %s %s %s -> '%s'%s\n", i, c->changes[i].table, c->changes[i].id,
                      c->changes[i].column, c->changes[i].value, c->reversed ? " (reversed)" : "");
    fail_msg("seed %llu, line %s: %s", (unsigned long long)c->base->seed, line, why);
}

/* What was found, over all rounds. */
typedef struct Tally {
    size_t one, several, freely, rounds, left_out;
    size_t are_free, are_not;       /* judged so of those without one cause */
    size_t agreed, cents, doubtful; /* not judged: why */
} Tally;

/* A line that no change alone restores: "free choice" is said when it was, and only then. */
static void judge_choice(const Case *c, char *const *fields, Tally *tally)
{
    const Pin pin = {.need = fields[0], .offer = fields[1], .quantity = fields[4]};
    bool said = strcmp(fields[7], "free choice") == 0;
    bool same_unit = strcmp(fields[3], fields[5]) == 0;
    /* one smallest part of a currency: rounding may take it where no row that agrees on it can */
    int places = currency_places(fields[5]);
    double apart = fabs(strtod(fields[4], NULL) - strtod(fields[6], NULL));
    bool cents = places >= 0 && apart * pow(10, places) < 1.5;
    bool agreed = is_agreed(c, &pin);
    tally->agreed += agreed;
    tally->cents += cents && !agreed;
    if (agreed || cents)
        return;
    Freedom freedom = judge_freedom(c, &pin);
    tally->doubtful += freedom == NOT_JUDGED;
    if (freedom == NOT_JUDGED)
        print_message("DOUBT seed %llu %s %s %s\n", (unsigned long long)c->base->seed, fields[0],
                      fields[1], fields[7]);
    tally->are_free += freedom == IS_FREE;
    tally->are_not += freedom == IS_NOT_FREE;
    if (said && freedom == IS_NOT_FREE)
        fail_case(c, fields[0],
                  "with the former amount agreed a stage is worse, or there is no plan");
    if (!said && freedom == IS_FREE && same_unit)
        fail_case(c, fields[0], "with the former amount agreed no stage is worse");
}

/* need, offer, ..., cause, inputs of lines.csv. */
static void judge_line(const Case *c, const Lines *before, const char *inputs, char *const *fields,
                       Tally *tally)
{
    const char *need = fields[0], *offer = fields[1], *cause = fields[7];
    assert_true(need != NULL && offer != NULL && cause != NULL && fields[8] != NULL);
    if (need == NULL || cause == NULL)
        return; /* not reached; said so that an analyser follows */
    unsigned all = (1U << c->count) - 1, singles = 0, named = bits_of(c, inputs, fields[8]);
    for (unsigned i = 0; i < c->count; i++)
        if (is_restored(c, all & ~(1U << i), before, need, offer))
            singles |= 1U << i;
    if (strcmp(cause, "one change") == 0) {
        tally->one++;
        if (named != singles)
            fail_case(c, need, "the changes named are not those that restore it alone");
        return;
    }
    if (singles != 0)
        fail_case(c, need, "a change restores it alone and is not named");
    tally->freely += strcmp(cause, "free choice") == 0;
    judge_choice(c, fields, tally);
    if (strcmp(cause, "not known") == 0)
        fail_case(c, need, "nothing is known");
    if (strcmp(cause, "several together") != 0)
        return;
    tally->several++;
    if (!is_restored(c, all & ~named, before, need, offer))
        fail_case(c, need, "the changes named do not restore it together");
    for (unsigned i = 0; i < c->count; i++)
        if ((named >> i & 1) != 0 && is_restored(c, (all & ~named) | 1U << i, before, need, offer))
            fail_case(c, need, "one of the changes named can be left out");
}

static void judge(const Case *c, const Lines *before, Tally *tally)
{
    char *name = test_path(c->dir, "c/lines.csv"), *other = test_path(c->dir, "c/inputs.csv");
    char *lines = read_file(name, NULL), *inputs = read_file(other, NULL), *next;
    char *fields[FIELDS_MOST] = {NULL};
    for (char *row = strchr(lines, '\n'); row != NULL && row[1] != '\0'; row = next) {
        next = strchr(++row, '\n');
        if (next != NULL)
            *next = '\0';
        assert_true(split(row, fields) > 8);
        judge_line(c, before, inputs, fields, tally);
    }
    free(lines);
    free(inputs);
    free(name);
    free(other);
}

/* ---- the property --------------------------------------------------------------------------- */

static bool compare_case(const Case *c, Tally *tally)
{
    Lines *before = calloc(1, sizeof *before), *after = calloc(1, sizeof *after);
    unsigned all = (1U << c->count) - 1;
    char script[600];
    assert_non_null(before);
    assert_non_null(after);
    write_with(c, 0, NULL, "before");
    write_with(c, all, NULL, "after");
    bool solved = solve(c, "before", before) && solve(c, "after", after);
    if (solved && getenv("ALLOT_ROUNDS") == NULL &&
        (is_cut_short(c, "before") || is_cut_short(c, "after"))) {
        tally->left_out++;
        solved = false;
    }
    if (solved) {
        (void)snprintf(script, sizeof script,
                       "rm -rf c; '%s/allot' compare before.plan after.plan --tables c -q",
                       getenv("ALLOT_BUILD"));
        TestRun run = run_shell(c->dir, script);
        if (run.exit_code != 0)
            fail_case(c, "(all)", run.err);
        test_run_free(&run);
        judge(c, before, tally);
    }
    free(before);
    free(after);
    return solved;
}

static void ask(RandomShape shape, uint64_t seed, int rounds, Tally *tally)
{
    for (uint64_t i = 0; tally->rounds < (size_t)rounds; i++) {
        TextRound *round = random_round(seed + i, shape);
        text_setting(round, "gap", "0"); /* a stage within a gap says little of what is free */
        if (getenv("ALLOT_ROUNDS") == NULL)
            text_setting(round, "nodes", "100"); /* dozens of decisions a round: no long searches */
        TestRandom random = random_seeded(seed + i);
        Case c = {.base = round, .dir = test_dir_make(), .reversed = random_chance(&random, 2)};
        size_t wanted = (size_t)random_between(&random, 1, CHANGES_MOST);
        for (int draw = 0; draw < 40 && c.count < wanted; draw++)
            draw_change(&c, &random);
        c.kept = calloc((size_t)1 << CHANGES_MOST, sizeof *c.kept);
        assert_non_null(c.kept);
        if (c.count > 0)
            tally->rounds += compare_case(&c, tally);
        free(c.kept);
        test_dir_remove(c.dir);
        text_round_free(round);
    }
    print_message("%zu rounds, %zu left out: %zu lines by one change, %zu by several, %zu by free "
                  "choice; %zu judged free, %zu not, %zu not judged: agreed already, %zu: a cent, "
                  "%zu: in doubt\n",
                  tally->rounds, tally->left_out, tally->one, tally->several, tally->freely,
                  tally->are_free, tally->are_not, tally->agreed, tally->cents, tally->doubtful);
    assert_true(tally->one > 0);
}

static void every_cause_holds_and_none_is_missed_in_linear_rounds(void **state)
{
    int features = RANDOM_EVERYTHING & ~(RANDOM_WHOLES | RANDOM_PAIRS | RANDOM_UNKNOWN);
    Tally tally = {0};
    (void)state;
    ask((RandomShape){.size = RANDOM_SMALL, .features = features}, 5000, rounds_wanted() / 2,
        &tally);
}

static void every_cause_holds_and_none_is_missed_in_rounds_of_wholes(void **state)
{
    Tally tally = {0};
    (void)state;
    ask((RandomShape){.size = RANDOM_TINY, .features = RANDOM_EVERYTHING}, 6000, rounds_wanted(),
        &tally);
}

/* The scripts run elsewhere: where the program is has to be said in full. */
static int say_where_the_program_is(void **state)
{
    TestRun run = run_shell(NULL, "printf %s \"$(cd '" TEST_BUILD_DIR "' && pwd)\"");
    (void)state;
    int failed = setenv("ALLOT_BUILD", run.out, 1);
    test_run_free(&run);
    return failed;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_cause_holds_and_none_is_missed_in_linear_rounds),
        cmocka_unit_test(every_cause_holds_and_none_is_missed_in_rounds_of_wholes),
    };
    return cmocka_run_group_tests(tests, say_where_the_program_is, NULL);
}
