/* Appends lines to a ledger's file: a new file beside it with the old bytes and the new lines takes its
 * name, so that a full disk or a power cut leaves the ledger as it was.
 */
#include "allot/ledger_file.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "io/atomic_file.h"
#include "io/ledger_line.h"

/** Writes a line and goes on to its hash. */
static Status write_line(FILE *file, Ledger *ledger, size_t index, Arena *arena)
{
    const char *text = ledger_line_text(&ledger->lines[index], index + 1, arena);
    TRY_NEW(text);
    const char *hash = ledger_line_hash(ledger->head, text, strlen(text), arena);
    TRY_NEW(hash);
    (void)fprintf(file, "%s,%s\n", text, hash); /* the file's error flag is asked at the end */
    ledger->head = hash;
    return STATUS_OK;
}

static Status write_all(FILE *file, Ledger *ledger, size_t from, Arena *arena)
{
    if (ledger->size == 0)
        (void)fprintf(file, "%s\n", ledger_heading);
    else
        (void)fwrite(ledger->bytes, 1, ledger->size, file);
    for (size_t i = from; i < ledger->count; i++)
        TRY(write_line(file, ledger, i, arena));
    return STATUS_OK;
}

Status ledger_append(Ledger *ledger, size_t from, Arena *arena, Diag *diag)
{
    AtomicSet *set = atomic_set_new(arena);
    const char *write_to;
    TRY_NEW(set);
    TRY(atomic_set_add(set, ledger->path, ledger->path, diag, &write_to));
    FILE *file = fopen(write_to, "wb");
    errno = 0;
    Status status = file == NULL ? STATUS_IO : write_all(file, ledger, from, arena);
    if (file != NULL && ferror(file) != 0)
        status = STATUS_IO;
    if (file != NULL && fclose(file) != 0)
        status = STATUS_IO;
    if (status == STATUS_OK)
        return atomic_set_commit(set, diag);
    int error = errno;
    atomic_set_abandon(set);
    return status == STATUS_IO ? atomic_file_failed(diag, ledger->path, error) : status;
}
