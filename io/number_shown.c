/* What a number format code shows beside the figure: quoted texts, escaped letters, bare signs and
 * "[$...]" of the section that shows it, put together with a blank where the figure stands. Called by
 * the readers of workbooks, once a format.
 */
#include "io/number_shown.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>
#include <strings.h>

#include "allot/unit.h"
#include "io/currency_sign.h"
#include "io/scale_words.h"
#include "io/serial_date.h"

enum { BESIDE_SIZE = 512 }; /* Excel allows 255 characters for a whole code */

/* One section of a code, as far as it is read. */
typedef struct Section {
    char beside[BESIDE_SIZE]; /* cut when it is longer */
    size_t length;
    const char *currencies; /* of "[$...]", or NULL */
    bool figure;            /* it has a place for the figure */
    bool share;             /* times a hundred */
    bool divided;           /* by a thousand, or more often */
} Section;

static bool is_inside(char byte)
{
    return ((unsigned char)byte & 0xC0) == 0x80;
}

/* Whole characters alone: half a one is no text. */
static void add_beside(Section *section, const char *text, size_t length)
{
    size_t room = BESIDE_SIZE - 1 - section->length;
    if (length > room) {
        length = room;
        while (length > 0 && is_inside(text[length]))
            length--;
    }
    memcpy(section->beside + section->length, text, length);
    section->length += length;
    section->beside[section->length] = '\0';
}

/* Bytes of the character at @p text; 0 at its end. */
static size_t letter_length(const char *text)
{
    size_t length = text[0] != '\0';
    while (length > 0 && is_inside(text[length]))
        length++;
    return length;
}

/* Colours, conditions and locales show nothing; "[$zł-415]" shows what stands before the '-'. */
static size_t take_bracket(Section *section, const char *code)
{
    const char *currencies = NULL;
    size_t whole = strcspn(code, "]");
    if (code[1] == '$') {
        size_t sign = strcspn(code + 2, "-]");
        if (sign > 0 && currency_sign_front(code + 2, sign, &currencies) == sign &&
            section->currencies == NULL)
            section->currencies = currencies;
        add_beside(section, " ", 1);
        add_beside(section, code + 2, sign);
        add_beside(section, " ", 1);
    }
    return code[whole] == ']' ? whole + 1 : whole;
}

static size_t take_quoted(Section *section, const char *code)
{
    size_t inside = strcspn(code + 1, "\"");
    add_beside(section, code + 1, inside);
    return code[1 + inside] == '"' ? inside + 2 : inside + 1;
}

/* A comma with no digit behind it divides by a thousand; between digits it parts groups. */
static size_t take_commas(Section *section, const char *code)
{
    size_t commas = strspn(code, ",");
    if (section->figure && (code[commas] == '\0' || strchr("0#?", code[commas]) == NULL))
        section->divided = true;
    return commas;
}

/* Takes what stands at @p code, and says how long it is. */
static size_t take(Section *section, const char *code)
{
    size_t next = letter_length(code + 1);
    switch (*code) {
    case '"': return take_quoted(section, code);
    case '[': return take_bracket(section, code);
    case '\\': add_beside(section, code + 1, next); return 1 + next;
    case '_': /* as wide as the letter behind it */
    case '*': /* filled with the letter behind it */ add_beside(section, " ", 1); return 1 + next;
    case '%': section->share = true; return 1;
    case '0':
    case '#':
    case '?': section->figure = true; break;
    case ',': add_beside(section, " ", 1); return take_commas(section, code);
    case '.': break;
    case 'E':
    case 'e':
        if (code[1] == '+' || code[1] == '-')
            return 2;
        add_beside(section, code, 1);
        return 1;
    default:
        if (strncasecmp(code, "General", strlen("General")) == 0) {
            section->figure = true;
            add_beside(section, " ", 1);
            return strlen("General");
        }
        add_beside(section, code, letter_length(code));
        return letter_length(code);
    }
    add_beside(section, " ", 1);
    return 1;
}

static uint32_t shown_of(const Section *section)
{
    const char *text = section->beside, *currencies = section->currencies;
    uint32_t shown = 0;
    if (currencies != NULL || currency_next(&text, &currencies))
        shown = currency_id(currencies) & SHOWN_CURRENCY;
    if (!section->divided && text_speaks_of_scale(section->beside))
        shown |= SHOWN_SCALE;
    if (section->share)
        shown |= SHOWN_SHARE;
    else if (text_speaks_of_percent(section->beside))
        shown |= SHOWN_PERCENT;
    return shown;
}

uint32_t number_shown(const char *code)
{
    Section section = {.length = 0};
    if (format_kind(code) != FORMAT_NUMBER)
        return 0;
    while (*code != '\0') {
        if (*code != ';') {
            code += take(&section, code);
            continue;
        }
        if (section.figure)
            break;
        section = (Section){.length = 0};
        code++;
    }
    return section.figure ? shown_of(&section) : 0;
}

uint32_t number_shown_of_id(long id, const char *code)
{
    bool of_country = (id >= 5 && id <= 8) || (id >= 37 && id <= 44);
    if (code == NULL)
        return id == 9 || id == 10 ? SHOWN_SHARE : 0; /* "0%" and "0.00%" */
    uint32_t shown = number_shown(code);
    return of_country ? shown & ~(uint32_t)SHOWN_CURRENCY : shown;
}

uint32_t number_shown_in(const char *code)
{
    const char *known = code != NULL ? currency_code(code) : NULL;
    return known != NULL ? currency_id(known) & SHOWN_CURRENCY : 0;
}
