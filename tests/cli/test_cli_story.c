/* README.md tells a round as a story, from template to close. Its commands are run here, in their order, and
 * print what stands there. After a change that is meant, `make golden` writes the chapter anew.
 */
#include "tests/support/program.h"

#include <stdlib.h>

static Program program;

static int tell_the_story(void **state)
{
    (void)state;
    program_open(&program);
    program_script(&program, "ln -s $TOP/samples samples && "
                             "sh $TOP/tests/tools/story.sh $TOP/README.md $ALLOT >told.md");
    assert_exit(&program, 0);
    return 0;
}

static int end_the_story(void **state)
{
    program_close(&program);
    return no_arena_is_left(state);
}

static void the_readme_prints_what_its_commands_print(void **state)
{
    (void)state;
    program_script(&program, "test $(grep -c '^\\$ allot ' told.md) -ge 12");
    assert_exit(&program, 0); /* the chapter was found */
    program_script(&program, "grep '^(exit' told.md");
    assert_exit(&program, 1); /* no command failed */
    program_script(&program, "diff chapter.md told.md");
    assert_exit(&program, 0);
}

/* What close and record wrote is the ledger that lies beside the sample; the close of the next round
 * has added to it and changed nothing. */
static void the_samples_ledger_is_the_storys(void **state)
{
    (void)state;
    program_script(&program,
                   "f=samples/one-round/ledger.csv; "
                   "head -n $(wc -l <$f) ledger.csv | cmp - $f && grep -c 2026-Q4 ledger.csv");
    assert_exit(&program, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_readme_prints_what_its_commands_print),
        cmocka_unit_test(the_samples_ledger_is_the_storys),
    };
    return cmocka_run_group_tests(tests, tell_the_story, end_the_story);
}
