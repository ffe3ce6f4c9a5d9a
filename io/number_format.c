/* What a number format code makes of a number: a number, a day, a time or both.
 *
 * A code is read letter by letter. Only 'm' needs to look around: it is a minute behind an hour or
 * before a second, else a month. Called by the reader of .xlsx, where a day is nothing but a number
 * with such a format.
 */
#include "io/serial_date.h"

#include <string.h>
#include <strings.h>

/* One section of a code, as far as it is read. */
typedef struct Section {
    bool day;
    bool time;
    bool number;
    bool seconds;    /* a '0' behind them is a part of a second */
    bool after_hour; /* the last date letter was an hour: 'm' is a minute */
    bool open_month; /* the last date letter was 'm', perhaps before a second */
} Section;

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static size_t run_length(const char *code)
{
    size_t length = 1;
    while (code[length] != '\0' && lower(code[length]) == lower(code[0]))
        length++;
    return length;
}

static bool begins(const char *code, const char *word)
{
    return strncasecmp(code, word, strlen(word)) == 0;
}

/* ---- letters -------------------------------------------------------------------------------- */

/* 'm' was no minute: it is a month. */
static void close_month(Section *section)
{
    section->day = section->day || section->open_month;
    section->open_month = false;
    section->after_hour = false;
}

static void take_hour(Section *section)
{
    close_month(section);
    section->time = true;
    section->after_hour = true;
}

static void take_seconds(Section *section)
{
    section->open_month = false;
    section->after_hour = false;
    section->time = true;
    section->seconds = true;
}

static void take_month(Section *section, size_t length)
{
    bool minute = section->after_hour && length <= 2;
    close_month(section);
    if (minute)
        section->time = true;
    else if (length <= 2)
        section->open_month = true;
    else
        section->day = true;
}

static void take_day(Section *section)
{
    close_month(section);
    section->day = true;
}

/* "AM/PM", "A/P", or "aaa" for the day of the week. */
static size_t take_a(Section *section, const char *code)
{
    size_t length = begins(code, "am/pm") ? strlen("am/pm") : strlen("a/p");
    if (length == strlen("am/pm") || begins(code, "a/p")) {
        section->time = true; /* and what stands behind "h AM/PM" still stands behind an hour */
        return length;
    }
    length = run_length(code);
    if (length >= 3)
        take_day(section);
    return length;
}

/* "General", else the name of an era. */
static size_t take_g(Section *section, const char *code)
{
    if (begins(code, "general")) {
        section->number = true;
        return strlen("general");
    }
    take_day(section);
    return run_length(code);
}

/* "E+00", else the year of an era. */
static size_t take_e(Section *section, const char *code)
{
    if (code[1] == '+' || code[1] == '-') {
        section->number = true;
        return 2;
    }
    take_day(section);
    return run_length(code);
}

/* ---- everything else ------------------------------------------------------------------------ */

/* "[h]", "[mm]" and "[ss]" are hours, minutes and seconds beyond their range; colours, locales,
 * currencies, calendars and conditions say nothing. */
static size_t take_bracket(Section *section, const char *code)
{
    const char *end = strchr(code, ']');
    if (end == NULL)
        return strlen(code);
    size_t inside = (size_t)(end - code) - 1;
    char first = lower(code[1]);
    if (inside > 0 && run_length(code + 1) == inside) {
        if (first == 'h')
            take_hour(section);
        else if (first == 'm')
            section->time = true;
        else if (first == 's')
            take_seconds(section);
    }
    return inside + 2;
}

/* Text in quotes, or a letter behind one that takes its meaning away. */
static size_t literal_length(const char *code)
{
    if (code[0] != '"')
        return code[1] != '\0' ? 2 : 1;
    const char *end = strchr(code + 1, '"');
    return end != NULL ? (size_t)(end - code) + 1 : strlen(code);
}

/* Takes what stands at @p code, and says how long it is. */
static size_t take(Section *section, const char *code)
{
    switch (lower(*code)) {
    case '"':
    case '\\':
    case '_':
    case '*': return literal_length(code);
    case '[': return take_bracket(section, code);
    case 'a': return take_a(section, code);
    case 'g': return take_g(section, code);
    case 'e': return take_e(section, code);
    case 'm': take_month(section, run_length(code)); return run_length(code);
    case 'h': take_hour(section); return run_length(code);
    case 's': take_seconds(section); return run_length(code);
    case 'y':
    case 'd':
    case 'b': /* the Buddhist year */
    case 'r': /* an era and its year */ take_day(section); return run_length(code);
    case '0': section->number = section->number || !section->seconds; return 1;
    case '#':
    case '?': section->number = true; return 1;
    default: return 1;
    }
}

static bool shows_number(const Section *section)
{
    return section->day || section->time || section->number;
}

FormatKind format_kind(const char *code)
{
    Section section = {0};
    while (*code != '\0') {
        if (*code != ';') {
            code += take(&section, code);
            continue;
        }
        close_month(&section);
        if (shows_number(&section))
            break;
        code++;
    }
    close_month(&section);
    if (section.number || !shows_number(&section))
        return FORMAT_NUMBER;
    if (section.day)
        return section.time ? FORMAT_DAY_TIME : FORMAT_DAY;
    return FORMAT_TIME;
}

FormatKind format_kind_of_id(long id)
{
    if ((id >= 18 && id <= 21) || id == 32 || id == 33 || (id >= 45 && id <= 47))
        return FORMAT_TIME;
    if (id == 22)
        return FORMAT_DAY_TIME;
    /* 27 to 36 and 50 to 58 are East Asian. 34, 35, 55 and 56 are days in Japanese and Korean, times
     * in Chinese: a day is what a table of needs would hold. */
    if ((id >= 14 && id <= 17) || (id >= 27 && id <= 36) || (id >= 50 && id <= 58))
        return FORMAT_DAY;
    return FORMAT_NUMBER;
}
