/* One cell of a row into its member, by the kind of its field. Rows and tables are row_reader.c. */
#include "io/row_internal.h"

#include "allot/quote.h"
#include "allot/words.h"
#include "io/limits.h"
#include "io/shape.h"

#include <string.h>

enum { WORD_SIZE = 64, DAY_SIZE = 16, TOTAL_SIZE = 128 };

_Static_assert(sizeof(OdaFlag) == sizeof(int) && sizeof(Basis) == sizeof(int) &&
                   sizeof(RuleWord) == sizeof(int) && sizeof(CommitmentKind) == sizeof(int),
               "FIELD_ENUM stores an int");

void *row_member(void *row, size_t offset)
{
    return (char *)row + offset;
}

Status row_keep_word(const Reading *reading, const char *words, int index, const char **out)
{
    char word[WORD_SIZE] = "";
    if (index >= 0)
        word_copy(words, (size_t)index, word, sizeof word);
    *out = name_intern(reading->round->names, word, strlen(word));
    TRY_NEW(*out);
    return STATUS_OK;
}

bool row_text_begins_with_total(const char *text)
{
    char words[TOTAL_SIZE];
    size_t length = 0;
    do {
        length += strcspn(text + length, " :\t\n(");
        if (length >= sizeof words)
            return false;
        memcpy(words, text, length);
        words[length] = '\0';
        if (text_is_total(words))
            return true;
    } while (text[length++] != '\0');
    return false;
}

/* The sign is searched for only where a cell needs it: most columns never do. --decimal counts where
 * the column does not tell. */
static DecimalSign sign_of(const RowReader *reader, Bound *bound)
{
    const char *text = sheet_cell(reader->sheet, reader->row, bound->column)->text;
    if (bound->sign_known || strpbrk(text, ".,") == NULL)
        return bound->sign;
    const Reading *reading = reader->reading;
    if (reader->sheet->table == dictionary_table(TABLE_RATES)) { /* of thousandths: no doubts */
        bound->sign = column_decimal_sign(reader->sheet, bound->column);
        if (bound->sign == SIGN_OPEN)
            bound->sign = reading->decimal;
    } else {
        bound->sign = column_sign_or(reader->sheet, bound->column, reading->decimal, reading->diag);
    }
    bound->sign_known = true;
    return bound->sign;
}

static Unit unit_of_amount(const RowReader *reader, const Field *field, void *row)
{
    const Round *round = reader->reading->round;
    if (field->kind == FIELD_REPORTED)
        return round->currency;
    if (field->kind == FIELD_MONEY)
        return round_unit(round, *(const char **)row_member(row, field->unit));
    return *(const Unit *)row_member(row, field->unit);
}

const char *row_unit_name(const RowReader *reader, const Bound *bound, void *row)
{
    if (bound->field->kind == FIELD_REPORTED)
        return reader->reading->round->currency.name;
    if (bound->unit == NULL)
        return NULL;
    const void *at = row_member(row, bound->unit->offset);
    return bound->unit->kind == FIELD_CURRENCY ? *(const char *const *)at
                                               : ((const Unit *)at)->name;
}

/* True when what the figure counts stands in a cell that could not be read: its finding is enough. */
static bool is_unit_lost(const RowReader *reader, const Bound *bound)
{
    const Bound *unit = bound->unit_cell;
    return unit != NULL && !unit->taken &&
           sheet_cell(reader->sheet, reader->row, unit->column)->kind != CELL_EMPTY;
}

static Status take_decimal(const RowReader *reader, Bound *bound, CellAt at, void *row,
                           Decimal *out)
{
    const FigureSpec spec = {.sign = sign_of(reader, bound),
                             .limit = bound->field->limit,
                             .or_unknown = bound->field->kind == FIELD_QUANTITY,
                             .any_sign = is_unit_lost(reader, bound),
                             .unit = row_unit_name(reader, bound, row),
                             .unit_from = bound->unit_from};
    TRY(cell_decimal(at, &spec, out));
    row_check_currency(reader, bound, row);
    return STATUS_OK;
}

static Status take_amount(const RowReader *reader, Bound *bound, CellAt at, void *row)
{
    const Field *field = bound->field;
    Decimal value;
    int64_t amount;

    TRY(take_decimal(reader, bound, at, row, &value));
    TRY(cell_amount(at, value, unit_of_amount(reader, field, row), &amount));
    *(int64_t *)row_member(row, field->offset) = amount;
    return STATUS_OK;
}

/* A note the first time that a column's days are written in a way that could be something else. */
static Status take_date(Bound *bound, CellAt at, Date *out)
{
    DayForm form;
    char day[DAY_SIZE];

    TRY(cell_date(at, &form, out));
    if ((form != DAY_SERIAL || bound->serial_said) && (form != DAY_TIMED || bound->timed_said))
        return STATUS_OK;
    date_format(*out, day);
    Quote found = quote(cell_text(at));
    if (form == DAY_SERIAL) {
        bound->serial_said = true;
        diag_add(at.diag, DIAG_DAYS_READ, cell_place(at),
                 "serial numbers such as %s are read as days: %s is %s", found.text, found.text,
                 day);
    } else {
        bound->timed_said = true;
        diag_add(at.diag, DIAG_DAYS_READ, cell_place(at),
                 "times of day are left out: '%s' is read as %s", found.text, day);
    }
    return STATUS_OK;
}

/* Characters of UTF-8. */
static int letter_count(const char *text)
{
    int count = 0;
    for (; *text != '\0'; text++)
        count += ((unsigned char)*text & 0xC0) != 0x80;
    return count;
}

/* Ids and names head columns and name files: neither takes a text of any length. */
static void check_length(CellAt at, bool is_id)
{
    int letters = letter_count(cell_text(at));
    if (is_id && letters > ID_LETTERS_MAX)
        diag_add(at.diag, DIAG_WORD, cell_place(at),
                 "'%s' has %d characters, and an id at most %d; write a short id, and the long "
                 "name in a column for names",
                 quote(cell_text(at)).text, letters, ID_LETTERS_MAX);
    else if (letters > NAME_LETTERS_MAX)
        diag_add(at.diag, DIAG_WORD, cell_place(at),
                 "'%s' has %d characters, and a name that other rows share at most %d; shorten it "
                 "wherever it stands",
                 quote(cell_text(at)).text, letters, NAME_LETTERS_MAX);
}

/* 1.00E+05, 2,5E-03: a digit, decimals, and an exponent with its sign. */
static bool is_power_of_ten(const char *text)
{
    static const char digits[] = "0123456789";
    size_t whole = strspn(text, digits), at = whole;
    if (text[at] == '.' || text[at] == ',')
        at += 1 + strspn(text + at + 1, digits);
    if (whole != 1 || text[at] != 'E' || (text[at + 1] != '+' && text[at + 1] != '-'))
        return false;
    size_t exponent = strspn(text + at + 2, digits);
    return exponent >= 2 && text[at + 2 + exponent] == '\0';
}

/* An id or a name; the row is read all the same, so that nothing else is said to lack it. */
static Status take_name(const RowReader *reader, const Bound *bound, CellAt at, const char **out)
{
    if (bound->spec->type == COLUMN_ID &&
        sheet_cell(at.sheet, at.row, at.column)->kind == CELL_DATE)
        diag_add(
            at.diag, DIAG_WORD, cell_place(at),
            "'%s' is a day, but an id is needed; spreadsheets turn 1.2 or 1-2 into a day: type "
            "it again as text",
            quote(cell_text(at)).text);
    if (bound->spec->type == COLUMN_ID && is_power_of_ten(cell_text(at)))
        diag_add(
            at.diag, DIAG_REWRITTEN, cell_place(at),
            "'%s' is how spreadsheets show a large number: an id such as 1E5 becomes it; if it is "
            "no id, type the id again as text",
            quote(cell_text(at)).text);
    check_length(at, bound->spec->type == COLUMN_ID);
    return cell_name(at, reader->reading->round->names, out);
}

static Status take_text(const RowReader *reader, const Bound *bound, CellAt at, void *row)
{
    const Reading *reading = reader->reading;
    NameSet *names = reading->round->names;
    void *to = row_member(row, bound->field->offset);
    int word;

    switch (bound->field->kind) {
    case FIELD_TEXT: *(const char **)to = sheet_cell(at.sheet, at.row, at.column)->text; break;
    case FIELD_NAME: return take_name(reader, bound, at, to);
    case FIELD_NAMES: return cell_names(at, names, reading->round->arena, false, to);
    case FIELD_CATEGORIES: return cell_names(at, names, reading->round->arena, true, to);
    case FIELD_ENUM: return cell_word(at, bound->spec->words, to);
    case FIELD_WORD:
        TRY(cell_word(at, bound->spec->words, &word));
        return row_keep_word(reading, bound->spec->words, word, to);
    case FIELD_WORDS: return cell_words(at, bound->spec->words, to);
    case FIELD_CURRENCY: return cell_currency(at, names, to);
    case FIELD_UNIT:
    case FIELD_UNIT_OPEN: return cell_unit(at, reading->round, to);
    default: break; /* figures: take_cell() */
    }
    return STATUS_OK;
}

Status row_take_cell(const RowReader *reader, Bound *bound, CellAt at, void *row)
{
    void *to = row_member(row, bound->field->offset);
    Limit limit = bound->field->limit;
    int whole;

    switch (bound->field->kind) {
    case FIELD_FLAG: return cell_flag(at, to);
    case FIELD_DATE: return take_date(bound, at, to);
    case FIELD_PRICE:
    case FIELD_DECIMAL: return take_decimal(reader, bound, at, row, to);
    case FIELD_SHARE:
        if (row_share_is_open(reader, bound, at))
            return STATUS_FINDINGS;
        return cell_share(at, sign_of(reader, bound), limit, to);
    case FIELD_COUNT: return cell_integer(at, sign_of(reader, bound), limit, to);
    case FIELD_LONG:
        TRY(cell_integer(at, sign_of(reader, bound), limit, &whole));
        *(long *)to = whole;
        return STATUS_OK;
    case FIELD_QUANTITY:
    case FIELD_AMOUNT:
    case FIELD_MONEY:
    case FIELD_REPORTED: return take_amount(reader, bound, at, row);
    default: return take_text(reader, bound, at, row);
    }
}
