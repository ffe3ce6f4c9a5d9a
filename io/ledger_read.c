/* Reads a ledger. Its bytes are the record: the file is not read like a table that people made, with
 * whatever separator and line ends, but held against its hashes byte by byte.
 */
#include "allot/ledger_file.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "allot/date_text.h"
#include "allot/language.h"
#include "allot/quote.h"
#include "io/ledger_line.h"

enum { HASH_DIGITS = 64, PIECE_BYTES = 64 * 1024 };

typedef struct LedgerReading {
    const LedgerSource *source;
    NameSet *names;
    Arena *arena;
    Diag *diag;
    Ledger *ledger;
} LedgerReading;

/* ---- bytes ---------------------------------------------------------------------------------- */

static Status take_bytes(FILE *file, Arena *arena, Ledger *ledger)
{
    char *bytes = NULL;
    size_t size = 0, room = 0, got;
    do {
        if (room - size < PIECE_BYTES) {
            size_t larger = 2 * room + PIECE_BYTES;
            bytes = arena_grow(arena, bytes, size, larger, 1);
            TRY_NEW(bytes);
            room = larger;
        }
        got = fread(bytes + size, 1, room - size, file);
        size += got;
    } while (got > 0);
    ledger->bytes = bytes;
    ledger->size = size;
    return ferror(file) != 0 ? STATUS_IO : STATUS_OK;
}

static Status read_bytes(const LedgerReading *r)
{
    FILE *file = fopen(r->source->path, "rb");
    if (file == NULL && errno == ENOENT && r->source->may_be_missing)
        return STATUS_OK;
    Status status = file == NULL ? STATUS_IO : take_bytes(file, r->arena, r->ledger);
    if (status == STATUS_IO)
        diag_add(r->diag, DIAG_FILE, (DiagPlace){.file = r->source->path},
                 N_("the file cannot be read: %s; make it readable, or name another"),
                 strerror(errno));
    if (file != NULL)
        (void)fclose(file); /* read only: nothing can be lost */
    return status;
}

/* ---- lines ---------------------------------------------------------------------------------- */

#define TAKE_BACK                                                                                  \
    N_("take the ledger back from a copy; what came otherwise is entered with allot record")

static Status broken(const LedgerReading *r, int line, const char *what)
{
    diag_add(r->diag, DIAG_LEDGER, (DiagPlace){.file = r->source->path, .line = line}, "%s; %s",
             what, _(TAKE_BACK));
    return STATUS_FINDINGS;
}

static Status check_heading(const LedgerReading *r, const char **at, const char *end)
{
    size_t length = strlen(ledger_heading);
    if ((size_t)(end - *at) <= length || memcmp(*at, ledger_heading, length) != 0 ||
        (*at)[length] != '\n')
        return broken(r, 1,
                      _("the heading is not that of a ledger, or a spreadsheet program has saved "
                        "it in its own way"));
    *at += length + 1;
    return STATUS_OK;
}

/** A cell that is no figure of its unit, or no date; its hash fits all the same. */
static bool take_amount(const char *text, Unit unit, bool *has, int64_t *out)
{
    Decimal value;
    *has = *text != '\0';
    return !*has || (decimal_parse(text, &value) && decimal_to_scaled(value, unit.places, out));
}

static bool take_date(const char *text, Date *out)
{
    *out = DATE_NONE;
    return *text == '\0' || date_read(text, out) == DATE_READ;
}

static bool take_event(const char *text, LedgerEvent *out)
{
    for (int event = 0; event < LEDGER_EVENTS; event++) {
        if (strcmp(text, ledger_event_text((LedgerEvent)event)) != 0)
            continue;
        *out = (LedgerEvent)event;
        return true;
    }
    return false;
}

static bool take_basis(const char *text, bool *has, Basis *out)
{
    *has = *text != '\0';
    for (int basis = BASIS_PLEDGED; *has && basis < BASIS_COUNT; basis++) {
        if (strcmp(text, basis_text((Basis)basis)) != 0)
            continue;
        *out = (Basis)basis;
        return true;
    }
    return !*has;
}

/** Of a rate the value is one whole unit's worth, with as many decimals as it has. */
static bool take_value(const char *text, LedgerLine *line)
{
    bool is_rate = line->event == LEDGER_CARRIED && *line->need == '\0' && *line->offer == '\0' &&
                   !line->has_basis;
    if (is_rate)
        return decimal_parse(text, &line->rate) && line->rate.digits > 0;
    return take_amount(text, ledger_unit(line->currency), &line->has_value, &line->value);
}

/** The line's texts, interned. False without memory. */
static bool take_names(const LedgerReading *r, const char *const *cells, LedgerLine *line)
{
    const char *names[LEDGER_CELLS];
    for (int c = 0; c < LEDGER_CELLS; c++) {
        names[c] = name_intern(r->names, cells[c], strlen(cells[c]));
        if (names[c] == NULL)
            return false;
    }
    line->round = names[LEDGER_ROUND];
    line->need = names[LEDGER_NEED];
    line->offer = names[LEDGER_OFFER];
    line->donor = names[LEDGER_DONOR];
    line->beneficiary = names[LEDGER_BENEFICIARY];
    line->category = names[LEDGER_CATEGORY];
    line->unit = ledger_unit(names[LEDGER_UNIT]);
    line->offer_unit = ledger_unit(names[LEDGER_OFFER_UNIT]);
    line->currency = names[LEDGER_CURRENCY];
    line->note = names[LEDGER_NOTE];
    return true;
}

static bool take_figures(const char *const *cells, size_t seq, LedgerLine *line)
{
    Decimal number;
    return decimal_parse(cells[LEDGER_SEQ], &number) && number.places == 0 &&
           number.digits == (int64_t)seq && take_event(cells[LEDGER_EVENT], &line->event) &&
           take_date(cells[LEDGER_DATE], &line->date) &&
           take_date(cells[LEDGER_VALID_TO], &line->valid_to) &&
           take_basis(cells[LEDGER_BASIS], &line->has_basis, &line->basis) &&
           take_amount(cells[LEDGER_QUANTITY], line->unit, &line->has_quantity, &line->quantity) &&
           take_amount(cells[LEDGER_OFFER_QUANTITY], line->offer_unit, &line->has_offer_quantity,
                       &line->offer_quantity) &&
           take_value(cells[LEDGER_VALUE], line);
}

/** Checks the line from @p text on, of @p length bytes, against the hash before; and takes it. */
static Status read_line(const LedgerReading *r, const char *text, size_t length)
{
    Ledger *ledger = r->ledger;
    LedgerLine *line = &ledger->lines[ledger->count];
    int number = (int)ledger->count + 2;
    const char *cells[LEDGER_CELLS];
    if (length <= HASH_DIGITS || text[length - HASH_DIGITS - 1] != ',')
        return broken(r, number, _("the line does not end in its hash"));
    size_t hashed = length - HASH_DIGITS - 1;
    const char *hash = ledger_line_hash(ledger->head, text, hashed, r->arena);
    TRY_NEW(hash);
    if (memcmp(hash, text + hashed + 1, HASH_DIGITS) != 0)
        return broken(r, number, _("the line, or the order of lines, is not as it was written"));
    ledger->head = hash;
    *line = (LedgerLine){.place = {.file = r->source->path, .line = number}, .hash = hash};
    char *copy = arena_text(r->arena, text, hashed);
    TRY_NEW(copy);
    if (!ledger_line_cells(copy, hashed, cells))
        return broken(r, number, _("the line has not the cells of a ledger's"));
    if (!take_names(r, cells, line))
        return STATUS_NO_MEMORY;
    if (!take_figures(cells, ledger->count + 1, line))
        return broken(r, number, _("the line has a cell that is none of a ledger's"));
    ledger->count++;
    return STATUS_OK;
}

/** Is the line just read the last that is wanted? */
static bool is_last(const LedgerReading *r)
{
    return r->source->up_to != NULL && strcmp(r->ledger->head, r->source->up_to) == 0;
}

static Status read_lines(const LedgerReading *r)
{
    Ledger *ledger = r->ledger;
    const char *at = ledger->bytes, *end = ledger->bytes + ledger->size;
    size_t count = 0;
    for (const char *c = at; c < end; c++)
        count += *c == '\n';
    ledger->lines = ARENA_NEW(r->arena, count + 1, LedgerLine);
    TRY_NEW(ledger->lines);
    TRY(check_heading(r, &at, end));
    while (at < end) {
        const char *stop = memchr(at, '\n', (size_t)(end - at));
        if (stop == NULL)
            return broken(r, (int)ledger->count + 2, _("the last line is cut off"));
        TRY(read_line(r, at, (size_t)(stop - at)));
        at = is_last(r) ? end : stop + 1;
    }
    return STATUS_OK;
}

/** A round that is closed already sees the ledger as it was before. */
static void forget_from(const LedgerReading *r, const char *round)
{
    Ledger *ledger = r->ledger;
    for (size_t i = 0; *round != '\0' && i < ledger->count; i++) {
        if (strcmp(ledger->lines[i].round, round) != 0)
            continue;
        diag_add(r->diag, DIAG_LEDGER_CARRIED, ledger->lines[i].place,
                 "round '%s' is closed already; the ledger is taken as it was before, up to here",
                 quote(round).text);
        ledger->left_out = ledger->count - i;
        ledger->count = i;
    }
}

Status ledger_read(const LedgerSource *source, NameSet *names, Arena *arena, Diag *diag,
                   Ledger *ledger)
{
    LedgerReading r = {source, names, arena, diag, ledger};
    *ledger = (Ledger){.path = source->path, .head = LEDGER_START};
    TRY(read_bytes(&r));
    if (ledger->bytes != NULL)
        TRY(read_lines(&r));
    if (source->before_round != NULL)
        forget_from(&r, source->before_round);
    return ledger_settle(ledger, arena, diag);
}
