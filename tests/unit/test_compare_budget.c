/* A comparison may ask for more work than it is given. What then was not asked is said in plain words,
 * nothing is claimed that was not found, and the command ends as always. The budget is a field that the
 * command line has no word for.
 */
#include "command.h"
#include "compare_search.h"

#include <fcntl.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/support/program.h"

/* N1 takes 80 of O1 and 20 of O2; then O1 has 60, which moves both lines. Fewer of O2 moves nothing. N2 is
 * served by O3 in both rounds; the first plan, edited by hand, takes O4, which is as good. */
static const char SCRIPT[] =
    "mkdir a b\n"
    "printf 'id,category,quantity\nN1,HW,100\nN2,SW,50\n' >a/needs.csv\n"
    "cp a/needs.csv b/needs.csv\n"
    "o='id,donor,category,quantity'; same='O3,FI,SW,50\\nO4,LT,SW,50'\n"
    "printf \"$o\\nO1,EE,HW,80\\nO2,LV,HW,60\\n$same\\n\" >a/offers.csv\n"
    "printf \"$o\\nO1,EE,HW,60\\nO2,LV,HW,55\\n$same\\n\" >b/offers.csv\n"
    "for r in a b; do \"$ALLOT\" solve $r --tables t$r -q --explain none --set engine=plain; done\n"
    "sed -i s/N2,O3,FI/N2,O4,LT/ ta/assignments.csv\n";

enum { PATH_SIZE = 600 };

static const char *path_in(const Program *p, const char *name)
{
    char *path = malloc(PATH_SIZE); /* leaked by the child alone */
    assert_non_null(path);
    (void)snprintf(path, PATH_SIZE, "%s/%s", p->dir, name);
    return path;
}

/* In a process of its own: the command prints. Its status is how it ends. */
static void compare_in_child(const Program *p, double work)
{
    int out = open(path_in(p, "out.txt"), O_WRONLY | O_CREAT | O_TRUNC, 0600);
    const Options options = {.command = COMMAND_COMPARE,
                             .round = path_in(p, "ta"),
                             .operand = path_in(p, "tb"),
                             .before = path_in(p, "a"),
                             .after = path_in(p, "b"),
                             .tables = path_in(p, "c"),
                             .jobs = 1,
                             .asks_work = work};
    Arena *arena = arena_new();
    Session s = {.options = &options, .arena = arena, .diag = diag_new(arena)};
    if (out < 0 || dup2(out, STDOUT_FILENO) < 0)
        _exit(99);
    Status status = command_compare(&s);
    fflush(stdout);
    _exit((int)status);
}

static void compare(const Program *p, double work)
{
    int how;
    fflush(NULL);
    pid_t child = fork();
    if (child == 0)
        compare_in_child(p, work);
    assert_int_equal(waitpid(child, &how, 0), child);
    assert_true(WIFEXITED(how));
    assert_int_equal(WEXITSTATUS(how), STATUS_OK);
}

static void assert_in(const Program *p, const char *file, const char *text)
{
    char *all = program_read(p, file);
    if (strstr(all, text) == NULL)
        fail_msg("%s has no '%s':\n%s", file, text, all);
    free(all);
}

static void open_plans(Program *p)
{
    program_open(p);
    assert_int_equal(program_script(p, SCRIPT), 0);
}

static void what_was_not_asked_is_said_and_nothing_is_claimed_of_it(void **state)
{
    Program p;
    (void)state;
    open_plans(&p);
    compare(&p, 1e-9);
    assert_in(&p, "out.txt", "4 lines differ (4 not known); changes of the input: 2");
    assert_in(&p, "out.txt",
              "note: 2 of 2 changes were not taken back alone: that would take more work than one "
              "comparison takes\n");
    assert_in(&p, "out.txt",
              "note: of 4 lines it was not asked whether they were free to move: that would take "
              "more work than one comparison takes\n");
    assert_in(&p, "c/lines.csv",
              "all changes together restore it, no single one that was asked does; to find which "
              "of them would take more work than one comparison takes");
    assert_in(&p, "c/lines.csv",
              "taking back every change does not restore it; whether it was free to move was not "
              "asked: that would take more work than one comparison takes");
    assert_in(&p, "c/inputs.csv", "1,cell,offers,O1,quantity,80,60,,0,0\n");
    program_close(&p);
}

static void with_all_the_work_that_a_comparison_takes_every_line_has_its_cause(void **state)
{
    Program p;
    (void)state;
    open_plans(&p);
    compare(&p, 0);
    assert_in(&p, "out.txt", "4 lines differ (2 by one change, 2 by free choice)");
    program_close(&p);
}

/* The cause of a line in lines.csv, whose rows are few. */
static const char *cause_in(const char *lines, const char *offer)
{
    static const char *const CAUSES[] = {"one change", "several together", "free choice",
                                         "not known"};
    const char *row = strstr(lines, offer);
    assert_non_null(row);
    for (size_t c = 0; row != NULL && c < COUNT_OF(CAUSES); c++) {
        const char *at = strstr(row, CAUSES[c]);
        if (at != NULL && at < strchr(row, '\n'))
            return CAUSES[c];
    }
    fail_msg("no cause in %s", row);
    return "";
}

static void a_budget_that_ends_on_the_way_leaves_causes_out_and_changes_none(void **state)
{
    static const char *const OFFERS[] = {"O1", "O2", "O3", "O4"};
    Program p;
    size_t known = 0, not_known = 0;
    (void)state;
    open_plans(&p);
    compare(&p, 0);
    char *whole = program_read(&p, "c/lines.csv");
    for (int power = 0; power < 17; power++) {
        compare(&p, ldexp(1, power));
        char *lines = program_read(&p, "c/lines.csv");
        for (size_t o = 0; o < COUNT_OF(OFFERS); o++) {
            const char *cause = cause_in(lines, OFFERS[o]);
            bool left_out = strcmp(cause, "not known") == 0;
            if (!left_out)
                assert_string_equal(cause, cause_in(whole, OFFERS[o]));
            known += !left_out;
            not_known += left_out;
        }
        free(lines);
    }
    assert_true(known > 0 && not_known > 0);
    free(whole);
    program_close(&p);
}

/* Least unmet in tier 3, of which the search proved 53,299.99 alone: with the former amount 530.12 less is unmet,
 * which is no freedom; the same is; more is worse. An earlier stage goes first. */
static void what_is_better_with_the_former_amount_was_no_free_choice(void **state)
{
    static const double tier_3[] = {53767.81, 54297.93, 54828.05};
    static const HeldVerdict verdicts[] = {HELD_BETTER, HELD_AS_GOOD, HELD_WORSE};
    (void)state;
    for (size_t i = 0; i < COUNT_OF(verdicts); i++) {
        StageResult was[] = {
            {.label = "tier 2", .value = 1000, .bound = 1000, .status = STAGE_OPTIMAL},
            {.label = "tier 3", .value = 54297.93, .bound = 53299.99, .status = STAGE_LIMIT}};
        StageResult is[] = {was[0], was[1]};
        is[1].value = tier_3[i];
        const Ask base = {.has_plan = true, .stages = was, .stage_count = 2};
        Ask held = {.has_plan = true, .stages = is, .stage_count = 2};
        assert_int_equal(compare_held(&base, &held), verdicts[i]);
        is[0].value = is[0].bound = 2000;
        assert_int_equal(compare_held(&base, &held), HELD_WORSE);
        held.has_plan = false;
        assert_int_equal(compare_held(&base, &held), HELD_WORSE);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_not_asked_is_said_and_nothing_is_claimed_of_it),
        cmocka_unit_test(with_all_the_work_that_a_comparison_takes_every_line_has_its_cause),
        cmocka_unit_test(what_is_better_with_the_former_amount_was_no_free_choice),
        cmocka_unit_test(a_budget_that_ends_on_the_way_leaves_causes_out_and_changes_none),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
