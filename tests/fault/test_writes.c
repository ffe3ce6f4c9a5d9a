/* Writing fails: full disks, closed and broken streams, folders that are missing or not to be
 * written. The program says so, leaves with 5, and what it would have written is absent or whole.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tests/support/program.h"

enum { SCRIPT = 512, BLOCKS_MOST = 256 };

/** Fails when something is left that is neither the round nor a whole output. */
static void assert_absent_or_whole(Program *p, const char *label)
{
    int code = p->run.exit_code;
    program_script(p,
                   "test ! -e p.xlsx || unzip -tq p.xlsx >/dev/null || echo broken workbook;"
                   "test ! -d t || ls t | wc -l | grep -Ex '0|14' >/dev/null || echo some tables;"
                   "ls -A | grep -Evx 'r|t|p.xlsx|out|x.mps'");
    if (p->run.out[0] != '\0')
        fail_msg("%s (exit %d) leaves: %s", label, code, p->run.out);
}

/** A disk with room for k blocks a file, k = 0, 1, 2, ...: SIGXFSZ ignored, a write says EFBIG. */
static void a_disk_that_is_full_after_any_block_leaves_nothing_half_written(void **state)
{
    (void)state;
    Program p;
    program_open(&p);
    int code = 5, blocks = 0;
    for (; code != 0 && blocks < BLOCKS_MOST; blocks++) {
        char script[SCRIPT], label[64];
        (void)snprintf(label, sizeof label, "a disk of %d blocks", blocks);
        /* what it says goes through a pipe: the limit holds for the test's own files too */
        (void)snprintf(script, sizeof script,
                       "(trap '' XFSZ; ulimit -f %d; $ALLOT solve r -o p.xlsx --tables t -q; "
                       "echo \"exit $?\") 2>&1 | cat",
                       blocks);
        program_script(&p, script);
        code = strstr(p.run.out, "exit 0\n") != NULL ? 0 : 5;
        if (code != 0 &&
            (strstr(p.run.out, "exit 5\n") == NULL || strstr(p.run.out, "error E042: ") == NULL))
            fail_msg("%s: %s", label, p.run.out);
        assert_absent_or_whole(&p, label);
        program_script(&p, "rm -rf t p.xlsx");
    }
    assert_int_equal(code, 0);
    assert_true(blocks > 3);
    program_close(&p);
}

static void an_old_plan_survives_a_full_disk(void **state)
{
    (void)state;
    Program p;
    program_open(&p);
    ALLOT(&p, "solve", "r", "-o", "p.xlsx", "--tables", "t", "-q");
    assert_exit(&p, 0);
    program_script(&p, "sha256sum p.xlsx t/* >before; trap '' XFSZ; ulimit -f 1; "
                       "$ALLOT solve r -o p.xlsx --tables t --set measure=share -q");
    assert_exit(&p, 5);
    program_script(&p, "sha256sum -c --quiet before && rm before");
    assert_exit(&p, 0);
    assert_absent_or_whole(&p, "an old plan");
    program_close(&p);
}

static void a_full_device_is_said(void **state)
{
    (void)state;
    Program p;
    program_open(&p);
    ALLOT(&p, "solve", "r", "-o", "/dev/full", "-q");
    assert_exit(&p, 5);
    assert_says(&p, "/dev/full: error E042: cannot write");
    assert_says(&p, "No space left on device");
    assert_absent_or_whole(&p, "a full device");
    program_close(&p);
}

/** With descriptor 1 closed the next file opened would take its place, and the summary would be
 *  printed into it. */
static void a_closed_standard_output_does_not_end_up_in_a_file(void **state)
{
    static const char *const SCRIPTS[] = {"$ALLOT solve r -o p.xlsx --tables t >&-",
                                          "$ALLOT solve r -o p.xlsx --tables t >&- 2>&- <&-"};
    (void)state;
    for (size_t k = 0; k < COUNT_OF(SCRIPTS); k++) {
        Program p;
        program_open(&p);
        program_script(&p, SCRIPTS[k]);
        assert_case(SCRIPTS[k], p.run.exit_code == 0 || p.run.exit_code == 5);
        assert_absent_or_whole(&p, SCRIPTS[k]);
        program_script(&p, "cat r/* t/* 2>/dev/null | grep -c 'needs met'");
        assert_case_text(SCRIPTS[k], p.run.out, "0\n");
        program_close(&p);
    }
}

static void a_reader_that_goes_away_leaves_whole_outputs(void **state)
{
    (void)state;
    Program p;
    program_open(&p);
    program_script(&p, "$ALLOT solve r -o p.xlsx --tables t | true");
    assert_absent_or_whole(&p, "a closed pipe");
    program_close(&p);
}

static void a_folder_that_may_not_be_written_is_said(void **state)
{
    (void)state;
    /* root may write anywhere, unless it lays that power down */
    const char *plainly = geteuid() == 0 ? "setpriv --bounding-set=-dac_override -- " : "";
    char script[256];
    snprintf(script, sizeof script,
             "mkdir t && chmod 555 t . && %s$ALLOT solve r -o p.xlsx --tables t -q; "
             "code=$?; chmod 755 . t; exit $code",
             plainly);
    Program p;
    program_open(&p);
    program_script(&p, script);
    assert_exit(&p, 5);
    assert_says(&p, "cannot write: Permission denied");
    assert_absent_or_whole(&p, "a folder not to be written");
    program_close(&p);
}

static void a_folder_where_a_file_should_be_is_said(void **state)
{
    (void)state;
    Program p;
    program_open(&p);
    program_script(&p, "mkdir p.xlsx && touch p.xlsx/kept");
    ALLOT(&p, "solve", "r", "-o", "p.xlsx", "-q");
    assert_exit(&p, 5);
    assert_says(&p, "p.xlsx: error E042: ");
    program_script(&p, "ls p.xlsx");
    assert_string_equal(p.run.out, "kept\n");
    program_close(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_disk_that_is_full_after_any_block_leaves_nothing_half_written),
        cmocka_unit_test(an_old_plan_survives_a_full_disk),
        cmocka_unit_test(a_full_device_is_said),
        cmocka_unit_test(a_closed_standard_output_does_not_end_up_in_a_file),
        cmocka_unit_test(a_reader_that_goes_away_leaves_whole_outputs),
        cmocka_unit_test(a_folder_that_may_not_be_written_is_said),
        cmocka_unit_test(a_folder_where_a_file_should_be_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
