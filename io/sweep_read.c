/* Parts of a sweep put together: they must be of one sweep, each there once, and hold every case. The
 * lines of a part are sweep_part.c.
 */
#include "allot/language.h"
#include "allot/sweep.h"

#include <string.h>

#include "allot/quote.h"
#include "io/sweep_part.h"
#include "io/sweep_text.h"

/* Bytes before the line `part`. */
static size_t head_length(const SweepText *text)
{
    static const char line[] = "\n" SWEEP_PART "\t";
    size_t length = sizeof line - 1;
    for (size_t i = 0; i + length <= text->length; i++)
        if (memcmp(text->bytes + i, line, length) == 0)
            return i + 1;
    return text->length;
}

/* What counts of the line at @p at: all but what a case is about, which is said in the language of who
 * decided it. */
static size_t line_counts(const SweepText *text, size_t at, size_t length)
{
    static const char of_case[] = SWEEP_CASE "\t";
    size_t begins = sizeof of_case - 1;
    if (length < begins || memcmp(text->bytes + at, of_case, begins) != 0)
        return length;
    const char *ends = memchr(text->bytes + at + begins, '\t', length - begins);
    return ends == NULL ? length : (size_t)(ends - (text->bytes + at));
}

static size_t line_length(const SweepText *text, size_t at, size_t end)
{
    const char *ends = memchr(text->bytes + at, '\n', end - at);
    return ends == NULL ? end - at : (size_t)(ends - (text->bytes + at));
}

/* Do two heads say the same? *from receives where the first line begins that does not, in the second. */
static bool same_heads(const SweepText *one, const SweepText *other, size_t *from)
{
    size_t one_end = head_length(one), other_end = head_length(other), at = 0;
    for (*from = 0; at < one_end && *from < other_end;) {
        size_t length = line_length(one, at, one_end);
        size_t its = line_length(other, *from, other_end);
        size_t counts = line_counts(one, at, length);
        if (counts != line_counts(other, *from, its) ||
            memcmp(one->bytes + at, other->bytes + *from, counts) != 0)
            return false;
        at += length + 1;
        *from += its + 1;
    }
    return at >= one_end && *from >= other_end;
}

static Quote line_at(const SweepText *text, size_t from)
{
    char line[QUOTE_SIZE] = "";
    size_t length = from < text->length ? line_length(text, from, text->length) : 0;
    if (length >= sizeof line)
        length = sizeof line - 1;
    if (length > 0)
        memcpy(line, text->bytes + from, length);
    return quote(line);
}

static Status check_same(const SweepText *first, const SweepText *text, Diag *diag)
{
    size_t from;
    if (same_heads(first, text, &from))
        return STATUS_OK;
    if (!part_begins(text))
        return part_is_none(text, diag);
    if (head_length(text) == text->length)
        diag_add(diag, DIAG_PART, (DiagPlace){.file = text->name},
                 N_("the part is damaged: it ends before its results; copy it once more, or decide "
                    "it again"));
    else
        diag_add(diag, DIAG_PART, (DiagPlace){.file = text->name},
                 N_("the part is of another sweep than %s: '%s' differs; all parts must be of one "
                    "round, of the same settings and version"),
                 first->name, line_at(text, from).text);
    return STATUS_FINDINGS;
}

/* Reads what stands behind a head that is the first part's. */
static Status read_part(PartReader *first, const SweepText *text, const char **seen)
{
    PartReader reader = *first;
    if (text != first->text) {
        TRY(check_same(first->text, text, first->diag));
        reader.text = text;
        reader.next = text->bytes + head_length(text);
        reader.line = first->line - 1;
        TRY(part_read_number(&reader));
    }
    if (reader.parts != first->parts) {
        diag_add(first->diag, DIAG_PART, (DiagPlace){.file = text->name},
                 N_("this is part %zu of %zu, but %s is one of %zu; leave it out, or decide all "
                    "parts with the same --part I/N"),
                 reader.part, reader.parts, first->text->name, first->parts);
        return STATUS_FINDINGS;
    }
    if (seen[reader.part - 1] != NULL) {
        diag_add(first->diag, DIAG_PART, (DiagPlace){.file = text->name},
                 N_("part %zu of %zu is there twice: %s is the same; leave one out"), reader.part,
                 reader.parts, seen[reader.part - 1]);
        return STATUS_FINDINGS;
    }
    seen[reader.part - 1] = text->name;
    return part_read_results(&reader);
}

/* One finding for parts that are missing one after another. */
static bool check_all_there(const PartReader *first, const char *const *seen)
{
    bool whole = first->parts > 0;
    for (size_t p = 0, next; p < first->parts; p = next + 1) {
        for (next = p; next < first->parts && seen[next] == NULL;)
            next++;
        if (next == p)
            continue;
        if (next == p + 1)
            diag_add(
                first->diag, DIAG_PART, (DiagPlace){0},
                N_("part %zu of %zu is missing; name its file, or decide it with --part %zu/%zu"),
                next, first->parts, next, first->parts);
        else
            diag_add(first->diag, DIAG_PART, (DiagPlace){0},
                     N_("parts %zu to %zu of %zu are missing; name their files, or decide each "
                        "with --part I/%zu"),
                     p + 1, next, first->parts, first->parts);
        whole = false;
    }
    return whole;
}

static Status check_whole(const PartReader *first, const char *const *seen)
{
    bool whole = check_all_there(first, seen);
    for (size_t c = 0; whole && c < first->sweep->case_count; c++)
        if (!first->sweep->cases[c].present) {
            size_t part = c % first->parts;
            diag_add(first->diag, DIAG_PART, (DiagPlace){.file = seen[part]},
                     N_("the part is damaged: the result of '%s' is missing; copy it once more, or "
                        "decide it again"),
                     quote(first->sweep->cases[c].name.name).text);
            whole = false;
        }
    return whole ? STATUS_OK : STATUS_FINDINGS;
}

Status sweep_read(const SweepText *parts, size_t count, Arena *arena, Diag *diag, Sweep *sweep)
{
    PartReader first = {
        .text = &parts[0], .next = parts[0].bytes, .sweep = sweep, .arena = arena, .diag = diag};
    Status worst = STATUS_OK;
    *sweep = (Sweep){.round = ARENA_NEW(arena, 1, Round)};
    TRY_NEW(sweep->round);
    TRY(round_init(arena, sweep->round));
    sweep->round->currency = (Unit){0};
    TRY(part_read_head(&first));
    const char **seen = ARENA_NEW(arena, first.parts, const char *);
    TRY_NEW(seen);
    for (size_t p = 0; p < count; p++) {
        Status status = read_part(&first, &parts[p], seen);
        if (status == STATUS_FINDINGS)
            worst = status;
        else
            TRY(status);
    }
    TRY(worst);
    return check_whole(&first, seen);
}

size_t sweep_failed_count(const Sweep *sweep)
{
    size_t count = 0;
    for (size_t c = 0; c < sweep->case_count; c++)
        count += !sweep->cases[c].has_plan;
    return count;
}
