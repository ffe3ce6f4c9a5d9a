/* Memory runs out while something happens between two rounds: a pack, a close, a record, answers, an urgent
 * need, a ledger counted in. The k-th allocation and all after it fail, k over a sample of all there
 * are; what is left is absent or whole, and the ledger as it was.
 */
#include <stdlib.h>
#include <string.h>

#include "command.h"
#include "tests/support/busy_round.h"

#ifdef __SANITIZE_ADDRESS__
enum { POINTS = 25 };
#else
enum { POINTS = 100 };
#endif

/* The last allocations are those of writing: each of them is tried. */
enum { LAST = 20 };

static Status run_command_of(Session *s)
{
    switch (s->options->command) {
    case COMMAND_PACK: return command_pack(s);
    case COMMAND_CLOSE: return command_close(s);
    case COMMAND_RECORD: return command_record(s);
    default: return command_solve(s);
    }
}

/* What was said where no memory was not all that was wrong. */
static void print_findings(const Session *s)
{
    size_t count;
    const Finding *findings = diag_findings(s->diag, &count);
    arena_fail_after(s->arena, SIZE_MAX);
    for (size_t i = 0; i < count; i++)
        print_message("%s\n", diag_format(&findings[i], s->arena));
}

/* Runs the command with the @p calls-th allocation of its arena failing, SIZE_MAX: none. */
static Status run_with(const Program *p, const BusyCommand *command, size_t calls)
{
    char *arguments[BUSY_ARGUMENTS + 1] = {(char[]){"allot"}}, *paths[BUSY_ARGUMENTS] = {NULL};
    Options options;
    const char *message;
    int count = 1;
    Arena *outside = arena_new(), *arena = arena_new();
    for (size_t i = 0; i < BUSY_ARGUMENTS && command->arguments[i] != NULL; i++) {
        const char *text = command->arguments[i];
        paths[i] = *text == '@' ? test_path(p->dir, text + 1) : strdup(text);
        arguments[count++] = paths[i];
    }
    assert_int_equal(options_read(count, arguments, outside, &options, &message), STATUS_OK);
    arena_fail_after(arena, calls);
    Session s = {.options = &options, .arena = arena, .diag = diag_new(arena)};
    Status status = s.diag == NULL ? STATUS_NO_MEMORY : run_command_of(&s);
    if (status != STATUS_OK && status != STATUS_NO_MEMORY)
        print_findings(&s);
    arena_free(arena);
    arena_free(outside);
    for (size_t i = 0; i < BUSY_ARGUMENTS; i++)
        free(paths[i]);
    return status;
}

/* How many allocations the command needs: fewer fail. */
static size_t count_calls(Program *p, const BusyCommand *command)
{
    size_t low = 0, high = 1;
    for (; run_with(p, command, high) != STATUS_OK; high *= 2)
        busy_round_clear(p);
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        busy_round_clear(p);
        if (run_with(p, command, middle) == STATUS_OK)
            high = middle;
        else
            low = middle + 1;
    }
    busy_round_clear(p);
    return high;
}

static void fail_at(Program *p, const BusyCommand *command, size_t calls)
{
    char label[100];
    Status status = run_with(p, command, calls);
    (void)snprintf(label, sizeof label, "%s with allocation %zu failing", command->label, calls);
    /* behind the guard an allocation fails as a fault of the solver */
    if (status != STATUS_NO_MEMORY && status != STATUS_SOLVER_FAULT)
        fail_msg("%s: %s", label, status_text(status));
    busy_round_check(p, label, false);
    busy_round_clear(p);
    assert_int_equal(arena_live_count(), 0);
}

static void nothing_is_left_half_written_wherever_memory_runs_out(void **state)
{
    (void)state;
    for (size_t c = 0; c < BUSY_COMMANDS; c++) {
        Program p;
        busy_round_open(&p);
        size_t calls = count_calls(&p, &busy_commands[c]);
        size_t last = calls < LAST ? calls : LAST;
        print_message("%s: %zu allocations\n", busy_commands[c].label, calls);
        for (size_t i = 0; i < POINTS; i++)
            fail_at(&p, &busy_commands[c], i * (calls - 1) / POINTS);
        for (size_t i = 1; i <= last; i++)
            fail_at(&p, &busy_commands[c], calls - i);
        assert_int_equal(run_with(&p, &busy_commands[c], SIZE_MAX), STATUS_OK);
        busy_round_check(&p, busy_commands[c].label, true);
        program_close(&p);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_is_left_half_written_wherever_memory_runs_out),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
