/* A task's status and findings as bytes: numbers as they lie in memory, texts with their lengths. */
#include "job_report.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

/* Numbers in front of a finding's texts. */
typedef struct FindingHead {
    DiagCode code;
    int line, column;
} FindingHead;

static const size_t NO_TEXT = SIZE_MAX; /* as a length: the text is NULL */

/* ---- writing -------------------------------------------------------------------------------- */

static void put_text(FILE *out, const char *text)
{
    size_t length = text == NULL ? NO_TEXT : strlen(text);
    (void)fwrite(&length, sizeof length, 1, out);
    if (text != NULL)
        (void)fwrite(text, 1, length, out);
}

void job_report_write(FILE *out, Status status, const Diag *findings)
{
    size_t count = 0;
    const Finding *list = findings == NULL ? NULL : diag_findings(findings, &count);
    (void)fwrite(&status, sizeof status, 1, out);
    for (size_t i = 0; i < count; i++) {
        const DiagPlace *place = &list[i].place;
        FindingHead head = {list[i].code, place->line, place->column};
        (void)fwrite(&head, sizeof head, 1, out);
        put_text(out, place->file);
        put_text(out, place->column_name);
        put_text(out, place->table);
        put_text(out, place->text);
        put_text(out, list[i].message);
    }
}

/* ---- reading -------------------------------------------------------------------------------- */

typedef struct Bytes {
    const char *next, *end;
    Arena *arena;
} Bytes;

static Status take(Bytes *from, void *to, size_t size)
{
    if ((size_t)(from->end - from->next) < size)
        return STATUS_INTERNAL;
    memcpy(to, from->next, size);
    from->next += size;
    return STATUS_OK;
}

static Status take_text(Bytes *from, const char **text)
{
    size_t length;
    *text = NULL;
    TRY(take(from, &length, sizeof length));
    if (length == NO_TEXT)
        return STATUS_OK;
    if ((size_t)(from->end - from->next) < length)
        return STATUS_INTERNAL;
    *text = arena_text(from->arena, from->next, length);
    TRY_NEW(*text);
    from->next += length;
    return STATUS_OK;
}

static Status take_finding(Bytes *from, Diag *diag)
{
    FindingHead head;
    DiagPlace place;
    const char *message;
    TRY(take(from, &head, sizeof head));
    place = (DiagPlace){.line = head.line, .column = head.column};
    TRY(take_text(from, &place.file));
    TRY(take_text(from, &place.column_name));
    TRY(take_text(from, &place.table));
    TRY(take_text(from, &place.text));
    TRY(take_text(from, &message));
    if (message == NULL)
        return STATUS_INTERNAL;
    diag_add(diag, head.code, place, "%s", message);
    return STATUS_OK;
}

Status job_report_read(const char *bytes, size_t length, Arena *arena, Diag *diag)
{
    Bytes from = {bytes, bytes + length, arena};
    Status status;
    TRY(take(&from, &status, sizeof status));
    while (from.next < from.end)
        TRY(take_finding(&from, diag));
    return status;
}
