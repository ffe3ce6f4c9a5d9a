/* What a command writes, against what it was read from: a plan's tables have names of the round's, and
 * planners work in one folder. No file that a run reads is written over, but for the plan before, whose
 * place the new one may take where it is named: not where donors have it, whose answers come to that plan.
 */
#include "outputs.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "allot/language.h"

/** Two names of one file or folder, be it by links; NULL names none. */
static bool is_same_file(const char *a, const char *b)
{
    struct stat of_a, of_b;
    return a != NULL && b != NULL && stat(a, &of_a) == 0 && stat(b, &of_b) == 0 &&
           of_a.st_dev == of_b.st_dev && of_a.st_ino == of_b.st_ino;
}

/** Is a table of the round's folder read from this file? */
static Status is_of_round(const Session *s, const char *path, bool *found)
{
    *found = false;
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

/** A folder is no file to write to; whoever tries says so. */
static bool is_folder(const char *path)
{
    struct stat about;
    return stat(path, &about) == 0 && S_ISDIR(about.st_mode);
}

static bool is_named(const Options *options, const char *path)
{
    const char *plan = options->command == COMMAND_EXPORT ? NULL : options->operand;
    const char *const read[] = {options->round,  options->ledger, options->answers,
                                options->before, options->after,  plan};
    for (size_t i = 0; i < sizeof read / sizeof *read; i++)
        if (is_same_file(path, read[i]))
            return true;
    for (size_t i = 0; i < options->part_count; i++)
        if (is_same_file(path, options->parts[i]))
            return true;
    return false;
}

/** Does the file lie in the folder of answers, of which every file is read? One that is not there yet
 *  would be read with them from the next run on. */
static Status is_answer(const Session *s, const char *path, bool *found)
{
    const char *slash = strrchr(path, '/');
    const char *folder = slash == NULL   ? "."
                         : slash == path ? "/"
                                         : arena_text(s->arena, path, (size_t)(slash - path));
    TRY_NEW(folder);
    *found = is_same_file(folder, s->options->answers);
    return STATUS_OK;
}

/** Would the plan before be lost although nobody said so, or although donors answer it? */
static Status check_before(const Session *s, const char *path)
{
    const Options *options = s->options;
    bool named = options->out != NULL || options->tables != NULL;
    bool sent = options->answers != NULL || options->urgent != NULL;
    if (options->command != COMMAND_SOLVE || (named && !sent) ||
        !is_same_file(path, options->previous))
        return STATUS_OK;
    diag_add(s->diag, DIAG_WRITE, (DiagPlace){.file = path},
             N_("this is the plan before, to which answers may still come, and would be lost; name "
                "another with -o or --tables"));
    return STATUS_IO;
}

Status check_output(const Session *s, const char *path)
{
    bool of_round, answer;
    if (path == NULL || is_folder(path))
        return STATUS_OK;
    TRY(check_before(s, path));
    TRY(is_of_round(s, path, &of_round));
    TRY(is_answer(s, path, &answer));
    if (!of_round && !answer && !is_named(s->options, path))
        return STATUS_OK;
    diag_add(s->diag, DIAG_WRITE, (DiagPlace){.file = path},
             N_("this is read as well, and would be lost; name another file to write to"));
    return STATUS_IO;
}

Status check_output_folder(const Session *s, const char *path)
{
    if (path == NULL)
        return STATUS_OK;
    TRY(check_before(s, path));
    if (!is_named(s->options, path))
        return STATUS_OK;
    diag_add(s->diag, DIAG_WRITE, (DiagPlace){.file = path},
             N_("tables are read from this folder, and those that are written have names of "
                "theirs; name another folder"));
    return STATUS_IO;
}

const char *output_book(const Options *options, const char *usual)
{
    return options->out != NULL || options->tables != NULL ? options->out : usual;
}

void print_outputs(const Options *options, const char *book)
{
    if (book != NULL)
        printf(_("workbook: %s\n"), book);
    if (options->tables != NULL)
        printf(_("tables: %s\n"), options->tables);
}
