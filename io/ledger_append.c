/* Appends lines to a ledger's file: a new file beside it with the old bytes and the new lines takes its
 * name, so that a full disk or a power cut leaves the ledger as it was.
 */
#include "allot/ledger_file.h"

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

/** The ledger with the lines from @p from on. */
typedef struct Appended {
    Ledger *ledger;
    size_t from;
    Arena *arena;
} Appended;

static Status write_all(FILE *file, void *context)
{
    const Appended *appended = context;
    Ledger *ledger = appended->ledger;
    if (ledger->size == 0)
        (void)fprintf(file, "%s\n", ledger_heading);
    else
        (void)fwrite(ledger->bytes, 1, ledger->size, file);
    for (size_t i = appended->from; i < ledger->count; i++)
        TRY(write_line(file, ledger, i, appended->arena));
    return STATUS_OK;
}

Status ledger_append(Ledger *ledger, size_t from, Arena *arena, Diag *diag)
{
    Appended appended = {ledger, from, arena};
    return atomic_file_write(ledger->path, write_all, &appended, arena, diag);
}
