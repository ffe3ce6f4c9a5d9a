/* Numbers of a workbook: the text of a double, as some program printed it, into plain digits.
 *
 * A spreadsheet calculates in doubles and shows 15 significant digits of them, and so a sum that
 * shows as 0.3 is stored as "0.30000000000000004". What is shown is what is meant: the text is
 * rounded to that many digits, as a text, so that no second double can spoil it.
 */
#include "io/workbook_internal.h"

#include <assert.h>
#include <string.h>

enum {
    SHOWN_DIGITS = 15,
    PLAIN_DIGITS = 18, /* of decimal_parse(), before the point and behind it */
    EXPONENT_CAP = 100000,
    POINT_MAX = 309 /* a double ends at 0.18e309 */
};

/* 0.DIGITS times 10^point; no digit at all is zero. */
typedef struct Shown {
    char digits[SHOWN_DIGITS];
    int count;
    int64_t point;
    bool negative;
    int next;  /* the first digit that found no place */
    bool rest; /* some digit behind that is not 0 */
} Shown;

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* A digit of the mantissa. */
static void take_digit(Shown *shown, char digit, bool behind_point, size_t *dropped)
{
    bool leading = shown->count == 0 && digit == '0';
    if (behind_point)
        shown->point -= leading ? 1 : 0;
    else
        shown->point += leading ? 0 : 1;
    if (leading)
        return;
    if (shown->count < SHOWN_DIGITS)
        shown->digits[shown->count++] = digit;
    else if ((*dropped)++ == 0)
        shown->next = digit - '0';
    else
        shown->rest = shown->rest || digit != '0';
}

/* Digits with at most one point among them. */
static const char *take_mantissa(Shown *shown, const char *text, const char *end)
{
    size_t dropped = 0;
    bool point = false;
    bool any = false;
    for (; text < end; text++) {
        if (*text == '.' && !point) {
            point = true;
            continue;
        }
        if (!is_digit(*text))
            break;
        any = true;
        take_digit(shown, *text, point, &dropped);
    }
    return any ? text : NULL;
}

/* "E+12" at the end of the text; beyond the cap it does not matter by how much. */
static const char *take_exponent(Shown *shown, const char *text, const char *end)
{
    int64_t exponent = 0;
    if (text == end || (*text != 'e' && *text != 'E'))
        return text;
    text++;
    bool negative = text < end && *text == '-';
    if (text < end && (*text == '-' || *text == '+'))
        text++;
    if (text == end)
        return NULL;
    for (; text < end && is_digit(*text); text++) {
        if (exponent < EXPONENT_CAP)
            exponent = exponent * 10 + (*text - '0');
    }
    shown->point += negative ? -exponent : exponent;
    return text;
}

static bool read_shown(Shown *shown, const char *text, size_t length)
{
    const char *end = text + length;
    memset(shown, 0, sizeof *shown);
    shown->negative = length > 0 && *text == '-';
    if (length > 0 && (*text == '-' || *text == '+'))
        text++;
    text = take_mantissa(shown, text, end);
    if (text != NULL)
        text = take_exponent(shown, text, end);
    return text == end;
}

/* Half to even, then without zeros at the end. */
static void round_shown(Shown *shown)
{
    bool odd = shown->count > 0 && (shown->digits[shown->count - 1] - '0') % 2 == 1;
    if (shown->next > 5 || (shown->next == 5 && (shown->rest || odd))) {
        while (shown->count > 0 && shown->digits[shown->count - 1] == '9')
            shown->count--;
        if (shown->count == 0) {
            shown->digits[shown->count++] = '0';
            shown->point++;
        }
        shown->digits[shown->count - 1]++;
    }
    while (shown->count > 0 && shown->digits[shown->count - 1] == '0')
        shown->count--;
}

/* Places beyond those of decimal_parse() are noise of a calculation, as in 2.07E-7 with 15 digits:
 * they are rounded away. */
static void cut_places(Shown *shown)
{
    int64_t kept = shown->point + PLAIN_DIGITS;
    if (shown->count <= kept)
        return;
    if (kept < 0) {
        shown->count = 0;
        return;
    }
    shown->next = shown->digits[kept] - '0';
    shown->rest = shown->count > kept + 1;
    shown->count = (int)kept;
    round_shown(shown);
}

static void write_plain(const Shown *shown, char *out)
{
    int first = shown->point > 0 ? 0 : (int)shown->point - 1; /* place of the digit that leads */
    int last = shown->point > shown->count ? (int)shown->point : shown->count;
    if (shown->negative)
        *out++ = '-';
    for (int i = first; i < last; i++) {
        if (i == shown->point)
            *out++ = '.';
        *out++ = i >= 0 && i < shown->count ? shown->digits[i] : '0';
    }
    *out = '\0';
}

bool workbook_number(const char *text, size_t length, char *out, size_t size)
{
    Shown shown;
    assert(size >= 2 * PLAIN_DIGITS + 4); /* a sign, a zero, a point and the end */
    trim_blanks(&text, &length);
    if (!read_shown(&shown, text, length))
        return false;
    round_shown(&shown);
    cut_places(&shown);
    if (shown.count == 0) {
        memcpy(out, "0", 2);
        return true;
    }
    if (shown.point > POINT_MAX)
        return false;
    if (shown.point <= PLAIN_DIGITS) {
        write_plain(&shown, out);
        return true;
    }
    if (length >= size)
        return false;
    memcpy(out, text, length);
    out[length] = '\0';
    return true;
}
