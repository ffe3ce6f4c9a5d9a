/* A disk that is full after any number of blocks, while something happens between two rounds: a pack, a close,
 * a record, answers, an urgent need, a ledger counted in. The program says so and leaves with 5; what it
 * would have written is absent or whole, and the ledger as it was.
 */
#include <stdio.h>
#include <string.h>

#include "tests/support/busy_round.h"

enum { SCRIPT = 600, BLOCKS_MOST = 1000 };

/* The command as a shell has it; the names are those in the folder, where it runs. */
static void put_words(const BusyCommand *command, char *text, size_t size)
{
    size_t length = 0;
    for (size_t i = 0; i < BUSY_ARGUMENTS && command->arguments[i] != NULL; i++) {
        const char *word = command->arguments[i];
        length += (size_t)snprintf(text + length, size - length, " %s", word + (*word == '@'));
        assert_true(length < size);
    }
}

/* With room for so many blocks a file: SIGXFSZ ignored, a write says EFBIG. Is that enough? */
static bool write_with(Program *p, const BusyCommand *command, int blocks)
{
    char words[SCRIPT / 2], script[SCRIPT], label[100];
    put_words(command, words, sizeof words);
    (void)snprintf(label, sizeof label, "%s on a disk of %d blocks", command->label, blocks);
    /* what it says goes through a pipe: the limit holds for the test's own files too */
    (void)snprintf(script, sizeof script,
                   "(trap '' XFSZ; ulimit -f %d; $ALLOT%s; echo \"exit $?\") 2>&1 | cat", blocks,
                   words);
    program_script(p, script);
    bool done = strstr(p->run.out, "exit 0\n") != NULL;
    if (!done && (strstr(p->run.out, "exit 5\n") == NULL ||
                  strstr(p->run.out, "error E042: cannot write") == NULL))
        fail_msg("%s: %s", label, p->run.out);
    busy_round_check(p, label, done);
    return done;
}

static void wherever_a_disk_is_full_nothing_is_left_half_written(void **state)
{
    (void)state;
    for (size_t c = 0; c < BUSY_COMMANDS; c++) {
        Program p;
        int failed = 0, blocks = 0;
        busy_round_open(&p);
        for (; blocks < BLOCKS_MOST && !write_with(&p, &busy_commands[c], blocks); failed++) {
            busy_round_clear(&p);
            blocks += 1 + blocks / 8;
        }
        print_message("%s: %d disks too small, %d blocks enough\n", busy_commands[c].label, failed,
                      blocks);
        assert_true(blocks < BLOCKS_MOST);
        assert_true(failed >= 3);
        program_close(&p);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(wherever_a_disk_is_full_nothing_is_left_half_written),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
