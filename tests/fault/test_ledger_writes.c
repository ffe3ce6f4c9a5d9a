/* A ledger on a disk that is full, or that may not be written: it is as it was, to the byte, and nothing
 * lies beside it; or the close is whole.
 */
#include <stdio.h>
#include <string.h>

#include "tests/support/program.h"

enum { SCRIPT = 512, BLOCKS_MOST = 16 };

#define CLOSED_FIRST                                                                               \
    "$ALLOT solve r --tables t --explain none -q && "                                              \
    "$ALLOT close r t l.csv --set round=R1 -q && cp l.csv before && "                              \
    "printf 'id,category,quantity,unit\\nN-9,HW,100,EUR\\n' >r/needs.csv && "                      \
    "printf 'id,donor,quantity,unit\\nO-9,DE,100,EUR\\n' >r/offers.csv && "                        \
    "$ALLOT solve r --ledger l.csv --tables t2 --explain none -q"

/** Limits of k blocks a file: SIGXFSZ ignored, a write says EFBIG. The new ledger has some 30 lines of
 *  over 100 bytes, more than a block of 512 or 1,024. */
static void a_full_disk_leaves_the_ledger_whole(void **state)
{
    (void)state;
    Program p;
    program_open(&p);
    program_script(&p, CLOSED_FIRST);
    assert_exit(&p, 0);
    bool done = false;
    int failed = 0;
    for (int blocks = 0; blocks < BLOCKS_MOST && !done; blocks++) {
        char script[SCRIPT];
        (void)snprintf(script, sizeof script,
                       "(trap '' XFSZ; ulimit -f %d; "
                       "$ALLOT close r t2 l.csv --set round=R2 -q; echo \"exit $?\") 2>&1 | cat; "
                       "ls -A | grep -E 'new|old'",
                       blocks);
        program_script(&p, script);
        done = strstr(p.run.out, "exit 0\n") != NULL;
        if (!done && (strstr(p.run.out, "exit 5\n") == NULL ||
                      strstr(p.run.out, "l.csv: error E042: cannot write") == NULL))
            fail_msg("%d blocks: %s", blocks, p.run.out);
        if (strstr(p.run.out, ".new") != NULL || strstr(p.run.out, ".old") != NULL)
            fail_msg("%d blocks leave %s", blocks, p.run.out);
        failed += !done;
        program_script(&p, done ? "! cmp -s l.csv before" : "cmp l.csv before");
        assert_exit(&p, 0);
    }
    assert_true(done);
    assert_true(failed > 2);
    program_close(&p);
}

static void a_new_ledger_on_a_full_disk_is_absent(void **state)
{
    (void)state;
    Program p;
    program_open(&p);
    program_script(&p, "$ALLOT solve r --tables t --explain none -q; trap '' XFSZ; ulimit -f 0; "
                       "$ALLOT close r t l.csv --set round=R1 -q 2>/dev/null");
    assert_exit(&p, 5);
    assert_false(program_wrote(&p, "l.csv"));
    program_close(&p);
}

static void a_full_disk_loses_no_entry(void **state)
{
    (void)state;
    Program p;
    program_open(&p);
    program_script(&p, CLOSED_FIRST);
    assert_exit(&p, 0);
    program_script(&p,
                   "printf 'event,need,offer,quantity,date\\ndelivery,N-1,O-1,1,2026-01-01\\n' "
                   ">e.csv; trap '' XFSZ; ulimit -f 1; $ALLOT record l.csv e.csv -q 2>/dev/null");
    assert_exit(&p, 5);
    program_script(&p, "cmp l.csv before && $ALLOT record l.csv e.csv -q && ! cmp -s l.csv before");
    assert_exit(&p, 0);
    program_close(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_full_disk_leaves_the_ledger_whole),
        cmocka_unit_test(a_new_ledger_on_a_full_disk_is_absent),
        cmocka_unit_test(a_full_disk_loses_no_entry),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
