/* What happened since the last close, as people write it: a few columns that they know, each row checked
 * against the ledger. Whatever else a line of the ledger says follows from the commitment it is about.
 */
#include "allot/language.h"
#include "allot/ledger_file.h"

#include <string.h>

#include "allot/quote.h"
#include "allot/unknown_name.h"
#include "io/cell.h"
#include "io/csv_reader.h"
#include "io/headings.h"

typedef enum EntryColumn {
    ENTRY_EVENT,
    ENTRY_NEED,
    ENTRY_OFFER,
    ENTRY_QUANTITY,
    ENTRY_DATE,
    ENTRY_NOTE,
    ENTRY_VALID_TO,
    ENTRY_COLUMNS
} EntryColumn;

/* In the order of the events of a ledger from LEDGER_CANCELLATION on. */
static const char entry_words[] = "cancellation change delivery payment";

static const ColumnSpec entry_columns[] = {
    [ENTRY_EVENT] = {"event", COLUMN_WORD, true, entry_words, "", "what happened"},
    [ENTRY_NEED] = {"need", COLUMN_NAME, true, NULL, "", "id of the need"},
    [ENTRY_OFFER] = {"offer", COLUMN_NAME, true, NULL, "", "id of the offer"},
    [ENTRY_QUANTITY] =
        {"quantity", COLUMN_NUMBER, true, NULL, "",
         "in the need's unit, of a payment in the offer's; of a change what is added"},
    [ENTRY_DATE] = {"date", COLUMN_DATE, true, NULL, "", "the day on which it happened"},
    [ENTRY_NOTE] = {"note", COLUMN_TEXT, false, NULL, "", "carried along"},
    [ENTRY_VALID_TO] = {"valid_to", COLUMN_DATE, false, NULL, "",
                        "when a service that was delivered ends"},
};

static const TableSpec entry_table = {.name = "entries",
                                      .columns = entry_columns,
                                      .column_count = ENTRY_COLUMNS};

enum { DAYS_MOST = 366 }; /* of a round, where nothing else says when it began */
enum { YEARS_MOST = 5 };  /* from the last day in the ledger to what is entered next */

typedef struct EntryReading {
    const Ledger *before;
    const Sheet *sheet;
    Headings headings;
    DecimalSign sign;
    NameSet *names;
    Arena *arena;
    Diag *diag;
    bool
        less_held; /* a row with findings may have committed more: sums of the others tell nothing */
} EntryReading;

/** The row's cell in this column; false when the column is not there, or the cell is empty. */
static bool find_cell(const EntryReading *r, size_t row, EntryColumn column, CellAt *at)
{
    int found = r->headings.column_of[column];
    if (found < 0 || sheet_cell(r->sheet, row, (size_t)found)->kind == CELL_EMPTY)
        return false;
    *at = (CellAt){.sheet = r->sheet, .row = row, .column = (size_t)found, .diag = r->diag};
    return true;
}

/** The same of a cell that must be there. */
static Status need_cell(const EntryReading *r, size_t row, EntryColumn column, CellAt *at)
{
    if (find_cell(r, row, column, at))
        return STATUS_OK;
    int found = r->headings.column_of[column];
    diag_add(r->diag, DIAG_CELL_EMPTY, sheet_place(r->sheet, row, (size_t)found),
             "the %s is missing; write it", entry_columns[column].name);
    return STATUS_FINDINGS;
}

/* ---- which commitment ----------------------------------------------------------------------- */

/** Nothing is committed for the pair: the nearest id that something is committed for. */
static Status add_unknown(const EntryReading *r, CellAt need, CellAt offer)
{
    const Ledger *ledger = r->before;
    const char **names = ARENA_NEW(r->arena, ledger->holding_count, const char *);
    size_t count = 0;
    TRY_NEW(names);
    for (size_t i = 0; i < ledger->holding_count; i++)
        if (strcmp(ledger->holdings[i].need, cell_text(need)) == 0)
            names[count++] = ledger->holdings[i].offer;
    if (count > 0) {
        const char *what = arena_printf(r->arena, _("an offer committed to need '%s' called"),
                                        quote(cell_text(need)).text);
        TRY_NEW(what);
        diag_unknown_name(r->diag, DIAG_ID_UNKNOWN, cell_place(offer), what, cell_text(offer),
                          (KnownNames){names, count});
        return STATUS_FINDINGS;
    }
    for (size_t i = 0; i < ledger->holding_count; i++)
        names[i] = ledger->holdings[i].need;
    diag_unknown_name(r->diag, DIAG_ID_UNKNOWN, cell_place(need),
                      _("a need with commitments called"), cell_text(need),
                      (KnownNames){names, ledger->holding_count});
    return STATUS_FINDINGS;
}

static Status find_holding(const EntryReading *r, size_t row, const Holding **held)
{
    CellAt need, offer;
    Status first = need_cell(r, row, ENTRY_NEED, &need);
    TRY(need_cell(r, row, ENTRY_OFFER, &offer));
    TRY(first);
    *held = ledger_holding(r->before, cell_text(need), cell_text(offer));
    return *held != NULL ? STATUS_OK : add_unknown(r, need, offer);
}

/* ---- one row -------------------------------------------------------------------------------- */

static Status read_event(const EntryReading *r, size_t row, LedgerLine *line)
{
    CellAt at;
    int word;
    TRY(need_cell(r, row, ENTRY_EVENT, &at));
    TRY(cell_word(at, entry_words, &word));
    line->event = (LedgerEvent)(LEDGER_CANCELLATION + word);
    return STATUS_OK;
}

/** A part of a thing that is committed in whole ones may be a slip; rounds plan in whole ones, where no step is stated. */
static void doubt_part(const EntryReading *r, CellAt at, const Holding *held, int64_t quantity)
{
    int64_t whole = unit_scale(held->unit);
    if (held->unit.is_money || quantity % whole == 0 || held->quantity % whole != 0 ||
        held->delivered % whole != 0)
        return;
    diag_add(
        r->diag, DIAG_LEDGER_PART, cell_place(at),
        N_("need '%s' from offer '%s' is committed in whole ones of %s, and '%s' is not whole; "
           "rounds plan in whole ones where no step is stated: is it meant? An entry that "
           "makes it whole again puts it right"),
        quote(held->need).text, quote(held->offer).text, held->unit.name,
        quote(cell_text(at)).text);
}

static Status read_quantity(const EntryReading *r, size_t row, const Holding *held,
                            LedgerLine *line)
{
    CellAt at;
    Decimal value;
    bool pays = line->event == LEDGER_PAYMENT, changes = line->event == LEDGER_CHANGE;
    Unit unit = pays ? held->offer_unit : held->unit;
    TRY(need_cell(r, row, ENTRY_QUANTITY, &at));
    if (pays && !unit.is_money) {
        diag_add(r->diag, DIAG_LEDGER_ENTRY, cell_place(at),
                 "offer '%s' is in kind; what arrives of it is a delivery: enter it as delivered",
                 quote(held->offer).text);
        return STATUS_FINDINGS;
    }
    FigureSpec spec = {.sign = r->sign,
                       .limit = changes ? LIMIT_NONE : LIMIT_POSITIVE,
                       .unit = unit.name,
                       .unit_from = pays ? _("the offer's unit") : _("the need's unit")};
    TRY(cell_decimal(at, &spec, &value));
    line->has_offer_quantity = pays;
    line->has_quantity = !pays;
    TRY(cell_amount(at, value, unit, pays ? &line->offer_quantity : &line->quantity));
    if (!pays)
        doubt_part(r, at, held, line->quantity);
    return STATUS_OK;
}

/** Of a row that does not tell what is counted: is there a number at all? */
static Status check_quantity(const EntryReading *r, size_t row)
{
    CellAt at;
    Decimal value;
    const FigureSpec spec = {.sign = r->sign, .limit = LIMIT_NONE, .any_sign = true};
    TRY(need_cell(r, row, ENTRY_QUANTITY, &at));
    return cell_decimal(at, &spec, &value);
}

static Status read_days(const EntryReading *r, size_t row, LedgerLine *line)
{
    CellAt at;
    DayForm form;
    line->valid_to = DATE_NONE;
    TRY(need_cell(r, row, ENTRY_DATE, &at));
    TRY(cell_date(at, &form, &line->date));
    return find_cell(r, row, ENTRY_VALID_TO, &at) ? cell_date(at, &form, &line->valid_to)
                                                  : STATUS_OK;
}

/** Two deliveries alike on one day are told apart by their notes; else the row was entered before. */
static Status check_new(const EntryReading *r, const Ledger *after, size_t row,
                        const LedgerLine *line)
{
    for (size_t i = 0; i < after->count; i++) {
        const LedgerLine *other = &after->lines[i];
        if (other->event != line->event || other->date != line->date ||
            other->quantity != line->quantity || strcmp(other->need, line->need) != 0 ||
            strcmp(other->offer, line->offer) != 0 || strcmp(other->note, line->note) != 0 ||
            (line->event == LEDGER_PAYMENT && other->offer_quantity != line->offer_quantity))
            continue;
        diag_add(r->diag, DIAG_LEDGER_ENTRY, sheet_place(r->sheet, row, 0),
                 "the same stands in %s already, in row %d; if it happened twice, tell the two "
                 "apart in the note",
                 other->place.file, other->place.line);
        return STATUS_FINDINGS;
    }
    return STATUS_OK;
}

/** Nothing can happen to a commitment before it is made: after the round before its own, or, where the
 *  ledger knows of none, at most a year before the day that it bears. */
static Status check_day(const EntryReading *r, size_t row, const Holding *held,
                        const LedgerLine *line)
{
    CellAt at;
    Date after;
    char ended[16], last[16];
    const LedgerLine *first = ledger_first_commitment(r->before, held, &after);
    if (first == NULL || first->date == DATE_NONE || !find_cell(r, row, ENTRY_DATE, &at) ||
        line->date > (after != DATE_NONE ? after : first->date - DAYS_MOST))
        return STATUS_OK;
    date_format(after, ended);
    date_format(first->date, last);
    if (after != DATE_NONE)
        diag_add(r->diag, DIAG_LEDGER_ENTRY, cell_place(at),
                 "need '%s' from offer '%s' is committed in round '%s' (up to %s), after the round "
                 "before it, which ended on %s; write the day on which this happened",
                 quote(held->need).text, quote(held->offer).text, quote(first->round).text, last,
                 ended);
    else
        diag_add(
            r->diag, DIAG_LEDGER_ENTRY, cell_place(at),
            "need '%s' from offer '%s' is committed in round '%s' (up to %s), and this is more "
            "than a year before; write the day on which it happened",
            quote(held->need).text, quote(held->offer).text, quote(first->round).text, last);
    return STATUS_FINDINGS;
}

/** The last day that the ledger speaks of, or the end of what is committed where that is later. */
static Date last_day(const Ledger *ledger, const Holding *held)
{
    Date last = held->valid_to;
    for (size_t i = 0; i < ledger->count; i++)
        if (ledger->lines[i].date > last)
            last = ledger->lines[i].date;
    return last;
}

/** What happens is entered as it happens: years behind all that the ledger speaks of the year is wrong. */
static Status check_late(const EntryReading *r, size_t row, const Holding *held,
                         const LedgerLine *line)
{
    CellAt at;
    Date last = last_day(r->before, held);
    char day[16], known[16];
    if (last == DATE_NONE || line->date <= last + DAYS_MOST || !find_cell(r, row, ENTRY_DATE, &at))
        return STATUS_OK;
    date_format(line->date, day);
    date_format(last, known);
    if (line->date <= last + YEARS_MOST * DAYS_MOST) {
        diag_add(r->diag, DIAG_LEDGER_LATE, cell_place(at),
                 N_("%s is more than a year later than the last day that the ledger speaks of, %s; "
                    "is it meant?"),
                 day, known);
        return STATUS_OK;
    }
    diag_add(r->diag, DIAG_LEDGER_ENTRY, cell_place(at),
             N_("%s is more than %d years later than the last day that the ledger speaks of, %s; "
                "write the day on which this happened"),
             day, YEARS_MOST, known);
    return STATUS_FINDINGS;
}

/** The parts of a row, every one of them, so that all that is wrong with it is said at once. */
static Status read_parts(EntryReading *r, size_t row, LedgerLine *line, const Holding **held)
{
    Status event = read_event(r, row, line), days = read_days(r, row, line);
    Status pair = find_holding(r, row, held);
    Status quantity = pair == STATUS_OK && event == STATUS_OK ? read_quantity(r, row, *held, line)
                                                              : check_quantity(r, row);
    bool all =
        event == STATUS_OK && pair == STATUS_OK && quantity == STATUS_OK && days == STATUS_OK;
    if (!all && (event != STATUS_OK || line->event == LEDGER_CHANGE))
        r->less_held = true;
    TRY(event);
    TRY(days);
    TRY(pair);
    return quantity;
}

static Status read_entry(EntryReading *r, size_t row, Ledger *after)
{
    LedgerLine *line = &after->lines[after->count];
    const Holding *held = NULL;
    CellAt note;
    *line = (LedgerLine){.place = sheet_place(r->sheet, row, 0),
                         .round = r->before->last_round,
                         .unit = {.name = ""},
                         .offer_unit = {.name = ""},
                         .note = "",
                         .is_entry = true};
    TRY(read_parts(r, row, line, &held));
    line->need = held->need;
    line->offer = held->offer;
    if (find_cell(r, row, ENTRY_NOTE, &note))
        TRY(cell_name(note, r->names, &line->note));
    Status day = check_day(r, row, held, line);
    if (day == STATUS_OK)
        day = check_late(r, row, held, line);
    r->less_held = r->less_held || (day != STATUS_OK && line->event == LEDGER_CHANGE);
    TRY(day);
    TRY(check_new(r, after, row, line));
    after->count++;
    return STATUS_OK;
}

/* ---- all rows ------------------------------------------------------------------------------- */

static Status open_entries(const char *path, const char *encoding, EntryReading *r)
{
    SheetTarget target = {
        .file = path, .table = &entry_table, .texts = r->arena, .grid = r->arena, .diag = r->diag};
    Sheet *sheet;
    size_t errors = diag_count(r->diag, DIAG_ERROR);
    TRY(csv_read_file(path, encoding, &target, &sheet));
    r->sheet = sheet;
    if (!sheet->readable || sheet->heading_line == 0) {
        if (diag_count(r->diag, DIAG_ERROR) == errors)
            diag_add(r->diag, DIAG_COLUMN_MISSING, (DiagPlace){.file = path},
                     N_("there is no heading; the columns are event, need, offer, quantity, date, "
                        "note"));
        return STATUS_FINDINGS;
    }
    TRY(headings_match(sheet, true, r->arena, r->diag, &r->headings));
    if (!r->headings.complete || diag_count(r->diag, DIAG_ERROR) > errors)
        return STATUS_FINDINGS;
    r->sign = column_decimal_sign(sheet, (size_t)r->headings.column_of[ENTRY_QUANTITY]);
    return STATUS_OK;
}

Status ledger_entries_read(const char *path, const char *encoding, const Ledger *before,
                           NameSet *names, Arena *arena, Diag *diag, Ledger *after)
{
    EntryReading r = {.before = before, .names = names, .arena = arena, .diag = diag};
    Status status = STATUS_OK;
    *after = *before;
    TRY(open_entries(path, encoding, &r));
    after->lines = ARENA_NEW(arena, before->count + r.sheet->row_count + 1, LedgerLine);
    TRY_NEW(after->lines);
    if (before->count > 0)
        memcpy(after->lines, before->lines, before->count * sizeof *before->lines);
    for (size_t row = 0; row < r.sheet->row_count; row++) {
        Status read = read_entry(&r, row, after);
        if (read == STATUS_NO_MEMORY)
            return read;
        status = read != STATUS_OK ? read : status;
    }
    if (r.less_held)
        return status;
    TRY(ledger_settle(after, arena, diag));
    Status fits = ledger_check_entries(after, before->count, diag);
    return status != STATUS_OK ? status : fits;
}
