/* A ledger's line to text and back. The text is canonical: one way to write a line, so that its hash can
 * be made again by anybody: printf '%s%s' "$hash_before" "${line%,*}" | sha256sum
 */
#include "io/ledger_line.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "io/csv_writer.h"
#include "io/hash.h"

const char ledger_heading[] =
    "seq,round,date,event,need,offer,donor,beneficiary,category,quantity,unit,offer_quantity,"
    "offer_unit,value,currency,basis,valid_to,note,hash";

/* ---- writing -------------------------------------------------------------------------------- */

/** A text on one line. */
static void put_text(CsvWriter *out, const char *text, Arena *arena)
{
    size_t length = strlen(text);
    char *copy = arena_text(arena, text, length);
    if (copy == NULL)
        return;
    for (size_t i = 0; i < length; i++)
        if ((unsigned char)copy[i] < ' ' || copy[i] == 127)
            copy[i] = ' ';
    csv_writer_text(out, copy);
}

static void put_value(CsvWriter *out, const LedgerLine *line)
{
    char rate[32];
    decimal_format(line->rate, rate);
    if (line->rate.digits != 0)
        csv_writer_text(out, rate);
    else
        csv_writer_amount_if(out, line->has_value, ledger_unit(line->currency), line->value);
}

static void put_cells(CsvWriter *out, const LedgerLine *line, size_t seq, Arena *arena)
{
    csv_writer_count(out, (long long)seq);
    put_text(out, line->round, arena);
    csv_writer_date(out, line->date);
    csv_writer_text(out, ledger_event_text(line->event));
    put_text(out, line->need, arena);
    put_text(out, line->offer, arena);
    put_text(out, line->donor, arena);
    put_text(out, line->beneficiary, arena);
    put_text(out, line->category, arena);
    csv_writer_amount_if(out, line->has_quantity, line->unit, line->quantity);
    put_text(out, line->unit.name, arena);
    csv_writer_amount_if(out, line->has_offer_quantity, line->offer_unit, line->offer_quantity);
    put_text(out, line->offer_unit.name, arena);
    put_value(out, line);
    csv_writer_text(out, line->currency);
    csv_writer_text(out, line->has_basis ? basis_text(line->basis) : "");
    csv_writer_date(out, line->valid_to);
    put_text(out, line->note, arena);
    csv_writer_end(out);
}

const char *ledger_line_text(const LedgerLine *line, size_t seq, Arena *arena)
{
    char *text = NULL;
    size_t size = 0;
    FILE *file = open_memstream(&text, &size);
    if (file == NULL)
        return NULL;
    CsvWriter out = {.file = file};
    put_cells(&out, line, seq, arena);
    bool whole = ferror(file) == 0;
    whole = fclose(file) == 0 && whole;
    const char *kept = whole && size > 0 ? arena_text(arena, text, size - 1) : NULL;
    free(text);
    return kept;
}

const char *ledger_line_hash(const char *before, const char *text, size_t length, Arena *arena)
{
    Hash *hash = hash_new(arena);
    if (hash == NULL)
        return NULL;
    hash_add(hash, before, strlen(before));
    hash_add(hash, text, length);
    return hash_text(hash, arena);
}

/* ---- reading -------------------------------------------------------------------------------- */

/** One cell from *at on, in place, without its quotes; NULL when they are wrong. *at is moved behind its
 *  comma; *more says whether there was one. */
static const char *take_cell(char **at, bool *more)
{
    char *cell = *at, *to = cell, *from = cell;
    bool open = *from == '"';
    from += open;
    while (*from != '\0' && (open || *from != ',')) {
        if (open && *from == '"' && *++from != '"') {
            open = false;
            break;
        }
        *to++ = *from++;
    }
    *more = *from == ',';
    if (open || (*from != '\0' && !*more))
        return NULL;
    *to = '\0'; /* at most where `from` is */
    *at = from + *more;
    return cell;
}

bool ledger_line_cells(char *text, size_t length, const char *cells[LEDGER_CELLS])
{
    char *at = text;
    bool more = true;
    if (memchr(text, '\0', length) != NULL)
        return false;
    for (int c = 0; c < LEDGER_CELLS; c++) {
        if (!more)
            return false;
        cells[c] = take_cell(&at, &more);
        if (cells[c] == NULL)
            return false;
    }
    return !more;
}
