/* UTF-8 as workbooks need it. A text that reached us by a way that does not check (an argument, a
 * hand-made round) must not make a file that a spreadsheet calls damaged.
 */
#include "io/page_text.h"

#include <stdint.h>
#include <string.h>

static const char replacement[] = "\xEF\xBF\xBD"; /* U+FFFD */

/* The character at TEXT and its length in bytes; length 0 for what is no UTF-8. (RFC 3629) */
static uint32_t decode(const unsigned char *text, size_t *length)
{
    static const struct {
        unsigned char mask, lead;
        uint32_t least;
    } forms[] = {{0x80, 0x00, 0}, {0xE0, 0xC0, 0x80}, {0xF0, 0xE0, 0x800}, {0xF8, 0xF0, 0x10000}};
    *length = 0;
    for (size_t more = 0; more < sizeof forms / sizeof forms[0]; more++) {
        if ((text[0] & forms[more].mask) != forms[more].lead)
            continue;
        uint32_t code = text[0] & (unsigned char)~forms[more].mask;
        for (size_t i = 1; i <= more; i++) {
            if ((text[i] & 0xC0) != 0x80)
                return 0;
            code = code << 6 | (text[i] & 0x3Fu);
        }
        if (code < forms[more].least || code > 0x10FFFF || (code >= 0xD800 && code < 0xE000))
            return 0;
        *length = more + 1;
        return code;
    }
    return 0;
}

/* What XML 1.0 admits. */
static bool is_admitted(uint32_t code)
{
    if (code < 0x20)
        return code == '\t' || code == '\n' || code == '\r';
    return code != 0x7F && code != 0xFFFE && code != 0xFFFF;
}

/* Bytes of the clean beginning of TEXT. */
static size_t clean_prefix(const char *text)
{
    size_t at = 0, length = 0;
    while (text[at] != '\0') {
        uint32_t code = decode((const unsigned char *)text + at, &length);
        if (length == 0 || !is_admitted(code))
            break;
        at += length;
    }
    return at;
}

const char *page_text_clean(const char *text, Arena *arena)
{
    size_t clean = clean_prefix(text);
    if (text[clean] == '\0')
        return text;
    size_t room = strlen(text) * (sizeof replacement - 1) + 1;
    char *out = ARENA_NEW(arena, room, char);
    if (out == NULL)
        return NULL;
    char *end = out;
    for (;;) {
        memcpy(end, text, clean);
        end += clean;
        text += clean;
        if (*text == '\0')
            break;
        memcpy(end, replacement, sizeof replacement - 1);
        end += sizeof replacement - 1;
        size_t length;
        (void)decode((const unsigned char *)text, &length);
        text += length == 0 ? 1 : length;
        clean = clean_prefix(text);
    }
    *end = '\0';
    return out;
}

static bool begins_character(char byte)
{
    return ((unsigned char)byte & 0xC0) != 0x80;
}

size_t page_text_length(const char *text)
{
    size_t length = 0;
    for (; *text != '\0'; text++)
        length += begins_character(*text);
    return length;
}

size_t page_text_prefix(const char *text, size_t characters)
{
    size_t at = 0;
    for (; text[at] != '\0'; at++)
        if (begins_character(text[at]) && characters-- == 0)
            break;
    return at;
}

/* Widths of the printed ASCII characters at 10 points, in hundredths of the unit of column widths: of
 * Carlito, which has the widths of Calibri, over 7 pixels of 1/96 inch. */
static const unsigned char ascii_widths[] = {
    43, 62,  76,  95,  97,  136, 130, 42,  58,  58,  95, 95,  48,  58,  48,  74,  97,  97,  97,
    97, 97,  97,  97,  97,  97,  97,  51,  51,  95,  95, 95,  88,  170, 110, 104, 102, 117, 93,
    88, 120, 119, 48,  61,  99,  80,  163, 123, 126, 98, 128, 103, 88,  93,  122, 108, 169, 99,
    93, 89,  58,  74,  58,  95,  95,  55,  91,  100, 81, 100, 95,  58,  90,  100, 44,  46,  87,
    44, 152, 100, 100, 100, 100, 66,  74,  64,  100, 86, 136, 82,  86,  75,  60,  88,  60,  95};

/* The same of the Cyrillic letters from U+0410 to U+044F. */
static const unsigned char cyrillic_widths[] = {
    110, 102, 104, 82,  123, 93, 153, 90,  122, 122, 103, 116, 163, 119, 126, 118,
    98,  102, 93,  100, 133, 99, 122, 106, 165, 169, 117, 145, 101, 104, 167, 106,
    91,  101, 91,  66,  106, 95, 131, 81,  103, 103, 88,  97,  129, 102, 100, 99,
    100, 81,  74,  86,  119, 82, 103, 89,  139, 143, 102, 127, 89,  84,  137, 90};

/* Of all others, about: Latin letters with marks. */
static const double other_width = 0.95;

static const double narrow_width = 0.46; /* of the Ukrainian i and yi */

/* Of the character that begins here. */
static double character_width(const char *text)
{
    size_t length;
    if ((unsigned char)*text >= ' ' && (size_t)(*text - ' ') < sizeof ascii_widths)
        return ascii_widths[*text - ' '] / 100.0;
    if (!begins_character(*text))
        return 0; /* counted with its first byte */
    uint32_t code = decode((const unsigned char *)text, &length);
    if (code >= 0x410 && code - 0x410 < sizeof cyrillic_widths)
        return cyrillic_widths[code - 0x410] / 100.0;
    bool is_narrow = code == 0x406 || code == 0x407 || code == 0x456 || code == 0x457;
    return is_narrow ? narrow_width : other_width;
}

static double word_width(const char *text, size_t bytes)
{
    double width = 0;
    for (size_t i = 0; i < bytes; i++)
        width += character_width(text + i);
    return width;
}

double page_text_width(const char *text)
{
    return word_width(text, strlen(text));
}

double page_text_longest(const char *text)
{
    double longest = 0;
    while (*text != '\0') {
        size_t bytes = strcspn(text, " \n");
        double word = word_width(text, bytes);
        longest = word > longest ? word : longest;
        text += bytes + (text[bytes] != '\0');
    }
    return longest;
}

int page_text_lines(const char *text, double width)
{
    const double blank = character_width(" ");
    double used = 0;
    int lines = 1;
    while (*text != '\0') {
        size_t bytes = strcspn(text, " \n");
        double word = word_width(text, bytes);
        if (used > 0 && used + blank + word > width) {
            lines++;
            used = 0;
        }
        used += word + (used > 0 ? blank : 0);
        while (used > width && width >= 1) { /* a word longer than a line */
            used -= width;
            lines++;
        }
        text += bytes;
        if (*text == '\n') {
            lines++;
            used = 0;
        }
        text += *text != '\0';
    }
    return lines;
}

/* The small letter of a capital one, for the alphabets of the mechanism's countries. */
static uint32_t small_letter(uint32_t code)
{
    if ((code >= 'A' && code <= 'Z') || (code >= 0xC0 && code <= 0xDE && code != 0xD7) ||
        (code >= 0x391 && code <= 0x3A9) || (code >= 0x410 && code <= 0x42F))
        return code + 0x20;
    if (code >= 0x400 && code <= 0x40F)
        return code + 0x50;
    bool odd_is_capital = (code >= 0x139 && code <= 0x148) || (code >= 0x179 && code <= 0x17E);
    if ((code >= 0x100 && code <= 0x17E) || (code >= 0x460 && code <= 0x52F))
        return (code & 1) == (odd_is_capital ? 1u : 0u) ? code + 1 : code;
    return code;
}

bool page_text_same(const char *a, const char *b)
{
    const unsigned char *left = (const unsigned char *)a, *right = (const unsigned char *)b;
    while (*left != '\0' && *right != '\0') {
        size_t left_length, right_length;
        uint32_t one = decode(left, &left_length), other = decode(right, &right_length);
        if (small_letter(one) != small_letter(other))
            return false;
        left += left_length == 0 ? 1 : left_length;
        right += right_length == 0 ? 1 : right_length;
    }
    return *left == *right;
}

bool page_text_twins(const char *const *texts, size_t count)
{
    for (size_t i = 0; i < count; i++)
        for (size_t j = i + 1; j < count; j++)
            if (page_text_same(texts[i], texts[j]))
                return true;
    return false;
}
