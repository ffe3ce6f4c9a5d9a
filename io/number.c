/* Numbers as people write them.
 *
 * What stands around the digits (sign, brackets, currency, percent) is peeled off first. The rest is
 * brought to a plain form (digits, '.', ',' and one sign for each kind of blank); then it is decided
 * which of its separators is the decimal sign; then groups and digits are checked. Called by the
 * typing of cells.
 */
#include "io/number.h"

#include "io/currency_sign.h"
#include "io/sheet.h"

#include <string.h>

enum { PLAIN_SIZE = 64, DIGITS_MAX = 18, PLACES_MAX = 18 };

/* A text while its ends are peeled off: each kind of end once. */
typedef struct Peeled {
    const char *text;
    size_t length;
    bool is_signed; /* a sign or brackets: never both */
    bool negative;
    bool percent;
    const char *currencies;
} Peeled;

typedef struct Plain {
    char text[PLAIN_SIZE]; /* digits, '.', ',' and group */
    size_t length;
    bool negative;
    char group; /* blank or apostrophe used as group, 0 for none */
    size_t points;
    size_t commas;
    char last; /* the last of '.' and ',' */
} Plain;

/* ---- what stands around the digits ---------------------------------------------------------- */

static bool peel_sign(Peeled *p)
{
    static const char minus[] = "\xE2\x88\x92"; /* U+2212 */
    size_t length = 0;

    if (p->is_signed || p->length == 0)
        return false;
    if (p->text[0] == '-' || p->text[0] == '+')
        length = 1;
    else if (p->length >= 3 && memcmp(p->text, minus, 3) == 0)
        length = 3;
    if (length == 0)
        return false;
    p->is_signed = true;
    p->negative = p->text[0] != '+';
    p->text += length; /* a blank behind it stays, and is no number */
    p->length -= length;
    return true;
}

/* Accountants write what is below zero in brackets. */
static bool peel_brackets(Peeled *p)
{
    if (p->is_signed || p->length < 2 || p->text[0] != '(' || p->text[p->length - 1] != ')')
        return false;
    p->is_signed = true;
    p->negative = true;
    p->text++;
    p->length -= 2;
    trim_blanks(&p->text, &p->length);
    return true;
}

static bool peel_percent(Peeled *p)
{
    if (p->percent || p->length == 0 || p->text[p->length - 1] != '%')
        return false;
    p->percent = true;
    p->length--;
    trim_blanks(&p->text, &p->length);
    return true;
}

static bool peel_currency(Peeled *p)
{
    if (p->currencies != NULL)
        return false;
    size_t length = currency_sign_front(p->text, p->length, &p->currencies);
    if (length > 0)
        p->text += length;
    else
        length = currency_sign_back(p->text, p->length, &p->currencies);
    if (length == 0)
        return false;
    p->length -= length;
    trim_blanks(&p->text, &p->length);
    return true;
}

static Peeled peel(const char *text)
{
    Peeled p = {.text = text, .length = strlen(text)};
    while (peel_sign(&p) || peel_brackets(&p) || peel_percent(&p) || peel_currency(&p))
        ;
    return p;
}

/* ---- digits and separators ------------------------------------------------------------------ */

/* The sign for a group separator: every kind of blank is ' ', both apostrophes are '\''; 0 for
 * anything else. */
static char group_sign(const char *text, size_t left, size_t *length)
{
    *length = blank_length(text, left);
    if (*length > 0)
        return ' ';
    if (text[0] == '\'') {
        *length = 1;
        return '\'';
    }
    if (left >= 3 && memcmp(text, "\xE2\x80\x99", 3) == 0) { /* U+2019 */
        *length = 3;
        return '\'';
    }
    return 0;
}

static bool add_plain(Plain *plain, char c)
{
    if (plain->length == PLAIN_SIZE)
        return false;
    plain->text[plain->length++] = c;
    return true;
}

/* False when a character cannot be part of a number, or the text is absurdly long. */
static bool make_plain(const char *text, size_t length, Plain *out)
{
    memset(out, 0, sizeof *out);
    for (size_t i = 0; i < length;) {
        char c = text[i];
        size_t step = 1;
        if (c == '.' || c == ',') {
            out->points += c == '.';
            out->commas += c == ',';
            out->last = c;
        } else if (c < '0' || c > '9') {
            c = group_sign(text + i, length - i, &step);
            if (c == 0 || (out->group != 0 && out->group != c))
                return false;
            out->group = c;
        }
        if (!add_plain(out, c))
            return false;
        i += step;
    }
    return out->length > 0;
}

/* Which separators mean what: decimal sign and group sign, 0 for none. */
typedef struct Signs {
    char decimal;
    char group;
    DecimalSign shown;
} Signs;

DecimalSign decimal_sign_of(char sign)
{
    return sign == '.' ? SIGN_POINT : sign == ',' ? SIGN_COMMA : SIGN_OPEN;
}

static char other(char c)
{
    return c == '.' ? ',' : '.';
}

/* One separator before exactly three digits, behind one to three that do not begin with 0: 1,234. */
static bool reads_two_ways(const Plain *plain)
{
    const char *at = memchr(plain->text, plain->last, plain->length);
    size_t before = (size_t)(at - plain->text);
    return plain->length - before - 1 == 3 && before >= 1 && before <= 3 && plain->text[0] != '0';
}

static NumberReading find_signs(const Plain *plain, DecimalSign column, Signs *out)
{
    *out = (Signs){0, plain->group, SIGN_OPEN};
    if (plain->points + plain->commas == 0)
        return NUMBER_READ;
    if (plain->points > 0 && plain->commas > 0) { /* 1.234,5: the last one is the decimal sign */
        if (plain->group != 0)
            return NUMBER_NONE;
        *out = (Signs){plain->last, other(plain->last), decimal_sign_of(plain->last)};
    } else if (plain->points + plain->commas > 1) { /* 1.234.567 */
        if (plain->group != 0)
            return NUMBER_NONE;
        *out = (Signs){0, plain->last, decimal_sign_of(other(plain->last))};
    } else if (plain->group != 0 || !reads_two_ways(plain)) { /* 1 234.567, 12.5 */
        *out = (Signs){plain->last, plain->group, decimal_sign_of(plain->last)};
    } else if (column == SIGN_OPEN) {
        return NUMBER_TWO_WAYS;
    } else if (column == decimal_sign_of(plain->last)) {
        out->decimal = plain->last;
    } else {
        out->group = plain->last;
    }
    return NUMBER_READ;
}

/* Groups are one to three digits, then three each; without a group sign any digits will do. */
static bool groups_fit(const char *text, size_t length, char group)
{
    size_t run = 0, groups = 0;
    for (size_t i = 0; i < length; i++) {
        if (text[i] != group) {
            run++;
            continue;
        }
        if (groups == 0 ? run < 1 || run > 3 || text[0] == '0' : run != 3)
            return false;
        groups++;
        run = 0;
    }
    return groups == 0 || run == 3;
}

/* Whole part and places as one number. Zeros that say nothing do not count as digits. */
static NumberReading read_digits(const Plain *plain, size_t whole, Decimal *out)
{
    size_t end = plain->length;
    int64_t digits = 0;
    int count = 0, places = 0;

    if (whole < end)
        while (plain->text[end - 1] == '0')
            end--;
    for (size_t i = 0; i < end; i++) {
        char c = plain->text[i];
        if (c < '0' || c > '9')
            continue;
        if (count > 0 || c != '0')
            count++;
        places += i > whole;
        if (count > DIGITS_MAX || places > PLACES_MAX)
            return NUMBER_LONG;
        digits = digits * 10 + (c - '0');
    }
    *out = decimal_make(plain->negative ? -digits : digits, places);
    return NUMBER_READ;
}

/* True when text[from..length) is one or more digits and nothing else. */
static bool is_fraction(const Plain *plain, size_t from)
{
    for (size_t i = from; i < plain->length; i++)
        if (plain->text[i] < '0' || plain->text[i] > '9')
            return false;
    return from < plain->length;
}

/* What is left when the ends are peeled off. */
static NumberReading read_plain(const Plain *plain, DecimalSign column, Number *out)
{
    Signs signs;
    NumberReading reading = find_signs(plain, column, &signs);

    if (reading != NUMBER_READ)
        return reading;
    const char *decimal =
        signs.decimal != 0 ? memchr(plain->text, signs.decimal, plain->length) : NULL;
    size_t whole = decimal != NULL ? (size_t)(decimal - plain->text) : plain->length;
    if (decimal != NULL && !is_fraction(plain, whole + 1))
        return NUMBER_NONE;
    if (!groups_fit(plain->text, whole, signs.group))
        return NUMBER_NONE;
    reading = read_digits(plain, whole, &out->value);
    if (reading == NUMBER_READ)
        out->shown = signs.shown;
    return reading;
}

NumberReading number_read(const char *text, DecimalSign column, Number *out)
{
    Peeled peeled = peel(text);
    Plain plain;

    *out = (Number){{0, 0}, peeled.percent, SIGN_OPEN, peeled.currencies};
    if (peeled.percent && peeled.currencies != NULL)
        return NUMBER_NONE;
    if (!make_plain(peeled.text, peeled.length, &plain))
        return NUMBER_NONE;
    plain.negative = peeled.negative;
    return read_plain(&plain, column, out);
}
