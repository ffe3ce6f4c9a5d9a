/* What a command writes, against what it was read from: a plan's tables have names of the round's, and
 * planners work in one folder. No file that a run reads the round or the ledger from is written over.
 */
#include "outputs.h"

#include <sys/stat.h>

/** Two names of one file or folder, be it by links. */
static bool is_same_file(const char *a, const char *b)
{
    struct stat of_a, of_b;
    return stat(a, &of_a) == 0 && stat(b, &of_b) == 0 && of_a.st_dev == of_b.st_dev &&
           of_a.st_ino == of_b.st_ino;
}

/** Is the round, or a table of its folder, read from this file? */
static Status is_of_round(const Session *s, const char *path, bool *found)
{
    *found = is_same_file(path, s->options->round);
    for (size_t t = 0; t < TABLE_COUNT && !*found; t++) {
        if (!s->round.tables[t].present)
            continue;
        const char *table =
            arena_printf(s->arena, "%s/%s", s->options->round, s->round.tables[t].file);
        TRY_NEW(table);
        *found = is_same_file(path, table);
    }
    return STATUS_OK;
}

static Status refuse(const Session *s, const char *path, const char *why)
{
    diag_add(s->diag, DIAG_WRITE, (DiagPlace){.file = path}, "%s", why);
    return STATUS_IO;
}

static Status check_file(const Session *s, const char *path)
{
    bool found;
    if (path == NULL)
        return STATUS_OK;
    TRY(is_of_round(s, path, &found));
    if (found)
        return refuse(s, path, "the round is read from it; name another file to write to");
    if (s->options->ledger != NULL && is_same_file(path, s->options->ledger))
        return refuse(s, path, "the ledger is read from it; name another file to write to");
    return STATUS_OK;
}

Status check_outputs(const Session *s)
{
    const Options *options = s->options;
    if (options->tables != NULL && is_same_file(options->tables, options->round))
        return refuse(s, options->tables,
                      "it is the round's own folder, and tables that are written have names of "
                      "those that are read; name another folder");
    TRY(check_file(s, options->out));
    if (options->command == COMMAND_EXPORT)
        TRY(check_file(s, options->operand));
    return options->command == COMMAND_PUBLISH ? check_file(s, options->target) : STATUS_OK;
}
